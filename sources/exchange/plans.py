"""What it takes to fill and check records of one kind, worked out once from its fields.

Most values of a record are blank, or of the type that their field keeps. What cannot be
seen to be right in this way is left to the fields themselves: theirs are the rules.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property, lru_cache
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models.base import ModelState

from entities.characters import stored_text
from entities.records import Record
from sources.exchange.kinds import FILLED_BY_MACHINE, Field, Kind

# Values of just these types are kept as they are given.
PLAIN: dict[Any, type] = {
    models.CharField.to_python: str,
    models.TextField.to_python: str,
    models.BooleanField.to_python: bool,
}


@dataclass(frozen=True, slots=True)
class Column:
    """One field that travels.

    `model`: what it points at, if it does.
    `blank`: what it holds where nothing is given.
    `plain`: the type of values that it keeps as they are given.
    `is_kept`: a row that leaves it out leaves it as it is.
    """

    name: str
    attname: str
    field: Any
    model: type[Record] | None
    blank: Any
    plain: type | None
    choices: frozenset[Any]
    is_kept: bool

    @classmethod
    def of(cls, kind: Kind, name: str, field: Field) -> Column:
        return cls(
            name,
            field.attname,
            field,
            kind.references.get(name),
            None if field.null else field.get_default(),
            PLAIN.get(type(field).to_python),
            frozenset(value for value, _ in field.flatchoices),
            name in FILLED_BY_MACHINE,
        )

    def is_surely_valid(self, record: Record) -> bool:
        """Whether its field would take the record's value, and as it is."""
        value = getattr(record, self.attname)
        if self.plain is not str:
            return bool(self.field.clean(value, record) == value)
        if not value or stored_text(self.field, value) != value:
            return False
        self.field.run_validators(value)
        return not self.choices or value in self.choices


class Plan:
    """How records of one kind are made, filled and checked."""

    def __init__(self, kind: Kind) -> None:
        self.model = kind.model
        self.by_name = {
            name: Column.of(kind, name, field) for name, field in kind.columns.items()
        }
        self.columns = tuple(self.by_name.values())

    @staticmethod
    @lru_cache(None)
    def of(kind: Kind) -> Plan:
        return Plan(kind)

    def new_record(self) -> Record:
        """A record of the kind, as blank as its model makes it."""
        if self._has_mutable_blanks:
            return self.model()
        record = self.model.__new__(self.model)
        record.__dict__.update(self._blank)
        record._state = ModelState()
        return record

    def found(self, record: Record) -> set[str]:
        """The references of the record that lead somewhere: nobody need ask again."""
        return {
            column.name
            for column in self.columns
            if column.model is not None and getattr(record, column.attname) is not None
        }

    def passes(self, record: Record, changed: set[str], found: set[str]) -> bool:
        """Whether a new record is surely valid, to be seen from what it was given.

        `changed`: the fields that are not blank; `found`: those that lead somewhere.
        """
        if not self._needed <= changed:
            return False
        try:
            for name in changed - found:
                column = self.by_name.get(name)
                if column is not None and not column.is_surely_valid(record):
                    return False
            record.clean()
        except ValidationError:
            return False
        return True

    @cached_property
    def _fields(self) -> frozenset[str]:
        return frozenset(field.name for field in self.model._meta.fields)

    @cached_property
    def _needed(self) -> set[str]:
        """The fields that nobody may leave blank."""
        needed = set()
        for name in self._fields - {*self.model.derived_fields}:
            try:
                self.model().clean_fields(self._fields - {name})
            except ValidationError:
                needed.add(name)
        return needed

    @cached_property
    def _blank(self) -> dict[str, Any]:
        record = self.model()
        # What the model fills in before it looks at any field.
        record.clean_fields(self._fields)
        values = dict(record.__dict__)
        del values["_state"]
        return values

    @cached_property
    def _has_mutable_blanks(self) -> bool:
        """Whether some blank value, such as a list, must be every record's own."""
        fields = [field for field in self.model._meta.fields if field.has_default()]
        return any(callable(field.default) for field in fields)
