"""A page asks the database as often for ten times the data: the work may not grow."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from django.db import connection, transaction
from django.test import Client
from django.test.utils import CaptureQueriesContext

from bench.building import fill
from sources.models import Claim, Question

pytestmark = [pytest.mark.sqlite, pytest.mark.slow]
# Beyond the count at which lists say “more than” and filters stop counting.
SMALL, LARGE = 1100, 3300
READERS = [
    "/",
    "/people/",
    "/organisations/",
    "/events/",
    "/organisations/e-0/",
    "/organisations/e-0/?page=2",
    "/organisations/e-0/network/",
    "/people/e-1/",
    "/events/e-2/",
    "/questions/",
    "/questions/?state=differ",
    "/questions/{differing}/",
    "/claims/",
    "/claims/?property=p_1",
    "/claims/{claim}/",
    "/sources/",
    "/sources/s-0/",
    "/timeline/",
    "/changes/",
    "/search/?q={word}",
    "/search/suggestions/?q={word}",
    "/feeds/changes.atom",
    "/feeds/organisations/e-0.atom",
    "/api/v1/claims/",
    "/api/v1/organisations/e-0/",
]
STAFF = [
    "/admin/",
    "/admin/sources/claim/",
    "/admin/sources/claim/?q={word}",
    "/admin/sources/evidence/",
    "/admin/sources/question/",
    "/admin/sources/source/",
    "/admin/entities/organisation/",
    "/admin/entities/organisation/1/change/",
]


@contextmanager
def collection(claims: int) -> Iterator[dict[str, str]]:
    """A database of so many claims, for a while, and what its addresses name."""
    with transaction.atomic():
        fill(claims)
        claim = Claim.objects.about(1).order_by("pk").first()
        differing = Question.objects.that_differ().order_by("pk").first()
        word = claim.statement.split()[1]
        yield {"claim": claim.slug, "differing": differing.slug, "word": word}
        transaction.set_rollback(True)


def counts(client: Client, pages: list[str], claims: int) -> dict[str, int]:
    """How many queries each page takes once it has been asked for."""
    with collection(claims) as names:
        return {page: queries(client, page.format(**names)) for page in pages}


def queries(client: Client, address: str) -> int:
    for _ in range(2):
        with CaptureQueriesContext(connection) as seen:
            answer = client.get(address)
        assert answer.status_code == 200, address
    return len(seen)


def test_it_works(client, db):
    few, many = (counts(client, READERS, claims) for claims in (SMALL, LARGE))
    assert many == few


def test_it_holds_for_staff(client, editor):
    client.force_login(editor)
    few, many = (counts(client, STAFF, claims) for claims in (SMALL, LARGE))
    assert many == few
