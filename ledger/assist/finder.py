"""The statements of a text as the rules find them, joined with what a learned model and a language model find."""

from __future__ import annotations

from collections.abc import Iterable
from typing import TYPE_CHECKING

from msgspec import Struct, field

from ledger import suggest
from ledger.assist import Aided
from ledger.records import Found, Hop, replace
from ledger.vocabulary import Role

if TYPE_CHECKING:
    from ledger.assist.model import Model
    from ledger.assist.server import Server


class Finder(Struct):
    """Finds statements by rule, then with a learned model, then with a language model; `problems` are reported, not raised."""

    model: Model | None = None
    server: Server | None = None
    problems: list[str] = field(default_factory=list)
    """One line for each text for which the language model did not answer in full."""

    def __call__(self, text: str, published: str | None = None) -> list[Aided]:
        aided = [Aided(found) for found in suggest.find(text, published)]
        if self.model:
            from ledger.assist import tagging

            aided = tagging.improved(text, aided, self.model, published)
        return self._asked(text, published, aided) if self.server else aided

    def _asked(self, text: str, published: str | None, local: list[Aided]) -> list[Aided]:
        from ledger.assist import llm

        assert self.server  # noqa: S101
        asked = llm.suggest(self.server, text, published)
        if asked.problem:
            self.problems.append(asked.problem)
        return merged(local, asked.aided)


SAME = 0.8
"""Two stretches are the same statement if they share this much of their joint length."""


def merged(local: Iterable[Aided], asked: Iterable[Aided]) -> list[Aided]:
    """Both in the order of the text; where both have a statement the local one stays, and gets a chain if it has none."""
    rows = list(local)
    for other in asked:
        same = [n for n, row in enumerate(rows) if _same(row.found, other.found)]
        if not same:
            rows.append(other)
            continue
        best = max(same, key=lambda n: _shared(rows[n].found, other.found))
        rows[best] = _with_chain(rows[best], other)
    return sorted(rows, key=lambda a: (a.found.start, a.found.end))


def _same(a: Found, b: Found) -> bool:
    return _shared(a, b) >= SAME


def _shared(a: Found, b: Found) -> float:
    """The share of the two statements, from first to last character, that both cover."""
    both = min(a.end, b.end) - max(a.start, b.start)
    return max(0, both) / (max(a.end, b.end) - min(a.start, b.start))


def _with_chain(mine: Aided, other: Aided) -> Aided:
    if mine.found.attribution or not _named(other.found.attribution):
        return mine
    changed = replace(mine.found, attribution=other.found.attribution, mode=other.found.mode)
    return Aided(changed, other.made_by, other.kept)


def _named(chain: tuple[Hop, ...]) -> bool:
    return any(m.role is Role.ORIGIN and m.text for m in chain)
