"""Which row of a sheet is its header, and one name for each of its columns."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from ledger.errors import BadInput
from ledger.exchange.sheets.cells import Line, letter
from ledger.exchange.sheets.fields import listed_as, named, near_claim

REACH = 30
"""Rows from the first one with anything in it among which a header is looked for."""


def find(lines: Sequence[Line], given: int | None = None) -> Line:
    """The header: the row asked for, else the one with most known names, else the first that is as long as most rows."""
    if given is not None:
        found = next((line for line in lines if line.number == given), None)
        if found is None or not any(cell.strip() for cell in found.cells):
            raise BadInput(f"row {given} is not a header: nothing stands in it")
        return found
    filled = [line for line in lines if any(cell.strip() for cell in line.cells)][:REACH]
    if not filled:
        raise BadInput("there is nothing in the table")
    best = max(filled, key=lambda line: (_told(line.cells), -line.number))
    if _told(best.cells) > 1 or (_told(best.cells) == 1 and _full(best.cells) == 1):
        return best
    usual = Counter(_full(line.cells) for line in filled).most_common(1)[0][0]
    return next(line for line in filled if _full(line.cells) >= min(usual, max(2, usual // 2)))


def _full(cells: Sequence[str]) -> int:
    return sum(bool(cell.strip()) for cell in cells)


def _told(cells: Sequence[str]) -> int:
    """How many different fields the cells name; what is longer than a header names none."""
    short = (cell for cell in cells if len(cell) < 60)
    return len({named(cell) or ("source" if listed_as(cell, "sources") else None) for cell in short} - {None})


def names(cells: Sequence[str], width: int) -> list[str]:
    """A name for each column: its header in one line; its letter where it has none, a number behind one that came before."""
    made: list[str] = []
    for n in range(max(width, len(cells))):
        shown = " ".join((cells[n] if n < len(cells) else "").replace("\ufeff", "").split())
        name = wanted = shown or f"column {letter(n)}"
        times = 1
        while name in made:
            times += 1
            name = f"{wanted} ({times})"
        made.append(name)
    return made


def holds_claims(cells: Sequence[str]) -> int:
    """2 where a row is the header of claims by a name in it, 1 where it may be one, else 0."""
    short = [cell for cell in cells if len(cell) < 60]
    return 2 if any(named(cell) == "exact" for cell in short) else int(any(near_claim(cell) for cell in short))


def folded(cell: str) -> str:
    """A header's cell as the header of a known format is compared."""
    return " ".join(cell.replace("\ufeff", "").split()).casefold()
