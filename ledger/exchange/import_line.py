"""One line of the import format (DESIGN, machine-readable contract) as a record, and as the claim it asks for."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any

from ledger import claims, sources
from ledger import records as r
from ledger.errors import BadInput
from ledger.merkle import canonical, loads
from ledger.records import replace
from ledger.vocabulary import Counting, Mode, Role, SourceKind


@dataclass(frozen=True, slots=True)
class ArticleLine:
    url: str | None = None
    file: str | None = None
    title: str | None = None
    publisher: str | None = None
    published_at: str | None = None
    credit_line: str | None = None
    byline: str | None = None
    language: str | None = None
    text: str | None = None
    extra: r.Json | None = None


@dataclass(frozen=True, slots=True)
class HopLine:
    source: str
    kind: str | None = None
    cue: str | None = None
    role: Role | None = None
    mode: Mode | None = None
    implicit: bool = False
    text: str | None = None
    start: int | None = None
    end: int | None = None
    cue_start: int | None = None
    cue_end: int | None = None


@dataclass(frozen=True, slots=True)
class ClaimLine:
    """One line of the import format."""

    article: ArticleLine
    exact: str
    key: str | None = None
    start: int | None = None
    prefix: str | None = None
    suffix: str | None = None
    attribution: tuple[HopLine, ...] = ()
    quantity: str | r.Json | None = None
    answer: str | None = None
    event_time: str | None = None
    as_of: str | None = None
    place: str | r.Json | None = None
    scope: str | None = None
    measure: str | None = None
    population: str | None = None
    counting: Counting | None = None
    says: str | None = None
    question: str | None = None
    cite: str | None = None
    mode: Mode | None = None
    quantities: tuple[r.Quantity, ...] | None = None
    """All figures with their places, as our own export gives them."""
    times: tuple[r.TimeSpan, ...] | None = None
    reading: r.Reading | None = None
    translation: r.Translation | None = None
    questions: tuple[str, ...] = ()
    tags: tuple[str, ...] = ()
    extra: r.Json = field(default_factory=dict)


def parsed(given: bytes | r.Json | BadInput) -> tuple[ClaimLine, str]:
    """The line as a record, unknown keys under `extra`, with the hash of its canonical form."""
    if isinstance(given, BadInput):
        raise given
    data = loads(given, floats=True) if isinstance(given, bytes) else given
    if not isinstance(data, dict):
        raise BadInput("not a JSON object")
    digest = hashlib.sha256(canonical(_without_text(data), floats=True)).hexdigest()
    unknown = data.keys() - r.field_names(ClaimLine)
    known = {k: v for k, v in data.items() if k not in unknown and v is not None}
    extra = known.get("extra", {})
    if unknown and isinstance(extra, dict):
        known["extra"] = {**{k: data[k] for k in sorted(unknown)}, **extra}
    if isinstance(article := known.get("article"), dict):
        known["article"] = _article_fields(article, known)
    line = r.parse(ClaimLine, known)
    if not line.exact.strip():
        raise BadInput("exact is empty")
    return line, digest


def _without_text(data: r.Json) -> r.Json:
    """What the claim's hash is taken over: the article's text is the article's, and may stand in one line of many."""
    article = data.get("article")
    if not isinstance(article, dict):
        return data
    return data | {"article": {k: v for k, v in article.items() if k != "text"}}


def _article_fields(article: r.Json, known: r.Json) -> r.Json:
    """The article without nulls; what we do not know of it joins the claim's extra."""
    unknown = {k: v for k, v in article.items() if k not in r.field_names(ArticleLine)}
    extra = known.get("extra", {})
    if unknown and isinstance(extra, dict):
        known["extra"] = {**extra, "article": unknown}
    return {k: v for k, v in article.items() if k not in unknown and v is not None}


def wanted_of(line: ClaimLine, digest: str) -> claims.Wanted:
    where, place, extra = _place(line.place)
    return claims.Wanted(
        exact=line.exact,
        start=line.start,
        prefix=line.prefix,
        attribution=tuple(_attribution(h) for h in line.attribution),
        figure=line.quantity if isinstance(line.quantity, str) else None,
        quantity=_quantity(line.quantity),
        quantities=line.quantities,
        times=line.times,
        place=place,
        reading=line.reading,
        translation=line.translation,
        cite=line.cite,
        mode=line.mode,
        measure=line.measure,
        population=line.population,
        counting=line.counting,
        answer=line.answer,
        when=line.event_time,
        as_of=line.as_of,
        where=where,
        scope=line.scope,
        says=line.says,
        key=line.key,
        key_hash=digest,
        extra={**extra, **line.extra} or None,
    )


def _place(place: str | r.Json | None) -> tuple[str | None, r.Place | None, r.Json]:
    """The place as a name to look for, or with the fields that we know; the rest goes to extra."""
    if not isinstance(place, dict):
        return place, None, {}
    known = {k: v for k, v in place.items() if k in r.field_names(r.Place) and v is not None}
    rest = {k: v for k, v in place.items() if k not in r.field_names(r.Place)}
    if set(known) == {"name"}:
        return str(known["name"]), None, {"place": rest} if rest else {}
    return None, r.parse(r.Place, known), {"place": rest} if rest else {}


def _attribution(hop: HopLine) -> r.Attribution:
    placed = None
    if hop.start is not None or hop.cue_start is not None:
        placed = r.Mention(
            hop.text or hop.source, hop.start, hop.end, hop.role or Role.ORIGIN, hop.cue, hop.cue_start, hop.cue_end,
            hop.implicit,
        )  # fmt: skip
    kind = source_kind(hop.kind, hop.source, hop.cue)
    return r.Attribution(hop.source, kind, hop.role, hop.cue, hop.mode, hop.implicit, placed)


def source_kind(given: str | None, name: str, cue: str | None) -> SourceKind | None:
    """The kind that an outside word means; None, to be guessed from the name, where it is not one of ours."""
    if given is None:
        return None
    if given in set(SourceKind):
        return SourceKind(given)
    word = sources.fold_name(given.replace("_", " "))
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
    known.setdefault("vague", known.get("modifier") == "vague")
    known["modifier"] = MODIFIERS.get(str(known.get("modifier")), known.get("modifier", "exact"))
    known.setdefault("text", _figure_text(known))
    for bound in ("low", "high"):
        if bound in known:
            known[bound] = str(known[bound])
            # a bound given without a word on it is meant: 401 and more, however the article puts it
            known.setdefault(f"{bound}_inclusive", True)
    known.setdefault("approximate", known["modifier"] in ("about", "nearly"))
    return replace(r.parse(r.Quantity, known))


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
