"""Columns of public tables: how the value of each is read of a query set."""

from __future__ import annotations

from typing import Any, NamedTuple

from django.conf import settings
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    Func,
    IntegerField,
    OuterRef,
    Q,
    QuerySet,
    TextField,
    Value,
    When,
)
from django.db.models.functions import Cast, Concat, Left, Length, Replace, RTrim

from entities.models import Entity
from sources.models import Source

TEXT, INTEGER, NUMBER = "TEXT", "INTEGER", "NUMERIC"


class Moment(Func):
    """A time in UTC, as ISO 8601 to the second."""

    output_field = TextField()

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:
        form = "strftime('%%%%Y-%%%%m-%%%%dT%%%%H:%%%%M:%%%%SZ', %(expressions)s)"
        return super().as_sql(compiler, connection, template=form, **more)

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        form = """to_char(%(expressions)s AT TIME ZONE 'UTC',
            'YYYY-MM-DD"T"HH24:MI:SS"Z"')"""
        return super().as_sql(compiler, connection, template=form, **more)


class Column(NamedTuple):
    """One column: where its value is read, its type, the table it points at."""

    name: str
    read: Any
    type: str = TEXT
    to: str = ""


CHANGED = Column("changed_at", Moment("modified_at"))


def same(*names: str, type: str = TEXT) -> list[Column]:
    """Columns that are called and read as the model's fields."""
    return [Column(name, name, type) for name in names]


def flag(name: str) -> Column:
    return Column(name, Cast(name, IntegerField()), INTEGER)


def _public(field: str, path: str, rows: QuerySet[Any], to: str) -> Column:
    """A reference by slug; NULL where readers do not see that record."""
    seen = Q(Exists(rows.filter(pk=OuterRef(path))))
    read = Case(When(seen, then=F(f"{path}__slug")), output_field=CharField())
    return Column(field, read, TEXT, to)


def entity(name: str) -> Column:
    return _public(name, name, Entity.objects.public(), "entities")


def source(name: str) -> Column:
    return _public(name, name, Source.objects.public(), "sources")


def quote() -> Any:
    """As much of a quote as readers see: the setting of when this was made."""
    most = settings.PUBLIC_QUOTE_LENGTH
    shown = Concat(RTrim(Left("quote", most)), Value("…"), output_field=TextField())
    is_short = Q(quote_length__lte=most)
    return Case(When(is_short, then=F("quote")), default=shown)


def asks() -> Any:
    """The question in words, what exactly is meant in brackets."""
    name: Any = F("subject__name")
    asked = Replace("property__question", Value("{subject}"), name)
    bare = Case(
        When(property__question__endswith="?", then=Left(asked, Length(asked) - 1)),
        default=asked,
        output_field=TextField(),
    )
    meant = Concat(
        bare, Value(" ("), "qualifier", Value(")?"), output_field=TextField()
    )
    return Case(When(qualifier="", then=asked), default=meant, output_field=TextField())
