"""Numbers of other languages, in digits and in words: a run of them is read whole, or it is not sure.

The words are those of `ledger/data/LANG/figures.toml`: small numbers, magnitudes, halves, parts, and how a language ties them.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable, Iterator
from decimal import Context, Decimal
from functools import cache, lru_cache

from msgspec import Struct, field

from ledger.lexicon import alternatives, listed, table, valued
from ledger.records import replace

SPACES = " \u00a0\u202f\u2009"
YEAR = "year"
"""Why four digits may be no figure."""
GAP = f"[{SPACES}\\t\\n]"
HALVES = "¼½¾⅐⅑⅒⅓⅔⅕⅖⅗⅘⅙⅚⅛⅜⅝⅞"
NUMERAL = re.compile(
    r"(?:(?<![\w.,/^-])[-−](?=\d))?(?:(?<![^\s(])[.,](?=\d)|\d)\d*(?:[.,٫٬،'’\u00a0\u202f\u2009 ]\d+)*"
    rf"[{HALVES}]?|(?<![\w/^.,-])[{HALVES}]"
)
POINT_GROUPS = frozenset({"es", "de"})
"""Languages in which a point before three digits parts thousands; elsewhere it may be a decimal point."""
NEAR = 40
"""Characters behind a numeral in which one that is tied to it by a dash ends."""
DASHED = re.compile(r"(?<![\w.,/–-])(\d{1,4})[-–](\d{1,4})(?![\w/–-]|[.,]\d)")
"""Two numbers that a dash joins."""
TIED = re.compile(r"[-−]+\^|[\w^/+%#@:&-]|[-–][\d.]", re.UNICODE)
"""What ties a numeral to a date, a code, a power, a fraction: it is no figure then."""
FRACTION = re.compile(r"(?:(?<![\w/^.,-])(\d{1,3}) +)?(?<![\w/^.,-])([-−]?)(\d{1,3})[/⁄](\d{1,3})(?![\w/^.,])")
POWER = re.compile(r"(?<![\w.,^-])([-−]?\d+(?:[.,]\d+)?)(e|\^)([+-]?\d+)(?![\w^.,])")
"""A number in scientific notation, or a power: 1e10, 1.1^23."""
CODE = re.compile(r"\+?\d+(?:[-/.]\d+){2,}(?![.,]?\d)|\+\d+")
"""A telephone number, a day, an address. Groups of thousands are told apart by their length."""
GROUPS = re.compile(r"\d{1,3}(?:\.\d{3})+")
THE = "(?:ال|بال|ب|لل|ل)?"
"""What Arabic writes onto the front of a word: the, in, for."""
ARABIC_MARKS = "\u064b-\u0652\u0670\u0640"
SECOND_DAY = re.compile(r"\.?(?:(?:\s+[^\W\d_]{1,3}){1,2}\s*|\s?[-–,]\s?)\d{1,2}\.?")
"""Another day behind the first: "3 to 5", "3 and the 5"."""
ORDINALS, ORDINAL = frozenset({"de"}), re.compile(r"\. [^\W\d_]")
"""Languages in which a point behind a number makes it an ordinal."""
LARGEST_POWER = 40
LONGEST_WORD = 60
LONGEST_RUN = 24
COMPOUND = ("cardinal", "one", "bare", "and", "and_half")
"""Words that others are written onto."""
SILENT = ("one", "half", "part", "and_half", "scale")
"""Words that are no number alone."""


class Numeral(Struct, frozen=True):
    """A number at a place; `why` says why its value is not sure."""

    start: int
    end: int
    value: Decimal | None
    high: Decimal | None = None
    why: str | None = None
    vague: bool = False
    rough: bool = False
    article: bool = False
    """Whether it is a "one" that stands alone, and may be the first half of "one in five"."""
    share: bool = False
    scale: Decimal | None = None
    """The magnitude in words that it ends with: it may belong to the number before, too ("2 to 3 thousand")."""
    tied: bool = False
    """Whether "and" stands inside it: "between five and twenty" is no 25."""


class Item(Struct, frozen=True):
    """A numeral or a word of a number."""

    start: int
    end: int
    kind: str
    value: Decimal | None
    why: str | None = None


class Grammar(Struct, frozen=True):
    """The number words of a language, and the small words that tie them."""

    code: str
    word: re.Pattern[str]
    kinds: dict[str, tuple[str, str]]
    alone: dict[str, tuple[str, str]]
    """Words that say something else where no number stands beside them: vague ones, shares."""
    tie: re.Pattern[str]
    """What stands between two items that belong together, with "and" as its group."""
    ties: frozenset[str]
    """What "and" may join: tens to units, units to tens, all."""
    of: re.Pattern[str]
    not_of: re.Pattern[str]
    """Behind a part, what makes it one of an hour."""
    not_counted: re.Pattern[str]
    minus: re.Pattern[str]
    label: re.Pattern[str]
    """Words before a number that is a name."""
    ordinal: re.Pattern[str]
    """The end of a word behind a number that may make it a part or an ordinal."""
    opener: re.Pattern[str]
    homographs: frozenset[str]


def find(text: str, lower: str, code: str) -> list[Numeral]:
    """The numbers of a text in its order."""
    grammar = _grammar(code)
    items = _items(text, lower, grammar)
    found = [*_powers(lower, code), *_fractions(lower)]
    taken = {at for n in found for at in range(n.start, n.end)}
    for run in _runs(lower, [i for i in items if i.start not in taken], grammar):
        found += _read_run(lower, run, grammar)
    signed = (_signed(lower, n, grammar) for n in found if not _dated(lower, n, grammar))
    return sorted(signed, key=lambda n: n.start)


def _signed(lower: str, number: Numeral, grammar: Grammar) -> Numeral:
    """The number with the word before it that makes it negative."""
    found = grammar.minus.search(lower[max(0, number.start - 12) : number.start])
    if not found or number.value is None or number.vague or number.article:
        return number
    return replace(number, start=number.start - len(found[0]), value=-number.value)


def _dated(lower: str, item: Numeral, grammar: Grammar) -> bool:
    """Whether a number is a day, an hour, or a name: "3 May", "3 to 5 May", "page 12"."""
    if grammar.not_counted.match(lower, item.end):
        return True
    second = SECOND_DAY.match(lower, item.end)
    if second and grammar.not_counted.match(lower, second.end()):
        return True
    return bool(grammar.label.search(lower[max(0, item.start - 24) : item.start]))


# --- items --------------------------------------------------------------------------------------------------------


def _items(text: str, lower: str, grammar: Grammar) -> list[Item]:
    """Numerals and number words, in order."""
    blanked = CODE.sub(lambda m: m[0] if GROUPS.fullmatch(m[0]) else " " * len(m[0]), lower)
    found = [i for m in NUMERAL.finditer(blanked) for i in _numerals(blanked, m, grammar)]
    for m in grammar.word.finditer(lower):
        if m.end() - m.start() <= LONGEST_WORD:
            found += _word_items(m, grammar, name=_is_name(text, m.start(1)))
    return sorted(found, key=lambda i: (i.start, -i.end))


def _word_items(match: re.Match[str], grammar: Grammar, *, name: bool) -> Iterator[Item]:
    """The pieces of a word: `zweihundert` is two, most words are one."""
    at = match.start(1)
    for piece in _pieces(match[1], grammar.code):
        kind, value = grammar.kinds[folded(piece)]
        number = Decimal(value) if value and "," not in value else None
        noun = kind in ("scale", "part", "point", *ALONE.values())
        yield Item(at, at + len(piece), kind, number, why="hedge" if name and not noun else None)
        at += len(piece)


@lru_cache(maxsize=1024)
def _pieces(word: str, code: str) -> tuple[str, ...]:
    """The number words that a word is made of: one, or the parts of "zweihundertdrei"."""
    grammar = _grammar(code)
    kind, _ = grammar.kinds.get(folded(word), ("", ""))
    if kind:
        return (word,) if kind != "and" else ()
    for end in range(len(word) - 1, 1, -1):
        first = grammar.kinds.get(word[:end], ("",))[0]
        if first in COMPOUND and (rest := _pieces(word[end:], code)):
            return word[:end], *rest
    return ()


def _is_name(text: str, start: int) -> bool:
    """Whether a number word has a capital inside a sentence: Karl Tausend, Charles Quint."""
    return text[start].isupper() and bool(re.search(r"[^\W\d_][,)]?\s$", text[max(0, start - 4) : start]))


def _numerals(lower: str, match: re.Match[str], grammar: Grammar) -> Iterator[Item]:
    word = grammar.word.match(lower, match.end())
    if _tied(lower, match.start(), match.end(), glued=word is not None):
        return
    yield from _split(match, grammar.code)


def _tied(lower: str, start: int, end: int, *, glued: bool = False) -> bool:
    """Whether the numeral is part of a date, a code, an address, a power or a signed number."""
    before, after = lower[max(0, start - 2) : start], lower[end : end + 3]
    if re.match(r"[-‐][^\W\d_]|\.[ºª]", after):
        return True  # a day, "3.º", "40-летний"
    for m in DASHED.finditer(lower, max(0, start - 6), end + NEAR):
        if m.start() > start:
            break
        if (m.start() == start or m.end() == end) and int(m[1]) < int(m[2]):
            return False
    if re.search(r"\d[-–]$", before):
        return True
    if not glued and TIED.match(after) and not _arabic(after[0]):
        return after[0] not in "%-" or (after[0] == "-" and (after[1:2].isdecimal() or "^" in after))
    if before and before[-1] in "^/+#@:&.,'’" and not before.isspace():
        return before[-1] != "'" or before[-2:-1].isdecimal()
    if before and (before[-1].isalpha() or before[-1] == "_"):
        return not _arabic(before[-1])
    signed = re.search(r"[-–−]\s?$", before)
    return signed is not None and not before[:1].isdecimal() and before[:1] not in SPACES + ")"


def _arabic(letter: str) -> bool:
    """Arabic writes "the" and "and" joined to what follows."""
    return "\u0621" <= letter <= "\u064a"


def _fractions(lower: str) -> Iterator[Numeral]:
    """Shares such as 3/4 and 2 1/4; not sure behind another number, or where it may be a day and a month."""
    for m in FRACTION.finditer(lower):
        whole, above, below = int(m[1] or 0), int(m[3]), int(m[4])
        if above >= below or not below:
            continue
        value = (whole + Decimal(above) / below) * (-1 if m[2] else 1)
        day = below <= 12 and above > 9
        behind = re.search(r"[\d/-]\s*$", lower[max(0, m.start() - 4) : m.start()])
        rest = re.match(r"\s*\d", lower[m.end() : m.end() + 4])
        yield Numeral(
            m.start(), m.end(), round(value, 6), share=not whole,
            why="fraction" if behind or rest or day or (m[2] and whole) else None,
        )  # fmt: skip


def _powers(lower: str, code: str) -> Iterator[Numeral]:
    for m in POWER.finditer(lower):
        base, _ = _read(m[1], code)
        power = int(m[3])
        if base and abs(power) <= LARGEST_POWER:
            value = base * Decimal(10) ** power if m[2] == "e" else base**power
            yield Numeral(m.start(), m.end(), Context(prec=15).create_decimal(value))


def _split(match: re.Match[str], code: str) -> Iterator[Item]:
    """The numeral as one number, or, where spaces part what is no group of thousands, as several."""
    text, start = match[0], match.start()
    pieces = re.split(f"[{SPACES}]", text)
    grouped = len(pieces) > 1 and 1 <= len(pieces[0]) <= 3 and all(re.match(r"\d{3}(?!\d)", p) for p in pieces[1:])
    if grouped and pieces[0][0] != "0" and all(p.isdecimal() for p in pieces[:-1]):
        value, why = _read("".join(pieces[:-1]) + pieces[-1], code, spaced=True)
        yield Item(start, match.end(), "numeral", value, why=why)
        return
    for piece in re.finditer(f"[^{SPACES}]+", text):
        value, why = _read(piece[0], code)
        if value is not None or why:
            why = (
                "ordinal" if not why and code in ORDINALS and ORDINAL.match(match.string, start + piece.end()) else why
            )
            yield Item(start + piece.start(), start + piece.end(), "numeral", value, why=why)


def _read(numeral: str, code: str, *, spaced: bool = False) -> tuple[Decimal | None, str | None]:
    """The value of digits with their separators, and why it is not sure; no value and no reason for what is no figure."""
    if numeral[0] in "-−":
        value, why = _read(numeral[1:], code, spaced=spaced)
        return (None if value is None else -value), why
    if numeral[-1] in HALVES:
        value, why = _read(numeral[:-1], code, spaced=spaced) if numeral[:-1] else (Decimal(0), None)
        return (None if value is None else value + round(Decimal(unicodedata.numeric(numeral[-1])), 6)), why
    if numeral[0] in ".,":
        value, why = _read("0" + numeral, code, spaced=spaced)
        return value, why or ("separator" if numeral[0] == "," and code == "ar" else None)
    digits = "".join(str(int(ch)) if ch.isdecimal() else ch for ch in numeral)
    marks = [ch for ch in digits if not ch.isdecimal()]
    whole = re.sub(r"\D", "", digits)
    if not marks:
        is_year = len(digits) == 4 and digits[:2] in ("19", "20")
        leading = len(digits) > 1 and digits[0] == "0"
        if leading or len(digits) > 15:
            return None, None
        return Decimal(digits), YEAR if is_year and not spaced else None
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


# --- runs ---------------------------------------------------------------------------------------------------------


class Sum(Struct):
    """A number that is put together from its words."""

    ties: frozenset[str]
    parts: list[tuple[Decimal, Decimal]] = field(default_factory=list)
    """Amounts with the magnitude of each, which falls."""
    group: Decimal | None = None
    """What no magnitude has come for yet."""
    last: str = ""
    whole: Decimal | None = None
    """What stood before the decimal point, with the zeros right behind it."""
    zeros: str = ""
    taken: int = 0
    closed: bool = False
    share: bool = False
    tied: bool = False

    @property
    def value(self) -> Decimal:
        return sum((amount for amount, _ in self.parts), Decimal(0)) + self.small

    @property
    def small(self) -> Decimal:
        """What no magnitude has come for yet, with its decimals."""
        if self.whole is None:
            return self.group or Decimal(0)
        return Decimal(f"{self.whole}.{self.zeros}{'' if self.group is None else self.group}")

    @property
    def lowest(self) -> Decimal:
        """The unit below which words may still be added."""
        if self.closed or self.last == "numeral" or self.whole is not None:
            return Decimal(0)
        if self.group is None:
            return self.parts[-1][1]
        return next(Decimal(unit) for unit in (100, 10, 1) if self.group % unit == 0 or unit == 1)

    def take(self, item: Item, tie: str) -> bool:
        """Whether the item goes on with the number, tied by "next", "glued", "and" or "glued and", at first by nothing."""
        if self.closed or item.value is None or item.why:
            return False
        takes = {"cardinal": self._small, "one": self._small, "numeral": self._small}
        takes |= {"scale": self._scale, "bare": self._scale, "half": self._half, "and_half": self._half}
        took = takes.get(item.kind, self._other)(item, tie)
        self.tied |= took and "and" in tie
        self.last, self.taken = (item.kind, self.taken + 1) if took else (self.last, self.taken)
        return took

    def _small(self, item: Item, tie: str) -> bool:
        value = item.value or Decimal(0)
        if self.whole is not None and self.group is None:
            self.zeros += "0" if value == 0 else ""
            self.group = value or None
            return item.kind == "cardinal" and tie == "next" and value < 1000
        if value >= 1000 and item.kind == "cardinal":  # "two thousand" in one word
            scale = Decimal(1000) ** ((len(str(int(value))) - 1) // 3)
            return self.group is None and self._part(value, scale, tie)
        if self.group is None:
            if self.parts and (not 0 < value < self.parts[-1][1] or value != int(value) or not self._joins(tie)):
                return False
            self.group = value
            return True
        goes_on = item.kind != "numeral" or ("all" in self.ties and self.last in ("bare", "scale"))
        if self.last == "numeral" or not goes_on or not _fits(self.group, value, tie, self.ties):
            return False
        self.group += value
        return True

    def _joins(self, tie: str) -> bool:
        return tie in ("", "and") if "all" in self.ties else tie in ("", "next", "glued", "glued and")

    def _scale(self, item: Item, tie: str) -> bool:
        scale = item.value or Decimal(1)
        if self.whole is not None and self.group is None:
            return False
        if tie and self.group is not None and tie not in ("next", "glued"):
            return False
        if scale == 100:
            return self._hundred(item, tie)
        if scale < 100:  # dozens
            if self.parts or (self.last and self.group is None) or self.small >= 100:
                return False
            self.parts, self.group, self.closed = [((self.group or 1) * scale, Decimal(1))], None, True
            return True
        below = [amount for amount, of in self.parts if of < scale]
        if self.group is None and not below:
            return item.kind == "bare" and self._part(scale, scale, tie)
        if self.group is None and tie not in ("next", "glued"):
            return False
        amount = sum(below, Decimal(0)) + self.small
        self.parts, self.group, self.whole = self.parts[: len(self.parts) - len(below)], None, None
        return self._part(amount * scale, scale, "")

    def _part(self, amount: Decimal, scale: Decimal, tie: str) -> bool:
        if not self._joins(tie) or (self.parts and self.parts[-1][1] <= scale):
            return False
        self.parts.append((amount, scale))
        return True

    def _hundred(self, item: Item, tie: str) -> bool:
        if self.group is None:
            if item.kind != "bare" or not self._joins(tie):
                return False
            self.group = Decimal(100)
            return True
        if not 1 <= self.group < 20 or self.group != int(self.group):
            return False
        self.group *= 100
        return True

    def _half(self, item: Item, tie: str) -> bool:
        """Half of what comes behind, "half a million", or of the unit before, "a million and a half"."""
        value = item.value or Decimal(0)
        if item.kind == "half" and tie != "and":
            fits = self.last in ("", "one") and not self.parts
            self.group = value if fits else self.group
            return fits
        if not self.last or self.value != int(self.value):
            return False
        unit = Decimal(1) if self.group is not None else self.parts[-1][1]
        self.group = self.value + value * unit if self.group is not None else None
        self.parts = [] if self.group is not None else [*self.parts, (value * unit, unit / 2)]
        return True

    def _other(self, item: Item, tie: str) -> bool:
        value = item.value or Decimal(0)
        small = self.last in ("cardinal", "one", "bare") and self.group is not None and tie == "next"
        if item.kind == "point" and small and self.whole is None:
            self.whole, self.group = self.group, None
            return True
        if item.kind == "part" and small and not self.parts and self.taken == 1 and (self.group or 0) <= 20:
            self.group, self.share, self.closed = round((self.group or 1) / value, 6), True, True
            return True
        if item.kind in ("part", "share") and tie == "and" and "all" in self.ties and self.group is not None:
            self.group += round(1 / value, 6) if item.kind == "part" else value
            self.closed = True
            return True
        return False


def _fits(group: Decimal, value: Decimal, tie: str, ties: frozenset[str]) -> bool:
    """Whether a small number may follow another: 40 and 7, 7 and 40, 100 and 47."""
    ten, hundred = group % 10, group % 100
    if not 0 < value < 100:
        return False
    tens = value in range(20, 100, 10)
    if "and" in tie:
        if "all" in ties:
            return (hundred == 0 and value < 100) or (0 < hundred < 10 and tens)
        return ("tens units" in ties and hundred >= 30 and ten == 0 and value < 10) or (
            "units tens" in ties and tie == "glued and" and 0 < hundred < 10 and tens
        )
    if "all" in ties or tie not in ("next", "glued"):
        return False
    if hundred == 0 and group:
        return 0 < value < 100
    return ties.isdisjoint({"tens units", "units tens"}) and hundred >= 20 and ten == 0 and 0 < value < 10


def _runs(lower: str, items: list[Item], grammar: Grammar) -> Iterator[list[tuple[str, Item]]]:
    """The items that stand beside one another, each with what ties it to the one before."""
    run: list[tuple[str, Item]] = []
    glue = ""
    for item in items:
        if run and item.start < run[-1][1].end:
            continue
        if item.kind == "and":  # inside a word
            glue = " and"
            run[-1:] = [(run[-1][0], replace(run[-1][1], end=item.end))] if run else []
            continue
        tie = _tie(lower, run[-1][1], item, grammar) if run else ""
        if tie and not (run[-1][1].kind == item.kind == "numeral"):
            run.append((tie + (glue if tie == "glued" else ""), item))
        else:
            if run:
                yield run
            run = [("", item)]
        glue = ""
    if run:
        yield run


def _tie(lower: str, first: Item, second: Item, grammar: Grammar) -> str:
    between = grammar.tie.fullmatch(lower, first.end, second.start)
    if not between:
        return ""
    if "\n" in between[0]:
        return "line"
    if between.lastindex:
        return "and"
    return "next" if second.start > first.end else "glued"


def _read_run(lower: str, run: list[tuple[str, Item]], grammar: Grammar) -> list[Numeral]:
    """The one number of a run, or the several that "and" joins; a run that is neither is one number that is not sure."""
    run = [(tie, i) for n, (tie, i) in enumerate(run) if not _is_article(run, n)]
    while run and run[-1][1].kind == "point":
        run = run[:-1]
    if not run or (len(run) == 1 and run[0][1].kind in SILENT and not _alone(lower, run[0][1], grammar)):
        return [Numeral(i.start, i.end, Decimal(1), article=True) for _, i in run if i.kind == "one"]
    first, last = run[0][1], run[-1][1]
    tied = last.kind != "numeral" and re.match(r"[-‐]?\w", lower[last.end : last.end + 2])
    if tied or (first.kind != "numeral" and re.match(r"\w[-‐]", lower[max(0, first.start - 2) : first.start])):
        return []
    whole = _numbers(lower, run, grammar) if len(run) <= LONGEST_RUN else None
    return [Numeral(first.start, last.end, None, why="magnitude")] if whole is None else whole


def _is_article(run: list[tuple[str, Item]], n: int) -> bool:
    """Whether "one" is an article before a number in digits: "un 40 %"."""
    return run[n][1].kind == "one" and n + 1 < len(run) and run[n + 1][1].kind == "numeral"


def _numbers(lower: str, run: list[tuple[str, Item]], grammar: Grammar, at: int = 0) -> list[Numeral] | None:
    """The numbers that the run makes from an item on: the longest first number behind which the rest makes some, too."""
    first = run[at][1]
    if len(run) == at + 1 and (alone := _alone(lower, first, grammar)):
        return [alone]
    total, sums = Sum(grammar.ties), [Sum(grammar.ties)]
    while at + len(sums) <= len(run):
        tie, item = run[at + len(sums) - 1]
        total = replace(total, parts=[*total.parts])
        if not total.take(item, tie if len(sums) > 1 else ""):
            break
        sums.append(total)
    if at + len(sums) - 1 == len(run):
        return [_made(lower, total, [item for _, item in run[at:]], grammar)]
    apart = "all" not in grammar.ties or grammar.opener.search(lower[: first.start][-12:])
    for end in range(at + len(sums) - 1, at, -1):
        if apart and run[end][0] == "and" and (found := _with_rest(lower, run, sums[end - at], (at, end), grammar)):
            return found
    return None


def _with_rest(
    lower: str, run: list[tuple[str, Item]], total: Sum, span: tuple[int, int], grammar: Grammar
) -> list[Numeral] | None:
    """The number of these items and, behind "and", those of the rest, where they cannot be one number that is not read."""
    at, end = span
    made = _made(lower, total, [item for _, item in run[at:end]], grammar)
    is_one = run[end][1].kind == "one"
    if is_one and len(run) == end + 1:
        return [made] if total.lowest <= 1 and not grammar.ordinal.match(lower, run[-1][1].end) else None
    rest = _numbers(lower, run, grammar, end)
    if rest is None or rest[0].value is None or rest[0].why:
        return None
    if not (rest[0].share and len(rest) == 1) or total.share:
        return None if rest[0].value < total.lowest else [made, *rest]
    whole = made.value and made.scale is None and made.value == int(made.value)
    if not whole or total.lowest > 1:  # "vingt et un cinquièmes" may be 21 of them
        return None
    return [replace(rest[0], start=made.start, value=(made.value or 0) + rest[0].value, share=False)]


def _alone(lower: str, item: Item, grammar: Grammar) -> Numeral | None:
    """A numeral whose value is not sure, or a word that says no one number."""
    if item.kind == "numeral":
        return Numeral(item.start, item.end, item.value, why=item.why)
    kind, value = grammar.alone.get(folded(lower[item.start : item.end]), ("", ""))
    if not kind:
        return None
    low, _, high = value.partition(", ")
    bounds = Decimal(low), Decimal(high) if high else None
    scale = item.value if item.kind == "bare" else None
    return Numeral(
        item.start, item.end, *bounds, scale=scale, vague=kind == "vague", rough=kind == "rough", share=kind == "share"
    )


def _made(lower: str, total: Sum, items: list[Item], grammar: Grammar) -> Numeral:
    first, last = items[0], items[-1]
    ends = re.match(r"\s*(?:[.,;:!?)»”]|$)", lower[last.end :])
    of = grammar.of.match(lower, last.end)
    not_told = total.share and (not (ends or of) or (of and grammar.word.match(lower, of.end() + 1)))
    why = (
        "fraction"
        if not_told
        or (total.share and grammar.not_of.match(lower, last.end))
        or (last.kind == "half" and total.value < 1)
        else None
    )
    why = "fraction" if grammar.ordinal.match(lower, last.end) else why
    if len(items) == 1 and folded(lower[first.start : first.end]) in grammar.homographs:
        why = "hedge"
    scale = total.parts[-1][1] if last.kind in ("scale", "bare") and total.group is None and total.parts else None
    return Numeral(first.start, last.end, total.value, share=total.share, why=why, scale=scale, tied=total.tied)


# --- words --------------------------------------------------------------------------------------------------------


def folded(word: str) -> str:
    """A word as the lists have it: one space, no hyphen, no vowel signs, one form of each Arabic letter."""
    word = re.sub(rf"[{ARABIC_MARKS}]", "", word)
    word = re.sub(r"[أإآ]", "ا", word).replace("ى", "ي").replace("’", "'")
    return re.sub(r"[\s\u00a0-]+", " ", word)


def spelt(entries: Iterable[str], code: str) -> str:
    """A pattern of the entries that also finds their other spellings, the longest first."""

    def letter(ch: str) -> str:
        if ch in " '":
            return {" ": r"[\s\u00a0-]+", "'": "['’]"}[ch]
        return re.escape(ch) if code != "ar" else ("[اأإآ]" if ch in "اأإآ" else re.escape(ch)) + f"[{ARABIC_MARKS}]*"

    return "|".join("".join(map(letter, entry)) for entry in sorted(entries, key=len, reverse=True))


KINDS = {"parts": "part", "halves": "half", "and_halves": "and_half", "scales": "scale", "cardinals": "cardinal"}
ALONE = {"shares": "share", "rough": "rough", "vague": "vague"}


@cache
def _grammar(code: str) -> Grammar:
    file = f"{code}/figures"
    lists, joining = valued(file, "numbers"), table(file, "joining")
    alone = {folded(w): (kind, v) for name, kind in ALONE.items() for w, v in lists.get(name, {}).items()}
    kinds = alone | {folded(w): (kind, v) for name, kind in KINDS.items() for w, v in lists.get(name, {}).items()}
    kinds |= {folded(w): ("bare", kinds[folded(w)][1]) for w in joining["bare"]}
    kinds |= {folded(w): ("one", "1") for w in joining["one"]}
    kinds |= {folded(w): ("point", "0") for w in joining.get("point", ())}
    ordinals, glued, of = (joining.get(name, ()) for name in ("ordinals", "glued_and", "of"))
    kinds |= dict.fromkeys(glued, ("and", ""))
    piece, ands = spelt(kinds, code), alternatives(joining["and"])
    arabic = code == "ar"
    whole = f"(?:{piece})+" if glued else piece
    end = "" if arabic else r"(?!\w)"
    edge, tie = r"(?<!\w)", rf"{GAP}+({ands}){GAP}+|{GAP}+|[-‐]|"
    if arabic:
        edge, tie = rf"{edge}[وف]?{THE}", rf"(?:{GAP}*(و){GAP}*|{GAP}*){THE}"
    return Grammar(
        code=code,
        word=re.compile(rf"(?:{edge}|(?<=\d))({whole})(?!\w)"),
        kinds=kinds,
        alone=alone,
        tie=re.compile(tie),
        ties=frozenset(joining.get("ties", ())),
        of=re.compile(rf"{GAP}+(?:{alternatives(of)}){end}" if of else rf"{GAP}+"),
        not_of=re.compile(rf"{GAP}(?:{spelt(joining.get('not_of', ('-',)), code)})(?!\w)"),
        not_counted=re.compile(rf"{GAP}?(?:{alternatives(table(file, 'behind')['not_counted'])})(?!\w)"),
        minus=re.compile(rf"(?<!\w)(?:{spelt(joining.get('minus', ('-',)), code)}){GAP}+$"),
        label=re.compile(
            rf"(?<!\w){THE if arabic else ''}(?:{spelt(listed(file, 'labels'), code)}){GAP}*(?:\d+[-–])?$"
        ),
        ordinal=re.compile(rf"{GAP}\w+(?:{alternatives(ordinals)})(?!\w)" if ordinals else r"(?!)"),
        opener=re.compile(rf"(?<!\w)(?:{alternatives(table(file, 'ranges')['openers'])}){GAP}+$"),
        homographs=frozenset(folded(w) for w in joining.get("homographs", ())),
    )
