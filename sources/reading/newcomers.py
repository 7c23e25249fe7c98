"""Name-like words in a text that no known name covers: whom the desk may have to add.

Capitals tell names apart where they are not owed to the start of a sentence or to a
headline. Nothing is decided here: an editor adds what is listed, or does not.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Literal

from entities.folding import fold, words
from sources.reading import wordlists
from sources.reading.layout import Place, sentences
from sources.reading.mentions import Mention

Guess = Literal["person", "organisation", "place", ""]

# Of a line without a full stop, so many words in capitals make a headline.
HEADLINE_SHARE = 0.7

_WORD = re.compile(r"[^\W_]+(?:['’.&-]?[^\W_]+)*")
_POSSESSIVE = re.compile(r"['’][sS]\Z")
# R1, H800, GPT-4: models and parts, which are values of claims.
_CODE = re.compile(r"[^\W\d_]{1,4}-?\d\S*")
_ENDS = re.compile(r"[.!?…][”’\"'»)\]]*\Z")
# After these a capital may be owed to the sentence that begins.
_OPENERS = frozenset("“‘\"'«:•*…!?")
_SKIPPED = (
    wordlists.COMMON | wordlists.TITLES | wordlists.NEVER_NAMES | wordlists.DEMONYMS
)


@dataclass(frozen=True, slots=True)
class Newcomer:
    """A name form nobody is known by, where it stands, and what it may be."""

    text: str
    places: tuple[Place, ...]
    guess: Guess = ""
    # Known entities named in this text with these words: perhaps one more alias.
    like: tuple[int, ...] = ()

    @property
    def count(self) -> int:
        return len(self.places)

    @property
    def start(self) -> int:
        return self.places[0][0]


@dataclass(slots=True)
class _Word:
    """A word as it stands; the place without “’s”."""

    text: str
    start: int
    end: int
    # Where the sentence goes on: after “’s”, or after “-based”.
    stop: int
    # Whether a sentence or quotation begins with it.
    is_first: bool
    known: tuple[int, ...]

    @property
    def lower(self) -> str:
        return self.text.lower()

    @property
    def is_name(self) -> bool:
        """Whether it is written like a name or part of one."""
        if self.known:
            return True
        has_capital = self.text != self.lower
        return has_capital and not _CODE.fullmatch(self.text)

    @property
    def is_telling(self) -> bool:
        """Whether its capitals are not those of an ordinary word: ByteDance, IBM."""
        inner = self.text[1:]
        return inner != inner.lower() and len(self.text) > 2


@dataclass(slots=True)
class _Sighting:
    words: list[_Word]
    is_sure: bool
    guess: Guess

    @property
    def place(self) -> Place:
        return self.words[0].start, self.words[-1].end


@dataclass(slots=True)
class _Reader:
    """One reading of a text."""

    text: str
    known: Sequence[Mention]
    lower_words: set[str] = field(init=False)
    _next_known: int = 0

    def __post_init__(self) -> None:
        self.lower_words = {
            match[0] for match in _WORD.finditer(self.text) if match[0].islower()
        }

    def sightings(self) -> Iterator[_Sighting]:
        for start, end in sentences(self.text):
            found = [self._word(match, start) for match in self._words(start, end)]
            is_headline = self._is_headline(found, end)
            for run in self._runs(found):
                trimmed = self._trimmed(run)
                if trimmed and not all(word.known for word in trimmed):
                    yield self._sighting(trimmed, is_headline)

    def _words(self, start: int, end: int) -> Iterator[re.Match[str]]:
        return _WORD.finditer(self.text, start, end)

    def _word(self, match: re.Match[str], sentence: int) -> _Word:
        start, stop = match.span()
        written = _POSSESSIVE.sub("", match[0])
        parts = written.split("-")
        # Of “Shanghai-based” the name is the first part.
        while len(parts) > 1 and parts[0][:1].isupper() and parts[-1].islower():
            parts.pop()
        name = "-".join(parts)
        edge = max(sentence, start - 5)
        before = self.text[edge:start].rstrip(" ([")
        is_bullet = edge == sentence and before in ("-", "–", "—")
        is_first = not before or before[-1] in _OPENERS or is_bullet
        known = self._known_at(start, start + len(name))
        return _Word(name, start, start + len(name), stop, is_first, known)

    def _known_at(self, start: int, end: int) -> tuple[int, ...]:
        """The entities of the known mention that the word is part of."""
        while self._next_known < len(self.known):
            mention = self.known[self._next_known]
            if mention.end > start:
                return mention.entities if mention.start < end else ()
            self._next_known += 1
        return ()

    def _is_headline(self, found: list[_Word], end: int) -> bool:
        """Whether capitals mean nothing here, as most words have one."""
        content = [word for word in found if word.lower not in wordlists.COMMON]
        capitals = sum(word.text[:1].isupper() for word in content)
        if _ENDS.search(self.text, max(0, end - 5), end):
            long = [word for word in found if len(word.text) > 3]
            return len(long) > 3 and all(word.text[:1].isupper() for word in long)
        return bool(content) and capitals >= HEADLINE_SHARE * len(content)

    def _runs(self, found: list[_Word]) -> Iterator[list[_Word]]:
        """Words written like names that stand side by side."""
        run: list[_Word] = []
        for at, word in enumerate(found):
            if run and not self._joins(run[-1], word):
                yield run
                run = []
            if self._starts_or_continues(run, word) or (
                run and self._is_inside(found, at)
            ):
                run.append(word)
            elif run:
                yield run
                run = []
        if run:
            yield run

    def _joins(self, before: _Word, word: _Word) -> bool:
        gap = self.text[before.end : word.start]
        if gap in (" ", " & "):
            return True
        is_short = len(before.text) == 1 or before.lower in wordlists.BEFORE_A_NAME
        return gap == ". " and is_short

    def _starts_or_continues(self, run: list[_Word], word: _Word) -> bool:
        if not word.is_name:
            return False
        is_idle = word.lower in wordlists.COMMON or word.lower in self.lower_words
        return bool(run or word.known or not (word.is_first and is_idle))

    def _is_inside(self, found: list[_Word], at: int) -> bool:
        """Whether a small word stands between two of one name: Bank of England."""
        if found[at].lower == "the":
            return found[at - 1].lower == "of"
        if found[at].lower not in wordlists.INSIDE_NAMES:
            return False
        for word in found[at + 1 : at + 3]:
            if word.lower not in wordlists.INSIDE_NAMES | {"the"}:
                return word.is_name and not word.known
        return False

    def _trimmed(self, run: list[_Word]) -> list[_Word]:
        """The run without the title before it; empty if no name is left."""
        titles = 0
        for at, word in enumerate(run):
            if word.known or word.lower not in _SKIPPED:
                break
            if word.lower in wordlists.TITLES - wordlists.TITLE_PREFIXES:
                titles = at + 1
        rest = run[titles:]
        if all(self._says_nothing(word) for word in rest):
            return []
        return rest

    def _says_nothing(self, word: _Word) -> bool:
        is_small = word.lower in _SKIPPED or word.lower in wordlists.INSIDE_NAMES
        return bool(word.known) or is_small or len(word.text) == 1

    def _sighting(self, run: list[_Word], is_headline: bool) -> _Sighting:
        is_plain = len(run) == 1 and run[0].is_first
        is_telling = any(word.is_telling for word in run)
        is_sure = not is_headline and (is_telling or not is_plain)
        return _Sighting(run, is_sure, self._guess(run))

    def _guess(self, run: list[_Word]) -> Guess:
        lower = [word.lower for word in run]
        before = words(self.text[max(0, run[0].start - 60) : run[0].start])
        if before and before[-1] in wordlists.PERSON_TITLES:
            return "person"
        if lower[-1] in wordlists.PLACE_ENDINGS or set(lower) <= wordlists.PLACES:
            return "place"
        if wordlists.ORGANISATION_WORDS & set(lower):
            return "organisation"
        after = words(self.text[run[-1].end : run[-1].end + 15])[:1]
        if len(run) == 1 and before[-1:] == ["in"] and not self._is_into(before):
            is_whole = run[-1].stop == run[-1].end
            return "place" if is_whole else ""
        return "place" if after == ["province"] else ""

    def _is_into(self, before: list[str]) -> bool:
        return len(before) > 1 and before[-2] in wordlists.INTO


def newcomers(text: str, known: Sequence[Mention]) -> list[Newcomer]:
    """Name-like words not covered by the known mentions, in the order of the text.

    The mentions are those of `Names.mentions_in` for the same text.
    """
    grouped: dict[str, list[_Sighting]] = {}
    for sighting in _Reader(text, known).sightings():
        if folded := fold(text[slice(*sighting.place)]):
            grouped.setdefault(folded, []).append(sighting)
    called = _words_of_known(text, known)
    found = [
        _newcomer(text, folded, sightings, called)
        for folded, sightings in grouped.items()
        if any(sighting.is_sure for sighting in sightings)
        and not _is_written_small(text, sightings[0])
    ]
    return sorted(found, key=lambda newcomer: newcomer.start)


def _is_written_small(text: str, sighting: _Sighting) -> bool:
    """Whether the text also has the words without capitals: a term, not a name."""
    small = text[slice(*sighting.place)].lower()
    return small in text and bool(re.search(rf"\b{re.escape(small)}\b", text))


def _words_of_known(
    text: str, known: Sequence[Mention]
) -> dict[frozenset[str], set[int]]:
    """The folded words of each name met, and the entities that go by it."""
    forms = {(text[one.start : one.end], one.entities) for one in known}
    called: dict[frozenset[str], set[int]] = {}
    for form, entities in forms:
        called.setdefault(frozenset(words(form)), set()).update(entities)
    return called


def _newcomer(
    text: str,
    folded: str,
    sightings: list[_Sighting],
    called: dict[frozenset[str], set[int]],
) -> Newcomer:
    guesses = [sighting.guess for sighting in sightings if sighting.guess]
    like = {entity for one in sightings for word in one.words for entity in word.known}
    parts = set(folded.split())
    like.update(*(ids for name, ids in called.items() if parts <= name))
    places = tuple(sighting.place for sighting in sightings)
    guess = max(guesses, key=guesses.count) if guesses else ""
    return Newcomer(text[slice(*places[0])], places, guess, tuple(sorted(like)))
