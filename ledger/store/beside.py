"""Reading what stands beside claims and questions: evidence, requests and replies, searches, work, publications."""

from __future__ import annotations

import json
import sqlite3
from collections import defaultdict
from collections.abc import Iterator, Sequence

from ledger import records as r
from ledger.errors import NotFound
from ledger.records.values import order
from ledger.store import read
from ledger.store.blobs import blob
from ledger.store.columns import record
from ledger.store.connection import Ledger
from ledger.store.engine import Select
from ledger.vocabulary import FieldOn, Letter

# --- evidence -----------------------------------------------------------------------------------------------------


def evidence(ledger: Ledger, about: str) -> list[r.Evidence]:
    """What is not an article, for a claim or question by uid, oldest first."""
    sql = "SELECT * FROM evidence_view WHERE target = ? AND retracted = 0 ORDER BY n"
    return [_evidence(row) for row in ledger.rows(sql, (about,))]


def all_evidence(ledger: Ledger) -> Iterator[r.Evidence]:
    """All that still stands, in the order it was logged."""
    return (_evidence(row) for row in ledger.each("SELECT * FROM evidence_view WHERE retracted = 0 ORDER BY n"))


def same_file(ledger: Ledger, about: str, sha256: str | None) -> r.Evidence | None:
    """The piece of evidence for a claim or question (by uid) that has these very bytes."""
    return next((e for e in evidence(ledger, about) if sha256 is not None and e.sha256 == sha256), None)


def one_evidence(ledger: Ledger, name: str) -> r.Evidence:
    """One piece by id or uid."""
    found = read.thing(ledger, name, Letter.EVIDENCE)
    row = ledger.one("SELECT * FROM evidence_view WHERE uid = ?", (found.uid,))
    if row is None:
        raise NotFound(f"{found.id} was redacted", hint=f"claims history {found.id} shows by whom and why")
    return _evidence(row)


def _evidence(row: sqlite3.Row) -> r.Evidence:
    return record(r.Evidence, row, kept=row["blob"] is not None)


# --- requests and searches ----------------------------------------------------------------------------------------


def requests(ledger: Ledger, *about: str) -> list[r.Request]:
    """Questions put to sources about claims or questions by uid, with their replies, oldest first."""
    found: list[r.Request] = []
    for lot in (about[i : i + read.LOT] for i in range(0, len(about), read.LOT)):
        found += _requests(ledger, f"WHERE target IN ({', '.join('?' * len(lot))}) AND retracted = 0 ORDER BY n", lot)
    return sorted(found, key=lambda request: (request.asked_at, order(request.id)))


def all_requests(ledger: Ledger) -> list[r.Request]:
    return _requests(ledger, "WHERE retracted = 0 ORDER BY n", ())


def one_request(ledger: Ledger, name: str) -> r.Request:
    """One request by id or uid."""
    found = read.thing(ledger, name, Letter.REQUEST)
    requests_ = _requests(ledger, "WHERE uid = ?", (found.uid,))
    if not requests_:
        raise NotFound(f"{found.id} was redacted", hint=f"claims history {found.id} shows by whom and why")
    return requests_[0]


def _requests(ledger: Ledger, where: str, params: Sequence[str]) -> list[r.Request]:
    rows = ledger.rows(f"SELECT * FROM request_view {where}", params)
    replies: defaultdict[str, list[r.Answered]] = defaultdict(list)
    if rows:
        for row in ledger.each("SELECT * FROM reply WHERE retracted = 0 ORDER BY seq"):
            replies[row["request"]].append(record(r.Answered, row))
    return [
        record(r.Request, row, replied=row["replied_at"] is not None, replies=tuple(replies[row["uid"]]))
        for row in rows
    ]


def searches(ledger: Ledger, about: str) -> list[r.Search]:
    """Searches made for a claim or question by uid, also those that found nothing, oldest first."""
    return _searches(ledger, "AND about = ?", (about,))


def all_searches(ledger: Ledger) -> list[r.Search]:
    return _searches(ledger, "", ())


def _searches(ledger: Ledger, where: str, params: Sequence[str]) -> list[r.Search]:
    rows = ledger.rows(f"SELECT * FROM search_made WHERE retracted = 0 {where} ORDER BY seq", params)
    return [record(r.Search, row, about=read.short_id(ledger, row["about"])) for row in rows]


# --- the desk -----------------------------------------------------------------------------------------------------


def queries(ledger: Ledger, about: Sequence[str] | None = None) -> list[r.Query]:
    """Editor's queries that wait for an answer, of all things or of those with these uids, oldest first."""
    rows = ledger.rows("SELECT * FROM note_view WHERE is_open = 1 ORDER BY seq")
    wanted = None if about is None else set(about)
    return [record(r.Query, row) for row in rows if wanted is None or row["about"] in wanted]


def asked_since(ledger: Ledger, uid: str, query: str) -> bool:
    """Whether a query about a thing that was retracted was logged after that."""
    sql = """SELECT 1 FROM entry q WHERE q.uid = ? AND q.seq > (SELECT max(seq) FROM entry WHERE kind = 'retract'
             AND about IN (SELECT ? UNION ALL SELECT uid FROM carried WHERE here = ?))"""
    return ledger.one(sql, (query, uid, uid)) is not None


def internal_notes(ledger: Ledger) -> list[str]:
    """The words of every internal note that was not redacted, also of those taken back; longer values of internal fields."""
    notes = ledger.rows("SELECT text FROM note WHERE internal = 1 ORDER BY seq")
    values_ = ledger.rows("""SELECT v.value FROM field_value v JOIN field f ON f.uid = v.field
                             WHERE f.public = 0 AND f.type = 'text' ORDER BY v.seq""")
    return [str(row["text"]) for row in notes] + [
        v for row in values_ if len((v := str(row["value"])).split()) > SAYING
    ]


SAYING = 3
"""Words that a value of a text field has at most while it may stand anywhere by chance: a name, a place."""


def fields(ledger: Ledger) -> list[r.OwnField]:
    """The fields of one's own that stand, in the order in which they were added."""
    return [record(r.OwnField, row) for row in ledger.rows("SELECT * FROM field_view ORDER BY seq")]


def values(
    ledger: Ledger,
    *,
    about: str | None = None,
    field: str | None = None,
    on: FieldOn | None = None,
    public: bool = False,
) -> dict[str, dict[str, str]]:
    """Values of fields of one's own by name, by the uid of the thing: of all, one thing, one field, one kind of thing."""
    found: defaultdict[str, dict[str, str]] = defaultdict(dict)
    for row in ledger.each(*values_asked(about=about, field=field, on=on, public=public)):
        found[row["about"]][row["name"]] = row["value"]
    return found


def values_asked(
    *, about: str | None = None, field: str | None = None, on: FieldOn | None = None, public: bool = False
) -> Select:
    """What `values` reads."""
    chosen = {"about": about, "field": field, "on_": on and on.value, "public": 1 if public else None}
    given = {name: value for name, value in chosen.items() if value is not None}
    where = " AND ".join(["1 = 1", *(f"{name} = ?" for name in given)])
    return Select(f"SELECT * FROM field_value_view WHERE {where} ORDER BY field_seq", tuple(given.values()))


def templates(ledger: Ledger) -> list[r.Template]:
    """The templates that stand, in the order in which they were added; a field that was taken back is in none."""
    names = {f.uid: f.name for f in fields(ledger)}
    found = [record(r.Template, row) for row in ledger.rows("SELECT * FROM template_view ORDER BY seq")]
    return [r.replace(one, fields=tuple(names[uid] for uid in one.fields if uid in names)) for one in found]


def work(ledger: Ledger) -> list[r.Work]:
    """Where the work stands on everything for which somebody said so."""
    rows = ledger.rows(
        "SELECT w.* FROM work_view w JOIN thing t ON t.uid = w.about WHERE w.retracted = 0 AND t.merged_into IS NULL "
        "ORDER BY w.letter DESC, w.n"
    )
    return [record(r.Work, row) for row in rows]


def work_on(ledger: Ledger, uid: str) -> r.Work:
    """Where the work on one thing stands."""
    row = ledger.one("SELECT * FROM work_view WHERE about = ?", (uid,))
    return record(r.Work, row) if row else r.Work(read.short_id(ledger, uid), "new", "normal", None, None, None)


def policy(ledger: Ledger, name: str) -> str | None:
    """What this ledger keeps to; None where nothing was said."""
    row = ledger.one("SELECT value FROM policy WHERE name = ?", (name,))
    return None if row is None else str(row["value"])


def policies(ledger: Ledger) -> dict[str, str]:
    return {row["name"]: row["value"] for row in ledger.rows("SELECT name, value FROM policy ORDER BY name")}


# --- what went out ------------------------------------------------------------------------------------------------


def publications(ledger: Ledger, about: str | None = None) -> list[r.Publication]:
    """What went out, of all things or of one by uid, oldest first."""
    where, params = ("WHERE about = ?", (about,)) if about else ("", ())
    rows = ledger.rows(f"SELECT * FROM publication_view {where} ORDER BY seq", params)
    return [record(r.Publication, row, rests_on=_rests(ledger, row)) for row in rows]


def _rests(ledger: Ledger, row: sqlite3.Row) -> tuple[str, ...]:
    if row["manifest"] is not None and (data := blob(ledger, row["manifest"])) is not None:
        return tuple(json.loads(data))
    return tuple(json.loads(row["rests_on"]))


def corrections(ledger: Ledger, about: str) -> list[r.Correction]:
    """What was put right in public about a thing by uid, oldest first."""
    rows = ledger.rows("SELECT * FROM correction WHERE about = ? AND retracted = 0 ORDER BY seq", (about,))
    return [_correction(ledger, row) for row in rows]


def _correction(ledger: Ledger, row: sqlite3.Row) -> r.Correction:
    return record(r.Correction, row, concerns=tuple(read.short_id(ledger, u) for u in json.loads(row["concerns"])))


def uses_scale(ledger: Ledger, name: str) -> bool:
    """True where a rating on this scale was ever logged."""
    return ledger.one("SELECT 1 FROM judgement WHERE scale = ? LIMIT 1", (name,)) is not None


def signoffs(ledger: Ledger, about: str) -> list[sqlite3.Row]:
    """Who signed off a thing (by_, at, because), and the hash of what they saw (seen), the oldest first."""
    return ledger.rows("SELECT * FROM signoff WHERE about = ? AND retracted = 0 ORDER BY seq", (about,))


def last_change(ledger: Ledger, about: str, *, besides: Sequence[str]) -> int | None:
    """The number of the newest entry about a thing, besides these kinds and internal notes; None where there is none."""
    sql = f"""SELECT max(seq) AS seq FROM entry WHERE kind NOT IN ({", ".join("?" * len(besides))}) AND about = ?
              AND NOT EXISTS (SELECT 1 FROM note WHERE note.uid = entry.uid AND note.internal = 1)"""
    row = ledger.one(sql, (*besides, about))
    return row["seq"] if row else None


def last_entry_time(ledger: Ledger) -> str:
    """When the newest entry was written."""
    row = ledger.one("SELECT recorded_at FROM entry ORDER BY seq DESC LIMIT 1")
    return str(row["recorded_at"]) if row else ""
