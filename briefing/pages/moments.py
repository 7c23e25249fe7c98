"""What has a date, as far as a reader asks: events, and the dates that claims give."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.db.models import Max, QuerySet

from briefing import wording
from briefing.filters import Cursor, Sort
from briefing.pages.addresses import address
from briefing.pages.drawing import Dated
from entities import edtf
from entities.models import Entity
from sources.models import Claim

MOST = 200
# A record in the middle of more claims than this has its own pages for them.
MOST_CLAIMS = 4000
# Further than any date of four digits; a period without an end reaches them.
FIRST, LAST = -1e12, 1e12
ORDER = Sort("time", "By time", "low", is_nullable=True)
EVENT = ("id", "low", "name", "slug", "date", "place")
CLAIM = (
    *("id", "low", "date", "subject__name", "subject__kind", "property__label"),
    *("qualifier", "question__slug", "is_contested"),
)


class Wanted(NamedTuple):
    """What the reader asked for; `events` and `claims` say where this page begins."""

    within: edtf.Period | None = None
    about: int | None = None
    kind: str = ""
    events: Cursor | None = None
    claims: Cursor | None = None

    @property
    def bounds(self) -> tuple[float, float]:
        low = self.within.low if self.within else None
        high = self.within.high if self.within else None
        return FIRST if low is None else low, LAST if high is None else high


class Moment(NamedTuple):
    """One row of the timeline, and its place among the events or the claims."""

    item: Dated
    cursor: Cursor
    is_event: bool

    @property
    def order(self) -> tuple[bool, float]:
        low = self.cursor.value
        return low is None, FIRST * 2 if low is None else low


class Moments(NamedTuple):
    """A page of them, and where the next begins if there is one."""

    items: list[Dated]
    following: tuple[Cursor | None, Cursor | None] | None


def read(wanted: Wanted) -> Moments:
    """The first of them from that place on, the earliest first."""
    found = sorted((*_events(wanted), *_answers(wanted)), key=lambda one: one.order)
    shown = found[:MOST]
    items = _told_once(shown, wanted.bounds[0])
    if len(found) <= MOST:
        return Moments(items, None)
    events, claims = wanted.events, wanted.claims
    for one in shown:
        if one.is_event:
            events = one.cursor
        else:
            claims = one.cursor
    return Moments(items, (events, claims))


def _told_once(shown: list[Moment], low: float) -> list[Dated]:
    """Claims that give a question the same date are one row.

    What began before the time that is shown, and may last into it, comes last.
    """
    items = {(one.item.href, one.item.date): one for one in shown}
    told = sorted(items.values(), key=lambda one: one.order[1] < low)
    return [one.item for one in told]


def latest(wanted: Wanted) -> int | None:
    """The last day on which something begins."""
    streams = events_of(wanted), claims_of(wanted)
    lows = [rows.order_by().aggregate(low=Max("low"))["low"] for rows in streams]
    return max((int(low) for low in lows if low is not None), default=None)


def events_of(wanted: Wanted) -> QuerySet[Any]:
    rows = Entity.objects.public().of_kind("event").dated().within(*wanted.bounds)
    if wanted.about is not None:
        rows = rows.keyed(_named_with(wanted.about))
    return rows if wanted.kind in ("", "event") else rows.none()


def claims_of(wanted: Wanted) -> QuerySet[Any]:
    """Claims that give a date, but for those that the events have already."""
    rows = Claim.objects.public().dated().within(*wanted.bounds)
    rows = rows if wanted.about is None else rows.about(wanted.about)
    return rows.about_kind(wanted.kind) if wanted.kind else rows


def _named_with(entity: int) -> set[int]:
    """The record, and those that claims connect it with."""
    pairs = Claim.objects.public().connecting([entity])
    ends = pairs.order_by().values_list("subject_id", "object_id")[:MOST_CLAIMS]
    return {entity, *(key for pair in ends for key in pair)}


def _page(rows: Any, cursor: Cursor | None, columns: tuple[str, ...]) -> list[Any]:
    rows = ORDER.order(rows)
    rows = ORDER.after(rows, cursor) if cursor else rows
    return list(rows.values_list(*columns, named=True)[: MOST + 1])


def _events(wanted: Wanted) -> list[Moment]:
    return [
        Moment(
            Dated(row.date, row.name, address("event", row.slug), "Event", row.place),
            Cursor(row.low, row.id),
            is_event=True,
        )
        for row in _page(events_of(wanted), wanted.events, EVENT)
    ]


def _answers(wanted: Wanted) -> list[Moment]:
    return [
        Moment(
            Dated(
                row.date,
                f"{row.subject__name}: {wording.lowered(_label(row))}",
                address("question", row.question__slug),
                Entity.Kind(row.subject__kind).label,
                is_contested=row.is_contested,
            ),
            Cursor(row.low, row.id),
            is_event=False,
        )
        for row in _page(claims_of(wanted), wanted.claims, CLAIM)
    ]


def _label(row: Any) -> str:
    if row.qualifier:
        return f"{row.property__label} ({row.qualifier})"
    return str(row.property__label)
