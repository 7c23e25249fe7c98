"""Of a text that search found, the part that answers, with the query's words marked."""

from __future__ import annotations

from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from sources.models.search import LONGEST_WORD, phrases
from sources.reading.tokens import Token, tokens

LONGEST = 300
# So much stands before the first word that was asked for.
BEFORE = 60


class Piece(NamedTuple):
    text: str
    is_hit: bool


@lru_cache(2048)
def marked(text: str, query: str) -> tuple[Piece, ...]:
    """The text in pieces, those apart that the query asks for."""
    pieces, at = [], 0
    for start, end in _joined(text, _hits(text, query)):
        pieces += [Piece(text[at:start], False), Piece(text[start:end], True)]
        at = end
    rest = Piece(text[at:], False)
    return tuple(piece for piece in (*pieces, rest) if piece.text)


@lru_cache(1024)
def best(texts: tuple[str, ...], query: str) -> str:
    """The text that holds most of what the query asks for, the first of equals."""
    return max(texts, key=lambda text: _parts_held(text, query), default="")


def around(text: str, query: str) -> str:
    """A long text, cut to what stands around the first word that was asked for."""
    if len(text) <= LONGEST:
        return text
    first = min((start for start, _ in _hits(text, query)), default=0)
    start = text.find(" ", first - BEFORE) + 1 if first > BEFORE else 0
    # A text without gaps is cut between any two signs.
    start = start if start <= first else first
    end = start + LONGEST
    return "…" * (start > 0) + text[start:end].strip() + "…" * (end < len(text))


def _parts_held(text: str, query: str) -> int:
    found = tokens(text)
    return sum(any(_places(found, part)) for part in _parts(query))


@lru_cache(64)
def _parts(query: str) -> list[list[str]]:
    """The query's parts, worked out once for all the texts of a page."""
    return phrases(query)


def _hits(text: str, query: str) -> list[tuple[int, int]]:
    found = tokens(text)
    return sorted(place for part in _parts(query) for place in _places(found, part))


def _places(found: list[Token], part: list[str]) -> Iterator[tuple[int, int]]:
    """Where the words of a part of the query stand, the last as a beginning."""
    *whole, last = part
    for at in range(len(found) - len(whole)):
        end = found[at + len(whole)]
        # The last word first: most texts fail there.
        if end.word[:LONGEST_WORD].startswith(last) and all(
            found[at + nth].word[:LONGEST_WORD] == word
            for nth, word in enumerate(whole)
        ):
            yield found[at].start, end.end


def _joined(text: str, places: list[tuple[int, int]]) -> list[tuple[int, int]]:
    """The places, as one where only space stands between them."""
    joined: list[tuple[int, int]] = []
    for start, end in places:
        if joined and not text[joined[-1][1] : start].strip():
            start, before = joined.pop()
            end = max(end, before)
        joined.append((start, end))
    return joined
