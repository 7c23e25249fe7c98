"""Text in PDF and Word files, made here, good and bad."""

import io
import re
import zipfile
from datetime import datetime

import docx
import pypdf
import pytest

from sources.reading import documents
from sources.reading.intake import IntakeError, from_file


def pdf(*pages, info=b""):
    """The bytes of a PDF with a line of text on each page; None is a blank one."""
    kids = b" ".join(b"%d 0 R" % (4 + 2 * at) for at in range(len(pages)))
    parts = [
        b"<</Type/Catalog/Pages 2 0 R/Lang(en-GB)>>",
        b"<</Type/Pages/Kids[%b]/Count %d>>" % (kids, len(pages)),
        b"<</Type/Font/Subtype/Type1/BaseFont/Helvetica/Encoding/WinAnsiEncoding>>",
    ]
    for at, line in enumerate(pages):
        drawn = b"BT /F1 12 Tf 72 700 Td (%b) Tj ET" % line if line else b""
        parts.append(
            b"<</Type/Page/Parent 2 0 R/MediaBox[0 0 612 792]"
            b"/Resources<</Font<</F1 3 0 R>>>>/Contents %d 0 R>>" % (5 + 2 * at)
        )
        parts.append(b"<</Length %d>>stream\n%b\nendstream" % (len(drawn), drawn))
    parts.append(b"<<%b>>" % info)
    return assembled(parts)


def assembled(parts):
    out, places = b"%PDF-1.4\n", []
    for number, part in enumerate(parts, 1):
        places.append(len(out))
        out += b"%d 0 obj%b\nendobj\n" % (number, part)
    rows = b"".join(b"%010d 00000 n \n" % place for place in places)
    size = len(parts) + 1
    return out + (
        b"xref\n0 %d\n0000000000 65535 f \n%btrailer<</Size %d/Root 1 0 R/Info %d 0 R>>"
        b"\nstartxref\n%d\n%%%%EOF" % (size, rows, size, size - 1, len(out))
    )


INFO = b"/Title(Microsoft Word - Bridge.docx)/Author(Ida Moll)/CreationDate(D:20240305)"


def test_it_reads_a_pdf():
    found = from_file("a.pdf", pdf(b"The bridge opens.", b"It is blue.", info=INFO))
    assert found.text == "The bridge opens.\n\nIt is blue."
    assert (found.title, found.author) == ("Bridge", "Ida Moll")
    assert (found.published, found.language) == ("2024-03-05", "en-GB")
    assert found.extractor.startswith("pypdf 7.")
    assert "file's own" in found.warnings[0]


def test_it_says_which_pages_of_a_pdf_hold_no_text():
    found = from_file("a.pdf", pdf(b"Words.", None, None))
    assert found.warnings == ("2 of 3 pages hold no text: they may be pictures.",)


def test_it_replaces_what_cannot_be_stored(monkeypatch):
    monkeypatch.setattr(pypdf.PageObject, "extract_text", lambda page: "a\0b")
    found = from_file("a.pdf", pdf(b"Words."))
    assert found.text == "a\ufffdb"
    assert "cannot be stored" in found.warnings[0]


def encrypted():
    writer = pypdf.PdfWriter(clone_from=io.BytesIO(pdf(b"Words.")))
    writer.encrypt("secret", algorithm="RC4-128")
    out = io.BytesIO()
    writer.write(out)
    return out.getvalue()


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (pdf(None), "is a scan: no text in it"),
        (encrypted(), "is encrypted: save a copy without a password"),
        (b"%PDF-1.4\nnonsense", "cannot be read as a PDF"),
        (pdf(b"Words.")[:300], "cannot be read as a PDF|scan"),
        (pdf(*[None] * 2001), "has 2001 pages, and at most 2000"),
    ],
)
def test_it_refuses_a_pdf_it_cannot_read(content, named):
    with pytest.raises(IntakeError, match=named):
        from_file("a.pdf", content)


def test_it_unpacks_no_more_of_a_pdf_than_allowed(monkeypatch):
    monkeypatch.setattr(documents, "MOST_UNPACKED", 60)
    with pytest.raises(IntakeError, match="in its pages"):
        from_file("a.pdf", pdf(b"Words.", b"Words."))


def made(document):
    out = io.BytesIO()
    document.save(out)
    return out.getvalue()


def word(**properties):
    document = docx.Document()
    document.add_heading("The bridge opens", 1)
    document.add_paragraph("It is blue 𠮷.").add_run(" And\tlong.")
    table = document.add_table(2, 2)
    for at, words in enumerate(["Cost", "12", "Swans", "3"]):
        table.cell(at // 2, at % 2).text = words
    document.add_paragraph("The end.")
    for name, value in properties.items():
        setattr(document.core_properties, name, value)
    return document


def changed(content, part, change):
    """The package with one part's bytes changed; a part that is new is added."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(content)) as old, zipfile.ZipFile(out, "w") as new:
        for name in old.namelist():
            body = old.read(name)
            new.writestr(name, change(body) if name == part else body)
        if part not in old.namelist():
            new.writestr(part, change(b""))
    return out.getvalue()


def test_it_reads_a_word_file():
    content = made(
        word(
            title="Bridge", author="Ida", language="en-GB", created=datetime(2024, 3, 5)
        )
    )
    found = from_file("a.docx", content)
    assert found.text == (
        "The bridge opens\n\nIt is blue 𠮷. And\tlong.\n\n"
        "Cost\t12\nSwans\t3\n\nThe end."
    )
    assert (found.title, found.author, found.language) == ("Bridge", "Ida", "en-GB")
    assert found.published == "2024-03-05"
    assert found.extractor.startswith("python-docx 1.")


def test_it_reads_changes_as_if_they_were_accepted():
    marks = (
        b'<w:p><w:ins w:id="1" w:author="x"><w:r><w:t>new </w:t></w:r></w:ins>'
        b'<w:del w:id="2" w:author="x"><w:r><w:delText>old</w:delText></w:r></w:del>'
        b'<w:moveFrom w:id="3"><w:r><w:t>gone</w:t></w:r></w:moveFrom>'
        b"<w:r><w:t>words</w:t></w:r></w:p><w:sectPr"
    )
    content = changed(
        made(word()), "word/document.xml", lambda xml: xml.replace(b"<w:sectPr", marks)
    )
    found = from_file("a.docx", content)
    assert found.text.endswith("\n\nnew words")
    assert "tracked changes" in found.warnings[0]


def test_it_says_that_footnotes_are_left_out():
    notes = b"<w:footnote /><w:footnote /><w:footnote />"
    content = changed(made(word()), "word/footnotes.xml", lambda xml: notes)
    assert "footnotes" in from_file("a.docx", content).warnings[0]


def bomb():
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as package:
        package.writestr("word/document.xml", b" " * 60_000_000)
    return out.getvalue()


def package(**parts):
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w") as made:
        for name, body in parts.items():
            made.writestr(name, body)
    return out.getvalue()


def with_entities(declared):
    return changed(
        made(word()),
        "word/document.xml",
        lambda xml: xml.replace(b"<w:document", declared + b"<w:document", 1).replace(
            b"The end.", b"&a;"
        ),
    )


LAUGHS = b'<!DOCTYPE x [<!ENTITY a "ha"><!ENTITY b "&a;&a;&a;">]>'
FILE = b'<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("content", "named"),
    [
        (bomb(), "unpacks to 60 MB in 1 parts"),
        (package(**{f"p{at}": b"" for at in range(5001)}), "in 5001 parts"),
        (with_entities(LAUGHS), "declares entities of its own in word/document.xml"),
        (with_entities(FILE), "declares entities"),
        (
            changed(made(word()), "word/vbaProject.bin", lambda body: b"x"),
            "has macros in it",
        ),
        (package(mimetype="application/vnd.oasis"), "is not a Word file"),
        (made(word())[:-200], "is damaged"),
        (made(docx.Document()), "holds no text"),
        (
            changed(made(word()), "word/document.xml", lambda xml: xml[:500]),
            "cannot be read as a Word file",
        ),
    ],
)
def test_case_32_it_refuses_a_word_file_that_may_harm(content, named):
    with pytest.raises(IntakeError, match=named):
        from_file("a.docx", content)


def test_it_refuses_a_file_of_macros_by_its_declared_kind():
    content = changed(
        made(word()),
        "[Content_Types].xml",
        lambda xml: xml.replace(b"officedocument.wordprocessingml", b"macroEnabled", 1),
    )
    with pytest.raises(IntakeError, match="macros"):
        from_file("a.docm", content)


def test_case_32_entities_are_not_expanded_where_they_are_not_seen(monkeypatch):
    # As if a declaration had come in an encoding that the search does not know.
    monkeypatch.setattr(documents, "_DECLARATION", re.compile(rb"never"))
    assert "root" not in from_file("a.docx", with_entities(FILE)).text
