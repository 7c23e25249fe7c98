"""The marks on claims and questions: what a reader should know at a glance."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from typing import Any, NamedTuple

from briefing import wording
from briefing.pages.notes import Backing
from briefing.pages.then import since
from entities.rows import Each, Rows
from sources.models import Claim, Correction

CONTROL = Rows(
    lambda entities: (
        Claim.objects.public()
        .conferring_control(Each(entities))
        .values_list("subject_id", "object_id")
    )
)
CORRECTED = Rows(
    lambda claims: (
        Correction.objects.public().of_claims(Each(claims)).values_list("claim_id")
    )
)


class Mark(NamedTuple):
    code: str
    words: str


MEANINGS = {
    "differ": (
        "sources differ",
        "At least two answers cannot both be right, or a source disputes one. The "
        "question’s page shows each answer with those who give it.",
    ),
    "one-origin": (
        "one original source",
        "Several articles carry this, but all lead back to one source that we could "
        "establish. Copies do not make it more certain.",
    ),
    "only-named": (
        "only named source: X itself",
        "Everyone who is named as saying this is the subject itself, or controls it, "
        "or is controlled by it. No outside voice is named.",
    ),
    "one-speaker": (
        "one speaker",
        "Several articles carry this, but all that name anyone name the same speaker.",
    ),
    "doubted": (
        "doubted",
        "A source casts doubt on this without giving another answer.",
    ),
    "decided": (
        "desk decision",
        "Sources differ, and our desk has decided which answer it prefers, if any. "
        "The question’s page says why, and what would change it.",
    ),
    "under-review": (
        "under review",
        "New evidence has come since our desk decided. It will look again.",
    ),
    "corrected": (
        "corrected",
        "We had this wrong and put it right. The corrections page says what changed.",
    ),
    "withdrawn": (
        "withdrawn by us",
        "We published this and no longer stand by it. Its page says when and why.",
    ),
}


def mark(code: str) -> Mark:
    return Mark(code, MEANINGS[code][0])


def speakers(backing: Backing) -> set[int]:
    """Who, of those that have a record, is named as saying so."""
    return {row.speaker_id for row in backing.counted if row.speaker_id is not None}


class Allies:
    """Who among these controls whom, as far as public claims say."""

    def __init__(self, entities: Iterable[int]) -> None:
        self.of: dict[int, set[int]] = defaultdict(set)
        for row in CONTROL(entities=list(set(entities))):
            self.of[row.subject_id].add(row.object_id)
            self.of[row.object_id].add(row.subject_id)

    def is_outside(self, speaker: int, subject: int) -> bool:
        return speaker != subject and speaker not in self.of[subject]


def corrected(claims: Iterable[int]) -> set[int]:
    """Which of these claims had to be corrected."""
    return {row.claim_id for row in CORRECTED(claims=list(claims))}


def of_claim(
    claim: Any, backing: Backing, allies: Allies, is_corrected: bool = False
) -> list[Mark]:
    """What to know about who says this."""
    found = []
    tally = backing.tally
    if tally.articles > 1 and tally.origins == 1 and not tally.not_established:
        found.append(mark("one-origin"))
    found += _of_speakers(claim, backing, allies)
    withdrawn = since("claim", claim.id)
    if withdrawn:
        found.append(Mark("withdrawn", withdrawn))
    if claim.support == Claim.Support.DOUBTED:
        found.append(mark("doubted"))
    return [*found, mark("corrected")] if is_corrected else found


def _of_speakers(claim: Any, backing: Backing, allies: Allies) -> list[Mark]:
    """Repetition that names nobody clears none of these marks."""
    ids = speakers(backing)
    labels = {row.speaker_label for row in backing.counted if row.speaker_label}
    if not ids and not labels:
        return []
    if not labels and not any(allies.is_outside(pk, claim.subject_id) for pk in ids):
        itself = wording.itself(claim.subject_name, claim.subject_kind)
        return [Mark("only-named", f"only named source: {itself}")]
    if len(ids) + len(labels) == 1 and backing.tally.articles > 1:
        return [mark("one-speaker")]
    return []


def of_question(question: Any, finding: Any = None) -> list[Mark]:
    """What to know about the question; `finding` is its decision, if public."""
    found = [mark("differ")] if question.state == "differ" else []
    if finding is None:
        return found
    is_decided = question.decision == "decided"
    return [*found, mark("decided" if is_decided else "under-review")]
