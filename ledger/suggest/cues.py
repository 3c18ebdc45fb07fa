"""Reporting cues in a sentence: which words are verbs of reporting here, and in which construction."""

from __future__ import annotations

from ledger.lexicon import listed, values, words
from ledger.suggest import grammar
from ledger.suggest.grammar import Cue, Form, Strength, Verb, Voice
from ledger.suggest.phrases import HARD, adverb, adverbials, group_start, has_verb, low_ing, numbered, two_words
from ledger.suggest.sentence_tokens import DASHES, Sentence, Token

DOING = (Strength.JUDGES, Strength.WANTS)
"""Verbs that tell a deed where an adverb of hearsay stands before them: "reportedly apologised"."""
CONDITIONS = words("en/stance", "conditions")
CLAIMED = words("en/reporting", "claimed")
QUESTIONS = words("en/stance", "openers") - {"that"} | {"if"}
MARKUP = frozenset("</=@#_\\")


# More cues than this in one sentence are no prose; the bound keeps hostile text linear.
MOST = 32


def cues(sentence: Sentence) -> list[Cue]:
    """The reporting verbs of the sentence in order; nouns and adjectives of the same shape are left out."""
    if sentence.cues is None:
        known = grammar.verbs().keys() & sentence.lows
        found = _cues(sentence.tokens, known) if known else []
        held = [] if ATTITUDES.isdisjoint(sentence.lows) else _attitudes(sentence.tokens)
        sentence.cues = sorted([*found, *held], key=lambda c: c.first) if held else found
    return sentence.cues


DOUBTING, ATTITUDES = words("en/stance", "doubtful"), words("en/stance", "doubtful") | words("en/stance", "certain")
BEING = grammar.BE | words("en/stance", "remaining")
DENIES_TALK = frozenset(verb.replace(" ", "_") for verb in words("en/stance", "denies_talk"))
TOLD = words("en/stance", "told")
NEAR_TALK = 5
"""Words behind a verb in which the talk stands that it denies: "quashed all the recent rumours"."""
NO_HOLDER = frozenset({"it", "there", "what", "this", "that", "which"})
"""Before "is certain that", where nobody is."""


def _clause_opens(token: Token) -> bool:
    """True for "that" and for what begins a clause without it: "adamant | he never paid"."""
    return token.low in ("that", "whether") or token.low in grammar.SUBJECT_PRONOUNS


def _attitudes(tokens: list[Token]) -> list[Cue]:
    """As in "analysts are sceptical that", "the club was adamant that": who holds it, and what."""
    found: list[Cue] = []
    for at in (k for k, t in enumerate(tokens[:-2]) if t.low in ATTITUDES and _clause_opens(tokens[k + 1])):
        first = group_start(tokens, at)
        first -= first == at and at > 0 and tokens[at - 1].low in BEING
        held = any(t.low in BEING or t.low.endswith(("'re", "'s", "'m")) for t in tokens[first:at])
        if held and first and tokens[first - 1].low not in NO_HOLDER:
            lemma = "doubt" if tokens[at].low in DOUBTING else "believe"
            found.append(Cue(first, at, at + 1, Verb(lemma, Strength.THINKS, frozenset()), Voice.ACTIVE))
    return found


def _cues(tokens: list[Token], known: set[str]) -> list[Cue]:
    table = grammar.verbs()
    found: list[Cue] = []
    verbs = [at for at, token in enumerate(tokens) if token.low in known and token.word]
    titled = any(tokens[at].cap for at in verbs) and _titled(tokens)
    for at in verbs:
        token, slot = tokens[at], table[tokens[at].low]
        if token.cap and not (titled or _opens(tokens, at)):
            continue
        if titled and token.cap and token.low in grammar.HOMOGRAPHS:
            continue
        if (at and tokens[at - 1].low in MARKUP) or _in_brackets(tokens, at):
            continue
        chosen = _entry(slot, tokens, at)
        if chosen is None:
            continue
        entry, last = chosen
        after = tokens[last].low if last < len(tokens) else ""
        deed = (entry.lemma in grammar.INFINITIVE and after != "to") or (
            after.endswith(("self", "selves"))
            and (entry.lemma in grammar.DEEDS or entry.strength is Strength.SHOWS or entry.lemma == "assert")
        )
        voice = (
            None
            if deed or _other_sense(tokens, at, entry, last) or _unnamed(tokens, last)
            else _construction(tokens, at, entry)
        )
        if voice is not None and len(found) < MOST:
            first = at if voice in (Voice.PARTICIPLE, Voice.REDUCED, Voice.GERUND) else _first(tokens, at)
            found.append(Cue(first, at, last, entry, voice))
    return found


def _other_sense(tokens: list[Token], at: int, entry: Verb, last: int) -> bool:
    """True where the verb tells of something else than of what is said."""
    token, after, lemma = tokens[at], tokens[last].low if last < len(tokens) else "", entry.lemma
    return (
        (lemma == "call" and _naming(tokens, at))
        or (lemma == "think" and after in ("tank", "tanks"))
        or (lemma == "like" and _such_as(tokens, at))
        or (lemma == "state" and after in grammar.speaking())  # "which state media claimed"
        or (at == 0 and token.low in CONDITIONS)  # "Assuming the judge says"
        or (token.low == "saw" and lemma == "see" and _looked_at(tokens, last))
        or (lemma == "claim" and _took(tokens, last))
        or (lemma in BLOWS and _put_down(tokens, last))
        or (lemma == "accept" and after != "that")
        or (lemma in DENIES_TALK and TOLD.isdisjoint(t.low for t in tokens[last : last + NEAR_TALK]))
        or (lemma == "question" and _questioned(tokens, last))
        or (lemma == "report" and after in HANDED and last + 1 < len(tokens) and tokens[last + 1].low == "to")
        or (
            lemma == "point_to" and (tokens[at - 1].low[:1].isdigit() or tokens[at - 1].low in ("percentage", "basis"))
        )  # "12 points to 340"
        or (lemma in grammar.INQUIRING and after not in QUESTIONS)
        or (entry.strength in DOING and at > 0 and tokens[at - 1].low in grammar.ADVERBS)
    )


def _questioned(tokens: list[Token], at: int) -> bool:
    """True where a person is questioned, and no claim: "questioned a 19-year-old man"."""
    end = next((k for k in range(at, min(at + NEAR, len(tokens))) if not tokens[k].word), min(at + NEAR, len(tokens)))
    first = tokens[at].low if at < end else ""
    return first in HANDED or (any(t.low in PERSONS for t in tokens[at:end]) and first not in QUESTIONS | {"the"})


PERSONS = words("en/counted", "person") | words("en/counted", "people") | words("en/counted", "roles")
HANDED = words("en/reporting", "handed")
"""What is reported to somebody without a word of it: "reported it to the police"."""


def _in_brackets(tokens: list[Token], at: int) -> bool:
    """True for a word that opens a bracket and has no subject: "(estimated 10p an hour)", "(see below)"."""
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    return at > 0 and tokens[at - 1].low == "(" and after not in ("that", ":")


def _titled(tokens: list[Token]) -> bool:
    """True where the sentence is set like a headline, every longer word with a capital."""
    long = [t for t in tokens if t.word and len(t.low) > 4]
    return len(long) > 2 and sum(t.cap for t in long) >= 0.8 * len(long)


def _opens(tokens: list[Token], at: int) -> bool:
    return at == 0 or tokens[at - 1].low in HARD or (tokens[at - 1].low in DASHES and tokens[at - 1].low != "-")


def _first(tokens: list[Token], verb: int) -> int:
    first = group_start(tokens, verb)
    split = first > 1 and first == verb and tokens[first - 1].low in SPLITTING and tokens[first - 2].low == "to"
    if split or (first and tokens[first - 1].low == "to" and first == verb):
        first -= 1 + split
    return first


def _entry(slot: dict[tuple[str, ...], Verb], tokens: list[Token], at: int) -> tuple[Verb, int] | None:
    """The verb that the form and the particles after it make, with the end of its group."""
    for particles, entry in slot.items():
        end = at + 1 + len(particles)
        if tuple(t.low for t in tokens[at + 1 : end]) == particles:
            return entry, end
    return None


def _construction(tokens: list[Token], at: int, entry: Verb) -> Voice | None:
    aside = tokens[at + 1].low == "," if at + 1 < len(tokens) else False
    homograph = entry.lemma.partition("_")[0] in grammar.HOMOGRAPHS and Form.ING not in entry.forms
    return Voice.ACTIVE if aside and homograph and _aside_speaker(tokens, at) else _voice(tokens, at, entry)


def _voice(tokens: list[Token], at: int, entry: Verb) -> Voice | None:
    back = at - 1
    while back >= 0 and tokens[back].word and (adverb(tokens[back]) or two_words(tokens, back + 1)):
        back -= 1 if adverb(tokens[back]) else 2
    prev = tokens[back] if back >= 0 else None
    after = tokens[at + 1].low if at + 1 < len(tokens) else ""
    if Form.ING in entry.forms:
        if tokens[at].low in grammar.NOUNS and any(_owned(t) for t in tokens[max(0, at - 2) : at]):
            return None  # "the lab's first finding that"
        noun = entry.lemma in grammar.HOMOGRAPHS and prev is not None and prev.word and not _object_follows(after)
        return None if noun and _ing(prev) is Voice.REDUCED else _ing(prev)
    homograph = entry.lemma.partition("_")[0] in grammar.HOMOGRAPHS
    if entry.forms & {Form.PAST, Form.PARTICIPLE} and (
        Form.BASE not in entry.forms or prev is None or prev.low != "to"
    ):
        if _done_to(tokens, at, entry, after) or (homograph and Form.BASE in entry.forms and _named_thing(tokens, at)):
            return None
        spoken = entry.lemma in ("say", "tell", "add")
        return _past(prev, after, lone=Form.PARTICIPLE in entry.forms, spoken=spoken)
    if homograph and not (prev and prev.low in grammar.PRONOUNS) and relative_behind(tokens, at):
        return None
    if homograph and Form.PRESENT in entry.forms and _handed_over(tokens, at):
        return None  # "Payroll records obtained by the union show"
    if homograph and prev and _a_noun(tokens, prev, back) and not _handed_by(tokens, at, entry):
        return None
    if after in ("", ".") and tokens[0].quote and prev and prev.word and entry.lemma in grammar.STRONG_SPEECH:
        return Voice.ACTIVE  # "...," a voice in the film states.
    if Form.PRESENT in entry.forms and homograph and after in ("", ".") and _closes_with_speaker(tokens, at):
        shows = entry.strength is Strength.SHOWS and (
            tokens[at - 1].low in grammar.speaking() or _made_public(tokens, at)
        )
        thinks = entry.strength is Strength.THINKS and tokens[at - 1].low in grammar.speaking()
        return Voice.ACTIVE if shows or thinks or entry.lemma in grammar.STRONG_SPEECH else None
    if Form.PRESENT in entry.forms:
        return _present(prev, entry, after, named=at + 1 < len(tokens) and tokens[at + 1].cap)
    return _plain_form(tokens, at, entry, back)


def _aside_speaker(tokens: list[Token], at: int) -> bool:
    """True for "The scheme, ministers | claim, will": several who speak, between commas, with their verb."""
    comma = next((k for k in range(at - 1, max(0, at - NEAR), -1) if not tokens[k].word), at)
    plural = tokens[at - 1].low
    speaks = plural in grammar.speaking() or (plural.endswith("s") and _speaks(plural))
    return 0 < comma < at - 1 and tokens[comma].low == "," and speaks


def _a_noun(tokens: list[Token], before: Token, back: int) -> bool:
    """True for "three times its | estimate", "the club's Oslo | plans to", "under European | rules"."""
    led = tokens[back - 1].low if back else ""
    done = (
        low_ing(before) and led in grammar.BE
    ) or led in grammar.MODAL  # "are probing | claims", "will check | claims"
    shows = tokens[back + 2].low if back + 2 < len(tokens) else ""
    done = done or any(map(_shows, grammar.verbs().get(shows, {}).values()))  # "police figures show"
    return done or before.low in grammar.OWNERS or (before.cap and (_of_another(tokens, back) or _led(tokens, back)))


def _handed_over(tokens: list[Token], at: int) -> bool:
    """True where what follows was done to a thing: "records | obtained by", "reports | seen by"."""
    after = [t.low for t in tokens[at + 1 : at + 3]]
    return len(after) > 1 and after[1] == "by" and (after[0].endswith("ed") or after[0] in ("seen", "kept", "drawn"))


def _plain_form(tokens: list[Token], at: int, entry: Verb, back: int) -> Voice | None:
    """The construction of a form that is also that of a noun or an infinitive, with the word before its adverbs."""
    prev, after = tokens[back] if back >= 0 else None, tokens[at + 1].low if at + 1 < len(tokens) else ""
    several = prev and (
        _plural_speakers(tokens, at, after)
        or _shown_behind(tokens, at, entry)
        or _handed_by(tokens, at, entry)
        or _records_show(tokens, at, entry)
    )
    if Form.BASE in entry.forms and several:
        return Voice.ACTIVE
    if back > 0 and tokens[back].low in SPLITTING and tokens[back - 1].low == "to":
        return Voice.INFINITIVE  # "to better understand"
    beside = prev is not None and prev.low in grammar.COORDINATORS
    if beside and any(t.low == "to" for t in tokens[max(0, back - 6) : back]):
        return None  # "to build and tell stories"
    return _base(prev, entry, after)


SPLITTING = words("en/grammar", "splitting")


def _made_public(tokens: list[Token], at: int) -> bool:
    """True for "..., a survey released on Monday | shows"."""
    comma = next((k for k in range(at - 1, max(0, at - NEAR), -1) if tokens[k].low == ","), at)
    noun = comma + 1 + (tokens[min(comma + 1, at)].low in grammar.DETERMINERS)
    return noun + 1 < at and _speaks(tokens[noun].low) and tokens[noun + 1].low in MADE_PUBLIC


MADE_PUBLIC = words("en/speakers", "made_public")


def _handed_by(tokens: list[Token], at: int, entry: Verb) -> bool:
    """True for "records obtained by the guild | show 31 names", "images analysed by the institute | show"."""
    by = next((k for k in range(at - 1, max(1, at - NEAR), -1) if tokens[k].low == "by"), 0)
    noun = tokens[by - 2].low if by and _handed_over(tokens, by - 2) else ""
    shown = _speaks(noun) or entry.strength is Strength.SHOWS
    return noun.endswith("s") and shown and all(t.word for t in tokens[by:at])


def _closes_with_speaker(tokens: list[Token], at: int) -> bool:
    """True at the end of "..., the insurer claims": only a noun phrase stands between the comma and the verb."""
    comma = next((k for k in range(at - 1, max(0, at - NEAR), -1) if tokens[k].low == ","), at)
    opens = comma + 2 < at + 1 and (tokens[comma + 1].cap or tokens[comma + 1].low in grammar.DETERMINERS)
    opens = opens or (comma + 1 < at == len(tokens) - 1 and tokens[at - 1].low in grammar.speaking())  # a headline
    return opens and all(t.word and t.low not in grammar.COORDINATORS for t in tokens[comma + 1 : at])


def _plural_speakers(tokens: list[Token], at: int, after: str) -> bool:
    """True for "Analysts at the bank | estimate that": several who speak, with where they belong behind them."""
    if after != "that" or tokens[at - 1].low in grammar.DETERMINERS or relative_behind(tokens, at):
        return False
    link = next((k for k in range(at - 2, max(0, at - NEAR), -1) if tokens[k].low in grammar.PREPOSITIONS), 0)
    noun = tokens[link - 1].low if link and all(t.word for t in tokens[link:at]) else ""
    several = noun.endswith("s") and not noun.endswith(("'s", "s'")) and _speaks(noun)
    return several or noun in grammar.PLURAL_SUBJECTS - grammar.AMOUNTS


def _shows(entry: Verb) -> bool:
    return entry.strength is Strength.SHOWS or entry.lemma == "suggest"


def _records_show(tokens: list[Token], at: int, entry: Verb) -> bool:
    """True for "Police figures | show crime fell": a clause follows those that can be cited, without "that"."""
    after = tokens[at + 1] if at + 1 < len(tokens) else None
    cited = tokens[at - 1].low in grammar.CITED and tokens[at - 1].low.endswith(("s", "data"))
    follows = after is not None and after.word and after.low not in grammar.PREPOSITIONS | grammar.BE
    return _shows(entry) and cited and follows and has_verb(tokens, at + 1, len(tokens))


def _shown_behind(tokens: list[Token], at: int, entry: Verb) -> bool:
    """True at the end of "..., accounts filed in December show"."""
    if entry.strength is not Strength.SHOWS or not (at + 1 == len(tokens) or tokens[at + 1].low == "."):
        return False
    comma = next((k for k in range(at - 1, max(0, at - NEAR), -1) if tokens[k].low == ","), 0)
    noun = next((t.low for t in tokens[comma + 1 : at] if t.low.endswith("s") or t.low == "data"), "")
    led = tokens[at - 2].low in grammar.DETERMINERS and not _speaks(tokens[at - 1].low)
    return comma > 0 and _speaks(noun) and not led and all(t.word for t in tokens[comma + 1 : at])


def _speaks(noun: str) -> bool:
    return noun in grammar.speaking() or noun.removesuffix("s") in grammar.speaking() or noun.endswith(SPEAKING_ENDS)


def _done_to(tokens: list[Token], at: int, entry: Verb, after: str) -> bool:
    """True for the participle of what something is done to: "a study published in May", "gases found in fridges"."""
    if entry.lemma in ("publish", "broadcast", "record", "brief", "charge"):
        return after in grammar.BEFORE_TIMES or after in grammar.PREPOSITIONS or after.endswith("ly")
    if at and entry.strength in GIVEN and _given_out(tokens, at, after):
        return not (entry.lemma in CLOSING and _closes_the_sentence(tokens, at))
    if entry.lemma == "find":
        return after in grammar.PREPOSITIONS and all(t.low != "that" for t in tokens[at : at + 7])
    if (
        entry.lemma in grammar.PUTTING and after == "at" and at and tokens[at - 1].word
    ):  # "a crowd estimated at 400 left"
        figure = next((k for k in range(at + 2, min(at + 5, len(tokens))) if tokens[k].low[:1].isdigit()), None)
        return figure is not None and figure + 1 < len(tokens) and _finite(tokens[figure + 1])
    if entry.lemma == "compare":
        return after in ("to", "with")
    if entry.lemma in grammar.NAMERS and after == "as" and at:  # "a clerk branded as a spy"
        before = {t.low for t in tokens[max(0, at - NEAR) : at]}
        return not tokens[at - 1].cap and before.isdisjoint(grammar.RELATIVE | grammar.AUXILIARY | {"what"})
    return entry.strength is Strength.JUDGES and "_" not in entry.lemma and after in ("of", "for")


GIVEN = (Strength.SAYS, Strength.JUDGES, Strength.WANTS)


def _given_out(tokens: list[Token], at: int, after: str) -> bool:
    """True for what somebody else said or did: "the laws proposed in May were dropped"."""
    noun = tokens[at - 1]
    if (
        after not in grammar.BEFORE_TIMES | TIMED
        or noun.cap
        or not noun.word
        or noun.low in grammar.PRONOUNS | grammar.AUXILIARY
    ):
        return False
    speaks = not grammar.speaking().isdisjoint((noun.low, noun.low.removesuffix("s")))
    plural = noun.low.endswith("s") and not speaks and not noun.low.endswith(("'s", "s'", "ss"))
    told = any(t.low in ("that", ":", ",") or t.quote for t in tokens[at + 1 : at + NEAR])
    return plural and not told


def _closes_the_sentence(tokens: list[Token], at: int) -> bool:
    """True for "The roof has rotted, barn surveyors | said on Monday": a clause, then who says it."""
    comma = next((k for k in range(at - 1, max(0, at - NEAR), -1) if not tokens[k].word), 0)
    end = next((k for k in range(at + 1, len(tokens)) if not tokens[k].word), len(tokens))
    timed = adverbials(tokens, at + 1, end) >= end and end - at < NEAR
    clause = comma > 0 and tokens[comma].low == "," and has_verb(tokens, 0, comma)
    closed = end == len(tokens) or tokens[end].low in (".", ";")
    plain = not any(_finite(t) or t.low in grammar.PREPOSITIONS for t in tokens[comma + 1 : at])
    return clause and closed and timed and plain


CLOSING = grammar.STRONG_SPEECH | {"announce"}
TIMED = words("en/reporting", "timed")
NEAR = 8
"""Tokens before a participle among which its auxiliary or its object stands: "what the club described as"."""


def _of_another(tokens: list[Token], at: int) -> bool:
    """True where the capitals that end here belong to somebody named before them: "the club's Oslo"."""
    while at > 0 and tokens[at].cap and not tokens[at].low.endswith(("'s", "s'")):
        at -= 1
    return tokens[at].low.endswith(("'s", "s'"))


def _led(tokens: list[Token], at: int) -> bool:
    """True where a preposition opens the sentence or its clause before the one capital that ends here."""
    before = tokens[at - 1].low if at else ""
    return before in grammar.PREPOSITIONS and (at == 1 or not tokens[at - 2].word) and before not in ("according", "to")


def _naming(tokens: list[Token], at: int) -> bool:
    """True where a name follows "called" and "a" opens the phrase before it: "a firm called Acme"."""
    if at + 1 >= len(tokens) or not (tokens[at + 1].cap or tokens[at + 1].quote):
        return False
    if tokens[at].low == "called" and any(_finite(t) for t in tokens[at + 2 : at + 3]):
        return True  # "a tool called “Marble” allowed"
    back = next(
        (t.low for t in reversed(tokens[max(0, at - 6) : at]) if t.low in grammar.DETERMINERS or not t.word), ""
    )
    return back in ("a", "an") and tokens[at].low == "called"


def _named_thing(tokens: list[Token], at: int) -> bool:
    """True where "forecast" is a thing: "its growth forecast", "the new forecast"; not "the bank forecast"."""
    before = tokens[at - 1] if at else None
    if before is None or not before.word or before.cap or before.low in grammar.PRONOUNS | grammar.AUXILIARY:
        return False
    owned = any(_owned(t) and t.low not in ("the", "a", "an") for t in tokens[max(0, at - 3) : at])
    speaks = before.low in grammar.speaking() or before.low.removesuffix("s") in grammar.speaking()
    return not adverb(before) and not speaks and (owned or not before.low.endswith("s"))


def _owned(token: Token) -> bool:
    return token.low in grammar.DETERMINERS or token.low.endswith(("'s", "s'"))


def _looked_at(tokens: list[Token], at: int) -> bool:
    """True where somebody sees a thing, and takes it for nothing: "who saw the crash"; not "sees it as a threat"."""
    first = tokens[at].low if at < len(tokens) else ""
    return first not in ("", "that", ",") and all(t.low != "as" and not t.quote for t in tokens[at : at + NEAR])


def _took(tokens: list[Token], at: int) -> bool:
    """True for what is claimed without a word, "the fire claimed 6 lives", and no clause: "claimed 6 lives were lost"."""
    end = next((k + 1 for k in range(at, min(at + 5, len(tokens))) if tokens[k].low in CLAIMED), at)
    beside = tokens[end] if end < len(tokens) else None
    return end > at and not (beside and (_finite(beside) or beside.low in grammar.AUXILIARY))


BLOWS = words("en/reporting", "blows")
DOWN, OWN = words("en/reporting", "down"), words("en/grammar", "possessives") - {"the"}


def _put_down(tokens: list[Token], at: int) -> bool:
    """True where a thing is slammed, and no decision: "slammed the door shut", "slammed her book on the bench"."""
    end = next((k for k in range(at, min(at + 5, len(tokens))) if not tokens[k].word), min(at + 5, len(tokens)))
    own = tokens[at].low in OWN if at < end else False
    return any(t.low in DOWN or (own and t.low == "on") for t in tokens[at:end])


def _finite(token: Token) -> bool:
    return token.low in grammar.FINITE or (token.low.endswith("ed") and token.word and not token.cap)


def _such_as(tokens: list[Token], at: int) -> bool:
    """True for the "like" that names examples: "games like chess"."""
    return (tokens[at - 1].low if at else "") not in LIKING


LIKING = grammar.SUBJECT_PRONOUNS | grammar.MODAL | grammar.DO | {"to", "who", "people", "also", "really"}
"""Before "like" as a verb."""


def _unnamed(tokens: list[Token], at: int) -> bool:
    """True where the words behind the verb only ask that nobody be named: "not to be identified", "refused to give a name"."""
    at += tokens[at].low == "not" if at < len(tokens) else 0
    said = [t.low for t in tokens[at : at + 6]]
    if said[:2] == ["to", "be"]:
        return said[2:3] != [] and said[2] in grammar.NAMING
    return said[:1] == ["to"] and said[1:2] != [] and said[1] in GIVING and not NAMES.isdisjoint(said[2:5])


def relative_behind(tokens: list[Token], at: int) -> bool:
    """True where "that" and a verb follow a noun: "states that rely on fishing", "claims that were paid"."""
    if at + 4 >= len(tokens) or tokens[at + 1].low != "that":
        alone = [t.word for t in tokens[at + 1 :]] in ([True, True], [True, True, False])
        return alone and tokens[at + 1].low == "that"  # "the statement that follows"
    verb, after = tokens[at + 2], tokens[at + 3].low
    ends = after in grammar.COORDINATORS or after in (",", ".")
    if verb.low in grammar.FINITE or (ends and verb.low.endswith("s") and not verb.cap):
        return True
    bare = verb.word and not verb.cap and verb.low not in NO_VERBS and not verb.low.endswith("s")
    if bare and verb.low.endswith("ed") and after in grammar.DETERMINERS | grammar.FINITE:
        return True
    return bare and after in grammar.PREPOSITIONS and after != "of" and not tokens[at + 4].low[:1].isdigit()


GIVING, NAMES = words("en/reporting", "giving"), words("en/reporting", "names")
SPEAKING_ENDS = tuple(listed("en/speakers", "endings"))
NO_VERBS = grammar.DETERMINERS | grammar.SUBJECT_PRONOUNS | grammar.PREPOSITIONS | grammar.SUBORDINATORS


def _ing(prev: Token | None) -> Voice | None:
    if prev is None:
        return Voice.PARTICIPLE
    if prev.low in grammar.BE:
        return Voice.ACTIVE
    if prev.low in grammar.BEGIN:
        return Voice.ACTIVE
    if prev.low in (",", "“”") or not prev.word:
        return Voice.PARTICIPLE
    if prev.low in grammar.COORDINATORS:
        return Voice.PARTICIPLE
    if prev.low in grammar.PREPOSITIONS or prev.low in grammar.SUBORDINATORS:
        return Voice.GERUND
    if prev.low in grammar.DETERMINERS or prev.low.endswith("'s"):
        return None
    return Voice.REDUCED


OPEN = ("that", "by", "", ",", ".", ":", "“”")


def _past(prev: Token | None, after: str, *, lone: bool, spoken: bool) -> Voice | None:
    if prev is None:
        return Voice.PASSIVE if after == "by" else Voice.ACTIVE
    if prev.word and not prev.cap and prev.low.endswith("ed") and not spoken and after not in OPEN:
        return None  # "held detailed plans"
    if lone and prev.low not in grammar.BE and prev.low not in grammar.HAVE and not prev.low.endswith("'ve"):
        return Voice.PASSIVE if after == "by" else None
    if prev.low in grammar.BE or prev.low in ("become", "became", "becomes"):
        return Voice.PASSIVE
    if prev.low in ("him", "them", "me", "us"):
        return None  # "had him declared insane"
    if prev.low in grammar.HAVE:
        return Voice.ACTIVE
    several = prev.cap and prev.low.endswith("s") and not prev.low.endswith("ss")  # "the Finns expected by the airline"
    if after == "by" and (several or not (prev.cap or prev.low in grammar.PRONOUNS)):
        return Voice.PASSIVE
    if prev.low in grammar.DETERMINERS and prev.low not in grammar.PRONOUN_LIKE and not numbered(prev):
        return None
    if prev.low in grammar.PREPOSITIONS or prev.low.endswith("'s"):
        return None
    return Voice.ACTIVE


def _present(prev: Token | None, entry: Verb, after: str, *, named: bool) -> Voice | None:
    lemma, strength = entry.lemma.partition("_")[0], entry.strength
    homograph = lemma in grammar.HOMOGRAPHS
    if prev is None:
        return None if homograph else Voice.ACTIVE
    if homograph and prev.low.endswith("ed") and not prev.cap:
        return None  # "raised fears that"
    if prev.low in grammar.DETERMINERS and prev.low not in ("this", "that", "one", "each", "another"):
        return None
    if homograph and prev.low in grammar.VERDICTS:
        return None  # "dismissed as nonsense claims that"
    if prev.low in grammar.PREPOSITIONS or prev.low.endswith(("'s", "s'")):
        return None
    if homograph and (prev.low.removesuffix("s") in grammar.DAYS or prev.low.endswith(("est", "ous", "ive"))):
        return None
    if homograph and not (prev.cap or prev.low in grammar.PRONOUNS or prev.low in grammar.COORDINATORS):
        ends = (entry.strength is Strength.SHOWS and after in ("", ".", ",")) or (
            strength is Strength.WANTS and after == "to"
        )
        return Voice.ACTIVE if named or ends or _object_follows(after) else None
    if homograph and after in grammar.NOT_OBJECTS:
        return None
    return Voice.ACTIVE


def _object_follows(after: str) -> bool:
    """True where the next word can only open the object of a verb, so that the word before it is one."""
    return (
        after in grammar.OBJECT_OPENERS or after in grammar.SUBJECT_PRONOUNS or after[:1].isdigit() or after in NUMERALS
    )


NUMERALS = values("en/numbers", "cardinals").keys() - {"one"}


def _base(prev: Token | None, entry: Verb, after: str) -> Voice | None:
    if prev is None:
        return None
    low, lemma = prev.low, entry.lemma.partition("_")[0]
    if low == "to":
        return Voice.INFINITIVE
    if low in ("help", "helps", "helped"):
        return None  # "slides that help explain it"
    if (
        (low in grammar.MODAL and not prev.cap)
        or low in grammar.DO
        or low in ("i", "we", "you", "they", "who", "which")
    ):
        return Voice.ACTIVE
    homograph = lemma in grammar.HOMOGRAPHS
    if homograph and (after in grammar.FINITE or (after in grammar.verbs() and after.endswith(("s", "ed")))):
        return None  # "the police report lists nine"
    if low in grammar.PLURAL_SUBJECTS and not (
        homograph and (after in grammar.NOT_OBJECTS or after in ("for", "with"))
    ):
        return Voice.ACTIVE
    firm = lemma in grammar.STRONG_SPEECH or entry.strength in (Strength.SHOWS, Strength.THINKS)
    if firm and after in (".", "") and low.endswith("s"):
        return Voice.ACTIVE
    dated = homograph and low.removesuffix("s") in grammar.DAYS
    if dated and after == "that":
        return Voice.ACTIVE  # "figures released on Friday show that"
    if dated or low.endswith(("'s", "s'")) or (homograph and after in grammar.NOT_OBJECTS):
        return None
    if prev.word and low.endswith("s") and not low.endswith(("ss", "us", "is")) and low not in grammar.DETERMINERS:
        return Voice.ACTIVE if not homograph or prev.cap or _object_follows(after) else None
    if low == "," or (not prev.word and low != "“”"):
        return None if homograph else Voice.ACTIVE
    strong = lemma in grammar.STRONG_SPEECH or (prev.word and _object_follows(after))
    return Voice.ACTIVE if strong and not homograph and low not in grammar.BEFORE_NOUNS else None
