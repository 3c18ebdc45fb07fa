"""The desk's day: what waits for whom, where the work stands, translations."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import nouns
from cli.apps import Context, command
from cli.session import Session
from ledger.errors import BadInput
from ledger.verbs import assigning, changing
from ledger.vocabulary import Priority, State

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

    with ctx.obj.read() as ledger:
        found = waiting(ledger, None if all_ else who or ctx.obj.who)
    ctx.obj.results(found, nouns.todo_table, none="nothing waits")


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
    _assigned(
        ctx.obj,
        assigning.Assign(id=id_, state=value, priority=priority, due=due, embargo=embargo, because=because),
    )


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
    _assigned(ctx.obj, assigning.Assign(id=id_, assignee=who, due=due, because=because))


def _assigned(session: Session, wanted: assigning.Assign) -> None:
    now = session.log(assigning.assign, wanted).work
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
    if text is None:
        found = session.log(changing.review_translation, changing.ReviewTranslation(claim=claim)).claim
        session.result(found, f"reviewed the translation of {found.id}")
    else:
        wanted = changing.Translate(claim=claim, text=text, language=language, machine=machine)
        found = session.log(changing.translate, wanted).claim
        session.result(found, f"translated {found.id}")


APPS = {
    "todo": command(todo),
    "state": command(state),
    "assign": command(assign),
    "translate": command(translate),
}
