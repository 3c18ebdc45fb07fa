"""Claims with coordinates as GeoJSON (RFC 7946): a point a claim, with its words, who is said to have said it, and where."""

from __future__ import annotations

import json
from collections.abc import Iterator

from ledger.exchange import Selection
from ledger.records import Json, unseen_escaped
from ledger.store import Ledger, whole
from ledger.vocabulary import TimeRole


def export(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """One feature collection, a line a feature; how many claims have no coordinates is told."""
    yield b'{"type": "FeatureCollection", "features": ['
    lead, without = "\n", 0
    for found in whole.claims(ledger, question=selection.question):
        feature = _feature(found)
        if feature is None:
            without += 1
            continue
        yield (lead + unseen_escaped(json.dumps(feature, ensure_ascii=False))).encode("utf-8", "backslashreplace")
        lead = ",\n"
    yield b"\n]}\n"
    if without and selection.tell is not None:
        selection.tell(f"{without} {'claim has' if without == 1 else 'claims have'} no coordinates and no point")


def _feature(found: whole.Whole) -> Json | None:
    claim, place = found.claim, found.claim.place
    if place is None or place.latitude is None or place.longitude is None:
        return None
    event = next((t for t in claim.times if t.role is TimeRole.EVENT), None)
    told: Json = {
        "claim": claim.id, "exact": claim.exact, "says": claim.says, "place": place.name,
        "source": claim.attribution[-1].source if claim.attribution else None,
        "publisher": claim.publisher, "url": found.article.url, "published_at": claim.published_at,
        "earliest": event and event.earliest, "latest": event and event.latest, "questions": list(claim.questions),
    }  # fmt: skip
    return {
        "type": "Feature",
        "id": claim.uid,
        "geometry": {"type": "Point", "coordinates": [float(place.longitude), float(place.latitude)]},
        "properties": {name: value for name, value in told.items() if value},
    }
