"""One line of the import format (DESIGN, machine-readable contract) as the claim and the article that it gives."""

from __future__ import annotations

import hashlib
from typing import Any

from msgspec import Struct

from ledger import claims, sources
from ledger import records as r
from ledger.errors import BadInput
from ledger.merkle import canonical, loads
from ledger.suggest import stance
from ledger.text import folding
from ledger.vocabulary import Counting, Role, SourceKind, Stance, Status

CLAIM = frozenset({
    "exact", "key", "start", "prefix", "suffix", "attribution", "quantities", "times", "reading", "translation", "cite", "says",
    "scope", "answer", "mode", "questions", "tags", "extra", "stance", "status", "language", "unsure",
    "found_by", "fields", "locator",
})  # fmt: skip
"""The keys of a line that are fields of a claim."""
COMMON_WORDS: dict[str, Any] = {
    "stance": Stance,
    "status": Status,
    "language": str,
    "unsure": tuple[r.Unsure, ...],
    "found_by": str,
    "locator": str,
    "fields": dict[str, str],
}
"""Keys that others use in senses of their own: with a value that is not one of ours they join `extra`."""
ARTICLE = frozenset({
    "url", "file", "title", "publisher", "published_at", "credit_line", "byline", "language", "extra",
})  # fmt: skip
"""The keys of its article that are fields of one; `text` beside them is that of a saved copy."""


class Short(Struct, frozen=True):
    """What a line may say in a word where a claim has figures, times, a place and questions."""

    quantity: str | r.Json | None = None
    event_time: str | None = None
    as_of: str | None = None
    place: str | r.Json | None = None
    measure: str | None = None
    population: str | None = None
    counting: Counting | None = None
    question: str | None = None


class Line(Struct, frozen=True):
    """A claim as a line gives it, what helps to read it, and its article with the text of the copy."""

    claim: r.Claim
    hints: claims.Hints
    article: r.Article
    text: str | None


def parsed(given: bytes | r.Json | BadInput) -> Line:
    """The line, unknown keys under the claim's `extra`; `key_hash` is that of its canonical form."""
    if isinstance(given, BadInput):
        raise given
    data = loads(given, floats=True) if isinstance(given, bytes) else given
    if not isinstance(data, dict):
        raise BadInput("not a JSON object")
    digest = hashlib.sha256(canonical(_without_text(data), floats=True)).hexdigest()
    known = {k: v for k, v in data.items() if v is not None}
    article = known.pop("article", None)
    if not isinstance(article, dict):
        raise BadInput("a line needs an article, as an object")
    short = r.parse(Short, {k: known.pop(k) for k in r.field_names(Short) if k in known})
    taken = CLAIM - {name for name in COMMON_WORDS if name in known and not _is_ours(name, known[name])}
    unknown = {k: data[k] for k in sorted(data.keys() - taken - r.field_names(Short) - {"article"})}
    if beside := {k: v for k, v in article.items() if k not in ARTICLE and k != "text"}:
        unknown = {"article": beside} | unknown
    claim, hints = _claim({k: v for k, v in known.items() if k in taken}, short, unknown)
    return Line(r.replace(claim, key_hash=digest), hints, *article_of(article))


def _is_ours(name: str, value: Any) -> bool:
    try:
        r.convert(value, COMMON_WORDS[name], name)
    except BadInput:
        return False
    return True


def article_of(data: r.Json) -> tuple[r.Article, str | None]:
    """An article as a line gives it, and the text of its copy."""
    text = data.get("text")
    known = {k: v for k, v in data.items() if k in ARTICLE and v is not None}
    return r.parse(r.Article, known), r.convert(text, str | None, "text")


def _without_text(data: r.Json) -> r.Json:
    """What the claim's hash is taken over: the article's text is the article's, and may stand in one line of many."""
    article = data.get("article")
    if not isinstance(article, dict):
        return data
    return data | {"article": {k: v for k, v in article.items() if k != "text"}}


def _claim(known: r.Json, short: Short, unknown: r.Json) -> tuple[r.Claim, claims.Hints]:
    """The fields of a line as a claim; figures and times that it gives as lists are all there are."""
    place, rest = _place(short.place)
    hints = claims.Hints(
        figure="none" if known.get("quantities") == [] else short.quantity if isinstance(short.quantity, str) else None,
        measure=short.measure,
        population=short.population,
        counting=short.counting,
        only_times="times" in known,
    )
    if isinstance(chain := known.get("attribution"), list):
        known["attribution"] = [
            _hop(h, last=n == len(chain)) if isinstance(h, dict) else h for n, h in enumerate(chain, 1)
        ]
    claim = r.parse(r.Claim, known)
    if not claim.exact.strip():
        raise BadInput("exact is empty")
    if "stance" not in known and (cue := claim.attribution[-1].cue if claim.attribution else None):
        claim = r.replace(claim, stance=stance.of_cue(cue))
    figure = _quantity(short.quantity)
    questions = ((short.question,) if short.question else ()) + claim.questions
    claim = r.replace(
        claim,
        quantities=claim.quantities or ((figure,) if figure and "quantities" not in known else ()),
        times=claim.times if hints.only_times else claims.given_times(short.event_time, short.as_of),
        place=place,
        questions=tuple(dict.fromkeys(questions)),
        extra={**rest, **unknown, **(claim.extra or {})} or None,
    )
    return claim, hints


def _place(place: str | r.Json | None) -> tuple[r.Place | None, r.Json]:
    """The place by name or with the fields that we know; the rest goes to extra."""
    if not isinstance(place, dict):
        return claims.given_place(place), {}
    known = {k: v for k, v in place.items() if k in r.field_names(r.Place) and v is not None}
    rest = {k: v for k, v in place.items() if k not in r.field_names(r.Place)}
    return r.parse(r.Place, known), {"place": rest} if rest else {}


def _hop(given: r.Json, *, last: bool) -> r.Json:
    """A hop with its kind and role in our words; the last one is the origin where nothing is said, the others relays."""
    hop = {"role": Role.ORIGIN if last else Role.RELAY} | {k: v for k, v in given.items() if v is not None}
    if isinstance(kind := hop.pop("kind", None), str) and isinstance(name := hop.get("source"), str):
        hop["kind"] = source_kind(kind, name, hop.get("cue"))
    if hop.get("start") is not None:
        hop.setdefault("text", hop.get("source"))
    return hop


def source_kind(given: str | None, name: str, cue: str | None) -> SourceKind | None:
    """The kind that an outside word means; None, to be guessed from the name, where it is not one of ours."""
    if given is None:
        return None
    if given in set(SourceKind):
        return SourceKind(given)
    word = folding.name(given.replace("_", " "))
    return next((kind for part, kind in KIND_WORDS if part in word), None) or sources.guess_kind(name, cue)


KIND_WORDS = (
    ("anonymous", SourceKind.ANONYMOUS),
    ("ministry", SourceKind.GOVERNMENT),
    ("outlet", SourceKind.NEWS_OUTLET),
    ("agency", SourceKind.WIRE_AGENCY),
    ("wire", SourceKind.WIRE_AGENCY),
    ("monitor", SourceKind.MONITORING_GROUP),
    ("activist", SourceKind.ANONYMOUS),
    ("official", SourceKind.GOVERNMENT),
    ("military", SourceKind.ARMED_FORCES),
    ("army", SourceKind.ARMED_FORCES),
    ("rebel", SourceKind.ARMED_GROUP),
    ("witness", SourceKind.WITNESS),
)


def _quantity(value: Any) -> r.Quantity | None:
    """A figure given as an interval; our own fields alone, the rest of theirs dropped."""
    if not isinstance(value, dict):
        return None
    known = {k: v for k, v in value.items() if k in r.field_names(r.Quantity) and v is not None}
    known.setdefault("vague", known.get("modifier") == "vague")
    known["modifier"] = MODIFIERS.get(str(known.get("modifier")), known.get("modifier", "exact"))
    known.setdefault("text", _figure_text(known))
    for bound in ("low", "high"):
        if bound in known:
            known[bound] = str(known[bound])
            # a bound given without a word on it is meant: 401 and more, however the article puts it
            known.setdefault(f"{bound}_inclusive", True)
    known.setdefault("approximate", known["modifier"] in ("about", "nearly"))
    return r.parse(r.Quantity, known)


MODIFIERS = {
    "up_to": "at_most",
    "less_than": "fewer_than",
    "almost": "nearly",
    "approximately": "about",
    "no": "none",
    "range": "between",
    "vague": "about",
    "exactly": "exact",
}
"""Other people's words for hedges."""


def _figure_text(known: r.Json) -> str:
    low, high = known.get("low"), known.get("high")
    return str(low if high in (None, low) else high if low is None else f"{low} to {high}")
