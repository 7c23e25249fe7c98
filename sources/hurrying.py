"""Long work: without looking again and again for what can go, and in little memory."""

from __future__ import annotations

import gc
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection

# So many new objects at a time, where Python would look after every 700: what a chunk
# of records leaves behind goes by itself, but for a few cycles.
SELDOM = 5_000
# So many kilobytes of its file SQLite keeps meanwhile, and maps none of it: a mapped
# page counts as ours, though the system could take it back.
SMALL = {"cache_size": "-16384", "mmap_size": "0"}


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


@contextmanager
def frugally() -> Iterator[None]:
    """Read and write a file of any size in the same little memory."""
    if connection.vendor != "sqlite" or connection.in_atomic_block:
        yield
        return
    before = {name: _pragma(name) for name in SMALL}
    for name, value in SMALL.items():
        _pragma(f"{name} = {value}")
    try:
        yield
    finally:
        for name, value in before.items():
            _pragma(f"{name} = {value}")


def _pragma(words: str) -> str:
    with connection.cursor() as cursor:
        cursor.execute(f"PRAGMA {words}")
        return str((cursor.fetchone() or [""])[0])
