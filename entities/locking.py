"""One writer of records at a time, on either engine.

What is derived from a record rests on others: two who wrote at one moment would each
count without the other's row. SQLite lets one transaction write at a time and makes a
second one wait, if it begins as IMMEDIATE. On PostgreSQL a lock of our own does the
same, taken before anything is read: what a transaction reads afterwards holds all that
was written before it. Readers wait for nobody; sessions and accounts are not records.
"""

from __future__ import annotations

import secrets
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import connection, transaction
from django.utils import timezone

# Any number that nothing else in the database uses: “briefing” in ASCII.
WRITING = 0x6272696566696E67
# As long as SQLite waits (`briefing/sqlite.py`); then the typing comes back.
PATIENCE = "20s"
HELD = "_is_writing_alone"
NOTE = """
    INSERT INTO entities_lastwrite (id, mark, at) VALUES (1, %s, %s)
    ON CONFLICT (id) DO UPDATE SET mark = excluded.mark, at = excluded.at
"""


@contextmanager
def alone() -> Iterator[None]:
    """A transaction in which nobody else writes records, from its beginning on.

    Raises OperationalError if somebody else does not come to an end.
    """
    with transaction.atomic():
        if getattr(connection, HELD, False):
            yield
            return
        if connection.vendor == "postgresql":
            _wait_for_our_turn()
        setattr(connection, HELD, True)
        try:
            yield
            if not transaction.get_rollback():
                _leave_mark()
        finally:
            setattr(connection, HELD, False)


def _wait_for_our_turn() -> None:
    """Hold the lock until the transaction ends, however it does."""
    with connection.cursor() as cursor:
        cursor.execute(f"SET LOCAL lock_timeout = '{PATIENCE}'")
        cursor.execute("SELECT pg_advisory_xact_lock(%s)", [WRITING])


def _leave_mark() -> None:
    now = connection.ops.adapt_datetimefield_value(timezone.now())
    with connection.cursor() as cursor:
        cursor.execute(NOTE, [secrets.token_hex(8), now])
