"""Everything that is computed about a question, once, for whoever shows it: statements, origins, pairs, wording, the axis.

Nothing here is stored; it is made from the claims and from what people said of sources and pairs. All pairs are compared for
up to 200 claims. Beyond that each claim is compared with the first of its own wording, and these with each other.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping, Sequence
from decimal import Decimal
from functools import cached_property
from itertools import combinations, product

from msgspec import Struct, field
from msgspec.structs import asdict

from ledger import quantity
from ledger.crossref import containment, wire_copy
from ledger.crossref.circumstances import moved_to
from ledger.crossref.comparison import TO_READ, Comparison, compare
from ledger.crossref.guards import counted
from ledger.crossref.judged import JUDGED, Finding, Words
from ledger.crossref.kinds import FIGURES, kind_of
from ledger.crossref.names import is_person, office_told
from ledger.crossref.officers import officers, shortened
from ledger.crossref.origins import FIRM, MEDIA, Family, Known, Standing, Tie, Traced, chain_of, outlet_of, trace
from ledger.crossref.statements import in_unit, interval, several, statements_of
from ledger.crossref.wording import Version, current_together, version_of
from ledger.crossref.wording_pairs import Difference, leads, survey
from ledger.crossref.wordlists import ACTIVITIES
from ledger.records import Apart, Claim, Judgement, Link, Pair, Quantity, Question, Statement, order, replace
from ledger.store import Ledger, read
from ledger.store.read import NamedSource
from ledger.text import folding
from ledger.vocabulary import (
    Agreement,
    Basis,
    Checked,
    Drift,
    EntryKind,
    Kind,
    Letter,
    Relating,
    Relation,
    SourceKind,
    Supports,
)

ALL_PAIRS = 200
OTHER_AXIS = frozenset(
    {"planned", "measure", "unit", "population", "place", "window", "counting", "vague_whole", "part_of", "part_above_whole",
     "scope", "off_point", "measure_unknown", "unit_unknown", "population_unknown", "place_unknown", "scope_unknown"}
)  # fmt: skip
"""Reasons for which two figures do not belong on one scale."""


class Study(Struct, frozen=True, eq=False, dict=True):
    """A question with its claims and all that follows from them."""

    question: Question
    kind: Kind
    """What answers it, as a person said or as its words and claims tell."""
    claims: tuple[Claim, ...]
    """Those that answer it, but for the ones that their sources did not say."""
    statements: Mapping[str, Statement]
    versions: Mapping[str, Version]
    traced: Traced
    links: tuple[Link, ...]
    """What people said two of the claims are to each other."""
    answer: Judgement | None
    ratings: tuple[tuple[str, Judgement], ...]
    """Ratings of the question and of its claims, each with the id it is about."""
    words: Words = field(default_factory=Words)
    """What people said of the machine's findings about the claims."""
    not_said: tuple[Claim, ...] = ()
    """Claims that a person looked up and did not find with their source: they count nowhere."""

    @cached_property
    def pairs(self) -> tuple[Pair, ...]:
        """The pairs compared, a person's word over the machine's."""
        return tuple(self._pair(a, b, self._said.get(frozenset((a, b)))) for a, b in self._chosen())

    @cached_property
    def _said(self) -> Mapping[frozenset[str], Link]:
        return {frozenset((k.a, k.b)): k for k in self.links}

    @cached_property
    def differences(self) -> tuple[Difference, ...]:
        """Where the wording differs along one source, the worst kinds first."""
        return tuple(d for d in self.surveyed if not self._judged(d.kind, d.finding.code, d.origin, d.version).dropped)

    @cached_property
    def surveyed(self) -> tuple[Difference, ...]:
        """The differences before people dropped some."""
        found = survey(self.versions.values(), self._basis, self.traced.ties(self._said))
        return tuple(sorted(found, key=lambda d: list(Drift).index(d.kind)))

    @property
    def leads(self) -> Iterator[tuple[str, str]]:
        """Pairs whose wording differs if a person knows that they rest on one source."""
        return leads(self.versions.values(), self._basis, self._perhaps)

    def _perhaps(self, a: str, b: str) -> bool | None:
        """Whether two claims may rest on one source: an outlet that names nobody may, whatever its family."""
        if frozenset((a, b)) in self._said:
            return False
        own = Standing.PUBLISHER in (self.traced.origins[a].standing, self.traced.origins[b].standing)
        return None if own else self.traced.same_origin(a, b)

    def _basis(self, a: str, b: str) -> Basis | None:
        """How two claims are known to rest on one source; what a person said they are to each other comes first."""
        said = self._said.get(frozenset((a, b)))
        if said is None:
            return self.traced.basis(a, b)
        return Basis.SAID if said.relation == Relation.REPEATS else None

    @cached_property
    def findings(self) -> tuple[Finding, ...]:
        """All that the machine found and prints or would print, the gravest first, those that people dropped too."""
        found = [self._judged(p.machine, p.reason, p.a, p.b) for p in self.pairs if p.machine in JUDGED]
        found += [self._judged(d.kind, d.finding.code, d.origin, d.version) for d in self.surveyed]
        return tuple(sorted(found, key=lambda f: JUDGED.index(f.kind)))

    def _judged(self, kind: str, rule: str, a: str, b: str) -> Finding:
        return self.words.on(kind, rule, self.claim(a), self.claim(b))

    @cached_property
    def axis(self) -> Mapping[str, str | None]:
        """Claims with a figure, each with None where it counts the same as most, else with the reason why it does not."""
        return self._beside([c for c, s in self.statements.items() if s.quantity is not None])

    @cached_property
    def worded(self) -> Mapping[str, str | None]:
        """The same of claims that answer in words: None where it is about the same as most."""
        return self._beside(list(self.in_words))

    def _beside(self, claims: list[str]) -> Mapping[str, str | None]:
        if not claims:
            return {}
        asked = self._candidates(claims)
        clearest = min(map(self._unclear, asked))  # what is vague or says less tells nothing of the others
        held, place = Counter(self.wordings[c] for c in claims), {c: n for n, c in enumerate(claims)}
        clear = [c for c in asked if self._unclear(c) == clearest]
        near = self._near(asked, clear)
        anchor = max(clear, key=lambda c: (*self._reach(near[c], held), -place[c]))  # of equals the first logged wins
        return {c: None if c == anchor else self.off(anchor, c) for c in claims}

    @cached_property
    def comparable(self) -> tuple[str, ...]:
        """The claims that could be compared with one of another source; the rest has to be read."""
        pairs = [p for p in self.pairs if self.source(p.a) != self.source(p.b)]
        found = {c for p in pairs if p.relation not in UNREAD for c in (p.a, p.b)}
        return tuple(c.id for c in self.claims if c.id in found)

    @cached_property
    def differing(self) -> int:
        """Pairs of sources whose answers differ in words alone: whether these contradict each other a person has to read."""
        sources = [(p, frozenset({self.source(p.a), self.source(p.b)})) for p in self.pairs]
        apart = {both for p, both in sources if p.reason == WORDS_DIFFER and len(both) == 2}
        return len(apart - {both for p, both in sources if p.relation not in UNREAD})

    @cached_property
    def in_words(self) -> tuple[str, ...]:
        """Claims that answer in words: shortly, in words that were read, or by denying or doubting what others state."""
        return tuple(c for c, s in self.statements.items() if s.quantity is None and (s.answer or s.said or s.held))

    @cached_property
    def usual_measure(self) -> str | None:
        """What most figures on the main axis count."""
        counted = Counter(m for c, off in self.axis.items() if off is None and (m := self.statements[c].measure))
        return counted.most_common(1)[0][0] if counted else None

    @cached_property
    def several(self) -> Mapping[str, tuple[str, ...]]:
        """Claims with several figures that answer equally well, and these: which is meant nobody has said."""
        return {c.id: found for c in self.claims if (found := several(self.question, c, self.kind))}

    def figure(self, claim: str) -> Quantity | None:
        """A claim's figure in the unit in which most are given, so that a page can put them side by side."""
        q = self.statements[claim].quantity
        return None if q is None else in_unit(q, self.unit)

    @cached_property
    def unit(self) -> str | None:
        """The unit of most figures on the main axis, of equals the first."""
        units = Counter(q.unit for c, off in self.axis.items() if off is None and (q := self.statements[c].quantity))
        most = units.most_common(1)[0][0] if units else None
        return "percent" if most == "share" else most

    def claim(self, name: str) -> Claim:
        return self._by_id[name]

    def source(self, claim: str) -> str:
        """The key of the original source that a claim is traced to."""
        return self._families[claim].key

    def family(self, claim: str) -> Family:
        """The original source that a claim is traced to; of one passage in several outlets, those that have it alike."""
        family = self._families[claim]
        if family.standing is Standing.PUBLISHER and self.claim(claim).attribution:
            return replace(family, relayed=family.relayed or self.claim(claim).publisher != family.name)
        if not family.outlets:
            return family
        return under(family, self.outlets(c for c in family.claims if self.stated_alike(c, claim)))

    def stated_alike(self, a: str, b: str) -> bool:
        """True where two claims give the same figure or answer, or none."""
        one, other = self.statements[a], self.statements[b]
        if one.quantity is None or other.quantity is None:
            return one.quantity is other.quantity and (one.answer or one.said) == (other.answer or other.said)
        return interval(one.quantity) == interval(other.quantity)

    def outlets(self, claims: Iterable[str]) -> tuple[str, ...]:
        """Who published these claims, each once, in the order of the claims."""
        return tuple(dict.fromkeys(outlet_of(self.claim(c)) for c in claims))

    def _worded_alike(self, a: str, b: str) -> tuple[Comparison, bool, int]:
        """What their statements say about each other, whether one article gives both at once, and which is the earlier one."""
        at_once = current_together(self.versions[a], self.versions[b])
        (mine, bare), (its, other) = self._bare[a], self._bare[b]
        days = bare.as_of, other.as_of
        when = containment.order(*days)
        key = mine, its, at_once, when, when == 0 and containment.hour_unsaid(*days)
        if (known := self._compared.get(key)) is None:
            known = self._compared[key] = compare(bare, other, one_question=True, one_text=at_once)
        return known, at_once, when

    def compared(self, a: str, b: str) -> Comparison:
        """What two of the claims say about each other."""
        known, at_once, when = self._worded_alike(a, b)
        corrected = self._corrected(a, b, known)
        moved = self._moved(a, known, when) or corrected
        if moved and self.traced.one_family(a, b):  # a source's own later figure, up or down
            return replace(known, agreement=Agreement.INCOMPARABLE, reason="revised")
        if known.agreement is Agreement.CONFLICT and moved and self.traced.may_be_one(a, b):
            return replace(known, agreement=Agreement.INCOMPARABLE, reason="may_be_one")
        if corrected and known.reason == "decreasing":  # what others told before it was cut
            return replace(known, agreement=Agreement.INCOMPARABLE, reason="superseded")
        counts = known.agreement is Agreement.CONFLICT and self.kind in (Kind.COUNT, Kind.AMOUNT)
        first, last = (a, b) if when < 0 else (b, a)
        if (
            counts
            and when
            and (
                (self.kind is Kind.COUNT and self._older_told(first, last))
                or (not at_once and self._given_up(first, last))
            )
        ):
            return replace(known, agreement=Agreement.INCOMPARABLE, reason="as_of")
        if counts and when and _went_on(self.statements[first], self.statements[last]):
            return replace(known, agreement=Agreement.INCOMPARABLE, reason="as_of")
        if counts and when and self._weeks_apart(self.statements[a], self.statements[b]):
            return replace(known, agreement=Agreement.INCOMPARABLE, reason="weeks_apart")
        return known

    def number(self, claim: str) -> int:
        """A number that claims share whose statements are alike but for their dates."""
        return self._bare[claim][0]

    def _weeks_apart(self, a: Statement, b: Statement) -> bool:
        """True for two amounts, as a price or a debt, of no period of their own and of days far apart."""
        standing = self.kind is Kind.AMOUNT and not (a.window and b.window)
        days = containment.days_apart(a.as_of, b.as_of) if standing else None
        return days is not None and days > STANDS

    def _older_told(self, first: str, last: str) -> bool:
        """True where the earlier of two claims names nobody and gives the number that the later one's source gave before."""
        told, now = self.statements[first].quantity, self.statements[last]
        if self.claim(first).attribution or told is None or told.low is None:
            return False
        before = self._given.get((self.source(last), told.low), ())
        return any(containment.order(as_of, now.as_of) < 0 for as_of in before)

    def _given_up(self, first: str, last: str) -> bool:
        """True where the source of the earlier of two claims has since given the number that the later one has."""
        told, now = self.statements[first], self.statements[last].quantity
        family = self._families[first]
        if now is None or now.low is None or family.standing not in FIRM or self.source(last) == family.key:
            return False
        since = self._given.get((family.key, now.low), ())
        return any(containment.order(told.as_of, as_of) < 0 for as_of in since)

    @cached_property
    def _given(self) -> Mapping[tuple[str, str], set[str | None]]:
        """As of when each source gives each number."""
        found: dict[tuple[str, str], set[str | None]] = {}
        for c, s in self.statements.items():
            if s.quantity and s.quantity.low is not None:
                found.setdefault((self.source(c), s.quantity.low), set()).add(s.as_of)
        return found

    def _moved(self, a: str, known: Comparison, when: int) -> bool:
        activity = self.statements[a].measure in ACTIVITIES
        counts = known.agreement is Agreement.CONFLICT and self.kind in FIGURES and not activity
        return known.reason in MOVED or (counts and when != 0)

    def _corrected(self, a: str, b: str, known: Comparison) -> bool:
        """True for two counts that differ of which just one is told as what the count was changed to."""
        if known.agreement is not Agreement.CONFLICT or self.kind not in FIGURES:
            return False
        return self.moved_to[a] != self.moved_to[b]

    @cached_property
    def moved_to(self) -> Mapping[str, bool]:
        """By claim, whether its words call its figure what a count was changed to."""
        figures = ((c, self.statements[c.id].quantity) for c in self.claims)
        return {c.id: q is not None and moved_to(c.exact, q) for c, q in figures}

    @cached_property
    def _compared(self) -> dict[tuple[int, int, bool, int, bool], Comparison]:
        return {}

    @cached_property
    def _bare(self) -> Mapping[str, tuple[int, Statement]]:
        """The statements without the figures' places, each with the number of those that are alike but for their dates.

        Of the dates only their order tells in a comparison, so that what is worded alike is compared once for each order.
        """
        numbers: dict[Statement, int] = {}
        found: dict[str, tuple[int, Statement]] = {}
        for c, s in self.statements.items():
            bare = replace(s, quantity=replace(s.quantity, start=None, end=None)) if s.quantity else s
            found[c] = numbers.setdefault(replace(bare, as_of=None), len(numbers)), bare
        return found

    @cached_property
    def _by_id(self) -> Mapping[str, Claim]:
        return {c.id: c for c in self.claims}

    @cached_property
    def _families(self) -> Mapping[str, Family]:
        return {c: f for f in self.traced.families for c in f.claims}

    @cached_property
    def wordings(self) -> Mapping[str, str]:
        """Each claim with the first claim of the same source that states the same."""
        first: dict[object, str] = {}
        return {c.id: first.setdefault(self._wording(c), c.id) for c in self.claims}

    def _wording(self, claim: Claim) -> object:
        s = self.statements[claim.id]
        q = s.quantity
        figure = (q.low, q.high, q.modifier) if q else claim.answer or claim.exact
        return self._families[claim.id].key, figure, s.measure, s.window, s.place, s.scope

    def _chosen(self) -> Iterator[tuple[str, str]]:
        names = [c.id for c in self.claims]
        if len(names) <= ALL_PAIRS:
            yield from combinations(names, 2)
            return
        firsts = list(dict.fromkeys(self.wordings.values()))[:ALL_PAIRS]
        yield from combinations(firsts, 2)
        yield from ((first, c) for c, first in self.wordings.items() if c != first)

    def _pair(self, a: str, b: str, said: Link | None) -> Pair:
        found = self.compared(a, b)
        same = self.traced.same_origin(a, b)
        machine = self._relation(a, b, found)
        word = self._judged(machine, found.reason, a, b) if said is None and machine in JUDGED else None
        dropped = word.word if word is not None and word.dropped else None
        by = said or dropped
        return Pair(
            a=a,
            b=b,
            agreement=found.agreement.value,
            reason=found.reason,
            supports=(Supports.NEITHER if same is not False else found.supports).value,
            gap=Apart(**asdict(found.gap)) if found.gap else None,
            same_origin=same,
            relation=said.relation if said else WITHOUT[machine].value if dropped else machine.value,
            set_by=by.by if by else None,
            because=by.because if by else None,
            machine=machine.value,
        )

    def _relation(self, a: str, b: str, found: Comparison) -> Relation:
        """What the machine makes of a pair: support counts only between two sources that are known to be separate."""
        if found.agreement is Agreement.CONFLICT:
            return Relation.CONFLICTS
        if found.agreement is Agreement.INCOMPARABLE or found.reason in TO_READ:
            return Relation.UPDATES if found.reason in ("as_of", "revised") else Relation.NOT_COMPARABLE
        if self.traced.one_family(a, b):
            return Relation.REPEATS
        named = all(self.traced.origins[c].standing is Standing.NAMED for c in (a, b))  # who is not may be the other
        separate = named and self.traced.same_origin(a, b) is False
        in_words = found.agreement is Agreement.AGREE and self.statements[a].quantity is None
        supports = (in_words or found.supports is not Supports.NEITHER) and not self._far_bounds(a, b)
        return Relation.SUPPORTS if separate and supports else Relation.DOES_NOT_CONTRADICT

    def _far_bounds(self, a: str, b: str) -> bool:
        """True for two floors, or a ceiling and what lies under it, more than a tenth apart: neither speaks for the other."""
        one, other = (self.statements[c].quantity for c in (a, b))
        if one is None or other is None:
            return False
        floors, ceilings = (
            one.high is None and other.high is None,
            None in (one.low, other.low) and None not in (one.high, other.high),
        )
        bounds = (one.low, other.low) if floors else (one.high, other.high) if ceilings else (None, None)
        if bounds[0] is None or bounds[1] is None:
            return False
        low, high = sorted(abs(Decimal(v)) for v in bounds if v is not None)
        return low < high * (1 - NEAR)

    def _unclear(self, claim: str) -> tuple[bool, bool, bool]:
        """Whether the figure is vague, in no unit, and whether nothing says what became of those it counts."""
        q, counts = self.statements[claim].quantity, self.kind is Kind.COUNT
        return (
            q is not None and q.vague,
            q is not None and not q.unit,
            counts and not counted(self.statements[claim]).measure,
        )

    def _candidates(self, figured: Sequence[str]) -> list[str]:
        return list(dict.fromkeys(self.wordings[c] for c in figured))[:ALL_PAIRS]

    def _near(self, asked: Sequence[str], clear: Sequence[str]) -> Mapping[str, list[str]]:
        """Each of the clear claims with those that stand on one scale with it, which they do with each other."""
        near = {c: [c] for c in asked}
        rest = [c for c in asked if c not in clear]
        for a, b in (*combinations(clear, 2), *product(clear, rest)):
            if self.off(a, b) is None:
                near[a].append(b)
                near[b].append(a)
        return near

    def _reach(self, near: Sequence[str], held: Mapping[str, int]) -> tuple[int, int]:
        """How many sources and claims these are."""
        return len({self.source(c) for c in near}), sum(held[c] for c in near)

    def off(self, anchor: str, claim: str) -> str | None:
        """Why a claim's figure does not stand on one scale with another's."""
        a, b = (
            (anchor, claim) if order(anchor) < order(claim) else (claim, anchor)
        )  # as the pairs are compared: nothing twice
        known, *_ = self._worded_alike(a, b)
        if known.reason not in OTHER_AXIS:
            return None  # whatever else is known of the two, which is of no other axis
        reason = self.compared(a, b).reason
        if reason == "part_of":
            return self.part(anchor, claim)
        return reason if reason in OTHER_AXIS else None

    def part(self, a: str, b: str) -> str:
        """Why a part and the whole are set apart: the figure of a place inside another may begin above that of the whole."""
        one, other = self.statements[a], self.statements[b]
        inside = containment.place(one.place, other.place)
        part, whole = (one, other) if inside is containment.Containment.A_IN_B else (other, one)
        lows = [Decimal(q.low) for s in (part, whole) if (q := s.quantity) and q.low is not None]
        return "part_above_whole" if inside.nested and len(lows) == 2 and lows[0] > lows[1] else "part_of"


NEAR = Decimal("0.1")
"""Two floors, or two ceilings, farther apart than this share say nothing for each other."""
UNREAD = frozenset({Relation.NOT_COMPARABLE, Relation.UPDATES})
"""What two claims are to each other where nothing follows from one for the other."""


WORDS_DIFFER = "words_differ"
"""The reason of a pair that differs in words alone."""


def _went_on(first: Statement, last: Statement) -> bool:
    """True for a time that is longer by no more days than it was told later: it may have gone on."""
    told, now, passed = first.quantity, last.quantity, containment.days_apart(first.as_of, last.as_of)
    days = [
        quantity.converted(q.high if q is told else q.low, q.unit, "days", upper=q is told) for q in (told, now) if q
    ]
    if passed is None or None in days or len(days) < 2 or not told or told.unit not in LASTING:
        return False
    return 0 < Decimal(days[1] or 0) - Decimal(days[0] or 0) <= passed


LASTING = frozenset({"days", "weeks", "months"})
"""Units of times that go on from one day's paper to the next."""
STANDS = 14
"""Days for which an amount is taken to stand: of days further apart two may both have been right."""
MOVED = ("as_of", "decreasing", "superseded")
"""Reasons by which `compare` says that a running count moved."""
WITHOUT = {
    Relation.CONFLICTS: Relation.NOT_COMPARABLE,
    Relation.UPDATES: Relation.NOT_COMPARABLE,
    Relation.SUPPORTS: Relation.DOES_NOT_CONTRADICT,
}
"""What two claims are to each other where a person dropped the finding."""


def study(ledger: Ledger, name: str) -> Study:
    """All that is known about a question, by id; of one merged into another, about that one."""
    question = read.question(ledger, name)
    while question.merged_into:
        question = read.question(ledger, question.merged_into)
    filed = [c for c in read.claims(ledger, question=question.uid) if not c.redacted]
    not_said = tuple(c for c in filed if c.check is not None and c.check.value == Checked.NO)
    claims = tuple(c for c in filed if c not in not_said)
    kind = kind_of(question, claims)
    statements = statements_of(question, claims, kind)
    chains = [chain_of(c, question) for c in claims]
    bodies = wire_copy.texts_of(ledger, claims)
    links = _last_words(read.links(ledger, [c.uid for c in claims]), {c.id for c in claims})
    repeated = tuple((k.a, k.b) for k in links if k.relation == Relation.REPEATS)
    known = known_of(ledger, claims, question.id, bodies)
    traced = trace(chains, replace(known, copies=known.copies + repeated))
    return Study(
        question=question,
        kind=kind,
        claims=claims,
        statements=statements,
        versions={
            c.id: version_of(
                c,
                chain,
                statements[c.id],
                bodies.get(c.capture or ""),
                question.question,
                own=c.publisher_id in known.bodies,
            )
            for c, chain in zip(claims, chains, strict=True)
        },
        traced=replace(traced, families=_as_told(traced.families, claims)),
        links=links,
        answer=next(
            (j for j in reversed(read.judgements(ledger, question.uid, EntryKind.ANSWER)) if not j.superseded), None
        ),
        ratings=tuple(_ratings(ledger, question, claims)),
        not_said=not_said,
        words=Words(read.finding_words(ledger, [c.uid for c in claims])),
    )


def _as_told(families: Iterable[Family], claims: Sequence[Claim]) -> tuple[Family, ...]:
    """The families with how their claims name them."""
    family = {claim: f.key for f in families for claim in f.claims}
    members: dict[str, list[Claim]] = {}
    for c in claims:
        members.setdefault(family[c.id], []).append(c)
    return tuple(_told(f, members[f.key]) for f in families)


def _told(family: Family, members: Sequence[Claim]) -> Family:
    """The family with how its claims name it; what several outlets have in their own voice goes under all their names."""
    if family.standing is Standing.ANONYMOUS:
        return replace(family, label=not any(_named_so(c, family.name) for c in members))
    if family.standing is not Standing.PUBLISHER:
        return family
    if any(c.attribution for c in members):
        return replace(family, relayed=not any(c.publisher == family.name and not c.attribution for c in members))
    outlets = list(dict.fromkeys(c.publisher for c in members if c.publisher))
    return under(family, outlets) if len(outlets) > 1 else family


def _named_so(claim: Claim, name: str) -> bool:
    """True where the claim, or the words in which its article names the source, has this name."""
    told = (claim.prefix, claim.exact, claim.suffix, *(h.text or "" for h in claim.attribution if h.start is not None))
    return folding.name(name) in folding.name(" ".join(told))


def under(family: Family, outlets: Sequence[str]) -> Family:
    """The family under the names of these outlets."""
    *most, last = outlets
    return replace(family, name=f"{', '.join(most)} and {last}" if most else last, outlets=tuple(outlets))


def known_of(
    ledger: Ledger, claims: Sequence[Claim], question: str | None = None, bodies: Mapping[str, str] | None = None
) -> Known:
    """What people have said of the sources of these claims, for one question where it is named; `bodies` are their texts."""
    bodies = wire_copy.texts_of(ledger, claims) if bodies is None else bodies
    sources = _sources(ledger, claims)
    ties = [Tie(one, Relating.SAME_AS, into) for one, into in read.merged_sources(ledger)]
    days = sorted(c.published_at[:10] for c in claims if c.published_at)
    for k in read.relations(ledger):
        held = not days or ((k.since or "") <= days[-1] and (k.until or "9") >= days[0])
        if held:
            ties.append(Tie(k.source_id, Relating(k.relation), k.to_id, k.since, k.until))
    speaking = [s for s in sources.values() if s.kind not in MEDIA]
    people = {s.id: s.name for s in speaking if _one_person(s)}
    others = {s.id: s.name for s in speaking if s.id not in people and s.kind is not SourceKind.WITNESS}
    offices = tuple(officers(people, others, bodies.values()))
    parts = {p.source_id: p for p in read.parties(ledger) if p.question in (None, question)}
    return Known(
        ties=tuple(ties),
        sides={s: p.side for s, p in parts.items() if p.party and p.side},
        parties=frozenset(s for s, p in parts.items() if p.party),
        copies=tuple(dict.fromkeys((*wire_copy.same_words(claims), *wire_copy.claim_copies(claims, bodies)))),
        retold=wire_copy.same_sentence(claims, bodies),
        names={s.id: s.name for s in sources.values()},
        bodies=frozenset(s.id for s in sources.values() if s.kind not in MEDIA | {SourceKind.UNKNOWN}),
        publishing=frozenset(
            s.id for s in sources.values() if s.kind not in MEDIA | {SourceKind.UNKNOWN} and not s.guessed
        ),
        apart=read.rejected_aliases(ledger),
        together=frozenset(frozenset(pair) for *pair, speaks in offices if not speaks),
        speakers=(
            *((person, body) for person, body, speaks in offices if speaks),
            *shortened(others, bodies.values()),
        ),
    )


def _one_person(source: NamedSource) -> bool:
    """True for a person, if only by an office behind the name, whatever kind was given."""
    return is_person(source.name) and (source.kind is SourceKind.PERSON or bool(office_told(source.name)))


def _sources(ledger: Ledger, claims: Sequence[Claim]) -> dict[str, NamedSource]:
    """The sources that stand in the chains, and those they were merged into."""
    wanted = {h.known_by for c in claims for h in c.attribution} | {c.publisher_id for c in claims if c.publisher_id}
    found: dict[str, NamedSource] = {}
    while wanted:
        found |= read.named_sources(ledger, wanted)
        wanted = {s.merged_into for s in found.values() if s.merged_into} - found.keys()
    return found


def _last_words(links: Iterable[Link], inside: set[str]) -> tuple[Link, ...]:
    """The newest word on each pair of the question's claims."""
    newest = {frozenset((k.a, k.b)): k for k in links if {k.a, k.b} <= inside}
    return tuple(newest.values())


def _ratings(ledger: Ledger, question: Question, claims: Sequence[Claim]) -> Iterator[tuple[str, Judgement]]:
    for rating in read.judgements(ledger, question.uid, EntryKind.RATING):
        yield question.id, rating
    for claim in claims:
        if claim.rating is not None:
            yield from ((claim.id, rating) for rating in read.judgements(ledger, claim.uid, EntryKind.RATING))


# --- how many separate sources support a claim ---------------------------------------------------------------------


def separate(ledger: Ledger, name: str) -> int:
    """At least so many separate sources support the claim; for a question, so many answer it at least."""
    thing = read.thing(ledger, name, Letter.CLAIM, Letter.QUESTION)
    if thing.id.startswith("Q"):
        return study(ledger, thing.uid).traced.low
    claim = read.claim(ledger, thing.uid)
    return max((_separate(ledger, study(ledger, q), claim) for q in claim.questions), default=0)


def _separate(ledger: Ledger, found: Study, claim: Claim) -> int:
    names = {p.b if p.a == claim.id else p.a for p in found.pairs if _supported(p, claim.id)}
    supporters = [c for c in found.claims if c.id in names]
    if not supporters:
        return 0
    chains = [chain_of(c, found.question) for c in supporters]
    return trace(chains, known_of(ledger, supporters, found.question.id)).low


def _supported(pair: Pair, claim: str) -> bool:
    """True where the pair is one in which the other claim supports this one."""
    if claim not in (pair.a, pair.b) or pair.relation != Relation.SUPPORTS:
        return False
    other = Supports.B if pair.a == claim else Supports.A
    return pair.set_by is not None or pair.agreement == "agree" or pair.supports in (other, Supports.BOTH)
