"""Two browsers on one record; a browser that closes; what was typed is never lost."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from axe_playwright_python.sync_playwright import Axe
from django.conf import settings
from django.contrib.auth.models import User
from django.contrib.sessions.models import Session
from django.test import Client
from playwright.sync_api import Browser, Page, expect

from entities.models import Person
from tests.browser import PATIENCE
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

DRAFTS = "Object.keys(localStorage).filter((one) => one.startsWith('desk-draft:'))"


@pytest.fixture
def open_as(browser: Browser, live_server: Any) -> Any:
    """A browser of its own, signed in as that user, at that address."""
    opened = []

    def open_as(user: User, address: str) -> Page:
        client = Client()
        client.force_login(user)
        context = browser.new_context(base_url=live_server.url)
        context.set_default_timeout(PATIENCE)
        name = settings.SESSION_COOKIE_NAME
        cookie = {"name": name, "value": client.cookies[name].value}
        context.add_cookies([{**cookie, "url": live_server.url}])
        opened.append(context)
        page = context.new_page()
        page.goto(address)
        return page

    yield open_as
    for context in opened:
        context.close()


OpenAs = Callable[[User, str], Page]


def change(person: Any) -> str:
    return f"/admin/entities/person/{person.pk}/change/"


def accessible(page: Page) -> None:
    found = Axe().run(page).response["violations"]
    grave = [one for one in found if one["impact"] in ("serious", "critical")]
    assert grave == [], [(one["id"], one["nodes"][0]["html"]) for one in grave]


def test_case_01_two_browsers_on_one_record(
    cast: Cast, editor: User, second_editor: User, open_as: OpenAs
) -> None:
    first = open_as(editor, change(cast.ada))
    second = open_as(second_editor, change(cast.ada))
    first.get_by_label("Summary").fill("Theirs.")
    first.get_by_label("Family name").fill("Vane")
    first.get_by_role("button", name="Save", exact=True).click()
    second.get_by_label("Summary").fill("Mine.")
    second.get_by_role("button", name="Save", exact=True).click()
    heading = second.get_by_role("heading", name="Someone else was faster")
    expect(heading).to_be_focused()
    expect(second.get_by_label("Summary")).to_have_value("Mine.")
    expect(second.get_by_label("Family name")).to_have_value("Vane")
    accessible(second)
    second.get_by_role("button", name="Save", exact=True).click()
    expect(second.locator(".messagelist .success")).to_be_visible()
    ada = Person.objects.get(pk=cast.ada.pk)
    assert (ada.summary, ada.family_name) == ("Mine.", "Vane")
    assert second.evaluate(DRAFTS) == []


def test_a_browser_that_closed_offers_what_was_typed(
    cast: Cast, editor: User, open_as: OpenAs
) -> None:
    page = open_as(editor, change(cast.ada))
    page.get_by_label("Summary").fill("Not saved yet.")
    page.get_by_label("Family name").fill("Vane")
    expect(page.get_by_text("Kept in this browser")).to_be_visible()
    page.close()
    page = page.context.new_page()
    page.goto(change(cast.ada))
    expect(page.get_by_label("Summary")).to_have_value("")
    accessible(page)
    page.get_by_role("button", name="Put it back").click()
    expect(page.get_by_label("Summary")).to_have_value("Not saved yet.")
    expect(page.get_by_label("Family name")).to_have_value("Vane")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert page.evaluate(DRAFTS) == []
    assert Person.objects.get(pk=cast.ada.pk).summary == "Not saved yet."


def test_what_was_put_back_into_a_newer_version_conflicts(
    cast: Cast, editor: User, open_as: OpenAs
) -> None:
    page = open_as(editor, change(cast.ada))
    page.get_by_label("Summary").fill("Mine.")
    expect(page.get_by_text("Kept in this browser")).to_be_visible()
    cast.ada.summary = "Theirs."
    cast.ada.save()
    page.goto(change(cast.ada))
    expect(page.get_by_text("has been changed since")).to_be_visible()
    page.get_by_role("button", name="Put it back").click()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="Someone else was faster")).to_be_visible()
    expect(page.get_by_label("Summary")).to_have_value("Mine.")
    assert Person.objects.get(pk=cast.ada.pk).summary == "Theirs."


def test_rows_and_choices_are_put_back(
    cast: Cast, editor: User, open_as: OpenAs
) -> None:
    page = open_as(editor, change(cast.ada))
    page.locator("#aliases-group .add-row a").click()
    page.locator("#id_aliases-0-text").fill("A. Vance")
    page.locator("#id_aliases-0-kind").select_option("abbreviation")
    expect(page.get_by_text("Kept in this browser")).to_be_visible()
    page.reload()
    page.get_by_role("button", name="Put it back").click()
    expect(page.locator("#id_aliases-0-text")).to_have_value("A. Vance")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    assert cast.ada.aliases.get().kind == "abbreviation"


def test_it_is_thrown_away_and_kept_from_others(
    cast: Cast, editor: User, second_editor: User, open_as: OpenAs, live_server: Any
) -> None:
    page = open_as(editor, change(cast.ada))
    page.get_by_label("Summary").fill("Edith's.")
    expect(page.get_by_text("Kept in this browser")).to_be_visible()
    client = Client()
    client.force_login(second_editor)
    name = settings.SESSION_COOKIE_NAME
    mine = page.context.cookies()
    other = {"name": name, "value": client.cookies[name].value}
    page.context.add_cookies([{**other, "url": live_server.url}])
    page.goto(change(cast.ada))
    expect(page.get_by_label("Summary")).to_have_value("")
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)
    page.context.add_cookies(mine)
    page.goto(change(cast.ada))
    page.get_by_role("button", name="Throw it away").click()
    page.reload()
    expect(page.get_by_role("button", name="Put it back")).to_have_count(0)


def test_no_password_is_ever_kept(
    cast: Cast, administrator: User, open_as: OpenAs
) -> None:
    page = open_as(administrator, "/admin/auth/user/add/")
    page.get_by_label("Username").fill("newcomer")
    page.locator("#id_password1").fill("s3cret-word")
    page.wait_for_timeout(900)
    assert page.evaluate("JSON.stringify(localStorage)").count("s3cret") == 0


def test_case_07_a_session_that_ended_is_mended_in_another_window(
    cast: Cast, editor: User, open_as: OpenAs
) -> None:
    page = open_as(editor, change(cast.ada))
    page.get_by_label("Summary").fill("Typed before the session ended.")
    Session.objects.all().delete()
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.get_by_role("heading", name="You are logged out")).to_be_visible()
    expect(page.get_by_label("Summary")).to_have_value(
        "Typed before the session ended."
    )
    accessible(page)
    with page.expect_popup() as opened:
        page.get_by_role("link", name="Log in").click()
    login = opened.value
    login.get_by_label("Username").fill("edith")
    login.get_by_label("Password").fill("correct horse")
    login.get_by_role("button", name="Log in").click()
    expect(login.get_by_label("Summary")).to_be_visible()
    page.get_by_role("button", name="Send it again").click()
    expect(page.locator(".messagelist .success")).to_be_visible()
    ada = Person.objects.get(pk=cast.ada.pk)
    assert ada.summary == "Typed before the session ended."
