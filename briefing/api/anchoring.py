"""Where a quote stands: found by the server in our copy, never told to it."""

from __future__ import annotations

from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError

from briefing.api.problems import Refused, Stopped
from entities.characters import refuse_unstorable, stored_form
from sources import anchors
from sources.exchange.records import Row
from sources.models import Evidence, Source

# What of a passage decides where it stands.
PASSAGE = ("source", "quote", "prefix", "suffix", "stance")
# So many places of a quote are told, each with so many characters around it.
MOST_PLACES, AROUND = 20, 40
MISSING = (
    "These words are not in our copy of the source: copy them from there, as they "
    "stand, or leave them out."
)


def place(user: Any, row: Row, evidence: Evidence | None) -> None:
    """Put the place of a quote into the row; its own characters, if it was folded.

    As at the reading desk, what is not in our copy is refused. Without a copy nothing
    can be looked for, and the quote stands as it was given.
    """
    if not row.values.keys() & {*PASSAGE}:
        return
    wanted = {name: _given(row, evidence, name) for name in PASSAGE}
    text = _text(wanted["source"])
    if evidence is None or _moves(evidence, wanted):
        row.values |= {"start": None, "end": None}
    if text is None or wanted["stance"] == Evidence.Stance.SILENT:
        return
    quote, prefix, suffix = (_stored(wanted[name]) for name in PASSAGE[1:4])
    if not quote.strip():
        return
    start = None
    if evidence is not None and not _moves(evidence, wanted):
        # Words that stay where they were are looked for there first.
        start = None if row.values.keys() & {"prefix", "suffix"} else evidence.start
    passage = anchors.Passage(quote.strip(), start, None, prefix, suffix)
    found = anchors.find(text, passage)
    if found.state == "ambiguous":
        raise _ambiguous(user, text, passage)
    if found.start is None or found.end is None:
        raise Refused([("quote", MISSING)])
    row.values |= {"start": found.start, "end": found.end}
    row.values["quote"] = text[found.start : found.end]


def _given(row: Row, evidence: Evidence | None, name: str) -> Any:
    """What the row says, or the evidence as it stands."""
    if name in row.values or evidence is None:
        return row.values.get(name) or ""
    return evidence.source.slug if name == "source" else getattr(evidence, name)


def _text(slug: Any) -> str | None:
    """Our copy of a source, if there is such a source and we hold one."""
    found = Source.objects.by_key(slug).first() if isinstance(slug, str) else None
    return Source.objects.copy_of(found.pk).text if found else None


def _stored(given: Any) -> str:
    """The words as they would be stored; none where the importer refuses them."""
    words = given if isinstance(given, str) else ""
    if isinstance(given, int | Decimal) and not isinstance(given, bool):
        words = str(given)
    try:
        refuse_unstorable(words)
    except ValidationError:
        return ""
    return stored_form(words)


def _moves(evidence: Evidence, wanted: dict[str, Any]) -> bool:
    """Whether it is to quote other words, or another source."""
    standing = (evidence.source.slug, evidence.quote, evidence.stance)
    return standing != (wanted["source"], wanted["quote"], wanted["stance"])


def _ambiguous(user: Any, text: str, passage: anchors.Passage) -> Stopped:
    """That the words stand in several places, with what tells those apart."""
    starts = anchors.occurrences(text, passage.quote)
    told: dict[str, Any] = {}
    if starts and user.has_perm("sources.view_sourcetext"):
        length = len(passage.quote)
        told["places"] = [
            {
                "prefix": text[max(0, at - AROUND) : at],
                "suffix": text[at + length : at + length + AROUND],
            }
            for at in starts[:MOST_PLACES]
        ]
    message = "These words stand more than once in our copy: give `prefix` or "
    message += "`suffix`, what stands just before or after them, or more words."
    errors = [{"field": "quote", "message": message}]
    return Stopped(422, "Nothing was saved.", type="ambiguous", errors=errors, **told)
