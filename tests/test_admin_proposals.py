"""Changes to what is published wait for a second person; readers see no change."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.exceptions import ValidationError

from entities.models import Person
from sources import proposals
from sources.models import Claim, Evidence, Proposal
from tests.typing_in import errors, messages, row, save

ADA = "/admin/entities/person/{}/change/"
CLAIM = "/admin/sources/claim/{}/change/"


@pytest.fixture
def renamed(cast: Any, contributor: Any, client: Any) -> Proposal:
    """Cora has proposed another name for Ada."""
    client.force_login(contributor)
    typed = {"name": "Ada B. Vance", "change_reason": "As she signs."}
    save(client, ADA.format(cast.ada.pk), **typed)
    return Proposal.objects.get()


def decide(client: Any, proposal: Proposal, decision: str, **typed: Any) -> Any:
    address = f"/admin/sources/proposal/{proposal.pk}/change/"
    return save(client, address, decision=decision, **typed)


def test_a_contributors_change_waits(renamed: Proposal, contributor: Any) -> None:
    assert Person.objects.get(slug="ada-vance").name == "Ada Vance"
    assert renamed.changes == {"name": ["Ada Vance", "Ada B. Vance"]}
    assert (renamed.created_by, renamed.reason) == (contributor, "As she signs.")


def test_the_page_says_so(cast: Any, contributor: Any, client: Any) -> None:
    client.force_login(contributor)
    page = save(client, ADA.format(cast.ada.pk), summary="New.")
    assert "waits as a proposal" in messages(page)[0]
    assert "changed successfully" not in page.text
    page = client.get(ADA.format(cast.ada.pk))
    assert messages(page) == ["Proposed changes that wait for an editor: 1."]


def test_a_new_draft_beside_it_is_saved(
    cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    alias = row("aliases", 0, text="A. Vance")
    save(client, ADA.format(cast.ada.pk), name="Ada B. Vance", **alias)
    assert [alias.status for alias in cast.ada.aliases.all()] == ["draft"]
    assert Proposal.objects.count() == 1


def test_an_editor_accepts(renamed: Proposal, editor: Any, client: Any) -> None:
    client.force_login(editor)
    page = client.get(f"/admin/sources/proposal/{renamed.pk}/change/")
    assert "<ins>" in page.text
    assert errors(decide(client, renamed, "accept", word="Thank you.")) == []
    renamed.refresh_from_db()
    ada = Person.objects.get(slug="ada-vance")
    assert ada.name == "Ada B. Vance"
    assert (renamed.state, renamed.decided_by) == ("accepted", editor)
    assert ada.history.latest().history_change_reason == "As she signs."
    assert "decided already" in errors(decide(client, renamed, "decline"))[0]


def test_an_editor_declines(renamed: Proposal, editor: Any, client: Any) -> None:
    client.force_login(editor)
    decide(client, renamed, "decline", word="She never does.")
    renamed.refresh_from_db()
    assert (renamed.state, renamed.word) == ("declined", "She never does.")
    assert Person.objects.get(slug="ada-vance").name == "Ada Vance"


def test_a_contributor_accepts_nothing(
    renamed: Proposal, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    assert decide(client, renamed, "accept").status_code == 403
    renamed.refresh_from_db()
    assert renamed.state == "open"


def test_a_proposal_is_refused_once_the_record_moved(
    renamed: Proposal, cast: Any, editor: Any, client: Any
) -> None:
    cast.ada.summary = "Moved on."
    cast.ada.save()
    client.force_login(editor)
    page = decide(client, renamed, "accept")
    assert "was changed after this was proposed" in errors(page)[0]
    assert Person.objects.get(slug="ada-vance").name == "Ada Vance"


def test_a_changed_value_waits_for_another_editor(
    cast: Any, editor: Any, second_editor: Any, client: Any
) -> None:
    client.force_login(editor)
    page = save(client, CLAIM.format(cast.founded_2015.pk), date="2014")
    assert "waits as a proposal" in messages(page)[0]
    proposal = Proposal.objects.get()
    assert errors(decide(client, proposal, "accept")) == [
        "Another editor has to accept this change."
    ]
    client.force_login(second_editor)
    assert errors(decide(client, proposal, "accept")) == []
    claim = Claim.objects.get(slug="founded-2015")
    assert (claim.date, claim.is_public) == ("2014", True)
    names = claim.evidence.values_list("confirmed_by", flat=True)
    assert set(names) == {"edgar"}


def test_a_changed_statement_is_saved_at_once(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    save(client, CLAIM.format(cast.founded_2015.pk), statement="Better said.")
    cast.founded_2015.refresh_from_db()
    assert cast.founded_2015.statement == "Better said."


def test_a_changed_passage_waits_in_the_inline_too(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    typed = {"evidence-0-quote": "founded Northwind Labs"}
    typed |= {"evidence-0-start": "", "evidence-0-end": ""}
    save(client, CLAIM.format(cast.founded_2015.pk), **typed)
    proposal = Proposal.objects.get()
    assert proposal.kind == "evidence"
    evidence = Evidence.objects.get(pk=proposal.record_id)
    assert (evidence.quote, evidence.confirmed_by) == ("in 2015", "Demo desk")


def test_relations_travel_by_key(cast: Any, contributor: Any, editor: Any) -> None:
    claim = Claim.objects.get(slug="ada-founded")
    claim.subject = cast.northwind
    many = {"contradicts": [cast.founded_2015]}
    proposal = proposals.make(contributor, claim, "", many)
    assert proposal.changes == {
        "subject": ["ada-vance", "northwind-labs"],
        "contradicts": [[], ["founded-2015"]],
    }
    proposals.accept(proposal, editor)
    claim.refresh_from_db()
    assert claim.subject == cast.northwind
    assert list(claim.contradicts.all()) == [cast.founded_2015]
    cast.founded_2015.refresh_from_db()
    assert cast.founded_2015.is_contested


def test_an_unfit_change_is_refused_with_its_reason(
    cast: Any, contributor: Any, editor: Any
) -> None:
    cast.founded_2015.date = "yesterday"
    proposal = proposals.make(contributor, cast.founded_2015)
    with pytest.raises(ValidationError, match="yesterday"):
        proposals.accept(proposal, editor)
    proposal.refresh_from_db()
    assert proposal.state == "open"


def test_nothing_is_proposed_where_nothing_changes(cast: Any, contributor: Any) -> None:
    assert proposals.make(contributor, cast.ada) is None


def test_a_deleted_record_is_said_to_be(
    renamed: Proposal, cast: Any, editor: Any, client: Any
) -> None:
    renamed.record_id = 10**6
    renamed.save()
    client.force_login(editor)
    assert "deleted since" in errors(decide(client, renamed, "accept"))[0]


def test_a_proposal_says_what_it_changes(renamed: Proposal, cast: Any) -> None:
    assert str(renamed) == "Change to the name of a person"
    other = Proposal(kind="organisation", record_id=1, changes={})
    assert str(other) == "Change to the words of an organisation"
