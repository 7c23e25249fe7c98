"""Every table's pages in the admin, and who may open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.contrib import admin

from entities.models import Alias, Distinction, Redirect
from entities.records import Record
from sources.models import AliasUse, Correction, Finding, Merge, Omission, Proposal
from tests.cast import make_event

OURS = sorted(
    f"{model._meta.app_label}/{model._meta.model_name}"
    for model in admin.site._registry
    if model._meta.app_label in ("entities", "sources")
)
# Written by the program, or edited as what they are.
NOT_ADDED = {
    *("entities/entity", "sources/question", "sources/proposal"),
    *("sources/merge", "sources/searchentry"),
}
NOT_DELETED = NOT_ADDED - {"sources/question"}


@pytest.fixture
def one_of_each(cast: Any, editor: Any) -> None:
    """Besides the cast a row in every other table."""
    make_event("Opening")
    alias = Alias(entity=cast.ada, text="A. Vance", status="published")
    finding = Finding(question=cast.founded_2015.question, reason="Neither can be.")
    finding.outcome, finding.decided_by = "unresolved", "Edith"
    rows = [
        alias,
        Distinction(first=cast.ada, second=cast.quiet, reason="Another man."),
        Redirect(kind="person", old_slug="ada", slug="ada-vance"),
        finding,
        Correction(claim=cast.cost_about, said="$5m", says="$6m", reason="A slip."),
        Omission(source=cast.herald, start=0, end=4, reason="A heading."),
        Merge(kind="person", kept_slug="ada-vance", merged_slug="a-v", moved={}),
        Proposal(kind="person", record_id=cast.ada.pk, base_version=1, changes={}),
    ]
    for row in rows:
        row.save()
    AliasUse(alias=alias, source=cast.herald).save()


def model_at(table: str) -> Any:
    app, name = table.split("/")
    return next(
        model
        for model in admin.site._registry
        if (model._meta.app_label, model._meta.model_name) == (app, name)
    )


def test_every_table_is_here() -> None:
    assert len(OURS) == 20
    assert set(Record.__subclasses__()) - set(admin.site._registry) == {
        model for model in Record.__subclasses__() if model._meta.abstract
    }


@pytest.mark.parametrize("table", OURS)
def test_an_administrator_opens_every_page(
    table: str, one_of_each: None, administrator: Any, client: Any
) -> None:
    client.force_login(administrator)
    first = model_at(table)._default_manager.order_by("pk").first()
    assert client.get(f"/admin/{table}/").status_code == 200
    assert client.get(f"/admin/{table}/?q=vance").status_code == 200
    expected = 403 if table in NOT_ADDED else 200
    assert client.get(f"/admin/{table}/add/").status_code == expected
    change = client.get(f"/admin/{table}/{first.pk}/change/", follow=True)
    assert change.status_code == 200
    assert change.content.count(b"<form") >= 1
    history = client.get(f"/admin/{table}/{first.pk}/history/")
    assert history.status_code == 200
    expected = 403 if table in NOT_DELETED else 200
    assert client.get(f"/admin/{table}/{first.pk}/delete/").status_code == expected


@pytest.mark.parametrize("table", OURS)
def test_it_is_closed_to_visitors(table: str, cast: Any, client: Any) -> None:
    response = client.get(f"/admin/{table}/")
    assert response.status_code == 302
    assert response.url.startswith("/admin/login/")


@pytest.mark.parametrize("table", OURS)
def test_no_page_says_anything_inline(
    table: str, one_of_each: None, administrator: Any, client: Any
) -> None:
    """The content security policy would not run or apply it."""
    client.force_login(administrator)
    first = model_at(table)._default_manager.order_by("pk").first()
    for tail in ("", f"{first.pk}/change/", f"{first.pk}/history/"):
        page = client.get(f"/admin/{table}/{tail}", follow=True)
        assert " style=" not in page.text
        assert " onclick=" not in page.text
        assert "<style" not in page.text


@pytest.mark.parametrize(
    "table", ["finding", "correction", "question", "merge", "property"]
)
def test_a_contributor_decides_nothing(
    table: str, contributor: Any, client: Any
) -> None:
    client.force_login(contributor)
    assert client.get(f"/admin/sources/{table}/").status_code == 200
    assert client.get(f"/admin/sources/{table}/add/").status_code == 403


def test_the_index_is_in_the_order_of_the_work(administrator: Any, client: Any) -> None:
    client.force_login(administrator)
    page = client.get("/admin/").text
    groups = ["Who and what", "How we know", "Decide and correct", "Vocabulary"]
    places = [page.find(group) for group in groups]
    assert -1 not in places, "INSTALLED_APPS needs briefing.admin_site.DeskConfig"
    assert places == sorted(places)
    assert "Briefing desk" in page
    assert "/admin/entities/entity/" not in page
