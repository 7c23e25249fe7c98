"""Where evidence began: original sources, counted apart from their copies.

The origin of evidence is the root of its source, or of the source it is credited to,
if that root is known to be original. Else the origin is not known, and is not counted:
two sources whose roots are unknown are never called independent.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import Case, F, Q, Value, When

from entities.inserting import update
from sources.models import Evidence, Source


def roots(source_ids: Iterable[int]) -> dict[int, int | None]:
    """For each source the original source it leads to, or None if that is not known."""
    known = _with_ancestors(set(source_ids))
    return {pk: _root(pk, known) for pk in source_ids}


def _with_ancestors(wanted: set[int]) -> dict[int, tuple[int | None, str]]:
    """Parent and lineage of these sources and of all they derive from."""
    known: dict[int, tuple[int | None, str]] = {}
    while wanted:
        rows = Source.objects.filter(pk__in=wanted)
        for pk, parent, lineage in rows.values_list("pk", "derived_from", "lineage"):
            known[pk] = (parent, lineage)
        parents = {parent for pk in wanted if (parent := known.get(pk, (None,))[0])}
        wanted = parents - known.keys()
    return known


def _root(pk: int, known: dict[int, tuple[int | None, str]]) -> int | None:
    seen: set[int] = set()
    parent, lineage = known.get(pk, (None, ""))
    while parent is not None and pk not in seen:
        seen.add(pk)
        pk = parent
        parent, lineage = known.get(pk, (None, ""))
    return pk if parent is None and lineage == Source.Lineage.ORIGINAL else None


def descendants(source_ids: Iterable[int]) -> set[int]:
    """These sources and all that derive from them."""
    found = set(source_ids)
    level = found
    while level:
        children = Source.objects.filter(derived_from__in=level)
        level = set(children.values_list("pk", flat=True)) - found
        found = found | level
    return found


def refresh(evidence_ids: Iterable[int]) -> None:
    """Write the origin of this evidence anew, where it has changed."""
    rows = Evidence.objects.filter(pk__in=list(evidence_ids)).annotate(
        begins_at=Case(
            When(via__isnull=False, then=F("via")),
            # Credited to someone without a record: we cannot follow it further.
            When(~Q(via_label="") | Q(voice="other_outlet"), then=Value(None)),
            default=F("source"),
        )
    )
    begins = dict(rows.values_list("pk", "begins_at"))
    known = roots({source for source in begins.values() if source is not None})
    moved = {}
    for pk, old in rows.values_list("pk", "origin"):
        start = begins[pk]
        new = known[start] if start is not None else None
        if new != old:
            moved[pk] = [new]
    update(Evidence, ["origin_id"], moved)


@dataclass(frozen=True, slots=True)
class Tally:
    """How many articles carry something, and what is known of where they have it."""

    articles: int
    origins: int
    not_established: int


def tally(rows: Iterable[tuple[int, int | None]]) -> Tally:
    """Count (source, origin) pairs of counted evidence; copies fold into one origin."""
    origins_of: dict[int, set[int]] = {}
    for source, origin in rows:
        found = origins_of.setdefault(source, set())
        if origin is not None:
            found.add(origin)
    known = set().union(*origins_of.values()) if origins_of else set()
    unknown = sum(1 for found in origins_of.values() if not found)
    return Tally(len(origins_of), len(known), unknown)
