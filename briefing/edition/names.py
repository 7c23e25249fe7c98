"""The index of names: small files by how names begin, for a search in the browser.

Each word of a name leads to it, folded as the server folds. A file that would grow too
big is divided by one more letter, so that no reader loads a hundred thousand names.
The same files are the pages from which names are found without a script.
"""

from __future__ import annotations

import json
import sys
from collections import defaultdict
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from briefing.pages.addresses import address
from entities import folding
from entities.models import Alias, Entity
from entities.rows import Rows

MOST_IN_FILE = 300
LONGEST_START = 12
FOLDER = "/names/"
NAMES = Rows(
    lambda: Entity.objects.public().order_by("id").values_list("name", "kind", "slug")
)
ALIASES = Rows(
    lambda: (
        Alias.objects.published()
        .of_public_entities()
        .order_by("id")
        .values_list("text", "entity__name", "entity__kind", "entity__slug")
    )
)


class Name(NamedTuple):
    """A name that is found, and the record it leads to."""

    words: str
    href: str
    kind: str
    # What the record is called, where this is another name of it.
    of: str
    folded: str


class Shard(NamedTuple):
    """The names with a word that begins so."""

    start: str
    names: list[Name]

    @property
    def path(self) -> str:
        """Its address: letters and digits as they are, other signs by number."""
        signs = (one if one.isascii() else f"-{ord(one):x}" for one in self.start)
        return f"{FOLDER}{''.join(signs)}"

    @property
    def content(self) -> bytes:
        rows = [list(name) for name in self.names]
        return json.dumps(rows, ensure_ascii=False, separators=(",", ":")).encode()


def shards() -> list[Shard]:
    """All names, in files by their beginnings, in order."""
    return sorted(_divided("", _by_word()), key=lambda shard: shard.start)


def _names() -> Iterator[Name]:
    for row in NAMES():
        folded = folding.fold(row.name)
        yield Name(row.name, address(row.kind, row.slug), row.kind, "", folded)
    for row in ALIASES():
        href = address(row.entity_kind, row.entity_slug)
        folded = folding.fold(row.text)
        yield Name(row.text, href, row.entity_kind, row.entity_name, folded)


def _by_word() -> dict[str, list[Name]]:
    found: dict[str, list[Name]] = defaultdict(list)
    for name in _names():
        for word in dict.fromkeys(name.folded.split()):
            found[word].append(name)
    return found


def _divided(start: str, words: dict[str, list[Name]]) -> Iterator[Shard]:
    """The words that begin so, in one file or in several that begin longer."""
    size = sum(map(len, words.values()))
    is_last = len(start) >= LONGEST_START or set(words) <= {start}
    if start and (is_last or size <= MOST_IN_FILE):
        names = {name: 0 for word in sorted(words) for name in words[word]}
        yield Shard(start, sorted(names, key=lambda name: (name.folded, name.href)))
        return
    parts: dict[str, dict[str, list[Name]]] = defaultdict(dict)
    for word, names_of in words.items():
        parts[word[: len(start) + 1]][word] = names_of
    for longer, part in parts.items():
        if longer == start:
            # Words that end here: nothing divides them further.
            yield Shard(start, sorted(part[start], key=lambda name: name.folded))
        else:
            yield from _divided(longer, part)


def index(found: list[Shard]) -> bytes:
    """What the script reads first: which files there are, and how to fold."""
    told: dict[str, Any] = {
        "files": {shard.start: f"{shard.path}.json" for shard in found},
        "accents": _accents(),
        "spelt": {chr(key): value for key, value in folding.SPELT_OUT.items()},
    }
    return json.dumps(told, ensure_ascii=False, separators=(",", ":")).encode()


@cache
def _accents() -> list[list[int]]:
    """Ranges of the signs that folding drops: a browser does not know their place."""
    ranges: list[list[int]] = []
    for point in range(sys.maxunicode + 1):
        if not folding.is_accent(chr(point)):
            continue
        if ranges and ranges[-1][1] == point - 1:
            ranges[-1][1] = point
        else:
            ranges.append([point, point])
    return ranges
