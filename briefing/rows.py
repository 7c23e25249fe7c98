"""The fast way in which every reader page reads: query sets compiled once.

Building a query set and its objects takes longer than the database needs to answer.
A `Rows` builds its query set on first use, keeps the SQL, and from then on only runs
it, giving plain named tuples; only columns that Django would convert are converted.

    CLAIMS = Rows(lambda person: Claim.objects.about(person).values_list("slug", "low"))
    CLAIMS(person=12)

Each argument of the function is a place for a value that the database takes as it is,
a number or a text; `Each(argument)` is one for a list of them. The column
"subject__name" becomes the attribute `subject_name`.
"""

from __future__ import annotations

import inspect
import json
from collections import namedtuple
from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import Expression, Value


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
    """A query set compiled once; called with its arguments it gives the rows."""

    def __init__(self, build: Callable[..., Any]) -> None:
        self.build = build
        self.plans: dict[str, tuple[str, Any, Any, Any]] = {}

    def __call__(self, **given: Any) -> list[Any]:
        sql, places, converters, make = (
            self.plans.get(connection.vendor) or self._compile()
        )
        with connection.cursor() as cursor:
            cursor.execute(sql, [_given(place, given) for place in places])
            rows = cursor.fetchall()
        return [make(_converted(row, converters)) for row in rows]

    def _compile(self) -> tuple[str, Any, Any, Any]:
        names = inspect.signature(self.build).parameters
        places = {name: Value(Place(name, lambda value: value)) for name in names}
        queryset = self.build(**places)
        compiler = queryset.query.get_compiler(connection=connection)
        sql, parameters = compiler.as_sql()
        columns = [column[0] for column in compiler.select[: compiler.col_count]]
        fields = [field.replace("__", "_") for field in queryset._fields]
        make = namedtuple("Row", fields)._make  # type: ignore[attr-defined]
        plan = (sql, parameters, compiler.get_converters(columns), make)
        self.plans[connection.vendor] = plan
        return plan


def _given(place: Any, given: dict[str, Any]) -> Any:
    return place.form(given[place.name]) if isinstance(place, Place) else place


def _converted(row: Any, converters: dict[int, Any]) -> Any:
    """The row with its columns as Django's fields would give them."""
    row = list(row) if converters else row
    for place, (functions, expression) in converters.items():
        for function in functions:
            row[place] = function(row[place], expression, connection)
    return row
