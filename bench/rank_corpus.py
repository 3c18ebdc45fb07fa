"""How well and how fast claims are ranked, and how well the score tells that nothing is about a text.

usage: python bench/rank_corpus.py CLAIMS.jsonl QUERIES.jsonl [--queries 200]

Claims are {"id", "text", "title"}, queries {"id", "text", "relevant": [ids]}. Average precision over the first five, the time
of a query in one process, and for the threshold two shares: of queries whose claim is in the ledger, those with it at or above
the threshold; of the same queries with their claims left out, those with nothing at or above it.
"""

from __future__ import annotations

import argparse
import json
import tempfile
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from ledger.crossref.ranking import ABOUT, Ranked, Ranker
from ledger.store import create
from ledger.verbs import importing

DEPTH = 50


def lines(path: Path) -> Iterator[dict[str, Any]]:
    with path.open(encoding="utf-8") as f:
        yield from map(json.loads, f)


def write_claims(path: Path, claims: Path) -> None:
    with path.open("w", encoding="utf-8") as f:
        for d in lines(claims):
            article = {"file": d["id"], "title": d.get("title"), "text": d["text"]}
            f.write(json.dumps({"article": article, "exact": d["text"], "extra": {"id": d["id"]}}) + "\n")


def average_precision(ranked: list[str], gold: set[str], depth: int = 5) -> float:
    hits, total = 0, 0.0
    for n, name in enumerate(ranked[:depth], 1):
        if name in gold:
            hits += 1
            total += hits / n
    return total / min(len(gold), depth)


def name_of(found: Ranked) -> str:
    return str((found.claim.extra or {}).get("id"))


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("claims", type=Path)
    parser.add_argument("queries", type=Path)
    parser.add_argument("--queries", dest="most", type=int, default=200)
    args = parser.parse_args()
    asked = list(lines(args.queries))[: args.most]
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "bench.db", actor="bench") as ledger:
        write_claims(Path(folder) / "in.jsonl", args.claims)
        begun = time.perf_counter()
        logged = importing.import_files(
            ledger, importing.ImportFiles(files=(str(Path(folder) / "in.jsonl"),)), actor="bench"
        ).logged
        print(
            f"{logged} claims, each of its own article, imported: {logged / (time.perf_counter() - begun):.0f} a second"
        )
        ranker = Ranker(ledger)
        precision, times, kept, silent = 0.0, [], 0, 0
        for query in asked:
            gold = set(query["relevant"])
            begun = time.perf_counter()
            found = ranker.similar(query["text"], limit=DEPTH)
            times.append(time.perf_counter() - begun)
            precision += average_precision([name_of(f) for f in found], gold)
            kept += any(name_of(f) in gold and float(f.score) >= ABOUT for f in found)
            silent += not any(name_of(f) not in gold and float(f.score) >= ABOUT for f in found)
    times.sort()
    n = len(asked)
    middle, late = (1000 * times[int(n * share)] for share in (0.5, 0.95))
    print(f"{n} queries: MAP@5 {precision / n:.3f}, p50 {middle:.1f} ms, p95 {late:.1f} ms")
    print(
        f"threshold {ABOUT}: found where there is something {kept / n:.2f}, silent where there is nothing {silent / n:.2f}"
    )


if __name__ == "__main__":
    main()
