"""A text as a reader takes it in: paragraphs with numbers, sentences, what is covered.

Nothing is stripped from the text or added to it: all places are code points of the
text as it is stored, from 0, their end exclusive.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from sources.reading import wordlists

Place = tuple[int, int]

# Longer lines are nobody's wrapping; shorter ones are headings or a list.
WRAPPED_AT_MOST, WRAPPED_AT_LEAST = 120, 40
# A line that ends a sentence this far before the margin ends its paragraph too.
EARLY_END = 0.75
LONGEST_ABBREVIATION = 30

_BULLET = re.compile(r"[-*•]\s|\d{1,3}[.)]\s")
_CLOSES = "”’\"'»)\\]」』）》"
_LINE_ENDS_SENTENCE = re.compile(rf"[.!?…:。！？][{_CLOSES}]*\Z")
_MARK = re.compile(
    # A number in brackets after the mark is a footnote's.
    rf"(?P<mark>[.!?…]+)[{_CLOSES}]*(?:\[\d{{1,3}}\])*(?=\s|\Z)"
    rf"|[。！？]+[{_CLOSES}]*"
)
_NEXT_WORD = re.compile(r"[\s“‘„\"'«(\[—–-]*([\w'’]+)")
_WORD_BEFORE = re.compile(r"[^\s“‘„\"'«(\[—–/-]+\Z")
_INITIALS = re.compile(r"(?:[^\W\d_]\.)*[^\W\d_]")


@dataclass(frozen=True, slots=True)
class Paragraph:
    """One paragraph: its number from 1, and its place without outer spaces."""

    number: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Line:
    start: int
    end: int
    follows_blank: bool


def paragraphs(text: str) -> list[Paragraph]:
    """The paragraphs of a text; the same text has the same numbers always.

    Blank lines separate, and so do single line ends, unless the text was wrapped at a
    margin, as e-mails and PDF files are.
    """
    lines = list(_lines(text))
    margin = _margin(text, lines)
    places: list[Place] = []
    for at, line in enumerate(lines):
        if at and _goes_on(text, lines[at - 1], line, margin):
            places[-1] = (places[-1][0], line.end)
        else:
            places.append((line.start, line.end))
    return [Paragraph(at, *place) for at, place in enumerate(places, 1)]


def _lines(text: str) -> Iterator[_Line]:
    """The lines that hold more than spaces."""
    offset, is_after_blank = 0, True
    for line in text.splitlines(keepends=True):
        words = line.strip()
        if words:
            start = offset + line.index(words)
            yield _Line(start, start + len(words), is_after_blank)
        is_after_blank = not words
        offset += len(line)


def _margin(text: str, lines: list[_Line]) -> int:
    """The width to which the text was wrapped, in characters; 0 if it was not."""
    width = max((line.end - line.start for line in lines), default=0)
    if width > WRAPPED_AT_MOST:
        return 0
    single = broken = 0
    for before, line in zip(lines, lines[1:], strict=False):
        if not line.follows_blank:
            single += 1
            is_long = before.end - before.start >= WRAPPED_AT_LEAST
            broken += is_long and not _ends_sentence(text, before)
    return width if broken * 2 > single else 0


def _goes_on(text: str, before: _Line, line: _Line, margin: int) -> bool:
    """Whether a line belongs to the paragraph of the line before it."""
    if line.follows_blank or not margin or _BULLET.match(text, line.start):
        return False
    is_early = before.end - before.start < EARLY_END * margin
    return not (is_early and _ends_sentence(text, before))


def _ends_sentence(text: str, line: _Line) -> bool:
    return bool(_LINE_ENDS_SENTENCE.search(text, line.start, line.end))


def paragraph_at(found: list[Paragraph], place: int) -> Paragraph | None:
    """The paragraph in which a place lies; between two of them, the one before."""
    at = bisect_right(found, place, key=lambda paragraph: paragraph.start)
    return found[at - 1] if at else None


def sentences(text: str) -> list[Place]:
    """Start and end of each sentence, headlines and boilerplate included.

    A sentence keeps the marks that close it, and never runs on over its paragraph's
    end. What holds no letter or digit is none.
    """
    return [place for found in paragraphs(text) for place in _sentences_in(text, found)]


def _sentences_in(text: str, paragraph: Paragraph) -> Iterator[Place]:
    start = paragraph.start
    for match in _MARK.finditer(text, paragraph.start, paragraph.end):
        if _ends_here(text, start, match, paragraph.end):
            yield from _worded(text, start, match.end())
            start = match.end()
    yield from _worded(text, start, paragraph.end)


def _worded(text: str, start: int, end: int) -> Iterator[Place]:
    """The place without outer spaces, if there is a letter or digit in it."""
    words = text[start:end]
    if any(char.isalnum() for char in words):
        start += len(words) - len(words.lstrip())
        yield start, start + len(words.strip())


def _ends_here(text: str, start: int, match: re.Match[str], end: int) -> bool:
    """Whether the marks end the sentence that began at `start`."""
    following = _NEXT_WORD.match(text, match.end(), end)
    if match["mark"] is None or following is None:
        return True
    word = following[1]
    # Lower case goes on, unless it is the name of an iPhone.
    if word[0].islower() and not word[1:2].isupper():
        return False
    if match["mark"] != ".":
        return True
    nearby = text[max(start, match.start() - LONGEST_ABBREVIATION) : match.start()]
    before = _WORD_BEFORE.search(nearby)
    # “2.” at the start of a sentence numbers it.
    if nearby.strip().isdigit() and start + len(nearby) == match.start():
        return False
    return before is None or _ends_after(before[0], word)


def _ends_after(before: str, following: str) -> bool:
    """Whether a full stop ends its sentence between these two words."""
    word = before.casefold()
    if word in wordlists.BEFORE_A_NAME:
        return False
    if word in wordlists.BEFORE_A_NUMBER and following[0].isdigit():
        return False
    if word in wordlists.MAY_END or _INITIALS.fullmatch(before):
        return following.casefold() in wordlists.COMMON
    return True


@dataclass(frozen=True, slots=True)
class Coverage:
    """How far a text has been dealt with, counted in the letters of its sentences."""

    letters: int
    cited: int
    omitted: int
    # The sentences that are neither cited nor left out on purpose.
    bare: tuple[Place, ...]

    @property
    def share_left(self) -> float:
        """From 0, all is dealt with, to 1."""
        if not self.letters:
            return 0.0
        return 1 - (self.cited + self.omitted) / self.letters


def coverage(
    text: str, cited: Iterable[Place], omitted: Iterable[Place] = ()
) -> Coverage:
    """What evidence and omissions have dealt with: a sentence with its first word."""
    with_evidence, left_out = _Union(cited), _Union(omitted)
    counts = {"cited": 0, "omitted": 0, "bare": 0}
    bare: list[Place] = []
    for place in sentences(text):
        letters = sum(char.isalnum() for char in text[slice(*place)])
        if with_evidence.meets(place):
            counts["cited"] += letters
        elif left_out.meets(place):
            counts["omitted"] += letters
        else:
            counts["bare"] += letters
            bare.append(place)
    total = sum(counts.values())
    return Coverage(total, counts["cited"], counts["omitted"], tuple(bare))


class _Union:
    """Places, joined where they overlap, for quick questions."""

    def __init__(self, places: Iterable[Place]) -> None:
        self.joined: list[Place] = []
        for start, end in sorted(place for place in places if place[0] < place[1]):
            if self.joined and start <= self.joined[-1][1]:
                start, end = self.joined[-1][0], max(end, self.joined[-1][1])
                self.joined.pop()
            self.joined.append((start, end))

    def meets(self, place: Place) -> bool:
        at = bisect_right(self.joined, place[0], key=lambda joined: joined[1])
        return at < len(self.joined) and self.joined[at][0] < place[1]
