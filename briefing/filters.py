"""The lists' filters: what the query string may ask for, checked by a form.

A value that does not fit is named on the page and leaves the list as it was.
"""

from __future__ import annotations

import base64
import binascii
import json
from collections import Counter
from typing import Any, ClassVar, NamedTuple

import django_filters
from django.core.validators import RegexValidator
from django.db.models import F, Q, QuerySet

from briefing.counting import MOST_SORTED, newest
from entities import edtf
from entities.models import Entity
from entities.rows import Rows
from sources.models import Claim, Evidence, Property, Question, SearchEntry, Source

SLUG = {"max_length": 200}
PROPERTIES = Rows(lambda: Property.objects.values_list("id", "key", "label"))


class Cursor(NamedTuple):
    """The last row that was shown: what it was sorted by, and its id."""

    value: Any
    id: int

    def encoded(self) -> str:
        return encoded([self.value, self.id])


class Sort(NamedTuple):
    """One order of a list: by a column, then by id in the same direction."""

    key: str
    label: str
    column: str
    descending: bool = False
    # Rows without a value come last, whatever the direction.
    is_nullable: bool = False

    def order(self, rows: QuerySet) -> QuerySet:
        column, sign = F(self.column), "-" if self.descending else ""
        nulls = {"nulls_last": True} if self.is_nullable else {}
        first = column.desc(**nulls) if self.descending else column.asc(**nulls)
        return rows.order_by(first, f"{sign}id")

    def after(self, rows: QuerySet, cursor: Cursor) -> QuerySet:
        """The rows that follow that place; ValueError for a place of another list."""
        than = "lt" if self.descending else "gt"
        same_later = Q(**{self.column: cursor.value, f"id__{than}": cursor.id})
        if cursor.value is None:
            return rows.filter(same_later)
        later = Q(**{f"{self.column}__{than}": cursor.value}) | same_later
        if self.is_nullable:
            return rows.filter(later | Q(**{self.column: None}))
        # The outer bound lets the database walk its index from there.
        return rows.filter(later, **{f"{self.column}__{than}e": cursor.value})


def encoded(place: list[Any]) -> str:
    """A place in a list as it stands in an address."""
    words = json.dumps(place, separators=(",", ":"), default=str)
    return base64.urlsafe_b64encode(words.encode()).decode().rstrip("=")


def decoded(text: str, *types: type | tuple[type, ...]) -> list[Any]:
    """The place that an address names, or ValueError."""
    try:
        place = json.loads(base64.urlsafe_b64decode(text + "=" * (-len(text) % 4)))
    except (binascii.Error, ValueError, RecursionError) as error:
        raise ValueError("not a place in this list") from error
    if not isinstance(place, list) or len(place) != len(types):
        raise ValueError("not a place in this list")
    for part, wanted in zip(place, types, strict=True):
        if not isinstance(part, wanted):
            raise ValueError("not a place in this list")
        # Half a character raises here, and no engine stores a NUL.
        if isinstance(part, str) and b"\0" in part.encode():
            raise ValueError("not a place in this list")
    return place


class Listed(django_filters.FilterSet):
    """What all lists share: facets, and orders of which the first is the usual one."""

    sorts: ClassVar[tuple[Sort, ...]] = ()
    # By filter: the column that holds its choices.
    facets: ClassVar[dict[str, str]] = {}
    # Where that is a key: what it is in an address, and what it is called.
    words: ClassVar[dict[str, Rows]] = {}
    # Filters that take the address of a record of that kind.
    names: ClassVar[dict[str, str]] = {}

    def counts(self, name: str) -> list[tuple[str, str, int]]:
        """Each choice of a facet, its label and how many rows it would leave.

        Only the newest are counted where all would take too long.
        """
        found = newest(self.newest_but_for(name), self.facets[name])
        if name in self.words:
            words = {pk: words for pk, *words in self.words[name]()}
            named = [(*words[pk], count) for pk, count in found]
            return sorted(named, key=lambda one: (-one[2], one[0]))
        labels = dict(self.filters[name].extra.get("choices", ()))
        return [(value, labels.get(value, value), count) for value, count in found]

    def newest_but_for(self, name: str) -> QuerySet:
        """The rows that all filters but this one leave."""
        rows = self.queryset
        for other, value in self.form.cleaned_data.items():
            if other != name:
                rows = self.filters[other].filter(rows, value)
        return rows.order_by("-id")


class Found(Listed):
    """A list whose records search can find."""

    kind: ClassVar[str] = ""
    q = django_filters.CharFilter(method="look_for", label="Words", max_length=300)

    def look_for(self, rows: QuerySet, name: str, words: str) -> QuerySet:
        entries = SearchEntry.objects.matching(words).of_kind(self.kind)
        return rows.filter(pk__in=entries.values("record_id"))


def choices(model: Any, *left_out: str) -> list[tuple[str, str]]:
    return [choice for choice in model.choices if choice[0] not in left_out]


class PersonList(Found):
    kind = "person"
    sorts = (
        Sort("name", "By name", "sort_name"),
        Sort("newest", "Newest record first", "id", descending=True),
    )


class OrganisationList(PersonList):
    kind = "organisation"
    facets = {"category": "category"}
    category = django_filters.ChoiceFilter(
        label="Sort of organisation",
        choices=list(Entity.ORGANISATION_CATEGORIES.items()),
    )


class EventList(Found):
    kind = "event"
    sorts = (
        Sort("latest", "Latest first", "low", descending=True, is_nullable=True),
        Sort("earliest", "Earliest first", "low", is_nullable=True),
        Sort("name", "By name", "sort_name"),
    )
    facets = {"category": "category", "year": "low"}
    category = django_filters.ChoiceFilter(
        label="Sort of event", choices=list(Entity.EVENT_CATEGORIES.items())
    )
    year = django_filters.CharFilter(
        method="in_year",
        label="Year it began",
        validators=[RegexValidator(r"^[0-9]{4}\Z", "A year has four digits.")],
    )

    def in_year(self, rows: QuerySet, name: str, year: str) -> QuerySet:
        """The events that begin in that year, as far as is known."""
        first = edtf.day_number(int(year), 1, 1)
        return rows.filter(low__gte=first, low__lt=edtf.day_number(int(year) + 1, 1, 1))

    def counts(self, name: str) -> list[tuple[str, str, int]]:
        if name != "year":
            return super().counts(name)
        lows = self.newest_but_for(name).exclude(low=None).values_list("low", flat=True)
        years = Counter(edtf.from_day(int(low))[0] for low in lows[:MOST_SORTED])
        return [
            (f"{year:04}", str(year), years[year])
            for year in sorted(years, reverse=True)
            if 0 < year <= 9999
        ]


class QuestionList(Found):
    kind = "question"
    sorts = (
        Sort("reported", "Most reported first", "article_count", descending=True),
        Sort("newest", "Newest first", "id", descending=True),
    )
    facets = {
        "state": "state",
        "about_kind": "subject__kind",
        "property": "property",
    }
    words = {"property": PROPERTIES}
    names = {"about": "entity"}
    about = django_filters.CharFilter(field_name="subject__slug", label="About", **SLUG)
    state = django_filters.ChoiceFilter(
        label="What sources say",
        choices=choices(Question.State, Question.State.NO_ANSWER),
    )
    property = django_filters.CharFilter(
        field_name="property__key", label="What is asked", **SLUG
    )
    about_kind = django_filters.ChoiceFilter(
        field_name="subject__kind", label="About what", choices=Entity.Kind.choices
    )


class ClaimList(Found):
    kind = "claim"
    sorts = (
        Sort("newest", "Newest first", "id", descending=True),
        Sort("oldest", "Oldest first", "id"),
    )
    facets = {
        "support": "support",
        "property": "property",
    }
    words = {"property": PROPERTIES}
    names = {
        "about": "entity",
        "naming": "entity",
        "speaker": "entity",
        "source": "source",
    }
    about = django_filters.CharFilter(field_name="subject__slug", label="About", **SLUG)
    naming = django_filters.CharFilter(
        field_name="object__slug", label="Naming", **SLUG
    )
    source = django_filters.CharFilter(method="from_source", label="Source", **SLUG)
    speaker = django_filters.CharFilter(method="said_by", label="Said by", **SLUG)
    support = django_filters.ChoiceFilter(
        label="Support", choices=choices(Claim.Support)
    )
    property = django_filters.CharFilter(
        field_name="property__key", label="What is said", **SLUG
    )

    def from_source(self, rows: QuerySet, name: str, slug: str) -> QuerySet:
        evidence = Evidence.objects.public().filter(source__slug=slug)
        return rows.filter(pk__in=evidence.values("claim"))

    def said_by(self, rows: QuerySet, name: str, slug: str) -> QuerySet:
        speaker = Entity.objects.public().by_key(slug)
        evidence = Evidence.objects.public().filter(speaker__in=speaker)
        return rows.filter(pk__in=evidence.values("claim"))


class SourceList(Found):
    kind = "source"
    sorts = (
        Sort("latest", "Latest first", "low", descending=True, is_nullable=True),
        Sort("earliest", "Earliest first", "low", is_nullable=True),
        Sort("title", "By title", "title"),
    )
    facets = {
        "genre": "genre",
        "lineage": "lineage",
        "reliability": "reliability",
        "standing": "standing",
    }
    names = {"publisher": "entity"}
    publisher = django_filters.CharFilter(
        method="from_publisher", label="Publisher", **SLUG
    )
    genre = django_filters.ChoiceFilter(label="Form", choices=choices(Source.Genre))
    lineage = django_filters.ChoiceFilter(
        label="Where it came from", choices=choices(Source.Lineage)
    )
    reliability = django_filters.ChoiceFilter(
        label="Reliability", choices=choices(Source.Reliability)
    )
    standing = django_filters.ChoiceFilter(
        label="Standing", choices=choices(Source.Standing)
    )

    def from_publisher(self, rows: QuerySet, name: str, slug: str) -> QuerySet:
        return rows.filter(publisher__in=Entity.objects.public().by_key(slug))


class CorrectionList(Listed):
    sorts = (Sort("latest", "Latest first", "made_on", descending=True),)
