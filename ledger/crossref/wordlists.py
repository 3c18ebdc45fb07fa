"""The words that cross-referencing knows, from `ledger/data`: what is counted, of whom, who speaks, what an answer leaves open.

Each line there is an equivalence or a part that a person can check. What is not there stays unknown.
"""

from __future__ import annotations

from ledger.lexicon import listed, meanings, phrases, table, values, words
from ledger.quantity.figure_words import TIME_UNITS

# --- what is counted ----------------------------------------------------------------------------------------------

MEASURES = table("en/counts", "measures")
MATTERS = table("en/counts", "matters")
SENSES = table("en/counts", "senses")
"""Words of one sense for what a question asks."""
ACTIVITIES = words("en/counts", "activities")
TOLLS = words("en/counts", "tolls")
RISING = TOLLS | words("en/counts", "rising")
THINGS = words("en/counts", "not_people")
BUILDINGS = words("en/counts", "buildings")
WEAK = words("en/counts", "weak")
ONE_UNIT = values("en/counts", "one_unit")
ONE_NOUN = values("en/counts", "one_noun")
OF_SEVERAL = words("en/counts", "of_several")
"""Units that hold several people or things each."""
OF_PEOPLE = frozenset({"captured", "rescued", "evacuated", "attended"})
"""Measures that only people have, besides tolls."""
FALLING = words("en/counts", "falling")
FATES = words("en/counts", "fates")
PARTS = frozenset({("killed", "killed or wounded"), ("wounded", "killed or wounded"), ("evacuated", "displaced")})
"""(part, whole) among measures. "lost" is no whole: what it covers is not said."""

# --- of whom ------------------------------------------------------------------------------------------------------

GROUPS = table("en/counts", "groups")
GROUP_WHOLES = {group: frozenset(wholes) for group, wholes in table("en/counts", "part_of").items()}
STATE, ARMED = "state", "armed group"
SIDES = table("sides", "sides")
STRIKERS = words("en/counts", "strikers")
SAYING = words("en/counts", "saying")
MADE = words("en/counts", "made")
OBJECT_WORDS = words("en/counts", "object_words")
STATE_WORDS = words("en/counts", "state")
ARMED_WORDS = words("en/counts", "armed")
NATIONAL = listed("en/counts", "national")
RATES = values("en/counts", "rates")
NOT_BEFORE_RATE = words("en/counts", "not_before_rate")
NOT_AFTER_RATE = words("en/counts", "not_after_rate")

# --- counting goes on ---------------------------------------------------------------------------------------------

RUNNING = phrases("en/counts", "running")
INCREMENT = phrases("en/counts", "increment")
TOTAL = phrases("en/counts", "total")
EARLIER = words("en/counts", "earlier")
LINKS = words("en/counts", "links")

# --- short answers, places, doubt ---------------------------------------------------------------------------------

OPEN = words("en/answers", "open")
EVERY, ALONE, OF_INTENT = (words("en/answers", name) for name in ("every", "alone", "of_intent"))
BESIDE_IT = words("en/answers", "beside_it")
OPEN_PHRASES = phrases("en/answers", "open_phrases")
MANY = words("en/answers", "many")
DENIAL = words("en/answers", "denial")
NEGATORS = words("en/answers", "negators")
SOFT = phrases("en/answers", "soft")
MANNER = words("en/answers", "manner")
DEVICE = words("en/answers", "device")
DOUBT = words("en/answers", "doubt")
PROVISIONAL = words("en/answers", "provisional")
STRONGER = {word: frozenset(more) for word, more in table("en/answers", "stronger").items()}
DIRECTIONS = words("en/answers", "directions")

# --- what answers a question ---------------------------------------------------------------------------------------

KIND_OPENS = meanings("en/questions", "opens")
KIND_NOUNS = meanings("en/questions", "nouns")
SORTS = table("en/questions", "amounts")
LASTING = words("en/questions", "lasting")
VALUED = words("en/questions", "valued")
UNIT_SORTS = {
    **dict.fromkeys(TIME_UNITS.values(), "time"),
    **meanings("en/questions", "units"),
    **dict.fromkeys(("percent", "share"), "share"),
    **dict.fromkeys(("pence", "cents"), "money"),
}
BESIDE = table("en/questions", "beside")
"""What words beside a figure show of it."""
YES = words("en/questions", "yes")
QUALIFIED = words("en/questions", "qualified")
NARROWING = words("en/questions", "narrowing")
SORTED_OUT = words("en/questions", "sorted_out")
UNHEARD = words("en/questions", "no_denial")
NO_DENIAL = UNHEARD | words("en/questions", "no_matter")
UNSTATED = words("en/questions", "unstated")
UNDONE = words("en/questions", "undone")
NEGATIONS = words("en/questions", "negations")
DISOWNING = phrases("en/questions", "disowning")
HAPPENING = words("en/questions", "happening")
NO_LATER, NO_EARLIER, NEAR = (phrases("en/questions", name) for name in ("by", "since", "near"))
NO_PLACES = words("en/questions", "calendar")
DAYPARTS = {part: hours.split(", ") for part, hours in values("en/questions", "dayparts").items()}
ONE_OF = frozenset(
    frozenset((word, other)) for word, others in table("en/questions", "one_of").items() for other in others
)
COMPASS = {
    word: i
    for i, word in enumerate(["north", "northeast", "east", "southeast", "south", "southwest", "west", "northwest"])
} | {"north-east": 1, "south-east": 3, "south-west": 5, "north-west": 7}
"""Directions as eighths of the circle."""

# --- who speaks ---------------------------------------------------------------------------------------------------

APPOSED = words("en/speakers", "apposed")
ARTICLES = words("en/speakers", "articles")
PARTICLES = words("en/speakers", "particles")
SMALL = words("en/speakers", "small")
NAMELESS = words("en/speakers", "nameless")
UNNAMED = words("en/speakers", "unnamed")
OF_PLACES = listed("en/speakers", "of_places")
"""Offices of a place, which does not speak through them."""
EARLIER_SELF = listed("en/speakers", "earlier_self")
"""An article that speaks of itself as it stood before."""
MISSTATED = words("en/stance", "misstated")
"""Verbs that say how a figure was told, hidden or brought about: who denies that has not denied the figure."""
MEDIA_WORDS = words("en/speakers", "media")
ORGANISED = words("en/speakers", "organised")
BODIES = words("en/speakers", "bodies")
OPEN_BODIES = words("en/speakers", "open_bodies")
SOLE_BODIES = words("en/speakers", "sole_bodies")
STATE_BODIES, WHOLE_STATE = (words("en/speakers", name) for name in ("state_bodies", "whole_state"))
NOT_OF_STATE = words("en/speakers", "not_of_state")
GENERIC = words("en/speakers", "generic")
PRESS = words("en/offices", "press")
TITLES = words("en/offices", "titles") | words("en/offices", "posts") | words("en/offices", "posts_only")

# --- matching -----------------------------------------------------------------------------------------------------

IRREGULAR = values("en/search", "irregular")
ANY_DEED = words("en/questions", "any_deed")
IN_FULL = words("en/questions", "in_full")
SINCE_THEN, WAITED = words("en/questions", "since_then"), words("en/questions", "waited")
ONE_PERSON, FEW = words("en/questions", "one_person"), words("en/questions", "few")
TENS = meanings("en/questions", "tens")
TELLING = words("en/questions", "telling")
SAME_EVENT = table("en/questions", "same_event")
DEFINITE = words("en/search", "definite")
TOPICS = table("en/topics", "topics")
"""Words of one matter, of whatever sense."""
ASPECTS, OUTRANKED = table("en/aspects", "aspects"), table("en/aspects", "outranked")

# --- wording ------------------------------------------------------------------------------------------------------

BELIEF = phrases("en/wording", "belief")
NO_BELIEF = phrases("en/wording", "no_belief")
NEGATION = words("en/wording", "negation")
PLAN = phrases("en/wording", "plan")
LIMITS = phrases("en/wording", "limits")
ABSOLUTE = words("en/wording", "absolute")
REFUSAL = phrases("en/wording", "refusal")
QUALIFIERS = words("en/wording", "qualifiers")
SPOTS = words("en/wording", "spots")
SIDES_OF_PLACE = words("en/wording", "sides")
CREDITING = SAYING | words("en/wording", "crediting")
SEVERAL = words("en/wording", "one_of")
RECEIVED = words("en/wording", "received")
DEGREE = words("en/wording", "degree")
STANDING = words("en/wording", "standing")
GOOD, BAD = words("en/wording", "good"), words("en/wording", "bad")
ANYBODY = words("en/wording", "anybody")
CALENDAR = frozenset(w for name in ("months", "weekdays") for w in meanings("en/calendar", name))
PASSED_OVER = SAYING | CALENDAR | words("en/search", "passed_over")
"""Words that tell nothing of what a claim is about."""
