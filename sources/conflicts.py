"""What happened to a record while someone had it open: who changed what, and when."""

from __future__ import annotations

from dataclasses import dataclass

from django.utils import timezone

from entities.records import Record
from sources import publication
from sources.differences import Difference, between


@dataclass(frozen=True, slots=True)
class Conflict:
    """The changes between the version that was opened and the one that stands."""

    who: str
    when: str
    why: str
    # Of each field that others changed: what it was when opened, and what it is.
    theirs: list[Difference]

    def __str__(self) -> str:
        at = f" at {self.when}" if self.when else ""
        why = f" (“{self.why}”)" if self.why else ""
        fields = ", ".join(f"{one.label}: now “{one.new}”" for one in self.theirs)
        return (
            f"{self.who} changed this record{at}{why} after you opened it"
            + (f": {fields}. " if fields else ". ")
            + "Nothing was saved; what you typed stands below. Save again to put it in "
            "place of theirs."
        )


def describe(record: Record, seen: str) -> Conflict:
    """What changed in a record since that version, as far as its history tells."""
    history = record.history.order_by("-history_date", "-history_id")
    latest = history.first()
    if latest is None:
        return Conflict("Someone", "", "", [])
    user = latest.history_user
    opened = history.filter(version=seen).first() if _is_count(seen) else None
    return Conflict(
        who=publication.name_of(user) if user else "The program",
        when=f"{timezone.localtime(latest.history_date):%H:%M on %d %B %Y}",
        why=latest.history_change_reason or "",
        theirs=between(opened, latest) if opened is not None else [],
    )


def _is_count(seen: str) -> bool:
    return seen.isascii() and seen.isdigit() and len(seen) < 10
