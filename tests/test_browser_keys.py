"""Shortcuts in a browser: the sheet, the one switch, saving by keys."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from entities.models import Person
from tests.cast import Cast, make_person

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(
    cast: Cast, editor: User, sign_in: Callable[[User], Page], live_server: Any
) -> Page:
    page = sign_in(editor)
    page.goto(f"{live_server.url}/admin/sources/claim/")
    return page


def test_the_sheet_opens_over_the_page_and_closes(desk: Page) -> None:
    sheet = desk.get_by_role("dialog", name="Keys")
    desk.keyboard.press("?")
    expect(sheet).to_contain_text("Save and open the next of the list")
    desk.keyboard.press("Escape")
    expect(sheet).to_have_count(0)
    desk.get_by_role("link", name="Keys").click()
    expect(sheet).to_be_visible()
    sheet.get_by_role("button", name="Close").click()
    expect(sheet).to_have_count(0)


def test_one_switch_turns_all_off(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/admin/keys/")
    desk.get_by_label("Use these keys").uncheck()
    desk.goto(f"{live_server.url}/admin/sources/claim/")
    for key in ("?", "d", "/"):
        desk.keyboard.press(key)
    expect(desk.get_by_role("dialog")).to_have_count(0)
    expect(desk.locator("#searchbar")).not_to_be_focused()
    desk.get_by_role("link", name="Keys").click()
    desk.get_by_label("Use these keys").check()
    desk.keyboard.press("Escape")
    desk.keyboard.press("/")
    expect(desk.locator("#searchbar")).to_be_focused()


def test_typing_is_not_disturbed(desk: Page) -> None:
    desk.locator("#searchbar").fill("")
    desk.locator("#searchbar").press_sequentially("d/?")
    expect(desk.locator("#searchbar")).to_have_value("d/?")
    desk.locator("#searchbar").blur()
    desk.keyboard.press("d")
    expect(desk.get_by_role("heading", name="All tables")).to_be_visible()


def test_a_form_is_saved_by_keys(desk: Page, live_server: Any) -> None:
    one, other = make_person("Zara One"), make_person("Zara Other")
    desk.goto(f"{live_server.url}/admin/entities/person/{one.pk}/change/")
    desk.locator("#id_summary").fill("First.")
    desk.keyboard.press("Control+s")
    expect(desk.locator(".messagelist")).to_contain_text("You may edit it again")
    desk.locator("#id_summary").fill("Second.")
    desk.keyboard.press("Control+Shift+Enter")
    expect(desk.locator("#id_name")).to_have_value("Zara Other")
    desk.locator("#id_summary").fill("Third.")
    desk.keyboard.press("Control+Enter")
    expect(desk.locator("#changelist")).to_be_visible()
    rows = Person.objects.keyed([one.pk, other.pk]).order_by("pk")
    assert list(rows.values_list("summary", flat=True)) == ["Second.", "Third."]


def test_a_copied_passage_can_be_removed(desk: Page, live_server: Any) -> None:
    desk.goto(f"{live_server.url}/admin/sources/claim/add/?copy=cost-about")
    expect(desk.locator("#id_evidence-1-quote")).to_have_value("doubt the figure")
    desk.locator("#evidence-1 .inline-deletelink").click()
    expect(desk.locator("#id_evidence-1-quote")).to_have_count(0)
