"""Leads: what outside services may know of a claim, and what came of asking them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Annotated

from cli import render
from cli.apps import Context, typer
from cli.session import Session
from ledger import providers
from ledger import records as r
from ledger.dates.typed import meant
from ledger.errors import BadInput, Unreachable
from ledger.extract.webpage import storable
from ledger.providers import Outcome, Query, Told
from ledger.verbs import leads

LONGEST = 8000
"""Bytes of the words that are looked up."""


def lookup(
    ctx: Context,
    text: Annotated[str | None, typer.Argument(metavar="TEXT|URL", help="Words, or the address of a page.")] = None,
    about: Annotated[
        str | None, typer.Option("--about", metavar="ID", help="Log it for this claim, question, article or source.")
    ] = None,
    with_: Annotated[
        list[str] | None, typer.Option("--with", metavar="NAME", help="Ask this service; may be given again.")
    ] = None,
    lang: Annotated[str | None, typer.Option(help="The language of the words: en, ar.")] = None,
    since: Annotated[str | None, typer.Option(metavar="DAY", help="Nothing older.")] = None,
    until: Annotated[str | None, typer.Option(metavar="DAY", help="Nothing newer.")] = None,
    limit: Annotated[int, typer.Option(help="At most so many of each service.", min=1, max=250)] = 10,
) -> None:
    """Ask outside services: published fact-checks, news, Wikipedia, saved pages of an address, who is who.

    The services: google (with a key), gdelt, wikipedia, wayback (an address), wikidata (a name, with --with). With --about the
    search, the raw answers and each lead are logged; without words, those of the thing itself are looked up. The exit code is 0
    where all of them answered, also where nothing was found, and 4 where one could not be found out.

    Example: claims lookup "500 houses lost in the flood" --about Q1
    """
    if text is None and about is None:
        raise BadInput("what is looked up?", hint='claims lookup "the bridge was closed", or --about Q1')
    session = ctx.obj
    days = [meant(day)[:10] if day else None for day in (since, until)]
    if about is None:
        query = Query(text=_words(text or ""), language=lang, since=days[0], until=days[1], limit=limit)
        told = list(asked(session, query, with_ or []))
        _show(session, [leads.LookedUp(told=one) for one in told])
    else:
        with session.read() as ledger:
            words = _words(leads.sought(ledger, about) if text is None else text)
        query = Query(text=words, language=lang, since=days[0], until=days[1], limit=limit)
        told = list(logged(session, query, about, with_ or []))
    ended(told)


def _words(text: str) -> str:
    if not text.strip():
        raise BadInput("what is looked up?", hint="give words, or an address")
    if len(text.encode("utf-8", "replace")) > LONGEST or storable(text) != text:
        raise BadInput("what is looked up is too long, or no text", hint=f"{LONGEST:,} bytes of UTF-8 at most")
    return " ".join(text.split())


def asked(session: Session, query: Query, names: list[str], *, inside: bool = False) -> Iterator[Told]:
    """What each service told; refused before any is asked where a protected name would go out."""
    leads.may_go_out(query)
    for provider in providers.chosen(names, query):
        session.say(f"asking {provider.title}")
        yield providers.ask(provider, query, inside=inside)


def logged(session: Session, query: Query, about: str, names: list[str]) -> list[Told]:
    """The same, logged for a thing and shown; the network is asked before anything is written."""
    with session.read() as ledger:
        inside = leads.inside(ledger, about, query)  # refused where nothing of that name can be looked up
    told = list(asked(session, query, names, inside=inside))
    request = leads.NoteLookup(about=about, query=query, told=tuple(told))
    found = session.log(leads.note_lookup, request).found if any(one.exchanges or one.why for one in told) else ()
    unasked = (leads.LookedUp(told=one) for one in told if one.outcome is Outcome.NOT_ASKED)
    _show(session, [*found, *unasked])
    return told


def ended(told: list[Told]) -> None:
    """Leaves with 4 where something could not be found out, or nobody was asked."""
    outcomes = {one.outcome for one in told} - {Outcome.NOT_ASKED}
    if not outcomes or Outcome.UNKNOWN in outcomes:
        raise typer.Exit(Unreachable.exit_code)


def _show(session: Session, found: list[leads.LookedUp]) -> None:
    if session.json:
        render.lines([_line(one) for one in found])
        return
    for one in found:
        session.show("\n".join(_told_lines(one)))
    if any(one.leads for one in found):
        session.say("next: claims capture M1 saves the page of a lead; claims reject M1 turns it down")


def _line(one: leads.LookedUp) -> r.Json:
    """An answer as a line of JSON; what it sent is in the evidence."""
    line: r.Json = r.plain(one.told)
    line.pop("exchanges")
    ids = one.leads or (None,) * len(one.told.leads)
    line["leads"] = [{"id": name, **lead} for name, lead in zip(ids, line["leads"], strict=True)]
    return {**line, "evidence": one.evidence}


def _told_lines(one: leads.LookedUp) -> Iterator[str]:
    told = one.told
    covers = f" ({told.covers})" if told.covers else ""
    count = f"{len(told.leads)}{' and more' if told.more else ''} found" if told.leads else told.outcome.value
    why = f": {told.why}" if told.why else ""
    skipped = f"; {told.skipped} rows could not be read" if told.skipped else ""
    kept = f"; {one.evidence} keeps the answer" if one.evidence else ""
    yield f"{told.title}{covers}: {count}{why}{skipped}{kept}"
    for n, lead in enumerate(told.leads):
        name = (one.leads[n] or "known") if one.leads else "-"
        said = ", ".join(part for part in (lead.publisher, (lead.published or "")[:10]) if part)
        yield f"  {name:<5} {render.short(lead.title, 100)}" + (f" ({said})" if said else "")
        if lead.verdict:
            by = f", said by {lead.said_by}" if lead.said_by else ""
            yield f"        rated “{lead.verdict}”: “{render.short(lead.reviewed or '', 90)}”{by}"
        if lead.names:
            yield f"        also {render.short(', '.join(lead.names), 100)}"
        yield f"        {lead.url}"


APPS = {"lookup": lookup}
