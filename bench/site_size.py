"""A site of many claims: how long it takes to write, to bring up to date after one claim, and how much memory that needs.

    python bench/site_size.py                 # 2,000 and 10,000 claims
    python bench/site_size.py 10000 --keep DIR

Twenty claims a question, three articles a question on the average; an article tells of two or three questions. Each figure is
that of a whole command in a process of its own, start-up included.
"""

from __future__ import annotations

import argparse
import hashlib
import json
import os
import random
import resource
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ledger import records as r
from ledger import store
from ledger.vocabulary import Counting, EntryKind, Mode, Modifier, Precision, Role, SourceKind, TimeRole

CLAIMS_A_QUESTION = 20
ARTICLES_A_QUESTION = 3
TOWNS = ("Orlava", "Tessim", "Quarn", "Beluda", "Saint-Eloy", "Marrow Bay", "Ifren", "Kotsk", "Doune", "Halvar")
LOST = (
    ("people", "killed"),
    ("houses", "destroyed"),
    ("people", "displaced"),
    ("boats", "lost"),
    ("soldiers", "wounded"),
)
BODIES = ("fire brigade", "regional council", "relief committee", "army command", "health office", "harbour authority")
HEDGES = (
    ("at least ", Modifier.AT_LEAST), ("more than ", Modifier.MORE_THAN), ("about ", Modifier.ABOUT), ("", Modifier.EXACT),
    ("", Modifier.EXACT), ("up to ", Modifier.AT_MOST),
)  # fmt: skip


WORDS = (
    "evening road water since night bridge council school harbour families north rain power lines officials crews morning "
    "valley roof market station waited closed opened without before after under near again slowly carried lost told counted"
)
WIRE = tuple(
    f"Agencies wrote on day {n} that roads to the coast stayed closed while crews looked for those still missing."
    for n in range(40)
)


class Filler:
    """Events, each with a question, told by articles that quote a few sources again and again."""

    def __init__(self, writer: store.Writer, seed: int = 7) -> None:
        self.w = writer
        self.chance = random.Random(seed)
        self.outlets = [
            self._source(f"{t} {p}", SourceKind.NEWS_OUTLET) for t in TOWNS for p in ("Courier", "Post", "Echo")
        ]
        self.agencies = [self._source(f"{t} Wire", SourceKind.WIRE_AGENCY) for t in TOWNS[:4]]
        self.speakers = {
            t: [self._source(f"{b} of {t}", SourceKind.GOVERNMENT) for b in BODIES] for t in TOWNS
        }  # fmt: skip

    def _source(self, name: str, kind: SourceKind) -> tuple[str, str]:
        return name, self.w.append(EntryKind.SOURCE, r.SourceDraft(name=name, folded=name.casefold(), kind=kind))

    def week(self, n: int, questions: int) -> None:
        """A few questions and the articles that tell of them."""
        asked = [self._question(n * 10 + i) for i in range(questions)]
        told = [(q, i) for q in asked for i in range(CLAIMS_A_QUESTION)]
        self.chance.shuffle(told)
        articles = questions * ARTICLES_A_QUESTION
        for k in range(articles):
            self._article(n * 100 + k, told[k::articles])

    def _question(self, n: int) -> tuple[str, str, str, str, int, str]:
        chance = self.chance
        town, (thing, measure) = chance.choice(TOWNS), chance.choice(LOST)
        day = f"20{10 + n // 360 % 16}-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        text = f"How many {thing} were {measure} in {town} in storm {n}?"
        uid = self.w.append(EntryKind.QUESTION, r.QuestionDraft(question=text, folded=text.casefold(), measure=measure))
        if chance.random() < 0.3:
            self.w.append(EntryKind.ANSWER, r.AnswerDraft(f"Some {thing}", "by one count", low="3"), about=uid)
        return uid, town, thing, measure, chance.randint(5, 900), day

    def _article(self, n: int, told: list[tuple[tuple[str, str, str, str, int, str], int]]) -> None:
        w, chance = self.w, self.chance
        outlet, publisher = chance.choice(self.outlets)
        day = told[0][0][5]
        parts = [self._sentence(q) for q, _ in told]
        text = f"Report {n}. " + " ".join(f"{said} {self._filler()}" for said, _, _, _ in parts) + "\n"
        url = f"https://news.example/{n}"
        article = w.append(
            EntryKind.ARTICLE,
            r.ArticleDraft(identity=url, url=url, title=f"{outlet}: what is known, {n}", publisher=publisher,
                           published_at=day, language="en"),
        )  # fmt: skip
        digest = w.put_blob(text.encode())
        capture = w.append(
            EntryKind.CAPTURE,
            r.CaptureDraft(raw=digest, text=digest, raw_bytes=len(text.encode()), text_chars=len(text), method="import",
                           captured_at=f"{day}T09:00:00Z", encoding="utf-8", extractor="none", media_type="text/plain"),
            about=article,
        )  # fmt: skip
        for (question, _), (said, exact, quantity, hops) in zip(told, parts, strict=True):
            start = text.index(said) + said.index(exact)
            at = r.replace(quantity, start=start, end=start + len(quantity.text))
            self._claim(question, article=article, capture=capture, text=text, exact=exact, at=at, hops=hops, day=day)

    def _filler(self) -> str:
        """A sentence that no other article has, or one of those that an agency sells to all."""
        if self.chance.random() < 0.2:
            return self.chance.choice(WIRE)
        return " ".join(self.chance.choices(WORDS.split(), k=14)).capitalize() + "."

    def _sentence(self, question: tuple[str, str, str, str, int, str]) -> tuple[str, str, r.Quantity, list[r.Hop]]:
        chance = self.chance
        _, town, thing, measure, toll, _ = question
        hedge, modifier = chance.choice(HEDGES)
        number = str(max(1, toll + chance.choice((0, 0, 0, 2, -3, 40))))
        what = f"{hedge}{number} {thing}"
        exact = f"{what} were {measure} in {town} when the storm came"
        low = None if modifier is Modifier.AT_MOST else number
        high = None if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN) else number
        quantity = r.Quantity(
            text=what, low=low, high=high, low_inclusive=None if low is None else modifier is not Modifier.MORE_THAN,
            high_inclusive=None if high is None else True, unit=thing, counts=thing, measure=measure, modifier=modifier,
            counting=Counting.TOTAL, approximate=modifier is Modifier.ABOUT,
        )  # fmt: skip
        name, uid = chance.choice(self.speakers[town][:3])
        hops = [r.Hop(source=uid, role=Role.ORIGIN, cue="said", text=name, mode=Mode.INDIRECT)]
        if chance.random() < 0.3:
            hops.insert(0, r.Hop(source=chance.choice(self.agencies)[1], role=Role.RELAY, mode=Mode.INDIRECT))
        return f"The {name} said that {exact}.", exact, quantity, hops

    def _claim(
        self, question: tuple[str, str, str, str, int, str], *, article: str, capture: str, text: str, exact: str,
        at: r.Quantity, hops: list[r.Hop], day: str,
    ) -> None:  # fmt: skip
        start = at.start or 0
        end = start + len(exact)
        span = r.TimeSpan(text=day, earliest=day, latest=day, precision=Precision.DAY, role=TimeRole.EVENT)
        key = hashlib.sha256(f"{article}{start}".encode()).hexdigest()
        draft = r.ClaimDraft(
            article=article, capture=capture, exact=exact, start=start, end=end, prefix=text[max(0, start - 32) : start],
            suffix=text[end : end + 32], mode=Mode.INDIRECT, attribution=tuple(hops), quantities=(at,), times=(span,),
            found_by="quantity/1 dates/1", key=key, key_hash=key,
        )  # fmt: skip
        uid = self.w.append(EntryKind.CLAIM, draft)
        self.w.append(EntryKind.FILE, r.FileDraft(question=question[0]), about=uid)
        if self.chance.random() < 0.05:
            self.w.append(EntryKind.RATING, r.RatingDraft("house", "supported", "two logs agree"), about=uid)


def build(path: Path, claims: int) -> int:
    """A ledger of so many claims, about; gives the size of its log."""
    questions = claims // CLAIMS_A_QUESTION
    with store.create(path, actor="desk") as ledger, store.write(ledger, "desk") as writer:
        filler = Filler(writer)
        for week in range(0, questions, 10):
            filler.week(week // 10, min(10, questions - week))
        return writer.size


def ran(*args: str | Path, ledger: Path, stdin: str = "") -> tuple[str, int, str]:
    """Seconds (and how many of them on the processor), peak memory in MB, and what it printed."""
    env = os.environ | {"CLAIMS_LEDGER": str(ledger), "CLAIMS_ACTOR": "desk", "PYTHONPATH": str(ROOT)}
    began = time.monotonic()
    with subprocess.Popen(
        [sys.executable, "-m", "cli.main", *map(str, args)], env=env, cwd=ROOT, stdin=-1, stdout=-1, text=True
    ) as process:  # fmt: skip
        assert process.stdin is not None
        assert process.stdout is not None
        process.stdin.write(stdin)
        process.stdin.close()
        out = process.stdout.read()
        _, status, used = os.wait4(process.pid, 0)
        process.returncode = os.waitstatus_to_exitcode(status)
    if process.returncode:
        raise SystemExit(f"{args}: exit {process.returncode}\n{out}")
    took, busy = time.monotonic() - began, used.ru_utime + used.ru_stime
    return f"{took:.2f} s ({busy:.2f} s of CPU)", used.ru_maxrss // 1024, out


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("claims", type=int, nargs="*", default=[2000, 10000])
    parser.add_argument("--keep", type=Path, help="a folder for the ledgers and sites")
    given = parser.parse_args(argv)
    with tempfile.TemporaryDirectory() as temporary:
        for claims in given.claims:
            measure(given.keep or Path(temporary), claims)
    return 0


def measure(folder: Path, claims: int) -> None:
    folder.mkdir(parents=True, exist_ok=True)
    ledger, site, again = folder / f"{claims}.db", folder / f"site-{claims}", folder / f"again-{claims}"
    if not ledger.exists():
        build(ledger, claims)
    took, memory, out = ran("report", "all", "--site", site, "--json", ledger=ledger)
    made = json.loads(out)
    size = sum(f.stat().st_size for f in site.rglob("*") if f.is_file())
    index = (site / "index.html").stat().st_size
    print(
        f"{claims:,} claims: {made['pages']:,} pages in {took}, "
        f"peak {memory} MB, {size / 1e6:.0f} MB on disk, index {index / 1e3:.0f} kB"
    )
    line = {
        "article": {"url": "https://news.example/one-more", "title": "One more", "publisher": "Quarn Post",
                    "published_at": "2025-01-02", "text": "The fire brigade of Quarn said that 12 people were killed."},
        "exact": "12 people were killed", "question": "Q1", "key": f"one-more-{time.time()}",
        "attribution": [{"source": "fire brigade of Quarn"}],
    }  # fmt: skip
    ran("import", "-", ledger=ledger, stdin=json.dumps(line))
    took, memory, out = ran("report", "all", "--site", site, "--json", ledger=ledger)
    print(f"  after one claim: {json.loads(out)['written']} files in {took}, peak {memory} MB")
    took, memory, out = ran("report", "all", "--site", site, "--json", ledger=ledger)
    print(f"  with nothing new: {json.loads(out)['written']} files in {took}, peak {memory} MB")
    ran("report", "all", "--site", again, "--json", ledger=ledger)
    same = listing(site) == listing(again)
    print(f"  brought up to date equals made anew: {'yes' if same else 'NO'}")


def listing(site: Path) -> dict[str, str]:
    return {
        str(f.relative_to(site)): hashlib.sha256(f.read_bytes()).hexdigest() for f in site.rglob("*") if f.is_file()
    }


if __name__ == "__main__":
    resource.setrlimit(resource.RLIMIT_CORE, (0, 0))
    sys.exit(main(sys.argv[1:]))
