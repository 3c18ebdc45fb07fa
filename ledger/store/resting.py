"""What rests on a thing, and how it stands now: what an undo asks before it takes something back."""

from __future__ import annotations

import json
from collections.abc import Container
from typing import Literal

from ledger.store.columns import RETRACTABLE
from ledger.store.connection import Ledger
from ledger.vocabulary import Letter

IN_USE = """
SELECT 1 FROM hop h JOIN thing t ON t.uid = h.claim WHERE h.source = ? AND t.retracted = 0
UNION ALL
SELECT 1 FROM article a JOIN claim c ON c.article = a.uid JOIN thing t ON t.uid = c.uid
WHERE a.publisher = ? AND t.retracted = 0
LIMIT 1"""

RESTING: dict[Letter, tuple[tuple[str, str], ...]] = {
    Letter.SOURCE: (
        ("claims name it", IN_USE),
        ("it publishes", "SELECT 1 FROM article a JOIN thing t ON t.uid = a.uid WHERE a.publisher = ? AND t.retracted = 0"),
        ("another was merged into it", "SELECT 1 FROM thing WHERE merged_into = ?"),
        ("it is tied to another", "SELECT 1 FROM relation WHERE (source = ? OR target = ?) AND retracted = 0"),
        ("it was asked", "SELECT 1 FROM request q JOIN thing t ON t.uid = q.uid WHERE q.source = ? AND t.retracted = 0"),
    ),
    Letter.ARTICLE: (
        ("claims of it stand", "SELECT 1 FROM claim c JOIN thing t ON t.uid = c.uid WHERE c.article = ? AND t.retracted = 0"),
    ),
    Letter.QUESTION: (
        (
            "claims are filed under it",
            "SELECT 1 FROM filing_view f JOIN thing t ON t.uid = f.claim WHERE f.question = ? AND t.retracted = 0",
        ),
        ("another was merged into it", "SELECT 1 FROM thing WHERE merged_into = ?"),
    ),
    Letter.REQUEST: (("there is a reply", "SELECT 1 FROM reply WHERE request = ? AND retracted = 0"),),
    Letter.SUGGESTION: (("it was judged since", "SELECT 1 FROM suggestion WHERE uid = ? AND state <> 'pending'"),),
}  # fmt: skip
"""By the letter of a thing: why it stays, and what finds that."""


def on_thing(ledger: Ledger, letter: Letter, uid: str) -> str | None:
    """Why a thing that nobody names any more would be missed; None where it would not."""
    for reason, sql in RESTING.get(letter, ()):
        if ledger.one(sql, (uid,) * sql.count("?")) is not None:
            return reason
    return None


def on_copy(ledger: Ledger, capture: str) -> str | None:
    """The same of a saved copy."""
    sql = "SELECT 1 FROM claim c JOIN thing t ON t.uid = c.uid WHERE c.capture = ? AND t.retracted = 0"
    return None if ledger.one(sql, (capture,)) is None else "claims stand in it"


NAMING = (
    "about = ?", "uid IN (SELECT uid FROM evidence WHERE target = ?)", "uid IN (SELECT uid FROM request WHERE target = ?)",
    "uid IN (SELECT uid FROM party WHERE question = ?)", "uid IN (SELECT uid FROM link WHERE b = ?)",
    "uid IN (SELECT uid FROM finding WHERE b = ?)", "uid IN (SELECT judgement FROM rests_on WHERE target = ?)",
)  # fmt: skip
"""How an entry names a thing: it is about it, or its body has it."""
LIFE = "('retract', 'restore', 'stay', 'redact', 'merge', 'split', 'judgement')"
OTHERS = " UNION ALL ".join(
    f"""SELECT uid, kind, actor FROM entry WHERE {naming} AND actor <> ? AND body IS NOT NULL AND kind NOT IN {LIFE}
        AND uid NOT IN (SELECT by_entry FROM undone WHERE by_entry = entry.uid)"""
    for naming in NAMING
)
LAST_WORD = """
SELECT u.redo FROM undone u JOIN entry e ON e.uid = u.by_entry WHERE u.entry = ? ORDER BY e.seq DESC LIMIT 1"""
CALLED = {
    "amend": "amendment",
    "file": "filing",
    "relate": "relation",
    "party": "word on a side",
    "work": "state of work",
}


def others_word(ledger: Ledger, uid: str, actor: str, *, besides: Container[str] = ()) -> str | None:
    """What somebody else said of a thing, and still says; None where nobody did, besides these entries."""
    for row in (row for row in ledger.rows(OTHERS, (uid, actor) * len(NAMING)) if row["uid"] not in besides):
        word = ledger.one(LAST_WORD, (row["uid"],))
        if (word is None or word["redo"]) and not is_retracted(ledger, row["uid"]):
            return f"the {CALLED.get(row['kind'], row['kind'])} by {row['actor']} rests on it"
    return None


UNDONE = ""
"""Why a thing is retracted whose making was undone."""


def retracted_because(ledger: Ledger, uid: str) -> str | None:
    """Why a thing is retracted, as whoever did it said; UNDONE where that was an undo, None where it stands."""
    if not is_retracted(ledger, uid):
        return None
    sql = "SELECT uid, body FROM entry WHERE about = ? AND kind = 'retract' ORDER BY seq DESC LIMIT 1"
    row = ledger.one(sql, (uid,))
    body = json.loads(row["body"]) if row and row["body"] else {}
    return UNDONE if body.get("undoes") else str(body.get("because") or "redacted")


def is_retracted(ledger: Ledger, uid: str) -> bool:
    """True where a thing, or an entry that is no thing, was taken back."""
    tables = ("thing", *RETRACTABLE)
    sql = " UNION ALL ".join(f"SELECT 1 FROM {table} WHERE uid = ? AND retracted = 1" for table in tables)
    return ledger.one(sql, (uid,) * len(tables)) is not None


def stands(ledger: Ledger, uid: str) -> bool:
    """True for a thing that was not retracted, redacted or merged."""
    sql = "SELECT 1 FROM thing WHERE uid = ? AND retracted = 0 AND redacted = 0 AND merged_into IS NULL"
    return ledger.one(sql, (uid,)) is not None


def filed_under(ledger: Ledger, claim: str, question: str) -> list[str]:
    """Where a claim is filed of a question and those that are one with it."""
    sql = """SELECT f.question FROM thing q JOIN thing m ON m.stays = q.stays JOIN filing f ON f.question = m.uid
             WHERE q.uid = ? AND f.claim = ? ORDER BY f.seq"""
    return [row["question"] for row in ledger.rows(sql, (question, claim))]


def is_tagged(ledger: Ledger, about: str, tag: str) -> bool:
    return ledger.one("SELECT 1 FROM tag WHERE about = ? AND tag = ?", (about, tag)) is not None


def alias_seq(ledger: Ledger, source: str, folded: str) -> int | None:
    """The number of the entry that gave a source this name; None where it has it not."""
    row = ledger.one("SELECT seq FROM alias WHERE source = ? AND folded = ?", (source, folded))
    return None if row is None else int(row["seq"])


def merged_into(ledger: Ledger, uid: str) -> str | None:
    """The uid of what a thing was merged into; None where it was not."""
    row = ledger.one("SELECT merged_into FROM thing WHERE uid = ?", (uid,))
    return None if row is None else row["merged_into"]


def family(ledger: Ledger, uid: str) -> tuple[str, ...]:
    """What was merged into a thing, directly or not."""
    rows = ledger.rows("SELECT uid FROM thing WHERE merged_into = ? ORDER BY seq", (uid,))
    return tuple(name for row in rows for name in (row["uid"], *family(ledger, row["uid"])))


def value_of(ledger: Ledger, about: str, field: str) -> str | None:
    """What a field of one's own, also one that was taken back, holds for a thing."""
    row = ledger.one("SELECT value FROM field_value WHERE about = ? AND field = ?", (about, field))
    return None if row is None else str(row["value"])


def values_of(ledger: Ledger, field: str) -> list[tuple[str, str]]:
    """The things, by id, that have a value of a field of one's own, each with the value."""
    sql = """SELECT t.letter || t.n AS id, v.value FROM field_value v JOIN thing t ON t.uid = v.about
             WHERE v.field = ? ORDER BY v.seq"""
    return [(row["id"], row["value"]) for row in ledger.rows(sql, (field,))]


def namesake(ledger: Ledger, table: Literal["field", "template"], uid: str, folded: str | None = None) -> bool:
    """True where another field of one's own, or template, that stands has this name, or the one that it had itself."""
    sql = f"""SELECT 1 FROM {table} WHERE retracted = 0 AND uid <> ?
              AND folded = coalesce(?, (SELECT folded FROM {table} WHERE uid = ?))"""
    return ledger.one(sql, (uid, folded, uid)) is not None
