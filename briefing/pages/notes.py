"""Evidence as readers see it: what stands behind a claim, and a page's notes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import cached_property, lru_cache
from typing import Any, NamedTuple

from django.db.models import F
from django.db.models.functions import Greatest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString

from briefing.pages.passages import SOURCE, Name, Passage, Stance, source_name, told
from entities.rows import Each, Rows
from sources.models import Evidence, Source
from sources.origins import Tally, tally

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
COUNTING_ANCHORS = {Evidence.Anchor.VERIFIED, Evidence.Anchor.NO_TEXT}
# An original source, None where it is not known, and the articles that lead to it.
Fold = tuple[Name | None, tuple[Name, ...]]


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
    def folds(self) -> tuple[Fold, ...]:
        """Each original source with the articles that lead to it; None: not known."""
        groups: dict[int | None, dict[int, Name]] = defaultdict(dict)
        origins: dict[int | None, Name | None] = {None: None}
        for row in self.counted:
            groups[row.origin_id][row.source_id] = source_name(row, "source")
            if row.origin_id is not None:
                origins[row.origin_id] = source_name(row, "origin")
        known = {pk for key in groups if key is not None for pk in groups[key]}
        unknown = groups.pop(None, {})
        folds = [(origins[key], tuple(of.values())) for key, of in groups.items()]
        rest = tuple(name for pk, name in unknown.items() if pk not in known)
        return (*folds, (None, rest)) if rest else tuple(folds)


class Backed(NamedTuple):
    """How many articles and original sources carry a claim, and which."""

    folds: tuple[Fold, ...]
    tally: Tally
    words: str
    href: str


def on_claims(claims: Iterable[int]) -> dict[int, Backing]:
    """The evidence on each of these claims."""
    found: dict[int, Backing] = defaultdict(Backing)
    for row in ON_CLAIMS(claims=list(claims)):
        found[row.claim_id].rows.append(row)
    return found


class Note(NamedTuple):
    """One piece of evidence with its number on the page, ready to print."""

    number: int
    row: Any
    who: Name
    passage: Passage

    @property
    def source(self) -> Name:
        return self.passage.source


def note(row: Any, number: int) -> Note:
    return Note(number, row, *told(row))


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
    return _footnotes(tuple(refs))


@lru_cache(maxsize=4096)
def _footnotes(refs: tuple[Ref, ...]) -> SafeString:
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
