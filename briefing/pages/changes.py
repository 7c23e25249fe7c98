"""The latest changes to what readers can see."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils import timezone

from briefing.pages.addresses import address
from briefing.pages.answers import QUESTION, asks
from briefing.pages.notes import Name
from briefing.pages.sources import NAME, name_of
from briefing.rows import Each, Rows
from entities.models import Entity
from sources.models import Claim, Finding, Question, Source

MOST = 100
CHANGE = ("id", "history_date", "status_at")
MODELS: dict[str, Any] = {"claim": Claim, "entity": Entity, "source": Source}
SHOWN = {
    "claim": ("id", "slug", "statement"),
    "entity": ("id", "slug", "name", "kind"),
    "source": ("id", *NAME, "publisher__status"),
}
FINDINGS = Rows(
    lambda: (
        Finding.objects.public()
        .order_by("-decided_at", "-id")
        .values_list("question_id", "decided_at")[:MOST]
    )
)
QUESTIONS = Rows(lambda keys: Question.objects.keyed(Each(keys)).values_list(*QUESTION))


def _changes(kind: str) -> Rows:
    public = MODELS[kind].objects.public
    return Rows(lambda: public().changes().values_list(*CHANGE)[:MOST])


def _records(kind: str) -> Rows:
    public = MODELS[kind].objects.public
    return Rows(lambda keys: public().keyed(Each(keys)).values_list(*SHOWN[kind]))


CHANGES = {kind: _changes(kind) for kind in MODELS}
RECORDS = {kind: _records(kind) for kind in MODELS}


class Change(NamedTuple):
    at: datetime.datetime
    # What happened and to what sort of record, such as “Claim published”.
    what: str
    name: Name


def change_list(request: HttpRequest) -> HttpResponse:
    return render(request, "changes.html", {"days": by_day(latest(MOST))})


def latest(most: int) -> list[Change]:
    """The newest changes of all kinds of record, each record once."""
    found = [change for kind in MODELS for change in _of(kind)]
    found += _decisions()
    found.sort(key=lambda change: change.at, reverse=True)
    return found[:most]


def by_day(changes: list[Change]) -> dict[datetime.date, list[Change]]:
    days: dict[datetime.date, list[Change]] = {}
    for change in changes:
        days.setdefault(timezone.localdate(change.at), []).append(change)
    return days


def _of(kind: str) -> Iterator[Change]:
    newest: dict[int, Any] = {}
    for row in CHANGES[kind]():
        newest.setdefault(row.id, row)
    for record in RECORDS[kind](keys=list(newest)):
        change = newest[record.id]
        name, sort = _named(kind, record)
        yield Change(change.history_date, f"{sort} {_act(change)}", name)


def _act(change: Any) -> str:
    """Whether the save that made this row of history was what published it."""
    if change.status_at is None:
        return "changed"
    moments = change.history_date - change.status_at
    return "published" if abs(moments.total_seconds()) < 5 else "changed"


def _named(kind: str, row: Any) -> tuple[Name, str]:
    if kind == "source":
        return name_of(row), "Source"
    if kind == "claim":
        return Name(row.statement, address("claim", row.slug)), "Claim"
    return Name(row.name, address(row.kind, row.slug)), Entity.Kind(row.kind).label


def _decisions() -> Iterator[Change]:
    decided = {row.question_id: row.decided_at for row in FINDINGS()}
    for question in QUESTIONS(keys=list(decided)):
        name = Name(asks(question), address("question", question.slug))
        yield Change(decided[question.id], "Desk decision", name)
