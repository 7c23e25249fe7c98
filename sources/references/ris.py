"""RIS: two letters, a dash and a value a line; `TY` begins a record, `ER` ends it."""

from __future__ import annotations

import re
from collections.abc import Iterator

from sources.exchange.records import Place, Problem
from sources.references.reference import Genre, Reference, problem

LINE = re.compile(r"([A-Z][A-Z0-9])  ?-(?: (.*))?")
TYPES = {
    "NEWS": Genre.REPORT,
    "MGZN": Genre.REPORT,
    "ELEC": Genre.REPORT,
    "BLOG": Genre.REPORT,
    "WEB": Genre.REPORT,
    "JOUR": Genre.PAPER,
    "JFULL": Genre.PAPER,
    "CONF": Genre.PAPER,
    "CPAPER": Genre.PAPER,
    "THES": Genre.PAPER,
    "RPRT": Genre.PAPER,
    "UNPB": Genre.PAPER,
    "DATA": Genre.DATASET,
    "HEAR": Genre.TRANSCRIPT,
    "CASE": Genre.FILING,
    "LEGAL": Genre.FILING,
    "PCOMM": Genre.INTERVIEW,
}
PLACES = {
    **dict.fromkeys(("TI", "T1"), "title"),
    **dict.fromkeys(("JO", "JF", "T2", "PB"), "publisher"),
    **dict.fromkeys(("DA", "PY", "Y1"), "published"),
    **dict.fromkeys(("UR", "L2"), "url"),
    "Y2": "accessed",
    "DO": "doi",
    "LA": "language",
    "N1": "note",
    "LK": "archive_url",
}
AUTHORS = ("AU", "A1")
DATES = ("DA", "PY", "Y1", "Y2")
Said = list[tuple[str, str]]


def read(text: str, name: str) -> Iterator[Reference | Problem]:
    """The records of a file, and each line that is none of a record's."""
    said: Said | None = None
    begun = 0
    for number, line in enumerate(text.splitlines(), 1):
        match = LINE.fullmatch(line.strip("\ufeff").rstrip())
        place = Place(name, number)
        if not line.strip():
            continue
        if match and match[1] == "TY":
            if said is not None:
                message = f"It does not end: “ER  -” is missing before line {number}."
                yield problem(Place(name, begun), f"line {begun}", message)
            said, begun = [("TY", match[2] or "")], number
        elif said is None:
            message = "No record begins before it with “TY  - …”."
            yield problem(place, f"line {number}", message)
        elif match is None:
            # A value that goes on.
            tag, value = said[-1]
            said[-1] = tag, f"{value} {line.strip()}"
        elif match[1] == "ER":
            yield _reference(said, Place(name, begun))
            said = None
        else:
            said.append((match[1], (match[2] or "").strip()))
    if said is not None:
        message = "It does not end: “ER  -” is missing."
        yield problem(Place(name, begun), f"line {begun}", message)


def _reference(said: Said, place: Place) -> Reference:
    keys = [value for tag, value in said if tag == "ID"]
    found = Reference(place, keys[0] if keys else f"line {place.line}")
    authors = [_printed(value) for tag, value in said if tag in AUTHORS and value]
    found.take("author", ", ".join(authors), "AU")
    # The whole date stands in DA; PY has the year alone.
    ordered = sorted(said, key=lambda one: one[0] != "DA")
    for tag, value in ordered:
        if tag == "TY":
            found.values["genre"] = TYPES.get(value, Genre.REPORT)
            if value not in TYPES:
                found.leave(tag, value)
        elif tag in DATES:
            _take_date(found, tag, value)
        elif tag in PLACES:
            found.take(PLACES[tag], value, tag)
        elif tag not in (*AUTHORS, "ID"):
            found.leave(tag, value)
    return found


def _take_date(found: Reference, tag: str, value: str) -> None:
    """Dates are written 2025/01/28/, with parts left out."""
    date = "-".join(filter(None, value.split("/")[:3])) if "/" in value else value
    held = found.values.get(PLACES[tag], "")
    if not held.startswith(date[:4]) or not date:
        found.take(PLACES[tag], date, tag)


def _printed(name: str) -> str:
    family, comma, given = name.partition(",")
    return f"{given.strip()} {family.strip()}" if comma else name.strip()
