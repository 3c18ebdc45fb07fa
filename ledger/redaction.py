"""Redact: a privacy or court order obeyed. Words vanish from the ledger; that they did, by whom and why, stays."""

from __future__ import annotations

from msgspec import Struct

from ledger.errors import BadInput, Locked, NotFound, Refused
from ledger.store import Ledger, overview, read
from ledger.store.redact import DIGEST, UID, Reach, blank, copy_of, erase, holds, reach
from ledger.store.vectors import forget
from ledger.vocabulary import EntryKind

OUTSIDE = "exports, backups, and reports handed out before: they are not in this file"
HASHES = "the hashes: who knows the very bytes can still tell that they were here"


class Blanked(Struct, frozen=True):
    """An entry whose words vanish."""

    seq: int
    uid: str
    kind: str
    by: str
    at: str


class Redaction(Struct, frozen=True):
    """What was blanked, or would be, and what a redaction cannot reach."""

    id: str
    entries: tuple[Blanked, ...]
    blobs: tuple[str, ...]
    """The hashes of kept bytes."""
    beside: tuple[str, ...]
    """Claims that stay, and are shown without what stands beside them, for it overlaps."""
    stays: tuple[str, ...]
    dry_run: bool
    erased: bool
    """True where the bytes are out of the file too."""


def redact(ledger: Ledger, name: str, *, because: str, actor: str, dry_run: bool = False) -> Redaction:
    """Blanks every entry that names a thing, and the bytes only they name; a dry run only lists them.

    `name` is an id, the uid of an entry, or the hash of kept bytes. Given again for what is redacted already, it only
    takes the bytes out of the file, where a first try could not.
    """
    if not because.strip():
        raise BadInput("a redaction needs a reason", hint="say by whose order: --because ...")
    uid = _uid(ledger, name)

    def find() -> Reach:
        return Reach(blobs=_held(ledger, uid)) if DIGEST.fullmatch(uid) else reach(ledger, uid)

    found = find()
    beside = tuple(read.short_id(ledger, uid) for uid in found.beside)
    stays = _stays(ledger, found)
    erased = False
    if not dry_run:
        found = blank(ledger, actor, find, because=because, thing=uid if UID.fullmatch(uid) else None)
        erased = _erased(ledger, name)
    blanked = tuple(Blanked(e.seq, e.uid, e.kind, e.actor, e.recorded_at) for e in found.entries)
    return Redaction(name, blanked, tuple(found.blobs), beside, stays, dry_run, erased)


def _uid(ledger: Ledger, name: str) -> str:
    given = name.strip()
    if DIGEST.fullmatch(given) or (UID.fullmatch(given) and _entry_kind(ledger, given)):
        return given
    return read.thing(ledger, given).uid


def _entry_kind(ledger: Ledger, uid: str) -> str | None:
    entry = overview.entry(ledger, uid)
    if entry is not None and entry.kind in (EntryKind.GENESIS, EntryKind.REDACT):
        raise Refused(f"an entry of kind {entry.kind} cannot be redacted: it holds nobody's words")
    return entry.kind if entry else None


def _held(ledger: Ledger, digest: str) -> list[str]:
    held = holds(ledger, digest)
    if held is None:
        raise NotFound(f"no kept bytes have the hash {digest}", hint="claims show A1 --json names those of an article")
    return [digest] if held else []


def _stays(ledger: Ledger, found: Reach) -> tuple[str, ...]:
    """What the redaction does not reach, copies of the article foremost."""
    gone = set(found.blobs)
    copies = [copy_of(ledger, e.uid) for e in found.entries if e.kind == EntryKind.CLAIM]
    articles = sorted({article for text, article in copies if text and article and text not in gone})
    held = [
        f"the saved copy of {a}: the words are blotted out wherever it is shown, but stand in its kept bytes, in backups and "
        f"in an export of the whole ledger: redact {a} too"
        for a in articles
    ]
    said = [(read.short_id(ledger, uid), ", ".join(kinds)) for uid, kinds in found.elsewhere.items()]
    again = [
        f"the same words in {thing} ({kinds}): redact {thing} too, or that entry by its uid" for thing, kinds in said
    ]
    return (*held, *again, OUTSIDE, HASHES)


def _erased(ledger: Ledger, name: str) -> bool:
    forget(ledger.place)
    try:
        erase(ledger)
    except Locked as e:
        raise Locked(
            ledger.place,
            hint=f"{name} is redacted, but old bytes stay in the file while another process reads it: "
            f"close that one and give the command again",
            by=e.by,
        ) from None
    return True
