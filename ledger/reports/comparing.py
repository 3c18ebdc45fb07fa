"""Two claims beside each other in words: what contradicts, what supports, why nothing can be said, and how far apart."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from decimal import ROUND_HALF_UP, Decimal
from functools import lru_cache

from ledger import quantity
from ledger.catalogue import Table, known, listed, number, quotation, t, theirs
from ledger.crossref.answers import denies
from ledger.crossref.comparison import Comparison
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.crossref.wordlists import ARTICLES
from ledger.lexicon import values
from ledger.records import Apart, Pair, Quantity, Statement
from ledger.reports.sentences import capital, day, named, quoted
from ledger.reports.timeline import DATE, as_of
from ledger.text import folding
from ledger.vocabulary import Agreement, Modifier, Stance, Supports


def width(pair: Pair) -> Decimal:
    """How far apart the two are, in percent of the larger."""
    return Decimal(pair.gap.percent or "0") if pair.gap else Decimal(0)


def conflict_line(found: Study, pair: Pair, *, figures: bool = True) -> str:
    """Two claims that contradict each other, and by how much."""
    a, b = (who(found, c) if figures else named(found.family(c)) for c in (pair.a, pair.b))
    gap = gap_of(pair.gap, *(found.statements[c].quantity for c in (pair.a, pair.b)))
    if pair.set_by:
        said = t("{a} and {b} contradict each other, in the judgement of {who}.", a=a, b=b, who=theirs(pair.set_by))
    elif gap:
        said = t("{a} and {b} differ by {gap}.", a=a, b=b, gap=gap)
    elif pair.reason == "denies":
        said = denial_line(found, pair, whole=figures)
    elif pair.reason in CONTRARY:
        said = t("{a} and {b} contradict each other.", a=a, b=b)
    else:
        said = t("{a} and {b} differ.", a=a, b=b)
    if at := _moment(found, pair):
        said = f"{said} {at}"
    if (ahead := of_plan(found, pair.a, pair.b)) and not pair.set_by:
        said = f"{said} {t('{source} tells what was planned or expected.', source=capital(ahead))}"
    return capital(said)


def _moment(found: Study, pair: Pair) -> str:
    """Of which day both figures are, where one of the sources has given a newer one since."""
    days = {(found.statements[c].as_of or "")[:DATE] for c in (pair.a, pair.b)}
    if (
        len(days) > 1
        or "" in days
        or all(_newest(found).get(found.source(c), "") <= max(days) for c in (pair.a, pair.b))
    ):
        return ""
    if all(as_of(found, c) for c in (pair.a, pair.b)):
        return t("Both figures are as of {day}.", day=day(max(days)))
    return t("Both figures were published by {day}.", day=day(max(days)))


@lru_cache(maxsize=8)
def _newest(found: Study) -> Mapping[str, str]:
    """The last day of which each source gives a figure."""
    told = ((found.source(c), (s.as_of or "")[:DATE]) for c, s in found.statements.items() if s.quantity)
    return dict(sorted(told))


CONTRARY = frozenset({"denial", "one_of", "only", "bound_flipped"})
"""Reasons for which one says what the other rules out; vague words, days and places only differ."""


def denial_line(found: Study, pair: Pair, *, whole: bool = True) -> str:
    """A denial beside an answer: it is only known to be of the same where the answer names who denies."""
    answer, denial = _denier_last(found, pair)
    source, words, other = named(found.family(denial)), quoted(found.claim(denial)), named(found.family(answer))
    own = [w for w in folding.name(found.family(denial).name).split() if w not in ARTICLES]
    if {*own} <= {*folding.name(found.claim(answer).exact).split()}:
        return t(
            "{source} denies it: {words}. {other} names {source}.", source=source, words=words, other=capital(other)
        )
    if not whole:
        return t(
            "What {other} says does not name {source}, which denies it; both may be true.", source=source, other=other
        )
    return t(
        "{source} denies it: {words}. What {other} says does not name {source}; both may be true.",
        source=source, words=words, other=other,
    )  # fmt: skip


def _denier_last(found: Study, pair: Pair) -> tuple[str, str]:
    """The two claims, the one that denies behind."""
    first = found.statements[pair.a]
    return (pair.b, pair.a) if denies(first.said or first.answer or "") else (pair.a, pair.b)


def of_plan(found: Study, a: str, b: str) -> str | None:
    """Who of two tells what was planned, where the other tells what was."""
    ahead = [c for c in (a, b) if found.statements[c].planned]
    return named(found.family(ahead[0])) if len(ahead) == 1 else None


def support_line(found: Study, pair: Pair) -> str:
    """Which of two claims from separate sources supports the other, and which way."""
    a, b = (who(found, c) for c in (pair.a, pair.b))
    if pair.set_by:
        said = t("{a} and {b} support each other, in the judgement of {who}.", a=a, b=b, who=theirs(pair.set_by))
    elif pair.agreement == "agree":
        denied = pair.reason == "both_deny"
        said = t("{a} and {b} deny the same.", a=a, b=b) if denied else t("{a} and {b} agree.", a=a, b=b)
    else:
        inner, outer, lies = (a, b, pair.a) if pair.supports == "a" else (b, a, pair.b)
        if found.family(lies).party:  # its own word is no support from outside
            said = t(
                "{inner} is compatible with {outer}, but comes from a party to the matter.", inner=inner, outer=outer
            )
        else:
            said = t("{inner} is compatible with {outer}.", inner=inner, outer=outer)
    return capital(said)


def who(found: Study, claim: str) -> str:
    """A figure or an answer with whose it is: "24 people from the mayor"."""
    figure = figure_words(found.statements[claim])
    figure = figure if figure and not figure.startswith("[") else quoted(found.claim(claim))
    return t("{figure} from {source}", source=named(found.family(claim)), figure=figure)


# --- comparisons ------------------------------------------------------------------------------------------------------


def comparison_words(comparison: Comparison, a: Statement, b: Statement, *, same_origin: bool | None = None) -> str:
    """One plain sentence: "450 lies inside at least 400: it supports it"."""
    mine, its = _shown(a), _shown(b)
    why = reason_words(comparison.reason, measures=comparison.measures)
    match comparison.agreement:
        case Agreement.AGREE:
            return t("both say {figure}", figure=mine)
        case Agreement.INCOMPARABLE:
            return t("{mine} and {its} cannot be compared: {reason}", mine=mine, its=its, reason=why)
        case Agreement.COMPATIBLE:
            return _compatible_words(comparison, mine, its, separate=same_origin is not True)
        case Agreement.CONFLICT:
            if comparison.reason == "decreasing" and same_origin:
                why = t("revised down")
            if differing := _differing(comparison.gap):
                why = t("{difference}; {reason}", difference=differing, reason=why)
            return t("{mine} against {its}: {reason}", mine=mine, its=its, reason=why)


def _shown(statement: Statement) -> str:
    if statement.unstated is not None:
        return t(NOT_STATED[statement.stance], figure=quantity.interval_words(statement.unstated))
    if statement.quantity is not None:
        return quantity.interval_words(statement.quantity)
    return quotation(statement.answer) if statement.answer else t("a statement without a figure")


NOT_STATED: Table = {
    Stance.DENIES: "a denial of {figure}",
    Stance.DOUBTS: "a doubt of {figure}",
    Stance.ASKS: "a question about {figure}",
    Stance.ANNOUNCES: "an announcement of {figure}",
}


def _compatible_words(comparison: Comparison, mine: str, its: str, *, separate: bool) -> str:
    inside, other = (mine, its) if comparison.supports is Supports.A else (its, mine)
    if comparison.supports in (Supports.A, Supports.B):
        if separate:
            return t("{inside} lies inside {other}: it supports it", inside=inside, other=other)
        return t("{inside} lies inside {other}: one source says both", inside=inside, other=other)
    return t("{mine} does not contradict {its}: {reason}", mine=mine, its=its, reason=reason_words(comparison.reason))


def _differing(gap: quantity.Gap | None) -> str:
    """The gap as "they differ by 5, 1 %"; nothing where there is no edge to measure from."""
    if gap is None or gap.absolute == "0":
        return ""
    if gap.percent and not (gap.least or gap.about):
        return t("they differ by {gap}, {percent} %", gap=distance(gap), percent=_percent(gap.percent))
    return t("they differ by {gap}", gap=distance(gap))


def _percent(percent: str) -> str:
    value = Decimal(percent)
    return number(value.quantize(Decimal(1), ROUND_HALF_UP) if value >= 1 else value)


REASONS: Table = {
    "measure": "they count different things",
    "unit": "they are in different units, or count different things",
    "population": "they are about different people or sides",
    "place": "they are about different places",
    "window": "they are about different periods",
    "counting": "one is a total, the other only what was added",
    "as_of": "the count may have gone on between the two, and the later figure is the higher",
    "planned": "one is of what was planned or expected: to be read",
    "superseded": "one is given as an earlier figure: to be read",
    "revised": "the source itself says otherwise later, which takes the place of its earlier word",
    "may_be_one": "they may be of one source, which says otherwise later: to be read",
    "decreasing": "the later figure is below the earlier one although the count could only grow",
    "prose": "there is no figure and no short answer to compare: a person has to read both",
    "no_figure": "one of them bounds nothing",
    "vague_whole": "the whole is a vague word, so it bounds no part",
    "part_of": "one is a part of the other and does not exceed it",
    "part_above_whole": "a part is larger than the whole it belongs to",
    "equal": "they say the same",
    "overlap": "both can be true",
    "hedge_edge": "they differ only by the hedge",
    "rounding": "one may be the other rounded",
    "bound_flipped": "one makes a floor of the figure, the other a ceiling",
    "disjoint": "the two figures do not overlap",
    "dated_differently": "the same figure, given for other dates",
    "same_answer": "they give the same answer",
    "unspecific": "one of them leaves open what the other states",
    "other_facet": "they answer different sides of the matter, and both can be true",
    "denial": "one denies what the other states",
    "denies": "one denies it; whether it denies what the other states is to be read",
    "words_differ": "they differ in words: to be read",
    "coarser": "one says it more exactly, and both can be true",
    "off_point": "one may be about something else than the question: to be read",
    "spelling": "a name is spelt in two ways: to be read",
    "qualified": "one holds for a time or in part only: to be read",
    "zone": "the two times may be of different time zones: to be read",
    "other_time": "the times differ",
    "direction": "the directions differ",
    "one_of": "only one of them can be true",
    "only": "one says that there is nothing else, the other names more",
    "scope": "they are about different parts of the matter",
    "status": "one figure is only suspected: to be read",
    "weeks_apart": "they are of days weeks apart, and it may have changed in between: to be read",
    "moment": "the count was going on, and the hour of neither is known: to be read",
    "measure_unknown": "one does not say what it counts: to be read",
    "unit_unknown": "what unit it is in is not said: to be read",
    "population_unknown": "one is about some of the people, and the other does not say of whom: to be read",
    "place_unknown": "one does not say where: to be read",
    "scope_unknown": "the words beside one figure narrow it, those beside the other do not, or differently: to be read",
    "both_deny": "both deny it",
    "other_denied": "what is denied is not known to be the same: to be read",
    "not_stated": "one does not state it, but doubts it, asks it or has yet to say it: to be read",
}
"""One short sentence without a full stop for each reason code that `compare` can give."""

DISTINCT: Table = {
    frozenset({"sorties", "strikes"}): "sorties are not strikes: one flight may strike often or never",
    frozenset(
        {"strikes", "targets"}
    ): "strikes are not targets: one strike may hit several, and one target take several",
    frozenset({"sorties", "targets"}): "sorties are not targets: one flight may hit several",
    frozenset({"killed", "lost"}): "lost is not killed: it may cover the wounded, the captured and those who fled",
    frozenset({"killed", "wounded"}): "the killed are not the wounded",
    frozenset({"killed", "bodies"}): "bodies found are not people killed: they may be of others or of another day",
    frozenset({"killed", "missing"}): "the missing are not known to be dead",
    frozenset({"displaced", "evacuated"}): "people who fled are not those who were evacuated",
}
"""Pairs that reporting mixes up, with the reason why they must not be."""


def reason_words(reason: str | None, *, measures: tuple[str | None, str | None] = (None, None)) -> str:
    """The reason as a person reads it; a pair of measures that is often mixed up gets its own sentence."""
    mixed = frozenset(m for m in measures if m)
    if reason == "measure" and len(mixed) == 2:
        own = listed([known(m) for m in sorted(mixed)])
        return t(DISTINCT[mixed]) if mixed in DISTINCT else t("{measures} are different things", measures=own)
    return t(REASONS[reason]) if reason in REASONS else ""


def apart_words(reason: str) -> str:
    """Why a figure is not on one scale with the others, after "it is": "about a different period"."""
    return t(APART[reason]) if reason in APART else reason_words(reason)


def several_words(figures: Sequence[str]) -> str:
    """Why a claim with several figures that fit is not set beside the rest."""
    return t("it gives {figures}, and nobody has said which of them answers", figures=listed(figures))


APART: Table = {
    "scope": "it stands under another scope",
    "off_point": "we could not tell whether it is about what is asked",
    "planned": "it is of what was planned or expected, the others are not, or the other way round",
    "measure_unknown": "what is counted was not read of it, or of what it was compared with",
    "unit_unknown": "the unit was not read of it, or of what it was compared with",
    "population_unknown": "of whom it is was not read of it, or of what it was compared with",
    "place_unknown": "where it is was not read of it, or of what it was compared with",
    "scope_unknown": "we could not tell whether it counts the same",
    "measure": "we read it as counting something else",
    "unit": "we could not compare its unit with that of the others",
    "population": "we read it as about other people or another side",
    "place": "it is about another place",
    "window": "it is about another period",
    "counting": "it counts only what was added, the others the total",
    "vague_whole": "the words are too vague to compare",
    "part_of": "it may be a part of what the others count, or they of it",
    "part_above_whole": "the figure for a part is above the one for the whole",
}


def gap_of(gap: Apart | None, a: Quantity | None, b: Quantity | None) -> str:
    """How far apart, in words: "at least 50", "1 in the number of countries"; empty where only our reading measures it."""
    figures = [q for q in (a, b) if q]
    if gap is None or Decimal(gap.absolute) == 0 or gap.about or any(map(_read_as_range, figures)):
        return ""
    nouns = {(q.counts or "").casefold() for q in figures}
    if not gap.unit and Decimal(gap.absolute) == 1 and len(nouns) == 1 and "" not in nouns:
        return t("{gap} in the number of {noun}", gap=distance(gap), noun=theirs(*nouns))
    return distance(gap)


def _read_as_range(q: Quantity) -> bool:
    """True for "about 40" and "nearly 40", whose reach is a convention of ours."""
    return q.approximate or q.modifier is Modifier.NEARLY


def distance(gap: Apart | quantity.Gap) -> str:
    """The distance with its unit where it measures: "at least 50", "1.2 km"."""
    figure = number(Decimal(gap.absolute))
    if Decimal(gap.absolute) == 1 and gap.unit in SINGLE:
        figure = t(SINGLE[gap.unit])
    elif gap.unit in SIGNS:
        figure = f"{SIGNS[gap.unit]}{_short(Decimal(gap.absolute))}"
    elif gap.unit == "percent":
        figure = t("{figure} percentage points", figure=figure)
    elif gap.unit:
        figure = t("{figure} {noun}", figure=_short(Decimal(gap.absolute)), noun=known(gap.unit))
    if gap.least:
        return t("at least {figure}", figure=figure)
    return t("about {figure}", figure=figure) if gap.about else figure


def _short(value: Decimal) -> str:
    """A number as people write it: "25 million"."""
    millions = value / 1_000_000
    if millions >= 1 and millions == round(millions, 1):
        return t("{n} million", n=number(millions.normalize()))
    return number(value)


SIGNS = {code: sign for sign, code in values("currencies", "signs").items()}
"""The sign of a currency by its code."""

SINGLE: Table = {
    "years": "one year",
    "months": "one month",
    "weeks": "one week",
    "days": "one day",
    "hours": "one hour",
    "minutes": "one minute",
    "seconds": "one second",
}
