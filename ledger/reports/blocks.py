"""The page as a tree of blocks, from which the formats for paper and for editors are written.

The templates of the page choose a report's words and their order, in every language and in a newsroom's own look. The other
formats read that page back instead of choosing again: headings, paragraphs, lists, tables, quotes and pictures, with the
classes of the style sheet as names for how they look. Of an element that is not known here, the content is read.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from html.parser import HTMLParser
from itertools import accumulate
from xml.etree import ElementTree as ET

from msgspec import Struct

from ledger.records import replace

Attributes = list[tuple[str, str | None]]


class Run(Struct, frozen=True, omit_defaults=True):
    """A stretch of text with one look."""

    text: str
    marks: tuple[str, ...] = ()
    """The elements and classes around it: b, mark, code, quiet, tag; `br` for a new line."""
    to: str = ""
    """Where it leads: a web address, or # and the id of a block."""


class Block(Struct, frozen=True, omit_defaults=True):
    """A heading, paragraph, list, item, table, row, cell, quote, box, terms, term, told, picture, photo or verbatim text."""

    kind: str
    looks: tuple[str, ...] = ()
    level: int = 0
    id: str = ""
    runs: tuple[Run, ...] = ()
    inside: tuple[Block, ...] = ()
    way: str = ""
    """The direction of the text itself, rtl or ltr; empty where it is that of the page."""
    data: str = ""
    """The SVG of a picture, the base64 of a photo."""
    alt: str = ""


class Page(Struct, frozen=True):
    """A whole report as blocks."""

    title: str
    lang: str
    rtl: bool
    blocks: tuple[Block, ...]


HEADINGS = {f"h{n}": n for n in range(1, 7)}
TEXTS = {"p": "paragraph", "figcaption": "paragraph", "summary": "paragraph", "dt": "term", "pre": "verbatim"}
HOLDERS = {
    "ul": "list", "ol": "list", "li": "item", "table": "table", "tr": "row", "td": "cell", "th": "cell",
    "blockquote": "quote", "dl": "terms", "dd": "told", "cite": "box", "figure": "figure", "div": "box",
    "section": "box", "article": "box", "nav": "box", "footer": "box", "header": "box", "aside": "box", "main": "box",
    "details": "box",
}  # fmt: skip
LOOKS = {"figcaption": "caption", "summary": "term", "ol": "numbered", "th": "head", "cite": "cite", "nav": "nav"}
INLINE = frozenset({"b", "strong", "i", "em", "mark", "del", "code", "small", "sup", "sub"})
VOID = frozenset({"br", "img", "meta", "link", "hr", "input", "wbr"})
UNSEEN = frozenset({"style", "script", "template"})
ON_SCREEN = frozenset({"skip", "data", "why", "sideways", "screen", "fold", "back", "onscreen"})
"""Classes of what paper cannot follow or open."""

CANNOT_SHOW = re.compile("[\x00-\x08\x0b-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
RIGHT_TO_LEFT = re.compile("[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc\U00010800-\U00010fff\U0001e800-\U0001efff]")
LEFT_TO_RIGHT = re.compile("[A-Za-z\u00c0-\u02af\u0370-\u058f\u0900-\u1fff\u2c00-\u2dff\u3040-\ud7ff\uf900-\ufaff]")


def blocks(page: str) -> Page:
    """The blocks of a page that one of our templates made."""
    reader = _Reader(page)
    reader.feed(page)
    reader.close()
    found = tuple(_levelled(reader.root.inside))
    return Page(_shown(reader.bare or reader.title.strip()), reader.lang, reader.rtl, found)


def text_of(runs: Iterable[Run]) -> str:
    """The plain text of runs."""
    return "".join(r.text for r in runs)


def words(block: Block) -> str:
    """All the text in a block."""
    return text_of(block.runs) + "".join(words(b) for b in block.inside)


def shares(rows: Iterable[Block]) -> list[int]:
    """The share of the width that each column of a table gets: by the length of its content, within limits."""
    lengths = [[len(words(cell)) for cell in row.inside] for row in rows]
    most = max((len(r) for r in lengths), default=0)
    return [min(max(20, *(r[i] for r in lengths if len(r) > i)), 60) for i in range(most)]


class _Open:
    """An element that is being read: what it becomes, and what was found in it so far."""

    def __init__(self, tag: str, kind: str, given: dict[str, str], *, turned: bool = False) -> None:
        self.tag, self.kind, self.turned = tag, kind, turned
        self.id = given.get("id", "")
        self.way = given.get("dir", "")
        look = (
            "plain" if tag == "ol" and given.get("class") else LOOKS.get(tag)
        )  # the style sheet takes its numbers away
        self.looks = tuple(dict.fromkeys([*given.get("class", "").split(), *([look] if look else [])]))
        self.runs: list[Run] = []
        self.inside: list[Block] = []


class _Reader(HTMLParser):
    """Reads a page from top to bottom; `root` holds the blocks in the end."""

    def __init__(self, page: str) -> None:
        super().__init__(convert_charrefs=True)
        self.title, self.bare, self.lang, self.rtl = "", "", "en", False
        self.root = _Open("body", "box", {})
        self._page = page
        self._lines = [0, *(m.end() for m in re.finditer("\n", page))]
        self._open = [self.root]
        self._marks: list[tuple[str, tuple[str, ...], str]] = []
        """Inline elements around: tag, marks, address."""
        self._unseen: list[str] = []
        self._svg: list[int] = []
        """Where each svg element around begins."""

    # --- elements -------------------------------------------------------------------------------------------------

    def handle_starttag(self, tag: str, attrs: Attributes) -> None:
        given = {k: v or "" for k, v in attrs}
        if tag == "svg":
            self._svg.append(self._place())
        elif self._svg:
            return
        elif self._unseen or tag in UNSEEN or tag == "title" or ON_SCREEN & set(given.get("class", "").split()):
            self.bare = given.get("data-title", "") if tag == "title" else self.bare
            if tag not in VOID:
                self._unseen.append(tag)
        elif tag == "html":
            self.lang, self.rtl = given.get("lang") or "en", given.get("dir") == "rtl"
        elif tag in HEADINGS or tag in TEXTS or tag in HOLDERS:
            self._begin(tag, given)
        elif tag == "br":
            self._top.runs.append(Run("\n", ("br",)))
        elif tag == "img":
            self._photo(given)
        elif tag not in VOID:
            self._marks.append((tag, _marks(tag, given), _leads_to(given.get("href", "")) if tag == "a" else ""))

    def handle_endtag(self, tag: str) -> None:
        if tag == "svg" and self._svg:
            start = self._svg.pop()
            if not self._svg:
                self._picture(self._page[start : self._place() + len("</svg>")])
        elif self._svg:
            return
        elif self._unseen:
            if tag == self._unseen[-1]:
                self._unseen.pop()
        elif tag in HEADINGS or tag in TEXTS or tag in HOLDERS:
            self._end(tag)
        elif tag == "bdi" or (self._marks and self._marks[-1][0] == tag):
            self._unmark(tag)

    def handle_data(self, data: str) -> None:
        if self._svg:
            return
        if self._unseen:
            self.title += data if self._unseen[-1] == "title" else ""
            return
        marks = tuple(dict.fromkeys(m for _, names, _ in self._marks for m in names))
        to = next((address for _, _, address in reversed(self._marks) if address), "")
        self._top.runs.append(Run(_shown(data), marks, to))

    # --- what they become -----------------------------------------------------------------------------------------

    @property
    def _top(self) -> _Open:
        return self._open[-1]

    def _place(self) -> int:
        line, column = self.getpos()
        return self._lines[line - 1] + column

    def _unmark(self, tag: str) -> None:
        while self._marks:
            if self._marks.pop()[0] == tag:
                return

    def _begin(self, tag: str, given: dict[str, str]) -> None:
        _settle(self._top)
        kind = "heading" if tag in HEADINGS else TEXTS.get(tag) or HOLDERS[tag]
        self._open.append(_Open(tag, kind, given, turned=self.rtl))

    def _end(self, tag: str) -> None:
        """Closes an element; one that our templates left open inside it is closed too."""
        if tag not in (o.tag for o in self._open[1:]):
            return
        while True:
            done = self._open.pop()
            self._top.inside += _block(done)
            if done.tag == tag:
                return

    def _picture(self, svg: str) -> None:
        _settle(self._top)
        root = ET.fromstring(svg)  # noqa: S314  an SVG of our own making, which is never taken from outside
        said = [" ".join("".join(e.itertext()).split()) for e in root if e.tag.rpartition("}")[2] in ("title", "desc")]
        looks = tuple((root.get("class") or "").split())
        alt = " ".join(s if s.endswith(".") else f"{s}." for s in said if s)
        self._top.inside.append(Block("picture", looks, data=svg, alt=_shown(alt)))

    def _photo(self, given: dict[str, str]) -> None:
        kind, _, data = given.get("src", "").partition(",")
        if kind == "data:image/jpeg;base64":
            _settle(self._top)
            self._top.inside.append(Block("photo", data=data, alt=_shown(given.get("alt", ""))))

    def close(self) -> None:
        super().close()
        _settle(self.root)


def _marks(tag: str, given: dict[str, str]) -> tuple[str, ...]:
    name = {"strong": "b", "em": "i"}.get(tag, tag)
    if tag == "bdi":
        return ("ltr" if given.get("dir") == "ltr" else "apart",)
    return (*((name,) if tag in INLINE else ()), *given.get("class", "").split())


def _leads_to(address: str) -> str:
    """The address, if it leads to the web or to a place on the page; else nothing."""
    known = re.match("(#|https?://)", address, re.IGNORECASE) and not re.search(r"\s", address)
    return address if known and not CANNOT_SHOW.search(address) else ""


def _shown(text: str) -> str:
    """The text with characters written out that no font has or XML forbids."""
    return CANNOT_SHOW.sub(_written_out, text)


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    return f"\\x{code:02x}" if code <= 0xFF else f"\\u{code:04x}"


def _block(done: _Open) -> list[Block]:
    """What an element becomes; nothing where it is empty, except for cells, which keep a table's columns apart."""
    _settle(done)
    level = HEADINGS.get(done.tag, 0)
    if done.kind in ("heading", *TEXTS.values()):
        found = [b for b in done.inside if b.kind == "paragraph"]
        rest = [b for b in done.inside if b.kind != "paragraph"]
        runs = tuple(r for b in found for r in b.runs)
        made = Block(done.kind, done.looks, level, done.id, runs, way=_way(done.way, runs))
        return [*([made] if runs else []), *rest]
    inside = tuple(done.inside)
    if not inside and done.kind != "cell":
        return []
    return [Block(done.kind, done.looks, level, done.id, inside=inside, way=_way(done.way, _runs(inside)))]


def _settle(element: _Open) -> None:
    """Text that stands directly in an element becomes a paragraph."""
    found = element.runs if element.kind == "verbatim" else _collapsed(element.runs)
    runs = tuple(_kept_apart(found, turned=element.turned))
    element.runs = []
    if runs:
        element.inside.append(Block("paragraph", runs=runs, way=_way(element.way, runs)))


def _runs(inside: Iterable[Block]) -> tuple[Run, ...]:
    return tuple(r for b in inside for r in (*b.runs, *_runs(b.inside)))


def _way(given: str, runs: Iterable[Run]) -> str:
    """The direction that the page states, or that of the first letter where the page leaves it open."""
    if given != "auto":
        return given if given in ("rtl", "ltr") else ""
    text = text_of(runs)
    right, left = RIGHT_TO_LEFT.search(text), LEFT_TO_RIGHT.search(text)
    if right is None or left is None:
        return "rtl" if right else "ltr" if left else ""
    return "rtl" if right.start() < left.start() else "ltr"


def _collapsed(runs: Iterable[Run]) -> Iterable[Run]:
    """Runs with white space as a browser shows it: one space, none at the ends and around new lines."""
    kept: list[Run] = []
    open_ = True  # nothing or a space stands before
    for run in runs:
        if "br" in run.marks:
            kept = [*_trimmed(kept), run]
            open_ = True
            continue
        text = re.sub("[ \t\n\r\f]+", " ", run.text)
        text = text[1:] if open_ and text.startswith(" ") else text
        if text:
            kept.append(replace(run, text=text))
            open_ = text.endswith(" ")
    kept = _trimmed(kept)
    while kept and "br" in kept[-1].marks:
        kept = _trimmed(kept[:-1])
    return kept


def _kept_apart(runs: Iterable[Run], *, turned: bool) -> Iterable[Run]:
    """Runs in which foreign text is isolated by direction marks; without the marks where all text runs one way."""
    found = list(runs)
    turning = turned or RIGHT_TO_LEFT.search(text_of(found)) is not None
    joined: list[Run] = []
    for run in found:
        opened = "\u2066" if "ltr" in run.marks else "\u2068" if "apart" in run.marks else ""
        text = f"{opened}{run.text}\u2069" if opened and turning else run.text
        made = Run(text, tuple(m for m in run.marks if m not in ("ltr", "apart")), run.to)
        if joined and (joined[-1].marks, joined[-1].to) == (made.marks, made.to) and "br" not in made.marks:
            joined[-1] = replace(made, text=joined[-1].text + text)
        else:
            joined.append(made)
    return joined


def around_marks(text: str) -> list[str]:
    """What stands around our direction marks, with these between; the whole text where one is not closed."""
    pieces = re.split("([\u2066\u2068\u2069])", text)
    depth = [*accumulate(-1 if mark == "\u2069" else 1 for mark in pieces[1::2])]
    return [text] if depth and (min(depth) < 0 or depth[-1]) else pieces


def _trimmed(runs: list[Run]) -> list[Run]:
    if not runs or "br" in runs[-1].marks:
        return runs
    last = runs[-1].text.rstrip(" ")
    return [*runs[:-1], replace(runs[-1], text=last)] if last else _trimmed(runs[:-1])


def _levelled(found: Iterable[Block], last: list[int] | None = None) -> Iterable[Block]:
    """The blocks with headings that begin at 1 and never skip a level, as screen readers need them."""
    last = [0] if last is None else last
    for block in found:
        if block.kind == "heading":
            last[0] = min(block.level, last[0] + 1)
            yield replace(block, level=last[0])
        else:
            yield replace(block, inside=tuple(_levelled(block.inside, last))) if block.inside else block
