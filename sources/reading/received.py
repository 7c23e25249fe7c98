"""What comes in from outside: a text, and what its file or page says of it."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from importlib.metadata import version

from django.core.exceptions import ValidationError

from entities import edtf
from entities.characters import refuse_unstorable, stored_form

# Of a file and of the text in it, in bytes. The longest judgments have a fifth of it.
MOST_BYTES = 10_000_000
# What a source can hold of each, in characters.
LONGEST = {"title": 500, "author": 300, "publisher": 200, "url": 1000, "language": 35}

_MONTHS = (
    *("jan", "feb", "mar", "apr", "may", "jun"),
    *("jul", "aug", "sep", "oct", "nov", "dec"),
)
_ISO_DATE = re.compile(r"\s*(\d{4}(?:-\d\d){0,2})(?:[T\s].*)?\s*", re.DOTALL)
_BASIC_DATE = re.compile(r"\s*(\d{4})[/.]?(\d\d)[/.]?(\d\d)\s*")
_DAY_FIRST = re.compile(r"(?:\w+,? )?(\d{1,2})(?:st|nd|rd|th)? ([a-z]+)\.?,? (\d{4})")
_MONTH_FIRST = re.compile(r"(?:\w+,? )?([a-z]+)\.? (\d{1,2})(?:st|nd|rd|th)?,? (\d{4})")
_LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{2,8})*")
_ADDRESS = re.compile(r"https?://[^\s<>\"]+", re.IGNORECASE)


class IntakeError(ValueError):
    """It is not read: the message names the thing and how to mend it."""


@dataclass(frozen=True, slots=True)
class Intake:
    """A text as it will be stored, and what is proposed for its source."""

    text: str
    # What read the text, with its version; offsets hold for its reading only.
    extractor: str
    title: str = ""
    author: str = ""
    publisher: str = ""
    # EDTF, as exact as it was given.
    published: str = ""
    language: str = ""
    url: str = ""
    warnings: tuple[str, ...] = ()


@dataclass(slots=True)
class Proposed:
    """What a file or page says of itself, as it says it."""

    title: str | None = ""
    author: str | None = ""
    publisher: str | None = ""
    published: str | None = ""
    language: str | None = ""
    url: str | None = ""

    def or_else(self, other: Proposed) -> Proposed:
        """This, with the other's word where it has none that can be used."""
        kept = {name: value(self) or value(other) for name, value in _READINGS.items()}
        return Proposed(**kept)


_READINGS = {
    "title": lambda one: tidy(one.title, LONGEST["title"]),
    "author": lambda one: tidy(one.author, LONGEST["author"]),
    "publisher": lambda one: tidy(one.publisher, LONGEST["publisher"]),
    "published": lambda one: edtf_date(one.published),
    "language": lambda one: language_tag(one.language),
    "url": lambda one: web_address(one.url),
}


def intake(
    text: str,
    extractor: str,
    proposed: Proposed,
    warnings: tuple[str, ...] = (),
    name: str = "The text",
) -> Intake:
    """The text in the form in which it is stored, or IntakeError."""
    kept = proposed.or_else(Proposed())
    return Intake(
        storable(text, name),
        extractor,
        title=kept.title or "",
        author=kept.author or "",
        publisher=kept.publisher or "",
        published=kept.published or "",
        language=kept.language or "",
        url=kept.url or "",
        warnings=warnings,
    )


def storable(text: str, name: str) -> str:
    """The text in its stored form, or IntakeError if there is no storing it."""
    try:
        refuse_unstorable(text)
    except ValidationError as error:
        raise IntakeError(f"{name} cannot be stored. {error.messages[0]}") from error
    text = stored_form(text)
    if not any(char.isalnum() for char in text):
        raise IntakeError(f"{name} holds no words: paste or choose another.")
    refuse_big(len(text.encode()), name)
    return text


def refuse_big(size: int, name: str, most: int = MOST_BYTES) -> None:
    """Raise IntakeError if there are too many bytes."""
    if size > most:
        raise IntakeError(
            f"{name} has {size / 1e6:.1f} MB, and at most {most / 1e6:.0f} MB "
            "are read: paste the part that you need."
        )


def versioned(package: str) -> str:
    """A package with its version: “pypdf 7.1.0”."""
    return f"{package} {version(package)}"


def tidy(words: str | None, most: int) -> str:
    """Words on one line, without control characters, cut to so many characters."""
    plain = "".join(
        char
        # Controls, hidden marks and half characters have no place in a title.
        if char == "\u200d" or unicodedata.category(char) not in ("Cc", "Cf", "Cs")
        else " " * char.isspace()
        for char in words or ""
    )
    plain = stored_form(" ".join(plain.split()))
    return plain if len(plain) <= most else f"{plain[: most - 1].rstrip()}…"


def web_address(text: str | None) -> str:
    """An address of the web, or nothing."""
    address = (text or "").strip()
    if len(address) > LONGEST["url"] or not _ADDRESS.fullmatch(address):
        return ""
    return address if address == tidy(address, LONGEST["url"]) else ""


def language_tag(text: str | None) -> str:
    """A BCP 47 tag such as en-GB, or nothing."""
    tag = (text or "").strip().partition(".")[0].replace("_", "-")
    fits = len(tag) <= LONGEST["language"] and _LANGUAGE.fullmatch(tag)
    return tag if fits else ""


def edtf_date(text: str | None) -> str:
    """The date in EDTF, as exact as it was written and without its time; or nothing."""
    if not text or len(text) > 100:
        return ""
    if match := _ISO_DATE.fullmatch(text):
        return _valid(match[1])
    if match := _BASIC_DATE.fullmatch(text):
        return _valid("-".join(match.groups()))
    words = " ".join(text.lower().split())
    if match := _DAY_FIRST.match(words):
        day, month, year = match.groups()
    elif match := _MONTH_FIRST.match(words):
        month, day, year = match.groups()
    else:
        return ""
    if month[:3] not in _MONTHS:
        return ""
    return _valid(f"{year}-{_MONTHS.index(month[:3]) + 1:02}-{int(day):02}")


def _valid(date: str) -> str:
    try:
        edtf.parse(date)
    except edtf.EdtfError:
        return ""
    return date
