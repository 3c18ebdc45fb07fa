"""The quick way of `verify`: one pass over the log that can only say that all of a ledger is plainly as it should be.

Every entry is read once and its rows are met where they stand (stretches, rows). Rows of things that a later entry changes
are derived in a copy, with every statement about them, and looked up. All rows met and all looked up are as many as there
are, so that none is missing and none is there besides. Whatever differs, or is only unusual, is left to the long way.
"""

from __future__ import annotations

import hashlib
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from heapq import merge
from itertools import groupby
from operator import itemgetter

from ledger import merkle, store
from ledger.audit.crew import Hands, hired
from ledger.audit.derived import check_schema, drop_indexes, fresh
from ledger.audit.findings import Findings
from ledger.audit.reading import UID, Reading, warn_of_clock
from ledger.audit.rows import Differs, anything_differs
from ledger.audit.stretches import HEIGHT, LENGTH, Stretch
from ledger.audit.texts import Texts
from ledger.store.derive import CHANGING, DERIVED, read_body
from ledger.store.lots import Lots
from ledger.vocabulary import EntryKind

BLOBS = 1000
"""Kept files of one task."""


def settle(ledger: store.Ledger, findings: Findings, sizes: Iterable[int]) -> Reading | None:
    """What the long way would find in a ledger where nothing is amiss, the roots at `sizes` with it; None leaves it to that."""
    mine = Findings()
    try:
        with anything_differs(), fresh() as copy:
            reading = _settled(ledger, mine, copy, frozenset(sizes))
    except Differs:
        return None
    findings.checked |= mine.checked
    findings.warnings += mine.warnings
    return reading


def _settled(ledger: store.Ledger, findings: Findings, copy: store.Ledger, sizes: frozenset[int]) -> Reading:
    check_schema(ledger, copy, findings)
    if findings.problems:
        raise Differs("schema")
    drop_indexes(copy)
    head, total = store.head(ledger), _Total(Lots(copy.db))
    with hired(ledger, touched=_touched(ledger), sizes=sizes, head=head) as hands:
        pages = hands.pages()
        for stretch in hands.stretches([(at, min(at + LENGTH, head)) for at in range(0, head, LENGTH)]):
            total.take(stretch)
        _check_blobs(ledger, findings, total.reading, hands)
        _check_terms(ledger, hands)
        findings.checked["pages"] = pages.result()
    rows = total.finish(ledger, copy)
    standing = total.standing + _changed_anchors(ledger, copy)
    reading = total.reading
    if total.clock_went_back:
        warn_of_clock(ledger, findings)
    findings.checked |= {
        "entries": head, "leaves": head, "bodies": reading.bodies, "anchors": reading.anchors + standing,
        "nodes": rows.pop("node"), "texts indexed": total.texts, "derived rows": sum(rows[table] for table in rows),
    }  # fmt: skip
    return reading


def _touched(ledger: store.Ledger) -> frozenset[str]:
    """The uids of things that some entry changes, and of those whose rows change with them."""
    marks = ", ".join("?" * len(CHANGING))
    found = ledger.rows(f"SELECT kind, about FROM entry WHERE kind IN ({marks})", sorted(CHANGING))
    touched = {row["about"] for row in found}
    for about in {
        row["about"] for row in found if row["kind"] == EntryKind.AMEND
    }:  # the title stands in the search rows
        touched.update(row["uid"] for row in ledger.rows("SELECT uid FROM claim WHERE article = ?", (about,)))
    if any(row["kind"] == EntryKind.MERGE for row in found):
        for row in ledger.rows("SELECT body FROM entry WHERE kind = 'merge' AND body IS NOT NULL"):
            touched.add(read_body(EntryKind.MERGE, row["body"]).into)
    return frozenset(touched)


@dataclass
class _Total:
    """Stretches put together in order."""

    lots: Lots
    reading: Reading = field(default_factory=Reading)
    standing: int = 0
    texts: int = 0
    clock_went_back: bool = False
    _latest: str = ""
    _tree: merkle.Frontier = field(default_factory=merkle.Frontier)
    _edge: dict[tuple[int, int], bytes] = field(default_factory=dict)
    _letters: dict[str, int] = field(default_factory=dict)
    _rows: Counter[str] = field(default_factory=Counter)
    _replaced: dict[tuple[str, str, str], tuple[int, bool]] = field(default_factory=dict)

    def take(self, stretch: Stretch) -> None:
        reading = self.reading
        before = self._tree.peaks
        reading.roots |= {size: merkle.fold([*before, *peaks]) for size, peaks in stretch.roots.items()}
        reading.root = merkle.fold([*before, *stretch.peaks])
        self._grow(stretch)
        self._take_kept(stretch)
        self.clock_went_back |= not stretch.straight or stretch.earliest < self._latest
        self._latest = max(self._latest, stretch.latest)
        reading.bodies += stretch.bodies
        reading.anchors += stretch.anchors
        self.standing += stretch.standing
        self.texts += stretch.texts
        self._take_rows(stretch)

    def _grow(self, stretch: Stretch) -> None:
        """The nodes above a complete stretch, which it could not make itself."""
        self.reading.size += stretch.size
        if stretch.size < LENGTH:
            return
        at, root = self._tree.size, stretch.peaks[0]
        made = merkle.append_nodes(at, root, lambda level, index: self._edge[level, index])
        for level, index, digest in made:
            self._edge[level, index] = digest
        if [(level + HEIGHT, index, digest) for level, index, digest in made[1:]] != stretch.above:
            raise Differs("node")
        self._tree.add(root)

    def _take_kept(self, stretch: Stretch) -> None:
        """What entries say of kept bytes and of what was redacted."""
        reading = self.reading
        for digest, seq in stretch.blobs:
            reading.blobs.setdefault(digest, seq)
        reading.blank.update(stretch.blank)
        for about, seq in stretch.redacted:
            reading.redacted.setdefault(about, seq)
            if UID.fullmatch(about) and reading.blank.get(about, seq) >= seq:
                raise Differs("redaction")

    def _take_rows(self, stretch: Stretch) -> None:
        self._rows.update(stretch.rows)
        for letter, (first, last) in stretch.letters.items():
            if self._letters.get(letter, 0) != first:
                raise Differs("thing")
            self._letters[letter] = last
        for table, a, b, seq, out in stretch.replaced:
            self._replaced[table, a, b] = (seq, out)
        for sql, params in stretch.apart:
            self.lots.run(sql, params)

    def finish(self, ledger: store.Ledger, copy: store.Ledger) -> Counter[str]:
        """How many rows each table has, all of them met or as they are in the copy; Differs where that is not so."""
        self.lots.flush()
        if not self.reading.size or not self.reading.blank.keys() <= self.reading.redacted.keys():
            raise Differs("entry")
        _check_replaced(ledger, self._replaced)
        for table in DERIVED:
            if table != "node":
                self._rows[table] += _looked_up(table, ledger, copy)
        for table in (*DERIVED, "fingerprint"):
            row = ledger.one(f"SELECT count(*) FROM {table}")
            if row is None or row[0] != self._rows[table]:
                raise Differs(table)
        del self._rows["fingerprint"]
        return self._rows


def _check_replaced(ledger: store.Ledger, replaced: dict[tuple[str, str, str], tuple[int, bool]]) -> None:
    """Where rows of one key do not stand, a later one does, or the last was taken out."""
    keys = {"filing": "question = ? AND claim = ?", "tag": "about = ? AND tag = ?"}
    for (table, a, b), (seq, out) in replaced.items():
        row = ledger.one(f"SELECT seq FROM {table} WHERE {keys[table]}", (a, b))
        if not (out if row is None else row["seq"] > seq):
            raise Differs(table)


def _looked_up(table: str, ledger: store.Ledger, copy: store.Ledger) -> int:
    """How many rows the copy has of a table, each of them found in the ledger."""
    info = copy.rows(f"PRAGMA table_info({table})")
    keys = [row["name"] for row in sorted(info, key=lambda row: row["pk"]) if row["pk"]]
    columns = ", ".join(row["name"] for row in info)
    find = f"SELECT {columns} FROM {table} WHERE " + " AND ".join(f"{key} = ?" for key in keys)
    count = 0
    for row in copy.each(f"SELECT {columns} FROM {table}"):
        found = ledger.one(find, [row[key] for key in keys])
        if found is None or tuple(found) != tuple(row):
            raise Differs(table)
        count += 1
    return count


def _changed_anchors(ledger: store.Ledger, copy: store.Ledger) -> int:
    """How many claims of the copy are anchored and stand in their saved text."""
    kept, count = Texts(ledger), 0
    for row in copy.each("SELECT exact, start_at, end_at, capture FROM claim WHERE anchored <> 0"):
        found = ledger.one("SELECT text FROM capture WHERE uid = ?", (row["capture"],))
        text = kept.get(found["text"]) if found else None
        if text is not None:
            count += 1
            if text[row["start_at"] : row["end_at"]] != row["exact"]:
                raise Differs("anchor")
    return count


def _check_blobs(ledger: store.Ledger, findings: Findings, reading: Reading, hands: Hands) -> None:
    """Every kept file has its hash, is gone only where redacted, and none that an entry names is missing."""
    row = ledger.one("SELECT coalesce(min(rowid), 0), coalesce(max(rowid), -1) FROM blob")
    first, last = (row[0], row[1]) if row else (0, -1)
    gone: set[str] = set()
    count = 0
    for held in hands.blobs([(at, at + BLOBS) for at in range(first, last + 1, BLOBS)]):
        count += held.count
        gone.update(held.gone)
    if gone != {about for about in reading.redacted if len(about) == 2 * hashlib.sha256().digest_size}:
        raise Differs("blobs")
    here = {row["sha256"] for row in ledger.each("SELECT sha256 FROM blob")}
    unnamed = len(here - reading.blobs.keys() - reading.redacted.keys())
    if not reading.blobs.keys() <= here:
        raise Differs("blobs")
    if unnamed:
        findings.warnings.append(f"{unnamed} kept files are named by no entry that can be read")
    findings.checked["blobs"] = count


def _check_terms(ledger: store.Ledger, hands: Hands) -> None:
    """The index over the saved texts holds the words that they hold."""
    stored = ledger.each("SELECT term, doc, cnt FROM search_texts_terms ORDER BY term")
    for made in _summed(hands.terms()):
        row = next(stored, None)
        if row is None or tuple(row) != made:
            raise Differs("text index")
    if next(stored, None) is not None:
        raise Differs("text index")


def _summed(terms: list[Iterator[tuple[str, int, int]]]) -> Iterator[tuple[str, int, int]]:
    """Terms of several indexes as those of one."""
    for term, group in groupby(merge(*terms, key=itemgetter(0)), key=itemgetter(0)):
        counts = list(group)
        yield term, sum(doc for _, doc, _ in counts), sum(cnt for _, _, cnt in counts)
