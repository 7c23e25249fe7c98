"""By whose hand records come in: whoever runs the site, or someone signed in.

Whoever runs the site answers for what a file says of itself: that a named person
confirmed a passage, that a claim was published. Of someone signed in nothing is taken
that the desk's forms would not take from them.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from entities.records import PublishableRecord, Record
from sources import publication, rights
from sources.models import (
    Claim,
    Correction,
    Evidence,
    Finding,
    Question,
    SourceText,
)

# Acts of the desk, made where the sources are before one's eyes.
ACTS: dict[type[Record], str] = {
    Question: "A question is made by its first claim: leave it out.",
    Finding: "A question is decided at the desk, beside its sources.",
    SourceText: "A text is attached at the desk, where its quotes are checked.",
    Correction: "A correction is made at the desk, beside what it corrects.",
}
# What only the program, or a merge, sets.
NOT_TYPED = {"text_sha256", "verified_sha256", "merged_into"}


class Operator:
    """Whoever runs the site."""

    user: Any = None

    def prepare(self, record: Record, changed: set[str]) -> None:
        """Complete a record before it is saved; raises ValidationError to refuse it."""
        is_new = record.pk is None
        # What was published before it was held comes back as it was: hidden.
        if not is_new and isinstance(record, PublishableRecord):
            publication.refuse_held(record)
        if isinstance(record, Evidence) and record.confirmed_by:
            self._take_confirmation(record)

    def _take_confirmation(self, evidence: Evidence) -> None:
        """Who is named beside a passage in the file has read that passage."""
        if evidence.pk is None or evidence.has_new_passage:
            evidence.confirmed_at = timezone.now()

    def must_wait(self, record: Record) -> bool:
        """Whether the change is kept as a proposal."""
        return False

    def in_doubt(self, claims: list[Claim]) -> list[Claim]:
        """Those of these published claims that `finish` could refuse."""
        carrying = Evidence.objects.on(claims).published().confirmed()
        carried = set(carrying.values_list("claim_id", flat=True))
        return [
            claim
            for claim in claims
            if claim.pk not in carried or publication.is_allegation(claim)
        ]

    def finish(self, claim: Claim, becomes: bool) -> None:
        """Raise ValidationError if a published claim may not be so.

        Named evidence must carry it; an allegation also needs word of whom we asked.
        """
        publication.refuse_unfit_claim(claim)
        publication.refuse_unheard(claim)


@dataclass(frozen=True)
class Member(Operator):
    """Someone signed in, held to the rules of the forms."""

    user: Any

    def prepare(self, record: Record, changed: set[str]) -> None:
        self._refuse_right(record)
        if type(record) in ACTS:
            raise ValidationError(ACTS[type(record)])
        self._refuse_untyped(record, changed)
        if isinstance(record, PublishableRecord):
            publication.refuse_status(self.user, record)
            publication.refuse_unexplained(record)
            publication.refuse_held(record)
        if isinstance(record, Evidence) and record.confirmed_by:
            self._take_confirmation(record)
        if record.pk is None:
            record.created_by = self.user

    def must_wait(self, record: Record) -> bool:
        if not isinstance(record, PublishableRecord):
            return False
        return rights.must_wait(self.user, record)

    def in_doubt(self, claims: list[Claim]) -> list[Claim]:
        """All of them: their evidence becomes published with them."""
        return claims

    def finish(self, claim: Claim, becomes: bool) -> None:
        publication.finish(claim, becomes)

    def _refuse_right(self, record: Record) -> None:
        act, meta = "add" if record.pk is None else "change", record._meta
        if not self.user.has_perm(f"{meta.app_label}.{act}_{meta.model_name}"):
            message = f"You may not {act} a {meta.verbose_name}: ask an administrator."
            raise ValidationError(message)

    def _refuse_untyped(self, record: Record, changed: set[str]) -> None:
        for name in sorted(NOT_TYPED & changed):
            if getattr(record, name):
                message = "Nobody types this: it is found, or follows from a merge. "
                raise ValidationError({name: f"{message}Leave it blank."})

    def _take_confirmation(self, evidence: Evidence) -> None:
        """Their own word that a passage says so, where they may give it; no other's."""
        if evidence.pk is not None and not evidence.has_changed("confirmed_by"):
            return
        if evidence.confirmed_by != publication.name_of(self.user):
            message = "Nobody confirms for someone else: leave it blank, and they can "
            raise ValidationError({"confirmed_by": f"{message}confirm it at the desk."})
        publication.refuse_confirmation(self.user, evidence)
        evidence.confirmed_at = timezone.now()
