"""The words that figures are made of, from `ledger/data`: numbers, hedges, units, what is counted, what happened to it."""

from __future__ import annotations

from decimal import Decimal
from functools import cache

from ledger import lexicon
from ledger.lexicon import listed, meanings, phrases, table, values, words
from ledger.vocabulary import Modifier

# --- numbers ------------------------------------------------------------------------------------------------------


def _numbers(name: str) -> dict[str, Decimal]:
    return {word: Decimal(value) for word, value in values("en/numbers", name).items()}


SMALL = _numbers("cardinals")
ONES = {word: value for word, value in SMALL.items() if 0 < value < 10}
TENS = {word: value for word, value in SMALL.items() if value >= 20}
SCALES = _numbers("scales")
PLURAL_SCALES = _numbers("plural_scales")
SUFFIXES = _numbers("suffixes")
SIGNS = {"½": Decimal("0.5"), "¼": Decimal("0.25"), "¾": Decimal("0.75")}
PARTS = _numbers("parts")
MULTIPLES = _numbers("multiples")
GROUPS = _numbers("groups")
VAGUE: dict[tuple[str, ...], tuple[Decimal, Decimal]] = {}
for phrase, bounds in values("en/numbers", "vague").items():
    low, high = bounds.split(", ")
    VAGUE[tuple(phrase.split())] = Decimal(low), Decimal(high)
"""The least and the most that a vague word may say; docs/rules.md explains the bounds."""

FIGURE_WORDS = frozenset(SMALL) | frozenset(SCALES) | {phrase[0] for phrase in VAGUE} | {"an", "half"}
"""The words at which a figure may begin."""

# --- hedges -------------------------------------------------------------------------------------------------------

Hedge = tuple[Modifier, bool]
"""The modifier, and whether the figure is approximate too."""
Hedges = dict[tuple[str, ...], Hedge]

APPROXIMATE = (Modifier.ABOUT, Modifier.NEARLY)
LOOSE = {Modifier.MORE_THAN: Modifier.AT_LEAST, Modifier.FEWER_THAN: Modifier.AT_MOST}
"""What a strict bound becomes with "or equal to"."""
OR_EQUAL_FORMS = (
    "{} or equal than",
    "{} or equal to",
    "{} than or equal to",
    "equal to or {} than",
    "equal or {} than",
    "{} than or equal",
    "{} or equals to",
)


def _hedges(name: str) -> Hedges:
    return {
        tuple(phrase.split()): (Modifier(key), Modifier(key) in APPROXIMATE)
        for phrase, key in meanings("en/hedges", name).items()
    }


def _comparatives() -> Hedges:
    """The bounds that comparatives make: "greater than", "greater than or equal to", "equal to or greater than"."""
    found: Hedges = {}
    for word, key in meanings("en/hedges", "comparatives").items():
        strict = Modifier(key)
        found[word, "than"] = strict, False
        found |= {tuple(form.format(word).split()): (LOOSE[strict], False) for form in OR_EQUAL_FORMS}
    return found


def _steps() -> Hedges:
    """What a small step from a bound makes: "a shade over", "a touch under", "within a whisker of"."""
    steps = listed("en/hedges", "steps")
    over = [f"{step} {end}" for step in steps for end in listed("en/hedges", "over_by_a_step")]
    under = [f"{step} {end}" for step in steps for end in listed("en/hedges", "under_by_a_step")]
    under += [f"within {step} of" for step in steps if step.startswith("a ")]
    made = {**dict.fromkeys(over, Modifier.MORE_THAN), **dict.fromkeys(under, Modifier.NEARLY)}
    return {tuple(phrase.split()): (made[phrase], made[phrase] in APPROXIMATE) for phrase in made}


BEFORE = _comparatives() | _steps() | _hedges("before")
AFTER = _hedges("after")
CHANGES = words("en/not_counted", "changes")
"""After these "from 20 to 30" is a change, two figures and no range."""
BRING_PAST = words("en/hedges", "bring_past")
OR_EQUAL = phrases("en/hedges", "or_equal")
LASTING = words("en/hedges", "lasting")
PHRASAL = words("en/hedges", "phrasal")
ON_TOP = words("en/hedges", "on_top")
DETACHED = phrases("en/hedges", "detached")
PERHAPS = words("en/hedges", "perhaps")
ARTICLES = words("en/hedges", "articles")
FILLERS = tuple(sorted(phrases("en/hedges", "fillers"), key=len, reverse=True))
IDLE_BOUNDS = words("en/hedges", "idle_bounds")

# --- units --------------------------------------------------------------------------------------------------------

TIME_UNITS = meanings("en/units", "time")
UNITS = TIME_UNITS | meanings("en/units", "measures")
UNIT_PAIRS = {tuple(pair.split()): unit for pair, unit in values("en/units", "pairs").items()}
SPEEDS = {tuple(pair.split()): unit for pair, unit in values("en/units", "speeds").items()}
RAISED = values("en/units", "raised")
PER = words("en/units", "per")
LETTERED = values("en/units", "lettered")
TIED = values("en/units", "tied")
HEAT = words("en/units", "heat")
DIFFERENCES = words("en/units", "differences")
WEIGHTS = words("en/units", "weights")
WEIGHING = words("en/units", "weighing")
PERCENT = words("en/units", "percent")
CURRENCY_SIGNS = values("currencies", "signs")
DOLLARS = values("currencies", "dollars")
PREFIXES = values("currencies", "prefixes")
CAPITALS = values("currencies", "capitals")
CURRENCIES = meanings("en/units", "currencies") | {c.lower(): c for c in lexicon.listed("currencies", "codes")}

# --- what is counted ----------------------------------------------------------------------------------------------

PEOPLE = words("en/counted", "people")
PERSON = words("en/counted", "person")
THINGS = words("en/counted", "things")
POPULATIONS = words("en/counted", "populations")
COUNTABLE = PEOPLE | THINGS | frozenset(UNITS)
COUNTABLE_ONE = PERSON | words("en/counted", "thing") | frozenset(UNITS)
STRIKES = words("en/counted", "strikes")
TOTALS = words("en/counted", "totals")
ROLES = words("en/counted", "roles")
RISING = words("en/counted", "rising")
INCREMENTS = words("en/counted", "increments")

FATES = meanings("en/fates", "fates")
FATES_OF_PEOPLE = words("en/fates", "of_people")
NOUNS_OF_FATE = words("en/fates", "nouns")
NAMED_BY_FATE = words("en/fates", "names")
TARGETS = words("en/fates", "targets")
STRIKE_VERBS = words("en/fates", "strike_verbs")
AUXILIARIES = words("en/fates", "auxiliaries")
REACHED = words("en/fates", "reached")
PASSIVES = words("en/fates", "passives")
CLAUSES = words("en/fates", "clauses")
OTHER_CLAUSES = words("en/fates", "other_clauses")
INTRANSITIVE = words("en/fates", "intransitive")
SOUGHT = words("en/fates", "sought")
"""What somebody does who has not done it yet: "struggling to evacuate"."""
GAPS = words("en/fates", "gaps")
ADJECTIVES = words("en/fates", "adjectives")
DEGREES = words("en/fates", "degrees")
RELATIVES = words("en/fates", "relatives")
VERBS_TOO = words("en/fates", "verbs_too")
SINGLE = words("en/fates", "single")
HELPERS = words("en/fates", "helpers")
SUBJECT_OPENERS = words("en/fates", "subject_openers")
TELLING = words("en/fates", "telling")
TOLD = words("en/fates", "told")
UNTOLD = words("en/fates", "untold")
PARTS_TOLD = words("en/fates", "parts")
PLACES = words("en/fates", "places")

# --- phrases and the calendar -------------------------------------------------------------------------------------

MONTHS = frozenset(meanings("en/calendar", "months"))
WEEKDAYS = frozenset(meanings("en/calendar", "weekdays"))
OF_A_MONTH = words("en/calendar", "of_a_month")
# "march" and "may" are other words more often, and "may" stands in the list of those
NO_NOUN = (
    words("en/grammar", "no_noun")
    | frozenset(table("en/calendar", "months")) - {"march"}
    | frozenset(table("en/calendar", "weekdays"))
)
DETERMINERS = words("en/grammar", "possessives")


@cache
def months_elsewhere() -> frozenset[str]:
    """The months of other languages, for the few foreign words of an English text; read when one is asked for."""
    codes = lexicon.languages("calendar")
    names = (names[0] for code in codes for names in table(f"{code}/calendar", "months").values())
    return frozenset(names) - words("en/calendar", "no_months")
