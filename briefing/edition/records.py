"""The addresses of each record: its own page and what stands beside it."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from django.urls import reverse

from briefing.pages.addresses import address
from entities.models import Entity, Redirect
from entities.records import Status
from sources.models import Claim, Question, Source

CHUNK = 500
CITED = ("cite.bib", "cite.json")
BRIEFED = ("briefing/", "briefing.md", "briefing.docx")
HIDDEN = {Status.DRAFT, Status.IN_REVIEW, Status.WITHDRAWN}
TABLES: dict[str, tuple[Any, tuple[str, ...]]] = {
    "entity": (Entity, ("pk", "kind", "slug", "status", "merged_into_id")),
    "claim": (Claim, ("pk", "slug", "status", "is_public")),
    "question": (Question, ("pk", "slug", "state")),
    "source": (Source, ("pk", "slug", "status")),
}


class Record(NamedTuple):
    """Who owns the files, the page itself, and what is beside it if that is public."""

    owner: str
    path: str
    beside: list[str]


def records(kind: str, keys: set[int] | None) -> Iterator[Record]:
    """The records of a kind that may have a page: all of them, or those asked for."""
    model, columns = TABLES[kind]
    rows = model.objects.order_by("pk")
    if keys is None:
        found = rows.values_list(*columns, named=True).iterator(chunk_size=CHUNK)
        yield from _shown(kind, found)
        return
    ordered = sorted(keys)
    for start in range(0, len(ordered), CHUNK):
        chunk = rows.keyed(ordered[start : start + CHUNK])
        yield from _shown(kind, chunk.values_list(*columns, named=True))


def _shown(kind: str, rows: Any) -> Iterator[Record]:
    for row in rows:
        is_hidden = getattr(row, "status", "") in HIDDEN
        if not is_hidden and getattr(row, "merged_into_id", None) is None:
            name = getattr(row, "kind", kind)
            path = address(name, row.slug)
            beside = _beside(name, row) if _is_public(row) else []
            yield Record(f"{kind}:{row.pk}", path, beside)


def _is_public(row: Any) -> bool:
    if hasattr(row, "is_public"):
        return bool(row.is_public)
    return not hasattr(row, "status") or row.status == Status.PUBLISHED


def _beside(kind: str, row: Any) -> list[str]:
    path = address(kind, row.slug)
    if kind == "source":
        return []
    if kind == "claim":
        return [f"{path}{tail}" for tail in CITED]
    found = [f"{path}{tail}" for tail in (*BRIEFED, *CITED)]
    if kind == "question":
        return found
    return [*found, f"{path}network/", reverse(f"{kind}-feed", args=[row.slug])]


def former() -> Iterator[str]:
    """Addresses that once were a record's: renamed, or merged into another."""
    for kind, slug in Redirect.objects.order_by("pk").values_list("kind", "old_slug"):
        yield address(kind, slug)
    merged = Entity.objects.merged().order_by("pk")
    for kind, slug in merged.values_list("kind", "slug"):
        yield address(kind, slug)
