"""Who may do what in the admin's forms: drafts, publishing, confirming, taking down."""

from __future__ import annotations

from typing import Any

import pytest

from sources.models import Claim, Evidence, Proposal, SourceText
from tests.cast import cite, make_claim
from tests.typing_in import errors, messages, row, save

ALONE = "You alone wrote this"


@pytest.fixture
def draft(cast: Any) -> Claim:
    """A draft with a passage that an import brought: nobody of the desk wrote it."""
    value = {"amount": 3, "unit": "USD", "bound": "about"}
    claim = make_claim(cast.ada, cast.cost, "ada-cost", status="draft", **value)
    cite(claim, cast.herald, "in 2015", status="draft", confirmed_by="")
    return claim


def page_of(record: Any) -> str:
    meta = record._meta
    return f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/"


def add_draft(client: Any, cast: Any, **typed: Any) -> Any:
    """A claim with evidence, written by whoever is signed in."""
    passage = {"source": cast.herald.pk, "quote": "in a kitchen"}
    value = {"subject": cast.ada.pk, "property": cast.cost.pk, "amount": "12"}
    value |= {"unit": "USD", "bound": "exactly", "statement": "Twelve dollars."}
    value |= row("evidence", 0, **passage)
    return save(client, "/admin/sources/claim/add/", **value | typed)


def test_a_contributor_drafts_and_sends_to_review(
    cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    assert errors(add_draft(client, cast)) == []
    claim = Claim.objects.get(slug="ada-vance-cost-exactly-12-usd")
    save(client, page_of(claim), status="in_review")
    claim.refresh_from_db()
    assert claim.status == "in_review"


@pytest.mark.parametrize("status", ["published", "retracted", "withdrawn"])
def test_a_contributor_neither_publishes_nor_takes_down(
    status: str, draft: Claim, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    page = save(client, page_of(draft), status=status)
    assert "Only an editor publishes or takes down" in errors(page)[0]
    draft.refresh_from_db()
    assert draft.status == "draft"


def test_a_contributor_does_not_confirm(
    draft: Claim, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    save(client, page_of(draft), **{"evidence-0-confirm": "on"})
    assert draft.evidence.get().confirmed_by == ""


def test_nobody_publishes_what_they_alone_wrote(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    page = add_draft(client, cast, status="published")
    assert any(ALONE in words for words in errors(page))
    page = add_draft(client, cast, **{"evidence-0-confirm": "on"})
    assert any(ALONE in words for words in errors(page))
    assert not Claim.objects.filter(subject=cast.ada, property=cast.cost).exists()


def test_a_second_editor_confirms_and_publishes_in_one_save(
    cast: Any, editor: Any, second_editor: Any, client: Any
) -> None:
    client.force_login(editor)
    add_draft(client, cast)
    claim = Claim.objects.get(slug="ada-vance-cost-exactly-12-usd")
    client.force_login(second_editor)
    typed = {"status": "published", "evidence-0-confirm": "on"}
    page = save(client, page_of(claim), **typed)
    assert errors(page) == []
    evidence = Evidence.objects.get(claim=claim)
    assert (evidence.status, evidence.confirmed_by) == ("published", "edgar")
    claim.refresh_from_db()
    assert claim.is_public


def test_anyone_may_confirm_what_an_import_brought(
    draft: Claim, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    typed = {"status": "published", "evidence-0-confirm": "on"}
    assert errors(save(client, page_of(draft), **typed)) == []
    draft.refresh_from_db()
    assert draft.is_public


def test_whoever_rewrote_the_passage_does_not_confirm_it(
    draft: Claim, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    evidence = draft.evidence.get()
    save(client, page_of(evidence), quote="Vance said", start=None, end=None)
    page = save(client, page_of(evidence), confirm="on")
    assert ALONE in errors(page)[0]


def test_taking_down_never_waits(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    page = save(client, page_of(cast.founded_2015), status="retracted")
    assert errors(page) == ["Say why: readers see it in the notice."]
    save(client, page_of(cast.founded_2016), status="withdrawn")
    cast.founded_2016.refresh_from_db()
    assert not cast.founded_2016.is_public


def test_a_changed_value_must_be_confirmed_again(
    draft: Claim, editor: Any, client: Any
) -> None:
    evidence = draft.evidence.get()
    evidence.confirmed_by = "Demo desk"
    evidence.save()
    client.force_login(editor)
    typed = {"amount": "4", "evidence-0-note": "Read again."}
    assert errors(save(client, page_of(draft), **typed)) == []
    evidence.refresh_from_db()
    assert (evidence.confirmed_by, evidence.note) == ("", "Read again.")


def test_a_desk_of_one_confirms_a_changed_value_in_the_same_save(
    cast: Any, editor: Any, client: Any, settings: Any
) -> None:
    settings.ONE_PERSON_DESK = True
    client.force_login(editor)
    typed = {"date": "2015-03", "evidence-0-confirm": "on"}
    assert errors(save(client, page_of(cast.founded_2015), **typed)) == []
    cast.founded_2015.refresh_from_db()
    assert (cast.founded_2015.date, cast.founded_2015.is_public) == ("2015-03", True)
    names = cast.founded_2015.evidence.order_by("pk").values_list("confirmed_by")
    assert [name for (name,) in names] == ["edith", ""]
    assert not Proposal.objects.exists()


def test_the_text_of_a_published_source_is_an_editors_matter(
    cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    text = SourceText.objects.get(source=cast.herald)
    assert client.post(page_of(text), {"text": "Other."}).status_code == 403
    page = client.get(page_of(cast.herald))
    assert 'name="text-0-text"' not in page.text
    assert messages(page) == []
