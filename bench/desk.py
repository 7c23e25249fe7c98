"""The reading desk: a hundred thousand names looked for in an article of 100 kB.

The names are read as the desk reads them, on top of the collection's own where it has
fewer; both the matcher alone and the way that a page takes are timed, warmed up.
"""

from __future__ import annotations

import random
import time
from collections.abc import Callable, Iterator
from itertools import islice
from typing import Any

from bench.collection import _vocabulary
from bench.figures import ROUNDS, Figure, figure
from entities.folding import fold
from sources.desk import names
from sources.reading.mentions import Names, Row

NAMES, ARTICLE = 100_000, 100_000
# One word in so many is the beginning of a name.
NAMED = 12
TARGET = "<= 150"


def measure(size: str) -> Iterator[Figure]:
    rows = list(_rows())
    known = Names(rows)
    assert len(known) >= NAMES
    text, met = _article(rows)
    found = known.mentions_in(text)
    # Each name that was written into the article is found in its place.
    assert met <= {mention.start for mention in found}
    times = _times(lambda: known.mentions_in(text))
    name = "100,000 names in an article of 100 kB"
    yield figure(name, size, times, TARGET, "ms")
    names.known()
    times = _times(lambda: names.known().mentions_in(text))
    yield figure("the collection's names in it", size, times, TARGET, "ms")


def _rows() -> Iterator[Row]:
    """The names that the desk knows, and as many made up as are missing."""
    chance, vocabulary = random.Random(2), _vocabulary(random.Random(1))
    count = 0
    for row in islice(names._rows(), NAMES):
        count += 1
        yield row
    for number in range(count, NAMES + 1000):
        words = " ".join(chance.choices(vocabulary, k=2)).title()
        text = f"{words} {number}"
        yield text, fold(text), number


def _article(rows: list[Row]) -> tuple[str, set[int]]:
    """An article, and where names begin in it."""
    chance, vocabulary = random.Random(3), _vocabulary(random.Random(1))
    parts, starts, length = [], set(), 0
    while length < ARTICLE:
        if chance.randrange(NAMED):
            part = chance.choice(vocabulary)
        else:
            part = chance.choice(rows)[0]
            starts.add(length)
        parts.append(part)
        length += len(part) + 1
    return " ".join(parts), starts


def _times(work: Callable[[], Any]) -> list[float]:
    """Processor time of each round, in milliseconds."""
    found = []
    for _ in range(ROUNDS):
        began = time.process_time()
        work()
        found.append(1000 * (time.process_time() - began))
    return found
