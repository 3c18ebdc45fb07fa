"""Hostile texts: each kind at one to eight times its length, and 5 MB of it as `claims suggest FILE` and `add` read it.

Time is that of the processor, since other programs use the machine too.
"""

from __future__ import annotations

import math
import time
from collections.abc import Callable

from ledger import suggest
from ledger.text.stretches import readable

STEEPEST = 1.15
"""The exponent of time over length that is still linear, noise included."""
SECONDS = 20.0
FIRST = 40_000
"""Characters of the shortest text."""
MEGABYTES = 5_000_000


def _repeated(piece: str) -> Callable[[int], str]:
    return lambda size: (piece * (size // len(piece) + 1))[:size]


def _numbered(piece: str) -> Callable[[int], str]:
    """The piece again and again, each with a number of its own."""
    return lambda size: "".join(piece.format(n) for n in range(size // len(piece) + 1))[:size]


KINDS: dict[str, Callable[[int], str]] = {
    "quotes without end": _repeated('"It sank, he said, “and no one '),
    "single quotes": _repeated("'twas the rower's 'last ' tide "),
    "brackets": lambda size: "(" * (size // 2) + ")" * (size // 2),
    "brackets in brackets": _repeated("the ferry (built (in 1990 (at Marsala "),
    "asides": _repeated("40[1] [note 2 [struck out: boats[3] "),
    "numbers": _numbered("{} 1,234.5 12 "),
    "one numeral": _repeated("1,234,567.890"),
    "spelled numbers": _repeated("two hundred and five thousand and one "),
    "ranges": _numbered("from {} to 40-50 between 3 and 4 or "),
    "dates": _numbered("on 3 May 20{} or 2016-03-04, last Monday until "),
    "commas": _repeated("boats, "),
    "said said": _repeated("said "),
    "sayings": _repeated("Ann Roe, who said that the club said, told the board it denied that "),
    "names": _repeated("Ann Roe Of The Lake Club "),
    "pronouns": _repeated("Ann Roe met Bea Low. She said he was late. "),
    "hyphens": _repeated("12-year-old-boat-"),
    "currency marks": _repeated("$€£$5m US$ 3 EUR "),
    "abbreviations": _repeated("U.S. Dr. p.m. St. No. 5 e.g. "),
    "marks of no width": _repeated("40\u200b boats\u200d sank\u2060, \u202ehe said\u202c. "),
    "Arabic": _repeated("قال المتحدث إن ٤٠ قاربا على الأقل غرقت يوم الثلاثاء، "),
    "Russian": _repeated("по данным клуба, не менее 40 лодок утонули 3 мая 2016 года; "),
    "German": _repeated("nach Angaben der Werft sanken mindestens 1.200 Boote am 3. Mai, "),
    "Japanese": _repeated("少なくとも40隻が3万人と5月3日に沈んだ、"),
    "mixed scripts": _repeated("at least 40 лодок et 1 200 bateaux ٤٠ 万 "),
    "short lines": _repeated("a 1\n\n"),
}


def texts() -> bool:
    """Every kind of text: its exponent from one to eight times its length; 5 MB as far as it is read, and around a claim."""
    steep = slow = 0
    _taken("At least 40 boats sank on 3 May 2016, the mayor said.")  # the word lists are read
    for name, made in KINDS.items():
        taken = [_taken(made(FIRST * n)) for n in (1, 2, 4, 8)]
        exponent = math.log(taken[3] / taken[0]) / math.log(8)
        longest, read = _long(made(MEGABYTES).replace("\n\n", " \n"))
        steep += exponent > STEEPEST
        slow += longest > SECONDS
        print(
            f"texts: {name}: exponent {exponent:.2f}, {taken[3] * 1000:.0f} ms for {8 * FIRST:,}, 5 MB {longest:.1f} s"
            f" for the {read:,} read",
            flush=True,
        )
    print(f"texts: {len(KINDS)} kinds, {steep} steeper than {STEEPEST}, {slow} over {SECONDS:.0f} s")
    return not (steep or slow)


def _taken(text: str) -> float:
    """Seconds of the processor, the least of three."""
    found = []
    for n in range(3):
        began = time.process_time()
        suggest.find(text + " " * n, "2016-05-03")  # a text that was read once is remembered
        found.append(time.process_time() - began)
    return min(found)


def _long(text: str) -> tuple[float, int]:
    """Seconds for a long text, or for a claim in its middle, whichever takes longer; and how many characters were read."""
    text = "".join(f"{at} {text[at : at + FIRST]}" for at in range(0, len(text), FIRST))  # no stretch is like another
    began, part = time.process_time(), readable(text)
    suggest.find(part, "2016-05-03")
    middle = time.process_time()
    suggest.at(text, len(text) // 2, len(text) // 2 + 20, "2016-05-03")
    return max(middle - began, time.process_time() - middle), len(part)
