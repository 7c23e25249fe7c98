"""Pages kept in memory, and made anew only where what they were made of has changed.

A page is kept with what it read. As long as nothing is written it stands. After a
write its own questions are asked of the database again; if the answers are the same,
so is the page. It is only put together anew if they are not, or if it asked in a way
that cannot be repeated here.
"""

from __future__ import annotations

import pickle
from collections.abc import Callable, Hashable
from threading import Lock
from typing import NamedTuple

from cachetools import LRUCache
from django.http import HttpResponse

from entities.reads import Answers, Reads, noted

# So many bytes of pages are kept by each process.
ROOM = 16_000_000
# One large answer must not take the room of a hundred pages.
LARGEST = 400_000


class Kept(NamedTuple):
    """An answer as it was made, under what state of the database, of what."""

    state: Hashable
    answer: bytes
    # None: it read something that was not noted.
    reads: Reads | None


_pages: LRUCache[Hashable, Kept] = LRUCache(ROOM, getsizeof=lambda one: len(one.answer))
_turn = Lock()


def made(
    key: Hashable, state: Hashable, make: Callable[[], HttpResponse]
) -> HttpResponse:
    """The answer to what `key` tells; `state` changes with each write."""
    with _turn:
        kept = _pages.get(key)
    stands, given = _still_stands(kept, state)
    if kept is not None and stands:
        _keep(key, kept._replace(state=state))
        # Only what this process has written there itself.
        answer: HttpResponse = pickle.loads(kept.answer)  # noqa: S301
        return answer
    with noted(given) as reads:
        response = make()
    if _is_fit(response):
        whole = reads if reads.are_all else None
        _keep(key, Kept(state, pickle.dumps(response), whole))
    return response


def _still_stands(kept: Kept | None, state: Hashable) -> tuple[bool, Answers]:
    """Whether it does, and what the database was asked to find that out."""
    if kept is None or kept.state == state:
        return kept is not None, {}
    return kept.reads.again() if kept.reads else (False, {})


def _is_fit(response: HttpResponse) -> bool:
    """Whether the answer is for everybody, whole, and not too long."""
    if response.status_code != 200 or response.streaming or response.cookies:
        return False
    # A template that is still to be rendered has no content yet.
    if not getattr(response, "is_rendered", True):
        return False
    return "Cache-Control" not in response and len(response.content) <= LARGEST


def _keep(key: Hashable, kept: Kept) -> None:
    with _turn:
        _pages[key] = kept


def forget() -> None:
    """Make every page anew from here on."""
    with _turn:
        _pages.clear()


def unsettle() -> None:
    """Ask anew what each page is made of, as after a write."""
    with _turn:
        for key, kept in list(_pages.items()):
            _pages[key] = kept._replace(state=None)
