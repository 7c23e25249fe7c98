"""Every table's pages in the admin, and who may open them."""

from __future__ import annotations

from typing import Any

import pytest
from django.apps import apps
from django.contrib import admin
from django.utils.timezone import now

from entities.models import Alias, Distinction, Redirect
from sources.models import (
    AliasUse,
    Approach,
    Correction,
    Finding,
    Merge,
    Note,
    Omission,
    Proposal,
    Suppression,
    Token,
)
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
    *("sources/publicchange", "sources/suppression"),
    "entities/lastwrite",
}
NOT_DELETED = NOT_ADDED - {"sources/question"} | {"sources/token"}


@pytest.fixture
def one_of_each(cast: Any, editor: Any, administrator: Any) -> None:
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
        Approach(claim=cast.cost_about, slug="asked", asked_on="2025-02-01"),
        Note(claim=cast.cost_about, text="Ring again."),
        Omission(source=cast.herald, start=0, end=4, reason="A heading."),
        Merge(kind="person", kept_slug="ada-vance", merged_slug="a-v", moved={}),
        Proposal(kind="person", record_id=cast.ada.pk, base_version=1, changes={}),
        Suppression(table="entities_entity", record_id=1, history_id=1, at=now()),
        Token(user=administrator, label="Robot"),
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
    tables = {
        f"{room}/{model._meta.model_name}"
        for room in ("entities", "sources")
        for model in apps.get_app_config(room).get_models()
        if not model.__name__.startswith("Historical")
    }
    assert tables == set(OURS)


def statuses(client: Any, table: str) -> dict[str, int]:
    """What each page of a table answers, and of its first row."""
    first = model_at(table)._default_manager.order_by("pk").first()
    tails = ["", "?q=vance", "add/"]
    tails += [f"{first.pk}/{page}/" for page in ("change", "history", "delete")]
    return {
        f"{table}/{tail}": client.get(f"/admin/{table}/{tail}", follow=True).status_code
        for tail in tails
    }


def test_an_administrator_opens_every_page(
    one_of_each: None, administrator: Any, client: Any
) -> None:
    client.force_login(administrator)
    closed = {f"{table}/add/" for table in NOT_ADDED}
    for table in OURS:
        for page, status in statuses(client, table).items():
            is_closed = page in closed
            is_closed |= table in NOT_DELETED and page.endswith("/delete/")
            assert status == (403 if is_closed else 200), page


def test_visitors_are_sent_to_sign_in(one_of_each: None, client: Any) -> None:
    for table in OURS:
        for tail in ("", "add/", "1/change/", "1/history/", "1/delete/"):
            response = client.get(f"/admin/{table}/{tail}")
            assert response.status_code == 302
            assert response.url.startswith("/admin/login/")


def test_no_page_says_anything_inline(
    one_of_each: None, administrator: Any, client: Any
) -> None:
    """The content security policy would not run or apply it."""
    client.force_login(administrator)
    for table in OURS:
        first = model_at(table)._default_manager.order_by("pk").first()
        for tail in ("", f"{first.pk}/change/", f"{first.pk}/history/"):
            page = client.get(f"/admin/{table}/{tail}", follow=True).text
            for inline in (" style=", " onclick=", "<style", "<script>"):
                assert inline not in page, (table, tail)


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
    assert -1 not in places, "INSTALLED_APPS needs briefing.desk.DeskConfig"
    assert places == sorted(places)
    assert "Briefing desk" in page
    assert "/admin/entities/entity/" not in page
