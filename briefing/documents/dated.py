"""A briefing as it stood on a day: it says so, and its links keep to that day."""

from __future__ import annotations

from typing import Any

from briefing.documents.tree import Document, Text, parts
from briefing.pages.then import Then, then


def marked(document: Document) -> Document:
    """The document with the day as of which it is, if that is not today."""
    asked = then()
    if asked is None:
        return document
    words = Text(asked.words, style="strong")
    if asked.problem:
        return document._replace(notice=parts(words, " This is the one of today."))
    withdrawn = f" {asked.withdrawn}" if asked.withdrawn else ""
    today = Text("Today’s page", document.address)
    return document._replace(
        blocks=_kept(document.blocks, asked),
        notes=_kept(document.notes, asked),
        notice=parts(words, withdrawn, " ", today),
        # What is said is the same; only its links lead elsewhere.
        stamp=document.version,
    )


def _kept(part: Any, asked: Then) -> Any:
    """The same tree with every link in it leading to that day."""
    if isinstance(part, Text):
        return part._replace(href=asked.kept(part.href))
    if not isinstance(part, tuple):
        return part
    values = [_kept(one, asked) for one in part]
    return type(part)(*values) if hasattr(part, "_fields") else tuple(values)
