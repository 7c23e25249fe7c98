"""`manage.py publish --sqlite FILE`: what is public in one file, and nothing else."""

from __future__ import annotations

import io
import json
import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from django.core.management import CommandError, call_command
from django.db import connection

from sources.flat import edition
from sources.flat.tables import TABLES
from sources.flat.views import VIEWS
from tests.cast import Cast

pytestmark = pytest.mark.django_db


def publish(path: Path, **options: Any) -> str:
    out = io.StringIO()
    call_command("publish", sqlite=str(path), stdout=out, stderr=out, **options)
    return out.getvalue()


def ask(path: Path, sql: str) -> list[Any]:
    with closing(sqlite3.connect(path)) as file:
        return file.execute(sql).fetchall()


def test_it_works(cast: Cast, tmp_path: Path) -> None:
    path = tmp_path / "e.sqlite3"
    assert publish(path).startswith(f"{path}: ")
    assert ask(path, "SELECT name FROM entities ORDER BY slug") == [
        ("Ada Vance",),
        ("Northwind Labs",),
    ]
    assert ask(path, "PRAGMA foreign_key_check") == []
    assert ask(path, "PRAGMA integrity_check") == [("ok",)]
    assert ask(path, "PRAGMA user_version") == [(edition.LAYOUT,)]
    assert ask(path, "PRAGMA freelist_count") == [(0,)]
    assert [one.name for one in tmp_path.iterdir()] == ["e.sqlite3"]


def test_it_searches_every_word(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "e.sqlite3")
    found = "SELECT slug FROM evidence WHERE rowid IN (SELECT rowid FROM evidence_fts "
    rows = ask(tmp_path / "e.sqlite3", f"{found} WHERE evidence_fts MATCH 'figure')")
    assert rows == [("cost-about-courier-copy",)]
    with closing(sqlite3.connect(tmp_path / "e.sqlite3")) as file:
        for table in TABLES:
            if table.found_by:
                fts = f"{table.name}_fts"
                file.execute(
                    f"INSERT INTO {fts} ({fts}, rank) VALUES ('integrity-check', 1)"
                )


def test_the_same_data_makes_the_same_file(
    cast: Cast, tmp_path: Path, settings: Any
) -> None:
    settings.EDITION_LICENCE = "CC BY 4.0"
    publish(tmp_path / "one.sqlite3")
    publish(tmp_path / "two.sqlite3")
    one, two = tmp_path / "one.sqlite3", tmp_path / "two.sqlite3"
    assert one.read_bytes() == two.read_bytes()
    about = dict(ask(one, "SELECT name, value FROM about"))
    assert about["licence"] == "CC BY 4.0"
    cast.ada.name = "Ada B. Vance"
    cast.ada.save()
    publish(two)
    changed = dict(ask(two, "SELECT name, value FROM about"))
    assert changed["fingerprint"] != about["fingerprint"]


def test_its_views_are_those_of_the_database(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "e.sqlite3")
    for view in VIEWS:
        with connection.cursor() as cursor:
            cursor.execute(f"SELECT * FROM {view.name}")
            names = [column[0] for column in cursor.description]
            here = sorted(_said(row) for row in cursor.fetchall())
        there = ask(
            tmp_path / "e.sqlite3", f"SELECT {', '.join(names)} FROM {view.name}"
        )
        assert here == sorted(map(_said, there))


def _said(row: Any) -> list[str]:
    return [
        f"{cell:f}".rstrip("0").rstrip(".") if _is_amount(cell) else str(cell)
        for cell in row
    ]


def _is_amount(cell: Any) -> bool:
    return not isinstance(cell, str | int | None)


def test_something_else_is_never_written_over(cast: Cast, tmp_path: Path) -> None:
    other = tmp_path / "other.sqlite3"
    with closing(sqlite3.connect(other)) as file:
        file.execute("CREATE TABLE mine (name)")
    before = other.read_bytes()
    with pytest.raises(CommandError, match="not an edition"):
        publish(other)
    assert other.read_bytes() == before
    with pytest.raises(CommandError, match="cannot be read"):
        publish(tmp_path)
    with pytest.raises(CommandError, match="cannot be written to"):
        publish(tmp_path / "none" / "e.sqlite3")
    with pytest.raises(CommandError, match="Name a folder"):
        call_command("publish")


def test_an_edition_stays_until_the_next_is_whole(
    cast: Cast, tmp_path: Path, monkeypatch: Any
) -> None:
    def stop(*args: Any) -> None:
        raise KeyboardInterrupt

    publish(tmp_path / "e.sqlite3")
    before = (tmp_path / "e.sqlite3").read_bytes()
    monkeypatch.setattr(edition, "_finish", stop)
    with pytest.raises(SystemExit, match="130"):
        publish(tmp_path / "e.sqlite3")
    assert [one.read_bytes() for one in tmp_path.iterdir()] == [before]


@pytest.mark.slow
def test_datasette_takes_it_as_it_is(cast: Cast, tmp_path: Path) -> None:
    publish(tmp_path / "edition.sqlite3")

    def get(address: str) -> Any:
        command = [sys.executable, "-m", "datasette", tmp_path / "edition.sqlite3"]
        done = subprocess.run(
            [*command, "--get", f"/edition/{address}"], capture_output=True, text=True
        )
        assert done.returncode == 0, done.stdout
        return done.stdout

    found = json.loads(get("evidence.json?_search=figure&_shape=array"))
    assert [row["slug"] for row in found] == ["cost-about-courier-copy"]
    assert json.loads(get("facts.json?_shape=array&property=founder_of"))
    page = get("claims/ada-founded")
    assert "Northwind Labs" in page or "northwind-labs" in page
    assert 'type="search"' in get("sources")
