"""Words for a question that nobody has asked yet, made from a statement that answers it.

They assert nothing: what is counted is asked for, and whatever does not turn into such a question stands in quotation
marks, with a gap for its figure.
"""

from __future__ import annotations

import re
from functools import cache

from ledger import lexicon
from ledger import records as r

LENGTH = 90
"""Characters of a question in a claim's own words."""
WORDS = 60
"""Characters on each side of a figure that tell what it is."""
GAP = "…"

LEADS_ON = lexicon.words("en/grammar", "coordinators") | lexicon.words("en/grammar", "determiners") | {"that", ""}
"""Words that a question does not end with: they lead on to the next figure."""


def of_claim(claim: r.Claim) -> str:
    """A question in the words of one claim, with what it is for, where and when."""
    event = next((t.text for t in claim.times if t.role == "event"), None)
    details = [d for d in (claim.scope, claim.place.name if claim.place else None, event) if d]
    words = said(claim.says or claim.exact)
    return f"{words} ({'; '.join(details)})" if details else words


def said(text: str) -> str:
    """Words that somebody said, in quotation marks: “the ferry had been speeding”."""
    words = " ".join(text.split()).strip(' .,;:“”"')
    return f"“{words if len(words) <= LENGTH else words[:LENGTH].rsplit(' ', 1)[0] + ' ' + GAP}”"


def of_figure(claim: r.Claim, found: r.Found) -> str:
    """What the one figure of a claim answers, from the words around it up to the statement's other figures."""
    figure = next(iter(claim.quantities), None)
    if figure is None or figure.start is None or figure.end is None:
        return of_claim(claim)
    before, after = _around(figure.start, figure.end, found)
    if not (before.strip() or after.strip()):
        return of_claim(claim)
    return _counted(before, after) or _of_what(before, after, figure) or said(f"{before}{GAP}{after}")


def _around(start: int, end: int, found: r.Found) -> tuple[str, str]:
    """The clause before the figure and the clause behind it, without what leads on to another figure."""
    base, last = found.start or 0, found.end or len(found.exact)
    others = [(q.start, q.end) for q in found.quantities if q.start is not None and q.end is not None]
    begin = max([behind for _, behind in others if behind <= start] + [base])
    stop = min([before for before, _ in others if before >= end] + [last])
    before, after = found.exact[begin - base : start - base], found.exact[end - base : stop - base]
    if len(before) > WORDS:
        clauses = re.split(_clause(), before)
        short = (c for c in clauses[:0:-1] if len(c) <= WORDS and " " in c.strip())
        before = next(short, before[-WORDS:].partition(" ")[2])
    if ", " in before and len(before.split()) <= LEAD_IN:
        before = before.rpartition(", ")[2]
    after = re.split(r"[,;:](?!\d)", after)[0]
    after = after if len(after) <= WORDS else after[:WORDS].rpartition(" ")[0]
    return before, _whole(after)


LEAD_IN = 4
"""Words before a comma, with which a statement only leads in: "Of those, 12 were freed"."""


@cache
def _clause() -> re.Pattern[str]:
    """What a clause begins behind."""
    openers = lexicon.alternatives(("that", *lexicon.listed("en/grammar", "subordinators")))
    return re.compile(rf"[,;:] |\b(?:{openers}) ", re.IGNORECASE)


def _whole(after: str) -> str:
    """Without the words at its end that lead on."""
    lead = after[: len(after) - len(after.lstrip())]
    told = after.split()
    while told and told[-1].strip("\"“”’',.;:()").casefold() in LEADS_ON:
        told.pop()
    return lead + " ".join(told).strip(" .,;:()") if told else ""


def _counted(before: str, after: str) -> str | None:
    """A figure that its statement begins with: "How many of the injured were taken to hospital"."""
    words = after.split()
    if before.strip() or not words or not after[:1].isspace():
        return None
    return f"How many {' '.join(words)}"


def _of_what(before: str, after: str, figure: r.Quantity) -> str | None:
    """A figure behind its noun: "Number of people on board"; behind a verb: "How many passengers the ferry was carrying"."""
    head, tail = " ".join(before.split()).strip(" ,;:"), " ".join(after.split())
    noun = _number_of().fullmatch(head)
    if noun and tail in ("", figure.unit):
        return noun["what"][:1].upper() + noun["what"][1:]
    words = head.split()
    if len(words) < SUBJECT_AND_VERB or words[0].casefold() in PRONOUNS:
        return None
    if figure.unit == "times":
        return f"How many times {_lowered(head)} {tail}".strip()
    counted = figure.unit if figure.unit and tail.startswith(figure.unit) else None
    if counted and words[-1].endswith("ing") and words[-2].casefold() in BE:
        return f"How many {counted} {_lowered(head)}{tail.removeprefix(counted)}"
    return None


SUBJECT_AND_VERB = 3
BE = lexicon.words("en/grammar", "be")
PRONOUNS = lexicon.words("en/grammar", "subject_pronouns") | lexicon.words("en/grammar", "pronouns")


def _lowered(words: str) -> str:
    """With a small article at its beginning, since it stands inside a question now."""
    first, _, rest = words.partition(" ")
    return f"{first.casefold()} {rest}" if first.casefold() in LEADS_ON else words


@cache
def _number_of() -> re.Pattern[str]:
    """A noun for a figure with what it is of, and the word or two that lead to the figure."""
    heads = [w for table in ("count", "amount") for w in lexicon.table("en/questions", "nouns")[table]]
    lead = [w for table in ("prepositions", "be") for w in lexicon.listed("en/grammar", table)]
    nouns, leads = lexicon.alternatives(tuple(heads)), lexicon.alternatives(tuple(lead))
    return re.compile(rf"(?:the )?(?P<what>(?:{nouns}) (?:of|on|for|in|to) .+?) (?:{leads})", re.IGNORECASE)
