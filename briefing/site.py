"""The Jinja2 environment of the reader's pages."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path
from typing import Any

from django.conf import settings
from django.urls import reverse
from jinja2 import Environment, StrictUndefined
from jinja2.ext import Extension
from markupsafe import Markup

from briefing import wording
from briefing.compiled import Compiled
from briefing.edition.current import asset, edition, served
from briefing.formats.offers import offers
from briefing.pages.addresses import address
from briefing.pages.answers import asks
from briefing.pages.marks import MEANINGS
from briefing.pages.notes import footnotes
from briefing.pages.then import then
from entities.models import Alias
from sources.models import Source

COMPILED = settings.BASE_DIR / "templates" / "site" / "__pycache__"
# What choices are called on screen.
LABELS = {
    "alias": dict(Alias.Kind.choices),
    "derivation": dict(Source.Derivation.choices),
    "genre": dict(Source.Genre.choices),
    "lineage": dict(Source.Lineage.choices),
    "reliability": dict(Source.Reliability.choices),
    "standing": dict(Source.Standing.choices),
}


@cache
def _place(name: str) -> str:
    return reverse(name)


def place(name: str, args: Sequence[Any] = ()) -> str:
    """Where a page is; resolving those that every page links to anew costs more."""
    return reverse(name, args=args) if args else _place(name)


def opens(address: str) -> bool:
    """Whether it may be a link: an address of the web, and not one that runs."""
    return address.startswith(("http://", "https://"))


# What every template can ask.
GLOBALS = {
    "static": asset,
    "edition": edition,
    "served": served,
    "url": place,
    "address": address,
    "asks": asks,
    "offers": offers,
    "footnotes": footnotes,
    "labels": LABELS,
    "meanings": MEANINGS,
    "then": then,
    "opens": opens,
}


# Macros that show one value and nothing else, and where they stand.
MACROS = {
    "named": "includes/_marks.html",
    "marks": "includes/_marks.html",
    "backing": "includes/_marks.html",
    "passage": "includes/_notes.html",
    "fact": "includes/_facts.html",
    "listed_claim": "includes/_rows.html",
    "listed_result": "includes/_rows.html",
    "facet": "includes/_lists.html",
}


class Unindented(Extension):
    """Takes the indentation out of templates when they are compiled."""

    def preprocess(self, source: str, name: Any, filename: Any = None) -> str:
        return re.sub(r"\n[ \t]+", "\n", source)


def environment(autoescape: bool = True, **options: Any) -> Environment:
    """What renders the readers' pages; no setting makes it leave values unescaped."""
    env = Environment(
        **{**options, "undefined": StrictUndefined, "extensions": [Unindented]},
        bytecode_cache=Compiled(COMPILED, Path(__file__).read_text()),
        autoescape=True,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    env.globals.update(GLOBALS)
    env.filters.update(
        counted=wording.counted,
        cut=wording.cut,
        date=wording.date,
        point=wording.point,
        day=wording.day,
        lowered=wording.lowered,
        opened=wording.opened,
        sentence=wording.sentence,
        value=wording.value,
    )
    for name, template in MACROS.items():
        env.filters[name] = remembered(env, template, name)
    env.globals["meanings_told"] = partial(_once, env, "includes/_meanings.html")
    return env


def remembered(env: Environment, template: str, macro: str) -> Callable[[Any], Markup]:
    """The macro as a filter, rendered once for each value that it is given.

    Most of what a page shows was shown before, on others or before the last edit. The
    macro must follow from its value alone, which is a named tuple or a list of them.
    """

    def rendered(value: Any) -> Markup:
        return Markup(getattr(env.get_template(template).module, macro)(value))

    if env.auto_reload:
        return rendered
    kept = lru_cache(maxsize=2048)(rendered)
    return lambda value: kept(tuple(value) if isinstance(value, list) else value)


@lru_cache
def _once(env: Environment, name: str) -> Markup:
    """What is the same on every page."""
    return Markup(env.get_template(name).render())
