"""Which program's file it is, and what it holds."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import PurePath
from typing import Any

from entities.later import Later
from sources.exchange import files
from sources.exchange.records import MOST_PROBLEMS, Place, Problem
from sources.reading.received import IntakeError
from sources.references import csl, ris
from sources.references.reference import Reference, problem

webpages = Later("sources.reading.webpages")
READERS: dict[str, Any] = {
    "CSL-JSON": csl,
    "BibTeX": Later("sources.references.bibtex"),
    "RIS": ris,
}
ENDINGS = {
    **dict.fromkeys((".json", ".csljson"), "CSL-JSON"),
    **dict.fromkeys((".bib", ".bibtex"), "BibTeX"),
    **dict.fromkeys((".ris",), "RIS"),
}
PAGES = {".html", ".htm", ".xhtml"}
MOST_BYTES, MOST_REFERENCES = 5_000_000, 1000


@dataclass
class Found:
    """What a file holds, and what of it cannot be read."""

    form: str
    references: list[Reference] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def read(name: str, text: str) -> Found:
    """The references of a text; its name, else its first sign, says of which form."""
    ending = PurePath(name).suffix.lower()
    form = ENDINGS.get(ending) or _form(text)
    if not form:
        message = "It is none of these: CSL-JSON, BibTeX, RIS. Export it as one."
        return Found("", problems=[problem(Place(name, 1), name, message)])
    found = Found(form)
    for one in READERS[form].read(text, name):
        _sort(found, one)
    if len(found.references) > MOST_REFERENCES:
        message = (
            f"It has {len(found.references):,} references, and at most "
            f"{MOST_REFERENCES:,} are read at once: divide it."
        )
        found.problems = [problem(Place(name, 1), name, message)]
    elif not found.references and not found.problems:
        message = f"There is no reference in it, read as {form}."
        found.problems = [problem(Place(name, 1), name, message)]
    return found


def page(name: str, content: bytes) -> Found:
    """The article of a saved web page, with its text."""
    found = Found("a web page")
    place = Place(name, 1)
    try:
        intake = webpages.read(webpages.decode(content, name), name)
    except IntakeError as error:
        found.problems = [problem(place, name, str(error))]
        return found
    one = Reference(place, name, text=intake.text)
    for field_name in ("title", "author", "publisher", "published", "language", "url"):
        one.take(field_name, getattr(intake, field_name))
    _sort(found, one)
    return found


def from_bytes(name: str, content: bytes) -> Found:
    """The references of a file; raises ImportRefused if it is no text."""
    if PurePath(name).suffix.lower() in PAGES:
        return page(name, content)
    return read(name, files.decode(name, content)[0])


def _sort(found: Found, one: Reference | Problem) -> None:
    fault = one if isinstance(one, Problem) else one.problem()
    if fault is None and isinstance(one, Reference):
        found.references.append(one)
    elif fault is not None and len(found.problems) < MOST_PROBLEMS:
        found.problems.append(fault)


def _form(text: str) -> str:
    for line in _lines(text):
        if line[:1] in "[{":
            return "CSL-JSON"
        if line.startswith("@"):
            return "BibTeX"
        if ris.LINE.fullmatch(line):
            return "RIS"
    return ""


def _lines(text: str) -> Iterator[str]:
    return (line.strip() for line in text[:10_000].splitlines() if line.strip())
