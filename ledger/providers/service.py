"""The far side of a provider: where it is, with whose key, and everything that it answered."""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Mapping
from typing import Any, Protocol
from urllib.parse import quote, urlencode, urljoin, urlsplit

import msgspec
from msgspec.structs import replace

from ledger import web
from ledger.assist.server import checked_address, key_in_file, local
from ledger.errors import BadInput, ClaimsError, Unreachable
from ledger.providers.outcomes import Exchange, Found, Query
from ledger.work import utc_now

REMOVED = "[key]"
CONTROL = re.compile("[\x00-\x1f\x7f\ud800-\udfff]")
"""Controls, and halves of surrogate pairs, which the log does not take."""
LIMITS = web.Limits(received=5 * web.MEGABYTE, unpacked=10 * web.MEGABYTE, robots=False)


class Provider(Protocol):
    """An outside service; a newsroom adds its own through the entry point group claim_ledger.providers."""

    name: str
    """As it is typed after --with."""
    title: str
    base: str
    """Its address, which CLAIMS_<NAME>_URL replaces."""
    key: str | None
    """The variable that names the file with its key; None where it needs none."""
    pause: float
    """Seconds between two requests."""
    on_its_own: bool
    """True where it is asked without being named."""

    def unfit(self, query: Query) -> str | None:
        """Why it cannot be asked this; None where it can."""

    def ask(self, query: Query, service: Service) -> Found:
        """What it has; Unreachable where it cannot be found out."""


class Service:
    """Asks one service, one request after the other, and keeps what it answers without the key."""

    def __init__(self, provider: Provider, limits: web.Limits = LIMITS) -> None:
        self.provider = provider
        self.exchanges: list[Exchange] = []
        variable = f"CLAIMS_{provider.name.upper()}_URL"
        named = os.environ.get(variable, "").strip()
        self.own = bool(named)
        self.base = (named or provider.base).rstrip("/") + "/"
        self.key = key_in_file(os.environ.get(provider.key, "").strip(), provider.key) if provider.key else None
        where = checked_address(self.base, variable)
        if self.key and where.scheme != "https" and not local(where.hostname or ""):
            raise BadInput(f"the key of {provider.title} would be sent unencrypted", hint="use an https address")
        ports = limits.ports | ({where.port} if named and where.port else set())
        # an address of one's own choice may be one inside the house
        self.limits = replace(limits, pause=provider.pause, ports=ports, allow_private=self.own or None)

    @property
    def host(self) -> str:
        return urlsplit(self.base).hostname or self.base

    def get(
        self, path: str = "", params: Mapping[str, str | int] | None = None, headers: Mapping[str, str] | None = None,
        *, base: str | None = None, tries: int = 3,
    ) -> web.Response:  # fmt: skip
        """What it answers, whatever its status; Unreachable where nothing comes."""
        url = urljoin(base or self.base, path) + (f"?{urlencode(params, quote_via=quote)}" if params else "")
        limits = replace(self.limits, tries=tries)
        return self._kept(url, lambda: web.fetch(url, limits=limits, headers=headers, any_status=True))

    def post(self, path: str, body: bytes, headers: Mapping[str, str]) -> web.Response:
        """The same for what is sent, which is sent once."""
        url = urljoin(self.base, path)
        return self._kept(url, lambda: web.post(url, body, limits=self.limits, headers=headers))

    def _kept(self, url: str, ask: Callable[[], web.Response]) -> web.Response:
        try:
            got = ask()
        except ClaimsError as e:
            raise Unreachable(self.without_key(e.message), hint=e.hint) from None
        kept = tuple((name, self.without_key(value)) for name, value in got.headers if name != "set-cookie")
        body = got.body
        for spelt in self._spelt():
            body = body.replace(spelt.encode(), REMOVED.encode())
        self.exchanges.append(Exchange(self.without_key(url), utc_now(), got.status, kept, body))
        return got

    def json(self, got: web.Response, *, mended: bool = False) -> Any:
        """An answer as JSON; Unreachable where it is none, for some services tell errors in prose."""
        try:
            return msgspec.json.decode(got.body)
        except (msgspec.DecodeError, RecursionError):
            if mended and (found := _mended(got.body)) is not None:
                return found
            said = " ".join(got.body[:200].decode("utf-8", "replace").split())
            raise self.failed(f"{got.status}, no JSON: {said or 'nothing at all'}") from None

    def failed(self, why: str, hint: str = "try again later") -> Unreachable:
        """That it could not be found out, and why, in a line without the key."""
        shown = "".join(c if c.isprintable() else " " for c in self.without_key(why))
        return Unreachable(f"{self.provider.title} did not say: {' '.join(shown.split())[:300]}", hint=hint)

    def be_quiet(self, seconds: float) -> None:
        """Leaves it alone for a while, this process and all others."""
        web.be_quiet(self.base, seconds)

    def without_key(self, said: str) -> str:
        for spelt in self._spelt():
            said = said.replace(spelt, REMOVED)
        return said

    def _spelt(self) -> list[str]:
        """The key in the ways in which it may stand in an answer, the longest first."""
        key = self.key or ""
        return sorted({key, quote(key, safe=""), key.replace("/", "\\/")} - {""}, key=len, reverse=True)


def _mended(body: bytes) -> Any:
    """JSON with bare controls and wrong escapes in its strings, as GDELT sends it; None where it is not that."""
    import json

    said = re.sub(r'\\(?!["\\/bfnrt]|u[0-9a-fA-F]{4})', r"\\\\", body.decode("utf-8", "replace"))
    try:
        return json.loads(said, strict=False)
    except (ValueError, RecursionError):
        return None


def text(value: Any, limit: int = 2000) -> str | None:
    """A string of an answer in one line, without controls; None for anything else, and for an empty one."""
    return " ".join(CONTROL.sub(" ", value).split())[:limit] or None if isinstance(value, str) else None


def each(value: Any) -> list[dict[str, Any]]:
    """The objects of a list in an answer; none where it is no list."""
    return [v for v in value if isinstance(v, dict)] if isinstance(value, list) else []


def address(value: Any) -> str | None:
    """An address of an answer; None where it is none that could be captured."""
    one = value.strip() if isinstance(value, str) else ""
    sound = one.lower().startswith(("http://", "https://")) and one.isprintable() and " " not in one
    return one if sound and len(one) < 4000 else None
