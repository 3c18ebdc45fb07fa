"""Claimants that are nobody: "Multiple sources", "Facebook user", "Viral post", in the languages that fact-checks are in.

A claimant whose every word is of the lists in `ledger/data/claimants.toml` names no one. One that names an account of a
network ("Facebook page Harbour Watch") is a social account. Everything else is a name, whatever type the markup gives it.
"""

from __future__ import annotations

import re
import unicodedata
from functools import cache
from itertools import pairwise

from ledger import lexicon
from ledger.vocabulary import SourceKind

DIVIDERS = re.compile(r"[\s,;:/|\\()\[\]{}<>\"“”„«»‘’'`&+.!?·•*#_–—-]+")


def placeholder(name: str) -> SourceKind | None:
    """ANONYMOUS for a claimant that names nobody, SOCIAL_ACCOUNT for an account of a network; None for any other name."""
    folded = _fold(name)
    if folded.strip() in ("", *lexicon.listed("claimants", "empty")):
        return SourceKind.ANONYMOUS
    words = [w for w in DIVIDERS.split(folded) if w]
    known = [_known(w) for w in words]
    if words and all(known) and ({"network", "strong"} & set(known) or set(known) == {"short"}):
        return SourceKind.ANONYMOUS
    if name.lstrip().startswith("@") or _account(known):
        return SourceKind.SOCIAL_ACCOUNT
    return None


def _account(known: list[str | None]) -> bool:
    """A network's name beside "user", "page", "account" or the like, with words that are nobody else's."""
    return any("network" in pair and {"weak", "strong"} & set(pair) for pair in pairwise(known)) and None in known


def _known(word: str) -> str | None:
    for which, words in _tables().items():
        if word in words:
            return which
    if any(word.startswith(n) and len(word) <= len(n) + 3 for n in lexicon.listed("claimants", "inflected")):
        return "network"
    if word.isascii():
        return None
    return "strong" if not _unspaced().sub("", word) else None


def _fold(name: str) -> str:
    return unicodedata.normalize("NFC", unicodedata.normalize("NFKC", name).casefold())


@cache
def _tables() -> dict[str, frozenset[str]]:
    lists = {"network": "networks", "strong": "strong", "weak": "weak", "short": "short"}
    return {which: frozenset(map(_fold, lexicon.listed("claimants", name))) for which, name in lists.items()}


@cache
def _unspaced() -> re.Pattern[str]:
    """Terms of scripts that put no space between words, the longest first."""
    return re.compile(lexicon.alternatives(tuple(map(_fold, lexicon.listed("claimants", "unspaced")))))
