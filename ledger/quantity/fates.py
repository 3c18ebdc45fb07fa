"""What befell those a figure counts: killed, wounded, lost, displaced; only as far as the words say it."""

from __future__ import annotations

from ledger.quantity.things import CURRENCY_SIGNS, FATES, FATES_OF_PEOPLE, NOUNS_OF_FATE, TARGETS, UNITS
from ledger.quantity.tokens import SENTENCE_END, Tokens
from ledger.quantity.words import listed

AUXILIARIES = listed(
    "were was have has had been are is being be also reportedly feared left confirmed more others other allegedly"
    " already still now both and or either of them so far believed said known listed reported get got it to"
)
STRIKE_VERBS = listed(
    "targeting targeted target hit hits hitting struck striking bombed bombing shelled shelling attacked destroying destroyed"
)
REACHED = listed(
    "to at of was is hits hit reached reaches reaching surpassed surpasses exceeded exceeds topped stands from as toll"
)
WHOLE = listed("killed wounded")


def measure(tokens: Tokens, head: str, *, unit: str | None, span: tuple[int, int]) -> str | None:
    """What the words say befell what is counted; `span` runs from the hedge to the end of the noun, as tokens."""
    if unit in MEASURELESS:
        return None
    found = (
        of_head(tokens, head, span=span)
        or _governed(tokens, span[0])
        or _following(tokens, span[1])
        or _preceding(tokens, span[0])
        or _of_toll(tokens, span[0])
        or _passive(tokens, span[1])
        or (FATES.get(head) if head in NAMED_BY_FATE else None)
    )
    if found in FATES_OF_PEOPLE and unit not in BODIES and found not in ("lost", "captured", "freed"):
        return None
    return found


NAMED_BY_FATE = listed("evacuees evacuee detainees detainee idps homeless")
"""They are called by what befell them before; what the sentence says comes first ("98 evacuees were killed")."""


MEASURELESS = frozenset(UNITS.values()) | {"percentage points"} | frozenset(CURRENCY_SIGNS.values())
BODIES = (None, "people", "families", "households", "share", "percent")
"""Units of which people's fates may be told: nobody kills villages, though somebody is killed in them."""


def of_head(tokens: Tokens, head: str, *, span: tuple[int, int]) -> str | None:
    """The head noun itself may say it: casualties, deaths, sorties; positions that are struck are targets."""
    if head in TARGETS and any(tokens.word(i) in STRIKE_VERBS for i in range(span[0] - 3, span[0])):
        return "targets"
    return None if head in NAMED_BY_FATE else FATES.get(head)


def _governed(tokens: Tokens, first: int) -> str | None:
    """The verb right before the figure: "killing dozens of people evacuated from"."""
    word = tokens.word(first - 1)
    return (
        _joint(tokens, first - 1, step=-1) if word in FATES and word not in NOUNS_OF_FATE and word != "toll" else None
    )


def _following(tokens: Tokens, after: int) -> str | None:
    """As in "were killed", "dead", "have been wounded", "killed or wounded"."""
    i = after
    while i < after + 8:
        word = tokens.word(i)
        if word in FATES:
            return _joint(tokens, i, step=1)
        if word not in AUXILIARIES or tokens.is_numeral(i):
            return None
        if word in ("and", "or") and i == after:
            return None
        i += 1
    return None


def _preceding(tokens: Tokens, first: int) -> str | None:
    """As in "killing at least", "lost", "killed and wounded"; the verb stands at most five words before."""
    for i in range(first - 1, first - 6, -1):
        word = tokens.word(i)
        if not word or word in SENTENCE_END or tokens.is_numeral(i):
            return None
        if word in FATES and word not in NOUNS_OF_FATE and word != "toll":
            return _joint(tokens, i, step=-1)
        if word in ("and", "while", "that", "said", "where", "with") and i < first - 1:
            return None
    return None


def _joint(tokens: Tokens, i: int, *, step: int) -> str:
    """The fate at token i; killed and wounded together are casualties."""
    fate = FATES[tokens.words[i]]
    if tokens.word(i + step) in ("and", "or", "/") and fate in WHOLE:
        other = FATES.get(tokens.word(i + 2 * step), fate)
        if other in WHOLE and other != fate:
            return "casualties"
    return fate


def _of_toll(tokens: Tokens, first: int) -> str | None:
    """As in "the death toll from the blast has risen to": the toll may stand far before its figure."""
    if tokens.word(first - 1) not in REACHED and tokens.word(first) not in REACHED:
        return None
    for i in range(first - 1, first - 30, -1):
        word = tokens.word(i)
        if not word or word in SENTENCE_END:
            return None
        if word == "toll":
            return "casualties" if tokens.word(i - 1) in ("casualty", "casualties") else "killed"
    return None


def _passive(tokens: Tokens, after: int) -> str | None:
    """As in "98 residents of the two towns were killed", "including 68 children, were killed", "were among those killed"."""
    for i in range(after, after + 16):
        word = tokens.word(i)
        if not word or word in SENTENCE_END or word in CLAUSES:
            return None
        if tokens.is_numeral(i) and tokens.word(i - 1) not in ("including", "the", "among", "of"):
            return None
        if word in FATES and word not in NOUNS_OF_FATE and tokens.word(i - 1) in PASSIVES:
            return _joint(tokens, i, step=1)
    return None


CLAUSES = listed("where while but when after before because although said says told")
PASSIVES = listed("were was been being those people among reportedly also allegedly")
