"""Wire copy: edited copies are found, unrelated texts are not, and claims in what two articles share have one origin."""

from __future__ import annotations

import random
import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sizes import size

from ledger import capture, store
from ledger import records as r
from ledger.crossref import wire_copy
from ledger.store import read, texts
from ledger.text import shingles
from ledger.verbs import importing

SUBJECTS = (
    "The harbour office",
    "A spokeswoman for the port",
    "The island council",
    "One fisherman",
    "The coast guard",
    "Divers",
)
VERBS = ("said", "confirmed", "denied", "repeated", "told reporters", "admitted")
MATTERS = (
    "that the ferry had left the quay an hour late because of fog", "that forty life jackets were missing from the lower deck",
    "that the captain had asked twice for a second pilot", "that the wreck lay at ninety metres on a bed of gravel",
    "that no distress call was heard after midnight", "that the doors of the car deck were found open",
    "that the search would go on until the weather turned", "that families could wait in the old customs house",
    "that the last inspection had found rust on four beams", "that three passengers had given false names",
    "that the company owed the port two years of fees", "that a fishing boat had seen lights in the water",
)  # fmt: skip
PLACES = ("in Lorn", "on the island", "at the northern pier", "before the inquiry", "in a letter", "late on Tuesday")


def article(rng: random.Random, sentences: int = 30) -> str:
    """A long text on the one topic: the same people and matters, told each time in somewhat other words."""
    return "\n".join(
        f"{rng.choice(SUBJECTS)} {rng.choice(VERBS)} {rng.choice(PLACES)} {told(rng, rng.choice(MATTERS))}, {word(rng)} "
        f"{word(rng)} {word(rng)} {word(rng)}."
        for _ in range(sentences)
    )


def told(rng: random.Random, matter: str) -> str:
    return " ".join(w if rng.random() < 0.75 else f"{word(rng)} {w}" for w in matter.split())


def word(rng: random.Random) -> str:
    return "".join(rng.choice("bdfgklmnprstv") + rng.choice("aeiou") for _ in range(3))


def edits(text: str, rng: random.Random) -> dict[str, str]:
    words, lines = text.split(), text.split("\n")
    around = article(rng).split()
    return {
        "byline": f"By our own correspondent\n\n{text}\n\nWith agency inputs",
        "dropped": "\n".join(s for s in lines if rng.random() >= 0.3),
        "first": " ".join(words[: len(words) * 2 // 5]),
        "embedded": " ".join((*around[:200], *words[len(words) // 4 : len(words) * 3 // 4], *around[200:])),
        "changed": " ".join(word(rng) if rng.random() < 0.15 else w for w in words),
    }


def saved(ledger: store.Ledger, bodies: list[str]) -> list[str]:
    with store.write(ledger, "desk") as writer:
        return [
            capture.save_into(
                writer,
                capture.Page(
                    b.encode(), b, "utf-8", encoding_guessed=False, extractor="none", method="import", name=f"{n}.txt"
                ),
            ).article.uid
            for n, b in enumerate(bodies)
        ]


@pytest.mark.parametrize("edit", ["byline", "dropped", "first", "embedded", "changed"])
def test_an_edited_copy_is_found_among_texts_of_one_topic(tmp_path: Path, edit: str) -> None:
    rng, many = random.Random(edit), size(10, 25)
    originals = [article(rng) for _ in range(many)]
    copies = [edits(body, rng)[edit] for body in originals]
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        uids = saved(ledger, originals + copies)
        found = [{c.article for c in wire_copy.copies_of(ledger, uid)} for uid in uids[:many]]
    wanted = [uids[many + n] for n in range(many)]
    assert sum(w in f for w, f in zip(wanted, found, strict=True)) >= many - 1
    assert sum(len(f - {w}) for w, f in zip(wanted, found, strict=True)) <= 1


def test_a_copy_comes_with_its_share_and_passages_that_stand_in_both(tmp_path: Path) -> None:
    rng = random.Random(3)
    text = article(rng, 12)
    other = f"Our reporter writes:\n{text[: len(text) // 2]}"
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        first, second = saved(ledger, [text, other])
        (found,) = wire_copy.copies_of(ledger, first)
    assert found.article == second
    assert float(found.containment) > 0.8
    assert (
        text[found.passages[0].start : found.passages[0].end]
        == other[found.passages[0].other_start :][: found.passages[0].end]
    )


def test_another_copy_of_the_same_article_and_a_shared_phrase_are_no_wire_copy(tmp_path: Path) -> None:
    first = "The council met on Monday to speak about the budget of the coming year and its holes."
    second = "Nobody came to the quay; the council met on Monday to speak, a clerk said, of boats."
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        uid, _ = saved(ledger, [first, second])
        page = capture.Page(
            (first + " ").encode(),
            first + " ",
            "utf-8",
            encoding_guessed=False,
            extractor="none",
            method="import",
            name="0.txt",
        )
        capture.save(ledger, page, actor="desk")
        assert wire_copy.copies_of(ledger, uid) == []


WIRE = (
    "Nineteen sailors were taken off the burning tanker by helicopter before dawn, the coast guard of Lorn said, and two more "
    "were found in the water at noon. The fire broke out in the engine room while the crew were asleep in their cabins."
)


def lines(*articles: tuple[str, str, str]) -> str:
    import json

    return "\n".join(
        json.dumps({"article": {"file": f"{n}.txt", "publisher": who, "text": text}, "exact": exact})
        for n, (who, text, exact) in enumerate(articles)
    )


def claim_pairs(tmp_path: Path, *articles: tuple[str, str, str]) -> tuple[tuple[str, str], ...]:
    (tmp_path / "in.jsonl").write_text(lines(*articles), encoding="utf-8")
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        outcome = importing.import_files(
            ledger, importing.ImportFiles(files=(str(tmp_path / "in.jsonl"),)), actor="desk"
        )
        assert outcome.logged == len(articles)
        logged = list(read.claims(ledger))
        return wire_copy.claim_copies(logged, wire_copy.texts_of(ledger, logged))


SAVED = "Nineteen sailors were taken off the burning tanker by helicopter before dawn"


def test_claims_in_a_shared_passage_are_one_copy(tmp_path: Path) -> None:
    assert claim_pairs(
        tmp_path,
        ("Harbour Times", WIRE, SAVED),
        (
            "Tide News",
            f"From our desk. {WIRE} The owners were silent.",
            "taken off the burning tanker by helicopter before dawn",
        ),
    ) == (("C1", "C2"),)


def test_a_figure_told_in_other_words_is_no_copy_however_much_around_it_is(tmp_path: Path) -> None:
    told = WIRE.replace("Nineteen sailors were", "At least 17 men were")
    assert (
        claim_pairs(
            tmp_path,
            ("Harbour Times", WIRE, SAVED),
            ("Tide News", told, "At least 17 men were taken off the burning tanker by helicopter before dawn"),
        )
        == ()
    )


def test_claims_of_different_sentences_of_one_wire_text_are_not_paired(tmp_path: Path) -> None:
    assert (
        claim_pairs(tmp_path, ("Harbour Times", WIRE, SAVED), ("Tide News", WIRE, "two more were found in the water"))
        == ()
    )


@given(st.text(max_size=300), st.text(max_size=300))
@settings(deadline=None)
def test_shared_passages_stand_in_both_texts_in_order_without_overlap(a: str, b: str) -> None:
    at = 0
    for p in shingles.shared(a, b):
        assert at <= p.start < p.end <= len(a)
        assert 0 <= p.other_start < p.other_end <= len(b)
        mine, its = (shingles._folded(t) for t in (a[p.start : p.end], b[p.other_start : p.other_end]))
        assert mine == its
        assert len(mine.split()) >= shingles.RUN
        at = p.end


@given(st.text(max_size=400))
@settings(deadline=None)
def test_fingerprints_are_a_sample_of_the_runs_and_a_text_holds_itself(text: str) -> None:
    runs = shingles.runs(text)
    assert shingles.fingerprints(text) <= runs
    assert shingles.containment(runs, runs) == (1.0 if runs else 0.0)


def test_the_index_is_made_again_by_a_rebuild_and_a_redacted_text_leaves_it(tmp_path: Path) -> None:
    from ledger import redaction

    rng = random.Random(9)
    text = article(rng)
    with store.create(tmp_path / "ledger.db", actor="desk") as ledger:
        first, _ = saved(ledger, [text, text + "\nAnd more."])
        before = sorted(tuple(row) for row in ledger.rows("SELECT hash, capture FROM fingerprint"))
        store.rebuild(ledger)
        assert sorted(tuple(row) for row in ledger.rows("SELECT hash, capture FROM fingerprint")) == before
        assert len(texts.find(ledger, ["ferry", "rust"], limit=5)) == 2
        assert len(wire_copy.copies_of(ledger, first)) == 1
        redaction.redact(ledger, "A2", because="a court order", actor="desk")
        assert len(texts.find(ledger, ["ferry", "rust"], limit=5)) == 1
        assert wire_copy.copies_of(ledger, first) == []


SENTENCE = "Nineteen sailors were taken off the burning tanker by helicopter before dawn, the coast guard of Lorn said"


@pytest.mark.parametrize(
    ("other", "one"),
    [
        ("At least 19 sailors were taken off the burning tanker by helicopter before dawn on Monday", True),
        (
            "Sailors were taken by helicopter from a burning tanker, and the coast guard of Lorn was praised for it",
            False,
        ),
        ("The tanker burned for days", False),
        ("By helicopter, 19 sailors were taken before dawn off the tanker that was still burning", False),
        ("At least 19 sailors, all foreigners, were taken off the burning tanker by helicopter at dawn", True),
        (
            "Nineteen sailors were taken off the burning tanker by helicopter before dawn, the coast guard of Marn said",
            False,
        ),
        ("The rescue went on until all were taken off the burning tanker by helicopter before dawn", True),
    ],
)
def test_a_sentence_of_which_words_were_changed_is_still_that_sentence(other: str, one: bool) -> None:
    told = {"T1": f"It rained. {SENTENCE}. Nobody was hurt.", "T2": f"It was cold. {other}. The sea was calm."}
    logged = [
        r.Claim(id="C1", article="A1", capture="T1", exact="off the burning tanker", start=told["T1"].index("off the")),
        r.Claim(id="C2", article="A2", capture="T2", exact="tanker", start=told["T2"].index("anker") - 1),
    ]
    placed = [r.replace(c, end=(c.start or 0) + len(c.exact)) for c in logged]
    assert wire_copy.same_sentence(placed, told) == ((("C1", "C2"),) if one else ())


def test_many_long_sentences_that_are_nearly_one_are_compared_at_once() -> None:
    many = size(100, 200)
    words = [f"word{n}" for n in range(300)]
    told = {f"T{n}": " ".join((*words[n % 7 :], f"end{n}")) for n in range(many)}
    logged = [
        r.Claim(id=f"C{n}", article=f"A{n}", capture=f"T{n}", exact=told[f"T{n}"], start=0, end=len(told[f"T{n}"]))
        for n in range(many)
    ]
    begun = time.process_time()
    assert len(wire_copy.same_sentence(logged, told)) > 5 * many
    assert time.process_time() - begun < 20 * (many / 200) ** 3
