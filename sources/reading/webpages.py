"""Articles in web pages: their words, and what their mark-up says of them.

Nothing is fetched: what a page refers to is not looked at.
"""

from __future__ import annotations

import codecs
import json
import re
from collections import Counter
from collections.abc import Iterator
from typing import Any

import trafilatura
from trafilatura.metadata import extract_metadata

from sources.reading import plaintext
from sources.reading.received import (
    Intake,
    IntakeError,
    Proposed,
    intake,
    refuse_big,
    versioned,
)

# A page takes about a second for each of them, and whoever pasted it waits.
MOST_BYTES = 5_000_000
# Of one page's JSON-LD: enough for any article, and an end to any nesting.
MOST_NODES = 2_000
# Fixed, not today: the same page must give the same date always.
_DATES = {
    "original_date": True,
    "extensive_search": False,
    "max_date": "2100-12-31",
    "outputformat": "%Y-%m-%d",
}
_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?([\w-]{2,30})", re.I)
_META = {
    "title": ("og:title", "citation_title", "twitter:title", "dc.title"),
    "author": ("author", "article:author", "citation_author", "dc.creator", "byl"),
    "publisher": ("og:site_name", "citation_publisher", "dc.publisher"),
    "published": (
        *("article:published_time", "citation_publication_date", "datepublished"),
        *("date", "dc.date", "dc.date.issued", "pubdate", "parsely-pub-date"),
    ),
    "language": ("og:locale", "language", "dc.language"),
    "url": ("og:url", "citation_public_url"),
}


def decode(content: bytes, name: str) -> str:
    """The characters of a page: in the encoding it declares, if it is in that."""
    declared = _CHARSET.search(content[:4096])
    if declared and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        try:
            return content.decode(declared[1].decode())
        except (LookupError, UnicodeError):
            pass
    return plaintext.decode(content, name)[0]


def read(html: str, name: str, url: str = "") -> Intake:
    """The article of a page's source."""
    refuse_big(len(html.encode(errors="replace")), name, MOST_BYTES)
    if "<" not in html:
        raise IntakeError(f"{name} has no mark-up in it: paste it as text instead.")
    try:
        tree = _tree(html)
        proposed = Proposed(url=url).or_else(_proposed_by(tree))
        text, warnings = _words(tree)
    # Whatever a parser of strangers' pages stumbles over, it is the page's fault.
    except Exception as error:
        raise IntakeError(
            f"{name} cannot be read as a web page ({type(error).__name__}): "
            "copy its words from the browser and paste them."
        ) from error
    if not text.strip():
        raise IntakeError(
            f"{name} has no article in it that could be found: copy its words from "
            "the browser and paste them."
        )
    return intake(text, versioned("trafilatura"), proposed, warnings, name)


def _tree(html: str) -> Any:
    tree = trafilatura.load_html(html)
    if tree is None:
        # A part of a page, copied from the browser's inspector.
        tree = trafilatura.load_html(f"<html><body>{html}</body></html>")
    return tree


def _words(tree: Any) -> tuple[str, tuple[str, ...]]:
    everything = trafilatura.html2txt(tree)
    paragraphs = Counter("".join(element.itertext()) for element in tree.iter("p"))
    text = trafilatura.extract(tree, include_comments=False, include_tables=True)
    if text and text.strip():
        # Trafilatura takes a repetition for boilerplate.
        if any(
            0 < text.count(words.strip()) < count
            for words, count in paragraphs.items()
            if count > 1 and words.strip()
        ):
            return text, ("A paragraph that stands in the page twice is given once.",)
        return text, ()
    return everything, (
        "No article was made out in the page: this is all its text. Take out what is "
        "not the article.",
    )


def _proposed_by(tree: Any) -> Proposed:
    """What the page says of itself: JSON-LD first, then meta elements, then guesses."""
    stated = _linked_data(tree).or_else(_meta(tree))
    found = extract_metadata(tree, date_config=dict(_DATES))
    is_named = found.sitename and found.sitename != found.hostname
    return stated.or_else(
        Proposed(
            title=found.title,
            author=found.author,
            publisher=found.sitename if is_named else "",
            published=found.date,
            language=tree.get("lang"),
            url=found.url,
        )
    )


def _meta(tree: Any) -> Proposed:
    stated: dict[str, str] = {}
    for element in tree.iter("meta"):
        name = element.get("property") or element.get("name") or element.get("itemprop")
        content = element.get("content")
        if name and content:
            stated.setdefault(name.lower(), content)
    language = tree.get("lang")
    canonical = [
        element.get("href")
        for element in tree.iter("link")
        if element.get("rel") == "canonical"
    ]
    found = {
        field: next((stated[name] for name in names if name in stated), "")
        for field, names in _META.items()
    }
    # An address is nobody's name.
    if "://" in found["author"]:
        found["author"] = ""
    page = Proposed(language=language, url=next(iter(canonical), ""))
    return page.or_else(Proposed(**found))


def _linked_data(tree: Any) -> Proposed:
    """What the page's schema.org article says; nothing if there is none."""
    for element in tree.iter("script"):
        if element.get("type") != "application/ld+json":
            continue
        for node in _nodes(element.text or ""):
            if _is_article(node):
                return _article(node)
    return Proposed()


def _nodes(source: str) -> Iterator[dict[str, Any]]:
    """The objects of a piece of JSON, the outer ones first."""
    try:
        waiting = [json.loads(source, strict=False)]
    except (ValueError, RecursionError):
        return
    for _ in range(MOST_NODES):
        if not waiting:
            return
        node = waiting.pop(0)
        if isinstance(node, dict):
            yield node
            waiting += node.values()
        elif isinstance(node, list):
            waiting += node


def _is_article(node: dict[str, Any]) -> bool:
    kinds = node.get("@type")
    kinds = kinds if isinstance(kinds, list) else [kinds]
    return any(
        isinstance(kind, str) and kind.endswith(("Article", "Posting", "Report"))
        for kind in kinds
    )


def _article(node: dict[str, Any]) -> Proposed:
    return Proposed(
        title=_named(node.get("headline") or node.get("name")),
        author=_named(node.get("author") or node.get("creator")),
        publisher=_named(node.get("publisher")),
        published=_named(node.get("datePublished")),
        language=_named(node.get("inLanguage")),
        url=_named(node.get("url") or node.get("mainEntityOfPage")),
    )


def _named(value: Any) -> str:
    """The words for a value: a text, an object's name, or several of them."""
    if isinstance(value, str):
        return value
    if isinstance(value, dict):
        name = value.get("name") or value.get("@id")
        return name if isinstance(name, str) else ""
    if isinstance(value, list):
        names = [_named(part) for part in value[:20] if not isinstance(part, list)]
        return ", ".join(name for name in names if name)
    return ""
