"""Texts that share much with one another; noting that one derives from the other."""

from __future__ import annotations

from dataclasses import dataclass

from django.core.exceptions import ValidationError

from entities.records import Status
from sources.models import Source, SourceText
from sources.reading import likeness
from sources.reading.likeness import Overlap

UNPUBLISHED = {Status.DRAFT, Status.IN_REVIEW}
SHOWN = 3


@dataclass(frozen=True, slots=True)
class Resemblance:
    """Another source with what its text shares with ours."""

    source: Source
    overlap: Overlap
    # The longest shared passages, in our text's words.
    passages: list[str]

    @property
    def percent(self) -> int:
        return round(100 * self.overlap.share)


def found(source: Source) -> list[Resemblance]:
    """The sources whose texts share much with this one's; the most first."""
    text = Source.objects.copy_of(source.pk).text
    if text is None:
        return []
    others = SourceText.objects.exclude(source=source)
    rows = others.values_list("source", "text").iterator(chunk_size=50)
    overlaps = likeness.overlaps(text, rows)
    sources = {
        one.pk: one for one in Source.objects.keyed([one.id for one in overlaps])
    }
    return [
        Resemblance(
            sources[one.id],
            one,
            [text[part.start : part.end] for part in one.passages[:SHOWN]],
        )
        for one in overlaps
    ]


def derive(source: Source, choice: str) -> str:
    """Note that a source derives from another: “slug:copy”; what was noted, in words.

    Raises ValidationError where that cannot be.
    """
    slug, _, derivation = choice.partition(":")
    other = Source.objects.by_key(slug).first()
    if other is None:
        raise ValidationError("Choose the source that this one derives from.")
    source.lineage = Source.Lineage.DERIVED
    source.derived_from, source.derivation = other, derivation
    source.full_clean()
    source._change_reason = "Its text resembles the other's"
    source.save()
    said = source.get_derivation_display().lower()
    return f"Noted: this is a {said} of “{other}”. The two count as one."
