"""The front page: questions answered in a sentence, what differs, what is new."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.templatetags.static import static

from briefing.counting import amount
from briefing.pages import answers
from briefing.pages.answers import QUESTION
from briefing.pages.corrections import COLUMNS, about
from briefing.pages.lists import counted, size
from briefing.rendering import render
from entities.rows import Rows
from sources.models import Claim, Correction, Question, Source

DIFFERING, DOUBTED, ANSWERED, CORRECTIONS = 6, 3, 6, 3
# Of very many doubted claims, so many of the newest are looked at.
MOST = 1_000
DIFFER = Rows(
    lambda: (
        Question.objects.that_differ()
        .most_reported()
        .values_list(*QUESTION)[:DIFFERING]
    )
)
DOUBT = Rows(
    lambda: (
        Question.objects.that_are_doubted(Claim.objects.public().doubted()[:MOST])
        .most_reported()
        .values_list(*QUESTION)[:DOUBTED]
    )
)
AGREE = Rows(
    lambda: (
        Question.objects.that_are_answered()
        .most_reported()
        .values_list(*QUESTION)[:ANSWERED]
    )
)
CORRECTED = Rows(
    lambda: (
        Correction.objects.public().newest_first().values_list(*COLUMNS)[:CORRECTIONS]
    )
)
# The count comes with the rows: a page asks the database as seldom as it can.
NEWEST = Rows(
    lambda: (
        Claim.objects.public()
        .annotate(sources=amount(Source.objects.public()))
        .order_by("-id")
        .values_list("slug", "statement", "sources")[:6]
    )
)


def icon(request: HttpRequest) -> HttpResponse:
    return redirect(static("icon.svg"))


def home(request: HttpRequest) -> HttpResponse:
    groups = {"differing": DIFFER(), "doubted": DOUBT()}
    doubted = {question.id for question in groups["doubted"]}
    groups["answered"] = [row for row in AGREE() if row.id not in doubted]
    newest = NEWEST()
    asked = answers.read([row for group in groups.values() for row in group])
    told = {one.question.id: (one, answers.spoken(one)) for one in asked}
    return render(
        request,
        "home.html",
        {
            **{name: [told[row.id] for row in rows] for name, rows in groups.items()},
            "corrections": [(about(row), row) for row in CORRECTED()],
            "newest": newest,
            "claim_count": size(counted(Claim.objects.public())),
            "source_count": size(newest[0].sources if newest else _sources()),
        },
    )


def _sources() -> int:
    return counted(Source.objects.public())
