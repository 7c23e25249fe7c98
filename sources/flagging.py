"""Which claims, and which evidence, readers see: worked out and kept in a column."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

from django.db.models import Exists, OuterRef

from entities.rows import Each, Rows
from sources.models import Claim, Evidence, Source

Query = Callable[[Any], Any]


def _claims_due(claims: Any) -> Any:
    """Those of these claims that readers should see."""
    # Of these claims alone: a database would first list all that are fit.
    fit = Claim.objects.keyed(Each(claims)).fit_to_publish()
    # That a source is silent is worth showing, but nothing to show a claim for.
    spoken = (
        Evidence.objects.on(Each(claims))
        .public()
        .exclude(stance=Evidence.Stance.SILENT)
    )
    return fit.filter(pk__in=spoken.values("claim"))


def _evidence_due(claims: Any) -> Any:
    """That of the evidence on these claims which readers should see."""
    fit = Claim.objects.keyed(Each(claims)).fit_to_publish()
    # By key, and each source for itself: a database would begin with all evidence that
    # is published, and list all sources.
    bearing = Evidence.objects.on(Each(claims)).values("pk")
    free = Source.objects.public().filter(pk=OuterRef("source"))
    published = Evidence.objects.filter(pk__in=bearing).published()
    return published.filter(Exists(free), claim__in=fit)


class Flag:
    """Which of some rows are public, and which should be: what to raise and to lower.

    `rows` and `due` are query sets of some claims.
    """

    def __init__(self, model: Any, rows: Query, due: Query) -> None:
        self.model = model
        self.to_raise = Rows(
            lambda claims: due(claims).filter(is_public=False).values_list("id")
        )
        self.to_lower = Rows(
            lambda claims: (
                rows(claims)
                .filter(is_public=True)
                .exclude(pk__in=due(claims).values("pk"))
                .values_list("id")
            )
        )

    def put_right(self, claims: list[int]) -> list[int]:
        """Raise `is_public` where it should be, else lower it; what was lowered."""
        keys: list[int] = []
        for found, is_public in ((self.to_raise, True), (self.to_lower, False)):
            if keys := [row.id for row in found(claims=claims)]:
                self.model.objects.filter(pk__in=keys).update(is_public=is_public)
        return keys


EVIDENCE = Flag(
    Evidence, lambda claims: Evidence.objects.on(Each(claims)), _evidence_due
)
CLAIMS = Flag(Claim, lambda claims: Claim.objects.keyed(Each(claims)), _claims_due)
PUBLIC = Rows(
    lambda claims: Claim.objects.keyed(Each(claims)).public().values_list("id")
)
# Each by its own index: joined with OR they would be looked for among all claims.
ASKED = Rows(
    lambda claims: Claim.objects.keyed(Each(claims)).values_list("question_id")
)
BESIDE = Rows(
    lambda claims: Claim.objects.contradicting(Each(claims)).values_list("question_id")
)


def publish(claim_ids: list[int]) -> set[int]:
    """Write which of these claims and their evidence are public.

    Returns the questions that this can move: those of claims that were or became
    public, and those of claims that are declared to contradict them.
    """
    # Claims follow from their evidence.
    EVIDENCE.put_right(claim_ids)
    seen = CLAIMS.put_right(claim_ids)
    seen += [row.id for row in PUBLIC(claims=claim_ids)]
    found = [*ASKED(claims=seen), *BESIDE(claims=seen)]
    return {row.question_id for row in found}
