"""Letting it out: sign-offs, publications, corrections."""

from __future__ import annotations

import json

from msgspec import Struct

from ledger import keys, leaks, publishing
from ledger import records as r
from ledger.errors import BadInput, NotFound, Refused
from ledger.store import Ledger, Writer, beside, read, rehearse, write
from ledger.text import folding
from ledger.verbs.verb import Notice, private_names, verb
from ledger.vocabulary import CorrectionKind, EntryKind, Letter, State

FITS = 1000
"""Uids that fit an entry; more are kept in a list of their own."""

# --- sign-off -----------------------------------------------------------------------------------------------------


class SignOff(Struct, frozen=True, kw_only=True):
    """A question, claim or article, and what this person looked at."""

    id: str
    because: str | None = None


class SignedOff(Struct, frozen=True, kw_only=True):
    """Who signed off, and how many people must."""

    about: str
    required: int
    signoffs: tuple[r.Signoff, ...]

    @property
    def fresh(self) -> tuple[str, ...]:
        """Those who saw it as it is now."""
        return tuple(dict.fromkeys(s.by for s in self.signoffs if not s.stale))


@verb
def sign_off(writer: Writer, request: SignOff) -> SignedOff:
    """One person's word that it may go out as it stands now."""
    found = publishing.subject(writer.ledger, request.id)
    if any(s.by == writer.actor and not s.stale for s in publishing.signoffs(writer.ledger, found)):
        raise Refused(f"{writer.actor} has signed off {found.thing.id} already", hint="it takes another person")
    draft = r.SignoffDraft(request.because, publishing.seen(writer.ledger, found))
    writer.append(EntryKind.SIGNOFF, draft, about=found.thing.uid)
    signed = tuple(publishing.signoffs(writer.ledger, found))
    return SignedOff(about=found.thing.id, required=publishing.required(writer.ledger), signoffs=signed)


class RequireSignoffs(Struct, frozen=True, kw_only=True):
    """How many people must sign off from now on."""

    people: int


class Required(Struct, frozen=True, kw_only=True):
    """How many people must sign off."""

    signoffs: int


@verb
def require_signoffs(writer: Writer, request: RequireSignoffs) -> Required:
    """Sets how many people must sign off before anything is final."""
    if not 0 <= request.people <= 9:
        raise BadInput(f"not a number of people: {request.people}", hint="0 to 9")
    writer.append(EntryKind.POLICY, r.PolicyDraft(publishing.SIGNOFFS, str(request.people)))
    return Required(signoffs=publishing.required(writer.ledger))


# --- witnesses ----------------------------------------------------------------------------------------------------


class KeepWitness(Struct, frozen=True, kw_only=True):
    """What a witness is called and its key; without a key its word counts no longer."""

    name: str
    vkey: str | None
    because: str | None = None


class KeptWitness(Struct, frozen=True, kw_only=True):
    """The same, as it stands now."""

    name: str
    vkey: str | None


@verb
def keep_witness(writer: Writer, request: KeepWitness) -> KeptWitness:
    """Logs the key of a witness, or that its word counts no longer."""
    from ledger import merkle
    from ledger.audit import witnesses

    name = " ".join(request.name.split())
    if folding.is_blank(name):
        raise BadInput("a witness needs a name", hint='claims witness add "The Herald" VKEY')
    vkey = request.vkey and merkle.parse_vkey(request.vkey, merkle.COSIGNER).vkey
    before = beside.policy(writer.ledger, witnesses.POLICY + name)
    if vkey is before is None:
        raise NotFound(f"no witness is called {name}", hint="claims witness list")
    if vkey != before:
        writer.append(EntryKind.POLICY, r.PolicyDraft(witnesses.POLICY + name, vkey, request.because))
    return KeptWitness(name=name, vkey=vkey)


# --- publication --------------------------------------------------------------------------------------------------


class Publish(Struct, frozen=True, kw_only=True):
    """What goes out: the bytes that are given, or the report of the thing as it is made now."""

    id: str
    data: bytes | None = None
    media_type: str = "text/html"
    url: str | None = None
    key: keys.SigningKey | None = None
    checkpoint: str | None = None


class Published(Struct, frozen=True, kw_only=True):
    """The publication as it was logged, with its bytes."""

    publication: r.Publication
    data: bytes
    notices: tuple[Notice, ...] = ()


def publish(ledger: Ledger, request: Publish, *, actor: str) -> Published:
    """Freezes what goes out; Refused, naming what, while anything is unfinished or anything in it must not leave.

    It is rehearsed first: the log's head is signed only for what will go out.
    """
    from ledger import audit

    data = _made(ledger, request.id) if request.data is None else request.data
    edition = r.replace(request, data=data)
    with rehearse(ledger, actor) as writer:
        _freeze(writer, edition)
    note = audit.checkpoint(ledger, request.key) if request.key else None
    with write(ledger, actor) as writer:
        return _freeze(writer, r.replace(edition, checkpoint=note))


def _made(ledger: Ledger, name: str) -> bytes:
    """The report as it is made now."""
    from ledger import reports
    from ledger.reports import gathering

    return reports.write(gathering.gather(ledger, [publishing.subject(ledger, name).thing.uid]), "html")


def _freeze(writer: Writer, request: Publish) -> Published:
    ledger, data = writer.ledger, request.data or b""
    if reasons := publishing.obstacles(ledger, request.id):
        raise Refused("not final yet; nothing was published", hint="\n  ".join(reasons))
    found = leaks.check(ledger, data, "the report")
    if found.found:
        raise Refused(
            "what would go out holds " + publishing.leak_words(found), hint="take it out; nothing was published"
        )
    about = publishing.subject(ledger, request.id)
    shown = [*(c.uid for c in about.claims), *(e.uid for e in about.evidence)]
    manifest = writer.put_blob(json.dumps(shown).encode()) if len(shown) > FITS else None
    blob, rests_on = writer.put_blob(data), tuple(shown[:FITS])
    draft = r.PublicationDraft(blob, request.media_type, request.checkpoint, request.url, rests_on, manifest)
    writer.append(EntryKind.PUBLICATION, draft, about=about.thing.uid)
    if not about.thing.id.startswith(Letter.ARTICLE):
        writer.append(EntryKind.WORK, r.WorkDraft(state=State.PUBLISHED), about=about.thing.uid)
    went = beside.publications(ledger, about.thing.uid)[-1]
    return Published(publication=went, data=data, notices=tuple(_notices(found, request)))


def _notices(found: leaks.Leaks, request: Publish) -> list[Notice]:
    unread = "what goes out cannot be read as text, so nothing can be said of names and notes in it"
    unsigned = "no signing key: what went out is kept, but nothing signed says when (claims key create)"
    told = [Notice("unreadable", unread)] if found.unknown else []
    return told if request.checkpoint else [*told, Notice("unsigned", unsigned)]


# --- correction ---------------------------------------------------------------------------------------------------


class Correct(Struct, frozen=True, kw_only=True):
    """What was wrong in public, and what is right."""

    id: str
    was: str
    now: str
    because: str
    kind: CorrectionKind = CorrectionKind.CORRECTION
    told_by: str | None = None
    concerns: tuple[str, ...] = ()
    """Ids of the claims and sources that were wrong; all that the report rests on where none is named."""


class Corrected(Struct, frozen=True, kw_only=True):
    """The correction as it was logged, and what else went out that rests on the same."""

    about: str
    correction: r.Correction
    also: tuple[publishing.Resting, ...]
    notices: tuple[Notice, ...] = ()


@verb
def correct(writer: Writer, request: Correct) -> Corrected:
    """Logs a correction of something published: it stands on top of the next report."""
    ledger = writer.ledger
    notices = private_names(ledger, [request.told_by])
    thing = read.thing(ledger, request.id, Letter.QUESTION, Letter.CLAIM, Letter.ARTICLE)
    for field, value in (("--was", request.was), ("--now", request.now), ("--because", request.because)):
        if not value.strip():
            raise BadInput(f"a correction needs {field}")
    publishing.refuse_unpublished(ledger, thing)
    kinds = (Letter.CLAIM, Letter.SOURCE, Letter.EVIDENCE)  # also one that was retracted meanwhile
    concerns = tuple(read.thing(ledger, c, *kinds).uid for c in request.concerns)
    draft = r.CorrectionDraft(
        request.kind, request.was, request.now, request.because, told_by=request.told_by, concerns=concerns
    )
    writer.append(EntryKind.CORRECTION, draft, about=thing.uid)
    made = beside.corrections(ledger, thing.uid)[-1]
    also = publishing.resting(ledger, thing.uid, concerns)
    return Corrected(about=thing.id, correction=made, also=tuple(also), notices=notices)
