"""Filters of the lists that only the API has."""

from __future__ import annotations

import django_filters
from django.db.models import QuerySet

from briefing.filters import SLUG, Listed, Sort, choices
from entities.models import Entity
from sources.models import Evidence, Property, Source


class PropertyList(Listed):
    sorts = (Sort("key", "By key", "key"),)
    value_type = django_filters.ChoiceFilter(
        label="What answers look like", choices=Property.ValueType.choices
    )


class EvidenceList(Listed):
    sorts = (
        Sort("newest", "Newest first", "id", descending=True),
        Sort("oldest", "Oldest first", "id"),
    )
    names = {
        "claim": "claim",
        "source": "source",
        "origin": "source",
        "speaker": "entity",
    }
    claim = django_filters.CharFilter(field_name="claim__slug", label="Claim", **SLUG)
    source = django_filters.CharFilter(
        field_name="source__slug", label="Source", **SLUG
    )
    origin = django_filters.CharFilter(
        method="from_origin", label="Original source", **SLUG
    )
    speaker = django_filters.CharFilter(method="said_by", label="Said by", **SLUG)
    stance = django_filters.ChoiceFilter(
        label="For or against", choices=choices(Evidence.Stance)
    )
    anchor = django_filters.ChoiceFilter(
        label="Found in our copy", choices=choices(Evidence.Anchor)
    )

    def from_origin(self, rows: QuerySet, name: str, slug: str) -> QuerySet:
        return rows.filter(origin__in=Source.objects.public().by_key(slug))

    def said_by(self, rows: QuerySet, name: str, slug: str) -> QuerySet:
        return rows.filter(speaker__in=Entity.objects.public().by_key(slug))
