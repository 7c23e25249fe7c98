"""What is kept of a page is never shown once the page would say something else."""

from __future__ import annotations

import datetime
from typing import Any

import pytest
from django.db import connection, transaction
from django.db.models import F
from django.test import Client
from django.test.utils import CaptureQueriesContext
from django.utils import timezone
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as some

from briefing import caching
from briefing.pages import visits
from entities.models import LastWrite
from sources.models import Claim, Source
from tests.cast import Cast
from tests.test_edition_changes import EDITS, changed, newsroom  # noqa: F401

HOME, LIST = "/", "/claims/?support=supported"
PERSON, FIRM = "/people/ada-vance/", "/organisations/northwind-labs/"
CLAIM, SOURCE = "/claims/founded-2016/", "/sources/herald-2015/"
QUESTION = "/questions/northwind-labs-founded-on/"
PAGES = (
    *(HOME, LIST, PERSON, FIRM, CLAIM, QUESTION, "/people/", "/organisations/"),
    *("/events/", "/questions/", "/sources/", "/timeline/", "/corrections/"),
    *("/changes/", "/search/?q=northwind", "/search/suggestions/?q=nor"),
    *("/feeds/changes.atom", "/feeds/differing.atom", "/robots.txt", "/sitemap.xml"),
    *(f"{FIRM}network/", f"{FIRM}briefing/", f"{FIRM}briefing.md", f"{FIRM}cite.bib"),
    *("/claims/cost-about/", "/people/quiet-person/", f"{PERSON}?as_of=2020-01-01"),
)


def tag_of(answer: Any) -> str:
    return str(answer.headers.get("ETag", ""))


def again(client: Client, path: str, tag: str) -> Any:
    return client.get(path, headers={"If-None-Match": tag})


def held(client: Client) -> dict[str, Any]:
    """Every page as a cache keeps it."""
    answers = {path: client.get(path) for path in PAGES}
    return {path: one for path, one in answers.items() if tag_of(one)}


def stale(client: Client, kept: dict[str, Any]) -> list[str]:
    """Those for which the cache is told to show what is not so any more."""
    wrong = []
    for path, old in kept.items():
        now = client.get(path)
        differs = (now.status_code, now.content) != (old.status_code, old.content)
        if differs and again(client, path, tag_of(old)).status_code == 304:
            wrong.append(path)
    return wrong


def test_every_page_is_kept(cast: Cast, client: Client) -> None:
    kept = held(client)
    assert {HOME, LIST, PERSON, FIRM, CLAIM, QUESTION} <= kept.keys()
    for path, old in kept.items():
        assert old.headers["Cache-Control"] == caching.KEPT, path
        assert {"Accept", "Cookie"} <= set(old.headers["Vary"].split(", "))
        answer = again(client, path, tag_of(old))
        assert (answer.status_code, answer.content) == (304, b""), path
        assert {"Accept", "Cookie"} <= set(answer.headers["Vary"].split(", "))


@pytest.mark.slow
@settings(
    max_examples=30,
    suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow],
)
@given(names=some.lists(some.sampled_from(sorted(EDITS)), max_size=3, unique=True))
def test_no_edit_leaves_an_old_page_standing(
    newsroom: Cast,  # noqa: F811
    client: Client,
    names: list[str],
) -> None:
    with transaction.atomic():
        kept = held(client)
        for name in names:
            try:
                with transaction.atomic():
                    EDITS[name](newsroom)
            except Exception:  # noqa: BLE001, S110 - it does not fit the one before
                pass
            assert stale(client, kept) == []
            kept = held(client)
        transaction.set_rollback(True)


@pytest.mark.parametrize("name", EDITS)
def test_each_edit_alone(newsroom: Cast, client: Client, name: str) -> None:  # noqa: F811
    before = tag_of(client.get(HOME))
    EDITS[name](newsroom)
    assert tag_of(client.get(HOME)) != before


@pytest.mark.parametrize("model", [Claim, Source])
def test_an_embargo_that_ends_by_itself(cast: Cast, client: Client, model: Any) -> None:
    before = tag_of(client.get(HOME))
    mark = LastWrite.objects.get().mark
    # The version goes up too, so that nothing notes it: what is left is the clock.
    an_hour_ago = timezone.now() - datetime.timedelta(hours=1)
    model.objects.update(not_before=an_hour_ago, version=F("version") + 1)
    assert LastWrite.objects.get().mark == mark
    assert tag_of(client.get(HOME)) != before


def test_settings_and_code_show(cast: Cast, client: Client, settings: Any) -> None:
    kept = held(client)
    settings.PUBLIC_QUOTE_LENGTH = 5
    assert again(client, FIRM, tag_of(kept[FIRM])).status_code == 200
    assert stale(client, kept) == []


def test_code_is_looked_at_anew_while_it_is_worked_on(
    cast: Cast, client: Client, settings: Any, tmp_path: Any
) -> None:
    settings.DEBUG, settings.BASE_DIR = True, tmp_path
    (tmp_path / "templates").mkdir()
    before = tag_of(client.get(HOME))
    (tmp_path / "templates" / "home.html").write_text("Another.")
    assert tag_of(client.get(HOME)) != before


def test_a_revisit_costs_one_query(cast: Cast, client: Client) -> None:
    tag = tag_of(client.get(FIRM))
    with CaptureQueriesContext(
        connection,
    ) as queries:
        assert again(client, FIRM, tag).status_code == 304
    assert len(queries) == 1


def test_one_page_is_not_another(cast: Cast, client: Client) -> None:
    tag = tag_of(client.get(FIRM))
    assert again(client, "/organisations/nobody/", tag).status_code == 404
    assert again(client, "/organisations/nobody/", "*").status_code == 404
    linked = {"If-None-Match": tag, "Accept": "application/ld+json"}
    assert client.get(FIRM, headers=linked).status_code == 200


def test_head_tells_the_same(cast: Cast, client: Client) -> None:
    whole, head = client.get(FIRM), client.head(FIRM)
    assert tag_of(head) == tag_of(whole)
    assert head.content == b""
    answer = client.head(FIRM, headers={"If-None-Match": tag_of(whole)})
    assert answer.status_code == 304


def test_nothing_of_staff_or_of_one_reader_is_kept(
    cast: Cast, client: Client, editor: Any
) -> None:
    tag = tag_of(client.get(FIRM))
    reader = Client()
    reader.cookies[visits.COOKIE] = "2026-01-01"
    client.force_login(editor)
    for one in (client, reader):
        answer = again(one, FIRM, tag)
        assert answer.status_code == 200
        assert answer.headers["Cache-Control"] == "private, no-store"
        assert not tag_of(answer)


def test_nor_an_answer_to_a_form(cast: Cast, client: Client) -> None:
    answer = client.post("/changes/", {"visit": "today"})
    assert answer.headers["Cache-Control"] == "private, no-store"


def test_case_47_what_is_withdrawn_is_not_kept_for_long(
    cast: Cast, client: Client
) -> None:
    changed(cast.founded_2016, status="withdrawn")
    answer = client.get(CLAIM)
    assert answer.status_code == 410
    assert answer.headers["Cache-Control"] == "public, max-age=0, s-maxage=60"
    assert not tag_of(answer)
    assert client.get("/claims/nothing/").headers["Cache-Control"] == "no-cache"


def test_the_time_of_the_last_write_is_told(cast: Cast, client: Client) -> None:
    at = LastWrite.objects.get().at
    told = client.get(FIRM).headers["Last-Modified"]
    assert told == f"{at:%a, %d %b %Y %H:%M:%S} GMT"
    # Two writes may share a second: the time alone never says that a page is the same.
    since = {"If-Modified-Since": told}
    assert client.get(FIRM, headers=since).status_code == 200
