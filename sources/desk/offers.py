"""What is offered for a passage: subjects, answers, and claims that may fit it."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from entities.folding import words
from entities.models import Entity
from sources import lookup
from sources.desk import names, values_met
from sources.desk.article import Article
from sources.models import Claim, Property, Question
from sources.reading.layout import Place
from sources.reading.mentions import Mention
from sources.reading.wordlists import COMMON

# So many claims of the names in a paragraph are weighed against its words.
WEIGHED = 400
FEW = 5
IN_QUESTION, NO_MATCH = 3, 9


def place(asked: Mapping[str, str], text: str) -> Place:
    """The asked place within the text, without outer spaces; (0, 0) for no place."""
    given = [asked.get("start", ""), asked.get("end", "")]
    if not all(one.isascii() and one.isdigit() and len(one) < 10 for one in given):
        return 0, 0
    start, end = (min(int(one), len(text)) for one in given)
    quote = text[start:end]
    start += len(quote) - len(quote.lstrip())
    return start, start + len(quote.strip())


def entity(one: Entity) -> dict[str, str]:
    hint = f"{one.get_kind_display()} · {one.slug}"
    return {"key": one.slug, "label": one.name, "hint": hint, "kind": one.kind}


def properties(query: str, subject: str) -> list[Property]:
    """Words of the vocabulary that hold what was typed: those that fit first.

    The others follow, for an editor who begins with what is said, not of whom.
    """
    kind = Entity.objects.by_key(subject).values_list("kind", flat=True).first()
    typed = query.strip().casefold()
    ranked = [(_rank(one, typed), one) for one in Property.objects.all()]
    found = [(rank, one) for rank, one in ranked if rank < NO_MATCH]
    # A name that was typed goes before a question that only holds the words.
    found.sort(
        key=lambda row: (
            row[0] == IN_QUESTION,
            not _fits(row[1], kind),
            row[0],
            row[1].order,
            row[1].key,
        )
    )
    return [one for _, one in found]


def _fits(one: Property, kind: str | None) -> bool:
    """Whether it is asked of that kind; of an unknown kind, all are."""
    return kind is None or not one.subject_kinds or kind in one.subject_kinds


def _rank(one: Property, typed: str) -> int:
    """How well it is named by what was typed; NO_MATCH if not at all."""
    label, key = one.label.casefold(), one.key.replace("_", " ")
    if typed in (label, one.key):
        return 0
    if label.startswith(typed) or key.startswith(typed):
        return 1
    if any(word.startswith(typed) for word in f"{label} {key}".split()):
        return 2
    every = f"{label} {key} {one.question.casefold()}"
    found = all(part in every for part in typed.split())
    return IN_QUESTION if found else NO_MATCH


class Offers:
    """One passage of an article, and the names around it."""

    def __init__(self, article: Article, start: int, end: int) -> None:
        self.article, self.start, self.end = article, start, end
        number = article.paragraph_of(start)
        self.paragraph = article.paragraphs[number - 1]

    @cached_property
    def sentence(self) -> Place:
        for start, end in self.article.sentences:
            if start <= self.start < end:
                return start, max(end, self.end)
        return self.paragraph.start, self.paragraph.end

    @cached_property
    def near(self) -> list[Mention]:
        """The mentions of the paragraph: those of the sentence first."""
        start, end = self.paragraph.start, max(self.paragraph.end, self.end)
        inside = [one for one in self.article.mentions if start <= one.start < end]
        return sorted(inside, key=lambda one: (not self._in_sentence(one), one.start))

    def _in_sentence(self, mention: Mention) -> bool:
        return self.sentence[0] <= mention.start < self.sentence[1]

    def _meant(self, mention: Mention) -> tuple[int, ...]:
        """Who goes by a name: of several the one this article was cited on before."""
        known = tuple(key for key in mention.entities if key in self._cited)
        return known if len(known) == 1 else mention.entities

    @cached_property
    def _cited(self) -> set[int]:
        claims = [one.claim for one in self.article.evidence]
        keys = {key for one in claims for key in (one.subject_id, one.object_id)}
        return {key for key in keys if key is not None}

    def _entities(self, mentions: list[Mention]) -> list[Entity]:
        keys = dict.fromkeys(key for one in mentions for key in self._meant(one))
        return [self.article.entities[key] for key in keys]

    def subjects(self) -> list[dict[str, str]]:
        """Whom the passage may be about, the likeliest first.

        Articles go on about one subject for a while: whoever the passage before was
        about, unless other names stand here and theirs does not; then those named in
        its sentence, before it, in the article.
        """
        before = [
            one for one in self.article.mentions if one.start < self.paragraph.start
        ]
        named = [*self.near, *reversed(before)]
        sure = [one for one in named if len(self._meant(one)) == 1]
        found = self._entities(sure)
        near = self._entities(self.near)
        last = self._subject_before()
        if last is not None and (last in near or not near):
            found = [last, *(one for one in found if one != last)]
        earlier = [one.claim.subject for one in reversed(self.article.placed)]
        offered = dict.fromkeys([*found[:FEW], *earlier])
        return [entity(one) for one in offered][: 2 * FEW]

    def _subject_before(self) -> Entity | None:
        """Whom the nearest passage cited before this one is about."""
        placed = [
            (one.start, one.pk, one.claim.subject)
            for one in self.article.placed
            if one.start is not None and one.start <= self.start
        ]
        return max(placed, key=lambda row: row[:2])[2] if placed else None

    def asks(self) -> list[dict[str, Any]]:
        """Names of the paragraph that several go by: the editor says which is meant."""
        return [
            {
                "text": self.article.text[one.start : one.end],
                "choices": [entity(self.article.entities[key]) for key in one.entities],
            }
            for one in self.near
            if len(self._meant(one)) > 1
        ]

    def objects(self) -> list[dict[str, str]]:
        """Who may be the answer: those named in the passage, then in its sentence."""
        within = [one for one in self.near if self.start <= one.start < self.end]
        others = [one for one in self.near if self._in_sentence(one)]
        return [entity(one) for one in self._entities([*within, *others])][:FEW]

    def values(self) -> dict[str, str]:
        """The date and the amount that the passage gives, else its sentence."""
        quote = self.article.text[self.start : self.end]
        sentence = self.article.text[slice(*self.sentence)]
        date = values_met.date_in(quote) or values_met.date_in(sentence)
        found = values_met.amount_in(quote) or values_met.amount_in(sentence)
        # A bound stands before the number, perhaps just outside the selection.
        before = self.article.text[max(self.sentence[0], self.start - 20) : self.start]
        if found.get("bound") == "exactly":
            found |= {
                "bound": values_met.amount_in(before + quote).get("bound", "exactly")
            }
        return {"date": date, **found}

    def claims(self, query: str = "", most: int = FEW) -> list[dict[str, Any]]:
        """Claims, then questions: those of the paragraph's names before all others."""
        nearest = self._entities(self.near)
        about = Claim.objects.filter(subject__in=nearest)
        rows = list(
            about.select_related("subject", "property").order_by("-pk")[:WEIGHED]
        )
        asked = Question.objects.filter(subject__in=nearest).select_related(
            "subject", "property"
        )
        questions = list(asked.order_by("-pk")[:WEIGHED]) if query.strip() else []
        if query.strip():
            known = {one.pk for one in rows}
            rows = [one for one in rows if _holds(one.statement, query)]
            found = Claim.objects.keyed(lookup.claims(query)).exclude(pk__in=known)
            rows += found.select_related("subject", "property").order_by("-pk")[:most]
        else:
            rows.sort(key=self._likeness, reverse=True)
        offered = [_claim(one) for one in rows if one.status not in names.GONE]
        asking = [_question(one) for one in questions if _holds(str(one), query)]
        return [*offered[: most - min(len(asking), 3)], *asking][:most]

    @cached_property
    def _words(self) -> set[str]:
        start, end = self.sentence
        return set(words(self.article.text[start:end])) - COMMON

    def _likeness(self, claim: Claim) -> float:
        """How many telling words of the passage's sentence the statement shares."""
        said = set(words(claim.statement)) - COMMON
        return len(said & self._words) / (len(said) or 1)


def _holds(text: str, query: str) -> bool:
    """Whether each word of the query begins a word of the text."""
    held = words(text)
    return all(any(one.startswith(part) for one in held) for part in words(query))


def _claim(one: Claim) -> dict[str, Any]:
    hint = f"{one.subject.name} · {one.property.label} · {one.get_status_display()}"
    return {"kind": "claim", "key": one.slug, "label": one.statement, "hint": hint}


def _question(one: Question) -> dict[str, Any]:
    return {
        "kind": "question",
        "key": one.slug,
        "label": str(one),
        "hint": "New answer to this question",
        "subject": one.subject.name,
        "subject_key": one.subject.slug,
        "property": one.property.label,
        "property_key": one.property.key,
        "value_type": one.property.value_type,
        "qualifier": one.qualifier,
    }
