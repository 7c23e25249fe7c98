"""Sources: the articles, papers and posts in which claims are found."""

from __future__ import annotations

import hashlib
from typing import Any, ClassVar, NamedTuple, Self

from django.core.exceptions import ValidationError
from django.db import models
from django.db.models import F, Q
from django.urls import reverse

from entities import edtf
from entities.characters import refuse_unstorable, stored_form
from entities.fields import EdtfField
from entities.histories import History
from entities.locking import alone
from entities.models import SLUG_HELP, Organisation
from entities.records import Record, RecordQuerySet
from sources.models.queues import WaitingSources
from sources.models.work import WorkedRecord


def fingerprint(text: str) -> str:
    """SHA-256 of the text's UTF-8, as 64 hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


class Copy(NamedTuple):
    """What we know of a source's text: its fingerprint, and the words if held."""

    sha256: str
    text: str | None


class SourceQuerySet(WaitingSources):
    def public(self) -> Self:
        """Published and neither on hold nor under an embargo."""
        return self.published().free()

    def with_text(self) -> Self:
        return self.filter(text__isnull=False)

    def derived_from(self, source: Source) -> Self:
        return self.filter(derived_from=source).order_by("id")

    def copy_of(self, source_id: int) -> Copy:
        """Our copy of a source, read with one query."""
        rows = self.filter(pk=source_id).values_list("text_sha256", "text__text")
        return Copy(*rows.get())

    def newest_first(self) -> Self:
        return self.order_by(F("low").desc(nulls_last=True), "-id")


class Source(WorkedRecord):
    """One article, paper, post or other document that says something."""

    class Genre(models.TextChoices):
        REPORT = "report", "Report"
        REWRITE = "rewrite", "Rewrite"
        INTERVIEW = "interview", "Interview"
        SOCIAL_POST = "social_post", "Social media post"
        PAPER = "paper", "Paper"
        FILING = "filing", "Filing"
        TRANSCRIPT = "transcript", "Transcript"
        DATASET = "dataset", "Data set"
        RELEASE = "release", "Press release or statement"

    class Reliability(models.TextChoices):
        A = "A", "A: completely reliable"
        B = "B", "B: usually reliable"
        C = "C", "C: fairly reliable"
        D = "D", "D: not usually reliable"
        E = "E", "E: unreliable"
        F = "F", "F: cannot be judged"

    class Lineage(models.TextChoices):
        ORIGINAL = "original", "Original: what it says begins here"
        DERIVED = "derived", "Derived from another source"
        UNKNOWN = "unknown", "Not known"

    class Derivation(models.TextChoices):
        COPY = "copy", "Copy"
        SYNDICATION = "syndication", "Syndication"
        REWRITE = "rewrite", "Rewrite"
        TRANSLATION = "translation", "Translation"
        SUMMARY = "summary", "Summary"

    class Standing(models.TextChoices):
        GOOD = "good", "Good"
        CORRECTED = "corrected", "Corrected by its publisher"
        RETRACTED = "retracted", "Retracted by its publisher"

    slug = models.SlugField(max_length=120, unique=True, help_text=SLUG_HELP)
    title = models.CharField(
        max_length=500,
        blank=True,
        help_text="As the source has it. Without one, readers see its publisher and "
        "date.",
    )
    publisher = models.ForeignKey(
        Organisation,
        # A publisher that sources name cannot vanish from under them.
        on_delete=models.PROTECT,
        related_name="published_sources",
        null=True,
        blank=True,
        help_text="Readers see it once the organisation is published itself.",
    )
    author = models.CharField(max_length=300, blank=True, help_text="As printed.")
    genre = models.CharField(max_length=12, choices=Genre.choices, default=Genre.REPORT)
    url = models.URLField("address", max_length=1000, blank=True)
    archive_url = models.URLField("archived copy", max_length=1000, blank=True)
    doi = models.CharField("DOI", max_length=200, blank=True)
    published = EdtfField(
        help_text="EDTF, as exact as the source justifies: 2025-01-28, 2025-01, 2025~."
    )
    accessed = EdtfField(help_text="When we read it, in EDTF.")
    language = models.CharField(
        max_length=35, blank=True, help_text="BCP 47, such as en-GB."
    )
    reliability = models.CharField(
        max_length=1,
        choices=Reliability.choices,
        blank=True,
        help_text="Admiralty scale, for the source as a whole, apart from any claim. "
        "Readers see the letter with its meaning.",
    )
    lineage = models.CharField(
        "where it came from",
        max_length=8,
        choices=Lineage.choices,
        default=Lineage.UNKNOWN,
        help_text="Only evidence that leads to an original source counts as one. "
        "Say why in the note; if you do not know, say that.",
    )
    derived_from = models.ForeignKey(
        "self",
        # What a source derives from carries the count of original sources.
        on_delete=models.PROTECT,
        related_name="derivatives",
        null=True,
        blank=True,
    )
    derivation = models.CharField(max_length=11, choices=Derivation.choices, blank=True)
    standing = models.CharField(
        max_length=9,
        choices=Standing.choices,
        default=Standing.GOOD,
        db_index=True,
        help_text="Evidence from a corrected or retracted source no longer counts.",
    )
    standing_date = EdtfField(help_text="When its publisher corrected or retracted it.")
    standing_notice = models.TextField(
        blank=True, help_text="What the publisher's notice says, in our own words."
    )
    note = models.TextField(
        blank=True,
        help_text="Why we date it and place it as we do. Readers see it.",
    )
    text_sha256 = models.CharField(
        "fingerprint of the text", max_length=64, blank=True, editable=False
    )
    low = models.FloatField(null=True, editable=False)

    derived_fields = ("low",)
    # A change to one of these moves what counts, and as how many.
    WEIGHED: ClassVar = (
        "status",
        "hold",
        "not_before",
        "standing",
        "lineage",
        "derived_from_id",
    )
    remembers = ("slug", "text_sha256", *WEIGHED)

    objects: ClassVar[Any] = SourceQuerySet.as_manager()
    history: ClassVar[Any] = History(excluded_fields=list(derived_fields))

    class Meta:
        indexes = [
            models.Index(fields=["status", "low", "id"], name="source_by_date"),
            models.Index(fields=["text_sha256"], name="source_by_fingerprint"),
            models.Index(fields=["due_on"], name="source_by_due"),
            models.Index(fields=["not_before"], name="source_by_embargo"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(derived_from=None) | ~Q(derived_from=F("id")),
                name="source_does_not_derive_from_itself",
                violation_error_message="A source cannot derive from itself.",
            ),
            models.CheckConstraint(
                condition=Q(derived_from=None) | Q(lineage="derived"),
                name="only_a_derived_source_derives_from_another",
                violation_error_message="Set “where it came from” to derived, or "
                "take away the source it derives from.",
            ),
        ]

    def __str__(self) -> str:
        return self.title or f"Untitled source ({self.slug})"

    def get_absolute_url(self) -> str:
        return reverse("source-detail", args=[self.slug])

    def clean(self) -> None:
        for name in ("url", "archive_url"):
            address = getattr(self, name)
            if address and not address.startswith(("http://", "https://")):
                raise ValidationError(
                    {name: "Give an address that begins with http:// or https://."}
                )
            # What stands before an @ looks like the host, and is not.
            if address and "@" in address.split("/")[2]:
                raise ValidationError(
                    {name: "Give the address without a name and @ before its host."}
                )
        self.refuse_circle()

    def refuse_circle(self) -> None:
        """Raise ValidationError if the source would derive from itself in the end."""
        if self.pk is not None and self.pk in self._ancestors():
            raise ValidationError(
                {
                    "derived_from": f"“{self.derived_from}” derives from this "
                    "source already: that would be a circle."
                }
            )

    def _ancestors(self) -> list[int]:
        """What it derives from, as the database has it now, nearest first."""
        found: list[int] = []
        above = self.derived_from_id
        while above is not None and above not in found:
            found.append(above)
            row = Source.objects.filter(pk=above)
            above = row.values_list("derived_from", flat=True).first()
        return found

    def _hold_family(self) -> None:
        """Lock what it derives from, so that nobody closes a circle meanwhile."""
        family = Source.objects.filter(pk__in=[self.pk, *self._ancestors()])
        list(family.select_for_update().order_by("pk"))

    def derive(self) -> None:
        super().derive()
        self.low = edtf.parse(self.published).low if self.published else None

    def save(self, *args: Any, **kwargs: Any) -> None:
        with alone():
            if self.pk is not None and self.has_changed("derived_from_id"):
                self._hold_family()
                self.refuse_circle()
            super().save(*args, **kwargs)


class SourceTextQuerySet(RecordQuerySet):
    def held(self, sources: Any) -> set[int]:
        """The keys of those of these sources whose text we hold."""
        return set(self.filter(source__in=sources).values_list("source", flat=True))


class SourceText(Record):
    """The words of one source as we hold them: for staff only, never published."""

    key_fields = ("source",)

    source = models.OneToOneField(Source, on_delete=models.CASCADE, related_name="text")
    text = models.TextField(
        help_text="Kept exactly as pasted, but for line ends and Unicode form. "
        "Readers never see it; quotes are checked against it."
    )
    attached_at = models.DateTimeField(auto_now=True, editable=False)

    objects: ClassVar[Any] = SourceTextQuerySet.as_manager()
    history: ClassVar[Any] = History()

    class Meta:
        verbose_name = "text of a source"
        verbose_name_plural = "texts of sources"

    def __str__(self) -> str:
        return f"Text of {self.source}"

    def natural_key(self) -> tuple[Any, ...]:
        return (self.source.slug,)

    def clean(self) -> None:
        if not self.text.strip():
            raise ValidationError({"text": "Paste the text, or delete this row."})

    def derive(self) -> None:
        super().derive()
        refuse_unstorable(self.text)
        self.text = stored_form(self.text)
