"""Questions with their answers, what stands behind each, and the sentence for it."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from briefing import wording
from briefing.pages import marks, notes, passages
from briefing.pages.addresses import address
from briefing.pages.marks import Mark
from briefing.pages.notes import Backing
from briefing.pages.passages import Name
from entities.rows import Each, Rows
from sources.models import Claim, Evidence, Finding
from sources.models.vocabulary import in_words
from sources.origins import Tally, tally

CLAIM = (
    *("id", "slug", "statement", "question_id", "subject_id", "subject__name"),
    *("subject__kind", "subject__slug", "subject__date", "property__label"),
    *("property__inverse_label", "property__order", "qualifier", "object_id"),
    *("object__name", "object__kind", "object__slug", "object__date", "date", "amount"),
    *("amount_high", "unit", "bound", "text", "no_value", "during", "low", "high"),
    *("support", "is_contested", "article_count", "modified_at"),
)
QUESTION = (
    *("id", "slug", "qualifier", "state", "decision", "answer_count", "article_count"),
    *("subject_id", "subject__name", "subject__kind", "subject__slug", "property_id"),
    *("property__key", "property__label", "property__question", "property__order"),
    *("property__value_type", "property__is_single_valued", "property__tolerance"),
    *("property__schema_org", "modified_at"),
)
ANSWERS = Rows(
    lambda questions: (
        Claim.objects.public().answering(Each(questions)).in_order().values_list(*CLAIM)
    )
)
FINDINGS = Rows(
    lambda questions: (
        Finding.objects.public()
        .on(Each(questions))
        .order_by("id")
        .values_list(
            *("question_id", "outcome", "reason", "would_change_it", "decided_by"),
            *("decided_at", "preferred__id"),
        )
    )
)
Stance = Evidence.Stance
# A question with more answers than this shows them on its own page only.
FEW = 40
# By question: the desk decision and the claims that it prefers.
Decided = dict[int, tuple[Any, set[int]]]
NOUNS = {"date": "the date", "quantity": "the figure"}


@dataclass
class Answer:
    """One public claim with what stands behind it."""

    claim: Any
    backing: Backing
    marks: list[Mark]
    is_preferred: bool = False
    refs: list[notes.Ref] = field(default_factory=list)
    against: list[notes.Ref] = field(default_factory=list)

    @cached_property
    def words(self) -> str:
        return wording.value(self.claim)

    @property
    def name(self) -> Name:
        """What it answers, with a link if that has a profile."""
        claim = self.claim
        if claim.object_id is None:
            return Name(wording.opened(self.words))
        return Name(claim.object_name, address(claim.object_kind, claim.object_slug))

    @property
    def subject(self) -> Name:
        kind, slug = self.claim.subject_kind, self.claim.subject_slug
        return Name(self.claim.subject_name, address(kind, slug))

    @cached_property
    def backed_by(self) -> str:
        return wording.backing(self.backing.tally)

    @property
    def backed(self) -> notes.Backed:
        href = address("claim", self.claim.slug)
        return notes.Backed(
            self.backing.folds, self.backing.tally, self.backed_by, href
        )

    @cached_property
    def sources(self) -> list[Name]:
        """Those that support it, each once."""
        rows = self.backing.of(Stance.SUPPORTS)
        return list(dict.fromkeys(passages.source_name(row, "source") for row in rows))

    @property
    def moments(self) -> list[datetime.datetime]:
        """When it changed, and when each piece of evidence or its source did."""
        rows = (row.changed_at for row in self.backing.rows)
        return [self.claim.modified_at, *rows]

    def cite(self, page: notes.Notes) -> None:
        """Give its evidence numbers on the page."""
        self.refs = page.cite(self.backing.of(Stance.SUPPORTS))
        self.against = page.cite(self.backing.of(Stance.DISPUTES, Stance.QUESTIONS))


@dataclass
class Asked:
    """One question with its answers, as far as they are shown."""

    question: Any
    answers: list[Answer]
    finding: Any = None
    marks: list[Mark] = field(default_factory=list)
    # What its claims said before, where a page is about them.
    corrections: list[Any] = field(default_factory=list)

    @cached_property
    def words(self) -> str:
        return asks(self.question)

    @property
    def href(self) -> str:
        return address("question", self.question.slug)

    @property
    def all_marks(self) -> list[Mark]:
        """Its own and those of its answers, each once."""
        of_answers = (mark for answer in self.answers for mark in answer.marks)
        return list(dict.fromkeys([*self.marks, *of_answers]))

    @property
    def changed_at(self) -> datetime.datetime:
        moments = [moment for answer in self.answers for moment in answer.moments]
        decided = [self.finding.decided_at] if self.finding else []
        return max([self.question.modified_at, *moments, *decided])

    @property
    def is_whole(self) -> bool:
        """Whether all its answers are here."""
        return len(self.answers) >= self.question.answer_count

    @cached_property
    def tally(self) -> Tally:
        return tally((row.source_id, row.origin_id) for row in self.counted)

    @cached_property
    def counted(self) -> list[Any]:
        return [row for answer in self.answers for row in answer.backing.counted]


class Spoken(NamedTuple):
    """The answer to a question in plain words: the gist, then what to know of it."""

    lead: str
    rest: list[str]


def asks(question: Any) -> str:
    """The question in words."""
    words, subject = question.property_question, question.subject_name
    return in_words(words, subject, question.qualifier)


def decisions(questions: Iterable[int]) -> Decided:
    """The desk decision on each of these questions and the claims it prefers."""
    found: Decided = {}
    for row in FINDINGS(questions=list(questions)):
        found.setdefault(row.question_id, (row, set()))[1].add(row.preferred_id)
    return found


def weighed(
    claims: Sequence[Any], corrected: set[int], decided: Decided | None = None
) -> list[Answer]:
    """These claims as answers, each with the evidence on it."""
    backings = notes.on_claims(claim.id for claim in claims)
    subjects = {claim.subject_id for claim in claims}
    allies = marks.Allies(subjects.union(*map(marks.speakers, backings.values())))
    preferred = {pk for _, claims in (decided or {}).values() for pk in claims}
    return [
        Answer(
            claim,
            backings[claim.id],
            marks.of_claim(claim, backings[claim.id], allies, claim.id in corrected),
            claim.id in preferred,
        )
        for claim in claims
    ]


def answered(
    questions: Sequence[Any], answers: Iterable[Answer], decided: Decided
) -> list[Asked]:
    """These questions with those of the answers that are theirs."""
    of: dict[int, list[Answer]] = defaultdict(list)
    for answer in answers:
        of[answer.claim.question_id].append(answer)
    return [
        _asked(question, of[question.id], decided.get(question.id))
        for question in questions
    ]


def _asked(question: Any, answers: list[Answer], decided: Any) -> Asked:
    """Preferred answers first, then those with the most articles."""
    finding = decided[0] if decided else None
    answers.sort(key=lambda one: (not one.is_preferred, -one.backing.tally.articles))
    return Asked(question, answers, finding, marks.of_question(question, finding))


def read(questions: Sequence[Any]) -> list[Asked]:
    """These questions with their answers, evidence and decisions."""
    few = [question.id for question in questions if question.answer_count <= FEW]
    claims = ANSWERS(questions=few)
    decided = decisions(few)
    corrected = marks.corrected(claim.id for claim in claims)
    return answered(questions, weighed(claims, corrected, decided), decided)


def spoken(asked: Asked) -> Spoken:
    """The answer sentence, composed from stored evidence by rule."""
    question = asked.question
    said = [(answer.words, answer.backing.tally.articles) for answer in asked.answers]
    if not said:
        return Spoken(f"{question.answer_count:,} answers.", [])
    lead, rest = wording.summed_up(question.state, said)
    noun = NOUNS.get(question.property_value_type, "this")
    rest.append(wording.where_from(asked.tally, noun, _only_origin(asked)))
    rest += _doubts(asked) + _only_named(asked)
    if question.state in ("one_answer", "agree"):
        rest.append(wording.NONE_DIFFERS)
    preferred = [answer.words for answer in asked.answers if answer.is_preferred]
    if preferred and question.decision == "decided":
        rest = ["Our desk prefers this answer.", lead, *rest]
        lead = wording.sentence(wording.listed(preferred))
    return Spoken(lead, list(filter(None, rest)))


def _only_origin(asked: Asked) -> str:
    """The name of the one original source; empty if it is the one article itself."""
    names: dict[int, Name] = {}
    for row in asked.counted:
        if row.origin_id is not None:
            names[row.origin_id] = passages.source_name(row, "origin")
    if {row.source_id for row in asked.counted} == set(names):
        return ""
    return next(iter(names.values())).words if len(names) == 1 else ""


def _doubts(asked: Asked) -> list[str]:
    """Who disputes or doubts the answers: once, where all are met by the same."""
    said = []
    for stance, act in ((Stance.DISPUTES, "dispute"), (Stance.QUESTIONS, "doubt")):
        doubters = [
            (answer.words, {row.source_id for row in answer.backing.of(stance)})
            for answer in asked.answers
        ]
        same = doubters[0][1]
        if same and all(sources == same for _, sources in doubters):
            whom = wording.all_of(len(doubters))
            said.append(wording.casts(len(same), act, whom))
            continue
        for words, sources in doubters:
            if sources:
                said.append(wording.casts(len(sources), act, f"“{words}”"))
    return said


def _only_named(asked: Asked) -> list[str]:
    found = [
        answer
        for answer in asked.answers
        if any(mark.code == "only-named" for mark in answer.marks)
    ]
    if not found:
        return []
    question = asked.question
    itself = wording.itself(question.subject_name, question.subject_kind)
    if len(found) == len(asked.answers):
        return [f"The only source named for it is {itself}."]
    words = wording.listed(f"“{answer.words}”" for answer in found)
    return [f"For {words} the only source named is {itself}."]
