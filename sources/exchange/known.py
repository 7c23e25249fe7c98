"""The records that an import speaks of, found by their natural keys."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any

from django.core.exceptions import ValidationError
from django.db.utils import Error as DatabaseError

from entities.records import Record
from sources.exchange.kinds import Kind
from sources.exchange.records import Key, Row, as_key, say_key


@dataclass
class Known:
    """The records of one run and of the database; and which of the run are bad."""

    _found: dict[tuple[type[Record], Any], Record] = field(default_factory=dict)
    _bad: set[tuple[type[Record], Any]] = field(default_factory=set)

    def add(self, row: Row, record: Record) -> None:
        self._found[(row.kind.model, as_key(row.key))] = record

    def spoil(self, row: Row) -> None:
        """Note that a row is not in order, so that what points at it says so."""
        self._bad.add(_table(row.kind.model, row.key))

    def loaded(self, row: Row) -> Record | None:
        """The record of a row that is in order."""
        if _table(row.kind.model, row.key) in self._bad:
            return None
        return self._found.get((row.kind.model, as_key(row.key)))

    def resolve(self, model: type[Record], given: Any) -> Record:
        """The record that a reference names; raises ValidationError without one."""
        key = as_key(given)
        found = self.find(model, key if isinstance(key, tuple) else (key,))
        if found is not None:
            return found
        word = model._meta.verbose_name
        if _table(model, key) in self._bad:
            raise ValidationError(f"That {word} is in the file, but not in order.")
        raise ValidationError(f"There is no {word} “{say_key(key)}”.")

    def find(self, model: type[Record], key: Key) -> Record | None:
        """The record with that natural key, from this run or the database."""
        handle = (model, as_key(key))
        if handle not in self._found:
            found = self._query(model, key)
            if found is None:
                return None
            self._found[handle] = found
        return self._found[handle]

    def _query(self, model: type[Record], key: Key) -> Record | None:
        if len(key) != len(model.key_fields):
            return None
        lookup = {}
        for name, part in zip(model.key_fields, key, strict=True):
            column = model._meta.get_field(name)
            if column.is_relation:
                related: Any = column.related_model
                nested = part if isinstance(part, tuple) else (part,)
                part = self.find(related, nested)
                if part is None:
                    return None
            lookup[name] = part
        try:
            return model.objects.filter(**lookup).first()
        except (ValueError, TypeError, ValidationError, OverflowError, DatabaseError):
            return None


def _table(model: type[Record], key: Any) -> tuple[type[Record], Any]:
    """What tells a record from all others, be it called a person or an entity."""
    table: Any = model._meta.concrete_model
    return table, as_key(key)


def parents_first(rows: list[Row]) -> tuple[list[Row], list[Row]]:
    """The rows of a kind so that each follows what it points at; those in a circle."""
    own = own_references(rows[0].kind)
    waiting, ordered = {row.key: row for row in rows}, []
    while waiting:
        ready = [
            key
            for key, row in waiting.items()
            if not any((as_key(row.values.get(name)),) in waiting for name in own)
        ]
        if not ready:
            break
        ordered += [waiting.pop(key) for key in ready]
    return ordered, list(waiting.values())


def own_references(kind: Kind) -> list[str]:
    """The fields by which a record points at another of its kind."""
    return [
        name
        for name, model in kind.references.items()
        if issubclass(kind.model, model) and name not in kind.many
    ]


def edited_by_a_person(record: Record) -> bool:
    """Whether the last change was made by someone signed in.

    What the program saves by itself, having found a quote, is no one's change: it has
    neither a user nor a reason.
    """
    made = record.history.exclude(history_user=None, history_change_reason=None)
    latest = made.order_by("-history_id").first()
    return latest is not None and latest.history_user_id is not None
