"""What readers were told of a record, and the correction of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ObjectDoesNotExist

from entities.models import Entity
from entities.records import Record, Status
from sources import differences, slugs
from sources.differences import Difference
from sources.models import Claim, Correction, Source

VALUE = (
    *("object", "date", "bound", "amount", "amount_high", "unit", "text"),
    *("no_value", "during"),
)
# The fields whose words readers take from us.
TOLD: dict[type[Record], tuple[str, ...]] = {
    Claim: ("statement", *VALUE),
    Entity: ("name", "summary"),
    Source: ("title", "author", "published"),
}


def table(record: Record) -> type[Record]:
    """The model that corrections know a record by."""
    return Entity if isinstance(record, Entity) else type(record)


def is_told(record: Record) -> bool:
    """Whether readers were told of it, so that a slip in it has to be put right."""
    return table(record) in TOLD and record.stored("status") == Status.PUBLISHED


def changes(before: Any, after: Any) -> list[Difference]:
    """The fields in which readers are told something else than before."""
    found = []
    for name in TOLD[table(after)]:
        field = after._meta.get_field(name)
        old, new = getattr(before, name), getattr(after, name)
        if old != new:
            found.append(differences.difference(field, old, new))
    return found


def since(record: Any, version: str) -> list[Difference]:
    """The same between an earlier version of a record and what it says today."""
    if not (version.isascii() and version.isdigit() and len(version) < 10):
        return []
    row = record.history.filter(version=version).order_by("history_id").first()
    try:
        return changes(row, record) if row is not None else []
    except ObjectDoesNotExist:
        return []


def in_words(told: list[Difference]) -> tuple[str, str]:
    """What we said and what we say now; a sentence of ours stands by itself."""
    sentences = [one for one in told if one.field in ("statement", "summary", "title")]
    if sentences:
        return sentences[0].old or "Nothing.", sentences[0].new or "Nothing."
    said = [f"{one.label}: {one.old or 'none'}." for one in told]
    says = [f"{one.label}: {one.new or 'none'}." for one in told]
    return " ".join(said), " ".join(says)


def make(user: Any, record: Record, said: str, says: str, reason: str) -> Correction:
    """Tell readers what was wrong, on the record's page and in the list of them all."""
    about: Any = {str(table(record)._meta.model_name): record}
    correction = Correction(said=said, says=says, reason=reason, **about)
    correction.created_by = user
    correction.slug = slugs.make_slug(correction)
    correction.full_clean(exclude=["claim", "entity", "source"])
    correction.save()
    return correction
