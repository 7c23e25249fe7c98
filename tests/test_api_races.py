"""Programs and editors at one moment, over real connections."""

from __future__ import annotations

from contextlib import suppress
from threading import Event, Thread
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection, transaction
from django.test import Client

from entities.models import Person
from sources.models import Proposal, PublicChange
from tests.cast import make_person
from tests.rush import at_once
from tests.tokens import API, Program

pytestmark = pytest.mark.django_db(transaction=True)


def test_of_many_changes_to_one_version_one_is_made(contributor: User) -> None:
    make_person("Ada Vance", status="draft")
    robots = [Program(contributor) for _ in range(8)]
    answers: list[int] = []

    def changes(number: int) -> Any:
        fields = {"summary": f"Typed by number {number}."}

        def change() -> None:
            answer = robots[number].patch("/people/ada-vance/", fields, 1)
            answers.append(answer.status_code)

        return lambda: change

    assert at_once(*map(changes, range(8))) == []
    assert sorted(answers) == [200] + [412] * 7
    ada = Person.objects.get()
    assert ada.version == ada.history.count() == 2


def test_of_many_proposals_each_is_to_the_version_that_was_read(
    contributor: User, editor: User
) -> None:
    make_person("Ada Vance")
    robots = [Program(contributor), Program(editor)]
    answers: list[int] = []

    def change(robot: Program, name: str) -> Any:
        def send() -> None:
            fields = {"given_name": name}
            answer = robot.patch("/people/ada-vance/", fields, 1)
            answers.append(answer.status_code)

        return lambda: send

    assert at_once(change(robots[0], "Ada"), change(robots[1], "Adah")) == []
    assert sorted(answers) in ([200, 202], [200, 412])
    for proposal in Proposal.objects.all():
        assert proposal.base_version == 1
        assert proposal.changes == {"given_name": ["", "Ada"]}


def test_of_many_new_records_with_one_slug_one_is_made(contributor: User) -> None:
    robots = [Program(contributor) for _ in range(6)]
    answers: list[int] = []

    def makes(number: int) -> Any:
        fields = {"slug": "bob", "name": f"Bob {number}"}
        return lambda: (
            lambda: answers.append(robots[number].post("/people/", fields).status_code)
        )

    assert at_once(*map(makes, range(6))) == []
    # On PostgreSQL one that comes at the very moment is refused by the constraint.
    assert answers.count(201) == 1
    assert set(answers) <= {201, 409, 422}
    assert Person.objects.get().history.count() == 1


def told_since(client: Client, address: str, seen: list[str]) -> str:
    """Follow the changes to their end; where to go on later."""
    while True:
        answer = client.get(address).json()
        seen += [one["slug"] for one in answer["results"]]
        address = answer["next"]
        if not answer["has_more"]:
            return address


def test_a_change_that_is_told_late_is_not_missed(db: None, client: Client) -> None:
    """The first writer has the smaller number, and is done after the second."""
    if connection.vendor == "sqlite":
        pytest.skip("SQLite has one writer at a time.")
    has_written, may_end = Event(), Event()

    def writes_slowly() -> None:
        with suppress(Exception), transaction.atomic():
            # Records are written one at a time; this is told by another program.
            PublicChange.objects.create(kind="person", record_id=1, slug="slow-one")
            has_written.set()
            may_end.wait(timeout=120)
        connection.close()

    slow = Thread(target=writes_slowly)
    slow.start()
    assert has_written.wait(timeout=120)
    make_person("Quick One")
    seen: list[str] = []
    address = told_since(client, f"{API}/changes/", seen)
    assert seen == []
    may_end.set()
    slow.join()
    told_since(client, address, seen)
    assert seen == ["slow-one", "quick-one"]


def writes(number: int) -> Any:
    """Someone who makes five records, one after another."""

    def write() -> None:
        for turn in range(5):
            with transaction.atomic():
                make_person(f"Writer {number} turn {turn}")

    return lambda: write


def test_who_follows_the_changes_misses_none(db: None) -> None:
    """Many writers, and a reader who goes on from where each answer ended."""
    seen: list[str] = []
    ended = Event()

    def follow() -> None:
        client, address = Client(), f"{API}/changes/?page_size=3"
        # A pause: without one a reader in the same process keeps the writers waiting.
        while not ended.wait(0.02):
            address = told_since(client, address, seen)
        told_since(client, address, seen)
        connection.close()

    reader = Thread(target=follow)
    reader.start()
    raised = at_once(*map(writes, range(4)))
    ended.set()
    reader.join()
    assert raised == []
    assert sorted(seen) == sorted(Person.objects.values_list("slug", flat=True))
    assert len(seen) == 20 == PublicChange.objects.count()
