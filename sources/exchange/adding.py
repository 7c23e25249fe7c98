"""New records of one kind, written together: as if each were saved, only sooner."""

from __future__ import annotations

from typing import Any

from django.db import transaction

from entities.records import Record


def add(records: list[Any], reason: str) -> None:
    """Write new records with their history; what is derived from them follows.

    Raises what saving one of them would, and then none of them is written. Whatever
    constraint stands in the way, the database names it: nobody has asked before.
    """
    model: Any = type(records[0])
    try:
        with transaction.atomic():
            for record in records:
                record._change_reason = reason
                record.derive()
            model._base_manager.bulk_create(records)
            model.history.bulk_history_create(records)
            for record in records:
                record.settle()
    except BaseException:
        for record in records:
            _forget(record)
        raise
    for record in records:
        record.remember()


def _forget(record: Record) -> None:
    """Let it be new again: what the database gave it was taken back."""
    record.pk = None
    record._state.adding = True
