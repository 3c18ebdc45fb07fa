"""How far a statement reaches behind its cue: past addressee and adverbials, to the next speaker or the end."""

from __future__ import annotations

from ledger.lexicon import words
from ledger.suggest import grammar, phrases
from ledger.suggest.grammar import Cue, Form, Strength, Voice
from ledger.suggest.hits import WEAK, SentenceScan
from ledger.suggest.phrases import Range
from ledger.suggest.sentence_tokens import DASHES, Token


def right_content(reading: SentenceScan, n: int, *, inside: bool = False) -> Range | None:
    """What stands after the cue, behind addressee and adverbials, up to where the statement ends."""
    tokens, cue = reading.tokens, reading.cues[n]
    stop = statement_end(reading, n)
    at = cue.last
    if cue.entry.strength is Strength.TELLS or cue.entry.lemma in ("ask", "warn", "remind", "promise"):
        end = addressee_end(tokens, at, stop, needed=cue.entry.strength is Strength.TELLS)
        at = at if cue.entry.lemma == "promise" and (end >= stop or _to_whom(tokens, end)) else end
    if at + 2 < stop and tokens[at + 1].low == "times" and tokens[at + 2].low == "that":
        at += 2  # "warned the ministry 11 times | that"
    if at < stop and (tokens[at].low == ";" or _only_when(reading, cue, at, stop)):
        return None
    if cue.entry.lemma.endswith("_with") and (that := _clause_behind(tokens, at, stop)):
        return that, stop  # "agreed with the club in May that"
    if cue.entry.lemma in grammar.TOPICAL and (topic := _topic(tokens, cue, stop)) and not _clause_in(tokens, *topic):
        return topic
    if cue.entry.strength not in WEAK and cue.entry.lemma not in grammar.PUTTING:
        at = _behind_condition(tokens, phrases.adverbials(tokens, at, stop), at, stop)
        at = _behind_hearers(tokens, at, stop)
        at = _behind_moment(tokens, cue, at, stop)
    if at + 2 < stop and tokens[at].low in ("only", "simply") and tokens[at + 1].low == ":" and tokens[at + 2].quote:
        at += 1  # "said only | : “We lost 40”"
    if at < stop and tokens[at].low == ",":
        found = _across_comma(reading, cue, (at, stop), inside=inside)
    else:
        named = cue.entry.lemma in grammar.NAMERS and at == cue.last and at < stop and tokens[at].low == "as"
        at += named or (
            at < stop and (tokens[at].low in (":", "that") or tokens[at].low in DASHES) and not _that(tokens, at)
        )
        found = (at, stop) if at < stop else None
    if found and not inside and not _reportable(tokens, cue, found):
        return None
    return found or (_topic(tokens, cue, stop) if not inside else None)


def _clause_behind(tokens: list[Token], at: int, stop: int) -> int | None:
    """Where a clause begins behind the one that somebody agrees with."""
    near = next((k for k in range(at, min(at + NEAR, stop - 1)) if tokens[k].low == "that" or not tokens[k].word), None)
    return near + 1 if near is not None and tokens[near].low == "that" and not _that(tokens, near) else None


def _only_when(reading: SentenceScan, cue: Cue, at: int, stop: int) -> bool:
    """True where no more than a deed beside it follows the verb at the end: "..., X said after correcting its table"."""
    tokens = reading.tokens
    if tokens[at].low not in ("after", "before", "while") or at + 1 >= stop or not phrases.low_ing(tokens[at + 1]):
        return False
    rest = tokens[at:stop]
    opened = any(t.quote or t.low in (",", ":", "that") for t in rest)
    return stop == reading.size and cue.entry.strength is Strength.SAYS and not opened


def _that(tokens: list[Token], at: int) -> bool:
    """True where "that" points at something, and opens no clause: "rejected that figure, saying", "said that was wrong"."""
    if tokens[at].low == "that" and at + 1 < len(tokens) and tokens[at + 1].low in grammar.BE:
        return True
    behind = tokens[at + 2 : at + 3]
    alone = not behind or behind[0].low in (",", ".", ";") or (behind[0].quote and tokens[at + 1].low in COUNTS)
    return tokens[at].low == "that" and at + 1 < len(tokens) and bool(alone)


COUNTS = words("en/stance", "counts")


def _to_whom(tokens: list[Token], at: int) -> bool:
    """True at the "to" of "promised refunds to 40 guests"; "promised guests to pay" goes on with what is promised."""
    after = tokens[at + 1].low if tokens[at].low == "to" and at + 1 < len(tokens) else ""
    return after[:1].isdigit() or after in grammar.BEFORE_NOUNS


def _behind_condition(tokens: list[Token], at: int, cue_end: int, stop: int) -> int:
    """The "that" of the statement behind "said on condition that she not be named"."""
    led = cue_end < stop and tokens[cue_end].low == "on"
    if not led or [t.low for t in tokens[cue_end + 1 : cue_end + 3]] != ["condition", "that"]:
        return at
    return next((k for k in range(cue_end + 3, stop) if tokens[k].low == "that"), at)


def _behind_moment(tokens: list[Token], cue: Cue, at: int, stop: int) -> int:
    """The "that" of the statement behind "told the crew as they boarded that"; the same place where there is none."""
    told = cue.entry.strength is Strength.TELLS and at + 1 < stop
    if not told or tokens[at].low not in MOMENTS or tokens[at + 1].low not in grammar.SUBJECT_PRONOUNS:
        return at
    near = range(at + 2, min(at + NEAR, stop - 1))
    that = next((k for k in near if tokens[k].low == "that" or not tokens[k].word), at)
    return that if tokens[that].low == "that" else at


MOMENTS = ("after", "as", "before", "when", "while")


HEARERS = words("en/counted", "people") | words("en/counted", "person")


def _behind_hearers(tokens: list[Token], at: int, stop: int) -> int:
    """The "that" of the statement behind "wrote to members that"; the same place where nobody is written to."""
    if at + 1 >= stop or tokens[at].low != "to" or tokens[at + 1].low[:1].isdigit():
        return at
    that = next((k for k in range(at + 2, min(at + NEAR, stop)) if tokens[k].low == "that"), at)
    heard = tokens[that - 1].low
    people = heard in grammar.ADDRESSEES or heard in HEARERS or tokens[that - 1].cap
    return that if that > at and people and all(t.word for t in tokens[at:that]) else at


def _reportable(tokens: list[Token], cue: Cue, found: Range) -> bool:
    """True where the words behind the cue can be what is said; a thing that a verb is done to is not."""
    first = tokens[found[0]]
    topic = first.low in ("about", "of") and cue.entry.lemma in ("say", "tell", "add")
    behind = [t.low for t in tokens[found[0] + 1 : found[0] + 3]]
    if topic and behind and behind[0] in grammar.BEFORE_NOUNS and not grammar.opens_figure(*behind):
        return False  # "the things people say about the shop"
    finite = (
        first.low in grammar.FINITE and cue.entry.lemma in grammar.PUBLISHING
    )  # "a merger announced on Monday would"
    up_to = first.low == "up" and found[0] + 1 < found[1] and tokens[found[0] + 1].low == "to"
    particle = (first.low in grammar.OUTWARD and not up_to) or (
        found[1] - found[0] == 1 and first.low in grammar.PREPOSITIONS
    )
    bare = first.low in grammar.SENTENCE_ADVERBS and found[1] - found[0] == 1  # "Toll disputed again"
    if first.low in grammar.COORDINATORS or finite or particle or bare or _broke_it(tokens, cue, found):
        return False
    if any(t.quote for t in tokens[slice(*found)]):
        return True
    opened = found[0] > cue.last and tokens[found[0] - 1].low in ("as", "that")
    fronted = any(t.low == "," for t in tokens[slice(*found)])
    led = tokens[found[0]].low in grammar.NO_STATEMENT and not phrases.as_as(tokens, found[0])
    led = led and not phrases.left_open(tokens, (cue.first, cue.last), found[0])
    if not opened and not fronted and led:
        return False
    loose = cue.voice in (Voice.PARTICIPLE, Voice.GERUND, Voice.REDUCED) and cue.entry.lemma not in ("cite", "quote")
    needs_clause = cue.entry.lemma in grammar.CLAUSAL or (loose and cue.entry.strength in FIRM)
    return not needs_clause or phrases.has_verb(tokens, found[0] + loose, found[1]) or _measured(tokens, cue, found)


def _broke_it(tokens: list[Token], cue: Cue, found: Range) -> bool:
    """True for what names news without telling it: "the Echo, which first reported the leak"."""
    at = cue.first - (tokens[cue.first - 1].low == "first")
    relative = at > 0 and tokens[at - 1].low in ("which", "who")
    if not relative or cue.entry.lemma not in grammar.PUBLISHING | {"report"}:
        return False
    figure = any(t.quote or t.low[:1].isdigit() for t in tokens[slice(*found)])
    return not figure and not phrases.has_verb(tokens, *found)


def _measured(tokens: list[Token], cue: Cue, found: Range) -> bool:
    """True for "Tests by the lab found levels 60 times the limit"; people who find 60 coins state nothing."""
    if cue.entry.lemma != "find" or not any(t.low[:1].isdigit() for t in tokens[slice(*found)]):
        return False
    subject = phrases.subject(tokens, cue.first, 0)
    return subject is not None and any(t.low in MEASURING for t in tokens[subject[0] : subject[0] + 4])


MEASURING = words("en/reporting", "measuring")


def _across_comma(reading: SentenceScan, cue: Cue, rest: Range, *, inside: bool) -> Range | None:
    """What goes on behind the comma after the cue, if the statement does."""
    tokens, stop = reading.tokens, rest[1]
    at = _behind_aside(tokens, rest[0], stop)
    if at + 1 >= stop:
        return None
    following = tokens[at + 1]
    if following.low == "that":
        return (at + 2, stop) if at + 2 < stop else None
    loose = cue.entry.lemma not in grammar.STRONG_SPEECH and not inside and not following.quote
    return (at + 1, stop) if not loose and after_comma(tokens, at + 1, stop, inside=inside) else None


def _topic(tokens: list[Token], cue: Cue, stop: int) -> Range | None:
    """What was spoken of where no statement follows: "complained about the delay"."""
    if cue.last + 1 < stop and (tokens[cue.last + 1].low in grammar.DAYS or tokens[cue.last + 1].low[:1].isdigit()):
        return None
    spoken = cue.last + 1 < stop and tokens[cue.last].low in ("about", "against", "of", "on")
    if not spoken or cue.entry.lemma in ("say", "tell", "add") or cue.entry.strength is not Strength.SAYS:
        return None
    end = next((k for k in range(cue.last + 1, stop) if tokens[k].low == ","), stop)
    return cue.last + 1, end


def _clause_in(tokens: list[Token], lo: int, hi: int) -> bool:
    """True where a statement follows behind a place or a medium: "reported on its site that 12 left"."""
    return any(t.quote or t.low in ("that", ":") for t in tokens[lo:hi])


def _behind_aside(tokens: list[Token], at: int, stop: int) -> int:
    """The comma before "that" where an aside parts it from its verb: "said, for the first time, that"."""
    if tokens[at + 1].low == "contrary" and at + 1 < stop:
        return next((k for k in range(at + 2, stop - 1) if tokens[k].low == ","), at)
    for k in range(at + 2, min(stop - 1, at + 12)):
        if tokens[k].low == "," and tokens[k + 1].low == "that":
            return k
        if tokens[k].quote or tokens[k].low in grammar.FINITE:
            break
    return at


def after_comma(tokens: list[Token], at: int, stop: int, *, inside: bool) -> bool:
    """True where the statement goes on behind "X said," and not an aside; `inside` where it began before the cue."""
    token = tokens[at + (inside and at + 1 < stop and tokens[at].low == "even")]
    if token.quote or token.low == "that":
        return True
    if phrases.low_ing(token) or token.low in grammar.RELATIVE or token.low in grammar.COORDINATORS:
        return any(t.quote for t in tokens[at:stop])
    if inside and token.low in grammar.GOES_ON:
        return True
    if inside and (token.low in grammar.SUBORDINATORS or token.low in ("with", "including")):
        return False
    hedged = inside and at + 1 < stop and tokens[at + 1].low[:1].isdigit()  # ", X said, | about 12,000 votes ahead"
    if (token.low in grammar.PREPOSITIONS or token.low in grammar.SUBORDINATORS) and not hedged:
        return any(t.quote for t in tokens[at:stop])
    return (inside and stop - at > 2) or phrases.has_verb(tokens, at, stop)


def addressee_end(tokens: list[Token], at: int, stop: int, *, needed: bool = True) -> int:
    """The token after the person who is told; where nobody need be told, what a verb follows is its subject."""
    if at >= stop or tokens[at].low in grammar.TOLD_OPENERS or tokens[at].quote:
        return at
    if tokens[at].low in grammar.ADDRESSEES or tokens[at].low in ("them", "it"):
        return at + (needed or at + 1 >= stop or tokens[at + 1].low not in grammar.FINITE)  # "promises it will pay"
    end = phrases.right_phrase(tokens, at, stop, reach=14)
    counted = next((k for k in range(at + 1, end) if _counts(tokens, k)), None)
    to = next((k for k in range(at + 1, end) if tokens[k].low == "to" or tokens[k].low in grammar.NEGATION), None)
    if not needed and counted is None and to is None and end < stop and tokens[end].low in grammar.FINITE:
        return at  # "warned the cost would rise"
    return to or (end if counted is None else counted)


def _counts(tokens: list[Token], at: int) -> bool:
    """True where a figure opens what is told, and does not end a name: "told Radio Tarn 40 were hurt", not "Channel 4"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else tokens[at]
    plain = after.word and not after.cap and not after.low[:1].isdigit()
    plain = plain and after.low not in grammar.BEFORE_NOUNS | grammar.SUBJECT_PRONOUNS
    plain = plain and tokens[at - 1].low not in grammar.PREPOSITIONS  # "promised refunds for 40 guests"
    return tokens[at].low[:1].isdigit() and plain and after.low != "that"


def statement_end(reading: SentenceScan, n: int) -> int:
    """Where the statement after the n-th cue ends: the sentence, or the next cue of the same speaker."""
    tokens, cue = reading.tokens, reading.cues[n]
    end = reading.ceiling(cue.verb)
    if subordinate(tokens, cue, reading.floor(cue.first)):
        end = next((k + (tokens[k].quote is not None) for k in range(cue.last, end) if _closes(reading, k)), end)
    for later in reading.cues[n + 1 : n + 1 + NEAR]:
        cut = cut_before(tokens, cue, later)
        if cut is not None and cue.last <= cut < end and not (cut == cue.last and _interrupts(reading, cue)):
            end = cut
            break
    if cue.entry.strength in WEAK:
        return weak_end(reading, cue, end)
    return turn(tokens, cue.last + 2, end)


def _interrupts(reading: SentenceScan, cue: Cue) -> bool:
    """True where the cue parts a subject from its verb: "The candidate, her aide said, | denies it"."""
    floor = reading.floor(cue.first)
    subject = phrases.subject(reading.tokens, cue.first, floor)
    if subject is None or subject[0] - 1 <= floor or reading.tokens[subject[0] - 1].low != ",":
        return False
    led = reading.tokens[floor].low in grammar.PREPOSITIONS | grammar.SUBORDINATORS
    return not led and not phrases.has_verb(reading.tokens, floor, subject[0] - 1)


def _closes(reading: SentenceScan, at: int) -> bool:
    """True at a comma, and at a quotation that ends with one."""
    quote = reading.tokens[at].quote
    return reading.tokens[at].low == "," or (
        quote is not None and "," in reading.sentence.text[quote.inner_end : quote.end]
    )


def subordinate(tokens: list[Token], cue: Cue, floor: int) -> bool:
    """True where the cue stands in an opening subordinate clause or in a relative clause between commas."""
    for at in range(cue.first - 1, max(floor - 1, cue.first - 12), -1):
        low = tokens[at].low
        relative = low == "whose" or (low in ("who", "which") and at >= cue.first - 2)
        if relative and at and tokens[at - 1].low == ",":
            return True
        if low == "," or tokens[at].quote:
            return False
        if low == "as" and tokens[min(phrases.adverbials(tokens, cue.last, len(tokens)), len(tokens) - 1)].low == ",":
            return False
        if low in ("while", "although", "though", "if", "when", "because", "since", "after", "before", "as"):
            return at == 0 or not tokens[at - 1].word
    return False


NEAR = 12
"""How many cues ahead one looks for the end of a statement."""

FIRM = (Strength.SAYS, Strength.TELLS, Strength.SHOWS)


def cut_before(tokens: list[Token], cue: Cue, later: Cue) -> int | None:
    """Where the statement of `cue` must end because `later` opens the next one; None when it lies inside."""
    at = later.first
    if at < 2:
        return None
    if later.voice is Voice.PARTICIPLE:
        return _cut_participle(tokens, cue, later)
    if later.voice is not Voice.ACTIVE:
        return None
    while at > 2 and (tokens[at - 1].low in grammar.DAYS or tokens[at - 1].low in grammar.BEFORE_TIMES):
        at -= 1
    if tokens[at - 1].low in ("and", "but"):
        return _cut_second_verb(tokens, cue, later, at)
    if later.entry.strength in FIRM and tokens[at - 1].low == ",":
        return None if _apposed(tokens, cue, later) else at - 1
    return _cut_second_speaker(tokens, cue, later)


def _apposed(tokens: list[Token], cue: Cue, later: Cue) -> bool:
    """True where the later verb is of whom the statement tells: "said her coach, Ann Roe, | had warned of it"."""
    helped = tokens[later.first].low in grammar.HAVE | grammar.MODAL and cue.entry.strength is Strength.SAYS
    said = tokens[cue.last : later.first - 1]
    own = any(t.low == "," for t in said) and not any(t.quote for t in said)
    return helped and own and not phrases.has_verb(tokens, cue.last, later.first - 1)


def _cut_participle(tokens: list[Token], cue: Cue, later: Cue) -> int | None:
    """The end before ", adding that ..."; not before "..., citing X, that"."""
    at = later.first
    if (
        at == cue.last + 1
        and later.entry.lemma in ("cite", "quote")
        and _behind_aside(tokens, cue.last, len(tokens)) > at
    ):
        return None
    before = tokens[at - 1]
    if before.quote:
        return at
    if before.low in ("and", "but"):
        return at - 1 if cue.voice in (Voice.PARTICIPLE, Voice.GERUND, Voice.REDUCED) else None
    return (
        at - 1
        if before.low == "," and (later.entry.strength in FIRM or cue.entry.strength is not Strength.SAYS)
        else None
    )


def _cut_second_verb(tokens: list[Token], cue: Cue, later: Cue, at: int) -> int | None:
    """The end before "and said ...", unless the second verb belongs to somebody inside the statement."""
    bare = later.entry.forms == {Form.BASE} and later.first == later.verb
    clause = phrases.has_verb(tokens, cue.last, at)
    soft = later.entry.strength in (Strength.THINKS, Strength.WANTS)
    if bare or (clause and soft and cue.entry.strength in FIRM):
        return None
    return at - 2 if tokens[at - 2].low == "," else at - 1


def _cut_second_speaker(tokens: list[Token], cue: Cue, later: Cue) -> int | None:
    """The end before ", while Y said ..."."""
    subject = phrases.subject(tokens, later.first, cue.last)
    if subject is None:
        return None
    if (second := _second_after_and(tokens, cue, later, subject[1])) is not None:
        return second
    if subject[0] - 2 <= cue.last:
        return None
    joint, before = tokens[subject[0] - 1].low, tokens[subject[0] - 2].low
    if joint not in ("and", "but", "while", "as", "though", "although"):
        return None
    if before == "," and later.entry.strength in FIRM:
        return subject[0] - 2
    return subject[0] - 1 if cue.entry.strength in WEAK and joint in ("and", "but", "while") else None


def _second_after_and(tokens: list[Token], cue: Cue, later: Cue, end: int) -> int | None:
    """The end before "and the firm says 12 left", which is said beside what stands before, and not inside it."""
    at = phrases.minimal(tokens, cue.last, end)
    firm = cue.entry.strength in FIRM and (
        later.entry.strength in (*FIRM, Strength.JUDGES) or later.entry.lemma == "speak_of"
    )
    named = tokens[at].low not in grammar.PRONOUNS
    return at - 1 if firm and named and at - 2 > cue.last and tokens[at - 1].low == "and" else None


def turn(tokens: list[Token], lo: int, hi: int) -> int:
    """Where the publisher turns from the statement to a matter of its own: ", but ..." or a semicolon, outside quotations."""
    for at in range(lo, hi - 1):
        low = tokens[at].low
        if low == ";" or (low == "but" and at + 2 < hi and tokens[at + 2].low == "no" and _verb(tokens[at + 1])):
            return at  # "but gave no reason"
        if low == "," and tokens[at + 1].low in ("a", "an") and at + 2 < hi and _sums(tokens, at + 2):
            return at  # ", a claim that others dispute"
        if tokens[at].low == "," and tokens[at + 1].low in grammar.ASIDES and _runs_out(tokens, at + 2, hi):
            return at
        if (
            tokens[at].low == ","
            and tokens[at + 1].low in ("but", "yet", "whereas")
            and at + 2 < hi
            and tokens[at + 2].low not in grammar.AUXILIARY | {"that", "“”", "not"}
        ):
            return at
    return hi


def _sums(tokens: list[Token], at: int) -> bool:
    """True for a noun that sums up what was said, and is not that of a speaker: "a claim that", "an opposition website"."""
    behind = tokens[at + 1] if at + 1 < len(tokens) else tokens[at]
    return tokens[at].low in grammar.SUMMING and not (behind.word and behind.low in grammar.BODIES | grammar.OUTLETS)


def _verb(token: Token) -> bool:
    return token.low in grammar.FINITE or token.low.endswith("ed")


def _runs_out(tokens: list[Token], at: int, hi: int) -> bool:
    """True where an aside goes on to the end of the sentence, without a quotation or a comma that may close it."""
    return not any(t.quote or t.low == "," for t in tokens[at:hi])


def weak_end(reading: SentenceScan, cue: Cue, end: int) -> int:
    """An attitude's object ends at the comma that opens an aside, and at that of a quotation."""
    tokens = reading.tokens
    infinitive = "to" in [t.low for t in tokens[cue.last - 1 : cue.last + 1]]
    for at in range(cue.last + 1, end - 1):
        if infinitive and tokens[at].low in ("and", "but") and _has_done(tokens, at + 1):
            return at
        quote = tokens[at].quote
        short = quote and len(reading.sentence.text[quote.inner_start : quote.inner_end].split()) < NAMED
        goes_on = short and tokens[min(at + 1, end - 1)].low in INSERTED
        if quote and "," in reading.sentence.text[quote.inner_end : quote.end] and not goes_on:
            return at + 1
        if tokens[at].low == ";":
            return at
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


NAMED = 4
"""Words from which a quotation is more than a name."""
INSERTED = frozenset({"including", "which", "who", "with"})
"""What opens an insertion, behind which a clause goes on: "that its “surge fares,” | including those in May, are fair"."""


def _has_done(tokens: list[Token], at: int) -> bool:
    """True for a finite verb, which cannot go on with "to": "promised to hire 300 but | has hired 40"."""
    low, after = tokens[at].low, tokens[at + 1].low if at + 1 < len(tokens) else ""
    return low in ("has", "had", "was", "were", "is", "are", "did") or (low == "have" and after.endswith("ed"))
