"""A profile as one would write it: objects of the models, and Django's own templates.

It shows what the project's page shows: the same questions with their answers, counts of
articles and original sources, and a numbered note for each piece of evidence; and what
stands around them, but no picture of time and no data for machines.
"""

from __future__ import annotations

from collections import Counter
from pathlib import Path
from typing import Any

from django.db.models import F, Prefetch
from django.http import HttpRequest, HttpResponse
from django.template import Context, Engine

from briefing.pages.profiles import PASSAGES_A_PAGE, QUESTIONS_A_PAGE, SAID, that_fit
from entities.models import Distinction, Entity
from sources.models import Claim, Correction, Evidence, Question

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


def profile(request: HttpRequest, slug: str) -> HttpResponse:
    entity = Entity.objects.prefetch_related("aliases").get(slug=slug)
    numbers: dict[int, Any] = {}
    asked = [
        (question, [_answer(claim, numbers) for claim in _best_first(question)])
        for question in that_fit(_questions(entity), PASSAGES_A_PAGE)
    ]
    naming = CLAIMS.filter(object=entity).in_order()[:60]
    incoming = [_answer(claim, numbers) for claim in naming]
    shown = [answer["claim"] for _, answers in asked for answer in answers]
    shown += [answer["claim"] for answer in incoming]
    said = EVIDENCE.spoken_by(entity).select_related("claim")
    context = {
        "entity": entity,
        "asked": asked,
        "incoming": incoming,
        "said": [
            (row, _numbered(row, numbers))
            for row in said.order_by(F("source__low").desc(nulls_last=True))[:SAID]
        ],
        "notes": list(numbers.values()),
        "sources": Counter(row.source for row in numbers.values()).items(),
        "connected": _connected(entity, shown),
        "dated": sorted(filter(_date, shown), key=_date),
        "apart": Distinction.objects.of(entity).select_related("first", "second"),
        "corrections": Correction.objects.public().touching(entity).newest_first(),
    }
    template = TEMPLATES.get_template("profile.html")
    return HttpResponse(template.render(Context(context)))


def _questions(entity: Entity) -> list[Question]:
    answers = Prefetch("claims", queryset=CLAIMS.order_by("low", "id"))
    return list(
        Question.objects.public()
        .filter(subject=entity)
        .select_related("subject", "property", "finding")
        .prefetch_related(answers)
        .in_order()[:QUESTIONS_A_PAGE]
    )


def _date(claim: Claim) -> str:
    return claim.date or (claim.object.date if claim.object else "")


def _connected(entity: Entity, claims: list[Claim]) -> list[tuple[Entity, list[str]]]:
    found: dict[Entity, list[str]] = {}
    for claim in claims:
        other = claim.subject if claim.object == entity else claim.object
        if other and claim.property.label not in found.setdefault(other, []):
            found[other].append(claim.property.label)
    return list(found.items())


def _numbered(row: Evidence, numbers: dict[int, Any]) -> Any:
    """The piece of evidence with its number on the page."""
    if row.pk not in numbers:
        row.number = len(numbers) + 1
        numbers[row.pk] = row
    return numbers[row.pk]


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
    origins: dict[Any, dict[Any, None]] = {}
    for row in counted:
        origins.setdefault(row.origin, {})[row.source] = None
    return {
        "claim": claim,
        "cited": [_numbered(row, numbers) for row in cited],
        "articles": {row.source for row in counted},
        "origins": [(origin, list(of)) for origin, of in origins.items() if origin],
    }


STANCES = ("supports", "disputes", "questions")
