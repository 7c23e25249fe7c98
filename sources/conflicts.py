"""What happened to a record while someone had it open: who changed what, and when."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.utils import timezone
from django.utils.text import Truncator

from entities.records import Record
from sources import publication
from sources.differences import Difference, between

# A message names so much of a value; the page beside it shows the whole.
LONGEST = 200


@dataclass(frozen=True, slots=True)
class Conflict:
    """The changes between the version that was opened and the one that stands."""

    who: str
    when: str
    why: str
    # Of each field that others changed: what it was when opened, and what it is.
    theirs: list[Difference]
    # The version that was opened, from the history, and the record as it stands.
    opened: Any = None
    standing: Any = None
    # The form named no version that it could have been opened from.
    is_unversioned: bool = False

    def __str__(self) -> str:
        if self.is_unversioned:
            return (
                "The form does not say which version of the record you opened. "
                "Nothing was saved; what you typed stands below."
            )
        return (
            f"{self.what_happened} Nothing was saved; what you typed stands below, "
            "beside what only they changed. Save again and it replaces the rest."
        )

    @property
    def what_happened(self) -> str:
        at = f" at {self.when}" if self.when else ""
        why = f" (“{self.why}”)" if self.why else ""
        fields = ", ".join(
            f"{one.label}: now “{Truncator(one.new).chars(LONGEST)}”"
            for one in self.theirs
        )
        told = f"{self.who} changed this record{at}{why} after you opened it"
        return f"{told}: {fields}." if fields else f"{told}."


def describe(record: Record, seen: str) -> Conflict:
    """What changed in a record since that version, as far as its history tells."""
    standing = type(record)._base_manager.get(pk=record.pk)
    opened = opened_as(record, seen)
    who, when, why = _last_hand(standing)
    return Conflict(
        who=who,
        when=when,
        why=why,
        theirs=between(opened, standing) if opened is not None else [],
        opened=opened,
        standing=standing,
        is_unversioned=not _is_count(seen),
    )


def opened_as(record: Record, seen: str) -> Any:
    """The history's row of that version, or of the last one kept before it."""
    if not _is_count(seen):
        return None
    rows = record.history.filter(version__lte=int(seen))
    return rows.order_by("-version", "-history_id").first()


def _last_hand(standing: Any) -> tuple[str, str, str]:
    """Who changed the record last, when and why."""
    latest = standing.history.order_by("-history_id").first()
    if latest is None:
        return "Someone", "", ""
    if latest.version != standing.version:
        # Only the trigger raised the version: see sources/triggers.py.
        return "A program that writes round the desk", "", ""
    user = latest.history_user
    return (
        publication.name_of(user) if user else "The program",
        f"{timezone.localtime(latest.history_date):%H:%M on %d %B %Y}",
        latest.history_change_reason or "",
    )


def _is_count(seen: str) -> bool:
    return seen.isascii() and seen.isdigit() and len(seen) < 10
