"""Google Fact Check Tools, claims:search: fact-checks that others published."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from ledger.errors import Unreachable
from ledger.providers.outcomes import Found, Lead, LeadKind, Query
from ledger.providers.service import Service, address, each, text

PAGES = 5


class FactCheckTools:
    """Asked with a key of the newsroom's, which goes out in a header and stands in no address."""

    name = "google"
    title = "Google Fact Check Tools"
    base = "https://factchecktools.googleapis.com/"
    key = "CLAIMS_GOOGLE_KEY_FILE"
    pause = 1.0
    on_its_own = True

    def unfit(self, query: Query) -> str | None:
        return "it looks for words, not for an address" if query.url else None

    def ask(self, query: Query, service: Service) -> Found:
        asked: dict[str, str | int] = {"query": query.text, "pageSize": min(query.limit, 50)}
        if query.language:
            asked["languageCode"] = query.language
        leads: list[Lead] = []
        skipped = 0
        token: str | None = None
        for _ in range(PAGES):
            page = {"pageToken": token} if token else {}
            got = service.get("v1alpha1/claims:search", asked | page, {"X-Goog-Api-Key": service.key or ""})
            data = service.json(got)
            if got.status != 200 or not isinstance(data, dict) or "error" in data:
                raise _refused(service, got.status, data)
            claims = data.get("claims", [])
            if not isinstance(claims, list) or not data.keys() <= {"claims", "nextPageToken"}:
                raise service.failed("an answer of another form")
            for claim in claims:
                read = list(_leads(claim)) if isinstance(claim, dict) else []
                leads += read
                skipped += not read
            token = text(data.get("nextPageToken"))
            if token is None or len(leads) >= query.limit:
                break
        return Found(leads, more=token is not None, skipped=skipped)


def _leads(claim: dict[str, Any]) -> Iterator[Lead]:
    for review in each(claim.get("claimReview")):
        publisher = review.get("publisher")
        outlet = publisher if isinstance(publisher, dict) else {}
        if url := address(review.get("url")):
            yield Lead(
                url=url, title=text(review.get("title")) or text(claim.get("text")) or url, kind=LeadKind.FACT_CHECK,
                publisher=text(outlet.get("name")) or text(outlet.get("site")), published=text(review.get("reviewDate")),
                language=text(review.get("languageCode")), reviewed=text(claim.get("text")),
                said_by=text(claim.get("claimant")), verdict=text(review.get("textualRating")),
            )  # fmt: skip


def _refused(service: Service, status: int, data: Any) -> Unreachable:
    """An error in the form of google.rpc.Status; a wrong key is a 400."""
    error = data.get("error") if isinstance(data, dict) else None
    error = error if isinstance(error, dict) else {}
    reasons = {text(d.get("reason")) for d in each(error.get("details"))}
    if "API_KEY_INVALID" in reasons:
        return service.failed("the key is not valid", hint="look at the file that CLAIMS_GOOGLE_KEY_FILE names")
    said = text(error.get("message")) or "an error"
    why = {403: "the key may not ask it: ", 429: "its quota is used up: "}.get(status, f"{status}: ")
    return service.failed(why + said)
