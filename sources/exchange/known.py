"""The records that an import speaks of, found by their natural keys."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.utils import Error as DatabaseError

from entities.records import Record
from sources.exchange.kinds import Kind
from sources.exchange.records import Key, Row, as_key, say_key
from sources.models import Source, SourceText
from sources.models.sources import Copy

Handle = tuple[type[Record], Any]
# What nobody asks of a record that is only named.
UNASKED = ("created_at", "modified_at")
# What a key that comes from a file can make of a query.
UNUSABLE = (ValueError, TypeError, ValidationError, OverflowError, DatabaseError)


@dataclass
class Known:
    """The records that a chunk of rows speaks of; and which rows of the run are bad."""

    _found: dict[Handle, Record] = field(default_factory=dict)
    _absent: set[Handle] = field(default_factory=set)
    _bad: set[Handle] = field(default_factory=set)

    def __post_init__(self) -> None:
        # A text can be long: few are kept at a time.
        self._text_of = lru_cache(16)(Source.objects.copy_of)
        self._with_text: set[int] = set()

    def turn_to(self, rows: list[Row]) -> None:
        """Forget the last chunk; find with few queries what these rows speak of."""
        self._found.clear()
        self._absent.clear()
        wanted: dict[type[Record], set[Any]] = {}
        for row in rows:
            for model, key in _handles(row):
                wanted.setdefault(model, set()).add(key)
        # Those whose key names another record need that one first.
        own = {row.kind.model for row in rows}
        for model in sorted(wanted, key=_depth):
            self._fetch(model, wanted[model], model in own)
        sources = [found for found in self._found.values() if isinstance(found, Source)]
        self._with_text = SourceText.objects.held(sources)

    def copy_of(self, source: Source) -> Copy:
        """Our copy of a source that rows of this chunk name."""
        if source.pk in self._with_text:
            return self._text_of(source.pk)
        return Copy(source.text_sha256, None)

    def _fetch(self, model: type[Record], keys: set[Any], are_own: bool) -> None:
        """Find the records with these keys by the first part, all at once.

        Unless they are the rows' own, nobody asks when they were made or changed.
        """
        if not _is_in_words(model):
            return
        first = model.key_fields[0]
        related: Any = model._meta.get_field(first).related_model
        parts: set[Any] = {
            key[0] if _depth(model) and isinstance(key, tuple) else key for key in keys
        }
        if related:
            parts = {self._found.get((related, part)) for part in parts} - {None}
        try:
            found = model.objects.filter(**{f"{first}__in": parts})
            records = list(found.defer(*([] if are_own else UNASKED)))
        except UNUSABLE:
            # One of them is no key at all: each is looked for by itself.
            return
        names = {(model, found.pk): key for (model, key), found in self._found.items()}
        self._absent |= {(model, key) for key in keys}
        for record in records:
            self._keep(model, as_key(_key_of(record, names)), record)

    def _keep(self, model: type[Record], key: Any, record: Record) -> None:
        self._found[model, key] = record
        self._absent -= {(model, key), _table(model, key)}

    def add(self, row: Row, record: Record) -> None:
        self._keep(row.kind.model, as_key(row.key), record)

    def spoil(self, row: Row) -> None:
        """Note that a row is not in order, so that what points at it says so."""
        self._bad.add(_table(row.kind.model, row.key))

    def loaded(self, row: Row) -> Record | None:
        """The record of a row that is in order."""
        if _table(row.kind.model, row.key) in self._bad:
            return None
        return self.find(row.kind.model, row.key)

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
        if handle in self._absent:
            return None
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
        except UNUSABLE:
            return None


def _handles(row: Row) -> Iterator[Handle]:
    """The records that a row speaks of: itself, those of its key, those it names."""
    yield from _parts(row.kind.model, as_key(row.key))
    for name, model in row.kind.references.items():
        given = row.values.get(name)
        if name not in row.kind.many:
            given = [given]
        for one in given if isinstance(given, list) else ():
            if one is not None:
                yield from _parts(model, as_key(one))


def _parts(model: Any, key: Any) -> Iterator[Handle]:
    yield model, key
    if not _depth(model):
        return
    parts = key if isinstance(key, tuple) else (key,)
    for name, part in zip(model.key_fields, parts, strict=False):
        related = model._meta.get_field(name).related_model
        if related is not None:
            yield from _parts(related, part)


def _key_of(record: Record, names: dict[tuple[Any, Any], Any]) -> Key:
    """The natural key; `names` has the keys of the records that are parts of it."""
    parts = []
    for name in record.key_fields:
        column: Any = record._meta.get_field(name)
        part = getattr(record, column.attname)
        related = column.related_model
        parts.append(names.get((related, part)) if related else part)
    return tuple(parts)


@cache
def _is_in_words(model: Any) -> bool:
    """Whether its key is words throughout; “12” and 12 are one number."""
    columns = [model._meta.get_field(name) for name in model.key_fields]
    return all(
        _is_in_words(one.related_model)
        if one.is_relation
        else isinstance(one, models.CharField | models.TextField)
        for one in columns
    )


@cache
def _depth(model: Any) -> int:
    """How deep keys of others are nested in its own; 0 for a plain key."""
    related = (model._meta.get_field(name).related_model for name in model.key_fields)
    return max((1 + _depth(one) for one in related if one), default=0)


def _table(model: type[Record], key: Any) -> Handle:
    """What tells a record from all others, be it called a person or an entity."""
    table: Any = model._meta.concrete_model
    return table, as_key(key)


@cache
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
