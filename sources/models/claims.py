"""Claims: the answers, each with one typed value."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entities.fields import EdtfField
from entities.histories import History
from entities.models import SLUG_HELP, Entity
from sources import fitness, values
from sources.models.conditions import one_value_only
from sources.models.questions import Question
from sources.models.queues import WaitingClaims
from sources.models.vocabulary import Property
from sources.models.work import WorkedRecord

# Claims have a field of the built-in's name.
computed = property


class ClaimQuerySet(WaitingClaims):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def doubted(self) -> Self:
        """Claims on which a source casts doubt, the newest first."""
        return self.filter(support=Claim.Support.DOUBTED).order_by("-id")

    def about(self, entity: Any) -> Self:
        return self.filter(subject=entity)

    def counted_about(self, entities: Any) -> dict[int, int]:
        """How many claims there are about each of these entities."""
        rows = self.filter(subject__in=entities).order_by()
        return dict(rows.values_list("subject").annotate(models.Count("pk")))

    def naming(self, entity: Entity) -> Self:
        """Claims whose answer the entity is."""
        return self.filter(object=entity)

    def touching(self, entity: Any) -> Self:
        """Claims about the entity, and those whose answer it is."""
        return self.filter(Q(subject=entity) | Q(object=entity))

    def answering(self, questions: Any) -> Self:
        return self.filter(question__in=questions)

    def answering_or_cited(self, questions: Any, slugs: Any) -> Self:
        """Claims that answer these questions, and those that a summary cites."""
        return self.filter(Q(question__in=questions) | Q(slug__in=slugs))

    def connecting(self, entities: Any) -> Self:
        """Claims that connect one of these entities with another record."""
        ends = Q(subject__in=entities) | Q(object__in=entities)
        return self.filter(ends).exclude(object=None)

    def conferring_control(self, entities: Any) -> Self:
        """Claims that one of these entities controls another of them."""
        controls = Property.objects.filter(confers_control=True)
        return self.filter(
            subject__in=entities,
            object__in=entities,
            property__in=controls.values("pk"),
        )

    def contradicting(self, claims: Any) -> Self:
        """Claims declared to contradict one of these."""
        return self.filter(contradicts__in=claims)

    def dated(self) -> Self:
        """Claims whose answer is a date, but for those that give an event its own."""
        return self.exclude(date="").exclude(property__fills="date")

    def about_kind(self, kind: str) -> Self:
        return self.filter(subject__kind=kind)

    def within(self, low: Any, high: Any) -> Self:
        """Claims whose answer may lie between these bounds."""
        return self.filter(
            Q(low=None) | Q(low__lte=high), Q(high=None) | Q(high__gte=low)
        )

    def fit_to_publish(self) -> Self:
        """Published, free claims whose subject and object are published too."""
        return (
            self.published()
            .free()
            .filter(
                Q(object=None) | Q(object__status=Claim.Status.PUBLISHED),
                subject__status=Claim.Status.PUBLISHED,
            )
        )

    def in_order(self) -> Self:
        """As on a profile: by the vocabulary's order, then by value."""
        return self.order_by(
            *("property__order", "property_id", "question_id"),
            F("low").asc(nulls_first=True),
            "id",
        )


class Claim(WorkedRecord):
    """One answer to a question, as one or more sources give it."""

    class Bound(models.TextChoices):
        EXACTLY = "exactly", "exactly"
        ABOUT = "about", "about"
        NEARLY = "nearly", "nearly"
        LESS_THAN = "less_than", "less than"
        AT_MOST = "at_most", "at most"
        MORE_THAN = "more_than", "more than"
        AT_LEAST = "at_least", "at least"
        BETWEEN = "between", "between"

    class Support(models.TextChoices):
        SUPPORTED = "supported", "Supported"
        MIXED = "mixed", "Supported and disputed"
        DISPUTED = "disputed", "Disputed"
        DOUBTED = "doubted", "Doubted"
        UNSUPPORTED = "unsupported", "Not supported"

    # A change to one of these is another answer: its evidence is confirmed again.
    ANSWER: ClassVar = (
        "subject_id",
        "property_id",
        "qualifier",
        "value_key",
        "during",
    )
    remembers = ("status", "slug", "question_id", "sensitivity", *ANSWER)
    VALUE_FIELDS: ClassVar = ("object", "date", "amount", "text", "no_value")

    slug = models.SlugField(max_length=140, unique=True, help_text=SLUG_HELP)
    subject = models.ForeignKey(
        # What is claimed of somebody must be dealt with before they go.
        Entity,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="Whom or what the claim is about. Readers find it on that profile.",
    )
    property = models.ForeignKey(
        # A word of the vocabulary that claims use cannot go.
        Property,
        on_delete=models.PROTECT,
        related_name="claims",
        help_text="What is said of it.",
    )
    qualifier = models.CharField(
        max_length=120,
        blank=True,
        help_text="What exactly is measured or meant, such as “Nvidia H800”. Claims "
        "with other qualifiers answer another question and never differ from this.",
    )
    object = models.ForeignKey(
        # As with the subject.
        Entity,
        on_delete=models.PROTECT,
        related_name="claims_as_object",
        null=True,
        blank=True,
        help_text="The answer, if it is a person, organisation or event.",
    )
    date = EdtfField(
        help_text="The answer, if it is a date, in EDTF: 2015, 2023-05, 2025-01-20~."
    )
    amount = models.DecimalField(
        max_digits=25,
        decimal_places=10,
        null=True,
        blank=True,
        help_text="The answer, if it is a number: at most 15 significant digits.",
    )
    amount_high = models.DecimalField(
        max_digits=25, decimal_places=10, null=True, blank=True
    )
    unit = models.CharField(
        max_length=40,
        blank=True,
        validators=[RegexValidator(r"^\S.*\S$|^\S$", "Take away the outer spaces.")],
        help_text="A currency's code (USD), percent, or a singular noun (chip).",
    )
    bound = models.CharField(max_length=9, choices=Bound.choices, blank=True)
    text = models.CharField(
        max_length=500, blank=True, help_text="The answer in a few words of ours."
    )
    no_value = models.BooleanField(
        "known to be none",
        default=False,
        help_text="The source says that there is none.",
    )
    during = EdtfField(
        help_text="When it is said to hold, in EDTF: 2022/2024. Blank if it is not "
        "bound to a time."
    )
    statement = models.TextField(
        help_text="One sentence in our own words. It is what readers see and share."
    )
    contradicts = models.ManyToManyField(
        "self",
        blank=True,
        help_text="Claims that cannot be true beside this one though no rule can see "
        "it. Kept both ways.",
    )
    question = models.ForeignKey(
        # Settled by the program: a question goes only when its last claim has gone.
        Question,
        on_delete=models.PROTECT,
        related_name="claims",
        editable=False,
    )
    low = models.FloatField(null=True, editable=False)
    high = models.FloatField(null=True, editable=False)
    value_key = models.CharField(max_length=200, editable=False)
    is_public = models.BooleanField(default=False, editable=False)
    is_contested = models.BooleanField(default=False, editable=False)
    support = models.CharField(
        max_length=11,
        choices=Support.choices,
        default=Support.UNSUPPORTED,
        editable=False,
    )
    article_count = models.PositiveIntegerField(default=0, editable=False)
    origin_count = models.PositiveIntegerField(default=0, editable=False)

    derived_fields = (
        "question",
        "low",
        "high",
        "value_key",
        "is_public",
        "is_contested",
        "support",
        "article_count",
        "origin_count",
    )

    objects: ClassVar[Any] = ClaimQuerySet.as_manager()
    history: ClassVar[Any] = History(
        excluded_fields=list(derived_fields), m2m_fields=["contradicts"]
    )

    class Meta:
        indexes = [
            models.Index(
                fields=["is_public", "subject", "property", "question", "low", "id"],
                name="claim_on_profile",
            ),
            models.Index(fields=["question", "is_public"], name="claim_by_question"),
            models.Index(fields=["is_public", "-id"], name="claim_newest"),
            models.Index(fields=["support", "-id"], name="claim_by_support"),
            models.Index(fields=["is_contested", "-id"], name="claim_contested"),
            # As the timeline goes on.
            models.Index(
                fields=["low", "id"],
                name="claim_in_time",
                condition=Q(is_public=True) & ~Q(date=""),
            ),
            models.Index(fields=["due_on"], name="claim_by_due"),
            models.Index(fields=["not_before"], name="claim_by_embargo"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=one_value_only(),
                name="claim_has_exactly_one_value",
                violation_error_message="Give exactly one value: an entity, a date, a "
                "number, words, or “known to be none”.",
            ),
            models.CheckConstraint(
                condition=Q(amount=None, bound="", unit="")
                | (~Q(amount=None) & ~Q(bound="") & ~Q(unit="")),
                name="claim_with_an_amount_has_a_unit_and_a_bound",
                violation_error_message="A number needs its unit and “exactly”, "
                "“about” or another bound; other values have neither.",
            ),
            models.CheckConstraint(
                condition=Q(amount_high=None) & ~Q(bound="between")
                # A database lets pass what it cannot tell: say that there must be one.
                | Q(
                    amount_high__isnull=False,
                    amount_high__gt=models.F("amount"),
                    bound="between",
                ),
                name="only_between_has_a_second_and_higher_amount",
                violation_error_message="“Between” needs a second, higher number; "
                "nothing else has one.",
            ),
            models.UniqueConstraint(
                fields=["subject", "property", "qualifier", "value_key", "during"],
                name="the_same_answer_is_claimed_once",
                violation_error_message="This claim exists already: add evidence to "
                "it instead.",
            ),
        ]

    def __str__(self) -> str:
        return self.statement or self.slug

    def get_absolute_url(self) -> str:
        return reverse("claim-detail", args=[self.slug])

    @computed
    def asks(self) -> tuple[int, int, str]:
        """What tells its question from others: subject, property and qualifier."""
        return self.subject_id, self.property_id, self.qualifier

    @computed
    def value(self) -> values.Value:
        """The typed value, as it is compared and shown."""
        return values.Value.of(self)

    def clean(self) -> None:
        fitness.refuse_wrong_kind(self)
        for name in ("amount", "amount_high"):
            fitness.refuse_unkeepable(name, getattr(self, name))

    def validate_constraints(self, exclude: Any = None) -> None:
        left_out = set(exclude or ())
        # A value that cannot be read has been named already, and has no key.
        if not left_out & {"date", "amount", "amount_high"}:
            self._derive_value()
            left_out -= {"value_key"}
        super().validate_constraints(exclude=left_out)

    @computed
    def has_new_value(self) -> bool:
        """Whether the answer is no longer the one that was read from the database."""
        if self.is_carried or self.stored("slug") is None:
            return False
        return self.has_changed(*self.ANSWER)

    def _derive_value(self) -> None:
        self.value_key = self.value.key
        self.low, self.high = self.value.bounds()

    def derive(self) -> None:
        super().derive()
        self._derive_value()
        # Whoever saves many has looked for the question of each.
        is_asked = self.question_id is not None and Claim.question.is_cached(self)
        if not is_asked or self.question.asks != self.asks:
            # Not the record: what is undone would leave one that is not there.
            self.question_id = Question.objects.made_for(self).pk
