"""Questions: which there are, and what is answered to each by whom."""

from __future__ import annotations

import datetime
from typing import Any

from django.http import HttpRequest, HttpResponse

from briefing import filters, wording
from briefing.pages import answers, linked, lists, notes, past
from briefing.pages.addresses import absent
from briefing.pages.answers import QUESTION, Answer, Asked
from briefing.pages.citing import Citation, citation
from briefing.rendering import render
from entities.rows import Each, Rows
from sources import contradictions
from sources.contradictions import Outcome, Reason, Rule
from sources.models import Claim, Correction, Evidence, Question
from sources.values import Value

ONE = Rows(lambda slug: Question.objects.by_key(slug).values_list(*QUESTION))
# Its own page shows a question's answers up to this many; the list of claims has all.
MOST = 200
ANSWERS = Rows(
    lambda questions: (
        Claim.objects.public()
        .answering(Each(questions))
        .in_order()
        .values_list(*answers.CLAIM)[:MOST]
    )
)
SIBLINGS = Rows(
    lambda entity, property: (
        Question.objects.public()
        .about(entity)
        .asking(property)
        .in_order()
        .values_list(*QUESTION)[:20]
    )
)
DECLARED = Rows(
    lambda claims: (
        Claim.objects.public()
        .contradicting(Each(claims))
        .order_by("id")
        .values_list("id", "slug", "statement", "contradicts__id")
    )
)
CORRECTIONS = Rows(
    lambda claims: (
        Correction.objects.public()
        .of_claims(Each(claims))
        .newest_first()
        .values_list("claim_id", "said", "says", "reason", "made_on", "modified_at")
    )
)
COMPARED = 12


def question_list(request: HttpRequest) -> HttpResponse:
    rows = Question.objects.public()
    listing = lists.listing(request, filters.QuestionList, rows, QUESTION)
    asked = answers.read(listing.rows)
    return render(
        request,
        "questions/list.html",
        {"listing": listing, "asked": [(one, answers.spoken(one)) for one in asked]},
    )


def question_detail(request: HttpRequest, slug: str) -> HttpResponse:
    question = next(iter(ONE(slug=slug)), None)
    if question is None or question.state == Question.State.NO_ANSWER:
        return absent(request, "question", slug)
    asked = read(question)
    page = notes.Notes()
    for answer in asked.answers:
        answer.cite(page)
    keys = [answer.claim.id for answer in asked.answers]
    return linked.rendered(
        request,
        "questions/detail.html",
        {
            "asked": asked,
            "spoken": answers.spoken(asked),
            "notes": {note.number: note for note in page.listed},
            "reasons": reasons(asked),
            "declared": DECLARED(claims=keys),
            "siblings": _siblings(question),
            "corrections": asked.corrections,
            "history": past.of_question(asked, asked.corrections),
            "cite": citation_of(request, asked),
            "linked": linked.of_question(request, asked),
        },
    )


def citation_of(request: HttpRequest, asked: Asked) -> Citation:
    record = "question", asked.question.slug
    return citation(request, record, asked.words, changed_at(asked))


def changed_at(asked: Asked) -> datetime.datetime:
    """When anything that a question's page shows last changed."""
    return max([asked.changed_at, *(row.modified_at for row in asked.corrections)])


def read(question: Any) -> Asked:
    claims = ANSWERS(questions=[question.id])
    decided = answers.decisions([question.id])
    return with_corrections(question, claims, decided)


def with_corrections(question: Any, claims: list[Any], decided: Any) -> Asked:
    """The question with these answers, and what was corrected of them."""
    corrections = CORRECTIONS(claims=[claim.id for claim in claims])
    corrected = {row.claim_id for row in corrections}
    weighed = answers.weighed(claims, corrected, decided)
    asked = answers.answered([question], weighed, decided)[0]
    asked.corrections = corrections
    return asked


def _siblings(question: Any) -> list[Any]:
    """The same asked of the same record with another qualifier."""
    rows = SIBLINGS(entity=question.subject_id, property=question.property_id)
    return [row for row in rows if row.id != question.id]


def reasons(asked: Asked) -> list[str]:
    """Why its answers differ or cannot be compared, pair by pair."""
    question = asked.question
    if question.state not in ("differ", "cannot_tell"):
        return []
    rule = Rule(question.property_is_single_valued, question.property_tolerance)
    few = asked.answers[:COMPARED]
    given = [contradictions.Answer(_value(one), one.claim.during) for one in few]
    pairs = [
        wording.why(reason, few[first].claim, few[second].claim)
        for first, second, (outcome, reason) in contradictions.pairs(given, rule)
        if outcome == Outcome(question.state) and reason in Reason
    ]
    return [*pairs, *_disputes(few)]


def _value(answer: Answer) -> Value:
    claim = answer.claim
    names = ("object_id", "date", "amount", "amount_high", "unit", "bound", "text")
    return Value(**{name: getattr(claim, name) for name in names})


def _disputes(found: list[Answer]) -> list[str]:
    disputed = [one for one in found if one.backing.of(Evidence.Stance.DISPUTES)]
    return [f"A source disputes “{one.words}”." for one in disputed]
