"""A refused command leaves the log where it was and starts no ledger: one table for all verbs."""

from __future__ import annotations

import json
import shlex

import pytest
from conftest import Claims, begins

from cli.table import handlers
from ledger import merkle, store

TEXT = """\
The lower town lost at least 300 houses in the flood, said Marsh Relief, a charity. The water rose twice.

The mayor said at least 320 houses were lost in the flood. A miller said the water rose twice.
"""
OTHER = "The old bridge was closed on Monday.\n"
PROTECTED = "Hidden Person"

WITNESS = merkle.Key("herald.example/w1", bytes(32), merkle.COSIGNER).vkey
OTHERS_LOG = merkle.Key("herald.example/log", bytes(32)).vkey

REFUSED: list[tuple[str, str, int]] = [
    ("grant: in a file, where nobody logs in", "grant logger eva", 1),
    ("on: no such event", "on breakfast run true", 3),
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
    ("suggest: numbers of two articles", "suggest A1 A2 --accept 1", 2),
    ("suggest: no such question", "suggest A1 --accept 2 --question Q9", 3),
    ("suggest: a question and nothing accepted", "suggest A1 --question Q1", 2),
    ("accept: one of two is not there", "accept M1 M9", 3),
    ("accept: one of two was judged before", "accept M1 M2", 1),
    ("accept: a range that ends where nothing is", "accept M1-M9", 3),
    ("accept: under no such question", "accept M1 --question Q9", 3),
    ("reject: no suggestion", "reject C1", 2),
    ("snooze: a day that is none", "snooze M1 --until soon", 2),
    ("file: the second claim is not there", 'file C1 C9 --question "A new question"', 3),
    ("file: a claim that was retracted", 'file C1 C3 --question "A new question"', 1),
    ("file: no claim", 'file A1 --question "A new question"', 2),
    ("question add: a window that is none", 'question add "A new question" --window soon', 2),
    ("question add: one answer alone", 'question add "A new question" --one-of standing', 2),
    ("question add: no answers", 'question add "A new question" --one-of ""', 2),
    ("file: an empty answer", 'file C1 --question Q1 --answer ""', 2),
    ("why: no finding named", 'why Q1 ""', 2),
    ("add: an empty source", 'add "at least 40" --article A1 --by "" --no-input', 2),
    ("file: an answer, and the second claim is not there", "file C1 C9 --question Q1 --answer yes", 3),
    ("amend: one answer alone", "amend Q1 --one-of standing,", 2),
    ("amend: what answers a claim", "amend C1 --kind when", 2),
    ("amend: the answer of an article", "amend A1 --answer yes", 2),
    ("question add: no words", 'question add "  "', 2),
    ("question merge: no such question", "question merge Q1 Q9", 3),
    ("question merge: into itself", "question merge Q1 Q1", 2),
    ("link: to itself", "link C1 C1 --as updates --because x", 2),
    ("link: without a reason", 'link C1 C2 --as updates --because " "', 2),
    ("why: no such finding", "why Q1 conflicts:C1:C9 --right", 3),
    ("why: a word on none", "why Q1 --right", 2),
    ("why: no such question", "why Q9", 3),
    ("recheck: an article without an address", "recheck A1", 2),
    ("recheck: no such article", "recheck A9", 3),
    ("recheck: none named", "recheck", 2),
    ("xref: no such claim", "xref C9", 3),
    ("capture: no such file", "capture nothing.txt", 3),
    ("capture: a date that is none", 'capture more.txt --publisher "A new outlet" --published soon', 2),
    ("capture: an address that is none", "capture more.txt --url ftp://example.org/", 2),
    ("capture: a feed and a file", "capture more.txt --feed http://127.0.0.1:9/feed", 2),
    ("capture: a feed with a title", "capture --feed http://127.0.0.1:9/feed --title x", 2),
    ("capture: a feed that is not there", "capture --feed http://127.0.0.1:9/feed --allow-private", 4),
    ("capture: a feed inside the house", "capture --sitemap http://127.0.0.1:9/map.xml", 2),
    ("capture: a protected name", 'capture more.txt --title "Hidden Person speaks"', 1),
    ("import: a bad line, strictly", "import mixed.jsonl --strict", 2),
    ("import: a sheet in doubt", "import doubt.csv", 2),
    ("import: no such file", "import nothing.jsonl", 3),
    ("sync: with itself", "sync ledger.db ./ledger.db", 2),
    ("sync: no such ledger", "sync ledger.db nothing.db", 3),
    ("amend: no such claim", "amend C9 --says x", 3),
    ("amend: what was retracted", "amend C3 --says x", 1),
    ("amend: a field that makes the claim what it is", "amend C1 --set exact=x", 1),
    ("amend: a field that it has not", "amend C1 --set nonsense=x", 2),
    ("amend: no field and value", "amend C1 --set nonsense", 2),
    ("amend: nothing", "amend C1", 2),
    ("amend: a figure of an article", "amend A1 --figure 40", 2),
    ("amend: a figure that is none, after a new source", 'amend C1 --by "A new source" --figure many', 2),
    ("amend: relays without a source", 'amend C1 --via "A new source"', 2),
    ("amend: an article is sure", "amend A1 --sure", 2),
    ("reread: which claims", "reread --accept", 2),
    ("reread: both", "reread all --accept --keep", 2),
    ("reread: no such claim", "reread C9 --accept", 3),
    ("amend: a suggestion", "amend M1 --set reason=x", 1),
    ("amend: a protected name", 'amend C1 --says "Hidden Person said it"', 1),
    ("retract: without a reason", 'retract C1 --because " "', 2),
    ("retract: no such claim", "retract C9 --because x", 3),
    ("retract: what was retracted", "retract C3 --because x", 1),
    ("undo: nothing of this person", "undo --actor nobody", 1),
    ("redo: nothing undone", "redo --actor nobody", 1),
    ("redact: without a reason", 'redact C1 --because " "', 2),
    ("redact: nobody can be asked", "redact C1 --because x", 2),
    ("redact: no such claim", "redact C9 --because x --yes", 3),
    ("note: no words", 'note C1 " "', 2),
    ("note: no such claim", "note C9 words", 3),
    ("note: what was retracted", "note C3 words", 1),
    ("note: no query that it could settle", "note C2 words --settles", 1),
    ("note: a protected name", 'note C1 "says Hidden Person"', 1),
    ("tag: the second is none", 'tag C1 first "a,b"', 2),
    ("tag: no such claim", "tag C9 first", 3),
    ("amend: no such field", 'amend C1 --field "depth=2"', 3),
    ("amend: a field without a value", "amend C1 --field level", 2),
    ("amend: a value that does not fit, after a field", "amend C1 --says x --field level=high", 2),
    ("amend: a protected name in a field", 'amend C1 --field "told by=Hidden Person"', 1),
    ("add: a value that does not fit", 'add "The mayor said" --article A1 --field level=high', 2),
    ("add: no such template", 'add "The mayor said" --article A1 --template none', 3),
    ("file: a field of articles", 'file C1 --question "A new question" --field depth=2', 3),
    ("field add: a name that is taken", "field add LEVEL", 2),
    ("field add: a name of a column", "field add publisher", 2),
    ("field add: one choice alone", "field add mood --type choice --choices glad", 2),
    ("field add: choices of a number", "field add mood --type number --choices a,b", 2),
    ("field add: a protected name", 'field add "Hidden Person"', 1),
    ("field amend: nothing", "field amend level --type number", 2),
    ("field amend: values that would not fit", "field amend level --type yes/no", 1),
    ("field rename: a name that is taken", 'field rename level "told by"', 2),
    ("field retract: values of it stand", "field retract level --because x", 1),
    ("field retract: without a reason", 'field retract "told by" --because " "', 2),
    ("template add: nothing", "template add flood", 2),
    (
        "template add: no such field, after a question",
        'template add flood --question "A new question" --field depth',
        3,
    ),
    ("template retract: no such template", "template retract flood --because x", 3),
    ("state: nothing", "state C1", 2),
    ("state: published", "state C1 published", 2),
    ("state: an embargo without an hour", "state C1 --embargo 2030-01-01", 2),
    ("state: no such zone", 'state C1 --due "2030-01-01 06:00 Mars/Base"', 2),
    ("state: an article", "state A1 checking", 2),
    ("assign: no handle", "assign C1 a@b.example", 2),
    ("assign: no day", "assign C1 ana --due soon", 2),
    ("assign: no such question", "assign Q9 ana", 3),
    ("translate: no words", 'translate C1 " "', 2),
    ("translate: neither words nor review", "translate C1", 2),
    ("translate: no machine's translation to review", "translate C1 --review", 1),
    ("translate: an article", "translate A1 words", 2),
    ("check: no such claim", "check C9 yes", 3),
    ("check: a question", "check Q1 yes", 2),
    ("check: rests on what is not there", "check C1 yes --on C9", 3),
    ("rate: no such grade", "rate C1 splendid --because x", 2),
    ("rate: no such scale", "rate C1 supported --because x --scale none", 3),
    ("rate: without a reason", 'rate C1 supported --because " "', 2),
    ("rate: a scale for sources", "rate C1 B --because x --scale admiralty-reliability", 1),
    ("rate: too few separate sources", "rate C1 1 --because x --scale admiralty-credibility", 1),
    ("rate: a scale for other things", "rate C1 fair --because x --scale airwars", 1),
    ("rate: rests on what was retracted", "rate C1 supported --because x --on C3", 1),
    ("answer: low above high", "answer Q1 words --because x --low 9 --high 8", 2),
    ("answer: no number", "answer Q1 words --because x --low many", 2),
    ("answer: without a reason", 'answer Q1 words --because " "', 2),
    ("answer: a claim", "answer C1 words --because x", 2),
    ("scale add: no such file", "scale add nothing.json", 3),
    ("scale add: no scale", "scale add protected.json", 2),
    ("scale add: a name that is taken", "scale add house.json", 1),
    ("signoff: of nothing", "signoff", 2),
    ("signoff: too many people", "signoff --require 10", 2),
    ("signoff: no such question", "signoff Q9", 3),
    ("signoff: a second time", "signoff C5 --actor eva", 1),
    ("publish: unfinished", "publish Q1", 1),
    ("publish: no such question", "publish Q9", 3),
    ("publish: no such file", "publish C5 --file nothing.html", 3),
    ("publish: an address that is none", "publish C5 --to ftp://example.org/", 2),
    ("publish: no such key", "publish C5 --key nothing.pem", 3),
    ("publish: a protected name", "publish C5 --file hidden.txt", 1),
    ("correct: never published", "correct C1 --was a --now b --because c", 1),
    ("correct: without what it said", 'correct C5 --was " " --now b --because c', 2),
    ("correct: rests on what is not there", "correct C5 --was a --now b --because c --on C9", 3),
    ("evidence add: no such file", 'evidence add nothing.jpg --for C1 --shows "a bridge" --context', 3),
    ("evidence add: no direction", 'evidence add more.txt --for C1 --shows "a bridge"', 2),
    ("evidence add: no words", 'evidence add more.txt --for C1 --shows " " --context', 2),
    ("evidence add: no such claim", 'evidence add more.txt --for C9 --shows "a bridge" --context', 3),
    (
        "evidence add: sure of what is not given",
        "evidence add more.txt --for C1 --shows x --context --verified taken",
        2,
    ),
    (
        "evidence add: no time, once the file is kept",
        "evidence add more.txt --for C1 --shows x --context --found-at soon",
        2,
    ),
    (
        "evidence add: a protected name, once the file is kept",
        'evidence add more.txt --for C1 --shows "Hidden Person" --context',
        1,
    ),
    ("evidence verify: no such piece", "evidence verify E9 taken --because x", 3),
    ("evidence verify: without a reason", 'evidence verify E1 taken --because " "', 2),
    ("evidence verify: what is not given", "evidence verify E1 location --because x", 2),
    ("evidence verify: no circumstance", "evidence verify E1 colour --because x", 2),
    ("ask: no way", 'ask "A new source" --about Q1', 2),
    ("ask: no such question", 'ask "A new source" --about Q9 --by-email', 3),
    ("ask: due before it was asked", 'ask "A new source" --about Q1 --by-email --on 2020-02-02 --due 2020-02-01', 2),
    ("ask: a day to come", 'ask "A new source" --about Q1 --by-email --on 2999-01-01', 2),
    (
        "ask: a protected name, after a new source",
        'ask "A new source" --about Q1 --by-email --text "Is it Hidden Person?"',
        1,
    ),
    ("reply: no such request", "reply R9 words", 3),
    ("reply: no words", 'reply R1 " "', 2),
    ("reply: a day to come, once the file is kept", "reply R1 more.txt --on 2999-01-01", 2),
    ("reply: a protected name, once the file is kept", "reply R1 hidden.txt", 1),
    ("lookup: nothing", "lookup", 2),
    ("lookup: no words", 'lookup " " --about Q1', 2),
    ("lookup: no such question", "lookup words --about Q9", 3),
    ("lookup: about a suggestion", "lookup words --about M1", 2),
    ("lookup: no such service", "lookup words --about Q1 --with nobody", 2),
    ("lookup: a day that is none", "lookup words --about Q1 --since soon", 2),
    ("lookup: a protected name", 'lookup "Hidden Person" --about Q1', 1),
    ("capture: a suggestion that is no lead", "capture M1", 1),
    ("capture: no such lead", "capture M99", 3),
    ("xref: services about all", "xref all --online", 2),
    ("searched: no words", 'searched " " --about Q1 --where here', 2),
    ("searched: nowhere", 'searched words --about Q1 --where " "', 2),
    ("searched: found and failed", "searched words --about Q1 --where here --found 2 --failed x", 2),
    ("searched: no such question", "searched words --about Q9 --where here", 3),
    ("source add: no name", 'source add " "', 2),
    ("source add: a protected name", 'source add "Hidden Person"', 1),
    ("source alias: a name that another has", 'source alias "Marsh Relief" "the mayor"', 2),
    ("source alias: no name", 'source alias "Marsh Relief" " "', 2),
    ("source alias: no such source", "source alias Nobody N", 2),
    ("source relate: to itself", 'source relate "Marsh Relief" part_of "Marsh Relief"', 2),
    ("source relate: independent without a reason", 'source relate "Marsh Relief" independent "the mayor"', 2),
    ("source relate: no such source", 'source relate "Marsh Relief" part_of Nobody', 2),
    ("source party: no such question", 'source party "Marsh Relief" --question Q9', 3),
    ("source party: no such source", "source party Nobody", 2),
    ("source counts: no such source", "source counts Nobody documented-minimum", 2),
    ("source split: not merged", 'source split "S1"', 1),
    ("source rename: another's name", 'source rename S1 "Marsh Relief"', 2),
    ("question split: not merged", "question split Q1", 1),
    ("source merge: into itself", 'source merge "Marsh Relief" "Marsh Relief"', 2),
    ("source merge: into a question", 'source merge "Marsh Relief" Q1', 2),
    ("source protect: no handle", 'source protect baker --name "Ann Roe"', 2),
    ("source protect: a name that is logged", 'source protect @relief --name "Marsh Relief"', 1),
    ("source protect: no name", "source protect @relief", 2),
    ("source protect: a name too short", "source protect @relief --name Al", 2),
    ("source protect: the name in the note", 'source protect @roe --name "Ann Roe" --note "Ann Roe, a nurse"', 1),
    ("checkpoint: no such key", "checkpoint --key nothing.pem", 3),
    ("checkpoint: an authority's certificate without its address", "checkpoint --tsa-cert ca.pem", 2),
    ("serve: no port", "serve --no-open --port 70000", 2),
    ("witness add: no name", f'witness add " " {WITNESS}', 2),
    ("witness add: a log's key", f"witness add Herald {OTHERS_LOG}", 2),
    ("witness add: no key", "witness add Herald words", 2),
    ("witness add: a protected name", f'witness add "Hidden Person" {WITNESS}', 1),
    ("witness remove: no such witness", "witness remove Herald --because gone", 3),
    ("witness remove: no reason", 'witness remove Herald --because " "', 2),
    ("witness take: no such file", "witness take nothing.txt --key nothing.pem", 3),
    ("prove: no such key", "prove C1 --key nothing.pem", 3),
    ("key create: there is one", "key create --key more.txt", 1),
]
"""What is refused and why, the command, its exit code."""

LOGS_NOTHING = {
    *("list", "show", "search", "similar", "trace", "history", "log", "open", "todo", "compare", "origins", "mcp"),
    *("question list", "question show", "source list", "source show", "evidence list", "evidence save"),
    *("scale list", "scale show", "field list", "template list"),
    *("report", "plot", "published", "leakcheck", "lint", "export", "learn"),
    *("witness list", "witness ask", "witness sign", "verify", "backup", "key show", "doctor", "completion"),
}
REFUSES_NOTHING = {"rebuild", "source aliases", "demo", "triage", "init"}
"""They log or make something, and have no reason of their own to refuse a ledger that is in order; `triage` asks first."""

ARTICLE = {"file": "b.txt", "text": "He said 40 boats left."}
LINES = [
    {"exact": "40 boats left", "article": ARTICLE, "attribution": [{"source": "A crew"}]},
    {"exact": "50 boats left", "article": ARTICLE},
]


GRADES = [{"value": "yes", "means": "it is so"}, {"value": "no", "means": "it is not"}]


def _files(claims: Claims) -> None:
    claims.file("hidden.txt", "Hidden Person was not at home.\n")
    claims.file("house.json", json.dumps({"name": "house", "title": "Ours", "grades": GRADES}))
    claims.file("more.txt", "Another text that nobody has saved yet.\n")
    claims.file("mixed.jsonl", "".join(json.dumps(line) + "\n" for line in LINES))
    claims.file("doubt.csv", "Words,Day\nforty boats left,03/04/2020\n")
    claims.file("protected.json", json.dumps({"@baker": [PROTECTED]})).chmod(0o600)


@begins
def desk(claims: Claims) -> Claims:
    """An article, three claims of which one was retracted, a question, two suggestions of which one was judged."""
    claims("capture", claims.file("a.txt", TEXT), "--publisher", "Example Daily", "--published", "2020-05-01")
    claims("add", "at least 300 houses", "--article", "A1", "--by", "Marsh Relief", "--question", "How many houses?")
    claims("add", "at least 320 houses", "--article", "A1", "--by", "the mayor")
    claims("add", "The water rose twice", "--article", "A1")
    claims("retract", "C3", "--because", "said twice")
    claims("suggest", "A1", "--accept", "1")
    claims("xref", "all")
    claims("capture", claims.file("b.txt", OTHER), "--publisher", "Harbour Post", "--published", "2020-06-01")
    claims("add", "The old bridge was closed", "--article", "A2")
    claims("evidence", "add", "b.txt", "--for", "C1", "--shows", "the date", "--context", "--taken-at", "2020-05-02")
    claims("ask", "Marsh Relief", "--about", "Q1", "--by-email")
    claims("note", "C1", "who counted?")
    claims("field", "add", "level", "--type", "number")
    claims("field", "add", "told by")
    claims("amend", "C1", "--field", "level=4")
    claims("signoff", "C5", "--actor", "eva")
    claims("publish", "C5")
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


STARTING = [
    row for row in REFUSED if row[0] not in ("source protect: a name that is logged", "field add: a name that is taken")
]


@pytest.mark.parametrize("command", [c[1] for c in STARTING], ids=[c[0] for c in STARTING])
def test_refused_command_starts_no_ledger(claims: Claims, command: str) -> None:
    _files(claims)
    ran = claims(*shlex.split(command), code=None)
    assert ran.code != 0
    assert "started a ledger" not in ran.err
    assert not list(claims.folder.glob("ledger.db*"))


@pytest.mark.parametrize("command", [name for name, _ in handlers()])
def test_every_command_that_logs_has_a_row(command: str) -> None:
    has_row = any(f"{row} ".startswith(f"{command} ") for _, row, _ in REFUSED)
    assert has_row != (command in LOGS_NOTHING | REFUSES_NOTHING)


def test_a_ledger_that_is_there_is_not_begun_again(desk: Claims) -> None:
    before = _state(desk)
    desk("init", "ledger.db", code=1)
    assert _state(desk) == before
