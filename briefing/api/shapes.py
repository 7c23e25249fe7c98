"""How a record looks in the API: declared once, for the answers and for the schema.

A shape is a serializer so that the schema can be made from it; records are made of
plain rows by `Shape.make`, at a tenth of what a serializer would take.
"""

from __future__ import annotations

import datetime
from collections.abc import Callable
from decimal import Decimal
from typing import Any, ClassVar, NamedTuple

from drf_spectacular.drainage import set_override
from rest_framework import serializers

from briefing.pages.addresses import is_shown
from briefing.wording import cut
from sources import values

Record = dict[str, Any]


class Reference(serializers.SlugField):
    """Another record by its key; null where readers do not see that one."""

    def __init__(
        self,
        kind: str = "",
        key: str = "slug",
        guard: tuple[str, ...] = (),
        **more: Any,
    ) -> None:
        super().__init__(**more)
        # Of which kind it is; without one the record says so, in `..._type`.
        self.kind, self.key, self.guard = kind, key, guard


class EntityReference(Reference):
    """A person, organisation or event: `..._type` says which."""

    def __init__(self, *, is_guarded: bool = False, **more: Any) -> None:
        super().__init__(guard=("status",) if is_guarded else (), **more)


class SourceReference(Reference):
    def __init__(self, **more: Any) -> None:
        guard = ("status", "hold", "not_before")
        super().__init__(kind="source", guard=guard, **more)


class Guard(NamedTuple):
    """What decides whether readers see a record that another one names."""

    status: str
    hold: str = ""
    not_before: datetime.datetime | None = None


class Quote(serializers.CharField):
    """Words of a source, as far as readers see them."""


Getter = Callable[[Any], Any]


class Shape(serializers.Serializer):
    """The fields of one kind of record."""

    # Filled after the row was read: see `inside`.
    filled: ClassVar[tuple[str, ...]] = ()
    # What the filling needs to know beside the fields.
    beside: ClassVar[tuple[str, ...]] = ()
    # There only if they are asked for.
    on_request: ClassVar[tuple[str, ...]] = ()

    def __init_subclass__(cls, **more: Any) -> None:
        super().__init_subclass__(**more)
        set_override(cls, "component_name", cls.__name__.removesuffix("Shape"))

    def get_fields(self) -> Any:
        """The fields, none of which an answer must hold: `?fields=` narrows them."""
        found = super().get_fields()
        for field in found.values():
            field.required = False
        return found

    @classmethod
    def names(cls) -> list[str]:
        return [name for name in cls._declared_fields if name not in cls.on_request]

    @classmethod
    def references(cls) -> dict[str, Reference]:
        fields = cls._declared_fields.items()
        return {name: field for name, field in fields if isinstance(field, Reference)}

    @classmethod
    def columns(cls) -> tuple[str, ...]:
        """What is read of the database for one record."""
        needed = ["id", *cls.beside]
        for name, field in cls._declared_fields.items():
            if name not in cls.filled:
                needed += _columns(name, field)
        return tuple(dict.fromkeys(needed))

    @classmethod
    def make(cls, row: Any) -> Record:
        """The record of a row, but for what is filled in later."""
        record = {name: get(row) for name, get in cls._getters()}
        if cls._guarded():
            record["not_published"] = [
                name
                for name, column in cls._guarded()
                if record[name] is None and getattr(row, column) is not None
            ]
        return record

    @classmethod
    def _getters(cls) -> list[tuple[str, Getter]]:
        if "_gets" not in cls.__dict__:
            cls._gets = [
                (name, _getter(name, field))
                for name, field in cls._declared_fields.items()
                if name not in cls.filled
            ]
        return cls._gets

    @classmethod
    def _guarded(cls) -> list[tuple[str, str]]:
        return [
            (name, _attribute(_columns(name, field)[0]))
            for name, field in cls.references().items()
            if field.guard
        ]


def _columns(name: str, field: Any) -> list[str]:
    if isinstance(field, Reference):
        return [f"{name}__{field.key}", *(f"{name}__{part}" for part in field.guard)]
    return [field.source or name]


def _attribute(column: str) -> str:
    return column.replace("__", "_")


def _getter(name: str, field: Any) -> Getter:
    """How to take a field's value out of a row."""
    column, *guards = map(_attribute, _columns(name, field))
    if guards:
        return lambda row: (
            getattr(row, column)
            if is_shown(Guard(*(getattr(row, guard) for guard in guards)))
            else None
        )
    if isinstance(field, Quote):
        return lambda row: cut(getattr(row, column))
    if isinstance(field, serializers.DecimalField):
        return lambda row: values.plain(getattr(row, column)) or None
    return lambda row: plain(getattr(row, column))


def plain(value: Any) -> Any:
    """A value as JSON can hold it."""
    if isinstance(value, datetime.date):
        return value.isoformat()
    return values.plain(value) if isinstance(value, Decimal) else value
