"""Long work without the interpreter looking again and again for what can go."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

# So many new objects at a time, where Python would look after every 700: what a chunk
# of records leaves behind goes by itself, but for a few cycles.
SELDOM = 50_000


@contextmanager
def in_bulk() -> Iterator[None]:
    """Leave what stands already out of the search, and search seldom."""
    before = gc.get_threshold()
    gc.freeze()
    gc.set_threshold(SELDOM, *before[1:])
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()
