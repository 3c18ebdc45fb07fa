"""A row of our own export that comes back to the ledger it came from: what somebody changed in it amends its claim.

The cell as it was exported stands in the row's record, so that three are compared: as it was, as it is in the sheet, as it is
in the ledger now. What the sheet leaves alone stays as the ledger has it; what both changed, to different values, is refused.
Without a record the cells are held against the ledger as it is.
"""

from __future__ import annotations

import json
import re
from collections.abc import Callable, Mapping

from msgspec import Struct

from ledger import capture, changes, claims, dates, ownfields, quantity, rereading, sources
from ledger import records as r
from ledger.errors import BadInput, Refused
from ledger.exchange import flat, json_lines
from ledger.exchange.import_line import Line, parsed
from ledger.exchange.rows import Returned
from ledger.exchange.sheets import days
from ledger.exchange.sheets.cells import EPOCH
from ledger.language import leaning
from ledger.quantity import held
from ledger.store import Ledger, Writer, beside, read, resting, whole
from ledger.text import folding
from ledger.vocabulary import EntryKind, FieldOn, FieldType, Letter


class Change(Struct, frozen=True):
    """A cell that was changed, as it was and as it is now."""

    claim: str
    cell: str
    was: str
    now: str
    ours: bool = False
    """A figure that the words of the claim do not hold."""


def claim_of(ledger: Ledger, row: Returned) -> r.Thing | None:
    """The claim of this ledger that the row is; None where it is of another, or new."""
    if (thing := own(ledger, row.key)) is not None:
        if row.id and row.id != thing.id:
            raise BadInput(
                f"the row's id is {row.id}, its key that of {thing.id}", hint="export again: rows were mixed up"
            )
        return thing
    if row.key and (known := read.claim_by_key(ledger, "key", row.key)):
        return read.thing(ledger, known["uid"])
    if not row.key and read.ID.fullmatch(row.id):
        thing = read.thing(ledger, row.id, Letter.CLAIM)
        if not thing.redacted and flat.same("exact", row.cells.get("exact", ""), read.claim(ledger, thing.uid).exact):
            return thing
        raise BadInput(f"{thing.id} has other words", hint="clear the cell id to log the row as a new claim")
    return None


def own(ledger: Ledger, key: str | None) -> r.Thing | None:
    """The claim whose uid a line has as its key, as our exports give it."""
    thing = read.thing_by_uid(ledger, key) if key and read.UID.fullmatch(key) else None
    return thing if thing is not None and thing.id.startswith(Letter.CLAIM) and not thing.redacted else None


def as_logged(ledger: Ledger, thing: r.Thing, line: Line) -> bool:
    """True where a line says of a claim what the ledger says of it now."""
    return thing.retracted or parsed(_line(_now(ledger, thing))).claim.key_hash == line.claim.key_hash


def take(writer: Writer, thing: r.Thing, row: Returned, because: str | None) -> list[Change]:
    """Brings the claim to what the row says; Refused, and nothing done, where the ledger changed the same cell meanwhile."""
    if row.delete:
        return _delete(writer, thing, because)
    own = {f.name: f for f in beside.fields(writer.ledger) if f.on is FieldOn.CLAIM}
    names = (*flat.CELLS, *own)
    if row.was is not None and (gone := sorted(flat.edited(row, row.was, row.was.keys() - {*names}))):
        raise Refused(f"{thing.id}: claims have no field {gone[0]!r} any more", hint="claims field list; export again")
    dated = (*flat.DATES, *(name for name, field in own.items() if field.type is FieldType.DATE))
    if row.was is not None and not flat.edited(row, row.was, names, dated):
        return []
    changes.standing(writer.ledger, thing.uid)
    now = _now(writer.ledger, thing)
    edits = flat.edited(row, now.cells if row.was is None else row.was, names, dated)
    edits |= {name: ownfields.value(own[name], edits[name]) or "" for name in edits.keys() & own.keys()}
    edits = _as_typed(row, {cell: value for cell, value in edits.items() if cell != "key" or value})
    edits = {cell: _by_name(writer.ledger, cell, value) for cell, value in edits.items()}
    edits = {cell: value for cell, value in edits.items() if not _reached(cell, value, now)}
    _refuse(thing, row, now.cells, edits)
    mine = {n: v for n, v in edits.items() if n in own}
    ownfields.put(writer, thing, mine, because=because)
    rest = {n: v for n, v in edits.items() if n not in own}
    if rest and not _amend(writer, thing, now, rest, because) and not mine:
        return []
    return [Change(thing.id, cell, now.cells.get(cell, ""), v, _is_ours(now, cell, v)) for cell, v in edits.items()]


def named(row: Returned) -> list[str]:
    """The sources that somebody wrote into the cells of a row."""
    edits = flat.edited(row, row.was) if row.was is not None else row.cells
    return [name for cell in SOURCES if edits.get(cell) for name in NAMES[cell](edits[cell])]


def not_taken(ledger: Ledger, thing: r.Thing, row: Returned) -> list[Change]:
    """The cells in which a sheet says otherwise than the ledger what an import does not set: judgements, places, states."""
    if row.id != thing.id:  # of another ledger
        return []
    claim = read.claim(ledger, thing.uid)
    now = dict(zip(flat.COLUMNS, flat.flat(claim, read.article(ledger, claim.article)), strict=False))
    told = ((cell, now[cell] or "", row.cells[cell].strip()) for cell in flat.TOLD if cell in row.cells)
    return [Change(thing.id, cell, was, said) for cell, was, said in told if not flat.same(cell, said, was)]


def _delete(writer: Writer, thing: r.Thing, because: str | None) -> list[Change]:
    if thing.retracted:
        return []
    if not because:
        raise BadInput("why is it taken back?", hint="--because ...")
    changes.retract(writer, thing.uid, because)
    return [Change(thing.id, flat.DELETE, "", "yes")]


class _Now(Struct, frozen=True):
    """A claim as the ledger has it, with the cells that an export would make of it."""

    claim: r.Claim
    article: r.Article
    cells: dict[str, str]


def _now(ledger: Ledger, thing: r.Thing) -> _Now:
    claim = ownfields.with_own(ledger, read.claim(ledger, thing.uid))
    claim = r.replace(claim, questions=tuple(read.question(ledger, q).question for q in claim.questions))
    article = read.article(ledger, claim.article)
    cells = zip(flat.CELLS, flat.cells(claim, article), strict=True)
    return _Now(claim, article, {name: cell or "" for name, cell in cells} | claim.fields)


SLASHED = re.compile(r"\d{1,2}[/.-]\d{1,2}[/.-]\d{2,4}")


def _as_typed(row: Returned, edits: dict[str, str]) -> dict[str, str]:
    """Days that are written in the manner of the sheet, which the row's other days tell, as we write them."""
    order = flat.order_of(row)
    return {
        cell: days.iso(value, order, EPOCH) if order and cell in flat.DATES and SLASHED.fullmatch(value) else value
        for cell, value in edits.items()
    }


def _reached(cell: str, value: str, now: _Now) -> bool:
    """True where the ledger says already what the cell does: the sheet was imported before."""
    known = now.cells.get(cell, "")
    if flat.same(cell, value, known, day=cell in flat.DATES):
        return True
    if cell == "origin" and not value:
        return not now.claim.attribution
    if cell in NAMES:
        return [folding.name(part) for part in NAMES[cell](value)] == [
            folding.name(part) for part in NAMES[cell](known)
        ]
    if cell in flat.DATES:
        return _iso(value) == known
    if cell == "figure" and value:
        read_ = quantity.find(value, leaning(value) or "en")[:1]
        return [(q.low, q.high, q.modifier) for q in read_] == [
            (q.low, q.high, q.modifier) for q in now.claim.quantities[:1]
        ]
    return False


NAMES: dict[str, Callable[[str], list[str]]] = {
    "origin": lambda cell: [cell], "publisher": lambda cell: [cell], "chain": lambda cell: cell.split(flat.CHAIN),
    "questions": flat.listed, "tags": flat.listed,
}  # fmt: skip
"""The names in a cell, which are the same however they are written."""
SOURCES = ("origin", "chain", "publisher")


def _by_name(ledger: Ledger, cell: str, value: str) -> str:
    """What a person typed into a cell, sources by their names and tags as they are kept."""
    if cell in SOURCES:
        return flat.CHAIN.join(changes.named_by_id(ledger, name.strip()) for name in NAMES[cell](value))
    return flat.LIST.join(map(changes.tag_of, flat.listed(value))) if cell == "tags" else value


def _iso(day: str) -> str | None:
    try:
        return dates.as_typed(day)
    except BadInput:
        return None


FIXED = {"exact": "the words of a claim stay as they were logged", "key": "a key stays as it was logged"}


def _refuse(thing: r.Thing, row: Returned, now: Mapping[str, str], edits: Mapping[str, str]) -> None:
    for cell, said in FIXED.items():
        if cell in edits:
            raise Refused(
                f"{thing.id}: {said}", hint="for a new claim clear id, key and record, and mark the old row in delete"
            )
    for cell, value in edits.items():
        was, day = (row.was or {}).get(cell, ""), cell in flat.DATES
        if row.was is not None and not flat.same(cell, now.get(cell, ""), was, day=day):
            raise Refused(
                f"{thing.id}: {cell} was changed in the ledger since the export, from {was!r} "
                f"to {now.get(cell, '')!r}; "
                f"{value!r} was not taken",
                hint="export again, or claims amend",
            )


def _amend(writer: Writer, thing: r.Thing, now: _Now, edits: Mapping[str, str], because: str | None) -> bool:
    """Logs what these cells change; False where they change nothing."""
    size = writer.size
    of_article = {cell: value for cell, value in edits.items() if cell in flat.OF_ARTICLE}
    if of_article:
        changes.amend(writer, now.article.uid, _article(writer, of_article), because=because)
    if "questions" in edits:
        _file(writer, thing.uid, now.claim.questions, flat.listed(edits["questions"]), because)
    if "tags" in edits:
        _tag(writer, thing.uid, now.claim.tags, flat.listed(edits["tags"]))
    rest = {c: v for c, v in edits.items() if c not in of_article and c not in ("questions", "tags")}
    if fields := _fields(writer, now, rest) if rest else {}:
        fields |= rereading.by_hand(read.claim(writer.ledger, thing.uid), fields)
        changes.amend(writer, thing.uid, fields, because=because)
    return writer.size > size


def _article(writer: Writer, edits: Mapping[str, str]) -> r.Json:
    fields: r.Json = {cell: value or None for cell, value in edits.items()}
    if name := fields.get("publisher"):
        fields["publisher"] = sources.publisher_uid(writer, name)
    if day := fields.get("published_at"):
        fields["published_at"] = dates.as_typed(day)
    if url := fields.get("url"):
        fields["url"] = capture.canonical_url(url)
    return fields


def _file(writer: Writer, claim: str, was: tuple[str, ...], now: list[str], because: str | None) -> None:
    for name in (*was, *now):
        if (name in was) != (name in now):
            claims.file(writer, claim, claims.question_uid(writer, name), because=because, out=name in was)


def _tag(writer: Writer, claim: str, was: tuple[str, ...], now: list[str]) -> None:
    for tag in (*was, *now):
        out = tag in was
        if (tag in was) != (tag in now) and resting.is_tagged(writer.ledger, claim, tag) == out:
            writer.append(EntryKind.TAG, r.TagDraft(tag, out=out), about=claim)


def _line(now: _Now) -> r.Json:
    """The claim as an export writes it."""
    extra = None if now.claim.extra is None else json.dumps(now.claim.extra)
    known = r.replace(now.claim, attribution=tuple(r.replace(h, source_id=None) for h in now.claim.attribution))
    line: r.Json = json.loads(json_lines.encoded(json_lines.line_of(whole.Whole(known, now.article, extra))))
    return line


FIELDS = {
    "says": "says", "scope": "scope", "answer": "answer", "stance": "stance", "cite": "cite", "place": "place",
    "chain": "attribution", "origin": "attribution", "event_time": "times", "as_of": "times", "figure": "quantities",
    **dict.fromkeys(flat.OF_FIGURE, "quantities"),
}  # fmt: skip
"""The field of a claim that a cell tells of."""


def _fields(writer: Writer, now: _Now, edits: Mapping[str, str]) -> r.Json:
    """The fields of the claim that these cells change, as logging it with them would give them."""
    draft, before = _draft(writer, now, edits), _draft(writer, now, {})
    fields = {field: r.plain(getattr(draft, field)) for field in dict.fromkeys(FIELDS[cell] for cell in edits)}
    return {field: value for field, value in fields.items() if value != r.plain(getattr(before, field))}


def _is_ours(now: _Now, cell: str, value: str) -> bool:
    """True for a figure that the words of the claim do not hold: it is the desk's."""
    figure = bool(value) and cell in ("figure", "low", "high")
    return figure and held.is_ours(now.claim.exact, value, now.claim.language or "en", ours=True)


def _draft(writer: Writer, now: _Now, edits: Mapping[str, str]) -> r.ClaimDraft:
    line = _line(now)
    flat.edit(line, dict(edits))
    again = parsed(line)
    copy = read.capture(writer.ledger, now.claim.capture) if now.claim.capture else None
    page = claims.Page(now.article, copy, capture.text_of(writer.ledger, copy) if copy else None)
    claim = r.replace(again.claim, anchored=now.claim.anchored)
    ours = any(_is_ours(now, cell, value) for cell, value in edits.items())
    draft, _ = claims.draft(writer, page, claim, r.replace(again.hints, ours=ours))
    return draft
