"""How each row of the database stands, and which stand otherwise than at the last run.

Nothing is taken from what was said about a change: the rows are compared themselves,
with all that the program derives from others. So what was erased, written by another
program or freed by the clock is found as surely as what an editor saved. They are
compared a thousand at a time by a fingerprint of all that counts in them, which the
database puts together; only a thousand that has another one is read row by row.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Iterable, Iterator
from sqlite3 import Connection
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import F, Max, QuerySet
from django.utils import timezone

from briefing.edition.manifest import Manifest
from briefing.pages.addresses import is_free
from entities.models import Alias, Distinction, Entity, Redirect
from entities.records import Status
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

SAVED = ("version", "modified_at")
# The columns of a manifest's row that name other rows.
NAMED = ("entity", "other", "claim", "counter", "question", "source", "via", "origin")
COLUMNS = f"kind, id, stamp, shown, mark, {', '.join(NAMED)}"
# So many keys, taken or not, are a block; the relations of many with many are one.
BLOCK, EVERY = 1000, (0, 2**63 - 1)
# Rows as one text, in which no two rows that differ are the same.
WHOLE: dict[str, Callable[[list[str]], str]] = {
    "sqlite": lambda columns: (
        f"group_concat({' || char(10) || '.join(f'quote({one})' for one in columns)})"
    ),
    "postgresql": lambda columns: (
        f"string_agg(ROW({', '.join(columns)})::text, ',' ORDER BY id)"
    ),
}
Shown = Callable[[Any], str]


class Kind(NamedTuple):
    """A table: what a row derives, what it names, and the address it has if shown."""

    model: Any
    derived: tuple[str, ...] = ()
    names: dict[str, str] = {}
    shown: Shown = lambda row: ""
    mark: str = ""

    @property
    def columns(self) -> tuple[str, ...]:
        """The fields in which a row can stand otherwise."""
        mark = (self.mark,) if self.mark else ()
        return tuple(
            dict.fromkeys(("id", *SAVED, *self.derived, *self.names.values(), *mark))
        )

    def digest(self, number: int) -> bytes:
        """A fingerprint of the rows of that block; empty where there are none."""
        now = connection.ops.adapt_datetimefield_value(timezone.now())
        fields = [self.model._meta.get_field(name) for name in self.columns]
        columns = [connection.ops.quote_name(field.column) for field in fields]
        is_timed = "not_before" in self.columns
        # An embargo that is over is a change that the clock made.
        columns += ["coalesce(not_before > %s, false)"] if is_timed else []
        table = connection.ops.quote_name(self.model._meta.db_table)
        with connection.cursor() as cursor:
            cursor.execute(
                f"SELECT {WHOLE[connection.vendor](columns)} FROM {table} "
                "WHERE id BETWEEN %s AND %s",
                [*([now] if is_timed else []), *span(number)],
            )
            (whole,) = cursor.fetchone()
        return hashlib.sha256(whole.encode()).digest()[:16] if whole else b""


def _if_public(row: Any) -> str:
    return row.slug if row.status == Status.PUBLISHED and is_free(row) else ""


PLACED = ("slug", "status")
FREE = (*PLACED, "hold", "not_before")
KINDS = {
    "entity": Kind(
        Entity,
        ("date", "place", "low", "kind", *PLACED),
        {"entity": "merged_into_id"},
        lambda row: f"{row.kind}/{_if_public(row)}" if _if_public(row) else "",
    ),
    "alias": Kind(Alias, names={"entity": "entity_id"}),
    "distinction": Kind(
        Distinction, names={"entity": "first_id", "other": "second_id"}
    ),
    "property": Kind(Property),
    "redirect": Kind(Redirect),
    "source": Kind(
        Source,
        FREE,
        {"entity": "publisher_id", "source": "derived_from_id"},
        _if_public,
    ),
    "question": Kind(
        Question,
        ("state", "decision", "answer_count", "article_count", "origin_count", "slug"),
        {"entity": "subject_id"},
        lambda row: "" if row.state == Question.State.NO_ANSWER else row.slug,
        "property_id",
    ),
    "claim": Kind(
        Claim,
        (
            *("is_public", "is_contested", "support", "article_count", "origin_count"),
            *FREE,
        ),
        {"entity": "subject_id", "other": "object_id", "question": "question_id"},
        lambda row: row.slug if row.is_public else "",
        "property_id",
    ),
    "evidence": Kind(
        Evidence,
        ("is_public", "anchor"),
        {
            **{"claim": "claim_id", "source": "source_id", "via": "via_id"},
            **{"origin": "origin_id", "entity": "speaker_id"},
        },
    ),
    "finding": Kind(Finding, names={"question": "question_id"}),
    "correction": Kind(
        Correction,
        names={"claim": "claim_id", "entity": "entity_id", "source": "source_id"},
    ),
    "approach": Kind(Approach, names={"claim": "claim_id", "entity": "asked_id"}),
}
# Relations of many with many are rows of their own.
PAIRS: dict[str, tuple[Any, dict[str, str]]] = {
    "preferred": (
        Finding.preferred.through,
        {"claim": "claim_id", "question": "finding__question_id"},
    ),
    "contradiction": (
        Claim.contradicts.through,
        {"claim": "from_claim_id", "counter": "to_claim_id"},
    ),
}


def rows(kind: str, number: int) -> Iterator[tuple[Any, ...]]:
    """The rows of a block as the manifest keeps them; drafts too: they may be next."""
    table = KINDS[kind]
    found = table.model.objects.order_by().filter(pk__range=span(number))
    for row in found.values_list(*table.columns, named=True):
        named = [getattr(row, table.names.get(one, "none"), None) for one in NAMED]
        mark = str(getattr(row, table.mark)) if table.mark else ""
        yield (kind, row.id, f"{is_free(row)}{row[1:]}", table.shown(row), mark, *named)


def _pairs(name: str, found: QuerySet, names: dict[str, str]) -> Iterator[Any]:
    given = {one: F(column) for one, column in names.items()}
    aliased = {f"the_{one}": column for one, column in given.items()}
    columns = [f"the_{one}" for one in names]
    for key, *ends in found.annotate(**aliased).values_list("id", *columns):
        of = dict(zip(names, ends, strict=True))
        yield (name, key, repr(ends), "", "", *(of.get(one) for one in NAMED))


def compare(manifest: Manifest, told: Callable[[], None]) -> dict[str, set[int]]:
    """The rows that are new, gone or otherwise since the last run, by kind.

    The manifest then knows both forms of each, so that what a row named before is
    found beside what it names now; `settle` forgets the old one.
    """
    db = manifest.db
    db.execute("CREATE TEMP TABLE seen AS SELECT * FROM row WHERE 0")
    db.execute("CREATE TEMP TABLE reread (kind TEXT, first INTEGER, last INTEGER)")
    for kind in KINDS:
        for number in _otherwise(manifest, kind, told):
            _see(db, kind, span(number), rows(kind, number))
    for name, (model, names) in PAIRS.items():
        _see(db, name, EVERY, _pairs(name, model.objects.order_by(), names))
    _note_changes(db)
    changed: dict[str, set[int]] = {}
    for kind, key in db.execute("SELECT kind, id FROM row WHERE age = 1"):
        changed.setdefault(kind, set()).add(key)
    return changed


def _see(
    db: Connection, kind: str, within: tuple[int, int], found: Iterable[Any]
) -> None:
    """Take in all rows of a kind that there are between these keys."""
    marks = ", ".join("?" * (len(NAMED) + 5))
    db.executemany(f"INSERT INTO seen ({COLUMNS}) VALUES ({marks})", found)
    db.execute("INSERT INTO reread VALUES (?, ?, ?)", [kind, *within])


def _note_changes(db: Connection) -> None:
    db.execute("CREATE INDEX temp.seen_by_id ON seen (kind, id)")
    db.execute(
        f"INSERT INTO row (age, {COLUMNS}) SELECT 1, {COLUMNS} FROM seen WHERE NOT "
        "EXISTS (SELECT 1 FROM row AS old WHERE old.kind = seen.kind "
        "AND old.id = seen.id AND old.age = 0 AND old.stamp = seen.stamp)"
    )
    # A row that is gone has an empty new form.
    db.execute(
        "INSERT INTO row (kind, id, age) SELECT old.kind, old.id, 1 FROM reread "
        "JOIN row AS old ON old.kind = reread.kind AND old.id BETWEEN first AND last "
        "WHERE age = 0 AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.kind = old.kind "
        "AND seen.id = old.id)"
    )
    db.execute("DROP TABLE seen")
    db.execute("DROP TABLE reread")


def _otherwise(
    manifest: Manifest, kind: str, told: Callable[[], None]
) -> Iterator[int]:
    """The blocks of a kind that do not hold what they held, by their numbers."""
    known = manifest.blocks(kind)
    table = KINDS[kind]
    last = table.model.objects.aggregate(last=Max("pk"))["last"] or 0
    for number in sorted({*range(last // BLOCK + 1), *known}):
        told()
        digest = table.digest(number)
        if digest != known.get(number, b""):
            manifest.note_block(kind, number, digest)
            yield number


def span(number: int) -> tuple[int, int]:
    """The first and the last key that belong to the block of that number."""
    return number * BLOCK, (number + 1) * BLOCK - 1


def appeared(manifest: Manifest) -> set[str]:
    """The kinds of which a record is shown, or at an address, that was not before."""
    found = manifest.db.execute(
        "SELECT DISTINCT new.kind FROM row AS new LEFT JOIN row AS old ON "
        "old.kind = new.kind AND old.id = new.id AND old.age = 0 "
        "WHERE new.age = 1 AND coalesce(new.shown, '') <> coalesce(old.shown, '')"
    )
    return {kind for (kind,) in found}


def settle(manifest: Manifest) -> None:
    """Let the new form of each row stand for it."""
    db = manifest.db
    db.execute(
        "DELETE FROM row WHERE age = 0 AND (kind, id) IN "
        "(SELECT kind, id FROM row WHERE age = 1)"
    )
    db.execute("DELETE FROM row WHERE age = 1 AND stamp IS NULL")
    db.execute("UPDATE row SET age = 0 WHERE age = 1")
