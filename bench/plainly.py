"""A profile as one would write it: objects of the models, and Django's own templates.

It shows what the project's page shows of the same questions: answers, counts of
articles and original sources, and a numbered note for each piece of evidence.
"""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.db.models import Prefetch
from django.http import HttpResponse
from django.template import Context, Engine

from briefing.pages.profiles import PASSAGES_A_PAGE, QUESTIONS_A_PAGE, that_fit
from entities.models import Entity
from sources.models import Claim, Evidence, Question

TEMPLATES = Engine(dirs=[Path(__file__).with_name("templates")])
COUNTING = ("verified", "no_text")
EVIDENCE = (
    Evidence.objects.public()
    .select_related("source__publisher", "origin", "via", "speaker")
    .order_by("source__low", "id")
)
CLAIMS = (
    Claim.objects.public()
    .select_related("subject", "property", "object")
    .prefetch_related(Prefetch("evidence", queryset=EVIDENCE))
)


def profile(slug: str) -> HttpResponse:
    entity = Entity.objects.prefetch_related("aliases").get(slug=slug)
    answers = Prefetch("claims", queryset=CLAIMS.order_by("low", "id"))
    found = list(
        Question.objects.public()
        .filter(subject=entity)
        .select_related("subject", "property")
        .prefetch_related(answers)
        .in_order()[:QUESTIONS_A_PAGE]
    )
    naming = CLAIMS.filter(object=entity).in_order()[:60]
    numbers: dict[int, Any] = {}
    asked = [
        (question, [_answer(claim, numbers) for claim in _best_first(question)])
        for question in that_fit(found, PASSAGES_A_PAGE)
    ]
    incoming = [_answer(claim, numbers) for claim in naming]
    context = {
        "entity": entity,
        "asked": asked,
        "incoming": incoming,
        "notes": list(numbers.values()),
    }
    template = TEMPLATES.get_template("profile.html")
    return HttpResponse(template.render(Context(context)))


def _best_first(question: Question) -> list[Claim]:
    return sorted(question.claims.all(), key=lambda claim: -claim.article_count)


def _answer(claim: Claim, numbers: dict[int, Any]) -> dict[str, Any]:
    rows = list(claim.evidence.all())
    counted = [
        row
        for row in rows
        if row.stance == "supports"
        and row.anchor in COUNTING
        and row.source.standing == "good"
    ]
    of = {stance: [row for row in rows if row.stance == stance] for stance in STANCES}
    cited = of["supports"] + of["disputes"] + of["questions"]
    for row in cited:
        if row.pk not in numbers:
            row.number = len(numbers) + 1
            numbers[row.pk] = row
    return {
        "claim": claim,
        "cited": [numbers[row.pk] for row in cited],
        "articles": {row.source for row in counted},
        "origins": {row.origin for row in counted if row.origin_id},
    }


STANCES = ("supports", "disputes", "questions")
