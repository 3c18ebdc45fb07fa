"""A table as its file holds it: rows of cells with the numbers that a person sees beside them."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import AbstractContextManager
from datetime import date
from typing import NamedTuple, Protocol, Self

from ledger.errors import BadInput

EPOCH = date(1899, 12, 30)
COLUMNS_LIMIT = 16_384
"""Columns of the widest sheet that spreadsheet programs make."""
"""Day 0 of spreadsheets; workbooks from old Macintoshes count from 1904."""


class Exact(str):
    """A cell that the file itself types: its text is in no local form. Numbers are plain, days ISO 8601."""

    __slots__ = ()


class Unknown(Exact):
    """A formula whose value the file does not hold."""

    __slots__ = ()


class Linked(str):
    """A cell whose text is a link to an address."""

    __slots__ = ("address",)

    def __new__(cls, text: str, address: str) -> Self:
        made = super().__new__(cls, text)
        made.address = address
        return made

    address: str


class Line(NamedTuple):
    """One row; `number` counts from 1 as a spreadsheet does, blank rows too."""

    number: int
    cells: list[str]


def line(number: int, cells: list[str]) -> Line:
    """A row as it was read; BadInput where it is wider than any sheet."""
    if len(cells) > COLUMNS_LIMIT:
        raise BadInput(f"row {number} has {len(cells):,} cells; a sheet has {COLUMNS_LIMIT:,} columns at most")
    return Line(number, cells)


class Table(Protocol):
    """A table that can be gone through more than once, without being held in memory."""

    @property
    def name(self) -> str: ...

    @property
    def epoch(self) -> date: ...

    @property
    def detail(self) -> str:
        """How it was read, for a person: the encoding and the delimiter, or the sheet."""

    def lines(self) -> AbstractContextManager[Iterator[Line]]: ...


ERRORS = re.compile(r"#(?:REF!|DIV/0!|VALUE!|NAME\?|NUM!|NULL!|N/A)")
BLANKS = frozenset(["", "-", "–", "—", "?", "n/a", "n.a.", "na", "tbc", "tbd", "unknown", "unbekannt", "k.a.", "s/o"])
"""What people write where they know nothing."""


def known(cell: str) -> str:
    """The cell without the space around it; "" where it says that nothing is known."""
    text = cell.strip()
    return "" if text.casefold() in BLANKS or ERRORS.fullmatch(text) else text


def letter(column: int) -> str:
    """A column's name, from 0: A, B, ... Z, AA."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name
