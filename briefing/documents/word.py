"""A document as a Word file, with Word's own footnotes.

A note that is cited again is a reference to its number (NOTEREF), as Word itself makes
it. Every word goes through `_run`, every address through `_link`: they escape it.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterable
from urllib.parse import urljoin
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE

from briefing.documents.package import BODY, NOTES, STAMP, key_of, package
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
    plain,
)
from briefing.pages.notes import Ref

MEDIA_TYPE = CONTENT_TYPE.WML_DOCUMENT_MAIN.removesuffix(".main+xml")
FACES = {"strong": "<w:b/>", "emphasis": "<w:i/>"}
# The width of the text in twentieths of a point, and the most that a property holds.
WIDTH, LONGEST = 9071, 255
# The head of a table, again on each page that the table reaches.
REPEATED = "<w:trPr><w:tblHeader/></w:trPr>"
LOOK = (
    '<w:tblPr><w:tblStyle w:val="TableGrid"/><w:tblW w:type="auto" w:w="0"/><w:tblLook '
    'w:firstColumn="1" w:firstRow="1" w:lastColumn="0" w:lastRow="0" w:noHBand="0" '
    'w:noVBand="1" w:val="04A0"/></w:tblPr>'
)


def written(document: Document, site: str) -> bytes:
    """The file; its links begin with the address of the site."""
    return _Writer(document, site).file()


class _Writer:
    def __init__(self, document: Document, site: str) -> None:
        self.document, self.site = document, site
        self.title = plain(document.title)
        self.permanent = urljoin(site, document.permanent)
        # The addresses that each part leads to, with their numbers in it.
        self.links: dict[str, dict[str, str]] = {BODY: {}, NOTES: {}}
        self.notes: list[str] = []

    def file(self) -> bytes:
        document = self.document
        body = [self._head(), *map(self._block, document.blocks)]
        changed_at = document.changed_at.astimezone(datetime.UTC)
        foot = _run(f"{self.title} · version {document.version} · ")
        words = {
            "body": "".join(body),
            "notes": "".join(self.notes),
            "foot": foot + _field("PAGE", _run("1")),
            "title": escape(self.title[:LONGEST]),
            "kind": escape(document.kind),
            "identifier": escape(self.permanent[:LONGEST]),
            "version": escape(document.version),
            "changed": changed_at.strftime(STAMP),
        }
        links = {part: _relations(found) for part, found in self.links.items()}
        return package().file(words, links)

    def _head(self) -> str:
        document = self.document
        about = (
            f"Briefing · {document.kind} · last changed {document.dated} · "
            f"version {document.version}"
        )
        address = self._link(BODY, self.permanent, _run(self.permanent, "Hyperlink"))
        told = _run(about) + "<w:r><w:br/></w:r>" + address
        notice = self._parts(document.notice) if document.notice else ""
        head = _paragraph(_run(self.title), "Title") + _paragraph(told)
        return head + (_paragraph(notice) if notice else "")

    def _block(self, block: Block) -> str:
        match block:
            case Heading(words, level):
                return _paragraph(_run(words), f"Heading {level - 1}")
            case Paragraph(parts):
                return _paragraph(self._parts(parts))
            case Items(items):
                return "".join(
                    _paragraph(self._parts(parts), style)
                    for item in items
                    for parts, style in (
                        (item.parts, "List Bullet"),
                        *((inner, "List Bullet 2") for inner in item.inner),
                    )
                )
            case Table():
                return self._table(block)

    def _table(self, block: Table) -> str:
        width = WIDTH // len(block.head)
        grid = f'<w:gridCol w:w="{width}"/>' * len(block.head)
        head = _row((_run(words, "Strong") for words in block.head), width, REPEATED)
        rows = (_row(map(self._parts, row), width) for row in block.rows)
        inner = f"{LOOK}<w:tblGrid>{grid}</w:tblGrid>{head}{''.join(rows)}"
        return f"<w:tbl>{inner}</w:tbl>{_paragraph('')}"

    def _parts(self, parts: Parts, part: str = BODY) -> str:
        return "".join(
            self._refs(one.refs) if isinstance(one, Refs) else self._text(one, part)
            for one in parts
        )

    def _text(self, text: Text, part: str) -> str:
        face = FACES.get(text.style, "")
        if not text.href:
            return _run(text.words, face=face)
        run = _run(text.words, "Hyperlink", face)
        return self._link(part, urljoin(self.site, text.href), run)

    def _link(self, part: str, href: str, run: str) -> str:
        known = self.links[part]
        key = known.setdefault(href, f"link{len(known) + 1}")
        return f'<w:hyperlink r:id="{key}">{run}</w:hyperlink>'

    def _refs(self, refs: tuple[Ref, ...]) -> str:
        return _run(", ", "footnote reference").join(
            self._note(ref.number) if ref.is_first else _again(ref.number)
            for ref in refs
        )

    def _note(self, number: int) -> str:
        """The note itself, and a bookmark by which it can be cited again."""
        said = self._parts(self.document.notes[number - 1], NOTES)
        mark = _run("", "footnote reference", mark="<w:footnoteRef/>")
        line = _paragraph(f"{mark}{_run(' ')}{said}", "footnote text")
        self.notes.append(f'<w:footnote w:id="{number}">{line}</w:footnote>')
        here = f'<w:footnoteReference w:id="{number}"/>'
        return (
            f'<w:bookmarkStart w:id="{number}" w:name="_Ref{number}"/>'
            f"{_run('', 'footnote reference', mark=here)}"
            f'<w:bookmarkEnd w:id="{number}"/>'
        )


def _again(number: int) -> str:
    run = _run(str(number), "footnote reference")
    return _field(f"NOTEREF _Ref{number} \\h", run)


def _paragraph(inner: str, style: str = "") -> str:
    """A paragraph of runs; `style` by the name that Word shows."""
    key = key_of(style)
    styled = f'<w:pPr><w:pStyle w:val="{key}"/></w:pPr>' if style else ""
    return f"<w:p>{styled}{inner}</w:p>"


def _run(words: str, style: str = "", face: str = "", mark: str = "") -> str:
    styled = f'<w:rStyle w:val="{key_of(style)}"/>' if style else ""
    looks = f"<w:rPr>{styled}{face}</w:rPr>" if styled or face else ""
    text = f'<w:t xml:space="preserve">{escape(words)}</w:t>' if words else ""
    return f"<w:r>{looks}{text}{mark}</w:r>"


def _row(cells: Iterable[str], width: int, properties: str = "") -> str:
    size = f'<w:tcPr><w:tcW w:type="dxa" w:w="{width}"/></w:tcPr>'
    inner = "".join(f"<w:tc>{size}{_paragraph(cell)}</w:tc>" for cell in cells)
    return f"<w:tr>{properties}{inner}</w:tr>"


def _field(code: str, shown: str) -> str:
    """Something that Word works out, with what it shows until it does."""
    begin, separate, end = (
        f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'
        for kind in ("begin", "separate", "end")
    )
    told = f'<w:r><w:instrText xml:space="preserve"> {code} </w:instrText></w:r>'
    return f"{begin}{told}{separate}{shown}{end}"


def _relations(links: dict[str, str]) -> str:
    kind = RELATIONSHIP_TYPE.HYPERLINK
    return "".join(
        f'<Relationship Id="{key}" Type="{kind}" Target={quoteattr(href)} '
        'TargetMode="External"/>'
        for href, key in links.items()
    )
