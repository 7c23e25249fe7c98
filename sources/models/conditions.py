"""What must hold of a row, where it is too long to be read in its model."""

from __future__ import annotations

from functools import reduce
from operator import and_, or_

from django.db.models import Q


def one_value_only() -> Q:
    """A condition that holds where exactly one of the five kinds of value is set."""
    kinds = [
        ~Q(object=None),
        ~Q(date=""),
        ~Q(amount=None),
        ~Q(text=""),
        Q(no_value=True),
    ]
    alone = (
        reduce(and_, [chosen, *(~other for other in kinds if other is not chosen)])
        for chosen in kinds
    )
    return reduce(or_, alone)
