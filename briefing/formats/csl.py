"""CSL-JSON: the sources themselves, for reference managers."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from briefing.formats import public
from briefing.pages.sources import name_of
from entities import edtf
from entities.edtf import Span
from entities.records import Status
from sources.models import Source

Genre = Source.Genre
TYPES = {
    Genre.REPORT: "article-newspaper",
    Genre.REWRITE: "article-newspaper",
    Genre.INTERVIEW: "interview",
    Genre.SOCIAL_POST: "post",
    Genre.PAPER: "article-journal",
    Genre.FILING: "report",
    Genre.TRANSCRIPT: "speech",
    Genre.DATASET: "dataset",
    Genre.RELEASE: "article",
}
# What appears in something; of all else a body is the publisher.
CONTAINED = {"article-newspaper", "article-journal", "interview", "post"}
DOI = re.compile(r"^(?:doi:|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)


def made(request: HttpRequest, kind: str, keys: Sequence[int]) -> list[dict[str, Any]]:
    """The items of these sources."""
    return [item(row) for row in public.SOURCES(keys=keys)]


def item(row: Any) -> dict[str, Any]:
    """One source; what it has nothing to say of is left out."""
    kind = TYPES[Genre(row.genre)]
    found = {
        "id": row.slug,
        "type": kind,
        "title": row.title or name_of(row).words,
        "author": [{"literal": row.author}] if row.author else [],
        "container-title" if kind in CONTAINED else "publisher": publisher(row),
        "genre": str(Genre(row.genre).label),
        "issued": date(row.published) if row.published else {},
        "accessed": date(row.accessed) if row.accessed else {},
        "URL": row.url,
        "DOI": DOI.sub("", row.doi),
        "archive_location": row.archive_url,
        "language": row.language,
        "note": note(row),
    }
    return {name: value for name, value in found.items() if value}


def publisher(row: Any) -> str:
    """The name of the publisher, if readers may know it."""
    is_known = row.publisher_status == Status.PUBLISHED
    return row.publisher_name if is_known else ""


def note(row: Any) -> str:
    """That the publisher took it back, with the notice; then our own note."""
    words = []
    if row.standing != Source.Standing.GOOD:
        told = str(Source.Standing(row.standing).label)
        when = f", {edtf.say(row.standing_date)}" if row.standing_date else ""
        words.append(f"{told}{when}.")
    return " ".join(filter(None, [*words, row.standing_notice, row.note]))


def date(text: str) -> dict[str, Any]:
    """A date in EDTF as CSL can say it: parts, about, a season; else in words."""
    period = edtf.parse(text)
    ends = [period.start, period.end] if period.is_interval else [period.start]
    parts = [_parts(end) for end in ends]
    if not all(parts):
        return {"literal": edtf.say(text)}
    found: dict[str, Any] = {"date-parts": parts}
    if any(end is not None and end.is_approximate for end in ends):
        found["circa"] = True
    if period.start is not None and period.start.precision == "season":
        found["season"] = period.start.month // 3
    return found


def _parts(end: Span | None) -> list[int]:
    """Year, month and day, as far as they are known; none where CSL has no way."""
    if end is None or end.is_uncertain or end.unspecified or end.time:
        return []
    depth = {"year": 1, "season": 1, "month": 2, "day": 3}.get(end.precision, 0)
    return [end.year, end.month, end.day][:depth]
