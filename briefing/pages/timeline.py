"""The timeline: what has a date, drawn to scale."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.utils.http import urlencode

from briefing.filters import Cursor, decoded, encoded
from briefing.pages import drawing, moments
from briefing.pages.lists import Link
from briefing.pages.moments import Wanted
from briefing.rendering import render
from entities import edtf
from entities.models import Entity
from entities.rows import Rows

RECORD = Rows(
    lambda slug: (
        Entity.objects.public().by_key(slug).values_list("id", "name", "kind", "slug")
    )
)
SCALES = {"year": "All years", "month": "One year", "day": "One month"}
KINDS = {"person": "People", "organisation": "Organisations", "event": "Events"}
PLACE = (str, int, float, type(None))
# The parts of an address that page after page keep.
KEPT = ("about", "kind", "scale", "in")


class TimelineForm(forms.Form):
    """About which record, of which kind, and how much time at once."""

    about = forms.CharField(max_length=200, required=False)
    kind = forms.ChoiceField(choices=list(KINDS.items()), required=False)
    scale = forms.ChoiceField(choices=list(SCALES.items()), required=False)


class Time(NamedTuple):
    """A stretch of time to look at more closely, and how much begins in it."""

    label: str
    size: int
    href: str


def timeline(request: HttpRequest) -> HttpResponse:
    asked, errors = _asked(request)
    about = _record(asked, errors)
    within = _period(request.GET.get("in", ""), errors)
    wanted = Wanted(within, about.id if about else None, asked.get("kind", ""))
    wanted = wanted._replace(within=_window(wanted, asked.get("scale", "")))
    asked["in"] = wanted.within.text if wanted.within else ""
    wanted = _placed(wanted, request.GET.get("cursor", ""), errors)
    found = moments.read(wanted)
    return render(
        request,
        "timeline.html",
        {
            "drawing": drawing.drawn(found.items, wanted.within),
            "about": about,
            "within": wanted.within.say() if wanted.within else "",
            "times": list(_times(found.items, wanted, asked)),
            "scales": _choices(SCALES, "scale", asked | {"in": ""}, _scale(wanted)),
            "kinds": _choices({"": "All"} | KINDS, "kind", asked, wanted.kind),
            "tags": list(_tags(asked, about, wanted)),
            "beside": list(_beside(wanted, asked)),
            "following": _href(asked, cursor=_encoded(found.following)),
            "has_more": found.following is not None,
            "beginning": _href(asked) if wanted.events or wanted.claims else "",
            "errors": errors,
        },
    )


def _asked(request: HttpRequest) -> tuple[dict[str, str], list[str]]:
    """What of the address can be used, and what is wrong with the rest."""
    form = TimelineForm(request.GET)
    form.is_valid()
    errors = [
        f"{name.capitalize()}: {message}"
        for name, messages in form.errors.items()
        for message in messages
    ]
    return dict(form.cleaned_data), errors


def _record(asked: dict[str, str], errors: list[str]) -> Any:
    slug = asked.get("about", "")
    found = RECORD(slug=slug) if slug else []
    if slug and not found:
        errors.append(f"No published record has the address “{slug}”.")
        asked["about"] = ""
    return found[0] if found else None


def _period(text: str, errors: list[str]) -> edtf.Period | None:
    """The time that the reader asked to see."""
    try:
        return edtf.parse(text) if text else None
    except edtf.EdtfError as error:
        errors.append(str(error))
        return None


def _window(wanted: Wanted, scale: str) -> edtf.Period | None:
    """As much time as that scale shows: of what was asked for, or the latest."""
    if scale not in ("month", "day"):
        return wanted.within
    low = wanted.within.low if wanted.within else moments.latest(wanted)
    if low is None:
        return wanted.within
    year, month, _ = edtf.from_day(low)
    if not 0 <= year <= 9999:
        return wanted.within
    return edtf.parse(f"{year:04}-{month:02}" if scale == "day" else f"{year:04}")


def _scale(wanted: Wanted) -> str:
    """The scale that shows the time which is shown, whichever was asked for."""
    within = wanted.within
    if within is None or within.low is None or within.high is None:
        return "year"
    days = within.high - within.low + 1
    return "day" if days <= 31 else "month" if days <= 366 else "year"


def _placed(wanted: Wanted, text: str, errors: list[str]) -> Wanted:
    """The same from the place on that the address names."""
    if not text:
        return wanted
    try:
        low, event, date, claim = decoded(text, PLACE, int, PLACE, int)
        events = Cursor(_day(low), event) if event else None
        return wanted._replace(
            events=events, claims=Cursor(_day(date), claim) if claim else None
        )
    except ValueError:
        errors.append("This place in the timeline is not known: here is its beginning.")
        return wanted


def _day(value: Any) -> Any:
    if isinstance(value, str):
        raise ValueError("not a day")
    return value


def _encoded(place: tuple[Cursor | None, Cursor | None] | None) -> str:
    if place is None:
        return ""
    return encoded([part for one in place for part in one or Cursor(None, 0)])


def _href(asked: dict[str, str], **changed: str) -> str:
    query = asked | changed
    names = [*KEPT, "cursor"]
    return "?" + urlencode({name: query[name] for name in names if query.get(name)})


def _choices(
    labels: dict[str, str], name: str, asked: dict[str, str], chosen: str
) -> list[Link]:
    return [
        Link(label, _href(asked, **{name: value}), value == chosen)
        for value, label in labels.items()
    ]


def _tags(asked: dict[str, str], about: Any, wanted: Wanted) -> Iterator[Link]:
    """What the timeline is narrowed by, each with the address without it."""
    if about:
        yield Link(f"About: {about.name}", _href(asked, about=""))
    if wanted.kind:
        yield Link(f"Of: {KINDS[wanted.kind]}", _href(asked, kind=""))
    if wanted.within:
        yield Link(wanted.within.say(), _href(asked | {"in": "", "scale": ""}))


def _times(
    items: list[drawing.Dated], wanted: Wanted, asked: dict[str, str]
) -> Iterator[Time]:
    """The years, or the months of a year, in which what is shown begins."""
    scale = _scale(wanted)
    low, high = wanted.bounds
    days = [edtf.parse(item.date).low for item in items]
    dates = [
        edtf.from_day(day) for day in days if day is not None and low <= day <= high
    ]
    counts = Counter(date[: 1 if scale == "year" else 2] for date in dates)
    for (year, *months), size in sorted(counts.items()) if scale != "day" else ():
        if 0 < year <= 9999:
            text = "-".join([f"{year:04}", *(f"{month:02}" for month in months)])
            label = drawing.MONTHS[months[0] - 1] if months else str(year)
            finer = "day" if months else "month"
            yield Time(label, size, _href(asked | {"scale": finer, "in": text}))


def _beside(wanted: Wanted, asked: dict[str, str]) -> Iterator[Link]:
    """The year or month before the one that is shown, and the one after it."""
    scale, within = _scale(wanted), wanted.within
    if scale == "year" or within is None or within.low is None:
        return
    year, month, _ = edtf.from_day(within.low)
    for step in (-1, 1):
        if scale == "month":
            text = label = f"{year + step:04}"
        else:
            years, at = divmod(year * 12 + month - 1 + step, 12)
            text, label = f"{years:04}-{at + 1:02}", f"{drawing.MONTHS[at]} {years}"
        if text[:4] >= "0001" and len(text) in (4, 7):
            yield Link(label, _href(asked | {"scale": scale, "in": text}))
