"""What a change has left to be settled."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from itertools import islice

BLOCK, CHUNK = 4096, 500
Tell = Callable[[int, int], None]


def nobody(done: int, total: int) -> None:
    """Nobody is told."""


class Keys:
    """A set of primary keys, in order; a million that lie close together are 125 kB."""

    def __init__(self, keys: Iterable[int] = ()) -> None:
        # By the keys' common beginning, a bit for each that is in.
        self._blocks: dict[int, int] = {}
        self |= keys

    def add(self, key: int) -> None:
        block, place = divmod(key, BLOCK)
        self._blocks[block] = self._blocks.get(block, 0) | 1 << place

    def __ior__(self, keys: Iterable[int]) -> Keys:
        for key in keys:
            self.add(key)
        return self

    def __or__(self, keys: Iterable[int]) -> Keys:
        both = Keys(self)
        both |= keys
        return both

    def __contains__(self, key: int) -> bool:
        block, place = divmod(key, BLOCK)
        return bool(self._blocks.get(block, 0) >> place & 1)

    def __iter__(self) -> Iterator[int]:
        for block in sorted(self._blocks):
            bits = self._blocks[block]
            while bits:
                lowest = bits & -bits
                yield block * BLOCK + lowest.bit_length() - 1
                bits ^= lowest

    def chunks(self) -> Iterator[list[int]]:
        """As many at a time as one query is asked for."""
        keys = iter(self)
        while chunk := list(islice(keys, CHUNK)):
            yield chunk

    def __len__(self) -> int:
        return sum(bits.bit_count() for bits in self._blocks.values())


@dataclass
class Due:
    """Primary keys of what has to be settled."""

    claims: Keys = field(default_factory=Keys)
    questions: Keys = field(default_factory=Keys)
    origins: Keys = field(default_factory=Keys)
    entities: Keys = field(default_factory=Keys)
    sources: Keys = field(default_factory=Keys)
    # Questions that a claim has left; questions whose words have changed.
    left: Keys = field(default_factory=Keys)
    reworded: Keys = field(default_factory=Keys)
    # Whether all is worked out anew, though nobody changed it.
    is_rebuild: bool = False
    # Told, now and then, how many rows were worked through, and of how many.
    tell: Tell = nobody
    _done: int = 0

    def chunks(self, keys: Keys) -> Iterator[list[int]]:
        """As many keys at a time as one query is asked for; each chunk is told of."""
        for chunk in keys.chunks():
            yield chunk
            if self.tell is not nobody:
                self._done += len(chunk)
                self.tell(self._done, self._total)

    @property
    def _total(self) -> int:
        """How many rows there are to work through, as far as is known so far."""
        searched = (self.claims, self.questions, self.entities, self.sources)
        worked = (self.origins, self.claims, self.questions, self.questions, self.left)
        return sum(map(len, (*searched, *worked, self.reworded)))
