"""Redaction in the store: what names a thing is found, blanked, and its bytes taken out of the file for good."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from typing import Any

from ledger import merkle
from ledger.errors import Locked
from ledger.records import Entry, RedactDraft
from ledger.store.connection import Ledger
from ledger.store.log import Writer, blob, entries, write
from ledger.store.rebuilding import references_at_the_end, replay
from ledger.vocabulary import EntryKind

UID = re.compile(r"[0-9a-f]{32}")
DIGEST = re.compile(r"[0-9a-f]{64}")
KEPT = frozenset({EntryKind.GENESIS.value, EntryKind.REDACT.value})
"""Entries that hold nobody's words and are never blanked."""

NOT_A_NAMING = ("salt", "after")
"""Fields that hold a uid but say nothing of the thing: an amendment's place in the order, and chance."""


@dataclass(slots=True)
class Reach:
    """What a redaction blanks: entries in order, and the hashes of kept bytes that nothing else names."""

    entries: list[Entry] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)


def reach(ledger: Ledger, uid: str) -> Reach:
    """Every entry that names the uid or is about it, and in turn those that name what vanishes with them."""
    gone = {uid}
    before = 0
    while len(gone) > before:  # a second pass, for the rare entry that names a later one
        before = len(gone)
        for entry in entries(ledger):
            _spread(ledger, entry, gone)
    found = Reach([e for e in entries(ledger) if e.uid in gone and e.body is not None and e.kind not in KEPT])
    found.blobs = _only_theirs(ledger, gone)
    return found


def _spread(ledger: Ledger, entry: Entry, gone: set[str]) -> None:
    if entry.uid in gone or entry.kind in KEPT:
        return
    if entry.about in gone or not gone.isdisjoint(names(entry)) or not gone.isdisjoint(_listed(ledger, entry)):
        gone.add(entry.uid)
        if entry.kind == EntryKind.JUDGEMENT:  # an accepted suggestion holds the very words of what it became
            gone.add(entry.about)


def names(entry: Entry) -> Iterator[str]:
    """The uids that stand anywhere in a body, also inside JSON kept as text."""
    if entry.body is None:
        return
    body = merkle.loads(entry.body)
    for key in NOT_A_NAMING:
        body.pop(key, None)
    for text in _texts(body):
        if len(text) >= 32:
            yield from UID.findall(text)


def _listed(ledger: Ledger, entry: Entry) -> Iterator[str]:
    """The uids in the list of its own that a publication keeps where it shows more than fit an entry."""
    if entry.kind == EntryKind.PUBLICATION and entry.body is not None:
        digest = merkle.loads(entry.body).get("manifest")
        if digest is not None and (data := blob(ledger, digest)) is not None:
            yield from UID.findall(data.decode())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _only_theirs(ledger: Ledger, gone: set[str]) -> list[str]:
    """Kept bytes named by entries that vanish and by no other, in the order they were named."""
    theirs: dict[str, None] = {}
    others: set[str] = set()
    for entry in entries(ledger):
        if entry.body is None or entry.kind in KEPT:
            continue
        found = {d for text in _texts(merkle.loads(entry.body)) for d in DIGEST.findall(text)}
        if entry.uid in gone:
            theirs |= dict.fromkeys(sorted(found))
        else:
            others |= found
    held = "SELECT 1 FROM blob WHERE sha256 = ? AND bytes IS NOT NULL"
    return [d for d in theirs if d not in others and ledger.one(held, (d,)) is not None]


def blank(ledger: Ledger, actor: str, find: Callable[[], Reach], *, because: str, thing: str | None) -> Reach:
    """Says in the log what is blanked and why, blanks it, and derives everything anew; gives what was blanked.

    What to blank is found inside the transaction, so that nothing written meanwhile escapes. The bytes are still in the
    file afterwards: `erase` takes them out.
    """
    draft = RedactDraft(because=because, thing=thing)
    if ledger.engine.in_file:
        ledger.rows("PRAGMA secure_delete = ON")
    with references_at_the_end(ledger), write(ledger, actor) as writer:
        found = find()
        for about in (*(e.uid for e in found.entries), *found.blobs):
            writer.append(EntryKind.REDACT, draft, about=about)
        if found.entries or found.blobs:
            _blank_rows(writer, (e.uid for e in found.entries), found.blobs)
            replay(ledger)
    return found


def _blank_rows(writer: Writer, uids: Iterable[str], digests: Iterable[str]) -> None:
    writer.index_new()
    db = writer.ledger.db
    db.executemany("UPDATE entry SET body = NULL WHERE uid = ?", [(uid,) for uid in uids])
    db.executemany("UPDATE blob SET bytes = NULL WHERE sha256 = ?", [(digest,) for digest in digests])


def holds(ledger: Ledger, digest: str) -> bool | None:
    """True where bytes with this hash are kept, False where they were redacted, None where there never were any."""
    row = ledger.one("SELECT bytes IS NOT NULL AS held FROM blob WHERE sha256 = ?", (digest,))
    return bool(row["held"]) if row else None


def copy_of(ledger: Ledger, claim: str) -> tuple[str | None, str | None]:
    """The hash of the saved text that a claim (by uid) stands in, and the id of its article."""
    row = ledger.one(
        "SELECT p.text, v.article_id FROM claim_view v LEFT JOIN capture p ON p.uid = v.capture WHERE v.uid = ?",
        (claim,),
    )
    return (row["text"], row["article_id"]) if row else (None, None)


def erase(ledger: Ledger) -> None:
    """Writes the file anew without what was blanked; Locked while another process keeps the old bytes in use."""
    ledger.rows(ledger.engine.vacuum)
    if not ledger.engine.in_file:
        return
    row = ledger.one("PRAGMA wal_checkpoint(TRUNCATE)")
    if row is None or row["busy"]:
        raise Locked(ledger.place)
