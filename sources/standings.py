"""How claims and questions stand: supported, differing, decided."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from django.db.models import Q

from entities.rows import Each, Rows
from sources import contradictions, origins
from sources.contradictions import Answer, Outcome, Rule
from sources.models import Claim, Evidence, Finding, Question, Source
from sources.values import Value

Stance = Evidence.Stance
Support = Claim.Support
# Among the keys that a finding considered: a decided question was merged into its own.
MERGED = "merged:"
# What follows from public evidence, of a claim and of a question.
OF_CLAIM = ("is_contested", "support", "article_count", "origin_count")
NOTHING = (False, Support.UNSUPPORTED, 0, 0)
VALUE = ("object_id", "date", "amount", "amount_high", "unit", "bound", "text")
QUESTIONS = Rows(
    lambda questions: Question.objects.filter(pk__in=Each(questions)).values_list(
        *("id", *Question.derived_fields),
        *("property__is_single_valued", "property__tolerance"),
    )
)
CLAIMS = Rows(
    lambda questions: Claim.objects.answering(Each(questions)).values_list(
        *("id", "question_id", "is_public", "during", *VALUE, *OF_CLAIM)
    )
)
# What counts is picked out here: asked for by stance, a database would go through all
# evidence that supports anything.
EVIDENCE = Rows(
    lambda claims: (
        Evidence.objects.public()
        .on(Each(claims))
        .values_list(
            *("claim_id", "stance", "anchor", "source_id", "origin_id"),
            "source__standing",
        )
    )
)
CONTRADICTED = Rows(
    lambda claims: Claim.objects.filter(
        pk__in=Each(claims), contradicts__is_public=True
    ).values_list("id")
)
DECIDED = Rows(
    lambda questions: Finding.objects.filter(question__in=Each(questions)).values_list(
        "question_id"
    )
)


@dataclass
class Weight:
    """What public evidence says for and against one claim."""

    stances: set[str] = field(default_factory=set)
    # (source, origin) of each piece that counts.
    counted: list[tuple[int, int | None]] = field(default_factory=list)

    @property
    def support(self) -> str:
        """What does not count (its quote is gone, its source fell) supports nothing."""
        disputed = Stance.DISPUTES in self.stances
        if self.counted:
            if disputed:
                return Support.MIXED
            doubted = Stance.QUESTIONS in self.stances
            return Support.DOUBTED if doubted else Support.SUPPORTED
        return Support.DISPUTED if disputed else Support.UNSUPPORTED


def weigh(question_ids: list[int]) -> None:
    """Write the state, decision and counts of these questions and their claims."""
    claims_of, written = _claims(question_ids)
    ids = [claim.id for claims in claims_of.values() for claim in claims]
    weights = _weights(ids)
    contradicted = {row.id for row in CONTRADICTED(claims=ids)}
    decided = [row.question_id for row in DECIDED(questions=question_ids)]
    findings = Finding.objects.by_question(decided)
    for question in QUESTIONS(questions=question_ids):
        claims = claims_of[question.id]
        asked = Asked(question, claims, answers_of(claims), findings.get(question.id))
        disputed = _disputed(claims, weights) | contradicted
        _weigh_claims(asked, weights, disputed, written)
        _weigh_question(asked, weights, disputed, written)
    written.save()


class Changes:
    """Derived columns to write: rows that get the same values, together."""

    def __init__(self) -> None:
        self._rows: dict[Any, list[int]] = defaultdict(list)

    def note(self, model: Any, row: Any, **derived: Any) -> None:
        """Have these written, if they changed; they are no version of the record."""
        if any(getattr(row, name) != value for name, value in derived.items()):
            self._rows[model, *derived.items()].append(row.id)

    def save(self) -> None:
        for (model, *derived), keys in self._rows.items():
            model.objects.filter(pk__in=keys).update(**dict(derived))


def _claims(question_ids: list[int]) -> tuple[dict[int, list[Any]], Changes]:
    """The public claims by question; of the others, that nothing stands behind them."""
    grouped, written = defaultdict(list), Changes()
    for claim in CLAIMS(questions=question_ids):
        if claim.is_public:
            grouped[claim.question_id].append(claim)
        else:
            written.note(Claim, claim, **dict(zip(OF_CLAIM, NOTHING, strict=True)))
    return grouped, written


def _weights(claim_ids: list[int]) -> dict[int, Weight]:
    weights: dict[int, Weight] = defaultdict(Weight)
    for piece in EVIDENCE(claims=claim_ids):
        weights[piece.claim_id].stances.add(piece.stance)
        if _counts(piece):
            weights[piece.claim_id].counted.append((piece.source_id, piece.origin_id))
    return weights


def _counts(piece: Any) -> bool:
    """As `Evidence.counts`, of a row."""
    is_found = piece.anchor in (Evidence.Anchor.VERIFIED, Evidence.Anchor.NO_TEXT)
    stands = piece.source_standing == Source.Standing.GOOD
    return piece.stance == Stance.SUPPORTS and is_found and stands


def _disputed(claims: list[Any], weights: dict[int, Weight]) -> set[int]:
    return {
        claim.id for claim in claims if Stance.DISPUTES in weights[claim.id].stances
    }


def _rule(question: Any) -> Rule:
    """How the question's answers are compared."""
    return Rule(question.property_is_single_valued, question.property_tolerance)


def answers_of(claims: Iterable[Any]) -> list[Answer]:
    """What these claims, or rows with their columns, answer."""
    return [Answer(Value.of(claim), claim.during) for claim in claims]


class Asked(NamedTuple):
    """A question with its public claims, what they answer, and the desk decision."""

    question: Any
    claims: list[Any]
    answers: list[Answer]
    finding: Finding | None


def _weigh_claims(
    asked: Asked,
    weights: dict[int, Weight],
    disputed: set[int],
    written: Changes,
) -> None:
    contested = set(disputed)
    for first, second, (outcome, _) in _verdicts(asked):
        if outcome == Outcome.DIFFER:
            contested |= {asked.claims[first].id, asked.claims[second].id}
    for claim in asked.claims:
        weight = weights[claim.id]
        counted = origins.tally(weight.counted)
        written.note(
            Claim,
            claim,
            is_contested=claim.id in contested,
            support=weight.support,
            article_count=counted.articles,
            origin_count=counted.origins,
        )


def _verdicts(asked: Asked) -> list[tuple[int, int, contradictions.Verdict]]:
    if len(asked.answers) < 2:
        return []
    return contradictions.pairs(asked.answers, _rule(asked.question))


def _weigh_question(
    asked: Asked,
    weights: dict[int, Weight],
    disputed: set[int],
    written: Changes,
) -> None:
    question, claims = asked.question, asked.claims
    is_disputed = any(claim.id in disputed for claim in claims)
    counted = origins.tally(
        row for claim in claims for row in weights[claim.id].counted
    )
    written.note(
        Question,
        question,
        state=contradictions.state_of(asked.answers, _rule(question), is_disputed),
        decision=_decision(question.id, asked.finding),
        answer_count=len(claims),
        article_count=counted.articles,
        origin_count=counted.origins,
    )


def drop_empty(question_ids: Iterable[int]) -> None:
    """A question goes with its last claim, unless the desk has decided it."""
    left = Question.objects.filter(pk__in=list(question_ids))
    left.filter(claims=None, finding=None).delete()


def basis(question: int) -> list[str]:
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


def _decision(question: int, finding: Finding | None) -> str:
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


def _has_claims(question: int) -> bool:
    return Claim.objects.filter(question=question).exists()
