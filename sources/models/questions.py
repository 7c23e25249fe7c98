"""The vocabulary of what can be asked, and the questions that claims answer."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify
from simple_history.models import HistoricalRecords

from entities.models import Entity
from entities.records import Record
from sources.models.queues import WaitingQuestions

# Questions have a field of the built-in's name.
computed = property


class Property(Record):
    """One kind of thing that can be said: what it asks, what answers look like."""

    key_fields = ("key",)

    class ValueType(models.TextChoices):
        ENTITY = "entity", "A person, organisation or event"
        DATE = "date", "A date"
        QUANTITY = "quantity", "A number with its unit"
        TEXT = "text", "Words"

    class Fills(models.TextChoices):
        DATE = "date", "The event's date"
        PLACE = "place", "The event's place"

    key = models.CharField(
        max_length=60,
        unique=True,
        validators=[
            RegexValidator(r"^[a-z][a-z0-9_]*$", "Use small letters, digits and _.")
        ],
        help_text="Its name in files and addresses, such as founded_on.",
    )
    label = models.CharField(max_length=100, help_text="On profiles, such as “Born”.")
    inverse_label = models.CharField(
        max_length=100,
        blank=True,
        help_text="On the profile of the entity that is the answer, such as "
        "“Founded by”.",
    )
    question = models.CharField(
        max_length=200,
        help_text="What a reader asks, such as “When was {subject} founded?”.",
    )
    value_type = models.CharField(max_length=8, choices=ValueType.choices)
    subject_kinds = models.JSONField(
        default=list,
        blank=True,
        help_text='Which records it can be about, such as ["person"]; empty for all.',
    )
    is_single_valued = models.BooleanField(
        default=False,
        help_text="Only one answer can be true at a time, so that two may differ.",
    )
    tolerance = models.DecimalField(
        max_digits=6,
        decimal_places=4,
        null=True,
        blank=True,
        help_text="How far “about” and “nearly” reach, as a fraction; 0.1 if blank.",
    )
    confers_control = models.BooleanField(
        default=False,
        help_text="The subject controls the answer (founder of, owner of): what one "
        "says of the other is not an outside voice.",
    )
    fills = models.CharField(max_length=5, choices=Fills.choices, blank=True)
    order = models.PositiveIntegerField(
        default=0, help_text="Its place on a profile: small numbers first."
    )
    schema_org = models.CharField("schema.org name", max_length=60, blank=True)
    ftm = models.CharField("FollowTheMoney name", max_length=60, blank=True)

    history: ClassVar[Any] = HistoricalRecords()

    class Meta:
        verbose_name_plural = "properties"
        ordering = ["order", "key"]

    def __str__(self) -> str:
        return self.label

    def clean(self) -> None:
        kinds, given = Entity.Kind.values, self.subject_kinds
        if not isinstance(given, list) or any(kind not in kinds for kind in given):
            raise ValidationError(
                {"subject_kinds": f"Give a list of: {', '.join(sorted(kinds))}."}
            )
        if self.tolerance is not None and self.tolerance < 0:
            raise ValidationError({"tolerance": "Give 0, or a fraction such as 0.1."})
        if "{subject}" not in self.question:
            raise ValidationError({"question": "Put {subject} where the name goes."})

    def asks(self, subject: str, qualifier: str = "") -> str:
        """The question about a subject, in words."""
        return in_words(self.question, subject, qualifier)


def in_words(question: str, subject: str, qualifier: str) -> str:
    """A property's question, asked of a subject."""
    asked = question.replace("{subject}", subject)
    return f"{asked.removesuffix('?')} ({qualifier})?" if qualifier else asked


class QuestionQuerySet(WaitingQuestions):
    def public(self) -> Self:
        """Questions that at least one public claim answers."""
        return self.exclude(state=Question.State.NO_ANSWER)

    def that_differ(self) -> Self:
        return self.filter(state=Question.State.DIFFER)

    def that_are_answered(self) -> Self:
        """Questions to which what we hold gives one answer, however worded."""
        return self.filter(state__in=[Question.State.AGREE, Question.State.ONE_ANSWER])

    def that_are_doubted(self) -> Self:
        """Questions on an answer to which a source casts doubt, though none differs."""
        doubted = {"claims__is_public": True, "claims__support": "doubted"}
        return self.filter(**doubted).exclude(state=Question.State.DIFFER).distinct()

    def about(self, entity: Entity) -> Self:
        return self.filter(subject=entity)

    def asking(self, property: Property) -> Self:
        return self.filter(property=property)

    def in_order(self) -> Self:
        """As on a profile: by the vocabulary's order, then by what exactly is meant."""
        return self.order_by("property__order", "property_id", "qualifier", "id")

    def after(self, order: Any, property: Any, qualifier: Any) -> Self:
        """Those that follow, in that order, the question with this place in it."""
        later = Q(property__gt=property) | Q(property=property, qualifier__gt=qualifier)
        return self.filter(
            Q(property__order__gt=order) | later, property__order__gte=order
        )

    def latest_first(self) -> Self:
        """The question first whose public answers changed last."""
        is_public = Q(claims__is_public=True)
        changed = models.Max("claims__modified_at", filter=is_public)
        return self.annotate(changed=changed).order_by("-changed", "-id")

    def most_reported(self) -> Self:
        return self.order_by("-article_count", "-id")

    def made_for(self, claim: Any) -> Question:
        """The question that a claim answers; made if new."""
        subject, property, qualifier = claim.asks
        same = self.filter(subject=subject, property=property, qualifier=qualifier)
        found: Question | None = same.first()
        if found is not None:
            return found
        made = _asked_by(claim)
        made.slug = self.free_slug(made.slug)
        made.save()
        return made

    def answered_by(self, claims: Any) -> dict[tuple[int, int, str], Question]:
        """By what they ask, the questions of these claims that there are."""
        asked = self.filter(
            subject__in={claim.subject_id for claim in claims},
            property__in={claim.property_id for claim in claims},
            qualifier__in={claim.qualifier for claim in claims},
        )
        return {question.asks: question for question in asked}

    def unsaved_for(self, claims: Any) -> list[Question]:
        """A new question for each of these claims, but where its slug is taken."""
        made: dict[str, Question] = {}
        for claim in claims:
            question = _asked_by(claim)
            made.setdefault(question.slug, question)
        taken = set(self.slugged(made).values_list("slug", flat=True))
        return [question for slug, question in made.items() if slug not in taken]

    def free_slug(self, base: str) -> str:
        """That slug, or with a number the next that no other question has."""
        slug, number = base, 1
        while self.filter(slug=slug).exists():
            number += 1
            slug = f"{base}-{number}"
        return slug


def _asked_by(claim: Any) -> Question:
    """What a claim answers, as a new question with a slug of its words."""
    words = [claim.subject.slug, claim.property.key.replace("_", "-")]
    base = "-".join(filter(None, [*words, slugify(claim.qualifier)]))
    return Question(
        subject=claim.subject,
        property=claim.property,
        qualifier=claim.qualifier,
        slug=base[:180].strip("-"),
    )


class Question(Record):
    """What a reader asks: one subject, one property, one qualifier."""

    class State(models.TextChoices):
        NO_ANSWER = "no_answer", "No answer yet"
        ONE_ANSWER = "one_answer", "One answer"
        SEVERAL = "several", "Several answers"
        AGREE = "agree", "Sources agree"
        DIFFER = "differ", "Sources differ"
        CANNOT_TELL = "cannot_tell", "Cannot tell"

    class Decision(models.TextChoices):
        NONE = "none", "No desk decision"
        DECIDED = "decided", "Decided"
        UNDER_REVIEW = "under_review", "Under review"

    slug = models.SlugField(max_length=200, unique=True)
    subject = models.ForeignKey(
        # A question without its subject would ask nothing.
        Entity,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    property = models.ForeignKey(
        # Removing a word of the vocabulary must not remove what was asked with it.
        Property,
        on_delete=models.PROTECT,
        related_name="questions",
    )
    qualifier = models.CharField(max_length=120, blank=True)
    # Derived from its public claims.
    state = models.CharField(
        max_length=11, choices=State.choices, default=State.NO_ANSWER, editable=False
    )
    decision = models.CharField(
        max_length=12, choices=Decision.choices, default=Decision.NONE, editable=False
    )
    answer_count = models.PositiveIntegerField(default=0, editable=False)
    article_count = models.PositiveIntegerField(default=0, editable=False)
    origin_count = models.PositiveIntegerField(default=0, editable=False)

    derived_fields = (
        "state",
        "decision",
        "answer_count",
        "article_count",
        "origin_count",
    )

    objects: ClassVar[Any] = QuestionQuerySet.as_manager()
    history: ClassVar[Any] = HistoricalRecords(excluded_fields=list(derived_fields))

    class Meta:
        indexes = [
            models.Index(
                fields=["state", "article_count", "id"], name="question_by_state"
            ),
            models.Index(fields=["-article_count", "-id"], name="question_by_articles"),
            models.Index(fields=["decision"], name="question_by_decision"),
        ]
        constraints = [
            models.UniqueConstraint(
                fields=["subject", "property", "qualifier"],
                name="a_question_is_asked_once",
            ),
            models.CheckConstraint(
                condition=Q(state="no_answer") | Q(answer_count__gt=0),
                name="an_answered_question_counts_its_answers",
            ),
        ]

    def __str__(self) -> str:
        return self.property.asks(self.subject.name, self.qualifier)

    def get_absolute_url(self) -> str:
        return reverse("question-detail", args=[self.slug])

    @computed
    def asks(self) -> tuple[int, int, str]:
        """What tells it from other questions: subject, property and qualifier."""
        return self.subject_id, self.property_id, self.qualifier
