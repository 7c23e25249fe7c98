"""One source as another program's file gives it, and what of it has a place here."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from typing import Any

from entities import edtf
from entities.characters import stored_form
from sources.exchange.records import Place, Problem
from sources.models import Source
from sources.reading.received import edtf_date, language_tag, tidy, web_address

Genre = Source.Genre
GENRES = {str(label).lower(): value for value, label in Genre.choices}
DOI = re.compile(r"^(?:doi:\s*|https?://(?:dx\.)?doi\.org/)", re.IGNORECASE)
WORDS = {"title": 500, "author": 300, "publisher": 200, "note": 20_000}
READINGS = {"url": web_address, "archive_url": web_address, "language": language_tag}


@dataclass
class Reference:
    """A source on its way in: its fields, and words that have no place among them."""

    place: Place
    # By what its file knows it, for messages.
    key: str
    values: dict[str, str] = field(default_factory=dict)
    left: list[str] = field(default_factory=list)
    text: str = ""

    def __post_init__(self) -> None:
        self.key = tidy(self.key, 80)

    def take(self, name: str, value: Any, said: str = "") -> None:
        """Fill a field, or note what does not fit; `said`: the file's name for it."""
        given = "" if value is None else str(value).strip()
        if not given:
            return
        kept = "" if self.values.get(name) else self._read(name, given)
        if kept:
            self.values[name] = kept
        if not kept or (name in WORDS and kept != stored_form(" ".join(given.split()))):
            self.leave(said or name, given)

    def leave(self, said: str, value: Any) -> None:
        """Note what has no place."""
        if value not in (None, "", [], {}):
            self.left.append(tidy(f"{said}: {value}", 200))

    def _read(self, name: str, given: str) -> str:
        if name in WORDS:
            return tidy(given, WORDS[name])
        if name in ("published", "accessed"):
            return date(given)
        if name == "doi":
            doi = tidy(DOI.sub("", given), 201)
            return doi if len(doi) <= 200 and doi.startswith("10.") else ""
        return READINGS[name](given) if name in READINGS else given

    def problem(self) -> Problem | None:
        """What keeps it from being a source at all."""
        if not any(self.values.get(name) for name in ("title", "author", "url", "doi")):
            message = "It has no title, author, address or DOI: it names no source."
            return problem(self.place, self.key, message)
        return None


def problem(place: Place, key: str, message: str) -> Problem:
    return Problem(place, f"reference “{tidy(key, 80)}”", "", None, message)


def date(given: str) -> str:
    """The date in EDTF, or nothing."""
    try:
        edtf.parse(given)
    except edtf.EdtfError:
        return edtf_date(given)
    return given
