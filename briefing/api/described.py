"""The API's views with their description, and the page on which to try them."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from django.http import HttpRequest, HttpResponse
from drf_spectacular.utils import extend_schema, inline_serializer
from rest_framework import serializers
from rest_framework.renderers import BaseRenderer

from briefing.api import schema, views, writers, written
from briefing.api.answering import Answering
from briefing.api.drafts import WRITTEN
from briefing.api.resources import Resource
from briefing.pages import search
from briefing.rendering import render
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
    reads = schema.described_list(resource)
    if resource.kind not in WRITTEN:
        return _described(views.Records, "", resource, get=reads)
    writes = written.described_creation(resource)
    return _described(writers.Records, "", resource, get=reads, post=writes)


def one(resource: Resource) -> type[Answering]:
    """The view of one such record."""
    reads = schema.described_one(resource)
    if resource.kind not in WRITTEN:
        return _described(views.One, "One", resource, get=reads)
    writes = written.described_change(resource)
    return _described(writers.One, "One", resource, get=reads, patch=writes)


def submission(resource: Resource) -> type[Answering]:
    """The view that sends one such record to review."""
    told = written.described_submission(resource)
    return _described(writers.Submission, "Submission", resource, post=told)


def _described(
    base: Any, name: str, resource: Resource, **told: Any
) -> type[Answering]:
    """The view with methods of its own, for the description is kept on those."""
    title = f"{resource.plural.title()}{name}View"
    view: Any = type(title, (base,), {"resource": resource})
    for method, describe in told.items():
        setattr(view, method, describe(_own(view, method)))
    return view  # type: ignore[no-any-return]


def _own(view: Any, method: str) -> Any:
    def answer(self: Any, request: Any, **key: Any) -> HttpResponse:
        found: HttpResponse = getattr(super(view, self), method)(request, **key)
        return found

    answer.__name__ = method
    return answer


def _addresses(names: list[str]) -> dict[str, Any]:
    return {name: serializers.URLField() for name in names}


class Beginning(views.Beginning):
    @extend_schema(
        operation_id="begin",
        responses={
            200: inline_serializer(
                "Beginning",
                {
                    **_addresses(views.BEGINNING),
                    "export": inline_serializer("Exports", _addresses(views.EXPORTS)),
                },
            ),
            **schema.problems(401, 406, 429, 503),
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
            **schema.problems(400, 401, 406, 429, 503),
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
            **schema.problems(400, 401, 406, 429, 503),
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
