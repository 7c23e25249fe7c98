"""The database as it stands at one moment, however long reading it takes."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction


@contextmanager
def one_moment() -> Iterator[None]:
    """Read what is committed now, and nothing of what is written meanwhile.

    Nobody waits for it: an atomic block on SQLite would keep every writer waiting.
    """
    if connection.in_atomic_block or _has_begun():
        yield
    elif connection.vendor == "sqlite":
        with _deferred():
            yield
    else:
        with transaction.atomic(), connection.cursor() as cursor:
            cursor.execute("SET TRANSACTION ISOLATION LEVEL REPEATABLE READ READ ONLY")
            yield


def _has_begun() -> bool:
    """Whether a moment is held already."""
    return bool(getattr(connection.connection, "in_transaction", False))


@contextmanager
def _deferred() -> Iterator[None]:
    with connection.cursor() as cursor:
        cursor.execute("BEGIN DEFERRED")
        try:
            yield
        finally:
            cursor.execute("ROLLBACK")
