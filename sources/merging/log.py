"""A deed written down while it is done, so that it can be undone whole.

The log names rows and, of the columns that were changed, the value before and after.
It keeps no text: what was erased since is not kept in it either.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any

from django.core.exceptions import ValidationError

from entities.models import Entity
from entities.records import PublishableRecord, Record
from sources import publication, settling
from sources.models import Claim
from sources.summaries import TOKEN

Columns = dict[str, list[Any]]


def fresh(record: Any) -> Any:
    """The row as the database has it now."""
    return type(record)._base_manager.get(pk=record.pk)


def label(record: Record) -> str:
    """The name of its table, the same for every kind of entity."""
    concrete: Any = record._meta.concrete_model
    return str(concrete._meta.label_lower)


def named(record: Record) -> str:
    return f"{record._meta.verbose_name} “{record}”"


def packed(value: Any) -> Any:
    """A column's value as JSON keeps it."""
    return value.isoformat() if isinstance(value, datetime) else value


def written(record: Record) -> dict[str, Any]:
    """The columns that people write, as JSON keeps them."""
    return {
        field.attname: packed(getattr(record, field.attname))
        for field in record._meta.concrete_fields
        if field.editable and not field.primary_key
    }


def write(record: Any, reason: str) -> None:
    """Save a row that is carried; raises ValidationError that names it."""
    # It says what it said: who confirmed it did not confirm less.
    record.is_carried = True
    record._change_reason = reason[: publication.REASON_LENGTH]
    try:
        record.full_clean()
    except ValidationError as error:
        messages = [f"{named(record)}: {message}" for message in error.messages]
        raise ValidationError(messages) from error
    record.save()


def park(claims: Iterable[int]) -> None:
    """Let claims that change places pass: until each is saved none equals another."""
    for key in claims:
        Claim.objects.keyed([key]).update(value_key=f"parked-{key}")


class Log:
    """All that one deed changes, made, dropped and related, in order."""

    def __init__(self, reason: str) -> None:
        self.reason = reason
        self._changed: dict[tuple[str, int], Columns] = {}
        self._related: list[list[Any]] = []
        self._made: list[list[Any]] = []
        self._dropped: list[list[Any]] = []
        self._recited: list[list[Any]] = []

    def change(self, row: Record, **values: Any) -> None:
        """Give columns other values, where they have others."""
        record = fresh(row)
        names = [name for name, new in values.items() if getattr(record, name) != new]
        if not names:
            return
        if "status" in names and isinstance(record, PublishableRecord):
            names.append("status_at")
        before = {name: packed(getattr(record, name)) for name in names}
        for name in names:
            if name in values:
                setattr(record, name, values[name])
        write(record, self.reason)
        noted = self._changed.setdefault((label(record), record.pk), {})
        for name in names:
            noted.setdefault(name, [before[name], None])[1] = packed(
                getattr(record, name)
            )

    def relate(self, row: Record, name: str, others: Iterable[Record]) -> None:
        """Set a relation to many records."""
        record = fresh(row)
        before = sorted(getattr(record, name).values_list("pk", flat=True))
        after = sorted({other.pk for other in others})
        if before != after:
            record._change_reason = self.reason[: publication.REASON_LENGTH]
            settling.relate(record, name, others)
            self._related.append([label(record), record.pk, name, before, after])

    def make(self, record: Any) -> None:
        write(record, self.reason)
        self._made.append([label(record), record.pk, written(record)])

    def drop(self, row: Record) -> None:
        """Delete a row that nothing points at."""
        record = fresh(row)
        columns = {
            field.attname: packed(getattr(record, field.attname))
            for field in record._meta.concrete_fields
            if field.name not in record.derived_fields
        }
        record._change_reason = self.reason[: publication.REASON_LENGTH]
        record.delete()
        self._dropped.append([label(record), columns])

    def recite(self, entity: Entity, old: str, new: str) -> None:
        """Let a summary cite one claim in place of another."""
        cited = TOKEN.findall(entity.summary)
        places = [at for at, slug in enumerate(cited) if slug == old]
        if places:
            swap(entity, places, new, self.reason)
            self._recited.append([entity.pk, old, new, places])

    def as_json(self) -> dict[str, Any]:
        changed = [[*key, columns] for key, columns in self._changed.items()]
        return {
            "changed": changed,
            "related": self._related,
            "made": self._made,
            "dropped": self._dropped,
            "recited": self._recited,
        }


def swap(entity: Any, places: list[int], slug: str, reason: str) -> None:
    """Cite this claim at these places of a summary."""
    at = -1

    def cite(match: Any) -> str:
        nonlocal at
        at += 1
        return f"[[{slug}]]" if at in places else match[0]

    entity.summary = TOKEN.sub(cite, entity.summary)
    write(entity, reason)
