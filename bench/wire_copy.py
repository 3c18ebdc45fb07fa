"""How well copies are found: edited copies of long texts, against unrelated texts of the same topic.

usage: python bench/wire_copy.py TEXTS.jsonl [--texts 1000] [--words 300]

The sentences of the file ("text" of each line) make long texts, cut in two halves: originals, of which each edit makes a copy,
and unrelated ones. An edited copy is found where the original is among the articles that share text with it; anything else that
is reported is wrong.
"""

from __future__ import annotations

import argparse
import json
import random
import tempfile
import time
from collections.abc import Callable, Iterator
from pathlib import Path

from ledger import capture
from ledger.crossref import wire_copy
from ledger.store import Ledger, create, texts, write
from ledger.text import shingles

Edit = Callable[[str, str, random.Random], str]


def byline(text: str, _: str, rng: random.Random) -> str:
    return f"By our own correspondent in the {rng.choice(['capital', 'north', 'port'])}\n\n{text}\n\nWith agency inputs"


def dropped(text: str, _: str, rng: random.Random) -> str:
    sentences = text.split("\n")
    return "\n".join(s for s in sentences if rng.random() >= 0.3) or sentences[0]


def first_part(text: str, _: str, __: random.Random) -> str:
    words = text.split()
    return " ".join(words[: len(words) * 2 // 5])


def embedded(text: str, other: str, _: random.Random) -> str:
    words, around = text.split(), other.split()
    half = words[len(words) // 4 : len(words) * 3 // 4]
    middle = len(around) // 2
    return " ".join((*around[:middle], *half, *around[middle:]))


def changed(text: str, other: str, rng: random.Random) -> str:
    spare = other.split()
    return " ".join(rng.choice(spare) if rng.random() < 0.15 else w for w in text.split())


EDITS: dict[str, Edit] = {
    "byline added": byline, "30 % dropped": dropped, "first 40 %": first_part, "half embedded": embedded,
    "15 % changed": changed,
}  # fmt: skip


def long_texts(path: Path, *, count: int, words: int) -> Iterator[str]:
    held: list[str] = []
    length = made = 0
    for line in path.read_text(encoding="utf-8").splitlines():
        sentence = " ".join(json.loads(line)["text"].split())
        held.append(sentence)
        length += len(sentence.split())
        if length >= words:
            yield "\n".join(held)
            held, length, made = [], 0, made + 1
            if made == count:
                return


def save(ledger: Ledger, bodies: list[str]) -> dict[str, int]:
    """Uid of each article by the text's number."""
    found: dict[str, int] = {}
    with write(ledger, "bench") as writer:
        for n, body in enumerate(bodies):
            page = capture.Page(
                body.encode(), body, "utf-8", encoding_guessed=False, extractor="none", method="import", name=f"{n}.txt"
            )
            found[capture.save_into(writer, page).article.uid] = n
    return found


def measure(ledger: Ledger, known: dict[str, int], copies: list[str]) -> tuple[int, int, list[float]]:
    """Right and wrong reports, and the time of each look-up."""
    right = wrong = 0
    times = []
    bodies = {uid: held[1] for uid in known if (held := wire_copy.newest_text(ledger, uid))}
    for n, body in enumerate(copies):
        begun = time.perf_counter()
        shared = texts.sharing(ledger, shingles.fingerprints(body))
        reported = {a for _, a, count in shared if count >= wire_copy.SHARED_PRINTS}
        kept = {a for a in reported if wire_copy.copied(body, bodies[a]) >= wire_copy.CONTAINED}
        times.append(time.perf_counter() - begun)
        right += any(known[a] == n for a in kept)
        wrong += sum(known[a] != n for a in kept)
    return right, wrong, times


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("texts", type=Path)
    parser.add_argument("--texts", dest="count", type=int, default=1000)
    parser.add_argument("--words", type=int, default=250)
    args = parser.parse_args()
    rng = random.Random(7)
    found = list(long_texts(args.texts, count=args.count, words=args.words))
    others = found[1:] + found[:1]
    with tempfile.TemporaryDirectory() as folder, create(Path(folder) / "bench.db", actor="bench") as ledger:
        begun = time.perf_counter()
        known = save(ledger, found)
        took = time.perf_counter() - begun
        print(
            f"{len(found)} texts of {args.words} words and more saved and fingerprinted, {len(found) / took:.0f} a second"
        )
        for name, edit in EDITS.items():
            # what a text is embedded in, or takes its changed words from, is in no saved text: its words are shuffled
            strange = [" ".join(rng.sample(o.split(), len(o.split()))) for o in others]
            copies = [edit(body, strange[n], rng) for n, body in enumerate(found)]
            right, wrong, times = measure(ledger, known, copies)
            times.sort()
            precision = right / max(1, right + wrong)
            middle = 1000 * times[len(times) // 2]
            print(f"{name:<14} recall {right / len(found):.3f}  precision {precision:.3f}  p50 {middle:.1f} ms")


if __name__ == "__main__":
    main()
