"""The English that figures are made of, and the policy for words that leave a figure open."""

from __future__ import annotations

from decimal import Decimal

from ledger.vocabulary import Modifier


def listed(words: str) -> frozenset[str]:
    return frozenset(words.split())


def _numbered(words: str, first: int, *, step: int = 1) -> dict[str, Decimal]:
    return {word: Decimal(first + step * i) for i, word in enumerate(words.split())}


# --- numerals -----------------------------------------------------------------------------------------------------

ONES = _numbered("one two three four five six seven eight nine", 1)
TEENS = _numbered("ten eleven twelve thirteen fourteen fifteen sixteen seventeen eighteen nineteen", 10)
TENS = _numbered("twenty thirty forty fifty sixty seventy eighty ninety", 20, step=10) | {"fourty": Decimal(40)}
SMALL = {"zero": Decimal(0)} | ONES | TEENS | TENS
SCALES = {
    "hundred": Decimal(100),
    "thousand": Decimal(1000),
    "lakh": Decimal(10**5),
    "million": Decimal(10**6),
    "crore": Decimal(10**7),
    "billion": Decimal(10**9),
    "trillion": Decimal(10**12),
    "dozen": Decimal(12),
    "score": Decimal(20),
}
SUFFIXES = {
    "k": Decimal(1000),
    "m": Decimal(10**6),
    "mn": Decimal(10**6),
    "mln": Decimal(10**6),
    "bn": Decimal(10**9),
    "b": Decimal(10**9),
    "tn": Decimal(10**12),
}
"""Glued to a numeral: 30k, 2bn. "m" may be metres: `numbers` decides."""
SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
PARTS = {
    "half": 2, "halves": 2, "third": 3, "thirds": 3, "quarter": 4, "quarters": 4, "fourth": 4, "fourths": 4,
    "fifth": 5, "fifths": 5, "sixth": 6, "sixths": 6, "seventh": 7, "sevenths": 7, "eighth": 8, "eighths": 8,
    "ninth": 9, "ninths": 9, "tenth": 10, "tenths": 10, "hundredth": 100, "hundredths": 100,
}  # fmt: skip
"""Denominators of fractions in words; the singular ones count only where a fraction is meant."""

# --- vague words --------------------------------------------------------------------------------------------------

VAGUE: dict[tuple[str, ...], tuple[int, int]] = {
    ("several",): (3, 9),
    ("a", "few"): (3, 9),
    ("a", "handful", "of"): (3, 9),
    ("a", "couple", "of"): (2, 3),
    ("a", "couple"): (2, 3),
    ("dozens",): (24, 99),
    ("several", "dozen"): (36, 99),
    ("several", "dozens"): (36, 99),
    ("a", "few", "dozen"): (36, 99),
    ("a", "couple", "of", "dozen"): (24, 36),
    ("a", "couple", "dozen"): (24, 36),
    ("scores",): (40, 99),
    ("tens",): (20, 99),
    ("hundreds",): (200, 999),
    ("several", "hundred"): (300, 999),
    ("several", "hundreds"): (300, 999),
    ("a", "few", "hundred"): (300, 999),
    ("a", "couple", "of", "hundred"): (200, 300),
    ("a", "couple", "hundred"): (200, 300),
    ("thousands",): (2_000, 9_999),
    ("several", "thousand"): (3_000, 9_999),
    ("several", "thousands"): (3_000, 9_999),
    ("a", "few", "thousand"): (3_000, 9_999),
    ("a", "couple", "of", "thousand"): (2_000, 3_000),
    ("a", "couple", "thousand"): (2_000, 3_000),
    ("tens", "of", "thousands"): (20_000, 99_999),
    ("several", "tens", "of", "thousands"): (30_000, 99_999),
    ("hundreds", "of", "thousands"): (200_000, 999_999),
    ("several", "hundred", "thousand"): (300_000, 999_999),
    ("a", "few", "hundred", "thousand"): (300_000, 999_999),
    ("millions",): (2_000_000, 9_999_999),
    ("several", "million"): (3_000_000, 9_999_999),
    ("several", "millions"): (3_000_000, 9_999_999),
    ("a", "few", "million"): (3_000_000, 9_999_999),
    ("a", "couple", "of", "million"): (2_000_000, 3_000_000),
    ("tens", "of", "millions"): (20_000_000, 99_999_999),
    ("hundreds", "of", "millions"): (200_000_000, 999_999_999),
    ("several", "hundred", "million"): (300_000_000, 999_999_999),
    ("billions",): (2_000_000_000, 9_999_999_999),
    ("several", "billion"): (3_000_000_000, 9_999_999_999),
    ("a", "few", "billion"): (3_000_000_000, 9_999_999_999),
    ("tens", "of", "billions"): (20_000_000_000, 99_999_999_999),
    ("hundreds", "of", "billions"): (200_000_000_000, 999_999_999_999),
}
"""The policy: a plural is at least two of its kind, "several" and "a few" at least three, and both stop where the next
larger word of ten begins ("dozens" before a hundred, "hundreds" before a thousand). A "couple" is two or three."""

# --- hedges -------------------------------------------------------------------------------------------------------

Hedge = tuple[Modifier, bool]
"""The modifier, and whether the figure is approximate too."""


def _hedges(modifier: Modifier, phrases: str, *, approximate: bool = False) -> dict[tuple[str, ...], Hedge]:
    return {tuple(phrase.split()): (modifier, approximate) for phrase in phrases.split("|")}


def _or_equal(words: str, strict: Modifier, *, loose: Modifier) -> dict[tuple[str, ...], Hedge]:
    """The comparatives: "greater than", "greater than or equal to", "equal to or greater than"."""
    found: dict[tuple[str, ...], Hedge] = {}
    for word in words.split():
        found |= _hedges(strict, f"{word} than")
        found |= _hedges(
            loose, f"{word} or equal than|{word} or equal to|{word} than or equal to|equal to or {word} than"
        )
        found |= _hedges(loose, f"equal or {word} than|{word} than or equal|{word} or equals to")
    return found


BEFORE: dict[tuple[str, ...], Hedge] = {
    **_or_equal("more greater larger bigger higher", Modifier.MORE_THAN, loose=Modifier.AT_LEAST),
    **_or_equal("fewer less smaller lower", Modifier.FEWER_THAN, loose=Modifier.AT_MOST),
    **_hedges(
        Modifier.AT_LEAST,
        "at least|no fewer than|no less than|not less than|not fewer than|no smaller than|no lower than|not below"
        "|a minimum of|minimum of|minimum|at a minimum|at the very least|at the least|at least or equal to"
        "|as few as|as little as|>=|> =|≥|⩾",
    ),
    **_hedges(
        Modifier.MORE_THAN,
        "over|exceeding|exceed|exceeds|exceeded|upwards of|upward of|in excess of|above|well over|well above|just over"
        "|just above|slightly over|slightly above|slightly more than|a little over|a little more than|well more than"
        "|far more than|much more than|many more than|topped|topping|tops|top|surpassed|surpasses|surpassing|surpass"
        "|has passed|have passed|had passed|passed the|beyond|>",
    ),
    **_hedges(
        Modifier.AT_MOST,
        "at most|at the most|up to|as many as|as much as|no more than|not more than|not exceeding|no greater than"
        "|no higher than|no larger than|a maximum of|maximum of|maximum|at a maximum|not over|not above|<=|< =|≤|⩽",
    ),
    **_hedges(
        Modifier.FEWER_THAN,
        "under|below|well under|well below|far fewer than|far less than|much less than|many fewer than|<",
    ),
    **_hedges(
        Modifier.NEARLY,
        "nearly|almost|close to|approaching|nearing|just under|just below|just short of|just shy of|shy of|short of"
        "|a little under|slightly under|slightly below|slightly less than|slightly fewer than|a little less than"
        "|not quite|virtually|practically|very nearly|close on",
        approximate=True,
    ),
    **_hedges(
        Modifier.ABOUT,
        "about|around|some|roughly|approximately|approx|approx .|an estimated|estimated|estimated at|estimated to be"
        "|circa|c .|ca .|~|≈|in the region of|on the order of|in the order of|of the order of|in the vicinity of"
        "|something like|round about|or about|or around|anything around|in the neighborhood of|in the neighbourhood of",
        approximate=True,
    ),
    **_hedges(Modifier.EXACT, "exactly|precisely|equal to|equals|equals to|equaling to|equalling|equaling|equal"),
}

AFTER: dict[tuple[str, ...], Hedge] = {
    **_hedges(
        Modifier.AT_LEAST,
        "or more|and more|or greater|or higher|or larger|or bigger|or above|or over|or upwards|or greater than"
        "|or more than|or higher than|and above|and over|and up|and upwards|- plus|plus|+|at least|at the very least"
        "|at the least|at a minimum|minimum|if not more|and counting|and rising",
    ),
    **_hedges(
        Modifier.AT_MOST,
        "or fewer|or less|or under|or lower|or below|or smaller|or less than|or fewer than|and under|and below"
        "|at most|at the most|at a maximum|maximum|tops",
    ),
    **_hedges(
        Modifier.ABOUT,
        "or so|or thereabouts|approximately|- odd|odd|give or take|more or less|or thereabout",
        approximate=True,
    ),
}
OR_EQUAL = (("or", "equal", "to"), ("or", "equals", "to"), ("or", "equal"))
"""After a strict bound: "less than 5000 or equal"."""

LASTING = listed(
    "for after lasted lasting lasts last took takes take taken spent spend than of by was is been be well just and"
)
"""Words after which "over three days" is more than three days; elsewhere it is during them."""

PHRASAL = listed(
    "hand handed handing hands fork forked turn turned turning sign signed carry carried taking pulled gave give"
)
"""Verbs to which "over" belongs: "handed over 40 hostages"."""

FILLERS = (
    *(("a", word) for word in listed("reported confirmed whopping staggering record mere further combined full")),
    ("a", "total", "of"),
    ("an", "additional"),
    ("an", "extra"),
    ("an", "overall"),
    *((word,) for word in listed("another additional further extra other total")),
)
"""What may stand between a hedge and its figure: "at least another 20"."""

FIGURE_WORDS = frozenset(SMALL) | frozenset(SCALES) | {phrase[0] for phrase in VAGUE} | {"an", "half"}
"""The words at which a figure may begin."""
