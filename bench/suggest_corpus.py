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
from ledger.quantity.conversion import scales
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
    """Whether the figure stands in the quote and makes the gold's interval, in the gold's unit and to its last digit."""
    start, end = claim["start"], claim["start"] + len(claim["quote"])
    if found.start is None or not start <= found.start < end:
        return False
    want = claim["quantity"]
    low, high = (_in_unit(v, found.unit, str(want["unit"])) for v in _closed(found))
    return _near(low, want["low"], found) and _near(high, want["high"], found)


def _closed(found: Quantity) -> tuple[Decimal | None, Decimal | None]:
    """The interval with whole and closed bounds: "more than 40" begins at 41, "about 50" is 45 to 55."""
    low = Decimal(found.low) if found.low is not None else None
    high = Decimal(found.high) if found.high is not None else None
    if low is not None and high is not None and found.approximate:
        return low * Decimal("0.9"), high * Decimal("1.1")
    if found.approximate and high is not None:
        return high * Decimal("0.9"), high - 1
    if low is not None and found.low_inclusive is False:
        low += 1
    elif high is not None and found.high_inclusive is False:
        high -= 1
    return low, high


def _in_unit(value: Decimal | None, unit: str | None, gold: str) -> Decimal | None:
    """The value in the gold's unit: "million US dollars", "metres fallen", "seconds of shaking"."""
    word = gold.split(maxsplit=1)[0]
    if value is None or word == "million":
        return value if value is None else value / 10**6
    name = {"metres": "m"}.get(word, word)
    pair = scales(unit, name)
    return pair[0].measured(value, upper=True) / pair[1].measured(Decimal(1), upper=True) if pair else value


def _near(value: Decimal | None, want: float | None, found: Quantity) -> bool:
    """Equal, or within the rounding of the gold where it was computed: a converted or an approximate figure."""
    if value is None or want is None:
        return value is None and want is None
    exact = Decimal(str(want))
    small = Decimal("0.001") if exact < 1 else Decimal(1)
    computed = found.approximate or value != value.to_integral_value()
    return value == exact or (computed and abs(value - exact) < small)


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
