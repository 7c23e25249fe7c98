"""A database file: whether it is whole, whether it is ours, whether it is in use."""

from __future__ import annotations

import datetime
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.conf import settings
from django.core.management.base import CommandError
from django.db.migrations.loader import MigrationLoader

# What SQLite keeps beside a file that it has not finished with.
BESIDE = ("-wal", "-journal")


def current() -> Path:
    """The database of this site; raises CommandError if it is not in a file."""
    database = settings.DATABASES["default"]
    if not database["ENGINE"].endswith("sqlite3"):
        raise CommandError(
            "This is for SQLite. PostgreSQL has tools of its own: pg_dump and "
            "pg_restore, or continuous archiving."
        )
    return Path(database["NAME"])


@contextmanager
def opened(path: Path, mode: str = "ro") -> Iterator[sqlite3.Connection]:
    """A connection to a file that is there already, for reading unless "rw"."""
    address = f"{path.absolute().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, timeout=0)) as file:
        file.isolation_level = None
        yield file


def faults(file: sqlite3.Connection) -> list[str]:
    """What is wrong with it, by SQLite's own checks; nothing if it is whole."""
    try:
        found = [row[0] for row in file.execute("PRAGMA integrity_check(20)")]
        if found != ["ok"]:
            return found
        leads = file.execute("PRAGMA foreign_key_check")
        return [
            f"A row of {table} names one of {to} that is not there."
            for table, _, to, _ in leads.fetchmany(20)
        ]
    except sqlite3.DatabaseError as error:
        return [str(error)]


def refuse_unfit(path: Path) -> None:
    """Raise CommandError unless the file is a whole database of this program."""
    if not path.is_file():
        raise CommandError(f"There is no file “{path}”.")
    with opened(path) as file:
        if found := faults(file):
            raise CommandError(f"“{path}” is damaged: {found[0]}")
        later = _migrations(file, path) - set(MigrationLoader(None).disk_migrations)
    if later:
        names = ", ".join(sorted(f"{app}.{name}" for app, name in later))
        message = f"“{path}” was written by a later version of the program: {names}."
        raise CommandError(message)


def _migrations(file: sqlite3.Connection, path: Path) -> set[tuple[str, str]]:
    """The migrations of our rooms that the file has been through."""
    try:
        done = set(file.execute("SELECT app, name FROM django_migrations"))
    except sqlite3.DatabaseError:
        done = set()
    ours = {(app, name) for app, name in done if app in ("entities", "sources")}
    if not ours:
        raise CommandError(f"“{path}” is no database of Briefing.")
    return ours


def stamped(path: Path, moment: float, word: str = "") -> Path:
    """The file's name with a moment in it, in universal time."""
    at = datetime.datetime.fromtimestamp(moment, datetime.UTC)
    return path.with_name(f"{path.stem}.{word}{at:%Y-%m-%dT%H%M%SZ}{path.suffix}")
