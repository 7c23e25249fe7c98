"""What keeps records from being deleted, found without gathering all that would go."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import Any

from django.db import models


def in_the_way(records: Sequence[Any]) -> list[Any]:
    """What cites these records of one kind and does not let go: a query set a table."""
    return list(_protecting(records)) if records else []


def _protecting(records: Sequence[Any]) -> Iterator[Any]:
    for relation in records[0]._meta.related_objects:
        if relation.on_delete is models.PROTECT:
            manager = relation.related_model._base_manager
            rows = manager.filter(**{f"{relation.field.name}__in": records})
            if rows.exists():
                yield rows.order_by("pk")
