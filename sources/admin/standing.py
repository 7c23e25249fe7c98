"""What stands in the way of a deletion, in words and with links."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from django.contrib.admin.utils import quote
from django.urls import NoReverseMatch, reverse
from django.utils.html import format_html
from django.utils.text import capfirst

# So many of each kind are listed by name.
MOST_NAMED = 100


def told(rows: list[Any]) -> Iterator[Any]:
    """The first of each kind by name, with a link, and how many more there are."""
    for found in rows:
        yield from map(_named, found[:MOST_NAMED])
        more = found.count() - MOST_NAMED
        if more > 0:
            yield f"and {more:,} more {found.model._meta.verbose_name_plural}"


def _named(record: Any) -> Any:
    meta = record._meta
    name = f"admin:{meta.app_label}_{meta.model_name}_change"
    kind = capfirst(meta.verbose_name)
    try:
        address = reverse(name, args=[quote(record.pk)])
    except NoReverseMatch:
        return f"{kind}: {record}"
    return format_html('{}: <a href="{}">{}</a>', kind, address, record)
