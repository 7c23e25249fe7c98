"""Dates drawn to scale: a bar as wide as what is not known, faded where it may reach.

Everything is in hundredths of the picture's width, so that the page can be any size.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any, NamedTuple

from briefing import wording
from entities import edtf

MONTHS = (
    *("Jan", "Feb", "Mar", "Apr", "May", "Jun"),
    *("Jul", "Aug", "Sep", "Oct", "Nov", "Dec"),
)
YEAR_STEPS = (1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 5000, 10**4, 10**5, 10**6)
MONTH_STEPS = (1, 2, 3, 6)
DAY_STEPS = (1, 2, 5, 10)
MOST_TICKS = 7
# The least that can be seen, and how far a bar without a known end fades out.
LEAST, FADE = 0.7, 6.0


class Dated(NamedTuple):
    """Something with a date, as the timeline lists it."""

    date: str
    label: str
    href: str
    kind: str = ""
    note: str = ""
    is_contested: bool = False


class Tick(NamedTuple):
    at: float
    label: str


class Bar(NamedTuple):
    """A stretch of the picture; `fades` is "", "left" or "right"."""

    at: float
    width: float
    fades: str = ""
    is_faint: bool = False


class Row(NamedTuple):
    item: Dated
    when: str
    bars: list[Bar]
    is_uncertain: bool


class Drawing(NamedTuple):
    ticks: list[Tick]
    rows: list[Row]


@dataclass(frozen=True)
class Scale:
    """The days that a picture shows, from its left edge to its right."""

    low: int
    high: int

    def at(self, day: float) -> float:
        span = max(self.high - self.low, 1)
        return round(min(max((day - self.low) / span * 100, 0), 100), 2)


def first_day(item: Dated) -> float:
    """Where it comes in a list by date; open beginnings come first."""
    low = edtf.parse(item.date).low
    return float("-inf") if low is None else low


def drawn(items: Iterable[Dated], within: edtf.Period | None = None) -> Drawing:
    """The items as rows of one picture, on a scale that fits them or the period."""
    read = [(item, edtf.parse(item.date)) for item in items]
    if not read:
        return Drawing([], [])
    scale = _scale([within] if within else [period for _, period in read])
    rows = [
        Row(
            item,
            wording.point(item.date),
            list(_bars(period, scale)),
            period.is_uncertain,
        )
        for item, period in read
    ]
    return Drawing(_ticks(scale), rows)


def _scale(periods: list[edtf.Period]) -> Scale:
    """What holds all that is known of these periods, with a little room around it."""
    days = [
        day
        for period in periods
        for day in (period.low, period.high)
        if day is not None
    ]
    room = max((max(days) - min(days)) // 40, 1)
    return Scale(min(days) - room, max(days) + 1 + room)


def _bars(period: edtf.Period, scale: Scale) -> Iterator[Bar]:
    low, high = period.low, period.high
    widest_low, widest_high = period.widened()
    if low is None and high is not None:
        yield from _fading_left(scale, high + 1, period.is_open_start)
    elif high is None and low is not None:
        yield from _fading_right(scale, low, period.is_open_end)
    elif low is not None and high is not None:
        if (widest_low, widest_high) != (low, high):
            yield _bar(scale, widest_low or low, widest_high or high, is_faint=True)
        yield _bar(scale, low, high)


def _bar(scale: Scale, low: int, high: int, is_faint: bool = False) -> Bar:
    start = min(scale.at(low), 100 - LEAST)
    width = max(scale.at(high + 1) - start, LEAST)
    return Bar(start, round(width, 2), is_faint=is_faint)


def _fading_left(scale: Scale, end: int, is_open: bool) -> Iterator[Bar]:
    if end >= scale.high:
        yield Bar(0.0, 100.0, is_faint=True)
        return
    start = 0.0 if is_open else max(scale.at(end) - FADE, 0.0)
    yield Bar(start, round(max(scale.at(end) - start, LEAST), 2), "left")


def _fading_right(scale: Scale, start: int, is_open: bool) -> Iterator[Bar]:
    if start <= scale.low:
        yield Bar(0.0, 100.0, is_faint=True)
        return
    end = 100.0 if is_open else min(scale.at(start) + FADE, 100.0)
    yield Bar(scale.at(start), round(max(end - scale.at(start), LEAST), 2), "right")


def _ticks(scale: Scale) -> list[Tick]:
    days = scale.high - scale.low
    if days <= MOST_TICKS * max(DAY_STEPS):
        marks = _days(scale)
    elif days <= MOST_TICKS * max(MONTH_STEPS) * 30:
        marks = _months(scale)
    else:
        marks = _years(scale)
    return [Tick(scale.at(day), label) for day, label in marks]


def _step(count: float, steps: tuple[int, ...]) -> int:
    """The smallest step that gives no more marks than fit."""
    return next((step for step in steps if count / step <= MOST_TICKS), steps[-1])


def _years(scale: Scale) -> list[tuple[int, str]]:
    first, last = (edtf.from_day(day)[0] for day in (scale.low, scale.high))
    step = _step(last - first, YEAR_STEPS)
    years = range(-(-first // step) * step, last + 1, step)
    marks = ((edtf.day_number(year, 1, 1), _year(year)) for year in years)
    return [mark for mark in marks if scale.low <= mark[0] <= scale.high]


def _year(year: int) -> str:
    return str(year) if year > 0 else f"{1 - year} BC"


def _months(scale: Scale) -> list[tuple[int, str]]:
    first, last = (_month_number(day) for day in (scale.low, scale.high))
    step = _step(last - first, MONTH_STEPS)
    marks: list[tuple[int, str]] = []
    for number in range(-(-first // step) * step, last + 1, step):
        day = edtf.day_number(number // 12, number % 12 + 1, 1)
        if scale.low <= day:
            # The year stands at the first mark and at each January.
            year = f" {number // 12}" if not marks or number % 12 == 0 else ""
            marks.append((day, f"{MONTHS[number % 12]}{year}"))
    return marks


def _month_number(day: int) -> int:
    year, month, _ = edtf.from_day(day)
    return year * 12 + month - 1


def _days(scale: Scale) -> list[tuple[int, str]]:
    step = _step(scale.high - scale.low, DAY_STEPS)
    marks: list[tuple[int, str]] = []
    for number in range(scale.low, scale.high + 1, step):
        _, month, day = edtf.from_day(number)
        marks.append((number, f"{day} {MONTHS[month - 1]}"))
    return marks


def of_claim(claim: Any, label: str, href: str) -> Dated:
    """A claim whose answer is a date, as the timeline lists it."""
    return Dated(claim.date, label, href, is_contested=claim.is_contested)
