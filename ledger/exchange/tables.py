"""Claims as a table: one row a claim, formula cells neutralised for spreadsheets."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable, Iterator

from ledger.exchange import Selection
from ledger.records import Claim, Json
from ledger.store import Ledger, read
from ledger.vocabulary import Role, TimeRole

COLUMNS = (
    "id", "article", "title", "publisher", "published_at", "exact", "says", "start", "end", "anchored", "cite", "origin",
    "chain", "figure", "low", "low_inclusive", "high", "high_inclusive", "modifier", "unit", "counts", "measure",
    "population", "event_time", "as_of", "place", "scope", "answer", "questions", "state", "check", "rating", "rated_by",
    "rating_because", "tags", "uid",
)  # fmt: skip

FORMULA = ("=", "+", "-", "@", "\t", "\r", "\x00", "'")
"""First characters that a spreadsheet may run (OWASP ASVS 1.2.10), and the mark that neutralises them."""


def neutral(cell: str) -> str:
    """The cell as text to any spreadsheet; `restored` gives it back."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell


def restored(cell: str) -> str:
    return cell[1:] if cell.startswith("'") and cell[1:].startswith(FORMULA) else cell


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """CSV (RFC 4180) in UTF-8, line by line."""
    yield ("\ufeff" if selection.bom else "").encode() + _csv(COLUMNS)
    for claim in read.claims(ledger, question=selection.question):
        row = flat(claim)
        yield _csv([neutral(_text(row[name])) for name in COLUMNS])


def _csv(cells: Iterable[str]) -> bytes:
    out = io.StringIO()
    csv.writer(out, lineterminator="\r\n").writerow(list(cells))
    return out.getvalue().encode("utf-8")


def _text(value: object) -> str:
    if value is None:
        return ""
    return {True: "yes", False: "no"}[value] if isinstance(value, bool) else str(value)


def flat(claim: Claim) -> Json:
    """One claim as one row; its first figure, its event time and its count's day stand in it."""
    figure = claim.quantities[0] if claim.quantities else None
    times = {t.role: t.text for t in reversed(claim.times)}
    chain = [h.source for h in claim.attribution]
    origin = next((h.source for h in reversed(claim.attribution) if h.role is Role.ORIGIN), claim.publisher)
    own = {name: getattr(claim, name) for name in COLUMNS if hasattr(claim, name)}
    of_figure = {name: getattr(figure, name) if figure else None for name in (
        "low", "low_inclusive", "high", "high_inclusive", "modifier", "unit", "counts", "measure", "population")}  # fmt: skip
    return own | of_figure | {
        "origin": origin, "chain": " > ".join(chain), "figure": figure.text if figure else None,
        "event_time": times.get(TimeRole.EVENT), "as_of": times.get(TimeRole.AS_OF),
        "place": claim.place.name if claim.place else None, "questions": ", ".join(claim.questions),
        "check": claim.check.value if claim.check else None, "rating": claim.rating.value if claim.rating else None,
        "rated_by": claim.rating.by if claim.rating else None,
        "rating_because": claim.rating.because if claim.rating else None, "tags": ", ".join(claim.tags),
    }  # fmt: skip
