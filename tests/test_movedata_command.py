"""A whole database carried to another place: all of it, proved, or nothing."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from io import StringIO
from itertools import count
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import connections
from django.db.utils import ConnectionHandler
from django.test import Client

from briefing.databases import parsed
from briefing.moving import carrying, numbers, proving
from entities.models import Person
from sources import proposals
from sources.models import Proposal, SearchEntry, SourceText, Suppression, Token
from tests.cast import Cast, make_person
from tests.tokens import Program

# Each makes all tables of a new database.
pytestmark = [pytest.mark.django_db(transaction=True), pytest.mark.slow]


@pytest.fixture
def kept(cast: Cast, contributor: User, client: Client) -> Cast:
    """More than readers see: a session, a token, a proposal, a past, a number gone."""
    client.force_login(contributor)
    Program(contributor)
    cast.ada.summary = "She founds companies."
    cast.ada.save()
    cast.ada.refresh_from_db()
    cast.ada.summary = "She founded one."
    proposals.make(contributor, cast.ada, "It was one.", {})
    Suppression.objects.create(
        table="entities_entity",
        record_id=cast.ada.pk,
        history_id=1,
        at=cast.ada.created_at,
        reason="Private",
        suppressed_by="anna",
    )
    make_person("Soon Gone").delete()
    return cast


def move(url: str) -> str:
    out = StringIO()
    call_command("movedata", to=url, stdout=out, stderr=StringIO())
    return out.getvalue()


@pytest.fixture
def server_url(postgres_url: str) -> Iterator[str]:
    """A database of its own, empty, on the tests' own server."""
    psycopg = pytest.importorskip("psycopg")
    name = f"moved_{next(NUMBERS)}"
    with psycopg.connect(postgres_url, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name}")
    yield postgres_url.rpartition("/")[0] + f"/{name}"


NUMBERS = count()


@contextmanager
def standing_in(url: str) -> Iterator[None]:
    """Let what was carried there be the database that everybody asks."""
    real = connections["default"]
    handler = ConnectionHandler({"default": parsed("DATABASE_URL", url)})
    connections["default"] = moved = handler.create_connection("default")
    try:
        yield
    finally:
        connections["default"] = real
        moved.close()


def test_it_works(kept: Cast, tmp_path: Path) -> None:
    told = move(f"sqlite:///{tmp_path / 'moved.sqlite3'}")
    assert "Equal: " in told and f"{Person.objects.count()}" in told
    assert [path.name for path in tmp_path.iterdir()] == ["moved.sqlite3"]
    file = sqlite3.connect(tmp_path / "moved.sqlite3")
    for model in (User, Token, Proposal, Suppression, SourceText, Person.history.model):
        rows = file.execute(f"SELECT count(*) FROM {model._meta.db_table}").fetchone()
        assert rows == (model._base_manager.count(),) != (0,)
    assert file.execute("SELECT count(*) FROM django_session").fetchone() == (0,)
    assert file.execute("PRAGMA foreign_key_check").fetchall() == []
    found = "SELECT rowid FROM sources_searchentry_fts('vance')"
    assert {key for (key,) in file.execute(found)} == set(
        SearchEntry.objects.matching("vance").values_list("pk", flat=True)
    )
    # The trigger is there that raises the version.
    file.execute(f"UPDATE entities_entity SET name = 'X' WHERE id = {kept.ada.pk}")
    asked = f"SELECT version FROM entities_entity WHERE id = {kept.ada.pk}"
    kept.ada.refresh_from_db()
    assert file.execute(asked).fetchone() == (kept.ada.version + 1,)
    file.close()


@pytest.mark.postgres
def test_there_and_back_it_is_the_same(
    kept: Cast, server_url: str, tmp_path: Path
) -> None:
    """To PostgreSQL; from there to a file, and from that to where it came from."""
    there = move(server_url)
    given = numbers.given("default")
    with standing_in(server_url):
        assert numbers.given("default") == given
        assert SearchEntry.objects.matching("vance").exists()
        with pytest.raises(CommandError, match="is not empty: it has"):
            move(server_url)
        back = move(f"sqlite:///{tmp_path / 'back.sqlite3'}")
        new = make_person("New One")
        assert new.pk == given["entities_entity"] + 1
        assert new.history.count() == 1
    assert back == there
    assert not Person.objects.filter(name="New One").exists()


def test_a_target_that_is_there_already_is_refused(db: None, tmp_path: Path) -> None:
    path = tmp_path / "there.sqlite3"
    path.write_text("Mine.")
    with pytest.raises(CommandError, match="is there already: name a file that is not"):
        move(f"sqlite:///{path}")
    with pytest.raises(CommandError, match="--to is no address of SQLite or"):
        move("nonsense")
    assert path.read_text() == "Mine."


@pytest.mark.postgres
def test_a_target_that_does_not_answer_is_named(db: None) -> None:
    pytest.importorskip("psycopg")
    with pytest.raises(CommandError, match="The target does not answer: "):
        move("postgres://nobody@127.0.0.1:1/nowhere")


def stop(*args: Any) -> Any:
    raise KeyboardInterrupt


def test_stopped_midway_it_leaves_nothing(
    kept: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    monkeypatch.setattr(proving, "exported", stop)
    error = StringIO()
    with pytest.raises(SystemExit) as stopped:
        call_command(
            "movedata", to=f"sqlite:///{tmp_path / 'new.sqlite3'}", stderr=error
        )
    assert stopped.value.code == 130
    assert "as empty as it was" in error.getvalue()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.postgres
def test_stopped_midway_a_server_is_as_empty_as_it_was(
    kept: Cast, server_url: str, monkeypatch: Any
) -> None:
    with monkeypatch.context() as patched:
        patched.setattr(proving, "exported", stop)
        with pytest.raises(SystemExit):
            call_command("movedata", to=server_url, stderr=StringIO())
    # Else it would be refused.
    assert "Equal: " in move(server_url)


def test_what_is_not_equal_is_not_moved(
    kept: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    """The control: a row that is lost on the way is noticed."""
    write = carrying.rows

    def lossy(model: Any, *using: str) -> Any:
        found = write(model, *using)
        if model is SourceText and not using:
            next(found)
        return found

    monkeypatch.setattr(carrying, "rows", lossy)
    with pytest.raises(CommandError, match="Not equal.* sources_sourcetext: 3 rows"):
        move(f"sqlite:///{tmp_path / 'new.sqlite3'}")
    assert list(tmp_path.iterdir()) == []


def test_tables_of_an_earlier_version_are_refused(
    db: None, tmp_path: Path, monkeypatch: Any
) -> None:
    module = "briefing.management.commands.movedata.is_behind"
    monkeypatch.setattr(module, lambda database: True)
    with pytest.raises(CommandError, match="run migrate"):
        move(f"sqlite:///{tmp_path / 'new.sqlite3'}")
