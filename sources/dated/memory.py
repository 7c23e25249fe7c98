"""A database in memory with our tables, that stands in for the real one for a while.

The same rules and the same pages work on it as on the real one. Nothing that is done
meanwhile, by this thread, reaches the real one.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from typing import Any

from django.db import DEFAULT_DB_ALIAS, connections
from django.db.models import Model
from django.db.utils import ConnectionHandler

from entities.models import Alias, Distinction, Entity, Redirect
from entities.routing import PRIMARY, choosing
from sources.models import (
    Approach,
    Claim,
    Correction,
    Evidence,
    Finding,
    Property,
    Question,
    Source,
)

PUT = (
    *(Entity, Alias, Distinction, Property, Source, Question, Claim, Evidence),
    *(Finding, Correction, Approach),
)
# Asked by the pages and the rules; they stay empty.
EMPTY: tuple[Any, ...] = (
    Redirect,
    *(model.history.model for model in (Claim, Evidence, Finding)),
)
DATABASES = ConnectionHandler(
    {DEFAULT_DB_ALIAS: {"ENGINE": "django.db.backends.sqlite3", "NAME": ":memory:"}}
)


@lru_cache
def _schema() -> str:
    """The tables as the code has them now, worked out once."""
    # Not atomic: that would open a transaction on the real database.
    blank = DATABASES.create_connection(DEFAULT_DB_ALIAS)
    with blank.schema_editor(collect_sql=True, atomic=False) as editor:
        for model in (*PUT, *EMPTY):
            editor.create_model(model)
    blank.connection.close()
    return "\n".join(editor.collected_sql)


@contextmanager
def standing_in() -> Iterator[None]:
    """Let an empty database in memory stand in for the real one in this thread."""
    real = connections[DEFAULT_DB_ALIAS]
    made = DATABASES.create_connection(DEFAULT_DB_ALIAS)
    made.ensure_connection()
    # What stood then may refer to what is not shown, and predate a constraint.
    made.connection.executescript(
        f"PRAGMA foreign_keys = OFF; PRAGMA ignore_check_constraints = ON; {_schema()}"
    )
    connections[DEFAULT_DB_ALIAS] = made
    try:
        # Nor is a replica read while it does.
        with choosing(PRIMARY):
            yield
    finally:
        connections[DEFAULT_DB_ALIAS] = real
        made.connection.close()


def put(model: type[Model], rows: Iterable[Any]) -> None:
    """Write rows as they are, with no `save()`: their times are those of then."""
    database = connections[DEFAULT_DB_ALIAS]
    fields = model._meta.concrete_fields
    values = [
        [
            field.get_db_prep_save(getattr(row, field.attname), connection=database)
            for field in fields
        ]
        for row in rows
    ]
    _insert(model._meta.db_table, [str(field.column) for field in fields], values)


def put_related(model: Any, name: str, pairs: Iterable[tuple[int, int]]) -> None:
    """Write the pairs of a relation to many."""
    field = model._meta.get_field(name)
    columns = [field.m2m_column_name(), field.m2m_reverse_name()]
    _insert(field.m2m_db_table(), columns, [list(pair) for pair in pairs])


def _insert(table: str, columns: list[str], values: list[list[Any]]) -> None:
    quoted = ", ".join(f'"{column}"' for column in columns)
    places = ", ".join(["%s"] * len(columns))
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.executemany(
            f'INSERT INTO "{table}" ({quoted}) VALUES ({places})', values
        )
