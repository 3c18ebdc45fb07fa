"""Figures in languages that are not English: read where their words are known, else shown as not read.

A figure is sure only where its separators can mean one thing and the word before it is a hedge that is known, a word that
makes no bound, or nothing. Everything else is given with `sure` false and the reason, for a person to look at. The words
are those of `ledger/data/LANG/figures.toml`.
"""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Iterable
from decimal import Decimal
from functools import cache
from typing import TypeVar

from msgspec import Struct

from ledger.language import is_read, leaning
from ledger.lexicon import alternatives, listed, meanings, table, valued, values
from ledger.quantity import foreign_numbers
from ledger.quantity.foreign_numbers import NUMERAL, YEAR, Numeral
from ledger.quantity.intervals import bounds_of, within
from ledger.records import Quantity, replace
from ledger.vocabulary import Modifier

OPEN = (Modifier.AT_LEAST, Modifier.MORE_THAN, Modifier.AT_MOST, Modifier.FEWER_THAN, Modifier.NEARLY)
"""Hedges that leave one side open."""
FAR = 60
"""Characters on both sides of a figure in which a word that belongs to hedges makes it unsure."""
NEXT, NEXT_PART = 4, 12
"""Characters to the next figure in which a hedge is that one's, also behind a comma: "12 heridos, al menos 3 graves"."""
CLAUSE = re.compile(r"[.;:!?](?:\s|$)")
MARKS = "\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069"
"""Marks of direction, which may stand inside a numeral."""
CHUNK = re.compile(r"\d+(?:[.,'’٫٬،^/\u00a0\u202f\u2009 ]\d+)*")
SAME_EVERYWHERE = re.compile(
    r"\d+(?:\.(?:\d{1,2}|\d{4,}))?|0\.\d+|\d{1,3}(?:,\d{3}){2,}(?:\.\d+)?|\d{1,3},\d{3}\.\d+"
    r"|\d{1,3}(?:[ \u00a0\u202f'’]\d{3})+(?:\.\d+)?|\d{1,3}(?:\.\d{3})+,\d{1,2}|(?:\d{1,3} )?\d{1,2}/\d{1,3}",
    re.ASCII,
)
"""Digits that are the same number in every language, whatever parts them."""
TIED_ON = re.compile(rf"['’][^\W\d_]|[\^{MARKS}]")
TIED_TO = re.compile(rf"(?:(?<!\d)[-−+±]\s?|[.,^/{MARKS}])$")
"""What stands at a number and changes it, or is no English: a sign, a power, a decimal mark, a mark of direction."""
GLUED = re.compile(r"\d[^\W\d_]$")
LONG_OR_SHORT = re.compile(r"\b(?:b|tr)illions?\b")
"""Words whose value is not the same everywhere."""
ENGLISH_THOUSANDS = re.compile(r"\d{1,3},\d{3}", re.ASCII)


class Words(Struct, frozen=True):
    """The words of one language as patterns."""

    code: str
    before: re.Pattern[str]
    after: re.Pattern[str]
    none: re.Pattern[str]
    opener: re.Pattern[str]
    joiner: re.Pattern[str]
    plain_joiner: re.Pattern[str] | None
    per: re.Pattern[str] | None
    of_parts: re.Pattern[str]
    years: re.Pattern[str]
    """Years behind a number, which are an age unless a word before says that they last."""
    lasting: re.Pattern[str]
    neutral: re.Pattern[str]
    unit: re.Pattern[str]
    left_over: re.Pattern[str]
    """A magnitude that is not read, before a number that goes on with it."""
    far: re.Pattern[str]
    """Verbs that may bound a figure later in the clause: "تتجاوز الديون 40"."""
    denial: re.Pattern[str]
    """What may deny the figure behind it in the same clause."""
    but: re.Pattern[str]
    """What stands before the figure that holds instead of one that is denied: "not 40 but 14"."""
    doubtful: re.Pattern[str]
    """Words and adverbs that may belong to a hedge that is not listed."""
    hedging: re.Pattern[str]
    """The words of hedges, wherever they stand beside a figure whose hedge was read without them."""
    more: re.Pattern[str]
    """What makes a figure a bound at the end of its clause: "12 personnes, peut-être plus"."""
    noun_first: re.Pattern[str]
    """Ends of nouns before a figure that ends its clause, where the order makes it about: "человек 12"."""
    half_later: re.Pattern[str]
    """A half, or "below zero", behind the word that is counted: "dos horas y media"."""
    small: re.Pattern[str]
    """Small words: right before a figure they may, too."""
    origin: re.Pattern[str]
    """Before the first of two figures that are a range or, behind a verb of change, two."""
    target: re.Pattern[str]
    change: re.Pattern[str]


Placed = TypeVar("Placed", Numeral, Quantity)


def find(text: str, language: str) -> list[Quantity]:
    """The figures of a text in a language that is read."""
    words, lower = _words(language), _lowered(text)
    found = [_none(text, m) for m in words.none.finditer(lower)]
    numbers = [n for n in _apart(foreign_numbers.find(text, lower, language)) if not _is_year(lower, words, n)]
    at = 0
    while at < len(numbers):
        made, taken = _pair(text, lower, words, numbers[at : at + 2])
        if made or not numbers[at].article:
            found.append(made or _figure(text, lower, words, numbers, at))
        at += taken
    return _apart(found)


def unread(text: str) -> list[Quantity]:
    """Every numeral of a text in a language that is not read, none of them sure."""
    return [
        Quantity(text[m.start() : m.end()], m.start(), m.end(), modifier=Modifier.UNKNOWN, sure=False, why="language")
        for m in NUMERAL.finditer(_lowered(text))
    ]


def undetermined(text: str) -> list[Quantity]:
    """The figures of a few words: English ones, unless the words lean to another language."""
    from ledger.quantity import recognition  # not at the top: texts in other languages do without its word lists

    found = recognition.find(text)
    if not found and not NUMERAL.search(text):
        return []
    leans = leaning(text)
    if leans not in (None, "en"):
        return find(text, leans) if is_read(leans) else _typed_alone(text) or unread(text)
    chunks, lower = [*re.finditer(CHUNK, text)], _lowered(text)
    return [q if q.sure is False or _told(text, q, leans, _chunks(chunks, q), lower) else _untold(q) for q in found]


def _typed_alone(text: str) -> list[Quantity]:
    """The figure of a hedge and a number typed alone, "casi 40", where every language that knows the hedge reads it alike."""
    lower = _lowered(text).rstrip()
    first = NUMERAL.search(lower)
    words = lower[: first.start()].split() if first else []
    if not first or not words or len(words[0]) < LEAST_HEDGE or words[0] in listed("languages", "false_friends"):
        return []
    hedge = lower[: first.start()]
    knows = [code for code in TYPED if (m := _words(code).before.search(hedge)) and not hedge[: m.start()].strip()]
    found = [find(text, code) for code in knows]
    alone = found and all(len(f) == 1 and f[0].end == len(lower) for f in found)
    return found[0] if alone and len({(f[0].low, f[0].high, f[0].modifier) for f in found}) == 1 else []


TYPED = listed("languages", "typed")
LEAST_HEDGE = 4
"""Letters of the first word of a hedge that tells its language; shorter ones stand in many."""


def _chunks(chunks: list[re.Match[str]], q: Quantity) -> list[re.Match[str]]:
    """The digits that the figure has a part of."""
    first = bisect_right(chunks, q.start or 0, key=lambda m: m.end())
    return chunks[first : bisect_left(chunks, q.end or 0, key=lambda m: m.start())]


def _told(text: str, q: Quantity, leans: str | None, chunks: list[re.Match[str]], lower: str) -> bool:
    """Whether no other language would read the figure otherwise: plain digits that nothing before or behind them may change."""
    start, end = q.start or 0, q.end or 0
    if magnitudes().match(lower, end) or TIED_ON.match(text, end):
        return False
    changed = (
        TIED_TO.search(text[max(0, start - NEAR) : start])
        or LONG_OR_SHORT.search(q.text.lower())
        or (GLUED.search(q.text) and (not q.unit or q.text[-1].isupper()))
    )
    if leans is None and changed:
        return False
    if not all(_plain(text, m, english=leans == "en") for m in chunks):
        return False
    if q.text[:1] in COMPARING:
        return True  # "x > 10"
    before = re.search(r"[^\W\d_]", CLAUSE.split(text[max(0, start - NEAR) : start])[-1])
    return leans == "en" or (not before and not q.text[:1].isalpha() and len(text[end:].split()) < FEW)


FEW = 2
"""Words behind a figure from which a text that leans to no language may have a hedge among them."""
COMPARING = frozenset("<>=≤≥")
NEAR = 200
"""Characters before a figure in which a word of its clause is looked for."""


def _plain(text: str, chunk: re.Match[str], *, english: bool) -> bool:
    """Whether digits are the same number everywhere; one comma before three of them parts English thousands."""
    money = text[max(0, chunk.start() - 8) : chunk.start()].rstrip()[-1:] in ("$", "£")
    return bool(SAME_EVERYWHERE.fullmatch(chunk[0]) or ((english or money) and ENGLISH_THOUSANDS.fullmatch(chunk[0])))


def _untold(q: Quantity) -> Quantity:
    return Quantity(q.text, q.start, q.end, modifier=Modifier.UNKNOWN, sure=False, why="language")


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


# --- figures ------------------------------------------------------------------------------------------------------


def _none(text: str, match: re.Match[str]) -> Quantity:
    start, end = match.span()
    made = bounded(Numeral(start, end, Decimal(0)), Modifier.NONE)
    return replace(made, text=text[start:end], start=start, end=end)


def _figure(text: str, lower: str, words: Words, numbers: list[Numeral], at: int) -> Quantity:
    """The number with its hedge; what is not sure says why."""
    number = numbers[at]
    start, modifier, known = _before(lower, words, number.start)
    if words.target.fullmatch(lower, start, number.start) and _changed(lower, words, start):
        start, modifier = number.start, Modifier.EXACT  # "fell to 3" is no "up to 3"
    unit, unit_end = _unit(lower, words, number)
    following = _begins(lower, words, numbers[at + 1 : at + 2])
    end, done, behind = _after(lower, words, unit_end, following)
    modifier = behind if modifier is Modifier.EXACT and behind else modifier
    clause = words.none.sub(" ", CLAUSE.split(lower[max(0, start - 60) : start])[-1])
    instead = words.but.search(clause)
    denied = words.denial.search(clause[: instead.start()] if instead else clause)
    known = known and (modifier is not Modifier.EXACT or not words.far.search(clause))
    left = lower[max(numbers[at - 1].end if at else 0, start - FAR) : start]
    beside = CLAUSE.split(left)[-1], CLAUSE.split(lower[done : min(following, done + FAR)])[0]
    known = known and not any(words.hedging.search(part) for part in beside) and not words.more.search(beside[1])
    why = (
        (None if number.why == YEAR and unit else number.why)
        or _doubt(lower, words, numbers, at)
        or ("denial" if denied else None)
    )
    if (
        number.vague and number.scale and modifier is not Modifier.EXACT
    ):  # "about a thousand" has the word of "thousands"
        number = replace(number, value=number.scale, high=None, vague=False)
    why = why or ("name" if modifier is Modifier.EXACT and not unit and _names(text, number) else None)
    if words.noun_first.search(left) and re.match(r"\s?[,.;!?)]|$", lower[end : end + 2]):
        known = False
    hedged_vague = number.vague and modifier is not Modifier.EXACT
    why = why or (None if (known or number.vague) and not hedged_vague else "hedge")
    if number.rough and modifier is Modifier.EXACT:
        modifier = Modifier.ABOUT
    made = bounded(number, Modifier.UNKNOWN if why else modifier)
    return replace(made, text=text[start:end], start=start, end=end, unit=unit, sure=why is None, why=why)


def _is_year(lower: str, words: Words, number: Numeral) -> bool:
    """Whether four digits are a year: no unit stands behind them, and no hedge before."""
    return (
        number.why == YEAR
        and not words.before.search(lower[max(0, number.start - 40) : number.start])
        and (_unit(lower, words, number) == (None, number.end))
    )


def _doubt(lower: str, words: Words, numbers: list[Numeral], at: int) -> str | None:
    """Why the number may be a part of a longer one that is not read."""
    number = numbers[at]
    previous, following = (numbers[n] if 0 <= n < len(numbers) else None for n in (at - 1, at + 1))
    for first, second in ((previous, number), (number, following)):
        if not first or not second:
            continue
        if words.of_parts.fullmatch(lower, first.end, second.start):
            return "fraction"
        other = second if first is number else first
        if other.why and _joins(words, lower[first.end : second.start]):
            return other.why
    if words.half_later.match(lower, number.end) or re.match(r"\s[-−]\s?\d", lower[number.end : number.end + 4]):
        return "fraction"
    before, after = lower[number.start - 1 : number.start], lower[number.end : number.end + 1]
    if (before and before in MARKS) or (after and after in MARKS):
        return "separator"
    if number.tied and words.opener.search(lower[max(0, number.start - 12) : number.start]):
        return "magnitude"
    if words.years.match(lower, number.end) and not words.lasting.search(
        lower[max(0, number.start - 20) : number.start]
    ):
        return "age"
    beside = magnitudes().match(lower, number.end) or words.left_over.search(
        lower[max(0, number.start - 24) : number.start]
    )
    return "magnitude" if beside else None


def _names(text: str, number: Numeral) -> bool:
    """Whether a bare number may be a house, a part of a name, an age: it counts nothing, behind a name or between marks."""
    before, after = text[max(0, number.start - 40) : number.start], text[number.end : number.end + 2]
    if not text[number.start : number.end].isdecimal():
        return False
    if re.match(r"\s?[,.;)]|\s*$", after):
        word = re.search(r"\s([^\W\d_]+)\s$", before)
        return bool(re.search(r"[(,]\s?(?:[^\W\d_]{2}\s)?$", before) or (word and word[1][0].isupper()))
    return number.end - number.start == 5 and before[-2:] == ", " and after[1:].isupper()


def _unit(lower: str, words: Words, number: Numeral) -> tuple[str | None, int]:
    """What the number is measured in, and where that ends."""
    if found := words.unit.match(lower, number.end):
        return _units(words.code)[re.sub(r"\s+", " ", found[1])], found.end()
    if sign := values("currencies", "signs").get(lower[max(0, number.start - 2) : number.start].strip()[-1:]):
        return sign, number.end
    return ("share" if number.share else None), number.end


def bounded(number: Numeral, modifier: Modifier) -> Quantity:
    """The interval that a hedge makes of a number."""
    if number.value is None:
        return Quantity("", modifier=Modifier.UNKNOWN)
    about = modifier in (Modifier.ABOUT, Modifier.NEARLY)
    vague = number.vague and modifier not in OPEN
    made = Quantity("", modifier=modifier, approximate=about or vague, vague=vague)
    return within(made, bounds_of(number.value, number.high or number.value, modifier))


def _before(lower: str, words: Words, at: int) -> tuple[int, Modifier, bool]:
    """Where the figure begins, its hedge, and whether what stands before it is known to make no other bound."""
    window = lower[max(0, at - 40) : at]
    if found := words.before.search(window):
        key = meanings(f"{words.code}/figures", "before")[found[1]]
        return at - len(window) + found.start(1), Modifier(key), not _twice(words, window[: found.start(1)])
    neutral = words.neutral.search(window)
    if neutral:
        window = window[: neutral.start()]
    if not window.strip() or not (window.rstrip()[-1].isalpha() or window[-1] in "'’"):
        return at, Modifier.EXACT, True
    return at, Modifier.EXACT, not (words.doubtful.search(window) or (not neutral and words.small.search(window)))


def _twice(words: Words, window: str) -> bool:
    """Whether another hedge stands before the one that was found: "no more than about 40"."""
    return words.before.search(window) is not None


def _begins(lower: str, words: Words, following: list[Numeral]) -> int:
    """Where the next figure begins, with its hedge."""
    return _before(lower, words, following[0].start)[0] if following else len(lower) + NEXT_PART


def _after(lower: str, words: Words, at: int, following: int) -> tuple[int, int, Modifier | None]:
    """Where the figure ends, where its hedge does, at most a few words on, and that; before a figure it is that one's."""
    found = words.after.match(lower, at)
    if found is None or following - found.end() < (NEXT_PART if found[1][-1:] == "," else NEXT):
        return at, at, None
    beside = not found[1].strip()
    return (
        found.end() if beside else at, found.end(), Modifier(meanings(f"{words.code}/figures", "after")[found[2]]),
    )  # fmt: skip


# --- two numbers --------------------------------------------------------------------------------------------------


def _pair(text: str, lower: str, words: Words, pair: list[Numeral]) -> tuple[Quantity | None, int]:
    """The range or the share that two numbers make, and how many of them are done with."""
    if len(pair) == 2 and _changed(lower, words, pair[0].start) and _from_to(lower, words, *pair):
        return None, 1
    made = (_share(text, lower, words, *pair) or _range(text, lower, words, *pair)) if len(pair) == 2 else None
    return made, 2 if made else 1


def _share(text: str, lower: str, words: Words, first: Numeral, second: Numeral) -> Quantity | None:
    """One in five, where nothing else can be meant."""
    if not (words.per and words.per.fullmatch(lower, first.end, second.start)):
        return None
    if first.why or second.why or not first.value or not second.value or first.value >= second.value:
        return None
    start, modifier, known = _before(lower, words, first.start)
    whole = Numeral(first.start, second.end, round(first.value / second.value, 6), share=True)
    made = bounded(whole, modifier if known else Modifier.UNKNOWN)
    return replace(
        made, text=text[start : second.end], start=start, end=second.end, unit="share",
        sure=known, why=None if known else "hedge",
    )  # fmt: skip


def _range(text: str, lower: str, words: Words, first: Numeral, second: Numeral) -> Quantity | None:
    """The range that two numbers make: "entre 30 y 45", "30 bis 45", "30-45", "2 à 3 millions"."""
    if first.vague or second.vague or first.value is None or second.value is None or first.why or second.why:
        return None
    first_unit, first_end = _unit(lower, words, first)
    between = lower[first_end : second.start]
    opened = words.opener.search(lower[max(0, first.start - 12) : first.start])
    from_to = _from_to(lower, words, first, second)
    if not (_joins(words, between) or (opened and words.joiner.fullmatch(between)) or from_to):
        return None
    low = first.value
    if second.scale and not first.scale and low < second.value / second.scale:
        low *= second.scale
    unit, end = _unit(lower, words, second)
    if low > second.value or (first_unit and first_unit != unit):
        return None
    start = first.start - len(opened[0]) if opened else first.start
    begins, modifier, known = _before(lower, words, start)
    about = modifier in (Modifier.ABOUT, Modifier.NEARLY)
    if "-" in between or "–" in between:  # "perdió 2-3 ante" is a score
        behind = re.match(r"\s([^\W\d_]+)", lower[end : end + 30])
        known = known and bool(unit or (behind and behind[1] not in table("languages", "small_words")[words.code]))
    sure = bool(opened) or about or (known and modifier is Modifier.EXACT and not from_to)
    start = begins if about else start
    made = bounded(Numeral(start, end, low, second.value), Modifier.BETWEEN if sure else Modifier.UNKNOWN)
    return replace(
        made, text=text[start:end], start=start, end=end, unit=unit, approximate=about, sure=sure,
        why=None if sure else "hedge",
    )  # fmt: skip


def _changed(lower: str, words: Words, at: int) -> bool:
    """Whether a verb of change stands before in the clause: "rose from 12 to 15"."""
    return words.change.search(CLAUSE.split(lower[max(0, at - 60) : at])[-1]) is not None


def _from_to(lower: str, words: Words, first: Numeral, second: Numeral) -> bool:
    """Whether two numbers are the first and the last of a range, or of a change."""
    opened = words.origin.search(lower[max(0, first.start - 12) : first.start])
    between = lower[_unit(lower, words, first)[1] : second.start]
    return bool(opened and words.target.fullmatch(between.lstrip()))


def _joins(words: Words, between: str) -> bool:
    """Whether what stands between two numbers makes them a range."""
    dash = re.fullmatch(r"\s?[-–]\s?", between)
    return bool(dash or (words.plain_joiner and words.plain_joiner.fullmatch(between)))


# --- words --------------------------------------------------------------------------------------------------------


@cache
def _units(code: str) -> dict[str, str]:
    return meanings(f"{code}/figures", "units") | meanings("units", "signs")


@cache
def magnitudes() -> re.Pattern[str]:
    """Magnitudes of languages that are not read, behind a number."""
    return re.compile(
        rf"\s?-?(?:{alternatives(listed('languages', 'magnitudes') + listed('languages', 'scales'))})(?!\w)"
    )


def _hedging(code: str) -> list[str]:
    """The longer words that hedges are made of, without those that often stand in none."""
    file = f"{code}/figures"
    doubtful = table(file, "doubtful")
    idle = {*doubtful["everyday"], *listed(file, "neutral")}
    phrases = [*meanings(file, "before"), *meanings(file, "after"), *doubtful["words"]]
    words = {word for phrase in phrases for word in re.split(r"[\s'’]+", phrase)}
    return sorted(word for word in words if len(word) > 4 and word not in idle)


@cache
def _words(code: str) -> Words:
    file = f"{code}/figures"

    def any_of(entries: Iterable[str]) -> str:
        return alternatives(tuple(entries)).replace(" ", r"[\s\u00a0]+")

    edge, space = r"(?<!\w)", r"[\s\u00a0]+"
    joined = r"\s*" if code == "ar" else rf"(?:{space}|['’])"
    ranges, doubtful, changes = table(file, "ranges"), table(file, "doubtful"), table(file, "changes")
    ends = doubtful.get("ends", ("(?!)",))
    alone, joining = ranges.get("alone"), table(file, "joining")
    per = joining.get("per")
    lists, ands = valued(file, "numbers"), joining["and"]
    tie = "" if code == "ar" else " "
    halves = [f"{a}{tie}{h}" for a in ands for h in lists.get("halves", ())] + [*lists.get("and_halves", ())]
    small = table("languages", "small_words")[code]
    deny = table(f"{code}/attribution", "words")["deny"]
    return Words(
        code=code,
        before=re.compile(rf"{edge}[وف]?({any_of(meanings(file, 'before'))}),?{joined}$"),
        after=re.compile(rf"((?:{space}[^\W\d_]+){{0,3}}?,?){space}({any_of(meanings(file, 'after'))})(?!\w)"),
        none=re.compile(rf"{edge}(?:{any_of(listed(file, 'none'))})(?!\w)"),
        opener=re.compile(rf"{edge}(?:{any_of(ranges['openers'])}){space}$"),
        joiner=re.compile(rf"{space}(?:{any_of(ranges['joiners'])}){joined}"),
        plain_joiner=re.compile(rf"{space}(?:{any_of(alone)}){joined}") if alone else None,
        per=re.compile(rf"{space}(?:{any_of(per)}){space}") if per else None,
        of_parts=re.compile(rf"{space}(?:{any_of(joining['fraction'])}){space}"),
        unit=re.compile(rf"[\s\u00a0\u202f]?({any_of(_units(code))})(?!\w)"),
        left_over=re.compile(rf"{magnitudes().pattern}{space}(?:(?:{any_of(ands)}){joined})?$"),
        far=re.compile(
            rf"(?:{edge}[وف]?(?:{any_of(doubtful['far'])})(?:(?<=\w{{3}})\w*)?|\w(?:{any_of(ends)}))(?!\w)\D*$"
        ),
        denial=re.compile(rf"{edge}[وف]?(?:{any_of((*doubtful['denials'], *deny))})(?!\w)"),
        but=re.compile(
            rf"{edge}(?:{any_of(doubtful['denials'])})(?:[^\w,]+\w+){{1,4}},?{space}(?:{any_of(doubtful['but'])}){space}$"
        ),
        doubtful=re.compile(rf"(?:{edge}(?:{any_of(doubtful['words'])})|\w(?:{any_of(doubtful['adverbs'])})){joined}$"),
        hedging=re.compile(rf"(?<!\w)[وف]?(?:{any_of(_hedging(code))})(?!\w)"),
        more=re.compile(rf"(?<!\w)[وف]?(?:{any_of(doubtful['more'])})\s*(?:[,)]|$)"),
        noun_first=re.compile(rf"\w(?:{any_of(doubtful.get('noun_first', ('(?!)',)))}){space}$"),
        half_later=re.compile(rf"{space}\w+{space}(?:{any_of([*halves, *table(file, 'behind')['later']])})(?!\w)"),
        small=re.compile(rf"{edge}(?:{any_of(small)}){joined}$"),
        origin=re.compile(rf"{edge}(?:{any_of(changes['from'])}){space}$"),
        target=re.compile(rf"{edge}(?:{any_of(changes['to'])}){joined}$"),
        change=re.compile(rf"{edge}(?:{any_of(changes['verbs'])})"),
        years=re.compile(rf"{space}(?:{any_of(table(file, 'behind')['years'])})(?!\w)"),
        lasting=re.compile(rf"{edge}(?:{any_of(table(file, 'behind')['lasting'])}){joined}$"),
        neutral=re.compile(rf"{edge}(?:{any_of(listed(file, 'neutral'))}){joined}$"),
    )
