"""Wikidata entities: who a source may be, by number, and what else it is called."""

from __future__ import annotations

from typing import Any

from ledger.providers.outcomes import Found, Lead, LeadKind, Query
from ledger.providers.service import Service, each, text
from ledger.providers.wikipedia import answered

LANGUAGES = ("en", "es", "fr", "ar", "ru", "de")
"""Names in these are asked for, beside those in the language of the question."""


class Entities:
    """Asked where it is named, for it knows names and no statements."""

    name = "wikidata"
    title = "Wikidata"
    base = "https://www.wikidata.org/"
    key = None
    pause = 1.0
    on_its_own = False

    def unfit(self, query: Query) -> str | None:
        return "it looks for a name, not for an address" if query.url else None

    def ask(self, query: Query, service: Service) -> Found:
        language = query.language or "en"
        asked: dict[str, str | int] = {
            "action": "wbsearchentities", "search": query.text[:250], "language": language, "type": "item",
            "limit": min(query.limit, 50), "format": "json",
        }  # fmt: skip
        data = answered(service, service.get("w/api.php", asked))
        rows = data.get("search")
        if data.get("success") != 1 or not isinstance(rows, list):
            raise service.failed("an answer without a list of entities")
        names = self._names(service, [i for row in each(rows) if (i := text(row.get("id")))], language)
        leads = [lead for row in each(rows) if (lead := _lead(row, names))]
        return Found(leads, more="search-continue" in data, skipped=len(rows) - len(leads))

    def _names(self, service: Service, ids: list[str], language: str) -> dict[str, tuple[str, ...]]:
        """What each is called, in several languages."""
        if not ids:
            return {}
        wanted = "|".join(dict.fromkeys((language, *LANGUAGES)))
        asked: dict[str, str | int] = {
            "action": "wbgetentities", "ids": "|".join(ids), "props": "labels|aliases", "languages": wanted, "format": "json",
        }  # fmt: skip
        entities = answered(service, service.get("w/api.php", asked)).get("entities")
        found = entities if isinstance(entities, dict) else {}
        return {i: _called(entity) for i, entity in found.items() if isinstance(entity, dict)}


def _called(entity: dict[str, Any]) -> tuple[str, ...]:
    labels, aliases = entity.get("labels"), entity.get("aliases")
    said = [*labels.values()] if isinstance(labels, dict) else []
    said += [one for many in aliases.values() for one in each(many)] if isinstance(aliases, dict) else []
    return tuple(dict.fromkeys(name for one in each(said) if (name := text(one.get("value"), 200))))


def _lead(row: dict[str, Any], names: dict[str, tuple[str, ...]]) -> Lead | None:
    number, label = text(row.get("id")), text(row.get("label"))
    if number is None or not number[1:].isdecimal():
        return None
    about = text(row.get("description"))
    called = tuple(name for name in names.get(number, ()) if name != label)
    return Lead(
        url=f"https://www.wikidata.org/wiki/{number}", title=f"{label or number} ({about})" if about else label or number,
        kind=LeadKind.ENTITY, publisher="Wikidata", names=called,
    )  # fmt: skip
