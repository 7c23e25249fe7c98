"""How long what readers get may be kept, and when it is asked for again.

What a page says follows from what is written in the database, from the clock, from the
settings and from the code. Each write changes one row; so one query tells whether any
page can have changed. That is wider than it need be, since a page is rendered anew
though something else was edited: in exchange nothing that shows on it, however far
away, can be forgotten.

A shared cache keeps a page for a minute: so long, and no longer, something withdrawn
can still be met there. A browser asks each time, which costs one query.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Iterable
from datetime import datetime
from functools import cache, partial, wraps
from pathlib import Path
from typing import Any

from django.conf import settings
from django.db.models import Subquery
from django.http import HttpRequest, HttpResponse, HttpResponseNotModified
from django.urls import URLPattern
from django.utils import timezone
from django.utils.cache import patch_vary_headers
from django.utils.http import http_date, parse_etags

from briefing import making, replica
from briefing.counting import in_state
from briefing.edition.current import edition
from briefing.pages import visits
from entities.models import LastWrite
from entities.rows import Rows
from sources.models import Claim, Source

View = Callable[..., HttpResponse]
KEPT = "public, max-age=0, s-maxage=60"
NOT_KEPT = "private, no-store"
# What pages follow from besides the database: the files of these, and these settings.
FILES = ("briefing", "entities", "sources", "templates", "static")
SHOWN = ("PUBLIC_QUOTE_LENGTH", "TIME_ZONE", "STATIC_URL", "EDITION_LICENCE", "HTTPS")
STATE = Rows(
    lambda: LastWrite.objects.annotate(
        # What is under an embargo appears by itself.
        claim=Subquery(Claim.objects.last_freed().values("not_before")),
        source=Subquery(Source.objects.last_freed().values("not_before")),
    ).values_list("mark", "at", "claim", "source")
)


def kept(patterns: Iterable[URLPattern]) -> list[URLPattern]:
    """These addresses, whose answers say how long they may be kept."""
    found = list(patterns)
    for pattern in found:
        pattern.callback = _kept(pattern.callback)
    return found


def _kept(view: View) -> View:
    @wraps(view)
    def answer(request: HttpRequest, *args: Any, **kwargs: Any) -> HttpResponse:
        if edition() is not None:
            return view(request, *args, **kwargs)
        if request.method not in ("GET", "HEAD") or is_somebodys(request):
            return _marked(view(request, *args, **kwargs), NOT_KEPT)
        # Before the page is read: it can then be newer than its tag, never older.
        state = next(iter(STATE()), ())
        tag, modified_at = (
            _tag(request, state),
            max(filter(None, state[1:]), default=None),
        )
        if tag in parse_etags(request.headers.get("If-None-Match", "")):
            return _tagged(HttpResponseNotModified(), tag, modified_at)
        with in_state(state):
            response = _made(request, state, partial(view, request, *args, **kwargs))
        if "Cache-Control" in response:
            return response
        if response.status_code != 200:
            return _marked(response, KEPT)
        return _tagged(response, tag, modified_at)

    return answer


def is_somebodys(request: HttpRequest) -> bool:
    """Whether the answer may be meant for one person: staff, or a returning reader."""
    personal = {settings.SESSION_COOKIE_NAME, visits.COOKIE, replica.COOKIE}
    return bool(personal & request.COOKIES.keys()) or "Authorization" in request.headers


def _made(
    request: HttpRequest, state: Any, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """The answer, kept or anew; what stands as of a past day is kept by no process."""
    if settings.DEBUG or request.method != "GET" or "as_of" in request.GET:
        return make()
    # Once an embargo ends, what was read is the same, but says something else.
    freed = state[2:] if state else ()
    return making.made((*_asked(request), freed), state, make)


def _tag(request: HttpRequest, state: Any) -> str:
    """The tag of what stands at the address as long as nothing changes."""
    parts = repr((*_asked(request), state)).encode()
    return f'W/"{hashlib.blake2b(parts, digest_size=16).hexdigest()}"'


def _asked(request: HttpRequest) -> tuple[Any, ...]:
    """All that an answer follows from beside the database."""
    return (
        *(request.build_absolute_uri(), request.headers.get("Accept")),
        *(timezone.localdate(), code()),
        *(getattr(settings, name) for name in SHOWN),
    )


def code() -> str:
    """A fingerprint of the program; while it is worked on, of its files as they are."""
    return _looked_up() if settings.DEBUG else _once()


def _looked_up() -> str:
    found = hashlib.blake2b(digest_size=16)
    for name in FILES:
        for folder, below, files in os.walk(Path(settings.BASE_DIR, name)):
            below[:] = sorted(set(below) - {"__pycache__"})
            for file in sorted(files):
                told = os.stat(os.path.join(folder, file))
                found.update(f"{file} {told.st_size} {told.st_mtime_ns}".encode())
    return found.hexdigest()


_once = cache(_looked_up)


def _tagged(
    response: HttpResponse, tag: str, modified_at: datetime | None
) -> HttpResponse:
    response["ETag"] = tag
    if modified_at is not None:
        response["Last-Modified"] = http_date(modified_at.timestamp())
    return _marked(response, KEPT)


def _marked(response: HttpResponse, how: str) -> HttpResponse:
    is_private = bool(response.cookies)
    response["Cache-Control"] = NOT_KEPT if is_private else how
    # Who is signed in must not get what was kept for the others.
    patch_vary_headers(response, ["Accept", "Cookie"])
    return response
