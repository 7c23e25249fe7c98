"""The project's tables, written many rows at a time, past the models."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime, timedelta
from functools import lru_cache
from typing import Any

from django.db import connection, models

from sources.triggers import versioned

BEGAN = datetime(2025, 1, 1)
# What is made again once the rows are there: in one go it takes a fraction of the time.
MADE_AGAIN = """
    SELECT type, name, sql FROM sqlite_master
    WHERE type IN ('index', 'trigger') AND sql IS NOT NULL
"""


class Table:
    """One model's rows on their way into its table, with the usual values filled in."""

    def __init__(self, cursor: Any, model: type[models.Model]) -> None:
        self.cursor = cursor
        fields = model._meta.concrete_fields
        self.usual = {str(field.column): _usual(field) for field in fields}
        self.rows: list[tuple[Any, ...]] = []
        self.last = 0
        columns = ", ".join(f'"{column}"' for column in self.usual)
        places = ", ".join(["%s"] * len(self.usual))
        # Names come from the models.
        self.sql = f'INSERT INTO "{model._meta.db_table}" ({columns}) VALUES ({places})'  # noqa: S608

    def add(self, **given: Any) -> None:
        """Keep the row until it is written; without a key it gets the next."""
        self.last = given.setdefault("id", self.last + 1)
        row = self.usual | given
        assert len(row) == len(self.usual), given.keys() - self.usual.keys()
        self.rows.append(tuple(row.values()))

    def write(self) -> None:
        self.cursor.executemany(self.sql, self.rows)
        self.rows = []


def _usual(field: Any) -> Any:
    """A column's default, as the database takes it."""
    value = None if field.primary_key else field.get_default()
    return field.get_db_prep_save(value, connection)


@lru_cache(16)
def moment(number: int) -> str:
    """When the record of that number was made: one comes every ten seconds."""
    return str(BEGAN + timedelta(seconds=10 * number))


@contextmanager
def bare(cursor: Any) -> Iterator[None]:
    """Take indexes and triggers away while rows come in; make the full text anew."""
    made_again = cursor.execute(MADE_AGAIN).fetchall()
    for kind, name, _ in made_again:
        cursor.execute(f'DROP {kind} "{name}"')
    yield
    for _, _, sql in made_again:
        cursor.execute(sql)
    cursor.execute(
        "INSERT INTO sources_searchentry_fts (sources_searchentry_fts) "
        "VALUES ('rebuild')"
    )


def remember(cursor: Any) -> None:
    """Give every record the first version of its history, as an import does."""
    for model in versioned():
        _remember(cursor, model)


def _remember(cursor: Any, model: Any) -> None:
    past = model.history.model
    kept = [
        field.column
        for field in past.tracked_fields
        if not isinstance(field, models.ManyToManyField)
    ]
    columns = ", ".join(f'"{column}"' for column in kept)
    cursor.execute(
        f'INSERT INTO "{past._meta.db_table}" '  # noqa: S608
        f"({columns}, history_date, history_type, history_change_reason) "
        f"SELECT {columns}, created_at, '+', 'import' FROM \"{model._meta.db_table}\""
    )
