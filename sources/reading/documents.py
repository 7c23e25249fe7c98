"""Text in PDF and Word files, which come from strangers and may be made to harm."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import datetime
from io import BytesIO
from typing import Any
from zipfile import BadZipFile, ZipFile

import docx
import pypdf
from docx.oxml.ns import qn

from sources.reading.received import (
    Intake,
    IntakeError,
    Proposed,
    intake,
    refuse_big,
    versioned,
)

MOST_PAGES = 2_000
# Of a Word file's parts, and of a PDF's pages, once unpacked: in bytes.
MOST_UNPACKED, MOST_PARTS = 50_000_000, 5_000
CHUNK = 65_536

_DECLARATION = re.compile(rb"<\0?!\0?(D\0?O\0?C\0?T\0?Y\0?P\0?E|E\0?N\0?T\0?I\0?T\0?Y)")
_BREAKS = {qn("w:tab"): "\t", qn("w:br"): "\n", qn("w:cr"): "\n"}
# What is deleted or was moved away, and the second form of what stands already.
_FALLBACK = "{http://schemas.openxmlformats.org/markup-compatibility/2006}Fallback"
_PASSED_OVER = {qn("w:del"), qn("w:moveFrom"), qn("w:pPr"), qn("w:rPr"), _FALLBACK}
_UNSTORABLE = re.compile("[\0\ud800-\udfff]")


def read_pdf(content: bytes, name: str) -> Intake:
    """The text of a PDF's pages, with a blank line between two."""
    try:
        with pypdf.apply_configuration(
            zlib_maximum_output_length=MOST_UNPACKED,
            lzw_maximum_output_length=MOST_UNPACKED,
            run_length_maximum_output_length=MOST_UNPACKED,
            array_based_stream_maximum_output_length=MOST_UNPACKED,
        ):
            reader = pypdf.PdfReader(BytesIO(content))
            _refuse_unreadable(reader, name)
            pages = list(_page_texts(reader, name))
            proposed = _pdf_proposed(reader)
    except IntakeError:
        raise
    # Whatever a parser of strangers' files stumbles over, it is the file's fault.
    except Exception as error:
        raise IntakeError(
            f"{name} cannot be read as a PDF ({type(error).__name__}): open it, and "
            "paste its words."
        ) from error
    if not any(page.strip() for page in pages):
        raise IntakeError(
            f"{name} is a scan: no text in it. Have its letters recognised first, or "
            "type what you need."
        )
    text = "\n\n".join(page.strip("\n") for page in pages)
    warnings = _pdf_warnings(pages, text, proposed)
    text = _UNSTORABLE.sub("\ufffd", text)
    return intake(text, versioned("pypdf"), proposed, warnings, name)


def _refuse_unreadable(reader: pypdf.PdfReader, name: str) -> None:
    if reader.is_encrypted:
        raise IntakeError(f"{name} is encrypted: save a copy without a password.")
    count = len(reader.pages)
    if count > MOST_PAGES:
        raise IntakeError(
            f"{name} has {count} pages, and at most {MOST_PAGES} are read: "
            "split it, or paste the part that you need."
        )


def _page_texts(reader: pypdf.PdfReader, name: str) -> Iterator[str]:
    unpacked = size = 0
    for page in reader.pages:
        contents = page.get_contents()
        unpacked += len(contents.get_data()) if contents is not None else 0
        if unpacked > MOST_UNPACKED:
            raise IntakeError(
                f"{name} has more than {MOST_UNPACKED / 1e6:.0f} MB in its pages: "
                "paste the part that you need."
            )
        text = page.extract_text()
        size += len(text)
        refuse_big(size, f"The text of {name}")
        yield text


def _pdf_proposed(reader: pypdf.PdfReader) -> Proposed:
    info = reader.metadata
    if info is None:
        return Proposed()
    # Word names its own files so.
    title = re.sub(r"\AMicrosoft Word - |\.docx?\Z", "", str(info.title or ""))
    language = reader.root_object.get("/Lang")
    return Proposed(
        title=title,
        author=str(info.author or ""),
        published=_day(info.creation_date),
        language=str(language or ""),
    )


def _pdf_warnings(pages: list[str], text: str, proposed: Proposed) -> tuple[str, ...]:
    warnings = []
    blank = sum(not page.strip() for page in pages)
    if blank:
        warnings.append(
            f"{blank} of {len(pages)} pages hold no text: they may be pictures."
        )
    if _UNSTORABLE.search(text):
        warnings.append("Signs that cannot be stored were replaced with \ufffd.")
    return (*warnings, *_date_warning(proposed))


def _date_warning(proposed: Proposed) -> tuple[str, ...]:
    if not proposed.published:
        return ()
    return ("The date is the file's own: check when its text was published.",)


def _day(moment: datetime | None) -> str:
    return moment.date().isoformat() if moment else ""


def read_docx(content: bytes, name: str) -> Intake:
    """The text of a Word file's body: changes accepted, a table's row on one line."""
    parts = _unpacked(content, name)
    notes = _refuse_hostile(name, parts)
    try:
        document = docx.Document(_repacked(parts))
        text = "".join(_written(document.element.body))
        core = document.core_properties
        proposed = Proposed(
            title=core.title,
            author=core.author,
            published=_day(core.created),
            language=core.language,
        )
    # As above: the file's fault.
    except Exception as error:
        raise IntakeError(
            f"{name} cannot be read as a Word file ({type(error).__name__}): open it, "
            "and paste its words."
        ) from error
    if not text.strip():
        raise IntakeError(f"{name} holds no text: paste its words, if there are any.")
    text = re.sub(r"\n{3,}", "\n\n", text).strip("\n")
    warnings = (*notes, *_date_warning(proposed))
    return intake(text, versioned("python-docx"), proposed, warnings, name)


def _unpacked(content: bytes, name: str) -> dict[str, bytes]:
    """The parts of a package; raises IntakeError, before it is too late."""
    try:
        with ZipFile(BytesIO(content)) as package:
            _refuse_bomb(package, name)
            return {part: _part(package, part) for part in package.namelist()}
    except (BadZipFile, NotImplementedError, OSError, RuntimeError) as error:
        raise IntakeError(
            f"{name} is damaged: open it in its own program and save it again."
        ) from error


def _part(package: ZipFile, name: str) -> bytes:
    """A part, as long as the package says that it is.

    Asked for the whole, `zipfile` unpacks all that is there, and then cuts it off.
    """
    with package.open(name) as part:
        return b"".join(iter(lambda: part.read(CHUNK), b""))


def _repacked(parts: dict[str, bytes]) -> BytesIO:
    """A package of these parts, in which nothing is longer than it says."""
    made = BytesIO()
    with ZipFile(made, "w") as package:
        for name, part in parts.items():
            package.writestr(name, part)
    return made


def is_xml(part: str) -> bool:
    return part.lower().endswith((".xml", ".rels", ".vml"))


def _refuse_bomb(package: ZipFile, name: str) -> None:
    sizes = [info.file_size for info in package.infolist()]
    if sum(sizes) > MOST_UNPACKED or len(sizes) > MOST_PARTS:
        raise IntakeError(
            f"{name} unpacks to {sum(sizes) / 1e6:.0f} MB in {len(sizes)} parts, and "
            f"at most {MOST_UNPACKED / 1e6:.0f} MB are read: take out its pictures, "
            "or paste its words."
        )


def _refuse_hostile(name: str, parts: dict[str, bytes]) -> tuple[str, ...]:
    """Refuse what may harm; warn of what is not read."""
    if "word/document.xml" not in parts:
        raise IntakeError(
            f"{name} is not a Word file (DOCX), but another kind of package: save it "
            "as DOCX, PDF or text."
        )
    kinds = parts.get("[Content_Types].xml", b"")
    if b"macroEnabled" in kinds or any("vbaproject" in part.lower() for part in parts):
        raise IntakeError(f"{name} has macros in it: save it as DOCX, without them.")
    # No word processor writes one; entities can be made to fill the memory.
    for part, content in parts.items():
        if is_xml(part) and _DECLARATION.search(content):
            raise IntakeError(
                f"{name} declares entities of its own in {part}: paste its words."
            )
    return _left_out(parts)


def _left_out(parts: dict[str, bytes]) -> tuple[str, ...]:
    """Warnings of what stands beside the body."""
    warnings = []
    # The first two are the lines above the notes.
    if parts.get("word/footnotes.xml", b"").count(b"<w:footnote ") > 2:
        warnings.append("Its footnotes are not in the text.")
    if re.search(rb"<w:(ins|del|moveFrom)\b", parts["word/document.xml"]):
        warnings.append("It has tracked changes: the text is as if all were accepted.")
    return tuple(warnings)


def _written(element: Any) -> Iterator[str]:
    """The words under an element, with an empty line after each paragraph."""
    for child in element:
        if child.tag in _PASSED_OVER or not isinstance(child.tag, str):
            continue
        if child.tag == qn("w:t"):
            yield child.text or ""
        elif child.tag == qn("w:tr"):
            cells = (" ".join("".join(_written(cell)).split()) for cell in child)
            yield "\t".join(cell for cell in cells if cell) + "\n"
        elif child.tag in _BREAKS:
            yield _BREAKS[child.tag]
        elif child.tag == qn("w:noBreakHyphen"):
            yield "\u2011"
        else:
            yield from _written(child)
            if child.tag in (qn("w:p"), qn("w:tbl")):
                yield "\n\n"
