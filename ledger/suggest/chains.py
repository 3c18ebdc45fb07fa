"""Chains of sources: who relays whom, who belongs to what, and which fuller mention a short one stands for."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Iterator, Sequence
from functools import cache, cached_property
from typing import NamedTuple

from ledger.lexicon import listed, loosely, vocabulary, words
from ledger.records import Hop, Unsure, heard, replace
from ledger.suggest import doubts, grammar, people
from ledger.suggest.hits import Hit, Span
from ledger.suggest.sentence_tokens import Sentence
from ledger.vocabulary import Role

# A pronoun does not reach further back than this many paragraphs.
PRONOUN_REACH = 3
SENTENCES = 40
"""Nor than this many sentences of one paragraph, so that a text on one line is read in linear time."""
OTHER = words("en/speakers", "other")
NOT_ORGANISATION = listed("en/speakers", "adjectives")


class Known:
    """A source met before: its words, its chain outside the origin, and the paragraph where it last stood."""

    __slots__ = ("_heads", "gender", "mention", "met", "name", "outer", "paragraph", "person", "words")

    def __init__(self, text: str, source: Span, core: Span, paragraph: int) -> None:
        tokens = _word().findall(text, *core)
        self.name = _proper(text[slice(*core)])
        self.mention = text[slice(*source)]
        self._heads: frozenset[str] | None = None
        self.words = _folded(tokens) | _described(text, source)
        self.outer: tuple[Hop, ...] = ()
        self.person = _personal(tokens, 0) or _headed(_before_of(self.name))
        self.gender = people.gender_of(tokens)
        self.paragraph = paragraph
        self.met = core[0]

    @property
    def heads(self) -> frozenset[str]:
        """The words that a short mention can end with, found out once they are asked for."""
        if self._heads is None:
            self._heads = _heads(self.mention)
        return self._heads


class Memory:
    """The sources of the text so far, found by word, by name and by the sentence they speak in."""

    def __init__(self, rows: Sequence[Sentence]) -> None:
        self.rows = rows
        self.starts = [row.start for row in rows]
        self.by_word: dict[str, Known] = {}
        self.by_name: dict[str, Known] = {}
        self.speaking: dict[int, Known] = {}
        self.doubted: set[int] = set()
        """Sentences in which it was not clear whom a pronoun stands for, so that the next one inherits the doubt."""

    @cached_property
    def names(self) -> people.Names:
        return people.Names(self.rows)

    def before(self, sentence: Sentence) -> Iterator[Sentence]:
        """The sentences before this one, the nearest first, no further back than a pronoun reaches."""
        last = bisect_left(self.starts, sentence.start) - 1
        for at in range(last, max(-1, last - SENTENCES), -1):
            if sentence.index - self.rows[at].index > PRONOUN_REACH:
                return
            yield self.rows[at]


class Meant(NamedTuple):
    """Who a mention stands for, as far as the text says; `sure` is false where it may be somebody else."""

    known: Known | None
    sure: bool = True


class Linked(NamedTuple):
    """The chain of a statement, outermost first, and what of it a person has to look at."""

    chain: tuple[Hop, ...]
    unsure: tuple[Unsure, ...] = ()


def link(text: str, hits: list[Hit], rows: Sequence[Sentence]) -> list[Linked]:
    """The chain of each statement."""
    memory = Memory(rows)
    return [_linked(text, hit, memory) for hit in hits]


def _linked(text: str, hit: Hit, memory: Memory) -> Linked:
    if hit.source is None:
        return Linked((heard(text, None, hit.cue, role=Role.ORIGIN),), _unsure(doubts.of_cue(hit)))
    core = _core(text, hit.source)
    meant = _meant(text, hit, core, memory)
    known = meant.known
    relays = tuple(heard(text, hop.source, hop.cue, role=Role.RELAY) for hop in hit.relays if hop.source)
    if hit.inherited and known and not relays:
        outer = known.outer
    else:
        outer = relays + _affiliation(text, hit.source, core, memory)
        if not outer and known:
            outer = tuple(_implied(m) for m in known.outer)
    spoken = hit.cue if hit.cue[0] < hit.cue[1] else None
    origin = heard(text, core, spoken, role=Role.ORIGIN)
    if known is None:
        origin = replace(origin, source=_proper(origin.source))
    elif known.name != origin.text:
        origin = replace(origin, source=known.name, stands_for=known.name)
    if known or _said(text, core) not in grammar.PRONOUNS:
        kept = _remember(text, (hit.source, core), outer, known, memory)
        kept.paragraph = hit.sentence.index
        memory.speaking[hit.sentence.start] = kept
        if not meant.sure:
            memory.doubted.add(hit.sentence.start)
    return Linked((*outer, origin), _unsure("" if meant.sure else "pronoun", doubts.of_source(text, hit, core)))


def _unsure(*why: str) -> tuple[Unsure, ...]:
    return tuple(Unsure("attribution", code) for code in why if code)[:1]


def _implied(mention: Hop) -> Hop:
    return replace(mention, start=None, end=None, cue=None, cue_start=None, cue_end=None, implicit=True)


@cache
def _aside() -> re.Pattern[str]:
    opening = r"(?:a|an|the|who|which|whose|one|age|aged|now|then|known|[DR]-|[a-z]{3,20}ing\b|\d)"
    beside = r"(?:from\b|for (?:his|her|its|their) (?:own )?part|on the other hand|meanwhile|however)"
    made = loosely(listed("en/speakers", "made_public"))
    when = r"on\b|last\b|this\b|late\b|early\b|yesterday\b|\d|[A-Z][a-z]+day\b"
    timed = rf"(?:\sand)?\s(?:(?:{made})(?:\s(?={when})|$)|(?:published|released|issued)\sin\b)"
    return re.compile(
        rf"{timed}|\s*(?:,\s+(?:{opening}|{beside})|\s(?:which|who|whose|it|they|she|he)\b|\s\((?=[^()]*\)?\W*$)|\s[-–—]+\s)"
    )


@cache
def _described_as() -> re.Pattern[str]:
    return re.compile(
        r"\A(?:whose|[Ii]ts|[Hh]is|[Hh]er|[Tt]heir|[Aa]n?|[Oo]ne of (?:its|his|her|their|the))(?: [a-z-]+){1,4}, (?=[A-Z])"
    )


@cache
def _introduced() -> re.Pattern[str]:
    """A name behind the clause that says who that is: "the firm that built the bridge, Morvan & Sons"."""
    name = r"[A-Z][\w.’'-]*(?: (?:(?:of|and|the|de|van|von|&) )*[A-Z][\w.’'-]*){0,5}"
    placed = r"(?!.*\b(?:in|at|from|near|to|of|outside) (?:[A-Z]\S* ?)+, )"  # "who came from Lund, Sweden"
    opened = r"(?:[Tt]he|[Aa]n?|[Oo]ne|[Hh]is|[Hh]er|[Ii]ts) [^,A-Z]*\b(?:that|which|who)\b"
    return re.compile(rf"{placed}{opened}[^,]*, (?P<name>{name})")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")


def _core(text: str, source: Span) -> Span:
    """The name in the mention, without the apposition that explains it."""
    start, end = doubts.furniture(text, source), source[1]
    introduced = _introduced().fullmatch(text, start, end)
    if introduced and text[end : end + 1] in (",", "."):
        return introduced.span("name")
    m = _aside().search(text, start + 1, end)
    end = m.start() if m and _word().search(text, start, m.start()) else end
    return start, end - (text[end - 1] == ",")


def _said(text: str, core: Span) -> str:
    """The mention in small letters, but for an acronym: WHO is no pronoun."""
    mention = text[slice(*core)]
    return mention if mention.isupper() and len(mention) > 1 else mention.lower()


def _words(text: str, span: Span) -> frozenset[str]:
    return _folded(_word().findall(text, *span))


def _folded(words: list[str]) -> frozenset[str]:
    return frozenset([w.lower().removesuffix("'s").removesuffix("’s") for w in words]) - grammar.STOP


@cache
def _apposed() -> re.Pattern[str]:
    bodies = "|".join(sorted(re.escape(w) for w in grammar.BODIES | words("en/speakers", "apposed")))
    return re.compile(
        rf"[Tt]he (?:[a-z-]+ ){{0,2}}(?:{bodies}) (?=[A-Z])(?P<name>(?:(?:of|for|and|the) |[A-Z][^\s,]* ?)+)"
    )


def _proper(mention: str) -> str:
    """The name without what says who that is, "the union Northway", "its chairman, Ann Roe", and no possessive."""
    mention = _described_as().sub("", mention)
    m = _apposed().fullmatch(mention)
    return m["name"] if m else mention.removesuffix("'s").removesuffix("’s")


def _before_of(mention: str) -> str:
    """A mention without what somebody belongs to: "Ann Roe of Roe and Sons"."""
    return re.split(r"\s(?:of|for|at|from|with|in|on|who|which)\s", mention)[0]


def _heads(mention: str) -> frozenset[str]:
    """The words that a short mention of somebody can end with: a name, a post; not the body that the post is of."""
    found: set[str] = set()
    for segment in re.split(r",|\s[-–—]\s", mention):
        said = _word().findall(_before_of(segment))
        small = next((n for n in range(len(said), 0, -1) if not said[n - 1][0].isupper()), 0)
        names = [w.lower() for w in said[small:]]
        found.update(w for w in names[:-1] if w not in grammar.BODIES)
        found.update(w.lower() for w in [*said[max(0, small - 1) : small], *said[-1:]])
    return frozenset(w.removesuffix("'s").removesuffix("’s") for w in found)


def _meant(text: str, hit: Hit, core: Span, memory: Memory) -> Meant:
    """Whom the mention stands for: what its relative pronoun follows, whom its pronoun can mean, or an earlier mention."""
    said, paragraph = _said(text, core), hit.sentence.index
    if hit.antecedent:
        name = _core(text, hit.antecedent)
        return Meant(_recall(text, name, memory) or Known(text, hit.antecedent, name, paragraph))
    said = said.partition("'")[0].partition("’")[0]
    if said in PERSONAL:
        return _he_or_she(text, hit, PERSONAL[said], memory)
    if said in ("it", "its", "they", "their"):
        return _they(text, hit, memory, plural=said in ("they", "their"))
    known = _recall(text, core, memory)
    if known is None and said in COMPANY:
        known = _company(text, hit, memory)
    return Meant(known, said not in grammar.PRONOUNS)


COMPANY = words("en/speakers", "company")


def _company(text: str, hit: Hit, memory: Memory) -> Known | None:
    """The one firm that the sentences before "the company" name with Ltd and the like; None where there are two or none."""
    near = min((row.start for row in memory.before(hit.sentence)), default=hit.sentence.start)
    found = {m["name"].lower(): m for m in _firm().finditer(text, near, hit.source[0] if hit.source else hit.cue[0])}
    if len(found) != 1:
        return None
    span = next(iter(found.values())).span("name")
    return _recall(text, span, memory) or Known(text, span, span, hit.sentence.index)


@cache
def _firm() -> re.Pattern[str]:
    ends = "|".join(re.escape(e) for e in listed("en/speakers", "firms"))
    return re.compile(rf"\b(?P<name>(?:[A-Z][\w&’'-]*\s(?:&\s)?){{1,4}}(?i:{ends})\b)")


PERSONAL = {"he": "he", "his": "he", "him": "he", "she": "she", "her": "she"}


def _he_or_she(text: str, hit: Hit, pronoun: str, memory: Memory) -> Meant:
    """The speaker or the first person named in the nearest sentence before that has one; nobody where others may be meant.

    Of guesses among several, half were wrong.
    """
    own, names = hit.sentence, memory.names
    inside = [n for n in names.people(own, hit.source[0] if hit.source else 0) if not people.about(own, n.span)]
    for row in memory.before(own):
        speaker = memory.speaking.get(row.start)
        if speaker and speaker.person and speaker.gender in (None, pronoun):
            speaker.gender = pronoun
            clear = row.start not in memory.doubted and all(n.last in speaker.words for n in inside)
            return Meant(speaker if clear else None, clear)
        named = [n for n in names.people(row) if people.gender(row, n.span) in (None, pronoun)]
        if named:
            first = next((n for n in named if n.firm), named[0])
            known = _met(text, row, first.span, memory)
            if known.gender in (None, pronoun):
                known.gender = pronoun
                clear = (first.firm or first.leads) and people.may_be(row, first.span, pronoun)
                others = {n.last for n in [*named, *inside] if n.firm or not (first.firm and first.leads)} - {
                    first.last
                }
                return Meant(known if clear and not others else None, clear and not others)
    return Meant(None, sure=False)


def _met(text: str, row: Sentence, span: Span, memory: Memory) -> Known:
    """Who is named here, whether or not we met them as a source."""
    known = _recall(text, span, memory)
    if known is None or not known.person:
        known = Known(text, span, span, row.index)
        known.person = True
        known.gender = people.gender(row, span)
    return known


def _they(text: str, hit: Hit, memory: Memory, *, plural: bool) -> Meant:
    """The body that the statement is about, that speaks, or that the sentence just before is about."""
    before = hit.content[0][0] < (hit.source or hit.cue)[0]
    if not plural and before and (body := people.lead(hit.sentence)):
        return Meant(_recall(text, body, memory) or Known(text, body, body, hit.sentence.index))
    for row in memory.before(hit.sentence):
        speaker = memory.speaking.get(row.start)
        if speaker and (plural or not speaker.person):
            clear = not speaker.person and row.start not in memory.doubted
            return Meant(speaker if clear else None, clear)
        if body := people.lead(row):
            if plural and text[slice(*body)].lower().find(" and ") > 0:
                return Meant(None, sure=False)
            return Meant(_recall(text, body, memory) or Known(text, body, body, row.index))
        if not row.quoted:
            break
    return Meant(None, sure=False)


def _described(text: str, span: Span) -> frozenset[str]:
    """The words in small letters that describe somebody; names beside them are those of others."""
    return frozenset(w for w in _word().findall(text, *span) if w.islower()) - grammar.STOP


def _recall(text: str, core: Span, memory: Memory) -> Known | None:
    """The source met before whose name this mention repeats or shortens."""
    said = _said(text, core)
    if said.lower() in memory.by_name:
        return memory.by_name[said.lower()]
    tokens = _word().findall(text, *core)
    if not tokens or said in grammar.PRONOUNS:
        return None
    last = tokens[-1].lower()
    named = tokens[-1][0].isupper() and not (len(tokens) == 1 and tokens[0].endswith("s"))
    definite = named or tokens[0].lower() in ("the", "this", "that", "these", "those")
    known = memory.by_word.get(last) if definite else None
    if known and len(tokens) == 1 and known.person and _stood_alone(known, last, memory):
        return None
    if known and (last not in known.heads or (not known.person and OTHER & (known.words - _words(text, core)))):
        return None
    return known if known and _words(text, core) <= known.words else None


def _stood_alone(known: Known, word: str, memory: Memory) -> bool:
    """True where the first name of somebody is that of a body, too, which was named before: "Israel" and Israel Moss."""
    if known.name.lower().split()[-1].startswith(word):
        return False
    runs = (run for row in memory.rows if row.start < known.met for run in memory.names.runs[row.start])
    return any(run.words == 1 and run.last == word for run in runs)


def _remember(
    text: str, spans: tuple[Span, Span], outer: tuple[Hop, ...], known: Known | None, memory: Memory
) -> Known:
    """Keep the source, by its whole mention and its core, for the short mentions that follow."""
    entry = known or Known(text, *spans, 0)
    if known is None:
        entry.outer = outer
        memory.by_name[entry.name.lower()] = entry
        for word in entry.words - _owners(entry.name):
            held = memory.by_word.get(word)
            if held is None or held.person or not entry.person:
                memory.by_word[word] = entry
    return entry


def _owners(name: str) -> frozenset[str]:
    """The words of a name that only own what it names: "Lake Club" in "the Lake Club's doctor"."""
    end = max(name.rfind("'s "), name.rfind("’s "))
    return frozenset(w.lower() for w in _word().findall(name[:end])) if end > 0 else frozenset()


PERSONS = grammar.POSTS | {"dr", "resident", "source", "witness"}


def _personal(tokens: list[str], capitals: int) -> bool:
    """True where the words look like a person: a title or post, or two or three capitals and no article."""
    low = {t.lower() for t in tokens}
    if tokens[1:] and tokens[-1][0].isupper() and tokens[-1].lower() in words("en/sources", "bodies"):
        return False  # "Harbour General Hospital"
    if low & PERSONS or people.gender_of(tokens):
        return True
    if any(t[0].isupper() and t.endswith(("'s", "’s")) for t in tokens[:-1]):
        return False  # "Adelson's Sands"
    if tokens[:1] in (["a"], ["A"], ["an"], ["An"]):
        return not low & grammar.BODIES
    if len(tokens) == 1 and tokens[0].endswith("s") and not tokens[0].endswith("ss"):
        return False  # "Rebels", "Officials"; a lone surname in -s is met in full before
    article = tokens[:1] in (["The"], ["A"], ["An"])
    acronym = any(t.isupper() and len(t) > 1 for t in tokens)
    return bool(tokens) and capitals == len(tokens) <= 4 and not article and not acronym


def _headed(name: str) -> bool:
    """True where the words before what somebody belongs to look like a person."""
    head = _word().findall(name)
    return _personal(head, sum(t[0].isupper() for t in head))


def _affiliation(text: str, source: Span, core: Span, memory: Memory) -> tuple[Hop, ...]:
    """The body that somebody speaks for, where the mention names it."""
    found = _after_post(text, source) or _before_post(text, core)
    if found is None:
        return ()
    name = text[slice(*found)]
    last = _word().findall(name)[-1].lower() if _word().findall(name) else ""
    known = memory.by_word.get(last)
    if (
        known
        and not known.person
        and known.name.lower() != name.lower()
        and _head(known.name).endswith(last)
        and _words(text, found) <= known.words
    ):
        return (Hop(known.name, Role.AFFILIATION, known.name, implicit=True),)
    opens = memory.starts[max(0, bisect_left(memory.starts, found[0] + 1) - 1)] == found[0]
    if opens and _common(name):
        return ()  # "Commission chair Ann Roe", "Site owner Brickhill": it has its capital from where it stands
    return (heard(text, found, role=Role.AFFILIATION),)


def _common(name: str) -> bool:
    """True for one word that is a noun and names no one body: Site, Commission; not Police."""
    low, known = name.lower(), vocabulary("en")
    return name.istitle() and (low in known or f"{low}s" in known) and low not in words("en/speakers", "sole_bodies")


def _head(name: str) -> str:
    """The name of a body without what it is for: "the Valley Monitor" of "the Valley Monitor for Peace"."""
    return re.split(r" (?:for|of|in|at) ", name.lower(), maxsplit=1)[0]


def _before_post(text: str, core: Span) -> Span | None:
    """The organisation in "Observatory director Rami Abdel Rahman"."""
    if grammar.POSTS.isdisjoint(_word().findall(text, *core)):
        return None
    words = list(_word().finditer(text, *core))
    for n, m in enumerate(words):
        if m.group() in grammar.POSTS:
            comma = text.rfind(",", core[0], m.start())
            lead = [w for w in words[:n] if w.start() > comma]
            while lead and (lead[-1].group().islower() or lead[-1].group().lower() in grammar.POSTS):
                lead.pop()
            while lead and (
                lead[0].group().lower() in grammar.STOP
                or lead[0].group().islower()
                or lead[0].group().lower() in ("former", "top", "senior")
            ):
                lead.pop(0)
            if not lead or not all(w.group()[0].isupper() or w.group() in ("of", "for", "the", "and") for w in lead):
                return None
            alone = lead[0].group().lower()
            if len(lead) == 1 and (alone.endswith(NOT_ORGANISATION) or alone in grammar.NO_BODY):
                return None
            end = lead[-1].end()
            if len(lead) == 1 and text[end : end + 1] in ("'", "’") and text[end - 1] == "s":
                return None  # "Teachers' leader": a calling
            return lead[0].start(), end - 2 if text[lead[0].start() : end].endswith(("'s", "’s")) else end
    return None


@cache
def _for_body() -> re.Pattern[str]:
    link, small = r"(?P<link>for|of|at|with|from|in)", r"(?:(?:of|for|and|the|on)\s+){0,3}"
    body = rf"(?:the\s+)?[A-Z][\w.&’'-]*(?:\s+{small}[A-Z][\w.&’'-]*){{0,7}}"
    return re.compile(rf"\b(?P<post>[A-Za-z][a-z]+)\s+{link}\s+(?P<body>{body})")


def _common_noun(text: str, at: int, end: int) -> int:
    """Where a name ends that ends in lower case: "the Torn clinic"; `at` where no noun follows."""
    begun, small = at, grammar.PREPOSITIONS | grammar.STOP | grammar.COORDINATORS | grammar.RELATIVE
    for m in re.compile(r"[ -](?:of (?=[a-z]))?([a-z][a-z-]*)(?![\w’'-])").finditer(text, at, end):
        acts = m[1].endswith("ing") and at > begun  # "the North's committee | handling trade"
        if m.start() != at or m[1] in small or acts:
            break
        at = m.end()
    return at


def _of_bodies(name: str) -> bool:
    """True for the name of a body, and not of a place: a capital alone, or a word of bodies in it."""
    low = frozenset(name.lower().split())
    return not low.isdisjoint(grammar.BODIES | grammar.OUTLETS | words("en/sources", "bodies")) or name.isupper()


def _after_post(text: str, source: Span) -> Span | None:
    """The organisation in "a spokesman for the Interior Ministry"."""
    for m in _for_body().finditer(text, *source):
        if m["post"].lower().removesuffix("s") in grammar.POSTS:
            start, end = m.span("body")
            if m["link"] in ("in", "from") and not _of_bodies(m["body"]):
                return None  # "water officials in Adra"
            common = _common_noun(text, end, source[1])
            if common > end and m["body"].lower().endswith(NOT_ORGANISATION):
                return None  # "the Russian military"
            return start, common if common > end else end - 2 * m["body"].endswith(("'s", "’s"))
    return None
