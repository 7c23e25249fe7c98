"""Texts coming in by a browser: in two steps, as a file, and without a script."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from django.contrib.auth.models import User
from docx import Document
from playwright.sync_api import Browser, Page, expect

from sources.models import Evidence, Source
from tests.cast import Cast

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

TEXT = "Northwind opens\n\nAda Vance runs it. It was small. Later it was small again."
UNSAVED = "did not save it"


@pytest.fixture
def door(
    cast: Cast, editor: User, sign_in: Callable[[User], Page], live_server: Any
) -> Page:
    page = sign_in(editor)
    page.goto(f"{live_server.url}/admin/texts/new/")
    return page


@pytest.fixture
def plain(browser: Browser, door: Page) -> Page:
    """The same editor in a browser that runs no scripts."""
    context = browser.new_context(java_script_enabled=False)
    context.add_cookies(door.context.cookies())
    page = context.new_page()
    page.goto(door.url)
    return page


def press(page: Page, name: str) -> None:
    page.get_by_role("button", name=name, exact=True).click()


def test_two_steps_are_one_draft(door: Page) -> None:
    address = door.url
    door.get_by_label("Paste the text").fill(TEXT)
    press(door, "Read it")
    expect(door.get_by_label("Title")).to_have_value("Northwind opens")
    expect(door.get_by_text(UNSAVED)).to_have_count(0)
    door.goto(address)
    expect(door.get_by_text(UNSAVED)).to_be_visible()
    press(door, "Put it back")
    press(door, "Read it")
    press(door, "Make a draft and read it")
    expect(door.locator("#article")).to_be_visible()
    door.goto(address)
    expect(door.get_by_label("Paste the text")).to_be_visible()
    expect(door.get_by_text(UNSAVED)).to_have_count(0)


def test_a_word_file_is_read(door: Page, tmp_path: Path) -> None:
    document = Document()
    for paragraph in TEXT.split("\n\n"):
        document.add_paragraph(paragraph)
    document.save(str(tmp_path / "article.docx"))
    door.locator("input[type=file]").set_input_files(tmp_path / "article.docx")
    press(door, "Read it")
    press(door, "Make a draft and read it")
    expect(door.locator("#article")).to_contain_text("Ada Vance runs it.")


def test_without_a_script_a_pasted_quote_is_found(plain: Page) -> None:
    plain.get_by_label("Paste the text").fill(TEXT)
    press(plain, "Read it")
    press(plain, "Make a draft and read it")
    source = Source.objects.get(title="Northwind opens")
    for quote, said in [
        ("was small", "more than once"),
        ("Ada Vance runs", "ada-founded"),
    ]:
        plain.locator("#id_quote").fill(quote)
        plain.locator("#id_subject").fill("Ada Vance")
        plain.locator("#id_property").fill("Founder of")
        plain.locator("#id_object").fill("Northwind Labs")
        press(plain, "Save")
        expect(plain.locator("body")).to_contain_text(said)
    evidence = Evidence.objects.get(source=source)
    place = source.text.text[evidence.start : evidence.end]
    assert evidence.quote == place == "Ada Vance runs"
