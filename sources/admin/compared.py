"""A refused save, field by field: when you opened it, saved now, yours."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django import forms
from django.contrib.admin.widgets import RelatedFieldWidgetWrapper

from sources import differences
from sources.admin.forms import VersionedForm
from sources.conflicts import Conflict

# A longer text is shown by what changed in it.
SHORT = 120


@dataclass(frozen=True)
class Field:
    """One field that you or others changed."""

    label: str
    opened: str
    theirs: str
    yours: str
    they_changed: bool
    you_changed: bool

    @property
    def whose(self) -> str:
        if self.they_changed and self.you_changed:
            same = self.theirs == self.yours
            return "both of you, alike" if same else "both of you"
        return "they" if self.they_changed else "you"

    @property
    def is_long(self) -> bool:
        return max(map(len, (self.opened, self.theirs, self.yours))) > SHORT

    @property
    def their_parts(self) -> list[differences.Part]:
        return differences.compare(self.opened, self.theirs)

    @property
    def your_parts(self) -> list[differences.Part]:
        return differences.compare(self.opened, self.yours)


@dataclass(frozen=True)
class Section:
    """One record of the page that somebody else has changed or deleted."""

    record: Any
    conflict: Conflict | None
    fields: list[Field]
    # What was typed into a row that is no more.
    lost: list[tuple[str, str]]
    # The name under which the next save is told to go without it.
    dropped: str = ""


def section(form: VersionedForm) -> Section:
    """What differs; what only they changed is put into the form beside yours."""
    if form.conflict is None or form.conflict.opened is None:
        return Section(form.instance, form.conflict, [], [])
    fields = list(_fields(form, form.conflict))
    return Section(form.instance, form.conflict, fields, [])


def _fields(form: VersionedForm, conflict: Conflict) -> Iterator[Field]:
    opened, standing = conflict.opened, conflict.standing
    for field in differences.kept_fields(opened):
        if field.name not in form.fields or form.fields[field.name].disabled:
            continue
        before, now = _value(opened, field), _value(standing, field)
        they_did, you_did = before != now, _has_changed(form[field.name], before)
        if not (they_did or you_did):
            continue
        yield Field(
            label=str(form[field.name].label),
            opened=differences.shown(opened, field),
            theirs=differences.shown(standing, field),
            yours=_typed(form, field),
            they_changed=they_did,
            you_changed=you_did,
        )
        if they_did and not you_did:
            _put(form, field.name, now)


def _value(row: Any, field: Any) -> Any:
    """A field as a form begins with it."""
    if not field.many_to_many:
        return field.value_from_object(row)
    related = getattr(row, field.name)
    if row.pk is not None and hasattr(row, "history_id"):
        name = field.m2m_reverse_field_name()
        return sorted(related.values_list(f"{name}_id", flat=True))
    return sorted(related.values_list("pk", flat=True))


def _has_changed(bound: Any, before: Any) -> bool:
    if isinstance(before, datetime) and not bound.field.widget.supports_microseconds:
        before = before.replace(microsecond=0)
    return bool(bound.field.has_changed(before, bound.data))


def _typed(form: VersionedForm, field: Any) -> str:
    """What they typed, in words; as it came where it cannot be read."""
    if field.name not in form.cleaned_data:
        return str(form[field.name].data or "")
    value = form.cleaned_data[field.name]
    if field.many_to_many:
        value = [str(one) for one in value.order_by("pk")]
    return differences.say(field, value)


def _put(form: VersionedForm, name: str, value: Any) -> None:
    """Let the form show that value, whatever widget it has."""
    bound: Any = form[name]
    widget: Any = bound.field.widget
    if isinstance(widget, RelatedFieldWidgetWrapper):
        widget = widget.widget
    is_of_several = isinstance(widget, forms.MultiWidget)
    data: Any = form.data
    data, key = data.copy(), bound.html_name
    if is_of_several:
        for suffix, part in zip(
            widget.widgets_names, widget.decompress(value), strict=True
        ):
            data[f"{key}{suffix}"] = "" if part is None else str(part)
    elif isinstance(widget, forms.CheckboxInput):
        data.pop(key, None)
        data.update({key: "on"} if value else {})
    elif isinstance(value, list):
        data.setlist(key, [str(one) for one in value])
    else:
        shown = bound.field.prepare_value(value)
        data[key] = "" if shown is None else str(shown)
    form.data = data
