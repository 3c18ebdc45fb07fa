"""DOCX and ODT: paragraphs, a line each, with tables, notes and what was deleted but is still in the file.

The XML is read as it streams out of the archive; no tree is built and no entity is read.
"""

from __future__ import annotations

import io
import zipfile
from collections.abc import Mapping
from typing import Any, NamedTuple

from ledger.errors import BadInput
from ledger.extract.extracted import Extracted, stated
from ledger.text.asides import note, struck_out

NOTES = {
    "footnoteReference": "footnote", "endnoteReference": "endnote", "footnote": "footnote", "endnote": "endnote",
    "note": "note",
}  # fmt: skip
PART = 64 * 1024 * 1024
"""Bytes of the largest part of an archive once it is unpacked."""
CHUNK = 1024 * 1024


class Tags(NamedTuple):
    """What the elements of a format are, by their names without namespace."""

    paragraph: frozenset[str]
    words: frozenset[str]
    """Elements whose text counts; empty where all text within a paragraph does."""
    cell: frozenset[str]
    row: frozenset[str]
    skipped: frozenset[str]
    gaps: Mapping[str, str]
    body: str
    """The part that holds the text; `notes` and `said` are others."""
    notes: tuple[str, ...]
    said: str
    told: Mapping[str, str]
    """Parts and skipped elements, by the beginning of their names, that are left out, and what they are."""


DOCX = Tags(
    frozenset({"p"}), frozenset({"t", "delText"}), frozenset({"tc"}), frozenset({"tr"}),
    frozenset({"Fallback", "moveFrom", "instrText"}),
    {"tab": "\t", "br": " ", "cr": " ", "noBreakHyphen": "-"}, "word/document.xml",
    ("word/footnotes.xml", "word/endnotes.xml"), "docProps/core.xml",
    {"word/header": "page headers", "word/footer": "page footers", "word/comments": "comments"},
)  # fmt: skip
ODT = Tags(
    frozenset({"p", "h"}), frozenset(), frozenset({"table-cell", "covered-table-cell"}), frozenset({"table-row"}),
    frozenset({"annotation", "annotation-end", "tracked-changes", "note-citation", "desc", "title", "forms"}),
    {"s": " ", "tab": "\t", "line-break": " "}, "content.xml", (), "meta.xml",
    {"deletion": "deleted text", "annotation": "comments"},
)  # fmt: skip


def docx(data: bytes, name: str) -> Extracted:
    return _read(data, name, DOCX, "application/vnd.openxmlformats-officedocument.wordprocessingml.document")


def odt(data: bytes, name: str) -> Extracted:
    return _read(data, name, ODT, "application/vnd.oasis.opendocument.text")


def _read(data: bytes, name: str, tags: Tags, media_type: str) -> Extracted:
    archive = opened(data, name)
    words = _Words(tags)
    for part in (tags.body, *(n for n in tags.notes if n in archive.namelist())):
        _feed(archive, part, words, name)
        words.finish()
    said = _Said()
    if tags.said in archive.namelist():
        _feed(archive, tags.said, said, name)
    parts = (*archive.namelist(), *words.passed)
    told = dict.fromkeys(what for start, what in tags.told.items() for n in parts if n.startswith(start))
    times = {key: said.found[key] for key in ("created", "modified", "creation-date", "date") if key in said.found}
    return Extracted(
        "\n".join(words.lines + words.noted), f"office/2 lxml {_version()}",
        stated(title=said.found.get("title"), byline=said.found.get("creator"), language=said.found.get("language")),
        left_out=tuple(told), media_type=media_type, encoding="binary", extra={"document": times} if times else None,
    )  # fmt: skip


def opened(data: bytes, name: str) -> zipfile.ZipFile:
    """The archive; BadInput where it is damaged or locked."""
    try:
        archive = zipfile.ZipFile(io.BytesIO(data))
    except (zipfile.BadZipFile, ValueError, NotImplementedError) as e:
        raise BadInput(f"{name} is damaged: {e}") from None
    if any(info.flag_bits & 1 for info in archive.infolist()):
        raise BadInput(f"{name} needs a password", hint="save it without one, and capture that")
    return archive


def unpacked(archive: zipfile.ZipFile, part: str, name: str, limit: int = PART) -> Any:
    """The bytes of one part, piece by piece; BadInput where they are too many or damaged."""
    size = 0
    try:
        with archive.open(part) as file:
            while piece := file.read(CHUNK):
                size += len(piece)
                if size > limit:
                    raise BadInput(f"{name} is too large once it is unpacked: over {limit // CHUNK} MB")
                yield piece
    except (zipfile.BadZipFile, KeyError, EOFError, ValueError, NotImplementedError) as e:
        raise BadInput(f"{name} is damaged: {e}") from None
    except OSError as e:
        raise BadInput(f"{name} is damaged: {e.strerror or e}") from None
    except Exception as e:
        if type(e).__module__ in ("zlib", "lzma", "bz2", "_lzma"):
            raise BadInput(f"{name} is damaged: {e}") from None
        raise


def _version() -> str:
    from lxml import etree

    return str(etree.__version__)


def _feed(archive: zipfile.ZipFile, part: str, target: Any, name: str) -> None:
    from lxml import etree

    parser = etree.XMLParser(target=target, resolve_entities=False, no_network=True, huge_tree=False)
    try:
        for piece in unpacked(archive, part, name):
            parser.feed(piece)
        parser.close()
    except etree.XMLSyntaxError as e:
        raise BadInput(f"{name} is damaged: {part}: {e.msg}") from None


class _Target:
    """Takes the elements of a part as they are read, by their names without namespace."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None: ...
    def end(self, tag: str) -> None: ...
    def data(self, words: str) -> None: ...

    def close(self) -> None:
        """The end of the part."""


class _Said(_Target):
    """What a document says of itself."""

    def __init__(self) -> None:
        self.found: dict[str, str] = {}
        self.tag = ""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:  # noqa: ARG002
        self.tag = tag.rpartition("}")[2]

    def end(self, tag: str) -> None:  # noqa: ARG002
        self.tag = ""

    def data(self, words: str) -> None:
        if self.tag:
            self.found[self.tag] = (self.found.get(self.tag, "") + words)[:1000]


class _Words(_Target):
    """The paragraphs of the parts, those of a table's row in one line."""

    def __init__(self, tags: Tags) -> None:
        self.tags = tags
        self.lines: list[str] = []
        self.open: list[list[str]] = []
        """The paragraphs that are not ended, the outermost first: a text box stands within one."""
        self.row: list[list[str]] = []
        self.skipping = 0
        self.passed: set[str] = set()
        """The elements that were skipped, and those within them."""
        self.hidden = False
        self.taking: str | None = None
        self.numbers: dict[tuple[str, str], int] = {}
        """Notes by kind and id, in the order of the places that refer to them."""
        self.noted: list[str] = []
        self.marks: list[str] = []
        """The marks of the notes that are open, by which their paragraphs begin."""

    def start(self, tag: str, attributes: Mapping[str, str]) -> None:
        kind = tag.rpartition("}")[2]
        if self.skipping or kind in self.tags.skipped or _unseen(attributes):
            self.skipping += 1
            self.passed.add(kind)
        elif kind in self.tags.paragraph:
            self.open.append([])
        elif kind in self.tags.row:
            self.row.append([])
        elif kind in self.tags.cell and self.row:
            self.row[-1].append("")
        elif kind == "r":
            self.hidden = False
        elif kind == "vanish":
            self.hidden = _on(attributes)
        elif kind in NOTES:
            self._note(NOTES[kind], next((v for k, v in attributes.items() if k.rpartition("}")[2] == "id"), ""), kind)
        elif kind in self.tags.words:
            self.taking = kind
        elif kind in self.tags.gaps and self.open:
            self.open[-1].append(self.tags.gaps[kind] * (_count(attributes) if kind == "s" else 1))

    def end(self, tag: str) -> None:
        kind = tag.rpartition("}")[2]
        if self.skipping:
            self.skipping -= 1
        elif kind in self.tags.paragraph and self.open:
            self._line("".join(self.open.pop()))
        elif kind in self.tags.row and self.row:
            cells = [cell.strip() for cell in self.row.pop()]
            self._line(" | ".join(cells) if any(cells) else "")
        elif kind in self.tags.words:
            self.taking = None
        elif kind in ("note", "footnote", "endnote") and self.marks:
            self.marks.pop()

    def _note(self, named: str, id_: str, kind: str) -> None:
        """A place that refers to a note, or a note; in ODT it is both."""
        known = self.numbers.get((named, id_))
        if kind.endswith("Reference") or named == "note":
            known = self.numbers[named, id_ or str(len(self.numbers))] = len(self.numbers) + 1
            if self.open:
                self.open[-1].append(f" {note(str(known))}")
        if not kind.endswith("Reference"):
            self.marks.append(note(str(known)) + " " if known else "")

    def data(self, words: str) -> None:
        if self.skipping or self.hidden or not self.open or (self.tags.words and self.taking is None):
            return
        self.open[-1].append(f" {struck_out(words)} " if self.taking == "delText" and words.strip() else words)

    def _line(self, words: str) -> None:
        line = " ".join(words.split())
        if line and self.row and self.row[-1]:
            self.row[-1][-1] += f" {line}"
        elif line and self.marks:
            self.noted.append(self.marks[-1] + line)
        elif line:
            self.lines.append(line)

    def finish(self) -> None:
        """The end of a part."""
        self.open, self.row, self.marks, self.taking, self.hidden = [], [], [], None, False


def _on(attributes: Mapping[str, str]) -> bool:
    return next((v for k, v in attributes.items() if k.endswith("val")), "1") not in ("0", "false", "off")


def _unseen(attributes: Mapping[str, str]) -> bool:
    """True for a section or a field of ODT that is not shown."""
    return any(
        (k.endswith("}display") and v == "none") or (k.endswith("}is-hidden") and v == "true")
        for k, v in attributes.items()
    )


def _count(attributes: Mapping[str, str]) -> int:
    given = next((v for k, v in attributes.items() if k.endswith("}c")), "1")
    return min(int(given), 100) if given.isdecimal() and len(given) < 5 else 1
