"""Behind a statement: who asks it ("..., the board wanted to know"), who answers, and a deed that goes on there."""

from __future__ import annotations

from bisect import bisect_left

from ledger.lexicon import phrases as listed
from ledger.lexicon import words
from ledger.suggest import grammar, phrases
from ledger.suggest.before import DEEDS
from ledger.suggest.extent import addressee_end
from ledger.suggest.grammar import Cue, Strength, Verb, Voice
from ledger.suggest.hits import Hit, SentenceScan, chars, remember, span
from ledger.suggest.sentence_tokens import Sentence, Token
from ledger.text.polarity import OPENERS
from ledger.vocabulary import Stance

ASKING = Verb("ask", Strength.SAYS, frozenset())
INQUIRING = listed("en/stance", "inquiring")
INQUIRED = frozenset(phrase[-1] for phrase in INQUIRING)
OPENING = (OPENERS - {"that", "if"}) | grammar.AUXILIARY | {"what", "which", "whose"}
YES, NO = words("en/stance", "yes"), words("en/stance", "no")
PUT_TO = words("en/stance", "put_to")
CLOSING = ("", ",", ".", "!", ";")
ANSWER = 5
"""Words of an answer that say whether it is so."""


def asked_behind(reading: SentenceScan) -> None:
    """Keep the question before "..., the committee wanted to know", and that phrase alone for the question before it."""
    tokens, end = reading.tokens, reading.size
    if not end or tokens[end - 1].low not in INQUIRED:
        return
    phrase = next((p for p in INQUIRING if tuple(t.low for t in tokens[end - len(p) : end]) == p), None)
    if phrase is None or end <= len(phrase):
        return
    first = end - len(phrase)
    reading.hits = [h for h in reading.hits if h.cue[0] < tokens[first].start]  # "wanted | to know"
    if reading.hits:
        return
    subject = phrases.subject(tokens, first, 0)
    if subject is None or tokens[subject[0]].low in grammar.NOBODY:
        return
    cue = Cue(first, end - 1, end, ASKING, Voice.ACTIVE)
    if subject[0] == 0:
        reading.hits.append(
            Hit(reading.sentence, chars(tokens, subject), chars(tokens, (first, end)), content=[], verb=ASKING)
        )
        return
    before = tokens[subject[0] - 1]
    asked = before.quote is not None or (before.low in (",", "?") and tokens[0].low in OPENING)
    if asked and remember(reading, cue, subject, [(0, subject[0] - (before.quote is None))], pattern="postposed"):
        reading.hits[-1].stance = Stance.ASKS


def takes_question(hit: Hit, sentence: Sentence) -> bool:
    """Give "Did 40 leave?" to "The court is asking." behind it; False where it is none of it."""
    if hit.content or hit.lemma != ASKING.lemma or sentence.quoted or sentence.tokens[-1].low != "?":
        return False
    question = span(sentence.tokens, 0, len(sentence.tokens) - 1)
    hit.content = [question] if question else []
    hit.stance, hit.pattern = Stance.ASKS, "postposed"
    return bool(question)


def answered(hits: list[Hit]) -> list[Hit]:
    """The hits, and what one who was asked denies or leaves open: "Asked if | 40 boats left |, the mayor said no"."""
    tokens = hits[0].sentence.tokens if hits else []
    if len(tokens) < ANSWER or tokens[0].low not in PUT_TO:
        return hits
    opens = next((k for k in range(1, 3) if tokens[k].low in ("if", "whether")), None)
    comma = next((k for k, t in enumerate(tokens) if t.low == ","), 0)
    asked = span(tokens, opens + 1, comma) if opens else None
    told = next((h for h in hits if h.source and h.content and tokens[comma].start < h.source[0]), None)
    held = _answer(told, tokens) if asked and told else None
    if asked is None or told is None or held is None:
        return hits
    more = Hit(told.sentence, told.source, told.cue, content=[asked], verb=ASKING)
    more.stance, more.pattern = held, "preposed"
    return [more, *hits]


def _answer(told: Hit, tokens: list[Token]) -> Stance | None:
    """What an answer does: "no" denies, "I wouldn't put it that high" leaves open, "yes" and all others are left alone."""
    start, end = told.content[0]
    said = told.sentence.text[start:end].lower().replace("’", "'")
    if any(said.startswith(no) and said[len(no) :][:1] in CLOSING for no in NO):
        return Stance.DENIES
    first = said.split()[:ANSWER]
    negated = any(word.strip(",") in grammar.NEGATION or word.strip(",").endswith("n't") for word in first)
    yes = not first or first[0].strip(",.!") in YES
    return Stance.DOUBTS if negated and not yes and tokens[bisect_left(tokens, (end,)) - 1].low != "?" else None


# --- a deed that goes on ---------------------------------------------------------------------------------------------

BEFORE_SPEAKER = ("postposed", "inverted", "broken", "according-to", "postposed-unmarked")
"""Patterns of what stands before its speaker."""


def goes_on(reading: SentenceScan) -> None:
    """Give a statement what its deed led to, behind the speaker; not "updating an earlier toll"."""
    tokens = reading.tokens
    for at in reading.places(DEEDS):
        if at < 2 or tokens[at - 1].low != "," or not reading.free(at):
            continue
        told = next((h for h in reversed(reading.hits) if _ends_at(reading, h, at - 1)), None)
        later = any(c.first > at and c.entry.strength is Strength.SAYS for c in reading.cues)
        rest = span(tokens, at, next((k for k in range(at, reading.size) if tokens[k].low == ";"), reading.size))
        if told and rest and not later:
            told.content.append(rest)
            reading.taken.append((at, reading.size))


def _ends_at(reading: SentenceScan, hit: Hit, comma: int) -> bool:
    """True where a plain statement stands before its speaker, behind whom nothing but a day stands before the comma."""
    tokens = reading.tokens
    if hit.pattern not in BEFORE_SPEAKER or hit.source is None or not hit.content or hit.stance is not Stance.ASSERTS:
        return False
    quoted = any(t.quote for t in tokens)
    end = bisect_left(tokens, (max(hit.cue[1], hit.source[1]),))
    end = addressee_end(tokens, end, reading.size) if hit.strength is Strength.TELLS else end
    return (
        not quoted and hit.content[0][0] < hit.cue[0] and end <= comma <= phrases.adverbials(tokens, end, reading.size)
    )
