"""The merge itself: one transaction, and a log of it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from entities.locking import alone
from entities.models import Alias, Entity, Redirect
from entities.records import Status
from sources import happenings, publication, settling
from sources.merging import folding, plan
from sources.merging.folding import Fold
from sources.merging.log import Log, fresh, park
from sources.merging.plan import Plan, Rivals
from sources.models import AliasUse, Approach, Correction, Finding, Merge, Note

CHANGED = "What would move has changed since you opened this page: look again."
# What hangs on a claim; readers see of it what they see of the claim.
HANGING: list[tuple[Any, bool]] = [(Note, False), (Approach, True), (Correction, True)]


def merge(merged: Entity, kept: Entity, user: Any, reason: str, seen: str) -> Merge:
    """Merge the first into the second, as the plan with that fingerprint says.

    Raises ValidationError, and writes nothing, where a rule forbids it.
    """
    with alone():
        merged, kept = hold(merged.pk, kept.pk)
        planned = plan.of(merged, kept)
        if planned.problems:
            raise ValidationError(planned.problems)
        if planned.fingerprint != seen:
            raise ValidationError(CHANGED, code="stale")
        log = Log(f"Merged “{merged}” into “{kept}”: {reason}")
        with settling.together():
            _carry(log, planned)
        happenings.date_anew([merged.pk, kept.pk])
        return _noted(log, planned, user, reason)


def hold(*keys: int) -> list[Entity]:
    """These entities, locked until the transaction ends, in the order given."""
    rows = Entity.objects.keyed(keys).select_for_update().order_by("pk")
    found = {one.pk: one for one in rows}
    missing = [key for key in keys if key not in found]
    if missing:
        raise ValidationError("One of the two records has been deleted.")
    return [found[key] for key in keys]


def _noted(log: Log, planned: Plan, user: Any, reason: str) -> Merge:
    merged, kept = planned.merged, planned.kept
    made = Merge(
        kind=merged.kind,
        merged_slug=merged.slug,
        kept_slug=kept.slug,
        reason=reason,
        moved={"merged": merged.pk, "kept": kept.pk, **log.as_json()},
        created_by=user,
    )
    made.full_clean(exclude={"undone_at"})
    made._change_reason = reason[: publication.REASON_LENGTH]
    made.save()
    return made


def _carry(log: Log, planned: Plan) -> None:
    kept = planned.kept
    decided = plan.findings(planned)
    keys = [one.pk for one in decided.values()]
    public = set(Finding.objects.public().keyed(keys).values_list("pk", flat=True))
    for question in planned.questions:
        log.change(question, subject_id=kept.pk)
    _carry_claims(log, planned)
    for pair in planned.rivals:
        _carry_finding(log, pair, decided, public)
    for fold in planned.claims.folds:
        _fold(log, fold, planned)
    for moving in planned.moving:
        for row in moving.rows:
            log.change(row, **{moving.column: kept.pk})
    _carry_names(log, planned)
    for row in planned.distinctions:
        name = "first_id" if row.first_id == planned.merged.pk else "second_id"
        log.change(row, **{name: kept.pk})
    log.change(planned.merged, merged_into_id=kept.pk)
    for pair in planned.rivals:
        _leave_question(log, pair)


def _carry_claims(log: Log, planned: Plan) -> None:
    merged, kept, claims = planned.merged, planned.kept, planned.claims
    park(one.pk for one in [*claims.moved, *claims.swapped])
    for claim in claims.swapped:
        log.change(claim, **folding.ends(claim, kept, merged))
    for claim in claims.moved:
        status = planned.status_of(claim)
        log.change(claim, **folding.ends(claim, merged, kept), status=status)


def _carry_finding(
    log: Log, pair: Rivals, decided: dict[int, Finding], public: set[int]
) -> None:
    """One decision goes along; two both stay in the log, and the question reopens."""
    old, standing = decided.get(pair.old.pk), decided.get(pair.into.pk)
    if old is None:
        return
    if standing is not None:
        noted = [*(standing.considered or []), f"merged:{pair.old.slug}"]
        log.change(standing, considered=noted)
    elif old.pk in public:
        log.change(old, question_id=pair.into.pk)


def _fold(log: Log, fold: Fold, planned: Plan) -> None:
    """Let one claim carry on for two: what hung on the other, and its address."""
    old, into = fold.claim, fold.into
    twins = {_passage(one): one for one in into.evidence.all()}
    for evidence in old.evidence.order_by("pk"):
        twin = twins.get(_passage(evidence))
        # The same passage is not counted, nor shown, twice.
        if twin is not None and (twin.is_public or not evidence.is_public):
            continue
        waits = fold.would_show and evidence.status == Status.PUBLISHED
        status = Status.IN_REVIEW if waits else evidence.status
        log.change(evidence, claim_id=into.pk, status=status)
    for model, is_seen in HANGING:
        if not (is_seen and fold.would_show):
            for row in model.objects.filter(claim=old).order_by("pk"):
                log.change(row, claim_id=into.pk)
    if not fold.would_show:
        _fold_relations(log, fold, planned)
    if old.sensitivity and not into.sensitivity:
        log.change(into, sensitivity=old.sensitivity)
        publication.finish(fresh(into), became=False)
    if fold.is_seen:
        for entity in plan.citing(old.slug, planned.merged):
            log.recite(fresh(entity), old.slug, into.slug)
        _redirect(log, "claim", old.slug, into.slug)
    log.change(old, status=Status.DRAFT)


def _passage(evidence: Any) -> tuple[Any, ...]:
    return (evidence.source_id, evidence.stance, evidence.quote, evidence.start)


def _fold_relations(log: Log, fold: Fold, planned: Plan) -> None:
    """What it contradicts, and the decisions that prefer it."""
    others = [one for one in fold.claim.contradicts.all() if one.pk != fold.into.pk]
    if others:
        log.relate(fold.into, "contradicts", [*fold.into.contradicts.all(), *others])
    for finding in fold.claim.preferred_by.select_related("question"):
        # A decision that stays with the old record stays as it is.
        if finding.question.subject_id != planned.merged.pk:
            rest = finding.preferred.exclude(pk=fold.claim.pk)
            log.relate(finding, "preferred", [*rest, fold.into])


def _carry_names(log: Log, planned: Plan) -> None:
    kept = planned.kept
    for alias in planned.aliases:
        log.change(alias, entity_id=kept.pk, status=planned.status_of(alias))
    for alias in planned.known:
        for twin in kept.aliases.filter(text=alias.text):
            met = set(twin.uses.values_list("source", flat=True))
            for use in AliasUse.objects.filter(alias=alias).order_by("pk"):
                if use.source_id not in met:
                    log.change(use, alias_id=twin.pk)
    if planned.old_name:
        is_seen = planned.merged.status == Status.PUBLISHED
        status = Status.PUBLISHED if is_seen else Status.DRAFT
        log.make(Alias(entity=kept, text=planned.old_name, status=status))


def _leave_question(log: Log, pair: Rivals) -> None:
    """A question that readers saw leads on; one that nothing answers goes."""
    question = fresh(pair.old)
    if pair.old.state != pair.old.State.NO_ANSWER:
        _redirect(log, "question", question.slug, pair.into.slug)
    is_decided = Finding.objects.on([question.pk]).exists()
    if not question.claims.exists() and not is_decided:
        log.drop(question)


def _redirect(log: Log, kind: str, old: str, new: str) -> None:
    if Redirect.objects.target(kind, old) is None:
        log.make(Redirect(kind=kind, old_slug=old, slug=new))
