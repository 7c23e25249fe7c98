"""The description of the addresses that write: what they take, and all they answer."""

from __future__ import annotations

from typing import Any

from drf_spectacular.utils import OpenApiParameter, OpenApiResponse, extend_schema

from briefing.api import schema
from briefing.api.drafts import HELD, TO_WRITE
from briefing.api.problems import MEDIA_TYPE, Problem
from briefing.api.resources import Resource

ANSWERS = {
    400: "What was sent is no record.",
    401: "A token in force is needed.",
    403: "The owner of the token may not do this at the desk.",
    404: "There is no such record.",
    406: "There is no such media type here.",
    409: "There is such a record already, or it is no draft any more.",
    412: "It is at another version now: `version` says at which.",
    413: "It is too long.",
    415: "Only application/json is read.",
    422: "Nothing was saved: `errors` names each field and what to do. If `type` is "
    "`ambiguous` the quote stands in several places.",
    428: "`If-Match` is missing.",
    429: "Too many requests, or changes: `Retry-After` says how long to wait.",
    503: "The database does not answer, or cannot be written to just now.",
}
ACTS = {
    "create": "Make a draft. Without a `slug` one is made of the words.",
    "change": "Set the fields that are sent; the others stay.",
    "submit": "Send a draft to review.",
}
EVERY = (400, 401, 403, 406, 413, 415, 422, 429, 503)
# Its annotation asks for words; the document has OpenAPI's own objects.
BEARER: Any = [{"bearerAuth": []}]
NEEDED = "The version that is changed: the `ETag` of the record as it was read."


def described_creation(resource: Resource) -> Any:
    told = {201: _held(resource, "The draft.")}
    return _described(resource, "create", told, 409)


def described_change(resource: Resource) -> Any:
    told = {
        200: _held(resource, "The record as it stands now."),
        202: _held(resource, "Readers see it: `waits` names what an editor accepts."),
    }
    parameters = [_key(resource), _version(required=True)]
    return _described(resource, "change", told, 404, 412, 428, parameters=parameters)


def described_submission(resource: Resource) -> Any:
    parameters = [_key(resource), _version(required=False)]
    told = {200: _held(resource, "It waits for review.")}
    return _described(resource, "submit", told, 404, 409, 412, parameters=parameters)


def _described(
    resource: Resource, act: str, told: dict[int, Any], *more: int, **options: Any
) -> Any:
    problems = {
        (code, MEDIA_TYPE): OpenApiResponse(Problem, description=ANSWERS[code])
        for code in sorted({*EVERY, *more})
    }
    return extend_schema(
        operation_id=f"{act}_{resource.kind}",
        description=ACTS[act],
        tags=[resource.plural],
        auth=BEARER,
        request=None if act == "submit" else TO_WRITE[resource.kind],
        responses={**told, **problems},
        **options,
    )


def _held(resource: Resource, told: str) -> OpenApiResponse:
    return OpenApiResponse(HELD[resource.kind], description=told)


def _key(resource: Resource) -> OpenApiParameter:
    told = f"Its {resource.key}."
    return schema.parameter("key", told, location=OpenApiParameter.PATH)


def _version(required: bool) -> OpenApiParameter:
    return schema.parameter(
        "If-Match", NEEDED, location=OpenApiParameter.HEADER, required=required
    )
