"""What people wait for, each against sqlite-utils doing the like on the same machine in the same run.

    python bench/speed.py ../peer/bin/sqlite-utils                     # all rows; the ledgers are made in /tmp/claims-bench
    python bench/speed.py ../peer/bin/sqlite-utils list search         # some rows
    python bench/speed.py ../peer/bin/sqlite-utils --write             # all, into docs/performance.md

Seconds of processor time, the least of several runs, ours and theirs in turns. sqlite-utils wants an environment of its own:
python -m venv peer && peer/bin/pip install sqlite-utils.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import pty
import resource
import shutil
import sqlite3
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import count
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
sys.path[:0] = [str(ROOT), str(ROOT / "bench")]

import big_ledger
import lines

OURS = ("-c", f"import sys; sys.path.insert(0, {str(ROOT)!r}); from cli.entry import run; run()")
PAGE = (
    "<html><head><title>Ferries held up</title></head><body><article><h1>Ferries held up</h1>{}</article></body></html>"
)


WRITERS, ADDS = 8, 25


class Row(NamedTuple):
    measure: str
    ours: float
    """Seconds, or what the unit says."""
    theirs: float | None
    unit: str = "ms"
    against: str = "sqlite-utils"


class Bench:
    """Where the ledgers are, and how often each command is run."""

    def __init__(self, folder: Path, peer: str, rounds: int) -> None:
        self.folder, self.peer, self.rounds = folder, peer, rounds
        folder.mkdir(parents=True, exist_ok=True)

    def ledger(self, claims: int) -> Path:
        """A ledger of so many claims, as years of work would leave it."""
        place = self.folder / f"{claims}.db"
        if not place.exists():
            big_ledger.build(place, claims, claims=True)
        return place

    def copy(self, claims: int) -> Path:
        """The same, to write in."""
        return Path(shutil.copy(self.ledger(claims), self.folder / "written.db"))

    def lines(self, count: int, *, texts: bool) -> Path:
        place = self.folder / f"{count}-{int(texts)}.jsonl"
        if not place.exists():
            lines.write(place, count, texts=texts)
        return place

    def one_event(self, claims: int) -> Path:
        place = self.folder / f"one-{claims}.jsonl"
        with place.open("w", encoding="utf-8") as file:
            file.writelines(json.dumps(line) + "\n" for line in lines.of_one_event(claims))
        return place

    def question(self, claims: int) -> Path:
        """A ledger with so many claims under one question."""
        place = self.folder / f"question-{claims}.db"
        if not place.exists():
            self.ours("import", self.one_event(claims), "--ledger", place, "--quiet")
        return place

    def ours(self, *args: object, screen: bool = False) -> float:
        return spent([sys.executable, *OURS, *map(str, args)], screen=screen)

    def theirs(self, *args: object) -> float:
        return spent([self.peer, *map(str, args)])

    def both(self, measure: str, ours: Callable[[], float], theirs: Callable[[], float]) -> Row:
        """The least of each, in turns."""
        ours(), theirs()
        pairs = [(ours(), theirs()) for _ in range(self.rounds)]
        return Row(measure, min(a for a, _ in pairs), min(b for _, b in pairs))


def spent(command: Sequence[str], *, screen: bool = False) -> float:
    """Seconds of processor time of a command, whose output goes nowhere or to a terminal of 50 lines of 120."""
    ends = pty.openpty() if screen else None
    actions: list[tuple[object, ...]] = [
        (os.POSIX_SPAWN_OPEN, fd, os.devnull, flags, 0) for fd, flags in ((0, os.O_RDONLY), (2, os.O_WRONLY))
    ]
    if ends:
        actions += [(os.POSIX_SPAWN_DUP2, ends[1], 1), (os.POSIX_SPAWN_CLOSE, ends[0])]
        threading.Thread(target=_drain, args=(ends[0],), daemon=True).start()
    else:
        actions.append((os.POSIX_SPAWN_OPEN, 1, os.devnull, os.O_WRONLY, 0))
    env = os.environ | {"COLUMNS": "120", "LINES": "50", "TERM": "xterm", "CLAIMS_ACTOR": "bench", "PAGER": "cat"}
    env.pop("PYTHONDONTWRITEBYTECODE", None)
    pid = os.posix_spawnp(command[0], command, env, file_actions=actions)
    _, status, used = os.wait4(pid, 0)
    if ends:
        os.close(ends[1])
    if status:
        raise SystemExit(f"{' '.join(command[-4:])} failed")
    return used.ru_utime + used.ru_stime


def _drain(end: int) -> None:
    try:
        while os.read(end, 65536):
            pass
    except OSError:
        pass
    os.close(end)


# --- rows ---------------------------------------------------------------------------------------------------------


def help_(b: Bench) -> Iterator[Row]:
    yield b.both("`--help`", lambda: b.ours("--help"), lambda: b.theirs("--help"))
    yield b.both("`add --help`", lambda: b.ours("add", "--help"), lambda: b.theirs("insert", "--help"))


def verbs(b: Bench) -> Iterator[Row]:
    place, mine = b.copy(10_000), b.folder / "theirs.db"
    mine.unlink(missing_ok=True)  # the imports leave another table there
    row = b.folder / "row.json"
    row.write_text('{"exact": "at least 40 boats left", "n": 40}')
    quote = ["--article", "A1", "--no-input", "--cite", "radio", "--by", "the mayor"]

    def query() -> float:
        return b.theirs("query", place, "SELECT * FROM claim LIMIT 20")

    def insert() -> float:
        return b.theirs("insert", mine, "claim", row)

    yield b.both("`add`", lambda: b.ours("add", "at least 40 boats left", *quote, "--ledger", place), insert)
    yield b.both("`show`", lambda: b.ours("show", "C500", "--ledger", place), query)
    yield b.both("`search` of two words", lambda: b.ours("search", "soldiers Trapani", "--ledger", place), query)
    page = b.folder / "page.html"

    numbers = count(1)

    def capture() -> float:
        number = next(numbers)
        told = (f"<p>At least {n + number} ferries were held up, the harbour office said.</p>" for n in range(12))
        page.write_text(PAGE.format("".join(told)))
        return b.ours("capture", page, "--no-input", "--url", f"https://reed.example/{number}", "--ledger", place)

    yield b.both("`capture` of a page", capture, insert)
    small = b.question(10)
    yield b.both("`question show` of 10 claims", lambda: b.ours("question", "show", "Q1", "--ledger", small), query)


def list_(b: Bench) -> Iterator[Row]:
    for size in (1_000, 10_000, 100_000):
        place = b.ledger(size)
        yield b.both(
            f"`list` at {size:,}, first screen", lambda p=place: b.ours("list", "--ledger", p, screen=True),
            lambda p=place: b.theirs("query", p, "SELECT * FROM claim LIMIT 50"),
        )  # fmt: skip
    for size in (10_000, 100_000):
        place = b.ledger(size)
        yield b.both(
            f"`list --json` at {size:,}", lambda p=place: b.ours("list", "--json", "--ledger", p),
            lambda p=place: b.theirs("rows", p, "claim", "--nl"),
        )  # fmt: skip


def import_(b: Bench) -> Iterator[Row]:
    count, place, mine = 10_000, b.folder / "imported.db", b.folder / "theirs.db"

    def ours(texts: bool) -> float:
        place.unlink(missing_ok=True)
        return b.ours("import", b.lines(count, texts=texts), "--ledger", place, "--quiet")

    def theirs() -> float:
        mine.unlink(missing_ok=True)
        begun = b.theirs("insert", mine, "claim", b.lines(count, texts=False), "--nl")
        return begun + b.theirs("enable-fts", mine, "claim", "exact", "--create-triggers")

    for texts in (False, True):
        row = b.both("", lambda t=texts: ours(t), theirs)
        told = "with saved texts" if texts else "without texts"
        yield Row(f"`import` of {count:,} lines {told}", count / row.ours, count / (row.theirs or 1), "lines a second")
        size, bare = (file.stat().st_size / count for file in (place, mine))
        yield Row(f"the file of these lines {told}, a claim", size, bare, "bytes")


def writers(b: Bench) -> Iterator[Row]:
    """Several writers at once, each add a command of its own, against bare inserts by programs that start as it does."""
    place, bare = b.copy(10_000), b.folder / "bare.db"
    bare.unlink(missing_ok=True)
    with sqlite3.connect(bare) as db:
        db.executescript("PRAGMA journal_mode = WAL; CREATE TABLE claim (exact TEXT)")
    start = OURS[1].rpartition(";")[0] + "; import cli.main, cli.adding, ledger.verbs.adding, sqlite3; "
    insert = start + (
        f"db = sqlite3.connect({str(bare)!r}, timeout=60); db.execute('PRAGMA synchronous = FULL'); "
        "db.execute('INSERT INTO claim VALUES (?)', ('at least 40 boats left',)); db.commit()"
    )
    add = ("add", "at least 40 boats left", "--article", "A1", "--no-input", "--cite", "radio", "--by", "the mayor")

    def by_all(one: Callable[[], float]) -> float:
        with ThreadPoolExecutor(WRITERS) as pool:
            return sum(pool.map(lambda _: sum(one() for _ in range(ADDS)), range(WRITERS)))

    ours = by_all(lambda: b.ours(*add, "--ledger", place))
    theirs = by_all(lambda: spent([sys.executable, "-c", insert]))
    told = f"{WRITERS} writers at once, {ADDS} `add` each, 0 failures"
    yield Row(told, WRITERS * ADDS / ours, WRITERS * ADDS / theirs, "a second", "bare inserts, WAL, FULL")


def question(b: Bench) -> Iterator[Row]:
    for size in (1_000, 5_000):
        place = b.question(size)
        took = min(b.ours("question", "show", "Q1", "--ledger", place, "--quiet") for _ in range(b.rounds))
        yield Row(f"`question show` of {size:,} claims", took, None, "s")


def search(b: Bench) -> Iterator[Row]:
    from ledger import store
    from ledger.store import search as searching

    place = b.ledger(200_000)
    scan = "SELECT count(*) FROM claim WHERE exact LIKE '%people%'"
    with store.open_ledger(place, store.Open.READ) as ledger, sqlite3.connect(place) as db:
        for asked in ("people", "people Trapani", "were lost near Trapani", '"2,112 boats"'):
            took = least(b, lambda q=asked: searching.search(ledger, q))
            yield Row(
                f"search of “{asked}” at 200,000",
                took,
                least(b, lambda: db.execute(scan).fetchall()),
                "ms",
                "LIKE scan",
            )


def verify(b: Bench) -> Iterator[Row]:
    place = b.ledger(80_000)  # 200,000 entries
    with sqlite3.connect(place) as db:
        theirs = least(b, lambda: db.execute("PRAGMA integrity_check").fetchall())
    took = min(b.ours("verify", "--quiet", "--ledger", place) for _ in range(b.rounds))
    yield Row("`verify` at 200,000 entries", took, theirs, "s", "integrity_check")


def xref(b: Bench) -> Iterator[Row]:
    place = b.ledger(100_000)
    yield b.both(
        "`xref` of a claim at 100,000", lambda: b.ours("xref", "C500", "--ledger", place, "--quiet"),
        lambda: b.theirs("query", place, "SELECT * FROM claim LIMIT 20"),
    )  # fmt: skip


def least(b: Bench, run: Callable[[], object]) -> float:
    """Seconds of processor time inside this process."""
    found = []
    for _ in range(b.rounds + 1):
        before = resource.getrusage(resource.RUSAGE_SELF)
        run()
        after = resource.getrusage(resource.RUSAGE_SELF)
        found.append(after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime)
    return min(found)


ROWS: dict[str, Callable[[Bench], Iterator[Row]]] = {
    "help": help_, "verbs": verbs, "list": list_, "import": import_, "writers": writers, "question": question,
    "search": search, "verify": verify, "xref": xref,
}  # fmt: skip


def shown(row: Row) -> str:
    scale, digits = (1000, 0) if row.unit == "ms" else (1, 0 if row.unit in ("lines a second", "bytes") else 2)
    theirs = "" if row.theirs is None else f"{row.theirs * scale:,.{digits}f}"
    ratio = "" if row.theirs is None else f"{row.ours / row.theirs:.2f}"
    ours, against = f"{row.ours * scale:,.{digits}f} {row.unit}", row.against if theirs else ""
    return f"| {row.measure} | {ours} | {theirs} | {ratio} | {against} |"


HEAD = "| measure | ours | theirs | ratio | against |\n|---|---|---|---|---|"
WRITTEN = ROOT / "docs/performance.md"


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("peer", help="the sqlite-utils program")
    parser.add_argument("rows", nargs="*", choices=[*ROWS, []], help=f"of {', '.join(ROWS)}; all by default")
    parser.add_argument("--folder", type=Path, default=Path("/tmp/claims-bench"))
    parser.add_argument("--rounds", type=int, default=3)
    parser.add_argument("--write", action="store_true", help="write docs/performance.md")
    given = parser.parse_args(argv)
    bench, told = Bench(given.folder, given.peer, given.rounds), []
    print(HEAD)
    for name in given.rows or ROWS:
        for row in ROWS[name](bench):
            told.append(shown(row))
            print(told[-1], flush=True)
    if given.write:
        before, _, after = WRITTEN.read_text(encoding="utf-8").partition("<!-- measured -->")
        machine = f"Python {platform.python_version()}, SQLite {sqlite3.sqlite_version}, {os.cpu_count()} processors."
        rest = after.partition("<!-- /measured -->")[2]
        table = "\n".join([HEAD, *told])
        WRITTEN.write_text(
            f"{before}<!-- measured -->\n{machine}\n\n{table}\n<!-- /measured -->{rest}", encoding="utf-8"
        )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
