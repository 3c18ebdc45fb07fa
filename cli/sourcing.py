"""Sources: who is who, what they are to each other, and which side they are on."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import render
from cli.apps import Context, group
from cli.looking import list_, show
from cli.nouns import Noun
from ledger import changes, protection, sources
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.store import Ledger, read, write
from ledger.vocabulary import EntryKind, Letter, Relating, SourceKind

Which = Annotated[str, typer.Argument(metavar="SOURCE", help="An id such as S3, or a name.")]
Because = Annotated[str | None, typer.Option("--because", help="Why, or where it says so.")]


def source_of(ledger: Ledger, name: str) -> r.Source:
    """The source with this id or name."""
    if read.ID.fullmatch(name.strip()):
        return read.source(ledger, changes.standing(ledger, name, Letter.SOURCE).uid)
    found = read.source_by_folded(ledger, sources.fold_name(name))
    if found is None:
        raise BadInput(f"no source is called {name!r}", hint="claims source list shows their names")
    return found


def list_sources(ctx: Context) -> None:
    """List the sources.

    Example: claims source list
    """
    list_(ctx, Noun.SOURCES)


def show_source(ctx: Context, source: Which) -> None:
    """Show a source: names, kind, relations, claims.

    Example: claims source show S2
    """
    with ctx.obj.read() as ledger:
        uid = source_of(ledger, source).uid
    show(ctx, uid)


def add(
    ctx: Context,
    name: Annotated[str, typer.Argument(help="Its name.")],
    kind: Annotated[SourceKind | None, typer.Option(help="What it is; guessed from the name by default.")] = None,
) -> None:
    """Add a source before any claim names it.

    Example: claims source add "Syrian Observatory for Human Rights"
    """
    session = ctx.obj
    with session.write(start=True) as ledger:
        with write(ledger, session.who) as writer:
            uid = sources.source_uid(writer, name, kind)
        _tell(ctx, ledger, uid)


def alias(
    ctx: Context,
    source: Which,
    name: Annotated[str, typer.Argument(help="Its other name, in any script.")],
    because: Because = None,
) -> None:
    """Give a source another name.

    Example: claims source alias S2 SOHR
    """
    session = ctx.obj
    with session.write() as ledger:
        found = source_of(ledger, source)
        folded = sources.fold_name(name)
        if not folded:
            raise BadInput("an empty name")
        taken = read.source_by_folded(ledger, folded)
        if taken is not None and taken.uid != found.uid:
            raise BadInput(
                f"{taken.id} is called {name!r} already",
                hint=f"claims source merge {taken.id} {found.id} makes them one",
            )
        with write(ledger, session.who) as writer:
            writer.append(EntryKind.ALIAS, r.AliasDraft(name, folded, because), about=found.uid)
        _tell(ctx, ledger, found.uid)


def relate(
    ctx: Context,
    source: Which,
    relation: Annotated[Relating, typer.Argument(help="What it is to the other.")],
    other: Annotated[str, typer.Argument(metavar="OTHER", help="An id or a name.")],
    since: Annotated[str | None, typer.Option(help="From when, such as 2014-06.")] = None,
    until: Annotated[str | None, typer.Option(help="Until when.")] = None,
    because: Because = None,
) -> None:
    """Say what one source is to another: same_as, part_of, speaks_for, owned_by, syndicates, independent.

    Sources that are same_as, part_of or speaks_for another count as one original source.

    Example: claims source relate S5 speaks_for S2 --because "its director"
    """
    session = ctx.obj
    if relation is Relating.INDEPENDENT and not because:
        raise BadInput("that two sources are independent needs its reason", hint="--because ...")
    with session.write() as ledger:
        one, two = source_of(ledger, source), source_of(ledger, other)
        if one.uid == two.uid:
            raise BadInput(f"{one.id} cannot be related to itself")
        with write(ledger, session.who) as writer:
            writer.append(EntryKind.RELATE, r.RelateDraft(two.uid, relation, since, until, because), about=one.uid)
        _tell(ctx, ledger, one.uid)


def party(
    ctx: Context,
    source: Which,
    side: Annotated[str | None, typer.Option(help="Its side; allies on one side may be one source.")] = None,
    question: Annotated[str | None, typer.Option(help="Only to this question.", metavar="ID")] = None,
    no: Annotated[bool, typer.Option("--no", help="It is not a party.")] = False,
    because: Because = None,
) -> None:
    """Say that a source takes part in what is asked, and on which side.

    Example: claims source party "Russian Defence Ministry" --side "Syrian government and allies"
    """
    session = ctx.obj
    with session.write() as ledger:
        found = source_of(ledger, source)
        about = read.thing(ledger, question, Letter.QUESTION).uid if question else None
        with write(ledger, session.who) as writer:
            writer.append(EntryKind.PARTY, r.PartyDraft(not no, side, about, because), about=found.uid)
        _tell(ctx, ledger, found.uid)


def counts(
    ctx: Context,
    source: Which,
    how: Annotated[str, typer.Argument(help="Such as documented-minimum.")],
    because: Because = None,
) -> None:
    """Say how a source counts, such as documented-minimum.

    Example: claims source counts S2 documented-minimum
    """
    session = ctx.obj
    with session.write() as ledger:
        found = source_of(ledger, source)
        with write(ledger, session.who) as writer:
            changes.amend(writer, found.uid, {"counts": how}, because=because)
        _tell(ctx, ledger, found.uid)


def protect(
    ctx: Context,
    handle: Annotated[str, typer.Argument(metavar="@HANDLE", help="What the source is called everywhere.")],
    name: Annotated[
        list[str] | None,
        typer.Option("--name", help="Its real name; asked for by default, so that no shell remembers it."),
    ] = None,
    note: Annotated[str | None, typer.Option(help="What may be said of it: 'a nurse at the hospital'.")] = None,
) -> None:
    """Protect a source: the ledger knows @handle alone, the real name is kept in a file of yours outside it.

    Whatever is logged or published from here on is looked through for the name, and refused where it stands in it.

    Example: claims source protect @baker
    """
    session = ctx.obj
    names = list(name or ())
    if not names and session.asks:
        names = [typer.prompt("Real name (not shown, not logged)", hide_input=True, err=True)]
    with session.write(start=True) as ledger:
        named = [n for n in names if read.source_by_folded(ledger, sources.fold_name(n))]
        if named:
            known = source_of(ledger, named[0])
            raise Refused(
                f"that name is in the log already, as {known.id}",
                hint=f"take it out first: claims redact {known.id} --because ..., then protect it",
            )
        known_handle = read.source_by_folded(ledger, sources.fold_name(handle))
        if known_handle is not None and not known_handle.protected:
            raise Refused(
                f"{known_handle.id} is called {handle} already, and is not protected", hint="take another handle"
            )
        protection.protect(handle, names)
        with write(ledger, session.who) as writer:
            uid = known_handle.uid if known_handle else sources.protected_uid(writer, handle, note)
        session.say(f"the real name is kept in {protection.path()}; save a copy of it where nobody else can read it")
        _tell(ctx, ledger, uid)


def merge(
    ctx: Context,
    source: Which,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.")],
    because: Because = None,
) -> None:
    """Make two sources one.

    Example: claims source merge S7 S2 --because "the same ministry, spelled twice"
    """
    session = ctx.obj
    with session.write() as ledger:
        one, two = source_of(ledger, source), source_of(ledger, into)
        with write(ledger, session.who) as writer:
            changes.merge(writer, one.uid, two.uid, because=because)
        _tell(ctx, ledger, two.uid)


def aliases(ctx: Context) -> None:
    """Propose sources whose names may mean one: an acronym, a short form, another spelling. You confirm each.

    Example: claims source aliases
    """
    from ledger.crossref.aliases import propose_aliases

    session = ctx.obj
    with session.write() as ledger:
        with write(ledger, session.who) as writer:
            made = propose_aliases(writer)
        if session.json:
            render.lines(made)
            return
        names = {s.uid: f"{s.id} “{s.name}”" for s in read.sources(ledger)}
        rows = ([m.id, names[m.proposal["same"]], names[m.proposal["source"]], m.reason] for m in made)
        table = render.table(["id", "may be", "the same as", "why"], rows, grow=1)
        session.show(table if made else "no names that look alike and were not proposed before")
    if made:
        session.say(f"next: claims accept {made[0].id}, or claims reject {made[0].id}")


def _tell(ctx: Context, ledger: Ledger, uid: str) -> None:
    found = read.source(ledger, uid)
    ctx.obj.show(found if ctx.obj.json else f"{found.id}  {found.name}")


APPS = {
    "source": group(
        "Sources: who is who, what they are to each other, and which side they are on.",
        list=list_sources,
        show=show_source,
        add=add,
        alias=alias,
        relate=relate,
        party=party,
        counts=counts,
        merge=merge,
        aliases=aliases,
        protect=protect,
    )
}
