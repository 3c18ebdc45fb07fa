"""A sentence while it is read: its cues, what belongs to whom already, and the reported statements found so far."""

from __future__ import annotations

from typing import NamedTuple

from ledger.lexicon import values, words
from ledger.suggest import phrases
from ledger.suggest.grammar import (
    BEFORE_TIMES,
    DAYS,
    FIRST_NAMES,
    NOBODY,
    PASSED_ON,
    QUOTED,
    SUBJECT_PRONOUNS,
    Cue,
    Strength,
    Verb,
    Voice,
    is_outlet,
    outlet_word,
)
from ledger.suggest.phrases import CLOSE_BRACKETS, Range
from ledger.suggest.sentence_tokens import DASHES, Sentence, Token
from ledger.vocabulary import Stance

Span = tuple[int, int]

ANYBODY = frozenset(["you", "one"])
OURS = frozenset(["i", "we"])
"""Pronouns for anybody: what "you expect" nobody is said to expect."""
WEAK = (Strength.JUDGES, Strength.WANTS)


class Relay(NamedTuple):
    """Somebody in a raw chain; no span where the text names nobody."""

    source: Span | None
    cue: Span | None


class Passing(NamedTuple):
    """Who passes on what others say in these tokens: "..., he said, according to X"."""

    relay: Relay
    within: Range
    cue: Cue


class Hit:
    """One reported statement as the sentence gives it, before chains are joined across sentences.

    `inherited`: the source stands with an earlier cue of the sentence. `relays`: who stands between it and the publisher.
    `antecedent`: what a relative pronoun that is the source refers to.
    """

    __slots__ = (
        "antecedent",
        "content",
        "cue",
        "inherited",
        "lemma",
        "pattern",
        "relays",
        "sentence",
        "source",
        "stance",
        "strength",
    )

    def __init__(self, sentence: Sentence, source: Span | None, cue: Span, *, content: list[Span], verb: Verb) -> None:
        self.sentence = sentence
        self.source = source
        self.cue = cue
        self.content = content
        self.pattern = "bare"
        self.strength = verb.strength
        self.lemma = verb.lemma
        self.inherited = False
        self.relays: list[Relay] = []
        self.antecedent: Span | None = None
        self.stance = Stance.ASSERTS


class SentenceScan:
    """A sentence while its cues are read; `taken` are the runs of tokens that belong to a statement already."""

    __slots__ = ("_subjects", "cues", "hits", "lows", "passing", "sentence", "size", "taken", "tokens")

    def __init__(self, sentence: Sentence, cues: list[Cue]) -> None:
        self.sentence = sentence
        self.tokens = sentence.tokens
        self.lows = sentence.lows
        self._subjects: dict[Range, Range | None] = {}
        self.cues = cues
        self.size = length(sentence.tokens)
        self.hits: list[Hit] = []
        self.passing: list[Passing] = []
        self.taken: list[Range] = []

    def places(self, words: frozenset[str]) -> list[int]:
        """The tokens that are one of the words; most sentences have none."""
        return [] if self.lows.isdisjoint(words) else [n for n, t in enumerate(self.tokens) if t.low in words]

    def floor(self, at: int) -> int:
        """The end of the last statement already read before this token."""
        return max([hi for _, hi in self.taken if hi <= at], default=0)

    def subject(self, cue: Cue) -> Range | None:
        """The noun phrase before the cue, behind what was already read; asked several times, and read once."""
        floor = self.floor(cue.first)
        if (asked := (cue.first, floor)) not in self._subjects:
            self._subjects[asked] = phrases.subject(self.tokens, *asked)
        return self._subjects[asked]

    def ceiling(self, at: int) -> int:
        """The start of the next statement already read after this token."""
        return min([lo for lo, _ in self.taken if lo > at], default=self.size)

    def free(self, at: int) -> bool:
        return not any(lo <= at < hi for lo, hi in self.taken)


def passes_on(reading: SentenceScan, hit: Hit) -> bool:
    """True where the source of the statement is one that passes on what others said: an outlet, or who "reported" it."""
    return hit.lemma == "report" or (hit.source is not None and is_outlet(reading.sentence.text[slice(*hit.source)]))


def pass_on(reading: SentenceScan, cue: Cue, source: Range, within: Range) -> bool:
    """Keep who passes on a statement that has a speaker of its own in these tokens; False where there is none."""
    tokens = reading.tokens
    told = (
        k for k in range(source[0] + 1, source[1]) if tokens[k].low in ("which", "who") and tokens[k - 1].low == ","
    )
    named = span(tokens, source[0], next(told, source[1]))
    speakers = [c for c in reading.cues if within[0] < c.first and c.last <= within[1] and _speaks(tokens, c, within)]
    if named is None or not speakers:
        return False
    spoken = tokens[cue.first].start, tokens[cue.last - 1].end
    reading.passing.append(Passing(Relay(named, spoken), within, cue))
    reading.taken += [source, (cue.first, cue.last)]
    return True


def _speaks(tokens: list[Token], cue: Cue, within: Range) -> bool:
    """True where the cue has a subject that opens the stretch, follows the quotation that does, or closes it."""
    firm = cue.entry.strength in (Strength.SAYS, Strength.TELLS) and cue.voice is Voice.ACTIVE
    subject = phrases.subject(tokens, cue.first, within[0]) if firm else None
    if subject is None:
        return False
    opens = subject[0] <= within[0] + 1 and not any(t.low in ("percent", "%") for t in tokens[slice(*subject)])
    closes = tokens[subject[0] - 1].low == "," and within[1] - cue.last <= 1
    return opens or closes or tokens[subject[0] - 1].quote is not None


SIGNS = ("%", "‰", "°", "€", "£", "$", "¥", "+")
"""Signs behind a figure that belong to it."""
KEPT_LAST = frozenset({*CLOSE_BRACKETS, *SIGNS})


def length(tokens: list[Token]) -> int:
    """The number of tokens without the marks that end the sentence."""
    end = len(tokens)
    while end and not solid(tokens[end - 1]) and tokens[end - 1].low not in KEPT_LAST:
        end -= 1
    return end


def remember(
    reading: SentenceScan, cue: Cue, source: Range | None, content: list[Range], *, pattern: str
) -> Hit | None:
    """Keep a statement when it has content; ranges of tokens become spans of characters."""
    tokens = reading.tokens
    hit = _keep(reading, cue, chars(tokens, source) if source else None, content)
    if hit and source:
        if (said := _without_passer(reading, hit, cue, source, content)) != source:
            hit.source = chars(tokens, said)
        hit.antecedent = _antecedent(reading, source)
        inside = (c.first - 1 for c in reading.cues if source[0] < c.first - 1 and c.last < source[1])
        spoken = next((at for at in inside if tokens[at].low in ("who", "which")), source[1])
        reading.taken.append((source[0], spoken))
    if hit:
        hit.pattern = pattern
    return hit


def _passed_on(reading: SentenceScan, lo: int, hi: int) -> tuple[int, Relay] | None:
    """Who passes on what is said, and where that begins: "the mayor | , quoted by the Daily Post", "in remarks carried by"."""
    tokens = reading.tokens
    for at in reading.places(PASSED_ON):
        if not lo <= at < hi - 2:
            continue
        low, by = tokens[at].low, at + 1 + (tokens[at].low in HANDED_ON and tokens[at + 1].low in ("on", "along"))
        link = tokens[by].low
        if low not in (PASSED_ON if link == "by" else QUOTED if link in ("in", "on") else ()):
            continue
        named = span(tokens, by + 1, phrases.right_phrase(tokens, by + 1, hi))
        firm = link == "by" and (low in QUOTED or by > at + 1)
        if named and (firm or is_outlet(reading.sentence.text[slice(*named)])):
            return at, Relay(named, (tokens[at].start, tokens[by].end))
    return None


HANDED_ON = words("en/reporting", "handed_on")


def _without_passer(reading: SentenceScan, hit: Hit, cue: Cue, source: Range, content: list[Range]) -> Range:
    """The source without who passes on its words, who becomes the relay."""
    behind = min((lo for lo, _ in content if lo >= cue.last), default=reading.size)
    found = _passed_on(reading, source[0] + 1, source[1])
    passed = found or _passed_on(reading, cue.last, behind)
    if passed:
        hit.relays.append(passed[1])
        reading.taken.append((passed[0], passed[0] + 1))
    if found is None:
        return source
    at, tokens = _remarks(reading.tokens, found[0]), reading.tokens
    return source[0], next(
        (k for k in range(at, source[0], -1) if tokens[k - 1].low not in ("as", "and", ",", *DASHES)), at
    )


def _remarks(tokens: list[Token], at: int) -> int:
    """The "in" of "the mayor, | in brief remarks | carried by the Daily Post"; `at` itself where none leads to it."""
    for back in range(at - 1, max(0, at - 5), -1):
        if tokens[back].low == "in":
            return back
        if not tokens[back].word or tokens[back].cap:
            break
    return at


def resume(reading: SentenceScan, cue: Cue, source: Span, content: Range, *, pattern: str) -> None:
    """Keep another statement of a source that stands with an earlier cue."""
    hit = _keep(reading, cue, source, [content])
    if hit:
        hit.pattern, hit.inherited = pattern, True
        hit.antecedent = next((h.antecedent for h in reading.hits if h.source == source and h.antecedent), None)


def _keep(reading: SentenceScan, cue: Cue, source: Span | None, content: list[Range]) -> Hit | None:
    tokens = reading.tokens
    spans = [s for lo, hi in content if lo < hi and (s := span(tokens, lo, hi))]
    if len(spans) == 1 and _only_time(reading.sentence.text[slice(*spans[0])].lower().split()):
        return None  # "its report Thursday", "charged the following day"
    if not spans or (source and (_nobody(reading, source) or _our_mind(reading, cue, source))):
        return None
    end = cue.last
    if end < reading.size and tokens[end].low in ("that", "as") and end == content[-1][0] - 1:
        end += 1
    hit = Hit(reading.sentence, source, (tokens[cue.first].start, tokens[end - 1].end), content=spans, verb=cue.entry)
    reading.hits.append(hit)
    after = min((lo for lo, _ in content if lo >= cue.last), default=cue.last)
    reading.taken += [(cue.first, after), *(c for c in content if c[0] < c[1])]
    return hit


def _only_time(said: list[str]) -> bool:
    """True for words of a time alone: "Thursday", "the following day"."""
    return said[-1:] != [] and said[-1] in TIMES and AROUND_TIMES.issuperset(said[:-1])


AROUND_TIMES = BEFORE_TIMES | {"the", "on", "in", "following", "same", "previous", "late", "early"}
TIMES = DAYS | frozenset(values("en/calendar", "seasons"))


def _nobody(reading: SentenceScan, source: Span) -> bool:
    """True where the source is a word that names nobody, "this" or "it's", or a date."""
    tokens = [t for t in reading.tokens if source[0] <= t.start < source[1] and t.word]
    first, *rest = tokens or reading.tokens[:1]
    if not rest and first.low.partition("'")[0] in ANYBODY:
        return True
    if rest and "'" in first.low and first.low.partition("'")[0] in SUBJECT_PRONOUNS:
        return True  # "I'm old enough to"
    contracted = first.low.endswith("'s") and first.low.partition("'")[0] in {"it", *NOBODY}
    timed = all(t.low in DAYS for t in tokens) and not (first.cap and first.low in FIRST_NAMES)
    number = not any(t.low[-1:].isalpha() for t in tokens)
    return contracted or timed or number or (not rest and first.low in NOBODY)


def _our_mind(reading: SentenceScan, cue: Cue, source: Span) -> bool:
    """True where the author speaks of what he likes or thinks: "we like the lamp" reports nobody."""
    if cue.entry.strength not in (*WEAK, Strength.THINKS):
        return False
    return next((t.low.partition("'")[0] for t in reading.tokens if t.start == source[0]), "") in OURS


NEAR = 8
"""Tokens among which one looks for the phrase that a relative pronoun follows, where that belongs to a statement."""


def _antecedent(reading: SentenceScan, source: Range) -> Span | None:
    """The noun phrase that the relative pronoun follows, where one is the source."""
    at, tokens = source[0], reading.tokens
    if source[1] - at > 1 or tokens[at].low not in ("who", "which", "that"):
        return None
    floor = reading.floor(at)
    hi = at - 1 if at > 1 and tokens[at - 1].low == "," else at
    floor = floor if hi > floor else max(0, hi - NEAR)
    if hi <= floor:
        return None
    lo = phrases.minimal(tokens, floor, hi)
    if tokens[lo].low in ("a", "an") and lo > 1 and tokens[lo - 1].low == ",":  # "Ann Roe, a judge who said"
        name = phrases.minimal(tokens, 0, lo - 1)
        lo = name if tokens[name].cap and tokens[lo - 2].cap else lo
    return span(tokens, lo, hi)


def span(tokens: list[Token], lo: int, hi: int) -> Span | None:
    """The characters of a run of tokens, without marks at its ends; a lone quotation gives the words inside it."""
    while lo < hi and not solid(tokens[lo]) and tokens[lo].low not in "([$#@":
        lo += 1
    hi = _without_credit(tokens, lo, hi)
    while lo < hi and not solid(tokens[hi - 1]) and tokens[hi - 1].low not in (")", "]", "?", "!", *SIGNS):
        hi -= 1
    if lo >= hi or not (solid(tokens[lo]) or any(solid(t) for t in tokens[lo:hi])):
        return None
    quote = tokens[lo].quote
    if hi - lo == 1 and quote:
        return inner(tokens[lo])
    return tokens[lo].start, tokens[hi - 1].end


CREDITS = words("en/speakers", "credits")


def _without_credit(tokens: list[Token], lo: int, hi: int) -> int:
    """The end without the credit of a picture: "it would close | (Photo: Ann Roe/LNA)"."""
    if hi - lo < len("(:)") or tokens[hi - 1].low != ")":
        return hi
    opened = next((k for k in range(hi - 2, max(lo, hi - CREDITED), -1) if tokens[k].low == "("), hi)
    return opened if opened + 1 < hi and tokens[opened + 1].low in CREDITS else hi


CREDITED = 14
"""Words of such a credit."""


def inner(token: Token) -> Span | None:
    """The words inside a quotation; None where there are none."""
    quote = token.quote
    return (quote.inner_start, quote.inner_end) if quote and quote.inner_end > quote.inner_start else None


def chars(tokens: list[Token], r: Range) -> Span:
    return tokens[r[0]].start, tokens[r[1] - 1].end


def solid(token: Token) -> bool:
    """True where the token is a word or a quotation, and not a mark."""
    return token.word or token.quote is not None


def dateline(sentence: Sentence) -> int:
    """The number of tokens of a dateline: "ADEN, May 3 (Agency) -" or "Palmyra:" before a sentence."""
    tokens = sentence.tokens
    if not sentence.first or len(tokens) < 8 or not tokens[0].cap:
        return 0
    for at, token in enumerate(tokens[1:16], 1):
        if token.low in DASHES or (token.low == ":" and at == 1):
            shouted = sentence.text[tokens[0].start : tokens[0].end].isupper() and len(tokens[0].low) > 3
            agency = outlet_word(sentence.text[tokens[0].start : tokens[0].end]) or any(
                t.low == "(" for t in tokens[:at]
            )
            filed = token.low == ":" and len(tokens) > 20 and tokens[2].word
            return at + 1 if filed or (token.low != ":" and (shouted or agency)) else 0
        if not (token.cap or not token.word or token.low.isdigit()):
            return 0
    return 0
