"""The sentences of a report: each composed from a code of cross-reference and what that rests on.

A sentence says what was said and by whom, never that it is so.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from ledger import dates, quantity
from ledger.catalogue import Table, count, listed, quotation, t, theirs, unmarked
from ledger.crossref import terms
from ledger.crossref.origins import NO_OUTLET, PERHAPS, Family, Standing, agency_hint
from ledger.crossref.statements import figure_words, shortened, with_hedges
from ledger.crossref.study import Study
from ledger.crossref.wordlists import ORGANISED, UNNAMED
from ledger.errors import BadInput
from ledger.lexicon import words as entries
from ledger.records import Article, Claim, Quantity, Span, replace
from ledger.text import agreeing, folding, hedge_before, tells_speech
from ledger.vocabulary import Checked, Kind, Stance

STATES: Table = {
    "new": "not checked yet",
    "checking": "being checked",
    "answered": "answered, still open",
    "waiting": "waiting for a reply",
    "ready": "checked",
    "dropped": "no longer followed",
    "published": "published",
}


ARTICLED = entries("names", "particles") | {"the"}
"""What a name may begin with that leaves no place for an article."""


OF_STATES = entries("en/speakers", "of_states")
"""What stands before the name of an office, which then takes an article: "the US Geological Survey"."""


def named(family: Family) -> str:
    """A source's name as it stands in a sentence; a description in quotation marks, since it is the article's."""
    if family.standing is Standing.ANONYMOUS:
        return theirs(family.name) if family.label else quotation(family.name)
    words = folding.without_brackets(family.name).split() or [family.name]  # "Ada Moss (army spokeswoman)" is no army
    organised = len(words) > 1 and not family.outlets and bool(ORGANISED & {w.casefold() for w in words})
    articled = words[0].casefold().partition("-")[0] in ARTICLED  # "el Ministerio", "al-Sisi"
    articled = articled or family.name.startswith(NO_OUTLET)
    of_state = len(words) > 1 and words[0] in OF_STATES and not family.outlets
    bare = (organised or of_state or family.name[:1].islower()) and not articled
    return t("the {name}", name=theirs(family.name)) if bare else _known_as(family)


def own_statements(publishers: Collection[str], sources: Collection[str]) -> list[str]:
    """What sources that are no outlets published themselves: "its own statement" of the only one that is spoken of."""
    if {*publishers} == {*sources}:
        return [t("its own statement")] if len(publishers) == 1 else [t("their own statements")]
    return [t("a statement of {name}", name=theirs(name)) for name in publishers]


def place_of(found: Study, claim: Claim) -> str:
    """Where somebody's words stand: an outlet, or a statement of who published them and is none."""
    own = found.traced.own_statements([claim.id])
    return t("a statement of {name}", name=theirs(own[0])) if own else outlet(claim.publisher)


def in_print(found: Study, claims: Sequence[str]) -> str:
    """In how many outlets claims of one source stand, its own statement told apart: "its own statement and 2 outlets"."""
    own = found.traced.own_statements(claims)
    n = len({*found.outlets(claims)} - {*own})
    said = own_statements(own, {found.family(claims[0]).name}) if own else []
    return listed([*said, *([count("{n} outlet", "{n} outlets", n)] if n else [])])


def by_name(found: Study, claims: Sequence[str]) -> str:
    """The same, with one outlet or two by their names."""
    own = found.traced.own_statements(claims)
    outlets = [name for name in found.outlets(claims) if name not in own]
    if len(outlets) > NAMED:
        return in_print(found, claims)
    said = own_statements(own, {found.family(claims[0]).name}) if own else []
    return listed([*said, *map(outlet, outlets)])


NAMED = 2
"""Outlets that a sentence names; of more it says how many."""


def _known_as(family: Family) -> str:
    """A source's name, or those of the outlets that have one passage in their own voice."""
    return first_few([theirs(name) for name in family.outlets]) or outlet(family.name)


def first_few(names: Sequence[str], *last: str) -> str:
    """Up to four names in a row; of more the first three, and how many others; then what stands last in any case."""
    few = names if len(names) < 5 else [*names[:3], count("{n} other", "{n} others", len(names) - 3)]
    return listed([*few, *last])


_STAMPS = "|".join(map(re.escape, sorted(entries("en/speakers", "stamps"), key=len, reverse=True)))
STAMPS = re.compile(rf"\b(?:{_STAMPS})\b", re.IGNORECASE)
MOST_PLACE = 3
"""Words in capitals that may be the place of a dateline; more are a headline."""


def title_of(title: str | None) -> str:
    """An article's title; empty for a dateline that stands in its place: "ISLAND, July 2, 2031", "Last updated ...".

    Read on a page in English; a title with any word of its own in small letters is one.
    """
    rest = title or ""
    if not re.search(r"\d{4}", rest):
        return rest
    spans = [s for s in dates.find(rest) if re.search(r"\d{4}", rest[s.start : s.end])]
    if not spans:
        return rest
    for s in reversed(dates.find(rest)):
        rest = f"{rest[: s.start]} {rest[s.end :]}"
    words = re.findall(r"[^\W\d_]+", STAMPS.sub(" ", rest))
    return "" if len(words) <= MOST_PLACE and all(w.isupper() for w in words) else title or ""


def article_name(article: Article) -> str:
    """What an article is called: its title, its outlet where a dateline stands in that place, else file, address or id."""
    own = article.publisher if article.title else None
    return title_of(article.title) or own or article.file or article.url or article.id


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
        return _party(family, t("in the own words of {source}", source=named(family)))
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
            return unsourced(_known_as(family), len(family.outlets))
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


def unsourced(outlets: str, n: int = 1) -> str:
    """Outlets as those who say it; whom they name elsewhere in the article was not looked for."""
    return (
        t("{source}, in their own words", source=outlets) if n > 1 else t("{source}, in its own words", source=outlets)
    )


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
    """The words of a claim in quotation marks, cut where they are long; of a quotation these are its own."""
    whole = WHOLE_QUOTATION.fullmatch(claim.exact.strip())
    said = quotation(shortened(whole[1] if whole else claim.exact))
    return with_hedges(said, [hedge] if (hedge := hedge_before(claim.prefix)) else [])


WHOLE_QUOTATION = re.compile(r"[\"“]([^\"“”]+?),?[\"”]")
"""A quotation and nothing beside it, with the comma before what its speaker is called."""


def own_words(found: Study, claim: str) -> str:
    """The figure or the short answer; for the desk's words, but for a day, those of the claim; empty where it has neither."""
    words = figure_words(found.statements[claim])
    return quoted(found.claim(claim)) if words.startswith("[") and found.kind is not Kind.WHEN else words


def as_mentioned(words: str) -> str:
    """A figure that its own text calls an earlier one, told so."""
    return t("{words}, mentioned as an earlier figure", words=words)


def in_quotes(words: str) -> str:
    """The words in quotation marks, unless they have some."""
    return words if QUOTES & set(words) or words.endswith(_ours()) else t("“{words}”", words=words)


QUOTES = frozenset("“«[")
"""Marks of words that stand as they are: a quotation, or what the desk put in brackets."""


OURS = re.compile(r"\[.*\]", re.DOTALL)
"""What the desk put in its own words."""


def with_part(words: str, part: str) -> str:
    """An answer with the part or the place that the desk gave it, in brackets as ours."""
    if OURS.fullmatch(words):
        return t("[{words}]", words=t("{words} ({part})", words=words[1:-1], part=part)) if part else words
    return t("{words} [{part}]", words=words, part=part) if part else words


def as_read(words: str) -> str:
    """An answer as pages tell it: what the desk put in brackets is called its reading."""
    return t("{words} (our reading)", words=words[1:-1]) if OURS.fullmatch(words) else words


def _ours() -> str:
    """What stands behind a figure of the desk's own, which nobody said."""
    return t("{figure} (our figure)", figure="")


def in_one_wording(found: Study, claims: Sequence[str]) -> list[str]:
    """Those of the claims that have the words, or the figure in its unit and with its hedge, that the first one has."""
    lead, statement = found.claim(claims[0]), found.statements[claims[0]]
    if (q := statement.quantity) is not None:
        figures = ((c, found.statements[c].quantity) for c in claims)
        return [c for c, its in figures if its and _hedged(its) == _hedged(q) and _one_thing(q, its)]
    words = figure_words(statement)
    short = bool(words) and not words.startswith("[") and words != quoted(lead)
    said = _plain(statement.answer or "") if short else ""
    said = said if said and said in _plain(lead.exact) else _plain(lead.exact)
    return [c for c in claims if said in _plain(found.claim(c).exact)]


def _hedged(q: Quantity) -> tuple[object, ...]:
    """A figure in its unit and with its hedge: "more than 40" is not "at least 40"."""
    return q.low, q.high, q.low_inclusive is False, q.high_inclusive is False, q.unit, q.approximate


def _one_thing(a: Quantity, b: Quantity) -> bool:
    """True where what the first counts holds the second: of "40 people" "40 patients" are told, not the other way round."""
    if quantity.measured(a.unit) or not (a.counts and b.counts) or a.counts == a.unit:
        return True
    mine, its = (terms.stem(q.split()[-1].casefold()) for q in (a.counts, b.counts))
    return mine == its


def _plain(text: str) -> str:
    return " ".join(unmarked(text).casefold().split())


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
    if who and tells_speech(claim.exact):
        said = t("{who} {held}", who=who, held=quoted(claim))
        return said if by in (who, outlet(None)) else t("{said}, as {outlet} reports", said=said, outlet=by)
    if who and not is_speech(claim) and claim.publisher and who != by:
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


def is_speech(claim: Claim) -> bool:
    """True where the words stand in quotation marks that open with them or shortly before."""
    if SPEECH.match(claim.exact):
        return True
    opened = claim.prefix.rstrip()
    return bool(opened) and SPEECH.match(opened, len(opened) - 1) is not None


def speaks_itself(claim: Claim) -> bool:
    """True for words of whom they are credited to, and for those that open with what that one did in words."""
    beyond = re.search(r"[\"”»]\W*\w", claim.exact[1:])  # “"It was shut," he said”
    return bool(claim.attribution) and (tells_speech(claim.exact) or (is_speech(claim) and not beyond))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def lowered(text: str) -> str:
    return text[:1].lower() + text[1:]


def day(at: str) -> str:
    """A time as a day in words: "27 March 2016"; what is no date stays as it is."""
    try:
        return dates.window_words(Span(at[:10], at[:10]))
    except BadInput:
        return theirs(at)
