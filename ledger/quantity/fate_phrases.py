"""What befell those whom a figure counts, told in several words: "froze to death", "put 31 pupils in hospital", "laid off"."""

from __future__ import annotations

from ledger.lexicon import meanings, phrases, words
from ledger.quantity.figure_words import AUXILIARIES, CLAUSES, DEGREES, PASSIVES, RELATIVES
from ledger.quantity.tokenizing import SENTENCE_END, Tokens

Phrases = dict[str, list[tuple[tuple[str, ...], str]]]
"""Phrases with their fates, by the first word."""


def _by_first(name: str) -> Phrases:
    found: Phrases = {}
    for phrase, fate in meanings("en/fates", name).items():
        found.setdefault(phrase.split()[0], []).append((tuple(phrase.split()), fate))
    return found


TOLD_BEHIND, TOLD_BEFORE, TOLD_AROUND, TOLD_BESIDE = map(_by_first, ("behind", "ahead", "around", "beside"))
FIRST_BEHIND = frozenset(TOLD_BEHIND)
INJURIES = words("en/fates", "injuries")
BREAKING, LIMBS = words("en/fates", "breaking"), words("en/fates", "limbs")
OWN = words("en/grammar", "possessives") | {"a", "an"}
GOT_OUT = phrases("en/fates", "got_out")
SINCE = frozenset({"since", "later", "now", "already"})
SINCE_THEN = words("en/grammar", "have") | SINCE
JOBS, CUTTING = words("en/fates", "jobs"), meanings("en/fates", "of_jobs")
BEASTS = words("en/fates", "beasts")
REACH = 10
"""Words behind the noun in which its verb stands."""
BESIDE = 5
"""Words behind "to hospital" that may say with what."""


def phrased(tokens: Tokens, head: str, span: tuple[int, int]) -> str | None:
    """What the words about a figure and its noun say together; `span` runs from its hedge to the end of its noun."""
    if head in JOBS:
        return _cut(tokens, span)
    return (
        (None if head else _beside(tokens, span[1]))
        or _behind(tokens, span[1])
        or _broken(tokens, span[1])
        or _ahead(tokens, span)
    )


def _beside(tokens: Tokens, after: int) -> str | None:
    """As in "seven dead, 22 | in hospital": right behind a figure without a noun."""
    return next((fate for phrase, fate in TOLD_BESIDE.get(tokens.word(after), ()) if tokens.same(after, phrase)), None)


def _behind(tokens: Tokens, after: int) -> str | None:
    """As in "nine were taken to hospital", "six migrants froze to death", "75 of its workers were laid off"."""
    if FIRST_BEHIND.isdisjoint(tokens.words[after : after + REACH]):
        return None
    for i in range(after, min(after + REACH, tokens.size)):
        word = tokens.words[i]
        found = next((p for p in TOLD_BEHIND.get(word, ()) if tokens.same(i, p[0])), None)
        if found and (tokens.word(i - 1) not in ("to", "be") or tokens.word(i - 2) in AUXILIARIES):
            return _worse(tokens, i + len(found[0]), found[1])
        other = word in RELATIVES and i > after
        if word in SENTENCE_END or word in (",", "and") or word in CLAUSES or other or tokens.is_numeral(i):
            return None
    return None


def _broken(tokens: Tokens, after: int) -> str | None:
    """As in "a third | broke her arm", "two | have broken bones"."""
    at = after
    while tokens.word(at) in AUXILIARIES and at < after + BESIDE:
        at += 1
    if tokens.word(at) not in BREAKING:
        return None
    at += 1 + (tokens.word(at + 1) in OWN)
    return None if LIMBS.isdisjoint(tokens.words[at : at + 2]) else "wounded"


def told_since(tokens: Tokens, after: int) -> bool:
    """True where it is told what those before token i have done since: "five of whom | have since been sent home"."""
    return tokens.word(after + (tokens.word(after) in SINCE)) in SINCE_THEN


def got_out(tokens: Tokens, after: int) -> bool:
    """True where those before token i are said to be free, found or at home."""
    near = range(after, min(after + REACH, tokens.size))
    stop = next((k for k in near if tokens.words[k] in SENTENCE_END or tokens.words[k] == ","), after + REACH)
    return any(tokens.same(k, phrase) for k in range(after, stop) for phrase in GOT_OUT)


def _worse(tokens: Tokens, end: int, fate: str) -> str:
    """Those who were taken to hospital with burns are wounded."""
    with_injuries = fate == "hospitalised" and not INJURIES.isdisjoint(tokens.words[end : end + BESIDE])
    return "wounded" if with_injuries else fate


def _ahead(tokens: Tokens, span: tuple[int, int]) -> str | None:
    """As in "laid off 75 workers", "put 31 pupils in hospital", "beat two guards to death"."""
    for at in range(span[0] - 2, span[0]):
        for phrase, fate in TOLD_BEFORE.get(tokens.word(at), ()):
            if at + len(phrase) == span[0] and tokens.same(at, phrase):
                return fate
    for opening, fate in TOLD_AROUND.get(tokens.word(span[0] - 1), ()):
        if tokens.same(span[1], opening[1:]):
            return _worse(tokens, span[1] + len(opening) - 1, fate)
    return None


def _cut(tokens: Tokens, span: tuple[int, int]) -> str | None:
    """What is done with jobs: "axed 300 posts", "will cut another 90 jobs", "900 jobs will be shed"."""
    for i in range(span[0] - 2, span[0]):
        if tokens.word(i) in CUTTING:
            return CUTTING[tokens.words[i]]
    for i in range(span[1], min(span[1] + BESIDE, tokens.size)):
        if tokens.words[i] in CUTTING and tokens.word(i - 1 - (tokens.word(i - 1) in DEGREES)) in PASSIVES | {"be"}:
            return CUTTING[tokens.words[i]]
        if not tokens.is_word(i) or tokens.words[i] in CLAUSES:
            return None
    return None


def savaged(tokens: Tokens, span: tuple[int, int]) -> bool:
    """False where no beast is told of that attacked: "critics savaged two films"."""
    return not BEASTS.isdisjoint(tokens.words[max(0, span[0] - REACH) : span[1] + REACH])
