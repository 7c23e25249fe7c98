"""Lists that open as fast with a million rows: counts are bounded, filters too."""

from __future__ import annotations

from collections import Counter
from typing import Any

from django.contrib import admin
from django.contrib.admin.options import IncorrectLookupParameters
from django.core.exceptions import ValidationError
from django.core.paginator import Paginator
from django.db import connections, models
from django.utils.functional import cached_property

from entities.models import Entity

# A list is counted up to here, and paged through no further.
MOST_ROWS = 10_000
# A filter's choice is counted up to here.
MOST_COUNTED = 1000
# What a filter asks, where the column's name does not say it.
TITLES = {
    "is_public": "whether readers see it",
    "is_contested": "whether other answers differ",
    "anchor": "whether the quote is in our copy",
}


class CappedPaginator(Paginator):
    """Counts no more rows than anyone would page through."""

    @cached_property
    def found(self) -> int:
        rows: Any = self.object_list
        return rows.order_by()[: MOST_ROWS + 1].count()

    @cached_property
    def count(self) -> int:
        return min(self.found, MOST_ROWS)

    @property
    def is_capped(self) -> bool:
        return self.found > MOST_ROWS


class CountedFilter(admin.FieldListFilter):
    """A filter by a column of few values, each with its count in the whole table.

    Small tables are counted exactly. In larger ones an indexed column is counted up
    to “1,000+” for each value; of any other the first thousand rows say “at least”.
    """

    def __init__(self, field, request, params, model, model_admin, field_path):
        self.parameter = f"{field_path}__exact"
        self.model_admin = model_admin
        super().__init__(field, request, params, model, model_admin, field_path)
        self.title = TITLES.get(field_path, self.title)

    def expected_parameters(self):
        return [self.parameter]

    def values(self) -> list[tuple[Any, str]]:
        """Each value with its words."""
        if isinstance(self.field, models.BooleanField):
            return [(True, "Yes"), (False, "No")]
        return [(value, str(label)) for value, label in self.field.flatchoices]

    def choices(self, changelist):
        chosen = self.used_parameters.get(self.parameter)
        chosen = str(chosen[0]) if chosen else None
        yield {
            "selected": chosen is None,
            "query_string": changelist.get_query_string(remove=[self.parameter]),
            "display": "All",
        }
        counts = self.counts(changelist.root_queryset)
        for value, label in self.values():
            yield {
                "selected": chosen == str(value),
                "query_string": changelist.get_query_string({self.parameter: value}),
                "display": f"{label} ({counts[value]})",
            }

    def counts(self, rows: Any) -> dict[Any, str]:
        """How many rows have each value, in words."""
        name, rows = self.field_path, rows.order_by()
        seen = _sampled(rows.values(name)[: MOST_COUNTED + 1])
        if seen.total() <= MOST_COUNTED:
            return {value: f"{seen[value]:,}" for value, _ in self.values()}
        if not self.is_indexed:
            return {value: f"{seen[value]:,}+" for value, _ in self.values()}
        values = [value for value, _ in self.values()]
        found = _amounts([self.only(rows, [value]) for value in values])
        return dict(zip(values, map(_capped, found), strict=True))

    def queryset(self, request, queryset):
        chosen = self.used_parameters.get(self.parameter)
        if not chosen:
            return queryset
        try:
            return self.only(queryset, chosen)
        except (ValueError, ValidationError) as error:
            raise IncorrectLookupParameters(error) from error

    def only(self, rows: Any, values: list[Any]) -> Any:
        """The rows with one of these values."""
        # SQLite finds no index for a bare boolean, as Django would write it.
        return rows.complex_filter({f"{self.field_path}__in": values})

    @property
    def is_indexed(self) -> bool:
        """Whether an index leads straight to the rows with one value."""
        field: Any = self.field
        if field.db_index:
            return True
        # Lists of entities are of one kind: it may stand before the column.
        starts = ([self.field_path], ["kind", self.field_path])
        indexes = self.field.model._meta.indexes
        return any(
            index.fields[: len(start)] == start for index in indexes for start in starts
        )


def _sampled(rows: Any) -> Counter[Any]:
    """How many of these rows have each value of their one column."""
    connection = connections[rows.db]
    inner, parameters = rows.query.get_compiler(connection=connection).as_sql()
    # Made of what Django compiles.
    sql = f"WITH few (value) AS ({inner}) SELECT value, count(*) FROM few "  # noqa: S608
    with connection.cursor() as cursor:
        cursor.execute(sql + "GROUP BY value", parameters)
        return Counter(dict(cursor.fetchall()))


def _amounts(choices: list[Any]) -> list[int]:
    """How many rows each choice has, up to one more than is counted; asked at once."""
    connection = connections[choices[0].db]
    counting, parameters = [], []
    for rows in choices:
        few = rows.order_by().values("pk")[: MOST_COUNTED + 1]
        inner, given = few.query.get_compiler(connection=connection).as_sql()
        # Made of what Django compiles.
        counting.append(f"(SELECT count(*) FROM ({inner}) AS few)")  # noqa: S608
        parameters += given
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(counting)}", parameters)
        return list(cursor.fetchone())


def _capped(found: int) -> str:
    return f"{MOST_COUNTED:,}+" if found > MOST_COUNTED else f"{found:,}"


class CategoryFilter(CountedFilter):
    """The categories that fit the kind of entity."""

    title = "category"

    def values(self) -> list[tuple[Any, str]]:
        kind = self.model_admin.model.FIXED_KIND
        categories = {
            Entity.Kind.ORGANISATION: Entity.ORGANISATION_CATEGORIES,
            Entity.Kind.EVENT: Entity.EVENT_CATEGORIES,
        }
        return list(categories.get(kind, Entity.CATEGORIES).items())
