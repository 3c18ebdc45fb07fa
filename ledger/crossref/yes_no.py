"""Whether the words of a claim affirm or deny what a question asks: "the sirens never sounded" is a no.

A claim filed under a question need not say it in the question's words. What most of the question's claims speak of is its
matter too, and who speaks of himself as "it" or "we" is in the sentence by name.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Sequence
from functools import cache, lru_cache
from itertools import accumulate

from ledger import lexicon
from ledger.crossref import terms
from ledger.crossref.answers import spoken, without_may, without_undoing, words
from ledger.crossref.kinds import Asked
from ledger.crossref.measures import root
from ledger.crossref.wordlists import (
    ANY_DEED,
    CALENDAR,
    EVERY,
    HAPPENING,
    IRREGULAR,
    MISSTATED,
    NARROWING,
    NEGATIONS,
    NO_DENIAL,
    ONE_OF,
    PASSED_OVER,
    QUALIFIED,
    SAME_EVENT,
    SAYING,
    TELLING,
    UNSTATED,
)
from ledger.text import tells_denial

OPPOSITE = {"yes": "no", "no": "yes"}
NOT_DENIED = lexicon.words("en/stance", "negation") | lexicon.words("en/stance", "nobody")
PRONOUNS = lexicon.words("en/grammar", "subject_pronouns") | {"our", "its", "their", "his", "her", "my"}
REACH = 4
"""Words that tell something, a negation and those behind it that it denies."""
ENOUGH = 2
"""Words of the matter, one of the question that most claims have too counting twice, by which a claim answers."""


def matter(texts: Sequence[str]) -> frozenset[str]:
    """The roots of the words that most of the texts have, and two at least."""
    has = Counter(r for text in texts for r in {root(w) for w in terms.words(text) if _telling(w)})
    return frozenset(r for r, n in has.items() if n > 1 and n * 2 >= len(texts))


def several_subjects(texts: Sequence[str], question: str) -> bool:
    """True where a text opens with a name that the question does not have: it may be about somebody else than others are."""
    plain = {w for text in (*texts, question) for w in re.findall(r"\b[a-z][\w-]*", text)}
    opening = (m[0] for text in texts if (m := re.match(r"[A-Z][a-z]+", text)))
    names = {w for w in opening if not {w.lower(), w.lower().removesuffix("s")} & (plain | terms.STOP)}
    return any(w not in question and not w.endswith("s") for w in names)


def without_subject(text: str) -> bool:
    """True for words that begin with their verb: "was not wearing a helmet"; of whom they are is not said."""
    return words(text)[:1] != () and words(text)[0] in VERBS and text[:1].islower()


DENYING, SPENT, AHEAD = (lexicon.words("en/answers", name) for name in ("denying", "spent", "foretold"))
RULED_OUT = (("ruled", "out"), ("out", "of", "the", "question"))
MODAL = lexicon.words("en/grammar", "modal")
VERBS = frozenset().union(*(lexicon.words("en/grammar", name) for name in ("be", "have", "do")))


@lru_cache(maxsize=1024)
def yes_or_no(text: str, question: Asked) -> str | None:
    """Yes where the text states what is asked, no where it negates it; None where it does neither plainly."""
    if _denied_whole(text, question):
        return "no"
    before, that, behind = _bare_denial().sub(r"\1 that ", text).partition(" that ")
    if that and tells_denial(words(before)[-3:]):
        if not NOT_DENIED.isdisjoint(words(before)):
            return None
        denied = re.split(r"[,;:] ", behind)[0]  # "denied that it will, and said"
        if not _misstated(words(denied)) <= question.stems:
            return None
        return OPPOSITE.get(yes_or_no(denied, question) or "")
    if told := _against().search(text):  # "rejects this: the gates were open"
        return yes_or_no(text[told.end() :], question)
    if false := _called_false().match(text):
        return OPPOSITE.get(yes_or_no(false["claim"], question) or "")
    if _other_agent(text, question.text):
        return None
    clauses = [words(part) for part in re.split(r"[,;:.] ", _pleaded(plain(text), question))]
    seen, ends = tuple(w for part in clauses for w in part), [*accumulate(map(len, clauses))]
    if not UNSTATED.isdisjoint(seen) or "?" in text or any(terms.stands(p, seen) for p in RULED_OUT):
        return None
    if tells_denial(seen) and (DENYING.isdisjoint(seen) or not _misstated(seen) <= question.stems):
        return None  # "rejected the offer" is a deed, "denied having hidden it" says nothing of it
    turned = [i for i, w in enumerate(seen) if _turned(w, question, seen)]
    at = {i for i, w in enumerate(seen) if _telling(w) and root(w) in question.roots | question.matter} | {*turned}
    if not _answers(seen, at, turned, question):
        return None
    side = _side(seen, at, ends)
    side = OPPOSITE.get(side or "") if len(turned) % 2 else side
    qualified = QUALIFIED.intersection(w for w in without_undoing(seen) if root(w) not in question.roots)
    if side == "yes" or NEGATIONS.isdisjoint(seen):  # "not all", "not until"; that all were, or were before, is no part
        qualified -= EVERY if AHEAD.intersection(seen) or side != "yes" else EVERY | SPENT
    return f"{side}, in part" if side and qualified - question.words else side


def _denied_whole(text: str, question: Asked) -> bool:
    """True for words that deny what is asked and name it not, "there never was one", or rule it out by name."""
    told = " ".join(words(plain(text)))
    _, ruled, out = told.partition(" ruled out ")
    if ruled:
        named = {root(w) for w in out.split() if _telling(w)} & question.roots
        return len(named) >= ENOUGH
    return _bare_no().search(told) is not None and _of_a_thing(question)


def _of_a_thing(question: Asked) -> bool:
    """True where the question itself is of a thing, and not of whether what is told of it is true."""
    return FALSE.isdisjoint(question.words)


FALSE = frozenset({"true", "false", "untrue", "hoax", "lie", "lied"})


@cache
def _bare_no() -> re.Pattern[str]:
    """A no without its matter, and nothing beside it."""
    never = r"there (?:(?:is|was|were|has been) (?:none|no such thing)|(?:never (?:was|were)|was never) (?:one|any))"
    talk = r"(?:(?:the|those|these) )?(?:reports?|claims?|stor(?:y|ies)|rumou?rs?|news|allegations?)"
    proved = r"(?:(?:is|was|turned out|proved|to be) )+"
    false = rf"(?:(?:that|this|it|which|{talk}) )?{proved}(?:false|untrue|not true|a hoax|a lie)"
    event = r"(?:it|that|this|no such thing) (?:never|did not|simply did not) (?:happen|happened|take place|took place)"
    return re.compile(rf"^(?:and |but )?(?:{never}|{false}|{event})(?: at all)?$")


def _misstated(said: Iterable[str]) -> set[str]:
    """The stems of the words that say how a thing was told, hidden or brought about."""
    return {terms.stem(w) for w in MISSTATED.intersection(said)}


def _answers(seen: Sequence[str], at: Iterable[int], turned: Sequence[int], question: Asked) -> bool:
    """True where enough of the matter stands in the words."""
    roots = {root(seen[i]) for i in at}
    own = roots & question.roots
    by = question.speaker & question.roots - roots if not PRONOUNS.isdisjoint(seen) else frozenset()
    asked = predicate(question.text)
    if not asked and len(question.roots) < ENOUGH and not _of_a_pronoun(question.text):
        return False  # "the bridge" asks nothing of it
    if asked and not turned and not roots & (asked | (question.matter - question.roots)) and not _stopped(seen, roots):
        return False
    points = len(roots) + len(own & question.matter) + len(by)
    return points >= min(ENOUGH, len(question.roots)) or any(i in at for i in _none_of(seen)) or _stopped(seen, roots)


def _of_a_pronoun(question: str) -> bool:
    """True for "whether he appeals", which asks for no more than the one verb."""
    said = words(question)
    return len(said) == len(("whether", "he", "appeals")) and said[0] == "whether" and said[1] in PRONOUNS


def _other_agent(text: str, question: str) -> bool:
    """True where it is asked whether somebody did it and the text says by whom else it was done: "sunk by a mine"."""
    asked, told = (_agent().findall(" ".join(words(x))) for x in (question, text))
    doers = [{root(w) for w in words(behind) if _telling(w)} for behind in (*asked[-1:], *told[-1:])]
    return len(doers) == len(("asked", "told")) and doers[0].isdisjoint(doers[1]) and doers[1] != set()


@cache
def _agent() -> re.Pattern[str]:
    """Who or what did it, behind the deed: "killed by naval fire", "sunk by the storm"."""
    deed = rf"(?:\w+ed|{lexicon.alternatives(tuple(IRREGULAR))})"
    return re.compile(rf"\b{deed} by (?!(?:{lexicon.alternatives(tuple(CALENDAR))})\b)((?:[a-z]\w*(?: |$)){{1,4}})")


def _pleaded(text: str, question: Asked) -> str:
    """The text with a plea of not guilty as the one word that it is, and a denial of charges as this plea."""
    if "guilty" not in question.words:
        return text
    text = re.sub(r"\bnot guilty\b", "innocent", text)
    return re.sub(
        r"\bden(?:y|ies|ied|ying) (?:(?!that\b)[\w-]+ ){0,4}?(?:charges?|counts?|offences?)\b",
        "pleaded innocent to",
        text,
    )


@lru_cache(maxsize=256)
def predicate(question: str) -> frozenset[str]:
    """Roots of the words from the first verb of the question on; empty where none is found."""
    said = list(terms.words(question))
    first = next((i for i, w in enumerate(said[1:], 1) if _is_verb(w)), len(said))
    return frozenset(root(w) for w in said[first:] if _telling(w))


def _is_verb(word: str) -> bool:
    return word in VERBS | MODAL | SAYING | DENYING or word in IRREGULAR or word.endswith("ed")


@lru_cache(maxsize=4096)
def of_the_event(text: str, question: str) -> bool:
    """True where the text may tell the event that the question asks for: by its verb, one of the same sense, or by none.

    Who was told, who replied on a day says nothing of when somebody resigned.
    """
    seen = spoken(re.sub(r"(?<=\d) am\b", "", text))  # no verb
    wanted, senses = predicate(question), _senses(question)
    told = tuple(map(root, seen))
    seen = seen[2:] if seen[:2] == ("it", "was") else seen  # "it was ten past ten"
    if (wanted or senses) and any(map(_is_verb, seen)):
        return not (wanted | TOOK_PLACE).isdisjoint(told) or any(terms.stands(p, told) for p in senses)
    return True


@lru_cache(maxsize=256)
def _senses(question: str) -> tuple[tuple[str, ...], ...]:
    """Words and phrases for the events that the question names, by their roots."""
    asked = tuple(map(root, words(question)))
    return tuple(
        phrase for event in _events().values() if any(terms.stands(p, asked) for p in event) for phrase in event
    )


def tells_event(text: str, question: str) -> bool:
    """True where the text tells in any words the event that the question names: "left the rails", asked of what derailed."""
    told = tuple(map(root, words(text)))
    return any(terms.stands(phrase, told) for phrase in _senses(question))


def asks_for(event: str, question: str) -> bool:
    """True where the question names this event of the list by one of its words."""
    return not _events()[event].isdisjoint(_senses(question))


def when_told(before: str, question: str) -> bool:
    """True where a time behind these words is when something was told, and the question does not ask for that."""
    said = spoken(re.split(r"[.;:!?]|, ", before)[-1])
    at = max((i for i, w in enumerate(said) if w in TELLING), default=len(said))
    near = said[at + 1 :]
    if at == len(said) or len(near) > TOLD_WITHIN or any(map(_is_verb, near)):
        return False
    told = root(said[at])
    return told not in predicate(question) and (told,) not in _senses(question)


TOLD_WITHIN = 5
"""Words between a word of telling and when it was told: "told a room full of reporters on Monday"."""


def of_the_deed(text: str, question: str) -> bool:
    """False where the text tells of another deed than the question: a letter that was sent is no knowledge."""
    asked, told = _deeds(question), _deeds(text)
    return not asked or not told or bool(told & {root(w) for w in words(question)}) or of_the_event(text, question)


def _deeds(text: str) -> frozenset[str]:
    passed = VERBS | MODAL | PASSED_OVER | NEGATIONS | DENYING
    told = (w for w in spoken(text) if w not in passed and not tells_denial((w,)))
    return frozenset(root(w) for w in told if w in IRREGULAR or w.endswith("ed"))


@lru_cache(maxsize=2048)
def narrowed(text: str, question: str) -> frozenset[str]:
    """Words to which the text narrows what it denies, and the question does not: "did not knowingly"."""
    said = words(plain(text))
    denies = not NEGATIONS.isdisjoint(said) or tells_denial(said)
    return NARROWING.intersection(said).difference(words(question)) if denies else frozenset()


@cache
def _events() -> dict[str, frozenset[tuple[str, ...]]]:
    """Of each event the words and phrases for it, by their roots."""
    return {name: frozenset(tuple(map(root, said.split())) for said in phrases) for name, phrases in SAME_EVENT.items()}


TOOK_PLACE = frozenset(map(root, HAPPENING | ANY_DEED))


def _none_of(seen: Sequence[str]) -> list[int]:
    """The place of what there was none of, or of which somebody had none: "there was no warning", "found no cracks"."""
    return [i + 1 for i, w in enumerate(seen) if w == "no" and i > 0]


def _stopped(seen: Sequence[str], roots: Iterable[str]) -> bool:
    """True where the matter is named and said not to have taken place or worked."""
    return bool(roots) and any(
        w in HAPPENING and NEGATIONS.intersection(seen[max(0, i - 2) : i]) for i, w in enumerate(seen)
    )


def _side(seen: Sequence[str], at: set[int], ends: Sequence[int]) -> str | None:
    """Yes where nothing is negated; no where each negation denies something, and one of them what is asked."""
    if tells_denial(seen) and NEGATIONS.isdisjoint(seen):
        return None
    if NEGATIONS.isdisjoint(seen):
        return "yes"
    seen = tuple("" if _of_what_to_do(seen, i, at) else w for i, w in enumerate(seen))
    if NEGATIONS.isdisjoint(seen):
        return "yes"
    behind_each = [told for i, w in enumerate(seen) if w in NEGATIONS and (told := _denied(seen, i, ends))]
    once = all(NEGATIONS.isdisjoint(seen[j] for j in told) for told in behind_each)  # who does not deny says neither
    known = all(seen[told[0]] not in NO_DENIAL for told in behind_each)  # no evidence that it is so says neither
    denied = {j for told in behind_each for j in told}
    denied = denied | ({i for i in at if any(i < j for j in denied)} if _happening(seen, denied) else set())
    plain = once and known and "only" not in seen and denied.intersection(at)
    return "no" if plain else None


def _of_what_to_do(seen: Sequence[str], i: int, at: set[int]) -> bool:
    """True for the "not" of what somebody was told not to do: "was warned not to go" is a warning."""
    return seen[i] == "not" and seen[i + 1 : i + 2] == ("to",) and i - 1 in at


def _happening(seen: Sequence[str], denied: Iterable[int]) -> bool:
    """True where it is denied that something took place or worked: "the sirens did not work"."""
    return any(seen[j] in HAPPENING for j in denied)


def _denied(seen: Sequence[str], at: int, ends: Sequence[int]) -> list[int]:
    """The places of the words that a negation denies: the first that tell something, in its own clause."""
    end = next(e for e in ends if e > at)
    if tells_denial(seen[at : at + 1]):  # "denied a report and said": what comes then is told
        end = next((k for k in range(at, end) if seen[k] in ("and", "but", "said")), end)
    return [k for k in range(at + 1, end) if seen[k] not in terms.STOP][: REACH - 1]


def _turned(word: str, question: Asked, seen: Sequence[str]) -> bool:
    """True for the opposite of a word of the question, where the word itself does not stand there: "closed" for "open"."""
    return (
        any(frozenset((word, w)) in ONE_OF and _telling(w) and w not in seen for w in question.words)
        and word not in question.words
    )


def _telling(word: str) -> bool:
    return len(word) > 1 and not word[0].isdecimal() and word not in terms.STOP | PASSED_OVER | NEGATIONS


def without_telling(text: str) -> str:
    """The text without what is said of who tells it: "a clerk who may not speak publicly said"."""
    return _of_speaker().sub("", text) if " who " in text else text


@cache
def _of_speaker() -> re.Pattern[str]:
    verbs = lexicon.alternatives(tuple(SAYING))
    shy = r"(?:may|could|can|did|was|is|were|are|asked|would|declined|wished|spoke|wanted|wants|refused)"
    return re.compile(
        rf",? who {shy}\b[^,;.]*?\b(?:not|declined|refused|anonym\w+)\b[^,;.]*?(?=,| (?:{verbs}|told)\b|[;.]|$)"
    )


def plain(text: str) -> str:
    """The text with its negations as words of their own."""
    text = without_telling(text)
    text = (
        without_may(re.sub(r" at all\b| until further notice\b|\bany part of (?:the |its |their )?", "", text))
        .replace("n't", " not")
        .replace("n’t", " not")
    )
    return re.sub(r"\b[Nn]o[ -]one\b", "nobody", text)


@cache
def _bare_denial() -> re.Pattern[str]:
    """A denial of what somebody did or was, told without its "that": "denied it had ever been shut"."""
    return re.compile(
        r"\b(den(?:y|ied|ies|ying)) (?=(?:it|he|she|they|we) (?:had|has|have|was|were|is|are|did|would|ever|knew)\b)"
    )


@cache
def _against() -> re.Pattern[str]:
    verbs = "denies|denied|rejects|rejected|disputes|disputed|dismissed|dismisses"
    return re.compile(rf"\b(?:{verbs}) (?:this|that|it|the (?:claim|charge|report|allegation|accusation)s?)[:,] ")


@cache
def _called_false() -> re.Pattern[str]:
    """A claim that is called false: "the report that the dam leaked is untrue"."""
    told, false = (lexicon.alternatives(lexicon.listed("en/stance", name)) for name in ("told", "falsehood"))
    claim = rf"(?:[Tt]he |[Aa]ny |[Tt]his |[Tt]hese )?(?:[a-z-]+ )?(?i:{told}) that (?P<claim>[^.;?]+?)"
    return re.compile(rf"{claim} (?:is|are|was|were) (?:[a-z]+ly )?(?:an? )?(?:{false})\b")
