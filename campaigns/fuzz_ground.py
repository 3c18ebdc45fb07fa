"""Where fuzzed runs happen: a small ledger in a folder, a runner that watches, and a fence around the folder."""

from __future__ import annotations

import io
import json
import os
import re
import shutil
import signal
import sys
import tempfile
import time
import traceback
import warnings
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from campaigns.ground import ROOT
from cli import main

ALLOWED = frozenset([0, 1, 2, 3, 4, 5, 6, 130])
LONGEST = 5.0
"""Seconds of the processor that one run may take; after thirty by the clock it is ended."""
CONTROLS = re.compile(r"[\x00-\x08\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]")
"""What must not reach a terminal as it is."""
UNFORESEEN = re.compile(r"an error in Claim Ledger itself|Traceback \(most recent|claims: \w+(Error|Exception): ")

ARTICLE = (
    "Example article. The harbour office said at least 40 boats left Marsala on Monday. A fisherman spoke of nearly 60.\n\n"
    "“We counted 38 of them,” said Anna Verdi, the mayor, on 12 May 2024. More than 1,200 people waited, according to the "
    "port police, a figure that the harbour office could not confirm. State television, citing a military source, spoke of "
    "between 30 and 45 boats.\n"
)
PAGE = f"""<!doctype html><html lang="en"><head><meta charset="utf-8"><title>Boats leave</title>
<meta property="og:site_name" content="Example Daily"><meta name="author" content="Ann Example">
<meta property="article:published_time" content="2024-05-13T08:00:00Z">
<link rel="canonical" href="https://daily.example/boats?utm_source=x">
<script type="application/ld+json">{{"@context":"https://schema.org","@type":"NewsArticle","headline":"Boats leave",
"datePublished":"2024-05-13","author":{{"@type":"Person","name":"Ann Example"}},"publisher":{{"name":"Example Daily"}}}}
</script></head><body><nav><a href="/">Home</a></nav><article><h1>Boats leave</h1><p class="byline">By Ann Example</p>
<p>{ARTICLE.replace(chr(10) * 2, "</p><p>")}</p><table><tr><td>Boats</td><td>40</td></tr></table>
<p>With agency inputs</p></article><footer>All rights reserved</footer></body></html>
"""
LINES: list[dict[str, Any]] = [
    {
        "key": "a-1", "exact": "at least 40 boats left Marsala on Monday", "start": 41, "prefix": "said ",
        "article": {"url": "https://daily.example/boats", "title": "Boats leave", "publisher": "Example Daily",
                    "published_at": "2024-05-13", "credit_line": "With agency inputs", "text": ARTICLE},
        "attribution": [{"source": "harbour office", "kind": "government", "cue": "said", "mode": "indirect"}],
        "quantity": "at least 40 boats", "event_time": "2024-05-13", "place": "Marsala", "question": "Boats that left Marsala",
    },
    {
        "exact": "between 30 and 45 boats", "article": {"file": "two.txt", "title": "Two", "text": ARTICLE},
        "attribution": [{"source": "State television", "role": "relay"}, {"source": "a military source", "implicit": False}],
        "quantity": {"low": "30", "high": "45", "low_inclusive": True, "high_inclusive": True, "modifier": "between"},
        "as_of": "2024-05-14", "scope": "boats", "measure": "left", "population": "fishing boats", "counting": "total",
        "place": {"name": "Marsala", "lat": "37.8", "lon": "12.4"}, "extra": {"note": [1, {"a": "b"}]}, "tags": ["sea"],
    },
    {
        "exact": "the mayor denied it", "article": {"title": "On the radio", "publisher": "Radio Example"},
        "cite": "Radio Example, 8 o'clock news", "answer": "denied", "says": "He denied it.", "questions": ["Was it so?"],
    },
]  # fmt: skip

SETTING_UP = (
    ("capture", "a.txt", "--title", "Boats leave", "--publisher", "Example Daily", "--published", "2024-05-13"),
    ("capture", "a.html"),
    (
        "add",
        "at least 40 boats left Marsala",
        "--article",
        "A1",
        "--by",
        "harbour office",
        "--question",
        "Boats that left",
    ),
    ("add", "nearly 60", "--article", "A1", "--by", "fisherman", "--question", "Q1"),
    ("add", "between 30 and 45 boats", "--article", "A2", "--by", "a military source", "--via", "State television"),
    ("suggest", "A1"),
    ("xref", "all"),
    ("rate", "C1", "unproven", "--because", "one source"),
    ("evidence", "add", "photo.png", "--for", "C1", "--shows", "the harbour", "--context"),
    ("ask", "harbour office", "--about", "Q1", "--by-email"),
    ("answer", "Q1", "at least 40", "--low", "40", "--because", "one source"),
    ("note", "C1", "call back"),
    ("key", "create"),
    ("checkpoint",),
    ("export", "--format", "ledger", "-o", "log.jsonl"),
    ("prove", "C1", "-o", "C1.tlog-proof"),
)


@dataclass(frozen=True, slots=True)
class Outcome:
    """How one run ended: its exit code or its refusal, how long it took, and what was wrong with it."""

    code: str
    seconds: float
    case: str
    problems: tuple[str, ...] = ()


class Ground:
    """A folder with a small ledger and the files that go with it; `run` runs one command there."""

    def __init__(self, here: Path) -> None:
        self.here = here
        os.chdir(here)
        for name in [n for n in os.environ if n.startswith(("CLAIMS_", "EDITOR", "VISUAL"))]:
            del os.environ[name]
        os.environ |= {
            "CLAIMS_LEDGER": "ledger.db", "CLAIMS_ACTOR": "desk", "CLAIMS_KEY": "key.pem", "CLAIMS_DEBUG": "1",
            "CLAIMS_PROTECTED": "protected.json", "HOME": str(here), "NO_COLOR": "1",
        }  # fmt: skip
        tempfile.tempdir = str(here)
        signal.signal(signal.SIGALRM, _too_long)
        warnings.simplefilter("ignore")
        (here / "a.txt").write_text(ARTICLE, encoding="utf-8")
        (here / "a.html").write_text(PAGE, encoding="utf-8")
        (here / "photo.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(40))
        (here / "claims.jsonl").write_text("".join(json.dumps(x) + "\n" for x in LINES), encoding="utf-8")
        (here / "folder").mkdir()
        for args in SETTING_UP:
            made = self.run([*args])
            if made.problems or made.code != "0":
                raise RuntimeError(f"the ground is not laid: {made}")
        shutil.copyfile(here / "ledger.db.checkpoint", here / "old.checkpoint")

    def run(self, args: list[str], stdin: bytes = b"", *, case: str | None = None) -> Outcome:
        """One command, watched."""
        streams = [
            io.TextIOWrapper(io.BytesIO(data), encoding="utf-8", newline="", errors=errors)
            for data, errors in ((stdin, "strict"), (b"", "strict"), (b"", "backslashreplace"))
        ]
        before = sys.stdin, sys.stdout, sys.stderr
        sys.stdin, sys.stdout, sys.stderr = streams
        began, code, escaped = time.process_time(), -1, ""  # a busy machine is no failure
        signal.alarm(30)
        try:
            code = main.invoke(args)
            sys.stdout.flush()
        except BaseException as e:
            if type(e).__name__ == "Stop":
                raise
            escaped = _where(e)
        finally:
            signal.alarm(0)
            sys.stdin, sys.stdout, sys.stderr = before
        seconds = time.process_time() - began
        streams[2].flush()
        out, err = (s.buffer.getvalue().decode("utf-8", "replace") for s in streams[1:])  # type: ignore[attr-defined]
        wrong = (escaped,) if escaped else _problems(args, code, out, err)
        wrong += (f"slow: {args[:1]}",) if seconds > LONGEST else ()
        return Outcome(str(code), seconds, case or repr(args), wrong)

    def broken(self) -> list[str]:
        """What is wrong with the ledger after all that was done to it."""
        from ledger import audit, store
        from ledger.errors import ClaimsError

        if not Path("ledger.db").exists():
            return ["the ledger is gone"]
        try:
            with store.open_ledger("ledger.db", store.Open.READ) as ledger:
                return [f"verify: {p}" for p in audit.verify(ledger).problems]
        except ClaimsError as e:
            return [f"the ledger does not open: {e.message}"]


def _problems(args: list[str], code: int, out: str, err: str) -> tuple[str, ...]:
    found = []
    if code not in ALLOWED:
        found.append(f"exit code {code}")
    if match := UNFORESEEN.search(err):
        found.append(f"unforeseen: {err[match.start() : match.start() + 120]!r}")
    if code and not (out or err):
        found.append(f"silent: {args[:1]} ended with {code}")
    raw = bool({"export", "report", "-"} & {*args})
    if match := CONTROLS.search(err + ("" if raw else out)):
        found.append(f"control character sent: {match[0]!r} by {args[:2]}")
    at = args.index("--json") if "--json" in args else 0
    if (
        at
        and not args[at - 1].startswith("-")
        and code == 0
        and not raw
        and not {"--help", "-h", "--version"} & {*args}
    ):
        found += _not_json(args, out)
    return tuple(found)


def _not_json(args: list[str], out: str) -> list[str]:
    try:
        for line in out.split("\n"):
            if line:
                json.loads(line)
    except ValueError as e:
        return [f"not JSON: {args[:1]}: {e}"]
    return []


def _where(error: BaseException) -> str:
    """The error and the last lines of ours that it passed."""
    frames = [f for f in traceback.extract_tb(error.__traceback__) if "site-packages" not in f.filename]
    last = " < ".join(f"{Path(f.filename).name}:{f.lineno}" for f in reversed(frames[-3:]))
    return f"{type(error).__name__}: {str(error)[:100]!r} at {last}"


class TooLongError(Exception):
    """A run that was ended after thirty seconds."""


def _too_long(*_: Any) -> None:
    raise TooLongError("ended after 30 s")


# --- the fence ----------------------------------------------------------------------------------------------------

_allowed: list[str] = []
WRITES: dict[str, Callable[..., Any]] = {
    "os.mkdir": lambda path, *_: path,
    "os.rename": lambda _, to, *__: to,
    "os.remove": lambda path, *_: path,
    "os.rmdir": lambda path, *_: path,
    "os.link": lambda _, to, *__: to,
    "os.symlink": lambda _, to, *__: to,
    "os.truncate": lambda path, *_: path,
    "os.chmod": lambda path, *_: path,
    "sqlite3.connect": lambda path: path,
}
FORBIDDEN = frozenset(
    ["socket.connect", "socket.getaddrinfo", "socket.bind", "subprocess.Popen", "os.system", "os.exec"]
)


def confine(folder: Path | None) -> None:
    """From now on nothing is written but in this folder, no address is reached, and no program is started."""
    if not _allowed:
        sys.addaudithook(_fence)
    _allowed[:] = [str(folder) if folder else ""]
    if folder is None:
        tempfile.tempdir = None
        os.chdir(ROOT)


def _fence(event: str, given: tuple[Any, ...]) -> None:
    if not _allowed or not _allowed[0]:
        return
    if event in FORBIDDEN:
        raise PermissionError(13, "Permission denied")
    if event == "open":
        path, _, flags = given
        if not isinstance(path, int) and (flags or 0) & (os.O_WRONLY | os.O_RDWR | os.O_CREAT | os.O_TRUNC):
            _inside(path)
    elif event in WRITES:
        _inside(WRITES[event](*given))


def _inside(path: Any) -> None:
    if isinstance(path, int):
        return
    place = os.path.abspath(os.fsdecode(path).removeprefix("file:").split("?")[0])  # noqa: PTH100  no link is followed
    if not place.startswith(_allowed[0]) and not place.startswith(("/dev/null", str(ROOT / "nowhere"))):
        raise PermissionError(13, "Permission denied", path)
