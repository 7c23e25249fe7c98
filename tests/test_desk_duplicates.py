"""Probable duplicates at the desk: side by side, told apart, counted on the front."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.cache import cache

from entities.models import Alias, Distinction
from sources.desk import duplicates
from tests.cast import make_claim, make_person
from tests.pages import links, read
from tests.typing_in import messages

ADDRESS = "/admin/duplicates/"


@pytest.fixture
def desk(cast: Any, editor: Any, client: Any) -> Any:
    cache.clear()
    client.force_login(editor)
    other = make_person("Vance Ada", slug="vance", wikidata_id="Q1", status="draft")
    Alias(entity=other, text="A. V.").save()
    value = {"text": "A word"}
    cast.founded_on.value_type = "text"
    make_claim(other, cast.founded_on, "word", **value)
    return client


def tell(client: Any, **typed: Any) -> Any:
    sent = {"first": "ada-vance", "second": "vance", "reason": ""} | typed
    return client.post(f"{ADDRESS}apart/", sent, follow=True)


def test_it_works(desk: Any) -> None:
    words = read(desk, ADDRESS)
    assert "Pairs: 1." in words
    assert "Same words in another order: “Ada Vance”." in words
    assert "Person · vance · draft also “A. V.” Wikidata: Q1 1 claim about it" in words
    assert "/admin/merge/person/vance/ada-vance/" in links(desk, ADDRESS)


def test_two_told_apart_are_not_proposed_again(desk: Any, editor: Any) -> None:
    page = tell(desk, reason="Born in other years.")
    assert "are not proposed again" in messages(page)[0]
    told = Distinction.objects.get()
    assert (told.reason, told.created_by) == ("Born in other years.", editor)
    words = read(desk, ADDRESS)
    assert "Pairs: 0." in words and "Born in other years." in words
    assert "They were told apart: Born" in read(
        desk, "/admin/merge/person/vance/ada-vance/"
    )
    page = desk.post(f"{ADDRESS}apart/{told.pk}/undo/", follow=True)
    assert "may be proposed again" in messages(page)[0]
    assert told.history.latest().history_change_reason == "Taken back"
    assert "Pairs: 1." in read(desk, ADDRESS)
    page = desk.post(f"{ADDRESS}apart/{told.pk}/undo/", follow=True)
    assert messages(page) == ["That was taken back already."]


def test_no_reason_is_needed_and_twice_is_once(desk: Any) -> None:
    tell(desk)
    assert Distinction.objects.get().reason == duplicates.DEFAULT_REASON
    page = tell(desk, first="vance", second="ada-vance")
    assert messages(page) == ["They were told apart already."]
    assert "Choose two different records." in messages(
        tell(desk, first="quiet-draft", second="quiet-draft")
    )
    assert (
        "at most 500" in messages(tell(desk, second="quiet-draft", reason="x" * 501))[0]
    )
    assert tell(desk, first="nobody").status_code == 404
    assert Distinction.objects.count() == 1


def test_the_front_counts_them_once_in_a_while(
    desk: Any, django_assert_num_queries: Any
) -> None:
    assert "Look for duplicates (1 proposed)" in read(desk, "/admin/")
    with django_assert_num_queries(0):
        assert duplicates.count() == 1
    tell(desk)
    assert "Look for duplicates (0 proposed)" in read(desk, "/admin/")


def test_among_many_records_the_front_does_not_look(
    desk: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("sources.desk.duplicates.QUICK", 1)
    front = read(desk, "/admin/")
    assert "Look for duplicates" in front and "proposed)" not in front
    read(desk, ADDRESS)
    assert "Look for duplicates (1 proposed)" in read(desk, "/admin/")


def test_there_are_as_many_pages_as_it_takes(desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr("sources.desk.duplicates.PAGE", 1)
    make_person("Quiet Draft", slug="quiet-2")
    assert "Page 1 of 2" in read(desk, ADDRESS)
    assert "Page 2 of 2" in read(desk, f"{ADDRESS}?page=2")
    assert "Page 1 of 2" in read(desk, f"{ADDRESS}?page=x")


def test_contributors_tell_nobody_apart(desk: Any, contributor: Any) -> None:
    tell(desk)
    desk.force_login(contributor)
    assert tell(desk, second="quiet-draft").status_code == 403
    told = Distinction.objects.get()
    assert desk.post(f"{ADDRESS}apart/{told.pk}/undo/").status_code == 403
    assert "Look for duplicates" not in read(desk, "/admin/")
