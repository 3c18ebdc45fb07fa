"""The ledger as plain tables that refer to each other: what Datasette and a data package show.

Only what a report may show: no internal notes, no pending suggestions, nothing that was retracted or redacted. Names are the
ledger's, so a protected source is its handle. Cells are what was logged; nothing is neutralised for spreadsheets here.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Literal

from msgspec import Struct

from ledger import records as r
from ledger.crossref.study import study
from ledger.exchange import Selection
from ledger.store import Ledger, beside, read
from ledger.vocabulary import EntryKind, TimeRole

Cell = str | int | None
Kind = Literal["text", "number", "integer", "yes/no", "time"]


class Column(Struct, frozen=True):
    """One column; `to` is the table whose key it holds."""

    name: str
    means: str = ""
    kind: Kind = "text"
    to: str | None = None
    required: bool = False


class Table(Struct, frozen=True):
    """One table: what it holds, which columns tell its rows apart, which one names a row to a reader."""

    name: str
    title: str
    key: tuple[str, ...]
    label: str
    columns: tuple[Column, ...]


def _id(means: str) -> Column:
    return Column("id", means, required=True)


def _to(name: str, table: str, means: str = "", *, required: bool = True) -> Column:
    return Column(name, means, to=table, required=required)


JUDGED = (
    Column("because", "the reason given"),
    Column("by", "who found it", required=True),
    Column("at", "when it was logged (UTC)", "time", required=True),
)
ABOUT = (_to("claim", "claims", required=False), _to("question", "questions", required=False))
UID = Column("uid", "the same in every copy of the ledger", required=True)
SUPERSEDED = Column("superseded", "1 where a newer one took its place", "yes/no", required=True)

TABLES: tuple[Table, ...] = (
    Table("claims", "Claims, each in the words of one article", ("id",), "exact", (
        _id("short id in the ledger"),
        Column("exact", "the words as they stand in the article", required=True),
        Column("says", "the same in our words"),
        _to("article", "articles", "where it stands"),
        _to("innermost", "sources", "the last source in the chain; none where the outlet says it itself", required=False),
        Column("prefix", "what stands before it"),
        Column("suffix", "what stands after it"),
        Column("start", "place in the saved text, in characters", "integer"),
        Column("end", "first character after it", "integer"),
        Column("anchored", "1 where the words stand in a saved copy", "yes/no", required=True),
        Column("cite", "where it was heard or read, without a saved copy"),
        Column("mode", "direct, indirect, mixed or none", required=True),
        Column("event_earliest", "when it happened, at the earliest (EDTF)"),
        Column("event_latest", "at the latest"),
        Column("as_of", "the day of the count"),
        Column("place", "where"),
        Column("scope", "what exactly it is about"),
        Column("answer", "an answer in a word or two, where there is no figure"),
        Column("read_as", "how a word of it is read"),
        Column("state", "how far the checking is", required=True),
        UID,
    )),
    Table("attributions", "Who is said to have said it, outermost first", ("claim", "position"), "cue", (
        _to("claim", "claims"),
        Column("position", "1 is next to the outlet", "integer", required=True),
        _to("source", "sources"),
        Column("role", "relay, affiliation or origin", required=True),
        Column("cue", "the words that attribute"),
        Column("mention", "the source as the article names it"),
        Column("mode", "direct, indirect, mixed or none", required=True),
        Column("named", "0 where the article does not name it", "yes/no", required=True),
        Column("implicit", "1 where it is only understood", "yes/no", required=True),
    )),
    Table("figures", "Figures with their hedges, as intervals", ("claim", "position"), "text", (
        _to("claim", "claims"),
        Column("position", "in the claim", "integer", required=True),
        Column("text", "the words of the figure", required=True),
        Column("low", "lower bound; none where it is open", "number"),
        Column("high", "upper bound; none where it is open", "number"),
        Column("low_inclusive", "0 for “more than”", "yes/no"),
        Column("high_inclusive", "0 for “fewer than”", "yes/no"),
        Column("modifier", "at_least, about, exact, ...", required=True),
        Column("approximate", "1 for “about”", "yes/no", required=True),
        Column("vague", "1 for “dozens”", "yes/no", required=True),
        Column("unit", "what one of them is"),
        Column("counts", "what is counted, in the article's words"),
        Column("measure", "killed, wounded, sorties, ..."),
        Column("population", "whose"),
        Column("counting", "total, increment or unknown", required=True),
    )),
    Table("articles", "Articles", ("id",), "title", (
        _id("short id in the ledger"),
        Column("title"),
        _to("publisher", "sources", required=False),
        Column("url"),
        Column("file", "where there is no address"),
        Column("byline"),
        Column("credit_line", "such as: with agency inputs"),
        Column("published_at", "", "time"),
        Column("language", "BCP 47"),
        UID,
    )),
    Table("saved_copies", "Saved copies of articles, by hash", ("uid",), "sha256", (
        Column("uid", "", required=True),
        _to("article", "articles"),
        Column("captured_at", "(UTC)", "time", required=True),
        Column("sha256", "of the bytes as they came", required=True),
        Column("text_sha256", "of the text taken from them", required=True),
        Column("bytes", "", "integer", required=True),
        Column("method", "", required=True),
        Column("extractor", "what took the text, with its version", required=True),
        Column("url"),
    )),
    Table("sources", "Everybody in a chain: outlets, agencies, officials, witnesses", ("id",), "name", (
        _id("short id in the ledger"),
        Column("name", "", required=True),
        Column("kind", "", required=True),
        Column("kind_guessed", "1 where the kind was read off the name", "yes/no", required=True),
        Column("protected", "1 where the name is a handle", "yes/no", required=True),
        Column("counts_as", "how it counts, such as: documented minimum"),
        _to("merged_into", "sources", required=False),
        UID,
    )),
    Table("source_names", "Other names of sources", ("source", "name"), "name", (
        _to("source", "sources"),
        Column("name", "", required=True),
    )),
    Table("source_relations", "What sources are to each other", ("source", "relation", "target"), "relation", (
        _to("source", "sources"),
        Column("relation", "part_of, speaks_for, owned_by, syndicates, same_as, independent", required=True),
        _to("target", "sources"),
        Column("since", "", "time"),
        Column("until", "", "time"),
        Column("because"),
    )),
    Table("questions", "What several claims answer", ("id",), "question", (
        _id("short id in the ledger"),
        Column("question", "", required=True),
        Column("measure"),
        Column("window", "the days it is about"),
        Column("place"),
        Column("state", "how far the checking is", required=True),
        Column("outlets", "how many published an answer", "integer", required=True),
        Column("sources_low", "separate original sources, at the least", "integer", required=True),
        Column("sources_high", "separate original sources, at the most", "integer", required=True),
        UID,
    )),
    Table("filings", "Which claims answer which question, and where each comes from", ("question", "claim"), "origin", (
        _to("question", "questions"),
        _to("claim", "claims"),
        Column("origin", "the original source it is traced to", required=True),
        Column("origin_standing", "named, anonymous, publisher or unknown", required=True),
    )),
    Table("ratings", "Whether it is true: what people found", ("id",), "value", (
        Column("id", "", "integer", required=True), *ABOUT,
        Column("scale", "", required=True), Column("value", "", required=True), *JUDGED, SUPERSEDED,
    )),
    Table("checks", "Whether the source said it: what people found", ("id",), "value", (
        Column("id", "", "integer", required=True), *ABOUT, Column("value", "yes, no or unclear", required=True), *JUDGED,
        SUPERSEDED,
    )),
    Table("answers", "What people answered the questions", ("id",), "value", (
        Column("id", "", "integer", required=True), _to("question", "questions"), Column("value", "", required=True),
        Column("low", "lowest", "number"), Column("high", "highest", "number"), Column("best", "best", "number"), *JUDGED,
        SUPERSEDED,
    )),
    Table("links", "What people said two claims are to each other", ("id",), "relation", (
        Column("id", "", "integer", required=True), _to("a", "claims"),
        Column("relation", "supports, conflicts, repeats, updates, ...", required=True), _to("b", "claims"), *JUDGED,
    )),
    Table("evidence", "Photos, documents, maps and the like", ("id",), "shows", (
        _id("short id in the ledger"), *ABOUT, Column("kind", "", required=True), Column("shows", "", required=True),
        Column("stance", "supports, against or context", required=True), Column("url"), Column("sha256"),
        Column("taken_at", "", "time"), Column("taken_verified", "", "yes/no", required=True), Column("location"),
        Column("location_verified", "", "yes/no", required=True),
    )),
    Table("requests", "Who was asked, and what came back", ("id",), "reply", (
        _id("short id in the ledger"), *ABOUT, _to("source", "sources"), Column("channel", "", required=True),
        Column("asked_at", "", "time", required=True), Column("replied_at", "", "time"), Column("reply"),
    )),
    Table("corrections", "What was put right in public", ("id",), "now", (
        Column("id", "", "integer", required=True), *ABOUT, Column("kind", "", required=True),
        Column("was", "", required=True), Column("now", "", required=True), *JUDGED,
    )),
)  # fmt: skip

Row = tuple[str, tuple[Cell, ...]]
"""The name of a table, and cells in the order of its columns."""


def rows(ledger: Ledger, selection: Selection) -> Iterator[Row]:
    """Every row of every table, the claims first, each in the order of the ledger."""
    with ledger.snapshot():
        yield from _Walk(ledger, selection).rows()


class _Walk:
    """One walk through the ledger; remembers what was shown, so that no row refers to one that is not there."""

    def __init__(self, ledger: Ledger, selection: Selection) -> None:
        self._ledger, self._selection = ledger, selection
        self._claims: dict[str, None] = {}
        self._articles: dict[str, None] = {}
        self._sources: dict[str, None] = {}
        self._questions: dict[str, None] = {}
        self._numbers: dict[str, int] = {}

    def rows(self) -> Iterator[Row]:
        for claim in read.claims(self._ledger, question=self._selection.question):
            if not claim.redacted:
                yield from self._claim(claim)
        for question in self._asked():
            yield from self._question(question)
        yield from self._beside()
        for article in self._published():
            yield from self._article(article)
        yield from self._named()

    def _number(self, table: str) -> int:
        self._numbers[table] = self._numbers.get(table, 0) + 1
        return self._numbers[table]

    # --- claims ---------------------------------------------------------------------------------------------------

    def _claim(self, c: r.Claim) -> Iterator[Row]:
        self._claims[c.id] = None
        self._articles[c.article] = None
        last = c.attribution[-1].known_by if c.attribution else None
        event = next((t for t in c.times if t.role == TimeRole.EVENT), None)
        as_of = next((t for t in c.times if t.role == TimeRole.AS_OF), None)
        yield "claims", (
            c.id, c.exact, c.says, c.article, last, c.prefix, c.suffix, c.start, c.end, int(c.anchored), c.cite,
            c.mode.value, event.earliest if event else None, event.latest if event else None,
            (as_of.latest or as_of.earliest) if as_of else None, c.place.name if c.place else None, c.scope, c.answer,
            c.reading.read_as if c.reading else None, c.state, c.uid,
        )  # fmt: skip
        for i, h in enumerate(c.attribution, 1):
            self._sources[h.known_by] = None
            yield "attributions", (
                c.id, i, h.known_by, h.role.value, h.cue, h.text, h.mode.value, int(h.named), int(h.implicit)
            )  # fmt: skip
        for i, q in enumerate(c.quantities, 1):
            yield "figures", (
                c.id, i, q.text, q.low, q.high, _truth(q.low_inclusive), _truth(q.high_inclusive), q.modifier.value,
                int(q.approximate), int(q.vague), q.unit, q.counts, q.measure, q.population, q.counting.value,
            )  # fmt: skip
        if c.rating is not None:
            yield from self._judged("ratings", c.id, c.uid)
        if c.check is not None:
            yield from self._judged("checks", c.id, c.uid)

    def _judged(self, table: Literal["ratings", "checks"], name: str, uid: str) -> Iterator[Row]:
        """All ratings or checks of a claim or question, the superseded ones marked."""
        kind = EntryKind.RATING if table == "ratings" else EntryKind.CHECK
        for j in read.judgements(self._ledger, uid, kind):
            value: tuple[Cell, ...] = (j.scale, j.value) if table == "ratings" else (j.value,)
            yield table, (self._number(table), *_about(name), *value, j.because, j.by, j.at, int(j.superseded))

    # --- questions ------------------------------------------------------------------------------------------------

    def _asked(self) -> Iterator[r.Question]:
        if self._selection.question is not None:
            yield read.question(self._ledger, self._selection.question)
        else:
            yield from read.questions(self._ledger)

    def _question(self, q: r.Question) -> Iterator[Row]:
        self._questions[q.id] = None
        found = study(self._ledger, q.uid)
        outlets = len(found.outlets(c.id for c in found.claims))
        yield "questions", (
            q.id, q.question, q.measure, q.window, q.place, q.state, outlets, found.traced.low, found.traced.high, q.uid
        )  # fmt: skip
        for claim in found.claims:
            if claim.id in self._claims:
                family = found.family(claim.id)
                yield "filings", (q.id, claim.id, family.name, family.standing.value)
        yield from self._judged("ratings", q.id, q.uid)
        for j in read.judgements(self._ledger, q.uid, EntryKind.ANSWER):
            yield "answers", (
                self._number("answers"), q.id, j.value, j.low, j.high, j.best, j.because, j.by, j.at, int(j.superseded)
            )  # fmt: skip

    # --- what stands beside ---------------------------------------------------------------------------------------

    def _shown(self, name: str) -> bool:
        return name in self._claims or name in self._questions

    def _beside(self) -> Iterator[Row]:
        for k in read.all_links(self._ledger):
            if k.a in self._claims and k.b in self._claims:
                yield "links", (self._number("links"), k.a, k.relation, k.b, k.because, k.by, k.at)
        for e in beside.all_evidence(self._ledger):
            if self._shown(e.target):
                yield "evidence", (
                    e.id, *_about(e.target), e.kind, e.shows, e.stance, e.url, e.sha256, e.taken_at, int(e.taken_verified),
                    e.location, int(e.location_verified),
                )  # fmt: skip
        for q in beside.all_requests(self._ledger):
            if self._shown(q.target):
                self._sources[q.source_id] = None
                yield "requests", (q.id, *_about(q.target), q.source_id, q.channel, q.asked_at, q.replied_at, q.reply)
        for name, c in beside.all_corrections(self._ledger):
            if self._shown(name):
                yield "corrections", (
                    self._number("corrections"), *_about(name), c.kind, c.was, c.now, c.because, c.by, c.at
                )  # fmt: skip

    # --- articles and sources -------------------------------------------------------------------------------------

    def _published(self) -> Iterator[r.Article]:
        """The articles of the claims shown; all that stand, where all claims are."""
        if self._selection.question is None:
            yield from (a for a in read.articles(self._ledger) if not a.retracted or a.id in self._articles)
        else:
            yield from (read.article(self._ledger, name) for name in sorted(self._articles, key=r.order))

    def _article(self, a: r.Article) -> Iterator[Row]:
        if a.publisher_id:
            self._sources[a.publisher_id] = None
        yield "articles", (
            a.id, a.title, a.publisher_id, a.url, a.file, a.byline, a.credit_line, a.published_at, a.language, a.uid
        )  # fmt: skip
        for c in read.captures(self._ledger, a.uid):
            yield "saved_copies", (
                c.uid, a.id, c.captured_at, c.raw, c.text, c.raw_bytes, c.method, c.extractor, c.url
            )  # fmt: skip

    def _named(self) -> Iterator[Row]:
        for s in self._everybody():
            self._sources[s.id] = None
            yield "sources", (
                s.id, s.name, s.kind, int(s.kind_guessed), int(s.protected), s.counts, s.merged_into, s.uid
            )  # fmt: skip
            for name in dict.fromkeys(s.aliases):
                yield "source_names", (s.id, name)
        seen = set()
        for k in read.relations(self._ledger):
            key = (k.source_id, k.relation, k.to_id)
            if {k.source_id, k.to_id} <= self._sources.keys() and key not in seen:
                seen.add(key)
                yield "source_relations", (*key, k.since, k.until, k.because)

    def _everybody(self) -> Iterator[r.Source]:
        """The sources that rows refer to, with those they were merged into; all that stand, where all claims are shown."""
        wanted = dict(self._sources)
        if self._selection.question is None:
            for s in read.sources(self._ledger):
                wanted.pop(s.id, None)
                yield s
        waiting = sorted(wanted, key=r.order)
        while waiting:
            s = read.source(self._ledger, waiting.pop(0))
            yield s
            if s.merged_into and s.merged_into not in self._sources and self._selection.question is not None:
                waiting.append(s.merged_into)


def _about(name: str) -> tuple[Cell, Cell]:
    """A thing as the claim or the question that it is."""
    return (name, None) if name.startswith("C") else (None, name)


def _truth(value: bool | None) -> int | None:
    return None if value is None else int(value)
