"""The last number that each table gave away: what was deleted does not come again."""

from __future__ import annotations

from typing import Any

from django.db import connections

from briefing.moving.carrying import carried

# A sequence that gave none away yet has its first number as the last.
LAST = "SELECT CASE WHEN is_called THEN last_value ELSE 0 END FROM {}"


def _columns() -> dict[str, str]:
    """The tables that number their rows, each with the column of the number."""
    keys = {model._meta.db_table: model._meta.pk for model in carried()}
    return {
        table: key.column
        for table, key in keys.items()
        if key.get_internal_type().endswith("AutoField")
    }


def given(using: str) -> dict[str, int]:
    """By table, the last number given away."""
    connection = connections[using]
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("SELECT name, seq FROM sqlite_sequence")
            found = dict(cursor.fetchall())
            return {table: found.get(table, 0) for table in _columns()}
        last = {}
        for table, column in _columns().items():
            cursor.execute(LAST.format(_sequence(cursor, table, column)))
            last[table] = cursor.fetchone()[0]
        return last


def give(using: str, last: dict[str, int]) -> None:
    """Go on from these numbers."""
    connection, columns = connections[using], _columns()
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            cursor.execute("DELETE FROM sqlite_sequence")
            insert = "INSERT INTO sqlite_sequence (name, seq) VALUES (%s, %s)"
            cursor.executemany(insert, [row for row in last.items() if row[1]])
            return
        for table, number in last.items():
            sequence = _sequence(cursor, table, columns[table])
            asked: tuple[str, int, bool] = (sequence, max(number, 1), number > 0)
            cursor.execute("SELECT setval(%s, %s, %s)", asked)


def _sequence(cursor: Any, table: str, column: str) -> str:
    cursor.execute("SELECT pg_get_serial_sequence(%s, %s)", [table, column])
    return str(cursor.fetchone()[0])
