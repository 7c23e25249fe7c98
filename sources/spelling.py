"""Public names that are nearly what a reader typed.

No query is held against a hundred thousand names: only against those that begin as one
of its words begins, and the first few thousand, whatever they begin with.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any, NamedTuple

from rapidfuzz import process
from rapidfuzz.distance import OSA

from entities.folding import words
from entities.models import Alias, Entity
from sources.lookup import beginning

# So many names come from each step.
MOST = 4000
MOST_WORDS = 4
# In a shorter word one letter makes another word.
SHORTEST = 3
LONGEST = 100


class Near(NamedTuple):
    """A public record, and that of its names which is nearly what was typed."""

    kind: str
    slug: str
    name: str


def near(query: str, is_taken_apart: bool, at_most: int = 5) -> list[Near]:
    """The records with the nearest names, the nearest first.

    Where all words together are near none, each is tried alone if it is taken apart.
    """
    typed = words(query[:LONGEST])[:MOST_WORDS]
    forms: dict[str, set[int]] = defaultdict(set)
    for entity, folded in _names(typed):
        name = folded.split()
        for form in (*_whole(name), *_longer(name)):
            forms[form].add(entity)
    distances = _distances(_whole(typed), forms)
    if is_taken_apart and not distances:
        distances = _distances(_longer(typed), forms)
    return _records(distances)[:at_most]


def _distances(typed: Iterable[str], forms: dict[str, set[int]]) -> dict[int, int]:
    """How far those entities are from what was typed that are near enough."""
    distances: dict[int, int] = {}
    for wanted in typed:
        most = _edits(wanted)
        found = process.extract(
            wanted, list(forms), scorer=OSA.distance, score_cutoff=most, limit=50
        )
        # What is spelt right is not mistaken for something else.
        nearest = [one for one in found if one[1] == 0] or found
        for form, distance, _ in nearest:
            for entity in forms[form]:
                distances[entity] = min(distance, distances.get(entity, distance))
    return distances


def _names(typed: list[str]) -> Iterator[tuple[int, str]]:
    """Folded names and aliases worth comparing, each with its entity."""
    names = Entity.objects.public().order_by("pk")
    aliases = Alias.objects.published().of_public_entities().order_by("pk")
    steps: list[tuple[Any, str]] = [(names, "pk"), (aliases, "entity")]
    for word in typed:
        if len(word) >= SHORTEST:
            begins = word[:2]
            filed = names.filter(beginning("sort_name", begins))
            steps += [
                (names.filter(beginning("folded", begins)), "pk"),
                (filed.filter(kind__in=Entity.Kind.values), "pk"),
                (aliases.filter(beginning("folded", begins)), "entity"),
            ]
    for rows, key in steps:
        yield from rows.values_list(key, "folded")[:MOST]


def _whole(name: list[str]) -> set[str]:
    """All of a name without its spaces, as it stands and in alphabetical order."""
    return set(_longer(["".join(name), "".join(sorted(name))]))


def _longer(name: list[str]) -> list[str]:
    return [word for word in name if len(word) >= SHORTEST]


def _edits(word: str) -> int:
    """How many letters may be wrong, missing, too many or exchanged."""
    return 1 if len(word) < 6 else 2 if len(word) < 12 else 3


def _records(distances: dict[int, int]) -> list[Near]:
    """Those of the entities that are public, the nearest first."""
    nearest = sorted(distances, key=lambda entity: (distances[entity], entity))[:200]
    rows = Entity.objects.public().filter(pk__in=nearest)
    found = rows.values_list("pk", "kind", "slug", "name")
    ordered = sorted(found, key=lambda row: (distances[row[0]], row[3], row[2]))
    return [Near(kind, slug, name) for _, kind, slug, name in ordered]
