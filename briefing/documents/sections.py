"""The parts that every briefing has: facts, what differs, sources, how it was made."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Any

from briefing import wording
from briefing.documents.tree import (
    Block,
    Heading,
    Item,
    Items,
    Paragraph,
    Parts,
    Refs,
    Table,
    Text,
    named,
    parts,
)
from briefing.pages import answers, passages, questions, sources
from briefing.pages.addresses import address
from briefing.pages.answers import Answer, Asked
from briefing.pages.notes import Backing, Note, Notes
from briefing.pages.passages import Name
from briefing.site import LABELS
from entities.rows import Each, Rows
from sources.models import Evidence, Source

SOURCES = Rows(
    lambda keys: (
        Source.objects.public()
        .keyed(Each(keys))
        .values_list(
            *("id", *sources.NAME, "publisher__status", "author", "url", "reliability"),
            *("lineage", "derivation", "standing", *sources.ABOVE),
        )
    )
)
OUTCOMES = {
    "unresolved": "We looked into this and could not resolve it.",
    "no_real_difference": "We find no real difference between these answers.",
}
METHOD = (
    "Every line rests on a passage of a source that we hold or can name; the numbered "
    "note gives it. What no published source says is not here. “In our copy” means "
    "that a machine found these words in our copy of the article; “confirmed” that a "
    "person read them there. Neither says that they are true.",
    "Articles that lead back to one original source count once. Where we could not "
    "establish where an article has something, we say so. Reliability is about a "
    "source as a whole, not about any one claim. “No differing source among those we "
    "hold” does not mean that there is none.",
)
Stance = Evidence.Stance


def cited(rows: Iterable[Any], page: Notes) -> Refs:
    return Refs(tuple(page.cite(rows)))


def answer(one: Answer, page: Notes, lead: Parts) -> Parts:
    """An answer with its notes, and what a reader should know of it."""
    told = [f"true for {wording.date(one.claim.during)}"] if one.claim.during else []
    told += ["preferred by our desk"] if one.is_preferred else []
    told += [mark.words for mark in one.marks]
    supported = cited(one.backing.of(Stance.SUPPORTS), page)
    about = Text(f" ({'; '.join([one.backed_by, *told])})", style="about")
    against = cited(one.backing.of(Stance.DISPUTES, Stance.QUESTIONS), page)
    return parts(lead, supported, about, " But see" if against.refs else "", against)


def value(one: Answer) -> Text:
    claim = one.claim
    if claim.object_id is None:
        return Text(wording.opened(one.words))
    return Text(one.words, address(claim.object_kind, claim.object_slug))


def fact(asked: Asked, page: Notes) -> Item:
    """What is claimed in answer to one question."""
    question = asked.question
    words = wording.opened(question.property_label)
    if question.qualifier:
        words += f" ({question.qualifier})"
    label = Text(words, asked.href, "strong")
    marks = "; ".join(mark.words for mark in asked.marks)
    told = [Text(f" ({marks})", style="about")] if marks else []
    if not asked.is_whole:
        count = wording.counted(question.answer_count, "answer")
        return Item(parts(label, told, f": {count}."))
    if len(asked.answers) == 1:
        only = asked.answers[0]
        lead = parts(label, told, ": ", value(only))
        return Item(answer(only, page, lead))
    rivals = (answer(one, page, parts(value(one))) for one in asked.answers)
    return Item(parts(label, told, ":"), tuple(rivals))


def differing(asked: Asked, page: Notes) -> Iterator[Block]:
    """Each answer to one question, why they differ, and what the desk decided."""
    rows = []
    for one in asked.answers:
        lead = Text(wording.sentence(one.words), style="strong")
        who = cited(one.backing.of(Stance.SUPPORTS), page)
        rows.append(Item(parts(lead, f" {one.claim.statement}", who)))
    if rows:
        yield Items(tuple(rows))
    yield from settled(asked)


def settled(asked: Asked) -> Iterator[Paragraph]:
    why = questions.reasons(asked)
    if why and asked.question.property_is_single_valued:
        why = ["Only one answer can be true at a time.", *why]
    if why:
        yield Paragraph(parts(" ".join(why)))
    yield from decision(asked)


def decision(asked: Asked) -> Iterator[Paragraph]:
    finding = asked.finding
    if finding is None:
        yield Paragraph(parts("Desk decision: none yet."))
        return
    verdict = OUTCOMES.get(finding.outcome) or f"We prefer {_preferred(asked)}."
    by = f"Decided by {finding.decided_by} on {wording.day(finding.decided_at)}."
    lead = Text("Desk decision: ", style="strong")
    yield Paragraph(parts(lead, f"{verdict} {finding.reason} ", Text(by, "", "about")))
    if finding.would_change_it:
        lead = Text("What would change this: ", style="strong")
        yield Paragraph(parts(lead, finding.would_change_it))
    if asked.question.decision == "under_review":
        lead = Text("Under review: ", style="strong")
        yield Paragraph(parts(lead, "new evidence has come since."))


def _preferred(asked: Asked) -> str:
    """The answers that the desk prefers; a question with many has them elsewhere."""
    found = [one.words for one in asked.answers if one.is_preferred]
    return wording.listed(found) if found else "one of them"


def spoken(asked: Asked) -> Paragraph:
    """The answer sentence, as the question's own page has it."""
    found = answers.spoken(asked)
    lead = Text(found.lead, style="strong")
    return Paragraph(parts(lead, *(f" {words}" for words in found.rest)))


def timeline(rows: list[tuple[str, Parts]]) -> Iterator[Block]:
    if rows:
        yield Heading("Timeline")
        lines = tuple((parts(wording.opened(when)), what) for when, what in rows)
        yield Table("What happened when", ("When", "What"), lines)


def the_sources(page: Notes) -> Iterator[Block]:
    """Each source of the notes so far, and which lead back to the same original."""
    rows = [note.row for note in page.listed]
    if not rows:
        return
    ordered = list(dict.fromkeys(row.source_id for row in rows))
    found = {row.id: row for row in SOURCES(keys=ordered)}
    yield Heading("Sources")
    yield Table(
        "The sources and where they came from",
        ("Source", "Reliability", "Where it came from", "Notes"),
        tuple(_source(found[pk], page) for pk in ordered),
    )
    yield from _folds(rows)


def _source(source: Any, page: Notes) -> tuple[Parts, ...]:
    publisher = sources.publisher_of(source).words
    dated = wording.point(source.published)
    about = [words for words in (publisher, source.author, dated) if words]
    if source.standing != Source.Standing.GOOD:
        about.append(LABELS["standing"][source.standing])
    chain = wording.listed([name.words for name in sources.chain_of(source)] or [""])
    came = f"{sources.lineage_of(source)}{f' From {chain}.' if chain else ''}"
    original = source.url if source.url.startswith(("http://", "https://")) else ""
    cites = [note.row for note in page.listed if note.row.source_id == source.id]
    return (
        parts(
            named(sources.name_of(source), "strong"),
            "".join(f", {words}" for words in about),
            ". " if original else "",
            Text(original, original),
        ),
        parts(LABELS["reliability"].get(source.reliability, "Not judged")),
        parts(came),
        parts(cited(cites, page)),
    )


def _folds(rows: list[Any]) -> Iterator[Block]:
    """What counts as one: the articles by the original source that they lead to."""
    items = []
    for origin, names in Backing(rows).folds:
        carried = [name for name in names if name != origin]
        if origin is None:
            items.append(Item(parts("Original source not established: ", _row(names))))
        elif carried:
            lead = parts("Original source: ", named(origin), ", carried by ")
            items.append(Item(parts(lead, _row(carried))))
    if items:
        yield Heading("What leads back to what", 3)
        yield Items(tuple(items))


def _row(names: Iterable[Name]) -> Parts:
    """Several names with semicolons between them: titles may hold commas."""
    between: list[Text | str] = []
    for name in names:
        between += ["; ", named(name)]
    return parts(*between[1:])


def corrections(rows: list[Any]) -> Iterator[Block]:
    if rows:
        yield Heading("Corrections")
    for row in rows:
        lead = Text(f"Corrected on {wording.day(row.made_on)}. ", style="strong")
        words = f"We said: {row.said} We say now: {row.says} {row.reason}"
        yield Paragraph(parts(lead, words))


def method() -> Iterator[Block]:
    yield Heading("How this was made")
    for words in METHOD:
        yield Paragraph(parts(words))


def noted(note: Note) -> Parts:
    """A note: the words, then everything about them."""
    row = note.row
    quote = f"“…{note.passage.quote}…” " if row.quote else ""
    where = "".join(f" · {words}" for words in note.passage.where)
    about = [_told(fact) for fact in passages.facts(row, note.who)]
    after = f". {row.note}" if row.note else "."
    words = Text(quote, style="emphasis") if quote else ""
    return parts(words, named(note.source), where, *about, after)


def _told(fact: passages.Fact) -> Parts:
    words = Text(fact.words, style="strong" if fact.is_strong else "")
    return parts(" · ", words, *([named(fact.name)] if fact.name else []))
