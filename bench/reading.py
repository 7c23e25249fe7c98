"""What the benchmarks of pages share: a client, a bare view, and a page's own SQL."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.conf import settings
from django.db import connection
from django.http import HttpRequest, HttpResponse
from django.test import Client
from django.urls import include, path

from bench.plainly import profile
from briefing import counting, making

HELLO, PLAIN = "/hello/", "/plain/e-0/"
# There are many pages: each is timed in fewer turns than the usual.
TURNS = 5
# The organisation that has a twentieth of all claims.
HUB = "/organisations/e-0/"
Statement = tuple[str, Any]


def hello(request: HttpRequest) -> HttpResponse:
    return HttpResponse("hello")


urlpatterns = [
    path("hello/", hello),
    path("plain/<slug:slug>/", profile),
    path("", include("briefing.urls")),
]


def reader() -> Client:
    """Somebody without an account, and a site that has a bare page beside its own."""
    settings.ROOT_URLCONF = __name__
    settings.ALLOWED_HOSTS = ["testserver"]
    return Client()


def asking(client: Client, path: str, **headers: str) -> Callable[[], Any]:
    """The page as it is made anew, whatever was kept of it."""

    def ask() -> Any:
        making.forget()
        return client.get(path, headers=headers)

    return ask


def bare(client: Client) -> Callable[[], Any]:
    """The page that says hello, beside which what is kept of others stays."""
    return lambda: client.get(HELLO)


def after_a_write(client: Client, path: str) -> Callable[[], Any]:
    """The page once something else was written: asked anew, and found to stand."""
    client.get(path)

    def ask() -> Any:
        making.unsettle()
        return client.get(path)

    return ask


def checked(client: Client, path: str, *words: str) -> str:
    """The page as text; nothing is timed that does not hold these words."""
    answer = client.get(path)
    text = answer.content.decode()
    assert answer.status_code == 200, (path, answer.status_code)
    assert all(word in text for word in words), (path, words)
    return text


def statements(client: Client, path: str, anew: bool = True) -> list[Statement]:
    """What the page asks of the database, as it asks it; `anew`: counts too."""
    found: list[Statement] = []

    def note(execute: Any, sql: str, parameters: Any, many: bool, context: Any) -> Any:
        found.append((sql, parameters))
        return execute(sql, parameters, many, context)

    making.forget()
    if anew:
        counting.forget()
    with connection.execute_wrapper(note):
        client.get(path)
    assert found, path
    return found


def raw(asked: list[Statement]) -> None:
    """The same, as the driver alone answers it."""
    with connection.cursor() as cursor:
        for sql, parameters in asked:
            cursor.execute(sql, parameters)
            cursor.fetchall()
