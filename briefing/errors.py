"""What readers see where there is nothing to show."""

from __future__ import annotations

import datetime
import sys
from typing import Any

from django.http import HttpRequest, HttpResponse

from briefing import wording
from briefing.rendering import render
from entities.later import Later
from entities.storage import is_of_storage

problems = Later("briefing.api.problems")
# Seconds after which it is worth asking again.
RETRY = "60"


def bad_request(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _problem(request, 400) or render(request, "errors/400.html", status=400)


def forbidden(request: HttpRequest, exception: Any = None) -> HttpResponse:
    return _problem(request, 403) or render(request, "errors/403.html", status=403)


def not_found(request: HttpRequest, exception: Any = None) -> HttpResponse:
    told = _problem(request, 404) or render(request, "errors/404.html", status=404)
    # It may be there in a moment.
    told.headers.setdefault("Cache-Control", "no-cache")
    return told


def gone(request: HttpRequest, withdrawn_at: datetime.datetime | None) -> HttpResponse:
    """The whole of what is said of a withdrawn record."""
    withdrawn_on = wording.day(withdrawn_at)
    return render(
        request, "errors/410.html", {"withdrawn_on": withdrawn_on}, status=410
    )


def server_error(request: HttpRequest) -> HttpResponse:
    """Asks nothing of the database, which may be what failed."""
    error = sys.exc_info()[1]
    if isinstance(error, Exception) and is_of_storage(error):
        return out_of_reach(request)
    return _problem(request, 500) or render(request, "errors/500.html", status=500)


def out_of_reach(request: HttpRequest) -> HttpResponse:
    """The database does not answer or is damaged: better nothing than what is wrong."""
    page = _problem(request, 503) or render(request, "errors/503.html", status=503)
    page["Retry-After"], page["Cache-Control"] = RETRY, "no-store"
    return page


def _problem(request: HttpRequest, status: int) -> HttpResponse | None:
    """A problem document, where a machine asked for what no view of the API answers."""
    if not request.path.startswith("/api/"):
        return None
    told: HttpResponse = problems.problem(status)
    return told
