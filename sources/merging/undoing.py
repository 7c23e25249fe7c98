"""Undoing a merge: all of it comes back, or nothing does and we say why."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.apps import apps
from django.core.exceptions import ObjectDoesNotExist, ValidationError
from django.db.models import F
from django.utils import timezone

from entities.locking import alone
from entities.models import Alias, Entity, Redirect
from sources import happenings, settling
from sources.merging import doing
from sources.merging.log import named, packed, park, swap, write, written
from sources.models import Claim, Merge, Question
from sources.summaries import TOKEN

CLAIM, QUESTION = Claim._meta.label_lower, Question._meta.label_lower


def undo(merge: Merge) -> None:
    """Bring back all that the merge changed, as it was.

    Raises ValidationError with the list of what was changed since, and writes nothing.
    """
    with alone():
        merge = Merge.objects.select_for_update().get(pk=merge.pk)
        moved = merge.moved
        found = problems(merge)
        if found:
            raise ValidationError(found)
        doing.hold(moved["merged"], moved["kept"])
        reason = f"Merge of “{merge}” undone"
        with settling.together():
            _bring_back(moved, reason)
        happenings.date_anew([moved["merged"], moved["kept"]])
        merge.undone_at = timezone.now()
        merge._change_reason = reason[:100]
        merge.save()


def problems(merge: Merge) -> list[str]:
    """Why the merge cannot be undone: what was changed since."""
    if merge.undone_at is not None:
        return ["This merge was undone already."]
    kept = Entity.objects.keyed([merge.moved.get("kept", 0)]).first()
    if kept is not None and kept.merged_into is not None:
        into = kept.merged_into
        return [f"“{kept}” was merged into “{into}” since: undo that first."]
    found = [*_changed(merge.moved), *_related(merge.moved), *_made(merge.moved)]
    return [*found, *_recited(merge.moved)]


def _row(table: str, key: int) -> Any:
    return apps.get_model(table)._base_manager.filter(pk=key).first()


def _gone(table: str) -> str:
    return f"A {apps.get_model(table)._meta.verbose_name} that it moved is gone."


def _changed(moved: dict[str, Any]) -> Iterator[str]:
    for table, key, columns in moved.get("changed", ()):
        row = _row(table, key)
        if row is None:
            yield _gone(table)
            continue
        for name, (_, after) in columns.items():
            if name != "status_at" and packed(getattr(row, name)) != after:
                word = row._meta.get_field(name).verbose_name
                yield f"{named(row)}: “{word}” was changed since."


def _related(moved: dict[str, Any]) -> Iterator[str]:
    for table, key, name, _, after in moved.get("related", ()):
        row = _row(table, key)
        if row is None:
            yield _gone(table)
        elif sorted(getattr(row, name).values_list("pk", flat=True)) != after:
            word = row._meta.get_field(name).verbose_name
            yield f"{named(row)}: “{word}” was changed since."


def _made(moved: dict[str, Any]) -> Iterator[str]:
    for table, key, columns in moved.get("made", ()):
        row = _row(table, key)
        # A redirect follows its record by itself.
        if row is None or isinstance(row, Redirect):
            continue
        is_used = isinstance(row, Alias) and row.uses.exists()
        if written(row) != columns or is_used:
            yield f"{named(row)}, which it made, was changed or used since."


def _recited(moved: dict[str, Any]) -> Iterator[str]:
    for key, _, new, places in moved.get("recited", ()):
        entity = Entity.objects.keyed([key]).first()
        cited = dict(enumerate(TOKEN.findall(entity.summary))) if entity else {}
        if entity is None or any(cited.get(at) != new for at in places):
            yield f"The summary of “{entity}” was changed since."


def _bring_back(moved: dict[str, Any], reason: str) -> None:
    for table, columns in moved["dropped"]:
        _make_again(table, columns, reason)
    park(key for table, key, _ in moved["changed"] if table == CLAIM)
    for table, key, columns in moved["changed"]:
        _put_back(_row(table, key), columns, reason)
    for table, key, name, before, _ in reversed(moved["related"]):
        row = _row(table, key)
        row._change_reason = reason[:100]
        others = row._meta.get_field(name).related_model._base_manager
        settling.relate(row, name, others.filter(pk__in=before))
    for key, old, _, places in reversed(moved["recited"]):
        swap(Entity.objects.get(pk=key), places, old, reason)
    for table, key, _ in moved["made"]:
        row = _row(table, key)
        if row is not None:
            row._change_reason = reason[:100]
            row.delete()
    asked = [key for table, key, _ in moved["changed"] if table == QUESTION]
    _part_questions(asked, reason)


def _make_again(table: str, columns: dict[str, Any], reason: str) -> None:
    """A row that went comes back under its key."""
    model: Any = apps.get_model(table)
    values = {
        name: model._meta.get_field(name).to_python(value)
        for name, value in columns.items()
    }
    record = model(**values | {"version": values["version"] + 1})
    record._change_reason = reason[:100]
    record.full_clean()
    record.save(force_insert=True)
    # When it was made is noted anew by every insertion.
    model._base_manager.filter(pk=record.pk).update(created_at=values["created_at"])


def _put_back(record: Any, columns: dict[str, Any], reason: str) -> None:
    values = {
        name: record._meta.get_field(name).to_python(before)
        for name, (before, _) in columns.items()
    }
    for name, value in values.items():
        setattr(record, name, value)
    write(record, reason)
    if "status_at" in values:
        # A save notes when the status changed; it is as if it had not.
        rows = type(record)._base_manager.filter(pk=record.pk)
        rows.update(status_at=values["status_at"])


def _part_questions(asked: list[int], reason: str) -> None:
    """What was claimed of the record that stayed, since, is asked of that record."""
    rows = Claim.objects.answering(asked).exclude(subject=F("question__subject"))
    for claim in rows.order_by("pk"):
        write(claim, reason)


def record_of(merge: Merge, role: str) -> Entity | None:
    """The record that was merged, or kept, as it stands."""
    try:
        entity: Entity = Entity.objects.get(pk=merge.moved[role])
    except (KeyError, ObjectDoesNotExist):
        return None
    return entity
