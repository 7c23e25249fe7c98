"""The Word file that every briefing begins as: its styles, its footer, its properties.

python-docx makes it once, with marks where a document's own words go; looking every
style up anew for each document would cost most of an edition's time. python-docx has no
footnotes: their part is made here.
"""

from __future__ import annotations

import datetime
from collections.abc import Mapping
from functools import cache
from io import BytesIO
from string import Template
from typing import Any, NamedTuple
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

import docx
from docx.enum.style import WD_STYLE_TYPE
from docx.opc.constants import CONTENT_TYPE, RELATIONSHIP_TYPE
from docx.opc.packuri import PackURI
from docx.opc.part import XmlPart
from docx.oxml import OxmlElement, parse_xml
from docx.oxml.ns import nsdecls, qn
from docx.shared import Cm, Pt, RGBColor

INK, LINK = RGBColor(0x1A, 0x1C, 0x1F), RGBColor(0x0A, 0x54, 0x70)
# Above and below the notes; Word asks for these two before the first note.
SEPARATORS = {"separator": "-1", "continuationSeparator": "0"}
BODY, NOTES, RELATED = "word/document.xml", "word/footnotes.xml", "</Relationships>"
FILLED = (BODY, NOTES, "word/footer1.xml", "docProps/core.xml")
NO_LINKS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n<Relationships xmlns='
    '"http://schemas.openxmlformats.org/package/2006/relationships"></Relationships>'
)
MARKED = datetime.datetime(2000, 1, 1)
STAMP = "%Y-%m-%dT%H:%M:%SZ"


class Package(NamedTuple):
    """The parts that are the same in every file, packed, and those that are filled in.

    `relations` are what the body's part leads to, beside its links.
    """

    fixed: bytes
    filled: dict[str, Template]
    relations: str

    def file(self, words: dict[str, str], links: dict[str, str]) -> bytes:
        """The file with these words in the marks' places, all of them markup.

        `links` are the relations of the body and of the notes, by the part's name.
        """
        parts = {
            name: template.substitute(words) for name, template in self.filled.items()
        }
        for name, relations in links.items():
            known = self.relations if name == BODY else NO_LINKS
            parts[_relations_of(name)] = known.replace(RELATED, relations + RELATED)
        return _packed(self.fixed, parts)


def _packed(packed: bytes, parts: Mapping[str, str | bytes]) -> bytes:
    """The package with these parts too, without the time at which it was packed."""
    out = BytesIO()
    out.write(packed)
    with ZipFile(out, "a", ZIP_DEFLATED) as file:
        for name, content in parts.items():
            file.writestr(ZipInfo(name), content, ZIP_DEFLATED)
    return out.getvalue()


def _relations_of(name: str) -> str:
    folder, _, file = name.partition("/")
    return f"{folder}/_rels/{file}.rels"


@cache
def package() -> Package:
    word = docx.Document()
    _footnotes(word)
    _properties(word)
    _styles(word)
    _page(word)
    word.add_paragraph("$body")
    out = BytesIO()
    word.save(out)
    with ZipFile(out) as made:
        parts = {name: made.read(name) for name in made.namelist()}
    relations = parts.pop(_relations_of(BODY)).decode()
    filled = {name: _template(parts.pop(name).decode()) for name in FILLED}
    return Package(_packed(b"", parts), filled, relations)


def _template(text: str) -> Template:
    """The part with its marks alone: what python-docx puts around them goes."""
    run = "<w:r><w:t>{}</w:t></w:r>"
    for mark in ("$body", "$notes"):
        text = text.replace(f"<w:p>{run.format(mark)}</w:p>", mark)
    text = text.replace(run.format("$foot"), "$foot")
    return Template(text.replace(MARKED.strftime(STAMP), "$changed"))


def _footnotes(word: Any) -> None:
    lines = [
        f'<w:footnote w:type="{kind}" w:id="{key}"><w:p><w:r><w:{kind}/></w:r></w:p>'
        "</w:footnote>"
        for kind, key in SEPARATORS.items()
    ]
    lines.append("<w:p><w:r><w:t>$notes</w:t></w:r></w:p>")
    notes = f"<w:footnotes {nsdecls('w', 'r')}>{''.join(lines)}</w:footnotes>"
    kinds = OxmlElement("w:footnotePr")
    for key in SEPARATORS.values():
        kinds.append(OxmlElement("w:footnote", {qn("w:id"): key}))
    word.settings.element.find(qn("w:compat")).addprevious(kinds)
    name, package = PackURI(f"/{NOTES}"), word.part.package
    part = XmlPart(name, CONTENT_TYPE.WML_FOOTNOTES, parse_xml(notes), package)
    word.part.relate_to(part, RELATIONSHIP_TYPE.FOOTNOTES)


def _properties(word: Any) -> None:
    """What python-docx's own template says of itself, and when, goes."""
    core = word.core_properties
    core.created = core.modified = MARKED
    core.title, core.subject = "$title", "$kind"
    core.author = core.last_modified_by = "Briefing"
    core.identifier, core.version, core.revision = "$identifier", "$version", 1
    core.language, core.comments, core.keywords = "en-GB", "", ""
    package = word.part.package
    for key, rel in list(package.rels.items()):
        if rel.reltype == RELATIONSHIP_TYPE.THUMBNAIL:
            del package.rels[key]


def _page(word: Any) -> None:
    """A sheet of A4, with the title and the page's number at its foot."""
    section = word.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm(2.5)
    section.footer.paragraphs[0].add_run("$foot")


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
    style.element.set(qn("w:styleId"), key_of(name))
    return style


def key_of(style: str) -> str:
    """Word's own key for a style: its name without spaces, capitals in front."""
    return "".join(word[:1].upper() + word[1:] for word in style.split())
