"""The figure of a text that fits what is asked, and what the words around it say that it counts.

What a person wrote about the scope stands over the words; what no word says stays unknown.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ledger import quantity
from ledger.crossref import terms
from ledger.crossref.kinds import sort_of
from ledger.crossref.measures import Counted, Word, hits, person, read, tokens
from ledger.crossref.wordlists import (
    ACTIVITIES,
    BUILDINGS,
    EARLIER,
    FALLING,
    FATES,
    FEW,
    INCREMENT,
    LINKS,
    OF_PEOPLE,
    RISING,
    RUNNING,
    STATE,
    THINGS,
    TOLLS,
    TOTAL,
    WEAK,
)
from ledger.records import Quantity, replace
from ledger.vocabulary import Agreement, Counting


def choose(figures: Sequence[Quantity], text: str, *, scope: str | None = None) -> Quantity | None:
    """The figure that fits what is asked ("children killed"); the first of those that fit as well."""
    return next(iter(fitting(figures, text, scope=scope)), None)


def fitting(figures: Sequence[Quantity], text: str, *, scope: str | None = None) -> tuple[Quantity, ...]:
    """The figures that fit what is asked best: several where the words do not tell which of them is meant."""
    if len(figures) < 2:
        return tuple(figures)  # whatever is asked
    asked = read(scope or "")
    nouns = {terms.stem(w) for w in terms.words(scope or "")}
    names = {terms.stem(n) for n in terms.names(scope or "")}
    weights: list[tuple[int, Quantity]] = []
    unit: str | None = None
    for q in figures[:MOST_FIGURES]:
        unit = q.unit or unit
        meant = q if q.unit or q.counts else replace(q, unit=unit)  # "44 seats, the others 60"
        points = _fit(asked, text, q) + _named(nouns, meant) + _beside_noun(nouns, text, q) - _base(text, q, figures)
        weights.append((points + _of_name(names, text, q), q))
    best = max(w for w, _ in weights)
    first = next(q for w, q in weights if w == best)
    near = [q for w, q in weights if w >= best - DOUBTFUL * (None in (q.unit, first.unit)) and q is not first]
    return (first, *(q for q in near if {q.unit, first.unit} <= {first.unit or q.unit, None} and not _retold(first, q)))


DOUBTFUL = 1
"""Points by which a figure may fit better than another, where one of them has no noun of its own, and not be told from it."""


def _retold(first: Quantity, other: Quantity) -> bool:
    """True for the same figure once more: in another unit, or as a part of a date or a share."""
    return quantity.compare(first, other).agreement is not Agreement.CONFLICT


def _of_name(names: set[str], text: str, figure: Quantity) -> int:
    """Weight for a figure behind a name of the question, before which no other figure stands: "the Reform Party 60"."""
    return 2 * any(terms.stem(w) in names for w in terms.words(_clause(text, figure)))


def _clause(text: str, figure: Quantity) -> str:
    """The words before the figure behind which no other figure and no comma stands."""
    return re.split(r"[,;:]|\d", text[max(0, (figure.start or 0) - 60) : figure.start or 0])[-1]


def _beside_noun(nouns: set[str], text: str, figure: Quantity) -> int:
    """Weight for a measure with a word of the question close before it: "a depth of 10 km"."""
    if figure.unit and sort_of(figure.unit) is None:
        return 0
    before = [w for w, _, _ in tokens(_clause(text, figure)[-40:])][-3:]
    return 2 * any(terms.stem(w) in nouns and w not in terms.STOP for w in before)


def _base(text: str, figure: Quantity, figures: Sequence[Quantity]) -> int:
    """Weight against a figure that another is a part of, as the 200 of "88 of 200 seats", less against a part of another."""
    before = text[max(0, (figure.start or 0) - 50) : figure.start or 0].casefold()
    ends = (len(before) - (figure.start or 0) + f.end for f in figures[:MOST_FIGURES] if f is not figure and f.end)
    if any(_OF_WHOLE.fullmatch(before, end) for end in ends if 0 < end < len(before)):
        return 6
    if len(figures) > 1 and before.endswith((" the ", " these ", " those ")) and figure.text.casefold() in FEW:
        return 4  # known to the reader already, and beside another figure not what is counted
    part = re.search(r"\b(?:among them|including|of them|of whom|up from) (?:an? )?$", before)
    return 1 if part or re.match(r" of (?:whom|them)\b", text[figure.end or 0 :]) else 0


_OF_WHOLE = re.compile(
    r" (?:[\w-]+ out )?(?:out )?of (?:the |its |their |his |her |our |all |some |about |nearly )*"
    r"(?:(?:[\w-]+ ){0,2}[\w-]+(?:['’]s|s['’]) )?"
    r"(?:about |estimated |nearly |remaining |roughly |some |total )?"
    r"| [\w-]+ of (?:the|its|their) "
)
"""What stands between a part and its whole: "two of the six gates", "two gates out of six", "two of the firm's six mills"."""


def _named(nouns: set[str], figure: Quantity) -> int:
    """Weight for a figure of the very things that the question names; people are counted in nearly every text."""
    things = {terms.stem(w) for w in terms.words(f"{figure.counts or ''} {figure.unit or ''}")} & nouns
    return 3 if things - {terms.stem("people")} else len(things)


@lru_cache(maxsize=1024)
def around(text: str, figure: Quantity | None) -> Counted:
    """What the words nearest to the figure say is counted."""
    if figure is None:
        return read(text)
    if figure.start is None or figure.end is None or text[figure.start : figure.end] != figure.text:
        return _own(text, figure).over(read(text))
    text, figure = _surroundings(text, figure)
    own, whole = _own(text, figure), read(text)
    found = list(hits(text))
    near = read(_beside(text, figure.start or 0, figure.end or 0))
    nearest = Counted(
        measure=_nearest("measure", found, text=text, figure=figure),
        group=_nearest("group", found, text=text, figure=figure),
        side=near.side,
        camp=near.camp,
    )
    if own.measure in WEAK and nearest.measure not in WEAK | {None}:
        own = replace(own, measure=None)
    if own.group == "people" and nearest.group:
        own = replace(own, group=None)
    if figure.unit and not person(read(f"{figure.unit} {figure.counts or ''}")) and figure.unit != "people":
        nearest = replace(nearest, group=None)  # who found the things, or made the arrests
    if own.measure in OF_PEOPLE and figure.measure in TOLLS:
        own = replace(own, measure=figure.measure)  # evacuees who were killed
    if own.measure in FALLING and read(figure.measure or "").measure == "rescued":
        own = replace(own, measure="rescued")  # hostages who were freed
    return own.over(_mixed(nearest, whole, text)).over(Counted(rate=whole.rate))


MOST_FIGURES = 200
"""A claim has one or a few figures; of a text with very many only the first are weighed."""

REACH = 300
"""Characters on each side of a figure that are looked at: more than a sentence, so that long texts cost no more."""


def _surroundings(text: str, figure: Quantity) -> tuple[str, Quantity]:
    """The text near the figure, and the figure with its place in it."""
    start, end = figure.start or 0, figure.end or 0
    cut = max(0, start - REACH)
    return text[cut : end + REACH], replace(figure, start=start - cut, end=end - cut)


def _own(text: str, figure: Quantity) -> Counted:
    """What the figure itself says is counted; an activity that its words do not name came from another sentence."""
    own = read(" ".join(w for w in (figure.text, figure.unit, figure.counts) if w))
    guessed = read(" ".join(w for w in (figure.measure, figure.population) if w))
    if guessed.measure in ACTIVITIES and guessed.measure not in (own.measure, read(text).measure):
        guessed = replace(guessed, measure=None)
    if guessed.side != read(text).side:
        guessed = replace(guessed, side=None, camp=None)  # the text has it as who did it
    return own.over(guessed)


def _beside(text: str, start: int, end: int) -> str:
    """The figure with four words before it and six after it."""
    seen = tokens(text)
    before = [s for _, s, e in seen if e <= start][-4:]
    after = [e for _, s, e in seen if s >= end][:6]
    return text[before[0] if before else start : after[-1] if after else end]


def counting(text: str, counted: Counted) -> Counting:
    """Total or addition: what the words show the figure to be; unknown where they do not say."""
    words = tuple(w for w, _, _ in tokens(text))
    if counted.measure not in TOLLS and any(terms.stands(phrase, words) for phrase in INCREMENT):
        return Counting.INCREMENT
    return Counting.TOTAL if any(terms.stands(phrase, words) for phrase in TOTAL) else Counting.UNKNOWN


def running(text: str, counted: Counted) -> bool:
    """True where more was still to be counted: the words say so, or it is a toll, which rises while reports come in."""
    if counted.measure in ACTIVITIES:
        return False
    words = tuple(w for w, _, _ in tokens(text))
    return counted.measure in RISING or any(terms.stands(phrase, words) for phrase in RUNNING)


def marked_earlier(text: str) -> bool:
    """True where the text itself calls its figure superseded: "up from an earlier toll of 40"."""
    low = text.lower()
    return any(w in low for w in EARLIER) and any(w in EARLIER for w, _, _ in tokens(text))


def scoped(found: Counted, scope: str | None, figure: Quantity | None) -> Counted:
    """What is counted as far as scope, words and unit tell: no countries are killed, whatever stands beside them."""
    counted = _outweighed(found, scope, figure)
    if figure is None or not counted.measure:
        return counted
    measured = sort_of(figure.unit) in ("money", "time", "length")
    if counted.measure in ACTIVITIES and figure.unit and not person(read(figure.unit)):
        measured = measured or read(figure.unit).measure != counted.measure  # two bombs on a target are no targets
    unit = (figure.unit or "").casefold()
    if counted.measure == "lost" and unit in BUILDINGS:
        return replace(counted, measure="destroyed")
    nobody = counted.measure in TOLLS | OF_PEOPLE and unit in THINGS
    return replace(counted, measure=None) if measured or nobody else counted


def _outweighed(found: Counted, scope: str | None, figure: Quantity | None) -> Counted:
    """What a person wrote about the scope outweighs the words, except for what only the unit can say (sorties, targets).

    The figure's own fate stays too: where a text tells of wounded alone, they are not the dead who are asked for.
    """
    if not scope:
        return found
    asked = read(scope)
    own = read(figure.measure or "").measure if figure else None
    if asked.measure != own and {asked.measure, own} <= FATES:
        return replace(asked, measure=own).over(found)
    if found.measure in ACTIVITIES or asked.measure in ACTIVITIES:
        asked = replace(asked, measure=None)
    return asked.over(found)


def _fit(asked: Counted, text: str, figure: Quantity) -> int:
    """How well the figure answers what is asked: its measure first, then the sort of people."""
    found = around(text, figure)
    points = 0
    if asked.measure and found.measure:
        points += 4 if asked.measure == found.measure else -4
    if asked.group and asked.group != "people":
        points += 2 if asked.group == found.group else 0
    elif found.group in (None, "people", "combatants"):
        points += 1
    if asked.side and found.side:
        points += 1 if asked.side == found.side else -1
    return points


FARTHEST = {"group": 5}
"""Words beyond which a sort of people belongs to something else."""


def _nearest(table: str, found: list[Word], *, text: str, figure: Quantity) -> str | None:
    start, end = figure.start or 0, figure.end or 0
    away = {w: distance(text, w, start=start, end=end) for w in found}
    people = {
        (w.start, w.end) for w in found if w.table == "group" and away[w] > 1
    }  # a blast among evacuees moves none
    near = sorted(
        (away[w] + 2 * (w.name in WEAK), w.name)
        for w in found
        if w.table == table and (table == "group" or (w.start, w.end) not in people)
    )
    return near[0][1] if near and near[0][0] <= FARTHEST.get(table, 99) else None


def distance(text: str, word: Word, *, start: int, end: int) -> int:
    """Words between the figure and the word; what begins another matter and a sentence's end weigh as several."""
    between = text[word.end : start] if word.end <= start else text[end : word.start] if word.start >= end else ""
    words = [w for w, _, _ in tokens(between)]
    links = sum(w in LINKS for w in words)
    stops = sum(between.count(c) for c in ".;:")
    return len(words) + 3 * links + 6 * stops


def _mixed(nearest: Counted, whole: Counted, text: str) -> Counted:
    """The nearest words, except that "killing and wounding dozens" is one measure."""
    if whole.measure != "killed or wounded" or nearest.measure not in ("killed", "wounded"):
        return nearest
    names = [(h.name, h.start, h.end) for h in hits(text) if h.name in ("killed", "wounded")]
    for (first, _, end), (second, start, _) in pairwise(names):
        if first != second and text[end:start].strip().lower() in ("and", "or", "and/or", "&", "+", ""):
            return replace(nearest, measure="killed or wounded")
    return nearest


def measure_words(counted: Counted) -> str | None:
    return f"{counted.measure} a {counted.rate}" if counted.measure and counted.rate else counted.measure


def population_words(counted: Counted) -> str | None:
    """The population in words that `read` understands again."""
    group = None if counted.group == "people" else counted.group
    if group == "combatants":
        group = "soldiers" if counted.camp == STATE else "fighters" if counted.side or not counted.camp else "militants"
    return " ".join(w for w in (counted.side, group) if w) or None
