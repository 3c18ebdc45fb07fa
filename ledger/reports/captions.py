"""What stands under a plot or a picture: what is counted, unit, place and time, what evidence shows."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from ledger.catalogue import Table, unmarked
from ledger.crossref.wordlists import ORGANISED
from ledger.quantity.figure_words import FATES
from ledger.records import Correction, Evidence, Judgement, Request, Source
from ledger.reports.report import Axis, Mark, Position
from ledger.reports.sentences import capital
from ledger.reports.words import Words
from ledger.text import visible
from ledger.vocabulary import EvidenceStance, Letter, SourceKind


def kinds_of(sources: Iterable[Source], words: Words) -> list[tuple[str, list[Source]]]:
    """Sources by their kind in words, those of which no person checked it last."""
    told: dict[tuple[bool, str], list[Source]] = {}
    for s in sources:
        told.setdefault((s.kind_guessed, "" if s.kind_guessed else _kind(s)), []).append(s)
    checked = {kind: words(kind) if kind else words("kind not checked") for _, kind in told}
    return [(checked[kind], some) for (_, kind), some in sorted(told.items(), key=lambda item: item[0])]


def _kind(source: Source) -> str:
    """A kind as words: people are people whomever they speak for, and a blog is one where its name says so."""
    names = source.name.casefold().split()
    if source.kind is SourceKind.NEWS_OUTLET and {w.strip("()") for w in names} & {"blog", "weblog"}:
        return BLOG[0]
    spoken_for = OFFICE_HOLDER.fullmatch(source.name)
    organised = spoken_for and {w.casefold() for w in spoken_for["name"].split()} & ORGANISED
    return "person" if spoken_for and not organised else source.kind.replace("_", " ")


BLOG: Table = {0: "blog"}
OFFICE_HOLDER = re.compile(
    r"(?P<name>[^\W\d_a-z][\w.’'-]*(?: (?:[a-z]{1,3} )?[^\W\d_a-z][\w.’'-]*){1,3}) \((?:[^()]+ )?[^\W\d_A-Z][^()]*\)"
)
"""A name with what its holder is in brackets: "Ada Moss (army spokeswoman)", "Jan Ost (Orm Bank head)"."""


def caption(axis: Axis, words: Words) -> str:
    """What a plot shows, in one line: what is counted, unit, place and time; the unit goes without saying of people."""
    said = _shown(axis, words)
    if axis.place:
        place = visible(axis.place)
        said = (
            words("{what} in {place}", what=said, place=place)
            if axis.title
            else words("{what}, {next}", what=said, next=place)
        )
    for more in filter(None, (visible(axis.part), axis.when)):
        said = words("{what}, {next}", what=said, next=more)
    return capital(said)


def undrawn(axes: Iterable[Axis], words: Words) -> str:
    """The figures that no plot shows, whose they are and why; empty where there are none."""
    told = [_set_apart(mark, axis, words) for axis in axes for mark in axis.marks]
    return words("Not drawn: {figures}.", figures=words.strung(told)) if told else ""


def _set_apart(mark: Mark, axis: Axis, words: Words) -> str:
    said = words("{source}: {words}", source=mark.label, words=mark.words)
    return words("{words}, because {reason}", words=said, reason=axis.why) if axis.why else said


def _shown(axis: Axis, words: Words) -> str:
    """What is counted, with its unit where that is not the same."""
    title, unit = visible(axis.title), axis.unit
    if title and unit == "percent":
        return words("percent of {what}", what=title)
    if title and unit == "people":
        alone = title in {visible(words.known(fate)) for fate in (*FATES.values(), "injured")}
        return words("{what} {measure}", what=words.known("people"), measure=title) if alone else title
    if not title:
        return words("figures in {unit}", unit=words.known(unit)) if unit else words("figures")
    same = not unit or unit.casefold() in re.findall(r"\w+", unmarked(title).casefold())
    return title if same else words("{what} ({unit})", what=title, unit=words.known(unit))


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
