"""BibTeX: the sources themselves, with the fields of biblatex where BibTeX has none."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from briefing.formats import csl, public
from briefing.pages.citing import LATEX, MONTHS
from briefing.pages.sources import name_of
from entities import edtf
from sources.models import Source

Genre = Source.Genre
ARTICLES = {Genre.REPORT, Genre.REWRITE, Genre.PAPER}
# LaTeX makes one sign of two of these.
LIGATURES = re.compile(r"(?<=[-'`?!<>,])(?=[-'`<>,])")
SPACES = re.compile(r"\s+")
# Addresses are not LaTeX; but a brace in one would end the field.
ADDRESS = str.maketrans({"{": "%7B", "}": "%7D", "\\": "%5C", " ": "%20"})


def made(request: HttpRequest, kind: str, keys: Sequence[int]) -> list[str]:
    """The entries of these sources."""
    return [entry(row) for row in public.SOURCES(keys=keys)]


def entry(row: Any) -> str:
    """One source; what it has nothing to say of is left out."""
    is_article = row.genre in ARTICLES
    fields = {
        # The inner braces keep names and capitals as they are.
        "title": f"{{{latex(row.title or name_of(row).words)}}}",
        "author": f"{{{latex(row.author)}}}" if row.author else "",
        "journal" if is_article else "publisher": latex(csl.publisher(row)),
        "type": str(Genre(row.genre).label),
        **_dates(row.published),
        "url": row.url.translate(ADDRESS),
        "urldate": row.accessed,
        "doi": csl.DOI.sub("", row.doi).translate(ADDRESS),
        "archiveurl": row.archive_url.translate(ADDRESS),
        "langid": row.language,
        "note": latex(csl.note(row)),
    }
    lines = [f"  {name} = {{{value}}},\n" for name, value in fields.items() if value]
    kind = "article" if is_article else "misc"
    return f"@{kind}{{{row.slug},\n{''.join(lines)}}}\n"


def latex(words: str) -> str:
    """Words on one line that LaTeX prints as they are."""
    parts = LIGATURES.split(SPACES.sub(" ", words).strip())
    return "{}".join(part.translate(LATEX) for part in parts)


def _dates(published: str) -> dict[str, str]:
    """The date in EDTF, as biblatex reads it, and the year and month of BibTeX."""
    if not published:
        return {}
    start = edtf.parse(published).start
    found = {"date": published}
    if start is not None and start.precision in ("year", "month", "day"):
        found["year"] = f"{start.year}"
        if start.precision != "year":
            found["month"] = MONTHS[start.month - 1]
    return found
