"""A source's text as the reading desk shows it: paragraphs, marks, names, coverage."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property

from entities.models import Entity
from sources.desk import names
from sources.models import Evidence, Omission, Source
from sources.reading import layout, newcomers, segments
from sources.reading.layout import Coverage, Paragraph, Place
from sources.reading.mentions import Mention
from sources.reading.newcomers import Newcomer
from sources.reading.segments import Segment, Span

# More lines than these under one word cannot be told apart.
DEEPEST = 4


@dataclass(frozen=True, slots=True)
class Piece:
    """A stretch of text in which nothing begins or ends, with its marks."""

    text: str
    classes: str
    # What it is told by, for pointing at its notes.
    evidence: str = ""
    title: str = ""


@dataclass(frozen=True, slots=True)
class Part:
    """One paragraph: its words, and the evidence that begins in it."""

    paragraph: Paragraph
    pieces: list[Piece]
    notes: list[Evidence]
    # “0-17 18-40”: for moving from sentence to sentence.
    sentences: str


@dataclass(frozen=True, slots=True)
class Met:
    """A name met in the text, and who goes by it."""

    text: str
    count: int
    entities: list[Entity]
    guess: str = ""


@dataclass
class Article:
    """One source's text with all that the desk knows of it."""

    source: Source
    text: str
    evidence: list[Evidence] = field(default_factory=list)
    omissions: list[Omission] = field(default_factory=list)

    @cached_property
    def paragraphs(self) -> list[Paragraph]:
        return layout.paragraphs(self.text)

    @cached_property
    def sentences(self) -> list[Place]:
        return layout.sentences(self.text)

    @cached_property
    def mentions(self) -> list[Mention]:
        return names.known().mentions_in(self.text)

    @cached_property
    def entities(self) -> dict[int, Entity]:
        met = {key for mention in self.mentions for key in mention.entities}
        met |= {key for newcomer in self._newcomers for key in newcomer.like}
        return names.by_key(met)

    @cached_property
    def _newcomers(self) -> list[Newcomer]:
        return newcomers.newcomers(self.text, self.mentions)

    @cached_property
    def placed(self) -> list[Evidence]:
        return [one for one in self.evidence if one.start is not None and one.quote]

    @property
    def unplaced(self) -> list[Evidence]:
        """Evidence whose words are not, or not for sure, in this text."""
        return [one for one in self.evidence if one.start is None]

    @cached_property
    def coverage(self) -> Coverage:
        cited = [(one.start or 0, one.end or 0) for one in self.placed]
        left_out = [(one.start, one.end) for one in self.omissions]
        return layout.coverage(self.text, cited, left_out)

    @property
    def percent_left(self) -> int:
        return round(100 * self.coverage.share_left)

    @property
    def bare(self) -> list[tuple[int, int, str, int]]:
        """Sentences still to be dealt with: place, words, paragraph."""
        return [
            (start, end, self.text[start:end], self.paragraph_of(start))
            for start, end in self.coverage.bare
        ]

    def paragraph_of(self, place: int) -> int:
        found = layout.paragraph_at(self.paragraphs, place)
        return found.number if found else 1

    @property
    def parts(self) -> list[Part]:
        laid = segments.lay_out(self.text, self._spans())
        by_slug = {one.slug: one for one in self.placed}
        return [
            Part(
                one.paragraph,
                [self._piece(segment, by_slug) for segment in one.segments],
                [
                    by_slug[str(span.id)]
                    for segment in one.segments
                    for span in segment.opening
                    if span.kind == "evidence"
                ],
                self._sentences_in(one.paragraph),
            )
            for one in laid
        ]

    def _spans(self) -> list[Span]:
        spans = [
            Span(one.start or 0, one.end or 0, "evidence", one.slug)
            for one in self.placed
        ]
        spans += [
            Span(one.start, one.end, "omission", one.pk) for one in self.omissions
        ]
        for number, mention in enumerate(self.mentions):
            kind = "asks" if mention.is_ambiguous else "known"
            spans.append(Span(mention.start, mention.end, kind, number))
        for newcomer in self._newcomers:
            for start, end in newcomer.places:
                spans.append(Span(start, end, "newcomer", newcomer.text))
        return spans

    def _piece(self, segment: Segment, by_slug: dict[str, Evidence]) -> Piece:
        cited = [span for span in segment.spans if span.kind == "evidence"]
        classes = [kind for kind in segment.kinds if kind != "evidence"]
        if cited:
            classes += ["cited", f"deep-{min(len(cited), DEEPEST)}"]
        told = [by_slug[str(span.id)].claim.statement for span in cited]
        told += [self._who(span) for span in segment.spans if span.kind != "evidence"]
        return Piece(
            self.text[segment.start : segment.end],
            " ".join(classes),
            " ".join(str(span.id) for span in cited),
            " · ".join(filter(None, told)),
        )

    def _who(self, span: Span) -> str:
        """What a mark other than evidence says when it is pointed at."""
        if span.kind == "omission":
            found = [one.reason for one in self.omissions if one.pk == span.id]
            return f"Left out: {found[0]}" if found else ""
        if span.kind == "newcomer":
            return "Not known by this name"
        mention = self.mentions[int(span.id)]
        called = [str(self.entities[key]) for key in mention.entities]
        return " or ".join(called) + ("?" if mention.is_ambiguous else "")

    def _sentences_in(self, paragraph: Paragraph) -> str:
        return " ".join(
            f"{start}-{end}"
            for start, end in self.sentences
            if paragraph.start <= start < paragraph.end
        )

    @property
    def ambiguous(self) -> list[Met]:
        """Names that several records go by."""
        grouped: dict[tuple[int, ...], list[Mention]] = {}
        for mention in self.mentions:
            if mention.is_ambiguous:
                grouped.setdefault(mention.entities, []).append(mention)
        return [
            Met(
                self.text[found[0].start : found[0].end],
                len(found),
                [self.entities[key] for key in keys],
            )
            for keys, found in grouped.items()
        ]

    @property
    def unknown(self) -> list[Met]:
        """Name-like words by which nobody is known."""
        return [
            Met(
                one.text,
                one.count,
                [self.entities[key] for key in one.like if key in self.entities],
                one.guess,
            )
            for one in self._newcomers
        ]


def read(source: Source) -> Article | None:
    """The article of a source as it stands now; None if we hold no text of it."""
    text = Source.objects.copy_of(source.pk).text
    if text is None:
        return None
    evidence = Evidence.objects.from_source(source).exclude(status__in=names.GONE)
    return Article(
        source,
        text,
        list(evidence.select_related("claim", "speaker", "via")),
        list(source.omissions.order_by("start", "end")),
    )
