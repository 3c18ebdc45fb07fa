"""Logging a claim: the words anchored in a saved copy, the chain tied to sources, figures and times read from the text.

Nothing is required that the article does not say, and nothing is guessed silently: what was found by a parser carries
`found_by`, what a person gave replaces it, and whatever could not be placed in the text comes back as a warning.
"""

from __future__ import annotations

import json
from collections.abc import Iterable
from functools import lru_cache
from typing import Any, TypeVar

from msgspec import Struct

from ledger import capture, changes, dates, extract, quantity, sources, text
from ledger.errors import BadInput, NotFound, Refused
from ledger.language import detect, is_read, leaning
from ledger.lexicon import version
from ledger.records import (
    DENIED,
    OURS,
    Article,
    Capture,
    Claim,
    ClaimDraft,
    FileDraft,
    Found,
    Hop,
    Place,
    Quantity,
    QuestionDraft,
    Reading,
    Span,
    TimeSpan,
    Unsure,
    moved,
    reading_doubts,
    replace,
)
from ledger.store import Ledger, Writer, read, resting
from ledger.text import Anchor, folding
from ledger.text.asides import is_struck
from ledger.text.coordinates import position
from ledger.text.stretches import stretch
from ledger.vocabulary import Counting, EntryKind, Letter, Mode, Precision, SourceKind, TimeRole

PARTS = {"quantity": "quantities", "dates": "times", "chain": "attribution", "stance": "stance"}
"""What the program reads of a claim, by the name that `found_by` has for it where nobody gave or corrected it."""


class Hints(Struct, frozen=True):
    """What helps to find a claim as given in its text, and to read its figures and times there."""

    occurrence: int | None = None
    """Which of the places where the words stand is meant, from 1."""
    chain: tuple[Hop, ...] = ()
    """A chain that the suggester read, for the places of cues and mentions."""
    figure: str | None = None
    """The figure in words, in place of those found; "none" where there is none."""
    ours: bool = False
    """True where that figure is the desk's own, and not in the claim's words."""
    measure: str | None = None
    population: str | None = None
    counting: Counting | None = None
    only_times: bool = False
    """True where the claim's times are all there are; otherwise those of its words join them."""
    read: frozenset[str] = frozenset()
    """Which of chain and stance the program read."""
    sure: tuple[str, ...] = ()
    """Fields whose reading a person stands for."""


class Page(Struct, frozen=True):
    """The copy that claims are anchored in."""

    article: Article
    capture: Capture | None
    text: str | None
    marks: tuple[extract.Mark, ...] = ()


class Logged(Struct, frozen=True):
    uid: str
    body: ClaimDraft
    warnings: tuple[str, ...]


def page(ledger: Ledger, article: Article) -> Page:
    """The newest saved copy of an article with its text; without one, claims of it cannot be anchored."""
    copies = read.captures(ledger, article.uid)
    if not copies:
        return Page(article, None, None)
    return Page(article, copies[-1], capture.text_of(ledger, copies[-1]), capture.marks_of(ledger, copies[-1]))


def log(writer: Writer, on: Page, claim: Claim, hints: Hints | None = None) -> Logged:
    """Logs a claim as given, its sources by name; NotInText or Ambiguous, and nothing logged, where it cannot be anchored.

    Figures and times that the claim does not have are read from its words.
    """
    body, warnings = draft(writer, on, claim, hints)
    return Logged(writer.append(EntryKind.CLAIM, body, title=on.article.title or ""), body, warnings)


def draft(writer: Writer, on: Page, claim: Claim, hints: Hints | None = None) -> tuple[ClaimDraft, tuple[str, ...]]:
    """The claim as it would be logged, with warnings; sources that are new are logged on the way."""
    hints = hints or Hints()
    place = _anchor(on, claim, hints)
    hops, warnings = _chain(writer, on.text, place, claim, hints)
    figures, times = _quantities(on.text, place, claim, hints), settled(_times(on, place, claim, hints))
    language, doubts = _doubts(on.text or claim.exact, hops, figures, times)
    if place and on.text is not None and is_struck(on.text, place.start, place.end):
        doubts.append(Unsure("exact", "struck"))
    unsure = tuple(u for u in dict.fromkeys([*claim.unsure, *doubts]) if u.field not in hints.sure)
    if unsure:
        warnings.append(_told(language, unsure))
    body = ClaimDraft(
        article=on.article.uid,
        capture=on.capture.uid if place and on.capture else None,
        exact=place.exact if place else claim.exact,
        start=place.start if place else None,
        end=place.end if place else None,
        prefix=place.prefix if place else "",
        suffix=place.suffix if place else "",
        anchored=place is not None,
        cite=claim.cite,
        says=claim.says,
        translation=claim.translation,
        mode=_mode(on.text, place, hops) if claim.mode is Mode.NONE else claim.mode,
        attribution=hops,
        quantities=stood_for(figures) if "quantities" in hints.sure else figures,
        times=stood_for(times) if "times" in hints.sure else times,
        place=_place(on.text, place, claim.place),
        scope=claim.scope,
        answer=claim.answer,
        reading=claim.reading,
        stance=claim.stance,
        status=claim.status,
        language=claim.language or language,
        unsure=unsure,
        locator=(extract.locator(on.marks, place.start, place.end) if place else None) or claim.locator,
        found_by=claim.found_by or found_by(_read_of(claim, hints)),
        key=claim.key,
        key_hash=claim.key_hash,
        extra=json.dumps(claim.extra, ensure_ascii=False, sort_keys=True) if claim.extra else None,
    )
    return body, tuple(warnings)


def found_by(parts: Iterable[str]) -> str | None:
    """What of a claim was read by these readers, for the log: "quantity/3f2a dates/3f2a"."""
    return " ".join(f"{part}/{version()}" for part in parts) or None


def _read_of(claim: Claim, hints: Hints) -> list[str]:
    """What nobody gave, so that it may be read anew."""
    figures = claim.quantities or hints.figure or hints.measure or hints.population or hints.counting
    given = {"quantity": figures is not None and figures != (), "dates": bool(claim.times) or hints.only_times}
    return [part for part in PARTS if not given.get(part, part not in hints.read)]


def _doubts(
    words: str, hops: tuple[Hop, ...], figures: tuple[Quantity, ...], times: tuple[TimeSpan, ...]
) -> tuple[str | None, list[Unsure]]:
    """The language, where it is not English, and what of the reading a person has to look at."""
    found = detect(words)
    language = None if found in (None, "en") else found
    unsure = [Unsure("attribution", "language")] if language and not hops else []
    return language, unsure + reading_doubts(figures, times)


Read = TypeVar("Read", Quantity, TimeSpan)


def stood_for(found: tuple[Read, ...]) -> tuple[Read, ...]:
    """Figures or times for whose reading a person stands."""
    return tuple(part if part.sure or part.why == DENIED else replace(part, sure=True, why=None) for part in found)


def _told(language: str | None, unsure: tuple[Unsure, ...]) -> str:
    if language is not None and not is_read(language):
        return "this language is not read: check the figure yourself"
    return f"to check: {'; '.join(text.doubts(unsure))}"


class Again(Struct, frozen=True):
    """What the program reads of a claim's words now."""

    quantities: tuple[Quantity, ...]
    times: tuple[TimeSpan, ...]
    found: tuple[Found, ...]
    """The statements that it may be: the one with just its words, and the one that holds them."""


def read_again(on: Page, claim: Claim) -> Again:
    """Reads the words of an anchored claim as logging them now would."""
    if on.text is None or claim.start is None or claim.end is None:
        raise NotFound(f"{claim.id} has no saved copy to be read in")
    from ledger import suggest  # its words are only read where a text is

    place, published = text.anchor(on.text, claim.start, claim.end), on.article.published_at
    near = suggest.near(on.text, claim.start, claim.end, published)
    same = [f for f in near if (f.start, f.end) == (claim.start, claim.end)]
    return Again(
        _inside(_figures_around(on.text, place), place), _said_times(on, place),
        (*same, suggest.at(on.text, claim.start, claim.end, published)),
    )  # fmt: skip


def file(
    writer: Writer, claim: str, question: str, *, because: str | None = None, out: bool = False, new: bool = False
) -> bool:
    """Files a claim (by uid) under a question, or takes it out; False where that changes nothing, and nothing is logged.

    A new one, logged in this batch, is known to be filed nowhere.
    """
    there = [] if new else resting.filed_under(writer.ledger, claim, question)
    changed = there if out else [] if there else [question]
    for where in changed:
        writer.append(EntryKind.FILE, FileDraft(where, out=out, because=because), about=claim)
    return bool(changed)


def question_by_id(ledger: Ledger, name: str | None) -> str | None:
    """The question that an id means, by uid; None for words."""
    if name is None or not read.ID.fullmatch(name.strip()):
        return None
    return read.stays(ledger, read.thing(ledger, name, Letter.QUESTION).uid)


def question_uid(writer: Writer, name: str, **known: Any) -> str:
    """The question with this id or these words; a new one where no question has them."""
    if by_id := question_by_id(writer.ledger, name):
        return by_id
    folded = folding.name(name) or name.strip()
    if folding.is_blank(name):
        raise BadInput("a question needs words")
    if known_question := writer.named(EntryKind.QUESTION, folded):
        return known_question
    return writer.append(EntryKind.QUESTION, QuestionDraft(name, folded, **known))


def several(one_of: str | None) -> str | None:
    """Answers of which only one can be true, with commas between; BadInput for fewer than two."""
    if one_of and len({o.strip().casefold() for o in one_of.split(",") if o.strip()}) < 2:
        raise BadInput(f"only one answer: {one_of!r}", hint="name two or more, such as standing,destroyed")
    return one_of or None


# --- the words ----------------------------------------------------------------------------------------------------


def _anchor(on: Page, claim: Claim, hints: Hints) -> Anchor | None:
    """Where the words stand; None where no copy exists to hold them and a citation or an import says so."""
    if claim.cite is not None or not claim.anchored:
        return None
    if on.text is None:
        if on.capture is not None:
            raise NotFound(f"the saved copy of {on.article.id} is not in the ledger")
        return None
    if claim.start is not None:
        end = claim.start + len(claim.exact)
        if on.text[claim.start : end] == claim.exact and claim.start >= 0 and claim.exact:
            return text.anchor(on.text, claim.start, end)
    return text.locate(on.text, claim.exact, occurrence=hints.occurrence, prefix=claim.prefix or None)


def _mode(body: str | None, place: Anchor | None, hops: tuple[Hop, ...]) -> Mode:
    """Direct where the words stand between quotation marks, mixed where some of them do, else told."""
    if body is None or place is None or not hops:
        return Mode.INDIRECT if hops else Mode.NONE
    marks = '"“”„«»‘'
    if any(m in place.exact for m in marks):
        return Mode.MIXED
    before, after = body[: place.start].rstrip()[-1:], body[place.end : place.end + 2].strip(" .,")[:1]
    return Mode.DIRECT if before and before in marks + "'" and after in marks + "’'" and after else Mode.INDIRECT


# --- the chain ----------------------------------------------------------------------------------------------------


def _chain(
    writer: Writer, body: str | None, place: Anchor | None, claim: Claim, hints: Hints
) -> tuple[tuple[Hop, ...], list[str]]:
    """The chain with its hops tied to sources, and a warning for every cue that is not in the text."""
    hops: list[Hop] = []
    warnings: list[str] = []
    for given in claim.attribution:
        kind = given.kind or sources.guess_kind(given.source, given.cue)
        uid = sources.source_uid(writer, given.source, given.kind)
        if given.kind and read.guessed_kind(writer.ledger, uid) not in (None, given.kind):  # once taken for an outlet
            changes.amend(writer, uid, {"kind": given.kind.value, "kind_guessed": False})
        if given.source.startswith("@") and read.source(writer.ledger, uid).protected:
            kind = SourceKind.ANONYMOUS
        found = _placed(body, place, given, hints.chain)
        if given.cue and found.cue_start is None and body is not None and place is not None:
            warnings.append(f"the cue {given.cue!r} does not stand in the text; it is kept without a place")
        hops.append(
            Hop(
                source=uid,
                role=given.role,
                text=found.text if found.start is not None else None,
                start=found.start,
                end=found.end,
                cue=found.cue,
                cue_start=found.cue_start,
                cue_end=found.cue_end,
                mode=given.mode,
                named=kind not in (SourceKind.ANONYMOUS, SourceKind.WITNESS),
                implicit=given.implicit or found.implicit,
            )
        )
    return tuple(hops), warnings


def _placed(body: str | None, place: Anchor | None, given: Hop, found: tuple[Hop, ...]) -> Hop:
    """The hop with the places of its mention and cue: as given, as the suggester read them, else the nearest such words."""
    if (given.start is not None or given.cue_start is not None) and _stands(body, given):
        return given
    folded = folding.name(given.source)
    for hop in found:
        if folding.name(hop.text or "") == folded and given.cue in (None, hop.cue):
            return hop
    if body is None or place is None:
        return replace(given, text=None, start=None, end=None, cue_start=None, cue_end=None)
    cue = _nearest(body, given.cue, place) if given.cue else None
    around = replace(place, start=cue[0], end=cue[1]) if cue else place
    name = None if given.implicit else _nearest(body, given.source, around) or _nearest(body, folded, around)
    (start, end), (cue_start, cue_end) = name or (None, None), cue or (None, None)
    words = body[start:end] if name else None
    return replace(given, text=words, start=start, end=end, cue_start=cue_start, cue_end=cue_end)


def _stands(body: str | None, hop: Hop) -> bool:
    """True where mention and cue stand where they are said to; without a text there is nothing to hold them against."""
    places = ((hop.start, hop.end, hop.text), (hop.cue_start, hop.cue_end, hop.cue))
    return all(start is None or (body is not None and body[start:end] == words) for start, end, words in places)


def _nearest(body: str, words: str, place: Anchor) -> tuple[int, int] | None:
    """The occurrence of the words nearest to the claim, whatever their case; None where there is none."""
    lower, sought = body.lower(), words.lower()
    if not sought or len(lower) != len(body):
        lower, sought = body, words
    before = lower.rfind(sought, 0, place.end)
    after = lower.find(sought, place.start)
    options = [at for at in (before, after) if at >= 0]
    if not options:
        return None
    start = min(options, key=lambda at: min(abs(at - place.end), abs(place.start - at - len(sought))))
    return start, start + len(sought)


# --- figures, times, place ----------------------------------------------------------------------------------------


def _figures_around(body: str, place: Anchor) -> tuple[Quantity, ...]:
    base, part = stretch(body, place.start, place.end)
    return tuple(moved(q, base) for q in _figures(part))


@lru_cache(maxsize=256)
def _figures(body: str) -> tuple[Quantity, ...]:
    """The figures of a passage, remembered: lines that are imported come back to the passages of an article in any order."""
    return tuple(quantity.find(body))


@lru_cache(maxsize=4)
def figures_of(words: str, language: str | None) -> list[Quantity]:
    """The figures of words by themselves, remembered: a verb reads them before it holds others up, and then again."""
    known = READ_AHEAD.get((words, language))
    return quantity.find(words, language) if known is None else known


READ_AHEAD: dict[tuple[str, str | None], list[Quantity]] = {}
"""The figures of words that an import has had read beside it."""


@lru_cache(maxsize=256)
def _dates(body: str, published: str | None) -> tuple[TimeSpan, ...]:
    return tuple(dates.find(body, published))


def _quantities(body: str | None, place: Anchor | None, claim: Claim, hints: Hints) -> tuple[Quantity, ...]:
    """The figures given, else those of the words; measure, population and counting go to the first."""
    if claim.quantities:
        found = tuple(_held(q, body) for q in claim.quantities)
    elif hints.figure is not None:
        found = _figure_in_words(body, place, hints.figure)
    elif body is not None and place:
        found = _inside(_figures_around(body, place), place)
    else:
        found = _unplaced(figures_of(claim.exact, claim.language))
    found = tuple(replace(q, why=OURS) for q in found) if hints.ours else found
    known = {"measure": hints.measure, "population": hints.population, "counting": hints.counting}
    known = {name: value for name, value in known.items() if value}
    return (replace(found[0], **known), *found[1:]) if found and known else found


def _figure_in_words(body: str | None, place: Anchor | None, words: str) -> tuple[Quantity, ...]:
    """The figure that a person gave, with its place where it stands in the claim."""
    if words.strip().casefold() in ("none", "-", ""):
        return ()
    found = quantity.find(words, detect(body) if body and words in body else leaning(words) or "en")
    if not found:
        raise BadInput(f"no figure in {words!r}", hint='write it as the source does: --figure "at least 400 militants"')
    if body is not None and place is not None and (at := place.exact.find(words)) >= 0:
        base = place.start + at
        return tuple(replace(q, start=_moved(q.start, base), end=_moved(q.end, base)) for q in found)
    return _unplaced(found)


def _held(q: Quantity, body: str | None) -> Quantity:
    """The figure, with its place only where its words stand there."""
    stands = body is not None and q.start is not None and body[q.start : q.end] == q.text
    return q if stands else replace(q, start=None, end=None)


def _moved(offset: int | None, base: int) -> int | None:
    return None if offset is None else offset + base


def _inside(found: tuple[Quantity, ...], place: Anchor) -> tuple[Quantity, ...]:
    return tuple(
        q for q in found if q.start is not None and q.end is not None and place.start <= q.start and q.end <= place.end
    )


def _unplaced(found: list[Quantity]) -> tuple[Quantity, ...]:
    return tuple(replace(q, start=None, end=None) for q in found)


def _times(on: Page, place: Anchor | None, claim: Claim, hints: Hints) -> tuple[TimeSpan, ...]:
    """The times given for the event and the count, then those that the words of the claim say."""
    return claim.times if hints.only_times else (*claim.times, *_said_times(on, place))


def _said_times(on: Page, place: Anchor | None) -> tuple[TimeSpan, ...]:
    if on.text is None or place is None:
        return ()
    base, part = stretch(on.text, place.start, place.end)
    return tuple(
        t
        for t in (moved(time, base) for time in _dates(part, on.article.published_at))
        if t.start is not None and t.end is not None and place.start <= t.start and t.end <= place.end
    )


def settled(times: tuple[TimeSpan, ...]) -> tuple[TimeSpan, ...]:
    """The times, what can be read in several ways in the way that one that a person gave says."""
    given = {Span(t.earliest, t.latest) for t in times if t.start is None}

    def meant(t: TimeSpan) -> TimeSpan:
        one = next((s for s in (Span(t.earliest, t.latest), *t.alternatives) if s in given), None)
        if t.sure or one is None:
            return t
        return replace(t, earliest=one.earliest, latest=one.latest, alternatives=(), sure=True, why=None)

    return tuple(meant(t) for t in times)


def given_place(where: str | None) -> Place | None:
    """A place as a person gave it, with its coordinates where it has them; one that has nothing else is named by them."""
    if not where:
        return None
    if (found := position(where)) is None:
        return Place(where)
    return Place(
        found.name or f"{found.latitude}, {found.longitude}", latitude=found.latitude, longitude=found.longitude
    )


def given_times(event: str | None, as_of: str | None) -> tuple[TimeSpan, ...]:
    """When it happened and until when was counted, as a person writes them."""
    given = ((event, TimeRole.EVENT), (as_of, TimeRole.AS_OF))
    return tuple(given_time(value, role) for value, role in given if value)


def given_time(value: str, role: TimeRole) -> TimeSpan:
    """A time as a person writes it (ISO 8601/EDTF) in its role; BadInput where it is none."""
    span = dates.window(value)
    precision = Precision.RANGE if "/" in value else _precision(value)
    return TimeSpan(value, earliest=span.earliest, latest=span.latest, precision=precision, role=role)


def _precision(value: str) -> Precision:
    by_length = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY, 13: Precision.HOUR}
    return by_length.get(len(value), Precision.MINUTE if len(value) > 13 else Precision.DAY)


def _place(body: str | None, anchor: Anchor | None, given: Place | None) -> Place | None:
    """The place given, where its name stands nearest to the claim."""
    if given is None or given.start is not None or body is None or anchor is None:
        return given
    start, end = _nearest(body, given.name, anchor) or (None, None)
    return replace(given, start=start, end=end)


def given_reading(read_as: str | None, because: str | None) -> Reading | None:
    """A word as a person reads it; Refused without the reason."""
    if not read_as:
        return None
    if not because:
        raise Refused("a reading needs its reason", hint='say why the word may be read so: --because "..."')
    return Reading(read_as, because=because)


# --- readings -----------------------------------------------------------------------------------------------------
