"""Why a person has to look at who says it: a weak cue, or words that hardly name a speaker."""

from __future__ import annotations

from ledger.suggest import grammar
from ledger.suggest.grammar import Strength
from ledger.suggest.hits import WEAK, Hit, Span
from ledger.suggest.phrases import has_verb, low_ing
from ledger.suggest.sentence_tokens import Token

SOFT = (*WEAK, Strength.THINKS)


def of_cue(hit: Hit) -> str:
    """`cue` where the words may report nothing: an attitude that nobody is said to hold, a deed that is only possible."""
    soft = hit.strength in SOFT and hit.pattern != "noun"
    if hit.source is None:
        return "cue" if soft else ""
    if hit.lemma in grammar.DEEDS and _thing(hit):
        return "cue"
    words = [t.low for t in hit.sentence.tokens if hit.cue and hit.cue[0] <= t.start < hit.cue[1]]
    loose = soft and hit.pattern in ("participle", "reduced")
    supposed = loose or (bool(words) and (words[0] == "to" or (soft and words[0] in grammar.MODAL | grammar.DO)))
    return "cue" if supposed else ""


def _thing(hit: Hit) -> bool:
    """True where the words behind the cue are a mere thing, and neither a clause nor quoted."""
    tokens, (start, end) = hit.sentence.tokens, hit.content[0]
    inside = [n for n, t in enumerate(tokens) if start <= t.start < end]
    if not inside or any(t.quote and t.end > start and t.start < end for t in tokens):
        return False
    asked = tokens[inside[0]].low in grammar.SUBORDINATORS
    counted = any(tokens[n].low[:1].isdigit() for n in inside) and hit.lemma not in ("add", "count")
    return not asked and not counted and not has_verb(tokens, inside[0], inside[-1] + 1)


def of_source(text: str, hit: Hit, core: Span) -> str:
    """`speaker` where the source is only beside its words, or is a thing rather than somebody who speaks."""
    lead = hit.pattern == "lead-in" and hit.cue is not None and text[slice(*hit.cue)].lower() != "from"
    if hit.pattern in ("action", "postposed-unmarked") or lead:
        return "speaker"
    said = text[slice(*core)]
    if said.lower() in ("i", "we", "you") or not _names_a_speaker(hit, core):
        return "speaker"
    return of_cue(hit)


def _names_a_speaker(hit: Hit, core: Span) -> bool:
    """True for a name, a pronoun, and a phrase whose head is a noun of those who speak."""
    tokens = [t for t in hit.sentence.tokens if core[0] <= t.start < core[1] and t.word]
    if not tokens:
        return True
    if tokens[0].low in grammar.PRONOUNS or any(t.cap for t in tokens[1:]) or (tokens[0].cap and len(tokens) == 1):
        return True
    end = next((n for n, t in enumerate(tokens) if n and _ends_head(t, tokens[n - 1])), None)
    head = tokens[(end or len(tokens)) - 1].low.removesuffix("'s")
    if (
        hit.strength in (Strength.SAYS, Strength.TELLS) or hit.pattern in ("noun", "postposed")
    ) and hit.pattern != "reduced":
        return tokens[0].low in grammar.DETERMINERS or head.endswith("s") or head in grammar.speaking()
    return head in grammar.speaking() or head.removesuffix("s") in grammar.speaking() or head.endswith(ENDINGS)


def _ends_head(token: Token, before: Token) -> bool:
    """True where the noun phrase goes on with what explains its noun: "a study published last year"."""
    past = token.low.endswith("ed") and before.low not in grammar.DETERMINERS
    return past or token.low in grammar.PREPOSITIONS or token.low in grammar.RELATIVE or low_ing(token)


ENDINGS = (
    "ist",
    "ists",
    "ian",
    "ians",
    "eer",
    "eers",
    "man",
    "men",
    "woman",
    "women",
    "makers",
    "maker",
    "ers",
    "ors",
    "ants",
)
