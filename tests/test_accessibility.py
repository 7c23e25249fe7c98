"""Axe over one page of each template and pages of the demonstration, in both themes."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.contrib.auth.models import User
from django.core.management import call_command
from django.test import Client
from playwright.sync_api import Page

from entities.models import Person
from tests.cast import Cast, cite
from tests.test_markup import drawn, taken_down

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

DESK = [
    *("", "keys/", "check/", "texts/new/", "read/herald-report/"),
    *("texts/herald-report/replace/", "texts/herald-report/likeness/"),
    *("decide/northwind-labs-founded-on/", "correct/claim/founded-2015/"),
    *("depends/herald-report/", "history/edith/", "deleted/", "duplicates/", "merges/"),
    *("desk/claims-in-review/", "merge/person/ada-vance/", "tables/"),
    *("sources/claim/", "sources/claim/?q=founded", "sources/claim/add/"),
    *("sources/claim/add/?copy=cost-about", "sources/proposal/", "entities/event/"),
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, live_server: Any, cast: Cast, theme: Any
) -> None:
    page.emulate_media(color_scheme=theme)
    found = [
        f"{address}: {fault['id']}, {fault['help']}: {fault['nodes'][0]['html']}"
        for address in taken_down(cast)
        for fault in faults(page, f"{live_server.url}{address}")
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_in_pages_drawn_from_the_demonstration(
    page: Page, live_server: Any, client: Client, theme: Any
) -> None:
    call_command("loaddemo", verbosity=0)
    page.emulate_media(color_scheme=theme)
    found = [
        f"{address}: {fault['id']}, {fault['help']}: {fault['nodes'][0]['html']}"
        for address in drawn(client)
        for fault in faults(page, f"{live_server.url}{address}")
    ]
    assert not found, "\n".join(found)


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing_at_the_desk(
    cast: Cast, editor: User, sign_in: Any, live_server: Any, theme: Any
) -> None:
    waits = {"status": "in_review", "confirmed_by": "", "slug": "waits"}
    cite(cast.founded_2015, cast.herald, "We began", **waits)
    page = sign_in(editor)
    page.emulate_media(color_scheme=theme)
    claim = f"sources/claim/{cast.founded_2015.pk}"
    own = [f"{claim}/change/", f"{claim}/history/", f"{claim}/delete/"]
    found = [
        f"{address}: {fault['id']}, {fault['help']}: {fault['nodes'][0]['html']}"
        for address in (*DESK, *own)
        for fault in faults(page, f"{live_server.url}/admin/{address}")
    ]
    found += conflict(page, f"{live_server.url}/admin/entities/person/{cast.ada.pk}/")
    assert not found, "\n".join(found)


def conflict(page: Page, address: str) -> list[str]:
    """What is wrong with the page of a save that came second."""
    page.goto(f"{address}change/")
    page.locator("#id_summary").fill("Mine.")
    record = Person.objects.get(slug="ada-vance")
    record.summary = "Theirs."
    record.save()
    page.locator("[name=_save]").click()
    page.locator("#conflict-title").wait_for()
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"conflict: {fault['id']}: {fault['nodes'][0]['html']}" for fault in found]


def faults(page: Page, address: str) -> list[dict[str, Any]]:
    page.goto(address)
    return Axe().run(page, options=RULES).response["violations"]
