"""The sentences of a report: each composed from a code of cross-reference and what that rests on.

A sentence says what was said and by whom, never that it is so.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from decimal import ROUND_HALF_UP, Decimal

from ledger import dates, quantity
from ledger.catalogue import Table, count, known, listed, number, quotation, t, theirs, unmarked
from ledger.crossref.answers import denies
from ledger.crossref.compare import Comparison
from ledger.crossref.names import nameless
from ledger.crossref.origins import NO_OUTLET, PERHAPS, Family, Standing, Traced, agency_hint, outlet_of
from ledger.crossref.statements import figure_words, shortened
from ledger.crossref.study import Study
from ledger.crossref.wording import Finding
from ledger.crossref.wording_pairs import Difference
from ledger.crossref.wordlists import ORGANISED, UNNAMED
from ledger.errors import BadInput
from ledger.lexicon import words as entries
from ledger.records import Apart, Claim, Pair, Quantity, Request, Search, Span, Statement, replace
from ledger.text import agreeing, doubts
from ledger.vocabulary import Agreement, Basis, Checked, Relation, Stance, Supports

STATES: Table = {
    "new": "not checked yet",
    "checking": "being checked",
    "waiting": "waiting for a reply",
    "ready": "checked",
    "dropped": "no longer followed",
    "published": "published",
}

KINDS = {
    Relation.CONFLICTS: "contradicts",
    Relation.SUPPORTS: "supports",
    Relation.UPDATES: "updates",
    Relation.REPEATS: "repeats",
    Relation.DOES_NOT_CONTRADICT: "does not contradict",
    Relation.NOT_COMPARABLE: "cannot be compared with",
}


ARTICLED = entries("names", "particles") | {"the"}
"""What a name may begin with that leaves no place for an article."""


def named(family: Family) -> str:
    """A source's name as it stands in a sentence; a description in quotation marks, since it is the article's."""
    if family.standing is Standing.ANONYMOUS:
        return theirs(family.name) if family.label else quotation(family.name)
    words = family.name.split()
    organised = len(words) > 1 and not family.outlets and bool(ORGANISED & {w.casefold() for w in words})
    articled = words[0].casefold().partition("-")[0] in ARTICLED  # "el Ministerio", "al-Sisi"
    articled = articled or family.name.startswith(NO_OUTLET)
    bare = (organised or family.name[:1].islower()) and not articled
    return t("the {name}", name=theirs(family.name)) if bare else _known_as(family)


def _known_as(family: Family) -> str:
    """A source's name, or those of the outlets that have one passage in their own voice."""
    return first_few([theirs(name) for name in family.outlets]) or outlet(family.name)


def first_few(names: Sequence[str], *last: str) -> str:
    """Up to four names in a row; of more the first three, and how many others; then what stands last in any case."""
    few = names if len(names) < 5 else [*names[:3], count("{n} other", "{n} others", len(names) - 3)]
    return listed([*few, *last])


def outlet(name: str | None) -> str:
    """An outlet's name, or that it has none, and which article it is of."""
    if name is None:
        return t(NO_OUTLET)
    article = name.removeprefix(f"{NO_OUTLET}, ")
    return theirs(name) if article == name else t("the unnamed outlet of {article}", article=article)


def box(family: Family) -> str:
    """Who stands in a picture for a source."""
    if family.standing is not Standing.UNKNOWN:
        return _known_as(family)
    _, perhaps, agency = family.name.partition(PERHAPS)
    return t("unknown, perhaps {agency}", agency=theirs(agency)) if perhaps else t("somebody, not read")


def according(family: Family) -> str:
    """Whose figure it is, as far as the articles say: "according to X, a party to the matter"."""
    if names_nobody(family):
        return _party(family, t("as {source} states, no source named", source=named(family)))
    if family.standing is Standing.UNKNOWN:
        return t("of unknown origin")
    if family.standing is Standing.ANONYMOUS and not UNNAMED & set(family.name.casefold().split()):
        return t("according to {source}, not named", source=named(family))
    return _party(family, t("according to {source}", source=named(family)))


def _party(family: Family, said: str) -> str:
    if not family.party:
        return said
    if family.side:
        return t("{source}, a party to the matter ({side})", source=said, side=theirs(family.side))
    return t("{source}, a party to the matter", source=said)


def heading(family: Family) -> str:
    """A source with how it is known: "“a military source”, not named"."""
    match family.standing:
        case Standing.ANONYMOUS:
            unnamed = UNNAMED & set(family.name.casefold().split())
            return named(family) if unnamed else t("{source}, not named", source=named(family))
        case Standing.PUBLISHER if names_nobody(family):
            return unsourced(_known_as(family))
        case Standing.UNKNOWN:
            _, perhaps, agency = family.name.partition(PERHAPS)
            return (
                t("Origin unknown, perhaps {agency}", agency=theirs(agency))
                if perhaps
                else t("Origin unknown: somebody, not read")
            )
        case _:
            return theirs(family.name)


def called(family: Family) -> str:
    """A source by its heading, outlets that name nobody by their names alone."""
    return _known_as(family) if names_nobody(family) else heading(family)


def names_nobody(family: Family) -> bool:
    """True for outlets that say it in their own voice, for whom no other article answers either."""
    return family.standing is Standing.PUBLISHER and not family.relayed


def unsourced(outlets: str) -> str:
    """Outlets as those who say it, since they name nobody; elsewhere in the article they may."""
    return t("{source}, no source named", source=outlets)


def not_said_line(claim: Claim) -> str:
    """A claim that was looked up and not found with its source, and who looked."""
    check = claim.check
    assert check is not None  # noqa: S101  only claims with a check are told so
    own = theirs(claim.publisher) if claim.publisher and claim.attribution_read else t("its source")
    source = theirs(claim.attribution[-1].source) if claim.attribution else own
    words = quoted(claim)
    if claim.publisher and claim.attribution:
        words = t("{words}, as {outlet} has it", words=words, outlet=theirs(claim.publisher))
    given = {"source": source, "words": words, "id": claim.id, "who": theirs(check.by), "day": day(check.at)}
    if not check.because:
        return t("Not found with {source}: {words} ({id}, checked by {who}, {day}).", **given)
    return t(
        "Not found with {source}: {words} ({id}, checked by {who}, {day}: {reason}).",
        reason=theirs(" ".join(check.because.split())),
        **given,
    )


def quoted(claim: Claim) -> str:
    """The words of a claim in quotation marks, cut where they are long."""
    return quotation(shortened(claim.exact))


def in_quotes(words: str) -> str:
    """The words in quotation marks, unless they have some."""
    return words if QUOTES & set(words) or words.endswith(_ours()) else t("“{words}”", words=words)


QUOTES = frozenset("“«[")
"""Marks of words that stand as they are: a quotation, or what the desk put in brackets."""


def _ours() -> str:
    """What stands behind a figure of the desk's own, which nobody said."""
    return t("{figure} (our figure)", figure="")


def in_its_words(found: Study, claim: str) -> str:
    """The figure or answer; one that the desk put in its own words stands behind those that it was read from."""
    words = figure_words(found.statements[claim])
    if words and not words.startswith("["):
        return words
    said = quotation(shortened(found.claim(claim).exact, MOST_WORDS))
    return t("{words}, read as {answer}", words=said, answer=words) if words else said


def tellers(found: Study, claims: Sequence[str]) -> str:
    """The outlets of these claims; those that have it in other words than the ones printed are told apart."""
    named_so = found.outlets(in_one_wording(found, claims))
    told = first_few([outlet(o) for o in named_so])
    if others := [outlet(o) for o in found.outlets(claims) if o not in named_so]:
        return t("{outlets}; worded differently in {others}", outlets=told, others=first_few(others))
    return told


def in_one_wording(found: Study, claims: Sequence[str]) -> list[str]:
    """Those of the claims that have the words, or the figure in its unit and with its hedge, that the first one has."""
    lead, statement = found.claim(claims[0]), found.statements[claims[0]]
    if (q := statement.quantity) is not None:
        mine = (q.low, q.high, q.unit, q.approximate)
        figures = ((c, found.statements[c].quantity) for c in claims)
        return [c for c, its in figures if its and (its.low, its.high, its.unit, its.approximate) == mine]
    words = figure_words(statement)
    short = bool(words) and not words.startswith("[") and words != quoted(lead)
    said = _plain(statement.answer or "") if short else ""
    said = said if said and said in _plain(lead.exact) else _plain(lead.exact)
    return [c for c in claims if said in _plain(found.claim(c).exact)]


def _plain(text: str) -> str:
    return " ".join(unmarked(text).casefold().split())


MOST_WORDS = 120
"""Characters of a claim that show what an answer was read from."""


def told_as_held(found: Study, claim: str) -> bool:
    """True where the source denies, doubts, asks or announces, and does not merely say what denies it."""
    return found.statements[claim].held is not None and found.claim(claim).stance is not Stance.ASSERTS


def spoken(claim: Claim) -> str:
    """The words of a claim as its source holds them, never ours: in quotation marks, or "X denies that “...”"."""
    return quoted(claim) if claim.stance is Stance.ASSERTS else replace(claim, says=None).told


def headline(claim: Claim) -> str:
    """The words of a claim with whose they are said to be: a claim is never a headline of ours."""
    who, by = (theirs(claim.attribution[-1].source) if claim.attribution else "", outlet(claim.publisher))
    if who and claim.check and claim.check.value == Checked.NO:
        return t("{words}, which {outlet} gives to {who}, was not found there", words=quoted(claim), who=who, outlet=by)
    if claim.stance is not Stance.ASSERTS or not claim.attribution_read:
        return spoken(claim)
    if who and not _is_speech(claim) and claim.publisher and who != by:
        return t("{words}, {outlet} reports, citing {who}", words=quoted(claim), who=who, outlet=by)
    if who:
        if agreeing(who, "says") != "says":
            return t("{words}, say {who}", words=quoted(claim), who=who)
        return t("{words}, says {who}", words=quoted(claim), who=who)
    if not claim.publisher or agency_hint(claim.credit_line):  # who says it is not known
        return quoted(claim)
    return t("{words}, writes {who}", words=quoted(claim), who=theirs(claim.publisher))


SPEECH = re.compile(r"[“«„‘]|(?<!\w)[\"']")
"""What opens a quotation."""


def _is_speech(claim: Claim) -> bool:
    """True where the words stand in quotation marks that open with them or shortly before."""
    if SPEECH.match(claim.exact):
        return True
    opened = claim.prefix.rstrip()
    return bool(opened) and SPEECH.match(opened, len(opened) - 1) is not None


def width(pair: Pair) -> Decimal:
    """How far apart the two are, in percent of the larger."""
    return Decimal(pair.gap.percent or "0") if pair.gap else Decimal(0)


def conflict_line(found: Study, pair: Pair, *, figures: bool = True) -> str:
    """Two claims that contradict each other, and by how much."""
    a, b = (who(found, c) if figures else named(found.family(c)) for c in (pair.a, pair.b))
    if pair.set_by:
        return capital(
            t("{a} and {b} contradict each other, in the judgement of {who}.", a=a, b=b, who=theirs(pair.set_by))
        )
    gap, ahead = (
        gap_of(pair.gap, *(found.statements[c].quantity for c in (pair.a, pair.b))),
        of_plan(found, pair.a, pair.b),
    )
    if ahead and gap:
        said = t(
            "{a} and {b} differ by {gap}; {source} tells what was planned or expected.", a=a, b=b, gap=gap, source=ahead
        )
    elif ahead:
        said = t("{a} and {b} differ; {source} tells what was planned or expected.", a=a, b=b, source=ahead)
    elif gap:
        said = t("{a} and {b} differ by {gap}.", a=a, b=b, gap=gap)
    elif pair.reason == "denies":
        said = t("{b} answers with a denial, {a} does not.", **_denier_last(found, pair, a, b))
    elif pair.reason in CONTRARY:
        said = t("{a} and {b} contradict each other.", a=a, b=b)
    else:
        said = t("{a} and {b} differ.", a=a, b=b)
    return capital(said)


CONTRARY = frozenset({"denial", "one_of", "only", "bound_flipped"})
"""Reasons for which one says what the other rules out; vague words, days and places only differ."""


def _denier_last(found: Study, pair: Pair, a: str, b: str) -> dict[str, str]:
    first = found.statements[pair.a]
    return {"a": b, "b": a} if denies(first.said or first.answer or "") else {"a": a, "b": b}


def of_plan(found: Study, a: str, b: str) -> str | None:
    """Who of two tells what was planned, where the other tells what was."""
    ahead = [c for c in (a, b) if found.statements[c].planned]
    return named(found.family(ahead[0])) if len(ahead) == 1 else None


def support_line(found: Study, pair: Pair, *, figures: bool = True) -> str:
    """Which of two claims from separate sources supports the other, and which way."""
    a, b = (who(found, c) if figures else named(found.family(c)) for c in (pair.a, pair.b))
    if pair.set_by:
        return capital(
            t("{a} and {b} support each other, in the judgement of {who}.", a=a, b=b, who=theirs(pair.set_by))
        )
    if pair.agreement == "agree":
        denied = pair.reason == "both_deny"
        return capital(
            t("{a} and {b} deny the same.", a=a, b=b) if denied else t("{a} and {b} say the same.", a=a, b=b)
        )
    inner, outer, lies = (a, b, pair.a) if pair.supports == "a" else (b, a, pair.b)
    if found.family(lies).party:  # its own word is no support from outside
        return t(
            "The figure of {inner}, a party to the matter, does not contradict that of {outer}.",
            inner=inner,
            outer=outer,
        )
    return t("The figure of {inner} does not contradict that of {outer}, and supports it.", inner=inner, outer=outer)


def who(found: Study, claim: str) -> str:
    figure = figure_words(found.statements[claim]) or t("no figure")
    return t("{source} ({figure})", source=named(found.family(claim)), figure=figure)


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
    "revised": "the count was still running: the source's own later figure revises its earlier one",
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
    "disjoint": "no figure fits both",
    "dated_differently": "the same figure, given for other dates",
    "same_answer": "they give the same answer",
    "unspecific": "one of them leaves open what the other states",
    "other_facet": "they answer different sides of the matter, and both can be true",
    "denial": "one denies what the other states",
    "denies": "one answers with a denial, the other does not",
    "words_differ": "they differ in words: to be read",
    "coarser": "one says it more exactly, and both can be true",
    "off_point": "one may be about something else than the question: to be read",
    "spelling": "a name is spelt in two ways: to be read",
    "qualified": "one holds for a time or in part only: to be read",
    "zone": "one names its time zone, the other does not: to be read",
    "other_time": "the times lie apart",
    "direction": "the directions differ",
    "one_of": "only one of them can be true",
    "only": "one says that there is nothing else, the other names more",
    "scope": "they are about different parts of the matter",
    "status": "one figure is only suspected: to be read",
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
    "scope": "it is about somebody or something else",
    "off_point": "its words do not show that it is about what is asked",
    "planned": "it is of what was planned or expected, the others are not, or the other way round",
    "measure_unknown": "what is counted was not read of it, or of what it was compared with",
    "unit_unknown": "the unit was not read of it, or of what it was compared with",
    "population_unknown": "of whom it is was not read of it, or of what it was compared with",
    "place_unknown": "where it is was not read of it, or of what it was compared with",
    "scope_unknown": "the words beside it, or beside the rest, narrow what is counted",
    "measure": "it counts something else",
    "unit": "it counts another thing or is in another unit",
    "population": "it is about other people or another side",
    "place": "it is told of another place",
    "window": "it is about another period",
    "counting": "it counts only what was added, the others the total",
    "vague_whole": "the words are too vague to compare",
    "part_of": "it may be a part of what the others count, or they of it",
    "part_above_whole": "the figure for a part is above the one for the whole",
}


def gap_words(gap: Apart | None) -> str:
    """How far apart, in words: "at least 50 (11 % of the larger)"; empty where there is no distance."""
    if gap is None or Decimal(gap.absolute) == 0:
        return ""
    if not gap.percent or gap.least or gap.about or (gap.unit in (None, "", *SINGLE) and Decimal(gap.absolute) < FEW):
        return distance(gap)
    return t("{gap} ({percent} % of the larger)", gap=distance(gap), percent=_percent(gap.percent))


def gap_of(gap: Apart | None, a: Quantity | None, b: Quantity | None) -> str:
    """The same, of a bare 1 with what is counted: "1 in the number of countries"."""
    nouns = {(q.counts or "").casefold() for q in (a, b) if q}
    if gap and not gap.unit and Decimal(gap.absolute) == 1 and len(nouns) == 1 and "" not in nouns:
        return t("{gap} in the number of {noun}", gap=gap_words(gap), noun=theirs(*nouns))
    return gap_words(gap)


FEW = 5
"""Things below which a share of them tells nothing."""


def distance(gap: Apart | quantity.Gap) -> str:
    """The distance with its unit where it measures: "at least 50", "1.2 km"."""
    figure = number(Decimal(gap.absolute))
    if Decimal(gap.absolute) == 1 and gap.unit in SINGLE:
        figure = t(SINGLE[gap.unit])
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


SINGLE: Table = {
    "years": "one year",
    "months": "one month",
    "weeks": "one week",
    "days": "one day",
    "hours": "one hour",
    "minutes": "one minute",
    "seconds": "one second",
}


# --- wording ----------------------------------------------------------------------------------------------------------


def difference(found: Study, d: Difference) -> str:
    """A wording difference with the outlets and how its claims are known to rest on one source; printed nowhere without."""
    first, second = (found.claim(c) for c in (d.origin, d.version))
    one, other = (outlet(outlet_of(c)) for c in (first, second))
    if one == other:
        within = first.article == second.article
        one = t("one place of {outlet}", outlet=one) if within else t("one article of {outlet}", outlet=one)
        other = t("another")
    own = d.finding.code == "own_voice" and not first.attribution
    told = replace(d.finding, code="own_words") if own else d.finding
    return t("{said}; {basis}", said=wording(told, one=one, other=other), basis=_rests(found, d))


def _both(found: Study, d: Difference) -> str:
    """Whom both claims name, the innermost first; or that one of the two credits the other's outlet."""
    first, second = found.claim(d.origin), found.claim(d.version)
    a, b = ([h.source for h in reversed(c.attribution)] for c in (first, second))
    shared = next((name for name in a if name in b), None)
    family = found.family(d.origin)
    if shared is None and not first.attribution and first.publisher in b:
        return t("the one is its own text, the other names it")
    if shared is None and (second.publisher in a or (first.publisher in b and first.publisher != family.name)):
        return t("the one has it from the other")
    return t(
        "both name {source}", source=named(replace(family, name=shared) if shared and not nameless(shared) else family)
    )


def _rests(found: Study, d: Difference) -> str:
    source = named(found.family(d.origin))
    match d.basis:
        case Basis.COPIED:
            return t("in a passage that both print nearly word for word")
        case Basis.RETOLD:
            return t("in sentences that are worded much alike")
        case Basis.ONE_TEXT:
            credited = [bool(found.claim(c).attribution) for c in (d.origin, d.version)]
            if all(credited):
                return _both(found, d)
            return t("in one text") if any(credited) else t("both in its own voice")
        case Basis.RESTATED:
            version = found.claim(d.version)
            if version.article == found.claim(d.origin).article:
                if version.attribution:
                    other = named(found.family(d.version))
                    return t(
                        "in one text, which names {source} for the first and {other} for the other",
                        source=source,
                        other=other,
                    )
                return t("in one text, which names {source} for the first only", source=source)
            by = outlet(outlet_of(version))
            return t("{outlet} credits such a figure to {source} in another sentence", outlet=by, source=source)
        case Basis.SAID:
            return t("one source, as a person said")
        case Basis.NAMED:
            return _both(found, d)


def wording(finding: Finding, *, one: str = "", other: str = "") -> str:
    """What differs between two versions of one claim: "one figure, hedged differently: “at least 400”, “400”"."""
    given = {name: _told(name, value) for name, value in finding.given.items()}
    return t(WORDING[finding.code], **{**given, "one": one or t("the one"), "other": other or t("the other")})


WORDING: Table = {
    "unit": "the number is given in another unit: {a} {a_unit} in {one}, {b} {b_unit} in {other}",
    "counts_other": "the figure counts something else: {a} {a_measure} in {one}, {b} {b_measure} in {other}",
    "scope": "said of {a} in {one}, of {b} in {other}",
    "flipped": "“{a}” in {one} became “{b}” in {other}",
    "hedge": "one figure, hedged differently: “{a}” in {one}, “{b}” in {other}",
    "both_current": "{a} in {one} and {b} in {other}, and neither is marked as superseded",
    "figure_differs": "the figure differs: {a} in {one}, {b} in {other}",
    "window": "{figure} is given for {nearer} in {one}, for {when} in {other}",
    "answer_differs": "“{a}” in {one}, “{b}” in {other}",
    "own_voice": "{one} has it from {source}, {outlet} says it in its own voice",
    "own_words": "{source} publishes it, {outlet} says it in its own voice",
    "source_became": "{a} is credited in {one}, {b} in {other}",
    "nameless_became": "{a} is credited in {one}, {b} in {other}",
    "relay_gone": "{relay}, through which {source} is quoted in {told}, is not named in {without}",
    "relays": "{a} is said to have it from {source} in {one}, {b} in {other}",
    "relay_once": "{source} is quoted through {relay} in {told} and directly in {without}",
    "word_became": "“{a}” in {one}, “{b}” in {other}",
    "doubt_gone": "“{word}” stands in {one} and not in {other}",
    "doubt_come": "“{word}” stands in {other} and not in {one}",
    "plan_will": "“{a}” in {one}, “will” in {other}",
    "refusal_denied": "“{a}” in {one}, a denial in {other}",
    "denial_of_all": "“{b}” stands in the denial in {other} and not in {one}",
    "limit_gone": "“{word}” stands in the denial in {one} and not in {other}",
    "day": "“{a}” in {one}, “{b}” in {other}",
    "zone": "{time} is given as “{a}” in {one}, as “{b}” in {other}",
    "part_gone": "the count is of “{word}” in {one}, which does not stand beside it in {other}",
    "place_gone": "“{word}” stands beside the count in {one}, not beside it in {other}",
    "came_gone": "in {one} the speaker says of those counted “{word}”; the figure stands without it in a sentence of {other}",
    "name": "the name is spelt “{a}” in {one}, “{b}” in {other}",
    "quote_word": "inside the quotation marks “{a}” in {one}, “{b}” in {other}",
    "quote_boundary": "of {one} and {other} one alone has “{words}” inside the quotation marks",
}
"""A sentence without its full stop for each code of a wording difference."""

NOT_GIVEN: Table = {
    "outlet": "the outlet",
    "told": "one outlet",
    "without": "another",
    "a": "something else",
    "b": "something else",
    "when": "no stated period",
    "nearer": "no stated period",
}


def _told(name: str, value: object) -> str:
    """What a finding rests on, as words."""
    match value:
        case Quantity():
            return quantity.interval_words(value)
        case Span():
            return dates.window_words(value)
        case str() if value:
            return known(value) if name.endswith(("_unit", "_measure")) else theirs(value)
    return t(NOT_GIVEN[name]) if name in NOT_GIVEN else ""


# --- origins ----------------------------------------------------------------------------------------------------------


def traced_words(low: int, high: int) -> str:
    """The interval as people read it: "traced to 1 to 3 separate sources"."""
    if high == 0:
        return t("traced to no source")
    if low == high:
        return count("traced to {n} source", "traced to {n} separate sources", low)
    return count("traced to {low} to {n} separate source", "traced to {low} to {n} separate sources", high, low=low)


def why_traced(traced: Traced) -> str:
    """Why there may be fewer sources than names: who is known to be separate, and who may be one of these."""
    named_ones = [f for f in traced.families if f.standing is Standing.NAMED]
    groups = [[f for f in named_ones if f.key in keys] for keys in traced.together]
    told = [_with_the_like([named(f) for f in g]) for g in groups]
    nobody = Counter(named(f) for f in traced.families if f.standing is Standing.ANONYMOUS)
    unnamed = [
        t("{source} (not named)", source=name)
        if n == 1
        else t("{source} (not named, in {n} articles)", source=name, n=n)
        for name, n in nobody.items()
    ]
    other = [f for f in traced.families if f.standing in (Standing.PUBLISHER, Standing.UNKNOWN)]
    relayed = [named(f) for f in other if f.relayed]
    if not told and not (unnamed or relayed):
        return t("No outlet names a source for it: all may have it from one, or each from its own.")
    silent = [*_silent([f for f in other if not f.relayed])]
    if not told:
        others = first_few([*unnamed, *relayed], *silent)
        return t("All may have it from one source, or each from its own: {others}.", others=others)
    least = t("At least {n}: {names}.", n=traced.low, names=first_few(told))
    if not (unnamed or relayed or silent):
        return f"{least} {t('Up to {n} if those are separate.', n=traced.high)}"
    folded = [named(f) for g in groups for f in g[1:]]
    others = first_few([*folded, *unnamed, *relayed], *silent)
    return f"{least} {t('Up to {n}, if also separate: {others}.', n=traced.high, others=others)}"


def _silent(families: Sequence[Family]) -> Iterator[str]:
    """How many outlets name no source, and as how many they count where some print nearly the same words."""
    outlets = len({name for f in families for name in f.outlets or (f.key,)})
    if families:
        bare = count("{n} outlet that names no source for it", "{n} outlets that name no source for it", outlets)
        alike = t("{outlets} (counted as {n}, since some print nearly the same words)", outlets=bare, n=len(families))
        yield bare if outlets == len(families) else alike


def _with_the_like(names: Sequence[str]) -> str:
    """A source, and who may be the same."""
    return (
        t("{name} (which may be one with {others})", name=names[0], others=first_few(names[1:]))
        if names[1:]
        else names[0]
    )


# --- words --------------------------------------------------------------------------------------------------------


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def _names_nobody(claim: Claim) -> bool:
    """True where the article names no source, not merely where the one it names was not read."""
    return not claim.attribution and claim.attribution_read


# --- what is not known -----------------------------------------------------------------------------------------------


def unknown(found: Study, requests: Iterable[Request], searches: Iterable[Search]) -> Iterator[str]:
    """What the reader should know that nobody knows."""
    low, high = found.traced.low, found.traced.high
    if low != high:
        yield t("How many separate sources these are. {why}", why=why_traced(found.traced))
    elif high == 1 and len(found.claims) > 1:
        yield t("Whether anybody else can confirm it: no second source is filed under this question.")
    silent = [f for f in found.traced.families if f.standing in (Standing.PUBLISHER, Standing.UNKNOWN)]
    credited = set(found.outlets(c.id for c in found.claims if c.attribution))  # elsewhere in the same outlet
    bare = found.outlets(c for f in silent for c in f.claims if _names_nobody(found.claim(c)))
    if told := [outlet(o) for o in bare if o not in credited]:
        names = first_few(told)
        yield count(
            "From whom {names} has it: no source is named where it says so.",
            "From whom {names} have it: no source is named where they say so.",
            len(told),
            names=names,
        )
    yield from _to_check([c for c in found.claims if c.unsure])
    loose = [c.id for c in found.claims if not c.anchored]
    if loose:
        yield t(
            "The exact words behind {some} of {all} claims: there is no saved copy to check them against.",
            some=len(loose), all=len(found.claims),
        )  # fmt: skip
    if found.answer is None:
        yield t("What the answer is: nobody has given one yet.")
    for request in requests:
        if not request.replied:
            source, asked = theirs(request.source), day(request.asked_at)
            yield t("What {source} replies: asked on {day}, no reply so far.", source=source, day=asked)
    for search in searches:
        sought = theirs(search.sought)
        if search.failed:
            why = theirs(search.failed)
            yield t("What a search for “{what}” would have found: it failed ({why}).", what=sought, why=why)
        elif not search.found:
            where, at = listed([theirs(w) for w in search.where]), day(search.searched_at)
            yield t("A search for “{what}” in {where} found nothing ({day}).", what=sought, where=where, day=at)


def _to_check(unsure: list[Claim]) -> Iterator[str]:
    """Whose reading nobody has checked, and what of it; from the fourth on the claims are only named."""
    for claim in unsure[:3]:
        unchecked = listed(doubts(claim.unsure))
        yield t("How {id} is to be read: nobody has checked {what}.", id=claim.id, what=unchecked)
    if rest := [c.id for c in unsure[3:]]:
        yield count(
            "How {ids} is to be read, which nobody has checked either.",
            "How {ids} are to be read, which nobody has checked either.",
            len(rest),
            ids=listed(rest),
        )


def day(at: str) -> str:
    """A time as a day in words: "27 March 2016"; what is no date stays as it is."""
    try:
        return dates.window_words(Span(at[:10], at[:10]))
    except BadInput:
        return theirs(at)
