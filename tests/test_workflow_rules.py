"""What holds a record back holds it back at every door; whom we asked, readers see."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.core.management import call_command
from django.utils import timezone

from sources import proposals, publication
from sources.models import Approach, Claim, Note, Proposal, SearchEntry, Source
from tests.cast import make_person
from tests.pages import read
from tests.records import CITED, FILE, FOUNDED, load, problems
from tests.typing_in import errors, row, save

HELD = {"hold": "The lawyer reads it."}
LATER = timezone.now() + timedelta(days=2)
BACK = [HELD, {"not_before": LATER}]


def put(record: Any, **fields: Any) -> Any:
    """Save a fresh copy of the record with these values."""
    record = type(record).objects.get(pk=record.pk)
    for name, value in fields.items():
        setattr(record, name, value)
    record.save()
    return record


def is_found(kind: str, slug: str) -> bool:
    return SearchEntry.objects.filter(kind=kind, slug=slug).exists()


@pytest.mark.parametrize("back", BACK)
def test_a_published_claim_that_is_held_back_is_gone_and_comes_back(
    back: Any, cast: Any, client: Any
) -> None:
    claim = put(cast.founded_2015, **back)
    assert not Claim.objects.get(pk=claim.pk).is_public
    assert not is_found("claim", "founded-2015")
    assert client.get("/claims/founded-2015/").status_code == 404
    assert Claim.objects.get(pk=claim.pk).question.state == "one_answer"
    put(claim, hold="", not_before=None)
    assert Claim.objects.get(pk=claim.pk).is_public
    assert Claim.objects.get(pk=claim.pk).question.state == "differ"


@pytest.mark.parametrize("back", BACK)
def test_what_rests_on_a_source_that_is_held_back_goes_with_it(
    back: Any, cast: Any, client: Any
) -> None:
    put(cast.post, **back)
    assert not Claim.objects.get(slug="founded-2016").is_public
    assert not is_found("source", "post-story")
    assert client.get("/sources/post-story/").status_code == 404
    put(cast.post, hold="", not_before=None)
    assert Claim.objects.get(slug="founded-2016").is_public


@pytest.mark.parametrize("back", BACK)
@pytest.mark.parametrize("kind", ["claim", "source"])
def test_no_action_publishes_what_is_held_back(
    back: Any, kind: str, cast: Any, editor: Any
) -> None:
    record = cast.founded_2015 if kind == "claim" else cast.post
    record = put(record, status="draft", **back)
    with pytest.raises(ValidationError):
        publication.change_status(editor, record, "published")
    assert type(record).objects.get(pk=record.pk).status == "draft"


def test_no_import_publishes_what_is_held_back(db: Any) -> None:
    draft = FOUNDED | {"status": "draft"} | HELD
    load(*[(kind, draft if row is FOUNDED else row) for kind, row in FILE])
    assert "It is on hold" in problems(("claim", FOUNDED | HELD), update=True)[0]


def test_what_was_held_after_publication_is_imported_as_it_was(db: Any) -> None:
    load(*[(kind, FOUNDED | HELD if row is FOUNDED else row) for kind, row in FILE])
    claim = Claim.objects.get(slug="ada-founded")
    assert (claim.status, claim.is_public) == ("published", False)


def test_no_import_publishes_an_allegation_unheard(db: Any) -> None:
    alleged = FOUNDED | {"sensitivity": "allegation"}
    rows = [(kind, alleged if row is FOUNDED else row) for kind, row in FILE]
    assert any("whom we asked" in problem for problem in problems(*rows))
    asked = {"slug": "asked", "claim": ["ada-founded"], "asked_on": "2025-01-02"}
    load(*rows, ("approach", asked))
    assert Claim.objects.get(slug=CITED["claim"][0]).is_public


def test_an_accepted_proposal_obeys_the_rules_too(cast: Any, editor: Any) -> None:
    claim = put(cast.founded_2015, status="draft", **HELD)
    change = {"status": ["draft", "published"]}
    proposal = Proposal(kind="claim", record_id=claim.pk, changes=change)
    proposal.base_version = claim.version
    proposal.save()
    with pytest.raises(ValidationError, match="on hold"):
        proposals.accept(proposal, editor)


def test_what_readers_see_becomes_no_allegation_unheard(
    cast: Any, editor: Any, client: Any
) -> None:
    client.force_login(editor)
    address = f"/admin/sources/claim/{cast.founded_2015.pk}/change/"
    page = save(client, address, sensitivity="allegation")
    assert "whom we asked to reply" in errors(page)[0]
    asked = {"asked": cast.ada.pk, "asked_on": "2025-02-01", "what": "Is it so?"}
    typed = {"sensitivity": "allegation", **row("approaches", 0, **asked)}
    assert errors(save(client, address, **typed)) == []
    approach = Approach.objects.get()
    delete = f"/admin/sources/approach/{approach.pk}/delete/"
    assert client.post(delete, {"post": "yes"}).status_code == 403
    page = save(client, address, **{"approaches-0-DELETE": "on"})
    assert "whom we asked to reply" in errors(page)[0]
    assert Approach.objects.exists()


@pytest.mark.parametrize("door", ["change", "add"])
def test_a_contributor_leaves_published_approaches_alone(
    door: str, cast: Any, contributor: Any, client: Any
) -> None:
    made = Approach(claim=cast.founded_2015, slug="asked", asked_on="2025-02-01")
    made.save()
    client.force_login(contributor)
    tail = f"{made.pk}/change/" if door == "change" else "add/"
    typed = {"asked_on": "2025-02-02", "what": "Is it so?"}
    typed |= {"claim": cast.founded_2015.pk} if door == "add" else {}
    page = save(client, f"/admin/sources/approach/{tail}", **typed)
    assert "an editor has to add" in errors(page)[0]


def test_readers_see_whom_we_asked_and_what_they_said(cast: Any, client: Any) -> None:
    about = {"claim": cast.founded_2015, "asked_on": "2025-02-01"}
    rows = [
        {"asked": cast.ada, "what": "Is it so?", "answer_by": "2025-02-03"}
        | {"outcome": "replied", "reply": "It is.", "replied_on": "2025-02-02"},
        {"asked": cast.quiet, "outcome": "no_reply"},
        {"asked_label": "her lawyer"},
        {"asked_label": "the registrar", "outcome": "not_asked", "reason": "He died."},
    ]
    for number, fields in enumerate(rows):
        Approach(slug=f"asked-{number}", **about, **fields).save()
    words = read(client, "/claims/founded-2015/")
    assert (
        "We asked Ada Vance on 1 February 2025, for a reply by 3 February 2025. Our "
        "question: Is it so? They replied on 2 February 2025: It is."
    ) in words
    assert "someone whose record is not published on 1 February 2025. They did" in words
    assert "Quiet Draft" not in words
    assert "We asked her lawyer on 1 February 2025. No reply yet." in words
    assert "We did not ask the registrar. He died." in words


def test_embargoes_that_have_ended_are_settled(cast: Any, capsys: Any) -> None:
    put(cast.founded_2015, not_before=LATER)
    put(cast.post, not_before=LATER)
    call_command("publishdue")
    assert capsys.readouterr().out.startswith("0 records")
    ended = timezone.now() - timedelta(minutes=1)
    Claim.objects.filter(pk=cast.founded_2015.pk).update(not_before=ended)
    Source.objects.filter(pk=cast.post.pk).update(not_before=ended)
    call_command("publishdue")
    assert capsys.readouterr().out.startswith("2 records")
    assert Claim.objects.get(slug="founded-2015").is_public
    assert Claim.objects.get(slug="founded-2016").is_public
    assert is_found("source", "post-story")
    call_command("publishdue")
    assert capsys.readouterr().out.startswith("0 records")


def test_a_note_goes_with_its_record_and_names_its_author(
    cast: Any, contributor: Any, editor: Any, client: Any
) -> None:
    client.force_login(contributor)
    address = f"/admin/sources/claim/{cast.founded_2015.pk}/change/"
    typed = row("notes", 0, text="Ring the registrar.", kind="handover")
    save(client, address, **typed)
    note = Note.objects.get()
    assert (note.created_by, note.claim) == (contributor, cast.founded_2015)
    client.force_login(editor)
    page = client.get(address)
    assert "Ring the registrar." in page.text and "cora, " in page.text
    save(client, address, **{"notes-0-is_done": "on", "notes-0-text": "Reworded."})
    note.refresh_from_db()
    assert (note.is_done, note.text) == (True, "Ring the registrar.")
    client.logout()
    assert "Ring the registrar." not in client.get("/claims/founded-2015/").text


def test_work_is_kept_with_its_record(cast: Any, editor: Any, client: Any) -> None:
    client.force_login(editor)
    make_person("Someone Else")
    for record in (cast.founded_2015, cast.post):
        name = record._meta.model_name
        address = f"/admin/sources/{name}/{record.pk}/change/"
        typed = {"assignee": editor.pk, "due_on": "2025-03-01", "sensitivity": "health"}
        assert errors(save(client, address, **typed)) == []
        record.refresh_from_db()
        assert (record.assignee, str(record.due_on)) == (editor, "2025-03-01")
