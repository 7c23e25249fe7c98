"""Many editors at one moment, over real connections: one wins, nobody loses a word."""

from __future__ import annotations

import sqlite3
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test import Client

from entities.models import Person
from tests.cast import make_person
from tests.rush import at_once
from tests.soak import times
from tests.typing_in import fill

pytestmark = pytest.mark.django_db(transaction=True)
TURNS = times(3, 100)
ADDRESS = "/admin/entities/person/{}/change/"


def signed_in(user: User) -> Client:
    client = Client()
    client.force_login(user)
    return client


@pytest.mark.sqlite
def test_case_02_of_sixteen_saves_of_one_version_one_wins(editor: User) -> None:
    person = make_person("Ada Vance", status="draft")
    address = ADDRESS.format(person.pk)
    answers: list[tuple[int, str]] = []

    def saves(turn: int, number: int) -> Any:
        client = signed_in(editor)
        # Words that already stand would be no change, which is no conflict either.
        typed = f"Typed by number {number} in turn {turn}."
        form = fill(client, address, summary=typed)

        def save() -> None:
            page = client.post(address, form)
            answers.append((page.status_code, page.content.decode()))

        return lambda: save

    for turn in range(TURNS):
        assert at_once(*[saves(turn, number) for number in range(16)]) == []
    told = [status for status, _ in answers]
    assert (told.count(302), told.count(409)) == (TURNS, TURNS * 15)
    assert all("Typed by number" in page for status, page in answers if status == 409)
    person.refresh_from_db()
    assert person.version == person.history.count() == 1 + TURNS


@pytest.mark.sqlite
def test_case_13_a_save_waits_for_a_long_one_or_keeps_what_was_typed(
    editor: User,
) -> None:
    person = make_person("Ada Vance", status="draft")
    address = ADDRESS.format(person.pk)
    client = signed_in(editor)
    form = fill(client, address, summary="Typed meanwhile.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA busy_timeout = 300")
    import_of_another = _holding_the_lock()
    page = client.post(address, form)
    assert page.status_code == 503
    assert "Typed meanwhile." in page.text
    assert "Someone else" in page.text
    assert client.get(address).status_code == 200
    import_of_another.rollback()
    assert client.post(address, form).status_code == 302
    assert Person.objects.get(pk=person.pk).summary == "Typed meanwhile."


@pytest.mark.sqlite
def test_case_25_a_database_that_is_read_only_keeps_what_was_typed(
    editor: User,
) -> None:
    person = make_person("Ada Vance", status="draft")
    address = ADDRESS.format(person.pk)
    client = signed_in(editor)
    form = fill(client, address, summary="Typed in vain.")
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
        page = client.post(address, form)
        assert client.get(address).status_code == 200
        cursor.execute("PRAGMA query_only = 0")
    assert page.status_code == 503
    assert "Typed in vain." in page.text and "cannot be written to" in page.text
    assert client.post(address, form).status_code == 302


@pytest.mark.sqlite
def test_case_24_a_full_disk_keeps_what_was_typed(editor: User) -> None:
    person = make_person("Ada Vance", status="draft")
    address = ADDRESS.format(person.pk)
    client = signed_in(editor)
    form = fill(client, address, summary="Typed at length. " * 20_000)
    with connection.cursor() as cursor:
        # What other tests left free in the file would be room enough.
        cursor.execute("VACUUM")
        cursor.execute("PRAGMA page_count")
        pages = cursor.fetchone()[0]
        cursor.execute(f"PRAGMA max_page_count = {pages + 2}")
        page = client.post(address, form)
        cursor.execute("PRAGMA max_page_count = 1000000000")
        cursor.execute("PRAGMA integrity_check")
        assert cursor.fetchone() == ("ok",)
    assert page.status_code == 503
    assert "Typed at length." in page.text and "The disk is full" in page.text
    assert client.post(address, form).status_code == 302


def _holding_the_lock() -> Any:
    """Another program in the middle of a long write."""
    path = Path(connection.settings_dict["NAME"])
    other = sqlite3.connect(path, isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    return other
