"""Does the suggester find the figures of a corpus, and who they come from?

usage: python bench/suggest_corpus.py CORPUS_DIR [-v]

CORPUS_DIR holds texts, meta.jsonl (file, published) and gold.json (claims with file, quote, start, attribution, root_origin,
quantity). A claim with a figure counts as suggested when a find that reaches into its quote carries the same interval inside
the quote; its origin is right when that find ends its chain with somebody who shares a name with the gold's origin, or has no
chain where the gold has the publisher alone.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from decimal import Decimal
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ledger import suggest
from ledger.records import Found, Quantity

SMALL = frozenset(
    re.findall(r"\w+", "the a an of for in on at by and or to from with who that de al mr mrs ms source monitor group")
)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("-v", action="store_true", help="print every miss")
    given = parser.parse_args()
    gold = json.loads((given.corpus / "gold.json").read_text(encoding="utf-8"))
    meta = {
        m["file"]: m for m in map(json.loads, (given.corpus / "meta.jsonl").read_text(encoding="utf-8").splitlines())
    }
    claims = [c for c in gold["claims"] if c.get("quantity") and c.get("start") is not None and c.get("quote")]
    finds = {f: _finds(given.corpus / f, meta.get(f, {}).get("published")) for f in {c["file"] for c in claims}}
    figure = origin = 0
    for claim in claims:
        right = [f for f in finds[claim["file"]] if any(_same(q, claim) for q in f.quantities)]
        named = [f for f in right if _origin(f, claim)]
        figure += bool(right)
        origin += bool(named)
        if given.v and not named:
            print(_miss(claim, right, finds[claim["file"]]))
    found, named = _rate(figure, len(claims)), _rate(origin, len(claims))
    print(f"{given.corpus.name}: {len(claims)} claims with a figure; right interval {found}; and right origin {named}")


def _finds(path: Path, published: str | None) -> list[Found]:
    return suggest.find(path.read_text(encoding="utf-8"), published)


def _rate(part: int, whole: int) -> str:
    return f"{part}/{whole} = {part / max(1, whole):.3f}"


def _same(found: Quantity, claim: dict[str, Any]) -> bool:
    """Whether the figure stands in the quote and makes the gold's interval, whose bounds are closed and whole."""
    start, end = claim["start"], claim["start"] + len(claim["quote"])
    if found.start is None or not start <= found.start < end:
        return False
    low = Decimal(found.low) if found.low is not None else None
    high = Decimal(found.high) if found.high is not None else None
    if low is not None and high is not None and found.approximate:
        low, high = low * Decimal("0.9"), high * Decimal("1.1")
    elif found.approximate and high is not None:
        low, high = high * Decimal("0.9"), high - 1
    elif low is not None and found.low_inclusive is False:
        low += 1
    elif high is not None and found.high_inclusive is False:
        high -= 1
    want = claim["quantity"]
    return (low, high) == tuple(None if want[k] is None else Decimal(str(want[k])) for k in ("low", "high"))


def _origin(found: Found, claim: dict[str, Any]) -> bool:
    chain = claim["attribution"][1:]
    if not chain or claim["root_origin"].startswith("unattributed"):
        return not found.attribution
    if not found.attribution:
        return False
    last = found.attribution[-1]
    said = _names(f"{last.text} {last.stands_for or ''}")
    return bool(said & _names(f"{claim['root_origin']} {chain[-1]['source']}")) or (
        bool(last.text) and last.text.lower() in str(chain[-1]["cue"]).lower()
    )


def _names(words: str) -> set[str]:
    return {w.removesuffix("s") for w in re.findall(r"\w+", words.lower()) if w not in SMALL}


def _miss(claim: dict[str, Any], right: list[Found], finds: list[Found]) -> str:
    start, end = claim["start"], claim["start"] + len(claim["quote"])
    near = right or [f for f in finds if f.start < end and start < f.end]
    got = [
        ([m.text for m in f.attribution], [(q.text, q.low, q.high) for q in f.quantities], f.exact[:80]) for f in near
    ]
    return f"{claim['id']} {'ORIGIN' if right else 'FIGURE'} {claim['quote'][:90]!r} want {claim['root_origin']!r}; got {got}"


if __name__ == "__main__":
    main()
