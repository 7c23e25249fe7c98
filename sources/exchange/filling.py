"""A row's plain values, given to its record: converted, resolved, compared."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import datetime
from decimal import Decimal
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.utils import timezone

from entities.records import Record
from sources.exchange.known import Known
from sources.exchange.plans import Column, Plan
from sources.exchange.records import Row, as_key


@dataclass
class Filling:
    """What became of a record: the fields that changed, and what is wrong where."""

    changed: set[str] = field(default_factory=set)
    problems: list[tuple[str, str]] = field(default_factory=list)

    def note(self, name: str, error: ValidationError) -> None:
        self.problems += [(name, message) for message in error.messages]


def fill(row: Row, record: Record, known: Known) -> Filling:
    """Give the record the row's values."""
    filling = Filling()
    _refuse_unknown_fields(row, filling)
    for column in Plan.of(row.kind).columns:
        name, given = column.name, row.values.get(column.name)
        is_kept = row.is_partial or column.is_kept
        if given is None and is_kept and name not in row.values:
            continue
        before = getattr(record, column.attname)
        if given is None and before == column.blank:
            continue
        try:
            setattr(record, name, _value(column, given, known))
        except ValidationError as error:
            filling.note(name, error)
        if getattr(record, column.attname) != before:
            filling.changed.add(name)
    _compare_relations(row, record, filling)
    return filling


def _refuse_unknown_fields(row: Row, filling: Filling) -> None:
    fields = row.kind.columns.keys() | row.kind.many.keys()
    for name in row.values.keys() - fields:
        message = f"There is no such field. A {row.kind} has: {', '.join(fields)}."
        filling.problems.append((name, message))


def _value(column: Column, given: Any, known: Known) -> Any:
    """The value of a column: converted, resolved, or its default."""
    field: Any = column.field
    if given.__class__ is column.plain:
        return given
    if given is None:
        return None if field.null else field.get_default()
    if column.model is not None:
        return known.resolve(column.model, given)
    _refuse_wrong_type(field, given)
    value = field.to_python(given)
    # A moment without its zone is one of ours, as in the forms.
    is_naive = isinstance(value, datetime) and timezone.is_naive(value)
    return timezone.make_aware(value) if is_naive else value


def _compare_relations(row: Row, record: Record, filling: Filling) -> None:
    """Note the relations to many whose members are not those of the row."""
    for name in many(row):
        given = row.values[name] or []
        if not isinstance(given, list):
            filling.problems.append((name, "Give a list of keys."))
        elif record.pk is not None:
            old = set(keys(record, name))
            if {as_key(key) for key in members(row, name, old)} != old:
                filling.changed.add(name)


def members(row: Row, name: str, old: Iterable[Any]) -> list[Any]:
    """The row's members of a relation; those of both sides if it is kept so."""
    kept = old if row.kind.many[name].remote_field.symmetrical else []
    return [*(row.values[name] or []), *kept]


def many(row: Row) -> set[str]:
    """The relations to many records of which the row says something."""
    return row.kind.many.keys() & row.values.keys()


def keys(record: Record, name: str) -> list[Any]:
    """The keys of the records that one is related to."""
    return [as_key(other.natural_key()) for other in getattr(record, name).all()]


def _refuse_wrong_type(column: Any, given: Any) -> None:
    """Raise ValidationError for what a column would silently turn into words."""
    if isinstance(column, models.JSONField):
        return
    if isinstance(given, bool):
        if not isinstance(column, models.BooleanField):
            raise ValidationError("This is true or false: put it in quotes.")
    elif isinstance(column, models.DateField) and not isinstance(given, str):
        raise ValidationError("This is a date: put it in quotes.")
    elif not isinstance(given, str | int | float | Decimal):
        raise ValidationError("Give one value: words or a number.")
