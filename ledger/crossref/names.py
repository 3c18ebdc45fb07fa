"""Names of sources: folded, and told from mere descriptions."""

from __future__ import annotations

import re
from collections.abc import Iterable
from functools import cache, lru_cache

from ledger import lexicon
from ledger.crossref.wordlists import ARTICLES, NAMELESS, PARTICLES, UNNAMED
from ledger.text import folding
from ledger.vocabulary import SourceKind


@lru_cache(maxsize=4096)
def nameless(name: str, kind: SourceKind | None = None) -> bool:
    """True where the words describe a speaker without naming one: "a military source", "activists", "unnamed media"."""
    if kind is SourceKind.ANONYMOUS:
        return True
    words = [w for w in folding.without_brackets(name).split() if w.lower() not in ARTICLES]
    if not words or any(w.lower() in UNNAMED for w in words):
        return bool(words)
    head = next((w for w in words if w.lower() not in PARTICLES), words[0])
    if head[0].islower() and "-" not in head[:4] and not head.startswith("@") and "." not in head:
        return True
    rest = words[1:]
    # "Syrian state media" is an institution, "Syrian military source" is nobody in particular
    return bool(rest) and "state" not in rest and rest[-1].lower() in NAMELESS and all(w[0].islower() for w in rest)


def tied(name: str, outlets: Iterable[str] = ()) -> bool:
    """True where a description is tied to one outlet: "a military source (of Example TV)", "an AFP correspondent"."""
    if bracketed(name) or agency().search(name):
        return True
    words = f" {folding.name(name)} "
    return any(f" {folding.name(outlet)} " in words for outlet in outlets if folding.name(outlet))


def bracketed(name: str) -> str | None:
    m = re.search(r"\(([^()]{1,200})\)", name)
    return m.group(1).strip() if m else None


@cache
def agency() -> re.Pattern[str]:
    """The name of a news agency, as agencies write theirs."""
    return re.compile(rf"\b(?:{lexicon.alternatives(lexicon.listed('agencies', 'names'))})\b")


@cache
def _word() -> re.Pattern[str]:
    return re.compile(r"[^\W_]+")
