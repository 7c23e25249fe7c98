"""A wrong address of a database is one clear line at start, and no password in it."""

from __future__ import annotations

import os
import subprocess
import sys

import pytest
from django.db import OperationalError, connections

from briefing import databases
from briefing.databases import configured, parsed, refuse_unreachable
from tests.tree import ROOT


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
    refuse_unreachable(OperationalError("disk full"))


def test_who_waits_too_long_for_the_database_is_told(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(connections["default"], "connection", None)
    for words in ("database is locked", "canceling statement due to lock timeout"):
        with pytest.raises(SystemExit, match="Stopped: someone else's long save"):
            refuse_unreachable(OperationalError(words))
