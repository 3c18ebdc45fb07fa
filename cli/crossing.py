"""Cross-referencing: compare, similar, xref, and what becomes of suggestions: accept, reject, snooze."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import accumulate
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

from cli import render, terminal, words
from cli.apps import Context, typer
from cli.ids import given
from cli.session import Session
from ledger import records as r
from ledger.errors import BadInput, NotFound
from ledger.vocabulary import SuggestionState

if TYPE_CHECKING:
    from ledger.assist.embeddings import Embedder
    from ledger.crossref.proposals import Crossing, Filed, Outcome, SharedCopy
    from ledger.crossref.ranking import Meaning
    from ledger.store import Ledger

# --- compare ------------------------------------------------------------------------------------------------------


def compare(
    ctx: Context,
    a: Annotated[str, typer.Argument(metavar="TEXT", help="A phrase with a figure.")],
    b: Annotated[str, typer.Argument(metavar="TEXT", help="Another.")],
    same_source: Annotated[bool, typer.Option("--same-source", help="Both come from one original source.")] = False,
) -> None:
    """Compare two phrases; no ledger needed. What is counted is guessed from the words, and shown as a guess.

    Example: claims compare "at least 400 militants" "450 fighters"
    """
    from ledger import crossref
    from ledger.reports.comparing import comparison_words

    if not a.strip() or not b.strip():
        raise BadInput("there is nothing to compare", hint='give two phrases: claims compare "at least 400" "450"')
    mine, its = crossref.guess(a), crossref.guess(b)
    found = crossref.compare(mine.statement, its.statement)
    said = comparison_words(found, mine.statement, its.statement, same_origin=same_source or None)
    if not ctx.obj.json:
        ctx.obj.show("\n".join([said, *_guesses(a, mine), *_guesses(b, its)]))
        return
    sides = [{"text": t, **r.plain(g.statement), "guessed": list(g.guessed)} for t, g in ((a, mine), (b, its))]
    comparison = {"agreement": found.agreement.value, "reason": found.reason, "supports": found.supports.value}
    gap = r.plain(found.gap)
    ctx.obj.show({**comparison, "gap": gap, "hint": found.hint, "words": said, "a": sides[0], "b": sides[1]})


def _guesses(text: str, guess: Any) -> Iterator[str]:
    """What was guessed of a phrase, a line."""
    fields = {name: getattr(guess.statement, name) for name in guess.guessed}
    told = [f"{name}: {'yes' if v is True else v}" for name, v in fields.items()]
    if told:
        yield f"  guessed of “{text}”: {', '.join(told)}"


# --- similar ------------------------------------------------------------------------------------------------------


def similar(
    ctx: Context,
    words: Annotated[list[str] | None, typer.Argument(metavar="TEXT", help="What to look for.")] = None,
    queries: Annotated[
        str | None, typer.Option(metavar="FILE", help='JSON Lines {"id", "text"}, or - for standard input.')
    ] = None,
    limit: Annotated[int, typer.Option(help="At most so many.", min=1)] = 10,
    semantic: Annotated[
        bool, typer.Option("--semantic", help="Put them in order by meaning too, with an embedding model of yours.")
    ] = False,
) -> None:
    """Rank the claims most like a text, each with a score from 0 to 1 and what both share.

    Example: claims similar "hundreds of militants killed in Sarmira"
    """
    from ledger.crossref.ranking import Ranker

    session = ctx.obj
    if bool(words) == bool(queries):
        raise BadInput("give a text, or --queries FILE", hint='claims similar "militants killed in Sarmira"')
    asked = list(_queries(queries)) if queries else [("", " ".join(words or ()))]
    embedder = _embedder() if semantic else None
    with session.read() as ledger, ledger.snapshot(), _meaning(ledger.place, embedder) as meaning:
        ranker = Ranker(ledger, meaning)
        for name, text in asked:
            found = ranker.similar(text, limit=limit)
            if session.json:
                render.lines([_ranked_line(name or text, found)])
            else:
                _show_ranked(session, name, found)


def _embedder() -> Embedder:
    from ledger.assist.embeddings import configured

    return configured()


@contextmanager
def _meaning(place: str, embedder: Embedder | None) -> Iterator[Meaning | None]:
    """How meanings are compared, with the vectors kept beside the ledger; None where that was not asked for."""
    if embedder is None:
        yield None
        return
    from ledger.crossref.ranking import Meaning
    from ledger.store.vectors import Vectors

    with Vectors(place, embedder.name) as kept:
        yield Meaning(embedder, kept)


def _queries(name: str) -> Iterator[tuple[str, str]]:
    """Id and text of each line; BadInput with the line's number where it has none."""
    for number, line in enumerate(_lines(name), 1):
        if not line.strip():
            continue
        data = _loaded(line, number)
        if not isinstance(data, dict) or not isinstance(data.get("text"), str):
            raise BadInput(f"line {number}: a query needs a text", hint='write {"id": "1", "text": "..."}')
        yield str(data.get("id", number)), data["text"]


def _loaded(line: bytes, number: int) -> Any:
    from ledger.merkle import loads

    try:
        return loads(line, floats=True)
    except BadInput as e:
        raise BadInput(f"line {number}: {e.message}") from None


def _lines(name: str) -> list[bytes]:
    if name == "-":
        return sys.stdin.buffer.read().splitlines()
    try:
        return Path(name).read_bytes().splitlines()
    except FileNotFoundError:
        raise NotFound(f"no such file: {name}") from None
    except OSError as e:
        raise BadInput(f"cannot read {name}: {e.strerror}") from None


def _ranked_line(name: str, found: list[Any]) -> r.Json:
    ranked = [
        {"claim": f.claim.id, "score": f.score, "reasons": list(f.reasons), "extra": f.claim.extra} for f in found
    ]
    return {"id": name, "ranked": ranked, "about": bool(_about(found))}


def _about(found: list[Any]) -> list[Any]:
    from ledger.crossref.ranking import ABOUT

    return [f for f in found if float(f.score) >= ABOUT]


def _show_ranked(session: Session, name: str, found: list[Any]) -> None:
    near = _about(found)
    if not near:
        session.say(f"{name + ': ' if name else ''}nothing here is about this")
        return
    if name:
        session.show(f"{name}:")
    rows = ([f.claim.id, f.score, f.claim.told, "; ".join(f.reasons)] for f in near)
    session.show(render.table(["id", "score", "claim", "shared"], rows))


# --- xref ---------------------------------------------------------------------------------------------------------


def xref(
    ctx: Context,
    what: Annotated[str, typer.Argument(metavar="CLAIM|QUESTION|ARTICLE|all", help="What to look around.")],
    accept_above: Annotated[
        float | None, typer.Option(help="Accept filings with at least this score.", min=0.0, max=1.0)
    ] = None,
    limit: Annotated[int, typer.Option(help="At most so many for each claim.", min=1)] = 10,
    passages: Annotated[bool, typer.Option(help="Look in saved articles for passages that nobody has logged.")] = True,
    more: Annotated[bool, typer.Option("--more", help="Show all that is new, not the first screen alone.")] = False,
    online: Annotated[bool, typer.Option("--online", help="Then ask outside services, as claims lookup does.")] = False,
) -> None:
    """Look for other claims on the same matter, and for passages that nobody has logged, and propose to file them.

    What is filed together already is not shown; the likeliest come first, a screen of them.

    Example: claims xref C1
    """
    from ledger.verbs import crossing

    session = ctx.obj
    request = crossing.Xref(what=what, accept_above=accept_above, limit=limit, passages=passages)
    with session.write() as ledger:
        words_online = _sought(ledger, what) if online else ""
        found = crossing.xref(ledger, request, actor=session.who)
    if session.json:
        render.lines([_crossing(c) for c in found.crossings])
        render.lines([{"kind": "shared_copy", **r.plain(c)} for c in found.copies])
        render.lines([{"kind": "filing", **r.plain(f)} for f in found.filings])
    else:
        _tell_xref(session, found, what=what, more=more)
    if online:
        _look_online(session, what, words_online)


def _look_online(session: Session, what: str, sought: str) -> None:
    from cli import leads
    from ledger.providers import Query

    leads.ended(leads.logged(session, Query(text=sought, limit=10), what, []))


def _sought(ledger: Ledger, what: str) -> str:
    """The words of the one thing that services can be asked about."""
    from ledger.verbs.leads import sought

    if what.casefold() == "all":
        raise BadInput("services are asked about one thing", hint="claims xref C1 --online")
    return sought(ledger, what)


def _crossing(c: Crossing) -> r.Json:
    """A crossing as a line of JSON, its comparison in codes and in one sentence."""
    found = c.comparison
    line = {name: value for name, value in r.plain(c).items() if name not in ("comparison", "statements")}
    codes = {"agreement": found.agreement.value, "reason": found.reason, "supports": found.supports.value}
    return {"kind": "beside", **line, **codes, "words": _compared(c)}


def _compared(c: Crossing) -> str:
    from ledger.reports.comparing import comparison_words

    return comparison_words(c.comparison, *c.statements, same_origin=c.same_origin)


def _tell_xref(session: Session, found: Outcome, *, what: str, more: bool) -> None:
    parts = (map(_beside_words, found.crossings), map(_copy_words, found.copies), map(_filing_words, found.filings))
    sections = [blocks for part in parts if (blocks := list(part))]
    if not sections:
        session.say("nothing else here is about this")
        return
    lines = terminal.size()[1] // len(sections)
    shown = [blocks if more else _fitting(blocks, lines) for blocks in sections]
    for blocks in shown:
        session.show("\n".join(blocks))
    if left := sum(map(len, sections)) - sum(map(len, shown)):
        session.say(f"{left} more: claims xref {what} --more")
    waiting = sum(f.state == SuggestionState.PENDING for f in found.filings)
    waiting += sum(c.suggestion is not None for c in found.crossings)
    waits = f"{words.many(waiting, 'suggestion')} wait{'s' if waiting == 1 else ''}: claims triage, or claims accept ID"
    session.say(waits if waiting else "nothing waits")


def _fitting(blocks: list[str], lines: int) -> list[str]:
    """As many from the first on as have room, and never none."""
    ends = accumulate(block.count("\n") + 1 for block in blocks)
    return blocks[: max(1, sum(end <= lines for end in ends))]


def _beside_words(c: Crossing) -> str:
    where = c.other or f"{c.article}, not logged" + (f", {c.suggestion}" if c.suggestion else "")
    lines = [f"{c.claim} – {where} ({c.score})", f"  “{render.short(c.exact, 120)}”", f"  {_compared(c)}"]
    told = (
        ""
        if c.same_origin is None
        else ": one original source with it"
        if c.same_origin
        else ": another original source"
    )
    lines.append(f"  according to {c.origin}{told}")
    return "\n".join([*lines, f"  because of {'; '.join(c.reasons)}"] if c.reasons else lines)


def _copy_words(c: SharedCopy) -> str:
    told = f"{c.article} – {c.other}: {100 * float(c.containment):.0f} % of the shorter text stands in both"
    return f"{told}\n  “{render.short(c.passage, 200)}”"


def _filing_words(f: Filed) -> str:
    return f"{f.suggestion}  {f.claim} under {f.question} ({f.score}): {f.state}"


# --- suggestions --------------------------------------------------------------------------------------------------

Ids = Annotated[list[str], typer.Argument(metavar="SUGGESTION...", help="Such as M5, M38-M90, all; - reads a list.")]


def accept(
    ctx: Context,
    words: Ids,
    question: Annotated[
        str | None, typer.Option(metavar="ID|TEXT", help="File the claims under this one, not the one proposed.")
    ] = None,
) -> None:
    """Accept suggestions: the claim is filed or logged, the alias added.

    Example: claims accept M1 M4-M9
    """
    _judge(ctx.obj, words, SuggestionState.ACCEPTED, question=question)


def reject(
    ctx: Context, words: Ids, because: Annotated[str | None, typer.Option(help="Why.")] = None
) -> None:  # fmt: skip
    """Reject suggestions; they are kept, and not made again.

    Example: claims reject M38-M90 --because "another battle"
    """
    _judge(ctx.obj, words, SuggestionState.REJECTED, because=because)


def snooze(
    ctx: Context,
    words: Ids,
    until: Annotated[str | None, typer.Option(metavar="DATE", help="When to show them again.")] = None,
) -> None:
    """Put suggestions off.

    Example: claims snooze M4 --until 2026-04-01
    """
    _judge(ctx.obj, words, SuggestionState.SNOOZE, until=until)


def _judge(session: Session, words: list[str], state: SuggestionState, **more: str | None) -> None:
    """The same word on several suggestions: all of it or none."""
    from ledger.verbs import suggesting

    with session.write() as ledger:
        judged = session.do(
            suggesting.settle, ledger, suggesting.Settle(suggestions=tuple(given(words)), state=state, **more)
        )
    if session.json:
        render.lines(judged.suggestions)
    else:
        session.show("\n".join(_judged_line(s) for s in judged.suggestions))


def _judged_line(s: r.Suggestion) -> str:
    word = {SuggestionState.SNOOZE: "put off"}.get(SuggestionState(s.state), s.state)
    more = f" until {s.until}" if s.until else f": {s.made}" if s.made else f": {s.because}" if s.because else ""
    return f"{s.id}  {word}{more}"


APPS = {
    "compare": compare,
    "similar": similar,
    "xref": xref,
    "accept": accept,
    "reject": reject,
    "snooze": snooze,
}
