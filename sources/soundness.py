"""Whether the database itself is sound: its file, references, guards, histories.

And whether all that is derived is what working it out anew gives: that is tried in a
transaction which is taken back.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any

from django.db import connection, models, transaction

from entities.models import Entity
from sources import settling, triggers
from sources.models import Claim, Evidence, Question, SearchEntry, Source
from sources.verification import Failure

DERIVED: tuple[type[models.Model], ...] = (
    *(Entity, Source, Evidence, Claim, Question, SearchEntry),
)
MOST = 100
DIFFERS = {"sqlite": "IS NOT", "postgresql": "IS DISTINCT FROM"}


def checks() -> list[Callable[[], Iterator[Failure]]]:
    """What is asked of a database, the quickest first."""
    return [engine, references, guards, histories, derived]


def engine() -> Iterator[Failure]:
    """What SQLite finds in its own file; PostgreSQL watches over its files itself."""
    if connection.vendor == "sqlite":
        for (told,) in _rows(f"PRAGMA integrity_check({MOST})"):
            if told != "ok":
                yield Failure("database", "", told)


def references() -> Iterator[Failure]:
    """Rows that point at none; PostgreSQL never lets one in."""
    if connection.vendor == "sqlite":
        for table, row, to, _ in _rows("PRAGMA foreign_key_check")[:MOST]:
            yield Failure(table, str(row), f"It names a row of {to} that is not there.")


def guards() -> Iterator[Failure]:
    """Tables whose versions nothing raises where the forms are gone round."""
    for trigger in triggers.missing():
        yield Failure("database", trigger.table, "Its trigger is gone: run `migrate`.")


def histories() -> Iterator[Failure]:
    """Records whose history does not end with the version that stands."""
    for model in triggers.versioned():
        if not hasattr(model, "history"):
            continue
        for key, version, last in _rows(_last_versions(model))[:MOST]:
            kept = "no version" if last is None else f"version {last}"
            message = f"It stands at version {version}; its history ends with {kept}."
            yield Failure(model._meta.model_name or "", _slug(model, key), message)


def _last_versions(model: Any) -> str:
    """Those whose last version in the history is not the one that stands."""
    table, history = model._meta.db_table, model.history.model._meta.db_table
    last = (
        f"(SELECT version FROM {history} AS past WHERE past.id = row.id "
        "ORDER BY history_id DESC LIMIT 1)"
    )
    return (
        f"SELECT id, version, {last} FROM {table} AS row "
        f"WHERE version {DIFFERS[connection.vendor]} {last}"
    )


def derived() -> Iterator[Failure]:
    """What a rebuild would change; nothing is changed. Who writes meanwhile waits."""
    with transaction.atomic():
        for model in DERIVED:
            _keep(model)
        settling.rebuild()
        found = [failure for model in DERIVED for failure in _changed(model)]
        transaction.set_rollback(True)
    yield from found


def _columns(model: Any) -> list[str]:
    """The columns that follow from other rows; of a search entry, all."""
    names = getattr(model, "derived_fields", None)
    fields = [f for f in model._meta.concrete_fields if not f.primary_key]
    return [f.column for f in fields if names is None or f.name in names]


def _keep(model: Any) -> None:
    columns = ", ".join(["id", *_columns(model)])
    table = model._meta.db_table
    with connection.cursor() as cursor:
        cursor.execute(
            f"CREATE TEMPORARY TABLE before_{table} AS SELECT {columns} FROM {table}"
        )


def _changed(model: Any) -> Iterator[Failure]:
    """Rows that are not as they were kept, and those that came or went."""
    table, differs = model._meta.db_table, DIFFERS[connection.vendor]
    for column in _columns(model):
        same = f'before."{column}" {differs} now."{column}"'
        for (key,) in _rows(
            f"SELECT now.id FROM {table} AS now JOIN before_{table} AS before "
            f"ON before.id = now.id WHERE {same} ORDER BY now.id LIMIT {MOST}"
        ):
            yield _unlike(model, _slug(model, key), column)
    for one, other in ((table, f"before_{table}"), (f"before_{table}", table)):
        for (key,) in _rows(
            f"SELECT id FROM {one} AS one WHERE NOT EXISTS "
            f"(SELECT 1 FROM {other} AS other WHERE other.id = one.id) LIMIT {MOST}"
        ):
            yield _unlike(model, _slug(model, key), "whole row")


def _unlike(model: Any, slug: str, what: str) -> Failure:
    message = f"Its {what} is not what follows from the rest: run `rebuild`."
    return Failure(model._meta.model_name, slug, message)


def _slug(model: Any, key: int) -> str:
    """The row's public name, or its number where it has none."""
    if "slug" not in {field.name for field in model._meta.concrete_fields}:
        return str(key)
    found = model._base_manager.filter(pk=key).values_list("slug", flat=True).first()
    return found or str(key)


def _rows(sql: str) -> list[Any]:
    with connection.cursor() as cursor:
        cursor.execute(sql)
        return cursor.fetchall()
