"""Reviews that stand on a page which was captured: proposed as what their publisher found, apart from our own ratings."""

from __future__ import annotations

from itertools import islice

from ledger import records as r
from ledger import suggestions
from ledger.errors import BadInput, ClaimsError, Refused
from ledger.exchange import claim_lines
from ledger.exchange.claimreview.finding import source
from ledger.exchange.claimreview.importing import lines
from ledger.exchange.claimreview.reviews import Review, reviews
from ledger.exchange.rows import Row
from ledger.store import Writer
from ledger.vocabulary import EntryKind, SuggestionKind, SuggestionState

MARK = b"ClaimReview"
MOST = 20
"""Reviews of one page that are proposed; a list of them is imported."""
LONGEST = 12_000
"""Characters of a proposal; a longer one goes without the node, which stands on the page."""


def propose(writer: Writer, article: str, page: bytes) -> int:
    """Proposes the reviews of a page, once each; gives how many are new. A page that cannot be read so has none."""
    try:
        found = [review for _, review in reviews(source(page, "the page")) if isinstance(review, Review)]
    except ClaimsError:
        return 0
    told = ((review, line) for review in found for line, _ in lines(review))
    return sum(_proposed(writer, article, review, line) for review, line in islice(told, MOST))


def _proposed(writer: Writer, article: str, review: Review, line: r.Json) -> bool:
    if len(str(line)) > LONGEST:
        line = line | {"extra": {k: v for k, v in line["extra"].items() if not k.startswith("claimreview")}}
    who = review.publisher or "a publisher that is not named"
    reason = f"{who} rates it “{review.label}”" if review.label else f"{who} reviewed it"
    data = {"line": line, "publisher": review.publisher, "verdict": review.label}
    proposal = suggestions.Proposal(SuggestionKind.REVIEW, data, reason, "0.5", "claimreview/1", article)
    try:
        mark = suggestions.fingerprint(SuggestionKind.REVIEW, {"key": line["key"]})
        return suggestions.propose(writer, proposal, mark) is not None
    except (BadInput, Refused):  # too long, with what no text may hold, or with a protected name: it stands on the page
        return False


def take(writer: Writer, suggestion: r.Suggestion, because: str | None) -> None:
    """Accepts one: the claim is logged as cited, its rating as theirs, as an import would."""
    if not suggestions.is_open(suggestion):
        raise Refused(f"{suggestion.id} was {suggestion.state} by {suggestion.judged_by} already")
    outcome = claim_lines.import_rows(writer, [("the page", [Row(1, suggestion.proposal["line"])])])
    for problem in outcome.problems:
        if problem.fatal:
            raise BadInput(problem.message, hint=problem.hint)
    made = outcome.first[0].uid if outcome.first else None
    judged = r.JudgementDraft(SuggestionState.ACCEPTED, because=because, made=made)
    writer.append(EntryKind.JUDGEMENT, judged, about=suggestion.uid)
