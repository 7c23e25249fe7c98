"""The latest changes to what readers can see."""

from __future__ import annotations

import datetime
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.text import Truncator
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.vary import vary_on_cookie

from briefing.pages import corrections, visits
from briefing.pages.addresses import address
from briefing.pages.answers import QUESTION, asks
from briefing.pages.passages import Name
from briefing.pages.sources import NAME, name_of
from briefing.rendering import render
from entities.models import Entity
from entities.rows import Each, Rows
from sources import pasts
from sources.models import Claim, Correction, Finding, Question, Source

MOST = 100
BEGINNING = datetime.date(1970, 1, 1)
CHANGE = ("id", "history_date", "status_at")
MODELS: dict[str, Any] = {"claim": Claim, "entity": Entity, "source": Source}
SHOWN = {
    "claim": ("id", "slug", "statement"),
    "entity": ("id", "slug", "name", "kind"),
    "source": ("id", *NAME, "publisher__status"),
}
DECISION = ("question_id", "decided_at", "reason")
CORRECTION = (*corrections.COLUMNS, "modified_at")
QUESTIONS = Rows(lambda keys: Question.objects.keyed(Each(keys)).values_list(*QUESTION))


def _records(kind: str) -> Rows:
    public = MODELS[kind].objects.public
    return Rows(lambda keys: public().keyed(Each(keys)).values_list(*SHOWN[kind]))


RECORDS = {kind: _records(kind) for kind in MODELS}


def _changes(kind: str) -> Rows:
    model = MODELS[kind]
    return Rows(
        lambda since: (
            pasts.changes(model)
            .of_many(model.objects.public())
            .since(since)
            .values_list(*CHANGE)[: MOST + 1]
        )
    )


ALL = {
    **{kind: _changes(kind) for kind in MODELS},
    "decision": Rows(
        lambda since: (
            Finding.objects.public()
            .decided_since(since)
            .latest_first()
            .values_list(*DECISION)[: MOST + 1]
        )
    ),
    "correction": Rows(
        lambda since: (
            Correction.objects.public()
            .changed_since(since)
            .latest_first()
            .values_list(*CORRECTION)[: MOST + 1]
        )
    ),
}
OF_ENTITY = {
    "claim": Rows(
        lambda entity: (
            pasts.changes(Claim)
            .of_few(Claim.objects.public().touching(entity))
            .values_list(*CHANGE)[:MOST]
        )
    ),
    "entity": Rows(
        lambda entity: (
            pasts.changes(Entity)
            .of_few(Entity.objects.public().keyed([entity]))
            .values_list(*CHANGE)[:MOST]
        )
    ),
    "decision": Rows(
        lambda entity: (
            Finding.objects.public()
            .about(entity)
            .latest_first()
            .values_list(*DECISION)[:MOST]
        )
    ),
    "correction": Rows(
        lambda entity: (
            Correction.objects.public()
            .touching(entity)
            .latest_first()
            .values_list(*CORRECTION)[:MOST]
        )
    ),
}


class Change(NamedTuple):
    at: datetime.datetime
    # What happened and to what sort of record, such as “Claim published”.
    what: str
    name: Name
    # What is to be said of it beside the name, in our own words.
    words: str = ""


# A forged post could at most make the reader's own browser keep a day.
@csrf_exempt
@vary_on_cookie
def change_list(request: HttpRequest) -> HttpResponse:
    if request.method == "POST":
        return visits.noted(request)
    since, error = _since(request)
    changes = latest(MOST + 1, since or BEGINNING)
    return render(
        request,
        "changes.html",
        {
            "days": by_day(changes[:MOST]),
            "has_more": len(changes) > MOST,
            "since": since,
            "asked": request.GET.get("since", ""),
            "error": error,
            "visited": visits.last(request),
        },
    )


def _since(request: HttpRequest) -> tuple[datetime.date | None, str]:
    """The day that was asked for, and what is wrong with it."""
    text = request.GET.get("since", "").strip()
    try:
        return (datetime.date.fromisoformat(text) if text else None), ""
    except ValueError:
        words = Truncator(text).chars(40)
        return None, f"“{words}” is no day. Give one such as 2026-11-01."


def latest(most: int, since: datetime.date = BEGINNING) -> list[Change]:
    """The newest changes of all kinds since that day began, each record once."""
    day = datetime.datetime.combine(max(since, BEGINNING), datetime.time())
    moment = connection.ops.adapt_datetimefield_value(timezone.make_aware(day))
    return _told({kind: rows(since=moment) for kind, rows in ALL.items()}, most)


def of_entity(entity: int, most: int) -> list[Change]:
    """The newest changes to an entity, its claims, and decisions about it."""
    return _told({kind: rows(entity=entity) for kind, rows in OF_ENTITY.items()}, most)


def by_day(changes: list[Change]) -> dict[datetime.date, list[Change]]:
    days: dict[datetime.date, list[Change]] = {}
    for change in changes:
        days.setdefault(timezone.localdate(change.at), []).append(change)
    return days


def _told(found: dict[str, list[Any]], most: int) -> list[Change]:
    told = [
        *(change for kind in MODELS for change in _of(kind, found.get(kind, []))),
        *_decisions(found["decision"]),
        *map(_corrected, found["correction"]),
    ]
    return sorted(told, key=lambda change: change.at, reverse=True)[:most]


def _of(kind: str, rows: list[Any]) -> Iterator[Change]:
    newest = {row.id: row for row in rows}
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


def _decisions(rows: list[Any]) -> Iterator[Change]:
    decided = {row.question_id: row for row in rows}
    for question in QUESTIONS(keys=list(decided)):
        row = decided[question.id]
        name = Name(asks(question), f"{address('question', question.slug)}#decision")
        yield Change(row.decided_at, "Desk decision", name, row.reason)


def _corrected(row: Any) -> Change:
    words = f"We said: {row.said} We say now: {row.says} {row.reason}"
    return Change(row.modified_at, "Correction", corrections.about(row), words)
