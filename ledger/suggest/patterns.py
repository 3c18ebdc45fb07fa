"""Reporting constructions: from the cues of a sentence to source, cue and content."""

from __future__ import annotations

from ledger.suggest.after import active, participle, passive, reduced
from ledger.suggest.before import according, backward, headline
from ledger.suggest.cues import Cue, Voice, cues
from ledger.suggest.lexicon import Strength
from ledger.suggest.nouns import hearsay, nouns
from ledger.suggest.reading import WEAK, Hit, Reading, dateline
from ledger.suggest.sentences import Sentence


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
    # then a verb with a quotation of its own, or behind a closed apposition, whose source may hold other verbs
    for n, cue in enumerate(reading.cues):
        if reading.free(cue.verb) and cue.voice is Voice.ACTIVE and (_closed(reading, cue) or _quotes(reading, cue)):
            active(reading, n)
    for n, cue in enumerate(reading.cues):
        if reading.free(cue.verb):
            one(reading, n)
    nouns(reading)
    if not reading.hits:
        hearsay(reading)
    return sorted(reading.hits, key=lambda h: h.content[0] if h.content else h.cue)


def _closed(reading: Reading, cue: Cue) -> bool:
    strong = cue.entry.strength in (Strength.SAYS, Strength.TELLS)
    return strong and cue.first > 0 and reading.tokens[cue.first - 1].low == ","


def _quotes(reading: Reading, cue: Cue) -> bool:
    """Whether a quotation follows the verb at once, behind a comma or a colon."""
    after = reading.tokens[cue.last : cue.last + 2]
    marked = len(after) == 2 and after[0].low in (",", ":") and after[1].quote is not None
    return marked and cue.entry.strength in (Strength.SAYS, Strength.TELLS)


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
