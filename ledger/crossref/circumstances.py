"""What the words beside a figure say of it: what they narrow it to, how sure it is, whether it is an earlier one.

Two figures whose words differ in this are no dispute, for that alone may explain why they differ.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache
from itertools import pairwise

from msgspec import Struct

from ledger import lexicon
from ledger.crossref import terms
from ledger.crossref.answers import without_may, words
from ledger.crossref.kinds import sort_of
from ledger.crossref.measures import root
from ledger.crossref.wordlists import BESIDE, CALENDAR, DOUBT, GROUPS, IN_FULL, LINKS, NO_PLACES, PROVISIONAL, SAYING
from ledger.quantity.figure_words import CURRENCIES, SMALL
from ledger.records import Quantity
from ledger.vocabulary import Status


class Beside(Struct, frozen=True):
    """What stands beside a figure."""

    qualifiers: tuple[str, ...] = ()
    status: Status | None = None
    superseded: bool = False
    planned: bool = False
    on_point: bool = True
    """False where the text has nothing of what the question says but the very things that are counted."""
    places: tuple[str, ...] = ()
    """Those of the words that are names of places."""
    spots: tuple[str, ...] = ()
    """Where a length or a time was measured; only where both say so is it of two places."""


ASKING = lexicon.words("en/questions", "asking")
"""Where one of them is in the question, the others narrow nothing: asked for, sought."""


NAME = r"(?<=[a-z,] )[A-Z][\w’'-]+(?: [A-Z][\w’'-]+)+"
"""A name of several words inside a sentence; the "new" of "New Lorn" is not new."""


LAST_YEAR = r"\b(?:last|next|this|past) (?:year|month|week|quarter|season|night|summer|winter|spring|autumn)\b"
"""A time, whose "last" narrows nothing."""


ORDERED = frozenset({"first", "second", "third", "last", "next", "another"})
"""Right before a length they narrow it; elsewhere they tell of what it was measured to."""


@lru_cache(maxsize=2048)
def beside(text: str, figure: Quantity, question: str) -> Beside:
    """What the clause around the figure says of it; words of the question narrow nothing."""
    if figure.start is None or figure.end is None:
        return Beside()
    before, after = _clause(text, figure.start, figure.end)
    seen = (*words(before), *words(figure.text), *words(after))
    known = set(terms.terms(_without_choice(question)))
    told = (re.sub(f"{NAME}|{LAST_YEAR}", "", part) for part in (before, figure.text, after))
    plain = (w for part in told for w in words(part))
    narrowed = {w for w in plain if w in BESIDE["narrowing"] and terms.stem(w) not in known}
    if sort_of(figure.unit) == "length":  # "from the gate to the first lamp the surveyors measured 640 metres"
        narrowed -= ORDERED - {*words(before)[-1:]}
    way = way_of(text, figure)
    narrowed -= {*words(changed(text, figure)), *words(figure.text)}  # "lost 5 per cent"
    narrowed -= {*words(before)[-1:]} if re.match(r" of (?:the|its) ", after) else set()  # "the first two of the seven"
    narrowed |= {*way} or {*words(before)[-1:]} & {"by"} - {*words(question)}  # it rose by so much, not to it
    narrowed -= ASKING if not ASKING.isdisjoint(words(question)) else frozenset()
    if _has("part", words(before)[-3:]) or _has("part_behind", words(after)[:2]):
        narrowed.add("part")
    narrowed |= _head(figure, after, known) | _counted_too(text, figure, known) | _spent(text, figure, after, question)
    narrowed |= _whole_or_not(after) | (_of_many(before, known) if sort_of(figure.unit) == "time" else set())
    narrowed |= {ON_CONDITION} if _depends(text[figure.end :]) else set()
    narrowed |= {
        m[1].casefold() for m in _less().finditer(text[figure.end :]) if terms.stem(m[1].casefold()) not in known
    }
    of_thing = sort_of(figure.unit) in ("length", "time")  # wherever it is
    places = set[str]() if of_thing else places_in(text, known)
    return Beside(
        tuple(sorted(narrowed | places)),
        next((s for s in Status if s.value in BESIDE and _has(s.value, seen)), None),
        superseded(text, figure),
        planned(before + after),
        on_point(text, question, f"{figure.unit} {figure.counts}"),
        tuple(sorted(places - narrowed)),
        tuple(sorted(places_in(text, known, onto=True))) if of_thing else (),
    )


def _spent(text: str, figure: Quantity, after: str, question: str) -> set[str]:
    """Until which hour so much had come, in how many days, on which way or at which moment, whose own and that it is more."""
    found = {" ".join(m[0].casefold().split()) for m in _by_hour().finditer(text)}
    found |= {" ".join(m[0].casefold().split()) for m in _in_days().finditer(after)}
    told = f" {' '.join(words(text))} "
    found |= {way for name in ("ways", "moments") for way in BESIDE[name] if f" {way} " in told}
    found |= {"own"} if _own().search(text[: figure.start]) else set()
    found |= {"more"} if re.match(r"\s+(?:[a-z]+\s+)?more\b(?! than)", after) else set()
    return {phrase for phrase in found if phrase not in question.casefold()}


def _whole_or_not(after: str) -> set[str]:
    """How far those went that a bare figure counts: "900 damaged, 300 totally"."""
    return {*words(after)[:1]} & IN_FULL


def _of_many(before: str, known: set[str]) -> set[str]:
    """The people at large of whom a length of time is told: "patients waited 20 hours"; of one of them it is another."""
    return {
        w
        for w in words(before)[:AT_LARGE]
        if w in GROUPS["people"] and w.endswith(PLURAL) and terms.stem(w) not in known
    }


AT_LARGE = 3
"""Words of a clause of which one is its subject: "most of those", "some people"."""
PLURAL = ("s", "people")


@cache
def _own() -> re.Pattern[str]:
    """What is put at a figure, and is one's own part of it: "the port reckons its own losses, in cranes and rails, at"."""
    counts = lexicon.alternatives(lexicon.listed("en/stance", "counts"))
    return re.compile(rf"\b(?:its|their|our|his|her) own (?!(?:{counts})\b)[^.;:\d]*$")


@cache
def _less() -> re.Pattern[str]:
    """What of a sum or a term is not paid or served: "eight years, with the last two suspended"; what is left is less."""
    left, numbers = lexicon.alternatives(BESIDE["less"]), lexicon.alternatives(tuple(SMALL))
    some = rf"(?:the )?(?:final |first |last |other )?(?:{numbers}|\d[\d.,]*|an?|half|most|part|remainder|rest|some)"
    return re.compile(rf"^[^.;:]{{0,30}}?,? (?:with {some}|{some} of|of which)\b[^.;:]*?\b({left})\b", re.IGNORECASE)


def _depends(behind: str) -> bool:
    """True where the words behind a figure make it depend on something: "300 crowns each if they leave"."""
    told = words(re.split(r"[.;:?]", behind)[0])
    opens = (told[i + len(p) :][:1] for p in SUPPOSING for i in range(len(told)) if told[i : i + len(p)] == p)
    return any(rest and rest[0] not in NO_CLAUSE for rest in opens)


ON_CONDITION = "if"
SUPPOSING, NO_CLAUSE = lexicon.phrases("en/stance", "supposing"), lexicon.words("en/stance", "no_clause")


def moved_to(text: str, figure: Quantity) -> bool:
    """True where the words call the figure what a count was changed to: "revised to 13", "has raised the toll to 40"."""
    before = text[max(0, text.find(figure.text) - REACH) : max(0, text.find(figure.text))]
    return _changed_to().search(_breaks().split(before)[-1]) is not None


@cache
def _changed_to() -> re.Pattern[str]:
    verbs = lexicon.alternatives(BESIDE["changed_to"])
    return re.compile(
        rf"\b(?:{verbs})(?: (?:up|down|back))?(?: [\w-]+){{0,6}}? (?:to|at) (?:[a-z]+ ){{0,2}}$", re.IGNORECASE
    )


@cache
def _by_hour() -> re.Pattern[str]:
    return re.compile(r"\bby (?:midnight|noon|\d{1,2}(?:[:.]\d\d)?(?: ?[ap]\.?m\b|(?<=:\d\d)))", re.IGNORECASE)


@cache
def _in_days() -> re.Pattern[str]:
    numbers, units = rf"(?:{lexicon.alternatives(tuple(SMALL))}|\d+)", "(?:hours|days|weeks|months|years)"
    return re.compile(rf"\b(?:in|over|within) (?:the |just |only )?(?:past |last )?{numbers} {units}\b")


def superseded(text: str, figure: Quantity, before: str = "") -> bool:
    """True where the words before a figure call it an earlier one; `before` is what stands before the text."""
    if figure.start is None:
        return False
    told = words(_before_others(f"{before}{text}", len(before) + figure.start))
    near = [w for last, w in pairwise(("", *told)) if last not in SAYING]  # "said earlier that" dates the saying
    if _has("superseded", tuple(near[-4:])) or _has("withdrawn", tuple(told[-TAKEN_BACK:])):
        return True
    set_against = _has("set_against", tuple(near[-4:]))  # "against a profit of 12 million a year earlier"
    first = set_against and re.search(r"\d", text[: figure.start])  # the figure that it is set against
    return bool(first) and _has("before_that", words(text[figure.end or 0 :])[:BEHIND])


TAKEN_BACK = 12
"""Words before a figure of which some say that the text takes it back."""
BEHIND = 6
"""Words behind a figure of which some say that it is of the year before."""


def _before_others(text: str, start: int) -> str:
    """The words of a clause before its figures: "the previous toll was" of "the previous toll was 20 dead with 50 hurt"."""
    told = text[max(0, start - REACH) : start]
    other = re.search(r"(?<![\d.,])\d[\d,.]*(?:\s+[a-z]+){0,2}\s+(?:with|and|plus)\s*$", told)
    return _clause(text, start - len(told) + other.start(), start)[0] if other else _clause(text, start, start)[0]


@lru_cache(maxsize=2048)
def doubted(text: str, figure: Quantity) -> tuple[str, ...]:
    """The words close to a figure that say how sure it is, but for those that are told with it."""
    if figure.start is None or figure.end is None:
        return ()
    before, after = (words(without_may(part)) for part in _clause(text, figure.start, figure.end))
    near, told = (
        f" {' '.join((*before[-BEFORE:], '|', *after[:AFTER]))} ",
        words(as_worded(text, figure) or figure.text),
    )
    sure = sorted((near.index(f" {w} "), w) for w in DOUBT | PROVISIONAL if f" {w} " in near)
    return tuple(w for _, w in sure if w not in told)


BEFORE, AFTER = 4, 7
"""Words to either side of a figure of which one of doubt is of it."""


def changed(text: str, figure: Quantity) -> str:
    """The words right before a change that tell which way it went: "fell by", "a loss of" before a share or a sum."""
    found = _way().search(text[max(0, (figure.start or 0) - REACH) : figure.start or 0])
    told = found is not None and (sort_of(figure.unit) in ("money", "share") or found[0].split()[-1] == "by")
    return found[0].strip() if found and told else ""


def way_of(text: str, figure: Quantity) -> tuple[str, ...]:
    """Up or down, where the words right before the figure tell a change."""
    way = changed(text, figure).split()[:1]
    return tuple("down" if w.casefold() in BESIDE["down"] else "up" for w in way)


@cache
def _way() -> re.Pattern[str]:
    ways = lexicon.alternatives((*BESIDE["down"], *BESIDE["up"]))
    return re.compile(rf"\b(?:{ways})(?:\s+(?:by|of|about|some|around|nearly|almost|an?|another))*\s+$", re.IGNORECASE)


def planned(text: str) -> bool:
    """True where the words look ahead: "40 will go", "is to sign"."""
    return _has("planned", words(re.sub(r"\bwould have (?:been|had)\b", " ", text)))


def _counted_too(text: str, figure: Quantity, known: set[str]) -> set[str]:
    """What the words behind the noun add to it or narrow it to: "homes and shops", "beds in intensive care"."""
    told = as_worded(text, figure)
    if told is None or sort_of(figure.unit) is not None:
        return set()
    own = {*words(figure.text), *words(figure.counts or "")}
    at = text.find(" ".join(told.split()[-1:]), figure.start or 0)
    behind = _narrowed().match(text[at + len(told.split()[-1]) :])
    added = [*words(told), *((behind[1],) if behind else ())]
    named = (w for w in added if w not in own | DOUBT | SMALL.keys() | {"board"} and not w.isdecimal())
    return {w for w in named if w not in terms.STOP and terms.stem(w) not in known}


@cache
def _narrowed() -> re.Pattern[str]:
    return re.compile(
        r"\s+(?:in|on|with|without|for|under|aged|among|by|from|over)\s+(?:(?:the|an?|all|its)\s+)?([a-z]+|\d+)"
    )


@lru_cache(maxsize=2048)
def as_worded(text: str, figure: Quantity) -> str | None:
    """The figure with all that it counts, as the text has it: "four other hikers", "up to 35 of the 120 nurses"."""
    if figure.start is None or figure.end is None or text[figure.start : figure.end] != figure.text:
        return None
    noun, after = " ".join((figure.counts or "").split()), text[figure.end : figure.end + REACH]
    if sort_of(figure.unit) == "money" and not _coin(noun.casefold(), figure.unit):
        noun = ""  # "$340 million surprised investors"
    between = r"\s+(?:(?:other|more|further|additional|of(?: [\w,]+){0,3}?) )?"
    nouns = (noun, noun.partition(" and ")[0]) if noun else ()  # a claim may end before the second
    behind = next((m for n in nouns if (m := re.match(rf"{between}{re.escape(n)}\b", after))), None)
    if noun and not behind:
        return None
    if figure.text.endswith(("-year", "-day", "-month", "-hour", "-week", "-minute")):
        behind = re.match(r"\s+[a-z]+", after)
    found = behind[0] if behind else ""
    of_people = found.rstrip().endswith(("ed", "dead"))  # "50 injured and buildings" is no one count
    found += more[0] if not of_people and (more := _and_more().match(after[len(found) :])) else ""
    found += rate[0] if (rate := _a_day().match(after[len(found) :])) else ""
    before = text[: figure.start].split()[-1:]
    doubted = before and before[0].casefold() in DOUBT | SCALES
    return " ".join((*(before if doubted else changed(text, figure).split()), *f"{figure.text}{found}".split()))


SCALES = lexicon.words("en/not_counted", "ranks") | lexicon.words("en/not_counted", "scales")
"""What stands before the number of a grade: force 9 winds."""


def _coin(noun: str, unit: str | None) -> bool:
    """True for the money itself: "euros", "Kenyan shillings"."""
    return noun in CURRENCIES or noun.endswith((unit or " ").casefold())


@cache
def _a_day() -> re.Pattern[str]:
    return re.compile(r" (?:an?|per|each|every) (?:minute|hour|night|day|week|month|season|year)\b")


@cache
def _and_more() -> re.Pattern[str]:
    """What is counted too, and of whom a part is: "and sheds", "of the 120 nurses"; no verb is: "and injures dozens"."""
    things = r"(?:[a-z]+s|[a-z]*men|children|people)(?<!ss)\b"
    of_whom = rf" of (?:the|its|their|his|her|our|these|those|all) (?:[\d,]+ )?(?:[a-z-]+ )??{things}"
    things = rf"(?!(?:dozens|hundreds|thousands|scores)\b){things}"
    no_object = r"(?!\s+(?:an?|the|\d+|in|at|some|more|two|three|dozens|several|others)\b)"
    return re.compile(
        rf" (?:and|or) (?:(?!(?:an?|the|her|their|our|were|are|had)\b)[a-z]*[^\Ws] )?{things}{no_object}|{of_whom}"
    )


@lru_cache(maxsize=2048)
def on_point(text: str, question: str, unit: str | None = None) -> bool:
    """True where the text says a word of the question, for a figure one beside its unit and a name; or all its names."""
    asked = {root(w) for w in terms.words(question) if w not in terms.STOP and not w.isdecimal()}
    names = {root(n) for n in terms.names(question)} - CALENDAR_STEMS
    said = set(map(root, terms.words(text)))
    plain = asked - names - CALENDAR_STEMS - set(map(root, terms.words(unit or "")))
    sought = not ASKING.isdisjoint(words(question)) and not ASKING.isdisjoint(words(text))
    others = {root(n) for n in terms.names(text)} - CALENDAR_STEMS  # whom it names instead
    apt = (bool(plain & said) or sought) and (unit is None or not names or bool(names & said) or not others)
    return apt or (bool(names) and names <= said)


def _without_choice(question: str) -> str:
    """The question without what it lets choose from: "in cash or stock" leaves both to be told apart."""
    return re.sub(r"\b[\w-]+ (?:or|and) [\w-]+\b", " ", question)


def _clause(text: str, start: int, end: int) -> tuple[str, str]:
    """The words before and behind the figure, as far as nothing else begins."""
    before = _breaks().split(text[max(0, start - REACH) : start])[-1]
    after = _breaks().split(text[end : end + REACH])[0]
    return before, after


REACH = 160


@cache
def _breaks() -> re.Pattern[str]:
    links = "|".join(sorted(LINKS - {"with", "among", "including", "as"}))
    return re.compile(rf"[.;:,]\s|[–—]|\d[\d,.]*\d|\b(?:{links})\b")


def _has(name: str, seen: tuple[str, ...]) -> bool:
    said = f" {' '.join(seen)} "
    return any(f" {phrase} " in said for phrase in BESIDE[name])


def _head(figure: Quantity, after: str, known: set[str]) -> set[str]:
    """What a share or a sum is of: "a quarter of the power", "$5 million in damages"."""
    if sort_of(figure.unit) not in ("money", "share"):
        return set()
    if each := re.match(r"[a-z]?\s*(?:an?|per|each|every)\s+([a-z]+)", after.casefold()):
        return set() if terms.stem(each[1]) in known else {f"per {each[1]}"}
    found = _of_what().match(after.casefold())
    told = words(found[1]) if found else ()
    return {w for w in told if w not in terms.STOP | FIRMS and terms.stem(w) not in known}


FIRMS = lexicon.words("en/questions", "firms")
"""Words for a firm that is known by its name."""


@cache
def _of_what() -> re.Pattern[str]:
    return re.compile(
        r"(?:\s*[a-z]+)??\s*(?:of|in|from|as|the)\s+((?:(?:the|its|their|all|any|usual|total)\s+)*[a-z]+)"
    )


def places_in(text: str, known: set[str], *, onto: bool = False) -> set[str]:
    """The first words of the places that the text names, but for those of the question; those that something came to too."""
    spots = _located(onto).findall(_when().sub("", text[: 2 * REACH]))
    found = {p.casefold() for spot in spots for p in spot if p}
    return {p for p in found if terms.stem(p) not in known and p not in NO_PLACES}


def names_alone(text: str) -> set[str]:
    """The names in the text, but for those that stand beside others: "Lorn and Hale" is more than Lorn."""
    several = r"\b[A-Z][\w’'-]+(?:(?:,| and| or| &) (?:the )?[A-Z][\w’'-]+)*(?: and| or| &) (?:the )?[A-Z][\w’'-]+"
    return {name.casefold() for name in re.findall(r"\b[A-Z][\w’'-]+", re.sub(several, "", text))}


@cache
def _when() -> re.Pattern[str]:
    """A clause that says when or through what it happened: the place in it is that of the event."""
    return re.compile(
        r"\b(?:when|after|as|while|since|before|because)\s+(?:the|a|an|its|their|his|her)\s[^,.;:]*", re.IGNORECASE
    )


CALENDAR_STEMS = {terms.stem(w) for w in CALENDAR}


@cache
def _located(onto: bool) -> re.Pattern[str]:
    prepositions = "in|at|near|outside|around|across|throughout|on|from"  # off a cape lies the whole event
    prepositions = "in|across|throughout|on|to|over" if onto else prepositions
    fights = lexicon.alternatives(BESIDE["fought_for"])  # the battle for Lorn was in Lorn
    event = rf"(?:[a-z]+ (?:of|in|at)|(?:{fights}) (?:for|on|over|around|near))"
    name = r"([A-Z][\w’'-]+)"
    return re.compile(
        rf"\b(?i:{prepositions})\s+(?:the |an? )?(?:{event} (?:the )?)?{name}(?: (?:and|or|&) (?:in |at )?(?:the )?{name})?"
    )
