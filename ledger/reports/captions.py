"""What stands under a plot or a picture: what is counted, unit, place and time, the plot's data as CSV, what evidence shows."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from urllib.parse import quote

from ledger.catalogue import unmarked
from ledger.records import Evidence, Request
from ledger.reports.report import Axis, Position
from ledger.reports.words import Words
from ledger.text import visible
from ledger.vocabulary import EvidenceStance, Letter

FIGURES = ("source", "known_as", "words", "low", "high", "unit", "hedge", "day", "outlets", "party", "superseded")
DAYS = ("source", "known_as", "day", "words", "low", "high", "unit", "open", "party")
Cell = str | int | bool | None


def caption(axis: Axis, words: Words) -> str:
    """What the plot shows, in sentences."""
    given = words("The plot has {rows}, one for each name.", rows=words.count("{n} row", "{n} rows", len(axis.marks)))
    return " ".join([given, *_named(axis, words)])


def _named(axis: Axis, words: Words) -> Iterator[str]:
    """The unit goes without saying where it is what is counted: "people killed"."""
    if axis.title and axis.unit == "percent":
        yield words("Percent of: {what}.", what=visible(axis.title))
    else:
        if axis.title:
            yield words("Counted: {what}.", what=visible(axis.title))
        if axis.unit and axis.unit.casefold() not in unmarked(axis.title).casefold().split():
            yield words("Unit: {unit}.", unit=words.known(axis.unit))
    if axis.place:
        yield words("Place: {place}.", place=visible(axis.place))
    if axis.when:
        yield words("Time: {time}.", time=axis.when)


def data(axis: Axis, *, days: bool = False) -> str:
    """The figures of a plot as CSV, those of the plot over time where `days` is said."""
    from ledger.exchange.flat import neutral

    out = io.StringIO()
    rows = csv.writer(out, lineterminator="\r\n")
    rows.writerow(DAYS if days else FIGURES)
    found = _by_day(axis) if days else _figures(axis)
    rows.writerows([neutral(_cell(c)) if isinstance(c, str) else _cell(c) for c in row] for row in found)
    return out.getvalue()


def _figures(axis: Axis) -> Iterator[tuple[Cell, ...]]:
    """A figure a row, each source's newest first; what it has overtaken is marked."""
    for m in axis.marks:
        who = (m.name or m.label, m.standing)
        hedge = "nearly" if m.nearly else "about" if m.soft else "vague" if m.vague else ""
        yield (*who, m.words, m.low, m.high, axis.unit, hedge, m.day, m.outlets, m.party, False)
        for p in m.earlier:
            yield (*who, p.words, p.low, p.high, axis.unit, None, p.day, None, m.party, True)


def _by_day(axis: Axis) -> Iterator[tuple[Cell, ...]]:
    for c in axis.courses:
        for p in c.points:
            low, high = None if p.open in ("down", "both") else p.low, None if p.open in ("up", "both") else p.high
            yield (c.name, c.standing, p.day, "; ".join(p.words), low, high, axis.unit, p.open, c.party)


def _cell(value: Cell) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return "" if value is None else unmarked(str(value))


def link(axis: Axis, days: bool = False) -> str:
    """The data as an address that needs no request."""
    return f"data:text/csv;charset=utf-8,{quote(data(axis, days=days), safe='')}"


# --- evidence -----------------------------------------------------------------------------------------------------


def position_words(p: Position, words: Words) -> str:
    """What a party says, and who reports it of the party: an outlet's words are not put into its mouth."""
    if not p.said:
        return words("We have no statement by it.")
    said = words.quoted(p.said)
    if [unmarked(o) for o in p.outlets] in ([], [p.name]):
        return words("Says: {words}.", words=said)
    outlets = words.listed([words.theirs(o) for o in p.outlets])
    return words.count(
        "{outlets} reports of it: {words}.",
        "{outlets} report of it: {words}.",
        len(p.outlets),
        outlets=outlets,
        words=said,
    )


def request_words(r: Request, words: Words) -> Iterator[str]:
    """What a source was asked, and until when it was to answer."""
    if r.text:
        yield words("It was asked: “{words}”.", words=words.theirs(r.text.strip()))
    if r.due and not r.replied:
        yield words("An answer was asked for by {day}.", day=words.day(r.due))


def bearing(e: Evidence, words: Words) -> str:
    """What a piece of evidence does to a claim; beside a question nobody has said to which answer it speaks."""
    if e.stance == EvidenceStance.CONTEXT:
        return words("For context")
    given = {"id": e.target} if e.target.startswith(Letter.CLAIM) else {}
    if e.stance == EvidenceStance.SUPPORTS:
        return words("Supports {id}", **given) if given else words("In support")
    return words("Speaks against {id}", **given) if given else words("Against")


def evidence_words(e: Evidence, words: Words) -> str:
    """What a piece of evidence shows, for what it is evidence, when and where it was taken, and what of that is verified."""
    what = f"{words.known(e.kind.replace('_', ' '))} {e.id}{words(', for {id}', id=e.target)}"
    named = words(", ").join([what, *(words.theirs(n) for n in (e.name, e.url) if n)])
    told = [f"{bearing(e, words)}: {words.theirs(e.shows)} ({named}).", *_taken(e, words)]
    return " ".join(told)


def _taken(e: Evidence, words: Words) -> Iterator[str]:
    seen = e.kind in ("photo", "video")
    if e.taken_at and e.taken_verified:
        yield words("Taken {when}, verified.", when=words.day(e.taken_at))
    elif e.taken_at:
        yield words("Taken {when}, not verified.", when=words.day(e.taken_at))
    elif seen:
        yield words("When it was taken is not known.")
    if e.location and e.location_verified:
        yield words("Place: {place}, verified.", place=words.theirs(e.location))
    elif e.location:
        yield words("Place: {place}, not verified.", place=words.theirs(e.location))
    elif seen:
        yield words("Where it was taken is not known.")
