"""Where a quote stands in a text: exactly, or apart from punctuation, or not at all.

The words are searched as they are, at their stored place first; then with both sides
folded in one way. What stands before and after decides between occurrences. There is
no search by likeness, ever: a quote that is gone is missing.
"""

from __future__ import annotations

import re
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

SPACES = re.compile(" +")


class Plain(dict[int, str]):
    """What each character folds to, worked out when it is first met."""

    def __missing__(self, point: int) -> str:
        # Before as well: NFKC takes some of these signs apart.
        plain = unicodedata.normalize("NFKC", chr(point).translate(SAME))
        plain = plain.translate(SAME)
        self[point] = "".join(" " if part.isspace() else part for part in plain)
        return self[point]


PLAIN = Plain()


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
    folded = fold(text)
    wanted = Passage(
        quote=fold(passage.quote).strip(),
        prefix=fold(passage.prefix).strip(),
        suffix=fold(passage.suffix).strip(),
    )
    starts = occurrences(folded, wanted.quote) if wanted.quote else []
    if not starts:
        return Found("missing")
    at = _decide(folded, wanted, starts)
    if at is None:
        return Found("ambiguous")
    # Asked for last: places take ten times as long as words.
    places = places_folded(text)
    return Found("folded", places[at], places[at + len(wanted.quote) - 1] + 1)


def fold(text: str) -> str:
    """A text with one form of each quotation mark, dash, space and letter."""
    return SPACES.sub(" ", text.translate(PLAIN))


def places_folded(text: str) -> list[int]:
    """For each character of the folded text, the place it comes from."""
    places: list[int] = []
    spaced = False
    for place, char in enumerate(text):
        for part in PLAIN[ord(char)]:
            if not (part == " " and spaced):
                places.append(place)
            spaced = part == " "
    return places
