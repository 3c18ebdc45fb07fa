"""The desk's day: what waits for whom, where the work stands, translations."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import nouns, render
from cli.apps import Context, command
from cli.session import Session
from ledger import desk, work
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import beside, read, write
from ledger.vocabulary import Letter, Priority, State

Id = Annotated[str, typer.Argument(metavar="ID", help="A claim or question, such as C12 or Q1.")]
Due = Annotated[str | None, typer.Option(help='A day, or "2016-04-01 18:00 Europe/Paris"; none takes it away.')]


def todo(
    ctx: Context,
    all_: Annotated[bool, typer.Option("--all", help="Everybody's, not only yours and what is anybody's.")] = False,
    who: Annotated[str | None, typer.Option("--for", metavar="HANDLE", help="Somebody else's.")] = None,
) -> None:
    """What is waiting, and for whom: overdue first, then replies, editor's queries, sign-offs, work and suggestions.

    Example: claims todo --all
    """
    from ledger.todo import todo as waiting

    session = ctx.obj
    with session.read() as ledger:
        found = waiting(ledger, None if all_ else who or session.who)
    if session.json:
        render.lines(found)
    elif not found:
        session.say("nothing waits")
    else:
        rows = ([i.id, i.why, i.what, i.who or "anybody", (i.due or "")[:16].replace("T", " ")] for i in found)
        session.show(render.table(["id", "", "what", "for", "due"], rows, grow=2))


def state(
    ctx: Context,
    id_: Id,
    value: Annotated[
        State | None, typer.Argument(metavar="[STATE]", help="new, checking, waiting, ready, dropped.")
    ] = None,
    priority: Annotated[Priority | None, typer.Option(help="low, normal or high.")] = None,
    due: Due = None,
    embargo: Annotated[
        str | None, typer.Option(help='Not before: "2016-04-01 06:00 Europe/Paris"; none lifts it.')
    ] = None,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Set where the work on a claim or question stands, when it is due, and until when it must not go out.

    Example: claims state C1 checking --priority high --due 2030-04-01
    """
    if value is State.PUBLISHED:
        raise BadInput("what is published is said by publishing it", hint=f"claims publish {id_.upper()}")
    change = work.Change(state=value, priority=priority, due=due, embargo=embargo, because=because)
    _changed(ctx.obj, id_, change)


def assign(
    ctx: Context,
    id_: Id,
    who: Annotated[str, typer.Argument(metavar="HANDLE", help="Whose it is now; none takes it from whoever has it.")],
    due: Due = None,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Give a claim or question to somebody.

    Example: claims assign C1 ana --due 2030-04-01
    """
    _changed(ctx.obj, id_, work.Change(assignee=who, due=due, because=because))


def _changed(session: Session, name: str, change: work.Change) -> None:
    with session.write() as ledger:
        with write(ledger, session.who) as writer:
            work.change(writer, name, change)
        thing = read.thing(ledger, name)
        now = beside.work_on(ledger, thing.uid)
    if change.due and now.due and work.passed(now.due):
        session.say(f"{now.due} has passed already; it was set all the same")
    session.result(now, nouns.work_line(now))


def translate(
    ctx: Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Such as C1.")],
    text: Annotated[str | None, typer.Argument(metavar="[TEXT]", help="The translation.")] = None,
    machine: Annotated[str | None, typer.Option(metavar="NAME", help="Which program made it.")] = None,
    language: Annotated[str | None, typer.Option("--lang", help="The language it is in, such as en.")] = None,
    review: Annotated[bool, typer.Option("--review", help="Stand for the machine's translation as it is.")] = False,
) -> None:
    """Put a translation beside the original words; a machine's is marked, and must be reviewed before a rating.

    Example: claims translate C1 "The harbour was closed" --machine "MT 3" --lang en
    """
    session = ctx.obj
    if review == (text is not None):
        raise BadInput("give a translation, or --review the one there is")
    with session.write() as ledger:
        with write(ledger, session.who) as writer:
            if text is None:
                desk.review(writer, claim)
            else:
                made = r.Translation(text, language, by=machine or session.who, machine=machine is not None)
                desk.translate(writer, claim, made)
        found = read.claim(ledger, read.thing(ledger, claim, Letter.CLAIM).uid)
    told = "reviewed the translation of" if review else "translated"
    session.show(found if session.json else f"{told} {found.id}")


APPS = {
    "todo": command(todo),
    "state": command(state),
    "assign": command(assign),
    "translate": command(translate),
}
