"""What was done, by whom, and what is no more: the histories of all tables in one row.

A deleted record is recovered under the key it had, so that its history goes on. What
was published comes back as a draft: an editor looks at it before readers do.
"""

from __future__ import annotations

import heapq
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import islice
from typing import Any, Self

from django.contrib.auth.models import User
from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Exists, OuterRef, Q

from entities.choices import all_but
from entities.models import Entity
from entities.records import PublishableRecord, Record, Status
from sources import settling, triggers
from sources.models import Claim

# Rows that one deletion took are written within so long of each other.
ONE_DELETION = timedelta(seconds=60)


@dataclass(frozen=True)
class Kind:
    """One sort of record that keeps a history."""

    name: str
    label: str
    model: Any

    def rows(self) -> Any:
        """Its history, all of it."""
        rows = self.model.history.all()
        is_entity = self.model is Entity
        return rows.filter(kind=self.name) if is_entity else rows


def kinds() -> dict[str, Kind]:
    found: dict[str, Kind] = {}
    for model in triggers.versioned():
        if model is Entity:
            for name, label in Entity.Kind.choices:
                found[name] = Kind(name, str(label), model)
        else:
            meta = model._meta
            name = str(meta.model_name)
            found[name] = Kind(name, str(meta.verbose_name).capitalize(), model)
    return dict(sorted(found.items()))


@dataclass(frozen=True)
class Place:
    """A place in the row of all histories, newest first."""

    at: datetime
    kind: str
    row: int

    def __str__(self) -> str:
        return f"{self.at.isoformat()}~{self.kind}~{self.row}"

    @classmethod
    def read(cls, text: str) -> Place | None:
        """A place as an address names it; None for what is none."""
        try:
            at, kind, row = text.split("~")
            place = cls(datetime.fromisoformat(at), kind, int(row))
        except ValueError:
            return None
        is_aware = place.at.tzinfo is not None
        return place if is_aware and 0 <= place.row < 10**18 else None

    def after(self, kind: str) -> Q:
        """The rows of that kind that come later in the list."""
        earlier = Q(history_date__lt=self.at)
        if kind < self.kind:
            return earlier
        same = Q(history_date=self.at)
        if kind == self.kind:
            same &= Q(history_id__lt=self.row)
        return earlier | same


@dataclass(frozen=True)
class Deed:
    """One row of a history with the kind of record it is of."""

    kind: Kind
    row: Any

    @property
    def place(self) -> Place:
        return Place(self.row.history_date, self.kind.name, self.row.history_id)

    @property
    def order(self) -> tuple[float, str, int]:
        at = self.row.history_date.timestamp()
        return (-at, self.kind.name, -self.row.history_id)


def done_by(
    user: User, chosen: Iterable[Kind], after: Place | None, most: int
) -> list[Deed]:
    """What that person did to records of these kinds, newest first."""
    return _newest(
        ((kind, kind.rows().filter(history_user=user)) for kind in chosen), after, most
    )


def deleted(chosen: Iterable[Kind], after: Place | None, most: int) -> list[Deed]:
    """Records of these kinds that are no more, the last deleted first."""
    return _newest(((kind, _gone(kind)) for kind in chosen), after, most)


def deleted_row(kind: Kind, row: int) -> Any:
    """That row of the history, if what it tells of is still deleted."""
    return _gone(kind).filter(history_id=row).first()


def _gone(kind: Kind) -> Any:
    again = kind.rows().filter(
        id=OuterRef("id"), history_type="-", history_id__gt=OuterRef("history_id")
    )
    standing = kind.model._base_manager.filter(pk=OuterRef("id"))
    return kind.rows().filter(~Exists(standing), ~Exists(again), history_type="-")


class Changes(models.QuerySet[Any]):
    """Rows of the history of one kind of record."""

    def newest(self) -> Self:
        """The last row of each record as published, newest first."""
        rows = self.exclude(status__in=all_but(Status, Status.PUBLISHED))
        later = rows.filter(id=OuterRef("id"), history_id__gt=OuterRef("history_id"))
        return rows.filter(~Exists(later)).order_by("-history_date", "-history_id")

    def of_many(self, records: Any) -> Self:
        """Of these records, when most of the kind are among them."""
        return self.filter(Exists(records.order_by().filter(pk=OuterRef("id"))))

    def of_few(self, records: Any) -> Self:
        """Of these records, when they are some of very many."""
        return self.filter(id__in=records.order_by().values("pk"))

    def since(self, moment: Any) -> Self:
        return self.filter(history_date__gte=moment)

    def told_of(self, keys: Any) -> Self:
        """Every version of these records, the oldest first."""
        rows = self.filter(id__in=keys)
        return rows.order_by("history_date", "history_id")

    def deciding(self, questions: Any) -> Self:
        """Every version of decisions on these questions, by when they were made."""
        rows = self.filter(question__in=questions).exclude(history_type="-")
        return rows.order_by("decided_at", "history_date", "history_id")


def every(model: Any) -> Changes:
    """Every version of every record of a model."""
    return Changes(model.history.model)


def withdrawn_answers(questions: Any) -> Any:
    """Claims that answer these questions and have a notice in their place."""
    seen = Q(object=None) | Q(object__status=Status.PUBLISHED)
    return (
        Claim.objects.answering(questions)
        .free()
        .filter(seen, status=Status.RETRACTED, subject__status=Status.PUBLISHED)
    )


def changes(model: Any) -> Changes:
    """The last change to each record of a model while it was published."""
    return Changes(model.history.model).newest()


def _newest(
    found: Iterable[tuple[Kind, Any]], after: Place | None, most: int
) -> list[Deed]:
    lists = []
    for kind, rows in found:
        if after is not None:
            rows = rows.filter(after.after(kind.name))
        rows = rows.select_related("history_user")
        rows = rows.order_by("-history_date", "-history_id")[:most]
        lists.append([Deed(kind, row) for row in rows])
    merged = heapq.merge(*lists, key=lambda deed: deed.order)
    return list(islice(merged, most))


def recover(row: Any) -> list[Record]:
    """Bring a deleted record back, and what went with it; what came back.

    Raises ValidationError, and writes nothing, where it does not fit what stands now.
    """
    with settling.together():
        record = _recovered(row)
        back = [record]
        for child in _went_with(record, row.history_date):
            back += recover(child)
    return back


def _recovered(row: Any) -> Record:
    record: Any = row.instance
    # A form that was open when it was deleted is of an earlier version.
    record.version = row.version + 1
    if not User.objects.filter(pk=record.created_by_id).exists():
        record.created_by = None
    if isinstance(record, PublishableRecord) and record.status == Status.PUBLISHED:
        record.status = Status.DRAFT
    record.full_clean()
    record._change_reason = "Recovered after it was deleted"
    record.save(force_insert=True)
    before = row.prev_record
    for field in before._history_m2m_fields if before is not None else ():
        settling.relate(record, field.name, _related(before, field))
    return type(record)._base_manager.get(pk=record.pk)


def _related(row: Any, field: Any) -> Any:
    """Of the records it was related to, those that stand."""
    name = f"{field.m2m_reverse_field_name()}_id"
    keys = getattr(row, field.name).values_list(name, flat=True)
    return field.related_model._base_manager.filter(pk__in=list(keys))


def _went_with(record: Any, at: datetime) -> list[Any]:
    """The rows of histories of what the same deletion took along."""
    found: list[Any] = []
    by_model = {kind.model: kind for kind in kinds().values()}
    for relation in record._meta.concrete_model._meta.related_objects:
        model = relation.related_model
        if model not in by_model or relation.on_delete is not models.CASCADE:
            continue
        gone = _gone(Kind("", "", model)) if model is not Entity else None
        if gone is not None:
            name = relation.field.attname
            taken = gone.filter(**{name: record.pk})
            near = (at - ONE_DELETION, at + ONE_DELETION)
            found += taken.filter(history_date__range=near).order_by("history_id")
    return found


def name_of(row: Any) -> str:
    """What the record was called; something it names may itself have gone."""
    try:
        return str(row.instance)
    except (models.ObjectDoesNotExist, ValidationError):
        return f"{row.instance_type._meta.verbose_name} {row.id}"
