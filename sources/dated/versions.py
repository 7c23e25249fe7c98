"""Which version of each row was current at one moment, and what stands of it today.

A suppressed version stays a gap: on its days the record is absent, and never falls back
to an older version.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from typing import Any

from django.db.models import Model, Q

from entities.models import Entity
from entities.records import Status
from sources.models import Claim, Source, Suppression

CHUNK = 2000
# What readers see of a record today: it, or a notice in its place.
SEEN = (Status.PUBLISHED, Status.RETRACTED)


def chunks(keys: Iterable[int]) -> Iterator[list[int]]:
    ordered = sorted(set(keys))
    for start in range(0, len(ordered), CHUNK):
        yield ordered[start : start + CHUNK]


class Versions:
    """The rows of the histories that were current just before one moment."""

    def __init__(self, moment: datetime.datetime) -> None:
        self.moment = moment

    def of(self, model: type[Model], keys: Iterable[int]) -> dict[int, Any]:
        """The versions of these rows; none of what was deleted or is suppressed."""
        found: dict[int, Any] = {}
        for chunk in chunks(keys):
            found |= self._of_few(model, chunk)
        return found

    def where(self, model: type[Model], condition: Q) -> dict[int, Any]:
        """The versions of which a condition was true then."""
        ever = self._until(model).filter(condition).order_by()
        found = self.of(model, ever.values_list("id", flat=True).distinct())
        numbers = {row.history_id: key for key, row in found.items()}
        table = _history(model)
        held = (
            number
            for chunk in chunks(numbers)
            for number in table.objects.filter(
                condition, history_id__in=chunk
            ).values_list("history_id", flat=True)
        )
        return {numbers[number]: found[numbers[number]] for number in held}

    def _until(self, model: Any) -> Any:
        return _history(model).objects.filter(history_date__lt=self.moment)

    def _of_few(self, model: type[Model], keys: list[int]) -> dict[int, Any]:
        order = ("history_date", "history_id")
        rows = self._until(model).filter(id__in=keys).order_by(*order)
        last = {key: place for key, *place in rows.values_list("id", *order)}
        gaps = Suppression.objects.of_table(model).before(self.moment)
        for key, *place in gaps.on(keys).values_list("record_id", "at", "history_id"):
            if key in last and place > last[key]:
                del last[key]
        numbers = [number for _, number in last.values()]
        rows = _history(model).objects.filter(history_id__in=numbers)
        return {row.id: row for row in rows.exclude(history_type="-")}


def _history(model: Any) -> Any:
    return model.history.model


def related(rows: dict[int, Any], name: str) -> set[tuple[int, int]]:
    """The pairs of a relation to many that these versions kept."""
    if not rows:
        return set()
    table = type(next(iter(rows.values())))
    field = next(one for one in table._history_m2m_fields if one.name == name)
    ends = f"{field.m2m_field_name()}_id", f"{field.m2m_reverse_field_name()}_id"
    links = getattr(table, name).model._base_manager
    return {
        pair
        for chunk in chunks(row.history_id for row in rows.values())
        for pair in links.filter(history__in=chunk).values_list(*ends)
    }


def seen_today(model: Any, keys: Iterable[int]) -> dict[int, Any]:
    """Of these, what readers may see today, with the day it was withdrawn by us.

    What is withdrawn, held back, a draft again, deleted or erased is not among them.
    """
    found: dict[int, Any] = {}
    for chunk in chunks(keys):
        rows = model.objects.keyed(chunk)
        if model in (Claim, Source):
            rows = rows.free()
        if not hasattr(model, "Status"):
            found |= dict.fromkeys(rows.values_list("pk", flat=True))
            continue
        seen = rows.filter(status__in=SEEN)
        for key, status, status_at in seen.values_list("pk", "status", "status_at"):
            found[key] = status_at if status == Status.RETRACTED else None
    return found


def stood(row: Any, moment: datetime.datetime) -> bool:
    """Whether readers saw that version, or a notice in its place."""
    is_held = bool(getattr(row, "hold", ""))
    not_before = getattr(row, "not_before", None)
    is_embargoed = not_before is not None and not_before > moment
    return row.status in SEEN and not is_held and not is_embargoed


def first_day() -> datetime.datetime | None:
    """When the first record was made that a history tells of."""
    days = (
        model.history.order_by("history_date")
        .values_list("history_date", flat=True)
        .first()
        for model in (Entity, Source, Claim)
    )
    return min((day for day in days if day is not None), default=None)
