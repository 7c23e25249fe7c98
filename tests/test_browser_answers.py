"""The two questions that readers come with, each answered on the first screen."""

from __future__ import annotations

from typing import Any

import pytest
from django.core.management import call_command
from playwright.sync_api import Locator, Page, expect

pytestmark = [
    pytest.mark.browser,
    pytest.mark.slow,
    pytest.mark.django_db(transaction=True),
]

SIZES = [(1440, 900), (390, 844)]
FOUNDED = "When was High-Flyer founded, and who says so?"
CONFIRMED = "Is the six-million figure confirmed by anyone but the company?"


@pytest.fixture(params=SIZES, ids=["desk", "phone"])
def reader(request: Any, page: Page, live_server: Any) -> Page:
    """Somebody who has just come to the front page of the demonstration."""
    call_command("loaddemo", verbosity=0)
    width, height = request.param
    page.set_viewport_size({"width": width, "height": height})
    page.goto(f"{live_server.url}/")
    return page


def ask(page: Page, question: str) -> None:
    page.get_by_role("searchbox", name="What do you want to know?").or_(
        page.get_by_role("combobox", name="What do you want to know?")
    ).fill(question)
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", name="Search")).to_be_visible()


def first_screen(page: Page) -> Locator:
    verdict = page.locator(".verdict")
    expect(verdict).to_be_in_viewport(ratio=1)
    return verdict


def test_the_founding_year_and_who_gives_it_take_one_link(reader: Page) -> None:
    reader.get_by_role("link", name="When was High-Flyer founded?").click()
    verdict = first_screen(reader)
    expect(verdict).to_contain_text("2015: three articles. 2016: one article.")
    expect(verdict.get_by_role("link", name="Liang Wenfeng founded AI")).to_be_visible()
    expect(verdict.get_by_role("link", name="Unveiling China’s AI")).to_be_visible()


def test_the_founding_year_is_found_by_asking(reader: Page) -> None:
    ask(reader, FOUNDED)
    nearest = reader.locator(".told").first
    expect(nearest).to_be_in_viewport(ratio=1)
    expect(nearest).to_contain_text("2015: three articles. 2016: one article.")
    nearest.get_by_role("link").first.click()
    expect(first_screen(reader)).to_contain_text("Liang Wenfeng founded AI startup")


def test_who_confirms_the_cost_is_found_by_asking(reader: Page) -> None:
    ask(reader, CONFIRMED)
    nearest = reader.locator(".told").first
    expect(nearest).to_be_in_viewport(ratio=1)
    expect(nearest).to_contain_text("the only source named is DeepSeek itself")
    nearest.get_by_role("link").first.click()
    verdict = first_screen(reader)
    expect(verdict).to_contain_text("One article casts doubt on both.")
    expect(verdict.get_by_role("link", name="[Article on China’s")).to_be_visible()
    expect(verdict.get_by_role("link", name="[Machine-spun")).to_be_visible()


def test_who_confirms_the_cost_takes_one_link(reader: Page) -> None:
    reader.get_by_role("link", name="How much did DeepSeek spend on").click()
    told = "the only source named is DeepSeek itself"
    expect(first_screen(reader)).to_contain_text(told)
