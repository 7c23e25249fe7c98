"""What readers could see change of a question or a claim, day by day.

From the histories, and of public things only: nobody of the desk is named but whoever
signed a decision.
"""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.utils import timezone

from briefing.pages.addresses import address
from briefing.pages.answers import Answer, Asked
from briefing.pages.passages import Name, source_name
from briefing.pages.then import then
from entities.records import Status
from entities.rows import Each, Rows
from sources import pasts
from sources.models import Claim, Evidence, Finding, Source

VALUE = (
    *("object_id", "date", "amount", "amount_high", "unit", "bound", "text"),
    *("no_value", "during"),
)
CLAIMS = Rows(
    lambda keys: (
        pasts.every(Claim)
        .told_of(Each(keys))
        .values_list("id", "history_date", "status", "statement", *VALUE)
    )
)
EVIDENCE = Rows(
    lambda keys: (
        pasts.every(Evidence)
        .told_of(Each(keys))
        .values_list("id", "history_date", "status")
    )
)
SOURCES = Rows(
    lambda keys: (
        pasts.every(Source)
        .told_of(Each(keys))
        .values_list("id", "history_date", "standing")
    )
)
DECISIONS = Rows(
    lambda questions: (
        pasts.every(Finding)
        .deciding(Each(questions))
        .values_list("decided_at", "decided_by", "outcome", "considered")
    )
)
WITHDRAWN = Rows(
    lambda questions: (
        pasts.withdrawn_answers(Each(questions))
        .order_by("id")
        .values_list("id", "slug", "statement")[:50]
    )
)


class Happened(NamedTuple):
    """One thing that readers could see change, and when."""

    at: datetime.datetime
    words: str
    name: Name = Name("")

    @property
    def day(self) -> datetime.date:
        return timezone.localdate(self.at)


def of_question(asked: Asked, corrections: list[Any]) -> list[Happened]:
    """The newest first; none on a page that is not today's."""
    if _is_past():
        return []
    claims = [answer.claim for answer in asked.answers]
    claims += WITHDRAWN(questions=[asked.question.id])
    found = [*_of_claims(claims, "Answer"), *_corrected(corrections)]
    if asked.finding:
        found += _decisions(asked)
    return _newest_first(found)


def of_claim(answer: Answer, corrections: list[Any]) -> list[Happened]:
    """The newest first; none on a page that is not today's."""
    if _is_past():
        return []
    found = [*_of_claims([answer.claim], "Claim"), *_corrected(corrections)]
    published = _published(answer.backing.rows)
    for row in answer.backing.rows:
        if row.id in published:
            name = source_name(row, "source")
            found.append(Happened(published[row.id], "Evidence published", name))
    return _newest_first(found)


def _is_past() -> bool:
    asked = then()
    return asked is not None and asked.day is not None


def _newest_first(found: list[Happened]) -> list[Happened]:
    return sorted(found, key=lambda one: one.at, reverse=True)


def _of_claims(claims: list[Any], what: str) -> Iterator[Happened]:
    names = {
        claim.id: Name(claim.statement, address("claim", claim.slug))
        for claim in claims
    }
    before: dict[int, Any] = {}
    for row in CLAIMS(keys=list(names)):
        act = _act(before.get(row.id), row)
        if act:
            yield Happened(row.history_date, f"{what} {act}", names[row.id])
        before[row.id] = row


def _act(before: Any, now: Any) -> str:
    """What a version did that readers could see; empty if nothing."""
    was = before.status if before else ""
    if now.status == Status.RETRACTED:
        return "withdrawn by us" if was == Status.PUBLISHED else ""
    if now.status != Status.PUBLISHED:
        return ""
    if was != Status.PUBLISHED:
        return "published"
    if any(getattr(before, name) != getattr(now, name) for name in VALUE):
        return "changed"
    return "reworded" if before.statement != now.statement else ""


def _corrected(corrections: list[Any]) -> Iterator[Happened]:
    for row in corrections:
        noon = datetime.datetime.combine(row.made_on, datetime.time(12))
        yield Happened(timezone.make_aware(noon), f"Corrected: {row.reason}")


def _published(rows: Iterable[Any]) -> dict[int, datetime.datetime]:
    """When each of these pieces of evidence was first published."""
    found: dict[int, datetime.datetime] = {}
    for row in EVIDENCE(keys=[row.id for row in rows]):
        if row.status == Status.PUBLISHED:
            found.setdefault(row.id, row.history_date)
    return found


def _decisions(asked: Asked) -> Iterator[Happened]:
    """Each decision, and what reopened it before the next one was made."""
    made = {row.decided_at: row for row in DECISIONS(questions=[asked.question.id])}
    news = _news(asked)
    ends = [*list(made)[1:], timezone.now()]
    for row, end in zip(made.values(), ends, strict=True):
        outcome = Finding.Outcome(row.outcome).label.lower()
        yield Happened(row.decided_at, f"Decided by {row.decided_by}: {outcome}")
        for at, key, name in news:
            known = row.considered is None or key in row.considered
            if row.decided_at < at < end and not known:
                yield Happened(at, "Reopened by what came since", name)
                break


def _news(asked: Asked) -> list[tuple[datetime.datetime, str, Name]]:
    """What can reopen a decision, the oldest first: when, its key, and its name."""
    rows = [row for answer in asked.answers for row in answer.backing.rows]
    published, found = _published(rows), []
    sources: dict[int, Any] = {}
    for row in rows:
        if row.origin_slug is not None and row.id in published:
            name = source_name(row, "source")
            found.append((published[row.id], f"origin:{row.origin_slug}", name))
        if row.source_standing != Source.Standing.GOOD:
            sources[row.source_id] = row
    since: dict[int, dict[str, datetime.datetime]] = defaultdict(dict)
    for version in SOURCES(keys=list(sources)):
        since[version.id].setdefault(version.standing, version.history_date)
    for key, row in sources.items():
        at = since[key].get(row.source_standing)
        if at is not None:
            known = f"standing:{row.source_slug}:{row.source_standing}"
            found.append((at, known, source_name(row, "source")))
    return sorted(found, key=lambda one: one[0])
