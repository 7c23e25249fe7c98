"""Records inside records: `?include=evidence.source` in place of two more requests."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Any

from django.db.models import Count

from briefing.api.resources import BY_KIND, Resource
from briefing.api.shapes import EntityReference, Record, Reference
from entities.rows import Each, Rows
from sources.models import Evidence

# A page of claims ends early rather than hold more passages than these.
MOST_PASSAGES = 2000
EVIDENCE = BY_KIND["evidence"]
ON_CLAIMS = Rows(
    lambda claims: (
        Evidence.objects.public()
        .on(Each(claims))
        .order_by("claim_id", "id")
        .values_list(*EVIDENCE.columns, "claim_id")
    )
)
# Which record to put in the place of its name, and which in the place of names in it.
Tree = dict[str, dict[str, Any]]


def paths(resource: Resource) -> list[str]:
    """All that can be included, at most two steps away."""
    found = []
    for name, target in _steps(resource):
        found.append(name)
        if target is not None:
            found += [f"{name}.{deeper}" for deeper, _ in _steps(target)]
    # A claim inside its own evidence would say nothing new.
    return [path for path in found if path != "evidence.claim"]


def _steps(resource: Resource) -> Iterator[tuple[str, Resource | None]]:
    for name, field in resource.shape.references().items():
        yield name, BY_KIND.get(field.kind)
    if resource.kind == "claim":
        yield "evidence", EVIDENCE


def tree(included: Sequence[str]) -> Tree:
    found: Tree = {}
    for path in included:
        name, _, deeper = path.partition(".")
        inner = found.setdefault(name, {})
        if deeper:
            inner[deeper] = {}
    return found


def fitting(rows: Sequence[Any], wanted: Tree) -> Sequence[Any]:
    """As many of these claims, from the first, as fit on a page with their evidence."""
    if "evidence" not in wanted:
        return rows
    evidence = Evidence.objects.public().on([row.id for row in rows]).order_by()
    counts = dict(evidence.values_list("claim").annotate(Count("pk")))
    total = 0
    for place, row in enumerate(rows):
        total += counts.get(row.id, 0)
        if total > MOST_PASSAGES and place:
            return rows[:place]
    return rows


def embed(
    resource: Resource, rows: Sequence[Any], records: list[Record], wanted: Tree
) -> None:
    """Put the records that are wanted in the place of their names."""
    for name, deeper in wanted.items():
        if name == "evidence":
            _evidence(rows, records, deeper)
        else:
            field = resource.shape.references()[name]
            _references(name, field, records, deeper)


def _evidence(rows: Sequence[Any], records: list[Record], deeper: Tree) -> None:
    passages = ON_CLAIMS(claims=[row.id for row in rows])
    found = EVIDENCE.made(passages)
    embed(EVIDENCE, passages, found, deeper)
    on = defaultdict(list)
    for passage, record in zip(passages, found, strict=True):
        on[passage.claim_id].append(record)
    for row, record in zip(rows, records, strict=True):
        record["evidence"] = on[row.id]


def _references(
    name: str, field: Reference, records: list[Record], deeper: Tree
) -> None:
    named = defaultdict(set)
    for record in records:
        if record[name] is not None:
            named[_kind(name, field, record)].add(record[name])
    found = {kind: _keyed(BY_KIND[kind], keys, deeper) for kind, keys in named.items()}
    for record in records:
        if record[name] is not None:
            key = record[name]
            # A name stays where its record has a notice in its place.
            record[name] = found[_kind(name, field, record)].get(key, key)


def _kind(name: str, field: Reference, record: Record) -> str:
    is_entity = isinstance(field, EntityReference)
    return str(record[f"{name}_type"]) if is_entity else field.kind


def _keyed(resource: Resource, keys: set[str], deeper: Tree) -> dict[str, Record]:
    rows = resource.many(keys=sorted(keys))
    records = resource.made(rows)
    embed(resource, rows, records, deeper)
    return {record[resource.key]: record for record in records}
