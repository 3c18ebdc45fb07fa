"""Who relays: the words by which a news outlet or a document is known from its name alone."""

from __future__ import annotations

import re
from functools import cache

from ledger import lexicon
from ledger.suggest.lexicon import listed

MEDIA = listed(
    """news times post herald tribune guardian journal gazette telegraph observer chronicle mail star sun mirror standard
    tv television radio channel network broadcasting broadcaster press agency newspaper magazine website daily weekly today
    bbc cnn nbc abc cbs msnbc npr pbs itv sky sputnik
    jazeera arabiya media wire"""
)
CITED = listed(
    """official officials source sources spokesman spokeswoman spokesperson police ministry minister statement statements
    document documents report reports data figures records witness witnesses resident residents medic medics doctor doctors
    monitor activist activists commander lawyer prosecutors prosecutor person people agency authorities adviser aide aides"""
)
"""What can stand behind "citing" as the source of a statement, and not as a reason."""


@cache
def _agencies() -> frozenset[str]:
    """The words of agencies with one: as written, and without case where they are too long to be another word."""
    names = [name for name in lexicon.listed("agencies", "names") if " " not in name]
    return frozenset(names) | {name.lower() for name in names if len(name) > SHORT}


SHORT = 3


def outlet_word(word: str) -> bool:
    """Whether the word alone names or describes an outlet: "AFP", "newspaper"."""
    return word.lower() in MEDIA or word in _agencies() or word.lower() in _agencies()


def is_outlet(name: str) -> bool:
    """Whether the name is that of a news outlet: "the Daily Post", "AFP", "state television"."""
    found = re.findall(r"[^\W_]+", name)
    return (
        bool(found) and any(map(outlet_word, found)) and any(w[0].isupper() or w in ("state", "local") for w in found)
    )
