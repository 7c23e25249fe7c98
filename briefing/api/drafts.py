"""A record as the desk holds it: every field by the name under which it is written."""

from __future__ import annotations

from typing import Any

from django.db import models
from rest_framework import serializers

from briefing.api.shapes import Record
from entities.records import Status
from sources import proposals
from sources.exchange import outgoing
from sources.exchange.kinds import BY_NAME, Kind
from sources.models import Evidence

# What a program with a token makes and changes: all that has a draft and an address.
WRITTEN = tuple(proposals.ADDRESSED)
# What only a person does, at the desk, with the sources before their eyes.
AT_THE_DESK = {
    "status": "Leave it out: a record begins as a draft, and a POST to its `submit/` "
    "sends it to review. An editor publishes and takes down, at the desk.",
    "status_reason": "Leave it out: it is given where a record is taken down.",
    "confirmed_by": "Leave it out: whoever read the passage confirms it, at the desk.",
    "merged_into": "Leave it out: records are merged at the desk.",
    "start": "Leave it out: the quote is found by its words. `prefix` and `suffix` "
    "tell apart the places where they stand.",
    "end": "Leave it out: it follows from the quote.",
    "text_sha256": "Leave it out: it follows from the text that is attached.",
    "verified_sha256": "Leave it out: it follows from finding the quote.",
}


def writable(kind: Kind) -> list[str]:
    """The fields that a program sets."""
    return [name for name in kind.names if name not in AT_THE_DESK]


def told(kind: Kind, record: Any) -> Record:
    """The record for whoever may see it at the desk, with its version."""
    found = type(record)._default_manager.keyed([record.pk])
    values = next(outgoing.records(kind, found))
    values.pop("verified_sha256", None)
    derived = {"anchor": record.anchor} if isinstance(record, Evidence) else {}
    return {"type": kind.name, **values, **derived, "version": record.version}


def _field(kind: Kind, name: str) -> Any:
    """How one field is described."""
    column = kind.columns.get(name)
    if column is None or isinstance(column, models.JSONField):
        return serializers.ListField(child=serializers.CharField(), required=False)
    more: dict[str, Any] = {"required": False, "help_text": str(column.help_text)}
    if column.null:
        more["allow_null"] = True
    if isinstance(column, models.BooleanField):
        return serializers.BooleanField(**more)
    if isinstance(column, models.DecimalField):
        return serializers.DecimalField(max_digits=25, decimal_places=10, **more)
    if isinstance(column, models.IntegerField):
        return serializers.IntegerField(**more)
    if isinstance(column, models.DateTimeField):
        return serializers.DateTimeField(**more)
    if not column.is_relation and column.choices:
        blank = {"allow_blank": True} if column.blank else {}
        return serializers.ChoiceField(column.choices, **more, **blank)
    if column.is_relation:
        return serializers.CharField(**more)
    return serializers.CharField(
        allow_blank=column.blank, max_length=column.max_length, **more
    )


def _shape(name: str, told: str, fields: dict[str, Any]) -> Any:
    return type(name, (serializers.Serializer,), {"__doc__": told, **fields})


def to_write(kind: Kind) -> Any:
    """What is sent to make such a record, or to change one."""
    fields = {name: _field(kind, name) for name in writable(kind)}
    title = kind.name.title()
    return _shape(f"{title}ToWrite", "The fields to set; the others stay.", fields)


def as_held(kind: Kind) -> Any:
    """What is told of such a record to a program with a token."""
    names = [name for name in kind.names if name != "verified_sha256"]
    fields = {name: _field(kind, name) for name in names}
    fields |= {
        "type": serializers.ChoiceField([kind.name]),
        "status": serializers.ChoiceField(Status.choices),
        "version": serializers.IntegerField(min_value=1),
        "waits": serializers.ListField(
            child=serializers.CharField(),
            required=False,
            help_text="The fields whose change waits for an editor.",
        ),
    }
    if kind.name == "evidence":
        fields["anchor"] = serializers.ChoiceField(Evidence.Anchor.choices)
    return _shape(f"{kind.name.title()}Held", "A record as the desk holds it.", fields)


TO_WRITE = {name: to_write(BY_NAME[name]) for name in WRITTEN}
HELD = {name: as_held(BY_NAME[name]) for name in WRITTEN}
