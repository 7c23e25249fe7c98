"""Summaries: Markdown of ours in which every sentence cites the claims it rests on."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import cache
from typing import TYPE_CHECKING

from markupsafe import Markup

from entities.later import Later
from sources.summaries import BETWEEN, BLOCK, BULLET, CITED, TOKEN

if TYPE_CHECKING:
    from markdown_it import MarkdownIt

PLACE = re.compile("\ue000([-\\w]+)\ue001")
Cite = Callable[[str], Markup]
markdown_it = Later("markdown_it")


@cache
def markdown() -> MarkdownIt:
    """What reads our Markdown: a few of its marks, and no HTML."""
    made: MarkdownIt = markdown_it.MarkdownIt("zero", {"html": False})
    made.enable(["emphasis", "link", "list", "newline", "escape", "entity"])
    made.validateLink = lambda url: url.startswith(("http://", "https://"))  # type: ignore[method-assign]
    return made


def published(summary: str, public: set[str]) -> str:
    """The sentences whose claims are all public; their tokens become places."""
    plain = summary.replace("\ue000", "").replace("\ue001", "")
    blocks = (_published_block(block, public) for block in BLOCK.split(plain))
    return "\n\n".join(filter(None, blocks))


def _published_block(block: str, public: set[str]) -> str:
    bullet, block = BULLET.match(block)[0], BULLET.sub("", block)  # type: ignore[index]
    kept = []
    for match in CITED.finditer(block):
        slugs = TOKEN.findall(match[2])
        if public.issuperset(slugs):
            last = BETWEEN.split(match[1])[-1].strip()
            places = "".join(f"\ue000{slug}\ue001" for slug in slugs)
            kept.append(f"{last}{match[3]}{places}")
    return bullet.lstrip("\n") + " ".join(kept) if kept else ""


def rendered(summary: str, public: set[str], cite: Cite) -> Markup:
    """The summary as readers see it, with a footnote for each claim it cites."""
    html = markdown().render(published(summary, public))
    # The renderer escapes all that is ours; only the footnotes are put in after it.
    return Markup(PLACE.sub(lambda match: str(cite(match[1])), html))
