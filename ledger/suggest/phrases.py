"""Where a noun phrase and a clause begin and end, read from the small words and the marks around them."""

from __future__ import annotations

from ledger.lexicon import words
from ledger.suggest import grammar
from ledger.suggest.sentence_tokens import DASHES, Token, sentences

Range = tuple[int, int]
HARD = frozenset([";", ":", "“”", "•", "|", "?", "!"])
OPEN_BRACKETS = frozenset("([{")
CLOSE_BRACKETS = frozenset(")]}")
BEHIND_VERBS = (
    grammar.PREPOSITIONS | grammar.DETERMINERS | grammar.COORDINATORS | grammar.SUBJECT_PRONOUNS | {"to", "“”"}
)
CONTRACTING = grammar.SUBJECT_PRONOUNS | {"there", "that"}
TWO_WORDS = frozenset(grammar.ADVERB_PAIRS)
SECOND_WORDS = frozenset(second for _, second in TWO_WORDS)
LONGEST_SUBJECT = 45
"""A subject longer than this has swallowed its clause."""


def adverb(token: Token) -> bool:
    """True where the word may stand between a subject and its verb without changing who says it."""
    low = token.low
    return (
        low in grammar.SENTENCE_ADVERBS
        or low in grammar.NEGATION
        or (len(low) > 4 and low.endswith("ly") and low not in grammar.NOT_ADVERBS)
    )


def low_ing(token: Token) -> bool:
    return len(token.low) > 5 and token.low.endswith("ing") and token.low not in grammar.ING_NOT_VERB


def group_start(tokens: list[Token], verb: int) -> int:
    """The first token of the verb group: auxiliaries, negation and adverbs before the verb."""
    at = verb
    while at > 0 and (step := _group_step(tokens, at)):
        at -= step
    while at < verb and adverb(tokens[at]) and tokens[at].cap:
        at += 1
    return at


def two_words(tokens: list[Token], at: int) -> bool:
    """True where an adverb of two words ends before this place: "so far", "as yet"."""
    return at > 1 and tokens[at - 1].low in SECOND_WORDS and (tokens[at - 2].low, tokens[at - 1].low) in TWO_WORDS


def _group_step(tokens: list[Token], at: int) -> int:
    before = tokens[at - 1]
    if two_words(tokens, at):
        return 2
    if before.low == "may" and _in_may(tokens, at - 1):
        return 0
    if before.word and (adverb(before) or before.low in grammar.AUXILIARY):
        return 1
    if at > 1 and before.low in ("both", "all", "each") and tokens[at - 2].low in grammar.AUXILIARY:
        return 1
    if at > 3 and before.low == "," and adverb(tokens[at - 2]) and tokens[at - 3].low == ",":
        return 3
    return 0


def _in_may(tokens: list[Token], at: int) -> bool:
    """True for the month: "records kept in May show", "a poll published on May 18"."""
    return tokens[at].low == "may" and tokens[at].cap and at > 0 and tokens[at - 1].low in grammar.PREPOSITIONS


def subject(tokens: list[Token], verb: int, floor: int) -> Range | None:
    """The noun phrase before the verb group, appositions between commas included; None where there is none."""
    hi = verb
    closing = hi > floor and tokens[hi - 1].low == ","
    if closing:
        hi -= 1
    elif hi > floor and tokens[hi - 1].low in DASHES and hi - 2 > floor:
        return _dashed(tokens, hi - 1, floor)
    hi = before_time(tokens, hi, floor)
    if hi <= floor:
        return None
    head = tokens[hi - 1]
    if head.quote and (apart := _explained(tokens, floor, hi)):
        return apart  # "Ann Roe, citing “the mood,” said"
    if not closing and head.low in ("who", "which"):
        return None if hi - 2 >= floor and tokens[hi - 2].low in grammar.PREPOSITIONS else (hi - 1, hi)
    if not closing and head.low == "that" and hi - 2 > floor and _opens_relative(tokens, hi - 1, acts=True):
        return hi - 1, hi
    if not closing and head.low.partition("'")[0] in grammar.SUBJECT_PRONOUNS:
        return (hi - 1, hi)
    lo = left_edge(tokens, hi, floor)
    cuts = [at for at in range(lo, hi) if tokens[at].low == "," and not _in_brackets(tokens, at, lo, hi)]
    segments = list(zip([lo, *(c + 1 for c in cuts)], [*cuts, hi], strict=True))
    if closing:
        if len(segments) < 2:
            return _explained(tokens, floor, hi)
        start = _apposition_head(tokens, segments)
        aside = segments[-1][0]
        if start < aside and tokens[aside].low in HOW_SAID and all(t.low != "by" for t in tokens[aside + 1 : hi]):
            hi = aside - 1  # "The club, in a statement, said"
    else:
        start = _last_head(tokens, segments)
    return trim(tokens, start, hi)


def _explained(tokens: list[Token], floor: int, hi: int) -> Range | None:
    """A subject whose explanation holds verbs: "The coach, who had left in May after a row, said"."""
    floor = next((k + 1 for k in range(hi - 1, floor, -1) if tokens[k].low == ";"), floor)
    first = next((k for k in range(floor + 1, hi) if tokens[k].low == ","), None)
    if first and (tokens[floor].low in grammar.PREPOSITIONS or adverb(tokens[floor])):
        floor, first = first + 1, next((k for k in range(first + 2, hi) if tokens[k].low == ","), None)
    if first is None or first + 1 >= hi or hi - first > LONGEST_SUBJECT or has_verb(tokens, floor, first):
        return None
    opener = tokens[first + 1]
    if opener.low in grammar.PREPOSITIONS and not any(t.quote or t.low in grammar.DAYS for t in tokens[first:hi]):
        found = trim(tokens, floor, first)
        return (found[0], first) if found and found[1] == first and tokens[found[0]].cap else None
    if opener.low in EXPLAINING or low_ing(opener) or opener.low.endswith("ed"):
        found = trim(tokens, floor, first)
        speaks = opener.low in grammar.RELATIVE and tokens[first + 2].low in grammar.verbs()
        return (found[0], first if speaks else hi) if found and found[1] == first else None
    return None


HOW_SAID = frozenset({"in", "by", "via", "through", "over", "during", "due"})
"""What opens an aside that tells where or how somebody spoke."""
EXPLAINING = grammar.RELATIVE | {"a", "an", "the", "one"}


def before_time(tokens: list[Token], hi: int, floor: int) -> int:
    """The end of the phrase without the time behind it: "The council this week said", "the army on Monday said"."""
    timed = hi - 2 > floor and tokens[hi - 1].low in grammar.DAYS and tokens[hi - 2].low in grammar.BEFORE_TIMES
    return hi - 2 if timed and not tokens[hi - 3].low.endswith("ed") else hi


def _dashed(tokens: list[Token], dash: int, floor: int) -> Range | None:
    """A subject whose apposition stands between dashes: "the minister - a former judge - said"."""
    at = dash - 1
    while at > floor and tokens[at].low not in DASHES and dash - at < LONGEST_SUBJECT:
        at -= 1
    if tokens[at].low not in DASHES or at <= floor:
        return None
    inner = subject(tokens, at, floor)
    return (inner[0], dash) if inner else None


def _in_brackets(tokens: list[Token], at: int, lo: int, hi: int) -> bool:
    before = sum((t.low in OPEN_BRACKETS) - (t.low in CLOSE_BRACKETS) for t in tokens[lo:at])
    return before > 0 and any(t.low in CLOSE_BRACKETS for t in tokens[at:hi])


def left_edge(tokens: list[Token], hi: int, floor: int) -> int:
    """How far to the left the clause reaches that ends before `hi`: to a mark, a conjunction or another verb."""
    at = hi
    bottom = max(floor, hi - LONGEST_SUBJECT)
    while at > bottom:
        token = tokens[at - 1]
        low = token.low
        if (low in HARD and not _title(tokens, at - 1)) or low in DASHES:
            break
        if token.word:
            infinitive = at > 1 and tokens[at - 2].low == "to"
            finite = low in grammar.FINITE and not infinitive and not _in_may(tokens, at - 1)
            if (finite and not in_name(tokens, at - 1)) or (
                low in grammar.SUBORDINATORS and not _numeric_than(tokens, at - 1)
            ):
                jump = _relative_before(tokens, at - 1, bottom)
                if jump is None:
                    break
                at = jump
                continue
            if (
                (low in grammar.RELATIVE and _object_clause(tokens, at))
                or (low == "that" and not _opens_relative(tokens, at - 1))
                or (low in grammar.COORDINATORS and _clause_before(tokens, at - 1, bottom))
            ):
                break
        at -= 1
    return at


def in_name(tokens: list[Token], at: int) -> bool:
    """True for a word in capitals that opens a name behind an article or a mark, and is no verb: "the Met Office"."""
    if at > 0 and tokens[at].cap and tokens[at].low in ("said", "may", "will") and tokens[at - 1].cap:
        return True  # "Omar Said said"
    led = at > 0 and (tokens[at - 1].low in grammar.DETERMINERS or tokens[at - 1].low == ",")
    return led and tokens[at].cap and at + 1 < len(tokens) and tokens[at + 1].cap


PAST = words("en/calendar", "past")


def _opens_relative(tokens: list[Token], at: int, *, acts: bool = False) -> bool:
    """True for the "that" of "the company that provides lifts": a noun stands before it, and its verb behind."""
    if at == 0 or at + 1 >= len(tokens):
        return False
    before, after = tokens[at - 1], tokens[at + 1]
    noun = before.word and before.low not in grammar.verbs() and before.low not in grammar.FINITE and not adverb(before)
    object_ = tokens[at + 2].low if at + 2 < len(tokens) else ""
    past = (after.low.endswith("ed") or after.low in PAST) and (
        object_ in grammar.BEFORE_NOUNS or object_ in grammar.OUTWARD
    )
    acts = acts or ((after.low.endswith("s") or past) and not after.cap)
    return noun and before.low not in grammar.BEFORE_NOUNS and acts


def _object_clause(tokens: list[Token], at: int) -> bool:
    """True where the relative pronoun before this place has a subject of its own behind it: "deals which the mayor says"."""
    following = tokens[at]
    return following.cap or following.low in grammar.DETERMINERS or following.low in grammar.SUBJECT_PRONOUNS


def _title(tokens: list[Token], at: int) -> bool:
    """True where a quotation is a name inside the phrase: 'an ad titled "Forward"'."""
    quote = tokens[at].quote
    if quote is None or at == 0 or not tokens[at - 1].word:
        return False
    return quote.named and tokens[at - 1].low not in grammar.FINITE


def _numeric_than(tokens: list[Token], at: int) -> bool:
    """True where "than" belongs to a figure: "more than 40 rebels said"."""
    return tokens[at].low == "than" and at > 0 and tokens[at - 1].low in ("more", "less", "fewer")


def _relative_before(tokens: list[Token], at: int, bottom: int) -> int | None:
    """The place before the relative pronoun whose verb stands here, so that the noun phrase can go on to the left."""
    for back in range(at, max(bottom, at - 5), -1):
        if tokens[back].low in ("who", "which", "that", "whose") and back > bottom:
            return back
        if back != at and not (adverb(tokens[back]) or tokens[back].low in grammar.FINITE):
            return None
    return None


def _clause_before(tokens: list[Token], at: int, bottom: int) -> bool:
    """True where a conjunction joins clauses and not nouns: a comma or a finite verb stands before it."""
    if at == bottom or tokens[at].cap or tokens[at].low in ("but", "nor", "yet"):
        return True
    if tokens[at - 1].low in (",", "“”"):
        following = tokens[at + 1].low if at + 1 < len(tokens) else ""
        return not (_short_list(tokens, at) and following not in grammar.SUBJECT_PRONOUNS)
    return any(tokens[k].low in grammar.FINITE for k in range(max(bottom, at - 8), at))


def _short_list(tokens: list[Token], at: int) -> bool:
    """True where the conjunction ends a list of names: "Aden, Taiz, and Ibb"."""
    back = at - 2
    while back >= 0 and tokens[back].word and at - back < 6:
        back -= 1
    return back >= 0 and tokens[back].low == "," and tokens[at - 2].cap


def _apposition_head(tokens: list[Token], segments: list[Range]) -> int:
    """Where the phrase begins that the last segment explains: "Ana Ruiz, a judge in Lima, said"."""
    k = len(segments) - 2
    last = tokens[slice(*segments[-1])]
    placed = tokens[segments[k][0]].low in grammar.PREPOSITIONS  # "Ana Ruiz, 60, from Hull, East Riding, said"
    if last and all(t.cap or not t.word for t in last) and not tokens[segments[k][0]].cap and not placed:
        return segments[k][0]  # "a relative, Ana Ruiz, said"
    while k > 0 and _explains(tokens, segments[k], segments[k - 1]):
        k -= 1
    return segments[k][0]


def _explains(tokens: list[Token], segment: Range, before: Range) -> bool:
    """True where the segment between commas belongs to the one before it: "a judge", "54", "who won", "director of X"."""
    lo, hi = segment
    if lo >= hi:
        return True
    first = tokens[lo]
    if hi - lo == 1 and (first.cap or first.low.isdigit()):
        return not first.cap or tokens[before[1] - 1].cap  # "in Lima, Peru"; not "in the storm, Ruiz, an officer, said"
    if first.low in ("a", "an", "who", "which"):
        return True
    if (
        first.low in grammar.DETERMINERS
        or first.low in grammar.PREPOSITIONS
        or (first.cap and first.low in grammar.POSTS)
    ):
        return _name(tokens, before) or tokens[before[0]].low.isdigit()
    return not first.cap


def _name(tokens: list[Token], segment: Range) -> bool:
    """True for two to five capitals, small words of names between them."""
    lo, hi = segment
    return 1 < hi - lo < 6 and all(_of_name(t) for t in tokens[lo:hi]) and tokens[lo].low not in grammar.DAYS


def _of_name(token: Token) -> bool:
    return (token.cap and token.low not in grammar.PREPOSITIONS) or token.low in (".", "de", "al", "van", "von")


def _last_head(tokens: list[Token], segments: list[Range]) -> int:
    """Where the phrase of the last segment begins, a list of names before it included."""
    k = len(segments) - 1
    lo, hi = segments[k]
    if k and lo < hi and tokens[lo].low in ("a", "an", "the") and _full_name(tokens, segments[k - 1]):
        return segments[k - 1][0]  # "Ann Roe, a judge who came said": its comma was forgotten
    listed = any(tokens[n].low == "and" for n in range(lo, hi))
    while listed and k > 0:
        a, b = segments[k - 1]
        if not (0 < b - a <= 4 and tokens[a].cap and tokens[b - 1].cap and tokens[a].low not in grammar.PREPOSITIONS):
            break
        k -= 1
    return segments[k][0]


def _full_name(tokens: list[Token], segment: Range) -> bool:
    """True for a name that opens the sentence."""
    return segment[0] == 0 and _name(tokens, segment)


def trim(tokens: list[Token], lo: int, hi: int) -> Range | None:
    """The phrase without the conjunctions, adverbs and introductory phrases before it."""
    while lo < hi and (step := _leads(tokens, lo, hi)):
        lo += step
    if lo < hi and (
        (tokens[lo].low in grammar.PREPOSITIONS and not per_name(tokens, lo)) or _opening_participle(tokens, lo, hi)
    ):
        lo = minimal(tokens, lo + 1, hi)
    lo = _fresh_name(tokens, _fresh_noun(tokens, lo, hi), hi)
    if lo > 1 and lo < hi and tokens[lo].low == "cent" and tokens[lo - 1].low == "per":
        lo -= 1 + tokens[lo - 2].word
    while hi > lo and not tokens[hi - 1].word and tokens[hi - 1].low not in CLOSE_BRACKETS and not tokens[hi - 1].quote:
        hi -= 1
    return (lo, hi) if lo < hi else None


def _leads(tokens: list[Token], lo: int, hi: int) -> int:
    """How many tokens stand before the phrase without belonging to it: "Meanwhile", "Last week"."""
    token = tokens[lo]
    if not token.word:
        return token.low not in ("@", "#")
    if token.low in ("which", "whom") and hi - lo > 1 and tokens[lo + 1].word:
        return True  # "which state media said"
    if token.low in grammar.BEFORE_TIMES and hi - lo > 2 and tokens[lo + 1].low in grammar.DAYS:
        return 2
    if token.low in grammar.COORDINATORS or token.low in grammar.SUBORDINATORS or adverb(token):
        return True
    return token.low in grammar.DAYS and hi - lo > 1 and not _named(tokens, lo, hi)


def per_name(tokens: list[Token], at: int) -> bool:
    """True for the first name "Per": "Per Lund, a judge, said", "the captain, Per Lund"."""
    return tokens[at].low == "per" and tokens[at].cap and at + 1 < len(tokens) and tokens[at + 1].cap


def _opening_participle(tokens: list[Token], lo: int, hi: int) -> bool:
    """True where a participle with its object opens the sentence; "Downing Street" and "striking workers" are names."""
    return lo + 1 < hi and low_ing(tokens[lo]) and tokens[lo + 1].low in grammar.BEFORE_NOUNS


def _fresh_name(tokens: list[Token], lo: int, hi: int) -> int:
    """Where a name begins that stands behind a thing: "a letter | Ann Roe wrote"; not "a spokesman Ann Roe"."""
    at = hi
    while at > lo and tokens[at - 1].cap:
        at -= 1
    if at - lo < 2 or at == hi or tokens[lo].low not in ("a", "an") or not tokens[at - 1].word:
        return lo
    return lo if any(t.low in grammar.speaking() or not t.word for t in tokens[lo:at]) else at


def _fresh_noun(tokens: list[Token], lo: int, hi: int) -> int:
    """Where the last noun phrase begins when two stand side by side: "were evacuees the monitoring group said"."""
    if any(t.low == "," or t.low in grammar.RELATIVE for t in tokens[lo:hi]):
        return lo
    for at in range(hi - 1, lo, -1):
        before = tokens[at - 1]
        if tokens[at].low not in ("the", "a", "an") or not before.word:
            continue
        linked = (
            before.low in grammar.PREPOSITIONS
            or before.low in grammar.DETERMINERS
            or before.low in grammar.COORDINATORS
        )
        gerund = low_ing(before) and not (at - 2 >= lo and tokens[at - 2].low in grammar.DETERMINERS)
        if not linked and before.low not in grammar.LINKERS and not gerund and not _slogan(tokens, at, lo, hi):
            return at
    return lo


def _named(tokens: list[Token], lo: int, hi: int) -> bool:
    """True where a word such as May or March opens a name: "May Abboud"."""
    return tokens[lo].low in grammar.FIRST_NAMES and lo + 2 == hi and tokens[lo + 1].cap


def adverbials(tokens: list[Token], at: int, hi: int) -> int:
    """The first token after the adverbs and short phrases of time, place and manner that follow a verb of saying."""
    while at < hi:
        token = tokens[at]
        low = token.low
        if low == "only" and at + 1 < hi and tokens[at + 1].low not in BEHIND_ONLY:
            return at  # "said | only old boats had sunk", not "said only that"
        if adverb(token) or low in grammar.DAYS or (low in grammar.ADDRESSEES and _addressed(tokens, at + 1, hi)):
            at += 1
        elif (
            low in ("last", "next", "this", "early", "late", "earlier", "later", "that")
            and at + 1 < hi
            and tokens[at + 1].low in grammar.DAYS
        ):
            at += 2
        elif low in ("early", "late") and at + 1 < hi and tokens[at + 1].low in ("on", "in"):
            at += 1
        elif at + 2 < hi and tokens[at + 1].low in grammar.DAYS and tokens[at + 2].low in ("ago", "earlier", "later"):
            at += 3
        elif (
            low in grammar.PREPOSITIONS
            and at + 1 < hi
            and (not (_no_adverbial(token, tokens[at + 1]) or as_as(tokens, at)) or _sent(tokens, at))
        ):
            after = _phrase_end(tokens, at + 1, hi)
            if after is None:
                return at
            at = after
        else:
            return at
    return at


BEHIND_ONLY = grammar.PREPOSITIONS | grammar.BEFORE_TIMES | {"that"}


def _addressed(tokens: list[Token], at: int, hi: int) -> bool:
    """True where the word before this place is whom one speaks to, and not the subject of what is said."""
    if at >= hi:
        return True
    token = tokens[at]
    return not token.word or token.low == "that" or token.low in grammar.PREPOSITIONS or token.low in grammar.DAYS


def left_open(tokens: list[Token], group: Range, at: int) -> bool:
    """True where what nobody says begins: "have not said | when it will open"."""
    open_word = at < len(tokens) and tokens[at].low in ("when", "where", "why")
    return open_word and any(t.low in grammar.NEGATION or t.low.endswith("n't") for t in tokens[slice(*group)])


def as_as(tokens: list[Token], at: int) -> bool:
    """True at the first word of "as many as 40"."""
    return tokens[at].low == "as" and at + 2 < len(tokens) and tokens[at + 2].low == "as"


def _no_adverbial(token: Token, after: Token) -> bool:
    """True where the preposition opens a figure ("at least 20"), an infinitive or what belongs to a noun."""
    if token.low in ("of", "against") or after.low in ("least", "most"):
        return True
    if token.low == "to":
        return not (after.cap or after.low in grammar.DETERMINERS or after.low in grammar.ADDRESSEES)
    return token.low in ("about", "over", "around", "under", "near", "between") and after.low[:1].isdigit()


def _sent(tokens: list[Token], at: int) -> bool:
    """True at the "to" of "wrote in a letter to parents"; not in "a note to shut the port"."""
    acts = at + 2 < len(tokens) and tokens[at + 2].low in grammar.DETERMINERS - {"that"}
    return tokens[at].low == "to" and tokens[at - 1].low in LETTERS and not acts


LETTERS = words("en/speakers", "letters")


def _phrase_end(tokens: list[Token], at: int, hi: int) -> int | None:
    """Where the phrase after a preposition ends; None when the sentence runs on so that nobody can tell."""
    seen = False
    for k in range(at, hi):
        token = tokens[k]
        low = token.low
        if not token.word:
            before = tokens[k - 1].low
            if low == "“”" and (before in grammar.PREPOSITIONS or before.endswith(("'s", "s'"))):
                return k + 1
            if low in (",", ":", "“”", ";", ".") or low in DASHES:
                return k
            continue
        if low == "that" or (low in grammar.PREPOSITIONS and low != "of" and seen):
            return k
        if (
            seen
            and (low in grammar.DETERMINERS or low in grammar.SUBJECT_PRONOUNS or low in grammar.SUBORDINATORS)
            and tokens[k - 1].low != "of"
        ):
            return k
        if low in grammar.FINITE:
            return k if tokens[k - 1].low in grammar.DAYS else None
        if low not in grammar.DETERMINERS:
            seen = True
    return hi


def has_verb(tokens: list[Token], lo: int, hi: int) -> bool:
    """True where the stretch looks like a clause: a finite verb, or a past form that no article precedes."""
    verbs = grammar.verbs()
    for k in range(lo, hi):
        low = tokens[k].low
        named = tokens[k].cap and k > lo and low in ("may", "will")
        if (low in grammar.FINITE and not named) or ("'" in low and low.partition("'")[0] in CONTRACTING):
            return True
        if (
            low in verbs
            and () in verbs[low]
            and not (k > lo and (_before_noun(tokens[k - 1], low) or _described(tokens, k, lo)))
        ):  # "in charge", "the inspector's report"
            return True
        adjective = tokens[k - 1].low in grammar.DETERMINERS or (
            k - 1 > lo and adverb(tokens[k - 1]) and tokens[k - 2].low in grammar.DETERMINERS
        )  # "their recently deleted posts"
        if k > lo and len(low) > 3 and low.endswith("ed") and not adjective:
            return True
    return False


def _before_noun(before: Token, low: str) -> bool:
    owned = before.low.endswith(("'s", "s'")) and before.low.partition("'")[0] not in CONTRACTING
    return before.low in grammar.BEFORE_NOUNS or (owned and low in grammar.NOUNS)


def _described(tokens: list[Token], at: int, lo: int) -> bool:
    """True where an article, an adverb and a participle stand before a word: "their recently deleted | posts"."""
    past = at - 1 > lo and tokens[at - 1].low.endswith("ed")
    led = at - 2 - (past and adverb(tokens[at - 2]))
    return past and led >= lo and tokens[led].low in grammar.DETERMINERS


def opens_with_verb(tokens: list[Token], at: int) -> bool:
    """True where the stretch begins with a finite verb, so that its subject stands before it."""
    while at + 1 < len(tokens) and adverb(tokens[at]):
        at += 1
    low = tokens[at].low
    past = len(low) > 3 and low.endswith("ed") and not low.endswith("eed")
    return tokens[at].word and not tokens[at].cap and (past or low in grammar.FINITE or low in grammar.verbs())


def clause_end(tokens: list[Token], lo: int, hi: int) -> int:
    """Where a clause inside a subject ends: before the verb of the sentence, which no conjunction joins to its own."""
    wanted, at = 1, lo
    while at < hi:
        low, before = tokens[at].low, tokens[at - 1].low
        timed = at + 1 < hi and tokens[at + 1].low in grammar.DAYS  # "empty since May"
        if low in grammar.RELATIVE or low in grammar.COORDINATORS or (low in grammar.SUBORDINATORS and not timed):
            wanted += at > lo
        elif before != "to" and _finite(tokens, at, hi):
            if wanted == 0:
                return at - 1 if before == "," else at
            wanted -= not _says(tokens[at])
            at = _group_end(tokens, at, hi)
            continue
        at += 1
    return hi


def main_clause(text: str) -> str:
    """A statement without its relative clauses, which are not what it tells: "the ship | that sank | was new"."""
    kept, place = [], 0
    for row in sentences(text, (0, len(text)), 0) if text.strip() else ():
        tokens, hi = row.tokens, len(row.tokens)
        for at in range(1, hi - 1):
            if tokens[at].start < place or tokens[at].low not in grammar.RELATIVE or not _finite(tokens, at + 1, hi):
                continue
            stop = next((k for k in range(at, hi) if tokens[k].low in (",", ";")), hi)
            end = tokens[min(stop, clause_end(tokens, at + 1, hi)) - 1].end
            kept.append(text[place : tokens[at].start])
            place = end
    return "".join([*kept, text[place:]])


def _says(token: Token) -> bool:
    """True for a verb that opens a clause of its own."""
    entry = grammar.verbs().get(token.low, {}).get(())
    return entry is not None and entry.strength is grammar.Strength.SAYS


def _finite(tokens: list[Token], at: int, hi: int) -> bool:
    """True where the word is a finite verb by its form and by what follows it."""
    token = tokens[at]
    if token.low in grammar.FINITE:
        return not token.cap or at == 0
    past = len(token.low) > 3 and token.low.endswith("ed")
    noun = at > 0 and tokens[at - 1].low in grammar.BEFORE_NOUNS
    if noun or token.cap or not token.word or not (past or token.low in grammar.verbs()):
        return False
    after = tokens[at + 1] if at + 1 < hi else None
    if after is None or not after.word or after.low in grammar.VERDICTS:
        return True
    behind = after.low in BEHIND_VERBS or after.low[:1].isdigit() or adverb(after)
    return behind or _finite(tokens, at + 1, hi)


def _group_end(tokens: list[Token], at: int, hi: int) -> int:
    """The token behind the verb group that opens here: "had been run", "would rise"."""
    while at < hi and (tokens[at].low in grammar.AUXILIARY or (adverb(tokens[at]) and at + 1 < hi)):
        at += 1
    return min(at + 1, hi)


# --- edges where neither comma nor verb shows them ------------------------------------------------------------------


def minimal(tokens: list[Token], lo: int, hi: int) -> int:
    """The start of the shortest noun phrase that ends at `hi`: back to its determiner, or to where the capitals begin."""
    at = hi - 1
    if at < lo or tokens[at].low in grammar.SUBJECT_PRONOUNS or tokens[at].low in grammar.PRONOUN_LIKE:
        return max(at, lo)
    while at > lo and (step := _step(tokens, at, lo)):
        if step == 1 and tokens[at].cap and _titled(tokens, at, hi):
            lead = _title_start(tokens, at, lo)
            return at if lead is None else lead
        at -= step
    return at


def _step(tokens: list[Token], at: int, lo: int) -> int:
    """How many tokens further left the noun phrase certainly goes on; 0 where it begins here."""
    token, before = tokens[at], tokens[at - 1]
    further = at - 2 >= lo
    if token.low in grammar.DETERMINERS:
        return 2 if before.low == "of" and further else 0
    if not before.word:
        if token.low in CLOSE_BRACKETS or before.low in CLOSE_BRACKETS or before.low in OPEN_BRACKETS:
            return 1
        return 2 if before.low == "." and further and tokens[at - 2].low in grammar.ABBREVIATIONS else 0
    if before.low in grammar.PREPOSITIONS:
        linked = further and (before.low == "of" or (token.cap and tokens[at - 2].cap))
        return 2 if linked and tokens[at - 2].low not in grammar.DAYS else 0
    if (
        (before.low in STOPPERS and not in_name(tokens, at - 1))
        or before.low.isdigit()
        or adverb(before)
        or _acted(before, token)
    ):
        named = before.low in grammar.FIRST_NAMES and before.cap and token.cap and further and tokens[at - 2].cap
        return 1 if named else 0
    return 1


def _acted(before: Token, token: Token) -> bool:
    """True for a verb before a name: "covered | TNO's finding"."""
    return token.cap and not before.cap and len(before.low) > 4 and before.low.endswith("ed")


STOPPERS = grammar.FINITE | grammar.SUBORDINATORS | grammar.COORDINATORS | grammar.DAYS


def _titled(tokens: list[Token], at: int, hi: int) -> bool:
    """True where a name begins here behind a word that may be its title: "spokesman John Ruiz"."""
    before = tokens[at - 1]
    return before.word and not before.cap and before.low not in grammar.DETERMINERS and _run_end(tokens, at, hi)


def _run_end(tokens: list[Token], at: int, hi: int) -> bool:
    return all(
        tokens[k].cap or tokens[k].low in ("of", "for", "al", "bin", "de", "van", "von", "the", ".")
        for k in range(at, hi)
    )


def _title_start(tokens: list[Token], at: int, lo: int) -> int | None:
    for back in range(at - 1, max(lo - 1, at - 6), -1):
        if tokens[back].low in grammar.DETERMINERS:
            return back
        if not tokens[back].word or tokens[back].low in grammar.FINITE or tokens[back].low in grammar.PREPOSITIONS:
            return back + 1 if at - back <= 3 else None
    return None


def right_phrase(tokens: list[Token], lo: int, hi: int, *, reach: int = LONGEST_SUBJECT) -> int:
    """The end of the noun phrase that begins at `lo`, before a comma, a quotation or a new clause."""
    seen = False
    for k in range(lo, min(hi, lo + reach)):
        token = tokens[k]
        low = token.low
        if not token.word:
            if low == "“”" and k > lo and tokens[k - 1].low in grammar.PREPOSITIONS:
                continue
            if low in (",", ";", ":", "“”", "?", "!") or low in DASHES:
                return k
            continue
        if seen and tokens[k - 1].low not in grammar.PREPOSITIONS and tokens[k - 1].low not in grammar.COORDINATORS:
            acts = low in grammar.FINITE and not (k + 1 < hi and tokens[k + 1].low == "by")  # "a study led by Rao"
            if acts or low in grammar.SUBJECT_PRONOUNS or low in grammar.SUBORDINATORS:
                return k
            named = _slogan(tokens, k, lo, hi) or (numbered(token) and tokens[k - 1].cap)
            if (low in grammar.DETERMINERS or low == "that") and not named:
                return k
        seen = True
    return min(hi, lo + reach)


def numbered(token: Token) -> bool:
    """True for the number of a name: "Channel Nine reported"."""
    return token.cap and token.low in ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten")


def _slogan(tokens: list[Token], at: int, lo: int, hi: int) -> bool:
    """True where the article stands inside a name that is a call: "Breaking the Ice", "Save the Bees"."""
    return at == lo + 1 and tokens[at].low == "the" and tokens[lo].cap and at + 1 < hi and tokens[at + 1].cap
