"""Which databases run, from the environment: one address each."""

from __future__ import annotations

import sys
from importlib.util import find_spec
from typing import Any, NoReturn

import dj_database_url
from django.db import DatabaseError, OperationalError, connections

from briefing import sqlite
from entities.storage import is_held

FORMS = "sqlite:////path/to/file or postgres://user:password@host:5432/name"
# A replica that is away is not waited for long: the primary answers.
REPLICA_PATIENCE = {"connect_timeout": 2}
# How SQLite and PostgreSQL say that a table is not there.
UNMADE = ("no such table", "does not exist\nLINE")


def refuse(words: str) -> NoReturn:
    """End the program with one line: there is nothing that could run."""
    sys.exit(f"Briefing cannot start. {words}")


def parsed(name: str, url: str) -> dict[str, Any]:
    """The settings of the database at an address; raises ValueError if it is none."""
    try:
        found: dict[str, Any] = dict(dj_database_url.parse(url))
    except (ValueError, KeyError, TypeError):
        found = {}
    engine = found.get("ENGINE", "")
    if not engine.endswith((".sqlite3", ".postgresql")) or not found.get("NAME"):
        # The address itself may hold a password: it is not told.
        raise ValueError(f"{name} is no address of SQLite or PostgreSQL: give {FORMS}.")
    if not is_sqlite(found) and find_spec("psycopg") is None:
        raise ValueError(f"{name} needs psycopg: pip install 'briefing[postgres]'.")
    # Kept for good; one that died with a server meanwhile is made anew, and no
    # reader is told.
    return found | {"CONN_MAX_AGE": None, "CONN_HEALTH_CHECKS": True}


def is_sqlite(database: dict[str, Any]) -> bool:
    return str(database["ENGINE"]).endswith(".sqlite3")


def configured(url: str, replica_url: str, test_file: Any) -> dict[str, Any]:
    """`DATABASES`: the primary, and its replica if there is one."""
    try:
        return _configured(url, replica_url, test_file)
    except ValueError as error:
        refuse(str(error))


def _configured(url: str, replica_url: str, test_file: Any) -> dict[str, Any]:
    primary = parsed("DATABASE_URL", url)
    if is_sqlite(primary):
        primary["ENGINE"] = "briefing.engines.sqlite3"
        primary["OPTIONS"] = sqlite.options()
        # Tests use a real file too: one in memory knows no second connection.
        primary["TEST"] = {"NAME": test_file}
    if not replica_url:
        return {"default": primary}
    replica = parsed("DATABASE_REPLICA_URL", replica_url)
    if is_sqlite(primary) or is_sqlite(replica):
        raise ValueError("DATABASE_REPLICA_URL is for PostgreSQL: SQLite has none.")
    replica["OPTIONS"] = {**REPLICA_PATIENCE, **replica.get("OPTIONS", {})}
    return {"default": primary, "replica": replica | {"TEST": {"MIRROR": "default"}}}


def refuse_unusable(error: DatabaseError) -> None:
    """End the program with one line if the database is away, held or not made yet."""
    primary = connections["default"]
    if primary.connection is not None:
        return
    where = primary.settings_dict
    if is_held(error):
        sys.exit(
            f"Stopped: someone else's long save holds the database “{where['NAME']}”. "
            "Try again in a moment."
        )
    if any(sign in str(error) for sign in UNMADE):
        refuse(f"The database “{where['NAME']}” lacks tables. Run: manage.py migrate")
    if not isinstance(error, OperationalError):
        return
    words, host = " ".join(str(error).split()), where["HOST"] or "this machine"
    sys.exit(
        f"Briefing cannot go on. The database “{where['NAME']}” on {host} could not be "
        f"used: {words}"
    )
