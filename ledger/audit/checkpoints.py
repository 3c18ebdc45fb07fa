"""Signed tree heads and proofs under them. No head is signed that contradicts one signed before."""

from __future__ import annotations

from ledger import keys, merkle, store
from ledger.audit import heads
from ledger.errors import BadInput, NotFound, Tampered
from ledger.records import Entry
from ledger.store import files, log, overview, read
from ledger.store.read import ID, UID


def checkpoint(ledger: store.Ledger, key: keys.SigningKey) -> str:
    """The signed note of the log as it is now, kept in the ledger and, where that is a file, in one beside it.

    Tampered where an earlier checkpoint, in the ledger or beside it, is not of a beginning of this log.
    """
    own = key.named(heads.origin(ledger))
    with ledger.transaction():
        _refuse_inconsistent(ledger)
        size, root = store.head(ledger), store.root(ledger)
        note = _stored(ledger, own, size)
        if note is None:
            note = merkle.sign_note(merkle.note_text(merkle.Checkpoint(own.name, size, root)), own, key.sign)
            log.keep_checkpoint(ledger, log.Signed(size, root.hex(), note))
    if ledger.engine.in_file:
        files.replace_file(heads.beside(ledger), note.encode())
    return note


def verifier_key(ledger: store.Ledger, key: keys.SigningKey) -> str:
    """The public key under this log's name, as people hand it on."""
    return key.named(heads.origin(ledger)).vkey


def latest(ledger: store.Ledger) -> str | None:
    """The newest checkpoint that the ledger keeps."""
    kept = log.checkpoints(ledger)
    return kept[-1].note if kept else None


def _stored(ledger: store.Ledger, own: merkle.Key, size: int) -> str | None:
    """The note of this size that the key has signed already, if there is one."""
    for signed in log.checkpoints(ledger):
        if signed.size == size:
            try:
                merkle.open_checkpoint(signed.note, own, keys.verifier(own))
            except Tampered:
                continue
            return signed.note
    return None


def _refuse_inconsistent(ledger: store.Ledger) -> None:
    """Compares the log with the newest head in it and with the one beside it."""
    notes = [note for note in (latest(ledger),) if note is not None]
    if heads.beside(ledger).is_file():
        notes.append(heads.read_note(heads.beside(ledger)))
    size, name = store.head(ledger), heads.origin(ledger)
    for note in notes:
        earlier = heads.opened(note, name, None)
        if earlier.size > size or store.root(ledger, earlier.size) != earlier.root:
            raise Tampered(
                f"the log is not the one over whose {earlier.size} entries a checkpoint was signed before",
                hint="nothing was signed; claims verify tells what was changed",
            )


def prove(ledger: store.Ledger, name: str, key: keys.SigningKey | None = None) -> str:
    """A C2SP tlog-proof that the entry that made a thing (or any entry, by number or uid) is in the log.

    With a key the log is signed as it is now; without one the newest checkpoint that covers the entry is used.
    """
    entry = find_entry(ledger, name)
    note = checkpoint(ledger, key) if key is not None else _covering(ledger, entry.seq)
    return proof_of(ledger, entry.seq, note)


def proof_of(ledger: store.Ledger, seq: int, note: str) -> str:
    """The proof of one entry under a checkpoint of this log."""
    head = heads.opened(note, heads.origin(ledger), None)
    hashes = merkle.inclusion_proof(seq, head.size, lambda level, index: store.node(ledger, level, index))
    return merkle.format_proof(seq, hashes, note)


def find_entry(ledger: store.Ledger, name: str) -> Entry:
    """The entry that a number, the uid of an entry, or the id of a thing names."""
    given = name.strip()
    if given.isascii() and given.isdigit() and len(given) < 16:
        entry = next(store.entries(ledger, since=int(given)), None)
        entry = entry if entry and entry.seq == int(given) else None
    elif ID.fullmatch(given):
        entry = overview.entry(ledger, read.thing(ledger, given).uid)
    elif UID.fullmatch(given):
        entry = overview.entry(ledger, given)
    else:
        raise BadInput(f"not an entry: {given[:80]}", hint="name a thing (C12), the number of an entry, or its uid")
    if entry is None:
        raise NotFound(f"no entry {given}", hint=f"the log has {store.head(ledger)} entries, counted from 0")
    return entry


def _covering(ledger: store.Ledger, seq: int) -> str:
    note = latest(ledger)
    if note is None or heads.opened(note, heads.origin(ledger), None).size <= seq:
        raise NotFound("no checkpoint covers that entry yet", hint="make a key and sign one: claims key create")
    return note
