"""Damage done to a ledger's file, and the verdict on what came of it."""

from __future__ import annotations

import contextlib
import random
import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import sample

from ledger import audit, keys, redaction, reports, store
from ledger import records as r
from ledger.crossref import candidates
from ledger.errors import ClaimsError
from ledger.reports import gathering
from ledger.store import read, search, texts
from ledger.text import shingles

PAGE = 4096
QUERIES = ("boats left Marsala", "noon", "harbour office", "sixty")


def grown(folder: Path) -> Path:
    """A ledger that has lived: several batches, a redaction, a checkpoint; all of it in the one file."""
    place = folder / "l.db"
    sample.build(place)
    with store.open_ledger(place) as ledger:
        for _ in range(2):
            sample.fill(ledger)
        redaction.redact(ledger, "C4", because="an order", actor="editor")
        audit.checkpoint(ledger, keys.create(folder / "key.pem"))
    (folder / "l.db.checkpoint").rename(folder / "kept.checkpoint")
    return place


def told(ledger: store.Ledger) -> Any:
    """Everything that a reader of the ledger is told: entries, claims, questions and their answers, search results."""
    return [
        [tuple(getattr(e, name) for name in r.Entry.__struct_fields__) for e in store.entries(ledger)],
        [r.plain(c) for c in read.claims(ledger)],
        [r.plain(a) for a in read.articles(ledger)],
        [r.plain(s) for s in read.sources(ledger)],
        [[r.plain(q), r.plain(read.judgements(ledger, q.uid, read.EntryKind.ANSWER))] for q in read.questions(ledger)],
        [tuple(row) for row in ledger.rows("SELECT * FROM answer_view ORDER BY question, n")],
        [[r.plain(hit) for hit in search.search(ledger, query)] for query in QUERIES],
        [tuple(row) for row in ledger.rows("SELECT * FROM blob ORDER BY sha256")],
    ]


def ranked(ledger: store.Ledger) -> Any:
    """What the rows of the indexes decide: what is found and in which order, by people and by cross-reference; a report."""
    report = gathering.gather(ledger, ["Q1"], generated_at="2026-03-01T00:00:00Z")
    return [
        [[r.plain(hit) for hit in search.search(ledger, query)] for query in QUERIES],
        [search.candidates(ledger, query.split(), limit=5) for query in QUERIES],
        [texts.find(ledger, query.split(), limit=5) for query in QUERIES],
        [
            (texts.frequency(ledger, query.split()), search.document_frequencies(ledger, query.split()))
            for query in QUERIES
        ],
        [[(m.score, m.reasons) for _, m in candidates.Matcher(ledger).claims(c)] for c in read.claims(ledger)],
        [sorted(texts.sharing(ledger, shingles.fingerprints(sample.FIRST)))],
        reports.write(report, "md"),
    ]


PARTS = (("data", "id", "block"), ("idx", "term", "pgno"), ("docsize", "id", "sz"), ("config", "k", "v"))
INDEXES = [(f"{index}_{part}", *columns) for index in ("search", "search_texts") for part, *columns in PARTS]
INDEXES += [("fingerprint", "rowid", "hash"), ("fingerprint", "rowid", "capture")]
"""Tables that searches read and nobody logs: what stands in them is made from claims and texts."""


def misindexed(place: Path, chance: random.Random, *, swap: bool) -> str:
    """One bit flipped in a row of an index, or two rows swapped; says where."""
    with contextlib.closing(sqlite3.connect(place, isolation_level=None)) as db:
        table, key, value = chance.choice(INDEXES)
        rows = db.execute(f"SELECT {key}, {value} FROM {table}").fetchall()
        (a, x), (b, y) = chance.choice(rows), chance.choice(rows)
        for new, at in [(y, a), (x, b)] if swap else [(_other(x, chance), a)]:
            db.execute(f"UPDATE OR IGNORE {table} SET {value} = ? WHERE {key} = ?", (new, at))
        if table.endswith("_config") and not swap:  # such a row says what the rank of a hit is
            db.execute(f"INSERT OR REPLACE INTO {table} VALUES ('rank', 'bm25(0.0, 0.0, 9.0)')")
    return f"{table} {a}"


def _other(value: Any, chance: random.Random) -> Any:
    if isinstance(value, int):
        return value ^ 1 << chance.randrange(62)
    data = value.encode() if isinstance(value, str) else value
    if not data:
        return b"\x01"
    made = flipped(data, chance.randrange(len(data) * 8))
    return made.decode("latin-1") if isinstance(value, str) else made


def ranked_verdict(place: Path, before: Any) -> str:
    """What became of a ledger with a wrong index: searches refuse, or give the same, or verify names it; or it is UNSEEN."""
    with store.open_ledger(place, store.Open.READ) as ledger:
        try:
            if ranked(ledger) == before:
                return "same"
        except ClaimsError:
            return "refused"
    with store.open_ledger(place) as ledger:  # the engine checks an index only where it may write
        return "UNSEEN" if audit.verify(ledger).ok else "named"


def verdict(place: Path, before: Any, *, against: Path | None = None) -> str:
    """What became of a damaged ledger: refused when opened, named by verify, the same as before, or changed UNSEEN."""
    try:
        ledger = store.open_ledger(place, store.Open.READ)
    except ClaimsError:
        return "refused"
    with ledger:
        if not audit.verify(ledger, against=against).ok:
            return "named"
        try:
            return "same" if told(ledger) == before else "UNSEEN"
        except ClaimsError:
            return "UNSEEN"


def flipped(data: bytes, bit: int) -> bytes:
    damaged = bytearray(data)
    damaged[bit // 8] ^= 1 << bit % 8
    return bytes(damaged)


def flips(data: bytes, count: int, chance: random.Random) -> Iterator[bytes]:
    """The file with one bit flipped: half of the times anywhere, half where something is written."""
    written = [n for n, byte in enumerate(data) if byte]
    for n in range(count):
        at = chance.randrange(len(data)) if n % 2 else chance.choice(written)
        yield flipped(data, at * 8 + chance.randrange(8))


def upheavals(data: bytes, count: int, chance: random.Random) -> Iterator[bytes]:
    """The file with two pages swapped, one copied over another, one emptied, or its end cut off."""
    pages = [data[at : at + PAGE] for at in range(0, len(data), PAGE)]
    for n in range(count):
        a, b = chance.sample(range(len(pages)), 2)
        changed = list(pages)
        if n % 5 < 2:
            changed[a], changed[b] = changed[b], changed[a]
        elif n % 5 == 2:
            changed[a] = changed[b]
        elif n % 5 == 3:
            changed[a] = bytes(PAGE)
        else:
            yield data[: chance.choice([a * PAGE, chance.randrange(len(data))])]
            continue
        yield b"".join(changed)
