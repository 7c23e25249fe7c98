"""Evidence: which passage of which source bears on a claim, and how."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.db import models
from django.db.models import F, Q
from django.db.models.functions import Coalesce
from django.urls import reverse

from entities.choices import all_but
from entities.histories import History
from entities.models import SLUG_HELP, Entity
from entities.records import PublishableRecord
from sources import anchors, fitness
from sources.models.claims import Claim
from sources.models.queues import WaitingEvidence
from sources.models.sources import Copy, Source

# Where in a list what has no place in the text comes: after all that has.
UNPLACED = 2**31


class EvidenceQuerySet(WaitingEvidence):
    def public(self) -> Self:
        return self.filter(is_public=True)

    def on(self, claims: Any) -> Self:
        """Evidence that bears on one of these claims."""
        return self.filter(claim__in=claims)

    def from_source(self, source: Source) -> Self:
        """What a source says, in the order in which it says it."""
        placed = self.annotate(place=Coalesce("start", UNPLACED))
        return placed.filter(source=source).order_by("place", "id")

    def after(self, place: Any, key: Any) -> Self:
        """Those that follow, in the source, the one with this place and key."""
        return self.filter(Q(place__gt=place) | Q(place=place, id__gt=key))

    def spoken_by(self, entity: Entity) -> Self:
        return self.filter(speaker=entity)

    def dating(self, events: Any) -> Self:
        """Evidence that supports the date which each of these events has."""
        dates = self.filter(claim__property__fills="date", claim__subject__in=events)
        others = all_but(Evidence.Stance, Evidence.Stance.SUPPORTS)
        supporting = dates.exclude(stance__in=others)
        return supporting.filter(claim__date=F("claim__subject__date"))

    def originating_in(self, source: Source) -> Self:
        """Evidence found elsewhere that leads back to the source."""
        return self.filter(origin=source).exclude(source=source)

    def supporting(self) -> Self:
        return self.filter(stance=Evidence.Stance.SUPPORTS)

    def counted(self) -> Self:
        """What a reader may count: it supports, it is found, its source stands."""
        return self.weighed().supporting()

    def weighed(self) -> Self:
        """What a decision rests on: for or against, found, its source standing."""
        return self.public().filter(
            stance__in=[Evidence.Stance.SUPPORTS, Evidence.Stance.DISPUTES],
            anchor__in=[Evidence.Anchor.VERIFIED, Evidence.Anchor.NO_TEXT],
            source__standing=Source.Standing.GOOD,
        )

    def confirmed(self) -> Self:
        return self.exclude(confirmed_by="")

    def waiting(self) -> Self:
        """Evidence that was not published yet."""
        return self.filter(status__in=["draft", "in_review"])


class Evidence(PublishableRecord):
    """One passage of one source that supports, disputes or doubts one claim."""

    class Stance(models.TextChoices):
        SUPPORTS = "supports", "Supports it"
        DISPUTES = "disputes", "Disputes it"
        QUESTIONS = "questions", "Casts doubt on it"
        SILENT = "silent", "Checked, not mentioned"

    class Form(models.TextChoices):
        VERBATIM_SPEECH = "verbatim_speech", "Someone's own words"
        REPORTED_SPEECH = "reported_speech", "Reported speech"
        NARRATION = "narration", "The source's own words"

    class Voice(models.TextChoices):
        OWN_REPORTING = "own_reporting", "The source itself"
        NAMED = "named", "A named person or body"
        ANONYMOUS = "anonymous", "Someone not named"
        DOCUMENT = "document", "A document"
        OTHER_OUTLET = "other_outlet", "Another outlet"

    class Anchor(models.TextChoices):
        VERIFIED = "verified", "In our copy"
        FOLDED = "folded", "In our copy, apart from punctuation"
        AMBIGUOUS = "ambiguous", "In our copy more than once"
        MISSING = "missing", "Not found"
        UNCHECKED = "unchecked", "Not yet checked"
        NO_TEXT = "no_text", "We hold no copy"

    PLACE: ClassVar = {"start", "end"}
    # A change to one of these is a change to the passage: confirm it again.
    PASSAGE: ClassVar = ("claim_id", "source_id", "stance", "quote", "start", "end")

    slug = models.SlugField(max_length=180, unique=True, help_text=SLUG_HELP)
    claim = models.ForeignKey(
        # A claim that evidence bears on cannot go from under it.
        Claim,
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    source = models.ForeignKey(
        # A source that evidence cites cannot go.
        Source,
        on_delete=models.PROTECT,
        related_name="evidence",
    )
    stance = models.CharField(
        max_length=9, choices=Stance.choices, default=Stance.SUPPORTS
    )
    quote = models.TextField(
        blank=True,
        help_text="The words of the passage, as short as will locate it. Readers see "
        "them.",
    )
    prefix = models.CharField(
        max_length=200,
        blank=True,
        help_text="What stands just before, where the quote occurs more than once.",
    )
    suffix = models.CharField(
        max_length=200, blank=True, help_text="What stands just after."
    )
    start = models.PositiveIntegerField(
        null=True, blank=True, help_text="Place in the text, in characters from 0."
    )
    end = models.PositiveIntegerField(null=True, blank=True)
    form = models.CharField(max_length=15, choices=Form.choices, default=Form.NARRATION)
    is_inferred = models.BooleanField(
        "inferred",
        default=False,
        help_text="The source does not say it in so many words: give the inference in "
        "the note. Readers see both.",
    )
    speaker = models.ForeignKey(
        # Who said it is part of what was said.
        Entity,
        on_delete=models.PROTECT,
        related_name="spoken_evidence",
        null=True,
        blank=True,
        verbose_name="who says it",
        help_text="If the source names them. Shown as “not published” until they are.",
    )
    speaker_label = models.CharField(
        "who says it, in words",
        max_length=200,
        blank=True,
        help_text="If they have no record: “a business partner of Liang”.",
    )
    via = models.ForeignKey(
        # Whom the source credits decides how many original sources there are.
        Source,
        on_delete=models.PROTECT,
        related_name="relayed_evidence",
        null=True,
        blank=True,
        verbose_name="credited to",
        help_text="The source from which this one says, or clearly shows, it has this.",
    )
    via_label = models.CharField(
        "credited to, in words",
        max_length=200,
        blank=True,
        help_text="If that has no record: “Chinese media”.",
    )
    voice = models.CharField(
        max_length=13, choices=Voice.choices, default=Voice.OWN_REPORTING
    )
    hedge = models.CharField(
        "the source's caveat",
        max_length=200,
        blank=True,
        help_text="“reportedly”, “is said to”, in the source's words.",
    )
    note = models.TextField(blank=True, help_text="Readers see it.")
    confirmed_by = models.CharField(
        max_length=150,
        blank=True,
        help_text="Who read the passage and agrees that it says this.",
    )
    confirmed_at = models.DateTimeField(null=True, editable=False)
    verified_sha256 = models.CharField(
        "fingerprint of the text it was found in",
        max_length=64,
        blank=True,
        editable=False,
    )
    # Derived.
    anchor = models.CharField(
        max_length=9, choices=Anchor.choices, default=Anchor.UNCHECKED, editable=False
    )
    is_public = models.BooleanField(default=False, editable=False)
    origin = models.ForeignKey(
        # Derived: worked out again before its source can go.
        Source,
        on_delete=models.SET_NULL,
        related_name="originated_evidence",
        null=True,
        editable=False,
    )

    remembers = ("status", "slug", "confirmed_by", "confirmed_at", *PASSAGE)
    derived_fields = ("anchor", "is_public", "origin")
    copy_at_hand: Copy | None = None  # of its source, if that has been read already

    objects: ClassVar[Any] = EvidenceQuerySet.as_manager()
    history: ClassVar[Any] = History(excluded_fields=list(derived_fields))

    class Meta:
        verbose_name_plural = "evidence"
        indexes = [
            models.Index(
                fields=["claim", "is_public", "stance", "source", "origin"],
                name="evidence_of_claim",
            ),
            models.Index(fields=["source", "start", "id"], name="evidence_in_text"),
            models.Index(fields=["anchor", "id"], name="evidence_by_anchor"),
            models.Index(fields=["stance", "id"], name="evidence_by_stance"),
            models.Index(fields=["confirmed_by", "id"], name="evidence_by_reader"),
        ]
        constraints = [
            models.CheckConstraint(
                condition=Q(start=None, end=None)
                | Q(start__isnull=False, end__isnull=False, end__gt=F("start")),
                name="evidence_ends_after_it_starts",
                violation_error_message="The passage must end after it starts.",
            ),
            models.CheckConstraint(
                condition=~Q(stance="silent") | Q(quote="", start=None),
                name="silence_has_no_quote",
                violation_error_message="What a source does not mention it cannot be "
                "quoted on.",
            ),
            models.CheckConstraint(
                condition=Q(stance="silent") | ~Q(quote=""),
                name="evidence_quotes_its_passage",
                violation_error_message="Quote the words that locate the passage.",
            ),
            models.CheckConstraint(
                condition=Q(speaker=None) | Q(speaker_label=""),
                name="evidence_names_its_speaker_one_way",
                violation_error_message="Choose who says it, or put it in words: not "
                "both.",
            ),
            models.CheckConstraint(
                condition=Q(via=None) | Q(via_label=""),
                name="evidence_credits_one_way",
                violation_error_message="Choose whom it is credited to, or put it in "
                "words: not both.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}: “{self.quote}”" if self.quote else f"{self.source}"

    def get_absolute_url(self) -> str:
        return reverse("claim-detail", args=[self.claim.slug]) + f"#{self.slug}"

    def clean(self) -> None:
        fitness.refuse_quotation_of_a_rewrite(self)
        fitness.refuse_unexplained(self)
        is_new = self._state.adding or self.has_new_passage
        text = self._copy().text if is_new and self.source_id else None
        fitness.refuse_wrong_place(self, text)

    @property
    def counts(self) -> bool:
        """Whether a reader may count it, with its source at hand: as in counted()."""
        return (
            self.is_public
            and self.stance == self.Stance.SUPPORTS
            and self.anchor in (self.Anchor.VERIFIED, self.Anchor.NO_TEXT)
            and self.source.standing == Source.Standing.GOOD
        )

    @property
    def has_new_passage(self) -> bool:
        """Whether the passage is no longer the one that was read."""
        if self.is_carried or self.stored("slug") is None:
            return False
        changed = {
            name for name in self.PASSAGE if self.stored(name) != getattr(self, name)
        }
        # Finding the place of words that had none yet changes nothing that was read.
        return bool(changed - self.PLACE) or (
            bool(changed) and self.stored("start") is not None
        )

    def unconfirm(self) -> None:
        self.confirmed_by, self.confirmed_at = "", None

    def _copy(self) -> Copy:
        return self.copy_at_hand or Source.objects.copy_of(self.source_id)

    def locate(self, copy: Copy) -> bool:
        """Set anchor, place and fingerprint from our copy; whether any changed."""
        before = (self.anchor, self.start, self.end, self.verified_sha256)
        if not copy.sha256:
            self.anchor = self.Anchor.NO_TEXT
        elif self.stance == self.Stance.SILENT or copy.text is None:
            is_known_good = self.verified_sha256 == copy.sha256
            self.anchor = (
                self.Anchor.VERIFIED if is_known_good else self.Anchor.UNCHECKED
            )
        else:
            self._search(copy.text, copy.sha256)
        return before != (self.anchor, self.start, self.end, self.verified_sha256)

    def _search(self, text: str, sha256: str) -> None:
        found = anchors.find(text, self.passage)
        self.anchor = self.Anchor(found.state)
        if found.state == self.Anchor.VERIFIED:
            self.start, self.end = found.start, found.end
            self.verified_sha256 = sha256

    @property
    def passage(self) -> anchors.Passage:
        return anchors.Passage(
            self.quote, self.start, self.end, self.prefix, self.suffix
        )

    def derive(self) -> None:
        super().derive()
        self.locate(self._copy())
        confirmed = (self.confirmed_by, self.confirmed_at)
        before = (self.stored("confirmed_by"), self.stored("confirmed_at"))
        if self.has_new_passage and confirmed == before:
            self.unconfirm()
