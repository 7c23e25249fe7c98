"""The questions that claims answer."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import Q
from django.urls import reverse
from django.utils.text import slugify

from entities.choices import all_but
from entities.histories import History
from entities.models import Entity
from entities.records import Record
from sources.models.queues import WaitingQuestions
from sources.models.vocabulary import Property

# Questions have a field of the built-in's name.
computed = property


def _follows(order: Any = None, property: Any = None, qualifier: Any = None) -> Q:
    """What comes after the question with this place; everything, without a place."""
    if order is None:
        return Q()
    same = Q(pk=property, questions__qualifier__gt=qualifier)
    later = Q(order__gt=order) | Q(order=order, pk__gt=property) | same
    # What the others imply is where an index can begin.
    return Q(order__gte=order) & later


class QuestionQuerySet(WaitingQuestions):
    def public(self) -> Self:
        """Questions that at least one public claim answers."""
        return self.exclude(state=Question.State.NO_ANSWER)

    def that_differ(self) -> Self:
        return self.filter(state=Question.State.DIFFER)

    def that_are_answered(self) -> Self:
        """Questions to which what we hold gives one answer, however worded."""
        answered = Question.State.AGREE, Question.State.ONE_ANSWER
        return self.exclude(state__in=all_but(Question.State, *answered))

    def that_are_doubted(self, claims: Any) -> Self:
        """Questions that these doubted claims answer, though none of them differs."""
        found = self.filter(pk__in=claims.values("question"))
        return found.exclude(state=Question.State.DIFFER)

    def about(self, entity: Entity) -> Self:
        return self.filter(subject=entity)

    def asking(self, property: Property) -> Self:
        return self.filter(property=property)

    def in_order(self) -> Self:
        """As on a profile: by the vocabulary's order, then by what exactly is meant."""
        return self.order_by("property__order", "property_id", "qualifier", "id")

    def first_about(self, entity: Entity, most: int, **place: Any) -> Self:
        """So many about an entity, in order, from the first or after that place.

        The vocabulary is gone through in its order until there are enough: what an
        entity has many of costs no more than what it has few of.
        """
        states = [state for state in Question.State if state != "no_answer"]
        about = {"questions__subject": entity, "questions__state__in": states}
        found = (
            Property.objects.filter(_follows(**place), **about)
            .order_by("order", "id", "questions__qualifier", "questions__id")
            .values("questions")
        )
        return self.filter(pk__in=found[:most]).in_order()

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
    history: ClassVar[Any] = History(excluded_fields=list(derived_fields))

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
