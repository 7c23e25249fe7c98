"""What rests on a source, and what would be left without it.

Worked out by the same settling that a save sets off, in a transaction that is rolled
back: the preview cannot differ from what happens.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db import OperationalError, transaction

from entities.locking import alone
from sources.models import Claim, Evidence, Finding, Question, Source

# Settling more than this holds up everyone else who is saving.
MOST_SETTLED = 2000
# So many of each kind are listed.
MOST_LISTED = 200


class Held(NamedTuple):
    """How a claim stands at one moment."""

    is_public: bool
    article_count: int
    origin_count: int


class Change(NamedTuple):
    """A record that would stand otherwise, and how it stood and would stand."""

    record: Any
    before: Any
    after: Any


@dataclass(slots=True)
class Effect:
    """What a change to one source would move."""

    hidden: list[Change] = field(default_factory=list)
    # Claims of which nothing is left that counts, though readers still see them.
    bare: list[Change] = field(default_factory=list)
    last: list[Change] = field(default_factory=list)
    second: list[Change] = field(default_factory=list)
    states: list[Change] = field(default_factory=list)
    reviewed: list[Change] = field(default_factory=list)

    def __bool__(self) -> bool:
        lists = (self.hidden, self.bare, self.last, self.second)
        return any((*lists, self.states, self.reviewed))


@dataclass(slots=True)
class Rest:
    """What rests on a source, as far as it is listed, and how much there is of it."""

    evidence: list[Evidence]
    credited: list[Evidence]
    leading_back: list[Evidence]
    derivatives: list[Source]
    findings: list[Finding]
    counts: dict[str, int]


def on(source: Source) -> Rest:
    """All that rests on the source, up to a number that can be read."""
    parts: dict[str, Any] = {
        "evidence": Evidence.objects.from_source(source).with_claim(),
        "credited": Evidence.objects.credited_to(source).with_claim(),
        "leading_back": Evidence.objects.originating_in(source).with_claim(),
        "derivatives": Source.objects.derived_from(source),
        "findings": Finding.objects.resting_on(source).in_words(),
    }
    counts = {name: rows.count() for name, rows in parts.items()}
    lists = {name: list(rows[:MOST_LISTED]) for name, rows in parts.items()}
    return Rest(**lists, counts=counts)


def effect(source: Source, **fields: Any) -> Effect | None:
    """What setting these fields of the source would do; None if too much rests on it.

    Nothing is kept of it. None too where somebody else holds the database.
    """
    family = Evidence.objects.touched_by(source)
    if family[: MOST_SETTLED + 1].count() > MOST_SETTLED:
        return None
    claims = set(family.values_list("claim", flat=True))
    questions = set(Claim.objects.keyed(claims).values_list("question", flat=True))
    before = _claims(claims), _questions(questions)
    try:
        with alone():
            trial = Source.objects.get(pk=source.pk)
            for name, value in fields.items():
                setattr(trial, name, value)
            trial.save()
            after = _claims(claims), _questions(questions)
            transaction.set_rollback(True)
    except OperationalError:
        return None
    return _compared(before, after)


def _claims(keys: set[int]) -> dict[int, Held]:
    rows = Claim.objects.keyed(keys).values_list("pk", *Held._fields)
    return {pk: Held(*held) for pk, *held in rows}


def _questions(keys: set[int]) -> dict[int, tuple[str, str]]:
    rows = Question.objects.keyed(keys).values_list("pk", "state", "decision")
    return {pk: (state, decision) for pk, state, decision in rows}


def _compared(before: Any, after: Any) -> Effect:
    """Which claims and questions stand otherwise, the records read with one query."""
    found = Effect()
    moved = [key for key, held in before[0].items() if after[0].get(key) != held]
    claims = Claim.objects.keyed(moved).in_bulk()
    for key in moved:
        change = Change(claims[key], before[0][key], after[0][key])
        _place(found, change)
    turned = [key for key, held in before[1].items() if after[1].get(key) != held]
    questions = Question.objects.keyed(turned).asked().in_bulk()
    for key in turned:
        _turn(found, questions[key], before[1][key], after[1][key])
    return found


def _place(found: Effect, change: Change) -> None:
    before, after = change.before, change.after
    if before.is_public and not after.is_public:
        found.hidden.append(change)
    elif before.origin_count and not after.origin_count:
        found.last.append(change)
    elif before.article_count and not after.article_count:
        found.bare.append(change)
    elif before.origin_count > after.origin_count == 1:
        found.second.append(change)


def _turn(found: Effect, question: Question, before: Any, after: Any) -> None:
    if before[0] != after[0]:
        stood, stands = (Question.State(one[0]).label for one in (before, after))
        found.states.append(Change(question, stood, stands))
    if after[1] == Question.Decision.UNDER_REVIEW != before[1]:
        found.reviewed.append(Change(question, before[1], after[1]))
