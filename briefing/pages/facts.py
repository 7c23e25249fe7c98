"""What a profile prints of a question or of the claims that name it.

All is words and addresses: equal ones are printed alike, and only once.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import NamedTuple

from briefing import wording
from briefing.pages.answers import Answer, Asked
from briefing.pages.marks import Mark
from briefing.pages.notes import Backed, Ref
from briefing.pages.passages import Name


class Line(NamedTuple):
    """One answer with its footnotes and what stands behind it."""

    name: Name
    qualifier: str
    during: str
    refs: tuple[Ref, ...]
    against: tuple[Ref, ...]
    marks: tuple[Mark, ...]
    backed: Backed
    is_preferred: bool


class Fact(NamedTuple):
    """A question with its answers; `more` counts them all where few are shown."""

    label: Name
    qualifier: str
    lines: tuple[Line, ...]
    marks: tuple[Mark, ...] = ()
    more: int = 0
    differs: bool = False


def of_question(asked: Asked) -> Fact:
    question = asked.question
    return Fact(
        Name(wording.opened(question.property_label), asked.href),
        question.qualifier,
        tuple(_line(answer, answer.name, "") for answer in asked.answers),
        tuple(asked.marks),
        0 if asked.is_whole else question.answer_count,
        question.state == "differ",
    )


def of_naming(label: str, answers: Iterable[Answer]) -> Fact:
    """What is said of the entity elsewhere, in claims about others."""
    lines = (
        _line(answer, answer.subject, answer.claim.qualifier) for answer in answers
    )
    return Fact(Name(wording.opened(label)), "", tuple(lines))


def _line(answer: Answer, name: Name, qualifier: str) -> Line:
    return Line(
        name,
        qualifier,
        wording.date(answer.claim.during),
        tuple(answer.refs),
        tuple(answer.against),
        tuple(answer.marks),
        answer.backed,
        answer.is_preferred,
    )
