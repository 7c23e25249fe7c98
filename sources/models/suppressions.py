"""Which past versions of records an administrator has taken out of the histories."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models


class SuppressionQuerySet(models.QuerySet[Any]):
    def of_table(self, model: Any) -> Self:
        """Those of versions of one table's rows."""
        return self.filter(table=model._meta.concrete_model._meta.db_table)

    def on(self, keys: Any) -> Self:
        """Those of versions of these rows."""
        return self.filter(record_id__in=keys)

    def before(self, moment: Any) -> Self:
        return self.filter(at__lt=moment)

    def newest_first(self) -> Self:
        return self.order_by("-at", "-history_id")


class Suppression(models.Model):
    """One past version of a record that is kept no longer: when, why and by whom."""

    table = models.CharField(max_length=60)
    record_id = models.PositiveBigIntegerField()
    # The place among the versions that it leaves empty.
    history_id = models.PositiveBigIntegerField()
    at = models.DateTimeField()
    reason = models.CharField(max_length=300)
    suppressed_by = models.CharField(max_length=150)
    suppressed_at = models.DateTimeField(auto_now_add=True)

    objects: ClassVar[Any] = SuppressionQuerySet.as_manager()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["table", "record_id", "history_id"],
                name="version_is_suppressed_once",
            )
        ]

    def __str__(self) -> str:
        return f"Version of {self.at:%d %B %Y}, suppressed: {self.reason}"
