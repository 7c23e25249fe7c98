"""What a desk notes on a record it works on: whose it is, and what holds it back."""

from __future__ import annotations

from typing import Self

from django.conf import settings
from django.db import models
from django.db.models import Q
from django.db.models.functions import Now
from django.utils import timezone

from entities.records import PublishableRecord, RecordQuerySet


class WorkedQuerySet(RecordQuerySet):
    def free(self) -> Self:
        """Neither on hold nor under an embargo that has not ended."""
        # The database says what time it is: compiled queries are kept.
        ended = Q(not_before=None) | Q(not_before__lte=Now())
        return self.filter(ended, hold="")

    def last_freed(self) -> Self:
        """The one whose embargo was the last to end."""
        return self.filter(not_before__lte=Now()).order_by("-not_before")[:1]

    def assigned_to(self, user: object) -> Self:
        return self.filter(assignee=user)


class WorkedRecord(PublishableRecord):
    """A record with an assignee, a deadline, and reasons to wait."""

    class Sensitivity(models.TextChoices):
        HEALTH = "health", "Health"
        FAMILY = "family", "Family"
        ALLEGATION = "allegation", "Allegation"
        MINOR = "minor", "Someone under age"

    assignee = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # Work left by someone who has gone waits for somebody else.
        on_delete=models.SET_NULL,
        related_name="assigned_%(class)ss",
        null=True,
        blank=True,
        help_text="Who works on it. Staff only.",
    )
    due_on = models.DateField("due", null=True, blank=True, help_text="Staff only.")
    not_before = models.DateTimeField(
        "embargo until",
        null=True,
        blank=True,
        help_text="It cannot be published before then, by any door.",
    )
    hold = models.CharField(
        max_length=300,
        blank=True,
        help_text="Why it must wait. While there is a reason, readers do not see it.",
    )
    sensitivity = models.CharField(
        max_length=10,
        choices=Sensitivity.choices,
        blank=True,
        help_text="An allegation needs an approach to whom it concerns, or a recorded "
        "reason why not.",
    )

    class Meta:
        abstract = True

    @property
    def is_under_embargo(self) -> bool:
        return self.not_before is not None and self.not_before > timezone.now()
