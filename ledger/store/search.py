"""Search over claims: FTS5, fed with cleaned and quoted words only (`asked`), so that no input can be read as its syntax."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator, Sequence

from msgspec import Struct

from ledger import records as r
from ledger.store.asked import Asked, asked, conditions
from ledger.store.connection import Ledger
from ledger.store.read import claims_by_uid

WORD = re.compile(r"[^\W_]+")
WORDS_AT_MOST = 64
ALL = 2**62


def words(text: str) -> list[str]:
    """The words of a query as the index cuts them: letters and digits, in order, each once."""
    return list(dict.fromkeys(match[0].casefold() for match in WORD.finditer(text[:20_000])))[:WORDS_AT_MOST]


def search(ledger: Ledger, text: str, *, limit: int | None = 20) -> list[r.Hit]:
    """Claims that hold what is asked for, else any word of it, the best first; empty where nothing does."""
    of = asked(ledger, text)
    if not of.terms:
        scores = dict.fromkeys(_fitting(ledger, of, limit), "0.000") if of.conditions else {}
    else:
        scores = dict(_match(ledger, of.wanted, of, limit))
        own = _of_own_fields(ledger, set(" ".join(of.terms).split())) if not of.conditions else ()
        scores |= {uid: "0.000" for uid in own if uid not in scores}
        scores = scores or dict(_match(ledger, of.any, of, limit))
    return [r.Hit(c, scores[c.uid]) for c in claims_by_uid(ledger, list(scores)[:limit])]


def _fitting(ledger: Ledger, of: Asked, limit: int | None) -> list[str]:
    """Claims that fit the conditions of a search without words, the newest first."""
    where, values = conditions(of)
    without = f" AND t.seq NOT IN (SELECT rowid FROM ({ledger.engine.matches('search')}) x)" if of.without else ""
    rows = ledger.rows(
        "SELECT c.uid FROM claim c JOIN thing t ON t.uid = c.uid "
        f"WHERE t.retracted = 0{without}{where} ORDER BY t.n DESC LIMIT ?",
        (*without_these(ledger, of), *values, ALL if limit is None else limit),
    )
    return [row["uid"] for row in rows]


def _of_own_fields(ledger: Ledger, sought: set[str]) -> Iterator[str]:
    """Uids of claims that stand, one of whose fields of one's own has all these words."""
    rows = ledger.rows("""SELECT v.about, v.value FROM field_value_view v JOIN thing t ON t.uid = v.about
                          WHERE v.type = 'text' AND v.on_ = 'claim' AND t.retracted = 0 ORDER BY v.seq""")
    return (row["about"] for row in rows if sought <= set(words(row["value"])))


def _match(ledger: Ledger, expression: str, of: Asked, limit: int | None) -> list[tuple[str, str]]:
    """Uids with the score of bm25 (higher is better) as decimal text; our words weigh most, the surroundings least.

    The best are looked up alone, and all only where too many of these do not stand, or do not fit.
    """
    for ranked in (ALL,) if limit is None else (2 * limit, ALL):
        found = _ranked(ledger, expression, of, limit=ALL if limit is None else limit, ranked=ranked)
        if len(found) == limit:
            break
    return found


def without_these(ledger: Ledger, of: Asked) -> list[str]:
    """The value of what a search does not want, where it has some."""
    return [ledger.engine.sought(of.without)] if of.without else []


def _ranked(ledger: Ledger, expression: str, of: Asked, *, limit: int, ranked: int) -> list[tuple[str, str]]:
    """So many of those that are ranked first."""
    where, values = conditions(of)
    order = "f.rank IS NULL, f.rank, f.rowid"
    without = f" WHERE f.rowid NOT IN (SELECT rowid FROM ({ledger.engine.matches('search')}) x)" if of.without else ""
    rows = ledger.rows(
        f"SELECT c.uid, -f.rank AS score FROM (SELECT f.rowid, f.rank FROM ({ledger.engine.matches('search', weighted=True)}) f"
        f"{without} ORDER BY {order} LIMIT ?) f JOIN thing t ON t.seq = f.rowid JOIN claim c ON c.uid = t.uid "
        f"WHERE t.retracted = 0{where} ORDER BY {order} LIMIT ?",
        (ledger.engine.sought(expression), *without_these(ledger, of), ranked, *values, limit),
    )
    # a damaged index may give no score at all
    return [(row["uid"], f"{row['score'] or 0:.3f}") for row in rows]


class Candidate(Struct, frozen=True):
    """The searchable words of a claim."""

    claim: str
    exact: str
    says: str
    title: str
    context: str


CANDIDATE = "s.claim, s.exact, s.says, s.title, s.context"


def _candidate(row: sqlite3.Row) -> Candidate:
    return Candidate(row["claim"], row["exact"], row["says"], row["title"], row["context"])


def candidates(ledger: Ledger, terms: Sequence[str], *, limit: int) -> list[Candidate]:
    """Claims that hold any of these words, those that the engine ranks highest first; the words are as people write them."""
    expression = quoted(terms)
    if not expression:
        return []
    rows = ledger.rows(
        f"SELECT {CANDIDATE} FROM ({ledger.engine.matches('search')} ORDER BY rank, rowid LIMIT ?) f "
        "JOIN searchable s ON s.docid = f.rowid JOIN thing t ON t.uid = s.claim WHERE t.retracted = 0 ORDER BY f.rank, f.rowid",
        (ledger.engine.sought(expression), limit),
    )
    return [_candidate(row) for row in rows]


def of_scope(ledger: Ledger, scope: str, *, limit: int) -> list[str]:
    """Uids of claims to which a person gave this very scope, the newest first."""
    rows = ledger.rows(
        "SELECT c.uid FROM claim c JOIN thing t ON t.uid = c.uid WHERE c.scope = ? AND t.retracted = 0 "
        "ORDER BY t.n DESC LIMIT ?",
        (scope, limit),
    )
    return [row["uid"] for row in rows]


def quoted(terms: Sequence[str]) -> str:
    """An expression that matches any of these words, none of which can be read as syntax."""
    return " OR ".join(f'"{w}"' for term in terms for w in WORD.findall(term))


def sample(ledger: Ledger, size: int) -> list[Candidate]:
    """The claims logged last, to judge by how long claims are."""
    return [
        _candidate(row)
        for row in ledger.rows(f"SELECT {CANDIDATE} FROM searchable s ORDER BY s.docid DESC LIMIT ?", (size,))
    ]


def size(ledger: Ledger) -> int:
    """How many claims the index holds."""
    row = ledger.one("SELECT count(*) AS n FROM claim")
    return int(row["n"]) if row else 0


def document_frequencies(ledger: Ledger, terms: Sequence[str]) -> dict[str, int]:
    """In how many claims each indexed term stands; terms as the index stores them (folded and stemmed)."""
    return frequencies(ledger, "search", terms)


def frequencies(ledger: Ledger, index: str, terms: Sequence[str]) -> dict[str, int]:
    """In how many rows of an index each stem stands."""
    sql = ledger.engine.holding(index)
    return {term: row["doc"] if (row := ledger.one(sql, (term,))) else 0 for term in terms}
