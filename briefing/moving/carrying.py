"""The rows of every table, a chunk at a time, each as it is, and what they come to.

What a row comes to is the same on either engine: a digest of its values as Python has
them, in the order of the keys.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from decimal import Decimal
from itertools import islice
from typing import Any, NamedTuple

from django.apps import apps
from django.contrib.sessions.models import Session
from django.db import DEFAULT_DB_ALIAS, connections, models

# What the database that is left goes by meanwhile; the target is the default one.
SOURCE = "source"
CHUNK = 2000
# SQLite does not take these as Python has them, and PostgreSQL only no JSON.
ADAPTED = (models.JSONField, models.DecimalField, models.DateField, models.TimeField)
# What looks the same wherever it was read.
SAME = {str, int, bool, type(None)}


class Sum(NamedTuple):
    """How many rows a table has, and the digest of them all."""

    rows: int
    digest: str


def carried() -> list[Any]:
    """Every table of ours and of Django's; who is logged in logs in again."""
    return [
        model
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model is not Session
    ]


class Digest:
    """What rows come to, as they go by."""

    def __init__(self) -> None:
        self.rows, self._hash = 0, hashlib.sha256()

    def passing(self, rows: Iterable[Any]) -> Iterator[Any]:
        for row in rows:
            self.rows += 1
            values = [one if type(one) in SAME else _canonical(one) for one in row]
            self._hash.update(repr(values).encode())
            yield row

    @property
    def sum(self) -> Sum:
        return Sum(self.rows, self._hash.hexdigest())


def _canonical(value: Any) -> Any:
    """A value in the one form that both engines give it."""
    if isinstance(value, datetime):
        return value.astimezone(UTC).isoformat() if value.tzinfo else value.isoformat()
    if isinstance(value, Decimal):
        return str(value.normalize())
    if isinstance(value, dict | list):
        return json.dumps(value, sort_keys=True)
    return value


def rows(model: Any, using: str = DEFAULT_DB_ALIAS) -> Iterator[Any]:
    """All rows of a table in the order of their keys; memory holds a chunk."""
    names = [field.attname for field in model._meta.concrete_fields]
    found = model._base_manager.using(using).order_by("pk").values_list(*names)
    return iter(found.iterator(CHUNK))


def counted(model: Any) -> Sum:
    """What the rows of the target come to."""
    digest = Digest()
    for _ in digest.passing(rows(model)):
        pass
    return digest.sum


def carry(model: Any, told: Callable[[int], None]) -> Sum:
    """Write the source's rows to the target; what they come to."""
    digest = Digest()
    found = digest.passing(rows(model, SOURCE))
    adapt = _adapter(model)
    with _writing(model) as write:
        while chunk := list(islice(found, CHUNK)):
            write([adapt(row) for row in chunk])
            told(len(chunk))
    return digest.sum


def _adapter(model: Any) -> Callable[[Any], Any]:
    """What makes of a row what the target's driver takes."""
    target = connections[DEFAULT_DB_ALIAS]
    asked = models.JSONField if target.vendor == "postgresql" else ADAPTED
    fields = [
        (place, field)
        for place, field in enumerate(model._meta.concrete_fields)
        if isinstance(field, asked)
    ]

    def adapt(row: Any) -> Any:
        values = list(row)
        for place, field in fields:
            values[place] = field.get_db_prep_save(values[place], connection=target)
        return values

    return adapt


@contextmanager
def _writing(model: Any) -> Iterator[Callable[[list[Any]], object]]:
    target, table = connections[DEFAULT_DB_ALIAS], model._meta.db_table
    columns = [f'"{field.column}"' for field in model._meta.concrete_fields]
    into = f'"{table}" ({", ".join(columns)})'
    with target.cursor() as cursor:
        if target.vendor == "postgresql":
            with cursor.copy(f"COPY {into} FROM STDIN") as copy:
                yield lambda chunk: [copy.write_row(row) for row in chunk]
        else:
            places = ", ".join(["%s"] * len(columns))
            insert = f"INSERT INTO {into} VALUES ({places})"
            yield lambda chunk: cursor.executemany(insert, chunk)
