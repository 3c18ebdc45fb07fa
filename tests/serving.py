"""`claims serve` in a process of its own, and a client that can send what no browser would."""

from __future__ import annotations

import json
import signal
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from typing import Any
from urllib.parse import urlencode, urlsplit

from warm import warm

LOADED = (
    "import:cli.commands", "import:cli.serve", "import:ledger.serve.running", "import:ledger.models",
    "import:ledger.crossref.proposals", "import:uvicorn.lifespan.off", "import:uvicorn.protocols.http.h11_impl",
    "demo .", "report -o report.html",
)  # fmt: skip
"""What a page's process has loaded before it begins."""


@dataclass(frozen=True, slots=True)
class Answer:
    code: int
    heads: dict[str, str]
    body: bytes

    @property
    def json(self) -> Any:
        return json.loads(self.body)


@dataclass(slots=True)
class Served:
    """A running page, and what it was told to open."""

    process: subprocess.Popen[str]
    address: str
    cookie: str = ""
    heads: dict[str, str] = field(default_factory=dict)

    @property
    def port(self) -> int:
        return urlsplit(self.address).port or 0

    @property
    def base(self) -> str:
        return urlsplit(self.address).path.removesuffix("/enter")

    @property
    def origin(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def ask(self, method: str, path: str, body: bytes | None = None, **heads: str | None) -> Answer:
        """One request as a stranger would make it; `_` in a header's name stands for `-`, None leaves it out."""
        named = {name.replace("_", "-"): value for name, value in heads.items()}
        connection = HTTPConnection("127.0.0.1", self.port, timeout=60)
        try:
            connection.putrequest(method, path, skip_host="host" in named, skip_accept_encoding=True)
            for name, value in named.items():
                if value is not None:
                    connection.putheader(name, value)
            if body is not None:
                connection.putheader("content-length", str(len(body)))
            connection.endheaders(body)
            found = connection.getresponse()
            return Answer(found.status, {k.lower(): v for k, v in found.getheaders()}, found.read())
        finally:
            connection.close()

    def enter(self) -> None:
        """Opens the address, as a browser does once."""
        parts = urlsplit(self.address)
        found = self.ask("GET", f"{parts.path}?{parts.query}")
        assert found.code == 303, found
        self.cookie = found.heads["set-cookie"].partition(";")[0]

    def get(self, name: str, **query: Any) -> Answer:
        """A read of the API, as the page makes it."""
        return self.ask("GET", f"{self.base}/api/{name}?{urlencode(query)}", cookie=self.cookie)

    def post(self, name: str, body: Any, seen: int | None = None) -> Answer:
        """A draft or a write, as the page makes it."""
        heads = {"log-size": str(seen)} if seen is not None else {}
        return self.ask(
            "POST", f"{self.base}/api/{name}", json.dumps(body).encode(), cookie=self.cookie, origin=self.origin,
            content_type="application/json", sec_fetch_site="same-origin", **heads,
        )  # fmt: skip

    def log(self, name: str, body: Any) -> Any:
        """A write with the log as it is now, and what came of it."""
        done = self.post(name, body, self.size())
        assert done.code == 200, done
        return done.json

    def size(self) -> int:
        found: int = self.get("head").json["size"]
        return found


@contextmanager
def served(environment: dict[str, str], *options: str, enter: bool = True) -> Iterator[Served]:
    """The page of the ledger that the environment names, ended by Ctrl-C, which is an ordinary end."""
    command = [*warm(*LOADED), "--json", "serve", "--no-open", *options]
    with subprocess.Popen(
        command, env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True
    ) as process:
        try:
            assert process.stdout is not None
            line = process.stdout.readline()
            assert line, process.stderr and process.stderr.read()
            page = Served(process, json.loads(line)["address"])
            if enter:
                page.enter()
            yield page
        finally:
            process.send_signal(signal.SIGINT)
            try:
                out, err = process.communicate(timeout=20)
            except subprocess.TimeoutExpired:
                process.kill()
                raise
    assert "Traceback" not in err, err
    assert (process.returncode, out) == (0, ""), (process.returncode, err)
