"""Lines for `claims import`, as a desk's years of reports would give them: seven claims an article, with its text or without.

python bench/lines.py 100000 lines.jsonl            # the articles have no text: claims as others quote them
python bench/lines.py 100000 lines.jsonl --texts    # each article's text stands in each of its lines
python bench/lines.py 1000 lines.jsonl --texts --questions 1
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from big_ledger import FILLERS, OFFICES, OUTLETS, PLACES, SPEAKERS, THINGS, VERBS

HEDGES = ("at least ", "more than ", "about ", "", "up to ", "nearly ")
AN_ARTICLE = 7
CLAIMS_A_QUESTION = 12


def lines(count: int, *, texts: bool, questions: int | None = None, seed: int = 20260301) -> Iterator[dict[str, Any]]:
    """So many lines; the same seed gives the same."""
    chance = random.Random(seed)
    asked = questions or max(1, count // CLAIMS_A_QUESTION)
    for first in range(0, count, AN_ARTICLE):
        n = first // AN_ARTICLE
        day = f"2026-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        said = [_said(chance) for _ in range(min(AN_ARTICLE, count - first))]
        article = {
            "url": f"https://news.example/{n}", "title": f"Report {n} from {chance.choice(PLACES)}", "published_at": day,
            "publisher": f"The {PLACES[n % OUTLETS % len(PLACES)]} Courier {n % OUTLETS}", "language": "en",
        }  # fmt: skip
        fill = chance.choice(FILLERS).format(day=day, place=chance.choice(PLACES))
        body = " ".join(f"{name[0].upper()}{name[1:]} said {exact}." for name, exact in said) + f" {fill}\n"
        for at, (name, exact) in enumerate(said):
            topic = (first + at) % asked
            counted = THINGS[topic % len(THINGS)]
            yield {
                "key": f"line-{first + at}", "article": article | ({"text": body} if texts else {}), "exact": exact,
                "attribution": [{"source": name, "cue": "said"}],
                "question": f"How many {counted} were there, case {topic}?",
            }  # fmt: skip


def _said(chance: random.Random) -> tuple[str, str]:
    n, thing = chance.randrange(SPEAKERS), chance.choice(THINGS)
    when = " on Monday" if chance.random() < 0.5 else ""
    number = chance.randint(2, 2500)
    exact = f"{chance.choice(HEDGES)}{number} {thing} {chance.choice(VERBS)} {chance.choice(PLACES)}{when}"
    return f"the {OFFICES[n % len(OFFICES)]} of {PLACES[n % len(PLACES)]} {n}", exact


# --- one question -------------------------------------------------------------------------------------------------

SYLLABLES = ("ba", "der", "fo", "gal", "hi", "jun", "kor", "lem", "ma", "nit", "pol", "ras", "sti", "tor", "vel", "zun")
WORDS = tuple(a + b + c for a in SYLLABLES for b in SYLLABLES[::3] for c in SYLLABLES[::4])


def of_one_event(count: int, seed: int = 20260302) -> Iterator[dict[str, Any]]:
    """So many claims on one loss, two an article, by forty speakers; a tenth of the articles print another's words."""
    chance = random.Random(seed)
    wire: list[tuple[str, str, str]] = []
    for n in range((count + 1) // 2):
        told = [
            chance.choice(wire) if wire and chance.random() < 0.1 else _loss(chance)
            for _ in range(min(2, count - 2 * n))
        ]
        wire += told if n % 20 == 0 else []
        around = [" ".join(chance.choices(WORDS, k=12)).capitalize() + "." for _ in range(4)]
        day = f"2026-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        article = {"url": f"https://news.example/one/{n}", "title": f"Loss {n}", "published_at": day, "language": "en"}
        article |= {
            "publisher": f"The Courier {n % 200}",
            "text": " ".join([around[0], *(t[2] for t in told), *around[1:]]),
        }
        for at, (name, exact, _) in enumerate(told):
            yield {
                "key": f"one-{2 * n + at}", "article": article, "exact": exact,
                "attribution": [{"source": name, "cue": "said"}], "question": "How many boats were lost near Marsala?",
            }  # fmt: skip


def _loss(chance: random.Random) -> tuple[str, str, str]:
    """Who says it, the words of the claim, and its sentence."""
    n = chance.randrange(40)
    name, told = f"the {OFFICES[n % len(OFFICES)]} of {PLACES[n % len(PLACES)]}", " ".join(chance.choices(WORDS, k=4))
    exact = f"{chance.choice(HEDGES)}{chance.randint(60, 99)} boats were lost near Marsala, {told}"
    return name, exact, f"{' '.join(chance.choices(WORDS, k=5)).capitalize()}, {name} said {exact}."


def write(path: Path, count: int, *, texts: bool, questions: int | None = None) -> None:
    with path.open("w", encoding="utf-8") as file:
        file.writelines(
            json.dumps(line, ensure_ascii=False) + "\n" for line in lines(count, texts=texts, questions=questions)
        )


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--texts", action="store_true")
    parser.add_argument("--questions", type=int, help="how many questions they are filed under")
    given = parser.parse_args(argv)
    write(given.file, given.count, texts=given.texts, questions=given.questions)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
