"""Known names in a text: the longest first, whole words, folded as for search.

Each mention keeps the place of its words in the text. A name that several records go
by is ambiguous: all of them are given, and none is chosen.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass

from sources.reading.tokens import Token, tokens, without_possessive
from sources.reading.wordlists import COMMON

# Names as they are recorded: the text, its folded form, the entity's id.
Row = tuple[str, str, int]

# One for all names and one for the public ones, with room for their successors.
_KEPT = 4
_built: dict[Hashable, Names] = {}


@dataclass(frozen=True, slots=True)
class Mention:
    """A known name at a place, without “’s”, and the entities that go by it."""

    start: int
    end: int
    entities: tuple[int, ...]

    @property
    def is_ambiguous(self) -> bool:
        return len(self.entities) > 1


def known_names(version: Hashable, read: Callable[[], Iterable[Row]]) -> Names:
    """The names of a version: read and built once, then kept in this process.

    The version is any key that changes when a name does.
    """
    names = _built.get(version)
    if names is None:
        names = Names(read())
        for old in list(_built)[: max(0, len(_built) - _KEPT + 1)]:
            _built.pop(old, None)
        _built[version] = names
    return names


class Names:
    """Names to look for. Beside texts, it holds how many words may follow a first.

    With a dictionary a match can be declined for a shorter one, as no automaton for
    longest matches can; it is as fast.
    """

    def __init__(self, rows: Iterable[Row]) -> None:
        self._entities: dict[str, tuple[int, ...]] = {}
        # Recorded without a capital: they are met so.
        self._plain: set[str] = set()
        lengths: dict[str, set[int]] = {}
        for name, folded, entity in rows:
            if not folded:
                continue
            ids = self._entities.get(folded, ())
            if entity not in ids:
                self._entities[folded] = tuple(sorted((*ids, entity)))
            if name.islower():
                self._plain.add(folded)
            first, *rest = folded.split(" ")
            lengths.setdefault(first, set()).add(1 + len(rest))
        self._lengths = {
            first: tuple(sorted(found, reverse=True))
            for first, found in lengths.items()
        }

    def __len__(self) -> int:
        return len(self._entities)

    def mentions_in(self, text: str) -> list[Mention]:
        """The known names in their order; none overlaps another."""
        search = _Search(text)
        found: list[Mention] = []
        at = 0
        while at < len(search.tokens):
            mention, length = self._longest(search, at)
            if mention is not None:
                found.append(mention)
            at += length
        return found

    def _longest(self, search: _Search, at: int) -> tuple[Mention | None, int]:
        """The longest name that starts at a word, and how many words it takes."""
        for length in self._lengths.get(search.words[at], ()):
            end = at + length
            if end > len(search.words):
                continue
            head = search.words[at : end - 1]
            for last in search.forms[end - 1]:
                if mention := self._named(search, at, [*head, last.word], last):
                    return mention, length
        alone = search.forms[at][-1]
        return self._named(search, at, [alone.word], alone), 1

    def _named(
        self, search: _Search, at: int, words: list[str], last: Token
    ) -> Mention | None:
        """The mention that these words are, if they are a name and written as one."""
        folded = " ".join(words)
        entities = self._entities.get(folded)
        if entities is None:
            return None
        run = [*search.tokens[at : at + len(words) - 1], last]
        if search.splits_a_sign(at, at + len(words)):
            return None
        if folded not in self._plain and not search.is_written_as_name(run):
            return None
        return Mention(run[0].start, last.end, entities)


class _Search:
    """A text while it is searched."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.tokens = tokens(text)
        self.words = [token.word for token in self.tokens]
        # Each word as it stands and, if it ends in “’s”, without.
        self.forms = [self._forms(token) for token in self.tokens]
        # Where nobody writes capitals, none can be asked for.
        self.has_capitals = text != text.lower()

    def _forms(self, token: Token) -> tuple[Token, ...]:
        if token.word[-1] != "s" or token.end - token.start == len(token.word):
            return (token,)
        bare = without_possessive(self.text, token)
        return (token,) if bare is token else (token, bare)

    def splits_a_sign(self, at: int, end: int) -> bool:
        """Whether the words begin or end inside one sign, as the 1 of ½ does."""
        tokens = self.tokens
        if at and tokens[at - 1].end > tokens[at].start:
            return True
        return end < len(tokens) and tokens[end - 1].end > tokens[end].start

    def is_written_as_name(self, run: list[Token]) -> bool:
        """Whether these words are a name here, not the words of a sentence.

        Time is a magazine, and time is not; who is the WHO only in capitals.
        """
        written = self.text[run[0].start : run[-1].end]
        if self.has_capitals and written.islower():
            return any(char.isdigit() for char in written)
        forms = [self.text[token.start : token.end] for token in run]
        if len(run) == 1 and len(run[0].word) == 1 and self._is_part_of_word(run[0]):
            return False
        if not self.has_capitals:
            return True
        telling = [
            form
            for form, token in zip(forms, run, strict=True)
            if token.word not in COMMON
        ]
        if telling:
            return any(
                not form.islower() or any(char.isdigit() for char in form)
                for form in telling
            )
        if len(forms) == 1:
            return forms[0].isupper() and len(forms[0]) > 1
        return all(form[0].isupper() for form in forms)

    def _is_part_of_word(self, token: Token) -> bool:
        """Whether a single letter hangs on a hyphen, a stop or the like: X-ray."""
        around = self.text[max(0, token.start - 1) : token.start]
        after = self.text[token.end : token.end + 2]
        joined = after[:1] in set("-‐‑&.'’") and after[1:].isalnum()
        return around in set("-‐‑&.'’") or joined
