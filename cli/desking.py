"""The desk's day: what waits for whom, where the work stands, translations."""

from __future__ import annotations

from collections import Counter
from typing import Annotated

from cli import nouns
from cli.apps import Context, typer
from cli.ids import before, given
from cli.session import Session
from ledger.errors import BadInput
from ledger.store import ids
from ledger.verbs import assigning
from ledger.vocabulary import Priority, State

Due = Annotated[str | None, typer.Option(help='A day, or "2016-04-01 18:00 Europe/Paris"; none takes it away.')]


def todo(
    ctx: Context,
    all_: Annotated[bool, typer.Option("--all", help="Everybody's, not only yours and what is anybody's.")] = False,
    who: Annotated[str | None, typer.Option("--for", metavar="HANDLE", help="Somebody else's.")] = None,
    more: Annotated[bool, typer.Option("--more", help="All of it, and not the most pressing alone.")] = False,
) -> None:
    """What is waiting, and for whom: overdue first, then replies, editor's queries, sign-offs, work and suggestions.

    Then questions whose sources contradict each other or that nobody has answered, claims not checked, claims not filed.

    Example: claims todo --all
    """
    from ledger.todo import foremost
    from ledger.todo import todo as waiting

    with ctx.obj.read() as ledger:
        found = waiting(ledger, None if all_ else who or ctx.obj.who)
    shown = found if more or ctx.obj.json else foremost(found, SCREEN)
    ctx.obj.results(shown, nouns.todo_table, none="nothing waits")
    if len(shown) < len(found):
        left = Counter(item.why for item in found) - Counter(item.why for item in shown)
        ctx.obj.say(f"{', '.join(f'{n} {why}' for why, n in left.items())} more: claims todo --more")


SCREEN = 20
"""Lines of what waits."""


def state(
    ctx: Context,
    words: Annotated[
        list[str],
        typer.Argument(metavar="ID... [STATE]", help="Claims and questions; new, checking, waiting, ready, dropped."),
    ],
    priority: Annotated[Priority | None, typer.Option(help="low, normal or high.")] = None,
    due: Due = None,
    embargo: Annotated[
        str | None, typer.Option(help='Not before: "2016-04-01 06:00 Europe/Paris"; none lifts it.')
    ] = None,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Set where the work on claims or questions stands, when it is due, and until when it must not go out.

    Example: claims state C1 checking --priority high --due 2030-04-01
    """
    value = None if words[-1] == "-" or ids.looks_like(words[-1]) else _state(words[-1])
    names = " ".join(given(words[:-1] if value else words))
    wanted = assigning.Assign(id=names, state=value, priority=priority, due=due, embargo=embargo, because=because)
    _assigned(ctx.obj, wanted)


def _state(word: str) -> State:
    try:
        return State(word)
    except ValueError:
        raise BadInput(f"neither an id nor a state: {word}", hint=f"a state is one of {', '.join(State)}") from None


def assign(
    ctx: Context,
    words: Annotated[
        list[str], typer.Argument(metavar="ID... HANDLE", help="Claims and questions; whose they are now, or none.")
    ],
    due: Due = None,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Give claims or questions to somebody; none takes them from whoever has them.

    Example: claims assign C1 C4-C7 ana --due 2030-04-01
    """
    names, who = before(words, "the handle")
    _assigned(ctx.obj, assigning.Assign(id=" ".join(names), assignee=who, due=due, because=because))


def _assigned(session: Session, wanted: assigning.Assign) -> None:
    now = session.log(assigning.assign, wanted).work
    session.results(now, lambda all_: "\n".join(map(nouns.work_line, all_)), none="")


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
    from ledger.verbs import changing

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
    "todo": todo,
    "state": state,
    "assign": assign,
    "translate": translate,
}
