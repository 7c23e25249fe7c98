"""Find in the tree what belongs to one machine or one supplier, not to the project.

Every host that the code, the templates or the documents name must be listed here
with its reason; the fixtures cite articles, and may name any. No path of anyone's
machine, no index of packages, and no key may be committed.
"""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

HOSTS = {
    "127.0.0.1": "this machine",
    "localhost": "this machine",
    "schema.org": "the vocabulary of JSON-LD",
    "schemas.openxmlformats.org": "namespaces of Word and Excel files",
    "www.wikidata.org": "identifiers of entities",
    "www.w3.org": "namespaces of SVG, Atom and the annotation model",
    "www.sitemaps.org": "the namespace of sitemaps",
    "docs.djangoproject.com": "documentation that a reader may open",
    "creativecommons.org": "licences",
    "doi.org": "identifiers of papers",
    "json-schema.org": "the dialect of the schemas",
    "litestream.io": "what can replicate the database, in docs/keeping.md",
    "www.loc.gov": "the specification of EDTF dates",
}
# Names that are kept free for examples and tests.
EXAMPLE = re.compile(r"(^|\.)example(\.(org|com|net))?$|\.(test|invalid|localhost)$")
HOST = re.compile(r"\bhttps?://(?:[^/@\s\"']*@)?(\[[^]]*\]|[\w.-]+\.\w+|localhost)")
MACHINE_PATH = re.compile(r"(?<![\w./}*-])/(?:root|home|work|Users|mnt)/\w+")
PACKAGE_INDEX = re.compile(r"--(?:extra-)?index-url|--find-links|--trusted-host")
KEY = re.compile(r"-----BEGIN [A-Z ]*PRIVATE KEY-----")
BINARY = {".png", ".jpg", ".ico", ".docx", ".pdf", ".sqlite3"}
# It must name what it looks for; the lock recipe forbids an index by that option.
EXEMPT = {".ci/hygiene.py"}
PERMITTED = "--no-emit-index-url"


def tracked() -> list[Path]:
    """The files of the repository, those not yet committed among them."""
    command = ["git", "ls-files", "-co", "--exclude-standard"]
    listed = subprocess.run(command, check=True, capture_output=True, text=True)
    paths = (Path(line) for line in listed.stdout.splitlines() if line not in EXEMPT)
    return [path for path in paths if path.is_file() and path.suffix not in BINARY]


def faults_in(line: str, may_name_hosts: bool) -> Iterator[str]:
    if found := MACHINE_PATH.search(line):
        yield f"a path of one machine, {found[0]}"
    if PACKAGE_INDEX.search(line.replace(PERMITTED, "")):
        yield "a place to fetch packages from"
    if KEY.search(line):
        yield "a private key"
    if may_name_hosts:
        return
    for host in HOST.findall(line):
        if host.lower() not in HOSTS and not EXAMPLE.search(host.lower()):
            yield f"the host {host}: list it in .ci/hygiene.py with its reason"


def main() -> int:
    faults = [
        f"{path}:{number}: {fault}"
        for path in tracked()
        for number, line in enumerate(path.read_text().splitlines(), 1)
        for fault in faults_in(line, may_name_hosts=path.parts[0] == "fixtures")
    ]
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
