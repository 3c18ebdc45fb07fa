"""Reading: plain SELECTs on the views, given back as records."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Iterator, Sequence
from typing import Any, Literal, NamedTuple, TypedDict, TypeVar, Unpack

from ledger import records as r
from ledger.errors import BadInput, NotFound
from ledger.store.columns import lots, names_of, reader, record
from ledger.store.connection import Ledger
from ledger.store.engine import Select
from ledger.vocabulary import EntryKind, Letter, SourceKind, SuggestionState

ID = re.compile(r"([ACSQMER])([1-9][0-9]{0,17})", re.IGNORECASE)
UID = re.compile(r"[0-9a-f]{32}")

THING_BY_ID = "SELECT * FROM thing_view WHERE letter = ? AND n = ?"
THING = "SELECT * FROM thing_view WHERE uid = ?"
STAYS = "SELECT stays FROM thing WHERE uid = ?"
CLAIM = "SELECT * FROM claim_view WHERE uid = ?"
ARTICLE = "SELECT * FROM article_view WHERE uid = ?"
LAST_ARTICLE = "SELECT * FROM article_view WHERE retracted = 0 AND redacted = 0 ORDER BY n DESC LIMIT 1"
CAPTURES = "SELECT * FROM capture_view WHERE article = ? AND retracted = 0 ORDER BY seq"
QUESTION = "SELECT * FROM question_view WHERE uid = ?"
SOURCES_NAMED = """SELECT a.folded, t.stays FROM alias a JOIN thing t ON t.uid = a.source
                   WHERE t.retracted = 0 AND a.folded IN ({}) ORDER BY a.seq DESC"""
NAMED_SOURCE = """SELECT t.letter || t.n AS id, s.name, s.kind, s.kind_guessed, m.letter || m.n AS merged_into
                  FROM thing t JOIN source s ON s.uid = t.uid LEFT JOIN thing m ON m.uid = t.merged_into
                  WHERE t.letter = 'S'"""
ARTICLES_KNOWN_AS = """SELECT a.identity, a.uid FROM article a JOIN thing t ON t.uid = a.uid
                       WHERE t.retracted = 0 AND a.identity IN ({}) ORDER BY t.n DESC"""
QUESTIONS_NAMED = """SELECT q.folded, q.uid FROM question q JOIN thing t ON t.uid = q.uid
                     WHERE t.retracted = 0 AND t.merged_into IS NULL AND q.folded IN ({}) ORDER BY t.n DESC"""
"""The oldest of one name is written last."""

NOUNS = {
    Letter.ARTICLE: "article", Letter.CLAIM: "claim", Letter.SOURCE: "source", Letter.QUESTION: "question",
    Letter.SUGGESTION: "suggestion", Letter.EVIDENCE: "evidence", Letter.REQUEST: "request",
}  # fmt: skip


def thing(ledger: Ledger, name: str, *kinds: Letter) -> r.Thing:
    """What an id or uid names; NotFound with the ids there are, BadInput where it is of another kind."""
    given = name.strip()
    if match := ID.fullmatch(given):
        row = ledger.one(THING_BY_ID, (match[1].upper(), int(match[2])))
    elif UID.fullmatch(given):
        row = ledger.one(THING, (given,))
    else:
        raise BadInput(f"not an id: {given[:80]}", hint="ids look like A1, C12, S3, Q2, M5, E4")
    if row is None:
        raise NotFound(f"no {_noun(given)} {given}", hint=_nearest(ledger, given))
    if kinds and Letter(row["letter"]) not in kinds:
        wanted = " or ".join(NOUNS[k] for k in kinds)
        raise BadInput(f"{row['id']} is not a {wanted}", hint=f"claims list {NOUNS[kinds[0]]}s shows them")
    return record(r.Thing, row)


def thing_by_uid(ledger: Ledger, uid: str) -> r.Thing | None:
    row = ledger.one(THING, (uid,))
    return record(r.Thing, row) if row else None


def _noun(name: str) -> str:
    return NOUNS.get(Letter(name[0].upper()), "thing") if ID.fullmatch(name) else "thing"


def _nearest(ledger: Ledger, name: str) -> str:
    letter = name[0].upper()
    row = ledger.one("SELECT max(n) AS n FROM thing WHERE letter = ?", (letter,))
    if ID.fullmatch(name) and row is not None and row["n"]:
        last = row["n"]
        return f"did you mean {letter}1?" if last == 1 else f"did you mean one of {letter}1 to {letter}{last}?"
    return "claims list shows what there is"


def short_id(ledger: Ledger, uid: str) -> str:
    """The short id of a uid; the uid itself for what has none."""
    row = ledger.one("SELECT id FROM thing_view WHERE uid = ?", (uid,))
    return str(row["id"]) if row else uid


# --- claims -------------------------------------------------------------------------------------------------------


def claim(ledger: Ledger, name: str, *, without: Collection[str] = ()) -> r.Claim:
    """One claim by id or uid, retracted or not; of these VIEWS it is known to have nothing."""
    return _one(ledger, name, Letter.CLAIM, lambda uid: next(_claims(ledger, CLAIM, (uid,), without), None))


def _one(ledger: Ledger, name: str, letter: Letter, read: Callable[[str], Noun | None]) -> Noun:
    """What an id or uid names, as `read` gives it for a uid."""
    given = name.strip()
    if UID.fullmatch(given) and (one := read(given)) is not None:
        return one
    found = thing(ledger, name, letter)
    if (one := read(found.uid)) is None:
        raise NotFound(f"{found.id} was redacted", hint=f"claims history {found.id} shows by whom and why")
    return one


Noun = TypeVar("Noun", r.Claim, r.Article, r.Question)
Item = TypeVar("Item")


class Filters(TypedDict, total=False):
    """Which claims are read: by uids, a tag, a state, or those that a person has to look at."""

    article: str | None
    question: str | None
    source: str | None
    tag: str | None
    state: str | None
    unsure: bool


FILTERS = {
    "article": "c.article = ?",
    "question": "c.uid IN (SELECT claim FROM filing_view WHERE question = ?)",
    "source": "(c.publisher_uid IN (SELECT uid FROM thing WHERE stays = ?) OR c.uid IN "
    "(SELECT h.claim FROM thing m JOIN hop h ON h.source = m.uid WHERE m.stays = ?))",
    "tag": "c.uid IN (SELECT about FROM tag WHERE tag = ?)",
    "state": "c.state = ?",
    "unsure": "c.unsure <> '[]' AND ?",
}


def claims(ledger: Ledger, **filters: Unpack[Filters]) -> Iterator[r.Claim]:
    """Claims that still stand, in the order they were logged."""
    where, params = _chosen(filters)
    return _claims(ledger, f"SELECT * FROM claim_view c WHERE {where} ORDER BY c.seq", params)


def count_claims(ledger: Ledger, **filters: Unpack[Filters]) -> int:
    """How many these are."""
    where, params = _chosen(filters)
    sql = f"SELECT count(*) FROM claim_view c WHERE {where}"
    if not params:  # the same, without a look at each
        sql = "SELECT count(*) FROM thing WHERE letter = 'C' AND retracted = 0 AND redacted = 0"
    return int(next(ledger.tuples(sql, params))[0])


def _chosen(filters: Filters) -> tuple[str, list[Any]]:
    """The condition on rows of `claim_view`, with its values."""
    where, params = ["c.retracted = 0"], []
    for name, value in filters.items():
        if value:
            where.append(FILTERS[name])
            params += [value] * FILTERS[name].count("?")
    return " AND ".join(where), params


def with_same_words(ledger: Ledger, claim: str) -> list[str]:
    """Ids of the claims that stand at the very place of another, by uid, in its article."""
    return [f"C{n}" for (n,) in ledger.tuples(SAME_WORDS, (claim,))]


SAME_WORDS = """SELECT t.n FROM claim mine JOIN claim c ON c.article = mine.article JOIN thing t ON t.uid = c.uid
                WHERE mine.uid = ? AND c.uid <> mine.uid AND c.start_at = mine.start_at AND c.end_at = mine.end_at
                AND t.retracted = 0 ORDER BY t.n"""


def places_of_claims(ledger: Ledger, article: str) -> list[tuple[str, int | None, int | None]]:
    """Ids of the claims of an article that still stand, and where their words do."""
    sql = """SELECT t.n, c.start_at, c.end_at FROM claim c JOIN thing t ON t.uid = c.uid
             WHERE c.article = ? AND t.retracted = 0 ORDER BY t.n"""
    return [(f"C{row['n']}", row["start_at"], row["end_at"]) for row in ledger.rows(sql, (article,))]


def claims_read_by_others(ledger: Ledger, version: str) -> list[tuple[str, str]]:
    """Uid and `found_by` of the claims that still stand and that readers of another version read, in order."""
    sql = """SELECT c.uid, c.found_by FROM claim c JOIN thing t ON t.uid = c.uid WHERE t.retracted = 0
             AND c.capture IS NOT NULL AND c.found_by NOT LIKE ? ORDER BY t.n"""
    return [(row["uid"], row["found_by"]) for row in ledger.rows(sql, (f"%/{version}%",))]


def claims_by_uid(ledger: Ledger, uids: Sequence[str]) -> list[r.Claim]:
    """The claims with these uids, in the order given; those that are gone are left out."""
    found: dict[str, r.Claim] = {}
    for part in chunks(uids):
        sql = f"SELECT * FROM claim_view WHERE uid IN ({marks(part)})"
        found.update((c.uid, c) for c in _claims(ledger, sql, part))
    return [found[u] for u in uids if u in found]


def _claims(ledger: Ledger, sql: str, params: Sequence[Any], without: Collection[str] = ()) -> Iterator[r.Claim]:
    """Claims with their parts, read in lots so that neither memory nor the number of statements grows."""
    with ledger.reading():
        rows = ledger.tuples(sql, params)
    columns = names_of(rows)
    place, read = columns.index("uid"), reader(r.Claim, columns, PARTS)
    size = FIRST_LOT
    while lot := _some(ledger, rows, size):
        size, parts = LOT, _Parts(ledger, [row[place] for row in lot], without)
        for row in lot:
            yield read(row, **parts.of(row[place]))


def _some(ledger: Ledger, rows: Any, size: int) -> list[tuple[Any, ...]]:
    with ledger.reading():
        return rows.fetchmany(size)  # type: ignore[no-any-return]


FIRST_LOT = 64
"""A screen of claims, which need not wait for more."""
PARTS = ("attribution", "quantities", "times", "questions", "tags", "check", "rating")
"""The fields of a claim that stand in other tables."""


LOT = 400


def chunks(items: Sequence[Item]) -> Iterator[Sequence[Item]]:
    return (items[i : i + LOT] for i in range(0, len(items), LOT))


def marks(items: Sequence[Any]) -> str:
    return ", ".join("?" * len(items))


class _Parts:
    """Chains, figures, times, questions, judgements and tags of a lot of claims, each read in one statement."""

    def __init__(self, ledger: Ledger, uids: Sequence[str], without: Collection[str]) -> None:
        if len(uids) <= LOT:
            ledger.ahead(parts_asked(uids, without))
        of = {view: [] if view in without else uids for view, *_ in VIEWS}
        self.hops = _recorded(ledger, r.Hop, "hop_view", of["hop_view"])
        self.quantities = _recorded(ledger, r.Quantity, "quantity", of["quantity"])
        self.times = _recorded(ledger, r.TimeSpan, "time_span", of["time_span"])
        self.questions = _grouped(ledger, "filing_view", "claim", of["filing_view"], "seq")
        self.judgements = _grouped(ledger, "judgement_view", "about", of["judgement_view"], "seq")
        self.tags = _grouped(ledger, "tag", "about", of["tag"], "seq")
        found = [row["uid"] for rows in self.judgements.values() for row in rows]
        self.rests = _grouped(ledger, "rests_on_view", "judgement", found, "position")

    def of(self, uid: str) -> dict[str, Any]:
        return {
            "attribution": tuple(self.hops.get(uid, ())), "quantities": tuple(self.quantities.get(uid, ())),
            "times": tuple(self.times.get(uid, ())),
            "questions": tuple([q["question_id"] for q in self.questions.get(uid, ())]),
            "tags": tuple([t["tag"] for t in self.tags.get(uid, ())]), "check": self._latest(uid, EntryKind.CHECK),
            "rating": self._latest(uid, EntryKind.RATING),
        }  # fmt: skip

    def _latest(self, uid: str, kind: EntryKind) -> r.Judgement | None:
        rows = [j for j in self.judgements.get(uid, ()) if j["kind"] == kind and not j["superseded"]]
        return judgement(rows[-1], self.rests[rows[-1]["uid"]]) if rows else None


VIEWS = (
    ("hop_view", "claim", "position"), ("quantity", "claim", "position"), ("time_span", "claim", "position"),
    ("filing_view", "claim", "seq"), ("judgement_view", "about", "seq"), ("tag", "about", "seq"),
)  # fmt: skip
"""Where the parts of claims stand, by which column they are theirs, and their order."""


def parts_asked(uids: Sequence[str], without: Collection[str] = ()) -> list[Select]:
    """What is read of claims beside their rows."""
    return [Select(_of(*view, uids), tuple(uids)) for view in VIEWS if view[0] not in without]


def without_parts(new: r.ClaimDraft, *, filed: bool, tagged: bool) -> frozenset[str]:
    """Of which VIEWS a claim that was just logged has nothing."""
    has = {
        "hop_view": new.attribution,
        "quantity": new.quantities,
        "time_span": new.times,
        "filing_view": filed,
        "tag": tagged,
    }
    return frozenset(view for view, *_ in VIEWS if not has.get(view))


def _of(view: str, column: str, order: str, uids: Sequence[str]) -> str:
    return f"SELECT * FROM {view} WHERE {column} IN ({marks(uids)}) ORDER BY {order}"


def _recorded(ledger: Ledger, kind: type[Part], view: str, uids: Sequence[str]) -> dict[str, list[Part]]:
    """The parts of claims, by the uid of the claim."""
    groups: dict[str, list[Part]] = {}
    for part in chunks(uids):
        rows = ledger.tuples(_of(view, "claim", "position", part), part)
        columns = names_of(rows)
        place, read = columns.index("claim"), reader(kind, columns)
        for row in rows:
            groups.setdefault(row[place], []).append(read(row))
    return groups


Part = TypeVar("Part", r.Hop, r.Quantity, r.TimeSpan)


def _grouped(
    ledger: Ledger, view: str, column: str, uids: Sequence[str], order: str
) -> defaultdict[str, list[sqlite3.Row]]:
    groups: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for part in chunks(uids):
        for row in ledger.rows(_of(view, column, order, part), part):
            groups[row[column]].append(row)
    return groups


def judgement(row: sqlite3.Row, rests: Iterable[sqlite3.Row] = ()) -> r.Judgement:
    return record(r.Judgement, row, on=tuple(x["target_id"] for x in rests))


def judgements(ledger: Ledger, about: str, kind: EntryKind) -> list[r.Judgement]:
    """Every check, rating or answer of a thing that was not taken back, oldest first, superseded ones marked."""
    rows = ledger.rows(
        "SELECT * FROM judgement_view WHERE about = ? AND kind = ? AND retracted = 0 ORDER BY seq", (about, kind)
    )
    rests = _grouped(ledger, "rests_on_view", "judgement", [row["uid"] for row in rows], "position")
    return [judgement(row, rests[row["uid"]]) for row in rows]


# --- articles -----------------------------------------------------------------------------------------------------


def article(ledger: Ledger, name: str) -> r.Article:
    """One article by id or uid, retracted or not."""
    return _one(ledger, name, Letter.ARTICLE, lambda uid: _recorded_at(ledger, r.Article, ARTICLE, uid))


def _recorded_at(ledger: Ledger, kind: type[Noun], sql: str, uid: str) -> Noun | None:
    row = ledger.one(sql, (uid,))
    return None if row is None else record(kind, row)


CITED = """SELECT a.uid, a.title FROM article a JOIN thing t ON t.uid = a.uid
           WHERE t.retracted = 0 AND a.identity = ? ORDER BY t.n LIMIT 1"""


def cited(ledger: Ledger, identity: str) -> tuple[str, str | None] | None:
    """The article that is known so, by its uid, and its title."""
    return next(iter(ledger.tuples(CITED, (identity,))), None)


def articles(ledger: Ledger) -> Iterator[r.Article]:
    """Articles that still stand, in the order they were captured."""
    return (record(r.Article, row) for row in ledger.each("SELECT * FROM article_view WHERE retracted = 0 ORDER BY n"))


def articles_by_identity(ledger: Ledger, identities: Sequence[str]) -> dict[str, str]:
    """The uids of the articles that stand and have these identities."""
    return _by_name(ledger, ARTICLES_KNOWN_AS, identities)


def articles_of_file(ledger: Ledger, name: str) -> list[r.Article]:
    """Those that are known by the name of this file, of whatever outlet and day."""
    sql = "SELECT * FROM article_view WHERE identity > ? AND identity < ? AND file = ? AND retracted = 0 ORDER BY n"
    return [record(r.Article, row) for row in ledger.rows(sql, (f"{name}|", f"{name}}}", name))]


def last_article(ledger: Ledger) -> r.Article | None:
    row = ledger.one(LAST_ARTICLE)
    return record(r.Article, row) if row else None


def captures(ledger: Ledger, article: str) -> list[r.Capture]:
    """The saved copies of an article (by uid), oldest first."""
    return [record(r.Capture, row) for row in ledger.rows(CAPTURES, (article,))]


def capture(ledger: Ledger, uid: str) -> r.Capture | None:
    row = ledger.one("SELECT * FROM capture_view WHERE uid = ?", (uid,))
    return record(r.Capture, row) if row else None


# --- sources and questions ----------------------------------------------------------------------------------------


def source(ledger: Ledger, name: str) -> r.Source:
    """One source by id or uid."""
    found = thing(ledger, name, Letter.SOURCE)
    rows = list(_sources(ledger, "WHERE uid = ?", (found.uid,)))
    if not rows:
        raise NotFound(f"{found.id} was redacted", hint=f"claims history {found.id} shows by whom and why")
    return rows[0]


class NamedSource(NamedTuple):
    """A source by name and kind."""

    id: str
    name: str
    kind: SourceKind
    merged_into: str | None
    guessed: bool = False
    """True where the kind was read off the name."""


def sources(ledger: Ledger) -> Iterator[r.Source]:
    return _sources(ledger, "WHERE retracted = 0 ORDER BY n", ())


class Known(NamedTuple):
    """A name, folded, by which a source is found."""

    id: str
    name: str
    folded: str


def known_names(ledger: Ledger, beside: Iterable[str]) -> list[Known]:
    """The names of the sources that stand, were not merged and need no protection, to hold new names against.

    None where all names `beside` them are known already, folded: a server need not send what nobody asks for.
    """
    return [*map(Known._make, ledger.tuples(*names_asked(beside)))]


def names_asked(beside: Iterable[str]) -> Select:
    """What `known_names` reads."""
    names = sorted(set(beside))
    return Select(KNOWN_NAMES.format(marks(names)), (*names, len(names)))


KNOWN_NAMES = """SELECT t.letter || t.n, s.name, a.folded FROM source s JOIN thing t ON t.uid = s.uid
                 JOIN alias a ON a.source = s.uid
                 WHERE t.retracted = 0 AND t.merged_into IS NULL AND s.protected = 0
                 AND (SELECT count(DISTINCT k.folded) FROM alias k JOIN thing o ON o.uid = k.source
                      WHERE o.retracted = 0 AND k.folded IN ({})) < ? ORDER BY t.n, a.seq"""


def source_by_folded(ledger: Ledger, folded: str) -> r.Source | None:
    """The source that has this folded name; the one it was merged into, where it was."""
    uid = source_uid_by_folded(ledger, folded)
    return source(ledger, uid) if uid else None


def source_uid_by_folded(ledger: Ledger, folded: str) -> str | None:
    """Its uid alone: every hop of every claim asks, and the whole source counts its claims."""
    return sources_by_folded(ledger, [folded]).get(folded)


def sources_by_folded(ledger: Ledger, folded: Sequence[str]) -> dict[str, str]:
    """The uids of the sources that have these folded names."""
    return _by_name(ledger, SOURCES_NAMED, folded)


def _by_name(ledger: Ledger, sql: str, names: Sequence[str]) -> dict[str, str]:
    found: dict[str, str] = {}
    for part in chunks(names):
        found.update((name, uid) for name, uid in ledger.tuples(sql.format(marks(part)), part))
    return found


def guessed_kind(ledger: Ledger, uid: str) -> str | None:
    """The kind of a source where it was only guessed, else None."""
    row = ledger.one("SELECT kind FROM source WHERE uid = ? AND kind_guessed = 1", (uid,))
    return None if row is None else str(row["kind"])


def stays(ledger: Ledger, uid: str) -> str:
    """What a thing was merged into in the end; itself where it was not."""
    row = ledger.one(STAYS, (uid,))
    return str(row["stays"]) if row else uid


def merged_sources(ledger: Ledger) -> list[tuple[str, str]]:
    """Pairs of ids: each source that was merged, and what it was merged into."""
    rows = ledger.rows(f"{NAMED_SOURCE} AND t.merged_into IS NOT NULL ORDER BY t.n")
    return [(row["id"], row["merged_into"]) for row in rows]


def named_sources(ledger: Ledger, ids: Collection[str]) -> dict[str, NamedSource]:
    """These sources by id, without how many claims each has, which takes longer to count than all else of them."""
    found = {}
    for part in chunks([int(match[2]) for name in ids if (match := ID.fullmatch(name))]):
        for row in ledger.rows(f"{NAMED_SOURCE} AND t.n IN ({marks(part)})", part):
            kind, guessed = SourceKind(row["kind"]), bool(row["kind_guessed"])
            found[row["id"]] = NamedSource(row["id"], row["name"], kind, row["merged_into"], guessed)
    for missing in sorted({*ids} - found.keys()):
        source(ledger, missing)  # says why there is none
    return found


def rejected_aliases(ledger: Ledger) -> frozenset[frozenset[str]]:
    """Pairs of sources by id whose names are alike, and that somebody said are not one."""
    rows = ledger.each(
        "SELECT proposal FROM suggestion_view WHERE kind = 'alias' AND state = 'rejected' AND retracted = 0 ORDER BY n"
    )
    pairs = [json.loads(row["proposal"]) for row in rows]
    return frozenset(frozenset(short_id(ledger, p[end]) for end in ("source", "same")) for p in pairs)


def _sources(ledger: Ledger, where: str, params: Sequence[Any]) -> Iterator[r.Source]:
    for lot in lots(ledger.each(f"SELECT * FROM source_view {where}", params), LOT):
        names = _grouped(ledger, "alias_view", "source", [row["uid"] for row in lot], "seq")
        for row in lot:
            known = names[row["uid"]]
            aliases = tuple(a["alias"] for a in known if a["alias"] != row["name"])
            yield record(r.Source, row, aliases=aliases, folded=known[0]["folded"])


def relations(ledger: Ledger) -> list[r.SourceRelation]:
    """Every relation between sources that still stands."""
    sql = "SELECT * FROM relation_view WHERE retracted = 0 ORDER BY seq"
    return [record(r.SourceRelation, row) for row in ledger.rows(sql)]


def parties(ledger: Ledger) -> list[r.Party]:
    rows = ledger.rows("SELECT * FROM party_view WHERE retracted = 0 ORDER BY seq")
    return [record(r.Party, row) for row in rows]


def question(ledger: Ledger, name: str) -> r.Question:
    """One question by id or uid, retracted or not."""
    return _one(ledger, name, Letter.QUESTION, lambda uid: _recorded_at(ledger, r.Question, QUESTION, uid))


def questions(ledger: Ledger) -> Iterator[r.Question]:
    """Questions that still stand and were not merged into another."""
    sql = "SELECT * FROM question_view WHERE retracted = 0 AND redacted = 0 AND merged_into IS NULL ORDER BY n"
    return (record(r.Question, row) for row in ledger.each(sql))


def open_questions(ledger: Ledger, closed: Sequence[str]) -> set[str]:
    """The ids of the questions with a claim that are in none of these states."""
    sql = f"""SELECT q.id FROM question_view q
              WHERE q.retracted = 0 AND q.redacted = 0 AND q.merged_into IS NULL AND q.state NOT IN ({marks(closed)})
              AND EXISTS (SELECT 1 FROM thing m JOIN filing f ON f.question = m.uid JOIN thing c ON c.uid = f.claim
                          WHERE m.stays = q.uid AND c.retracted = 0)"""
    return {row["id"] for row in ledger.rows(sql, closed)}


def questions_by_folded(ledger: Ledger, folded: Sequence[str]) -> dict[str, str]:
    """The uids alone of the questions with these folded words."""
    return _by_name(ledger, QUESTIONS_NAMED, folded)


def links(ledger: Ledger, uids: Sequence[str]) -> list[r.Link]:
    """What people said these claims (by uid) are to each other, oldest first."""
    found = {
        row["uid"]: row
        for side in ("a", "b")
        for row in _flat(_grouped(ledger, "link_view", side, uids, "seq"))
        if not row["retracted"]
    }
    rows = sorted(found.values(), key=lambda row: int(row["seq"]))
    return [record(r.Link, row) for row in rows]


def finding_words(ledger: Ledger, uids: Sequence[str] | None = None) -> list[r.FindingWord]:
    """What people said of findings about these claims (by uid) as the first of the two, or about any; oldest first."""
    if uids is None:
        rows = ledger.rows("SELECT * FROM finding_view WHERE retracted = 0 ORDER BY seq")
    else:
        found = _flat(_grouped(ledger, "finding_view", "a", uids, "seq"))
        rows = sorted((row for row in found if not row["retracted"]), key=lambda row: int(row["seq"]))
    return [record(r.FindingWord, row) for row in rows]


def _flat(groups: dict[str, list[sqlite3.Row]]) -> Iterator[sqlite3.Row]:
    return (row for rows in groups.values() for row in rows)


def notes(ledger: Ledger, about: str) -> list[r.Note]:
    rows = ledger.rows("SELECT * FROM note WHERE about = ? AND retracted = 0 ORDER BY seq", (about,))
    return [record(r.Note, row) for row in rows]


Key = Literal["key", "key_hash"]
KEYS: dict[Key, str] = {"key": "key IN ({})", "key_hash": "key IS NULL AND key_hash IN ({})"}
"""What has a key is known by it, and by the hash of its content only what has none."""


def claim_by_key(ledger: Ledger, column: Key, value: str) -> sqlite3.Row | None:
    """The claim that an import line made before, found by its key or by the hash of its content."""
    return ledger.one(
        f"SELECT uid, id, key, key_hash, retracted FROM claim_view WHERE {KEYS[column].format('?')} "
        "ORDER BY retracted, n DESC LIMIT 1",
        (value,),
    )


def known_keys(ledger: Ledger, keys: Iterable[tuple[Key, str]]) -> set[str]:
    """Those of the keys and hashes that some claim has."""
    found: set[str] = set()
    by_column: dict[Key, list[str]] = {"key": [], "key_hash": []}
    for column, value in keys:
        by_column[column].append(value)
    for column, values in by_column.items():
        for part in chunks(values):
            sql = f"SELECT {column} FROM claim WHERE {KEYS[column].format(marks(part))}"
            found |= {key for (key,) in ledger.tuples(sql, part)}
    return found


Counted = Literal["article", "capture", "source", "question"]


def count(ledger: Ledger, table: Counted) -> int:
    """How many of these the ledger has ever had."""
    row = ledger.one(f"SELECT count(*) AS n FROM {table}")
    return int(row["n"]) if row else 0


def suggestion(ledger: Ledger, name: str) -> r.Suggestion:
    found = thing(ledger, name, Letter.SUGGESTION)
    row = ledger.one("SELECT * FROM suggestion_view WHERE uid = ?", (found.uid,))
    if row is None:
        raise NotFound(f"{found.id} was redacted")
    return record(r.Suggestion, row)


def suggestions(ledger: Ledger) -> Iterator[r.Suggestion]:
    """Every suggestion that was not taken back, in the order they were made; of those that wait, what still has its subject."""
    gone = {row["uid"] for row in ledger.rows("SELECT uid FROM thing WHERE retracted = 1 OR redacted = 1")}
    for row in ledger.each("SELECT * FROM suggestion_view WHERE retracted = 0 ORDER BY n"):
        found = record(r.Suggestion, row)
        if found.state not in WAITING or gone.isdisjoint(_named(row["target"], found.proposal)):
            yield found


WAITING = (SuggestionState.PENDING, SuggestionState.SNOOZE)


def _named(target: str | None, proposal: r.Json) -> Iterator[str]:
    """The uids of what a suggestion is about."""
    yield from (value for value in (target, *proposal.values()) if isinstance(value, str) and UID.fullmatch(value))


def suggestion_states(ledger: Ledger, target: str) -> dict[str, str]:
    """State by fingerprint of the suggestions about one thing."""
    rows = ledger.rows(
        "SELECT fingerprint, state FROM suggestion_view WHERE target = ? AND retracted = 0 ORDER BY n", (target,)
    )
    return {row["fingerprint"]: row["state"] for row in rows}


def suggestions_about(ledger: Ledger, target: str) -> list[r.Suggestion]:
    """The suggestions about one thing (by uid), oldest first."""
    return [
        record(r.Suggestion, row)
        for row in ledger.rows("SELECT * FROM suggestion_view WHERE target = ? AND retracted = 0 ORDER BY n", (target,))
    ]


def was_suggested(ledger: Ledger, fingerprint: str) -> bool:
    sql = "SELECT 1 FROM suggestion s JOIN thing t ON t.uid = s.uid WHERE s.fingerprint = ? AND t.retracted = 0"
    return ledger.one(sql, (fingerprint,)) is not None
