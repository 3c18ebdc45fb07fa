"""MediaWiki search: articles of Wikipedia, each as the revision that stands now."""

from __future__ import annotations

import html
import re
from typing import Any

from ledger import web
from ledger.errors import Unreachable
from ledger.providers.outcomes import Found, Lead, LeadKind, Query
from ledger.providers.service import Service, each, text

USUAL: dict[str, str | int] = {"format": "json", "formatversion": 2, "errorformat": "plaintext", "maxlag": 5}
PAGES = 3


class Search:
    """A wiki's text changes; what is led to is a revision, which does not."""

    name = "wikipedia"
    title = "Wikipedia"
    base = "https://en.wikipedia.org/"
    key = None
    pause = 1.0
    on_its_own = True

    def unfit(self, query: Query) -> str | None:
        return "it looks for words, not for an address" if query.url else None

    def ask(self, query: Query, service: Service) -> Found:
        if query.language and service.base == self.base and re.fullmatch(r"[a-z]{2,3}", query.language):
            service.base = f"https://{query.language}.wikipedia.org/"
        asked: dict[str, str | int] = {
            "action": "query",
            "list": "search",
            "srsearch": query.text[:300],
            "srlimit": min(query.limit, 50),
        }
        hits: list[dict[str, Any]] = []
        more: dict[str, Any] = {}
        for _ in range(PAGES):
            data = answered(service, service.get("w/api.php", USUAL | asked | more))
            found = data.get("query")
            if not isinstance(found, dict) or not isinstance(found.get("search"), list):
                raise service.failed("an answer without a list of pages")
            hits += each(found["search"])
            more = data["continue"] if isinstance(data.get("continue"), dict) else {}
            if not more or len(hits) >= query.limit:
                break
        hits = hits[: query.limit]
        revisions = _revisions(service, [h["pageid"] for h in hits if isinstance(h.get("pageid"), int)])
        leads = [lead for hit in hits if (lead := _lead(service, hit, revisions))]
        return Found(leads, more=bool(more), skipped=len(hits) - len(leads))


def answered(service: Service, got: web.Response) -> dict[str, Any]:
    """The object that a MediaWiki answers; its errors come with the status of success."""
    data = service.json(got)
    if not isinstance(data, dict):
        raise service.failed("an answer of another form")
    if errors := [*each(data.get("errors")), *each([data.get("error")])]:
        raise _error(service, errors[0])
    if got.status != 200:
        raise service.failed(f"it answered {got.status}")
    return data


def _error(service: Service, error: dict[str, Any]) -> Unreachable:
    said = text(error.get("text")) or text(error.get("info")) or text(error.get("code")) or "an error"
    return service.failed(said)


def _revisions(service: Service, pages: list[int]) -> dict[int, tuple[int, str | None]]:
    """The number and time of the newest revision of each page."""
    found: dict[int, tuple[int, str | None]] = {}
    for n in range(0, len(pages), 50):
        asked: dict[str, str | int] = {
            "action": "query",
            "prop": "revisions",
            "rvprop": "ids|timestamp",
            "pageids": "|".join(map(str, pages[n : n + 50])),
        }
        data = answered(service, service.get("w/api.php", USUAL | asked))
        for page in each((data.get("query") or {}).get("pages")):
            newest = next(iter(each(page.get("revisions"))), {})
            if isinstance(newest.get("revid"), int) and isinstance(page.get("pageid"), int):
                found[page["pageid"]] = (newest["revid"], text(newest.get("timestamp")))
    return found


def _lead(service: Service, hit: dict[str, Any], revisions: dict[int, tuple[int, str | None]]) -> Lead | None:
    title, revision = text(hit.get("title")), revisions.get(hit.get("pageid") or 0)
    if title is None or revision is None:
        return None
    snippet = html.unescape(re.sub(r"<[^>]*>", "", text(hit.get("snippet")) or ""))
    return Lead(
        url=f"{service.base}w/index.php?oldid={revision[0]}", title=f"{title}: {snippet}" if snippet else title,
        kind=LeadKind.ENCYCLOPEDIA, publisher="Wikipedia", published=revision[1],
    )  # fmt: skip
