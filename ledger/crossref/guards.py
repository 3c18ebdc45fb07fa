"""What must match before two figures are compared: measure, unit, population, place, window, counting.

Each guard says how one statement stands to the other. Where one does not match, the two are incomparable and the guard's name
is the reason, never a conflict; where one is a part of the other, only a part above its whole is a conflict.
"""

from __future__ import annotations

from collections.abc import Iterable
from functools import lru_cache

from ledger import quantity
from ledger.crossref import containment
from ledger.crossref.circumstances import ON_CONDITION
from ledger.crossref.containment import Containment
from ledger.crossref.counted_figures import scoped
from ledger.crossref.kinds import sort_of
from ledger.crossref.measures import Counted, person, read
from ledger.crossref.wordlists import (
    ACTIVITIES,
    GROUP_WHOLES,
    GROUPS,
    OF_PEOPLE,
    OF_SEVERAL,
    ONE_NOUN,
    ONE_UNIT,
    PARTS,
    RISING,
    THINGS,
    TOLLS,
)
from ledger.records import Quantity, Statement, replace
from ledger.text import folding
from ledger.vocabulary import Agreement, Counting, Kind, Status

Containments = Iterable[tuple[str, str]]


@lru_cache(maxsize=4096)
def counted(statement: Statement) -> Counted:
    """What the statement counts: its own fields first, then unit, scope and the words that the figure came with."""
    q = statement.quantity
    found = Counted()
    for phrase in (
        statement.measure,
        statement.population,
        q and q.unit,
        statement.scope,
        q and q.measure,
        q and q.counts,
    ):
        if phrase:
            found = found.over(read(phrase))
    return scoped(found, None, q)


class Pair:
    """Two statements with a figure, what each counts, and how their periods stand to each other."""

    def __init__(
        self, a: Statement, b: Statement, containments: Containments, *, one_question: bool, one_text: bool
    ) -> None:
        self.a, self.b, self.containments = a, b, tuple(containments)
        self.one_question, self.one_text = one_question, one_text
        self.mine, self.its = counted(a), counted(b)
        scopes = (folding.place(a.scope or ""), folding.place(b.scope or ""))
        self.same_scope = one_question and scopes[0] == scopes[1] != ""
        self.other_scope = bool(all(scopes) and scopes[0] != scopes[1])
        self.total = Counting.INCREMENT not in (a.counting, b.counting)
        self.period = containment.period(
            a.window, b.window, one_question=one_question, activity=self._activity(), total=self.total
        )

    def _activity(self) -> bool:
        return self.mine.measure in ACTIVITIES or self.its.measure in ACTIVITIES

    def sides(self, found: Containment) -> tuple[Statement, Statement]:
        """Part and whole."""
        return (self.a, self.b) if found is Containment.A_IN_B else (self.b, self.a)

    @property
    def running(self) -> bool:
        """True where the count may have gone on between the two; a plan counts nothing yet."""
        goes_on = self.a.running or self.b.running or self.period is Containment.EXTENDED
        return goes_on and not (self.one_text or self.a.planned or self.b.planned)


def check(pair: Pair) -> tuple[str | None, Containment]:
    """The first guard that does not match, else how the two stand to each other as part and whole."""
    part = Containment.SAME
    for reason, guard in GUARDS:
        found = guard(pair)
        if found is Containment.DISJOINT or (found.nested and part not in (Containment.SAME, found)):
            return reason, Containment.SAME
        if found.nested:
            part = found
    if {pair.a.counting, pair.b.counting} == {Counting.TOTAL, Counting.INCREMENT}:
        return "counting", Containment.SAME
    return None, part


def _measure(pair: Pair) -> Containment:
    mine, its = _measure_name(pair.mine, pair.a), _measure_name(pair.its, pair.b)
    if mine is None or its is None or mine == its:
        return Containment.SAME
    if pair.same_scope and not {mine, its} & (RISING | ACTIVITIES):  # a person says that they are one thing
        return Containment.SAME
    if (mine, its) in PARTS or containment.contained(mine, its, pair.containments):
        return Containment.A_IN_B
    if (its, mine) in PARTS or containment.contained(its, mine, pair.containments):
        return Containment.B_IN_A
    return Containment.DISJOINT


def _measure_name(counted: Counted, statement: Statement) -> str | None:
    """The measure of the tables, else the statement's own words for it."""
    if counted.measure or not statement.measure:
        return counted.measure
    return None if read(statement.measure).group else folding.place(statement.measure)


def _unit(pair: Pair) -> Containment:
    if pair.mine.rate != pair.its.rate and not pair.same_scope:
        return Containment.DISJOINT
    told = {read(s.text or "").rate for s in (pair.a, pair.b)}
    if len(told) > 1 and None not in told:
        return Containment.DISJOINT  # so much a month, so much a season
    a, b = pair.a.quantity, pair.b.quantity
    if a and b and quantity.convertible(a.unit, b.unit):
        return Containment.SAME
    mine, its = _unit_name(a, pair.mine), _unit_name(b, pair.its)
    if (mine is None) != (its is None) and "share" in (mine, its):
        return Containment.DISJOINT  # four out of five is no 4
    if not mine or not its or mine == its:
        return Containment.SAME
    if mine.endswith(f" {its}"):  # flight recorders are recorders
        return Containment.A_IN_B
    if its.endswith(f" {mine}"):
        return Containment.B_IN_A
    counts = all(q and not sort_of(q.unit) and not quantity.measured(q.unit) for q in (a, b))
    # a person says that the items are the pieces; one text tells things apart by their names
    if counts and pair.same_scope and not pair.one_text and OF_SEVERAL.isdisjoint((mine, its)):
        return Containment.SAME
    one, other = ({ONE_UNIT.get(u, u).removesuffix("s") for u in name.split(" and ")} for name in (mine, its))
    if one < other:  # homes within homes and shops
        return Containment.A_IN_B
    return Containment.B_IN_A if other < one else Containment.DISJOINT


def _unit_name(q: Quantity | None, counted: Counted) -> str | None:
    """What one of them is, as one word for all that are people: only people are killed, wounded or displaced."""
    unit = (q.unit or "").casefold() if q else ""
    unit = ONE_UNIT.get((q.counts or "").casefold(), unit) if q and unit else unit
    if not unit:
        return "people" if counted.measure in TOLLS else None
    if unit in OF_SEVERAL:
        return unit
    named = read(unit)
    if named.measure in ACTIVITIES:
        return named.measure
    if person(named) or named.measure in OF_PEOPLE or (counted.measure in TOLLS and unit not in THINGS):
        return "people"
    return ONE_UNIT.get(unit, unit).removesuffix("s")


def _population(pair: Pair) -> Containment:
    mine, its = pair.mine, pair.its
    if pair.same_scope:
        return Containment.SAME
    if (mine.side and its.side and mine.side != its.side) or (mine.camp and its.camp and mine.camp != its.camp):
        return Containment.DISJOINT
    if mine.group == its.group or mine.group is None or its.group is None:
        return _other_names(pair)
    if its.group in GROUP_WHOLES.get(mine.group, ()):
        return Containment.A_IN_B
    return Containment.B_IN_A if mine.group in GROUP_WHOLES.get(its.group, ()) else Containment.DISJOINT


def _other_names(pair: Pair) -> Containment:
    """Populations that no table knows are one where their names are, or where a containment says so."""
    a, b = pair.a.population, pair.b.population
    if not a or not b or _known(a) or _known(b):
        return Containment.SAME
    return containment.place(a, b, pair.containments)


def _known(population: str) -> bool:
    found = read(population)
    return found.group is not None or found.side is not None


def _place(pair: Pair) -> Containment:
    a, b = pair.a.place, pair.b.place
    if pair.one_question and a and b and (pair.same_scope or containment.same_place_loosely(a, b)):
        return Containment.SAME
    return containment.place(a, b, pair.containments)


def _window(pair: Pair) -> Containment:
    if not pair.period.nested:
        return pair.period
    part, whole = pair.sides(pair.period)
    # a shorter period that holds more than the longer one is a conflict; otherwise nothing follows
    return pair.period if pair.total and above(part.quantity, whole.quantity) else Containment.DISJOINT


def _planned(pair: Pair) -> Containment:
    """What is to come is no count yet."""
    counts = Kind.COUNT in (pair.a.kind, pair.b.kind)
    return Containment.DISJOINT if counts and _one_ahead(pair) else Containment.SAME


def _one_ahead(pair: Pair) -> bool:
    return not pair.same_scope and pair.a.planned != pair.b.planned


GUARDS = (
    ("planned", _planned),
    ("measure", _measure),
    ("unit", _unit),
    ("population", _population),
    ("place", _place),
    ("window", _window),
)
"""In the order in which they are asked; counting comes last."""


def doubt(pair: Pair) -> str | None:
    """What is not known of two figures that differ, or differs beside them, and may be all that makes them differ."""
    return next((reason for reason, open_ in DOUBTS if open_(pair)), None)


def _one_sided(a: object, b: object) -> bool:
    return (a is None) != (b is None)


def _other_scope(pair: Pair) -> bool:
    return bool(pair.a.scope and pair.b.scope and not pair.same_scope)


def _unknown_group(pair: Pair) -> bool:
    """True where one is about runners, say, and the other about walkers or people; all who are killed are people."""
    if pair.same_scope:
        return False
    groups = {pair.mine.group, pair.its.group}
    nouns = {noun for s in (pair.a, pair.b) if s.quantity and (noun := _noun(s.quantity))}
    people = groups <= {None, "people"} and all(s.quantity and s.quantity.unit == "people" for s in (pair.a, pair.b))
    generic = not nouns.isdisjoint(GROUPS["people"])
    others = not pair.mine.measure and len({n.removesuffix("s") for n in nouns}) > 1 and (generic or people)
    return others or (None in groups and bool(groups - {None, "people"}))


def _noun(q: Quantity) -> str | None:
    """The word for what is counted: passengers, people, of "passengers stranded" the first."""
    words = (q.counts or q.unit or "").casefold().split()
    noun = next((w for w in reversed(words) if not w.endswith("ed")), None)
    return "people" if noun in ("person", "persons") else ONE_NOUN.get(noun or "", noun)


def _unknown_measure(pair: Pair) -> bool:
    names = _measure_name(pair.mine, pair.a), _measure_name(pair.its, pair.b)
    return not pair.same_scope and _one_sided(*names)


def _unknown_unit(pair: Pair) -> bool:
    """True where one does not say its unit, or both may be of two scales: degrees, miles at sea."""
    mine, its = _unit_name(pair.a.quantity, pair.mine), _unit_name(pair.b.quantity, pair.its)
    sums = {sort_of(s.quantity.unit) for s in (pair.a, pair.b) if s.quantity}
    bare = _one_sided(mine, its) and (not pair.same_scope or "money" in sums)  # whose currency is not known
    return bare or mine == its == "degree" or _sea_miles(pair)


def _sea_miles(pair: Pair) -> bool:
    """True for miles that may be the other's nautical ones, with "nautical" left out: 40 and 40 nautical miles."""
    a, b = pair.a.quantity, pair.b.quantity
    if a is None or b is None or {a.unit, b.unit} != {"miles", "nautical miles"}:
        return False
    return quantity.compare(replace(a, unit=b.unit), b).agreement is not Agreement.CONFLICT


def narrowing(a: Statement, b: Statement) -> set[str]:
    """The words that narrow one of two figures and not the other, but for a place that the other names elsewhere."""
    named = ({*a.places} & {*b.named}) | ({*b.places} & {*a.named})
    return ({*a.qualifiers} ^ {*b.qualifiers}) - named


def _other_qualifiers(pair: Pair) -> bool:
    mine, its = {*pair.a.spots}, {*pair.b.spots}
    elsewhere = bool(mine and its) and mine.isdisjoint(its)
    if (ON_CONDITION in pair.a.qualifiers) != (ON_CONDITION in pair.b.qualifiers):
        return True
    return not pair.same_scope and (elsewhere or bool(narrowing(pair.a, pair.b)) or _of_one_day(pair))


def _of_one_day(pair: Pair) -> bool:
    """True for what was done on a day against what was done in a time that is not told: sorties, arrests, strikes."""
    return pair.mine.measure in ACTIVITIES and _one_sided(pair.a.window, pair.b.window)


def _off_point(pair: Pair) -> bool:
    """True where neither a measure nor a word of the question shows that both count what is asked."""
    return not pair.same_scope and not pair.mine.measure and not (pair.a.on_point and pair.b.on_point)


def _hour_unsaid(pair: Pair) -> bool:
    """True for a count that rises, told until an hour by one of them and until some hour of that day by the other."""
    return pair.running and containment.hour_unsaid(pair.a.as_of, pair.b.as_of)


def _suspected(pair: Pair) -> bool:
    """True where one figure is only suspected; whoever is arrested is a suspect, whether or not the words say so."""
    caught = pair.mine.measure == pair.its.measure == "captured"
    return not caught and pair.a.status != pair.b.status and Status.SUSPECTED in (pair.a.status, pair.b.status)


DOUBTS = (
    ("superseded", lambda p: p.a.superseded != p.b.superseded),
    ("status", _suspected),
    ("scope", _other_scope),
    ("measure_unknown", _unknown_measure),
    ("unit_unknown", _unknown_unit),
    ("population_unknown", _unknown_group),
    ("place_unknown", lambda p: _one_sided(p.a.place, p.b.place)),
    ("scope_unknown", _other_qualifiers),
    ("off_point", _off_point),
    ("planned", _one_ahead),
    ("moment", lambda p: (p.a.moving and p.b.moving and not p.one_text) or _hour_unsaid(p)),
)
"""In the order in which they are asked of figures that otherwise conflict."""


def above(part: Quantity | None, whole: Quantity | None) -> bool:
    """True where every value of the part is above every value of the whole."""
    if part is None or whole is None:
        return False
    lead = quantity.lead(part, whole)
    return lead is not None and lead >= 0 and quantity.compare(part, whole).agreement is Agreement.CONFLICT
