"""One article from paste to published, by mouse and by keyboard; actions are counted.

An action is a click, a shortcut, a selection, or one typed query with its choice. The
desk knows the vocabulary and the people already. Some statements stand for all 35.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any, NamedTuple

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Page, expect

from sources.models import Claim, Evidence, Source
from tests.needs import ROOT, texts_folder
from tests.reader import Desk, open_panel, ready

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KNOWN = ("properties", "people", "organisations", "events", "aliases")
ALL, MOST = 35, 200


class Said(NamedTuple):
    """One statement: where it stands, about whom, what is typed."""

    quote: str
    subject: str
    query: str
    # Typed in place of the value that is proposed.
    value: str = ""


LIANG, DEEPSEEK, FUND = "Liang Wenfeng", "DeepSeek", "High-Flyer"
SAID = [
    Said("founded AI startup DeepSeek", LIANG, "founder of"),
    Said("Chinese artificial intelligence", DEEPSEEK, "country", "China"),
    Said("maintained a low-key presence", LIANG, "public"),
    Said("Born in Guangdong", LIANG, "born in", "Guangdong"),
    Said("educated in Zhejiang province", LIANG, "place of ed", "Zhejiang"),
    Said("launched DeepSeek in 2023", DEEPSEEK, "founded"),
    Said("building a 10,000-chip cluster", LIANG, "planned"),
    Said("established High-Flyer Quantitative", LIANG, "founder of"),
    Said("a hedge fund that created models", FUND, "kind of", "hedge fund"),
    Said("suffered losses when regulators tightened", FUND, "impact"),
    Said("manage $8 (£6) billion", FUND, "assets", "8bn"),
    Said("10,000 high-performance A100", FUND, "chips held"),
    Said("reading papers, writing code", LIANG, "daily"),
]
MADE_UP = "\n".join(
    f"It is told that {said.subject} has 10,000 chips: {said.quote}." for said in SAID
)


@pytest.fixture
def desk(
    settings: Any, editor: User, sign_in: Callable[[User], Page], live_server: Any
) -> Desk:
    settings.ONE_PERSON_DESK = True
    for name in KNOWN:
        call_command("loaddata", str(ROOT / "fixtures" / f"{name}.yaml"), verbosity=0)
    page = sign_in(editor)
    page.set_viewport_size({"width": 1440, "height": 1000})
    page.goto(f"{live_server.url}/admin/texts/new/")
    return Desk(page)


def article() -> str:
    folder = texts_folder()
    found = sorted(folder.glob("004*.txt")) if folder else []
    return found[0].read_text() if found else MADE_UP


def paste(desk: Desk) -> None:
    desk.page.get_by_label("Paste the text").fill(article())
    desk.actions += 1


def answer(desk: Desk, said: Said, number: int) -> None:
    """Put right what is proposed, where it has to be."""
    desk.type(said.query, chooses=True)
    expect(desk.page.locator("#id_property_key")).not_to_have_value("")
    if said.value:
        desk.type(said.value)
    if number == 0:
        desk.page.locator("#id_confirm").focus()
        desk.shortcut("Space")


def saved(desk: Desk, number: int) -> None:
    said = desk.page.locator("#said")
    expect(said).to_contain_text(re.compile("Confirmed|Published|already|Draft"))
    expect(desk.page.locator("#panel.open")).to_have_count(0)
    assert Evidence.objects.count() == number + 1, said.text_content()


def tell(desk: Desk, how: str, before: int) -> None:
    """Print what was counted, and hold it against the goal."""
    each = (desk.actions - before) / len(SAID)
    whole = before + each * ALL
    print(
        f"\n{how}: {desk.actions} actions for {len(SAID)} statements from paste to "
        f"published ({before} for the article itself, {each:.1f} each); "
        f"for {ALL} statements that would be {whole:.0f}; key presses {desk.presses}"
    )
    assert whole <= MOST
    assert each <= 8
    public = Claim.objects.filter(is_public=True).count()
    assert public == Claim.objects.count() >= 12


def finish(desk: Desk) -> None:
    expect(desk.page.get_by_text("Published: ")).to_be_visible()
    source = Source.objects.get(status="published")
    assert {one.anchor for one in source.evidence.all()} == {"verified"}
    for one in source.evidence.all():
        assert source.text.text[one.start : one.end] == one.quote


def test_it_works_by_mouse(desk: Desk) -> None:
    paste(desk)
    desk.click("Read it")
    desk.click("Make a draft and read it")
    ready(desk)
    for number, said in enumerate(SAID):
        desk.drag_over(said.quote)
        open_panel(desk)
        expect(desk.page.locator("#id_quote")).to_have_value(said.quote)
        subject = desk.page.locator("#id_subject")
        if subject.input_value() != said.subject:
            desk.click(said.subject, within="[data-offers=subjects]")
        answer(desk, said, number)
        desk.click("Save", within="#panel")
        saved(desk, number)
    desk.click("Publish them")
    finish(desk)
    tell(desk, "By mouse", before=4)


def test_it_works_by_keyboard(desk: Desk) -> None:
    paste(desk)
    for name in ("Read it", "Make a draft and read it"):
        desk.page.get_by_role("button", name=name).focus()
        desk.shortcut("Enter")
    ready(desk)
    for number, said in enumerate(SAID):
        desk.walk_to(said.quote)
        open_panel(desk)
        subject = desk.page.locator("#id_subject")
        if subject.input_value() != said.subject:
            subject.fill("")
            subject.focus()
            desk.type(said.subject, chooses=True)
            expect(desk.page.locator("#id_subject_key")).not_to_have_value("")
            desk.page.locator("#id_property").focus()
        answer(desk, said, number)
        desk.shortcut("Control+Enter")
        saved(desk, number)
    desk.page.get_by_role("button", name="Publish them").focus()
    desk.shortcut("Enter")
    finish(desk)
    tell(desk, "By keyboard", before=4)
