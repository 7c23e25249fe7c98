"""A document as Markdown, with `[^1]` footnotes as GitHub and Pandoc have them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from urllib.parse import quote, urljoin

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
    Table,
    Text,
)

# Whatever some Markdown takes for more than a character, wherever it stands.
SPECIAL = re.compile(r"([\\`*_\[\]<>{}|~^$&@]|:(?=//)|(?<=www)\.)", re.IGNORECASE)
# What makes a list, a heading, a rule or a definition of the line that it begins.
OPENING = re.compile(r"\A(\s*)(?:([-+#=:>])|(\d+)([.)]))")
AROUND = {"strong": "**", "emphasis": "*"}


def written(document: Document, site: str) -> str:
    """The document; its links begin with the address of the site."""
    return "\n\n".join(_Writer(site).blocks(document)) + "\n"


def escaped(words: str) -> str:
    """The words as Markdown that gives the very same words."""
    return SPECIAL.sub(r"\\\1", words)


class _Writer:
    def __init__(self, site: str) -> None:
        self.site = site

    def blocks(self, document: Document) -> Iterator[str]:
        yield f"# {self.line((Text(document.title),))}"
        address = urljoin(self.site, document.permanent)
        yield (
            f"Briefing · {document.kind} · last changed {document.dated} · version "
            f"{document.version} · <{address}>"
        )
        if document.notice:
            yield self.line(document.notice)
        for block in document.blocks:
            yield self.block(block)
        for number, note in enumerate(document.notes, 1):
            yield f"[^{number}]: {self.line(note)}"

    def block(self, block: Block) -> str:
        match block:
            case Heading(words, level):
                return f"{'#' * level} {self.line((Text(words),))}"
            case Paragraph(parts):
                return self.line(parts)
            case Items(items):
                return "\n".join(line for item in items for line in self.item(item))
            case Table():
                return "\n".join(self.table(block))

    def item(self, item: Item) -> Iterator[str]:
        yield f"- {self.line(item.parts)}"
        for parts in item.inner:
            yield f"  - {self.line(parts)}"

    def table(self, table: Table) -> Iterator[str]:
        rows = [tuple((Text(words),) for words in table.head), *table.rows]
        lines = [f"| {' | '.join(self.inline(cell) for cell in row)} |" for row in rows]
        yield lines[0]
        yield "|" + " --- |" * len(table.head)
        yield from lines[1:]

    def line(self, parts: Parts) -> str:
        """Parts where a line begins: what would open a block there does not."""
        words = self.inline(parts).strip()
        return OPENING.sub(_not_opening, words)

    def inline(self, parts: Parts) -> str:
        return "".join(self.part(part) for part in parts)

    def part(self, part: Part) -> str:
        if isinstance(part, Refs):
            return "".join(f"[^{ref.number}]" for ref in part.refs)
        words = escaped(part.words)
        if part.href:
            # Nothing that could end the link before its end.
            href = quote(urljoin(self.site, part.href), safe=":/?#@!$&'*+,;=%~")
            words = f"[{words}]({href})"
        around = AROUND.get(part.style, "")
        # A mark of emphasis with a space inside it is none.
        core = words.strip()
        return words.replace(core, f"{around}{core}{around}", 1) if core else words


def _not_opening(found: re.Match[str]) -> str:
    if found[2]:
        return f"{found[1]}\\{found[2]}"
    return f"{found[1]}{found[3]}\\{found[4]}"
