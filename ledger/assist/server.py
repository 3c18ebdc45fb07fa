"""A model behind an OpenAI-compatible address: which, where, with whose key, and what a good answer of it is."""

from __future__ import annotations

import json
import os
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from ipaddress import ip_address
from pathlib import Path
from urllib.parse import SplitResult, urlsplit

from ledger import web
from ledger.assist.grounding import Unusable
from ledger.errors import BadInput, ClaimsError, Unreachable
from ledger.records import Json


@dataclass(frozen=True, slots=True)
class Variables:
    """The environment's names for one kind of model."""

    url: str
    model: str
    key_file: str
    seconds: str
    kind: str
    """What people call such a model."""
    path: str
    """What follows the base address."""
    example: str


@dataclass(frozen=True, slots=True)
class Server:
    """Which model is asked, and where."""

    url: str
    model: str
    key: str | None = field(default=None, repr=False)
    seconds: float = 120.0


# --- configuration ------------------------------------------------------------------------------------------------


def configured(names: Variables, environ: Mapping[str, str] | None = None) -> Server:
    """The server that the environment names; BadInput where it names none, or where its key would be sent unencrypted."""
    given = os.environ if environ is None else environ
    url, model = given.get(names.url, "").strip(), given.get(names.model, "").strip()
    if not url or not model:
        raise BadInput(
            f"no {names.kind} is configured: {names.url if not url else names.model} is not set",
            hint=f"such as {names.url}=http://localhost:11434/v1 {names.model}={names.example}",
        )
    if len(model) > 200 or not model.isprintable():
        raise BadInput(f"{names.model} is not the name of a model")
    key = key_in_file(given.get(names.key_file, "").strip(), names.key_file)
    where = checked_address(url, names.url)
    if key and where.scheme != "https" and not local(where.hostname or ""):
        raise BadInput("the key would be sent unencrypted", hint=f"use an https address in {names.url}")
    return Server(_endpoint(url, names.path), model, key, _seconds(given.get(names.seconds), names.seconds))


def checked_address(url: str, variable: str) -> SplitResult:
    """The parts of an address that a variable names; BadInput where it is none."""
    try:
        where = urlsplit(url)
        where.port  # noqa: B018  reading it is what finds a port that is none
    except ValueError:
        raise BadInput(f"{variable} is not a web address") from None
    if where.scheme not in ("http", "https") or not where.hostname:
        raise BadInput(f"{variable} is not a web address", hint="such as http://localhost:11434/v1")
    return where


def _endpoint(url: str, path: str) -> str:
    base = url.rstrip("/")
    return base if base.endswith(path) else base + path


def _seconds(given: str | None, variable: str) -> float:
    if not given:
        return 120.0
    if not re.fullmatch(r"\d{1,4}(\.\d{1,3})?", given) or not float(given):
        raise BadInput(f"{variable} is not a number of seconds: {given[:40]}")
    return float(given)


def key_in_file(name: str, variable: str) -> str | None:
    """The key in the file; no message ever shows what the file holds."""
    if not name:
        return None
    try:
        key = Path(name).read_text("utf-8").strip()
    except (OSError, UnicodeDecodeError):
        raise BadInput(f"cannot read the key in the file that {variable} names") from None
    if not re.fullmatch(r"[\x21-\x7e]{1,4096}", key):
        raise BadInput(f"the file that {variable} names holds no key", hint="one line with the key and nothing else")
    return key


def local(host: str) -> bool:
    """True where the name can only be this machine or one in the local network."""
    try:
        return ip_address(host).is_private
    except ValueError:
        return "." not in host or host.endswith((".local", ".localhost", ".internal", ".lan"))


# --- asking -------------------------------------------------------------------------------------------------------


def ask(server: Server, body: Json) -> web.Response:
    """What the server answers, whatever its status; Unreachable where nothing comes. The key is in no message."""
    headers = {"Authorization": f"Bearer {server.key}"} if server.key else {}
    try:
        return web.post(server.url, json.dumps(body).encode(), limits=_limits(server), headers=headers)
    except ClaimsError as e:
        said = e.message.replace(server.key, "…") if server.key else e.message
        raise Unreachable(f"{server.model} could not be asked: {said}") from None


def _limits(server: Server) -> web.Limits:
    """Private addresses are allowed: the address is the user's own setting, usually a model on this machine."""
    ports = web.Limits().ports | {urlsplit(server.url).port or 443}
    megabytes = 4 * web.MEGABYTE
    return web.Limits(megabytes, 2 * megabytes, server.seconds, ports=ports, allow_private=True)


def good(got: web.Response, server: Server) -> Json:
    """The body as JSON; the text of an error is not shown, since some servers repeat the key in it."""
    if not 200 <= got.status < 300:
        why = {
            401: "the key is refused",
            403: "the key is refused",
            404: "no such model or address",
            429: "too many requests",
        }
        said = why.get(got.status, "it may not know this kind of request" if got.status < 500 else "it failed")
        raise Unreachable(f"{server.model} could not be asked: the server answered {got.status}, {said}")
    try:
        data = json.loads(got.body)
    except (ValueError, RecursionError):
        raise Unusable("the server's answer is not JSON") from None
    if not isinstance(data, dict):
        raise Unusable("the server's answer has another shape")
    return data
