"""Publishing: sign-off, publish, correct, and whether a file may leave the house."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

from cli import nouns
from cli.apps import Context, typer
from cli.judging import ids
from ledger import keys, leaks, publishing
from ledger import records as r
from ledger.errors import BadInput
from ledger.store.files import new_file, replace_file
from ledger.verbs import releasing
from ledger.vocabulary import CorrectionKind

Id = Annotated[str, typer.Argument(metavar="ID", help="A question, claim or article, such as Q1.")]


def signoff(
    ctx: Context,
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="A question or claim, such as Q1.")] = None,
    because: Annotated[str | None, typer.Option(help="What you looked at.")] = None,
    require: Annotated[
        int | None, typer.Option(metavar="N", help="From now on, N people must sign off before anything is final.")
    ] = None,
) -> None:
    """Say that it may go out as it stands; whatever changes afterwards needs a new word.

    Example: claims signoff Q1
    """
    session = ctx.obj
    if (id_ is None) == (require is None):
        raise BadInput("sign off what?", hint="claims signoff Q1, or claims signoff --require 2 for this ledger")
    if require is not None:
        wanted = session.log(releasing.require_signoffs, releasing.RequireSignoffs(people=require))
        people = "one more person" if wanted.signoffs == 1 else f"{wanted.signoffs} people"
        session.result(wanted, f"{people} must sign off")
    else:
        done = session.log(releasing.sign_off, releasing.SignOff(id=id_ or "", because=because))
        of = f" ({len(done.fresh)} of {done.required})" if done.required else ""
        session.result(done, f"{done.about} signed off by {', '.join(done.fresh)}{of}")


def publish(
    ctx: Context,
    id_: Id,
    to: Annotated[str | None, typer.Option(metavar="URL", help="Where it went.")] = None,
    file: Annotated[
        str | None, typer.Option(metavar="FILE", help="What went out, if it is not the report made now.")
    ] = None,
    out: Annotated[str | None, typer.Option("-o", "--output", metavar="FILE", help="Also write it here.")] = None,
    key: Annotated[
        str | None, typer.Option("--key", metavar="FILE", help="The signing key, if not the usual one.")
    ] = None,
) -> None:
    """Freeze exactly what goes out: its bytes, their hash, and a signed checkpoint where there is a key.

    Refused, with the reasons, while anything is unfinished or anything in it must not leave.

    Example: claims publish Q1 --to https://desk.example/palmyra
    """
    from ledger import capture, evidence

    session = ctx.obj
    data, media_type = evidence.bytes_of(file) if file else (None, "text/html")
    url = capture.canonical_url(to) if to else None
    wanted = releasing.Publish(id=id_, data=data, media_type=media_type, url=url, key=keys.at_hand(key))
    with session.write() as ledger:
        done = releasing.publish(ledger, wanted, actor=session.who)
    session.tell(done.notices)
    if out:
        replace_file(Path(out), done.data)
    session.result(done.publication, nouns.publication_lines(done.publication))


def published(
    ctx: Context,
    id_: Annotated[str | None, typer.Argument(metavar="[ID]", help="Of this one; of all by default.")] = None,
    version: Annotated[
        int | None, typer.Option(help="Which version: 1 is the first; the newest by default.", min=1)
    ] = None,
    out: Annotated[
        str | None, typer.Option("-o", "--output", metavar="FILE", help="Write the bytes of that version.")
    ] = None,
) -> None:
    """List what went out, or write an earlier version as it was.

    Example: claims published Q1 --version 1 -o as-first-published.html
    """
    session = ctx.obj
    with session.read() as ledger:
        if out is None:
            went = publishing.went_out(ledger, id_)
            gone = publishing.redacted(ledger)
            none = f"publications that were redacted: {gone}" if gone else "nothing was published yet"
            session.results(went, nouns.publications_text, none=none)
        else:
            chosen, data = publishing.version(ledger, id_, version)
            new_file(Path(out), data)
            session.result(chosen, f"wrote {out} ({len(data):,} bytes, as published {chosen.at[:10]})")


def correct(
    ctx: Context,
    id_: Id,
    was: Annotated[str, typer.Option(help="What it said.")],
    now: Annotated[str, typer.Option(help="What is right.")],
    because: Annotated[str, typer.Option("--because", help="How that is known.")],
    kind: Annotated[CorrectionKind, typer.Option(help="What kind of note it is.")] = CorrectionKind.CORRECTION,
    told_by: Annotated[
        str | None, typer.Option(help="Who pointed it out; it is printed, so name no private person.")
    ] = None,
    on: Annotated[
        str | None, typer.Option("--on", metavar="IDS", help="The claims and sources that were wrong: C3,S2.")
    ] = None,
) -> None:
    """Correct what was published: a dated note on top of the next report, the old version kept, and what else rests on it.

    Example: claims correct Q1 --was "the army" --now "sources on the ground" --because "its own text" --on C3
    """
    wanted = releasing.Correct(id=id_, was=was, now=now, because=because, kind=kind, told_by=told_by, concerns=ids(on))
    done = ctx.obj.log(releasing.correct, wanted)
    shown = {"about": done.about, "correction": r.plain(done.correction), "also": r.plain(done.also)}
    ctx.obj.result(shown, nouns.correction_lines(done.about, done.correction, done.also))


def leakcheck(
    ctx: Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report, an export, a bundle.")],
) -> None:
    """Look through a file that is to leave for protected names and internal notes.

    Exit code 1 where it holds one, 4 where a part of it cannot be read as text and so nothing can be said of it.

    Example: claims leakcheck report.html
    """
    from ledger import evidence

    with ctx.obj.read() as ledger:
        found = leaks.check(ledger, evidence.bytes_of(file)[0], Path(file).name)
    clean = not found.found and not found.unknown
    ctx.obj.result({"clean": clean, **r.plain(found)}, nouns.leak_lines(found))
    if not clean:
        raise typer.Exit(1 if found.found else 4)


APPS = {
    "signoff": signoff,
    "publish": publish,
    "published": published,
    "correct": correct,
    "leakcheck": leakcheck,
}
