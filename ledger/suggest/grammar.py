"""The words that report and the small words that bound phrases and clauses, from `ledger/data`."""

from __future__ import annotations

import re
from enum import Enum
from functools import cache
from typing import NamedTuple

from ledger import lexicon
from ledger.lexicon import meanings, table, values, words


class Strength(Enum):
    """How firmly a cue marks a statement of fact; the value is the score a find starts from."""

    __hash__ = object.__hash__  # that of Enum is Python, and these stand in sets that every sentence asks

    SAYS = 0.9
    TELLS = 0.88
    SHOWS = 0.8
    THINKS = 0.55
    JUDGES = 0.5
    WANTS = 0.35


class Form(Enum):
    __hash__ = object.__hash__

    BASE = "base"
    PRESENT = "s"
    PAST = "ed"
    PARTICIPLE = "en"
    ING = "ing"


class Verb(NamedTuple):
    lemma: str
    strength: Strength
    forms: frozenset[Form]


class Voice(Enum):
    """The construction a reporting verb stands in."""

    ACTIVE = "active"
    PASSIVE = "passive"
    PARTICIPLE = "participle"
    REDUCED = "reduced"
    GERUND = "gerund"
    INFINITIVE = "infinitive"


class Cue(NamedTuple):
    """A reporting verb: its group is tokens[first:last], the verb itself tokens[verb]."""

    first: int
    verb: int
    last: int
    entry: Verb
    voice: Voice


def _reporting(name: str) -> frozenset[str]:
    """A list of verbs, particles tied on: "hit_back"."""
    return frozenset(verb.replace(" ", "_") for verb in words("en/reporting", name))


# --- verbs --------------------------------------------------------------------------------------------------------

QUOTE_ONLY = _reporting("quote_only")
STRONG_SPEECH = _reporting("strong")
NAMERS = _reporting("namers")
PASSIVE_HEARSAY = _reporting("passive")
HOMOGRAPHS = words("en/reporting", "homographs")
INFINITIVE = words("en/reporting", "infinitive")
DEEDS = _reporting("deeds")
MAKING = words("en/reporting", "making")
TOPICAL = words("en/reporting", "topical")
PUBLISHING = words("en/reporting", "publishing")
QUOTING = words("en/reporting", "quoting")
NOBODY = words("en/speakers", "nobody")
NAMING = words("en/reporting", "naming")
CLAUSAL = _reporting("clausal")
INQUIRING = _reporting("inquiring")
BEFALLEN = words("en/reporting", "befallen")
BEGIN = words("en/reporting", "begin")


def _inflect(verb: str) -> tuple[str, str, str]:
    """The third person, the past forms and the -ing form of a verb."""
    if verb in (irregular := values("en/reporting", "irregular")):
        third, past, ing = irregular[verb].split(", ")
        return third, past, ing
    if verb.endswith("y") and verb[-2] not in "aeou":
        return verb[:-1] + "ies", verb[:-1] + "ied", verb + "ing"
    if verb.endswith("e"):
        return verb + "s", verb + "d", verb[:-1] + "ing"
    third = verb + "es" if verb.endswith(("s", "x", "ch", "sh", "z")) else verb + "s"
    return third, verb + "ed", verb + "ing"


@cache
def verbs() -> dict[str, dict[tuple[str, ...], Verb]]:
    """Every form of every reporting verb, with the particles it needs, the most first, to what the verb is."""
    forms: dict[str, dict[tuple[str, ...], Verb]] = {}
    for key, entries in table("en/reporting", "verbs").items():
        for entry in entries:
            head, *particles = entry.split()
            for shape, form in _shapes(head):
                _add(
                    forms.setdefault(shape, {}),
                    tuple(particles),
                    Verb(entry.replace(" ", "_"), Strength[key.upper()], frozenset({form})),
                )
    return {form: dict(sorted(slot.items(), key=lambda kv: -len(kv[0]))) for form, slot in forms.items()}


def _shapes(verb: str) -> list[tuple[str, Form]]:
    """The forms of a verb as they are written."""
    third, past, ing = _inflect(verb)
    simple, *others = past.split()
    shapes = [(verb, Form.BASE), (third, Form.PRESENT), (ing, Form.ING), (simple, Form.PAST)]
    return shapes + [(p, Form.PARTICIPLE if p.endswith(("n", "ng")) else Form.PAST) for p in others]


def _add(slot: dict[tuple[str, ...], Verb], particles: tuple[str, ...], verb: Verb) -> None:
    """The verb for these particles; one that is there already keeps them, and gains a form where it is the same verb."""
    known = slot.setdefault(particles, verb)
    if known.lemma == verb.lemma:
        slot[particles] = known._replace(forms=known.forms | verb.forms)


# --- nouns and adverbs of reporting -------------------------------------------------------------------------------

NOUNS = words("en/reporting", "nouns")
SUMMING = NOUNS | words("en/reporting", "summing")
OWNERLESS = words("en/reporting", "ownerless")
SPEECH_NOUNS = words("en/reporting", "speech_nouns")
LINKS = words("en/reporting", "links")
ADVERBS = words("en/reporting", "adverbs")
SPEAKERS = words("en/reporting", "speakers")
CITED = words("en/reporting", "cited")
CITING = words("en/reporting", "citing")
BEHIND_AGENT = words("en/reporting", "behind_agent")
QUOTED = words("en/reporting", "quoted")
PASSED_ON = QUOTED | words("en/reporting", "passed_on")
ADDRESSEES = words("en/reporting", "addressees")
POSTS = words("en/offices", "posts") | words("en/offices", "posts_only")
BODIES = words("en/reporting", "bodies")
NO_BODY = words("en/reporting", "no_body")
OUTLETS = words("en/reporting", "outlets")
HEADLINERS = SPEAKERS | POSTS | words("en/speakers", "nameless")
"""Nouns that before a colon speak, and are not what the line is about: "Police: 12 held", not "Bus service: 12 cut"."""
PLURAL_SUBJECTS = words("en/reporting", "plural")
AMOUNTS = words("en/reporting", "amounts")
PUTTING = _reporting("putting")
BEFORE_FIGURES = words("en/reporting", "before_figures")
EVENTS, SCHEDULED = words("en/reporting", "events"), words("en/reporting", "scheduled")


@cache
def speaking() -> frozenset[str]:
    """Nouns of those who speak: offices, bodies, witnesses, documents."""
    heads = frozenset(meanings("en/sources", "heads")) | frozenset(meanings("en/sources", "voices"))
    told = SPEAKERS | CITED | POSTS | BODIES | OUTLETS
    of_names = (words("en/speakers", name) for name in ("nameless", "speaking", "bodies", "apposed"))
    return told | heads.union(*of_names)


# --- small words --------------------------------------------------------------------------------------------------

BE = words("en/grammar", "be")
OWNERS = words("en/grammar", "possessives") - {"the", "her", "these", "those", "such"}
HAVE = words("en/grammar", "have")
GERUNDS = words("en/grammar", "gerunds")
DO = words("en/grammar", "do")
MODAL = words("en/grammar", "modal")
AUXILIARY = BE | HAVE | DO | MODAL
FINITE = AUXILIARY | words("en/grammar", "finite")
NEGATION = words("en/grammar", "negation")
PRONOUNS = words("en/grammar", "pronouns")
SUBJECT_PRONOUNS = words("en/grammar", "subject_pronouns")
RELATIVE = words("en/grammar", "relative")
DETERMINERS = words("en/grammar", "determiners")
PRONOUN_LIKE = words("en/grammar", "pronoun_like")
PREPOSITIONS = words("en/grammar", "prepositions")
BEFORE_TIMES = words("en/grammar", "before_times")
SUBORDINATORS = words("en/grammar", "subordinators")
COORDINATORS = words("en/grammar", "coordinators")
BEFORE_NOUNS = PREPOSITIONS | DETERMINERS
CLAUSE_OPENERS = DETERMINERS | SUBJECT_PRONOUNS | SUBORDINATORS
ASIDES = words("en/grammar", "asides")
PARTICLES = words("en/grammar", "particles")
LINKERS = words("en/grammar", "linkers")
SENTENCE_ADVERBS = words("en/grammar", "adverbs")
ADVERB_PAIRS = [(first, second) for first, second in lexicon.phrases("en/grammar", "adverb_pairs")]
NOT_ADVERBS = words("en/grammar", "not_adverbs")
ING_NOT_VERB = words("en/grammar", "not_participles")
NOT_OBJECTS = words("en/grammar", "not_objects")
OBJECT_OPENERS = words("en/grammar", "object_openers")
STOP = words("en/grammar", "stop")
VERDICTS = words("en/stance", "falsehood") | {"true", "right", "correct"}
OUTWARD = words("en/grammar", "outward")
NO_STATEMENT = words("en/grammar", "no_statement")
INNER_OPENERS = words("en/grammar", "inner_openers")
GOES_ON = words("en/grammar", "goes_on")
TOLD_OPENERS = words("en/grammar", "told_openers")
FIRST_NAMES = words("en/grammar", "first_names")
PLACED = words("en/grammar", "placed")
TOPIC = words("en/grammar", "topic")
TITLES = words("en/grammar", "titles")
MONTHS = frozenset(meanings("en/calendar", "months"))
WEEKDAYS = frozenset(meanings("en/calendar", "weekdays"))
DAYS = words("en/grammar", "times") | MONTHS | WEEKDAYS - {"sun"}  # "the Sun said" names a paper
ABBREVIATIONS = words("en/grammar", "abbreviations") | MONTHS - frozenset(table("en/calendar", "months"))

NUMERALS = frozenset(
    [*values("en/numbers", "cardinals"), *values("en/numbers", "scales"), *values("en/numbers", "parts")]
)


def opens_figure(low: str, after: str = "") -> bool:
    """True for a word that opens a figure: "40", "$40", "forty", "half"; with the word behind it, "a dozen"."""
    return low.lstrip("$£€")[:1].isdigit() or low in NUMERALS or (low == "a" and after in NUMERALS)


# --- outlets ------------------------------------------------------------------------------------------------------

SHORT = 3
"""Letters up to which an acronym must be written as the agency writes it."""


@cache
def _agencies() -> frozenset[str]:
    """The words of agencies with one: as written, and without case where they are too long to be another word."""
    names = [name for name in lexicon.listed("agencies", "names") if " " not in name]
    return frozenset(names) | {name.lower() for name in names if len(name) > SHORT}


def outlet_word(word: str) -> bool:
    """True where the word alone names or describes an outlet: "AFP", "newspaper"."""
    return word.lower() in OUTLETS or word in _agencies() or word.lower() in _agencies()


def is_outlet(name: str) -> bool:
    """True where the name is that of a news outlet: "the Daily Post", "AFP", "state television"."""
    found = re.findall(r"[^\W_]+", name)
    return (
        bool(found) and any(map(outlet_word, found)) and any(w[0].isupper() or w in ("state", "local") for w in found)
    )
