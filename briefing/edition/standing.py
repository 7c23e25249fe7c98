"""How each row of the database stands, and which stand otherwise than at the last run.

Nothing is taken from what was said about a change: the rows are compared themselves,
with all that the program derives from others. So what was erased, written by another
program or freed by the clock is found as surely as what an editor saved.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import Any, NamedTuple

from django.db.models import F, QuerySet

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
CHUNK = 2000
Shown = Callable[[Any], str]


class Kind(NamedTuple):
    """A table: what a row derives, what it names, and the address it has if shown."""

    model: Any
    derived: tuple[str, ...] = ()
    names: dict[str, str] = {}
    shown: Shown = lambda row: ""
    mark: str = ""


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


def rows() -> Iterator[tuple[Any, ...]]:
    """Every row as the manifest keeps it; drafts too: they may be published next."""
    for name, kind in KINDS.items():
        fixed = tuple(column for column in (kind.mark,) if column)
        columns = dict.fromkeys(
            ("id", *SAVED, *kind.derived, *kind.names.values(), *fixed)
        )
        found = kind.model.objects.order_by().values_list(*columns, named=True)
        for row in found.iterator(chunk_size=CHUNK):
            named = [getattr(row, kind.names.get(one, "none"), None) for one in NAMED]
            mark = str(getattr(row, kind.mark)) if kind.mark else ""
            free = is_free(row)
            yield (name, row.id, f"{free}{row[1:]}", kind.shown(row), mark, *named)
    for name, (model, names) in PAIRS.items():
        yield from _pairs(name, model.objects.order_by(), names)


def _pairs(name: str, found: QuerySet, names: dict[str, str]) -> Iterator[Any]:
    given = {one: F(column) for one, column in names.items()}
    aliased = {f"the_{one}": column for one, column in given.items()}
    columns = [f"the_{one}" for one in names]
    for key, *ends in found.annotate(**aliased).values_list("id", *columns):
        of = dict(zip(names, ends, strict=True))
        yield (name, key, repr(ends), "", "", *(of.get(one) for one in NAMED))


def compare(manifest: Manifest) -> dict[str, set[int]]:
    """The rows that are new, gone or otherwise since the last run, by kind.

    The manifest then knows both forms of each, so that what a row named before is
    found beside what it names now; `settle` forgets the old one.
    """
    db = manifest.db
    db.execute("CREATE TEMP TABLE seen AS SELECT * FROM row WHERE 0")
    marks = ", ".join("?" * (len(NAMED) + 5))
    columns = f"kind, id, stamp, shown, mark, {', '.join(NAMED)}"
    db.executemany(f"INSERT INTO seen ({columns}) VALUES ({marks})", rows())
    db.execute("CREATE INDEX temp.seen_by_id ON seen (kind, id)")
    db.execute(
        f"INSERT INTO row (age, {columns}) SELECT 1, {columns} FROM seen WHERE NOT "
        "EXISTS (SELECT 1 FROM row AS old WHERE old.kind = seen.kind "
        "AND old.id = seen.id AND old.age = 0 AND old.stamp = seen.stamp)"
    )
    # A row that is gone has an empty new form.
    db.execute(
        "INSERT INTO row (kind, id, age) SELECT kind, id, 1 FROM row AS old WHERE age "
        "= 0 AND NOT EXISTS (SELECT 1 FROM seen WHERE seen.kind = old.kind AND "
        "seen.id = old.id)"
    )
    db.execute("DROP TABLE seen")
    changed: dict[str, set[int]] = {}
    for kind, key in db.execute("SELECT kind, id FROM row WHERE age = 1"):
        changed.setdefault(kind, set()).add(key)
    return changed


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
        "DELETE FROM row WHERE age = 0 AND EXISTS (SELECT 1 FROM row AS new WHERE "
        "new.kind = row.kind AND new.id = row.id AND new.age = 1)"
    )
    db.execute("DELETE FROM row WHERE age = 1 AND stamp IS NULL")
    db.execute("UPDATE row SET age = 0 WHERE age = 1")
