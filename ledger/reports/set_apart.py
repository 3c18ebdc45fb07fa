"""Which claims of a question stand beside each other, and which are set apart, by reason."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence

from msgspec.structs import replace

from ledger import dates
from ledger.catalogue import known, t, theirs
from ledger.crossref.running_counts import SourceAnswer, answers_by_source
from ledger.crossref.study import Study, under
from ledger.reports.comparing import apart_words, several_words
from ledger.reports.sentences import names_nobody
from ledger.reports.timeline import day, hours, running

PLACED = ("place", "part_of", "part_above_whole")
"""Reasons of which the place is told beside them."""


def apart_because(found: Study, claim: str, off: str) -> str:
    """Why a claim is set apart, with what it counts where that is known: "it counts only “badly burnt”"."""
    s, usual = found.statements[claim], found.usual_measure
    if off == "vague_whole" and s.measure and usual and s.measure != usual:
        return t("it counts {measure} together, the others {part} alone", measure=known(s.measure), part=known(usual))
    if off == "scope_unknown" and (told := narrower(found.claim(claim).exact, {*s.qualifiers} - {*s.places})):
        return t("it counts only “{words}”", words=theirs(told))
    if off in ("place", "scope") and (part := part_of(found, claim, off)):
        return (
            t("it is about {part}", part=theirs(part))
            if off == "place"
            else t("it stands under another scope: [{part}]", part=theirs(part))
        )
    if off == "window" and s.window:
        return t("it covers {period}", period=dates.window_words(s.window))
    return apart_words(off)


def no_whole(found: Study) -> bool:
    """True where answers are of several places or parts, and no more of them of any one than of the rest: none is the whole."""
    beside = {**found.axis, **found.worded}
    apart = [c for c, off in beside.items() if off in ("place", "scope")]
    return bool(apart) and len(apart) * 2 >= len(beside) and all(found.statements[c].scope for c in beside)


def narrower(words: str, narrowing: Iterable[str]) -> str:
    """An adverb that narrows what is counted, with the word that it stands before; empty where none does."""
    degrees = "|".join(re.escape(w) for w in sorted(narrowing) if w.endswith("ly"))
    found = (
        re.search(rf"\b(?:{degrees})\s+(?:\w+ed|(?!\w*men\b|children\b)\w+en|hurt|burnt|ill)\b", words, re.IGNORECASE)
        if degrees
        else None
    )
    return " ".join(found[0].split()) if found else ""


def groups(found: Study) -> Iterator[tuple[str | None, list[str]]]:
    """Claims that stand on one scale, those that do not by reason, answers in words, and what has to be read."""
    beside = {**found.axis, **found.worded}
    yield None, [c for c, off in found.axis.items() if off is None]
    yield None, [c for c, off in found.worded.items() if off is None]
    parts: dict[tuple[str, str | None], list[str]] = {}
    for c, off in beside.items():
        if off is not None:
            parts.setdefault((apart_because(found, c, off), part_of(found, c, off)), []).append(c)
    yield from ((reason, claims) for (reason, _), claims in parts.items())
    for name, figures in found.several.items():
        if name not in beside:
            yield several_words(figures), [name]
    prose = [c.id for c in found.claims if found.statements[c.id].quantity is None and c.id not in found.in_words]
    yield t("we found no answer in it to compare"), [c for c in prose if c not in found.several]


def told(found: Study, claims: Sequence[str]) -> list[SourceAnswer]:
    """What each source says, of a running count the latest first; outlets that name nobody are last, those alike in one."""
    spoken = answers_by_source(found, claims)
    if running(found, {*claims}):
        clock = hours(found, claims)
        spoken.sort(key=lambda v: (day(found, v.claims[0]), clock.get(v.claims[0], "")), reverse=True)
    bare = [v for v in spoken if names_nobody(v.family)]
    alike: list[list[SourceAnswer]] = []
    for v in bare:
        own = next((a for a in alike if _joins(found, a[0], v)), None)
        alike.append([v]) if own is None else own.append(v)
    return [v for v in spoken if v not in bare] + [_joined(found, a) for a in alike]


def _joins(found: Study, a: SourceAnswer, b: SourceAnswer) -> bool:
    """True where two outlets give one figure or answer, and neither another one before or after it, nor is a party."""
    plain = not any(v.before or v.later or v.others or v.aside or v.family.party or not v.words for v in (a, b))
    return plain and found.stated_alike(a.claims[0], b.claims[0])


def _joined(found: Study, alike: Sequence[SourceAnswer]) -> SourceAnswer:
    if len(alike) == 1:
        return alike[0]
    claims, members = ([c for v in alike for c in getattr(v, name)] for name in ("claims", "members"))
    family = under(alike[0].family, found.outlets(members))
    return replace(alike[0], family=family, claims=tuple(claims), members=tuple(members))


def part_of(found: Study, claim: str, off: str) -> str | None:
    """The part or the place that a claim is of, where that is why it is set apart."""
    s = found.statements[claim]
    return s.scope if off == "scope" else s.place if off in PLACED else None
