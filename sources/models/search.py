"""What readers can find: one row for each public record, with its folded words."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import connections, models
from django.db.models import Case, Count, Q, Value, When
from django.db.models.expressions import RawSQL

from entities.folding import words
from entities.models import Entity

NAMED = list(Entity.Kind.values)
# The full-text index gives row numbers; each engine asks it in its own words.
MATCHES = {
    "sqlite": (
        "SELECT rowid AS id FROM sources_searchentry_fts "
        "WHERE sources_searchentry_fts MATCH %s"
    ),
    "postgresql": (
        "SELECT id FROM sources_searchentry "
        "WHERE briefing_words(words || ' ' || more) @@ %s::tsquery"
    ),
}
# Folded words hold none of the signs that mean something in a pattern.
BEGINS = {"sqlite": "GLOB", "postgresql": "LIKE"}
ANY = {"sqlite": "*", "postgresql": "%"}
# A common word stands in a million rows, which none of its readers reads: only the
# newest of them are ranked and counted, and names that begin so, however old.
NEWEST = "SELECT id FROM ({matches} ORDER BY id DESC LIMIT %s) AS newest"
BOUNDED = """{newest}
    UNION ALL SELECT id FROM (
        SELECT found.id FROM entities_entity AS entity
        JOIN sources_searchentry AS found
        ON found.kind = entity.kind AND found.record_id = entity.id
        WHERE entity.folded {begins} %s ORDER BY entity.id LIMIT 200
    ) AS named
    UNION ALL {called}
"""
# Whoever is called just that, by name or alias, however many share its beginning.
# SQLite follows the order of a CROSS JOIN: it begins with the few that are called so.
# An index on the status would lead to nearly all aliases: it is kept from using it.
CALLED = """
    SELECT found.id FROM (
        SELECT id FROM entities_entity WHERE folded = %s
        UNION SELECT entity_id FROM entities_alias
        WHERE folded = %s AND status || '' = 'published'
    ) AS called
    CROSS JOIN sources_searchentry AS found
    WHERE found.record_id = called.id
        AND found.kind IN ('person', 'organisation', 'event')
"""
MOST_FOUND = 5_000
LONGEST_QUERY = 20
# PostgreSQL indexes no word of more than 2046 bytes, and no text of more than 1 MB.
LONGEST_WORD = 200
LONGEST_TEXT = 100_000
# SQLite compares with no pattern of more than 50,000 bytes.
LONGEST_TITLE = 1000


def indexed(text: str) -> str:
    """The folded words of a text as they are kept to be found."""
    return " ".join(word[:LONGEST_WORD] for word in words(text))[:LONGEST_TEXT]


def phrases(query: str) -> list[list[str]]:
    """The folded words of each part of a query; words of one part stand together."""
    folded = [indexed(part).split() for part in query.split()[:LONGEST_QUERY]]
    return [part[:LONGEST_QUERY] for part in folded if part]


def sqlite_match(query: str) -> str:
    """An FTS5 expression: every phrase, the last word of each as a beginning."""
    return " AND ".join(f'"{" ".join(part)}"*' for part in phrases(query))


def postgresql_match(query: str) -> str:
    """The same as a tsquery; folded words hold no quote or backslash."""
    parts = []
    for part in phrases(query):
        lexemes = [f"'{word}'" for word in part]
        parts.append("(" + " <-> ".join(lexemes) + ":*)")
    return " & ".join(parts)


EXPRESSIONS = {"sqlite": sqlite_match, "postgresql": postgresql_match}


class SearchEntryQuerySet(models.QuerySet):
    def matching(self, query: str, at_most: int | None = None) -> Self:
        """Entries that hold every word of the query; none for a query of no words.

        `at_most`: of the newest that many only.
        """
        vendor = connections[self.db].vendor
        match = EXPRESSIONS[vendor](query)
        if not match:
            return self.none()
        if at_most is None:
            return self.filter(pk__in=RawSQL(MATCHES[vendor], [match]))
        newest = NEWEST.format(matches=MATCHES[vendor])
        return self.filter(pk__in=RawSQL(newest, [match, at_most]))  # noqa: S611

    def found(self, query: str, at_most: int = MOST_FOUND) -> Self:
        """The same as far as readers see it: one more than that many of the newest."""
        vendor = connections[self.db].vendor
        match, folded = EXPRESSIONS[vendor](query), indexed(query)[:LONGEST_TITLE]
        if not match:
            return self.none()
        newest = NEWEST.format(matches=MATCHES[vendor])
        bounded = BOUNDED.format(newest=newest, begins=BEGINS[vendor], called=CALLED)
        values = [match, at_most + 1, folded + ANY[vendor], folded, folded]
        return self.filter(pk__in=RawSQL(bounded, values))  # noqa: S611

    def newest_holding(self, word: str, at_most: int) -> Self:
        """The newest questions and claims that hold the word, or begin a word so."""
        rows = self.matching(word).filter(kind__in=["question", "claim"])
        return rows.order_by("-id")[:at_most]

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def names_and_questions(self) -> Self:
        return self.filter(kind__in=[*NAMED, "question"])

    def counts(self) -> dict[str, int]:
        """How many there are of each kind."""
        grouped = self.order_by().values_list("kind").annotate(entries=Count("pk"))
        return dict(grouped)

    def recording(self, records: Any) -> Self:
        """The entries of these records."""
        return self.filter(record_id__in=records)

    def best_first(self, query: str) -> Self:
        """Whole titles and names, then beginnings, then the rest; then by kind."""
        folded = indexed(query)[:LONGEST_TITLE]
        within = f" {folded}"
        alias = Q(more__startswith=folded) | Q(more__contains=within)
        quality = Case(
            When(words=folded, then=Value(0)),
            When(pk__in=RawSQL(CALLED, [folded, folded]), then=Value(0)),  # noqa: S611
            When(words__startswith=folded, then=Value(1)),
            When(Q(kind__in=NAMED) & alias, then=Value(1)),
            When(words__contains=within, then=Value(2)),
            default=Value(3),
        )
        return self.annotate(quality=quality).order_by("quality", "weight", "id")

    def after(self, quality: int, weight: int, key: int) -> Self:
        """Those that follow, best first, the one of this quality, weight and id."""
        return self.filter(
            Q(quality__gt=quality)
            | Q(quality=quality, weight__gt=weight)
            | Q(quality=quality, weight=weight, id__gt=key)
        )


class SearchEntry(models.Model):
    """One public record as readers can find it; derived, never edited."""

    # What a reader most likely looks for comes first.
    WEIGHTS = {
        "person": 0,
        "organisation": 0,
        "event": 1,
        "question": 2,
        "claim": 3,
        "source": 4,
    }

    kind = models.CharField(max_length=12)
    record_id = models.PositiveBigIntegerField()
    weight = models.PositiveSmallIntegerField()
    slug = models.CharField(max_length=200)
    title = models.TextField()
    excerpt = models.TextField(blank=True)
    words = models.TextField()
    more = models.TextField(blank=True)

    objects: ClassVar[Any] = SearchEntryQuerySet.as_manager()

    class Meta:
        verbose_name_plural = "search entries"
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "record_id"], name="record_is_found_once"
            )
        ]

    def __str__(self) -> str:
        return self.title
