"""The values that bodies and rows are made of, and `parse`, the one way from plain data to a record.

Records, and whatever else only holds values, are msgspec structs, not dataclasses: defining seventy of them takes two
milliseconds instead of fifty, which every call of the command line would pay.
"""

from __future__ import annotations

import gc
import json
import re
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from enum import Enum
from functools import cache
from operator import attrgetter
from types import NoneType
from typing import Any, TypeVar, cast

import msgspec
from msgspec import Struct, structs

from ledger.errors import BadInput
from ledger.vocabulary import Counting, Kind, Mode, Modifier, Precision, Role, SourceKind, Stance, Status, TimeRole

Json = dict[str, Any]
Record = TypeVar("Record")


def parse(kind: type[Record], data: Json) -> Record:
    """The record that the data describe; BadInput names the first field that does not fit, unknown keys included."""
    unknown = data.keys() - field_names(cast("Any", kind))
    if unknown:
        raise BadInput(f"{_noun(kind)}: unknown field {sorted(unknown)[0]!r}")
    try:
        return msgspec.convert(data, type=kind)
    except msgspec.ValidationError as e:
        raise BadInput(f"{_noun(kind)}: {e}") from None


def _noun(kind: type) -> str:
    """What a person calls a kind of record: "claim line" for ClaimLine."""
    return re.sub(r"(?<=[a-z])(?=[A-Z])", " ", kind.__name__).lower()


def order(name: str) -> int:
    """The number of a short id, by which things of one letter stand in the order they were logged: 12 for C12."""
    return int(name[1:])


def replace(value: Record, /, **changes: Any) -> Record:
    """The same record with some fields changed."""
    return cast("Record", structs.replace(cast("Struct", value), **changes))


@contextmanager
def no_collector() -> Iterator[None]:
    """Records hold no cycles; looking for some among many of them takes up to half of the time, and more the more there are."""
    was = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was:
            gc.enable()


PLACES = ("start", "end", "cue_start", "cue_end")


def moved(value: Record, by: int) -> Record:
    """The same record in a text that begins so many characters earlier."""
    places = {name: at + by for name in PLACES if by and (at := getattr(value, name, None)) is not None}
    return replace(value, **places) if places else value


def convert(value: Any, kind: Any, name: str) -> Any:
    """One value as the given type; BadInput names the field where it does not fit."""
    try:
        return msgspec.convert(value, type=kind)
    except msgspec.ValidationError as e:
        raise BadInput(f"{name}: {e}") from None


@cache
def field_names(kind: Any) -> frozenset[str]:
    """The fields of a record."""
    return frozenset(kind.__struct_fields__)


def plain(value: Any) -> Any:
    """Records, enums and tuples as JSON data, every field kept; `from_` is written "from"."""
    kind: Any = type(value)
    if kind in PLAIN:
        return value
    if (shown := _shown(kind)) is not None:
        names, values = shown
        return {n: v if type(v) in PLAIN else plain(v) for n, v in zip(names, values(value), strict=True)}
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, tuple | list):
        return [plain(v) for v in value]
    if isinstance(value, dict):
        return {k: plain(v) for k, v in value.items()}
    return value


PLAIN = frozenset({str, int, bool, float, NoneType})


@cache
def _shown(kind: Any) -> tuple[tuple[str, ...], Callable[[Any], tuple[Any, ...]]] | None:
    """The fields of a record in the order in which they are shown, and their values; None where it is no record.

    What a record extends stands first, but for its ids.
    """
    if not issubclass(kind, Struct):
        return None
    fields = kind.__struct_fields__
    ids = [name for name in ("id", "uid") if name in fields]
    fields = (*ids, *(name for name in fields if name not in ids))
    values = attrgetter(*fields) if len(fields) > 1 else lambda value: tuple(getattr(value, n) for n in fields)
    return tuple(n.removesuffix("_") for n in fields), values


_UNSEEN = re.compile(r"[\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069]")


_ENCODE = json.JSONEncoder(ensure_ascii=False).encode


def json_text(value: Any) -> str:
    """JSON in one line; controls and marks of direction are escaped, so that they change no terminal."""
    try:
        text = msgspec.json.format(msgspec.json.encode(_laid_out(value)), indent=0).decode()
    except (TypeError, ValueError, OverflowError, RecursionError):  # half a character, or a number that is no machine's
        text = _ENCODE(plain(value))
    return unseen_escaped(text)


def _laid_out(value: Any) -> Any:
    """The same as `plain` gives, but for enums, which msgspec writes as their values."""
    kind: Any = type(value)
    if (shown := _shown(kind)) is None:
        return plain(value)
    names, values = shown
    fields = dict(zip(names, values(value), strict=True))
    for name in _deep(kind):
        if type(held := fields[name]) is tuple:
            fields[name] = tuple(map(_laid_out, held)) if held else held
        elif not (held is None or isinstance(held, str)):  # a word of an enum is written as it is
            fields[name] = _laid_out(held)
    return fields


@cache
def _deep(kind: Any) -> tuple[str, ...]:
    """The fields of a record that may hold more than a word, a number or an enum, as they are shown."""
    told = {
        name: hint for base in reversed(kind.__mro__) for name, hint in getattr(base, "__annotations__", {}).items()
    }
    flat = (n for n in kind.__struct_fields__ if not set(re.findall(r"\w+", str(told.get(n, "?")))) <= FLAT)
    return tuple(n.removesuffix("_") for n in flat)


FLAT = frozenset({"str", "int", "bool", "float", "None"})


def unseen_escaped(text: str) -> str:
    """JSON text with controls and marks of direction as escapes."""
    if text.isprintable():  # none of them is, and this is quicker to tell
        return text
    return _UNSEEN.sub(lambda m: f"\\u{ord(m[0]):04x}", text)


# --- values -------------------------------------------------------------------------------------------------------


class Quantity(Struct, frozen=True, omit_defaults=True):
    """A figure as an interval: "at least 400" is low "400" inclusive, high None."""

    text: str
    """The words of the figure with its hedge, verbatim; where start and end are given they are their place."""
    start: int | None = None
    end: int | None = None
    low: str | None = None
    high: str | None = None
    low_inclusive: bool | None = None
    """None where the interval has no lower bound."""
    high_inclusive: bool | None = None
    unit: str | None = None
    """What one of them is: people, sorties, percent, USD, km, weeks."""
    counts: str | None = None
    """The head noun phrase as it stands: "terrorist positions"."""
    measure: str | None = None
    """What happened to what is counted: killed, lost, wounded, sorties, targets; None where the words do not say."""
    population: str | None = None
    """Whose: "ISIS", "Syrian army"; None where the words do not say."""
    counting: Counting = Counting.UNKNOWN
    modifier: Modifier = Modifier.EXACT
    approximate: bool = False
    vague: bool = False
    """True for dozens, scores, hundreds, several: the bounds are a named policy's, not the source's."""
    sure: bool = True
    """False where the words may say something else than the interval does: a person has to look."""
    why: str | None = None
    """Why it is not sure: language, separator, hedge, unit, range, report, magnitude, denial, condition, age, name, year."""


class Unsure(Struct, frozen=True):
    """A field of a reading that a person has to look at."""

    field: str
    why: str
    """A code: `language`, `separator`, ...; of who says it `speaker` (hardly one), `pronoun`, `cue` (may report nothing)."""


class Span(Struct, frozen=True, omit_defaults=True):
    """An interval of time, without its words."""

    earliest: str | None = None
    latest: str | None = None


class TimeSpan(Struct, frozen=True, omit_defaults=True):
    """When, as earliest to latest; None is open ("until today" has no earliest)."""

    text: str
    start: int | None = None
    end: int | None = None
    earliest: str | None = None
    latest: str | None = None
    precision: Precision = Precision.DAY
    role: TimeRole = TimeRole.MENTIONED
    anchor: str | None = None
    """The date against which relative words were read."""
    alternatives: tuple[Span, ...] = ()
    """Other readings, where language is ambiguous."""
    sure: bool = True
    """False where a person has to say which of the readings it is, or what day relative words count from."""
    why: str | None = None
    """Why it is not sure, as a code: year, order (of day and month), published (the day is not known), day, zone, reading."""


def reading_doubts(figures: Sequence[Quantity], times: Sequence[TimeSpan]) -> list[Unsure]:
    """What of the figures and times is not sure; a figure that is denied is read, and nobody's."""
    found = [Unsure("quantities", q.why or "hedge") for q in figures if not q.sure and q.why != DENIED]
    return found + [Unsure("times", t.why or "reading") for t in times if not t.sure]


OURS = "ours"
"""Said of a sure figure that the desk gave: the words of the claim do not hold it."""

DENIED = "denied"
"""Why a figure is not sure that the words around it deny: "40 boats had not sunk"."""


class Place(Struct, frozen=True, omit_defaults=True):
    name: str
    start: int | None = None
    end: int | None = None
    latitude: str | None = None
    longitude: str | None = None
    precision: str | None = None


class Hop(Struct, frozen=True, omit_defaults=True):
    """One hop of a chain: who, in which part, and where cue and mention stand in the text."""

    source: str
    """The name of the source; in the body of an entry its uid."""
    role: Role = Role.ORIGIN
    text: str | None = None
    """The mention of the source, verbatim."""
    start: int | None = None
    end: int | None = None
    cue: str | None = None
    cue_start: int | None = None
    cue_end: int | None = None
    mode: Mode = Mode.INDIRECT
    named: bool = True
    implicit: bool = False
    """True where the hop is understood from an earlier sentence."""
    stands_for: str | None = None
    """The fuller mention earlier in the text that a pronoun or a short name repeats."""
    kind: SourceKind | None = None
    """What kind of source it is; not in the body of an entry, and None where nobody knows yet."""
    source_id: str | None = None
    """The short id of the source; None where the ledger does not know it."""

    @property
    def known_by(self) -> str:
        """The short id of the source, else its name."""
        return self.source_id or self.source


def heard(text: str, mention: tuple[int, int] | None, cue: tuple[int, int] | None = None, *, role: Role) -> Hop:
    """A hop as a text has it, by the places of its mention and its cue; without a mention nobody is named."""
    name = text[slice(*mention)] if mention else ""
    said = text[slice(*cue)] if cue else None
    named = mention is not None
    start, end = mention or (None, None)
    cue_start, cue_end = cue or (None, None)
    return Hop(name, role, name, start, end, said, cue_start, cue_end, named=named)


class Found(Struct, frozen=True):
    """A statement that the suggester found: its words, who is said to say it, its figures and times."""

    exact: str
    start: int
    end: int
    content: tuple[tuple[int, int], ...]
    """The parts of the statement when the cue interrupts it."""
    attribution: tuple[Hop, ...] = ()
    """Outermost first; empty in the publisher's own voice."""
    quantities: tuple[Quantity, ...] = ()
    times: tuple[TimeSpan, ...] = ()
    mode: Mode = Mode.NONE
    stance: Stance = Stance.ASSERTS
    language: str | None = None
    """The language of the text as a two-letter code; None where it could not be told."""
    unsure: tuple[Unsure, ...] = ()
    pattern: str = ""
    reason: str = ""
    score: str = "0"


class Statement(Struct, frozen=True):
    """What `crossref.compare` compares: one figure, or one short answer, with everything that must match first."""

    quantity: Quantity | None = None
    answer: str | None = None
    measure: str | None = None
    population: str | None = None
    scope: str | None = None
    place: str | None = None
    window: Span | None = None
    as_of: str | None = None
    counting: Counting = Counting.UNKNOWN
    running: bool = False
    """True while the count was going on: "so far", "has risen to", or the event lasted on."""
    kind: Kind | None = None
    """What answers the question that it was filed under."""
    only_one: bool = False
    """True where a person said which answers there can be, and that only one of them is true."""
    one_name: bool = False
    """True where the question asks for one person's name, and the words tell of no other who came before or after."""
    said: str | None = None
    """The answer that was read from the words where nobody gave one: a time, a place, yes or no, names."""
    text: str | None = None
    """The claim's own words, where no figure answers; else those of the figure, with all that it counts."""
    qualifiers: tuple[str, ...] = ()
    """What the words beside the figure narrow it to: "in cash", "seriously", "in Springfield"."""
    places: tuple[str, ...] = ()
    """Those of them that are places."""
    spots: tuple[str, ...] = ()
    """Where a length or a time was measured, which is of another place only than one that is measured elsewhere."""
    named: tuple[str, ...] = ()
    """Names in its words and in its article's title: a place that both name narrows neither figure."""
    status: Status | None = None
    on_point: bool = True
    """False where the claim says no word of the question but the things that are counted."""
    narrowed: frozenset[str] = frozenset()
    """Words that a denial is narrowed to, where the question has none of them: "not knowingly", "not the full list"."""
    superseded: bool = False
    """True where the text itself calls the figure an earlier one."""
    planned: bool = False
    """True where it is of what was planned or expected: "up to 40 will go"."""
    moving: bool = False
    """True for a toll of the first days, dated by no more than the day of the article: it may have changed by the hour."""
    stance: Stance = Stance.ASSERTS
    """What the source holds, with what its own words deny: then the figure is not its figure."""
    unstated: Quantity | None = None
    """The figure that the source denies, doubts, asks about or announces; `quantity` is None then."""
    denied: tuple[str, ...] = ()
    """Numbers of the same things that its words expressly deny: the 243 of "251 were aboard, not 243"."""
    doubted: tuple[str, ...] = ()
    """Words of the figure's clause that say how sure it is: "reportedly", "so far"."""
    held: str | None = None
    """How a statement that is not asserted is told: "denies that “40 boats left”"."""
