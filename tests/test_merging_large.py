"""Merging where very much is said of one of the two."""

from __future__ import annotations

from typing import Any

import pytest

from entities.records import Record
from sources.merging import plan
from sources.models import Claim, Question
from tests.cast import make_claim, make_organisation
from tests.pages import links, read
from tests.test_merging import merge
from tests.typing_in import errors, save

pytestmark = pytest.mark.django_db
ADDRESS = "/admin/merge/organisation/labs-inc/northwind-labs/"


@pytest.fixture
def labs(cast: Any) -> Any:
    labs = make_organisation("Labs Inc")
    for slug, date in (("labs-2015", "2015"), ("labs-2011", "2011")):
        make_claim(labs, cast.founded_on, slug, date=date)
    make_claim(cast.ada, cast.founder_of, "ada-labs", object=labs)
    return labs


@pytest.fixture
def read_rows(monkeypatch: Any) -> list[Any]:
    """Every row that an object is made of, from now on."""
    rows: list[Any] = []
    remember = Record.remember

    def note(self: Any, *args: Any) -> None:
        rows.append(self)
        remember(self, *args)

    monkeypatch.setattr(Record, "remember", note)
    return rows


def slugs(rows: list[Any], model: Any) -> set[str]:
    return {row.slug for row in rows if isinstance(row, model)}


def test_of_the_other_record_only_what_says_the_same_is_read(
    cast: Any, labs: Any, read_rows: list[Any]
) -> None:
    spent = {"amount": 9, "unit": "ship", "bound": "about"}
    for year in range(1900, 1930):
        make_claim(cast.northwind, cast.founded_on, f"in-{year}", date=str(year))
        make_claim(cast.northwind, cast.cost, f"c-{year}", **spent, qualifier=f"{year}")
    read_rows.clear()
    plan.of(labs, cast.northwind)
    twins = {"founded-2015", "ada-founded"}
    assert slugs(read_rows, Claim) == {"labs-2015", "labs-2011", "ada-labs"} | twins
    asked = {"labs-inc-founded-on", "northwind-labs-founded-on"}
    assert slugs(read_rows, Question) == asked
    before = Claim.objects.about(cast.northwind).count()
    merge(labs, cast.northwind)
    assert Claim.objects.about(cast.northwind).count() == before + 1


def test_what_too_much_names_stays_and_the_other_goes(
    cast: Any, labs: Any, editor: Any, client: Any, monkeypatch: Any
) -> None:
    client.force_login(editor)
    assert "Merge “Labs Inc” into" in read(client, ADDRESS)
    monkeypatch.setattr(plan, "MOST_AT_ONCE", 3)
    words = read(client, ADDRESS)
    assert "4 records name “Labs Inc”, and no more than 3 can be moved" in words
    assert "/admin/merge/organisation/northwind-labs/labs-inc/" in links(
        client, ADDRESS
    )
    page = save(client, ADDRESS, reason="Typed at length.", seen="")
    assert page.status_code == 409
    assert "let it stay, and merge the other one into it" in errors(page)[0]
    assert Claim.objects.about(labs).count() == 2
