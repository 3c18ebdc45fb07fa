"""One row of a sheet as a line of our import format."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from decimal import Decimal

from msgspec import Struct

from ledger import quantity
from ledger.errors import BadInput
from ledger.exchange.sheets import days, figures
from ledger.exchange.sheets.cells import Exact, Linked, Unknown, known, letter
from ledger.exchange.sheets.fields import TIMES, URL
from ledger.exchange.sheets.mapping import DECIMALS, Mapping
from ledger.records import Json, plain
from ledger.vocabulary import Role


class Column(Struct, frozen=True):
    """A column, the field it holds, or None where it is kept by its header alone, and one of its cells."""

    place: int
    header: str
    field: str | None
    example: str = ""


class CellRules(Struct, frozen=True):
    """How the cells of a sheet are read."""

    columns: tuple[Column, ...]
    mapping: Mapping
    epoch: date

    @property
    def decimal(self) -> str | None:
        return DECIMALS.get(self.mapping.decimal or "")


Given = dict[str, list[str]]
"""Each field with what a row has for it."""


def line_of(cells: Sequence[str], reading: CellRules) -> tuple[Json, tuple[str, ...]]:
    """The line of a row with what is worth saying of it; BadInput where it has no claim, no article, or a cell that is none."""
    given: Given = {name: [value] for name, value in reading.mapping.constants.items() if name != "cite"}
    extra: Json = {}
    for column in reading.columns:
        cell = cells[column.place] if column.place < len(cells) else ""
        if column.field in (None, "extra"):
            _keep(extra, column.header, cell)
        elif column.field != "-" and (value := _value(column, cell, reading, extra)):
            given[column.field] = given.get(column.field, []) * (column.field == "via") + [value]
    if "exact" not in given:
        raise BadInput("no claim in this row" + _where("exact", reading), hint="a row without one is not imported")
    article = _article(given, reading)
    line = _claim(given) | {"article": article} | ({"extra": extra} if extra else {})
    return line, _figure_of(line, reading)


def _figure_of(line: Json, reading: CellRules) -> tuple[str, ...]:
    """Gives a bare number the words that the claim has around it; one that our grammar does not read stays under `extra`."""
    figure = line.get("quantity")
    if not isinstance(figure, str) or figure.casefold() == "none":
        return ()
    if BARE.fullmatch(figure):
        # "at least 9" in the claim and 9 in the cell: the hedge is the claim's, and is kept
        if same := next((q for q in quantity.find(line["exact"]) if figure in (q.low, q.high)), None):
            line["quantity"] = plain(same) | {"start": None, "end": None}
        return ()
    if quantity.find(figure):
        return ()
    column = next((c for c in reading.columns if c.field == "quantity"), None)
    name = column.header if column else "quantity"
    line.pop("quantity")
    line["extra"] = {name: figure} | line.get("extra", {})
    return (f'"{name}": no figure in {figure[:60]!r}; it is kept under extra',)


def _keep(extra: Json, name: str, cell: str) -> None:
    if cell.strip():
        extra[name] = str(cell)
    if isinstance(cell, Linked):
        extra[f"{name} (link)"] = cell.address


def _where(field: str, reading: CellRules) -> str:
    found = next((c for c in reading.columns if c.field == field), None)
    return f': column {letter(found.place)}, "{found.header}", is blank' if found else ""


# --- one cell -----------------------------------------------------------------------------------------------------


def _value(column: Column, cell: str, reading: CellRules, extra: Json) -> str:
    """What the cell says of its field; what of it does not fit goes to `extra`."""
    if isinstance(cell, Unknown):
        raise _at(
            column, BadInput("a formula without a value", hint="open the file in a spreadsheet program and save it")
        )
    text = known(cell)
    if column.field == "exact":
        return _words(cell)
    if column.field == "article.url":
        address = _address(text, cell)
        if text and address != text:
            extra[column.header] = text
        return address
    if isinstance(cell, Linked):
        extra[f"{column.header} (link)"] = cell.address
    if not text:
        return ""
    if read := READERS.get(column.field or ""):
        try:
            found = read(text if not isinstance(cell, Exact) else Exact(text), reading)
        except BadInput as e:
            raise _at(column, e) from None
        if found != text and column.field not in TIMES:
            extra[column.header] = text
        return found
    return _unformed(text)


def _at(column: Column, error: BadInput) -> BadInput:
    return BadInput(f'column {letter(column.place)}, "{column.header}": {error.message}', hint=error.hint)


def _words(cell: str) -> str:
    """The claim as it stands, without the space around it and the quotation marks that hold all of it."""
    text = _unformed(cell.strip())
    for first, last in ('""', "“”", "„“", "«»", "»«", "””"):
        inner = text[1:-1]
        if len(text) > 2 and text[0] == first and text[-1] == last and first not in inner and last not in inner:
            return inner.strip()
    return text


FORMULA = re.compile(r"'(?=[=+\-@＝＋－＠])")
"""The mark before a cell that a spreadsheet might run."""


def _unformed(text: str) -> str:
    return text[1:] if FORMULA.match(text) else text


def _address(text: str, cell: str) -> str:
    if isinstance(cell, Linked) and not URL.match(text):
        return cell.address
    bare = text.strip("<>")
    return f"https://{bare}" if HOST.match(bare) else bare


HOST = re.compile(r"(?:[a-z0-9-]+\.)+[a-z]{2,}(?:/\S*)?$", re.IGNORECASE)
"""An address as people type it, without its scheme."""


def _figure(text: str, reading: CellRules) -> str:
    """The figure as our grammar reads it; zeros before it are no part of a number, and the cell is kept beside it."""
    return re.sub(r"^(-?)0+(?=\d)", r"\1", figures.plain(text, reading.decimal))


def _day(text: str, reading: CellRules) -> str:
    return days.iso(text, reading.mapping.dates, reading.epoch)


READERS: dict[str, Callable[[str, CellRules], str]] = {
    "quantity": _figure, "low": _figure, "high": _figure, **dict.fromkeys(TIMES, _day),
}  # fmt: skip


# --- the line -----------------------------------------------------------------------------------------------------

PLAIN = (
    "exact", "says", "measure", "population", "counting", "event_time", "as_of", "place", "scope", "answer", "question",
    "cite", "key",
)  # fmt: skip
LIST = re.compile(r"\s*[;|,\n]\s*")


def _claim(given: Given) -> Json:
    line: Json = {name: given[name][-1] for name in PLAIN if name in given}
    if chain := _chain(given):
        line["attribution"] = chain
    if figure := _quantity(given):
        line["quantity"] = figure
    if "tags" in given:
        line["tags"] = [tag for tag in LIST.split(given["tags"][-1]) if tag]
    return line


def _chain(given: Given) -> list[Json]:
    """Relays, then the organisation, then who said it; without one who said it, the organisation did."""
    hops: list[Json] = [{"source": name, "role": Role.RELAY.value} for name in given.get("via", ())]
    names = [(given[f][-1], role) for f, role in (("of", Role.AFFILIATION), ("source", Role.ORIGIN)) if f in given]
    for n, (name, role) in enumerate(names):
        hops.append({"source": name, "role": (Role.ORIGIN if n == len(names) - 1 else role).value})
    if hops and not names:
        raise BadInput("the chain has relays and nobody who said it", hint='"unnamed sources" is one who said it')
    if hops and "cue" in given:
        hops[-1]["cue"] = given["cue"][-1]
    return hops


BARE = re.compile(r"-?\d+(?:\.\d+)?")


def _quantity(given: Given) -> str | Json | None:
    """The figure in words, or as bounds where the sheet has columns for them."""
    bounds: Json = {name: given[name][-1] for name in ("low", "high") if name in given}
    if bounds and "quantity" not in given:
        if wrong := [value for value in bounds.values() if not BARE.fullmatch(value)]:
            raise BadInput(f"not a number: {wrong[0]!r}", hint="a bound is digits alone")
        if len(bounds) == 2 and Decimal(bounds["low"]) > Decimal(bounds["high"]):
            raise BadInput(f"low is above high: {bounds['low']}, {bounds['high']}")
        modifier = "between" if len(bounds) == 2 and bounds["low"] != bounds["high"] else "exact"
        one_sided = {"low": "at_least", "high": "at_most"}
        unit = {"unit": given["unit"][-1]} if "unit" in given else {}
        return {**bounds, **unit, "modifier": one_sided[next(iter(bounds))] if len(bounds) == 1 else modifier}
    if "quantity" not in given:
        return None
    figure = given["quantity"][-1]
    return f"{figure} {given['unit'][-1]}" if "unit" in given and BARE.fullmatch(figure) else figure


def _article(given: Given, reading: CellRules) -> Json:
    """The article; where the sheet knows its outlet alone, the outlet and the day are what it is cited by."""
    article: Json = {name.removeprefix("article."): v[-1] for name, v in given.items() if name.startswith("article.")}
    if article.keys() & {"url", "title", "file"}:
        return article
    said = reading.mapping.constants.get("cite", "")
    outlet = [article[name] for name in ("publisher", "published_at") if name in article]
    cited = given.get("cite", [said])[-1] or (", ".join(outlet) if "publisher" in article else "")
    if not cited:
        raise BadInput(
            "nothing says which article this stands in" + _where("article.url", reading),
            hint='merged with the cell above? --map "auto, fill_down=HEADER"; in none? --map "auto, cite:=our interviews"',
        )
    return article | {"title": cited}
