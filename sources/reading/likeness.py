"""How much of one text stands in another: for finding copies, never for quotes.

Two texts are compared by the runs of five words they share, folded. Nothing is kept:
the other texts are read through once.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from itertools import islice

from entities.folding import words
from sources.reading.tokens import Token, tokens

Shingle = tuple[str, ...]

# Five words in a row are rarely chance, and still catch a copy whose every eighth word
# was changed.
SHINGLE = 5
# Of five articles on one subject no two shared 7%, and those two a long quotation. Who
# takes over a tenth of a text word by word had it at hand.
THRESHOLD = 0.1
# A copy keeps more than half of it, though its sentences be cut or put elsewhere.
NEAR_COPY = 0.5
# So many words in a row have one origin, however little else is shared: a quotation.
LONG_PASSAGE = 25
# Shorter passages are set phrases; longer lists nobody reads.
SHORTEST_PASSAGE, MOST_PASSAGES = 8, 10
# How many places of one run of words are tried: refrains would take for ever.
_TRIED = 20


@dataclass(frozen=True, slots=True)
class Passage:
    """The same words in both texts: code points, ends exclusive."""

    start: int
    end: int
    other_start: int
    other_end: int
    words: int


@dataclass(frozen=True, slots=True)
class Overlap:
    """What a text shares with another one."""

    id: int
    # Of the shorter text's runs of five words, those found in the other: 0 to 1.
    share: float
    # The longest first.
    passages: tuple[Passage, ...]

    @property
    def is_near_copy(self) -> bool:
        return self.share >= NEAR_COPY


def overlaps(
    text: str, others: Iterable[tuple[int, str]], threshold: float = THRESHOLD
) -> list[Overlap]:
    """The texts, given with their ids, that share much with this; the most first.

    Much is the threshold's share of the shorter text, or one long passage.
    """
    ours = tokens(text)
    our_shingles = set(_shingles([token.word for token in ours]))
    found = []
    fold = _Folding()
    for id, other in others:
        their_shingles = set(_shingles(fold.words(other)))
        shared = len(our_shingles & their_shingles)
        if not shared:
            continue
        share = shared / min(len(our_shingles), len(their_shingles))
        # A passage of 25 words has 21 runs of five, unless it repeats itself.
        if share >= threshold or shared > LONG_PASSAGE - SHINGLE:
            passages = _passages(ours, tokens(other))
            if share >= threshold or _is_long(passages):
                found.append(Overlap(id, share, passages))
    return sorted(found, key=lambda overlap: (-overlap.share, overlap.id))


def _shingles(run: list[str]) -> Iterator[Shingle]:
    """Every five words in a row; all of them, where there are fewer."""
    if len(run) < SHINGLE:
        return iter([tuple(run)] if run else [])
    return zip(*(islice(run, at, None) for at in range(SHINGLE)), strict=False)


def _is_long(passages: tuple[Passage, ...]) -> bool:
    return bool(passages) and passages[0].words >= LONG_PASSAGE


class _Folding:
    """The folded words of many texts: each written word is folded once."""

    def __init__(self) -> None:
        self._known: dict[str, list[str]] = {}

    def words(self, text: str) -> list[str]:
        found: list[str] = []
        for chunk in text.split():
            folded = self._known.get(chunk)
            if folded is None:
                folded = self._known[chunk] = words(chunk)
            found += folded
        return found


def _passages(ours: list[Token], theirs: list[Token]) -> tuple[Passage, ...]:
    """The longest runs of words in both, none over another in our text."""
    our_words = [token.word for token in ours]
    their_words = [token.word for token in theirs]
    places: dict[Shingle, list[int]] = defaultdict(list)
    for place, shingle in enumerate(_shingles(their_words)):
        if len(places[shingle]) < _TRIED:
            places[shingle].append(place)
    found, at = [], 0
    for shingle_at, shingle in enumerate(_shingles(our_words)):
        if shingle_at < at or shingle not in places:
            continue
        length, place = max(
            (_common(our_words, shingle_at, their_words, place), -place)
            for place in places[shingle]
        )
        if length >= SHORTEST_PASSAGE:
            found.append(_passage(ours, shingle_at, theirs, -place, length))
            at = shingle_at + length
    found.sort(key=lambda passage: (-passage.words, passage.start))
    return tuple(found[:MOST_PASSAGES])


def _common(ours: list[str], at: int, theirs: list[str], place: int) -> int:
    """How many words are the same from these two places on."""
    length, most = 0, min(len(ours) - at, len(theirs) - place)
    while length < most and ours[at + length] == theirs[place + length]:
        length += 1
    return length


def _passage(
    ours: list[Token], at: int, theirs: list[Token], place: int, length: int
) -> Passage:
    return Passage(
        ours[at].start,
        ours[at + length - 1].end,
        theirs[place].start,
        theirs[place + length - 1].end,
        length,
    )
