"""A report for editors: a DOCX with real styles, from the words of the page.

Nothing in it is active: links lead to the web or within the file, the only field is the page number, no machine is named.
"""

from __future__ import annotations

import io
import zipfile
from base64 import b64decode
from collections.abc import Callable, Iterable
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from ledger.errors import BadInput, Refused
from ledger.reports import Look, blocks, html
from ledger.reports.blocks import Block, Page, Run
from ledger.reports.report import Report
from ledger.reports.slices import parts

if TYPE_CHECKING:
    from docx.document import Document

OLDEST = (1980, 1, 1, 0, 0, 0)
"""The time of every member of the ZIP, so that the same report gives the same bytes."""
QUIET, WARN, LINK = "4A545D", "7A3600", "0B4A70"
WHOLE = 16.0
"""The width between the margins of A4, in centimetres."""


def write(report: Report, look: Look) -> bytes:
    """The report as a DOCX; BadInput where the extra "docx" is not installed."""
    page = blocks.blocks(html.write(report, look).decode())
    return document(page, report.generated_at, drawn=_drawing(look))


def document(page: Page, at: str, *, drawn: Callable[[Block], bytes | None]) -> bytes:
    """A page as a DOCX dated `at` (ISO 8601); `drawn` gives a picture as a PNG, or None where it cannot be drawn."""
    docx = _docx()
    made = docx.Document()
    _prepare(made, page, datetime.fromisoformat(at).astimezone(UTC).replace(tzinfo=None))
    _Writer(made, page, drawn).all(page.blocks, made)
    data = io.BytesIO()
    made.save(data)
    return _same_bytes(data.getvalue())


def _docx() -> Any:
    try:
        import docx
    except ImportError:
        raise Refused('this needs the extra "docx"', hint='pip install "claim-ledger[docx]"') from None
    return docx


def _drawing(look: Look) -> Callable[[Block], bytes | None]:
    """Draws pictures with the extra "pdf", where it is installed."""

    def drawn(block: Block) -> bytes | None:
        from ledger.reports import pdf

        try:
            return pdf.png(block, look)
        except BadInput:
            return None

    return drawn


def _same_bytes(data: bytes) -> bytes:
    """The same ZIP with its members in order and without the time at which it was made."""
    out = io.BytesIO()
    with zipfile.ZipFile(io.BytesIO(data)) as given, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as kept:
        for name in sorted(given.namelist(), key=lambda n: (n != "[Content_Types].xml", n)):
            info = zipfile.ZipInfo(name, OLDEST)
            info.compress_type = zipfile.ZIP_DEFLATED
            kept.writestr(info, given.read(name))
    return out.getvalue()


# --- the document as a whole --------------------------------------------------------------------------------------


def _prepare(made: Document, page: Page, at: datetime) -> None:
    """Paper, properties, language, styles and the page number."""
    from docx.shared import Cm, Pt

    for rel_id, rel in list(made.part.package.rels.items()):
        if rel.reltype.endswith("/thumbnail"):  # a picture of the library's own example
            del made.part.package.rels[rel_id]
    section = made.sections[0]
    section.page_width, section.page_height = Cm(21), Cm(29.7)
    section.left_margin = section.right_margin = Cm((21 - WHOLE) / 2)
    section.top_margin = section.bottom_margin = Cm(2.2)
    said = made.core_properties
    said.title, said.language, said.author, said.last_modified_by = page.title[:255], page.lang, "", ""
    said.comments, said.revision, said.created, said.modified = "", 1, at, at
    for name, size in (("Normal", 10.5), ("Quote", 10.5), ("Caption", 9)):
        made.styles[name].font.size = Pt(size)
    made.styles["Quote"].font.italic = False
    made.styles["Quote"].paragraph_format.left_indent = Cm(0.6)
    made.styles["Normal"].paragraph_format.space_after = Pt(4)
    _set_language(made, page.lang)
    _number_pages(section.footer.paragraphs[0])


def _set_language(made: Document, lang: str) -> None:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    for properties in made.styles.element.iter(qn("w:rPrDefault")):
        inner = properties.find(qn("w:rPr"))
        if inner is None:
            continue
        for old in inner.findall(qn("w:lang")):
            inner.remove(old)
        found = OxmlElement("w:lang")
        for kind in ("val", "eastAsia", "bidi"):
            found.set(qn(f"w:{kind}"), lang)
        inner.append(found)


def _number_pages(paragraph: Any) -> None:
    """The number of the page as a field."""
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    paragraph._p.append(field)  # noqa: SLF001  python-docx has no word for fields, links and bookmarks


# --- blocks -------------------------------------------------------------------------------------------------------


class _Writer:
    """Writes blocks one after another into a document, cell or footer."""

    def __init__(self, made: Document, page: Page, drawn: Callable[[Block], bytes | None]) -> None:
        self._made, self._drawn = made, drawn
        self._turned = "rtl" if page.rtl else "ltr"
        self._styles = {style.name: style.style_id for style in made.styles}
        self._titled = False
        self._ids = _ids(page.blocks)
        self._marked: list[str] = []
        """Ids that have their bookmark already."""
        self._waiting: list[str] = []
        """Ids of boxes, which are marked at their first paragraph."""

    def all(self, found: Iterable[Block], place: Any, *, style: str | None = None, depth: int = 0) -> None:
        for block in found:
            self._one(block, place, style, depth)

    def _one(self, block: Block, place: Any, style: str | None, depth: int) -> None:
        if block.id:
            self._waiting.append(block.id)
        match block.kind:
            case "heading":
                self._text(block, place, self._heading(block.level))
            case "paragraph" | "term" | "verbatim":
                self._text(block, place, "Caption" if "caption" in block.looks else style or "Normal")
            case "list":
                self._list(block, place, depth)
            case "table":
                self._table([b for b in block.inside if b.kind == "row"], place)
            case "terms":
                self._table(_pairs(block.inside), place, grid=False)
            case "picture" | "photo":
                for part in parts(block):
                    self._picture(part, place)
            case "quote":
                self.all(block.inside, place, style="Quote", depth=depth)
            case _:
                self.all(block.inside, place, style=style, depth=depth)

    def _heading(self, level: int) -> str:
        if level == 1 and not self._titled:
            self._titled = True
            return "Title"
        return f"Heading {min(max(level - 1, 1), 6)}"

    def _text(self, block: Block, place: Any, style: str) -> None:
        looks = (*block.looks, "term") if block.kind == "term" else block.looks
        self._runs(block.runs, self._paragraph(place, style, rtl=(block.way or self._turned) == "rtl"), looks)

    def _paragraph(self, place: Any, style: str, *, rtl: bool = False) -> Any:
        made = place.add_paragraph()
        made._p.style = self._styles[style]  # noqa: SLF001  by id: python-docx searches all styles for each name
        if rtl:
            made._p.get_or_add_pPr().append(_element("w:bidi"))  # noqa: SLF001
        for name in self._waiting:
            if name not in self._marked:
                self._bookmark(made, name)
        self._waiting = []
        return made

    def _bookmark(self, paragraph: Any, name: str) -> None:
        number = str(len(self._marked))
        self._marked.append(name)
        paragraph._p.append(_element("w:bookmarkStart", id=number, name=_anchor(name)))  # noqa: SLF001
        paragraph._p.append(_element("w:bookmarkEnd", id=number))  # noqa: SLF001

    def _list(self, block: Block, place: Any, depth: int) -> None:
        if set(block.looks) & {"chain", "key"}:
            arrow = " ← " if self._turned == "rtl" else " → "
            between = Run(arrow if "chain" in block.looks else " · ")
            runs = [r for item in block.inside for r in (between, *_runs_of(item))][1:]
            self._runs(runs, self._paragraph(place, "Normal", rtl=self._turned == "rtl"), block.looks)
            return
        name = "List Number" if "numbered" in block.looks else "List Bullet"
        style = name if depth == 0 else f"{name} {min(depth + 1, 3)}"
        for item in block.inside:
            if item.id:
                self._waiting.append(item.id)
            self.all(item.inside, place, style=style, depth=depth + 1)

    def _table(self, rows: list[Block], place: Any, *, grid: bool = True) -> None:
        from docx.enum.table import WD_TABLE_DIRECTION
        from docx.shared import Cm

        shares = blocks.shares(rows)
        if not shares:
            return
        made = place.add_table(rows=len(rows), cols=len(shares))
        made.autofit = False
        if self._turned == "rtl":
            made.table_direction = WD_TABLE_DIRECTION.RTL
        made.style = self._made.styles["Table Grid" if grid else "Normal Table"]
        for column, share in zip(made.columns, shares, strict=True):
            column.width = Cm(WHOLE * share / sum(shares))
        for row, block in zip(made.rows, rows, strict=True):
            properties = row._tr.get_or_add_trPr()  # noqa: SLF001
            properties.append(_element("w:cantSplit"))
            if all("head" in cell.looks for cell in block.inside):
                properties.append(_element("w:tblHeader"))
            if block.id:
                self._waiting.append(block.id)
            for cell, inner, share in zip(row.cells, block.inside, shares, strict=False):
                cell.width = Cm(WHOLE * share / sum(shares))
                self.all(inner.inside, cell, style="Normal")
                _settled(cell, head="head" in inner.looks)
        self._paragraph(place, "Normal")

    def _picture(self, block: Block, place: Any) -> None:
        data = b64decode(block.data) if block.kind == "photo" else self._drawn(block)
        if data is None:
            self._runs((Run(f"Picture: {block.alt}"),), self._paragraph(place, "Caption"), ())
            return
        from docx.shared import Cm

        paragraph = self._paragraph(place, "Normal")
        shape = paragraph.add_run().add_picture(io.BytesIO(data))
        if shape.width > Cm(WHOLE):
            shape.height, shape.width = int(shape.height * Cm(WHOLE) / shape.width), Cm(WHOLE)
        shape._inline.docPr.set("descr", block.alt)  # noqa: SLF001

    # --- runs -----------------------------------------------------------------------------------------------------

    def _runs(self, runs: Iterable[Run], paragraph: Any, looks: tuple[str, ...]) -> None:
        for run in runs:
            made = paragraph.add_run(f"[{run.text}]" if "tag" in run.marks else run.text)
            _dress(made, {*run.marks, *looks})
            if run.to:
                self._link(paragraph, made, run.to)

    def _link(self, paragraph: Any, made: Any, to: str) -> None:
        """Moves a run into a link to the web or within the file; a run without a target stays text."""
        from docx.opc.constants import RELATIONSHIP_TYPE
        from docx.oxml.ns import qn
        from docx.shared import RGBColor

        if to.startswith("#") and to[1:] not in self._ids:
            return
        if to.startswith("#"):
            link = _element("w:hyperlink", anchor=_anchor(to[1:]))
        else:
            link = _element("w:hyperlink")
            link.set(qn("r:id"), self._made.part.relate_to(to, RELATIONSHIP_TYPE.HYPERLINK, is_external=True))
        made.font.color.rgb = RGBColor.from_string(LINK)
        made.font.underline = True
        paragraph._p.append(link)  # noqa: SLF001
        link.append(made._r)  # noqa: SLF001


def _dress(made: Any, marks: set[str]) -> None:
    """Sets the look of a run by its classes."""
    from docx.enum.text import WD_COLOR_INDEX
    from docx.shared import Pt, RGBColor

    made.font.bold = True if marks & {"b", "who", "grade", "value", "big", "term", "m-figure", "banner"} else None
    made.font.italic = True if "i" in marks else None
    made.font.strike = True if "del" in marks else None
    if "mark" in marks:
        made.font.highlight_color = WD_COLOR_INDEX.YELLOW
    if marks & {"m-source", "m-cue"}:
        made.font.underline = True
    if marks & {"code", "hash"}:
        made.font.name, made.font.size = "Consolas", Pt(8.5)
    colour = WARN if marks & {"off", "party", "banner"} else QUIET if marks & {"quiet", "small", "eyebrow"} else None
    if colour:
        made.font.color.rgb = RGBColor.from_string(colour)
    if blocks.RIGHT_TO_LEFT.search(made.text):
        made.font.rtl = True


def _element(tag: str, /, **attributes: str) -> Any:
    from docx.oxml import OxmlElement
    from docx.oxml.ns import qn

    made = OxmlElement(tag)
    for key, value in attributes.items():
        made.set(qn(f"w:{key}"), value)
    return made


def _anchor(name: str) -> str:
    """An id as a name for a bookmark: a letter, then at most 39 letters, digits and underlines."""
    return "id_" + "".join(c if c.isascii() and c.isalnum() else "_" for c in name)[:36]


def _ids(found: Iterable[Block]) -> set[str]:
    return {name for b in found for name in ({b.id} - {""}) | _ids(b.inside)}


def _runs_of(item: Block) -> list[Run]:
    return [*item.runs, *(r for b in item.inside for r in _runs_of(b))]


def _pairs(found: Iterable[Block]) -> list[Block]:
    """Terms and their descriptions as the rows of a table."""
    rows: list[list[Block]] = []
    for block in found:
        if block.kind == "term":
            rows.append([Block("cell", inside=(block,)), Block("cell")])
        elif rows:
            rows[-1][1] = Block("cell", inside=(*rows[-1][1].inside, *block.inside))
    return [Block("row", inside=tuple(row)) for row in rows]


def _settled(cell: Any, *, head: bool) -> None:
    """Removes the empty paragraph with which a cell begins, if something follows it, and sets column headings in bold."""
    if len(cell.paragraphs) > 1:
        first = cell.paragraphs[0]._p  # noqa: SLF001
        first.getparent().remove(first)
    for run in (r for p in cell.paragraphs for r in p.runs if head):
        run.font.bold = True
