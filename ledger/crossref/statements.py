"""What a text or a logged claim states: its figure, what that counts, of whom, where and when.

Of bare words this is read around the figure and said to be a guess. A logged claim may have several figures; the one that
is compared is the one that fits what is asked. What a person gave (a reading, a scope, the event's time) stands over the words.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta
from decimal import ROUND_CEILING, Decimal
from functools import cache, lru_cache
from itertools import pairwise
from typing import Any

from msgspec import Struct

from ledger import dates, lexicon, quantity
from ledger.catalogue import count, known, listed, quotation, spoken, t, theirs, unmarked
from ledger.crossref import answers, terms
from ledger.crossref.circumstances import as_worded, beside, doubted, names_alone, on_point, planned, superseded, way_of
from ledger.crossref.counted_figures import (
    around,
    choose,
    counting,
    fitting,
    measure_words,
    population_words,
    running,
    scoped,
)
from ledger.crossref.kinds import FIGURES, NOTHING_USUAL, Asked, Usual, asked, asks_one_name, fits, sort_of, usual
from ledger.crossref.measures import facets, read, root
from ledger.crossref.names import tells_of_itself
from ledger.crossref.said import (
    DISOWNED,
    age,
    answer_in,
    given_time,
    names_it,
    of_one_clock,
    one_of,
    times_in,
    times_of_it,
    where,
)
from ledger.crossref.unsaid import denies_itself
from ledger.crossref.wordlists import (
    DOUBT,
    MADE,
    MISSTATED,
    OF_PEOPLE,
    OF_SEVERAL,
    ONE_OF,
    RISING,
    SAYING,
    SINCE_THEN,
    TOLLS,
    WAITED,
)
from ledger.crossref.yes_no import (
    OPPOSITE,
    matter,
    narrowed,
    of_the_deed,
    of_the_event,
    several_subjects,
    tells_event,
    without_subject,
)
from ledger.errors import BadInput
from ledger.records import Claim, Quantity, Question, Span, Statement, TimeSpan, replace
from ledger.text import combined, folding, framed, hedge_before, polarity, stance_words
from ledger.text.coordinates import is_bare
from ledger.vocabulary import Agreement, Counting, Kind, Modifier, Stance, TimeRole


class Guess(Struct, frozen=True):
    """A statement and the names of its fields that were guessed from words, to be shown as guesses."""

    statement: Statement
    guessed: tuple[str, ...] = ()


def guess(text: str, **known: Any) -> Guess:
    """The statement that the words make; what is known is taken as it is, the rest is guessed and named."""
    found = _guess(text, **known)
    return replace(found, statement=_holding(found.statement, _own_stance(text, found.statement.quantity)))


def _guess(text: str, **known: Any) -> Guess:
    figure = known.pop("quantity", None)
    if figure is None and not known.get("answer"):
        figure = choose(quantity.find(text), text, scope=known.get("scope"))
    found: dict[str, Any] = {}
    counted = scoped(around(text, figure), known.get("scope"), figure)
    if not known.get("answer"):
        found["measure"] = measure_words(counted)
        found["population"] = population_words(counted)
        found["counting"] = counting(text, counted)
        found["running"] = running(text, counted)
    guessed = {k: v for k, v in found.items() if k not in known and v not in (None, False, Counting.UNKNOWN)}
    told = way_of(text, figure) if figure else ()
    return Guess(Statement(quantity=figure, qualifiers=told, **{**guessed, **known}), tuple(sorted(guessed)))


def statement(text: str, **known: Any) -> Statement:
    """The statement that the words make, guesses included; `guess` also says which fields are guesses."""
    return guess(text, **known).statement


# --- of a logged claim ------------------------------------------------------------------------------------------------


def statements_of(question: Question, claims: Sequence[Claim], kind: Kind) -> dict[str, Statement]:
    """What each claim filed under the question states, read with what most of them speak of."""
    shared = matter([c.exact for c in claims]) if kind is Kind.YES_NO else frozenset[str]()
    most = usual(question, claims) if kind is Kind.AMOUNT else NOTHING_USUAL
    stated = {c.id: statement_of(c, question, kind, shared, most) for c in claims}
    if kind is Kind.WHEN:
        told = {c: (f"{s.text} {s.answer}", s.said) for c, s in stated.items() if s.said}
        stated |= {c: replace(stated[c], said=time) for c, time in of_one_clock(told).items()}
    if kind is Kind.YES_NO and several_subjects([c.exact for c in claims], question.question):
        headless = [c.id for c in claims if not c.answer and without_subject(c.exact)]
        stated |= {c: replace(stated[c], on_point=False) for c in headless}
    return stated


def statement_of(
    claim: Claim,
    question: Question | None = None,
    kind: Kind | None = None,
    shared: frozenset[str] = frozenset(),
    most: Usual = NOTHING_USUAL,
) -> Statement:
    """What the claim states, in answer to the question where there is one, and of the kind that answers it.

    What it does not assert is no figure of its own. `shared` is what most claims of the question speak of, `most` what
    figures most of them give.
    """
    figure = figure_of(claim, question, kind, most)
    found, stance = _stated(claim, figure, question, kind, shared), stance_of(claim, figure)
    if hedge := hedge_before(claim.prefix):
        found = replace(found, doubted=(hedge, *found.doubted))
    held = stance_words(claim.stance, claim.answer or claim.exact)
    side, *part = (found.said or "").split(",")
    if kind is Kind.YES_NO and side in OPPOSITE:  # read with what the words themselves deny
        denied = claim.stance is Stance.DENIES and not denies_itself(claim.exact)
        said = ",".join((OPPOSITE[side], *part)) if denied else found.said
        stance = Stance.ASSERTS if claim.stance is Stance.DENIES else claim.stance
        found = replace(found, said=said, held=None if claim.stance is Stance.ASSERTS else held)
    elif (found.said or "").startswith(DISOWNED) and claim.stance is Stance.DENIES:
        stance = Stance.ASSERTS  # the denial is in what is said
    elif kind is Kind.YES_NO and found.said and answers.leaves_open(found.said):
        stance = Stance.ASSERTS  # as is that nothing is known
    return _holding(found, stance, held)


def several(question: Question, claim: Claim, kind: Kind) -> tuple[str, ...]:
    """The figures of the claim that answer the question equally well: which is meant a person has to say."""
    found = _fitting(claim, question, kind)
    return tuple(" ".join(q.text.split()) for q in found) if len(found) > 1 else ()


def unanswered(question: Question, claims: Sequence[Claim], kind: Kind) -> tuple[str, ...]:
    """The claims that name nothing of the kind that answers the question: a person has to say what they answer."""
    if kind in (Kind.WHO_WHAT, Kind.WORDS) and not question.one_of:
        return ()  # their words are the answer
    stated = statements_of(question, claims, kind)
    return tuple(c for c, s in stated.items() if not (s.quantity or s.unstated or s.answer or s.said))


def stance_of(claim: Claim, figure: Quantity | None) -> Stance:
    """What the source holds of the claim, or of its figure: the stance it takes, with what its words themselves deny."""
    if claim.answer:
        return claim.stance if answers.side(claim.answer) is None else Stance.ASSERTS
    return combined(claim.stance, _own_stance(claim.exact, figure))


def _own_stance(text: str, figure: Quantity | None) -> Stance:
    """What the words do with the figure, or where there is none with their matter."""
    if figure is None:
        return polarity(text)
    frame = framed(text)
    return Stance.DENIES if figure.why == quantity.DENIED and frame is Stance.ASSERTS else frame


def _holding(found: Statement, stance: Stance, held: str | None = None) -> Statement:
    """The statement with its stance; a figure that is not asserted is not its own."""
    if stance is Stance.ASSERTS:
        return found
    return replace(found, stance=stance, quantity=None, unstated=found.quantity, held=held)


def asserted(s: Statement) -> Statement:
    """The statement as if its source asserted it."""
    return replace(s, stance=Stance.ASSERTS, quantity=s.quantity or s.unstated, unstated=None)


def _stated(
    claim: Claim, figure: Quantity | None, question: Question | None, kind: Kind | None, shared: frozenset[str]
) -> Statement:
    known: dict[str, Any] = {
        "answer": claim.answer,
        "scope": claim.scope,
        "place": claim.place.name if claim.place and not is_bare(claim.place.name) else None,
        "as_of": as_of(claim),
        "measure": claim.reading.read_as if claim.reading else None,
    }
    known = {name: value for name, value in known.items() if value}
    ages = question is not None and asked(question.question).sort == "age"
    window = window_of(claim, figure)
    standing = kind is Kind.AMOUNT and window == Span(known.get("as_of"), known.get("as_of"))
    if window and not ages and not standing:  # an age is no time of what one did, a debt of its day of no period
        known["window"] = window
    if figure is None:
        return Statement(**known, **_in_words(claim, question, kind, shared))
    placed = _in_article(figure, claim) if claim.anchored else replace(figure, start=None, end=None)
    if ages and question is not None:  # whatever became of who is so old
        known["on_point"] = bool(claim.answer) or _alone(figure, claim, question)
        return Statement(
            **{k: v for k, v in known.items() if k not in ("answer", "measure")}, quantity=placed, kind=kind
        )
    if _counting_given(figure, claim):
        known["counting"] = figure.counting
    found = _guess(claim.exact, quantity=figure, **{k: v for k, v in known.items() if k != "answer"}).statement
    found = replace(
        found,
        quantity=placed,
        text=as_worded(claim.exact, figure),
        denied=_denied(figure, claim),
        doubted=doubted(claim.exact, figure),
    )
    if kind is None or question is None:
        return found
    near = beside(claim.exact, figure, question.question)
    toll = read(question.question).measure if kind is Kind.COUNT and not read(claim.exact).measure else None
    if toll in TOLLS and not (found.measure or figure.measure or found.scope) and figure.unit == "people":
        found = replace(found, measure=toll, running=True)  # "28 soldiers", filed under how many were killed
    found = replace(found, running=found.running or (kind is Kind.COUNT and _rises(found, question)))
    goes_on = found.running or not GROWING.isdisjoint(asked(question.question).words)
    narrowed = (w for w in near.qualifiers if not (claim.reading and read(w).measure))  # as a person reads it
    return replace(
        found,
        kind=kind,
        said=where(claim.exact) if kind is Kind.DISTANCE and answers.direction(claim.exact) else None,
        running=goes_on,
        qualifiers=tuple(w for w in narrowed if not (goes_on and w.startswith("by "))),  # until when is counted
        places=near.places,
        spots=near.spots,
        named=tuple(sorted(names_alone(f"{claim.title or ''} | {claim.exact}"))),
        status=claim.status or near.status,
        on_point=(near.on_point or _alone(figure, claim, question) or tells_event(claim.exact, question.question))
        and not _of_telling_it(claim, question),
        superseded=superseded(claim.exact, figure, claim.prefix)
        or any(tells_of_itself(h.source) for h in claim.attribution),
        planned=near.planned,
        moving=found.running and _fresh(claim, question),
    )


def _denied(figure: Quantity, claim: Claim) -> tuple[str, ...]:
    """The numbers that the words deny beside the figure: "251 were aboard, not 243"."""
    beside = (q for q in claim.quantities if q.why == quantity.DENIED and q.unit in (None, figure.unit))
    return tuple(q.low for q in beside if q.low is not None and q.low == q.high and figure.why != quantity.DENIED)


GROWING = lexicon.words("en/questions", "growing")
"""Words of a question for what goes on: so much was spilled, burned, collected by then."""


def _rises(found: Statement, question: Question) -> bool:
    """True where a count that rises is asked for, and the words tell of no other: "20 were taken to hospital" of the hurt."""
    measure, unit = read(question.question).measure, found.quantity.unit if found.quantity else None
    of_it = unit == "people" or unit in OF_SEVERAL or measure not in TOLLS | OF_PEOPLE
    return of_it and measure in RISING and found.measure in (None, measure)


def _of_telling_it(claim: Claim, question: Question) -> bool:
    """True where what is denied is how a thing was told, hidden or brought about, and the question asks for none of that."""
    told = {terms.stem(w) for w in MISSTATED.intersection(answers.words(claim.exact))}
    return claim.stance is Stance.DENIES and not told <= {terms.stem(w) for w in answers.words(question.question)}


def _alone(figure: Quantity, claim: Claim, question: Question) -> bool:
    """True for the one length, weight, duration or age that the claim gives: where one is asked for, it is the answer."""
    sort = sort_of(figure.unit)
    if asked(question.question).sort == "age":
        return not asked(question.question).stems.isdisjoint(terms.terms(claim.exact))
    measured = sort in ("length", "time") or quantity.measured(figure.unit)
    shared = not {root(w) for w in terms.words(claim.exact)}.isdisjoint(asked(question.question).roots)
    alone = all(
        quantity.compare(q, figure).agreement is not Agreement.CONFLICT
        for q in claim.quantities
        if quantity.convertible(q.unit, figure.unit)
    )  # but for the same once more: "80 km/h (50 mph)"
    return (measured and (shared or sort != "length") and alone) or _says_no_more(figure, claim)


def _says_no_more(figure: Quantity, claim: Claim) -> bool:
    """True for a claim that was filed for its bare figure: "there are not even 300 metres", "about 40"."""
    own = {*answers.words(f"{figure.text} {figure.unit} {figure.counts}")}
    return {w for w in answers.words(claim.exact) if w not in terms.STOP} <= own


def _fresh(claim: Claim, question: Question) -> bool:
    """True in the first days after what happened on a day, unless a person said until when was counted."""
    if any(t.role is TimeRole.AS_OF for t in claim.times) or _until(claim) is not None:
        return False
    told = _told(question.window or question.question)
    if not told or not claim.published_at:
        return not told
    published = dates.bounds(claim.published_at[:10])[1]
    return any(last - first < DAY and published - first < FRESH for first, last in told)


DAY, FRESH = timedelta(days=1), timedelta(days=4)


@lru_cache(maxsize=256)
def _told(question: str) -> tuple[tuple[datetime, datetime], ...]:
    """First and last instant of the times that the question names; what took longer than a day is over when asked for."""
    spans = [(t.earliest, t.latest) for t in dates.find(question)]
    return tuple((dates.bounds(first)[0], dates.bounds(last)[1]) for first, last in spans if first and last)


def _in_words(claim: Claim, question: Question | None, kind: Kind | None, shared: frozenset[str]) -> dict[str, Any]:
    """What a claim without a figure answers, as far as its words show; a person's own answer outweighs them."""
    if kind is None or question is None or kind in FIGURES:
        return {"text": claim.exact} if claim.answer else {}
    wanted = asked(question.question)
    if question.one_of:
        answer = one_of(question.one_of, claim.answer or claim.exact)
        return {"kind": kind, "said": answer, "text": claim.exact, "only_one": True}
    if claim.answer:
        answer = _time_given(claim, wanted) if kind is Kind.WHEN else None
        if kind is Kind.YES_NO and _some_of_it(claim.answer, wanted):
            answer = "yes"
    else:
        answer = answer_in(kind, claim.exact, claim.published_at, _with_speaker(replace(wanted, matter=shared), claim))
    read = answer is not None and (kind in (Kind.WHEN, Kind.YES_NO) or answer.startswith(DISOWNED))
    blamed = bool(WHO.intersection(wanted.words)) and "who did it" in facets(claim.exact)
    apt = bool(claim.answer) or on_point(claim.exact, question.question) or read or blamed
    apt = apt and (bool(claim.answer) or not _of_telling_it(claim, question))
    if kind is Kind.WHEN and not claim.answer:
        apt = apt and of_the_event(claim.exact, question.question) and _dates_it(claim, wanted)
    if kind is Kind.YES_NO and claim.answer and not _plain(claim.answer, wanted):
        apt = of_the_deed(claim.exact, question.question)
    less = narrowed(f"{claim.answer or ''}. {claim.exact}", question.question)
    one_name = kind is Kind.WHO_WHAT and asks_one_name(question.question)
    one_name = one_name and (bool(claim.answer) or names_it(claim.exact, answer or claim.exact, wanted))
    return {
        "kind": kind,
        "said": answer,
        "text": claim.exact,
        "on_point": apt or one_name,
        "one_name": one_name and SUCCESSION.isdisjoint(answers.words(claim.exact)),
        "narrowed": less,
        "planned": planned(claim.exact) or (kind is Kind.WHEN and _to_come(answer, claim)),
    }


def _to_come(answer: str | None, claim: Claim) -> bool:
    """True for a time after the day of the article, whatever the verb: "the museum reopens on 5 May"."""
    if not answer or not claim.published_at:
        return False
    with suppress(BadInput):
        return dates.bounds(answer.removeprefix("~").partition("/")[0])[0] > dates.bounds(claim.published_at[:10])[1]
    return False


def _plain(answer: str, wanted: Asked) -> bool:
    """True for yes, no or a word of the question or its opposite, as a person types it, whatever is added: "yes, on tape"."""
    found = re.match(r"([a-z]+)(?:[,;:(]| \(|\Z)", answer.strip().casefold())
    return found is not None and (
        found[1] in ("yes", "no") or any(found[1] in pair and not pair.isdisjoint(wanted.words) for pair in ONE_OF)
    )


def _time_given(claim: Claim, wanted: Asked) -> str | None:
    """The time that a person typed; only about then where the words say so."""
    answer = given_time(claim.answer or "", claim.published_at, wanted)
    loose = (answer_in(Kind.WHEN, claim.exact, claim.published_at, wanted) or "").startswith("~")
    return f"~{answer}" if answer and loose and not answer.startswith("~") else answer


def _some_of_it(answer: str, wanted: Asked) -> bool:
    """True for a number of what is asked for: "one shot", where it is asked whether shots were fired."""
    figures = quantity.find(answer)
    return answers.side(answer) is None and any(
        q.low is not None and Decimal(q.low) >= 1 and {root(w) for w in terms.words(q.counts or "")} & wanted.roots
        for q in figures
    )


def _dates_it(claim: Claim, wanted: Asked) -> bool:
    """False where the only times in the words are of when something was told."""
    return not times_in(claim.exact, claim.published_at) or bool(times_of_it(claim.exact, claim.published_at, wanted))


def _with_speaker(wanted: Asked, claim: Claim) -> Asked:
    """What is asked for, with the name of who says the claim."""
    if not claim.attribution:
        return wanted
    name = folding.without_brackets(claim.attribution[-1].source)
    roots = frozenset(map(root, answers.words(name)))
    return replace(wanted, speaker=roots, who=name if WHO.intersection(wanted.words) else None)


WHO = frozenset({"who", "whom", "whose"})
SUCCESSION = lexicon.words("en/questions", "succession")
"""Words for who held an office before or after another."""


def figure_of(
    claim: Claim,
    question: Question | None = None,
    kind: Kind | None = None,
    most: Usual = NOTHING_USUAL,
) -> Quantity | None:
    """The figure that answers the question, counted from the claim's own beginning; None where none or several do."""
    if kind and question and asked(question.question).sort == "age":
        return age(claim.answer or claim.exact, asked(question.question))
    if claim.answer or kind not in (None, *FIGURES):
        given = quantity.find(claim.answer) if claim.answer and kind in FIGURES else []
        return replace(given[0], start=None, end=None) if len(given) == 1 else None
    found = _fitting(claim, question, kind, most)
    found = tuple(q for q in found if q.why != quantity.DENIED) or found  # "251 were aboard, not 243"
    return found[0] if found and (len(found) == 1 or question is None) else None


def _fitting(
    claim: Claim,
    question: Question | None,
    kind: Kind | None,
    most: Usual = NOTHING_USUAL,
) -> tuple[Quantity, ...]:
    """The figures of the claim that answer best."""
    if claim.answer or kind not in (None, *FIGURES):
        return ()
    wanted = " ".join(w for w in (claim.scope, question and question.measure, question and question.question) if w)
    figures = [_as_worded(_in_claim(q, claim), claim) for q in claim.quantities if q.sure or q.why == quantity.DENIED]
    if question is not None:
        figures = [q for q in figures if fits(q, asked(question.question)) and not _between_times(q, claim.exact)]
        if kind is Kind.COUNT:
            figures = [q for q in figures if sort_of(q.unit) is None] or figures
            figures = [q for q in figures if not _composes(q, claim.exact)]
            if "people" in asked(question.question).words:  # and not the centres in which they are
                figures = [q for q in figures if q.unit == "people"] or figures
        if not MEASURING.isdisjoint(answers.words(question.question)[1:2]):
            figures = [q for q in figures if quantity.measured(q.unit)] or figures
        if most.sort:
            figures = [q for q in figures if sort_of(q.unit) == most.sort] or figures
        figures = _in_currency(figures, claim.exact, most.currency)
    if claim.reading:
        figures = [_as_read(q, claim) for q in figures]
    return fitting(figures, claim.exact, scope=wanted or None)


MEASURING = lexicon.words("en/questions", "measuring")


def _in_currency(figures: list[Quantity], text: str, currency: str | None) -> list[Quantity]:
    """The figures without sums that the text gives in the usual currency too, in brackets behind: "£2.1m (€2.4m)"."""
    again = {
        (q.start, q.end)
        for q, other in pairwise(figures)
        if other.unit == currency != q.unit and sort_of(q.unit) == sort_of(currency) == "money"
        and re.fullmatch(r"\s*[(\[](?:[a-z]+ ){0,2}", text[q.end or 0 : other.start or 0])
    }  # fmt: skip
    return [q for q in figures if (q.start, q.end) not in again]


def _composes(figure: Quantity, text: str) -> bool:
    """True for what the whole is made of, of which a part is told: "the last cars of the five-car unit"."""
    before = text[: figure.start] if figure.start is not None else ""
    return (
        re.search(r"\w-[a-z]+$", figure.text) is not None and re.search(r"\bof (?:the|its|an?) $", before) is not None
    )


def _between_times(figure: Quantity, text: str) -> bool:
    """True for what lay between two moments, and is no length of either: "two minutes later", "three days after"."""
    behind = answers.words(text[figure.end or 0 : (figure.end or 0) + 20])
    named = {*answers.words(figure.unit or ""), *answers.words(figure.counts or "")}
    link = next((w for w in behind if w not in named), "")
    if sort_of(figure.unit) != "time" or link not in SINCE_THEN:
        return False
    waited = link == "before" and not WAITED.isdisjoint(answers.words(text[: figure.start])[-3:])
    return not waited  # "it was 12 hours before the last was out"


def as_of(claim: Claim) -> str | None:
    """Until when was counted: as given, else the day the article is of."""
    for time in claim.times:
        if time.role is TimeRole.AS_OF:
            return time.latest or time.earliest
    if (until := _until(claim)) is not None:
        return until.latest or until.earliest
    return claim.published_at[:10] if claim.published_at else None


def _until(claim: Claim) -> TimeSpan | None:
    """The time in the claim's words until which was counted: by Friday evening, as of noon."""
    told = (t for t in claim.times if t.role is TimeRole.MENTIONED and t.sure and t.start is not None)
    found = [t for t in told if _counted_by(claim, t)]
    return found[0] if len(found) == 1 else None


def _counted_by(claim: Claim, time: TimeSpan) -> bool:
    """True for a time behind "by" or "as of", which may be its own first words."""
    at = " ".join(f"{claim.exact[: (time.start or 0) - (claim.start or 0)]} {time.text}".lower().split())
    bare = re.sub(r"^(?:by|as of|as at)\s+", "", " ".join(time.text.lower().split()))
    return re.search(rf"\b(?:by|as of|as at) {re.escape(bare)}$", at) is not None


def window_of(claim: Claim, figure: Quantity | None) -> Span | None:
    """When it happened: as given, else the time nearest to the figure among the claim's own words of which we are sure."""
    for time in claim.times:
        if time.role is TimeRole.EVENT:
            return Span(time.earliest, time.latest)
    told = (t for t in claim.times if t.role is TimeRole.MENTIONED and t.sure)
    told = (t for t in told if t.start is None or not _counted_by(claim, t))
    sure = [t for t in told if t.start is not None and not _of_telling(claim.exact, t.start - (claim.start or 0))]
    said = [t for t in sure if t.earliest != t.latest] or sure
    if not said:
        return None
    nearest = min(said, key=lambda t: _apart(t, figure, claim))
    return Span(nearest.earliest, nearest.latest)


def _of_telling(text: str, at: int) -> bool:
    """True for a time behind a word of saying or of making: it was said on Thursday, whenever it happened; "built in 1964"."""
    before = folding.words(text[:at])
    if not MADE.isdisjoint(before.split()[-2:]):
        return True
    return _said_at().search(before) is not None


@cache
def _said_at() -> re.Pattern[str]:
    """A word of saying at the end, with to whom or in what it was said: "said in a statement", "told Lorn Radio late"."""
    what = r" (?:in|at|to|during) (?:an?|the|its|his|her|their) (?:[\w-]+ )?[\w-]+"
    return re.compile(
        rf"\b(?:told(?: [\w-]+){{1,3}}?|(?:{lexicon.alternatives(tuple(SAYING))})(?:{what})?)(?: late| early| again)?$"
    )


def _counting_given(figure: Quantity, claim: Claim) -> bool:
    """True where a person said what sort of count it is; what a parser saw is guessed again from the claim's own words."""
    if figure.counting is Counting.UNKNOWN:
        return False
    return all(said.text != figure.text or said.counting is not figure.counting for said in _found(claim.exact))


@lru_cache(maxsize=1024)
def _found(text: str) -> tuple[Quantity, ...]:
    """The figures of a claim's words, which are asked for again and again while a question is studied."""
    return tuple(quantity.find(text))


def _as_worded(q: Quantity, claim: Claim) -> Quantity:
    """A figure that was given as numbers, in the claim's own words where these say the same: [401, …) is "more than 400"."""
    if q.start is not None:
        return q
    for said in _found(claim.exact):
        if (said.modifier is q.modifier or (said.vague and q.vague)) and _same_numbers(said, q):
            given = {n: v for n in ("unit", "measure", "population") if (v := getattr(q, n)) is not None}
            return replace(said, counting=q.counting, **given)
    return q


def interval(q: Quantity) -> tuple[object, ...]:
    """The figure as it is compared: its bounds and hedge, with what they count."""
    return q.low, q.high, q.low_inclusive, q.high_inclusive, q.modifier, q.unit or q.counts


def _same_numbers(said: Quantity, given: Quantity) -> bool:
    """True where the given bounds are the stated number, or what its hedge makes of it."""
    reach = [Decimal(v) for v in (given.low, given.high) if v is not None]
    number = said.low if said.low is not None else said.high
    if number is None or not reach or (said.low != said.high and None not in (said.low, said.high)):
        return (said.low, said.high) == (given.low, given.high)
    soft = said.approximate or said.modifier is Modifier.NEARLY
    allowed = max(Decimal(1), (abs(Decimal(number)) / 10).to_integral_value(ROUND_CEILING) if soft else Decimal(0))
    return all(abs(Decimal(number) - v) <= allowed for v in reach)


def _in_claim(q: Quantity, claim: Claim) -> Quantity:
    return _moved(q, -claim.start) if claim.start is not None else q


def _in_article(q: Quantity, claim: Claim) -> Quantity:
    return _moved(q, claim.start) if claim.start is not None else q


def _moved(q: Quantity, by: int) -> Quantity:
    if q.start is None or q.end is None:
        return q
    return replace(q, start=q.start + by, end=q.end + by)


def _as_read(q: Quantity, claim: Claim) -> Quantity:
    """The figure counting what a person reads its word as, so that it fits a question that asks for that."""
    return (
        replace(q, measure=claim.reading.read_as)
        if claim.reading and q.measure == around(claim.exact, q).measure
        else q
    )


def _apart(time: TimeSpan, figure: Quantity | None, claim: Claim) -> int:
    if figure is None or figure.start is None or time.start is None:
        return time.start or 0
    return abs(time.start - (claim.start or 0) - figure.start)


# --- as the source words it -------------------------------------------------------------------------------------------


QUOTED = 200
"""Characters of a claim that stand in a sentence."""


def shortened(words: str, longest: int = QUOTED) -> str:
    """The words on one line, cut where they are long."""
    words = " ".join(words.split())
    return words if len(words) <= longest else words[:longest].rsplit(" ", 1)[0] + " …"


def figure_words(statement: Statement) -> str:
    """The figure in the source's words with what it counts, else the short answer; empty where there is neither."""
    q = statement.quantity
    if q is None:
        said = statement.answer or (statement.said and shortened(statement.text or ""))
        if statement.held or not said:
            return statement.held or ""
        told = f"{_quoted(said, statement.text)}{_believed(said, statement.text or '')}"
        return told if told.startswith("[") else with_hedges(told, statement.doubted)
    if q.high == "0" and " ".join((q.text or "").split()).casefold() in ("no", "none"):
        return t("none")
    if q.why == quantity.OURS:
        return t("{figure} (our figure)", figure=quantity.interval_words(q))
    said = " ".join((q.text or "").split())
    if _decade(said, q):
        years = t("{figure} {unit}", figure=quantity.interval_words(q), unit=known(q.unit or ""))
        return t("{figure} ({words})", figure=years, words=quotation(said))
    written = bool(said) and len(said) <= 60 and not _opens_with_verb(said) and _as_written(q)
    read = quantity.interval_words(q)
    said = statement.text or said if written else read
    said = said[:1].lower() + said[1:] if said[1:2].islower() or said[1:2] == " " else said  # "At least", not "US$"
    told = theirs(said) if written else said
    whole = told if written and statement.text else _counting(told, q)
    if written and _spelt_out(q.unit) and unmarked(whole)[-1:].isdigit():
        whole = t("{figure} {unit}", figure=whole, unit=known(q.unit or ""))  # "40" of "40 kilometres an hour"
    whole = with_hedges(whole, statement.doubted)
    if not written or q.vague or spoken().lang == "en" or read.casefold() in said.casefold():
        return whole
    return t("{figure} ({words})", figure=_in_unit(read, q), words=quotation(whole))


def with_hedges(said: str, hedges: Sequence[str]) -> str:
    """What was said with the words beside it that say how sure it is."""
    return f"{said} ({listed([quotation(w) for w in hedges])})" if hedges else said


def _spelt_out(unit: str | None) -> bool:
    """True for a unit that stands behind its figure as a word: of length or time, and pence, but no pounds."""
    return quantity.measured(unit) or ((unit or "").islower() and quantity.convertible(unit, "GBP"))


def _decade(said: str, q: Quantity) -> bool:
    """True for one word that is a range of years: "eighties"."""
    range_of_years = q.unit == "years" and None not in (q.low, q.high) and q.low != q.high
    return range_of_years and said.isalpha() and not q.vague


def _in_unit(read: str, q: Quantity) -> str:
    """The figure with its unit where the language spoken has a word for that, in the form that the number wants."""
    end = Decimal(q.high or q.low or 0)
    if q.modifier is Modifier.NONE:
        return read
    if q.unit == "people" and end == int(end):
        return count("{figure} person", "{figure} people", int(end), figure=read)
    if end == 1 or not q.unit or q.unit == "percent" or q.unit not in spoken().messages:  # not "1 days"
        return read
    return t("{figure} {unit}", figure=read, unit=known(q.unit))


def _counting(said: str, q: Quantity) -> str:
    """The figure with what it counts, unless it says so itself."""
    noun = " ".join((q.counts or "").split())
    if not noun or noun.casefold() in said.casefold() or len(noun) > 40:
        return said
    of = q.vague and unmarked(said).endswith("s")
    return (
        t("{figure} of {noun}", figure=said, noun=theirs(noun))
        if of
        else t("{figure} {noun}", figure=said, noun=theirs(noun))
    )


def _believed(said: str, text: str) -> str:
    """The word of doubt that stands close before a short answer in the claim: " (“supposedly”)"."""
    before, found, _ = text.casefold().partition(said.casefold())
    near = [w for w in answers.words(before)[-6:] if w in DOUBT]
    return f" ({quotation(near[-1])})" if found and near else ""


def _quoted(said: str, text: str | None) -> str:
    """An answer in quotation marks, or in brackets where the claim has other words and the desk put it so."""
    words = re.escape(" ".join(said.casefold().split()))
    own = text is None or re.search(rf"(?<!\w){words}(?!\w)", " ".join(text.casefold().split())) is not None
    own = own and (answers.side(said) is None or said == text)  # a "no" in the words is seldom the answer
    if own or (text and _is_code(said)):
        return quotation(said if own else shortened(text or ""))
    return t("[{words}]", words=theirs(_dated(said)))


@cache
def _written_day() -> re.Pattern[str]:
    one = r"\d{4}-\d\d(?:-\d\d(?:T\d\d(?::\d\d)?(?:[+-]\d\d:\d\d|Z)?)?)?"
    return re.compile(rf"\b({one})(?:/({one}))?(?![\w-])")


def _dated(said: str) -> str:
    """A short answer with its dates in words: "by December 2012"."""
    return _written_day().sub(lambda m: dates.window_words(Span(m[1], m[2] or m[1])), said)


def _is_code(said: str) -> bool:
    """True for what no reader would write: "cause:fire", "no_power"."""
    return re.fullmatch(r"[a-z]\w*(?:[:_][\w-]+)+", said) is not None


def _opens_with_verb(said: str) -> bool:
    """True where the hedge is a verb; the figure alone is said with an adverb."""
    return not lexicon.words("en/hedges", "verbs").isdisjoint(said.casefold().split()[:1])


def _as_written(q: Quantity) -> bool:
    """True where the figure's text is words of the source with their hedge; else it is told with the hedge in our words."""
    bare = None in (q.low, q.high) and not q.vague and all(c.isdigit() or c.isspace() or c in ".,٫٬" for c in q.text)
    if bare and (q.low or q.high):  # the hedge stands apart: "14 Menschen mindestens", "14 شخصا على الأقل"
        return False
    return q.start is not None or q.modifier is Modifier.EXACT or any(c.isalpha() for c in q.text)


def in_unit(q: Quantity, unit: str | None) -> Quantity:
    """The figure in another unit, where the two convert; its words stay."""
    if not quantity.convertible(q.unit, unit):
        return q
    low, high = (
        quantity.converted(value, q.unit, unit, upper=upper) for value, upper in ((q.low, False), (q.high, True))
    )
    return replace(q, low=low, high=high, unit=unit)


def ends(q: Quantity) -> tuple[Decimal, Decimal] | None:
    """The lowest and highest number that it names, an open end being the number at the other one; None where it names none."""
    low = q.low if q.low is not None else q.high
    high = q.high if q.high is not None else q.low
    return None if low is None or high is None else (Decimal(low), Decimal(high))
