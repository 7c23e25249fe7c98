"""A list with its facets, its tags, its order and the place where its page ends."""

from __future__ import annotations

from collections import namedtuple
from collections.abc import Iterator
from typing import Any, NamedTuple

from django.core.exceptions import ValidationError
from django.db.models import QuerySet
from django.http import HttpRequest, QueryDict

from briefing.counting import MOST_COUNTED, MOST_SORTED, remembered
from briefing.edition.current import ListPage, edition
from briefing.filters import Cursor, Listed, Sort, decoded
from briefing.paging import PAGE, Pages
from entities.models import Entity
from entities.rows import Rows
from sources.models import Source

CURSOR = "cursor"
MOST_CHOICES = 15
NAMES = {
    "entity": Rows(
        lambda slug: Entity.objects.public().by_key(slug).values_list("name")
    ),
    "source": Rows(
        lambda slug: Source.objects.public().by_key(slug).values_list("title")
    ),
}


class Option(NamedTuple):
    label: str
    size: int
    href: str
    is_chosen: bool


class Facet(NamedTuple):
    name: str
    label: str
    options: tuple[Option, ...]
    # How many of the newest rows were counted; 0 is all.
    newest: int = 0


class Link(NamedTuple):
    label: str
    href: str
    is_chosen: bool = False


class Listing(NamedTuple):
    """One page of a list."""

    rows: list[Any]
    # In words, because it may stop at “more than 10,000”.
    size: str
    total: int
    q: str
    facets: list[Facet]
    tags: list[Link]
    sorts: list[Link]
    errors: list[str]
    # The chosen filters, so that the search field keeps them.
    kept: list[tuple[str, str]]
    following: str
    # Where the list begins, if this page does not.
    beginning: str


class Narrowed(NamedTuple):
    """A list as far as the query string narrows it down, wherever the page begins."""

    pages: Pages
    total: int
    q: str
    facets: list[Facet]
    tags: list[Link]
    sorts: list[Link]
    errors: list[str]
    address: Any


def listing(
    request: HttpRequest,
    kind: type[Listed],
    rows: QuerySet,
    columns: tuple[str, ...],
) -> Listing:
    """The page of the list that the query string asks for."""
    written = edition()
    if written is not None and written.page is not None:
        return _by_path(kind(request.GET, rows), columns, written.page)
    asked = [(name, *values) for name, values in request.GET.lists() if name != CURSOR]
    whole = remembered(
        (kind, *asked),
        lambda: _narrowed(request, kind(request.GET, rows), columns),
    )
    found, is_first, errors = _place(whole.pages, request.GET.get(CURSOR, ""))
    return Listing(
        rows=found[:PAGE],
        size=size(whole.total),
        total=whole.total,
        q=whole.q,
        facets=whole.facets,
        tags=whole.tags,
        sorts=whole.sorts,
        errors=[*whole.errors, *errors],
        kept=whole.address.kept("q"),
        following=_following(found, whole.pages.sort, whole.address),
        beginning="" if is_first else whole.address.having(),
    )


def _narrowed(
    request: HttpRequest, filters: Listed, columns: tuple[str, ...]
) -> Narrowed:
    chosen = _chosen(filters)
    errors = list(_errors(filters))
    sort = _sort(request, filters, errors)
    address = _Address(chosen, request.GET.get("sort", ""))
    facets = [_facet(filters, name, chosen, address) for name in filters.facets]
    pages = Pages(sort, filters.qs, (*columns, "id", sort.column))
    return Narrowed(
        pages=pages,
        total=counted(filters.qs),
        q=chosen.get("q", ""),
        facets=facets,
        tags=list(_tags(filters, facets, address, errors)),
        sorts=[
            Link(one.label, address.sorted(one.key), one == sort)
            for one in filters.sorts
        ],
        errors=errors,
        address=address,
    )


def _read(rows: Any, columns: tuple[str, ...]) -> list[Any]:
    needed = tuple(dict.fromkeys(columns))
    make = namedtuple("Row", [name.replace("__", "_") for name in needed])  # type: ignore[misc]
    return [make(*row) for row in rows.values_list(*needed)]


def _by_path(filters: Listed, columns: tuple[str, ...], page: ListPage) -> Listing:
    """A page of the static edition: its records are given, and it takes no filters."""
    rows = filters.sorts[0].order(filters.qs.keyed(page.keys))
    is_first = page.total >= 0
    return Listing(
        rows=_read(rows, (*columns, "id")),
        # A count on every page would change them all with each new record.
        size=size(page.total) if is_first else "",
        total=page.total,
        q="",
        facets=[],
        tags=[],
        sorts=[],
        errors=[],
        kept=[],
        following=page.following,
        beginning=page.beginning,
    )


def counted(rows: Any) -> int:
    """How many there are, or one more than is worth counting."""
    return rows.order_by().values("pk")[: MOST_COUNTED + 1].count()


def size(total: int, most: int = MOST_COUNTED) -> str:
    return f"{total:,}" if total <= most else f"more than {most:,}"


class _Address:
    """The query string that leads to this list with one thing changed."""

    def __init__(self, chosen: dict[str, str], sort: str) -> None:
        self.chosen = chosen | ({"sort": sort} if sort else {})

    def having(self, **changed: str) -> str:
        query = QueryDict(mutable=True)
        query.update(
            {key: value for key, value in (self.chosen | changed).items() if value}
        )
        return f"?{query.urlencode()}"

    def sorted(self, key: str) -> str:
        return self.having(sort=key)

    def kept(self, left_out: str) -> list[tuple[str, str]]:
        return [pair for pair in self.chosen.items() if pair[0] != left_out]


def _chosen(filters: Listed) -> dict[str, str]:
    """The filters that are set, as they were given and can be used."""
    filters.form.is_valid()
    cleaned = filters.form.cleaned_data
    return {name: str(value) for name, value in cleaned.items() if value}


def _errors(filters: Listed) -> Iterator[str]:
    for name, messages in filters.form.errors.items():
        for message in messages:
            yield f"{filters.filters[name].label}: {message}"


def _sort(request: HttpRequest, filters: Listed, errors: list[str]) -> Sort:
    key = request.GET.get("sort", "")
    for sort in filters.sorts:
        if sort.key == key:
            return sort
    if key:
        errors.append(f"“{key}” is not an order of this list.")
    return filters.sorts[0]


def _place(pages: Pages, text: str) -> tuple[list[Any], bool, list[str]]:
    """The rows from the cursor on, whether that is the beginning, and what is wrong."""
    if not text:
        return pages.first(), True, []
    try:
        place = decoded(text, (str, int, float, type(None)), int)
        return pages.after(*place), False, []
    except (ValueError, TypeError, ValidationError):
        message = "This place in the list is not known: here is its beginning."
        return pages.first(), True, [message]


def _following(found: list[Any], sort: Sort, address: _Address) -> str:
    if len(found) <= PAGE:
        return ""
    last = found[PAGE - 1]
    cursor = Cursor(getattr(last, sort.column), last.id)
    return address.having(cursor=cursor.encoded())


def _facet(
    filters: Listed, name: str, chosen: dict[str, str], address: _Address
) -> Facet:
    counts = filters.counts(name)
    options = tuple(
        Option(label, count, address.having(**{name: value}), chosen.get(name) == value)
        for value, label, count in counts[:MOST_CHOICES]
        if value
    )
    counted = sum(count for _, _, count in counts)
    newest = MOST_SORTED if counted == MOST_SORTED else 0
    return Facet(name, str(filters.filters[name].label), options, newest)


def _tags(
    filters: Listed, facets: list[Facet], address: _Address, errors: list[str]
) -> Iterator[Link]:
    """What the list is narrowed by, each with the address without it."""
    labels = {
        facet.name: option.label
        for facet in facets
        for option in facet.options
        if option.is_chosen
    }
    for name, value in _chosen(filters).items():
        words = labels.get(name, value)
        if kind := filters.names.get(name):
            found = NAMES[kind](slug=value)
            words = found[0][0] if found else value
            if not found:
                errors.append(f"No published record has the address “{value}”.")
        label = f"{filters.filters[name].label}: {words}"
        yield Link(label, address.having(**{name: ""}))
