"""The fast way in which every reader page reads: query sets compiled once.

Building query sets and objects takes longer than the database needs to answer. `Rows`
builds its query set once, then only runs the SQL and gives plain named tuples.

    CLAIMS = Rows(lambda person: Claim.objects.about(person).values_list("slug", "low"))
    CLAIMS(person=12)

An argument stands for a number or a text, `Each(argument)` for a list of them. The
column "subject__name" becomes the attribute `subject_name`.
"""

from __future__ import annotations

import inspect
import json
from collections import namedtuple
from collections.abc import Callable
from typing import Any, NamedTuple

from django.core.exceptions import EmptyResultSet
from django.db.models import Expression, Value

from entities.reads import asked
from entities.routing import reading


class Place(NamedTuple):
    """Where among a statement's parameters a value goes, and in what form."""

    name: str
    form: Callable[[Any], Any]


class Each(Expression):
    """A list that is given at each call: `pk__in=Each(keys)`."""

    def __init__(self, argument: Value, cast: str = "bigint") -> None:
        super().__init__()
        self.name, self.cast = argument.value.name, cast

    def as_sqlite(self, compiler: Any, connection: Any) -> tuple[str, list[Place]]:
        return "(SELECT value FROM json_each(%s))", [Place(self.name, json.dumps)]

    def as_sql(self, compiler: Any, connection: Any) -> tuple[str, Any]:
        return f"(SELECT unnest(%s::{self.cast}[]))", [Place(self.name, list)]


class Rows:
    """A query set compiled once; called with its arguments it gives the rows.

    `in_turn`: tables are read in the order in which the query set joins them. SQLite
    cannot know that one entity has thousands of rows and another three: told so, it
    follows an index and stops at the limit, instead of sorting all.
    """

    def __init__(self, build: Callable[..., Any], in_turn: bool = False) -> None:
        self.build, self.in_turn = build, in_turn
        self.plans: dict[str, tuple[str, Any, Any, Any]] = {}

    def __call__(self, **given: Any) -> list[Any]:
        connection = reading()
        try:
            plan = self.plans.get(connection.vendor) or self._compile(connection)
        except EmptyResultSet:
            # A query of no words finds nothing: there is no SQL for it.
            return []
        sql, places, converters, make = plan
        rows = asked(connection, sql, [_filled(place, given) for place in places])
        return [make(_converted(row, converters, connection)) for row in rows]

    def _compile(self, connection: Any) -> tuple[str, Any, Any, Any]:
        names = inspect.signature(self.build).parameters
        places = {name: Value(Place(name, lambda value: value)) for name in names}
        queryset = self.build(**places)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        if self.in_turn and connection.vendor == "sqlite":
            # Its documentation of SELECT promises the order of a CROSS JOIN.
            sql = sql.replace(" INNER JOIN ", " CROSS JOIN ")
        fields = [field.replace("__", "_") for field in queryset._fields]
        make = namedtuple("Row", fields)._make  # type: ignore[attr-defined]
        columns = (column[0] for column in compiler.select[: compiler.col_count])
        converters = compiler.get_converters(columns)
        self.plans[connection.vendor] = plan = sql, parameters, converters, make
        return plan


def _filled(place: Any, given: dict[str, Any]) -> Any:
    return place.form(given[place.name]) if isinstance(place, Place) else place


def _converted(row: Any, converters: dict[int, Any], connection: Any) -> Any:
    """The row with its columns as Django's fields would give them."""
    row = list(row) if converters else row
    for place, (functions, expression) in converters.items():
        # No field makes anything of nothing.
        if row[place] is not None:
            for function in functions:
                row[place] = function(row[place], expression, connection)
    return row
