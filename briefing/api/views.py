"""The API's addresses: lists, records, search, and where to begin."""

from __future__ import annotations

import re
from typing import Any, ClassVar

from django.http import Http404, HttpRequest, HttpResponse
from django.urls import reverse

from briefing.api import asking
from briefing.api.absent import instead, notice
from briefing.api.answering import Answering
from briefing.api.asking import Faults
from briefing.api.resources import RESOURCES, Resource
from briefing.api.shapes import Record
from briefing.counting import MOST_COUNTED
from briefing.filters import decoded, encoded
from briefing.formats.catalogue import FORMATS
from briefing.pages import search
from briefing.pages.addresses import address
from briefing.wording import cut
from sources.models import PublicChange

# What is no key of a record is none of ours, whatever a database makes of it.
KEY = re.compile(r"[-a-zA-Z0-9_]{1,200}")
BEGINNING = [resource.plural for resource in RESOURCES]
BEGINNING += ["search", "changes", "schema", "docs"]
EXPORTS = [*(form.name for form in FORMATS), "atom"]
CHANGE = ("id", "kind", "slug", "what", "to", "at")


class Beginning(Answering):
    """Where everything is."""

    def get(self, request: Any) -> HttpResponse:
        def at(name: str) -> str:
            return request.build_absolute_uri(reverse(f"api-{name}"))

        found: Record = {name: at(name) for name in BEGINNING}
        found["export"] = {name: at(f"export-{name}") for name in EXPORTS}
        return self.answer(found)


class Records(Answering):
    """A list of records, page by page."""

    resource: ClassVar[Resource]

    def get(self, request: Any) -> HttpResponse:
        page = asking.page(self.resource, request.GET)
        answer: Record = {
            "results": [placed(request, one) for one in page.records],
            "next": following(request, page.cursor),
        }
        if page.total is not None:
            is_capped = page.total > MOST_COUNTED
            answer["count"] = min(page.total, MOST_COUNTED)
            answer["count_is_capped"] = is_capped
        return self.answer(answer)


class One(Answering):
    """One record by its key."""

    resource: ClassVar[Resource]

    def get(self, request: Any, key: str) -> HttpResponse:
        view = asking.one(self.resource, request.GET)
        if not KEY.fullmatch(key):
            raise Http404
        rows = self.resource.one(key=key)
        if rows:
            record = asking.shown(self.resource, rows, view)[0]
            # A word of the vocabulary holds nothing but its own columns.
            is_alone = self.resource.kind == "property"
            changed_at = rows[0].modified_at if is_alone else None
            return self.answer(placed(request, record), changed_at)
        told = notice(self.resource, key)
        if told is not None:
            return self.answer(placed(request, told))
        return instead(request, self.resource, key)


class Search(Answering):
    """Names, questions, claims and sources, as the page of search finds them."""

    def get(self, request: Any) -> HttpResponse:
        query = request.GET
        faults = Faults(query, ("q", "kind", "cursor", "page_size"))
        form = search.SearchForm(query)
        for name, messages in form.errors.items():
            for message in messages:
                faults.add(name, str(message))
        size = asking.page_size(query, faults)
        place = _place(query, faults)
        faults.refuse()
        words = (form.cleaned_data["q"], form.cleaned_data["kind"])
        rows, cursor = search.found(*words, place, size)
        results = [placed(request, _result(row)) for row in rows]
        return self.answer({"results": results, "next": following(request, cursor)})


class Changes(Answering):
    """What happened to what readers see, from a place on; each address once."""

    def get(self, request: Any) -> HttpResponse:
        query = request.GET
        faults = Faults(query, ("cursor", "page_size"))
        size = asking.page_size(query, faults)
        after = _number(query, faults)
        faults.refuse()
        rows = PublicChange.objects.after(after).settled()
        found = list(rows.values_list(*CHANGE, named=True)[: size + 1])
        cursor = encoded([found[:size][-1].id if found else after])
        return self.answer(
            {
                "results": [placed(request, _told(row)) for row in found[:size]],
                # Always there: from it on stands what happens after this answer.
                "next": following(request, cursor),
                "has_more": len(found) > size,
            }
        )


class Missing(Answering):
    """Whatever else is asked for under /api/."""

    def get(self, request: Any, rest: str = "") -> HttpResponse:
        raise Http404


def _place(query: Any, faults: Faults) -> list[int]:
    if "cursor" not in query:
        return []
    try:
        return decoded(query["cursor"], int, int, int)
    except ValueError:
        faults.add("cursor", asking.NO_PLACE)
        return []


def _number(query: Any, faults: Faults) -> int:
    """The number of the last change that was told; 0 to begin with the first."""
    try:
        number = decoded(query["cursor"], int)[0] if "cursor" in query else 0
    except ValueError:
        number = -1
    if not 0 <= number < 2**63:
        faults.add("cursor", asking.NO_PLACE)
    return number


def _told(row: Any) -> Record:
    told = {"type": row.kind, "slug": row.slug, "what": row.what}
    if row.to:
        told["to"] = row.to
    return told | {
        "at": row.at.isoformat(),
        "record": reverse(f"api-{row.kind}", args=[row.to or row.slug]),
    }


def _result(row: Any) -> Record:
    return {
        "type": row.kind,
        "slug": row.slug,
        "title": row.title,
        "excerpt": cut(row.excerpt),
        "page": address(row.kind, row.slug),
        "record": reverse(f"api-{row.kind}", args=[row.slug]),
    }


def placed(request: HttpRequest, record: Record) -> Record:
    """The record with whole addresses, in those inside it too."""
    for name, value in record.items():
        if name in ("page", "record") and value:
            record[name] = request.build_absolute_uri(value)
        elif isinstance(value, dict):
            placed(request, value)
        elif name == "evidence" and isinstance(value, list):
            record[name] = [placed(request, one) for one in value]
    return record


def following(request: HttpRequest, cursor: str) -> str | None:
    """Where the next page is, with the rest of what was asked; null on the last."""
    if not cursor:
        return None
    query = request.GET.copy()
    query["cursor"] = cursor
    return request.build_absolute_uri(f"{request.path}?{query.urlencode()}")
