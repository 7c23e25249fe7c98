"""Our copies of sources, and the quotes looked for in them."""

from __future__ import annotations

from sources.models import Evidence, Source
from sources.models.sources import fingerprint


def note_fingerprint(source: Source) -> bool:
    """Give a source the fingerprint of the text we hold; whether that is another."""
    held = Source.objects.copy_of(source.pk).text
    if held is None or source.text_sha256 == fingerprint(held):
        return False
    source.text_sha256 = fingerprint(held)
    source.save()
    return True


def check_quotes(source: Source) -> None:
    """Look for every quote of a source again and save what has changed."""
    copy = Source.objects.copy_of(source.pk)
    for evidence in Evidence.objects.filter(source=source):
        if evidence.locate(copy):
            evidence.save()
