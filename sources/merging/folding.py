"""Claims that would say the same once two records are one: one goes on for both."""

from __future__ import annotations

import copy
from dataclasses import dataclass, field
from typing import Any

from django.db.models import Q

from entities.models import Entity
from entities.records import Status
from sources.models import Claim

TAKEN_DOWN = {Status.RETRACTED, Status.WITHDRAWN}
NAMED = ("subject", "property", "object")
Answer = tuple[Any, ...]


@dataclass(frozen=True, slots=True)
class Fold:
    """One claim left empty, as a draft of the old record, and the one that goes on."""

    claim: Claim
    into: Claim

    @property
    def is_seen(self) -> bool:
        """Whether readers see the one that is left: then its address leads on."""
        return bool(self.claim.is_public)

    @property
    def would_show(self) -> bool:
        """Whether readers would see for the first time what hangs on the one left."""
        return not self.is_seen and self.into.status == Status.PUBLISHED


@dataclass(slots=True)
class Claims:
    """What becomes of the claims that name a record."""

    moved: list[Claim] = field(default_factory=list)
    folds: list[Fold] = field(default_factory=list)
    # Those of the other record that change places with one that readers see.
    swapped: list[Claim] = field(default_factory=list)
    # Taken down, and said of the other record too: their addresses go on saying so.
    left: list[Claim] = field(default_factory=list)
    problems: list[str] = field(default_factory=list)


def of(merged: Entity, kept: Entity) -> Claims:
    """Where each claim about the one goes, beside those about the other."""
    found = Claims()
    theirs = [(claim, renamed(claim, merged, kept)) for claim in _naming(merged)]
    standing = _saying(theirs)
    taken: dict[Answer, Claim] = {}
    for claim, other in theirs:
        answer = _answer(other)
        if answer in taken:
            found.problems.append(
                f"“{claim}” and “{taken[answer]}” would say the same: delete one."
            )
        taken[answer] = claim
        _place(found, claim, standing.get(answer))
    if merged.status != Status.PUBLISHED == kept.status:
        found.problems += [
            f"“{claim}” was taken down, and would have its notice shown: delete it."
            for claim in found.moved
            if claim.status == Status.RETRACTED
        ]
    return found


def _naming(entity: Entity) -> list[Claim]:
    rows = Claim.objects.filter(Q(subject=entity.pk) | Q(object=entity.pk))
    return list(rows.select_related(*NAMED).order_by("pk"))


def _saying(theirs: list[tuple[Claim, Claim]]) -> dict[Answer, Claim]:
    """The other claims that say one of these, by what they say.

    A record may have very many claims; those that say something else are not read.
    """
    rows = Claim.objects.filter(
        subject__in={other.subject_id for _, other in theirs},
        property__in={other.property_id for _, other in theirs},
        value_key__in={other.value.key for _, other in theirs},
    )
    keys = {claim.pk for claim, _ in theirs}
    found = rows.select_related(*NAMED).order_by("pk")
    return {_answer(one): one for one in found if one.pk not in keys}


def renamed(claim: Claim, old: Entity, new: Entity) -> Claim:
    """The claim as it would be of the other record; not to be saved."""
    other = copy.copy(claim)
    other.subject_id, other.object_id = _ends(claim, old, new)
    return other


def _ends(claim: Claim, old: Entity, new: Entity) -> tuple[int, int | None]:
    subject = new.pk if claim.subject_id == old.pk else claim.subject_id
    return subject, new.pk if claim.object_id == old.pk else claim.object_id


def ends(claim: Claim, old: Entity, new: Entity) -> dict[str, int | None]:
    """The columns that name records, with one put for the other."""
    subject, answer = _ends(claim, old, new)
    return {"subject_id": subject, "object_id": answer}


def _answer(claim: Claim) -> Answer:
    asked = (claim.subject_id, claim.property_id, claim.qualifier)
    return (*asked, claim.value.key, claim.during)


def _place(found: Claims, claim: Claim, twin: Claim | None) -> None:
    if twin is None:
        found.moved.append(claim)
    elif claim.status in TAKEN_DOWN:
        found.left.append(claim)
    elif problem := _problem(claim, twin):
        found.problems.append(problem)
    elif claim.is_public and not twin.is_public:
        found.moved.append(claim)
        found.swapped.append(twin)
        found.folds.append(Fold(twin, claim))
    else:
        found.folds.append(Fold(claim, twin))


def _problem(claim: Claim, twin: Claim) -> str:
    """Why these two cannot become one as they are."""
    if twin.status in TAKEN_DOWN:
        return f"“{claim}” says the same as “{twin}”, which was taken down."
    for one in (claim, twin):
        if one.hold or one.is_under_embargo:
            word = "on hold" if one.hold else "under embargo"
            return f"“{one}” is {word}, and the other record has the same claim."
    return ""
