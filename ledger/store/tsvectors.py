"""The search index of a ledger in PostgreSQL: the words that FTS5 would hold, found by a tsvector and ranked by the same bm25.

The server's own parsers and stemmers are not asked, so that both engines find the same, in the same order, whatever a
server's language is.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from typing import Any

import msgspec

from ledger.store.columns import lots
from ledger.text.stemming import stem, words

COLUMNS = "ABCD"
"""The marks of a tsvector's words for the columns exact, says, title and context; a text has the first alone."""

WEIGHTS = {True: (8.0, 8.0, 3.0, 1.0), False: (1.0, 1.0, 1.0, 1.0)}
MOST = 9_999
"""Times that a word is counted in a column; four columns make one number."""

PLACES = 16_383
"""The last place that a tsvector knows: phrases are found up to there, words everywhere."""

LARGEST = 600_000
"""Bytes of words of one text; a tsvector holds a megabyte."""

LONGEST = 500
"""Letters of one word; a tsvector takes 2,046 bytes."""

LOT = 2_000

Indexed = tuple[int, str, str, int]


def document(number: int, columns: Sequence[str]) -> Indexed:
    """The row of the index for a text: its words as a tsvector, how often each stands in each column, how many there are."""
    places: dict[str, list[str]] = {}
    counts: dict[str, int] = {}
    at = size = held = 0
    for n, text in enumerate(columns):
        unit = (MOST + 1) ** n
        for word in words(text):
            term = _held(word)
            size, at = size + 1, at + 1
            if (known := places.get(term)) is None:
                held += len(term.encode())
                if held > LARGEST:
                    continue
                known = places[term] = []
            if at <= PLACES and len(known) < 255:
                known.append(f"{at}{COLUMNS[n]}")
            before = counts.get(term, 0)
            if before // unit % (MOST + 1) < MOST:
                counts[term] = before + unit
        at += 1  # no phrase goes on in the next column
    vector = " ".join(f"'{term}':{','.join(found)}" if found else f"'{term}'" for term, found in places.items())
    return number, vector, msgspec.json.encode(counts).decode(), size


def _held(word: str) -> str:
    """A word as the index holds it; of the longest ones the beginning."""
    return stem(word)[:LONGEST]


def query(expression: str) -> str:
    """An expression of quoted words and phrases with AND and OR as PostgreSQL takes it, each word as the index holds it."""
    found = re.sub(r'"([^"]*)"', lambda m: "<->".join(f"'{_held(w)}'" for w in words(m[1])) or "''", expression)
    return found.replace(" AND ", " & ").replace(" OR ", " | ")


def matches(index: str, *, weighted: bool) -> str:
    """SELECT of `rowid` and `rank` as FTS5's bm25 gives it, for one value: what `query` makes of an expression."""
    often = " + ".join(
        f"{weight} * ((s.counts ->> p.word)::bigint / {(MOST + 1) ** n} % {MOST + 1})"
        for n, weight in enumerate(WEIGHTS[weighted])
    )
    return RANKED.format(index=index, often=often, weights=f"{{{','.join(map(str, WEIGHTS[weighted]))}}}")


RANKED = """
    WITH asked AS MATERIALIZED (SELECT ?::text AS given),
    total AS MATERIALIZED (SELECT docs, words::float8 / greatest(docs, 1) AS mean FROM search_total WHERE name = '{index}'),
    phrase AS MATERIALIZED (
        SELECT m, n, all_of::tsquery AS all_of, said::tsquery AS query,
               CASE WHEN said NOT LIKE '%<->%' THEN btrim(said, '''') END AS word,
               string_to_array(replace(said, '''', ''), '<->') AS words
        FROM asked, string_to_table(given, ' | ') WITH ORDINALITY x (all_of, m),
             string_to_table(all_of, ' & ') WITH ORDINALITY y (said, n)),
    rare AS MATERIALIZED (
        SELECT p.*, greatest(ln((docs - hits + 0.5) / (hits + 0.5)), 1e-6) AS idf FROM total, phrase p,
               LATERAL (SELECT count(*) AS hits FROM {index} WHERE document @@ p.query) h),
    found AS MATERIALIZED (SELECT rowid, document, counts, size FROM {index}, asked WHERE document @@ given::tsquery)
    SELECT s.rowid, -sum(p.idf * (f * 2.2) / (f + 1.2 * (0.25 + 0.75 * s.size / mean)) ORDER BY p.m, p.n) AS rank
    FROM found s CROSS JOIN total CROSS JOIN rare p CROSS JOIN LATERAL (
        SELECT CASE WHEN NOT s.document @@ p.all_of THEN 0
                    WHEN p.word IS NULL THEN phrase_times(s.document, p.words, '{weights}') ELSE {often} END AS f) x
    WHERE f > 0 GROUP BY s.rowid"""
"""k1 and b are those of FTS5, and so is the least that a word is worth."""


def fits(db: Any, index: str, rows: Iterable[tuple[int, Sequence[str]]]) -> bool:
    """Whether an index holds these texts and no others, each as `put` would."""
    docs = size = 0
    for lot in lots((document(number, columns) for number, columns in rows), LOT):
        found = db.execute(SAME.format(index=index), tuple(map(list, zip(*lot, strict=True)))).fetchone()
        if found["n"] != len(lot):
            return False
        docs, size = docs + len(lot), size + sum(words for *_, words in lot)
    held = db.execute(f"SELECT docs, words, (SELECT count(*) FROM {index}) FROM search_total WHERE name = ?", (index,))
    return [tuple(row) for row in held.fetchall()] == [(docs, size, docs)]


SAME = """
    SELECT count(*) AS n FROM {index} JOIN unnest(?::bigint[], ?::text[], ?::text[], ?::integer[]) AS w (n, said, often, words)
    ON rowid = n AND document = said::tsvector AND counts = often::jsonb AND size = words"""


def put(db: Any, index: str, rows: Iterable[tuple[int, Sequence[str]]]) -> None:
    """Puts texts into an index."""
    for lot in lots((document(number, columns) for number, columns in rows), LOT):
        db.executemany(f"INSERT INTO {index} (rowid, document, counts, size) VALUES (?, ?, ?, ?)", lot)
        _count(db, index, len(lot), sum(size for *_, size in lot))


def take_out(db: Any, index: str, numbers: Sequence[int]) -> None:
    """Takes texts out of an index."""
    gone = db.execute(f"DELETE FROM {index} WHERE rowid = ANY(?) RETURNING size", (list(numbers),)).fetchall()
    _count(db, index, -len(gone), -sum(row["size"] for row in gone))


def _count(db: Any, index: str, docs: int, size: int) -> None:
    if docs:
        db.execute("UPDATE search_total SET docs = docs + ?, words = words + ? WHERE name = ?", (docs, size, index))
