"""Judging what the program suggests: statements found in an article, and proposals that wait."""

from __future__ import annotations

from msgspec import Struct

from ledger import claims, dates, ownfields, suggestions
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import Writer, ids, read
from ledger.suggestions import Offered
from ledger.verbs.adding import Add, claim_of
from ledger.verbs.verb import Notice, private_names, verb
from ledger.vocabulary import Letter, SuggestionKind, SuggestionState

NO_FIGURE = -1


class Chosen(Struct, frozen=True, kw_only=True):
    """A statement that was found in an article's newest copy, and as what a person wants it logged."""

    article: str
    offered: Offered
    figure: int | None = None
    """Which of its figures answers, from 0; NO_FIGURE where none does; left out, they stay as they were read."""
    edited: Add | None = None
    """The claim as a person wants it, where it is accepted with changes."""
    question: str | None = None
    """The question that it answers, by id or in words; one in new words is made."""
    sure: tuple[str, ...] = ()
    """Fields of which the program is not sure, and for whose reading the person stands."""
    template: str | None = None
    fields: dict[str, str] = {}
    """The kind of claim that it is, and its values of fields of one's own."""
    settles: tuple[str, ...] = ()
    """Waiting suggestions, by id, that propose the same statement."""


class AcceptFound(Struct, frozen=True, kw_only=True):
    """Statements to log; one may come several times, for several of its figures. What is a claim already is passed over."""

    chosen: tuple[Chosen, ...]


class Accepted(Struct, frozen=True, kw_only=True):
    claims: tuple[r.Claim, ...]
    notices: tuple[Notice, ...] = ()


@verb
def accept_found(writer: Writer, request: AcceptFound) -> Accepted:
    """Logs found statements as claims, each with the suggestion that it came from, and files them."""
    uids: list[str] = []
    notices: tuple[Notice, ...] = ()
    judged: set[tuple[str, int]] = set()
    for chosen in request.chosen:
        offered, page = chosen.offered, _page(writer, chosen.article)
        if offered.claim:
            notices += (Notice("known", f"{offered.number} of {chosen.article} is {offered.claim} already"),)
            continue
        given, hints = _wanted(writer, chosen)
        notices += private_names(writer.ledger, [hop.source for hop in given.attribution])
        logged = claims.log(writer, page, given, hints).uid
        usual = ownfields.template(writer.ledger, chosen.template)
        ownfields.dress(writer, read.thing(writer.ledger, logged), usual, chosen.fields)
        if question := chosen.question or (chosen.edited.question if chosen.edited else None):
            claims.file(writer, logged, claims.question_uid(writer, question, kind=usual.kind))
        if (chosen.article, offered.number) not in judged:
            suggestions.judge_found(
                writer, page, offered, SuggestionState.ACCEPTED, made=logged, settles=chosen.settles
            )
            judged.add((chosen.article, offered.number))
        uids.append(logged)
    return Accepted(claims=tuple(read.claims_by_uid(writer.ledger, uids)), notices=notices)


def _wanted(writer: Writer, chosen: Chosen) -> tuple[r.Claim, claims.Hints]:
    """The claim that is asked for, with the figure that was chosen for it."""
    found = chosen.offered.found
    given, hints = suggestions.claim_of(found), suggestions.hints(chosen.offered)
    if chosen.edited is not None:
        given, hints = claim_of(chosen.edited, found, translator=writer.actor)
    if chosen.sure:
        given = r.replace(given, unsure=tuple(u for u in given.unsure if u.field not in chosen.sure))
        hints = r.replace(hints, sure=(*hints.sure, *chosen.sure))
    if chosen.figure == NO_FIGURE:
        return given, r.replace(hints, figure="none")
    return (given if chosen.figure is None else r.replace(given, quantities=(found.quantities[chosen.figure],))), hints


class RejectFound(Struct, frozen=True, kw_only=True):
    chosen: tuple[Chosen, ...]
    because: str | None = None


class Rejected(Struct, frozen=True, kw_only=True):
    suggestions: tuple[r.Suggestion, ...]


@verb
def reject_found(writer: Writer, request: RejectFound) -> Rejected:
    """Keeps in the log that found statements were turned down, so that they are not offered again."""
    uids = [
        suggestions.judge_found(
            writer, _page(writer, c.article), c.offered, SuggestionState.REJECTED, because=request.because, settles=c.settles
        )
        for c in request.chosen
    ]  # fmt: skip
    return Rejected(suggestions=tuple(read.suggestion(writer.ledger, uid) for uid in uids))


def _page(writer: Writer, article: str) -> claims.Page:
    return claims.page(writer.ledger, read.article(writer.ledger, article))


class Settle(Struct, frozen=True, kw_only=True):
    """Waiting suggestions, by id ("M5", "M38-M90", "all"), and a person's word on all of them."""

    suggestions: tuple[str, ...]
    state: SuggestionState
    because: str | None = None
    until: str | None = None
    """For those that are put off: the day on which they are shown again."""
    question: str | None = None
    """The question, by id or in words, that what is accepted is filed under, in place of the one proposed."""


class Settled(Struct, frozen=True, kw_only=True):
    suggestions: tuple[r.Suggestion, ...]


@verb
def settle(writer: Writer, request: Settle) -> Settled:
    """Accepts, rejects or puts off suggestions, all or none; accepting does what was proposed."""
    if request.until is not None and dates.window(request.until).earliest is None:
        raise BadInput(f"not a day: {request.until}", hint="write it as 2026-04-01")
    ledger = writer.ledger
    question = claims.question_uid(writer, request.question) if request.question else None
    accepts = request.state is SuggestionState.ACCEPTED

    def stands(thing: r.Thing) -> bool:
        found = read.suggestion(ledger, thing.uid)
        return suggestions.is_open(found) and not (accepts and found.kind == SuggestionKind.LEAD)

    waiting = ids.several(ledger, request.suggestions, Letter.SUGGESTION, stands=stands)
    for one in waiting:
        found = read.suggestion(ledger, one.uid)
        if accepts and question is None and found.kind == SuggestionKind.REVIEW:
            from ledger.exchange.claimreview.met import take

            take(writer, found, request.because)
            continue
        suggestions.judge(
            writer, one.uid, request.state, because=request.because, until=request.until, question=question
        )  # fmt: skip
    return Settled(suggestions=tuple(read.suggestion(ledger, one.uid) for one in waiting))
