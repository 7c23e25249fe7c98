"""FollowTheMoney: people, bodies and events, and what relates them.

That model has no disagreement, no doubt and no rough date. What it cannot express is
listed with its reason in `not_expressed` of the entity it is about: nothing is lost in
silence. Written without the library, which drops such values unasked.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest

from briefing import wording
from briefing.formats import public
from briefing.pages import passages
from briefing.pages.addresses import address
from briefing.pages.notes import Backing
from entities.models import Alias, Entity
from entities.records import Status
from sources.models import Claim, Evidence

FtM = dict[str, Any]
PLAIN = re.compile(r"\d{4}(-\d\d(-\d\d)?)?")
SCHEMATA = {"company": "Company", "government": "PublicBody"}
KINDS = {"person": "Person", "organisation": "Organization", "event": "Event"}
FORMER = {Alias.Kind.FORMER_NAME: "previousName", Alias.Kind.ABBREVIATION: "weakAlias"}
BODY = {"Organization", "Company", "PublicBody"}
LEGAL = {"Person", *BODY}


class Edge(NamedTuple):
    """A relation of the model: its ends, and which schemata may stand there."""

    subject: str
    object: str
    subjects: set[str]
    objects: set[str]


EDGES = {
    "Directorship": Edge("director", "organization", LEGAL, BODY),
    "Employment": Edge("employee", "employer", {"Person"}, BODY),
    "Family": Edge("person", "relative", {"Person"}, {"Person"}),
    "Membership": Edge("member", "organization", LEGAL, BODY),
    "Ownership": Edge("owner", "asset", LEGAL, {"Company"}),
    "UnknownLink": Edge("subject", "object", {*KINDS.values()}, {*KINDS.values()}),
}
# What a property of the model takes, where that is not any words.
DATES = {"birthDate", "deathDate", "incorporationDate", "dissolutionDate", "date"}
CODED = {"country", "nationality", "jurisdiction"}
OWN = {
    "Person": {"birthDate", "birthPlace", "deathDate", "position", "education"},
    "Event": {"date", "location"},
    **dict.fromkeys(BODY, {"incorporationDate", "dissolutionDate", "legalForm"}),
}
EVERY = {"country", "description", "keywords", "notes", "summary", "address"}


def made(request: HttpRequest, kind: str, keys: Sequence[int]) -> list[FtM]:
    """These entities, each followed by its relations to others."""
    rows = public.ENTITIES(keys=keys)
    names = public.ALIASES(keys=keys)
    about = [row.id for row in public.ABOUT(entities=keys)]
    claims = public.CLAIMS(keys=about)
    backings = public.backings(about)
    schemata = _schemata(claims, rows)
    found: list[FtM] = []
    for row in rows:
        entity = _entity(
            request, row, [one for one in names if one.entity_id == row.id]
        )
        relations = []
        for claim in (one for one in claims if one.subject_id == row.id):
            told = _Telling(request, claim, backings[claim.id], schemata)
            relations += told.into(entity)
        found += [entity, *relations]
    return found


def _schemata(claims: Sequence[Any], rows: Sequence[Any]) -> dict[int, str]:
    """The schema of each entity that is met here."""
    met = {row.id for row in rows} | {one.object_id for one in claims} - {None}
    return {row.id: _schema(row) for row in public.ENTITIES(keys=sorted(met))}


def _schema(row: Any) -> str:
    return SCHEMATA.get(row.category, KINDS[Entity.Kind(row.kind)])


def _entity(request: HttpRequest, row: Any, aliases: Sequence[Any]) -> FtM:
    here = request.build_absolute_uri(address(row.kind, row.slug))
    properties: dict[str, list[str]] = {"name": [row.name], "sourceUrl": [here]}
    # The model counts a misspelling for a name under which somebody goes.
    for alias in aliases:
        _add(properties, FORMER.get(alias.kind, "alias"), alias.text)
    given = {
        "firstName": row.given_name,
        "lastName": row.family_name,
        "wikidataId": row.wikidata_id,
        "modifiedAt": row.modified_at.date().isoformat(),
    }
    for name, value in given.items():
        if value:
            _add(properties, name, value)
    return {
        "id": f"{row.kind}-{row.slug}",
        "schema": _schema(row),
        "properties": properties,
        "statements": [],
        "not_expressed": [],
    }


def _add(properties: dict[str, list[str]], name: str, value: str) -> None:
    values = properties.setdefault(name, [])
    if value not in values:
        values.append(value)


class _Telling(NamedTuple):
    """One claim on its way into the model."""

    request: HttpRequest
    claim: Any
    backing: Backing
    schemata: dict[int, str]

    def into(self, entity: FtM) -> list[FtM]:
        """Add it to the entity it is about, or give the relation that it is."""
        why = self._refused(entity["schema"])
        if why:
            entity["not_expressed"].append(self._listed(why))
            return []
        losses = [*self._losses()]
        if self._is_relation():
            return [self._relation(entity, losses)]
        name, value = self.claim.property_ftm, self._value()
        _add(entity["properties"], name, value)
        for place, values in self._provenance().items():
            for one in values:
                _add(entity["properties"], place, one)
        entity["statements"].append(self._statement(name, value))
        entity["not_expressed"] += map(self._listed, losses)
        return []

    def _refused(self, schema: str) -> str:
        """Why it cannot be told at all; empty if it can."""
        claim = self.claim
        if claim.support not in (Claim.Support.SUPPORTED, Claim.Support.MIXED):
            return f"it is {claim.support}, and the model has no doubt"
        if claim.no_value:
            return "known to be none, which the model cannot say"
        if self._is_relation():
            return ""
        name = claim.property_ftm
        if name not in OWN[schema] | EVERY:
            return f"the model has no property for “{claim.property_label}”"
        if name in DATES and not PLAIN.fullmatch(claim.date):
            return f"the model has no date such as “{wording.value(claim)}”"
        if name in CODED:
            return "the model takes countries by code only"
        return ""

    def _is_relation(self) -> bool:
        named = self.claim.property_ftm
        return self.claim.object_id is not None and (not named or named in EDGES)

    def _value(self) -> str:
        claim = self.claim
        return str(claim.object_name or claim.date or wording.value(claim))

    def _losses(self) -> Iterator[str]:
        """What of it is lost, though the rest is told."""
        claim = self.claim
        if claim.is_contested:
            yield "that sources differ"
        if claim.qualifier and not self._is_relation():
            yield f"the qualifier “{claim.qualifier}”"
        during = claim.during
        if during and not (self._is_relation() and all(map(_is_end, _ends(during)))):
            yield f"when it held, “{during}”"
        if self._is_relation() and claim.property_ftm not in ("", self._edge()):
            yield f"that it is of the kind {claim.property_ftm}"

    def _edge(self) -> str:
        """The relation that fits both ends."""
        named = self.claim.property_ftm
        edge = EDGES.get(named)
        ends = self.schemata[self.claim.subject_id], self.schemata[self.claim.object_id]
        fits = edge and ends[0] in edge.subjects and ends[1] in edge.objects
        return named if fits else "UnknownLink"

    def _relation(self, entity: FtM, losses: list[str]) -> FtM:
        claim, schema = self.claim, self._edge()
        edge = EDGES[schema]
        role = claim.property_label
        properties = {
            edge.subject: [entity["id"]],
            edge.object: [f"{claim.object_kind}-{claim.object_slug}"],
            "role" if schema != "Family" else "relationship": [
                f"{role} ({claim.qualifier})" if claim.qualifier else role
            ],
            "summary": [claim.statement],
            **self._provenance(),
        }
        ends = _ends(claim.during)
        if claim.during and all(map(_is_end, ends)):
            places = ("startDate", "endDate") if len(ends) > 1 else ("date",)
            for place, end in zip(places, ends, strict=True):
                if PLAIN.fullmatch(end):
                    properties[place] = [end]
        return {
            "id": f"claim-{claim.slug}",
            "schema": schema,
            "properties": properties,
            "statements": [self._statement("role", role)],
            "not_expressed": [self._listed(one) for one in losses],
        }

    def _provenance(self) -> dict[str, list[str]]:
        """Where its sources stand, who published them, when we read them."""
        rows = self.backing.of(Evidence.Stance.SUPPORTS)
        found: dict[str, list[str]] = {}
        for row in rows:
            page = address("source", row.source_slug)
            url = row.source_url or self.request.build_absolute_uri(page)
            _add(found, "sourceUrl", url)
            if row.source_publisher_status == Status.PUBLISHED:
                _add(found, "publisher", row.source_publisher_name)
            if PLAIN.fullmatch(row.source_accessed):
                _add(found, "retrievedAt", row.source_accessed)
        return found

    def _statement(self, name: str, value: str) -> FtM:
        """Which claim of ours says so, and on which sources."""
        rows = self.backing.of(Evidence.Stance.SUPPORTS)
        names = dict.fromkeys(passages.source_name(row, "source").words for row in rows)
        told = {"id": self.claim.slug, "property": name, "value": value}
        return told | {"sources": [*names]}

    def _listed(self, why: str) -> FtM:
        return {"claim": self.claim.slug, "why": why}


def _ends(during: str) -> list[str]:
    return during.split("/")


def _is_end(text: str) -> bool:
    """Whether the model can say it: a plain date, or that there is no end yet."""
    return text in ("..", "") or bool(PLAIN.fullmatch(text))
