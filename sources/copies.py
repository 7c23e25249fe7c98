"""Our copies of sources, and the quotes looked for in them."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from django.core.exceptions import ValidationError

from entities.characters import refuse_unstorable, stored_form
from sources.models import Evidence, Source, SourceText
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


def attach(folder: Path) -> Iterator[str]:
    """Attach each text file to the sources with its fingerprint; a line on each.

    Files of other texts are left alone and said to be.
    """
    for path in sorted(folder.glob("*.txt")):
        try:
            text = stored_form(path.read_text(encoding="utf-8"))
            refuse_unstorable(text)
        except UnicodeError as error:
            yield f"{path.name}: not read: {error}"
            continue
        except ValidationError as error:
            yield f"{path.name}: not read: {error.message}"
            continue
        sources = Source.objects.filter(text_sha256=fingerprint(text)).order_by("pk")
        for source in sources:
            yield f"{path.name}: {_attach(text, source)} “{source}”."
        if not sources:
            yield f"{path.name}: no source has this text's fingerprint."


def _attach(text: str, source: Source) -> str:
    """Attach a text, if there is none yet; what was done, in words."""
    if SourceText.objects.filter(source=source).exists():
        return "attached already to"
    SourceText(source=source, text=text).save()
    return "attached to"
