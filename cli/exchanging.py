"""Exporting records."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path
from typing import Annotated

from cli import words
from cli.apps import Context, typer
from cli.endings import by_ending
from ledger import exchange, syncing
from ledger import records as r
from ledger.verbs import exporting


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
    session = ctx.obj
    request = exporting.ExportRecords(
        format=(format_ or by_ending(out, {n: f.endings for n, f in exchange.EXPORTS.items()}) or "jsonl").casefold(),
        question=question, claims=tuple(claim or ()), full_text=full_text, bom=bom, reviewer=reviewer,
        reviewer_url=reviewer_url, base_url=base_url, title=title, license=license_, tell=session.say,
    )  # fmt: skip
    with session.read() as ledger:
        for sentence in exporting.embargoed(ledger, request):
            session.say(f"note: {sentence}, and what is written shows it")
        if out == "-":
            sys.stdout.buffer.writelines(exporting.stream(ledger, request))
            return
        count = exporting.export(ledger, request, Path(out))
    session.wrote(out, request.format, count)


def sync(
    ctx: Context,
    one: Annotated[str, typer.Argument(metavar="A", help="A ledger: a file, or postgresql://...")],
    other: Annotated[str, typer.Argument(metavar="B", help="Another one.")],
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Say what would come over, and log nothing.")] = False,
) -> None:
    """Bring two ledgers to the same content: copies of one that went on apart, or two newsrooms' own.

    Each takes over what the other one has logged; entries keep their own log's proofs (claims prove ID --origin). The same
    article, words, source or question is recognised and stands once. Of two words on one matter the later holds in both, and
    claims todo asks about it. A second time nothing is done; refused, both stay as they were; claims undo takes it back in one.

    Example: claims sync field.db desk.db
    """
    session = ctx.obj
    with ExitStack() as opened:
        ledgers = []
        for place in (one, other):
            session.ledger = place
            ledgers.append(opened.enter_context(session.write()))
        done = syncing.sync(*ledgers, actor=session.who, dry_run=dry_run)
    session.result(r.plain(done) | {"dry_run": dry_run}, _met(done, dry_run=dry_run))


def _met(done: syncing.Synced, *, dry_run: bool) -> Iterator[str]:
    if not any(met.entries for met in done.ledgers):
        yield "nothing to do: both hold the same"
        return
    for met in done.ledgers:
        blanked = f", and blanked {met.blanked:,} that the other has redacted" if met.blanked else ""
        yield f"{met.ledger} {'would take' if dry_run else 'took'} over {met.entries:,} entries{blanked}"
    if done.recognised:
        yield "one in both: " + ", ".join(f"{words.spaced(kind)} {n:,}" for kind, n in done.recognised.items())
    for found in done.differences:
        ids = " | ".join(dict.fromkeys(found.ids))
        yield f"{ids}  {found.what}: {found.holds}; {found.other}; {'both stand' if found.both_stand else 'the first holds'}"
    if done.differences:
        yield "claims todo asks about what they differ in"


APPS = {"export": export, "sync": sync}
