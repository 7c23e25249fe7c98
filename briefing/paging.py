"""The pages of a list, each read with SQL that is made once for all of them."""

from __future__ import annotations

from typing import Any

from django.db.models import QuerySet

from briefing.filters import Cursor, Sort
from entities.routing import reading
from entities.rows import Rows

PAGE = 50
# What neither engine can hold is in no row.
LARGEST = 2**63


class Pages:
    """The pages of a list in one order, each asked for with SQL that was made once."""

    def __init__(self, sort: Sort, rows: QuerySet, columns: tuple[str, ...]) -> None:
        self.sort = sort
        needed = tuple(dict.fromkeys(columns))
        ordered = sort.order(rows)

        def page(rows: QuerySet) -> Any:
            return rows.values_list(*needed)[: PAGE + 1]

        self.field = rows.model._meta.get_field(sort.column)
        self.first = Rows(lambda: page(ordered))
        self.later = Rows(
            lambda value, key: page(sort.after(ordered, Cursor(value, key)))
        )
        # Behind rows with a value come those that have none.
        self.last = Rows(lambda key: page(sort.after(ordered, Cursor(None, key))))

    def after(self, value: Any, key: int) -> list[Any]:
        """What follows that place; ValueError or the like for one of another list."""
        for part in (value, key):
            if isinstance(part, int) and not -LARGEST <= part < LARGEST:
                raise ValueError("not a place in this list")
        if value is None:
            return self.last(key=key)
        return self.later(value=self.field.get_db_prep_value(value, reading()), key=key)
