"""A JSON Schema for each type of record, made from its fields: docs/schemas/."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any, TypeAlias

from django.db import models

from sources.exchange.kinds import LOADED, Field, Kind

Schema: TypeAlias = dict[str, Any]
DIALECT = "https://json-schema.org/draft/2020-12/schema"
NUMBER = r"^-?\d+(\.\d+)?$"
SLUG = "^[-a-z0-9_]+$"
# The more special field first: a slug is a text too.
TYPES: list[tuple[type[models.Field[Any, Any]], Schema]] = [
    (models.BooleanField, {"type": "boolean"}),
    (models.DecimalField, {"type": ["string", "number"], "pattern": NUMBER}),
    (models.IntegerField, {"type": "integer", "minimum": 0}),
    (models.JSONField, {"type": "array"}),
    (models.DateTimeField, {"type": "string", "format": "date-time"}),
    (models.DateField, {"type": "string", "format": "date"}),
    (models.SlugField, {"type": "string", "pattern": SLUG}),
    (models.CharField, {"type": "string"}),
    (models.TextField, {"type": "string"}),
]


def files() -> Iterator[tuple[str, str]]:
    """The name and the content of each file."""
    for kind in LOADED:
        content = json.dumps(schema(kind), indent=2, ensure_ascii=False)
        yield f"{kind.name}.json", content + "\n"


def schema(kind: Kind) -> Schema:
    """What a line of Briefing JSON Lines holds that is a record of this kind."""
    fields = {name: _field(kind, name) for name in kind.names}
    return {
        "$schema": DIALECT,
        "title": kind.name,
        "description": str(kind.model.__doc__),
        "type": "object",
        "properties": {"type": {"const": kind.name}, **fields},
        "required": ["type", *(name for name in kind.names if _is_needed(kind, name))],
        "additionalProperties": False,
    }


def _is_needed(kind: Kind, name: str) -> bool:
    """Whether a record without the field would be refused."""
    if name in kind.many:
        return False
    column = kind.columns[name]
    can_do_without = column.blank or column.null or column.has_default()
    return name in kind.key_fields or not can_do_without


def _field(kind: Kind, name: str) -> Schema:
    if name in kind.many:
        return {"type": "array", "items": _reference(kind, name)}
    column = kind.columns[name]
    is_reference = name in kind.references
    found = _reference(kind, name) if is_reference else _plain(column)
    if column.null:
        found = {"anyOf": [found, {"type": "null"}]}
    help_text = str(column.help_text)
    return found | ({"description": help_text} if help_text else {})


def _reference(kind: Kind, name: str) -> Schema:
    """Another record by its key: one word, or a list of its parts."""
    parts = len(kind.references[name].key_lookups())
    size = {"minItems": parts, "maxItems": parts}
    listed = {"type": "array", "items": {"type": "string"}, **size}
    return listed if parts > 1 else {"anyOf": [{"type": "string"}, listed]}


def _plain(column: Field) -> Schema:
    found = next(dict(made) for kind, made in TYPES if isinstance(column, kind))
    if column.choices:
        words = [value for value, _ in column.flatchoices if value]
        return {"enum": [*words, ""] if column.blank else words}
    if column.max_length and found["type"] == "string":
        found["maxLength"] = column.max_length
    return found
