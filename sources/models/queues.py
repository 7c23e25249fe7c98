"""What waits at the desk: each query has a name, and stays fast in a large table."""

from __future__ import annotations

from typing import Any, Self

from django.db.models import Exists, F, OuterRef, Q
from django.db.models.functions import Now

from entities.records import RecordQuerySet, Status
from sources.models.work import WorkedQuerySet

# What no index leads to is looked for among so many of the newest.
NEWEST = 5000
UNPUBLISHED = [Status.DRAFT, Status.IN_REVIEW]
TAKEN_DOWN = [Status.RETRACTED, Status.WITHDRAWN]


class WaitingQuerySet(WorkedQuerySet):
    """Of claims and sources alike."""

    def standing(self) -> Self:
        """Those that were not taken down."""
        return self.exclude(status__in=TAKEN_DOWN)

    def work_of(self, user: Any) -> Self:
        return self.assigned_to(user).standing()

    def due_by(self, day: Any) -> Self:
        """With a deadline on that day or before."""
        return self.filter(due_on__lte=day).standing()

    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def embargo_over(self) -> Self:
        """Not published yet, though the embargo has ended."""
        return self.filter(not_before__lte=Now(), status__in=UNPUBLISHED)

    def after_embargo(self) -> Self:
        """Published, and free of an embargo that has ended."""
        return self.published().free().filter(not_before__lte=Now())

    def newest(self) -> Self:
        """The newest of them, and no more than can be looked through."""
        return self.filter(pk__in=self.order_by("-pk").values("pk")[:NEWEST])


class WaitingClaims(WaitingQuerySet):
    def for_decision(self) -> Self:
        """As rival answers: those that readers see first, the best supported first."""
        related = self.select_related("subject", "property", "object")
        return related.order_by("-is_public", "-origin_count", "-article_count", "id")

    def hidden(self) -> Self:
        """Those that readers do not see."""
        return self.filter(is_public=False)

    def without_evidence(self) -> Self:
        """Claims that cite nothing; readers see none of these."""
        # A merge leaves the emptied one of two equal claims with the old record.
        alive = self.filter(subject__merged_into=None, object__merged_into=None)
        # SQLite finds no index for a bare boolean, as Django would write it.
        return alive.filter(is_public__in=[False], evidence=None).standing()

    def with_one_origin(self) -> Self:
        """Of the newest public claims those that lead to one original source."""
        return self.filter(is_public=True).newest().filter(origin_count=1)

    def with_one_speaker(self, counted: Any) -> Self:
        """Of the newest public claims those for which one speaker alone is named.

        `counted`: the evidence that counts.
        """
        public = self.filter(is_public=True).newest().filter(article_count__gt=1)
        of_claim = counted.filter(claim=OuterRef("pk"))
        spoken = of_claim.exclude(speaker=None)
        ends = {
            "first_speaker": spoken.order_by("speaker").values("speaker")[:1],
            "last_speaker": spoken.order_by("-speaker").values("speaker")[:1],
        }
        alone = public.annotate(**ends).filter(first_speaker=F("last_speaker"))
        return alone.exclude(Exists(of_claim.exclude(speaker_label="")))


class WaitingSources(WaitingQuerySet):
    def of_unknown_origin(self) -> Self:
        return self.published().filter(lineage="unknown")

    def fallen(self) -> Self:
        """Corrected or retracted by their publishers."""
        return self.filter(standing__in=["corrected", "retracted"]).standing()


class WaitingEvidence(RecordQuerySet[Any]):
    def credited_to(self, source: Any) -> Self:
        """Evidence found elsewhere, in an article that names the source for it."""
        return self.filter(via=source).exclude(source=source).order_by("id")

    def touched_by(self, source: Any) -> Self:
        """What is settled again when the source changes: the same as follow_source."""
        return self.filter(Q(source=source) | Q(via=source) | Q(origin=source))

    def with_claim(self) -> Self:
        return self.select_related("claim")

    def for_decision(self) -> Self:
        """With who says it where, that which readers see first."""
        related = self.select_related("source", "speaker", "origin")
        return related.order_by("claim", "-is_public", "stance", "id")

    def in_review(self) -> Self:
        return self.filter(status=Status.IN_REVIEW)

    def not_as_it_stands(self) -> Self:
        """Whose quote is not, or more than once, in our copy, letter by letter."""
        lost = self.filter(anchor__in=["ambiguous", "missing", "folded"])
        return lost.exclude(status__in=TAKEN_DOWN)

    def never_confirmed(self) -> Self:
        """Drafts that wait for someone to read the passage."""
        return self.filter(confirmed_by="", status__in=UNPUBLISHED)

    def to_recheck(self) -> Self:
        """Published, though nobody has confirmed value and passage as they are now."""
        return self.filter(confirmed_by="", status=Status.PUBLISHED)


class WaitingQuestions(RecordQuerySet[Any]):
    def asked(self) -> Self:
        """With what their words need."""
        return self.select_related("subject", "property")

    def undecided(self) -> Self:
        return self.filter(decision="none")

    def that_cannot_be_told(self) -> Self:
        return self.filter(state="cannot_tell")

    def under_review(self) -> Self:
        # What was decided of a record that is merged is kept, and not asked any more.
        return self.filter(decision="under_review", subject__merged_into=None)
