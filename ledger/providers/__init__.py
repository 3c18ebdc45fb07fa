"""Outside services that may know more: published fact-checks, news, saved pages, encyclopedias, who is who.

What one of them gives is a lead. "Nothing found" and "could not find out" are different outcomes, and neither is ever
taken for the other.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from importlib import import_module, metadata
from typing import TYPE_CHECKING

from ledger.errors import BadInput, ClaimsError
from ledger.providers.outcomes import Exchange, Found, Lead, LeadKind, Outcome, Query, Told, fitting

if TYPE_CHECKING:
    from ledger.providers.service import Provider, Service

__all__ = [
    "PROVIDERS",
    "Exchange",
    "Lead",
    "LeadKind",
    "Outcome",
    "Query",
    "Told",
    "ask",
    "chosen",
    "known",
]

PROVIDERS = {
    "google": "ledger.providers.google:FactCheckTools",
    "gdelt": "ledger.providers.gdelt:Doc",
    "wayback": "ledger.providers.wayback:Cdx",
    "wikipedia": "ledger.providers.wikipedia:Search",
    "wikidata": "ledger.providers.wikidata:Entities",
}
"""Module and class of each, by the name that is typed; others come from the entry points of GROUP."""
GROUP = "claim_ledger.providers"


def known() -> dict[str, Provider]:
    """All of them, by name; one of another package that cannot be loaded is left out, and never hides one of ours."""
    found = dict(_others())
    for name, place in PROVIDERS.items():
        module, _, attribute = place.partition(":")
        found[name] = getattr(import_module(module), attribute)()
    return found


def _others() -> Iterator[tuple[str, Provider]]:
    for point in metadata.entry_points(group=GROUP):
        try:
            yield point.name, point.load()()
        except Exception:  # noqa: S112  whatever another's code does
            continue


def chosen(names: Sequence[str], query: Query) -> list[Provider]:
    """The providers of these names; where none is named, those that are asked on their own and can be asked this."""
    all_ = known()
    if unknown := next((n for n in names if n not in all_), None):
        raise BadInput(f"no such service: {unknown}", hint=", ".join(sorted(all_)))
    if names:
        return [all_[n] for n in dict.fromkeys(names)]
    return [p for p in all_.values() if p.on_its_own and not p.unfit(query)]


def answers(provider: Provider) -> str | None:
    """Why a service does not answer now; None where it does. Nothing is kept of it."""
    probes = (Query(text=words, limit=1) for words in ("water", "https://example.org/"))
    probe = getattr(provider, "probe", provider.ask)
    told = ask(provider, next(q for q in probes if not provider.unfit(q)), how=probe)
    return None if told.outcome in (Outcome.FOUND, Outcome.NOTHING) else told.why


def ask(
    provider: Provider, query: Query, *, how: Callable[[Query, Service], Found] | None = None, inside: bool = False
) -> Told:
    """What came of asking it; whatever goes wrong is an outcome and never nothing found.

    What stands `inside` a network of one's own is told to no service but one of one's own.
    """
    from ledger.providers.service import Service

    told = Told(provider=provider.name, title=provider.title, outcome=Outcome.NOT_ASKED)
    if why := provider.unfit(query):
        return _with(told, why=why)
    try:
        service = Service(provider)
    except ClaimsError as e:
        return _with(told, why=e.message)
    if inside and not service.own:
        return _with(told, why="it stands inside your network")
    if provider.key and not service.key:
        return _with(told, why=f"it needs a key: {provider.key} names the file that holds it")
    try:
        found = (how or provider.ask)(query, service)
        leads = tuple(map(fitting, found.leads[: query.limit]))
    except ClaimsError as e:
        why = f"{e.message} ({e.hint})" if e.hint else e.message
        return _with(told, outcome=Outcome.UNKNOWN, why=why, exchanges=tuple(service.exchanges))
    except Exception as e:
        why = f"{provider.title} answered what cannot be read ({type(e).__name__})"
        return _with(told, outcome=Outcome.UNKNOWN, why=why, exchanges=tuple(service.exchanges))
    if found.skipped and not leads:
        why = f"{provider.title} answered {found.skipped} rows, none of which can be read"
        return _with(told, outcome=Outcome.UNKNOWN, why=why, exchanges=tuple(service.exchanges))
    return _with(
        told, outcome=Outcome.FOUND if leads else Outcome.NOTHING, leads=leads, skipped=found.skipped, covers=found.covers,
        more=found.more or len(found.leads) > query.limit, exchanges=tuple(service.exchanges),
    )  # fmt: skip


def _with(told: Told, **more: object) -> Told:
    from ledger.records import replace

    return replace(told, **more)
