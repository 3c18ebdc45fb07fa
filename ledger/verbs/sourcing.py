"""Sources: who is who, what they are to each other, which side they are on, and who is protected."""

from __future__ import annotations

from msgspec import Struct

from ledger import changes, protection, sources
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.store import Ledger, Writer, read, write
from ledger.text import folding
from ledger.verbs.verb import Notice, verb
from ledger.vocabulary import EntryKind, Letter, Relating, SourceKind


class Sourced(Struct, frozen=True, kw_only=True):
    """The source as it stands."""

    source: r.Source
    notices: tuple[Notice, ...] = ()


def known_source(ledger: Ledger, name: str) -> r.Source | None:
    """The source with this id or name; None where the name is new."""
    if read.ID.fullmatch(name.strip()):
        return read.source(ledger, changes.standing(ledger, name, Letter.SOURCE).uid)
    return read.source_by_folded(ledger, folding.name(name))


def source_of(ledger: Ledger, name: str) -> r.Source:
    """The source with this id or name; BadInput where nobody is called that."""
    found = known_source(ledger, name)
    if found is None:
        raise BadInput(f"no source is called {name!r}", hint="claims source list shows their names")
    return found


def _sourced(writer: Writer, uid: str, *notices: Notice) -> Sourced:
    return Sourced(source=read.source(writer.ledger, uid), notices=notices)


class AddSource(Struct, frozen=True, kw_only=True):
    """A name, and what kind of source it is; guessed from the name where that is not given."""

    name: str
    kind: SourceKind | None = None


@verb
def add_source(writer: Writer, request: AddSource) -> Sourced:
    """Adds a source before any claim names it."""
    return _sourced(writer, sources.source_uid(writer, request.name, request.kind))


class AddAlias(Struct, frozen=True, kw_only=True):
    """A source, and another name of it in any script."""

    source: str
    name: str
    because: str | None = None


@verb
def add_alias(writer: Writer, request: AddAlias) -> Sourced:
    """Gives a source another name; BadInput where another source has it."""
    found = source_of(writer.ledger, request.source)
    folded = folding.name(request.name)
    if not folded:
        raise BadInput("an empty name")
    taken = read.source_by_folded(writer.ledger, folded)
    if taken is not None and taken.uid != found.uid:
        raise BadInput(
            f"{taken.id} is called {request.name!r} already",
            hint=f"claims source merge {taken.id} {found.id} makes them one",
        )
    writer.append(EntryKind.ALIAS, r.AliasDraft(request.name, folded, request.because), about=found.uid)
    return _sourced(writer, found.uid)


class Relate(Struct, frozen=True, kw_only=True):
    """What one source is to another, and from when until when."""

    source: str
    relation: Relating
    other: str
    since: str | None = None
    until: str | None = None
    because: str | None = None


@verb
def relate(writer: Writer, request: Relate) -> Sourced:
    """Says what one source is to another; that two are independent needs a reason."""
    if request.relation is Relating.INDEPENDENT and not request.because:
        raise BadInput("that two sources are independent needs its reason", hint="--because ...")
    one, two = (source_of(writer.ledger, name) for name in (request.source, request.other))
    if one.uid == two.uid:
        raise BadInput(f"{one.id} cannot be related to itself")
    draft = r.RelateDraft(two.uid, request.relation, request.since, request.until, request.because)
    writer.append(EntryKind.RELATE, draft, about=one.uid)
    return _sourced(writer, one.uid)


class TakeSide(Struct, frozen=True, kw_only=True):
    """The side of a source that takes part in what is asked, or that it takes no part."""

    source: str
    side: str | None = None
    question: str | None = None
    """Everywhere where none is named."""
    party: bool = True
    because: str | None = None


@verb
def take_side(writer: Writer, request: TakeSide) -> Sourced:
    """Says that a source is a party, or is none."""
    found = source_of(writer.ledger, request.source)
    about = read.thing(writer.ledger, request.question, Letter.QUESTION).uid if request.question else None
    writer.append(EntryKind.PARTY, r.PartyDraft(request.party, request.side, about, request.because), about=found.uid)
    return _sourced(writer, found.uid)


class CountAs(Struct, frozen=True, kw_only=True):
    """How a source counts, such as documented-minimum."""

    source: str
    how: str
    because: str | None = None


@verb
def count_as(writer: Writer, request: CountAs) -> Sourced:
    """Says how a source counts."""
    found = source_of(writer.ledger, request.source)
    changes.amend(writer, found.uid, {"counts": request.how}, because=request.because)
    return _sourced(writer, found.uid)


class MergeSources(Struct, frozen=True, kw_only=True):
    """Two sources by id or name, of which the second stays."""

    source: str
    into: str
    because: str | None = None


@verb
def merge_sources(writer: Writer, request: MergeSources) -> Sourced:
    """Makes two sources one."""
    one, two = (source_of(writer.ledger, name) for name in (request.source, request.into))
    changes.merge(writer, one.uid, two.uid, because=request.because)
    return _sourced(writer, two.uid)


class RenameSource(Struct, frozen=True, kw_only=True):
    """A source by id or name, and what it is called from now on; its old name still finds it."""

    source: str
    name: str
    because: str | None = None


@verb
def rename_source(writer: Writer, request: RenameSource) -> Sourced:
    """Gives a source its right name; BadInput where another source has it."""
    found = source_of(writer.ledger, request.source)
    changes.amend(writer, found.uid, {"name": request.name}, because=request.because)
    return _sourced(writer, found.uid)


class Protect(Struct, frozen=True, kw_only=True):
    """A source's @handle, its real names, and what may be said of it."""

    handle: str
    names: tuple[str, ...]
    note: str | None = None


def protect(ledger: Ledger, request: Protect, *, actor: str) -> Sourced:
    """Logs the @handle alone; the real names go to a file outside every ledger first, so that no entry can hold one."""
    _refuse_known(ledger, request)
    protection.protect(request.handle, request.names)
    with write(ledger, actor) as writer:
        return _log_handle(writer, request)


def _refuse_known(ledger: Ledger, request: Protect) -> None:
    for name in request.names:
        if known := read.source_by_folded(ledger, folding.name(name)):
            raise Refused(
                f"that name is in the log already, as {known.id}",
                hint=f"take it out first: claims redact {known.id} --because ..., then protect it",
            )
    called = read.source_by_folded(ledger, folding.name(request.handle))
    if called is not None and not called.protected:
        raise Refused(
            f"{called.id} is called {request.handle} already, and is not protected", hint="take another handle"
        )


def _log_handle(writer: Writer, request: Protect) -> Sourced:
    known = read.source_by_folded(writer.ledger, folding.name(request.handle))
    uid = known.uid if known else sources.protected_uid(writer, request.handle, request.note)
    kept = f"the real name is kept in {protection.path()}; save a copy of it where nobody else can read it"
    return _sourced(writer, uid, Notice("kept", kept))


class ProposeAliases(Struct, frozen=True):
    """All sources are looked through, so that there is nothing to give."""


class Proposed(Struct, frozen=True, kw_only=True):
    """The suggestions that were made."""

    suggestions: tuple[r.Suggestion, ...]


@verb
def propose_aliases(writer: Writer, _request: ProposeAliases) -> Proposed:
    """Proposes sources whose names may mean one; a person confirms each."""
    from ledger.crossref import aliases

    return Proposed(suggestions=tuple(aliases.propose_aliases(writer)))
