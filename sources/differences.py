"""What differs between two versions of a record, in words an editor reads."""

from __future__ import annotations

import difflib
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from typing import Any, NamedTuple

from django.core.exceptions import ObjectDoesNotExist
from django.db import models
from django.utils import timezone
from django.utils.text import capfirst

from entities.records import Record
from sources import values

# Kept by the program with every save; not what anyone wrote.
BOOKKEEPING = {
    "id",
    "kind",
    "created_by",
    "created_at",
    "modified_at",
    "attached_at",
    "version",
    "status_at",
}
# Comparing longer texts word by word would take seconds.
LONGEST = 4000
# So many words are shown on either side of a change.
CONTEXT = 12


class Part(NamedTuple):
    """A stretch of a compared text: same, old or new."""

    kind: str
    text: str


@dataclass(frozen=True, slots=True)
class Difference:
    """One field with what it was and what it is, as they are shown."""

    field: str
    label: str
    old: str
    new: str

    @property
    def parts(self) -> list[Part]:
        return compare(self.old, self.new)


def written_fields(model: type[models.Model]) -> list[models.Field[Any, Any]]:
    """The columns that people write, and relations to many records."""
    hidden = BOOKKEEPING | set(getattr(model, "derived_fields", ()))
    fields = (*model._meta.concrete_fields, *model._meta.many_to_many)
    return [field for field in fields if field.name not in hidden]


def difference(field: Any, old: Any, new: Any) -> Difference:
    label = str(capfirst(field.verbose_name))
    return Difference(field.name, label, say(field, old), say(field, new))


def say(field: Any, value: Any) -> str:
    """A field's value in words; nothing for none."""
    if value is None or value == "":
        return ""
    if isinstance(value, bool):
        return "yes" if value else "no"
    if field.flatchoices:
        return str(dict(field.flatchoices).get(value, value))
    if isinstance(field, models.DecimalField):
        return values.plain(field.to_python(value))
    if isinstance(value, list | tuple | set):
        return ", ".join(map(str, value))
    if isinstance(value, datetime):
        return f"{timezone.localtime(value):%d %B %Y, %H:%M}"
    return str(value)


def kept_fields(row: Any) -> list[Any]:
    """The fields that people write of which the history keeps what they were."""
    kept = {field.name for field in (*row.tracked_fields, *row._history_m2m_fields)}
    return [field for field in written_fields(row.instance_type) if field.name in kept]


def between(old: Any, new: Any) -> list[Difference]:
    """The fields that differ between a row of a record's history and another.

    The other may be the record itself, as it stands.
    """
    found = []
    for field in kept_fields(old):
        before, after = _kept(old, field), _kept(new, field)
        if before != after:
            found.append(difference(field, before, after))
    return found


def shown(row: Any, field: Any) -> str:
    """A field of the record, or of a row of its history, in words."""
    return say(field, _kept(row, field))


def _kept(row: Any, field: Any) -> Any:
    """The value of a field in the history; of a record that has gone, its number."""
    if field.many_to_many and isinstance(row, Record):
        return [str(other) for other in getattr(row, field.name).order_by("pk")]
    if field.many_to_many:
        name = field.m2m_reverse_field_name()
        links = getattr(row, field.name).select_related(name).order_by(name)
        return [str(getattr(link, name)) for link in links]
    try:
        return getattr(row, field.name)
    except ObjectDoesNotExist:
        return f"a record that has gone ({getattr(row, field.attname)})"


def compare(old: str, new: str) -> list[Part]:
    """The words of both texts in one row; long stretches that agree are cut short."""
    if max(len(old), len(new)) > LONGEST:
        before, after = _differing_middle(old, new)
        return [Part("old", before), Part("new", after)]
    one, other = re.split(r"(\s+)", old), re.split(r"(\s+)", new)
    matcher = difflib.SequenceMatcher(None, one, other, autojunk=False)
    return list(_parts(matcher, one, other))


def _parts(matcher: Any, one: list[str], other: list[str]) -> Iterator[Part]:
    for step, start, end, new_start, new_end in matcher.get_opcodes():
        if step == "equal":
            yield Part("same", _shortened(one[start:end]))
            continue
        gone, come = "".join(one[start:end]), "".join(other[new_start:new_end])
        if gone:
            yield Part("old", gone)
        if come:
            yield Part("new", come)


def _shortened(words: list[str]) -> str:
    if len(words) <= 4 * CONTEXT:
        return "".join(words)
    return "".join([*words[: 2 * CONTEXT], " … ", *words[-2 * CONTEXT :]])


def _differing_middle(old: str, new: str) -> tuple[str, str]:
    """Both texts without what they begin and end with alike, at most so much of it."""
    shorter = min(len(old), len(new))
    start = next((at for at in range(shorter) if old[at] != new[at]), shorter)
    end = 0
    while end < shorter - start and old[-1 - end] == new[-1 - end]:
        end += 1
    return (
        _clipped(old[start : len(old) - end]),
        _clipped(new[start : len(new) - end]),
    )


def _clipped(text: str) -> str:
    if len(text) <= LONGEST:
        return text
    return f"{text[:LONGEST]} … ({len(text) - LONGEST:,} more characters)"
