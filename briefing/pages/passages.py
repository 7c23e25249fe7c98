"""One piece of evidence in words: who says it where, in what form, how far checked."""

from __future__ import annotations

import datetime
from collections.abc import Callable, Iterator
from functools import cache, lru_cache
from operator import attrgetter
from typing import Any, NamedTuple

from django.conf import settings
from django.utils.html import format_html
from django.utils.safestring import SafeString

from briefing import wording
from briefing.pages.addresses import address, is_shown
from briefing.pages.then import since, then
from entities.records import Status
from sources.models import Evidence, Source

Stance = Evidence.Stance
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


class Name(NamedTuple):
    """Words for a person, body or source, and where they lead, if anywhere."""

    words: str
    href: str = ""


class Passage(NamedTuple):
    """One piece of evidence in words, as it is printed."""

    quote: str
    source: Name
    # The source's publisher, date and reliability.
    where: tuple[str, ...]
    # What is to know of the words themselves.
    about: tuple[SafeString | str, ...]
    remark: str


def _may_appear(row: Any) -> bool:
    """Whether a name that it leads to may be shown later, though nothing is written."""
    return bool(row.source_not_before or row.via_not_before or row.origin_not_before)


def _told(row: Any, limit: int) -> tuple[Name, Passage]:
    who = who_says_it(row)
    about = tuple(_marked_up(fact) for fact in facts(row, who))
    source = source_name(row, "source")
    quote = wording.cut(row.quote, limit)
    return who, Passage(quote, source, tuple(_where(row)), about, row.note)


# The same passages are met on many pages, and again after most edits.
_kept = lru_cache(maxsize=4096)(_told)


def told(row: Any) -> tuple[Name, Passage]:
    """Who says it, and the passage."""
    # As of a past day, more than the row tells what is said of it.
    is_settled = then() is None and not _may_appear(row)
    return (_kept if is_settled else _told)(row, settings.PUBLIC_QUOTE_LENGTH)


@cache
def _of(role: str) -> Callable[[Any], Any]:
    return attrgetter(*(f"{role}_{name}" for name in SOURCE))


def source_name(row: Any, role: str) -> Name:
    """What a source is called: `role` is source, via or origin."""
    source = SourceRow(*_of(role)(row))
    if not is_shown(source):
        return Name(wording.NOT_PUBLISHED)
    if source.title:
        return Name(source.title, address("source", source.slug))
    published_by = publisher(row) if role == "source" else ""
    kind = Source.Genre(source.genre).label
    words = wording.untitled(kind, published_by, wording.point(source.published))
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


class Fact(NamedTuple):
    """Something to know of a passage, with the name that it ends in, if any."""

    words: str
    name: Name | None = None
    is_strong: bool = False
