"""A report as plain text of 80 columns, for pasting into a mail: the page's words.

Control characters are written out; an address is kept whole, on a line of its own.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from unicodedata import east_asian_width

from ledger.reports import Look, blocks, html
from ledger.reports.blocks import Block, Run
from ledger.reports.flow import Line, aside, written
from ledger.reports.report import Report
from ledger.text import visible

WIDTH = 80


def write(report: Report, look: Look) -> bytes:
    """The report as UTF-8 text."""
    page = blocks.blocks(html.write(report, look).decode())
    lines = (
        row.rstrip() for line in written(page.blocks, Letter()) for row in filled(line.text, line.first, line.hang)
    )
    return ("\n".join(lines).strip("\n") + "\n").encode("utf-8", "replace")


class Letter:
    """How the page's looks are written in a letter."""

    quote, broken, strong = "    ", "", ""
    boxes: frozenset[str] = frozenset()

    def runs(self, runs: Sequence[Run], *, spelt: bool) -> str:
        said = "".join(f"({r.text})" if aside(r) else r.text for r in runs)
        addresses = dict.fromkeys(r.to.partition("#:~:")[0] for r in runs if spelt and r.to.startswith("http"))
        return " ".join([said, *addresses])

    def heading(self, block: Block) -> Iterator[Line]:
        lines = list(filled(self.runs(block.runs, spelt=False)))
        yield from map(Line, lines)
        if block.level < 3:
            yield Line(("=" if block.level == 1 else "-") * max(map(_wide, lines)))


def filled(text: str, first: str = "", hang: str | None = None) -> Iterator[str]:
    """The text in lines of at most 80 columns, unless a word is wider; `first` and `hang` are put before the lines."""
    line, indent, empty = first, first if hang is None else hang, True
    words = "".join(blocks.around_marks(" ".join(text.split()))[::2])  # a line may end before a mark is closed
    for word in visible(words).replace(" %", "\u00a0%").split(" "):
        own = word.startswith(("http://", "https://"))
        if not empty and (own or _wide(line) + 1 + _wide(word) > WIDTH):
            yield line
            line, empty = indent, True
        line, empty = (line + word if empty else f"{line} {word}"), False
        if own:
            yield line
            line, empty = indent, True
    if not empty:
        yield line


def _wide(text: str) -> int:
    """The columns that the text takes on a terminal."""
    return sum(2 if east_asian_width(c) in "WF" else 1 for c in text)
