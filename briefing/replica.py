"""Readers' pages from a replica, where `DATABASE_REPLICA_URL` names one.

A replica is a moment behind. So whoever is signed in, or sends a token, or changes
anything reads from the primary; and the answer to a change leaves its place in the
write-ahead log with the client: as long as the replica has not come as far, that client
reads from the primary too. Without a replica none of this runs.
"""

from __future__ import annotations

import logging
import re
import time
from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.core.exceptions import MiddlewareNotUsed
from django.db import InterfaceError, OperationalError, connections
from django.http import HttpRequest, HttpResponse
from django.urls import reverse

from entities import routing
from entities.routing import PRIMARY, REPLICA

logger = logging.getLogger(__name__)

COOKIE = "written_at"
# A place in the log, as PostgreSQL writes it.
PLACE = re.compile(r"[0-9A-F]{1,8}/[0-9A-F]{1,8}")
# So long a replica may be behind; one that is further is out of order.
LONGEST = 24 * 60 * 60
# So long a replica that did not answer is left alone, in seconds.
REST = 10
LOST = (OperationalError, InterfaceError)


class Replica:
    """Middleware, the innermost: choose where a request reads."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        if REPLICA not in settings.DATABASES:
            raise MiddlewareNotUsed
        self.get_response = get_response
        self.rests_until = 0.0

    def __call__(self, request: HttpRequest) -> HttpResponse:
        with routing.choosing(self._choose(request)) as choice:
            response = self.get_response(request)
            if choice.has_written and not _is_safe(request):
                _leave_place(response)
            return response

    def process_exception(
        self, request: HttpRequest, error: Exception
    ) -> HttpResponse | None:
        """What the replica could not answer the primary does."""
        asked: Any = request.resolver_match
        if not isinstance(error, LOST) or routing.alias() != REPLICA or asked is None:
            return None
        self._leave_alone(error)
        routing.turn_to_primary()
        response: HttpResponse = asked.func(request, *asked.args, **asked.kwargs)
        return response

    def _choose(self, request: HttpRequest) -> str:
        if not may_be_behind(request) or time.monotonic() < self.rests_until:
            return PRIMARY
        place = request.COOKIES.get(COOKIE, "")
        if not place:
            return REPLICA
        try:
            return REPLICA if _has_come_to(place) else PRIMARY
        except LOST as error:
            self._leave_alone(error)
            return PRIMARY

    def _leave_alone(self, error: Exception) -> None:
        """Ask the replica nothing for a while."""
        logger.warning("The replica does not answer, the primary does: %s", error)
        self.rests_until = time.monotonic() + REST
        connections[REPLICA].close()


def may_be_behind(request: HttpRequest) -> bool:
    """Whether it reads what is public, in nobody's name."""
    return (
        _is_safe(request)
        and settings.SESSION_COOKIE_NAME not in request.COOKIES
        and "Authorization" not in request.headers
        and not request.path.startswith(reverse("admin:index"))
    )


def _is_safe(request: HttpRequest) -> bool:
    return request.method in ("GET", "HEAD", "OPTIONS")


def _has_come_to(place: str) -> bool:
    """Whether the replica holds what was written up to that place of the log."""
    if not PLACE.fullmatch(place):
        return False
    with connections[REPLICA].cursor() as cursor:
        cursor.execute("SELECT pg_last_wal_replay_lsn() >= %s::pg_lsn", [place])
        return bool(cursor.fetchone()[0])


def _leave_place(response: HttpResponse) -> None:
    with connections[PRIMARY].cursor() as cursor:
        cursor.execute("SELECT pg_current_wal_insert_lsn()::text")
        place = cursor.fetchone()[0]
    response.set_cookie(
        COOKIE,
        place,
        max_age=LONGEST,
        httponly=True,
        samesite="Lax",
        secure=settings.HTTPS,
    )
