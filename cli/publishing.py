"""Publishing: sign-off, publish, correct, and whether a file may leave the house."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from cli import nouns, render
from cli.apps import Context, command
from cli.judging import ids
from cli.session import Session
from ledger import leaks, publishing
from ledger import records as r
from ledger.errors import BadInput, NotFound
from ledger.store import Ledger, beside, blob, read, write
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
    with session.write() as ledger:
        with write(ledger, session.who) as writer:
            if require is not None:
                publishing.require(writer, require)
            else:
                publishing.sign_off(writer, id_ or "", because)
        _told_signoffs(session, ledger, id_)


def _told_signoffs(session: Session, ledger: Ledger, name: str | None) -> None:
    wanted = publishing.required(ledger)
    if name is None:
        told = f"{wanted} people must sign off" if wanted != 1 else "one more person must sign off"
        session.show({"signoffs": wanted} if session.json else told)
        return
    found = publishing.subject(ledger, name)
    signed = publishing.signoffs(ledger, found)
    by = ", ".join(dict.fromkeys(s.by for s in signed if not s.stale))
    of = f" ({len({s.by for s in signed if not s.stale})} of {wanted})" if wanted else ""
    shown = {"about": found.thing.id, "required": wanted, "signoffs": r.plain(signed)}
    session.show(shown if session.json else f"{found.thing.id} signed off by {by}{of}")


# --- publish ------------------------------------------------------------------------------------------------------


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
    session = ctx.obj
    url = _address(to)
    with session.write() as ledger:
        found = publishing.subject(ledger, id_)
        data = _given(file) if file else _made(ledger, found.thing.uid)
        if reasons := publishing.obstacles(ledger, id_):
            _refuse(reasons)
        if leaks.check(ledger, data).unknown:
            session.say("what goes out cannot be read as text, so nothing can be said of names and notes in it")
        edition = publishing.Edition(data, _media_type(file), url, _checkpoint(session, ledger, key))
        with write(ledger, session.who) as writer:
            publishing.publish(writer, id_, edition)
        went = beside.publications(ledger, found.thing.uid)[-1]
    if out:
        from ledger.store.files import replace_file

        replace_file(Path(out), data)
    session.result(went, nouns.publication_lines(went))


def _refuse(reasons: list[str]) -> None:
    from ledger.errors import Refused

    raise Refused("not final yet; nothing was published", hint="\n  ".join(reasons))


def _address(to: str | None) -> str | None:
    if to is None:
        return None
    from ledger.capture import canonical_url

    return canonical_url(to)


def _given(file: str) -> bytes:
    try:
        return Path(file).read_bytes()
    except FileNotFoundError:
        raise NotFound(f"no such file: {file}") from None
    except OSError as e:
        raise BadInput(f"cannot read {file}: {e.strerror}") from None


def _made(ledger: Ledger, uid: str) -> bytes:
    """The report as it is made now."""
    from ledger import reports
    from ledger.reports import gathering

    return reports.write(gathering.gather(ledger, [uid]), "html")


def _media_type(file: str | None) -> str:
    from ledger.evidence import media_type

    return media_type(file) or "application/octet-stream" if file else "text/html"


def _checkpoint(session: Session, ledger: Ledger, key: str | None) -> str | None:
    """The signed head of the log where there is a key; without one that is said, and nothing fails."""
    from ledger import audit, keys

    try:
        signing = keys.load(key)
    except NotFound:
        if key is not None:
            raise
        session.say("no signing key: what went out is kept, but nothing signed says when (claims key create)")
        return None
    return audit.checkpoint(ledger, signing)


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
    from ledger.store.files import new_file

    session = ctx.obj
    with session.read() as ledger:
        went = beside.publications(ledger, read.thing(ledger, id_).uid if id_ else None)
        if out is not None:
            chosen = _version(went, id_, version)
            data = blob(ledger, chosen.sha256)
            if data is None:
                raise NotFound("the bytes of that version were redacted", hint="claims log shows by whom and why")
            new_file(Path(out), data)
            session.show(
                chosen if session.json else f"wrote {out} ({len(data):,} bytes, as published {chosen.at[:10]})"
            )
            return
    if session.json:
        render.lines(went)
    else:
        session.show("\n".join(line for p in went for line in nouns.publication_lines(p)) or None)
        if not went:
            session.say("nothing was published yet")


def _version(went: list[r.Publication], name: str | None, version: int | None) -> r.Publication:
    if name is None:
        raise BadInput("which one?", hint="claims published Q1 -o FILE")
    if not went:
        raise NotFound(f"{name.upper()} was never published")
    if version is not None and version > len(went):
        raise NotFound(f"{name.upper()} has no version {version}", hint=f"there are {len(went)}")
    return went[(version or len(went)) - 1]


# --- correct ------------------------------------------------------------------------------------------------------


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
    from cli import people

    session = ctx.obj
    mistake = publishing.Mistake(was, now, because, kind, told_by, ids(on))
    with session.write() as ledger:
        people.heed(session, ledger, [told_by])
        with write(ledger, session.who) as writer:
            publishing.correct(writer, id_, mistake)
        thing = read.thing(ledger, id_)
        made = beside.corrections(ledger, thing.uid)[-1]
        also = publishing.resting(ledger, thing.uid, mistake.concerns)
    if session.json:
        session.show({"about": thing.id, "correction": r.plain(made), "also": r.plain(also)})
        return
    session.show("\n".join(_correction_lines(thing.id, made, also)))


def _correction_lines(name: str, made: r.Correction, also: list[publishing.Resting]) -> list[str]:
    lines = [f"{made.kind} of {name}: “{made.was}” is now “{made.now}”; publish it again: claims publish {name}"]
    for other in also:
        shared = ", ".join([*other.claims, *other.sources])
        where = f" at {other.url}" if other.url else ""
        lines.append(f"  {other.about}, published {other.at[:10]}{where}, rests on {shared} too")
    return lines if also else [*lines, "  nothing else that was published rests on it"]


# --- leaks --------------------------------------------------------------------------------------------------------


def leakcheck(
    ctx: Context,
    file: Annotated[str, typer.Argument(metavar="FILE", help="A report, an export, a bundle.")],
) -> None:
    """Look through a file that is to leave for protected names and internal notes.

    Exit code 1 where it holds one, 4 where a part of it cannot be read as text and so nothing can be said of it.

    Example: claims leakcheck report.html
    """
    session = ctx.obj
    with session.read() as ledger:
        found = leaks.check(ledger, _given(file), Path(file).name)
    clean = not found.found and not found.unknown
    if session.json:
        session.show({"clean": clean, **r.plain(found)})
    else:
        session.show("\n".join(_leak_lines(found)))
    if not clean:
        raise typer.Exit(1 if found.found else 4)


def _leak_lines(found: leaks.Leaks) -> list[str]:
    lines = [f"LEAK: it holds {publishing.leak_words(found)}"] if found.found else []
    lines += [f"could not be read as text: {part}" for part in found.unknown]
    if found.not_sought:
        lines.append(f"{found.not_sought} internal notes are too short to be looked for")
    return lines or ["no protected name and no internal note stands in it"]


APPS = {
    "signoff": command(signoff),
    "publish": command(publish),
    "published": command(published),
    "correct": command(correct),
    "leakcheck": command(leakcheck),
}
