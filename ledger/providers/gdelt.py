"""GDELT DOC 2.0, article list: news of the last three months, by words, without their text."""

from __future__ import annotations

import re
from datetime import UTC, datetime, timedelta
from typing import Any

from ledger.providers.outcomes import Found, Lead, LeadKind, Query
from ledger.providers.service import Service, address, each, text

LONGEST = 200
"""Characters of a query that are taken: one of about 290 was refused."""
MOST = 250
REACH = timedelta(days=90)
QUIET = 25 * 60.0
"""Seconds without a request, after which a throttled address was once let in again; asking earlier never helped."""


class Doc:
    """Tells errors in prose with the status of success; one request, and a long silence where it wants one."""

    name = "gdelt"
    title = "GDELT DOC 2.0"
    base = "https://api.gdeltproject.org/"
    key = None
    pause = 6.0
    on_its_own = True

    def unfit(self, query: Query) -> str | None:
        if query.url:
            return "it looks for words, not for an address"
        if query.until and query.until < f"{datetime.now(UTC) - REACH:%Y-%m-%d}":
            return "it reaches back about three months"
        return None if words(query.text) else "no word in it is long enough to be looked for"

    def ask(self, query: Query, service: Service) -> Found:
        most = min(query.limit, MOST)
        asked: dict[str, str | int] = {
            "query": words(query.text), "mode": "ArtList", "format": "json", "maxrecords": most, "sort": "HybridRel",
        }  # fmt: skip
        if query.since or query.until:
            earliest = f"{datetime.now(UTC) - REACH:%Y-%m-%d}"
            asked["startdatetime"] = max(query.since or earliest, earliest).replace("-", "") + "000000"
            asked["enddatetime"] = (query.until or f"{datetime.now(UTC):%Y-%m-%d}").replace("-", "") + "235959"
        else:
            asked["timespan"] = "3months"
        got = service.get("api/v2/doc/doc", asked, tries=1)
        said = " ".join(got.body[:400].decode("utf-8", "replace").split())
        if got.status == 429 or "limit requests" in said:
            service.be_quiet(QUIET)
            raise service.failed("it asks for fewer requests", hint="it is left alone for 25 minutes")
        if got.status != 200 or not said.startswith("{"):
            raise service.failed(f"{got.status}: {said}", hint="its words say what it takes")
        data = service.json(got, mended=True)
        rows = data.get("articles", []) if isinstance(data, dict) else None
        if not isinstance(rows, list) or not data.keys() <= {"articles"}:
            raise service.failed("an answer without a list of articles")
        leads = [lead for row in each(rows) if (lead := _lead(row))]
        return Found(
            leads, more=len(rows) >= most, skipped=len(rows) - len(leads), covers="the last three months"
        )  # fmt: skip


def words(said: str) -> str:
    """The words that are looked for, all of them; signs that mean something in a query are left out."""
    kept: list[str] = []
    for word in re.findall(r"\w[\w.,'’-]*\w", said):
        plain = word.strip("-").replace(",", "")
        if len(plain) > 2 or plain.isdigit():
            kept.append(plain)
    while len(" ".join(kept)) > LONGEST:
        kept.pop()
    return " ".join(kept)


def _lead(row: dict[str, Any]) -> Lead | None:
    url = address(row.get("url"))
    if url is None:
        return None
    seen = re.fullmatch(r"(\d{4})(\d\d)(\d\d)T(\d\d)(\d\d)\d\dZ", text(row.get("seendate")) or "")
    return Lead(
        url=url, title=text(row.get("title")) or url, kind=LeadKind.NEWS, publisher=text(row.get("domain")),
        published="{}-{}-{}T{}:{}Z".format(*seen.groups()) if seen else None, language=text(row.get("language")),
    )  # fmt: skip
