"""ClaimReview nodes of an invented desk, in the shapes that publishers write."""

from __future__ import annotations

import json
from typing import Any

Json = dict[str, Any]

URL = "https://desk.example/checks/boats"
CLAIM = "Sixty boats left Marsala on one day"


def node(**changes: Any) -> Json:
    """A review with every property in its plainest shape; None takes one away."""
    made: Json = {
        "@context": "https://schema.org", "@type": "ClaimReview", "url": URL, "claimReviewed": CLAIM,
        "name": "No, it was forty", "datePublished": "2026-03-04",
        "author": {"@type": "Organization", "name": "Example Desk", "url": "https://desk.example/"},
        "reviewRating": {
            "@type": "Rating", "alternateName": "Mostly false", "ratingValue": 2, "bestRating": 5, "worstRating": 1,
        },
        "itemReviewed": item(),
    }  # fmt: skip
    return {k: v for k, v in (made | changes).items() if v is not None}


def item(**changes: Any) -> Json:
    """What was reviewed."""
    made: Json = {
        "@type": "Claim", "author": {"@type": "Person", "name": "Mayor Rosa Valli"}, "datePublished": "2026-03-02",
        "appearance": [{"@type": "CreativeWork", "url": "https://gazette.example/boats"}],
        "firstAppearance": {"@type": "CreativeWork", "url": "https://radio.example/monday"},
    }  # fmt: skip
    return {k: v for k, v in (made | changes).items() if v is not None}


def page(*scripts: object, head: str = "") -> str:
    """A page with these scripts, given as text or as data."""
    made = (s if isinstance(s, str) else json.dumps(s) for s in scripts)
    tags = "\n".join(f'<script type="application/ld+json">{s}</script>' for s in made)
    return f"<!doctype html><html><head><title>A page</title>{head}</head><body>\n{tags}\n<p>Words.</p></body></html>"
