"""Fact-checks and items that Meedan's Check exports as CSV.

Three shapes: the published fact-checks of several organisations (URL, Title, Summary, Organization, Country, Date published on
Check, First detected on), a workspace's fact-checks (ID, Title, Summary, URL, Language, Report Status, Imported?) and its items
(Claim, Item page URL, Status, ...). A fact-check's title is what its organisation says, in its own voice; what the checked
claim was, these exports do not hold. All cells are kept as they are under `extra`; a status is never read as a rating of ours.
"""

from __future__ import annotations

from collections.abc import Iterator

from ledger.errors import BadInput
from ledger.exchange import sheets
from ledger.exchange.rows import Row
from ledger.exchange.sheets import days, header
from ledger.exchange.sheets.cells import EPOCH, known
from ledger.records import Json

SHAPES = (
    {"url", "title", "summary", "organization", "date published on check"},
    {"id", "title", "summary", "url", "report status", "imported?"},
    {"claim", "item page url", "status"},
)


def looks_like(head: bytes, name: str) -> bool:
    return any(_ours(row) for row in sheets.beginning(head, name))


def rows(name: str, *, sheet: str | None = None) -> Iterator[Row]:
    """One claim a row."""
    for number, cells in sheets.records(name, _ours, sheet=sheet):
        try:
            yield Row(number, _line(cells))
        except BadInput as e:
            yield Row(number, e)


def _ours(row: list[str]) -> bool:
    return any(shape <= set(row) for shape in SHAPES)


def _line(cells: dict[str, str]) -> Json:
    given = {header.folded(name): known(cell) for name, cell in cells.items()}
    exact = given.get("claim") or given.get("title")
    if not exact:
        raise BadInput("a row without a claim or a title", hint="it is not imported")
    article = {
        "url": given.get("url") or given.get("item page url"),
        "title": given.get("title") or exact,
        "publisher": given.get("organization"),
        "published_at": _day(given.get("date published on check", "")),
        "language": given.get("language"),
    }
    extra = {name: str(cell) for name, cell in cells.items() if cell.strip()}
    return {"exact": exact, "article": {k: v for k, v in article.items() if v}, "extra": {"check": extra}}


def _day(text: str) -> str | None:
    return days.iso(text, None, EPOCH)[:10] if text else None
