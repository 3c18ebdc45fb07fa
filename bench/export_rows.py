"""Exports of a large ledger against sqlite-utils on the same rows and columns, in turns: processor time, time, peak memory.

    python bench/big_ledger.py 1000000 big.db --claims
    python bench/export_rows.py big.db /path/to/sqlite-utils

The peer is given one query that makes the same cells (for CSV) or the same fields (for JSON Lines) from the same tables; that
its rows are the same is looked at too.
"""

from __future__ import annotations

import argparse
import csv
import json
import os
import sys
import tempfile
import time
from itertools import islice, zip_longest
from pathlib import Path
from typing import NamedTuple

ROOT = Path(__file__).resolve().parents[1]
OURS = "import sys; sys.path.insert(0, sys.argv.pop(1)); from cli.main import run; sys.exit(run())"

HOPS = """(SELECT json_group_array(json_object('source', name, 'kind', kind, 'role', role, 'mode', mode, 'implicit', implicit,
    'cue', cue, 'cue_start', cue_start, 'cue_end', cue_end, 'text', mention, 'start', mention_start, 'end', mention_end))
    FROM (SELECT s.name, s.kind, h.* FROM hop h JOIN source s ON s.uid = h.source WHERE h.claim = c.uid ORDER BY h.position))"""
FIGURES = """(SELECT json_group_array(json_object('text', text, 'modifier', modifier, 'counting', counting,
    'approximate', approximate, 'vague', vague, 'start', start_at, 'end', end_at, 'low', low, 'high', high,
    'low_inclusive', low_inclusive, 'high_inclusive', high_inclusive, 'unit', unit, 'counts', counts, 'measure', measure,
    'population', population)) FROM (SELECT * FROM quantity q WHERE q.claim = c.uid ORDER BY q.position))"""
TIMES = """(SELECT json_group_array(json_object('text', text, 'role', role, 'precision', precision_, 'start', start_at,
    'end', end_at, 'earliest', earliest, 'latest', latest, 'anchor', anchor, 'alternatives', alternatives))
    FROM (SELECT * FROM time_span m WHERE m.claim = c.uid ORDER BY m.position))"""
QUESTIONS = """(SELECT json_group_array(text) FROM (SELECT q.text FROM filing_view f JOIN question q ON q.uid = f.question
    WHERE f.claim = c.uid ORDER BY f.seq))"""
TAGS = "(SELECT json_group_array(tag) FROM (SELECT tag FROM tag g WHERE g.about = c.uid ORDER BY g.seq))"
ARTICLE = """json_object('url', a.url, 'file', a.file, 'title', a.title, 'publisher', p.name, 'published_at', a.published_at,
    'credit_line', a.credit_line, 'byline', a.byline, 'language', a.language)"""
FIELDS = (
    ("key", "coalesce(c.key, c.uid)"), ("article", ARTICLE), ("exact", "c.exact"), ("mode", "c.mode"), ("attribution", HOPS),
    ("quantities", FIGURES), ("times", TIMES), ("start", "c.start_at"), ("prefix", "c.prefix"), ("suffix", "c.suffix"),
    ("cite", "c.cite"), ("place", "c.place"), ("scope", "c.scope"), ("answer", "c.answer"), ("reading", "c.reading"),
    ("says", "c.says"), ("translation", "c.translation"), ("questions", QUESTIONS), ("tags", TAGS), ("extra", "c.extra"),
)  # fmt: skip
TABLES = """FROM thing t JOIN claim c ON c.uid = t.uid JOIN article a ON a.uid = c.article JOIN thing at ON at.uid = c.article
    LEFT JOIN source p ON p.uid = a.publisher LEFT JOIN work w ON w.about = c.uid
    LEFT JOIN quantity q ON q.claim = c.uid AND q.position = 1
    WHERE t.letter = 'C' AND t.retracted = 0 ORDER BY t.n"""
LINES = "SELECT " + ", ".join(f"{sql} AS {name}" for name, sql in FIELDS) + f" {TABLES}"


def _time(role: str) -> str:
    return (
        "(SELECT CASE WHEN earliest IS NULL AND latest IS NULL THEN text WHEN earliest = latest THEN earliest ELSE "
        f"coalesce(earliest, '') || '/' || coalesce(latest, '') END FROM time_span m WHERE m.claim = c.uid "
        f"AND m.role = '{role}' ORDER BY m.position LIMIT 1)"
    )


def _newest(kind: str, column: str) -> str:
    return (
        f"(SELECT j.{column} FROM judgement j WHERE j.about = c.uid AND j.kind = '{kind}' AND j.retracted = 0 "
        "ORDER BY j.seq DESC LIMIT 1)"
    )


def _words(column: str) -> str:
    return f"CASE {column} WHEN 1 THEN 'yes' WHEN 0 THEN 'no' END"


CELLS = (
    ("id", "'C' || t.n"), ("delete", "NULL"), ("exact", "c.exact"), ("says", "c.says"),
    ("origin", "coalesce((SELECT s.name FROM hop h JOIN source s ON s.uid = h.source WHERE h.claim = c.uid AND "
     "h.role = 'origin' ORDER BY h.position DESC LIMIT 1), p.name)"),
    ("chain", "(SELECT group_concat(name, ' > ') FROM (SELECT s.name FROM hop h JOIN source s ON s.uid = h.source "
     "WHERE h.claim = c.uid ORDER BY h.position))"),
    ("figure", "q.text"), ("low", "q.low"), ("low_inclusive", _words("q.low_inclusive")), ("high", "q.high"),
    ("high_inclusive", _words("q.high_inclusive")), ("modifier", "q.modifier"), ("unit", "q.unit"), ("counts", "q.counts"),
    ("measure", "q.measure"), ("population", "q.population"), ("event_time", _time("event")), ("as_of", _time("as_of")),
    ("place", "json_extract(c.place, '$.name')"), ("scope", "c.scope"), ("answer", "c.answer"),
    ("questions", "(SELECT group_concat(text, ' | ') FROM (SELECT q.text FROM filing_view f "
     "JOIN question q ON q.uid = f.question WHERE f.claim = c.uid ORDER BY f.seq))"),
    ("tags", "(SELECT group_concat(tag, ' | ') FROM (SELECT tag FROM tag g WHERE g.about = c.uid ORDER BY g.seq))"),
    ("state", "coalesce(w.state, 'new')"), ("check", _newest("check", "value")), ("rating", _newest("rating", "value")),
    ("rated_by", _newest("rating", "by_")), ("rating_because", _newest("rating", "because")), ("article", "'A' || at.n"),
    ("title", "a.title"), ("publisher", "p.name"), ("published_at", "a.published_at"), ("url", "a.url"), ("file", "a.file"),
    ("cite", "c.cite"), ("start", "c.start_at"), ("end", "c.end_at"), ("anchored", _words("c.anchored")),
    ("key", "coalesce(c.key, c.uid)"),
    ("record", "json_object(" + ", ".join(
        f"'{name}', json({sql})" if sql in (HOPS, FIGURES, TIMES, QUESTIONS, TAGS, ARTICLE) else f"'{name}', {sql}"
        for name, sql in FIELDS) + ")"),
)  # fmt: skip
ROWS = "SELECT " + ", ".join(f'{sql} AS "{name}"' for name, sql in CELLS) + f" {TABLES}"


class Run(NamedTuple):
    cpu: float
    wall: float
    peak: float
    """MB, of the whole process."""


def run(command: list[str], out: Path) -> Run:
    """One process with its output in a file."""
    began = time.monotonic()
    flags = os.O_WRONLY | os.O_CREAT | os.O_TRUNC
    actions = [(os.POSIX_SPAWN_OPEN, 1, str(out), flags, 0o644)]
    pid = os.posix_spawn(command[0], command, os.environ, file_actions=actions)
    _, status, used = os.wait4(pid, 0)
    if status:
        raise SystemExit(f"{command[:3]} failed")
    return Run(used.ru_utime + used.ru_stime, time.monotonic() - began, used.ru_maxrss / 1024)


def same_cells(ours: Path, theirs: Path, count: int = 2000) -> bool:
    """Whether the first rows hold the same cells, the record aside, whose JSON each side writes in its own way."""
    with ours.open(newline="", encoding="utf-8") as a, theirs.open(newline="", encoding="utf-8") as b:
        return all(x and y and x[:-1] == y[:-1] for x, y in islice(zip_longest(csv.reader(a), csv.reader(b)), count))


def same_lines(ours: Path, theirs: Path, count: int = 2000) -> bool:
    """Whether the first lines hold the same words of the same claims."""
    with ours.open(encoding="utf-8") as a, theirs.open(encoding="utf-8") as b:
        pairs = islice(zip_longest(a, b), count)
        return all(_told(json.loads(x)) == _told(json.loads(y)) for x, y in pairs)


def _told(line: dict[str, object]) -> tuple[object, ...]:
    hops = line["attribution"]
    hops = json.loads(hops) if isinstance(hops, str) else hops
    return line["key"], line["exact"], [h["source"] for h in hops], [h.get("start") for h in hops]  # type: ignore[union-attr]


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("ledger", type=Path)
    parser.add_argument("peer", help="the sqlite-utils program, in an environment of its own")
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    place = str(given.ledger.resolve())
    with tempfile.TemporaryDirectory() as folder:
        for name, sql, same in (("csv", ROWS, same_cells), ("jsonl", LINES, same_lines)):
            ours, theirs = Path(folder, f"ours.{name}"), Path(folder, f"theirs.{name}")
            export = [sys.executable, "-c", OURS, str(ROOT), "export", "--format", name, "--ledger", place]
            query = [given.peer, "query", place, sql, "--csv" if name == "csv" else "--nl"]
            for _ in range(given.rounds):
                report(name, run(export, ours), run(query, theirs), ours)
            print(f"{name}: same rows: {same(ours, theirs)}")
    return 0


def report(name: str, ours: Run, theirs: Run, file: Path) -> None:
    with file.open("rb") as f:
        rows = sum(chunk.count(b"\n") for chunk in iter(lambda: f.read(1 << 20), b"")) - (name == "csv")
    print(
        f"{name}: {rows:,} rows; ours {ours.cpu:.1f} s of CPU ({ours.wall:.1f} s), {ours.peak:.0f} MB; "
        f"sqlite-utils {theirs.cpu:.1f} s ({theirs.wall:.1f} s), {theirs.peak:.0f} MB; "
        f"ratio {ours.cpu / theirs.cpu:.2f} of CPU, {ours.wall / theirs.wall:.2f} of time",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
