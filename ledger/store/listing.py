"""The ledger as tables that join, for every export that has tables: what they hold, how they are keyed, and how they are read.

Only what a report may show: no internal notes, no pending suggestions, no unknown keys of imports, nothing retracted or
redacted. A thing has its uid in its own table; other tables refer to it by id, and only to rows that are there. Names are the
ledger's, so a protected source is its handle. Columns without SQL are filled above the store, from cross-referencing.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache
from typing import Literal

from msgspec import Struct

from ledger.store.connection import Ledger

Cell = str | int | None
Kind = Literal["text", "number", "integer", "yes/no", "time"]


class Column(Struct, frozen=True):
    """One column; `to` is the table whose key it holds."""

    name: str
    sql: str | None
    means: str = ""
    kind: Kind = "text"
    to: str | None = None
    required: bool = False


class Table(Struct, frozen=True):
    """One table: what it holds, which columns tell its rows apart, which one names a row to a reader, where it is read."""

    name: str
    title: str
    key: tuple[str, ...]
    label: str
    columns: tuple[Column, ...]
    source: str
    """What follows FROM; `shown_claim(x)` and its like hold for the uid of a thing that the export shows."""

    @property
    def names(self) -> tuple[str, ...]:
        return tuple(c.name for c in self.columns)


def _id() -> Column:
    return Column("id", "v.id", "short id in the ledger", required=True)


def _to(name: str, sql: str, table: str, means: str = "", *, required: bool = True) -> Column:
    return Column(name, sql, means, to=table, required=required)


def _about(uid: str) -> tuple[Column, Column]:
    """The claim or the question with this uid: one of the two is empty."""
    thing = "SELECT letter || n FROM thing WHERE uid = {} AND letter = '{}'"
    return (
        _to("claim", f"({thing.format(uid, 'C')})", "claims", "that it is about", required=False),
        _to("question", f"({thing.format(uid, 'Q')})", "questions", "that it is about", required=False),
    )


UID = Column("uid", "v.uid", "the same in every copy of the ledger", required=True)
CLAIM = _to("claim", "t.letter || t.n", "claims")
POSITION = Column("position", "v.position", "in the claim, from 1", "integer", required=True)
BECAUSE = Column("because", "v.because", "the reason given")
BY = Column("by", "v.by_", "who logged it", required=True)
AT = Column("at", "v.at", "when it was logged (UTC)", "time", required=True)
SUPERSEDED = Column("superseded", "v.superseded", "true where a newer one took its place", "yes/no", required=True)
START = Column("start", "v.start_at", "place in the saved text, in characters", "integer")
END = Column("end", "v.end_at", "first character after it", "integer")


def _json(field: str, key: str) -> str:
    return f"json_extract(v.{field}, '$.{key}')"


def _time(role: str, value: str) -> str:
    return f"(SELECT {value} FROM time_span WHERE claim = v.uid AND role = '{role}' ORDER BY position LIMIT 1)"


def _judged(name: str, title: str, kind: str, *columns: Column) -> Table:
    source = f"judgement_view v WHERE v.kind = '{kind}' AND v.retracted = 0 AND shown_thing(v.about) ORDER BY v.seq"
    return Table(name, title, ("uid",), "value", (UID, *columns, BECAUSE, BY, AT, SUPERSEDED), source)


OF_CLAIM = "v JOIN thing t ON t.uid = v.claim WHERE shown_claim(v.claim) ORDER BY t.n, v.position"

TABLES: tuple[Table, ...] = (
    Table("claims", "Claims, each in the words of one article", ("id",), "exact", (
        _id(),
        Column("exact", "v.exact", "the words as they stand in the article", required=True),
        Column("says", "v.says", "the same in our words"),
        _to("article", "v.article_id", "articles", "where it stands"),
        _to("innermost", "(SELECT source_id FROM hop_view WHERE claim = v.uid ORDER BY position DESC LIMIT 1)", "sources",
            "the last source in the chain; none where the outlet says it itself", required=False),
        Column("prefix", "v.prefix", "what stands before it"),
        Column("suffix", "v.suffix", "what stands after it"),
        START, END,
        Column("capture", "v.capture", "uid of the saved copy in which it stands"),
        Column("anchored", "v.anchored", "true where the words stand in a saved copy", "yes/no", required=True),
        Column("cite", "v.cite", "where it was heard or read, without a saved copy"),
        Column("mode", "v.mode", "direct, indirect, mixed or none", required=True),
        Column("event_earliest", _time("event", "earliest"), "when it happened, at the earliest (EDTF)"),
        Column("event_latest", _time("event", "latest"), "at the latest"),
        Column("as_of", _time("as_of", "coalesce(latest, earliest)"), "the day of the count"),
        Column("place", _json("place", "name"), "where"),
        Column("latitude", _json("place", "latitude"), "of the place", "number"),
        Column("longitude", _json("place", "longitude"), "of the place", "number"),
        Column("scope", "v.scope", "what exactly it is about"),
        Column("answer", "v.answer", "an answer in a word or two, where there is no figure"),
        Column("read_as", _json("reading", "read_as"), "how a word of it is read"),
        Column("read_because", _json("reading", "because"), "why it may be read so"),
        Column("stance", "v.stance", "asserts, denies, doubts, asks or announces", required=True),
        Column("status", "v.status", "how sure the source is: confirmed, probable, suspected or claimed"),
        Column("language", "v.language", "of the words, where it is not that of the article"),
        Column("unsure", "nullif(v.unsure, '[]')", "what of its reading a person has to look at, and why, as JSON"),
        Column("translation", _json("translation", "text"), "the words in another language"),
        Column("translated_by", _json("translation", "by"), "who translated them"),
        Column("machine", _json("translation", "machine"), "true where a machine did", "yes/no"),
        Column("state", "v.state", "how far the checking is", required=True),
        Column("key", "v.key", "the key it was imported with"),
        UID,
    ), "claim_view v WHERE shown_claim(v.uid) ORDER BY v.n"),
    Table("attributions", "Who is said to have said it, outermost first", ("claim", "position"), "cue", (
        CLAIM,
        Column("position", "v.position", "1 is next to the outlet", "integer", required=True),
        _to("source", "v.source_id", "sources"),
        Column("source_name", "v.source_name", "", required=True),
        Column("role", "v.role", "relay, affiliation or origin", required=True),
        Column("cue", "v.cue", "the words that attribute"),
        Column("cue_start", "v.cue_start", "place in the saved text, in characters", "integer"),
        Column("cue_end", "v.cue_end", "first character after it", "integer"),
        Column("mention", "v.mention", "the source as the article names it"),
        Column("mention_start", "v.mention_start", "place in the saved text, in characters", "integer"),
        Column("mention_end", "v.mention_end", "first character after it", "integer"),
        Column("mode", "v.mode", "direct, indirect, mixed or none", required=True),
        Column("named", "v.named", "false where the article does not name it", "yes/no", required=True),
        Column("implicit", "v.implicit", "true where it is only understood", "yes/no", required=True),
    ), f"hop_view {OF_CLAIM}"),
    Table("figures", "Figures with their hedges, as intervals", ("claim", "position"), "text", (
        CLAIM, POSITION,
        Column("text", "v.text", "the words of the figure", required=True),
        Column("low", "v.low", "lower bound; none where it is open", "number"),
        Column("high", "v.high", "upper bound; none where it is open", "number"),
        Column("low_inclusive", "v.low_inclusive", "false for “more than”", "yes/no"),
        Column("high_inclusive", "v.high_inclusive", "false for “fewer than”", "yes/no"),
        Column("modifier", "v.modifier", "at_least, about, exact, ...", required=True),
        Column("approximate", "v.approximate", "true for “about”", "yes/no", required=True),
        Column("vague", "v.vague", "true for “dozens”", "yes/no", required=True),
        Column("sure", "v.sure", "false where a person has to look at the figure", "yes/no", required=True),
        Column("why", "v.why", "why it is not sure"),
        Column("unit", "v.unit", "what one of them is"),
        Column("counts", "v.counts", "what is counted, in the article's words"),
        Column("measure", "v.measure", "killed, wounded, sorties, ..."),
        Column("population", "v.population", "whose"),
        Column("counting", "v.counting", "total, increment or unknown", required=True),
        START, END,
    ), f"quantity {OF_CLAIM}"),
    Table("times", "When, as earliest to latest", ("claim", "position"), "text", (
        CLAIM, POSITION,
        Column("role", "v.role", "event, as_of or mentioned", required=True),
        Column("text", "v.text", "the words of the time", required=True),
        Column("earliest", "v.earliest", "(EDTF); none where it is open", "time"),
        Column("latest", "v.latest", "(EDTF); none where it is open", "time"),
        Column("precision", "v.precision_", "year, month, day, hour, ...", required=True),
        Column("anchor", "v.anchor", "the day against which relative words were read", "time"),
        Column("alternatives", "v.alternatives", "other readings, as JSON"),
        Column("sure", "v.sure", "false where a person has to look at the time", "yes/no", required=True),
        Column("why", "v.why", "why it is not sure"),
        START, END,
    ), f"time_span {OF_CLAIM}"),
    Table("tags", "Tags of claims, questions and other things", ("about", "tag"), "tag", (
        Column("about", "t.letter || t.n", "id of the thing that has it", required=True), *_about("v.about"),
        Column("tag", "v.tag", "", required=True),
    ), "tag v JOIN thing t ON t.uid = v.about WHERE shown_tagged(v.about) ORDER BY t.letter, t.n, v.seq"),
    Table("fields", "Fields of the newsroom's own, those that reports may show", ("about", "field"), "value", (
        Column("about", "v.about_id", "id of the thing that has it", required=True), *_about("v.about"),
        Column("field", "v.name", "", required=True),
        Column("type", "v.type", "text, number, date, yes/no or choice", required=True),
        Column("value", "v.value", "", required=True), BY,
    ), "field_value_view v JOIN thing t ON t.uid = v.about WHERE v.public = 1 AND shown_tagged(v.about) "
       "ORDER BY t.letter, t.n, v.field_seq"),
    Table("questions", "What several claims answer", ("id",), "question", (
        _id(),
        Column("question", "v.question", "", required=True),
        Column("measure", "v.measure", "killed, wounded, sorties, ..."),
        Column("window", "v.time_window", "the days it is about"),
        Column("place", "v.place", "where"),
        Column("state", "v.state", "how far the checking is", required=True),
        Column("claims", "v.claims", "how many answer it", "integer", required=True),
        Column("outlets", None, "how many published an answer", "integer", required=True),
        Column("sources_low", None, "separate original sources, at the least", "integer", required=True),
        Column("sources_high", None, "separate original sources, at the most", "integer", required=True),
        UID,
    ), "question_view v WHERE shown_question(v.uid) ORDER BY v.n"),
    Table("filings", "Which claims answer which question, and where each comes from", ("question", "claim"), "origin", (
        _to("question", "v.question_id", "questions"),
        _to("claim", "v.claim_id", "claims"),
        Column("origin", None, "the original source it is traced to", required=True),
        Column("origin_standing", None, "named, anonymous, publisher or unknown", required=True),
        BECAUSE, BY,
    ), "filing_view v JOIN thing t ON t.uid = v.question WHERE shown_question(v.question) AND shown_claim(v.claim) "
       "ORDER BY t.n, v.seq"),
    _judged("ratings", "Whether it is true: what people found", "rating", *_about("v.about"),
        Column("scale", "v.scale", "", required=True), Column("value", "v.value", "", required=True),
        Column("even_so", "v.even_so", "why, although fewer separate sources support it than the grade asks for"),
    ),
    _judged("checks", "Whether the source said it: what people found", "check", *_about("v.about"),
        Column("value", "v.value", "yes, no or unclear", required=True),
    ),
    _judged("answers", "What people answered the questions", "answer", _to("question", "v.about_id", "questions"),
        Column("value", "v.value", "", required=True), Column("low", "v.low", "lowest", "number"),
        Column("high", "v.high", "highest", "number"), Column("best", "v.best", "best", "number"),
    ),
    Table("rests_on", "What ratings, checks and answers rest on", ("judgement", "position"), "target", (
        Column("judgement", "v.judgement", "uid of the rating, check or answer", required=True),
        Column("position", "v.position", "from 1", "integer", required=True),
        Column("target", "v.target_id", "id of the claim or evidence", required=True),
    ), "rests_on_view v JOIN judgement j ON j.uid = v.judgement WHERE j.retracted = 0 AND shown_thing(j.about) "
       "ORDER BY j.seq, v.position"),
    Table("links", "What people said two claims are to each other", ("uid",), "relation", (
        UID, _to("a", "v.a_id", "claims"),
        Column("relation", "v.relation", "supports, conflicts, repeats, updates, ...", required=True),
        _to("b", "v.b_id", "claims"), BECAUSE, BY, AT,
    ), "link_view v WHERE v.retracted = 0 AND shown_claim(v.a) AND shown_claim(v.b) ORDER BY v.seq"),
    Table("findings", "What people said of findings of the machine", ("uid",), "kind", (
        UID, _to("a", "v.a_id", "claims"), _to("b", "v.b_id", "claims"),
        Column("kind", "v.kind", "a relation or a kind of wording difference", required=True),
        Column("rule", "v.rule", "the reason that it gave, as a code", required=True),
        Column("holds", "v.holds", "whether the person found it right", "yes/no", required=True), BECAUSE, BY, AT,
    ), "finding_view v WHERE v.retracted = 0 AND shown_claim(v.a) AND shown_claim(v.b) ORDER BY v.seq"),
    Table("evidence", "Photos, documents, maps and the like", ("id",), "shows", (
        _id(), *_about("v.target"), Column("kind", "v.kind", "", required=True), Column("shows", "v.shows", "", required=True),
        Column("stance", "v.stance", "supports, against or context", required=True), Column("name", "v.name", "of the file"),
        Column("url", "v.url"), Column("sha256", "v.sha256"), Column("size", "v.size", "in bytes", "integer"),
        Column("media_type", "v.media_type"), Column("found_at", "v.found_at", "when it was found", "time"),
        Column("found_verified", "v.found_verified", "", "yes/no", required=True),
        Column("taken_at", "v.taken_at", "when it was taken", "time"),
        Column("taken_verified", "v.taken_verified", "", "yes/no", required=True), Column("location", "v.location"),
        Column("location_verified", "v.location_verified", "", "yes/no", required=True), BY, AT, UID,
    ), "evidence_view v WHERE v.retracted = 0 AND shown_thing(v.target) ORDER BY v.n"),
    Table("requests", "Who was asked, and what came back", ("id",), "reply", (
        _id(), *_about("v.target"), _to("source", "v.source_id", "sources"),
        Column("source_name", "v.source_name", "", required=True), Column("channel", "v.channel", "", required=True),
        Column("asked_at", "v.asked_at", "", "time", required=True), Column("due", "v.due", "", "time"),
        Column("text", "v.text", "what was asked"), Column("replied_at", "v.replied_at", "", "time"),
        Column("reply", "v.reply", "the newest"), BY, UID,
    ), "request_view v WHERE v.retracted = 0 AND shown_thing(v.target) ORDER BY v.n"),
    Table("corrections", "What was put right in public", ("uid",), "now", (
        UID, *_about("v.about"), Column("kind", "v.kind", "", required=True), Column("was", "v.was", "", required=True),
        Column("now", "v.now", "", required=True), Column("told_by", "v.told_by", "who pointed it out"), BECAUSE, BY, AT,
    ), "correction v WHERE v.retracted = 0 AND shown_thing(v.about) ORDER BY v.seq"),
    Table("articles", "Articles", ("id",), "title", (
        _id(),
        Column("title", "v.title"),
        _to("publisher", "v.publisher_id", "sources", required=False),
        Column("publisher_name", "v.publisher"),
        Column("url", "v.url"),
        Column("file", "v.file", "where there is no address"),
        Column("byline", "v.byline"),
        Column("credit_line", "v.credit_line", "such as: with agency inputs"),
        Column("published_at", "v.published_at", "the day that counts", "time"),
        Column("printed_at", "v.printed_at", "what the newest copy shows its readers", "time"),
        Column("first_published_at", "v.first_published_at", "when it says that it came out first", "time"),
        Column("modified_at", "v.modified_at", "when it says that it was changed last", "time"),
        Column("language", "v.language", "BCP 47"),
        Column("saved_copies", "v.captures", "how many there are", "integer", required=True),
        Column("claims", "v.claims", "how many stand in it", "integer", required=True),
        UID,
    ), "article_view v WHERE shown_article(v.uid) ORDER BY v.n"),
    Table("saved_copies", "Saved copies of articles, by hash", ("uid",), "sha256", (
        Column("uid", "v.uid", "", required=True),
        _to("article", "v.article_id", "articles"),
        Column("captured_at", "v.captured_at", "(UTC)", "time", required=True),
        Column("sha256", "v.raw", "of the bytes as they came", required=True),
        Column("text_sha256", "v.text", "of the text taken from them", required=True),
        Column("bytes", "v.raw_bytes", "", "integer", required=True),
        Column("characters", "v.text_chars", "of the text", "integer", required=True),
        Column("method", "v.method", "file, stdin, http or import", required=True),
        Column("extractor", "v.extractor", "what took the text, with its version", required=True),
        Column("encoding", "v.encoding", "", required=True),
        Column("encoding_guessed", "v.encoding_guessed", "", "yes/no", required=True),
        Column("media_type", "v.media_type"),
        Column("url", "v.url"),
        Column("status", "v.status", "of HTTP", "integer"),
        Column("printed_at", "v.printed_at", "", "time"),
        Column("first_published_at", "v.first_published_at", "", "time"),
        Column("modified_at", "v.modified_at", "", "time"),
    ), "capture_view v WHERE shown_article(v.article) ORDER BY v.seq"),
    Table("sources", "Everybody in a chain: outlets, agencies, officials, witnesses", ("id",), "name", (
        _id(),
        Column("name", "v.name", "", required=True),
        Column("kind", "v.kind", "", required=True),
        Column("kind_guessed", "v.kind_guessed", "true where the kind was read off the name", "yes/no", required=True),
        Column("protected", "v.protected", "true where the name is a handle", "yes/no", required=True),
        Column("counts_as", "v.counts", "how it counts, such as: documented minimum"),
        Column("claims", "v.claims", "in how many chains it is", "integer", required=True),
        _to("merged_into", "v.merged_into", "sources", required=False),
        UID,
    ), "source_view v WHERE shown_source(v.uid) ORDER BY v.n"),
    Table("source_names", "Other names of sources", ("source", "name"), "name", (
        _to("source", "v.source_id", "sources"),
        Column("name", "v.alias", "", required=True),
        BECAUSE,
    ), "alias_view v JOIN source s ON s.uid = v.source WHERE shown_source(v.source) AND v.alias <> s.name "
       "AND v.seq = (SELECT min(seq) FROM alias WHERE source = v.source AND alias = v.alias) ORDER BY v.seq"),
    Table("source_relations", "What sources are to each other", ("source", "relation", "target"), "relation", (
        _to("source", "v.source_id", "sources"),
        Column("source_name", "v.source_name", "", required=True),
        Column("relation", "v.relation", "part_of, speaks_for, owned_by, syndicates, same_as, independent", required=True),
        _to("target", "v.to_id", "sources"),
        Column("target_name", "v.to_name", "", required=True),
        Column("since", "v.since", "", "time"),
        Column("until", "v.until", "", "time"),
        BECAUSE,
    ), "relation_view v WHERE v.retracted = 0 AND shown_source(v.source) AND shown_source(v.target) "
       "AND v.seq = (SELECT min(seq) FROM relation WHERE source = v.source AND relation = v.relation AND target = v.target "
       "AND retracted = 0) ORDER BY v.seq"),
    Table("parties", "Which sources take part in what is asked", ("uid",), "side", (
        UID,
        _to("source", "v.source_id", "sources"),
        Column("source_name", "v.source_name", "", required=True),
        _to("question", "v.question_id", "questions", "none where it is so for all", required=False),
        Column("party", "v.party", "false where it is none", "yes/no", required=True),
        Column("side", "v.side", "on which side"),
        BECAUSE,
    ), "party_view v WHERE v.retracted = 0 AND shown_source(v.source) AND (v.question IS NULL OR shown_question(v.question)) "
       "ORDER BY v.seq"),
)  # fmt: skip
"""In an order in which the tables can be read one after the other."""

BY_NAME = {table.name: table for table in TABLES}

STANDS = "retracted = 0 AND redacted = 0"
EVERYTHING = {
    "claim": f"EXISTS (SELECT 1 FROM thing c_ WHERE c_.uid = {{0}} AND c_.letter = 'C' AND {STANDS})",
    "question": f"EXISTS (SELECT 1 FROM thing q_ WHERE q_.uid = {{0}} AND q_.letter = 'Q' AND {STANDS} "
    "AND q_.merged_into IS NULL)",
    "thing": "(shown_claim({0}) OR shown_question({0}))",
    "tagged": f"EXISTS (SELECT 1 FROM thing g_ WHERE g_.uid = {{0}} AND {STANDS})",
    "article": "(EXISTS (SELECT 1 FROM thing a_ WHERE a_.uid = {0} AND a_.retracted = 0) "
    "OR EXISTS (SELECT 1 FROM claim b_ WHERE b_.article = {0} AND shown_claim(b_.uid)))",
    "source": "{0} IN (SELECT uid FROM thing WHERE letter = 'S' AND retracted = 0 UNION shown_used())",
}
OF_QUESTION = {
    "claim": f"({{0}} IN (SELECT f_.claim FROM filing_view f_ JOIN thing c_ ON c_.uid = f_.claim "
    f"WHERE f_.question = :question AND {STANDS}))",
    "question": "{0} = :question",
    "thing": "(shown_claim({0}) OR shown_question({0}))",
    "tagged": "shown_thing({0})",
    "article": "{0} IN (SELECT b_.article FROM claim b_ WHERE shown_claim(b_.uid))",
    "source": "{0} IN (WITH RECURSIVE s_ (uid) AS (shown_used() UNION "
    "SELECT m_.merged_into FROM thing m_ JOIN s_ ON s_.uid = m_.uid WHERE m_.merged_into IS NOT NULL) SELECT uid FROM s_)",
}
"""When a thing is shown, by the expression for its uid: of the whole ledger, of one question."""
USED = (
    "SELECT h_.source FROM hop h_ WHERE shown_claim(h_.claim) "
    "UNION SELECT p_.publisher FROM article p_ WHERE p_.publisher IS NOT NULL AND shown_article(p_.uid) "
    "UNION SELECT r_.source FROM request r_ JOIN thing t_ ON t_.uid = r_.uid WHERE t_.retracted = 0 AND shown_thing(r_.target)"
)
"""The sources that rows refer to."""


def rows(ledger: Ledger, table: Table, *, question: str | None = None) -> Iterator[dict[str, Cell]]:
    """The rows of a table by column, without the columns that have no SQL: of everything, or of a question (by uid)."""
    with ledger.reading():
        cursor = ledger.db.execute(_select(table, of_question=question is not None), {"question": question})
        for row in cursor:
            yield dict(row)


@cache
def _select(table: Table, *, of_question: bool) -> str:
    columns = ", ".join(f'{c.sql} AS "{c.name}"' for c in table.columns if c.sql)
    shown = OF_QUESTION if of_question else EVERYTHING
    sql = f"SELECT {columns} FROM {table.source}"
    while "shown_" in sql:
        sql = re.sub(r"shown_used\(\)", USED, sql)
        sql = re.sub(r"shown_(\w+)\(([\w.]+)\)", lambda m: shown[m[1]].format(m[2]), sql)
    return sql
