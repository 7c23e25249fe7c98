"""Every benchmark at one size, one after the other: `python -m bench.measuring 10k`.

Prints a line of JSON for each figure. One that fails, or that finds on a page something
else than it should, is named on standard error; the others are measured all the same.
"""

from __future__ import annotations

import importlib
import json
import sys
import time
import traceback

import django

# A module each, in the order of the table; what it measures stands at its top.
BENCHMARKS = [
    "pages",
    "caching",
    "datasette",
    "starting",
    "rebuilding",
    "importing",
    "writing",
    "admin",
    "desk",
]


def main(size: str) -> int:
    """How many benchmarks failed."""
    django.setup()
    return sum(not told(name, size) for name in BENCHMARKS)


def told(name: str, size: str) -> bool:
    """Measure, and print what was found; whether it could be measured."""
    began = time.monotonic()
    try:
        for found in importlib.import_module(f"bench.{name}").measure(size):
            print(json.dumps(found._asdict()), flush=True)
    except Exception as error:
        traceback.print_exc()
        note(f"{size}: bench/{name}.py FAILED: {type(error).__name__}: {error}")
        return False
    note(f"{size}: {name}, {time.monotonic() - began:.0f} s")
    return True


def note(words: str) -> None:
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1]))
