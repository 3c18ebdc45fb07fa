"""Serving: a socket of this machine alone, until Ctrl-C."""

from __future__ import annotations

import json
import os
import re
import secrets
import socket
from collections.abc import Callable
from contextlib import suppress
from importlib import resources
from pathlib import Path
from typing import NamedTuple

from ledger import keys
from ledger.errors import BadInput
from ledger.serve import gate
from ledger.serve.app import app
from ledger.serve.opening import Desk


class Serving(NamedTuple):
    """How it is served."""

    port: int = 0
    """Any free one for 0; with a port of its own, what sends pages to it stays good from one run to the next."""
    extension: str | None = None
    """A folder into which the extension for browsers is written."""


def serve(desk: Desk, how: Serving, ready: Callable[[str], None]) -> None:
    """Serves a ledger until it is interrupted; `ready` is told the address that opens the page, once."""
    import uvicorn

    if how.extension and not how.port:
        raise BadInput("the extension has to know the port", hint="claims serve --port 8642 --extension DIR")
    with _bound(how.port) as listening:
        opens, number = gate.Pass(_kept_key() if how.port else None), listening.getsockname()[1]
        if how.extension:
            lay_out(Path(how.extension), f"http://{gate.HOSTS[0]}:{number}{opens.taking}")
        config = uvicorn.Config(
            app(desk, opens, number), log_level="critical", access_log=False, server_header=False,
            proxy_headers=False, lifespan="off", timeout_graceful_shutdown=2, ws="none",
        )  # fmt: skip
        ready(opens.address(number))
        with suppress(KeyboardInterrupt):  # how it is ended
            uvicorn.Server(config).run(sockets=[listening])


def _kept_key() -> str:
    """The key that stands in the addresses to which pages are sent; kept beside the signing key, for its owner alone."""
    place = keys.key_path().with_name("page-key")
    with suppress(FileExistsError):
        place.parent.mkdir(parents=True, exist_ok=True)
        with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as made:
            made.write(secrets.token_urlsafe(32))
    key = place.read_text(encoding="ascii").strip()
    if not re.fullmatch(r"[\w-]{43}", key):
        raise BadInput(f"{place} holds no key", hint="remove it: a new one is made")
    return key


def lay_out(folder: Path, address: str) -> None:
    """Writes the extension for browsers into a folder, with the address to which it sends."""
    folder.mkdir(parents=True, exist_ok=True)
    for file in resources.files("ledger.serve").joinpath("extension").iterdir():
        (folder / file.name).write_bytes(file.read_bytes())
    (folder / "where.json").write_text(json.dumps({"address": address}), encoding="utf-8")


def _bound(port: int) -> socket.socket:
    """A socket that only this machine reaches; any free port for 0."""
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM)
    try:
        listening.bind((gate.HOSTS[0], port))
    except (OSError, OverflowError):
        listening.close()
        raise BadInput(f"port {port} is taken", hint="leave --port out: any free one is as good") from None
    listening.listen(128)
    return listening
