"""Paragraphs, sentences and clauses of news text, as offsets.

A line is a paragraph. A sentence ends at a full stop, a question or exclamation mark with its closing quotes, unless
the stop belongs to an abbreviation, an initial, a figure, or what follows goes on in lower case.
"""

from __future__ import annotations

import re
from functools import cache, lru_cache

from ledger import lexicon
from ledger.lexicon import words

Span = tuple[int, int]

CLOSERS = "\"'”’»›)\\]"
OPENERS = "\"'“‘„«‹(\\["


@cache
def _may_end() -> frozenset[str]:
    """Abbreviations that may end a sentence, short names of months and days among them."""
    calendar = (lexicon.table("en/calendar", name).values() for name in ("months", "weekdays"))
    short = (name for table in calendar for names in table for name in names[1:])
    return words("en/sentences", "may_end") | frozenset(short)


@cache
def _saying() -> str:
    return lexicon.alternatives(lexicon.listed("en/sentences", "saying"))


def paragraphs(text: str) -> list[Span]:
    """The lines that are not blank, without the white space at their ends."""
    return _lines(text, 0, len(text))


def _lines(text: str, start: int, end: int) -> list[Span]:
    return [m.span() for m in _line().finditer(text, start, end)]


@cache
def _line() -> re.Pattern[str]:
    # the last character is found by hand in two steps, so that a long run of spaces costs its length once
    return re.compile(r"[^\s](?:[^\n\r\u2028\u2029\x0b\x0c\x85]*[^\s])?")


def sentences(text: str) -> list[Span]:
    """The sentences in order, each within one line and without the white space between them."""
    return [span for start, end in paragraphs(text) for span in _sentences_of_line(text, start, end)]


def _sentences_of_line(text: str, start: int, end: int) -> list[Span]:
    spans = []
    begin = start
    for stop in _stop().finditer(text, start, end):
        if stop.start() >= begin and stop.end() < end and _ends_sentence(text, begin, stop, end):
            spans.append((begin, stop.end("mark")))
            begin = stop.end()
    spans.append((begin, end))
    return spans


@cache
def _stop() -> re.Pattern[str]:
    # tried at the head of a run of stops only, so that a page of dots costs its length once
    return re.compile(
        rf"(?P<mark>(?:(?<![.!?…])[.!?…]++|[。！？؟۔।])[{CLOSERS}]{{0,4}}+)(?P<gap>\s++|(?<=[。！？])(?=\S))"
    )


def _ends_sentence(text: str, begin: int, stop: re.Match[str], end: int) -> bool:
    following = _next_word().match(text, stop.end(), end)
    word = following["word"] if following else ""
    if word[:1].islower():
        return False
    mark = stop["mark"]
    if mark == ".":
        return not _abbreviated(text, begin, stop.start(), word)
    if mark[-1] not in ".!?…" and mark[0] in "?!":
        return not _frame_after(text, stop.end(), end)
    return True


@cache
def _next_word() -> re.Pattern[str]:
    return re.compile(rf"[{OPENERS}]{{0,3}}(?P<word>[\w’']*)")


def _abbreviated(text: str, begin: int, dot: int, following: str) -> bool:
    """True where the full stop at `dot` belongs to the word before it and the sentence goes on."""
    before = _last_token(text, begin, dot)
    last = before.lower()
    if last in words("en/sentences", "never_end"):
        return True
    if last.isdigit() and begin + len(last) == dot:
        return True  # "1. The first of a list"
    initial = len(before) == 1 and before.isalpha() and before.isupper()
    if not (initial or last in _may_end() or re.fullmatch(r"(?:[a-z]\.){1,5}[a-z]", last)):
        return False
    if following[:1].isdigit():
        return last not in {"a.m", "p.m", "am", "pm", "etc"}
    if last in words("en/sentences", "also_words") and before.islower():
        return last == "al"  # words as well as abbreviations, unless figures follow
    return following.lower() not in words("en/sentences", "openers")


def _last_token(text: str, begin: int, dot: int) -> str:
    at = dot
    while at > begin and dot - at < 16 and (text[at - 1].isalnum() or text[at - 1] in ".-"):
        at -= 1
    return text[at:dot]


def _frame_after(text: str, at: int, end: int) -> bool:
    """True where what follows a quoted question only says who asked it: "Who fired?" Smith asked."""
    return _short_frame().match(text, at, end) is not None


@cache
def _short_frame() -> re.Pattern[str]:
    return re.compile(rf"(?:[\w.’'-]{{1,30}} ){{1,4}}(?:{_saying()})\b")


# --- passages around a place ------------------------------------------------------------------------------------------


def around(text: str, start: int, end: int, sentences: int = 1) -> Span:
    """The sentences that hold the stretch, with as many more before and after it."""
    left, right = _line_start(text, start), _line_end(text, end)
    held = _sentences_in(text, left, right)
    before, after = [s for s in held if s[1] <= start], [s for s in held if s[0] >= end]
    while len(before) < sentences and (at := _skip_back(text, left)):
        left = _line_start(text, at)
        before = _sentences_in(text, left, at) + before
    while len(after) < sentences and (at := _skip_ahead(text, right)) < len(text):
        right = _line_end(text, at)
        after += _sentences_in(text, at, right)
    chosen = [s for s in held if s[1] > start and s[0] < end] + after[:sentences]
    chosen += before[-sentences:] if sentences else []
    return min([start, *(s for s, _ in chosen)]), max([end, *(e for _, e in chosen)])


def _sentences_in(text: str, left: int, right: int) -> list[Span]:
    return [span for start, end in _lines(text, left, right) for span in _kept_sentences(text, start, end)]


@lru_cache(maxsize=16)
def _kept_sentences(text: str, start: int, end: int) -> tuple[Span, ...]:
    """The sentences of a line, cached: a text's claims are shown one after the other."""
    return tuple(_sentences_of_line(text, start, end))


def _line_start(text: str, at: int) -> int:
    return text.rfind("\n", 0, max(0, at)) + 1


def _line_end(text: str, at: int) -> int:
    found = text.find("\n", at)
    return len(text) if found < 0 else found


def _skip_back(text: str, at: int) -> int:
    """The end of the last line before this place that is not blank, 0 when there is none."""
    while at > 0 and text[at - 1].isspace():
        at -= 1
    return at


def _skip_ahead(text: str, at: int) -> int:
    while at < len(text) and text[at].isspace():
        at += 1
    return at


# --- the clause around a fragment -------------------------------------------------------------------------------------


QUOTED = (("“„", "”“"), ('"', '"”'), ("«", "»"), ("‘", "’"))
"""Opening marks and what may close them; careless pages mix straight and curly."""


def clause(text: str, start: int, end: int) -> Span:
    """The statement that a fragment stands in, without the words that only say who made it."""
    sentence = around(text, start, end, sentences=0)
    left, right = _quoted_speech(text, sentence, (start, end))
    behind = _frame_behind().search(text, end, right)
    right = behind.start() if behind and not _resumed().match(text, behind.end(), right) else right
    for before in _frame_before().finditer(text, left, end):
        if before.end() <= start and not _negated().search(text, max(left, before.start() - 40), before.start()):
            left = before.end()
    return _trimmed(text, (left, right), (start, end))


def _quoted_speech(text: str, sentence: Span, fragment: Span) -> Span:
    """The inside of the quotation marks around the fragment, where they hold a whole statement; else the sentence."""
    for openers, closers in QUOTED:
        begin = max(text.rfind(mark, sentence[0], fragment[0]) for mark in openers)
        if begin < 0 or any(_closing(text, mark, begin + 1, fragment[0]) >= 0 for mark in closers):
            continue
        stops = [_closing(text, mark, fragment[1], sentence[1]) for mark in closers]
        stop = min((at for at in stops if at >= 0), default=sentence[1])
        if _opens_statement(text, sentence[0], begin):
            return begin + 1, stop
    return sentence


def _opens_statement(text: str, left: int, at: int) -> bool:
    """True where a quotation that begins here is a statement of its own, not a few words within another sentence."""
    before = text[left:at].rstrip()
    return (
        not before
        or before[-1] in ",:–—-"
        or _last_word(before) in words("en/sentences", "saying")
        or before.endswith(" that")
    )


def _last_word(text: str) -> str:
    return text[text.rfind(" ") + 1 :]


def _closing(text: str, mark: str, start: int, end: int) -> int:
    """The position where the mark closes a quotation, else -1; an apostrophe within a word closes none."""
    at = text.find(mark, start, end)
    while at >= 0 and text[at + 1 : at + 2].isalpha():
        at = text.find(mark, at + 1, end)
    return at


@cache
def _frame_behind() -> re.Pattern[str]:
    """What may only stand after a statement: a semicolon, ", said X", ", X said", ", according to X", ", citing X"."""
    return re.compile(
        r";\s"
        rf"|,? (?:according to|as per|citing|quoting|as (?:{_saying()}))\b"
        rf"|,[”\"’']? (?:[\w.’'-]{{1,30}} ){{0,7}}(?:{_saying()})\b"
    )


@cache
def _resumed() -> re.Pattern[str]:
    """The rest of a frame that only interrupts: "400 people, said the ministry, had died"."""
    verb = r"(?:had|has|have|was|were|is|are|will|would|could|may|might|did|(?!based|located)[a-z]{2,20}ed)"
    return re.compile(rf"[^,;]{{0,120}}, {verb}\b")


@cache
def _negated() -> re.Pattern[str]:
    """Words before a frame that negate it: a statement that somebody did not make must not be cut off from them."""
    return re.compile(r"\b(?:not|never|nor|no|nobody|none|without|false|falsely|refus\w{1,5}|declin\w{1,5})\b|n[’']t\b")


@cache
def _frame_before() -> re.Pattern[str]:
    """What may only stand before a statement: "According to X, ", "X said that ", "X said " before a new subject."""
    subject = '[A-Z\\d“"‘]|(?:the|a|an|at|more|about|it|they|he|she|we|there|some|its|their|no|all|two|three) '
    return re.compile(
        r";\s+"
        r"|\b[Aa]ccording to [^,;]{1,200}, "
        rf"|\b(?:{_saying()})(?: [\w’'-]{{1,30}}){{0,4}}? that "
        # not ", said X", where the subject follows, nor "22 percent said", which is itself the statement
        r"|(?<![,”\"’'?!] )(?<!percent )(?<! cent )(?<!% )"
        rf"\b(?:said|says|saying|claimed|claims|claiming|insisted|insists|added|adds|estimates):? (?={subject})"
    )


def _trimmed(text: str, span: Span, fragment: Span) -> Span:
    """The span without white space, stops and unpaired quotation marks at its ends, never less than the fragment."""
    left, right = span
    while left < fragment[0] and (text[left].isspace() or text[left] in ",;:-–—"):
        left += 1
    while right > fragment[1] and (
        text[right - 1].isspace() or text[right - 1] in ".,;:!?…-–—" or _unpaired(text, left, right - 1)
    ):
        right -= 1
    return left, right


PAIRS = {")": "(", "]": "[", "”": "“„", "’": "‘", "»": "«", "›": "‹", '"': '"“', "'": "'"}


def _unpaired(text: str, left: int, at: int) -> bool:
    """True for a closing mark that nothing in the span opens."""
    openers = PAIRS.get(text[at])
    return openers is not None and not any(text.find(mark, left, at) >= 0 for mark in openers)
