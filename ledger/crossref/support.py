"""How many separate sources support a claim or an answer: the number that "confirmed by other sources" needs."""

from __future__ import annotations

from ledger.crossref import claimed
from ledger.crossref.origins import trace
from ledger.crossref.study import Study, known_of, study
from ledger.records import Claim, Pair
from ledger.store import Ledger, read
from ledger.vocabulary import Letter, Relation, Supports


def separate(ledger: Ledger, name: str) -> int:
    """At least so many separate sources support the claim; for a question, so many answer it at least."""
    thing = read.thing(ledger, name, Letter.CLAIM, Letter.QUESTION)
    if thing.id.startswith("Q"):
        return study(ledger, thing.uid).traced.low
    claim = read.claim(ledger, thing.uid)
    return max((_separate(ledger, study(ledger, q), claim) for q in claim.questions), default=0)


def _separate(ledger: Ledger, found: Study, claim: Claim) -> int:
    names = {p.b if p.a == claim.id else p.a for p in found.pairs if _supported(p, claim.id)}
    supporters = [c for c in found.claims if c.id in names]
    if not supporters:
        return 0
    chains = [claimed.chain_of(c, found.question) for c in supporters]
    return trace(chains, known_of(ledger, supporters, found.question.id)).low


def _supported(pair: Pair, claim: str) -> bool:
    """Whether the pair is one in which the other claim supports this one."""
    if claim not in (pair.a, pair.b) or pair.relation != Relation.SUPPORTS:
        return False
    other = Supports.B if pair.a == claim else Supports.A
    return pair.set_by is not None or pair.agreement == "agree" or pair.supports in (other, Supports.BOTH)
