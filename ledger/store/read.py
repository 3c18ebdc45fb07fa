"""Reading: plain SELECTs on the views, given back as records."""

from __future__ import annotations

import json
import re
import sqlite3
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from typing import Any, Literal

from ledger import records as r
from ledger.errors import BadInput, NotFound
from ledger.store.connection import Ledger
from ledger.vocabulary import EntryKind, Letter, Mode, Role, SourceKind, Stance, Status

ID = re.compile(r"([ACSQMER])([1-9][0-9]{0,17})", re.IGNORECASE)
UID = re.compile(r"[0-9a-f]{32}")

NOUNS = {
    Letter.ARTICLE: "article", Letter.CLAIM: "claim", Letter.SOURCE: "source", Letter.QUESTION: "question",
    Letter.SUGGESTION: "suggestion", Letter.EVIDENCE: "evidence", Letter.REQUEST: "request",
}  # fmt: skip


def thing(ledger: Ledger, name: str, *kinds: Letter) -> r.Thing:
    """What an id or uid names; NotFound with the ids there are, BadInput where it is of another kind."""
    given = name.strip()
    if match := ID.fullmatch(given):
        row = ledger.one("SELECT * FROM thing_view WHERE letter = ? AND n = ?", (match[1].upper(), int(match[2])))
    elif UID.fullmatch(given):
        row = ledger.one("SELECT * FROM thing_view WHERE uid = ?", (given,))
    else:
        raise BadInput(f"not an id: {given[:80]}", hint="ids look like A1, C12, S3, Q2, M5, E4")
    if row is None:
        raise NotFound(f"no {_noun(given)} {given}", hint=_nearest(ledger, given))
    if kinds and Letter(row["letter"]) not in kinds:
        wanted = " or ".join(NOUNS[k] for k in kinds)
        raise BadInput(f"{row['id']} is not a {wanted}", hint=f"claims list {NOUNS[kinds[0]]}s shows them")
    return r.Thing(
        row["id"],
        row["uid"],
        row["kind"],
        row["seq"],
        row["merged_into"],
        bool(row["retracted"]),
        bool(row["redacted"]),
    )


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


def claim(ledger: Ledger, name: str) -> r.Claim:
    """One claim by id or uid, retracted or not."""
    found = thing(ledger, name, Letter.CLAIM)
    claims = list(_claims(ledger, "SELECT * FROM claim_view WHERE uid = ?", (found.uid,)))
    if not claims:
        raise NotFound(f"{found.id} was redacted", hint=f"claims history {found.id} shows by whom and why")
    return claims[0]


def claims(
    ledger: Ledger,
    *,
    article: str | None = None,
    question: str | None = None,
    source: str | None = None,
    tag: str | None = None,
    state: str | None = None,
) -> Iterator[r.Claim]:
    """Claims that still stand, in the order they were logged; filters take uids."""
    where, params = ["c.retracted = 0"], []
    for value, condition in (
        (article, "c.article = ?"),
        (question, "c.uid IN (SELECT claim FROM filing WHERE question = ?)"),
        (source, "(c.publisher_uid = ? OR c.uid IN (SELECT claim FROM hop WHERE source = ?))"),
        (tag, "c.uid IN (SELECT about FROM tag WHERE tag = ?)"),
        (state, "c.state = ?"),
    ):
        if value is not None:
            where.append(condition)
            params += [value] * condition.count("?")
    return _claims(ledger, f"SELECT * FROM claim_view c WHERE {' AND '.join(where)} ORDER BY c.n", params)


def claims_by_uid(ledger: Ledger, uids: Sequence[str]) -> list[r.Claim]:
    """The claims with these uids, in the order given; those that are gone are left out."""
    found: dict[str, r.Claim] = {}
    for part in _chunks(uids):
        sql = f"SELECT * FROM claim_view WHERE uid IN ({_marks(part)})"
        found.update((c.uid, c) for c in _claims(ledger, sql, part))
    return [found[u] for u in uids if u in found]


def _claims(ledger: Ledger, sql: str, params: Sequence[Any]) -> Iterator[r.Claim]:
    """Claims with their parts, read in lots so that neither memory nor the number of statements grows."""
    for lot in _lots(ledger.each(sql, params)):
        parts = _Parts(ledger, [row["uid"] for row in lot])
        for row in lot:
            yield parts.claim(row)


LOT = 400


def _lots(rows: Iterable[sqlite3.Row]) -> Iterator[list[sqlite3.Row]]:
    lot: list[sqlite3.Row] = []
    for row in rows:
        lot.append(row)
        if len(lot) == LOT:
            yield lot
            lot = []
    if lot:
        yield lot


def _chunks(items: Sequence[str]) -> Iterator[Sequence[str]]:
    return (items[i : i + LOT] for i in range(0, len(items), LOT))


def _marks(items: Sequence[Any]) -> str:
    return ", ".join("?" * len(items))


class _Parts:
    """Chains, figures, times, questions, judgements and tags of a lot of claims, each read in one statement."""

    def __init__(self, ledger: Ledger, uids: Sequence[str]) -> None:
        self.hops = _grouped(ledger, "hop_view", "claim", uids, "position")
        self.quantities = _grouped(ledger, "quantity", "claim", uids, "position")
        self.times = _grouped(ledger, "time_span", "claim", uids, "position")
        self.questions = _grouped(ledger, "filing_view", "claim", uids, "seq")
        self.judgements = _grouped(ledger, "judgement_view", "about", uids, "seq")
        self.tags = _grouped(ledger, "tag", "about", uids, "seq")
        found = [row["uid"] for rows in self.judgements.values() for row in rows]
        self.rests = _grouped(ledger, "rests_on_view", "judgement", found, "position")

    def claim(self, row: sqlite3.Row) -> r.Claim:
        uid = row["uid"]
        return r.Claim(
            id=row["id"], uid=uid, article=row["article_id"], exact=row["exact"], start=row["start_at"], end=row["end_at"],
            prefix=row["prefix"], suffix=row["suffix"], anchored=bool(row["anchored"]), says=row["says"],
            attribution=tuple(_hop(h) for h in self.hops[uid]),
            quantities=tuple(_quantity(q) for q in self.quantities[uid]),
            times=tuple(_time(t) for t in self.times[uid]),
            place=_record(r.Place, row["place"]), questions=tuple(q["question_id"] for q in self.questions[uid]),
            state=row["state"], check=self._latest(uid, EntryKind.CHECK), rating=self._latest(uid, EntryKind.RATING),
            extra=_object(row["extra"]), publisher=row["publisher"], publisher_id=row["publisher_id"], title=row["title"],
            published_at=row["published_at"], credit_line=row["credit_line"], capture=row["capture"], cite=row["cite"],
            translation=_record(r.Translation, row["translation"]), mode=Mode(row["mode"]), scope=row["scope"],
            answer=row["answer"], reading=_record(r.Reading, row["reading"]), stance=Stance(row["stance"]),
            status=Status(row["status"]) if row["status"] else None, language=row["language"], unsure=_unsure(row["unsure"]),
            tags=tuple(t["tag"] for t in self.tags[uid]), retracted=bool(row["retracted"]), redacted=bool(row["redacted"]),
            found_by=row["found_by"], key=row["key"],
        )  # fmt: skip

    def _latest(self, uid: str, kind: EntryKind) -> r.Judgement | None:
        rows = [j for j in self.judgements[uid] if j["kind"] == kind and not j["superseded"]]
        return judgement(rows[-1], self.rests[rows[-1]["uid"]]) if rows else None


def _grouped(
    ledger: Ledger, view: str, column: str, uids: Sequence[str], order: str
) -> defaultdict[str, list[sqlite3.Row]]:
    groups: defaultdict[str, list[sqlite3.Row]] = defaultdict(list)
    for part in _chunks(uids):
        for row in ledger.each(f"SELECT * FROM {view} WHERE {column} IN ({_marks(part)}) ORDER BY {order}", part):
            groups[row[column]].append(row)
    return groups


def _hop(row: sqlite3.Row) -> r.Hop:
    return r.Hop(
        source=row["source_name"], source_id=row["source_id"], kind=SourceKind(row["kind"]), role=Role(row["role"]),
        text=row["mention"],
        start=row["mention_start"], end=row["mention_end"], cue=row["cue"], cue_start=row["cue_start"],
        cue_end=row["cue_end"], mode=Mode(row["mode"]), named=bool(row["named"]), implicit=bool(row["implicit"]),
    )  # fmt: skip


TRUTHS = frozenset({"low_inclusive", "high_inclusive", "approximate", "vague", "sure"})
RENAMED = {"start": "start_at", "end": "end_at", "precision": "precision_"}


def _unsure(text: str) -> tuple[r.Unsure, ...]:
    return tuple(r.parse(r.Unsure, item) for item in json.loads(text)) if text != "[]" else ()


def _quantity(row: sqlite3.Row) -> r.Quantity:
    return r.parse(r.Quantity, _columns(row, r.Quantity))


def _time(row: sqlite3.Row) -> r.TimeSpan:
    return r.parse(r.TimeSpan, {**_columns(row, r.TimeSpan), "alternatives": json.loads(row["alternatives"])})


def _columns(row: sqlite3.Row, kind: Any) -> r.Json:
    values = {name: row[RENAMED.get(name, name)] for name in kind.__struct_fields__}
    return {n: bool(v) if n in TRUTHS and v is not None else v for n, v in values.items()}


def _record(kind: type[Any], text: str | None) -> Any:
    return None if text is None else r.parse(kind, json.loads(text))


def _object(text: str | None) -> r.Json | None:
    return None if text is None else json.loads(text)


def judgement(row: sqlite3.Row, rests: Iterable[sqlite3.Row] = ()) -> r.Judgement:
    return r.Judgement(
        value=row["value"], because=row["because"], by=row["by_"], at=row["at"], on=tuple(x["target_id"] for x in rests),
        scale=row["scale"], low=row["low"], high=row["high"], best=row["best"], even_so=row["even_so"],
        superseded=bool(row["superseded"]),
    )  # fmt: skip


def judgements(ledger: Ledger, about: str, kind: EntryKind) -> list[r.Judgement]:
    """Every check, rating or answer of a thing that was not taken back, oldest first, superseded ones marked."""
    rows = ledger.rows(
        "SELECT * FROM judgement_view WHERE about = ? AND kind = ? AND retracted = 0 ORDER BY seq", (about, kind)
    )
    rests = _grouped(ledger, "rests_on_view", "judgement", [row["uid"] for row in rows], "position")
    return [judgement(row, rests[row["uid"]]) for row in rows]


# --- articles -----------------------------------------------------------------------------------------------------


def article(ledger: Ledger, name: str) -> r.Article:
    found = thing(ledger, name, Letter.ARTICLE)
    row = ledger.one("SELECT * FROM article_view WHERE uid = ?", (found.uid,))
    if row is None:
        raise NotFound(f"{found.id} was redacted", hint=f"claims history {found.id} shows by whom and why")
    return _article(row)


def articles(ledger: Ledger) -> Iterator[r.Article]:
    """Articles that still stand, in the order they were captured."""
    return (_article(row) for row in ledger.each("SELECT * FROM article_view WHERE retracted = 0 ORDER BY n"))


def article_by_identity(ledger: Ledger, identity: str) -> r.Article | None:
    row = ledger.one("SELECT * FROM article_view WHERE identity = ? AND retracted = 0 ORDER BY n LIMIT 1", (identity,))
    return _article(row) if row else None


def last_article(ledger: Ledger) -> r.Article | None:
    row = ledger.one("SELECT * FROM article_view WHERE retracted = 0 AND redacted = 0 ORDER BY n DESC LIMIT 1")
    return _article(row) if row else None


def _article(row: sqlite3.Row) -> r.Article:
    return r.Article(
        id=row["id"], uid=row["uid"], identity=row["identity"], url=row["url"],
        file=row["file"], title=row["title"], publisher=row["publisher"],
        publisher_id=row["publisher_id"], byline=row["byline"], credit_line=row["credit_line"],
        published_at=row["published_at"], language=row["language"], captures=row["captures"], claims=row["claims"],
        retracted=bool(row["retracted"]), extra=_object(row["extra"]),
    )  # fmt: skip


def captures(ledger: Ledger, article: str) -> list[r.Capture]:
    """The saved copies of an article (by uid), oldest first."""
    return [
        _capture(row) for row in ledger.rows("SELECT * FROM capture_view WHERE article = ? ORDER BY seq", (article,))
    ]


def capture(ledger: Ledger, uid: str) -> r.Capture | None:
    row = ledger.one("SELECT * FROM capture_view WHERE uid = ?", (uid,))
    return _capture(row) if row else None


def _capture(row: sqlite3.Row) -> r.Capture:
    return r.Capture(
        uid=row["uid"], article=row["article_id"], raw=row["raw"], text=row["text"], raw_bytes=row["raw_bytes"],
        text_chars=row["text_chars"], captured_at=row["captured_at"], method=row["method"], media_type=row["media_type"],
        encoding=row["encoding"], encoding_guessed=bool(row["encoding_guessed"]), extractor=row["extractor"],
        url=row["url"], status=row["status"],
    )  # fmt: skip


# --- sources and questions ----------------------------------------------------------------------------------------


def source(ledger: Ledger, name: str) -> r.Source:
    """One source by id or uid."""
    found = thing(ledger, name, Letter.SOURCE)
    rows = list(_sources(ledger, "WHERE uid = ?", (found.uid,)))
    if not rows:
        raise NotFound(f"{found.id} was redacted", hint=f"claims history {found.id} shows by whom and why")
    return rows[0]


def sources(ledger: Ledger) -> Iterator[r.Source]:
    return _sources(ledger, "WHERE retracted = 0 ORDER BY n", ())


def source_by_folded(ledger: Ledger, folded: str) -> r.Source | None:
    """The source that has this folded name; the one it was merged into, where it was."""
    uid = source_uid_by_folded(ledger, folded)
    return source(ledger, uid) if uid else None


def source_uid_by_folded(ledger: Ledger, folded: str) -> str | None:
    """Its uid alone: every hop of every claim asks, and the whole source counts its claims."""
    row = ledger.one(
        "SELECT coalesce(t.merged_into, a.source) AS uid FROM alias a JOIN thing t ON t.uid = a.source "
        "WHERE a.folded = ? AND t.retracted = 0 ORDER BY a.seq LIMIT 1",
        (folded,),
    )
    return str(row["uid"]) if row else None


def _sources(ledger: Ledger, where: str, params: Sequence[Any]) -> Iterator[r.Source]:
    for lot in _lots(ledger.each(f"SELECT * FROM source_view {where}", params)):
        names = _grouped(ledger, "alias_view", "source", [row["uid"] for row in lot], "seq")
        for row in lot:
            aliases = tuple(a["alias"] for a in names[row["uid"]] if a["alias"] != row["name"])
            yield r.Source(
                id=row["id"], uid=row["uid"], name=row["name"], folded=names[row["uid"]][0]["folded"],
                kind=SourceKind(row["kind"]), kind_guessed=bool(row["kind_guessed"]),
                protected=bool(row["protected"]), counts=row["counts"], note=row["note"], aliases=aliases,
                claims=row["claims"], merged_into=row["merged_into"], retracted=bool(row["retracted"]),
            )  # fmt: skip


def relations(ledger: Ledger) -> list[r.SourceRelation]:
    """Every relation between sources that still stands."""
    return [
        r.SourceRelation(
            row["source_id"], row["source_name"], row["relation"], row["to_id"], row["to_name"], row["since"], row["until"],
            row["because"],
        )
        for row in ledger.rows("SELECT * FROM relation_view WHERE retracted = 0 ORDER BY seq")
    ]  # fmt: skip


def parties(ledger: Ledger) -> list[r.Party]:
    return [
        r.Party(row["source_id"], row["question_id"], bool(row["party"]), row["side"], row["because"])
        for row in ledger.rows("SELECT * FROM party_view WHERE retracted = 0 ORDER BY seq")
    ]


def question(ledger: Ledger, name: str) -> r.Question:
    found = thing(ledger, name, Letter.QUESTION)
    row = ledger.one("SELECT * FROM question_view WHERE uid = ?", (found.uid,))
    if row is None:
        raise NotFound(f"{found.id} was redacted", hint=f"claims history {found.id} shows by whom and why")
    return _question(row)


def questions(ledger: Ledger) -> Iterator[r.Question]:
    """Questions that still stand and were not merged into another."""
    sql = "SELECT * FROM question_view WHERE retracted = 0 AND redacted = 0 AND merged_into IS NULL ORDER BY n"
    return (_question(row) for row in ledger.each(sql))


def question_uid_by_folded(ledger: Ledger, folded: str) -> str | None:
    """The uid alone of the question with these folded words: every line of an import asks, and the whole counts its claims."""
    row = ledger.one(
        "SELECT q.uid FROM question q JOIN thing t ON t.uid = q.uid "
        "WHERE q.folded = ? AND t.retracted = 0 AND t.merged_into IS NULL ORDER BY t.n LIMIT 1",
        (folded,),
    )
    return str(row["uid"]) if row else None


def _question(row: sqlite3.Row) -> r.Question:
    return r.Question(
        id=row["id"], uid=row["uid"], question=row["question"], folded=row["folded"],
        measure=row["measure"], window=row["time_window"],
        place=row["place"], claims=row["claims"], state=row["state"], merged_into=row["merged_into"],
        retracted=bool(row["retracted"]),
    )  # fmt: skip


def links(ledger: Ledger, uids: Sequence[str]) -> list[r.Link]:
    """What people said these claims (by uid) are to each other, oldest first."""
    found = {
        row["uid"]: row
        for side in ("a", "b")
        for row in _flat(_grouped(ledger, "link_view", side, uids, "seq"))
        if not row["retracted"]
    }
    rows = sorted(found.values(), key=lambda row: int(row["seq"]))
    return [r.Link(row["a_id"], row["b_id"], row["relation"], row["because"], row["by_"], row["at"]) for row in rows]


def all_links(ledger: Ledger) -> list[r.Link]:
    """What people said any two claims are to each other, oldest first."""
    rows = ledger.rows("SELECT * FROM link_view WHERE retracted = 0 ORDER BY seq")
    return [r.Link(row["a_id"], row["b_id"], row["relation"], row["because"], row["by_"], row["at"]) for row in rows]


def _flat(groups: dict[str, list[sqlite3.Row]]) -> Iterator[sqlite3.Row]:
    return (row for rows in groups.values() for row in rows)


def notes(ledger: Ledger, about: str) -> list[r.Note]:
    rows = ledger.rows("SELECT * FROM note WHERE about = ? AND retracted = 0 ORDER BY seq", (about,))
    return [r.Note(row["text"], bool(row["internal"]), row["by_"], row["at"]) for row in rows]


def claim_by_key(ledger: Ledger, key: str | None, key_hash: str) -> sqlite3.Row | None:
    """The claim that an import line made before, found by its key, else by the hash of its content."""
    column, value = ("key", key) if key is not None else ("key_hash", key_hash)
    return ledger.one(f"SELECT uid, id, key, key_hash, retracted FROM claim_view WHERE {column} = ? LIMIT 1", (value,))


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
    return _suggestion(row)


def suggestions(ledger: Ledger) -> Iterator[r.Suggestion]:
    """Every suggestion, in the order they were made, whatever became of them."""
    return (_suggestion(row) for row in ledger.each("SELECT * FROM suggestion_view ORDER BY n"))


def suggestion_states(ledger: Ledger, target: str) -> dict[str, str]:
    """State by fingerprint of the suggestions about one thing."""
    rows = ledger.rows("SELECT fingerprint, state FROM suggestion_view WHERE target = ? ORDER BY n", (target,))
    return {row["fingerprint"]: row["state"] for row in rows}


def suggestions_about(ledger: Ledger, target: str) -> list[r.Suggestion]:
    """The suggestions about one thing (by uid), oldest first."""
    return [
        _suggestion(row) for row in ledger.rows("SELECT * FROM suggestion_view WHERE target = ? ORDER BY n", (target,))
    ]


def was_suggested(ledger: Ledger, fingerprint: str) -> bool:
    return ledger.one("SELECT 1 FROM suggestion WHERE fingerprint = ?", (fingerprint,)) is not None


def _suggestion(row: sqlite3.Row) -> r.Suggestion:
    return r.Suggestion(
        id=row["id"], uid=row["uid"], kind=row["kind"], target=row["target_id"], proposal=json.loads(row["proposal"]),
        reason=row["reason"], score=row["score"], made_by=row["made_by"], state=row["state"], judged_by=row["judged_by"],
        judged_at=row["judged_at"], because=row["because"], until=row["until"], made=row["made_id"],
    )  # fmt: skip
