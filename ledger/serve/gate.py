"""Who may come in: this machine alone, the name that was asked for, the cookie that the address was changed for, our own page.

The page holds what is not published yet, so whatever is doubtful is turned away, before any of it is read.
"""

from __future__ import annotations

import hmac
import json
import secrets
import threading
from collections.abc import Awaitable, Callable, Mapping, MutableMapping
from typing import Any
from urllib.parse import parse_qs

Scope = MutableMapping[str, Any]
Receive = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send = Callable[[MutableMapping[str, Any]], Awaitable[None]]
App = Callable[[Scope, Receive, Send], Awaitable[None]]

HOSTS = ("127.0.0.1", "localhost")
COOKIE = "claims"
TAKING = "take"
KINDS = {"json": "application/json", "plain": "text/plain; charset=utf-8"}
SAFE = ("GET", "HEAD")
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; connect-src 'self'; frame-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'; require-trusted-types-for 'script'; trusted-types 'none'"
)
"""No script but our file, none that is made from text, no network but this page's own, in nobody's frame."""
HEADERS = {
    "content-security-policy": POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cache-control": "no-store",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), geolocation=(), microphone=()",
}
"""What every answer carries, where it says nothing else itself."""


class Pass:
    """The words that open the page: the room stands in every path, the token is good once, and becomes the cookie."""

    def __init__(self, key: str | None = None) -> None:
        self.room, self._token, self._cookie, fresh = (secrets.token_urlsafe(32) for _ in range(4))
        self._key = key or fresh
        self._used = False
        self._lock = threading.Lock()

    @property
    def base(self) -> str:
        """Where every path begins. The cookie is for these alone: other servers of this machine are never sent it."""
        return f"/{self.room}"

    def address(self, port: int) -> str:
        """What a person opens, once."""
        return f"http://{HOSTS[0]}:{port}{self.base}/enter?token={self._token}"

    @property
    def taking(self) -> str:
        """Where the one page stands that others may open: it holds nothing, and shows a person what a page sent."""
        return f"/{TAKING}/{self._key}"

    def takes(self, path: str) -> bool:
        """True for a path of that page or its files."""
        _, first, key, *_ = [*path.split("/", 3), "", ""]
        return first == TAKING and hmac.compare_digest(key.encode(), self._key.encode())

    def change(self, token: str) -> str | None:
        """The cookie for the token, the first time; None for another, and for one that was used."""
        with self._lock:
            if self._used or not hmac.compare_digest(token.encode(), self._token.encode()):
                return None
            self._used = True
        return f"{COOKIE}={self._cookie}; Path={self.base}; HttpOnly; SameSite=Strict"

    def knows(self, cookies: str) -> bool:
        """True where these cookies hold ours."""
        given = [value for name, _, value in (c.strip().partition("=") for c in cookies.split(";")) if name == COOKIE]
        return any(hmac.compare_digest(value.encode(), self._cookie.encode()) for value in given)


class Gate:
    """Turns away what does not come from our own page, and gives every answer its headers."""

    def __init__(self, inside: App, opens: Pass, port: int) -> None:
        self.inside, self.opens = inside, opens
        self.hosts = frozenset(f"{host}:{port}" for host in HOSTS)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        if scope["type"] == "lifespan":
            await self.inside(scope, receive, send)
        elif scope["type"] != "http":
            raise RuntimeError("nothing but HTTP is served")
        elif refused := self._refused(scope):
            await _answer(send, *refused, kind="json" if "/api" in scope["path"] else "plain")
        else:
            await self.inside(scope, receive, _with_headers(send))

    def _refused(self, scope: Scope) -> tuple[int, str, dict[str, str]] | None:
        """Why a request is turned away: its code, what is said, further headers; None where it may come in."""
        heads = scope["headers"]
        names = [name for name, _ in heads]
        said = {name.decode("latin-1"): value.decode("latin-1") for name, value in heads}
        if names.count(b"host") != 1 or said["host"] not in self.hosts:
            return 421, "this page is not served under that name", {}
        if self.opens.takes(scope["path"]):
            return (
                None if _opened(scope["method"], said) else (403, "this is opened by a browser, and nothing else", {})
            )
        if why := _foreign(scope["method"], said):
            return 403, why, {}
        if scope["path"] != self.opens.base and not scope["path"].startswith(f"{self.opens.base}/"):
            return 404, "there is nothing here", {}
        cookies = "; ".join(value.decode("latin-1") for name, value in heads if name == b"cookie")
        entering = scope["path"] == f"{self.opens.base}/enter" and scope["method"] == "GET"
        if self.opens.knows(cookies):
            return (303, "", {"location": f"{self.opens.base}/"}) if entering else None
        if entering:
            token = parse_qs(scope["query_string"].decode("latin-1")).get("token", [""])[-1]
            if cookie := self.opens.change(token):
                return 303, "", {"location": f"{self.opens.base}/", "set-cookie": cookie}
        return 403, "this address was used before, or is not whole: end claims serve and start it again", {}


def _opened(method: str, said: Mapping[str, str]) -> bool:
    """True where a browser opens a page of its own, from wherever, or where our own page fetches its files."""
    alone = said.get("sec-fetch-dest") in (None, "document") and said.get("sec-fetch-mode") in (None, "navigate")
    return method in SAFE and (alone or said.get("sec-fetch-site") == "same-origin")


def _foreign(method: str, said: Mapping[str, str]) -> str | None:
    """Why a request is not from our own page; None where it is, or where a person opened an address."""
    own = f"http://{said['host']}"
    site = said.get("sec-fetch-site")
    if method in SAFE:
        opened = site in (None, "none", "same-origin")
        return None if opened and said.get("origin", own) == own else "another page may not read here"
    if method != "POST":
        return "nothing is done that way"
    if said.get("origin") != own or site not in (None, "same-origin"):
        return "only the page itself may log"
    if said.get("content-type", "").partition(";")[0].strip() != "application/json":
        return "a form cannot log"
    return None


async def _answer(send: Send, code: int, text: str, more: dict[str, str], *, kind: str) -> None:
    """A refusal in words; to what asks the API, as the API refuses."""
    heads = HEADERS | {"content-type": KINDS[kind]} | more
    text = json.dumps({"error": "Refused", "message": text, "hint": None}) if kind == "json" else text
    raw = [(name.encode("latin-1"), value.encode("latin-1")) for name, value in heads.items()]
    await send({"type": "http.response.start", "status": code, "headers": raw})
    await send({"type": "http.response.body", "body": text.encode()})


def _with_headers(send: Send) -> Send:
    async def sent(message: MutableMapping[str, Any]) -> None:
        if message["type"] == "http.response.start":
            own = list(message.get("headers", ()))
            named = {name for name, _ in own}
            added = [(n.encode(), v.encode()) for n, v in HEADERS.items() if n.encode() not in named]
            message = {**message, "headers": own + added}
        await send(message)

    return sent
