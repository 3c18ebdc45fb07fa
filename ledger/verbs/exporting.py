"""Writing records for others: a file of any known format, whole or not at all, or a stream of bytes."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

from msgspec import Struct

from ledger import changes, exchange
from ledger.capture import canonical_url
from ledger.errors import BadInput
from ledger.records import no_collector
from ledger.store import Ledger, files, read
from ledger.vocabulary import Letter

SINGLE = ("claimreview", "annotations")
"""Formats that take single claims."""


class ExportRecords(Struct, frozen=True, kw_only=True):
    """What is written, ids as a person gives them; `exchange.Selection` says what each option is for."""

    format: str
    question: str | None = None
    claims: tuple[str, ...] = ()
    full_text: bool = False
    bom: bool = False
    reviewer: str | None = None
    reviewer_url: str | None = None
    base_url: str | None = None
    title: str | None = None
    license: str | None = None
    tell: Callable[[str], None] | None = None


def embargoed(ledger: Ledger, request: ExportRecords) -> list[str]:
    """A sentence for each claim or question under embargo that would be written."""
    from ledger import publishing

    if request.question is None and not request.claims:
        return publishing.embargoed(ledger)
    asked = () if request.question is None else publishing.subject(ledger, request.question).claims
    return publishing.embargoed(ledger, {*request.claims, request.question, *(claim.id for claim in asked)})


def export(ledger: Ledger, request: ExportRecords, path: Path) -> int:
    """Writes the whole file or none; gives its size in bytes."""
    place = Path(ledger.place)
    if path.exists() and place.exists() and path.samefile(place):
        raise BadInput(f"{path} is the ledger itself", hint="name another file; nothing was changed")
    known = exchange.EXPORTS.get(request.format)
    with no_collector():
        if known is None or not known.file:
            with files.whole_file(path) as f:
                return sum(f.write(chunk) for chunk in stream(ledger, request))
        return _file(ledger, request, path)


def stream(ledger: Ledger, request: ExportRecords) -> Iterator[bytes]:
    """The bytes, piece by piece, of a format that needs no file."""
    known = exchange.EXPORTS.get(request.format)
    if known is not None and known.file:
        raise BadInput(f"{request.format} needs a file", hint="name it: -o FILE")
    with no_collector():
        yield from exchange.chunks(ledger, request.format, _selection(ledger, request))


def _file(ledger: Ledger, request: ExportRecords, path: Path) -> int:
    selection = _selection(ledger, request)
    with files.neighbour(path) as place:
        exchange.write_file(ledger, request.format, selection, place)
        files.sync_file(place)
        second = exchange.beside(ledger, request.format, selection, path)
        size = place.stat().st_size
        files.put_over(place, path)
    if second is not None and not files.flows(path):
        files.replace_file(*second)
    return size


def _selection(ledger: Ledger, request: ExportRecords) -> exchange.Selection:
    """The request with its ids looked up; refused where an option is not for this format."""
    name = request.format
    if request.claims and name not in SINGLE:
        raise BadInput(f"--claim goes with {' and '.join(SINGLE)}", hint="a question's claims: --question Q1")
    of_reviews = {"reviewer": request.reviewer, "reviewer_url": request.reviewer_url, "base_url": request.base_url}
    stray = next((f"--{n.replace('_', '-')}" for n, value in of_reviews.items() if value is not None), None)
    if stray and name != "claimreview":
        raise BadInput(f"{stray} goes with --format claimreview, not with {name}")
    if request.reviewer_url is not None and request.reviewer is None:
        raise BadInput("whose address is it?", hint='--reviewer "Example Desk"')
    for url in (request.reviewer_url, request.base_url):
        if url is not None:
            canonical_url(url)
    return exchange.Selection(
        question=read.thing(ledger, request.question).uid if request.question else None,
        claims=tuple(changes.standing(ledger, c, Letter.CLAIM).uid for c in request.claims),
        full_text=request.full_text, bom=request.bom, title=request.title, license=request.license, tell=request.tell,
        **of_reviews,
    )  # fmt: skip
