"""The rows of the tables in `store.listing`, with what cross-referencing says of questions and of the claims under them."""

from __future__ import annotations

from collections.abc import Iterator

from ledger.crossref.study import study
from ledger.exchange import Selection
from ledger.store import Ledger, listing
from ledger.store.listing import BY_NAME, TABLES, Cell

Row = tuple[str, dict[str, Cell]]
"""The name of a table, and a cell for each of its columns."""


def rows(ledger: Ledger, selection: Selection) -> Iterator[Row]:
    """Every row of every table, the claims first, each in the order of the ledger; filings stand behind their question."""
    with ledger.snapshot():
        for table in TABLES:
            if table.name == "questions":
                yield from _questions(ledger, selection)
            elif table.name != "filings":
                for row in listing.rows(ledger, table, question=selection.question):
                    yield table.name, row


def _questions(ledger: Ledger, selection: Selection) -> Iterator[Row]:
    for row in listing.rows(ledger, BY_NAME["questions"], question=selection.question):
        uid = str(row["uid"])
        found = study(ledger, uid)
        ids = {claim.id for claim in found.claims}
        yield (
            "questions",
            row
            | {
                "outlets": len(found.outlets(ids)),
                "sources_low": found.traced.low,
                "sources_high": found.traced.high,
            },
        )
        for filing in listing.rows(ledger, BY_NAME["filings"], question=uid):
            if (claim := str(filing["claim"])) in ids:
                family = found.family(claim)
                yield "filings", filing | {"origin": family.name, "origin_standing": family.standing.value}
