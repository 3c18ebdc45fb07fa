"""Serving: a socket of this machine alone, until Ctrl-C."""

from __future__ import annotations

import socket
from collections.abc import Callable
from contextlib import suppress

from ledger.errors import BadInput
from ledger.serve import gate
from ledger.serve.app import app
from ledger.serve.opening import Desk


def serve(
    place: str, actor: str, *, port: int, ready: Callable[[str], None], logged: Callable[[int, int], None] | None = None
) -> None:
    """Serves a ledger until it is interrupted; `ready` is told the address that opens the page, once.

    `logged` is called once entries are logged, with the number of the first and the size of the log after them.
    """
    import uvicorn

    with _bound(port) as listening:
        opens, number = gate.Pass(), listening.getsockname()[1]
        config = uvicorn.Config(
            app(Desk(place, actor, logged), opens, number), log_level="critical", access_log=False, server_header=False,
            proxy_headers=False, lifespan="off", timeout_graceful_shutdown=2, ws="none",
        )  # fmt: skip
        ready(opens.address(number))
        with suppress(KeyboardInterrupt):  # how it is ended
            uvicorn.Server(config).run(sockets=[listening])


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
