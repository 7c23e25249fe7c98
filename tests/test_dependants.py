"""What rests on a source, and what would be left without it."""

from __future__ import annotations

from typing import Any

import pytest

from sources import dependants
from sources.models import Claim, Evidence, Finding, Proposal, Source
from tests.cast import cite, make_source
from tests.pages import read
from tests.typing_in import errors, fields, messages, save

ADDRESS = "/admin/depends/herald-report/"


def state() -> Any:
    """Everything that a change to a source can move."""
    return [
        list(Source.objects.order_by("pk").values("slug", "standing", "version")),
        list(Claim.objects.order_by("pk").values("slug", "is_public", "origin_count")),
        list(Evidence.objects.order_by("pk").values("slug", "is_public", "origin")),
        Source.history.count(),
    ]


def slugs(changes: Any) -> set[str]:
    return {change.record.slug for change in changes}


def test_it_works(cast: Any) -> None:
    before = state()
    effect = dependants.effect(cast.herald, standing="retracted")
    assert effect is not None
    assert slugs(effect.last) == {"cost-about", "ada-founded"}
    assert not effect.hidden and not effect.states
    assert state() == before


def test_the_preview_is_what_happens(cast: Any) -> None:
    effect = dependants.effect(cast.herald, status="withdrawn")
    assert effect is not None
    cast.herald.status = "withdrawn"
    cast.herald.save()
    for change in (*effect.hidden, *effect.last, *effect.second):
        claim = Claim.objects.get(pk=change.record.pk)
        after = (claim.is_public, claim.article_count, claim.origin_count)
        assert after == tuple(change.after)
    for change in effect.states:
        change.record.refresh_from_db()
        assert change.record.get_state_display() == change.after


def test_it_tells_the_last_original_source_from_the_second(cast: Any) -> None:
    wire = make_source("wire", lineage="original")
    cite(cast.ada_founded, wire, "She founded it")
    effect = dependants.effect(cast.herald, standing="corrected")
    assert effect is not None
    assert slugs(effect.second) == {"ada-founded"}
    assert slugs(effect.last) == {"cost-about"}


def test_a_claim_may_keep_its_origin_through_another(cast: Any) -> None:
    effect = dependants.effect(cast.herald, standing="retracted")
    assert effect is not None
    # The courier's copy still leads to the herald.
    assert "founded-2015" not in slugs([*effect.last, *effect.bare])


def test_it_names_decisions_that_would_be_reviewed(cast: Any) -> None:
    question = cast.founded_2015.question
    finding = Finding(question=question, outcome="unresolved", reason="Neither.")
    finding.decided_by = "Edith"
    finding.save()
    effect = dependants.effect(cast.herald, standing="retracted")
    assert effect is not None
    assert slugs(effect.reviewed) == {question.slug}
    question.refresh_from_db()
    assert question.decision == "decided"


def test_it_tries_out_no_more_than_others_can_wait_for(
    cast: Any, monkeypatch: Any, editor: Any, client: Any
) -> None:
    monkeypatch.setattr(dependants, "MOST_SETTLED", 1)
    assert dependants.effect(cast.herald, standing="retracted") is None
    client.force_login(editor)
    assert "Too much rests on it" in read(client, ADDRESS)


def test_the_page_shows_it_before_it_is_done(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    words = read(client, ADDRESS)
    assert "Evidence elsewhere that is credited to it: 1" in words
    assert "If it is marked corrected or retracted" in words
    assert "Would lose their last original source (2)" in words
    assert "Claim cost-about. original sources 1 → 0" in words
    assert "If we take it down" in words
    assert "Courier copy" in words
    notice = {"standing": "retracted", "standing_date": "2025-02-01"}
    page = save(client, ADDRESS, **notice)
    assert "Say what the publisher's notice says" in errors(page)[0]
    assert "2025-02-01" in page.text
    save(client, ADDRESS, **notice, standing_notice="It made it up.")
    cast.herald.refresh_from_db()
    assert (cast.herald.standing, cast.herald.version > 1) == ("retracted", True)
    words = read(client, ADDRESS)
    assert "If it is marked" not in words and "Retracted by its publisher" in words


def test_a_contributor_proposes_it(cast: Any, contributor: Any, client: Any) -> None:
    client.force_login(contributor)
    typed = {"standing": "corrected", "standing_notice": "A wrong year."}
    page = save(client, ADDRESS, **typed)
    assert "waits as a proposal" in messages(page)[0]
    assert Proposal.objects.get().changes["standing"] == ["good", "corrected"]
    cast.herald.refresh_from_db()
    assert cast.herald.standing == "good"


def test_a_stale_form_is_refused_with_its_words(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    sent = fields(client.get(ADDRESS)) | {"standing_notice": "A wrong year."}
    cast.herald.note = "Meanwhile."
    cast.herald.save()
    page = client.post(ADDRESS, sent | {"standing": "corrected"})
    assert page.status_code == 409 and "A wrong year." in page.text


@pytest.mark.parametrize("date", ["yesterday", "2025-13"])
def test_a_wrong_date_is_named(date: str, cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    typed = {"standing": "corrected", "standing_notice": "A wrong year."}
    assert errors(save(client, ADDRESS, **typed, standing_date=date))


def test_there_is_no_other_source(cast: Any, editor: Any, client: Any) -> None:
    assert client.get(ADDRESS).status_code == 302
    client.force_login(editor)
    assert client.get("/admin/depends/no-such-source/").status_code == 404
