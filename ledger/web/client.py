"""One page fetched: redirects followed one by one, through the guarded network, every failure turned into one of our errors."""

from __future__ import annotations

import os
import ssl
import time
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from email.utils import parsedate_to_datetime
from functools import cache

import certifi
import httpcore
import httpx
from msgspec.structs import replace

from ledger.errors import BadInput, Unreachable
from ledger.web.guard import ALLOW, Deadline, Guard
from ledger.web.manners import DAY, ROBOTS, Site, allowed
from ledger.web.response import Limits, Response, read_body
from ledger.web.warc import http_head

USER_AGENT = "claim-ledger"
CONTACT = "CLAIMS_CONTACT"
"""An address at which those who run a site reach whoever asks for its pages."""
ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5"
URL_LIMIT = 8000
BY_HAND = "open it in a browser, save the page, and capture the file with --url"
MOVED = frozenset({301, 302, 303, 307, 308})
LATER = frozenset({429, 502, 503, 504})
"""A server that answers so may answer better a little later."""


def fetch(url: str, limits: Limits, headers: Mapping[str, str], *, any_status: bool = False) -> Response:
    """See ledger.web.fetch."""
    at = checked_url(url)
    first = at
    guard = _guard(limits)
    with _client(limits, guard) as client:
        for _ in range(limits.redirects + 1):
            mine = headers if (at.scheme, at.host, at.port) == (first.scheme, first.host, first.port) else {}
            answer = _Asking(client, guard, limits, any_status=any_status).answer(at, mine)
            if isinstance(answer, Response):
                return replace(answer, private=guard.met_private)
            at = answer
    raise Unreachable(f"{url} redirects more than {limits.redirects} times", hint="give the address it should end at")


def checked_url(url: str) -> httpx.URL:
    """The address as a URL; BadInput where it may not be fetched."""
    hint = "give one such as https://example.org/article"
    given = url.strip()
    if len(given) > URL_LIMIT or not given.isprintable():
        raise BadInput(f"not a web address: {given[:200]!r}", hint=hint)
    try:
        parsed = httpx.URL(given)
        scheme, host, userinfo = parsed.scheme, parsed.host, parsed.userinfo
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError):
        raise BadInput(f"not a web address: {given[:200]!r}", hint=hint) from None
    if scheme not in ("http", "https") or not host or not 0 < (parsed.port or 80) < 65536:
        raise BadInput(f"not a web address: {given[:200]!r}", hint=hint)
    if userinfo:
        raise BadInput(
            "an address with a user name or password is not asked for", hint="leave out what stands before @"
        )
    return parsed.copy_with(fragment=None)


def _guard(limits: Limits) -> Guard:
    allowed = os.environ.get(ALLOW) == "1" if limits.allow_private is None else limits.allow_private
    return Guard(Deadline(limits.seconds), limits.ports, allow_private=allowed)


def _agent() -> str:
    """Who asks, and where they are reached."""
    contact = "".join(c for c in os.environ.get(CONTACT, "") if c.isascii() and c.isprintable())[:200]
    return f"{USER_AGENT} (+{contact})" if contact else USER_AGENT


def _client(limits: Limits, guard: Guard) -> httpx.Client:
    transport = httpx.HTTPTransport(verify=_authorities(), trust_env=False)
    # the only way to give httpx a network backend; httpx is pinned below 0.29 for it
    transport._pool = httpcore.ConnectionPool(ssl_context=_authorities(), network_backend=guard)  # noqa: SLF001
    return httpx.Client(
        transport=transport, trust_env=False, follow_redirects=False, timeout=limits.seconds,
        headers={"User-Agent": _agent(), "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"},
    )  # fmt: skip


@cache
def _authorities() -> ssl.SSLContext:
    """Whom to believe who a site is; read once, for it takes as long as a page."""
    # not ssl.create_default_context, which writes the session's secrets to the file that SSLKEYLOGFILE names
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    return context


def site_of(at: httpx.URL) -> Site:
    """What is known of the host of an address."""
    return Site(f"{at.scheme}://{at.host}:{_port(at)}", at.host)


def _port(at: httpx.URL) -> int:
    return at.port or {"http": 80, "https": 443}[at.scheme]


class _Later(Unreachable):
    """The server asks to be asked again, after so many seconds where it says so."""

    wait: float | None = None
    answer: Response | None = None
    """What it said, where any answer is wanted."""


class _Asking:
    """One address asked: in its turn, where its robots.txt allows it, and again where it asks for that."""

    def __init__(self, client: httpx.Client, guard: Guard, limits: Limits, *, any_status: bool) -> None:
        self.client = client
        self.guard = guard
        self.limits = limits
        self.any_status = any_status

    def answer(self, at: httpx.URL, headers: Mapping[str, str]) -> Response | httpx.URL:
        """The page, or the address that it has moved to."""
        import tenacity

        mannered = self.limits.manners
        public = self.guard.is_public(at.host, _port(at))
        site = site_of(at) if (public if mannered is None else mannered) else None
        pause = self._pause(site, at) if site else 0.0
        tries = tenacity.Retrying(
            retry=tenacity.retry_if_exception(lambda e: self._again(e, site)),
            stop=tenacity.stop_after_attempt(self.limits.tries),
            wait=lambda state: _wait(state.outcome.exception() if state.outcome else None, state.attempt_number),
            reraise=True,
        )

        def ask() -> Response | httpx.URL:
            if site:
                self.guard.deadline.pause(site.turn(pause, self.limits.seconds))
            return self._once(at, headers)

        try:
            return tries(ask)
        except _Later as e:
            if e.answer is None:
                raise
            return e.answer

    def _again(self, error: BaseException, site: Site | None) -> bool:
        """True where it may be asked again before the deadline; a site that asks for quiet has it from all processes."""
        if not isinstance(error, _Later):
            return False
        if site and error.wait:
            site.be_quiet(error.wait)
        return _wait(error, self.limits.tries) < self.guard.deadline.left()

    def _pause(self, site: Site, at: httpx.URL) -> float:
        """Seconds between two requests; Unreachable where robots.txt keeps us out."""
        if not self.limits.robots:
            return self.limits.pause
        allows, delay = allowed(site.robots(lambda: self._robots(at)), str(at), USER_AGENT)
        if not allows:
            raise Unreachable(f"the robots.txt of {at.host} asks programs to stay away from {at}", hint=BY_HAND)
        return max(delay, self.limits.pause)

    def _robots(self, page: httpx.URL) -> str:
        """The rules of a site; none where it has none, Unreachable where it cannot say (RFC 9309)."""
        at = page.copy_with(raw_path=b"/robots.txt")
        for _ in range(self.limits.redirects + 1):
            with _refusing(at, self.limits), self.client.stream("GET", at) as got:
                if got.status_code in MOVED and "location" in got.headers:
                    at = checked_url(str(at.join(_location(got))))
                    continue
                if got.status_code >= 500:
                    raise Unreachable(f"{at} answered {got.status_code}: not known what it allows", hint=BY_HAND)
                return _start(got) if got.is_success else ""
        return ""

    def _once(self, at: httpx.URL, headers: Mapping[str, str]) -> Response | httpx.URL:
        with _refusing(at, self.limits), self.client.stream("GET", at, headers=dict(headers)) as got:
            if got.status_code in MOVED and "location" in got.headers:
                return checked_url(str(at.join(_location(got))))
            whole = _response(at, got, self.limits) if got.is_success or self.any_status else None
            if whole and got.status_code not in LATER:
                return whole
            said = f"{at} answered {got.status_code} {got.reason_phrase}".strip()
            kind = _Later if got.status_code in LATER else Unreachable
            error = kind(said, hint=_hint(got.status_code), status=got.status_code)
            if isinstance(error, _Later):
                error.wait, error.answer = _seconds(got.headers.get("retry-after")), whole
            raise error


def _wait(error: BaseException | None, tried: int) -> float:
    """Seconds before the next try: what the server asked for, else longer each time."""
    asked = error.wait if isinstance(error, _Later) else None
    return 0.5 * 2 ** (tried - 1) if asked is None else asked


def _start(got: httpx.Response) -> str:
    """The beginning of a robots.txt; one that is packed and too large is not read."""
    data = bytearray()
    packed = got.headers.get("content-encoding", "")
    try:
        parts = [read_body(got.iter_raw(), packed, Limits(ROBOTS, ROBOTS))] if packed else got.iter_raw(64 * 1024)
        for part in parts:
            data += part
            if len(data) >= ROBOTS:
                break
    except BadInput:
        return ""
    return data[:ROBOTS].decode("utf-8", "replace")


def _seconds(said: str | None) -> float | None:
    """What Retry-After asks for, seconds or a date; None where it asks for nothing that can be read."""
    if said is None:
        return None
    if said.strip().isascii() and said.strip().isdigit():
        return min(float(said), DAY)
    try:
        return min(max(parsedate_to_datetime(said).timestamp() - time.time(), 0.0), DAY)
    except (ValueError, OverflowError):
        return None


def post(url: str, body: bytes, limits: Limits, headers: Mapping[str, str]) -> Response:
    """See ledger.web.post."""
    at = checked_url(url)
    sent = {"Content-Type": "application/json", "Accept": "application/json", **headers}
    with (
        _client(limits, _guard(limits)) as client,
        _refusing(at, limits),
        client.stream("POST", at, content=body, headers=sent) as got,
    ):
        return _response(at, got, limits)


def _response(at: httpx.URL, got: httpx.Response, limits: Limits) -> Response:
    body = read_body(got.iter_raw(), got.headers.get("content-encoding", ""), limits)
    pairs = tuple((name.lower(), value) for name, value in got.headers.multi_items())
    asked, target = got.request, got.request.url.raw_path.decode("ascii", "replace")
    heads = (
        http_head(f"{asked.method} {target} HTTP/1.1", asked.headers.raw),
        http_head(f"{got.http_version} {got.status_code} {got.reason_phrase}", got.headers.raw),
    )
    return Response(url=str(at), status=got.status_code, headers=pairs, body=body, heads=heads)


@contextmanager
def _refusing(at: httpx.URL, limits: Limits) -> Iterator[None]:
    """Turns every failure of the network into one of our errors."""
    try:
        yield
    except httpx.TimeoutException:
        raise Unreachable(
            f"no whole answer from {at.host} within {limits.seconds:g} s, all that one address is given",
            hint="try again later",
        ) from None
    except (httpx.InvalidURL, ValueError):
        # httpx works out where a redirect leads even when told not to follow it
        raise Unreachable(f"{at} redirects to what is no address", hint="give the address it should end at") from None
    except httpx.HTTPError as e:
        raise Unreachable(f"cannot fetch {at}: {_said(e)}", hint="is there a network? try again later") from None


def _location(got: httpx.Response) -> str:
    value: str = got.headers["location"]
    if len(value) > URL_LIMIT or not value.isprintable():
        raise httpx.InvalidURL("too long, or not printable")
    return value


def _hint(status: int) -> str:
    if status in (401, 402, 403, 429, 451):
        return BY_HAND
    return (
        "check the address; an archive may have it: https://web.archive.org"
        if status in (404, 410)
        else "try again later"
    )


def _said(error: httpx.HTTPError) -> str:
    """What went wrong in one printable line."""
    said = " ".join(str(error).split()) or type(error).__name__
    return "".join(c for c in said if c.isprintable())[:200]
