"""Text made safe to show on a terminal, and a statement told with its stance."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache
from typing import Protocol

from ledger.catalogue import Table, quotation, t
from ledger.lexicon import table, values, words
from ledger.vocabulary import Stance


def visible(text: str) -> str:
    r"""The text with control characters and invisible ones written out, such as \x1b or \u202e.

    Only line feeds and tabs stay: no escape sequence, no turning of the writing direction, nothing of no width.
    """
    if text.isascii() and text.replace("\n", "").isprintable():
        return text
    return _unsafe().sub(_written_out, text)


@cache
def _unsafe() -> re.Pattern[str]:
    return re.compile(
        "[\x00-\x08\x0b-\x1f\x7f-\x9f"  # C0 but tab and line feed, DEL, C1
        "\u00ad\u034f\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f"  # no width, line and direction controls
        "\u115f\u1160\u3164\uffa0\ufe00-\ufe0e\ufeff\ufff9-\ufffb"  # fillers, selectors, marks
        "\ud800-\udfff\U000e0000-\U000e0fff]"  # halves of pairs, tags
    )


def _written_out(found: re.Match[str]) -> str:
    code = ord(found[0])
    if code <= 0xFF:
        return f"\\x{code:02x}"
    return f"\\u{code:04x}" if code <= 0xFFFF else f"\\U{code:08x}"


# --- what of a reading is not sure --------------------------------------------------------------------------------

FIELDS: Table = {
    "attribution": "who says it",
    "quantities": "the figure",
    "times": "the time",
    "stance": "whether it is asserted",
    "exact": "the words",
}
WHY: Table = {
    "language": "not read in this language",
    "separator": "its points or commas may mean two things",
    "hedge": "a word beside it was not read",
    "condition": "it holds only on a condition",
    "unit": "its unit may be another one",
    "range": "it may be a change or a range",
    "fraction": "it may be a share or a date",
    "magnitude": "its words may be another number",
    "denial": "it may be denied",
    "name": "it may be part of a name",
    "age": "it may be an age",
    "ordinal": "it may be a rank",
    "share": "it may be a share",
    "report": "that none was reported is not that there was none",
    "quantities/year": "it may be a year",
    "zone": "of which place the hour is",
    "day": "of which day the hour is",
    "year": "which year is meant",
    "order": "day and month may stand the other way round",
    "published": "the day of publication is not known",
    "reading": "it can be read in two ways",
    "speaker": "this may be no source",
    "pronoun": "whom the pronoun stands for",
    "cue": "this may report nothing",
    "left_out": "the text names a source that the claim does not",
    "unheard": "somebody may be named here who was not understood",
    "struck": "the page shows them struck out",
}


class Unsure(Protocol):
    """A part of a reading that a person should look at, and why."""

    @property
    def field(self) -> str: ...
    @property
    def why(self) -> str: ...


def doubts(unsure: Sequence[Unsure]) -> list[str]:
    """What of a reading a person should look at, in words: "the figure (a word beside it was not read)"."""
    told = (t("{field} ({why})", field=t(FIELDS.get(u.field, u.field)), why=_why(u)) for u in unsure)
    return list(dict.fromkeys(told))


def _why(unsure: Unsure) -> str:
    return t(WHY.get(f"{unsure.field}/{unsure.why}") or WHY.get(unsure.why) or unsure.why.replace("_", " "))


# --- a statement with its stance ----------------------------------------------------------------------------------

TOLD_BY = {
    Stance.ASSERTS: "according to",
    Stance.DENIES: "denied by",
    Stance.DOUBTS: "not confirmed by",
    Stance.ASKS: "asked by",
    Stance.ANNOUNCES: "announced by",
}
"""What stands between a statement and its source, by what the source does with it."""
CLAUSE: Table = {
    Stance.DENIES: "denies that {words}",
    Stance.DOUBTS: "does not confirm that {words}",
    Stance.ASKS: "asks whether {words}",
    Stance.ANNOUNCES: "is to say that {words}",
}
"""How a clause is told that its source does not assert."""
INDIRECT: Table = {
    Stance.DENIES: "denies {words}",
    Stance.DOUBTS: "does not say {words}",
    Stance.ASKS: "asks: {words}",
    Stance.ANNOUNCES: "is to say {words}",
}
"""How one is told that opens with how or why."""
REST: Table = {
    Stance.DENIES: "denies {words}",
    Stance.DOUBTS: "does not confirm {words}",
    Stance.ASKS: "asks: {words}",
    Stance.ANNOUNCES: "announces: {words}",
}
"""How what is no clause is told."""


def stance_words(stance: Stance, said: str) -> str:
    """The statement as its source holds it: "denies that “40 boats left”"; in quotation marks alone where it asserts it."""
    quoted = quotation(" ".join(said.split()))
    if stance is Stance.ASSERTS:
        return quoted
    low = said.casefold().split()
    if tells_speech(said):
        return quoted
    if stance is Stance.DENIES and tells_denial(low):
        return t("says {words}", words=quoted)
    if said.rstrip().endswith("?"):
        return t(REST[stance], words=quoted)
    if low[:1] and low[0] in words("en/stance", "openers"):
        return t(INDIRECT[stance], words=quoted)
    return t((CLAUSE if _clause(low) else REST)[stance], words=quoted)


def tells_denial(low: Sequence[str]) -> bool:
    """True where words in small letters tell a denial themselves: "the mayor denied that ...", not "the dispute"."""
    bare = [w.strip(",.") for w in low]
    return any(w in _denials() and bare[max(0, n - 1)] not in ("the", "a", "an") for n, w in enumerate(bare))


def tells_speech(said: str) -> bool:
    """True for words that begin with the verb by which somebody spoke: "denied that ...", "has said it had", "believed it"."""
    said = said.strip(" \"'“”‘’«»")
    low = [w.strip(",.:") for w in said.casefold().split()] if said[:1].islower() else []  # "Asked if ..., Ann said"
    led = words("en/grammar", "have") | words("en/grammar", "adverbs")
    at = next((n for n, w in enumerate(low) if w not in led and not w.endswith("ly")), len(low))
    verb, behind = (*low[at : at + 2], "", "")[:2]
    opens = (words("en/grammar", n) for n in ("determiners", "subject_pronouns", "possessives", "told_openers"))
    spoke = verb in _spoke() or verb in _denials()
    return verb in SAID or (spoke and behind in frozenset({"there", "having"}).union(*opens))


SAID = frozenset({"said", "says", "denied", "denies"})
"""Forms of verbs that hardly stand before a noun as its attribute."""


@cache
def _spoke() -> frozenset[str]:
    """What verbs of saying and believing are in the past."""
    verbs = {
        *(v for name in ("says", "tells") for v in table("en/reporting", "verbs")[name]),
        *words("en/stance", "beliefs"),
    }
    irregular = values("en/reporting", "irregular")
    past = {irregular[v].split(", ")[1] for v in verbs & irregular.keys()}
    return frozenset(past | {_past(v) for v in verbs - irregular.keys() if " " not in v})


def hedge_before(prefix: str) -> str:
    """The verb of belief that ends the words right before a claim: "believed" of "said it believed that"; empty for none."""
    said = [w.casefold() for w in prefix.split()]
    while said and said[-1] in ("that", "to"):
        said.pop()
    return said[-1] if said and said[-1] in _beliefs() and not {"not", "never", "no"} & {*said[-3:-1]} else ""


@cache
def _beliefs() -> frozenset[str]:
    """Forms of verbs of belief, and likely."""
    verbs = words("en/stance", "beliefs") | words("en/reporting", "believed")
    irregular = values("en/reporting", "irregular")
    forms = {form for v in verbs & irregular.keys() for form in irregular[v].split(", ")[:2]}
    return frozenset(forms | {f for v in verbs - irregular.keys() for f in (v, f"{v}s", _past(v))} | verbs | {"likely"})


def _past(verb: str) -> str:
    return verb[:-1] + "ied" if verb.endswith("y") and verb[-2] not in "aeou" else verb.removesuffix("e") + "ed"


@cache
def _denials() -> frozenset[str]:
    verbs = [verb for name in ("denies", "turns_down", "denies_claims") for verb in words("en/stance", name)]
    past = {_past(v) for v in verbs}
    return frozenset(past | {"denies", "denying"})


def agreeing(who: str, held: str) -> str:
    """What is held, its verb in the plural where the name is one: "officials" deny."""
    last = who.split()[-1:]
    many = (
        last[0].casefold() in PLURAL
        or (last[0].islower() and last[0].endswith("s") and not last[0].endswith(("ss", "us")))
        if last
        else False
    )
    verb, space, rest = held.partition(" ")
    return PLURALS[verb] + space + rest if many and verb in PLURALS else held


PLURAL = frozenset(["police", "people", "men", "women", "they"])
PLURALS = {
    "says": "say",
    "denies": "deny",
    "does": "do",
    "asks": "ask",
    "asks:": "ask:",
    "is": "are",
    "announces:": "announce:",
}


def _clause(low: list[str]) -> bool:
    """True where the words have a verb, and do not open with "to"."""
    verbs = frozenset().union(*(words("en/grammar", name) for name in ("be", "have", "do", "modal", "finite")))
    past = (w for w in low[1:] if len(w) > 3 and w.endswith("ed"))
    return low[:1] != ["to"] and (not verbs.isdisjoint(low) or next(past, None) is not None)
