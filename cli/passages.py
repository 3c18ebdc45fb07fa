"""What a triage shows: a statement in its passage, what was read of it, and what a key would log."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

from cli import render, words
from ledger import records as r
from ledger import text
from ledger.suggestions import chain_parts

if TYPE_CHECKING:
    from ledger.crossref.waiting import Statement
    from ledger.verbs.adding import Add


def passage(found: r.Found, body: str) -> str:
    """The passage with the statement, who says it, the words that say so and the figures in their colours."""
    start, end = text.around(body, found.start, found.end)
    placed: list[tuple[int | None, int | None, str]] = [(a, b, render.BOLD) for a, b in found.content]
    placed += [(hop.start, hop.end, render.SOURCE) for hop in found.attribution]
    placed += [(hop.cue_start, hop.cue_end, render.CUE) for hop in found.attribution]
    placed += [(q.start, q.end, render.FIGURE) for q in found.quantities]
    spans = [(a - start, b - start, style) for a, b, style in placed if a is not None and b is not None]
    return render.wrapped(render.painted(body[start:end], spans), indent="  ")


def heading(item: Statement, place: str) -> str:
    article = item.article
    where = ", ".join(x for x in (article.publisher, article.published_at, article.title) if x)
    return render.styled(render.short(f"{place}   {article.id} {where}", render.width()), render.DIM)


def facts(found: r.Found, edited: Add | None, chosen: list[int | None]) -> Iterator[str]:
    """Who says it, its figures with those marked that are chosen, its times; what a person changed stands in place of it."""
    who = chain(edited) if edited else said_by(found)
    doubt = "" if edited and not edited.read else words.doubt(found)
    yield fact(text.TOLD_BY[found.stance], who + doubt, render.SOURCE)
    if edited and edited.figure:
        yield fact("figure", edited.figure, render.FIGURE)
    else:
        yield from _figures(found, chosen)
    yield from (fact("when", words.time_line(t)) for t in found.times)
    if edited:
        typed = (("words", edited.exact if edited.exact != found.exact else ""), ("in our words", edited.says))
        yield from (fact(name, value) for name, value in (*typed, ("where", edited.where)) if value)
    if found.unsure:
        yield fact("to check", "; ".join(text.doubts(found.unsure)))


def _figures(found: r.Found, chosen: list[int | None]) -> Iterator[str]:
    for n, q in enumerate(found.quantities):
        line = words.quantity_line(q)
        shown = render.styled(f"▸{n + 1} {line}", render.FIGURE) if n in chosen else f" {n + 1} {line}"
        yield f"  {'figure' if n == 0 else '':<12} {shown}"
    if found.quantities and not any(n in chosen for n in range(len(found.quantities))):
        yield fact("", "which of them answers?" if chosen == [None] else "none of them answers")


def fact(name: str, value: str, style: str = "") -> str:
    """A name and its value, wrapped beside it."""
    shown = render.wrapped(value, indent=" " * 15).lstrip()
    return f"  {name:<12} " + (render.styled(shown, style) if style else shown)


def said_by(found: r.Found) -> str:
    """Who says it, of what, and through whom it came."""
    if not found.attribution:
        return words.voice(found)
    return _chain(**chain_parts(found.attribution))


def chain(add: Add) -> str:
    """Who says it and through whom it came, in a line."""
    return _chain(add.by, add.of, add.via)


def _chain(by: str | None, of: str | None, via: Sequence[str], **_: object) -> str:
    who = f"{by} of {of}" if by and of else by or of or "the publisher's own voice"
    return who + (f", via {', '.join(via)}" if via else "")


def with_claims(question: r.Question) -> str:
    return f"{question.id} {question.question} ({words.many(question.claims, 'claim')})"
