"""The Wayback Machine's index (CDX): when a page was saved, and with which bytes."""

from __future__ import annotations

from datetime import datetime

from ledger.providers.outcomes import Found, Lead, LeadKind, Query
from ledger.providers.service import Service, address

PAGES = 4
ROWS = 500
BLOCKED = "x-archive-wayback-runtime-error"


class Cdx:
    """Takes addresses; rows that are no rows are counted and passed over."""

    name = "wayback"
    title = "Wayback Machine"
    base = "https://web.archive.org/"
    key = None
    pause = 2.5
    on_its_own = True

    def unfit(self, query: Query) -> str | None:
        return None if query.url else "it takes the address of a page"

    def ask(self, query: Query, service: Service) -> Found:
        asked: dict[str, str | int] = {
            "url": query.url or "", "filter": "statuscode:200", "collapse": "digest", "limit": ROWS, "showResumeKey": "true",
        }  # fmt: skip
        for name, day in (("from", query.since), ("to", query.until)):
            if day:
                asked[name] = day.replace("-", "")
        leads: dict[str, Lead] = {}
        skipped, resume = 0, ""
        for _ in range(PAGES):
            got = service.get("cdx/search/cdx", asked | ({"resumeKey": resume} if resume else {}), tries=1)
            if got.status == 429:
                service.be_quiet(60)
                raise service.failed("it asks for fewer requests", hint="it is left alone for a minute")
            if got.status != 200:
                why = got.header(BLOCKED) or f"it answered {got.status}"
                raise service.failed("the page is kept out of it" if "Blocked" in why else why)
            if "html" in (got.media_type or ""):
                raise service.failed("a page in place of the index")
            rows, _, key = got.body.decode("utf-8", "replace").partition("\n\n")
            for row in filter(str.strip, rows.splitlines()):
                lead = _lead(row, service.base)
                skipped += lead is None
                if lead and row.split(" ")[4] == "200":
                    leads.setdefault(lead.url, lead)
            resume = key.strip()
            if not resume:
                break
        newest = sorted(leads.values(), key=lambda one: one.published or "", reverse=True)
        return Found(newest, more=bool(resume), skipped=skipped)


def _lead(row: str, base: str) -> Lead | None:
    """A row of seven fields; None for what is no capture of a page."""
    fields = row.split(" ")
    if len(fields) != 7:
        return None
    _, stamp, original, kind, *_ = fields
    url = address(original)
    try:
        at = datetime.strptime(stamp, "%Y%m%d%H%M%S")
    except ValueError:
        return None
    if url is None or len(stamp) != 14 or url.partition("://")[2].startswith("mailto:"):
        return None
    # id_: the bytes as they were received, without the archive's own bar
    return Lead(
        url=f"{base}web/{stamp}id_/{url}", title=f"{url} ({kind})", kind=LeadKind.SAVED_PAGE,
        publisher="Wayback Machine", published=f"{at:%Y-%m-%dT%H:%M:%SZ}",
    )  # fmt: skip
