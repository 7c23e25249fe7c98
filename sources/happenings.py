"""When and where events happened, as far as their public claims say."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any

from django.db.models import Q

from entities import edtf
from entities.inserting import update
from entities.models import Entity, Event
from sources import contradictions, standings
from sources.contradictions import Outcome, Rule
from sources.models import Claim, Finding, Property

FILLED = (Property.Fills.DATE, Property.Fills.PLACE)
WRITTEN = ["date", "place", "low", "high"]


def date_events(question_ids: Iterable[int]) -> set[int]:
    """Write date and place of the events these questions are about; which changed."""
    events = Event.objects.filter(
        Q(questions__property__fills__in=["date", "place"]) | ~Q(date="", place=""),
        questions__in=list(question_ids),
    )
    return _fill(list(events.distinct()))


def date_anew(entities: Iterable[int]) -> None:
    """The same for these events, of which a question may have been taken away."""
    _fill(list(Event.objects.keyed(list(entities))))


def _fill(events: list[Event]) -> set[int]:
    """Write what the claims about these events say; which of them changed."""
    if not events:
        return set()
    claims = Claim.objects.public().filter(
        subject__in=[event.pk for event in events], property__fills__in=FILLED
    )
    preferred = claims.filter(preferred_by__in=Finding.objects.public())
    chosen = set(preferred.values_list("pk", flat=True))
    answers = defaultdict(list)
    for claim in claims.select_related("object", "property").order_by("pk"):
        answers[claim.subject_id, claim.property.fills].append(claim)
    changed: dict[int, list[Any]] = {}
    for event in events:
        date, place = (_answer(answers[event.pk, fills], chosen) for fills in FILLED)
        period = edtf.parse(date) if date else None
        filled = [date, place, period and period.low, period and period.high]
        if filled != [getattr(event, name) for name in WRITTEN]:
            changed[event.pk] = filled
    update(Entity, WRITTEN, changed)
    return set(changed)


def _answer(claims: list[Claim], chosen: set[int]) -> str:
    """The preferred answer; else the narrowest, where all agree; else nothing."""
    for claim in claims:
        if claim.pk in chosen:
            return _words(claim)
    return _words(min(claims, key=_width)) if _all_agree(claims) else ""


def _all_agree(claims: list[Claim]) -> bool:
    """Whether there is an answer, and none differs, though of another question."""
    rule = Rule(is_single_valued=True)
    verdicts = contradictions.pairs(standings.answers_of(claims), rule)
    is_quiet = not any(claim.is_contested for claim in claims)
    agree = all(outcome == Outcome.AGREE for _, _, (outcome, _) in verdicts)
    return bool(claims) and is_quiet and agree


def _words(claim: Claim) -> str:
    return claim.date or claim.text or (claim.object.name if claim.object else "")


def _width(claim: Claim) -> float:
    """How much the answer leaves open: days for a date; words and names nothing."""
    if not claim.date:
        return 0
    if claim.low is None or claim.high is None:
        return float("inf")
    return claim.high - claim.low
