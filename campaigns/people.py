"""People at risk: after whatever the program did, no file that it wrote holds a protected name or redacted words."""

from __future__ import annotations

import os
import signal
import subprocess
import time
from collections.abc import Iterator
from pathlib import Path

from campaigns.ground import CLAIMS, ROOT, folder
from ledger.leaks import parts, readings
from ledger.protection import folded

NAME = "Ilse Brandtner"
WORDS = "eleven crates of rifles lay under the sacks"
ARTICLE = (
    f"The warehouse was empty, the port office said on Monday. A guard said that {WORDS} until dawn. "
    "At least 40 lorries had left, according to the port office.\n"
)
GIVEN, OUT = "given", "handed-out-before"


class Desk:
    """A desk whose home, temporary and data folders are all in one place that can be searched."""

    def __init__(self, root: Path) -> None:
        self.root = root
        for name in ("home", "tmp", "data", "cache", "desk", GIVEN, OUT):
            (root / name).mkdir()
        self.environment = {
            **os.environ, "HOME": str(root / "home"), "TMPDIR": str(root / "tmp"), "XDG_DATA_HOME": str(root / "data"),
            "XDG_CACHE_HOME": str(root / "cache"), "CLAIMS_ACTOR": "desk", "CLAIMS_LEDGER": str(root / "desk" / "l.db"),
            "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": str(ROOT),
        }  # fmt: skip
        for name in ("CLAIMS_KEY", "CLAIMS_PROTECTED", "CLAIMS_CACHE"):
            self.environment.pop(name, None)

    def __call__(self, *args: str, code: int | None = 0) -> str:
        ran = subprocess.run(
            [*CLAIMS, *args], cwd=self.root / "desk", env=self.environment, capture_output=True,
            text=True, check=False, timeout=120,
        )  # fmt: skip
        assert "Traceback" not in ran.stderr, ran.stderr
        assert code is None or ran.returncode == code, (args, ran.stdout, ran.stderr)
        return ran.stdout + ran.stderr

    def killed(self, *args: str, after: float) -> None:
        """A command that is killed so many seconds after it began."""
        run = subprocess.Popen(
            [*CLAIMS, *args], cwd=self.root / "desk", env=self.environment,
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
        )  # fmt: skip
        time.sleep(after)
        run.send_signal(signal.SIGKILL)
        run.wait()

    def files(self, *left_out: str) -> Iterator[Path]:
        for place in sorted(self.root.rglob("*")):
            if place.is_file() and not set(left_out) & set(place.relative_to(self.root).parts):
                yield place

    def holding(self, words: str, *left_out: str) -> list[str]:
        """The files in which these words stand, in whatever way a file may hold them."""
        wanted = folded(words)
        return [
            str(place.relative_to(self.root))
            for place in self.files(*left_out)
            for data in (place.read_bytes(),)
            if words.encode() in data
            or any(wanted in folded(text) for part in parts(data, place.name) for text in readings(part.content))
        ]


def people() -> bool:
    """A name is protected, words are redacted, every verb that writes is run and killed: no file holds either afterwards."""
    with folder() as here:
        desk = Desk(here)
        _log(desk, here)
        before = desk.holding(WORDS, GIVEN, OUT)
        desk("redact", "A1", "--yes", "--because", "an order of the court")
        for n, line in enumerate(VERBS):
            desk(*line.split(), code=None)
            desk.killed(*line.split(), after=0.1 + n / 30)
        names = [place for place in desk.holding(NAME, GIVEN) if not place.endswith("protected.json")]
        words = desk.holding(WORDS, GIVEN, OUT)
        count = sum(1 for _ in desk.files(GIVEN, OUT))
    print(f"people: {count} files written, {len(names)} hold the protected name, {len(words)} the redacted words")
    print(*names, *words, sep="\n", end="")
    return bool(before) and not names and not words


VERBS = (
    "list", "rebuild", "verify", "checkpoint", "export -o e.csv", "export -o e.xlsx", "export --format ledger -o e.jsonl",
    "export --format datasette -o e.db", "backup b.db", "report all -o r.html", "report all --site site", "undo", "todo",
    "search rifles",
)  # fmt: skip


def _log(desk: Desk, here: Path) -> None:
    """Claims, a protected source, a report and a bundle handed out, a refused note and one that was killed."""
    (here / GIVEN / "a.txt").write_text(ARTICLE)
    desk("init")
    desk("source", "protect", "@guard", "--name", NAME, "--note", "was at the gate")
    desk("capture", str(here / GIVEN / "a.txt"), "--title", "Port", "--publisher", "Example Daily", "--no-input")
    desk("add", WORDS, "--article", "A1", "--by", "@guard", "--question", "What lay in the warehouse?", "--no-input")
    desk("add", "At least 40 lorries had left", "--article", "A1", "--question", "Q1", "--no-input")
    desk("suggest", "A1", "--no-input", code=None)
    desk("key", "create")
    desk("report", "Q1", "-o", str(here / OUT / "r.html"), "--bundle", str(here / OUT / "b.zip"))
    desk("note", "C2", f"{NAME} saw it", code=1)
    desk.killed("note", "C2", f"{NAME} saw it", after=0.25)
