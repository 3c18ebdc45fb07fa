"""One honest paragraph about a question: every figure with whoever states it, hedged as they hedged it.

It says what was said and by whom, never that it is so. It counts copies as copies, names parties as parties, and says what
is not known. Whatever a person answered or rated stands first, with the person's name.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from decimal import ROUND_HALF_UP, Decimal

from ledger import dates
from ledger.crossref import origins
from ledger.crossref.figures import apart_words, figure_words
from ledger.crossref.origins import Family, Standing
from ledger.crossref.study import Study
from ledger.records import Pair, Span, Stated
from ledger.text import visible
from ledger.vocabulary import Relation

MOST = 5
"""Sources named one by one before the rest is only counted."""


@dataclass(frozen=True, slots=True)
class Voice:
    """What one source says, and which of its claims say it in these words."""

    family: Family
    words: str
    claims: tuple[str, ...]
    others: tuple[str, ...]
    """The same source's figure as other claims word it."""


def paragraph(found: Study, stated: Stated) -> str:
    """The question's state in plain words."""
    if not found.claims:
        return "No claim has been filed under this question yet."
    lines = [*_judged(found), *_said(found), *_off_scale(found), *_differing(found), *_wording(found)]
    lines += [_traced(found), *_parties(found), *_stated(stated), *_open(found)]
    return visible(" ".join(line for line in lines if line))


def voices(found: Study, claims: Iterable[str]) -> list[Voice]:
    """What each source says among these claims, those told by most outlets first, parties after the others."""
    by_family: dict[str, list[str]] = {}
    for c in claims:
        by_family.setdefault(found.family(c).key, []).append(c)
    spoken = [_voice(found, members) for members in by_family.values()]
    return sorted(spoken, key=lambda v: (v.family.party, _rank(v.family), -len(found.outlets(v.claims))))


def _rank(family: Family) -> int:
    return list(Standing).index(family.standing)


def _voice(found: Study, members: Sequence[str]) -> Voice:
    """A source's figure in the wording that most outlets have; of equals the first logged."""
    firsts = [found.wordings[c] for c in members]
    counts = Counter(firsts)
    main = max(counts, key=lambda c: (counts[c], -firsts.index(c)))
    others = dict.fromkeys(figure_words(found.statements[c]) for c in counts if c != main)
    words = figure_words(found.statements[main])
    others.pop(words, None)
    own = tuple(c for c in members if figure_words(found.statements[c]) == words)
    return Voice(found.family(main), words, own, tuple(others))


# --- sentences ----------------------------------------------------------------------------------------------------


def _judged(found: Study) -> Iterator[str]:
    if found.answer is not None:
        yield f"Answer by {found.answer.by}, {_day(found.answer.at)}: {_sentence(found.answer.value)}"


def _said(found: Study) -> Iterator[str]:
    """Each source's figure or answer, with how many outlets carry it."""
    on_scale = [c for c, off in found.axis.items() if off is None]
    answered = [c.id for c in found.claims if found.statements[c.id].quantity is None and c.answer]
    for claims in (on_scale, answered):
        spoken = voices(found, claims)
        for voice in spoken[:MOST]:
            yield _voice_line(found, voice)
        if len(spoken) > MOST:
            yield f"{_count(len(spoken) - MOST, 'more source')} are listed below."
    prose = len(found.claims) - len(found.axis) - len(answered)
    if prose:
        yield f"{_count(prose, 'claim')} without a figure or a short answer {'has' if prose == 1 else 'have'} to be read."


def _voice_line(found: Study, voice: Voice) -> str:
    line = f"{_capital(voice.words)}, {according(found, voice)}"
    told = found.outlets(voice.claims)
    if voice.family.standing in (Standing.NAMED, Standing.ANONYMOUS):
        line += f" ({'in ' + told[0] if len(told) == 1 else f'{len(told)} outlets'}"
        line += f"; elsewhere worded {_listed([f'“{w}”' for w in voice.others[:3]])})" if voice.others else ")"
    return line + "."


def according(found: Study, voice: Voice) -> str:
    """Whose figure it is, as far as the articles say."""
    family = voice.family
    match family.standing:
        case Standing.PUBLISHER:
            return f"as {family.name} states without naming a source" + _party(family)
        case Standing.UNKNOWN:
            return f"in {_listed(found.outlets(voice.claims)[:3])}, which do not say where it is from"
        case Standing.ANONYMOUS:
            return f"according to {family.name}, not named"
        case Standing.NAMED:
            return f"according to {family.name}" + _party(family)


def _party(family: Family) -> str:
    if not family.party:
        return ""
    return f", a party to the matter ({family.side})" if family.side else ", a party to the matter"


def _off_scale(found: Study) -> Iterator[str]:
    """Figures for another period, place or thing: said, and why they cannot be set beside the rest."""
    reasons: dict[str, list[str]] = {}
    for c, off in found.axis.items():
        if off is not None:
            reasons.setdefault(off, []).append(c)
    for reason, claims in reasons.items():
        spoken = voices(found, claims)
        said = _listed([f"{v.words}, {according(found, v)}{_when(found, v, reason)}" for v in spoken[:3]], "; ")
        more = f"; and {_count(len(spoken) - 3, 'more source')}" if len(spoken) > 3 else ""
        yield f"Not comparable, since {apart_words(reason)}: {said}{more}."


def _when(found: Study, voice: Voice, reason: str) -> str:
    s = found.statements[voice.claims[0]]
    if reason == "window" and s.window:
        return f" ({dates.window_words(s.window)})"
    return f" ({s.place})" if reason == "place" and s.place else ""


def _differing(found: Study) -> Iterator[str]:
    """What separate sources contradict or support, each pair of sources once, the widest gap first."""
    seen: dict[frozenset[str], Pair] = {}
    for pair in found.pairs:
        if pair.relation in (Relation.CONFLICTS, Relation.SUPPORTS) and pair.same_origin is not True:
            key = frozenset((found.family(pair.a).key, found.family(pair.b).key, pair.relation))
            seen.setdefault(key, pair)
    conflicts = sorted((p for p in seen.values() if p.relation == Relation.CONFLICTS), key=_width, reverse=True)
    for pair in conflicts[:2]:
        yield conflict_line(found, pair)
    if len(conflicts) > 2:
        yield f"{_count(len(conflicts) - 2, 'more pair')} of sources contradict each other."
    for pair in [p for p in seen.values() if p.relation == Relation.SUPPORTS and _told(p)][:2]:
        yield support_line(found, pair)


def _told(pair: Pair) -> bool:
    return pair.set_by is not None or pair.supports != "neither" or pair.agreement == "agree"


def _width(pair: Pair) -> Decimal:
    return Decimal(pair.gap.percent or "0") if pair.gap else Decimal(0)


def conflict_line(found: Study, pair: Pair) -> str:
    """Two claims that contradict each other, and by how much."""
    a, b = (f"{found.family(c).name} ({figure_words(found.statements[c])})" for c in (pair.a, pair.b))
    if pair.set_by:
        return f"{a} and {b} contradict each other, in {pair.set_by}’s judgement."
    gap = gap_words(pair)
    return f"{a} and {b} {'differ by ' + gap if gap else 'contradict each other'}."


def gap_words(pair: Pair) -> str:
    """How far apart, in words: "50 (11 %)"; empty where there is no distance."""
    if pair.gap is None or Decimal(pair.gap.absolute) == 0:
        return ""
    percent = f" ({_percent(pair.gap.percent)} %)" if pair.gap.percent else ""
    return f"{Decimal(pair.gap.absolute):,f}{percent}"


def support_line(found: Study, pair: Pair) -> str:
    """Which of two claims from separate sources supports the other, and which way."""
    a, b = (f"{found.family(c).name} ({figure_words(found.statements[c])})" for c in (pair.a, pair.b))
    if pair.set_by:
        return f"{a} and {b} support each other, in {pair.set_by}’s judgement."
    if pair.agreement == "agree":
        return f"{a} and {b} say the same."
    inner, outer = (a, b) if pair.supports == "a" else (b, a)
    return f"The figure of {inner} lies within that of {outer} and so supports it; the reverse does not hold."


def _wording(found: Study) -> Iterator[str]:
    """The gravest wording difference along one source; the rest are counted."""
    worst = next((d for d in found.differences if found.traced.same_origin(d.origin, d.telling)), None)
    if worst is None:
        return
    outlet = found.claim(worst.telling).publisher or "an outlet"
    rest = len(found.differences) - 1
    more = f" ({_count(rest, 'more wording difference')} below)" if rest else ""
    yield f"Wording differs along one source: in {outlet}, {worst.detail}{more}."


def _traced(found: Study) -> str:
    low, high = found.traced.low, found.traced.high
    outlets = len(found.outlets(c.id for c in found.claims))
    claims = f"{_count(len(found.claims), 'claim')} in {_count(outlets, 'outlet')}"
    if low == high == 1 and len(found.claims) > 1:
        return f"Every copy we found ({claims}) traces to one source."
    return f"{claims} {'is' if len(found.claims) == 1 else 'are'} {origins.words(low, high)}."


def _parties(found: Study) -> Iterator[str]:
    families = [f for f in found.traced.families if f.standing in (Standing.NAMED, Standing.PUBLISHER)]
    parties = [f.name for f in families if f.party]
    if parties and len(parties) == len(families):
        yield (
            "All named sources are parties to the matter."
            if len(parties) > 1
            else "The only named source is a party to the matter."
        )


def _stated(stated: Stated) -> Iterator[str]:
    low, high = stated.lowest, stated.highest
    if low and high and low.claims != high.claims and low.words != high.words:
        yield f"Lowest stated: {low.words} ({_listed(low.by[:3])}); highest stated: {high.words} ({_listed(high.by[:3])})."


def _open(found: Study) -> Iterator[str]:
    if found.answer is None and not found.ratings:
        yield "Nobody has rated or answered this yet."


# --- words --------------------------------------------------------------------------------------------------------


def _count(n: int, noun: str) -> str:
    return f"{n:,} {noun}" if n == 1 else f"{n:,} {noun}s"


def _listed(words: Sequence[str], comma: str = ", ") -> str:
    if len(words) < 2:
        return "".join(words)
    return f"{comma.join(words[:-1])}{comma.rstrip() + ' ' if comma != ', ' else ' '}and {words[-1]}"


def _sentence(text: str) -> str:
    said = " ".join(text.split())
    return said if said.endswith((".", "!", "?", "…", "”")) else f"{said}."


def _capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def _percent(percent: str | None) -> str:
    value = Decimal(percent or "0")
    return str(value.quantize(Decimal(1), ROUND_HALF_UP)) if value >= 1 else f"{value:f}"


def _day(at: str) -> str:
    return dates.window_words(Span(at[:10], at[:10]))
