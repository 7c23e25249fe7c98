"""docs/security.md keeps up with the tests that it names."""

from __future__ import annotations

import re
from pathlib import Path

from tests.tree import fail_with, functions, text

PAGE = Path("docs/security.md")
ROW = re.compile(r"^\| (\d+\.\d+\.\d+) \| .+ \| `(tests/\w+\.py)::(\w+)` \|$", re.M)
# What applies to this program, of levels 1 and 2.
APPLIES = {
    *("1.2.1", "1.2.2", "1.2.3", "1.2.10", "1.3.1", "1.3.3", "1.5.1", "1.5.3"),
    *("2.2.1", "2.2.2", "2.2.3", "2.3.3", "2.3.4", "2.4.1"),
    *(
        "3.3.1",
        "3.3.2",
        "3.3.4",
        "3.4.1",
        "3.4.2",
        "3.4.3",
        "3.4.4",
        "3.4.5",
        "3.4.6",
        "3.5.1",
        "3.5.3",
        "3.7.2",
    ),
    *("4.1.1", "4.1.3"),
    *("5.1.1", "5.2.1", "5.2.2", "5.2.3", "5.4.1", "5.4.2"),
    *("7.3.2", "7.4.1", "7.4.2", "7.4.3"),
    *("8.1.1", "8.1.2", "8.2.1", "8.2.2", "8.2.3", "8.3.1"),
    *("13.4.1", "13.4.2", "13.4.3", "13.4.4", "13.4.5"),
    *("14.2.1", "14.2.2"),
    *("15.1.1", "15.1.2", "15.3.1", "15.3.3"),
    *("16.2.1", "16.3.1", "16.5.1", "16.5.3"),
}


def test_every_control_that_applies_is_there() -> None:
    missing = [
        one for one in sorted(APPLIES) if not re.search(rf"\b{one}\b", text(PAGE))
    ]
    fail_with(missing, f"give it a row in {PAGE}, with its test.")


def sentence(name: str) -> str:
    """What a test says, whatever case of the catalogue it is."""
    return re.sub(r"^test_(case_[\d_]+_)?", "", name)


def test_each_test_that_is_named_is_there() -> None:
    named = ROW.findall(text(PAGE))
    gone = [
        f"{control}: {path}::{name}"
        for control, path, name in named
        if sentence(name) not in {sentence(one.name) for one in functions(Path(path))}
    ]
    fail_with(gone, "name the test that holds it now.")
    # A row of another form would be held against nothing.
    assert len(named) == len(re.findall(r"^\| \d+\.\d", text(PAGE), re.M)) > 50
