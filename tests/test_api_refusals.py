"""What a program is told where something else than its words stands in the way."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from typing import Any

import pytest
from django.db import OperationalError, connection

from entities.models import Person
from sources.models import Claim, Token
from tests.cast import Cast, make_claim, make_person
from tests.tokens import Program, faults


@contextmanager
def read_only() -> Iterator[None]:
    """Nobody can write for a while."""
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA query_only = 1")
        yield
        cursor.execute("PRAGMA query_only = 0")


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_a_database_that_cannot_be_written_to_is_told(contributor: Any) -> None:
    robot = Program(contributor)
    with read_only():
        answer = robot.post("/people/", {"name": "Bob"})
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert "Nothing was saved" in answer.json()["detail"]


def away(*args: Any) -> None:
    raise OperationalError("connection refused")


def test_a_database_that_is_away_is_told_to_who_reads(cast: Cast, client: Any) -> None:
    with connection.execute_wrapper(away):
        answer = client.get("/api/v1/people/ada-vance/")
    assert answer.status_code == 503
    assert answer.headers["Content-Type"] == "application/problem+json"
    assert int(answer.headers["Retry-After"]) > 0
    assert answer.json()["title"] == "The database does not answer"
    assert "saved" not in answer.text


@pytest.mark.sqlite
@pytest.mark.django_db(transaction=True)
def test_who_only_reads_is_not_kept_from_it(contributor: Any) -> None:
    make_person("Quiet Draft", status="draft")
    robot = Program(contributor)
    with read_only():
        assert robot.get("/people/quiet-draft/").status_code == 200
    assert Token.objects.get().used_at is None


def test_what_is_not_in_order_is_not_sent_to_review(
    cast: Cast, contributor: Any
) -> None:
    value = {"date": "2011", "status": "draft"}
    claim = make_claim(cast.ada, cast.founded_on, "ada-2011", **value)
    Claim.objects.filter(pk=claim.pk).update(statement="")
    answer = Program(contributor).post("/claims/ada-2011/submit/")
    assert answer.status_code == 422
    assert "blank" in faults(answer)["statement"]
    assert Claim.objects.get(pk=claim.pk).status == "draft"


@pytest.mark.parametrize("key", ["a%20b", "%00", "Ada-Vance", "ada.vance", "x" * 300])
def test_what_is_no_key_is_not_found(cast: Cast, contributor: Any, key: str) -> None:
    robot = Program(contributor)
    assert robot.get(f"/people/{key}/").status_code == 404
    assert robot.patch(f"/people/{key}/", {"name": "X"}, 1).status_code == 404
    assert robot.post(f"/people/{key}/submit/").status_code == 404
    assert not Person.objects.filter(name="X").exists()
