"""CSL-JSON, as reference managers write it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from sources.exchange.records import Place, Problem
from sources.references.reference import GENRES, Genre, Reference, problem

TYPES = {
    "article-newspaper": Genre.REPORT,
    "article-magazine": Genre.REPORT,
    "webpage": Genre.REPORT,
    "post-weblog": Genre.REPORT,
    "interview": Genre.INTERVIEW,
    "post": Genre.SOCIAL_POST,
    "article-journal": Genre.PAPER,
    "article": Genre.PAPER,
    "paper-conference": Genre.PAPER,
    "thesis": Genre.PAPER,
    "report": Genre.FILING,
    "legal_case": Genre.FILING,
    "speech": Genre.TRANSCRIPT,
    "broadcast": Genre.TRANSCRIPT,
    "dataset": Genre.DATASET,
}
PLACES = {
    "title": "title",
    "container-title": "publisher",
    "publisher": "publisher",
    "URL": "url",
    "archive_location": "archive_url",
    "DOI": "doi",
    "language": "language",
    "note": "note",
}
DATES = {"issued": "published", "accessed": "accessed"}


def read(text: str, name: str) -> Iterator[Reference | Problem]:
    """The items of a file, each at its number."""
    try:
        rows = json.loads(text)
    except RecursionError:
        yield problem(Place(name, 1), name, "It is nested too deeply.")
        return
    except ValueError as error:
        line = getattr(error, "lineno", 1)
        yield problem(Place(name, line), name, f"This is not JSON: {error}.")
        return
    for number, row in enumerate(rows if isinstance(rows, list) else [rows], 1):
        if isinstance(row, dict):
            yield _reference(row, Place(name, number))
        else:
            yield problem(Place(name, number), str(number), "This is no CSL item.")


def _reference(row: dict[str, Any], place: Place) -> Reference:
    found = Reference(place, str(row.get("id") or place.line))
    kind, genre = str(row.get("type", "")), str(row.get("genre", ""))
    found.values["genre"] = GENRES.get(genre.lower()) or TYPES.get(kind, Genre.REPORT)
    if kind not in TYPES:
        found.leave("type", kind)
    if genre.lower() not in GENRES:
        found.leave("genre", genre)
    for name, value in row.items():
        if name in PLACES and isinstance(value, str | int | float):
            found.take(PLACES[name], value, name)
        elif name in DATES:
            found.take(DATES[name], _date(value) or value, name)
        elif name == "author":
            found.take("author", _names(value) or value, name)
        elif name not in ("id", "type", "genre"):
            found.leave(name, value)
    return found


def _names(value: Any) -> str:
    """Authors as one would print them."""
    if not isinstance(value, list):
        return ""
    parts = ("given", "non-dropping-particle", "family", "suffix")
    names = [
        str(one.get("literal") or " ".join(str(one[p]) for p in parts if one.get(p)))
        for one in value
        if isinstance(one, dict)
    ]
    return ", ".join(filter(None, names))


def _date(value: Any) -> str:
    """The date in EDTF, or as it is written; nothing if it is no date of CSL."""
    if not isinstance(value, dict):
        return str(value) if isinstance(value, str) else ""
    parts = value.get("date-parts")
    if not isinstance(parts, list) or not parts:
        return str(value.get("literal") or value.get("raw") or "")
    about = "~" if value.get("circa") else ""
    try:
        ends = [_end(part, value.get("season")) for part in parts if part]
    except (TypeError, ValueError):
        return ""
    return "/".join(f"{end}{about}" for end in ends)


def _end(part: Any, season: Any) -> str:
    year, *rest = (int(one) for one in part)
    if season and not rest:
        rest = [20 + int(season)]
    return "-".join([f"{year:04}", *(f"{one:02}" for one in rest)])
