"""The briefing as a page, a Word file and Markdown: what is in it, what never is."""

from __future__ import annotations

import io
import re
from typing import Any
from zipfile import ZipFile

import mammoth
import pytest
from markdown_it import MarkdownIt
from mdit_py_plugins.footnote import footnote_plugin

from entities.models import Alias
from sources.models import Correction
from tests import cast as casting
from tests.cast import Cast
from tests.pages import read, visible
from tests.test_question_page import decide

ADA, FIRM = "/people/ada-vance/", "/organisations/northwind-labs/"


def content(client: Any, address: str) -> bytes:
    answer = client.get(address)
    assert answer.status_code == 200, address
    return answer.content


def from_word(client: Any, record: str) -> str:
    """The Word file as another library than the one that wrote it reads it."""
    file = io.BytesIO(content(client, f"{record}briefing.docx"))
    made = mammoth.convert_to_html(file)
    complaints = [told.message for told in made.messages if "style" not in told.message]
    assert complaints == []
    return made.value


def from_markdown(client: Any, record: str) -> str:
    text = content(client, f"{record}briefing.md").decode()
    reader = MarkdownIt("gfm-like", {"linkify": False}).use(footnote_plugin)
    return reader.render(text)


def notes(html: str, pattern: str) -> list[str]:
    """The words of each note, in order, without the way back."""
    found = re.findall(rf'(?s)<li id="{pattern}[^>]*>(.*?)</li>', html)
    return [re.sub(r"\s*(↑|↩︎|Back)\s*", "", visible(note)) for note in found]


def question(cast: Cast) -> str:
    return cast.founded_2015.question.get_absolute_url()


def test_it_works(client: Any, cast: Cast) -> None:
    page = read(client, f"{FIRM}briefing/")
    assert "Briefing · Organisation Northwind Labs" in page
    assert "Founded on (sources differ): 20154 5 (2 articles; 1 original" in page
    assert (
        "Only one answer can be true at a time. 2015 and 2016 do not overlap." in page
    )
    assert "Desk decision: none yet." in page
    assert "When What 2015 Founded on (sources differ)4 5 2016 Founded on" in page
    assert "Derived from another source. From Herald report." in page
    assert "Original source: Herald report, carried by Courier copy" in page
    assert "How this was made Every line rests on a passage" in page


@pytest.mark.parametrize("record", [ADA, FIRM, "question"])
def test_each_form_has_the_same_notes(client: Any, cast: Cast, record: str) -> None:
    record = question(cast) if record == "question" else record
    printed = notes(content(client, f"{record}briefing/").decode(), "n")
    assert len(printed) >= 2
    assert notes(from_word(client, record), "footnote-") == printed
    assert notes(from_markdown(client, record), "fn") == printed


def test_each_note_is_a_real_footnote_in_word(client: Any, cast: Cast) -> None:
    html = from_word(client, FIRM)
    known = re.findall(r'href="#footnote-(\d+)"', html)
    assert known == [str(n) for n in range(1, len(notes(html, "footnote-")) + 1)]
    told = "“…in 2015…” Herald report · the source’s own words · who says it: Ada Vance"
    assert any(note.startswith(told) for note in notes(html, "footnote-"))
    with ZipFile(io.BytesIO(content(client, f"{FIRM}briefing.docx"))) as file:
        body = file.read("word/document.xml").decode()
    assert "NOTEREF _Ref1 " in body


def test_a_briefing_on_a_question_says_who_said_what_when(
    client: Any, cast: Cast
) -> None:
    decide(cast.founded_2016)
    page = read(client, f"{question(cast)}briefing/")
    assert "2016. Our desk prefers this answer. Sources differ." in page
    assert "We prefer 2016. The register says so. Decided by Edith Desk on" in page
    assert "What would change this: Another entry." in page
    assert "28 January 2025 Post story: 20161" in page


def test_it_says_where_no_source_differs(client: Any, cast: Cast) -> None:
    page = read(client, f"{cast.ada_founded.question.get_absolute_url()}briefing/")
    assert "Where sources differ No differing source among those we hold." in page
    casting.cite(cast.cost_less, cast.courier, "doubt the", stance="disputes")
    page = read(client, f"{cast.cost_less.question.get_absolute_url()}briefing/")
    assert "A source disputes “less than $6 million”." in page
    decide(cast.ada_founded, outcome="unresolved")
    page = read(client, f"{cast.ada_founded.question.get_absolute_url()}briefing/")
    assert "We looked into this and could not resolve it." in page


def test_it_tells_names_events_and_corrections(client: Any, cast: Cast) -> None:
    slip = {"kind": "misspelling", "status": "published"}
    Alias(entity=cast.ada, text="A. Vance", status="published").save()
    Alias(entity=cast.ada, text="A. Wance", **slip).save()
    words = {"said": "Funded.", "says": "Founded.", "reason": "A slip."}
    Correction(slug="slip", claim=cast.ada_founded, **words).save()
    fair = casting.make_event("Oslo fair", place="Oslo")
    held = casting.make_property("held_on", "date", subject_kinds=["event"])
    type(held).objects.filter(pk=held.pk).update(fills="date")
    at_fair = casting.make_claim(fair, held, "fair-held", date="2019-05")
    casting.cite(at_fair, cast.post, "In 2016")
    spoke = casting.make_property("spoke_at", "entity", is_single_valued=False)
    there = casting.make_claim(cast.ada, spoke, "ada-spoke", object=fair)
    casting.cite(there, cast.post, "Vance set up")
    page = read(client, f"{ADA}briefing/")
    assert "Also met as “A. Wance” (misspelt in a source) and “A. Vance”." in page
    assert "We said: Funded. We say now: Founded. A slip." in page
    assert re.search(r"May 2019 Oslo fair ?\d", page)
    assert read(client, "/events/oslo-fair/briefing/").count("May 2019") > 1
