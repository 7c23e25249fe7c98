"""Putting right what readers were told, and taking a record down at once."""

from __future__ import annotations

from typing import Any

import pytest

from sources import proposals
from sources.models import Claim, Correction, Evidence, Proposal, SearchEntry
from tests.cast import make_person
from tests.pages import read
from tests.typing_in import errors, fields, messages, save

ADDRESS = "/admin/correct/claim/founded-2015/"
NEW = "Northwind Labs began in 2015."


@pytest.fixture
def desk(cast: Any, editor: Any, client: Any) -> Any:
    client.force_login(editor)
    return client


def page_of(cast: Any) -> str:
    return f"/admin/sources/claim/{cast.founded_2015.pk}/change/"


def test_it_works(desk: Any, cast: Any) -> None:
    page = save(desk, ADDRESS, statement=NEW, correction_reason="A slip of ours.")
    assert errors(page) == []
    made = Correction.objects.get()
    assert (made.claim, made.said) == (cast.founded_2015, "Claim founded-2015.")
    assert (made.says, made.reason) == (NEW, "A slip of ours.")
    assert made.created_by.username == "edith"
    for address in ("/claims/founded-2015/", "/corrections/"):
        words = read(desk, address)
        assert "Claim founded-2015." in words and "A slip of ours." in words
    cast.founded_2015.refresh_from_db()
    assert cast.founded_2015.statement == NEW


def test_the_records_own_form_corrects_in_the_same_save(desk: Any, cast: Any) -> None:
    typed = {"statement": NEW, "corrects": "on"}
    page = save(desk, page_of(cast), **typed)
    assert errors(page) == ["Say what was wrong: readers see it."]
    assert NEW in page.text
    assert Claim.objects.get(slug="founded-2015").statement == "Claim founded-2015."
    typed |= {"correction_reason": "A slip.", "correction_said": "That it was so."}
    page = save(desk, page_of(cast), **typed)
    assert "Readers are told of the correction" in messages(page)[0]
    made = Correction.objects.get()
    assert (made.said, made.says) == ("That it was so.", NEW)


def test_it_asks_where_published_words_change_unexplained(desk: Any, cast: Any) -> None:
    page = save(desk, page_of(cast), statement=NEW)
    asked = next(words for words in messages(page) if "Readers were told" in words)
    address = asked.split('href="')[1].split('"')[0]
    assert address == f"{ADDRESS}?since=1"
    form = fields(desk.get(address))
    assert form["correction_said"] == "Claim founded-2015."
    assert form["correction_says"] == NEW
    save(desk, address, correction_reason="A slip.")
    assert Correction.objects.get().says == NEW


@pytest.mark.parametrize("since", ["x", "99", "-1", "9" * 40, "²"])
def test_a_version_that_is_none_says_nothing(since: str, desk: Any) -> None:
    assert fields(desk.get(f"{ADDRESS}?since={since}"))["correction_said"] == ""


MISREAD = {"date": "2014", "corrects": "on", "correction_reason": "Misread."}


def test_a_value_is_corrected_where_one_person_may(
    desk: Any, cast: Any, settings: Any
) -> None:
    settings.ONE_PERSON_DESK = True
    page = save(desk, page_of(cast), **MISREAD, **{"evidence-0-confirm": "on"})
    assert errors(page) == []
    made = Correction.objects.get()
    assert (made.said, made.says) == ("Date: 2015.", "Date: 2014.")


def test_a_corrected_value_waits_with_the_words_that_readers_are_told(
    desk: Any, cast: Any, second_editor: Any, client: Any
) -> None:
    page = save(desk, page_of(cast), **MISREAD)
    assert errors(page) == [] and "waits as a proposal" in messages(page)[0]
    assert not Correction.objects.exists()
    proposal = Proposal.objects.get()
    address = f"/admin/sources/proposal/{proposal.pk}/change/"
    told = read(desk, address)
    assert "Readers are told of a correction" in told and "Misread." in told
    assert "correction" in read(desk, "/admin/desk/proposals/")
    client.force_login(second_editor)
    assert errors(save(client, address, decision="accept")) == []
    made = Correction.objects.get()
    assert (made.said, made.says) == ("Date: 2015.", "Date: 2014.")
    assert (made.reason, made.created_by.username) == ("Misread.", "edith")
    assert Claim.objects.get(slug="founded-2015").date == "2014"
    assert "Misread." in read(client, "/corrections/")


def test_a_correction_that_is_declined_is_told_to_nobody(
    desk: Any, cast: Any, second_editor: Any, client: Any
) -> None:
    save(desk, page_of(cast), **MISREAD, correction_said="That it was in 2015.")
    proposal = Proposal.objects.get()
    assert proposals.notice_of(proposal).said == "That it was in 2015."
    proposals.decline(proposal, second_editor, "It says 2015.")
    assert not Correction.objects.exists()


def test_half_a_correction_is_refused_though_it_would_wait(
    desk: Any, cast: Any
) -> None:
    page = save(desk, page_of(cast), **MISREAD | {"correction_reason": ""})
    assert errors(page) == ["Say what was wrong: readers see it."]
    assert fields(page)["date"] == "2014" and not Proposal.objects.exists()


@pytest.mark.parametrize(
    ("kind", "slug", "typed"),
    [
        ("person", "ada-vance", {"summary": "She founds firms. [[ada-founded]]"}),
        ("organisation", "northwind-labs", {"name": "Northwind Laboratories"}),
        ("source", "post-story", {"title": "How it began"}),
    ],
)
def test_other_records_are_corrected_too(
    kind: str, slug: str, typed: Any, desk: Any
) -> None:
    address = f"/admin/correct/{kind}/{slug}/"
    assert errors(save(desk, address, **typed, correction_reason="A slip.")) == []
    assert Correction.objects.get().about.slug == slug
    assert "A slip." in read(desk, "/corrections/")


def test_it_needs_words_a_reason_and_the_version_that_was_seen(
    desk: Any, cast: Any
) -> None:
    page = save(desk, ADDRESS, statement=NEW)
    assert errors(page) == ["This field is required."]
    assert NEW in page.text
    page = save(desk, ADDRESS, correction_reason="A slip.")
    assert "say what we said" in errors(page)[0]
    sent = fields(desk.get(ADDRESS)) | {"statement": NEW, "correction_reason": "A."}
    cast.founded_2015.statement = "Meanwhile."
    cast.founded_2015.save()
    page = desk.post(ADDRESS, sent)
    assert page.status_code == 409 and NEW in page.text
    assert not Correction.objects.exists()


def test_what_readers_never_saw_is_just_changed(desk: Any, cast: Any) -> None:
    page = desk.get("/admin/correct/person/quiet-draft/", follow=True)
    assert "Readers do not see it" in messages(page)[0]
    for address in ("alias/x/", "nothing/x/", "claim/none/", "evidence/x/"):
        assert desk.get(f"/admin/correct/{address}").status_code == 404


def test_a_contributor_corrects_nothing(
    cast: Any, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    assert client.get(ADDRESS).status_code == 403
    assert 'name="corrects"' not in client.get(page_of(cast)).text
    sent = {"statement": NEW, "corrects": "on", "correction_reason": "A slip."}
    save(client, page_of(cast), **sent)
    assert Proposal.objects.count() == 1 and not Correction.objects.exists()


@pytest.mark.parametrize("kind", ["claim", "evidence", "source", "organisation"])
def test_one_editor_takes_down_at_once(kind: str, desk: Any, cast: Any) -> None:
    slugs = {"claim": "founded-2016", "evidence": "founded-2016-post-story"}
    slugs |= {"source": "post-story", "organisation": "northwind-labs"}
    page = desk.post(f"/admin/withdraw/{kind}/{slugs[kind]}/", follow=True)
    assert "is withdrawn" in messages(page)[0]
    assert not Claim.objects.get(slug="founded-2016").is_public
    assert not SearchEntry.objects.filter(slug="founded-2016").exists()
    if kind == "claim":
        assert desk.get("/claims/founded-2016/").status_code == 410
    evidence = Evidence.objects.get(slug="founded-2016-post-story")
    assert not evidence.is_public


def test_the_button_stands_on_the_page_of_what_can_be_taken_down(
    desk: Any, cast: Any, contributor: Any
) -> None:
    button = 'action="/admin/withdraw/claim/founded-2015/"'
    assert button in desk.get(page_of(cast)).text
    desk.post("/admin/withdraw/claim/founded-2015/", {"reason": "A court."})
    assert cast.founded_2015.history.first().history_change_reason == "A court."
    assert button not in desk.get(page_of(cast)).text
    desk.force_login(contributor)
    make_person("Someone Else")
    assert desk.post("/admin/withdraw/person/someone-else/").status_code == 403
    assert desk.get("/admin/withdraw/person/someone-else/").status_code == 405
