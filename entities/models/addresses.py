"""Where records could once be found."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from entities.histories import History
from entities.records import Record, RecordQuerySet


class RedirectQuerySet(RecordQuerySet):
    def keep(self, kind: str, record: Any) -> None:
        """Let a changed slug go on leading to the record, whatever it is now."""
        old = record.stored("slug")
        if old and old != record.slug:
            of_kind = self.filter(kind=kind)
            of_kind.filter(old_slug__in=[old, record.slug]).delete()
            of_kind.filter(slug=old).update(slug=record.slug)
            Redirect(kind=kind, old_slug=old, slug=record.slug).save()

    def leading(self, kinds: Any, old_slugs: Any) -> Self:
        """Those that lead on from these addresses."""
        return self.filter(kind__in=kinds, old_slug__in=old_slugs)

    def target(self, kind: str, old_slug: str) -> str | None:
        """The slug that an old address leads to, or None."""
        return self.by_key(kind, old_slug).values_list("slug", flat=True).first()


class Redirect(Record):
    """An address that a record once had, and the slug that stands there now."""

    key_fields = ("kind", "old_slug")

    kind = models.CharField(max_length=12)
    old_slug = models.CharField(max_length=200)
    slug = models.CharField(max_length=200)

    objects: ClassVar[Any] = RedirectQuerySet.as_manager()
    history: ClassVar[Any] = History()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["kind", "old_slug"], name="old_address_leads_to_one_place"
            ),
            models.CheckConstraint(
                condition=~Q(old_slug=F("slug")), name="redirect_leads_elsewhere"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.old_slug} → {self.slug}"
