"""Chains of sources: who relays whom, who belongs to what, and which earlier source a short mention stands for."""

from __future__ import annotations

from ledger.records import Mention
from ledger.suggest.patterns import Hit
from ledger.vocabulary import Role


def link(text: str, hits: list[Hit]) -> list[tuple[Mention, ...]]:
    """The chain of each statement, outermost first."""
    return [_chain(text, hit) for hit in hits]


def _chain(text: str, hit: Hit) -> tuple[Mention, ...]:
    cue_text = text[hit.cue[0] : hit.cue[1]]
    relays = tuple(
        Mention(
            text[r.source[0] : r.source[1]],
            *r.source,
            Role.RELAY,
            text[r.cue[0] : r.cue[1]] if r.cue else None,
            *(r.cue or (None, None)),
        )
        for r in hit.relays
        if r.source
    )
    origin = Mention(
        text[hit.source[0] : hit.source[1]] if hit.source else "",
        *(hit.source or (None, None)),
        Role.ORIGIN,
        cue_text,
        *hit.cue,
    )
    return (*relays, origin)
