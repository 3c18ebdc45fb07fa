"""A ledger on a server that is far away: how often a command goes there and back, and how long it takes."""

from __future__ import annotations

import asyncio
import os
import subprocess
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

import psycopg
import sample
import server

from campaigns.ground import CLAIMS, ENVIRONMENT
from ledger import store

DELAY = 0.025
"""Seconds each way."""
TIMES = 3
"""Of which the quickest counts."""


class Far:
    """A port behind which a server is, `DELAY` away; it counts how often somebody spoke after the server had."""

    def __init__(self, socket: Path) -> None:
        self.socket = socket
        self.turns = 0

    async def serve(self, ready: threading.Event) -> None:
        listening = await asyncio.start_server(self._connect, "127.0.0.1", 0)
        self.port = listening.sockets[0].getsockname()[1]
        ready.set()
        await listening.serve_forever()

    async def _connect(self, near: asyncio.StreamReader, back: asyncio.StreamWriter) -> None:
        far, there = await asyncio.open_unix_connection(self.socket)
        self._answered = True
        with suppress(ConnectionError):
            await asyncio.gather(self._carry(near, there, speaks=True), self._carry(far, back, speaks=False))

    async def _carry(self, source: asyncio.StreamReader, to: asyncio.StreamWriter, *, speaks: bool) -> None:
        loop = asyncio.get_running_loop()
        while data := await source.read(1 << 16):
            self.turns += speaks and self._answered
            self._answered = not speaks
            loop.call_later(DELAY, to.write, data)  # what comes meanwhile is under way, too
        loop.call_later(DELAY, to.close)


@contextmanager
def far(socket: Path) -> Iterator[Far]:
    between, ready = Far(socket), threading.Event()
    loop = asyncio.new_event_loop()
    task = loop.create_task(between.serve(ready))
    thread = threading.Thread(target=lambda: loop.run_until_complete(asyncio.wait([task])), daemon=True)
    thread.start()
    ready.wait(10)
    try:
        yield between
    finally:
        loop.call_soon_threadsafe(task.cancel)
        thread.join(10)


def distance() -> bool:
    """Commands from 50 ms away: their ways to the server and back, with those of connecting, and what they take beside it."""
    with server.running(os.environ.get("POSTGRES", "18")) as one:
        address = one.database()
        sample.fill(store.create(address, actor="desk"))
        name = address.partition("?")[0].rpartition("/")[2]
        with far(one.folder / ".s.PGSQL.5432") as between:
            there = f"postgresql://postgres@127.0.0.1:{between.port}/{name}?sslmode=disable&gssencmode=disable"
            psycopg.connect(there).close()
            connecting = between.turns
            print(f"distance: connecting: {connecting} ways")
            for n, args in enumerate(COMMANDS):
                took = min(_ran(address, *args, f"beside {n} {again}") for again in range(TIMES))
                before = between.turns
                longer = min(_ran(there, *args, f"far {n} {again}") for again in range(TIMES)) - took
                ways = (between.turns - before) / TIMES
                print(
                    f"distance: {args[0]} {args[1]}: {ways:.0f} ways, {took:.2f} s beside the server and {longer:.2f} s more"
                )
    return True


COMMANDS = (
    ("note", "C1"),
    ("add", "--cite", "Quay Radio", "--by", "the office", "--no-input"),
    ("add", "--cite", "Quay Radio", "--by", "the office", "--no-input", "--question", "Q1"),
)
"""Each gets words of its own as its last argument."""


def _ran(place: str, *args: str) -> float:
    """Seconds that a command takes."""
    began = time.monotonic()
    subprocess.run([*CLAIMS, *args, "--ledger", place], env=ENVIRONMENT, check=True, capture_output=True)
    return time.monotonic() - began
