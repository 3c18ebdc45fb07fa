"""Wire copy: a saved text that holds a good part of another word for word.

Copying is containment, not likeness: a paragraph cut off, a byline put before or a text embedded in a longer one leaves most
runs of five words standing. Sampled fingerprints find the candidates, all runs confirm them, and the shared passages are shown.
A claim inside a shared passage has one origin, however many outlets print it.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from difflib import SequenceMatcher
from functools import cached_property
from itertools import combinations, product

from msgspec import Struct

from ledger.crossref.bitsets import levels, places, tally, union
from ledger.crossref.terms import STOP, names, stem
from ledger.crossref.wordlists import CALENDAR, TITLES
from ledger.records import Claim
from ledger.store import Ledger, blobs, read, texts
from ledger.text import folding, shingles
from ledger.text.passages import around
from ledger.text.shingles import Passage

CONTAINED = 0.2
"""The share of the shorter text that makes a copy."""
SHARED_PRINTS = 2
"""Fewer fingerprints in common are chance."""
SHARED_RUNS = 12
"""Fewer runs in common are a phrase or a quotation: sixteen words or so."""
OF_CLAIM = 0.7
"""The share of a claim that must stand in the shared passages."""


class Copy(Struct, frozen=True):
    """An article that shares text with the one asked about."""

    article: str
    """Its uid."""
    capture: str
    containment: str
    """The share of the shorter text that both hold, from 0 to 1."""
    passages: tuple[Passage, ...]
    """By offsets in the text asked about, then in this one; the longest first."""


def copies_of(ledger: Ledger, article: str) -> list[Copy]:
    """Articles whose newest copy shares text with the newest copy of this one (by uid), the closest first."""
    held = newest_text(ledger, article)
    if held is None:
        return []
    _, text = held
    candidates = texts.sharing(ledger, shingles.fingerprints(text))
    others = {other for _, other, count in candidates if other != article and count >= SHARED_PRINTS}
    found = (_copy(ledger, text, other) for other in sorted(others))
    return sorted((c for c in found if c), key=lambda c: -float(c.containment))


def _copy(ledger: Ledger, text: str, other: str) -> Copy | None:
    held = newest_text(ledger, other)
    if held is None:
        return None
    uid, its = held
    share = copied(text, its)
    if share < CONTAINED:
        return None
    passages = sorted(shingles.shared(text, its), key=lambda p: p.start - p.end)
    return Copy(other, uid, f"{share:.2f}", tuple(passages))


def copied(a: str, b: str) -> float:
    """The share of the shorter text that the longer one holds; zero where it is no more than a phrase."""
    return _share(shingles.runs(a), shingles.runs(b))


def _share(mine: frozenset[int], its: frozenset[int]) -> float:
    return shingles.containment(mine, its) if len(mine & its) >= SHARED_RUNS else 0.0


def newest_text(ledger: Ledger, article: str) -> tuple[str, str] | None:
    """The newest copy of an article with its text; None where none was saved or it was redacted."""
    copies = read.captures(ledger, article)
    text = blobs.text(ledger, copies[-1].uid, copies[-1].text) if copies else None
    return None if text is None else (copies[-1].uid, text)


# --- claims in shared passages ------------------------------------------------------------------------------------


def texts_of(ledger: Ledger, claims: Iterable[Claim]) -> Mapping[str, str]:
    """The texts in which the claims are anchored, by capture."""
    captures = [*dict.fromkeys(c.capture for c in claims if c.anchored and c.capture)]
    found = blobs.texts(ledger, captures)
    return {uid: found[uid] for uid in captures if uid in found}


def claim_copies(claims: Iterable[Claim], bodies: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims (by id) of different articles that stand in one passage which both articles share."""
    held: dict[str, list[Claim]] = {}
    for claim in claims:
        if claim.anchored and claim.capture in bodies:
            held.setdefault(claim.capture or "", []).append(claim)
    runs = {uid: shingles.runs(bodies[uid]) for uid in held}
    return tuple(
        pair
        for a, b in _near(runs)
        if held[a][0].article != held[b][0].article and _share(runs[a], runs[b]) >= CONTAINED
        for pair in _inside(held[a], held[b], _passages(bodies[a], bodies[b]))
    )


def _passages(a: str, b: str) -> list[Passage]:
    """What two texts share, but for a few words that meet by chance."""
    return [p for p in shingles.shared(a, b) if len(a[p.start : p.end].split()) >= IN_A_ROW]


def _near(runs: Mapping[str, frozenset[int]]) -> Iterator[tuple[str, str]]:
    """Pairs of texts that may share as many runs as a copy has, in their order.

    Each run leads to the texts that hold it; those of which very many hold are only counted.
    """
    once: set[int] = set()
    again: set[int] = set()
    for own in runs.values():
        again |= own & once
        once |= own
    holders: dict[int, list[int]] = {run: [] for run in again}
    for n, own in enumerate(runs.values()):
        for run in own & again:
            holders[run].append(n)
    stock = {run for run, held in holders.items() if len(held) > MOST_HOLDERS}
    shared = Counter(pair for run, held in holders.items() if run not in stock for pair in combinations(held, 2))
    of_stock = [len(own & stock) for own in runs.values()]
    found = {(a, b) for (a, b), count in shared.items() if count + min(of_stock[a], of_stock[b]) >= SHARED_RUNS}
    found.update(combinations([n for n, count in enumerate(of_stock) if count >= SHARED_RUNS], 2))
    names = [*runs]
    return ((names[a], names[b]) for a, b in sorted(found))


def _inside(mine: Iterable[Claim], its: Sequence[Claim], passages: Sequence[Passage]) -> Iterator[tuple[str, str]]:
    for a in mine:
        for b in its:
            shorter = min(_length(a), _length(b))
            if sum(_overlap(a, b, p) for p in passages) >= OF_CLAIM * shorter > 0 and _figures_inside(a, passages):
                yield a.id, b.id


def _figures_inside(claim: Claim, passages: Sequence[Passage]) -> bool:
    """False where the words around a figure were copied and the figure itself was told in other words."""
    placed = [(q.start, q.end) for q in claim.quantities if q.start is not None and q.end is not None]
    return all(any(p.start <= start and end <= p.end for p in passages) for start, end in placed)


def _overlap(a: Claim, b: Claim, passage: Passage) -> int:
    """Characters of the passage that lie in both claims, one text's offsets moved into the other's."""
    moved = passage.other_start - passage.start
    start = max(a.start or 0, passage.start, (b.start or 0) - moved)
    end = min(a.end or 0, passage.end, (b.end or 0) - moved)
    return max(0, end - start)


def _length(claim: Claim) -> int:
    return (claim.end or 0) - (claim.start or 0)


# --- claims in the same words -----------------------------------------------------------------------------------------


SHINGLE = 5
"""Words in a row; two passages that share most of their runs are one text."""
OF_SENTENCE = 0.7
"""The share of a sentence's words that another holds in the same order, when it was told again with words changed."""
LEAST_OF_SENTENCE = 8
"""Fewer words in common are a phrase."""
IN_A_ROW = 7
"""So many words in a row are of one sentence, whatever stands around them."""
LONGEST = 200
"""Words of a sentence that are held against another: matching takes the product of both lengths."""
TELLING = 4
"""So many of the words in common carry meaning and are no names."""


def same_words(claims: Iterable[Claim]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims from different articles whose words are one text but for small changes."""
    texts = {c.id: (c.article, tuple(folding.name(c.exact).split())) for c in claims if c.anchored}
    return tuple(_same_words(texts))


def _same_words(texts: Texts) -> Iterator[tuple[str, str]]:
    names, sizes = [*texts], [len(_runs(words, SHINGLE)) for _, words in texts.values()]
    least = min((-(-size * 7 // 10) for size in sizes if size), default=0)
    of_size: defaultdict[int, int] = defaultdict(int)
    for n, (name, sets) in enumerate(_sharing(texts, SHINGLE)):
        alike = 0
        for count, members in levels(union(sets), tally(sets), least):
            most = count * 10 // 7  # runs of the shorter one
            small = members if sizes[n] <= most else union(own for size, own in of_size.items() if size <= most)
            alike |= members & small
        of_size[sizes[n]] |= 1 << n
        yield from ((names[other], name) for other in _in_order(alike, sets))


def same_sentence(claims: Iterable[Claim], bodies: Mapping[str, str]) -> tuple[tuple[str, str], ...]:
    """Pairs of claims that are one sentence told again with words changed; of a short claim its whole sentence is looked at."""
    placed = [(c, bodies[c.capture or ""]) for c in claims if c.anchored and c.capture in bodies]
    told = [_Sentence(_sentence(c, body)) for c, body in placed]
    texts = {c.id: (c.article, t.words) for (c, _), t in zip(placed, told, strict=True)}
    near = _retold(texts, told)
    return tuple((placed[a][0].id, placed[b][0].id) for a, b in near if told[a].retold(told[b]))


def _retold(texts: Texts, told: Sequence[_Sentence]) -> Iterator[tuple[int, int]]:
    """The places of two sentences that have enough words in common, of half a million pairs some thousands."""
    number: dict[str, int] = {}
    telling, held = [_bits(t.telling, number) for t in told], [_bits(t.held, number) for t in told]
    least = [IN_A_ROW - len(t.words) + len(t.held) for t in told]  # a word may stand there twice
    fewest = min(least, default=0)
    of_least: defaultdict[int, int] = defaultdict(int)
    having: defaultdict[str, int] = defaultdict(int)
    for b, (_, sets) in enumerate(_sharing(texts, SHORT_RUN)):
        shared = tally(having[word] for word in told[b].held)
        enough = 0
        for count, members in levels(union(sets), shared, fewest):
            enough |= members & union(own for most, own in of_least.items() if most <= count)
        of_least[least[b]] |= 1 << b
        for word in told[b].held:
            having[word] |= 1 << b
        yield from ((a, b) for a in _in_order(enough, sets) if (telling[a] & held[b]).bit_count() >= TELLING)


def _bits(words: Iterable[str], places: dict[str, int]) -> int:
    """The words as the bits of a number, each at its place: what two have in common is counted in no time."""
    return sum(1 << places.setdefault(word, len(places)) for word in words)


SHORT_RUN = 3
"""Two tellings of one sentence have at least so many words in a row in common."""


def _sentence(claim: Claim, body: str) -> str:
    """The words of a claim, and of a short one its whole sentence."""
    start, end = claim.start or 0, claim.end or 0
    if len(claim.exact.split()) < LEAST_OF_SENTENCE:
        start, end = around(body, start, end, 0)
    return body[start:end]


class _Sentence:
    """The words of a sentence as tellings of it are compared: stems, with those that carry meaning and those that name."""

    def __init__(self, text: str) -> None:
        plain = folding.name(text).split()[:LONGEST]
        self.words = tuple(_spelt(stem(w)) for w in plain)
        self.held = frozenset(self.words)
        self.rows = frozenset(_runs(self.words, IN_A_ROW))
        self.names = frozenset(names(text)) - TITLES
        self.telling = frozenset(
            _spelt(stem(w)) for w in plain if w not in STOP and w not in self.names and not w.isdecimal()
        )

    def retold(self, other: _Sentence) -> bool:
        """True where the other holds most of its words in the same order, or many in a row, and names nobody else instead."""
        if len(self.telling & other.held) < TELLING:
            return False
        short, long = (self, other) if len(self.words) <= len(other.words) else (other, self)
        whole = short.held <= long.held  # in whatever order
        least = max(len(short.words) * OF_SENTENCE, LEAST_OF_SENTENCE - whole)
        in_a_row = not self.rows.isdisjoint(other.rows)
        if (
            not in_a_row and sum(w in other.held for w in self.words) < least
        ):  # matching, which takes long, finds no more
            return False
        if self._renamed(other):
            return False
        match = other.matching
        match.set_seq1(self.words)
        if in_a_row:
            longest = match.find_longest_match()
            if self._telling(self.words[longest.a : longest.a + longest.size]):
                return True
        held = [w for b in match.get_matching_blocks() for w in self.words[b.a : b.a + b.size]]
        return len(held) >= least and self._telling(held)

    @cached_property
    def matching(self) -> SequenceMatcher[str]:
        """What finds in other sentences the words of this one, which are looked at once."""
        return SequenceMatcher(None, (), self.words, autojunk=False)

    def _telling(self, held: Iterable[str]) -> bool:
        return len(self.telling.intersection(held)) >= TELLING

    def _renamed(self, other: _Sentence) -> bool:
        """True where each names what the other does not, in another spelling than a slip: another town, another day."""
        mine, its = self.names - other.names, other.names - self.names
        towns = mine - CALENDAR and its - CALENDAR and not any(map(_one_name, product(mine, its)))
        return bool(towns or (mine & CALENDAR and its & CALENDAR))


def _one_name(pair: tuple[str, str]) -> bool:
    return SequenceMatcher(None, *pair, autojunk=False).ratio() >= ONE_NAME


ONE_NAME = 0.75
"""Two names more alike than this may be one name misspelt."""


def _spelt(word: str) -> str:
    """A stem in one of two spellings: metre and meter, centre and center."""
    return f"{word[:-2]}ter" if word.endswith("tr") else word


Texts = Mapping[str, tuple[str, tuple[str, ...]]]


def _sharing(texts: Texts, length: int) -> Iterator[tuple[str, list[int]]]:
    """Each text with the places of those before it, of other articles, that share its runs of words: a set a run, in order."""
    holders: defaultdict[tuple[str, ...], int] = defaultdict(int)
    printed: defaultdict[str, int] = defaultdict(int)
    for n, (name, (article, words)) in enumerate(texts.items()):
        runs = _runs(words, length)
        yield name, [holders[run] & ~printed[article] for run in runs]
        printed[article] |= 1 << n
        for run in runs:
            held = holders[run] | 1 << n
            holders[run] = held & held - 1 if held.bit_count() > MOST_HOLDERS else held


def _in_order(members: int, sets: Iterable[int]) -> Iterator[int]:
    """These members of the sets, those of the first set first."""
    for own in sets:
        yield from places(members & own)
        members &= ~own


MOST_HOLDERS = 50
"""A passage that very many articles hold is compared with the last of them only, so that the work stays bounded."""


def _runs(words: tuple[str, ...], length: int) -> tuple[tuple[str, ...], ...]:
    """Each run of words once, in the order of the text: a set's order would change from one start to the next."""
    return tuple(dict.fromkeys(words[i : i + length] for i in range(len(words) - length + 1)))
