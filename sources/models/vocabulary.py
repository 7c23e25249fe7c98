"""The vocabulary: what can be asked of a person, an organisation or an event."""

from __future__ import annotations

from typing import Any, ClassVar

from django.core.exceptions import ValidationError
from django.core.validators import RegexValidator
from django.db import models

from entities.histories import History
from entities.models import Entity
from entities.records import Record


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

    history: ClassVar[Any] = History()

    class Meta:
        verbose_name_plural = "properties"
        ordering = ["order", "key"]
        indexes = [models.Index(fields=["order", "id"], name="property_in_order")]

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
