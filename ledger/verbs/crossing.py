"""Cross-referencing: what is about the same matter, proposed for a person to judge."""

from __future__ import annotations

from msgspec import Struct

from ledger.crossref import proposals
from ledger.crossref.proposals import Outcome, Plan, Wish
from ledger.records import replace
from ledger.store import Ledger, Writer
from ledger.verbs.verb import verb


class Xref(Struct, frozen=True, kw_only=True):
    """What to look around: a claim, a question, an article by id, or all."""

    what: str
    accept_above: float | None = None
    """Filings with at least this score are accepted at once."""
    limit: int = 10
    passages: bool = True
    """Look in saved articles for passages that nobody has logged, too."""
    plan: Plan | None = None
    """What was found, where somebody looked already."""


@verb
def xref(writer: Writer, request: Xref) -> Outcome:
    """Proposes the claims and passages on the same matter; what a person judged before is not proposed again."""
    plan = request.plan or _plan(writer.ledger, request)
    return proposals.propose(writer, plan, accept_above=request.accept_above)


def _plan(ledger: Ledger, request: Xref) -> Plan:
    return proposals.plan(ledger, request.what, Wish(request.accept_above, request.limit, request.passages))


@xref.before
def _looked(ledger: Ledger, request: Xref) -> Xref:
    """Looks before the transaction: among many claims it takes longer than others should wait to write."""
    return replace(request, plan=_plan(ledger, request))
