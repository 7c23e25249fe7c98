"""A past for the tests: everything there is has been so for a month."""

from __future__ import annotations

import datetime
from typing import Any

from django.utils import timezone

from sources import triggers

# Days back: when all of the cast was made, and a day since.
MADE, THEN = 30, 10


def days_ago(days: int) -> datetime.datetime:
    return timezone.now() - datetime.timedelta(days=days)


def day(days: int = THEN) -> str:
    return timezone.localdate(days_ago(days)).isoformat()


def make_old(days: int = MADE) -> None:
    """Let every version that is not dated back yet be so old."""
    for model in triggers.versioned():
        rows: Any = model
        newer = rows.history.model.objects.filter(history_date__gt=days_ago(1))
        newer.update(history_date=days_ago(days))


def change(record: Any, days: int = 0, **fields: Any) -> Any:
    """Save a change as of so many days ago."""
    record = type(record).objects.get(pk=record.pk)
    for name, value in fields.items():
        setattr(record, name, value)
    if days:
        record._history_date = days_ago(days)
    record.full_clean()
    record.save()
    return record
