"""W3C Web Annotations: one for each piece of evidence, on the passage that it cites."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django.conf import settings
from django.http import HttpRequest

from briefing.formats import public
from briefing.pages.addresses import address
from briefing.wording import cut
from sources.models import Evidence

CONTEXT = "http://www.w3.org/ns/anno.jsonld"
Stance = Evidence.Stance
MOTIVATIONS = {
    Stance.SUPPORTS: "assessing",
    Stance.DISPUTES: "assessing",
    Stance.QUESTIONS: "questioning",
    Stance.SILENT: "commenting",
}


def made(request: HttpRequest, kind: str, keys: Sequence[int]) -> list[dict[str, Any]]:
    """The annotations of these pieces of evidence."""
    return [_annotation(request, row) for row in public.EVIDENCE(keys=keys)]


def _annotation(request: HttpRequest, row: Any) -> dict[str, Any]:
    here = request.build_absolute_uri
    claim = here(address("claim", row.claim_slug))
    page = here(address("source", row.source_slug))
    target: dict[str, Any] = {
        "source": row.source_url or row.source_archive_url or page
    }
    if selectors := _selectors(row):
        target["selector"] = selectors
    return {
        "@context": CONTEXT,
        "id": f"{claim}#{row.slug}",
        "type": "Annotation",
        "motivation": MOTIVATIONS[Stance(row.stance)],
        "modified": row.modified_at.isoformat(timespec="seconds"),
        "body": [
            {"id": claim, "type": "Text"},
            _words(row.claim_statement, "describing"),
            _words(row.stance, "tagging"),
        ],
        "target": target,
    }


def _words(value: str, purpose: str) -> dict[str, str]:
    return {
        "type": "TextualBody",
        "value": value,
        "format": "text/plain",
        "purpose": purpose,
    }


def _selectors(row: Any) -> list[dict[str, Any]]:
    """The quote and its place, both as far as readers see the quote."""
    found: list[dict[str, Any]] = []
    is_cut = len(row.quote) > settings.PUBLIC_QUOTE_LENGTH
    shown = cut(row.quote).removesuffix("…") if is_cut else row.quote
    if shown:
        found.append({"type": "TextQuoteSelector", "exact": shown})
    if row.start is not None and row.end is not None:
        end = row.start + len(shown) if is_cut else row.end
        place = {"type": "TextPositionSelector", "start": row.start, "end": end}
        found.append(place)
    return found
