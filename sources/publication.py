"""What must hold before readers see a record, and what goes with its publication.

Plain functions for every door: forms, actions, importer, API. Each `refuse_` raises a
ValidationError that names the field; none writes anything.
"""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.utils import timezone

from entities.models import Entity
from entities.records import PublishableRecord, Status
from sources import rights, settling
from sources.models import Approach, Claim, Evidence
from sources.models.work import WorkedRecord

UNPUBLISHED = {None, Status.DRAFT, Status.IN_REVIEW}
# Why a change was made is kept in so many characters of the history.
REASON_LENGTH = 100


def refuse_unfit_claim(claim: Claim) -> None:
    """Raise ValidationError unless a named person confirmed evidence of the claim."""
    if not claim.evidence.published().confirmed().exists():
        raise ValidationError(
            {
                "status": "To be published a claim needs evidence that someone has "
                "confirmed: read the passage and confirm that it says this."
            }
        )


def refuse_status(user: Any, record: PublishableRecord) -> None:
    """Raise ValidationError if they may not give the record the status it has now."""
    before, now = record.stored("status"), record.status
    if now == before or (before in UNPUBLISHED and now in UNPUBLISHED):
        return
    word = record._meta.verbose_name
    if not rights.is_editor(user):
        act = "publishes" if now == Status.PUBLISHED else "takes down"
        message = f"Only an editor {act} a {word}: choose draft or in review."
        raise ValidationError({"status": message})
    if now == Status.PUBLISHED and not rights.may_publish(user, record):
        message = f"You alone wrote this {word}: another editor has to publish it."
        raise ValidationError({"status": message})


def refuse_unexplained(record: PublishableRecord) -> None:
    """Raise ValidationError if we withdraw it without telling readers why."""
    is_new = record.status != record.stored("status")
    if is_new and record.status == Status.RETRACTED and not record.status_reason:
        message = "Say why: readers see it in the notice."
        raise ValidationError({"status_reason": message})


def refuse_held(record: PublishableRecord) -> None:
    """Raise ValidationError if it becomes published though something holds it back."""
    becomes = record.status == Status.PUBLISHED != record.stored("status")
    if not becomes or not isinstance(record, WorkedRecord):
        return
    if record.hold:
        raise ValidationError({"hold": f"It is on hold: {record.hold}"})
    if record.is_under_embargo:
        message = "It is under embargo until then."
        raise ValidationError({"not_before": message})


def is_allegation(claim: Claim) -> bool:
    """Whether it was saved as one; a change that waits does not count yet."""
    return claim.stored("sensitivity") == WorkedRecord.Sensitivity.ALLEGATION


def refuse_unheard(claim: Claim) -> None:
    """Raise ValidationError if an allegation names nobody asked, nor why nobody was."""
    if is_allegation(claim) and not claim.approaches.exists():
        message = "Record first whom we asked to reply, or why nobody was asked."
        raise ValidationError({"sensitivity": message})


def is_needed(approach: Approach) -> bool:
    """Whether readers see an allegation that nothing else says we put to anyone."""
    claim = approach.claim
    is_seen = claim.status == Status.PUBLISHED and is_allegation(claim)
    return is_seen and not claim.approaches.exclude(pk=approach.pk).exists()


def refuse_confirmation(user: Any, evidence: Evidence) -> None:
    """Raise ValidationError if they may not confirm what the evidence says now."""
    if rights.may_confirm(user, evidence):
        return
    if rights.is_editor(user):
        message = "You alone wrote this: someone else has to read it and confirm."
    else:
        message = "Only an editor confirms evidence."
    raise ValidationError({"confirmed_by": message})


def name_of(user: Any) -> str:
    """The name under which readers meet someone of the desk."""
    return str(user.get_full_name() or user.get_username())


def confirm(user: Any, evidence: Evidence) -> None:
    """Note that they read the passage and agree; the caller saves it."""
    evidence.confirmed_by = name_of(user)
    evidence.confirmed_at = timezone.now()


def publish_evidence(claim: Claim) -> None:
    """Let the claim's confirmed evidence that still waits go with it."""
    for evidence in claim.evidence.waiting().confirmed():
        evidence.status = Status.PUBLISHED
        evidence._change_reason = "Published with its claim"
        evidence.save()


def change_status(
    user: Any, record: PublishableRecord, status: str, reason: str = ""
) -> bool:
    """Give a record another status, with all that goes with it; whether it had to.

    Raises ValidationError, and writes nothing, where a rule forbids it.
    """
    if record.status == status:
        return False
    with settling.together():
        record.status = status
        if status == Status.RETRACTED:
            record.status_reason = reason
        refuse_status(user, record)
        refuse_unexplained(record)
        refuse_held(record)
        record._change_reason = reason[:REASON_LENGTH] or None
        record.save()
        finish(record)
    return True


def finish(record: PublishableRecord, became: bool = True) -> None:
    """After a save that published a claim: its evidence follows, or all is refused."""
    if not isinstance(record, Claim) or record.status != Status.PUBLISHED:
        return
    # Words that readers see already can become an allegation too.
    refuse_unheard(record)
    if became:
        publish_evidence(record)
        refuse_unfit_claim(record)


def hidden_because(record: PublishableRecord) -> list[str]:
    """Why readers do not see a record, in words; empty where they see it."""
    reasons = [*_own_reasons(record), *_related_reasons(record)]
    if isinstance(record, Claim) and not reasons and not record.is_public:
        reasons.append("none of its evidence is published, from a published source")
    return reasons


def _own_reasons(record: PublishableRecord) -> list[str]:
    reasons = []
    if record.status != Status.PUBLISHED:
        reasons.append(f"its status is “{Status(record.status).label.lower()}”")
    if isinstance(record, Entity) and record.merged_into is not None:
        reasons.append(f"it was merged into “{record.merged_into}”")
    if isinstance(record, WorkedRecord) and record.hold:
        reasons.append(f"it is on hold ({record.hold})")
    if isinstance(record, WorkedRecord) and record.is_under_embargo:
        reasons.append(f"it is under embargo until {record.not_before:%d %B %Y, %H:%M}")
    return reasons


def _related_reasons(record: PublishableRecord) -> list[str]:
    """What it depends on that readers do not see."""
    needed: list[tuple[str, PublishableRecord | None]] = []
    if isinstance(record, Claim):
        needed = [("subject", record.subject), ("answer", record.object)]
    elif isinstance(record, Evidence):
        needed = [("claim", record.claim), ("source", record.source)]
    return [
        f"its {word} “{other}” is not published"
        for word, other in needed
        if other is not None and other.status != Status.PUBLISHED
    ]
