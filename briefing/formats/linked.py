"""JSON-LD in the words of schema.org: whole records, where pages tell their main facts.

Every claim stands with all its sources and, where the desk decided, its ClaimReview.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from typing import Any

from django.http import HttpRequest

from briefing.formats import public
from briefing.pages import linked
from briefing.pages.addresses import address
from briefing.pages.answers import Answer, Asked
from briefing.pages.notes import Backing
from briefing.pages.passages import Name
from briefing.pages.sources import name_of, publisher_of

Linked = dict[str, Any]
# No source of a claim is left out of a file.
ALL = 1_000_000


def made(request: HttpRequest, kind: str, keys: Sequence[int]) -> list[Linked]:
    """The nodes of these records."""
    return {"entity": entities, "source": sources, "claim": claims}[kind](request, keys)


def entities(request: HttpRequest, keys: Sequence[int]) -> list[Linked]:
    names: dict[int, list[str]] = defaultdict(list)
    for alias in public.ALIASES(keys=keys):
        names[alias.entity_id].append(alias.text)
    asked = _asked(keys)
    return [
        _entity(request, row, names[row.id], asked[row.id])
        for row in public.ENTITIES(keys=keys)
    ]


def _asked(keys: Sequence[int]) -> dict[int, list[Asked]]:
    """The questions about each of these entities, with their answers."""
    about = [row.id for row in public.ABOUT(entities=keys)]
    found = public.CLAIMS(keys=about)
    given: dict[int, list[Answer]] = defaultdict(list)
    for claim in found:
        given[claim.question_id].append(Answer(claim, Backing(), []))
    asked: dict[int, list[Asked]] = defaultdict(list)
    questions = public.questions(found)[0].values()
    for row in sorted(questions, key=lambda row: (row.property_order, row.id)):
        asked[row.subject_id].append(Asked(row, given[row.id]))
    return asked


def _entity(
    request: HttpRequest, row: Any, names: list[str], asked: list[Asked]
) -> Linked:
    node = linked.named(request, row.kind, Name(row.name, address(row.kind, row.slug)))
    node |= {"@id": node["url"]} | linked.facts(request, asked)
    if names:
        node["alternateName"] = names
    if row.wikidata_id:
        node["sameAs"] = f"https://www.wikidata.org/wiki/{row.wikidata_id}"
    return node


def sources(request: HttpRequest, keys: Sequence[int]) -> list[Linked]:
    nodes = []
    for row in public.SOURCES(keys=keys):
        node = linked.of_source(request, row, name_of(row), publisher_of(row))
        del node["@context"]
        nodes.append(node)
    return nodes


def claims(request: HttpRequest, keys: Sequence[int]) -> list[Linked]:
    rows = public.CLAIMS(keys=keys)
    backings = public.backings(row.id for row in rows)
    questions, decided = public.questions(rows)
    nodes: list[Linked] = []
    for row in rows:
        finding, preferred = decided.get(row.question_id, (None, set()))
        answer = Answer(row, backings[row.id], [], row.id in preferred)
        node = linked.claim_of(request, answer, ALL)
        subject = Name(row.subject_name, address(row.subject_kind, row.subject_slug))
        node["about"] = linked.named(request, row.subject_kind, subject)
        asked = Asked(questions[row.question_id], [answer], finding)
        nodes += [node, *linked.reviews(request, asked)]
    return nodes
