"""Under which licences the packages stand that the program runs on: docs/licences.md.

`--write` writes the list anew; without it, the list must be what would be written. A
package whose licence is unknown, or not one that a program under the MIT licence may
stand on, is refused.
"""

from __future__ import annotations

import re
import sys
from importlib import metadata
from pathlib import Path

from packaging.requirements import Requirement

LIST = Path("docs/licences.md")
HEAD = """# Licences of the packages it stands on

Made by `make licences` from what each package says of itself; `make secure` refuses one
whose licence is unknown or not to be had beside this program's own, the
[MIT licence](../LICENSE). No package is changed or copied in here.

| package | licence |
|---|---|
"""
# What may stand beside the MIT licence, in the names of SPDX. The last two rows
# bind whoever changes or copies the package itself, which we do not.
PERMITTED = {
    *("MIT", "BSD-2-Clause", "BSD-3-Clause", "Apache-2.0", "ISC", "Zlib", "PSF-2.0"),
    *("Unlicense", "CC0-1.0", "CNRI-Python"),
    *("MPL-2.0", "LGPL-3.0-only", "LGPL-2.1-or-later"),
    "CC-BY-4.0",
}
# What a package says in words of its own.
SAID = {
    "BSD": "BSD-3-Clause",
    "BSD License": "BSD-3-Clause",
    "The BSD 2-Clause License": "BSD-2-Clause",
    "BSD 3-Clause OR Apache-2.0": "BSD-3-Clause OR Apache-2.0",
    "MIT License": "MIT",
}
# Packages that say nothing, and what the file of the licence in them says.
SILENT = {"pysqlite3": "Zlib"}
# Beside requirements.txt, the driver of the extra `postgres`.
EXTRA = ("psycopg", "psycopg-binary")


def packages() -> list[str]:
    """The packages pinned for this machine, and those of the other database."""
    lines = re.findall(
        r"^[a-z].*?(?= *\\$)", Path("requirements.txt").read_text(), re.M
    )
    needs = map(Requirement, lines)
    here = [need.name for need in needs if not need.marker or need.marker.evaluate()]
    return sorted({*here, *EXTRA})


def licence(package: str) -> str:
    """What it says of itself, as an expression of SPDX; empty where it says nothing."""
    about = metadata.metadata(package)
    words = about.get("License-Expression") or about.get("License") or ""
    if not words or "\n" in words:
        kinds = [one.split(" :: ") for one in about.get_all("Classifier") or []]
        named = [parts[-1] for parts in kinds if parts[0] == "License"]
        words = named[0] if len(named) == 1 else ""
    return SILENT.get(package, "") or SAID.get(words, words)


def is_permitted(expression: str) -> bool:
    """Whether one of the choices it gives asks for nothing but what is permitted."""
    choices = expression.replace("(", "").replace(")", "").split(" OR ")
    return any(set(choice.split(" AND ")) <= PERMITTED for choice in choices)


def main() -> int:
    found = {package: licence(package) for package in packages()}
    told = HEAD + "".join(f"| {name} | {words} |\n" for name, words in found.items())
    if "--write" in sys.argv:
        LIST.write_text(told)
    faults = [
        f"{name}: may it be used? Its licence is “{words or 'unknown'}”."
        for name, words in found.items()
        if not is_permitted(words)
    ]
    if LIST.read_text() != told:
        faults.append(f"{LIST} is not what the packages say. Run: make licences")
    print("\n".join(faults), end="\n" if faults else "")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
