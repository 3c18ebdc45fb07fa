"""What does a triage of an event log, where a person presses Enter alone, and where they pick the figures that the gold has?

usage: python bench/triage_corpus.py CORPUS_DIR [-v]

CORPUS_DIR is as for suggest_corpus.py; gold.json has `groups` of claims that answer one question. Counted are the claims logged
in passages that hold a claim of the gold: right, where source, figure and question are; judged, where the gold has the figure.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

sys.path[:0] = [str(Path(__file__).resolve().parents[1]), str(Path(__file__).resolve().parent)]

from suggest_corpus import _names, _same

from cli import keys
from cli.session import Session
from cli.triage import Course
from ledger import capture, store, verbs
from ledger.crossref import waiting
from ledger.crossref.waiting import proposed_figures
from ledger.store import Ledger, read


class Person:
    """Presses what `wanted` says for what is in sight, and goes on where it asks again."""

    def __init__(self, gold: list[dict[str, Any]] | None) -> None:
        self.gold, self.pressed, self.asked = gold, 0, 0
        self.course: Course | None = None
        self.at, self.left = -1, ""

    def show(self, body: Sequence[str], foot: Sequence[str]) -> None:
        pass

    def line(self, _label: str, old: str = "") -> str:
        return old

    def key(self) -> str:
        assert self.course is not None
        self.pressed += 1
        if self.course.at != self.at:
            self.at, self.left = self.course.at, self._wanted(self.course.items[self.course.at])
        elif not self.left:
            self.asked += 1
            self.left = "l"
        key, self.left = self.left[0], self.left[1:]
        return key

    def _wanted(self, item: waiting.Waiting) -> str:
        if self.gold is None or not isinstance(item, waiting.Statement):
            return keys.ENTER
        here = [g for g in self.gold if g["file"] == item.article.file]
        found = ([n for n, q in enumerate(item.found.quantities) if _same(q, g)] for g in here)
        figures = sorted({same[0] for same in found if same})  # one that is said again in miles is picked once
        digits = "" if set(figures) <= set(proposed_figures(item.found)) else "".join(str(n + 1) for n in figures)
        return digits + ("y" if item.found.unsure else keys.ENTER) if figures else "l"


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("corpus", type=Path)
    parser.add_argument("-v", action="store_true", help="print every claim that is not right")
    given = parser.parse_args()
    gold = json.loads((given.corpus / "gold.json").read_text(encoding="utf-8"))
    group = {claim: g["id"] for g in gold["groups"] for claim in g["claims"]}
    claims = [c for c in gold["claims"] if c.get("quantity") and c.get("start") is not None and c["id"] in group]
    for name, known in (("Enter alone", None), ("figures picked", claims)):
        with tempfile.TemporaryDirectory() as folder, store.create(f"{folder}/l.db", actor="ann") as book:
            os.environ |= {"CLAIMS_ACTOR": "ann", "CLAIMS_PROTECTED": f"{folder}/p", "CLAIMS_CACHE": folder}
            book.actor = "ann"
            person = _triaged(book, given.corpus, known)
            judged = list(_judged(book, claims, group))
        if given.v:
            print(*(f"  {why}: {words}" for why, words in judged if why), sep="\n")
        count = Counter(why for why, _ in judged)
        right, known_figures = count[""], len(judged) - count["figure"]
        items = len(person.course.items) if person.course else 0
        print(f"{name}: {person.pressed} keys for {items} suggestions, {person.asked} asked about and left; {len(judged)} "
              f"claims logged where the gold has one, {right} right, of {known_figures} judged; {dict(count)}")  # fmt: skip


def _triaged(book: Ledger, corpus: Path, gold: list[dict[str, Any]] | None) -> Person:
    for m in map(json.loads, (corpus / "meta.jsonl").read_text(encoding="utf-8").splitlines()):
        if (place := corpus / m["file"]).is_file():
            page = capture.read_bytes(place.read_bytes(), name=m["file"], method="file")
            request = verbs.Capture(page=page, title=m["title"], publisher=m["outlet"], published=m["published"])
            verbs.capture(book, request)
    session, person = Session(), Person(gold)
    session.quiet = session.no_input = True
    person.course = Course(session, book, person, waiting.waiting(book, list(read.articles(book))))
    person.course.run()
    return person


def _judged(book: Ledger, gold: list[dict[str, Any]], group: dict[str, str]) -> Iterator[tuple[str, str]]:
    """Of each claim logged where the gold has one, what is not right of it: figure, source or question; "" where all is."""
    files = {a.id: a.file for a in read.articles(book)}
    near = {}
    for c in read.claims(book):
        near[c.id] = [
            g for g in gold
            if g["file"] == files[c.article] and c.start < g["start"] + len(g["quote"]) and g["start"] < c.end
        ]  # fmt: skip
    logged = [c for c in read.claims(book) if near[c.id]]
    same = {c.id: [g for g in near[c.id] if len(c.quantities) == 1 and _same(c.quantities[0], g)] for c in logged}
    topics: dict[str, Counter[str]] = {}
    for c in logged:
        for q in c.questions:
            topics.setdefault(q, Counter()).update(group[g["id"]] for g in same[c.id])
    for c in logged:
        said = [g for g in same[c.id] if _origin(c, g)]
        asked = [g for g in said if any(topics[q].most_common(1)[0][0] == group[g["id"]] for q in c.questions)]
        yield ("figure" if not same[c.id] else "source" if not said else "" if asked else "question"), c.exact


def _origin(claim: Any, gold: dict[str, Any]) -> bool:
    chain = gold["attribution"][1:]
    if not chain or gold["root_origin"].startswith("unattributed") or not claim.attribution:
        return (not chain or gold["root_origin"].startswith("unattributed")) and not claim.attribution
    name = claim.attribution[-1].source
    named = _names(name) & _names(f"{gold['root_origin']} {chain[-1]['source']}")
    return bool(named) or name.lower() in str(chain[-1]["cue"]).lower()


if __name__ == "__main__":
    main()
