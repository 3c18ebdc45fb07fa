"""The kinds of fuzzed runs: each makes one case from the chance it is given, and runs it."""

from __future__ import annotations

import json
import random
import re
import shlex
import time
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from campaigns import fuzz_mutations as mutate
from campaigns.fuzz_formats import formats
from campaigns.fuzz_ground import ARTICLE, LINES, PAGE, Ground, Outcome
from cli import commands as built
from cli import table
from ledger import audit, keys, merkle, store
from ledger.errors import BadInput, Tampered

IDS = (
    "A1", "A2", "C1", "C2", "C3", "Q1", "S1", "S2", "M1", "M2", "E1", "R1", "C99", "Q0", "c1", " C1", "C01", "C1,C2", "all",
    "A" + "9" * 30, "C-1", "C٣", "Z1", "C", "1", "0", "f" * 32, "harbour office", "last", "A1#2",
)  # fmt: skip
FILES = (
    "a.txt", "a.html", "claims.jsonl", "log.jsonl", "old.checkpoint", "C1.tlog-proof", "key.pem", "photo.png", "ledger.db",
    "folder", "folder/new", "new.db", "new.out", "nowhere/x", "-", "x" * 300, "a\nb", "\udcff.txt", "http://127.0.0.1:9/", ".",
    "claims.csv", "book.xlsx", "review.jsonld", "out.pdf", "out.docx", "out.svg", "out.png", "site", "out.zip", "all.sqlite",
    "https://[::1", "http://localhost/a", "ftp://x/y", "file:///etc/hostname", "postgresql://x", "out.html", "kept/../b",
)  # fmt: skip
WORDS = (
    "at least 40 boats", "nearly 60", "between 30 and 45 boats", "We counted 38 of them", "unproven", "supported", "40", "38.5",
    "2024-05-13", "2024-05-13/14", "2024-13-45", "yesterday", "yes", "no", "repeats", "claim", "claims", "found,taken", "en",
    "Boats that left", "one source", "harbour office", "a military source", "killed", "new", "high", "house", "1-3", "@handle",
    "csv", "jsonl", "claimreview", "annotations", "datasette", "datapackage", "prov", "ledger", "html", "md", "pdf", "docx",
    "site", "ranges", "origins", "svg", "png", "Quote=exact", "auto", "bash", "zsh", "fish", "CC-BY-4.0",
    "as_of", "publisher=Example Daily", "60 people", "no boats", "about 40", "--json", "monitoring_group",
)  # fmt: skip


# --- arguments ----------------------------------------------------------------------------------------------------


@cache
def commands() -> dict[tuple[str, ...], Any]:
    """Every verb, and every command of a group, by the words that call it."""
    return {(*name.split(),): built.command(handler, name) for name, handler in table.handlers()}


@cache
def examples() -> dict[tuple[str, ...], list[list[str]]]:
    """The examples in each command's help, as arguments."""
    found = {}
    for words, command in commands().items():
        lines = re.findall(r"claims (.+)", command.help or "")
        found[words] = [_split(line) for line in lines if line.startswith(words[0])]
    return found


def _split(line: str) -> list[str]:
    try:
        return shlex.split(re.split(r" [|>] ", line, maxsplit=1)[0])
    except ValueError:
        return line.split()


def arguments(chance: random.Random, ground: Ground) -> Outcome:
    """A command as its help shows it or as its parameters allow, then bent."""
    words = chance.choice(list(commands()))
    known = examples()[words]
    args = list(chance.choice(known)) if known and chance.random() < 0.4 else _made(chance, words)
    for _ in range(chance.choice([0, 0, 0, 1, 1, 2, 4])):
        _bend(chance, args, commands()[words])
    if chance.random() < 0.25:
        args += chance.choice([["--json"], ["--quiet"], ["--ledger", _value(chance)], ["--actor", _value(chance)]])
    stdin = chance.choice([b"", b"", ARTICLE.encode(), b'{"exact": "nearly 60", "article": "A1"}', b"\xff\x00"])
    args = [a.replace("\0", "")[:100_000] for a in args]  # no system passes either on
    return ground.run([*args, "--no-input"] if chance.random() < 0.7 else args, stdin)


def _made(chance: random.Random, words: tuple[str, ...]) -> list[str]:
    args = list(words)
    for param in commands()[words].params:
        if param.param_type_name == "argument":
            args += [_value(chance, param) for _ in range(1 if param.nargs == 1 else chance.randrange(4))]
        elif chance.random() < (0.9 if param.required else 0.15):
            args += [chance.choice(param.opts), *([] if getattr(param, "is_flag", False) else [_value(chance, param)])]
    return args


def _value(chance: random.Random, param: Any = None) -> str:
    hint = f"{getattr(param, 'metavar', '') or ''} {getattr(param, 'name', '') or ''}".casefold()
    choices = getattr(getattr(param, "type", None), "choices", None)
    if choices and chance.random() < 0.9:
        return str(getattr(chance.choice(list(choices)), "value", chance.choice(list(choices))))
    pools = [IDS, FILES, WORDS, mutate.NAUGHTY]
    weights = [1, 1, 3, 1]
    if re.search("id|claim|question|article|evidence|request|source", hint):
        weights = [8, 0, 2, 1]
    elif re.search("file|path|url|out|zip|folder", hint):
        weights = [0, 8, 1, 1]
    return str(chance.choice(chance.choices(pools, weights)[0]))


def _bend(chance: random.Random, args: list[str], command: Any) -> None:
    at = chance.randrange(1, len(args) + 1)
    match chance.randrange(6):
        case 0 if at < len(args):
            del args[at]
        case 1 if at < len(args):
            args[at] = _value(chance)
        case 2 if at < len(args):
            args[at] = mutate.text(chance, args[at])
        case 3:
            args.insert(at, _value(chance))
        case 4 if command.params:
            param = chance.choice(command.params)
            args += [chance.choice(param.opts), _value(chance, param)]
        case _:
            args[at - 1 : at + 1] = args[at - 1 : at + 1][::-1]


# --- files --------------------------------------------------------------------------------------------------------


def imports(chance: random.Random, ground: Ground) -> Outcome:
    """Claims as JSON Lines, or one on standard input, with parts changed."""
    lines = [chance.choice(LINES) for _ in range(chance.randrange(1, 4))]
    bent = [mutate.json_value(chance, x) if chance.random() < 0.5 else x for x in lines]
    if chance.random() < 0.1:
        one = {"exact": "nearly 60", "article": "A1", "by": "fisherman", "via": ["State television"], "occurrence": 1}
        content = mutate.written(chance, mutate.json_value(chance, one))
        return ground.run(["add", "-", "--no-input"], content, case=f"add - < {content[:1500]!r}")
    content = b"\n".join(mutate.written(chance, x) for x in bent)
    if chance.random() < 0.3:
        content = mutate.data(chance, content)
    Path("fuzzed.jsonl").write_bytes(content)
    more = chance.choice([[], [], ["--strict"], ["--dry-run"], ["--json"]])
    return ground.run(["import", "fuzzed.jsonl", *more], case=f"import {more} of {content[:1500]!r}")


def exports(chance: random.Random, ground: Ground) -> Outcome:
    """The export of a ledger, bent, into a new ledger or its own; what is taken must verify and have its root."""
    whole = (ground.here / "log.jsonl").read_bytes()
    bent = _bent_export(chance, whole)
    Path("fuzzed.jsonl").write_bytes(bent)
    target = chance.choice(["fuzzed.db", "ledger.db"])
    ran = ground.run(["import", "fuzzed.jsonl", "--ledger", target], case=_difference(whole, bent))
    if ran.code == "0" and target == "fuzzed.db" and bent.strip():  # nothing at all is a list of no claims
        ran = _taken_over(ran, whole)
    for left in ground.here.glob("fuzzed.db*"):
        left.unlink()
    return ran


def _bent_export(chance: random.Random, whole: bytes) -> bytes:
    way = chance.random()
    if way < 0.4:
        return mutate.lines(chance, whole)
    if way < 0.6:
        return mutate.data(chance, whole)
    rows = whole.split(b"\n")
    at = chance.randrange(len(rows) - 1)
    row = json.loads(rows[at])
    if row.get("body") and chance.random() < 0.5:
        body = mutate.json_value(chance, json.loads(row["body"]))
        row["body"] = mutate.written(chance, body).decode("utf-8", "replace")
    else:
        row = mutate.json_value(chance, row)
    rows[at] = mutate.written(chance, row)
    return b"\n".join(rows)


def _taken_over(ran: Outcome, whole: bytes) -> Outcome:
    head = json.loads(whole.split(b"\n")[0])
    with store.open_ledger("fuzzed.db", store.Open.READ) as ledger:
        found, root = audit.verify(ledger), store.root(ledger).hex()
    wrong = [f"an import that does not verify: {p[:80]}" for p in found.problems]
    wrong += [] if root == head["root"] else ["an import with another root"]
    return Outcome(ran.code, ran.seconds, ran.case, (*ran.problems, *wrong))


def _difference(whole: bytes, bent: bytes) -> str:
    at = next((n for n, (a, b) in enumerate(zip(whole, bent, strict=False)) if a != b), min(len(whole), len(bent)))
    return f"export of {len(whole)} bytes, now {len(bent)}, differs at {at}: {bent[max(0, at - 80) : at + 400]!r}"


def pages(chance: random.Random, ground: Ground) -> Outcome:
    """A web page, bent, through capture."""
    content = mutate.markup(chance, PAGE.encode())
    name = chance.choice(["fuzzed.html", "fuzzed.html", "fuzzed.htm", "fuzzed", "fuzzed.txt"])
    Path(name).write_bytes(content)
    if chance.random() < 0.2:
        return ground.run(["capture", "-", "--no-input"], content, case=f"capture - < {content[:3000]!r}")
    return ground.run(["capture", name, "--no-input"], case=f"capture {name}: {content[:3000]!r}")


def texts(chance: random.Random, ground: Ground) -> Outcome:
    """A text, bent and repeated, through suggest."""
    said = mutate.text(chance, ARTICLE)
    pieces = re.findall(r"\S+\s*", ARTICLE)
    if chance.random() < 0.5:
        said += "".join(chance.choices(pieces, k=chance.choice([20, 200, 2000])))
    content = said.encode("utf-8", "surrogatepass" if chance.random() < 0.1 else "replace")
    Path("fuzzed.txt").write_bytes(content)
    args = ["suggest", "fuzzed.txt", *chance.choice([[], ["--json"], ["--json", "--published", "2024-05-13"]])]
    return ground.run(args, case=f"{args}: {content[:3000]!r}")


# --- proofs -------------------------------------------------------------------------------------------------------


def checkpoints(chance: random.Random, ground: Ground) -> Outcome:
    """A checkpoint, bent, at the command line."""
    note = (ground.here / "old.checkpoint").read_bytes()
    bent = mutate.lines(chance, note) if chance.random() < 0.3 else mutate.data(chance, note)
    Path("fuzzed.checkpoint").write_bytes(bent)
    ran = ground.run(["verify", "--against", "fuzzed.checkpoint"], case=f"verify --against {bent!r}")
    # the key signs the note, so that what is taken says what the note said
    if ran.code == "0" and bent.split(b"\n")[:3] != note.split(b"\n")[:3]:
        return Outcome(ran.code, ran.seconds, ran.case, (*ran.problems, "a changed checkpoint was taken"))
    return ran


def proofs(chance: random.Random, ground: Ground) -> Outcome:
    """A proof, a checkpoint, a verifier key or a JSON text, bent, where they are read."""
    own, leaf, known = _known(str(ground.here))
    what = chance.choice(list(known))
    given, read = known[what]
    bent = mutate.lines(chance, given) if chance.random() < 0.3 else mutate.data(chance, given)
    began, code, wrong = time.perf_counter(), "refused", ()
    try:
        taken = read(bent, own, leaf)
        code = "taken"
        if taken != read(given, own, leaf):
            wrong = (f"a changed {what} was taken",)
    except (Tampered, BadInput):
        pass
    except Exception as e:
        wrong = (f"{what}: {type(e).__name__}: {str(e)[:80]!r}",)
    return Outcome(f"{what} {code}", time.perf_counter() - began, f"{what}: {bent!r}", wrong)


@cache
def _known(here: str) -> tuple[merkle.Key, bytes, dict[str, tuple[bytes, Callable[..., Any]]]]:
    folder = Path(here)
    signing = keys.load(folder / "key.pem")
    with store.open_ledger(folder / "ledger.db") as ledger:
        own = signing.named(audit.origin(ledger))
        leaf = store.leaf_of(audit.find_entry(ledger, "C1"))
    proof, note = (folder / "C1.tlog-proof").read_bytes(), (folder / "old.checkpoint").read_bytes()
    line = json.dumps(LINES[1]).encode()
    return own, leaf, {
        "proof": (proof, _read_proof),
        "checkpoint": (note, lambda data, key, _: merkle.open_checkpoint(data, key, keys.verifier(key))),
        "key": (own.vkey.encode(), lambda data, *_: merkle.parse_vkey(data.decode("utf-8", "replace"))),
        "JSON": (line, lambda data, *_: _read_json(data)),
    }  # fmt: skip


def _read_proof(data: bytes, key: merkle.Key, leaf: bytes) -> tuple[Any, ...]:
    proof = merkle.parse_proof(data)
    head = merkle.check_proof(proof, leaf, key, keys.verifier(key))
    return proof.index, proof.hashes, head.size, head.root


def _read_json(data: bytes) -> None:
    """What is read is written and read again alike."""
    value = merkle.loads(data, floats=True)
    if merkle.loads(merkle.canonical(value, floats=True), floats=True) != value:
        raise AssertionError("read otherwise the second time")


KINDS: dict[str, Callable[[random.Random, Ground], Outcome]] = {
    "arguments": arguments, "imports": imports, "exports": exports, "proofs": proofs, "checkpoints": checkpoints,
    "pages": pages, "texts": texts, "formats": formats,
}  # fmt: skip
