"""The database's own guard: a write that goes round the forms raises the version too.

A record's `save()` raises its version in the UPDATE that writes the row. What writes
by `queryset.update`, raw SQL or another program does not, and whoever has the record
open would write over it unwarned. So each versioned table has a trigger on the columns
that people write: where one of them changed and the version did not, it raises it, and
leaves the mark (`LastWrite`) after which no kept page is shown again. Derived columns
are none of its business.

SQLite drops a trigger with the table that a migration rebuilds, and neither engine
changes a column that a trigger reads: `migrate` takes the triggers away before it
starts and makes them when it has ended.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from django.apps import apps
from django.db import DEFAULT_DB_ALIAS, connections, models

from entities.records import Record

ROOMS = ("entities", "sources")
FUNCTION = "briefing_raise_version"
MARKED = {
    "sqlite": "UPDATE entities_lastwrite SET mark = lower(hex(randomblob(8))), "
    "at = strftime('%Y-%m-%d %H:%M:%f', 'now')",
    "postgresql": "UPDATE entities_lastwrite SET "
    "mark = substr(md5(random()::text), 1, 16), at = clock_timestamp()",
}
# PostgreSQL: before the write, so that there is no second one.
POSTGRESQL_FUNCTION = f"""
CREATE OR REPLACE FUNCTION {FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN {MARKED["postgresql"]}; NEW.version := OLD.version + 1; RETURN NEW; END $$
"""
STANDING = {
    "sqlite": "SELECT name, tbl_name FROM sqlite_master WHERE type = 'trigger'",
    "postgresql": "SELECT tgname, tgrelid::regclass::text FROM pg_trigger "
    "WHERE NOT tgisinternal",
}


class Trigger(NamedTuple):
    """One table's guard and the statement that makes it."""

    name: str
    table: str
    sql: str


def versioned() -> list[type[models.Model]]:
    """Every model whose rows carry a version and have a table of their own."""
    return [
        model
        for room in ROOMS
        for model in apps.get_app_config(room).get_models()
        if issubclass(model, Record) and not model._meta.proxy
    ]


def written_columns(model: type[models.Model]) -> list[str]:
    """The columns that people write; what the program fills in is no new version."""
    derived = set(getattr(model, "derived_fields", ()))
    return [
        str(field.column)
        for field in model._meta.concrete_fields
        if field.editable and field.name not in derived and not field.primary_key
    ]


def trigger_of(model: type[models.Model], vendor: str) -> Trigger:
    table = model._meta.db_table
    name = f"{table}_version"
    columns = written_columns(model)
    if vendor == "sqlite":
        return Trigger(name, table, _for_sqlite(name, table, columns))
    return Trigger(name, table, _for_postgresql(name, table, columns))


def _for_sqlite(name: str, table: str, columns: list[str]) -> str:
    return (
        f'CREATE TRIGGER "{name}" AFTER UPDATE OF {_listed(columns)} ON "{table}" '
        f"WHEN new.version = old.version AND ({_differing(columns, 'IS NOT')}) "
        f'BEGIN UPDATE "{table}" SET version = old.version + 1 '
        f"WHERE rowid = new.rowid; {MARKED['sqlite']}; END"
    )


def _for_postgresql(name: str, table: str, columns: list[str]) -> str:
    return (
        f'CREATE TRIGGER "{name}" BEFORE UPDATE OF {_listed(columns)} ON "{table}" '
        "FOR EACH ROW WHEN (new.version = old.version AND "
        f"({_differing(columns, 'IS DISTINCT FROM')})) EXECUTE FUNCTION {FUNCTION}()"
    )


def _listed(columns: list[str]) -> str:
    return ", ".join(f'"{column}"' for column in columns)


def _differing(columns: list[str], differs: str) -> str:
    return " OR ".join(f'new."{one}" {differs} old."{one}"' for one in columns)


def missing(using: str = DEFAULT_DB_ALIAS) -> list[Trigger]:
    """The triggers that the database lacks, of the tables that stand as in the code."""
    connection = connections[using]
    with connection.cursor() as cursor:
        standing = _standing(connection, cursor)
        lacking = {
            model: trigger
            for model in versioned()
            if (trigger := trigger_of(model, connection.vendor))[:2] not in standing
        }
        fitting = _fitting(connection, cursor, lacking) if lacking else ()
        return [lacking[model] for model in fitting]


def _standing(connection: Any, cursor: Any) -> set[tuple[str, str]]:
    """The name and the table of each trigger that the database has."""
    cursor.execute(STANDING[connection.vendor])
    return {(name, table) for name, table in cursor.fetchall()}


def _fitting(
    connection: Any, cursor: Any, models: Iterable[type[models.Model]]
) -> Iterator[type[models.Model]]:
    """Midway through the migrations a table may lack columns, or not be there yet."""
    tables = set(connection.introspection.table_names(cursor))
    for model in models:
        table = model._meta.db_table
        if table in tables:
            found = connection.introspection.get_table_description(cursor, table)
            if {"version", *written_columns(model)} <= {one.name for one in found}:
                yield model


def make(using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Make the triggers that the database lacks; told after each `migrate`."""
    lacking = missing(using)
    connection = connections[using]
    with connection.cursor() as cursor:
        if lacking and connection.vendor == "postgresql":
            cursor.execute(POSTGRESQL_FUNCTION)
        for trigger in lacking:
            cursor.execute(trigger.sql)


def drop(plan: Any = True, using: str = DEFAULT_DB_ALIAS, **kwargs: Any) -> None:
    """Take them away while tables are rebuilt; told before each `migrate`."""
    if not plan:
        return
    connection = connections[using]
    ours = {trigger_of(model, connection.vendor)[:2] for model in versioned()}
    with connection.cursor() as cursor:
        for name, table in sorted(ours & _standing(connection, cursor)):
            on = f' ON "{table}"' if connection.vendor == "postgresql" else ""
            cursor.execute(f'DROP TRIGGER "{name}"{on}')
