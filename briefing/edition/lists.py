"""The site's lists as pages by path, numbered so that what is added moves little.

A list by name is numbered from its first page. One whose newest or greatest come first
is numbered from its last: a new record then changes the first page alone.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from briefing import filters
from briefing.edition.current import ListPage
from briefing.pages.lists import PAGE
from entities.models import Entity
from sources.models import Claim, Correction, Question, Source


class List(NamedTuple):
    """A list of the site: its page there, its rows, and where it stands here."""

    kind: str
    asked: str
    sorts: Any
    rows: Any
    path: str

    def keys(self) -> list[int]:
        return list(self.sorts[0].order(self.rows()).values_list("pk", flat=True))

    def pages(self) -> Iterator[tuple[str, ListPage]]:
        """Each page with its path, the first one first."""
        keys = self.keys()
        parts = _parts(keys, self.sorts[0].descending)
        count = len(parts)
        numbers = (
            range(count, 0, -1) if self.sorts[0].descending else range(1, count + 1)
        )
        paths = [self.path, *(f"{self.path}page/{n}/" for n in list(numbers)[1:])]
        for at, (path, part) in enumerate(zip(paths, parts, strict=True)):
            following = paths[at + 1] if at + 1 < count else ""
            total = len(keys) if not at else -1
            yield path, ListPage(part, total, following, self.path if at else "")


def _parts(keys: list[int], is_from_the_end: bool) -> list[list[int]]:
    """The keys page by page; the page that is not full comes where new ones do."""
    rest = len(keys) % PAGE if is_from_the_end and len(keys) > PAGE else 0
    first = PAGE + rest
    rest_of = range(first, len(keys), PAGE)
    return [keys[:first], *(keys[start : start + PAGE] for start in rest_of)]


def _entities(kind: str) -> Any:
    return lambda: Entity.objects.public().of_kind(kind)


LISTS = (
    *(
        List("entity", path, one.sorts, _entities(kind), path)
        for kind, path, one in (
            ("person", "/people/", filters.PersonList),
            ("organisation", "/organisations/", filters.OrganisationList),
            ("event", "/events/", filters.EventList),
        )
    ),
    List(
        "question",
        "/questions/",
        filters.QuestionList.sorts,
        Question.objects.public,
        "/questions/",
    ),
    List(
        "question",
        "/questions/?state=differ",
        filters.QuestionList.sorts,
        Question.objects.that_differ,
        "/questions/by/differ/",
    ),
    List(
        "claim", "/claims/", filters.ClaimList.sorts, Claim.objects.public, "/claims/"
    ),
    List(
        "source",
        "/sources/",
        filters.SourceList.sorts,
        Source.objects.public,
        "/sources/",
    ),
    List(
        "correction",
        "/corrections/",
        filters.CorrectionList.sorts,
        Correction.objects.public,
        "/corrections/",
    ),
)
