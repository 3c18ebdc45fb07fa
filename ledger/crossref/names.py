"""Names of sources: folded, and told from mere descriptions."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from functools import cache, lru_cache

from ledger import lexicon
from ledger.crossref.wordlists import ARTICLES, NAMELESS, PARTICLES, SMALL, UNNAMED
from ledger.vocabulary import SourceKind


@lru_cache(maxsize=4096)
def fold(name: str) -> str:
    """The name without case, accents, punctuation and articles, and without its own acronym in brackets."""
    added = bracketed(name)
    text = unbracketed(name) if added and added.isupper() and added == _initials(name) else name
    plain = "".join(c for c in unicodedata.normalize("NFKD", text) if not unicodedata.combining(c))
    words = [w for w in _word().findall(plain.casefold()) if w not in ARTICLES]
    return " ".join(words) or name.casefold().strip()


@lru_cache(maxsize=4096)
def nameless(name: str, kind: SourceKind | None = None) -> bool:
    """True where the words describe a speaker without naming one: "a military source", "activists", "unnamed media"."""
    if kind is SourceKind.ANONYMOUS:
        return True
    words = [w for w in unbracketed(name).split() if w.lower() not in ARTICLES]
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
    words = f" {fold(name)} "
    return any(f" {fold(outlet)} " in words for outlet in outlets if fold(outlet))


def _initials(name: str) -> str:
    return "".join(
        w[0] for w in re.split(r"[\s-]+", unbracketed(name)) if w and w.lower() not in SMALL | ARTICLES
    ).upper()


def unbracketed(name: str) -> str:
    return re.sub(r"\([^()]{0,200}\)", " ", name).strip() or name


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
