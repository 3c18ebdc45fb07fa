"""Reporting constructions: from the cues of a sentence to source, cue and content."""

from __future__ import annotations

from dataclasses import dataclass, field

from ledger.suggest import lexicon, phrases
from ledger.suggest.cues import Cue, Voice, cues
from ledger.suggest.lexicon import Form, Strength, listed
from ledger.suggest.phrases import CLOSE_BRACKETS, Range
from ledger.suggest.sentences import DASHES, Sentence, Token

Span = tuple[int, int]
WEAK = frozenset([Strength.JUDGES, Strength.WANTS])
NAMERS = listed("describe call label dub term brand characterize characterise deem regard consider view portray see")
PASSIVE_HEARSAY = listed(
    "say report believe expect think know estimate allege suppose consider understand describe see accuse assume claim view call "
    "name regard deem label portray suspect tell inform blame require want need ask urge"
)


@dataclass(slots=True)
class Hop:
    """Somebody in a raw chain; no span where the text names nobody."""

    source: Span | None
    cue: Span | None


@dataclass(slots=True)
class Hit:
    """One reported statement as the sentence gives it, before chains are joined across sentences."""

    source: Span | None
    cue: Span
    content: list[Span]
    pattern: str
    strength: Strength
    lemma: str
    sentence: Sentence
    inherited: bool = False
    """True where the source stands with an earlier cue of the same sentence."""
    relays: list[Hop] = field(default_factory=list)
    antecedent: Span | None = None
    """What a relative pronoun that is the source refers to."""


@dataclass(slots=True)
class Reading:
    """A sentence while its cues are read from left to right."""

    sentence: Sentence
    cues: list[Cue]
    hits: list[Hit] = field(default_factory=list)
    taken: list[Range] = field(default_factory=list)
    """Runs of tokens that belong to a statement already read."""

    @property
    def tokens(self) -> list[Token]:
        return self.sentence.tokens

    def floor(self, at: int) -> int:
        """The end of the last statement already read before this token."""
        return max((hi for _, hi in self.taken if hi <= at), default=0)

    def ceiling(self, at: int) -> int:
        """The start of the next statement already read after this token."""
        return min((lo for lo, _ in self.taken if lo > at), default=self.size)

    def free(self, at: int) -> bool:
        return not any(lo <= at < hi for lo, hi in self.taken)

    @property
    def size(self) -> int:
        """The number of tokens without the marks that end the sentence."""
        tokens = self.sentence.tokens
        end = len(tokens)
        while end and not _solid(tokens[end - 1]) and tokens[end - 1].low not in CLOSE_BRACKETS:
            end -= 1
        return end


def read(sentence: Sentence) -> list[Hit]:
    """The reported statements of one sentence."""
    reading = Reading(sentence, cues(sentence))
    if start := dateline(sentence):
        reading.taken.append((0, start))
    headline(reading)
    if reading.hits:
        return reading.hits
    according(reading)
    # what stands before its source is read first, or a verb inside it would take it for its own
    for n, cue in enumerate(reading.cues):
        if reading.free(cue.verb) and cue.voice is Voice.ACTIVE and cue.entry.strength not in WEAK:
            backward(reading, n)
    # then a verb behind a closed apposition, whose source may hold verbs of its own
    for n, cue in enumerate(reading.cues):
        closed = (
            cue.first and tokens_before(reading, cue) == "," and cue.entry.strength in (Strength.SAYS, Strength.TELLS)
        )
        if closed and reading.free(cue.verb) and cue.voice is Voice.ACTIVE:
            active(reading, n)
    for n, cue in enumerate(reading.cues):
        if reading.free(cue.verb):
            one(reading, n)
    nouns(reading)
    if not reading.hits:
        hearsay(reading)
    return sorted(reading.hits, key=lambda h: h.content[0] if h.content else h.cue)


def tokens_before(reading: Reading, cue: Cue) -> str:
    return reading.tokens[cue.first - 1].low


def dateline(sentence: Sentence) -> int:
    """The number of tokens of a dateline: "ADEN, May 3 (Agency) -" or "Palmyra:" before a sentence."""
    tokens = sentence.tokens
    if not sentence.first or len(tokens) < 8 or not tokens[0].cap:
        return 0
    for at, token in enumerate(tokens[1:16], 1):
        if token.low in DASHES or (token.low == ":" and at == 1):
            shouted = sentence.text[tokens[0].start : tokens[0].end].isupper() and len(tokens[0].low) > 3
            agency = any(t.low == "(" for t in tokens[:at])
            filed = token.low == ":" and len(tokens) > 20 and tokens[2].word
            return at + 1 if filed or (token.low != ":" and (shouted or agency)) else 0
        if not (token.cap or not token.word or token.low.isdigit()):
            return 0
    return 0


def span(tokens: list[Token], lo: int, hi: int) -> Span | None:
    """The characters of a run of tokens, without marks at its ends; a lone quotation gives the words inside it."""
    while lo < hi and not _solid(tokens[lo]) and tokens[lo].low not in "([$#@":
        lo += 1
    while lo < hi and not _solid(tokens[hi - 1]) and tokens[hi - 1].low not in (")", "]", "%", "?", "!", "°"):
        hi -= 1
    if lo >= hi or not any(_solid(t) for t in tokens[lo:hi]):
        return None
    quote = tokens[lo].quote
    if hi - lo == 1 and quote:
        return inner(tokens[lo])
    return tokens[lo].start, tokens[hi - 1].end


def inner(token: Token) -> Span | None:
    """The words inside a quotation, without the comma that the sentence put there."""
    return (token.quote.inner_start, token.quote.inner_end) if token.quote else None


def _solid(token: Token) -> bool:
    return token.word or token.quote is not None


def one(reading: Reading, n: int) -> None:
    """Read the n-th cue in its construction and remember what it reports."""
    cue = reading.cues[n]
    if cue.voice is Voice.PASSIVE:
        passive(reading, n)
    elif cue.voice in (Voice.PARTICIPLE, Voice.GERUND):
        participle(reading, n)
    elif cue.voice is Voice.REDUCED:
        reduced(reading, n)
    else:
        active(reading, n)


def remember(
    reading: Reading,
    cue: Cue,
    source: Range | Span | None,
    content: list[Range],
    *,
    pattern: str,
    inherited: bool = False,
) -> Hit | None:
    """Keep a hit when it has content; ranges of tokens become spans of characters."""
    tokens = reading.tokens
    spans = [s for lo, hi in content if lo < hi and (s := span(tokens, lo, hi))]
    if not spans:
        return None
    marks = source if inherited or source is None else chars(tokens, source)
    cue_end = cue.last
    if cue_end < reading.size and tokens[cue_end].low in ("that", "as") and cue_end == content[-1][0] - 1:
        cue_end += 1
    hit = Hit(
        marks,
        (tokens[cue.first].start, tokens[cue_end - 1].end),
        spans,
        pattern,
        cue.entry.strength,
        cue.entry.lemma,
        reading.sentence,
        inherited,
    )
    if source is not None and not inherited and tokens[source[0]].low in ("who", "which", "that") and source[1] - source[0] == 1:
        hit.antecedent = referent(tokens, source[0], reading.floor(source[0]))
    reading.hits.append(hit)
    after = min((lo for lo, _ in content if lo >= cue.last), default=cue.last)
    reading.taken += [(cue.first, after), *(c for c in content if c[0] < c[1])]
    if source is not None and not inherited:
        reading.taken.append(source)
    return hit


def referent(tokens: list[Token], at: int, floor: int) -> Span | None:
    """The noun phrase that the relative pronoun follows."""
    hi = at - 1 if at > floor and tokens[at - 1].low == "," else at
    return span(tokens, phrases.minimal(tokens, floor, hi), hi) if hi > floor else None


def chars(tokens: list[Token], r: Range) -> Span:
    return tokens[r[0]].start, tokens[r[1] - 1].end


# --- active verbs ---------------------------------------------------------------------------------------------------


def backward(reading: Reading, n: int) -> None:
    """Read postposed ("..., X said"), inverted ("..., said X") and broken ("..., X said, ...") statements."""
    if inverted(reading, n):
        return
    tokens, cue = reading.tokens, reading.cues[n]
    subject = phrases.subject(tokens, cue.first, reading.floor(cue.first))
    left = left_content(reading, cue, subject) if subject else None
    if subject and left:
        broken(reading, cue, subject, left, right_content(reading, n, inside=True))


def active(reading: Reading, n: int) -> None:
    """Read preposed ("X said that ...") statements, those of a second verb, and those without a comma before "X said"."""
    tokens, cue = reading.tokens, reading.cues[n]
    subject = phrases.subject(tokens, cue.first, reading.floor(cue.first))
    if cue.voice is Voice.INFINITIVE:
        if cue.entry.strength in (Strength.TELLS, Strength.SHOWS):
            return
        subject = governor(reading, cue)
    inherited = None
    if subject is None or coordinated(tokens, cue, subject):
        inherited = previous_source(reading)
        if inherited is None and tokens[cue.first - 1].low in lexicon.COORDINATORS:
            subject = leading(reading, cue.first)
        if inherited is None and subject is None:
            return
    right = right_content(reading, n)
    if inherited is not None and right:
        remember(reading, cue, inherited, [right], pattern="coordinated", inherited=True)
        return
    if (
        subject
        and cue.entry.lemma in lexicon.STRONG_SPEECH
        and (right is None or aside(tokens, cue, right))
        and uncut(reading, cue, subject, right)
    ):
        return
    if subject is None or right is None:
        return
    if antecedent(reading, cue, subject, right):
        return
    pattern = "quoted" if tokens[right[0]].quote else "preposed"
    if cue.entry.lemma in lexicon.QUOTE_ONLY and pattern != "quoted":
        return
    hit = remember(reading, cue, subject, [right], pattern=pattern)
    if hit:
        relay_of(reading, cue, right, hit)


def coordinated(tokens: list[Token], cue: Cue, subject: Range) -> bool:
    """Whether the verb only follows "and", at most with a time between: "and on Monday announced"."""
    at = cue.first - 1
    while at > 0 and (tokens[at].low in lexicon.DAYS or tokens[at].low in ("on", "in", "last", "early", "late")):
        at -= 1
    return tokens[at].low in ("and", "but", "then") and at >= subject[0] - 1


def governor(reading: Reading, cue: Cue) -> Range | None:
    """The subject of the verb that governs an infinitive: "officials began to say"."""
    tokens = reading.tokens
    at = cue.first
    while at > reading.floor(cue.first) and cue.first - at < 6 and tokens[at - 1].low not in (",", "“”"):
        at -= 1
        if tokens[at].low in lexicon.FINITE or tokens[at].low in ("likely", "able", "going", "trying"):
            return phrases.subject(tokens, phrases.group_start(tokens, at), reading.floor(cue.first))
    return None


def previous_source(reading: Reading) -> Span | None:
    """The source that an earlier cue of the sentence has."""
    for hit in reversed(reading.hits):
        if hit.source:
            return hit.source
    return None


def left_content(reading: Reading, cue: Cue, subject: Range) -> Range | None:
    """What stands before ", X said": a quotation, a clause, or the subject of a clause that goes on behind the cue."""
    tokens = reading.tokens
    at = subject[0]
    floor = reading.floor(at)
    if at <= floor:
        return None
    before = tokens[at - 1]
    if before.quote:
        return floor, at
    if before.low in (",", "?", "!") or before.low in DASHES:
        hi = at - 1
        rest = tokens[cue.last + 1].low if cue.last + 1 < reading.size and tokens[cue.last].low == "," else ""
        short = hi - floor < 4 or rest in lexicon.FINITE or rest.endswith("ed")
        if hi > floor and (tokens[hi - 1].quote or short or phrases.has_verb(tokens, floor, hi)):
            return floor, hi
    return None


def right_content(reading: Reading, n: int, *, inside: bool = False) -> Range | None:
    """What stands after the cue, behind addressee and adverbials, up to where the statement ends."""
    tokens, cue = reading.tokens, reading.cues[n]
    at = cue.last
    stop = statement_end(reading, n)
    if cue.entry.strength is Strength.TELLS or cue.entry.lemma in ("ask", "warn", "remind", "promise"):
        at = addressee_end(tokens, at, stop)
    if cue.entry.strength not in WEAK:
        at = phrases.adverbials(tokens, at, stop)
    if at >= stop:
        return None
    if tokens[at].low == "," and at + 1 < stop:
        at = _behind_aside(tokens, at, stop)
        if not after_comma(tokens, at + 1, stop, inside=inside):
            return None
        return (at + 2, stop) if tokens[at + 1].low == "that" else (at + 1, stop)
    named = cue.entry.lemma in NAMERS and at == cue.last and tokens[at].low == "as"
    if named or tokens[at].low in (":", "that") or tokens[at].low in DASHES:
        at += 1
    return (at, stop) if at < stop else None


def _behind_aside(tokens: list[Token], at: int, stop: int) -> int:
    """The comma before "that" where an aside parts it from its verb: "said, for the first time, that"."""
    for k in range(at + 2, min(stop - 1, at + 12)):
        if tokens[k].low == "," and tokens[k + 1].low == "that":
            return k
        if tokens[k].quote or tokens[k].low in lexicon.FINITE:
            break
    return at


def after_comma(tokens: list[Token], at: int, stop: int, *, inside: bool) -> bool:
    """Whether the statement goes on behind "X said," and not an aside; `inside` where it began before the cue."""
    token = tokens[at]
    if token.quote or token.low == "that":
        return True
    if phrases.low_ing(token) or token.low in lexicon.RELATIVE or token.low in lexicon.COORDINATORS:
        return any(t.quote for t in tokens[at:stop])
    if inside and token.low in lexicon.SUBORDINATORS:
        return False
    if token.low in lexicon.PREPOSITIONS or token.low in lexicon.SUBORDINATORS:
        return any(t.quote for t in tokens[at:stop])
    return (inside and stop - at > 2) or phrases.has_verb(tokens, at, stop)


def addressee_end(tokens: list[Token], at: int, stop: int) -> int:
    """The token after the person who is told."""
    if at >= stop or tokens[at].low in ("that", ":", ",", "to") or tokens[at].quote:
        return at
    if tokens[at].low in lexicon.ADDRESSEES or tokens[at].low in ("them", "it"):
        return at + 1
    return phrases.right_phrase(tokens, at, stop, reach=14)


def broken(reading: Reading, cue: Cue, subject: Range, left: Range, right: Range | None) -> bool:
    """Read a statement that stands before its cue, or on both sides of it."""
    tokens = reading.tokens
    quoted = tokens[left[1] - 1].quote is not None
    if quoted and cue.last < reading.size and tokens[cue.last].low == "that":
        return False
    goes_on = right is not None and tokens[right[0]].quote is not None
    after = tokens[cue.last].low if cue.last < reading.size else ""
    if not quoted and right is not None and not goes_on and after != ",":
        return False
    weak = cue.entry.strength not in (Strength.THINKS, Strength.SHOWS) and cue.entry.lemma not in lexicon.STRONG_SPEECH
    if weak and not quoted:
        return False
    if goes_on and not quoted and introduces(tokens[left[0]]):
        return False
    parts = [left]
    if right is not None and (goes_on or after == ","):
        parts.append(right)
    pattern = "broken" if len(parts) > 1 else "postposed"
    return remember(reading, cue, subject, parts, pattern=pattern) is not None


def introduces(first: Token) -> bool:
    """Whether words before "X said, ..." only lead up to it: "Asked about the deal, X said"."""
    return (
        first.low in lexicon.PREPOSITIONS
        or first.low in ("asked", "when", "as", "while", "after")
        or phrases.low_ing(first)
    )


def aside(tokens: list[Token], cue: Cue, right: Range) -> bool:
    """Whether what follows the verb cannot be what is said: "... the group said, updating an earlier toll"."""
    first = tokens[right[0]]
    if right[0] != cue.last:
        return False
    return first.low in ("while", "when", "after", "before", "as") or (
        phrases.low_ing(first) and first.low not in lexicon.verbs()
    )


def uncut(reading: Reading, cue: Cue, subject: Range, right: Range | None) -> bool:
    """Read "... killed in the blast a monitor said": no comma parts the statement from its source."""
    tokens = reading.tokens
    start = phrases.minimal(tokens, subject[0], subject[1])
    floor = reading.floor(cue.first)
    head = subject[0]
    while head > floor and tokens[head - 1].low not in ("“”", ";", ":"):
        head -= 1
    if start - head >= 3 and phrases.has_verb(tokens, head, start):
        parts = [(head, start), right] if right else [(head, start)]
        return remember(reading, cue, (start, subject[1]), parts, pattern="postposed-unmarked") is not None
    if right is None and subject[0] <= floor + 2:
        awaiting(reading, cue, subject)
        return True
    return False


def awaiting(reading: Reading, cue: Cue, subject: Range) -> None:
    """Keep "X said." and "X said:" for the quotation that stands before or after it as a sentence of its own."""
    tokens = reading.tokens
    spoken = tokens[cue.first].start, tokens[cue.last - 1].end
    hit = Hit(chars(tokens, subject), spoken, [], "bare", cue.entry.strength, cue.entry.lemma, reading.sentence)
    reading.hits.append(hit)


def antecedent(reading: Reading, cue: Cue, subject: Range, right: Range) -> bool:
    """Read "a campaign that X described as ..." and "a man who police say ...": the statement is about what stands before."""
    tokens = reading.tokens
    at = subject[0] - 1
    if at <= reading.floor(subject[0]) or tokens[at].low not in ("that", "which", "who", "what", "whom"):
        return False
    as_like = cue.entry.lemma in NAMERS
    finite = tokens[right[0]].low in lexicon.FINITE or tokens[right[0]].low.endswith("ed")
    if not (as_like or finite):
        return False
    hi = at - 1 if tokens[at - 1].low == "," else at
    lo = at if tokens[at].low == "what" else phrases.minimal(tokens, max(reading.floor(subject[0]), hi - 12), hi)
    return remember(reading, cue, subject, [(lo, at), right], pattern="relative") is not None


def relay_of(reading: Reading, cue: Cue, right: Range, hit: Hit) -> None:
    """Add the second hop of "X quoted Y as saying ..."."""
    if cue.entry.lemma not in ("quote", "cite"):
        return
    tokens = reading.tokens
    for at in range(right[0] + 1, min(right[1], right[0] + 16)):
        if tokens[at].low == "saying" and at + 1 < right[1]:
            end = at - 1 if tokens[at - 1].low == "as" else at
            start = at + 2 if tokens[at + 1].low == "that" else at + 1
            content = span(tokens, start, right[1])
            source = span(tokens, right[0], end)
            if content and source:
                hit.relays.append(Hop(hit.source, hit.cue))
                hit.source, hit.cue, hit.content = source, (tokens[at].start, tokens[start - 1].end), [content]
                hit.pattern, hit.strength = "chain", Strength.SAYS
            return


# --- where a statement ends -----------------------------------------------------------------------------------------


def statement_end(reading: Reading, n: int) -> int:
    """Where the statement after the n-th cue ends: the sentence, or the next cue of the same speaker."""
    tokens, cue = reading.tokens, reading.cues[n]
    end = reading.ceiling(cue.verb)
    if subordinate(tokens, cue, reading.floor(cue.first)):
        end = next((k for k in range(cue.last, end) if tokens[k].low == ","), end)
    for later in reading.cues[n + 1 :]:
        cut = cut_before(tokens, cue, later)
        if cut is not None and cue.last <= cut < end:
            end = cut
            break
    if cue.entry.strength in WEAK:
        return weak_end(tokens, cue, end)
    return turn(tokens, cue.last + 2, end)


def turn(tokens: list[Token], lo: int, hi: int) -> int:
    """Where the publisher turns from the statement to a matter of its own: ", but ..." or a semicolon, outside quotations."""
    for at in range(lo, hi - 1):
        if tokens[at].low == ";" and not any(t.quote for t in tokens[at:hi]):
            return at
        if (
            tokens[at].low == ","
            and tokens[at + 1].low == "but"
            and at + 2 < hi
            and tokens[at + 2].low not in ("that", "“”", "not")
        ):
            return at
    return hi


def subordinate(tokens: list[Token], cue: Cue, floor: int) -> bool:
    """Whether the cue stands in an opening subordinate clause or in a relative clause between commas."""
    for at in range(cue.first - 1, max(floor - 1, cue.first - 12), -1):
        low = tokens[at].low
        if low in ("who", "which") and at and tokens[at - 1].low == "," and at >= cue.first - 2:
            return True
        if low == "," or tokens[at].quote:
            return False
        if low == "as" and cue.last < len(tokens) and tokens[cue.last].low == ",":
            return False
        if low in ("while", "although", "though", "if", "when", "because", "since", "after", "before", "as"):
            return at == floor or not tokens[at - 1].word
    return False


def cut_before(tokens: list[Token], cue: Cue, later: Cue) -> int | None:
    """Where the statement of `cue` must end because `later` opens the next one; None when it lies inside."""
    at = later.first
    if at < 2:
        return None
    before = tokens[at - 1].low
    strong = later.entry.strength in (Strength.SAYS, Strength.TELLS, Strength.SHOWS)
    if later.voice is Voice.PARTICIPLE:
        if before == "“”":
            return at
        if before in ("and", "but") and cue.voice in (Voice.PARTICIPLE, Voice.GERUND, Voice.REDUCED):
            return at - 1
        return at - 1 if before == "," and (strong or cue.entry.strength is not Strength.SAYS) else None
    if later.voice is Voice.ACTIVE and before in ("and", "but"):
        bare = later.entry.forms == {Form.BASE} and later.first == later.verb
        clause = any(t.low in lexicon.FINITE for t in tokens[cue.last : at])
        inside = clause and cue.entry.strength not in (*WEAK, Strength.THINKS) and later.entry.strength in (
            Strength.THINKS,
            Strength.WANTS,
        )
        return None if bare or inside else (at - 2 if tokens[at - 2].low == "," else at - 1)
    if later.voice is Voice.ACTIVE and strong and before == ",":
        return at - 1
    if later.voice is Voice.ACTIVE and strong:
        subject = phrases.subject(tokens, at, cue.last)
        if (
            subject
            and subject[0] - 2 > cue.last
            and tokens[subject[0] - 1].low in ("and", "but", "while", "as", "though", "although")
        ):
            return subject[0] - 2 if tokens[subject[0] - 2].low == "," else None
    return None


def weak_end(tokens: list[Token], cue: Cue, end: int) -> int:
    """An attitude's object ends at the comma that opens an aside."""
    for at in range(cue.last + 1, end - 1):
        if tokens[at].low != ",":
            continue
        after = tokens[at + 1]
        if phrases.low_ing(after) or after.low in (
            "who",
            "which",
            "where",
            "but",
            "while",
            "a",
            "an",
            "as",
            "after",
            "when",
            "with",
            "and",
            "in",
        ):
            return at
    return end


# --- other constructions --------------------------------------------------------------------------------------------


def inverted(reading: Reading, n: int) -> bool:
    """Read '"...," said X' and "..., said X, a judge"."""
    tokens, cue = reading.tokens, reading.cues[n]
    at = cue.first - 1
    if (
        cue.voice is not Voice.ACTIVE
        or cue.verb != cue.first
        or at < reading.floor(cue.first)
        or cue.entry.strength in WEAK
    ):
        return False
    quoted = tokens[at].quote is not None or (
        tokens[at].low == "," and at > reading.floor(cue.first) and tokens[at - 1].quote is not None
    )
    dashed = tokens[at].low in DASHES and at > 0 and tokens[at - 1].quote is not None
    if tokens[at].low not in (",", "“”", "?", "!") and not dashed:
        return False
    if cue.last >= reading.size or not (quoted or cue.entry.lemma in lexicon.STRONG_SPEECH):
        return False
    stop = next(
        (k for k in range(cue.last, reading.size) if resumes(tokens, k) or tokens[k].low in (";", ":")), reading.size
    )
    first = tokens[cue.last]
    following = tokens[cue.last + 1] if cue.last + 1 < reading.size else None
    if first.low in lexicon.SUBJECT_PRONOUNS and following and following.word:
        return False
    if first.quote or first.low in ("that", ",", ":", "to") or not first.word or first.low in lexicon.PREPOSITIONS:
        return False
    end = named_end(reading, n, cue.last, stop)
    if not quoted and (
        phrases.has_verb(tokens, cue.last, min(end, _comma(tokens, cue.last, end)))
        or not phrases.has_verb(tokens, reading.floor(cue.first), at)
    ):
        return False
    parts = [(reading.floor(cue.first), at + 1)]
    if stop < reading.size and tokens[stop].quote:
        parts.append((stop, reading.size))
    source = phrases.trim(tokens, cue.last, end) or (cue.last, end)
    return remember(reading, cue, source, parts, pattern="inverted") is not None


def resumes(tokens: list[Token], at: int) -> bool:
    """Whether a quotation is speech that goes on, and not a title or a word inside the phrase."""
    before = tokens[at - 1]
    return tokens[at].quote is not None and (not before.word or phrases.adverb(before) or before.low in lexicon.DAYS)


def _comma(tokens: list[Token], lo: int, hi: int) -> int:
    return next((k for k in range(lo, hi) if tokens[k].low == ","), hi)


def named_end(reading: Reading, n: int, lo: int, stop: int) -> int:
    """The end of a source named after its cue, appositions and relative clauses included."""
    tokens = reading.tokens
    end = stop
    for later in reading.cues[n + 1 :]:
        if later.voice is Voice.PARTICIPLE and later.first - 1 > lo and tokens[later.first - 1].low == ",":
            end = min(end, later.first - 1)
            break
    for k in range(lo + 1, end):
        low = tokens[k].low
        if (
            low == ","
            and k + 1 < end
            and (
                phrases.low_ing(tokens[k + 1])
                or tokens[k + 1].low in lexicon.PREPOSITIONS
                or tokens[k + 1].low in lexicon.SUBORDINATORS
            )
        ):
            return k
        if low in lexicon.DAYS and tokens[k - 1].low not in ("the", "of"):
            return k - 1 if tokens[k - 1].low in ("on", "last", "late", "early") else k
        if low in ("during", "after", "when", "while", "as", "before") or (
            low == "in" and k + 1 < end and tokens[k + 1].low in ("a", "an")
        ):
            return k
    while end > lo and not (tokens[end - 1].word or tokens[end - 1].low in phrases.CLOSE_BRACKETS):
        end -= 1
    return max(end, lo + 1)


def according(reading: Reading) -> None:
    """Read "according to X, ..." and "..., according to X"."""
    tokens = reading.tokens
    for at in range(reading.size - 2):
        if tokens[at].low != "according" or tokens[at + 1].low != "to":
            continue
        fake = Cue(at, at, at + 2, lexicon.Verb("according_to", Strength.SAYS, frozenset()), Voice.ACTIVE)
        first = at + 2
        initial = at == 0 or all(not t.word or t.low in lexicon.COORDINATORS or phrases.adverb(t) for t in tokens[:at])
        end = according_end(tokens, first, reading.size, initial=initial)
        if end <= first:
            continue
        if initial:
            remember(reading, fake, (first, end), [(end, reading.size)], pattern="according-to")
        else:
            parts = [(according_start(reading, at), at)]
            if end + 1 < reading.size and tokens[end].low == "," and phrases.has_verb(tokens, end + 1, reading.size):
                parts.append((end + 1, reading.size))
            remember(reading, fake, (first, end), parts, pattern="according-to")


def according_start(reading: Reading, at: int) -> int:
    """Where the statement before ", according to X" begins: its last clause where the sentence already has another speaker."""
    tokens = reading.tokens
    floor = reading.floor(at)
    spoken = [
        c
        for c in reading.cues
        if floor <= c.first < at and c.voice is Voice.ACTIVE and c.entry.strength is Strength.SAYS
    ]
    if spoken:
        relative = ("which", "who", "where", "whose")
        commas = [k for k in range(spoken[-1].last, at - 2) if tokens[k].low == "," and tokens[k + 1].low in relative]
        if commas:
            return commas[-1] + 1
    return floor


def according_end(tokens: list[Token], lo: int, hi: int, *, initial: bool) -> int:
    end = phrases.right_phrase(tokens, lo, hi)
    while lo < end < hi - 1 and tokens[end].quote and tokens[end - 1].word:
        end = phrases.right_phrase(tokens, end + 1, hi)
    while end < hi and tokens[end].low == "," and end + 1 < hi:
        nxt = _comma(tokens, end + 1, hi)
        aside = not phrases.has_verb(tokens, end + 1, nxt) or tokens[end + 1].low in ("who", "which")
        if not aside or (initial and nxt >= hi):
            break
        end = nxt
    while end > lo and not (
        tokens[end - 1].word or tokens[end - 1].quote or tokens[end - 1].low in phrases.CLOSE_BRACKETS
    ):
        end -= 1
    return end


def participle(reading: Reading, n: int) -> None:
    """Read "..., adding that ..." and "by saying ...": the source is the one who already speaks or acts."""
    tokens, cue = reading.tokens, reading.cues[n]
    if cue.voice is Voice.GERUND and cue.entry.strength in WEAK:
        return
    right = right_content(reading, n)
    if right is None:
        return
    source = previous_source(reading)
    if source is not None:
        remember(reading, cue, source, [right], pattern="participle", inherited=True)
        return
    lead = leading(reading, cue.first) if cue.first > reading.floor(cue.first) + 1 else following(reading, right)
    if lead:
        if cue.first <= reading.floor(cue.first) + 1:
            right = (right[0], min(right[1], lead[0] - 1))
        remember(reading, cue, lead, [right], pattern="participle")


def leading(reading: Reading, hi: int) -> Range | None:
    """The subject of the main clause."""
    tokens = reading.tokens
    for at in range(reading.floor(hi) + 1, hi):
        low = tokens[at].low
        past = len(low) > 3 and low.endswith("ed") and tokens[at].word and not tokens[at].cap
        if low in lexicon.FINITE or past or (low in lexicon.verbs() and not tokens[at].cap):
            found = phrases.subject(tokens, phrases.group_start(tokens, at), reading.floor(hi))
            if found:
                return found
    return None


def following(reading: Reading, right: Range) -> Range | None:
    """The subject behind an opening participle: "Speaking to the press, the minister said"."""
    tokens = reading.tokens
    comma = _comma(tokens, right[0], right[1])
    for at in range(comma + 2, reading.size):
        low = tokens[at].low
        if low in lexicon.FINITE or low in lexicon.verbs() or (low.endswith("ed") and len(low) > 3):
            return phrases.subject(tokens, phrases.group_start(tokens, at), comma + 1)
    return None


def reduced(reading: Reading, n: int) -> None:
    """Read "calls saying ..." and "a letter claiming ...": the noun before the participle is the source."""
    tokens, cue = reading.tokens, reading.cues[n]
    if cue.entry.strength not in (Strength.SAYS, Strength.SHOWS):
        return
    right = right_content(reading, n)
    if right is None or cue.first <= reading.floor(cue.first):
        return
    lo = phrases.minimal(tokens, max(reading.floor(cue.first), cue.first - 8), cue.first)
    remember(reading, cue, (lo, cue.first), [right], pattern="reduced")


def passive(reading: Reading, n: int) -> None:
    """Read "was described by X as ...", "is believed to ..." and "it was reported that ..."."""
    tokens, cue = reading.tokens, reading.cues[n]
    stop = statement_end(reading, n)
    about = phrases.subject(tokens, cue.first, reading.floor(cue.first))
    if about is None and cue.verb == cue.first:
        return
    at = cue.last
    source: Range | None = None
    if at < stop and tokens[at].low == "by" and at + 1 < stop:
        end = phrases.right_phrase(tokens, at + 1, stop)
        end = next((k for k in range(at + 1, end) if tokens[k].low in ("as", "for", "to")), end)
        source = (at + 1, end)
        at = end
    elif cue.entry.lemma not in PASSIVE_HEARSAY or cue.verb == cue.first:
        return
    complement = tokens[at].low if at < stop else ""
    if source is None and complement not in ("to", "that", "as"):
        return
    if complement == "that":
        remember(reading, cue, source, [(at + 1, stop)], pattern="passive")
    elif about:
        remember(reading, cue, source, [about, (at, stop)], pattern="passive")


def nouns(reading: Reading) -> None:
    """Read "X's claim that ..." and "the allegation that ..."."""
    tokens = reading.tokens
    for at in range(1, reading.size - 2):
        if tokens[at].low not in lexicon.NOUNS or not reading.free(at):
            continue
        after = tokens[at + 1].low
        if after not in ("that", "to", "about", "of", "on", "for", "against"):
            continue
        possessor = owner(tokens, at, reading.floor(at))
        if possessor is None and after != "that":
            continue
        stop = next(
            (k for k in range(at + 2, reading.size) if tokens[k].low in (",", ";", ":") or tokens[k].low in DASHES),
            reading.size,
        )
        fake = Cue(at, at, at + 1, lexicon.Verb(tokens[at].low, Strength.THINKS, frozenset()), Voice.ACTIVE)
        remember(reading, fake, possessor, [(at + 2 if after != "to" else at + 1, stop)], pattern="noun")


def owner(tokens: list[Token], at: int, floor: int) -> Range | None:
    """Who makes the claim in "Mr Ito's repeated claim" or "their claim"."""
    for back in range(at - 1, max(floor - 1, at - 4), -1):
        low = tokens[back].low
        if low in ("his", "her", "their", "its", "my", "our", "your"):
            return back, back + 1
        if low.endswith("'s") or low.endswith("s'"):
            return phrases.minimal(tokens, max(floor, back - 6), back + 1), back + 1
        if not tokens[back].word:
            return None
    return None


def hearsay(reading: Reading) -> None:
    """Read "reportedly": a statement whose source is not named."""
    tokens = reading.tokens
    for at, token in enumerate(tokens):
        if token.low in lexicon.ADVERBS:
            fake = Cue(at, at, at + 1, lexicon.Verb(token.low, Strength.THINKS, frozenset()), Voice.ACTIVE)
            remember(
                reading, fake, None, [(0, at), (at + 1, reading.size)] if at else [(1, reading.size)], pattern="hearsay"
            )
            return


def headline(reading: Reading) -> None:
    """Read "Army retakes city: state TV" and 'Minister: "We won"'."""
    tokens = reading.tokens
    at = next((k for k, t in enumerate(tokens[:24]) if t.low == ":"), None)
    if at is None or at == 0 or at + 1 >= reading.size:
        return
    fake = Cue(at, at, at + 1, lexicon.Verb("colon", Strength.SAYS, frozenset()), Voice.ACTIVE)
    short = at <= 7 and not phrases.has_verb(tokens, 0, at) and not any(t.low == "," for t in tokens[:at])
    named = all(
        t.cap or not t.word or t.low in lexicon.PREPOSITIONS or t.low in lexicon.DETERMINERS for t in tokens[:at]
    )
    if tokens[0].low in lexicon.PREPOSITIONS or phrases.adverb(tokens[0]):
        return
    if short and tokens[at + 1].quote and at + 2 == reading.size:
        remember(reading, fake, (0, at), [(at + 1, reading.size)], pattern="headline")
        return
    if not (reading.sentence.first and reading.sentence.last and reading.sentence.index < 4 and reading.size <= 20):
        return
    end = reading.size
    if any(t.quote for t in tokens[at:]):
        return
    if (
        0 < end - at - 1 <= 4
        and at > 3
        and phrases.has_verb(tokens, 0, at)
        and not phrases.has_verb(tokens, at + 1, end)
    ):
        remember(reading, fake, (at + 1, end), [(0, at)], pattern="headline")
    elif short and named and at <= 4 and phrases.has_verb(tokens, at + 1, reading.size):
        remember(reading, fake, (0, at), [(at + 1, reading.size)], pattern="headline")
