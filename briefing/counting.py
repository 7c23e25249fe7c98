"""What is counted for lists, and remembered for as long as nothing is written.

Each write of records leaves its mark in the transaction that makes it. What was counted
under the mark that a request finds is therefore still true for it; under another mark
it is counted anew, and never more than the newest rows.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any

from django.core.exceptions import EmptyResultSet
from django.db.models import IntegerField, QuerySet
from django.db.models.expressions import RawSQL

from entities.routing import reading

# Counting a million rows would take longer than all the rest of a page.
MOST_COUNTED = 10_000
# What may be chosen next, and how often, is told of so many rows.
MOST_SORTED = 5_000
# So many results are remembered: whoever tries every filter fills no memory.
MOST_REMEMBERED = 500
# The state of the database that the request found; None: nothing is remembered.
_state: ContextVar[Any] = ContextVar("state", default=None)
# The last state seen by this process, and what was counted in it.
_known: tuple[Any, dict[Any, Any]] = None, {}


@contextmanager
def in_state(state: Any) -> Iterator[None]:
    """What is counted in the block holds as long as the database is in that state."""
    token = _state.set(state)
    try:
        yield
    finally:
        _state.reset(token)


def remembered(key: Any, count: Callable[[], Any]) -> Any:
    """What `count` gives; asked once for each key as long as nothing is written."""
    global _known
    state = _state.get()
    if state is None:
        return count()
    if _known[0] != state:
        _known = state, {}
    # Another request may turn to another state meanwhile: this one keeps its own.
    known_state, found = _known
    if known_state != state:
        return count()
    if key in found:
        return found[key]
    result = count()
    if len(found) < MOST_REMEMBERED:
        found[key] = result
    return result


def amount(rows: QuerySet) -> RawSQL:
    """How many there are, or one more than is worth counting, as a column of others."""
    few = rows.order_by().values("pk")[: MOST_COUNTED + 1]
    inner, parameters = few.query.get_compiler(connection=reading()).as_sql()
    # Made of what Django compiles.
    sql = f"(SELECT count(*) FROM ({inner}) AS few)"  # noqa: S608
    return RawSQL(sql, parameters, IntegerField())  # noqa: S611


def newest(rows: QuerySet, column: str) -> list[tuple[Any, int]]:
    """Each value of the column among the newest rows and how many of them have it.

    The database looks at each of those rows once: grouping what `id IN (...)` finds
    would look for each of them again.
    """
    rows = rows.values_list(column)[:MOST_SORTED]
    connection = reading()
    try:
        inner, parameters = rows.query.get_compiler(connection=connection).as_sql()
    except EmptyResultSet:
        return []
    sql = (
        f"WITH newest (value) AS ({inner}) SELECT value, count(*) FROM newest "  # noqa: S608
        "GROUP BY value ORDER BY count(*) DESC, value"
    )
    with connection.cursor() as cursor:
        cursor.execute(sql, parameters)
        found: list[tuple[Any, int]] = cursor.fetchall()
        return found


def forget() -> None:
    """Count anew from here on, as after a write."""
    global _known
    _known = None, {}
