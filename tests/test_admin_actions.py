"""Bulk actions: said first, then done to each record that the rules allow."""

from __future__ import annotations

from typing import Any

import pytest

from sources.models import Claim, Evidence, Proposal, SearchEntry
from tests.cast import cite, make_claim, make_person
from tests.typing_in import fill, messages, save

CLAIMS = "/admin/sources/claim/"


@pytest.fixture
def drafts(cast: Any) -> list[Claim]:
    """Two drafts: one with confirmed evidence, one without."""
    made = []
    for slug, name, date in (("first", "Demo desk", "1990"), ("second", "", "1991")):
        row = {"date": date, "status": "draft"}
        claim = make_claim(cast.ada, cast.founded_on, slug, **row)
        cite(claim, cast.herald, "in 2015", status="draft", confirmed_by=name)
        made.append(claim)
    return made


def act(client: Any, address: str, action: str, records: Any, **typed: Any) -> Any:
    sent = {"action": action, "_selected_action": [one.pk for one in records]}
    return client.post(address, {**sent, **typed}, follow=True)


def status_of(record: Any) -> str:
    record.refresh_from_db()
    return record.status


def test_it_says_first_what_will_happen(drafts: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    page = act(client, CLAIMS, "publish", drafts)
    assert "2 to be published" in page.text
    assert [status_of(claim) for claim in drafts] == ["draft", "draft"]


def test_it_publishes_what_is_fit_and_says_why_not_the_rest(
    drafts: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    page = act(client, CLAIMS, "publish", drafts, apply="yes", reason="Read twice.")
    assert [status_of(claim) for claim in drafts] == ["published", "draft"]
    done, left = messages(page)
    assert done == "1 published."
    assert "Claim second." in left and "someone has confirmed" in left
    assert drafts[0].is_public
    assert drafts[0].history.latest().history_change_reason == "Read twice."
    assert Evidence.objects.get(claim=drafts[1]).status == "draft"


def test_withdrawing_with_a_notice_needs_its_reason(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    page = act(client, CLAIMS, "retract", [cast.cost_less], apply="yes")
    assert "Say why: readers see it" in page.text
    act(client, CLAIMS, "retract", [cast.cost_less], apply="yes", reason="Wrong.")
    assert status_of(cast.cost_less) == "retracted"
    assert cast.cost_less.status_reason == "Wrong."


def test_taking_down_needs_none(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    act(client, CLAIMS, "withdraw", [cast.cost_less], apply="yes")
    assert status_of(cast.cost_less) == "withdrawn"
    assert not SearchEntry.objects.filter(slug="cost-less").exists()


def test_a_contributor_sends_drafts_to_review_and_no_more(
    drafts: Any, cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    page = client.get(CLAIMS)
    assert 'value="send_to_review"' in page.text
    for action in ("publish", "retract", "withdraw", "delete_selected"):
        assert f'value="{action}"' not in page.text
        act(client, CLAIMS, action, drafts, apply="yes", reason="x", post="yes")
    act(client, CLAIMS, "send_to_review", [*drafts, cast.cost_less], apply="yes")
    assert [status_of(claim) for claim in drafts] == ["in_review", "in_review"]
    assert status_of(cast.cost_less) == "published"


def test_evidence_is_confirmed_by_whoever_did_not_write_it(
    drafts: Any, editor: Any, second_editor: Any, client: Any
) -> None:
    evidence = Evidence.objects.get(claim=drafts[1])
    client.force_login(editor)
    address = f"/admin/sources/evidence/{evidence.pk}/change/"
    save(client, address, quote="Vance said", start=None, end=None)
    passages = "/admin/sources/evidence/"
    page = act(client, passages, "confirm_all", [evidence])
    assert "1 to be confirmed" in page.text
    page = act(client, passages, "confirm_all", [evidence], apply="yes")
    assert "0 confirmed." in messages(page)
    client.force_login(second_editor)
    act(client, passages, "confirm_all", [evidence], apply="yes")
    evidence.refresh_from_db()
    assert evidence.confirmed_by == "edgar"
    act(client, passages, "publish", [evidence], apply="yes")
    assert status_of(evidence) == "published"


def test_proposals_are_accepted_together(
    cast: Any, contributor: Any, editor: Any, client: Any
) -> None:
    client.force_login(contributor)
    for person in (cast.ada, cast.northwind):
        kind = person.kind
        address = f"/admin/entities/{kind}/{person.pk}/change/"
        save(client, address, summary="Better.")
    proposals = list(Proposal.objects.all())
    page = act(client, "/admin/sources/proposal/", "accept", proposals)
    assert "No action" in " ".join(messages(page)) or not messages(page)
    client.force_login(editor)
    page = act(client, "/admin/sources/proposal/", "accept", proposals)
    assert "2 to be accepted" in page.text
    act(client, "/admin/sources/proposal/", "accept", proposals, apply="yes")
    cast.ada.refresh_from_db()
    assert cast.ada.summary == "Better."
    assert not Proposal.objects.open().exists()


def test_too_many_at_once_are_refused(
    cast: Any, editor: Any, client: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr("sources.admin.actions.MOST_AT_ONCE", 1)
    client.force_login(editor)
    both = [cast.cost_less, cast.cost_about]
    page = act(client, CLAIMS, "withdraw", both, apply="yes")
    assert "at most 1" in messages(page)[0]
    assert status_of(cast.cost_less) == "published"


def test_what_is_deleted_is_found_no_more(
    cast: Any, administrator: Any, client: Any
) -> None:
    person = make_person("Gone Soon")
    assert SearchEntry.objects.filter(slug="gone-soon").exists()
    client.force_login(administrator)
    people = "/admin/entities/person/"
    act(
        client, people, "delete_selected", [person, make_person("Gone Too")], post="yes"
    )
    assert not SearchEntry.objects.filter(slug__startswith="gone").exists()
    other = make_person("Gone Last")
    address = f"{people}{other.pk}/delete/"
    client.post(address, fill(client, address))
    assert not SearchEntry.objects.filter(slug__startswith="gone").exists()
