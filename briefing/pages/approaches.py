"""Right of reply: whom we asked about a claim, what, when, and what they said."""

from __future__ import annotations

from typing import Any, NamedTuple

from briefing import wording
from briefing.pages.addresses import address
from briefing.pages.passages import Name
from entities.records import Status
from entities.rows import Rows
from sources.models import Approach

ON = Rows(
    lambda claim: Approach.objects.about(claim).values_list(
        *("asked__name", "asked__kind", "asked__slug", "asked__status"),
        *("asked__merged_into_id", "asked_label", "what", "asked_on", "answer_by"),
        *("outcome", "reply", "replied_on", "reason"),
    )
)
Outcome = Approach.Outcome


class Asked(NamedTuple):
    """One approach as readers are told of it."""

    whom: Name
    is_asked: bool
    when: str
    what: str
    answer: str


def of_claim(claim: int) -> list[Asked]:
    return [
        Asked(
            _whom(row),
            row.outcome != Outcome.NOT_ASKED,
            _when(row),
            row.what,
            _say(row),
        )
        for row in ON(claim=claim)
    ]


def _whom(row: Any) -> Name:
    if row.asked_slug is None:
        return Name(row.asked_label or "those it concerns")
    if row.asked_status != Status.PUBLISHED or row.asked_merged_into_id is not None:
        return Name(f"someone whose record is {wording.NOT_PUBLISHED}")
    return Name(row.asked_name, address(row.asked_kind, row.asked_slug))


def _when(row: Any) -> str:
    if row.asked_on is None:
        return ""
    by = f", for a reply by {wording.day(row.answer_by)}" if row.answer_by else ""
    return f"on {wording.day(row.asked_on)}{by}"


def _say(row: Any) -> str:
    """What came of it; the words that somebody typed end as they were typed."""
    if row.outcome == Outcome.REPLIED:
        on = f" on {wording.day(row.replied_on)}" if row.replied_on else ""
        return f"They replied{on}: {row.reply}"
    if row.outcome == Outcome.NO_REPLY:
        return "They did not reply in time."
    return row.reason if row.outcome == Outcome.NOT_ASKED else "No reply yet."
