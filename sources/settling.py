"""Everything derived, brought up to date in the transaction that changes its cause.

What readers may see, what counts, how questions stand and when events happened all
follow from other rows. A save says which claims, sources or questions it touched;
they are settled together, once, at the end of the outermost `together()`.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.db.models import Q

from entities.locking import alone
from entities.models import Alias, Distinction, Entity, Redirect
from entities.records import PublishableRecord, Record, Status, follows
from sources import copies, flagging, happenings, indexing, origins, standings
from sources.due import Due, Keys, Tell, nobody
from sources.models import (
    Claim,
    Correction,
    Evidence,
    Finding,
    Property,
    Question,
    SearchEntry,
    Source,
    SourceText,
)

_due: ContextVar[Due | None] = ContextVar("due", default=None)


@contextmanager
def together() -> Iterator[Due]:
    """Settle what the block touches once, at its end, in one transaction with it."""
    outer = _due.get()
    if outer is not None:
        yield outer
        return
    due = Due()
    token = _due.set(due)
    try:
        with alone():
            yield due
            settle(due)
    finally:
        _due.reset(token)


def settle(due: Due) -> None:
    """Work out all that is derived from these rows, and how readers find them."""
    derive(due)
    for questions in due.chunks(due.left):
        standings.drop_empty(questions)
    indexing.refresh(due)


def derive(due: Due) -> None:
    """Work out what is public, what counts, how questions stand, when events were."""
    for evidence in due.chunks(due.origins):
        origins.refresh(evidence)
    for claims in due.chunks(due.claims):
        due.questions |= flagging.publish(claims)
    for questions in due.chunks(due.questions):
        standings.weigh(questions)
    # Before empty questions go: the events they were about lose a date with them.
    for questions in due.chunks(due.questions):
        due.entities |= happenings.date_events(questions)


@follows(Entity, Source, Claim, Question)
def keep_old_address(record: Record) -> None:
    kind = str(getattr(record, "kind", "") or record._meta.model_name)
    Redirect.objects.keep(kind, record)


@follows(Entity)
def follow_entity(entity: Entity) -> None:
    """Claims about an entity are public only while it is; questions have its name."""
    with together() as due:
        due.entities.add(entity.pk)
        if entity.is_being_added:
            return
        about = Claim.objects.filter(Q(subject=entity.pk) | Q(object=entity.pk))
        if entity.has_changed("status"):
            due.claims |= set(about.values_list("pk", flat=True))
        if entity.has_changed("name"):
            asked = Question.objects.filter(subject=entity.pk)
            due.reworded |= set(asked.values_list("pk", flat=True))
            places = Question.objects.filter(
                claims__object=entity.pk, property__fills=Property.Fills.PLACE
            )
            due.questions |= set(places.values_list("pk", flat=True))
        if entity.has_changed("status", "name"):
            published = Source.objects.filter(publisher=entity.pk)
            due.sources |= set(published.values_list("pk", flat=True))


@follows(Alias, Distinction)
def follow_name(record: Alias | Distinction) -> None:
    with together() as due:
        # A draft changes nothing that readers see, and nobody is told of it.
        if isinstance(record, Alias) and _is_or_was_published(record):
            due.entities.add(record.entity_id)


def _is_or_was_published(record: PublishableRecord) -> bool:
    return Status.PUBLISHED in (record.status, record.stored("status"))


@follows(Source)
def follow_source(source: Source) -> None:
    """A source's lineage moves origins; its status and standing move what counts."""
    with together() as due:
        due.sources.add(source.pk)
        if source.is_being_added:
            return
        if source.has_changed("text_sha256"):
            copies.check_quotes(source)
        if not source.has_changed(*Source.WEIGHED):
            return
        family = origins.descendants([source.pk])
        evidence = Evidence.objects.filter(Q(source__in=family) | Q(via__in=family))
        for pk, claim in evidence.values_list("pk", "claim"):
            due.origins.add(pk)
            due.claims.add(claim)


@follows(SourceText)
def follow_text(text: SourceText) -> None:
    """A new text: its fingerprint, and every quote looked for in it at once."""
    with together():
        source = Source.objects.get(pk=text.source_id)
        # A new fingerprint is followed by follow_source.
        if not copies.note_fingerprint(source):
            copies.check_quotes(source)


@follows(Evidence)
def follow_evidence(evidence: Evidence) -> None:
    with together() as due:
        due.origins.add(evidence.pk)
        if _is_or_was_published(evidence):
            before = evidence.stored("claim_id")
            due.claims |= {key for key in (before, evidence.claim_id) if key}


@follows(Claim)
def follow_claim(claim: Claim) -> None:
    with together() as due:
        due.claims.add(claim.pk)
        before = claim.stored("question_id")
        has_moved = before not in (None, claim.question_id)
        if has_moved or _is_or_was_published(claim):
            due.questions |= {key for key in (before, claim.question_id) if key}
        due.left |= {before} - {None}
        if claim.has_new_value:
            for evidence in claim.evidence.confirmed():
                evidence.unconfirm()
                evidence.save()


@follows(Question)
def follow_question(question: Question) -> None:
    with together() as due:
        due.questions.add(question.pk)


@follows(Property)
def follow_property(property: Property) -> None:
    """How answers are compared, and how they are asked for, is the property's."""
    with together() as due:
        if property.is_being_added:
            return
        asked = Question.objects.filter(property=property.pk)
        due.questions |= set(asked.values_list("pk", flat=True))


@follows(Finding)
def follow_finding(finding: Finding) -> None:
    with together() as due:
        due.questions.add(finding.question_id)
        due.left.add(finding.question_id)


@follows(Correction)
def follow_correction(correction: Correction) -> None:
    """What was put right is a change to the record that it was in."""
    with together() as due:
        for keys, key in (
            (due.claims, correction.claim_id),
            (due.entities, correction.entity_id),
            (due.sources, correction.source_id),
        ):
            keys |= {key} if key else set()


def relate(record: Record, name: str, others: Iterable[Record]) -> None:
    """Set a relation to many records; what it touches on either side is settled."""
    with together():
        relation = getattr(record, name)
        before, after = set(relation.all()), set(others)
        if before != after:
            relation.set(after)
            record.settle()
            is_symmetrical = relation.source_field_name.startswith("from_")
            for other in before ^ after:
                # Kept both ways, it is a change to the other record as well: whoever
                # has that open would otherwise take it back unknowingly.
                other.save() if is_symmetrical else other.settle()


def end_embargoes() -> int:
    """Settle what an ended embargo held back; return how many records readers gain."""
    claims = Claim.objects.after_embargo().hidden()
    sources = set(Source.objects.after_embargo().values_list("pk", flat=True))
    found = SearchEntry.objects.of_kind("source").recording(sources)
    with together() as due:
        before = set(claims.values_list("pk", flat=True))
        due.claims |= before
        due.sources |= sources - set(found.values_list("record_id", flat=True))
        freed = Evidence.objects.filter(source__in=list(due.sources))
        due.claims |= set(freed.values_list("claim", flat=True))
        count = len(due.sources)
    return count + Claim.objects.public().filter(pk__in=before).count()


def rebuild(tell: Tell = nobody) -> int:
    """Settle every row; return how many claims there were."""
    everything = Due(
        claims=_all(Claim),
        questions=_all(Question),
        origins=_all(Evidence),
        entities=_all(Entity),
        sources=_all(Source),
        left=_all(Question),
        is_rebuild=True,
        tell=tell,
    )
    with alone():
        settle(everything)
        indexing.forget_what_has_gone()
    return len(everything.claims)


def _all(model: Any) -> Keys:
    return Keys(model.objects.values_list("pk", flat=True).iterator())
