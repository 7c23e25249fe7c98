"""The records of one run, laid out on disk: memory holds one chunk of them.

They come in any order and leave by kind, each after what it points at in its own kind.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Iterator
from decimal import Decimal
from itertools import groupby
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from sources.exchange.kinds import BY_NAME, Kind
from sources.exchange.known import own_references
from sources.exchange.records import Place, Row, as_key

# As many rows at a time, and as many characters, whichever is reached first. Until a
# chunk is whole, SQLite keeps each page that it touches in memory, as it was.
CHUNK, LONGEST_CHUNK = 500, 2_000_000
_TABLE = """
PRAGMA journal_mode = OFF; PRAGMA synchronous = OFF; PRAGMA locking_mode = EXCLUSIVE;
CREATE TABLE spool (
    id INTEGER PRIMARY KEY, kind TEXT, key TEXT, parent TEXT, is_related INTEGER,
    is_partial INTEGER, file TEXT, line INTEGER, data TEXT,
    level INTEGER DEFAULT 0, published INTEGER,
    UNIQUE (kind, key)
);
CREATE INDEX by_parent ON spool (kind, parent) WHERE parent IS NOT NULL;
-- What is read is never sorted: the driver's SQLite would sort it in memory.
CREATE INDEX by_level ON spool (kind, level, id);
"""
# How deep each record lies under what it points at; none of a circle is reached.
_LEVELS = """
WITH RECURSIVE placed (id, key, level) AS (
    SELECT id, key, 0 FROM spool AS first
    WHERE kind = :kind AND NOT EXISTS (
        SELECT 1 FROM spool WHERE kind = :kind AND key = first.parent
    )
    UNION ALL
    SELECT child.id, child.key, placed.level + 1 FROM placed
    JOIN spool AS child ON child.kind = :kind AND child.parent = placed.key
)
UPDATE spool SET level = placed.level FROM placed WHERE spool.id = placed.id
"""
_ADD = """
INSERT OR IGNORE INTO spool
(kind, key, parent, is_related, is_partial, file, line, data)
VALUES (?, ?, ?, ?, ?, ?, ?, ?)
"""
_COLUMNS = "kind, data, file, line, is_partial"


class Spool:
    """Rows on disk, told apart by kind and key; gone when it is closed."""

    def __init__(self) -> None:
        # A folder for nobody else, which goes whatever happens. A nameless file of the
        # driver's SQLite would be in memory.
        self._folder = TemporaryDirectory()
        place = Path(self._folder.name, "spool")
        self._file = sqlite3.connect(place, isolation_level=None)
        self._file.executescript(_TABLE)

    def close(self) -> None:
        self._file.close()
        self._folder.cleanup()

    def add(self, row: Row) -> Row | None:
        """Lay a row down; if one with its key lies there already, that one instead."""
        own = own_references(row.kind)
        parent = _text(as_key(row.values.get(own[0]))) if own else "null"
        key = _text(as_key(row.key))
        cells = (
            row.kind.name,
            key,
            None if parent == "null" else parent,
            not row.kind.many.keys().isdisjoint(row.values),
            row.is_partial,
            row.place.file,
            row.place.line,
            _text(row.values),
        )
        if self._file.execute(_ADD, cells).rowcount:
            return None
        lying = {"kind": row.kind.name, "key": key}
        return next(self._rows("spool WHERE kind = :kind AND key = :key", lying))

    def kinds(self) -> set[str]:
        return {
            name for (name,) in self._file.execute("SELECT DISTINCT kind FROM spool")
        }

    def count(self) -> int:
        return int(self._file.execute("SELECT count(*) FROM spool").fetchone()[0])

    def chunks(self, kind: Kind) -> Iterator[list[Row]]:
        """The rows of a kind; none is in one chunk with what it points at."""
        chosen = {"kind": kind.name}
        if own_references(kind):
            self._file.execute(
                "UPDATE spool SET level = NULL WHERE kind = :kind", chosen
            )
            self._file.execute(_LEVELS, chosen)
        found = self._file.execute(
            f"SELECT level, {_COLUMNS} FROM spool INDEXED BY by_level "
            "WHERE kind = :kind AND level IS NOT NULL ORDER BY level, id",
            chosen,
        )
        for _, level in groupby(found, key=lambda cells: cells[0]):
            yield from _chunked(_weighed(cells[1:]) for cells in level)

    def circle(self, kind: Kind) -> Iterator[Row]:
        """The rows of a kind that lead round to themselves; once `chunks` has begun."""
        unplaced = "spool INDEXED BY by_level WHERE kind = :kind AND level IS NULL"
        return self._rows(unplaced, {"kind": kind.name})

    def related(self, kind: Kind) -> Iterator[list[Row]]:
        """The rows of a kind that say something of a relation to many."""
        said = "spool NOT INDEXED WHERE kind = ? AND is_related ORDER BY id"
        if not kind.many:
            return iter(())
        found = self._file.execute(f"SELECT {_COLUMNS} FROM {said}", [kind.name])
        return _chunked(map(_weighed, found))

    def note_published(self, row: Row, becomes: bool) -> None:
        """Remember a claim that is published, and whether it was not so before."""
        self._file.execute(
            "UPDATE spool SET published = ? WHERE kind = ? AND key = ?",
            [becomes, row.kind.name, _text(as_key(row.key))],
        )

    def published(self) -> Iterator[list[tuple[Row, bool]]]:
        """The rows of the claims that are published, and which of them become so."""
        found = self._file.execute(
            f"SELECT published, {_COLUMNS} FROM spool NOT INDEXED "
            "WHERE published IS NOT NULL ORDER BY id"
        )
        return _chunked(
            (len(cells[2]), (_row(cells[1:]), bool(cells[0]))) for cells in found
        )

    def _rows(self, where: str, values: dict[str, Any]) -> Iterator[Row]:
        found = self._file.execute(f"SELECT {_COLUMNS} FROM {where}", values)
        return (_row(cells) for cells in found)


def _chunked(found: Iterable[tuple[int, Any]]) -> Iterator[list[Any]]:
    """What was found, each with its length, as much at a time as memory should hold."""
    chunk: list[Any] = []
    length = 0
    for added, one in found:
        if chunk and (len(chunk) == CHUNK or length + added > LONGEST_CHUNK):
            yield chunk
            chunk, length = [], 0
        chunk.append(one)
        length += added
    if chunk:
        yield chunk


def _weighed(cells: tuple[Any, ...]) -> tuple[int, Row]:
    """A row, and how long it was in the file."""
    return len(cells[1]), _row(cells)


def _row(cells: tuple[Any, ...]) -> Row:
    kind, data, file, line, is_partial = cells
    return Row(BY_NAME[kind], _values(data), Place(file, line), bool(is_partial))


def _written(value: Any) -> Any:
    """What JSON has no word for: a number as it is, all else as no single value."""
    return {"#decimal": str(value)} if isinstance(value, Decimal) else [str(value)]


def _read(value: dict[str, Any]) -> Any:
    is_number = len(value) == 1 and "#decimal" in value
    return Decimal(value["#decimal"]) if is_number else value


# A value as JSON; half a character too, which only comes to be refused by name.
_text = json.JSONEncoder(default=_written).encode
_values = json.JSONDecoder(object_hook=_read).decode
