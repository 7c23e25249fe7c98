"""The names that entities go by, and which of them are not the same."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q

from entities.characters import as_seen
from entities.folding import fold
from entities.histories import History
from entities.models.entities import LONGEST_FOLDED, Entity
from entities.records import PublishableRecord, Record, RecordQuerySet, Status


class AliasQuerySet(RecordQuerySet):
    def of(self, entity: Entity) -> Self:
        return self.filter(entity=entity).order_by("kind", "text")

    def of_any(self, entities: Any) -> Self:
        return self.filter(entity__in=entities).order_by("kind", "text")

    def of_public_entities(self) -> Self:
        return self.filter(entity__status=Status.PUBLISHED, entity__merged_into=None)

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
    history: ClassVar[Any] = History(excluded_fields=list(derived_fields))

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

    def clean_fields(self, exclude: Collection[str] | None = None) -> None:
        self.text = as_seen(self.text)
        super().clean_fields(exclude=exclude)

    def derive(self) -> None:
        super().derive()
        self.folded = fold(self.text)[:LONGEST_FOLDED]


class DistinctionQuerySet(RecordQuerySet):
    def of(self, entity: Entity) -> Self:
        """Those that tell the entity from another, from either side."""
        return self.filter(Q(first=entity) | Q(second=entity)).order_by("id")

    def between(self, one: Entity, other: Entity) -> Self:
        """Those that tell these two apart."""
        return self.of(one) & self.of(other)


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
    history: ClassVar[Any] = History()

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
