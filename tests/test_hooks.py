"""Commands that are run once something is logged, and what the second of two people is told."""

from __future__ import annotations

import json
import re
import stat
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import ROOT, Claims

HOSTILE = 'wire $(touch owned) `touch owned` "; touch owned #\n'
KEEP = "import sys; open(sys.argv[1], 'ab').write(sys.stdin.buffer.read() + b'\\n')"


@pytest.fixture
def desk(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> Claims:
    """A ledger with a claim in it and no command yet."""
    monkeypatch.setenv("CLAIMS_HOOKS", str(claims.folder / "hooks" / "hooks.json"))
    claims("init")
    claims("add", "Forty barges sank", "--cite", "Quay Radio")
    return claims


def keeping(claims: Claims, event: str) -> Path:
    """A file to which a command that is run at an event adds what it reads."""
    claims.file("keep.py", KEEP)
    claims("on", event, "run", f"'{sys.executable}' keep.py 'got it'")
    return claims.folder / "got it"


def test_a_command_reads_what_was_logged_and_no_shell_reads_it(desk: Claims) -> None:
    got = keeping(desk, "note")
    desk("tag", "C1", "harbour")
    assert not got.exists()
    desk("note", "C1", HOSTILE, "--actor", "eva")
    told = json.loads(got.read_text("utf-8"))
    assert told["event"] == "note"
    assert [(e["by"], e["kind"], e["about"], e["body"]["text"]) for e in told["entries"]] == [
        ("eva", "note", "C1", HOSTILE)
    ]
    assert "noted" in told["entries"][0]["said"] or "wrote" in told["entries"][0]["said"]
    assert not (desk.folder / "owned").exists()


def test_one_object_holds_all_that_a_command_logged(desk: Claims) -> None:
    got = keeping(desk, "any")
    desk("add", "Nine cranes fell", "--cite", "Quay Radio", "--question", "How many cranes fell?")
    (told,) = map(json.loads, got.read_text("utf-8").splitlines())
    assert {"claim", "question", "file"} <= {e["kind"] for e in told["entries"]}
    desk("undo")
    undone = json.loads(got.read_text("utf-8").splitlines()[1])
    assert all(e["said"].startswith("took back") for e in undone["entries"])


@pytest.mark.parametrize(
    ("command", "said"),
    [
        ("sh -c 'echo no ink >&2; exit 3'", "ended with 3: no ink"),
        ("no-such-program-anywhere", "cannot be run"),
        ("sleep 30", "was ended after 0 seconds"),
    ],
)
def test_a_command_that_fails_is_told_and_stops_nothing(
    desk: Claims, command: str, said: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("cli.hooks.SECONDS", 0.3 if "sleep" in command else 10.0)
    desk("on", "rating", "run", command)
    ran = desk("rate", "C1", "unproven", "--because", "one voice", "--json")
    assert ran.lines[0]["value"] == "unproven"
    assert said in ran.err
    assert ran.err.startswith("logged, but")


def test_commands_are_listed_and_taken_away(desk: Claims) -> None:
    assert desk("on").err == "nothing is run\n"
    desk("on", "rating", "run", "one --to 'a b'")
    desk("on", "rating", "run", "two")
    desk("on", "rating", "run", "two")
    assert [h["run"] for h in desk("on", "--json").lines] == [["one", "--to", "a b"], ["two"]]
    desk("on", "rating", "run", "none")
    assert desk("on", "--json").lines == []
    assert "there are: any, article" in desk("on", "rated", "run", "one", code=3).err
    desk("on", "rating", "run", "an 'unclosed word", code=2)
    desk("on", "rating", code=2)


def test_a_file_of_commands_that_others_can_write_is_not_obeyed(desk: Claims) -> None:
    got = keeping(desk, "any")
    kept = desk.folder / "hooks" / "hooks.json"
    assert stat.S_IMODE(kept.stat().st_mode) == 0o600
    kept.chmod(0o666)
    assert "can be changed by others" in desk("tag", "C1", "harbour").err
    assert not got.exists()
    kept.write_text("{not json", "utf-8")
    kept.chmod(0o600)
    assert "logged, but cannot read" in desk("tag", "C1", "barges").err
    assert len([e for e in desk("log", "--json").lines if e["kind"] == "tag"]) == 2


def test_commands_are_of_one_ledger_and_what_they_run_runs_none(desk: Claims, environment: dict[str, str]) -> None:
    again = f"'{sys.executable}' -m cli.main note C1 again"
    for name in ("CLAIMS_LEDGER", "PYTHONPATH"):
        again = f"env {name}='{environment[name]}' {again}" if name == "PYTHONPATH" else again
    desk("on", "note", "run", f"env CLAIMS_LEDGER='{environment['CLAIMS_LEDGER']}' {again}")
    desk("note", "C1", "once")
    assert len([e for e in desk("log", "--json").lines if e["kind"] == "note"]) == 2
    desk("init", "other.db")
    assert desk("on", "--ledger", "other.db").err == "nothing is run\n"


def test_the_mail_of_the_page_is_sent(desk: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    page = (ROOT / "docs" / "newsroom.md").read_text("utf-8")
    (script,) = re.findall(r"```python\n(.*?)```", page, re.DOTALL)
    desk.file("mail.py", script)
    desk.file("sendmail", "#!/bin/sh\ncat > mail.txt\n").chmod(0o755)
    monkeypatch.setenv("PATH", str(desk.folder), prepend=":")
    desk("on", "work", "run", f"'{sys.executable}' mail.py desk@herald.example")
    assert desk("assign", "C1", "ana", "--because", HOSTILE).err == ""
    mail = (desk.folder / "mail.txt").read_text("utf-8")
    assert mail.startswith("To: desk@herald.example\nSubject: Claims: 1 work\n")
    assert "C1" in mail.partition("\n\n")[2]


# --- the second of two people -------------------------------------------------------------------------------------

SAYS: dict[str, list[list[str]]] = {
    who: [
        ["file", "C1", "--question", "Q1"],
        ["rate", "C1", "unproven", "--because", f"{who} looked"],
        ["amend", "C1", "--says", f"{who}'s words"],
        ["assign", "C1", who],
        ["tag", "C1", "harbour"],
        ["signoff", "Q1", "--because", f"{who} read it"],
        ["undo"],
        ["amend", "C1", "--says", f"{who}'s last words"],
        ["undo"],
    ]
    for who in ("ana", "ben")
}
KINDS = ("file", "rating", "amend", "work", "tag", "signoff")
DONE = {"rating": "rated", "amend": "changed", "work": "set", "signoff": "signed", "file": "filed", "tag": "tagged"}


def told_of(kind: str, who: str, told: list[tuple[int, str]]) -> bool:
    """Whether somebody was told what somebody else said."""
    return any(f"  {who} {DONE[kind]} " in said for _, said in told)


def test_whoever_rates_is_told_of_the_others_rating_however_often_they_changed_the_claim_since(desk: Claims) -> None:
    desk("rate", "C1", "refuted", "--because", "no barge is missing", "--actor", "ana")
    for n in range(4):
        desk("amend", "C1", "--says", f"{n} barges sank", "--actor", "ana")
    told = desk("rate", "C1", "unproven", "--because", "nobody looked", "--actor", "ben").err
    assert "; 2 more: " in told
    assert "ana rated" in told
    assert [told.count(f"{n} barges sank”") for n in (2, 3)] == [2, 1]


PERSON = """
import contextlib, io, json, sys
from cli import main
told = []
for command in json.loads(sys.argv[2]):
    out, err = io.StringIO(), io.StringIO()
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main.invoke([*command, "--actor", sys.argv[1], "--no-input"])
    told.append((code, err.getvalue() + out.getvalue()))
json.dump(told, sys.stdout)
"""


def test_two_people_at_once_lose_nothing_and_the_second_is_told(claims: Claims, environment: dict[str, str]) -> None:
    env = environment | {"CLAIMS_HOOKS": str(claims.folder / "hooks.json")}
    claims("init")
    claims("question", "add", "How many barges sank?")
    claims("add", "Forty barges sank", "--cite", "Quay Radio")
    people = {
        who: subprocess.Popen(
            [sys.executable, "-c", PERSON, who, json.dumps(commands)], env=env, stdout=-1, stderr=-1, text=True
        )
        for who, commands in SAYS.items()
    }
    told = {}
    for who, process in people.items():
        out, err = process.communicate(timeout=60)
        assert (process.returncode, err) == (0, "")
        told[who] = json.loads(out)
    assert all(code == 0 for who in told for code, _ in told[who]), told
    logged = claims("log", "--json").lines
    assert [e["seq"] for e in logged] == list(range(len(logged)))
    for n, kind in enumerate(KINDS):
        first = next(e for e in logged if e["kind"] == kind and e["actor"] in told)
        (second,) = told.keys() - {first["actor"]}
        if kind in ("file", "tag"):
            assert "already\n  claims history " in told[second][n][1]
        else:
            assert second in {e["actor"] for e in logged if e["kind"] == kind}
            assert told_of(kind, first["actor"], told[second][: n + 1])
        assert not told_of(kind, second, told[first["actor"]][: n + 1])
