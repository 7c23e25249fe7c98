"""The three doors for a text: pasted words, a page's source, a file.

Each gives an Intake, or refuses with an IntakeError that says what to do.
"""

from __future__ import annotations

from pathlib import PurePath

from entities.later import Later
from sources.reading import plaintext
from sources.reading.received import Intake, IntakeError, intake, refuse_big

__all__ = ["Intake", "IntakeError", "from_file", "from_page", "from_text"]

documents = Later("sources.reading.documents")
webpages = Later("sources.reading.webpages")
READ = "text (.txt, .md), web page (.html), PDF and Word (.docx)"
_TEXT = {".txt", ".text", ".md", ""}
_PAGE = {".html", ".htm", ".xhtml"}
_OLD_OFFICE = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"


def from_text(text: str) -> Intake:
    """Pasted words: kept as they are, but for line ends and Unicode form."""
    refuse_big(len(text.encode(errors="replace")), "The text")
    warnings: tuple[str, ...] = ()
    if plaintext.is_page_source(text):
        warnings = ("This is the source of a web page: use “page source” instead.",)
    return intake(text, "pasted", plaintext.proposed_by(text), warnings)


def from_page(html: str, url: str = "") -> Intake:
    """The source of a web page, as a browser shows it."""
    return webpages.read(html, "The page", url)


def from_file(name: str, content: bytes) -> Intake:
    """A file: what it is follows from its content, and for text from its name."""
    shown = f"“{PurePath(name).name[:100]}”"
    refuse_big(len(content), shown)
    if not content.strip():
        raise IntakeError(f"{shown} is empty: choose another file.")
    ending = PurePath(name).suffix.lower()
    if b"%PDF-" in content[:1024]:
        return documents.read_pdf(content, shown)
    if content.startswith(b"PK\x03\x04") and ending not in _TEXT - {""}:
        return documents.read_docx(content, shown)
    _refuse_others(shown, ending, content)
    if ending in _PAGE:
        return webpages.read(webpages.decode(content, shown), shown)
    return _plain(shown, content)


def _refuse_others(name: str, ending: str, content: bytes) -> None:
    """Raise IntakeError for what is no kind of file that is read."""
    if content.startswith(_OLD_OFFICE):
        raise IntakeError(
            f"{name} is an old or encrypted Office file: save it as DOCX, without a "
            "password."
        )
    if ending in {".pdf", ".docx", ".docm"}:
        raise IntakeError(
            f"{name} is not the {ending[1:].upper()} file that its name says: choose "
            "another, or paste its words."
        )
    if ending not in _TEXT | _PAGE or content.startswith(b"{\\rtf"):
        raise IntakeError(
            f"{name} is not a known type. What is read: {READ}. Save it as one of "
            "these, or paste its words."
        )


def _plain(name: str, content: bytes) -> Intake:
    text, encoding = plaintext.decode(content, name)
    if plaintext.is_page_source(text):
        return webpages.read(webpages.decode(content, name), name)
    warnings: tuple[str, ...] = ()
    if encoding == "windows-1252":
        warnings = ("Read as Windows-1252: check its quotation marks and accents.",)
    proposed = plaintext.proposed_by(text)
    return intake(text, f"text, {encoding}", proposed, warnings, name)
