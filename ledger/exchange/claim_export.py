"""Exporting claims as JSON Lines that `claim_lines` imports: what a person gave and what was read from the text, no ids.

The key of a line is the key it was imported with, else the claim's uid, so that taking it in twice logs it once. An article's
text stands in the first line about it, if texts are asked for; without it the claims are imported unanchored.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from ledger import capture
from ledger import records as r
from ledger.exchange import Selection
from ledger.store import Ledger, read


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """One line a claim, streaming."""
    for line in lines(ledger, read.claims(ledger, question=selection.question), full_text=selection.full_text):
        yield (r.json_text(line) + "\n").encode("utf-8", "backslashreplace")


def lines(ledger: Ledger, claims: Iterable[r.Claim], *, full_text: bool = False) -> Iterator[r.Json]:
    """What each line says."""
    told: set[str] = set()
    for claim in claims:
        article = _article(read.article(ledger, claim.article))
        if full_text and claim.article not in told and (copy := _copy(ledger, claim)):
            article["text"] = capture.text_of(ledger, copy)
        told.add(claim.article)
        yield {"key": claim.key or claim.uid, "article": article, **_claim(ledger, claim)}


def _copy(ledger: Ledger, claim: r.Claim) -> r.Capture | None:
    return read.capture(ledger, claim.capture) if claim.capture else None


def _article(article: r.Article) -> r.Json:
    names = ("url", "file", "title", "publisher", "published_at", "credit_line", "byline", "language")
    return _given({name: getattr(article, name) for name in names})


def _claim(ledger: Ledger, claim: r.Claim) -> r.Json:
    return _given(
        {
            "exact": claim.exact,
            "start": claim.start,
            "prefix": claim.prefix or None,
            "suffix": claim.suffix or None,
            "cite": claim.cite,
            "mode": claim.mode.value,
            "attribution": [_hop(h) for h in claim.attribution],
            "quantities": r.plain(claim.quantities),
            "times": r.plain(claim.times),
            "place": _given(r.plain(claim.place)) if claim.place else None,
            "scope": claim.scope,
            "answer": claim.answer,
            "reading": r.plain(claim.reading),
            "says": claim.says,
            "translation": r.plain(claim.translation),
            "questions": [read.question(ledger, q).question for q in claim.questions],
            "tags": list(claim.tags) or None,
            "extra": claim.extra,
        }
    )


def _hop(hop: r.ClaimHop) -> r.Json:
    """A hop with its places, so that nothing has to be looked for again."""
    # whether it is named follows from its kind, and ids are this ledger's own
    return _given({**r.plain(hop), "source_id": None, "named": None, "mode": hop.mode.value, "role": hop.role.value})


def _given(data: r.Json) -> r.Json:
    return {k: v for k, v in data.items() if v is not None}
