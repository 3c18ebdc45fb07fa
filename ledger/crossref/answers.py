"""Answers that are no figures, side by side: a time, a place, yes or no, who or what.

An answer in words disputes another only where one denies it, or where a list says that only one of the two can be true;
times and directions do where they lie apart. Whatever else differs can both be true, and is to be read.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date, datetime, timedelta
from functools import lru_cache

from ledger import dates, quantity
from ledger.crossref.measures import as_printed
from ledger.crossref.terms import STOP, stands, stem
from ledger.crossref.wordlists import (
    ALONE,
    BELIEF,
    BESIDE_IT,
    COMPASS,
    DENIAL,
    DEVICE,
    DISOWNING,
    EVERY,
    IN_FULL,
    MANNER,
    MANY,
    NEGATORS,
    NO_DENIAL,
    OF_INTENT,
    ONE_OF,
    OPEN,
    OPEN_PHRASES,
    QUALIFIED,
    SOFT,
    UNDONE,
    UNHEARD,
    YES,
)
from ledger.errors import BadInput
from ledger.records import Span
from ledger.text import folding
from ledger.vocabulary import Agreement, Kind

Said = tuple[Agreement, str]
"""What two answers say about each other, and the reason code."""

DIFFER: Said = (Agreement.COMPATIBLE, "words_differ")
SAME: Said = (Agreement.AGREE, "same_answer")
UNSPECIFIC: Said = (Agreement.COMPATIBLE, "unspecific")
NOT_STATED: Said = (Agreement.INCOMPARABLE, "not_stated")
COARSER: Said = (Agreement.COMPATIBLE, "coarser")


def compare_answers(a: str, b: str, kind: Kind | None = None) -> Said:
    """What two short answers to a question of this kind say about each other."""
    if a == b or (kind is not Kind.WHEN and words(a) == words(b)):
        return SAME
    if kind in (Kind.YES_NO, Kind.WHERE) and (unstated := _unstated(words(a), words(b))):
        return unstated
    if kind is Kind.WHEN:
        return _times(a, b) or _words(a, b)
    if kind is Kind.YES_NO:
        return _sides(a, b) or _words(a, b, denial=False)
    return _places(a, b) if kind is Kind.WHERE or (direction(a) and direction(b)) else _words(a, b)


def compare_texts(a: str, b: str) -> Said:
    """What two texts say that nobody put into an answer: the same words, or they are to be read."""
    return SAME if words(a) == words(b) else DIFFER


@lru_cache(maxsize=4096)
def words(answer: str) -> tuple[str, ...]:
    """The answer's words without case and punctuation; "car bomb" and "car-bomb" are one."""
    return tuple(re.findall(r"[^\W_]+", answer.casefold().replace("_", " ")))


MONTH_OF_MAY = r"(?<=[\w,] )May\b|\bMay(?= \d)"


@lru_cache(maxsize=4096)
def spoken(text: str) -> tuple[str, ...]:
    """The words without case; the month of May is no "may"."""
    return tuple(w.lower() for w in as_printed(without_may(text)))


def without_may(text: str) -> str:
    """The text without the month of May."""
    return re.sub(MONTH_OF_MAY, "", text) if "May" in text else text


@lru_cache(maxsize=2048)
def believed(text: str, answer: str) -> bool:
    """True where the text holds the answer to be so, and no more: "it looks like", "probably" before it."""
    said, given = spoken(text), words(answer)
    at = next((i for i, w in enumerate(said) if given and w == given[0]), None)
    near = said if at is None else (*said[max(0, at - 6) : at], *_behind(said[at + len(given) :]))
    return not _open(given) and any(stands(phrase, near) for phrase in BELIEF)


def _behind(said: tuple[str, ...]) -> tuple[str, ...]:
    """The word of belief right behind an answer: "the gang is believed to have done it", "the gang may have done it"."""
    return said[: 1 + (said[:1] in (("is",), ("are",), ("was",), ("were",)))]


# --- when ---------------------------------------------------------------------------------------------------------


def _times(a: str, b: str) -> Said | None:
    mine, its = time(a), time(b)
    if mine is None or its is None:
        return None
    (one, loose), (other, also_loose) = mine, its
    if _zoned(one) != _zoned(other) and not (_moment(one) and _moment(other)):
        one, other = _local(one), _local(other)
    moments, bare = _moment(one) and _moment(other), _bare(a) or _bare(b)
    if moments and bare:  # an hour of some day
        one, other = _hour(one), _nearest(_hour(one), _hour(other))
    if moments and _zoned(one) != _zoned(other):
        clocks = [re.sub(r"(?::00)?[+-]\d\d:\d\d$", "", x.earliest or "") for x in (one, other)]
        local = _local(one), _local(other)
        near = any(_near(*local, about) for about, is_loose in zip(local, (loose, also_loose), strict=True) if is_loose)
        return COARSER if clocks[0] == clocks[1] or near else (Agreement.INCOMPARABLE, "zone")
    if _bare(a) != _bare(b) and not moments:  # an hour of some day, and a day
        hour, day, about = (one, other, loose) if _bare(a) else (other, one, also_loose)
        return COARSER if about or _hour_of(hour, day) else (Agreement.CONFLICT, "other_time")
    match dates.relate(one, other):
        case "same":
            return SAME if loose == also_loose else COARSER
        case "disjoint" if not _rounded(one, other) and not any(
            _near(one, other, about) for about, is_loose in (mine, its) if is_loose
        ):
            return Agreement.CONFLICT, "other_time"
    return COARSER


@lru_cache(maxsize=1024)
def time(answer: str) -> tuple[Span, bool] | None:
    """The interval that an answer names as ISO 8601, and whether only about; None where it is none. An hour may stand alone."""
    exact = answer.removeprefix("~")
    try:
        return dates.window(re.sub(r"(^|/)(?=T\d)", rf"\g<1>{SOME_DAY}", exact)), exact != answer
    except BadInput:
        return None


SOME_DAY = "2000-01-01"


def _bare(answer: str) -> bool:
    """True for an hour without its day."""
    return "T" in answer and not re.search(r"\d{4}-", answer)


def _hour(span: Span) -> Span:
    """The hour on a day that stands for any."""
    at = f"{SOME_DAY}T{(span.earliest or '').partition('T')[2]}"
    return Span(at, at)


def _hour_of(hour: Span, day: Span) -> bool:
    """True where a day, or the part of it that is told, has this hour: no morning has nine in the evening."""
    if not (_moment(hour) and _clock(day)):
        return True
    (first, last), (at, _) = reach(day), reach(_hour(hour))
    days = (datetime.combine(first.date() + timedelta(d), at.time()) for d in (0, 1))
    return last - first >= timedelta(days=1) or any(first <= moment <= last for moment in days)


def _nearest(one: Span, other: Span) -> Span:
    """The other hour on the day on which it is nearest, where both tell their zone: 1 a.m. at +02:00 is 11 p.m. of UTC."""
    if not (_zoned(one) and _zoned(other)):
        return other
    hour = (other.earliest or "").partition("T")[2]
    days = (Span(at, at) for at in (f"{date.fromisoformat(SOME_DAY) + timedelta(d)}T{hour}" for d in (-1, 0, 1)))
    return min(days, key=lambda day: abs(reach(day)[0] - reach(one)[0]))


def _moment(span: Span) -> bool:
    """True for an hour or a minute, which a part of a day is not."""
    return span.earliest == span.latest and _clock(span)


def _clock(span: Span) -> bool:
    return "T" in (span.earliest or "") or "T" in (span.latest or "")


def _local(span: Span) -> Span:
    """The clock of the place alone, where its distance from UTC is told: a morning without a zone is one of there."""
    ends = (re.sub(r"(?<=\d)[+-](?!00:00)\d\d:\d\d$", "", end) if end else end for end in (span.earliest, span.latest))
    return Span(*ends)


def _zoned(span: Span) -> bool:
    return any(re.search(r"T[\d:.]+(?:Z|[+-]\d\d)", end or "") for end in (span.earliest, span.latest))


def _near(a: Span, b: Span, about: Span) -> bool:
    """True where no more lies between them than the one that is only about may be off: "around noon" and "12.30"."""
    (a_first, a_last), (b_first, b_last), (first, last) = reach(a), reach(b), reach(about)
    full = _clock(about) and first.minute == 0
    least = timedelta(hours=1) if full else timedelta(minutes=NEAR_MINUTES) if _clock(about) else timedelta(days=1)
    return max(a_first, b_first) - min(a_last, b_last) <= max(last - first, least)


def _rounded(a: Span, b: Span) -> bool:
    """True for two clocks a few minutes apart of which one may be rounded: "ten past ten" and "10.12"."""
    (one, _), (other, _) = reach(a), reach(b)
    apart = abs(one - other) < timedelta(minutes=5)
    return apart and _moment(a) and _moment(b) and 0 in (one.minute % 5, other.minute % 5)


NEAR_MINUTES = 20
"""Minutes by which "about 10.15" may be off; about a full hour may be off by an hour."""


def reach(span: Span) -> dates.edtf.Bounds:
    """The first and last instant, an open end being the other one."""
    first, last = span.earliest or span.latest or "", span.latest or span.earliest or ""
    return dates.bounds(first)[0], dates.bounds(last)[1]


# --- where --------------------------------------------------------------------------------------------------------


def _places(a: str, b: str) -> Said:
    mine, its = direction(a), direction(b)
    if mine and its and _one_reference(a, b):
        if apart(a, b):
            return Agreement.CONFLICT, "direction"
        alike = mine == its and _reference(a) == _reference(b) and _as_far(a, b)
        return SAME if alike else UNSPECIFIC
    if bool(mine) != bool(its) or _contains(words(a), words(b)) or _contains(words(b), words(a)):
        return UNSPECIFIC
    one, other = (set(re.split(r", | and ", folding.place(x))) for x in (a, b))
    return UNSPECIFIC if one <= other or other <= one else _words(a, b)


def apart(a: str, b: str) -> bool:
    """True for two directions from one place that are more than neighbours: south and west."""
    mine, its = direction(a), direction(b)
    if not mine or not its or not _one_reference(a, b):
        return False
    steps = abs(COMPASS[mine] - COMPASS[its]) % 8
    return min(steps, 8 - steps) > 1


IN_NAME = re.compile(r"\b[A-Z][\w’'-]*(?: (?:North|South|East|West)\w*)+|\b(?:North|South|East|West)\w*(?= [A-Z])")


@lru_cache(maxsize=1024)
def direction(answer: str) -> str | None:
    """The one direction that an answer names: "south" of "55 km south of Lorn"; None for none or several, or in a name."""
    one = r"(?<![^\W\d_])(?:(?:north|south)(?:-?(?:east|west))?|east|west)(?![^\W\d_])"
    plain = IN_NAME.sub(" ", answer)
    found = {w for w in re.findall(one, plain.casefold().replace(" ", "-")) if w in COMPASS}
    return found.pop() if len(found) == 1 else None


def _as_far(a: str, b: str) -> bool:
    """False where both say how far from there, and not alike."""
    mine, its = ([q for q in quantity.find(x) if quantity.convertible(q.unit, "m")] for x in (a, b))
    return not any(quantity.compare(x, y).agreement is Agreement.CONFLICT for x in mine for y in its)


def _reference(answer: str) -> str:
    """What the direction is seen from, without "the town of"."""
    behind = re.split(r"(?:north|south|east|west) of ", answer.casefold())[1:]
    return folding.place(re.sub(r"^(?:the )?(?:capital|port|island|coast) of ", "", behind[0])) if behind else ""


def _one_reference(a: str, b: str) -> bool:
    """True where both are seen from one place, or one leaves open from where."""
    mine, its = _reference(a).split(), _reference(b).split()
    return not mine or not its or mine[:1] == its[:1]


# --- yes or no ----------------------------------------------------------------------------------------------------


def _sides(a: str, b: str) -> Said | None:
    mine, its = side(a), side(b)
    if mine is None or its is None:
        return _of_state(a, b) or _of_state(b, a) or _headed(a, b)
    if mine[0] == its[0]:
        return SAME if _plain_noes(words(a), words(b)) and not (mine[1] or its[1]) else UNSPECIFIC
    if any(_of_one(no, yes) for no, yes in ((a, b), (b, a))):
        return Agreement.COMPATIBLE, "qualified"
    return (Agreement.COMPATIBLE, "qualified") if mine[1] or its[1] else (Agreement.CONFLICT, "denial")


def _of_one(no: str, yes: str) -> bool:
    """True for "not by the club" against a yes that does not say that it was the club."""
    denied = words(no)
    return denied[:2] == ("not", "by") and not {*denied[2:]} - STOP <= {*words(yes)}


def _plain_noes(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True for two noes of which one at most says what is not so: "denied", "no", "not guilty"."""
    told = [answer[1:] if answer[:1] == ("not",) else answer for answer in (a, b)]
    plain = all(len(t) == 1 and OF_INTENT.isdisjoint(t) for t in told)
    return plain and any(not DENIAL.isdisjoint(t) for t in told)


def _of_state(no: str, other: str) -> Said | None:
    """Of "not open" and "all open": the other says just what the one denies; partly or once open is another thing."""
    denied, told = words(no.partition(",")[0]), words(other)
    if denied[:1] != ("not",) or len(denied) < 2 or DENIAL.intersection(told) or not {*denied[1:]} <= {*told}:
        return None
    return None if _qualified(told) and not {"all", "entirely"} & {*told} else (Agreement.CONFLICT, "denial")


@lru_cache(maxsize=1024)
def side(answer: str) -> tuple[bool, bool] | None:
    """Yes or no, and whether for a time, in part or perhaps only; None where it is neither: "no problem"."""
    said = words(without_may(answer))
    at = next((i for i, w in enumerate(said[:3]) if w in YES or w in DENIAL), None)
    if at is None:
        return None
    rest = without_undoing((*said[:at], *said[at + 1 :]))
    if said[at] in YES:
        return True, _qualified(tuple(w for w in rest if w not in EVERY))
    if NO_DENIAL.intersection(said[at + 1 : at + 2]) or (said[at] == "no" and said[at + 1 :] and "," not in answer):
        return None
    return False, _qualified(tuple(w for w in rest if w not in ALONE))


def without_undoing(said: Sequence[str]) -> tuple[str, ...]:
    """The words without those by which a thing was undone after it was done: "issued, but later lifted"."""
    return tuple(w for i, w in enumerate(said) if w != "later" or UNDONE.isdisjoint(said[i + 1 : i + 2]))


def _qualified(rest: tuple[str, ...]) -> bool:
    return not QUALIFIED.isdisjoint(rest)


# --- who, what ----------------------------------------------------------------------------------------------------


def _words(a: str, b: str, *, denial: bool = True) -> Said:
    """Two answers in words; where yes or no is asked, a no denies a yes alone."""
    mine, its = words(a), words(b)
    if _one_of(mine, its):
        return Agreement.CONFLICT, "one_of"
    if _open(mine) or _open(its):
        return UNSPECIFIC
    if denial and _denies(mine) != _denies(its):
        no, other = (mine, its) if _denies(mine) else (its, mine)
        return (Agreement.CONFLICT, "denies") if _of_other(no, other) else DIFFER
    if (_denies(mine) and _denies(its)) or _side_by_side(mine, its):
        return Agreement.COMPATIBLE, "other_facet"
    if _soft(mine) or _soft(its) or _contains(mine, its) or _contains(its, mine):
        return UNSPECIFIC
    if _only(mine, its) or _only(its, mine):
        return Agreement.CONFLICT, "only"
    return (Agreement.COMPATIBLE, "spelling") if _spelt_alike(mine, its) else DIFFER


def _headed(a: str, b: str) -> Said | None:
    """Of "positive, in both samples" and "negative (blood)": opposites as they open, whatever is remarked behind them."""
    mine, its = (words(re.split(r"[,;:(]", answer)[0]) for answer in (a, b))
    plain = not (_qualified(words(a)) or _qualified(words(b)))
    opposite = len(mine) == len(its) == 1 and frozenset((*mine, *its)) in ONE_OF
    return (Agreement.CONFLICT, "one_of") if plain and opposite else None


@lru_cache(maxsize=4096)
def excluded(text: str) -> tuple[str, ...]:
    """What the text says that it was not, beside what it was: "poor upkeep, not rain, brought it down"."""
    found = re.search(r"(?:, (?:and )?not|\b(?:rather than|instead of))\s((?:[\w-]+\s?){1,4}?)(?=[,.;:]|$)", text)
    return tuple(w for w in words(found[1]) if w not in STOP) if found else ()


def excludes(a: str, b: str) -> bool:
    """True where one text says of what the other states, and does not only believe, that it was not that."""
    return any(no and _states(other, no) for no, other in ((excluded(a), b), (excluded(b), a)))


def _states(text: str, told: tuple[str, ...]) -> bool:
    said = spoken(text)
    return (
        {*map(stem, told)} <= {*map(stem, said)}
        and not any(stands(p, said) for p in BELIEF)
        and DENIAL.isdisjoint(said)
    )


def _unstated(a: tuple[str, ...], b: tuple[str, ...]) -> Said | None:
    """What an answer that states nothing says of another; that nothing was heard of goes along with a no."""
    undecided = any(_undecided(answer) or _as_yet(answer) for answer in (a, b))
    if not undecided and not (_no_denial(a, UNHEARD) or _no_denial(b, UNHEARD)):
        return None
    return UNSPECIFIC if not undecided and _denies(a) and _denies(b) else NOT_STATED


def leaves_open(answer: str) -> bool:
    """True for an answer that states nothing: "could not say", "no record"."""
    said = words(answer)
    return _undecided(said) or _no_denial(said, UNHEARD)


def _as_yet(answer: tuple[str, ...]) -> bool:
    """True for what was not heard of so far, and may be yet: "no evidence so far"."""
    return _no_denial(answer, UNHEARD) and (stands(("so", "far"), answer) or "yet" in answer[2:])


def _open(answer: tuple[str, ...]) -> bool:
    return _undecided(answer) or _no_denial(answer)


def _undecided(answer: tuple[str, ...]) -> bool:
    """True for what leaves the answer open: "unknown", "perhaps a tank", "cannot say"."""
    opens = any(answer[: len(phrase)] == phrase for phrase in OPEN_PHRASES)
    return not answer or bool(OPEN & set(answer[:2])) or opens


def _no_denial(answer: tuple[str, ...], listed: frozenset[str] = NO_DENIAL) -> bool:
    """True for "no reports of" and "not seen": what was not heard of is not denied."""
    reach = 2 if answer[0] == "not" else 3  # "not seen"; "no official record"
    return answer[0] in DENIAL and bool(listed & set(answer[1:reach]))


def stand(answer: str) -> str:
    """What an answer does with what is asked: answers it, denies, leaves it open, or is beside it: "condemned"."""
    said = words(answer) or ("",)
    if _denies(said) and not _open(said):
        return "denies"
    return "beside" if not BESIDE_IT.isdisjoint(said[:2]) else "open" if _open(said) else "answers"


def denies(answer: str) -> bool:
    """True for an answer that opens with a denial: "no link", "denied any part in it"."""
    return _denies(words(answer) or ("",))


def _denies(answer: tuple[str, ...]) -> bool:
    return answer[0] in DENIAL


def _of_other(no: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """True where the denial is of what the other says: "no flood" denies "a flood" and leaves "a fire" standing.

    So does "denied being late" leave "came last" standing, but "denied any part in it" nothing.
    """
    if no[1:2] and no[1] in IN_FULL:
        return not IN_FULL.isdisjoint(other)
    denied = {stem(w) for w in no[1:] if w not in STOP and w not in YES}
    of_act = any(w == "that" or w.endswith("ing") for w in no[1:2]) and not any(stands(p, no) for p in DISOWNING)
    return (no[0] not in NEGATORS and not of_act) or not denied or not denied.isdisjoint(map(stem, other))


def _side_by_side(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True for two of several causes, for superlatives of different things, for a manner and a device."""
    if a[0] == b[0] and a[0] in MANY:
        return True
    if _superlative(a) and _superlative(b):
        return True
    return (_kind(a, MANNER) and _kind(b, DEVICE)) or (_kind(a, DEVICE) and _kind(b, MANNER))


def _kind(answer: tuple[str, ...], listed: frozenset[str]) -> bool:
    return all(w in listed for w in answer)


def _superlative(answer: tuple[str, ...]) -> bool:
    return any(
        w in ("most", "least", "worst", "first", "last", "best") or (w.endswith("est") and len(w) > 4) for w in answer
    )


def _soft(answer: tuple[str, ...]) -> bool:
    return any(stands(p, answer) for p in SOFT)


def _contains(whole: tuple[str, ...], part: tuple[str, ...]) -> bool:
    """True where one answer is the other with more said: "Intel" and "Intel Atom", "J. Smith" and "John Adam Smith"."""
    rest = iter(whole)
    return part != whole and len(part) <= len(whole) and all(any(_short_for(p, w) for w in rest) for p in part)


def _only(alone: tuple[str, ...], several: tuple[str, ...]) -> bool:
    """True for "only Atom" against "Atom and Xeon"."""
    named = set(alone) - ONLY
    return not ONLY.isdisjoint(alone) and "and" in several and ONLY.isdisjoint(several) and named < set(several)


ONLY = frozenset({"only", "solely", "exclusively"})


def _short_for(part: str, word: str) -> bool:
    return part == word or (len(part) == 1 and part.isalpha() and word.startswith(part))


def _one_of(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True where the answers differ by one word against its opposite alone: "fully open", "closed" do not."""
    mine, its = set(a) - set(b), set(b) - set(a)
    if min(len(mine), len(its)) != 1 or (_denies(a) != _denies(b)):
        return False
    return any(frozenset((m, i)) in ONE_OF or _negated(m, i) or _negated(i, m) for m in mine for i in its)


def _negated(word: str, other: str) -> bool:
    """True for "armed" and "unarmed", "experienced" and "inexperienced"."""
    return len(word) >= LONG and other in (f"un{word}", f"in{word}", f"non{word}")


def _spelt_alike(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    """True where every word is the other's, or is spelt nearly as it is."""
    return len(a) == len(b) and all(x == y or _nearly(x, y) for x, y in zip(a, b, strict=True))


def _nearly(a: str, b: str) -> bool:
    """True for long words that differ by a letter, put in, left out, changed, or two that changed places."""
    if min(len(a), len(b)) < LONG or abs(len(a) - len(b)) > 1 or any(c.isdecimal() for c in a + b):
        return False
    start = next((i for i, (x, y) in enumerate(zip(a, b, strict=False)) if x != y), min(len(a), len(b)))
    mine, its = a[start:], b[start:]
    return mine[1:] == its[1:] or mine[1:] == its or mine == its[1:] or (mine[:2] == its[1::-1] and mine[2:] == its[2:])


LONG = 5
