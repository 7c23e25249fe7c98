"""System checks: nothing may write over what an editor has open."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.contrib import admin
from django.core.checks import CheckMessage, Error, Tags, register
from django.db import connections
from django.db.migrations.executor import MigrationExecutor

from sources import triggers

_mending: ContextVar[bool] = ContextVar("mending", default=False)


@register(Tags.database)
def every_version_is_guarded(
    app_configs: object, databases: Sequence[str] | None = None, **kwargs: Any
) -> list[CheckMessage]:
    """Each versioned table has the trigger that raises its version."""
    return [
        Error(
            f"Table {trigger.table} lacks the trigger that raises the version of a row "
            "written round the forms: an editor's save could write over it unwarned.",
            hint="Run: manage.py migrate",
            id="sources.E001",
        )
        for database in databases or ()
        for trigger in _lacking(database)
    ]


@contextmanager
def mending() -> Iterator[None]:
    """What is missing is about to be made, so its lack is no error."""
    token = _mending.set(True)
    try:
        yield
    finally:
        _mending.reset(token)


def _lacking(database: str) -> list[triggers.Trigger]:
    if _mending.get():
        return []
    lacking = triggers.missing(database)
    # A migration that is still to run, or was cut short, ends with making them.
    return [] if lacking and is_behind(database) else lacking


def is_behind(database: str) -> bool:
    """Whether a migration is still to run."""
    executor = MigrationExecutor(connections[database])
    return bool(executor.migration_plan(executor.loader.graph.leaf_nodes()))


@register(Tags.admin)
def lists_are_for_reading(app_configs: object, **kwargs: Any) -> list[CheckMessage]:
    """A list's rows carry no version, so none may be edited in the list."""
    admin.autodiscover()
    return [
        Error(
            f"{type(table).__name__} has list_editable: rows edited in a list would "
            "be written over unwarned.",
            hint="Edit the record on its own page, which knows the version it shows.",
            obj=type(table),
            id="sources.E002",
        )
        for table in admin.site._registry.values()
        if table.list_editable
    ]
