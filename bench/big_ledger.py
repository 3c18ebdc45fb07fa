"""A large ledger as years of work would leave it, made through the log alone: for benches of size.

    python bench/big_ledger.py 1000000 big.db              # entries
    python bench/big_ledger.py 1000000 big.db --claims     # claims, and what belongs to them

Articles of some nine sentences, six or seven claims each with a chain, a figure and often a time; two thirds filed under a
question, some checked, rated, tagged, noted, amended, linked, retracted. The same seed gives the same words.
"""

from __future__ import annotations

import argparse
import hashlib
import random
import sys
import time
from collections.abc import Callable
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from ledger import records as r
from ledger import store
from ledger.vocabulary import (
    Checked,
    Counting,
    EntryKind,
    EvidenceKind,
    EvidenceStance,
    Mode,
    Modifier,
    Precision,
    Relation,
    Role,
    SourceKind,
    State,
    SuggestionKind,
    SuggestionState,
    TimeRole,
)

BATCH = 50_000
"""Entries of one transaction."""

OUTLETS = 60
SPEAKERS = 600
QUESTION_EVERY = 12
"""Claims to a question, about."""

OFFICES = (
    "ministry",
    "harbour office",
    "mayor",
    "fire brigade",
    "monitoring group",
    "union",
    "army",
    "hospital",
    "relief agency",
)
PLACES = (
    "Marsala", "Trapani", "Kelbia", "Skikda", "Valletta", "Bizerte", "Sfax", "Pantelleria", "Żabbar", "Ragusa", "Tinos",
)  # fmt: skip
THINGS = (
    "boats",
    "people",
    "fishermen",
    "soldiers",
    "houses",
    "trucks",
    "sorties",
    "families",
    "patients",
    "containers",
)
VERBS = (
    "left",
    "were lost near",
    "were seen in",
    "were counted in",
    "returned to",
    "were destroyed in",
    "were moved out of",
)
HEDGES = (
    ("at least ", Modifier.AT_LEAST), ("more than ", Modifier.MORE_THAN), ("about ", Modifier.ABOUT), ("", Modifier.EXACT),
    ("up to ", Modifier.AT_MOST), ("nearly ", Modifier.NEARLY),
)  # fmt: skip
FILLERS = (
    "Nobody could be reached for comment on {day}.",
    "The road along the coast stayed closed, witnesses told the paper.",
    "It was not possible to check these figures independently.",
    "Talks are to go on in {place} next week, officials added.",
    "Earlier reports had spoken of a quiet night in {place}.",
)


class Filler:
    """Makes articles one after the other and keeps what later entries refer to."""

    def __init__(self, writer: store.Writer, seed: int = 20260301) -> None:
        self.writer = writer
        self.chance = random.Random(seed)
        self.claims = 0
        self._articles = 0
        self._recent: list[str] = []
        self._questions: list[str] = []
        self._outlets: list[str] = []
        self._speakers: list[tuple[str, str]] = []

    def sources(self) -> None:
        """The outlets and speakers that all articles share."""
        for n in range(OUTLETS):
            self._outlets.append(self._source(f"The {PLACES[n % len(PLACES)]} Courier {n}", SourceKind.NEWS_OUTLET))
        for n in range(SPEAKERS):
            name = f"the {OFFICES[n % len(OFFICES)]} of {PLACES[n % len(PLACES)]} {n}"
            self._speakers.append((name, self._source(name, SourceKind.GOVERNMENT)))

    def _source(self, name: str, kind: SourceKind) -> str:
        return self.writer.append(EntryKind.SOURCE, r.SourceDraft(name=name, folded=name.casefold(), kind=kind))

    def article(self) -> None:
        """One article with its copy, its claims and what is done with them."""
        n, chance = self._articles, self.chance
        self._articles += 1
        day = f"2026-{n // 28 % 12 + 1:02}-{n % 28 + 1:02}"
        sentences = [self._sentence(day) for _ in range(chance.randint(6, 7))]
        parts: list[str] = []
        for said, _, _ in sentences:
            parts.append(said)
            if chance.random() < 0.4:
                parts.append(chance.choice(FILLERS).format(day=day, place=chance.choice(PLACES)))
        text = f"Report {n}. " + " ".join(parts) + "\n"
        article, capture = self._saved(n, text, day)
        at = 0
        for said, exact, draft in sentences:
            at = text.index(said, at)
            self._claim(article, capture, text, at + said.index(exact), exact, draft)
            at += len(said)

    def _saved(self, n: int, text: str, day: str) -> tuple[str, str]:
        w, url = self.writer, f"https://news.example/{n}"
        article = w.append(
            EntryKind.ARTICLE,
            r.ArticleDraft(
                identity=url, url=url, title=f"Report {n} from {self.chance.choice(PLACES)}", published_at=day,
                publisher=self.chance.choice(self._outlets), language="en",
            ),
        )  # fmt: skip
        digest = w.put_blob(text.encode())
        draft = r.CaptureDraft(
            raw=digest, text=digest, raw_bytes=len(text.encode()), text_chars=len(text), captured_at=f"{day}T09:00:00Z",
            method="import", encoding="utf-8", extractor="none", media_type="text/plain",
        )  # fmt: skip
        return article, w.append(EntryKind.CAPTURE, draft, about=article)

    def _sentence(self, day: str) -> tuple[str, str, r.ClaimDraft]:
        """A sentence, the words of the claim in it, and the claim without its places."""
        chance = self.chance
        (name, uid), (hedge, modifier) = chance.choice(self._speakers), chance.choice(HEDGES)
        number, thing = str(chance.randint(2, 2500)), chance.choice(THINGS)
        when = chance.random() < 0.5
        exact = f"{hedge}{number} {thing} {chance.choice(VERBS)} {chance.choice(PLACES)}" + (
            " on Monday" if when else ""
        )
        low = None if modifier in (Modifier.AT_MOST, Modifier.NEARLY) else number
        high = None if modifier in (Modifier.AT_LEAST, Modifier.MORE_THAN) else number
        quantity = r.Quantity(
            text=f"{hedge}{number} {thing}", low=low, high=high, low_inclusive=None if low is None else True,
            high_inclusive=None if high is None else True, unit=thing, counts=thing, modifier=modifier,
            counting=Counting.UNKNOWN, approximate=modifier is Modifier.ABOUT,
        )  # fmt: skip
        time_span = r.TimeSpan(text="Monday", earliest=day, latest=day, precision=Precision.DAY, role=TimeRole.EVENT)
        hops = [r.Hop(source=uid, role=Role.ORIGIN, cue="said", text=name, mode=Mode.INDIRECT)]
        if chance.random() < 0.3:
            hops.insert(0, r.Hop(source=chance.choice(self._speakers)[1], role=Role.RELAY))
        draft = r.ClaimDraft(
            article="", exact=exact, mode=Mode.INDIRECT, attribution=tuple(hops), quantities=(quantity,),
            times=(time_span,) if when else (), found_by="quantity/1 dates/1",
        )  # fmt: skip
        return f"{name[0].upper()}{name[1:]} said {exact}.", exact, draft

    def _claim(self, article: str, capture: str, text: str, start: int, exact: str, draft: r.ClaimDraft) -> None:
        end = start + len(exact)
        quantity = draft.quantities[0]
        placed = r.replace(quantity, start=start, end=start + len(quantity.text))
        whole = r.replace(
            draft, article=article, capture=capture, start=start, end=end, prefix=text[max(0, start - 32) : start],
            suffix=text[end : end + 32], quantities=(placed,), key=f"big-{self.claims}",
            key_hash=hashlib.sha256(f"{self.claims}".encode()).hexdigest(),
        )  # fmt: skip
        uid = self.writer.append(EntryKind.CLAIM, whole)
        self.claims += 1
        self._recent = [*self._recent[-19:], uid]
        self._work_on(uid)

    def _work_on(self, claim: str) -> None:
        chance, w = self.chance, self.writer
        if chance.random() < 1 / QUESTION_EVERY or not self._questions:
            self._questions = [*self._questions[-99:], self._question()]
        if chance.random() < 2 / 3:
            w.append(EntryKind.FILE, r.FileDraft(question=chance.choice(self._questions)), about=claim)
        if chance.random() < 0.15:
            w.append(EntryKind.CHECK, r.CheckDraft(value=Checked.YES, because="it says so"), about=claim)
        if chance.random() < 0.1:
            rating = r.RatingDraft(scale="house", value="supported", because="two logs agree", on=(self._recent[0],))
            w.append(EntryKind.RATING, rating, about=claim)
        for make, share in OTHERS:
            if chance.random() < share:
                make(self, claim)

    def _question(self) -> str:
        text = f"How many {self.chance.choice(THINGS)} were there in {self.chance.choice(PLACES)}, case {self.claims}?"
        return self.writer.append(EntryKind.QUESTION, r.QuestionDraft(question=text, folded=text.casefold()))

    def tag(self, claim: str) -> None:
        self.writer.append(EntryKind.TAG, r.TagDraft(tag=self.chance.choice(THINGS)), about=claim)

    def note(self, claim: str) -> None:
        self.writer.append(EntryKind.NOTE, r.NoteDraft(text="call the office again", internal=True), about=claim)

    def work(self, claim: str) -> None:
        self.writer.append(EntryKind.WORK, r.WorkDraft(state=State.CHECKING), about=claim)

    def amend(self, claim: str) -> None:
        change = r.AmendDraft(kind=EntryKind.CLAIM, set={"says": "They left."}, after=claim, because="clearer")
        self.writer.append(EntryKind.AMEND, change, about=claim)

    def link(self, claim: str) -> None:
        draft = r.LinkDraft(to=self._recent[0], relation=Relation.DOES_NOT_CONTRADICT, because="two places")
        self.writer.append(EntryKind.LINK, draft, about=claim)

    def retract(self, claim: str) -> None:
        self.writer.append(EntryKind.RETRACT, r.RetractDraft(because="logged twice"), about=claim)

    def evidence(self, claim: str) -> None:
        draft = r.EvidenceDraft(
            target=claim,
            kind=EvidenceKind.PHOTO,
            shows="the quay",
            stance=EvidenceStance.CONTEXT,
            url="https://photo.example/1",
        )
        self.writer.append(EntryKind.EVIDENCE, draft)

    def suggestion(self, claim: str) -> None:
        w, print_ = self.writer, hashlib.sha256(claim.encode()).hexdigest()
        draft = r.SuggestionDraft(
            kind=SuggestionKind.FILING, proposal="{}", reason="same figure", score="0.7", made_by="xref/1",
            fingerprint=print_, target=claim,
        )  # fmt: skip
        uid = w.append(EntryKind.SUGGESTION, draft)
        w.append(EntryKind.JUDGEMENT, r.JudgementDraft(state=SuggestionState.REJECTED), about=uid)


OTHERS: tuple[tuple[Callable[[Filler, str], None], float], ...] = (
    (Filler.tag, 0.04), (Filler.note, 0.03), (Filler.work, 0.03), (Filler.amend, 0.01), (Filler.link, 0.02),
    (Filler.retract, 0.005), (Filler.evidence, 0.01), (Filler.suggestion, 0.02),
)  # fmt: skip


def build(path: Path, count: int, *, claims: bool = False, said: Callable[[int], None] = lambda _: None) -> int:
    """A ledger of at least so many entries (or claims) at the path; gives how many entries it has."""
    with store.create(path, actor="desk") as ledger:
        filler: Filler | None = None
        done = 0
        while done < count:
            with store.write(ledger, "desk") as writer:
                begun = writer.size
                if filler is None:
                    filler = Filler(writer)
                    filler.sources()
                filler.writer = writer
                while done < count and writer.size < begun + BATCH:
                    filler.article()
                    done = filler.claims if claims else writer.size
            said(done)
        return store.head(ledger)


def main(argv: list[str]) -> int:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0] if __doc__ else None)
    parser.add_argument("count", type=int)
    parser.add_argument("file", type=Path)
    parser.add_argument("--claims", action="store_true", help="count claims, not entries")
    given = parser.parse_args(argv)
    began, spent = time.monotonic(), time.process_time()
    entries = build(given.file, given.count, claims=given.claims, said=lambda n: print(f"{n:,}", file=sys.stderr))
    took, spent = time.monotonic() - began, time.process_time() - spent
    size = given.file.stat().st_size / 1e6
    print(
        f"{entries:,} entries, {size:,.0f} MB, {took:.1f} s ({spent:.1f} s of CPU), "
        f"{spent / entries * 1e6:.0f} us of CPU an entry"
    )
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
