"""Whether the database that was carried is the same in its new place."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from contextlib import contextmanager

from django.db import DEFAULT_DB_ALIAS, connections

from briefing.moving import numbers
from briefing.moving.carrying import SOURCE, Sum, carried, counted
from sources import triggers
from sources.exchange import jsonlines, outgoing
from sources.exchange.kinds import ORDER, TEXT
from sources.flat.views import VIEWS

INTEGRITY = """
    INSERT INTO sources_searchentry_fts (sources_searchentry_fts, rank)
    VALUES ('integrity-check', 1)
"""


def differences(sums: dict[str, Sum]) -> Iterator[str]:
    """What is not as in the source, whose tables come to these sums."""
    for model in carried():
        table = model._meta.db_table
        found = counted(model)
        if found != sums[table]:
            yield f"{table}: {sums[table].rows:,} rows left, {found.rows:,} differ"
    if numbers.given(DEFAULT_DB_ALIAS) != numbers.given(SOURCE):
        yield "the last numbers given away differ"
    yield from (f"the trigger of {one.table} is missing" for one in triggers.missing())
    yield from (f"the view {name} is missing" for name in _missing_views())
    yield from _broken()


def _missing_views() -> list[str]:
    target = connections[DEFAULT_DB_ALIAS]
    standing = set(target.introspection.table_names(include_views=True))
    return [view.name for view in VIEWS if view.name not in standing]


def _broken() -> Iterator[str]:
    """The database's own word on references, and on SQLite's full-text index."""
    target = connections[DEFAULT_DB_ALIAS]
    target.check_constraints()
    if target.vendor == "sqlite":
        with target.cursor() as cursor:
            cursor.execute(INTEGRITY)
            cursor.execute("PRAGMA integrity_check")
            told = cursor.fetchone()[0]
        if told != "ok":
            yield f"SQLite says of the file: {told}"


def exported(using: str) -> tuple[int, str]:
    """How many bytes the export has, private texts included, and their digest."""
    size, digest = 0, hashlib.sha256()
    with _default(using):
        for kind in [*ORDER, TEXT]:
            for line in jsonlines.write(
                kind, outgoing.records(kind, kind.model.objects.all())
            ):
                encoded = line.encode()
                size += len(encoded)
                digest.update(encoded)
    return size, digest.hexdigest()


@contextmanager
def _default(using: str) -> Iterator[None]:
    """Let that one be the default database."""
    target = connections[DEFAULT_DB_ALIAS]
    connections[DEFAULT_DB_ALIAS] = connections[using]
    try:
        yield
    finally:
        connections[DEFAULT_DB_ALIAS] = target
