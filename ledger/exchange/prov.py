"""W3C PROV-JSON: where each claim comes from, for tools that follow provenance.

A claim is a quotation (prov:Quotation) from a saved copy, which is one form of an article. The chain of who told whom is kept
as statements, innermost the primary source (prov:PrimarySource), each attributed to its source; who speaks of an organisation
acts on its behalf. What people did in the ledger are activities, with the actor and the time of the log's entry.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterator
from typing import Any
from urllib.parse import quote

from ledger import records as r
from ledger import store
from ledger.exchange import Selection
from ledger.store import Ledger, read
from ledger.vocabulary import EntryKind, Role, SourceKind

PERSONS = frozenset({SourceKind.PERSON, SourceKind.WITNESS})
NOT_ONE = frozenset({SourceKind.ANONYMOUS, SourceKind.UNKNOWN, SourceKind.DOCUMENT, SourceKind.SOCIAL_ACCOUNT})
"""Kinds of which nobody can say whether they are a person or an organisation."""
BEHALF = frozenset({"speaks_for", "part_of"})

Attributes = dict[str, Any]


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """One PROV-JSON document of the claims that stand, or of those under one question."""
    with ledger.snapshot():
        made = _Document(ledger)
        for claim in read.claims(ledger, question=selection.question):
            if not claim.redacted:
                made.claim(claim)
        made.sources()
        made.entries()
        document = {"prefix": made.prefixes} | made.records
    yield json.dumps(document, ensure_ascii=False, indent=1).encode("utf-8", "replace") + b"\n"


class _Document:
    """The records of a document, in the order in which they are found."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self.prefixes = {
            "log": f"urn:claim-ledger:{store.log_id(ledger)}:",
            "claims": "urn:claim-ledger:vocabulary:",
        }
        self.records: defaultdict[str, dict[str, Attributes]] = defaultdict(dict)
        self._logged: dict[str, str] = {}
        """Entries by uid, with what they made."""
        self._people: dict[str, None] = {}
        self._sources: dict[str, None] = {}
        self._behalves: set[tuple[str, str]] = set()

    # --- claims ---------------------------------------------------------------------------------------------------

    def claim(self, c: r.Claim) -> None:
        """A claim with the copy it is quoted from, its chain, and what people found of it."""
        name = f"log:{c.id}"
        place = {"claims:start": c.start, "claims:end": c.end, "claims:says": c.says, "claims:cite": c.cite}
        self._entity(name, "Claim", c.exact, **place)
        self._logged[c.uid] = name
        article = self._article(c)
        if c.capture and c.anchored:
            self._relate("wasDerivedFrom", generatedEntity=name, usedEntity=f"log:{c.capture}", type=_type("Quotation"))
        else:
            self._relate("wasDerivedFrom", generatedEntity=name, usedEntity=article)
        self._chain(c)
        if c.rating is not None or c.check is not None:
            self._judged(c, EntryKind.RATING)
            self._judged(c, EntryKind.CHECK)

    def _article(self, c: r.Claim) -> str:
        """The article of a claim, with its saved copies and its publisher."""
        name = f"log:{c.article}"
        if name in self.records["entity"]:
            return name
        a = read.article(self._ledger, c.article)
        self._entity(
            name, "Article", a.title or a.url or a.file, **{
                "claims:url": a.url, "claims:file": a.file, "claims:published_at": a.published_at,
                "claims:byline": a.byline, "claims:credit_line": a.credit_line,
            },
        )  # fmt: skip
        self._logged[a.uid] = name
        if a.publisher_id:
            self._attribute(name, a.publisher_id)
        for copy in read.captures(self._ledger, a.uid):
            self._entity(
                f"log:{copy.uid}", "Capture", None, **{
                    "claims:sha256": copy.raw, "claims:text_sha256": copy.text, "claims:method": copy.method,
                    "claims:extractor": copy.extractor,
                },
            )  # fmt: skip
            self._logged[copy.uid] = f"log:{copy.uid}"
            self._relate("specializationOf", specificEntity=f"log:{copy.uid}", generalEntity=name)
        return name

    def _chain(self, c: r.Claim) -> None:
        """Each teller's statement, from which the one before it derives; the innermost is the primary source."""
        tellers = [h for h in c.attribution if h.role != Role.AFFILIATION]
        told = f"log:{c.id}"
        for i, hop in enumerate(tellers, 1):
            statement = f"log:{c.id}.{i}"
            self._entity(statement, "Statement", None, **{"claims:cue": hop.cue, "claims:mode": hop.mode.value})
            self._attribute(statement, hop.known_by)
            kind = {"type": _type("PrimarySource")} if i == len(tellers) else {}
            self._relate("wasDerivedFrom", generatedEntity=told, usedEntity=statement, **kind)
            told = statement
        for hop in (h for h in c.attribution if h.role == Role.AFFILIATION):
            self._sources[hop.known_by] = None
            if tellers and tellers[-1].known_by != hop.known_by:
                self._behalf(tellers[-1].known_by, hop.known_by)

    def _judged(self, c: r.Claim, kind: EntryKind) -> None:
        for i, j in enumerate(read.judgements(self._ledger, c.uid, kind), 1):
            name = f"log:{c.id}.{kind.value}{i}"
            said = {"claims:scale": j.scale, "claims:because": j.because, "claims:superseded": j.superseded}
            self._entity(name, kind.value.capitalize(), j.value, **said)
            self._relate("wasDerivedFrom", generatedEntity=name, usedEntity=f"log:{c.id}")
            self._relate("wasAttributedTo", entity=name, agent=self._actor(j.by))
            self._relate("wasGeneratedBy", entity=name, time=j.at)

    # --- agents and activities ------------------------------------------------------------------------------------

    def sources(self) -> None:
        """Everybody who is named so far, and on whose behalf they are known to speak."""
        for name in self._sources:
            s = read.source(self._ledger, name)
            type_ = "Person" if s.kind in PERSONS else None if s.kind in NOT_ONE else "Organization"
            types = [_type(type_)] if type_ else []
            self.records["agent"][f"log:{name}"] = _given(
                {"prov:label": s.name, "claims:kind": s.kind, "claims:protected": s.protected}
            ) | {"prov:type": [*types, _kind("Source")]}
        for k in read.relations(self._ledger):
            if k.relation in BEHALF and {k.source_id, k.to_id} <= self._sources.keys():
                self._behalf(k.source_id, k.to_id)

    def entries(self) -> None:
        """What was done in the ledger to get what is shown: the entries that logged it, with time and actor."""
        for entry in store.entries(self._ledger):
            if entry.uid not in self._logged:
                continue
            name = f"log:entry-{entry.seq}"
            time = entry.recorded_at
            kind = {"prov:type": _kind("Entry"), "claims:kind": entry.kind}
            self.records["activity"][name] = {"prov:startTime": time, "prov:endTime": time} | kind
            self._relate("wasGeneratedBy", entity=self._logged[entry.uid], activity=name, time=time)
            self._relate("wasAssociatedWith", activity=name, agent=self._actor(entry.actor))

    def _actor(self, handle: str) -> str:
        name = f"log:actor-{quote(handle, safe='')}"
        if handle not in self._people:
            self._people[handle] = None
            self.records["agent"][name] = {"prov:label": handle, "prov:type": _kind("Actor")}
        return name

    def _attribute(self, entity: str, source: str) -> None:
        self._sources[source] = None
        self._relate("wasAttributedTo", entity=entity, agent=f"log:{source}")

    def _behalf(self, delegate: str, responsible: str) -> None:
        if (delegate, responsible) not in self._behalves:
            self._behalves.add((delegate, responsible))
            self._relate("actedOnBehalfOf", delegate=f"log:{delegate}", responsible=f"log:{responsible}")

    # --- records --------------------------------------------------------------------------------------------------

    def _entity(self, name: str, kind: str, label: str | None, **attributes: Any) -> None:
        self.records["entity"][name] = _given({"prov:label": label, "prov:type": _kind(kind), **attributes})

    def _relate(self, relation: str, **arguments: Any) -> None:
        found = self.records[relation]
        found[f"_:{relation}{len(found) + 1}"] = {f"prov:{k}": v for k, v in arguments.items()}


def _given(attributes: Attributes) -> Attributes:
    return {k: v for k, v in attributes.items() if v is not None}


def _type(name: str) -> Attributes:
    return {"$": f"prov:{name}", "type": "prov:QUALIFIED_NAME"}


def _kind(name: str) -> Attributes:
    return {"$": f"claims:{name}", "type": "prov:QUALIFIED_NAME"}
