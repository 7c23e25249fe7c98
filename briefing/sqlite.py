"""Which SQLite runs: a bundled one, free of the WAL-reset bug.

SQLite 3.7.0 to 3.51.2 can lose committed pages when a checkpoint races a commit
that resets the write-ahead log; 3.44.6 and 3.50.7 carry the mend. Operating systems
still ship versions inside that range, so the driver with its own SQLite takes the
standard library's place before Django loads its backend. Where it cannot be had, a
rollback journal does without the log.
"""

import importlib
import sqlite3
import sys

from django.core.checks import CheckMessage, Error, Warning

MENDED_BACKPORTS = {(3, 44, 6), (3, 50, 7)}


def use_bundled() -> None:
    """Put the bundled SQLite in the place of the standard library's, if it is there."""
    try:
        bundled = importlib.import_module("pysqlite3")
    except ImportError:
        return
    sys.modules["sqlite3"] = bundled
    sys.modules["sqlite3.dbapi2"] = bundled.dbapi2


def version() -> tuple[int, ...]:
    """The version of the SQLite in use, as three numbers."""
    driver = sys.modules.get("sqlite3", sqlite3)
    return tuple(int(part) for part in driver.sqlite_version.split("."))


def has_wal_reset_bug(version: tuple[int, ...]) -> bool:
    """Whether that SQLite can lose commits in write-ahead mode."""
    if version in MENDED_BACKPORTS:
        return False
    return (3, 7, 0) <= version <= (3, 51, 2)


def options() -> dict[str, object]:
    """Connection options: durable commits, one writer at a time, patient waiting."""
    journal = "DELETE" if has_wal_reset_bug(version()) else "WAL"
    return {
        # A read that turns into a write cannot wait its turn; an IMMEDIATE one can.
        "transaction_mode": "IMMEDIATE",
        "timeout": 20,
        "init_command": (
            f"PRAGMA journal_mode={journal}; PRAGMA synchronous=FULL;"
            "PRAGMA cache_size=-65536; PRAGMA mmap_size=1073741824;"
        ),
    }


def check_version(debug: bool) -> list[CheckMessage]:
    """What the system check says of the SQLite in use."""
    if not has_wal_reset_bug(version()):
        return []
    kind = Warning if debug else Error
    running = ".".join(map(str, version()))
    return [
        kind(
            f"SQLite {running} can lose committed work in write-ahead mode.",
            hint="Install pysqlite3, or SQLite 3.51.3 or later. Until then a rollback "
            "journal is used, which is slower.",
            id="briefing.E001" if kind is Error else "briefing.W001",
        )
    ]
