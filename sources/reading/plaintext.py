"""Text without form: bytes to characters, and what its first lines say of it."""

from __future__ import annotations

import codecs
import re

from sources.reading.received import IntakeError, Proposed, edtf_date

LONGEST_TITLE = 200
# Where a byline or a date may stand, in lines that hold something.
HEAD = 6
# Text in another encoding, read as Windows-1252, is full of accents; European languages
# have less than a fifth.
MOST_ACCENTED = 0.3

_BOMS = (
    # UTF-32's begins with UTF-16's.
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_CONTROLS = re.compile(r"[\x00-\x08\x0e-\x1a\x1c-\x1f\x7f\ufffe\uffff]")
_BYLINE = re.compile(r"by:?\s+([^.!?\d]{3,80})", re.IGNORECASE)
_DATED = re.compile(r"\A(?:published|posted|date)(?: on)?:?\s*", re.IGNORECASE)
_PAGE = re.compile(
    r"\s*(?:<\?xml[^>]*>\s*)?(?:<!--.*?-->\s*)*<(?:!doctype|html)\b", re.I | re.S
)


def decode(content: bytes, name: str) -> tuple[str, str]:
    """The characters of a file and its encoding's name, or IntakeError."""
    encoding = next((name for bom, name in _BOMS if content.startswith(bom)), "")
    encoding = encoding or _unmarked_utf16(content)
    tried = [encoding] if encoding else ["utf-8", "windows-1252"]
    for encoding in tried:
        try:
            text = content.decode(encoding)
        except UnicodeError:
            continue
        _refuse_junk(text, encoding, name)
        return text, encoding
    raise IntakeError(
        f"{name} is not text in UTF-8, UTF-16 or Windows-1252: save it as UTF-8."
    )


def _unmarked_utf16(content: bytes) -> str:
    """Which UTF-16 this is, by its zero bytes, where no mark says so."""
    start = content[:2000]
    if len(start) < 4 or len(content) % 2:
        return ""
    evens, odds = start[::2].count(0), start[1::2].count(0)
    if odds > len(start) / 5 and not evens:
        return "utf-16-le"
    return "utf-16-be" if evens > len(start) / 5 and not odds else ""


def _refuse_junk(text: str, encoding: str, name: str) -> None:
    """Raise IntakeError for what is bytes of something else, not writing."""
    if match := _CONTROLS.search(text):
        raise IntakeError(
            f"{name} is not text: it has a control character at position "
            f"{match.start()}. Open it in its own program and save it as text."
        )
    accented = sum(not char.isascii() for char in text)
    if encoding == "windows-1252" and accented > MOST_ACCENTED * len(text):
        raise IntakeError(
            f"{name} is in an encoding that cannot be told: save it as UTF-8."
        )


def is_page_source(text: str) -> bool:
    """Whether it is the source of a web page rather than its words."""
    return bool(_PAGE.match(text[:5000]))


def proposed_by(text: str) -> Proposed:
    """Title, author and date, where the first lines are made like them."""
    lines = [line.strip() for line in text[:10_000].splitlines() if line.strip()]
    proposed = Proposed(title=_title(lines))
    for line in lines[:HEAD]:
        if not proposed.author and (match := _BYLINE.fullmatch(line)):
            proposed.author = match[1]
        proposed.published = proposed.published or _whole_date(line)
    return proposed


def _whole_date(line: str) -> str:
    """The date that a line consists of, “Published on” apart."""
    date = _DATED.sub("", line, count=1)
    return edtf_date(date) if 8 <= len(date) <= 30 else ""


def _title(lines: list[str]) -> str:
    """The first line, if more follows and it is not a paragraph."""
    for at, line in enumerate(lines[:-1]):
        # A file's or page's name in one piece; the headline comes next.
        if at == 0 and " " not in line and "_" in line:
            continue
        is_headline = len(line) <= LONGEST_TITLE and not re.search(r"[.!?] +\S", line)
        return line.rstrip(".") if is_headline else ""
    return ""
