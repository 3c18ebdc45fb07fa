"""Gathering: evidence, questions put to sources, their replies, searches that found nothing."""

from __future__ import annotations

import sys
from collections.abc import Callable
from pathlib import Path
from typing import Annotated

from cli import nouns
from cli.apps import Context, group, typer
from cli.judging import ids
from cli.session import Session
from ledger import evidence
from ledger.errors import BadInput
from ledger.store import beside, read
from ledger.verbs import collecting
from ledger.vocabulary import EvidenceKind, EvidenceStance, Letter

About = Annotated[str, typer.Option("--about", metavar="ID", help="The question or claim, such as Q1.")]
On = Annotated[str | None, typer.Option("--on", metavar="DAY", help="When; now by default.")]


def add(
    ctx: Context,
    what: Annotated[str, typer.Argument(metavar="FILE|URL", help="A photo, video, map, document, dataset, e-mail ...")],
    for_: Annotated[str, typer.Option("--for", metavar="ID", help="The claim or question, such as C1.")],
    shows: Annotated[str, typer.Option(help="What it shows, in a sentence.")],
    supports: Annotated[bool, typer.Option("--supports", help="It speaks for the claim.")] = False,
    against: Annotated[bool, typer.Option("--against", help="It speaks against it.")] = False,
    context: Annotated[bool, typer.Option("--context", help="Neither: it helps to understand it.")] = False,
    kind: Annotated[EvidenceKind | None, typer.Option(help="What it is; by its name where not given.")] = None,
    found_at: Annotated[str | None, typer.Option(metavar="TIME", help="When it was found, such as 2016-03-28.")] = None,
    taken_at: Annotated[str | None, typer.Option(metavar="TIME", help="When it was taken or written.")] = None,
    location: Annotated[str | None, typer.Option(metavar="PLACE", help="Where it was taken.")] = None,
    verified: Annotated[
        str | None, typer.Option(metavar="LIST", help="Which of these you made sure of: found,taken,location.")
    ] = None,
    copy: Annotated[bool, typer.Option("--copy", help="Take a large file in, too (up to 500 MB).")] = False,
    reference: Annotated[
        bool, typer.Option("--reference", help="Keep only hash and size; of an address, only the address.")
    ] = False,
) -> None:
    """Add evidence for a claim or question: a file or an address, hashed and kept.

    Files above 20 MB are kept by reference, by hash and size, unless --copy takes them in. What an image says of itself is
    noted, never trusted.

    Example: claims evidence add bridge.jpg --for C1 --shows "the bridge stands" --against --taken-at 2016-03-27
    """
    session = ctx.obj
    chosen = [s for s, given in zip(EvidenceStance, (supports, against, context), strict=True) if given]
    if len(chosen) != 1:
        raise BadInput("which way does it point?", hint="one of --supports, --against, --context")
    item = evidence.read_from(what, copy=copy, reference=reference, progress=_progress(session))
    wanted = collecting.AddEvidence(
        target=for_, item=item, shows=shows, stance=chosen[0], kind=kind, found_at=found_at, taken_at=taken_at,
        location=location, verified=ids(verified),
    )  # fmt: skip
    found = session.log(collecting.add_evidence, wanted).evidence
    session.result(found, nouns.evidence_lines(found))


def _progress(session: Session) -> Callable[[int, int], None] | None:
    """How far a large file has been read, on a terminal only."""
    if session.quiet or session.json or not sys.stderr.isatty():
        return None

    def tell(done: int, total: int) -> None:
        if total > 100 * 2**20 and done % (50 * 2**20) == 0:
            sys.stderr.write(f"\r{done // 2**20:,} of {total // 2**20:,} MB")

    return tell


def list_evidence(
    ctx: Context,
    for_: Annotated[str | None, typer.Option("--for", metavar="ID", help="Of this claim or question.")] = None,
) -> None:
    """List the evidence.

    Example: claims evidence list --for C1
    """
    session = ctx.obj
    with session.read() as ledger:
        about = read.thing(ledger, for_, Letter.CLAIM, Letter.QUESTION, Letter.ARTICLE).uid if for_ else None
        found = beside.evidence(ledger, about) if about else beside.all_evidence(ledger)
        session.results(found, nouns.evidence_table, none="no evidence yet")


def verify(
    ctx: Context,
    id_: Annotated[str, typer.Argument(metavar="EVIDENCE", help="Such as E1.")],
    what: Annotated[str, typer.Argument(metavar="LIST", help="found, taken, location, with commas.")],
    because: Annotated[str, typer.Option("--because", help="How you made sure.")],
) -> None:
    """Say that you made sure when it was found or taken, or where.

    Example: claims evidence verify E1 taken,location --because "the shadows fit the hour; the tower is in view"
    """
    wanted = collecting.VerifyEvidence(evidence=id_, circumstances=ids(what), because=because)
    found = ctx.obj.log(collecting.verify_evidence, wanted).evidence
    ctx.obj.result(found, nouns.evidence_lines(found))


def save(
    ctx: Context,
    id_: Annotated[str, typer.Argument(metavar="EVIDENCE", help="Such as E1.")],
    out: Annotated[str, typer.Option("-o", "--output", metavar="FILE", help="Where to; never overwritten.")],
) -> None:
    """Write the kept bytes of a piece of evidence to a file.

    Example: claims evidence save E1 -o bridge.jpg
    """
    from ledger.store.files import new_file

    session = ctx.obj
    with session.read() as ledger:
        data = evidence.content(ledger, beside.one_evidence(ledger, id_))
    new_file(Path(out), data)
    session.show({"file": out, "bytes": len(data)} if session.json else f"wrote {out} ({len(data):,} bytes)")


# --- right of reply -----------------------------------------------------------------------------------------------


def ask(
    ctx: Context,
    source: Annotated[str, typer.Argument(metavar="SOURCE", help="A name, or an id such as S3.")],
    about: About,
    by_email: Annotated[bool, typer.Option("--by-email", help="By e-mail.")] = False,
    by_phone: Annotated[bool, typer.Option("--by-phone", help="By telephone.")] = False,
    by_letter: Annotated[bool, typer.Option("--by-letter", help="By letter.")] = False,
    by: Annotated[str | None, typer.Option(metavar="TEXT", help="Otherwise: a form, in person ...")] = None,
    due: Annotated[str | None, typer.Option(metavar="DAY", help="By when a reply is wanted.")] = None,
    text: Annotated[str | None, typer.Option(help="What was asked.")] = None,
    new_source: Annotated[bool, typer.Option("--new-source", help="A name like a known one is another's.")] = False,
    on: On = None,
) -> None:
    """Log that a source was asked: its right of reply. The report says so, with the reply or that there is none.

    Example: claims ask "Ostrian Defence Ministry" --about Q1 --by-email --due 2030-04-01
    """
    ways = [w for w, given in (("e-mail", by_email), ("telephone", by_phone), ("letter", by_letter), (by, by)) if given]
    if len(ways) != 1:
        raise BadInput("how was it asked?", hint="one of --by-email, --by-phone, --by-letter, --by TEXT")
    wanted = collecting.Ask(
        source=source, about=about, channel=ways[0] or "", asked_at=on, due=due, text=text, new_source=new_source
    )
    found = ctx.obj.log(collecting.ask, wanted).request
    ctx.obj.result(found, nouns.request_lines(found))


def reply(
    ctx: Context,
    request: Annotated[str, typer.Argument(metavar="REQUEST", help="Such as R1.")],
    what: Annotated[str, typer.Argument(metavar="FILE|TEXT", help="The words of the reply, or the file it came in.")],
    on: On = None,
) -> None:
    """Log what a source replied.

    Example: claims reply R1 "The ministry stands by its figure."
    """
    file, text = evidence.file_or_words(what)
    wanted = collecting.Reply(request=request, text=text, file=file, received_at=on)
    found = ctx.obj.log(collecting.reply, wanted).request
    ctx.obj.result(found, nouns.request_lines(found))


def searched(
    ctx: Context,
    sought: Annotated[str, typer.Argument(metavar="TEXT", help="What was looked for.")],
    about: About,
    where: Annotated[list[str], typer.Option("--where", metavar="PLACE", help="Where; may be given again.")],
    found: Annotated[int, typer.Option(help="How many were found.", min=0)] = 0,
    failed: Annotated[str | None, typer.Option(metavar="WHY", help="It could not be found out.")] = None,
    on: On = None,
) -> None:
    """Log a search, above all one that found nothing: a report says where you looked.

    Example: claims searched "a figure from IS itself" --where "Amaq" --where "IS channels on Telegram" --about Q1
    """
    wanted = collecting.NoteSearch(about=about, sought=sought, where=tuple(where), on=on, found=found, failed=failed)
    made = ctx.obj.log(collecting.note_search, wanted).search
    ctx.obj.result(made, nouns.search_line(made))


APPS = {
    "evidence": group(
        "Evidence: photos, videos, maps, documents, datasets, e-mails, notes of calls.",
        add=add,
        list=list_evidence,
        verify=verify,
        save=save,
    ),
    "ask": ask,
    "reply": reply,
    "searched": searched,
}
