"""One article from paste to published, by mouse and by keyboard; actions are counted.

An action is a click, a shortcut, a selection, or one typed query with its choice. The
desk knows the vocabulary and the people already.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from typing import Any

import pytest
from django.contrib.auth.models import User
from django.core.management import call_command
from playwright.sync_api import Page, expect

from sources.models import Claim, Evidence, Source
from tests.needs import ROOT, texts_folder
from tests.reader import Desk, open_panel, ready
from tests.statements import LIANG, MADE_UP, SAID, SHARES, Said

pytestmark = [pytest.mark.browser, pytest.mark.django_db(transaction=True)]

KNOWN = ("properties", "people", "organisations", "events", "aliases")
MOST = 200


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


def kind_of(name: str) -> str:
    return {"": "", LIANG: "person", SHARES: "event"}.get(name, "organisation")


def comes_by_itself(desk: Desk, said: Said) -> bool:
    """Whether the right subject stands there, or will once the property is chosen."""
    proposed = desk.page.locator("#id_subject").input_value()
    if said.is_of_both or kind_of(proposed) in ("", kind_of(said.subject)):
        return proposed == said.subject
    offered = desk.page.locator("[data-offers=subjects] button").all_text_contents()
    return (
        said.subject
        in [name for name in offered if kind_of(name) == kind_of(said.subject)][:1]
    )


def type_subject(desk: Desk, said: Said) -> None:
    subject = desk.page.locator("#id_subject")
    subject.fill("")
    subject.focus()
    desk.actions += 1
    desk.type(said.subject, chooses=True)
    expect(desk.page.locator("#id_subject_key")).not_to_have_value("")
    desk.page.locator("#id_property").focus()


def click_subject(desk: Desk, said: Said) -> None:
    offered = desk.page.locator("[data-offers=subjects] button")
    if said.subject in offered.all_text_contents():
        desk.click(said.subject, within="[data-offers=subjects]")
    else:
        type_subject(desk, said)


def answer(desk: Desk, said: Said, number: int) -> None:
    """Put right what is proposed, where it has to be."""
    desk.type(said.query, chooses=True)
    expect(desk.page.locator("#id_property_key")).not_to_have_value("")
    expect(desk.page.locator("#id_subject")).to_have_value(said.subject)
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
    print(
        f"\n{how}: {desk.actions} actions for {len(SAID)} statements from paste to "
        f"published ({before} for the article itself, {each:.1f} each); "
        f"key presses {desk.presses}"
    )
    assert desk.actions <= MOST
    public = Claim.objects.filter(is_public=True).count()
    assert public == Claim.objects.count() == len(SAID)
    asked = Evidence.objects.order_by("pk").values_list("claim__property__label")
    for said, (label,) in zip(SAID, asked, strict=True):
        assert label.startswith(said.query)


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
        if not comes_by_itself(desk, said):
            click_subject(desk, said)
        answer(desk, said, number)
        desk.click("Save", within="#panel")
        saved(desk, number)
    desk.click("Publish them")
    finish(desk)
    tell(desk, "By mouse", before=4)


@pytest.mark.slow
def test_it_works_by_keyboard(desk: Desk) -> None:
    paste(desk)
    for name in ("Read it", "Make a draft and read it"):
        desk.page.get_by_role("button", name=name).focus()
        desk.shortcut("Enter")
    ready(desk)
    for number, said in enumerate(SAID):
        desk.walk_to(said.quote)
        open_panel(desk)
        if not comes_by_itself(desk, said):
            type_subject(desk, said)
        answer(desk, said, number)
        desk.shortcut("Control+Enter")
        saved(desk, number)
    desk.page.get_by_role("button", name="Publish them").focus()
    desk.shortcut("Enter")
    finish(desk)
    tell(desk, "By keyboard", before=4)
