"""The front of the desk: what waits, how much of it, and each list."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.utils import timezone

from sources import proposals
from sources.desk import front, queues
from sources.models import Claim, Evidence, Finding, Note, Source
from tests.cast import cite, make_claim, make_event, make_person, make_source
from tests.pages import read

TODAY = timezone.localdate()


@pytest.fixture
def desk(editor: Any, client: Any) -> Any:
    client.force_login(editor)
    return client


def waiting(user: Any) -> dict[str, int]:
    """How many wait in each queue, those with none left out."""
    groups = front.of(user)["groups"]
    found = {one.queue.name: one.size for _, queue in groups for one in queue}
    return {name: size for name, size in found.items() if size}


def listed(client: Any, name: str) -> str:
    return read(client, f"/admin/desk/{name}/")


def test_it_works(cast: Any, desk: Any, editor: Any) -> None:
    Claim.objects.filter(slug="cost-less").update(assignee=editor, due_on=TODAY)
    Note(claim=cast.cost_about, text="Ring the registrar.", created_by=editor).save()
    words = read(desk, "/admin/")
    assert "edith: 1 given to you, 1 due by today, 1 left by the last shift." in words
    assert "1 Claims given to you Claim cost-less." in words
    assert "Ring the registrar." in words
    assert "1 Sources differ, and nothing is decided" in words


def fill(cast: Any, user: Any) -> set[str]:
    """Something for each queue that the cast leaves empty; the names of these."""
    hours_ago = timezone.now() - timedelta(hours=1)
    for model in (Claim, Source):
        first = model.objects.order_by("pk").first()
        model.objects.filter(pk=first.pk).update(assignee=user, due_on=TODAY)
        last = model.objects.order_by("-pk").first()
        model.objects.filter(pk=last.pk).update(status="draft", not_before=hours_ago)
    value = {"date": "1990", "status": "in_review"}
    make_claim(cast.ada, cast.founded_on, "bare", **value)
    make_source("waiting", status="in_review", standing="retracted")
    make_person("Waiting Too", status="in_review", summary="It cites nothing.")
    row = {"slug": "waits", "status": "in_review", "confirmed_by": ""}
    cite(cast.cost_less, cast.post, "In 2016", **row)
    Evidence.objects.filter(slug="founded-2016-post-story").update(confirmed_by="")
    Evidence.objects.filter(slug="cost-about-courier-copy").update(anchor="missing")
    Note(claim=cast.cost_about, text="Hm.").save()
    Note(evidence=Evidence.objects.first(), text="No.", kind="no").save()
    make_source("adrift")
    make_event("Opening")
    cast.ada.name = "Ada B. Vance"
    proposals.make(user, cast.ada)
    return set(queues.BY_NAME) - {"cannot-tell", "under-review", "one-speaker"}


def test_each_queue_holds_what_it_says(cast: Any, desk: Any, editor: Any) -> None:
    expected = fill(cast, editor)
    assert expected <= set(waiting(editor))
    for name in expected:
        assert "Nothing waits here." not in listed(desk, name), name


def test_questions_wait_until_they_are_settled(
    cast: Any, desk: Any, editor: Any
) -> None:
    question = cast.founded_2015.question
    finding = Finding(question=question, outcome="unresolved", reason="Neither says.")
    finding.decided_by = "Edith"
    finding.save()
    assert "differ" not in waiting(editor)
    cast.post.standing = "retracted"
    cast.post.save()
    assert waiting(editor)["under-review"] == 1
    assert "When was Northwind Labs founded?" in listed(desk, "under-review")


def test_one_speaker_is_one_speaker(cast: Any, desk: Any, editor: Any) -> None:
    claim = cast.founded_2015
    Claim.objects.filter(pk=claim.pk).update(article_count=2)
    assert "Claim founded-2015." in listed(desk, "one-speaker")
    other = cite(claim, cast.post, "In 2016", speaker_label="her lawyer")
    assert "Claim founded-2015." not in listed(desk, "one-speaker")
    other.speaker_label, other.speaker = "", cast.northwind
    other.save()
    assert "Claim founded-2015." not in listed(desk, "one-speaker")


def test_it_asks_few_questions_of_the_database(
    cast: Any, desk: Any, editor: Any, django_assert_max_num_queries: Any
) -> None:
    fill(cast, editor)
    with django_assert_max_num_queries(25) as asked:
        desk.get("/admin/")
    few = len(asked)
    for number in range(30):
        value = {"date": str(1900 + number), "status": "in_review"}
        claim = make_claim(cast.ada, cast.founded_on, f"more-{number}", **value)
        Note(claim=claim, text="Again.").save()
        Claim.objects.filter(pk=claim.pk).update(assignee=editor, due_on=TODAY)
    with django_assert_max_num_queries(few):
        desk.get("/admin/")


def test_a_list_asks_no_more_for_more_rows(cast: Any, desk: Any, editor: Any) -> None:
    fill(cast, editor)
    for name in queues.BY_NAME:
        with CaptureQueriesContext(connection) as asked:
            desk.get(f"/admin/desk/{name}/")
        assert len(asked) <= 7, name


def test_a_long_list_has_pages(cast: Any, desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(front, "PAGE", 2)
    for number in range(5):
        Note(claim=cast.cost_about, text=f"Note {number}.").save()
    address, seen = "/admin/desk/handed-over/", []
    while address:
        page = desk.get(address).text
        seen += re.findall(r"Note \d", page)
        following = re.search(r'href="(\?before=\d+)"', page)
        address = f"/admin/desk/handed-over/{following[1]}" if following else ""
    assert seen == [f"Note {number}" for number in (4, 3, 2, 1, 0)]


@pytest.mark.parametrize("place", ["x", "-1", "²", "9" * 40, "1; drop table"])
def test_a_place_that_is_none_is_said_to_be(place: str, cast: Any, desk: Any) -> None:
    page = desk.get("/admin/desk/differ/", {"before": place})
    assert "That place in the list does not exist" in page.text
    assert "When was Northwind Labs founded?" in page.text


def test_a_count_has_a_ceiling(cast: Any, desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(queues, "MOST_COUNTED", 1)
    monkeypatch.setattr(front, "MOST_COUNTED", 1)
    for number in range(3):
        Note(claim=cast.cost_about, text=f"Note {number}.").save()
    assert "1+ Left by the last shift" in read(desk, "/admin/")


def test_it_shows_nobody_what_they_may_not_see(cast: Any, client: Any) -> None:
    client.force_login(User.objects.create_user("nobody", is_staff=True))
    assert "Claims given to you" not in client.get("/admin/").text
    assert client.get("/admin/desk/differ/").status_code == 403
    client.logout()
    assert client.get("/admin/desk/differ/").status_code == 302


def test_a_contributor_has_a_desk_too(cast: Any, contributor: Any, client: Any) -> None:
    client.force_login(contributor)
    assert "cora: nothing is waiting for you." in read(client, "/admin/")
    assert client.get("/admin/desk/differ/").status_code == 200
    assert client.get("/admin/desk/no-such-list/").status_code == 404
    assert client.post("/admin/desk/differ/").status_code == 405
