"""Search: one field for names, questions, claims and sources."""

from __future__ import annotations

from typing import Any, NamedTuple

from django import forms
from django.http import HttpRequest, HttpResponse
from django.shortcuts import render
from django.utils.http import urlencode

from briefing.filters import MOST_COUNTED
from briefing.pages.addresses import address
from briefing.pages.lists import Facet, Option
from sources.models import SearchEntry

MOST = 50
KINDS = {
    "person": "People",
    "organisation": "Organisations",
    "event": "Events",
    "question": "Questions",
    "claim": "Claims",
    "source": "Sources",
}


class SearchForm(forms.Form):
    """What a reader looks for, and in which kind of record."""

    q = forms.CharField(max_length=300, required=False)
    kind = forms.ChoiceField(choices=list(KINDS.items()), required=False)


class Result(NamedTuple):
    kind: str
    title: str
    excerpt: str
    href: str


def search(request: HttpRequest) -> HttpResponse:
    form = SearchForm(request.GET)
    form.is_valid()
    q, kind = (form.cleaned_data.get(name, "") for name in ("q", "kind"))
    counts = _counts(q)
    return render(
        request,
        "search.html",
        {
            "q": q,
            "kind": kind,
            "results": _results(q, kind),
            "facets": _facet(q, kind, counts),
            "total": counts.get(kind, 0) if kind else sum(counts.values()),
            "most": MOST,
            "errors": [str(one) for found in form.errors.values() for one in found],
        },
    )


def _results(q: str, kind: str) -> list[Result]:
    rows = SearchEntry.objects.matching(q).best_first(q)
    rows = rows.of_kind(kind) if kind else rows
    found = rows.values_list("kind", "title", "excerpt", "slug")[:MOST]
    return [
        Result(kind, title, excerpt, address(kind, slug))
        for kind, title, excerpt, slug in found
    ]


def _counts(q: str) -> dict[str, int]:
    """How many of each kind, as far as that is quickly counted."""
    kinds = SearchEntry.objects.matching(q).values_list("kind", flat=True)
    counts: dict[str, int] = {}
    for kind in kinds[:MOST_COUNTED]:
        counts[kind] = counts.get(kind, 0) + 1
    return counts


def _facet(q: str, chosen: str, counts: dict[str, int]) -> Facet:
    options = [Option("All", sum(counts.values()), _href(q), not chosen)]
    for kind, label in KINDS.items():
        if kind in counts or kind == chosen:
            count = counts.get(kind, 0)
            options.append(Option(label, count, _href(q, kind), kind == chosen))
    return Facet("kind", "Kind", options)


def _href(q: str, kind: str = "") -> str:
    query: dict[str, Any] = {"q": q} | ({"kind": kind} if kind else {})
    return f"?{urlencode(query)}"
