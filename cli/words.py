"""Records in plain words, for people at a terminal."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

from ledger import dates, quantity
from ledger import records as r
from ledger.text import TOLD_BY, doubts
from ledger.vocabulary import Checked, Role, Stance, TimeRole


def spaced(code: str) -> str:
    """A code as words: "does_not_contradict" is "does not contradict"."""
    return code.replace("_", " ")


def minute(at: str) -> str:
    """A moment to the minute, as people write it."""
    return at[:16].replace("T", " ")


def second(at: str) -> str:
    return at[:19].replace("T", " ")


def kind(code: str, *, guessed: bool) -> str:
    if code == "unknown":
        return "kind not known"
    return spaced(code) + (" (guessed)" if guessed else "")


MOST_FIGURES = 3


def figures(claim: r.Claim) -> str:
    """The claim's figures as they are understood, in brackets where they are not asserted; from the fourth on only counted."""
    own = claim.stance is Stance.ASSERTS
    said = [figure(q) if own else f"({quantity.interval_words(q)})" for q in claim.quantities[:MOST_FIGURES]]
    more = len(claim.quantities) - len(said)
    return "; ".join(dict.fromkeys(said)) + (f" (+{more})" if more else "")


def figure(q: r.Quantity) -> str:
    """The figure as it is understood, in brackets where it is denied; in its own words where it is not sure."""
    if q.why == quantity.DENIED:
        return f"({quantity.interval_words(q)})"
    if q.why == quantity.OURS:
        return f"{quantity.interval_words(q)} (our figure)"
    return quantity.interval_words(q) if q.sure else f"“{q.text}”: not sure, check it yourself"


PARTS = {"quantity": "figure", "dates": "time", "chain": "according to", "stance": "stance"}


def voice(found: r.Claim | r.Found) -> str:
    """Who speaks where no source is named."""
    why = {u.why for u in found.unsure if u.field == "attribution"}
    if "language" in why:
        return "somebody, not read in this language"
    if "unheard" in why:
        return "not known who says it"
    return "somebody not named" if found.attribution or "left_out" in why else "the publisher's own voice"


def doubt(of: r.Claim | r.Found) -> str:
    """What is said beside a source that may be another one."""
    named = bool(of.attribution) and any(u.field == "attribution" for u in of.unsure)
    return " (not sure: check who says it)" if named else ""


def mark(claim: r.Claim) -> str:
    """What stands beside a claim of whose reading nobody is sure."""
    return "  (to check)" if claim.unsure else ""


def by(claim: r.Claim) -> str:
    """The original source, with how the words came from it; the publisher where nobody else is named."""
    origin = next((h for h in reversed(claim.attribution) if h.role is Role.ORIGIN), None) or (
        claim.attribution[-1] if claim.attribution else None
    )
    if origin is None and not claim.attribution_read:
        return voice(claim)
    if origin is None:
        return claim.publisher or "its publisher"
    via = [h.source for h in claim.attribution if h.role is Role.RELAY]
    return origin.source + (f", via {', '.join(via)}" if via else "")


def told_by(claim: r.Claim) -> str:
    """The original source in a table, with what it does where it does not assert the claim: "denied by the union"."""
    return by(claim) if claim.stance is Stance.ASSERTS else f"{TOLD_BY[claim.stance]} {by(claim)}"


def standing(claim: r.Claim) -> str:
    rated = f"{claim.rating.value} ({claim.rating.by})" if claim.rating else ""
    if claim.retracted:
        return "retracted"
    if claim.check is not None and claim.check.value == Checked.NO:
        return "its source did not say it"
    return "; ".join(
        part
        for part in (rated or ("" if claim.anchored else "not anchored"), "to check" if claim.unsure else "")
        if part
    )


def located(locator: str) -> str:
    """Where in a document or recording: "page 4", "at 00:12:31"."""
    return f"at {locator}" if ":" in locator else f"page {locator}"


def claim_lines(claim: r.Claim) -> Iterator[str]:
    """What is known of a claim, a fact a line."""
    where = f"{claim.title or claim.article} ({claim.article})"
    at = f", {located(claim.locator)}" if claim.locator else ""
    yield f"  in {where}" + at + (f", {claim.published_at}" if claim.published_at else "")
    yield from _warnings(claim)
    held = "" if claim.stance is Stance.ASSERTS else f", {told_by(claim)}"
    for q in claim.quantities:
        yield f"  figure{held}: {quantity_line(q)}"
    for t in claim.times:
        yield f"  {TIME_WORDS[t.role]}: {time_line(t)}"
    if claim.place:
        yield f"  place: {claim.place.name}"
    if claim.scope:
        yield f"  scope: {claim.scope}"
    if claim.answer:
        yield f"  answers: {claim.answer}"
    if claim.reading:
        yield f"  read as {claim.reading.read_as}: {claim.reading.because}"
    if claim.translation:
        made = (
            "machine translation"
            if claim.translation.machine
            else f"translated by {claim.translation.by or 'somebody'}"
        )
        yield f"  {made}: {claim.translation.text}"
    if claim.questions:
        yield f"  answers {', '.join(claim.questions)}"
    yield from judgement_lines(claim)
    if claim.tags:
        yield f"  tags: {', '.join(claim.tags)}"
    yield from own_fields(claim.fields)
    if claim.retracted:
        yield f"  retracted; claims history {claim.id} shows why"


def own_fields(values: dict[str, str]) -> Iterator[str]:
    """The values of fields of one's own, a line each."""
    yield from (f"  {name}: {value}" for name, value in values.items())


def _warnings(claim: r.Claim) -> Iterator[str]:
    if not claim.anchored:
        yield f"  not anchored: {claim.cite or 'no copy was kept'}"
    if claim.unsure:
        yield f"  to check: {'; '.join(doubts(claim.unsure))} (claims amend {claim.id} --sure, or with what is right)"


def their_rating(claim: r.Claim) -> str | None:
    """The rating of the review that a claim was imported from, in its own words; it is none of this ledger's."""
    given = (claim.extra or {}).get("their_rating")
    rating = {k: str(v) for k, v in given.items()} if isinstance(given, dict) else {}
    number = rating.get("value", "")
    if number and "worst" in rating and "best" in rating:
        number += f" on a scale from {rating['worst']} to {rating['best']}"
    told = ", ".join(part for part in (rating.get("label", ""), number) if part)
    return " ".join(told.split()) or None


TIME_WORDS = {TimeRole.EVENT: "when", TimeRole.AS_OF: "counted until", TimeRole.MENTIONED: "time said"}


def judgement_lines(claim: r.Claim) -> Iterator[str]:
    if claim.check:
        said = {
            "yes": "the source said it",
            "no": "the source did not say it",
            "unclear": "unclear whether the source said it",
        }
        yield f"  checked by {claim.check.by}: {said[claim.check.value]}" + because(claim.check)
    if claim.rating:
        yield f"  rated {claim.rating.value} by {claim.rating.by}" + because(claim.rating)
    if theirs := their_rating(claim):
        yield f"  {claim.publisher or 'the review'} rated it: {theirs}"


def because(judgement: r.Judgement) -> str:
    rests = f" (rests on {', '.join(judgement.on)})" if judgement.on else ""
    return (f": {judgement.because}" if judgement.because else "") + rests


def quantity_line(q: r.Quantity) -> str:
    """The figure with what it counts, nothing said twice: "at least 400 militants, lost, of ISIS"."""
    counted = q.counts or (q.unit if q.unit != "percent" else None) or ""
    of = "of " if q.vague and counted and quantity.interval_words(q).endswith("s") else ""  # hundreds of, dozens of
    parts = [f"{figure(q)} {of}{counted}".rstrip()]
    if q.measure and spaced(q.measure) not in counted:
        parts.append(spaced(q.measure))
    if q.population and q.population not in counted:
        parts.append(f"of {q.population}")
    return ", ".join(parts)


def time_line(t: r.TimeSpan) -> str:
    if t.earliest is None and t.latest is None:
        return t.text
    words = dates.window_words(r.Span(t.earliest, t.latest))
    if not t.sure:
        others = [dates.window_words(span) for span in t.alternatives]
        words = f"{' or '.join([words, *others])}: not sure, check it yourself"
    return words if t.start is None else f"“{t.text}”: {words}"


def trace(claim: r.Claim) -> Iterator[str]:
    """The chain as a drawing, the article on top, the original source at the bottom."""
    publisher = claim.publisher or "publisher not known"
    credit = f"  [{claim.credit_line}]" if claim.credit_line else ""
    yield f"  {publisher} ({claim.article}){credit}"
    for depth, hop in enumerate(claim.attribution):
        implied = ", understood from before" if hop.implicit else ""
        cue = f", “{hop.cue}”" if hop.cue else ""
        yield f"  {'   ' * depth}└─ {ROLE_WORDS[hop.role]} {hop.source} ({hop.source_id}{cue}{implied})"
    if said := doubt(claim):
        yield f"  {'   ' * len(claim.attribution)}  {said}"
    if not claim.attribution:
        yield "  └─ in its own voice" if claim.attribution_read else "  └─ who says it was not read"


ROLE_WORDS = {Role.PUBLISHER: "published by", Role.RELAY: "via", Role.AFFILIATION: "of", Role.ORIGIN: "original source"}


def value(data: Any) -> str:
    return data if isinstance(data, str) else json.dumps(data, ensure_ascii=False)


def many(count: int, name: str) -> str:
    """A count of things, the plural where it is not one."""
    plural = name[:-1] + "ies" if name.endswith("y") else name + "s"
    return f"{count:,} {name if count == 1 else plural}"
