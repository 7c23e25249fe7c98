"""Whether the database keeps what it promises: every quote where it is said to be."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from sources import anchors
from sources.models import Evidence, Source
from sources.models.sources import fingerprint


@dataclass(frozen=True, slots=True)
class Failure:
    """One thing that is not as it should be."""

    kind: str
    slug: str
    message: str

    def __str__(self) -> str:
        return f"{self.kind}\t{self.slug}\t{' '.join(self.message.split())}"


@dataclass(slots=True)
class Tally:
    """How many quotes were looked for now, and how many rest on an earlier search."""

    found: int = 0
    earlier: int = 0
    never: int = 0
    without_text: int = 0

    def __str__(self) -> str:
        return (
            f"{self.found} quotes found in our copies; {self.earlier} verified earlier "
            f"and not rechecked for want of the text; {self.never} never checked; "
            f"{self.without_text} from sources without a text."
        )


def texts() -> Iterator[Failure]:
    """Sources whose text does not have their fingerprint."""
    held = Source.objects.with_text().select_related("text")
    for source in held.iterator(chunk_size=100):
        if fingerprint(source.text.text) != source.text_sha256:
            message = "Its text does not have its fingerprint: attach it again."
            yield Failure("source", source.slug, message)


def quotes(tally: Tally) -> Iterator[Failure]:
    """Evidence whose quote is not in our copy, or not where it is said to be."""
    rows = Evidence.objects.exclude(stance=Evidence.Stance.SILENT)
    rows = rows.select_related("source", "source__text").order_by("source", "pk")
    for evidence in rows.iterator(chunk_size=500):
        message = _check(evidence, tally)
        if message:
            yield Failure("evidence", evidence.slug, message)


def _check(evidence: Evidence, tally: Tally) -> str:
    """What is wrong with the quote; nothing if it is in order."""
    source = evidence.source
    if not source.text_sha256:
        tally.without_text += 1
        return ""
    if not hasattr(source, "text"):
        is_known_good = evidence.verified_sha256 == source.text_sha256
        tally.earlier += is_known_good
        tally.never += not is_known_good
        return ""
    found = anchors.find(source.text.text, evidence.passage)
    if found.state != "verified":
        return f"The quote is {found.state} in our copy: “{evidence.quote}”"
    tally.found += 1
    if (found.start, found.end) != (evidence.start, evidence.end):
        return f"The quote stands at {found.start}–{found.end}, not at its place."
    if evidence.anchor != found.state:
        return f"It is marked {evidence.anchor}, but found: run `rebuild`."
    return ""
