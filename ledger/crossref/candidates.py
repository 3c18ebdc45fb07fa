"""Candidates for claim matching: logged claims, and passages of saved articles that nobody has logged."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from functools import lru_cache

from msgspec import Struct

from ledger import records as r
from ledger import sources, suggest, suggestions, text
from ledger.crossref import terms
from ledger.crossref.matching import Match, match
from ledger.crossref.profiles import Profile, Setting, matters_of, profile_of, setting_in
from ledger.crossref.ranking import Ranker, rarity
from ledger.crossref.terms import stem
from ledger.crossref.wire_copy import newest_text, texts_of
from ledger.store import Ledger, read, search, texts
from ledger.text import folding
from ledger.vocabulary import SourceKind, SuggestionState

NEAR = 0.4
"""The least score at which a claim or passage is shown as perhaps about the same."""
LOOKED_AT = 30
"""Candidates by words that are matched one by one."""
SAME_SCOPE = 200
ARTICLES = 4
"""Articles whose passages are read for one claim."""
OF_SENTENCE = 0.25
"""The share of a claim's rarity that some sentence of an article must have."""
ALL_PAIRS = 300
"""With so few claims every pair is matched."""


class Unlogged(Struct, frozen=True):
    """A statement of a saved article that nobody has logged, as the claim that it would be."""

    article: r.Article
    found: r.Found
    claim: r.Claim


class Matcher:
    """Finds what matches a claim in one ledger; what it has read of claims and articles is kept."""

    def __init__(self, ledger: Ledger, *, thorough: bool = False) -> None:
        self.ledger = ledger
        self.thorough = thorough
        """Whether the rarity of every word is looked up, and not of those alone of the claim that is looked around."""
        self.ranker = Ranker(ledger)
        self._profiles: dict[str, Profile] = {}
        self._places: dict[str, set[tuple[int, int]]] = {}
        self._texts: dict[str, str] = {}
        self._counted: set[str] = set()
        self._spread: Counter[str] = Counter()
        """In the sentences of how many claims each matter stands, where the ledger is small."""
        self._statements = lru_cache(maxsize=256)(self._read_article)

    def profile(self, claim: r.Claim) -> Profile:
        """What is read of a claim to match it."""
        if claim.id not in self._profiles:
            setting = self._setting(claim)
            if self.thorough or self.ranker.size <= ALL_PAIRS:
                self.ranker.learn([*words_of(claim), *terms.query_words(f"{setting.sentence} {setting.before}")])
            self._profiles[claim.id] = profile_of(claim, self.ranker.rarity, setting, self._rarity)
        return self._profiles[claim.id]

    def _rarity(self, matter: str, word: str) -> float:
        """How rare a matter is: among the claims of a small ledger, else as the word for it is."""
        if self._spread:
            return rarity(self._spread[matter], self.ranker.size)
        return self.ranker.rarity(stem(word))

    def know(self, claims: Iterable[r.Claim]) -> None:
        """Takes note of where these claims stand and of what they speak: where one is a part of another, it is logged apart."""
        claims = list(claims)
        self._texts |= texts_of(self.ledger, (c for c in claims if c.capture not in self._texts))
        for c in claims:
            if c.capture and c.anchored and c.start is not None and c.end is not None:
                self._places.setdefault(c.capture, set()).add((c.start, c.end))
        if self.ranker.size <= ALL_PAIRS:
            for c in claims:
                if c.id not in self._counted:
                    self._counted.add(c.id)
                    self._spread.update(matters_of(c, self._setting(c)).keys())

    def _setting(self, claim: r.Claim) -> Setting:
        """Where the claim stands in the text that was saved of its article."""
        if not claim.anchored or not claim.capture or claim.start is None or claim.end is None:
            return Setting()
        place = claim.start, claim.end
        inside = [
            (a, b)
            for a, b in self._places.get(claim.capture, ())
            if place[0] <= a and b <= place[1] and (a, b) != place
        ]
        parts = tuple(sorted((a - claim.start, b - claim.start) for a, b in inside))
        if claim.capture not in self._texts:
            self._texts |= texts_of(self.ledger, (claim,))
        return setting_in(self._texts.get(claim.capture, ""), claim.start, claim.end, parts)

    def match(self, a: r.Claim, b: r.Claim) -> Match:
        """How likely two claims match."""
        return match(self.profile(a), self.profile(b))

    def claims(self, claim: r.Claim, *, limit: int = 10) -> list[tuple[r.Claim, Match]]:
        """Other claims that may match, the likeliest first."""
        return self._near(claim, self._candidates(claim), limit)

    def among(self, claim: r.Claim, others: Iterable[r.Claim], *, limit: int = 10) -> list[tuple[r.Claim, Match]]:
        """The same, looked for among given claims only."""
        return self._near(claim, others, limit)

    def _near(self, claim: r.Claim, others: Iterable[r.Claim], limit: int) -> list[tuple[r.Claim, Match]]:
        self.ranker.learn(words_of(claim))
        others = list(others)
        self.know([claim, *others])
        found = [(other, self.match(claim, other)) for other in others if other.uid != claim.uid]
        return sorted((f for f in found if f[1].score >= NEAR), key=lambda f: -f[1].score)[:limit]

    def _candidates(self, claim: r.Claim) -> list[r.Claim]:
        place = claim.place.name if claim.place else ""
        about = " ".join((claim.exact, claim.says or "", claim.scope or "", place))
        uids = [s.candidate.claim for s in self.ranker.scored(about)[:LOOKED_AT]]
        if claim.scope:
            uids += search.of_scope(self.ledger, claim.scope, limit=SAME_SCOPE)
        return read.claims_by_uid(self.ledger, list(dict.fromkeys(uids)))

    # --- passages -------------------------------------------------------------------------------------------------

    def passages(self, claim: r.Claim, *, limit: int = 5) -> list[tuple[Unlogged, Match]]:
        """Statements of other saved articles that nobody has logged and that may match."""
        words = words_of(claim)
        self.ranker.learn(words)
        hits = texts.find(self.ledger, self._telling_words(words), limit=2 * ARTICLES)
        others = [h.article for h in hits if read.short_id(self.ledger, h.article) != claim.article][:ARTICLES]
        near = [
            (u, self.match(claim, u.claim))
            for article in others
            if self._speaks_of(claim, article)
            for u in self.unlogged(article)
            if self.profile(claim).spoken.keys() & {stem(w) for w in terms.words(u.found.exact)}
        ]
        return sorted((f for f in near if f[1].score >= NEAR), key=lambda f: -f[1].score)[:limit]

    def _speaks_of(self, claim: r.Claim, article: str) -> bool:
        """True where one sentence of the article has a good part of the claim's rarity; others need not be read closely."""
        held = newest_text(self.ledger, article)
        if held is None:
            return False
        weights = self.profile(claim).stems
        enough = OF_SENTENCE * sum(weights.values())
        sentences = (held[1][a:b] for a, b in text.sentences(held[1]))
        return any(sum(weights.get(root, 0.0) for root in set(terms.terms(s))) >= enough for s in sentences)

    def _telling_words(self, words: list[str]) -> list[str]:
        """The words that few saved texts hold, but never fewer than three."""
        known = texts.frequency(self.ledger, [stem(w) for w in words])
        common = max(50, texts.size(self.ledger) // 50)
        rare = sorted((w for w in words if known[stem(w)]), key=lambda w: known[stem(w)])
        return [w for n, w in enumerate(rare) if n < 3 or known[stem(w)] <= common][:16]

    def unlogged(self, article: str) -> list[Unlogged]:
        """The statements of an article (by uid) that no claim covers and nobody turned down, as claims that were not logged."""
        return self._statements(article)

    def _read_article(self, uid: str) -> list[Unlogged]:
        article, held = read.article(self.ledger, uid), newest_text(self.ledger, uid)
        if held is None:
            return []
        logged = [(c.start, c.end) for c in read.claims(self.ledger, article=uid) if c.capture == held[0]]
        rejected = {
            place[1:]
            for s in read.suggestions_about(self.ledger, uid)
            if s.state == SuggestionState.REJECTED and (place := suggestions.place_of(s))
        }
        return [
            Unlogged(article, found, as_claim(self.ledger, article, held[0], found))
            for found in suggest.find(held[1], article.published_at)
            if (found.start, found.end) not in rejected
            and not any(a is not None and b is not None and a < found.end and found.start < b for a, b in logged)
        ]


def words_of(claim: r.Claim) -> list[str]:
    """The words of a claim and of what we say of it."""
    return terms.query_words(f"{claim.exact} {claim.says or ''}")


def as_claim(ledger: Ledger, article: r.Article, capture: str | None, found: r.Found) -> r.Claim:
    """A found statement as the claim that it would be; sources that nobody has logged go by their names."""
    return r.Claim(
        id=f"{article.id}:{found.start}", article=article.id, capture=capture, exact=found.exact,
        start=found.start, end=found.end,
        attribution=tuple(_hops(ledger, found)), quantities=found.quantities, times=found.times, mode=found.mode,
        publisher=article.publisher, publisher_id=article.publisher_id, title=article.title,
        published_at=article.published_at, credit_line=article.credit_line,
    )  # fmt: skip


def _hops(ledger: Ledger, found: r.Found) -> Iterator[r.Hop]:
    for hop in found.attribution:
        folded = folding.name(hop.source)
        known = read.source_by_folded(ledger, folded)
        kind = sources.guess_kind(hop.source, hop.cue)
        yield r.replace(
            hop, source=known.name if known else hop.source, source_id=known.id if known else f"new: {folded}",
            kind=known.kind if known else kind, mode=found.mode, named=kind not in NAMELESS,
        )  # fmt: skip


NAMELESS = (SourceKind.ANONYMOUS, SourceKind.WITNESS)
