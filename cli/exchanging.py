"""Exporting records."""

from __future__ import annotations

import gc
import sys
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Annotated, Any

import typer

from cli.apps import Context, command
from cli.endings import by_ending
from cli.session import Session
from ledger import changes, exchange
from ledger.errors import BadInput
from ledger.store import Ledger, read
from ledger.vocabulary import Letter


def export(
    ctx: Context,
    format_: Annotated[
        str | None, typer.Option("--format", help=f"{', '.join(exchange.EXPORTS)}; by the file's ending.")
    ] = None,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")] = "-",
    question: Annotated[str | None, typer.Option(help="Only claims filed under this question.", metavar="ID")] = None,
    full_text: Annotated[
        bool,
        typer.Option("--full-text", help="With the articles' texts (csv, xlsx, jsonl), to anchor claims elsewhere."),
    ] = False,
    bom: Annotated[bool, typer.Option("--bom", help="A byte order mark before CSV, for Excel.")] = False,
    claim: Annotated[
        list[str] | None, typer.Option("--claim", metavar="ID", help="Only this claim (claimreview, annotations).")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(help="Your organisation (claimreview); else who rated.")] = None,
    reviewer_url: Annotated[str | None, typer.Option(metavar="URL", help="Its address.")] = None,
    title: Annotated[str | None, typer.Option(help="What the data is called (datasette, datapackage).")] = None,
    license_: Annotated[
        str | None,
        typer.Option("--license", metavar="ID", help="Its licence, such as CC-BY-4.0 (datasette, datapackage)."),
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where reviews are published (claimreview), if not logged.")
    ] = None,
) -> None:
    """Write records: claims as a table, a workbook or JSON Lines, or the whole ledger as a log that imports to the same root.

    csv, xlsx and jsonl can be imported again; tables is a zip of CSV files that join.

    Example: claims export --format csv -o claims.csv
    """
    from ledger.store.files import flows

    session = ctx.obj
    name = (format_ or by_ending(out, {n: f.endings for n, f in exchange.EXPORTS.items()}) or "jsonl").casefold()
    with session.read() as ledger, _no_collector():
        uid = read.thing(ledger, question).uid if question else None
        selection = exchange.Selection(
            question=uid, full_text=full_text, bom=bom, claims=_only(ledger, claim, name), title=title,
            license=license_, tell=session.say, **_of_reviews(name, reviewer, reviewer_url, base_url),
        )  # fmt: skip
        if out == "-":
            _to_stdout(ledger, name, selection)
            return
        _not_the_ledger(session, Path(out))
        count = _to_path(ledger, name, selection, Path(out))
        if flows(Path(out)):  # it may be standard output, which holds the export and nothing else
            session.say(f"wrote {out} ({count:,} bytes)")
            return
        session.show(
            {"file": out, "format": name, "bytes": count} if session.json else f"wrote {out} ({count:,} bytes)"
        )


@contextmanager
def _no_collector() -> Iterator[None]:
    """Rows hold no cycles; looking for some among millions would take a tenth of the time."""
    gc.disable()
    try:
        yield
    finally:
        gc.enable()


def _not_the_ledger(session: Session, path: Path) -> None:
    """Refuses to write an export over the ledger that it is made from."""
    place = Path(session.place)
    if path.exists() and place.exists() and path.samefile(place):
        raise BadInput(f"{path} is the ledger itself", hint="name another file; nothing was changed")


def _only(ledger: Ledger, claims: list[str] | None, name: str) -> tuple[str, ...]:
    """The uids of single claims, for the formats that take them."""
    if claims and name not in SINGLE:
        raise BadInput(f"--claim goes with {' and '.join(SINGLE)}", hint="a question's claims: --question Q1")
    return tuple(changes.standing(ledger, c, Letter.CLAIM).uid for c in claims or ())


SINGLE = ("claimreview", "annotations")


def _of_reviews(name: str, reviewer: str | None, reviewer_url: str | None, base_url: str | None) -> dict[str, Any]:
    """What is said of reviews; refused with formats that hold none."""
    from ledger.capture import canonical_url

    given = {"reviewer": reviewer, "reviewer_url": reviewer_url, "base_url": base_url}
    stray = next((f"--{n.replace('_', '-')}" for n, value in given.items() if value is not None), None)
    if stray and name != "claimreview":
        raise BadInput(f"{stray} goes with --format claimreview, not with {name}")
    if reviewer_url is not None and reviewer is None:
        raise BadInput("whose address is it?", hint='--reviewer "Example Desk"')
    for url in (reviewer_url, base_url):
        if url is not None:
            canonical_url(url)
    return given


def _to_stdout(ledger: Ledger, name: str, selection: exchange.Selection) -> None:
    if name in exchange.EXPORTS and exchange.EXPORTS[name].file:
        raise BadInput(f"{name} needs a file", hint="name it: -o FILE")
    for chunk in exchange.chunks(ledger, name, selection):
        sys.stdout.buffer.write(chunk)


def _to_path(ledger: Ledger, name: str, selection: exchange.Selection, path: Path) -> int:
    """Writes the whole file or none; gives its size in bytes."""
    if name not in exchange.EXPORTS or not exchange.EXPORTS[name].file:
        return _to_file(path, exchange.chunks(ledger, name, selection))
    from ledger.store.files import flows, neighbour, put_over, replace_file, sync_file

    with neighbour(path) as place:
        exchange.write_file(ledger, name, selection, place)
        sync_file(place)
        second = exchange.beside(ledger, name, selection, path)
        size = place.stat().st_size
        put_over(place, path)
    if second is not None and not flows(path):
        replace_file(*second)
    return size


def _to_file(path: Path, chunks: Iterable[bytes]) -> int:
    from ledger.store.files import whole_file

    count = 0
    with whole_file(path) as f:
        for chunk in chunks:
            count += f.write(chunk)
    return count


APPS = {"export": command(export)}
