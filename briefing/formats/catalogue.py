"""Which formats there are, what each tells of which records, and how it is written."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from typing import Any, NamedTuple

from django.http import HttpRequest

from briefing.formats import annotated, bibtex, csl, ftm, linked, public
from briefing.formats.offers import TITLES
from briefing.pages.linked import LD
from sources.models import Claim, Evidence

# Keys of records by kind: what a file is made of.
Part = tuple[str, Sequence[int]]
Parts = Callable[[int], list[Part]]


class Format(NamedTuple):
    """One format: `kinds` go into a file of everything, `of` says what of a record."""

    name: str
    media_type: str
    ending: str
    kinds: tuple[str, ...]
    of: dict[str, Parts]
    made: Callable[[HttpRequest, str, Sequence[int]], list[Any]]
    opening: Callable[[str], str] = lambda url: ""
    between: str = "\n"
    closing: str = ""
    text: Callable[[Any], str] = lambda one: json.dumps(one, ensure_ascii=False)

    @property
    def title(self) -> str:
        return TITLES[self.name]

    def written(self, things: Iterable[Any], url: str) -> Iterator[str]:
        """A file of these things, piece by piece; `url` is where it stands."""
        yield self.opening(url)
        between = ""
        for thing in things:
            yield between + self.text(thing)
            between = self.between
        yield self.closing

    def page(
        self, request: HttpRequest, after: tuple[int, int], most: int
    ) -> tuple[list[Any], tuple[int, int] | None]:
        """What so many records come to, from a place on; and the place that follows.

        A place: the number of the kind, and the key of its last record.
        """
        things: list[Any] = []
        (number, key), left = after, most
        for kind in self.kinds[number:]:
            # One more than fits: whether anything follows.
            keys = public.keys(kind, key, left + 1)
            fitting = keys[:left]
            things += self.made(request, kind, fitting) if fitting else []
            if len(keys) > len(fitting):
                return things, (number, fitting[-1] if fitting else key)
            number, key, left = number + 1, 0, left - len(fitting)
        return things, None

    def everything(self, request: HttpRequest, most: int) -> Iterator[list[Any]]:
        """All there is, so many records at a time."""
        place: tuple[int, int] | None = (0, 0)
        while place is not None:
            things, place = self.page(request, place, most)
            yield things


def _itself(kind: str) -> Parts:
    return lambda key: [(kind, [key])]


def _about(entity: int) -> list[Part]:
    claims = [row.id for row in public.ABOUT(entities=[entity])]
    return [("entity", [entity]), ("claim", claims)]


def _answers(question: int) -> list[Part]:
    found = Claim.objects.public().answering([question])
    return [("claim", public.keys_of(found))]


def _on(claim: int) -> list[Part]:
    return [("evidence", public.keys_of(Evidence.objects.public().on([claim])))]


def _in(source: int) -> list[Part]:
    found = Evidence.objects.public().filter(source=source)
    return [("evidence", public.keys_of(found))]


ENTITIES = ("person", "organisation", "event")
FORMATS = [
    Format(
        "jsonld",
        LD,
        "jsonld",
        ("entity", "source", "claim"),
        dict.fromkeys(ENTITIES, _about)
        | {
            "question": _answers,
            "claim": _itself("claim"),
            "source": _itself("source"),
        },
        linked.made,
        lambda url: '{"@context": "https://schema.org", "@graph": [\n',
        between=",\n",
        closing="\n]}\n",
    ),
    Format(
        "annotations",
        f'{LD}; profile="{annotated.CONTEXT}"',
        "annotations.jsonld",
        ("evidence",),
        {"claim": _on, "source": _in},
        annotated.made,
        lambda url: (
            f'{{"@context": "{annotated.CONTEXT}", "id": {json.dumps(url)}, '
            '"type": "AnnotationPage", "items": [\n'
        ),
        between=",\n",
        closing="\n]}\n",
    ),
    Format(
        "csl",
        "application/vnd.citationstyles.csl+json",
        "csl.json",
        ("source",),
        {"source": _itself("source")},
        csl.made,
        lambda url: "[\n",
        between=",\n",
        closing="\n]\n",
    ),
    Format(
        "bibtex",
        "application/x-bibtex",
        "bib",
        ("source",),
        {"source": _itself("source")},
        bibtex.made,
        text=str,
    ),
    Format(
        "ftm",
        "application/json+ftm",
        "ftm.json",
        ("entity",),
        dict.fromkeys(ENTITIES, _itself("entity")),
        ftm.made,
        closing="\n",
    ),
]
BY_NAME = {one.name: one for one in FORMATS}
