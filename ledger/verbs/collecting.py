"""Gathering: evidence, what sources were asked and replied, searches that found nothing."""

from __future__ import annotations

import json

from msgspec import Struct

from ledger import changes, dates, evidence, leaks, sources
from ledger import records as r
from ledger.errors import BadInput
from ledger.store import Writer, beside, read
from ledger.verbs import guarding
from ledger.verbs.assigning import late
from ledger.verbs.sourcing import known_source
from ledger.verbs.verb import Notice, private_names, protected_names, verb
from ledger.vocabulary import EntryKind, EvidenceKind, EvidenceStance, Letter
from ledger.work import due, utc_now

# --- evidence -----------------------------------------------------------------------------------------------------


class AddEvidence(Struct, frozen=True, kw_only=True):
    """A file or address as it was found, and what a person says about it."""

    target: str
    item: evidence.Item
    shows: str
    stance: EvidenceStance
    kind: EvidenceKind | None = None
    """Guessed from the file where it is not given."""
    found_at: str | None = None
    taken_at: str | None = None
    location: str | None = None
    verified: tuple[str, ...] = ()
    """Which of found, taken and location somebody made sure of."""


class Shown(Struct, frozen=True, kw_only=True):
    """The piece of evidence as it stands."""

    evidence: r.Evidence
    notices: tuple[Notice, ...] = ()


@verb
def add_evidence(writer: Writer, request: AddEvidence) -> Shown:
    """Logs a piece of evidence for a claim or question."""
    return log_evidence(writer, changes.standing(writer.ledger, request.target, Letter.CLAIM, Letter.QUESTION), request)


def log_evidence(writer: Writer, thing: r.Thing, request: AddEvidence) -> Shown:
    """The same for anything: what is attached to a letter belongs to an article."""
    if not request.shows.strip():
        raise BadInput("what does it show? evidence needs a sentence", hint="--shows ...")
    item = request.item
    known = beside.same_file(writer.ledger, thing.uid, item.sha256)
    if known is not None and (known.kept or item.data is None):
        said = f"{known.id} is this very file already, for {thing.id}"
        return Shown(evidence=known, notices=(Notice("known", said, f"claims amend {known.id} --set shows=..."),))
    given = {"found": request.found_at, "taken": request.taken_at, "location": request.location}
    marks = evidence.marks(given, request.verified)
    draft = r.EvidenceDraft(
        target=thing.uid, kind=request.kind or evidence.guess_kind(item), shows=request.shows, stance=request.stance,
        name=item.name, url=item.url, blob=None if item.data is None else writer.put_blob(item.data), sha256=item.sha256,
        size=item.size, found_at=_time(request.found_at), taken_at=_time(request.taken_at), location=request.location,
        metadata=None if item.metadata is None else json.dumps(item.metadata, ensure_ascii=False, sort_keys=True),
        media_type=item.media_type, **marks,
    )  # fmt: skip
    shown = _shown(writer, writer.append(EntryKind.EVIDENCE, draft))
    held = leaks.protected_in(item.data, item.name or "") if item.data is not None else ()
    told = (*guarding.not_yet("found", request.found_at), *guarding.not_yet("taken", request.taken_at))
    held_names = protected_names(held, "what is kept of", shown.evidence.id)
    return r.replace(shown, notices=(*shown.notices, *told, *held_names))


def _time(value: str | None) -> str | None:
    if value is not None:
        dates.window(value)
    return value


def _shown(writer: Writer, uid: str) -> Shown:
    found = beside.one_evidence(writer.ledger, uid)
    notices = []
    if found.metadata and "unreadable" in found.metadata:
        said = f"the image cannot be read: {found.metadata['unreadable']}; it was logged as it is"
        notices.append(Notice("unreadable", said))
    if not found.kept and found.sha256 is not None:
        size = f"{(found.size or 0) / 2**20:,.0f} MB"
        said = f"{found.name} was not taken in ({size}): keep the file; --copy takes it in"
        notices.append(Notice("not_kept", said))
    return Shown(evidence=found, notices=tuple(notices))


class VerifyEvidence(Struct, frozen=True, kw_only=True):
    """A piece of evidence, which of found, taken and location are sure, and how that is known."""

    evidence: str
    circumstances: tuple[str, ...]
    because: str


@verb
def verify_evidence(writer: Writer, request: VerifyEvidence) -> Shown:
    """Marks when it was found or taken, or where, as made sure of; the reason stands in its history."""
    thing = changes.standing(writer.ledger, request.evidence, Letter.EVIDENCE)
    if not request.because.strip():
        raise BadInput("how was it verified?", hint="--because ...")
    found = beside.one_evidence(writer.ledger, thing.uid)
    given = {"found": found.found_at, "taken": found.taken_at, "location": found.location}
    sure = {field: True for field, value in evidence.marks(given, request.circumstances).items() if value}
    if not sure:
        raise BadInput("what was verified?", hint="one or more of " + ", ".join(evidence.CIRCUMSTANCES))
    changes.amend(writer, thing.uid, dict(sure), because=request.because)
    return _shown(writer, thing.uid)


# --- right of reply -----------------------------------------------------------------------------------------------


class Ask(Struct, frozen=True, kw_only=True):
    """A question as it was put to a source, about a claim or question."""

    source: str
    about: str
    channel: str
    asked_at: str | None = None
    """Now where it is not given."""
    due: str | None = None
    text: str | None = None
    new_source: bool = False
    """A name that is like a known source's is another's."""


class Asked(Struct, frozen=True, kw_only=True):
    """The request with its replies."""

    request: r.Request
    notices: tuple[Notice, ...] = ()


@verb
def ask(writer: Writer, request: Ask) -> Asked:
    """Logs that a source was asked about a claim or question; a source with a new name is added."""
    notices = private_names(writer.ledger, [request.source])
    if not request.new_source and not read.ID.fullmatch(request.source.strip()):
        notices += guarding.near_names(writer.ledger, [request.source])
    thing = changes.standing(writer.ledger, request.about, Letter.QUESTION, Letter.CLAIM)
    known = known_source(writer.ledger, request.source)
    if not request.channel.strip():
        raise BadInput("how was it asked?", hint="--by-email, --by-phone, --by-letter, or --by TEXT")
    asked_at = _past(request.asked_at) or utc_now()
    until = due(request.due) if request.due is not None else None
    if until and until[:10] < asked_at[:10]:
        raise BadInput(f"the reply is due on {until[:10]}, before it was asked for on {asked_at[:10]}")
    source = known.uid if known else sources.source_uid(writer, request.source)
    draft = r.RequestDraft(
        target=thing.uid, source=source, channel=request.channel.strip(), asked_at=asked_at, due=until or None,
        text=request.text,
    )  # fmt: skip
    uid = writer.append(EntryKind.REQUEST, draft)
    return Asked(request=beside.one_request(writer.ledger, uid), notices=(*notices, *late(until, "logged")))


def _past(value: str | None) -> str | None:
    """A day or moment that is not to come."""
    if guarding.to_come(value):
        raise BadInput(f"{value} has not come yet")
    return value


class Reply(Struct, frozen=True, kw_only=True):
    """What a source replied: its words, or the file that it came in."""

    request: str
    text: str | None = None
    file: evidence.Item | None = None
    received_at: str | None = None


@verb
def reply(writer: Writer, request: Reply) -> Asked:
    """Logs what came back; a later reply is put beside an earlier one."""
    thing = changes.standing(writer.ledger, request.request, Letter.REQUEST)
    file = request.file
    text = request.text if file is None else evidence.words(file)
    if not (text or "").strip() and file is None:
        raise BadInput("an empty reply", hint="give its words, or the file it came in")
    if file is not None and file.data is None:
        raise BadInput("the reply is too large to be kept", hint="save its text alone, and log the rest as evidence")
    draft = r.ReplyDraft(
        text=text, blob=writer.put_blob(file.data) if file and file.data is not None else None,
        received_at=_past(request.received_at) or utc_now(), name=file.name if file else None,
        media_type=file.media_type if file else None,
    )  # fmt: skip
    writer.append(EntryKind.REPLY, draft, about=thing.uid)
    return Asked(request=beside.one_request(writer.ledger, thing.uid))


# --- searches -----------------------------------------------------------------------------------------------------


class NoteSearch(Struct, frozen=True, kw_only=True):
    """A search as it was made, for a claim or question."""

    about: str
    sought: str
    where: tuple[str, ...]
    on: str | None = None
    found: int = 0
    failed: str | None = None
    """Why it could not be found out, which is something else than nothing found."""


class Searched(Struct, frozen=True, kw_only=True):
    """The search as it was logged."""

    search: r.Search


@verb
def note_search(writer: Writer, request: NoteSearch) -> Searched:
    """Logs a search for a claim or question, above all one that found nothing."""
    thing = changes.standing(writer.ledger, request.about, Letter.QUESTION, Letter.CLAIM)
    places = tuple(w.strip() for w in request.where if w.strip())
    if not request.sought.strip():
        raise BadInput("what was searched for?")
    if not places:
        raise BadInput("where was it searched?", hint="--where 'Amaq on Telegram', again for each place")
    if request.found and request.failed:
        raise BadInput(
            "a search that failed found nothing that can be counted", hint="give --found or --failed, not both"
        )
    draft = r.SearchDraft(request.sought, places, _past(request.on) or utc_now(), request.found, request.failed)
    writer.append(EntryKind.SEARCH, draft, about=thing.uid)
    return Searched(search=beside.searches(writer.ledger, thing.uid)[-1])
