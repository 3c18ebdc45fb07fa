"""Names of sources: folded, told from mere descriptions, and which of them may be of one source.

The machine never makes two names one: it guesses, with the reason, and only a person's word counts.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from functools import cache, lru_cache
from itertools import combinations

from msgspec import Struct

from ledger import lexicon
from ledger.crossref.wordlists import (
    APPOSED,
    ARTICLES,
    BODIES,
    EARLIER_SELF,
    GENERIC,
    NAMELESS,
    OPEN_BODIES,
    ORGANISED,
    PARTICLES,
    SMALL,
    SOLE_BODIES,
    TITLES,
    UNNAMED,
)
from ledger.text import folding
from ledger.vocabulary import SourceKind


@lru_cache(maxsize=4096)
def nameless(name: str, kind: SourceKind | None = None) -> bool:
    """True where the words describe a speaker without naming one: "a military source", "activists", "unnamed media"."""
    if kind is SourceKind.ANONYMOUS:
        return True
    if apposed(name):
        return False
    words = [w for w in folding.without_brackets(name).split() if w.lower() not in ARTICLES]
    if kind is SourceKind.WITNESS and not (len(words) > 1 and all(w[0].isupper() for w in words)):
        return True
    if not words or any(w.lower() in UNNAMED for w in words):
        return bool(words)
    head = next((w for w in words if w.lower() not in PARTICLES), words[0])
    if head[0].islower() and "-" not in head[:4] and not head.startswith("@") and "." not in head:
        return not (_one_body(name) or _behind(words))
    rest = words[1:]
    # "Syrian state media" is an institution, "Syrian military source" is nobody in particular
    some = NAMELESS - SOLE_BODIES
    return bool(rest) and "state" not in rest and rest[-1].lower() in some and all(w[0].islower() for w in rest)


@lru_cache(maxsize=4096)
def apposed(name: str) -> tuple[str, str] | None:
    """Who stands behind an office in words, and the office: ("Ada Moss", "mayor of Lorn") of "the mayor of Lorn, Ada Moss"."""
    if name.partition(" ")[0].lower() not in WHOSE and not any(mark in name for mark in ",'’"):
        return None  # asked first, since most names have none of these
    found = _office_and_name().fullmatch(name)
    who, office = (found["name"] or found["body"], found["office"] or found["post"]) if found else ("", "")
    post, of, _ = re.sub(r" (?:at|for) ", " of ", office, count=1).partition(" of ")
    head = post.rpartition(" ")[2]
    held = head in _of_persons() or not (of or head in BODIES or " " not in who)  # not "the town of Lorn, Norland"
    return (who, office) if found and held else None


WHOSE = frozenset({"its", "his", "her", "their", "our"})
"""What opens an office that is somebody's."""


@cache
def _of_persons() -> frozenset[str]:
    """Words for the one person who holds a post, or is somebody's: mayor, wife."""
    return TITLES | lexicon.words("en/speakers", "he") | lexicon.words("en/speakers", "she")


@cache
def _office_and_name() -> re.Pattern[str]:
    cap = r"[^\W\d_a-z][\w.’'-]*"
    office = rf"[a-z][a-z-]+(?: [a-z-]+){{0,3}}?(?: (?:of|at|for) (?:the )?{cap}(?: {cap})?)?"
    whose = rf"(?i:its|his|her|their|our)|(?:(?i:the|a|an) )?(?:{cap} )?[\w-]+(?:['’]s|s['’])"
    return re.compile(
        rf"(?:(?i:the)|{whose}) (?P<office>{office}), (?P<name>{cap}(?: (?:(?!and )[a-z]{{2,3}} )?{cap}){{0,3}})"
        rf"|(?:{whose}) (?P<post>{office}) (?P<body>{cap}(?: {cap}){{1,3}})"
    )


def called(name: str) -> str:
    """The name alone, without the office that a text puts before it."""
    found = apposed(name)
    return found[0] if found else name


@lru_cache(maxsize=4096)
def untitled(name: str) -> str:
    """A person's two names or more without title or office: "Police Superintendent Ada Moss", "Ada Moss, head of it"."""
    bare, _, office = name.partition(", ")
    behind = _behind(bare.split()) if bare[:1].islower() else ""
    named = _without_titles((behind or bare).split())
    titled = len(named) < len(bare.split()) or not TITLES.isdisjoint(office.split()) or _body(office.lower().split())
    titled = titled or (office.isupper() and len(office) > 1)
    return " ".join(named) if titled and len(named) > 1 and _person(" ".join(named))[0] else name


def tells_of_itself(name: str) -> bool:
    """True for an article that speaks of itself as it stood before: "an earlier version of this article"."""
    return any(phrase in name.casefold() for phrase in EARLIER_SELF)


def _behind(words: Sequence[str]) -> str:
    """The name behind a description: of two words or more, "council leader Ann Roe", or that of a body, "the union Unison".

    None stands behind a preposition: "officials in New York".
    """
    small = next((n for n in range(len(words), 0, -1) if not words[n - 1][0].isupper()), 0)
    what = words[small - 1].lower() if small else ""
    named = len(words) - small > 1 or what in BODIES | ORGANISED | APPOSED
    beside = what in SMALL | lexicon.words("en/grammar", "prepositions") or what.endswith(
        "ing"
    )  # "refugees fleeing New York"
    return " ".join(words[small:]) if named and not beside else ""


def _one_body(name: str) -> bool:
    """True for a body in small letters, "the water board", "the court in Lorn", "police"; "a water board" may be any."""
    bare = folding.without_brackets(name).removeprefix("the ").removeprefix("The ")
    body, of, whose = re.sub(r" (?:in|at) ", " of ", bare, count=1).partition(" of ")
    words = body.lower().split()
    told = whose[:1].isupper() if of else len(words) > 1 or body.lower() in SOLE_BODIES
    return bool(words) and told and words[-1] in BODIES | SOLE_BODIES and words[0] not in OPEN_BODIES | ARTICLES


def tied(name: str, outlets: Iterable[str] = ()) -> bool:
    """True where a description is tied to one outlet: "a military source (of Example TV)", "an AFP correspondent"."""
    if bracketed(name) or agency().search(name):
        return True
    words = f" {folding.name(name)} "
    return any(f" {folding.name(outlet)} " in words for outlet in outlets if folding.name(outlet))


def bracketed(name: str) -> str | None:
    m = re.search(r"\(([^()]{1,200})\)", name)
    return m.group(1).strip() if m else None


@cache
def agency() -> re.Pattern[str]:
    """The name of a news agency, as agencies write theirs."""
    return re.compile(rf"\b(?:{lexicon.alternatives(lexicon.listed('agencies', 'names'))})\b")


# --- guesses ----------------------------------------------------------------------------------------------------------


MOST_HOLDERS = 200
"""A word that more names hold than this tells none of them."""


class AliasGuess(Struct, frozen=True):
    """Two names that may be of one source, and why; only a person makes them aliases."""

    a: str
    b: str
    reason: str
    """A key of `RULES`; "spokesman": the first speaks for the second."""


def suggest_aliases(names: Iterable[str], kinds: Mapping[str, SourceKind] | None = None) -> list[AliasGuess]:
    """Pairs of names that may mean one source, each with its reason, in the order of the names."""
    given = list(dict.fromkeys(names))
    place = {name: i for i, name in enumerate(given)}
    found: dict[tuple[str, str], AliasGuess] = {}
    for reason, rule in RULES.items():
        for a, b in rule(given):
            first, second = sorted((a, b), key=place.__getitem__)
            ends = (a, b) if reason == "spokesman" else (first, second)
            if a != b:
                found.setdefault((first, second), AliasGuess(*ends, reason))
    for a, b in _described(given, kinds or {}):
        first, second = sorted((a, b), key=place.__getitem__)
        found.setdefault((first, second), AliasGuess(first, second, "description"))
    return [guess for _, guess in sorted(found.items(), key=lambda f: [place[n] for n in f[0]])]


Pairs = Iterator[tuple[str, str]]


def _sharing(names: Iterable[str], key: Callable[[str], object]) -> Pairs:
    """Pairs of names with one key; a key that is empty or None is none."""
    groups: dict[object, list[str]] = defaultdict(list)
    for name in names:
        if k := key(name):
            groups[k].append(name)
    for group in groups.values():
        yield from combinations(group[:MOST_HOLDERS], 2)


def _spelled(names: Sequence[str]) -> Pairs:
    return _sharing(names, lambda n: folding.name(folding.without_brackets(n)))


def _introductions(names: Sequence[str]) -> Pairs:
    """A name with what it is the name of, and without: the union Unison, Unison."""
    bare = {folding.name(n): n for n in names}
    for name in names:
        words = [w for w in folding.without_brackets(name).split() if w.lower() not in ARTICLES]
        if words and words[0][0].islower() and (other := bare.get(folding.name(_behind(words)))):
            yield name, other


def _sounding(names: Sequence[str]) -> Pairs:
    """Transliterations; of short words the consonants tell too little: John is not Jane."""
    for a, b in _sharing([n for n in names if not nameless(n)], lambda n: s if len(s := skeleton(n)) > 3 else None):
        if all(x == y or min(len(x), len(y)) > 4 for x, y in zip(_sounds(a), _sounds(b), strict=True)):
            yield a, b


def skeleton(name: str) -> str:
    """What transliterations of one name share: Abdel Rahman, Abdulrahman and Abd al-Rahman give the same."""
    return " ".join(map(_consonants, _sounds(name)))


def _sounds(name: str) -> list[str]:
    plain = re.sub(
        r"\babd ?[aeu](?:l|r(?=r)|s(?=s)|n(?=n)|z(?=z)) ?", "abdul", folding.name(folding.without_brackets(name))
    )
    return [w for w in plain.split() if w not in ("al", "el", "ul")]


def acronym(name: str) -> str | None:
    """The capital letters of the words that carry the name; None for a single word."""
    words = [w for w in re.split(r"[\s-]+", folding.without_brackets(name)) if w and w.lower() not in SMALL]
    letters = "".join(w[0] for w in words if w[0].isupper())
    return letters if len(letters) > 1 else None


def _acronyms(names: Sequence[str]) -> Pairs:
    short = {n.replace(".", ""): n for n in names if n.replace(".", "").isupper() and 2 <= len(n.replace(".", "")) <= 8}
    for name in names:
        letters = acronym(name)
        if letters in short and short[letters] != name:
            yield short[letters], name
        inner = bracketed(name)
        if inner in short:
            yield short[inner], name


def _short(names: Sequence[str]) -> Pairs:
    """A shorter form of the only longer name that holds it: “the Observatory”; a first name alone is left alone."""
    split = {n: folding.name(folding.without_brackets(n)).split() for n in names}
    holders = _holders(names, split.__getitem__)
    for name, words in split.items():
        if not words or (nameless(name) and not name.lower().startswith("the ")):
            continue
        longer = [n for n in holders[words[-1]] if n != name and _within(words, split[n]) and not _of_office(words, n)]
        if len(longer) == 1 and (len(words) > 1 or name.lower().startswith("the ")):
            yield name, longer[0]


def _of_office(words: Sequence[str], name: str) -> bool:
    """True where the words are of a person's office: “the company” in "P. Renn of the grid company Voltar"."""
    return f" {' '.join(words)} " in f" {folding.name(_person(name)[1])} "


def _holders(names: Iterable[str], words: Callable[[str], Iterable[str]]) -> Mapping[str, list[str]]:
    """The first names that hold each word."""
    found: dict[str, list[str]] = defaultdict(list)
    for name in names:
        for word in set(words(name)):
            if len(found[word]) < MOST_HOLDERS:
                found[word].append(name)
    return found


def _within(short: list[str], long: list[str]) -> bool:
    """True where the longer name holds the shorter, and does not go on with the name of another body."""
    held = any(long[i : i + len(short)] == short for i in range(len(long)))
    return held and len(short) < len(long) and not (_body(short) and _body(set(long) - set(short) - GENERIC - OF_STATE))


OF_STATE = frozenset({"state"})
"""Words of a body's name that say no more than whose it is: the state health ministry."""


# --- bodies -------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def parts(name: str) -> tuple[str, ...]:
    """The words of a name, sorted, small ones left out, in one spelling and in English where the tables know them."""
    plain = folding.name(folding.without_brackets(name))
    if not plain.isascii():
        plain = _glued().sub(lambda m: f" {_meanings()[m.group()]} ", plain)
    translated = plain
    if lexicon.may_hold(plain, _first_of_foreign()):
        translated = _foreign().sub(lambda m: _meanings()[m.group()], plain)
    return tuple(sorted(w for w in translated.split() if w not in SMALL and w not in ARTICLES))


@cache
def _meanings() -> Mapping[str, str]:
    return {folding.name(word): meaning for word, meaning in lexicon.meanings("bodies", "words").items()}


@cache
def _first_of_foreign() -> frozenset[str]:
    return lexicon.first_words(_meanings())


@cache
def _foreign() -> re.Pattern[str]:
    return re.compile(rf"(?<!\w)(?:{lexicon.alternatives(tuple(_meanings()))})(?!\w)")


@cache
def _glued() -> re.Pattern[str]:
    """Words of scripts that set no spaces between words."""
    return re.compile(lexicon.alternatives(tuple(w for w in _meanings() if w[0] > "\u2fff")))


def _body(words: Iterable[str]) -> bool:
    return not (BODIES | ORGANISED).isdisjoint(words)


def _core(name: str) -> tuple[str, ...]:
    """The parts of a body's name without those that it may leave out; empty for what is no body."""
    found = parts(name)
    kept = tuple(w for w in found if w not in GENERIC)
    return (kept if len(kept) > 1 else found) if _body(found) and len(found) > 1 else ()


def _bodies(names: Sequence[str]) -> Pairs:
    """The same words in another order or spelling: Health Ministry, Ministry of Health; Palestine, Palestinian."""
    for a, b in _sharing(names, lambda n: tuple(w[:4] for w in _core(n))):
        if all(x == y or kin(x, y) for x, y in zip(_core(a), _core(b), strict=True)):
            yield a, b


PEOPLE = frozenset({"i", "n", "an", "ian", "ese", "lese", "ish", "ians", "ans", "vian", "nian", "egian"})
COUNTRY = frozenset({"", "a", "e", "y", "ia", "ey", "on", "ine", "istan", "ay"})
"""How the names of a people and of its country go on behind what they share."""


def kin(a: str, b: str) -> bool:
    """True for a country and its people: Turkey, Turkish; Iran and Irish are not."""
    shared = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    ends = {a[shared:], b[shared:]}
    return shared >= 4 and ends <= PEOPLE | COUNTRY and not ends.isdisjoint(PEOPLE)


def _longer(names: Sequence[str]) -> Pairs:
    """A body named in full by the only other that holds all its words: the health ministry, Freedonian Ministry of Health."""
    holders = _holders(names, _core)
    for name in names:
        core = set(_core(name))
        near = holders[min(core, key=lambda w: len(holders[w]))] if len(core) > 1 else []
        full = {_core(n): n for n in near if core < set(_core(n)) and not _body(set(_core(n)) - core - OF_STATE)}
        if len(full) == 1:
            yield from ((name, n) for n in full.values())


def _scripts(names: Sequence[str]) -> Pairs:
    """One body in two scripts: the words that the tables know are the same, and there are several."""
    known = {w for meaning in lexicon.table("bodies", "words") for w in meaning.split()}
    concepts = {name: tuple(w for w in parts(name) if w in known) for name in names}
    pairs = _sharing(names, lambda n: concepts[n] if len(concepts[n]) > 1 else None)
    return ((a, b) for a, b in pairs if a.isascii() != b.isascii())


# --- persons ------------------------------------------------------------------------------------------------------


@lru_cache(maxsize=4096)
def _person(name: str) -> tuple[tuple[str, ...], str]:
    """A person's name without title and office, as words, and the office; no words for what is no person."""
    bare, _, after = folding.without_brackets(name).partition(",")
    whose = re.fullmatch(r"(\S+ .+?) (of (?:the |[A-Z]).+)", bare)  # "P. Renn of the grid company Voltar"
    bare, after = (whose[1], f"{after} {whose[2]}") if whose else (bare, after)
    words = bare.split()
    first = len(words) - len(_without_titles(words))
    named = tuple(folding.words(folding.unaccented(" ".join(words[first:]))).split())
    capital = all(w[0].isupper() or w.lower() in PARTICLES for w in words[first:])
    if not named or len(named) > 4 or not capital or _body(named) or (len(named) == 1 and not first):
        return (), ""
    return named, " ".join((*words[:first], bracketed(name) or "", after))


def is_person(name: str) -> bool:
    """True for what may be a person's name, whatever kind was given to the source: no front, no union."""
    return bool(_person(name)[0])


def office_told(name: str) -> str:
    """What stands in brackets behind a name, or behind the comma of a person's: "Orm Bank" of "Ada Moss, Orm Bank"."""
    return bracketed(name) or (name.partition(",")[2].strip() if _person(name)[0] else "")


def _without_titles(words: Sequence[str]) -> Sequence[str]:
    """The words behind the last title, of "Secretary of State Ada Moss" the name alone; all of them where none is behind."""
    titles = [i for i, w in enumerate(words) if w.lower().rstrip(".") in TITLES]
    left = words[titles[-1] + 1 :] if titles else ()
    if left[:1] == ["of"]:  # of what is not said to end anywhere
        left = left[-3:] if len(left) > 4 and len(left[-2].rstrip(".")) == 1 else left[-2:] if len(left) > 3 else ()
    return left or words


def _persons(names: Sequence[str]) -> Pairs:
    """A person with an office and without; initials; a middle name or patronymic; a surname behind a title."""
    people = {n: words for n in names if (words := _person(n)[0])}
    by_last = _holders(people, lambda n: people[n][-1:])
    people |= {
        n: (folding.name(n),) for n in names if n.istitle() and n.isalpha() and len(n) > 2 and not _body([n.lower()])
    }
    yield from _sharing(people, lambda n: people[n] if len(people[n]) > 1 else None)
    for name, words in people.items():
        fuller = {people[n]: n for n in by_last[words[-1]] if _abbreviates(words, people[n])}
        fullest = [n for short, n in fuller.items() if not any(_abbreviates(short, other) for other in fuller)]
        if len(fullest) == 1:
            yield name, fullest[0]


@lru_cache(maxsize=1024)
def two_persons(a: str, b: str) -> bool:
    """True for the names in full of two persons, of which no word is spelt or sounds like one of the other's."""
    one, other = (_person(untitled(name))[0] for name in (a, b))
    return min(len(one), len(other)) > 1 and not any(_one_word(x, y) for x in one for y in other)


def _one_word(x: str, y: str) -> bool:
    """True for a short form or an initial of the other, and for one sound."""
    short, full = sorted((x, y), key=len)
    return full.startswith(short) or _consonants(x) == _consonants(y)


def _abbreviates(short: tuple[str, ...], full: tuple[str, ...]) -> bool:
    """True where the first may be the second: "petrov", "i petrov" and "igor petrov" of "igor ivanovich petrov"."""
    if short == full or short[-1] != full[-1] or len(full) < 2:
        return False
    if len(short) == 1:
        return True
    if len(short[0]) > 1:
        return short[0] == full[0] and len(short) < len(full)
    return len(full[0]) > 1 and all(x[0] == y[0] for x, y in zip(short[:-1], full[:-1], strict=False))


def _speakers(names: Sequence[str]) -> Pairs:
    """A person by his office, and the only body that it names: Ann Roe (Harbour Ministry spokeswoman), Harbour Ministry."""
    bodies = {n: set(_core(n)) for n in names if _core(n)}
    by_head = _holders(bodies, lambda n: bodies[n] & (BODIES | ORGANISED))
    short = {letters: n for n in names if (letters := acronym(n))} | {n: n for n in names if n.isupper()}
    for name in names:
        office = _person(name)[1]
        words = set(parts(office))
        full = [b for w in words & (BODIES | ORGANISED) for b in by_head.get(w, ())]
        whole = [b for b in full if bodies[b] <= words]
        for body in dict.fromkeys([short[w] for w in office.split() if w in short] + (whole or full)[:2]):
            if whole or len(full) < 2:
                yield name, body
    yield from _heads(names)


def _heads(names: Sequence[str]) -> Pairs:
    """Who leads a body or speaks for it, and the body: the chairman of Voltar, the health minister and the ministry."""
    ministries = {frozenset(core) - MINISTRY: n for n in names if MINISTRY & set(core := _core(n))}
    by_name = {folding.name(n): n for n in names if not _person(n)[0]}
    for name in names:
        office = folding.name(_person(name)[1])
        words = office.split()
        if LEADING.isdisjoint(words):
            continue
        runs = (" ".join(words[i:j]) for i in range(len(words)) for j in range(i + 1, len(words) + 1))
        yield from ((name, by_name[run]) for run in runs if run in by_name)
        of = frozenset(parts(office)) - {"minister"}
        if "minister" in words and of in ministries:
            yield name, ministries[of]


LEADING = lexicon.words("en/offices", "leading")
MINISTRY = frozenset({"ministry", "department"})


RULES: Mapping[str, Callable[[Sequence[str]], Pairs]] = {
    "spelling": _spelled,
    "acronym": _acronyms,
    "transliteration": _sounding,
    "short name": _short,
    "other words": _bodies,
    "full name": _longer,
    "introduced": _introductions,
    "other script": _scripts,
    "person": _persons,
    "spokesman": _speakers,
}
"""Why two names may be of one source, the plainest reason first."""


def _described(names: list[str], kinds: Mapping[str, SourceKind]) -> Pairs:
    """A description of the only monitoring group that is named, or of the only one that is introduced as such.

    “The Britain-based monitoring group”; “the company” where somebody speaks for “the grid company Voltar”.
    """
    for name in names:
        what = name.lower().removeprefix("the ")
        if what in BODIES and name.lower() != what:
            introduced = [n for n in names if any(f" {what} {n} " in f" {other} " for other in names)]
            yield from ((name, n) for n in introduced if len(introduced) == 1)
    named = [n for n in names if kinds.get(n) is SourceKind.MONITORING_GROUP and not _describes_monitor(n)]
    if len(named) == 1:
        yield from ((name, named[0]) for name in names if _describes_monitor(name))


def _describes_monitor(name: str) -> bool:
    words = folding.name(name).split()
    return bool(words) and (
        words[-1] in ("monitor", "watchdog") or words[-2:] in (["monitoring", "group"], ["monitoring", "organisation"])
    )


# --- sounds -------------------------------------------------------------------------------------------------------

SOUNDS = {
    "kh": "k", "gh": "g", "ph": "f", "sch": "s", "sh": "s", "ch": "s", "dh": "d", "th": "t", "q": "k", "ck": "k", "w": "v",
    "c": "k",
}  # fmt: skip
"""What transliterations write for one sound, replaced in this order."""


def _consonants(word: str) -> str:
    for sounds, letter in SOUNDS.items():
        word = word.replace(sounds, letter)
    first, rest = word[:1], word[1:]
    kept = first + "".join(c for c in rest if c not in "aeiouyh")
    return re.sub(r"(.)\1+", r"\1", kept)
