"""Names that may mean one source, proposed for a person to confirm; the machine never makes two sources one."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from itertools import combinations

from ledger import records as r
from ledger.crossref.names import bracketed, nameless
from ledger.crossref.wordlists import SMALL
from ledger.store import Ledger, Writer, read
from ledger.suggestions import Proposal, propose
from ledger.text import folding
from ledger.vocabulary import Relating, SourceKind, SuggestionKind

MADE_BY = "names/1"


def propose_aliases(writer: Writer) -> list[r.Suggestion]:
    """Logs a suggestion for each pair of sources whose names may be one, where none was made before; gives the new ones."""
    known = {s.name: s for s in read.sources(writer.ledger) if s.merged_into is None}
    settled = _settled(writer.ledger)
    made = []
    for guess in suggest_aliases(known, {name: SourceKind(s.kind) for name, s in known.items()}):
        a, b = known[guess.a], known[guess.b]
        if frozenset((a.id, b.id)) in settled:
            continue
        stays, goes = (a, b) if a.claims >= b.claims else (b, a)
        data = {"source": stays.uid, "same": goes.uid}
        proposal = Proposal(SuggestionKind.ALIAS, data, guess.reason, "0.5", MADE_BY, target=stays.uid)
        if uid := propose(writer, proposal):
            made.append(read.suggestion(writer.ledger, uid))
    return made


def _settled(ledger: Ledger) -> set[frozenset[str]]:
    """Pairs that a person called one source, or not one."""
    words = (Relating.SAME_AS, Relating.INDEPENDENT)
    return {frozenset((x.source_id, x.to_id)) for x in read.relations(ledger) if x.relation in words}


# --- guesses ----------------------------------------------------------------------------------------------------------


MOST_HOLDERS = 200
"""A word that more names hold than this is no short form of one of them."""


@dataclass(frozen=True, slots=True)
class AliasGuess:
    """Two names that may be of one source, and why; only a person makes them aliases."""

    a: str
    b: str
    reason: str
    """spelling, acronym, transliteration, short name or description."""


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
    plain = _servant().sub("abdul", folding.name(folding.without_brackets(name)))
    words = [w for w in plain.split() if w not in ("al", "el", "ul")]
    return " ".join(_consonants(w) for w in words)


def acronym(name: str) -> str | None:
    """The capital letters of the words that carry the name; None for a single word."""
    words = [w for w in re.split(r"[\s-]+", folding.without_brackets(name)) if w and w.lower() not in SMALL]
    letters = "".join(w[0] for w in words if w[0].isupper())
    return letters if len(letters) > 1 else None


# --- pairs --------------------------------------------------------------------------------------------------------


def _pairs(names: list[str], kinds: Mapping[str, SourceKind]) -> Iterator[tuple[str, str, str]]:
    yield from _sharing(names, lambda n: folding.name(folding.without_brackets(n)), "spelling")
    yield from _acronyms(names)
    yield from _sharing([n for n in names if len(skeleton(n)) > 3 and not nameless(n)], skeleton, "transliteration")
    yield from _short(names)
    yield from _described(names, kinds)


def _sharing(names: list[str], key: Callable[[str], str], reason: str) -> Iterator[tuple[str, str, str]]:
    groups: dict[str, list[str]] = defaultdict(list)
    for name in names:
        groups[key(name)].append(name)
    for group in groups.values():
        for a, b in combinations(group, 2):
            yield a, b, reason


def _acronyms(names: list[str]) -> Iterator[tuple[str, str, str]]:
    short = {n.replace(".", ""): n for n in names if n.replace(".", "").isupper() and 2 <= len(n.replace(".", "")) <= 8}
    for name in names:
        letters = acronym(name)
        if letters in short and short[letters] != name:
            yield short[letters], name, "acronym"
        inner = bracketed(name)
        if inner in short:
            yield short[inner], name, "acronym"


def _short(names: list[str]) -> Iterator[tuple[str, str, str]]:
    """A shorter form of the only longer name that holds it: “the Observatory”; a first name alone is left alone."""
    holders: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in set(folding.name(name).split()):
            holders[word].append(name)
    for name in names:
        words = folding.name(name).split()
        if not words or (nameless(name) and not name.lower().startswith("the ")):
            continue
        longer = [n for n in holders[words[-1]][:MOST_HOLDERS] if n != name and _tail(words, folding.name(n).split())]
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
    words = folding.name(name).split()
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


@cache
def _servant() -> re.Pattern[str]:
    """Abd with the article, which may stand apart or sound like the letter after it."""
    return re.compile(r"\babd ?[aeu](?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)) ?")
