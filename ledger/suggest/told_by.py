"""Who says it, in languages that are not English: "according to X", "X said that", and "..., said X".

The words are those of `ledger/data/LANG/attribution.toml`. A sentence in which two of these stand, or in which the speaker has
no plain end, names nobody: it stays unknown who says it.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache
from itertools import takewhile

from msgspec import Struct
from msgspec.structs import replace

from ledger.language import is_read
from ledger.lexicon import alternatives, loosely, table, valued
from ledger.suggest import paragraphs
from ledger.suggest.hits import Span

LONGEST = 8
"""Words of a speaker."""
WORD = r"(?:(?:[^\W\d_]\.)*[^\W\d_]{1,2}\.(?=\s)|[«„“\"]?[^\W\d_][^\W_]{0,40}(?:[-.’'][^\W\d_]{1,40}){0,3}[»“”\"]?)"
ENDED = re.compile(r"\s?;\s+|(?<=[\u0600-\u06ff»\d])[.!?؟]\s+(?=[«\u0600-\u06ff])")
CLOSERS = '»”“"'


class Telling(Struct, frozen=True):
    """A speaker in a sentence, the words that say so, and the parts of the sentence that he states."""

    who: Span
    cue: Span
    content: tuple[Span, ...]
    named: bool
    pattern: str
    denied: bool = False


class Words(Struct, frozen=True):
    """The patterns of a language, and the words that a speaker may begin with or may not hold."""

    patterns: tuple[tuple[str, re.Pattern[str]], ...]
    determiners: frozenset[str]
    small: frozenset[str]
    never: frozenset[str]
    stops: frozenset[str]
    """Words that begin something else than a speaker."""
    anonymous: frozenset[str]
    denied: re.Pattern[str]
    """Right before a verb of reporting: nothing was said."""
    denial: re.Pattern[str]
    """Verbs by which somebody says that something is not so."""
    held_off: re.Pattern[str]
    """Such a verb in two parts, "wies Berichte zurück", and words of what nobody confirms."""
    second: re.Pattern[str]
    """A second verb of the same speaker, or with a subject of its own in the gap."""
    other: re.Pattern[str]
    """Where another speaker gives a figure of his own."""
    past: re.Pattern[str]
    """Ends of verbs, which no speaker has."""


def find(text: str, code: str) -> list[tuple[Span, Telling | None]]:
    """What a text states, in its order: what a speaker states, with who it is, and the rest of each sentence with nobody."""
    found: list[tuple[Span, Telling | None]] = []
    for start, end in _sentences(text):
        tellings = read(text, start, end, code)
        if not tellings:
            found.append(((start, end), None))
            continue
        spans = [span for t in tellings for span in (*t.content, t.cue, t.who)]
        rest = (_stripped(text, start, min(a for a, _ in spans)), _stripped(text, max(b for _, b in spans), end))
        found += [(span, None) for span in rest if span]
        found += [((t.content[0][0], t.content[-1][1]), t) for t in tellings]
    return sorted(found, key=lambda f: f[0])


def around(text: str, part: Span, code: str) -> Telling | None:
    """Who is said to state a part of a text: it lies in what is stated, or holds words of it with the cue."""
    for start, end in _sentences(text):
        for telling in read(text, start, end, code) if start <= part[0] and part[1] <= end else ():
            inside = any(a <= part[0] and part[1] <= b for a, b in telling.content)
            held = part[0] <= telling.cue[0] and any(a < part[1] and part[0] < b for a, b in telling.content)
            if inside or (held and telling.cue[1] <= part[1]):
                return telling
    return None


def name(mention: str, code: str) -> str:
    """What the words for a speaker name: no quotation marks, no article, no s of a genitive: "des Vereins"."""
    lists = table(f"{code}/attribution", "words")
    words = re.sub(r"[«»„“”\"]", "", re.sub(r"^[Ll]['’]", "", mention) if code == "fr" else mention).split()
    words = words[1:] if "".join(words[1:]) and mention[-1:] in CLOSERS and words[0].islower() else words
    plain = len(words) == 2 and words[1][-1] == "s" and words[1][-2:] not in ("es", "ss")
    if plain and words[0].lower() in lists.get("genitive", ()):
        return words[1][:-1]
    words = words[1:] if len(words) > 1 and words[0].lower() in lists.get("definite", ()) else words
    named = len(words) > 1 and words[0].lower() in lists.get("apposed", ()) and words[1][0].isupper()
    return " ".join(words[1:] if named else words)  # "la empresa Norvia"


def may_be_denied(text: str, part: Span, code: str) -> bool:
    """Whether a sentence has words of denial outside a part of it, or in it."""
    if not is_read(code):
        return False
    found = _sentences(text)
    first = max(0, bisect_left(found, (part[0], 0)) - 1)
    near = takewhile(lambda span: span[0] < part[1], found[first:])
    words = _words(code)
    return any(part[0] < e and any(p.search(text, s, e) for p in (words.denial, words.held_off)) for s, e in near)


@lru_cache(maxsize=2)  # each figure of a text asks for them
def _sentences(text: str) -> list[Span]:
    """The sentences of a text; a semicolon ends one, and where no capitals tell, a full stop and a space."""
    found: list[Span] = []
    for row in paragraphs.split(text):
        start = row.start
        for m in ENDED.finditer(text, row.start, row.end):
            found.append((start, m.start() + (";" not in m[0])))
            start = m.end()
        found.append((start, row.end))
    return found


def read(text: str, start: int, end: int, code: str) -> tuple[Telling, ...]:
    """What the one speaker of a sentence states, where there is one and no other, and what he says with a second verb."""
    if not is_read(code):
        return ()
    words = _words(code)
    found: dict[int, Telling] = {}
    for name, pattern in words.patterns:
        anchored = name == "preposed" and code != "ar"  # Arabic has the verb first
        for m in filter(None, [pattern.match(text, start, end)]) if anchored else pattern.finditer(text, start, end):
            if words.denied.search(text[max(start, m.start("cue") - 12) : m.start("cue")]):
                continue
            if _may_speak(m["who"], words) and (made := _telling(m, (start, end), name, words)):
                found.setdefault(made.cue[0], made)
    if len(found) != 1:
        return ()
    (first,) = found.values()
    goes_on = words.second.match(text, first.content[-1][1], end)
    rest = goes_on and not goes_on["gap"] and _stripped(text, goes_on.end(), end)
    if not goes_on or not rest:
        return (first,)
    denied = words.denial.fullmatch(goes_on["cue"]) is not None
    return first, replace(first, cue=goes_on.span("cue"), content=(rest,), pattern="coordinated", denied=denied)


def _may_speak(who: str, words: Words) -> bool:
    """Whether words can be a speaker: a name, or an article first where the language has them; no clause, time, number."""
    inside = re.findall(r"[^\W_]+", who)
    lower = [w.lower() for w in inside]
    if len(inside) > LONGEST or words.never.intersection(lower) or words.stops.intersection(lower[1:]):
        return False
    if not words.determiners:
        return lower[0] not in words.small
    if lower[0] in words.determiners:
        return len(inside) > 1 and not words.past.search(who.lower())
    named = inside[0][0].isupper() and lower[0] not in words.small
    return (named or lower[0] in words.anonymous) and not words.determiners.intersection(lower[1:2])


def _telling(m: re.Match[str], sentence: Span, pattern: str, words: Words) -> Telling | None:
    """What is stated: before the cue, behind it, or both where it stands inside the statement."""
    start = m.string.rfind(";", sentence[0], m.start()) + 1 or sentence[0]
    end = m.string.find(";", m.end(), sentence[1])
    end = end if end >= 0 else sentence[1]
    denied = words.denial.fullmatch(m["cue"]) is not None
    second = words.second.search(m.string, m.end(), end) if pattern == "preposed" else None
    second = second or words.other.search(m.string, start if pattern == "according-to" else m.end(), end)
    if second:
        end = second.start()
    parts = [_stripped(m.string, start, m.start()), _stripped(m.string, m.end(), end)]
    if pattern == "preposed" or not _worded(m.string, parts[0]):
        parts[0] = None
    if (pattern == "postposed" and parts[0]) or not (parts[0] or _worded(m.string, parts[1])):
        parts[1] = None
    content = tuple(part for part in parts if part)
    named = not words.anonymous.intersection(re.findall(r"[^\W_]+", m["who"].lower()))
    return Telling(m.span("who"), m.span("cue"), content, named, pattern, denied) if content else None


def _worded(text: str, part: Span | None) -> bool:
    """Whether a part is more than a word: one alone states nothing."""
    return part is not None and len(re.findall(r"\w+", text[slice(*part)])) > 1


def _stripped(text: str, start: int, end: int) -> Span | None:
    """The part without the marks and spaces at its ends; None where nothing is left."""
    marks = ' \t\n\u00a0\u202f,،;:—–-«»“”„".'
    while start < end and text[start] in marks:
        start += 1
    while end > start and text[end - 1] in marks:
        end -= 1
    return (start, end) if start < end else None


@cache
def _words(code: str) -> Words:
    lists, calendar = table(f"{code}/attribution", "words"), f"{code}/calendar"
    named = [
        ws for name in ("weekdays", "months", "days") for n, ws in table(calendar, name).items() if n != "not_after"
    ]
    numbers = {w for ws in valued(f"{code}/figures", "numbers").values() for w in ws}
    times = {w for ws in named for w in ws}
    patterns = [(name, re.compile(p, re.IGNORECASE)) for name, p in _patterns(code, lists, times)]
    return Words(
        tuple((name, p) for name, p in patterns if name != "second"),
        determiners=frozenset(w.rstrip("'") for w in lists.get("determiners", ())),
        small=frozenset(table("languages", "small_words")[code]),
        never=frozenset(
            {*lists["pronouns"], *lists["that"], *lists["deniers"], *times, *numbers} - {*lists["anonymous"]}
        ),
        stops=frozenset(lists["stops"]),
        anonymous=frozenset(lists["anonymous"]),
        denied=re.compile(rf"(?<!\w)(?:{loosely(lists['deniers'])})\s*$", re.IGNORECASE),
        denial=re.compile(rf"(?<!\w)(?:{loosely(lists['deny'])})(?!\w)", re.IGNORECASE),
        held_off=re.compile(rf"(?<!\w)(?:{_apart(lists)})(?!\w)", re.IGNORECASE),
        second=next(p for name, p in patterns if name == "second"),
        other=re.compile(
            rf"[,،]\s+(?:[^\W\d_][\w'’-]*\s+){{1,5}}?(?:{loosely(lists['speaks_of'])})(?!\w)", re.IGNORECASE
        ),
        past=re.compile(rf"\w{{2}}(?:{loosely(lists['ends'])})\b" if "ends" in lists else r"(?!)"),
    )


def _apart(lists: dict[str, tuple[str, ...]]) -> str:
    """Verbs of denial whose parts have their object between them, where the language parts them, and what is unconfirmed."""
    parted = [entry.split() for entry in lists["deny"] if " " in entry] if "particles" in lists else []
    between = rf"(?:\s+[\w-]+){{1,{LONGEST}}}?\s+"
    found = [rf"{re.escape(first)}{between}{re.escape(last)}(?=\s*(?:[.,;:!?]|$))" for first, last in parted]
    return "|".join([*found, loosely(lists.get("unconfirmed", ("-",)))])


def _noun(lists: dict[str, tuple[str, ...]]) -> str:
    """A noun with what stands before and behind it, where nouns have capitals: it ends without a comma."""
    leads, ends, joints = (alternatives(lists[name]) for name in ("articles", "adjectives", "joints"))
    capital = r"[A-ZÄÖÜ][\w-]{0,40}"
    noun = rf"(?:(?:{leads})\s+)?(?:[a-zäöüß]{{1,30}}(?:{ends})\s+)?[«„“\"]?{capital}(?:\s+{capital}){{0,4}}[»“”\"]?"
    return rf"(?-i:{noun}(?:\s+(?:{joints})\s+{noun}){{0,2}})"


def _patterns(code: str, lists: dict[str, tuple[str, ...]], times: set[str]) -> list[tuple[str, str]]:
    verbs, after, that = (loosely(lists[name]) for name in ("verbs", "after", "that"))
    held = loosely((*lists["verbs"], *lists["deny"]))
    on = table(f"{code}/calendar", "small")["on"]
    when = rf"(?:\s+(?:(?:{loosely(on)})\s+)?(?:{loosely(times)})(?!\w))?"
    who = rf"(?P<who>{WORD}(?:\s+{WORD}){{0,{LONGEST - 1}}}?)"
    besides_verb = rf"\s+(?:{loosely(lists['and'])})\s+(?:{verbs})(?!\w)"  # "sagte der Wirt und betonte"
    until, joined, edge = (
        rf"(?={when}\s*(?:[,،.;:!?؟)»”“\"]|$)|{besides_verb})",
        r"\s*" if code == "ar" else r"\s+",
        r"(?<!\w)",
    )
    besides = rf"(?:\s+(?:{loosely(lists['besides'])}))?" if "besides" in lists else ""
    part = besides + rf"(?:\s+(?:{loosely(lists['particles'])}))?" if "particles" in lists else ""
    opens = rf"\s+(?:{that})(?:(?<=['’])|(?!\w))"
    noun = f"(?P<who>{_noun(lists)})" if "behind" in lists else who + until
    found = [
        ("according-to", rf"{edge}(?P<cue>{loosely(lists['according'])}){joined}(?:(?:{verbs})\s+)?{noun}"),
        (
            "as",
            rf"{edge}(?P<cue>(?:{loosely(lists['as'])})(?:\s+|(?<=['’]))(?:{after})){when}\s+{who}{when}{part}{until}",
        ),
        ("postposed", rf"[,،.!?{CLOSERS}]\s*(?:[—–-]\s*)?(?P<cue>{after}){when}\s+{who}{when}{part}{until}"),
        (
            "preposed",
            rf"(?:(?<=^)|(?<=[\s«“]))(?P<cue>{held})\s+{who}{opens}"
            if code == "ar"
            else rf"(?<!\w)\W?{who}\s+(?P<cue>{held}){when}{part},?{opens}",
        ),
    ]
    joint = loosely(lists["and"])
    found.append(
        (
            "second",
            rf"[,،]?\s+{joint}(?P<gap>)(?P<cue>{held}){opens}"
            if code == "ar"
            else rf"[,،]?\s+(?:{joint})\s+(?P<gap>(?:[^\W\d_]+\s+){{0,3}}?)(?P<cue>{held}){when}{part},?{opens}",
        )
    )
    if "behind" in lists:
        found.append(("according-to", rf"{edge}{noun}\s+(?P<cue>{loosely(lists['behind'])})(?!\w)"))
        found.append(("according-to", rf"{edge}(?P<cue>{loosely(lists['as'])})\s+{who}{when}\s+(?:{after}){until}"))
    return found
