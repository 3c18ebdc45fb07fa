"""Sources: who is who, what they are to each other, and which side they are on."""

from __future__ import annotations

import functools
from typing import Annotated

from cli import nouns, words
from cli.apps import Context, group, typer
from cli.looking import list_, show_thing
from cli.nouns import Noun
from ledger.store import read
from ledger.verbs import changing, sourcing
from ledger.vocabulary import Relating, SourceKind

Which = Annotated[str, typer.Argument(metavar="SOURCE", help="An id such as S3, or a name.")]
Because = Annotated[str | None, typer.Option("--because", help="Why, or where it says so.")]


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
        show_thing(ctx.obj, ledger, read.thing(ledger, sourcing.source_of(ledger, source).uid))


def add(
    ctx: Context,
    name: Annotated[str, typer.Argument(help="Its name.")],
    kind: Annotated[SourceKind | None, typer.Option(help="What it is; guessed from the name by default.")] = None,
) -> None:
    """Add a source before any claim names it.

    Example: claims source add "Vorian Observatory for Human Rights"
    """
    _tell(ctx, ctx.obj.log(sourcing.add_source, sourcing.AddSource(name=name, kind=kind), start=True))


def alias(
    ctx: Context,
    source: Which,
    name: Annotated[str, typer.Argument(help="Its other name, in any script.")],
    because: Because = None,
) -> None:
    """Give a source another name.

    Example: claims source alias S2 SOHR
    """
    _tell(ctx, ctx.obj.log(sourcing.add_alias, sourcing.AddAlias(source=source, name=name, because=because)))


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
    wanted = sourcing.Relate(source=source, relation=relation, other=other, since=since, until=until, because=because)
    _tell(ctx, ctx.obj.log(sourcing.relate, wanted))


def party(
    ctx: Context,
    source: Which,
    side: Annotated[str | None, typer.Option(help="Its side; allies on one side may be one source.")] = None,
    question: Annotated[str | None, typer.Option(help="Only to this question.", metavar="ID")] = None,
    no: Annotated[bool, typer.Option("--no", help="It is not a party.")] = False,
    because: Because = None,
) -> None:
    """Say that a source takes part in what is asked, and on which side.

    Example: claims source party "Ostrian Defence Ministry" --side "Vorian government and allies"
    """
    wanted = sourcing.TakeSide(source=source, side=side, question=question, party=not no, because=because)
    _tell(ctx, ctx.obj.log(sourcing.take_side, wanted))


def counts(
    ctx: Context,
    source: Which,
    how: Annotated[str, typer.Argument(help="Such as documented-minimum.")],
    because: Because = None,
) -> None:
    """Say how a source counts, such as documented-minimum.

    Example: claims source counts S2 documented-minimum
    """
    _tell(ctx, ctx.obj.log(sourcing.count_as, sourcing.CountAs(source=source, how=how, because=because)))


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
    names = tuple(name or ())
    if not names and session.asks:
        names = (typer.prompt("Real name (not shown, not logged)", hide_input=True, err=True),)
    with session.write(start=True) as ledger:
        wanted = sourcing.Protect(handle=handle, names=names, note=note)
        done = sourcing.protect(ledger, wanted, actor=session.who)
    session.tell(done.notices)
    _tell(ctx, done)


def merge(
    ctx: Context,
    source: Which,
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.")],
    because: Because = None,
) -> None:
    """Make two sources one: all that the first said counts as said by the second. `source split` takes it back.

    Example: claims source merge S7 S2 --because "the same ministry, spelled twice"
    """
    session, wanted = ctx.obj, sourcing.MergeSources(source=source, into=into, because=because)
    with session.write() as ledger:
        one, two = (sourcing.source_of(ledger, name) for name in (source, into))
        named = [f"{nouns.name_line(source)} ({words.many(source.claims, 'claim')})" for source in (one, two)]
        said = " becomes one with ".join(named)
        session.confirm(said)
        done = session.do(sourcing.merge_sources, ledger, wanted)
    session.result(done.source, f"{said}\n  to take it back: claims source split {one.id}")


def split(ctx: Context, source: Annotated[str, typer.Argument(metavar="ID")], because: Because = None) -> None:
    """Make a source that was merged one of its own again.

    Example: claims source split S7 --because "another ministry after all"
    """
    thing = ctx.obj.log(changing.split, changing.Split(id=source, because=because))
    ctx.obj.result(thing, f"{thing.id} is a source of its own again")


def rename(
    ctx: Context, source: Which, name: Annotated[str, typer.Argument(help="Its right name.")], because: Because = None
) -> None:
    """Give a source its right name; the old one still finds it.

    Example: claims source rename S2 "Vorian Observatory for Human Rights"
    """
    _tell(ctx, ctx.obj.log(sourcing.rename_source, sourcing.RenameSource(source=source, name=name, because=because)))


def aliases(ctx: Context) -> None:
    """Propose sources whose names may mean one: an acronym, a short form, another spelling. You confirm each.

    Example: claims source aliases
    """
    session = ctx.obj
    made = session.log(sourcing.propose_aliases, sourcing.ProposeAliases()).suggestions
    with session.read() as ledger:
        table = functools.partial(nouns.aliases_table, ledger)
        session.results(made, table, none="no names that look alike and were not proposed before")
    if made:
        session.say(
            f"next: claims triage asks about each; claims accept {' '.join(m.id for m in made[:9])} takes them as one"
        )


def _tell(ctx: Context, done: sourcing.Sourced) -> None:
    ctx.obj.result(done.source, nouns.name_line(done.source))


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
        split=split,
        rename=rename,
        aliases=aliases,
        protect=protect,
    )
}
