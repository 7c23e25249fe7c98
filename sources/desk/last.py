"""What an article's last citation leaves to the next one, and what all of them need."""

from __future__ import annotations

from typing import Any

from entities.models import Entity
from entities.records import PublishableRecord, Status
from sources.models import Claim, Evidence, Source
from sources.values import plain


def _newest(user: Any, source: Source) -> Evidence | None:
    cited: Evidence | None = (
        Evidence.objects.filter(source=source, created_by=user.pk)
        .select_related("claim__subject", "claim__property", "speaker", "via")
        .order_by("-pk")
        .first()
    )
    return cited


def carried(user: Any, source: Source) -> dict[str, Any]:
    """What the panel begins with: who spoke last, and credited to whom.

    Stance and caveat belong to their passage: only “again like the last” repeats them.
    """
    cited = _newest(user, source)
    if cited is None:
        return {"stance": Evidence.Stance.SUPPORTS}
    return {"stance": Evidence.Stance.SUPPORTS, **_voice(cited)}


def citation(user: Any, source: Source) -> dict[str, Any]:
    """The whole of the last citation, for one more like it; empty if there is none."""
    cited = _newest(user, source)
    if cited is None:
        return {}
    claim = cited.claim
    return {
        **_voice(cited),
        "stance": cited.stance,
        "hedge": cited.hedge,
        "subject": claim.subject.name,
        "subject_key": claim.subject.slug,
        "property": claim.property.label,
        "property_key": claim.property.key,
        "value_type": claim.property.value_type,
        "qualifier": claim.qualifier,
        "during": claim.during,
        "unit": claim.unit,
        "bound": claim.bound,
        "amount": plain(claim.amount),
    }


def _voice(cited: Evidence) -> dict[str, Any]:
    """Who says it, and where they have it from."""
    speaker, via = cited.speaker, cited.via
    return {
        "form": cited.form,
        "voice": cited.voice,
        "speaker": speaker.name if speaker else cited.speaker_label,
        "speaker_key": speaker.slug if speaker else "",
        "via": str(via) if via else cited.via_label,
        "via_key": via.slug if via else "",
        "confirm": bool(cited.confirmed_by),
    }


def unpublished(source: Source) -> list[PublishableRecord]:
    """The source, and the records its published claims are about, still drafts."""
    published = Claim.objects.published().filter(evidence__source=source)
    if not published.exists():
        return []
    needed = [
        one for pair in published.values_list("subject", "object") for one in pair
    ]
    waits = [Status.DRAFT, Status.IN_REVIEW]
    entities = Entity.objects.keyed(set(needed) - {None}).filter(status__in=waits)
    own: list[PublishableRecord] = [source] if source.status in waits else []
    return [*own, *entities.order_by("sort_name")]
