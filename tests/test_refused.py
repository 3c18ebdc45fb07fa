"""A refused command leaves the log where it was and starts no ledger: one table for all verbs."""

from __future__ import annotations

import json
import shlex
from pathlib import Path

import pytest
from conftest import Claims

from ledger import store

TEXT = """\
The lower town lost at least 300 houses in the flood, said Marsh Relief, a charity. The water rose twice.

The mayor said at least 320 houses were lost in the flood. A miller said the water rose twice.
"""
PROTECTED = "Hidden Person"

REFUSED: list[tuple[str, str, int]] = [
    ("add: relays without a source, for a citation", 'add words --cite "Radio X" --via TV', 2),
    ("add: a reading without its reason, for a citation", 'add "40 died" --cite "Radio X" --read-as killed', 1),
    (
        "add: a figure that is none, after the sources",
        'add "at least 300" --article A1 --by "A new source" --figure many',
        2,
    ),
    ("add: a date that is none, for a citation", 'add "40 died" --cite "Radio X" --when soon', 2),
    ("add: words that do not stand there", 'add "at least 301" --article A1 --by "A new source"', 2),
    ("add: words that stand twice", 'add "water rose twice" --article A1', 2),
    ("add: no words", 'add "" --article A1', 2),
    ("add: no such article", 'add "at least 300" --article A9', 3),
    ("add: no article", 'add "at least 300"', 2),
    ("add: no such question, once the claim is logged", 'add "at least 300" --article A1 --question Q9', 3),
    (
        "add: a protected name, once the claim is logged",
        'add "at least 300" --article A1 --question "What did Hidden Person say?"',
        1,
    ),
    ("add: an actor that is no handle", 'add "at least 300" --article A1 --actor a@b.example', 2),
    ("suggest: a number too many", 'suggest A1 --accept "1,99"', 2),
    ("suggest: no such article", "suggest A9 --accept 1", 3),
    ("accept: one of two is not there", "accept M1 M9", 3),
    ("accept: one of two was judged before", "accept M1 M2", 1),
    ("reject: no suggestion", "reject C1", 2),
    ("snooze: a day that is none", "snooze M1 --until soon", 2),
    ("file: the second claim is not there", 'file C1 C9 --under "A new question"', 3),
    ("file: a claim that was retracted", 'file C1 C3 --under "A new question"', 1),
    ("file: no claim", 'file A1 --under "A new question"', 2),
    ("question add: a window that is none", 'question add "A new question" --window soon', 2),
    ("question add: no words", 'question add "  "', 2),
    ("question merge: no such question", "question merge Q1 Q9", 3),
    ("question merge: into itself", "question merge Q1 Q1", 2),
    ("link: to itself", "link C1 C1 --as updates --because x", 2),
    ("link: without a reason", 'link C1 C2 --as updates --because " "', 2),
    ("xref: no such claim", "xref C9", 3),
    ("capture: no such file", "capture nothing.txt", 3),
    ("capture: a date that is none", 'capture more.txt --publisher "A new outlet" --published soon', 2),
    ("capture: an address that is none", "capture more.txt --url ftp://example.org/", 2),
    ("capture: a protected name", 'capture more.txt --title "Hidden Person speaks"', 1),
    ("import: a bad line, strictly", "import mixed.jsonl --strict", 2),
    ("import: a sheet in doubt", "import doubt.csv", 2),
    ("import: no such file", "import nothing.jsonl", 3),
]
"""What is refused and why, the command, its exit code."""

ARTICLE = {"file": "b.txt", "text": "He said 40 boats left."}
LINES = [
    {"exact": "40 boats left", "article": ARTICLE, "attribution": [{"source": "A crew"}]},
    {"exact": "50 boats left", "article": ARTICLE},
]


def _files(claims: Claims) -> None:
    claims.file("more.txt", "Another text that nobody has saved yet.\n")
    claims.file("mixed.jsonl", "".join(json.dumps(line) + "\n" for line in LINES))
    claims.file("doubt.csv", "Words,Day\nforty boats left,03/04/2020\n")
    claims.file("protected.json", json.dumps({"@baker": [PROTECTED]})).chmod(0o600)


@pytest.fixture(scope="module")
def made(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("refused") / "ledger.db"


@pytest.fixture
def desk(claims: Claims, made: Path) -> Claims:
    """An article, three claims of which one was retracted, a question, two suggestions of which one was judged."""
    if not made.exists():
        claims("capture", claims.file("a.txt", TEXT), "--publisher", "Example Daily", "--published", "2020-05-01")
        claims(
            "add", "at least 300 houses", "--article", "A1", "--by", "Marsh Relief", "--question", "How many houses?"
        )
        claims("add", "at least 320 houses", "--article", "A1", "--by", "the mayor")
        claims("add", "The water rose twice", "--article", "A1")
        claims("retract", "C3", "--because", "said twice")
        claims("suggest", "A1", "--accept", "1")
        claims("xref", "all")
        claims("backup", made)
    else:
        claims.ledger.write_bytes(made.read_bytes())
    _files(claims)
    return claims


def _state(claims: Claims) -> tuple[object, ...]:
    with store.open_ledger(claims.ledger, store.Open.READ) as ledger:
        blobs = [tuple(row) for row in ledger.rows("SELECT sha256, size FROM blob ORDER BY sha256")]
        return store.head(ledger), store.root(ledger), blobs


@pytest.mark.parametrize(("command", "code"), [c[1:] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_refused_command_leaves_the_log_where_it_was(desk: Claims, command: str, code: int) -> None:
    before = _state(desk)
    desk(*shlex.split(command), code=code)
    assert _state(desk) == before


@pytest.mark.parametrize("command", [c[1] for c in REFUSED], ids=[c[0] for c in REFUSED])
def test_refused_command_starts_no_ledger(claims: Claims, command: str) -> None:
    _files(claims)
    ran = claims(*shlex.split(command), code=None)
    assert ran.code != 0
    assert "started a ledger" not in ran.err
    assert not list(claims.folder.glob("ledger.db*"))
