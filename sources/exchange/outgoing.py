"""Records on their way out: plain values by field name, a chunk at a time."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from decimal import Decimal
from itertools import islice
from typing import Any

from django.db import connection, models
from django.db.models import F, QuerySet
from django.db.models.functions import Collate

from sources import values
from sources.exchange.kinds import Kind

CHUNK = 500


def records(kind: Kind, found: QuerySet[Any]) -> Iterator[dict[str, Any]]:
    """Each of these records, in the order of its key; references are keys.

    Memory holds one chunk, however many there are.
    """
    names = [name for name in kind.names if name not in kind.many]
    lookups = {name: _lookups(name, kind) for name in names}
    flat = [lookup for parts in lookups.values() for lookup in parts]
    rows = found.order_by(*_by_key(kind)).values_list("pk", *flat).iterator(CHUNK)
    while chunk := list(islice(rows, CHUNK)):
        keys = [row[0] for row in chunk]
        related = {name: _members(field, keys) for name, field in kind.many.items()}
        for pk, *row in chunk:
            cells = iter(row)
            record = {
                name: _as_key([_plain(next(cells)) for _ in parts])
                for name, parts in lookups.items()
            }
            yield record | {name: of.get(pk, []) for name, of in related.items()}


def _lookups(name: str, kind: Kind) -> list[str]:
    """Where the value of a field is read: of a reference, each part of its key."""
    model = kind.references.get(name)
    return [f"{name}__{part}" for part in model.key_lookups()] if model else [name]


def _by_key(kind: Kind) -> list[Any]:
    """The order of the key, by code point on either engine."""
    collation = "C" if connection.vendor == "postgresql" else "BINARY"
    return [
        Collate(F(lookup), collation) if _is_text(kind.model, lookup) else F(lookup)
        for lookup in kind.model.key_lookups()
    ]


def _is_text(model: Any, lookup: str) -> bool:
    *path, last = lookup.split("__")
    for name in path:
        model = model._meta.get_field(name).related_model
    return isinstance(model._meta.get_field(last), models.CharField | models.TextField)


def _members(field: Any, keys: list[int]) -> dict[int, list[Any]]:
    """By primary key, the keys of the records that each is related to, in order."""
    here, there = field.m2m_field_name(), field.m2m_reverse_field_name()
    parts = [f"{there}__{part}" for part in field.related_model.key_lookups()]
    links = field.remote_field.through._base_manager.filter(**{f"{here}__in": keys})
    members: dict[int, list[Any]] = {}
    for pk, *key in links.values_list(here, *parts):
        members.setdefault(pk, []).append(_as_key(key))
    return {pk: sorted(found) for pk, found in members.items()}


def _as_key(parts: list[Any]) -> Any:
    """A value as it is; the key of a reference as a list, if it has several parts."""
    if len(parts) == 1:
        return parts[0]
    return None if None in parts else parts


def _plain(value: Any) -> Any:
    """A value as JSON can hold it: numbers exactly, so amounts as words."""
    if isinstance(value, Decimal):
        return values.plain(value)
    return value.isoformat() if isinstance(value, date) else value
