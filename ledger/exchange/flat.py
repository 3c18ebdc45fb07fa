"""A claim as one row of a spreadsheet, and back: readable cells first, at last `record`, the claim's whole import line as JSON.

The cells that an import line has too (`CELLS`) are made from that line alone, so that a row that comes back tells what somebody
changed in it: a cell that no longer reads as its record would write it wins over the record, for its own field only. What a
ledger says of a claim by itself (`TOLD`: ids, state, judgements, places in the text) is there to be read and is not imported.
A row without a record, typed by hand under our header, is made of its cells alone.

Nothing here is neutralised for spreadsheets but by `neutral`; `unflat` takes cells as `restored` gives them.
"""

from __future__ import annotations

import csv
import json
import re
from calendar import month_abbr
from collections.abc import Callable, Container, Iterable, Iterator
from decimal import Decimal, InvalidOperation
from itertools import islice

from ledger import claims, quantity
from ledger.claims import PARTS
from ledger.errors import BadInput
from ledger.exchange import Selection, json_lines
from ledger.exchange.import_line import parsed
from ledger.exchange.rows import Returned
from ledger.language import leaning
from ledger.records import Article, Claim, Json, Quantity, plain
from ledger.store import Ledger, beside
from ledger.text import doubts
from ledger.text.formulas import neutral, restored
from ledger.vocabulary import FieldOn, Role, Stance, TimeRole

DATES = ("event_time", "as_of", "published_at")
CELLS = (
    "exact", "says", "origin", "chain", "figure", "low", "low_inclusive", "high", "high_inclusive", "modifier", "unit",
    "counts", "measure", "population", "event_time", "as_of", "place", "scope", "answer", "stance", "questions", "tags",
    "title", "publisher", "published_at", "url", "file", "cite", "key",
)  # fmt: skip
"""Columns that an import takes."""

TOLD = (
    "id", "article", "start", "end", "anchored", "state", "check", "to_check", "rating", "rated_by", "rating_because",
    "printed_at", "first_published_at", "modified_at",
)  # fmt: skip
"""Columns that only this ledger can say."""

DELETE = "delete"
"""The column in which a person marks a row whose claim is to be taken back."""

COLUMNS = (
    "id", DELETE, *CELLS[:22], "state", "check", "to_check", "rating", "rated_by", "rating_because", "article", *CELLS[22:28],
    "printed_at", "first_published_at", "modified_at", "start", "end", "anchored", "key", "record",
)  # fmt: skip

OF_FIGURE = CELLS[5:14]
OF_ARTICLE = CELLS[22:27]
BOUNDS = ("low", "high")
TRUTHS = ("low_inclusive", "high_inclusive")
CHAIN, LIST = " > ", " | "

# --- a claim as a row ---------------------------------------------------------------------------------------------

Cell = str | None
"""None and "" are both an empty cell."""


def flat(claim: Claim, article: Article) -> tuple[Cell, ...]:
    """The cells of a claim in the order of COLUMNS, without the record."""
    mine = cells(claim, article)
    check, rating = claim.check, claim.rating
    rated = (rating.value, rating.by, rating.because) if rating else (None, None, None)
    return (
        claim.id, None, *mine[:22], claim.state, check.value if check else None, LIST.join(doubts(claim.unsure)),
        *rated, article.id, *mine[22:28], article.printed_at, article.first_published_at, article.modified_at,
        _number_text(claim.start), _number_text(claim.end), WORDS[claim.anchored], mine[28],
    )  # fmt: skip


def _number_text(value: int | None) -> Cell:
    return None if value is None else str(value)


def cells(claim: Claim, article: Article) -> tuple[Cell, ...]:
    """The cells of a claim in the order of CELLS: its first figure, its event's time and its count's day."""
    hops = claim.attribution
    own_voice = article.publisher if claim.attribution_read else None
    return (
        claim.exact, claim.says, next((h.source for h in reversed(hops) if h.role == "origin"), own_voice),
        CHAIN.join([h.source for h in hops]), *(_figure(claim.quantities[0]) if claim.quantities else NO_FIGURE),
        _time(claim, TimeRole.EVENT), _time(claim, TimeRole.AS_OF), claim.place.name if claim.place else None,
        claim.scope, claim.answer, _stance(claim), LIST.join(claim.questions), LIST.join(claim.tags),
        article.title, article.publisher, article.published_at, article.url, article.file, claim.cite, claim.key or claim.uid,
    )  # fmt: skip


def _stance(claim: Claim) -> str | None:
    return None if claim.stance is Stance.ASSERTS else claim.stance.value


def _figure(q: Quantity) -> tuple[Cell, ...]:
    return (
        q.text, q.low, WORDS[q.low_inclusive], q.high, WORDS[q.high_inclusive], q.modifier, q.unit, q.counts, q.measure,
        q.population,
    )  # fmt: skip


WORDS = {None: None, False: "no", True: "yes"}
NO_FIGURE = (None,) * 10


def _time(claim: Claim, role: TimeRole) -> str | None:
    """The first time in this role as ISO 8601; its words where nothing could be read from them."""
    for time in claim.times:
        if time.role is role:
            first, last = time.earliest, time.latest
            if first is None and last is None:
                return time.text
            return first if first == last else f"{first or ''}/{last or ''}"
    return None


# --- the file -----------------------------------------------------------------------------------------------------

LOT = 500
"""Rows written in one piece."""


def own(ledger: Ledger) -> tuple[str, ...]:
    """The columns of fields of one's own, which stand before the record."""
    return tuple(f.name for f in beside.fields(ledger) if f.on is FieldOn.CLAIM)


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """CSV (RFC 4180) in UTF-8, streaming."""
    names = own(ledger)
    yield ("\ufeff" * selection.bom + ",".join((*COLUMNS[:-1], *names, COLUMNS[-1])) + "\r\n").encode()
    found = json_lines.lines(ledger, selection)
    while lot := list(islice(found, LOT)):
        texts: list[str] = []
        csv.writer(_Lines(texts), lineterminator="\r\n").writerows(
            [_neutral((*flat(one.claim, one.article), *map(one.claim.fields.get, names))) for one, _ in lot]
        )
        yield "".join(
            [f"{text[:-2]},{_quoted(json_lines.encoded(line))}\r\n" for text, (_, line) in zip(texts, lot, strict=True)]
        ).encode()


class _Lines:
    """A file that keeps what is written to it, a list of lines."""

    def __init__(self, lines: list[str]) -> None:
        self.write = lines.append


def _quoted(record: str) -> str:
    """The last cell: JSON, which always needs its quotation marks, and is the longest by far."""
    return '"' + record.replace('"', '""') + '"'


def _neutral(row: tuple[Cell, ...]) -> list[Cell]:
    return [neutral(cell) if cell and not cell[0].isalnum() else cell for cell in row]


# --- a row as an import line --------------------------------------------------------------------------------------


def is_ours(header: list[str]) -> bool:
    """True where a spreadsheet's first row is the header of this export, columns perhaps moved, hidden or added."""
    return "exact" in header and ("record" in header or set(header) >= {"id", "origin", "chain", "figure"})


def edited(
    row: Returned, than: dict[str, str], names: Iterable[str] = CELLS, days: Container[str] = DATES
) -> dict[str, str]:
    """The cells of a row, of these columns, that read otherwise; those of days may stand in another manner."""
    cells = row.cells
    return {n: cells[n].strip() for n in names if n in cells and not same(n, cells[n], than.get(n, ""), day=n in days)}


def returned(row: dict[str, str]) -> Returned:
    """What tells whether a row is a claim that the ledger has, and what was changed in it."""
    record = row.get("record", "").strip()
    line, before = _record(record) if record else ({}, ())
    was = {name: cell or "" for name, cell in zip(CELLS, before, strict=True)} if record else None
    own = line.get("fields")
    if was is not None and isinstance(own, dict):
        was |= {name: value for name, value in own.items() if isinstance(value, str)}
    key = str(line.get("key") or row.get("key", "").strip())
    return Returned(row.get("id", "").strip(), key, row, was, _marked(row.get(DELETE, "").strip()))


def order_of(row: Returned) -> str | None:
    """Dmy or mdy, as the days of a row stand in it that were exported as 2016-03-27; None where they tell none."""
    for name in DATES:
        was = re.fullmatch(r"\d{4}-(\d\d)-(\d\d)", (row.was or {}).get(name, ""))
        mine = re.findall(r"\d+", row.cells.get(name, ""))[:2]
        if was and was[1] != was[2] and len(mine) == 2:
            day_first, month_first = (list(map(int, pair)) for pair in ((was[2], was[1]), (was[1], was[2])))
            if (found := list(map(int, mine))) in (day_first, month_first):
                return "dmy" if found == day_first else "mdy"
    return None


def _marked(cell: str) -> bool:
    if cell.casefold() in MARKS | TRUTH_WORDS.keys():
        return TRUTH_WORDS.get(cell.casefold(), bool(cell))
    raise BadInput(f"{DELETE}: {cell!r}", hint="yes, or nothing where the claim stays")


MARKS = frozenset({"", "x", "delete", "deleted", "retract", "retracted"})


def unflat(row: dict[str, str]) -> Json:
    """The import line of a row by column name; BadInput names the cell that cannot be taken."""
    record = row.get("record", "")
    line, before = _record(record) if record.strip() else ({"article": {}}, (None,) * len(CELLS))
    was = {name: cell or "" for name, cell in zip(CELLS, before, strict=True)}
    edits = {name: row[name].strip() for name in CELLS if name in row and not same(name, row[name], was[name])}
    given = json.loads(record) if record.strip() else {}
    edit(line, edits)
    if known := line.get("found_by"):  # what a person edited is not the program's reading any more
        ours = {part for part, field in PARTS.items() if line.get(field) != given.get(field)}
        line["found_by"] = " ".join(read for read in known.split() if read.partition("/")[0] not in ours) or None
    return line


def edit(line: Json, edits: Edits) -> None:
    """Changes what these cells tell of in a line."""
    for names, change in EDITS:
        if mine := {name: edits[name] for name in names if name in edits}:
            change(line, mine)


def _record(record: str) -> tuple[Json, tuple[str | None, ...]]:
    """The line, and the cells that the export made of it."""
    try:
        line = parsed(record.encode("utf-8", "surrogatepass"))
        return json.loads(record), cells(line.claim, line.article)
    except (BadInput, ValueError):
        hint = "clear that cell to import the row from its other columns"
        raise BadInput("record: not a line of claims export", hint=hint) from None


def same(name: str, cell: str, before: str, *, day: bool | None = None) -> bool:
    """True where a cell is what the export wrote, as a spreadsheet may have saved it: spacing, numbers, dates in local form.

    `day` says whether it is a date; where it is not given, a column tells, and one that is none of ours may be.
    """
    if " ".join(before.split()) in (" ".join(text.split()) for text in (cell, neutral(cell), restored(cell))):
        return True
    mine, theirs = (_number(cell), _number(before)) if name in CELLS else (None, None)
    if mine is not None and theirs is not None:
        return mine == theirs or ("E" in cell.upper() and _rounded(mine, theirs))
    return (name in DATES or name not in CELLS if day is None else day) and _local(cell, before)


def _rounded(mine: Decimal, theirs: Decimal) -> bool:
    """True where a spreadsheet shows a long number with fewer digits: 1.23E+16."""
    return abs(mine - theirs) * 2 <= Decimal(10) ** Decimal(str(mine.as_tuple().exponent))


def _number(text: str) -> Decimal | None:
    try:
        value = Decimal(text.strip())
    except InvalidOperation:
        return None
    return value if value.is_finite() else None


def _local(cell: str, before: str) -> bool:
    """True where the same numbers stand in another order, not ours, as people type a day: 1/3/2016 for 2016-03-01.

    A month of a year is turned into "Mar-16".
    """
    mine, theirs = re.findall(r"\d+", cell), re.findall(r"\d+", before)
    if re.fullmatch(r"\d{4}-\d\d", before.strip()):
        return cell.strip().casefold() == f"{month_abbr[int(theirs[1])]}-{theirs[0][-2:]}".casefold()
    if len(theirs) != 3 or re.match(r"\s*\d{4}", cell):
        return False
    year = theirs[0]
    return sorted(map(int, mine)) in (sorted(map(int, theirs)), sorted(map(int, [year[-2:], *theirs[1:]])))


Edits = dict[str, str]


def _words(line: Json, edits: Edits) -> None:
    """Other words stand elsewhere: they are looked for anew."""
    for name in ("start", "prefix", "suffix"):
        line.pop(name, None)
    _put(line, edits)


def _stance_of(line: Json, edits: Edits) -> None:
    if (said := edits["stance"].casefold()) and said not in set(Stance):
        raise BadInput(f"stance: {edits['stance']!r}", hint=f"one of {', '.join(Stance)}")
    _put(line, {"stance": said})


def _put(line: Json, edits: Edits) -> None:
    for name, value in edits.items():
        if value:
            line[name] = value
        else:
            line.pop(name, None)


def _article(line: Json, edits: Edits) -> None:
    _put(line["article"], edits)


def _lists(line: Json, edits: Edits) -> None:
    for name, value in edits.items():
        line[name] = listed(value)


def listed(cell: str) -> list[str]:
    """The parts of a cell that holds several."""
    return [part.strip() for part in cell.split(LIST.strip()) if part.strip()]


def _chain(line: Json, edits: Edits) -> None:
    """The sources named, each with what the record knows of it; the last one is the origin."""
    known = {h["source"]: h for h in line.get("attribution") or ()}
    if "chain" in edits:
        names = [part.strip() for part in edits["chain"].split(CHAIN.strip()) if part.strip()]
        hops = [dict(known.get(name, {"source": name})) for name in names]
        line["attribution"] = [_in_place(h, last=n == len(hops) - 1) for n, h in enumerate(hops)]
    if origin := edits.get("origin"):
        _origin(line, origin, agree="chain" in edits)
    elif "origin" in edits and line.get("attribution"):
        raise BadInput("origin: empty, but somebody says it", hint="clear chain too where it is the outlet's own word")


def _in_place(hop: Json, *, last: bool) -> Json:
    """A hop whose role still fits where it stands now; the importer gives it the usual one otherwise."""
    fits = hop.get("role") in ((Role.ORIGIN,) if last else (Role.RELAY, Role.AFFILIATION))
    return hop if fits else {k: v for k, v in hop.items() if k != "role"}


def _origin(line: Json, origin: str, *, agree: bool) -> None:
    """Another origin for the chain; where the chain was given too, they have to agree."""
    hops: list[Json] = line.get("attribution") or []
    if agree and hops:
        if hops[-1]["source"] != origin:
            raise BadInput(f"origin: {origin!r}, but the chain ends with {hops[-1]['source']!r}")
        return
    if hops or origin != line["article"].get("publisher"):
        kept = hops[:-1] if hops and hops[-1].get("role", Role.ORIGIN) == Role.ORIGIN else hops
        line["attribution"] = [*kept, {"source": origin, "role": str(Role.ORIGIN)}]


def _change_figure(line: Json, edits: Edits) -> None:
    """The first figure read anew from its words, then changed by the cells beside them."""
    if "quantities" not in line and edits.keys() == {"figure"}:
        line["quantity"] = edits["figure"]  # the importer finds its place in the text
        return
    figures: list[Json] = list(line.get("quantities") or ())
    if "figure" in edits:
        figures[:1] = _read(edits["figure"])
    beside = {name: _of_figure(name, edits[name]) for name in OF_FIGURE if name in edits}
    if figures or any(value is not None for value in beside.values()):
        first = figures[0] if figures else {"text": edits.get("low") or edits.get("high") or ""}
        figures[:1] = [_bounded(first | beside)]
    line["quantities"] = figures


def _read(words: str) -> list[Json]:
    if not words:
        return []
    found = quantity.find(words, leaning(words) or "en")
    if not found:
        raise BadInput(f"figure: none in {words!r}", hint='write it as the source does: "at least 400 militants"')
    return [plain(q) | {"start": None, "end": None} for q in found]


def _of_figure(name: str, cell: str) -> str | bool | None:
    if not cell:
        return None
    if name in BOUNDS and _number(cell) is None:
        raise BadInput(f"{name}: not a number: {cell!r}", hint="digits alone, with a point for decimals: 1200.5")
    if name in TRUTHS and cell.casefold() not in TRUTH_WORDS:
        raise BadInput(f"{name}: {cell!r}", hint="yes, no, or nothing where there is no bound")
    return TRUTH_WORDS[cell.casefold()] if name in TRUTHS else cell


TRUTH_WORDS = {"yes": True, "no": False, "true": True, "false": False, "1": True, "0": False}


def _bounded(figure: Json) -> Json:
    """The figure with a word on each bound that it has, and none on one that it has not."""
    figure["modifier"] = figure.get("modifier") or "exact"
    for name in BOUNDS:
        mark = f"{name}_inclusive"
        figure[mark] = None if figure.get(name) is None else figure.get(mark) is not False
    low, high = (_number(str(figure.get(name))) for name in BOUNDS)
    if low is not None and high is not None and low > high:
        raise BadInput(f"low is above high: {figure['low']}, {figure['high']}")
    if not figure["text"]:
        raise BadInput("a figure needs its words", hint="fill in the column figure, or low, or high")
    return figure


def _change_times(line: Json, edits: Edits) -> None:
    if "times" not in line:
        _put(line, edits)  # the importer adds what the text says
        return
    for name, value in edits.items():
        role = TimeRole.EVENT if name == "event_time" else TimeRole.AS_OF
        times = list(line["times"])
        first = next((n for n, t in enumerate(times) if t.get("role") == role), 0)
        given = [plain(claims.given_time(value, role))] if value else []
        replaced = bool(times) and times[first].get("role") == role
        times[first : first + replaced] = given
        line["times"] = times


EDITS: tuple[tuple[tuple[str, ...], Callable[[Json, Edits], None]], ...] = (
    (("exact",), _words),
    (("says", "scope", "answer", "cite", "place", "key"), _put),
    (("stance",), _stance_of),
    (OF_ARTICLE, _article),
    (("questions", "tags"), _lists),
    (("chain", "origin"), _chain),
    (("figure", *OF_FIGURE), _change_figure),
    (("event_time", "as_of"), _change_times),
)
"""Which cells belong together, and what an edit of them does to the line."""
