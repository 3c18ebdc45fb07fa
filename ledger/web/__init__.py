"""The only module that speaks HTTP: one guarded client.

What `fetch` and `post` promise, whatever the address or the server does:
- http and https only, no user name in the address, ports 80 and 443;
- a name is looked up once, every address it has must be public, and the connection goes to an address that was checked
  (the certificate and the Host header keep the name);
- at most five redirects, each one checked in the same way, and none when something is posted;
- no proxy and nothing else from the environment;
- caps on the bytes received and on the bytes unpacked from them, one content encoding at most;
- one deadline over everything, name look-up, tries and all redirects included, and only the wait for a turn is not;
- towards public hosts: robots.txt is obeyed, and all processes of this machine together ask a host once a second;
- what is fetched is asked for three times at most where the server answers 429, 502, 503 or 504, and not before it says.

Who asks is named as claim-ledger, with the address of CLAIMS_CONTACT where one is set.
Private addresses and other ports are allowed with `Limits(allow_private=True)` or CLAIMS_ALLOW_PRIVATE_ADDRESSES=1,
for archives inside a newsroom's network and for tests.
httpx is imported when the first page is fetched, never before.
"""

from __future__ import annotations

from collections.abc import Mapping

from ledger.web.response import MEGABYTE, Limits, Response

__all__ = ["MEGABYTE", "Limits", "Response", "be_quiet", "fetch", "post"]


def fetch(
    url: str, *, limits: Limits | None = None, headers: Mapping[str, str] | None = None, any_status: bool = False
) -> Response:
    """What the address answers; BadInput where it may not be asked, Unreachable where no good answer comes.

    `headers` go to the host that was asked for and to no other. With `any_status` an error's page is an answer too.
    """
    from ledger.web import client

    return client.fetch(url, limits or Limits(), headers or {}, any_status=any_status)


def be_quiet(url: str, seconds: float) -> None:
    """No process of this machine asks the host of the address again before so many seconds have passed."""
    from ledger.web import client

    client.site_of(client.checked_url(url)).be_quiet(seconds)


def post(url: str, body: bytes, *, limits: Limits | None = None, headers: Mapping[str, str] | None = None) -> Response:
    """What the address answers to JSON, whatever its status; a redirect is an answer like others and is not followed.

    BadInput where it may not be asked, Unreachable where no whole answer comes.
    """
    from ledger.web import client

    return client.post(url, body, limits or Limits(), headers or {})
