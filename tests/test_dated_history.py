"""The history of a question or a claim: what readers could see change, and when."""

from __future__ import annotations

import re
from typing import Any

import pytest
from django.test import Client

from sources.models import Correction, Finding, Question
from tests.cast import Cast, cite, make_source
from tests.past import change, day, days_ago, make_old

QUESTION = "/questions/northwind-labs-founded-on/"


@pytest.fixture
def old(cast: Cast) -> Cast:
    make_old()
    return cast


def told(client: Client, path: str) -> list[str]:
    """Each line of the history: the day it leads to, then its words."""
    page = client.get(path).text
    history = page.partition('<details class="history">')[2].partition("</details>")[0]
    rows = re.findall(r"<li><a href=\"(.*?)\">.*?</a>(.*?)</li>", history, re.S)
    return [
        f"{href.removeprefix(path)} {re.sub('<[^>]+>', '', words).strip()}"
        for href, words in rows
    ]


def test_it_works(old: Cast, client: Client) -> None:
    change(old.founded_2015, days=8, statement="Founded in 2015.")
    last, *first = told(client, QUESTION)
    assert last == f"?as_of={day(8)} Answer reworded: Founded in 2015."
    assert sorted(first) == [
        f"?as_of={day(30)} Answer published: Claim founded-2016.",
        f"?as_of={day(30)} Answer published: Founded in 2015.",
    ]


def test_it_tells_what_we_withdrew_and_corrected(old: Cast, client: Client) -> None:
    change(old.founded_2016, days=6, status="retracted", status_reason="A slip.")
    change(old.founded_2015, days=8, during="2015")
    correction = Correction(claim=old.founded_2015, said="No.", says="Yes.")
    correction.reason, correction.made_on = "We misread it.", days_ago(7).date()
    correction.save()
    assert told(client, QUESTION)[:3] == [
        f"?as_of={day(6)} Answer withdrawn by us: Claim founded-2016.",
        f"?as_of={day(7)} Corrected: We misread it.",
        f"?as_of={day(8)} Answer changed: Claim founded-2015.",
    ]
    change(old.founded_2016, status="withdrawn")
    assert not [line for line in told(client, QUESTION) if "2016" in line[18:]]


def test_it_tells_decisions_and_what_reopened_them(
    old: Cast, client: Client, editor: Any
) -> None:
    finding = Finding(question=old.founded_2015.question, outcome="unresolved")
    finding.reason, finding.decided_by = "Neither can be.", "Edith Editor"
    finding.decided_at = finding._history_date = days_ago(9)
    finding.save()
    original = make_source("diary", lineage="original")
    evidence = cite(old.founded_2015, original, "2015", confirmed_by="Edgar Second")
    evidence.history.update(history_date=days_ago(4))
    assert Question.objects.get(slug=QUESTION.split("/")[2]).decision == "under_review"
    lines = told(client, QUESTION)
    assert f"?as_of={day(9)} Decided by Edith Editor: not resolved" in lines
    assert f"?as_of={day(4)} Reopened by what came since: Diary" in lines
    assert "Edgar" not in " ".join(lines)
    assert "mark-under-review" in client.get(QUESTION).text


def test_a_retraction_by_its_publisher_reopens(old: Cast, client: Client) -> None:
    finding = Finding(question=old.founded_2015.question, outcome="unresolved")
    finding.reason, finding.decided_by = "Neither can be.", "Edith"
    finding.decided_at = finding._history_date = days_ago(9)
    finding.save()
    change(old.post, days=3, standing="retracted")
    assert f"?as_of={day(3)} Reopened by what came since: Post story" in told(
        client, QUESTION
    )
    then, since = (client.get(f"{QUESTION}?as_of={day(back)}").text for back in (5, 2))
    assert "mark-under-review" in since and "mark-decided" in then


def test_a_claim_tells_of_its_evidence(old: Cast, client: Client) -> None:
    assert sorted(told(client, "/claims/founded-2016/")) == [
        f"?as_of={day(30)} Claim published: Claim founded-2016.",
        f"?as_of={day(30)} Evidence published: Post story",
    ]


def test_a_page_of_the_past_has_none(old: Cast, client: Client) -> None:
    assert told(client, f"{QUESTION}?as_of={day()}") == []
    assert told(client, f"/claims/founded-2015/?as_of={day()}") == []
