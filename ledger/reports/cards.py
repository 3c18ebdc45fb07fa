"""One claim as a reader meets it: its passage, who is said to have said it, what a person made of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from ledger import dates, grading, text
from ledger.catalogue import Table, known, t, theirs
from ledger.crossref.statements import figure_words, statement_of
from ledger.errors import ClaimsError
from ledger.records import Claim, Hop, Judgement, replace
from ledger.reports.counting import to_check
from ledger.reports.custody import CHECKS
from ledger.reports.report import Chain, ClaimCard, Piece, Verdict
from ledger.reports.sentences import day, headline, outlet, quoted
from ledger.store import Ledger, beside, blobs, read
from ledger.vocabulary import Checked, EntryKind, Role

LONGEST = 700
"""Characters of context on each side; a sentence may be a whole page."""

PARTS: Table = {
    Role.RELAY: "via",
    Role.AFFILIATION: "of",
    Role.ORIGIN: "named as the source",
    Role.PUBLISHER: "published by",
}


def card(ledger: Ledger, claim: Claim) -> ClaimCard:
    """A claim with its passage, chain, rating, evidence and public notes."""
    statement = statement_of(claim)
    if (
        statement.quantity is None and not statement.text
    ):  # an answer is in quotation marks only where it is in the words
        statement = replace(statement, text=claim.exact)
    return ClaimCard(
        claim=claim,
        says=claim.told,
        headline=headline(claim),
        passage=passage(ledger, claim),
        chain=chain(claim),
        figure=_short(claim, figure_words(statement)),
        reading=_reading(claim),
        when=dates.window_words(statement.window) if statement.window and not _is_time(claim.answer) else None,
        span=dates.interval(statement.window),
        rating=verdict(ledger, claim.id, claim.rating, quoted(claim)) if claim.rating else None,
        check=_check(claim.check) if claim.check else None,
        evidence=tuple(beside.evidence(ledger, claim.uid)),
        notes=tuple(n for n in read.notes(ledger, claim.uid) if not n.internal),
        fields=tuple(beside.values(ledger, about=claim.uid, public=True).get(claim.uid, {}).items()),
        others=tuple(_others(ledger, claim)),
        corrections=tuple(beside.corrections(ledger, claim.uid)),
        unsure=tuple(text.doubts(to_check(claim))),
    )


def _is_time(answer: str | None) -> bool:
    """True for an answer that is a time: beside it the day of the event would look like what the claim says."""
    return bool(answer and dates.find(answer))


def _short(claim: Claim, words: str) -> str | None:
    """The figure or the short answer for a heading; None for the whole claim, which stands below."""
    return None if not words or words == quoted(claim) else words


def _others(ledger: Ledger, claim: Claim) -> Iterator[Verdict]:
    """The ratings that hold besides the newest."""
    if claim.rating is not None:
        held = [j for j in read.judgements(ledger, claim.uid, EntryKind.RATING) if not j.superseded]
        yield from (verdict(ledger, claim.id, rating, quoted(claim)) for rating in held[:-1])


def chain(claim: Claim) -> Chain:
    """Who is said to have said it, from the outlet inwards."""
    hops = tuple((h.source, _part(h)) for h in claim.attribution)
    ids = (claim.publisher_id or "", *(h.known_by for h in claim.attribution))
    own = t("in its own words")
    return Chain(_in_print(claim), hops, ids, own if claim.attribution_read else t("who says it was not read"))


def _in_print(claim: Claim) -> str:
    """The outlet, with the page or the moment where the words stand in what it published."""
    name = outlet(claim.publisher)
    if claim.locator is None:
        return name
    if ":" in claim.locator:
        return t("{outlet}, at {time}", outlet=name, time=claim.locator)
    return t("{outlet}, page {page}", outlet=name, page=claim.locator)


def _part(hop: Hop) -> str:
    """What a hop is; one that is only understood is in brackets."""
    part = t(PARTS[hop.role])
    return t("{part} (understood)", part=part) if hop.implicit else part


def verdict(ledger: Ledger, about: str, rating: Judgement, of: str = "") -> Verdict:
    """A rating with what its grade means, and the words of the claim that it is about."""
    value, means, title = theirs(rating.value), "", theirs(rating.scale or "")
    try:
        scale = grading.scale(rating.scale or "", ledger)
        value, means, title = known(rating.value), known(scale.grade(rating.value).means), known(scale.title)
    except ClaimsError:
        pass  # a scale that this program does not have: the grade stands as it was given
    return Verdict(about, value, means, title, rating.because, rating.by, rating.at, rating.on, rating.superseded, of)


def passage(ledger: Ledger, claim: Claim) -> tuple[Piece, ...]:
    """The quote with a sentence around it from the saved copy; without a copy, the quote alone."""
    body = _text(ledger, claim)
    if body is None or claim.start is None or claim.end is None or body[claim.start : claim.end] != claim.exact:
        return tuple(p for p in (Piece(claim.prefix), Piece(claim.exact, "quote"), Piece(claim.suffix)) if p.text)
    first, last = around(body, claim.start, claim.end)
    start, end = max(first, claim.start - LONGEST), min(last, claim.end + LONGEST)
    pieces = _pieces(body, (start, end), _kinds(claim))
    return (Piece("…" if start > first else ""), *pieces, Piece("…" if end < last else ""))


def around(body: str, start: int, end: int) -> tuple[int, int]:
    """The sentences with a claim and beside it, behind a dateline, less a sentence with one end of a quotation only."""
    (a, b), (c, d) = (text.around(body, start, end, more) for more in (1, 0))
    first, last = next((s for s in ((a, b), (a, d), (c, b), (c, d)) if _closed(body[s[0] : s[1]])), (a, b))
    return _behind_dateline(body, first, start), last


def _closed(words: str) -> bool:
    """True where each quotation that is opened is closed."""
    return words.count('"') % 2 == 0 and words.count("“") == words.count("”")


def _behind_dateline(body: str, first: int, claim: int) -> int:
    """Where the text around a claim begins, behind lines that are no sentences, and "PORT ORM, March 14 (Agency) - "."""
    for line in LINE.finditer(body, first, claim):
        if line.end() <= claim and line[0].rstrip()[-1:] not in ENDS:
            first = line.end()
    first = claim - len(body[first:claim].lstrip())
    found = DATELINE.match(body, first, claim) if body[first - 1 : first] in ("", "\n") else None
    return found.end() if found and not body[found.end() : found.end() + 1].islower() else first


LINE = re.compile(r"[^\n]*\n\s*")
ENDS = frozenset('.!?…:;"”’»)')
"""What a line of running text ends with."""
DATELINE = re.compile(
    r"[^\W\d_a-z](?:[^\W\d_a-z]|[.’' -])+(?<=\w)(?:, [^.()\n]{1,30}?)?(?: ?\([^()\n]{2,40}\))? ?[-–—]{1,2} "
)


def _text(ledger: Ledger, claim: Claim) -> str | None:
    copy = read.capture(ledger, claim.capture) if claim.capture else None
    return blobs.text(ledger, copy.uid, copy.text) if copy else None


def _kinds(claim: Claim) -> list[tuple[int, int, str]]:
    """The stretches worth marking, the more telling ones last, which win where they overlap."""
    found = [(claim.start, claim.end, "quote")]
    found += [(h.start, h.end, "source") for h in claim.attribution]
    found += [(h.cue_start, h.cue_end, "cue") for h in claim.attribution]
    found += [(q.start, q.end, "figure") for q in claim.quantities]
    return [(a, b, kind) for a, b, kind in found if a is not None and b is not None and a < b]


def _pieces(body: str, span: tuple[int, int], kinds: list[tuple[int, int, str]]) -> list[Piece]:
    """The span cut where marking changes; a mark inside the quote names both."""
    start, end = span
    cuts = sorted({start, end, *(min(max(at, start), end) for a, b, _ in kinds for at in (a, b))})
    pieces = []
    for a, b in pairwise(cuts):
        here = [kind for x, y, kind in kinds if x <= a and b <= y]
        inside = "quote" in here
        mark = next((k for k in reversed(here) if k != "quote"), "")
        pieces.append(Piece(body[a:b], f"quote {mark}".strip() if inside else mark))
    return pieces


def _reading(claim: Claim) -> str | None:
    if claim.reading is None:
        return None
    given = {"word": theirs(claim.reading.word or ""), "measure": known(claim.reading.read_as)}
    said = t("“{word}” is read as “{measure}”", **given) if claim.reading.word else t("Read as “{measure}”", **given)
    return (
        t("{said}, because {reason}", said=said, reason=theirs(claim.reading.because))
        if claim.reading.because
        else said
    )


def _check(found: Judgement) -> str:
    said = t(CHECKS[Checked(found.value)])
    told = t("{said} ({who}, {day})", said=said, who=theirs(found.by), day=day(found.at))
    return t("{said}: {reason}", said=told, reason=theirs(found.because)) if found.because else told
