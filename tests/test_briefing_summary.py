"""What a briefing says where there is a summary, where there is much, or nothing."""

from __future__ import annotations

from typing import Any

import pytest

from briefing.documents import composition
from briefing.pages import profiles
from sources.models import Source
from tests import cast as casting
from tests.cast import Cast
from tests.pages import read
from tests.test_briefing_documents import ADA, FIRM, content, from_markdown, from_word
from tests.test_person_page import summarise
from tests.test_question_page import decide

SUMMARY = (
    "She **founded** [a firm](https://a.example)\nin *Oslo* [[ada-founded]]. She is "
    "rich. \n\n- Once, 1 < 2 [[ada-founded]].\n- Twice [[ada-founded]]."
)


def test_it_works(client: Any, cast: Cast) -> None:
    summarise(cast.ada, SUMMARY)
    page = read(client, f"{ADA}briefing/")
    assert "Summary She founded a firm in Oslo.1 2 Once, 1 < 2.1 2 Twice." in page
    assert "rich" not in page
    told = content(client, f"{ADA}briefing.md").decode()
    line = "She **founded** [a firm](https://a.example) in *Oslo*.[^1][^2]"
    assert f"## Summary\n\n{line}\n\n- Once, 1 \\< 2.[^1][^2]\n- Twice." in told


@pytest.mark.parametrize("form", [from_word, from_markdown])
def test_its_markdown_is_kept_in_each_form(client: Any, cast: Cast, form: Any) -> None:
    summarise(cast.ada, SUMMARY)
    html = form(client, ADA)
    assert "<strong>founded</strong>" in html
    assert 'href="https://a.example"' in html
    assert "<em>Oslo</em>" in html


def test_it_tells_of_a_record_that_no_source_speaks_of(client: Any, cast: Cast) -> None:
    casting.make_event("1. Fair", slug="first-fair", place="Oslo")
    page = read(client, "/events/first-fair/briefing/")
    assert "No source we hold says anything about 1. Fair yet." in page
    assert "Oslo" not in page.split("No source")[1]
    assert "<h1>1. Fair</h1>" in from_markdown(client, "/events/first-fair/")
    assert "1. Fair" in from_word(client, "/events/first-fair/")


def test_it_says_that_there_is_more(client: Any, cast: Cast, monkeypatch: Any) -> None:
    monkeypatch.setattr(composition, "PASSAGES", 0)
    monkeypatch.setattr(profiles, "INCOMING", 0)
    page = read(client, f"{FIRM}briefing/")
    assert (
        "These are the answers to the first 1 questions; the profile has all." in page
    )
    assert "More claims name it than are listed here." in page


def test_it_leaves_many_answers_to_their_question(
    client: Any, cast: Cast, monkeypatch: Any
) -> None:
    decide(cast.founded_2016)
    oslo = {"qualifier": "Oslo office", "date": "2020"}
    claim = casting.make_claim(cast.northwind, cast.founded_on, "oslo", **oslo)
    casting.cite(claim, cast.post, "In 2016")
    monkeypatch.setattr(profiles, "FEW", 0)
    page = read(client, f"{FIRM}briefing/")
    assert "Founded on (Oslo office): one answer." in page
    assert "Founded on (sources differ; desk decision): two answers." in page
    assert "Desk decision: We prefer one of them." in page


def test_it_says_how_many_answers_it_holds(
    client: Any, cast: Cast, monkeypatch: Any
) -> None:
    question = cast.founded_2015.question
    type(question).objects.filter(pk=question.pk).update(answer_count=300)
    page = read(client, f"{question.get_absolute_url()}briefing/")
    assert "These are 2 of 300 answers." in page


def test_it_says_that_a_decision_is_under_review(client: Any, cast: Cast) -> None:
    decide(cast.founded_2016)
    fresh = casting.make_source("fresh", "It began in 2016.", lineage="original")
    casting.cite(cast.founded_2016, fresh, "in 2016")
    page = read(client, f"{FIRM}briefing/")
    assert "Under review: new evidence has come since." in page


def test_it_tells_of_a_source_that_was_retracted(client: Any, cast: Cast) -> None:
    post = Source.objects.get(pk=cast.post.pk)
    post.standing, post.url = "retracted", "https://post.example/1"
    post.reliability = "C"
    post.save()
    page = read(client, f"{FIRM}briefing/")
    assert "Post story, 28 January 2025, Retracted" in page
    assert "https://post.example/1 C: fairly reliable" in page
    assert "retracted by its publisher: does not count" in page
