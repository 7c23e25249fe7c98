"""Write what the program is made of, as a bill of materials in the form of CycloneDX.

It says the same of the same pins: no time, no number of its own, and no place to fetch
from. The hashes are those that the installation insists on.
"""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path
from typing import Any

from cyclonedx.schema import SchemaVersion
from cyclonedx.validation.json import JsonStrictValidator
from licences import licence, packages

PINS = "requirements.txt"


def listed() -> dict[str, Any]:
    """What cyclonedx-py makes of the pins."""
    command = [sys.executable, "-W", "ignore", "-m", "cyclonedx_py", "requirements"]
    options = ["--pyproject", "pyproject.toml", "--output-reproducible", "--of", "JSON"]
    done = subprocess.run([*command, PINS, *options], check=True, capture_output=True)
    bill: dict[str, Any] = json.loads(done.stdout)
    return bill


def described(part: dict[str, Any], here: list[str]) -> dict[str, Any]:
    """A package with its hashes and licence, without where it may be fetched."""
    places = part.pop("externalReferences", [])
    part["description"] = "Pinned in requirements.txt"
    part["hashes"] = [one for place in places for one in place.get("hashes", [])]
    if part["name"] in here:
        part["licenses"] = [{"expression": licence(part["name"])}]
    return part


def main(name: str) -> int:
    bill, here = listed(), packages()
    bill["components"] = [described(part, here) for part in bill["components"]]
    bill["metadata"].pop("tools", None)
    told = json.dumps(bill, indent=1, sort_keys=True) + "\n"
    if fault := JsonStrictValidator(SchemaVersion.V1_6).validate_str(told):
        sys.exit(f"This is no CycloneDX: {fault}")
    Path(name).write_text(told)
    print(f"{len(bill['components'])} packages are in {name}.")
    return 0


if __name__ == "__main__":
    sys.exit(main(*sys.argv[1:]))
