"""The graph of a question: original sources, whom they passed through, and the articles at the end, as text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from msgspec import Struct, field

from cli import render
from cli.apps import Context, typer
from ledger import records as r
from ledger.store import Ledger, read
from ledger.vocabulary import Letter


class Node(Struct):
    """A relay, or the source itself, with what passed through it and what was printed."""

    name: str
    relays: dict[str, Node] = field(default_factory=dict)
    printed: list[str] = field(default_factory=list)


def origins(ctx: Context, question: Annotated[str, typer.Argument(metavar="QUESTION", help="Such as Q1.")]) -> None:
    """Draw the way from each original source to the articles that carry it, and who printed the same words.

    Example: claims origins Q1
    """
    from ledger.reports.page import page

    session = ctx.obj
    with session.read() as ledger:
        found = page(ledger, read.thing(ledger, question, Letter.QUESTION).uid)
        copied = _copied(ledger, found)
        if session.json:
            session.show({"id": found.id, "question": found.question, **_graph(found), "same_text": copied})
        else:
            session.show("\n".join(_lines(found, copied)))


def _copied(ledger: Ledger, found: r.QuestionPage) -> list[list[str]]:
    """Pairs of claims that stand in one passage which two articles share."""
    from ledger.crossref.wire_copy import claim_copies, texts_of

    return [list(pair) for pair in claim_copies(found.claims, texts_of(ledger, found.claims))]


def _graph(found: r.QuestionPage) -> r.Json:
    claims = {c.id: c for c in found.claims}
    families = [
        {
            "name": family.name,
            "party": family.party,
            "side": family.side,
            "claims": [_printing(claims[n], family.name) for n in family.claims],
        }
        for family in found.origins.families
    ]
    return {"low": found.origins.low, "high": found.origins.high, "families": families}


def _printing(claim: r.Claim, family: str) -> r.Json:
    return {
        "claim": claim.id,
        "article": claim.article,
        "publisher": claim.publisher,
        "via": _via(claim, family),
    }


def _via(claim: r.Claim, family: str) -> list[str]:
    """Whom the words passed through, the one next to the source first."""
    names = [h.source for h in claim.attribution]
    return [n for n in reversed(names[:-1]) if n != family]


def _lines(found: r.QuestionPage, copied: list[list[str]]) -> Iterator[str]:
    yield f"{found.id}  {render.styled(found.question, render.BOLD)}"
    yield found.origins.words
    claims = {c.id: c for c in found.claims}
    for family in found.origins.families:
        party = f"  [a party{f', side: {family.side}' if family.side else ''}]" if family.party else ""
        yield ""
        yield render.styled(family.name, render.BOLD) + party
        yield from _branches(_tree(family, claims), "")
    if copied:
        yield ""
        yield "the same words: " + ", ".join(f"{a} and {b}" for a, b in copied)


def _tree(family: r.SourceFamily, claims: dict[str, r.Claim]) -> Node:
    root = Node(family.name)
    for name in family.claims:
        at = root
        for relay in _via(claims[name], family.name):
            at = at.relays.setdefault(relay, Node(relay))
        at.printed.append(_printed(claims[name]))
    return root


def _printed(claim: r.Claim) -> str:
    where = claim.publisher or claim.title or "an outlet that is not named"
    day = f", {claim.published_at[:10]}" if claim.published_at else ""
    return f"{claim.article} {where}{day}: {claim.id} “{render.short(claim.told, 70)}”"


def _branches(node: Node, indent: str) -> Iterator[str]:
    below = [*(("via " + n.name, n) for n in node.relays.values()), *((p, None) for p in node.printed)]
    for n, (text, relay) in enumerate(below, 1):
        last = n == len(below)
        yield f"{indent} {'└─' if last else '├─'} {text}"
        if relay is not None:
            yield from _branches(relay, f"{indent} {'  ' if last else '│ '} ")


APPS = {"origins": origins}
