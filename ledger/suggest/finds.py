"""From raw hits to finds: chains, figures, times, mode, reason and score, in the order of the text."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import NamedTuple, TypeVar

from ledger.language import detect, leaning
from ledger.records import DENIED, Found, Hop, Quantity, TimeSpan, Unsure, moved, no_collector, reading_doubts, replace
from ledger.suggest import chains, doubts, grammar, paragraphs, phrases, quotations, stance, told_by
from ledger.suggest.chains import Linked
from ledger.suggest.hits import SIGNS, Hit, Span, dateline, solid, span
from ledger.suggest.sentence_tokens import Sentence, Token, sentences
from ledger.text.asides import running
from ledger.text.stretches import stretch, stretches
from ledger.vocabulary import Mode, Stance

Placed = TypeVar("Placed", Quantity, TimeSpan)
WHOLE = ("relative", "passive", "broken", "hearsay")
"""Patterns whose parts mean nothing alone."""

REASONS = {
    doubts.POINTS: "what stands just before is denied",
    "preposed": "a verb of reporting with its subject before the statement",
    "quoted": "a verb of reporting before a quotation",
    "postposed": "the statement stands before its source and verb",
    "postposed-unmarked": "the statement runs into its source and verb without a comma",
    "broken": "source and verb stand inside the statement",
    "inverted": "the verb stands before its source",
    "according-to": "according to",
    "participle": "a participle goes on with what the source says",
    "coordinated": "a second verb of the same source",
    "reduced": "a participle after the noun that says it",
    "gapped": "a second figure, whose speaker shares the verb of the first",
    "disputed": "a relative clause that denies what stands before it",
    "relative": "a relative clause says what the source calls it",
    "passive": "a passive verb of reporting",
    "noun": "a noun of reporting",
    "hearsay": "an adverb of hearsay, without a source",
    "headline": "a headline with its source beside a colon",
    "transcript": "a name in capitals before a colon",
    "signed": "a name behind a dash after the quotation",
    "lead-in": "a name before a colon and a quotation",
    "action": "the sentence before the quotation has one person as its subject",
    "chain": "a source quoted by another source",
    "bare": "source and verb after a quotation that is a sentence of its own",
    "as": "as somebody says",
    stance.CONDITIONAL: "what depends on whether the source says it",
    "publisher-figure": "the publisher's own voice, with a figure",
    "publisher-event": "the publisher's own voice, with an event",
    "publisher-conditional": "the publisher's own voice, on a condition",
    "publisher-marked": "the publisher's own voice",
}


class Marks(NamedTuple):
    """The figures and the times of the text, each by its place."""

    figures: list[tuple[Span, Quantity]]
    times: list[tuple[Span, TimeSpan]]


class ReadText(NamedTuple):
    """A text as it is read: its sentences, the stretches that belong to what is reported, and the statements found."""

    marks: Marks
    rows: list[Sentence]
    covered: list[Span]
    finds: list[Found]

    def rows_of(self, start: int, end: int) -> list[Sentence]:
        """The sentences that a stretch touches."""
        first = bisect_left(self.rows, start, key=lambda row: row.end)
        last = bisect_left(self.rows, end, key=lambda row: row.start)
        return self.rows[first:last]


def find(text: str, published: str | None = None) -> list[Found]:
    """The statements of the text in its order: attributed ones, and what the publisher says with a figure or an event.

    What depends on a condition, "if the mayor says ...", nobody states.
    """
    return [_moved(_told(f), base) for base, part in stretches(text) for f in _in_stretch(part, published)]


def near(text: str, start: int, end: int, published: str | None = None) -> list[Found]:
    """The statements that are read together with a place: all of them, but in a long text."""
    base, part = stretch(text, start, end)
    return [_moved(_told(f), base) for f in _in_stretch(part, published)]


def _moved(found: Found, by: int) -> Found:
    """The find in the text of which a stretch was read."""
    if not by:
        return found
    parts = {
        name: tuple(moved(one, by) for one in getattr(found, name)) for name in ("attribution", "quantities", "times")
    }
    return replace(moved(found, by), content=tuple((a + by, b + by) for a, b in found.content), **parts)


def _in_stretch(text: str, published: str | None) -> list[Found]:
    words = running(text)
    language = not_english(text)
    with no_collector():
        found = _stated(words, published) if language is None else _unattributed(words, published, language)
    return found if words is text else [_verbatim(text, f) for f in found]


def _stated(text: str, published: str | None) -> list[Found]:
    return [f for f in _read(text, published).finds if not f.pattern.endswith(stance.CONDITIONAL)]


def _told(found: Found) -> Found:
    """The find with what of its figures and times is not sure."""
    unsure = [*found.unsure, *reading_doubts(found.quantities, found.times)]
    return replace(found, unsure=tuple(dict.fromkeys(unsure))) if unsure else found


@lru_cache(maxsize=2)
def _read(text: str, published: str | None) -> ReadText:
    """The text as it is read, cached for the claims of one article."""
    marks, rows = _marks(text, published), paragraphs.split(text)
    reported = paragraphs.hits(rows)
    for hit in reported:
        hit.content[:] = [_with_its_figure(text, part, hit, marks) for part in hit.content]
    covered = sorted(p for h in reported for p in [*h.content, h.cue, h.source, *(r.cue for r in h.relays)] if p)
    return ReadText(marks, rows, covered, _finds(text, marks, rows, reported, covered))


def _verbatim(text: str, found: Found) -> Found:
    """The find with its words as they stand in the text, asides and all."""
    hops = tuple(
        replace(
            h,
            text=h.text if h.start is None else text[h.start : h.end],
            cue=h.cue if h.cue_start is None else text[h.cue_start : h.cue_end],
        )
        for h in found.attribution
    )
    figures = tuple(replace(q, text=text[q.start : q.end]) for q in found.quantities)
    times = tuple(replace(t, text=text[t.start : t.end]) for t in found.times)
    return replace(found, exact=text[found.start : found.end], attribution=hops, quantities=figures, times=times)


def not_english(text: str) -> str | None:
    """The language of the text where it is another one than English, as far as it tells."""
    found = _language(text)
    return None if found == "en" else found


def _language(text: str) -> str | None:
    return detect(text) or leaning(text)


def _unattributed(text: str, published: str | None, language: str) -> list[Found]:
    """The statements of a text that is not English: those of a plain speaker, and figures that nobody is said to state."""
    marks = _marks(text, published, language)
    found = [(_own(text, span, "figure", marks), telling) for span, telling in told_by.find(text, language)]
    return [_spoken(text, f, t, language) if t else _not_read(text, f, language) for f, t in found if t or f.quantities]


def _spoken(text: str, own: Found, telling: told_by.Telling, language: str) -> Found:
    """The statement with its speaker, in a language that is not English."""
    quoted = own.start > 0 and text[own.start - 1] in quotations.OPENERS | {'"'}
    mode = Mode.DIRECT if quoted else Mode.INDIRECT
    (start, end), (first, last) = telling.who, telling.cue
    hop = Hop(
        told_by.name(text[start:end], language), text=text[start:end], start=start, end=end, cue=text[first:last],
        cue_start=first, cue_end=last, mode=mode, named=telling.named,
    )  # fmt: skip
    doubted = not telling.denied and told_by.may_be_denied(text, (own.start, own.end), language)
    unsure = (*own.unsure, *(Unsure("stance", "denial"),) * doubted)
    return replace(
        own, content=telling.content, unsure=unsure, attribution=(hop,), mode=mode, language=language, pattern=telling.pattern,
        reason=REASONS[telling.pattern], score="0.60", stance=Stance.DENIES if telling.denied else Stance.ASSERTS,
    )  # fmt: skip


def _not_read(text: str, found: Found, language: str | None) -> Found:
    reason = "a figure; who says it is not read in this language"
    unsure = [Unsure("attribution", "language")]
    if language and told_by.may_be_denied(text, (found.start, found.end), language):
        unsure.append(Unsure("stance", "denial"))
    return replace(found, language=language, unsure=tuple(unsure), pattern="figure", reason=reason)


def at(text: str, start: int, end: int, published: str | None = None) -> Found:
    """The statement that a marked fragment belongs to, cut to its clause; the publisher's where nobody else says it."""
    base, part = stretch(text, start, end)
    words = running(part)
    found = _at(words, start - base, end - base, published)
    return _moved(found if words is part else _verbatim(part, found), base)


def _at(text: str, start: int, end: int, published: str | None) -> Found:
    if (language := not_english(text)) is not None:
        own = _own(text, (start, end), "marked", _marks(text, published, language))
        telling = told_by.around(text, (start, end), language)
        return _spoken(text, own, telling, language) if telling else _not_read(text, own, language)
    read = _read(text, published)
    marks = read.marks
    holding = [(f, part) for f in read.finds for part in f.content if part[0] <= start and end <= part[1]]
    if not holding:
        return _around(text, (start, end), read)
    best, part = min(holding, key=lambda h: (not h[0].attribution, h[0].end - h[0].start))
    if best.pattern in WHOLE and best.mode is not Mode.DIRECT:
        return best
    cut = clause_around(text, part, (start, end))
    return replace(
        best,
        exact=text[cut[0] : cut[1]],
        start=cut[0],
        end=cut[1],
        content=(cut,),
        quantities=_inside([cut], marks.figures),
        times=_inside([cut], marks.times) or best.times,
    )


def _around(text: str, part: Span, read: ReadText) -> Found:
    """The statement of a fragment that lies inside none: that of the one source whose words it holds, else the publisher's."""
    rows = read.rows_of(*part)
    held = [(f, spans) for f in read.finds if f.attribution and (spans := _touched(f, part))]
    told = [f for f, _ in held]
    named = {row.start for _, spans in held for span in spans for row in read.rows_of(*span)}
    origins = {f.attribution[-1].source for f in told}
    if len(origins) == 1 and "" not in origins and named.issuperset(row.start for row in rows):
        return replace(told[0], exact=text[slice(*part)], start=part[0], end=part[1], content=(part,))
    whole = next(((r.start, r.end) for r in rows if r.start <= part[0] and part[1] <= r.end), part)
    stand = next((stance.around(row, part) for row in rows), Stance.ASSERTS)
    own = _own(text, clause_around(text, whole, part), "marked", read.marks, stand)
    behind = _behind(read.rows, rows[-1]) if rows else []
    unheard = (
        told or any(doubts.unheard(row, part, read.covered) for row in rows) or any(map(doubts.told_behind, behind))
    )
    if _language(text) is None:
        return _not_read(text, own, None)
    return _of_whom(own) if unheard else own


def _touched(found: Found, part: Span) -> list[Span]:
    """The stretches of a reported statement, and the cues that attribute it, that a fragment holds words of."""
    cues = [(h.cue_start, h.cue_end) for h in found.attribution if h.cue_start is not None and h.cue_end is not None]
    return [(max(a, part[0]), min(b, part[1])) for a, b in [*found.content, *cues] if a < part[1] and part[0] < b]


def _of_whom(own: Found) -> Found:
    """A statement outside every reported one that somebody may state who was not understood."""
    return replace(own, unsure=doubts.UNHEARD, reason="somebody may state it who was not understood")


def _marks(text: str, published: str | None, language: str | None = None) -> Marks:
    from ledger import dates, quantity

    return Marks(_placed(quantity.find(text, language)), _placed(dates.find(text, published, language)))


def _finds(text: str, marks: Marks, rows: list[Sentence], reported: list[Hit], covered: list[Span]) -> list[Found]:
    linked = chains.link(text, reported, rows)
    found = [_found(text, hit, found, marks) for hit, found in zip(reported, linked, strict=True)]
    subjects = sorted(
        {h.content[0] if h.pattern == "relative" else h.source for h in reported if h.source and h.pattern != "noun"}
    )
    for row, part, pattern, held in own_statements(rows, covered, [s for s, _ in marks.figures]):
        own = _own(text, part, pattern, marks, held)
        if subject := _subject(row, part, subjects):
            whole = not text[subject[1] : part[0]].strip()
            parts = ((subject[0], part[1]),) if whole else (subject, part)
            own = replace(own, exact=text[subject[0] : part[1]], start=subject[0], content=parts)
        doubted = doubts.unheard(row, part, covered) or doubts.joined(row, part, covered)
        doubted = doubted or (held is Stance.DENIES and _reported(row, covered))
        doubted = doubted or (bool(own.quantities) and any(map(doubts.told_behind, _behind(rows, row))))
        found.append(_of_whom(own) if doubted else own)
    if any(not f.attribution for f in found) and _language(text) is None:
        found = [f if f.attribution else _not_read(text, f, None) for f in found]
    return sorted(found, key=lambda f: (f.start, f.end))


def _reported(row: Sentence, covered: list[Span]) -> bool:
    """True where somebody else is said to say something in the sentence, too."""
    at = bisect_left(covered, (row.start, 0))
    return at < len(covered) and covered[at][0] < row.end


def _behind(rows: list[Sentence], row: Sentence) -> list[Sentence]:
    """The sentence behind, where there is one close by."""
    at = bisect_left(rows, row.start, key=lambda r: r.start) + 1
    return [r for r in rows[at : at + 1] if r.start <= row.end + CLOSE]


CLOSE = 2
"""Marks and spaces between two sentences of which the second may say whence the first has its figure."""


def _subject(row: Sentence, part: Span, subjects: list[Span]) -> Span | None:
    """The speaker before a part that has a verb and no subject of its own: "The inspector | visited and | said that"."""
    at = bisect_left(row.tokens, (part[0],))
    if at >= len(row.tokens):
        return None
    at += row.tokens[at].low in grammar.COORDINATORS
    found = bisect_left(subjects, part) - 1
    if at == 0 or found < 0 or subjects[found][0] < row.start or not phrases.opens_with_verb(row.tokens, at):
        return None
    return subjects[found]


def _placed(items: Sequence[Placed]) -> list[tuple[Span, Placed]]:
    """The items that stand in the text, by their place."""
    placed = [((q.start, q.end), q) for q in items if q.start is not None and q.end is not None]
    return sorted(placed, key=lambda p: p[0])


def _inside(parts: Sequence[Span], placed: list[tuple[Span, Placed]]) -> tuple[Placed, ...]:
    chosen: list[Placed] = []
    for start, end in parts:
        n = bisect_left(placed, ((start, start),))
        while n < len(placed) and placed[n][0][0] < end:
            if placed[n][0][1] <= end:
                chosen.append(placed[n][1])
            n += 1
    return tuple(chosen)


def _found(text: str, hit: Hit, linked: Linked, marks: Marks) -> Found:
    parts = tuple(sorted(set(hit.content)))
    start, end = parts[0][0], parts[-1][1]
    quantities = tuple(_never_said(text, start, q) for q in _inside(parts, marks.figures))
    return Found(
        exact=text[start:end],
        start=start,
        end=end,
        content=parts,
        attribution=linked.chain,
        unsure=linked.unsure,
        quantities=quantities,
        times=_inside([*_lead(hit), *parts], marks.times),
        mode=_mode(parts, hit),
        stance=hit.stance,
        pattern=hit.pattern,
        reason=REASONS[hit.pattern],
        score=_score(hit, named=bool(linked.chain[-1].text), figure=bool(quantities)),
    )


def _never_said(text: str, start: int, figure: Quantity) -> Quantity:
    """The figure, marked where it stands in what somebody is said not to have said: "She never promised that 40 would come"."""
    before = text[start : figure.start or start]
    clause = max((before.rfind(mark) for mark in (". ", "; ", ", ")), default=-1)
    said = doubts.never_said(before[clause + 1 :])
    return replace(figure, sure=False, why=DENIED) if said and figure.sure else figure


def _with_its_figure(text: str, part: Span, hit: Hit, marks: Marks) -> Span:
    """The stretch from the beginning of the figure, hedge and all, that it would begin in or right behind."""
    at = bisect_left(marks.figures, ((part[0], 0),)) - 1
    start, end = marks.figures[at][0] if at >= 0 else (part[0], part[0])
    others = [span for span in (hit.source, hit.cue) if span and span[0] < part[0] and start < span[1]]
    cut = (end > part[0] or text[end : part[0]] == " ") and not start < hit.sentence.start <= part[0]
    return (start, part[1]) if cut and not others else part


def sentence_by_sentence(text: str, found: Found) -> Iterator[Found]:
    """The find, or one for each sentence of a quotation that goes on behind its speaker: "It burns," she said. "We run."."""
    parts = found.content
    ends = [n for n in range(1, len(parts)) if _ENDED.fullmatch(text, parts[n - 1][1], parts[n][0])]
    if not ends:
        yield found
        return
    around = tuple(t for t in found.times if not _inside(parts, _placed([t])))
    spoken = (
        Stance.ASSERTS if text[parts[0][0] - 1].isspace() else found.stance
    )  # the first sentence's own, or the speaker's
    for first, last in pairwise((0, *ends, len(parts))):
        own, mine = found.stance, parts[first:last]
        if first:
            own, opening = stance.opened(text, mine[0]) or (spoken, mine[0])
            mine = (opening, *mine[1:])
        start, end = mine[0][0], mine[-1][1]
        figures, times = _inside(mine, _placed(found.quantities)), _inside(mine, _placed(found.times)) + around
        place = {"exact": text[start:end], "start": start, "end": end, "content": mine}
        yield replace(found, **place, quantities=figures, times=times, stance=own)


_ENDED = re.compile(r"[^\n]*[^\W\d][\w)]*[.] *[\"“]")
"""What stands between two parts of what is said where a sentence ends there."""


def _lead(hit: Hit) -> list[Span]:
    """The stretch before the source, whose time the statement shares: "On Thursday, the army announced ..."."""
    start = min(hit.cue[0], hit.source[0] if hit.source else hit.cue[0])
    if not hit.sentence.start < start <= hit.content[0][0]:
        return []
    tokens = hit.sentence.tokens
    hi = bisect_left(tokens, (start,))
    begun = next((k + 1 for k in range(hi - 2, 0, -1) if tokens[k].low in (",", ";") and _turns(tokens[k + 1])), 0)
    return [(tokens[begun].start, start)] if begun == 0 or phrases.has_verb(tokens, 0, begun) else []


def _turns(token: Token) -> bool:
    """True for what leads over from one clause to another, whose time is its own."""
    return token.low in grammar.COORDINATORS or token.low in ("while", "although", "though")


def _own(text: str, span: Span, pattern: str, marks: Marks, held: Stance = Stance.ASSERTS) -> Found:
    """A statement of the publisher, ranked by whether it carries a figure and a time."""
    quantities, times = _inside([span], marks.figures), _inside([span], marks.times)
    score = (30 if quantities else 20) + (5 if times else 0)
    return Found(
        exact=text[span[0] : span[1]],
        start=span[0],
        end=span[1],
        content=(span,),
        quantities=quantities,
        times=times,
        stance=held,
        pattern=f"publisher-{pattern}",
        reason=REASONS[f"publisher-{pattern}"],
        score=f"0.{score}",
    )


def _mode(parts: Sequence[Span], hit: Hit) -> Mode:
    """Direct where nearly all the words stand in quotation marks, mixed where some do."""
    if hit.pattern == doubts.POINTS:
        return Mode.INDIRECT
    quotes = [(t.quote.inner_start, t.quote.inner_end) for t in hit.sentence.quotes if t.quote]
    total = quoted = 0
    for a, b in parts:
        total += b - a
        outside = b <= hit.sentence.start or a >= hit.sentence.end
        quoted += (b - a) if outside else sum(max(0, min(b, y) - max(a, x)) for x, y in quotes)
    if quoted >= 0.8 * total:
        return Mode.DIRECT
    return Mode.MIXED if quoted else Mode.INDIRECT


def _score(hit: Hit, *, named: bool, figure: bool) -> str:
    points = round(hit.strength.value * 100) - (0 if named else 15) + (8 if figure else 0)
    most = 99 if hit.stance in (Stance.ASSERTS, Stance.DENIES, Stance.ANNOUNCES) else UNSAID
    return f"0.{min(most, max(10, points)):02d}"


UNSAID = 40
"""Points that a statement has at most which its source doubts or only asks about."""


# --- the clause around a fragment -----------------------------------------------------------------------------------


def clause_around(text: str, part: Span, fragment: Span) -> Span:
    """The clause of the part that holds the fragment; the whole part where the fragment crosses clauses."""
    for sentence in sentences(text, part, 0):
        tokens = sentence.tokens
        if sentence.start <= fragment[0] and fragment[1] <= sentence.end:
            lo, hi = _bounds(tokens, fragment)
            cut = span(tokens, lo, hi)
            if cut and cut[0] <= fragment[0] and fragment[1] <= cut[1]:
                return cut
            return sentence.start, sentence.end
    return part


def _bounds(tokens: list[Token], fragment: Span) -> tuple[int, int]:
    """The nearest clause boundaries on both sides of the fragment."""
    lo, hi = 0, len(tokens)
    for at in range(1, len(tokens) - 1):
        if _boundary(tokens, at):
            if tokens[at].end <= fragment[0]:
                lo = at + 1
            elif tokens[at].start >= fragment[1]:
                return lo, at
    return lo, hi


def _boundary(tokens: list[Token], at: int) -> bool:
    """True where a clause ends here: a semicolon, or a comma before a participle, a relative or a new subject with its verb."""
    if tokens[at].low == ";":
        return True
    if tokens[at].low != ",":
        return False
    after = tokens[at + 1]
    if phrases.low_ing(after) or after.low in ("who", "which", "while", "but", "whereas", "although"):
        return True
    return after.low in grammar.COORDINATORS and phrases.has_verb(tokens, at + 2, min(len(tokens), at + 10))


# --- the publisher's own voice --------------------------------------------------------------------------------------

LEADS = grammar.PREPOSITIONS | grammar.COORDINATORS | grammar.SUBORDINATORS | {"that", "a", "an", "the"}
LEADS |= grammar.RELATIVE


def own_statements(
    rows: list[Sentence], covered: list[Span], figures: list[Span]
) -> Iterator[tuple[Sentence, Span, str, Stance]]:
    """The publisher's statements that lie outside every reported one, each with its sentence, pattern and stance."""
    for row in rows:
        if row.quoted:
            continue
        for part in _outside(row, covered):
            pattern = _pattern(row, part, figures)
            if pattern:
                pattern = stance.CONDITIONAL if stance.depends(row, part) else pattern
                yield from ((row, said, pattern, held) for said, held in stance.own(row, part))


def _outside(row: Sentence, covered: list[Span]) -> list[Span]:
    """The stretches of the sentence that belong to nobody else."""
    tokens = row.tokens
    free: list[Span] = []
    lo = dateline(row)
    first = max(0, bisect_left(covered, (row.start, 0)) - 1)
    last = min(first + 4 * len(tokens), bisect_left(covered, (row.end, 0)))
    marked = [c for c in covered[first:last] if c[1] > row.start]
    if not marked:
        whole = span(tokens, lo, _whole(tokens, lo, len(tokens))) if lo < len(tokens) else None
        return [whole] if whole else []
    for start, end in [*marked, (row.end, row.end)]:
        hi = bisect_left(tokens, (start,))
        hi -= hi > 0 and tokens[hi - 1].end > start
        if hi - lo >= LEAST:
            first = _led_over(tokens, lo, hi) if lo else lo
            piece = span(tokens, first, _whole(tokens, first, hi))
            solids = [t for t in tokens[first:hi] if solid(t)]
            if piece and (len(solids) >= LEAST or any(t.low[:1].isdigit() for t in solids)):
                free.append(piece)
        lo = max(lo, bisect_left(tokens, (end,)))
    return free


LEAST = 3
"""Tokens of a stretch that may state something."""


def _led_over(tokens: list[Token], lo: int, hi: int) -> int:
    """The start without what led over from what somebody else says: "Sunday, and | 12 flights were cancelled".

    All of it where only a participle follows: "it said in a statement | on Friday, revising an earlier figure".
    """
    aside = phrases.adverbials(tokens, lo, hi)
    behind = tokens[aside + 1] if aside + 1 < hi and tokens[aside].low == "," else None
    if behind and phrases.low_ing(behind):
        return hi
    if behind and behind.low in ("and", "but", "while"):
        lo = aside + 1
    at = lo
    if tokens[lo - 1].word and tokens[lo].low in grammar.PREPOSITIONS:
        at = next((k for k in range(lo, hi) if tokens[k].low == ","), lo)  # "X said | in a report, but sales rose"
    while at < hi and (not solid(tokens[at]) or tokens[at].low in grammar.DAYS | grammar.BEFORE_TIMES):
        at += 1
    at = at if at > lo and not solid(tokens[at - 1]) else lo
    joined = at + 1 < hi and tokens[at].low in ("and", "but", "while") and not phrases.opens_with_verb(tokens, at + 1)
    return at + joined


def _whole(tokens: list[Token], lo: int, hi: int) -> int:
    """The end without the small words that led over to what somebody else says."""
    opened = any(t.low == "(" for t in tokens[lo:hi])
    leads = (
        LEADS if hi < len(tokens) else LEADS - grammar.PREPOSITIONS - grammar.SUBORDINATORS
    )  # "was unaccounted for."
    while hi > lo and (tokens[hi - 1].low in leads or not solid(tokens[hi - 1])):
        if tokens[hi - 1].low in SIGNS or (opened and tokens[hi - 1].low == ")"):
            break
        hi -= 1
    return hi


def _pattern(row: Sentence, part: Span, figures: list[Span]) -> str | None:
    lo, hi = bisect_left(row.tokens, (part[0],)), bisect_left(row.tokens, (part[1],))
    if hi < len(row.tokens) and row.tokens[hi].low == "what":
        return None  # "The river reached | what the board called a peak"
    if hi < len(row.tokens) and solid(row.tokens[hi]) and not phrases.has_verb(row.tokens, lo, hi):
        return None  # "Four directors | were told by the bank that"
    at = bisect_left(figures, (part[0], part[0]))
    if at < len(figures) and figures[at][1] <= part[1]:
        return "figure"
    if lo and row.tokens[lo - 1].word and row.tokens[lo].low in grammar.PREPOSITIONS:
        return None  # "X said | in a report released on Friday"
    if hi - lo < LEAST and row.tokens[hi - 1].low in grammar.verbs():
        return None  # "Arkenet rejected | that"
    if not grammar.EVENTS.isdisjoint([t.low for t in row.tokens[lo:hi]]):
        return "event"
    if lo or grammar.SCHEDULED.isdisjoint(row.lows):
        return None
    return "event" if any(_to_come(row.tokens, k) for k in range(1, hi)) else None


def _to_come(tokens: list[Token], at: int) -> bool:
    """True at the verb of what is to come: "will | resume", "is due to | reopen"."""
    if tokens[at].low not in grammar.SCHEDULED:
        return False
    before = [t.low for t in tokens[max(0, at - 3) : at]]
    return before[-1] in ("will", "be") or (
        before[-1] == "to" and before[-2:-1] != [] and before[-2] in stance.FUTURE_TO
    )
