"""Save Page Now 2: asks the Wayback Machine to save a page, with keys of one's own (archive.org/account/s3.php)."""

from __future__ import annotations

import time
from typing import Any
from urllib.parse import urlencode

from ledger.providers.outcomes import Found, Lead, LeadKind, Query
from ledger.providers.service import Service, address, text

POLLS = 60
WAIT = 3.0
"""Seconds between two looks at what became of it; it gives a page up after two minutes."""


class SavePageNow:
    """What it saved is not shown at once, so its answer is kept and the copy is not asked for."""

    name = "archive"
    title = "Save Page Now"
    base = "https://web.archive.org/"
    key: str | None = "CLAIMS_ARCHIVE_KEY_FILE"
    pause = 1.0
    on_its_own = False

    def unfit(self, query: Query) -> str | None:
        return None if query.url else "it takes the address of a page"

    def ask(self, query: Query, service: Service) -> Found:
        body = urlencode({"url": query.url or "", "skip_first_archive": "1"}).encode()
        got = service.post("save", body, self._headers(service))
        data = self._good(service, service.json(got), got.status)
        job = text(data.get("job_id"))
        if job is None:
            raise service.failed("an answer without a number to ask for")
        for _ in range(POLLS):
            told = service.get(f"save/status/{job}", headers=self._headers(service))
            data = self._good(service, service.json(told), told.status)
            if data.get("status") != "pending":
                return Found([self._lead(service, data)])
            time.sleep(WAIT)
        raise service.failed("still saving it", hint="claims lookup URL --with wayback tells later whether it did")

    def probe(self, _query: Query, service: Service) -> Found:
        """Whether it answers with these keys; that costs no capture."""
        got = service.get("save/status/user", headers=self._headers(service))
        self._good(service, service.json(got), got.status)
        return Found([])

    def _headers(self, service: Service) -> dict[str, str]:
        kind = "application/x-www-form-urlencoded"
        return {"Authorization": f"LOW {service.key}", "Accept": "application/json", "Content-Type": kind}

    def _good(self, service: Service, data: Any, status: int) -> dict[str, Any]:
        """The object of an answer; its errors come with the status of success, already when it is asked to save."""
        if not isinstance(data, dict):
            raise service.failed("an answer of another form")
        if status != 200 or data.get("status") == "error":
            why = text(data.get("message")) or text(data.get("status_ext")) or f"it answered {status}"
            hint = "look at the file that CLAIMS_ARCHIVE_KEY_FILE names" if status == 401 else "try again later"
            raise service.failed(why, hint=hint)
        return data

    def _lead(self, service: Service, data: dict[str, Any]) -> Lead:
        stamp, url = text(data.get("timestamp")), address(data.get("original_url"))
        if data.get("status") != "success" or url is None or stamp is None or not stamp.isdecimal():
            raise service.failed("an answer that does not say what became of it")
        at = f"{stamp[:4]}-{stamp[4:6]}-{stamp[6:8]}T{stamp[8:10]}:{stamp[10:12]}:{stamp[12:14]}Z"
        place = f"https://web.archive.org/web/{stamp}/{url}"
        return Lead(url=place, title=url, kind=LeadKind.SAVED_PAGE, publisher="Wayback Machine", published=at)
