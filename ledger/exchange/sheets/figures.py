"""Figures as sheets write them: which of point and comma is the decimal mark is told by the whole sheet, or asked for."""

from __future__ import annotations

import re

from ledger.errors import BadInput
from ledger.exchange.sheets.cells import Exact

SPACES = "\u00a0\u202f\u2009 "
GROUPED = re.compile(rf"(?<![\w.,])(\d{{1,3}}(?:[{SPACES}'’]\d{{3}})+)(?![\d])([.,]\d+)?")
"""Thousands set apart by spaces or apostrophes: 1 234, 1’234.50."""
MARKED = re.compile(r"(?<![\w.,])\d+(?:[.,]\d+)+(?![\w]|[.,]\d)")
THREES = re.compile(r"\d{1,3}(?:(?P<mark>[.,])\d{3})(?:(?P=mark)\d{3})*")
NUMBER = re.compile(r"\d{1,3}(?:\.\d{3})+(?:,\d+)?|\d{1,3}(?:,\d{3})+(?:\.\d+)?|\d+[.,]\d+")
HINT = 'say it: --map "auto, decimal=comma" or --map "auto, decimal=point"'


class Marks:
    """What the cells of the figures tell of the decimal mark."""

    def __init__(self, *, local: str | None = None) -> None:
        """`local` is the decimal mark that the rest of the sheet hints at; it settles what figures leave open."""
        self.local = local
        self.comma: str | None = None
        self.point: str | None = None
        self.open: str | None = None

    def see(self, cell: str) -> None:
        if isinstance(cell, Exact):
            return
        for number in (m[0] for m in MARKED.finditer(cell) if NUMBER.fullmatch(m[0])):
            told = _told(number)
            if told == ",":
                self.comma = number
            elif told == ".":
                self.point = number
            elif self.open is None:
                self.open = number

    def decimal(self) -> str | None:
        """The decimal mark; None where no cell needs it, BadInput where the cells do not tell."""
        if self.comma and self.point:
            raise BadInput(f"{self.comma} and {self.point}: the figures have two decimal marks", hint=HINT)
        if self.comma or self.point:
            return "," if self.comma else "."
        if self.open is None or (self.local and self.local not in self.open):
            return self.local if self.open else None
        if self.local is None and "," in self.open:
            return "."  # three digits behind a comma are thousands in every sheet that is not cut by semicolons
        whole, part = re.sub("[.,]", "", self.open), self.open.replace(",", ".")
        raise BadInput(f"{self.open}: is it {whole} or {part}? no other figure tells", hint=HINT)


def _told(number: str) -> str | None:
    """The decimal mark that a number shows by itself; None where it could be either."""
    marks = [c for c in number if c in ".,"]
    if len(set(marks)) == 2:
        return marks[-1]
    if len(marks) > 1:
        return "." if marks[0] == "," else ","
    if THREES.fullmatch(number) and not number.startswith("0"):
        return None
    return marks[0]


def plain(cell: str, decimal: str | None) -> str:
    """The words of a figure with its numbers as our grammar reads them: 1234.5."""
    if isinstance(cell, Exact):
        return str(cell)
    return EITHER.sub(lambda m: _grouped(m[1], m[2]) if m[1] else _number(m[0], decimal or "."), cell.strip())


EITHER = re.compile(f"{GROUPED.pattern}|{MARKED.pattern}")


def _grouped(whole: str, part: str | None) -> str:
    return re.sub(r"\D", "", whole) + (f".{part[1:]}" if part else "")


def _number(number: str, decimal: str) -> str:
    if not NUMBER.fullmatch(number):
        return number
    whole, _, part = number.rpartition(decimal) if decimal in number else (number, "", "")
    digits = re.sub(r"\D", "", whole)
    return f"{digits}.{part}" if part else digits
