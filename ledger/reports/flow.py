"""The page's blocks as lines of text, for the formats that are read as text: each with what stands before it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import NamedTuple, Protocol

from ledger.reports.blocks import Block, Run


class Line(NamedTuple):
    """A line of any length; broken in two, the second part stands behind `hang`. Empty text keeps two paragraphs apart."""

    text: str
    first: str = ""
    hang: str = ""

    def behind(self, first: str, hang: str) -> Line:
        """The line inside something that puts more before it."""
        return Line(self.text, first + self.first, hang + self.hang)


class Setting(Protocol):
    """How a format writes what stands on a line."""

    quote: str
    """What stands before each line of a quotation."""
    broken: str
    """What stands at the end of a line that is broken on purpose."""
    strong: str
    """What stands on both sides of bold text."""
    boxes: frozenset[str]
    """Looks of boxes that are set as quotations."""

    def runs(self, runs: Sequence[Run], *, spelt: bool) -> str:
        """Words with their looks; `spelt` where addresses are written out."""

    def heading(self, block: Block) -> Iterator[Line]:
        """The lines of a heading."""


def aside(r: Run) -> bool:
    """True for words that the page sets smaller, beside others."""
    return bool({"tag", "small"} & {*r.marks})


def flow(found: Iterable[Block], s: Setting, *, spelt: bool = False) -> Iterator[Line]:
    """The lines of these blocks; what says where and when a page is of stands behind its title, pictures are left out."""
    held: list[Block] = []
    for b in _with_words(list(found)):
        if b.kind == "paragraph" and "eyebrow" in b.looks:
            held.append(b)
            continue
        yield from _lines(b, s, spelt=spelt)
        if b.kind == "heading":
            yield from (line for e in held for line in _paragraph(e, s, spelt=spelt))
            held = []
    yield from (line for e in held for line in _paragraph(e, s, spelt=spelt))


def _with_words(found: list[Block]) -> Iterator[Block]:
    """The blocks without headings under which there is nothing but a picture, which is left out."""
    for n, b in enumerate(found):
        behind = found[n + 1 : n + 3]
        alone = b.kind == "heading" and behind[:1] and behind[0].kind == "figure" and pictured(behind[0])
        if not (alone and (len(behind) == 1 or behind[1].kind == "heading")):
            yield b


def _lines(b: Block, s: Setting, *, spelt: bool) -> Iterator[Line]:
    match b.kind:
        case "heading":
            yield Line("")
            yield from s.heading(b)
            yield Line("")
        case "paragraph" if b.runs and all(r.to == "#method" for r in b.runs):
            return  # a link that leads nowhere here
        case "paragraph" | "term":
            yield from _paragraph(b, s, spelt=spelt)
        case "list":
            yield from _list(b, s, spelt=spelt)
            yield Line("")
        case "table":
            rows = [row for row in b.inside if not all("head" in cell.looks for cell in row.inside)]
            yield from (line for row in rows for line in _hung(row, s, "- ", spelt=True))
            yield Line("")
        case "verbatim":
            yield from (Line(line, "    ", "    ") for run in b.runs for line in run.text.splitlines())
            yield Line("")
        case "quote":
            yield from (line.behind(s.quote, s.quote) for line in _closed(flow(b.inside, s, spelt=spelt)))
            yield Line("")
        case "box" if s.boxes & {*b.looks}:
            yield from (line.behind(s.quote, s.quote) for line in _closed(flow(b.inside, s, spelt=spelt)))
            yield Line("")
        case "figure" if pictured(b):
            return  # its words are for who sees it; the lists beside it say the same
        case _:
            yield from flow(b.inside, s, spelt=spelt)


def pictured(b: Block) -> bool:
    """True for a picture, and for a figure with one in it."""
    return b.kind == "picture" or any(map(pictured, b.inside))


def _paragraph(b: Block, s: Setting, *, spelt: bool) -> Iterator[Line]:
    """A paragraph, a line for each that it was broken into."""
    rows: list[list[Run]] = [[]]
    for run in b.runs:
        if "br" in run.marks:
            rows.append([])
        else:
            rows[-1].append(run)
    strong = s.strong if b.kind == "term" or STRONG & {*b.looks} else ""
    *most, last = [f"{strong}{s.runs(row, spelt=spelt)}{strong}" for row in rows if row] or [""]
    yield from (Line(row + s.broken) for row in most)
    yield Line(last)
    yield Line("")


STRONG = frozenset({"value", "big", "banner", "axis", "term"})
"""Looks of paragraphs that are set in bold."""


def _list(b: Block, s: Setting, *, spelt: bool) -> Iterator[Line]:
    if "key" in b.looks:
        return
    if "chain" in b.looks:  # one line: who published it, whom that quotes
        yield Line(" → ".join(s.runs(p.runs, spelt=spelt) for item in b.inside for p in item.inside))
        return
    for n, item in enumerate(b.inside, 1):
        mark = f"{n}. " if "numbered" in b.looks else "- "
        yield from _hung(item, s, mark, spelt=spelt or "articles" in b.looks)


def _hung(item: Block, s: Setting, mark: str, *, spelt: bool) -> Iterator[Line]:
    """The lines of an item or a row behind its mark, without room between them."""
    lines = [line for line in flow(item.inside, s, spelt=spelt) if line.text]
    for n, line in enumerate(lines):
        yield line.behind(mark if n == 0 else " " * len(mark), " " * len(mark))


def _closed(lines: Iterable[Line]) -> list[Line]:
    """Without empty lines at the ends, nor two in a row."""
    found = list(lines)
    while found and not found[-1].text:
        found.pop()
    while found and not found[0].text:
        found.pop(0)
    return [line for n, line in enumerate(found) if line.text or found[n - 1].text]


def written(found: Iterable[Block], s: Setting) -> list[Line]:
    """All lines of a page or of a part of one."""
    return _closed(flow(found, s))
