"""The desk's care: whom it asked for a reply, and what it tells the next shift."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q

from entities.histories import History
from entities.models import SLUG_HELP, Entity
from entities.records import Record, RecordQuerySet
from sources.models.claims import Claim
from sources.models.evidence import Evidence
from sources.models.sources import Source


class ApproachQuerySet(RecordQuerySet):
    def about(self, claim: Any) -> Self:
        """Those about a claim, the first one first."""
        return self.filter(claim=claim).order_by("asked_on", "id")


class Approach(Record):
    """One time that the desk asked someone to reply to a claim, or why it did not."""

    class Outcome(models.TextChoices):
        WAITING = "waiting", "Asked, no reply yet"
        REPLIED = "replied", "Replied"
        NO_REPLY = "no_reply", "Did not reply in time"
        NOT_ASKED = "not_asked", "Not asked"

    slug = models.SlugField(max_length=140, unique=True, help_text=SLUG_HELP)
    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="approaches"
    )
    asked = models.ForeignKey(
        # Whom we asked is part of what readers are told.
        Entity,
        on_delete=models.PROTECT,
        related_name="approaches",
        null=True,
        blank=True,
        help_text="Whom we asked. Shown as “not published” until they are.",
    )
    asked_label = models.CharField(
        "whom we asked, in words",
        max_length=200,
        blank=True,
        help_text="If they have no record.",
    )
    what = models.TextField("what we asked", blank=True, help_text="Readers see it.")
    asked_on = models.DateField(null=True, blank=True)
    answer_by = models.DateField(null=True, blank=True)
    outcome = models.CharField(
        max_length=9, choices=Outcome.choices, default=Outcome.WAITING
    )
    reply = models.TextField(
        blank=True, help_text="What they replied, in our own words. Readers see it."
    )
    replied_on = models.DateField(null=True, blank=True)
    reason = models.TextField(
        "why not asked", blank=True, help_text="Readers see it if nobody was asked."
    )

    objects: ClassVar[Any] = ApproachQuerySet.as_manager()
    history: ClassVar[Any] = History()

    class Meta:
        verbose_name_plural = "approaches"
        constraints = [
            models.CheckConstraint(
                condition=Q(outcome="not_asked") | ~Q(asked_on=None),
                name="an_approach_has_a_day",
                violation_error_message="Give the day on which we asked.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="not_asked") | ~Q(reason=""),
                name="not_asking_has_a_reason",
                violation_error_message="Say why nobody was asked.",
            ),
            models.CheckConstraint(
                condition=~Q(outcome="replied") | ~Q(reply=""),
                name="a_reply_has_words",
                violation_error_message="Say what they replied.",
            ),
            models.CheckConstraint(
                condition=Q(asked=None) | Q(asked_label=""),
                name="approach_names_whom_we_asked_one_way",
                violation_error_message="Choose whom we asked, or put it in words: "
                "not both.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.asked or self.asked_label}"


class NoteQuerySet(RecordQuerySet):
    def newest_first(self) -> Self:
        return self.order_by("-id")

    def with_author(self) -> Self:
        return self.select_related("created_by")

    def handed_over(self) -> Self:
        """What the last shift left to the next, and nobody has dealt with."""
        return self.filter(is_done=False, kind=Note.Kind.HANDOVER)

    def doubting(self) -> Self:
        """What a second person was unsure of or said no to, and is still open."""
        return self.filter(is_done=False).exclude(kind=Note.Kind.HANDOVER)


class Note(Record):
    """One word to the next shift on a claim, a source or a piece of evidence."""

    class Kind(models.TextChoices):
        HANDOVER = "handover", "Handover"
        UNSURE = "unsure", "Unsure whether it says this"
        NO = "no", "It does not say this"

    key_fields = ("id",)

    kind = models.CharField(max_length=8, choices=Kind.choices, default=Kind.HANDOVER)
    text = models.TextField(help_text="Staff only.")
    # One of three: a note goes with what it is about.
    claim = models.ForeignKey(
        Claim, on_delete=models.CASCADE, related_name="notes", null=True, blank=True
    )
    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="notes", null=True, blank=True
    )
    evidence = models.ForeignKey(
        Evidence, on_delete=models.CASCADE, related_name="notes", null=True, blank=True
    )
    is_done = models.BooleanField("dealt with", default=False)

    objects: ClassVar[Any] = NoteQuerySet.as_manager()
    history: ClassVar[Any] = History()

    class Meta:
        indexes = [models.Index(fields=["is_done", "kind", "id"], name="note_open")]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, source=None, evidence=None)
                | Q(claim=None, source__isnull=False, evidence=None)
                | Q(claim=None, source=None, evidence__isnull=False),
                name="note_is_about_one_record",
            )
        ]

    def __str__(self) -> str:
        return self.text[:80]
