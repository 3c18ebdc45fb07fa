"""Whose state a source is of, by its name: a government, its ministries, its forces and its broadcaster may be one voice."""

from __future__ import annotations

from functools import lru_cache
from itertools import pairwise

from msgspec import Struct

from ledger.crossref.names import is_person, kin, nameless
from ledger.crossref.wordlists import ARTICLES, MEDIA_WORDS, NOT_OF_STATE, STATE_BODIES, WHOLE_STATE
from ledger.text import folding


class OfState(Struct, frozen=True):
    """What a name of a state's body says."""

    nation: str
    """The word for whose state it is; empty where the name has none."""
    speaks_for_all: bool
    """True for a government, and for a broadcaster, which tell what others of their state say."""


@lru_cache(maxsize=4096)
def of_state(name: str) -> OfState | None:
    """What a name says where it is of a state's body: "Norland government", "state television"; None for any other."""
    words = [w for w in folding.without_brackets(name).split() if w.casefold() not in ARTICLES]
    low = [w.casefold() for w in words]
    broadcasts = any(a == "state" and b in MEDIA_WORDS for a, b in pairwise(low))
    body = bool(low) and low[-1] in STATE_BODIES and NOT_OF_STATE.isdisjoint(low)
    if not (broadcasts or body) or is_person(name) or nameless(name):
        return None
    nation = low[0] if words[0][:1].isupper() and low[0] not in STATE_BODIES | {"state"} else ""
    return OfState(nation, broadcasts or low[-1] in WHOLE_STATE)


def one_state(a: str, b: str) -> bool:
    """True for two bodies of one state of which one tells what the other says: a government, and its ministry."""
    mine, its = of_state(a), of_state(b)
    if mine is None or its is None or not (mine.speaks_for_all or its.speaks_for_all):
        return False
    return not (mine.nation and its.nation) or mine.nation == its.nation or kin(mine.nation, its.nation)
