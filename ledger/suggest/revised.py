"""Figures that somebody gives by changing one of his own: "The agency raised its count of the missing to 31"."""

from __future__ import annotations

from ledger.lexicon import words
from ledger.suggest import grammar, phrases
from ledger.suggest.grammar import Cue, Strength, Voice
from ledger.suggest.hits import SentenceScan, remember
from ledger.suggest.sentence_tokens import Token

REVISING = words("en/reporting", "revising")
OWN_COUNTS = words("en/reporting", "own_counts")
TO_COUNT = 6
"""Words from the verb to the noun of what is changed: "raised its already high count"."""
TO_FIGURE = 12
"""Words from that noun to the figure."""
LEMMA = "revise"


def revised(reading: SentenceScan) -> None:
    """Keep what somebody changes a count to as his statement."""
    tokens = reading.tokens
    for at in reading.places(REVISING):
        first = phrases.group_start(tokens, at)
        passive = any(t.low in grammar.BE for t in tokens[first:at])
        noun = next((k for k in range(at + 1, min(at + TO_COUNT, reading.size)) if tokens[k].low in OWN_COUNTS), None)
        if noun is None or passive or tokens[at].cap or not reading.free(at) or not reading.free(noun):
            continue
        end = min(reading.ceiling(at), next((k for k in range(noun, reading.size) if _ends(tokens[k])), reading.size))
        figure = next(
            (k for k in range(noun + 1, min(noun + TO_FIGURE, end)) if grammar.opens_figure(tokens[k].low)), None
        )
        subject = phrases.subject(tokens, first, reading.floor(first))
        if figure and subject and all(t.word for t in tokens[at + 1 : noun]):
            fake = Cue(first, at, at + 1, grammar.Verb(LEMMA, Strength.SAYS, frozenset()), Voice.ACTIVE)
            remember(reading, fake, subject, [(at + 1, end)], pattern="preposed")


def _ends(token: Token) -> bool:
    return token.low in (";", ":", "after", "when", "while", "as")
