"""Logging a claim: by flags, on a card at the terminal, or as JSON on standard input."""

from __future__ import annotations

import sys
from typing import Annotated

from cli import render
from cli.apps import Context, Values, typer
from cli.nouns import tell_claim
from cli.session import Session
from ledger import ownfields
from ledger import records as r
from ledger.errors import BadInput
from ledger.merkle import loads
from ledger.verbs import adding
from ledger.verbs.verb import Draft, Effect
from ledger.vocabulary import Stance

Quote = Annotated[
    str, typer.Argument(metavar="QUOTE", help="The words, exactly as they stand; - reads JSON from standard input.")
]


def add(
    ctx: Context,
    quote: Quote,
    article: Annotated[
        str | None, typer.Option(metavar="ID", help="The article; on a terminal the last one captured.")
    ] = None,
    by: Annotated[str | None, typer.Option(help='The original source: "a military source".')] = None,
    via: Annotated[
        list[str] | None, typer.Option(help="Who passed it on, outermost first; may be given again.")
    ] = None,
    of: Annotated[str | None, typer.Option(help="The organisation the source belongs to.")] = None,
    cue: Annotated[str | None, typer.Option(help='The words that attribute it: "said".')] = None,
    says: Annotated[str | None, typer.Option(help="One checkable sentence in our own words.")] = None,
    figure: Annotated[
        str | None, typer.Option(help='The figure, if not as found: "at least 400 militants", or none.')
    ] = None,
    ours: Annotated[bool, typer.Option("--ours", help="The figure is ours: the words do not hold it.")] = False,
    new_source: Annotated[bool, typer.Option("--new-source", help="A name like a known one is another's.")] = False,
    when: Annotated[str | None, typer.Option(help="When it happened: 2016-03-25/26.")] = None,
    as_of: Annotated[str | None, typer.Option(help="Until when it was counted.")] = None,
    where: Annotated[str | None, typer.Option(help="Where it happened.")] = None,
    scope: Annotated[str | None, typer.Option(help="What is counted, in a word or two.")] = None,
    answer: Annotated[str | None, typer.Option(help="What it answers, if no figure: yes, south, 2016-03.")] = None,
    read_as: Annotated[str | None, typer.Option(help='How you read a word so that it compares: "killed".')] = None,
    because: Annotated[str | None, typer.Option(help="Why it may be read so.")] = None,
    stance: Annotated[
        Stance | None, typer.Option(help="What the source does with it, if not as its cue says: denies, doubts, ...")
    ] = None,
    prefix: Annotated[str | None, typer.Option(help="Words before it, where it stands twice.")] = None,
    occurrence: Annotated[int | None, typer.Option(help="Which one, where it stands twice: 1, 2, ...", min=1)] = None,
    question: Annotated[
        str | None, typer.Option(metavar="ID|TEXT", help="The question it answers; made where it is new.")
    ] = None,
    translation: Annotated[str | None, typer.Option(help="A translation, by you.")] = None,
    template: Annotated[str | None, typer.Option(help="The kind of claim it is: claims template list.")] = None,
    field: Values = None,
    cite: Annotated[str | None, typer.Option(help="Where it was heard or printed, when no copy can be kept.")] = None,
    edit: Annotated[bool, typer.Option("--edit", help="Change fields on the card before it is logged.")] = False,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="Show what would be logged, and log nothing.")] = False,
) -> None:
    """Log a claim: a quote from a saved copy, and who said it.

    On a terminal a fragment is enough: it grows to its clause, and its source, figure and dates are proposed on a card.
    With --no-input the quote is taken as it is typed, and --article is needed.

    Example: claims add "at least 400" --article A1 --by "Vorian Observatory for Human Rights" --no-input
    """
    session = ctx.obj
    if empty := next(
        (name for name, given in (("by", by), ("answer", answer), ("figure", figure)) if given == ""), None
    ):
        raise BadInput(f"--{empty} is empty", hint="leave it out where there is nothing to say")
    request = _from_stdin() if quote == "-" else adding.Add(
        exact=quote, article=article, by=by, via=tuple(via or ()), of=of, cue=cue, says=says, figure=figure, ours=ours,
        new_source=new_source, when=when,
        as_of=as_of, where=where, scope=scope, answer=answer, read_as=read_as, because=because, stance=stance, prefix=prefix,
        occurrence=occurrence, question=question, translation=translation, cite=cite, template=template,
        fields=ownfields.pairs(field or ()),
    )  # fmt: skip
    _add(session, request, edit=edit, dry_run=dry_run)


def _add(session: Session, request: adding.Add, *, edit: bool, dry_run: bool) -> None:
    """On a terminal the words may be a fragment and the article the last one; a citation is taken as it is typed."""
    on_card = session.asks and request.cite is None
    if on_card:
        request = r.replace(request, grow=True, article=request.article or adding.LAST)
    with session.write(start=True) as ledger:
        if dry_run:
            show_draft(session, adding.add.draft(ledger, request, actor=session.who))
        elif on_card:
            from cli import card

            card.add(session, ledger, request, edit=edit)
        else:
            tell_claim(session, session.do(adding.add, ledger, request).claim)


def _from_stdin() -> adding.Add:
    """The request as one JSON object, its fields named like the options."""
    data = loads(sys.stdin.buffer.read(1 << 20))
    if not isinstance(data, dict) or "exact" not in data:
        raise BadInput(
            "one JSON object with the field exact is needed", hint='{"exact": "...", "article": "A1", "by": "..."}'
        )
    return r.parse(adding.Add, {name.replace("-", "_"): value for name, value in data.items()})


def show_draft(session: Session, draft: Draft[adding.Added]) -> None:
    """What would be logged, and what would change in the question."""
    done = draft.result
    if session.json:
        effects = [_effect(e) for e in draft.questions]
        session.show({"claim": done.claim, "entries": draft.entries, "questions": effects, "others": done.others})
        return
    tell_claim(session, done.claim)
    session.show("would be logged: " + ", ".join(f"{e.kind} {e.about}" for e in draft.entries))
    for effect in draft.questions:
        before = render.wrapped(effect.before.summary, indent="    ") if effect.before else "    a new question"
        after = render.wrapped(effect.after.summary, indent="    ")
        session.show(f"{effect.after.id}  {effect.after.question}\n  now:\n{before}\n  then:\n{after}")
    for other in done.others:
        session.show(f"also in this sentence: “{other.exact}”")
    session.tell(done.notices)


def _effect(effect: Effect) -> r.Json:
    def told(page: r.QuestionPage | None) -> r.Json | None:
        if page is None:
            return None
        return {
            "claims": [c.id for c in page.claims], "separate_sources": [page.origins.low, page.origins.high],
            "stated": page.stated, "summary": page.summary,
        }  # fmt: skip

    return {
        "id": effect.after.id, "question": effect.after.question, "before": told(effect.before),
        "after": told(effect.after),
    }  # fmt: skip


APPS = {"add": add}
