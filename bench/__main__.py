"""Measure every row of the targets at each size: `python -m bench [10k 100k 1m]`.

A size is measured by a process of its own, on a database of its own; what they find is
printed as a table and written to bench/results.json. A target that is missed is told; a
benchmark that cannot be run makes this fail, once the others have run.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from bench.figures import Figure, met
from bench.sizes import ROOT, SIZES, database

RESULTS = Path(__file__).with_name("results.json")
# What a page may cost more at a million claims than at ten thousand.
FLAT = "<= 1.3"
HEADINGS = ("", "size", "figure", "min", "max", "target", "met")


def main(sizes: list[str]) -> int:
    """How many of the sizes had a benchmark that failed."""
    if unknown := [size for size in sizes if size not in SIZES]:
        sys.exit(f"There is no size {unknown[0]}: choose from {', '.join(SIZES)}.")
    found: list[Figure] = []
    failed = 0
    for size in sizes:
        figures, is_whole = measured(size)
        found += figures
        failed += not is_whole
    found += flatness(found)
    RESULTS.write_text(json.dumps([row._asdict() for row in found], indent=1) + "\n")
    print(table(found))
    return failed


def measured(size: str) -> tuple[list[Figure], bool]:
    """The figures of one size, and whether all benchmarks gave theirs."""
    environment = {
        **os.environ,
        "BRIEFING_DB": str(database(size)),
        "DJANGO_SETTINGS_MODULE": "briefing.settings",
        "DEBUG": "0",
    }
    command = [sys.executable, "-m", "bench.measuring", size]
    done = subprocess.run(command, cwd=ROOT, env=environment, stdout=subprocess.PIPE)
    lines = done.stdout.splitlines()
    return [Figure(**json.loads(line)) for line in lines], done.returncode == 0


def flatness(found: list[Figure]) -> Iterator[Figure]:
    """Of each page, what it costs at the greatest size beside the least."""
    small = {row.name: row for row in found if row.size == "10k"}
    for row in found:
        if row.unit == "x hello" and row.size == "1m" and row.name in small:
            least = small[row.name].figure
            ratios = [round(value / least, 3) for value in (row.figure, *row[-2:])]
            name = f"{row.name}: 1m against 10k"
            yield Figure(
                name, "1m", ratios[0], "x", FLAT, met(ratios[0], FLAT), *ratios[1:]
            )


def table(found: list[Figure]) -> str:
    """The figures in columns, as people read them."""
    rows = [HEADINGS, *map(_cells, found)]
    widths = [max(map(len, column)) for column in zip(*rows, strict=True)]
    return "\n".join(
        "  ".join(
            cell.ljust(width) if nth == 0 else cell.rjust(width)
            for nth, (cell, width) in enumerate(zip(row, widths, strict=True))
        ).rstrip()
        for row in rows
    )


def _cells(row: Figure) -> tuple[str, ...]:
    figure = f"{row.figure:g} {row.unit}"
    told = ("yes" if row.met else "NO") if row.target else ""
    return row.name, row.size, figure, f"{row.min:g}", f"{row.max:g}", row.target, told


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or list(SIZES)) and 1)
