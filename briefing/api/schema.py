"""The description of the API in OpenAPI: made from the shapes, kept in a file.

Made at the first request it would cost a second, and two at once would fail: `make
schema` makes the file, `make check` says when it is not what the code would make.
"""

from __future__ import annotations

from typing import Any

from drf_spectacular.extensions import (
    OpenApiAuthenticationExtension,
    OpenApiSerializerFieldExtension,
)
from drf_spectacular.utils import (
    OpenApiParameter,
    OpenApiResponse,
    PolymorphicProxySerializer,
    extend_schema,
    inline_serializer,
)
from rest_framework import serializers

from briefing.api import asking, embedding
from briefing.api.absent import STATES, Notice
from briefing.api.drafts import HELD
from briefing.api.problems import MEDIA_TYPE, Problem
from briefing.api.resources import BY_KIND, Resource
from briefing.api.shapes import EntityReference
from briefing.counting import MOST_COUNTED
from entities.models import Entity


def parameter(name: str, told: str, **more: Any) -> OpenApiParameter:
    return OpenApiParameter(name, description=told, **more)


CURSOR = parameter("cursor", "Where the page begins: from `next` of the one before.")
PAGE_SIZE = parameter(
    "page_size",
    f"How many to give, {asking.USUAL} if it is left out.",
    type={"type": "integer", "minimum": 1, "maximum": asking.MOST},
)
UNCHANGED = OpenApiResponse(description="It is what `If-None-Match` names.")
PROBLEMS = {
    400: "A parameter does not fit: `errors` names it.",
    401: "The token is not in force.",
    406: "There is no such media type here.",
    429: "Too many requests from this address, or with this token: `Retry-After` says "
    "how long to wait.",
    503: "The database does not answer.",
}
ABSENT = {
    404: "No public record stands here.",
    410: "Withdrawn: only when is told.",
}


def problems(*codes: int) -> dict[Any, Any]:
    told = PROBLEMS | ABSENT
    return {
        (code, MEDIA_TYPE): OpenApiResponse(Problem, description=told[code])
        for code in codes
    } | {304: UNCHANGED}


def pages(name: str, result: Any, **more: Any) -> Any:
    """What a page of a list looks like."""
    return inline_serializer(
        name,
        {
            "results": serializers.ListField(child=result),
            "next": serializers.URLField(allow_null=True),
            **more,
        },
    )


def several(resource: Resource) -> list[OpenApiParameter]:
    """`fields` and, where a record names others, `include`."""
    found = [_names("fields", "Only these fields.", resource.shape.names())]
    if paths := embedding.paths(resource):
        told = "Whole records in the place of their keys."
        found.append(_names("include", told, paths))
    return found


def _names(name: str, told: str, known: list[str]) -> OpenApiParameter:
    items = {"type": "string", "enum": known}
    return parameter(
        name,
        told,
        type={"type": "array", "items": items, "minItems": 1},
        style="form",
        explode=False,
    )


def filtering(resource: Resource) -> list[OpenApiParameter]:
    found = []
    for name, one in resource.filters.base_filters.items():
        choices = [value for value, _ in one.extra.get("choices", ())]
        known = ["", *choices] if choices else None
        found.append(parameter(name, str(one.label), enum=known))
    keys = [sort.key for sort in resource.filters.sorts]
    told = "; ".join(f"{sort.key}: {sort.label}" for sort in resource.filters.sorts)
    return [*found, parameter("sort", f"{told}.", enum=keys, default=keys[0])]


def described_list(resource: Resource) -> Any:
    counted = {
        "count": serializers.IntegerField(required=False),
        "count_is_capped": serializers.BooleanField(required=False),
    }
    told = f"How many there are, up to {MOST_COUNTED:,}."
    return extend_schema(
        operation_id=f"list_{resource.plural}",
        tags=[resource.plural],
        parameters=[
            *filtering(resource),
            CURSOR,
            PAGE_SIZE,
            parameter("count", told, type=bool, default=False),
            *several(resource),
        ],
        responses={
            200: pages(f"{resource.plural.title()}Page", resource.shape(), **counted),
            **problems(400, 401, 406, 429, 503),
        },
    )


def described_one(resource: Resource) -> Any:
    return extend_schema(
        operation_id=f"get_{resource.kind}",
        tags=[resource.plural],
        parameters=[
            parameter("key", f"Its {resource.key}.", location=OpenApiParameter.PATH),
            *several(resource),
        ],
        responses={
            200: _or_notice(resource),
            301: OpenApiResponse(description="It has another address now."),
            **problems(400, 401, 404, 406, 410, 429, 503),
        },
    )


def _or_notice(resource: Resource) -> Any:
    """The record, or what can stand in its place: a notice, or what the desk holds."""
    if resource.kind not in STATES:
        return resource.shape
    held = [HELD[resource.kind]] if resource.kind in HELD else []
    return PolymorphicProxySerializer(
        component_name=f"{resource.kind.title()}OrNotice",
        serializers=[resource.shape, Notice, *held],
        resource_type_field_name=None,
    )


def any_of(result: Any, **_: Any) -> Any:
    """A published record is what readers see and, with a token, what the desk holds."""
    for name, told in result["components"]["schemas"].items():
        if name.endswith("OrNotice"):
            told["anyOf"] = told.pop("oneOf")
    return result


class BearerScheme(OpenApiAuthenticationExtension):
    """A token, where somebody has one."""

    target_class = "briefing.api.bearing.Bearer"
    name = "bearerAuth"

    def get_security_definition(self, auto_schema: Any) -> dict[str, str]:
        return {
            "type": "http",
            "scheme": "bearer",
            "description": "Reading takes no token; the desk makes those for writing.",
        }


class ReferenceField(OpenApiSerializerFieldExtension):
    """A key, or with `include` the whole record."""

    target_class = "briefing.api.shapes.Reference"
    match_subclasses = True

    def map_serializer_field(self, auto_schema: Any, direction: str) -> dict[str, Any]:
        field = self.target
        is_entity = isinstance(field, EntityReference)
        kinds = Entity.Kind.values if is_entity else [field.kind]
        shapes = [BY_KIND[kind].shape for kind in kinds]
        refs = [auto_schema.resolve_serializer(one, direction).ref for one in shapes]
        return {"oneOf": [{"type": "string"}, *refs]}
