"""What a query string asks for; all that does not fit is named at once."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Sequence
from functools import lru_cache
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.http import QueryDict

from briefing.api import embedding
from briefing.api.embedding import Tree
from briefing.api.problems import Unfit
from briefing.api.resources import Resource
from briefing.api.shapes import Record
from briefing.filters import Cursor, Listed, Sort, decoded
from briefing.pages.lists import NAMES, counted
from entities.rows import Rows
from sources.models import Claim

USUAL, MOST = 50, 100
OF_RECORD = ("fields", "include")
OF_LIST = ("sort", "cursor", "page_size", "count", *OF_RECORD)
NAMED = NAMES | {
    "claim": Rows(
        lambda slug: Claim.objects.public().by_key(slug).values_list("statement")
    )
}
NO_PLACE = "This is no place in this list: take it from the answer before."


class Faults:
    """What does not fit, by parameter."""

    def __init__(self, query: QueryDict, known: Sequence[str]) -> None:
        self.found: list[tuple[str, str]] = []
        for name in query:
            if name not in known:
                self.add(name, f"There is no such parameter. Known: {_listed(known)}.")
            elif len(query.getlist(name)) > 1:
                self.add(name, "It stands there twice.")

    def add(self, name: str, message: str) -> None:
        self.found.append((name, message))

    def refuse(self) -> None:
        if self.found:
            raise Unfit(self.found)


class View(NamedTuple):
    """How records are shown: which fields, and what is inside them."""

    names: list[str]
    included: Tree


class Page(NamedTuple):
    """One page of a list, and the place where the next one begins."""

    records: list[Record]
    cursor: str
    total: int | None


def one(resource: Resource, query: QueryDict) -> View:
    """How a single record is to be shown."""
    faults = Faults(query, OF_RECORD)
    view = _view(resource, query, faults)
    faults.refuse()
    return view


def page(resource: Resource, query: QueryDict) -> Page:
    filters = resource.filters(_filtering(query), resource.public())
    faults = Faults(query, [*filters.filters, *OF_LIST])
    _check(filters, faults)
    view = _view(resource, query, faults)
    size = page_size(query, faults)
    is_counted = _flag(query, "count", faults)
    sort = _sort(filters, query, faults)
    place = _place(query, faults)
    faults.refuse()
    ordered = sort.order(filters.qs)
    try:
        ordered = sort.after(ordered, place) if place else ordered
    except (ValueError, TypeError, ValidationError):
        raise Unfit([("cursor", NO_PLACE)]) from None
    needed = tuple(dict.fromkeys((*resource.columns, sort.column)))
    make = _row(needed)
    found = [make(row) for row in ordered.values_list(*needed)[: size + 1]]
    rows = embedding.fitting(found[:size], view.included)
    last = rows[-1] if len(rows) < len(found) else None
    return Page(
        shown(resource, rows, view),
        Cursor(getattr(last, sort.column), last.id).encoded() if last else "",
        counted(filters.qs) if is_counted else None,
    )


def shown(resource: Resource, rows: Sequence[Any], view: View) -> list[Record]:
    """These rows as records, with what is included and no more than is asked for."""
    needed = [*view.names, *view.included] if view.names else []
    records = resource.made(rows, needed)
    embedding.embed(resource, rows, records, view.included)
    if not needed:
        return records
    return [{name: record[name] for name in needed} for record in records]


@lru_cache
def _row(columns: tuple[str, ...]) -> Any:
    names = [column.replace("__", "_") for column in columns]
    made: Any = namedtuple("Row", names)  # type: ignore[misc]
    return made._make


def _filtering(query: QueryDict) -> dict[str, str]:
    return {name: str(value) for name, value in query.items() if name not in OF_LIST}


def _check(filters: Listed, faults: Faults) -> None:
    for name, messages in filters.form.errors.items():
        for message in messages:
            faults.add(name, str(message))
    for name, kind in filters.names.items():
        value = filters.form.cleaned_data.get(name)
        if value and not NAMED[kind](slug=value):
            faults.add(name, f"No public record has the key “{value}”.")


def _view(resource: Resource, query: QueryDict, faults: Faults) -> View:
    names = _several(query, "fields", resource.shape.names(), faults)
    paths = _several(query, "include", embedding.paths(resource), faults)
    return View(names, embedding.tree(paths))


def _several(
    query: QueryDict, parameter: str, known: Sequence[str], faults: Faults
) -> list[str]:
    """Names with commas between; none if the parameter is not there."""
    if parameter not in query:
        return []
    given = [name.strip() for name in query.get(parameter, "").split(",")]
    for name in dict.fromkeys(given):
        if name not in known:
            told = f"There is no “{name[:60]}” here. Known: {_listed(known)}."
            faults.add(parameter, told if known else "Nothing can be included here.")
    return given


def _listed(names: Sequence[str]) -> str:
    return ", ".join(names)


def page_size(query: QueryDict, faults: Faults) -> int:
    text = query.get("page_size", str(USUAL))
    if text.isascii() and text.isdigit() and len(text) < 6 and 1 <= int(text) <= MOST:
        return int(text)
    faults.add("page_size", f"Give a whole number from 1 to {MOST}.")
    return USUAL


def _flag(query: QueryDict, name: str, faults: Faults) -> bool:
    text = query.get(name, "false")
    if text not in ("true", "false"):
        faults.add(name, "Give true or false.")
    return text == "true"


def _sort(filters: Listed, query: QueryDict, faults: Faults) -> Sort:
    key = query.get("sort", filters.sorts[0].key)
    for sort in filters.sorts:
        if sort.key == key:
            return sort
    known = _listed([sort.key for sort in filters.sorts])
    faults.add("sort", f"There is no such order. Known: {known}.")
    return filters.sorts[0]


def _place(query: QueryDict, faults: Faults) -> Cursor | None:
    if "cursor" not in query:
        return None
    try:
        value, key = decoded(
            query.get("cursor", ""), (str, int, float, type(None)), int
        )
    except ValueError:
        faults.add("cursor", NO_PLACE)
        return None
    return Cursor(value, key)
