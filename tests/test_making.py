"""A page is made anew where what it read has changed, and only there."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.http import HttpResponse
from django.test import Client
from django.test.utils import CaptureQueriesContext

from briefing import making
from briefing.pages import profiles
from sources.models import Claim
from tests.cast import Cast
from tests.test_caching import CLAIM, FIRM, PAGES
from tests.test_edition_changes import EDITS, newsroom  # noqa: F401


@pytest.fixture
def put_together(monkeypatch: Any) -> list[str]:
    """The profiles that were put together, in turn."""
    found: list[str] = []
    read = profiles.read

    def noted(entity: Any, *place: Any) -> Any:
        found.append(entity.slug)
        return read(entity, *place)

    monkeypatch.setattr(profiles, "read", noted)
    return found


def test_a_page_stands_as_long_as_nothing_is_written(
    cast: Cast, client: Client, put_together: list[str]
) -> None:
    first = client.get(FIRM)
    with CaptureQueriesContext(connection) as queries:
        second = client.get(FIRM)
    assert second.content == first.content
    assert second.headers == first.headers
    assert (put_together, len(queries)) == (["northwind-labs"], 1)


def test_a_write_elsewhere_leaves_it(
    cast: Cast, client: Client, put_together: list[str]
) -> None:
    first = client.get(FIRM)
    cast.quiet.summary = "Another summary."
    cast.quiet.save()
    second = client.get(FIRM)
    assert second.content == first.content
    assert second.headers["ETag"] != first.headers["ETag"]
    assert put_together == ["northwind-labs"]


def test_what_it_shows_is_put_together_anew_and_asked_once(
    cast: Cast, client: Client, put_together: list[str]
) -> None:
    with CaptureQueriesContext(connection) as first:
        client.get(FIRM)
    claim = Claim.objects.get(slug="founded-2016")
    claim.during = "2016"
    claim.full_clean()
    claim.save()
    with CaptureQueriesContext(connection) as second:
        assert "true for 2016" in client.get(FIRM).content.decode()
    assert put_together == ["northwind-labs"] * 2
    assert len(second) <= len(first)


@pytest.mark.slow
@pytest.mark.parametrize("name", EDITS)
def test_after_every_edit_what_is_kept_is_what_is_made(
    newsroom: Cast,  # noqa: F811
    client: Client,
    name: str,
) -> None:
    for path in PAGES:
        client.get(path)
    EDITS[name](newsroom)
    kept = {path: client.get(path) for path in PAGES}
    making.forget()
    for path, answer in kept.items():
        anew = client.get(path)
        assert (answer.status_code, answer.content) == (
            anew.status_code,
            anew.content,
        ), path


def test_what_was_asked_past_the_rows_is_not_taken_to_stand(cast: Cast) -> None:
    made = []

    def make() -> HttpResponse:
        made.append(Claim.objects.count())
        return HttpResponse(str(made[-1]))

    assert making.made("page", 1, make).content == making.made("page", 1, make).content
    assert len(made) == 1
    making.made("page", 2, make)
    assert len(made) == 2


@pytest.mark.parametrize(
    "answer",
    [
        HttpResponse(status=404),
        HttpResponse(headers={"Cache-Control": "no-store"}),
        HttpResponse("long" * making.LARGEST),
    ],
)
def test_what_is_not_for_everybody_is_not_kept(cast: Cast, answer: Any) -> None:
    made = []

    def make() -> HttpResponse:
        made.append(True)
        return answer

    making.made("page", 1, make)
    making.made("page", 1, make)
    assert len(made) == 2


def test_a_signed_in_visitor_gets_a_page_of_their_own(
    cast: Cast, client: Client, put_together: list[str]
) -> None:
    client.get(FIRM)
    client.cookies["sessionid"] = "some"
    client.get(FIRM)
    assert len(put_together) == 2


def test_the_room_is_bounded(cast: Cast, client: Client, monkeypatch: Any) -> None:
    for number in range(making.ROOM // making.LARGEST + 5):
        making.made(number, 1, lambda: HttpResponse("a" * making.LARGEST))
    assert making._pages.currsize <= making.ROOM
    assert client.get(CLAIM).status_code == 200


def test_unsettled_it_asks_again_but_is_not_put_together(
    cast: Cast, client: Client, put_together: list[str]
) -> None:
    first = client.get(FIRM)
    making.unsettle()
    with CaptureQueriesContext(connection) as queries:
        second = client.get(FIRM)
    assert second.content == first.content
    assert put_together == ["northwind-labs"]
    assert len(queries) > 1
