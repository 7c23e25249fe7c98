"""What a briefing holds: of a profile or a question, all that readers may see."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator
from typing import Any

from briefing import wording
from briefing.documents import sections, summary
from briefing.documents.tree import (
    Block,
    Document,
    Heading,
    Item,
    Items,
    Paragraph,
    Part,
    Parts,
    Refs,
    Text,
    cleaned,
    named,
    parts,
)
from briefing.pages import connections, drawing, notes, passages, profiles, questions
from briefing.pages.addresses import address
from briefing.pages.answers import Answer, Asked
from briefing.pages.notes import Notes
from briefing.pages.profiles import Held
from briefing.site import LABELS
from entities.models import Alias, Entity
from entities.rows import Each, Rows
from sources.models import Evidence

# As much as fits into what one document can hold; it says so where there is more.
QUESTIONS, PASSAGES = 200, 480
FIRST_QUESTIONS = profiles.first_questions(QUESTIONS)
EVENT_DATES = Rows(
    lambda events: (
        Evidence.objects.public()
        .dating(Each(events))
        .order_by("claim_id", "id")
        .values_list(*notes.COLUMNS, "claim__subject_id")[: notes.MOST]
    )
)
Stance = Evidence.Stance
# What a source that does not support an answer does with it.
ACTS: dict[str, str] = {Stance.DISPUTES: "disputes", Stance.QUESTIONS: "casts doubt on"}


def of_profile(entity: Any) -> Document:
    found = FIRST_QUESTIONS(entity=entity.id)
    asked = list(profiles.that_fit(found[:QUESTIONS], PASSAGES))
    corrections = profiles.CORRECTIONS(entity=entity.id)
    held = profiles.gathered(entity, asked, {row.claim_id for row in corrections})
    page = Notes()
    blocks = [*_profile(entity, held, page)]
    if len(found) > len(asked):
        blocks.append(_more(entity, len(asked)))
    blocks += [*_differing(held, page), *sections.timeline(_dated(entity, held, page))]
    blocks += [*sections.the_sources(page), *sections.corrections(corrections)]
    return Document(
        kind=Entity.Kind(entity.kind).label,
        title=entity.name,
        address=address(entity.kind, entity.slug),
        blocks=cleaned((*blocks, *sections.method())),
        notes=cleaned(tuple(sections.noted(note) for note in page.listed)),
        changed_at=profiles.changed_at(entity, held, corrections),
    )


def of_question(question: Any) -> Document:
    asked = questions.read(question)
    page = Notes()
    blocks = [*_question(asked, page), *sections.timeline(_reported(asked, page))]
    blocks += sections.the_sources(page)
    blocks += sections.corrections(asked.corrections)
    return Document(
        kind="Question",
        title=asked.words,
        address=asked.href,
        blocks=cleaned((*blocks, *sections.method())),
        notes=cleaned(tuple(sections.noted(note) for note in page.listed)),
        changed_at=questions.changed_at(asked),
    )


def _profile(entity: Any, held: Held, page: Notes) -> Iterator[Block]:
    yield from _about(entity)
    told = [*summary.blocks(entity.summary, set(held.by_slug), _citing(held, page))]
    if told:
        yield Heading("Summary")
        yield from told
    if held.asked:
        yield Heading("Key facts")
        yield Items(tuple(sections.fact(asked, page) for asked in held.asked))
    if held.incoming:
        yield Heading(f"Where {entity.name} is the answer")
        yield Items(tuple(_incoming(held.incoming, page)))
    if held.has_more_incoming:
        yield Paragraph(parts("More claims name it than are listed here."))
    if not held.asked and not held.incoming:
        words = f"No source we hold says anything about {entity.name} yet."
        yield Paragraph(parts(words))


def _about(entity: Any) -> Iterator[Paragraph]:
    """When and where an event was, and by what other names the entity is met."""
    dated = wording.opened(wording.date(entity.date))
    told = ", ".join(filter(None, [dated, entity.place]))
    if told:
        yield Paragraph(parts(Text(told, style="strong")))
    aliases = [_alias(row) for row in profiles.ALIASES(entity=entity.id)]
    if aliases:
        words = f"Also met as {wording.listed(aliases)}."
        yield Paragraph(parts(Text(words, style="about")))


def _alias(row: Any) -> str:
    if row.kind == Alias.Kind.SPELLING:
        return f"“{row.text}”"
    return f"“{row.text}” ({wording.lowered(LABELS['alias'][row.kind])})"


def _citing(held: Held, page: Notes) -> summary.Cite:
    def cite(slug: str) -> Refs:
        return sections.cited(held.by_slug[slug].backing.of(Stance.SUPPORTS), page)

    return cite


def _incoming(found: Iterable[Answer], page: Notes) -> Iterator[Item]:
    for one in found:
        claim = one.claim
        label = claim.property_inverse_label or f"{claim.property_label}, said of"
        subject = Text(
            claim.subject_name, address(claim.subject_kind, claim.subject_slug)
        )
        lead = parts(Text(f"{wording.opened(label)}: ", style="strong"), subject)
        yield Item(sections.answer(one, page, lead))


def _more(entity: Any, shown: int) -> Paragraph:
    rest = Text("the profile", address(entity.kind, entity.slug))
    words = f"These are the answers to the first {shown} questions; "
    return Paragraph(parts(words, rest, " has all."))


def _differing(held: Held, page: Notes) -> Iterator[Block]:
    yield Heading("Where sources differ")
    found = [one for one in held.asked if one.question.state == "differ"]
    if not found:
        yield Paragraph(parts(wording.NONE_DIFFERS))
    for asked in found:
        yield Heading(asked.words, 3)
        yield sections.spoken(asked)
        yield from sections.differing(asked, page)


def _dated(entity: Any, held: Held, page: Notes) -> list[tuple[str, Parts]]:
    """What has a date, each with the notes of the claims that give it."""
    turn = [one for asked in held.asked for one in asked.answers] + held.incoming
    rows = _date_rows(entity, held, turn)
    found = []
    for item in connections.dated(entity, held.asked, turn):
        what: list[Part] = [Text(wording.opened(item.label), item.href)]
        if item.is_contested:
            what.append(Text(" (sources differ)", style="about"))
        who = sections.cited(rows[item.href, item.date], page)
        found.append((wording.point(item.date), parts(what, who)))
    return found


def _date_rows(entity: Any, held: Held, turn: list[Answer]) -> Any:
    """The evidence by what it dates: the address and the date of each item."""
    rows: dict[tuple[str, str], list[Any]] = defaultdict(list)
    for asked in held.asked:
        for one in asked.answers:
            key = (asked.href, one.claim.date)
            rows[key] += one.backing.of(Stance.SUPPORTS)
    events = {}
    for one in turn:
        for role in ("object", "subject"):
            id, kind, slug, date = (
                getattr(one.claim, f"{role}_{name}")
                for name in ("id", "kind", "slug", "date")
            )
            if date and id != entity.id:
                events[id] = (address(kind, slug), date)
    for row in EVENT_DATES(events=list(events)):
        rows[events[row.claim_subject_id]].append(row)
    return rows


def _question(asked: Asked, page: Notes) -> Iterator[Block]:
    question = asked.question
    about = Text(
        question.subject_name, address(question.subject_kind, question.subject_slug)
    )
    yield Paragraph(parts("About ", about, "."))
    yield Heading("Summary")
    yield sections.spoken(asked)
    yield Heading("Key facts")
    yield Items(tuple(_answer(one, page) for one in asked.answers))
    if not asked.is_whole:
        words = (
            f"These are {len(asked.answers):,} of {question.answer_count:,} answers."
        )
        yield Paragraph(parts(words))
    yield Heading("Where sources differ")
    if question.state in ("differ", "cannot_tell") or asked.finding:
        yield from sections.settled(asked)
    else:
        yield Paragraph(parts(wording.NONE_DIFFERS))


def _answer(one: Answer, page: Notes) -> Item:
    href = address("claim", one.claim.slug)
    statement = parts(one.claim.statement, " ", Text("All its evidence", href), ".")
    lead = parts(Text(wording.opened(one.words), style="strong"))
    return Item(sections.answer(one, page, lead), (statement,))


def _reported(asked: Asked, page: Notes) -> list[tuple[str, Parts]]:
    """Which source said what when, by the day on which it was published."""
    found: dict[tuple[str, str, str, str], list[Any]] = defaultdict(list)
    for one in asked.answers:
        for row in one.backing.rows:
            if row.source_published and row.stance != Stance.SILENT:
                key = (row.source_published, one.words, row.stance)
                found[(*key, row.source_slug)].append(row)
    lines = []
    for (published, words, stance, _), rows in sorted(found.items(), key=_first_day):
        said = f": {words}" if stance == Stance.SUPPORTS else f" {ACTS[stance]} {words}"
        source = named(passages.source_name(rows[0], "source"))
        who = sections.cited(rows, page)
        lines.append((wording.point(published), parts(source, said, who)))
    return lines


def _first_day(found: tuple[tuple[str, str, str, str], Any]) -> tuple[float, str]:
    (published, words, _, slug), _ = found
    return drawing.first_day(drawing.Dated(published, "", "")), f"{slug} {words}"
