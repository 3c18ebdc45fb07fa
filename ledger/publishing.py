"""Publishing: what stands in the way, who signed off, what went out byte for byte, and what is put right afterwards.

A report is final when nothing about it is unfinished. What is published is frozen in the ledger; a correction is a dated note
on top of the next version, and the old one stays where it was.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from ledger import changes, leaks
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.store import Ledger, Writer, beside, read
from ledger.vocabulary import CorrectionKind, EntryKind, Letter, Role, State
from ledger.work import passed, utc_now

SIGNOFFS = "signoffs"
FITS = 1000
"""Uids that fit an entry; more are kept in a list of their own."""


@dataclass(frozen=True, slots=True)
class Subject:
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
        *_bare_verdicts(ledger, found),
        *_queries(ledger, found),
        *_suggestions(ledger, found),
        *_translations(found),
        *_missing_signoffs(ledger, found),
    ]


def _embargoes(ledger: Ledger, found: Subject) -> Iterator[str]:
    now = utc_now()
    for uid in (found.thing.uid, *(c.uid for c in found.claims)):
        work = beside.work_on(ledger, uid)
        if work.embargo and not passed(work.embargo, now):
            yield f"{work.id} must not go out before {work.embargo[:16].replace('T', ' ')} UTC"


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
        yield f"{len(waiting) - 5} more suggestions are not settled: claims review"


def _touches(suggestion: r.Suggestion, found: Subject) -> bool:
    """True where a suggestion is about one of the things shown, or names one."""
    ids = {found.thing.id, *(c.id for c in found.claims)}
    named = {str(v) for v in suggestion.proposal.values()}
    return suggestion.target in ids or not named.isdisjoint({*found.uids, *ids})


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
    return int(beside.policy(ledger, SIGNOFFS) or 0)


def require(writer: Writer, people: int) -> None:
    """From now on so many people must sign off."""
    if not 0 <= people <= 9:
        raise BadInput(f"not a number of people: {people}", hint="0 to 9")
    writer.append(EntryKind.POLICY, r.PolicyDraft(SIGNOFFS, str(people)))


def sign_off(writer: Writer, name: str, because: str | None = None) -> None:
    """One person's word that it may go out as it stands now."""
    found = subject(writer.ledger, name)
    if any(s.by == writer.actor and not s.stale for s in signoffs(writer.ledger, found)):
        raise Refused(f"{writer.actor} has signed off {found.thing.id} already", hint="it takes another person")
    writer.append(EntryKind.SIGNOFF, r.SignoffDraft(because, _seen(writer.ledger, found)), about=found.thing.uid)


def signoffs(ledger: Ledger, found: Subject) -> list[r.Signoff]:
    """Who signed off, oldest first; stale where what they saw was changed afterwards."""
    now = _seen(ledger, found)
    return [
        r.Signoff(row["by_"], row["at"], row["because"], row["seen"] != now)
        for row in beside.signoffs(ledger, found.thing.uid)
    ]


UNSEEN = (EntryKind.WORK, EntryKind.TAG, EntryKind.SIGNOFF, EntryKind.PUBLICATION, EntryKind.JUDGEMENT)
"""Entries that change nothing in a report."""


def _seen(ledger: Ledger, found: Subject) -> str:
    """The hash of everything a report shows, each with the number of the newest entry that changed it."""
    newest = [[uid, beside.last_change(ledger, uid, besides=UNSEEN)] for uid in dict.fromkeys(found.uids)]
    return hashlib.sha256(json.dumps(sorted(newest)).encode()).hexdigest()


def _missing_signoffs(ledger: Ledger, found: Subject) -> Iterator[str]:
    wanted = required(ledger)
    if wanted == 0:
        return
    fresh = list(dict.fromkeys(s.by for s in signoffs(ledger, found) if not s.stale))
    authors = {v.by for _, _, v in verdicts(ledger, found)}  # two who sign have each read the other's
    if len(fresh) < wanted:
        yield f"{len(fresh)} of {wanted} people have signed off {found.thing.id} as it stands: claims signoff {found.thing.id}"
    elif len(fresh) == 1 and fresh[0] in authors:
        yield f"only {fresh[0]} has signed off {found.thing.id}, whose own verdict it holds: a second person must"


# --- publication --------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Edition:
    """What is about to go out."""

    data: bytes
    media_type: str
    url: str | None = None
    checkpoint: str | None = None


def publish(writer: Writer, name: str, edition: Edition) -> str:
    """Freezes what went out; Refused, naming what, while anything is unfinished or anything in it must not leave."""
    ledger = writer.ledger
    if reasons := obstacles(ledger, name):
        raise Refused(f"not final yet: {reasons[0]}", hint="; ".join(reasons[1:]) or "nothing was published")
    found = leaks.check(ledger, edition.data, "the report")
    if found.found:
        raise Refused("what would go out holds " + leak_words(found), hint="take it out; nothing was published")
    about = subject(ledger, name)
    shown = [*(c.uid for c in about.claims), *(e.uid for e in about.evidence)]
    manifest = writer.put_blob(json.dumps(shown).encode()) if len(shown) > FITS else None
    draft = r.PublicationDraft(
        writer.put_blob(edition.data),
        edition.media_type,
        edition.checkpoint,
        edition.url,
        tuple(shown[:FITS]),
        manifest,
    )
    uid = writer.append(EntryKind.PUBLICATION, draft, about=about.thing.uid)
    if not about.thing.id.startswith("A"):
        writer.append(EntryKind.WORK, r.WorkDraft(state=State.PUBLISHED), about=about.thing.uid)
    return uid


def leak_words(found: leaks.Leaks) -> str:
    """What a file holds that must not leave, in words that do not repeat it."""
    parts = [f"the name of {handle}" for handle in found.names]
    if found.notes:
        parts.append("an internal note" if found.notes == 1 else f"{found.notes} internal notes")
    return " and ".join(parts)


# --- correction ---------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Mistake:
    """What was wrong in public, and what is right."""

    was: str
    now: str
    because: str
    kind: CorrectionKind = CorrectionKind.CORRECTION
    told_by: str | None = None
    concerns: tuple[str, ...] = ()
    """Ids of the claims and sources that were wrong; all that the report rests on where none is named."""


def correct(writer: Writer, name: str, mistake: Mistake) -> str:
    """Logs a correction of something published: it stands on top of the next report."""
    ledger = writer.ledger
    thing = read.thing(ledger, name, Letter.QUESTION, Letter.CLAIM, Letter.ARTICLE)
    for field, value in (("--was", mistake.was), ("--now", mistake.now), ("--because", mistake.because)):
        if not value.strip():
            raise BadInput(f"a correction needs {field}")
    if not beside.publications(ledger, thing.uid):
        inside = [p.about for p in beside.publications(ledger) if thing.uid in p.rests_on]
        hint = f"it stands in {inside[-1]}: claims correct {inside[-1]} --on {thing.id} ..." if inside else None
        raise Refused(f"{thing.id} was never published", hint=hint or f"change it as you like: claims amend {thing.id}")
    concerns = tuple(changes_of(ledger, c) for c in mistake.concerns)
    draft = r.CorrectionDraft(
        mistake.kind, mistake.was, mistake.now, mistake.because, told_by=mistake.told_by, concerns=concerns
    )
    return writer.append(EntryKind.CORRECTION, draft, about=thing.uid)


def changes_of(ledger: Ledger, name: str) -> str:
    """The uid of a claim or source that a correction names, also of one that was retracted meanwhile."""
    return read.thing(ledger, name, Letter.CLAIM, Letter.SOURCE, Letter.EVIDENCE).uid


@dataclass(frozen=True, slots=True)
class Resting:
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
