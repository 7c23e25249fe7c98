"""What every format is made of: public rows, read for many records at once.

Nothing else is read here, so that no format can tell what readers do not see.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from typing import Any

from django.db.models import F, QuerySet

from briefing.pages import notes
from briefing.pages.answers import CLAIM, QUESTION, Decided, decisions
from briefing.pages.notes import Backing
from briefing.pages.sources import NAME
from entities.models import Alias, Entity
from entities.rows import Each, Rows
from sources.models import Claim, Evidence, Question, Source

PUBLIC: dict[str, Any] = {
    "entity": Entity.objects.public,
    "source": Source.objects.public,
    "claim": Claim.objects.public,
    "evidence": Evidence.objects.public,
}
SOURCES = Rows(
    lambda keys: (
        Source.objects.public()
        .keyed(Each(keys))
        .order_by("pk")
        .values_list(
            *("id", *NAME, "publisher__status", "author", "url", "archive_url", "doi"),
            *("accessed", "language", "standing", "standing_date", "note"),
            "standing_notice",
        )
    )
)
ENTITIES = Rows(
    lambda keys: (
        Entity.objects.public()
        .keyed(Each(keys))
        .order_by("pk")
        .values_list(
            *("id", "kind", "slug", "name", "family_name", "given_name", "category"),
            *("wikidata_id", "modified_at"),
        )
    )
)
ALIASES = Rows(
    lambda keys: (
        Alias.objects.published()
        .filter(entity__in=Each(keys))
        .order_by("pk")
        .values_list("entity_id", "text", "kind")
    )
)
QUESTIONS = Rows(
    lambda keys: (
        Question.objects.public()
        .keyed(Each(keys))
        .order_by("pk")
        .values_list(*QUESTION)
    )
)
CLAIMS = Rows(
    lambda keys: (
        Claim.objects.public()
        .keyed(Each(keys))
        .order_by("pk")
        .values_list(*CLAIM, "property__ftm", "property__value_type")
    )
)
ABOUT = Rows(
    lambda entities: (
        Claim.objects.public()
        .filter(subject__in=Each(entities))
        .order_by("pk")
        .values_list("id", "subject_id")
    )
)
ON_CLAIMS = Rows(
    lambda claims: (
        Evidence.objects.public()
        .on(Each(claims))
        .order_by("claim_id", F("source__low").asc(nulls_last=True), "id")
        .values_list(*notes.COLUMNS, "source__url", "source__accessed")
    )
)
EVIDENCE = Rows(
    lambda keys: (
        Evidence.objects.public()
        .keyed(Each(keys))
        .order_by("pk")
        .values_list(
            *("id", "slug", "stance", "quote", "start", "end", "modified_at"),
            *("claim__slug", "claim__statement", "source__slug", "source__url"),
            *("source__archive_url", "source__language"),
        )
    )
)


def keys(kind: str, after: int, most: int) -> list[int]:
    """The keys of the next public records of a kind."""
    rows = PUBLIC[kind]().filter(pk__gt=after).order_by("pk")
    return list(rows.values_list("pk", flat=True)[:most])


def keys_of(rows: QuerySet[Any]) -> list[int]:
    return list(rows.order_by("pk").values_list("pk", flat=True))


def backings(claims: Iterable[int]) -> dict[int, Backing]:
    """All public evidence on each of these claims."""
    found: dict[int, Backing] = defaultdict(Backing)
    for row in ON_CLAIMS(claims=list(claims)):
        found[row.claim_id].rows.append(row)
    return found


def questions(claims: Sequence[Any]) -> tuple[dict[int, Any], Decided]:
    """The questions of these claims by key, and what the desk decided of each."""
    asked = list({claim.question_id for claim in claims})
    return {row.id: row for row in QUESTIONS(keys=asked)}, decisions(asked)
