"""README and the house style keep up with the code."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

import pytest
from packaging.requirements import Requirement

from tests.tree import ROOT, fail_with, text

README = Path("README.md")
SETTINGS = Path("briefing/settings.py")


def table(heading: str) -> set[str]:
    """The first column of the table under that heading."""
    section = text(README).split(f"\n## {heading}\n")[1].split("\n## ")[0]
    return {cell.strip("`") for cell in re.findall(r"^\| (\S+)", section, re.MULTILINE)}


def test_the_two_commands_are_in_the_first_lines() -> None:
    first = "\n".join(text(README).splitlines()[:15])
    assert "\nmake run " in first
    assert "\nmake test " in first


def test_every_dependency_has_its_reason() -> None:
    project = tomllib.loads(text(Path("pyproject.toml")))["project"]
    needed = {Requirement(line).name for line in project["dependencies"]}
    listed = table("What it stands on") - {"package"}
    fail_with(sorted(needed - listed), "say in the README what it is for.")
    fail_with(sorted(listed - needed - {"|---|---|"}), "it is gone: take the row out.")


def test_every_setting_is_explained() -> None:
    read = set(re.findall(r'env\.\w+\(\s*"([A-Z_]+)"', text(SETTINGS)))
    explained = table("Settings") - {"variable"}
    fail_with(sorted(read - explained), "explain it in the README's table.")
    fail_with(sorted(explained - read), "it is gone: take the row out.")


@pytest.mark.parametrize(
    "path",
    [README, *sorted(path.relative_to(ROOT) for path in (ROOT / "docs").glob("*.md"))],
    ids=str,
)
def test_every_picture_and_file_named_is_there(path: Path) -> None:
    named = re.findall(r"\]\(([^)#:]+)\)", text(path))
    missing = [name for name in named if not (ROOT / path.parent / name).exists()]
    fail_with(missing, "make pictures, or mend the name.")
