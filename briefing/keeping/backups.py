"""A copy of the database, made while people work on it.

SQLite's own backup copies what is committed at one moment, log and all; copying the
file would miss what stands in the log. The copy is checked before it takes its place.
"""

from __future__ import annotations

import os
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path

from django.core.management.base import CommandError
from django.db import DatabaseError, connection

from briefing.keeping import files
from sources.exchange.snapshot import one_moment
from sources.exchange.writing import replaced

# How many pages of the file are copied before progress is told.
STEP = 2_000
STAMP = "[0-9]" * 4 + "-[0-9][0-9]-[0-9][0-9]T" + "[0-9]" * 6 + "Z"
DAMAGED = (
    "No copy was kept, for it was not whole: {}. Unless the disk is full, the database "
    "itself may be damaged: run `manage.py verify`."
)

Told = Callable[[int, int], None]


def back_up(name: str, keep: int, told: Told) -> list[Path]:
    """Write the copy; the one before stays beside it with the time it was made.

    `keep`: how many there are in the end, with the new one; gives those deleted.
    `told`: how many pages are copied by now, and how many there are.
    Raises CommandError if it cannot be written, or is not whole.
    """
    path = Path(name)
    if path.exists() and path.samefile(files.current()):
        raise CommandError(f"“{name}” is the database itself: name another file.")
    with replaced(name) as part:
        # What is private must not be readable even while it is written.
        part.touch(mode=0o600)
        copy(part, told)
        _put_aside(path)
    return _forget(path, keep)


def copy(to: Path, told: Told) -> None:
    """Copy what is committed at this moment, in one file; raises CommandError."""
    try:
        with one_moment(), connection.cursor() as cursor:
            # The moment begins with the first reading.
            cursor.execute("SELECT count(*) FROM django_migrations")
            _copy(to, told)
    except (DatabaseError, sqlite3.Error) as error:
        raise CommandError(DAMAGED.format(error)) from error


def _copy(to: Path, told: Told) -> None:
    try:
        file = sqlite3.connect(to)
    except sqlite3.OperationalError as error:
        raise CommandError(f"“{to.parent}” cannot be written: {error}.") from error
    with closing(file):
        connection.connection.backup(
            file, pages=STEP, progress=lambda status, left, all: told(all - left, all)
        )
        file.execute("PRAGMA journal_mode = DELETE")
        if found := files.faults(file):
            raise CommandError(DAMAGED.format(found[0]))


def _put_aside(path: Path) -> None:
    """Give the copy before its own name; what stands under this one stays till then."""
    if path.exists():
        aside = files.stamped(path, path.stat().st_mtime)
        aside.unlink(missing_ok=True)
        os.link(path, aside)


def _forget(path: Path, keep: int) -> list[Path]:
    """Delete the oldest copies; raises nothing of those that are gone already."""
    earlier = sorted(path.parent.glob(f"{path.stem}.{STAMP}{path.suffix}"))
    old = earlier[: max(len(earlier) - (keep - 1), 0)]
    for one in old:
        one.unlink(missing_ok=True)
    return old
