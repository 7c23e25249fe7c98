"""Who and what: people, organisations and events, and the names they go by."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse
from simple_history.models import HistoricalRecords

from entities.fields import EdtfField
from entities.folding import fold
from entities.records import PublishableRecord, Record, RecordQuerySet, Status

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
_entity_history = HistoricalRecords(excluded_fields=list(ENTITY_DERIVED_FIELDS))


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

    def within(self, low: Any, high: Any) -> Self:
        """What may have happened between these day numbers."""
        return self.filter(
            Q(low=None) | Q(low__lte=high), Q(high=None) | Q(high__gte=low)
        )

    def named(self, text: str) -> Self:
        """Entities whose name, or one of whose aliases, folds to the same words."""
        folded = fold(text)[:LONGEST_FOLDED]
        by_alias = Alias.objects.filter(folded=folded).values("entity")
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

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.kind = self.kind or self.FIXED_KIND
        self.folded = fold(self.name)[:LONGEST_FOLDED]
        filed = f"{self.family_name} {self.given_name}".strip() or self.name
        self.sort_name = fold(filed)[:LONGEST_FOLDED]
        super().save(*args, **kwargs)


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


class AliasQuerySet(RecordQuerySet):
    def of(self, entity: Entity) -> Self:
        return self.filter(entity=entity).order_by("kind", "text")

    def ambiguous(self) -> Self:
        """Aliases whose folded form another entity goes by as well."""
        others = Alias.objects.filter(folded=models.OuterRef("folded")).exclude(
            entity=models.OuterRef("entity")
        )
        return self.filter(models.Exists(others))


class Alias(PublishableRecord):
    """One form of a name under which an entity is met."""

    key_fields = ("entity", "text")
    derived_fields = ("folded",)

    class Kind(models.TextChoices):
        SPELLING = "spelling", "Spelling"
        NATIVE_SCRIPT = "native_script", "Native script"
        ABBREVIATION = "abbreviation", "Abbreviation"
        FORMER_NAME = "former_name", "Former name"
        MISSPELLING = "misspelling", "Misspelt in a source"

    entity = models.ForeignKey(Entity, on_delete=models.CASCADE, related_name="aliases")
    text = models.CharField(
        max_length=200, help_text="The name form as it is met. Readers see it."
    )
    language = models.CharField(
        max_length=35, blank=True, help_text="BCP 47, such as en-GB or zh-Hans."
    )
    kind = models.CharField(max_length=14, choices=Kind.choices, default=Kind.SPELLING)
    folded = models.CharField(max_length=400, blank=True, editable=False, db_index=True)

    objects: ClassVar[Any] = AliasQuerySet.as_manager()
    history: ClassVar[Any] = HistoricalRecords(excluded_fields=list(derived_fields))

    class Meta:
        verbose_name_plural = "aliases"
        constraints = [
            models.UniqueConstraint(
                fields=["entity", "text"], name="entity_has_each_alias_once"
            )
        ]

    def __str__(self) -> str:
        return self.text

    def natural_key(self) -> tuple[Any, ...]:
        return (self.entity.slug, self.text)

    def save(self, *args: Any, **kwargs: Any) -> None:
        self.folded = fold(self.text)[:LONGEST_FOLDED]
        super().save(*args, **kwargs)


class DistinctionQuerySet(RecordQuerySet):
    def of(self, entity: Entity) -> Self:
        """Those that tell the entity from another, from either side."""
        return self.filter(Q(first=entity) | Q(second=entity)).order_by("id")


class Distinction(Record):
    """Two entities that are not the same, so that no merge is proposed again."""

    key_fields = ("first", "second")

    first = models.ForeignKey(
        Entity, on_delete=models.CASCADE, related_name="told_apart_from"
    )
    second = models.ForeignKey(
        Entity, on_delete=models.CASCADE, related_name="told_apart_by"
    )
    reason = models.CharField(
        max_length=500, help_text="How we know. Readers see it where names are alike."
    )

    objects: ClassVar[Any] = DistinctionQuerySet.as_manager()
    history: ClassVar[Any] = HistoricalRecords()

    class Meta:
        constraints = [
            models.UniqueConstraint(
                fields=["first", "second"], name="entities_are_told_apart_once"
            ),
            models.CheckConstraint(
                condition=~Q(first=F("second")),
                name="distinction_is_between_two_entities",
                violation_error_message="Choose two different records.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.first} is not {self.second}"

    def natural_key(self) -> tuple[Any, ...]:
        return (self.first.slug, self.second.slug)


class RedirectQuerySet(RecordQuerySet):
    def keep(self, kind: str, record: Any) -> None:
        """Let a changed slug go on leading to the record, whatever it is now."""
        old = record.stored("slug")
        if old and old != record.slug:
            of_kind = self.filter(kind=kind)
            of_kind.filter(old_slug__in=[old, record.slug]).delete()
            of_kind.filter(slug=old).update(slug=record.slug)
            Redirect(kind=kind, old_slug=old, slug=record.slug).save()

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
    history: ClassVar[Any] = HistoricalRecords()

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


def _share_history(proxy: type[Entity]) -> None:
    """Let changes made through a proxy be kept in the history of its one table."""
    for name in ("post_save", "post_delete", "pre_delete"):
        signal = getattr(models.signals, name)
        signal.connect(getattr(_entity_history, name), sender=proxy, weak=False)
    proxy._meta.simple_history_manager_attribute = "history"  # type: ignore[attr-defined]


for proxy in (Person, Organisation, Event):
    _share_history(proxy)
