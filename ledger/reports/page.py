"""A question's page as records: what `claims question show --json` prints."""

from __future__ import annotations

from collections.abc import Iterator
from decimal import Decimal

from ledger import records as r
from ledger.crossref.statements import ends, figure_words
from ledger.crossref.study import Study, study
from ledger.crossref.wording_pairs import Difference
from ledger.reports.comparing import reason_words, several_words
from ledger.reports.counting import sources_words, why_counted
from ledger.reports.differing import difference
from ledger.reports.disputed import camps, is_wording, retold, retold_line, told_pairs, trifling
from ledger.reports.set_apart import apart_because, part_of
from ledger.reports.summary import paragraph
from ledger.reports.timeline import course
from ledger.store import Ledger, beside


def page(ledger: Ledger, question: str) -> r.QuestionPage:
    """Who answers the question, what agrees with what, how many separate sources there are, and what was done about it."""
    found = study(ledger, question)
    uid = found.question.uid
    return r.replace(
        page_of(found),
        evidence=tuple(beside.evidence(ledger, uid)),
        requests=tuple(beside.requests(ledger, uid, *(c.uid for c in found.claims))),
        searches=tuple(beside.searches(ledger, uid)),
    )


def page_of(found: Study) -> r.QuestionPage:
    """The page of a question that was studied already."""
    extremes, answers = stated(found), tuple(_replies(found))
    return r.QuestionPage(
        id=found.question.id,
        question=found.question.question,
        kind=found.kind.value,
        kind_guessed=not (found.question.kind or found.question.one_of),
        claims=found.claims,
        answers=answers,
        pairs=found.pairs,
        origins=_origins(found),
        drift=tuple(_worded(found, d) for d in found.differences),
        stated=extremes,
        answer=found.answer,
        ratings=tuple(_rated(about, rating) for about, rating in found.ratings),
        summary=paragraph(found, told_extremes(found, extremes)),
        not_said=found.not_said,
        camps=camps(found, told_pairs(found)[0]),
        retold=tuple(retold_line(found, one) for one in retold(found)),
    )


def _worded(found: Study, d: Difference) -> r.Wording:
    return r.Wording(
        d.origin,
        d.version,
        d.kind.value,
        difference(found, d),
        d.basis.value,
        not is_wording(found, d),
        trifling(found, d),
    )


def stated(found: Study) -> r.Stated:
    """The lowest and the highest figure among the claims that count the same thing, and who states them."""
    reach = _reach(found)
    whole = {c: e for c, e in reach.items() if not found.statements[c].qualifiers or found.statements[c].scope}
    whole = whole or reach  # what is of one town is no lowest of all
    if not whole:
        return r.Stated(None, None)
    lowest, highest = min(map(_from_below, whole.values())), max(map(_from_above, whole.values()))
    return r.Stated(
        _extreme(found, lowest[0], [c for c, q in whole.items() if _from_below(q) == lowest], "low"),
        _extreme(found, highest[0], [c for c, q in whole.items() if _from_above(q) == highest], "high"),
    )


def told_extremes(found: Study, extremes: r.Stated) -> r.Stated | None:
    """The extremes of two numbers, where nothing narrowed, open below, of one source or of a running count makes them none."""
    low, high = (None, None) if course(found) else (extremes.lowest, extremes.highest)
    if low is None or high is None or low.value == high.value or (low.by == high.by and len(low.by) == 1):
        return None
    top = [Decimal(q.low or 0) for q in _reach(found).values() if q.high == high.value]
    for q in _reach(found).values():
        if top and Decimal(q.low or 0) > max(top):  # of 80 to 89 and 87 neither is the highest
            return None
        if (q.low is None and Decimal(q.high or 0) <= Decimal(low.value)) or Decimal(q.low or q.high or 0) < Decimal(
            low.value
        ):
            return None
        if Decimal(q.high or q.low or 0) > Decimal(high.value):
            return None
    return extremes


def _reach(found: Study) -> dict[str, r.Quantity]:
    """The firm figures on the main axis, but for those that their own text calls earlier."""
    reach = {c: e for c, off in found.axis.items() if off is None and (e := _firm(found, c)) is not None}
    return {c: e for c, e in reach.items() if not found.statements[c].superseded} or reach


def _from_below(q: r.Quantity) -> tuple[Decimal, int]:
    """A figure's place among the lowest: "more than 40" is above 40, and "up to 40" states no lowest."""
    if q.low is None:
        return Decimal(q.high or 0), 2
    return Decimal(q.low), 0 if q.low_inclusive else 1


def _from_above(q: r.Quantity) -> tuple[Decimal, int]:
    """A figure's place among the highest: "at least 40" may be more than 40, and "more than 40" is."""
    if q.high is None:
        return Decimal(q.low or 0), 1 if q.low_inclusive else 2
    return Decimal(q.high), 0 if q.high_inclusive else -1


def _firm(found: Study, claim: str) -> r.Quantity | None:
    """A claim's figure; None for a vague one, whose bounds are ours."""
    q = found.figure(claim)
    return None if q is None or q.vague or ends(q) is None else q


def _extreme(found: Study, value: Decimal, claims: list[str], end: str) -> r.Extreme:
    """Those who state this end themselves; where none does, those whose figure stands at it."""
    own = [c for c in claims if getattr(found.statements[c].quantity, end) is not None] or claims
    alike = [c for c in own if _bounds(found, c) == _bounds(found, own[0])]
    names = tuple(dict.fromkeys(name for c in alike for name in (found.family(c).outlets or (found.family(c).name,))))
    return r.Extreme(f"{value:f}", figure_words(found.statements[own[0]]), names, tuple(own))


def _bounds(found: Study, claim: str) -> object:
    q = found.figure(claim)
    return q and (q.low, q.high, q.low_inclusive, q.high_inclusive, q.approximate)


def _replies(found: Study) -> Iterator[r.Reply]:
    for claim in found.claims:
        s = found.statements[claim.id]
        yield r.Reply(
            claim=claim.id,
            origin=found.traced.origins[claim.id].name,
            family=found.family(claim.id).name,
            quantity=s.quantity,
            answer=s.answer,
            published_at=claim.published_at,
            as_of=s.as_of,
            left_out=left_out(found, claim.id),
            words=figure_words(s),
        )


def left_out(found: Study, claim: str) -> str | None:
    """Why a claim is not set beside the others; None where it is, and where no figure is asked for."""
    if figures := found.several.get(claim):
        return several_words(figures)
    off = found.axis.get(claim) or found.worded.get(claim)
    if off == "measure":
        mine, usual = found.statements[claim].measure, found.usual_measure
        why = reason_words("measure", measures=(mine, usual))
        return f"{why}; --read-as {usual} says that it may be read so" if mine and usual else why
    if off is None:
        return None
    part = part_of(found, claim, off)
    why = apart_because(found, claim, off)
    return f"{why} [{part}]" if part and part not in why else why


def _origins(found: Study) -> r.Origins:
    families = (r.SourceFamily(f.name, f.claims, f.party, f.side) for f in found.traced.families)
    return r.Origins(found.traced.low, found.traced.high, tuple(families), sources_words(found), why_counted(found))


def _rated(about: str, rating: r.Judgement) -> r.Rated:
    return r.Rated(
        about, rating.scale, rating.value, rating.because, rating.by, rating.at, rating.on, rating.superseded
    )
