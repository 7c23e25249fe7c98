"""Evidence as readers see it: what stands behind a claim, and a page's notes."""

from __future__ import annotations

import datetime
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from briefing import wording
from briefing.pages.addresses import address, is_shown
from briefing.pages.then import since
from briefing.rows import Each, Rows
from entities.records import Status
from sources.models import Evidence, Source
from sources.origins import Tally, tally


class SourceRow(NamedTuple):
    """What a source's name is made of, and whether readers may see it."""

    title: str
    slug: str
    genre: str
    published: str
    status: str
    hold: str
    not_before: datetime.datetime | None


SOURCE = SourceRow._fields
# No page shows more pieces of evidence than this; each claim's own page has its own.
MOST = 600
COLUMNS = (
    *("id", "claim_id", "slug", "stance", "quote", "form", "is_inferred", "voice"),
    *("speaker_id", "speaker__name", "speaker__slug", "speaker__kind"),
    *("speaker__status", "speaker_label", "via_id", "via_label", "hedge", "note"),
    *("confirmed_by", "anchor", "origin_id", "source_id", "source__standing"),
    *("source__reliability", "source__low", "source__author"),
    *("source__publisher__name", "source__publisher__slug"),
    "source__publisher__status",
    *(f"{one}__{name}" for one in ("source", "via", "origin") for name in SOURCE),
)
ON_CLAIMS = Rows(
    lambda claims: (
        Evidence.objects.public()
        .on(Each(claims))
        .annotate(changed_at=Greatest("modified_at", "source__modified_at"))
        .order_by("claim_id", F("source__low").asc(nulls_last=True), "id")
        .values_list(*COLUMNS, "changed_at")[:MOST]
    )
)
Stance = Evidence.Stance
COUNTING_ANCHORS = {Evidence.Anchor.VERIFIED, Evidence.Anchor.NO_TEXT}
ANCHORS = {
    "verified": "in our copy",
    "folded": "in our copy, apart from punctuation",
    "ambiguous": "in our copy more than once",
    "missing": "not found in our copy",
    "unchecked": "not yet looked for in our copy",
    "no_text": "we hold no copy",
}
FORMS = {
    "verbatim_speech": "someone’s own words",
    "reported_speech": "reported speech",
    "narration": "the source’s own words",
}
VOICES = {
    "own_reporting": "the source itself",
    "named": "a named person or body",
    "anonymous": "someone not named",
    "document": "a document",
    "other_outlet": "another outlet",
}


class Name(NamedTuple):
    """Words for a person, body or source, and where they lead, if anywhere."""

    words: str
    href: str = ""


@dataclass
class Backing:
    """All public evidence on one claim."""

    rows: list[Any] = field(default_factory=list)

    def of(self, *stances: str) -> list[Any]:
        return [row for row in self.rows if row.stance in stances]

    @cached_property
    def counted(self) -> list[Any]:
        """What a reader may count: it supports, it is found, its source stands."""
        return [
            row
            for row in self.of(Stance.SUPPORTS)
            if row.anchor in COUNTING_ANCHORS
            and row.source_standing == Source.Standing.GOOD
        ]

    @cached_property
    def tally(self) -> Tally:
        return tally((row.source_id, row.origin_id) for row in self.counted)

    @cached_property
    def folds(self) -> list[tuple[Name | None, list[Name]]]:
        """Each original source with the articles that lead to it; None: not known."""
        groups: dict[int | None, dict[int, Name]] = defaultdict(dict)
        origins: dict[int | None, Name | None] = {None: None}
        for row in self.counted:
            groups[row.origin_id][row.source_id] = source_name(row, "source")
            if row.origin_id is not None:
                origins[row.origin_id] = source_name(row, "origin")
        known = {pk for key in groups if key is not None for pk in groups[key]}
        unknown = groups.pop(None, {})
        folds = [(origins[key], list(names.values())) for key, names in groups.items()]
        rest = [name for pk, name in unknown.items() if pk not in known]
        return [*folds, (None, rest)] if rest else folds


def on_claims(claims: Iterable[int]) -> dict[int, Backing]:
    """The evidence on each of these claims."""
    found: dict[int, Backing] = defaultdict(Backing)
    for row in ON_CLAIMS(claims=list(claims)):
        found[row.claim_id].rows.append(row)
    return found


def source_name(row: Any, role: str) -> Name:
    """What a source is called: `role` is source, via or origin."""
    source = SourceRow(*(getattr(row, f"{role}_{name}") for name in SOURCE))
    if not is_shown(source):
        return Name(wording.NOT_PUBLISHED)
    kind = Source.Genre(source.genre).label
    words = source.title or wording.untitled(
        kind,
        publisher(row) if role == "source" else "",
        wording.point(source.published),
    )
    return Name(words, address("source", source.slug))


def publisher(row: Any) -> str:
    """The source's publisher, if readers may know it."""
    if row.source_publisher_name is None:
        return ""
    is_shown = row.source_publisher_status == Status.PUBLISHED
    return row.source_publisher_name if is_shown else wording.NOT_PUBLISHED


def who_says_it(row: Any) -> Name:
    if row.speaker_id is None:
        return Name(row.speaker_label or VOICES[row.voice])
    if row.speaker_status != Status.PUBLISHED:
        return Name(wording.NOT_PUBLISHED)
    return Name(row.speaker_name, address(row.speaker_kind, row.speaker_slug))


def credited_to(row: Any) -> Name | None:
    if row.via_id is not None:
        return source_name(row, "via")
    return Name(row.via_label) if row.via_label else None


class Fact(NamedTuple):
    """Something to know of a passage, with the name that it ends in, if any."""

    words: str
    name: Name | None = None
    is_strong: bool = False


class Note(NamedTuple):
    """One piece of evidence with its number on the page, ready to print."""

    number: int
    row: Any
    source: Name
    who: Name
    # The source's publisher, date and reliability, in words.
    where: list[str]
    # What is to know of the words themselves.
    about: list[SafeString | str]


def note(row: Any, number: int) -> Note:
    who = who_says_it(row)
    source = source_name(row, "source")
    about = [_marked_up(fact) for fact in facts(row, who)]
    return Note(number, row, source, who, list(_where(row)), about)


def _where(row: Any) -> Iterator[str]:
    if publisher(row):
        yield publisher(row)
    if row.source_published:
        yield wording.point(row.source_published)
    if row.source_reliability:
        yield f"reliability {row.source_reliability}"


def facts(row: Any, who: Name) -> Iterator[Fact]:
    """Whose words, in what form, and how far they were checked."""
    if row.stance == Stance.SUPPORTS:
        yield Fact(FORMS[row.form])
    else:
        yield Fact(Stance(row.stance).label.lower(), is_strong=True)
    if row.speaker_id or row.speaker_label or row.voice != Evidence.Voice.OWN_REPORTING:
        yield Fact("who says it: ", who)
    credited = credited_to(row)
    if credited:
        yield Fact("credited to ", credited)
    if row.hedge:
        yield Fact(f"the source’s caveat: “{row.hedge}”")
    if row.is_inferred:
        yield Fact("inferred")
    yield from _checked(row)


def _checked(row: Any) -> Iterator[Fact]:
    if row.quote:
        yield Fact(ANCHORS[row.anchor])
    if row.confirmed_by:
        yield Fact(f"confirmed by {row.confirmed_by}")
    if row.source_standing != Source.Standing.GOOD:
        told = f"{row.source_standing} by its publisher: does not count"
        yield Fact(told, is_strong=True)
    withdrawn = since("evidence", row.id) or since("source", row.source_id)
    if withdrawn:
        yield Fact(withdrawn, is_strong=True)


def _marked_up(fact: Fact) -> SafeString | str:
    if fact.is_strong:
        return format_html("<strong>{}</strong>", fact.words)
    if fact.name:
        return format_html("{}{}", fact.words, linked(fact.name))
    return fact.words


def linked(name: Name) -> SafeString | str:
    if not name.href:
        return name.words
    return format_html('<a href="{}">{}</a>', name.href, name.words)


class Ref(NamedTuple):
    """A footnote number in the text; the first one is where the note leads back."""

    number: int
    is_first: bool


class Notes:
    """The numbered notes of one page: each piece of evidence once."""

    def __init__(self, make: Callable[[Any, int], Note] = note) -> None:
        self.make = make
        self.numbers: dict[int, int] = {}
        self.listed: list[Note] = []

    def cite(self, rows: Iterable[Any]) -> list[Ref]:
        """Numbers for this evidence, new ones where it was not cited before."""
        refs = []
        for row in rows:
            is_first = row.id not in self.numbers
            if is_first:
                self.numbers[row.id] = len(self.listed) + 1
                self.listed.append(self.make(row, self.numbers[row.id]))
            refs.append(Ref(self.numbers[row.id], is_first))
        return refs


def footnotes(refs: Iterable[Ref]) -> SafeString:
    """The numbers as they stand in the text, each leading to its note."""
    links = format_html_join(
        " ",
        '<a href="#n{0}"{1}>{0}</a>',
        (
            (
                ref.number,
                format_html(' id="r{}"', ref.number) if ref.is_first else "",
            )
            for ref in refs
        ),
    )
    return format_html("<sup>{}</sup>", links) if links else links
