"""One stretch of the log, every entry read once: its leaf, its node, its body, its anchor, and the rows that it makes.

This is the quick way of `verify`: it can only say that all is plainly as it should be. What is not, and what is merely
unusual, is left to the long way (reading, kept, derived), which reads on and names it.
"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Iterable
from contextlib import ExitStack
from hashlib import sha256
from typing import Any, Self

from msgspec import Struct

from ledger import merkle, store
from ledger.audit.derived import fresh
from ledger.audit.reading import BLOB_FIELDS, KINDS, TIME, UID
from ledger.audit.rows import Differs, Matching, Op, anything_differs
from ledger.audit.texts import Texts
from ledger.records import Entry
from ledger.store import texts
from ledger.store.bodies import read_spelt
from ledger.store.derive import derive, read_body, statements
from ledger.text import shingles
from ledger.vocabulary import EntryKind

HEIGHT = 14
LENGTH = 1 << HEIGHT
"""Entries of a stretch: a complete subtree, except for the last."""

LOT = 500
COPIES = 1000
NAMED = re.compile(UID.pattern + TIME.pattern)
REPLACING = frozenset({EntryKind.FILE, EntryKind.TAG})


class Stretch(Struct):
    """What the other checks ask for of a stretch where nothing is amiss."""

    size: int
    peaks: list[bytes]
    """The roots of the complete subtrees of its leaves, the largest first."""
    roots: dict[int, list[bytes]]
    """The same for the sizes asked for that lie inside it."""
    above: list[tuple[int, int, bytes]]
    """The nodes higher than itself that its last entry completes, as they are stored: theirs are other stretches too."""
    bodies: int = 0
    anchors: int = 0
    standing: int = 0
    """Anchored claims that no later entry changes."""
    texts: int = 0
    earliest: str = ""
    latest: str = ""
    straight: bool = True
    """Whether the times go one way."""
    blobs: list[tuple[str, int]] = []
    redacted: list[tuple[str, int]] = []
    blank: list[tuple[str, int]] = []
    rows: dict[str, int] = {}
    """How many rows of each derived table were met."""
    letters: dict[str, tuple[int, int]] = {}
    apart: list[tuple[str, tuple[Any, ...]]] = []
    replaced: list[tuple[str, str, str, int, bool]] = []


class Reader:
    """Reads stretches of one ledger, and puts the saved texts that it meets into an index of its own; a context manager."""

    def __init__(self, ledger: store.Ledger, *, touched: Iterable[str], sizes: Iterable[int]) -> None:
        self._ledger = ledger
        self._touched = frozenset(touched)
        self._sizes = frozenset(sizes)
        self._texts = Texts(ledger)
        self._copies: OrderedDict[str, tuple[str, int]] = OrderedDict()
        self._rows = Matching(ledger.db, self._touched)
        self._nodes = self._rows.table("node")
        self._prints = self._rows.table("fingerprint")
        self._stack = ExitStack()

    def __enter__(self) -> Self:
        self.index = self._stack.enter_context(fresh())
        return self

    def __exit__(self, *_: object) -> None:
        self._stack.close()

    def read(self, start: int, end: int) -> Stretch:
        """The entries from `start`, which is a multiple of LENGTH, up to `end`; Differs where they are not plainly in order."""
        self._found = Stretch(end - start, [], {}, [])
        self._peaks: list[bytes] = []
        self._rows.begin()
        with anything_differs():
            if self._entries(start, end) != end:
                raise Differs("entry")
        found, rows = self._found, self._rows
        found.peaks, found.rows = self._peaks, rows.taken()
        found.letters = {letter: (first, last) for letter, (first, last) in rows.letters.items()}
        found.apart, found.replaced = rows.apart, rows.replaced
        return found

    def _entries(self, start: int, end: int) -> int:
        cursor = self._ledger.db.cursor()
        cursor.row_factory = None
        columns = ", ".join(Entry.__struct_fields__)
        cursor.execute(f"SELECT {columns} FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq", (start, end))
        at = start
        while lot := cursor.fetchmany(LOT):
            for row in lot:
                entry = Entry(*row)
                if entry.seq != at:
                    raise Differs("entry")
                self._leaf(entry)
                self._grow(at, at - start, entry.leaf_hash)
                self._body(entry)
                at += 1
        return at

    def _leaf(self, entry: Entry) -> None:
        found, kind, time = self._found, entry.kind, entry.recorded_at
        if sha256(b"\0" + store.leaf_of(entry)).digest() != entry.leaf_hash or kind not in KINDS:
            raise Differs("leaf")
        if (kind == EntryKind.GENESIS) != (entry.seq == 0) or not NAMED.fullmatch(entry.uid + time):
            raise Differs("leaf")
        if time >= found.latest:
            found.latest = time
            found.earliest = found.earliest or time
        else:
            found.straight = False
            found.earliest = min(found.earliest, time)

    def _grow(self, seq: int, place: int, leaf: bytes) -> None:
        """Takes a leaf into the tree, and holds each node that it completes against the stored one."""
        peaks, take = self._peaks, self._nodes.take
        level = 0
        while place & 1:
            leaf = sha256(b"\x01" + peaks.pop() + leaf).digest()
            level += 1
            place >>= 1
            if not take((level, seq >> level, leaf)):
                raise Differs("node")
        peaks.append(leaf)
        if level == HEIGHT:
            self._nodes_above(seq)
        if seq + 1 in self._sizes:
            self._found.roots[seq + 1] = list(peaks)

    def _nodes_above(self, seq: int) -> None:
        level = HEIGHT
        while seq >> level & 1:
            level += 1
            row = self._nodes.peek()
            if row is None or row[:2] != (level, seq >> level) or not self._nodes.take(row):
                raise Differs("node")
            self._found.above.append(row)

    def _body(self, entry: Entry) -> None:
        found, body = self._found, entry.body
        if body is None:
            found.blank.append((entry.uid, entry.seq))
            self._meet(entry, list(derive(entry)))
            return
        found.bodies += 1
        if sha256(body).digest() != entry.body_hash:
            raise Differs("body")
        draft = read_spelt(entry.kind, body)
        if draft is None:
            draft = _at_length(entry, body)
        self._keep(entry, draft)
        self._meet(entry, statements(entry, draft))

    def _meet(self, entry: Entry, ops: Iterable[Op]) -> None:
        rows = self._rows
        if entry.kind in REPLACING:
            if ops := list(ops):
                rows.meet_instead(ops, entry.seq)
            return
        for sql, params in ops:
            rows.meet(sql, params)

    def _keep(self, entry: Entry, draft: Any) -> None:
        found, kind = self._found, entry.kind
        if kind == EntryKind.CLAIM:
            if draft.anchored:
                self._anchor(entry, draft)
            return
        for name in BLOB_FIELDS.get(kind, ()):  # type: ignore[call-overload]  # the same word, and it finds the same
            if (digest := getattr(draft, name)) is not None:
                found.blobs.append((digest, entry.seq))
        if kind == EntryKind.CAPTURE:
            self._copy(entry, draft)
        elif kind == EntryKind.REDACT:
            found.redacted.append((entry.about, entry.seq))

    def _copy(self, entry: Entry, draft: Any) -> None:
        """A saved copy: its text goes into the index, its fingerprints are held against the stored ones."""
        self._remember(entry.uid, (draft.text, entry.seq))
        data = store.blob(self._ledger, draft.text)
        if entry.uid in self._touched:
            raise Differs("capture")
        if data is None:
            return
        text = data.decode("utf-8", "replace")
        self._found.texts += 1
        self.index.db.execute(texts.INSERT, (entry.seq, text))
        for print_ in sorted(shingles.fingerprints(text)):
            if not self._prints.take((print_, entry.seq)):
                raise Differs("fingerprint")

    def _anchor(self, entry: Entry, draft: Any) -> None:
        digest = self._text_of(draft.capture, before=entry.seq)
        if (text := self._texts.get(digest)) is None:  # redacted, or missing: the check of the blobs tells which
            return
        if text[draft.start : draft.end] != draft.exact:
            raise Differs("anchor")
        self._found.anchors += 1
        self._found.standing += entry.uid not in self._touched

    def _text_of(self, capture: str, *, before: int) -> str:
        """The hash of the text of a copy saved earlier."""
        if capture not in self._copies:
            row = self._ledger.one("SELECT text, seq FROM capture WHERE uid = ?", (capture,))
            if row is None:
                raise Differs("capture")
            self._remember(capture, (row[0], row[1]))
        digest, seq = self._copies[capture]
        if seq >= before:
            raise Differs("capture")
        return digest

    def _remember(self, capture: str, copy: tuple[str, int]) -> None:
        self._copies[capture] = copy
        if len(self._copies) > COPIES:
            self._copies.popitem(last=False)


def _at_length(entry: Entry, body: bytes) -> Any:
    """A body that is spelt canonically, but not plainly as our writer does it now."""
    if merkle.read_plain(body) is None and merkle.canonical(merkle.loads(body)) != body:
        raise Differs("body")
    return read_body(EntryKind(entry.kind), body)
