"""Judging: check, rate, answer, and the scales."""

from __future__ import annotations

from typing import Annotated

import typer

from cli import render
from cli.apps import Context, command, group
from cli.session import Session
from ledger import desk, grading
from ledger.errors import NotFound
from ledger.store import Ledger, read, write
from ledger.vocabulary import Checked, EntryKind

Because = Annotated[str, typer.Option("--because", help="Why.")]
On = Annotated[str | None, typer.Option("--on", metavar="IDS", help="What it rests on: C4,E2.")]


def ids(text: str | None) -> tuple[str, ...]:
    """Ids given with commas or spaces between them."""
    return tuple((text or "").replace(",", " ").split())


def check(
    ctx: Context,
    claim: Annotated[str, typer.Argument(metavar="CLAIM", help="Such as C1.")],
    value: Annotated[Checked, typer.Argument(help="Did the source say it?")],
    because: Annotated[str | None, typer.Option(help="How you know.")] = None,
    on: On = None,
) -> None:
    """Did the source say it?

    Example: claims check C1 yes --because "its own statement reads the same"
    """
    session = ctx.obj
    with session.write() as ledger:
        with write(ledger, session.who) as writer:
            desk.check(writer, claim, value, because=because, on=ids(on))
        found = read.claim(ledger, claim)
        if not found.anchored:
            session.say(f"{found.id} is not anchored: no saved copy holds its words, so nobody can look them up here")
        session.show(found.check if session.json else f"checked {found.id}: {value}")


def rate(
    ctx: Context,
    id_: Annotated[
        str, typer.Argument(metavar="ID", help="A claim, a question, or a source where the scale rates sources.")
    ],
    value: Annotated[str, typer.Argument(help="A grade of the scale: supported, unproven, disputed, refuted.")],
    because: Because,
    scale: Annotated[str, typer.Option(help="Another scale; claims scale list.")] = grading.HOUSE,
    on: On = None,
    even_so: Annotated[
        str | None, typer.Option(metavar="WHY", help="Why a grade that needs two separate sources is given without.")
    ] = None,
) -> None:
    """Is the claim true? Several people may rate; each one's newest rating counts, and all are shown.

    Example: claims rate C1 unproven --because "one source, not confirmed elsewhere" --on C4,E2
    """
    session = ctx.obj
    with session.write() as ledger:
        needed = grading.scale(scale, ledger).grade(value).needs_two_sources
        found = _separate(ledger, id_) if needed else None
        with write(ledger, session.who) as writer:
            desk.rate(writer, id_, desk.Verdict(value, because, scale, ids(on), even_so), separate=found)
        thing = read.thing(ledger, id_)
        newest = read.judgements(ledger, thing.uid, EntryKind.RATING)[-1]
        session.show(newest if session.json else f"rated {thing.id}: {newest.value}")


def _separate(ledger: Ledger, name: str) -> int:
    """How many separate sources support it; counted only for the grades that ask for it."""
    from ledger.crossref.study import separate

    return separate(ledger, name)


def answer(
    ctx: Context,
    question: Annotated[str, typer.Argument(metavar="QUESTION", help="Such as Q1.")],
    text: Annotated[str, typer.Argument(help="One sentence.")],
    because: Because,
    low: Annotated[str | None, typer.Option(help="The lowest figure you stand for.")] = None,
    high: Annotated[str | None, typer.Option(help="The highest.")] = None,
    best: Annotated[str | None, typer.Option(help="Your best figure, if you have one.")] = None,
    on: On = None,
) -> None:
    """What is the answer to a question?

    Example: claims answer Q1 "At least 400, per one monitor" --low 400 --because "every copy traces to it"
    """
    session = ctx.obj
    with session.write() as ledger:
        with write(ledger, session.who) as writer:
            desk.answer(writer, question, desk.Finding(text, because, low, high, best, ids(on)))
        thing = read.thing(ledger, question)
        newest = read.judgements(ledger, thing.uid, EntryKind.ANSWER)[-1]
        session.show(newest if session.json else f"answered {thing.id}")


def scale_list(ctx: Context) -> None:
    """List the rating scales.

    Example: claims scale list
    """
    session = ctx.obj
    found = sorted(_scales(session).values(), key=lambda s: (s.name != grading.HOUSE, s.name))
    if session.json:
        render.lines(found)
    else:
        rows = ([s.name, s.title, ", ".join(g.value for g in s.grades)] for s in found)
        session.show(render.table(["name", "what", "grades"], rows, grow=2))


def scale_show(ctx: Context, name: Annotated[str, typer.Argument(help="Such as house.")]) -> None:
    """Show a scale: what each of its grades means.

    Example: claims scale show house
    """
    session = ctx.obj
    known = _scales(session)
    if name not in known:
        raise NotFound(f"no scale {name!r}", hint="there are: " + ", ".join(sorted(known)))
    _tell_scale(session, known[name])


def scale_add(
    ctx: Context,
    file: Annotated[
        str, typer.Argument(metavar="FILE", help='JSON: {"name", "title", "grades": [{"value", "means"}]}.')
    ],
) -> None:
    """Keep a scale of yours in the ledger.

    Example: claims scale add our-desk.json
    """
    from ledger.evidence import read_file

    session = ctx.obj
    data = read_file(file).data or b""
    with session.write(start=True) as ledger, write(ledger, session.who) as writer:
        made = grading.add(writer, data)
    _tell_scale(session, made)


def _tell_scale(session: Session, found: grading.Scale) -> None:
    grades = "\n".join(f"  {g.value}: {g.means}" for g in found.grades)
    session.show(found if session.json else f"{found.title} ({found.name})\n{grades}")


def _scales(session: Session) -> dict[str, grading.Scale]:
    """Those of the ledger where there is one, else those that come with the program."""
    try:
        with session.read() as ledger:
            return grading.scales(ledger)
    except NotFound:
        return grading.scales()


APPS = {
    "check": command(check),
    "rate": command(rate),
    "answer": command(answer),
    "scale": group("Rating scales.", list=scale_list, show=scale_show, add=scale_add),
}
