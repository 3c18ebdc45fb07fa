"""What a source does with its statement: asserts, denies, doubts, asks or announces it, read from the cue and what leads it in.

The words of the stance become part of the cue, so that the statement stands alone: "rejected claims that | 40 boats sank".
"""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from functools import lru_cache
from itertools import pairwise

from ledger.lexicon import listed, meanings, words
from ledger.suggest import grammar, phrases
from ledger.suggest.grammar import Strength
from ledger.suggest.hits import Hit, Span, chars, span
from ledger.suggest.sentence_tokens import Sentence, Token, sentences
from ledger.text.polarity import ERRING, FALSEHOOD, LINKS, NOBODY, OPENERS, SAYING, TOLD, opening, plain
from ledger.vocabulary import Stance


def _verbs(name: str) -> frozenset[str]:
    return frozenset(verb.replace(" ", "_") for verb in words("en/stance", name))


DENIES, DENIES_TALK = _verbs("denies"), _verbs("denies_talk")
TURNS_DOWN = _verbs("turns_down") | DENIES_TALK
DENIES_CLAIMS = TURNS_DOWN | _verbs("denies_claims")
NOT_ACCEPTED = _verbs("not_accepted")
"""Verbs by whose negation something is denied: "does not accept that"."""
DOUBTS, ASKS, REFUSES = _verbs("doubts"), _verbs("asks"), _verbs("refuses")
NEGATION = words("en/stance", "negation")
FUTURE, FUTURE_TO = words("en/stance", "future"), words("en/stance", "future_to") | grammar.BE
SILENT, ANNOUNCING = _verbs("silent"), _verbs("announcing")
CONDITIONS = words("en/stance", "conditions")
REFUSED = words("en/stance", "refused")
COUNTS = words("en/stance", "counts")
FALSEHOOD_OF_WORDS = words("en/stance", "falsehood_of_words")
CONDITIONAL = "conditional"
LOOKING_INTO = words("en/stance", "looking_into")
DOUBT_NOUNS, ASKED = words("en/stance", "doubt_nouns"), words("en/stance", "asked")
QUESTIONS = OPENERS - {"that"}
ASKING = ("who", "what", "which")
SAID_BY_OTHERS = words("en/stance", "said_by_others")
DEMANDED = words("en/stance", "demanded")
BELIEFS, GIVEN_UP = words("en/stance", "beliefs"), words("en/stance", "given_up")
FRAMES = (
    ERRING
    | SAYING
    | {e.split()[-1] for e in (*meanings("en/stance", "openings"), *listed("en/stance", "denied_wholes"))}
)
FEW = 3
"""Words in quotation marks that only judge what is said."""
SCARCE = words("en/stance", "scarce")
LEAD = 12
"""Words before a statement that may say what is done with it."""


def settle(hit: Hit) -> bool:
    """Gives the hit its stance; False where nobody states anything: "no one has said", "denied bail"."""
    tokens = hit.sentence.tokens
    if not hit.content or hit.stance is not Stance.ASSERTS:
        return True
    if hit.pattern == "noun":
        return _of_noun(hit, tokens)
    _foretold(hit, tokens)
    _without_contrary(hit, tokens)
    if hit.source and _nobody(hit, tokens, hit.source):
        return False
    if hit.source and tokens[_at(tokens, hit.source[0])].low in SCARCE:
        hit.stance = Stance.DOUBTS  # "Few in the town believe the claim"
        return hit.strength is Strength.THINKS and hit.lemma not in DOUBTS  # "few doubt it" doubts nothing
    lead = _Lead(hit, tokens)
    hit.stance = lead.stance()
    if hit.source and lead.inquires():
        hit.pattern = CONDITIONAL
    if lead.leaves_open():
        hit.pattern = CONDITIONAL
    if hit.stance is Stance.ASKS and lead.conditional():
        hit.pattern = CONDITIONAL
        lead.end = next((k for k in range(lead.start + 1, lead.end) if tokens[k].low == ","), lead.end)
    lead.absorb()
    if hit.stance in (Stance.DOUBTS, Stance.ASKS) and not lead.follows:
        _asked_about(hit, tokens)
    if hit.stance is Stance.ASSERTS and (not lead.follows or tokens[lead.start].quote):
        _opened(hit)
    return not (
        lead.silent() or lead.turns_down() or lead.only_curious() or (hit.lemma == "deny" and lead.denies_a_wish())
    )


def _nobody(hit: Hit, tokens: list[Token], source: Span) -> bool:
    """True where the source is nobody, by itself or by what stands before it: "neither the army nor | the police"."""
    first, last = _at(tokens, source[0]), _at(tokens, source[1])
    if tokens[first].low in NOBODY or (first and tokens[first - 1].low == "nor"):
        return True
    if tokens[last - 1].low == "neither" and last - first > 1:  # "The army neither | confirms nor denies"
        hit.source = span(tokens, first, last - 1)
    return False


def _without_contrary(hit: Hit, tokens: list[Token]) -> None:
    """Leave out what the statement is said against: "said that, contrary to what the club told fans, | 40 left".

    So is what another one may say: "If the club says 40 left, | it is wrong, X said".
    """
    lo = _at(tokens, hit.content[0][0])
    hi = _at(tokens, hit.content[0][1])
    stop = next((k for k in range(lo, hi) if tokens[k].low == ","), hi)
    conditional = tokens[lo].low == "if" and hit.content[0][0] < hit.cue[0] and phrases.has_verb(tokens, stop, hi)
    said = conditional and not SAID_BY_OTHERS.isdisjoint(_lows(tokens[lo:stop]))
    if _lows(tokens[lo : lo + 2]) != ["contrary", "to"] and not said:
        return
    if rest := span(tokens, stop, hi):
        hit.content = [rest, *hit.content[1:]]


def _asked_about(hit: Hit, tokens: list[Token]) -> None:
    """Take what somebody was asked for what he does not say: "Asked whether | 40 left, X did not say"."""
    lo, hi = _at(tokens, hit.content[0][0]), _at(tokens, hit.content[0][1])
    opens = tokens[lo].low in ("asked", "pressed") and tokens[lo + 1].low in ("whether", "if", "about", "to")
    on = lo + 3 if _lows(tokens[lo + 1 : lo + 4]) == ["to", "comment", "on"] else lo + 1
    rest = span(tokens, on + 1, hi) if opens and (on > lo + 1 or tokens[on].low != "to") else None
    hit.content = [rest, *hit.content[1:]] if rest else hit.content


def _opened(hit: Hit) -> None:
    """Take the stance that opens what is said before its speaker, or is quoted: "It is not true that 40 sank, X said"."""
    if found := opened(hit.sentence.text, hit.content[0]):
        hit.stance, hit.content = found[0], [found[1], *hit.content[1:]]


def opened(text: str, part: Span) -> tuple[Stance, Span] | None:
    """The stance that opens what is said, and what it is taken to: "We have no evidence that | 40 sank"."""
    start, end = part
    if FRAMES.isdisjoint(text[start : min(end, start + LEAD * 10)].lower().split()):
        return None
    tokens = sentences(text, part, 0)[0].tokens
    found = opening(_lows(tokens))
    if found is None or found[0] not in (Stance.DENIES, Stance.DOUBTS):
        return None
    rest = span(tokens, found[1], _goes_on(tokens, found[1]))
    return (found[0], rest) if rest else None


def _goes_on(tokens: list[Token], at: int) -> int:
    """Where another clause begins behind a comma: "was wrong to say 5 died | , but 9 did"."""
    ends = (k for k in range(at, len(tokens) - 1) if tokens[k].low == "," and tokens[k + 1].low in grammar.COORDINATORS)
    return next(ends, len(tokens))


class _Lead:
    """The words from the source to the statement, those at its head that belong to the stance included."""

    def __init__(self, hit: Hit, tokens: list[Token]) -> None:
        self.hit, self.tokens = hit, tokens
        first, self.last = _at(tokens, hit.cue[0]), _at(tokens, hit.cue[1])
        source = _at(tokens, hit.source[1]) if hit.source else first
        opens = source if first - LEAD <= source <= first else max(0, first - 1)
        near = next((k + 1 for k in range(first - 1, opens, -1) if tokens[k].low in (",", "but", "and")), opens)
        self.gap = tokens[near : self.last]
        self.follows = hit.content[0][0] >= hit.cue[1]
        self.begins = self.start = self._head()
        self.end = _at(tokens, hit.content[0][1])
        self.deeds = [hit.lemma]
        self.found: Stance | None = None
        self.opened = (0, 0)
        self.asked = False
        if self.follows and not tokens[self.start].quote:
            self._read()
        stepped = (k for k in range(self.last, max(self.last, self.start if self.start > self.begins else 0)))
        self.lead = _lows((*self.gap, *(tokens[k] for k in stepped if not self.opened[0] <= k < self.opened[1])))

    def _head(self) -> int:
        """Where the statement begins: with a negation, a question word or a noun of its own: "said not all of them"."""
        start = _at(self.tokens, self.hit.content[0][0])
        passed = _lows(self.tokens[self.last : start])
        between = self.hit.source is not None and self.hit.source[0] >= self.hit.cue[1]  # "citing a report, X said"
        if not self.follows or not passed or between or passed[1:2] == ["condition"]:  # "on condition that he not"
            return start
        named = passed[0] in ("the", "a", "an") and not TOLD.isdisjoint(passed[:4])
        if named or (passed[0] in OPENERS and passed[0] not in LINKS):
            return self.last
        own = (n for n, low in enumerate(passed) if low in ("not", "never", "hardly", "scarcely", "barely"))
        return self.last + next(own, len(passed))

    def _read(self) -> None:
        """Step over "to say whether", "claims that", "it was not true that"."""
        for _ in range(3):
            if not (self._infinitive() or self._told() or self._opening()):
                break
        stepped = [t.low for t in self.tokens[self.last : self.start]]
        self.asked = "whether" in stepped or "if" in stepped
        low = self._low(self.start)
        if low == "whether" or (low == "if" and self._may_ask(stepped)):
            self.asked, self.start = True, self.start + 1

    def _may_ask(self, stepped: list[str]) -> bool:
        """True where "if" is "whether", and no condition of what is said: "did not say if", "asked if"."""
        spoken = self.deeds[-1] in grammar.STRONG_SPEECH and self.deeds[-1] not in ASKS
        return self.tokens[self.last - 1].low != "that" and (not spoken or self._negated([*stepped, *_lows(self.gap)]))

    def _negated(self, lead: Sequence[str]) -> bool:
        yet = "yet" in lead and "to" in lead
        refuses = not REFUSES.isdisjoint(self.deeds) and self._low(self.begins) == "to"
        if "without" in lead and not {"goes", "go"}.isdisjoint(lead):  # "it goes without saying"
            return False
        return yet or refuses or any(plain(w) == "not" or w in NEGATION for w in lead)

    def _low(self, at: int) -> str:
        return self.tokens[at].low if at < len(self.tokens) else ""

    def _infinitive(self) -> bool:
        verb = self.start + 1
        if self._low(self.start) != "to" or (slot := grammar.verbs().get(self._low(verb))) is None:
            return False
        particles = next((p for p in slot if self._runs(verb + 1, p)), None)
        if particles is None:
            return False
        ends = self._clause_behind(verb + 1 + len(particles), slot[particles].strength)
        bare = slot[particles].lemma in grammar.STRONG_SPEECH
        noun = verb + 1 + len(particles)
        noun += self._low(noun) in grammar.DETERMINERS
        if ends is None and self._low(noun) in TOLD and not REFUSES.isdisjoint(self.deeds):
            self.start = noun  # "refused to comment on | reports that"
            return False
        if ends is None and not (bare and phrases.has_verb(self.tokens, verb + 1, self.end)):
            return False
        self.deeds.append(slot[particles].lemma)
        self.start = verb + 1 if ends is None else ends + (self._low(ends) == "that")
        return True

    def _clause_behind(self, at: int, strength: Strength) -> int | None:
        """Where "that" or "whether" stands behind a verb of saying or knowing, and who is told."""
        if strength is Strength.WANTS:
            return None
        reach = at + LEAD if strength is Strength.TELLS else phrases.adverbials(self.tokens, at, self.end) + 1
        return next((k for k in range(at, reach) if self._low(k) in OPENERS), None)

    def _runs(self, at: int, particles: tuple[str, ...]) -> bool:
        return all(self._low(at + n) == p for n, p in enumerate(particles))

    def _told(self) -> bool:
        """Step over the noun of what is denied, asked or doubted."""
        if self._does() is Stance.ASSERTS:
            return False
        called = self._low(self.start) == "as"  # "dismissed as “pure invention” a report that"
        for at in range(self.start, min(self.start + 6 + called, len(self.tokens) - 2)):
            if called and self.tokens[at].quote:
                continue
            if self.tokens[at].low in TOLD and (self.tokens[at + 1].low == "that" or self._bare_clause(at + 1)):
                self.start = at + 1 + (self.tokens[at + 1].low == "that")
                return True
            if called and self.tokens[at].low in TOLD and self.tokens[at + 1].low in ("of", "about", "by", "from"):
                self.start = at
                return True
            if self.tokens[at].low in OPENERS or not self.tokens[at].word:
                return False
        return False

    def _bare_clause(self, at: int) -> bool:
        """True where a clause follows without "that": "claims she owed 2 million"."""
        first = self.tokens[at]
        opens = first.cap or first.low in grammar.SUBJECT_PRONOUNS or first.low in grammar.DETERMINERS
        return opens and phrases.has_verb(self.tokens, at, self.end)

    def _opening(self) -> bool:
        near = self.tokens[self.start : self.start + LEAD]
        ahead = opening([t.low if t.quote is None else self._said(t) for t in near])
        if ahead is None or self.found:
            return False
        self.found, self.opened = ahead[0], (self.start, self.start + ahead[1])
        self.start = self.opened[1]
        return True

    def _said(self, token: Token) -> str:
        """The word of a token; of a few in quotation marks the last: "it was “simply wrong” that"."""
        if token.quote is None:
            return token.low
        inside = self.hit.sentence.text[token.quote.inner_start : token.quote.inner_end].lower().split()
        return inside[-1].strip(",.") if 0 < len(inside) <= FEW else token.low

    def _does(self) -> Stance:
        """What the verbs do with a claim."""
        for deed in reversed(self.deeds):
            if deed in DENIES or (deed in DENIES_CLAIMS and self._of_claim()) or self._false():
                return Stance.DENIES
            if deed in DOUBTS or (deed == "question" and not self.asked):
                return Stance.DOUBTS
        return Stance.ASSERTS

    def _of_claim(self) -> bool:
        """True where the object is that something is so, or what somebody claims."""
        if "that" in (t.low for t in self.tokens[self.last - 1 : self.start + 1]):
            return True
        whole = _lows(self.tokens[self.begins : _at(self.tokens, self.hit.content[-1][1])])
        if (
            len(whole) < LEAD
            and whole[:1] != [whole[-1]]
            and whole[0] in grammar.DETERMINERS
            and whole[-1] in TOLD | COUNTS
        ):
            return True  # "rejected the report"
        head = _lows(self.tokens[self.last : self.begins + 7])
        counted = not COUNTS.isdisjoint(head) and any(low[:1].isdigit() for low in head)  # "rejected the figure of 300"
        return (counted or not TOLD.isdisjoint(head[:-2])) and "of" not in head[:1]

    def _false(self) -> bool:
        """True where what somebody claims is called false: "called reports that ... baseless"."""
        if self.hit.strength is not Strength.JUDGES or self.hit.lemma in DENIES:
            return False
        end = _at(self.tokens, self.hit.content[-1][1])
        said = [self._said(t) for t in self.tokens[self.begins : end]]
        if said[:1] in (["that"], ["it"], ["this"]):
            return len(said) < 4 and not FALSEHOOD_OF_WORDS.isdisjoint(said)
        return not (TOLD | COUNTS).isdisjoint(said) and not FALSEHOOD.isdisjoint((*said[:3], *said[-3:]))

    def stance(self) -> Stance:
        does = self.found or self._does()
        if self._negated(self.lead):
            if self.deeds[-1] in NOT_ACCEPTED:
                return Stance.DENIES
            return Stance.ASSERTS if does is Stance.DOUBTS and not self.found else Stance.DOUBTS
        if does is not Stance.ASSERTS:
            return does
        gap = frozenset(_lows(self.gap))
        if BELIEFS.intersection(self.deeds) and GIVEN_UP & gap and not gap & {"has", "have"}:
            return Stance.DOUBTS  # "had expected 900", "once thought"
        curious = self.hit.strength is Strength.WANTS and not ASKED.isdisjoint(self.deeds[1:])  # "want to know how"
        if curious or self.asked or not ASKS.isdisjoint(self.deeds) or self.conditional() or self._question():
            return Stance.ASKS
        return Stance.ANNOUNCES if self._foreseen() or self._promised() else Stance.ASSERTS

    def leaves_open(self) -> bool:
        """True for "did not deny that": whether it is so, nobody states; "neither confirmed nor denied" tells of doubt.

        So it is for "must explain whether": somebody asks for it.
        """
        if self.hit.source and (self.asked or self._low(self.start) in QUESTIONS) and self._demanded():
            return True
        return self.hit.lemma in DENIES and not self.found and self._negated(self.lead) and "nor" not in self.lead

    def _demanded(self) -> bool:
        """True for "must explain", "has to say"."""
        gap = _lows(self.gap)
        return not DEMANDED.isdisjoint(gap) or any(a in ("has", "have") and b == "to" for a, b in pairwise(gap))

    def inquires(self) -> bool:
        """True for "Did X say that ...?": nobody is said to say it."""
        first, last = self.tokens[0], self.tokens[-1]
        asked = first.low in grammar.AUXILIARY or (first.low in ASKING and self.hit.source == (first.start, first.end))
        return last.low == "?" and asked and not self.hit.sentence.quotes

    def conditional(self) -> bool:
        """True for "if X says": nobody is said to say it."""
        if not self.hit.source or self.hit.inherited:
            return False
        before = _at(self.tokens, self.hit.source[0]) - 1
        if before < 1:
            return before == 0 and (self.tokens[0].low in (*CONDITIONS, "had") or self._awaits())
        before -= self.tokens[before].low == "that"
        if before > 1 and _lows(self.tokens[before - 1 : before + 1]) == [",", "as"]:
            before -= 2  # "If, as the union says, 400 quit"
        return self.tokens[before].low in CONDITIONS or _lows(self.tokens[before - 1 : before + 1]) == ["in", "case"]

    def _awaits(self) -> bool:
        """True for "once the lab confirms": it has not yet."""
        verb = self.tokens[self.last - 1 - (self.tokens[self.last - 1].low == "that")].low
        return self.tokens[0].low in ("once", "until") and verb.endswith("s")

    def _question(self) -> bool:
        """True for a single question; of several sentences the last one may ask and the others not."""
        start, end = self.hit.content[0][0], self.hit.content[-1][1]
        said = self.hit.sentence.text[start:end]
        return (said.endswith("?") and ". " not in said) or said[:8].lower() == "whether "

    def _foreseen(self) -> bool:
        if self.hit.strength is Strength.WANTS:
            return self._low(self.begins) == "to"
        then = self.tokens[self.last - 1].low == "expected"  # "she had expected to win"
        if self.hit.lemma in AHEAD and self._low(self.begins) == "to" and not then:
            return True
        first = self.gap[0].low if self.gap else ""
        will = any((t.low in FUTURE and not t.cap) or t.low.endswith("'ll") for t in self.gap)
        to_come = any(a.low in FUTURE_TO and b.low == "to" for a, b in pairwise(self.gap))
        only = (
            "only" in self.lead
            or self._low(self.last) == "only"
            or "only" in _lows(self.tokens[self.last : self.begins])
        )
        return (will and not only) or first.endswith("'ll") or to_come

    def _promised(self) -> bool:
        """True for what is announced to come, "announced that it will close", and for no deed that was announced."""
        if self.hit.strength is not Strength.SAYS and self.deeds[-1] not in ANNOUNCING:
            return False
        said = self.hit.sentence.text[slice(*self.hit.content[0])].lower().replace("’", "'").split()
        at = next((k for k, word in enumerate(said) if _acts_by(word)), len(said))
        if at < len(said) and said[at] in ("is", "are") and said[at + 1 : at + 2] == ["to"]:
            return True  # "the firm is to shed 40 jobs, it said"
        own = said[:at] in OWN_PLANS and said[at + 1 : at + 2] != ["be"]  # "said it will close"
        to_come = at < len(said) and (said[at] in TO_COME or said[at].endswith("'ll"))
        return to_come and (own or self.deeds[-1] in ANNOUNCING)

    def absorb(self) -> None:
        """Give the words of the stance to the cue, and what calls the statement false."""
        hit, tokens = self.hit, self.tokens
        end = self.end
        if hit.stance is Stance.DENIES and self.deeds[-1] not in DENIES and len(hit.content) == 1:
            end = self._before_falsehood(end)
        rest = span(tokens, self.start, end) if self.start < end else None
        if rest is None or rest == hit.content[0] or not self.follows:
            return
        if self.start > self.begins:
            hit.cue = (hit.cue[0], tokens[self.start - 1].end)
        hit.content = [rest, *hit.content[1:]]

    def _before_falsehood(self, end: int) -> int:
        last = end - 1
        quoted = self.start < last < len(self.tokens) and self.tokens[last].quote is not None
        quoted = quoted and self.tokens[last - 1].low == "as"  # "dismissed talk of fire as “mad”"
        words_ = [(k, self._said(self.tokens[k])) for k in range(max(self.start, end - 3), end)]
        near = [k for k, said in words_ if said in FALSEHOOD or (quoted and k == last)]
        cut = near[0] if near else end
        while cut > self.start + 1 and self.tokens[cut - 1].low in ("as", "a", "an", "totally", "completely", "simply"):
            cut -= 1
        return cut

    def denies_a_wish(self) -> bool:
        """True for "denied bail to 14 men": refused, and nothing is said."""
        opened = self.begins > 0 and self.tokens[self.begins - 1].low == "that"
        refused = not REFUSED.isdisjoint(t.low for t in self.tokens[self.begins : self.begins + 2])
        return refused and not opened and not any(_acts(t) for t in self.tokens[self.begins + 2 : self.begins + 5])

    def turns_down(self) -> bool:
        """True for "rejected the offer": a deed, by which nothing is said."""
        if self.hit.lemma not in TURNS_DOWN or self.hit.stance is not Stance.ASSERTS or not self.follows:
            return False
        said = self.tokens[self.begins : self.end]
        figures = any(t.low[:1].isdigit() for t in said) and not (COUNTS | TOLD).isdisjoint(_lows(said))
        told = figures or any(t.quote or t.low == "to" for t in said)
        return not told and not phrases.has_verb(self.tokens, self.begins, self.end)

    def only_curious(self) -> bool:
        """True for "wants to know by Friday": what he wants to know does not stand there."""
        knows = self._low(self.begins) == "to" and self._low(self.begins + 1) == "know"
        return (
            self.hit.strength is Strength.WANTS
            and knows
            and self._low(self.begins + 2) in grammar.PREPOSITIONS - {"about"}
        )

    def silent(self) -> bool:
        """True for "did not respond to requests", "declined to comment": nothing is said of anything."""
        if self.hit.stance is not Stance.DOUBTS:
            return False
        passed = self._low(self.begins) == "to" and self._low(self.begins + 1) in ("comment", "respond", "elaborate")
        return (passed or self.hit.lemma in SILENT) and not self._clause()

    def _clause(self) -> bool:
        return not OPENERS.isdisjoint(_lows(self.tokens[self.begins : self.begins + 6]))


AHEAD = _verbs("ahead")
"""Verbs of other senses, too, before "to" of what is to come: "threatens to strike"."""
TO_COME = FUTURE | {"won't"}
OWN_PLANS = (["it"], ["they"], ["we"], ["i"])


def _acts_by(word: str) -> bool:
    """True for the verb by which a clause tells whether it is so or will be."""
    return word in grammar.FINITE or word.endswith(("ed", "'ll", "n't"))


def _acts(token: Token) -> bool:
    return token.low in grammar.AUXILIARY


def _of_noun(hit: Hit, tokens: list[Token]) -> bool:
    """The stance of a noun of reporting; what nobody is named for and is called empty is the publisher's to say."""
    at = _at(tokens, hit.cue[0])
    if hit.lemma == "denial":
        hit.stance = Stance.DENIES
    elif hit.lemma in DOUBT_NOUNS:
        hit.stance = Stance.DOUBTS
    elif tokens[0].low in CONDITIONS and not hit.source:
        hit.stance, hit.pattern = Stance.ASKS, CONDITIONAL
    elif not hit.source:
        if _spoken_of(tokens, at):
            return False
        _of_denial_around(hit, tokens, at)
        _denied_behind(hit, tokens)
    elif hit.stance is Stance.ASSERTS:
        _doubt_cast(hit, tokens, hit.source)
    before = _lows(tokens[max(0, at - 5) : at])
    return bool(hit.source) or opening([*before[_empty(before) :], hit.lemma, "that"]) is None


def _spoken_of(tokens: list[Token], at: int) -> bool:
    """True for the claims in '"That is a lie," he said of claims that ...': what he says of them stands elsewhere."""
    of = next((k for k in range(at - 1, max(0, at - 4), -1) if tokens[k].low in ("of", "about")), None)
    return of is not None and of > 0 and tokens[of - 1].low in SPEAKING


SPEAKING = frozenset({"said", "says", "asked", "told", "replied", "wrote"})


def _asked_for(tokens: list[Token], k: int) -> bool:
    """True at what is done with a claim that somebody asks about: "are investigating | claims that", "asked about | it"."""
    asked = tokens[k].low == "about" and tokens[k - 1].low in ("asked", "questions", "question")
    return asked or tokens[k].low in LOOKING_INTO


def _doubt_cast(hit: Hit, tokens: list[Token], claimant: Span) -> None:
    """Somebody doubts a claim: "The report cast doubt on | the army's claim to have freed 12"."""
    on = _at(tokens, claimant[0]) - 1
    if on < 2 or tokens[on].low not in ("on", "about", "over") or tokens[on - 1].low not in DOUBT_NOUNS:
        return
    verb = phrases.group_start(tokens, on - 2)
    subject = phrases.subject(tokens, verb, 0)
    if subject and tokens[subject[0]].low not in NOBODY:
        hit.content = [(claimant[0], hit.content[0][1]), *hit.content[1:]]
        hit.stance, hit.source, hit.cue = Stance.DOUBTS, chars(tokens, subject), (tokens[verb].start, tokens[on].end)


def _of_denial_around(hit: Hit, tokens: list[Token], at: int) -> None:
    """A claim is denied that stands behind a verb of denial: "dismissed as false a report that"."""
    for k in range(max(0, at - 8), at):
        if hit.source or tokens[k].cap:
            continue
        if _denies(tokens, k):
            hit.stance = Stance.DENIES
        elif k and tokens[k].low in DOUBT_NOUNS and tokens[k + 1].low in ("on", "about"):
            hit.stance = Stance.DOUBTS
        elif _asked_for(tokens, k):
            hit.stance = Stance.ASKS
            continue
        else:
            continue
        verb = phrases.group_start(tokens, k - (hit.stance is Stance.DOUBTS))
        if tokens[verb - 1].low == "nor":  # "neither accepts nor rejects the claim that"
            verb, hit.stance = (
                next((n for n in range(verb - 1, 0, -1) if tokens[n].low == "neither"), verb),
                Stance.DOUBTS,
            )
        subject = phrases.subject(tokens, verb, 0)
        hit.source = chars(tokens, subject) if subject else None
        hit.cue = (tokens[verb].start, hit.cue[1])


def _denied_behind(hit: Hit, tokens: list[Token]) -> None:
    """The claim is denied that a verb of denial stands behind: "reports that 40 nurses quit were denied by the clinic"."""
    lo, hi = _at(tokens, hit.content[0][0]), _at(tokens, hit.content[0][1])
    if (found := denied_at(tokens, lo, hi)) is None:
        return
    verb, k = found
    by = next((n for n in range(k + 1, len(tokens)) if tokens[n].low == "by"), None)
    end = phrases.right_phrase(tokens, by + 1, len(tokens)) if by else hi
    hit.stance, hit.source = Stance.DENIES, span(tokens, by + 1, end) if by else None
    hit.cue = tokens[verb].start, tokens[k].end
    hit.content = [rest] if (rest := span(tokens, lo, min(verb, hi))) else hit.content


def denied_at(tokens: list[Token], lo: int, hi: int) -> tuple[int, int] | None:
    """Where a statement is followed by a passive verb of denial: its group, and the verb."""
    for k in range(lo + 2, min(hi + 6, len(tokens))):
        verb = phrases.group_start(tokens, k)
        if verb > lo and _denies(tokens, k) and tokens[verb].low in grammar.BE | grammar.HAVE:
            return verb, k
    return None


def _denies(tokens: list[Token], at: int) -> bool:
    entries = grammar.verbs().get(tokens[at].low, {})
    found = (v.lemma for p, v in entries.items() if _lows(tokens[at + 1 : at + 1 + len(p)]) == list(p))
    return any(lemma in DENIES or lemma in DENIES_CLAIMS for lemma in found)


def _empty(before: Sequence[str]) -> int:
    """Where the words begin that say that there is nothing to it."""
    return next((n for n, low in enumerate(before) if low in ("no", "contrary")), len(before))


def _foretold(hit: Hit, tokens: list[Token]) -> None:
    """Give "X is expected to say that ..." its source, who stands where a statement about it would."""
    if hit.pattern != "passive" or hit.source or len(hit.content) != 2:
        return
    at = _at(tokens, hit.content[1][0])
    slot = grammar.verbs().get(tokens[at + 1].low, {}) if at + 1 < len(tokens) and tokens[at].low == "to" else {}
    speaks = any(v.strength in (Strength.SAYS, Strength.TELLS) for v in slot.values())
    ends = next((k for k in range(at + 2, min(at + LEAD, len(tokens))) if tokens[k].low in OPENERS), None)
    rest = span(tokens, ends + (tokens[ends].low == "that"), _at(tokens, hit.content[1][1])) if ends else None
    if speaks and ends and rest:
        hit.source, hit.cue, hit.pattern = hit.content[0], (hit.cue[0], tokens[ends].end), "preposed"
        hit.content, hit.strength = [rest], Strength.SAYS


@lru_cache(maxsize=1024)
def of_cue(cue: str) -> Stance:
    """The stance that the words of a cue show alone: "has repeatedly denied that", "could not confirm".

    To ask not to be named asks nothing of the matter.
    """
    cue = re.sub(r"\bask(?:ed|ing|s)? (?:not to be|to (?:stay|remain)) \w+", "", cue)
    tokens = [t for row in sentences(cue, (0, len(cue)), 0) for t in row.tokens]
    table, backwards = grammar.verbs(), range(len(tokens) - 1, -1, -1)
    at = next((k for k in backwards if tokens[k].low in table and tokens[k].low not in TOLD), None)
    if at is None:
        return Stance.DENIES if "denial" in _lows(tokens) else Stance.ASSERTS
    after = tuple(_lows(tokens[at + 1 :]))
    lemmas = {verb.lemma for needs, verb in table[tokens[at].low].items() if after[: len(needs)] == needs}
    group, behind = _lows(tokens[phrases.group_start(tokens, at) : at]), set(after)
    if any(plain(w) == "not" or w in NEGATION for w in group) or not DOUBTS.isdisjoint(lemmas):
        return Stance.DOUBTS
    if lemmas & DENIES or (lemmas & DENIES_CLAIMS and behind & (TOLD | {"that"})):
        return Stance.DENIES
    return Stance.ASKS if lemmas & ASKS or "whether" in behind else Stance.ASSERTS


def _lows(tokens: Sequence[Token]) -> list[str]:
    return [t.low for t in tokens]


def _at(tokens: list[Token], place: int) -> int:
    """The token at the place, or the first one after it."""
    at = bisect_left(tokens, (place,))  # a token begins with its place
    return at - 1 if at and tokens[at - 1].end > place else at


# --- the publisher's own statements -----------------------------------------------------------------------------------


def around(row: Sentence, fragment: Span) -> Stance:
    """The stance of the publisher's statement that a fragment stands in."""
    found = own(row, (row.start, row.end))
    return next((s for (a, b), s in found if a <= fragment[0] and fragment[1] <= b), Stance.ASSERTS)


def own(row: Sentence, part: Span) -> list[tuple[Span, Stance]]:
    """The statements in a stretch of the publisher's, each with its stance: "It was unclear whether | 18 were below"."""
    lo, hi = _at(row.tokens, part[0]), _at(row.tokens, part[1])
    said = [t.low for t in row.tokens[lo:hi]]
    stop = next((k for k in range(lo, hi) if row.tokens[k].low == ","), hi)
    if found := opening(said):
        rest = span(row.tokens, stop, hi) if found[0] is Stance.DENIES and stop < hi and said[0] == "contrary" else None
        named = found[1] < len(said) and said[found[1]] == "what"  # "contrary to what the club says, ..."
        denied = None if named else span(row.tokens, lo + found[1], stop if rest else hi)
        return [*([(denied, found[0])] if denied else []), *([(rest, Stance.ASSERTS)] if rest else [])]
    if row.tokens[-1].low == "?" or depends(row, part):
        return [(part, Stance.ASKS)]
    asks = next((k for k in range(lo, hi) if _asks(row.tokens, k)), None)
    if asks is None:
        return [(part, Stance.ASSERTS)]
    begun = said[0] in ("asked", "asking", "when", "whether") and asks < stop
    asked = span(row.tokens, asks + (row.tokens[asks].low in LINKS), stop if begun else hi)
    return [(asked or part, Stance.ASKS)]


def depends(row: Sentence, part: Span) -> bool:
    """True where a stretch begins with a condition: "if it rains, ..."."""
    at = _at(row.tokens, part[0])
    at += row.tokens[at].low in ("even", "only", "but", "and")
    return at < len(row.tokens) and row.tokens[at].low in CONDITIONS and row.tokens[-1].low != "?"


def _asks(tokens: list[Token], at: int) -> bool:
    """True where a question in other words begins behind this word."""
    low, before = tokens[at].low, tokens[at - 1].low if at else ""
    return low == "whether" or (low in OPENERS and before in ASKED)
