"""What a phrase says is counted: the measure, whose, what sort of people, and whether it is a rate.

Equivalences and parts are kept in the small tables below; everything else is left unknown rather than guessed.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache

MEASURES = {
    "killed": "killed kill kills killing dead died die dies dying death deaths fatality fatalities slain slaying perished "
    "executed execution executions beheaded massacred murdered assassinated martyred martyr martyrs toll|death toll"
    "|lives lost|lost their lives|lost his life|lost her life|claimed the lives|claimed the life|took the lives"
    "|claiming the lives|costing the lives|cost the lives|lost lives",
    "wounded": "wounded wounding wounds injured injuring injuries hurt maimed",
    "killed or wounded": "casualties casualty",
    "lost": "lost lose loses losing loss losses",
    "bodies": "bodies corpses corpse",
    "captured": "captured capturing detained arrested arrests imprisoned jailed detainees prisoners|taken prisoner",
    "abducted": "kidnapped abducted abductions kidnappings hostages|taken hostage",
    "missing": "missing disappeared unaccounted",
    "displaced": "displaced displacing displacement fled fleeing uprooted refugees",
    "evacuated": "evacuated evacuating evacuees evacuee evacuation bused bussed|safe passage",
    "rescued": "rescued saved freed liberated",
    "infected": "infected infections cases",
    "destroyed": "destroyed destroying demolished razed",
    "attended": "attended marched rallied protested demonstrated protesters demonstrators marchers",
    "sorties": "sortie sorties missions|combat sorties|combat missions|combat flights",
    "strikes": "strike strikes airstrike airstrikes raid raids bombardments|air strike|air strikes|air raid|air raids"
    "|bombing raid|bombing raids|bombing runs",
    "targets": "target targets positions position objectives",
    "missiles": "missile missiles",
    "rockets": "rocket rockets",
    "shells": "shell shells",
    "drones": "drone drones",
}
"""Words and phrases of each measure. "lost" is a measure of its own: only a reading makes it killed."""

ACTIVITIES = frozenset({"sorties", "strikes", "targets", "missiles", "rockets", "shells", "drones"})
"""What is counted here belongs to its period alone: another day's are others."""

TOLLS = frozenset(
    {"killed", "wounded", "killed or wounded", "lost", "bodies", "missing", "displaced", "infected", "abducted"}
)
"""Counts that keep rising while reports come in: a later, higher figure is an update."""

PARTS = {("killed", "killed or wounded"), ("wounded", "killed or wounded")}
"""(part, whole) among measures. "lost" is no whole: what it covers is not said."""

GROUPS = {
    "children": "children child minors kids infants babies toddlers schoolchildren boys girls",
    "women": "women woman",
    "civilians": "civilians civilian residents villagers inhabitants locals non-combatants noncombatants",
    "evacuees": "evacuees evacuee passengers",
    "guards": "guards guarding guarded escorts",
    "combatants": "fighters fighter militants militant jihadists jihadis jihadist terrorists terrorist insurgents rebels gunmen "
    "extremists combatants militiamen soldiers soldier troops troop servicemen servicepeople personnel army forces military",
    "police": "police policemen policewomen officers",
    "journalists": "journalists reporters journalist",
    "medics": "medics doctors nurses paramedics",
    "aid workers": "rescuers|aid workers|aid worker|relief workers|relief worker|rescue workers|rescue worker",
    "people": "people persons person victims individuals souls lives others men",
}

GROUP_WHOLES = {
    "children": {"civilians", "people", "evacuees"},
    "women": {"civilians", "people", "evacuees"},
    "civilians": {"people"},
    "evacuees": {"people"},
    "guards": {"people", "combatants"},
    "combatants": {"people"},
    "police": {"people"},
    "journalists": {"people", "civilians"},
    "medics": {"people", "civilians"},
    "aid workers": {"people", "civilians"},
}

STATE, ARMED = "state", "armed group"
SIDES = {
    "Islamic State": "is isis isil daesh daish|islamic state|so-called islamic state|islamic state group",
    "al-Qaeda": "al-qaeda al-qaida alqaeda qaeda|al qaeda|al nusra|nusra front|al-nusra",
    "Taliban": "taliban taleban",
    "Hezbollah": "hezbollah hizbullah hizbollah",
    "Hamas": "hamas",
    "Boko Haram": "boko|boko haram",
    "al-Shabaab": "al-shabaab shabaab shabab|al shabaab",
    "Houthis": "houthi houthis",
    "PKK": "pkk",
    "SDF": "sdf ypg|syrian democratic forces",
    "rebels": "rebel rebels|opposition fighters|opposition forces",
}
"""Names of one side, each a single population however it is written."""

STATE_WORDS = frozenset(
    [
        "government",
        "gov",
        "govt",
        "regime",
        "army",
        "soldiers",
        "soldier",
        "troops",
        "troop",
        "servicemen",
        "pro-government",
        "loyalist",
        "loyalists",
        "pro-regime",
        "police",
        "policemen",
        "state-backed",
    ]
)
ARMED_WORDS = frozenset(
    [
        "militants",
        "militant",
        "jihadists",
        "jihadis",
        "jihadist",
        "terrorists",
        "terrorist",
        "insurgents",
        "rebels",
        "rebel",
        "extremists",
        "gunmen",
    ]
)
NATIONAL = ("an", "ish", "ese", "ch", "qi", "li", "ni", "mi", "ti", "di", "ri")
RATES = {
    "day": "day",
    "daily": "day",
    "hour": "hour",
    "hourly": "hour",
    "week": "week",
    "weekly": "week",
    "month": "month",
    "year": "year",
}


@dataclass(frozen=True, slots=True)
class Counted:
    """What is counted, as far as the words say; None is unknown."""

    measure: str | None = None
    group: str | None = None
    side: str | None = None
    """A name of SIDES, or the nationality of a state's forces ("Syrian")."""
    camp: str | None = None
    """STATE or ARMED where the words show which."""
    rate: str | None = None

    def over(self, other: Counted) -> Counted:
        """This, with what it leaves open taken from the other; the sort of people and their side go together."""
        return Counted(
            measure=self.measure or other.measure,
            group=self.group or other.group,
            side=self.side or (other.side if self.camp in (None, other.camp) else None),
            camp=self.camp or other.camp,
            rate=self.rate or other.rate,
        )


@cache
def read(phrase: str) -> Counted:
    """What the phrase says is counted: "IS fighters killed", "combat sorties a day", "Syrian soldiers"."""
    found = list(hits(phrase))
    measures = [h.name for h in found if h.table == "measure"]
    groups = [h.name for h in found if h.table == "group"]
    sides = [h.name for h in found if h.table == "side"]
    words = [w for w, _, _ in tokens(phrase)]
    camp = _camp(words, sides)
    return Counted(
        measure=_measure(measures),
        group=next((g for g in groups if g != "people"), groups[0] if groups else None),
        side=sides[0] if sides else _nation(phrase, camp),
        camp=camp,
        rate=_rate(words),
    )


@dataclass(frozen=True, slots=True)
class Word:
    """A word or phrase of one of the tables, at its place."""

    table: str
    name: str
    start: int
    end: int


def hits(text: str) -> Iterator[Word]:
    """Every word of the tables in the text, the longest phrase first where several begin together."""
    seen = tokens(text)
    i = 0
    while i < len(seen):
        size = next(
            (n for n in (3, 2, 1) if tuple(w for w, _, _ in seen[i : i + n]) in _index() and i + n <= len(seen)), 0
        )
        if not size:
            i += 1
            continue
        key = tuple(w for w, _, _ in seen[i : i + size])
        # "IS" is a side only in capitals
        known = () if key == ("is",) and text[seen[i][1] : seen[i][2]] != "IS" else _index()[key]
        for table, name in known:
            yield Word(table, name, seen[i][1], seen[i + size - 1][2])
        i += size


def tokens(text: str) -> list[tuple[str, int, int]]:
    """The words of the text without case, with their places."""
    return [(m.group().lower(), m.start(), m.end()) for m in _word().finditer(text)]


def person(counted: Counted) -> bool:
    """True where people are counted."""
    return counted.group is not None or counted.measure in TOLLS


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[-’'][^\W_]+)*")


@cache
def _index() -> dict[tuple[str, ...], list[tuple[str, str]]]:
    found: dict[tuple[str, ...], list[tuple[str, str]]] = {}
    for table, words in (("measure", MEASURES), ("group", GROUPS), ("side", SIDES)):
        for name, listed in words.items():
            for phrase in _phrases(listed):
                found.setdefault(phrase, []).append((table, name))
    return found


def _phrases(listed: str) -> Iterator[tuple[str, ...]]:
    singles, *phrases = listed.split("|")
    for word in singles.split():
        yield (word,)
    for phrase in phrases:
        yield tuple(phrase.split())


def _measure(measures: list[str]) -> str | None:
    if not measures:
        return None
    if {"killed", "wounded"} <= set(measures):
        return "killed or wounded"
    if "killed or wounded" in measures:
        return "killed or wounded"
    # "evacuees killed", "bodies of people killed": what happened to them is the measure
    return next((m for m in measures if m not in ("evacuated", "bodies", "attended")), measures[0])


def _camp(words: list[str], sides: list[str]) -> str | None:
    if sides:
        return ARMED
    if any(w in STATE_WORDS for w in words):
        return STATE
    return ARMED if any(w in ARMED_WORDS for w in words) else None


def _nation(phrase: str, camp: str | None) -> str | None:
    """The nationality before a state's forces: "Syrian soldiers", "Iraqi government troops"."""
    if camp != STATE:
        return None
    before = ""
    for m in _word().finditer(phrase):
        word = m.group()
        if word.lower() in STATE_WORDS and before:
            return before
        if word[0].isupper() and word.lower().endswith(NATIONAL):
            before = word
        elif word.lower() not in STATE_WORDS:
            before = ""
    return None


def _rate(words: list[str]) -> str | None:
    for i, word in enumerate(words):
        if word in ("daily", "hourly", "weekly"):
            return RATES[word]
        if word in RATES and i and words[i - 1] in ("a", "per", "each", "every", "an"):
            return RATES[word]
    return None
