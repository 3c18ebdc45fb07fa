"""Ways to rewrite a ledger's history with SQL, by somebody who has the file and knows how it is made.

REFUSED: what the database itself refuses. NAMED: what only shows when the ledger is verified, with the words that name it;
the forger drops the rules first and puts them back afterwards, so that the rules themselves look untouched.
"""

from __future__ import annotations

import hashlib
import re
import sqlite3
from collections.abc import Callable

from ledger import merkle
from ledger.store import leaf_data

Forgery = str | Callable[[sqlite3.Connection], None]

ROW = "seq, uid, recorded_at, actor, kind, about, batch, body_hash, body, leaf_hash"
NEXT = "(SELECT max(seq) + 1 FROM entry)"
FAKE = "lower(hex(randomblob(16)))"


def again(verb: str, *, seq: str = "seq", uid: str = "uid", body: str = "body", then: str = "") -> str:
    """Puts a copy of entry 5 into the log, some of its columns other than they were."""
    columns = ROW.replace("seq, uid", f"{seq}, {uid}").replace(" body,", f" {body},")
    return f"{verb} INTO entry ({ROW}) SELECT {columns} FROM entry WHERE seq = 5 {then}"


REFUSED = {
    "edit a body": "UPDATE entry SET body = x'7b7d' WHERE seq = 5",
    "edit a hash": "UPDATE entry SET body_hash = zeroblob(32) WHERE seq = 5",
    "edit an actor": "UPDATE entry SET actor = 'eve' WHERE seq = 5",
    "edit a time": "UPDATE entry SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 5",
    "edit all": "UPDATE entry SET batch = batch",
    "move an entry": "UPDATE entry SET seq = 99 WHERE seq = 5",
    "move by rowid": "UPDATE entry SET rowid = 99 WHERE rowid = 5",
    "move over another": "UPDATE OR REPLACE entry SET seq = 6 WHERE seq = 5",
    "blank without a redaction": "UPDATE entry SET body = NULL WHERE seq = 5",
    "blank the genesis": "UPDATE entry SET body = NULL WHERE seq = 0",
    "delete the last": "DELETE FROM entry WHERE seq = (SELECT max(seq) FROM entry)",
    "delete one": "DELETE FROM entry WHERE seq = 5",
    "delete all": "DELETE FROM entry",
    "replace an entry": again("REPLACE"),
    "insert or replace": again("INSERT OR REPLACE", body="x'7b7d'"),
    "replace by uid": again("REPLACE", seq=NEXT),
    "upsert by number": again("INSERT", then="ON CONFLICT (seq) DO UPDATE SET actor = 'eve'"),
    "upsert by uid": again("INSERT", then="ON CONFLICT (uid) DO UPDATE SET actor = 'eve'"),
    "insert or ignore a gap": again("INSERT OR IGNORE", seq="99", uid=FAKE),
    "leave a gap": again("INSERT", seq=f"{NEXT} + 1", uid=FAKE),
    "insert before the first": again("INSERT", seq="-1", uid=FAKE),
    "insert with no number": again("INSERT", seq="NULL", uid=FAKE),
    "edit kept bytes": "UPDATE blob SET bytes = x'00'",
    "blank kept bytes": "UPDATE blob SET bytes = NULL",
    "rename kept bytes": "UPDATE blob SET sha256 = lower(hex(zeroblob(32))) WHERE rowid = 1",
    "delete kept bytes": "DELETE FROM blob WHERE rowid = 1",
    "replace kept bytes": "REPLACE INTO blob SELECT sha256, size, x'00' FROM blob",
    "upsert kept bytes": "INSERT INTO blob SELECT * FROM blob WHERE 1 ON CONFLICT (sha256) DO UPDATE SET bytes = x'00'",
    "edit a checkpoint": "UPDATE checkpoint SET root = lower(hex(zeroblob(32)))",
    "delete a checkpoint": "DELETE FROM checkpoint",
    "replace a checkpoint": "REPLACE INTO checkpoint SELECT * FROM checkpoint",
    "an older checkpoint": "INSERT INTO checkpoint SELECT 1, root, 'a note', '2020' FROM checkpoint",
}  # fmt: skip


def rehash(db: sqlite3.Connection, seq: int, *, leaf: bool = True) -> None:
    """Makes the hashes of one entry fit its columns again."""
    columns = "uid, recorded_at, actor, kind, about, batch, body, body_hash"
    uid, at, actor, kind, about, batch, body, digest = db.execute(
        f"SELECT {columns} FROM entry WHERE seq = ?", (seq,)
    ).fetchone()
    digest = digest if body is None else hashlib.sha256(body).digest()
    db.execute("UPDATE entry SET body_hash = ? WHERE seq = ?", (digest, seq))
    if leaf:
        data = leaf_data(uid=uid, at=at, actor=actor, kind=kind, about=about, batch=batch, body_hash=digest)
        db.execute("UPDATE entry SET leaf_hash = ? WHERE seq = ?", (merkle.leaf_hash(data), seq))


def regrow(db: sqlite3.Connection) -> None:
    """Makes all nodes of the tree fit the leaves again."""
    db.execute("DELETE FROM node")
    known: dict[tuple[int, int], bytes] = {}
    for size, (leaf,) in enumerate(db.execute("SELECT leaf_hash FROM entry ORDER BY seq").fetchall()):
        for level, index, digest in merkle.append_nodes(size, leaf, lambda level, index: known[level, index]):
            known[level, index] = digest
            if level:
                db.execute("INSERT INTO node VALUES (?, ?, ?)", (level, index, digest))


def set_body(db: sqlite3.Connection, seq: int, old: str, new: str) -> None:
    db.execute("UPDATE entry SET body = CAST(replace(CAST(body AS TEXT), ?, ?) AS BLOB) WHERE seq = ?", (old, new, seq))


def reworded(db: sqlite3.Connection) -> None:
    set_body(db, 5, "at least 40 boats", "at least 90 boats")


def reworded_and_hashed(db: sqlite3.Connection) -> None:
    reworded(db)
    rehash(db, 5, leaf=False)


def reworded_and_leafed(db: sqlite3.Connection) -> None:
    reworded(db)
    rehash(db, 5)


def reworded_and_regrown(db: sqlite3.Connection) -> None:
    reworded_and_leafed(db)
    regrow(db)


def reworded_everywhere(db: sqlite3.Connection) -> None:
    """All that can be made to fit without the signing key: only a checkpoint tells."""
    set_body(db, 12, "How many boats left?", "How many ships left?")
    rehash(db, 12)
    regrow(db)
    db.execute("UPDATE question SET text = 'How many ships left?'")


def reordered(db: sqlite3.Connection) -> None:
    for sql in ("SET seq = -1 WHERE seq = 5", "SET seq = 5 WHERE seq = 6", "SET seq = 6 WHERE seq = -1"):
        db.execute(f"UPDATE entry {sql}")


def swapped_bodies(db: sqlite3.Connection) -> None:
    (body,) = db.execute("SELECT body FROM entry WHERE seq = 6").fetchone()
    db.execute("UPDATE entry SET body = (SELECT body FROM entry WHERE seq = 5) WHERE seq = 6")
    db.execute("UPDATE entry SET body = ? WHERE seq = 5", (body,))


def cut(db: sqlite3.Connection) -> None:
    db.execute("DELETE FROM entry WHERE seq >= 20")


def cut_cleanly(db: sqlite3.Connection) -> None:
    """The end of the log gone, with all that was derived from it."""
    db.execute("DELETE FROM entry WHERE seq >= 21")
    regrow(db)
    db.execute("DELETE FROM work")
    db.execute("UPDATE claim SET says = NULL")
    db.execute("INSERT INTO search (search) VALUES ('rebuild')")


def taken_out(db: sqlite3.Connection) -> None:
    """One entry out of the middle, the later ones moved up."""
    db.execute("DELETE FROM entry WHERE seq = 16")
    db.execute("UPDATE entry SET seq = seq - 1 WHERE seq > 16")
    regrow(db)


def made_up(db: sqlite3.Connection) -> None:
    db.execute(again("INSERT", seq=NEXT, uid=FAKE))


def spelt_otherwise(db: sqlite3.Connection) -> None:
    set_body(db, 16, ",", ", ")
    rehash(db, 16)
    regrow(db)


def key_twice(db: sqlite3.Connection) -> None:
    set_body(db, 16, "{", '{"value":"no",')
    rehash(db, 16)
    regrow(db)


def of_no_kind(db: sqlite3.Connection) -> None:
    db.execute("UPDATE entry SET kind = 'verdict' WHERE seq = 20")
    rehash(db, 20)
    regrow(db)


def two_beginnings(db: sqlite3.Connection) -> None:
    db.execute("UPDATE entry SET kind = 'genesis', body = (SELECT body FROM entry WHERE seq = 0) WHERE seq = 20")
    rehash(db, 20)
    regrow(db)


def moved_anchor(db: sqlite3.Connection) -> None:
    """The words of a claim changed in the log, the tree and the table alike: its saved copy still tells."""
    reworded_and_regrown(db)
    db.execute("UPDATE claim SET exact = replace(exact, '40', '90')")


def misquoted(db: sqlite3.Connection) -> None:
    db.execute(
        "UPDATE checkpoint SET note = replace(note, char(10) || size || char(10), char(10) || (size - 1) || char(10))"
    )


def silent_rule(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA writable_schema = ON")
    db.execute("UPDATE sqlite_master SET sql = replace(sql, 'ON entry', 'ON entry WHEN 0') WHERE name = 'entry_kept'")
    db.execute("PRAGMA writable_schema = RESET")


def vanished_rule(db: sqlite3.Connection) -> None:
    db.execute("PRAGMA writable_schema = ON")
    db.execute("DELETE FROM sqlite_master WHERE name = 'blob_kept'")
    db.execute("PRAGMA writable_schema = RESET")


def crossed_tables(db: sqlite3.Connection) -> None:
    """Two tables of the same shape made to read each other's pages."""
    db.execute("PRAGMA writable_schema = ON")
    (a,), (b,) = (
        db.execute("SELECT rootpage FROM sqlite_master WHERE name = ?", (n,)).fetchone() for n in ("link", "note")
    )
    db.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = 'link'", (b,))
    db.execute("UPDATE sqlite_master SET rootpage = ? WHERE name = 'note'", (a,))
    db.execute("PRAGMA writable_schema = RESET")


NAMED: dict[str, tuple[Forgery, str]] = {
    "body": (reworded, "entry 5 is not what was logged: its body has another hash"),
    "body and hash": (reworded_and_hashed, "entry 5 is not what was logged: its columns"),
    "body and leaf": (reworded_and_leafed, "over entries 4 to 5"),
    "body, leaf and tree": (reworded_and_regrown, "does not stand in its saved copy"),
    "body, leaf, tree and table": (moved_anchor, "the claim of entry 5 does not stand in its saved copy"),
    "everything but the signature": (reworded_everywhere, "forked: entries 0 to 22"),
    "actor": ("UPDATE entry SET actor = 'eve' WHERE seq = 7", "entry 7 is not what was logged"),
    "time": ("UPDATE entry SET recorded_at = '2020-01-01T00:00:00.000000Z' WHERE seq = 7", "entry 7 is not"),
    "uid": (f"UPDATE entry SET uid = {FAKE} WHERE seq = 20", "entry 20 is not what was logged"),
    "about": ("UPDATE entry SET about = (SELECT uid FROM entry WHERE seq = 6) WHERE seq = 16", "entry 16 is not"),
    "batch": (f"UPDATE entry SET batch = {FAKE} WHERE seq = 16", "entry 16 is not what was logged"),
    "kind": ("UPDATE entry SET kind = 'note' WHERE seq = 16", "entry 16 is not what was logged"),
    "order": (reordered, "over entries 4 to 5"),
    "swapped bodies": (swapped_bodies, "entry 5 is not what was logged"),
    "blanked": ("UPDATE entry SET body = NULL WHERE seq = 16", "entry 16 has no body, and no redaction entry says why"),
    "cut off": (cut, "table node has a row that the log does not give: level 1, idx 10, over entries 20 to 21"),
    "cut off cleanly": (cut_cleanly, "2 are gone, from entry 21 on"),
    "gap": ("DELETE FROM entry WHERE seq = 16", "entry 16 is missing"),
    "taken out": (taken_out, "rolled back: the checkpoint in l.db.checkpoint was signed over 23 entries, the log has 22"),
    "emptied": ("DELETE FROM entry", "the log is empty"),
    "blank entry added": (again("INSERT", seq=NEXT, uid=FAKE, body="NULL"), "entry 23 has no body, and no redaction"),
    "made up": (made_up, "entry 23 is not what was logged"),
    "spelt otherwise": (spelt_otherwise, "entry 16 is not spelt canonically"),
    "a key twice": (key_twice, "entry 16 cannot be read: the key 'value' stands twice"),
    "no kind": (of_no_kind, "entry 20 is of an unknown kind: 'verdict'"),
    "two beginnings": (two_beginnings, "genesis is the first entry and no other"),
    "kept bytes": ("UPDATE blob SET bytes = CAST('x' AS BLOB) WHERE rowid = 1", "of entry 4 are not those that were kept"),
    "kept size": ("UPDATE blob SET size = size + 1 WHERE rowid = 1", "of entry 4 are not those that were kept"),
    "kept bytes gone": ("UPDATE blob SET bytes = NULL WHERE rowid = 2", "of entry 4 are gone, and no redaction"),
    "kept bytes deleted": ("DELETE FROM blob WHERE rowid = 2", "that entry 4 names are missing"),
    "words of a claim": ("UPDATE claim SET exact = 'x' WHERE rowid = 1", "(entry 5): exact is not what the log gives"),
    "place of a claim": ("UPDATE claim SET start_at = 0 WHERE rowid = 2", "(entry 6): start_at is not"),
    "figure": ("UPDATE quantity SET low = '90'", "position 1 (entry"),
    "bound": ("UPDATE quantity SET low_inclusive = 0", "low_inclusive is not what the log gives"),
    "source in a chain": ("UPDATE hop SET source = (SELECT uid FROM entry WHERE seq = 1)", "source is not what"),
    "name of a source": ("UPDATE source SET name = 'Nobody' WHERE rowid = 2", "(entry 2): name is not"),
    "alias": ("DELETE FROM alias WHERE folded = 'the harbour office'", "table alias lacks a row that the log gives"),
    "filing": ("DELETE FROM filing WHERE seq = 14", "table filing lacks a row"),
    "link made up": (
        "INSERT INTO link SELECT uid, uid, uid, 'repeats', 'x', 'eve', '2026', 5, 0 FROM claim LIMIT 1",
        "table link has a row that the log does not give",
    ),
    "rating": ("UPDATE judgement SET value = 'refuted' WHERE kind = 'rating'", "(entry 17): value is not"),
    "what a rating rests on": ("DELETE FROM rests_on", "table rests_on lacks a row"),
    "state": ("UPDATE work SET state = 'published'", "state is not what the log gives"),
    "tag": ("UPDATE tag SET tag = 'land'", "table tag"),
    "note": ("UPDATE note SET internal = 0", "(entry 19): internal is not what the log gives"),
    "ids swapped": ("UPDATE thing SET n = 9 WHERE letter = 'C' AND n = 1", "(entry 5): n is not what the log gives"),
    "retracted": ("UPDATE thing SET retracted = 1 WHERE letter = 'C'", "retracted is not what the log gives"),
    "another copy": ("UPDATE capture SET text = raw", "text is not what the log gives"),
    "publisher": ("UPDATE article SET publisher = (SELECT uid FROM entry WHERE seq = 2)", "publisher is not"),
    "suggestion": ("UPDATE suggestion SET state = 'rejected'", "state is not what the log gives"),
    "node": ("UPDATE node SET hash = zeroblob(32) WHERE level = 1 AND idx = 2", "over entries 4 to 5: hash is not"),
    "searched words": (
        "INSERT INTO search (search, rowid, exact, says, title, context) "
        "SELECT 'delete', docid, exact, says, title, context FROM searchable WHERE docid = 5; "
        "INSERT INTO search (rowid, exact, says, title, context) VALUES (5, 'x', '', '', '')",
        "the search index does not fit its rows",
    ),
    "search index": ("INSERT INTO search (search) VALUES ('delete-all')", "the search index does not fit its rows"),
    "text index": ("INSERT INTO search_texts (search_texts) VALUES ('delete-all')", "the index over the saved texts does not"),
    "texts indexed under one another": (
        "INSERT INTO search_texts (search_texts) VALUES ('delete-all'); "
        "INSERT INTO search_texts (rowid, text) SELECT (SELECT max(o.seq) FROM capture o WHERE o.seq <> c.seq), "
        "CAST(b.bytes AS TEXT) FROM capture c JOIN blob b ON b.sha256 = c.text",
        "the index over the saved texts does not",
    ),
    "fingerprint": ("DELETE FROM fingerprint WHERE capture = 4", "table fingerprint lacks a row that the log gives"),
    "checkpoint": ("UPDATE checkpoint SET size = 3, root = lower(hex(zeroblob(32)))", "is not what its note says"),
    "checkpoint's note": (misquoted, "signature is not that of"),
    "rule dropped": ("DROP TRIGGER entry_kept", "the trigger entry_kept was dropped"),
    "rule silenced": (silent_rule, "the trigger entry_kept was altered"),
    "rule taken out of the schema": (vanished_rule, "the trigger blob_kept was dropped"),
    "rule added": ("CREATE TRIGGER eve AFTER INSERT ON note BEGIN DELETE FROM note; END", "a trigger eve that does not belong"),
    "view": ("DROP VIEW claim_view; CREATE VIEW claim_view AS SELECT 1 AS id", "the view claim_view was altered"),
    "index": ("DROP INDEX alias_folded", "the index alias_folded was dropped"),
    "tables crossed": (crossed_tables, "the file is damaged: "),
    "setting": ("INSERT INTO setting VALUES ('trust', 'me')", "the table setting was altered"),
}  # fmt: skip


def _worded(name: str, old: str, new: str) -> Forgery:
    """Other words in the statement of a rule, in the file's own schema."""

    def forgery(db: sqlite3.Connection) -> None:
        (sql,) = db.execute("SELECT sql FROM sqlite_schema WHERE name = ?", (name,)).fetchone()
        assert old in sql
        db.execute("PRAGMA writable_schema = ON")
        db.execute("UPDATE sqlite_schema SET sql = ? WHERE name = ?", (sql.replace(old, new, 1), name))
        db.execute("PRAGMA writable_schema = RESET")

    return forgery


def _added(kind: str, name: str, table: str, sql: str) -> Forgery:
    """A row put into the file's own schema, under a name that SQLite itself might refuse."""

    def forgery(db: sqlite3.Connection) -> None:
        db.execute("PRAGMA writable_schema = ON")
        (page,) = db.execute("SELECT rootpage FROM sqlite_schema WHERE name = 'note'").fetchone()
        row = (kind, name, table, 0 if kind in ("view", "trigger") else page, sql)
        db.execute("INSERT INTO sqlite_schema (type, name, tbl_name, rootpage, sql) VALUES (?, ?, ?, ?, ?)", row)
        db.execute("PRAGMA writable_schema = RESET")

    return forgery


LOOKALIKES = {
    "no-break space": " FROM \u00a0claim c",
    "narrow no-break space": " FROM \u202fclaim c",
    "zero-width space": " FROM \u200bclaim c",
    "Cyrillic letter": " FROM cl\u0430im c",
    "full-width letter": " FROM \uff43laim c",
    "comment for a blank": " FROM/**/claim c",
    "line break for a blank": "\n\nFROM claim c",
    "two blanks for one": "\nFROM  claim c",
    "tab for a blank": "\nFROM\tclaim c",
    "other case": "\nfrom claim c",
    "a comment": "\nFROM claim c /* all */",
    "a line's comment": "\nFROM claim c -- all",
    "a condition": "\nFROM (SELECT * FROM claim WHERE mode <> 'denied') c",
    "another table": "\nFROM note c",
}
"""What a view may read from while its text looks the same, or nearly."""

SILENCED = {
    "inside its message": ("RAISE(ABORT, '", "RAISE(IGNORE) --, '"),
    "by its condition": ("\nBEGIN", "\nWHEN 0 BEGIN"),
    "by a condition that is unknown": ("\nBEGIN", "\nWHEN NULL BEGIN"),
    "by coming late": ("BEFORE ", "AFTER "),
    "by ignoring": ("ABORT", "IGNORE"),
    "by failing half": ("ABORT", "FAIL"),
    "by a comment": ("BEGIN SELECT RAISE", "BEGIN SELECT 1; -- SELECT RAISE"),
    "by a block": ("SELECT RAISE", "SELECT 1 WHERE 0 AND RAISE"),
    "by another message": ("cannot", "can"),
}
KEPT_RULES = ("entry_kept", "blob_kept", "checkpoint_kept", "checkpoint_frozen")

STRANGE = {
    "statistics": ("table", "sqlite_stat1x", "sqlite_stat1x", "CREATE TABLE sqlite_stat1x (a)"),
    "statistics of another shape": ("table", "sqlite_stat1", "sqlite_stat1", "CREATE TABLE sqlite_stat1(tbl,idx,stat,words)"),
    "statistics that are a view": ("view", "sqlite_stat4", "sqlite_stat4", "CREATE VIEW sqlite_stat4 AS SELECT * FROM claim"),
    "statistics' trigger": (
        "trigger", "sqlite_stat_kept", "entry",
        "CREATE TRIGGER sqlite_stat_kept AFTER INSERT ON entry BEGIN DELETE FROM note; END",
    ),
    "sequence": ("table", "sqlite_sequence_of_mine", "sqlite_sequence_of_mine", "CREATE TABLE sqlite_sequence_of_mine (a)"),
    "table": ("table", "redacted_words", "redacted_words", "CREATE TABLE redacted_words (a)"),
    "view": ("view", "claim_views", "claim_views", "CREATE VIEW claim_views AS SELECT * FROM claim"),
    "trigger on the search index": (
        "trigger", "kept", "search_data", "CREATE TRIGGER kept AFTER INSERT ON search_data BEGIN SELECT 1; END",
    ),
    "name with a quotation mark": ("table", 'a"b', 'a"b', 'CREATE TABLE "a""b" (x)'),
    "name of a blank": ("table", " ", " ", 'CREATE TABLE " " (x)'),
    "name of a line break": ("table", "\n", "\n", 'CREATE TABLE "\n" (x)'),
    "name with an escape": ("table", "\x1b[2J", "\x1b[2J", 'CREATE TABLE "\x1b[2J" (x)'),
}  # fmt: skip
SETTINGS = (("schema", "0"), ("schema", "01"), ("verify", "off"), ("SCHEMA", "1"), ("application ", "x"))

RULES: dict[str, Forgery] = (
    {f"a view's text: {how}": _worded("claim_view", "\nFROM claim c", text) for how, text in LOOKALIKES.items()}
    | {f"{rule} silenced {how}": _worded(rule, *words) for how, words in SILENCED.items() for rule in KEPT_RULES}
    | {f"added: {what}": _added(*row) for what, row in STRANGE.items()}
    | {
        f"setting {name!r} = {value}": f"INSERT OR REPLACE INTO setting VALUES ('{name}', '{value}')"
        for name, value in SETTINGS
    }
    | {
        f"dropped: {kind} {name}": f"DROP {kind} {name}"
        for kind, names in (
            ("TRIGGER", ("entry_append", "entry_frozen", "blob_append", "blob_frozen", "checkpoint_append")),
            ("VIEW", ("claim_view", "searchable")),
            ("INDEX", ("entry_about", "alias_folded")),
            ("TABLE", ("search_texts_terms",)),
        )
        for name in names
    }
)
"""Changes of the rules alone: verify names each, and no write is acknowledged over it."""

MORE_RULES: dict[str, Forgery] = {
    "a blank behind a view": _worded("field_value_view", "SELECT", "SELECT "),
    "a NUL behind a rule": _worded("entry_frozen", "changed'); END", "changed'); END\0;"),
    "a wider check": _worded("thing", "'A', 'C'", "'A', 'C', 'Z'"),
    "a comment in a column": _worded("tag", "tag ", "tag /**/ "),
    "an index of some rows": _worded("judgement_about", ", seq)", ", seq) WHERE 1"),
    "a table's name in capitals": _worded("withheld", "TABLE withheld", "TABLE WITHHELD"),
    "a trigger on a view": "CREATE TRIGGER t INSTEAD OF INSERT ON claim_view BEGIN SELECT 1; END",
    "a trigger named as a table": _added(
        "trigger", "note", "note", "CREATE TRIGGER note AFTER INSERT ON note BEGIN SELECT 1; END"
    ),
    "a view beside the index": "CREATE VIEW search_more AS SELECT 1",
    "a full-width letter in a name": _added(
        "trigger", "entry_kep\uff54", "entry", "CREATE TRIGGER entry_kep\uff54 BEFORE DELETE ON entry BEGIN SELECT 1; END"
    ),
}  # fmt: skip


def _crossed(a: str, b: str) -> Forgery:
    """Two tables or indexes made to read each other's pages."""

    def forgery(db: sqlite3.Connection) -> None:
        page = "SELECT rootpage FROM sqlite_schema WHERE name = ?"
        (one,), (two,) = (db.execute(page, (name,)).fetchone() for name in (a, b))
        db.execute("PRAGMA writable_schema = ON")
        db.executemany("UPDATE sqlite_schema SET rootpage = ? WHERE name = ?", [(two, a), (one, b)])
        db.execute("PRAGMA writable_schema = RESET")

    return forgery


def _retold(kind: str, old: str, new: str, then: str = "") -> Forgery:
    """The body of an entry of a kind changed, with all hashes and the tree; then the tables."""

    def forgery(db: sqlite3.Connection) -> None:
        (seq,) = db.execute("SELECT max(seq) FROM entry WHERE kind = ?", (kind,)).fetchone()
        set_body(db, seq, old, new)
        rehash(db, seq)
        regrow(db)
        db.executescript(then)

    return forgery


def _dated(value: str) -> Forgery:
    """Another time of the newest note, in the entry, the tree and the table."""

    def forgery(db: sqlite3.Connection) -> None:
        (seq,) = db.execute("SELECT max(seq) FROM entry WHERE kind = 'note'").fetchone()
        db.execute("UPDATE entry SET recorded_at = ? WHERE seq = ?", (value, seq))
        rehash(db, seq)
        regrow(db)
        db.execute("UPDATE note SET at = ? WHERE seq = ?", (value, seq))

    return forgery


def _resigned(change: Callable[[str], str]) -> Forgery:
    """Other lines in the checkpoint that a witness cosigned."""

    def forgery(db: sqlite3.Connection) -> None:
        found = db.execute("SELECT rowid, note FROM checkpoint WHERE note LIKE '%herald%'").fetchall()
        db.executemany("UPDATE checkpoint SET note = ? WHERE rowid = ?", [(change(note), n) for n, note in found])

    return forgery


def _last_line(note: str) -> str:
    return note.removesuffix("\n").rpartition("\n")[2]


STRANGER = "— eve.example/w1 " + "A" * 104 + "\n"
CROSSED = (
    ("tag", "settling"), ("field", "template"), ("entry_about", "entry_batch"), ("search_data", "search_texts_data"),
    ("search_docsize", "search_texts_docsize"), ("sqlite_autoindex_policy_1", "sqlite_autoindex_setting_1"),
)  # fmt: skip
MORE: dict[str, Forgery] = {f"pages of {a} and {b} crossed": _crossed(a, b) for a, b in CROSSED} | {
    "own field: value": "UPDATE field_value SET value = '9999'",
    "own field: value as bytes": "UPDATE field_value SET value = CAST(value AS BLOB)",
    "own field: made public": "UPDATE field SET public = 1 - public",
    "own field: name": "UPDATE field SET name = 'crew'",
    "own field: of another claim": "UPDATE field_value SET about = (SELECT uid FROM claim ORDER BY rowid DESC LIMIT 1)",
    "own field: value, entry and tree": _retold("value", "1200", "9999", "UPDATE field_value SET value = '9999'"),
    "template: fields": "UPDATE template SET fields = '[]'",
    "template: question": "UPDATE template SET question = NULL",
    "template: entry and tree": _retold("template", "boats", "ships"),
    "witness: key": "UPDATE policy SET value = replace(value, 'herald', 'eve')",
    "witness: taken out": "DELETE FROM policy WHERE name LIKE 'witness/%'",
    "witness: renamed": "UPDATE policy SET name = 'witness/The Times' WHERE name LIKE 'witness/%'",
    "cosignature: a bit": _resigned(lambda note: note[:-60] + ("A" if note[-60] != "A" else "B") + note[-59:]),
    "cosignature: CRLF": _resigned(lambda note: note[:-1] + "\r\n"),
    "cosignature: another dash": _resigned(lambda note: note.replace("— herald", "– herald")),
    "cosignature: twice": _resigned(lambda note: f"{note}{_last_line(note)}\n"),
    "cosignature: padded": _resigned(lambda note: note[:-1] + "=\n"),
    "cosignature: of a stranger": _resigned(lambda note: note + STRANGER),
    "cosignature: a no-break space": _resigned(lambda note: note.replace("— herald", "—\u00a0herald")),
    "cosigned checkpoint taken out": "DELETE FROM checkpoint WHERE note LIKE '%herald%'",
    "time beyond the clock": _dated("2026-03-01T24:61:00.000000Z"),
    "leaf as a number": "UPDATE entry SET leaf_hash = 99999999999 WHERE seq = 7",
    "leaf as text": "UPDATE entry SET leaf_hash = hex(leaf_hash) WHERE seq = 7",
    "body as text": "UPDATE entry SET body = CAST(body AS TEXT) WHERE seq = 7",
    "text behind a NUL": "UPDATE note SET text = text || char(0) || 'x'",
    "words as bytes": "UPDATE claim SET exact = CAST(exact AS BLOB) WHERE rowid = 1",
    "another quotation mark": "UPDATE claim SET exact = replace(exact, '\u201c', '\u201f') WHERE rowid = 2",
    "redacted body back": "UPDATE entry SET body = (SELECT body FROM entry WHERE seq = 5) WHERE body IS NULL",
    "redacted claim back": "UPDATE thing SET redacted = 0",
    "withheld words": "DELETE FROM withheld",
    "undone marks": "INSERT INTO undone SELECT uid, uid, 0 FROM entry WHERE seq = 16",
    "search settings: version": "UPDATE search_config SET v = 5",
    "a word more in the index": "INSERT INTO search (rowid, exact, says, title, context) VALUES (5, 'x', '', '', '')",
    "a text more in the index": "INSERT INTO search_texts (rowid, text) VALUES (99, 'x')",
}
"""Changes of a ledger with fields of its own, a template, a redaction and a witness: verify names each, or warns of it."""

NAMED |= {
    "time in other digits": (
        _dated("\u0662\u0660\u0662\u0666-03-01T09:00:00.000000Z"), "entry 19 has a uid or a time that is none"
    ),
    "time that is none": (_dated("2026-02-31T09:00:00.000000Z"), "entry 19 has a uid or a time that is none"),
}  # fmt: skip

RULE_NAMED = re.compile(
    "the (table|view|index|trigger) .+ was (altered|dropped)|there is a .+ that does not belong to a ledger"
)

CHANGES_RULES = ("rule", "view", "index")


def forge(db: sqlite3.Connection, name: str) -> None:
    """Carries out one forgery: drops the rules, changes what is to be changed, puts the rules back."""
    with_rules_away(db, NAMED[name][0], keep=name.startswith(CHANGES_RULES))


def with_rules_away(db: sqlite3.Connection, forgery: Forgery, *, keep: bool = False) -> None:
    """Changes what the rules forbid, and puts the rules back as they were."""
    rules = [] if keep else db.execute("SELECT name, sql FROM sqlite_master WHERE type = 'trigger'").fetchall()
    for trigger, _ in rules:
        db.execute(f"DROP TRIGGER {trigger}")
    if callable(forgery):
        forgery(db)
    else:
        db.executescript(forgery)
    for _, sql in rules:
        db.execute(sql)
