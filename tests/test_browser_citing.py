"""The desk in a browser: odd signs, an ended session, keys for the second person."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from playwright.sync_api import Page, expect

from sources.models import Evidence, Note
from tests.cast import Cast, cite, make_source
from tests.reader import Desk, open_panel, ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]


@pytest.fixture
def desk(cast: Cast, editor: User, sign_in: Callable[[User], Page]) -> Desk:
    page = sign_in(editor)
    page.set_viewport_size({"width": 1440, "height": 1000})
    return Desk(page)


@pytest.fixture
def checking(
    cast: Cast,
    second_editor: User,
    sign_in: Callable[[User], Page],
    live_server: Any,
) -> Page:
    """The checking screen, with three passages that wait."""
    for number, quote in enumerate(["We began", "a kitchen", "The firm"]):
        row = {"status": "in_review", "confirmed_by": "", "slug": f"check-{number}"}
        cite(cast.founded_2015, cast.herald, quote, **row)
    page = sign_in(second_editor)
    page.goto(f"{live_server.url}/admin/check/")
    return page


def test_the_second_person_needs_one_key_each(checking: Page) -> None:
    keys = 0
    for quote, key in [("We began", "u"), ("a kitchen", "y"), ("The firm", "n")]:
        expect(checking.locator("mark")).to_have_text(quote)
        checking.keyboard.press(key)
        keys += 1
        if key == "n":
            checking.keyboard.type("It says nothing of a year.")
            checking.keyboard.press("Enter")
            keys += 1
    expect(checking.get_by_text("Nothing waits for you")).to_be_visible()
    print(f"\nChecking: {keys} keys for 3 checks, one a “no” with its reason")
    assert Evidence.objects.get(confirmed_by="edgar").quote == "a kitchen"
    assert Note.objects.get(kind="no").text == "It says nothing of a year."


def test_the_keys_can_be_switched_off(checking: Page) -> None:
    for is_on, expected in [(False, "We began"), (True, "a kitchen")]:
        checking.get_by_label("Answer by single keys").set_checked(is_on)
        checking.locator("h1").first.click()
        checking.keyboard.press("y")
        expect(checking.locator("mark")).to_have_text(expected)
        checking.reload()
        expect(checking.get_by_label("Answer by single keys")).to_be_checked(
            checked=is_on
        )


ODD = "𝒜 cafe\u0301 🙂🙂 first.\r\n\r\nThen 👩‍👩‍👧 Ada Vance slept. Ada Vance woke."


def test_places_are_right_after_signs_of_several_units(
    desk: Desk, live_server: Any
) -> None:
    source = make_source("odd", ODD)
    desk.page.goto(f"{live_server.url}/admin/read/odd/")
    ready(desk)
    for select in (desk.drag_over, desk.walk_to):
        select("Vance woke")
        open_panel(desk)
        start = source.text.text.index("Vance woke")
        assert desk.page.locator("#id_start").input_value() == str(start)
        expect(desk.page.locator("#id_quote")).to_have_value("Vance woke")
        desk.press("Escape")
        expect(desk.page.locator("#panel.open")).to_have_count(0)
    expect(desk.page.locator("#article")).to_be_focused()


def test_what_was_typed_stands_when_the_session_has_ended(
    desk: Desk, live_server: Any
) -> None:
    desk.page.goto(f"{live_server.url}/admin/read/herald-report/")
    ready(desk)
    desk.drag_over("in a kitchen")
    open_panel(desk)
    desk.page.locator("#id_statement").fill("A sentence of mine.")
    desk.page.context.clear_cookies(name="sessionid")
    desk.shortcut("Control+Enter")
    expect(desk.page.locator("#panel-errors")).to_contain_text("What you typed stands")
    expect(desk.page.locator("#id_statement")).to_have_value("A sentence of mine.")
