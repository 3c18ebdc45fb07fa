"""Figures in languages that are not English: read where their words are known, else shown as not read.

A figure is sure only where its separators can mean one thing and the word before it is a hedge that is known, a word that
makes no bound, or nothing. Everything else is given with `sure` false and the reason, for a person to look at. The words
are those of `ledger/data/LANG/figures.toml`.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from decimal import Decimal
from functools import cache
from typing import TypeVar

from ledger.lexicon import alternatives, listed, meanings, table, values
from ledger.records import Quantity, replace
from ledger.vocabulary import Modifier

NUMERAL = re.compile(r"(?:(?<![\w.,/^-])[-−](?=\d))?\d+(?:[.,٫٬،'’\u00a0\u202f\u2009 ]\d+)*", re.UNICODE)
SPACES = " \u00a0\u202f\u2009"
POINT_GROUPS = frozenset({"es", "de"})
"""Languages in which a point before three digits parts thousands; elsewhere it may be a decimal point."""
TIED = re.compile(r"[-−]+\^|[\w^/+%#@:&-]|[-–][\d.]", re.UNICODE)
"""What ties a numeral to a date, a code, a power, a fraction: it is no figure then."""
FRACTION = re.compile(r"(?<![\w/^.,-])(\d{1,3})[/⁄](\d{1,3})(?![\w/^.,])")
CODE = re.compile(r"\+?\d+(?:[-/.]\d+){2,}(?![.,]?\d)|\+\d+")
"""A telephone number, a day, an address. Groups of thousands are told apart by their length."""
GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
CLAUSE = re.compile(r"[.;:!?](?:\s|$)")
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of direction, which may stand inside a numeral."""


@dataclass(frozen=True, slots=True)
class Numeral:
    """A number at a place; `why` says why its value is not sure."""

    start: int
    end: int
    value: Decimal | None
    high: Decimal | None = None
    why: str | None = None
    vague: bool = False


@dataclass(frozen=True, slots=True)
class Words:
    """The words of one language as patterns."""

    code: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    scale: re.Pattern[str]
    cardinal: re.Pattern[str]
    half: re.Pattern[str] | None
    vague: re.Pattern[str]
    none: re.Pattern[str]
    opener: re.Pattern[str]
    joiner: re.Pattern[str]
    plain_joiner: re.Pattern[str] | None
    fraction: re.Pattern[str]
    of_parts: re.Pattern[str]
    more: re.Pattern[str]
    goes_before: re.Pattern[str]
    not_counted: re.Pattern[str]
    neutral: re.Pattern[str]
    denial: re.Pattern[str]
    """What may deny the figure behind it in the same clause."""
    doubtful: re.Pattern[str]
    """Small words and adverbs: before a figure they may belong to a hedge that is not listed."""


Placed = TypeVar("Placed", Numeral, Quantity)


def find(text: str, language: str) -> list[Quantity]:
    """The figures of a text in a language that is read."""
    words, lower = _words(language), _lowered(text)
    numerals = _apart(_numerals(lower, words))
    found = [_none(text, m) for m in words.none.finditer(lower)]
    at = 0
    while at < len(numerals):
        pair = numerals[at : at + 2]
        if _is_share(lower, words, pair):
            at += 2
        elif made := _range(text, lower, words, pair):
            found.append(made)
            at += 2
        else:
            found.append(_figure(text, lower, words, numerals[at]))
            at += 1
    return _apart(found)


def unread(text: str) -> list[Quantity]:
    """Every numeral of a text in a language that is not read, none of them sure."""
    return [
        Quantity(text[m.start() : m.end()], m.start(), m.end(), modifier=Modifier.UNKNOWN, sure=False, why="language")
        for m in NUMERAL.finditer(_lowered(text))
    ]


def _apart(items: Iterable[Placed]) -> list[Placed]:
    """The items in the order of the text, without those that begin inside another."""
    kept: list[Placed] = []
    for item in sorted(items, key=lambda n: (n.start or 0, -(n.end or 0))):
        if not kept or (item.start or 0) >= (kept[-1].end or 0):
            kept.append(item)
    return kept


def _lowered(text: str) -> str:
    lower = text.lower()
    return lower if len(lower) == len(text) else text


# --- numerals -----------------------------------------------------------------------------------------------------


def _numerals(lower: str, words: Words) -> Iterator[Numeral]:
    lower = CODE.sub(lambda m: m[0] if GROUPS.fullmatch(m[0]) else " " * len(m[0]), lower)
    for m in NUMERAL.finditer(lower):
        glued = words.scale.match(lower, m.end()) is not None
        if words.not_counted.match(lower, m.end()) or _tied(lower, m.start(), m.end(), glued=glued):
            continue
        yield from (_scaled(lower, words, n) for n in _split(m, words.code))
    yield from (_fraction(lower, m) for m in FRACTION.finditer(lower) if int(m[1]) < int(m[2]))
    for m in words.cardinal.finditer(lower):
        alone = not words.cardinal.match(lower, m.end() + 1) and not words.cardinal.fullmatch(
            _word_before(lower, m.start())
        )
        if alone:
            value = Decimal(_value("cardinals", words.code, m[0]))
            yield _scaled(lower, words, Numeral(m.start(), m.end(), value))
    for m in words.vague.finditer(lower):
        low, high = _value("vague", words.code, m[0]).split(", ")
        yield Numeral(m.start(), m.end(), Decimal(low), Decimal(high), vague=True)


def _fraction(lower: str, match: re.Match[str]) -> Numeral:
    """A share such as 3/4; not sure behind another number, of which it is the rest, or where it may be a day and a month."""
    behind = re.search(r"[\d/-]\s*$", lower[max(0, match.start() - 4) : match.start()])
    value = Decimal(int(match[1])) / int(match[2])
    rest = re.match(r"\s*\d", lower[match.end() : match.end() + 4])
    day = int(match[2]) <= 12 and int(match[1]) > 9
    return Numeral(match.start(), match.end(), round(value, 6), why="fraction" if behind or rest or day else None)


def _tied(lower: str, start: int, end: int, *, glued: bool = False) -> bool:
    """Whether the numeral is part of a date, a code, an address, a power or a signed number."""
    before, after = lower[max(0, start - 2) : start], lower[end : end + 2]
    if not glued and TIED.match(after) and not _arabic(after[0]):
        return after[0] not in "%-" or (after[0] == "-" and after[1:2].isdecimal())
    if before and before[-1] in "^/+#@:&.,'’" and not before.isspace():
        return before[-1] != "'" or before[-2:-1].isdecimal()
    if before and (before[-1].isalpha() or before[-1] == "_"):
        return not _arabic(before[-1])
    signed = re.search(r"[-–−]\s?$", before)
    return signed is not None and not before[:1].isdecimal() and before[:1] not in SPACES + ")"


def _arabic(letter: str) -> bool:
    """Arabic writes "the" and "and" joined to what follows."""
    return "\u0621" <= letter <= "\u064a"


def _split(match: re.Match[str], code: str) -> Iterator[Numeral]:
    """The numeral as one number, or, where spaces part what is no group of thousands, as several."""
    text, start = match[0], match.start()
    pieces = re.split(f"[{SPACES}]", text)
    grouped = len(pieces) > 1 and 1 <= len(pieces[0]) <= 3 and all(re.match(r"\d{3}(?!\d)", p) for p in pieces[1:])
    if grouped and pieces[0][0] != "0" and all(p.isdecimal() for p in pieces[:-1]):
        value, why = _read("".join(pieces[:-1]) + pieces[-1], code, spaced=True)
        yield Numeral(start, match.end(), value, why=why)
        return
    for piece in re.finditer(f"[^{SPACES}]+", text):
        value, why = _read(piece[0], code)
        if value is not None or why:
            yield Numeral(start + piece.start(), start + piece.end(), value, why=why)


def _read(numeral: str, code: str, *, spaced: bool = False) -> tuple[Decimal | None, str | None]:
    """The value of digits with their separators, and why it is not sure; no value and no reason for what is no figure."""
    if numeral[0] in "-−":
        value, why = _read(numeral[1:], code, spaced=spaced)
        return (None if value is None else -value), why
    digits = "".join(str(int(ch)) if ch.isdecimal() else ch for ch in numeral)
    marks = [ch for ch in digits if not ch.isdecimal()]
    whole = re.sub(r"\D", "", digits)
    if not marks:
        is_year = len(digits) == 4 and digits[:2] in ("19", "20")
        leading = len(digits) > 1 and digits[0] == "0"
        return (None, None) if leading or len(digits) > 15 or (is_year and not spaced) else (Decimal(digits), None)
    last, rest = re.split(r"\D", digits)[-1], re.split(r"\D", digits)[1:]
    one_kind = len(set(marks)) == 1
    if marks[-1] == "٫" and all(m == "٬" for m in marks[:-1]):
        return _decimal(digits, marks), None
    if one_kind and len(marks) > 1:
        thousands = all(len(part) == 3 for part in rest) and len(re.split(r"\D", digits)[0]) <= 3
        return (Decimal(whole), None) if thousands else (None, "separator" if marks[0] in "'’" else None)
    if not one_kind:
        regular = all(m == marks[0] for m in marks[:-1]) and all(len(p) == 3 for p in rest[:-1])
        return (_decimal(digits, marks), None) if regular and marks[-1] in ".," else (None, "separator")
    if len(last) != 3 or digits[0] == "0" or spaced or len(digits.split(marks[0])[0]) > 3:
        return (_decimal(digits, marks), None) if marks[0] in ".,٫" else (None, "separator")
    if marks[0] in "'’٬" or (marks[0] == "." and code in POINT_GROUPS):
        return Decimal(whole), None
    return None, "separator"


def _decimal(digits: str, marks: list[str]) -> Decimal:
    whole, _, part = digits.rpartition(marks[-1])
    return Decimal(re.sub(r"\D", "", whole) + "." + part)


def _scaled(lower: str, words: Words, number: Numeral) -> Numeral:
    """The number times the magnitude named behind it."""
    found = words.scale.match(lower, number.end)
    if not found or number.value is None:
        return number
    size = Decimal(_value("scales", words.code, found[1]))
    value, end = number.value * size, found.end()
    if words.half and (half := words.half.match(lower, end)):
        value, end = value + size / 2, half.end()
    goes_on = words.scale.match(lower, end) or words.more.match(lower, end)
    return Numeral(number.start, end, value, why="magnitude" if goes_on else number.why)


def _word_before(lower: str, at: int) -> str:
    found = re.search(r"(\w+)\W?$", lower[max(0, at - 30) : at])
    return found[1] if found else ""


# --- figures ------------------------------------------------------------------------------------------------------


def _none(text: str, match: re.Match[str]) -> Quantity:
    return Quantity(
        text[match.start() : match.end()], match.start(), match.end(), "0", "0", low_inclusive=True, high_inclusive=True,
        modifier=Modifier.NONE,
    )  # fmt: skip


def _figure(text: str, lower: str, words: Words, number: Numeral) -> Quantity:
    """The number with its hedge; what is not sure says why."""
    start, modifier, known = _before(lower, words, number.start)
    end, behind = _after(lower, words, number.end)
    modifier = behind if modifier is Modifier.EXACT and behind else modifier
    denied = words.denial.search(CLAUSE.split(lower[max(0, start - 60) : start])[-1])
    why = number.why or _doubt(lower, words, number) or ("denial" if denied else None)
    why = why or (None if known or behind or number.vague else "hedge")
    made = bounded(number, Modifier.UNKNOWN if why else modifier)
    return replace(made, text=text[start:end], start=start, end=end, sure=why is None, why=why)


def _doubt(lower: str, words: Words, number: Numeral) -> str | None:
    """Why the number may be a part of a longer one that is not read."""
    before, after = lower[max(0, number.start - 24) : number.start], lower[number.end : number.end + 24]
    if words.goes_before.search(before):
        return "magnitude"
    if words.of_parts.match(after) or re.match(r"\s*\d+\s*[/⁄]", after):
        return "fraction"
    return "separator" if (before[-1:] in MARKS and before) or (after[:1] in MARKS and after) else None


def bounded(number: Numeral, modifier: Modifier) -> Quantity:
    """The interval that a hedge makes of a number."""
    if number.value is None:
        return Quantity("", modifier=Modifier.UNKNOWN)
    low, high = f"{number.value.normalize():f}", f"{(number.high or number.value).normalize():f}"
    approximate = modifier in (Modifier.ABOUT, Modifier.NEARLY)
    if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN):
        return Quantity("", low=low, low_inclusive=modifier is Modifier.AT_LEAST, modifier=modifier)
    if modifier in (Modifier.AT_MOST, Modifier.FEWER_THAN, Modifier.NEARLY):
        inclusive = modifier is Modifier.AT_MOST
        return Quantity("", high=high, high_inclusive=inclusive, modifier=modifier, approximate=approximate)
    return Quantity(
        "", low=low, high=high, low_inclusive=True, high_inclusive=True, modifier=modifier,
        approximate=approximate or number.vague, vague=number.vague,
    )  # fmt: skip


def _before(lower: str, words: Words, at: int) -> tuple[int, Modifier, bool]:
    """Where the figure begins, its hedge, and whether what stands before it is known to make no other bound."""
    window = lower[max(0, at - 40) : at]
    if found := words.before.search(window):
        key = meanings(f"{words.code}/figures", "before")[found[1]]
        return at - len(window) + found.start(1), Modifier(key), not _twice(words, window[: found.start(1)])
    if neutral := words.neutral.search(window):
        window = window[: neutral.start()]
    if not window.strip() or not window.rstrip()[-1].isalpha():
        return at, Modifier.EXACT, True
    return at, Modifier.EXACT, not words.doubtful.search(window)


def _twice(words: Words, window: str) -> bool:
    """Whether another hedge stands before the one that was found: "no more than about 40"."""
    return words.before.search(window) is not None


def _after(lower: str, words: Words, at: int) -> tuple[int, Modifier | None]:
    found = words.after.match(lower, at)
    return (found.end(), Modifier(meanings(f"{words.code}/figures", "after")[found[1]])) if found else (at, None)


# --- two numbers --------------------------------------------------------------------------------------------------


def _range(text: str, lower: str, words: Words, pair: list[Numeral]) -> Quantity | None:
    """The range that two numbers make: "entre 30 y 45", "30 bis 45", "30-45"."""
    if len(pair) < 2 or pair[0].vague or pair[1].vague:
        return None
    first, second = pair
    between = lower[first.end : second.start]
    opened = words.opener.search(lower[max(0, first.start - 12) : first.start])
    plain = words.plain_joiner is not None and words.plain_joiner.fullmatch(between)
    if not (plain or (opened and words.joiner.fullmatch(between)) or re.fullmatch(r"\s?[-–]\s?", between)):
        return None
    if first.value is None or second.value is None or first.why or second.why or first.value > second.value:
        return None
    start = first.start - len(opened[0]) if opened else first.start
    return Quantity(
        text[start : second.end], start, second.end, f"{first.value.normalize():f}", f"{second.value.normalize():f}",
        low_inclusive=True, high_inclusive=True, modifier=Modifier.BETWEEN,
    )  # fmt: skip


def _is_share(lower: str, words: Words, pair: list[Numeral]) -> bool:
    """Whether the two numbers are a share, "1 in 3", which is not read here."""
    if len(pair) < 2 or pair[0].value is None or pair[1].value is None:
        return False
    return pair[0].value < pair[1].value and bool(words.fraction.fullmatch(lower[pair[0].end : pair[1].start]))


# --- words --------------------------------------------------------------------------------------------------------


def _value(name: str, code: str, word: str) -> str:
    return values(f"{code}/figures", name)[re.sub(r"\s+", " ", word)]


@cache
def _words(code: str) -> Words:
    file = f"{code}/figures"

    def any_of(entries: tuple[str, ...]) -> str:
        return alternatives(entries).replace(r"\ ", r"[\s\u00a0]+")

    edge = r"(?<!\w)"
    joined = r"\s*" if code == "ar" else r"[\s\u00a0]+"
    behind, ranges = table(file, "behind"), table(file, "ranges")
    half, alone = behind.get("half"), ranges.get("alone")
    scales, cardinals = any_of(tuple(values(file, "scales"))), any_of(tuple(values(file, "cardinals")))
    ends = table(file, "doubtful")
    one = any_of(ends["one"])
    linked, small = any_of(behind["and"]), table("languages", "small_words")[code]
    return Words(
        code=code,
        before=re.compile(rf"{edge}[وف]?({any_of(tuple(meanings(file, 'before')))}){joined}$"),
        after=re.compile(rf"[\s\u00a0]+({any_of(tuple(meanings(file, 'after')))})(?!\w)"),
        scale=re.compile(rf"[\s\u00a0]*({any_of(tuple(values(file, 'scales')))})(?!\w)"),
        cardinal=re.compile(rf"{edge}(?:{any_of(tuple(values(file, 'cardinals')))})(?!\w)"),
        half=re.compile(rf"[\s\u00a0]+(?:{any_of(half)})(?!\w)") if half else None,
        vague=re.compile(rf"{edge}(?:{any_of(tuple(values(file, 'vague')))})(?!\w)"),
        none=re.compile(rf"{edge}(?:{any_of(listed(file, 'none'))})(?!\w)"),
        opener=re.compile(rf"{edge}(?:{any_of(ranges['openers'])})[\s\u00a0]+$"),
        joiner=re.compile(rf"[\s\u00a0]+(?:{any_of(ranges['joiners'])}){joined}"),
        plain_joiner=re.compile(rf"[\s\u00a0]+(?:{any_of(alone)}){joined}") if alone else None,
        of_parts=re.compile(rf"[\s\u00a0]+(?:{any_of(listed(file, 'fraction'))})[\s\u00a0]+(?:\d|{cardinals}|{one})"),
        more=re.compile(rf"[\s\u00a0]*(?:(?:{linked}){joined})?(?:\d|(?:{cardinals})(?!\w))"),
        goes_before=re.compile(rf"(?:{scales}|{cardinals}|{one})(?:{joined}(?:{linked}))?{joined}$"),
        fraction=re.compile(rf"[\s\u00a0]+(?:{any_of(listed(file, 'fraction'))})[\s\u00a0]+"),
        not_counted=re.compile(rf"\s?(?:{any_of(behind['not_counted'])})(?!\w)"),
        denial=re.compile(rf"{edge}(?:{any_of(ends['denials'])})(?!\w)"),
        doubtful=re.compile(
            rf"(?:{edge}(?:{any_of((*small, *ends['words']))})|\w(?:{any_of(ends['adverbs'])})){joined}$"
        ),
        neutral=re.compile(rf"{edge}(?:{any_of(listed(file, 'neutral'))}){joined}$"),
    )
