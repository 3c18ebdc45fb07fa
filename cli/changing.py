"""Changing: amend, retract, undo, redact, note, tag. Each is an entry; the log keeps what was."""

from __future__ import annotations

from typing import Annotated, Any

import typer

from cli import people
from cli.apps import Context, command
from ledger import changes, claims, desk
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import Ledger, read, write
from ledger.vocabulary import Letter

Id = Annotated[str, typer.Argument(metavar="ID", help="Such as C12, A1, S3, Q2.")]
Because = Annotated[str, typer.Option("--because", help="Why.")]


def amend(
    ctx: Context,
    id_: Id,
    set_: Annotated[
        list[str] | None, typer.Option("--set", metavar="FIELD=VALUE", help="Any field; empty takes it away.")
    ] = None,
    says: Annotated[str | None, typer.Option(help="A claim in our own words.")] = None,
    figure: Annotated[str | None, typer.Option(help='The figure in words, "none" for none.')] = None,
    by: Annotated[str | None, typer.Option(help="The original source.")] = None,
    via: Annotated[list[str] | None, typer.Option(help="A relay; may be given again.")] = None,
    of: Annotated[str | None, typer.Option(help="The organisation of the source.")] = None,
    where: Annotated[str | None, typer.Option(help="The place.")] = None,
    when: Annotated[str | None, typer.Option(help="When it happened, such as 2016-03-25/26.")] = None,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Correct fields of a claim, article, source or question; the log keeps what they were.

    Example: claims amend C1 --says "ISIS lost at least 400 fighters" --because "plainer"
    """
    session = ctx.obj
    with session.write() as ledger:
        people.heed(session, ledger, [by, of, *(via or ())])
        with write(ledger, session.who) as writer:
            thing = changes.standing(ledger, id_)
            fields: r.Json = dict(_pair(text) for text in set_ or ())
            if says is not None:
                fields["says"] = says or None
            given = {"figure": figure, "by": by, "via": via, "of": of, "where": where, "when": when}
            if any(v is not None for v in given.values()):
                if not thing.id.startswith("C"):
                    raise BadInput("figure, chain, place and time belong to claims")
                fields |= _read_anew(ledger, writer, thing, given)
            if thing.id.startswith("S") and "name" in fields:
                from ledger.sources import fold_name

                fields["folded"] = fold_name(str(fields["name"]))
            changes.amend(writer, thing.uid, fields, because=because)
    _shown(ctx, id_)


def _pair(text: str) -> tuple[str, Any]:
    name, sign, value = text.partition("=")
    if not sign:
        raise BadInput(f"not FIELD=VALUE: {text}", hint="such as --set published_at=2016-03-27")
    return name.strip().replace("-", "_"), value or None


def _read_anew(ledger: Ledger, writer: Any, thing: r.Thing, given: r.Json) -> r.Json:
    """The claim's parts as logging it now with these words would give them."""
    from ledger.verbs.adding import chain_of

    claim = read.claim(ledger, thing.uid)
    page = claims.page(ledger, read.article(ledger, claim.article))
    again = r.Claim(
        exact=claim.exact, start=claim.start, anchored=claim.anchored,
        place=r.Place(given["where"]) if given["where"] else None, times=claims.given_times(given["when"], None),
        attribution=chain_of(given["by"], given["via"] or (), given["of"], None),
    )  # fmt: skip
    draft, _ = claims.draft(writer, page, again, claims.Hints(figure=given["figure"]))
    fields: r.Json = {}
    if given["figure"] is not None:
        fields["quantities"] = r.plain(draft.quantities)
    if given["where"] is not None:
        fields["place"] = r.plain(draft.place)
    if given["when"] is not None:
        fields["times"] = r.plain(draft.times)
    if draft.attribution:
        fields["attribution"] = r.plain(draft.attribution)
    return fields


def _shown(ctx: Context, name: str) -> None:
    session = ctx.obj
    if session.json:
        from cli.nouns import LETTERS, SHOWN, Noun

        with session.read() as ledger:
            noun = LETTERS.get(Letter(read.thing(ledger, name).id[0]))
            if noun is Noun.QUESTIONS:
                session.show(read.question(ledger, name))
            elif noun is not None:
                session.show(SHOWN[noun].one(ledger, name))
    else:
        session.show(f"changed {name.upper()}")


def retract(ctx: Context, id_: Id, because: Because) -> None:
    """Take a thing back, with the reason; it stays in the log and in its history.

    Example: claims retract C3 --because "logged twice"
    """
    session = ctx.obj
    with session.write() as ledger, write(ledger, session.who) as writer:
        thing = changes.retract(writer, id_, because)
    session.show({"id": thing.id, "uid": thing.uid, "retracted": True} if session.json else f"retracted {thing.id}")


def undo(ctx: Context) -> None:
    """Take back what your last command logged, by entries that reverse it.

    Example: claims undo
    """
    session = ctx.obj
    with session.write() as ledger, write(ledger, session.who) as writer:
        undone = changes.undo(writer)
    session.show(undone if session.json else "\n".join(undone.what) or "nothing to take back")


def note(
    ctx: Context,
    id_: Id,
    text: Annotated[str, typer.Argument(help="The note.")],
    internal: Annotated[bool, typer.Option("--internal", help="Never leaves in a report or bundle.")] = False,
    settles: Annotated[bool, typer.Option("--settles", help="It answers the open queries about the thing.")] = False,
) -> None:
    """Write a note on a thing.

    An internal note that ends in a question mark is an editor's query: no report is final until a note settles it.

    Example: claims note C1 "why not refuted?" --internal
    """
    session = ctx.obj
    with session.write() as ledger, write(ledger, session.who) as writer:
        uid = desk.note(writer, id_, text, internal=internal, settles=settles)
    session.show(
        {"uid": uid, "about": id_.upper(), "text": text, "internal": internal}
        if session.json
        else f"noted on {id_.upper()}"
    )


def tag(
    ctx: Context,
    id_: Id,
    tags: Annotated[list[str], typer.Argument(metavar="TAG...", help="Tags.")],
    remove: Annotated[bool, typer.Option("--remove", help="Take them off.")] = False,
) -> None:
    """Tag a thing, or take tags off.

    Example: claims tag C1 palmyra casualties
    """
    session = ctx.obj
    with session.write() as ledger, write(ledger, session.who) as writer:
        desk.tag(writer, id_, tags, out=remove)
    session.show(
        {"about": id_.upper(), "tags": tags, "removed": remove}
        if session.json
        else f"{'untagged' if remove else 'tagged'} {id_.upper()}"
    )


def redact(
    ctx: Context,
    id_: Annotated[str, typer.Argument(metavar="ID", help="A thing, an entry's uid, or the hash of kept bytes.")],
    because: Because,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Only list what would be blanked.")] = False,
) -> None:
    """Blank everything that names a thing: a privacy or court order. This cannot be undone.

    The hashes stay, so that the log still proves itself; who redacted, when and why stays too.

    Example: claims redact C12 --because "court order 12/26" --dry-run
    """
    session = ctx.obj
    from ledger import redaction

    if session.asks and not dry_run:
        typer.confirm(f"blank everything that names {id_}? it cannot be undone", abort=True, err=True)
    with session.write() as ledger:
        done = redaction.redact(ledger, id_, because=because, actor=session.who, dry_run=dry_run)
    if session.json:
        session.show(done)
        return
    verb = "would blank" if dry_run else "blanked"
    lines = [f"{verb} {len(done.entries)} entries and {len(done.blobs)} kept files or texts"]
    lines += [f"  {e.seq}  {e.kind} by {e.by}, {e.at[:10]}" for e in done.entries]
    lines += [f"  stays: {text}" for text in done.stays]
    session.show("\n".join(lines))


APPS = {
    "amend": command(amend),
    "retract": command(retract),
    "undo": command(undo),
    "note": command(note),
    "tag": command(tag),
    "redact": command(redact),
}
