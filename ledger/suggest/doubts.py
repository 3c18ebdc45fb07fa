"""Why a person has to look at who says it: a weak cue, or words that hardly name a speaker."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache
from itertools import pairwise, takewhile

from ledger.lexicon import listed, loosely, words
from ledger.records import Unsure
from ledger.suggest import grammar
from ledger.suggest.cues import NUMERALS, cues, relative_behind
from ledger.suggest.grammar import Strength, Verb
from ledger.suggest.hits import OURS, WEAK, Hit, Span
from ledger.suggest.phrases import has_verb, low_ing, opens_with_verb
from ledger.suggest.sentence_tokens import DASHES, Sentence, Token
from ledger.vocabulary import Stance

SOFT = (*WEAK, Strength.THINKS)
UNHEARD = (Unsure("attribution", "unheard"),)


def unheard(row: Sentence, part: Span, covered: list[Span]) -> bool:
    """True where a sentence may say who states a part of it, and none of the stretches that were read took that up.

    `covered` are the stretches of what is reported, their cues and sources, in the order of the text.
    """
    if (row.tokens[0].low == "per" and row.tokens[0].cap) or _may_be_signed(row):
        return True
    first = max(0, bisect_left(covered, (row.start, 0)) - 1)
    last = min(first + 4 * len(row.tokens), bisect_left(covered, (row.end, 0)))
    read = [c for c in covered[first:last] if c[1] > row.start]
    told = [row.tokens[c.verb] for c in cues(row) if _tells(c.entry)]
    if "that" in row.lows:
        thats = (k for k, t in enumerate(row.tokens) if k and t.low == "that")
        told += [row.tokens[k - 1] for k in thats if _may_report(row.tokens, k - 1)]
    told += [t for t in row.quotes if _speech(row.text, t, part)]
    lower = row.text[row.start : row.end].lower()
    said = [(row.start + m.start(), row.start + m.end()) for m in _words("unheard").finditer(lower)]
    spans = [*((t.start, t.end) for t in told), *said]
    return any(not any(a < end and start < b for a, b in read) for start, end in spans)


def _may_report(tokens: list[Token], at: int) -> bool:
    """True at a verb of reporting before "that" which was not read as one: "it was left to the cook to | reveal that"."""
    follows = at + 2 < len(tokens) and tokens[at + 1].low == "that" and not relative_behind(tokens, at)
    return follows and tokens[at].low in grammar.verbs() and not tokens[at].cap


def _may_be_signed(row: Sentence) -> bool:
    """True where a few words behind a dash end a line without a stop, and may be who says it: "40 lost — harbour master"."""
    tokens = row.tokens
    if row.lows.isdisjoint(DASHES):
        return False
    at = next((k for k in range(len(tokens) - 1, 2, -1) if tokens[k].low in DASHES), 0)
    rest = tokens[at + 1 :]
    spaced = at > 0 and tokens[at].start > tokens[at - 1].end
    return (
        spaced and 0 < len(rest) <= SIGNED and all(t.word for t in rest) and not has_verb(tokens, at + 1, len(tokens))
    )


SIGNED = 4
"""Words of a name or an office behind a dash."""


def joined(row: Sentence, part: Span, covered: list[Span]) -> bool:
    """True where a clause is joined to what somebody says, who may go on: "X said it sank, | although three got out"."""
    at = bisect_left(row.tokens, (part[0],))
    while at and row.tokens[at - 1].word and row.tokens[at].low not in JOINTS:
        at -= 1
    before = bisect_left(covered, part) - 1
    said = before >= 0 and covered[before][0] >= row.start
    told = said and tells_on(row, part, covered[before])
    return said and (
        told
        or _goes_on(row, part, covered[max(0, before - 1) : before + 1])
        or row.tokens[at].low in JOINTS
        or (at > 0 and row.tokens[at - 1].low in JOINTS)
    )


def tells_on(row: Sentence, part: Span, last: Span) -> bool:
    """True right behind a verb of telling, where those stand who are told: "its owner told | the inquiry, but 40"."""
    if row.text[last[1] : part[0]].strip():
        return False
    return any(row.tokens[c.last - 1].end == last[1] and c.entry.strength is Strength.TELLS for c in cues(row))


def _goes_on(row: Sentence, part: Span, last: list[Span]) -> bool:
    """True behind a semicolon that follows on who says it: "8 sank, X wrote; | another 3 were lost"."""
    if not row.text[: part[0]].rstrip().endswith(";"):
        return False
    opening = _within(row, part)[:SHORT]
    if any(a.low == "," and b.low[:1].isdigit() for a, b in pairwise(opening)) and not has_verb(
        opening, 0, len(opening)
    ):
        return True  # "Organisers said 400 came; | police, 150"
    behind = [c for c in cues(row) if (row.tokens[c.first].start, row.tokens[c.last - 1].end) in last]
    ends = any((row.tokens[c.first].start, row.tokens[c.last - 1].end) == last[-1] for c in behind)
    return ends or any(c.first and not row.tokens[c.first - 1].word for c in behind)  # "8 sank, wrote X; ..."


JOINTS = grammar.COORDINATORS | grammar.INNER_OPENERS | {"even"}


def told_behind(row: Sentence) -> bool:
    """True where a sentence says whence the figure of the one before it comes: "The bank confirmed the number"."""
    lower = row.text[row.start : row.end].lower()
    if not _words("referring").search(lower):
        return False
    named = _words("unheard").search(lower)
    return named is not None or any(_tells(c.entry) for c in cues(row))


def never_said(before: str) -> bool:
    """True behind "has never said that", "did not claim to have"; not behind "could not say how many"."""
    small = before.lower()
    return any(word in small for word in DENYING) and _denied_report().search(small) is not None


DENYING = (*sorted(grammar.NEGATION), "at no point", "no one", "nobody", "n't", "n’t")


@cache
def _denied_report() -> re.Pattern[str]:
    verbs = {form for form, slots in grammar.verbs().items() if () in slots and _tells(slots[()])}
    verbs |= words("en/speakers", "never_said")
    said = "|".join(sorted(map(re.escape, verbs), key=len, reverse=True))
    negated = loosely(DENYING[:-2])
    meant = loosely(listed("en/speakers", "never_meant"))
    told = rf"(?:{said})\s(?:\w+\s){{0,4}}?that\b|(?:{meant})\sto\s[a-z]+"
    return re.compile(rf"(?:\b(?:{negated})|n['’]t)\s(?:\w+\s){{0,3}}(?:{told})")


@cache
def _words(name: str) -> re.Pattern[str]:
    """The phrases of a list, to be looked for in lower case: letters of either case take five times as long."""
    return re.compile(rf"\b(?:{loosely(listed('en/speakers', name))})\b")


def _tells(verb: Verb) -> bool:
    """True for a verb that hardly means anything but that somebody says something."""
    firm = verb.lemma in grammar.STRONG_SPEECH or verb.strength in (Strength.SAYS, Strength.TELLS)
    return firm and verb.lemma not in grammar.DEEDS and verb.lemma not in words("en/speakers", "mostly_deeds")


def _speech(text: str, token: Token, part: Span) -> bool:
    """True for a quotation that a part holds words of, and that is more than a word in quotation marks."""
    if token.quote is None or token.end <= part[0] or part[1] <= token.start:
        return False
    inside = token.quote.inner_start <= part[0] and part[1] <= token.quote.inner_end
    return inside or not token.quote.named or _is_clause(text[token.quote.inner_start : token.quote.inner_end])


def _is_clause(words: str) -> bool:
    said = words.lower().split()
    return len(said) > 3 and not grammar.FINITE.isdisjoint(said)


def idle(hit: Hit) -> bool:
    """True where nobody reports: a thing that cannot speak, a deed that is only possible, a name or "it" alone."""
    if not hit.content:
        return False
    said = hit.sentence.text[slice(*hit.content[0])].lower().split(maxsplit=FEW) if len(hit.content) == 1 else []
    if said in ALONE or misread(hit) or (hit.antecedent and 0 < len(said) < FEW and said[-1] in grammar.NOUNS):
        return True
    if said[:1] == ["to"] and hit.lemma in words("en/speakers", "with_addressee"):
        return True  # "apologised to the 180 passengers"
    few = 0 < len(said) < FEW and not any(w[:1].isdigit() or w in NUMERALS for w in said)
    if few and hit.strength is Strength.WANTS and said[0] != "to" and not hit.sentence.quotes:
        return True  # "wants answers"
    if hit.source is None or hit.sentence.quotes or hit.antecedent:
        return False
    if few and hit.strength is Strength.JUDGES and "_" in hit.lemma:
        return True
    if hit.strength is Strength.JUDGES and VOTE.search(hit.sentence.text, *hit.content[0]):
        return True  # "Voters backed the bypass by 5,310 to 4,988"
    tokens = hit.sentence.tokens
    lo, hi = bisect_left(tokens, (hit.cue[0],)), bisect_left(tokens, (hit.cue[1],))
    first, opened = tokens[lo].low if lo < hi else "", lo < hi and tokens[hi - 1].low in grammar.TOLD_OPENERS
    if hit.strength not in SOFT:
        said_by = hit.sentence.text[slice(*hit.source)].lower().replace("’", "'")
        told = opened and hit.lemma in grammar.STRONG_SPEECH
        ours = said_by.partition("'")[0] in OURS and not told  # "I ask about 3 lamps": the author's own voice
        deed = first == "to" and not opened and _thing(hit)
        return ours or deed or (hit.lemma in grammar.NAMERS and not _names_a_speaker(hit, hit.source))
    if not opened and (first in POSSIBLE or (first == "to" and hit.strength is Strength.THINKS)):
        return True
    opener = tokens[min(bisect_left(tokens, (hit.source[0],)), len(tokens) - 1)].low
    definite = opener in grammar.DETERMINERS and opener not in ("a", "an", "some", "any")
    return not _names_a_speaker(hit, hit.source) and (not definite or _thing(hit))


def misread(hit: Hit) -> bool:
    """True where the words cannot be what is said, or their source nobody: "what the bank believes | to be its due"."""
    if not hit.content or (hit.stance is Stance.ASKS and hit.pattern != "passive"):
        return False
    tokens = hit.sentence.tokens
    at = bisect_left(tokens, (hit.content[0][0],))
    first = tokens[at] if at < len(tokens) else tokens[-1]
    behind = hit.cue[1] <= hit.content[0][0]
    if len(hit.content) > 1 and first.low in grammar.RELATIVE and _within(hit.sentence, hit.content[0])[1:] == []:
        return True  # "a wreck | that | was described | as lost"
    if not behind or first.quote or hit.pattern in ("relative", "headline", "transcript"):
        return False
    if first.low in NO_OPENERS or (first.low in ("who", "whom") and hit.strength is Strength.TELLS):
        return True  # "which, as its name suggests, | is", "told | visitors | who"
    believed = first.low == "to" and tokens[min(at + 1, len(tokens) - 1)].low == "be"
    if believed and hit.lemma in words("en/reporting", "believed") and hit.pattern == "preposed":
        return True  # "what the bank believes | to be its due"
    to_whom = first.low in grammar.ADDRESSEES and tokens[min(at + 1, len(tokens) - 1)].low == "to"
    if to_whom and any(a.low in grammar.PREPOSITIONS and b.low in grammar.BE for a, b in pairwise(tokens[at:])):
        return True  # "the first she told | them to look for was"
    cued = bisect_left(tokens, (hit.cue[1],))
    by_deed = hit.pattern == "preposed" and tokens[cued].low == "by" and low_ing(tokens[min(cued + 1, len(tokens) - 1)])
    return by_deed or any(_no_speaker(_within(hit.sentence, who)) for who in (hit.source, hit.antecedent) if who)


NO_OPENERS = grammar.BE - {"be", "being"} | {"has", "had", "does", "did", "said", "says"}
"""Words that open no statement, since its subject stands elsewhere."""


def _no_speaker(source: list[Token]) -> bool:
    """True for a time that is no speaker, "over the past year, which suggests", and for what no name begins with."""
    if not source or (
        source[-1].low not in grammar.DAYS and source[0].low not in ("per", "percent") and len(source) < FEW
    ):
        return False
    said = [t.low for t in source if t.word]
    lead = grammar.DETERMINERS | grammar.BEFORE_TIMES | TIMED
    timed = bool(said) and said[-1] in grammar.DAYS and not source[-1].cap and lead.issuperset(said[:-1])
    return (
        timed
        or said[:2] == ["per", "cent"]
        or said[:1] == ["percent"]
        or any(a == "and" and b == "by" for a, b in pairwise(said))
    )


TIMED = words("en/reporting", "past_times")


POINTS = "pointing"
"""The pattern of a denial of what was said just before."""


def points(hit: Hit) -> bool:
    """True for "rejected that", "disputes the claim": what is denied is what was said before."""
    if hit.stance is not Stance.DENIES or hit.source is None or len(hit.content) != 1:
        return False
    said = hit.sentence.text[slice(*hit.content[0])].lower().split()
    return any(" ".join(said[:n]) in POINTING and BESIDE_POINTING.issuperset(said[n:]) for n in (1, 2))


POINTING = words("en/speakers", "pointing")
BESIDE_POINTING = grammar.DAYS | grammar.BEFORE_TIMES | words("en/stance", "falsehood_of_words") | {"as", "a"}


OF_ANYTHING = ("the number", "the total", "the figure")
"""What one may change as well as state: "cut the number of judges to eight"."""
POSSIBLE = grammar.MODAL - {"would", "'d"}


def of_cue(hit: Hit) -> str:
    """`cue` where the words may report nothing: an attitude that nobody is said to hold, a deed that is only possible."""
    soft = hit.strength in SOFT and hit.pattern != "noun"
    if hit.source is None:
        return "cue" if soft and not _believed(hit) else ""
    held = hit.strength in (Strength.THINKS, Strength.WANTS, Strength.SHOWS) and hit.pattern == "preposed"
    behind = hit.cue[0] < hit.content[0][0]
    deed = hit.lemma in grammar.DEEDS | SEEKING | SKETCHING or (hit.strength in WEAK and hit.antecedent)
    if _spoken_of(hit) or ((held or deed) and behind and _thing(hit)):
        return "cue"  # "sought a licence", "must show loyalty", "the players who defended the wings"
    if behind and (hit.pattern == "noun" or hit.strength in WEAK) and _thing(hit):
        return "cue"  # "the club's opposition to the dam", "condemned the decision to leave"
    turns_down = hit.lemma in words("en/stance", "turns_down")
    if turns_down and behind and (hit.stance is Stance.ASSERTS or (_voted_on(hit) and not _called_false(hit))):
        return "cue"
    refused = (
        hit.stance is Stance.DOUBTS
        and hit.lemma in words("en/stance", "refuses")
        and hit.cue[1] < hit.content[0][0] + 2
    )
    if refused and hit.sentence.text[slice(*hit.content[0])].startswith("to "):
        return "cue"  # "declined to run"
    if hit.lemma == "revise" and hit.sentence.text[slice(*hit.content[0])].lower().startswith(OF_ANYTHING):
        return "cue"
    if (hit.lemma, hit.pattern) in UNSAID and not any(
        _speech(hit.sentence.text, t, hit.content[0]) for t in hit.sentence.quotes
    ):
        return "cue"
    if hit.pattern in ("postposed", "inverted") and _another_says(hit):
        return "unheard"
    cue = [t.low for t in _within(hit.sentence, hit.cue)]
    if hit.lemma in SEEKING and hit.pattern == "preposed" and cue and cue[0] in grammar.DO and not hit.sentence.quotes:
        return "cue"  # "did not ask the crew to leave"
    if hit.stance is Stance.DOUBTS and hit.lemma in grammar.NAMERS and behind and not hit.sentence.quotes:
        return "cue"  # "never considered leaving"
    if "have" in cue and grammar.MODAL.intersection(cue):
        return "cue"  # "might have suggested"
    loose = soft and hit.pattern in ("participle", "reduced")
    supposed = loose or (
        bool(cue)
        and (
            (cue[0] == "to" and hit.stance is not Stance.DOUBTS)
            or (soft and (cue[0] in grammar.MODAL or cue[0] in grammar.DO))
        )
    )
    return "cue" if supposed else ""


def _spoken_of(hit: Hit) -> bool:
    """True for what is only spoken of: "spoke about | touring", "talked about | the dam"."""
    tokens = hit.sentence.tokens
    at = bisect_left(tokens, (hit.content[0][0],))
    spoken = hit.lemma in SPOKEN_OF and at < len(tokens) and hit.cue[1] <= hit.content[0][0]
    said = _within(hit.sentence, hit.content[0])
    spoken = spoken and not any(grammar.opens_figure(t.low) for t in said)  # "spoke of nearly 60"
    return spoken and tokens[at].low not in OPENING and not hit.sentence.quotes


OPENING = grammar.RELATIVE | {"how", "when", "where", "why"}
SPOKEN_OF = frozenset(verb.replace(" ", "_") for verb in words("en/reporting", "spoken_of"))


def _another_says(hit: Hit) -> bool:
    """True where an aside in the words has its own speaker: "The mayor, whose office said 30 were lost, will go, X said"."""
    tokens, (start, end) = hit.sentence.tokens, hit.content[0]
    asides = [b.start for a, b in pairwise(tokens) if a.low == "," and b.low in ASIDES and start < b.start < end]
    said = [tokens[c.verb].start for c in cues(hit.sentence) if _tells(c.entry)] if asides else []
    return any(asides[0] < at < end for at in said)


ASIDES = ("who", "which", "whose")
SHORT = 6
"""Words up to which a clause behind a semicolon may only be another's figure: "; police, 150"."""


def _called_false(hit: Hit) -> bool:
    """True where a word of falsehood stands behind what is denied: "dismissed reports of fire | as baseless"."""
    at = bisect_left(hit.sentence.tokens, (hit.content[-1][1],))
    return any(t.low in words("en/stance", "falsehood") for t in hit.sentence.tokens[at : at + FEW])


def _voted_on(hit: Hit) -> bool:
    """True for a mere report, story or count, which one may deny or turn down: "the assembly rejected the report on farms"."""
    said = hit.sentence.text[slice(*hit.content[0])].lower().split()
    group = list(takewhile(lambda w: w not in grammar.PREPOSITIONS, said))
    counted = "that" in said or any(w[:1].isdigit() for w in said)
    return not counted and group[-1:] != [] and group[-1] in words("en/stance", "told") | words("en/stance", "counts")


def _believed(hit: Hit) -> bool:
    """True for a belief that nobody is named for: "is thought to have left", "has reportedly left"."""
    if hit.pattern == "hearsay":
        return all(t.low != "," for t in hit.sentence.tokens)
    return hit.lemma in words("en/reporting", "believed") and hit.pattern == "passive"


def _thing(hit: Hit) -> bool:
    """True where the words behind the cue are a mere thing, and neither a clause nor quoted."""
    tokens, (start, end) = hit.sentence.tokens, hit.content[0]
    inside = [n for n, t in enumerate(tokens) if start <= t.start < end]
    quotes = (n for n, t in enumerate(tokens) if _at_length(hit, t) and t.end > start and t.start < end)
    if not inside or any(tokens[n - 1].low != "(" for n in quotes):
        return False
    lo = inside[0]
    first = tokens[lo].low
    if (first in ("this", "it", "them") and not has_verb(tokens, lo, inside[-1] + 1)) or first.endswith("ed"):
        return True  # "has addressed this with what it calls a fit", "felt compelled"
    opener = tokens[lo - 1].low if not hit.lemma.endswith("_to") else ""
    opener = "" if opener == "to" and hit.pattern == "noun" else opener  # "opposition to | the dam"
    if first in ("to", "that", *grammar.SUBORDINATORS) or opener in ("to", "that", "as"):
        return False
    hi = next((n for n in inside[1:] if _ends_thing(tokens, n)), inside[-1] + 1)
    if hit.lemma in grammar.NAMERS and any(t.low == "as" for t in tokens[lo:hi]):
        return False  # "regard the bay as their own"
    if hit.lemma in EXPECTING and any(a.low == "to" and b.word for a, b in pairwise(tokens[lo + 1 : hi])):
        return False  # "expects the bank to wait"
    counted = any(t.low in NUMERALS or (t.low[:1].isdigit() and not YEAR.fullmatch(t.low)) for t in tokens[lo:hi])
    counted = counted and hit.lemma not in COUNTLESS
    return (not counted or hit.lemma in SKETCHING) and hit.lemma != "put" and not has_verb(tokens, lo, hi)


VOTE = re.compile(r"\bby (?:[0-9][0-9,.]*(?: \w+)?|\w+ votes) (?:to|against) \w")
YEAR = re.compile(r"(?:1[5-9]|20)[0-9]{2}")
EXPECTING = words("en/reporting", "expecting")
SEEKING = words("en/reporting", "seeking")
SKETCHING = frozenset(verb.replace(" ", "_") for verb in words("en/reporting", "sketching"))
COUNTLESS = SEEKING | {"add", "admit", "count"}
"""Verbs that may be deeds with a counted thing, too: "sought a permit for 40 stalls"."""
FEW = 3
"""Words of a thing that say nothing of it: "talked about one area"."""
ALONE = [entry.split() for entry in listed("en/speakers", "alone")]
UNSAID = {("cite", "participle"), ("quote", "participle"), ("see", "preposed"), ("hear", "preposed")}
"""Of these mostly nothing is said: "citing security", "viewers see him leave"."""


def _at_length(hit: Hit, token: Token) -> bool:
    """True for a quotation of more than a few words, which are not only what a thing is called."""
    quote = token.quote
    return quote is not None and hit.sentence.text.count(" ", quote.inner_start, quote.inner_end) >= FEW


def _ends_thing(tokens: list[Token], at: int) -> bool:
    """True where a clause explains a thing, or another verb follows: "19 patients | and discharged four"."""
    joined = tokens[at].low in ("and", "but") and at + 1 < len(tokens) and opens_with_verb(tokens, at + 1)
    return joined or tokens[at].low in ENDS_THING


ENDS_THING = grammar.RELATIVE | grammar.SUBORDINATORS | grammar.SUBJECT_PRONOUNS | DASHES | {",", "("}


def of_source(text: str, hit: Hit, core: Span) -> str:
    """`speaker` where the source is only beside its words, or is a thing rather than somebody who speaks."""
    lead = hit.pattern == "lead-in" and hit.cue is not None and text[slice(*hit.cue)].lower() != "from"
    if hit.pattern in ("action", "postposed-unmarked") or lead or (hit.pattern == "headline" and _topic(hit, core)):
        return "speaker"
    if hit.source and furniture(text, hit.source) > hit.source[0]:
        return "speaker"
    said = text[slice(*core)]
    named = hit.antecedent if hit.antecedent and said.lower() in ("which", "that") else core
    if said.lower() in ("i", "we", "you") or not _names_a_speaker(hit, named):
        return "speaker"
    return of_cue(hit)


def furniture(text: str, source: Span) -> int:
    """Where a source begins behind what a page printed before it: "Read more | The union"; its beginning where it has none."""
    found = _furniture().match(text, *source)
    return found.end() if found else source[0]


@cache
def _furniture() -> re.Pattern[str]:
    printed = loosely(listed("en/speakers", "furniture"))
    opens = loosely(e for e in listed("en/speakers", "furniture") if e.startswith("opens"))
    return re.compile(rf"(?i:(?:(?:[^.!?]*?\b(?:{opens})|(?:{printed}))(?!\w)[\s,:;|]+(?:by\s+)?)+)(?=\w)")


def _topic(hit: Hit, core: Span) -> bool:
    """True where the words before the colon of a headline may be what it is about: "Tarn bridge: 40 jobs lost"."""
    tokens = [t for t in hit.sentence.tokens if t.word and core[0] <= t.start < core[1]]
    behind = {t.low.partition("'")[0] for t in hit.sentence.tokens if t.start >= hit.content[0][0]}
    first_person = not behind.isdisjoint(("i", "we", "my", "our")) or bool(hit.sentence.quotes)
    known = any(t.low in grammar.HEADLINERS for t in tokens[-1:]) or any(t.low in grammar.POSTS for t in tokens[:1])
    return core[0] < hit.content[0][0] and not first_person and not known


def _names_a_speaker(hit: Hit, core: Span) -> bool:
    """True for a name, a pronoun, and a phrase whose head is a noun of those who speak."""
    tokens = [t for t in _within(hit.sentence, core) if t.word]
    if not tokens:
        return True
    if tokens[0].low == "whose":
        return False
    if tokens[0].low in grammar.PRONOUNS or (tokens[0].cap and len(tokens) == 1):
        return True
    if _thing_of_a_name(tokens):
        return False
    end = next((n for n, t in enumerate(tokens) if n and _ends_head(t, tokens[n - 1])), None)
    soft = hit.strength in SOFT and tokens[0].low in grammar.DETERMINERS
    if any(t.cap for t in tokens[1 : end if soft else None]):
        return True
    if hit.pattern == "according-to" and not grammar.speaking().isdisjoint(t.low for t in tokens):
        return True
    head = tokens[(end or len(tokens)) - 1].low.removesuffix("'s")
    if head in words("en/speakers", "amounts"):
        return not grammar.speaking().isdisjoint(t.low for t in tokens)
    if (
        hit.lemma in grammar.STRONG_SPEECH
        or hit.strength is Strength.TELLS
        or hit.pattern in ("postposed", "according-to", "headline")
        or (hit.pattern == "noun" and (hit.stance is Stance.DENIES or tokens[-1].low.endswith(("'s", "s'"))))
    ) and hit.pattern != "reduced":
        return tokens[0].low in grammar.DETERMINERS or head.endswith("s") or head in grammar.speaking()
    return (
        head in grammar.speaking()
        or head.removesuffix("s") in grammar.speaking()
        or head.endswith(listed("en/speakers", "endings"))
    )


def _thing_of_a_name(tokens: list[Token]) -> bool:
    """True for a thing that somebody is named behind: "the client | Roe referred to", "a letter | Roe wrote"."""
    names = next((n for n, t in enumerate(tokens) if n and t.cap), 0)
    if names < 2 or tokens[0].low not in grammar.DETERMINERS or not all(t.cap for t in tokens[names:]):
        return False
    noun = tokens[names - 1].low
    speaks = noun in grammar.speaking() or noun in PERSONS or noun in words("en/counted", "roles")
    adjective = noun.endswith(("an", "ish", "ese", "ic", "al", "ed", "ry")) or "-" in noun
    return not (speaks or adjective or noun in SMALL or noun.endswith(listed("en/speakers", "endings")))


PERSONS = words("en/counted", "person")
SMALL = grammar.BEFORE_NOUNS | grammar.COORDINATORS | grammar.LINKERS


def _within(row: Sentence, part: Span) -> list[Token]:
    """The tokens that begin in a stretch."""
    return row.tokens[bisect_left(row.tokens, (part[0],)) : bisect_left(row.tokens, (part[1],))]


def _ends_head(token: Token, before: Token) -> bool:
    """True where the noun phrase goes on with what explains its noun: "a study published last year"."""
    past = token.low.endswith("ed") and before.low not in grammar.DETERMINERS
    acting = low_ing(token) and before.low not in grammar.DETERMINERS
    return past or acting or token.low in grammar.PREPOSITIONS or token.low in grammar.RELATIVE or token.low == "not"
