"""What one statement is about, told as another: another thing of a list, another unit, a name misspelt, other quoted words."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from difflib import SequenceMatcher
from functools import lru_cache
from itertools import pairwise

from ledger.crossref.measures import as_printed
from ledger.crossref.names import kin
from ledger.crossref.terms import STOP
from ledger.crossref.wording import OPENING, Finding, Version, Words, alike, fold_word, kept, opened, shared_numbers
from ledger.crossref.wordlists import ANYBODY, BAD, CALENDAR, GOOD, ONE_OF, SIDES_OF_PLACE, STANDING
from ledger.quantity.figure_words import CURRENCIES, SCALES, SMALL, UNITS
from ledger.vocabulary import Drift, Kind

# --- who and what -------------------------------------------------------------------------------------------------


def value_findings(a: Version, b: Version) -> Iterator[Finding]:
    """What one statement is about, told as another: another member of a list, another standing, good for bad."""
    near = alike(a, b)
    found = [x for rule in (OF_ALIKE if near else OF_ANY) if (x := rule(a, b))]
    found += [x for x in (_standing(a, b), (_standing(b, a) or ())[::-1]) if x] if near else []
    for mine, its in found[:1]:
        yield Finding(Drift.VALUE_CHANGE, "answer_differs", {"a": mine, "b": its})


Told = tuple[str, str]
AND = frozenset({"and", "or"})
BEFORE_NOUN = frozenset({"a", "an", "another", "one", "his", "her", "their", "its"})
BEHIND_NOUN = frozenset({"was", "were", "is", "are", "has", "have", "had", "been", "be"})


@lru_cache(maxsize=256)
def _replaced(a: Words, b: Words) -> tuple[tuple[int, int, int, int], ...]:
    """The runs of words of the one in place of which the other has others, by their places in both."""
    match = SequenceMatcher(None, a[:LONGEST_QUOTE], b[:LONGEST_QUOTE], autojunk=False)
    return tuple((i, j, k, n) for tag, i, j, k, n in match.get_opcodes() if tag == "replace")


def _one_word(a: Words, b: Words) -> Iterator[tuple[int, int]]:
    """Where one word stands in the place of another."""
    return ((i, k) for i, j, k, n in _replaced(a, b) if j - i == n - k == 1)


def _member(a: Version, b: Version) -> Told | None:
    """One list with another member: the clock and a lamp are gone; the clock and another bowl were gone."""
    mine, its = a.words, b.words
    for i, j, k, n in _replaced(mine, its) if AND & a.said & b.said else ():
        back = int(i > 0 and k > 0 and mine[i - 1] == its[k - 1] and mine[i - 1] in BEFORE_NOUN)
        first, other = i - back, k - back
        if min(first, other) < 2 or mine[first - 2 : first] != its[other - 2 : other]:
            continue
        x, y = _noun(mine[first:j]), _noun(its[other:n])
        frame = set(mine[j:]) & set(its[n:]) - STOP
        if mine[first - 1] in AND and x and y and frame and x[-1] != y[-1] and not ANYBODY & {x[-1], y[-1]}:
            return " ".join(x), " ".join(y)
    return None


def _listed(a: Version, b: Version) -> Told | None:
    """Both of two things behind one figure, told as the first alone: 9 million in cash and shares, in cash."""
    if not shared_numbers(a, b):
        return None
    for one, other in ((a, b), (b, a)):
        m = re.search(r"(?P<first>(?:in|of|by) \w+) and (?P<second>\w+)", _behind_figure(one))
        first = m and f" {m['first']} " in f" {_behind_figure(other)} "
        if m and first and m["second"].split()[-1] not in other.words and not AND & set(_behind_figure(other).split()):
            return (m[0], m["first"]) if one is a else (m["first"], m[0])
    return None


def _behind_figure(version: Version) -> str:
    """The next few words behind the figure, up to a comma or stop."""
    q = version.statement.quantity
    at = version.exact.find(q.text) + len(q.text) if q and q.text and q.text in version.exact else len(version.exact)
    return " ".join(w.lower() for w in as_printed(re.split(r"[,;.:] ", version.exact[at:])[0])[:6])


def _noun(words: Words) -> Words:
    """The words if they are a noun with what stands before it."""
    while words and words[-1] in BEHIND_NOUN:
        words = words[:-1]
    return words if 2 <= len(words) <= 4 and words[0] in BEFORE_NOUN else ()


def _number(a: Version, b: Version) -> Told | None:
    """Six months told as three, where no figure of the two is compared."""
    if any(v.statement.quantity or v.statement.running for v in (a, b)) or a.earlier or b.earlier:
        return None
    mine, its = a.words, b.words
    for i, k in _one_word(mine, its):
        counted = mine[i + 1 : i + 2]
        if counted != its[k + 1 : k + 2] or CALENDAR.issuperset(counted):
            continue
        values = {int(w) if w.isdecimal() and len(w) < 9 else SMALL.get(w) for w in (mine[i], its[k])}
        if len(values) == 2 and None not in values:
            noun = f"{counted[0]}.m." if counted in (("a",), ("p",)) else " ".join(counted)
            return f"{mine[i]} {noun}".strip(), f"{its[k]} {noun}".strip()
    return None


def _standing(a: Version, b: Version) -> Told | None:
    """A former mayor told as the mayor."""
    if STANDING & b.said or STANDING.isdisjoint(a.said):
        return None
    return next(
        (
            (f"{w} {noun}", noun)
            for w, noun in pairwise(a.words)
            if w in STANDING and noun in b.words and noun not in STOP
        ),
        None,
    )


def _by_birth(a: Version, b: Version) -> Told | None:
    """Somebody born in a country told as one of its people: a Lorn-born cook, a Lornian."""
    if any(w.endswith("born") for w in b.words):
        return None
    mine, its = (as_printed(v.exact) for v in (a, b))
    born = ((i, w) for i, w in enumerate(mine) if w.endswith("-born") and w[0].isupper())
    places = ((i, k) for i, w in born for k, x in enumerate(its) if x.startswith(w[:4]) and x not in mine)
    return next((_whole_names(mine, i, its, k) for i, k in places), None)


def _whole_names(mine: Sequence[str], i: int, its: Sequence[str], k: int) -> Told:
    """The words at two places with the capitalised ones that stand before both: New Zealand-born, New Zealander."""
    n = 0
    while n < min(i, k) and mine[i - n - 1] == its[k - n - 1] and _of_name(mine[i - n - 1]):
        n += 1
    return " ".join(mine[i - n : i + 1]), " ".join(its[k - n : k + 1])


def _of_name(word: str) -> bool:
    return word[0].isupper() and word.lower() not in STOP


def _contrary(a: Version, b: Version) -> Told | None:
    """The east door told as the west door, open as closed, safe as unsafe."""
    if a.denies != b.denies:
        return None
    pairs = ((a.words[i], b.words[k]) for i, k in _one_word(a.words, b.words))
    return next((p for p in pairs if frozenset(p) in ONE_OF or SIDES_OF_PLACE.issuperset(p) or _negated(*p)), None)


def _negated(word: str, other: str) -> bool:
    return min(len(word), len(other)) > 3 and other in (f"un{word}", word.removeprefix("un")) and word != other


def _quality(a: Version, b: Version) -> Told | None:
    """Limited equipment told as well equipped: of one thing good in the one, bad in the other."""
    if (BAD.isdisjoint(a.said) and BAD.isdisjoint(b.said)) or a.denies != b.denies:
        return None
    for good, bad in ((a, b), (b, a)):
        if BAD & good.said or GOOD & bad.said or not (GOOD & good.said and BAD & bad.said):
            continue
        fine = next((f"{w} {x}" for w, x in pairwise(good.words) if w in GOOD and fold_word(x) in bad.content), None)
        poor = next((w for w in bad.words if w in BAD), None)
        if fine and poor:
            return (fine, poor) if good is a else (poor, fine)
    return None


def unit_findings(a: Version, b: Version) -> Iterator[Finding]:
    """One number with another unit behind it, where no figures are compared: 60 metres, 60 feet; 85 euros, 85 dollars."""
    for i, k in _one_word(a.words, b.words) if not (a.statement.quantity and b.statement.quantity) else ():
        x, y = a.words[i], b.words[k]
        units = {(UNITS | CURRENCIES).get(w) for w in (x, y)}
        number = a.words[i - 1 : i]
        if number == b.words[k - 1 : k] and number and _counts(number[0]) and None not in units and len(units) == 2:
            given = {"a": number[0], "a_unit": x, "b": number[0], "b_unit": y}
            yield Finding(Drift.UNIT_OR_ZONE_CHANGED, "unit", given)


def _counts(word: str) -> bool:
    return word[0].isdecimal() or word in SMALL or word in SCALES


OF_ANY = (_member, _listed, _quality)
OF_ALIKE = (_member, _listed, _number, _contrary, _quality, _by_birth)
"""Rules for any two claims of one source, and for two that are alike; of several that find something the first is told."""


# --- names --------------------------------------------------------------------------------------------------------


def name_findings(a: Version, b: Version) -> Iterator[Finding]:
    """A name that is spelt otherwise between the same words, or beside the same name; where it is asked for, another answer."""
    mine, its = (as_printed(v.exact) for v in (a, b))
    placed = ((i, k) for i, k in _one_word(a.words, b.words) if i and k)
    new = [k for k, x in enumerate(its) if x not in mine]
    apart = [(i, k) for i, w in enumerate(mine) if w not in its for k in new]
    beside = ((i, k) for i, k in apart if _near_name(mine, i, its, k))
    for one, other in dict.fromkeys((mine[i], its[k]) for i, k in (*placed, *beside) if _misspelt(mine[i], its[k])):
        kind = Drift.VALUE_CHANGE if _asked_for(a, one) and _asked_for(b, other) else Drift.NAME_CHANGED
        yield Finding(kind, "name", {"a": one, "b": other})


def whole_names(a: Version, b: Version) -> Iterator[Finding]:
    """One person spelt otherwise in both names, of one age or number: Marta Lind-say, 43, and Martha Lindsey, 43."""
    mine, its = aged(a), aged(b)
    for x, y in ((x, y) for x in mine for y in its if mine[x] & its[y]):
        pairs = [
            (p.replace("-", "").title(), q.replace("-", "").title()) for p, q in zip(x.split(), y.split(), strict=True)
        ]
        if x != y and all(p == q or _misspelt(p, q) for p, q in pairs):
            yield Finding(Drift.NAME_CHANGED, "name", {"a": x, "b": y})


@kept
def aged(version: Version) -> dict[str, frozenset[str]]:
    """Each pair of names that a number stands behind, with that: "Ana Pell, 43"."""
    found = re.finditer(r"\b([A-Z][\w’'-]+ [A-Z][\w’'-]+)(?:, | \()(\d{1,3})\b", version.exact)
    return {m[1]: frozenset({m[2]}) for m in found}


def _asked_for(version: Version, name: str) -> bool:
    """True for a name that answers the question."""
    return version.statement.kind is Kind.WHO_WHAT and name in (
        version.statement.answer or version.statement.said or ""
    )


def _near_name(mine: Sequence[str], i: int, its: Sequence[str], k: int) -> bool:
    """True where both words stand behind, or before, one name: Magda Oyelin, Magda Oyelyn."""
    pairs = ((mine[max(0, i - 1) : i], its[max(0, k - 1) : k]), (mine[i + 1 : i + 2], its[k + 1 : k + 2]))
    return any(x == y != [] and _of_name(x[0]) for x, y in pairs)


def _misspelt(a: str, b: str) -> bool:
    """True for two names of one beginning that are nearly the same letters, but for endings that mean something."""
    if min(len(a), len(b)) < 4 or a[0] != b[0] or not (a[0].isupper() and a[1:].islower() and b[1:].islower()):
        return False
    if ("-" in a) != ("-" in b) or CALENDAR.issuperset((a.lower(), b.lower())):
        return False
    if a.rstrip("s") == b.rstrip("s") or kin(a.lower(), b.lower()):
        return False
    return SequenceMatcher(None, a, b, autojunk=False).ratio() >= 0.75


# --- quotation marks --------------------------------------------------------------------------------------------------


LONGEST_QUOTE = 400
"""Words looked at: a quotation is shorter, and matching takes the square of the length."""
SHARED_AT_LEAST = 4
"""Words that two tellings of one quotation have in common."""

Marked = list[tuple[str, bool]]
"""Words without case, each with whether it stands inside quotation marks."""


def quote_findings(a: str, b: str) -> Iterator[Finding]:
    """What differs inside the quotation marks of two versions of the same words; nothing where they are other words."""
    if not (opened(a) and opened(b)):
        return
    mine, its = marked(a), marked(b)
    if not any(q for _, q in mine) or not any(q for _, q in its):
        return
    match = SequenceMatcher(None, [w for w, _ in mine], [w for w, _ in its], autojunk=False)
    if match.ratio() < 0.6 or sum(block.size for block in match.get_matching_blocks()) < SHARED_AT_LEAST:
        return
    moved: list[str] = []
    for tag, i, j, k, n in match.get_opcodes():
        if tag == "equal":
            moved += [mine[i + s][0] for s in range(j - i) if mine[i + s][1] != its[k + s][1]]
        elif tag == "replace" and all(q for _, q in mine[i:j]) and all(q for _, q in its[k:n]):
            yield Finding(Drift.QUOTE_WORD, "quote_word", {"a": _joined(mine[i:j]), "b": _joined(its[k:n])})
    if 0 < len(moved) <= 8:
        yield Finding(Drift.QUOTE_BOUNDARY, "quote_boundary", {"words": " ".join(moved)})


def marked(text: str) -> Marked:
    """The words of the text, each with whether it is quoted."""
    found: Marked = []
    inside = False
    for m in re.finditer(r"[“”«»„\"]|[^\W_]+(?:[’'-][^\W_]+)*", text):
        piece = m.group()
        if piece in OPENING:
            inside = True
        elif piece in "”»":
            inside = False
        elif piece == '"':
            inside = not inside
        else:
            found.append((piece.lower(), inside))
        if len(found) == LONGEST_QUOTE:
            break
    return found


def _joined(part: Marked) -> str:
    return " ".join(w for w, _ in part)
