"""The ledger as tables for others to join: a query a table, with the words of the field as columns, ids beside uids.

What was taken back is left out, and so are suggestions, notes and who works on what, which are a newsroom's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any, NamedTuple

from ledger.store.connection import Ledger


class Table(NamedTuple):
    name: str
    columns: tuple[str, ...]
    rows: Iterator[tuple[Any, ...]]


class _Listing(NamedTuple):
    columns: str
    tables: str
    under: str
    """Which rows belong to chosen claims; {claims} is a subquery for their uids, {question} for the question's."""
    order: str


OF_CLAIM = "JOIN thing t ON t.uid = v.claim AND t.retracted = 0"
ABOUT = "v.about IN ({claims}) OR v.about = {question}"

LISTINGS: dict[str, _Listing] = {
    "claims": _Listing(
        "v.id, v.uid, v.article_id AS article, v.article AS article_uid, v.capture, v.exact, v.says, v.start_at AS start, "
        "v.end_at AS end, v.prefix, v.suffix, v.anchored, v.cite, v.mode, json_extract(v.place, '$.name') AS place, "
        "json_extract(v.place, '$.latitude') AS latitude, json_extract(v.place, '$.longitude') AS longitude, v.scope, "
        "v.answer, json_extract(v.reading, '$.read_as') AS read_as, json_extract(v.reading, '$.because') AS read_because, "
        "json_extract(v.translation, '$.text') AS translation, json_extract(v.translation, '$.by') AS translated_by, "
        "json_extract(v.translation, '$.machine') AS machine, v.state, v.key, v.extra",
        "claim_view v WHERE v.retracted = 0", "v.uid IN ({claims})", "v.n",
    ),
    "attributions": _Listing(
        "t.letter || t.n AS claim, v.claim AS claim_uid, v.position, v.role, v.source_id AS source, v.source AS source_uid, "
        "v.source_name AS name, v.kind, v.mode, v.named, v.implicit, v.cue, v.cue_start, v.cue_end, v.mention, "
        "v.mention_start, v.mention_end",
        f"hop_view v {OF_CLAIM}", "v.claim IN ({claims})", "t.n, v.position",
    ),
    "figures": _Listing(
        "t.letter || t.n AS claim, v.claim AS claim_uid, v.position, v.text, v.low, v.low_inclusive, v.high, v.high_inclusive, "
        "v.modifier, v.approximate, v.vague, v.unit, v.counts, v.measure, v.population, v.counting, v.start_at AS start, "
        "v.end_at AS end",
        f"quantity v {OF_CLAIM}", "v.claim IN ({claims})", "t.n, v.position",
    ),
    "times": _Listing(
        "t.letter || t.n AS claim, v.claim AS claim_uid, v.position, v.role, v.text, v.earliest, v.latest, "
        "v.precision_ AS precision, v.anchor, v.alternatives, v.start_at AS start, v.end_at AS end",
        f"time_span v {OF_CLAIM}", "v.claim IN ({claims})", "t.n, v.position",
    ),
    "tags": _Listing(
        "t.letter || t.n AS about, v.about AS about_uid, v.tag",
        "tag v JOIN thing t ON t.uid = v.about AND t.retracted = 0", ABOUT, "t.letter, t.n, v.seq",
    ),
    "articles": _Listing(
        "v.id, v.uid, v.url, v.file, v.title, v.publisher, v.publisher_id, v.publisher_uid, v.byline, v.credit_line, "
        "v.published_at, v.language, v.captures, v.claims, v.extra",
        "article_view v WHERE v.retracted = 0", "v.uid IN (SELECT article FROM claim WHERE uid IN ({claims}))", "v.n",
    ),
    "captures": _Listing(
        "v.uid, v.article_id AS article, v.article AS article_uid, v.captured_at, v.method, v.url, v.status, v.media_type, "
        "v.raw AS sha256, v.text AS text_sha256, v.raw_bytes, v.text_chars, v.encoding, v.encoding_guessed, v.extractor",
        "capture_view v", "v.article IN (SELECT article FROM claim WHERE uid IN ({claims}))", "v.seq",
    ),
    "sources": _Listing(
        "v.id, v.uid, v.name, v.kind, v.kind_guessed, v.protected, v.counts, v.merged_into, v.claims",
        "source_view v WHERE v.retracted = 0", "v.uid IN (SELECT source FROM hop WHERE claim IN ({claims})) OR v.uid IN "
        "(SELECT publisher FROM article a JOIN claim c ON c.article = a.uid WHERE c.uid IN ({claims}))", "v.n",
    ),
    "aliases": _Listing(
        "v.source_id AS source, v.source AS source_uid, v.alias, v.because",
        "alias_view v JOIN thing t ON t.uid = v.source AND t.retracted = 0",
        "v.source IN (SELECT source FROM hop WHERE claim IN ({claims}))", "v.seq",
    ),
    "relations": _Listing(
        "v.source_id AS source, v.source AS source_uid, v.source_name AS name, v.relation, v.to_id, v.target AS to_uid, "
        "v.to_name, v.since, v.until, v.because",
        "relation_view v WHERE v.retracted = 0", "v.source IN (SELECT source FROM hop WHERE claim IN ({claims}))", "v.seq",
    ),
    "parties": _Listing(
        "v.source_id AS source, v.source AS source_uid, v.source_name AS name, v.question_id AS question, "
        "v.question AS question_uid, v.party, v.side, v.because",
        "party_view v WHERE v.retracted = 0", "v.question IS NULL OR v.question = {question}", "v.seq",
    ),
    "questions": _Listing(
        "v.id, v.uid, v.question, v.measure, v.time_window AS window, v.place, v.ceiling, v.state, v.merged_into, v.claims",
        "question_view v WHERE v.retracted = 0", "v.uid = {question}", "v.n",
    ),
    "filings": _Listing(
        "v.question_id AS question, v.question AS question_uid, v.claim_id AS claim, v.claim AS claim_uid, v.because, "
        "v.by_ AS by",
        f"filing_view v {OF_CLAIM}", "v.question = {question}", "v.seq",
    ),
    "links": _Listing(
        "v.a_id AS a, v.a AS a_uid, v.relation, v.b_id AS b, v.b AS b_uid, v.because, v.by_ AS by, v.at",
        "link_view v WHERE v.retracted = 0", "v.a IN ({claims}) AND v.b IN ({claims})", "v.seq",
    ),
    "ratings": _Listing(
        "v.about_id AS about, v.about AS about_uid, v.uid, v.kind, v.scale, v.value, v.low, v.high, v.best, v.because, "
        "v.even_so, v.by_ AS by, v.at, v.superseded",
        "judgement_view v WHERE v.retracted = 0", ABOUT, "v.seq",
    ),
    "rests_on": _Listing(
        "v.judgement AS rating_uid, v.position, v.target_id AS target, v.target AS target_uid",
        "rests_on_view v JOIN judgement j ON j.uid = v.judgement AND j.retracted = 0",
        "j.about IN ({claims}) OR j.about = {question}", "j.seq, v.position",
    ),
    "evidence": _Listing(
        "v.id, v.uid, v.target_id AS target, v.target AS target_uid, v.kind, v.shows, v.stance, v.name, v.url, v.sha256, "
        "v.size, v.media_type, v.found_at, v.found_verified, v.taken_at, v.taken_verified, v.location, v.location_verified, "
        "v.by_ AS by, v.at",
        "evidence_view v WHERE v.retracted = 0", "v.target IN ({claims}) OR v.target = {question}", "v.n",
    ),
    "requests": _Listing(
        "v.id, v.uid, v.target_id AS target, v.target AS target_uid, v.source_id AS source, v.source AS source_uid, "
        "v.source_name AS name, v.channel, v.asked_at, v.due, v.text, v.reply, v.replied_at, v.by_ AS by",
        "request_view v WHERE v.retracted = 0", "v.target IN ({claims}) OR v.target = {question}", "v.n",
    ),
    "corrections": _Listing(
        "t.letter || t.n AS about, v.about AS about_uid, v.uid, v.kind, v.was, v.now, v.because, v.told_by, v.by_ AS by, v.at",
        "correction v JOIN thing t ON t.uid = v.about WHERE v.retracted = 0", ABOUT, "v.seq",
    ),
}  # fmt: skip

TRUTHS = frozenset(
    {
        "anchored", "named", "implicit", "low_inclusive", "high_inclusive", "approximate", "vague", "encoding_guessed",
        "kind_guessed", "protected", "party", "superseded", "found_verified", "taken_verified", "location_verified", "machine",
    }
)  # fmt: skip
"""Columns of truth values, given as booleans."""


def tables(ledger: Ledger, *, question: str | None = None, only: tuple[str, ...] = tuple(LISTINGS)) -> Iterator[Table]:
    """The tables one after the other, of all claims or those under a question (by uid); rows are read as they are asked for."""
    with ledger.snapshot():
        for name in only:
            yield _table(ledger, name, question)


def _table(ledger: Ledger, name: str, question: str | None) -> Table:
    listing = LISTINGS[name]
    sql = f"SELECT {listing.columns} FROM {listing.tables}"
    params: dict[str, str] = {}
    if question is not None:
        under = listing.under.format(claims="SELECT claim FROM filing WHERE question = :question", question=":question")
        sql += f" {'AND' if ' WHERE ' in sql else 'WHERE'} ({under})"
        params = {"question": question}
    with ledger.reading():
        cursor = ledger.db.cursor()
        cursor.row_factory = None
        cursor.execute(f"{sql} ORDER BY {listing.order}", params)
    columns = tuple(column[0] for column in cursor.description)
    truths = [n for n, column in enumerate(columns) if column in TRUTHS]
    return Table(name, columns, _rows(ledger, cursor, truths))


def _rows(ledger: Ledger, cursor: Any, truths: list[int]) -> Iterator[tuple[Any, ...]]:
    with ledger.reading():
        for row in cursor:
            if not truths:
                yield row
                continue
            values = list(row)
            for n in truths:
                values[n] = None if row[n] is None else bool(row[n])
            yield tuple(values)
