"""Chains of sources: who relays whom, who belongs to what, and which fuller mention a short one stands for."""

from __future__ import annotations

import re
from functools import cache

from ledger.records import Hop, heard, replace
from ledger.suggest import grammar
from ledger.suggest.hits import Hit, Span
from ledger.vocabulary import Role

# A pronoun does not reach further back than this many paragraphs.
PRONOUN_REACH = 3
NOT_ORGANISATION = ("ian", "ish", "ese", "can", "tic", "former", "ex")


class Known:
    """A source met before: its words, its chain outside the origin, and the paragraph where it last stood."""

    __slots__ = ("name", "outer", "paragraph", "person", "words")

    def __init__(self, text: str, source: Span, core: Span, paragraph: int) -> None:
        tokens = _word().findall(text, *core)
        self.name = text[slice(*core)]
        self.words = _words(text, source)
        self.outer: tuple[Hop, ...] = ()
        self.person = _personal(tokens, sum(t[0].isupper() for t in tokens))
        self.paragraph = paragraph


class Memory:
    """The sources of the text so far, found by word and by name, the latest of each kind at hand."""

    __slots__ = ("body", "by_name", "by_word", "latest", "person")

    def __init__(self) -> None:
        self.by_word: dict[str, Known] = {}
        self.by_name: dict[str, Known] = {}
        self.person: Known | None = None
        self.body: Known | None = None
        self.latest: Known | None = None


def link(text: str, hits: list[Hit]) -> list[tuple[Hop, ...]]:
    """The chain of each statement, outermost first."""
    memory = Memory()
    return [_chain(text, hit, memory) for hit in hits]


def _chain(text: str, hit: Hit, memory: Memory) -> tuple[Hop, ...]:
    if hit.source is None:
        return (heard(text, None, hit.cue, role=Role.ORIGIN),)
    paragraph = hit.sentence.index
    core = _core(text, hit.source)
    known = _recall(text, core, memory, paragraph)
    if hit.antecedent:
        known = _recall(text, hit.antecedent, memory, paragraph) or Known(
            text, hit.antecedent, hit.antecedent, paragraph
        )
    relays = tuple(heard(text, hop.source, hop.cue, role=Role.RELAY) for hop in hit.relays if hop.source)
    if hit.inherited and known and not relays:
        outer = known.outer
    else:
        outer = relays + _affiliation(text, hit.source, core, memory)
        if not outer and known:
            outer = tuple(_implied(m) for m in known.outer)
    origin = heard(text, core, hit.cue, role=Role.ORIGIN)
    if known and known.name != origin.text:
        origin = replace(origin, source=known.name, stands_for=known.name)
    if known or text[slice(*core)].lower() not in grammar.PRONOUNS:
        _remember(text, (hit.source, core), outer, known, memory).paragraph = paragraph
    return (*outer, origin)


def _implied(mention: Hop) -> Hop:
    return replace(mention, start=None, end=None, cue=None, cue_start=None, cue_end=None, implicit=True)


@cache
def _aside() -> re.Pattern[str]:
    opening = r"(?:a|an|the|who|which|whose|one|age|aged|now|then|known|[DR]-|[a-z]{3,20}ing\b|\d)"
    return re.compile(rf"\s*(?:,\s+{opening}|\s(?:which|who|whose)\b|\s\(|\s[-–—]+\s)")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+(?:[-.’'][^\W_]+)*")


def _core(text: str, source: Span) -> Span:
    """The name in the mention, without the apposition that explains it."""
    start, end = source
    m = _aside().search(text, start + 1, end)
    return (start, m.start()) if m and _word().search(text, start, m.start()) else (start, end)


def _words(text: str, span: Span) -> frozenset[str]:
    return (
        frozenset(w.lower().removesuffix("'s").removesuffix("’s") for w in _word().findall(text, *span)) - grammar.STOP
    )


def _recall(text: str, core: Span, memory: Memory, paragraph: int) -> Known | None:
    """The source met before that this mention repeats or stands for."""
    said = text[slice(*core)].lower()
    if said in memory.by_name:
        return memory.by_name[said]
    if said in ("he", "she", "his", "her", "him"):
        return _near(memory.person, paragraph)
    if said in ("it", "its"):
        return _near(memory.body, paragraph)
    if said in ("they", "their", "who", "which"):
        return _near(memory.latest, paragraph)
    tokens = _word().findall(text, *core)
    if not tokens:
        return None
    last = tokens[-1].lower()
    named = tokens[-1][0].isupper() and not (len(tokens) == 1 and tokens[0].endswith("s"))
    definite = named or tokens[0].lower() in ("the", "this", "that", "these", "those")
    known = memory.by_word.get(last) if definite else None
    return known if known and _words(text, core) <= known.words else None


def _near(known: Known | None, paragraph: int) -> Known | None:
    return known if known and paragraph - known.paragraph <= PRONOUN_REACH else None


def _remember(
    text: str, spans: tuple[Span, Span], outer: tuple[Hop, ...], known: Known | None, memory: Memory
) -> Known:
    """Keep the source, by its whole mention and its core, for the short mentions that follow."""
    entry = known or Known(text, *spans, 0)
    if known is None:
        entry.outer = outer
        memory.by_name[entry.name.lower()] = entry
        for word in entry.words:
            held = memory.by_word.get(word)
            if held is None or held.person or not entry.person:
                memory.by_word[word] = entry
    memory.latest = entry
    if entry.person:
        memory.person = entry
    else:
        memory.body = entry
    return entry


def _personal(tokens: list[str], capitals: int) -> bool:
    """True where the words look like a person: a title or post, or two or three capitals and no article."""
    low = {t.lower() for t in tokens}
    if low & (grammar.POSTS | {"mr", "mrs", "ms", "dr", "man", "woman", "resident", "source", "witness"}):
        return True
    if tokens[:1] in (["a"], ["A"], ["an"], ["An"]):
        return not low & grammar.BODIES
    if len(tokens) == 1 and tokens[0].endswith("s") and not tokens[0].endswith("ss"):
        return False  # "Rebels", "Officials"; a lone surname in -s is met in full before
    article = tokens[:1] in (["The"], ["A"], ["An"])
    acronym = any(t.isupper() and len(t) > 1 for t in tokens)
    return bool(tokens) and capitals == len(tokens) <= 4 and not article and not acronym


def _affiliation(text: str, source: Span, core: Span, memory: Memory) -> tuple[Hop, ...]:
    """The body that somebody speaks for, where the mention names it."""
    found = _before_post(text, core) or _after_post(text, source)
    if found is None:
        return ()
    name = text[slice(*found)]
    last = _word().findall(name)[-1].lower() if _word().findall(name) else ""
    known = memory.by_word.get(last)
    if known and not known.person and known.name.lower() != name.lower() and _words(text, found) <= known.words:
        return (Hop(known.name, Role.AFFILIATION, known.name, implicit=True),)
    return (heard(text, found, role=Role.AFFILIATION),)


def _before_post(text: str, core: Span) -> Span | None:
    """The organisation in "Observatory director Rami Abdel Rahman"."""
    words = list(_word().finditer(text, *core))
    for n, m in enumerate(words):
        if m.group().lower() in grammar.POSTS and m.group().islower():
            lead = words[:n]
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
            return lead[0].start(), end - 2 if text[lead[0].start() : end].endswith(("'s", "’s")) else end
    return None


@cache
def _for_body() -> re.Pattern[str]:
    link, small = r"(?:for|of|at|with|from|in)", r"(?:(?:of|for|and|the|on)\s+){0,3}"
    body = rf"(?:the\s+)?[A-Z][\w.&’'-]*(?:\s+{small}[A-Z][\w.&’'-]*){{0,7}}"
    return re.compile(rf"\b(?P<post>[a-z]+)\s+{link}\s+(?P<body>{body})")


def _after_post(text: str, source: Span) -> Span | None:
    """The organisation in "a spokesman for the Interior Ministry"."""
    for m in _for_body().finditer(text, *source):
        if m["post"].removesuffix("s") in grammar.POSTS:
            return m.span("body")
    return None
