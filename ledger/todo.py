"""What is waiting, and for whom: claims and questions in hand, replies, editor's queries, readings, suggestions, sign-offs."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from enum import StrEnum
from functools import reduce
from itertools import islice

from msgspec import Struct

from ledger import publishing
from ledger import records as r
from ledger.catalogue import Table, count, known, quotation, strung, t, theirs
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


NAMES: Table = {
    Why.OVERDUE: "overdue",
    Why.REPLY: "no reply yet",
    Why.QUERY: "an editor asks",
    Why.CORRECTED: "corrected",
    Why.SIGNOFF: "to be signed off",
    Why.WORK: "in hand",
    Why.DISPUTE: "contradiction",
    Why.UNSURE: "not sure",
    Why.FIGURE: "which figure",
    Why.REREAD: "read otherwise",
    Why.FINDING: "judged before",
    Why.SUGGESTIONS: "proposed",
    Why.ANSWER: "not answered",
    Why.CHECK: "not checked",
    Why.FILE: "under no question",
}
"""What a page calls each reason."""


class Item(Struct, frozen=True):
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
        pairs = [(f.a, f.b) for f in findings if f.kind == "conflicts"]
        if pairs:
            (a, b), more = pairs[0], len(pairs) - 1
            two = t("{a} and {b} contradict each other", a=a, b=b)
            said = t("{a} and {b} and {n} more contradict each other", a=a, b=b, n=more) if more else two
            yield Item(question.id, Why.DISPUTE, _by(said, f"claims why {question.id}"), None)


def _by(said: str, command: str) -> str:
    """What waits, with the command that settles it."""
    return t("{part}: {words}", part=said, words=theirs(command))


def _unanswered(ledger: Ledger) -> Iterator[Item]:
    for question in unanswered(ledger):
        yield Item(
            question.id, Why.ANSWER, t("nobody has answered it: {question}", question=theirs(question.question)), None
        )


def _claims(ledger: Ledger) -> Iterator[Item]:
    """Claims that nobody has checked, and those that answer no question, each together in a line."""
    standing = [c for c in read.claims(ledger) if c.state not in DONE]
    for why, said, found in (
        (Why.CHECK, t("nobody has checked whether the source said it"), [c.id for c in standing if c.check is None]),
        (Why.FILE, t("filed under no question"), [c.id for c in standing if not c.questions]),
    ):
        if found:
            yield Item(found[0], why, t("{part}: {words}", part=_listed(found), words=said), None)


MOST_LISTED = 8


def _listed(names: list[str]) -> str:
    """The ids, the first few of many."""
    if len(names) <= MOST_LISTED:
        return ", ".join(names)
    return t("{ids} and {n} more", ids=", ".join(names[:MOST_LISTED]), n=len(names) - MOST_LISTED)


def _work(ledger: Ledger, now: str) -> Iterator[Item]:
    for work in beside.work(ledger):
        if work.state in DONE or not (work.assignee or work.due or work.state != State.NEW):
            continue
        late = work.due is not None and passed(work.due, now)
        high = work.priority == Priority.HIGH
        state = [known(work.state), *([t("high priority")] if high else [])]
        if work.embargo and not passed(work.embargo, now):
            state.append(t("embargo until {day}", day=work.embargo))
        stands = reduce(lambda row, word: t("{words}, {next}", words=row, next=word), state)
        said = t("{field} ({why})", field=theirs(_words(ledger, work.id)), why=stands)
        yield Item(work.id, Why.OVERDUE if late else Why.WORK, said, work.assignee, work.due, high)


def _words(ledger: Ledger, name: str) -> str:
    if name.startswith("Q"):
        return read.question(ledger, name).question
    return read.claim(ledger, name).told


def _replies(ledger: Ledger, now: str) -> Iterator[Item]:
    """Requests without a reply; they wait for whoever asked."""
    for request in beside.all_requests(ledger):
        if not request.replied:
            late = request.due is not None and passed(request.due, now)
            said = t(
                "no reply yet from {who}, asked {day} about {id}", who=theirs(request.source), day=request.asked_at[:10],
                id=request.target,
            )  # fmt: skip
            yield Item(request.id, Why.OVERDUE if late else Why.REPLY, said, request.by, request.due)


def _queries(ledger: Ledger) -> Iterator[Item]:
    """Editor's queries; they wait for whoever has the thing in hand."""
    for query in beside.queries(ledger):
        thing = read.thing(ledger, query.about)
        if not thing.retracted or beside.asked_since(ledger, thing.uid, query.uid):
            said = t("{who} asks: {words}", who=theirs(query.by), words=theirs(query.text))
            yield Item(query.about, Why.QUERY, said, beside.work_on(ledger, thing.uid).assignee)


def _corrected(ledger: Ledger) -> Iterator[Item]:
    """What was corrected after it last went out, and has not gone out again."""
    newest = {p.about: p for p in beside.publications(ledger)}
    for about, publication in newest.items():
        thing = read.thing(ledger, about)
        if any(c.seq > publication.seq for c in beside.corrections(ledger, thing.uid)):
            yield Item(about, Why.CORRECTED, t("corrected since it went out: publish it again"), publication.by)


def _signoffs(ledger: Ledger) -> Iterator[Item]:
    wanted = publishing.required(ledger)
    if wanted == 0:
        return
    for work in beside.work(ledger):
        if work.state == State.READY:
            signed = publishing.signoffs(ledger, publishing.subject(ledger, work.id))
            fresh = {s.by for s in signed if not s.stale}
            if len(fresh) < wanted:
                said = t("ready; {n} of {wanted} people have signed off", n=len(fresh), wanted=wanted)
                yield Item(work.id, Why.SIGNOFF, said, None)


def _findings(ledger: Ledger) -> Iterator[Item]:
    """Words on findings whose claims have been read otherwise since."""
    newest = {(w.kind, w.rule, frozenset((w.a, w.b))): w for w in read.finding_words(ledger)}
    for word in newest.values():
        one, other = (read.claim(ledger, name) for name in (word.a, word.b))
        if not one.retracted and not other.retracted and judged.reading(one, other) != word.reading:
            for question in sorted(set(one.questions) & set(other.questions)):
                said = t(
                    "{finding} of {a} and {b} was judged by {who}; a reading has changed", finding=theirs(word.kind),
                    a=word.a, b=word.b, who=theirs(word.by),
                )  # fmt: skip
                yield Item(question, Why.FINDING, _by(said, f"claims why {question}"), word.by)


def _unsure(ledger: Ledger) -> Iterator[Item]:
    """Claims of whose reading nobody is sure; they wait for whoever has the claim in hand."""
    for claim in read.claims(ledger, unsure=True):
        said = t("to check: {what}: {words}", what=strung(doubts(claim.unsure)), words=quotation(claim.exact))
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
                either = reduce(lambda row, one: t("{words} or {next}", words=row, next=one), map(theirs, figures))
                said = t(
                    "{figures} answers {question}? {command}", figures=either, question=quotation(asked.question),
                    command=theirs(f"claims amend {claim.id} --figure ..."),
                )  # fmt: skip
                yield Item(claim.id, Why.FIGURE, said, beside.work_on(ledger, claim.uid).assignee)


def _reread(ledger: Ledger) -> Iterator[Item]:
    """Claims that today's readers read otherwise than the log has them."""
    from ledger import rereading  # it loads the readers

    older = rereading.older(ledger)
    for found in rereading.differing(ledger, older[:MOST_READ]):
        now = strung(t("{now} (was: {was})", now=theirs(d.now), was=theirs(d.was)) for d in found.differences)
        said = t("is read otherwise now: {words}", words=now)
        yield Item(found.claim.id, Why.REREAD, _by(said, f"claims reread {found.claim.id}"), None)
    if rest := older[MOST_READ:]:
        said = t("{n} more claims were read by an earlier version", n=len(rest))
        yield Item(read.short_id(ledger, rest[0]), Why.REREAD, _by(said, "claims reread"), None)


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
        n = len(waiting)
        leads, others = (
            count("{n} lead waits", "{n} leads wait", n),
            count("{n} suggestion waits", "{n} suggestions wait", n),
        )
        said = _by(leads, "claims list leads") if lead else _by(others, "claims triage")
        yield Item(target, Why.SUGGESTIONS, said, None)
