"""Rows on a record's page: so many at a time, none lost, and as fast however many."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext

from entities.models import Alias
from sources.admin.entities import AliasInline
from sources.admin.evidence import EvidenceInline
from sources.models import Claim
from tests.cast import cite, make_claim, make_source
from tests.typing_in import errors, fields, fill, row

A_PAGE = EvidenceInline.rows_per_page


@pytest.fixture
def desk(cast: Any, editor: Any, client: Any) -> Any:
    client.force_login(editor)
    return client


def claim_with(count: int, cast: Any) -> Claim:
    """A draft with so many passages, each from a source of its own."""
    value = {"amount": count, "unit": "USD", "bound": "about", "status": "draft"}
    claim = make_claim(cast.ada, cast.cost, f"cost-{count}", **value)
    for number in range(count):
        source = make_source(f"paper-{count}-{number}")
        cite(claim, source, f"Words {number}", speaker=cast.ada, status="draft")
    return claim


def address(record: Any, page: int = 1) -> str:
    meta = record._meta
    tail = f"?evidence-page={page}" if page > 1 else ""
    return f"/admin/{meta.app_label}/{meta.model_name}/{record.pk}/change/{tail}"


def queries(client: Any, claim: Claim, page: int = 1) -> tuple[int, int]:
    """How many it takes to open the form, and to save it with one row changed."""
    with CaptureQueriesContext(connection) as opening:
        form = fill(client, address(claim, page), **{"evidence-0-hedge": "it seems"})
    with CaptureQueriesContext(connection) as saving:
        assert client.post(address(claim, page), form).status_code == 302
    return len(opening), len(saving)


def test_more_rows_take_no_more_queries(cast: Any, desk: Any) -> None:
    # What is asked once for each process, the first page asks.
    desk.get(address(cast.founded_2015))
    few = queries(desk, claim_with(2, cast))
    many = claim_with(2 * A_PAGE + 1, cast)
    assert queries(desk, many) == few
    assert queries(desk, many, page=2) == few
    assert few[0] <= 25


def test_each_page_shows_its_rows_and_leads_to_the_others(cast: Any, desk: Any) -> None:
    claim = claim_with(A_PAGE + 2, cast)
    first, second = desk.get(address(claim)).text, desk.get(address(claim, 2)).text
    assert f"Evidence\n  1 to {A_PAGE} of {A_PAGE + 2}" in first
    assert "Words 0<" in first and f"Words {A_PAGE}<" not in first
    assert f"Words {A_PAGE}<" in second and "Words 0<" not in second
    assert 'href="?evidence-page=1#evidence-rows"' in second
    assert "evidence-page" not in desk.get(address(cast.founded_2015)).text


@pytest.mark.parametrize(("page", "shown"), [("x", 0), ("-1", A_PAGE), ("99", A_PAGE)])
def test_a_bad_page_is_answered(page: str, shown: int, cast: Any, desk: Any) -> None:
    claim = claim_with(A_PAGE + 1, cast)
    opened = desk.get(f"{address(claim)}?evidence-page={page}")
    assert f"Words {shown}<" in opened.text


def test_saving_a_page_leaves_the_other_rows(cast: Any, desk: Any) -> None:
    claim = claim_with(A_PAGE + 2, cast)
    last = claim.evidence.order_by("pk").last()
    typed = {"evidence-1-hedge": "it seems", "evidence-0-DELETE": "on"}
    typed |= row("evidence", 2, source=cast.herald.pk, quote="in a kitchen")
    form = fill(desk, address(claim, 2), **typed) | {"_continue": "on"}
    saved = desk.post(address(claim, 2), form)
    assert saved.status_code == 302
    assert "evidence-page=2" in saved.url
    last.refresh_from_db()
    assert last.hedge == "it seems"
    assert claim.evidence.count() == A_PAGE + 2
    assert claim.evidence.filter(quote="in a kitchen").exists()
    assert claim.evidence.exclude(version=1).get() == last


def test_rows_sent_are_found_wherever_they_stand_now(cast: Any, desk: Any) -> None:
    """Others deleted rows of the page before: the second page begins elsewhere."""
    claim = claim_with(A_PAGE + 2, cast)
    form = fill(desk, address(claim, 2), **{"evidence-0-hedge": "it seems"})
    for evidence in claim.evidence.order_by("pk")[:2]:
        evidence.delete()
    assert desk.post(address(claim, 2), form).status_code == 302
    assert claim.evidence.get(hedge="it seems").quote == f"Words {A_PAGE}"


def test_a_row_that_someone_else_changed_blocks_only_its_own_change(
    cast: Any, desk: Any
) -> None:
    claim = claim_with(3, cast)
    form = fill(desk, address(claim), **{"evidence-0-hedge": "it seems"})
    for evidence in claim.evidence.order_by("pk"):
        evidence.save()
    assert claim.evidence.filter(version=2).count() == 3
    page = desk.post(address(claim), form)
    assert page.status_code == 409
    assert len(page.context["sections"]) == 1
    assert desk.post(address(claim), fields(page)).status_code == 302


def test_beside_a_row_that_went_the_others_keep_what_was_typed(
    cast: Any, desk: Any
) -> None:
    aliases = [Alias(entity=cast.ada, text=text) for text in ("A. V.", "Ada V.")]
    for alias in aliases:
        alias.save()
    typed = {"aliases-0-text": "A. Vance", "aliases-1-text": "Ada Vane"}
    form = fill(desk, address(cast.ada), **typed)
    aliases[0].delete()
    page = desk.post(address(cast.ada), form)
    assert page.status_code == 409
    assert fields(page)["aliases-1-text"] == "Ada Vane"
    assert errors(desk.post(address(cast.ada), fields(page))) == []
    assert Alias.objects.get().text == "Ada Vane"


def test_what_stands_on_another_page_is_not_entered_twice(cast: Any, desk: Any) -> None:
    for number in range(AliasInline.rows_per_page + 1):
        Alias(entity=cast.ada, text=f"Ada {number}").save()
    second = f"{address(cast.ada)}?aliases-page=2"
    page = desk.post(second, fill(desk, second, **row("aliases", 1, text="Ada 0")))
    assert any("already exists" in words for words in errors(page))
    assert fields(page)["aliases-1-text"] == "Ada 0"
    # A row that goes leaves its words to another.
    typed = {"aliases-0-DELETE": "on"}
    last = f"Ada {AliasInline.rows_per_page}"
    typed |= row("aliases", 1, text=last, kind="abbreviation")
    assert desk.post(second, fill(desk, second, **typed)).status_code == 302
    assert cast.ada.aliases.get(text=last).kind == "abbreviation"


@pytest.mark.slow
def test_a_claim_with_500_passages_opens_and_saves_at_once(
    cast: Any, desk: Any
) -> None:
    opening, saving = queries(desk, claim_with(500, cast), page=7)
    print(f"\nA claim with 500 passages: {opening} queries to open, {saving} to save")
    assert opening <= 25
    assert saving <= 90
