"""What a stored text may hold, and the one form in which it is stored."""

import re
import unicodedata
from typing import Any

from django.core.exceptions import ValidationError
from django.db import models

# These turn the reading direction of what follows and can disguise a name or address.
DIRECTION_OVERRIDES = {
    chr(point) for point in (*range(0x202A, 0x202F), *range(0x2066, 0x206A))
}

# Two names that differ by these alone look the same.
INVISIBLE = re.compile("[\u200b\u2060\ufeff]")
UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def stored_form(text: str) -> str:
    """NFC, LF line ends, no byte order mark; nothing is stripped."""
    if text.isascii() and "\r" not in text:
        return text
    text = text.lstrip("\ufeff").replace("\r\n", "\n").replace("\r", "\n")
    return unicodedata.normalize("NFC", text)


def as_seen(text: str) -> str:
    """A name without what nobody sees: outer spaces, invisible signs."""
    return INVISIBLE.sub("", text).strip()


def refuse_unstorable(text: str) -> None:
    """Raise ValidationError for what no database or file can carry faithfully."""
    if not UNSTORABLE.search(text):
        return
    for at, char in enumerate(text):
        if char == "\0":
            raise ValidationError(
                f"There is a NUL character at position {at}: remove it.", code="nul"
            )
        if "\ud800" <= char <= "\udfff":
            raise ValidationError(
                f"Half a character (a lone surrogate) stands at position {at}: "
                "copy the text again from its source.",
                code="surrogate",
            )


def refuse_direction_overrides(text: str) -> None:
    """Raise ValidationError for marks that reorder what a reader sees."""
    if not text.isascii() and DIRECTION_OVERRIDES.intersection(text):
        raise ValidationError(
            "There is a hidden mark that turns the reading direction: remove it.",
            code="direction",
        )


def refuse_capitals(slug: str) -> None:
    """Raise ValidationError for a slug that differs from another by case alone."""
    if slug != slug.lower():
        raise ValidationError("Use small letters only.", code="capitals")


def stored_text(field: Any, text: str) -> str:
    """A field's text in its stored form; raises ValidationError if it has none."""
    refuse_unstorable(text)
    if not isinstance(field, models.TextField):
        refuse_direction_overrides(text)
    if isinstance(field, models.SlugField):
        refuse_capitals(text)
    return stored_form(text)
