"""Every passage of a source looked for again, when its text is replaced.

Words are found as `sources.anchors` finds them: exactly, or apart from punctuation.
Nothing is found by likeness, and where words stand more than once and nothing tells
which was meant, the editor is asked.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Literal

from sources.anchors import Passage, find, fold, occurrences, places_folded

State = Literal["kept", "moved", "folded", "ambiguous", "missing"]
Place = tuple[int, int]

# An editor chooses among few; of a word that stands everywhere the first are shown.
MOST_PLACES = 50


@dataclass(frozen=True, slots=True)
class Rechecked:
    """What became of one passage; places are code points of the new text."""

    id: int
    state: State
    start: int | None = None
    end: int | None = None
    # The new text's own characters; where folded, not those of the old quote.
    words: str = ""
    # What stood before or after it no longer does: worth a second look.
    has_new_surroundings: bool = False
    # Where ambiguous: each place where the words stand, in order.
    places: tuple[Place, ...] = ()


def recheck(text: str, passages: Iterable[tuple[int, Passage]]) -> list[Rechecked]:
    """Look for old passages, given with their ids, in a new text; in their order."""
    new = _NewText(text)
    return [new.recheck(id, passage) for id, passage in passages]


class _NewText:
    def __init__(self, text: str) -> None:
        self.text = text
        # Once for all passages: a search folds the text anew each time.
        self.folded, self.origins = fold(text), places_folded(text)

    def recheck(self, id: int, passage: Passage) -> Rechecked:
        wanted = fold(passage.quote).strip()
        # What the folded text does not hold, no search finds.
        if wanted and wanted not in self.folded:
            return Rechecked(id, "missing")
        found = find(self.text, passage)
        if found.state == "ambiguous":
            places = tuple(self._places(passage.quote, wanted))
            return Rechecked(id, "ambiguous", places=places)
        if found.start is None or found.end is None:
            return Rechecked(id, "missing")
        return Rechecked(
            id,
            self._state(found.state, found.start, passage),
            found.start,
            found.end,
            self.text[found.start : found.end],
            not self._fits(passage, found.start, found.end),
        )

    def _state(self, state: str, start: int, passage: Passage) -> State:
        if state == "folded":
            return "folded"
        return "kept" if start == passage.start else "moved"

    def _fits(self, passage: Passage, start: int, end: int) -> bool:
        """Whether what stood around the passage still does, punctuation apart."""
        before = _plain(self.text[max(0, start - 2 * len(passage.prefix) - 20) : start])
        after = _plain(self.text[end : end + 2 * len(passage.suffix) + 20])
        return before.endswith(_plain(passage.prefix)) and after.startswith(
            _plain(passage.suffix)
        )

    def _places(self, quote: str, wanted: str) -> Iterator[Place]:
        """Where the words stand: exactly if they do so anywhere, else folded."""
        exact = occurrences(self.text, quote)
        if exact:
            yield from ((at, at + len(quote)) for at in exact[:MOST_PLACES])
            return
        for at in occurrences(self.folded, wanted)[:MOST_PLACES]:
            last = at + len(wanted) - 1
            yield self.origins[at], self.origins[last] + 1


def _plain(text: str) -> str:
    return fold(text).strip()
