"""Where claims come from: each claim's origin, the families of one origin, and how many separate sources there are.

The number is an interval. The upper bound counts every origin apart. The lower one folds what may be one source: names that
may be of one (`names.suggest_aliases`), sources of one side, all who are not named, and publishers who give no source.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Hashable, Iterable, Iterator, Mapping
from enum import StrEnum
from functools import cache, cached_property
from itertools import combinations

from msgspec import Struct, field

from ledger import lexicon
from ledger.crossref.containment import order
from ledger.crossref.names import (
    agency,
    apposed,
    called,
    nameless,
    office_told,
    suggest_aliases,
    tells_of_itself,
    tied,
    untitled,
)
from ledger.crossref.statements import figure_of
from ledger.crossref.states import of_state, one_state
from ledger.crossref.wordlists import BODIES, MEDIA_WORDS, OF_PLACES, ORGANISED, PRESS
from ledger.records import Claim, Hop, Question
from ledger.text import folding
from ledger.vocabulary import Basis, Relating, Role, SourceKind

MEDIA = frozenset(
    {SourceKind.NEWS_OUTLET, SourceKind.WIRE_AGENCY, SourceKind.STATE_BROADCASTER, SourceKind.SOCIAL_ACCOUNT}
)
NO_OUTLET = "an outlet that is not named"


def outlet_of(claim: Claim) -> str:
    """Who published a claim; two articles whose outlet is not known are of two, as far as we know."""
    return claim.publisher or f"{NO_OUTLET}, {claim.article}"


PERHAPS = "unknown, perhaps "
NOT_READ = "somebody, not read"
"""Where the language of an article is not read, and so not who is said to say it."""
FOLDING = frozenset({Relating.SAME_AS, Relating.SPEAKS_FOR, Relating.PART_OF})


class Standing(StrEnum):
    """How firmly an origin is known."""

    NAMED = "named"
    ANONYMOUS = "anonymous"
    PUBLISHER = "publisher"
    """An outlet or agency in its own voice: it may rest on somebody it does not name."""
    UNKNOWN = "unknown"


FIRM = (Standing.NAMED, Standing.ANONYMOUS)
"""Who is known to have said it, by name or as somebody not named."""


class Link(Struct, frozen=True):
    """One hop of a chain: who, what sort of source, in which part."""

    source: str
    """The uid of the source."""
    name: str
    kind: SourceKind = SourceKind.UNKNOWN
    role: Role = Role.ORIGIN
    named: bool = True
    implicit: bool = False


class Chain(Struct, frozen=True):
    """A claim with the chain it is attributed to, outermost first, the publisher left out."""

    claim: str
    article: str
    publisher: str
    """The uid of the publisher."""
    publisher_name: str
    links: tuple[Link, ...] = ()
    credit_line: str | None = None
    read: bool = True
    """False where no speaker is named only because the language is not read."""
    headline: bool = False
    """True where the words stand in the article's title."""
    figure: str | None = None
    """The figure as bare digits, so that a headline is known by it."""


class Tie(Struct, frozen=True):
    """A relation between two sources; without dates it always held."""

    source: str
    relation: Relating
    to: str
    since: str | None = None
    until: str | None = None


class Known(Struct, frozen=True):
    """What persons have said about sources, and which claims stand in passages that two articles share."""

    ties: tuple[Tie, ...] = ()
    sides: Mapping[str, str] = field(default_factory=dict)
    """Source uid to side."""
    parties: frozenset[str] = frozenset()
    copies: tuple[tuple[str, str], ...] = ()
    """Pairs of claims inside one shared passage."""
    retold: tuple[tuple[str, str], ...] = ()
    """Pairs whose sentence is one but for words that were changed on the way: no origin follows from that."""
    names: Mapping[str, str] = field(default_factory=dict)
    """Source uid to the name to show for its family."""
    day: str | None = None
    """The day that the claims are of: ties that did not hold then are left out."""
    bodies: frozenset[str] = frozenset()
    """Publishers that are no outlets: what a company or an office publishes is its own word."""
    publishing: frozenset[str] = frozenset()
    """Those of them of which that is known, and not read off a name: what they publish is a statement."""
    apart: frozenset[frozenset[str]] = frozenset()
    """Pairs of sources whose names are alike and that a person said are not one."""
    together: frozenset[frozenset[str]] = frozenset()
    """Pairs of a person and a body in which a text gives him an office, by uid: he may speak for the body."""
    speakers: tuple[tuple[str, str], ...] = ()
    """Pairs of who speaks for a body or is its short form, and the body, by uid, as a text tells it."""


class Origin(Struct, frozen=True):
    """One claim's origin and the family it belongs to."""

    claim: str
    source: str | None
    """None where the origin is unknown."""
    name: str
    family: str
    key: str
    standing: Standing
    copied: bool = False
    """True where others name the source, and this claim stands in the passage that it shares with theirs."""


class Family(Struct, frozen=True):
    """Claims of one origin."""

    name: str
    key: str
    claims: tuple[str, ...]
    standing: Standing
    party: bool = False
    side: str | None = None
    outlets: tuple[str, ...] = ()
    """Those that print one passage in their own voice, where they are several."""
    relayed: bool = False
    """True for an outlet that only others credit: whom it names itself is not known."""
    label: bool = False
    """True where no article has the name in these words."""


class Ties(Struct, frozen=True):
    """What claims have in common that may rest on one source, so that not every pair is asked for its basis."""

    family: Mapping[str, str]
    """By claim, the key of its family."""
    kin: Mapping[str, Hashable]
    """By claim, what decides in its family: two claims of two articles, in no pair below, have the basis of any two such."""
    gives: Mapping[str, Collection[Hashable]]
    takes: Mapping[str, Collection[Hashable]]
    """By claim: of two of two families and articles that have a basis the one takes what the other gives."""
    pairs: Mapping[str, Collection[Hashable]]
    """By claim, the pairs in it that have a basis of their own."""


class Traced(Struct, frozen=True, eq=False, dict=True):
    """Every claim's origin, the families, and the interval of separate sources."""

    origins: Mapping[str, Origin]
    families: tuple[Family, ...]
    low: int
    high: int
    perhaps: frozenset[frozenset[str]] = frozenset()
    """Pairs of families, by key, whose names may be of one source."""
    together: tuple[frozenset[str], ...] = ()
    """The named families, by key, those that may be one source in one group."""
    chains: Mapping[str, Chain] = field(default_factory=dict)
    copies: frozenset[frozenset[str]] = frozenset()
    """Pairs of claims inside one shared passage."""
    retold: frozenset[frozenset[str]] = frozenset()
    """Pairs whose sentence is one but for words that were changed."""
    credited: Mapping[tuple[str, str | None], set[str]] = field(default_factory=dict)
    """By article and figure, the families that the article credits it to."""
    joined: frozenset[str | None] = frozenset()
    """Sources that a person related to others."""
    bodies: frozenset[str] = frozenset()
    """Sources that are no outlets: what one of them publishes is its own statement."""

    def own_statements(self, claims: Iterable[str]) -> tuple[str, ...]:
        """The names of those that published some of these claims themselves."""
        chains = (self.chains[c] for c in claims)
        return tuple(dict.fromkeys(c.publisher_name for c in chains if c.publisher in self.bodies))

    def same_origin(self, a: str, b: str) -> bool | None:
        """True or False where it is known whether two claims have one origin, else None."""
        mine, its = self.origins[a], self.origins[b]
        if mine.key == its.key:
            return None if a != b and self._in_own_voice(a, b) else True
        if Standing.UNKNOWN in (mine.standing, its.standing) or {mine.key, its.key} in self.perhaps:
            return None
        return None if mine.standing is its.standing is Standing.ANONYMOUS else False

    def one_family(self, a: str, b: str) -> bool:
        """True for claims that count as of one source."""
        return self.origins[a].key == self.origins[b].key

    def may_be_one(self, a: str, b: str) -> bool:
        """True where the names of two sources are proposed as of one."""
        return {self.origins[a].key, self.origins[b].key} in self.perhaps

    def _in_own_voice(self, a: str, b: str) -> bool:
        """True for two sentences of one outlet of which one names nobody: what each of them rests on is not said."""
        mine, its = ((self.origins[c].source, self.origins[c].standing) for c in (a, b))
        own = mine == its and mine[1] is Standing.PUBLISHER and not (self.chains[a].links and self.chains[b].links)
        return own and frozenset((a, b)) not in self.copies

    def basis(self, a: str, b: str) -> Basis | None:
        """How two claims are known to rest on one source; None where that is at most likely."""
        if b in self._copied.get(a, ()):
            return Basis.COPIED
        if found := self._one_source(self.chains[a], self.chains[b]):
            return found
        return Basis.RETOLD if frozenset((a, b)) in self.retold else None

    @cached_property
    def _copied(self) -> Mapping[str, set[str]]:
        """By claim, those inside one shared passage with it."""
        found: dict[str, set[str]] = {}
        for pair in self.copies:
            for claim in pair:
                found.setdefault(claim, set()).update(pair)
        return found

    def ties(self, said: Iterable[frozenset[str]] = ()) -> Ties:
        """What tells of whole groups of claims how `basis` ties them; `said` are pairs of which a person said more."""
        pairs: dict[str, set[Hashable]] = {name: set() for name in self.chains}
        for pair in (*self.copies, *self.retold, *said):
            for claim in pair & pairs.keys():
                pairs[claim].add(pair)
        gives = {name: frozenset(self._gives(chain)) for name, chain in self.chains.items()}
        takes = {name: frozenset(self._takes(chain)) for name, chain in self.chains.items()}
        return Ties({c: self.origins[c].key for c in self.chains}, self._kin, gives, takes, pairs)

    @cached_property
    def _kin(self) -> Mapping[str, Hashable]:
        """By claim, all that `_named` asks of it and its family."""
        sources: dict[str, set[str]] = {}
        for claim, (_, source) in self._names.items():
            sources.setdefault(self.origins[claim].key, set()).add(source)
        found = {}
        for claim, (named, source) in self._names.items():
            origin = self.origins[claim]
            joined, links = origin.source in self.joined, bool(self.chains[claim].links)
            called = frozenset(s for s in sources[origin.key] if _called(named, s))
            found[claim] = (origin.key, called, source, joined, links)
        return found

    def _gives(self, c: Chain) -> Iterator[Hashable]:
        """With its figure, who is named on the way, and its source if it is named."""
        yield from (("by", c.figure, name) for name in _through(c))
        if c.links and self.origins[c.claim].standing is Standing.NAMED:
            yield "of", c.figure, self.origins[c.claim].key

    def _takes(self, c: Chain) -> Iterator[Hashable]:
        """With its figure, who alone is named, and the source that its article credits with its own telling."""
        if len(c.links) == 1:
            yield "by", c.figure, folding.name(c.links[0].name)
        if _own_telling(c):
            yield from (("of", c.figure, source) for source in self.credited.get((c.article, c.figure), ()))

    def _one_source(self, a: Chain, b: Chain) -> Basis | None:
        mine, its = self.origins[a.claim], self.origins[b.claim]
        if mine.key != its.key:
            return self._restated(a, b) or _relayed(a, b)
        if a.article == b.article:
            return Basis.NAMED if mine.standing is Standing.NAMED and a.links and b.links else Basis.ONE_TEXT
        return self._named(a, b) if a.links or b.links else None

    def _restated(self, a: Chain, b: Chain) -> Basis | None:
        """An article may tell in its own voice, or as that of officials, the figure that it credits to one source elsewhere."""
        if a.figure is None or a.figure != b.figure:
            return None
        keys = frozenset(self.origins[c.claim].key for c in (a, b))
        if a.article == b.article and keys in self.perhaps and a.links and b.links:
            return Basis.ONE_TEXT  # a body, and its own officer
        for told, other in ((a, b), (b, a)):
            source = self.origins[other.claim]
            named = source.standing is Standing.NAMED and other.links and _own_telling(told)
            if named and self.credited.get((told.article, told.figure)) == {source.key}:
                return Basis.RESTATED
        return None

    @cached_property
    def _names(self) -> Mapping[str, tuple[frozenset[str], str]]:
        """By claim, who is named, else who publishes, and the source that it is traced to."""
        return {
            claim: (
                frozenset(folding.name(untitled(link.name)) for link in c.links)
                or frozenset({folding.name(c.publisher_name)}),
                folding.name(untitled(self.origins[claim].name)),
            )
            for claim, c in self.chains.items()
        }

    def _named(self, a: Chain, b: Chain) -> Basis | None:
        """Whether two articles name the source; one whose passage was copied from a third does not."""
        (named, mine), (others, its) = self._names[a.claim], self._names[b.claim]
        if not _called(named, mine) or not _called(others, its):
            return None
        if _called(others, mine) or _called(named, its):
            return Basis.NAMED
        return Basis.SAID if self.joined & {self.origins[c.claim].source for c in (a, b)} else None


def _called(named: Iterable[str], source: str) -> bool:
    """True where the source is named, if only as the body that somebody speaks for: "Ada Moss (Reed Council spokeswoman)"."""
    return any(f" {source} " in f" {name} " for name in named)


def trace(chains: Iterable[Chain], known: Known | None = None) -> Traced:
    """The origins of the claims of one question."""
    known = known or Known()
    given = list(chains)
    roots = _Roots(_holding(known), _said_apart(known))
    joined = frozenset(roots.parent)
    for c in given:
        if (body := _organisation(c.links)) and roots.joined(c.links[-1].source):
            roots.join(c.links[-1].source, body.source)
    apart = _said_apart(known)
    for person, body_of in (*_speaking(given, known), *known.speakers):
        if frozenset((person, body_of)) not in apart:
            roots.join(person, body_of)
    origins = {c.claim: _origin(c, roots, known) for c in given}
    _headlines(given, origins)
    _copies(known.copies, origins)
    families = _families(origins, known, roots)
    perhaps = _perhaps_one(origins.values(), families, known, roots)
    together = _together(families, perhaps | _of_one_state(families, known, roots))
    return Traced(
        origins,
        families,
        max(len(together), 1) if families else 0,  # who is not named may be anyone
        len(families),
        perhaps,
        together,
        chains={c.claim: c for c in given},
        copies=frozenset(map(frozenset, known.copies)),
        retold=frozenset(map(frozenset, known.retold)),
        credited=_credited(given, origins),
        joined=joined,
        bodies=known.publishing,
    )


def _speaking(chains: Iterable[Chain], known: Known) -> Iterator[tuple[str, str]]:
    """Each person who is named with a body that is quoted too, or speaks for it without a name, and the body: "Ada Moss (Orm
    Bank)", "Ada Moss (head of Orm Bank)", "a spokeswoman for Orm Bank".

    Two who speak for it are one, quoted or not. Somebody else of the body, "(Orm Bank vice president)", may speak for himself;
    two that a person told apart are two. "The bank" is the only bank that is named.
    """
    last = {c.links[-1].source: c.links[-1] for c in chains if c.links}
    bodies = {
        folding.name(link.name): link for link in last.values() if link.kind not in MEDIA and not unnamed_link(link)
    }
    apart, speaking = _said_apart(known), dict[str, Link]()
    for link in last.values():
        told = office_told(link.name)
        plain = re.sub(r"^an? ", "", told or link.name, flags=re.IGNORECASE)
        office = _speaks_for().sub("", plain)
        named = office and (told or office != plain)
        body = (bodies.get(folding.name(office)) or _only_such(office, bodies.values())) if named else None
        if named and not body and told and office not in (told, office.lower()):
            body = speaking.setdefault(folding.name(office), link)
        if body and body.source != link.source and frozenset((body.source, link.source)) not in apart:
            yield link.source, body.source


def _only_such(noun: str, bodies: Iterable[Link]) -> Link | None:
    """The one body that is named by this noun, "bank" of Orm Bank and Bank of Orm; None for several."""
    if noun.isupper() and len(noun) > 1:  # "ORO" of "Lorn ORO"
        short = [b for b in bodies if b.name.endswith(f" {noun}") and not office_told(b.name)]
        return short[0] if len(short) == 1 else None
    if noun not in BODIES | ORGANISED:
        return None
    name = r"[A-Z][\w’'-]*"
    called = re.compile(rf"(?:[Tt]he )?(?:{name} )+(?i:{noun})|(?:[Tt]he )?{noun.capitalize()} of .*")
    found = [b for b in bodies if called.fullmatch(b.name)]
    return found[0] if len(found) == 1 else None


@cache
def _speaks_for() -> re.Pattern[str]:
    posts = lexicon.alternatives(lexicon.listed("en/offices", "speaking"))
    return re.compile(rf"^(?:{posts}) (?:of|for) (?:the )?| (?:{posts})$|^the ", re.IGNORECASE)


def _credited(chains: Iterable[Chain], origins: Mapping[str, Origin]) -> Mapping[tuple[str, str | None], set[str]]:
    """By article and figure, the families of those to whom the article credits it, but for officials as such."""
    found: dict[tuple[str, str | None], set[str]] = {}
    for c in chains:
        if c.links and not _own_telling(c):
            found.setdefault((c.article, c.figure), set()).add(origins[c.claim].key)
    return found


def _relayed(a: Chain, b: Chain) -> Basis | None:
    """What the one has from a source by name, the other from somebody through that source, or printed there as somebody's."""
    if a.figure != b.figure:
        return None
    for whole, part in ((a, b), (b, a)):
        if len(part.links) == 1 and folding.name(part.links[0].name) in _through(whole):
            return Basis.NAMED
    return None


def _through(chain: Chain) -> set[str]:
    """Those named on the way from a source, its article's publisher among them."""
    relays = [link.name for link in chain.links[:-1] if chain.figure and not nameless(link.name, link.kind)]
    return {folding.name(name) for name in (*relays, *([chain.publisher_name] if chain.links else ()))}


def _own_telling(chain: Chain) -> bool:
    """True for what an article says in its own voice, or has from "officials" as if from all of them."""
    if chain.links:
        last = chain.links[-1]
        return len(chain.links) == 1 and nameless(last.name) and last.name.split()[-1].casefold() in OFFICIALS
    return chain.read


OFFICIALS = frozenset({"officials", "authorities"})
"""Who says what one of them is named for."""


def agency_hint(credit_line: str | None) -> str | None:
    """The agency that a credit line or dateline names, "an agency" where it only hints at one, else None."""
    if not credit_line:
        return None
    named = agency().search(credit_line)
    if named:
        return named.group(0)
    some = re.search(r"\b(?:agency|agencies|wires?|wire services?)\b", credit_line, re.IGNORECASE)
    return "an agency" if some else None


def named_agency(name: str) -> bool:
    """True where the name is, or contains, that of a news agency."""
    return agency().search(name) is not None


# --- of a logged claim --------------------------------------------------------------------------------------------


def chain_of(claim: Claim, question: Question | None = None) -> Chain:
    """Whom the claim is attributed to; sources go by their short ids."""
    figure = figure_of(claim, question)
    return Chain(
        claim=claim.id,
        article=claim.article,
        publisher=claim.publisher_id or f"publisher of {claim.article}",
        publisher_name=outlet_of(claim),
        links=links_of(claim),
        credit_line=claim.credit_line,
        read=claim.attribution_read,
        headline=is_headline(claim),
        figure=None if figure is None else figure.low or figure.high,
    )


def links_of(claim: Claim) -> tuple[Link, ...]:
    """The chain as origins are traced; whether an outer hop relays or speaks through its own people, its kind decides."""
    behind = apposed(claim.attribution[-1].source) if claim.attribution else None
    body = behind is not None and behind[1].rpartition(" ")[2].lower() in BODIES  # "president of Orm Bank"
    place = behind[1] if behind and behind[1].startswith(OF_PLACES) and not body else ""
    return tuple(
        Link(h.known_by, called(h.source), h.kind or SourceKind.UNKNOWN, _part(h), named=h.named, implicit=h.implicit)
        for h in claim.attribution
        if not tells_of_itself(h.source) and not (h.role is Role.AFFILIATION and h.source in place)
    )


def _part(hop: Hop) -> Role:
    # a hop that is not the last is logged as a relay where nobody said more
    return Role.ORIGIN if hop.role is Role.RELAY else hop.role


def is_headline(claim: Claim) -> bool:
    """True where four in five of the claim's words are the title's."""
    words = set(folding.name(claim.exact).split())
    return len(words) > 2 and len(words & set(folding.name(claim.title or "").split())) * 5 >= len(words) * 4


# --- one claim ----------------------------------------------------------------------------------------------------


def _origin(chain: Chain, roots: _Roots, known: Known) -> Origin:
    if not chain.links:
        return _own_voice(chain, roots, known)
    last = chain.links[-1]
    unnamed = unnamed_link(last)
    if unnamed and not roots.joined(last.source):
        return Origin(chain.claim, last.source, last.name, last.name, _anonymous_key(chain, last), Standing.ANONYMOUS)
    speaker = _organisation(chain.links) or last
    root = roots.of(speaker.source, untitled(speaker.name))
    name = _with_office(known.names.get(root, speaker.name))
    standing = Standing.NAMED
    if (unnamed and nameless(name)) or _of_trade(speaker.name):
        standing = Standing.ANONYMOUS
    elif speaker.kind in (SourceKind.NEWS_OUTLET, SourceKind.WIRE_AGENCY):
        standing = Standing.PUBLISHER
    return Origin(chain.claim, last.source, last.name, name, f"source:{root}", standing)


def _with_office(name: str) -> str:
    """A person with the office behind: "Ada Moss (mayor of Lorn)"."""
    found = apposed(name)
    return f"{found[0]} ({found[1]})" if found else name


def _of_trade(name: str) -> bool:
    """True for one of an outlet's people, who was there and is not named: "AFP journalist"."""
    return name.rpartition(" ")[2] in PRESS


def unnamed_link(link: Link) -> bool:
    """True for somebody who is not named; a witness may be, whatever was logged."""
    return nameless(link.name, link.kind) or not (link.named or link.kind is SourceKind.WITNESS)


def _own_voice(chain: Chain, roots: _Roots, known: Known) -> Origin:
    hint = agency_hint(chain.credit_line)
    if hint and folding.name(hint) != folding.name(chain.publisher_name):
        name = f"{PERHAPS}{hint}"
        return Origin(chain.claim, None, name, name, f"unknown:{chain.article}", Standing.UNKNOWN)
    if not chain.read:
        return Origin(chain.claim, None, NOT_READ, NOT_READ, f"unknown:{chain.article}", Standing.UNKNOWN)
    root = roots.of(chain.publisher, chain.publisher_name)
    name = known.names.get(root, chain.publisher_name)
    standing = Standing.NAMED if chain.publisher in known.bodies else Standing.PUBLISHER
    return Origin(chain.claim, chain.publisher, chain.publisher_name, name, f"source:{root}", standing)


def _anonymous_key(chain: Chain, last: Link) -> str:
    """One description is one source within an article; beyond it only where it is tied to an outlet by name."""
    if tied(last.name, [chain.publisher_name, *(link.name for link in chain.links[:-1])]):
        return f"anonymous:{folding.name(last.name)}"
    return f"anonymous:{chain.article}:{folding.name(last.name)}"


def _organisation(links: tuple[Link, ...]) -> Link | None:
    """The body whose own person speaks: a ministry quoted by way of its official is one source with him."""
    if len(links) < 2:
        return None
    body, speaker = links[-2], links[-1]
    if body.role is Role.AFFILIATION or (body.role is not Role.RELAY and not _relays(body) and _personal(speaker)):
        return body if body.named and not nameless(body.name, body.kind) else None
    return None


def told_by(chain: Chain) -> tuple[str, ...]:
    """Those, but for media, through whom the article has its source: "the pilot said police told him"."""
    between = [link for link in chain.links[:-1] if link.role is not Role.AFFILIATION and not _relays(link)]
    return tuple(link.name for link in between if link is not _organisation(chain.links))


def _relays(link: Link) -> bool:
    unread = link.kind is SourceKind.UNKNOWN
    return link.kind in MEDIA or (unread and bool(MEDIA_WORDS & set(folding.name(link.name).split())))


def _personal(link: Link) -> bool:
    """True for a person's name: two to four capitalised words and no word of an organisation."""
    if link.kind is SourceKind.PERSON:
        return True
    names = link.name.split("(")[0].split()
    return (
        2 <= len(names) <= 4
        and all(w[:1].isupper() for w in names)
        and not ORGANISED & set(folding.name(link.name).split())
    )


# --- several claims -----------------------------------------------------------------------------------------------


def _headlines(chains: list[Chain], origins: dict[str, Origin]) -> None:
    """A headline without a source has that of the sentence below it which gives the same figure."""
    for chain in chains:
        if chain.links or not chain.headline or not chain.figure:
            continue
        for other in chains:
            if other.links and other.article == chain.article and other.figure == chain.figure:
                origins[chain.claim] = _with(chain.claim, origins[other.claim])
                break


def _copies(copies: Iterable[tuple[str, str]], origins: dict[str, Origin]) -> None:
    """Claims in one shared passage have one origin; what one outlet names holds for the copy that names nobody."""
    for a, b in sorted(
        copies, key=lambda pair: sum(origins[c].standing in FIRM for c in pair if c in origins), reverse=True
    ):
        if a not in origins or b not in origins:
            continue
        mine, its = origins[a], origins[b]
        if its.standing not in FIRM:
            origins[b] = _with(b, mine, copied=mine.key != its.key)
        elif mine.standing not in FIRM or folding.name(mine.name) == folding.name(its.name):
            origins[a] = _with(a, its, copied=mine.key != its.key)


def _with(claim: str, origin: Origin, *, copied: bool = False) -> Origin:
    return Origin(claim, origin.source, origin.name, origin.family, origin.key, origin.standing, copied)


def _families(origins: Mapping[str, Origin], known: Known, roots: _Roots) -> tuple[Family, ...]:
    members: dict[str, list[Origin]] = {}
    for origin in origins.values():
        members.setdefault(origin.key, []).append(origin)
    return tuple(_family(key, found, known, roots) for key, found in members.items())


def _family(key: str, found: list[Origin], known: Known, roots: _Roots) -> Family:
    standing = min((o.standing for o in found), key=list(Standing).index)
    sources = {o.source for o in found if o.source}
    sources |= {s for s in (*known.sides, *known.parties) if key == f"source:{roots.of(s, known.names.get(s))}"}
    side = next((known.sides[s] for s in sorted(sources) if s in known.sides), None)
    party = side is not None or bool(sources & known.parties)
    return Family(found[0].family, key, tuple(o.claim for o in found), standing, party, side)


def _perhaps_one(
    origins: Iterable[Origin], families: Iterable[Family], known: Known, roots: _Roots
) -> frozenset[frozenset[str]]:
    """Pairs of families that may be one source, by their names or as of one side, but for those that a person said are not."""
    keys = {n: o.key for o in origins if o.standing in (Standing.NAMED, Standing.PUBLISHER) for n in (o.name, o.family)}
    apart = {frozenset(f"source:{roots.of(s, known.names.get(s))}" for s in pair) for pair in _said_apart(known)}
    alike = {frozenset((keys[g.a], keys[g.b])) for g in suggest_aliases(keys)}
    folded = {n.casefold(): key for n, key in keys.items()}  # "Ann and Bob" may be Ann
    alike |= {frozenset((key, folded[one])) for n, key in folded.items() for one in n.split(" and ") if one in folded}
    alike |= {frozenset(f"source:{roots.of(s, known.names.get(s))}" for s in pair) for pair in known.together}
    marked = _marked_apart(known)
    sided = [f for f in families if f.side and f.standing is Standing.NAMED and f.key not in marked]
    alike |= {frozenset((f.key, g.key)) for f, g in combinations(sided, 2) if f.side == g.side}
    return frozenset(pair for pair in alike - apart if len(pair) > 1)


def _of_one_state(families: Iterable[Family], known: Known, roots: _Roots) -> frozenset[frozenset[str]]:
    """Pairs of a state's bodies that count once, but for those that a person called independent, or told apart."""
    marked = _marked_apart(known)
    apart = {frozenset(f"source:{roots.of(s, known.names.get(s))}" for s in pair) for pair in _said_apart(known)}
    bodies = [f for f in families if f.standing is Standing.NAMED and f.key not in marked and of_state(f.name)]
    pairs = (frozenset((f.key, g.key)) for f, g in combinations(bodies, 2) if one_state(f.name, g.name))
    return frozenset(pair for pair in pairs if pair not in apart)


def _together(families: tuple[Family, ...], perhaps: frozenset[frozenset[str]]) -> tuple[frozenset[str], ...]:
    """The named families in groups of which each may be one source."""
    keys = [f.key for f in families if f.standing is Standing.NAMED]
    same = _Roots(Tie(a, Relating.SAME_AS, b) for a, b in map(sorted, perhaps) if {a, b} <= {*keys})
    groups: dict[str, list[str]] = {}
    for key in keys:
        groups.setdefault(same.of(key, None), []).append(key)
    return tuple(map(frozenset, groups.values()))


def _said_apart(known: Known) -> frozenset[frozenset[str]]:
    """Pairs of sources that a person said are not one."""
    return known.apart | {frozenset((t.source, t.to)) for t in _holding(known) if t.relation is Relating.INDEPENDENT}


def _marked_apart(known: Known) -> frozenset[str]:
    """Families that a person called independent of another: their side does not fold them."""
    roots = _Roots(_holding(known))
    marked = [t for t in _holding(known) if t.relation is Relating.INDEPENDENT]
    return frozenset(f"source:{roots.of(s, None)}" for t in marked for s in (t.source, t.to))


def _holding(known: Known) -> list[Tie]:
    """The ties that held on the day; without a day all of them."""
    return [t for t in known.ties if order(t.until, known.day) >= 0 and order(t.since, known.day) <= 0]


class _Roots:
    """Sources folded over same_as, speaks_for and part_of, and over one name written in two ways."""

    def __init__(self, ties: Iterable[Tie], apart: frozenset[frozenset[str]] = frozenset()) -> None:
        self.parent: dict[str, str] = {}
        self.named: dict[str, str] = {}
        self.apart = apart
        for tie in ties:
            if tie.relation in FOLDING:
                self.join(tie.source, tie.to)

    def join(self, source: str, to: str) -> None:
        self.parent.setdefault(to, to)
        self.parent[self._root(source)] = self._root(to)

    def joined(self, source: str) -> bool:
        """True where a tie names the source."""
        return source in self.parent

    def of(self, source: str, name: str | None) -> str:
        first = self.named.setdefault(folding.name(name), source) if name else source
        return self._root(source if frozenset((first, source)) in self.apart else first)

    def _root(self, source: str) -> str:
        while self.parent.get(source, source) != source:
            source = self.parent[source]
        return source
