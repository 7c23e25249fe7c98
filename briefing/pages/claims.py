"""Claims: one answer, with everything that speaks for and against it."""

from __future__ import annotations

from typing import Any

from django.http import HttpRequest, HttpResponse

from briefing import filters
from briefing.pages import (
    answers,
    approaches,
    linked,
    lists,
    notes,
    past,
    questions,
)
from briefing.pages.addresses import absent, is_retracted
from briefing.pages.answers import QUESTION, Answer, Asked
from briefing.pages.citing import Citation, citation
from briefing.rendering import render
from entities.records import Status
from entities.rows import Rows
from sources.models import Claim, Evidence, Question

ONE = Rows(
    lambda slug: Claim.objects.by_key(slug).values_list(
        *answers.CLAIM,
        *("is_public", "status", "status_at", "status_reason", "subject__status"),
        *("object__status", "question__slug", "hold", "not_before"),
    )
)
QUESTION_OF = Rows(
    lambda slug: Question.objects.public().by_key(slug).values_list(*QUESTION)
)
OTHERS = 20
COLUMNS = (
    *("slug", "statement", "support", "is_contested", "article_count", "origin_count"),
    *("subject__name", "subject__kind", "subject__slug", "property__label"),
)
Stance = Evidence.Stance
SECTIONS = (
    ("For", (Stance.SUPPORTS,)),
    ("Against", (Stance.DISPUTES,)),
    ("Casting doubt", (Stance.QUESTIONS,)),
    ("Checked, not mentioned", (Stance.SILENT,)),
)


def claim_list(request: HttpRequest) -> HttpResponse:
    rows = Claim.objects.public()
    listing = lists.listing(request, filters.ClaimList, rows, COLUMNS)
    return render(request, "claims/list.html", {"listing": listing})


def claim_detail(request: HttpRequest, slug: str) -> HttpResponse:
    claim = next(iter(ONE(slug=slug)), None)
    if claim is None:
        return absent(request, "claim", slug)
    if not claim.is_public:
        return _hidden(request, claim)
    asked = read(claim)
    answer, corrections = own_answer(claim, asked), own_corrections(claim, asked)
    page = notes.Notes()
    page.cite(answer.backing.rows)
    return linked.rendered(
        request,
        "claims/detail.html",
        {
            "claim": claim,
            "answer": answer,
            "asked": asked,
            "others": [one for one in asked.answers if one is not answer],
            "sections": _sections(page.listed),
            "declared": questions.DECLARED(claims=[claim.id]),
            "corrections": corrections,
            "history": past.of_claim(answer, corrections),
            "approaches": approaches.of_claim(claim.id),
            "cite": citation_of(request, claim, asked),
            "linked": linked.of_claim(request, answer, asked),
        },
    )


def citation_of(request: HttpRequest, claim: Any, asked: Asked) -> Citation:
    corrected = [row.modified_at for row in own_corrections(claim, asked)]
    moments = [*own_answer(claim, asked).moments, *corrected]
    return citation(request, ("claim", claim.slug), claim.statement, max(moments))


def read(claim: Any) -> Asked:
    """Its question with this claim and some others that answer it."""
    question = QUESTION_OF(slug=claim.question_slug)[0]
    rows = questions.ANSWERS(questions=[question.id])
    others = [row for row in rows if row.id != claim.id][:OTHERS]
    decided = answers.decisions([question.id])
    return questions.with_corrections(question, [claim, *others], decided)


def own_answer(claim: Any, asked: Asked) -> Answer:
    return next(one for one in asked.answers if one.claim is claim)


def own_corrections(claim: Any, asked: Asked) -> list[Any]:
    return [row for row in asked.corrections if row.claim_id == claim.id]


def _hidden(request: HttpRequest, claim: Any) -> HttpResponse:
    """A notice where readers may know what it spoke of; else nothing."""
    names = {claim.subject_status, claim.object_status} - {None}
    if is_retracted(claim) and names == {Status.PUBLISHED}:
        return render(request, "claims/retracted.html", {"claim": claim})
    return absent(request, "claim", claim.slug, claim)


def _sections(listed: list[notes.Note]) -> list[tuple[str, list[notes.Note]]]:
    """The evidence by what it does for the claim."""
    sections = [
        (title, [note for note in listed if note.row.stance in stances])
        for title, stances in SECTIONS
    ]
    return [section for section in sections if section[1]]
