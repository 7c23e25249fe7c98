"""What the log is told, and what of a page's surroundings it may use.

The log holds no private text: of an address the pattern or the path, never what was
searched for; of a form nothing; of an error where it happened and of which kind, not
its words, which may quote a record.
"""

from __future__ import annotations

import json
import traceback
from collections.abc import Callable
from contextlib import ExitStack
from datetime import UTC, datetime
from logging import Formatter, LogRecord, getLogger
from time import perf_counter
from typing import Any

from django.conf import settings
from django.db import connections
from django.http import HttpRequest, HttpResponse

logger = getLogger("briefing.requests")
Answering = Callable[[HttpRequest], HttpResponse]

# Nothing here asks for any of them, and no script that got in should.
REFUSED = ", ".join(
    f"{feature}=()"
    for feature in (
        *("accelerometer", "autoplay", "browsing-topics", "camera", "display-capture"),
        *("geolocation", "gyroscope", "magnetometer", "microphone", "midi", "payment"),
        *("publickey-credentials-get", "screen-wake-lock", "serial", "usb"),
    )
)
# What a record of Python's own carries, and what is told beside its words.
TOLD = ("method", "pattern", "status", "status_code", "ms", "queries", "account")
# Not found, not for that, gone: readers and robots meet these all day.
PLAIN_ANSWERS = (404, 405, 410)


def features_refused(get_response: Answering) -> Answering:
    """Middleware: no page may use the camera, the place or the like."""

    def answer(request: HttpRequest) -> HttpResponse:
        response = get_response(request)
        response.headers.setdefault("Permissions-Policy", REFUSED)
        return response

    return answer


def slow_requests_named(get_response: Answering) -> Answering:
    """Middleware: a request that takes long is told, by the pattern of its address."""

    def answer(request: HttpRequest) -> HttpResponse:
        asked = Counted()
        start = perf_counter()
        with ExitStack() as stack:
            for connection in connections.all():
                stack.enter_context(connection.execute_wrapper(asked))
            response = get_response(request)
        ms = round((perf_counter() - start) * 1000)
        if ms >= settings.SLOW_REQUEST_MS:
            match = request.resolver_match
            told: dict[str, Any] = {
                "method": request.method,
                "pattern": match.route if match else "",
            }
            told |= {"status": response.status_code, "ms": ms, "queries": asked.number}
            logger.warning("slow request", extra=told)
        return response

    return answer


class Counted:
    """Counts the queries that go by."""

    number = 0

    def __call__(self, execute: Any, *asked: Any) -> Any:
        self.number += 1
        return execute(*asked)


class Plain(Formatter):
    """One line for people: the moment, how bad, who says it, the words, and details."""

    def format(self, record: LogRecord) -> str:
        found = facts(record)
        first = [found.pop(name) for name in ("at", "level", "logger", "words")]
        rest = [f"{name}={value}" for name, value in found.items()]
        # What somebody else chose, as in a path, begins no line of its own.
        return " ".join(map(str, [*first, *rest])).encode("unicode_escape").decode()


class Json(Formatter):
    """The same for machines: one JSON object on a line."""

    def format(self, record: LogRecord) -> str:
        return json.dumps(facts(record))


def facts(record: LogRecord) -> dict[str, Any]:
    """What there is to tell of a record."""
    found: dict[str, Any] = {
        "at": datetime.fromtimestamp(record.created, UTC).isoformat("T", "seconds"),
        "level": record.levelname,
        "logger": record.name,
        "words": record.getMessage(),
    }
    found |= {name: getattr(record, name) for name in TOLD if hasattr(record, name)}
    if record.exc_info and (error := record.exc_info[1]):
        found |= {"error": type(error).__qualname__, "where": where(error)}
    return found


def where(error: BaseException) -> str:
    """The places that an error came through, the innermost last, without its words."""
    frames = traceback.extract_tb(error.__traceback__)
    return " > ".join(f"{one.filename}:{one.lineno} {one.name}" for one in frames)


def is_worth_a_line(record: LogRecord) -> bool:
    return getattr(record, "status_code", 0) not in PLAIN_ANSWERS


def logging(form: str) -> dict[str, Any]:
    """`LOGGING`: all to standard error, where the service manager takes it."""
    ours = {"plain": Plain, "json": Json}[form]
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"ours": {"()": ours}},
        "filters": {"worth": {"()": lambda: is_worth_a_line}},
        "handlers": {
            "stderr": {
                "class": "logging.StreamHandler",
                "formatter": "ours",
                "filters": ["worth"],
            }
        },
        "root": {"handlers": ["stderr"], "level": "WARNING"},
        "loggers": {
            "briefing": {"level": "INFO"},
            # Each record goes to the root once, and no letter is sent to anyone.
            "django": {"handlers": [], "level": "WARNING"},
        },
    }
