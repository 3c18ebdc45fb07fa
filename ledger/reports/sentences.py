"""The sentences of a report: each composed from a code of cross-reference and what that rests on.

A sentence says what was said and by whom, never that it is so.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from decimal import ROUND_HALF_UP, Decimal

from ledger import dates, quantity
from ledger.catalogue import Table, count, listed, t
from ledger.crossref.compare import Comparison
from ledger.crossref.origins import Family, Standing
from ledger.crossref.statements import figure_words, shortened
from ledger.crossref.study import Study
from ledger.crossref.wording import Finding
from ledger.crossref.wording_pairs import Difference
from ledger.crossref.wordlists import ORGANISED
from ledger.records import Apart, Claim, Pair, Quantity, Request, Search, Span, Statement, replace
from ledger.text import agreeing, doubts
from ledger.vocabulary import Agreement, Basis, Relation, Stance, Supports

STATES: Table = {
    "new": "not checked yet",
    "checking": "being checked",
    "waiting": "waiting for a reply",
    "ready": "checked",
    "dropped": "no longer followed",
}

KINDS: Table = {
    Relation.CONFLICTS: "contradicts",
    Relation.SUPPORTS: "supports",
    Relation.UPDATES: "updates",
    Relation.REPEATS: "repeats",
    Relation.DOES_NOT_CONTRADICT: "does not contradict",
    Relation.NOT_COMPARABLE: "cannot be compared with",
}


def named(family: Family) -> str:
    """A source's name as it stands in a sentence; a description in quotation marks, since it is the article's."""
    if family.standing is Standing.ANONYMOUS:
        return f"“{family.name}”"
    words = family.name.split()
    organised = len(words) > 1 and bool(ORGANISED & {w.casefold() for w in words}) and words[0].casefold() != "the"
    return f"the {family.name}" if organised else family.name


def according(family: Family) -> str:
    """Whose figure it is, as far as the articles say: "according to X, a party to the matter"."""
    if family.standing is Standing.PUBLISHER:
        return f"as {named(family)} states without naming a source{_party(family)}"
    if family.standing is Standing.UNKNOWN:
        return "of unknown origin"
    if family.standing is Standing.ANONYMOUS:
        return f"according to {named(family)}, not named"
    return f"according to {named(family)}{_party(family)}"


def _party(family: Family) -> str:
    if not family.party:
        return ""
    return f", a party to the matter ({family.side})" if family.side else ", a party to the matter"


def heading(family: Family) -> str:
    """A source with how it is known: "“a military source”, not named"."""
    match family.standing:
        case Standing.ANONYMOUS:
            return f"{named(family)}, not named"
        case Standing.PUBLISHER:
            return f"{family.name}, naming no source"
        case Standing.UNKNOWN:
            rest = family.name.removeprefix("unknown").strip()
            return f"Origin unknown: {rest}" if rest == family.name else f"Origin unknown {rest}".strip()
        case Standing.NAMED:
            return family.name


def not_said_line(claim: Claim) -> str:
    """A claim that was looked up and not found with its source, and who looked."""
    check = claim.check
    assert check is not None  # noqa: S101  only claims with a check are told so
    own = claim.publisher if claim.attribution_read else None
    source = claim.attribution[-1].source if claim.attribution else own or "its source"
    where = f", as {claim.publisher} has it" if claim.publisher and claim.attribution else ""
    because = f": {' '.join(check.because.split())}" if check.because else ""
    return f"Not found with {source}: {quoted(claim)}{where} ({claim.id}, checked by {check.by}, {day(check.at)}{because})."


def quoted(claim: Claim) -> str:
    """The words of a claim in quotation marks, cut where they are long."""
    return f"“{shortened(claim.exact)}”"


def spoken(claim: Claim) -> str:
    """The words of a claim as its source holds them, never ours: in quotation marks, or "X denies that “...”"."""
    return quoted(claim) if claim.stance is Stance.ASSERTS else replace(claim, says=None).told


def headline(claim: Claim) -> str:
    """The words of a claim with whose they are said to be: a claim is never a headline of ours."""
    if claim.stance is not Stance.ASSERTS or not claim.attribution_read:
        return spoken(claim)
    who = claim.attribution[-1].source if claim.attribution else claim.publisher
    verb = agreeing(who or "", "says") if claim.attribution else "writes"
    return f"{quoted(claim)}, {verb} {who}" if who else quoted(claim)


def width(pair: Pair) -> Decimal:
    """How far apart the two are, in percent of the larger."""
    return Decimal(pair.gap.percent or "0") if pair.gap else Decimal(0)


def conflict_line(found: Study, pair: Pair, *, figures: bool = True) -> str:
    """Two claims that contradict each other, and by how much."""
    a, b = (who(found, c) if figures else named(found.family(c)) for c in (pair.a, pair.b))
    if pair.set_by:
        return f"{capital(a)} and {b} contradict each other, in the judgement of {pair.set_by}."
    gap = gap_words(pair.gap)
    return f"{capital(a)} and {b} {'differ by ' + gap if gap else 'contradict each other'}."


def support_line(found: Study, pair: Pair, *, figures: bool = True) -> str:
    """Which of two claims from separate sources supports the other, and which way."""
    a, b = (who(found, c) if figures else named(found.family(c)) for c in (pair.a, pair.b))
    if pair.set_by:
        return f"{capital(a)} and {b} support each other, in the judgement of {pair.set_by}."
    if pair.agreement == "agree":
        return f"{capital(a)} and {b} {'deny' if pair.reason == 'both_deny' else 'say'} the same."
    inner, outer = (a, b) if pair.supports == "a" else (b, a)
    return f"The figure of {inner} lies within that of {outer}, and so supports it."


def who(found: Study, claim: str) -> str:
    return f"{named(found.family(claim))} ({figure_words(found.statements[claim]) or 'no figure'})"


# --- comparisons ------------------------------------------------------------------------------------------------------


def comparison_words(comparison: Comparison, a: Statement, b: Statement, *, same_origin: bool | None = None) -> str:
    """One plain sentence: "450 lies inside at least 400: it supports it"."""
    mine, its = _shown(a), _shown(b)
    why = reason_words(comparison.reason, measures=comparison.measures)
    match comparison.agreement:
        case Agreement.AGREE:
            return f"both say {mine}"
        case Agreement.INCOMPARABLE:
            return f"{mine} and {its} cannot be compared: {why}"
        case Agreement.COMPATIBLE:
            return _compatible_words(comparison, mine, its, separate=same_origin is not True)
        case Agreement.CONFLICT:
            if comparison.reason == "decreasing" and same_origin:
                why = "revised down"
            return f"{mine} against {its}: {_differing(comparison.gap)}{why}"


def _shown(statement: Statement) -> str:
    if statement.unstated is not None:
        return f"{NOT_STATED[statement.stance]} {quantity.interval_words(statement.unstated)}"
    if statement.quantity is not None:
        return quantity.interval_words(statement.quantity)
    return f"“{statement.answer}”" if statement.answer else "a statement without a figure"


NOT_STATED: Table = {
    Stance.DENIES: "a denial of",
    Stance.DOUBTS: "a doubt of",
    Stance.ASKS: "a question about",
    Stance.ANNOUNCES: "an announcement of",
}


def _compatible_words(comparison: Comparison, mine: str, its: str, *, separate: bool) -> str:
    inside, other = (mine, its) if comparison.supports is Supports.A else (its, mine)
    if comparison.supports in (Supports.A, Supports.B):
        return f"{inside} lies inside {other}: " + ("it supports it" if separate else "one source says both")
    return f"{mine} does not contradict {its}: {reason_words(comparison.reason)}"


def _differing(gap: quantity.Gap | None) -> str:
    """The gap as "they differ by 5, 1 %; "; nothing where there is no edge to measure from."""
    if gap is None or gap.absolute == "0":
        return ""
    share = f", {_percent(gap.percent)} %" if gap.percent and not (gap.least or gap.about) else ""
    return f"they differ by {distance(gap)}{share}; "


def _percent(percent: str) -> str:
    value = Decimal(percent)
    return str(value.quantize(Decimal(1), ROUND_HALF_UP)) if value >= 1 else percent


REASONS: Table = {
    "measure": "they count different things",
    "unit": "they are in different units",
    "population": "they are about different people or sides",
    "place": "they are about different places",
    "window": "they are about different periods",
    "counting": "one is a total, the other only what was added",
    "as_of": "the count may have gone on between the two, and the later figure is the higher",
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

DISTINCT = {
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
    known = frozenset(m for m in measures if m)
    if reason == "measure" and len(known) == 2:
        return DISTINCT.get(known) or f"{' and '.join(sorted(known))} are different things"
    return REASONS.get(reason or "", "")


def apart_words(reason: str) -> str:
    """Why a figure is not on one scale with the others, after "it is": "about a different period"."""
    return APART.get(reason) or reason_words(reason)


APART: Table = {
    "scope": "it is about another part of the matter",
    "off_point": "it may be about something else than the question",
    "measure_unknown": "what it counts is not said",
    "unit_unknown": "its unit is not said",
    "population_unknown": "of whom it is is not said",
    "place_unknown": "where it is of is not said",
    "scope_unknown": "the words beside it narrow it",
    "measure": "it counts something else",
    "unit": "it is in another unit",
    "population": "it is about other people or another side",
    "place": "it is about another place",
    "window": "it is about another period",
    "counting": "it counts only what was added, the others the total",
    "vague_whole": "the words are too vague to compare",
    "part_of": "it is a part of what the others count",
    "part_above_whole": "it is given for a part, yet it is above the others",
}


def gap_words(gap: Apart | None) -> str:
    """How far apart, in words: "at least 50 (11 % of the larger)"; empty where there is no distance."""
    if gap is None or Decimal(gap.absolute) == 0:
        return ""
    exact = not (gap.least or gap.about)
    return distance(gap) + (f" ({_percent(gap.percent)} % of the larger)" if gap.percent and exact else "")


def distance(gap: Apart | quantity.Gap) -> str:
    """The distance with its unit where the figures are in two: "at least 50", "1.2 km"."""
    hedge = "at least " if gap.least else "about " if gap.about else ""
    return f"{hedge}{Decimal(gap.absolute):,f}" + (f" {gap.unit}" if gap.unit else "")


# --- wording ----------------------------------------------------------------------------------------------------------


def difference(found: Study, d: Difference) -> str:
    """A wording difference with the outlets and how its claims are known to rest on one source; printed nowhere without."""
    first, second = (found.claim(c) for c in (d.origin, d.version))
    one, other = (c.publisher or "an outlet" for c in (first, second))
    within = first.article == second.article
    if one == other:
        one, other = (f"one {'place' if within else 'article'} of {one}", "another")
    template = WORDING[d.finding.code]
    said = wording(d.finding, one=one, other=other)
    if "{other}" not in template and "{without}" not in template:
        said = f"within {second.publisher or 'one text'}, {said}" if within else f"in {other}, {said}"
    return f"{said}; {_rests(found, d)}"


def _rests(found: Study, d: Difference) -> str:
    source = named(found.family(d.origin))
    match d.basis:
        case Basis.COPIED:
            return "in a passage that both print nearly word for word"
        case Basis.RETOLD:
            return "in sentences that share most of their words"
        case Basis.ONE_TEXT:
            return "in one text"
        case Basis.RESTATED:
            version = found.claim(d.version)
            if version.article == found.claim(d.origin).article:
                return f"in one text, which credits the figure to {source}"
            return f"{version.publisher or 'the other'} credits the figure to {source} in another sentence"
        case Basis.SAID:
            return "one source, as a person said"
        case Basis.NAMED:
            return f"both name {source}"


def wording(finding: Finding, *, one: str = "the one", other: str = "the other") -> str:
    """What differs between two versions of one claim: "the hedge is gone: “at least 400” against “400”"."""
    given = {name: _told(name, value) for name, value in finding.given.items()}
    return WORDING[finding.code].format_map(given | {"one": one, "other": other})


WORDING: Table = {
    "unit": "the number is given in another unit: {a} {a_unit} against {b} {b_unit}",
    "counts_other": "the figure counts something else: {a} {a_measure} against {b} {b_measure}",
    "scope": "said of {a} in {one}, of {b} in {other}",
    "floor_to_ceiling": "the floor became a ceiling: “{a}” against “{b}”",
    "ceiling_to_floor": "the ceiling became a floor: “{a}” against “{b}”",
    "hedge_gone": "the hedge is gone: “{a}” against “{b}”",
    "hedge_added": "a hedge was added: “{a}” against “{b}”",
    "range_to_end": "of the range one end is left: “{a}” against “{b}”",
    "hedge_stronger": "the hedge says more: “{a}” against “{b}”",
    "hedge_other": "the hedge is another one: “{a}” against “{b}”",
    "both_current": "{a} and {b} are given, and neither is marked as superseded",
    "figure_differs": "the figure differs: {a} and {b}",
    "window": "{figure} is given for {nearer} in {one}, for {when} in {other}",
    "answer_differs": "“{a}” in {one}, “{b}” in {other}",
    "own_voice": "“{source}” is not credited with these words: {outlet} says them in its own voice",
    "source_became": "“{a}” is credited in {one}, “{b}” in {other}",
    "nameless_became": "“{a}” is credited in {one}, {b} in {other}",
    "relay_gone": "{relay}, through which “{source}” is quoted in {told}, is not named in {without}",
    "relays": "{a} is said to have it from “{source}” in {one}, {b} in {other}",
    "relay_once": "“{source}” is quoted through {relay} in {told} and directly in {without}",
    "word_became": "“{a}” became “{b}”",
    "doubt_gone": "“{word}” stands in {one} and not in {other}",
    "refusal_denied": "“{a}” in {one}, a denial in {other}",
    "denial_of_all": "“{b}” stands in the denial in {other} and not in {one}",
    "limit_gone": "“{word}” stands in the denial in {one} and not in {other}",
    "day": "“{a}” in {one}, “{b}” in {other}",
    "zone": "{time} is given as “{a}” in {one}, as “{b}” in {other}",
    "part_gone": "the count is of “{word}” in {one} and not in {other}",
    "place_gone": "“{word}” stands with the count in {one} and not in {other}",
    "came_gone": "in {one} the count is of those of whom the speaker says “{word}”, in {other} that is not said",
    "name": "the name is spelt “{a}” in {one}, “{b}” in {other}",
    "quote_word": "inside the quotation marks “{a}” is “{b}”",
    "quote_boundary": "the quotation marks take in “{words}” in one telling only",
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
            return value
    return NOT_GIVEN.get(name, "")


# --- origins ----------------------------------------------------------------------------------------------------------


def traced_words(low: int, high: int) -> str:
    """The interval as people read it: "traced to 1 to 3 separate sources"."""
    if high == 0:
        return t("traced to no source")
    if low == high:
        return count("traced to {n} source", "traced to {n} separate sources", low)
    return count("traced to {low} to {n} separate source", "traced to {low} to {n} separate sources", high, low=low)


# --- words --------------------------------------------------------------------------------------------------------


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _names_nobody(claim: Claim) -> bool:
    """True where the article names no source, not merely where the one it names was not read."""
    return not claim.attribution and claim.attribution_read


# --- what is not known -----------------------------------------------------------------------------------------------


def unknown(found: Study, requests: Iterable[Request], searches: Iterable[Search]) -> Iterator[str]:
    """What the reader should know that nobody knows."""
    low, high = found.traced.low, found.traced.high
    if low != high:
        least, most = "one source" if low == 1 else f"{low} sources", "two" if high == 2 else f"up to {high}"
        yield f"Whether these are {least} or {most}: some are not named, or may be one."
    elif high == 1 and len(found.claims) > 1:
        yield "Whether anybody else can confirm it: no second source was found."
    silent = [f for f in found.traced.families if f.standing in (Standing.PUBLISHER, Standing.UNKNOWN)]
    if told := found.outlets(c for f in silent for c in f.claims if _names_nobody(found.claim(c))):
        names = listed(told[:4] if len(told) < 5 else [*told[:3], count("{n} other", "{n} others", len(told) - 3)])
        yield f"From whom {names} {'has' if len(told) == 1 else 'have'} it: no source is given."
    yield from _to_check([c for c in found.claims if c.unsure])
    loose = [c.id for c in found.claims if not c.anchored]
    if loose:
        share = f"{len(loose)} of {len(found.claims)} claims"
        yield f"The exact words behind {share}: there is no saved copy to check them against."
    if found.answer is None:
        yield "What the answer is: nobody has given one yet."
    for request in requests:
        if not request.replied:
            yield f"What {request.source} replies: asked on {day(request.asked_at)}, no reply so far."
    for search in searches:
        if search.failed:
            yield f"What a search for “{search.sought}” would have found: it failed ({search.failed})."
        elif not search.found:
            yield f"A search for “{search.sought}” in {listed(search.where)} found nothing ({day(search.searched_at)})."


def _to_check(unsure: list[Claim]) -> Iterator[str]:
    """Whose reading nobody has checked, and what of it; from the fourth on the claims are only named."""
    for claim in unsure[:3]:
        yield f"How {claim.id} is to be read: nobody has checked {listed(doubts(claim.unsure))}."
    if rest := [c.id for c in unsure[3:]]:
        yield f"How {listed(rest)} {'is' if len(rest) == 1 else 'are'} to be read, which nobody has checked either."


def day(at: str) -> str:
    """A day in words."""
    return dates.window_words(Span(at[:10], at[:10]))
