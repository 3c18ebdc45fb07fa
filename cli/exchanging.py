"""Exchanging records: import and export."""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable
from pathlib import Path
from typing import Annotated

import typer

from cli.apps import Context, command
from cli.session import Session
from ledger import exchange
from ledger.errors import BadInput
from ledger.exchange import claim_lines, ledger_lines
from ledger.store import Ledger, is_free, read


def import_(
    ctx: Context,
    files: Annotated[list[str], typer.Argument(metavar="FILE...", help="JSON Lines, or - for standard input.")],
    strict: Annotated[bool, typer.Option("--strict", help="Log nothing if any line is bad.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would be logged, and log nothing.")] = False,
    format_: Annotated[
        str | None, typer.Option("--format", help="What the file is; its beginning tells it otherwise.")
    ] = None,
) -> None:
    """Log claims from JSON Lines, one claim a line; lines logged before are skipped.

    All good lines are logged in one go, bad ones are named by number and the exit code is 2. An export made with
    --format ledger is taken whole, into a new ledger or one that it continues.

    Example: claims import palmyra.jsonl
    """
    session = ctx.obj
    logs = [name for name in files if name != "-" and ledger_lines.is_log(name)]
    if logs:
        if len(files) > 1:
            raise BadInput("the export of a ledger is imported alone")
        _import_log(session, logs[0])
        return
    with session.write(start=True) as ledger:
        outcome = claim_lines.import_files(
            ledger, files, actor=session.who, strict=strict, dry_run=dry_run, progress=_progress(session),
            format_=format_,
        )  # fmt: skip
    _told(session, outcome, dry_run=dry_run)
    if outcome.failed:
        raise typer.Exit(2)


def _import_log(session: Session, source: str) -> None:
    target = Path(session.place)
    if is_free(target):
        count = ledger_lines.receive_new(source, str(target), actor=session.who)
    else:
        with session.write() as ledger:
            count = ledger_lines.receive(ledger, source, actor=session.who)
    session.show({"ledger": str(target), "entries": count} if session.json else f"{count:,} entries into {target}")


def _progress(session: Session) -> Callable[[int], None] | None:
    """A counter on standard error, on a terminal only."""
    if session.quiet or not sys.stderr.isatty():
        return None

    def tell(lines: int) -> None:
        if lines % 100 == 0:
            sys.stderr.write(f"\r{lines:,} lines")
            sys.stderr.flush()

    return tell


def _told(session: Session, outcome: claim_lines.Outcome, *, dry_run: bool) -> None:
    if not session.quiet and sys.stderr.isatty() and outcome.lines >= 100:
        sys.stderr.write("\r")
    for problem in outcome.problems:
        text = f"{problem.file}, line {problem.line}: {problem.message}"
        if problem.fatal:
            session.fail(text, problem.hint, 2)
        else:
            session.say(text)
    if session.json:
        session.show(
            {"lines": outcome.lines, "logged": outcome.logged, "known": outcome.known, "failed": outcome.failed}
        )
        return
    verb = "would be logged" if dry_run else "logged"
    session.show(f"{outcome.logged:,} claims {verb}, {outcome.known:,} known already, {outcome.failed:,} bad lines")


# --- export -------------------------------------------------------------------------------------------------------


def export(
    ctx: Context,
    format_: Annotated[
        str | None, typer.Option("--format", help="csv, jsonl (claims), ledger (everything); by the file's ending.")
    ] = None,
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to; - is standard output.")] = "-",
    question: Annotated[str | None, typer.Option(help="Only claims filed under this question.", metavar="ID")] = None,
    full_text: Annotated[
        bool, typer.Option("--full-text", help="With the articles' texts (jsonl), to anchor claims elsewhere.")
    ] = False,
    bom: Annotated[bool, typer.Option("--bom", help="A byte order mark before CSV, for Excel.")] = False,
    claim: Annotated[
        list[str] | None, typer.Option("--claim", metavar="ID", help="Only this claim (claimreview, annotations).")
    ] = None,
    reviewer: Annotated[str | None, typer.Option(help="Your organisation (claimreview); else who rated.")] = None,
    reviewer_url: Annotated[str | None, typer.Option(metavar="URL", help="Its address.")] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="Where reviews are published (claimreview), if not logged.")
    ] = None,
) -> None:
    """Write records: claims as CSV or JSON Lines, or the whole ledger as a log that imports to the same root.

    Example: claims export --format csv -o claims.csv
    """
    session = ctx.obj
    name = (format_ or exchange.format_of(out) or "jsonl").casefold()
    with session.read() as ledger:
        uid = read.thing(ledger, question).uid if question else None
        selection = exchange.Selection(
            question=uid, full_text=full_text, bom=bom, claims=_only(ledger, claim, name), reviewer=reviewer,
            reviewer_url=_web_address(reviewer_url), base_url=_web_address(base_url), tell=session.say,
        )  # fmt: skip
        if out == "-":
            _to_stdout(ledger, name, selection)
            return
        count = _to_path(ledger, name, selection, Path(out))
        session.show(
            {"file": out, "format": name, "bytes": count} if session.json else f"wrote {out} ({count:,} bytes)"
        )


def _only(ledger: Ledger, claims: list[str] | None, name: str) -> tuple[str, ...]:
    """The uids of single claims, for the formats that take them."""
    if claims and name not in SINGLE:
        raise BadInput(f"--claim goes with {' and '.join(SINGLE)}", hint="a question's claims: --question Q1")
    return tuple(read.claim(ledger, c).uid for c in claims or ())


SINGLE = ("claimreview", "annotations")


def _web_address(url: str | None) -> str | None:
    from ledger.capture import canonical_url

    if url is not None:
        canonical_url(url)
    return url


def _to_stdout(ledger: Ledger, name: str, selection: exchange.Selection) -> None:
    if name in exchange.EXPORTS and exchange.EXPORTS[name].file:
        raise BadInput(f"{name} needs a file", hint="name it: -o FILE")
    for chunk in exchange.chunks(ledger, name, selection):
        sys.stdout.buffer.write(chunk)


def _to_path(ledger: Ledger, name: str, selection: exchange.Selection, path: Path) -> int:
    """Writes the whole file or none; gives its size in bytes."""
    if name not in exchange.EXPORTS or not exchange.EXPORTS[name].file:
        return _to_file(path, exchange.chunks(ledger, name, selection))
    from ledger.store.files import neighbour, sync_file, sync_folder

    with neighbour(path) as place:
        exchange.write_file(ledger, name, selection, place)
        sync_file(place)
        place.replace(path)
        sync_folder(path.parent)
    return path.stat().st_size


def _to_file(path: Path, chunks: Iterable[bytes]) -> int:
    from ledger.store.files import whole_file

    count = 0
    with whole_file(path) as f:
        for chunk in chunks:
            count += f.write(chunk)
    return count


APPS = {"import": command(import_), "export": command(export)}
