"""Statements that a noun or an adverb reports: "X's claim that ...", "reportedly"."""

from __future__ import annotations

from ledger.suggest import edges, lexicon
from ledger.suggest.cues import Cue, Voice
from ledger.suggest.lexicon import Strength
from ledger.suggest.phrases import Range
from ledger.suggest.reading import Reading, remember
from ledger.suggest.sentences import DASHES, Token


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
        spoken = after == "that" or (possessor and (after == "to" or tokens[at].low in lexicon.SPEECH_NOUNS))
        if not spoken:
            continue
        stop = next(
            (k for k in range(at + 2, reading.size) if _ends(tokens[k], clause=after in ("that", "to"))),
            reading.size,
        )
        fake = Cue(at, at, at + 1, lexicon.Verb(tokens[at].low, Strength.THINKS, frozenset()), Voice.ACTIVE)
        remember(reading, fake, possessor, [(at + 2 if after != "to" else at + 1, stop)], pattern="noun")


def _ends(token: Token, *, clause: bool) -> bool:
    """Whether the object of the noun ends here: at a mark, and where it is no clause at the verb of the sentence."""
    return token.low in (",", ";", ":") or token.low in DASHES or (not clause and token.low in lexicon.FINITE)


def owner(tokens: list[Token], at: int, floor: int) -> Range | None:
    """Who makes the claim in "Mr Ito's repeated claim" or "their claim"."""
    for back in range(at - 1, max(floor - 1, at - 4), -1):
        low = tokens[back].low
        if low in ("his", "her", "their", "its", "my", "our", "your"):
            return back, back + 1
        if low.endswith(("'s", "s'")):
            return edges.minimal(tokens, max(floor, back - 6), back + 1), back + 1
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
