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
    if starts:
        return _decide(text, passage, starts)
    return _find_folded(text, passage)


def occurrences(text: str, quote: str) -> list[int]:
    """Every place where the quote stands, overlapping ones too."""
    places, at = [], text.find(quote)
    while at >= 0:
        places.append(at)
        at = text.find(quote, at + 1)
    return places


def _decide(text: str, passage: Passage, starts: list[int]) -> Found:
    """The one occurrence between prefix and suffix; ambiguous if there are more."""
    length = len(passage.quote)
    fitting = [
        start
        for start in starts
        if text[:start].rstrip().endswith(passage.prefix.strip())
        and text[start + length :].lstrip().startswith(passage.suffix.strip())
    ]
    # Surroundings may have been edited; words that stand once are still those words.
    chosen = fitting or starts
    if len(chosen) > 1:
        return Found("ambiguous")
    return Found("verified", chosen[0], chosen[0] + length)


def _find_folded(text: str, passage: Passage) -> Found:
    folded, places = fold_with_places(text)
    wanted = fold_with_places(passage.quote)[0].strip()
    starts = occurrences(folded, wanted) if wanted else []
    if not starts:
        return Found("missing")
    if len(starts) > 1:
        return Found("ambiguous")
    first, last = starts[0], starts[0] + len(wanted) - 1
    return Found("folded", places[first], places[last] + 1)


def fold_with_places(text: str) -> tuple[str, list[int]]:
    """The folded text and, for each of its characters, the place it comes from."""
    folded: list[str] = []
    places: list[int] = []
    for place, char in enumerate(text):
        for part in unicodedata.normalize("NFKC", char).translate(SAME):
            part = " " if part.isspace() else part
            if part == " " and folded and folded[-1] == " ":
                continue
            folded.append(part)
            places.append(place)
    return "".join(folded), places
