"""What the words say happened to what a figure counts: killed, freed, ill; each fate stays with its own count."""

from __future__ import annotations

from ledger.lexicon import values, words
from ledger.quantity.fate_phrases import INJURIES, phrased, savaged
from ledger.quantity.figure_words import (
    ADJECTIVES,
    AUXILIARIES,
    CLAUSES,
    COUNTABLE,
    CURRENCY_SIGNS,
    DEGREES,
    DETERMINERS,
    FATES,
    FATES_OF_PEOPLE,
    GAPS,
    INTRANSITIVE,
    NAMED_BY_FATE,
    NO_NOUN,
    NOUNS_OF_FATE,
    OTHER_CLAUSES,
    PARTS_TOLD,
    PASSIVES,
    PEOPLE,
    PLACES,
    REACHED,
    RELATIVES,
    SMALL,
    SOUGHT,
    STRIKE_VERBS,
    TARGETS,
    THINGS,
    TIME_UNITS,
    UNITS,
    VERBS_TOO,
)
from ledger.quantity.tokenizing import SENTENCE_END, Tokens


def _whole(tokens: Tokens, first: int) -> bool:
    """True for the 45 in "none of the 45 was hurt", "9 of 45 were hurt", "Of 45, 9 were hurt": it befell the part."""
    of = first - 1 - (tokens.word(first - 1) in DETERMINERS)
    if tokens.word(of) != "of":
        return False
    return tokens.opens_sentence(of) or tokens.word(of - 1) in PARTS_TOLD | SMALL.keys() or tokens.is_numeral(of - 1)


WHOLE = frozenset({"killed", "wounded"})


def measure(tokens: Tokens, head: str, *, unit: str | None, span: tuple[int, int]) -> str | None:
    """What the words say happened to what is counted; `span` runs from the hedge to the end of the noun, as tokens."""
    if unit in MEASURELESS or _only_sought(tokens, span[0]):
        return None
    if _whole(tokens, span[0]):
        said = tokens.word(span[1] + (tokens.word(span[1]) in REPORTED_AS))
        opens = any(tokens.opens_sentence(span[0] - n) for n in (1, 2))
        its_own = not head or opens or tokens.word(span[1] + 1) in AUXILIARIES or later_verb(tokens, span[1])
        told = of_head(tokens, head, span=span) or _they_did(tokens, span[1])
        told = told or (FATES.get(said) if its_own and said not in INTRANSITIVE else None)
        return None if told in FATES_OF_PEOPLE - NOT_ONLY_PEOPLE and unit not in BODIES else told
    if tokens.word(span[1]) == "of" and tokens.word(span[1] + 1) in ("whom", "them", "which"):
        span = span[0], span[1] + 2
    span = span[0], _past_fear(tokens, span[1])
    found = (
        _died_since(tokens, span[1])
        or at_last(tokens, span[1])
        or brought_up(tokens, span)
        or phrased(tokens, head, span)
        or of_head(tokens, head, span=span)
        or _governed(tokens, span[0])
        or _let_go(tokens, span)
        or _cost_lives(tokens, span)
        or _driven(tokens, span)
        or _they_did(tokens, span[1])
        or said_next(tokens, span[1])
        or _behind_aside(tokens, span[1])
        or (FATES.get(head) if head in NAMED_BY_FATE and not tokens.is_word(span[1]) else None)
        or _preceding(tokens, span[0], after=span[1])
        or _of_toll(tokens, span[0])
        or _suffered(tokens, span[1])
        or _passive(tokens, span[1])
        or _of_noun(tokens, span[0])
        or _listed(tokens, span[0])
        or (FATES.get(head) if head in NAMED_BY_FATE else None)
    )
    found = (found and _since(tokens, span[1])) or found
    if found in FATES_OF_PEOPLE - NOT_ONLY_PEOPLE and unit not in BODIES:
        return None
    if found == "freed" and unit not in BODIES and head not in PLACES:
        return None  # "saved three match points"
    if found == "lost" and unit in ("percent", "points"):
        return None  # "the index lost 2 percent"
    if found == "captured" and unit in ("percent", "share") and FATES.get(tokens.word(span[0] - 1)) == found:
        return None  # "the brand captured 9 percent of sales"
    if found == "targets" and (unit in ("people", "families") or not _in_war(tokens, span)):
        return None  # "three bystanders were struck", "a storm struck two boats"
    if found == "attacked" and not savaged(tokens, span):
        return None
    if found == "captured" and unit not in BODIES and head not in THINGS:
        return None  # "captured three wickets"
    return found


def _past_fear(tokens: Tokens, after: int) -> int:
    """Behind what was only feared of them: "six sailors, feared drowned, | were found alive"."""
    if tokens.word(after) != "," or tokens.word(after + 1) not in REPORTED_AS:
        return after
    closed = next((k for k in range(after + 2, after + 2 + FEARED) if tokens.word(k) == ","), None)
    inside = tokens.words[after + 2 : closed] if closed else []
    return closed + 1 if closed and tokens.is_word(closed + 1) and all(w.isalpha() for w in inside) else after


FEARED = 6
"""Words of an aside that tells what was feared."""


def _died_since(tokens: Tokens, after: int) -> str | None:
    """As in "a fifth | of those infected have died": what came after what they are called by."""
    told = tokens.same(after, ("of", "those")) and tokens.word(after + 2) in FATES
    return said_next(tokens, after + 3) if told else None


def _in_war(tokens: Tokens, span: tuple[int, int]) -> bool:
    """False for what storms, illness or a lorry struck: no word of an attack stands beside it."""
    near = tokens.words[max(0, span[0] - NEAR) : span[1] + NEAR]
    return not (ELEMENTS & {*near[:NEAR], *near[-NEAR:]}) and not ARMED.isdisjoint(near)


NOT_ONLY_PEOPLE = frozenset({"lost", "captured", "freed"})
NEAR = 12
"""Words on either side of what was struck that may say who struck it."""
ELEMENTS, ARMED = words("en/fates", "elements"), words("en/fates", "armed")
REPORTED_AS = words("en/fates", "reported_as")
FOUND = values("en/fates", "found")
"""What is told of those who had been missing: "found alive"."""


def _only_sought(tokens: Tokens, first: int) -> bool:
    """True where the verb before the figure tells what is tried or wanted: "struggling to evacuate 14 children"."""
    verb = next((i for i in range(first - 1, max(first - 4, 1), -1) if tokens.word(i) in FATES), None)
    return verb is not None and tokens.word(verb - 1) == "to" and tokens.word(verb - 2) in SOUGHT


MEASURELESS = frozenset(UNITS.values()) | {"percentage points", "times"} | frozenset(CURRENCY_SIGNS.values())
BODIES = (None, "people", "families", "households", "share", "percent")
"""Units of which people's fates may be told: nobody kills villages, though somebody is killed in them."""


def of_head(tokens: Tokens, head: str, *, span: tuple[int, int]) -> str | None:
    """The head noun itself may say it: casualties, deaths, sorties; positions that are struck are targets."""
    if head in TARGETS and any(tokens.word(i) in STRIKE_VERBS for i in range(span[0] - 3, span[0])):
        return "targets"
    return None if head in NAMED_BY_FATE else FATES.get(head)


def _governed(tokens: Tokens, first: int) -> str | None:
    """The verb right before the figure: "killing dozens of people evacuated from"."""
    word = tokens.word(first - 1)
    if tokens.same(first - 2, ("shot", "dead")):
        return "killed"
    deed = word in FATES and (word not in NOUNS_OF_FATE or word in VERBS_TOO) and word != "toll"
    return _joint(tokens, first - 1, step=-1) if deed else None


FAR = 20
"""Words in which somebody tells whether those who are held were taken."""
CAPTIVE = words("en/fates", "captive")
BEGINNING = PASSIVES | INTRANSITIVE


def said_next(tokens: Tokens, after: int) -> str | None:
    """As in "were killed", "dead", "have been wounded", "killed or wounded"."""
    i = after + (tokens.word(after) in RELATIVES and tokens.word(after + 1) in BEGINNING)
    while i < after + 8:
        word = tokens.word(i)
        if word == "held" and tokens.word(i - 1) in ("still", "being"):
            return "captured" if not CAPTIVE.isdisjoint(tokens.words[max(0, after - FAR) : i + FAR]) else "detained"
        if word in FATES:
            return None if _acts(tokens, after, i) else _joint(tokens, i, step=1)
        if word not in AUXILIARIES or tokens.is_numeral(i):
            return None
        if word in ("and", "or") and i == after:
            return None
        i += 1
    return None


def _acts(tokens: Tokens, after: int, i: int) -> bool:
    """True where those before the verb do it to others, or lose a thing: "gunmen killed | 12 people", "homes lost | power"."""
    no_deed = tokens.words[i] in NOUNS_OF_FATE | INTRANSITIVE and not tokens.same(i - 1, ("shot", "dead"))
    if no_deed or not BEFALLS.isdisjoint(tokens.words[after:i]):
        return False
    behind = i + 1
    if FATES[tokens.words[i]] == "lost":
        losing = tokens.is_word(behind) and tokens.word(behind) not in BESIDE_FATE
        return losing and LIVES.isdisjoint(tokens.words[behind : behind + 2])
    if tokens.is_numeral(behind) or tokens.word(behind) in SMALL:
        return tokens.word(behind + 1) not in TIME_UNITS
    one = tokens.word(behind) in OBJECT_OPENERS and tokens.word(behind + 1) not in (*TIME_UNITS, "same")
    return one or tokens.same(behind, ("at", "least")) or tokens.same(behind, ("more", "than"))


BEFALLS = words("en/grammar", "be") | REPORTED_AS | {"get", "got", "left", "found"}
BESIDE_FATE = GAPS | AUXILIARIES | CLAUSES | words("en/grammar", "prepositions")
OBJECT_OPENERS = words("en/grammar", "determiners") - {"that", "more", "all"} | {"him", "them", "us"}
LIVES = frozenset({"life", "lives"})


def _preceding(tokens: Tokens, first: int, *, after: int) -> str | None:
    """As in "killing at least", "lost", "killed and wounded"; the verb stands at most five words before."""
    if tokens.word(first - 1) == "for":
        return None  # "jailed for 12 and nine years"
    for i in range(first - 1, first - 6, -1):
        word = tokens.word(i)
        if not word or word in SENTENCE_END or word in OTHER_CLAUSES or tokens.is_numeral(i):
            return None
        if word in FATES and word not in NOUNS_OF_FATE and word != "toll":
            if tokens.word(i + 1) == "by":
                return None  # "killed by 12 wolves"
            if FATES[word] == "freed" and ("," in tokens.words[i + 1 : first] or first - i > 3):
                return None  # "in a poll released on Sunday, 8 percent", "figures released last week show 3"
            return None if _told_already(tokens, i, first=first, after=after) else _joint(tokens, i, step=-1)
        if word in ("and", "while", "that", "said", "where", "with") and i < first - 1:
            return None
    return None


def _told_already(tokens: Tokens, verb: int, *, first: int, after: int) -> bool:
    """True where the verb ends what is said of an earlier count: "ten were killed, 30 became ill"."""
    between = tokens.words[verb + 1 : first]
    if not {",", "and", "while", "but"} & set(between):
        return False
    behind = between[-between[::-1].index(",") :] if "," in between[:-1] else []
    if "and" not in behind and any(w.isalpha() and w not in NO_NOUN for w in behind):
        return True  # "200 cows died, the ministry only 120"
    if tokens.word(after) in PASSIVES | HAVING | OWN_VERBS and tokens.word(after + 1) not in COUNTABLE:
        return True  # "of the 40 trapped, 33 were brought out", "22 have been freed", "20 walked out"
    if not (tokens.word(verb - 1) in PASSIVES or tokens.words[verb] in INTRANSITIVE):
        return False
    return tokens.is_word(after) and tokens.words[after] not in GAPS


def _of_noun(tokens: Tokens, first: int) -> str | None:
    """As in "the deaths of 10 members of one family", "put the dead at 12"."""
    noun = tokens.word(first - 2)
    if tokens.word(first - 1) == "of" and noun in BODIES_OF and tokens.word(first - 3) in (*DETERMINERS, "the"):
        return "killed"  # "found the bodies of two men"
    told = tokens.word(first - 1) == "of" or tokens.same(first - 3, ("the", noun, "at"))
    told = told or (tokens.word(first - 1) == "to" and noun in ("injuries", "injury"))
    return FATES[noun] if told and noun in NOUNS_OF_FATE and noun in FATES else None


ATTACKED = words("en/fates", "attacked")
BODIES_OF = words("en/fates", "bodies")


def _listed(tokens: Tokens, first: int) -> str | None:
    """As in "the dead included 12 nurses", "among those killed were two boys", "among the 15 dead were two boys"."""
    at = first - 4 if tokens.is_numeral(first - 3) else first - 3
    if tokens.word(first - 1) not in LISTING or tokens.word(at) not in ("the", "those"):
        return None
    return FATES.get(tokens.word(first - 2))


LISTING = frozenset({"include", "includes", "included", "including", "was", "were", "is", "are"})


def _joint(tokens: Tokens, i: int, *, step: int) -> str:
    """The fate at token i; killed and wounded together are casualties."""
    fate = FATES[tokens.words[i]]
    if fate == "lost" and {"life", "lives"} & set(tokens.words[i + 1 : i + 3]):
        return "killed"  # "38 people lost their lives"
    if tokens.word(i + step) in ("and", "or", "/") and fate in WHOLE:
        other = FATES.get(tokens.word(i + 2 * step), fate)
        if other in WHOLE and other != fate:
            return "casualties"
    if tokens.word(i + step) == "or" and FATES.get(tokens.word(i + 2 * step), fate) != fate:
        return "lost"  # "killed or captured": which of them is not told
    return fate


def _of_toll(tokens: Tokens, first: int) -> str | None:
    """As in "the death toll from the blast has risen to", "the number of people hurt in the fire is": far before it."""
    if tokens.word(first - 1) not in REACHED and tokens.word(first) not in REACHED:
        return None
    for i in range(first - 1, first - 30, -1):
        word = tokens.word(i)
        if not word or word in SENTENCE_END:
            return None
        if word == "toll":
            return "casualties" if tokens.word(i - 1) in ("casualty", "casualties") else "killed"
        if word == "number" and tokens.word(i + 1) == "of":
            return _of_those(tokens, i + 2, first)
    return None


def _of_those(tokens: Tokens, i: int, first: int) -> str | None:
    """What befell those of whom a number is told: "the dead", "people hurt in", "guests who fell ill"; not "sheep killed"."""
    i += tokens.word(i) in DETERMINERS
    people = tokens.word(i) in PEOPLE
    at = i if tokens.word(i) in FATES else i + 1
    while at < first and (tokens.word(at) in RELATIVES or tokens.word(at) in AUXILIARIES):
        at += 1
    fate = FATES.get(tokens.word(at)) if at < first else None
    return fate if people or at == i or fate not in FATES_OF_PEOPLE else None


def at_last(tokens: Tokens, after: int) -> str | None:
    """As in "a man who was hurt on Monday has died", "two of the injured died": the last that is said of one is what counts."""
    told = after + (tokens.word(after) in REPORTED_AS)
    hurt = tokens.word(after - 1) in FATES or tokens.word(told) in FATES or tokens.word(after) in RELATIVES
    freed = None
    for i in range(after, after + 16 if hurt else after):
        word = tokens.word(i)
        if not word or word in SENTENCE_END or word in CLAUSES or word in (",", "and", "or") or tokens.is_numeral(i):
            break
        if word in RELATIVES and i > after:
            break  # "hurt in clashes in which a boy died"
        if word in INTRANSITIVE and FATES[word] == "killed" and tokens.word(i - 1) not in RELATIVES:
            return "killed"
        if word == "recovering" and not ATTACKED.isdisjoint(tokens.words[after:i]):
            return "wounded"
        if word == "found" and tokens.word(i + 1) in FOUND:
            return FOUND[tokens.word(i + 1)]
        if word == "found" and _not_yet(tokens, i):
            return "missing"
        if FATES.get(word) == "freed" and tokens.word(i - 1) in PASSIVES:
            freed = "freed"
    return freed


def later_verb(tokens: Tokens, after: int) -> int | None:
    """Where it is told what became of some of those whose fate stands right behind them: "of the 40 trapped | were freed"."""
    if tokens.word(after) not in FATES or tokens.word(after) in INTRANSITIVE or _acts(tokens, after, after):
        return None
    for i in range(after + 1, after + FAR):
        word = tokens.word(i)
        if not word or word in SENTENCE_END or word in CLAUSES or word in RELATIVES or word == ",":
            return None
        if word in HAVING and tokens.word(i - 1) not in ("and", "or"):
            return i
    return None


HAVING = words("en/grammar", "have") | words("en/grammar", "be")
BROUGHT, OWN_VERBS = words("en/fates", "brought"), words("en/fates", "own_verbs")


def brought_up(tokens: Tokens, span: tuple[int, int]) -> str | None:
    """As in "22 have been brought out alive", "nine were pulled to safety", "found dead"."""
    first, after = span
    at = after
    while at < after + 4 and (tokens.word(at) in PASSIVES or tokens.word(at) in HAVING):
        at += 1
    if (
        at == after
        or tokens.word(at) not in BROUGHT
        or not BODIES_OF.isdisjoint(tokens.words[max(0, first - 3) : after])
    ):
        return None
    rest = tokens.words[at + 1 : at + (2 if tokens.word(at) == "found" else FEW)]
    stop = next((n for n, word in enumerate(rest) if word in SENTENCE_END or word == ","), len(rest))
    return next((FOUND[word] for word in rest[:stop] if word in FOUND), None)


FEW = 6
"""Words from "brought" to "alive"."""


def _not_yet(tokens: Tokens, i: int) -> bool:
    """True at the "found" of "have not been found", "had yet to be found"."""
    before = tokens.words[max(0, i - 4) : i]
    return "not" in before or before[-3:] == ["yet", "to", "be"] or any(w.endswith(("n't", "n’t")) for w in before)


def _since(tokens: Tokens, after: int) -> str | None:
    """The later fate of those whose first one was told: "were taken hostage but later freed"."""
    for i in range(after, after + 8):
        word = tokens.word(i)
        if not word or word in SENTENCE_END or word == "," or tokens.is_numeral(i):
            return None
        if word in ("but", "and") and tokens.word(i + 1) in ("later", "then", "since"):
            return FATES.get(tokens.word(i + 2)) if tokens.word(i + 2) not in NOUNS_OF_FATE else None
    return None


def _driven(tokens: Tokens, span: tuple[int, int]) -> str | None:
    """As in "driven 3,400 villagers from their homes", "forced 20 families to flee", "cut off 900 people"."""
    at = span[0] - 1
    while tokens.word(at) in ("a", "another", "further"):
        at -= 1
    if tokens.same(at - 1, ("cut", "off")):
        return "trapped"
    if tokens.word(span[0] - 1) not in DRIVING:
        return None
    behind = tokens.words[span[1] : span[1] + 5]
    home = not HOMES.isdisjoint(behind) and not {"from", "of", "leave", "abandon"}.isdisjoint(behind)
    return "displaced" if home or behind[:2] == ["to", "flee"] else None


DRIVING, HOMES = words("en/fates", "driving"), words("en/fates", "homes")


def _they_did(tokens: Tokens, after: int) -> str | None:
    """As in "the 20 drivers they had seized", "12 men whom it has arrested"."""
    at = after + (tokens.word(after) in OBJECT_RELATIVES)
    helped = tokens.word(at) in SUBJECTS and tokens.word(at + 1) in ("had", "have", "has")
    return FATES.get(tokens.word(at + 2)) if helped and tokens.word(at + 2) not in INTRANSITIVE else None


OBJECT_RELATIVES = ("whom", "that", "who")
SUBJECTS = words("en/grammar", "subject_pronouns")


def _let_go(tokens: Tokens, span: tuple[int, int]) -> str | None:
    """As in "let 9 go", "letting nine men go"."""
    return "freed" if tokens.word(span[0] - 1) in ("let", "lets", "letting") and tokens.word(span[1]) == "go" else None


def _cost_lives(tokens: Tokens, span: tuple[int, int]) -> str | None:
    """As in "cost nine climbers their lives"."""
    cost = tokens.word(span[0] - 1) in ("cost", "costs", "costing")
    return "killed" if cost and tokens.same(span[1], ("their", "lives")) else None


def _passive(tokens: Tokens, after: int) -> str | None:
    """As in "98 residents of the two towns were killed", "including 68 children, were killed", "were among those killed"."""
    for i in range(after, after + 16):
        word = tokens.word(i)
        if not word or word in SENTENCE_END or word in CLAUSES or _other_clause(tokens, i, after=after):
            return None
        if word in ONE_MORE and tokens.word(i - 1) == "a":
            return None  # "three nurses were suspended and a fourth was sacked"
        if word in ("was", "is") and any(tokens.same(k, ("and", one)) for k in range(after, i) for one in ("a", "an")):
            return None  # "the culling of 900 hens, and a farm worker was infected"
        listed = i == after + 1 and tokens.word(after) == "and"  # "two women and one man were injured"
        if tokens.word(i - 1) == "," and (closed := _of_them_aside(tokens, i)):
            return _passive(tokens, closed)  # "18 miners, five of them boys, were trapped"
        if tokens.is_numeral(i) and _an_age(tokens, i):
            continue  # "including two boys aged 9 and 12, drowned"
        if (tokens.is_numeral(i) or word in SMALL) and not listed and tokens.word(i - 1) not in BEFORE_PARTS:
            return None
        if word == "found" and _not_yet(tokens, i):
            return "missing"
        if (
            word in FATES
            and (word not in NOUNS_OF_FATE or word in ADJECTIVES)
            and not _acts(tokens, after, i)
            and (
                _helped(tokens, i - 1)
                or (word in INTRANSITIVE and not _another(tokens, _aside(tokens, i, after), after=after))
            )
        ):
            return _joint(tokens, i, step=1)
    return None


def _an_age(tokens: Tokens, i: int) -> bool:
    """True for the 12 of "aged 9 and 12"."""
    at = i - 1
    while tokens.is_numeral(at) or tokens.word(at) in ("and", ","):
        at -= 1
    return tokens.word(at) == "aged"


def _aside(tokens: Tokens, i: int, after: int) -> int:
    """The token before which an aside about some of them begins that ends here: "people, | including two boys, drowned"."""
    aside = tokens.word(after) == "," and tokens.word(after + 1) in PARTITIVE and tokens.word(i - 1) == ","
    return after if aside else i


PARTITIVE = ("including", "among", "most", "some", "many")


def _of_them_aside(tokens: Tokens, i: int) -> int | None:
    """The token behind "five of them apprentices," and "including two boys,"."""
    parts = tokens.word(i + 1) == "of" and tokens.word(i + 2) in ("them", "whom", "which")
    parts = parts or (tokens.word(i) in ALL_OF_THEM and tokens.is_word(i + 1))  # "two, both pensioners, died"
    stop = next((k for k in range(i, i + 12) if tokens.word(k) in (",", *SENTENCE_END)), None) if parts else None
    return stop + 1 if stop and tokens.word(stop) == "," else None


def _behind_aside(tokens: Tokens, after: int) -> str | None:
    """As in "12 were hurt and three, all children, were killed"."""
    closed = _of_them_aside(tokens, after + 1) if tokens.word(after) == "," else None
    return said_next(tokens, closed) if closed else None


ALL_OF_THEM = words("en/fates", "all_of_them")


def _suffered(tokens: Tokens, after: int) -> str | None:
    """As in "30 passengers suffered minor injuries", "nine clerks were treated in hospital for burns"."""
    at = after + (tokens.word(after) in PASSIVES)
    treated = tokens.words[at : at + TREATED] if tokens.word(at) == "treated" else []
    at = at + treated.index("for") if "for" in treated else after
    if at == after and tokens.word(after) not in SUFFERED:
        return None
    near = tokens.words[at + 1 : at + 4]
    return "wounded" if not INJURIES.isdisjoint(near) else None


TREATED = 6
"""Words from "treated" to the "for" behind it: "treated at the scene for"."""
SUFFERED = words("en/fates", "suffered")


ONE_MORE = frozenset(values("en/counted", "one_more"))
BEFORE_PARTS = ("including", "the", "among", "of", "them", "whom", "(")


def _helped(tokens: Tokens, i: int) -> bool:
    """True where a helping verb ends at token i: "were", "were seriously"."""
    return tokens.word(i - 1 if tokens.word(i) in DEGREES else i) in PASSIVES


def _other_clause(tokens: Tokens, i: int, *, after: int) -> bool:
    """True at the "who" that tells of somebody else: "10 relatives of a man who was killed"."""
    return (
        (tokens.words[i] in RELATIVES or tokens.words[i] in ("whose", "whom"))
        and i > after
        and tokens.word(i - 1) != ","
    )


def _another(tokens: Tokens, i: int, *, after: int) -> bool:
    """True where a verb or another count stands between a count and the verb at token i."""
    between = tokens.words[after:i]
    return any(w in (",", "and", "or", "to", "as") or w in FATES or (w in AUXILIARIES and w != "of") for w in between)
