"""Every verb on a file and on a server: the same commands, each engine in a process of its own, print the same."""

from __future__ import annotations

import json
import re
import shlex
import subprocess
import sys
from pathlib import Path

import pytest
import server

from cli.table import handlers

FILES = {
    "a.txt": "Harbour Daily, 4 May 2031\n\nAt least 400 people left the port, the coast guard said on Tuesday. "
    "The mayor's office said 30 boats had been lost. The quay was closed, the port authority said.\n",
    "b.txt": "Polar Observer, 5 May 2031\n\nThe coast guard said 420 people had left the port by Wednesday. "
    "Harbour Watch, a charity, said 35 boats had been lost.\n",
    "rows.csv": "claim,source,url,date\n12 cranes fell,Harbour Watch,https://p.example/1,2031-05-06\n",
    "proof.txt": "a list of boats\n",
    "scale.json": json.dumps(
        {
            "name": "ours",
            "title": "Ours",
            "rates": "claims",
            "grades": [{"value": "good", "means": "it is"}, {"value": "bad", "means": "it is not"}],
        }
    ),
}  # fmt: skip

SCRIPT = r"""
init
completion bash
doctor --json
capture a.txt --title "The port" --publisher "Harbour Daily" --published 2031-05-04
capture b.txt --title Later --publisher "Polar Observer" --published 2031-05-05
suggest A1
suggest A2 --accept 1
suggest A2 --accept 1
learn -o our.model
add "At least 400 people left the port" --article A1 --by "the coast guard" --question "How many people left?"
add "30 boats had been lost" --article A1 --by "The mayor's office" --question "How many boats were lost?"
add "35 boats had been lost" --article A2 --by "Harbour Watch" --question Q2
add "The quay was closed" --article A1 --by "the port authority"
import rows.csv
import rows.csv --dry-run
question add "Was the quay closed?"
question add "How many boats sank?"
question list
question show Q2
question merge Q4 Q2
question split Q4
file C1 C5 --question Q1
link C2 C3 --as updates --because "a later count"
why Q2
compare "at least 400 people" "420 people"
origins Q2
add "Nine cranes fell on the east quay" --cite "Vell Radio"
add "9 cranes fell on the east quay" --cite "Quay Post"
add "Six sheds burned at Vell Lines" --cite "Vell Radio"
add "6 sheds burned at Vell Lines" --cite "Quay Post"
add "Two tugs sank in the basin" --cite "Vell Radio"
add "2 tugs sank in the basin" --cite "Quay Post"
xref all
list questions
similar "boats lost in the port"
triage all --list
accept M2
reject M3 --because "no"
snooze M4 --until 2031-09-01
source list
source show S1
source add "Vell Ferries"
source alias S1 "the guard"
source relate S2 part_of S1 --because "its office"
source party "Harbour Watch" --side "the charities"
source counts "Harbour Watch" documented-minimum
source rename "Vell Ferries" "Vell Ferries Ltd"
source add "Vell Lines"
source merge S8 S7 --because "one firm"
source split S8 --because "two firms"
source aliases
source protect @gull --name "Ada Hidden Person"
evidence add proof.txt --for C2 --shows "a list of boats" --supports
evidence list
evidence verify E1 taken --because "it says so"
evidence save E1 -o saved.txt
ask "Harbour Watch" --about Q2 --by-email
reply R1 "It stands by its count."
searched "a list of boats" --where "the registry" --about Q2
lookup "boats lost" --about Q2 --with nobody
check C2 yes --because "its own page"
rate C2 unproven --because "one voice" --on C2
scale add scale.json
scale list
scale show ours
rate C3 good --scale ours --because "we looked" --on C3
answer Q2 "At least 30" --low 30 --because "the lower count" --on C2
state C2 checking --priority high --due 2031-06-01
assign C2 ana
on rating run none
translate C4 "Der Kai war zu" --lang de
field add "boat kind" --type text
field list
field amend "boat kind" --public
field rename "boat kind" "kind of boat"
amend C2 --field "kind of boat=trawler"
amend C2 --says "30 trawlers were lost" --because plainer
field add mood
field retract mood --because "asked by nobody"
template add losses --tag boats
template list
template retract losses --because "one per town"
tag C2 C3 boats
note C2 "ask the registry"
reread all
retract C5 --because "logged twice"
undo
redo
recheck A1
list
list --tag boats --json
search boats
search "left the port" --json
show C2
show Q2
trace C2
history C2
log
open A1
open C2
todo --all
signoff Q2 --because "read it"
report Q2 -o report.html
report Q2 --format md
report Q2 --format txt
plot Q2 -o figures.svg
publish Q2 --to https://desk.example/boats
published
correct Q2 --was "30" --now "at least 30" --because "its own words"
leakcheck report.html
lint report.html
redact C4 --because "court order" --dry-run
redact C4 --because "court order" --yes
export --format csv
export --format jsonl
export --format ledger
sync nothing.db other.db
key create
key show
checkpoint
prove C2 -o proof.tlog
witness list
witness ask -o ask.txt
witness add "The Herald" no-key
witness remove "The Herald" --because "none"
witness sign ask.txt --log nothing
witness take ask.txt
rebuild
verify
grant logger eva
backup copy.db
serve --port 70000
mcp extra
demo a.txt
doctor
"""

PERSON = """
import contextlib, io, json, sys
from cli import main
told = []
for command in json.loads(sys.stdin.read()):
    out, err = (io.TextIOWrapper(io.BytesIO(), encoding="utf-8") for _ in range(2))
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(err):
        code = main.invoke([*command, "--no-input"])
        out.flush()
        err.flush()
    told.append((code, out.buffer.getvalue().decode(), err.buffer.getvalue().decode()))
json.dump(told, sys.stdout)
"""

COMMANDS = [shlex.split(line) for line in SCRIPT.strip().splitlines()]
DIFFER = ("doctor", "verify", "grant", "backup")
"""Verbs of which the page on PostgreSQL says that they do something else there."""
HERE = (
    (re.compile(r'\{"blob":.*\n'), ""),  # in the order of their hashes; what went out says when
    (re.compile(r"\d{4}-\d\d-\d\d[T ]\d\d:\d\d(:\d\d)?(\.\d+)?Z?"), "WHEN"),
    (re.compile(r"\b\d\d:\d\d UTC"), "WHEN"),
    (re.compile(r"\b[0-9a-f]{12,64}\b"), "HASH"),
    (re.compile(r"\b\d[\d,]* bytes"), "BYTES"),
    (re.compile(r"[\w+/-]{40,}={0,2}"), "CODE"),
    (re.compile(r"claim-ledger/\S+"), "LOG"),
)


def plain(said: str, place: str, folder: Path) -> str:
    """What was printed without what no two ledgers share."""
    said = said.replace(str(folder), "FOLDER").replace(place, "PLACE").replace('\\"login\\":\\"postgres\\",', "")
    for pattern, name in HERE:
        said = pattern.sub(name, said)
    return said


def played(folder: Path, place: str, environment: dict[str, str]) -> list[tuple[int, str, str]]:
    """What each command gave, in a process that plays them all on a ledger at a place."""
    folder.mkdir()
    for name, content in FILES.items():
        (folder / name).write_text(content, "utf-8")
    own = {"CLAIMS_LEDGER": place, "CLAIMS_KEY": str(folder / "key.pem"), "CLAIMS_CACHE": str(folder / "cache"),
           "CLAIMS_PROTECTED": str(folder / "protected.json"), "CLAIMS_HOOKS": str(folder / "hooks.json")}  # fmt: skip
    done = subprocess.run(
        [sys.executable, "-c", PERSON], cwd=folder, env=environment | own, input=json.dumps(COMMANDS), text=True,
        capture_output=True, timeout=300,
    )  # fmt: skip
    assert done.returncode == 0, done.stderr
    return [(code, plain(out, place, folder), plain(err, place, folder)) for code, out, err in json.loads(done.stdout)]


def test_every_verb_is_played() -> None:
    said = {" ".join(c[:2]) for c in COMMANDS} | {c[0] for c in COMMANDS}
    assert {name for name, _ in handlers()} - said == set()


@pytest.mark.server
def test_every_verb_gives_on_a_server_what_it_gives_in_a_file(
    postgres: server.Server, tmp_path: Path, environment: dict[str, str]
) -> None:
    in_file = played(tmp_path / "file", "ledger.db", environment)
    on_server = played(tmp_path / "server", postgres.database(), environment)
    differ = [
        (" ".join(command), one, other)
        for command, one, other in zip(COMMANDS, in_file, on_server, strict=True)
        if one != other and command[0] not in DIFFER
    ]
    assert differ == []
