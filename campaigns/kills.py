"""SIGKILL at random moments of every verb that writes."""

from __future__ import annotations

import json
import multiprocessing
import random
import shutil
import subprocess
import sys
import time
from collections import Counter
from pathlib import Path

from campaigns.ground import CLAIMS, ENVIRONMENT, SEED, folder
from ledger import audit, store

LINES = 40
"""Lines of a file to import."""


def kills(count: int = 500) -> bool:
    """SIGKILL at random moments of the verbs that write; what was acknowledged is there, nothing is there by halves."""
    per_job = count // 4
    with multiprocessing.Pool(2) as pool:
        results = pool.starmap(_killed, [(per_job, SEED + n) for n in range(4)])
    seen: Counter[str] = sum(results, Counter())
    print(f"kills: {seen['killed']} of {', '.join(sorted(VERBS))}: {dict(sorted(seen.items()))}")
    return not any(outcome.isupper() for outcome in seen)


def article(n: int) -> str:
    return f"The harbour office said at least {n + 40} boats left Marsala on Monday.\n\nA fisherman spoke of “nearly 60”.\n"


def import_file(here: Path, n: int) -> Path:
    path = here / f"import-{n}.jsonl"
    lines = [
        {
            "key": f"{n}-{i}", "exact": f"{i} boats sank", "question": "How many boats sank?",
            "article": {"url": f"https://e.example/{n}/{i}", "title": f"Boats {i}", "publisher": "The Example",
                        "published_at": "2026-01-02", "text": f"The mayor said {i} boats sank."},
            "attribution": [{"source": "The mayor", "cue": "said"}],
        }
        for i in range(LINES)
    ]  # fmt: skip
    path.write_text("".join(json.dumps(line) + "\n" for line in lines), encoding="utf-8")
    return path


def capture_verb(here: Path, n: int) -> list[str]:
    (here / f"{n}.txt").write_text(article(n), encoding="utf-8")
    given = ["--title", f"T{n}", "--publisher", "The Example", "--published", "2026-03-01"]
    return ["capture", str(here / f"{n}.txt"), *given, "--no-input", "--json"]


def add_verb(_: Path, n: int) -> list[str]:
    return ["add", "at least 40 boats", "--article", "A1", "--by", f"source {n}", "--no-input", "--json"]


def rate_verb(_: Path, n: int) -> list[str]:
    return ["rate", "C1", "supported", "--because", f"reason {n}", "--json"]


def import_verb(here: Path, n: int) -> list[str]:
    return ["import", str(import_file(here, n)), "--json"]


def rebuild_verb(_: Path, __: int) -> list[str]:
    return ["rebuild", "--json"]


def export_verb(here: Path, n: int) -> list[str]:
    return ["export", "--format", "ledger", "-o", str(here / f"export-{n}.jsonl"), "--json"]


def backup_verb(here: Path, n: int) -> list[str]:
    return ["backup", str(here / f"backup-{n}.db"), "--json"]


VERBS = {
    "capture": capture_verb, "add": add_verb, "rate": rate_verb, "import": import_verb, "rebuild": rebuild_verb,
    "export": export_verb, "backup": backup_verb,
}  # fmt: skip


def start(here: Path) -> Path:
    """A ledger with one article and one claim, made with the command line."""
    place = here / "l.db"
    for verb in (capture_verb(here, 0), add_verb(here, 0), import_verb(here, 9_999)):
        subprocess.run([*CLAIMS, *verb, "--ledger", str(place)], check=True, env=ENVIRONMENT, capture_output=True)
    return place


READY = """
import sys
import cli.main, cli.taking, cli.adding, cli.exchanging, cli.trusting, cli.judging
from ledger import audit, capture, claims, exchange
print("ready", flush=True)
code = cli.main.invoke(sys.argv[1:])
sys.stdout.flush()
sys.exit(code)
"""
"""The command line with its modules loaded, so that what is killed is the work and not the start of Python."""


def _killed(count: int, seed: int) -> Counter[str]:
    chance, seen = random.Random(seed), Counter[str]()
    with folder() as here:
        place = start(here)
        shutil.copy(place, here / "start.db")
        works = {name: _run(place, verb(here, 10_000 + n), None)[2] for n, (name, verb) in enumerate(VERBS.items())}
        n = 0
        while seen["killed"] < count:
            n += 1
            name = chance.choice(list(VERBS))
            if n % 25 == 0:  # a small ledger again
                shutil.copy(here / "start.db", place)
            with store.open_ledger(place) as ledger:
                before = store.head(ledger)
            outcome, said, _ = _run(place, VERBS[name](here, n), chance.uniform(0, 0.6) * works[name])
            seen[outcome] += 1
            seen.update(after_kill(here, place, name, n, before, said))
    return seen


def _run(place: Path, verb: list[str], kill_after: float | None) -> tuple[str, str, float]:
    """Runs a verb, kills it after so many seconds of work; how it ended, what it said, how long it worked."""
    command = [sys.executable, "-c", READY, *verb, "--ledger", str(place)]
    process = subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, env=ENVIRONMENT)
    assert process.stdout is not None
    process.stdout.readline()
    began = time.monotonic()
    try:
        out, err = process.communicate(timeout=kill_after)
    except subprocess.TimeoutExpired:
        process.kill()
        out, err = process.communicate()
    took = time.monotonic() - began
    if "Traceback" in err:
        print(f"kills: {err[-600:]}", file=sys.stderr)
        return "TRACEBACK", out, took
    ended = "ran to its end" if process.returncode == 0 else "killed" if process.returncode < 0 else "FAILED"
    return ended, out, took


def after_kill(here: Path, place: Path, name: str, n: int, before: int, said: str) -> Counter[str]:
    """What is wrong after a kill or a fault: a ledger that does not verify, an acknowledged line lost, half of a thing."""
    seen = Counter[str]()
    with store.open_ledger(place) as ledger:
        found = audit.verify(ledger)
        seen["DOES NOT VERIFY"] += not found.ok
        grown = store.head(ledger) - before
        seen["ENTRIES LOST"] += grown < 0
        seen["logged"] += grown > 0
        seen["logged, not said"] += grown > 0 and not said
        if name in ("capture", "add", "rate", "import") and said.endswith("}\n"):
            seen["acknowledged"] += 1
            seen["ACKNOWLEDGED LOST"] += grown == 0
        if name == "import":
            keys_of = ledger.one("SELECT count(*) FROM claim WHERE key LIKE ?", (f"{n}-%",))
            seen["PARTIAL IMPORT"] += keys_of is None or keys_of[0] not in (0, LINES)
        seen.update(_half_files(here, name, n, ledger))
    return +seen


def _half_files(here: Path, name: str, n: int, ledger: store.Ledger) -> Counter[str]:
    seen = Counter[str]()
    made = here / (f"export-{n}.jsonl" if name == "export" else f"backup-{n}.db")
    if name == "export" and made.exists():
        lines = made.read_bytes().splitlines()
        whole = bool(lines) and json.loads(lines[-1]).get("seq") == store.head(ledger) - 1
        seen["whole files"] += whole
        seen["HALF FILE"] += not whole
    if name == "backup" and made.exists():
        with store.open_ledger(made, store.Open.READ) as copy:
            whole = audit.verify(copy).ok and store.root(copy) == store.root(ledger)
            seen["whole files"] += whole
            seen["HALF FILE"] += not whole
    return seen
