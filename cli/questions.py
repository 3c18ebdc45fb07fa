"""Questions that several claims answer: add, list, show, merge; file and link claims."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

from cli import nouns, words
from cli.apps import Context, Values, group, typer
from cli.ids import given
from cli.looking import list_, show_thing
from cli.nouns import Noun
from cli.session import Session
from ledger import ownfields
from ledger.errors import BadInput, NotFound
from ledger.lazily import Later
from ledger.store import read
from ledger.vocabulary import Kind, Letter, Relation

if TYPE_CHECKING:
    from ledger.verbs import changing, questioning
else:  # showing a question needs no verb
    changing, questioning = Later("ledger.verbs.changing"), Later("ledger.verbs.questioning")


def add(
    ctx: Context,
    text: Annotated[str, typer.Argument(help="What is asked.")],
    measure: Annotated[str | None, typer.Option(help="What is counted: killed, sorties, targets.")] = None,
    window: Annotated[str | None, typer.Option(help="For when, such as 2016-03-07/27.")] = None,
    place: Annotated[str | None, typer.Option(help="For where.")] = None,
    kind: Annotated[Kind | None, typer.Option(help="What answers it, if not as its words say.")] = None,
    one_of: Annotated[
        str | None, typer.Option("--one-of", metavar="A,B", help="Answers of which only one can be true.")
    ] = None,
) -> None:
    """Add a question.

    What answers it (a count, yes or no, when, where, ...) is told from its words and its claims unless you say it.

    Example: claims question add "Fighters killed in the battle for the city, March 2016"
    """
    wanted = questioning.RaiseQuestion(
        text=text, measure=measure, window=window, place=place, kind=kind, one_of=one_of
    )  # fmt: skip
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
        show_thing(ctx.obj, ledger, read.thing(ledger, question, Letter.QUESTION))


def merge(
    ctx: Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    into: Annotated[str, typer.Argument(metavar="INTO", help="The one that stays.")],
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Make two questions one; the claims of both are filed under the one that stays. `question split` takes it back.

    Example: claims question merge Q4 Q1
    """
    session, wanted = ctx.obj, questioning.MergeQuestions(question=question, into=into, because=because)
    with session.write() as ledger:
        one, two = (read.question(ledger, name) for name in (question, into))
        said = f"{nouns.name_line(one)} becomes one with {nouns.name_line(two)}"
        session.confirm(said)
        found = session.do(questioning.merge_questions, ledger, wanted).question
    back = f"to take it back: claims question split {one.id}"
    session.result(found, f"{said}\n{nouns.name_line(found)}\n  {back}")


def split(
    ctx: Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION")],
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """Make a question that was merged one of its own again; the claims that came with it go back to it.

    Example: claims question split Q4
    """
    thing = ctx.obj.log(changing.split, changing.Split(id=question, because=because))
    ctx.obj.result(thing, f"{thing.id} is a question of its own again")


def file(
    ctx: Context,
    words_: Annotated[list[str], typer.Argument(metavar="CLAIM...", help="Such as C1 C4-C7, or all; - reads a list.")],
    question: Annotated[str, typer.Option("--question", metavar="ID|TEXT", help="The question; made where it is new.")],
    out: Annotated[bool, typer.Option("--out", help="Take them out.")] = False,
    answer: Annotated[str | None, typer.Option(help="What they answer, in a word or two: yes, south, 2016-03.")] = None,
    field: Values = None,
    because: Annotated[str | None, typer.Option(help="Why.")] = None,
) -> None:
    """File claims under a question.

    Example: claims file C1 C4-C7 --question Q1
    """
    wanted = questioning.File(
        claims=tuple(given(words_)), question=question, out=out, because=because, answer=answer,
        fields=ownfields.pairs(field or ()),
    )  # fmt: skip
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


def why(
    ctx: Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Such as Q1.")],
    finding: Annotated[str | None, typer.Argument(metavar="FINDING", help="Such as conflicts:C3:C7.")] = None,
    holds: Annotated[bool | None, typer.Option("--right/--not-so", help="Your word on it.", show_default=False)] = None,
    because: Annotated[str | None, typer.Option("--because", help="Why.")] = None,
) -> None:
    """Open the findings of a question: the passages, what was checked, the rule; say whether one is right.

    Example: claims why Q1 conflicts:C3:C7 --not-so --because "they are about two districts"
    """
    if finding is not None and not finding.strip():
        raise BadInput("no finding is named", hint=f"claims why {question} lists them")
    if holds is None:
        _open_findings(ctx.obj, question, finding)
        return
    if finding is None:
        raise BadInput("which finding?", hint=f"claims why {question} lists them")
    wanted = questioning.JudgeFinding(question=question, finding=finding, holds=holds, because=because)
    judged = ctx.obj.log(questioning.judge_finding, wanted).finding
    ctx.obj.result(judged, f"{judged.id}: {'right' if holds else 'not so; it is shown no more'}")


def _open_findings(session: Session, question: str, finding: str | None) -> None:
    from cli.question_text import why_text
    from ledger.crossref.study import study
    from ledger.reports.why import why as reasons

    with session.read() as ledger:
        found = study(ledger, read.thing(ledger, question, Letter.QUESTION).uid)
    told = reasons(found, only=finding)
    if finding and not told:
        raise NotFound(f"no finding {finding} in {found.question.id}", hint=f"claims why {found.question.id}")
    if told and not finding:
        session.say(f"your word on one: claims why {found.question.id} FINDING --right, or --not-so --because ...")
    none = "no findings: nothing here contradicts, supports or differs"
    session.results(told, lambda w: why_text(found, w), none=none)


APPS = {
    "question": group(
        "Questions that several claims answer.", add=add, list=list_questions, show=show, merge=merge, split=split
    ),
    "file": file,
    "link": link,
    "why": why,
}
