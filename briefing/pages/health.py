"""Whether the site and its database answer, for whatever watches them."""

from __future__ import annotations

from collections.abc import Iterator

from django.core.exceptions import PermissionDenied
from django.db import DEFAULT_DB_ALIAS, connection
from django.http import HttpRequest, HttpResponse, JsonResponse

from sources import soundness
from sources.checks import is_behind
from sources.verification import Failure

BEHIND = Failure("database", "", "A migration is still to run: run `migrate`.")


def health(request: HttpRequest) -> HttpResponse:
    """Live for all; `?deep`, for staff, reads the whole file as well.

    A site that is not sound answers 503 there, with what is wrong.
    """
    if "deep" in request.GET:
        return _deep(request)
    with connection.cursor() as cursor:
        cursor.execute("SELECT 1")
    return HttpResponse("ok", content_type="text/plain; charset=utf-8")


def _deep(request: HttpRequest) -> HttpResponse:
    if not request.user.is_staff:
        raise PermissionDenied("The deep check is for staff.")
    told = [str(failure).split("\t") for failure in _failures()]
    answer = {"sound": not told, "failures": told}
    headers = {"Cache-Control": "private, no-store"}
    return JsonResponse(answer, status=503 if told else 200, headers=headers)


def _failures() -> Iterator[Failure]:
    """What can be asked without keeping anybody waiting."""
    for check in (soundness.engine, soundness.references, soundness.guards):
        yield from check()
    if is_behind(DEFAULT_DB_ALIAS):
        yield BEHIND
