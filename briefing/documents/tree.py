"""A document as a plain tree of words and notes, whatever form it is written in.

Nothing here is marked up: a writer escapes every word for its own form.
"""

from __future__ import annotations

import datetime
import hashlib
import re
import unicodedata
from collections.abc import Iterable
from typing import Any, NamedTuple

from django.utils import timezone

from briefing import wording
from briefing.edition.current import served
from briefing.pages.notes import Ref
from briefing.pages.passages import Name
from entities.characters import DIRECTION_OVERRIDES

GAP = re.compile(r"[ \t\n\r\v\f\x1c-\x1f\x85\u2028\u2029]+")
# What XML cannot hold, and what would turn the words around it.
UNFIT = re.compile(f"[\ufffe\uffff{''.join(sorted(DIRECTION_OVERRIDES))}]")


class Text(NamedTuple):
    """Words in a row; `style` is "", "strong", "emphasis" or "about"."""

    words: str
    href: str = ""
    style: str = ""


class Refs(NamedTuple):
    """The numbers of notes, where they stand in the text."""

    refs: tuple[Ref, ...]


Part = Text | Refs
Parts = tuple[Part, ...]


class Heading(NamedTuple):
    words: str
    level: int = 2


class Paragraph(NamedTuple):
    parts: Parts


class Item(NamedTuple):
    """A row of a list, with those that belong under it."""

    parts: Parts
    inner: tuple[Parts, ...] = ()


class Items(NamedTuple):
    items: tuple[Item, ...]


class Table(NamedTuple):
    caption: str
    head: tuple[str, ...]
    rows: tuple[tuple[Parts, ...], ...]


Block = Heading | Paragraph | Items | Table


class Document(NamedTuple):
    """A whole briefing; the address is that of the record it is about."""

    kind: str
    title: str
    address: str
    blocks: tuple[Block, ...]
    notes: tuple[Parts, ...]
    changed_at: datetime.datetime
    # As of which day it is, or what is wrong with that day; before all else.
    notice: Parts = ()
    stamp: str = ""

    @property
    def version(self) -> str:
        """A fingerprint of what is said: the same evidence has the same version."""
        if self.stamp:
            return self.stamp
        said = repr((self.kind, self.title, self.blocks, self.notes))
        return hashlib.sha256(said.encode()).hexdigest()[:12]

    @property
    def permanent(self) -> str:
        return permanent(self.address, self.changed_at)

    @property
    def dated(self) -> str:
        return wording.day(self.changed_at)


def permanent(address: str, changed_at: datetime.datetime) -> str:
    """The address of a page as it stood at the end of the day of its last change."""
    path = f"{address}?as_of={timezone.localdate(changed_at).isoformat()}"
    return served(path) or address


def plain(words: str) -> str:
    """The words on one line, without anything that is not to be seen."""
    kept = UNFIT.sub("", GAP.sub(" ", words))
    return "".join(char for char in kept if unicodedata.category(char) != "Cc")


def cleaned(part: Any) -> Any:
    """The same tree with every word in it plain."""
    if isinstance(part, str):
        return plain(part)
    if not isinstance(part, tuple):
        return part
    values = [cleaned(one) for one in part]
    return type(part)(*values) if hasattr(part, "_fields") else tuple(values)


def named(name: Name, style: str = "") -> Text:
    return Text(name.words, name.href, style)


def parts(*given: Part | str | Iterable[Part]) -> Parts:
    """Parts in a row: strings as they are, several at once, nothing where empty."""
    found: list[Part] = []
    for one in given:
        if isinstance(one, str):
            found.append(Text(one))
        elif isinstance(one, Text | Refs):
            found.append(one)
        else:
            found.extend(one)
    return tuple(one for one in found if one != Text("") and one != Refs(()))
