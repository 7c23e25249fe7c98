"""What a profile holds: everything said about one person, organisation or event."""

from __future__ import annotations

import datetime
from collections.abc import Iterable, Iterator
from itertools import starmap
from typing import Any, NamedTuple

from django.db.models import F
from markupsafe import Markup

from briefing.pages import answers, connections, drawing, notes, summaries
from briefing.pages.addresses import address
from briefing.pages.answers import CLAIM, FEW, QUESTION, Answer, Asked
from briefing.pages.facts import Fact, of_naming, of_question
from briefing.pages.passages import Name
from entities.models import Alias
from entities.rows import Each, Rows
from sources.models import Claim, Correction, Evidence, Question
from sources.summaries import cited_claims

# With its style and scripts, a page stays under 100 kB.
QUESTIONS_A_PAGE, PASSAGES_A_PAGE, INCOMING, SAID = 50, 40, 60, 12
# A place among the questions: order and id of the property, and the qualifier.
After = tuple[int, int, str]


def first_questions(most: int) -> Rows:
    """The first questions about an entity, and one more if there are more."""
    return Rows(
        lambda entity: Question.objects.first_about(entity, most + 1).values_list(
            *QUESTION
        ),
        in_turn=True,
    )


QUESTIONS = first_questions(QUESTIONS_A_PAGE)
LATER_QUESTIONS = Rows(
    lambda entity, order, property, qualifier: Question.objects.first_about(
        entity,
        QUESTIONS_A_PAGE + 1,
        order=order,
        property=property,
        qualifier=qualifier,
    ).values_list(*QUESTION),
    in_turn=True,
)
CLAIMS = Rows(
    lambda questions, slugs: (
        Claim.objects.public()
        .answering_or_cited(Each(questions), Each(slugs, "text"))
        .in_order()
        .values_list(*CLAIM)
    )
)
NAMING = Rows(
    lambda entity: (
        Claim.objects.public()
        .naming(entity)
        .in_order()
        .values_list(*CLAIM)[: INCOMING + 1]
    )
)
ALIASES = Rows(
    lambda entity: (
        Alias.objects.published().of(entity).values_list("text", "kind", "language")
    )
)
SPOKEN = Rows(
    lambda entity: (
        Evidence.objects.public()
        .spoken_by(entity)
        .order_by(F("source__low").desc(nulls_last=True), "id")
        .values_list(*notes.COLUMNS, "claim__statement", "claim__slug")[: SAID + 1]
    )
)
CORRECTIONS = Rows(
    lambda entity: (
        Correction.objects.public()
        .touching(entity)
        .newest_first()
        .values_list("claim_id", "said", "says", "reason", "made_on", "modified_at")
    )
)


class Said(NamedTuple):
    """What the entity is reported to have said, and where."""

    statement: str
    href: str
    refs: list[notes.Ref]


class Held(NamedTuple):
    """What was read of an entity's claims for one page of its profile."""

    asked: list[Asked]
    incoming: list[Answer]
    by_slug: dict[str, Answer]
    has_more_incoming: bool


class Profile(NamedTuple):
    """All that is shown on one page of a profile."""

    entity: Any
    summary: Markup
    asked: list[Asked]
    facts: list[Fact]
    incoming: list[Fact]
    has_more_incoming: bool
    said: list[Said]
    has_more_said: bool
    dated: drawing.Drawing
    links: list[connections.Link]
    aliases: list[Any]
    namesakes: list[connections.Namesake]
    corrections: list[Any]
    notes: list[notes.Note]
    sources: dict[Name, int]
    changed_at: datetime.datetime
    # The last question shown, where more follow.
    last: Any

    @property
    def differing(self) -> list[Asked]:
        return [asked for asked in self.asked if asked.question.state == "differ"]


def read(entity: Any, after: After | None = None) -> Profile:
    """The profile, from the first question or the one after that place."""
    found = _questions(entity.id, after)
    questions = list(that_fit(found[:QUESTIONS_A_PAGE], PASSAGES_A_PAGE))
    corrections = CORRECTIONS(entity=entity.id)
    held = gathered(entity, questions, {row.claim_id for row in corrections})
    spoken = SPOKEN(entity=entity.id)
    page = notes.Notes()
    summary = _summary(entity.summary, held.by_slug, page)
    turn = list(_cited(held, page))
    said = _said(spoken[:SAID], page)
    return Profile(
        entity=entity,
        summary=summary,
        asked=held.asked,
        facts=[of_question(asked) for asked in held.asked],
        incoming=list(_grouped(held.incoming)),
        has_more_incoming=held.has_more_incoming,
        said=said,
        has_more_said=len(spoken) > SAID,
        dated=drawing.drawn(connections.dated(entity, held.asked, turn)),
        links=connections.links(entity, turn),
        aliases=ALIASES(entity=entity.id),
        namesakes=list(connections.namesakes(entity.id)),
        corrections=corrections,
        notes=page.listed,
        sources=_sources(page.listed),
        changed_at=changed_at(entity, held, corrections),
        last=questions[-1] if len(found) > len(questions) else None,
    )


def _questions(entity: int, after: After | None) -> list[Any]:
    if after is None:
        return QUESTIONS(entity=entity)
    order, property, qualifier = after
    return LATER_QUESTIONS(
        entity=entity, order=order, property=property, qualifier=qualifier
    )


def that_fit(questions: list[Any], most: int) -> Iterator[Any]:
    """As many of these as have no more notes than that together; at least one."""
    passages = 0
    for question in questions:
        if question.answer_count <= FEW:
            passages += max(question.article_count, question.answer_count)
        if passages > most and question is not questions[0]:
            return
        yield question


def gathered(entity: Any, questions: list[Any], corrected: set[int]) -> Held:
    """The claims that answer these questions, name the entity or are cited."""
    few = [question.id for question in questions if question.answer_count <= FEW]
    cited = cited_claims(entity.summary)
    own = CLAIMS(questions=few, slugs=cited)
    naming = NAMING(entity=entity.id)
    decided = answers.decisions(question.id for question in questions)
    # A claim may name its own subject, or be cited from another profile.
    claims = {claim.id: claim for claim in [*own, *naming[:INCOMING]]}
    weighed = answers.weighed(list(claims.values()), corrected, decided)
    by_id = {answer.claim.id: answer for answer in weighed}
    mine = [by_id[claim.id] for claim in own]
    return Held(
        answers.answered(questions, mine, decided),
        [by_id[claim.id] for claim in naming[:INCOMING]],
        {answer.claim.slug: answer for answer in weighed},
        len(naming) > INCOMING,
    )


def changed_at(entity: Any, held: Held, corrections: list[Any]) -> datetime.datetime:
    """When anything that was read of the entity last changed."""
    moments = [moment for answer in held.by_slug.values() for moment in answer.moments]
    moments += [asked.changed_at for asked in held.asked]
    return max(
        [entity.modified_at, *moments, *(one.modified_at for one in corrections)]
    )


def _summary(text: str, public: dict[str, Answer], page: notes.Notes) -> Markup:
    def cite(slug: str) -> Markup:
        rows = public[slug].backing.of(Evidence.Stance.SUPPORTS)
        return Markup(notes.footnotes(page.cite(rows)))

    return summaries.rendered(text, set(public), cite)


def _in_turn(held: Held) -> Iterator[Answer]:
    for asked in held.asked:
        yield from asked.answers
    yield from held.incoming


def _cited(held: Held, page: notes.Notes) -> Iterator[Answer]:
    """The answers in the order of the page, each given its notes."""
    for answer in _in_turn(held):
        answer.cite(page)
        yield answer


def _grouped(incoming: Iterable[Answer]) -> Iterator[Fact]:
    """By what they say of the entity, in the vocabulary's order."""
    groups: dict[str, list[Answer]] = {}
    for answer in incoming:
        claim = answer.claim
        label = claim.property_inverse_label or f"{claim.property_label}, said of"
        groups.setdefault(label, []).append(answer)
    return starmap(of_naming, groups.items())


def _said(rows: list[Any], page: notes.Notes) -> list[Said]:
    by_claim: dict[int, list[Any]] = {}
    for row in rows:
        by_claim.setdefault(row.claim_id, []).append(row)
    return [
        Said(
            group[0].claim_statement,
            address("claim", group[0].claim_slug),
            page.cite(group),
        )
        for group in by_claim.values()
    ]


def _sources(listed: list[notes.Note]) -> dict[Name, int]:
    """Each source of the page and how many of its notes are from it."""
    counts: dict[Name, int] = {}
    for note in listed:
        counts[note.source] = counts.get(note.source, 0) + 1
    return counts
