"""What differs between two versions of one claim: hedge, figure, unit, period, attribution, strong words, quoted words.

A finding is a code with what it rests on; `ledger.reports.sentences` makes a sentence of it. Which pairs of a question's claims
are looked at is `wording_pairs`.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from decimal import Decimal
from difflib import SequenceMatcher
from functools import cache

from ledger import quantity
from ledger.crossref.compare import compare
from ledger.crossref.containment import Containment, order, period
from ledger.crossref.guards import counted
from ledger.crossref.measures import tokens
from ledger.crossref.origins import Link, is_headline, links_of, unnamed_link
from ledger.crossref.statements import marked_earlier
from ledger.crossref.wordlists import ACTIVITIES, DOUBT, STRONGER
from ledger.records import Claim, Quantity, Statement
from ledger.text import folding
from ledger.vocabulary import Agreement, Drift, Modifier

FLOORS = frozenset({Modifier.AT_LEAST, Modifier.MORE_THAN})
CEILINGS = frozenset({Modifier.AT_MOST, Modifier.FEWER_THAN, Modifier.NEARLY})


@dataclass(frozen=True, slots=True)
class Version:
    """A claim as one article tells it."""

    claim: str
    article: str
    exact: str
    statement: Statement
    links: tuple[Link, ...] = ()
    """The chain, outermost first, the publisher left out."""
    publisher: str = ""
    credit_line: str | None = None
    published: str | None = None
    headline: bool = False
    anchored: bool = True
    """False where the words are cited and were never captured."""


@dataclass(frozen=True, slots=True)
class Finding:
    """One difference, and what shows it."""

    kind: Drift
    code: str
    """A key of `sentences.WORDING`."""
    given: Mapping[str, object] = field(default_factory=dict)
    """What the code's sentence names: words, names, figures, periods."""


def drift(a: Version, b: Version) -> list[Finding]:
    """What differs in b's wording from a's, which is nearer to the origin; empty where nothing does."""
    return [*figure_findings(a, b), *_attribution(a, b), *_strength(a, b), *quote_findings(a.exact, b.exact)]


def version_of(claim: Claim, statement: Statement) -> Version:
    """A logged claim as its article's version."""
    return Version(
        claim=claim.id,
        article=claim.article,
        exact=claim.exact,
        statement=statement,
        links=links_of(claim),
        publisher=claim.publisher or "",
        credit_line=claim.credit_line,
        published=claim.published_at,
        headline=is_headline(claim),
        anchored=claim.anchored,
    )


# --- what can be asked of versions ----------------------------------------------------------------------------------


def numbers(version: Version) -> set[Decimal]:
    """The bounds that the words state; a vague word states none."""
    q = version.statement.quantity
    return set() if q is None or q.vague else {Decimal(v) for v in (q.low, q.high) if v is not None}


def shared_numbers(a: Version, b: Version) -> set[Decimal]:
    """Bounds that both state."""
    return numbers(a) & numbers(b)


def distinctive(number: Decimal) -> bool:
    """True for two or more significant digits: 43 or 450, not 400, which many counts may share."""
    return len(number.normalize().as_tuple().digits) > 1


def flipped(a: Version, b: Version) -> bool:
    """True where the one makes a floor, the other a ceiling, of what may be one figure."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None:
        return False
    return (p.modifier in FLOORS and q.modifier in CEILINGS) or (p.modifier in CEILINGS and q.modifier in FLOORS)


def nameless_origin(version: Version) -> bool:
    """True where the chain ends with somebody who is not named."""
    return bool(version.links) and unnamed_link(version.links[-1])


def one_speaker(a: Version, b: Version) -> bool:
    """True where both chains end with the same name, or both are the publisher's own voice."""
    return [folding.name(link.name) for link in a.links[-1:]] == [folding.name(link.name) for link in b.links[-1:]]


def current_together(a: Version, b: Version) -> bool:
    """True where one article gives both as current: it marks neither as superseded, nor credits them to two sources."""
    if a.article != b.article or marked_earlier(a.exact) or marked_earlier(b.exact):
        return False
    return one_speaker(a, b) or not a.links or not b.links


# --- figures ----------------------------------------------------------------------------------------------------------

SOFT = frozenset({Modifier.NEARLY, Modifier.ABOUT})


def figure_findings(a: Version, b: Version) -> Iterator[Finding]:
    """What b does to a's figure; nothing where the two are about different periods."""
    if a.statement.quantity is None or b.statement.quantity is None:
        return
    mine, its = counted(a.statement), counted(b.statement)
    if not shared_numbers(a, b) and not (
        a.article == b.article and _rounded(a.statement.quantity, b.statement.quantity)
    ):
        yield from _other_figure(a, b)
        return
    when = list(_period(a, b))
    if when and not any(distinctive(n) for n in shared_numbers(a, b)):
        return  # a round figure of another period is another figure
    if mine.measure and its.measure and mine.measure != its.measure:
        given = {
            "a": a.statement.quantity,
            "a_measure": mine.measure,
            "b": b.statement.quantity,
            "b_measure": its.measure,
        }
        yield Finding(Drift.UNIT_DRIFT, "counts_other", given)
    elif scope_differs(a, b):
        yield Finding(Drift.SCOPE_DRIFT, "scope", {"a": _about(a), "b": _about(b)})
    yield from hedge_findings(a, b)
    yield from when


def hedge_findings(a: Version, b: Version) -> Iterator[Finding]:
    """What became of the hedge on one figure."""
    p, q = a.statement.quantity, b.statement.quantity
    if p is None or q is None or (p.modifier is q.modifier and (p.low, p.high) == (q.low, q.high)):
        return
    given = {"a": p.text or p, "b": q.text or q}
    if flipped(a, b):
        yield Finding(Drift.HEDGE_INVERSION, "floor_to_ceiling" if p.modifier in FLOORS else "ceiling_to_floor", given)
    elif _plain(q):
        yield Finding(Drift.HEDGE_DROP, "hedge_gone", given)
    elif _plain(p):
        yield Finding(Drift.HEDGE_ADDED, "hedge_added", given)
    elif p.modifier is Modifier.BETWEEN:
        yield Finding(Drift.HEDGE_DROP, "range_to_end", given)
    elif p.modifier is Modifier.AT_LEAST and q.modifier is Modifier.MORE_THAN:
        yield Finding(Drift.WORD_STRENGTHENED, "hedge_stronger", given)
    else:
        yield Finding(Drift.HEDGE_ADDED, "hedge_other", given)


def scope_differs(a: Version, b: Version) -> bool:
    """True where the words put other people or another side in the place of the first."""
    if a.statement.scope and a.statement.scope == b.statement.scope:
        return False
    mine, its = counted(a.statement), counted(b.statement)
    return bool(
        (mine.side and its.side and mine.side != its.side) or (mine.group and its.group and mine.group != its.group)
    )


def _other_figure(a: Version, b: Version) -> Iterator[Finding]:
    """Two figures for one thing: in one article the older is stale; in two it is a change unless the count went on."""
    if counted(a.statement).measure != counted(b.statement).measure or scope_differs(a, b):
        return
    given = {"a": a.statement.quantity, "b": b.statement.quantity}
    dated = order(a.statement.as_of, b.statement.as_of)
    if a.article == b.article:
        if (dated or one_speaker(a, b)) and not _excused(a, b):
            yield Finding(Drift.STALE_FIGURE, "both_current", given)
        return
    if dated and (a.statement.running or b.statement.running):
        return
    if compare(a.statement, b.statement, one_question=True).agreement is Agreement.CONFLICT:
        yield Finding(Drift.VALUE_CHANGE, "figure_differs", given)


def _excused(a: Version, b: Version) -> bool:
    """True where the text marks one as superseded, or a vague word merely holds the other figure."""
    if marked_earlier(a.exact) or marked_earlier(b.exact):
        return True
    p, q = a.statement.quantity, b.statement.quantity
    vague = p is not None and q is not None and (p.vague or q.vague)
    return vague and p is not None and q is not None and quantity.compare(p, q).agreement is not Agreement.CONFLICT


def _rounded(p: Quantity, q: Quantity) -> bool:
    """True where one figure is the other, rounded and hedged: "at least 88" and "nearly 90"."""
    if p.vague or q.vague or p.modifier is q.modifier or not {p.modifier, q.modifier} & SOFT:
        return False
    x, y = (Decimal(v.high if v.high is not None else v.low or "0") for v in (p, q))
    return bool(x and y) and abs(x - y) * 20 <= max(x, y) and _digits(x) != _digits(y)


def _digits(value: Decimal) -> int:
    return len(value.normalize().as_tuple().digits)


def _plain(q: Quantity) -> bool:
    return q.modifier is Modifier.EXACT and not q.approximate


def _period(a: Version, b: Version) -> Iterator[Finding]:
    activity = any(counted(t.statement).measure in ACTIVITIES for t in (a, b))
    found = period(a.statement.window, b.statement.window, one_question=True, activity=activity, total=not activity)
    if found not in (Containment.SAME, Containment.EXTENDED):
        given = {"figure": b.statement.quantity, "when": b.statement.window, "nearer": a.statement.window}
        yield Finding(Drift.WINDOW_DRIFT, "window", given)


def _about(version: Version) -> str | None:
    s = version.statement
    return s.population or s.place or s.scope


# --- attribution ------------------------------------------------------------------------------------------------------


def _attribution(a: Version, b: Version) -> Iterator[Finding]:
    if not a.links:
        return
    mine = a.links[-1].name
    if not b.links:
        if a.article != b.article:
            yield Finding(Drift.ATTRIBUTION_DROP, "own_voice", {"source": mine, "outlet": b.publisher})
        return
    its = b.links[-1].name
    names = [folding.name(link.name) for link in a.links], [folding.name(link.name) for link in b.links]
    if folding.name(mine) == folding.name(its) or (nameless_origin(a) and nameless_origin(b)):
        yield from _relays(a, b)
    elif folding.name(its) in names[0] and not nameless_origin(a):
        return  # the body is named instead of its own speaker
    elif names[1] == names[0][:-1] or (nameless_origin(b) and not nameless_origin(a)):
        yield Finding(Drift.ATTRIBUTION_DROP, "source_became", {"a": mine, "b": its})
    elif nameless_origin(a) and not nameless_origin(b):
        yield Finding(Drift.ATTRIBUTION_UPGRADE, "nameless_became", {"a": mine, "b": its})


def _relays(a: Version, b: Version) -> Iterator[Finding]:
    """A nameless source is known only through whom it spoke to: two different relays cannot both be right."""
    mine, its = [folding.name(k.name) for k in a.links[:-1]], [folding.name(k.name) for k in b.links[:-1]]
    if not nameless_origin(a) or mine == its:
        return
    source = a.links[-1].name
    if mine and its:
        yield Finding(Drift.RELAY_CONFLICT, "relays", {"a": a.links[0].name, "source": source, "b": b.links[0].name})
    else:
        yield Finding(Drift.RELAY_CONFLICT, "relay_once", {"source": source, "relay": (a if mine else b).links[0].name})


# --- strong words and doubt ---------------------------------------------------------------------------------------


def _strength(a: Version, b: Version) -> Iterator[Finding]:
    mine, its = [w for w, _, _ in tokens(a.exact)], [w for w, _, _ in tokens(b.exact)]
    for plain, stronger in STRONGER.items():
        found = [w for w in its if w in stronger and w not in mine]
        if plain in mine and plain not in its and found:
            yield Finding(Drift.WORD_STRENGTHENED, "word_became", {"a": plain, "b": found[0]})
    if a.statement.quantity is None and DOUBT & set(mine) and not DOUBT & set(its) and _alike(mine, its):
        yield Finding(Drift.HEDGE_DROP, "doubt_gone", {"word": next(w for w in mine if w in DOUBT)})


def _alike(mine: list[str], its: list[str]) -> bool:
    """True where most words of the shorter one stand in the other."""
    short, long = sorted((set(mine), set(its)), key=len)
    return bool(short) and len(short & long) * 3 >= len(short) * 2


# --- quotation marks --------------------------------------------------------------------------------------------------


LONGEST_QUOTE = 400
"""Words looked at: a quotation is shorter, and matching takes the square of the length."""

Marked = list[tuple[str, bool]]
"""Words without case, each with whether it stands inside quotation marks."""


def quote_findings(a: str, b: str) -> Iterator[Finding]:
    """What differs inside the quotation marks of two versions of the same words; nothing where they are other words."""
    mine, its = marked(a), marked(b)
    if not any(q for _, q in mine) or not any(q for _, q in its):
        return
    match = SequenceMatcher(None, [w for w, _ in mine], [w for w, _ in its], autojunk=False)
    if match.ratio() < 0.6:
        return
    moved: list[str] = []
    for tag, i, j, k, n in match.get_opcodes():
        if tag == "equal":
            moved += [mine[i + s][0] for s in range(j - i) if mine[i + s][1] != its[k + s][1]]
        elif tag == "replace" and all(q for _, q in mine[i:j]) and all(q for _, q in its[k:n]):
            yield Finding(Drift.QUOTE_WORD, "quote_word", {"a": _joined(mine[i:j]), "b": _joined(its[k:n])})
    if 0 < len(moved) <= 8:
        yield Finding(Drift.QUOTE_BOUNDARY, "quote_boundary", {"words": " ".join(moved)})


def marked(text: str) -> Marked:
    """The words of the text, each with whether it is quoted."""
    found: Marked = []
    inside = False
    for m in _piece().finditer(text):
        piece = m.group()
        if piece in "“«„":
            inside = True
        elif piece in "”»":
            inside = False
        elif piece == '"':
            inside = not inside
        else:
            found.append((piece.lower(), inside))
        if len(found) == LONGEST_QUOTE:
            break
    return found


def _joined(part: Marked) -> str:
    return " ".join(w for w, _ in part)


@cache
def _piece() -> re.Pattern[str]:
    return re.compile(r"[“”«»„\"]|[^\W_]+(?:[’'-][^\W_]+)*")
