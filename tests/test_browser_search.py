"""Suggestions under the search field: by key, by pointer, without the script."""

from __future__ import annotations

from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def field(page: Page, live_server: Any, cast: Cast) -> Locator:
    page.goto(f"{live_server.url}/")
    return page.get_by_role("combobox", name="What do you want to know?")


def options(page: Page) -> Locator:
    return page.get_by_role("listbox", name="Suggestions").get_by_role("option")


def test_it_works(page: Page, field: Locator) -> None:
    expect(field).to_have_attribute("aria-expanded", "false")
    field.press_sequentially("northw")
    expect(options(page).first).to_have_text("Northwind Labs Organisation")
    expect(field).to_have_attribute("aria-expanded", "true")
    expect(page.locator("form.large [role=status]")).to_contain_text("suggestion")


def test_arrows_walk_through_it_and_enter_opens(page: Page, field: Locator) -> None:
    field.press_sequentially("northw")
    expect(options(page).first).to_be_visible()
    field.press("ArrowDown")
    expect(options(page).first).to_have_attribute("aria-selected", "true")
    chosen = options(page).first.get_attribute("id") or ""
    expect(field).to_have_attribute("aria-activedescendant", chosen)
    field.press("ArrowUp")
    expect(options(page).first).to_have_attribute("aria-selected", "false")
    field.press("ArrowDown")
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Northwind Labs")


def test_escape_closes_it_and_enter_then_searches(page: Page, field: Locator) -> None:
    field.press_sequentially("northw")
    expect(options(page).first).to_be_visible()
    field.press("Escape")
    expect(options(page)).to_have_count(0)
    expect(field).to_have_value("northw")
    expect(field).to_be_focused()
    field.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_role("link", name="Northwind Labs").first).to_be_visible()


def test_a_click_opens_one(page: Page, field: Locator) -> None:
    field.press_sequentially("vance")
    options(page).filter(has_text="Ada Vance").first.click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Ada Vance")


def test_what_is_suggested_is_text_and_never_markup(
    page: Page, live_server: Any, cast: Cast
) -> None:
    cast.ada.name = "Ada <img src=x> Vance"
    cast.ada.save()
    page.goto(f"{live_server.url}/")
    page.get_by_role("combobox").first.press_sequentially("ada")
    expect(options(page).first).to_contain_text("<img src=x>")
    expect(page.locator(".suggestions img")).to_have_count(0)


def test_the_field_searches_without_the_script(
    browser: Browser, live_server: Any, cast: Cast
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/")
    page.get_by_role("searchbox", name="What do you want to know?").fill("vance")
    page.get_by_role("button", name="Search").click()
    expect(page.get_by_role("heading", level=1)).to_have_text("Search")
    expect(page.get_by_role("link", name="Ada Vance").first).to_be_visible()
    page.close()


def test_a_mark_tells_its_meaning_without_the_script(
    browser: Browser, live_server: Any, cast: Cast
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/questions/northwind-labs-founded-on/")
    mark = page.get_by_role("button", name="sources differ").first
    mark.focus()
    page.keyboard.press("Enter")
    expect(
        page.get_by_text("At least two answers cannot both be right")
    ).to_be_visible()
    page.close()


def test_a_footnote_opens_in_place_and_gives_the_focus_back(
    page: Page, live_server: Any, cast: Cast
) -> None:
    page.goto(f"{live_server.url}/organisations/northwind-labs/")
    number = page.locator("sup a").first
    number.focus()
    page.keyboard.press("Enter")
    note = page.get_by_role("dialog", name="Note 1")
    expect(note).to_contain_text("in our copy")
    expect(note).to_contain_text("Post story")
    page.keyboard.press("Escape")
    expect(note).to_have_count(0)
    expect(number).to_be_focused()


def test_a_footnote_leads_to_its_note_without_the_script(
    browser: Browser, live_server: Any, cast: Cast
) -> None:
    page = browser.new_page(java_script_enabled=False)
    page.goto(f"{live_server.url}/organisations/northwind-labs/")
    page.locator("sup a").first.click()
    expect(page.locator("#n1")).to_be_in_viewport()
    page.close()
