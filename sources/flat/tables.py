"""The public tables: what readers may see of each kind, by key, in plain columns.

On the live database each is a part of a view; in an edition it is a table. Both are
filled by the query sets that readers' pages use: nothing here decides what is public.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, NamedTuple

from django.db import connection
from django.db.models import (
    Case,
    CharField,
    Exists,
    F,
    IntegerField,
    OuterRef,
    QuerySet,
    Value,
    When,
)
from django.db.models.functions import Cast, Coalesce, Length

from entities.models import Alias, Entity
from sources.flat.columns import (
    CHANGED,
    INTEGER,
    NUMBER,
    Column,
    Moment,
    asks,
    entity,
    flag,
    quote,
    same,
    source,
)
from sources.models import (
    Claim,
    Correction,
    Evidence,
    Finding,
    Property,
    Question,
    Source,
)


class Table(NamedTuple):
    """One public table; `keys` columns at its beginning tell its rows apart."""

    name: str
    rows: Callable[[], QuerySet[Any]]
    columns: Callable[[], list[Column]]
    keys: int = 1
    # What full-text search looks through.
    found_by: tuple[str, ...] = ()

    @property
    def names(self) -> list[str]:
        return [column.name for column in self.columns()]

    @property
    def quoted(self) -> list[str]:
        """Some columns are called as words of the language."""
        return [f'"{name}"' for name in self.names]

    def sql(self) -> str:
        """The statement that gives its rows, complete: a view takes no parameters."""
        reads = [column.read for column in self.columns()]
        found = self.rows().order_by().values_list(*reads)
        sql, given = found.query.get_compiler(connection=connection).as_sql()
        return sql % tuple(map(_literal, given))


def _literal(value: Any) -> str:
    if isinstance(value, bool | int):
        return str(value)
    return "'" + str(value).replace("'", "''") + "'"


def _entity_columns() -> list[Column]:
    parts = ("family_name", "given_name", "category", "date", "place", "wikidata_id")
    return [*same("slug", "kind", "name", *parts), CHANGED]


def _name_columns() -> list[Column]:
    return [
        Column("entity", "entity__slug", to="entities"),
        *same("text", "kind", "language"),
    ]


def _source_columns() -> list[Column]:
    about = ("author", "genre", "url", "archive_url", "doi", "published", "accessed")
    judged = ("standing", "standing_date", "standing_notice", "note", "text_sha256")
    return [
        *same("slug", "title"),
        entity("publisher"),
        *same(*about, "language", "reliability", "lineage"),
        source("derived_from"),
        *same("derivation", *judged),
        CHANGED,
    ]


def _property_columns() -> list[Column]:
    return [
        *same("key", "label", "inverse_label", "question", "value_type"),
        flag("is_single_valued"),
    ]


def _question_columns() -> list[Column]:
    counts = ("answer_count", "article_count", "origin_count")
    return [
        Column("slug", "slug"),
        Column("asks", asks()),
        Column("subject", "subject__slug", to="entities"),
        Column("property", "property__key", to="properties"),
        *same("qualifier", "state", "decision"),
        *same(*counts, type=INTEGER),
    ]


def _claim_columns() -> list[Column]:
    return [
        Column("slug", "slug"),
        Column("question", "question__slug", to="questions"),
        Column("subject", "subject__slug", to="entities"),
        Column("property", "property__key", to="properties"),
        Column("qualifier", "qualifier"),
        Column("object", "object__slug", to="entities"),
        Column("date", "date"),
        *same("amount", "amount_high", type=NUMBER),
        *same("unit", "bound", "text"),
        flag("no_value"),
        *same("during", "statement", "support"),
        flag("is_contested"),
        *same("article_count", "origin_count", type=INTEGER),
        CHANGED,
    ]


def _contradiction_columns() -> list[Column]:
    return [
        Column("claim", "slug", to="claims"),
        Column("contradicts", "contradicts__slug", to="claims"),
    ]


def _evidence_columns() -> list[Column]:
    counted = Exists(Evidence.objects.counted().filter(pk=OuterRef("pk")))
    is_counted = Case(When(counted, then=1), default=0, output_field=IntegerField())
    return [
        Column("slug", "slug"),
        Column("claim", "claim__slug", to="claims"),
        Column("source", "source__slug", to="sources"),
        Column("stance", "stance"),
        Column("quote", quote()),
        Column("quote_start", "start", INTEGER),
        Column("quote_end", "end", INTEGER),
        Column("form", "form"),
        flag("is_inferred"),
        entity("speaker"),
        Column("speaker_label", "speaker_label"),
        source("via"),
        *same("via_label", "voice", "hedge", "note", "confirmed_by", "anchor"),
        source("origin"),
        Column("is_counted", is_counted, INTEGER),
        CHANGED,
    ]


def _decision_columns() -> list[Column]:
    return [
        Column("question", "question__slug", to="questions"),
        *same("outcome", "reason", "would_change_it", "decided_by"),
        Column("decided_at", Moment("decided_at")),
    ]


def _preferred_columns() -> list[Column]:
    return [
        Column("question", "question__slug", to="questions"),
        Column("claim", "preferred__slug", to="claims"),
    ]


def _correction_columns() -> list[Column]:
    about = Coalesce("claim__slug", "entity__slug", "source__slug")
    kind = Case(
        When(claim__isnull=False, then=Value("claim")),
        When(entity__isnull=False, then=F("entity__kind")),
        default=Value("source"),
        output_field=CharField(),
    )
    return [
        Column("slug", "slug"),
        Column("record_type", kind),
        Column("record", about),
        *same("said", "says", "reason"),
        Column("made_on", Cast("made_on", CharField())),
    ]


def _asked() -> QuerySet[Any]:
    """The words of the vocabulary with which a public question is asked."""
    of_this: Any = OuterRef("pk")
    return Property.objects.filter(Exists(Question.objects.public().asking(of_this)))


def _contradictions() -> QuerySet[Any]:
    return Claim.objects.public().filter(contradicts__is_public=True)


def _evidence() -> QuerySet[Any]:
    return Evidence.objects.public().annotate(quote_length=Length("quote"))


TABLES = [
    Table("entities", Entity.objects.public, _entity_columns, found_by=("name",)),
    Table(
        "names",
        lambda: Alias.objects.published().of_public_entities(),
        _name_columns,
        keys=2,
        found_by=("text",),
    ),
    Table(
        "sources", Source.objects.public, _source_columns, found_by=("title", "author")
    ),
    Table("properties", _asked, _property_columns),
    Table("questions", Question.objects.public, _question_columns, found_by=("asks",)),
    Table("claims", Claim.objects.public, _claim_columns, found_by=("statement",)),
    Table("contradictions", _contradictions, _contradiction_columns, keys=2),
    Table(
        "evidence",
        _evidence,
        _evidence_columns,
        found_by=("quote", "speaker_label", "note"),
    ),
    Table("decisions", Finding.objects.public, _decision_columns),
    Table(
        "preferred",
        lambda: Finding.objects.public().filter(preferred__isnull=False),
        _preferred_columns,
        keys=2,
    ),
    Table("corrections", Correction.objects.public, _correction_columns),
]
