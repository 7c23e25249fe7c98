"""Which formats a reader can take a record in, by kind of record; for its page."""

from __future__ import annotations

from typing import NamedTuple

from django.urls import reverse

from entities.models import Entity

TITLES = {
    "jsonld": "JSON-LD",
    "annotations": "Web Annotation",
    "csl": "CSL-JSON",
    "bibtex": "BibTeX",
    "ftm": "FollowTheMoney",
}
OF = {
    **dict.fromkeys(Entity.PLURALS, ("ftm", "jsonld")),
    "question": ("jsonld",),
    "claim": ("annotations", "jsonld"),
    "source": ("bibtex", "csl", "annotations", "jsonld"),
}


class Offer(NamedTuple):
    title: str
    path: str


def offers(kind: str, slug: str) -> list[Offer]:
    """The files of one record."""
    plural = Entity.PLURALS.get(kind, f"{kind}s")
    return [
        Offer(TITLES[name], reverse(f"api-export-{name}-one", args=[plural, slug]))
        for name in OF[kind]
    ]
