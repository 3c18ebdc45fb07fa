"""Judging: check, rate, answer, and the scales."""

from __future__ import annotations

from typing import Annotated

from cli import nouns
from cli.apps import Context, group, typer
from cli.ids import before
from cli.session import Session
from ledger import grading
from ledger.errors import NotFound
from ledger.verbs import judging
from ledger.vocabulary import Checked

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
    done = ctx.obj.log(judging.check, judging.Check(claim=claim, value=value, because=because, on=ids(on)))
    ctx.obj.result(done.judgement, f"checked {done.about}: {value}")


def rate(
    ctx: Context,
    words: Annotated[
        list[str], typer.Argument(metavar="ID... GRADE", help="Claims, questions or sources; supported, unproven, ...")
    ],
    because: Because,
    scale: Annotated[str, typer.Option(help="Another scale; claims scale list.")] = grading.HOUSE,
    on: On = None,
    even_so: Annotated[
        str | None, typer.Option(metavar="WHY", help="Why a grade that needs two separate sources is given without.")
    ] = None,
) -> None:
    """Is the claim true? Several people may rate; each one's newest rating counts, and all are shown.

    The grades of the house: supported, unproven, disputed, refuted; claims scale list shows others.

    Example: claims rate C1 unproven --because "one source, not confirmed elsewhere" --on C4,E2
    """
    names, value = before(words, "the grade")
    wanted = judging.Rate(
        about=" ".join(names), value=value, because=because, scale=scale, on=ids(on), even_so=even_so
    )  # fmt: skip
    done = ctx.obj.log(judging.rate, wanted).judged
    said = "\n".join(f"rated {d.about}: {d.judgement.value}" for d in done)
    ctx.obj.results([d.judgement for d in done], lambda _: said, none="")


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
    wanted = judging.Answer(question=question, text=text, because=because, low=low, high=high, best=best, on=ids(on))
    done = ctx.obj.log(judging.answer, wanted)
    ctx.obj.result(done.judgement, f"answered {done.about}")


def scale_list(ctx: Context) -> None:
    """List the rating scales.

    Example: claims scale list
    """
    found = sorted(_scales(ctx.obj).values(), key=lambda s: (s.name != grading.HOUSE, s.name))
    ctx.obj.results(found, nouns.scales_table, none="no scales")


def scale_show(ctx: Context, name: Annotated[str, typer.Argument(help="Such as house.")]) -> None:
    """Show a scale: what each of its grades means.

    Example: claims scale show house
    """
    known = _scales(ctx.obj)
    if name not in known:
        raise NotFound(f"no scale {name!r}", hint="there are: " + ", ".join(sorted(known)))
    ctx.obj.result(known[name], nouns.scale_lines(known[name]))


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

    data = read_file(file).data or b""
    made = ctx.obj.log(judging.keep_scale, judging.KeepScale(data=data), start=True)
    ctx.obj.result(made, nouns.scale_lines(made))


def _scales(session: Session) -> dict[str, grading.Scale]:
    """Those of the ledger where there is one, else those that come with the program."""
    try:
        with session.read() as ledger:
            return grading.scales(ledger)
    except NotFound:
        return grading.scales()


APPS = {
    "check": check,
    "rate": rate,
    "answer": answer,
    "scale": group("Rating scales.", list=scale_list, show=scale_show, add=scale_add),
}
