"""Where a quote stands in a text: exactly, or apart from punctuation, or not at all.

The words are searched as they are, at their stored place first; then with both sides
folded in one way. What stands before and after decides between occurrences. There is
no search by likeness, ever: a quote that is gone is missing.
"""

from __future__ import annotations

import unicodedata
from dataclasses import dataclass
from typing import Literal

State = Literal["verified", "folded", "ambiguous", "missing"]

SAME = str.maketrans(
    {
        **dict.fromkeys("‘’‚‛′´`ʼ", "'"),
        **dict.fromkeys("“”„‟″«»", '"'),
        **dict.fromkeys("‐‑‒–—―−", "-"),
        # Marks that show nothing: soft hyphen, zero-width spaces and joiners.
        **dict.fromkeys("\u00ad\u200b\u200c\u200d\u2060\ufeff", ""),
    }
)


@dataclass(frozen=True, slots=True)
class Found:
    """What a search came to; the place is in code points, its end exclusive."""

    state: State
    start: int | None = None
    end: int | None = None


@dataclass(frozen=True, slots=True)
class Passage:
    """A quote with what is remembered of its place and surroundings."""

    quote: str
    start: int | None = None
    end: int | None = None
    prefix: str = ""
    suffix: str = ""


def find(text: str, passage: Passage) -> Found:
    """Look for a passage in a text, exactly first, then folded."""
    if not passage.quote.strip():
        return Found("missing")
    start = passage.start
    if start is not None and text.startswith(passage.quote, start):
        return Found("verified", start, start + len(passage.quote))
    starts = occurrences(text, passage.quote)
    if not starts:
        return _find_folded(text, passage)
    at = _decide(text, passage, starts)
    if at is None:
        return Found("ambiguous")
    return Found("verified", at, at + len(passage.quote))


def occurrences(text: str, quote: str) -> list[int]:
    """Every place where the quote stands, overlapping ones too."""
    places, at = [], text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return places


def _decide(text: str, passage: Passage, starts: list[int]) -> int | None:
    """The one occurrence between prefix and suffix; None if there are more."""
    length = len(passage.quote)
    fitting = [
        start
        for start in starts
        if _follows(text, start, passage.prefix.strip())
        and _precedes(text, start + length, passage.suffix.strip())
    ]
    # Surroundings may have been edited; words that stand once are still those words.
    chosen = fitting or starts
    return chosen[0] if len(chosen) == 1 else None


def _follows(text: str, place: int, prefix: str) -> bool:
    """Whether the prefix stands before the place, spaces apart."""
    while place and text[place - 1].isspace():
        place -= 1
    return text.endswith(prefix, 0, place)


def _precedes(text: str, place: int, suffix: str) -> bool:
    """Whether the suffix stands after the place, spaces apart."""
    while place < len(text) and text[place].isspace():
        place += 1
    return text.startswith(suffix, place)


def _find_folded(text: str, passage: Passage) -> Found:
    folded, places = fold_with_places(text)
    wanted = Passage(
        quote=_folded(passage.quote),
        prefix=_folded(passage.prefix),
        suffix=_folded(passage.suffix),
    )
    starts = occurrences(folded, wanted.quote) if wanted.quote else []
    if not starts:
        return Found("missing")
    at = _decide(folded, wanted, starts)
    if at is None:
        return Found("ambiguous")
    return Found("folded", places[at], places[at + len(wanted.quote) - 1] + 1)


def _folded(text: str) -> str:
    return fold_with_places(text)[0].strip()


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the place it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        # Before as well: NFKC takes some of these signs apart.
        plain = unicodedata.normalize("NFKC", char.translate(SAME)).translate(SAME)
        for part in plain:
            part = " " if part.isspace() else part
            if part == " " and folded and folded[-1] == " ":
                continue
            folded.append(part)
            places.append(place)
    return "".join(folded), places
