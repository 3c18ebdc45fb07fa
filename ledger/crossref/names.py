"""Names of sources: folded, told from mere descriptions, and likely to mean the same source."""

from __future__ import annotations

import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import combinations

from ledger import lexicon
from ledger.crossref.wordlists import ARTICLES, NAMELESS, PARTICLES, SMALL, UNNAMED
from ledger.vocabulary import SourceKind

MOST_HOLDERS = 200
"""A word that more names hold than this is no short form of one of them."""


@dataclass(frozen=True, slots=True)
class AliasGuess:
    """Two names that may be of one source, and why; only a person makes them aliases."""

    a: str
    b: str
    reason: str
    """spelling, acronym, transliteration, short name or description."""


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """The name without case, accents, punctuation and articles, and without its own acronym in brackets."""
    added = _bracketed(name)
    text = _unbracketed(name) if added and added.isupper() and added == _initials(name) else name
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = [w for w in _word().findall(plain.casefold()) if w not in ARTICLES]
    return " ".join(words) or name.casefold().strip()


@lru_cache(maxsize=4096)
def nameless(name: str, kind: SourceKind | None = None) -> bool:
    """True where the words describe a speaker without naming one: "a military source", "activists", "unnamed media"."""
    if kind is SourceKind.ANONYMOUS:
        return True
    words = [w for w in _unbracketed(name).split() if w.lower() not in ARTICLES]
    if not words or any(w.lower() in UNNAMED for w in words):
        return bool(words)
    head = next((w for w in words if w.lower() not in PARTICLES), words[0])
    if head[0].islower() and "-" not in head[:4] and not head.startswith("@") and "." not in head:
        return True
    rest = words[1:]
    # "Syrian state media" is an institution, "Syrian military source" is nobody in particular
    return bool(rest) and "state" not in rest and rest[-1].lower() in NAMELESS and all(w[0].islower() for w in rest)


def tied(name: str, outlets: Iterable[str] = ()) -> bool:
    """True where a description is tied to one outlet: "a military source (of Example TV)", "an AFP correspondent"."""
    if _bracketed(name) or agency().search(name):
        return True
    words = f" {fold(name)} "
    return any(f" {fold(outlet)} " in words for outlet in outlets if fold(outlet))


def suggest_aliases(names: Iterable[str], kinds: Mapping[str, SourceKind] | None = None) -> list[AliasGuess]:
    """Pairs of names that may mean one source, each with its reason, in the order of the names."""
    given = list(dict.fromkeys(names))
    place = {name: i for i, name in enumerate(given)}
    found: dict[tuple[str, str], str] = {}
    for a, b, reason in _pairs(given, kinds or {}):
        key = (a, b) if place[a] < place[b] else (b, a)
        if a != b:
            found.setdefault(key, reason)
    return [
        AliasGuess(a, b, reason) for (a, b), reason in sorted(found.items(), key=lambda f: [place[n] for n in f[0]])
    ]


def skeleton(name: str) -> str:
    """What transliterations of one name share: Abdel Rahman, Abdulrahman and Abd al-Rahman give the same."""
    plain = _servant().sub("abdul", fold(_unbracketed(name)))
    words = [w for w in plain.split() if w not in ("al", "el", "ul")]
    return " ".join(_consonants(w) for w in words)


def acronym(name: str) -> str | None:
    """The capital letters of the words that carry the name; None for a single word."""
    words = [w for w in re.split(r"[\s-]+", _unbracketed(name)) if w and w.lower() not in SMALL]
    letters = "".join(w[0] for w in words if w[0].isupper())
    return letters if len(letters) > 1 else None


def _initials(name: str) -> str:
    return "".join(
        w[0] for w in re.split(r"[\s-]+", _unbracketed(name)) if w and w.lower() not in SMALL | ARTICLES
    ).upper()


# --- pairs --------------------------------------------------------------------------------------------------------


def _pairs(names: list[str], kinds: Mapping[str, SourceKind]) -> Iterator[tuple[str, str, str]]:
    yield from _sharing(names, lambda n: fold(_unbracketed(n)), "spelling")
    yield from _acronyms(names)
    yield from _sharing([n for n in names if len(skeleton(n)) > 3 and not nameless(n)], skeleton, "transliteration")
    yield from _short(names)
    yield from _described(names, kinds)


def _sharing(names: list[str], key: object, reason: str) -> Iterator[tuple[str, str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[key(name)].append(name)  # type: ignore[operator]
    for group in groups.values():
        for a, b in combinations(group, 2):
            yield a, b, reason


def _acronyms(names: list[str]) -> Iterator[tuple[str, str, str]]:
    short = {n.replace(".", ""): n for n in names if n.replace(".", "").isupper() and 2 <= len(n.replace(".", "")) <= 8}
    for name in names:
        letters = acronym(name)
        if letters in short and short[letters] != name:
            yield short[letters], name, "acronym"
        inner = _bracketed(name)
        if inner in short:
            yield short[inner], name, "acronym"


def _short(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """A shorter form of the only longer name that holds it: “the Observatory”; a first name alone is left alone."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in set(fold(name).split()):
            holders[word].append(name)
    for name in names:
        words = fold(name).split()
        if not words or (nameless(name) and not name.lower().startswith("the ")):
            continue
        longer = [n for n in holders[words[-1]][:MOST_HOLDERS] if n != name and _tail(words, fold(n).split())]
        if len(longer) == 1 and (len(words) > 1 or name.lower().startswith("the ")):
            yield name, longer[0], "short name"


def _tail(short: list[str], long: list[str]) -> bool:
    return len(short) < len(long) and any(long[i : i + len(short)] == short for i in range(len(long)))


def _described(names: list[str], kinds: Mapping[str, SourceKind]) -> Iterator[tuple[str, str, str]]:
    """A description of the only monitoring group that is named: “the Britain-based monitoring group”."""
    named = [n for n in names if kinds.get(n) is SourceKind.MONITORING_GROUP and not _describes_monitor(n)]
    if len(named) != 1:
        return
    for name in names:
        if _describes_monitor(name):
            yield name, named[0], "description"


def _describes_monitor(name: str) -> bool:
    words = fold(name).split()
    return bool(words) and (
        words[-1] in ("monitor", "watchdog") or words[-2:] in (["monitoring", "group"], ["monitoring", "organisation"])
    )


def _consonants(word: str) -> str:
    for sounds, letter in (
        ("kh", "k"),
        ("gh", "g"),
        ("ph", "f"),
        ("sch", "s"),
        ("sh", "s"),
        ("ch", "s"),
        ("dh", "d"),
        ("th", "t"),
        ("q", "k"),
        ("ck", "k"),
        ("w", "v"),
        ("c", "k"),
    ):
        word = word.replace(sounds, letter)
    first, rest = word[:1], word[1:]
    kept = first + "".join(c for c in rest if c not in "aeiouyh")
    return re.sub(r"(.)\1+", r"\1", kept)


def _unbracketed(name: str) -> str:
    return re.sub(r"\([^()]{0,200}\)", " ", name).strip() or name


def _bracketed(name: str) -> str | None:
    m = re.search(r"\(([^()]{1,200})\)", name)
    return m.group(1).strip() if m else None


@cache
def agency() -> re.Pattern[str]:
    """The name of a news agency, as agencies write theirs."""
    return re.compile(rf"\b(?:{lexicon.alternatives(lexicon.listed('agencies', 'names'))})\b")


@cache
def _servant() -> re.Pattern[str]:
    """Abd with the article, which may stand apart or sound like the letter after it."""
    return re.compile(r"\babd ?[aeu](?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)) ?")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")
