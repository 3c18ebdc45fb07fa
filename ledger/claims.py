"""Logging a claim: the words anchored in a saved copy, the chain tied to sources, figures and times read from the text.

Nothing is required that the article does not say, and nothing is guessed silently: what was found by a parser carries
`found_by`, what a person gave replaces it, and whatever could not be placed in the text comes back as a warning.
"""

from __future__ import annotations

import json
from dataclasses import dataclass
from functools import lru_cache

from ledger import capture, dates, quantity, sources, text
from ledger.errors import BadInput, NotFound, Refused
from ledger.records import (
    Article,
    Attribution,
    Capture,
    ClaimDraft,
    FileDraft,
    Hop,
    Json,
    Mention,
    Place,
    Quantity,
    QuestionDraft,
    Reading,
    TimeSpan,
    Translation,
    replace,
)
from ledger.store import Ledger, Writer, read
from ledger.text import Anchor
from ledger.vocabulary import Counting, EntryKind, Letter, Mode, Precision, Role, SourceKind, TimeRole

PARSERS = "quantity/1 dates/1"
"""What read the figures and times of a claim, where no person gave them."""


@dataclass(frozen=True, slots=True)
class Wanted:
    """A claim as a person or an import line gives it, before it is tied to a text and to sources."""

    exact: str
    start: int | None = None
    occurrence: int | None = None
    prefix: str | None = None
    attribution: tuple[Attribution, ...] = ()
    found: tuple[Mention, ...] = ()
    """A chain that the suggester read, for the offsets of its cues and mentions."""
    mode: Mode | None = None
    figure: str | None = None
    """The figure in words, in place of those found; "none" where there is none."""
    quantity: Quantity | None = None
    quantities: tuple[Quantity, ...] | None = None
    """All figures, in place of those found."""
    times: tuple[TimeSpan, ...] | None = None
    place: Place | None = None
    reading: Reading | None = None
    measure: str | None = None
    population: str | None = None
    counting: Counting | None = None
    answer: str | None = None
    when: str | None = None
    as_of: str | None = None
    where: str | None = None
    scope: str | None = None
    read_as: str | None = None
    because: str | None = None
    says: str | None = None
    translation: Translation | None = None
    cite: str | None = None
    key: str | None = None
    key_hash: str | None = None
    extra: Json | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """The copy that claims are anchored in."""

    article: Article
    capture: Capture | None
    text: str | None


@dataclass(frozen=True, slots=True)
class Logged:
    uid: str
    warnings: tuple[str, ...]


def page(ledger: Ledger, article: Article) -> Page:
    """The newest saved copy of an article with its text; without one, claims of it cannot be anchored."""
    copies = read.captures(ledger, article.uid)
    if not copies:
        return Page(article, None, None)
    return Page(article, copies[-1], capture.text_of(ledger, copies[-1]))


def log(writer: Writer, on: Page, wanted: Wanted) -> Logged:
    """Logs a claim; NotInText or Ambiguous where the quote cannot be anchored, and then nothing is logged."""
    made, warnings = draft(writer, on, wanted)
    return Logged(writer.append(EntryKind.CLAIM, made), warnings)


def draft(writer: Writer, on: Page, wanted: Wanted) -> tuple[ClaimDraft, tuple[str, ...]]:
    """The claim as it would be logged, with warnings; sources that are new are logged on the way."""
    place = _anchor(on, wanted)
    hops, warnings = _chain(writer, on.text, place, wanted)
    made = ClaimDraft(
        article=on.article.uid,
        capture=on.capture.uid if place and on.capture else None,
        exact=place.exact if place else wanted.exact,
        start=place.start if place else None,
        end=place.end if place else None,
        prefix=place.prefix if place else "",
        suffix=place.suffix if place else "",
        anchored=place is not None,
        cite=wanted.cite,
        says=wanted.says,
        translation=wanted.translation,
        mode=wanted.mode or _mode(on.text, place, hops),
        attribution=hops,
        quantities=_quantities(on.text, place, wanted),
        times=_times(on, place, wanted),
        place=wanted.place or _place(on.text, place, wanted.where),
        scope=wanted.scope,
        answer=wanted.answer,
        reading=wanted.reading or _reading(wanted),
        found_by=PARSERS,
        key=wanted.key,
        key_hash=wanted.key_hash,
        extra=json.dumps(wanted.extra, ensure_ascii=False, sort_keys=True) if wanted.extra else None,
    )
    return made, tuple(warnings)


def file(writer: Writer, claim: str, question: str, *, because: str | None = None, out: bool = False) -> None:
    """Files a claim (by uid) under a question, or takes it out."""
    writer.append(EntryKind.FILE, FileDraft(question, out=out, because=because), about=claim)


def question_uid(writer: Writer, name: str, **known: str | None) -> str:
    """The question with this id or these words; a new one where no question has them."""
    if read.ID.fullmatch(name.strip()):
        return read.thing(writer.ledger, name, Letter.QUESTION).uid
    folded = sources.fold_name(name) or name.strip()
    if not folded:
        raise BadInput("a question needs words")
    if known_question := read.question_uid_by_folded(writer.ledger, folded):
        return known_question
    return writer.append(EntryKind.QUESTION, QuestionDraft(name, folded, **known))


# --- the words ----------------------------------------------------------------------------------------------------


def _anchor(on: Page, wanted: Wanted) -> Anchor | None:
    """Where the words stand; None where no copy exists to hold them and a citation or an import says so."""
    if wanted.cite is not None:
        return None
    if on.text is None:
        if on.capture is not None:
            raise NotFound(f"the saved copy of {on.article.id} is not in the ledger")
        return None
    if wanted.start is not None:
        end = wanted.start + len(wanted.exact)
        if on.text[wanted.start : end] == wanted.exact and wanted.start >= 0 and wanted.exact:
            return text.anchor(on.text, wanted.start, end)
    return text.locate(on.text, wanted.exact, occurrence=wanted.occurrence, prefix=wanted.prefix)


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


def _chain(writer: Writer, body: str | None, place: Anchor | None, wanted: Wanted) -> tuple[tuple[Hop, ...], list[str]]:
    """The chain as hops tied to sources, with a warning for every cue that is not in the text."""
    hops: list[Hop] = []
    warnings: list[str] = []
    last = len(wanted.attribution) - 1
    for n, given in enumerate(wanted.attribution):
        role = given.role or (Role.ORIGIN if n == last else Role.RELAY)
        kind = given.kind or sources.guess_kind(given.source, given.cue)
        uid = sources.source_uid(writer, given.source, given.kind)
        if given.source.startswith("@") and read.source(writer.ledger, uid).protected:
            kind = SourceKind.ANONYMOUS
        mention = _mention(body, place, given, wanted.found)
        if given.cue and mention.cue_start is None and body is not None and place is not None:
            warnings.append(f"the cue {given.cue!r} does not stand in the text; it is kept without a place")
        hops.append(
            Hop(
                source=uid,
                role=role,
                cue=mention.cue,
                cue_start=mention.cue_start,
                cue_end=mention.cue_end,
                mention=mention.text if mention.start is not None else None,
                mention_start=mention.start,
                mention_end=mention.end,
                mode=given.mode or Mode.INDIRECT,
                named=kind not in (SourceKind.ANONYMOUS, SourceKind.WITNESS),
                implicit=given.implicit or mention.implicit,
            )
        )
    return tuple(hops), warnings


def _mention(body: str | None, place: Anchor | None, given: Attribution, found: tuple[Mention, ...]) -> Mention:
    """Where the source and its cue stand in the text: as the suggester read them, else the nearest such words."""
    if given.placed is not None and _stands(body, given.placed):
        return given.placed
    folded = sources.fold_name(given.source)
    for m in found:
        if sources.fold_name(m.text) == folded and given.cue in (None, m.cue):
            return m
    if body is None or place is None:
        return Mention(given.source, cue=given.cue)
    cue = _nearest(body, given.cue, place) if given.cue else None
    around = replace(place, start=cue[0], end=cue[1]) if cue else place
    name = None if given.implicit else _nearest(body, given.source, around) or _nearest(body, folded, around)
    return Mention(
        text=body[name[0] : name[1]] if name else given.source,
        start=name[0] if name else None,
        end=name[1] if name else None,
        cue=given.cue,
        cue_start=cue[0] if cue else None,
        cue_end=cue[1] if cue else None,
    )


def _stands(body: str | None, mention: Mention) -> bool:
    """Whether a mention and its cue stand where they are said to; without a text there is nothing to hold them against."""
    places = ((mention.start, mention.end, mention.text), (mention.cue_start, mention.cue_end, mention.cue))
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


@lru_cache(maxsize=4)
def _figures(body: str) -> tuple[Quantity, ...]:
    return tuple(quantity.find(body))


@lru_cache(maxsize=4)
def _dates(body: str, published: str | None) -> tuple[TimeSpan, ...]:
    return tuple(dates.find(body, published))


def _quantities(body: str | None, place: Anchor | None, wanted: Wanted) -> tuple[Quantity, ...]:
    if wanted.quantities is not None:
        return tuple(_held(q, body) for q in wanted.quantities)
    found = _given_figure(body, place, wanted)
    if found is None:
        found = _inside(_figures(body), place) if body is not None and place else _unplaced(quantity.find(wanted.exact))
    if found and (wanted.measure or wanted.population or wanted.counting):
        first = found[0]
        found = (
            replace(
                first,
                measure=wanted.measure or first.measure,
                population=wanted.population or first.population,
                counting=wanted.counting or first.counting,
            ),
            *found[1:],
        )
    return found


def _given_figure(body: str | None, place: Anchor | None, wanted: Wanted) -> tuple[Quantity, ...] | None:
    """The figure that a person gave, with its place where it stands in the claim; None where none was given."""
    if wanted.quantity is not None:
        return (_held(wanted.quantity, body),)
    if wanted.figure is None:
        return None
    if wanted.figure.strip().casefold() in ("none", "-", ""):
        return ()
    found = quantity.find(wanted.figure)
    if not found:
        raise BadInput(
            f"no figure in {wanted.figure!r}", hint='write it as the source does: --figure "at least 400 militants"'
        )
    if body is not None and place is not None and (at := place.exact.find(wanted.figure)) >= 0:
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


def _times(on: Page, place: Anchor | None, wanted: Wanted) -> tuple[TimeSpan, ...]:
    """What was given for the event and the count, then what the words of the claim themselves say."""
    if wanted.times is not None:
        return wanted.times
    given = [
        given_time(value, role)
        for value, role in ((wanted.when, TimeRole.EVENT), (wanted.as_of, TimeRole.AS_OF))
        if value
    ]
    if on.text is None or place is None:
        return tuple(given)
    said = [
        t
        for t in _dates(on.text, on.article.published_at)
        if t.start is not None and t.end is not None and place.start <= t.start and t.end <= place.end
    ]
    return tuple(given + said)


def given_time(value: str, role: TimeRole) -> TimeSpan:
    """A time as a person writes it (ISO 8601/EDTF) in its role; BadInput where it is none."""
    span = dates.window(value)
    precision = Precision.RANGE if "/" in value else _precision(value)
    return TimeSpan(value, earliest=span.earliest, latest=span.latest, precision=precision, role=role)


def _precision(value: str) -> Precision:
    by_length = {4: Precision.YEAR, 7: Precision.MONTH, 10: Precision.DAY, 13: Precision.HOUR}
    return by_length.get(len(value), Precision.MINUTE if len(value) > 13 else Precision.DAY)


def _place(body: str | None, place: Anchor | None, name: str | None) -> Place | None:
    if not name:
        return None
    at = _nearest(body, name, place) if body is not None and place else None
    return Place(name, start=at[0] if at else None, end=at[1] if at else None)


def _reading(wanted: Wanted) -> Reading | None:
    if not wanted.read_as:
        return None
    if not wanted.because:
        raise Refused("a reading needs its reason", hint='say why the word may be read so: --because "..."')
    return Reading(wanted.read_as, because=wanted.because)
