"""What stands under a plot or a picture: what is counted, unit, place and time, what evidence shows."""

from __future__ import annotations

import re
from collections.abc import Iterator

from ledger.catalogue import unmarked
from ledger.records import Correction, Evidence, Judgement, Request
from ledger.reports.report import Axis, Position
from ledger.reports.words import Words
from ledger.text import visible
from ledger.vocabulary import EvidenceStance, Letter


def caption(axis: Axis, words: Words) -> str:
    """Place, what is counted, unit and time of a plot; the unit goes without saying where it is what is counted."""
    return " ".join(_named(axis, words))


def _named(axis: Axis, words: Words) -> Iterator[str]:
    if axis.place:
        yield words("Place: {place}.", place=visible(axis.place))
    if axis.part:
        yield words("About: {what}.", what=visible(axis.part))
    if axis.title and axis.unit == "percent":
        yield words("Percent of: {what}.", what=visible(axis.title))
    else:
        title = visible(axis.title)
        if axis.unit == "people" and title and " " not in unmarked(title):  # what became of them alone
            title = words("{what} {measure}", what=words.known("people"), measure=title)
        if title:
            yield words("Counted: {what}.", what=title)
        if (
            axis.unit
            and axis.unit.casefold() not in re.findall(r"\w+", unmarked(title).casefold())
            and axis.unit != "people"
        ):
            yield words("Unit: {unit}.", unit=words.known(axis.unit))
    if axis.when:
        yield words("Time: {time}.", time=axis.when)


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


def stale(c: Correction, answer: Judgement | None, words: Words) -> str:
    """That the answer was not changed with the correction; empty where it was, or where there is none."""
    if answer is None:
        return ""
    if c.was.casefold() in answer.value.casefold():
        return words("The answer below still says “{was}”.", was=words.theirs(c.was))
    return words("The answer below is older than this.") if answer.at < c.at else ""


def bearing(e: Evidence, words: Words) -> str:
    """What a piece of evidence does to a claim; beside a question nobody has said to which answer it speaks."""
    if e.stance == EvidenceStance.CONTEXT:
        return words("For context")
    given = {"id": e.target} if e.target.startswith(Letter.CLAIM) else {}
    if e.stance == EvidenceStance.SUPPORTS:
        return words("Supports {id}", **given) if given else words("In support")
    return words("Speaks against {id}", **given) if given else words("Against")
