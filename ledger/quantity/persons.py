"""Counts without a numeral or a noun: "a child died", "a fourth was hurt", "12 horses bolted and | seven were caught"."""

from __future__ import annotations

from bisect import bisect_left
from decimal import Decimal

from msgspec import Struct

from ledger.lexicon import values, words
from ledger.quantity import fates
from ledger.quantity.counted import Counted, Phrase
from ledger.quantity.fate_phrases import phrased
from ledger.quantity.fates import BEGINNING, OWN_VERBS
from ledger.quantity.figure_words import (
    ADJECTIVES,
    CURRENCIES,
    CURRENCY_SIGNS,
    DEGREES,
    DETERMINERS,
    FATES,
    FATES_OF_PEOPLE,
    HELPERS,
    INTRANSITIVE,
    NO_NOUN,
    NOUNS_OF_FATE,
    PASSIVES,
    PEOPLE,
    PERSON,
    RELATIVES,
    ROLES,
    SINGLE,
    SMALL,
    SUBJECT_OPENERS,
    TELLING,
    TOLD,
    UNITS,
    UNTOLD,
)
from ledger.quantity.neighbours import Figure
from ledger.quantity.tokenizing import HYPHENS, SENTENCE_END, Tokens
from ledger.vocabulary import Modifier

NEGATION = words("en/grammar", "negation") | {"no", "nobody", "neither", "without"}
ONLY_ONE = frozenset({"a", "an", "another"})
OBJECTS = SINGLE | {"the"}
LIVED = words("en/fates", "lived")
"""What those do whom nothing befell: "both pilots survived"."""
LIVES, TAKING = frozenset({"life", "lives"}), words("en/fates", "taking")
BEFALLING = FATES.keys() | LIVES | words("en/fates", "brought") | LIVED | {"hospital", "burned", "burnt"}
DECADE_WORDS = words("en/not_counted", "decades_of_life")
DECADES = frozenset({"early", "mid", "late", "-"})
SEVERAL = {word: Decimal(many) for word, many in values("en/counted", "several").items()}
"""How many persons one word says: "her twins"."""
BEFORE_SEVERAL = DETERMINERS | words("en/counted", "before_several")
BEHIND_SEVERAL = HELPERS | INTRANSITIVE | BEGINNING | {"and", ","}
ASIDE = words("en/grammar", "prepositions") - {"as"}
FARTHEST = 8
"""Words from "a" to the noun: "a 12-year-old Syrian boy"."""


class _Member(Struct):
    """One person, or a figure of people, in a list of those to whom the same happened."""

    start: int
    end: int
    count: Decimal
    definite: bool = False


def with_persons(tokens: Tokens, figures: list[Figure]) -> list[Figure]:
    """The figures, and those that persons in words make; a figure of people in the same list is part of the sum."""
    found: list[Figure] = []
    last = 0
    starts = {figure.first: figure for figure in figures}
    befell = not BEFALLING.isdisjoint(tokens.words)
    for i, word in enumerate(tokens.words if befell else ()):
        if i < last or not (word in SINGLE or word in ("the", "both") or i in starts) or not _opens(tokens, i):
            continue
        figure = _sum(tokens, i, starts=starts)
        if figure:
            found.append(figure)
            last = figure.last
    found.extend(_told(tokens))
    if not found:
        doubt_companions(tokens, figures)
        return figures
    covered = {at for new in found for at in range(new.first, new.last)}
    kept = [figure for figure in figures if figure.first not in covered]
    doubt_companions(tokens, kept)
    return sorted(kept + found, key=lambda figure: figure.first)


def doubt_companions(tokens: Tokens, figures: list[Figure]) -> None:
    """Of those who were not summed a person has to say how many: "a grandmother and | the three hands she had hired died"."""
    for figure in figures:
        at = figure.first - (tokens.word(figure.first - 1) in DETERMINERS)
        if figure.counted.measure not in FATES_OF_PEOPLE or tokens.word(at - 1) != "and":
            continue
        begun = next((k for k in range(at - 2, max(-1, at - FARTHEST), -1) if _opens(tokens, k)), None)
        if begun is not None and tokens.word(begun) in SINGLE and (one := _member(tokens, begun, starts={})):
            figure.why = figure.why or ("hedge" if one.end == at - 1 else None)


def _opens(tokens: Tokens, i: int) -> bool:
    """True where a subject or an object may begin; "the mother of a child was killed" is not about the child."""
    if tokens.opens_sentence(i) or tokens.word(i - 1) in SUBJECT_OPENERS:
        return True
    if tokens.word(i) == "another" and tokens.word(i + 1) in HELPERS | INTRANSITIVE:
        return True
    after_comma = tokens.word(i - 2) == "," and tokens.word(i - 1) in ("and", "while", "but")
    return after_comma or _shared(tokens, i) or _done(tokens, i) is not None


def _done(tokens: Tokens, i: int) -> str | None:
    """What the verb before token i does to an object: "killed a guard", "arresting another man"; not "did not kill a man"."""
    if tokens.word(i - 1) == "of" and tokens.word(i - 2) in LIVES and tokens.word(i) in OBJECTS:
        return "killed" if tokens.word(i - 3) == "the" and tokens.word(i - 4) in TAKING else None
    verb = tokens.word(i - 1)
    if verb not in FATES or verb in NOUNS_OF_FATE or tokens.word(i) not in OBJECTS or tokens.word(i - 2) in PASSIVES:
        return None
    denied = any(word in NEGATION or word.endswith(("n't", "n’t")) for word in tokens.words[max(0, i - 5) : i - 1])
    return None if denied else FATES[verb]


def _sum(tokens: Tokens, i: int, *, starts: dict[int, Figure]) -> Figure | None:
    done = _done(tokens, i)
    members: list[_Member] = []
    at = i
    while len(members) < FARTHEST:
        member = _member(tokens, at, starts=starts) or (_bare(tokens, at) if members else None)
        if member is None:
            if done and members and (tokens.word(at) in FATES or tokens.word(at).endswith(("ed", "left", "ing"))):
                at = members[-1].end  # "killed a guard and injured two"
                break
            return None
        members.append(member)
        at = _past_aside(tokens, _past_age(tokens, member.end), members)
        if tokens.word(at) == "," and tokens.word(at + 1) != "and":
            at += 1
        elif tokens.word(at) == "and" or (tokens.word(at) == "," and tokens.word(at + 1) == "and"):
            at += 1 if tokens.word(at) == "and" else 2
        else:
            break
    if done and len(members) > 1 and tokens.word(at) in HELPERS:
        members.pop()  # "killed the pilot and his son, and a farmer | was hurt"
        at = members[-1].end
    definite = done and tokens.word(i) not in ONLY_ONE
    if definite and (len(members) == 1 or members[0].start + 1 in starts):
        return None  # "killed his wife", "freed the 12 nurses"
    fate = (
        fates.at_last(tokens, at)
        or fates.brought_up(tokens, (i, at))
        or phrased(tokens, "", (i, at))
        or done
        or _fate(tokens, at, left=tokens.word(i - 1) == "left", shared=_shared(tokens, i))
    )
    several = len(members) > 1 or tokens.word(i) == "both"
    lived = fate is None and several and tokens.word(at) in LIVED
    if not lived and (fate not in FATES_OF_PEOPLE or fate == "lost"):
        return None
    if all(m.start in starts for m in members) or (len(members) == 1 and members[0].definite):
        return None
    total = sum((m.count for m in members), Decimal(0))
    noun = (
        Phrase(members[0].end - 1, members[0].end) if len(members) == 1 else None
    )  # a woman and two sons are three people
    counted = Counted(phrase=noun, unit="people", measure=fate)
    return Figure(i, at, (total, total, True, True), Modifier.EXACT, False, False, counted)


def _past_age(tokens: Tokens, i: int) -> int:
    """Past the age told of a person: "in his 40s", ", 34,", ", aged 34,"."""
    if tokens.word(i) == "in" and tokens.word(i + 1) in SINGLE:
        at = i + 2
        while tokens.word(at) in DECADES:
            at += 1
        if tokens.word(at) in DECADE_WORDS:
            return at + 1
        return at + 2 if tokens.is_numeral(at) and tokens.word(at + 1) == "s" else i
    at = i + (tokens.word(i) == ",")
    at += tokens.word(at) == "aged"
    age = tokens.is_numeral(at) or (tokens.word(at) in SMALL and tokens.word(at + 1) == ",")
    return at + 1 + (tokens.word(at + 1) == ",") if at > i and age else i


def _past_aside(tokens: Tokens, i: int, members: list[_Member]) -> int:
    """Past what tells where a person, or the last of several, is: "and the two toddlers | in her care | died"."""
    if tokens.word(i) not in ASIDE:
        return i
    verbs = (at for at in range(i + 1, i + FARTHEST) if tokens.word(at) in HELPERS | INTRANSITIVE | BEGINNING)
    end = next(verbs, i)
    others = RELATIVES if len(members) > 1 else RELATIVES | FATES.keys() | PERSON | ROLES | PEOPLE
    plain = all(tokens.is_word(at) and tokens.words[at] not in others for at in range(i, end))
    return end if plain else i


def _member(tokens: Tokens, i: int, *, starts: dict[int, Figure]) -> _Member | None:
    if (couple := _several(tokens, i)) is not None:
        return couple
    figure = starts.get(i) or (starts.get(i + 1) if tokens.word(i) in DETERMINERS else None)
    if figure:
        low, high = figure.bounds[:2]
        plain = figure.modifier is Modifier.EXACT and not figure.vague and figure.counted.unit == "people"
        phrase = figure.counted.phrase
        return _Member(i, phrase.end, low) if plain and phrase and low is not None and low == high else None
    word = tokens.word(i)
    if word == "another" and tokens.word(i + 1) in HELPERS | INTRANSITIVE:
        return _Member(i, i + 1, Decimal(1))
    if word not in SINGLE and word != "the":
        return None
    for at in range(i + 1, i + FARTHEST):
        if (tokens.word(at) in PERSON or tokens.word(at) in ROLES) and tokens.word(at + 1) not in HYPHENS:
            return _Member(i, at + 1, Decimal(1), definite=word == "the")
        tied = tokens.word(at) in HYPHENS or tokens.is_numeral(at)
        if not (tied or tokens.is_word(at)) or tokens.word(at) in NO_NOUN:
            return None
    return None


def _several(tokens: Tokens, i: int) -> _Member | None:
    """Several persons in one word, "her twins", "a couple", "her twin sons", "both his sons"."""
    word = tokens.word(i)
    if word not in SINGLE and word not in ("the", "both"):
        return None
    at = i + 1
    at += tokens.word(at) in BEFORE_SEVERAL
    noun = tokens.word(at)
    if noun not in SEVERAL and noun != "twin" and word != "both":
        return None
    if noun in SEVERAL and tokens.word(at + 1) in BEHIND_SEVERAL:
        return _Member(i, at + 1, SEVERAL[noun])
    named = at + (noun == "twin")
    called = tokens.word(named)
    of_people = called.removesuffix("s") in PERSON | ROLES and called.endswith("s")
    of_people = of_people or (called in PEOPLE - PERSON and not called.endswith("s"))  # "both women"
    return _Member(i, named + 1, Decimal(2)) if of_people and noun not in SEVERAL else None


def _bare(tokens: Tokens, i: int) -> _Member | None:
    """The son of "a father and son", at the end of a list."""
    single = tokens.word(i) in PERSON and tokens.word(i - 1) == "and" and tokens.word(i + 1) in HELPERS | INTRANSITIVE
    return _Member(i, i + 1, Decimal(1)) if single else None


def _fate(tokens: Tokens, i: int, *, left: bool, shared: bool) -> str | None:
    """What is said of those before token i: "died", "were seriously injured", "are still missing"."""
    if left and tokens.word(i) in FATES:
        return FATES[tokens.words[i]]  # "left a boy missing"
    if tokens.word(i) in INTRANSITIVE:
        return FATES[tokens.words[i]]
    if not any(tokens.word(at) in HELPERS for at in range(i, i + 3)):
        at = i + (tokens.word(i) in DEGREES)
        fated = (
            tokens.word(at) in FATES
            and tokens.word(at) not in NOUNS_OF_FATE
            and tokens.word(at + 1) not in SINGLE | {"the"}
        )
        return FATES[tokens.words[at]] if shared and fated else None  # "two were killed and a clerk hurt"
    after = i
    while tokens.word(after) in DEGREES or tokens.word(after) in HELPERS:
        after += 1
    return fates.said_next(tokens, after if tokens.word(after) in FATES else i)


def _shared(tokens: Tokens, i: int) -> bool:
    """True where the helping verb of the clause before holds here, too: "two were killed and | a clerk hurt"."""
    before = tokens.words[max(0, i - FARTHEST) : i]
    helped = any(
        word in HELPERS and not FATES.keys().isdisjoint(before[n + 1 : n + 3]) for n, word in enumerate(before)
    )
    return before[-1:] == ["and"] and helped


def _told(tokens: Tokens) -> list[Figure]:
    """As in "officials reported deaths": one and more."""
    found: list[Figure] = []
    for i, word in enumerate(() if TOLD.isdisjoint(tokens.words) else tokens.words):
        if word not in TELLING or tokens.word(i + 1) not in TOLD:
            continue
        before = tokens.word(i - 1)
        if tokens.is_word(i - 1) and before not in UNTOLD and not before.endswith("n't"):
            noun = tokens.words[i + 1]
            counted = Counted(phrase=Phrase(i + 1, i + 2), unit="people", measure=FATES.get(noun))
            bounds = (Decimal(1), None, True, False)
            found.append(Figure(i + 1, i + 2, bounds, Modifier.AT_LEAST, False, False, counted))
    return found


# --- bare counts -----------------------------------------------------------------------------------------------------

ANIMALS = words("en/counted", "animals")
ORDINALS = {word: Decimal(place) for word, place in values("en/counted", "one_more").items()}
ONE_MORE = ORDINALS.keys() | {"one", "another"}
NOT_COUNTED = {None, "people", "share", "percent", "times", "points", *UNITS.values()}
NOT_COUNTED |= {*CURRENCIES.values(), *CURRENCY_SIGNS.values()}
VERBS = HELPERS | INTRANSITIVE | words("en/grammar", "have") | OWN_VERBS
JOINTS = frozenset({"and", "but", "while", ",", ";", "then"})
QUOTES = frozenset("\"'“‘")
BACK = 30
"""Words back to the figure that says what is counted."""


def with_one_more(tokens: Tokens, figures: list[Figure]) -> list[Figure]:
    """The figures, and "a fourth was pulled dead", "one is in intensive care" as one more of what the figure before counts."""
    places = [i for i, word in enumerate(tokens.words) if word in ONE_MORE] if figures else []
    more: list[Figure] = []
    for at in places:
        place = ORDINALS.get(tokens.words[at])
        i = at - (place is not None and tokens.word(at - 1) in ("a", "the"))
        told = _told_of(tokens, at + 1)
        if (place and i == at) or not _joined(tokens, i) or told is None or _anybody(tokens, at):
            continue
        near = _near(figures, i)
        before = _before(tokens, i, [f for f in near if (f.bounds[0] or 0) > 1])
        taken = any(figure.first <= i < figure.last for figure in near)
        if before is not None and not taken and (place is None or _next(near, before, i, place)):
            more.append(_one(tokens, (i, at + 1), told, before.counted))
    return sorted(figures + more, key=lambda figure: figure.first) if more else figures


def _told_of(tokens: Tokens, i: int) -> int | None:
    """Where it is told what one does or what befell him: "one | was hurt", "one | missing", "one, a nurse, | died"."""
    if tokens.word(i) == ",":
        i = next((k + 1 for k in range(i + 2, i + FARTHEST + 2) if tokens.word(k) == ","), i)
        return i if tokens.word(i) in VERBS else None
    fated = tokens.word(i) in FATES and (tokens.word(i) not in NOUNS_OF_FATE or tokens.word(i) in ADJECTIVES)
    told = tokens.word(i) in VERBS or (fated and not tokens.is_word(i + 2)) or phrased(tokens, "", (i, i)) is not None
    return i if told else None


def _anybody(tokens: Tokens, at: int) -> bool:
    """True for the "one" that is anybody: "One is left to wonder", "and one has to ask"."""
    if tokens.words[at] != "one":
        return False
    idle = tokens.word(at + 1) in ("is", "has", "had")
    return idle and (tokens.opens_sentence(at) or "to" in tokens.words[at + 2 : at + 4])


def _next(figures: list[Figure], before: Figure, i: int, place: Decimal) -> bool:
    """True for the fourth behind three, or behind two and one; "of 40 parks a third is shut" is a share."""
    same = [f.bounds[0] or Decimal(0) for f in figures if f.last <= i and f.counted.unit == before.counted.unit]
    return place - 1 in (before.bounds[0], sum(same, Decimal(0)))


def _joined(tokens: Tokens, i: int) -> bool:
    begun = _begun(tokens, i)
    return tokens.word(begun - 1) in JOINTS or tokens.opens_sentence(begun)


def _begun(tokens: Tokens, i: int) -> int:
    """Where the clause of a bare count begins: with "another", with a quotation mark."""
    i -= tokens.word(i - 1) in ("another", "some")
    return i - (tokens.word(i - 1) in QUOTES)


def _one(tokens: Tokens, words_: tuple[int, int], told: int, of: Counted) -> Figure:
    first, last = words_
    people = of.unit in ("people", None)
    found = _befell(tokens, first, told, of.unit) if people else None
    one = Decimal(1)
    counted = Counted(phrase=None, unit=of.unit, measure=found)
    return Figure(first, last, (one, one, True, True), Modifier.EXACT, False, False, counted)


def _befell(tokens: Tokens, first: int, last: int, unit: str | None) -> str | None:
    span = first, last
    return (
        phrased(tokens, "", span) or fates.brought_up(tokens, span) or fates.measure(tokens, "", unit=unit, span=span)
    )


def _near(figures: list[Figure], i: int) -> list[Figure]:
    """The figures that begin shortly before token i, or at it."""
    lo, hi = (bisect_left(figures, at, key=lambda figure: figure.first) for at in (i - BACK, i + 1))
    return figures[lo:hi]


def _before(tokens: Tokens, i: int, figures: list[Figure]) -> Figure | None:
    """The nearest figure that counts something, where all do the same; of the sentence before where this one begins here."""
    found: list[Figure] = []
    for figure in reversed([f for f in figures if f.last <= i]):
        ends = [word for word in tokens.words[figure.last : i] if word in SENTENCE_END and word != ";"]
        if len(ends) > tokens.opens_sentence(_begun(tokens, i)):
            break
        if figure.counted.unit == "people" or figure.counted.unit not in NOT_COUNTED:
            found.append(figure)
    return found[0] if len({figure.counted.unit for figure in found}) == 1 else None


def lend_same(tokens: Tokens, figures: list[Figure]) -> None:
    """A bare count with a verb of its own counts what the one before it does; people's fates are lent to no things."""
    for part in figures:
        about = part.counted
        bare = about.phrase is None and about.unit in (None, "people") and _has_verb(tokens, part.last)
        if about.unit is None and tokens.same(part.last, ("of", "us")):
            about.unit = "people"
        if not bare or not _joined(tokens, part.first):
            continue
        whole = _before(tokens, part.first, _near(figures, part.first))
        if whole is None:
            continue
        if whole.counted.unit in ANIMALS:
            about.unit, about.phrase = whole.counted.unit, whole.counted.phrase
            about.measure = None if about.measure in FATES_OF_PEOPLE else about.measure
        elif about.unit is None and (whole.counted.unit == "people" or about.measure not in FATES_OF_PEOPLE):
            about.unit = whole.counted.unit


def _has_verb(tokens: Tokens, after: int) -> bool:
    """True before a verb, and in "75 were laid off, 30 more on shorter hours"."""
    after += tokens.word(after) == "more"
    return tokens.word(after) in VERBS or (tokens.word(after - 1) == "more" and tokens.word(after) in ASIDE)
