"""Whether two answers to one question agree, differ, or cannot be compared.

Answers are compared by value: dates by the stretch of time they allow, amounts by the
stretch of numbers, never by how they are spelt. No rule says which answer is true.
"""

from __future__ import annotations

from dataclasses import dataclass
from decimal import Decimal
from enum import StrEnum

from entities import edtf
from sources.values import Value


class Outcome(StrEnum):
    AGREE = "agree"
    DIFFER = "differ"
    CANNOT_TELL = "cannot_tell"
    # They speak of different times, or the property may have many values.
    APART = "apart"


class Reason(StrEnum):
    DATES_APART = "dates_apart"
    DATES_OVERLAP = "dates_overlap"
    UNKNOWN_END = "unknown_end"
    AMOUNTS_APART = "amounts_apart"
    AMOUNTS_OVERLAP = "amounts_overlap"
    TWO_CURRENCIES = "two_currencies"
    OTHER_UNIT = "other_unit"
    OTHER_ENTITY = "other_entity"
    SAME_ENTITY = "same_entity"
    OTHER_WORDS = "other_words"
    SAME_WORDS = "same_words"
    ONE_IS_NONE = "one_is_none"
    BOTH_NONE = "both_none"
    OTHER_KIND = "other_kind"
    OTHER_TIME = "other_time"
    MAY_BE_SEVERAL = "may_be_several"


@dataclass(frozen=True, slots=True)
class Answer:
    """A claim as far as it is compared: its value and when it is said to hold."""

    value: Value
    during: str = ""


@dataclass(frozen=True, slots=True)
class Rule:
    """How a property's answers are compared."""

    is_single_valued: bool
    tolerance: Decimal | None = None


Verdict = tuple[Outcome, Reason]


def compare(one: Answer, other: Answer, rule: Rule) -> Verdict:
    """How two public answers to one question stand to each other, and why."""
    if not rule.is_single_valued:
        return Outcome.APART, Reason.MAY_BE_SEVERAL
    meet = _hold_at_one_time(one.during, other.during)
    if meet is False:
        return Outcome.APART, Reason.OTHER_TIME
    outcome, reason = _compare_values(one, other, rule)
    if meet is None and outcome == Outcome.DIFFER:
        return Outcome.CANNOT_TELL, Reason.UNKNOWN_END
    return outcome, reason


def _compare_values(one: Answer, other: Answer, rule: Rule) -> Verdict:
    kinds = {one.value.type, other.value.type}
    if kinds == {"none"}:
        return Outcome.AGREE, Reason.BOTH_NONE
    if "none" in kinds:
        return Outcome.DIFFER, Reason.ONE_IS_NONE
    if len(kinds) > 1:
        return Outcome.CANNOT_TELL, Reason.OTHER_KIND
    match kinds.pop():
        case "date":
            return _compare_dates(one.value, other.value)
        case "quantity":
            return _compare_amounts(one.value, other.value, rule.tolerance)
        case "entity":
            return _compare_entities(one.value, other.value)
    return _compare_words(one.value, other.value)


def _hold_at_one_time(during: str, other: str) -> bool | None:
    """Whether the times overlap, blank being always; None if an end is unknown."""
    if not during or not other:
        return True
    return edtf.parse(during).overlaps(edtf.parse(other))


def _compare_dates(one: Value, other: Value) -> Verdict:
    overlap = edtf.parse(one.date).overlaps(edtf.parse(other.date))
    if overlap is None:
        return Outcome.CANNOT_TELL, Reason.UNKNOWN_END
    if overlap:
        return Outcome.AGREE, Reason.DATES_OVERLAP
    return Outcome.DIFFER, Reason.DATES_APART


def _compare_amounts(one: Value, other: Value, tolerance: Decimal | None) -> Verdict:
    if one.unit != other.unit:
        return _compare_units(one, other)
    first, second = one.reach(tolerance), other.reach(tolerance)
    if first.ends_before(second) or second.ends_before(first):
        return Outcome.DIFFER, Reason.AMOUNTS_APART
    return Outcome.AGREE, Reason.AMOUNTS_OVERLAP


def _compare_units(one: Value, other: Value) -> Verdict:
    """The same number in two currencies cannot be right twice; more is not known."""
    if one.amount == other.amount and is_currency(one.unit) and is_currency(other.unit):
        return Outcome.DIFFER, Reason.TWO_CURRENCIES
    return Outcome.CANNOT_TELL, Reason.OTHER_UNIT


def is_currency(unit: str) -> bool:
    """Whether a unit is a currency's ISO 4217 code, by its form."""
    return len(unit) == 3 and unit.isascii() and unit.isalpha() and unit.isupper()


def _compare_entities(one: Value, other: Value) -> Verdict:
    if one.object_id == other.object_id:
        return Outcome.AGREE, Reason.SAME_ENTITY
    return Outcome.DIFFER, Reason.OTHER_ENTITY


def _compare_words(one: Value, other: Value) -> Verdict:
    if one.key == other.key:
        return Outcome.AGREE, Reason.SAME_WORDS
    return Outcome.DIFFER, Reason.OTHER_WORDS


def state_of(answers: list[Answer], rule: Rule, is_disputed: bool) -> str:
    """The state of a question with these public answers.

    `is_disputed`: public evidence disputes one of them, or a claim that readers can
    see is declared to contradict one.
    """
    if not answers:
        return "no_answer"
    if is_disputed:
        return "differ"
    if len(answers) == 1:
        return "one_answer"
    outcomes = {outcome for _, _, (outcome, _) in pairs(answers, rule)}
    for outcome in (Outcome.DIFFER, Outcome.CANNOT_TELL):
        if outcome in outcomes:
            return outcome.value
    return "several" if Outcome.APART in outcomes else "agree"


def pairs(answers: list[Answer], rule: Rule) -> list[tuple[int, int, Verdict]]:
    """Each two answers, by their places in the list, and how they stand."""
    if not rule.is_single_valued:
        # Many values are no disagreement; comparing thousands would be for nothing.
        count = range(1, len(answers))
        return [(0, at, (Outcome.APART, Reason.MAY_BE_SEVERAL)) for at in count]
    return [
        (first, second, compare(answers[first], answers[second], rule))
        for first in range(len(answers))
        for second in range(first + 1, len(answers))
    ]
