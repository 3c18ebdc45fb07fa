"""Figures that hold only on a condition, which nobody states: "unless talks succeed, 600 nurses will walk out"."""

from __future__ import annotations

from bisect import bisect_left

from ledger.lexicon import phrases, words
from ledger.quantity.figure_words import DETERMINERS
from ledger.quantity.neighbours import Figure
from ledger.quantity.tokenizing import SENTENCE_END, Tokens

Stretch = tuple[int, int]
CONDITION = "condition"
"""Why a figure is not sure that holds only if something comes to pass."""
SUPPOSING: dict[str, list[tuple[str, ...]]] = {}
for _entry in phrases("en/stance", "supposing"):
    SUPPOSING.setdefault(_entry[0], []).append(_entry)
INVERTED = words("en/stance", "inverted")
PERMITTING = "permitting"
OPENING = SUPPOSING.keys() | INVERTED | {PERMITTING}
BE, PREPOSITIONS = words("en/grammar", "be"), words("en/grammar", "prepositions")
AWAITING = ("subject", "pending")
SUBJECTS = DETERMINERS | words("en/grammar", "subject_pronouns")
DOING = (
    BE
    | words("en/grammar", "have")
    | words("en/grammar", "pronouns")
    | words("en/grammar", "relative")
    | {"and", "but", "or", "also"}
)
"""What stands before "provided" where it is a verb."""
MODAL = words("en/grammar", "modal") | {"then"}
BEFORE_CLAUSES = frozenset({"that", ":", "–", "—", "(", *"\"'“‘"})
NO_CLAUSE = words("en/stance", "no_clause")
INDIRECT = words("en/stance", "indirect")
PROVIDED = ("provided", "providing")
SPLITTING = (",", ";", "that", "said", "says")
LONGEST = 60
"""Words of a sentence that are looked at on either side of where a condition begins."""
FAR = 20
"""Words before "should the drought last" of what would be."""
CLOSED = 5
"""Words of a condition between commas: ", if confirmed,"."""


def doubt_conditions(tokens: Tokens, figures: list[Figure]) -> None:
    """A figure in a condition, or in what depends on it, is not sure."""
    starts = [figure.first for figure in figures]
    for i in [at for at, word in enumerate(tokens.words) if word in OPENING]:
        for lo, hi in _depending(tokens, i):
            for figure in figures[bisect_left(starts, lo) : bisect_left(starts, hi)]:
                figure.why = figure.why or CONDITION


def _depending(tokens: Tokens, i: int) -> list[Stretch]:
    """The stretches of a condition that begins at token i, and of what depends on it."""
    opens = tokens.opens_sentence(i) or tokens.word(i - 1) in BEFORE_CLAUSES
    if tokens.words[i] in INVERTED:
        trailing = tokens.word(i + 1) in SUBJECTS and "would" in tokens.words[max(0, i - FAR) : i]
        if not opens and not trailing:
            return []
    elif tokens.words[i] == PERMITTING:
        return [] if tokens.is_word(i + 1) else _trailing(tokens, i - 1, i)
    elif not _supposing(tokens, i) and not _provided(tokens, i, opens=opens):
        return []
    stop = min(tokens.size, i + LONGEST)
    end = next((k for k in range(i, stop) if tokens.words[k] in SENTENCE_END), stop)
    if tokens.word(end) == "?":
        return []
    if tokens.words[i] in INVERTED:
        return _inverted(tokens, i, end) if opens else _trailing(tokens, i, end)
    comma = _comma(tokens, i, end)
    if opens:
        return [] if tokens.word(i + 1) == "anything" else [(i, comma), *_pieces(tokens, comma, end, modal=False)]
    if tokens.word(i - 1) == "only":
        return [(_begun(tokens, i) + 1, comma)]
    if tokens.word(i - 1) == "even":
        return [(i, comma)] if tokens.word(i + 1) not in NO_CLAUSE else []
    if tokens.word(i - 1) == "," and comma - i < CLOSED and comma < end:
        return _pieces(tokens, comma, end, modal=True)
    return _trailing(tokens, i, comma)


def _supposing(tokens: Tokens, i: int) -> bool:
    """True where a phrase begins that sets a condition; not "is subject to a tax", "cases pending in court"."""
    phrase = next((p for p in SUPPOSING[tokens.words[i]] if tokens.same(i, p)), None)
    if phrase is None:
        return False
    behind = tokens.word(i + len(phrase))
    return phrase[0] not in AWAITING or not (tokens.word(i - 1) in BE or behind in PREPOSITIONS or not behind.isalpha())


def _provided(tokens: Tokens, i: int, *, opens: bool) -> bool:
    """True for "Provided the court agrees, ...", "will get 35p provided regulators agree"; not "meals provided by 40 firms"."""
    if tokens.words[i] not in PROVIDED:
        return False
    behind = tokens.word(i + 1)
    if opens:
        return behind in DETERMINERS and not MODAL.isdisjoint(tokens.words[i : i + LONGEST])
    free = tokens.word(i - 1) not in DOING and behind.isalpha() and behind not in PREPOSITIONS
    return tokens.words[i] == "provided" and free and not MODAL.isdisjoint(tokens.words[max(0, i - FAR) : i])


def _comma(tokens: Tokens, i: int, end: int) -> int:
    """The comma that ends a condition; not that of "40, 50 or 60 boats"."""
    commas = (k for k in range(i, end) if tokens.words[k] == ",")
    return next((k for k in commas if not (tokens.is_numeral(k - 1) and tokens.is_numeral(k + 1))), end)


def _pieces(tokens: Tokens, comma: int, end: int, *, modal: bool) -> list[Stretch]:
    """What depends on a condition before it: the clause behind the comma, and later ones of what would be."""
    found: list[Stretch] = []
    begun = comma
    while begun < end:
        stop = next((k for k in range(begun + 1, end) if tokens.words[k] == ","), end)
        would = not MODAL.isdisjoint(tokens.words[begun:stop])
        if would or (begun == comma and not modal):
            found.append((begun, stop))
        begun = stop
    return found


def _inverted(tokens: Tokens, i: int, end: int) -> list[Stretch]:
    """As in "Should the levee fail, 40 homes would flood", "Had the alarm failed, 200 would have died"."""
    comma = _comma(tokens, i, end)
    named = tokens.is_word(i + 1) or tokens.is_numeral(i + 1)
    would = not MODAL.isdisjoint(tokens.words[comma:end])
    return [(i, comma), *_pieces(tokens, comma, end, modal=False)] if named and would and comma < end else []


def _trailing(tokens: Tokens, i: int, comma: int) -> list[Stretch]:
    """What would be, before its condition: "600 nurses will walk out unless talks succeed"; not "asked if 40 left"."""
    if tokens.word(i - 1) in INDIRECT or tokens.word(i + 1) in NO_CLAUSE:
        return []
    begun = _begun(tokens, i)
    return [(begun + 1, comma)] if not MODAL.isdisjoint(tokens.words[begun + 1 : i]) else []


def _begun(tokens: Tokens, i: int) -> int:
    """The token before the clause that a condition at token i ends."""
    near = range(i - 2, max(-1, i - LONGEST), -1)
    ends = (k for k in near if tokens.words[k] in SENTENCE_END or _splits(tokens, k))
    return next(ends, max(-1, i - LONGEST))


def _splits(tokens: Tokens, k: int) -> bool:
    """True where another clause begins behind token k: "holds 40 and | would owe 12"."""
    return tokens.words[k] in SPLITTING or (tokens.words[k] in ("and", "but") and tokens.word(k + 1) in MODAL)
