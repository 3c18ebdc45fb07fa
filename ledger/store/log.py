"""The log: the one way to write. A batch is one transaction; its entries, derived rows and search rows land together.

Order of a write: take the write lock, read the head, append entries (leaf, tree nodes, derived rows), index what is new,
commit. A crash before the commit leaves nothing; after it, everything (WAL, synchronous=FULL).
"""

from __future__ import annotations

import hashlib
import secrets
import sqlite3
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from datetime import UTC, datetime
from enum import Enum
from functools import lru_cache
from pathlib import Path
from typing import Any, NamedTuple

import msgspec
from msgspec import Struct
from msgspec.structs import asdict

from ledger import merkle, protection
from ledger.errors import BadInput, ClaimsError, Refused, Tampered
from ledger.records import CarryDraft, ClaimDraft, Entry, GenesisDraft, replace
from ledger.store import arriving, read, texts
from ledger.store.bodies import spell
from ledger.store.connection import Ledger, connect_new
from ledger.store.derive import DERIVED, read_body
from ledger.store.engine import Ahead, Searched, Select, is_address, nothing_ahead
from ledger.store.operations import NUMBERED_BY, Insert, highest
from ledger.store.rules import schema_sql
from ledger.vocabulary import EntryKind, Letter

ENTRY_LIMIT = 64 * 1024
VALUE_LIMIT = 16 * 1024
HANDLE_LIMIT = 64
MOST_MADE = 1_000
REMEMBERED = 10_000
"""Names that a writer keeps in memory with what they are of."""
NAMED = {
    EntryKind.SOURCE: ("folded", read.sources_by_folded), EntryKind.QUESTION: ("folded", read.questions_by_folded),
    EntryKind.ARTICLE: ("identity", read.articles_by_identity),
}  # fmt: skip
"""What is found by a name: the field that has it, and how it is found."""

SEARCHED = ("claim", "article")
"""The tables whose words the view `searchable` gives."""

Edge = dict[tuple[int, int], bytes]
"""Roots of the complete subtrees at the right edge of the tree, by level and index."""


def begin(writer: Writer) -> None:
    """The first entry of a new log."""
    writer.append(EntryKind.GENESIS, GenesisDraft(log=secrets.token_hex(16)))


def create(path: str | Path, *, actor: str, fill: Callable[[Writer], None] = begin) -> Ledger:
    """A new ledger with its first entries, in one transaction; Refused where a file is already."""
    was_there = is_address(path) or Path(path).exists()
    ledger = connect_new(path)
    try:
        with ledger.errors():
            ledger.db.executescript(f"{ledger.engine.begin_writing};{ledger.engine.script(schema_sql())}")
            writer = Writer(ledger, actor)
            fill(writer)
            writer.index_new()
            ledger.commit()
    except BaseException:
        ledger.close()
        if not was_there:
            Path(path).unlink(missing_ok=True)
        raise
    return ledger


@contextmanager
def write(ledger: Ledger, actor: str, ahead: Ahead = nothing_ahead) -> Iterator[Writer]:
    """One batch: all of it is in the log when the block ends, none of it when the block raises.

    `ahead` says what the block is going to read before it writes; a server is asked for it together with its lock.
    """
    check_actor(actor)
    protection.names()  # loads what reads them before others have to wait
    with ledger.transaction(ahead=lambda: [*OF_EVERY_BATCH, *ahead()]):
        writer = Writer(ledger, actor)
        first = writer.size
        yield writer
        writer.index_new()
    ledger.spoke_of_others = writer.speaks_of_others
    if writer.size > first:
        ledger.logged(first, writer.size)


@contextmanager
def rehearse(ledger: Ledger, actor: str, ahead: Ahead = nothing_ahead) -> Iterator[Writer]:
    """A batch that is always rolled back: inside the block it can be read as if logged, after it nothing was."""
    try:
        with write(ledger, actor, ahead) as writer:
            yield writer
            raise _Rehearsed
    except _Rehearsed:
        pass


class _Rehearsed(Exception):
    """Ends a rehearsal."""


def withdraw(ledger: Ledger) -> bool:
    """Closes a ledger and takes its file away if nothing but its beginning was ever logged; says whether it did."""
    try:
        alone = ledger.one("PRAGMA journal_mode = DELETE")  # refused while somebody else has it open
        ledger.db.execute("BEGIN EXCLUSIVE")
        if alone is None or head(ledger) > 1:
            return False
        Path(ledger.place).unlink()
    except (ClaimsError, sqlite3.Error, OSError):
        return False
    finally:
        ledger.close()
    return True


def check_actor(actor: str) -> None:
    """A handle is a short name: no address, no host, nothing that cannot be printed."""
    if not actor.strip() or len(actor) > HANDLE_LIMIT or "@" in actor.lstrip("@") or not actor.isprintable():
        raise BadInput(f"not a handle: {actor!r}", hint="use a short name without an address: --actor desk")


class Writer:
    """Appends entries inside one transaction and keeps the tree's right edge in memory."""

    def __init__(self, ledger: Ledger, actor: str) -> None:
        check_actor(actor)
        self.ledger = ledger
        self.actor = actor
        self.batch = ledger.batch = secrets.token_hex(16)
        self.size, self._edge = edge_of(ledger)
        self._indexed = self.size
        self.speaks_of_others = False
        self._made: set[str] = set()
        """The first things that it made."""
        self._kinds: set[str] = set()
        """Of the entries since then."""
        self._words: list[Searched] | None = []
        """What searches look through of the claims since then; None where that has to be read from what is written."""
        self._lots = ledger.hold(DERIVED)
        self._named: dict[tuple[str, str], str | None] = {}
        self._forgot = False
        self._login = ledger.login
        self._arrivals = arriving.Arrivals()
        self._protected = protection.names()
        protection.refuse(actor, self._protected)

    def append(self, kind: EntryKind, draft: Any, *, about: str | None = None, title: str | None = None) -> str:
        """Writes one entry and its derived rows; gives its uid, which is also the uid of the thing it creates.

        With the title of a claim's article, as it was read in this batch, what searches look through is not read again.
        """
        uid = secrets.token_hex(16)
        draft, body = encode_body(draft, self._login)
        if self._protected:
            protection.refuse(body.decode(), self._protected)
        entry = make_entry(
            seq=self.size, uid=uid, actor=self.actor, kind=kind, about=about or uid, batch=self.batch, body=body
        )
        self._insert(entry, draft)
        if kind is EntryKind.CLAIM and self._words is not None:
            self._words = _with_words(self._words, entry.seq, draft, title)
        return uid

    def copy(self, entry: Entry) -> None:
        """Takes over an entry of the same log as it stands, redacted ones too; Tampered where it does not hold."""
        if entry.seq != self.size or not holds(entry):
            raise Tampered(f"entry {entry.seq} does not hold: it is out of line, or its hashes are wrong")
        self._words = None
        self._insert(entry, None if entry.body is None else read_body(EntryKind(entry.kind), entry.body))

    def carry(self, draft: CarryDraft, arrivals: Sequence[Entry]) -> str:
        """Takes over entries of another log as they stand there, behind the entry that announces them; gives its uid."""
        self._arrivals = arriving.Arrivals(arriving.same(self.ledger))
        self._words = None
        uid = self.append(EntryKind.CARRY, draft)
        for entry in arrivals:
            if not holds(entry):
                raise Tampered(f"entry {entry.seq} of the other log does not hold: its hashes are wrong")
            if self._protected and entry.body is not None:
                protection.refuse(entry.body.decode(), self._protected)
            self._insert(replace(entry, seq=self.size), None)
        self._forget()
        return uid

    def _insert(self, entry: Entry, draft: Any) -> None:
        run = self._lots.run
        self._kinds.add(entry.kind)
        if entry.about == entry.uid and len(self._made) < MOST_MADE:
            self._made.add(entry.uid)
        self.speaks_of_others = self.speaks_of_others or entry.about not in self._made
        run(Insert("entry", asdict(entry)))
        for row in grow(self._edge, self.size, merkle.append_nodes(self.size, entry.leaf_hash, self._node)):
            run(row)
        about = self._arrivals.about(entry)
        with self._reindexed(about) if about is not None else nullcontext():
            for op in self._arrivals.operations(entry, draft):
                run(op)
                if not isinstance(op, Insert):
                    self._forget()
                    self._words = None if op.table in SEARCHED else self._words
        if entry.kind in NAMED and draft is not None:
            key = entry.kind, getattr(draft, NAMED[EntryKind(entry.kind)][0])
            if self._named.get(key, "") is None:
                self._named[key] = entry.uid
        elif entry.kind == EntryKind.ALIAS:
            self._forget()
        self.size += 1

    def named(self, kind: EntryKind, name: str) -> str | None:
        """The uid of the source, question or article that stands and has this name, remembered until that may have changed."""
        if (kind, name) not in self._named:
            self.look_up({kind: [name]})
        return self._named[kind, name]

    def look_up(self, names: Mapping[EntryKind, Sequence[str]]) -> None:
        """Remembers what has these names, read at once."""
        if len(self._named) >= REMEMBERED:
            self._forget()
        if self._forgot:  # what is held back is known by nothing but what is written
            self.ledger.write_held()
            self._forgot = False
        for kind, wanted in names.items():
            found = NAMED[kind][1](self.ledger, wanted)
            self._named.update(((kind, name), found.get(name) or self._named.get((kind, name))) for name in wanted)

    def _forget(self) -> None:
        """Forgets the names, which may be others' now."""
        self._named.clear()
        self._forgot = True

    def newest(self, letter: Letter) -> str:
        """The short id of what this writer has added last under a letter."""
        return f"{letter}{self._lots.newest('thing', letter.value)}"

    @contextmanager
    def attempt(self) -> Iterator[None]:
        """What the block logs is kept only if it ends well; the batch goes on either way."""
        kept = self.size, dict(self._edge), self._indexed, {*self._kinds}
        self._lots.mark()
        try:
            yield
        except BaseException:
            self.size, self._edge, self._indexed, self._kinds = kept
            self._words = None
            self._forget()
            if self.ledger.in_transaction:
                self._lots.take_back()
            raise
        self._lots.keep()

    @contextmanager
    def _reindexed(self, about: str) -> Iterator[None]:
        """Takes the search rows of an amended claim or article out of the index, and puts them back as they are after.

        What this batch has logged is indexed when it ends: a redaction may still come that withholds words of it.
        """
        of_thing = "WHERE (claim = ? OR article = ?) AND docid < ?"
        params = (about, about, self._indexed)
        self.ledger.engine.unindex_claims(self.ledger.db, of_thing, params)
        yield
        self.ledger.engine.index_claims(self.ledger.db, of_thing, params)

    def copy_blob(self, digest: str, size: int, data: bytes | None) -> None:
        """Takes over bytes of the same log, or the place where redacted ones were."""
        if data is not None and (hashlib.sha256(data).hexdigest() != digest or len(data) != size):
            raise Tampered(f"the bytes {digest} do not hold")
        if self._is_gone(digest) is None:
            self._lots.run(Insert("blob", {"sha256": digest, "size": size, "bytes": data}))

    def lacks(self, digest: str) -> bool:
        """True where these bytes are neither kept nor redacted."""
        gone = self._is_gone(digest)
        return gone is None or (gone and not self.redacted(digest))

    def _is_gone(self, digest: str) -> bool | None:
        """Whether these bytes were redacted; None where they are not in the ledger."""
        if self._lots.holds("blob", digest):
            return False
        row = self.ledger.one_written("SELECT bytes IS NULL AS gone FROM blob WHERE sha256 = ?", (digest,))
        return None if row is None else bool(row["gone"])

    def redacted(self, about: str) -> bool:
        """True where an entry says that these bytes, by hash, or this entry, by uid, were redacted."""
        return self.ledger.one("SELECT 1 FROM entry WHERE kind = 'redact' AND about = ?", (about,)) is not None

    def put_blob(self, data: bytes) -> str:
        """Keeps bytes under their SHA-256; Refused where they were redacted."""
        digest = hashlib.sha256(data).hexdigest()
        if (gone := self._is_gone(digest)) is None:
            self._lots.run(Insert("blob", {"sha256": digest, "size": len(data), "bytes": data}))
        elif gone:
            raise Refused(
                "these very bytes were redacted from this ledger", hint="claims log --json shows by whom and why"
            )
        return digest

    def index_new(self) -> None:
        """Brings the search index up to the rows written since the last call."""
        if EntryKind.CLAIM in self._kinds and self._words is None:
            self.ledger.engine.index_claims(self.ledger.db, "WHERE docid >= ?", (self._indexed,))
        elif self._words:
            self.ledger.engine.index_rows(self.ledger.db, self._words)
            self._words = []
        if EntryKind.CAPTURE in self._kinds:
            texts.index(self.ledger, since=self._indexed)
        self._indexed = self.size
        self._kinds.clear()

    def _node(self, level: int, index: int) -> bytes:
        if (known := self._edge.get((level, index))) is None:
            known = self._edge[level, index] = node(self.ledger, level, index)
        return known


def _with_words(words: list[Searched], number: int, draft: ClaimDraft, title: str | None) -> list[Searched] | None:
    """These rows and that of one claim more, as the view `searchable` gives it; None for too many, or where it is not known."""
    if title is None or len(words) >= MOST_MADE:
        return None
    words.append((number, (draft.exact, draft.says or "", title, f"{draft.prefix} {draft.suffix}")))
    return words


def grow(edge: Edge, size: int, made: list[tuple[int, int, bytes]]) -> Iterator[Insert]:
    """The tree nodes that entry number `size` completed, as rows; `edge` keeps only those still to be joined."""
    for level, index, digest in made:
        if level:
            yield Insert("node", {"level": level, "idx": index, "hash": digest})
            edge.pop((level - 1, (size >> (level - 1)) - 1), None)
    level, index, digest = made[-1]
    edge[level, index] = digest


def encode_body(draft: Any, login: str | None = None) -> tuple[Any, bytes]:
    """The canonical bytes of a body with a fresh salt, and the draft as it reads in them; BadInput for what is too large."""
    salt = secrets.token_hex(16)
    spelt = spell(draft, salt, login)
    if spelt is not None and len(spelt[1]) <= VALUE_LIMIT:  # none of its values can be longer
        return spelt
    body = merkle.canonical(_compact(draft) | {"salt": salt} | ({"login": login} if login else {}))
    if len(body) >= ENTRY_LIMIT - 1024:
        raise BadInput(f"too long for one entry: {len(body):,} bytes", hint="keep long texts in a file and refer to it")
    return draft, body


def _compact(value: Any) -> Any:
    """Plain JSON data without the fields that are None, which is what they are when a body is read."""
    if isinstance(value, Struct):
        pairs = ((name, getattr(value, name)) for name in value.__struct_fields__)
        return {name: _compact(v) for name, v in pairs if v is not None}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, dict):
        return {k: _compact(v) for k, v in value.items()}
    if isinstance(value, tuple | list):
        return [_compact(v) for v in value]
    if isinstance(value, str) and len(value) > VALUE_LIMIT // 4 and len(value.encode()) > VALUE_LIMIT:
        raise BadInput(f"too long for one field: {len(value):,} characters", hint="keep long texts in a file")
    return value


def make_entry(*, seq: int, uid: str, actor: str, kind: EntryKind, about: str, batch: str, body: bytes) -> Entry:
    at = _now()
    digest = hashlib.sha256(body).digest()
    leaf = merkle.leaf_hash(
        leaf_data(uid=uid, at=at, actor=actor, kind=kind.value, about=about, batch=batch, body_hash=digest)
    )
    return Entry(seq, uid, at, actor, kind.value, about, batch, digest, body, leaf)


def _now() -> str:
    """The time to the microsecond, in UTC."""
    seconds, micro = divmod(time.time_ns() // 1000, 1_000_000)
    return f"{_second(seconds)}.{micro:06}Z"


@lru_cache(maxsize=1)
def _second(seconds: int) -> str:
    return datetime.fromtimestamp(seconds, UTC).isoformat()[:19]


class Leaf(Struct, gc=False):
    """What the tree commits to, its fields in the order of their names."""

    about: str
    actor: str
    at: str
    batch: str
    body: str
    kind: str
    uid: str
    v: int = 1


_encode_leaf = msgspec.json.Encoder().encode


def leaf_data(*, uid: str, at: str, actor: str, kind: str, about: str, batch: str, body_hash: bytes) -> bytes:
    """The bytes that the tree commits to for one entry (docs/log-format.md), made again by every verifier."""
    try:
        plain = "\0" not in "".join((uid, at, actor, kind, about, batch))
        if plain:  # the canonical spelling, five times as fast: the tests hold the two together
            return _encode_leaf(Leaf(about, actor, at, batch, body_hash.hex(), kind, uid))
    except (TypeError, UnicodeEncodeError):  # what was damaged; `canonical` finds the words
        pass
    return merkle.canonical(
        {
            "v": 1,
            "uid": uid,
            "at": at,
            "actor": actor,
            "kind": kind,
            "about": about,
            "batch": batch,
            "body": body_hash.hex(),
        }
    )


def holds(entry: Entry) -> bool:
    """True where an entry's hashes are those of its columns and its body."""
    body = entry.body is None or hashlib.sha256(entry.body).digest() == entry.body_hash
    return body and merkle.leaf_hash(leaf_of(entry)) == entry.leaf_hash


def leaf_of(entry: Entry) -> bytes:
    return leaf_data(
        uid=entry.uid, at=entry.recorded_at, actor=entry.actor, kind=entry.kind, about=entry.about, batch=entry.batch,
        body_hash=entry.body_hash,
    )  # fmt: skip


def head(ledger: Ledger) -> int:
    """How many entries the log has."""
    row = ledger.one("SELECT coalesce(max(seq), -1) + 1 AS size FROM entry")
    return int(row["size"]) if row else 0


EDGE = """
WITH RECURSIVE edge (level, size) AS (
    SELECT 0, coalesce(max(seq), -1) + 1 FROM entry UNION ALL SELECT level + 1, size / 2 FROM edge WHERE size > 1)
SELECT level, size, CASE level WHEN 0 THEN (SELECT leaf_hash FROM entry WHERE seq = size - 1)
                               ELSE (SELECT hash FROM node n WHERE n.level = edge.level AND idx = size - 1) END AS hash
FROM edge WHERE level = 0 OR size % 2 = 1 ORDER BY level"""
"""How many entries the log has, in the first row, and the roots at the right edge of its tree."""


def edge_of(ledger: Ledger) -> tuple[int, Edge]:
    """How many entries the log has, and the right edge of its tree as far as it is there."""
    rows = ledger.tuples(EDGE).fetchall()
    return rows[0][1], {
        (level, size - 1): bytes(found) for level, size, found in rows if size % 2 and found is not None
    }


OF_EVERY_BATCH = (Select(EDGE), highest("thing", "n", "letter", NUMBERED_BY["thing"]))
"""What every batch reads, or may."""


def node(ledger: Ledger, level: int, index: int) -> bytes:
    """The root of the complete subtree of 2^level leaves from index * 2^level."""
    if level == 0:
        row = ledger.one("SELECT leaf_hash AS hash FROM entry WHERE seq = ?", (index,))
    else:
        row = ledger.one("SELECT hash FROM node WHERE level = ? AND idx = ?", (level, index))
    if row is None:
        raise Tampered(f"the tree has a hole at level {level}, index {index}", hint="claims verify names the entry")
    return bytes(row["hash"])


def root(ledger: Ledger, size: int | None = None) -> bytes:
    """The root of the first `size` entries, of all by default."""
    size = head(ledger) if size is None else size
    return merkle.root_at(size, lambda level, index: node(ledger, level, index))


def entries(
    ledger: Ledger, *, since: int = 0, about: str | None = None, batch: str | None = None, kind: str | None = None
) -> Iterator[Entry]:
    """Entries in order: all, those about one thing, by whatever uid, those of one batch or of one kind."""
    chosen = {"batch": batch, "kind": kind}
    given = {name: value for name, value in chosen.items() if value is not None}
    params: list[int | str] = [since, *given.values()]
    where = ["seq >= ?", *(f"{name} = ?" for name in given)]
    if about is not None:
        where.append("about IN (SELECT ? UNION ALL SELECT uid FROM carried WHERE here = ?)")
        params += [about, about]
    for row in ledger.each(f"SELECT {COLUMNS} FROM entry WHERE {' AND '.join(where)} ORDER BY seq", params):
        yield entry_of(row)


def last_entry(ledger: Ledger, about: str) -> Entry:
    """The newest entry about a thing."""
    row = ledger.one(f"SELECT {COLUMNS} FROM entry WHERE about = ? ORDER BY seq DESC LIMIT 1", (about,))
    if row is None:
        raise Tampered(f"the log has no entry about {about}")
    return entry_of(row)


BATCHES = "SELECT batch FROM entry WHERE actor = ? AND body IS NOT NULL AND kind <> 'genesis' ORDER BY seq DESC"
REVERSED = """
SELECT u.redo, o.batch FROM entry e JOIN undone u ON u.by_entry = e.uid JOIN entry o ON o.uid = u.entry
WHERE e.batch = ? LIMIT 1"""
LAST_WORD = """
SELECT u.redo FROM entry e JOIN undone u ON u.entry = e.uid JOIN entry b ON b.uid = u.by_entry
WHERE e.batch = ? ORDER BY b.seq DESC LIMIT 1"""


def standing_batches(ledger: Ledger, actor: str) -> Iterator[str]:
    """The batches of an actor that stand and are no undo, the newest first."""
    for batch in _batches(ledger, actor):
        if ledger.one(REVERSED, (batch,)) is None and not _is_undone(ledger, batch):
            yield batch


def undone_batches(ledger: Ledger, actor: str) -> Iterator[tuple[str, str]]:
    """What an actor has undone since doing anything else, the last undone first: each batch with the one that undid it."""
    seen: set[str] = set()
    for batch in _batches(ledger, actor):
        if (found := ledger.one(REVERSED, (batch,))) is None:
            return
        if not found["redo"] and found["batch"] not in seen and _is_undone(ledger, found["batch"]):
            seen.add(found["batch"])
            yield found["batch"], batch


def _batches(ledger: Ledger, actor: str) -> Iterator[str]:
    seen: set[str] = set()
    for row in ledger.each(BATCHES, (actor,)):
        if row["batch"] not in seen:
            seen.add(row["batch"])
            yield row["batch"]


def _is_undone(ledger: Ledger, batch: str) -> bool:
    """True where the last word on a batch is an undo; it is undone as one, though some of its entries may stay."""
    word = ledger.one(LAST_WORD, (batch,))
    return word is not None and not word["redo"]


COLUMNS = ", ".join(Entry.__struct_fields__)


def entry_of(row: sqlite3.Row) -> Entry:
    """The entry in a row of these columns."""
    return Entry(*row)


def log_id(ledger: Ledger) -> str:
    """The random id that genesis gave this log."""
    first = next(entries(ledger), None)
    if first is None or first.body is None or first.kind != EntryKind.GENESIS:
        raise Tampered("the log does not begin with its genesis entry")
    return str(merkle.loads(first.body)["log"])


def blobs(ledger: Ledger) -> Iterator[tuple[str, int, bytes | None]]:
    """All kept bytes by their hash, with their size; None where they were redacted."""
    for row in ledger.each("SELECT sha256, size, bytes FROM blob ORDER BY sha256"):
        yield row["sha256"], row["size"], row["bytes"]


class Signed(NamedTuple):
    """A checkpoint that the ledger keeps; size and root repeat what its note says."""

    size: int
    root: str
    note: str


def checkpoints(ledger: Ledger) -> list[Signed]:
    """The checkpoints that the ledger keeps, the oldest first."""
    return [Signed(*row) for row in ledger.rows("SELECT size, root, note FROM checkpoint ORDER BY size, signed_at")]


def keep_checkpoint(ledger: Ledger, signed: Signed) -> None:
    """Keeps a checkpoint beside the log, inside the caller's transaction."""
    at = datetime.now(UTC).strftime("%Y-%m-%dT%H:%M:%S.%fZ")
    ledger.db.execute("INSERT INTO checkpoint (size, root, note, signed_at) VALUES (?, ?, ?, ?)", (*signed, at))
