"""What helps a reader who searches: pages, snippets, near names, suggestions."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from briefing.snippets import around, best, marked
from entities.models import Alias
from sources import settling
from tests.cast import Cast, cite, make_claim, make_person, make_source
from tests.pages import links, read


def suggested(client: Client, query: str) -> list[str]:
    answer = client.get("/search/suggestions/", {"q": query})
    assert answer.status_code == 200
    return [one["label"] for one in answer.json()["suggestions"]]


def test_it_goes_on_page_by_page_without_repeats(client: Client, cast: Cast) -> None:
    with settling.together():
        for number in range(45):
            make_person(f"Tove Berg {number:02}", slug=f"tove-{number:02}")
    found, address = [], "/search/?q=tove"
    while address:
        onward = links(client, address)
        found += [one for one in onward if one.startswith("/people/tove-")]
        address = next(("/search/" + one for one in onward if "cursor=" in one), "")
    assert len(found) == len(set(found)) == 45


def test_a_place_that_is_not_known_gives_the_first(client: Client, cast: Cast) -> None:
    page = read(client, "/search/?q=vance&cursor=nonsense")
    assert "This place in the results is not known" in page
    assert "Ada Vance" in page


def test_words_are_marked_and_quotes_shown(client: Client, cast: Cast) -> None:
    source = client.get("/search/?q=founded+northwind").content.decode()
    assert "<mark>" in source
    assert "<mark>founded</mark>" in source.lower()


@pytest.mark.parametrize("typed", ["Vanse", "Ada Vanec", "Northwnd", "vance adda"])
def test_near_names_are_offered(client: Client, cast: Cast, typed: str) -> None:
    page = read(client, f"/search/?q={typed}")
    assert "Ada Vance" in page or "Northwind Labs" in page


def test_what_readers_do_not_see_is_nowhere(client: Client, cast: Cast) -> None:
    Alias(entity=cast.quiet, text="Hidden Heron").save()
    claim = make_claim(
        cast.ada,
        cast.cost,
        "secret",
        status="draft",
        amount=1,
        unit="USD",
        bound="about",
    )
    cite(claim, make_source("s"), "Covert words", status="draft", confirmed_by="")
    for typed in (
        "Quiet Draft",
        "Quiet Drafft",
        "Hidden Heron",
        "Hiden Heron",
        "Covert",
    ):
        page = client.get("/search/", {"q": typed}).content.decode()
        assert "quiet-draft" not in page, typed
        assert "Covert words" not in page
        assert not suggested(client, typed), typed


def test_names_and_questions_are_suggested(client: Client, cast: Cast) -> None:
    assert suggested(client, "va")[0] == "Ada Vance"
    assert any(one.endswith("?") for one in suggested(client, "northwind"))
    assert suggested(client, "v") == suggested(client, "") == []


def test_a_kind_with_nothing_leads_to_all(client: Client, cast: Cast) -> None:
    page = read(client, "/search/?q=vance&kind=event")
    assert "Nothing of this kind has all of these words." in page


@pytest.mark.django_db
@settings(max_examples=40, deadline=None, suppress_health_check=list(HealthCheck))
@given(st.text(max_size=60), st.text(max_size=20))
def test_no_input_causes_an_error(client: Client, text: str, cursor: str) -> None:
    for address in ("/search/", "/search/suggestions/"):
        answer = client.get(address, {"q": text, "cursor": cursor})
        assert answer.status_code == 200


@given(st.text(max_size=400), st.text(max_size=30))
def test_a_marked_text_is_still_that_text(text: str, query: str) -> None:
    pieces: list[Any] = marked(text, query)
    assert "".join(piece.text for piece in pieces) == text


def test_a_long_text_is_cut_around_what_was_asked_for() -> None:
    text = f"{'word ' * 100}needle {'word ' * 100}"
    shown = around(text, "needle")
    assert "needle" in shown
    assert len(shown) < 310
    assert shown.startswith("…")
    assert shown.endswith("…")
    assert around("word" * 100, "nothing").endswith("…")
    assert best(("a hay", "a needle"), "needle") == "a needle"
    assert best((), "needle") == ""
