"""A wrong address of a database is one clear line at start, and no password in it."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest
from django.db import OperationalError, ProgrammingError, connections

from briefing import databases
from briefing.databases import configured, parsed, refuse_unusable
from tests.tree import ROOT

# SQLite, whatever else the tests run on.
UNMADE = {"DATABASE_URL": "", "SECRET_KEY": "for-tests"}


def start(*command: str, **environment: str) -> str:
    """What a program that cannot start says."""
    done = subprocess.run(
        [sys.executable, *command],
        cwd=ROOT,
        env=os.environ | environment,
        capture_output=True,
        text=True,
    )
    assert done.returncode == 1, done.stderr[-2000:]
    (line,) = done.stderr.splitlines()
    return line


def test_it_works() -> None:
    told = start("manage.py", "check", DATABASE_URL="postgre://u:secret@host/name")
    assert told.startswith("Briefing cannot start. DATABASE_URL is no address of ")
    assert "secret" not in told


def test_a_server_that_is_away_is_named() -> None:
    pytest.importorskip("psycopg")
    url = "postgres://somebody:secret@127.0.0.1:1/papers"
    told = start("manage.py", "migrate", DATABASE_URL=url)
    assert "The database “papers” on 127.0.0.1 could not be used: " in told
    assert "secret" not in told


@pytest.mark.parametrize("command", ["loaddemo", "rebuild", "ensureadmin"])
def test_a_database_without_tables_is_told_once(command: str, tmp_path: Path) -> None:
    told = start("manage.py", command, **UNMADE, BRIEFING_DB=str(tmp_path / "new"))
    assert told.endswith("new” lacks tables. Run: manage.py migrate")


WRONG = [
    *("nonsense", "postgres://", "mysql://host/name", "postgres://user@host:port/name"),
    "postgres://host",
]


@pytest.mark.parametrize("url", WRONG)
def test_what_is_no_address_is_refused(url: str) -> None:
    with pytest.raises(ValueError, match="DATABASE_URL is no address of SQLite or"):
        parsed("DATABASE_URL", url)


def test_without_the_driver_it_says_what_to_install(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(databases, "find_spec", lambda name: None)
    with pytest.raises(ValueError, match="needs psycopg: pip install"):
        parsed("DATABASE_URL", "postgres://user@host/name")


def test_a_replica_is_a_second_database() -> None:
    pytest.importorskip("psycopg")
    replica = "postgres://user@two/name"
    both = configured("postgres://user@one/name", replica, "test")
    assert (both["default"]["HOST"], both["replica"]["HOST"]) == ("one", "two")
    assert both["replica"]["TEST"] == {"MIRROR": "default"}
    with pytest.raises(SystemExit, match="SQLite has none"):
        configured("sqlite:////tmp/file", replica, "test")


def test_what_goes_wrong_later_is_not_called_unreachable(db: None) -> None:
    assert connections["default"].connection is not None
    refuse_unusable(OperationalError("disk full"))


def test_a_server_without_tables_is_told_too(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(connections["default"], "connection", None)
    words = 'relation "sources_claim" does not exist\nLINE 1: SELECT 1 AS "a"'
    with pytest.raises(SystemExit, match="lacks tables. Run: manage.py migrate"):
        refuse_unusable(ProgrammingError(words))
    # Any other mistake of the program's keeps its traceback.
    refuse_unusable(ProgrammingError("syntax error"))


def test_who_waits_too_long_for_the_database_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections["default"], "connection", None)
    for words in ("database is locked", "canceling statement due to lock timeout"):
        with pytest.raises(SystemExit, match="Stopped: someone else's long save"):
            refuse_unusable(OperationalError(words))
