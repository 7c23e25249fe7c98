"""Which database is read: the primary, or for a reader's page its replica.

Everything that reads follows the one choice: query sets by the router, whoever has SQL
of their own through `reading()`. It is made for each request (`briefing/replica.py`);
wherever nobody made one, as in commands, the primary is read.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections

PRIMARY, REPLICA = DEFAULT_DB_ALIAS, "replica"


@dataclass
class Choice:
    """Where this request reads, and whether it has set out to write."""

    reads: str = PRIMARY
    has_written: bool = False


_choice: ContextVar[Choice | None] = ContextVar("choice", default=None)


@contextmanager
def choosing(reads: str) -> Iterator[Choice]:
    """Read from there within the block, until something is written."""
    choice = Choice(reads)
    token = _choice.set(choice)
    try:
        yield choice
    finally:
        _choice.reset(token)


def alias() -> str:
    """The name of the database that is read now."""
    choice = _choice.get()
    if choice is None or choice.reads == PRIMARY:
        return PRIMARY
    # Who holds a transaction on the primary means to see what it does there.
    return PRIMARY if connections[PRIMARY].in_atomic_block else choice.reads


def reading() -> Any:
    """The connection to it."""
    return connections[alias()]


def turn_to_primary() -> None:
    """Read from the primary for the rest of the request."""
    choice = _choice.get()
    if choice is not None:
        choice.reads = PRIMARY


class Router:
    """Reads go where the request chose, writes to the primary."""

    def db_for_read(self, model: Any, **hints: Any) -> str:
        return alias()

    def db_for_write(self, model: Any, **hints: Any) -> str:
        choice = _choice.get()
        if choice is not None:
            # From here on only the primary holds what it has written itself.
            choice.reads, choice.has_written = PRIMARY, True
        return PRIMARY

    def allow_relation(self, one: Any, other: Any, **hints: Any) -> bool:
        """They are the same rows, wherever they were read."""
        return True

    def allow_migrate(self, db: str, app_label: str, **hints: Any) -> bool | None:
        return False if db == REPLICA else None
