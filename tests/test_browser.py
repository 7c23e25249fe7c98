"""The site in a real browser: it opens, wears its style, and lets staff in."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def complaints(page: Page) -> Iterator[list[str]]:
    """What the browser complains of: errors, refusals, missing files."""
    heard: list[str] = []
    page.on("console", lambda told: heard.append(told.text))
    page.on("pageerror", lambda error: heard.append(str(error)))
    yield heard
    assert heard == []


def test_it_works(
    page: Page, live_server: Any, cast: Cast, complaints: list[str]
) -> None:
    page.goto(f"{live_server.url}/")
    expect(page.get_by_role("banner")).to_be_visible()
    margin = page.evaluate("getComputedStyle(document.body).fontFamily")
    assert "Times" not in margin, "the stylesheet did not arrive"


def test_it_leads_from_the_front_page_to_a_record(
    page: Page, live_server: Any, cast: Cast, complaints: list[str]
) -> None:
    page.goto(f"{live_server.url}/people/")
    page.get_by_role("link", name="Ada Vance").first.click()
    expect(page).to_have_url(f"{live_server.url}/people/ada-vance/")
    expect(page.get_by_role("heading", level=1)).to_contain_text("Ada Vance")


def test_it_lets_an_editor_in_by_name_and_password(
    page: Page, live_server: Any, editor: User, complaints: list[str]
) -> None:
    page.goto(f"{live_server.url}/admin/")
    page.get_by_label("Username").fill("edith")
    page.get_by_label("Password").fill("correct horse")
    page.get_by_role("button", name="Log in").click()
    expect(page.get_by_role("link", name="Claims").first).to_be_visible()


def test_it_shows_an_editor_the_form_of_a_claim(
    live_server: Any, cast: Cast, editor: User, sign_in: Callable[[User], Page]
) -> None:
    page = sign_in(editor)
    page.goto(f"{live_server.url}/admin/sources/claim/{cast.founded_2015.pk}/change/")
    expect(page.get_by_label("Slug").first).to_have_value("founded-2015")
