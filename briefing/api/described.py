"""The API's views with their description, and the page on which to try them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer

from briefing.api import schema, views
from briefing.api.answering import Answering
from briefing.api.resources import RESOURCES, Resource
from briefing.pages import search
from sources.models import PublicChange, SearchEntry

FILE = Path(__file__).parent / "openapi.yaml"
DOCUMENT = "application/vnd.oai.openapi"
KINDS = list(SearchEntry.WEIGHTS)


class Result(serializers.Serializer):
    """One record that was found."""

    type = serializers.ChoiceField(KINDS)
    slug = serializers.SlugField()
    title = serializers.CharField()
    excerpt = serializers.CharField()
    page = serializers.URLField()
    record = serializers.URLField()


class Change(serializers.Serializer):
    """The last thing that happened at one address."""

    type = serializers.ChoiceField(KINDS)
    slug = serializers.SlugField()
    what = serializers.ChoiceField(PublicChange.What.choices)
    to = serializers.SlugField(required=False)
    at = serializers.DateTimeField()
    record = serializers.URLField()


def records(resource: Resource) -> type[Answering]:
    """The view of the list of these records."""
    name = f"{resource.plural.title()}View"
    view = type(name, (views.Records,), {"resource": resource})
    told = schema.described_list(resource)
    return _described(view, told)


def one(resource: Resource) -> type[Answering]:
    """The view of one such record."""
    name = f"{resource.kind.title()}View"
    view = type(name, (views.One,), {"resource": resource})
    return _described(view, schema.described_one(resource))


def _described(view: Any, told: Any) -> type[Answering]:
    """The view with a `get` of its own, for the description is kept on that."""

    def get(self: Any, request: Any, **key: Any) -> HttpResponse:
        return super(view, self).get(request, **key)

    view.get = told(get)
    return view


class Beginning(views.Beginning):
    @extend_schema(
        operation_id="begin",
        responses={
            200: inline_serializer(
                "Beginning",
                {
                    name: serializers.URLField()
                    for name in (
                        *(resource.plural for resource in RESOURCES),
                        *("search", "changes", "schema", "docs"),
                    )
                },
            ),
            **schema.problems(406, 429),
        },
    )
    def get(self, request: Any) -> HttpResponse:
        return super().get(request)


class Search(views.Search):
    @extend_schema(
        operation_id="search",
        parameters=[
            schema.parameter("q", "Words; the last of them may be a beginning."),
            schema.parameter("kind", "Only this kind.", enum=["", *search.KINDS]),
            schema.CURSOR,
            schema.PAGE_SIZE,
        ],
        responses={
            200: schema.pages("SearchPage", Result()),
            **schema.problems(400, 406, 429),
        },
    )
    def get(self, request: Any) -> HttpResponse:
        return super().get(request)


class Changes(views.Changes):
    @extend_schema(
        operation_id="changes",
        parameters=[schema.CURSOR, schema.PAGE_SIZE],
        responses={
            200: inline_serializer(
                "ChangesPage",
                {
                    "results": serializers.ListField(child=Change()),
                    "next": serializers.URLField(),
                    "has_more": serializers.BooleanField(),
                },
            ),
            **schema.problems(400, 406, 429),
        },
    )
    def get(self, request: Any) -> HttpResponse:
        return super().get(request)


class Yaml(BaseRenderer):
    """The media type of the description; the file is sent as it is."""

    media_type = DOCUMENT
    format = "yaml"


class Schema(Answering):
    """This description, as it stands in the repository."""

    renderer_classes = [Yaml]

    @extend_schema(exclude=True)
    def get(self, request: Any) -> HttpResponse:
        return self.sent(FILE.read_bytes(), DOCUMENT)


class Missing(views.Missing):
    @extend_schema(exclude=True)
    def get(self, request: Any, rest: str = "") -> HttpResponse:
        return super().get(request, rest)


def docs(request: HttpRequest) -> HttpResponse:
    """A page to read the description on and to try requests."""
    return render(request, "api.html")
