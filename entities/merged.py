"""What names a record that was merged while it was being written."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError


def refuse_merged_meanwhile(record: Any) -> None:
    """Raise ValidationError if a new row names a record that a merge has just emptied.

    Its form was filled in and read before; what was merged then leads elsewhere now.
    What was known to be merged when it was chosen is as it was meant.
    """
    if not record.is_being_added or record.is_carried:
        return
    chosen = {
        field.name: getattr(record, field.name)
        for field in record._meta.concrete_fields
        if hasattr(field.related_model, "merged_into") and field.is_cached(record)
    }
    standing = {name: one for name, one in chosen.items() if one and _is_whole(one)}
    if not standing:
        return
    model: Any = type(next(iter(standing.values())))._meta.concrete_model
    rows = model._base_manager.filter(pk__in={one.pk for one in standing.values()})
    merged = {one.pk: one for one in rows.exclude(merged_into=None)}
    errors = {
        name: f"“{one}” was merged into “{merged[one.pk].merged_into}” while you "
        "wrote: choose that."
        for name, one in standing.items()
        if one.pk in merged
    }
    if errors:
        raise ValidationError(errors)


def _is_whole(entity: Any) -> bool:
    """Whether it was no part of another when it was read."""
    return entity.pk is not None and entity.merged_into_id is None
