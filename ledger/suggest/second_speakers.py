"""A second speaker beside a statement: one with a figure of his own and no verb, and one who calls it false."""

from __future__ import annotations

from ledger.lexicon import words
from ledger.suggest import grammar, phrases
from ledger.suggest.grammar import Cue, Strength, Voice
from ledger.suggest.hits import Hit, Relay, SentenceScan, chars, remember, solid
from ledger.suggest.phrases import Range
from ledger.suggest.sentence_tokens import Token
from ledger.vocabulary import Stance

FALSEHOOD = words("en/stance", "falsehood")
OF_DEEDS = words("en/stance", "falsehood_of_deeds")
CLAIMS = words("en/stance", "told") | words("en/stance", "counts")
DENIES = words("en/stance", "denies")
DENIES_CLAIMS = DENIES | words("en/stance", "turns_down") | words("en/stance", "denies_claims")
PEOPLE = words("en/counted", "people") - words("en/fates", "nouns") - {"people", "persons"}
VERDICT = 5
"""Words behind a verb of speech among which the word stands that calls a statement false."""
REACH = 18
"""Words from the comma before a second speaker to the end of what is said."""
FROM_SPEAKER = 6
"""Words from a speaker without a verb to his figure: "of fewer than"."""


def second(tokens: list[Token], said: Range, *, clauses: bool) -> tuple[Range, Range] | None:
    """A second speaker in what the first one says, with a figure or, where the verb takes them, a clause of his own."""
    if speaker := _with_figure(tokens, said):
        return speaker, (speaker[1] + (tokens[speaker[1]].low in grammar.BEFORE_FIGURES), said[1])
    return _with_clause(tokens, said) if clauses else None


def _with_figure(tokens: list[Token], said: Range) -> Range | None:
    """The second speaker of "The union spoke of 2,000, | the company | of fewer than 900", whose verb is that of the first."""
    comma = next((k for k in range(said[1] - 2, max(said[0], said[1] - REACH), -1) if tokens[k].low == ","), said[0])
    if comma == said[0]:
        return None
    lo = comma + 1 + (tokens[comma + 1].low in ("and", "while", "but"))
    figure = next((k for k in range(lo + 1, said[1]) if grammar.opens_figure(tokens[k].low)), said[1])
    told = next((k for k in range(said[0], comma) if grammar.opens_figure(tokens[k].low)), comma)
    if figure == said[1] or told == comma or _acts(tokens, said[0], told) or _other_thing(tokens, figure, said):
        return None
    head = next((k for k in range(figure - 1, lo - 1, -1) if _speaks(tokens[k])), None)
    if head is None or figure - head > FROM_SPEAKER or said[1] - figure > FROM_SPEAKER:
        return None
    if tokens[head].low in PEOPLE and not PEOPLE.isdisjoint(t.low for t in tokens[told:comma]):
        return None  # "300 doctors left, nurses 120": of whom one tells, or who tell
    plain = all(t.word and t.low not in grammar.DAYS for t in tokens[lo:figure]) and not phrases.has_verb(
        tokens, lo, said[1]
    )
    opens = tokens[lo].cap or tokens[lo].low in grammar.DETERMINERS or lo == head
    return (lo, head + 1) if plain and opens else None


def estimated(reading: SentenceScan) -> None:
    """Read "The crowd, put at 40,000 by organisers and 15,000 by police, ...": each figure is that of whom "by" names."""
    tokens = reading.tokens
    for at in reading.places(PUTTING):
        if at + 3 >= reading.size or tokens[at + 1].low not in ("at", "as") or not reading.free(at):
            continue
        cue = Cue(at, at, at + 2, grammar.Verb("estimate", Strength.SAYS, frozenset()), Voice.PASSIVE)
        about = (reading.floor(at), at - (tokens[at - 1].low == "," and at > 0))
        lo = at
        while found := _figure_by(tokens, lo, reading.size):
            by, end = found
            said = [part for part in (about, (lo, by)) if part[0] < part[1]]
            remember(reading, cue, (by + 1, end), said, pattern="passive")
            lo = end + 1 + (tokens[min(end + 1, reading.size - 1)].low in ("at", "as"))
            if end >= reading.size or tokens[end].low not in ("and", "but", ","):
                break


PUTTING = words("en/reporting", "put_by")


def _counts(tokens: list[Token]) -> bool:
    return any(grammar.opens_figure(t.low) for t in tokens)


def _figure_by(tokens: list[Token], lo: int, hi: int) -> Range | None:
    """Where "by" and the end of whom it names stand behind a figure: "40,000 | by organisers |"."""
    by = next((k for k in range(lo + 1, min(lo + FROM_SPEAKER + 2, hi - 1)) if tokens[k].low == "by"), None)
    if by is None or not _counts(tokens[lo:by]) or not all(t.word for t in tokens[lo:by]):
        return None
    end = phrases.right_phrase(tokens, by + 1, hi)
    joint = (k for k in range(by + 2, end) if tokens[k].low in ("and", "but") and _counts(tokens[k + 1 : k + 4]))
    return by, next(joint, end)


def handed_on(reading: SentenceScan) -> None:
    """Read "The skipper told his wife, who told this paper, that 60 fell": she passes on what he says."""
    tokens = reading.tokens
    for cue in (c for c in reading.cues if c.entry.strength is Strength.TELLS and c.voice is Voice.ACTIVE):
        opened = next(
            (k for k in range(cue.last + 1, min(cue.last + FROM_SPEAKER, reading.size)) if tokens[k].low == ","), 0
        )
        if not opened or opened + 3 >= reading.size or tokens[opened + 1].low not in ("who", "which"):
            continue
        closed = next((k for k in range(opened + 2, min(opened + REACH, reading.size - 1)) if tokens[k].low == ","), 0)
        subject = phrases.subject(tokens, cue.first, 0)
        if not closed or tokens[closed + 1].low != "that" or subject is None or not reading.free(cue.first):
            continue
        hit = remember(reading, cue, subject, [(closed + 2, reading.size)], pattern="preposed")
        told = [c for c in reading.cues if opened < c.first < closed]
        if hit and (told or tokens[opened + 2].low in PASSING):
            hit.relays.append(Relay(chars(tokens, (cue.last, opened)), chars(tokens, (opened + 2, opened + 3))))
        reading.taken.append((opened, closed + 2))


PASSING = words("en/speakers", "passing_on")


def _with_clause(tokens: list[Token], said: Range) -> tuple[Range, Range] | None:
    """The second speaker of "The firm says 9 left, | the union | that | 12 were fired", and his clause, to its comma."""
    for at in (k for k in range(said[0] + 2, said[1] - 2) if tokens[k].low == "that"):
        comma = next((k for k in range(at - 1, max(said[0], at - FROM_SPEAKER), -1) if not tokens[k].word), said[0])
        lo = comma + 1 + (tokens[comma + 1].low in ("and", "while", "but"))
        if comma == said[0] or tokens[comma].low not in (",", ";") or lo >= at or not _may_speak(tokens[at - 1]):
            continue
        opens = tokens[lo].cap or lo + 1 == at or tokens[lo].low in OPENING_SPEAKERS or tokens[at - 1].low.endswith("s")
        acts = tokens[at + 1].low in grammar.FINITE | grammar.DAYS or phrases.opens_with_verb(tokens, at + 1)
        end = next((k for k in range(at + 1, said[1]) if tokens[k].low in (",", ";")), said[1])
        clauses = phrases.has_verb(tokens, said[0], comma) or any(t.low.endswith("s") for t in tokens[said[0] : comma])
        if opens and not acts and clauses and not phrases.has_verb(tokens, lo, at) and end - at > 2:
            return (lo, at), (at + 1, end)
    return None


def _may_speak(token: Token) -> bool:
    """True for who may speak; "people that others had hired" are told of."""
    return (_speaks(token) and token.low != "people") or token.low in PEOPLE or token.low.removesuffix("s") in PEOPLE


OPENING_SPEAKERS = grammar.DETERMINERS - {"a", "an", "some", "any"}


def _acts(tokens: list[Token], lo: int, figure: int) -> bool:
    """True where who might speak does what is said: in "it said Norland sold 40 tonnes, Sudland 30" Sudland sold them."""
    verb = next((k for k in range(lo, figure) if phrases.has_verb(tokens, lo, k + 1)), lo)
    return any(_speaks(t) for t in tokens[lo:verb])


def _other_thing(tokens: list[Token], figure: int, said: Range) -> bool:
    """True where the second figure is of something that the first part does not tell: "the school 3 times"."""
    seen = {t.low for t in tokens[said[0] : figure]}
    return any(t.word and t.low not in seen and not grammar.opens_figure(t.low) for t in tokens[figure + 1 : said[1]])


def keep_second(reading: SentenceScan, first: Hit, speaker: Range, said: Range) -> None:
    """Keep what a second speaker says, who shares the verb of the first."""
    source, content = chars(reading.tokens, speaker), chars(reading.tokens, said)
    verb = grammar.Verb(first.lemma, first.strength, frozenset())
    hit = Hit(reading.sentence, source, (source[1], source[1]), content=[content], verb=verb)
    hit.pattern = "gapped"
    reading.hits.append(hit)
    reading.taken.append((speaker[0], said[0]))


def _speaks(token: Token) -> bool:
    speaking = grammar.speaking() - grammar.AMOUNTS
    return token.word and (token.cap or token.low in speaking or token.low.removesuffix("s") in speaking)


def disputed(reading: SentenceScan) -> None:
    """Read "The army said 12 died, a claim that rebels say is false": the rebels deny that 12 died."""
    for cue in () if reading.lows.isdisjoint(SUMMING_UP) else reading.cues:
        subject = phrases.subject(reading.tokens, cue.first, 0) if cue.voice is Voice.ACTIVE else None
        if subject is None:
            continue
        if reading.tokens[subject[0]].low in ("a", "an") and reading.tokens[subject[0] + 1].low in CLAIMS:
            subject = subject[0] + 2, subject[1]  # "a number | fans called wrong"
        if subject[0] >= subject[1]:
            continue
        summed, comma = _summed_up(reading.tokens, subject[0])
        if not summed or not _calls_false(reading.tokens, cue, claim=summed in CLAIMS):
            continue
        begun = reading.tokens[cue.first].start
        reading.hits = [h for h in reading.hits if h.cue[0] != begun]
        end = reading.tokens[comma - 1].end if comma else -1
        held = next((h for h in reading.hits if h.content and h.content[-1][1] == end), None)
        if held:
            source, spoken = chars(reading.tokens, subject), chars(reading.tokens, (cue.first, cue.last))
            hit = Hit(reading.sentence, source, spoken, content=list(held.content), verb=cue.entry)
            hit.pattern, hit.stance = "disputed", Stance.DENIES
            reading.hits.append(hit)


SUMMING_UP = CLAIMS | {"which"}


def _summed_up(tokens: list[Token], at: int) -> tuple[str, int]:
    """The word for what stands before this clause, "which", "claim" of "a claim that", with the comma behind that, or 0."""
    at -= 1
    if at > 0 and tokens[at].low == "which" and tokens[at - 1].low == ",":
        return "which", at - 1
    at -= tokens[at].low in ("that", "which")
    if at < 1 or tokens[at].low not in CLAIMS or tokens[at - 1].low not in ("a", "an", "the"):
        return "", 0
    return tokens[at].low, at - 2 if at > 1 and tokens[at - 2].low == "," else 0


def _calls_false(tokens: list[Token], cue: Cue, *, claim: bool) -> bool:
    """True where nothing follows a verb of denial, or what follows a verb of speech calls it false; deeds may be wrong, too."""
    ends = cue.last >= len(tokens) or not solid(tokens[cue.last])
    if cue.entry.lemma in DENIES_CLAIMS:
        return ends and (claim or cue.entry.lemma in DENIES)
    behind = [t.low for t in tokens[cue.last : cue.last + VERDICT]]
    verdict = next((n for n, low in enumerate(behind) if low in grammar.VERDICTS), None)
    if verdict is None or "," in behind[:verdict] or behind[verdict + 1 : verdict + 2] == ["of"]:
        return False
    if not claim and behind[verdict] in OF_DEEDS:
        return False
    return grammar.NEGATION.isdisjoint(behind[:verdict]) is (behind[verdict] in FALSEHOOD)
