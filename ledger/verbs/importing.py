"""Importing: claims from files of any known format, or the log of another ledger that this one is a part of."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING

from msgspec import Struct

from ledger.errors import BadInput
from ledger.exchange import claim_lines, ledger_lines
from ledger.exchange import rows as formats
from ledger.exchange.claim_lines import Outcome
from ledger.store import Writer
from ledger.verbs import guarding
from ledger.verbs.verb import verb

if TYPE_CHECKING:
    from ledger.exchange.sheets import Plan


class Given(Struct, frozen=True):
    """One file with its format, and how its columns are read where it is a sheet of somebody's own."""

    name: str
    format_: str
    plan: Plan | None = None
    sheet: str | None = None

    @property
    def place(self) -> str:
        """What a part of such a file is called: line, row, item."""
        return formats.IMPORTS[self.format_].place

    def rows(self) -> Iterable[formats.Row]:
        return self.plan.rows() if self.plan else formats.rows(self.name, self.format_, sheet=self.sheet)


def given(
    name: str,
    format_: str | None = None,
    map_: str | None = None,
    sheet: str | None = None,
    *,
    most: int | None = None,
) -> Given:
    """A file as it would be read: its format by name or by its beginning, its columns as mapped or guessed.

    With `most`, of a workbook no more rows than that.
    """
    chosen = formats.chosen(name, format_)
    if (map_ or sheet) and not formats.IMPORTS[chosen].table:
        raise BadInput(f"{name} is no spreadsheet", hint="--map and --sheet are for tables")
    # a mapping says that a table is read by its columns, whatever program wrote it
    if chosen not in ("csv", "xlsx") and map_ is None:
        return Given(name, chosen, sheet=sheet)
    from ledger.exchange import sheets

    return Given(name, "csv", sheets.plan(name, map_=map_, sheet=sheet, most=most))


class ImportFiles(Struct, frozen=True, kw_only=True):
    """Files by name ("-" is standard input), each alone enough to tell its format, or as `given` reads them."""

    files: tuple[str | Given, ...]
    strict: bool = False
    """Log nothing if any line is bad."""
    because: str | None = None
    """Why rows that were edited in a sheet are changed so."""
    progress: Callable[[int], None] | None = None
    """Told the number of lines so far."""
    most: int | None = None
    """Stop after so many lines."""


@verb
def import_files(writer: Writer, request: ImportFiles) -> Outcome:
    """Logs the claims of these files; a bad line is a finding of the result, or, where all or none is asked for, a refusal."""
    rows = ((f, formats.rows(f)) if isinstance(f, str) else (f.name, f.rows()) for f in request.files)
    return claim_lines.import_rows(
        writer, rows, strict=request.strict, because=request.because, progress=request.progress, most=request.most,
        near=lambda ledger, names: [n.text for n in guarding.near_names(ledger, names)],
    )  # fmt: skip


class Receive(Struct, frozen=True, kw_only=True):
    """An export of the same log, by its path."""

    source: str


class Received(Struct, frozen=True, kw_only=True):
    entries: int


@verb
def receive(writer: Writer, request: Receive) -> Received:
    """Brings a ledger up to an export of its own log."""
    return Received(entries=ledger_lines.receive(writer, request.source))
