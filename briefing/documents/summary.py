"""A profile's summary as part of a document: its Markdown read into the tree."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from typing import TYPE_CHECKING

from briefing.documents.tree import Block, Item, Items, Paragraph, Part, Refs, Text
from briefing.pages.summaries import PLACE, markdown, published

if TYPE_CHECKING:
    from markdown_it.token import Token

Cite = Callable[[str], Refs]
STYLES = {"strong_open": "strong", "em_open": "emphasis"}


def blocks(summary: str, public: set[str], cite: Cite) -> Iterator[Block]:
    """Its published sentences, with the notes of the claims that they cite."""
    items: list[Item] = []
    for token in markdown().parse(published(summary, public)):
        if token.type != "inline":
            continue
        words = tuple(_parts(token.children or [], cite))
        # A paragraph in a list stands two levels below the list.
        if token.level > 1:
            items.append(Item(words))
            continue
        yield from _listed(items)
        yield Paragraph(words)
    yield from _listed(items)


def _listed(items: list[Item]) -> Iterator[Items]:
    if items:
        yield Items(tuple(items))
        items.clear()


def _parts(tokens: list[Token], cite: Cite) -> Iterator[Part]:
    styles, href = [""], ""
    for token in tokens:
        if token.type in STYLES:
            styles.append(STYLES[token.type])
        elif token.type in ("strong_close", "em_close"):
            styles.pop()
        elif token.type in ("link_open", "link_close"):
            href = str(token.attrs.get("href", ""))
        else:
            yield from _words(token.content or " ", href, styles[-1], cite)


def _words(words: str, href: str, style: str, cite: Cite) -> Iterator[Part]:
    """Words with the notes that stand among them: every other piece is a claim's."""
    for at, piece in enumerate(PLACE.split(words)):
        if at % 2:
            yield cite(piece)
        elif piece:
            yield Text(piece, href, style)
