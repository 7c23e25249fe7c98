"""Hostile requests to every address: no error of ours, and nothing is changed."""

from __future__ import annotations

import hashlib
import random
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote, urlencode

import pytest
from django.db import connection
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver

from tests.soak import times

SEED = 20261122
METHODS = ("GET",) * 8 + ("HEAD", "POST", "PUT", "DELETE", "OPTIONS", "TRACE", "PATCH")
NAMES = (
    *("q", "kind", "sort", "page", "cursor", "page_size", "count", "as_of", "from"),
    *("to", "status", "property", "subject", "value", "year", "around", "depth"),
    *("include", "format", "next", "id", "slug", "seen", "o", "p", "_popup", "deep"),
)
NASTY = (
    *("", "0", "-1", "9" * 30, "1e999", "NaN", "null", "true", "[]", "{}", "%", "%s"),
    *("' OR 1=1 --", '"', "';DROP TABLE x", "NEAR(", "a AND", "*:^", "x:", "{q}"),
    *("\x00", "\ud800", "\u202e", "\u200b", "𝒜", "é", "İ", "ß", "\r\nX: y", "\x1b"),
    *("../../etc/passwd", "//evil.example", "javascript:alert(1)", "C:\\x", "~", "."),
    *(
        "<script>alert(1)</script>",
        "</title>",
        "2024-13",
        "0000",
        "2023-02-30",
        "../..",
    ),
    *("9999-12-31", "-99999", "Y999999999", "W10=", "eyJ9", "x" * 5000, "a" * 300),
)
HEADERS = (
    *("HTTP_ACCEPT", "HTTP_HOST", "HTTP_IF_NONE_MATCH", "HTTP_IF_MODIFIED_SINCE"),
    *("HTTP_COOKIE", "HTTP_AUTHORIZATION", "HTTP_RANGE", "HTTP_X_FORWARDED_HOST"),
    *("HTTP_ACCEPT_LANGUAGE", "HTTP_X_HTTP_METHOD_OVERRIDE", "CONTENT_TYPE"),
)


def _routes(resolver: Any, before: str = "") -> Iterator[str]:
    """Each address as it is written down, its parts named in <> or in a pattern."""
    for one in resolver.url_patterns:
        route = before + str(one.pattern)
        if isinstance(one, URLResolver):
            yield from _routes(one, route)
        elif isinstance(one, URLPattern):
            yield route


def _filled(route: str, chance: random.Random, known: list[str]) -> str:
    """The address with something in each place, and at times a tail of its own."""
    parts = []
    for part in route.replace("^", "").replace("$", "").replace("\\Z", "").split("/"):
        if "<" in part or "(" in part:
            part = chance.choice([*known, *NASTY])
        parts.append(quote(part, safe="<>:", errors="replace"))
    return "/" + "/".join(parts).lstrip("/")


def requests(number: int, known: list[str]) -> Iterator[tuple[str, str, str, str]]:
    """So many: method, address with its query, a header and what is in it."""
    chance = random.Random(SEED)
    routes = sorted(set(_routes(get_resolver())))
    for nth in range(number):
        address = _filled(routes[nth % len(routes)], chance, known)
        asked = {
            chance.choice(NAMES): chance.choice([*NASTY, *known])
            for _ in range(chance.randint(0, 3))
        }
        query = urlencode(asked, errors="replace")
        header = chance.choice(["", *HEADERS])
        value = chance.choice(NASTY).encode("ascii", "ignore").decode()
        yield chance.choice(METHODS), f"{address}?{query}", header, value


def everything() -> str:
    """A hash of every row of every table."""
    seal = hashlib.sha256()
    with connection.cursor() as cursor:
        for table in sorted(connection.introspection.table_names(cursor)):
            cursor.execute(f'SELECT * FROM "{table}"')
            rows = sorted(map(repr, cursor.fetchall()))
            seal.update(f"{table}{rows}".encode())
    return seal.hexdigest()


def hammered(client: Client, number: int) -> tuple[list[str], int]:
    """Ask so often; what was answered with an error of ours, and how much was asked."""
    client.raise_request_exception = False
    known = ["ada-vance", "herald", "1", "2", "person", "claim", "en"]
    faults, asked = [], 0
    for method, address, header, value in requests(number, known):
        extra = {header: value} if header else {}
        data = {"name": "evil", "summary": "evil"} if method == "POST" else ""
        more = {"data": data} if method == "POST" else {}
        answer = getattr(client, method.lower())(address, **more, **extra)
        if answer.streaming:
            b"".join(answer.streaming_content)
        asked += 1
        if answer.status_code >= 500:
            faults.append(f"{answer.status_code} {method} {address} {extra}"[:300])
    return faults, asked


def test_case_51_hostile_requests_break_and_change_nothing(
    cast: Any, client: Client
) -> None:
    before = everything()
    faults, asked = hammered(client, times(400, 20_000))
    print(f"{asked} requests, {len(faults)} errors of ours")
    assert faults == []
    assert everything() == before


def test_case_51_a_change_would_be_seen(cast: Any, client: Client) -> None:
    """The control: one letter in one row is another hash."""
    before = everything()
    cast.ada.summary = "x"
    cast.ada.save()
    assert everything() != before


@pytest.mark.slow
def test_case_51_nor_do_those_of_an_editor(
    cast: Any, client: Client, editor: Any
) -> None:
    client.force_login(editor)
    faults, _ = hammered(client, times(400, 5_000))
    assert faults == []
