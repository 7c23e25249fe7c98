"""What can be asked for: each kind of record with its query set, filters and shape."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from django.db.models import Exists, OuterRef, QuerySet

from briefing import filters
from briefing.api import inside, narrowing, questions, records
from briefing.api.shapes import Record, Shape
from entities.models import Entity
from entities.rows import Each, Rows
from sources.models import Claim, Correction, Evidence, Property, Question, Source


@dataclass(frozen=True)
class Resource:
    """One kind of record that the API gives."""

    kind: str
    plural: str
    shape: type[Shape]
    # Those that readers see.
    public: Callable[[], Any]
    filters: type[filters.Listed]
    key: str = "slug"

    @cached_property
    def columns(self) -> tuple[str, ...]:
        return self.shape.columns()

    @cached_property
    def one(self) -> Rows:
        return Rows(lambda key: self.public().by_key(key).values_list(*self.columns))

    @cached_property
    def many(self) -> Rows:
        """Those with these keys."""
        return Rows(
            lambda keys: (
                self.public()
                .filter(**{f"{self.key}__in": Each(keys, "text")})
                .values_list(*self.columns)
            )
        )

    def made(self, rows: Sequence[Any], names: Collection[str] = ()) -> list[Record]:
        """The records of these rows; if fields are named, with those at least."""
        found = [{"type": self.kind} | self.shape.make(row) for row in rows]
        if rows and (not names or {*names} & {*self.shape.filled}):
            inside.fill(self.kind, rows, found)
        return found


def _entities(kind: str) -> Callable[[], Any]:
    return lambda: Entity.objects.public().of_kind(kind)


def _asked() -> QuerySet[Any]:
    """The words of the vocabulary that readers meet: a question is asked with each."""
    of_this: Any = OuterRef("pk")
    questions = Question.objects.public().asking(of_this)
    return Property.objects.filter(Exists(questions))


RESOURCES = [
    Resource(
        "person", "people", records.Person, _entities("person"), filters.PersonList
    ),
    Resource(
        "organisation",
        "organisations",
        records.Organisation,
        _entities("organisation"),
        filters.OrganisationList,
    ),
    Resource("event", "events", records.Event, _entities("event"), filters.EventList),
    Resource(
        "source",
        "sources",
        records.SourceShape,
        Source.objects.public,
        filters.SourceList,
    ),
    Resource(
        "property",
        "properties",
        records.PropertyShape,
        _asked,
        narrowing.PropertyList,
        key="key",
    ),
    Resource(
        "question",
        "questions",
        questions.QuestionShape,
        Question.objects.public,
        filters.QuestionList,
    ),
    Resource(
        "claim", "claims", records.ClaimShape, Claim.objects.public, filters.ClaimList
    ),
    Resource(
        "evidence",
        "evidence",
        records.EvidenceShape,
        Evidence.objects.public,
        narrowing.EvidenceList,
    ),
    Resource(
        "correction",
        "corrections",
        records.CorrectionShape,
        Correction.objects.public,
        filters.CorrectionList,
    ),
]
BY_KIND = {resource.kind: resource for resource in RESOURCES}
