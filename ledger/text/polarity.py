"""What the words of a statement do with it: "40 boats had not sunk" denies, "it was unclear whether ..." doubts."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import cache

from ledger.lexicon import meanings, phrases, values, words
from ledger.vocabulary import Stance

OPENERS = words("en/stance", "openers")
LINKS = frozenset(["that", "whether", "if"])
ASKING = OPENERS - {"when", "where", "who", "which"}
TOLD = words("en/stance", "told")
NOBODY = words("en/stance", "nobody")
FALSEHOOD = words("en/stance", "falsehood")
ERRING, SAYING = FALSEHOOD | words("en/stance", "erring"), words("en/stance", "saying")
LONGEST_OPENING = 14
LONGEST = 80
"""Words of a statement that are looked at."""


def polarity(text: str) -> Stance:
    """Whether the words assert, deny, doubt or ask what they are about, whoever says them."""
    frame = framed(text)
    if frame is not Stance.ASSERTS:
        return frame
    said = _words(text)
    return Stance.DENIES if _of_nothing(said) else _negated(said)


def framed(text: str) -> Stance:
    """The same without a negation of the verb: what is said of the whole of it, its figures too."""
    said = _words(text)
    if not said:
        return Stance.ASSERTS
    if found := opening(said):
        return found[0]
    if said[-1] == "?" or (said[0] in _asking() and text[: len(said[0])].istitle()):
        return Stance.ASKS
    if "whether" in said and "," not in said[: said.index("whether")]:
        return Stance.ASKS
    return Stance.DENIES if _called_false(said) else Stance.ASSERTS


def opening(said: Sequence[str]) -> tuple[Stance, int] | None:
    """The stance that is taken before the statement, and the word with which this begins: "it was not true that ..."."""
    first = int(said[:1] == ["that"])
    if begins := _erring(said) or _whole(said):
        return Stance.DENIES, begins
    if found := _own_doubt(said):
        return found
    for at in range(first, min(len(said), LONGEST_OPENING)):
        if at > first and said[at] in OPENERS:
            kept = [w for w in map(plain, said[first:at]) if w not in _idle()]
            known = next((s for n in (4, 3, 2, 1) if (s := _openings().get(" ".join(kept[-n:])))), None)
            if known is None and kept and (kept[0] in ("nobody", "no-one", "neither") or _no_speaker(kept)):
                told = said[at] in ASKING or kept[-1] in SAYING  # not "nobody was hurt when it fell"
                known = Stance.DOUBTS if told else None
            return (known, at + (said[at] in LINKS)) if known else None
        if at > first and said[at] in ("in", "to", "for", "behind") and (found := _of_told(said, first, at)):
            return found
        if said[at] in (",", ";", ":", "."):
            break
    return None


def _of_told(said: Sequence[str], first: int, at: int) -> tuple[Stance, int] | None:
    """The stance to a claim that is named: "there was no truth in | rumours of 400 lay-offs"."""
    told = next((k for k in range(at + 1, min(at + 5, len(said) - 1)) if said[k] in TOLD), None)
    if told is None or said[told + 1] not in ("of", "about", "that"):
        return None
    known = _openings().get(" ".join([w for w in map(plain, said[first:at]) if w not in _idle()][-2:]))
    return (known, told + 2 if said[told + 1] == "that" else told) if known else None


def _own_doubt(said: Sequence[str]) -> tuple[Stance, int] | None:
    """What the speaker says of his own belief: "he doubted that 40 left", "she had never claimed that 40 left"."""
    if not said or said[0] not in words("en/grammar", "subject_pronouns"):
        return None
    for at, word in enumerate(said[1:6], 1):
        rest = at + 1 + _claims_named(said[at + 1 : at + 4])
        linked = said[rest : rest + 1] == ["that"]
        denied = "not" in map(plain, said[1:at]) or "never" in said[1:at]
        if word in words("en/stance", "doubting") and not denied:
            return Stance.DOUBTS, rest + linked
        behind = said[rest] if rest < len(said) else ""
        bare = denied and word in SAYING and (behind in _clause_openers() or behind[:1].isdigit())
        if (linked or bare) and word in words("en/stance", "denying") | SAYING:
            own = word not in SAYING
            return (Stance.DOUBTS if denied else Stance.DENIES, rest + linked) if own or denied else None
    return None


def _claims_named(said: Sequence[str]) -> int:
    """The words before "that" which name what is claimed: could not confirm | the reports | that."""
    if "that" not in said:
        return 0
    named = said.index("that")
    return named if not TOLD.isdisjoint(said[:named]) else 0


@cache
def _clause_openers() -> frozenset[str]:
    """Words with which a clause begins behind a verb of saying, "that" left out: "we never said | the ship was late"."""
    return frozenset(w for name in ("subject_pronouns", "determiners") for w in words("en/grammar", name)) - {"no"}


def _no_speaker(kept: Sequence[str]) -> bool:
    """True for "no one", and "no teacher has claimed"; not for "no doubt", "no fewer than 40 said"."""
    spoken = kept[-1] in SAYING and len(kept) > 2 and kept[1] not in words("en/stance", "added")
    return kept[0] == "no" and (kept[1:2] == ["one"] or spoken)


def _whole(said: Sequence[str]) -> int | None:
    """The word behind what denies all that follows: "there is no way | 45 boats were out"."""
    return next((len(p) for p in phrases("en/stance", "denied_wholes") if tuple(said[: len(p)]) == p), None)


def _erring(said: Sequence[str]) -> int | None:
    """The word with which begins what somebody is wrong to say: "was wrong to say 5 had died", "lied when he spoke of 40"."""
    if ERRING.isdisjoint(said[:LONGEST_OPENING]):
        return None
    for at, word in enumerate(said[:LONGEST_OPENING]):
        if word in (",", ";", ":", ".") or plain(word) == "not":
            return None
        if word in ERRING and said[at + 1 : at + 2] and said[at + 1] in ("to", "in", "by", "when", "if"):
            said_by = next((k for k in range(at + 2, min(at + 5, len(said) - 1)) if said[k] in SAYING), None)
            return said_by and said_by + 1 + (said[said_by + 1] in ("of", "that", "about"))
    return None


def plain(word: str) -> str:
    """The negation in a contracted verb: "wasn't" is "not"."""
    return "not" if word.endswith("n't") or word == "cannot" else word


def combined(stance: Stance, words_: Stance) -> Stance:
    """What somebody holds who takes a stance to words that have their own."""
    if stance is Stance.ASSERTS:
        return words_
    if stance is words_ is Stance.DENIES:
        return Stance.ASSERTS
    return words_ if stance is Stance.DENIES and words_ is not Stance.ASSERTS else stance


def _of_nothing(said: list[str]) -> bool:
    return _opens(said, "empty_subjects")


def _opens(said: list[str], name: str) -> bool:
    """True where the words begin with an entry of the list, and do not go on as "no fewer than" does."""
    begun = (said[len(p) : len(p) + 1] for p in phrases("en/stance", name) if tuple(said[: len(p)]) == p)
    return any(words("en/stance", "added").isdisjoint(after) for after in begun)


def _called_false(said: list[str]) -> bool:
    """True for "reports that 40 boats sank are false"."""
    tail = said[-3:]
    return (
        bool((TOLD | words("en/stance", "counts")) & set(said[:4]))
        and not FALSEHOOD.isdisjoint(tail)
        and "not" not in map(plain, tail)
    )


def _negated(said: list[str]) -> Stance:
    """A negation of the first verb; what stands behind a relative or a conjunction is another clause's."""
    for at, word in enumerate(said):
        if word in words("en/stance", "other_clause"):
            break
        if word != "never" and plain(word) != "not" and said[at : at + 2] != ["no", "longer"]:
            continue
        if _but_so_many(said, at) or _part_of(said, at):  # "had not missed two tests, but one"
            return Stance.ASSERTS
        if at and said[at - 1] == ",":  # "bad welds, not frost, broke it"
            continue
        after = said[at + 1] if at + 1 < len(said) else ""
        if after in words("en/stance", "added") or after[:1].isdigit() or after.endswith("ing"):
            return Stance.ASSERTS
        return Stance.DOUBTS if after in words("en/stance", "partial") else Stance.DENIES
    return Stance.ASSERTS


def _but_so_many(said: list[str], at: int) -> bool:
    """True where another figure is told behind "but" than the one that is denied."""
    if "but" not in said[at:]:
        return False
    behind = said.index("but", at) + 1
    behind += said[behind : behind + 1] in (["only"], ["just"])
    told = said[behind] if behind < len(said) else ""
    return told[:1].isdigit() or told in values("en/numbers", "cardinals")


def _part_of(said: list[str], at: int) -> bool:
    """True for "of the 64 jurors, 11 had not been paid": so many were not."""
    stop = said.index(",") + 1 if said[0] == "of" and "," in said[:at] else 0
    return bool(stop) and (said[stop][:1].isdigit() or said[stop] in values("en/numbers", "cardinals"))


@cache
def _asking() -> frozenset[str]:
    return words("en/grammar", "be") | words("en/grammar", "do") | words("en/grammar", "have")


@cache
def _idle() -> frozenset[str]:
    lists = ("be", "have", "do", "modal")
    return words("en/stance", "idle") | TOLD | frozenset().union(*(words("en/grammar", n) for n in lists)) - {"cannot"}


@cache
def _openings() -> dict[str, Stance]:
    return {entry: Stance(name) for entry, name in meanings("en/stance", "openings").items()}


def _words(text: str) -> list[str]:
    return [w.lower().replace("’", "'") for w in _word().findall(text[: LONGEST * 12])[:LONGEST]]


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:['’-][^\W_]+)*|[,;:.?!]")
