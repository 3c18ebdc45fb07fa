"""Where the wording differs: what each of two claims has, and how they are known to rest on one source, a sentence each."""

from __future__ import annotations

from ledger import dates, quantity
from ledger.catalogue import Table, known, t, theirs
from ledger.crossref.names import nameless
from ledger.crossref.origins import outlet_of
from ledger.crossref.statements import shortened
from ledger.crossref.study import Study
from ledger.crossref.wording import Finding
from ledger.crossref.wording_pairs import Difference
from ledger.records import Claim, Quantity, Span, replace
from ledger.reports.sentences import capital, named, outlet
from ledger.vocabulary import Basis


def difference(found: Study, d: Difference) -> str:
    """A wording difference with the outlets, then how its claims are known to rest on one source; printed nowhere without."""
    first, second = (found.claim(c) for c in (d.origin, d.version))
    one, other = (outlet(outlet_of(c)) for c in (first, second))
    if one == other:
        within = first.article == second.article
        one = t("one sentence of {outlet}", outlet=one) if within else t("one article of {outlet}", outlet=one)
        other = t("another")
    own = d.finding.code == "own_voice" and not first.attribution
    told = replace(d.finding, code="own_words") if own else d.finding
    if told.code == "answer_differs":
        told = replace(told, given={**told.given, "a": _printed(first, told, "a"), "b": _printed(second, told, "b")})
    said, rests = capital(wording(told, one=one, other=other)), capital(_rests(found, d))
    return t("{said}. {basis}.", said=said, basis=rests)


def _printed(claim: Claim, finding: Finding, which: str) -> str:
    """An answer as the claim words it: the words of the claim where the desk put it so."""
    said = str(finding.given[which])
    own = " ".join(claim.exact.split())
    return said if said.casefold() in own.casefold() else shortened(own)


def shows_both(d: Difference) -> bool:
    """True where the sentence has the words of either claim, so that a reader can judge by it alone."""
    return WORDING[d.finding.code] in (EACH, INSIDE, SPELT)


def _both(found: Study, d: Difference) -> str:
    """Whom both claims name, the innermost first; or that one of the two credits the other's outlet."""
    first, second = found.claim(d.origin), found.claim(d.version)
    a, b = ([h.source for h in reversed(c.attribution)] for c in (first, second))
    shared = next((name for name in a if name in b), None)
    family = found.family(d.origin)
    if shared is None and not first.attribution and first.publisher in b:
        return t("the second names the first as its source")
    if shared is None and (second.publisher in a or (first.publisher in b and first.publisher != family.name)):
        source, by = (first, second) if first.publisher in b else (second, first)
        return t("{outlet} names {source} as its source", outlet=outlet(by.publisher), source=outlet(source.publisher))
    return t(
        "both name {source}", source=named(replace(family, name=shared) if shared and not nameless(shared) else family)
    )


def _rests(found: Study, d: Difference) -> str:
    match d.basis:
        case Basis.COPIED:
            return t("both print the passage nearly word for word")
        case Basis.RETOLD:
            return t("their sentences are worded much alike")
        case Basis.ONE_TEXT:
            credited = [bool(found.claim(c).attribution) for c in (d.origin, d.version)]
            if all(credited):
                return _both(found, d)
            return t("both stand in one text")
        case Basis.RESTATED:
            return _restated(found, d)
        case Basis.SAID:
            return t("a person said that both rest on one source")
        case Basis.NAMED:
            return _both(found, d)


def _restated(found: Study, d: Difference) -> str:
    source, version = named(found.family(d.origin)), found.claim(d.version)
    if version.article != found.claim(d.origin).article:
        by = outlet(outlet_of(version))
        return t("{outlet} credits such a figure to {source} in another sentence", outlet=by, source=source)
    if version.attribution:
        other = named(found.family(d.version))
        return t("the first is credited to {source}, the other to {other}", source=source, other=other)
    return t("the first is credited to {source}, the other is in the outlet’s own words", source=source)


def _within(figure: str) -> str:
    """A figure that began a sentence, inside one: "about 40" of "About 40"."""
    return figure[:1].lower() + figure[1:] if figure[1:2].islower() else figure


def wording(finding: Finding, *, one: str = "", other: str = "") -> str:
    """What differs between two versions of one claim: "the one has “at least 400”, the other has “400”"."""
    said = {name: _within(str(v)) if finding.code == "unit" else v for name, v in finding.given.items()}
    given = {name: _told(name, value) for name, value in said.items()}
    return t(WORDING[finding.code], **{**given, "one": one or t("the one"), "other": other or t("the other")})


EACH = "{one} has “{a}”, {other} has “{b}”"
INSIDE = "inside quotation marks, {one} has “{a}”, {other} has “{b}”"
SPELT = "{one} spells the name “{a}”, {other} “{b}”"
WORDING: Table = {
    "unit": "{one} gives {a} {a_unit}, {other} gives {b} {b_unit}",
    "counts_other": "{one} counts {a} {a_measure}, {other} counts {b} {b_measure}",
    "scope": "{one} says it of {a}, {other} says it of {b}",
    "flipped": "{one} has “{a}”, {other} has “{b}”",
    "hedge": "{one} has “{a}”, {other} has “{b}”",
    "both_current": "{one} has {a}, {other} has {b}",
    "figure_differs": "{one} has {a}, {other} has {b}",
    "span": EACH,
    "window": "{one} gives {figure} for {nearer}, {other} gives it for {when}",
    "answer_differs": "{one} has “{a}”, {other} has “{b}”",
    "own_voice": "{one} has it from {source}, {outlet} does not name this source",
    "own_words": "{source} publishes it, {outlet} does not name this source",
    "source_became": "{one} credits {a}, {other} credits {b}",
    "nameless_became": "{one} credits {a}, {other} credits {b}",
    "relay_gone": "{told} quotes {source} through {relay}, {without} does not name {relay}",
    "relays": "{one} has it from {source} through {a}, {other} has it through {b}",
    "relay_once": "{told} quotes {source} through {relay}, {without} quotes {source} directly",
    "word_became": "{one} has “{a}”, {other} has “{b}”",
    "doubt_gone": "{one} has “{word}”, {other} does not",
    "doubt_come": "{other} has “{word}”, {one} does not",
    "plan_will": "{one} has “{a}”, {other} has “will”",
    "refusal_denied": "{one} has “{a}”, {other} has a denial",
    "denial_of_all": "the denial in {other} has “{b}”, the one in {one} does not",
    "limit_gone": "the denial in {one} has “{word}”, the one in {other} does not",
    "day": "{one} has “{a}”, {other} has “{b}”",
    "zone": "{one} gives {time} as “{a}”, {other} gives it as “{b}”",
    "part_gone": "{one} gives the count with “{word}”, {other} without",
    "place_gone": "{one} gives the count with “{word}”, {other} without",
    "came_gone": "{one} gives the count with “{word}”, {other} without",
    "name": "{one} spells the name “{a}”, {other} “{b}”",
    "quote_word": "inside quotation marks, {one} has “{a}”, {other} has “{b}”",
    "quote_boundary": "only one of {one} and {other} has “{words}” inside quotation marks",
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
