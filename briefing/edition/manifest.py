"""What an edition holds, kept in a file beside its folder and never inside it.

It knows each file's content by a fingerprint and the links in it, and how each row of
the database stood. A run writes all of that in one transaction, and lays what has
changed aside; only when that is whole does it move into place. Whatever interrupts it,
the next run finds the old edition, or finishes the move.
"""

from __future__ import annotations

import hashlib
import os
import shutil
import sqlite3
from array import array
from collections.abc import Callable, Iterable, Iterator
from pathlib import Path
from typing import Any

SCHEMA = """
CREATE TABLE IF NOT EXISTS fact (name TEXT PRIMARY KEY, value TEXT) WITHOUT ROWID;
CREATE TABLE IF NOT EXISTS place (
    id INTEGER PRIMARY KEY, path TEXT NOT NULL UNIQUE, owner TEXT NOT NULL DEFAULT '',
    content BLOB, links BLOB, run INTEGER NOT NULL DEFAULT 0
);
CREATE INDEX IF NOT EXISTS place_by_owner ON place (owner);
CREATE INDEX IF NOT EXISTS place_by_run ON place (run);
CREATE INDEX IF NOT EXISTS place_that_is_not ON place (id) WHERE content IS NULL;
CREATE TABLE IF NOT EXISTS pending (place INTEGER PRIMARY KEY, is_new INTEGER);
CREATE TABLE IF NOT EXISTS row (
    kind TEXT, id INTEGER, age INTEGER, stamp TEXT, shown TEXT, mark TEXT,
    entity INTEGER, other INTEGER, claim INTEGER, counter INTEGER, question INTEGER,
    source INTEGER, via INTEGER, origin INTEGER, PRIMARY KEY (kind, id, age)
) WITHOUT ROWID;
CREATE INDEX IF NOT EXISTS row_by_age ON row (kind, id) WHERE age = 1;
CREATE TABLE IF NOT EXISTS block (
    kind TEXT, number INTEGER, digest BLOB, PRIMARY KEY (kind, number)
) WITHOUT ROWID;
"""
INDEXED = ("entity", "other", "claim", "counter", "question", "source", "via", "origin")
MOST_KNOWN = 200_000
# Kilobytes, as SQLite counts them: below zero.
CACHE = -64_000


class Foreign(Exception):
    """Somebody else's file stands where one of the edition's has to go."""


class Manifest:
    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.file = folder.with_name(f"{folder.name}.edition.sqlite3")
        self.aside = folder.with_name(f"{folder.name}.edition.new")
        self.is_new, self.had_folder = not self.file.exists(), folder.exists()
        self.db = sqlite3.connect(self.file)
        self.db.execute(f"PRAGMA cache_size = {CACHE}")
        self.db.executescript(SCHEMA)
        for column in INDEXED:
            self.db.execute(
                f"CREATE INDEX IF NOT EXISTS row_by_{column} ON row ({column}, kind) "
                f"WHERE {column} IS NOT NULL"
            )
        self.db.execute("CREATE TEMP TABLE made (place INTEGER PRIMARY KEY)")
        self.places: dict[str, int] = {}
        self.run = 0
        self.is_whole = False

    def fact(self, name: str) -> str:
        found = self.db.execute("SELECT value FROM fact WHERE name = ?", [name])
        return next((value for (value,) in found), "")

    def note(self, name: str, value: str) -> None:
        self.db.execute("REPLACE INTO fact VALUES (?, ?)", [name, value])

    def blocks(self, kind: str) -> dict[int, bytes]:
        """How the rows of a kind stood, a thousand at a time."""
        found = "SELECT number, digest FROM block WHERE kind = ?"
        return dict(self.db.execute(found, [kind]))

    def note_block(self, kind: str, number: int, digest: bytes) -> None:
        self.db.execute("REPLACE INTO block VALUES (?, ?, ?)", [kind, number, digest])

    def distrust(self) -> None:
        """Let every row be read anew."""
        self.db.execute("DELETE FROM block")

    def begin(self) -> None:
        """A run of its own; what an earlier one laid aside and left is thrown away."""
        self.finish()
        self.run = int(self.fact("run") or 0) + 1
        self.note("run", str(self.run))

    def put(self, owner: str, path: str, content: bytes, links: Iterable[str]) -> bool:
        """Take in a file of the edition; whether it is new or says something new."""
        place = self._place(path)
        digest = hashlib.sha256(content).digest()[:16]
        packed = array("I", sorted(self._place(link) for link in links)).tobytes()
        (before,) = self._one("SELECT content FROM place WHERE id = ?", place)
        self.db.execute(
            "UPDATE place SET owner = ?, content = ?, links = ?, run = ? WHERE id = ?",
            [owner, digest, packed, self.run, place],
        )
        self.db.execute("REPLACE INTO made VALUES (?)", [place])
        if before == digest:
            return False
        if before is None and self._at(path).exists():
            raise Foreign(path)
        self._lay_aside(place, content, before is None)
        return True

    def _lay_aside(self, place: int, content: bytes, is_new: bool) -> None:
        path = self._aside(place)
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(content)
        self.db.execute("REPLACE INTO pending VALUES (?, ?)", [place, is_new])

    def keep(self, owner: str) -> bool:
        """Leave an owner's files as they are; whether there are any."""
        which = "owner = ? AND content NOT NULL"
        kept = f"UPDATE place SET run = ? WHERE {which}"
        return self.db.execute(kept, [self.run, owner]).rowcount > 0

    def owners(self, beginning: str) -> list[str]:
        """Those of this sort that have files."""
        rows = self.db.execute(
            "SELECT DISTINCT owner FROM place WHERE owner >= ? AND owner < ?",
            [beginning, f"{beginning}\uffff"],
        )
        return [owner for (owner,) in rows]

    def sweep(self, owners: Iterable[str] | None) -> int:
        """Drop what these owners had and have no more; None: of all; how many went."""
        stale = "run <> ? AND content IS NOT NULL"
        if owners is None:
            return self._drop(stale, [self.run])
        return sum(
            self._drop(f"owner = ? AND {stale}", [owner, self.run]) for owner in owners
        )

    def _drop(self, which: str, given: list[Any]) -> int:
        self.db.execute(
            f"REPLACE INTO pending SELECT id, 0 FROM place WHERE {which}", given
        )
        return self.db.execute(
            f"UPDATE place SET content = NULL, links = NULL WHERE {which}", given
        ).rowcount

    def dead_links(
        self, everywhere: bool, told: Callable[[], None]
    ) -> Iterator[tuple[str, str]]:
        """Files and where they lead to in vain: of this run, or of all there are."""
        rows = self.db.execute("SELECT id FROM place WHERE content IS NULL")
        nothing = {place for (place,) in rows}
        which = "place WHERE content NOT NULL"
        if not everywhere:
            which = "made JOIN place ON place.id = made.place WHERE content NOT NULL"
        for path, packed in self.db.execute(f"SELECT path, links FROM {which}"):
            told()
            links = array("I", packed or b"")
            for target in () if nothing.isdisjoint(links) else links:
                if target in nothing:
                    of = "SELECT path FROM place WHERE id = ?"
                    yield path, self._one(of, target)[0]

    def counts(self) -> tuple[int, int, int]:
        """How many files there are, how many are to be written, how many to go."""
        (known,) = self._one("SELECT count(*) FROM place")
        (nothing,) = self._one("SELECT count(*) FROM place WHERE content IS NULL")
        written, gone = self._one(
            "SELECT coalesce(sum(content NOT NULL), 0), coalesce(sum(content IS NULL),"
            " 0) FROM pending JOIN place ON place.id = pending.place"
        )
        return known - nothing, written, gone

    def finish(self, told: Callable[[], None] = lambda: None) -> None:
        """Move into place what a run that was whole laid aside, and forget the rest."""
        self.folder.mkdir(parents=True, exist_ok=True)
        rows = self.db.execute(
            "SELECT place.id, path, content IS NULL FROM pending "
            "JOIN place ON place.id = pending.place ORDER BY content IS NULL, place.id"
        )
        for place, path, is_gone in rows:
            at, new = self._at(path), self._aside(place)
            if is_gone:
                self._remove(at)
            elif new.exists():
                at.parent.mkdir(parents=True, exist_ok=True)
                os.replace(new, at)
            told()
        self.db.execute("DELETE FROM pending")
        self.db.commit()
        shutil.rmtree(self.aside, ignore_errors=True)

    def accept(self) -> None:
        """The run is whole: whatever interrupts the move, the next run ends it."""
        self.db.commit()
        self.is_whole = True

    def give_up(self) -> bool:
        """Forget this run, if it is not whole; whether the edition is as it was."""
        self.db.rollback()
        if self.is_whole:
            return False
        shutil.rmtree(self.aside, ignore_errors=True)
        if self.is_new:
            self.db.close()
            self.file.unlink()
            if not self.had_folder and self.folder.exists():
                self.folder.rmdir()
        return True

    def _remove(self, path: Path) -> None:
        path.unlink(missing_ok=True)
        for folder in path.parents:
            if folder == self.folder or not folder.is_dir() or any(folder.iterdir()):
                return
            folder.rmdir()

    def _at(self, path: str) -> Path:
        name = path.lstrip("/")
        return self.folder / (f"{name}index.html" if name[-1:] in ("", "/") else name)

    def _aside(self, place: int) -> Path:
        return self.aside / f"{place % 1000:03}" / str(place)

    def _place(self, path: str) -> int:
        """The number of a path, whether or not a file stands there."""
        if path not in self.places:
            if len(self.places) >= MOST_KNOWN:
                self.places.clear()
            found = self.db.execute("SELECT id FROM place WHERE path = ?", [path])
            row = found.fetchone()
            made = row or [
                self.db.execute("INSERT INTO place (path) VALUES (?)", [path]).lastrowid
            ]
            self.places[path] = made[0]
        return self.places[path]

    def _one(self, sql: str, *given: Any) -> Any:
        return self.db.execute(sql, given).fetchone()
