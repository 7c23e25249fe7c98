"""Where a database is carried to: empty before, and after anything that goes wrong."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from pathlib import Path
from typing import Any

from django.contrib.contenttypes.models import ContentType
from django.core.management import call_command
from django.core.management.base import CommandError
from django.db import DEFAULT_DB_ALIAS, OperationalError, connections, transaction
from django.db.utils import ConnectionHandler

from briefing.databases import is_sqlite, parsed
from briefing.moving.carrying import SOURCE, carried
from briefing.sqlite import options
from entities.routing import PRIMARY, choosing
from sources.exchange.writing import replaced

# SQLite's full-text index keeps its own copy of the words.
REBUILD = """
    INSERT INTO sources_searchentry_fts (sources_searchentry_fts) VALUES ('rebuild')
"""


def opened(url: str) -> AbstractContextManager[Any]:
    """The database at that address, with tables and no row, in place of the default.

    What is done to it in the block is there once the block has ended, all or nothing.
    Raises CommandError if it is not empty or cannot be reached.
    """
    try:
        settings = parsed("--to", url)
    except ValueError as error:
        raise CommandError(str(error)) from error
    return _file(settings) if is_sqlite(settings) else _server(settings)


@contextmanager
def _file(settings: dict[str, Any]) -> Iterator[Any]:
    name = str(settings["NAME"])
    if name == ":memory:" or Path(name).exists():
        raise CommandError(f"“{name}” is there already: name a file that is not.")
    with replaced(name) as part:
        settings |= {"NAME": str(part), "OPTIONS": options()}
        with _in_place(settings) as target:
            _make_tables()
            # What is not whole is thrown away, and what is whole is synced.
            _run("PRAGMA foreign_keys = OFF", "PRAGMA synchronous = OFF")
            with transaction.atomic():
                yield target
            # All of it belongs in the one file that is put in place.
            _run("PRAGMA journal_mode = DELETE")


@contextmanager
def _server(settings: dict[str, Any]) -> Iterator[Any]:
    with _in_place(settings) as target:
        _refuse_unless_empty(target)
        with transaction.atomic():
            _make_tables()
            yield target


@contextmanager
def _in_place(settings: dict[str, Any]) -> Iterator[Any]:
    """Let that database stand in for the default one, which is SOURCE meanwhile."""
    real = connections[DEFAULT_DB_ALIAS]
    handler = ConnectionHandler({DEFAULT_DB_ALIAS: settings})
    target = handler.create_connection(DEFAULT_DB_ALIAS)
    connections[DEFAULT_DB_ALIAS], connections[SOURCE] = target, real
    try:
        with choosing(PRIMARY):
            yield target
    finally:
        connections[DEFAULT_DB_ALIAS] = real
        del connections[SOURCE]
        # It knows the types of records by the numbers that they have there.
        ContentType.objects.clear_cache()
        target.close()


def _refuse_unless_empty(target: Any) -> None:
    try:
        tables = target.introspection.table_names(include_views=True)
    except OperationalError as error:
        words = " ".join(str(error).split())
        raise CommandError(f"The target does not answer: {words}") from error
    if tables:
        told = ", ".join(sorted(tables)[:3])
        raise CommandError(
            f"The target is not empty: it has {len(tables)} tables ({told} ...). "
            "Nothing was moved; name an empty database."
        )


def _make_tables() -> None:
    call_command("migrate", verbosity=0)


@contextmanager
def bare() -> Iterator[None]:
    """Take in rows as they are: what triggers and `migrate` write comes with them."""
    is_file = connections[DEFAULT_DB_ALIAS].vendor == "sqlite"
    with _dropped() if is_file else _disabled():
        _run(*(f'DELETE FROM "{model._meta.db_table}"' for model in carried()))
        yield


@contextmanager
def _dropped() -> Iterator[None]:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        cursor.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'")
        triggers = cursor.fetchall()
    _run(*(f'DROP TRIGGER "{name}"' for name, _ in triggers))
    yield
    _run(REBUILD, *(sql for _, sql in triggers))


@contextmanager
def _disabled() -> Iterator[None]:
    """A table that still waits for a check of its keys lets nobody change it."""
    tables = [model._meta.db_table for model in carried()]
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run(*(f'ALTER TABLE "{table}" DISABLE TRIGGER USER' for table in tables))
    _run("SET CONSTRAINTS ALL DEFERRED")
    yield
    _run("SET CONSTRAINTS ALL IMMEDIATE")
    _run(*(f'ALTER TABLE "{table}" ENABLE TRIGGER USER' for table in tables))
    _run("ANALYZE")


def _run(*statements: str) -> None:
    with connections[DEFAULT_DB_ALIAS].cursor() as cursor:
        for statement in statements:
            cursor.execute(statement)
