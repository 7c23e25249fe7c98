"""Taking back the last citation in an article, as long as nobody built upon it."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError
from django.http import HttpRequest

from entities.records import Status
from sources import publication, settling
from sources.models import Claim, Evidence, Omission, Source

KEPT = 30
CHANGED = "It was changed since: open it to change or delete it."


def _key(source: Source) -> str:
    return f"cited-{source.pk}"


def remember(
    request: HttpRequest,
    source: Source,
    record: Evidence | Omission,
    made_claim: bool = False,
    claim_status: str = "",
) -> None:
    """Note in the session what was just saved, so that it can be taken back."""
    act = {
        "kind": "omission" if isinstance(record, Omission) else "evidence",
        "id": record.pk,
        "made_claim": made_claim,
        "claim_status": claim_status,
    }
    acts = request.session.get(_key(source), [])
    request.session[_key(source)] = [*acts, act][-KEPT:]


def can(request: HttpRequest, source: Source) -> bool:
    return bool(request.session.get(_key(source)))


def last(request: HttpRequest, source: Source) -> str:
    """Undo the last act in this article; what was undone, in words.

    Raises ValidationError, and writes nothing, where others have built upon it.
    """
    acts = request.session.get(_key(source), [])
    if not acts:
        raise ValidationError("There is nothing to take back.")
    act = acts[-1]
    request.session[_key(source)] = acts[:-1]
    if act["kind"] == "omission":
        return _take_omission(request.user, act["id"])
    return _take_evidence(request.user, act)


def _take_omission(user: Any, key: int) -> str:
    passage = Omission.objects.keyed([key]).first()
    if passage is None or passage.created_by_id != user.pk:
        raise ValidationError("It has gone already.")
    passage.delete()
    return "Taken back: the passage is no longer left out."


def _take_evidence(user: Any, act: dict[str, Any]) -> str:
    evidence = Evidence.objects.keyed([act["id"]]).select_related("claim").first()
    if evidence is None or evidence.created_by_id != user.pk:
        raise ValidationError("It has gone already.")
    claim, name = evidence.claim, publication.name_of(user)
    if evidence.confirmed_by not in ("", name) or _touched(user, evidence):
        raise ValidationError(CHANGED)
    with settling.together():
        evidence._change_reason = "Taken back"
        evidence.delete()
        if act["made_claim"]:
            _take_claim(user, claim)
        elif claim.status != act["claim_status"]:
            _back_to(user, claim, act["claim_status"])
    return f"Taken back: “{claim.statement}”"


def _touched(user: Any, record: Evidence | Claim) -> bool:
    """Whether anyone else has saved it since."""
    return record.history.exclude(history_user=user.pk).exists()


def _take_claim(user: Any, claim: Claim) -> None:
    if claim.evidence.exists():
        return
    if claim.created_by_id != user.pk or _touched(user, claim):
        raise ValidationError(CHANGED)
    claim.refresh_from_db()
    claim._change_reason = "Taken back"
    claim.delete()


def _back_to(user: Any, claim: Claim, status: str) -> None:
    """Give the claim the status that the citation took it out of."""
    claim.refresh_from_db()
    became = status in publication.UNPUBLISHED and claim.status == Status.PUBLISHED
    if became and not claim.evidence.published().confirmed().exists():
        publication.change_status(user, claim, status, "Citation taken back")
