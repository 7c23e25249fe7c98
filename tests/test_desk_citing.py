"""Citing: a passage of an article becomes evidence, its claim old or new."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest
from django.core.exceptions import ValidationError

from entities.models import Alias, Person
from sources.desk import places
from sources.models import Claim, Evidence, Omission
from tests.cast import Cast, make_person, make_property, make_source

TEXT = "𝒜 naïve 🙂 start.\r\nAda Vance lives in Oslo. She began in 1999.\r\nIn Oslo."
NOTE = "/admin/read/a-note/"


@pytest.fixture
def note(cast: Cast) -> Any:
    make_property("home", "text", question="Where does {subject} live?")
    return make_source("a-note", TEXT)


@pytest.fixture
def desk(settings: Any, editor: Any, client: Any, note: Any) -> Any:
    settings.ONE_PERSON_DESK = True
    client.force_login(editor)
    return client


def passage(note: Any, quote: str) -> dict[str, Any]:
    start = note.text.text.index(quote)
    return {"quote": quote, "start": start, "end": start + len(quote)}


def post(client: Any, act: str = "cite", **typed: Any) -> Any:
    return client.post(f"{NOTE}{act}/", typed, headers={"accept": "application/json"})


def home(note: Any, **typed: Any) -> dict[str, Any]:
    new = {"subject": "Ada Vance", "property_key": "home", "text": "Oslo"}
    return {**passage(note, "lives in Oslo"), **new, **typed}


def test_it_works(desk: Any, note: Any, cast: Cast) -> None:
    answer = post(desk, **passage(note, "lives in Oslo"), claim_key="ada-founded")
    assert answer.status_code == 200
    evidence = Evidence.objects.get(source=note)
    assert (evidence.claim, evidence.status) == (cast.ada_founded, "draft")
    assert evidence.anchor == "verified"
    assert note.text.text[evidence.start : evidence.end] == "lives in Oslo"
    assert 'data-evidence="ada-founded-a-note"' in answer.json()["article"]


def test_it_makes_a_claim_confirms_and_publishes_it(desk: Any, note: Any) -> None:
    answer = post(desk, **home(note), confirm="on")
    claim = Claim.objects.get(text="Oslo")
    assert answer.json()["said"].endswith("Published.")
    assert claim.statement == "The Home of Ada Vance is Oslo."
    assert claim.is_public
    evidence = claim.evidence.get()
    assert (evidence.status, evidence.confirmed_by) == ("published", "edith")


def test_it_cites_for_the_claim_that_says_so_already(desk: Any, note: Any) -> None:
    post(desk, **home(note))
    answer = post(desk, **home(note, **passage(note, "In Oslo")))
    assert "exists already" in answer.json()["said"]
    assert Claim.objects.get(text="Oslo").evidence.count() == 2


def test_it_refuses_words_that_stand_elsewhere(desk: Any, note: Any) -> None:
    typed = home(note) | {"start": 3, "end": 16}
    answer = post(desk, **typed)
    assert answer.status_code == 422
    assert "other words" in answer.json()["errors"]["quote"][0]
    assert not Evidence.objects.filter(source=note).exists()


@pytest.mark.parametrize(
    ("typed", "field", "words"),
    [
        ({"subject": "Nobody"}, "subject", "no record “Nobody”"),
        ({"property_key": "nothing"}, "property", "Choose what is said"),
        ({"property_key": "founded_on", "date": "soon"}, "property", "organisation"),
        ({"text": ""}, "text", "Give the answer"),
        ({"stance": "sings"}, "stance", "valid choice"),
        ({"quote": ""}, "quote", "required"),
        ({"via_key": "a-note"}, "via", "credited with itself"),
        ({"claim_key": "gone"}, "claim", "has gone"),
        ({"during": "then"}, "during", "then"),
        ({"start": "x"}, "start", "whole number"),
        ({"text": "a\0b"}, "text", "Null characters"),
    ],
)
def test_it_puts_each_message_at_its_field(
    desk: Any, note: Any, cast: Cast, typed: Any, field: str, words: str
) -> None:
    cast.founded_on.subject_kinds = ["organisation"]
    cast.founded_on.save()
    answer = post(desk, **{**home(note), **typed})
    assert answer.status_code == 422
    assert words in " ".join(answer.json()["errors"][field])


def test_without_a_script_it_finds_the_quote(desk: Any, note: Any) -> None:
    typed = home(note) | {"start": "", "end": "", "quote": "“lives  in Oslo”"[1:-1]}
    page = desk.post(f"{NOTE}cite/", typed, follow=True)
    assert "New claim" in page.text
    assert Evidence.objects.get(source=note).quote == "lives in Oslo"


def test_without_a_script_it_asks_which_of_several(desk: Any, note: Any) -> None:
    typed = home(note) | {"start": "", "end": "", "quote": "Oslo"}
    page = desk.post(f"{NOTE}cite/", typed)
    assert "in paragraphs 2, 3" in page.text
    assert 'value="Ada Vance"' in page.text
    desk.post(f"{NOTE}cite/", typed | {"paragraph": "3"})
    evidence = Evidence.objects.get(source=note)
    assert evidence.start == note.text.text.rindex("Oslo")
    assert (evidence.prefix[-2:], evidence.suffix) == ("In", ".")


def test_a_name_of_two_asks(desk: Any, note: Any) -> None:
    other = make_person("Adah Vance")
    Alias(entity=other, text="Ada Vance", status="published").save()
    answer = post(desk, **home(note))
    assert "Several go by this name" in answer.json()["errors"]["subject"][0]
    start = passage(note, "Ada Vance")
    found = desk.get(f"{NOTE}passage/", start).json()
    assert {one["key"] for one in found["asks"][0]["choices"]} == {
        "ada-vance",
        other.slug,
    }


def test_it_takes_back_what_was_saved(desk: Any, note: Any) -> None:
    post(desk, **home(note), confirm="on")
    answer = post(desk, "undo")
    assert answer.json()["said"].startswith("Taken back")
    assert not Claim.objects.filter(text="Oslo").exists()
    assert not Evidence.objects.filter(source=note).exists()
    assert post(desk, "undo").status_code == 409


def test_it_takes_nothing_back_that_others_built_on(
    desk: Any, note: Any, second_editor: Any, client: Any
) -> None:
    post(desk, **home(note))
    evidence = Evidence.objects.get(source=note)
    evidence._history_user = second_editor
    evidence.note = "Mine too."
    evidence.save()
    assert post(desk, "undo").status_code == 409
    assert Evidence.objects.filter(source=note).exists()


def test_it_leaves_a_passage_out(desk: Any, note: Any) -> None:
    answer = post(desk, "omit", **passage(note, "In Oslo."), reason="A caption")
    assert answer.status_code == 200
    assert Omission.objects.get().reason == "A caption"
    post(desk, "undo")
    assert not Omission.objects.exists()


def test_a_contributor_cites_as_a_draft(
    client: Any, contributor: Any, note: Any
) -> None:
    client.force_login(contributor)
    answer = post(client, **home(note), confirm="on")
    assert answer.status_code == 200
    claim = Claim.objects.get(text="Oslo")
    assert (claim.status, claim.evidence.get().confirmed_by) == ("draft", "")


def test_it_carries_over_who_spoke(desk: Any, note: Any) -> None:
    typed = {"voice": "named", "speaker": "a neighbour", "hedge": "it seems"}
    last = post(desk, **home(note), **typed, stance="questions").json()["last"]
    assert (last["speaker"], last["stance"]) == ("a neighbour", "questions")
    page = desk.get(NOTE).text
    assert 'value="a neighbour"' in page
    assert '<option value="supports" selected>' in page
    assert Evidence.objects.get(source=note).speaker_label == "a neighbour"


def test_it_adds_names_met(desk: Any, note: Any) -> None:
    added = post(desk, "name", text="Oslo", **{"as": "organisation"})
    assert added.json()["said"] == "Added “Oslo” as a draft."
    post(desk, "name", text="A. V.", **{"as": "alias:ada-vance"})
    alias = Alias.objects.get(text="A. V.")
    assert (alias.entity.slug, alias.uses.get().source) == ("ada-vance", note)
    assert post(desk, "name", text="X", **{"as": "wizard"}).status_code == 403
    assert not Person.objects.filter(name="X").exists()


@pytest.mark.parametrize(
    ("typed", "amount"),
    [
        ("10,000", "10000"),
        ("8bn", "8000000000"),
        ("1.5 trillion", "1500000000000"),
        ("-3k", "-3000"),
        ("", None),
    ],
)
def test_it_reads_numbers_as_people_type_them(typed: str, amount: str | None) -> None:
    read = places.number(typed, "amount")
    assert read == (None if amount is None else Decimal(amount))


@pytest.mark.parametrize(
    "typed", ["six", "1 lot", "9tnn", "1e999999999", "nan", "9tn9"]
)
def test_it_asks_for_a_number_where_there_is_none(typed: str) -> None:
    with pytest.raises(ValidationError, match="Give a number"):
        places.number(typed, "amount")
