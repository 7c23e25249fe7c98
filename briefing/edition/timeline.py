"""The timeline as its pages cut it, read in one go: each page of it starts anew."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator
from heapq import merge
from itertools import islice
from typing import Any

from briefing.pages import moments

PATH = "/timeline/"
CHUNK = 2000


def said() -> Iterator[str]:
    """What each page of the timeline is made of, by a fingerprint, in order.

    Events stand before claims of the same day, as on the page.
    """
    wanted = moments.Wanted()
    events = _in_order(moments.events_of(wanted), moments.EVENT)
    claims = _in_order(moments.claims_of(wanted), moments.CLAIM)
    rows = merge(events, claims, key=_day)
    part = list(islice(rows, moments.MOST))
    while True:
        following = list(islice(rows, 1))
        yield hashlib.sha256(repr((part, bool(following))).encode()).hexdigest()
        if not following:
            return
        part = [*following, *islice(rows, moments.MOST - 1)]


def _in_order(rows: Any, columns: tuple[str, ...]) -> Iterator[Any]:
    found = moments.ORDER.order(rows).values_list(*columns, named=True)
    yield from found.iterator(chunk_size=CHUNK)


def _day(row: Any) -> tuple[bool, float]:
    return row.low is None, row.low or 0
