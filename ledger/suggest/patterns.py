"""Reporting constructions: from the cues, nouns and adverbs of a sentence to source, cue and content."""

from __future__ import annotations

from ledger.suggest import doubts, grammar, people, phrases
from ledger.suggest.after import active, maker, opening, participle, passive, quoting, reduced
from ledger.suggest.before import (
    ACCORDING,
    MARKS,
    according,
    backward,
    between_dashes,
    headline,
    leading_in,
    reported,
    signed,
)
from ledger.suggest.behind import INQUIRED, answered, asked_behind, goes_on
from ledger.suggest.cues import cues, relative_behind
from ledger.suggest.grammar import Cue, Strength, Voice
from ledger.suggest.hits import WEAK, Hit, SentenceScan, chars, dateline, remember
from ledger.suggest.phrases import Range
from ledger.suggest.revised import REVISING, revised
from ledger.suggest.second_speakers import PUTTING, disputed, estimated, handed_on
from ledger.suggest.sentence_tokens import DASHES, Sentence, Token
from ledger.suggest.stance import denied_at, settle

TOWARDS = frozenset({"opposition", "threat", "threats"})
"""Nouns of what one speaks against: "their opposition to the dam"."""
WITHOUT_CUE = ACCORDING | MARKS | PUTTING | REVISING | INQUIRED | grammar.NOUNS | grammar.ADVERBS
"""What a sentence has that reports something without a verb of reporting."""


def read(sentence: Sentence) -> list[Hit]:
    """The reported statements of one sentence."""
    found = cues(sentence)
    if not found and sentence.lows.isdisjoint(WITHOUT_CUE):
        return []
    reading = SentenceScan(sentence, found)
    if start := dateline(sentence):
        reading.taken.append((0, start))
    signed(reading)
    if not reading.hits:
        headline(reading)
    return reading.hits or _read(reading)


def _read(reading: SentenceScan) -> list[Hit]:
    between_dashes(reading)
    estimated(reading)
    handed_on(reading)
    according(reading)
    reported(reading)
    quoting(reading)
    # what stands before its source is read first, or a verb inside it would take it for its own
    for n, cue in enumerate(reading.cues):
        if reading.free(cue.verb) and cue.voice is Voice.ACTIVE and cue.entry.strength not in WEAK:
            backward(reading, n)
    # then a verb with a quotation of its own, or behind a closed apposition, whose source may hold other verbs
    for n, cue in enumerate(reading.cues):
        if reading.free(cue.verb) and cue.voice is Voice.ACTIVE and (_closed(reading, cue) or _quotes(reading, cue)):
            active(reading, n)
    for n, cue in enumerate(reading.cues):
        if reading.free(cue.verb):
            one(reading, n)
    relay(reading)
    opening(reading)
    revised(reading)
    goes_on(reading)
    nouns(reading)
    disputed(reading)
    if not reading.hits:
        hearsay(reading)
    if not reading.hits:
        leading_in(reading)
    asked_behind(reading)
    settled = [h for h in reading.hits if settle(h) and (doubts.points(h) or not doubts.idle(h))]
    return sorted(answered(_once(settled)), key=lambda h: h.content[0] if h.content else h.cue)


def _once(hits: list[Hit]) -> list[Hit]:
    """The hits without those that read a claim again which a noun and a verb both report: "claims that ... were denied by"."""
    nouns_ = [h for h in hits if h.pattern == "noun"]
    if not nouns_:
        return hits
    begun = {h.content[0][0] for h in hits if h.content and h.pattern != "noun"}
    again = {id(h) for h in nouns_ if h.content[0][0] in begun}
    for noun in nouns_:
        (lo, _), (_, hi) = noun.content[0], noun.content[-1]
        parts = (h for h in hits if h is not noun and h.content and h.source == noun.source)
        again |= {id(h) for h in parts if lo < h.content[0][0] and h.content[-1][1] <= hi}
    return [h for h in hits if id(h) not in again]


SPOKEN = ("preposed", "quoted", "postposed", "inverted", "broken")


def relay(reading: SentenceScan) -> None:
    """Give each statement within reach of somebody who passes it on its relay; with none it is theirs."""
    for passing in reading.passing:
        lo, hi = chars(reading.tokens, passing.within)
        inside = [
            h for h in reading.hits if h.source and h.content and lo <= h.content[0][0] and h.content[-1][1] <= hi
        ]
        inner = [h for h in inside if h.pattern in SPOKEN and " " in h.sentence.text[slice(*h.content[0])]]
        for hit in inner:
            hit.relays.insert(0, passing.relay)
        if not inner:
            reading.hits = [h for h in reading.hits if h not in inside]
            spoken = passing.relay.cue or (lo, lo)
            hit = Hit(reading.sentence, passing.relay.source, spoken, content=[(lo, hi)], verb=passing.cue.entry)
            hit.pattern = "according-to"
            reading.hits.append(hit)


def _closed(reading: SentenceScan, cue: Cue) -> bool:
    strong = cue.entry.strength in (Strength.SAYS, Strength.TELLS)
    return strong and cue.first > 0 and reading.tokens[cue.first - 1].low == ","


def _quotes(reading: SentenceScan, cue: Cue) -> bool:
    """True where a quotation follows the verb at once, behind a comma or a colon."""
    after = reading.tokens[cue.last : cue.last + 2]
    marked = len(after) == 2 and after[0].low in (",", ":") and after[1].quote is not None
    return marked and cue.entry.strength in (Strength.SAYS, Strength.TELLS)


def one(reading: SentenceScan, n: int) -> None:
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


def turn(sentence: Sentence) -> Hit | None:
    """Read "ANN ROE: We lost." in the notes of an interview: a name in capitals before a colon opens the paragraph."""
    tokens = sentence.tokens
    at = next((k for k, t in enumerate(tokens[:6]) if t.low == ":"), 0) if sentence.first else 0
    if at == 0 or at + 2 >= len(tokens) or tokens[at + 1].quote:
        return None
    name = sentence.text[tokens[0].start : tokens[at - 1].end]
    if (
        not name.isupper()
        or len(name) < 4
        or tokens[0].low in grammar.verbs()
        or not all(t.word or t.low == "." for t in tokens[:at])
    ):
        return None
    said = grammar.Verb("colon", Strength.SAYS, frozenset())
    content = [(tokens[at + 1].start, sentence.end)]
    hit = Hit(
        sentence, (tokens[0].start, tokens[at - 1].end), (tokens[at].start, tokens[at].end), content=content, verb=said
    )
    hit.pattern = "transcript"
    return hit


def acting(sentence: Sentence) -> Hit | None:
    """Read "Ann Roe put down the phone." before a quotation: whoever acts is taken to speak, and asked about."""
    named = None if sentence.quoted else people.acting(sentence)
    if named is None:
        return None
    said = grammar.Verb("act", Strength.SAYS, frozenset())
    hit = Hit(sentence, named, (named[1], named[1]), content=[], verb=said)
    hit.pattern = "action"
    return hit


# --- nouns and adverbs --------------------------------------------------------------------------------------------


def nouns(reading: SentenceScan) -> None:
    """Read "X's claim that ...", "the warning from X that ..." and "rumours that ..."."""
    tokens = reading.tokens
    for at in reading.places(grammar.NOUNS):
        if at >= reading.size - 2 or not reading.free(at) or _sums_up(reading, at):
            continue
        if tokens[at].low.endswith("ing") and at and tokens[at - 1].low in grammar.PREPOSITIONS | grammar.SUBORDINATORS:
            continue  # "after finding that": a deed of the subject
        link, by = _linked(reading, at)
        after = tokens[link].low
        made = None if by else maker(reading, at)
        possessor = by or owner(tokens, at, reading.floor(at)) or made
        if possessor and possessor[1] - possessor[0] == 1 and phrases.low_ing(tokens[possessor[0]]):
            possessor = None  # "are investigating claims that"
        told = possessor is not None or tokens[at].low in grammar.OWNERLESS
        spoken = told and after == "that" and not relative_behind(tokens, link - 1)
        object_of = possessor and (after == "to" or (after in grammar.LINKS and tokens[at].low in grammar.SPEECH_NOUNS))
        if not spoken and not (object_of and not _addressed(tokens, at, link)):
            continue
        thing = after == "to" and tokens[link + 1].low in grammar.DETERMINERS  # "their opposition to the dam"
        clause = (after in ("that", "to") and not thing) or made is not None  # "sent reports about a meeting he held"
        ends = (k for k in range(link + 1, reading.size) if _ends(tokens[k], clause=clause))
        stop = next((k for k in ends if not (spoken and _inserted(tokens, link + 1, k))), reading.size)
        stop = phrases.clause_end(tokens, link + 1, stop) if spoken else stop
        fake = Cue(at, at, at + 1, grammar.Verb(tokens[at].low, Strength.THINKS, frozenset()), Voice.ACTIVE)
        said = link + (after != "to" or thing), stop
        remember(reading, fake, possessor, [said], pattern="noun")
        if (
            possessor and spoken and denied_at(tokens, link + 1, stop)
        ):  # "the club's claim that ... was rejected by Roe"
            remember(reading, fake, None, [said], pattern="noun")


def _addressed(tokens: list[Token], at: int, link: int) -> bool:
    """True where those follow who are told: "its warning to residents", "a statement to the court"."""
    if tokens[link].low != "to" or tokens[at].low not in grammar.SPEECH_NOUNS or tokens[at].low in TOWARDS:
        return False
    after = tokens[link + 1]
    several = after.low.endswith("s") and not after.low.endswith("ss") and after.low not in grammar.verbs()
    return after.cap or after.low in grammar.DETERMINERS or after.low in grammar.ADDRESSEES or several


def _sums_up(reading: SentenceScan, at: int) -> bool:
    """True at the noun of "The army said 12 died, a claim that rebels deny": no other claim is made."""
    led = [t.low for t in reading.tokens[max(0, at - 2) : at]] in ([",", "a"], [",", "an"])
    return led and any(hi == at - 2 for _, hi in reading.taken)


def _linked(reading: SentenceScan, at: int) -> tuple[int, Range | None]:
    """The word that ties the statement to its noun, and who makes it where the noun says so: "a warning from X that"."""
    tokens = reading.tokens
    if tokens[at + 1].low in ("from", "by"):
        end = next((k for k in range(at + 3, min(reading.size - 1, at + 14)) if tokens[k].low == "that"), None)
        plain = [t for t in tokens[at + 2 : end] if not t.cap]  # the trust of "the Lighthouse Trust" is no verb
        if end and not phrases.has_verb(plain, 0, len(plain)):
            return end, (at + 2, end)
    return at + 1, None


def _ends(token: Token, *, clause: bool) -> bool:
    """True where the object of the noun ends here: at a mark, and where it is no clause at the verb of the sentence."""
    return token.low in (",", ";", ":") or token.low in DASHES or (not clause and token.low in grammar.FINITE)


def _inserted(tokens: list[Token], lo: int, at: int) -> bool:
    """True at the comma of what is said of the subject before its verb: "that the team, | unpaid since June, had left"."""
    if tokens[at].low != "," or at + 1 >= len(tokens) or phrases.has_verb(tokens, lo, at):
        return False
    after = tokens[at + 1].low
    return after not in grammar.DETERMINERS | grammar.SUBJECT_PRONOUNS | grammar.COORDINATORS


def owner(tokens: list[Token], at: int, floor: int) -> Range | None:
    """Who makes the claim in "Mr Ito's repeated claim" or "their claim"."""
    for back in range(at - 1, max(floor - 1, at - 4), -1):
        low = tokens[back].low
        if low in ("his", "her", "their", "its", "my", "our", "your"):
            return back, back + 1
        if low.endswith(("'s", "s'")):
            return phrases.minimal(tokens, max(floor, back - 6), back + 1), back + 1
        if not tokens[back].word:
            return None
    return None


def hearsay(reading: SentenceScan) -> None:
    """Read "reportedly": a statement whose source is not named."""
    for at in reading.places(grammar.ADVERBS)[:1]:
        fake = Cue(at, at, at + 1, grammar.Verb(reading.tokens[at].low, Strength.THINKS, frozenset()), Voice.ACTIVE)
        remember(
            reading, fake, None, [(0, at), (at + 1, reading.size)] if at else [(1, reading.size)], pattern="hearsay"
        )
