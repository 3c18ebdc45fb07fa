"""Light rows in bulk, for what shows a whole ledger: lists, counts and times, each read in one statement."""

from __future__ import annotations

import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any

from msgspec import Struct

from ledger.records import Article, Claim, Entry, Hop, Source, order
from ledger.store.connection import Ledger
from ledger.store.log import entries
from ledger.store.read import chunks, marks


class Used(Source, frozen=True, kw_only=True):
    """A source that somebody published as or was quoted as, counted together with those merged into it."""

    origin: int
    """Claims of which it is the original source."""
    relayed: int
    """Claims that reached the outlet by way of it, or for which somebody of it spoke."""
    articles: int


class Part(Struct, frozen=True):
    """A claim in whose chain a source stands, and whether it is the original source."""

    claim: Claim
    origin: bool


# --- what there is ------------------------------------------------------------------------------------------------

SHOWN_ARTICLE = """t.redacted = 0 AND (t.retracted = 0 OR EXISTS (
    SELECT 1 FROM claim c JOIN thing ct ON ct.uid = c.uid WHERE c.article = a.uid AND ct.retracted = 0))"""


def questions(ledger: Ledger) -> dict[str, str]:
    """Uid to id of the questions that stand and were not merged, in the order they were asked."""
    sql = """SELECT t.uid, t.n FROM question q JOIN thing t ON t.uid = q.uid
             WHERE t.retracted = 0 AND t.redacted = 0 AND t.merged_into IS NULL ORDER BY t.n"""
    return {row["uid"]: f"Q{row['n']}" for row in ledger.each(sql)}


def articles(ledger: Ledger) -> Iterator[Article]:
    """Articles that stand, or in which claims stand, in the order they were captured; without byline, credit line and extra."""
    sql = f"""SELECT a.uid, 'A' || t.n AS id, a.title, a.file, a.url, s.name AS publisher,
                     (SELECT 'S' || n FROM thing WHERE uid = a.publisher) AS publisher_id, a.published_at,
                     coalesce(k.claims, 0) AS claims
              FROM article a JOIN thing t ON t.uid = a.uid LEFT JOIN source s ON s.uid = a.publisher
              LEFT JOIN (SELECT c.article, count(*) AS claims FROM claim c JOIN thing ct ON ct.uid = c.uid
                         WHERE ct.retracted = 0 GROUP BY c.article) k ON k.article = a.uid
              WHERE {SHOWN_ARTICLE} ORDER BY t.n"""
    return (Article(**dict(row)) for row in ledger.each(sql))


def sources(ledger: Ledger) -> list[Used]:
    """Sources in use, in the order they were added; one that was merged counts with that which stayed."""
    stays = merged(ledger)
    origin, relayed, published = (_used(ledger, sql, stays) for sql in (ORIGINS, RELAYS, PUBLISHERS))
    used = origin.keys() | relayed.keys() | published.keys()
    sql = """SELECT s.uid, 'S' || t.n AS id, s.name, s.kind, s.kind_guessed
             FROM source s JOIN thing t ON t.uid = s.uid ORDER BY t.n"""
    return [
        Used(**dict(row), origin=origin[uid], relayed=relayed[uid], articles=published[uid])
        for row in ledger.each(sql)
        if (uid := row["uid"]) in used
    ]


INNERMOST = "h.position = (SELECT max(i.position) FROM hop i WHERE i.claim = h.claim)"
ORIGINS = f"""SELECT h.source AS uid, count(DISTINCT h.claim) AS n FROM hop h JOIN thing t ON t.uid = h.claim
              WHERE t.retracted = 0 AND {INNERMOST} GROUP BY h.source"""
RELAYS = f"""SELECT h.source AS uid, count(DISTINCT h.claim) AS n FROM hop h JOIN thing t ON t.uid = h.claim
             WHERE t.retracted = 0 AND NOT {INNERMOST} GROUP BY h.source"""
PUBLISHERS = f"""SELECT a.publisher AS uid, count(*) AS n FROM article a JOIN thing t ON t.uid = a.uid
                 WHERE a.publisher IS NOT NULL AND {SHOWN_ARTICLE} GROUP BY a.publisher"""


def _used(ledger: Ledger, sql: str, stays: dict[str, str]) -> defaultdict[str, int]:
    found: defaultdict[str, int] = defaultdict(int)
    for row in ledger.each(sql):
        found[stays.get(row["uid"], row["uid"])] += row["n"]
    return found


def merged(ledger: Ledger) -> dict[str, str]:
    """Uid to uid: each thing that was merged, and what it is part of in the end."""
    rows = ledger.each("SELECT uid, stays FROM thing WHERE merged_into IS NOT NULL")
    return {row["uid"]: row["stays"] for row in rows}


def ids(ledger: Ledger, letter: str) -> dict[str, str]:
    """Id to uid of all things of a letter, whatever became of them."""
    rows = ledger.each("SELECT n, uid FROM thing WHERE letter = ?", (letter,))
    return {f"{letter}{row['n']}": row["uid"] for row in rows}


# --- claims -------------------------------------------------------------------------------------------------------

CLAIM_LINES = """SELECT c.uid, 'C' || t.n AS id, 'A' || at.n AS article, c.exact, c.says, s.name AS publisher, a.published_at,
    (SELECT o.name FROM hop h JOIN source o ON o.uid = h.source WHERE h.claim = c.uid
     ORDER BY h.position DESC LIMIT 1) AS innermost
    FROM claim c JOIN thing t ON t.uid = c.uid JOIN thing at ON at.uid = c.article JOIN article a ON a.uid = c.article
    LEFT JOIN source s ON s.uid = a.publisher WHERE t.retracted = 0"""


def claims(ledger: Ledger) -> Iterator[Claim]:
    """Every claim that stands, article by article, as a list shows it: of its chain the innermost hop alone."""
    return (_listed(row) for row in ledger.each(f"{CLAIM_LINES} ORDER BY at.n, coalesce(c.start_at, 0), t.n"))


def _listed(row: sqlite3.Row) -> Claim:
    fields = dict(row)
    innermost = fields.pop("innermost")
    return Claim(**fields, attribution=(Hop(innermost),) if innermost is not None else ())


def place_of(ledger: Ledger, claim: str) -> str | None:
    """The id of the article in which a claim (by id) stands; None where the claim does not stand."""
    sql = """SELECT at.n FROM thing t JOIN claim c ON c.uid = t.uid JOIN thing at ON at.uid = c.article
             WHERE t.letter = 'C' AND t.n = ? AND t.retracted = 0"""
    row = ledger.one(sql, (order(claim),))
    return f"A{row['n']}" if row else None


def parts(ledger: Ledger, sources: Sequence[str]) -> list[Part]:
    """The claims in whose chains one of these sources (by uid) stands, in the order they were logged."""
    sql = f"""SELECT h.claim, max(CASE WHEN {INNERMOST} THEN 1 ELSE 0 END) AS origin FROM hop h
              WHERE h.source IN ({marks(sources)}) GROUP BY h.claim"""
    origin = {row["claim"]: bool(row["origin"]) for row in ledger.each(sql, sources)}
    found = (
        _listed(row)
        for lot in chunks(list(origin))
        for row in ledger.each(f"{CLAIM_LINES} AND c.uid IN ({marks(lot)})", lot)
    )
    return [Part(line, origin[line.uid]) for line in sorted(found, key=lambda c: order(c.id))]


def filed(ledger: Ledger, claims: Sequence[str]) -> dict[str, list[tuple[str, str]]]:
    """The questions that stand under which these claims (by uid) are filed, each with its id and words."""
    found: dict[str, list[tuple[str, str]]] = {}
    for lot in chunks(claims):
        sql = f"""SELECT f.claim, t.n, q.text FROM filing_view f JOIN question q ON q.uid = f.question
                  JOIN thing t ON t.uid = q.uid
                  WHERE t.retracted = 0 AND t.redacted = 0 AND t.merged_into IS NULL AND f.claim IN ({marks(lot)})
                  ORDER BY t.n"""
        for row in ledger.each(sql, lot):
            found.setdefault(row["claim"], []).append((f"Q{row['n']}", row["text"]))
    return found


# --- what names what ----------------------------------------------------------------------------------------------


def entry(ledger: Ledger, uid: str) -> Entry | None:
    """The entry with this uid."""
    row = ledger.one("SELECT seq FROM entry WHERE uid = ?", (uid,))
    return next(entries(ledger, since=row["seq"])) if row else None


def claims_named(ledger: Ledger, column: str, uids: Iterable[str]) -> set[str]:
    """Claims, standing or not, by uid: filed under a question, standing in an article, with a source in the chain."""
    table, name, where = {
        "question": ("filing_view", "claim", "question"),
        "article": ("claim", "uid", "article"),
        "source": ("hop", "claim", "source"),
    }[column]
    return _named(ledger, table, name, where, uids)


def articles_of(ledger: Ledger, publishers: Iterable[str]) -> set[str]:
    return _named(ledger, "article", "uid", "publisher", publishers)


def asked_about(ledger: Ledger, sources: Iterable[str]) -> set[str]:
    """What these sources were asked about."""
    return _named(ledger, "request", "target", "source", sources)


def parties_to(ledger: Ledger, questions: Iterable[str]) -> set[str]:
    """Sources of which somebody said that they have a part in one of these questions."""
    return _named(ledger, "party", "source", "question", questions)


def resting_on(ledger: Ledger, things: Iterable[str]) -> set[str]:
    """What is judged by judgements that rest on one of these."""
    found = _named(ledger, "rests_on", "judgement", "target", things)
    return _named(ledger, "judgement", "about", "uid", found)


def filings_of(ledger: Ledger, claims: Iterable[str]) -> set[str]:
    """The questions under which one of these claims is filed."""
    return _named(ledger, "filing_view", "question", "claim", claims)


def _named(ledger: Ledger, table: str, name: str, where: str, uids: Iterable[str]) -> set[str]:
    return {
        row[name]
        for lot in chunks(sorted(uids))
        for row in ledger.each(f"SELECT {name} FROM {table} WHERE {where} IN ({marks(lot)})", lot)
        if row[name]
    }


def ties(ledger: Ledger) -> list[tuple[str, str]]:
    """Pairs of sources, by uid, of which somebody ever said that they are related or one."""
    rows = [*ledger.each("SELECT source AS a, target AS b FROM relation ORDER BY seq")]
    rows += ledger.each("SELECT uid AS a, merged_into AS b FROM thing WHERE merged_into IS NOT NULL AND letter = 'S'")
    return [(row["a"], row["b"]) for row in rows]


# --- times --------------------------------------------------------------------------------------------------------


def asked_at(ledger: Ledger, question: str) -> str:
    """When a question, its filings or the words of its claims were last written down."""
    sql = """SELECT max(e.recorded_at) AS at FROM entry e
             WHERE e.uid = ? OR (e.about = ? AND e.kind = 'amend')
                OR e.seq IN (SELECT seq FROM filing_view WHERE question = ?)
                OR (e.kind = 'amend' AND e.about IN (SELECT claim FROM filing_view WHERE question = ?))"""
    row = ledger.one(sql, (question,) * 4)
    return str(row["at"]) if row and row["at"] else ""


class Happening(Struct, frozen=True):
    """Something that readers should hear of: what went out, was answered, rated or put right."""

    uid: str
    kind: str
    """publication, answer, rating, or the kind of a correction."""
    about: str
    """The id of the question or claim."""
    title: str
    what: str
    because: str
    by: str
    at: str


STANDS = "t.retracted = 0 AND t.redacted = 0 AND t.letter IN ('Q', 'C')"
TITLE = """coalesce((SELECT q.text FROM question q WHERE q.uid = t.uid),
    (SELECT '“' || c.exact || '”' FROM claim c WHERE c.uid = t.uid), '') AS title"""
HAPPENINGS = {
    "judgement": f"""SELECT x.uid, x.kind, t.letter, t.n, {TITLE}, x.value AS what, x.because, x.by_, x.at, x.seq
        FROM judgement x JOIN thing t ON t.uid = x.about
        WHERE x.retracted = 0 AND x.kind IN ('answer', 'rating') AND {STANDS}""",
    "correction": f"""SELECT x.uid, x.kind, t.letter, t.n, {TITLE}, x.was || ' → ' || x.now AS what, x.because, x.by_,
        x.at, x.seq FROM correction x JOIN thing t ON t.uid = x.about WHERE x.retracted = 0 AND {STANDS}""",
    "publication": f"""SELECT x.uid, 'publication' AS kind, t.letter, t.n, {TITLE}, coalesce(x.url, '') AS what,
        NULL AS because, x.by_, x.at, x.seq FROM publication x JOIN thing t ON t.uid = x.about WHERE {STANDS}""",
}


def happenings(ledger: Ledger, *tables: str, most: int) -> list[Happening]:
    """The newest of what went out, was judged and was put right, newest first."""
    rows: list[Any] = []
    for table in tables or HAPPENINGS:
        rows += ledger.rows(f"{HAPPENINGS[table]} ORDER BY x.seq DESC LIMIT ?", (most,))
    rows.sort(key=lambda row: -int(row["seq"]))
    return [
        Happening(
            row["uid"], row["kind"], f"{row['letter']}{row['n']}", row["title"], row["what"], row["because"] or "",
            row["by_"], row["at"],
        )
        for row in rows[:most]
    ]  # fmt: skip


def places(ledger: Ledger) -> list[tuple[str, str, str]]:
    """Name, latitude and longitude of each place of a claim that stands, where they were given."""
    sql = """SELECT DISTINCT json_extract(c.place, '$.name') AS name, json_extract(c.place, '$.latitude') AS latitude,
                    json_extract(c.place, '$.longitude') AS longitude
             FROM claim c JOIN thing t ON t.uid = c.uid
             WHERE t.retracted = 0 AND t.redacted = 0 AND json_extract(c.place, '$.latitude') IS NOT NULL ORDER BY 1, 2, 3"""
    return [(row["name"], row["latitude"], row["longitude"]) for row in ledger.each(sql)]
