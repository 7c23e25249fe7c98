"""People, organisations and events: one table, three kinds."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entities.fields import EdtfField
from entities.folding import fold
from entities.histories import History
from entities.records import PublishableRecord, RecordQuerySet, Status

SLUG_HELP = (
    "The record's address. Made once from words; if you change it, the old address "
    "leads to the new one."
)
SUMMARY_HELP = (
    "Markdown in our own words. After each sentence cite the claim that carries it: "
    "[[claim-slug]]. Readers see it as a footnote; a sentence without one is not shown."
)
# One sign can stand for a whole phrase: folded, a name may outgrow its column.
LONGEST_FOLDED = 400
ENTITY_DERIVED_FIELDS = ("date", "place", "low", "high", "folded", "sort_name")
_entity_history = History(excluded_fields=list(ENTITY_DERIVED_FIELDS))


class EntityQuerySet(RecordQuerySet):
    def public(self) -> Self:
        """What readers may see: published and not merged into another."""
        return self.filter(status=Status.PUBLISHED, merged_into=None)

    def of_kind(self, kind: str) -> Self:
        return self.filter(kind=kind)

    def in_order(self) -> Self:
        return self.order_by("sort_name", "id")

    def dated(self) -> Self:
        """Events whose claims say when they happened, the earliest first."""
        return self.exclude(date="").order_by(F("low").asc(nulls_first=True), "id")

    def without_date(self) -> Self:
        """Published events of which no claim says when they happened."""
        return self.public().filter(kind=Entity.Kind.EVENT, date="")

    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW, merged_into=None)

    def merged(self) -> Self:
        """Those that became part of another, whose addresses lead there."""
        return self.exclude(merged_into=None)

    def summed_up(self) -> Self:
        """Those with a summary."""
        return self.exclude(summary="").filter(merged_into=None)

    def within(self, low: Any, high: Any) -> Self:
        """What may have happened between these day numbers."""
        return self.filter(
            Q(low=None) | Q(low__lte=high), Q(high=None) | Q(high__gte=low)
        )

    def named(self, text: str) -> Self:
        """Entities whose name, or one of whose aliases, folds to the same words."""
        folded = fold(text)[:LONGEST_FOLDED]
        by_alias = Entity.objects.filter(aliases__folded=folded).values("pk")
        return self.filter(Q(folded=folded) | Q(pk__in=by_alias))


class Entity(PublishableRecord):
    """One person, organisation or event that claims are about."""

    class Kind(models.TextChoices):
        PERSON = "person", "Person"
        ORGANISATION = "organisation", "Organisation"
        EVENT = "event", "Event"

    ORGANISATION_CATEGORIES: ClassVar = {
        "company": "Company",
        "fund": "Fund",
        "university": "University",
        "government": "Government body",
        "media": "News or other media",
        "exchange": "Exchange or index",
        "other": "Other",
    }
    EVENT_CATEGORIES: ClassVar = {
        "release": "Release",
        "training": "Training of a model",
        "meeting": "Meeting",
        "market_move": "Market move",
        "interview": "Interview",
        "publication": "Publication",
        "founding": "Founding",
        "regulation": "Regulation",
        "other": "Other",
    }
    CATEGORIES: ClassVar = ORGANISATION_CATEGORIES | EVENT_CATEGORIES
    FIXED_KIND: ClassVar[str] = ""
    PLURALS: ClassVar = {
        "person": "people",
        "organisation": "organisations",
        "event": "events",
    }

    kind = models.CharField(max_length=12, choices=Kind.choices, editable=False)
    name = models.CharField(
        max_length=200, help_text="The name readers see, as the person or body uses it."
    )
    slug = models.SlugField(max_length=120, unique=True, help_text=SLUG_HELP)
    summary = models.TextField(blank=True, help_text=SUMMARY_HELP)
    wikidata_id = models.CharField(
        "Wikidata identifier",
        max_length=20,
        blank=True,
        help_text="Q and digits. Readers and exports get it as “the same as”.",
    )
    merged_into = models.ForeignKey(
        "self",
        # The address of a merged record must go on leading somewhere.
        on_delete=models.PROTECT,
        related_name="absorbed",
        null=True,
        blank=True,
        editable=False,
    )
    family_name = models.CharField(
        max_length=100, blank=True, help_text="Lists sort people under it."
    )
    given_name = models.CharField(max_length=100, blank=True)
    category = models.CharField(
        max_length=12,
        choices=list(CATEGORIES.items()),
        blank=True,
        help_text="What sort of organisation or event; readers can filter by it.",
    )
    # Derived: for events from the claims that fill them; for matching and order.
    date = EdtfField(editable=False)
    place = models.CharField(max_length=500, blank=True, editable=False)
    low = models.FloatField(null=True, editable=False)
    high = models.FloatField(null=True, editable=False)
    folded = models.CharField(max_length=400, blank=True, editable=False, db_index=True)
    sort_name = models.CharField(max_length=400, blank=True, editable=False)

    derived_fields = ENTITY_DERIVED_FIELDS
    remembers = ("status", "slug", "name", "merged_into_id")

    objects: ClassVar[Any] = EntityQuerySet.as_manager()
    history: ClassVar[Any] = _entity_history

    class Meta:
        verbose_name_plural = "entities"
        base_manager_name = "objects"
        indexes = [
            models.Index(
                fields=["kind", "status", "sort_name", "id"], name="entity_in_order"
            ),
            models.Index(fields=["kind", "low", "id"], name="event_by_date"),
            models.Index(fields=["kind", "sort_name", "id"], name="entity_by_name"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(kind="person") | Q(family_name="", given_name=""),
                name="only_a_person_has_a_family_name",
                violation_error_message="Only a person has family and given names.",
            ),
            models.CheckConstraint(
                condition=~Q(kind="person") | Q(category=""),
                name="a_person_has_no_category",
            ),
            models.CheckConstraint(
                condition=Q(kind="event") | Q(date="", place=""),
                name="only_an_event_has_a_date_and_place",
            ),
            models.CheckConstraint(
                condition=Q(merged_into=None) | ~Q(merged_into=F("id")),
                name="entity_is_not_merged_into_itself",
                violation_error_message="A record cannot be merged into itself.",
            ),
        ]

    def __str__(self) -> str:
        return self.name

    def get_absolute_url(self) -> str:
        return reverse(f"{self.kind}-detail", args=[self.slug])

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        self.kind = self.kind or self.FIXED_KIND
        super().clean_fields(exclude=exclude)

    def clean(self) -> None:
        allowed = {
            "organisation": self.ORGANISATION_CATEGORIES,
            "event": self.EVENT_CATEGORIES,
        }.get(self.kind, {})
        if self.category and self.category not in allowed:
            words = ", ".join(allowed.values()) or "none"
            raise ValidationError(
                {"category": f"Choose one that fits the kind of record: {words}."}
            )

    def derive(self) -> None:
        super().derive()
        self.kind = self.kind or self.FIXED_KIND
        self.folded = fold(self.name)[:LONGEST_FOLDED]
        filed = f"{self.family_name} {self.given_name}".strip() or self.name
        self.sort_name = fold(filed)[:LONGEST_FOLDED]


_EntityManager = models.Manager.from_queryset(EntityQuerySet)


class KindManager(_EntityManager):  # type: ignore[valid-type,misc]
    """The rows of the proxy's own kind."""

    def get_queryset(self) -> Any:
        rows: Any = super().get_queryset()
        return rows.of_kind(rows.model.FIXED_KIND)


class Person(Entity):
    """One human being."""

    FIXED_KIND = Entity.Kind.PERSON
    objects: ClassVar[Any] = KindManager()

    class Meta:
        proxy = True
        base_manager_name = "objects"
        verbose_name_plural = "people"


class Organisation(Entity):
    """One company, fund, university, government body, newspaper or other body."""

    FIXED_KIND = Entity.Kind.ORGANISATION
    objects: ClassVar[Any] = KindManager()

    class Meta:
        proxy = True
        base_manager_name = "objects"


class Event(Entity):
    """Something that happened: its date and place come from the claims about it."""

    FIXED_KIND = Entity.Kind.EVENT
    objects: ClassVar[Any] = KindManager()

    class Meta:
        proxy = True
        base_manager_name = "objects"


def _share_history(proxy: type[Entity]) -> None:
    """Let changes made through a proxy be kept in the history of its one table."""
    for name in ("post_save", "post_delete", "pre_delete"):
        signal = getattr(models.signals, name)
        signal.connect(getattr(_entity_history, name), sender=proxy, weak=False)
    proxy._meta.simple_history_manager_attribute = "history"  # type: ignore[attr-defined]


for proxy in (Person, Organisation, Event):
    _share_history(proxy)
