"""How a record that waits is listed: what it is, about what, where it is dealt with."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.urls import reverse

from sources import differences, proposals, publication
from sources.desk import records
from sources.models import Claim, Evidence, Note, Proposal, Question, Source


class Line(NamedTuple):
    """One entry of a list."""

    words: str
    address: str
    about: str


def of(record: Any) -> Line:
    """A record as the desk's lists show it; nothing is read for it."""
    match record:
        case Question():
            address = reverse("admin:decide", args=[record.slug])
            return Line(str(record), address, record.get_decision_display())
        case Note():
            return _of_note(record)
        case Proposal():
            return _of_proposal(record)
        case Source():
            return _of_source(record)
        case Evidence():
            about = f"in {record.source}, on: {record.claim}"
            words = f"“{record.quote}”" if record.quote else "Not mentioned"
            return Line(words, records.page_of(record), about)
        case Claim():
            about = f"{record.subject} · {record.get_status_display().lower()}"
            return Line(str(record), records.page_of(record), about)
    address = reverse(f"admin:entities_{record.kind}_change", args=[record.pk])
    return Line(str(record), address, record.get_kind_display().lower())


def _of_source(source: Source) -> Line:
    if source.standing != Source.Standing.GOOD:
        address = reverse("admin:depends", args=[source.slug])
        return Line(str(source), address, source.get_standing_display().lower())
    parts = [source.published, source.get_status_display().lower()]
    return Line(str(source), records.page_of(source), " · ".join(filter(None, parts)))


def _of_note(note: Note) -> Line:
    who = publication.name_of(note.created_by) if note.created_by else "The program"
    about = note.claim or note.source or note.evidence
    when = f"{note.created_at:%d %B, %H:%M}"
    return Line(note.text, records.page_of(note), f"{who}, {when}, on: {about}")


def _of_proposal(proposal: Proposal) -> Line:
    model = proposals.KINDS.get(proposal.kind)
    known = differences.written_fields(model) if model else []
    labels = {field.name: str(field.verbose_name) for field in known}
    labels[proposals.CORRECTION] = "with a correction"
    changed = ", ".join(labels.get(name, name) for name in proposal.changes)
    who = publication.name_of(proposal.created_by) if proposal.created_by else "?"
    words = f"{proposal.kind.capitalize()}: {changed}"
    reason = f": {proposal.reason}" if proposal.reason else ""
    return Line(words, records.page_of(proposal), f"{who}{reason}")
