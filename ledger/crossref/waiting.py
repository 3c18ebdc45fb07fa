"""What waits for a person's word, in one list: statements found in articles, each with the question that it most likely
answers, and the proposals that are no statements.

A statement is looked at once for each of its figures, so that the dead and the wounded of one sentence go to two questions.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from functools import lru_cache
from itertools import chain, combinations, count, product

from msgspec import Struct

from ledger import claims, suggestions
from ledger import records as r
from ledger.crossref import asking, grouping, measures, terms
from ledger.crossref.candidates import NEAR, Matcher, as_claim
from ledger.crossref.circumstances import beside
from ledger.crossref.grouping import COMPARED, TOGETHER
from ledger.crossref.kinds import sort_of
from ledger.crossref.matching import PARTS_OF_ALL
from ledger.crossref.profiles import Profile
from ledger.crossref.terms import query_words, stem
from ledger.crossref.wire_copy import same_words
from ledger.extract import heading
from ledger.store import Ledger, read
from ledger.suggest.phrases import main_clause
from ledger.suggestions import Finder, Offered, by_rules
from ledger.text import folding


class Answer(Struct, frozen=True):
    """A figure of a statement, or its words where it has none, and the question that it most likely answers."""

    figure: int | None
    topic: int
    """Equal for what most likely answers one question."""
    told: int
    """How many statements speak of it."""
    question: str | None
    """The id of a question that stands."""
    text: str
    """Its words, or those of a new one."""


class Statement(Struct, frozen=True):
    """A statement of an article that nobody has judged."""

    article: r.Article
    page: claims.Page
    offered: Offered
    answers: tuple[Answer, ...] = ()
    likeliest: int = 0
    """Which of the answers is proposed."""
    copies: tuple[str, ...] = ()
    """The keys of statements of other articles in the same words."""
    suggestions: tuple[r.Suggestion, ...] = ()
    """Waiting suggestions that propose it too."""

    @property
    def key(self) -> str:
        """The article's id and its number there."""
        return f"{self.article.id}:{self.offered.number}"

    @property
    def found(self) -> r.Found:
        return self.offered.found


class Proposal(Struct, frozen=True):
    """A suggestion that waits and is no statement of these articles."""

    suggestion: r.Suggestion

    @property
    def key(self) -> str:
        return self.suggestion.id


Waiting = Statement | Proposal


def waiting(ledger: Ledger, articles: Sequence[r.Article], finder: Finder = by_rules) -> list[Waiting]:
    """The statements of these articles that nobody has judged, in the order of the text, then what else is proposed."""
    found, rest = unjudged(ledger, articles, finder)
    return [*_Topics(ledger, found).answered(), *map(Proposal, rest)]


def unjudged(
    ledger: Ledger, articles: Sequence[r.Article], finder: Finder = by_rules
) -> tuple[list[Statement], list[r.Suggestion]]:
    """The same without the questions that they answer, which takes a look at all claims."""
    found = [
        Statement(article, page, offered)
        for article in articles
        if (page := claims.page(ledger, article)).text is not None
        for offered in suggestions.of_article(ledger, page, finder)
        if offered.state is None and offered.claim is None and not heading.is_label(page.text, offered.found.start)
    ]
    uids = {a.uid for a in articles}
    return _joined(found, [s for s in suggestions.pending(ledger) if _concerns(s, uids)])


def _concerns(suggestion: r.Suggestion, articles: set[str]) -> bool:
    place = suggestions.place_of(suggestion)
    return place is None or place[0] in articles


def _joined(found: list[Statement], pending: list[r.Suggestion]) -> tuple[list[Statement], list[r.Suggestion]]:
    """The statements with the suggestions that propose the same words, and the suggestions that are left."""
    left = {s.id: s for s in pending}
    joined = []
    for item in found:
        same = tuple(s for s in left.values() if _same_place(item, suggestions.place_of(s)))
        for s in same:
            del left[s.id]
        joined.append(r.replace(item, suggestions=same))
    return joined, list(left.values())


def _same_place(item: Statement, place: tuple[str, int, int] | None) -> bool:
    if place is None or place[0] != item.article.uid:
        return False
    return min(place[2], item.found.end) - max(place[1], item.found.start) > 0.5 * (item.found.end - item.found.start)


# --- the question that a figure most likely answers ---------------------------------------------------------------


class _Topics:
    """What statements speak of, a topic for each fact; figures of different sorts, or of one statement, share none."""

    def __init__(self, ledger: Ledger, found: Sequence[Statement]) -> None:
        self.ledger, self.found, self.near = ledger, found, Matcher(ledger)
        self.of: dict[str, tuple[int, int | None]] = {}
        self.claims: dict[str, r.Claim] = {}
        for n, item in enumerate(found):
            for figure, claim in _readings(ledger, item):
                self.claims[claim.id], self.of[claim.id] = claim, (n, figure)

    def answered(self) -> Iterator[Statement]:
        """The statements with their likely questions, and with those that say the same in the same words."""
        topics = self._topics()
        named = list(self._named(topics))
        answers: list[list[Answer]] = [[] for _ in self.found]
        for topic, names in enumerate(topics):
            for name in names:
                n, figure = self.of[name]
                answers[n].append(Answer(figure, topic, len(names), *named[topic]))
        copies = self._copies()
        for n, item in enumerate(self.found):
            mine = tuple(sorted(answers[n], key=lambda a: -1 if a.figure is None else a.figure))
            yield r.replace(item, answers=mine, likeliest=_likeliest(item, mine), copies=tuple(copies.get(n, ())))

    def _topics(self) -> list[list[str]]:
        sorts: dict[str, list[str]] = {}
        for name, claim in self.claims.items():
            sorts.setdefault(_sort(self.near.profile(claim)), []).append(name)
        groups = sorted((g for names in sorts.values() for g in self._grouped(names)), key=len, reverse=True)
        grouped = {name for group in groups for name in group}
        return [*groups, *([name] for name in self.claims if name not in grouped)]

    def _grouped(self, names: list[str]) -> list[list[str]]:
        """Those that belong together; of very many so many at a time, then the groups and those left by the middle of each."""
        blocks = (names[n : n + AT_ONCE] for n in range(0, len(names), AT_ONCE))
        groups = [group for block in blocks for group in self._alike(combinations(block, 2))]
        if len(names) <= AT_ONCE:
            return groups
        middles = {grouping.central(group, self._score)[0]: group for group in groups}
        grouped = {name for group in groups for name in group}
        left = (name for name in names if name not in grouped)
        joined = self._alike(chain(combinations(middles, 2), product(middles, left)))
        wholes = [[n for name in group for n in middles.pop(name, [name])] for group in joined]
        return [*wholes, *middles.values()]

    def _alike(self, pairs: Iterable[tuple[str, str]]) -> list[list[str]]:
        alike = ((a, b, s) for a, b in pairs if (s := self._score(a, b)) >= TOGETHER)
        return [g.members for g in grouping.gather(alike, self._score)]

    def _score(self, a: str, b: str) -> float:
        return 0.0 if self.of[a][0] == self.of[b][0] else _likeness(self.near, self.claims[a], self.claims[b])

    def _named(self, topics: list[list[str]]) -> Iterator[tuple[str | None, str]]:
        """A question for each topic: the one that stands whose claims are most like it, else a new one."""
        standing = [(q, list(read.claims(self.ledger, question=q.uid))[:COMPARED]) for q in read.questions(self.ledger)]
        taken = {folding.name(q.question) for q, _ in standing}
        for topic in topics:
            proposed = next((q for name in topic if (q := self._proposed(name))), None)
            likely = proposed or self._standing(topic, standing) or self._asked(topic, standing)
            if likely:
                yield likely.id, likely.question
                continue
            text = next(t for t in self._texts(topic, len(taken)) if folding.name(t) not in taken)
            taken.add(folding.name(text))
            yield None, text

    def _texts(self, topic: list[str], number: int) -> Iterator[str]:
        """Words for a new question: what is counted and in which other year, else a statement's own words."""
        middle = self.claims[grouping.central(topic, self._score)[0]]
        figure = next(iter(middle.quantities), None)
        if figure is not None and figure.measure and figure.unit:
            plain = f"{_part(figure)} {figure.measure.replace('_', ' ')}".capitalize()
            year = self._year(topic)
            yield f"{plain}, {year}" if year else plain
        own = asking.of_figure(middle, self.found[self.of[middle.id][0]].found)
        yield own
        yield f"{own} ({middle.article})"
        yield from (f"{own} ({middle.article}, {n})" for n in count(number))

    def _proposed(self, name: str) -> r.Question | None:
        """The question that a waiting suggestion has for the statement."""
        waiting = self.found[self.of[name][0]].suggestions
        known = next((s.proposal["question"] for s in waiting if s.proposal.get("question")), None)
        return read.question(self.ledger, known) if known else None

    def _standing(self, topic: list[str], standing: list[tuple[r.Question, list[r.Claim]]]) -> r.Question | None:
        nearest = max(
            ((self._near(topic, filed), q) for q, filed in standing), key=lambda found: found[0], default=None
        )
        return nearest[1] if nearest and nearest[0] >= TOGETHER else None

    def _asked(self, topic: list[str], standing: list[tuple[r.Question, list[r.Claim]]]) -> r.Question | None:
        """A question under which nothing is filed yet, whose words ask for what the topic's figures count."""
        middle = self.claims[grouping.central(topic, self._score)[0]]
        told, year = set(terms.words(self.found[self.of[middle.id][0]].page.text or "")), self._year(topic)
        open_ = (q for q, filed in standing if not filed and terms.names(q.question) <= told)
        return next((q for q in open_ if _asks_for(q, middle, year)), None)

    def _year(self, topic: list[str]) -> str | None:
        """The other year of which most of a topic is told."""
        years = [_other_year(self.near.profile(self.claims[name])) for name in topic]
        return max(years, key=years.count)

    def _near(self, topic: list[str], filed: list[r.Claim]) -> float:
        """How like the claims of a question the statements of a topic are on average."""
        scores = [_likeness(self.near, self.claims[name], c) for name in topic[:COMPARED] for c in filed]
        return sum(scores) / len(scores) if scores else 0.0

    def _copies(self) -> Mapping[int, list[str]]:
        first = {self.of[name][0]: c for name, c in reversed(self.claims.items())}
        number = {c.id: n for n, c in first.items()}
        found: dict[int, list[str]] = {}
        for a, b in same_words(first.values()):
            for one, other in ((number[a], number[b]), (number[b], number[a])):
                found.setdefault(one, []).append(self.found[other].key)
        return found


def _readings(ledger: Ledger, item: Statement) -> Iterator[tuple[int | None, r.Claim]]:
    """The claim that a statement would be with each of its figures, earlier counts last: they name no question."""
    claim = as_claim(ledger, item.article, item.page.capture.uid if item.page.capture else None, item.found)
    figures: Iterable[int | None] = range(len(claim.quantities)) if claim.quantities else [None]
    for figure in sorted(figures, key=lambda n: n is not None and _earlier(item.found, item.found.quantities[n])):
        one = () if figure is None else (claim.quantities[figure],)
        name = f"{claim.id}:{figure}"
        yield figure, r.replace(claim, id=name, uid=name, quantities=one)


def _likeness(near: Matcher, a: r.Claim, b: r.Claim) -> float:
    """How likely two claims answer one question; figures of other things or other years do not, however alike they sound."""
    mine, its = near.profile(a), near.profile(b)
    if _sort(mine) != _sort(its) or _other_fact(mine, its):
        return 0.0
    score, figure = near.match(a, b).score, bool(mine.figure or its.figure)
    one, other = (_stems(c.exact if figure else main_clause(c.exact)) for c in (a, b))
    least, counted = SHARED if figure else SHARED_IN_WORDS, _counted(mine) | _counted(its)
    if not one & other - counted or 2 * len(one & other) < least * (len(one) + len(other)):
        return min(score, NEAR)
    return score


def _counted(profile: Profile) -> frozenset[str]:
    """The stems of a figure that befell nobody, and of what it counts: to name 40 doses tells not what became of them."""
    figure = profile.statement.quantity
    return _stems(f"{figure.text} {figure.unit} {figure.counts}") if figure and not figure.measure else frozenset()


AT_ONCE = 300
"""Statements of one sort that are all compared with each other."""
SHARED = 0.2
"""The share of words that two statements have in common before one question is proposed for both."""
SHARED_IN_WORDS = 0.4
"""The same where no figure tells that they speak of one thing."""


@lru_cache(maxsize=4096)
def _stems(text: str) -> frozenset[str]:
    return frozenset(map(stem, query_words(text)))


def _sort(profile: Profile) -> str:
    """What sort of thing the figure counts or measures: people, houses, lengths."""
    figure = profile.statement.quantity
    if figure is None:
        return ""
    unit = figure.unit or figure.counts
    return (sort_of(unit) or stem(unit.split()[-1].casefold())) if unit else "a number"


def _likeliest(item: Statement, answers: tuple[Answer, ...]) -> int:
    """The first figure that counts something is proposed, else the one of which most is told."""
    figures = item.found.quantities

    def weight(n: int) -> tuple[bool, int, int]:
        figure = answers[n].figure
        counts = figure is not None and figures[figure].measure is not None
        return (counts, 0 if counts else answers[n].told, -n)

    return max(range(len(answers)), key=weight, default=0)


def proposed_figures(found: r.Found) -> tuple[int, ...]:
    """The figures to log: those that count something, each another thing, else the only one; none where a person has to say."""
    figures = found.quantities
    current = [n for n, q in enumerate(figures) if not _earlier(found, q)]
    counted = current if len(current) == 1 else [n for n in current if figures[n].measure]
    things = {(figures[n].measure, _part(figures[n])) for n in counted}
    beside = len(figures) > len(counted) == 1 and not re.search(r"\d", figures[counted[0]].text)
    if len(things) < len(counted) or (beside and figures[counted[0]].low == figures[counted[0]].high == "1"):
        return ()  # one thing counted twice, or "a man" beside a figure
    return tuple(counted)


def _earlier(found: r.Found, figure: r.Quantity) -> bool:
    """True for the count that another has taken over from: "rose to six, up from four"."""
    if figure.start is None or figure.end is None or found.start is None:
        return False
    placed = r.replace(figure, start=figure.start - found.start, end=figure.end - found.start)
    return beside(found.exact, placed, "").superseded


def _part(figure: r.Quantity) -> str | None:
    counts = (figure.counts or "").casefold()
    return counts if counts in PARTS_OF_ALL else figure.unit


def _other_fact(a: Profile, b: Profile) -> bool:
    """True where the figures count two things, or where one is told of another year, which the other does not name."""
    mine, its = (p.statement.quantity and p.statement.quantity.measure for p in (a, b))
    return bool(mine and its and mine != its) or _other_year(a) != _other_year(b)


def _other_year(profile: Profile) -> str | None:
    """The year that a statement speaks of, where it is not that of its article."""
    window = profile.statement.window
    year = (window.earliest or window.latest or "")[:4] if window else ""
    return year if year and year != (profile.claim.published_at or year)[:4] else None


def _asks_for(question: r.Question, claim: r.Claim, year: str | None) -> bool:
    """True where the words of a question name what the claim's one figure counts, and no other year."""
    figure = next(iter(claim.quantities), None)
    if figure is None or not figure.measure or not figure.unit:
        return False
    words = f"{question.question} {question.measure or ''}"
    asked, counted = measures.read(words), measures.read(f"{_part(figure)} {figure.measure.replace('_', ' ')}")
    head = next((w for w in terms.words(words) if w not in terms.STOP and w not in ("many", "much")), "")
    things = counted.group == "people" and measures.read(head).measure  # "how many died"
    if asked.measure is None or asked.measure != counted.measure:
        return False
    if not things and not _stems(f"{_part(figure)} {figure.counts or ''}") & _stems(words):
        return False
    told = year or (claim.published_at or "")[:4]
    years = {y for y in terms.numbers(words) if len(y) == YEAR}
    return years <= {told} and (year is None or year in years)


YEAR = 4
"""Digits of a year."""


def likely_questions(ledger: Ledger, item: Statement, figure: int | None) -> list[r.Question]:
    """The questions that stand, those first whose claims are most like what a statement says with a figure."""
    near = Matcher(ledger)
    claim = next((c for f, c in _readings(ledger, item) if f == figure), None)

    def likeness(question: r.Question) -> float:
        filed = list(read.claims(ledger, question=question.uid))[:COMPARED]
        scores = [_likeness(near, claim, c) for c in filed] if claim else []
        return sum(scores) / len(scores) if scores else 0.0

    return sorted(read.questions(ledger), key=likeness, reverse=True)


def own_words(ledger: Ledger, item: Statement, figure: int | None) -> str:
    """Words for a question that this very statement answers."""
    return next(
        (asking.of_figure(c, item.found) for f, c in _readings(ledger, item) if f == figure),
        asking.said(item.found.exact),
    )


def of_questions(items: Iterable[Waiting], questions: Iterable[r.Question]) -> list[Waiting]:
    """What most likely bears on these questions."""
    uids, names = zip(*((q.uid, q.id) for q in questions), strict=True)
    return [
        item
        for item in items
        if (isinstance(item, Proposal) and item.suggestion.proposal.get("question") in uids)
        or (isinstance(item, Statement) and any(a.question in names for a in item.answers))
    ]


def by_question(items: Sequence[Waiting]) -> list[Waiting]:
    """In the order of the questions instead of the text: what most is told of first."""

    def place(item: Waiting) -> tuple[int, int]:
        answer = item.answers[item.likeliest] if isinstance(item, Statement) else None
        return (-answer.told, answer.topic) if answer else (1, 0)

    return sorted(items, key=place)
