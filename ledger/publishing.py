"""Publishing: what stands in the way, who signed off, what went out byte for byte, and what is put right afterwards.

A report is final when nothing about it is unfinished. What is published is frozen in the ledger; a correction is a dated note
on top of the next version, and the old one stays where it was.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Container, Iterable, Iterator
from typing import TYPE_CHECKING

from msgspec import Struct

from ledger import changes
from ledger import records as r
from ledger.errors import BadInput, NotFound, Refused, Tampered
from ledger.store import Ledger, beside, blob, entries, read
from ledger.text import doubts
from ledger.vocabulary import Checked, EntryKind, Letter, Role, SuggestionKind
from ledger.work import passed, utc_now

if TYPE_CHECKING:
    from ledger import leaks

SIGNOFFS = "signoffs"


class Subject(Struct, frozen=True):
    """What a report is about, with everything it shows."""

    thing: r.Thing
    claims: tuple[r.Claim, ...]
    evidence: tuple[r.Evidence, ...]

    @property
    def uids(self) -> tuple[str, ...]:
        return (self.thing.uid, *(c.uid for c in self.claims), *(e.uid for e in self.evidence))


def subject(ledger: Ledger, name: str) -> Subject:
    """A question with its claims, an article with its claims, or one claim; each with its evidence."""
    thing = changes.standing(ledger, name, Letter.QUESTION, Letter.CLAIM, Letter.ARTICLE)
    if thing.id.startswith("C"):
        claims: tuple[r.Claim, ...] = (read.claim(ledger, thing.uid),)
    elif thing.id.startswith("A"):
        claims = tuple(read.claims(ledger, article=thing.uid))
    else:
        claims = tuple(read.claims(ledger, question=thing.uid))
    about = dict.fromkeys([thing.uid, *(c.uid for c in claims)])
    return Subject(thing, claims, tuple(e for uid in about for e in beside.evidence(ledger, uid)))


# --- is it finished? ----------------------------------------------------------------------------------------------


def obstacles(ledger: Ledger, name: str) -> list[str]:
    """Why a report about it is not final, a sentence each; empty where nothing is unfinished."""
    found = subject(ledger, name)
    return [
        *_embargoes(ledger, found),
        *_unanswered(ledger, found),
        *_disagreements(ledger, found),
        *_unread(ledger, found),
        *_not_said(ledger, found),
        *_bare_verdicts(ledger, found),
        *_queries(ledger, found),
        *_suggestions(ledger, found),
        *_readings(found),
        *_translations(found),
        *_missing_signoffs(ledger, found),
    ]


def embargoed(ledger: Ledger, shown: Container[str | None] | None = None) -> list[str]:
    """A sentence for each thing under embargo, of those whose ids are given; of all where none are."""
    now = utc_now()
    return [
        _embargo(w)
        for w in beside.work(ledger)
        if w.embargo and not passed(w.embargo, now) and (shown is None or w.id in shown)
    ]


def _embargo(work: r.Work) -> str:
    return f"{work.id} must not go out before {(work.embargo or '')[:16].replace('T', ' ')} UTC"


def _embargoes(ledger: Ledger, found: Subject) -> Iterator[str]:
    now = utc_now()
    for uid in (found.thing.uid, *(c.uid for c in found.claims)):
        work = beside.work_on(ledger, uid)
        if work.embargo and not passed(work.embargo, now):
            yield _embargo(work)


def _unanswered(ledger: Ledger, found: Subject) -> Iterator[str]:
    """A question that nobody answered or rated; a claim may go out unrated, as who said what."""
    name = found.thing.id
    if name.startswith(Letter.QUESTION) and not any(about == name for about, _, _ in verdicts(ledger, found)):
        yield f"nobody has answered {name}: claims answer {name} TEXT --because ..."


def _disagreements(ledger: Ledger, found: Subject) -> Iterator[str]:
    """Things that people rate differently on one scale."""
    given: dict[tuple[str, str], dict[str, str]] = {}
    for about, kind, verdict in verdicts(ledger, found):
        if kind is EntryKind.RATING:
            given.setdefault((about, verdict.scale or ""), {})[verdict.by] = verdict.value
    for (about, _), grades in given.items():
        if len(set(grades.values())) > 1:
            told = ", ".join(f"{value} by {who}" for who, value in grades.items())
            yield f"{about} is rated differently ({told}): agree, and one of you rates again: claims rate {about} ..."


def _unread(ledger: Ledger, found: Subject) -> Iterator[str]:
    """Claims of a question without a figure or short answer, which no verdict rests on and which nobody checked or rated."""
    if not found.thing.id.startswith(Letter.QUESTION):
        return
    rested = {target for _, _, verdict in verdicts(ledger, found) for target in verdict.on}
    for claim in found.claims:
        judged = claim.check is not None or claim.rating is not None or claim.id in rested
        if not judged and not claim.quantities and not claim.answer:
            out = f"claims file {claim.id} --question {found.thing.id} --out"
            yield f"{claim.id} has to be read: claims amend {claim.id} --answer ..., or {out}"


def _not_said(ledger: Ledger, found: Subject) -> Iterator[str]:
    """Claims that were not found with their source after the last word on the matter."""
    newest = max((verdict.at for _, _, verdict in verdicts(ledger, found)), default="")
    for claim in found.claims:
        if claim.check is not None and claim.check.value == Checked.NO and claim.check.at > newest:
            remedy = f"claims retract {claim.id} --because ..., or give the verdict again knowing it"
            yield f"{claim.id} was not found with its source since the last verdict: {remedy}"


def _bare_verdicts(ledger: Ledger, found: Subject) -> Iterator[str]:
    """Verdicts that rest on nothing, or on what was taken back."""
    for about, kind, verdict in verdicts(ledger, found):
        name = f"the {kind} of {about} by {verdict.by} ({verdict.value})"
        if not verdict.on:
            yield f"{name} rests on nothing: give it again with --on C4,E2"
        for target in verdict.on:
            if read.thing(ledger, target).retracted:
                yield f"{name} rests on {target}, which was retracted"


def verdicts(ledger: Ledger, found: Subject) -> Iterator[tuple[str, EntryKind, r.Judgement]]:
    """The ratings and answers that hold now, with what they are about."""
    for uid, about in {found.thing.uid: found.thing.id, **{c.uid: c.id for c in found.claims}}.items():
        for kind in (EntryKind.ANSWER, EntryKind.RATING):
            for verdict in read.judgements(ledger, uid, kind):
                if not verdict.superseded:
                    yield about, kind, verdict


def _queries(ledger: Ledger, found: Subject) -> Iterator[str]:
    for query in beside.queries(ledger, found.uids):
        yield f"{query.by} asks about {query.about}, and nobody has answered: {query.text}"


def _suggestions(ledger: Ledger, found: Subject) -> Iterator[str]:
    now = utc_now()
    waiting = [s for s in read.suggestions(ledger) if s.waits(now) and _touches(s, found)]
    for suggestion in waiting[:5]:
        yield f"the suggestion {suggestion.id} is not settled: {suggestion.reason}"
    if len(waiting) > 5:
        yield f"{len(waiting) - 5} more suggestions are not settled: claims triage"


def _touches(suggestion: r.Suggestion, found: Subject) -> bool:
    """True where it is about one of the things shown, or names one; what would be filed or logged concerns its question."""
    if suggestion.kind == SuggestionKind.LEAD:
        return False
    if suggestion.kind in (SuggestionKind.FILING, SuggestionKind.CLAIM):
        return suggestion.proposal.get("question") == found.thing.uid
    ids = {found.thing.id, *(c.id for c in found.claims)}
    named = {str(v) for v in suggestion.proposal.values()}
    return suggestion.target in ids or not named.isdisjoint({*found.uids, *ids})


def _readings(found: Subject) -> Iterator[str]:
    """Claims of whose reading nobody is sure."""
    for claim in found.claims:
        if claim.unsure:
            what = "; ".join(doubts(claim.unsure))
            yield f"nobody has checked how {claim.id} is read, {what}: claims amend {claim.id} --sure, or with what is right"


def _translations(found: Subject) -> Iterator[str]:
    for claim in found.claims:
        if unreviewed(claim):
            yield f"the machine translation of {claim.id} was not reviewed: claims translate {claim.id} --review"


def unreviewed(claim: r.Claim) -> bool:
    """True where its translation is a machine's that no person stands for."""
    return claim.translation is not None and claim.translation.machine and not claim.translation.reviewed


# --- sign-off -----------------------------------------------------------------------------------------------------


def required(ledger: Ledger) -> int:
    """How many people must sign off before a report is final."""
    said = beside.policy(ledger, SIGNOFFS) or "0"
    if not re.fullmatch("[0-9]", said):
        raise Tampered(
            f"the log asks for {said[:20]!r} sign-offs, which is no number", hint="claims signoff --require 2"
        )
    return int(said)


def signoffs(ledger: Ledger, found: Subject) -> list[r.Signoff]:
    """Who signed off, oldest first; stale where what they saw was changed afterwards."""
    now = seen(ledger, found)
    return [
        r.Signoff(row["by_"], row["at"], row["because"], row["seen"] != now)
        for row in beside.signoffs(ledger, found.thing.uid)
    ]


UNSEEN = (EntryKind.WORK, EntryKind.TAG, EntryKind.SIGNOFF, EntryKind.PUBLICATION, EntryKind.JUDGEMENT)
"""Entries that change nothing in a report."""


def seen(ledger: Ledger, found: Subject) -> str:
    """The hash of everything a report shows, each with the number of the newest entry that changed it."""
    newest = [[uid, beside.last_change(ledger, uid, besides=UNSEEN)] for uid in dict.fromkeys(found.uids)]
    return hashlib.sha256(json.dumps(sorted(newest)).encode()).hexdigest()


def _missing_signoffs(ledger: Ledger, found: Subject) -> Iterator[str]:
    wanted = required(ledger)
    signed = signoffs(ledger, found)
    if wanted == 0:
        fresh_names = {s.by for s in signed if not s.stale}
        for who in dict.fromkeys(s.by for s in signed if s.by not in fresh_names):
            yield f"{who} signed off {found.thing.id} before it changed: claims signoff {found.thing.id}"
        return
    fresh = list(dict.fromkeys(s.by for s in signed if not s.stale))
    authors = {v.by for _, _, v in verdicts(ledger, found)}  # two who sign have each read the other's
    if len(fresh) < wanted:
        yield f"{len(fresh)} of {wanted} people have signed off {found.thing.id} as it stands: claims signoff {found.thing.id}"
    elif len(fresh) == 1 and fresh[0] in authors:
        yield f"only {fresh[0]} has signed off {found.thing.id}, whose own verdict it holds: a second person must"


# --- what went out ----------------------------------------------------------------------------------------------


def leak_words(found: leaks.Leaks) -> str:
    """What a file holds that must not leave, in words that do not repeat it."""
    parts = [f"the name of {handle}" for handle in found.names]
    if found.notes:
        parts.append("an internal note" if found.notes == 1 else f"{found.notes} internal notes")
    return " and ".join(parts)


def refuse_unfinished(ledger: Ledger, wanted: Iterable[str]) -> None:
    """Refused, naming what, while something about these things is unfinished; "all" is every question and loose claim."""
    if wanted == "all":
        loose = (c.uid for c in read.claims(ledger) if not c.questions)
        wanted = [*(q.uid for q in read.questions(ledger)), *loose]
    found = [line for name in wanted for line in obstacles(ledger, name)]
    if found:
        raise Refused(f"not final yet: {found[0]}", hint="; ".join(found[1:]) or "settle it, or leave out --final")


def refuse_unpublished(ledger: Ledger, thing: r.Thing) -> None:
    """Refused for what never went out, with the remedy."""
    if beside.publications(ledger, thing.uid):
        return
    inside = [p.about for p in beside.publications(ledger) if thing.uid in p.rests_on]
    hint = f"it stands in {inside[-1]}: claims correct {inside[-1]} --on {thing.id} ..." if inside else None
    if gone := redacted(ledger):
        hint = hint or f"publications that were redacted: {gone}; what stood in them is not kept here"
    raise Refused(f"{thing.id} was never published", hint=hint or f"change it as you like: claims amend {thing.id}")


def redacted(ledger: Ledger) -> int:
    """How many publications were redacted: they went out, and nothing of them can be shown."""
    return sum(entry.body is None for entry in entries(ledger, kind=EntryKind.PUBLICATION))


def went_out(ledger: Ledger, name: str | None = None) -> list[r.Publication]:
    """What was published, of all things or of one by id, oldest first."""
    return beside.publications(ledger, read.thing(ledger, name).uid if name else None)


def version(ledger: Ledger, name: str | None, number: int | None = None) -> tuple[r.Publication, bytes]:
    """A publication of a thing and its bytes, as they went out: the first is 1, the newest where none is named."""
    if name is None:
        raise BadInput("which one?", hint="claims published Q1 -o FILE")
    went = went_out(ledger, name)
    if not went:
        raise NotFound(f"{name.upper()} was never published")
    if number is not None and number > len(went):
        raise NotFound(f"{name.upper()} has no version {number}", hint=f"there are {len(went)}")
    chosen = went[(number or len(went)) - 1]
    data = blob(ledger, chosen.sha256)
    if data is None:
        raise NotFound("the bytes of that version were redacted", hint="claims log shows by whom and why")
    return chosen, data


class Resting(Struct, frozen=True):
    """Something else that went out and rests on the same claims or sources."""

    about: str
    url: str | None
    at: str
    claims: tuple[str, ...]
    sources: tuple[str, ...]


def resting(ledger: Ledger, name: str, concerns: Iterable[str] = ()) -> list[Resting]:
    """Every other publication that rests on a claim or source of this one, or on those named; the newest of each."""
    thing = read.thing(ledger, name)
    claims, sources = _concerned(ledger, thing, list(concerns))
    newest = {p.about: p for p in beside.publications(ledger) if p.about != thing.id}
    found = []
    for publication in newest.values():
        theirs = read.claims_by_uid(ledger, publication.rests_on)
        shared = [c.id for c in theirs if c.id in claims]
        names = {h.known_by: h.source for c in theirs for h in c.attribution if h.known_by in sources}
        if shared or names:
            at = publication.at
            found.append(Resting(publication.about, publication.url, at, tuple(shared), tuple(names.values())))
    return found


def _concerned(ledger: Ledger, thing: r.Thing, concerns: list[str]) -> tuple[set[str], set[str]]:
    """Ids of the claims and sources in question: those named, else all that was published under this name."""
    if concerns:
        ids = {read.thing(ledger, c).id for c in concerns}
        return {i for i in ids if i.startswith("C")}, {i for i in ids if i.startswith("S")}
    uids = dict.fromkeys(u for p in beside.publications(ledger, thing.uid) for u in p.rests_on)
    claims = read.claims_by_uid(ledger, list(uids))
    origins = {h.known_by for c in claims for h in c.attribution if h.role is not Role.PUBLISHER}
    return {c.id for c in claims}, origins
