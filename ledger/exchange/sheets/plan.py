"""How one sheet is imported: told by the file and by a person, shown before anything is logged, then carried out."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from collections.abc import Mapping as Map
from itertools import islice

from msgspec import Struct

from ledger.errors import BadInput
from ledger.exchange import flat
from ledger.exchange.rows import Row
from ledger.exchange.sheets import days, header, mapping
from ledger.exchange.sheets.cells import Line, Table, known, letter
from ledger.exchange.sheets.fields import FIGURES, TIMES, guess
from ledger.exchange.sheets.figures import Marks
from ledger.exchange.sheets.lines import CellRules, Column, line_of
from ledger.records import Json, replace
from ledger.text.formulas import restored

SAMPLE = 200
"""Rows below the header by which columns are guessed."""


class Plan(Struct, frozen=True):
    """What will be done with a sheet."""

    table: Table
    header: int
    columns: tuple[Column, ...]
    mapping: mapping.Mapping
    doubts: tuple[str, ...] = ()
    """Why the guess is not good enough to go by without being asked for."""
    warnings: tuple[str, ...] = ()
    asked: BadInput | None = None
    """What of its days or figures can be read two ways."""
    ours: bool = False
    """The sheet is our own export: its rows come back as they were."""

    @property
    def headers(self) -> list[str]:
        return [column.header for column in self.columns]

    def check(self) -> None:
        """BadInput where a cell can be read two ways, or the guess is in doubt and nobody said that it is to be taken."""
        if self.asked:
            raise self.asked
        if self.doubts and not self.mapping.auto:
            raise BadInput(
                f"{self.table.name}: " + "; ".join(self.doubts),
                hint='look at it with --dry-run; then take it with --map auto, or correct it: --map "auto, HEADER=FIELD"',
            )

    def rows(self) -> Iterator[Row]:
        """The rows below the header as lines of our import format; blank ones are left out."""
        reading = CellRules(self.columns, self.mapping, self.table.epoch)
        with self.table.lines() as lines:
            for line in filled(lines, self._fill(), after=self.header):
                if any(cell.strip() for cell in line.cells):
                    yield self._row(line, reading)

    def _row(self, line: Line, reading: CellRules) -> Row:
        try:
            if self.ours:
                cells = dict(zip(self.headers, line.cells, strict=False))
                row = {name: restored(str(cell)) for name, cell in cells.items()}
                return Row(line.number, _line_or_why(row), back=flat.returned(row))
            data, notes = line_of(line.cells, reading)
            return Row(line.number, data, notes)
        except BadInput as e:
            return Row(line.number, e)

    def _fill(self) -> list[int]:
        return [n for n, name in enumerate(self.headers) if name in self.mapping.fill_down]


def _line_or_why(row: dict[str, str]) -> Json | BadInput:
    """A row of our own as a new claim would be logged from it."""
    try:
        return flat.unflat(row)
    except BadInput as e:
        return e


def filled(lines: Iterator[Line], columns: Sequence[int], *, after: int) -> Iterator[Line]:
    """The rows after the header, blank cells of these columns filled with what stands above them."""
    above: dict[int, str] = {}
    for line in lines:
        if line.number <= after:
            continue
        if columns and any(cell.strip() for cell in line.cells):
            line.cells.extend([""] * (max(columns) + 1 - len(line.cells)))
            for n in columns:
                line.cells[n] = line.cells[n] if line.cells[n].strip() else above.get(n, "")
                above[n] = line.cells[n]
        yield line


# --- making one ---------------------------------------------------------------------------------------------------


def make(table: Table, said: mapping.Mapping) -> Plan:
    """The plan for a table; BadInput where it has no header, or no column for the claim."""
    top, values = _top(table, said)
    headers = header.names(top.cells, len(values))
    if not said.columns and flat.is_ours(headers):
        columns = tuple(Column(n, name, name) for n, name in enumerate(headers))
        return Plan(table, top.number, columns, said, ours=True)
    columns, doubts = _columns(table, headers, values, said)
    warnings = tuple(_addresses(columns, values))
    said = replace(said, columns={c.header: c.field for c in columns if c.field})
    try:
        return Plan(table, top.number, columns, _told(table, top.number, columns, said), doubts, warnings)
    except BadInput as e:
        return Plan(table, top.number, columns, said, doubts, warnings, asked=e)


def _top(table: Table, said: mapping.Mapping) -> tuple[Line, list[list[str]]]:
    """The header, and what is known of the first cells of each column."""
    with table.lines() as lines:
        first = list(islice(lines, max(SAMPLE, said.header or 0)))
        top = header.find(first, said.header)
        below = [line for line in first if line.number > top.number]
    width = max((len(line.cells) for line in [top, *below]), default=0)
    cells = ([known(line.cells[n]) for line in below if n < len(line.cells)] for n in range(width))
    return top, [[cell for cell in column if cell] for column in cells]


def _columns(
    table: Table, headers: list[str], values: list[list[str]], said: mapping.Mapping
) -> tuple[tuple[Column, ...], tuple[str, ...]]:
    fields = _said(headers, said)
    guessing = said.auto or not said.columns
    doubts: list[str] = []
    if guessing:
        for g in guess(headers, values):
            if g.column not in fields and g.field is not None and g.field not in fields.values():
                fields[g.column] = g.field
                doubts += [f'the column "{headers[g.column]}": {g.doubt}'] if g.doubt else []
    columns = tuple(
        Column(n, name, fields.get(n), next(iter(values[n]), "") if n < len(values) else "")
        for n, name in enumerate(headers)
    )
    have = {*fields.values(), *said.constants}
    if "exact" not in have:
        raise _no_claim(table.name, headers)
    if guessing and not have & {"article.url", "article.title", "article.publisher", "article.file", "cite"}:
        doubts.append("no column says which article the claims stand in")
    return columns, tuple(doubts)


MAIL = re.compile(r"[^@\s]+@[^@\s]+\.[^@\s]+")


def _addresses(columns: Sequence[Column], values: Sequence[Sequence[str]]) -> Iterator[str]:
    """Warns of columns of e-mail addresses, whoever's they are."""
    for column in columns:
        cells = values[column.place] if column.place < len(values) else ()
        if column.field != "-" and cells and sum(bool(MAIL.fullmatch(c)) for c in cells) * 2 > len(cells):
            name = column.header
            yield f'the column "{name}" holds e-mail addresses, and the log never forgets; without it: --map "auto, {name}=-"'


def _said(headers: Sequence[str], said: mapping.Mapping) -> dict[int, str]:
    """The fields that were said, by column; a column is named by its header, or by its letter."""
    places = {" ".join(name.split()).casefold(): n for n, name in reversed(list(enumerate(headers)))}
    letters = {f"column {letter(n)}".casefold(): n for n in range(len(headers))}
    found: dict[int, str] = {}
    for name in (*said.columns, *said.fill_down):
        at = (letters | places).get(" ".join(name.split()).casefold())
        if at is None:
            raise BadInput(f"there is no column {name!r}", hint="the headers are: " + ", ".join(headers))
        if name in said.columns:
            found[at] = said.columns[name]
    return found


def _no_claim(name: str, headers: Sequence[str]) -> BadInput:
    shown = ", ".join(headers[:40]) + (", …" if len(headers) > 40 else "")
    return BadInput(
        f"{name} has no column that holds what was claimed; its headers are: {shown}",
        hint='say which it is: --map "auto, HEADER=exact"; if this is not its header, --map "auto, header=ROW"',
    )


def _told(table: Table, top: int, columns: Sequence[Column], said: mapping.Mapping) -> mapping.Mapping:
    """What was said, completed by what all rows tell of days and figures."""
    orders = {c.place: days.Order() for c in columns if c.field in TIMES and not said.dates}
    numbers = [c.place for c in columns if c.field in FIGURES and not said.decimal]
    marks = Marks(local="," if ";" in _delimiter(table) else None)
    if orders or numbers:
        with table.lines() as lines:
            for line in lines:
                if line.number > top:
                    _see(line, orders, numbers, marks)
    order = said.dates or _order({columns[n].header: o for n, o in orders.items()})
    if order == "dmy" and marks.local is None and any(o.points for o in orders.values()):
        marks.local = ","
    decimal = said.decimal or {",": "comma", ".": "point"}.get(marks.decimal() or "")
    return replace(said, dates=order, decimal=decimal)


def _delimiter(table: Table) -> str:
    dialect = getattr(table, "dialect", None)
    return dialect.delimiter if dialect else ""


def _see(line: Line, orders: Map[int, days.Order], numbers: Sequence[int], marks: Marks) -> None:
    for n, order in orders.items():
        if n < len(line.cells):
            order.see(line.cells[n].strip() if type(line.cells[n]) is str else line.cells[n])
    for n in numbers:
        if n < len(line.cells):
            marks.see(line.cells[n])


def _order(orders: Map[str, days.Order]) -> str | None:
    """The order that the columns agree on: one that tells speaks for one that does not."""
    told = {order.clear for order in orders.values()} - {None}
    if len(told) == 1 and not any(order.torn for order in orders.values()):
        return told.pop()
    for name, order in orders.items():
        order.told(name)
    return told.pop() if len(told) == 1 else None
