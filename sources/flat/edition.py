"""An edition in one SQLite file: the public tables, the views on them, full text.

Each page of the file is written from the public tables alone. It is made beside the
place where it will stand, and holds neither the time nor the machine it was made on:
from the same data comes the same file.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Callable, Iterator
from contextlib import closing
from decimal import Decimal
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.management.base import CommandError
from django.db import connection

from sources import values
from sources.exchange.snapshot import one_moment
from sources.exchange.writing import replaced
from sources.flat.columns import NUMBER
from sources.flat.tables import TABLES, Table
from sources.flat.views import VIEWS

# By these a program knows the file, and which columns to expect in it.
APPLICATION, LAYOUT = int.from_bytes(b"Brfg", "big"), 1
CHUNK = 500
COLLATION = {"sqlite": "BINARY", "postgresql": '"C"'}
# Beside references: what people sort and choose by.
BROWSED = {
    "entities": ("kind", "name"),
    "sources": ("published",),
    "questions": ("state", "decision"),
    "claims": ("support", "date"),
    "evidence": ("stance", "anchor"),
}
KEYS = {table.name: table.names[0] for table in TABLES if table.keys == 1}
WHAT = (
    "Who says what, where exactly, and how many original sources stand behind it: the "
    "published records of an evidence database, and none of its drafts or texts."
)


def write(name: str, told: Callable[[int], None]) -> int:
    """Write the edition under that name; how many rows it has.

    Raises CommandError if it cannot be written, or if something else stands there.
    """
    _refuse_other(Path(name))
    with replaced(name) as part, _made(part) as file, one_moment():
        digest, count = hashlib.sha256(), 0
        for table in TABLES:
            for rows in _fill(file, table):
                digest.update("".join(map(_line, rows)).encode())
                count += len(rows)
                told(len(rows))
            _index(file, table)
        _describe(file, digest.hexdigest(), count)
        _finish(file)
    return count


def size() -> int:
    """How many rows an edition has now."""
    with connection.cursor() as cursor:
        counted = (f"(SELECT count(*) FROM ({one.sql()}) AS found)" for one in TABLES)
        cursor.execute(f"SELECT {' + '.join(counted)}")
        return int(cursor.fetchone()[0])


def _refuse_other(path: Path) -> None:
    """Raise CommandError if what stands there is anything but an earlier edition."""
    try:
        with path.open("rb") as file:
            head = file.read(72)
    except FileNotFoundError:
        return
    except OSError as error:
        raise CommandError(f"“{path}” cannot be read: {error.strerror}.") from error
    if head[68:72] != APPLICATION.to_bytes(4, "big"):
        raise CommandError(f"“{path}” is not an edition: name another file.")


def _made(path: Path) -> closing[sqlite3.Connection]:
    """A database whose half-written state nobody needs."""
    try:
        file = sqlite3.connect(path, isolation_level=None)
    except sqlite3.OperationalError as error:
        raise CommandError(f"“{path.parent}” cannot be written to: {error}.") from error
    file.execute("PRAGMA journal_mode = OFF")
    file.execute("PRAGMA synchronous = OFF")
    file.execute(f"PRAGMA application_id = {APPLICATION}")
    file.execute(f"PRAGMA user_version = {LAYOUT}")
    return closing(file)


def _fill(file: sqlite3.Connection, table: Table) -> Iterator[list[list[Any]]]:
    """Make the table and write its rows by key; gives them a chunk at a time."""
    file.execute(_definition(table))
    numbers = {place for place, one in enumerate(table.columns()) if one.type == NUMBER}
    holders = ", ".join("?" * len(table.names))
    for chunk in _read(table):
        rows = [
            [_plain(cell) if at in numbers else cell for at, cell in enumerate(row)]
            for row in chunk
        ]
        file.execute("BEGIN")
        file.executemany(f'INSERT INTO "{table.name}" VALUES ({holders})', rows)
        file.execute("COMMIT")
        yield rows


def _read(table: Table) -> Iterator[list[Any]]:
    """Its rows in the order of their key, by code point on either engine."""
    collation = COLLATION[connection.vendor]
    order = ", ".join(
        f"{name} COLLATE {collation}" for name in table.quoted[: table.keys]
    )
    columns = ", ".join(table.quoted)
    with connection.chunked_cursor() as cursor:
        cursor.execute(
            f"WITH found ({columns}) AS ({table.sql()}) "
            f"SELECT * FROM found ORDER BY {order}"
        )
        while rows := cursor.fetchmany(CHUNK):
            yield rows


def _definition(table: Table) -> str:
    keys = table.quoted[: table.keys]
    columns = []
    for column, quoted in zip(table.columns(), table.quoted, strict=True):
        needed = " NOT NULL" if quoted in keys else ""
        # Datasette wants to be told the column, though it is the only key there is.
        leads = f' REFERENCES "{column.to}" ("{KEYS[column.to]}")' if column.to else ""
        columns.append(f"{quoted} {column.type}{needed}{leads}")
    parts = [*columns, f"PRIMARY KEY ({', '.join(keys)})"]
    listed = ",\n  ".join(parts)
    return f'CREATE TABLE "{table.name}" (\n  {listed}\n)'


def _index(file: sqlite3.Connection, table: Table) -> None:
    """What leads from row to row, what lists are sorted by, and every word."""
    references = [one.name for one in table.columns()[1:] if one.to]
    for name in (*references, *BROWSED.get(table.name, ())):
        index = f"{table.name}_by_{name}"
        file.execute(f'CREATE INDEX "{index}" ON "{table.name}" ("{name}")')
    if table.found_by:
        columns = ", ".join(f'"{name}"' for name in table.found_by)
        index = f"{table.name}_fts"
        # Double quotes: by them Datasette knows which table is searched.
        file.execute(
            f'CREATE VIRTUAL TABLE "{index}" USING FTS5 '
            f'({columns}, content="{table.name}")'
        )
        file.execute(f"INSERT INTO {index} ({index}) VALUES ('rebuild')")


def _describe(file: sqlite3.Connection, fingerprint: str, count: int) -> None:
    """What the file is, for whoever finds it alone."""
    changes = " UNION ALL ".join(
        f'SELECT max(changed_at) AS at FROM "{table.name}"'
        for table in TABLES
        if "changed_at" in table.names
    )
    (changed_at,) = file.execute(f"SELECT max(at) FROM ({changes})").fetchone()
    about = {
        "what": WHAT,
        "site": settings.EDITION_URL,
        "licence": settings.EDITION_LICENCE or "not stated: ask who published it",
        "changed_at": changed_at,
        "rows": str(count),
        "fingerprint": fingerprint,
        "quote_length": str(settings.PUBLIC_QUOTE_LENGTH),
        "layout": str(LAYOUT),
    }
    file.execute("CREATE TABLE about (name TEXT NOT NULL PRIMARY KEY, value TEXT)")
    file.executemany("INSERT INTO about VALUES (?, ?)", about.items())


def _finish(file: sqlite3.Connection) -> None:
    for view in VIEWS:
        file.execute(f"CREATE VIEW {view.name} AS\n{view.sql('sqlite')}")
    file.execute("ANALYZE")
    file.execute("VACUUM")


def _plain(value: Any) -> str | None:
    """A number's digits, the same from either engine."""
    return None if value is None else values.plain(Decimal(str(value)))


def _line(row: list[Any]) -> str:
    return json.dumps(row, ensure_ascii=False) + "\n"
