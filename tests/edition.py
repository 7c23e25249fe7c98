"""What the tests of the static edition share: publishing, and reading what came."""

from __future__ import annotations

from io import StringIO
from pathlib import Path
from typing import Any

from django.core.management import call_command

BASE = "https://briefing.example"


def publish(folder: Path, *options: str, **how: Any) -> str:
    """Write the edition; what the command said."""
    out = StringIO()
    given = {"base_url": BASE, "stdout": out, "stderr": out} | how
    call_command("publish", str(folder), *options, **given)
    return out.getvalue()


def files(folder: Path) -> dict[str, bytes]:
    """Every file of the edition by its name."""
    return {
        str(path.relative_to(folder)): path.read_bytes()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def differing(one: Path, other: Path) -> list[str]:
    """The names of files that are not the same in both."""
    first, second = files(one), files(other)
    names = sorted(first.keys() | second.keys())
    return [name for name in names if first.get(name) != second.get(name)]
