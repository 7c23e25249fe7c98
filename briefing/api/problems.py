"""What is answered when a request cannot be met: problem documents (RFC 9457)."""

from __future__ import annotations

import logging
from typing import Any

from django.core.exceptions import BadRequest, PermissionDenied, SuspiciousOperation
from django.core.signals import got_request_exception
from django.http import Http404, HttpRequest, HttpResponse, JsonResponse
from rest_framework import exceptions, serializers
from rest_framework.permissions import SAFE_METHODS
from rest_framework.request import Request

from entities.routing import REPLICA, alias
from entities.storage import is_of_storage

MEDIA_TYPE = "application/problem+json"
TITLES = {
    400: "The request cannot be read",
    401: "A valid token is needed",
    403: "You may not do this",
    404: "There is no such record",
    405: "This address does not take that method",
    406: "There is no answer of that media type",
    409: "Somebody else has changed it",
    410: "This record was withdrawn",
    412: "The record is at another version now",
    413: "This is too long",
    415: "This media type is not read",
    422: "This cannot be saved",
    428: "Say which version you change",
    429: "Too many requests",
    500: "Something went wrong",
    503: "The database does not answer",
}
DETAILS = {
    404: "No public record stands at this address.",
    406: "Ask for application/json.",
    500: "The fault is ours, and it has been noted.",
    503: "The fault is ours, and it has been noted. Ask again in a moment.",
}
logger = logging.getLogger("django.request")


class Fault(serializers.Serializer):
    """What is wrong with one parameter or field."""

    field = serializers.CharField()
    message = serializers.CharField()


class Surroundings(serializers.Serializer):
    """What stands around one of the places of a quote, and tells it apart."""

    prefix = serializers.CharField()
    suffix = serializers.CharField()


class Problem(serializers.Serializer):
    """Why a request could not be met."""

    type = serializers.CharField()
    title = serializers.CharField()
    status = serializers.IntegerField()
    detail = serializers.CharField(required=False)
    errors = Fault(many=True, required=False)
    places = Surroundings(many=True, required=False)
    version = serializers.IntegerField(required=False)
    record = serializers.CharField(required=False)
    withdrawn_on = serializers.DateField(required=False, allow_null=True)


class Unfit(exceptions.APIException):
    """The request asks for what there is not: each fault names its parameter."""

    status_code = 400
    words = "Some parameters do not fit."

    def __init__(self, faults: list[tuple[str, str]]) -> None:
        super().__init__(self.words)
        self.faults = faults


class Unread(Unfit):
    """What was sent is no record at all."""

    words = "What was sent cannot be read."


class Refused(Unfit):
    """A record is not in order, or holds what nobody sets here; nothing was saved."""

    status_code = 422
    words = "Nothing was saved."


class Stopped(exceptions.APIException):
    """Something else stands in the way; `told` says more of it."""

    def __init__(self, status: int, detail: str, **told: Any) -> None:
        super().__init__(detail)
        self.status_code, self.told = status, told


def problem(status: int, detail: str = "", **more: Any) -> HttpResponse:
    told: dict[str, Any] = {
        "type": "about:blank",
        "title": TITLES.get(status, TITLES[400]),
        "status": status,
    }
    if words := detail or DETAILS.get(status, ""):
        told["detail"] = words
    # What was asked for may be withdrawn, or be there, a moment later.
    headers = {"Cache-Control": "no-store"}
    return JsonResponse(
        told | more, status=status, content_type=MEDIA_TYPE, headers=headers
    )


def handled(error: Exception, context: dict[str, Any]) -> HttpResponse | None:
    """The problem document of anything that was raised."""
    if isinstance(error, Http404):
        return problem(404)
    if isinstance(error, PermissionDenied):
        return problem(403, str(error))
    if isinstance(error, BadRequest | SuspiciousOperation):
        return problem(400)
    if isinstance(error, Unfit):
        faults = [{"field": name, "message": words} for name, words in error.faults]
        return problem(error.status_code, str(error.detail), errors=faults)
    if isinstance(error, Stopped):
        return problem(error.status_code, str(error.detail), **error.told)
    if isinstance(error, exceptions.APIException):
        return _told(error)
    if is_of_storage(error):
        # The primary is asked what a replica did not answer (briefing/replica.py).
        if alias() == REPLICA:
            return None
        return _out_of_reach(error, context["request"])
    return _broken(error, context["request"])


def _told(error: exceptions.APIException) -> HttpResponse:
    is_plain = error.status_code in DETAILS
    answer = problem(error.status_code, "" if is_plain else str(error.detail))
    if isinstance(error, exceptions.Throttled) and error.wait is not None:
        answer["Retry-After"] = str(max(1, round(error.wait + 0.5)))
    if isinstance(error, exceptions.NotAuthenticated | exceptions.AuthenticationFailed):
        answer["WWW-Authenticate"] = "Bearer"
    return answer


def _out_of_reach(error: Exception, request: Request | HttpRequest) -> HttpResponse:
    """Away, locked, full: it may pass, and then the same can be sent again."""
    logger.error("Out of reach", exc_info=error)
    is_read = request.method in SAFE_METHODS
    words = "" if is_read else "Nothing was saved. Send it again in a moment."
    answer = problem(503, words)
    answer["Retry-After"] = "20"
    return answer


def _broken(error: Exception, request: Request | HttpRequest) -> HttpResponse:
    """What nobody foresaw: to the log with its traceback, to the reader without."""
    plain = request._request if isinstance(request, Request) else request
    got_request_exception.send(sender=None, request=plain)
    told = {"status_code": 500, "request": plain}
    logger.error("API error: %s", plain.path, exc_info=error, extra=told)
    answer = problem(500)
    # The server would log it once more, without the traceback.
    answer._has_been_logged = True  # type: ignore[attr-defined]
    return answer
