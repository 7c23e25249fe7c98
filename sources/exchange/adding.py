"""New records of one kind, written together: as if each were saved, only sooner."""

from __future__ import annotations

from typing import Any

from django.db import connection, transaction
from django.utils import timezone

from entities.inserting import Table
from entities.records import Record


def add(records: list[Any], reason: str) -> None:
    """Write new records with their history; what is derived from them follows.

    Raises what saving one of them would, and then none of them is written. Whatever
    constraint stands in the way, the database names it: nobody has asked before.
    """
    try:
        with transaction.atomic():
            for record in records:
                record._change_reason = reason
                record.derive()
            _write(records, reason)
            for record in records:
                record.settle()
    except BaseException:
        for record in records:
            _forget(record)
        raise
    for record in records:
        record.remember()


def _write(records: list[Any], reason: str) -> None:
    """Write the rows, and of each its first version, which holds the same."""
    model: Any = type(records[0])
    table = Table.of(model)
    for record, key in zip(records, table.new_keys(len(records)), strict=True):
        record.pk = key
    rows = table.cells(records, table.names)
    table.write(table.names, rows)
    for record in records:
        record._state.adding, record._state.db = False, connection.alias
    history = model.history.model
    kept = [field.attname for field in history.tracked_fields]
    places = [table.names.index(name) for name in kept]
    told = _told(history, records[0], reason)
    versions = [[*(row[at] for at in places), *told.values()] for row in rows]
    Table.of(history).write([*kept, *told], versions)


def _told(history: Any, record: Record, reason: str) -> dict[str, Any]:
    """What the first versions of records say of how these came to be."""
    user = history.get_default_history_user(record)
    version = history(
        history_date=timezone.now(),
        history_change_reason=reason,
        history_type="+",
        history_user=user,
    )
    names = ["history_date", "history_change_reason", "history_type", "history_user_id"]
    (cells,) = Table.of(history).cells([version], names)
    return dict(zip(names, cells, strict=True))


def _forget(record: Record) -> None:
    """Let it be new again: what the database gave it was taken back."""
    record.pk = None
    record._state.adding = True
