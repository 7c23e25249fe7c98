"""All that the tables hold, to be compared before and after."""

from __future__ import annotations

from typing import Any

from django.apps import apps

from sources.models import SearchEntry

# What no undoing turns back: how often and when a row was written.
COUNTERS = {"version", "modified_at"}
# What happened stays told, though it is undone.
LOGS = {"Merge", "PublicChange", "LastWrite"}


def contents() -> dict[str, set[Any]]:
    """Every row of ours but histories and logs, by table."""
    found = {}
    for room in ("entities", "sources"):
        for model in apps.get_app_config(room).get_models():
            name = model.__name__
            if not (name.startswith("Historical") or name in LOGS or _proxy(model)):
                found[name] = _rows(model)
    return found


def _proxy(model: Any) -> bool:
    return bool(model._meta.proxy)


def _rows(model: Any) -> set[Any]:
    leave = COUNTERS | ({"id"} if model is SearchEntry else set())
    columns = [
        field.attname
        for field in model._meta.concrete_fields
        if field.attname not in leave
    ]
    many = [field.name for field in model._meta.local_many_to_many]
    rows = set()
    for row in model._base_manager.all():
        values = [repr(getattr(row, name)) for name in columns]
        values += [
            repr(sorted(getattr(row, name).values_list("pk", flat=True)))
            for name in many
        ]
        rows.add(tuple(zip([*columns, *many], values, strict=True)))
    return rows


def differences(before: dict[str, set[Any]], after: dict[str, set[Any]]) -> list[str]:
    """What is not as it was, row by row; nothing where all is."""
    return [
        f"{sign} {table} {dict(row)}"
        for table in before
        for sign, rows in (
            ("-", before[table] - after[table]),
            ("+", after[table] - before[table]),
        )
        for row in rows
    ]
