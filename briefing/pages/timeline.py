"""The timeline: what has a date, drawn to scale."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from briefing import wording
from briefing.pages import answers, drawing
from briefing.pages.addresses import address
from briefing.pages.drawing import Dated
from briefing.rows import Rows
from entities import edtf
from entities.models import Entity
from sources.models import Claim

MOST = 200
EVENTS = Rows(
    lambda low, high: (
        Entity.objects.public()
        .of_kind("event")
        .dated()
        .within(low, high)
        .values_list("name", "slug", "date", "place", "low")[: MOST + 1]
    )
)
CLAIMS = Rows(
    lambda low, high: (
        Claim.objects.public()
        .dated()
        .within(low, high)
        .values_list(*answers.CLAIM, "property__fills", "question__slug")[: MOST + 1]
    )
)
# Further than any date of four digits; a period without an end reaches them.
FIRST, LAST = -1e12, 1e12


class Year(NamedTuple):
    label: str
    size: int
    href: str


def timeline(request: HttpRequest) -> HttpResponse:
    asked = request.GET.get("in", "")
    within, error = _period(asked)
    low = FIRST if within is None or within.low is None else within.low
    high = LAST if within is None or within.high is None else within.high
    items = _events(low, high) + _answers(low, high)
    items.sort(key=drawing.first_day)
    return render(
        request,
        "timeline.html",
        {
            "drawing": drawing.drawn(items[:MOST], within if items else None),
            "years": _years(items),
            "asked": asked,
            "within": within.say() if within else "",
            "has_more": len(items) > MOST,
            "error": error,
        },
    )


def _period(text: str) -> tuple[edtf.Period | None, str]:
    """What the reader asked to see, or why it cannot be shown."""
    if not text:
        return None, ""
    try:
        return edtf.parse(text), ""
    except edtf.EdtfError as error:
        return None, str(error)


def _events(low: float, high: float) -> list[Dated]:
    return [
        Dated(row.date, row.name, address("event", row.slug), "Event", row.place)
        for row in EVENTS(low=low, high=high)
    ]


def _answers(low: float, high: float) -> list[Dated]:
    """Dates that claims give, but for those that the events above have already."""
    items = {}
    for row in CLAIMS(low=low, high=high):
        if row.property_fills != "date":
            label = f"{row.subject_name}: {wording.lowered(_label(row))}"
            href = address("question", row.question_slug)
            kind = Entity.Kind(row.subject_kind).label
            items[f"{href}{row.date}"] = Dated(
                row.date, label, href, kind, "", row.is_contested
            )
    return list(items.values())


def _label(row: Any) -> str:
    if row.qualifier:
        return f"{row.property_label} ({row.qualifier})"
    return str(row.property_label)


def _years(items: list[Dated]) -> list[Year]:
    """The years in which what is shown begins, and how much of it does."""
    lows = [edtf.parse(item.date).low for item in items]
    counts = Counter(edtf.from_day(low)[0] for low in lows if low is not None)
    return [
        Year(str(year), count, f"?in={year:04}")
        for year, count in sorted(counts.items())
        if 0 < year <= 9999
    ]
