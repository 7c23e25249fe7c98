"""Records that may be of one and the same: proposed with reasons, decided by editors.

Only records of one kind are compared, and never all with all: names are sorted, and
each is held against its neighbours. Nothing but the names is held in memory.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from itertools import combinations, groupby
from operator import attrgetter, itemgetter
from typing import Any

from django.db.models import Aggregate, Count, TextField
from rapidfuzz.fuzz import ratio

from entities.models import Alias, Distinction, Entity
from sources.models import Claim

Pair = tuple[int, int]

# Of 100: about one letter in ten may be another. In short names one letter makes
# another name, and too many pairs.
ALIKE = 90
SHORTEST_ALIKE = 8
# The same for the words in which two names differ.
ALIKE_WORDS = 80
# How far names that differ in a letter may stand apart when sorted.
NEIGHBOURS = 8
# What more records than these share tells none of them from the others.
MOST_SHARING = 6
# One answer in common is chance or kinship: two founders of one firm.
ENOUGH_CLAIMS = 2

_SCORES = {"wikidata": 100, "name": 90, "order": 80, "alike": 60, "claims": 40}


@dataclass(slots=True)
class Duplicate:
    """Two records of one kind that may be one, the lower id first, and why."""

    first: int
    second: int
    reasons: list[str] = field(default_factory=list)
    # For the order of the list; it is no likelihood.
    score: int = 0


@dataclass(frozen=True, slots=True)
class _Name:
    entity: int
    kind: str
    text: str
    folded: str
    # The folded words in alphabetical order.
    in_order: str


def duplicates() -> list[Duplicate]:
    """Pairs proposed for merging, the likeliest first.

    Left out are merged records and pairs that an editor has told apart.
    """
    found = _Found()
    names = _names()
    found.add_sharing(_called(names, "folded"), "name", "Same name: “{}”.")
    found.add_sharing(
        _called(names, "in_order"), "order", "Same words in another order: “{}”."
    )
    for one, other in _alike(names):
        words = f"Names alike: “{one.text}” and “{other.text}”."
        found.add((one.entity, other.entity), "alike", words)
    found.add_sharing(_by_wikidata(), "wikidata", "Same Wikidata identifier: {}.")
    for pair, count in _shared_claims().items():
        if count >= ENOUGH_CLAIMS or pair in found.pairs:
            words = "one answer" if count == 1 else f"{count} answers"
            found.add(pair, "claims", f"They share {words}.")
    apart = set(Distinction.objects.values_list("first", "second"))
    return found.without(apart)


class _Found:
    """The pairs so far."""

    def __init__(self) -> None:
        self.pairs: dict[Pair, Duplicate] = {}

    def add(self, pair: Pair, kind: str, reason: str) -> None:
        pair = (min(pair), max(pair))
        if pair[0] == pair[1]:
            return
        duplicate = self.pairs.setdefault(pair, Duplicate(*pair))
        # The same words in order need no second reason out of order.
        if kind == "order" and duplicate.reasons:
            return
        # A further reason counts, but less than the kind of the strongest.
        further = 1 if duplicate.reasons else 0
        duplicate.score = max(duplicate.score, _SCORES[kind]) + further
        duplicate.reasons.append(reason)

    def add_sharing(
        self, groups: Iterable[dict[int, str]], kind: str, reason: str
    ) -> None:
        """The pairs of each group: what they share, in the words of either."""
        for sharing in groups:
            if 1 < len(sharing) <= MOST_SHARING:
                for pair in combinations(sorted(sharing), 2):
                    self.add(pair, kind, reason.format(sharing[pair[0]]))

    def without(self, apart: set[Pair]) -> list[Duplicate]:
        kept = [
            duplicate
            for (first, second), duplicate in self.pairs.items()
            if not apart & {(first, second), (second, first)}
        ]
        return sorted(kept, key=lambda one: (-one.score, one.first, one.second))


def _names() -> list[_Name]:
    """Every name and alias of the records that are not merged, ordered."""
    own = Entity.objects.filter(merged_into=None).order_by("id")
    aliases = Alias.objects.filter(entity__merged_into=None).order_by("id")
    rows = [
        *own.values_list("id", "kind", "name", "folded"),
        *aliases.values_list("entity", "entity__kind", "text", "folded"),
    ]
    return [
        _Name(entity, kind, text, folded, " ".join(sorted(folded.split())))
        for entity, kind, text, folded in rows
        if folded
    ]


def _called(names: list[_Name], form: str) -> Iterator[dict[int, str]]:
    """Entities of one kind that share a form of a name, each with it as written."""
    key = attrgetter("kind", form)
    for _, group in groupby(sorted(names, key=key), key):
        sharing: dict[int, str] = {}
        for name in group:
            sharing.setdefault(name.entity, name.text)
        yield sharing


def _by_wikidata() -> Iterator[dict[int, str]]:
    rows = (
        Entity.objects.filter(merged_into=None)
        .exclude(wikidata_id="")
        .order_by("kind", "wikidata_id", "id")
        .values_list("kind", "wikidata_id", "id")
    )
    for (_, identifier), group in groupby(rows.iterator(), itemgetter(0, 1)):
        yield {entity: identifier for _, _, entity in group}


def _alike(names: list[_Name]) -> Iterator[tuple[_Name, _Name]]:
    """Names that differ in a letter or two.

    Sorted as they are, by their words in order, and backwards: wherever the letter
    is, one of these leaves the two names near each other.
    """
    long = [name for name in names if len(name.folded) >= SHORTEST_ALIKE]
    seen: set[tuple[_Name, _Name]] = set()
    for key in (
        lambda name: (name.kind, name.folded),
        lambda name: (name.kind, name.in_order),
        lambda name: (name.kind, name.folded[::-1]),
    ):
        ranked = sorted(long, key=key)
        for distance in range(1, NEIGHBOURS + 1):
            for one, other in zip(ranked, ranked[distance:], strict=False):
                if ratio(
                    one.in_order, other.in_order, score_cutoff=ALIKE
                ) and _may_be_one(one, other):
                    pair = (one, other) if one.entity < other.entity else (other, one)
                    if pair not in seen:
                        seen.add(pair)
                        yield pair


def _may_be_one(one: _Name, other: _Name) -> bool:
    """Whether two names so alike are not simply the same, or two on purpose."""
    if one.kind != other.kind or one.in_order == other.in_order:
        return False
    # The interviews of 2023 and 2024 are two, and so are the 1st and the 2nd army.
    if _numbers(one) != _numbers(other):
        return False
    ours, theirs = one.in_order.split(), other.in_order.split()
    # Northwind Laboratories and Southwind Laboratories share their longest word only.
    odd = [word for word in ours if word not in theirs]
    odder = [word for word in theirs if word not in ours]
    return not (odd and odder) or ratio(" ".join(odd), " ".join(odder)) >= ALIKE_WORDS


def _numbers(name: _Name) -> list[str]:
    words = sorted(name.folded.split())
    return [word for word in words if any(char.isdigit() for char in word)]


class _Together(Aggregate):
    """The keys that a group holds, each once, with commas between."""

    function, template = "GROUP_CONCAT", "%(function)s(DISTINCT %(expressions)s)"
    output_field = TextField()

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        template = "STRING_AGG(DISTINCT (%(expressions)s)::text, ',')"
        return self.as_sql(compiler, connection, template=template, **more)


def _shared_claims() -> dict[Pair, int]:
    """How many answers two records of one kind have in common, for those with any."""
    groups = (
        Claim.objects.filter(subject__merged_into=None, no_value=False)
        .order_by()
        .values("subject__kind", "property", "qualifier", "value_key")
        .annotate(amount=Count("subject", distinct=True), keys=_Together("subject"))
        .filter(amount__gt=1, amount__lte=MOST_SHARING)
    )
    counts: dict[Pair, int] = defaultdict(int)
    for keys in groups.values_list("keys", flat=True).iterator():
        for pair in combinations(sorted(map(int, keys.split(","))), 2):
            counts[pair] += 1
    return counts
