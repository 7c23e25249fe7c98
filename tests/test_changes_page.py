import datetime

import pytest
from django.utils import timezone

from sources.models import Claim, Correction, Finding
from tests.pages import links, read


def test_it_works(client, cast):
    page = read(client, "/changes/")
    assert "Claim published Claim founded-2015." in page
    assert "Person published Ada Vance" in page
    assert "Source published Herald report" in page


def test_it_shows_no_record_that_is_not_public(client, cast):
    cast.founded_2016.refresh_from_db()
    cast.founded_2016.status = "withdrawn"
    cast.founded_2016.save()
    page = read(client, "/changes/")
    assert "founded-2016" not in page
    assert "Quiet" not in page


def test_it_shows_decisions(client, cast):
    Finding(
        question=cast.founded_2015.question,
        outcome="unresolved",
        reason="Neither says how it knows.",
        decided_by="Edith Desk",
    ).save()
    page = read(client, "/changes/")
    assert "Desk decision When was Northwind Labs founded?" in page


def test_it_shows_each_record_once(client, cast):
    cast.ada.refresh_from_db()
    cast.ada.wikidata_id = "Q1"
    cast.ada.save()
    assert links(client, "/changes/").count("/people/ada-vance/") == 1


def test_it_says_that_there_is_nothing(client, db):
    assert "Nothing is published yet." in read(client, "/changes/")


def test_it_asks_few_queries(client, cast, django_assert_max_num_queries):
    with django_assert_max_num_queries(12):
        client.get("/changes/")


def test_it_shows_corrections(client, cast):
    words = {"said": "2014.", "says": "2015.", "reason": "A slip."}
    Correction(slug="slip", claim=cast.founded_2015, **words).save()
    assert "Correction Claim founded-2015." in read(client, "/changes/")


def test_it_shows_what_changed_since_a_day(client, cast):
    today = timezone.localdate()
    old = timezone.now() - datetime.timedelta(days=9)
    Claim.history.filter(slug="founded-2015").update(history_date=old)
    page = read(client, f"/changes/?since={today}")
    assert "founded-2016" in page
    assert "founded-2015" not in page
    before = today - datetime.timedelta(days=10)
    assert "founded-2015" in read(client, f"/changes/?since={before}")


def test_it_may_have_nothing_since(client, cast):
    page = read(client, "/changes/?since=9999-12-31")
    assert "Nothing has changed since 31 December 9999." in page


@pytest.mark.parametrize("day", ["yesterday", "2026-02-30", "%00", "0000-01-01", "-1"])
def test_it_takes_no_nonsense_for_a_day(client, cast, day):
    page = read(client, f"/changes/?since={day}")
    assert "is no day. Give one such as 2026-11-01." in page
    assert "founded-2015" in page


def test_it_takes_the_first_and_the_last_day(client, cast):
    assert "founded-2015" in read(client, "/changes/?since=0001-01-01")
    assert "These are the latest" not in read(client, "/changes/?since=1999-12-31")


def test_it_says_that_there_are_more(client, cast, monkeypatch):
    monkeypatch.setattr("briefing.pages.changes.MOST", 4)
    assert "there are more" in read(client, "/changes/")
