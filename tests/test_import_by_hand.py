"""What someone signed in may bring in with a file: no more than the forms take."""

from __future__ import annotations

import json
from typing import Any

import pytest

from entities.models import Person
from sources.models import Claim, Evidence, Proposal, Source
from tests.cast import cite, make_claim
from tests.test_desk_tables import bring, go_ahead, problems, words
from tests.typing_in import messages

PROPERTY = ("property", {"key": "age", "label": "Age", "question": "{subject}?"})


@pytest.fixture
def draft(cast: Any) -> Claim:
    """A draft with a passage that nobody of the desk wrote, nor confirmed."""
    value = {"amount": 3, "unit": "USD", "bound": "about"}
    claim = make_claim(cast.ada, cast.cost, "ada-cost", status="draft", **value)
    cite(claim, cast.herald, "in 2015", status="draft", confirmed_by="")
    return claim


def lines(*records: Any) -> str:
    return "".join(json.dumps({"type": kind, **row}) + "\n" for kind, row in records)


def table(kind: str, **row: str) -> str:
    return f"type,{','.join(row)}\n{kind},{','.join(row.values())}\n"


def refusal(client: Any, text: str) -> str:
    """Why it is not taken; nothing is."""
    found = problems(bring(client, text))
    assert found
    return " ".join(problem[4] for problem in found)


def take(client: Any, text: str) -> list[str]:
    return messages(go_ahead(client, bring(client, text)))


def test_a_contributor_brings_in_drafts(
    cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    text = table("person", slug="bob", name="Bob")
    assert take(client, text) == ["Imported: 1 added, 0 changed, 0 unchanged."]
    assert Person.objects.get(slug="bob").status == "draft"
    assert Person.objects.get(slug="bob").created_by == contributor


@pytest.mark.parametrize("status", ["published", "retracted", "withdrawn"])
def test_a_contributor_neither_publishes_nor_takes_down(
    status: str, cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    new = table("person", slug="bob", name="Bob", status=status)
    assert "Only an editor" in refusal(client, new)
    old = table("person", slug="quiet-draft", status=status)
    assert "choose draft or in review" in refusal(client, old)


def test_a_contributors_change_to_what_is_published_is_proposed(
    cast: Any, contributor: Any, editor: Any, client: Any
) -> None:
    client.force_login(contributor)
    text = "type,slug,statement,contradicts\nclaim,cost-less,Less.,founded-2015\n"
    page = bring(client, text)
    assert "To wait as proposals" in words(page)
    told = messages(go_ahead(client, page))
    assert told[0] == "Imported: 0 added, 0 changed, 1 proposed, 0 unchanged."
    assert "waits until another person has accepted it" in told[1]
    cast.cost_less.refresh_from_db()
    assert cast.cost_less.statement == "Claim cost-less."
    proposal = Proposal.objects.get()
    assert proposal.created_by == contributor
    assert proposal.changes == {
        "statement": ["Claim cost-less.", "Less."],
        "contradicts": [[], ["founded-2015"]],
    }


def test_what_points_at_a_proposed_change_means_the_record_as_it_is(
    cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    fields = {"subject": "ada-vance", "property": "cost", "amount": "7"}
    fields |= {"unit": "USD", "bound": "exactly", "statement": "Seven."}
    new = {"slug": "new-cost", **fields, "contradicts": ["cost-less"]}
    old = table("claim", slug="cost-less", statement="Less.")
    assert "1 proposed" in take(client, old)[0]
    assert "1 added" in take(client, lines(("claim", new)))[0]
    cast.cost_less.refresh_from_db()
    assert cast.cost_less.statement == "Claim cost-less."
    assert Claim.objects.get(slug="new-cost").contradicts.get() == cast.cost_less


def test_an_editors_change_to_a_published_value_waits_for_another(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    assert "1 proposed" in take(client, table("claim", slug="cost-less", amount="7"))[0]
    words_only = table("claim", slug="cost-less", statement="Less than six.")
    assert "1 changed" in take(client, words_only)[0]


def test_nobody_publishes_what_they_alone_brought(
    cast: Any, editor: Any, second_editor: Any, client: Any
) -> None:
    client.force_login(editor)
    fields = {"subject": "northwind-labs", "property": "founded_on", "date": "2001"}
    fields |= {"slug": "founded-2001", "statement": "In 2001.", "status": "published"}
    assert "You alone wrote this claim" in refusal(client, table("claim", **fields))


def test_a_published_claim_takes_its_confirmed_evidence_along(
    draft: Claim, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    text = table("claim", slug="ada-cost", status="published")
    assert "someone has confirmed" in refusal(client, text)
    Evidence.objects.filter(claim=draft).update(confirmed_by="edgar")
    assert "1 changed" in take(client, text)[0]
    assert Evidence.objects.get(claim=draft).status == "published"


def test_nobody_confirms_for_someone_else(
    draft: Claim, editor: Any, contributor: Any, client: Any
) -> None:
    slug = draft.evidence.get().slug
    client.force_login(editor)
    other = table("evidence", slug=slug, confirmed_by="edgar")
    assert "Nobody confirms for someone else" in refusal(client, other)
    assert "1 changed" in take(client, other.replace("edgar", "edith"))[0]
    assert draft.evidence.get().confirmed_at is not None
    client.force_login(contributor)
    text = table("evidence", slug=slug, confirmed_by="cora")
    assert "Only an editor confirms" in refusal(client, text)


def test_a_new_passage_is_to_be_confirmed_again(
    draft: Claim, editor: Any, client: Any
) -> None:
    evidence = draft.evidence.get()
    evidence.confirmed_by = "edgar"
    evidence.save()
    client.force_login(editor)
    row = {"quote": "Vance said", "start": "", "end": "", "confirmed_by": "edgar"}
    assert "1 changed" in take(client, table("evidence", slug=evidence.slug, **row))[0]
    evidence.refresh_from_db()
    assert (evidence.confirmed_by, evidence.anchor) == ("", "verified")


@pytest.mark.parametrize(
    ("kind", "row"),
    [
        ("evidence", {"verified_sha256": "a" * 64}),
        ("source", {"text_sha256": "a" * 64}),
        ("person", {"merged_into": "ada-vance"}),
    ],
)
def test_nobody_types_what_the_program_finds(
    kind: str, row: dict[str, str], draft: Claim, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    slugs = {"evidence": draft.evidence.get().slug, "person": "quiet-draft"}
    slug = slugs.get(kind) or Source.objects.get(slug="post-story").slug
    text = table(kind, slug=slug, **row)
    assert "Nobody types this" in refusal(client, text)


@pytest.mark.parametrize(
    ("kind", "row", "message"),
    [
        ("question", {"slug": "q", "subject": "ada-vance", "property": "cost"}, "made"),
        ("correction", {"slug": "c", "claim": "cost-less"}, "made at the desk"),
        ("finding", {"question": "q", "outcome": "unresolved"}, "decided at the desk"),
    ],
)
def test_acts_of_the_desk_are_made_at_the_desk(
    kind: str, row: Any, message: str, cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    if kind == "finding":
        row = row | {"question": cast.cost_less.question.slug, "reason": "Because."}
        row = row | {"decided_by": "Edith"}
    words = {"said": "a", "says": "b", "reason": "c"} if kind == "correction" else {}
    assert message in refusal(client, table(kind, **row, **words))


def test_the_vocabulary_is_an_administrators(
    cast: Any, editor: Any, administrator: Any, client: Any
) -> None:
    kind, row = PROPERTY
    text = lines((kind, row | {"value_type": "text"}))
    client.force_login(editor)
    assert "You may not add a property" in refusal(client, text)
    change = table("property", key="cost", label="Price")
    assert "You may not change a property" in refusal(client, change)
    client.force_login(administrator)
    assert "1 added" in take(client, text)[0]


def test_a_hold_holds_at_this_door_too(
    draft: Claim, cast: Any, editor: Any, client: Any
) -> None:
    Evidence.objects.filter(claim=draft).update(confirmed_by="edgar")
    Claim.objects.filter(pk=draft.pk).update(hold="Ask the lawyer.")
    client.force_login(editor)
    text = table("claim", slug="ada-cost", status="published")
    assert "It is on hold" in refusal(client, text)
    unexplained = table("person", slug="ada-vance", status="retracted")
    assert "Say why: readers see it" in refusal(client, unexplained)
