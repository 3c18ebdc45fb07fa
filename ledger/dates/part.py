"""A part of a text that was read as a time, and what its surroundings say about it."""

from __future__ import annotations

import re
from functools import cache
from itertools import pairwise
from typing import Literal, NamedTuple

from msgspec import Struct

from ledger.dates.anchor import TimeInterval
from ledger.lexicon import alternatives, listed, words
from ledger.vocabulary import Precision

Tense = Literal["past", "future", "meant"] | None
"""`meant` is what had been to come when somebody spoke: whether it has come is not said."""


class Given(NamedTuple):
    """The parts of a date as they stand; a year that is not given is looked for."""

    year: int | None
    month: int
    day: int | None = None


class Part(Struct, frozen=True):
    """Characters and their reading; kind says what may be joined to it."""

    start: int
    end: int
    kind: str
    """day, night, month, third, year, moment, clock, range and so on; span for all that stands alone."""
    reading: TimeInterval
    given: Given | None = None
    zone: str = ""
    floating: bool = False
    """True where the year, or for the day of a week the week, is not said: words beside it may say it."""
    qualified: bool = False
    """True for the day of a week whose week is said."""
    doubt: str | None = None
    """Why it is not sure, where its reading does not show it."""

    @property
    def unclear(self) -> str | None:
        """Why a person has to say which time is meant; that weeks may begin on a Sunday is no doubt."""
        if self.doubt or not self.reading.alternatives or self.reading.precision is Precision.WEEK:
            return self.doubt
        mine, its = str(self.reading.earliest), str(self.reading.alternatives[0].earliest)
        if mine[:4] != its[:4]:
            return "year"
        same_days = sorted(mine[5:10].split("-")) == sorted(its[5:10].split("-"))
        return "order" if same_days and self.reading.precision is Precision.DAY else "reading"


def before(text: str, at: int, reach: int = 32) -> str:
    return text[max(0, at - reach) : at]


@cache
def _clause_end() -> re.Pattern[str]:
    return re.compile(
        r"[;:!?\n\"“”()—]|[,.](?![0-9])|\b(?:said|says|saying|told|announced|reported|added|adding|reports|according)\b",
        re.IGNORECASE,
    )


@cache
def _future() -> re.Pattern[str]:
    """Looked for in small letters: letters of either case take five times as long."""
    return re.compile(
        r"\b(?:will|shall|won['’]t|going\sto|due\s(?:on|in|for|by)|(?:is|are|be|been)\sdue\sto|scheduled|expected|plan(?:s|ned|ning)?\s(?:to|for)|plans\s(?=an?\s)"
        r"|slated|expects?|predicts?|(?:intends?|plans?|hopes?|aims?)\sto|for\s(?:talks|a\smeeting|a\shearing)|(?:is|are|be)\sto\b|set\s(?:to|for)|deadline|forecast|ahead\sof|upcoming)\b|['’]ll\b"
        r"|\bcall(?:s|ed|ing)?\san?\s[\w\s-]{0,30}(?:strike|walkout|election|vote|referendum|meeting|session|rally)\b"
        r"|\b(?:warnings?|alerts?|watch)\sfor\s[\w\s]{1,30}\sfrom\b"
        rf"|\b(?<!\bthe\s)(?<!\ba\s)(?<!\bits\s)(?:{alternatives(listed('en/calendar', 'to_come'))})\b(?!\sof\b)"
    )


@cache
def _modal() -> re.Pattern[str]:
    """In small letters as they stand: May is a month."""
    return re.compile(r"\b(?:may|might|could|should|must)\b")


@cache
def _is() -> re.Pattern[str]:
    return re.compile(r"\b(?:is|are)\s(?:(?:[a-z]+\s)?(?:until|till)\s|on\s|in\s)?$", re.IGNORECASE)


AT_CLOCK = r"(?:[0-9]{1,2}(?:[.:][0-9]{2})?\s?(?:[ap]\.?m\.?)?|noon|midday|midnight)\s(?:on\s)?"
"""A clock between "until" and its day."""


@cache
def _until() -> re.Pattern[str]:
    return re.compile(
        rf"\b(?P<has>(?:has|have)\s)?(?:until|till)\s(?:at\sleast\s)?(?:(?P<at>{AT_CLOCK})|the\s)?$", re.IGNORECASE
    )


@cache
def _by() -> re.Pattern[str]:
    return re.compile(rf"\bby\s(?:{AT_CLOCK}|the\s)?$", re.IGNORECASE)


@cache
def _wanted() -> re.Pattern[str]:
    return re.compile(r"\b(?:wants?|needs?|demands?|requires?|seeks?|asks?|calls?\sfor|insists?\son)\b")


@cache
def _through() -> re.Pattern[str]:
    return re.compile(r"\bthrough\s(?:the\s)?$", re.IGNORECASE)


@cache
def _had_been_meant() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(listed('en/calendar', 'had_been_meant'))})\b")


@cache
def _begins() -> re.Pattern[str]:
    return re.compile(r"(?:^|[.!?\n\"“”]\s{0,3})(?:(?:on|in|by|from|since)\s)?$", re.IGNORECASE)


@cache
def _reported() -> re.Pattern[str]:
    return re.compile(r"\b(?:said|told|announced|reported|added)\s(?:on\s|in\s)?$", re.IGNORECASE)


def tense(text: str, start: int, end: int) -> Tense:
    """Where the clause looks: "will meet on Thursday" ahead, "sank on Thursday" back; None where its verb does not say."""
    left = before(text, start, 90)
    near = left[-NEAREST:]  # where patterns that end here are looked for
    if _reported().search(near) or near.lower().endswith("since "):
        return "past"
    if told := _before_bracket(left) or ("future" if _supposed(left) else None):
        return told
    if _is().search(near) or _put_to().search(near):
        return "future"
    if put := _put_from().search(_clause_end().split(left)[-1].lower()):
        return "meant" if put[1] == "from" else "future"
    if (article := _named().search(near)) and not text[start].islower() and _noun().match(text, end):
        if _told(_clause_end().split(left)[-1]) != "future":
            return None  # "the 3 May raid was" says nothing of the raid
        return "future" if article[0].strip() in ("a", "an") else "meant"  # "expects a January delivery"
    clause = _clause_end().split(left)[-1]
    right = _clause_end().split(text[end : end + 70].lstrip(", "), maxsplit=1)[0]
    if led := _led(near, clause, right):
        return led
    if _through().search(near) and _told(clause) != "past":
        return "meant"
    if _begins().search(near):
        return _told(right)
    if found := _told(clause) or _told(right):
        return found
    sentence = _sentence_end().split(left)[-1]
    return "past" if _told(sentence) == "past" else _still_ahead(sentence)


def _led(near: str, clause: str, right: str) -> Tense:
    """Where a time that "by" or "until" leads to lies, as far as these say it."""
    if _told(right) == "past":
        return None
    led = _by().search(near)
    if led and clause[: -len(led[0])].strip() and _told(clause) is None:
        return "future" if _wanted().search(clause.lower()) else "meant"
    if until := _until().search(near):
        ahead = until["has"] or _told(clause) == "future"
        return "future" if ahead else None if until["at"] else "meant"
    return None


def _supposed(left: str) -> bool:
    """True in a condition of what is to come: "Unless a buyer is found by 30 May, the lido will close"."""
    clause = _clause_end().split(left)[-1].lower().split()
    deeds = [word for prior, word in pairwise(clause) if prior not in ("is", "are", "not", "be")]
    return clause[:1] in (["unless"], ["if"]) and _past(deeds) is None


def _still_ahead(sentence: str) -> Tense:
    """Ahead where only asides without a verb part the time from what will be: "will be shut, from 9pm to 5am, on Sunday"."""
    for clause in reversed(_clause_end().split(sentence)):
        if not words("en/calendar", "other_deed").isdisjoint(clause.lower().split()):
            return None
        if _told(clause):
            return "future" if _will().search(clause) else None
    return None


def _before_bracket(left: str) -> Tense:
    """Where what stands before an open bracket looks: "closes tomorrow at 8 p.m. | (0000 GMT Friday)"."""
    opened = left.rfind("(")
    if opened <= left.rfind(")"):
        return None
    said = _sentence_end().split(left[:opened])[-1]
    return "future" if _ahead().search(left[:opened][-NEAREST:]) else _told(said)


@cache
def _ahead() -> re.Pattern[str]:
    return re.compile(r"\b(?:tomorrow|tonight|next)\b", re.IGNORECASE)


def put_off(text: str, start: int) -> bool:
    """True where a clause tells of what was called off or left before a day, or is meant for it: which week, a person says."""
    clause = _clause_end().split(before(text, start, 90))[-1].lower()
    return _put_off().search(clause) is not None


def to_come(text: str, start: int) -> bool:
    """True where the sentence so far tells only of what will be: "Staff will walk out, the second two-day strike"."""
    sentence = _sentence_end().split(before(text, start, 200))[-1]
    return _will().search(sentence) is not None and _past(sentence.lower().split()) is None


@cache
def _will() -> re.Pattern[str]:
    return re.compile(r"\b(?:will|won['’]t|shall|going\sto|plans?\sto|due\sto|set\sto)\b|['’]ll\b")


@cache
def _put_off() -> re.Pattern[str]:
    return re.compile(rf"\b(?:{alternatives(listed('en/calendar', 'put_off'))})\b(?!.*\b(?:after|before|since)\s$)")


@cache
def _put_to() -> re.Pattern[str]:
    moved = alternatives(listed("en/calendar", "put_to"))
    return re.compile(rf"\b(?:{moved})\sto\s(?:the\s)?$", re.IGNORECASE)


def moved(text: str, start: int) -> bool:
    """True for the first day of "moved the final from Saturday to Sunday"."""
    return _put_from().search(_clause_end().split(before(text, start, 90))[-1].lower()) is not None


@cache
def _put_from() -> re.Pattern[str]:
    put = alternatives(listed("en/calendar", "put_to"))
    return re.compile(rf"\b(?:{put})\b.*\b(from|to)\s(?:the\s)?$")


NEAREST = 32
"""Characters that the longest of the words just before a time may take."""


def narrated(text: str, start: int) -> bool:
    """True where the time counts from another of the story: "the following June", "that Monday"."""
    found = _narrated().search(before(text, start))
    return found is not None and not found[1]


@cache
def _narrated() -> re.Pattern[str]:
    said = r"(\b(?:said|says|say|told\s\w+|reported|added|announced|confirmed|shows?|showed|and)\s)?"
    return re.compile(rf"\bthe\s(?:following|previous|preceding|same)\s$|{said}\bthat\s$", re.IGNORECASE)


@cache
def _named() -> re.Pattern[str]:
    return re.compile(r"\b(?:the|a|an|its|his|her|their)\s$", re.IGNORECASE)


@cache
def _noun() -> re.Pattern[str]:
    others = "|".join(sorted(words("en/grammar", "pronouns") | words("en/grammar", "prepositions")))
    return re.compile(rf"\s(?!(?:{others}|was|were|is|had|has|will|would|and|or|when|which)\b)[a-z]")


@cache
def _sentence_end() -> re.Pattern[str]:
    return re.compile(r"[.!?][\"'”’)]?\s+(?=[A-Z\"'“‘])|\n|\b(?:said|says)\b")


def _told(clause: str) -> Tense:
    small = clause.lower()
    if _had_been_meant().search(small):
        return "meant"
    if _future().search(small) or _modal().search(clause):
        return "future"
    words_ = small.split()
    meant = "is" in words_ or "are" in words_ or not words("en/calendar", "planned").isdisjoint(words_)
    return _past(words_) or ("meant" if meant else None)


def _past(clause: list[str]) -> Tense:
    """The past where a past tense stands there and no infinitive after it: "agreed to resign on Monday" may look ahead."""
    forms, others = words("en/calendar", "past"), words("en/calendar", "not_past")
    found: Tense = None
    for at, word in enumerate(clause):
        if word in forms or (
            word.endswith("ed") and len(word) > 3 and word not in others and not _adjective(clause, at)
        ):
            found = "past"
        elif word == "to" and clause[at + 1 : at + 2] and clause[at + 1] not in ("the", "a", "an", "its", "his", "her"):
            found = None
    return found


def _adjective(clause: list[str], at: int) -> bool:
    """As in "the planned strike", "is opened"; "the opened" needs a noun behind it."""
    return at > 0 and clause[at - 1] in NOT_BEFORE_PAST


NOT_BEFORE_PAST = frozenset("the a an his her their its our is are be being of".split())  # noqa: SIM905
