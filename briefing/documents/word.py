"""A document as a Word file, with Word's own footnotes.

python-docx has no footnotes: their part is written here. A note that is cited again is
a reference to its number (NOTEREF), as Word itself makes it.
"""

from __future__ import annotations

import datetime
from io import BytesIO
from typing import Any
from urllib.parse import urljoin
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from briefing.documents.tree import (
    Block,
    Document,
    Heading,
    Items,
    Paragraph,
    Parts,
    Refs,
    Table,
    Text,
)
from briefing.pages.notes import Ref

MEDIA_TYPE = CONTENT_TYPE.WML_DOCUMENT_MAIN.removesuffix(".main+xml")
INK, LINK = RGBColor(0x1A, 0x1C, 0x1F), RGBColor(0x0A, 0x54, 0x70)
# Above and below the notes; Word asks for these two before the first note.
SEPARATORS = {"separator": "-1", "continuationSeparator": "0"}
FACES = {"strong": "w:b", "emphasis": "w:i"}


def written(document: Document, site: str) -> bytes:
    """The file; its links begin with the address of the site."""
    return _Writer(document, site).file()


class _Writer:
    def __init__(self, document: Document, site: str) -> None:
        self.document, self.site = document, site
        self.word = docx.Document()
        self.main = self.word.part
        self.footnotes = self._footnotes_part()

    def file(self) -> bytes:
        self._properties()
        _styles(self.word)
        self._head()
        for block in self.document.blocks:
            self._block(block)
        self._foot()
        out = BytesIO()
        self.word.save(out)
        return _without_clock(out.getvalue())

    def _footnotes_part(self) -> XmlPart:
        notes, kinds = OxmlElement("w:footnotes"), OxmlElement("w:footnotePr")
        for kind, key in SEPARATORS.items():
            line, run = OxmlElement("w:p"), _run("")
            run.append(OxmlElement(f"w:{kind}"))
            line.append(run)
            note = OxmlElement("w:footnote", {qn("w:type"): kind, qn("w:id"): key})
            note.append(line)
            notes.append(note)
            kinds.append(OxmlElement("w:footnote", {qn("w:id"): key}))
        self.word.settings.element.find(qn("w:compat")).addprevious(kinds)
        name = PackURI("/word/footnotes.xml")
        package = self.main.package
        part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, notes, package)
        self.main.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)
        return part

    def _properties(self) -> None:
        """What python-docx's own template says of itself, and when, goes."""
        core = self.word.core_properties
        changed_at = self.document.changed_at.astimezone(datetime.UTC)
        core.created = core.modified = changed_at.replace(tzinfo=None)
        core.title, core.subject = self.document.title[:255], self.document.kind
        core.author = core.last_modified_by = "Briefing"
        core.identifier = urljoin(self.site, self.document.permanent)[:255]
        core.version, core.revision = self.document.version, 1
        core.language, core.comments, core.keywords = "en-GB", "", ""
        package = self.main.package
        for key, rel in list(package.rels.items()):
            if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
                del package.rels[key]

    def _head(self) -> None:
        self.word.add_paragraph(self.document.title, "Title")
        about = self.word.add_paragraph(
            f"Briefing · {self.document.kind} · last changed {self.document.dated} · "
            f"version {self.document.version}"
        )
        about.add_run().add_break()
        address = urljoin(self.site, self.document.permanent)
        self._link(about._p, self.main, address, _run(address, "Hyperlink"))
        if self.document.notice:
            self._parts(self.word.add_paragraph()._p, self.document.notice)

    def _foot(self) -> None:
        section = self.word.sections[0]
        section.page_width, section.page_height = Cm(21), Cm(29.7)
        section.left_margin = section.right_margin = Cm(2.5)
        foot = section.footer.paragraphs[0]
        foot.add_run(f"{self.document.title} · version {self.document.version} · ")
        foot._p.extend(_field("PAGE", _run("1")))

    def _block(self, block: Block) -> None:
        match block:
            case Heading(words, level):
                self.word.add_heading(words, level - 1)
            case Paragraph(parts):
                self._parts(self.word.add_paragraph()._p, parts)
            case Items(items):
                for item in items:
                    line = self.word.add_paragraph(style="List Bullet")
                    self._parts(line._p, item.parts)
                    for parts in item.inner:
                        line = self.word.add_paragraph(style="List Bullet 2")
                        self._parts(line._p, parts)
            case Table():
                self._table(block)

    def _table(self, block: Table) -> None:
        table = self.word.add_table(1, len(block.head), "Table Grid")
        for cell, words in zip(table.rows[0].cells, block.head, strict=True):
            cell.paragraphs[0].add_run(words, "Strong")
        _repeated(table.rows[0]._tr)
        for row in block.rows:
            for cell, parts in zip(table.add_row().cells, row, strict=True):
                self._parts(cell.paragraphs[0]._p, parts)
        self.word.add_paragraph()

    def _parts(self, paragraph: Any, parts: Parts, part: Any = None) -> None:
        for one in parts:
            if isinstance(one, Refs):
                self._refs(paragraph, one.refs)
            else:
                self._text(paragraph, one, part or self.main)

    def _text(self, paragraph: Any, text: Text, part: Any) -> None:
        face = FACES.get(text.style, "")
        if text.href:
            run = _run(text.words, "Hyperlink", face)
            self._link(paragraph, part, urljoin(self.site, text.href), run)
        else:
            paragraph.append(_run(text.words, face=face))

    def _link(self, paragraph: Any, part: Any, href: str, run: Any) -> None:
        key = part.relate_to(href, RELATIONSHIP_TYPE.HYPERLINK, is_external=True)
        link = OxmlElement("w:hyperlink", {qn("r:id"): key})
        link.append(run)
        paragraph.append(link)

    def _refs(self, paragraph: Any, refs: tuple[Ref, ...]) -> None:
        for at, ref in enumerate(refs):
            if at:
                paragraph.append(_run(", ", "footnote reference"))
            if ref.is_first:
                self._note(paragraph, ref.number)
            else:
                run = _run(str(ref.number), "footnote reference")
                paragraph.extend(_field(f"NOTEREF _Ref{ref.number} \\h", run))

    def _note(self, paragraph: Any, number: int) -> None:
        """The note itself, and a bookmark by which it can be cited again."""
        key = str(number)
        start = {qn("w:id"): key, qn("w:name"): f"_Ref{number}"}
        mark = _run("", "footnote reference")
        mark.append(OxmlElement("w:footnoteReference", {qn("w:id"): key}))
        paragraph.append(OxmlElement("w:bookmarkStart", start))
        paragraph.append(mark)
        paragraph.append(OxmlElement("w:bookmarkEnd", {qn("w:id"): key}))
        note = OxmlElement("w:footnote", {qn("w:id"): key})
        line = OxmlElement("w:p")
        line.append(_styled("w:pPr", "w:pStyle", "footnote text"))
        again = _run("", "footnote reference")
        again.append(OxmlElement("w:footnoteRef"))
        line.append(again)
        line.append(_run(" "))
        self._parts(line, self.document.notes[number - 1], self.footnotes)
        note.append(line)
        self.footnotes.element.append(note)


def _run(words: str, style: str = "", face: str = "") -> Any:
    run = OxmlElement("w:r")
    if style:
        run.append(_styled("w:rPr", "w:rStyle", style))
    if face:
        run.get_or_add_rPr().append(OxmlElement(face))
    if words:
        text = OxmlElement("w:t", {qn("xml:space"): "preserve"})
        text.text = words
        run.append(text)
    return run


def _styled(properties: str, kind: str, style: str) -> Any:
    found = OxmlElement(properties)
    found.append(OxmlElement(kind, {qn("w:val"): _key(style)}))
    return found


def _field(code: str, shown: Any) -> list[Any]:
    """Something that Word works out, with what it shows until it does."""
    runs = []
    for kind in ("begin", "separate", "end"):
        run = _run("")
        run.append(OxmlElement("w:fldChar", {qn("w:fldCharType"): kind}))
        runs.append(run)
    begin, separate, end = runs
    told = OxmlElement("w:instrText", {qn("xml:space"): "preserve"})
    told.text = f" {code} "
    asks = _run("")
    asks.append(told)
    return [begin, asks, separate, shown, end]


def _repeated(row: Any) -> None:
    """The head of a table, again on each page that the table reaches."""
    row.get_or_add_trPr().append(OxmlElement("w:tblHeader"))


def _styles(word: Any) -> None:
    """A calm face in ink, and the three styles that the template lacks."""
    styles = word.styles
    for style in styles:
        if style.type == WD_STYLE_TYPE.PARAGRAPH:
            fonts = style.element.find(f".//{qn('w:rFonts')}")
            if fonts is not None:
                fonts.getparent().remove(fonts)
            if style.font.color.rgb is not None:
                style.font.color.rgb = INK
    styles["Normal"].font.name, styles["Normal"].font.size = "Georgia", Pt(10.5)
    for language in styles.element.iter(qn("w:lang")):
        language.set(qn("w:val"), "en-GB")
    note = _added(styles, "footnote text", WD_STYLE_TYPE.PARAGRAPH)
    note.base_style, note.font.size = styles["Normal"], Pt(8.5)
    note.paragraph_format.space_after = Pt(2)
    number = _added(styles, "footnote reference", WD_STYLE_TYPE.CHARACTER)
    number.font.superscript = True
    link = _added(styles, "Hyperlink", WD_STYLE_TYPE.CHARACTER)
    link.font.color.rgb, link.font.underline = LINK, True


def _added(styles: Any, name: str, kind: WD_STYLE_TYPE) -> Any:
    style = styles.add_style(name, kind, builtin=True)
    style.element.set(qn("w:styleId"), _key(name))
    return style


def _key(style: str) -> str:
    """Word's own key for a style: its name without spaces, capitals in front."""
    return "".join(word[:1].upper() + word[1:] for word in style.split())


def _without_clock(content: bytes) -> bytes:
    """The same package, without the time at which this machine packed it."""
    out = BytesIO()
    with ZipFile(BytesIO(content)) as made, ZipFile(out, "w") as fixed:
        for name in made.namelist():
            fixed.writestr(ZipInfo(name), made.read(name), ZIP_DEFLATED)
    return out.getvalue()
