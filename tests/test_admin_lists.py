"""Lists, searches and choices: as many queries for many rows, drafts found too."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entities.models import Alias
from sources import lookup
from sources.admin import listing
from tests.cast import cite, make_claim, make_organisation, make_person, make_source


@pytest.fixture
def desk(administrator: Any, client: Any) -> Any:
    client.force_login(administrator)
    return client


def grow(cast: Any, start: int, end: int) -> None:
    """More of everything that lists show."""
    for number in range(start, end):
        person = make_person(f"Person {number}")
        Alias(entity=person, text=f"P. {number}").save()
        publisher = make_organisation(f"Paper {number}")
        source = make_source(f"story-{number}", publisher=publisher)
        claim = make_claim(
            person, cast.founder_of, f"found-{number}", object=cast.northwind
        )
        cite(claim, source, f"Quote {number}")


TABLES = [
    *("entities/person", "entities/organisation", "entities/alias"),
    *("sources/source", "sources/claim", "sources/evidence", "sources/question"),
]


def queries(client: Any) -> dict[str, int]:
    """How many each list takes."""
    counts = {}
    for table in TABLES:
        with CaptureQueriesContext(connection) as captured:
            assert client.get(f"/admin/{table}/").status_code == 200
        counts[table] = len(captured)
    return counts


def test_more_rows_take_no_more_queries(cast: Any, desk: Any) -> None:
    grow(cast, 0, 2)
    before = queries(desk)
    grow(cast, 2, 10)
    assert queries(desk) == before
    assert max(before.values()) <= 15


def rows(page: Any) -> list[str]:
    return [str(row) for row in page.context["cl"].result_list]


@pytest.mark.parametrize(
    ("table", "query", "found"),
    [
        ("entities/person", "vance", ["Ada Vance"]),
        ("entities/person", "ADA V", ["Ada Vance"]),
        ("entities/person", "Countess", ["Ada Vance"]),
        ("entities/person", "draft", ["Quiet Draft"]),
        ("entities/person", "northwind", []),
        ("entities/organisation", "labs", ["Northwind Labs"]),
        ("entities/person", "%", []),
        ("sources/source", "courier", ["Courier copy"]),
        ("sources/claim", "quiet-c", ["Claim quiet-claim."]),
        ("sources/claim", "kitchen", []),
        ("sources/claim", "quiet draft", ["Claim quiet-claim."]),
        (
            "sources/question",
            "when was northwind",
            ["When was Northwind Labs founded?"],
        ),
        ("entities/alias", "countess", ["Countess"]),
    ],
)
def test_a_search_finds_drafts_and_aliases_too(
    table: str, query: str, found: list[str], cast: Any, desk: Any
) -> None:
    Alias(entity=cast.ada, text="Countess").save()
    assert rows(desk.get(f"/admin/{table}/", {"q": query})) == found


@pytest.mark.parametrize("query", ['"', "a AND *", "x: NEAR(", "\x00", "%_", "é" * 300])
def test_no_query_breaks_a_search(query: str, cast: Any, desk: Any) -> None:
    for table in ("entities/person", "sources/claim", "sources/evidence"):
        assert desk.get(f"/admin/{table}/", {"q": query}).status_code == 200


def choices(
    client: Any, term: str, model: str = "claim", field: str = "subject"
) -> Any:
    sent = {"app_label": "sources", "model_name": model, "field_name": field}
    return client.get("/admin/autocomplete/", {**sent, "term": term}).json()["results"]


def test_a_choice_is_found_by_any_name_and_told_from_its_namesake(
    cast: Any, desk: Any
) -> None:
    other = make_person("Ada Vance", slug="ada-vance-2", status="draft")
    Alias(entity=other, text="Countess Ada").save()
    labels = [choice["text"] for choice in choices(desk, "ada van")]
    assert labels == [
        "Ada Vance — person · ada-vance-2",
        "Ada Vance — person · ada-vance",
    ]
    assert [choice["id"] for choice in choices(desk, "countess")] == [str(other.pk)]
    assert choices(desk, "nobody at all") == []


def test_who_is_called_so_is_among_the_choices_however_many_hold_the_word(
    cast: Any, desk: Any, monkeypatch: Any
) -> None:
    monkeypatch.setattr(lookup, "MOST", 2)
    for name in ("Abe Quill", "Ann Quill", "Art Quill", "Quill Zoe"):
        make_person(name, slug=f"p-{name.split()[0].lower()}")
    labels = [choice["text"] for choice in choices(desk, "quill")]
    assert len(labels) == 3
    assert "Quill Zoe — person · p-quill" in labels


def test_a_publisher_is_an_organisation(cast: Any, desk: Any) -> None:
    assert choices(desk, "ada", "source", "publisher") == []
    (found,) = choices(desk, "northw", "source", "publisher")
    assert found["text"] == "Northwind Labs — organisation · northwind-labs"


def test_filters_count_what_they_would_show(cast: Any, desk: Any) -> None:
    page = desk.get("/admin/sources/claim/")
    assert "Published (6)" in page.text
    assert "Draft (0)" in page.text
    page = desk.get("/admin/sources/claim/?is_public__exact=False")
    assert rows(page) == ["Claim quiet-claim."]
    page = desk.get("/admin/entities/organisation/?category__exact=fund")
    assert rows(page) == []
    assert "Market move" not in page.text


def test_counts_are_bounded(cast: Any, desk: Any, monkeypatch: Any) -> None:
    monkeypatch.setattr(listing, "MOST_COUNTED", 2)
    monkeypatch.setattr(listing, "MOST_ROWS", 4)
    page = desk.get("/admin/sources/claim/")
    assert "Published (2+)" in page.text
    assert "more than 4 claims" in " ".join(page.text.split())
    page = desk.get("/admin/sources/source/")
    assert "Report (3+)" in page.text


@pytest.mark.parametrize(
    "query",
    [
        *("status__exact=nonsense", "is_public__exact=2", "p=99999", "nonsense=1"),
        *("o=9", "property=x", "source=9" * 9, "property=999", "source=²"),
    ],
)
def test_a_bad_address_is_answered(query: str, cast: Any, desk: Any) -> None:
    page = desk.get(f"/admin/sources/claim/?{query}", follow=True)
    assert page.status_code == 200


def test_a_list_is_narrowed_to_a_property_or_a_source(cast: Any, desk: Any) -> None:
    cost, herald = cast.cost.pk, cast.herald.pk
    claims = desk.get(f"/admin/sources/claim/?property={cost}")
    assert rows(claims) == ["Claim cost-less.", "Claim cost-about."]
    # What is chosen is named, and leaves by one link.
    assert f'<option value="{cost}" selected>Cost</option>' in claims.text
    both = desk.get(f"/admin/sources/claim/?property={cost}&source={herald}")
    assert rows(both) == ["Claim cost-about."]
    assert f'<input type="hidden" name="source" value="{herald}">' in both.text
    evidence = desk.get(f"/admin/sources/evidence/?source={cast.post.pk}&q=founded")
    assert {str(row).split(":")[0] for row in rows(evidence)} == {"Post story"}
    assert '<input type="hidden" name="q" value="founded">' in evidence.text


def test_a_claim_is_listed_once_however_often_it_cites(cast: Any, desk: Any) -> None:
    cite(cast.cost_about, cast.herald, "about $6 million", slug="again", speaker=None)
    page = desk.get(f"/admin/sources/claim/?source={cast.herald.pk}")
    assert rows(page).count("Claim cost-about.") == 1
