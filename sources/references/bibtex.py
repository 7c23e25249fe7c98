"""BibTeX, and what biblatex adds to it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import bibtexparser
from bibtexparser.model import DuplicateBlockKeyBlock
from pylatexenc.latex2text import LatexNodes2Text  # type: ignore[import-untyped]

from sources.exchange.records import Place, Problem
from sources.references.reference import GENRES, Genre, Reference, problem

TYPES = {
    "article": Genre.PAPER,
    "inproceedings": Genre.PAPER,
    "conference": Genre.PAPER,
    "phdthesis": Genre.PAPER,
    "mastersthesis": Genre.PAPER,
    "techreport": Genre.PAPER,
    "report": Genre.PAPER,
    "unpublished": Genre.PAPER,
    "dataset": Genre.DATASET,
    "misc": Genre.REPORT,
    "online": Genre.REPORT,
    "electronic": Genre.REPORT,
    "www": Genre.REPORT,
}
PLACES = {
    "title": "title",
    "journal": "publisher",
    "journaltitle": "publisher",
    "publisher": "publisher",
    "organization": "publisher",
    "institution": "publisher",
    "date": "published",
    "url": "url",
    "urldate": "accessed",
    "archiveurl": "archive_url",
    "doi": "doi",
    "langid": "language",
    "language": "language",
    "note": "note",
}
# What is an address or a code, and no LaTeX.
PLAIN = {"url", "urldate", "archiveurl", "doi", "date", "langid", "language"}
MONTHS = dict(
    zip(
        ("jan", "feb", "mar", "apr", "may", "jun")
        + ("jul", "aug", "sep", "oct", "nov", "dec"),
        range(1, 13),
        strict=True,
    )
)
# What is to be printed as it is: the library forgets braces, and bends the roof.
HELD = {
    "\\textbraceleft{}": ("\ue000", "{"),
    "\\textbraceright{}": ("\ue001", "}"),
    "\\textasciicircum{}": ("\ue002", "^"),
}
LATEX = LatexNodes2Text(keep_braced_groups=False, math_mode="verbatim")


def read(text: str, name: str) -> Iterator[Reference | Problem]:
    """The entries of a file, and each that is broken with its line."""
    library = bibtexparser.parse_string(text)
    for block in library.failed_blocks:
        key = getattr(block, "key", "") or "entry"
        place = Place(name, (block.start_line or 0) + 1)
        if isinstance(block, DuplicateBlockKeyBlock):
            yield problem(place, key, "Another entry of the file has the same key.")
        else:
            told = str(block.error or "").partition("\n")[0]
            message = f"It cannot be read ({told}): look for a brace that is not closed"
            yield problem(place, key, f"{message} or a field that stands twice.")
    for entry in library.entries:
        yield _reference(entry, Place(name, (entry.start_line or 0) + 1))


def _reference(entry: Any, place: Place) -> Reference:
    found = Reference(place, entry.key)
    fields = {field.key.lower(): str(field.value) for field in entry.fields}
    kind, told = entry.entry_type.lower(), plain(fields.get("type", ""))
    found.values["genre"] = GENRES.get(told.lower()) or TYPES.get(kind, Genre.REPORT)
    if kind not in TYPES:
        found.leave("type of entry", kind)
    if told.lower() not in GENRES:
        found.leave("type", told)
    dated = "date" in fields
    for name, value in fields.items():
        if name in PLACES:
            # The braces of a word are its own.
            given = value.strip("{}") if name in PLAIN else plain(value)
            found.take(PLACES[name], given, name)
        elif name == "author":
            found.take("author", _authors(value), name)
        elif name == "year":
            found.take("published", "" if dated else _date(fields), name)
        elif name not in ("type", "month", "day"):
            found.leave(name, plain(value))
    return found


def plain(latex: str) -> str:
    """The words that LaTeX would print."""
    for written, (mark, _) in HELD.items():
        latex = latex.replace(written, mark)
    try:
        words = LATEX.latex_to_text(latex)
    # Whatever it stumbles over, the words stand there still.
    except Exception:
        words = latex
    for mark, sign in HELD.values():
        words = words.replace(mark, sign)
    return str(words)


def _authors(value: str) -> str:
    """Names as one would print them: “Bell, Ann” is Ann Bell."""
    if value.startswith("{") and value.endswith("}"):
        return plain(value)
    names = []
    for one in plain(value).split(" and "):
        family, comma, given = one.partition(",")
        names.append(f"{given.strip()} {family.strip()}" if comma else one.strip())
    return ", ".join(filter(None, names))


def _date(fields: dict[str, str]) -> str:
    year, month = plain(fields["year"]).strip(), fields.get("month", "").lower()
    number = MONTHS.get(month[:3]) or (int(month) if month.isdecimal() else 0)
    if not number:
        return year
    day = fields.get("day", "")
    return f"{year}-{number:02}" + (f"-{int(day):02}" if day.isdecimal() else "")
