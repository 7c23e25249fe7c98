"""The neighbourhood of a record, written to a database in memory and settled there."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.db.models import Q

from entities import edtf
from entities.models import Alias, Distinction, Entity
from entities.records import Status
from sources import settling
from sources.dated.memory import put, put_related
from sources.dated.surroundings import Surroundings, asked
from sources.due import Due, Keys
from sources.models import (
    Approach,
    Claim,
    Correction,
    Evidence,
    Finding,
    Property,
    Question,
    Source,
)
from sources.models.sources import Copy

# Who at the desk made it and works on it is nobody else's business.
STAFF = {"created_by_id": None, "assignee_id": None, "due_on": None}
# Seen as it stood then, whatever embargo it was under before or is given for later.
FREE = {"hold": "", "not_before": None}
# What a search for a quote can come to without finding it word for word.
NOT_FOUND = {
    Evidence.Anchor.FOLDED,
    Evidence.Anchor.AMBIGUOUS,
    Evidence.Anchor.MISSING,
}
WORDS = ("quote", "prefix", "suffix", "start", "end")
Made = dict[Any, list[Any]]


def made(found: Surroundings, main: tuple[Any, int]) -> Made:
    """The rows to write, by table, read while the real database is at hand."""
    _drop_loose(found)
    rows: Made = {
        model: [record(model, row) for row in found.of(model).values()]
        for model in (Alias, Distinction, Correction, Approach, Finding)
    }
    rows[Property] = _properties(found)
    rows[Question], question_of = _questions(found)
    rows[Claim] = [*_claims(found, question_of)]
    rows[Source] = [*_sources(found)]
    rows[Evidence] = [*_evidence(found)]
    rows[Entity] = [*_entities(found, main)]
    return rows


def fill(rows: Made, found: Surroundings) -> None:
    """Write them to the database that stands in, and work out all that follows."""
    for model, some in rows.items():
        put(model, some)
    put_related(Claim, "contradicts", found.contradicts)
    put_related(Finding, "preferred", found.preferred)
    settling.derive(
        Due(
            claims=Keys(row.pk for row in rows[Claim]),
            questions=Keys(row.pk for row in rows[Question]),
            origins=Keys(row.pk for row in rows[Evidence]),
        )
    )


def record(model: Any, row: Any, **fixed: Any) -> Any:
    """The record as that version of it was."""
    kept = {one.attname for one in row._meta.concrete_fields}
    values = {
        one.attname: getattr(row, one.attname)
        for one in model._meta.concrete_fields
        if one.attname in kept
    }
    has = {one.attname for one in model._meta.concrete_fields}
    over = {**STAFF, **fixed}
    return model(**values | {name: over[name] for name in over.keys() & has})


def _drop_loose(found: Surroundings) -> None:
    """Leave out what hangs on something that is not shown."""
    claims, entities = found.of(Claim), found.of(Entity)
    for key, row in list(claims.items()):
        if not {row.subject_id, row.object_id} - {None} <= entities.keys():
            del claims[key]
    for key, row in list(found.of(Evidence).items()):
        if row.claim_id not in claims or row.source_id not in found.of(Source):
            del found.of(Evidence)[key]
    for model in (Correction, Approach):
        for key, row in list(found.of(model).items()):
            if row.claim_id is not None and row.claim_id not in claims:
                del found.of(model)[key]
    # Its reason may speak of the claim that is not shown.
    for finding, claim in found.preferred:
        if claim not in claims:
            found.of(Finding).pop(finding, None)
    shown = found.of(Finding).keys()
    found.preferred = {pair for pair in found.preferred if pair[0] in shown}
    found.contradicts = {pair for pair in found.contradicts if claims.keys() >= {*pair}}
    ends = entities.keys()
    for key, row in list(found.of(Distinction).items()):
        if not {row.first_id, row.second_id} <= ends:
            del found.of(Distinction)[key]


def _properties(found: Surroundings) -> list[Any]:
    keys = {row.property_id for row in found.of(Claim).values()}
    then = found.versions.of(Property, keys)
    found.rows[Property] = then
    return [record(Property, row) for row in then.values()]


def _questions(found: Surroundings) -> tuple[list[Any], dict[Any, int]]:
    """The questions that the claims answer, and the key of each by what it asks."""
    keys = {asked(row) for row in found.of(Claim).values()}
    subjects = {key[0] for key in keys}
    then = found.versions.where(Question, Q(subject__in=subjects))
    rows = [row for row in then.values() if asked(row) in keys]
    return [record(Question, row) for row in rows], {asked(row): row.id for row in rows}


def _claims(found: Surroundings, question_of: dict[Any, int]) -> Iterator[Claim]:
    for row in found.of(Claim).values():
        question = question_of.get(asked(row))
        if question is None or row.property_id not in found.of(Property):
            continue
        claim = record(Claim, row, **FREE, question_id=question, sensitivity="")
        claim._derive_value()
        yield claim


def _sources(found: Surroundings) -> Iterator[Source]:
    """The sources, and stubs without a word for those that are not shown."""
    shown = found.of(Source)
    for row in shown.values():
        low = edtf.parse(row.published).low if row.published else None
        yield record(Source, row, **FREE, low=low, sensitivity="")
    evidence = found.of(Evidence).values()
    level = {row.via_id for row in evidence}
    level |= {row.derived_from_id for row in shown.values()}
    known = {None, *shown}
    while level - known:
        rows = found.versions.of(Source, level - known)
        known |= level
        for key, row in rows.items():
            lineage = {"lineage": row.lineage, "derived_from_id": row.derived_from_id}
            yield Source(**_stub(found, key), **lineage)
        level = {row.derived_from_id for row in rows.values()}


def _evidence(found: Surroundings) -> Iterator[Evidence]:
    """The evidence, each piece with what was known then of its place in our copy."""
    rows, loose = found.of(Evidence), {}
    for key, row in rows.items():
        evidence = record(Evidence, row)
        evidence.locate(Copy(found.of(Source)[row.source_id].text_sha256, None))
        if evidence.anchor == Evidence.Anchor.UNCHECKED:
            loose[key] = evidence
        else:
            yield evidence
    today = Evidence.objects.select_related("source").in_bulk(list(loose))
    for key, evidence in loose.items():
        now, sha256 = today.get(key), found.of(Source)[evidence.source_id].text_sha256
        # The same words looked for in the same text came to the same then.
        if now is not None and now.source.text_sha256 == sha256:
            is_same = all(getattr(now, one) == getattr(evidence, one) for one in WORDS)
            if is_same and now.anchor in NOT_FOUND:
                evidence.anchor = now.anchor
        yield evidence


def _entities(found: Surroundings, main: tuple[Any, int]) -> Iterator[Entity]:
    """Everybody who is shown, and stubs without a name for those who are not."""
    shown = found.of(Entity)
    for key, row in shown.items():
        fixed = {} if main == (Entity, key) else {"summary": ""}
        yield record(Entity, row, **fixed)
    published = {row.publisher_id for row in found.of(Source).values()}
    spoke = {row.speaker_id for row in found.of(Evidence).values()}
    approached = {row.asked_id for row in found.of(Approach).values()}
    for key in (published | spoke | approached) - {None} - shown.keys():
        yield Entity(**_stub(found, key), kind=Entity.Kind.PERSON)


def _stub(found: Surroundings, key: int) -> dict[str, Any]:
    """What a row cannot be without, where nothing of it is shown."""
    times = dict.fromkeys(("created_at", "modified_at"), found.versions.moment)
    return {"id": key, "slug": f"-{key}", "status": Status.DRAFT, **times}
