"""Searches in the saved texts of 10,000 articles: how long they take once the program runs."""

from __future__ import annotations

import random
import time

from campaigns.ground import SEED, folder
from ledger import capture, searching, store
from ledger.capture import Details

SYLLABLES = tuple(
    a + b for a in ("b", "d", "f", "g", "k", "l", "m", "n", "p", "r", "s", "t", "v") for b in ("a", "e", "i", "o", "u")
)
LIMIT = 0.1
"""Seconds within which 95 of 100 searches are to end."""


def _vocabulary(chance: random.Random, size: int = 8000) -> list[str]:
    return ["".join(chance.choices(SYLLABLES, k=chance.randrange(1, 5))) for _ in range(size)]


def _article(chance: random.Random, words: list[str], weights: list[float]) -> str:
    lines = []
    for _ in range(30):
        said = chance.choices(words, cum_weights=weights, k=chance.randrange(8, 26))
        lines.append(f"{' '.join(said).capitalize()}, the {chance.choice(words)} office said on Friday.")
    return "\n\n".join(" ".join(lines[n : n + 3]) for n in range(0, 30, 3))


def _asked(chance: random.Random, words: list[str], weights: list[float]) -> str:
    """A search as people type one: words common and rare, phrases, exclusions, conditions."""
    one, two, three = chance.choices(words, cum_weights=weights, k=3)
    return chance.choice((
        one, f"{one} {two}", f"{one} {two} {three}", f'"{one} {two}"', f"{one} -{two}", f"{one} OR {two}", "the office said",
        f'{one} outlet:"Outlet {chance.randrange(40)}"', f"{one} after:2031-06", f"before:2031-03 {one} {two}", "Friday",
        f"{one} zzz",
    ))  # fmt: skip


def searches(articles: int = 10_000, asked: int = 600) -> bool:
    """95 of 100 searches end within 100 ms."""
    chance = random.Random(SEED)
    words = _vocabulary(chance)
    weights, total = [], 0.0
    for n in range(len(words)):  # as in any language, few words make most of a text
        total += 1 / (n + 3)
        weights.append(total)
    with folder() as here, store.create(here / "l.db", actor="ann") as ledger:
        for first in range(0, articles, 500):
            with store.write(ledger, "ann") as writer:
                for n in range(first, min(first + 500, articles)):
                    page = capture.read_bytes(_article(chance, words, weights).encode(), name=f"{n}.txt", method="file")
                    day = f"2031-{1 + n % 12:02}-{1 + n % 28:02}"
                    capture.put(writer, page, **Details(title=f"No. {n}", publisher=f"Outlet {n % 40}", published=day))
        searching.passages(ledger, "office")
        took, worked, found = [], [], 0
        for _ in range(asked):
            sought = _asked(chance, words, weights)
            began, work = time.perf_counter(), time.process_time()
            found += len(searching.passages(ledger, sought))
            took.append(time.perf_counter() - began)
            worked.append(time.process_time() - work)
    at = int(asked * 0.95)
    p95, busy = sorted(took)[at] * 1000, sorted(worked)[at] * 1000
    print(
        f"searches: {asked} in the texts of {articles:,} articles, {found:,} passages; p95 {p95:.0f} ms, {busy:.0f} ms of work"
    )
    return found > 0 and p95 <= LIMIT * 1000
