"""The edges of a noun phrase, where neither comma nor verb shows them."""

from __future__ import annotations

from ledger.suggest import lexicon
from ledger.suggest.sentences import DASHES, Token
from ledger.suggest.words import CLOSE_BRACKETS, LONGEST_SUBJECT, OPEN_BRACKETS, PRONOUN_LIKE, adverb


def minimal(tokens: list[Token], lo: int, hi: int) -> int:
    """The start of the shortest noun phrase that ends at `hi`: back to its determiner, or to where the capitals begin."""
    at = hi - 1
    if at < lo or tokens[at].low in lexicon.SUBJECT_PRONOUNS or tokens[at].low in PRONOUN_LIKE:
        return max(at, lo)
    while at > lo and (step := _step(tokens, at, lo)):
        if step == 1 and tokens[at].cap and _titled(tokens, at, hi):
            lead = _title_start(tokens, at, lo)
            return at if lead is None else lead
        at -= step
    return at


def _step(tokens: list[Token], at: int, lo: int) -> int:
    """How many tokens further left the noun phrase certainly goes on; 0 where it begins here."""
    token, before = tokens[at], tokens[at - 1]
    further = at - 2 >= lo
    if token.low in lexicon.DETERMINERS:
        return 2 if before.low == "of" and further else 0
    if not before.word:
        if token.low in CLOSE_BRACKETS or before.low in CLOSE_BRACKETS or before.low in OPEN_BRACKETS:
            return 1
        return 2 if before.low == "." and further and tokens[at - 2].low in lexicon.ABBREVIATIONS else 0
    if before.low in lexicon.PREPOSITIONS:
        linked = further and (before.low == "of" or (token.cap and tokens[at - 2].cap))
        return 2 if linked and tokens[at - 2].low not in lexicon.DAYS else 0
    if before.low in STOPPERS or before.low.isdigit() or adverb(before):
        return 0
    return 1


STOPPERS = lexicon.FINITE | lexicon.SUBORDINATORS | lexicon.COORDINATORS | lexicon.DAYS


def _titled(tokens: list[Token], at: int, hi: int) -> bool:
    """Whether a name begins here behind a word that may be its title: "spokesman John Ruiz"."""
    before = tokens[at - 1]
    return before.word and not before.cap and before.low not in lexicon.DETERMINERS and _run_end(tokens, at, hi)


def _run_end(tokens: list[Token], at: int, hi: int) -> bool:
    return all(
        tokens[k].cap or tokens[k].low in ("of", "for", "al", "bin", "de", "van", "von", "the", ".")
        for k in range(at, hi)
    )


def _title_start(tokens: list[Token], at: int, lo: int) -> int | None:
    for back in range(at - 1, max(lo - 1, at - 6), -1):
        if tokens[back].low in lexicon.DETERMINERS:
            return back
        if not tokens[back].word or tokens[back].low in lexicon.FINITE or tokens[back].low in lexicon.PREPOSITIONS:
            return back + 1 if at - back <= 3 else None
    return None


def right_phrase(tokens: list[Token], lo: int, hi: int, *, reach: int = LONGEST_SUBJECT) -> int:
    """The end of the noun phrase that begins at `lo`, before a comma, a quotation or a new clause."""
    seen = False
    for k in range(lo, min(hi, lo + reach)):
        token = tokens[k]
        low = token.low
        if not token.word:
            if low == "“”" and k > lo and tokens[k - 1].low in lexicon.PREPOSITIONS:
                continue
            if low in (",", ";", ":", "“”", "?", "!") or low in DASHES:
                return k
            continue
        if seen and tokens[k - 1].low not in lexicon.PREPOSITIONS and tokens[k - 1].low not in lexicon.COORDINATORS:
            if low in lexicon.FINITE or low in lexicon.SUBJECT_PRONOUNS or low in lexicon.SUBORDINATORS:
                return k
            if low in lexicon.DETERMINERS or low == "that":
                return k
        seen = True
    return min(hi, lo + reach)
