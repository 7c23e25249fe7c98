"""A made-up collection of any size: seeded, skewed and derived like real ones.

For n claims: 2n pieces of evidence, n/10 entities with a second name each, n/20 sources
of which most derive from others, 60 properties of which a third have one value. One
organisation has a twentieth of all claims.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator
from typing import Any

SYLLABLES = [first + last for first in "bdfghjkl" for last in "aeiou"]
KINDS = ["organisation", "person", "event"]
TYPES = ["quantity", "text", "date", "entity", "text", "quantity"]
UNITS = ["USD", "person", "percent", "chip"]
BOUNDS = ["exactly", "about", "less_than", "more_than"]
STANCES = ["supports"] * 18 + ["disputes", "questions"]
PROPERTIES = 60
# The property that says when an event happened.
FILLING = "p_2"
DEEPEST = 8
Record = dict[str, Any]


def records(claims: int, seed: int = 1) -> Iterator[Record]:
    """The records of the collection, in an order in which they can be loaded."""
    chance = random.Random(seed)
    words = _vocabulary(chance)
    entities, sources = max(claims // 10, 10), max(claims // 20, 10)
    yield from map(_property, range(PROPERTIES))
    yield from _entities(entities, chance, words)
    yield from _sources(sources, chance, words)
    for number in range(claims):
        yield _claim(number, entities, chance, words)
        for nth in range(2):
            yield _evidence(number, nth, sources, chance, words)


def lines(claims: int, seed: int = 1) -> Iterator[str]:
    """The same as Briefing JSON Lines."""
    for record in records(claims, seed):
        yield json.dumps(record, ensure_ascii=False) + "\n"


def _vocabulary(chance: random.Random) -> list[str]:
    """Made-up words, the commonest first."""
    return ["".join(chance.choices(SYLLABLES, k=2 + n % 3)) for n in range(5_000)]


def _said(chance: random.Random, words: list[str], count: int) -> str:
    """So many words; the few common ones are as common as they are in a language."""
    picked = (words[int(len(words) ** chance.random()) - 1] for _ in range(count))
    return " ".join(picked)


def _property(number: int) -> Record:
    return {
        "type": "property",
        "key": f"p_{number}",
        "label": f"Property {number}",
        "inverse_label": f"Property {number} of",
        "question": f"What is property {number} of {{subject}}?",
        "value_type": TYPES[number % len(TYPES)],
        "is_single_valued": number % 3 == 0,
        "order": number,
        "fills": "date" if f"p_{number}" == FILLING else "",
    }


def _entities(count: int, chance: random.Random, words: list[str]) -> Iterator[Record]:
    for number in range(count):
        name = _said(chance, words, 2).title()
        kind = KINDS[number % len(KINDS)]
        record = {"type": kind, "slug": f"e-{number}", "name": f"{name} {number}"}
        yield record | {"status": "published"}
        yield {
            "type": "alias",
            "entity": f"e-{number}",
            "text": f"{_said(chance, words, 2).title()} {number}",
            "status": "published",
        }


def _sources(count: int, chance: random.Random, words: list[str]) -> Iterator[Record]:
    depths: list[int] = []
    for number in range(count):
        parent = chance.randrange(number) if number else 0
        is_derived = number and chance.random() < 0.6 and depths[parent] < DEEPEST
        depths.append(depths[parent] + 1 if is_derived else 0)
        record = {
            "type": "source",
            "slug": f"s-{number}",
            "title": _said(chance, words, 6).capitalize(),
            "published": f"20{number % 25:02}-{1 + number % 12:02}",
            "reliability": "ABCDEF"[number % 6],
            "status": "published",
        }
        if is_derived:
            yield record | {
                "lineage": "derived",
                "derivation": "copy",
                "derived_from": f"s-{parent}",
            }
        else:
            is_known = chance.random() < 0.7
            yield record | {"lineage": "original" if is_known else "unknown"}


def _claim(
    number: int, entities: int, chance: random.Random, words: list[str]
) -> Record:
    subject = 0 if chance.random() < 0.05 else chance.randrange(entities)
    nth = chance.randrange(PROPERTIES)
    return {
        "type": "claim",
        "slug": f"c-{number}",
        "subject": f"e-{subject}",
        "property": f"p_{nth}",
        # So that an answer is not given twice; the first ones have rivals.
        "qualifier": f"case {number // 3}" if subject == 0 else "",
        **_value(number, TYPES[nth % len(TYPES)], entities, chance),
        "statement": f"{_said(chance, words, 12).capitalize()}.",
        "status": "published",
    }


def _value(number: int, kind: str, entities: int, chance: random.Random) -> Record:
    if kind == "entity":
        # Each other entity once for each subject and property, or nearly so.
        return {"object": f"e-{number % entities}", "during": str(1000 + number % 999)}
    if kind == "date":
        year, month = 1900 + number % 125, 1 + number % 12
        date = f"{year}-{month:02}-{1 + number % 28:02}"
        # The same dates come again after so many.
        again = number // 10_500
        return {"date": date, "during": str(1000 + again) if again else ""}
    if kind == "quantity":
        unit, bound = UNITS[number % 4], BOUNDS[number % len(BOUNDS)]
        return {"amount": str(number + 1), "unit": unit, "bound": bound}
    return {"text": f"{chance.choice(SYLLABLES)} {number}"}


def _evidence(
    number: int, nth: int, sources: int, chance: random.Random, words: list[str]
) -> Record:
    return {
        "type": "evidence",
        "slug": f"c-{number}-{nth}",
        "claim": f"c-{number}",
        "source": f"s-{chance.randrange(sources)}",
        "stance": "supports" if nth == 0 else chance.choice(STANCES),
        "quote": _said(chance, words, 8),
        "form": "narration",
        "voice": "own_reporting",
        "status": "published",
        "confirmed_by": "Bench",
    }
