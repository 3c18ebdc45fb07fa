"""Statements that stand before their source: "..., X said", "..., said X", "..., according to X", and headlines."""

from __future__ import annotations

from itertools import takewhile

from ledger.lexicon import values, words
from ledger.suggest import grammar, phrases
from ledger.suggest.extent import addressee_end, right_content
from ledger.suggest.grammar import Cue, Strength, Voice
from ledger.suggest.hits import WEAK, Hit, Passing, Relay, SentenceScan, chars, pass_on, remember, resume, span
from ledger.suggest.phrases import Range
from ledger.suggest.sentence_tokens import DASHES, Token


def backward(reading: SentenceScan, n: int) -> None:
    """Read postposed ("..., X said"), inverted ("..., said X") and broken ("..., X said, ...") statements."""
    if inverted(reading, n):
        return
    tokens, cue = reading.tokens, reading.cues[n]
    subject = reading.subject(cue)
    if subject and any(t.low == "than" for t in tokens[max(0, subject[0] - 1) : subject[1]]):
        return  # "17 fell ill, two fewer than the ministry said"
    left = left_content(reading, cue, subject) if subject else None
    if left and (heard := heard_from(reading, n, reading.size)):
        remember(reading, cue, heard, [left], pattern="postposed")
        return
    if subject and left:
        broken(reading, cue, subject, left, right_content(reading, n, inside=True))
    elif subject and cue.entry.lemma in grammar.STRONG_SPEECH and right_content(reading, n) is None:
        uncut(reading, cue, subject, None)


def heard_from(reading: SentenceScan, n: int, stop: int) -> Range | None:
    """Who is heard in "The court heard from a nurse on Monday that": the nurse, and not the court."""
    tokens, cue = reading.tokens, reading.cues[n]
    heard = cue.entry.lemma in ("hear", "learn") and cue.last < stop and tokens[cue.last].low == "from"
    return (cue.last + 1, named_end(reading, n, cue.last + 1, stop)) if heard and cue.last + 1 < stop else None


def left_content(reading: SentenceScan, cue: Cue, subject: Range) -> Range | None:
    """What stands before ", X said": a quotation, a clause, or the subject of a clause that goes on behind the cue."""
    tokens = reading.tokens
    at = subject[0]
    floor = reading.floor(at)
    if at <= floor:
        return None
    before = tokens[at - 1]
    if before.quote:
        return (at - 1 if _spoken(reading, floor, at - 1) else _after_colon(tokens, floor, at - 1)), at
    if before.low in (",", "?", "!") or before.low in DASHES:
        hi = at - 1
        end = _spoken_end(reading, cue)
        rest = tokens[end + 1].low if end + 1 < reading.size and tokens[end].low == "," else ""
        named = all(t.cap for t in tokens[floor:hi]) and cue.last < reading.size and tokens[cue.last].low in (":", "“”")
        short = (hi - floor < 4 and not named) or rest in grammar.FINITE or rest.endswith("ed")
        # "Two dead as lift falls, police say": a line that ends with its speaker needs no verb that one knows
        stop = reading.ceiling(cue.verb)
        behind = phrases.adverbials(tokens, cue.last, stop)
        closed = behind >= stop - (stop < reading.size) or tokens[behind].low == ";" or _deed_behind(tokens, behind)
        ends = closed and (cue.entry.lemma in grammar.STRONG_SPEECH or cue.entry.strength is Strength.SHOWS)
        short = short or (ends and not introduces(tokens, floor))
        if hi > floor and (tokens[hi - 1].quote or short or phrases.has_verb(tokens, floor, hi)):
            return _last_clause(reading, floor, hi), hi
    return None


def _deed_behind(tokens: list[Token], at: int) -> bool:
    """True where a clause of what somebody does goes on: "The river burst its banks, the board said, leaving 40 homeless"."""
    return tokens[at].low == "," and at + 1 < len(tokens) and phrases.low_ing(tokens[at + 1])


SPEAKING = (Strength.SAYS, Strength.TELLS, Strength.SHOWS)


def _spoken(reading: SentenceScan, floor: int, hi: int, how: tuple[Strength, ...] = (Strength.SAYS,)) -> bool:
    """True where the stretch has its own speaker, and only the quotation is left: 'Roe said it felt “cold,” she said'."""
    near = [c for c in reading.cues if floor < c.first and c.last < hi and c.voice is Voice.ACTIVE]
    spoken = [c for c in near if c.entry.strength in how and reading.tokens[c.first].low != "had"]
    return any(s[0] <= floor + 1 for c in spoken if (s := phrases.subject(reading.tokens, c.first, floor)))


def _spoken_end(reading: SentenceScan, cue: Cue) -> int:
    """The token behind the cue, and behind whom it tells."""
    told = cue.entry.strength is Strength.TELLS
    return addressee_end(reading.tokens, cue.last, reading.size) if told else cue.last


def _last_clause(reading: SentenceScan, floor: int, hi: int) -> int:
    """The start of what "X said" closes, where a dash or semicolon parts it from another clause: "he won - it hurt, X said"."""
    tokens = reading.tokens
    turns = [k for k in range(floor + 1, hi - 3) if tokens[k].low == "," and tokens[k + 1].low in ("but", "while")]
    if turns and _spoken(reading, floor, turns[-1], SPEAKING) and phrases.has_verb(tokens, turns[-1] + 2, hi):
        reading.taken.append((turns[-1], turns[-1] + 2))
        return turns[-1] + 2  # "Police put it at 400, but | it was closer to 900, X said"
    at = next((k for k in range(hi - 1, floor, -1) if tokens[k].low in DASHES or tokens[k].low == ";"), None)
    if at and tokens[at].low == ";" and not introduces(tokens, at + 1) and not _spoken(reading, floor, at, SPEAKING):
        return floor  # "22 were brought out; 4 remain below, X said"
    if at is None or any(t.low in DASHES for t in tokens[floor:at]):
        return floor
    apart = phrases.has_verb(tokens, at + 1, hi) and phrases.has_verb(tokens, floor, at)
    return at + 1 if apart and tokens[at + 1].low not in ("and", "but") else floor


def _after_colon(tokens: list[Token], floor: int, quote: int) -> int:
    """The start of what "X said" closes: the quotation alone where a colon sets it off from what leads up to it."""
    return quote if quote - 1 > floor and tokens[quote - 1].low == ":" else floor


def broken(reading: SentenceScan, cue: Cue, subject: Range, left: Range, right: Range | None) -> bool:
    """Read a statement that stands before its cue, or on both sides of it."""
    tokens = reading.tokens
    quoted = tokens[left[1] - 1].quote is not None
    if quoted and cue.last < reading.size and tokens[cue.last].low == "that":
        return False
    if quoted and right is not None and left[1] - left[0] > 1 and tokens[left[0]].low in grammar.PREPOSITIONS:
        return False  # "In an episode of “Docks,” the captain said he would"
    if right is not None and tokens[subject[0]].low in grammar.RELATIVE:
        return False  # "The plea was turned down in a report, which found “no risk”"
    goes_on = right is not None and tokens[right[0]].quote is not None
    end = phrases.adverbials(tokens, _spoken_end(reading, cue), reading.size)
    after = tokens[end].low if end < reading.size else ""
    if right is None and after == "," and tokens[left[0]].low in grammar.SUBORDINATORS:
        right = end + 1, reading.ceiling(end)  # "Though it was smooth, X said, replacing it would not be"
    if not quoted and right is not None and not goes_on and after != ",":
        return False
    weak = cue.entry.strength not in (Strength.THINKS, Strength.SHOWS) and cue.entry.lemma not in grammar.STRONG_SPEECH
    if weak and not quoted:
        return False
    if goes_on and not quoted and introduces(tokens, left[0]):
        return False
    cites = after == "," and end + 1 < reading.size and tokens[end + 1].low in ("citing", "quoting")
    if (after != "," or cites) and passed_on(reading, cue, subject, left):
        return True
    parts = [left]
    if quoted and after == "," and _recalled(reading, end + 1, left=left):
        right = None
    if right is not None and (goes_on or after == ",") and not _passer(reading, right):
        parts.append(right)
    pattern = "broken" if len(parts) > 1 else "postposed"
    hit = remember(reading, cue, subject, parts, pattern=pattern)
    if hit:
        told(reading, cue, hit)
    return hit is not None


def passed_on(reading: SentenceScan, cue: Cue, subject: Range, left: Range) -> bool:
    """Read "X said ..., the Post reported": the Post only passes it on."""
    outlet = grammar.is_outlet(reading.sentence.text[slice(*chars(reading.tokens, subject))])
    return (outlet or cue.entry.lemma == "report") and pass_on(reading, cue, subject, left)


def _recalled(reading: SentenceScan, at: int, *, left: Range) -> bool:
    """Read '"...," X shouted, recalled Y': Y passes it on, whose verb stands at this token."""
    for later in reading.cues:
        if later.first == at and later.entry.lemma in ("recall", "remember") and later.last < reading.size:
            stop = comma(reading.tokens, later.last, reading.size)
            finite = not phrases.low_ing(reading.tokens[at]) and not phrases.adverb(reading.tokens[later.last])
            finite = finite and _can_be_source(reading.tokens, later.last, reading.size)
            named = finite and reading.tokens[stop - 1].cap and not phrases.has_verb(reading.tokens, later.last, stop)
            return named and pass_on(reading, later, (later.last, stop), (left[0], at - 1))
    return False


def _passer(reading: SentenceScan, right: Range) -> bool:
    """True where what follows is no more of the statement but who passes it on: "..., X said, the Post reported"."""
    for later in reading.cues:
        if right[0] < later.first and later.last >= right[1] and later.entry.strength is Strength.SAYS:
            subject = phrases.subject(reading.tokens, later.first, right[0])
            return (
                subject is not None and subject[0] == right[0] and pass_on(reading, later, subject, (0, right[0] - 1))
            )
    return False


def told(reading: SentenceScan, cue: Cue, hit: Hit) -> None:
    """Add the outlet that was told as the one who relays it: "Y told the Daily Post that ...", "Y confirmed to AFP that"."""
    tokens, first = reading.tokens, cue.last
    if cue.entry.strength is not Strength.TELLS:
        if first >= reading.size or tokens[first].low != "to":
            return
        first += 1
    end = addressee_end(tokens, first, reading.size)
    stops = grammar.PREPOSITIONS - {"of"} | grammar.BEFORE_TIMES | {"that"}  # "told AFP late on Monday"
    end = next((k for k in range(first + 1, end) if tokens[k].low in stops), end)
    outlet = span(tokens, first, end)
    if outlet and grammar.is_outlet(reading.sentence.text[slice(*outlet)]):
        hit.relays.append(Relay(outlet, None))


HEDGING = words("en/reporting", "hedging")
INTRODUCING = words("en/stance", "put_to") | {"when", "as", "while", "after"}


ACTING = grammar.FINITE | grammar.EVENTS | {f"{verb}s" for verb in grammar.SCHEDULED}


def introduces(tokens: list[Token], at: int) -> bool:
    """True where words before "X said, ..." only lead up to it: "Asked about the deal, X said"."""
    first = tokens[at]
    if phrases.as_as(tokens, at):
        return False  # "As many as 80 sheep died, says the vet"
    counted = tokens[min(at + 1, len(tokens) - 1)].low
    if first.low == "at" and counted in ("least", "most"):
        return False  # "At least 40, said the union"
    if first.low in HEDGING and grammar.opens_figure(counted):
        return False  # "About 60 workers face the sack, the union said"
    acts = phrases.low_ing(first) and counted not in ACTING  # "Bidding closes tomorrow, X said"
    return first.low in grammar.PREPOSITIONS or first.low in INTRODUCING or acts


def inverted(reading: SentenceScan, n: int) -> bool:
    """Read '"...," said X' and "..., said X, a judge"."""
    tokens, cue = reading.tokens, reading.cues[n]
    floor, at = reading.floor(cue.first), cue.first - 1
    if (
        at < floor
        or cue.last >= reading.size
        or not _can_invert(cue)
        or not _can_be_source(tokens, cue.last, reading.size)
    ):
        return False
    quoted = tokens[at].quote is not None or (tokens[at].low == "," and at > floor and tokens[at - 1].quote is not None)
    dashed = tokens[at].low in DASHES and tokens[at - 1].quote is not None
    if not (quoted or dashed) and (
        tokens[at].low not in (",", "?", "!") or cue.entry.lemma not in grammar.STRONG_SPEECH
    ):
        return False
    ends = (k for k in range(cue.last, reading.size) if resumes(tokens, k) or tokens[k].low in (";", ":"))
    stop = next(ends, reading.size)
    end = named_end(reading, n, cue.last, stop)
    if rest := _rest(reading, cue, (floor, at), stop):
        source = phrases.trim(tokens, cue.last, rest[0] - 1)
        return (
            source is not None
            and remember(reading, cue, source, [(floor, at + quoted), rest], pattern="broken") is not None
        )
    clause = next((k for k in range(cue.last, end) if tokens[k].low in (",", "who", "which", "whose")), end)
    acts = any(t.low in grammar.FINITE and not t.cap for t in tokens[cue.last : clause])
    last = end >= reading.size or _quoted_end(tokens, end, reading.size) > end
    if acts or (not quoted and not _stated(tokens, (floor, at), (cue.last, end), last=last)):
        return False
    parts = [(floor, at + 1)]
    if stop < reading.size and tokens[stop].quote:
        parts.append((stop, reading.size))
    source = phrases.trim(tokens, cue.last, end) or (cue.last, end)
    return remember(reading, cue, source, parts, pattern="inverted") is not None


def _rest(reading: SentenceScan, cue: Cue, left: Range, stop: int) -> Range | None:
    """What goes on behind the speaker: "It is no secret, said the dean, | that ...", "The referee, said Roe, | had erred"."""
    tokens = reading.tokens
    if tokens[left[1]].low != "," or stop < reading.size:
        return None
    commas = [k for k in range(cue.last + 1, min(stop - 1, cue.last + FARTHEST)) if tokens[k].low == ","]
    whole = phrases.has_verb(tokens, *left)
    near = (k for k in commas if (tokens[k + 1].low == "that" if whole else tokens[k + 1].low in grammar.FINITE))
    close = next(near, None)
    if close is None and not whole and introduces(tokens, left[0]):  # "In all, says the mayor, | nine died"
        close = next((k for k in commas if phrases.has_verb(tokens, k + 1, comma(tokens, k + 1, stop))), None)
    return (close + 1, reading.ceiling(close)) if close else None


FARTHEST = 12
"""Words of a speaker, his office included, that stands inside the statement."""


def _can_invert(cue: Cue) -> bool:
    """True where the verb stands alone and can stand before its subject; "told" cannot."""
    firm = cue.entry.strength not in (*WEAK, Strength.TELLS) and cue.entry.lemma not in grammar.NAMERS
    return firm and cue.voice is Voice.ACTIVE and cue.verb == cue.first


def _can_be_source(tokens: list[Token], at: int, hi: int) -> bool:
    first = tokens[at]
    if first.low in grammar.SUBJECT_PRONOUNS and at + 1 < hi and tokens[at + 1].word:
        return False
    return first.word and first.low not in ("that", "to") and first.low not in grammar.PREPOSITIONS


def _stated(tokens: list[Token], said: Range, source: Range, *, last: bool) -> bool:
    """True where a clause stands before the verb and a mere name behind it, and not the other way round.

    A line that ends with its speaker needs no verb that one knows: "Toll rises to 40, says mayor".
    """
    small = [t for t in tokens[slice(*said)] if not t.cap or t is tokens[said[0]]]
    ends = comma(tokens, *said)
    again = ends + 1 < said[1] and tokens[ends + 1].low == "or"  # "The bell weighs 44 pounds, or 20 kilograms, said"
    told = said[1] - said[0] > 2 or any(
        grammar.opens_figure(t.low) for t in tokens[slice(*said)]
    )  # "Nine, says the mayor"
    whole = last and told and (ends == said[1] or again)
    bare = whole and not introduces(tokens, said[0])
    clause = bare or tokens[said[0]].quote is not None or phrases.has_verb(small, 0, len(small))
    if explained(tokens, said[1], said[0]) or not clause:
        return False
    return not phrases.has_verb(tokens, source[0] + 1, min(source[1], comma(tokens, *source)))


def explained(tokens: list[Token], closing: int, floor: int) -> bool:
    """True where the comma closes an apposition: "State media, citing a ministry, reported ..."."""
    opening = next((k for k in range(closing - 1, floor, -1) if tokens[k].low == ","), None)
    acts = [t for t in tokens[floor:opening] if not (t.cap and t.low in grammar.verbs())]
    if opening is not None and phrases.has_verb(acts, 0, len(acts)):
        return False  # "A slide buried a bus, killing two nuns, said the mayor"
    first = tokens[opening + 1] if opening is not None else None
    founded = (
        first is not None and not first.cap and first.low.endswith("ed")
    )  # "Roe & Co, founded in May, reported sales"
    return first is not None and (founded or phrases.low_ing(first) or first.low in ("who", "which"))


def resumes(tokens: list[Token], at: int) -> bool:
    """True where a quotation is speech that goes on, and not a title or a word inside the phrase."""
    before = tokens[at - 1]
    return tokens[at].quote is not None and (not before.word or phrases.adverb(before) or before.low in grammar.DAYS)


MEDIA = words("en/speakers", "by_media")


def named_end(reading: SentenceScan, n: int, lo: int, stop: int) -> int:
    """The end of a source named after its cue, appositions and relative clauses included."""
    tokens = reading.tokens
    end = stop
    for later in reading.cues[n + 1 :]:
        at = later.first - 1
        if later.voice is Voice.PARTICIPLE and at > lo and tokens[at].low == ",":
            end = min(end, at)
            break
        if later.entry.strength is Strength.SAYS and at - 1 > lo and tokens[at].low in ("who", "which"):
            end = min(end, at - (tokens[at - 1].low == ","))
            break
    for k in range(lo + 1, end):
        low = tokens[k].low
        if (
            low == ","
            and k + 1 < end
            and (
                phrases.low_ing(tokens[k + 1])
                or tokens[k + 1].low in grammar.PREPOSITIONS
                or tokens[k + 1].low in grammar.SUBORDINATORS
            )
        ):
            return k
        named = low in grammar.FIRST_NAMES and tokens[k].cap and k + 1 < end and tokens[k + 1].cap
        if low in grammar.DAYS and not named and tokens[k - 1].low not in ("the", "of"):
            return k - 1 if tokens[k - 1].low in ("on", "in", "last", "late", "early") else k
        then = tokens[k + 1].low if k + 1 < end else ""
        how = (low == "in" and then in ("a", "an")) or (low in ("by", "via") and then in MEDIA)
        if how or low in ("during", "after", "when", "while", "as", "before"):
            return k
    while end > lo and not (tokens[end - 1].word or tokens[end - 1].low in phrases.CLOSE_BRACKETS):
        end -= 1
    return max(end, lo + 1)


def uncut(reading: SentenceScan, cue: Cue, subject: Range, right: Range | None) -> bool:
    """Read "... killed in the blast a monitor said": no comma parts the statement from its source."""
    tokens = reading.tokens
    start = phrases.minimal(tokens, subject[0], subject[1])
    floor = reading.floor(cue.first)
    head = subject[0]
    while head > floor and tokens[head - 1].low not in ("“”", ";", ":"):
        head -= 1
    if _spoken(reading, head, start + 1):
        return False  # "The clerk said the jurors had agreed"
    after = tokens[cue.last] if cue.last < reading.size else None
    ends = (
        after is None or not after.word or phrases.adverb(after) or phrases.low_ing(after) or after.low in BEHIND_SPEECH
    )
    told = cue.entry.strength is Strength.TELLS and not (after and after.low in grammar.ADDRESSEES)
    ruled = start > floor and (
        tokens[start - 1].low in grammar.RELATIVE or tokens[start - 1].low in grammar.SUBORDINATORS
    )
    spoken = cue.entry.lemma not in grammar.QUOTE_ONLY and ends and not told and not ruled
    if spoken and start - head >= 3 and phrases.has_verb(tokens, head, start):
        parts = [(head, start), right] if right else [(head, start)]
        return remember(reading, cue, (start, subject[1]), parts, pattern="postposed-unmarked") is not None
    if right is None and subject[0] <= floor + 2:
        awaiting(reading, cue, subject)
        return True
    return False


BEHIND_SPEECH = grammar.ADDRESSEES | grammar.PREPOSITIONS | grammar.DAYS | grammar.BEFORE_TIMES | grammar.SUBORDINATORS
"""What may follow "said" at the end of what is said."""


def aside(tokens: list[Token], cue: Cue, right: Range) -> bool:
    """True where what follows the verb cannot be what is said: "... the group said, updating an earlier toll"."""
    first = tokens[right[0]]
    if right[0] != cue.last:
        return False
    said = phrases.as_as(tokens, right[0]) or phrases.left_open(tokens, (cue.first, cue.last), right[0])
    return not said and (
        first.low in ("while", "when", "after", "before", "as")
        or (phrases.low_ing(first) and first.low not in grammar.verbs())
    )


def awaiting(reading: SentenceScan, cue: Cue, subject: Range) -> None:
    """Keep "X said." and "X said:" for the quotation that stands before or after it as a sentence of its own."""
    tokens = reading.tokens
    spoken = tokens[cue.first].start, tokens[cue.last - 1].end
    reading.hits.append(Hit(reading.sentence, chars(tokens, subject), spoken, content=[], verb=cue.entry))


ACCORDING = frozenset(["per", "according"])


def according(reading: SentenceScan) -> None:
    """Read "according to X, ..." and "..., according to X"."""
    tokens = reading.tokens
    for at in reading.places(ACCORDING):
        if at >= reading.size - 2:
            break
        per = (
            tokens[at].low == "per"
            and not tokens[at].cap
            and at > 0
            and tokens[at - 1].low == ","
            and tokens[at + 2].low != "usual"
        )
        per = per or (tokens[at].low == "per" and at == 0 and _per_somebody(reading))
        if not per and (tokens[at].low != "according" or tokens[at + 1].low != "to" or _measured_by(tokens, at)):
            continue
        first = at + 1 if per else at + 2
        fake = Cue(at, at, first, grammar.Verb("according_to", Strength.SAYS, frozenset()), Voice.ACTIVE)
        initial = at == 0 or all(not t.word or t.low in grammar.COORDINATORS or phrases.adverb(t) for t in tokens[:at])
        initial = initial or tokens[at - 1].low in grammar.INNER_OPENERS  # "... because, according to X, ..."
        end = according_end(tokens, first, reading.size, initial=initial)
        if end <= first or (not initial and _spoken_aside(reading, fake, end)):
            continue
        end = _quoted_end(tokens, end, reading.size)
        start = according_start(reading, at)
        if initial and not pass_on(reading, fake, (first, end), (end, reading.size)):
            remember(reading, fake, (first, end), [(end, reading.size)], pattern="according-to")
        elif not initial and not pass_on(reading, fake, (first, end), (start, at)):
            parts = [(start + (tokens[start].low in grammar.COORDINATORS), at)]
            after = (
                end + 1 < reading.size and tokens[end].low == "," and tokens[end + 1].low not in grammar.SUBORDINATORS
            )
            if after and phrases.has_verb(tokens, end + 1, reading.size):
                parts.append((end + 1, reading.size))
            remember(reading, fake, (first, end), parts, pattern="according-to")


def _measured_by(tokens: list[Token], at: int) -> bool:
    """True for "prices vary according to the season": by what it is measured, and not who says so."""
    return (at > 0 and tokens[at - 1].low in VARYING) or tokens[at + 2].low in ("your", "our", "my")


VARYING = words("en/reporting", "varying")


def _per_somebody(reading: SentenceScan) -> bool:
    """True for "Per the ministry, 12 left"; "Per Lund, a judge, said" names a man."""
    tokens = reading.tokens
    body = tokens[1].low in grammar.DETERMINERS or any(
        grammar.outlet_word(reading.sentence.text[t.start : t.end]) or t.low in grammar.speaking() for t in tokens[1:4]
    )
    return body and comma(tokens, 1, min(reading.size, 10)) < min(reading.size, 10)


def _spoken_aside(reading: SentenceScan, cue: Cue, end: int) -> bool:
    """Keep who passes on what is said, from between the verb and it: "The brigade said, according to the Post, that"."""
    tokens, at = reading.tokens, cue.first - 1
    if not (at > 0 and end < reading.size and tokens[at].low == tokens[end].low == ","):
        return False
    said = next((c for c in reading.cues if c.last <= at == phrases.adverbials(tokens, c.last, at)), None)
    relay = Relay(span(tokens, cue.last, end), (tokens[cue.first].start, tokens[cue.last - 1].end))
    if said is None or said.entry.strength is not Strength.SAYS or phrases.subject(tokens, said.first, 0) is None:
        return False
    reading.passing.append(Passing(relay, (0, reading.size), cue))
    return True


def _quoted_end(tokens: list[Token], end: int, hi: int) -> int:
    """The end of the source with who quotes it: "according to the mayor | , as quoted by the Post"."""
    at = end + 1 + (end + 1 < hi and tokens[end + 1].low == "as")
    quoted = at + 1 < hi and tokens[at].low in grammar.PASSED_ON and tokens[at + 1].low == "by"
    return phrases.right_phrase(tokens, at + 2, hi) if quoted else end


def according_start(reading: SentenceScan, at: int) -> int:
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


DEEDS = words("en/reporting", "deeds_behind")
NO_ASIDE = (
    grammar.NO_STATEMENT | DEEDS | values("en/numbers", "multiples").keys() | {"with", "amid", "despite", "compared"}
)


def according_end(tokens: list[Token], lo: int, hi: int, *, initial: bool) -> int:
    end = phrases.right_phrase(tokens, lo, hi)
    end = next((k for k in range(lo + 1, end) if _second_figure(tokens, k, end)), end)
    if initial:
        end = next((k for k in range(lo + 1, end) if _uncommaed(tokens, k)), end)
    while lo < end < hi - 1 and tokens[end].quote and tokens[end - 1].word:
        end = phrases.right_phrase(tokens, end + 1, hi)
    while end < hi and tokens[end].low == "," and end + 1 < hi:
        nxt = comma(tokens, end + 1, hi)
        aside = not phrases.has_verb(tokens, end + 1, nxt) or tokens[end + 1].low in ("who", "which")
        aside = aside or (initial and _told_of(tokens, end + 1, nxt) and phrases.has_verb(tokens, nxt + 1, hi))
        aside = aside and tokens[end + 1].low not in NO_ASIDE
        if not aside or (initial and (nxt >= hi or not _apposed(tokens, lo, end + 1))):
            break
        end = nxt
    while end > lo and not (
        (tokens[end - 1].word and tokens[end - 1].low not in grammar.COORDINATORS)
        or tokens[end - 1].quote
        or tokens[end - 1].low in phrases.CLOSE_BRACKETS
    ):
        end -= 1
    return end


def _uncommaed(tokens: list[Token], at: int) -> bool:
    """True where a figure opens the statement without a comma: "According to police | 40 of the boats were stolen"."""
    share = "%" in tokens[at].low or tokens[min(at + 1, len(tokens) - 1)].low in ("%", "per", "percent")
    people = not tokens[at - 1].cap and tokens[at - 1].low in grammar.speaking()
    return tokens[at].low[:1].isdigit() and (share or people)


def _second_figure(tokens: list[Token], at: int, end: int) -> bool:
    """True where another one's figure begins: "according to the board | but 20 percent according to the union"."""
    turns = tokens[at].low in ("but", "while", "whereas")
    return turns or (tokens[at].low == "and" and any(t.low in ACCORDING for t in tokens[at:end]))


def _told_of(tokens: list[Token], at: int, comma_: int) -> bool:
    """True for what explains a source with a clause of its own: "to Open Bread, | a charity that opposes waste, | 40 ..."."""
    clause = any(t.low in ("that", "who", "which") for t in tokens[at:comma_])
    joined = comma_ + 1 < len(tokens) and tokens[comma_ + 1].low in grammar.COORDINATORS
    return tokens[at].low in ("a", "an") and clause and not joined


def _apposed(tokens: list[Token], lo: int, at: int) -> bool:
    """True where words behind a comma explain the source: "to Ann Roe, the owner, ..."; not "to the club, the 12 boys, ..."."""
    first = tokens[at]
    if first.low in ("the", "his", "her", "its", "their"):
        return tokens[lo].low not in grammar.DETERMINERS
    known = any(t.low in grammar.POSTS for t in tokens[at : at + 3])
    return first.low in (*grammar.RELATIVE, "a", "an", "now", "then", "formerly") or first.cap or known


def reported(reading: SentenceScan) -> None:
    """Read "As the Post reported, ..." and "As reported by the Post, ..."."""
    tokens = reading.tokens
    if tokens[0].low != "as" or reading.size < 5 or not reading.cues:
        return
    cue, cut = reading.cues[0], comma(tokens, 1, reading.size)
    by = cue.last < cut and tokens[cue.last].low == "by"
    source = (cue.last + 1, cut) if by and cue.first == 1 else phrases.subject(tokens, cue.first, 1)
    put_it = cue.entry.lemma == "put" and tokens[cue.last].low == "it"  # "As one resident put it, ..."
    spoken = (cue.entry.strength is Strength.SAYS or put_it) and cue.last <= cut < reading.size - 2
    apart = by or _timed(tokens, cue.last + put_it, cut)
    if source and source[0] < source[1] and spoken and apart:
        remember(reading, cue, source, [(cut + 1, reading.size)], pattern="preposed")


def _timed(tokens: list[Token], at: int, cut: int) -> bool:
    """True where at most a time or a place follows the verb: "As she had written just a few years earlier, ..."."""
    if at >= cut:
        return at == cut
    first = tokens[at]
    led = first.low in grammar.PREPOSITIONS or first.low in grammar.DAYS or phrases.adverb(first)
    return led and cut - at < 8 and not phrases.has_verb(tokens, at, cut)


def headline(reading: SentenceScan) -> None:
    """Read "Army retakes city: state TV", "Army retakes city - state TV" and 'Minister: "We won"'."""
    tokens = reading.tokens
    if reading.lows.isdisjoint(MARKS) or _introduced(reading):
        return
    marks = [k for k, t in enumerate(tokens[:24]) if t.low in MARKS and (t.low == ":" or _spaced_dash(tokens, k))]
    marks = [k for k in marks if k < 2 or tokens[k - 2].low != "("]  # "(Photo: Ann Roe)"
    at = marks[0] if marks else 0
    if at == 0 or at + 1 >= reading.size:
        return
    figure = tokens[1].low in ("least", "most")
    if (tokens[0].low in grammar.PREPOSITIONS and not figure) or phrases.adverb(tokens[0]):
        return
    fake = Cue(at, at, at + 1, grammar.Verb("colon", Strength.SAYS, frozenset()), Voice.ACTIVE)
    before, after = (0, at), (at + 1, reading.size)
    colon = tokens[at].low == ":"
    if colon and tokens[at - 1].low not in grammar.speaking() and _signed_behind(reading, at):
        return
    if tokens[at + 1].quote:
        if colon and at + 2 == reading.size and _names(tokens, before):
            remember(reading, fake, before, [after], pattern="headline")
    elif not _set_as_headline(reading):
        if colon and _label(reading, at):
            remember(reading, fake, before, [after], pattern="headline")
    elif _speaks(reading, before, after, known=not colon):
        remember(reading, fake, after, [before], pattern="headline")
    elif colon and at <= 4 and _names(tokens, before) and _says(reading, before, after):
        remember(reading, fake, before, [after], pattern="headline")


MARKS = DASHES | {":"}
LABEL = 3
"""Words of a speaker set before a colon: "Police: closer to 25,000"."""
SHORT_LINE = 20
"""Words of a line that a speaker may be set before."""


def _label(reading: SentenceScan, at: int) -> bool:
    """True where a speaker stands before the colon of a short line with a figure."""
    tokens = reading.tokens
    speaks = tokens[at - 1].low in grammar.speaking() or (tokens[0].low in grammar.speaking() and tokens[1].low == "of")
    short = at <= LABEL and reading.size <= SHORT_LINE
    return short and speaks and any(t.low[:1].isdigit() for t in tokens[at:]) and _names(tokens, (0, at))


def _signed_behind(reading: SentenceScan, at: int) -> bool:
    """True where the line ends with its speaker: "Weather: Snow expected, says the bureau"."""
    tokens, last = reading.tokens, reading.cues[-1] if reading.cues else None
    if last is None or last.first <= at or last.entry.strength is not Strength.SAYS:
        return False
    acts = any(t.low in grammar.FINITE and not t.cap for t in tokens[last.last : reading.size])
    return last.last >= reading.size or (tokens[last.first - 1].low == "," and not acts)


def _introduced(reading: SentenceScan) -> bool:
    """Read 'TURNOUT IS UP - Ann Roe: "..."' and 'More from Roe: "..."': a name just before colon and quotation."""
    tokens, at = reading.tokens, reading.size - 2
    if at < 2 or tokens[at].low != ":" or tokens[at + 1].quote is None:
        return False
    lo = next((k for k in range(at - 1, max(-1, at - 9), -1) if not _of_name(tokens[k])), None)
    if lo is None or lo + 1 == at or not (tokens[lo].low in ("from", "by") or _spaced_dash(tokens, lo)):
        return False
    fake = Cue(at, at, at + 1, grammar.Verb("colon", Strength.SAYS, frozenset()), Voice.ACTIVE)
    return remember(reading, fake, (lo + 1, at), [(at + 1, at + 2)], pattern="headline") is not None


def _of_name(token: Token) -> bool:
    return token.cap or token.low in (".", "and", "of", "de")


def _says(reading: SentenceScan, by: Range, said: Range) -> bool:
    """True where a statement stands behind the colon; of a topic, "Sugar tax: 4 in 10 back it", nobody speaks."""
    tokens, last = reading.tokens, reading.tokens[by[1] - 1]
    quoted = any(t.quote for t in tokens[slice(*said)])
    if not last.cap and last.low not in grammar.speaking() and not quoted:
        return False
    named = tokens[by[0]].low in grammar.POSTS or reading.sentence.text[last.start : last.end].isupper()
    spoken = (last.low in grammar.speaking() or named) and said[1] - said[0] > 2
    return spoken or quoted or phrases.has_verb(tokens, *said)


def _spaced_dash(tokens: list[Token], at: int) -> bool:
    if tokens[at].low not in DASHES or at == 0 or tokens[at].start == tokens[at - 1].end:
        return False
    tied = at + 1 < len(tokens) and tokens[at + 1].start == tokens[at].end
    return not (tied and tokens[at + 1].low[:1].isdigit())  # "it was -4C"


def signed(reading: SentenceScan) -> None:
    """Read '"We won." - Ann Roe, captain' and "- a diver who was there": who signs the words before the dash."""
    tokens = reading.tokens
    at = next((k for k in reading.places(DASHES) if k < 4), reading.size)
    rest = tokens[at + 1 : reading.size]
    if not rest:
        return
    named = rest[0].cap
    rest = rest if named else rest[: next((k for k, t in enumerate(rest) if t.low in ("who", ",")), len(rest))]
    if not (named or _somebody(rest)) or len(rest) > 14:
        return
    if any(t.quote or (t.low in grammar.FINITE and not t.cap) for t in rest):
        return
    if any(t.word for t in tokens[:at]) or not any(t.quote for t in tokens[:at]):
        return
    fake = Cue(at, at, at + 1, grammar.Verb("dash", Strength.SAYS, frozenset()), Voice.ACTIVE)
    remember(reading, fake, (at + 1, at + 1 + len(rest)), [(0, at)], pattern="signed")


def between_dashes(reading: SentenceScan) -> None:
    """Read 'Minister Ann Roe – "We owe 15 million" – rejected calls': a quotation between dashes behind a name."""
    tokens = reading.tokens
    at = next((k for k in reading.places(DASHES) if 0 < k <= LONG_NAME), reading.size)
    if at + 2 >= reading.size or tokens[at + 1].quote is None or tokens[at + 2].low not in DASHES:
        return
    if not tokens[at - 1].cap or not all(t.word for t in tokens[:at]) or phrases.has_verb(tokens, 0, at):
        return
    fake = Cue(at, at, at + 1, grammar.Verb("dash", Strength.SAYS, frozenset()), Voice.ACTIVE)
    hit = remember(reading, fake, (0, at), [(at + 1, at + 2)], pattern="signed")
    n = next((k for k, cue in enumerate(reading.cues) if cue.first == at + 3), None)
    right = right_content(reading, n) if n is not None else None
    if hit and hit.source and n is not None and right:
        resume(reading, reading.cues[n], hit.source, right, pattern="coordinated")


LONG_NAME = 8
"""Words of a name with what somebody is."""


def _somebody(group: list[Token]) -> bool:
    """True for "a volunteer", "one of the divers", "the woman behind the bar": somebody who is not named."""
    head = [t.low for t in takewhile(lambda t: t.low not in grammar.PREPOSITIONS - {"of"}, group)]
    known = grammar.speaking() | words("en/counted", "person") | words("en/counted", "roles")
    opens = head[:1] != [] and head[0] in grammar.DETERMINERS
    return opens and (head[-1] in known or head[-1].removesuffix("s") in known)


def leading_in(reading: SentenceScan) -> None:
    """Read "And from the chair, Ann Roe:" before a quotation: a name between a small word and a colon."""
    tokens = reading.tokens
    if tokens[-1].low != ":" or reading.size > 20:
        return
    at = next((k for k in range(reading.size - 1, -1, -1) if tokens[k].low in ("from", "by", "to")), None)
    if at is None or not any(t.cap for t in tokens[at + 1 : reading.size]):
        return
    fake = Cue(at, at, at + 1, grammar.Verb("from", Strength.SAYS, frozenset()), Voice.ACTIVE)
    awaiting(reading, fake, (at + 1, reading.size))
    reading.hits[-1].pattern = "lead-in"


def _set_as_headline(reading: SentenceScan) -> bool:
    """True where the sentence is a short line of its own near the top, without a quotation."""
    row = reading.sentence
    return row.first and row.last and row.index < 4 and reading.size <= SHORT_LINE and row.tokens[0].quote is None


def _names(tokens: list[Token], r: Range) -> bool:
    """True where the words before a colon can be somebody: few, without verb or comma, each a name or a small word."""
    stretch = tokens[r[0] : r[1]]
    named = sum(t.cap or not t.word or t.low in grammar.BEFORE_NOUNS for t in stretch)
    return (
        r[1] <= 7
        and named >= len(stretch) - 2
        and not any(
            not t.cap and (t.low in grammar.FINITE or t.low in grammar.verbs() or t.low.endswith("ed")) for t in stretch
        )
        and all(t.low != "," for t in stretch)
    )


def _speaks(reading: SentenceScan, said: Range, by: Range, *, known: bool) -> bool:
    """True where the few words behind the colon or dash of a headline are its source; `known` asks for a word of speakers."""
    tokens = reading.tokens
    if by[1] - by[0] > 4 or said[1] < 3 or any(t.low in grammar.FINITE for t in tokens[by[0] : by[1]]):
        return False
    last = tokens[by[1] - 1]
    speaker = last.low in grammar.speaking() or reading.sentence.text[last.start : last.end].isupper()
    return speaker or (not known and phrases.has_verb(tokens, *said) and not phrases.has_verb(tokens, *by))


def comma(tokens: list[Token], lo: int, hi: int) -> int:
    """The next comma, or the end of the stretch."""
    return next((k for k in range(lo, hi) if tokens[k].low == ","), hi)
