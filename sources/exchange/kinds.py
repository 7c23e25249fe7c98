"""The kinds of record that travel, their fields, and the order in which they load."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property
from typing import Any, TypeAlias

from django.db import models

from entities.models import (
    Alias,
    Distinction,
    Entity,
    Event,
    Organisation,
    Person,
    Redirect,
)
from entities.records import Record
from sources.models import (
    AliasUse,
    Approach,
    Claim,
    Correction,
    Evidence,
    Finding,
    Omission,
    Property,
    Question,
    Source,
    SourceText,
)

# What belongs to one database alone: its accounts, clocks and counters.
HOUSEKEEPING = {
    "id",
    "kind",
    "created_by",
    "created_at",
    "modified_at",
    "version",
    "status_at",
    "confirmed_at",
    "decided_at",
    "attached_at",
    "assignee",
    "due_on",
}
# What the program fills in: a record that leaves it out keeps what stands.
FILLED_BY_MACHINE = {"start", "end", "verified_sha256", "text_sha256", "considered"}

Field: TypeAlias = "models.Field[Any, Any]"


@dataclass(frozen=True)
class Kind:
    """One kind of record: its name in files, its model."""

    name: str
    model: type[Record]

    @cached_property
    def columns(self) -> dict[str, Field]:
        """The fields that travel, but for relations to many."""
        hidden = HOUSEKEEPING | set(self.model.derived_fields)
        if not issubclass(self.model, Entity):
            hidden.discard("kind")
        fields = [f for f in self.model._meta.concrete_fields if f.name not in hidden]
        return {field.name: field for field in fields if self._belongs(field)}

    def _belongs(self, field: Field) -> bool:
        """Whether this kind of entity has the field at all."""
        if self.model is not Person and field.name in {"family_name", "given_name"}:
            return False
        return not (self.model is Person and field.name == "category")

    @cached_property
    def many(self) -> dict[str, Any]:
        """Relations to many records, such as the claims that contradict one."""
        return {field.name: field for field in self.model._meta.many_to_many}

    @cached_property
    def references(self) -> dict[str, type[Record]]:
        """The fields that point at a record, and the model they point at."""
        pointing = {**self.columns, **self.many}
        return {
            name: field.related_model
            for name, field in pointing.items()
            if field.is_relation
        }

    @property
    def names(self) -> list[str]:
        """All fields that travel, in the order of files: by the key it is known."""
        others = [name for name in self.columns if name not in self.key_fields]
        return [*self.key_fields, *others, *self.many]

    @property
    def key_fields(self) -> tuple[str, ...]:
        return self.model.key_fields

    def advice(self, name: str, message: str) -> str:
        """A message about a field's value, with what can be chosen where it is that."""
        choices = getattr(self.columns.get(name), "flatchoices", None)
        if not choices or not message.endswith("is not a valid choice."):
            return message
        words = ", ".join(str(value) for value, _ in choices if value)
        return f"{message} Choose one of: {words}."

    def __str__(self) -> str:
        return self.name


# What is private: it comes in by itself, and goes out only where it is asked for.
TEXT = Kind("source_text", SourceText)
ORDER = [
    Kind("property", Property),
    Kind("person", Person),
    Kind("organisation", Organisation),
    Kind("event", Event),
    Kind("alias", Alias),
    Kind("distinction", Distinction),
    Kind("redirect", Redirect),
    Kind("source", Source),
    Kind("alias_use", AliasUse),
    Kind("question", Question),
    Kind("claim", Claim),
    Kind("evidence", Evidence),
    Kind("omission", Omission),
    Kind("finding", Finding),
    Kind("correction", Correction),
    Kind("approach", Approach),
]
# Quotes are looked for in the texts as they come in.
LOADED = [*ORDER[:8], TEXT, *ORDER[8:]]
BY_NAME = {kind.name: kind for kind in LOADED}
BY_LABEL = {kind.model._meta.label_lower: kind for kind in ORDER}


def loading_order(names: set[str]) -> Iterator[Kind]:
    """These kinds, those first that others point at."""
    return (kind for kind in LOADED if kind.name in names)
