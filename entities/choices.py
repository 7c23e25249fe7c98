"""Conditions on a column that holds one of a few values."""

from __future__ import annotations

from typing import Any


def all_but(choices: Any, *kept: str) -> list[str]:
    """The other values, so that a condition can say: not among these.

    Where nearly all rows have one of those that are kept, a database that is told
    "equals" gathers and sorts them all, in place of walking in order from the first.
    """
    return sorted({*choices.values} - {*kept})
