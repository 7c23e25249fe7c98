"""Axe over one page of each template, in both themes."""

from __future__ import annotations

from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Page

from tests.cast import Cast

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

ADDRESSES = [
    "/",
    "/people/",
    "/people/ada-vance/",
    "/organisations/",
    "/organisations/northwind-labs/",
    "/events/",
    "/questions/",
    "/questions/?state=differ",
    "/claims/",
    "/claims/founded-2015/",
    "/sources/",
    "/sources/herald-report/",
    "/timeline/",
    "/search/?q=Vance",
    "/no-such-page/",
]
RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa"]}


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_axe_finds_nothing(
    page: Page, live_server: Any, cast: Cast, theme: Any
) -> None:
    page.emulate_media(color_scheme=theme)
    question = cast.founded_2015.question.get_absolute_url()
    found = [
        f"{address}: {fault['id']}, {fault['help']}: {fault['nodes'][0]['html']}"
        for address in (*ADDRESSES, question)
        for fault in faults(page, f"{live_server.url}{address}")
    ]
    assert not found, "\n".join(found)


def faults(page: Page, address: str) -> list[dict[str, Any]]:
    page.goto(address)
    return Axe().run(page, options=RULES).response["violations"]
