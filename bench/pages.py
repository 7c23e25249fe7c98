"""The reader's pages, each beside a bare view, its own SQL, or how one would write it.

Lists and search are timed as a reader meets them, with counts that hold until the next
write; what they cost just after one has a row of its own.
"""

from __future__ import annotations

import random
import re
import time
from collections.abc import Iterator
from typing import Any

from django.test import Client

from bench.collection import _vocabulary
from bench.figures import Figure, figure, ratios
from bench.reading import (
    HUB,
    PLAIN,
    TURNS,
    after_a_write,
    asking,
    bare,
    checked,
    raw,
    reader,
    statements,
)
from briefing import counting, making
from briefing.filters import Cursor
from sources.models import Claim

FILTERS = {
    "no filter": "",
    "property": "property=p_4",
    "support and property": "support=supported&property=p_4",
    "subject": "about=e-0",
}
# Their ranks among the words of the collection, the commonest first.
WORDS = {"common": 0, "middling": 300, "rare": 4000}


def measure(size: str) -> Iterator[Figure]:
    client = reader()
    yield from _profile(client, size)
    yield from _lists(client, size)
    yield from _search(client, size)
    yield _counting(client, size)


def _profile(client: Client, size: str) -> Iterator[Figure]:
    text = checked(client, HUB, "What is claimed", 'id="n40"', "Original source:")
    page, hello = asking(client, HUB), bare(client)
    own = statements(client, HUB)

    def least() -> None:
        hello()
        raw(own)

    name = "profile of the 5 % entity"
    against = f"{name}, against a bare page and its own SQL"
    standing = after_a_write(client, HUB)
    yield figure(against, size, ratios(standing, least, TURNS), "<= 1.6")
    anew = f"{against}, put together anew"
    yield figure(anew, size, ratios(page, least, TURNS), "<= 1.6")
    yield figure(name, size, ratios(page, hello, TURNS), unit="x hello")
    plain = checked(client, PLAIN, "What is claimed")
    notes = re.findall(r'id="n(\d+)"', text)
    # The same questions with the same answers and footnotes.
    assert re.findall(r'id="n(\d+)"', plain) == notes
    faster = ratios(asking(client, PLAIN), page, rounds=TURNS)
    yield figure(f"{name}: objects and templates against it", size, faster, ">= 6")


def _lists(client: Client, size: str) -> Iterator[Figure]:
    hello = bare(client)
    for words, query in FILTERS.items():
        path = f"/claims/?{query}"
        text = checked(client, path, "<h1>Claims</h1>")
        assert text.count("<h2><a") == 50, path
        found = ratios(asking(client, path), hello, TURNS)
        yield figure(f"list of claims, {words}", size, found, "<= 7", "x hello")
    found = ratios(asking(client, _deep(client)), hello, TURNS)
    yield figure("list of claims, deep", size, found, "<= 7", "x hello")


def _deep(client: Client) -> str:
    """A page from the middle of the list on."""
    newest = Claim.objects.order_by("-id").values_list("id", flat=True)[0]
    path = f"/claims/?cursor={Cursor(newest // 2, newest // 2).encoded()}"
    assert checked(client, path, "Back to the beginning").count("<h2><a") == 50
    return path


def _search(client: Client, size: str) -> Iterator[Figure]:
    vocabulary = _vocabulary(random.Random(1))
    hello = bare(client)
    for words, rank in WORDS.items():
        word = vocabulary[rank]
        path = f"/search/?q={word}"
        checked(client, path, "<mark>", word, "results</p>")
        own = [one for one in statements(client, path, anew=False) if "MATCH" in one[0]]

        def least(own: Any = own) -> None:
            hello()
            raw(own)

        found = ratios(asking(client, path), least, TURNS)
        yield figure(f"search for a {words} word", size, found, "<= 3.5")


def _counting(client: Client, size: str) -> Figure:
    """A list whose facets are counted anew, as after a write, in milliseconds."""
    times = []
    for _ in range(TURNS):
        counting.forget()
        making.forget()
        began = time.process_time()
        client.get("/claims/")
        anew = time.process_time() - began
        making.forget()
        began = time.process_time()
        client.get("/claims/")
        times.append(1000 * (anew - (time.process_time() - began)))
    return figure("facets of a list, counted anew", size, times, "<= 10", "ms")
