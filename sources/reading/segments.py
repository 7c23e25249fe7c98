"""Highlights on a text: overlapping spans cut into pieces that stand side by side."""

from __future__ import annotations

import unicodedata
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass

from sources.reading.layout import Paragraph, paragraphs

_JOINER = "\u200d"
# Half-width voicing marks are letters to Unicode, but marks to a reader.
_MARKS = frozenset("\u200c\u200d\uff9e\uff9f")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """Something to show on a stretch of text: what it is and which."""

    start: int
    end: int
    kind: str
    id: int | str


@dataclass(frozen=True, slots=True)
class Segment:
    """A stretch of text with all that covers it, the widest first."""

    start: int
    end: int
    spans: tuple[Span, ...] = ()
    # Those of the spans that begin and end here: where notes and borders stand.
    opening: tuple[Span, ...] = ()
    closing: tuple[Span, ...] = ()

    @property
    def kinds(self) -> tuple[str, ...]:
        return tuple(sorted({span.kind for span in self.spans}))

    @property
    def depth(self) -> int:
        return len(self.spans)


@dataclass(frozen=True, slots=True)
class LaidOut:
    """A paragraph and the segments that make it up."""

    paragraph: Paragraph
    segments: tuple[Segment, ...]


def segments(text: str, spans: Iterable[Span]) -> list[Segment]:
    """The whole text in consecutive segments, cut wherever a span begins or ends.

    A letter is never cut from its marks: there a highlight is drawn around the whole
    letter. Spans that lie outside the text are left out.
    """
    return _cut(text, _fitted(text, spans), {0, len(text)})


def lay_out(text: str, spans: Iterable[Span]) -> list[LaidOut]:
    """Each paragraph with its segments; the spaces between paragraphs are in none."""
    found = paragraphs(text)
    edges = {0, len(text)}
    edges.update(edge for part in found for edge in (part.start, part.end))
    pieces = iter(_cut(text, _fitted(text, spans), edges))
    laid = []
    for part in found:
        inside = []
        for piece in pieces:
            if piece.start >= part.start:
                inside.append(piece)
            if piece.end == part.end:
                break
        laid.append(LaidOut(part, tuple(inside)))
    return laid


def _fitted(text: str, spans: Iterable[Span]) -> list[tuple[int, int, Span]]:
    """The spans inside the text, widened to whole graphemes."""
    return [
        (_before(text, span.start), _after(text, span.end), span)
        for span in sorted(set(spans))
        if 0 <= span.start < span.end <= len(text)
    ]


def _cut(
    text: str, fitted: list[tuple[int, int, Span]], edges: set[int]
) -> list[Segment]:
    opening: dict[int, list[Span]] = defaultdict(list)
    closing: dict[int, list[Span]] = defaultdict(list)
    for start, end, span in fitted:
        opening[start].append(span)
        closing[end].append(span)
    cuts = sorted(edges | opening.keys() | closing.keys())
    active: dict[Span, None] = {}
    made = []
    for start, end in zip(cuts, cuts[1:], strict=False):
        active = {span: None for span in active if span not in closing[start]}
        active.update(dict.fromkeys(opening[start]))
        covering = sorted(active, key=lambda span: (span.start, -span.end, span))
        opens = tuple(span for span in covering if span in opening[start])
        closes = tuple(span for span in covering if span in closing[end])
        made.append(Segment(start, end, tuple(covering), opens, closes))
    return made


def _before(text: str, place: int) -> int:
    """The place, or the start of the grapheme in which it lies."""
    while _is_inside_grapheme(text, place):
        place -= 1
    return place


def _after(text: str, place: int) -> int:
    """The place, or the end of the grapheme in which it lies."""
    while _is_inside_grapheme(text, place):
        place += 1
    return place


def _is_inside_grapheme(text: str, place: int) -> bool:
    """Whether a reader sees one sign where the text would be cut."""
    if not 0 < place < len(text):
        return False
    before, char = text[place - 1], text[place]
    if char in _MARKS or unicodedata.category(char).startswith("M"):
        return not before.isspace()
    if _is_in(char, 0x1F3FB, 0x1F3FF) or _is_in(char, 0xE0020, 0xE007F):
        return not before.isspace()
    if before == _JOINER:
        return unicodedata.category(char) == "So"
    if _is_in(char, 0x1F1E6, 0x1F1FF):
        return _flags_before(text, place) % 2 == 1
    # Letters of one Korean syllable that Unicode has not put together.
    is_hangul = _is_in(before, 0x1100, 0x11FF) or _is_in(before, 0xAC00, 0xD7A3)
    return is_hangul and _is_in(char, 0x1160, 0x11FF)


def _is_in(char: str, first: int, last: int) -> bool:
    return first <= ord(char) <= last


def _flags_before(text: str, place: int) -> int:
    """How many regional indicators stand before a place; two make a flag."""
    start = place
    while start and _is_in(text[start - 1], 0x1F1E6, 0x1F1FF):
        start -= 1
    return place - start
