"""The folded words of a text, each with its place: `entities.folding` with offsets."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from functools import lru_cache
from typing import NamedTuple

from entities.folding import words

_CHUNK = re.compile(r"\S+")
_ASCII_WORD = re.compile(r"[A-Za-z0-9][A-Za-z0-9']*")
# Korean letters, which join with a syllable before them; the rest is sign by sign.
_LETTERS = (
    "\u1100-\u11ff\u3131-\u318e\u3260-\u327f\ua960-\ua97f\ud7b0-\ud7ff\uffa0-\uffdc"
)
_SIGN = re.compile(rf"[\uac00-\ud7a3]?[{_LETTERS}]+|.", re.DOTALL)
# Half-width voicing marks are letters to Unicode, but join like marks.
_VOICING = "\uff9e\uff9f"
_POSSESSIVE = re.compile(r"(?<=.)['’ʼ][sS]\Z")


# The same words come again and again, in one text and in the next.
MOST_KNOWN, LONGEST_KNOWN = 20_000, 40


class Token(NamedTuple):
    """One folded word and its place in the text, its accents included."""

    word: str
    start: int
    end: int


def tokens(text: str) -> list[Token]:
    """The folded words of a text in their order, as `words()` has them."""
    found: list[Token] = []
    for match in _CHUNK.finditer(text):
        chunk = match[0]
        is_word = len(chunk) <= LONGEST_KNOWN
        pieces = _known(chunk) if is_word else tuple(_pieces(chunk))
        offset = match.start()
        found += [Token(word, offset + at, offset + to) for word, at, to in pieces]
    return found


def without_possessive(text: str, token: Token) -> Token:
    """The token of “Meta” for that of “Meta’s”; others as they are."""
    match = _POSSESSIVE.search(text[token.start : token.end])
    if match is None:
        return token
    return Token(token.word[:-1], token.start, token.start + match.start())


@lru_cache(MOST_KNOWN)
def _known(chunk: str) -> tuple[Token, ...]:
    return tuple(_pieces(chunk))


def _pieces(chunk: str) -> Iterator[Token]:
    """The words of a chunk without spaces, their places counted in it."""
    if not chunk.isascii():
        yield from _folded_pieces(chunk)
        return
    for match in _ASCII_WORD.finditer(chunk):
        written = match[0].rstrip("'")
        word = written.replace("'", "").lower()
        yield Token(word, match.start(), match.start() + len(written))


def _folded_pieces(chunk: str) -> Iterator[Token]:
    word, start, end = "", 0, 0
    for at, cluster in _clusters(chunk):
        to = at + len(cluster)
        for number, part in enumerate(_parts(cluster)):
            if number and word:
                yield Token(word, start, end)
                word = ""
            if part:
                word, start, end = word + part, start if word else at, to
    if word:
        yield Token(word, start, end)


def _clusters(chunk: str) -> Iterator[tuple[int, str]]:
    """The smallest parts that fold alone as they do together, with their places."""
    at, cluster = 0, ""
    for match in _SIGN.finditer(chunk):
        sign = match[0]
        is_mark = unicodedata.category(sign[0]).startswith("M") or sign in _VOICING
        if cluster and not is_mark:
            yield at, cluster
            at, cluster = match.start(), ""
        cluster += sign
    yield at, cluster


@lru_cache(maxsize=10_000)
def _parts(cluster: str) -> tuple[str, ...]:
    """What the cluster adds to a word; a new word begins before each further part."""
    found = words(f"a{cluster}a")
    if len(found) == 1:
        return (found[0][1:-1],)
    return (found[0][1:], *found[1:-1], found[-1][:-1])
