"""Questions that several claims answer: add, list, show, merge; file and link claims."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import nouns, words
from cli.apps import Context, command, group
from cli.looking import list_
from cli.looking import show as show_thing
from cli.nouns import Noun
from ledger.store import read
from ledger.verbs import questioning
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
    wanted = questioning.RaiseQuestion(text=text, measure=measure, window=window, place=place)
    found = ctx.obj.log(questioning.raise_question, wanted, start=True).question
    ctx.obj.result(found, f"{found.id}  {found.question}")


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
    wanted = questioning.MergeQuestions(question=question, into=into, because=because)
    found = ctx.obj.log(questioning.merge_questions, wanted).question
    ctx.obj.result(found, nouns.name_line(found))


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
    wanted = questioning.File(claims=tuple(ids), under=under, out=out, because=because)
    found = ctx.obj.log(questioning.file, wanted).question
    ctx.obj.result(found, nouns.name_line(found))


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
    made = ctx.obj.log(questioning.link, questioning.Link(a=a, b=b, relation=as_, because=because)).link
    ctx.obj.result(made, f"{made.a} {words.spaced(made.relation)} {made.b}")


APPS = {
    "question": group("Questions that several claims answer.", add=add, list=list_questions, show=show, merge=merge),
    "file": command(file),
    "link": command(link),
}
