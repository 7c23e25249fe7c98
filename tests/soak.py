"""How long tests of faults go on: briefly in `make test`, for long in `make soak`."""

from __future__ import annotations

import os

SOAK = os.environ.get("SOAK") == "1"


def times(short: int, long: int) -> int:
    """So many rounds; the short test and the long one are the same code."""
    return long if SOAK else short
