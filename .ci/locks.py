"""Check, without a network, that the pinned packages are those asked for.

Each dependency in pyproject.toml has a pin that satisfies it, each pin has its
hashes, both files pin the same versions, and neither names a package index.
"""

from __future__ import annotations

import re
import sys
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

PIN = re.compile(r"^([A-Za-z0-9._-]+)(?:\[[^]]*\])?==(\S+)", re.MULTILINE)
OWN = "briefing"


def pins(name: str) -> dict[str, str]:
    text = Path(name).read_text()
    return {canonicalize_name(package): pin for package, pin in PIN.findall(text)}


def asked(extras: tuple[str, ...] = ()) -> list[Requirement]:
    """What pyproject.toml depends on, with those extras."""
    project = tomllib.loads(Path("pyproject.toml").read_text())["project"]
    lines = list(project["dependencies"])
    for extra in extras:
        lines += project["optional-dependencies"][extra]
    return [need for need in map(Requirement, lines) if need.name != OWN]


def unmet(name: str, needs: list[Requirement]) -> list[str]:
    held = pins(name)
    return [
        f"{name}: {need} is asked for, {held.get(canonicalize_name(need.name))} pinned"
        for need in needs
        if not need.specifier.contains(held.get(canonicalize_name(need.name)) or "0")
    ]


def unsafe(name: str) -> list[str]:
    """Pins without a hash, and lines that name a place to fetch from."""
    text = Path(name).read_text()
    blocks = re.split(r"\n(?=\S)", text.strip())
    bare = [block.split()[0] for block in blocks if "--hash=sha256:" not in block]
    return [f"{name}: {word} has no hash, or is no pin" for word in bare] + [
        f"{name}: names a place to fetch from" for _ in re.findall(r"https?://", text)
    ]


def main() -> int:
    runtime, dev = "requirements.txt", "requirements-dev.txt"
    ftm = ".ci/requirements-ftm.txt"
    faults = unmet(runtime, asked()) + unmet(dev, asked(("postgres", "dev")))
    faults += unmet(ftm, asked(("ftm",))) + unsafe(ftm)
    faults += unsafe(runtime) + unsafe(dev)
    tests = pins(dev)
    faults += [
        f"{package} is {pin} in {runtime} and {tests.get(package)} in {dev}"
        for package, pin in pins(runtime).items()
        if tests.get(package) != pin
    ]
    for fault in faults:
        print(f"{fault}. Run: make lock")
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
