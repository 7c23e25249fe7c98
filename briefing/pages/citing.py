"""Cite this page: a line of text, BibTeX, CSL-JSON, and the address of this version."""

from __future__ import annotations

import datetime
import json
from typing import Any, NamedTuple

from django.http import HttpRequest
from django.utils import timezone

from briefing import wording
from briefing.documents.tree import permanent, plain
from briefing.pages.addresses import address

# BibTeX counts every brace, escaped or not, so that none may stand in a text.
LATEX = str.maketrans(
    {
        **{sign: f"\\{sign}" for sign in "$&#%_"},
        "\\": "\\textbackslash{}",
        "{": "\\textbraceleft{}",
        "}": "\\textbraceright{}",
        "~": "\\textasciitilde{}",
        "^": "\\textasciicircum{}",
    }
)
MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)


class Citation(NamedTuple):
    """A page as it is to be cited: as it stood at the end of that day."""

    key: str
    title: str
    # Where the page stands, and where this version of it stays.
    address: str
    url: str
    day: datetime.date

    @property
    def text(self) -> str:
        day = wording.day(self.day)
        return f"Briefing, “{self.title}”, version of {day}, {self.url}"

    @property
    def bibtex(self) -> str:
        fields = {
            "author": "{Briefing}",
            "title": f"{{{self.title.translate(LATEX)}}}",
            "howpublished": "Briefing, evidence database",
            "year": f"{self.day.year}",
            "note": f"Version of {wording.day(self.day)}",
            "url": self.url,
        }
        lines = "".join(f"  {name} = {{{value}}},\n" for name, value in fields.items())
        month = f"  month = {MONTHS[self.day.month - 1]},\n"
        return f"@misc{{{self.key},\n{lines}{month}}}\n"

    @property
    def csl(self) -> str:
        row: dict[str, Any] = {
            "id": self.key,
            "type": "webpage",
            "title": self.title,
            "author": [{"literal": "Briefing"}],
            "container-title": "Briefing",
            "issued": {"date-parts": [[self.day.year, self.day.month, self.day.day]]},
            "URL": self.url,
            "language": "en-GB",
        }
        return json.dumps([row], ensure_ascii=False, indent=2) + "\n"


def citation(
    request: HttpRequest,
    record: tuple[str, str],
    title: str,
    changed_at: datetime.datetime,
) -> Citation:
    """How to cite the page of a record, given by its kind and slug."""
    kind, slug = record
    day = timezone.localdate(changed_at)
    path = address(kind, slug)
    url = request.build_absolute_uri(permanent(path, changed_at))
    return Citation(f"briefing-{kind}-{slug}-{day}", plain(title), path, url, day)
