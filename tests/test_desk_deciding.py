"""A desk decision: rival answers against their sources, an outcome and its reason."""

from __future__ import annotations

from typing import Any

import pytest

from sources.models import Finding
from tests.cast import cite, make_claim, make_source
from tests.pages import read
from tests.typing_in import errors, fields, messages, save

ADDRESS = "/admin/decide/northwind-labs-founded-on/"


@pytest.fixture
def desk(cast: Any, editor: Any, client: Any) -> Any:
    client.force_login(editor)
    return client


def decide(client: Any, cast: Any, **typed: Any) -> Any:
    given = {"outcome": "preferred", "preferred": cast.founded_2015.pk}
    given |= {"reason": "She was there.", "would_change_it": "A register."}
    return save(client, ADDRESS, **given | typed)


def test_it_works(desk: Any, cast: Any) -> None:
    words = read(desk, ADDRESS)
    assert "2 articles; original sources identified: 1; not established: 0" in words
    assert "“in 2015” Herald report" in words
    assert "28 January 2025" in words and "confirmed by Demo desk" in words
    page = decide(desk, cast)
    assert errors(page) == []
    finding = Finding.objects.get()
    assert (finding.outcome, finding.decided_by) == ("preferred", "edith")
    assert list(finding.preferred.all()) == [cast.founded_2015]
    assert "origin:herald-report" in finding.considered
    assert finding.created_by.username == "edith"
    assert finding.question.decision == "decided"
    assert "preferred by the desk" in read(desk, ADDRESS)
    assert "She was there." in read(desk, "/questions/northwind-labs-founded-on/")


@pytest.mark.parametrize(
    ("typed", "message"),
    [
        ({"preferred": None}, "“Preferred” needs an answer"),
        ({"outcome": "unresolved"}, "“Preferred” needs an answer"),
        ({"outcome": "maybe"}, "Select a valid choice"),
        ({"outcome": None}, "This field is required"),
        ({"reason": ""}, "This field is required"),
        ({"preferred": "999999"}, "Select a valid choice"),
        ({"preferred": "x"}, "is not a valid value"),
    ],
)
def test_it_refuses_half_a_decision_and_keeps_what_was_typed(
    typed: Any, message: str, desk: Any, cast: Any
) -> None:
    page = decide(desk, cast, **typed)
    assert message in " ".join(errors(page))
    assert "A register." in page.text
    assert not Finding.objects.exists()


def test_an_answer_to_another_question_cannot_be_preferred(
    desk: Any, cast: Any
) -> None:
    page = decide(desk, cast, preferred=cast.cost_less.pk)
    assert "Select a valid choice" in errors(page)[0]


def test_what_came_since_is_shown_and_weighed_anew(desk: Any, cast: Any) -> None:
    decide(desk, cast)
    wire = make_source("wire", lineage="original", title="A wire report")
    cite(cast.founded_2016, wire, "In 2016")
    cast.post.standing, cast.post.standing_notice = "retracted", "Wrong."
    cast.post.save()
    words = read(desk, ADDRESS)
    assert "An original source: “A wire report”" in words
    assert "“Post story” was retracted by its publisher" in words
    assert "no longer counts" in words
    question = cast.founded_2015.question
    question.refresh_from_db()
    assert question.decision == "under_review"
    # The same decision once more, now knowing that.
    save(desk, ADDRESS)
    question.refresh_from_db()
    assert question.decision == "decided"
    assert "New since the decision" not in read(desk, ADDRESS)


def test_a_decision_made_meanwhile_is_not_written_over(desk: Any, cast: Any) -> None:
    sent = fields(desk.get(ADDRESS)) | {"outcome": "unresolved", "reason": "Neither."}
    decide(desk, cast)
    page = desk.post(ADDRESS, sent)
    assert page.status_code == 409
    assert "after you opened it" in " ".join(errors(page))
    assert "Neither." in page.text
    assert Finding.objects.get().outcome == "preferred"
    # Whoever has read this and sends it again means it.
    desk.post(ADDRESS, fields(page) | {"outcome": "unresolved", "preferred": []})
    assert Finding.objects.get().outcome == "unresolved"


def test_a_hidden_answer_is_shown_and_cannot_be_chosen(desk: Any, cast: Any) -> None:
    draft = {"date": "2017", "status": "draft"}
    claim = make_claim(cast.northwind, cast.founded_on, "founded-2017", **draft)
    assert "readers do not see it: draft" in read(desk, ADDRESS)
    assert "Select a valid choice" in errors(decide(desk, cast, preferred=claim.pk))[0]


def test_what_nobody_reads_is_not_decided(desk: Any, cast: Any) -> None:
    for claim in (cast.founded_2015, cast.founded_2016):
        claim.status = "draft"
        claim.save()
    page = save(desk, ADDRESS, outcome="unresolved", reason="Neither.")
    assert "Readers see no answer to it yet" in errors(page)[0]


def test_only_an_editor_decides(cast: Any, contributor: Any, client: Any) -> None:
    client.force_login(contributor)
    assert "Only an editor decides." in client.get(ADDRESS).text
    sent = {"outcome": "unresolved", "reason": "Neither."}
    assert client.post(ADDRESS, sent).status_code == 403
    client.logout()
    assert client.get(ADDRESS).status_code == 302
    assert not Finding.objects.exists()


def test_there_is_no_other_question(desk: Any) -> None:
    assert desk.get("/admin/decide/no-such-question/").status_code == 404
    assert messages(desk.get(ADDRESS)) == []
