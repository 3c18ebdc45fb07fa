"""Statements that stand behind their cue: "X said that ...", participles, passives and relative clauses."""

from __future__ import annotations

from itertools import takewhile

from ledger.lexicon import words
from ledger.suggest import grammar, phrases
from ledger.suggest.before import aside, comma, heard_from, left_content, told, uncut
from ledger.suggest.extent import addressee_end, right_content, statement_end
from ledger.suggest.grammar import Cue, Strength, Voice, is_outlet
from ledger.suggest.hits import Hit, Relay, SentenceScan, Span, chars, pass_on, passes_on, remember, resume, span
from ledger.suggest.phrases import Range
from ledger.suggest.second_speakers import keep_second, second
from ledger.suggest.sentence_tokens import Token


def active(reading: SentenceScan, n: int) -> None:
    """Read preposed ("X said that ...") statements, those of a second verb, and those without a comma before "X said"."""
    tokens, cue = reading.tokens, reading.cues[n]
    subject, inherited = _speaker(reading, cue)
    right = right_content(reading, n)
    if inherited is not None and right:
        _go_on(reading, cue, inherited, right)
        return
    if subject is None or _reads_backward(reading, cue, subject, right):
        return
    right = _put_figure(tokens, cue) if _what_is_put(tokens, cue, subject) else right
    if (
        right is None
        or _befell(tokens, cue.last)
        or (cue.entry.strength is Strength.JUDGES and _before_noun(tokens, right))
    ):
        return
    if antecedent(reading, cue, subject, right) or _contrary(tokens, subject[0]):
        return
    if right[0] == cue.last and tokens[right[0]].low in grammar.AUXILIARY - grammar.GERUNDS:
        return  # "All the mayor says is wrong"
    quoted = tokens[right[0]].quote is not None
    if not quoted and _restrictive(tokens, subject[0]):
        right = right[0], phrases.clause_end(tokens, *right)
    if (cue.entry.lemma in grammar.QUOTE_ONLY and not quoted) or (
        cue.entry.lemma == "put" and not _put_at(tokens, right)
    ):
        return
    if quoted and _speech_ends(reading, right):
        right = right[0], right[0] + 1
    told_by, whole = heard_from(reading, n, right[0] - (tokens[right[0] - 1].low == "that")), right
    other = None if quoted else second(tokens, whole, clauses=cue.entry.strength is Strength.SAYS)
    if other:
        right = right[0], other[0][0] - 1 - (tokens[other[0][0] - 1].low != ",")
    hit = remember(reading, cue, told_by or subject, [right], pattern="quoted" if quoted else "preposed")
    if hit and not told_by and not (_citing(tokens, subject, hit) or _cites_aside(tokens, cue, right, hit)):
        relayed(reading, n, right, hit)
    if hit and other:
        keep_second(reading, hit, *other)


def _speech_ends(reading: SentenceScan, right: Range) -> bool:
    """True where somebody acts behind a quotation that is a sentence: 'he asked, "Are you in?" Roe smiled and'."""
    at = right[0] + 1
    quote = reading.tokens[right[0]].quote
    if quote is None or at + 1 >= right[1] or reading.sentence.text[quote.inner_end - 1] not in ".?!":
        return False
    return reading.tokens[at].cap and not any(t.quote for t in reading.tokens[at : right[1]])


def _before_noun(tokens: list[Token], right: Range) -> bool:
    """True at the "backed" of "a bank backed scheme is": a verb stands behind the one noun that follows."""
    first, after = tokens[right[0]], tokens[min(right[0] + 1, right[1] - 1)]
    opened = right[0] > 0 and tokens[right[0] - 1].low == "that"
    noun = first.word and not opened and first.low not in grammar.BEFORE_NOUNS | {"to"}
    return noun and after.low in grammar.AUXILIARY


def _befell(tokens: list[Token], at: int) -> bool:
    """True at the "injured" of "30 people reported injured in the crash": they report nothing."""
    if at >= len(tokens) or tokens[at].low not in grammar.BEFALLEN:
        return False
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    return after is None or not after.word or after.low in grammar.PREPOSITIONS or after.low in ("and", "or", "as")


def _contrary(tokens: list[Token], at: int) -> bool:
    """True for "Contrary to what the club says, the hall is empty": it says something else."""
    led = {t.low for t in tokens[max(0, at - 3) : max(0, at - 1)]}
    return at > 1 and tokens[at - 1].low == "what" and not led.isdisjoint(("contrary", "unlike", "despite"))


def _restrictive(tokens: list[Token], at: int) -> bool:
    """True where the relative clause belongs to its noun so closely that no comma ends it."""
    return tokens[at].low in ("who", "which") and at > 0 and tokens[at - 1].word


def _speaker(reading: SentenceScan, cue: Cue) -> tuple[Range | None, Span | None]:
    """The subject of the verb, or the source of the verb before it where the two are coordinated."""
    tokens = reading.tokens
    if cue.voice is Voice.INFINITIVE:
        spoken = cue.entry.strength not in (Strength.TELLS, Strength.SHOWS)
        return (governor(reading, cue) if spoken else None), None
    subject = reading.subject(cue)
    joint = tokens[_joint(tokens, cue)].low if cue.first else ""
    if subject and [t.low for t in tokens[max(0, subject[0] - 2) : subject[0]]] == ["all", "but"]:
        return (subject[0] - 2, subject[1]), None  # "all but one of the judges backed it"
    if subject and not coordinated(tokens, cue, subject):
        return subject, None
    if joint not in grammar.COORDINATORS and joint != "," and subject is None:
        return None, None
    inherited = previous_source(reading)
    quote = next((k for k in range(cue.first - 1, 0, -1) if tokens[k].quote), None)
    own = leading(reading, cue.first, quote + 1) if quote and joint in grammar.COORDINATORS else None
    if own and tokens[own[0]].cap:
        return own, None
    if inherited is None and (subject or joint in grammar.COORDINATORS):
        subject = leading(reading, cue.first)
        if subject and _in_relative(tokens, subject[1], cue.first):
            return None, None
    return subject, inherited


def _in_relative(tokens: list[Token], lo: int, hi: int) -> bool:
    """True where the verb may have the subject of a relative clause: "They built a hall that seats 40 and aims to"."""
    return any(
        tokens[k].low in ("that", "which")
        and tokens[k - 1].low not in grammar.verbs()
        and tokens[k + 1].low.endswith("s")
        for k in range(lo + 1, hi - 1)
    )


def _reads_backward(reading: SentenceScan, cue: Cue, subject: Range, right: Range | None) -> bool:
    strong = cue.entry.lemma in grammar.STRONG_SPEECH and cue.voice is Voice.ACTIVE
    if not strong or not (right is None or aside(reading.tokens, cue, right)):
        return False
    return uncut(reading, cue, subject, right)


def _what_is_put(tokens: list[Token], cue: Cue, subject: Range) -> bool:
    """True for "a crowd that police put"."""
    return cue.entry.lemma in grammar.PUTTING and subject[0] > 0 and tokens[subject[0] - 1].low in ("that", "which")


def _put_figure(tokens: list[Token], cue: Cue) -> Range | None:
    """The figure of "a crowd that police put at 3,000"."""
    if cue.last >= len(tokens) or tokens[cue.last].low != "at":
        return None  # "the box that police put on 3 shelves"
    ends = (
        k for k in range(cue.last, len(tokens)) if tokens[k].low in (",", ";", ".", *grammar.FINITE, *grammar.AUXILIARY)
    )
    right = cue.last, next(ends, len(tokens))
    return right if any(t.low[:1].isdigit() for t in tokens[slice(*right)]) else None


def _put_at(tokens: list[Token], right: Range) -> bool:
    """True where "put" gives a figure: "put the toll at 58"."""
    places = [k for k in range(right[0], right[1] - 1) if tokens[k].low in ("at", "on")]
    said = [(tokens[k].low, [t.low for t in tokens[k + 1 : min(right[1], k + 6)]]) for k in places]
    in_words = any(at == "at" and any(map(grammar.opens_figure, behind)) for at, behind in said)
    return in_words or any(word[:1].isdigit() for _, behind in said for word in behind)


def _go_on(reading: SentenceScan, cue: Cue, source: Span, right: Range) -> None:
    """Keep what the source says with a second verb; "proposed a hall, and put a plan in place" is a second deed."""
    joined = reading.tokens[_joint(reading.tokens, cue)].low in grammar.COORDINATORS
    if not (joined and cue.entry.lemma == "put") or _put_at(reading.tokens, right):
        resume(reading, cue, source, right, pattern="coordinated")


def _citing(tokens: list[Token], subject: Range, hit: Hit) -> bool:
    """Give "State media, citing the ministry, reported ..." its origin and its relay."""
    at = next((k for k in range(subject[0] + 1, subject[1]) if tokens[k].low in grammar.CITING), None)
    relay = span(tokens, subject[0], at) if at else None
    origin = span(tokens, at + 1, subject[1]) if at else None
    if not (at and relay and origin) or tokens[at + 1].quote:
        return False
    hit.source = relay
    _cite(hit, origin, (tokens[at].start, tokens[at].end))
    return True


def _cites_aside(tokens: list[Token], cue: Cue, said: Range, hit: Hit) -> bool:
    """Give "State media reported, citing the ministry, that ..." its origin and its relay."""
    if [t.low for t in tokens[cue.last : cue.last + 1]] != [","] or tokens[cue.last + 1].low not in grammar.CITING:
        return False
    source = cue.last + 2, said[0] - 1
    origin = span(tokens, *source)
    named = any(t.cap or t.low in grammar.DETERMINERS for t in tokens[slice(*source)])
    if origin and (named or _citable(tokens, source)):  # not "citing operational security"
        _cite(hit, origin, (tokens[cue.last + 1].start, tokens[cue.last + 1].end))
    return origin is not None


def coordinated(tokens: list[Token], cue: Cue, subject: Range) -> bool:
    """True where the verb only follows "and", at most with a time between: "and on Monday announced"."""
    at = _joint(tokens, cue)
    return tokens[at].low in ("and", "but", "then") and at >= subject[0] - 1


def _joint(tokens: list[Token], cue: Cue) -> int:
    """The word before the verb, a time between them left out."""
    at = cue.first - 1
    while at > 0 and (tokens[at].low in grammar.DAYS or tokens[at].low in ("on", "in", "last", "early", "late")):
        at -= 1
    return at


def governor(reading: SentenceScan, cue: Cue) -> Range | None:
    """The subject of the verb that governs an infinitive: "officials began to say"."""
    tokens = reading.tokens
    at = cue.first
    while at > reading.floor(cue.first) and cue.first - at < 6 and tokens[at - 1].low not in (",", "“”"):
        at -= 1
        if tokens[at].low in grammar.FINITE or tokens[at].low in ("likely", "able", "going", "trying"):
            return phrases.subject(tokens, phrases.group_start(tokens, at), reading.floor(cue.first))
    return None


def previous_source(reading: SentenceScan) -> Span | None:
    """The source that an earlier cue of the sentence has."""
    for hit in reversed(reading.hits):
        if hit.source:
            return hit.source
    return None


def antecedent(reading: SentenceScan, cue: Cue, subject: Range, right: Range) -> bool:
    """Read "a campaign that X described as ..." and "a man who police say ...": the statement is about what stands before."""
    tokens = reading.tokens
    at = subject[0] - 1
    floor = reading.floor(subject[0])
    if (
        at < floor
        or (at == floor and tokens[at].low != "what")
        or tokens[at].low not in ("that", "which", "who", "what", "whom")
    ):
        return False
    as_like = cue.entry.lemma in grammar.NAMERS | grammar.PUTTING
    finite = tokens[right[0]].low in grammar.FINITE or tokens[right[0]].low.endswith("ed")
    if not (as_like or finite):
        return False
    if tokens[at].low == "what" and [t.low for t in tokens[right[0] : right[0] + 2]] == ["is", "that"]:
        said = (right[0] + 2, right[1])  # "what the mayor fears is that"; what few know, the publisher tells
        return cue.entry.lemma == "know" or remember(reading, cue, subject, [said], pattern="preposed") is not None
    if tokens[at].low == "what" and not any(t.quote or t.low[:1].isdigit() for t in tokens[slice(*right)]):
        return True  # "at what she called her lowest ebb"
    hi = at - 1 if tokens[at - 1].low == "," else at
    right = (
        (right[0], comma(tokens, *right)) if hi < at and finite else right
    )  # "The pool, which X says is small, | was sold"
    lo = at if tokens[at].low == "what" else phrases.minimal(tokens, max(reading.floor(subject[0]), hi - 12), hi)
    return remember(reading, cue, subject, [(lo, at), right], pattern="relative") is not None


def relayed(reading: SentenceScan, n: int, right: Range, hit: Hit) -> None:
    """Add the hop that "Y told the Daily Post that ..." or "a medic said the army had announced" names beside the source."""
    cue = reading.cues[n]
    told(reading, cue, hit)
    if cue.entry.strength is not Strength.TELLS and hit.pattern != "chain":
        nested(reading, n, right, hit)


def quoting(reading: SentenceScan) -> None:
    """Read "R quoted X as saying ...", "X was quoted by R as saying ..." and the same behind what X says."""
    for n, cue in enumerate(reading.cues[:-1]):
        saying = reading.cues[n + 1]
        if (
            cue.entry.lemma not in grammar.QUOTING
            or not reading.free(cue.verb)
            or not _as_saying(reading.tokens, cue, saying)
        ):
            continue
        subject = reading.subject(cue)
        if subject is None:
            continue
        if cue.voice is Voice.PASSIVE:
            _quoted(reading, n, subject, *_speaker_and_agent(reading, cue, saying, subject))
        elif cue.voice is Voice.ACTIVE:
            end = saying.first - (reading.tokens[saying.first - 1].low == "as")
            _quoted(reading, n, subject, (cue.last, end), subject)


AS_FAR = 16
"""Tokens from "quoted" to "as saying"."""


def _as_saying(tokens: list[Token], cue: Cue, saying: Cue) -> bool:
    """True where the second verb is the "saying" of "quoted X as saying"."""
    near = cue.last <= saying.first - 1 < cue.last + AS_FAR and tokens[saying.verb].low.endswith("ing")
    led = tokens[saying.first - 1].low == "as" or (cue.entry.lemma != "report" and tokens[saying.verb].low == "saying")
    return near and led and saying.entry.strength in (Strength.SAYS, Strength.TELLS)


def _speaker_and_agent(reading: SentenceScan, cue: Cue, saying: Cue, subject: Range) -> tuple[Range, Range | None]:
    """Who is quoted and who quotes in "X was quoted by R as saying", "X was quoted as saying by R"."""
    tokens = reading.tokens
    for at, end in ((cue.last, saying.first - 1), (saying.last, len(tokens))):
        if at >= end or tokens[at].low not in ("by", "in", "on"):
            continue
        agent = at + 1, phrases.right_phrase(tokens, at + 1, end)
        inside = at == cue.last and is_outlet(reading.sentence.text[slice(*chars(tokens, agent))])
        if tokens[at].low == "by" or inside:  # "quoted in the Daily Post", not "quoted in court"
            return subject, agent
    return subject, None


def _quoted(reading: SentenceScan, n: int, lead: Range, speaker: Range, agent: Range | None) -> None:
    """Keep what somebody is quoted as saying, behind the verb or before it, and who quotes."""
    tokens, cue, saying = reading.tokens, reading.cues[n], reading.cues[n + 1]
    right = None if tokens[min(saying.last, reading.size - 1)].low == "by" else right_content(reading, n + 1)
    said = right or left_content(reading, saying, lead)
    if said is None or speaker[0] >= speaker[1]:
        return
    pronoun = tokens[speaker[0]].low in grammar.ADDRESSEES
    if agent and pronoun and right is None and pass_on(reading, cue, agent, said):
        reading.taken.append((saying.first, saying.last))
        return
    hit = remember(reading, saying, speaker, [said], pattern="chain" if agent else "preposed" if right else "postposed")
    if hit and agent:
        hit.relays.append(Relay(span(tokens, *agent), chars(tokens, (cue.first, cue.last))))
        reading.taken.append(agent)
    if hit:
        reading.taken.append((cue.first, cue.last))


def nested(reading: SentenceScan, n: int, right: Range, outer: Hit) -> None:
    """Read the statement inside a statement: "a medic said the army had announced that ..."."""
    tokens = reading.tokens
    if n + 1 >= len(reading.cues) or outer.strength is not Strength.SAYS:
        return
    cue = reading.cues[n + 1]
    says = cue.entry.strength in (Strength.SAYS, Strength.TELLS)
    says = says and cue.entry.lemma not in grammar.QUOTE_ONLY  # "said talks were continuing and could fail"
    firm = says and cue.voice is Voice.ACTIVE and right[0] < cue.first < right[1] - 2
    subject = phrases.subject(tokens, cue.first, right[0]) if firm else None
    if subject is None or subject[0] != right[0] or tokens[subject[0]].low in grammar.PRONOUNS:
        return
    start = addressee_end(tokens, cue.last, right[1]) if cue.entry.strength is Strength.TELLS else cue.last
    start = phrases.adverbials(tokens, start, right[1])
    start += 1 if start < right[1] and tokens[start].low == "that" else 0
    content = span(tokens, start, right[1])
    if content and phrases.has_verb(tokens, start, right[1]) and tokens[start].low not in grammar.SUBORDINATORS:
        spoken = tokens[cue.first].start, tokens[cue.last - 1].end
        inner = Hit(reading.sentence, chars(tokens, subject), spoken, content=[content], verb=cue.entry)
        inner.pattern, inner.strength = "chain", Strength.THINKS
        inner.relays.append(Relay(outer.source, outer.cue))
        reading.hits.append(inner)
        if passes_on(reading, outer):
            reading.hits.remove(outer)


def cited(reading: SentenceScan, source: Range) -> bool:
    """Give the statement before ", citing two officials" its origin; who cites them becomes the relay."""
    tokens = reading.tokens
    spoken = [h for h in reading.hits if h.strength is Strength.SAYS and h.source and h.content and not h.relays]
    named = span(tokens, *source)
    passer = reading.passing[-1].cue.last if reading.passing else source[0]
    if named and passer < source[0] and phrases.adverbials(tokens, passer, source[0] - 2) >= source[0] - 2:
        cue = tokens[source[0] - 1].start, tokens[source[0] - 1].end
        reading.passing.insert(-1, reading.passing[-1]._replace(relay=Relay(named, cue)))
        return True
    if not spoken or not named or _befallen(tokens, source):
        return False
    if not (_citable(tokens, source) or passes_on(reading, spoken[-1])):
        return False
    _cite(spoken[-1], named, (tokens[source[0] - 1].start, tokens[source[0] - 1].end))
    return True


BEFALLING = words("en/fates", "nouns")


def _citable(tokens: list[Token], source: Range) -> bool:
    """True for those who can be asked: "citing two officials", "citing the ambulance service"; not "citing a lack of staff"."""
    said = tokens[source[0] : source[1]]
    return _head(tokens, source) in grammar.speaking() - BEFALLING or any(t.low in grammar.CITED for t in said)


def _befallen(tokens: list[Token], source: Range) -> bool:
    """True for what happened and cannot be asked, "the release of 40 prisoners"; not for the "release from the club"."""
    return _head(tokens, source) in BEFALLING and any(t.low == "of" for t in tokens[source[0] : source[1]])


def _head(tokens: list[Token], source: Range) -> str:
    """The last word before what explains the group: "release" of "the release of 40 prisoners"."""
    group = list(takewhile(lambda t: t.low not in grammar.PREPOSITIONS, tokens[source[0] : source[1]]))
    return group[-1].low if group else ""


def _cite(hit: Hit, origin: Span, cue: Span) -> None:
    """Make who is cited the origin of the statement, and who cites the relay."""
    hit.relays.append(Relay(hit.source, hit.cue))
    hit.source, hit.pattern, hit.cue = origin, "chain", cue


def opening(reading: SentenceScan) -> None:
    """Give "Citing a report, the Globe said ..." and "The Globe, which cited a report, said ..." its origin."""
    cites = [h for h in reading.hits if h.lemma in ("cite", "quote")]
    if not cites:
        return
    _cited_between(reading)
    first = next((h for h in cites if h.inherited and not h.relays and h in reading.hits), None)
    after = [
        h for h in reading.hits if first and h.cue and first.cue and h.cue > first.cue and h.source == first.source
    ]
    if first is None or not first.cue or first.cue[0] != reading.tokens[0].start or not after:
        return
    if after[0].strength is Strength.SAYS and (first.lemma == "quote" or passes_on(reading, after[0])):
        reading.hits.remove(first)
        _cite(after[0], first.content[0], first.cue)


def _cited_between(reading: SentenceScan) -> None:
    """Give "The Globe, which cited a report, said ..." its origin."""
    for hit in [h for h in reading.hits if h.lemma in ("cite", "quote") and not h.relays]:
        named = hit.antecedent
        same = (h for h in reading.hits if named and h is not hit and h.source and h.source[0] == named[0])
        said = next((h for h in same if h.strength is Strength.SAYS and not h.relays), None)
        if said and named:
            reading.hits.remove(hit)
            said.source = named
            _cite(said, hit.content[0], hit.cue)


def participle(reading: SentenceScan, n: int) -> None:
    """Read "..., adding that ..." and "by saying ...": the source is the one who already speaks or acts."""
    cue = reading.cues[n]
    that = reading.size > cue.last and _shows_that(reading, cue)
    if cue.voice is Voice.GERUND and cue.entry.strength not in (Strength.SAYS, Strength.TELLS) and not that:
        return
    if cue.first and reading.tokens[cue.first - 1].low == "without":
        return
    right = right_content(reading, n)
    after = reading.tokens[cue.last : cue.last + 2]
    if cue.voice is Voice.GERUND and len(after) == 2 and after[0].low == "," and not after[1].quote:
        return  # "over the years of writing, it was lost"
    if right is None or (
        cue.entry.lemma in {"put", *grammar.QUOTE_ONLY} and not any(t.quote for t in reading.tokens[slice(*right)])
    ):
        return
    if cue.entry.lemma in ("cite", "quote") and _aside(reading, cue, right):
        return
    if cue.entry.lemma in ("cite", "quote") and cited(
        reading, (cue.last, phrases.right_phrase(reading.tokens, cue.last, right[1]))
    ):
        return
    if cue.entry.lemma == "cite" and not _tells_anything(reading.tokens, right):
        return  # "the party said, citing security concerns"
    source = previous_source(reading)
    if source is not None:
        resume(reading, cue, source, right, pattern="participle")
        return
    lead = leading(reading, cue.first) if cue.first > reading.floor(cue.first) + 1 else following(reading, right)
    if lead:
        if cue.first <= reading.floor(cue.first) + 1:
            right = (right[0], min(right[1], lead[0] - 1))
        # the lead is not taken: the main verb still needs its subject
        resume(reading, cue, chars(reading.tokens, lead), right, pattern="participle")


def _aside(reading: SentenceScan, cue: Cue, right: Range) -> bool:
    """Give a statement what stands behind whom its own subject cites: "said the firm, citing costs, | would shed 40 jobs"."""
    tokens = reading.tokens
    end = phrases.right_phrase(tokens, cue.last, right[1])
    told = next((h for h in reading.hits if h.content and h.content[-1][1] == tokens[cue.first - 2].end), None)
    goes_on = end + 1 < right[1] and tokens[end].low == "," and phrases.has_verb(tokens, end + 1, right[1])
    rest = span(tokens, cue.last, right[1])
    if told is None or rest is None or not goes_on or told.content[-1][0] < told.cue[1]:
        return False
    begun = next(k for k, t in enumerate(tokens) if t.start >= told.content[-1][0])
    if phrases.has_verb(tokens, begun, cue.first):
        return False
    told.content[-1] = told.content[-1][0], rest[1]
    return True


def _shows_that(reading: SentenceScan, cue: Cue) -> bool:
    """True for "after finding that"."""
    return cue.entry.strength is Strength.SHOWS and reading.tokens[cue.last].low == "that"


def _tells_anything(tokens: list[Token], right: Range) -> bool:
    """True where what is cited is quoted, has a number, is a clause or is told at length, and not a mere reason."""
    said = tokens[right[0] : right[1]]
    return (
        len(said) > AT_LENGTH or any(t.quote or t.low[:1].isdigit() for t in said) or phrases.has_verb(tokens, *right)
    )


AT_LENGTH = 6
"""Words of a reason from which it tells something."""


def leading(reading: SentenceScan, hi: int, lo: int = 0) -> Range | None:
    """The subject of the main clause, or of the clause that opens at `lo`."""
    tokens = reading.tokens
    floor = max(lo, reading.floor(hi))
    for at in range(floor + 1, hi):
        low = tokens[at].low
        if tokens[at - 1].low in grammar.BEFORE_NOUNS:
            continue  # "in the midst of the fear, Roe stepped in and said"
        past = len(low) > 3 and low.endswith("ed") and tokens[at].word and not tokens[at].cap
        if low in grammar.FINITE or past or (low in grammar.verbs() and not tokens[at].cap):
            found = phrases.subject(tokens, phrases.group_start(tokens, at), floor)
            if found:
                return found
    return None


def following(reading: SentenceScan, right: Range) -> Range | None:
    """The subject behind an opening participle: "Speaking to the press, the minister said"."""
    tokens = reading.tokens
    cut = comma(tokens, right[0], right[1])
    for at in range(cut + 2, reading.size):
        low = tokens[at].low
        verb = low in grammar.FINITE or low in grammar.verbs() or (low.endswith("ed") and len(low) > 3)
        if verb and not tokens[at].cap:
            found = phrases.subject(tokens, phrases.group_start(tokens, at), cut + 1)
            return found if found and tokens[found[0]].low not in grammar.PRONOUN_LIKE else None
    return None


def reduced(reading: SentenceScan, n: int) -> None:
    """Read "calls saying ..." and "a letter claiming ...": the noun before the participle is the source."""
    tokens, cue = reading.tokens, reading.cues[n]
    right = right_content(reading, n)
    quoted = cue.entry.strength is Strength.JUDGES and right and any(t.quote for t in tokens[slice(*right)])
    if cue.entry.strength not in (Strength.SAYS, Strength.SHOWS) and not quoted:
        return
    if right is None or cue.first <= reading.floor(cue.first):
        return
    if tokens[cue.first - 1].low in grammar.PARTICLES:
        source = leading(reading, cue.first, _clause_start(reading, cue.first))
    elif (made := maker(reading, cue.first)) is not None:
        source = made
    else:
        source = phrases.minimal(tokens, max(reading.floor(cue.first), cue.first - 8), cue.first), cue.first
    if source:
        remember(reading, cue, source, [right], pattern="reduced")


def _clause_start(reading: SentenceScan, at: int) -> int:
    """Where the last of several clauses begins: "Roe held services, and | one who came has come out saying"."""
    tokens, floor = reading.tokens, reading.floor(at)
    joints = [
        k for k in range(floor + 2, at - 2) if tokens[k].low in ("and", "but") and phrases.has_verb(tokens, floor, k)
    ]
    return next((k + 1 for k in reversed(joints) if not phrases.opens_with_verb(tokens, k + 1)), 0)


def maker(reading: SentenceScan, at: int) -> Range | None:
    """The subject of the verb whose object reports: "She repeated the claim that", "The club sent a letter saying"."""
    tokens = reading.tokens
    for verb in range(at - 1, max(reading.floor(at), at - 6), -1):
        if tokens[verb].low in grammar.MAKING:
            return phrases.subject(tokens, phrases.group_start(tokens, verb), reading.floor(at))
        if not tokens[verb].word or tokens[verb].low in grammar.FINITE:
            return None
    return None


def _of_a_noun(tokens: list[Token], at: int, floor: int) -> bool:
    """True where the subject ends a claim that its noun is read with: "the claim that it has | 40 pikes was rejected"."""
    return any(tokens[k].low in grammar.NOUNS and tokens[k + 1].low == "that" for k in range(floor, at))


def _no_agent(tokens: list[Token], at: int) -> bool:
    """True where something else follows whom a passive names: "by police | at 12,000"."""
    put = tokens[at].low in ("at", "as") and tokens[at + 1 : at + 2] and tokens[at + 1].low[:1].isdigit()
    return bool(put) or tokens[at].low in grammar.NO_STATEMENT | grammar.BEHIND_AGENT


def _told_in(reading: SentenceScan, cue: Cue, about: Range | None) -> bool:
    """Read "40 voters were struck off, | it was alleged in a petition": what stands before, by who or what tells it."""
    tokens, at = reading.tokens, cue.last
    if about is None or tokens[about[0]].low != "it" or tokens[about[0] - 1].low != ",":
        return False
    if at + 1 >= reading.size or tokens[at].low not in ("in", "by") or tokens[at + 1].low in grammar.DAYS:
        return False
    end = phrases.right_phrase(tokens, at + 1, reading.size)
    end = next((k for k in range(at + 2, end) if tokens[k].low.endswith("ed") or _when(tokens, k)), end)
    named = any(t.low in grammar.speaking() or t.cap for t in tokens[at + 1 : end])
    left = reading.floor(about[0]), about[0] - 1
    return named and remember(reading, cue, (at + 1, end), [left], pattern="passive") is not None


TIMED = 5
"""Words of a time between who tells and what is told: "told by the bank | late in December | that"."""


def _when(tokens: list[Token], at: int) -> bool:
    """True where a time or a paper follows whom a passive names: "told by regulators | in December that"."""
    if tokens[at].low not in grammar.BEFORE_TIMES | {"in"} or at + 1 >= len(tokens):
        return False
    after = tokens[at + 1]
    paper = tokens[at].low == "in" and after.low in ("a", "an")
    return (
        paper
        or after.low in grammar.DAYS | grammar.BEFORE_TIMES
        or (after.low.isdigit() and len(after.low) == len("2019"))
    )


def _shows(tokens: list[Token], source: Range | None, complement: str) -> bool:
    """True where a verb ends what "by" would name: "Papers seen by | the Globe show | that"."""
    last = tokens[source[1] - 1] if source and complement == "that" and source[1] - source[0] > 1 else None
    return last is not None and not last.cap and last.low in grammar.verbs()


def passive(reading: SentenceScan, n: int) -> None:
    """Read "was described by X as ...", "is believed to ..." and "it was reported that ..."."""
    tokens, cue = reading.tokens, reading.cues[n]
    if cue.entry.lemma in ("back", "support"):  # "troops backed by jets" reports nothing
        return
    stop = statement_end(reading, n)
    about = reading.subject(cue)
    if about and cue.verb == cue.first:
        at = phrases.minimal(tokens, *about)
        at -= at > about[0] and tokens[at - 1].low[:1].isdigit()
        at -= at > about[0] and tokens[at - 1].low in grammar.DETERMINERS
        about = at, about[1]  # "met | the 40 men expected by the firm to strike"
    wish = about and cue.entry.strength is Strength.JUDGES and _of_a_noun(tokens, about[0], reading.floor(cue.first))
    if wish or _told_in(reading, cue, about):
        return
    joined = cue.first > 0 and tokens[cue.first - 1].low in grammar.COORDINATORS
    if cue.verb == cue.first and (about is None or joined):
        return
    at = cue.last
    source: Range | None = None
    if at < stop and tokens[at].low == "by" and at + 1 < stop and not phrases.low_ing(tokens[at + 1]):
        end = phrases.right_phrase(tokens, at + 1, stop)
        end = next((k for k in range(at + 1, end) if _no_agent(tokens, k) or _when(tokens, k)), end)
        source, told = (
            (at + 1, end),
            next((k for k in range(end, min(end + TIMED, stop)) if tokens[k].low == "that"), end),
        )
        end = told if all(t.word for t in tokens[end:told]) else end
        at = end
    elif cue.entry.lemma not in grammar.PASSIVE_HEARSAY or cue.verb == cue.first:
        return
    complement = tokens[at].low if at < stop else ""
    deed = cue.entry.lemma in grammar.DEEDS or cue.entry.lemma in grammar.QUOTE_ONLY or cue.entry.lemma == "see"
    if deed and complement not in ("that", "as", "to"):
        return
    agent = next((k for k in range(stop - 2, at, -1) if tokens[k].low == "by"), None) if complement == "as" else None
    if source is None and agent:
        source, stop = (agent + 1, phrases.right_phrase(tokens, agent + 1, stop)), agent
    if (source is None and complement not in ("to", "that", "as")) or _shows(tokens, source, complement):
        return
    if complement == "that":
        remember(reading, cue, source, [(at + 1, stop)], pattern="passive")
    elif about:
        remember(reading, cue, source, [about, (at, stop)], pattern="passive")
