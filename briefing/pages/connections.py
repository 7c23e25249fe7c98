"""What a profile leads to: other records, namesakes, dates."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from briefing.pages import drawing
from briefing.pages.addresses import address
from briefing.pages.answers import Answer, Asked
from briefing.pages.drawing import Dated
from briefing.pages.passages import Name
from entities.models import Distinction
from entities.records import Status
from entities.rows import Rows

NAMED = ("name", "kind", "slug")
APART = Rows(
    lambda entity: Distinction.objects.of(entity).values_list(
        *("reason", "first_id", "first__name", "first__slug", "first__kind"),
        *("first__status", "second__name", "second__slug", "second__kind"),
        "second__status",
    )
)


class Link(NamedTuple):
    """Another record and how it is connected with this one."""

    name: Name
    how: list[str]


class Namesake(NamedTuple):
    name: Name
    reason: str


def links(entity: Any, answers: Iterable[Answer]) -> list[Link]:
    """The other records that these claims connect with this one."""
    found: dict[Name, list[str]] = {}
    for answer in answers:
        claim = answer.claim
        if claim.object_id not in (None, entity.id):
            name = _name(claim, "object")
            how = claim.property_label
        elif claim.subject_id != entity.id:
            name = _name(claim, "subject")
            how = claim.property_inverse_label or claim.property_label
        else:
            continue
        found.setdefault(name, [])
        if how not in found[name]:
            found[name].append(how)
    return [Link(name, how) for name, how in found.items()]


def _name(row: Any, role: str) -> Name:
    name, kind, slug = (getattr(row, f"{role}_{part}") for part in NAMED)
    return Name(name, address(kind, slug))


def dated(
    entity: Any, questions: Iterable[Asked], answers: Iterable[Answer]
) -> list[Dated]:
    """What has a date: answers that are dates, and events that claims lead to."""
    items: dict[str, Dated] = {}
    for asked in questions:
        label, href = asked.question.property_label, asked.href
        for answer in asked.answers:
            if answer.claim.date:
                item = drawing.of_claim(answer.claim, label, href)
                items[f"{href}{item.date}"] = item
    for answer in answers:
        for role in ("object", "subject"):
            date = getattr(answer.claim, f"{role}_date")
            if date and getattr(answer.claim, f"{role}_id") != entity.id:
                name = _name(answer.claim, role)
                items[name.href] = Dated(date, name.words, name.href)
    return sorted(items.values(), key=drawing.first_day)


def namesakes(entity: int) -> Iterator[Namesake]:
    """Published records that the desk has told apart from this one."""
    for row in APART(entity=entity):
        other = "second" if row.first_id == entity else "first"
        if getattr(row, f"{other}_status") == Status.PUBLISHED:
            yield Namesake(_name(row, other), row.reason)
