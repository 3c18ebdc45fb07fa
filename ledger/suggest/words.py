"""What single words and marks can be: adverbs, brackets, participles."""

from __future__ import annotations

from ledger.suggest import lexicon
from ledger.suggest.lexicon import listed
from ledger.suggest.sentences import Token

OPEN_BRACKETS = frozenset("([{")
CLOSE_BRACKETS = frozenset(")]}")
# A subject longer than this has swallowed its clause.
LONGEST_SUBJECT = 45
# What may stand before a verb as its subject although it may also stand before a noun.
PRONOUN_LIKE = listed("this that these those all both some many several most one others each two few any such more")
ING_NOT_VERB = listed("during including according following regarding concerning morning evening king being")


def adverb(token: Token) -> bool:
    """Whether the word may stand between a subject and its verb without changing who says it."""
    low = token.low
    return (
        low in lexicon.SENTENCE_ADVERBS
        or low in lexicon.NEGATION
        or (
            len(low) > 4
            and low.endswith("ly")
            and low not in ("family", "july", "italy", "assembly", "ally", "reply", "supply", "rally", "only")
        )
    )


def low_ing(token: Token) -> bool:
    return len(token.low) > 5 and token.low.endswith("ing") and token.low not in ING_NOT_VERB
