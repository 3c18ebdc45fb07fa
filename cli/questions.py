"""Questions that several claims answer: add, list, show, merge; file and link claims."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import render
from cli.apps import Context, command, group
from cli.looking import list_
from cli.looking import show as show_thing
from cli.nouns import Noun
from ledger import changes, claims, dates, desk
from ledger.store import read, write
from ledger.verbs import filing
from ledger.vocabulary import Letter, Relation


def add(
    ctx: Context,
    text: Annotated[str, typer.Argument(help="What is asked.")],
    measure: Annotated[str | None, typer.Option(help="What is counted: killed, sorties, targets.")] = None,
    window: Annotated[str | None, typer.Option(help="For when, such as 2016-03-07/27.")] = None,
    place: Annotated[str | None, typer.Option(help="For where.")] = None,
) -> None:
    """Add a question.

    Example: claims question add "IS fighters killed in the battle for Palmyra, March 2016"
    """
    session = ctx.obj
    if window:
        dates.window(window)
    with session.write(start=True) as ledger:
        with write(ledger, session.who) as writer:
            uid = claims.question_uid(writer, text, measure=measure, window=window, place=place)
        found = read.question(ledger, uid)
        session.show(found if session.json else f"{found.id}  {found.question}")


def list_questions(ctx: Context) -> None:
    """List the questions.

    Example: claims question list
    """
    list_(ctx, Noun.QUESTIONS)


def show(ctx: Context, question: Annotated[str, typer.Argument(metavar="QUESTION", help="Such as Q1.")]) -> None:
    """Show a question: answers by original source, what supports what, how many separate sources there are.

    Example: claims question show Q1
    """
    with ctx.obj.read() as ledger:
        uid = read.thing(ledger, question, Letter.QUESTION).uid
    show_thing(ctx, uid)


def merge(
    ctx: Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.")],
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Make two questions one; the claims of both are filed under the one that stays.

    Example: claims question merge Q4 Q1
    """
    session = ctx.obj
    with session.write() as ledger:
        with write(ledger, session.who) as writer:
            changes.merge(writer, question, into, because=because)
        found = read.question(ledger, into)
        session.show(found if session.json else f"{found.id}  {found.question} ({found.claims} claims)")


def file(
    ctx: Context,
    ids: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Claims.")],
    under: Annotated[str, typer.Option("--under", metavar="ID|TEXT", help="The question; made where it is new.")],
    out: Annotated[bool, typer.Option("--out", help="Take them out.")] = False,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """File claims under a question.

    Example: claims file C1 C4 --under Q1
    """
    session = ctx.obj
    with session.write() as ledger:
        request = filing.File(claims=tuple(ids), under=under, out=out, because=because)
        found = session.do(filing.file, ledger, request).question
    session.show(found if session.json else f"{found.id}  {found.question} ({found.claims} claims)")


def link(
    ctx: Context,
    a: Annotated[str, typer.Argument(metavar="CLAIM")],
    b: Annotated[str, typer.Argument(metavar="CLAIM")],
    as_: Annotated[Relation, typer.Option("--as", help="What the first is to the second.")],
    because: Annotated[str, typer.Option("--because", help="Why.")],
) -> None:
    """Say what one claim is to another; it stands over what the program finds, and both are kept.

    Example: claims link C1 C2 --as updates --because "the later statement gives the same count"
    """
    session = ctx.obj
    with session.write() as ledger:
        with write(ledger, session.who) as writer:
            desk.link(writer, a, b, as_, because)
        newest = read.links(ledger, [read.thing(ledger, a).uid])[-1]
        session.show(
            newest if session.json else f"{newest.a} {render.short(newest.relation.replace('_', ' '), 40)} {newest.b}"
        )


APPS = {
    "question": group("Questions that several claims answer.", add=add, list=list_questions, show=show, merge=merge),
    "file": command(file),
    "link": command(link),
}
