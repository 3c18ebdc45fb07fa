"""Cross-referencing on request: what else in the ledger matches a claim, and what follows from it, as suggestions.

Nothing is decided here but on request: claims proposed for a question, and passages proposed as claims, wait for a person.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import islice

from msgspec import Struct

from ledger import records as r
from ledger import suggestions
from ledger.crossref import asking, grouping
from ledger.crossref.candidates import ALL_PAIRS, Matcher, Unlogged
from ledger.crossref.comparison import Comparison, compare
from ledger.crossref.grouping import Filing
from ledger.crossref.kinds import kind_of
from ledger.crossref.matching import Match
from ledger.crossref.origins import Traced, chain_of, trace
from ledger.crossref.statements import statement_of
from ledger.crossref.study import MOVED, known_of, study
from ledger.crossref.wire_copy import copies_of, newest_text
from ledger.store import Ledger, Writer, read
from ledger.suggestions import Proposal
from ledger.text import folding
from ledger.vocabulary import Agreement, Letter, State, SuggestionKind, SuggestionState

MADE_BY = "xref/1"
EVERYTHING = "all"
ONE_FIGURE = "one figure, worded otherwise"


class Crossing(Struct, frozen=True):
    """A claim beside another one, or beside a passage that nobody has logged."""

    claim: str
    other: str | None
    """None for a passage."""
    article: str
    exact: str
    start: int | None
    end: int | None
    score: str
    reasons: tuple[str, ...]
    comparison: Comparison
    statements: tuple[r.Statement, r.Statement]
    """What was compared."""
    origin: str
    """Who is said to have said the other."""
    same_origin: bool | None
    suggestion: str | None
    """The suggestion that was made of it, by id."""


class Filed(Struct, frozen=True):
    """A claim proposed for a question."""

    suggestion: str
    claim: str
    question: str
    """The id of a known question, or the words of a new one."""
    score: str
    state: str


class SharedCopy(Struct, frozen=True):
    """Another article that holds a good part of the same text."""

    article: str
    other: str
    containment: str
    """The share of the shorter text that both hold."""
    passage: str
    """The longest passage that stands in both."""


class Outcome(Struct, frozen=True):
    crossings: tuple[Crossing, ...]
    filings: tuple[Filed, ...]
    copies: tuple[SharedCopy, ...] = ()


class Wish(Struct, frozen=True):
    """How far a cross-reference goes."""

    accept_above: float | None = None
    """Filings with a higher score are accepted at once, by whoever asks."""
    limit: int = 10
    passages: bool = True


class Plan(Struct, frozen=True):
    """What a cross-reference found, before any of it is proposed."""

    near: Matcher
    beside: Beside
    filings: list[Filing]
    unlogged: list[Aside]
    article: str | None
    """The uid of the article where one was named."""
    leads: tuple[tuple[str, str], ...] = ()
    """Pairs of claims (by uid) whose wording differs if they rest on one source."""


def plan(ledger: Ledger, what: str, wish: Wish) -> Plan:
    """Looks for what matches a claim, the claims of a question or of an article, or all claims."""
    subjects, article = _subjects(ledger, what)
    near = Matcher(ledger, thorough=len(subjects) > 1)
    beside = _neighbours(near, subjects, wish)
    pairs = [(c, other) for c, found in beside for other, _ in found]
    unlogged = _unlogged(near, subjects, article=article) if wish.passages else []
    return Plan(near, beside, grouping.filings(near, pairs), unlogged, article, tuple(_leads(ledger, subjects)))


MOST_STUDIED = 50
"""Questions that are looked through for leads at once."""


def _leads(ledger: Ledger, subjects: Iterable[r.Claim]) -> Iterator[tuple[str, str]]:
    asked = dict.fromkeys(q for c in subjects for q in c.questions)
    for found in (study(ledger, q) for q in islice(asked, MOST_STUDIED)):
        yield from ((found.claim(a).uid, found.claim(b).uid) for a, b in found.leads)


def propose(writer: Writer, found: Plan, *, accept_above: float | None = None) -> Outcome:
    """Logs what was found as suggestions; filings with a higher score than asked are accepted at once."""
    ledger = writer.ledger
    proposed = [_propose_filing(writer, filing, accept_above=accept_above) for filing in found.filings]
    made = {a.passage.claim.id: _waiting(writer, _claim_proposal(ledger, a)) for a in found.unlogged}
    unlogged = [a for a in found.unlogged if made[a.passage.claim.id]]
    for origin, version in found.leads:
        data: r.Json = {"origin": origin, "version": version}
        suggestions.propose(writer, Proposal(SuggestionKind.WORDING, data, ONE_FIGURE, "0.5", MADE_BY, target=version))
    names = {name: read.short_id(ledger, uid) for name, uid in made.items() if uid}
    showing = _Showing(found.near, _asked(ledger, found.filings))
    crossings = sorted(showing.crossings(found.beside, unlogged, names), key=lambda c: -float(c.score))
    copies = tuple(_copies(ledger, found.article)) if found.article else ()
    return Outcome(tuple(crossings), tuple(_told(ledger, uid) for uid in proposed if uid), copies)


CLOSED = (State.PUBLISHED.value, State.DROPPED.value)


def of_capture(writer: Writer, article: str) -> int:
    """Proposes statements of a newly saved article (by uid) for the questions still open; gives how many wait."""
    ledger = writer.ledger
    open_ones = read.open_questions(ledger, CLOSED)
    if not open_ones:
        return 0
    near = Matcher(ledger)
    asides = []
    for u in near.unlogged(article):
        beside = (Aside(other, u, m) for other, m in near.claims(u.claim, limit=5) if open_ones & set(other.questions))
        asides += list(islice(beside, 1))
    return sum(suggestions.propose(writer, _claim_proposal(ledger, aside)) is not None for aside in asides)


def _subjects(ledger: Ledger, what: str) -> tuple[list[r.Claim], str | None]:
    """The claims to look around, and the uid of the article where one was named."""
    if what.strip().casefold() == EVERYTHING:
        return [c for c in read.claims(ledger) if not c.redacted], None
    thing = read.thing(ledger, what, Letter.CLAIM, Letter.QUESTION, Letter.ARTICLE)
    if thing.id.startswith(Letter.CLAIM):
        return [read.claim(ledger, thing.uid)], None
    if thing.id.startswith(Letter.QUESTION):
        return list(read.claims(ledger, question=thing.uid)), None
    return list(read.claims(ledger, article=thing.uid)), thing.uid


Beside = list[tuple[r.Claim, list[tuple[r.Claim, Match]]]]


def _neighbours(near: Matcher, subjects: Sequence[r.Claim], wish: Wish) -> Beside:
    """Each subject with its neighbours; among few, none is missed for want of a common word."""
    everything = [c for c in read.claims(near.ledger) if not c.redacted] if near.ranker.size <= ALL_PAIRS else None
    near.know(everything or subjects)
    limit = max(wish.limit, len(everything or ())) if len(subjects) > 1 else wish.limit
    return [
        (c, near.claims(c, limit=limit) if everything is None else near.among(c, everything, limit=limit))
        for c in subjects
    ]


class Aside(Struct, frozen=True):
    """A passage that nobody has logged, and the claim that it stands beside."""

    claim: r.Claim
    passage: Unlogged
    match: Match


def _unlogged(near: Matcher, subjects: Iterable[r.Claim], *, article: str | None) -> list[Aside]:
    """Passages beside the subjects; for an article also its own statements beside the claims of the ledger; each once."""
    found = [Aside(claim, u, m) for claim in subjects for u, m in near.passages(claim)]
    for u in near.unlogged(article) if article else ():
        found += [Aside(other, u, m) for other, m in near.claims(u.claim, limit=1)]
    best: dict[str, Aside] = {}
    for aside in sorted(found, key=lambda a: -a.match.score):
        best.setdefault(aside.passage.claim.id, aside)
    return list(best.values())


# --- suggestions --------------------------------------------------------------------------------------------------


def _propose_filing(writer: Writer, filing: Filing, *, accept_above: float | None) -> str | None:
    """The uid of the suggestion to file a claim; None where a person has settled it already."""
    reason = "; ".join(filing.reasons) or "alike in words"
    uid = _waiting(
        writer, Proposal(SuggestionKind.FILING, filing.data, reason, f"{filing.score:.3f}", MADE_BY, filing.claim.uid)
    )
    if uid and accept_above is not None and filing.score >= accept_above:
        suggestions.judge(writer, uid, SuggestionState.ACCEPTED)
    return uid


def _claim_proposal(ledger: Ledger, aside: Aside) -> Proposal:
    """To log a passage, under the question of the claim that it stands beside."""
    claim, u = aside.claim, aside.passage
    question = read.question(ledger, claim.questions[0]).uid if claim.questions else None
    data = {"article": u.article.uid, "found": r.plain(u.found)} | ({"question": question} if question else {})
    reason = f"beside {claim.id}: {'; '.join(aside.match.reasons)}"
    return Proposal(SuggestionKind.CLAIM, data, reason, f"{aside.match.score:.3f}", MADE_BY, u.article.uid)


def _waiting(writer: Writer, proposal: Proposal) -> str | None:
    """The uid of the suggestion, made now or waiting from before; None where a person has settled it."""
    if uid := suggestions.propose(writer, proposal):
        return uid
    about = read.suggestions_about(writer.ledger, proposal.target or "")
    return next((s.uid for s in about if s.proposal == proposal.data and s.state == SuggestionState.PENDING), None)


# --- what is shown ------------------------------------------------------------------------------------------------


def _copies(ledger: Ledger, article: str) -> Iterator[SharedCopy]:
    held = newest_text(ledger, article)
    for copy in copies_of(ledger, article) if held else ():
        longest = copy.passages[0]
        passage = held[1][longest.start : longest.end] if held else ""
        yield SharedCopy(read.short_id(ledger, article), read.short_id(ledger, copy.article), copy.containment, passage)


def _told(ledger: Ledger, uid: str) -> Filed:
    s = read.suggestion(ledger, uid)
    known = s.proposal.get("question")
    question = read.short_id(ledger, known) if known else str(s.made or s.proposal["new_question"])
    return Filed(s.id, s.target or "", question, s.score, s.state)


def _asked(ledger: Ledger, filings: Iterable[Filing]) -> dict[str, r.Question]:
    """What each claim (by uid) that is proposed for a question would answer."""
    return {
        f.claim.uid: read.question(ledger, f.question) if f.question else _new(f.new_question or "") for f in filings
    }


def _new(text: str) -> r.Question:
    return r.Question(question=text, folded=folding.name(text))


class _Showing:
    """Pairs as they will be compared under the question that they are proposed for."""

    def __init__(self, near: Matcher, asked: dict[str, r.Question]) -> None:
        self.ledger, self.asked = near.ledger, asked

    def crossings(self, beside: Beside, unlogged: list[Aside], proposed: dict[str, str]) -> Iterator[Crossing]:
        """Every pair once that is not filed together yet: the logged neighbours of a claim, and the passages beside it."""
        passages: dict[str, list[Aside]] = {}
        for aside in unlogged:
            passages.setdefault(aside.claim.uid, []).append(aside)
        shown: set[frozenset[str]] = set()
        found_of: dict[str, tuple[r.Claim, list[tuple[r.Claim, Match]]]] = {
            a.claim.uid: (a.claim, []) for a in unlogged
        }
        found_of |= {c.uid: (c, found) for c, found in beside}
        for uid, (claim, found) in found_of.items():
            new = ((other, m) for other, m in found if not set(claim.questions) & set(other.questions))
            pairs = [(other, m, None) for other, m in new if frozenset((uid, other.uid)) not in shown]
            shown |= {frozenset((uid, other.uid)) for other, _, _ in pairs}
            asides = [(a.passage.claim, a.match, proposed.get(a.passage.claim.id)) for a in passages.get(uid, ())]
            if together := [*pairs, *asides]:
                traced = _traced(self.ledger, [claim, *(other for other, _, _ in together)])
                for other, m, suggestion in together:
                    yield self._crossing(claim, other, match=m, traced=traced, suggestion=suggestion)

    def _crossing(
        self, claim: r.Claim, other: r.Claim, *, match: Match, traced: Traced, suggestion: str | None
    ) -> Crossing:  # fmt: skip
        question = self._question(claim)
        kind = kind_of(question, (claim, other))
        a, b = (statement_of(c, question, kind) for c in (claim, other))
        found, same = compare(a, b, one_question=True), traced.same_origin(claim.id, other.id)
        if found.reason in MOVED and traced.one_family(claim.id, other.id):
            found = r.replace(found, agreement=Agreement.INCOMPARABLE, reason="revised")
        return Crossing(
            claim=claim.id,
            other=other.id if other.uid else None,
            article=other.article,
            exact=other.exact,
            start=other.start,
            end=other.end,
            score=f"{match.score:.3f}",
            reasons=match.reasons,
            comparison=found,
            statements=(a, b),
            origin=traced.origins[other.id].name,
            same_origin=same,
            suggestion=suggestion,
        )

    def _question(self, claim: r.Claim) -> r.Question:
        """The one that the claim answers or is proposed for, else one in its own words."""
        if claim.uid not in self.asked:
            filed = read.question(self.ledger, claim.questions[0]) if claim.questions else None
            self.asked[claim.uid] = filed or _new(asking.of_claim(claim))
        return self.asked[claim.uid]


def _traced(ledger: Ledger, claims: Sequence[r.Claim]) -> Traced:
    logged = [c for c in claims if c.uid]
    return trace([chain_of(c) for c in claims], known_of(ledger, logged))
