"""What each party to the matter says: its figures, and what it answered when it was asked."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger.crossref.origins import Family
from ledger.crossref.study import Study
from ledger.records import Party, Request
from ledger.reports.report import Position, Row
from ledger.store import Ledger, read


def positions(ledger: Ledger, found: Study, rows: Iterable[Row], requests: Iterable[Request]) -> Iterator[Position]:
    """The parties that speak, then those that were marked as parties and of whom no word was logged."""
    rows, requests = list(rows), list(requests)
    marked = [p for p in read.parties(ledger) if p.party and p.question in (None, found.question.id)]
    heard: set[str] = set()
    for family in found.traced.families:
        ids = _sources(found, family)
        heard |= ids
        if family.party:
            yield _speaks(family, [r for r in rows if r.name == family.name and r.party], ids, requests, marked)
    for party in marked:
        if party.question == found.question.id and party.source_id not in heard:
            heard.add(party.source_id)
            name = read.source(ledger, party.source_id).name
            asked = tuple(r for r in requests if r.source == name)
            yield Position(name, party.side, party.because, (), (), asked)


def _sources(found: Study, family: Family) -> set[str]:
    """The ids of the sources in whose name this family speaks: the innermost hops of its claims, else the outlets."""
    ids: set[str] = set()
    for name in family.claims:
        claim = found.claim(name)
        innermost = claim.attribution[-1].known_by if claim.attribution else claim.publisher_id
        ids |= {innermost} if innermost else set()
    return ids


def _speaks(family: Family, rows: list[Row], ids: set[str], requests: list[Request], marked: list[Party]) -> Position:
    because = next((p.because for p in marked if p.source_id in ids and p.because), None)
    asked = tuple(r for r in requests if r.source == family.name)
    said = tuple(dict.fromkeys(r.words for r in rows if r.words != "in words only"))
    return Position(family.name, family.side, because, said, family.claims, asked)
