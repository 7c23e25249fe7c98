"""What happened to what readers see, address by address."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import connections, models
from django.db.models.functions import Now

# When the oldest other transaction that has written something began; what begins while
# this is asked counts too. Who keeps the house (autovacuum) writes no row of ours.
OLDEST_WRITER = """
    SELECT least(min(xact_start), statement_timestamp()) FROM pg_stat_activity
    WHERE datname = current_database() AND backend_xid IS NOT NULL
        AND pid <> pg_backend_pid() AND backend_type <> 'autovacuum worker'
"""


class Clock(Now):
    """The very moment: a row's comes after the beginning of all with smaller numbers.

    That of a statement, which `Now` is on PostgreSQL, can be long past at its last row.
    """

    def as_postgresql(self, compiler: Any, connection: Any, **more: Any) -> Any:
        return self.as_sql(compiler, connection, template="CLOCK_TIMESTAMP()", **more)


class PublicChangeQuerySet(models.QuerySet[Any]):
    def at(self, kinds: list[str], slugs: list[str]) -> Self:
        """What was last told of these addresses."""
        return self.filter(kind__in=kinds, slug__in=slugs)

    def of(self, kinds: list[str], records: Any) -> Self:
        """What was last told of these records, the oldest first."""
        return self.filter(kind__in=kinds, record_id__in=records).order_by("id")

    def naming(self, kind: str, slug: str) -> Self:
        """What was told of an address, or of one that leads there."""
        return self.filter(models.Q(slug=slug) | models.Q(to=slug), kind=kind)

    def after(self, key: int) -> Self:
        return self.filter(id__gt=key).order_by("id")

    def settled(self) -> Self:
        """Those before which nothing can appear any more.

        SQLite has one writer at a time. Elsewhere a transaction that is still open may
        hold a row with a smaller number: what came after it began is not told yet.
        """
        if connections[self.db].vendor == "sqlite":
            return self
        with connections[self.db].cursor() as cursor:
            cursor.execute(OLDEST_WRITER)
            began = cursor.fetchone()[0]
        return self.filter(at__lt=began)


class PublicChange(models.Model):
    """The last thing that happened to what readers see at one address."""

    class What(models.TextChoices):
        PUBLISHED = "published", "Published"
        CHANGED = "changed", "Changed"
        RENAMED = "renamed", "Has another address"
        MERGED = "merged", "Merged into another record"
        RETRACTED = "retracted", "Withdrawn by us"
        WITHDRAWN = "withdrawn", "Withdrawn"
        UNPUBLISHED = "unpublished", "Not public any more"

    kind = models.CharField(max_length=12)
    record_id = models.PositiveBigIntegerField()
    slug = models.CharField(max_length=200)
    what = models.CharField(max_length=11, choices=What.choices)
    # Where it is now, if it was renamed or merged.
    to = models.CharField(max_length=200, blank=True)
    at = models.DateTimeField(db_default=Clock())

    objects: ClassVar[Any] = PublicChangeQuerySet.as_manager()

    class Meta:
        indexes = [
            # Not unique: two transactions may tell of one record at the same moment.
            models.Index(fields=["kind", "slug"], name="change_by_address"),
            models.Index(fields=["kind", "record_id"], name="change_by_record"),
        ]

    def __str__(self) -> str:
        return f"{self.kind} {self.slug}: {self.get_what_display()}"
