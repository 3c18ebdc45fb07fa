"""How strict and how forgiving `text.locate` is: altered quotations must be refused, retyped ones found.

python -m campaigns.locating TEXT_FILE... [--altered 2000] [--retyped 2000] [--seed 1]

Quotations of 3 to 30 words are cut from the files. Altered: one digit changed, one word dropped, two words swapped, one
word's first letter changed in case; a quotation counts as wrongly accepted when it is found although its characters, with
typography folded, do not stand in the text. Retyped: the quotation with quotes, dashes, ellipses and white space typed in
another way, which must be found where it was cut.
"""

from __future__ import annotations

import argparse
import random
import re
import sys
import time
from collections import Counter
from collections.abc import Callable, Iterator
from pathlib import Path

from ledger.errors import Ambiguous, BadInput, NotInText
from ledger.text import locate

Alter = Callable[[str, random.Random], str]


def words_of(text: str) -> list[tuple[int, int]]:
    return [m.span() for m in re.finditer(r"\S+", text)]


def quotations(texts: list[str], rng: random.Random) -> Iterator[tuple[str, int, int]]:
    """Stretches of whole words, from every text in turn, for ever."""
    while True:
        for text in texts:
            words = words_of(text)
            length = rng.randint(3, min(30, len(words)))
            first = rng.randrange(len(words) - length + 1)
            yield text, words[first][0], words[first + length - 1][1]


def digit_changed(quote: str, rng: random.Random) -> str:
    places = [m.start() for m in re.finditer(r"[0-9]", quote)]
    if not places:
        return quote
    at = rng.choice(places)
    return quote[:at] + str((int(quote[at]) + rng.randint(1, 9)) % 10) + quote[at + 1 :]


def word_dropped(quote: str, rng: random.Random) -> str:
    words = quote.split(" ")
    if len(words) > 2:
        del words[rng.randrange(1, len(words) - 1)]
    return " ".join(words)


def words_swapped(quote: str, rng: random.Random) -> str:
    words = quote.split(" ")
    a, b = rng.sample(range(len(words)), 2) if len(words) > 1 else (0, 0)
    words[a], words[b] = words[b], words[a]
    return " ".join(words)


def case_changed(quote: str, rng: random.Random) -> str:
    at = rng.choice([m.start() for m in re.finditer(r"\b\w", quote)] or [0])
    return quote[:at] + quote[at].swapcase() + quote[at + 1 :]


ALTERATIONS: list[Alter] = [digit_changed, word_dropped, words_swapped, case_changed]

CLASSES = ["'‘’‛", '"“”„', "-‐–—", "\u00a0\u2009 "]


def retyped(quote: str, rng: random.Random) -> str:
    """The quotation as another keyboard or word processor would write it."""
    quote = re.sub(r"\.\.\.|…", lambda _: rng.choice(["...", "…"]), quote)
    quote = re.sub(r"(?<!-)--(?!-)", lambda _: rng.choice(["--", "—", "–"]), quote)
    quote = re.sub(r"\s+", lambda _: rng.choice([" ", " ", " ", "  ", "\n", "\u00a0"]), quote)
    made = []
    for n, char in enumerate(quote):
        same = next((c for c in CLASSES if char in c), None)
        # two single marks or two hyphens side by side would make another sign
        alone = char not in quote[max(0, n - 1) : n] + quote[n + 1 : n + 2]
        made.append(rng.choice(same) if same and alone and rng.random() < 0.7 else char)
    return "".join(made)


PLAIN = [(r"\s+", " "), (r"''|``|‘‘|’’", '"'), (r"[“”„]", '"'), (r"[‘’‛]", "'"), (r"--|[‐–—]", "-"), (r"\.\.\.", "…")]


def plain(text: str) -> str:
    """Folding written a second time, apart from the one under test."""
    for pattern, sign in PLAIN:
        text = re.sub(pattern, sign, text)
    return text


def altered_campaign(texts: list[str], count: int, rng: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    plains = {text: plain(text) for text in texts}
    for text, start, end in quotations(texts, rng):
        alter = ALTERATIONS[seen["tried"] % len(ALTERATIONS)]
        quote = alter(text[start:end], rng)
        if quote == text[start:end]:
            continue
        seen["tried"] += 1
        began = time.perf_counter()
        outcome = verdict(text, quote)
        slow = time.perf_counter() - began
        seen["slowest ms"] = max(seen["slowest ms"], round(slow * 1000))
        if outcome == "refused":
            seen["refused"] += 1
        elif plain(quote).strip() in plains[text]:
            seen["stands verbatim"] += 1
        else:
            seen["WRONGLY ACCEPTED"] += 1
            print("wrongly accepted:", alter.__name__, ascii(quote))
        if seen["tried"] == count:
            return seen
    return seen


def verdict(text: str, quote: str) -> str:
    try:
        locate(text, quote)
    except NotInText:
        return "refused"
    except Ambiguous:
        return "stands more than once"
    return "accepted"


def retyped_campaign(texts: list[str], count: int, rng: random.Random) -> Counter[str]:
    seen: Counter[str] = Counter()
    for text, start, end in quotations(texts, rng):
        seen["tried"] += 1
        quote = retyped(text[start:end], rng)
        try:
            found = locate(text, quote, prefix=text[max(0, start - 32) : start], suffix=text[end : end + 32])
        except Ambiguous:
            seen["ambiguous even with 32 characters beside it"] += 1
        except BadInput as e:
            seen["NOT FOUND"] += 1
            print("not found:", ascii(text[start:end]), ascii(quote), e)
        else:
            right = (found.start, found.end) == (start, end)
            seen["at the right place" if right else "AT ANOTHER PLACE"] += 1
        if seen["tried"] == count:
            return seen
    return seen


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("files", nargs="+", type=Path)
    parser.add_argument("--altered", type=int, default=2000)
    parser.add_argument("--retyped", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=1)
    asked = parser.parse_args()
    texts = [path.read_text(encoding="utf-8") for path in asked.files]
    rng = random.Random(asked.seed)
    altered = altered_campaign(texts, asked.altered, rng)
    found = retyped_campaign(texts, asked.retyped, rng)
    print("altered:", dict(altered))
    print("retyped:", dict(found))
    return 1 if altered["WRONGLY ACCEPTED"] or found["NOT FOUND"] or found["AT ANOTHER PLACE"] else 0


if __name__ == "__main__":
    sys.exit(main())
