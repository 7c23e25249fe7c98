"""Say what the tests did not run, and fail where docs/coverage.md has no reason for it.

The list names functions, not lines: a line moves with every edit above it.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import tempfile
from fnmatch import fnmatch
from pathlib import Path

LIST = Path("docs/coverage.md")
ROW = re.compile(r"^\| `(?P<file>[^`]+)` \| `(?P<function>[^`]+)` \| (?P<why>.+) \|$")
MODULE = "(module)"

Place = tuple[str, str]


def measured() -> tuple[float, dict[Place, list[int]]]:
    """The share of lines that ran, and the lines that did not, by function."""
    with tempfile.NamedTemporaryFile(suffix=".json") as file:
        command = [sys.executable, "-m", "coverage", "json", "-q", "-o", file.name]
        subprocess.run(command, check=True)
        report = json.load(file)
    places = {
        (path, name or MODULE): region["missing_lines"]
        for path, entry in report["files"].items()
        for name, region in entry["functions"].items()
    }
    totals = report["totals"]
    return 100 * totals["covered_lines"] / (totals["num_statements"] or 1), places


def listed() -> dict[Place, str]:
    """What docs/coverage.md gives a reason for."""
    rows = map(ROW.match, LIST.read_text().splitlines())
    return {(row["file"], row["function"]): row["why"] for row in rows if row}


def covers(row: Place, place: Place) -> bool:
    """Whether a row speaks of the place; `*` stands for any name."""
    return fnmatch(place[0], row[0]) and fnmatch(place[1], row[1])


def main() -> int:
    share, places = measured()
    reasons = listed()
    unlisted = {
        place: lines
        for place, lines in places.items()
        if lines and not any(covers(row, place) for row in reasons)
    }
    gone = [row for row in reasons if not any(covers(row, p) for p in places)]
    print(f"Lines that the tests ran: {share:.1f}%. What they did not: {LIST}.")
    for (path, name), lines in unlisted.items():
        numbers = ", ".join(map(str, lines))
        print(f"{path}: {name} did not run (line {numbers}): test it, or list it.")
    for path, name in gone:
        print(f"{LIST}: {path} has no {name} now: take the row out.")
    return 1 if unlisted or gone else 0


if __name__ == "__main__":
    sys.exit(main())
