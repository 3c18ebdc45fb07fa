"""Doctor and completion: what a person asks of an installation."""

from __future__ import annotations

import os
import shutil
import subprocess
import sys
from pathlib import Path

import platformdirs
import pytest
from conftest import Claims

from cli.table import VERBS
from ledger import folders, store


def states(claims: Claims, code: int = 0) -> dict[str, tuple[str, str]]:
    return {f["about"]: (f["state"], f["found"]) for f in claims("doctor", "--json", code=code).lines}


def test_without_a_ledger_doctor_says_how_to_start_one(claims: Claims) -> None:
    said = claims("doctor").out
    assert "claims init starts one" in said
    assert states(claims)["ledger"][0] == "note"


def test_doctor_names_the_ledger_and_writes_nothing(claims: Claims) -> None:
    claims("init")
    before = Path(claims.folder, "ledger.db").read_bytes()
    found = states(claims)
    assert found["ledger"][0] == "ok"
    assert "ledger.db" in found["ledger"][1]
    assert ", 1 entry," in found["ledger"][1]
    assert Path(claims.folder, "ledger.db").read_bytes() == before


def test_doctor_tells_what_keeps_a_ledger_from_opening(claims: Claims) -> None:
    other = claims.file("other.db", "not a database at all\n")
    found = {f["about"]: f for f in claims("doctor", "--ledger", other, "--json", code=5).lines}["ledger"]
    assert found["state"] == "problem"
    assert "not a ledger" in found["found"]


def test_doctor_sees_a_key_that_others_can_read(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    place = tmp_path / "key.pem"
    monkeypatch.setenv("CLAIMS_KEY", str(place))
    claims("key", "create")
    assert states(claims)["signing key"][0] == "ok"
    place.chmod(0o644)
    assert states(claims, code=5)["signing key"][0] == "problem"


def test_doctor_says_how_far_the_newest_checkpoint_is_behind(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv("CLAIMS_KEY", str(tmp_path / "key.pem"))
    claims("init")
    assert states(claims)["checkpoint"][0] == "note"
    claims("key", "create")
    claims("checkpoint")
    assert states(claims)["checkpoint"] == ("ok", "at 1 entry")
    claims("question", "add", "How many boats sank?")
    assert states(claims)["checkpoint"][1].endswith("1 entry ago")


def completed(shell: str, words: str, tmp_path: Path) -> set[str]:
    """What this shell offers after these words; the last word is unfinished."""
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    command = tmp_path / "claims"
    command.write_text(f'#!/bin/sh\nexec {sys.executable} -m cli.main "$@"\n', encoding="utf-8")
    command.chmod(0o755)
    parts = words.split(" ")
    scripts = {
        "bash": f'eval "$(claims completion bash)"; COMP_WORDS=({words}); COMP_CWORD={len(parts) - 1}; '
        "_claims_completion claims; printf '%s\\n' \"${COMPREPLY[@]}\"",
        "fish": f"claims completion fish | source; complete -C '{words}'",
    }
    root = Path(__file__).resolve().parents[1]
    environment = {**os.environ, "PATH": f"{tmp_path}:{os.environ['PATH']}", "PYTHONPATH": str(root)}
    ran = subprocess.run(
        [shell, "-c", scripts[shell]], cwd=tmp_path, env=environment, capture_output=True, text=True, check=True
    )
    return {line.split("\t")[0] for line in ran.stdout.splitlines() if line}


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_shell_completes_verbs(shell: str, tmp_path: Path) -> None:
    assert completed(shell, "claims re", tmp_path) == {name for name in VERBS if name.startswith("re")}


@pytest.mark.parametrize("shell", ["bash", "fish"])
def test_a_shell_completes_options_and_the_verbs_of_a_noun(shell: str, tmp_path: Path) -> None:
    assert {"--scale", "--because", "--json"} <= completed(shell, "claims rate C1 --", tmp_path)
    assert completed(shell, "claims key s", tmp_path) == {"show"}


ASKED = ("--help", "add -h", "help source merge", "verify --help")
HELP = [(columns, args) for columns in ("80", "93", "200") for args in ASKED]


@pytest.fixture(scope="module")
def help_that_is_made() -> list[str]:
    """What the commands themselves say, all in one process, for that builds each of them."""
    program = (
        "import json, os, sys; from cli.main import invoke\n"
        f"for columns, args in {HELP!r}: os.environ['COLUMNS'] = columns; invoke(args.split()); print('\\f', end='')"
    )
    said = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True).stdout
    return said.split("\f")


@pytest.mark.parametrize(("columns", "args"), HELP)
def test_help_is_the_same_whether_it_was_written_down_or_is_made(
    columns: str, args: str, help_that_is_made: list[str]
) -> None:
    command = [sys.executable, "-c", "from cli.entry import run; run()", *args.split()]
    environment = {**os.environ, "COLUMNS": columns}
    said = subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stdout
    assert said == help_that_is_made[HELP.index((columns, args))] != ""


def test_help_imports_no_command_line() -> None:
    program = (
        "import sys; from cli.entry import run; run(); print(*(m for m in sys.modules if m in ('typer', 'cli.main')))"
    )
    command = [sys.executable, "-c", program, "add", "--help"]
    said = subprocess.run(
        command, env={**os.environ, "COLUMNS": "80"}, capture_output=True, text=True, check=True
    ).stdout
    assert said.endswith("\n\n")
    assert "Example:" in said


def test_completing_a_verb_imports_no_verb(tmp_path: Path) -> None:
    program = (
        "import sys; from cli.main import invoke; invoke([]); print(*[m for m in sys.modules if m.startswith('cli.')])"
    )
    environment = {**os.environ, "_CLAIMS_COMPLETE": "complete_bash", "COMP_WORDS": "claims re", "COMP_CWORD": "1"}
    ran = subprocess.run(
        [sys.executable, "-c", program],
        cwd=Path(__file__).resolve().parents[1],
        env=environment,
        capture_output=True,
        text=True,
        check=True,
    )
    assert "report" in ran.stdout.split()
    assert "cli.handing" not in ran.stdout


def test_each_shell_gets_a_script_and_another_is_refused(claims: Claims) -> None:
    for shell in ("bash", "zsh", "fish"):
        assert "claims" in claims("completion", shell).out
    assert "bash" in claims("completion", "tcsh", code=2).err


@pytest.mark.skipif(os.name != "posix", reason="modes of files are another thing there")
def test_a_ledger_is_open_to_no_more_people_than_its_folder(claims: Claims) -> None:
    private = claims.folder / "private"
    private.mkdir(mode=0o700)
    claims("--ledger", private / "l.db", "init")
    with store.open_ledger(private / "l.db") as ledger, store.write(ledger, "ana"):
        modes = {p.name: p.stat().st_mode & 0o777 for p in private.iterdir()}
    assert {name: mode & 0o077 for name, mode in modes.items()} == dict.fromkeys(modes, 0)
    (private / "l.db").chmod(0o644)
    claims("--ledger", private / "l.db", "doctor", code=None)
    assert "open to more people than its folder" in claims.ran[-1].out


def test_a_ledger_opened_through_a_link_has_one_checkpoint_beside_it(claims: Claims) -> None:
    claims("init")
    (claims.folder / "elsewhere").mkdir()
    link = claims.folder / "elsewhere" / "link\nof.db"
    link.symlink_to(claims.ledger)
    claims("key", "create")
    claims("--ledger", link, "checkpoint")
    assert Path(f"{claims.ledger}.checkpoint").is_file()
    assert sorted(p.name for p in link.parent.iterdir()) == [link.name]
    claims("verify")


@pytest.mark.parametrize("named", [None, "", "/srv/desk", "relative/place"])
def test_folders_are_where_the_platform_has_them(monkeypatch: pytest.MonkeyPatch, named: str | None) -> None:
    for variable in ("XDG_DATA_HOME", "XDG_CACHE_HOME"):
        monkeypatch.delenv(variable, raising=False)
        if named is not None:
            monkeypatch.setenv(variable, named)
    assert folders.data() == platformdirs.user_data_path("claim-ledger")
    assert folders.cache() == platformdirs.user_cache_path("claim-ledger")
