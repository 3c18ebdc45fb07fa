"""One page fetched: redirects followed one by one, through the guarded network, every failure turned into one of our errors."""

from __future__ import annotations

import os
import ssl
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from dataclasses import replace

import certifi
import httpcore
import httpx

from ledger.errors import BadInput, Unreachable
from ledger.web.guard import ALLOW, Deadline, Guard
from ledger.web.response import Limits, Response, read_body

USER_AGENT = "claim-ledger"
CONTACT = "CLAIMS_CONTACT"
"""An address at which those who run a site reach whoever asks for its pages."""
ACCEPT = "text/html, application/xhtml+xml, text/plain;q=0.9, */*;q=0.5"
URL_LIMIT = 8000
MOVED = frozenset({301, 302, 303, 307, 308})


def fetch(url: str, limits: Limits, headers: Mapping[str, str]) -> Response:
    """See ledger.web.fetch."""
    at = checked_url(url)
    first = at
    guard = _guard(limits)
    with _client(limits, guard) as client:
        for _ in range(limits.redirects + 1):
            mine = headers if (at.scheme, at.host, at.port) == (first.scheme, first.host, first.port) else {}
            answer = _answered(client, at, mine, limits)
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
    # not ssl.create_default_context, which writes the session's secrets to the file that SSLKEYLOGFILE names
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_CLIENT)
    context.load_verify_locations(certifi.where())
    transport = httpx.HTTPTransport(verify=context, trust_env=False)
    # the only way to give httpx a network backend; httpx is pinned below 0.29 for it
    transport._pool = httpcore.ConnectionPool(ssl_context=context, network_backend=guard)  # noqa: SLF001
    return httpx.Client(
        transport=transport, trust_env=False, follow_redirects=False, timeout=limits.seconds,
        headers={"User-Agent": _agent(), "Accept": ACCEPT, "Accept-Encoding": "gzip, deflate"},
    )  # fmt: skip


def _answered(client: httpx.Client, at: httpx.URL, headers: Mapping[str, str], limits: Limits) -> Response | httpx.URL:
    """The page, or the address that it has moved to."""
    with _refusing(at, limits), client.stream("GET", at, headers=dict(headers)) as got:
        if got.status_code in MOVED and "location" in got.headers:
            return checked_url(str(at.join(_location(got))))
        if not got.is_success:
            raise Unreachable(
                f"{at} answered {got.status_code} {got.reason_phrase}".strip(),
                hint=_hint(got.status_code),
                status=got.status_code,
            )
        return _response(at, got, limits)


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
    return Response(url=str(at), status=got.status_code, headers=pairs, body=body)


@contextmanager
def _refusing(at: httpx.URL, limits: Limits) -> Iterator[None]:
    """Turns every failure of the network into one of our errors."""
    try:
        yield
    except httpx.TimeoutException:
        raise Unreachable(
            f"no whole answer from {at.host} within {limits.seconds:g} s", hint="try again later"
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
        return "open it in a browser, save the page, and capture the file with --url"
    return (
        "check the address; an archive may have it: https://web.archive.org"
        if status in (404, 410)
        else "try again later"
    )


def _said(error: httpx.HTTPError) -> str:
    """What went wrong in one printable line."""
    said = " ".join(str(error).split()) or type(error).__name__
    return "".join(c for c in said if c.isprintable())[:200]
