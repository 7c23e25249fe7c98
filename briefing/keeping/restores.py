"""Putting a copy in the place of the database, with nobody in the way.

What stood there is kept. A server that runs, or a log that belongs to the file before,
would mix two databases into one: either is refused.
"""

from __future__ import annotations

import os
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

from django.core.management.base import CommandError

from briefing.keeping import files
from sources.exchange.writing import replaced

IN_USE = "is in use: stop the server, and whatever else has it open, and try again."


def restore(name: str) -> Path | None:
    """Put the copy in the place of the database; where that was put, if there was one.

    Raises CommandError, and then nothing was changed.
    """
    path, source = files.current(), Path(name)
    files.refuse_unfit(source)
    if path.exists() and path.samefile(source):
        raise CommandError(f"“{name}” is the database itself: name a copy.")
    with _alone(path), replaced(str(path)) as part:
        _refuse_leftovers(path)
        part.touch(mode=0o600)
        _copy(source, part)
        return _kept(path)


@contextmanager
def _alone(path: Path) -> Iterator[None]:
    """Hold the database so that nobody opens it; what its log holds is in it then.

    Raises CommandError if somebody has it open. One that is damaged cannot be asked:
    it is kept as it is.
    """
    if not path.exists():
        yield
        return
    with files.opened(path, "rw") as file:
        try:
            # Granted only to who is alone; it writes the log into the file.
            file.execute("PRAGMA journal_mode = DELETE")
            file.execute("BEGIN EXCLUSIVE")
        except sqlite3.OperationalError as error:
            raise CommandError(f"“{path}” {IN_USE}") from error
        except sqlite3.DatabaseError:
            pass
        yield


def _refuse_leftovers(path: Path) -> None:
    """Raise CommandError if a log lies there that belongs to another file."""
    for ending in files.BESIDE:
        beside = path.with_name(path.name + ending)
        if beside.exists():
            raise CommandError(
                f"“{beside}” belongs to the database before, and may hold its last "
                "changes: move both away together, then try again."
            )


def _copy(source: Path, to: Path) -> None:
    with files.opened(source) as file, closing(sqlite3.connect(to)) as copy:
        file.backup(copy)
        copy.execute("PRAGMA journal_mode = DELETE")
        if found := files.faults(copy):
            raise CommandError(f"The copy is not whole: {found[0]}")


def _kept(path: Path) -> Path | None:
    """Give what stands there a name of its own as well."""
    if not path.exists():
        return None
    aside = files.stamped(path, time.time(), "before-")
    os.link(path, aside)
    return aside
