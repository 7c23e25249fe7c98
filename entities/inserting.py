"""Many new rows of one table, written with a statement that is compiled once.

Django compiles an INSERT anew for every hundred rows, which takes longer than all else
that becomes of them. Values still go to the database as their fields give them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from functools import lru_cache, partial
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connection, connections, models
from django.utils import timezone

Cells = list[Any]
# A value of just this type goes to the database as it is.
PLAIN: tuple[tuple[Any, type], ...] = (
    ((models.CharField, models.TextField), str),
    ((models.IntegerField, models.ForeignKey), int),
    (models.BooleanField, bool),
    (models.FloatField, float),
)


def update(
    model: Any, names: Sequence[str], values: Mapping[int, Sequence[Any]]
) -> None:
    """Give these columns of each of these rows, by their keys, values of their own."""
    if not values:
        return
    table, quote = Table.of(model), connection.ops.quote_name
    written = ", ".join(f"{quote(table.columns[name])} = %s" for name in names)
    with connection.cursor() as cursor:
        cursor.executemany(
            f"UPDATE {quote(table.name)} SET {written} "
            f"WHERE {quote(table.key_column)} = %s",
            [(*cells, key) for key, cells in values.items()],
        )


class Table:
    """How rows of one model are written: its columns, and what goes into each.

    What the database fills in by itself is left to it.
    """

    def __init__(self, model: type[models.Model]) -> None:
        meta: Any = model._meta.concrete_model._meta  # type: ignore[union-attr]
        self.name, self.key = meta.db_table, meta.pk.attname
        self.key_column = meta.pk.column
        fields = [f for f in meta.concrete_fields if not f.has_db_default()]
        self.names = [field.attname for field in fields]
        self.columns = {field.attname: field.column for field in fields}
        self._fields = {field.attname: (_plain(field), field) for field in fields}
        # What is filled with the moment of the write.
        self._stamped = [
            field.attname
            for field in fields
            if isinstance(field, models.DateTimeField)
            and (field.auto_now or field.auto_now_add)
        ]

    @staticmethod
    @lru_cache(None)
    def of(model: type[models.Model]) -> Table:
        return Table(model)

    def cells(self, rows: Iterable[models.Model], names: list[str]) -> list[Cells]:
        """What goes into these columns for each row."""
        given = [(name, *self._given(name)) for name in names]
        stamp = dict.fromkeys(self._stamped, timezone.now())
        found = []
        for row in rows:
            values = row.__dict__
            values.update(stamp)
            found.append(
                [
                    value
                    if (value := values[name]) is None or value.__class__ is plain
                    else give(value)
                    for name, plain, give in given
                ]
            )
        return found

    def _given(self, name: str) -> tuple[type | None, Callable[[Any], Any]]:
        """The type of values that go as they are; what makes all others fit."""
        plain, field = self._fields[name]
        give = partial(field.get_db_prep_save, connection=connections[DEFAULT_DB_ALIAS])
        # The rows of one write have few moments between them.
        is_moment = isinstance(field, models.DateTimeField)
        return plain, lru_cache(4)(give) if is_moment else give

    def write(self, names: Sequence[str], rows: Sequence[Sequence[Any]]) -> None:
        """Write rows that have these columns."""
        if not rows:
            return
        quote = connection.ops.quote_name
        columns = ", ".join(quote(self.columns[name]) for name in names)
        places = ", ".join(["%s"] * len(names))
        with connection.cursor() as cursor:
            cursor.executemany(
                f"INSERT INTO {quote(self.name)} ({columns}) VALUES ({places})", rows
            )

    def new_keys(self, count: int) -> list[int]:
        """Keys that no row has or ever had, for the transaction that asks for them."""
        with connection.cursor() as cursor:
            if connection.vendor == "sqlite":
                # One writer at a time: nobody else takes them.
                cursor.execute(
                    "SELECT seq FROM sqlite_sequence WHERE name = %s", [self.name]
                )
                last = (cursor.fetchone() or [0])[0]
                return list(range(last + 1, last + 1 + count))
            table = connection.ops.quote_name(self.name)
            cursor.execute(
                "SELECT nextval(pg_get_serial_sequence(%s, %s)) "
                "FROM generate_series(1, %s)",
                [table, self.key_column, count],
            )
            return [key for (key,) in cursor.fetchall()]


def _plain(field: Any) -> type | None:
    return next((plain for kinds, plain in PLAIN if isinstance(field, kinds)), None)
