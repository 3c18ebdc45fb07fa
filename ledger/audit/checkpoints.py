"""Signed tree heads and proofs under them. No head is signed that contradicts one signed before."""

from __future__ import annotations

from typing import NamedTuple

from ledger import keys, merkle, store
from ledger.audit import carried, heads, witnesses
from ledger.errors import BadInput, NotFound, Tampered
from ledger.records import ContinuationDraft, Entry, SignedHead
from ledger.store import files, log, overview, read
from ledger.store.read import ID, UID
from ledger.vocabulary import EntryKind


class GoingOn(NamedTuple):
    """A person's word that the log goes on from one of its beginnings, though heads of another future were signed."""

    head: str
    """The file or text of a checkpoint of that beginning, or its number of entries."""
    because: str
    actor: str


def checkpoint(ledger: store.Ledger, key: keys.SigningKey, *, going_on: GoingOn | None = None) -> str:
    """The signed note of the log as it is now, kept in the ledger, beside the key and, where the ledger is a file, beside it.

    Tampered where the log is no continuation of a head that was signed before, wherever that is kept, unless `going_on`
    says why; the word is logged.
    """
    own = key.named(heads.origin(ledger))
    with ledger.transaction():
        known = _known(ledger, key)
        strange = [head for head in known if not _extends(ledger, head)]
        if strange and going_on is None:
            raise Tampered(
                f"the log is not the one over whose {strange[0].size} entries a checkpoint was signed before",
                hint="nothing was signed; claims verify tells what was changed; after a backup was put back: "
                "claims checkpoint --continue-from HEAD --because WHY",
            )
        previous = max(((head.size, head.root) for head in known), default=None)
        if going_on is not None:
            previous = _go_on(ledger, going_on, strange)
        note = _signed(ledger, key, own, known, previous)
    if ledger.engine.in_file:
        files.replace_file(heads.beside(ledger), note.encode())
    return note


def _known(ledger: store.Ledger, key: keys.SigningKey) -> list[heads.Head]:
    """The heads that were signed before: the newest in the ledger, the one beside it, the newest beside the key."""
    notes = [(c.note, "the ledger") for c in log.checkpoints(ledger)[-1:]]
    if ledger.engine.in_file and (beside := heads.kept_beside(ledger)) is not None:
        notes.append((beside, "the file beside the ledger"))
    if (newest := key.newest(store.log_id(ledger))[1]) is not None:
        notes.append((newest, "the folder beside the key"))
    name = heads.origin(ledger)
    return [heads.Head.read(note, name, place) for note, place in notes]


def _extends(ledger: store.Ledger, head: heads.Head) -> bool:
    return head.size <= store.head(ledger) and store.root(ledger, head.size) == head.root


def _signed(
    ledger: store.Ledger,
    key: keys.SigningKey,
    own: merkle.Key,
    known: list[heads.Head],
    previous: tuple[int, bytes] | None,
) -> str:
    """The note over the log as it is: one that the key has signed already, else a new one; kept in ledger and key folder."""
    size, root, log_id = store.head(ledger), store.root(ledger), store.log_id(ledger)
    stored = [c.note for c in log.checkpoints(ledger) if c.size == size]
    same = [head.note for head in known if (head.size, head.root) == (size, root)]
    note = witnesses.most_cosigned(ledger, [note for note in [*same, *stored] if _is_own(note, own, root)])
    if note is None:
        note = merkle.sign_note(merkle.note_text(merkle.Checkpoint(own.name, size, root, previous)), own, key.sign)
    if note not in stored:
        log.keep_checkpoint(ledger, log.Signed(size, root.hex(), note))
    number, newest = key.newest(log_id)
    if note != newest:
        key.keep(log_id, number + 1, note)
    return note


def _is_own(note: str, own: merkle.Key, root: bytes) -> bool:
    """True where the key has signed this note over this root."""
    try:
        return merkle.open_checkpoint(note, own, keys.verifier(own)).root == root
    except Tampered:
        return False


def _go_on(ledger: store.Ledger, word: GoingOn, strange: list[heads.Head]) -> tuple[int, bytes]:
    """Logs that the log goes on from a beginning; gives its head."""
    if not strange:
        raise BadInput("the log extends every head signed before", hint="sign it as always: claims checkpoint")
    given = word.head.strip()
    if given.isascii() and given.isdigit() and len(given) < 16:
        size, root = int(given), store.root(ledger, min(int(given), store.head(ledger)))
    else:
        found = heads.opened(heads.read_note(word.head), heads.origin(ledger), None)
        size, root = found.size, found.root
    if not 0 < size <= store.head(ledger) or store.root(ledger, size) != root:
        raise BadInput(
            f"the log does not begin with those {size} entries", hint="name a head of a beginning of this log"
        )
    gone = tuple({SignedHead(head.size, head.root.hex()): None for head in strange})
    writer = store.Writer(ledger, word.actor)
    writer.append(EntryKind.CONTINUATION, ContinuationDraft(size, root.hex(), gone, word.because))
    writer.index_new()
    return size, root


def verifier_key(ledger: store.Ledger, key: keys.SigningKey) -> str:
    """The public key under this log's name, as people hand it on."""
    return key.named(heads.origin(ledger)).vkey


def latest(ledger: store.Ledger) -> str | None:
    """The newest checkpoint that the ledger keeps."""
    kept = log.checkpoints(ledger)
    return witnesses.most_cosigned(ledger, [one.note for one in kept if one.size == kept[-1].size])


def prove(ledger: store.Ledger, name: str, key: keys.SigningKey | None = None, *, origin: bool = False) -> str:
    """A C2SP tlog-proof that the entry that made a thing (or any entry, by number or uid) is in the log.

    With a key the log is signed as it is now; without one the newest checkpoint that covers the entry is used. With `origin`
    the log is the one from which the entry came, and the checkpoint the newest that it had signed.
    """
    entry = find_entry(ledger, name)
    if origin:
        return carried.origin_proof(ledger, entry)
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
