"""When and where events happened, as far as their public claims say."""

from __future__ import annotations

from collections.abc import Iterable

from django.db.models import Q

from entities import edtf
from entities.models import Entity, Event
from sources import contradictions, standings
from sources.contradictions import Outcome, Rule
from sources.models import Claim, Finding, Property


def date_events(question_ids: Iterable[int]) -> set[int]:
    """Write date and place of the events these questions are about; which changed."""
    events = Event.objects.filter(
        Q(questions__property__fills__in=["date", "place"]) | ~Q(date="", place=""),
        questions__in=list(question_ids),
    )
    return {event.pk for event in events.distinct() if _fill(event)}


def date_anew(entities: Iterable[int]) -> None:
    """The same for these events, of which a question may have been taken away."""
    for event in Event.objects.keyed(list(entities)):
        _fill(event)


def _fill(event: Entity) -> bool:
    date = _answer(event, Property.Fills.DATE)
    place = _answer(event, Property.Fills.PLACE)
    period = edtf.parse(date) if date else None
    filled = {
        "date": date,
        "place": place,
        "low": period and period.low,
        "high": period and period.high,
    }
    changed = any(getattr(event, name) != value for name, value in filled.items())
    if changed:
        Entity.objects.filter(pk=event.pk).update(**filled)
    return changed


def _answer(event: Entity, fills: str) -> str:
    """The preferred answer; else the narrowest, where all agree; else nothing."""
    claims = Claim.objects.public().about(event).filter(property__fills=fills)
    claims = claims.select_related("object")
    preferred = claims.filter(preferred_by__in=Finding.objects.public()).first()
    if preferred is not None:
        return _words(preferred)
    answers = list(claims.order_by("pk"))
    return _words(min(answers, key=_width)) if _all_agree(answers) else ""


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
