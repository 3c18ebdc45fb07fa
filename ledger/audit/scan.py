"""One pass over the log: every hash made again, every body read, with what the other checks need."""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable, Iterable
from contextlib import suppress
from datetime import datetime
from functools import lru_cache
from typing import Any

from ledger import merkle, store
from ledger.audit.carried import Carried
from ledger.audit.findings import Findings, LogScan
from ledger.errors import ClaimsError, Tampered
from ledger.records import BODIES, ContinuationDraft, Entry
from ledger.store.bodies import read_spelt
from ledger.store.derive import read_body
from ledger.vocabulary import EntryKind

CHECK = "entries"
BLOB_FIELDS = {
    EntryKind.CAPTURE: ("raw", "text", "marks", "record"),
    EntryKind.EVIDENCE: ("blob",),
    EntryKind.REPLY: ("blob",),
    EntryKind.PUBLICATION: ("blob", "manifest"),
}
"""Where a body names kept bytes by their hash."""

TIME = re.compile(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z", re.ASCII)
UID = re.compile(r"[0-9a-f]{32}")
KINDS = frozenset(kind.value for kind in BODIES)


Take = Callable[[Entry, Any], None]
"""What else is done with an entry and its body, as it was read; without the body where that cannot be read."""


def read_log(ledger: store.Ledger, findings: Findings, sizes: Iterable[int], take: Take) -> LogScan:
    """Reads all entries, once, and reports what does not hold; gives the roots at `sizes` and what other checks need."""
    walk = _Walk(ledger, findings, frozenset(sizes))
    with findings.during(CHECK):
        for entry in store.entries(ledger):
            take(entry, walk.take(entry))
    return walk.finish()


class _Walk:
    def __init__(self, ledger: store.Ledger, findings: Findings, sizes: frozenset[int]) -> None:
        self.found = LogScan()
        self._findings = findings
        self._sizes = sizes
        self._tree = merkle.Frontier()
        self._text_of = texts_by_hash(ledger)
        self._latest = ""
        self._back: list[int] = []
        self._carried = Carried(ledger, findings)

    def take(self, entry: Entry) -> Any:
        """Looks at the next entry; gives its body."""
        found, body = self.found, None
        if entry.seq != found.size:
            self._problem(f"entry {found.size} is missing: the next one is number {entry.seq}")
            found.size = entry.seq
        try:
            self._check_leaf(entry)
            body = self._check_body(entry)
            if not self._carried.take(entry, body):
                self._check_order(entry)
        except ClaimsError as e:
            self._problem(f"entry {entry.seq} cannot be read: {e.message}")
        except Exception as e:  # a damaged column may hold anything
            self._problem(f"entry {entry.seq} cannot be read: {type(e).__name__}: {e}")
        self._tree.add(bytes(entry.leaf_hash))
        found.size += 1
        if found.size in self._sizes:
            found.roots[found.size] = self._tree.root()
        return body

    def finish(self) -> LogScan:
        found = self.found
        found.root = self._tree.root()
        if found.size == 0:
            self._problem("the log is empty: its first entry, genesis, is gone")
        for uid, seq in found.blank.items():
            if uid not in found.redacted:
                self._problem(f"entry {seq} has no body, and no redaction entry says why")
        self._carried.finish()
        _warn(self._findings, self._back)
        self._findings.checked |= {
            "entries": found.size, "leaves": self._tree.size, "bodies": found.bodies, "anchors": found.anchors,
        }  # fmt: skip
        return found

    def _problem(self, sentence: str) -> None:
        self._findings.problem(CHECK, sentence)

    def _check_leaf(self, entry: Entry) -> None:
        if merkle.leaf_hash(store.leaf_of(entry)) != entry.leaf_hash:
            self._problem(f"entry {entry.seq} is not what was logged: its columns do not give its leaf hash")
        if entry.kind not in KINDS:
            self._problem(f"entry {entry.seq} is of an unknown kind: {entry.kind!r}")
        if (entry.kind == EntryKind.GENESIS) != (entry.seq == 0):
            self._problem(f"entry {entry.seq} is of kind {entry.kind}: genesis is the first entry and no other")
        if not UID.fullmatch(entry.uid) or not _is_time(entry.recorded_at):
            self._problem(f"entry {entry.seq} has a uid or a time that is none")

    def _check_order(self, entry: Entry) -> None:
        """Notes where the clock went back; what came from another log was recorded by another clock."""
        if entry.recorded_at < self._latest:
            self._back.append(entry.seq)
        self._latest = max(self._latest, entry.recorded_at)

    def _check_body(self, entry: Entry) -> Any:
        if entry.body is None:
            self.found.blank[entry.uid] = entry.seq
            return None
        self.found.bodies += 1
        if hashlib.sha256(entry.body).digest() != entry.body_hash:
            self._problem(f"entry {entry.seq} is not what was logged: its body has another hash")
        body = read_spelt(entry.kind, entry.body) if entry.kind in KINDS else None
        if body is None and merkle.canonical(merkle.loads(entry.body)) != entry.body:
            self._problem(f"entry {entry.seq} is not spelt canonically")
        if entry.kind in KINDS:
            body = body or read_body(EntryKind(entry.kind), entry.body)
            self._keep(entry, EntryKind(entry.kind), body)
        return body

    def _keep(self, entry: Entry, kind: EntryKind, body: Any) -> None:
        found = self.found
        for name in BLOB_FIELDS.get(kind, ()):
            if (digest := getattr(body, name)) is not None:
                found.blobs.setdefault(digest, entry.seq)
        if kind is EntryKind.CAPTURE:
            found.captures[entry.uid] = body.text
        elif kind is EntryKind.REDACT:
            found.redacted.setdefault(entry.about, entry.seq)
            if UID.fullmatch(entry.about) and entry.about not in found.blank:
                self._problem(f"entry {entry.seq} says that {entry.about} was redacted, but its body is there")
        elif kind is EntryKind.CLAIM and body.anchored:
            self._check_anchor(entry.seq, body)
        elif kind is EntryKind.CONTINUATION:
            self._tell_continuation(entry, body)

    def _tell_continuation(self, entry: Entry, body: ContinuationDraft) -> None:
        gone = " and ".join(str(head.size) for head in body.given_up)
        self._findings.warnings.append(
            f"entry {entry.seq} by {entry.actor}: the log goes on from its first {body.size} entries, and a head of {gone} "
            f"entries that was signed before is given up: {body.because}"
        )

    def _check_anchor(self, seq: int, body: Any) -> None:
        digest = self.found.captures.get(body.capture or "")
        if digest is None:
            self._problem(f"the claim of entry {seq} is anchored to a saved copy that the log does not have")
            return
        text = self._text_of(digest)
        if text is None:  # redacted, or missing: the check of the blobs tells which
            return
        self.found.anchors += 1
        if text[body.start : body.end] != body.exact:
            self._problem(f"the claim of entry {seq} does not stand in its saved copy at {body.start} to {body.end}")


def _is_time(text: str) -> bool:
    with suppress(ValueError):
        return TIME.fullmatch(text) is not None and datetime.fromisoformat(text).tzinfo is not None
    return False


def _warn(findings: Findings, back: list[int]) -> None:
    if back:
        times = "once" if len(back) == 1 else f"{len(back)} times"
        findings.warnings.append(f"the clock went back {times}, first at entry {back[0]}; the order holds")


def texts_by_hash(ledger: store.Ledger) -> Callable[[str], str | None]:
    """Gives the captured text with a hash, the last few kept at hand; None for what is redacted, missing or not text."""

    @lru_cache(maxsize=64)
    def read(digest: str) -> str | None:
        try:
            data = store.blob(ledger, digest)
            return None if data is None else data.decode()
        except (Tampered, UnicodeError):
            return None

    return read
