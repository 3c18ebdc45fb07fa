"""Judging what the program suggests: statements found in an article, and proposals that wait."""

from __future__ import annotations

from msgspec import Struct

from ledger import claims, dates, suggestions
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import Writer, ids, read
from ledger.suggestions import Offered
from ledger.verbs.adding import Add, claim_of
from ledger.verbs.verb import Notice, private_names, verb
from ledger.vocabulary import Letter, SuggestionState


class AcceptFound(Struct, frozen=True, kw_only=True):
    """Statements that were found in an article's newest copy; those that are claims already are passed over."""

    article: str
    offered: tuple[Offered, ...]
    edited: Add | None = None
    """The claim as a person wants it, where one statement is accepted with changes."""


class Accepted(Struct, frozen=True, kw_only=True):
    claims: tuple[r.Claim, ...]
    notices: tuple[Notice, ...] = ()


@verb
def accept_found(writer: Writer, request: AcceptFound) -> Accepted:
    """Logs found statements as claims, each with the suggestion that it came from."""
    page = _page(writer, request.article)
    uids: list[str] = []
    notices: tuple[Notice, ...] = ()
    for offered in request.offered:
        if offered.claim:
            continue
        given, hints = suggestions.claim_of(offered.found), suggestions.hints(offered)
        if request.edited is not None:
            given, hints = claim_of(request.edited, offered.found, translator=writer.actor)
        notices += private_names(writer.ledger, [hop.source for hop in given.attribution])
        uids.append(suggestions.accept_found(writer, page, offered, given, hints).uid)
    return Accepted(claims=tuple(read.claims_by_uid(writer.ledger, uids)), notices=notices)


class RejectFound(Struct, frozen=True, kw_only=True):
    article: str
    offered: Offered
    because: str | None = None


class Rejected(Struct, frozen=True, kw_only=True):
    suggestion: r.Suggestion


@verb
def reject_found(writer: Writer, request: RejectFound) -> Rejected:
    """Keeps in the log that a found statement was turned down, so that it is not offered again."""
    page = _page(writer, request.article)
    uid = suggestions.reject_found(writer, page, request.offered, request.because)
    return Rejected(suggestion=read.suggestion(writer.ledger, uid))


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
    waiting = ids.several(
        ledger, request.suggestions, Letter.SUGGESTION, stands=lambda t: suggestions.is_open(read.suggestion(ledger, t.uid))
    )  # fmt: skip
    for one in waiting:
        suggestions.judge(
            writer, one.uid, request.state, because=request.because, until=request.until, question=question
        )  # fmt: skip
    return Settled(suggestions=tuple(read.suggestion(ledger, one.uid) for one in waiting))
