"""What differs between two versions of one claim: its figure, hedge, unit, period, place, and who is credited.

A finding is a code with what it rests on; `ledger.reports.differing` makes a sentence of it. Differences in words are
`wording_words` and `wording_values`, which pairs of a question's claims are looked at is `wording_pairs`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator, Mapping
from decimal import ROUND_DOWN, ROUND_HALF_UP, Decimal
from functools import cache, cached_property, lru_cache
from itertools import takewhile
from typing import TypeVar

from msgspec import Struct, field

from ledger import lexicon, quantity
from ledger.crossref.answers import spoken
from ledger.crossref.comparison import Comparison, compare
from ledger.crossref.containment import Containment, days_apart, order, period, place
from ledger.crossref.counted_figures import marked_earlier
from ledger.crossref.guards import counted
from ledger.crossref.kinds import sort_of
from ledger.crossref.measures import Counted, person, tokens
from ledger.crossref.names import untitled
from ledger.crossref.origins import MEDIA, Chain, Link, unnamed_link
from ledger.crossref.terms import STOP, folded, names, stands, stem
from ledger.crossref.wordlists import (
    ACTIVITIES,
    CALENDAR,
    CREDITING,
    LINKS,
    MEASURES,
    NATIONAL,
    NEGATION,
    OF_SEVERAL,
    ONE_UNIT,
    QUALIFIERS,
    SAYING,
    SIDES_OF_PLACE,
    TITLES,
)
from ledger.crossref.yes_no import without_telling
from ledger.quantity import conversion
from ledger.quantity.figure_words import SMALL
from ledger.records import Claim, Quantity, Statement
from ledger.text import folding, passages
from ledger.vocabulary import Agreement, Basis, Drift, Kind, Modifier, SourceKind

FLOORS = frozenset({Modifier.AT_LEAST, Modifier.MORE_THAN})
CEILINGS = frozenset({Modifier.AT_MOST, Modifier.FEWER_THAN, Modifier.NEARLY})


Words = tuple[str, ...]
COPYING = frozenset({Basis.COPIED, Basis.RETOLD})
"""Bases that are in the words themselves."""


class Version(Struct, frozen=True, eq=False, dict=True):
    """A claim as one article tells it; one like it is another, so that what is known of it can be kept by it."""

    claim: str
    article: str
    exact: str
    statement: Statement
    links: tuple[Link, ...] = ()
    """The chain, outermost first, the publisher left out."""
    publisher: str = ""
    credit_line: str | None = None
    published: str | None = None
    headline: bool = False
    anchored: bool = True
    """False where the words are cited and were never captured."""
    sentence: str = ""
    """The whole sentence, as the saved text has it."""
    around: str = ""
    """The sentences beside it too, in which a source may be credited."""
    text: str = ""
    """All of the saved text, in which an agency or outlet may be."""
    quoted: bool = False
    """True where the words stand inside quotation marks that the claim does not hold."""
    own: bool = False
    """True where the source itself publishes: others name the publisher as theirs."""
    asked: str = ""
    """The question that it answers; the names in that are those of all its claims."""

    @cached_property
    def words(self) -> Words:
        return tuple(w for w, _, _ in tokens(self.exact))

    @cached_property
    def said(self) -> frozenset[str]:
        return frozenset(self.words)

    @cached_property
    def numbers(self) -> frozenset[Decimal]:
        """The bounds that the words state; a vague word states none."""
        q = self.statement.quantity
        return frozenset() if q is None or q.vague else frozenset(Decimal(v) for v in (q.low, q.high) if v is not None)

    @cached_property
    def credits(self) -> list[str]:
        """The names of the chain as they are compared."""
        return [folding.name(link.name) for link in self.links]

    @cached_property
    def speakers(self) -> list[str]:
        """The same without titles and offices."""
        return [folding.name(untitled(link.name)) for link in self.links]

    @cached_property
    def denies(self) -> bool:
        told = spoken(without_telling(self.exact))
        return bool(self.denied) or not NEGATION.isdisjoint(told) or stands(("ruled", "out"), told)

    @cached_property
    def denied(self) -> frozenset[str]:
        """The words behind "not"."""
        told = without_telling(self.exact)
        if not any(mark in told for mark in ("not", "’", "'")):
            return frozenset()
        return frozenset(w.lower() for w in re.findall(r"(?:\bnot|n ?[’'] ?t) (\w+)", told))

    @cached_property
    def counted(self) -> Counted:
        return counted(self.statement)

    @cached_property
    def earlier(self) -> bool:
        """True where the text marks the figure as an earlier one."""
        return marked_earlier(self.exact) or marked_earlier(self.sentence)

    @cached_property
    def quotation(self) -> str:
        """The words with their quotation marks, where there are any."""
        text = f"“{self.exact}”" if self.quoted else self.exact
        return text if opened(text) else ""

    @cached_property
    def beside(self) -> frozenset[str]:
        """The words of the sentence as names are compared."""
        return frozenset(folding.name(self.sentence).split())

    @cached_property
    def named(self) -> frozenset[str]:
        """Names in the words, as they sound, but for those of who says it and of days."""
        known = " ".join((self.publisher, self.asked, *(link.name for link in self.links)))
        return frozenset(names(self.exact) - set(folding.name(known).split()) - PASSED_OVER)

    @cached_property
    def kept(self) -> Words:
        """The words of the claim's sentence and of the claim."""
        return spoken(f"{self.sentence} {self.exact}")

    @cached_property
    def content(self) -> frozenset[str]:
        """The stems of the words that carry what is said, those of who says it left out."""
        speakers = {w for name in self.credits for w in name.split()} | SAYING
        return frozenset(fold_word(w) for w in self.words if w not in STOP and w not in speakers)


Read = TypeVar("Read")


def kept(read: Callable[[Version], Read]) -> Callable[[Version], Read]:
    """What is read of a version once and kept by it, and gone with it, however many there are."""
    name = f"{read.__module__}.{read.__name__}"

    def of(version: Version) -> Read:
        held = version.__dict__
        if name not in held:
            held[name] = read(version)
        return held[name]  # type: ignore[no-any-return]

    return of


PASSED_OVER = CALENDAR | TITLES


class Finding(Struct, frozen=True):
    """One difference, and what shows it."""

    kind: Drift
    code: str
    """A key of `sentences.WORDING`."""
    given: Mapping[str, object] = field(default_factory=dict)
    """What the code's sentence names: words, names, figures, periods."""


def version_of(
    claim: Claim, chain: Chain, statement: Statement, body: str | None = None, asked: str = "", *, own: bool = False
) -> Version:
    """A logged claim as its article's version, with the saved text, the question, and whether no outlet published it."""
    sentence, around, quoted = "", "", False
    if body is not None and claim.start is not None and claim.end is not None:
        (start, end), (left, right) = (passages.around(body, claim.start, claim.end, n) for n in (0, 1))
        sentence, around = body[start:end], body[left:right]
        quoted = _inside_quotes(body[left : claim.start])
    return Version(
        claim=claim.id,
        article=claim.article,
        exact=claim.exact,
        statement=statement,
        links=chain.links,
        publisher=claim.publisher or "",
        credit_line=claim.credit_line,
        published=claim.published_at,
        headline=chain.headline,
        anchored=claim.anchored,
        sentence=sentence,
        around=" ".join(part for part in (claim.title, around, claim.credit_line) if part),
        text=" ".join(part for part in (claim.title, body, claim.credit_line) if part),
        quoted=quoted,
        own=own and not claim.attribution,
        asked=asked,
    )


OPENING = "“«„"


def opened(text: str) -> bool:
    """True where there is a quotation mark that opens."""
    return '"' in text or any(mark in text for mark in OPENING)


def _inside_quotes(before: str) -> bool:
    """True where a quotation that was opened goes on."""
    return before.rfind("“") > before.rfind("”") or before.count('"') % 2 == 1


# --- what can be asked of versions ----------------------------------------------------------------------------------


def shared_numbers(a: Version, b: Version) -> frozenset[Decimal]:
    """Bounds that both state."""
    return a.numbers & b.numbers


def distinctive(number: Decimal) -> bool:
    """True for two or more significant digits: 43 or 450, not 400, which many counts may share."""
    return len(number.normalize().as_tuple().digits) > 1


def flipped(a: Version, b: Version) -> bool:
    """True where the one makes a floor, the other a ceiling, of what may be one figure."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None:
        return False
    return (p.modifier in FLOORS and q.modifier in CEILINGS) or (p.modifier in CEILINGS and q.modifier in FLOORS)


def nameless_origin(version: Version) -> bool:
    """True where the chain ends with somebody who is not named."""
    return bool(version.links) and unnamed_link(version.links[-1])


def one_speaker(a: Version, b: Version) -> bool:
    """True where both chains end with the same name, or both are the publisher's own voice."""
    return a.speakers[-1:] == b.speakers[-1:]


def printed_there(a: Version, b: Version) -> bool:
    """True where b credits the outlet that printed a, which credits somebody else."""
    return bool(a.links) and len(b.links) == 1 and b.credits[0] == folding.name(a.publisher)


def current_together(a: Version, b: Version) -> bool:
    """True where one article gives both as current: it marks neither as superseded, nor has two sources on two days."""
    if a.article != b.article or a.earlier or b.earlier:
        return False
    one_day = order(a.statement.as_of, b.statement.as_of) == 0
    return one_day or one_speaker(a, b) or not a.links or not b.links


def credited(version: Version, name: str, kind: SourceKind) -> bool:
    """True where the source is named as one that says so near the words, an outlet or agency anywhere."""
    bare = folding.without_brackets(name)
    telling = [w for w in bare.split() if len(w) > 3 and w[0].isupper() and not w.endswith(NATIONAL)]
    known = {folding.name(bare), folding.initials(bare).casefold(), *map(folding.name, telling)}
    if kind in MEDIA:
        said = f" {folding.name(version.text)} "
        return any(f" {part} " in said for part in known)
    words = folding.name(version.around).split()
    near = {" ".join(words[max(0, i - 8) : i + 9]) for i, w in enumerate(words) if w in CREDITING}
    return any(f" {part} " in f" {stretch} " for part in known for stretch in near)


def _compared(a: Version, b: Version) -> Comparison:
    return compare(a.statement, b.statement, one_question=True, one_text=a.article == b.article)


CONFIRMED = frozenset({"confirmed"})
"""What may be left out beside one number."""
OTHERS = frozenset({"other", "others"})
"""What may be left out beside a number of the hurt: those are other than the dead."""
FEW = 10
"""A smaller number of others is another number: one person is not the child."""
COUNTED_ELSE = frozenset({"measure", "unit", "as_of", "revised", "prose", "no_figure", "vague_whole"})
"""Reasons of being incomparable that do not say that another thing is meant."""


def one_thing(a: Version, b: Version) -> bool:
    """True where nothing shows that the two are about different things: no guard, no qualifier of the figure, no name."""
    names, sides = (_sounds(a), _sounds(b)), (by_figure(a, 3) & SIDES_OF_PLACE, by_figure(b, 3) & SIDES_OF_PLACE)
    return _one_count(a, b) and all(x <= y or y <= x for x, y in (names, sides))


def _one_count(a: Version, b: Version) -> bool:
    found = _compared(a, b)
    apart = found.agreement is Agreement.INCOMPARABLE and found.reason not in COUNTED_ELSE
    groups = {v.counted.group for v in (a, b)} - {None}
    spared = CONFIRMED | OTHERS if a.counted.measure == b.counted.measure == "wounded" else CONFIRMED
    few = min(a.numbers | b.numbers, default=Decimal(0)) < FEW
    return not apart and (len(groups) < 2 or not few) and _qualifiers(a) ^ _qualifiers(b) <= spared


def restated(a: Version, b: Version) -> bool:
    """True where one article gives one figure twice, both as new: of one measure, place and day as far as both name them."""
    if a.earlier or b.earlier:
        return False
    measures = {v.counted.measure for v in (a, b)}
    same = all(map(distinctive, a.numbers | b.numbers)) if None in measures else len(measures) == 1
    days = [CALENDAR & set(v.words) for v in (a, b)]
    named = [names(v.exact) - PASSED_OVER - {w for k in v.links for w in folding.name(k.name).split()} for v in (a, b)]
    return same and all(x <= y or y <= x for x, y in (named, days))


@lru_cache(maxsize=1024)
def alike(a: Version, b: Version) -> bool:
    """True where two in three words of the shorter one stand in the other, or a person gave both one short answer."""
    if a.statement.answer and _compared(a, b).reason == "same_answer":
        return True
    return mostly(len(a.content & b.content), min(len(a.content), len(b.content)))


def mostly(shared: int, words: int) -> bool:
    """True where so many shared words are two in three of the shorter claim's."""
    return words > 1 and shared * 3 >= words * 2


@lru_cache(maxsize=1024)
def about_one(a: Version, b: Version) -> bool:
    """True where they are alike, or half of the words of the one stand in the other."""
    return alike(a, b) or half_shared(a.content, b.content)


def half_shared(mine: frozenset[str], its: frozenset[str]) -> bool:
    """True where half of the words of the shorter one, two where it has several, stand in the other."""
    shared, least = len(mine & its), min(len(mine), len(its))
    return shared >= min(2, least) > 0 and shared * 2 >= least


def _qualifiers(version: Version) -> frozenset[str]:
    """Words by the figure that make it that of something else."""
    return by_figure(version, 3) & QUALIFIERS


@lru_cache(maxsize=4096)
def by_figure(version: Version, reach: int) -> frozenset[str]:
    """So many words before the figure and twice as many behind it; all words where there is no figure among them."""
    q = version.statement.quantity
    at = version.exact.find(q.text) if q and q.text else -1
    if at < 0 or q is None:
        return version.said
    seen = tokens(version.exact)
    before = [w for w, _, e in seen if e <= at][-reach:]
    after = [w for w, s, _ in seen if s >= at + len(q.text)][: 2 * reach]
    return frozenset((*before, *takewhile(lambda w: w not in LINKS and not w[0].isdecimal(), after)))


def _sounds(version: Version) -> set[str]:
    """Names by the figure, but for their vowels, which spellings differ in."""
    near = by_figure(version, 3)
    return {stem("".join(c for i, c in enumerate(n) if not i or c not in "aeiouy")) for n in version.named if n in near}


# --- figures ----------------------------------------------------------------------------------------------------------

SOFT = frozenset({Modifier.NEARLY, Modifier.ABOUT})
TOLD_FOR_ANOTHER = ACTIVITIES | {"lost", "bodies", "killed or wounded"}
"""Measures that are told as another: sorties as strikes, the lost as the dead. Of other two a text may well give both."""


def figure_findings(a: Version, b: Version) -> Iterator[Finding]:
    """What b does to a's figure; nothing where the two may be about different things."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None:
        if p is q and _compared(a, b).agreement is Agreement.CONFLICT:
            told = Drift.DATE_CHANGED if a.statement.kind is Kind.WHEN else Drift.VALUE_CHANGE
            yield Finding(told, "answer_differs", {"a": _answer(a), "b": _answer(b)})
        return
    shared = shared_numbers(a, b)
    if not shared and not rounded(a, b):
        yield from _converted(a, b) or _other_figure(a, b)
        return
    measures = {v.counted.measure for v in (a, b)}
    if None not in measures and len(measures) > 1 and not measures & TOLD_FOR_ANOTHER:
        yield from _worse(a, b)
        return
    if p.unit != q.unit and _units_conflict(a, b):
        if one_thing(a, b) or _of_one(a, b):
            given = {"a": p.text, "a_unit": p.unit, "b": q.text, "b_unit": q.unit}
            yield Finding(Drift.UNIT_OR_ZONE_CHANGED, "unit", given)
        return
    yield from _span(a, b) if alike(a, b) else ()
    firm = not shared or any(distinctive(n) for n in shared)
    if other := list(_counted_else(a, b)):
        yield from other if firm or measures <= ACTIVITIES or alike(a, b) else ()
    elif one_thing(a, b) or (firm and _one_count(a, b)):
        yield from hedge_findings(a, b)
    if firm and _qualifiers(a) == _qualifiers(b):
        yield from _period(a, b)


def _converted(a: Version, b: Version) -> list[Finding]:
    """A sum told as about so much of another currency, or families as people, where no sentence holds the other's number."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None or a.article == b.article or not (p.unit and q.unit) or p.unit == q.unit:
        return []
    money = sort_of(p.unit) == sort_of(q.unit) == "money" and _plain(p) and q.modifier in SOFT and about_one(a, b)
    if not (money or _families(p, q)) or not one_thing(a, b) or _number(p) in b.sentence or _number(q) in a.sentence:
        return []
    given = {"a": p.text, "a_unit": p.unit, "b": q.text, "b_unit": q.unit}
    return [Finding(Drift.UNIT_OR_ZONE_CHANGED, "unit", given)]


def _families(p: Quantity, q: Quantity) -> bool:
    """True for families and people, as many to each family: 3,000 families and 15,000 people."""
    few, many = (p, q) if p.unit in OF_SEVERAL else (q, p)
    if few.unit not in FAMILIES or many.unit != "people":
        return False
    x, y = (Decimal(v.low or v.high or "0") for v in (few, many))
    return x > 0 and y % x == 0 and y // x in range(*TO_A_FAMILY)


FAMILIES = frozenset({"families", "households"})
TO_A_FAMILY = (4, 8)
"""How many people are taken for a family: four to seven."""


def _number(figure: Quantity) -> str:
    """The digits of a figure as they are printed, else its words."""
    digits = re.search(r"\d[\d.,]*\d|\d", figure.text)
    return digits[0] if digits else figure.text


def _units_conflict(a: Version, b: Version) -> bool:
    """True for one number of two currencies, or of two units in which it is another length, weight or time."""
    units = [v.statement.quantity.unit if v.statement.quantity else None for v in (a, b)]
    apart = conversion.convertible(*units) and _compared(a, b).agreement is Agreement.CONFLICT
    things = None not in units and _of_one(a, b)
    things = things and (_compared(a, b).reason == "unit" or sum(unit in OF_SEVERAL for unit in units) == 1)
    return apart or things or all(sort_of(unit) == "money" for unit in units)


def _of_one(a: Version, b: Version) -> bool:
    """True for one number that is told of one thing: 12,000 kilograms, 12,000 packs of the cheese."""
    things = {w for w in a.content & b.content if not w[0].isdecimal()}
    return alike(a, b) or (bool(things) and any(map(distinctive, shared_numbers(a, b))))


def _answer(version: Version) -> str:
    """The short answer, typed or read, where the words hold it, else all of them: what was read as a date is no quotation."""
    told = (version.statement.answer or "", version.statement.said or "")
    return next((said for said in told if said and said in version.exact), version.exact)


def hedge_findings(a: Version, b: Version) -> Iterator[Finding]:
    """What became of the hedge on one figure."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None or (p.modifier is q.modifier and (p.low, p.high) == (q.low, q.high)):
        return
    given = {"a": a.statement.text or p.text or p, "b": b.statement.text or q.text or q}
    if flipped(a, b):
        yield Finding(Drift.HEDGE_INVERSION, "flipped", given)
    elif Modifier.UNKNOWN in (p.modifier, q.modifier):
        return
    elif _plain(q) or (p.modifier is Modifier.BETWEEN and not _plain(p)):
        yield Finding(Drift.HEDGE_DROP, "hedge", given)
    elif p.modifier is Modifier.AT_LEAST and q.modifier is Modifier.MORE_THAN:
        yield Finding(Drift.WORD_STRENGTHENED, "hedge", given)
    else:
        yield Finding(Drift.HEDGE_ADDED, "hedge", given)


def _counted_else(a: Version, b: Version) -> Iterator[Finding]:
    """The same number, but of something else, of others or of another place."""
    p, q = a.statement.quantity, b.statement.quantity
    mine, its = a.counted, b.counted
    where, there = a.statement.place, b.statement.place
    if mine.measure and its.measure and mine.measure != its.measure:
        given = {"a": p, "a_measure": mine.measure, "b": q, "b_measure": its.measure}
        yield Finding(Drift.UNIT_DRIFT, "counts_other", given)
    elif scope_differs(a, b) and _about(a) and _about(b) and min(a.numbers | b.numbers) >= FEW:
        yield Finding(Drift.SCOPE_DRIFT, "scope", {"a": _about(a), "b": _about(b)})
    elif where and there and place(where, there) is Containment.A_IN_B:
        yield Finding(Drift.SCOPE_WIDENED, "scope", {"a": where, "b": there})


def scope_differs(a: Version, b: Version) -> bool:
    """True where the words put other people or another side in the place of the first."""
    if a.statement.scope and a.statement.scope == b.statement.scope:
        return False
    mine, its = a.counted, b.counted
    return bool(
        (mine.side and its.side and mine.side != its.side) or (mine.group and its.group and mine.group != its.group)
    )


def _other_figure(a: Version, b: Version) -> Iterator[Finding]:
    """Two figures for one thing: in one article the older is stale; in two it is a change unless the count went on."""
    mine, its = a.counted, b.counted
    people = all(person(c) and c.measure != "lost" for c in (mine, its))
    given = {"a": a.statement.quantity, "b": b.statement.quantity}
    if mine.measure == its.measure and a.article != b.article and _misprinted(a, b):
        yield Finding(Drift.VALUE_CHANGE, "figure_differs", given)
        return
    if mine.measure != its.measure or scope_differs(a, b) or not (people or _same_words(a, b)):
        return
    if not one_thing(a, b) or _sounds(a) != _sounds(b):  # a part has another figure than the whole
        return
    dated = order(a.statement.as_of, b.statement.as_of)
    found = _compared(a, b)
    if a.article == b.article:
        apart = found.agreement is Agreement.CONFLICT or found.reason in ("as_of", "revised")
        if (dated or one_speaker(a, b)) and not a.earlier and not b.earlier and (apart or _disjoint(a, b)):
            yield Finding(Drift.STALE_FIGURE, "both_current", given)
    elif found.agreement is Agreement.CONFLICT and not (
        dated and (people or a.statement.running or b.statement.running)
    ):
        yield Finding(Drift.VALUE_CHANGE, "figure_differs", given)


def _same_words(a: Version, b: Version) -> bool:
    """True where the two differ in nothing but figures, or a person says that they are of one thing: an amount is of it."""
    if a.statement.scope and a.statement.scope == b.statement.scope:
        return True
    mine, its = (frozenset(w for w in v.content if not (w[0].isdecimal() or w in SMALL)) for v in (a, b))
    return mine == its


def _misprinted(a: Version, b: Version) -> bool:
    """True for two exact numbers of the same digits in another order: 412 and 421."""
    units = {v.statement.quantity.counts or v.statement.quantity.unit for v in (a, b) if v.statement.quantity}
    if len(a.numbers) != 1 or len(b.numbers) != 1 or len(units) > 1:
        return False
    mine, its = (sorted(str(n.normalize())) for v in (a, b) for n in v.numbers)
    return mine == its and len(set(mine) - {"0", "."}) > 1 and alike(a, b)


def _worse(a: Version, b: Version) -> Iterator[Finding]:
    """The damaged told as destroyed: a number of three digits and more, rounded."""
    mine, its = (
        next((w for w in v.words if w in MEASURES[name]), "") for v, name in ((a, "damaged"), (b, "destroyed"))
    )
    worse = (a.counted.measure, b.counted.measure) == ("damaged", "destroyed") and mine and its
    if worse and not shared_numbers(a, b) and max(map(_digits, a.numbers), default=0) >= EXACT and one_thing(a, b):
        yield Finding(Drift.WORD_STRENGTHENED, "word_became", {"a": mine, "b": its})


EXACT = 3
"""Significant digits of a number that two counts do not share by chance."""


def _span(a: Version, b: Version) -> Iterator[Finding]:
    """The time in which so many were counted, given otherwise: over three years, a year."""
    mine, its = _spans(a), _spans(b)
    if len(mine) == len(its) == 1 and mine != its:
        yield Finding(Drift.WINDOW_DRIFT, "span", {"a": mine[0], "b": its[0]})


@kept
def _spans(version: Version) -> tuple[str, ...]:
    """The stretches of time in the words: a year, per month, over three years, in the first week."""
    return tuple(" ".join(m.group().split()).lower() for m in _stretch().finditer(version.exact))


@cache
def _stretch() -> re.Pattern[str]:
    unit = "hour|day|night|week|month|quarter|season|year|decade"
    each = rf"(?:an?|per|each|every) (?:{unit})\b(?! (?:ago|earlier|later|before|after|old))"
    number = rf"(?:{lexicon.alternatives((*SMALL, 'several', 'few'))}|\d+)"
    which = rf"(?:(?:the|its|their) )?(?:(?:first|last|past|next|coming) )?(?:{number} )?"
    during = rf"(?:in|over|within|during|for) {which}(?:{unit})s?\b"
    return re.compile(rf"\b(?:{each}|{during})(?![’'])", re.IGNORECASE)


def _disjoint(a: Version, b: Version) -> bool:
    p, q = a.statement.quantity, b.statement.quantity
    floors = p is not None and q is not None and {p.modifier, q.modifier} <= FLOORS and not (p.vague or q.vague)
    return floors or (p is not None and q is not None and quantity.compare(p, q).agreement is Agreement.CONFLICT)


def rounded(a: Version, b: Version) -> bool:
    """True where one figure is the other, rounded and hedged: "at least 88" and "nearly 90", "34" and then "more than 30"."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None or _unit(p) != _unit(q) or p.vague or q.vague or p.modifier is q.modifier:
        return False
    x, y = (Decimal(v.high if v.high is not None else v.low or "0") for v in (p, q))
    near = bool(x and y) and _digits(x) != _digits(y)
    if a.article == b.article:
        return near and bool({p.modifier, q.modifier} & SOFT) and abs(x - y) * 20 <= max(x, y)
    hedged = _hedged(p, q) and _digits(x) > _digits(y) and abs(x - y) * 6 <= x
    together = days_apart(a.statement.as_of, b.statement.as_of) in (0, None)
    return near and hedged and together and quantity.compare(p, q).agreement is Agreement.COMPATIBLE


def _unit(figure: Quantity) -> str | None:
    """The unit, one for words of one sense: houses and homes."""
    return ONE_UNIT.get(figure.unit or "", figure.unit)


def _hedged(p: Quantity, q: Quantity) -> bool:
    """True where the second is hedged and the first is not, or is a floor: "at least 37" and then "some 40"."""
    return (_plain(p) and q.modifier in FLOORS | SOFT) or (p.modifier in FLOORS and q.modifier is Modifier.ABOUT)


def roundings(version: Version) -> Iterator[Decimal]:
    """A figure told as it is or as a floor, rounded down and to the nearest at each of its first three digits but the last."""
    q = version.statement.quantity
    for number in version.numbers if q is not None and (_plain(q) or q.modifier in FLOORS) else ():
        for kept in range(1, min(_digits(number), 4)):
            last = Decimal(1).scaleb(number.adjusted() + 1 - kept)
            yield from {number.quantize(last, way) for way in (ROUND_DOWN, ROUND_HALF_UP)}


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _plain(q: Quantity) -> bool:
    return q.modifier is Modifier.EXACT and not q.approximate


def _period(a: Version, b: Version) -> Iterator[Finding]:
    activity = any(t.counted.measure in ACTIVITIES for t in (a, b))
    found = period(a.statement.window, b.statement.window, one_question=True, activity=activity, total=not activity)
    if found not in (Containment.SAME, Containment.EXTENDED):
        given = {"figure": b.statement.quantity, "when": b.statement.window, "nearer": a.statement.window}
        yield Finding(Drift.WINDOW_DRIFT, "window", given)


def _about(version: Version) -> str | None:
    s = version.statement
    return s.population or s.place or s.scope


# --- attribution ------------------------------------------------------------------------------------------------------


def attribution_findings(a: Version, b: Version, basis: Basis) -> Iterator[Finding]:
    """Who is credited in b where a credits somebody: dropped, told with less or more of a name, or another."""
    if not (a.links or a.own) or basis is Basis.RESTATED or (a.links and a.links == b.links):
        return
    if basis in COPYING and not _one_telling(a, b):
        return
    if a.denies != b.denies or a.statement.stance is not b.statement.stance:  # who denies it is no other credit for it
        return
    scopes = {folding.place(s.scope) for s in (a.statement, b.statement) if s.scope}
    if len(scopes) > 1 or scope_differs(a, b):  # what is told of others needs no credit of these
        return
    mine, kind = (a.links[-1].name, a.links[-1].kind) if a.links else (a.publisher, SourceKind.UNKNOWN)
    if not b.links:
        # an agency may be credited where no saved text shows it
        apart = a.article != b.article and folding.name(mine) != folding.name(b.publisher)
        if apart and (kind not in MEDIA or nameless_origin(a)) and not credited(b, mine, kind):
            yield Finding(Drift.ATTRIBUTION_DROP, "own_voice", {"source": mine, "outlet": b.publisher})
    elif a.links:
        yield from _other_credit(a, b, basis)


def _one_telling(a: Version, b: Version) -> bool:
    """True where copied words tell the same of the same figure."""
    figures = [v.numbers for v in (a, b)]
    return about_one(a, b) and (not all(figures) or bool(figures[0] & figures[1]))


def _other_credit(a: Version, b: Version, basis: Basis) -> Iterator[Finding]:
    mine, its = a.links[-1], b.links[-1]
    names = a.speakers, b.speakers
    if names[0][-1] == names[1][-1] or (nameless_origin(a) and nameless_origin(b)):
        if basis in COPYING and _ranks(b) and not _ranks(a) and not _beside(b, mine):
            yield Finding(Drift.ATTRIBUTION_UPGRADE, "nameless_became", {"a": mine.name, "b": its.name})
        yield from _relays(a, b)
    elif (names[1][-1] in names[0] or names[0][-1] in names[1]) and not nameless_origin(a):
        return  # the body is named instead of its own speaker, or the speaker besides
    elif names[1] == names[0][:-1] or printed_there(a, b) or (nameless_origin(b) and not nameless_origin(a)):
        if not (_beside(b, mine) if nameless_origin(b) else credited(b, mine.name, mine.kind)):
            yield Finding(Drift.ATTRIBUTION_DROP, "source_became", {"a": mine.name, "b": its.name})
    elif nameless_origin(a) and not nameless_origin(b):
        yield Finding(Drift.ATTRIBUTION_UPGRADE, "nameless_became", {"a": mine.name, "b": its.name})
    elif basis in COPYING | {Basis.ONE_TEXT} and not (_beside(b, mine) or _beside(a, its)):
        yield Finding(Drift.ATTRIBUTION_CHANGED, "source_became", {"a": mine.name, "b": its.name})


def _ranks(version: Version) -> bool:
    """True where those who are not named are said to hold an office, or to be several."""
    head = folding.name(folding.without_brackets(version.links[-1].name)).split()[-1:]
    return not OFFICES.isdisjoint(head)


OFFICES = frozenset({"officials", "official", "authorities", "police", "officers", "experts", "investigators"})


def _beside(version: Version, link: Link) -> bool:
    """True where a part of the name stands in the sentence too."""
    return not _parts(link.name).isdisjoint(version.beside)


def named_in(text: str, name: str) -> bool:
    """True where a part of the name stands in the text."""
    return not _parts(name).isdisjoint(folding.name(text).split())


@lru_cache(maxsize=4096)
def _parts(name: str) -> frozenset[str]:
    """The words of a name by which it is known; of short words only those in capitals tell."""
    bare = folding.without_brackets(name).split()
    return frozenset(folding.name(w) for w in bare if len(w) > 3 or (len(w) > 1 and w.isupper()))


def _relays(a: Version, b: Version) -> Iterator[Finding]:
    """Through whom a source is quoted: a nameless one is known by that alone, and two different relays cannot both be right."""
    mine, its = a.credits[:-1], b.credits[:-1]
    source = a.links[-1].name
    if nameless_origin(a) and mine != its:
        if mine and its:
            given = {"a": a.links[0].name, "source": source, "b": b.links[0].name}
            yield Finding(Drift.RELAY_CONFLICT, "relays", given)
        else:
            yield Finding(Drift.RELAY_CONFLICT, "relay_once", _relay(*((a, b) if mine else (b, a))))
    elif bool(mine) != bool(its):
        told, without = (a, b) if mine else (b, a)
        if _passed_over(told, without):
            yield Finding(Drift.ATTRIBUTION_DROP, "relay_gone", _relay(told, without))


def _relay(told: Version, without: Version) -> Mapping[str, object]:
    names = {"relay": told.links[0].name, "source": told.links[-1].name}
    return names | {"told": told.publisher, "without": without.publisher}


def _passed_over(told: Version, without: Version) -> bool:
    """True where the one gives the other's words and not the outlet that the other has them from."""
    relay = told.links[0]
    own = folding.name(without.publisher) == folding.name(relay.name)
    same = _in_same_words(told, without)
    return relay.kind in MEDIA and not own and same and not credited(without, relay.name, relay.kind)


def _in_same_words(a: Version, b: Version) -> bool:
    """True where the one holds nearly all words of the other, and these are a sentence rather than a phrase."""
    short, long = sorted((a.words, b.words), key=len)
    return len(short) > 5 and len(set(short) & set(long)) * 10 >= len(set(short)) * 9


def fold_word(word: str) -> str:
    """A word as words of two versions are compared: without case, accents and ending."""
    return stem(folded(word))
