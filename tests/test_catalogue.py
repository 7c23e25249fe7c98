"""`docs/reliability.md` and the tests of its 56 cases keep up with each other."""

from __future__ import annotations

import re
from pathlib import Path

from tests.tree import ROOT, fail_with, text

PAGE = Path("docs/reliability.md")
CASES = set(range(1, 57))


def rows() -> dict[int, list[tuple[str, str]]]:
    """Of each case in the table: the tests named, each with its file."""
    table = {}
    for number, row in re.findall(r"^\| (\d+) \|(.*)\|$", text(PAGE), re.MULTILINE):
        files = re.findall(r"(test_\w+\.py): ([^;|]+)", row)
        table[int(number)] = [
            (file, name)
            for file, names in files
            for name in re.findall(r"`(\w+)`", names)
        ]
    return table


def test_every_case_has_its_row_and_its_tests() -> None:
    table = rows()
    lacking = sorted(CASES - {case for case, tests in table.items() if tests})
    fail_with(list(map(str, lacking)), f"give it a row with its tests in {PAGE}.")
    assert set(table) == CASES


def test_every_test_named_is_there_and_says_its_case() -> None:
    offences = []
    for case, tests in rows().items():
        for file, name in tests:
            path = ROOT / "tests" / file
            there = path.exists() and f"def {name}(" in path.read_text()
            said = re.match(r"test_case_((?:\d\d_)+)", name)
            if not there or not said or case not in map(int, said[1].split("_")[:-1]):
                offences.append(f"case {case}: {file}: {name}")
    fail_with(offences, f"name a test of that case in {PAGE}.")
