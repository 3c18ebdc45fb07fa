"""A report as Markdown: the page's words, for editors' systems and for reading as plain text.

Whatever comes from articles or people is escaped, so that no name or quote can make a heading, a link or an HTML tag.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator, Sequence
from functools import cache
from itertools import groupby

from ledger.reports import Look, blocks, html
from ledger.reports.blocks import Block, Run
from ledger.reports.flow import Line, aside, written
from ledger.reports.report import Report
from ledger.text import visible


def write(report: Report, look: Look) -> bytes:
    """The report as UTF-8 Markdown."""
    return text(blocks.blocks(html.write(report, look).decode()).blocks).encode("utf-8", "xmlcharrefreplace")


def text(found: Iterable[Block], link: Callable[[str, str], str] | None = None) -> str:
    """Blocks of the page as Markdown, from the highest heading; `link` writes words that lead to a place on the page."""
    found = list(found)
    top = min((b.level for b in _headings(found)), default=1)
    lines = written(found, Markdown(link or (lambda _, words: words), top))
    return "\n".join(f"{x.first}{x.text}" if x.text else x.first.rstrip() for x in lines) + "\n"


def _headings(found: Iterable[Block]) -> Iterator[Block]:
    for b in found:
        if b.kind == "heading":
            yield b
        yield from _headings(b.inside)


class Markdown:
    """How the page's looks are written in Markdown."""

    quote, broken, strong = "> ", "  ", "**"
    boxes = frozenset({"verdict", "correction", "banner"})

    def __init__(self, link: Callable[[str, str], str], top: int) -> None:
        self.link, self.top = link, top

    def runs(self, runs: Sequence[Run], *, spelt: bool) -> str:
        said = "".join(self._marked(mark, list(alike)) for mark, alike in groupby(runs, _mark)).strip()
        return LISTED.sub(r"\1\\\2", said) + "".join(_addresses(runs) if spelt else ())

    def _marked(self, mark: str, runs: Sequence[Run]) -> str:
        words = "".join(map(self._worded, runs))
        bare = words.strip()
        return (
            words.replace(bare, f"{mark}{bare}{mark}", 1) if mark and bare else words
        )  # a mark stands against the word

    def _worded(self, r: Run) -> str:
        words = self.link(r.to[1:], escaped(r.text)) if r.to.startswith("#") else escaped(r.text)
        return f"({words})" if aside(r) else words

    def heading(self, block: Block) -> Iterator[Line]:
        yield Line(f"{'#' * (block.level - self.top + 1)} {self.runs(block.runs, spelt=False)}")


MARKS = {"b": "**", "mark": "**", "grade": "**", "del": "~~", "code": "`", "hash": "`"}


def _mark(r: Run) -> str:
    return next((mark for look, mark in MARKS.items() if look in r.marks), "")


SAFE = re.compile(r"https?://[^\s<>\\\"'`|]+")


def _addresses(runs: Sequence[Run]) -> Iterator[str]:
    """The addresses that the words lead to, where none of their letters could act as markup."""
    for to in dict.fromkeys(r.to.partition("#:~:")[0] for r in runs if r.to.startswith("http")):
        if SAFE.fullmatch(to):
            yield f" <{to}>"


def plain(text: str | None) -> str:
    """Foreign text on one line, with every character escaped that Markdown or HTML would act on."""
    return LISTED.sub(r"\1\\\2", escaped(" ".join((text or "").split())))


def escaped(text: str) -> str:
    pieces = enumerate(blocks.around_marks(text))
    return "".join(p if i % 2 else _special().sub(r"\\\g<0>", visible(p)) for i, p in pieces)


LISTED = re.compile(r"^([0-9]+)([.)])(?=\s|$)")
"""A number that would begin a list."""


@cache
def _special() -> re.Pattern[str]:
    return re.compile(r"[\\`*_{}\[\]<>#|~&!^$]|%(?=%)|(?<=%)%|=(?==)|(?<==)=|^[-+=>]|(?<=:)(?=//)|(?<=[Ww]{3})(?=\.)")
