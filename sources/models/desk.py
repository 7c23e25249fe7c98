"""The desk's own notes: names met, passages left out, merges, changes proposed."""

from __future__ import annotations

from typing import Any, ClassVar, Self

from django.conf import settings
from django.db import models
from django.db.models import F, Q

from entities.histories import History
from entities.models import Alias
from entities.records import Record, RecordQuerySet
from sources.models.sources import Source


class AliasUse(Record):
    """One name form met in one source."""

    key_fields = ("alias", "source")

    alias = models.ForeignKey(Alias, on_delete=models.CASCADE, related_name="uses")
    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="alias_uses"
    )

    history: ClassVar[Any] = History()

    class Meta:
        verbose_name = "use of a name form"
        verbose_name_plural = "uses of name forms"
        constraints = [
            models.UniqueConstraint(
                fields=["alias", "source"], name="alias_is_met_once_in_a_source"
            )
        ]

    def __str__(self) -> str:
        return f"“{self.alias}” in {self.source}"

    def natural_key(self) -> tuple[Any, ...]:
        return (*self.alias.natural_key(), self.source.slug)


class Omission(Record):
    """One passage that was read and left without a claim, and why."""

    key_fields = ("source", "start", "end")

    source = models.ForeignKey(
        Source, on_delete=models.CASCADE, related_name="omissions"
    )
    start = models.PositiveIntegerField(help_text="In characters, from 0.")
    end = models.PositiveIntegerField()
    reason = models.CharField(max_length=200, help_text="Why it carries no claim.")

    history: ClassVar[Any] = History()

    class Meta:
        verbose_name = "passage left out"
        verbose_name_plural = "passages left out"
        constraints = [
            models.UniqueConstraint(
                fields=["source", "start", "end"], name="passage_is_left_out_once"
            ),
            models.CheckConstraint(
                condition=Q(end__gt=F("start")),
                name="passage_left_out_ends_after_it_starts",
                violation_error_message="The passage must end after it starts.",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.source}, {self.start}–{self.end}: {self.reason}"

    def natural_key(self) -> tuple[Any, ...]:
        return (self.source.slug, self.start, self.end)


class Merge(Record):
    """One merge of two records, with all that moved, so that it can be undone."""

    key_fields = ("kind", "merged_slug", "kept_slug", "created_at")

    kind = models.CharField(max_length=12)
    kept_slug = models.CharField(max_length=200)
    merged_slug = models.CharField(max_length=200)
    reason = models.TextField(blank=True)
    moved = models.JSONField(default=dict, help_text="Keys of all that moved, by kind.")
    undone_at = models.DateTimeField(null=True)

    history: ClassVar[Any] = History()

    def __str__(self) -> str:
        return f"{self.merged_slug} into {self.kept_slug}"


class ProposalQuerySet(RecordQuerySet):
    def open(self) -> Self:
        return self.filter(state=Proposal.State.OPEN)

    def to(self, kind: str, record_id: int) -> Self:
        """Proposals to change one record."""
        return self.filter(kind=kind, record_id=record_id)


class Proposal(Record):
    """One change to a published record that waits for a second person."""

    key_fields = ("id",)

    class State(models.TextChoices):
        OPEN = "open", "Open"
        ACCEPTED = "accepted", "Accepted"
        DECLINED = "declined", "Declined"

    kind = models.CharField(max_length=12)
    record_id = models.PositiveBigIntegerField()
    base_version = models.PositiveIntegerField()
    changes = models.JSONField(
        help_text="Field by field: what it was, what it becomes."
    )
    reason = models.CharField(max_length=300, blank=True)
    state = models.CharField(max_length=8, choices=State.choices, default=State.OPEN)
    decided_by = models.ForeignKey(
        settings.AUTH_USER_MODEL,
        # The decision stands when the account has gone.
        on_delete=models.SET_NULL,
        related_name="decided_proposals",
        null=True,
        editable=False,
    )
    word = models.CharField(
        max_length=300, blank=True, help_text="A word to whoever proposed it."
    )

    objects: ClassVar[Any] = ProposalQuerySet.as_manager()
    history: ClassVar[Any] = History()

    class Meta:
        indexes = [
            models.Index(fields=["state", "kind", "record_id"], name="proposal_open")
        ]

    def __str__(self) -> str:
        names = [name.replace("_", " ") for name in self.changes if name.isidentifier()]
        article = "an" if self.kind[:1] in "aeiou" else "a"
        return f"Change to the {', '.join(names) or 'words'} of {article} {self.kind}"
