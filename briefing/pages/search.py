"""Search: one field for names, questions, claims and sources."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse, JsonResponse
from django.utils.http import urlencode

from briefing.counting import remembered
from briefing.filters import decoded, encoded
from briefing.pages import answers, nearby
from briefing.pages.addresses import address
from briefing.pages.answers import Asked, Spoken
from briefing.pages.lists import Facet, Link, Option, size
from briefing.rendering import render
from briefing.snippets import Piece, around, best, marked
from briefing.wording import cut
from entities.rows import Each, Rows
from sources.models import Evidence, SearchEntry
from sources.models.search import MOST_FOUND
from sources.spelling import Near, near

PAGE = 20
# With so few results, a name may have been misspelt.
FEW = 3
SUGGESTED = 8
# So many are looked at for a suggestion: it comes while somebody types.
MOST_RANKED = 500
KINDS = {
    "person": "People",
    "organisation": "Organisations",
    "event": "Events",
    "question": "Questions",
    "claim": "Claims",
    "source": "Sources",
}
QUOTES = Rows(
    lambda claims: (
        Evidence.objects.public()
        .on(Each(claims))
        .order_by("id")
        .values_list("claim_id", "quote")
    )
)
# What a result is sorted by.
PLACE = ("quality", "weight", "key")
COLUMNS = ("kind", "title", "excerpt", "slug", "record_id", "quality", "weight", "id")


class SearchForm(forms.Form):
    """What a reader looks for, and in which kind of record."""

    q = forms.CharField(max_length=300, required=False)
    kind = forms.ChoiceField(choices=list(KINDS.items()), required=False)


class Result(NamedTuple):
    kind: str
    title: tuple[Piece, ...]
    excerpt: tuple[Piece, ...]
    href: str


def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    form.is_valid()
    q, kind = (form.cleaned_data.get(name, "") for name in ("q", "kind"))
    errors = [str(one) for found in form.errors.values() for one in found]
    place = _place(request.GET.get("cursor", ""), errors)
    rows, following = _page(q, kind, place)
    counts = remembered((search, q), lambda: SearchEntry.objects.found(q).counts())
    total = counts.get(kind, 0) if kind else sum(counts.values())
    everything = sum(counts.values())
    others = near(q, not everything) if q and not place and everything < FEW else []
    return render(
        request,
        "search.html",
        {
            "q": q,
            "kind": kind,
            "results": _results(rows, q),
            "near": _others(others, rows),
            "asked": _answered(nearby.questions(q)) if q and not everything else [],
            "facets": _facet(q, kind, counts),
            "tags": [Link(f"Kind: {KINDS[kind]}", _href(q))] if kind else [],
            "size": size(total, MOST_FOUND),
            "total": total,
            "beginning": _href(q, kind) if place else "",
            "following": following,
            "errors": errors,
        },
    )


def suggestions(request: HttpRequest) -> JsonResponse:
    """Names and questions for what somebody is typing, the likeliest first."""
    form = SearchForm(request.GET)
    q = form.cleaned_data.get("q", "") if form.is_valid() else ""
    # One letter begins everything; one ideograph can be a name.
    q = "" if len(q) < 2 and q.isascii() else q
    rows = SearchEntry.objects.found(q, MOST_RANKED).names_and_questions().best_first(q)
    found = rows.values_list("kind", "slug", "title")[:SUGGESTED]
    return JsonResponse(
        {
            "suggestions": [
                {"label": title, "kind": kind, "href": address(kind, slug)}
                for kind, slug, title in found
            ]
        }
    )


def _place(text: str, errors: list[str]) -> list[int]:
    """Behind which result the page begins; nothing for the first page."""
    if not text:
        return []
    try:
        return decoded(text, int, int, int)
    except ValueError:
        errors.append("This place in the results is not known: here are the first.")
        return []


def _page(q: str, kind: str, place: list[int]) -> tuple[list[Any], str]:
    """The rows of this page, and the address of the next if there is one."""
    rows, cursor = found(q, kind, place, PAGE)
    return rows, _href(q, kind, cursor) if cursor else ""


def found(q: str, kind: str, place: list[int], size: int) -> tuple[list[Any], str]:
    """So many of what is found behind that place, and the place where they end."""
    if not all(-(2**63) <= part < 2**63 for part in place):
        return [], ""
    first, later = remembered((found, q, kind, size), lambda: _asked(q, kind, size))
    listed = later(**dict(zip(PLACE, place, strict=True))) if place else first()
    if len(listed) <= size:
        return listed, ""
    last = listed[size - 1]
    return listed[:size], encoded([last.quality, last.weight, last.id])


def _asked(q: str, kind: str, size: int) -> tuple[Rows, Rows]:
    """So many of what is found, and one more: the first, and those behind a place."""
    rows = SearchEntry.objects.found(q).best_first(q)
    rows = rows.of_kind(kind) if kind else rows
    return (
        Rows(lambda: rows.values_list(*COLUMNS)[: size + 1]),
        Rows(
            lambda quality, weight, key: rows.after(quality, weight, key).values_list(
                *COLUMNS
            )[: size + 1]
        ),
    )


def _results(rows: list[Any], q: str) -> list[Result]:
    quotes = defaultdict(list)
    claims = [row.record_id for row in rows if row.kind == "claim"]
    for claim, quote in QUOTES(claims=claims) if claims else []:
        quotes[claim].append(cut(quote))
    return [
        Result(
            row.kind,
            marked(row.title, q),
            marked(_excerpt(row, quotes[row.record_id], q), q),
            address(row.kind, row.slug),
        )
        for row in rows
    ]


def _excerpt(row: Any, quotes: list[str], q: str) -> str:
    if row.kind != "claim":
        return around(row.excerpt, q)
    quote = best(tuple(quotes), q)
    return f"“{quote}”" if quote else ""


def _answered(asked: list[Asked]) -> list[tuple[Asked, Spoken]]:
    return [(one, answers.spoken(one)) for one in asked]


def _others(names: Iterable[Near], rows: list[Any]) -> list[Near]:
    """Those that are not among the results."""
    shown = {(row.kind, row.slug) for row in rows}
    return [one for one in names if (one.kind, one.slug) not in shown]


def _facet(q: str, chosen: str, counts: dict[str, int]) -> Facet:
    options = [Option("All", sum(counts.values()), _href(q), not chosen)]
    for kind, label in KINDS.items():
        if kind in counts or kind == chosen:
            count = counts.get(kind, 0)
            options.append(Option(label, count, _href(q, kind), kind == chosen))
    newest = MOST_FOUND if sum(counts.values()) > MOST_FOUND else 0
    return Facet("kind", "Kind", tuple(options), newest)


def _href(q: str, kind: str = "", cursor: str = "") -> str:
    query = {"q": q, "kind": kind, "cursor": cursor}
    return f"?{urlencode({name: value for name, value in query.items() if value})}"
