"""What is waiting, and for whom: claims and questions in hand, replies, editor's queries, readings, suggestions, sign-offs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from enum import StrEnum
from itertools import islice

from ledger import publishing
from ledger import records as r
from ledger.crossref import judged
from ledger.store import Ledger, beside, read
from ledger.text import doubts
from ledger.vocabulary import EntryKind, Priority, State, SuggestionKind
from ledger.work import passed, utc_now


class Why(StrEnum):
    """Why something is on the list, the most pressing first."""

    OVERDUE = "overdue"
    REPLY = "reply"
    QUERY = "query"
    CORRECTED = "corrected"
    SIGNOFF = "signoff"
    WORK = "work"
    DISPUTE = "dispute"
    UNSURE = "unsure"
    FIGURE = "figure"
    REREAD = "reread"
    FINDING = "finding"
    SUGGESTIONS = "suggestions"
    ANSWER = "answer"
    CHECK = "check"
    FILE = "file"


@dataclass(frozen=True, slots=True)
class Item:
    """One thing that waits."""

    id: str
    why: Why
    what: str
    who: str | None
    """Whose turn it is; None where it is anybody's."""
    due: str | None = None
    high: bool = False
    """Somebody gave it high priority."""


def todo(ledger: Ledger, who: str | None = None) -> list[Item]:
    """What waits for one person and for anybody; for everybody where nobody is named."""
    now = utc_now()
    found = [*_work(ledger, now), *_replies(ledger, now), *_queries(ledger), *_corrected(ledger), *_signoffs(ledger)]
    found += _findings(ledger)
    found += [*_unsure(ledger), *_figures(ledger), *_reread(ledger), *_suggestions(ledger)]
    found += [*_disputes(ledger), *_unanswered(ledger), *_claims(ledger)]
    mine = [item for item in found if who is None or item.who in (None, who)]
    order = list(Why)
    return sorted(
        mine, key=lambda i: (order.index(i.why), not i.high, i.due or "9", i.id[0], int(i.id[1:] or 0))
    )  # fmt: skip


def foremost(found: Sequence[Item], most: int) -> list[Item]:
    """At most so many, in their order: of each sort as many as have room, so that many of one bury none of another."""
    sorts: dict[Why, list[Item]] = {}
    for item in found:
        sorts.setdefault(item.why, []).append(item)
    places = sorted(
        ((n, sort, item.id) for sort, items in sorts.items() for n, item in enumerate(items)), key=lambda p: p[0]
    )
    kept = {(sort, name) for _, sort, name in places[:most]}
    return [item for item in found if (item.why, item.id) in kept]


DONE = (State.PUBLISHED, State.DROPPED)


def unanswered(ledger: Ledger) -> Iterator[r.Question]:
    """The questions with claims that nobody has answered."""
    for question in read.questions(ledger):
        if (
            question.claims
            and question.state not in DONE
            and not read.judgements(ledger, question.uid, EntryKind.ANSWER)
        ):
            yield question


MOST_STUDIED = 20
"""Questions that are studied in one look at what waits."""


def _disputes(ledger: Ledger) -> Iterator[Item]:
    """Questions whose claims contradict each other, and that nobody has answered."""
    from ledger.crossref.study import study  # it loads the readers

    for question in islice(unanswered(ledger), MOST_STUDIED):
        findings = study(ledger, question.uid).findings if question.claims > 1 else ()
        pairs = [f"{f.a} and {f.b}" for f in findings if f.kind == "conflicts"]
        if pairs:
            more = f" and {len(pairs) - 1} more" if len(pairs) > 1 else ""
            yield Item(
                question.id, Why.DISPUTE, f"{pairs[0]}{more} contradict each other: claims why {question.id}", None
            )


def _unanswered(ledger: Ledger) -> Iterator[Item]:
    for question in unanswered(ledger):
        yield Item(question.id, Why.ANSWER, f"nobody has answered it: {question.question}", None)


def _claims(ledger: Ledger) -> Iterator[Item]:
    """Claims that nobody has checked, and those that answer no question, each together in a line."""
    standing = [c for c in read.claims(ledger) if c.state not in DONE]
    for why, said, found in (
        (Why.CHECK, "nobody has checked whether the source said it", [c.id for c in standing if c.check is None]),
        (Why.FILE, "filed under no question", [c.id for c in standing if not c.questions]),
    ):
        if found:
            yield Item(found[0], why, f"{_listed(found)}: {said}", None)


MOST_LISTED = 8


def _listed(names: list[str]) -> str:
    """The ids, the first few of many."""
    if len(names) <= MOST_LISTED:
        return ", ".join(names)
    return f"{', '.join(names[:MOST_LISTED])} and {len(names) - MOST_LISTED:,} more"


def _work(ledger: Ledger, now: str) -> Iterator[Item]:
    for work in beside.work(ledger):
        if work.state in DONE or not (work.assignee or work.due or work.state != State.NEW):
            continue
        late = work.due is not None and passed(work.due, now)
        embargo = f", embargo until {work.embargo}" if work.embargo and not passed(work.embargo, now) else ""
        high = ", high priority" if work.priority == Priority.HIGH else ""
        said = f"{_words(ledger, work.id)} ({work.state}{high}{embargo})"
        yield Item(work.id, Why.OVERDUE if late else Why.WORK, said, work.assignee, work.due, bool(high))


def _words(ledger: Ledger, name: str) -> str:
    if name.startswith("Q"):
        return read.question(ledger, name).question
    return read.claim(ledger, name).told


def _replies(ledger: Ledger, now: str) -> Iterator[Item]:
    """Requests without a reply; they wait for whoever asked."""
    for request in beside.all_requests(ledger):
        if not request.replied:
            late = request.due is not None and passed(request.due, now)
            said = f"no reply yet from {request.source}, asked {request.asked_at[:10]} about {request.target}"
            yield Item(request.id, Why.OVERDUE if late else Why.REPLY, said, request.by, request.due)


def _queries(ledger: Ledger) -> Iterator[Item]:
    """Editor's queries; they wait for whoever has the thing in hand."""
    for query in beside.queries(ledger):
        thing = read.thing(ledger, query.about)
        if not thing.retracted:
            yield Item(
                query.about, Why.QUERY, f"{query.by} asks: {query.text}", beside.work_on(ledger, thing.uid).assignee
            )


def _corrected(ledger: Ledger) -> Iterator[Item]:
    """What was corrected after it last went out, and has not gone out again."""
    newest = {p.about: p for p in beside.publications(ledger)}
    for about, publication in newest.items():
        thing = read.thing(ledger, about)
        if any(c.seq > publication.seq for c in beside.corrections(ledger, thing.uid)):
            yield Item(about, Why.CORRECTED, "corrected since it went out: publish it again", publication.by)


def _signoffs(ledger: Ledger) -> Iterator[Item]:
    wanted = publishing.required(ledger)
    if wanted == 0:
        return
    for work in beside.work(ledger):
        if work.state == State.READY:
            signed = publishing.signoffs(ledger, publishing.subject(ledger, work.id))
            fresh = {s.by for s in signed if not s.stale}
            if len(fresh) < wanted:
                yield Item(work.id, Why.SIGNOFF, f"ready; {len(fresh)} of {wanted} people have signed off", None)


def _findings(ledger: Ledger) -> Iterator[Item]:
    """Words on findings whose claims have been read otherwise since."""
    newest = {(w.kind, w.rule, frozenset((w.a, w.b))): w for w in read.finding_words(ledger)}
    for word in newest.values():
        one, other = (read.claim(ledger, name) for name in (word.a, word.b))
        if not one.retracted and not other.retracted and judged.reading(one, other) != word.reading:
            for question in sorted(set(one.questions) & set(other.questions)):
                what = f"{word.kind} of {word.a} and {word.b} was judged by {word.by}"
                said = f"{what}; a reading has changed: claims why {question}"
                yield Item(question, Why.FINDING, said, word.by)


def _unsure(ledger: Ledger) -> Iterator[Item]:
    """Claims of whose reading nobody is sure; they wait for whoever has the claim in hand."""
    for claim in read.claims(ledger, unsure=True):
        said = f"to check: {'; '.join(doubts(claim.unsure))}: “{claim.exact}”"
        yield Item(claim.id, Why.UNSURE, said, beside.work_on(ledger, claim.uid).assignee)


def _figures(ledger: Ledger) -> Iterator[Item]:
    """Claims with several figures that answer a question equally well."""
    from ledger.crossref.kinds import kind_of  # it loads the readers
    from ledger.crossref.statements import several

    filed: dict[str, list[r.Claim]] = {}
    for claim in read.claims(ledger):
        for question in claim.questions:
            filed.setdefault(question, []).append(claim)
    for name, under in filed.items():
        asked = read.question(ledger, name)
        kind = kind_of(asked, under)
        for claim in (c for c in under if len(c.quantities) > 1):
            if figures := several(asked, claim, kind):
                said = f"{' or '.join(figures)} answers “{asked.question}”? claims amend {claim.id} --figure ..."
                yield Item(claim.id, Why.FIGURE, said, beside.work_on(ledger, claim.uid).assignee)


def _reread(ledger: Ledger) -> Iterator[Item]:
    """Claims that today's readers read otherwise than the log has them."""
    from ledger import rereading  # it loads the readers

    older = rereading.older(ledger)
    for found in rereading.differing(ledger, older[:MOST_READ]):
        said = "; ".join(f"{d.now} (was: {d.was})" for d in found.differences)
        yield Item(found.claim.id, Why.REREAD, f"is read otherwise now: {said}: claims reread {found.claim.id}", None)
    if rest := older[MOST_READ:]:
        said = f"{len(rest):,} more claims were read by an earlier version: claims reread"
        yield Item(read.short_id(ledger, rest[0]), Why.REREAD, said, None)


MOST_READ = 200
"""How many claims are read again in one look at what waits: about a second."""


def _suggestions(ledger: Ledger) -> Iterator[Item]:
    """Pending suggestions, counted by what they are about."""
    counts: dict[tuple[str, bool], list[r.Suggestion]] = {}
    now = utc_now()
    for suggestion in read.suggestions(ledger):
        if suggestion.waits(now):
            lead = suggestion.kind == SuggestionKind.LEAD
            counts.setdefault((suggestion.target or suggestion.id, lead), []).append(suggestion)
    for (target, lead), waiting in counts.items():
        noun, command = ("lead", "claims list leads") if lead else ("suggestion", "claims triage")
        waits = f"{noun} waits" if len(waiting) == 1 else f"{noun}s wait"
        yield Item(target, Why.SUGGESTIONS, f"{len(waiting)} {waits}: {command}", None)
