"""What the desk decided, and what it had to put right."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import Q
from django.utils import timezone

from entities.histories import History
from entities.models import SLUG_HELP, Entity
from entities.records import Record, RecordQuerySet, Status
from sources.models.claims import Claim
from sources.models.questions import Question
from sources.models.sources import Source


class FindingQuerySet(RecordQuerySet):
    def public(self) -> Self:
        """Findings none of whose preferred claims is hidden, on public questions."""
        hidden = Claim.objects.filter(
            is_public=False, preferred_by=models.OuterRef("pk")
        )
        return self.exclude(question__state=Question.State.NO_ANSWER).exclude(
            models.Exists(hidden)
        )

    def by_question(self, questions: Any) -> dict[int, Finding]:
        """The decisions on these questions, each by its question's key."""
        return {one.question_id: one for one in self.filter(question__in=questions)}

    def resting_on(self, source: Any) -> Self:
        """Decisions on questions to which the source gives an answer."""
        claims = Claim.objects.filter(evidence__source=source)
        return self.filter(question__in=claims.values("question")).order_by("id")

    def in_words(self) -> Self:
        """With what the words of their questions need."""
        return self.select_related("question__subject", "question__property")

    def about(self, entity: Any) -> Self:
        """Decisions on questions about the entity."""
        return self.filter(question__subject=entity)

    def decided_since(self, moment: Any) -> Self:
        return self.filter(decided_at__gte=moment)

    def latest_first(self) -> Self:
        return self.order_by("-decided_at", "-id")

    def on(self, questions: Any) -> Self:
        """Decisions on one of these questions."""
        return self.filter(question__in=questions)


class Finding(Record):
    """One desk decision on a question whose answers differ."""

    key_fields = ("question",)

    class Outcome(models.TextChoices):
        PREFERRED = "preferred", "One answer is preferred"
        UNRESOLVED = "unresolved", "Not resolved"
        NO_REAL_DIFFERENCE = "no_real_difference", "No real difference"

    question = models.OneToOneField(
        # A question that was decided stays, whatever becomes of its claims.
        Question,
        on_delete=models.PROTECT,
        related_name="finding",
    )
    outcome = models.CharField(max_length=18, choices=Outcome.choices)
    preferred = models.ManyToManyField(
        Claim,
        blank=True,
        related_name="preferred_by",
        help_text="The answer or answers the desk prefers. The others stay visible.",
    )
    reason = models.TextField(help_text="Why. Readers see it.")
    would_change_it = models.TextField(
        blank=True, help_text="What would change the decision. Readers see it."
    )
    decided_by = models.CharField(
        max_length=150, help_text="The name readers see under the decision."
    )
    decided_at = models.DateTimeField(default=timezone.now, editable=False)
    considered = models.JSONField(
        # NULL = just decided: what it rests on is noted when it is settled.
        null=True,
        blank=True,
        editable=False,
        help_text="Keys of the evidence, origins and standings it rests on.",
    )

    objects: ClassVar[Any] = FindingQuerySet.as_manager()
    history: ClassVar[Any] = History(m2m_fields=["preferred"])

    class Meta:
        verbose_name = "desk decision"

    def __str__(self) -> str:
        return f"{self.get_outcome_display()}: {self.question}"

    def natural_key(self) -> tuple[Any, ...]:
        return (self.question.slug,)

    def get_absolute_url(self) -> str:
        return self.question.get_absolute_url() + "#decision"


class CorrectionQuerySet(RecordQuerySet):
    def public(self) -> Self:
        """Corrections whose record readers can see."""
        return self.filter(
            Q(claim__is_public=True)
            | Q(
                Q(claim__object=None) | Q(claim__object__status=Status.PUBLISHED),
                claim__in=Claim.objects.free(),
                claim__status=Status.RETRACTED,
                claim__subject__status=Status.PUBLISHED,
            )
            | Q(entity__status=Status.PUBLISHED, entity__merged_into=None)
            | Q(source__in=Source.objects.public())
        )

    def touching(self, entity: Any) -> Self:
        """Corrections of an entity or of a claim that names it."""
        return self.filter(
            Q(entity=entity) | Q(claim__subject=entity) | Q(claim__object=entity)
        )

    def of_claims(self, claims: Any) -> Self:
        return self.filter(claim__in=claims)

    def of_source(self, source: Source) -> Self:
        return self.filter(source=source)

    def newest_first(self) -> Self:
        return self.order_by("-made_on", "-id")

    def latest_first(self) -> Self:
        """By when they were entered or changed: a day alone has no order."""
        return self.order_by("-modified_at", "-id")

    def changed_since(self, moment: Any) -> Self:
        return self.filter(modified_at__gte=moment)


class Correction(Record):
    """One time that published words were put right: what was said, what is, and why."""

    slug = models.SlugField(max_length=140, unique=True, help_text=SLUG_HELP)
    # One of three. A log must outlive what it speaks of only as long as that can be
    # seen, so it goes with its record.
    claim = models.ForeignKey(
        Claim,
        on_delete=models.CASCADE,
        related_name="corrections",
        null=True,
        blank=True,
    )
    entity = models.ForeignKey(
        Entity,
        on_delete=models.CASCADE,
        related_name="corrections",
        null=True,
        blank=True,
    )
    source = models.ForeignKey(
        Source,
        on_delete=models.CASCADE,
        related_name="corrections",
        null=True,
        blank=True,
    )
    said = models.TextField("what we said", help_text="Readers see it.")
    says = models.TextField("what we say now", help_text="Readers see it.")
    reason = models.TextField("why", help_text="Readers see it.")
    made_on = models.DateField(default=timezone.localdate)

    objects: ClassVar[Any] = CorrectionQuerySet.as_manager()
    history: ClassVar[Any] = History()

    class Meta:
        ordering = ["-made_on", "-id"]
        constraints = [
            models.CheckConstraint(
                condition=Q(claim__isnull=False, entity=None, source=None)
                | Q(claim=None, entity__isnull=False, source=None)
                | Q(claim=None, entity=None, source__isnull=False),
                name="correction_is_about_one_record",
                violation_error_message="Choose one record that was put right.",
            )
        ]

    def __str__(self) -> str:
        return f"Correction of {self.about}"

    @property
    def about(self) -> Claim | Entity | Source:
        """The record that was put right."""
        about = self.claim or self.entity or self.source
        if about is None:
            raise ValidationError("Choose the record that was put right.")
        return about

    def get_absolute_url(self) -> str:
        return self.about.get_absolute_url()
