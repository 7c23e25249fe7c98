"""The checking screen: the second person reads, answers, and gets the next."""

from __future__ import annotations

from typing import Any

import pytest

from sources.models import Evidence, Note
from tests.cast import Cast, cite, make_claim

CHECK = "/admin/check/"


def waiting(cast: Cast, author: Any, quote: str, **fields: Any) -> Evidence:
    """Unconfirmed evidence that somebody wrote."""
    row = {"status": "in_review", "confirmed_by": "", "created_by": author} | fields
    slug = f"check-{quote.replace(' ', '-').lower()}"
    evidence = cite(cast.founded_2015, cast.herald, quote, slug=slug, **row)
    evidence.history.update(history_user=author)
    return evidence


def answer(client: Any, evidence: Evidence, word: str, note: str = "") -> Any:
    sent = {"evidence": evidence.slug, "version": evidence.version, "note": note}
    page = client.post(CHECK, {**sent, "answer": word}, follow=True)
    evidence.refresh_from_db()
    return page


@pytest.fixture
def checker(client: Any, second_editor: Any) -> Any:
    client.force_login(second_editor)
    return client


def test_it_works(checker: Any, cast: Cast, editor: Any) -> None:
    first = waiting(cast, editor, "a kitchen", hedge="it is said")
    second = waiting(cast, editor, "The firm")
    page = checker.get(CHECK)
    assert "<mark>a kitchen</mark>" in page.text
    assert "it is said" in page.text
    assert "Waiting for you: 2" in page.text
    page = answer(checker, first, "yes")
    assert (first.confirmed_by, first.status) == ("edgar", "published")
    assert "<mark>The firm</mark>" in page.text
    page = answer(checker, second, "yes")
    assert "Nothing waits for you" in page.text


def test_nobody_is_offered_what_they_alone_wrote(
    client: Any, settings: Any, cast: Cast, editor: Any
) -> None:
    mine = waiting(cast, editor, "a kitchen")
    client.force_login(editor)
    assert "Nothing waits for you" in client.get(CHECK).text
    page = answer(client, mine, "yes")
    assert "You alone wrote this" in page.text
    assert mine.confirmed_by == ""
    settings.ONE_PERSON_DESK = True
    assert "<mark>a kitchen</mark>" in client.get(CHECK).text


def test_no_leaves_a_note_and_goes_back(checker: Any, cast: Cast, editor: Any) -> None:
    evidence = waiting(cast, editor, "a kitchen")
    answer(checker, evidence, "no", "It says where, not when.")
    assert (evidence.status, evidence.confirmed_by) == ("draft", "")
    note = Note.objects.get()
    assert (note.kind, note.text) == ("no", "It says where, not when.")
    assert "Nothing waits for you" in checker.get(CHECK).text


def test_unsure_leaves_it_to_somebody_else(
    checker: Any, client: Any, cast: Cast, editor: Any, administrator: Any
) -> None:
    evidence = waiting(cast, editor, "a kitchen")
    answer(checker, evidence, "unsure")
    assert Note.objects.get().kind == "unsure"
    assert evidence.status == "in_review"
    assert "Nothing waits for you" in checker.get(CHECK).text
    client.force_login(administrator)
    page = client.get(CHECK)
    assert "<mark>a kitchen</mark>" in page.text
    assert "Not sure whether" in page.text


def test_yes_can_publish_the_claim(checker: Any, cast: Cast, editor: Any) -> None:
    claim = make_claim(
        cast.northwind, cast.founded_on, "founded-2014", date="2014", status="draft"
    )
    evidence = waiting(cast, editor, "a kitchen")
    evidence.claim = claim
    evidence.save()
    answer(checker, evidence, "publish")
    claim.refresh_from_db()
    assert claim.is_public


def test_what_was_changed_meanwhile_is_read_again(
    checker: Any, cast: Cast, editor: Any
) -> None:
    evidence = waiting(cast, editor, "a kitchen")
    sent = {"evidence": evidence.slug, "version": 0, "answer": "no", "note": "My word"}
    page = checker.post(CHECK, sent, follow=True)
    assert "changed while you read it" in page.text
    assert "My word" in page.text
    assert not Note.objects.exists()
    assert "<mark>a kitchen</mark>" in page.text


def test_contributors_do_not_judge(
    client: Any, contributor: Any, cast: Cast, editor: Any
) -> None:
    client.force_login(contributor)
    assert client.get(CHECK).status_code == 403
    evidence = waiting(cast, editor, "a kitchen")
    assert answer(client, evidence, "yes").status_code == 403
    assert evidence.confirmed_by == ""


def test_an_unknown_answer_changes_nothing(
    checker: Any, cast: Cast, editor: Any
) -> None:
    evidence = waiting(cast, editor, "a kitchen")
    assert "Answer yes, no or unsure" in answer(checker, evidence, "perhaps").text
    assert evidence.version == 1
