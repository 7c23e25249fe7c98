"""References as draft sources: rows for the one importer."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from django.utils.text import slugify

from entities.folding import fold
from entities.models import Organisation
from entities.records import Status
from sources.exchange.kinds import BY_NAME, TEXT
from sources.exchange.records import Row
from sources.models import Source
from sources.references.reference import Reference

LONGEST = 100


def publishers(references: Iterable[Reference]) -> None:
    """Put the one record of each publisher for its name; any other name is left."""
    known: dict[str, str] = {}
    for one in references:
        name = one.values.pop("publisher", "")
        if not name:
            continue
        if name not in known:
            slugs = list(
                Organisation.objects.named(name)
                .exclude(status=Status.WITHDRAWN)
                .filter(merged_into=None)
                .values_list("slug", flat=True)[:2]
            )
            known[name] = slugs[0] if len(slugs) == 1 else ""
        if known[name]:
            one.values["publisher"] = known[name]
        else:
            one.leave("publisher, of which there is no one record", name)


def rows(references: Iterable[Reference]) -> Iterator[Row]:
    """A draft source for each, with its text where it has one."""
    made: set[str] = set()
    for one in references:
        slug = _slug(one, made)
        made.add(slug)
        values: dict[str, Any] = {"slug": slug, "status": "draft", **one.values}
        yield Row(BY_NAME["source"], values, one.place)
        if one.text:
            yield Row(TEXT, {"source": slug, "text": one.text}, one.place)


def _slug(one: Reference, made: set[str]) -> str:
    """An address from its words that no other source has."""
    words = one.values.get("title") or one.values.get("author") or one.key
    base = slugify(fold(f"{words} {one.values.get('published', '')}"))
    base = base[:LONGEST].strip("-") or "source"
    slug, number = base, 1
    while slug in made or Source.objects.by_key(slug).exists():
        number += 1
        slug = f"{base}-{number}"
    return slug
