"""What of a ledger may be in another one too: its standing things, with that by which they are recognised."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from typing import NamedTuple

from ledger.store.connection import Ledger

STANDS = "t.retracted = 0 AND t.redacted = 0 AND t.merged_into IS NULL"


class Known(NamedTuple):
    """A thing by its uid, and what it is known by."""

    uid: str
    by: tuple[str | None, ...]


def source_names(ledger: Ledger) -> dict[str, set[str]]:
    """The folded names of each source that stands, those of what was merged into it too.

    Sources whose names are protected are left out: their handles are a house's own.
    """
    sql = f"""SELECT t.uid, a.folded FROM thing t JOIN source s ON s.uid = t.uid JOIN thing m ON m.stays = t.uid
              JOIN alias a ON a.source = m.uid WHERE {STANDS} AND s.protected = 0"""
    found: dict[str, set[str]] = defaultdict(set)
    for row in ledger.each(sql):
        found[row["uid"]].add(row["folded"])
    return found


class Printed(NamedTuple):
    """An article that stands, with the hashes of its saved texts."""

    uid: str
    identity: str
    url: str | None
    publisher: str | None
    texts: frozenset[str]


def articles(ledger: Ledger) -> list[Printed]:
    """The articles that stand, in the order of the log."""
    texts: dict[str, set[str]] = defaultdict(set)
    for row in ledger.each("SELECT article, text FROM capture WHERE retracted = 0"):
        texts[row["article"]].add(row["text"])
    sql = f"""SELECT a.uid, a.identity, a.url, a.publisher FROM article a JOIN thing t ON t.uid = a.uid
              WHERE {STANDS} ORDER BY t.seq"""
    found = ledger.tuples(sql)
    return [Printed(uid, identity, url, publisher, frozenset(texts[uid])) for uid, identity, url, publisher in found]


THINGS = {
    "capture": "SELECT uid, article, raw, text FROM capture WHERE retracted = 0 ORDER BY seq",
    "question": f"SELECT q.uid, q.folded FROM question q JOIN thing t ON t.uid = q.uid WHERE {STANDS} ORDER BY t.seq",
    "field": "SELECT uid, folded, on_, type, choices FROM field WHERE retracted = 0 ORDER BY seq",
    "template": "SELECT uid, folded FROM template WHERE retracted = 0 ORDER BY seq",
    "suggestion": f"""SELECT s.uid, s.kind, s.target, s.proposal FROM suggestion s JOIN thing t ON t.uid = s.uid
                      WHERE {STANDS} ORDER BY t.seq""",
    "claim": f"""SELECT c.uid, c.article, c.exact, c.prefix, c.suffix, c.cite, c.says FROM claim c
                 JOIN thing t ON t.uid = c.uid WHERE {STANDS} ORDER BY t.seq""",
}  # fmt: skip
"""What stands of each kind, by its uid, with what it is known by, in the order of the log."""


def standing(ledger: Ledger, kind: str) -> Iterator[Known]:
    """What stands of a kind of `THINGS`."""
    for uid, *by in ledger.tuples(THINGS[kind]):
        yield Known(uid, tuple(by))


def entry_uids(ledger: Ledger) -> set[str]:
    """The uids of all entries."""
    return {uid for (uid,) in ledger.tuples("SELECT uid FROM entry")}


def leaf_hashes(ledger: Ledger, since: int, size: int) -> list[bytes]:
    """The leaf hashes of a stretch of the log."""
    rows = ledger.tuples("SELECT leaf_hash FROM entry WHERE seq >= ? AND seq < ? ORDER BY seq", (since, size))
    return [bytes(leaf) for (leaf,) in rows]


def taken_back(ledger: Ledger) -> set[str]:
    """The batches in which what another log had brought was taken back, or done again; they concern this ledger alone."""
    sql = """SELECT b.batch FROM entry c JOIN undone u ON u.entry = c.uid JOIN entry b ON b.uid = u.by_entry
             WHERE c.kind = 'carry'"""
    return {batch for (batch,) in ledger.tuples(sql)}


def lost(ledger: Ledger) -> dict[str, str]:
    """What of entries that came over does not count here, as JSON text by their uids."""
    return dict(tuple(row) for row in ledger.tuples("SELECT uid, left_ FROM carried WHERE left_ <> '[]'"))


def kept(ledger: Ledger, digest: str) -> tuple[int, bytes | None] | None:
    """The size of kept bytes and the bytes; these are None where they were redacted."""
    row = ledger.one("SELECT size, bytes FROM blob WHERE sha256 = ?", (digest,))
    return None if row is None else (row["size"], row["bytes"])


def rules(ledger: Ledger, beginning: str) -> dict[str, str]:
    """The rules whose names begin so, by name."""
    found = ledger.tuples("SELECT name, value FROM policy")
    return {name: value for name, value in found if name.startswith(beginning)}
