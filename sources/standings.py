"""How claims and questions stand: public or not, supported, differing, decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from entities.records import RecordQuerySet
from sources import contradictions, origins
from sources.contradictions import Answer, Outcome, Rule
from sources.models import Claim, Evidence, Finding, Question, Source

Stance = Evidence.Stance
Support = Claim.Support
# Among the keys that a finding considered: a decided question was merged into its own.
MERGED = "merged:"
# What is read of a claim to compare and count it; of a question, its rule too.
WEIGHED = (
    *("object", "date", "amount", "amount_high", "unit", "bound", "text", "during"),
    *Claim.derived_fields,
)
# Of evidence, what tells whether it counts.
COUNTED = ("stance", "anchor", "is_public", "origin", "source__standing")
RULE = ("property__is_single_valued", "property__tolerance")


def publish(claim_ids: list[int]) -> set[int]:
    """Write which of these claims and their evidence are public.

    Returns the questions that this can move: theirs, and those of claims that are
    declared to contradict them.
    """
    evidence = Evidence.objects.filter(claim__in=claim_ids)
    claims = Claim.objects.filter(pk__in=claim_ids)
    # Of these claims alone: a database would first list all that are fit.
    fit = claims.fit_to_publish()
    free = Source.objects.public()
    _flag(evidence, evidence.published().filter(claim__in=fit, source__in=free))
    # That a source is silent is worth showing, but nothing to show a claim for.
    spoken = evidence.public().exclude(stance=Stance.SILENT)
    shown = spoken.values("claim")
    _flag(claims, claims.fit_to_publish().filter(pk__in=shown))
    # Each by its own index: joined with OR they would be looked for among all claims.
    beside = Claim.objects.filter(contradicts__in=claim_ids)
    touched = (claims, beside)
    return {key for rows in touched for key in rows.values_list("question", flat=True)}


def _flag(rows: RecordQuerySet, public: RecordQuerySet) -> None:
    """Raise and lower `is_public` where it is not as it should be."""
    public.filter(is_public=False).update(is_public=True)
    lowered = rows.filter(is_public=True).exclude(pk__in=public.values("pk"))
    lowered.update(is_public=False)


@dataclass
class Weight:
    """What public evidence says for and against one claim."""

    stances: set[str] = field(default_factory=set)
    # (source, origin) of each piece that counts.
    counted: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def support(self) -> str:
        disputed = Stance.DISPUTES in self.stances
        if Stance.SUPPORTS in self.stances:
            if disputed:
                return Support.MIXED
            doubted = Stance.QUESTIONS in self.stances
            return Support.DOUBTED if doubted else Support.SUPPORTED
        return Support.DISPUTED if disputed else Support.UNSUPPORTED


def weigh(question_ids: list[int]) -> None:
    """Write the state, decision and counts of these questions and their claims."""
    claims_of = _public_claims(question_ids)
    ids = [claim.pk for claims in claims_of.values() for claim in claims]
    weights = _weights(ids)
    contradicted = _contradicted(ids)
    Claim.objects.filter(question__in=question_ids, is_public=False).update(
        is_contested=False, support=Support.UNSUPPORTED, article_count=0, origin_count=0
    )
    questions = Question.objects.filter(pk__in=question_ids)
    findings = Finding.objects.by_question(question_ids)
    written = Changes()
    questions = questions.select_related("property")
    for question in questions.only(*Question.derived_fields, *RULE):
        claims = claims_of[question.pk]
        disputed = _disputed(claims, weights) | contradicted
        finding = findings.get(question.pk)
        _weigh_claims(question, claims, weights, disputed, written)
        _weigh_question(question, finding, claims, weights, disputed, written)
    written.save()


class Changes:
    """Derived columns to write: rows that get the same values, together."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[int]] = defaultdict(list)

    def note(self, row: Claim | Question, **derived: Any) -> None:
        """Have these written, if they changed; they are no version of the record."""
        if any(getattr(row, name) != value for name, value in derived.items()):
            self._rows[type(row), *derived.items()].append(row.pk)

    def save(self) -> None:
        for (model, *derived), keys in self._rows.items():
            model.objects.filter(pk__in=keys).update(**dict(derived))


def _public_claims(question_ids: Iterable[int]) -> dict[int, list[Claim]]:
    grouped = defaultdict(list)
    claims = Claim.objects.public().filter(question__in=question_ids)
    for claim in claims.only(*WEIGHED):
        grouped[claim.question_id].append(claim)
    return grouped


def _weights(claim_ids: list[int]) -> dict[int, Weight]:
    weights: dict[int, Weight] = defaultdict(Weight)
    evidence = Evidence.objects.public().filter(claim__in=claim_ids)
    # What counts is picked out here: asked for by stance, a database would go through
    # all evidence that supports anything.
    for piece in evidence.select_related("source").only("claim", *COUNTED):
        weights[piece.claim_id].stances.add(piece.stance)
        if piece.counts:
            weights[piece.claim_id].counted.append((piece.source_id, piece.origin_id))
    return weights


def _contradicted(claim_ids: list[int]) -> set[int]:
    """The claims that another public claim is declared to contradict."""
    declared = Claim.objects.filter(pk__in=claim_ids, contradicts__is_public=True)
    return set(declared.values_list("pk", flat=True))


def _disputed(claims: list[Claim], weights: dict[int, Weight]) -> set[int]:
    return {
        claim.pk for claim in claims if Stance.DISPUTES in weights[claim.pk].stances
    }


def rule_of(question: Question) -> Rule:
    """How the question's answers are compared."""
    return Rule(question.property.is_single_valued, question.property.tolerance)


def answers_of(claims: list[Claim]) -> list[Answer]:
    return [Answer(claim.value, claim.during) for claim in claims]


def _weigh_claims(
    question: Question,
    claims: list[Claim],
    weights: dict[int, Weight],
    disputed: set[int],
    written: Changes,
) -> None:
    contested = set(disputed)
    verdicts = contradictions.pairs(answers_of(claims), rule_of(question))
    for first, second, (outcome, _) in verdicts:
        if outcome == Outcome.DIFFER:
            contested |= {claims[first].pk, claims[second].pk}
    for claim in claims:
        weight = weights[claim.pk]
        counted = origins.tally(weight.counted)
        written.note(
            claim,
            is_contested=claim.pk in contested,
            support=weight.support,
            article_count=counted.articles,
            origin_count=counted.origins,
        )


def _weigh_question(
    question: Question,
    finding: Finding | None,
    claims: list[Claim],
    weights: dict[int, Weight],
    disputed: set[int],
    written: Changes,
) -> None:
    answers = answers_of(claims)
    is_disputed = any(claim.pk in disputed for claim in claims)
    counted = origins.tally(
        row for claim in claims for row in weights[claim.pk].counted
    )
    written.note(
        question,
        state=contradictions.state_of(answers, rule_of(question), is_disputed),
        decision=_decision(question, finding),
        answer_count=len(claims),
        article_count=counted.articles,
        origin_count=counted.origins,
    )


def drop_empty(question_ids: Iterable[int]) -> None:
    """A question goes with its last claim, unless the desk has decided it."""
    left = Question.objects.filter(pk__in=list(question_ids))
    left.filter(claims=None, finding=None).delete()


def basis(question: Question) -> list[str]:
    """What a decision on the question rests on today: keys, in order.

    evidence:<slug>, origin:<source slug> and standing:<source slug>:<standing>.
    """
    keys = set()
    evidence = Evidence.objects.filter(claim__question=question)
    for slug, origin in evidence.weighed().values_list("slug", "origin__slug"):
        keys.add(f"evidence:{slug}")
        if origin:
            keys.add(f"origin:{origin}")
    fallen = evidence.public().filter(~Q(source__standing=Source.Standing.GOOD))
    for slug, standing in fallen.values_list("source__slug", "source__standing"):
        keys.add(f"standing:{slug}:{standing}")
    return sorted(keys)


def _decision(question: Question, finding: Finding | None) -> str:
    """Decided, unless an origin, correction or retraction came that nobody weighed."""
    if finding is None:
        return Question.Decision.NONE
    today = basis(question)
    if finding.considered is None:
        Finding.objects.filter(pk=finding.pk).update(considered=today)
        # The version says it too: what was new since is asked of the past as well.
        version = Finding.history.filter(id=finding.pk, decided_at=finding.decided_at)
        version.filter(considered__isnull=True).update(considered=today)
        finding.considered = today
    new = set(today) - set(finding.considered)
    if any(not key.startswith("evidence:") for key in new) or not _has_claims(question):
        return Question.Decision.UNDER_REVIEW
    # Another question, decided too, became one with it.
    if any(key.startswith(MERGED) for key in finding.considered):
        return Question.Decision.UNDER_REVIEW
    if finding.preferred.exclude(question=question).exists():
        return Question.Decision.UNDER_REVIEW
    return Question.Decision.DECIDED


def _has_claims(question: Question) -> bool:
    return Claim.objects.filter(question=question).exists()
