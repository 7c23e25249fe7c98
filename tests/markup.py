"""What is wrong with the HTML of a page: how it parses, and what its parts may hold.

html5lib names each place where a browser would have to guess. It knows nothing of what
an element may hold or refer to: the few rules of that kind that matter here are ours.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from typing import Any

import html5lib
from html5lib.constants import E as MESSAGES

REFERRING = ("aria-labelledby", "aria-describedby", "aria-controls", "for", "headers")
INTERACTIVE = {"a", "button", "input", "select", "textarea", "details", "label"}
FIELDS = {"input", "select", "textarea"}
# By element: the only ones that may be its children.
HOLDS = {
    "ul": {"li"},
    "ol": {"li"},
    "dl": {"div", "dt", "dd"},
    "table": {"caption", "colgroup", "thead", "tbody", "tfoot"},
    "tr": {"td", "th"},
}
PHRASING = {"p", "h1", "h2", "h3", "h4", "span", "strong", "em", "q", "summary", "dt"}
FLOW = {"div", "p", "ul", "ol", "dl", "table", "section", "article", "nav", "details"}


def faults(source: str) -> list[str]:
    """Each fault in words; nothing if the page is as it should be."""
    parser = html5lib.HTMLParser(namespaceHTMLElements=False)
    tree = parser.parse(source)
    told = [
        f"line {line}: {MESSAGES[code] % details}"
        for (line, _), code, details in parser.errors
    ]
    elements = [one for one in tree.iter() if isinstance(one.tag, str)]
    return [
        *told,
        *_references(elements),
        *_children(elements),
        *_names(elements),
        *_headings(elements),
    ]


def _references(elements: list[Any]) -> Iterator[str]:
    """Names that stand twice, and references to names that do not stand at all."""
    counts = Counter(one.get("id") for one in elements if one.get("id"))
    yield from (
        f"two elements have the id “{name}”" for name in counts if counts[name] > 1
    )
    for one in elements:
        wanted = [name for key in REFERRING for name in one.get(key, "").split()]
        wanted += [one.get("popovertarget")] if one.get("popovertarget") else []
        if one.get("href", "").startswith("#"):
            wanted.append(one.get("href")[1:])
        for name in wanted:
            if name not in counts:
                yield f"<{one.tag}> refers to “{name}”, which is not there"


def _children(elements: list[Any]) -> Iterator[str]:
    for one in elements:
        children = {child.tag for child in one if isinstance(child.tag, str)}
        for odd in children - HOLDS.get(one.tag, children):
            yield f"<{one.tag}> holds <{odd}>"
        if one.tag in PHRASING:
            for odd in children & FLOW:
                yield f"<{one.tag}> holds <{odd}>"
        if one.tag in {"a", "button"}:
            inner = {child.tag for child in one.iter() if child is not one}
            for odd in inner & INTERACTIVE:
                yield f"<{one.tag}> holds <{odd}>, which can be used too"


def _names(elements: list[Any]) -> Iterator[str]:
    """Fields without a label, pictures without words, buttons without a name."""
    labelled = {one.get("for") for one in elements if one.tag == "label"}
    labelled |= {
        field.get("id")
        for one in elements
        if one.tag == "label"
        for field in one.iter()
        if field.tag in FIELDS
    }
    for one in elements:
        named = one.get("aria-label") or one.get("aria-labelledby")
        is_shown = one.get("type") not in {"hidden", "submit"}
        is_named = named or one.get("id") in labelled
        if one.tag in FIELDS and is_shown and not is_named:
            yield f"<{one.tag} name={one.get('name')}> has no label"
        if one.tag == "img" and one.get("alt") is None:
            yield "<img> has no alt"
        if one.tag == "button" and not named and not "".join(one.itertext()).strip():
            yield "<button> has no name"


def _headings(elements: list[Any]) -> Iterator[str]:
    """One title for a page, and no step left out below it."""
    levels = [
        int(one.tag[1]) for one in elements if one.tag in {"h1", "h2", "h3", "h4"}
    ]
    if levels.count(1) != 1:
        yield f"{levels.count(1)} headings of the first level"
    for before, level in zip(levels, levels[1:], strict=False):
        if level > before + 1:
            yield f"a heading of level {level} follows one of level {before}"
