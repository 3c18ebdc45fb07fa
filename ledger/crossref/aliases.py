"""Names that may mean one source, proposed for a person to confirm; the machine never makes two sources one."""

from __future__ import annotations

from ledger import records as r
from ledger.crossref.names import suggest_aliases
from ledger.store import Ledger, Writer, read
from ledger.suggestions import Proposal, propose
from ledger.vocabulary import Relating, SourceKind, SuggestionKind

MADE_BY = "names/1"


def propose_aliases(writer: Writer) -> list[r.Suggestion]:
    """Logs a suggestion for each pair of sources whose names may be one, where none was made before; gives the new ones."""
    known = {s.name: s for s in read.sources(writer.ledger) if s.merged_into is None}
    settled = _settled(writer.ledger)
    made = []
    for guess in suggest_aliases(known, {name: SourceKind(s.kind) for name, s in known.items()}):
        a, b = known[guess.a], known[guess.b]
        if frozenset((a.id, b.id)) in settled:
            continue
        stays, goes = (a, b) if a.claims >= b.claims else (b, a)
        data = {"source": stays.uid, "same": goes.uid}
        if guess.reason == "spokesman":
            data = {"source": b.uid, "same": a.uid, "relation": Relating.SPEAKS_FOR.value}
        proposal = Proposal(SuggestionKind.ALIAS, data, guess.reason, "0.5", MADE_BY, target=stays.uid)
        if uid := propose(writer, proposal):
            made.append(read.suggestion(writer.ledger, uid))
    return made


def _settled(ledger: Ledger) -> set[frozenset[str]]:
    """Pairs that a person called one source, or not one."""
    words = (Relating.SAME_AS, Relating.SPEAKS_FOR, Relating.INDEPENDENT)
    return {frozenset((x.source_id, x.to_id)) for x in read.relations(ledger) if x.relation in words}
