"""The reading desk's page: the article, its marks, its names, what is not covered."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

import pytest

from sources.desk import article, statements, values_met
from sources.models import Claim
from tests.cast import HERALD_TEXT, Cast, cite, make_property, make_source
from tests.pages import visible

HERALD = "/admin/read/herald-report/"


@pytest.fixture
def reader(client: Any, editor: Any, cast: Cast) -> Any:
    client.force_login(editor)
    return client


def test_it_works(reader: Any) -> None:
    page = reader.get(HERALD)
    assert page.status_code == 200
    words = visible(page.text)
    assert "Ada Vance founded Northwind Labs in 2015, she told the Herald." in words
    assert 'data-evidence="founded-2015-herald-report"' in page.text
    assert "✓ Published" in words
    assert "Not yet dealt with" in words


def test_its_words_are_the_text_and_nothing_else(cast: Cast) -> None:
    read = article.read(cast.herald)
    shown = "".join(piece.text for part in read.parts for piece in part.pieces)
    assert shown == HERALD_TEXT


def test_it_marks_overlaps_by_their_depth(cast: Cast) -> None:
    cite(cast.founded_2016, cast.herald, "Labs in 2015", slug="overlap")
    pieces = [
        piece for part in article.read(cast.herald).parts for piece in part.pieces
    ]
    deep = {piece.text: piece.classes for piece in pieces if "deep-2" in piece.classes}
    assert deep.keys() == {"Labs", "in 2015"}


def test_it_says_what_is_left(reader: Any, cast: Cast) -> None:
    source = make_source("two", "Ada Vance slept. Then Ada Vance woke.")
    cite(cast.ada_founded, source, "slept")
    read = article.read(source)
    assert [words for _, _, words, _ in read.bare] == ["Then Ada Vance woke."]
    assert 40 < read.percent_left < 60


def test_a_source_without_a_text_says_so(reader: Any, cast: Cast) -> None:
    make_source("bare")
    assert "We hold no text of this source" in reader.get("/admin/read/bare/").text
    assert reader.get("/admin/read/nothing/").status_code == 404


def test_only_staff_read_it(client: Any, cast: Cast, django_user_model: Any) -> None:
    assert client.get(HERALD).status_code == 302
    nobody = django_user_model.objects.create_user("nell", is_staff=True)
    client.force_login(nobody)
    for address in ("", "passage/?start=0&end=9", "claims/?q=a"):
        assert client.get(HERALD + address).status_code == 403
    for act in ("cite/", "undo/", "omit/", "name/", "publish/"):
        assert client.post(HERALD + act).status_code == 403


def test_it_proposes_for_a_passage(reader: Any) -> None:
    start = HERALD_TEXT.index("founded")
    found = reader.get(f"{HERALD}passage/", {"start": start, "end": start + 30}).json()
    assert found["subjects"][0]["key"] == "ada-vance"
    assert found["objects"][0]["key"] == "northwind-labs"
    assert found["date"] == "2015"
    assert {one["key"] for one in found["claims"]} >= {"ada-founded", "founded-2015"}


@pytest.mark.parametrize(
    "query", ["start=9&end=2", "start=a", "", "start=5&end=99999999"]
)
def test_it_survives_places_that_are_none(reader: Any, query: str) -> None:
    answer = reader.get(f"{HERALD}passage/?{query}")
    assert answer.status_code in (200, 422)
    assert reader.get(f"{HERALD}claims/?q=northwind&{query}").status_code == 200


def test_it_offers_while_one_types(reader: Any) -> None:
    offered = reader.get("/admin/choices/properties/?q=cos").json()["choices"]
    assert [one["key"] for one in offered] == ["cost"]
    offered = reader.get("/admin/choices/entities/?q=northw").json()["choices"]
    assert offered[0]["label"] == "Northwind Labs"
    offered = reader.get("/admin/choices/sources/?q=herald-rep").json()["choices"]
    assert offered[0]["key"] == "herald-report"
    asked = {"q": "found", "start": 0, "end": 9}
    offered = reader.get(f"{HERALD}claims/", asked).json()["choices"]
    assert "question" in {one["kind"] for one in offered}


def test_it_publishes_what_its_claims_need(reader: Any, cast: Cast) -> None:
    cast.quiet_claim.refresh_from_db()
    assert not cast.quiet_claim.is_public
    assert "Quiet Draft" in reader.get(HERALD).text
    reader.post(f"{HERALD}publish/")
    cast.quiet_claim.refresh_from_db()
    assert cast.quiet_claim.is_public


@pytest.mark.parametrize(
    ("label", "value", "expected"),
    [
        ("founder of", {"text": "a firm"}, "Northwind Labs is founder of a firm."),
        ("grew up in", {"text": "Oslo"}, "Northwind Labs grew up in Oslo."),
        ("founded", {"date": "2015"}, "Northwind Labs was founded in 2015."),
        ("uses", {"text": "chips"}, "Northwind Labs uses chips."),
        (
            "cost",
            {"amount": Decimal(6_000_000), "unit": "USD", "bound": "about"},
            "The cost of Northwind Labs is about $6 million.",
        ),
    ],
)
def test_a_sentence_is_proposed(
    cast: Cast, label: str, value: Any, expected: str
) -> None:
    kind = make_property("asked", label=label)
    claim = Claim(subject=cast.northwind, property=kind, **value)
    assert statements.proposed(claim) == expected


@pytest.mark.parametrize(
    ("words", "date", "amount"),
    [
        ("on 28 January 2025", "2025-01-28", None),
        ("in May 2023", "2023-05", None),
        ("in the 1980s", "198X", None),
        ("less than $5.6 million", "", ("less_than", "5600000", "USD")),
        ("some 10,000 chips", "", ("about", "10000", "chip")),
        ("fell 17%", "", ("exactly", "17", "percent")),
        ("nothing", "", None),
    ],
)
def test_a_value_is_proposed(words: str, date: str, amount: Any) -> None:
    assert values_met.date_in(words) == date
    if amount:
        found = values_met.amount_in(words)
        assert (found["bound"], found["amount"], found["unit"]) == amount
