"""Learning from judged suggestions: a tiny invented world in which a verb that the rules do not know reports, and one they
know does not."""

from __future__ import annotations

import cProfile
import json
import subprocess
import sys
from pathlib import Path

import pytest
from conftest import Claims
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import suggest
from ledger.assist import Aided, learn, lessons, model, tagging
from ledger.assist.features import Said
from ledger.assist.finder import Finder
from ledger.assist.lessons import Lesson
from ledger.errors import BadInput, NotFound, Refused

pytest.importorskip("pycrfsuite", reason="learning takes the extra `learn`")

WHO = ("The harbour office", "Nora Abate", "The island council", "A ferry captain", "The relief post", "Deputy Ruiz")
WHAT = (
    "the pier lost three cranes",
    "forty boats were sunk",
    "no ferry will sail before June",
    "the water is safe to drink",
    "the road to Cala was shut",
    "twelve families are without a roof",
)
VERBS = ("sploshed", "said", "declared")


def place(text: str, words: str) -> tuple[int, int]:
    return text.index(words), text.index(words) + len(words)


def sentences(n: int) -> list[tuple[str, str, str]]:
    """Who, verb and what of the n-th article: every pair of the world comes round."""
    return [(WHO[(n + k) % 6], VERBS[(n + k) % 3], WHAT[(n * 5 + k) % 6]) for k in range(4)]


def article(n: int) -> Lesson:
    """Four reports, one of them with a verb of no dictionary, and plain sentences between."""
    parts, said = [], []
    for who, verb, what in sentences(n):
        parts.append(f"{who} {verb} that {what}.")
        said.append((who, verb, what))
    text = "\n".join(f"{p}\nThe wind fell on the {n + 2}th day of the storm." for p in parts)
    settled, at = [], 0
    for who, verb, what in said:
        at = text.index(f"{who} {verb}", at)
        cue = at + len(who) + 1
        start = text.index(what, cue)
        settled.append(Said(((at, at + len(who)),), ((cue, cue + len(verb)),), ((start, start + len(what)),)))
    return Lesson(f"a{n}", text, None, tuple(settled))


WORLD = [article(n) for n in range(18)]
UNSEEN = "A lighthouse keeper sploshed that the storm took two roofs in Cala.\nThe wind fell at night."


@pytest.fixture(scope="module")
def learned() -> learn.Learned:
    return learn.learn(WORLD)


@pytest.fixture(scope="module")
def small(learned: learn.Learned) -> model.Model:
    return model.unpacked(learned.data)


def test_a_verb_that_was_taught_is_found_in_a_text_never_seen(small: model.Model) -> None:
    assert not [f for f in suggest.find(UNSEEN) if f.attribution]
    (new,) = (a for a in Finder(small)(UNSEEN) if a.found.attribution)
    (hop,) = new.found.attribution
    assert (hop.text, hop.cue) == ("A lighthouse keeper", "sploshed")
    assert new.found.exact.endswith("the storm took two roofs in Cala")
    assert new.found.pattern == "learned"
    assert [q.low for q in new.found.quantities] == ["2"]


def test_it_says_what_it_was_worth_on_texts_held_out(learned: learn.Learned) -> None:
    assert learned.statements == 72
    assert learned.texts == 18
    assert learned.model > learned.rules + 0.1


def test_what_the_rules_find_stays_as_they_found_it(small: model.Model) -> None:
    text = WORLD[0].text
    mine = {(a.found.start, a.found.end) for a in Finder(small)(text)}
    for found in suggest.find(text):
        if found.attribution:
            assert (found.start, found.end) in mine


def test_what_was_rejected_again_and_again_is_left_out() -> None:
    """`declared` is told to report nothing here: what its sentence says of figures is the publisher's then."""
    taught = [
        Lesson(one.name, one.text, None, tuple(s for s in one.said if one.text[slice(*s.cue[0])] != "declared"))
        for one in WORLD
    ]
    made = model.unpacked(learn.learn(taught).data)
    assert made.keep > 0
    text = "A ferry captain declared that forty boats were sunk.\nNora Abate said that the road to Cala was shut."
    found = [a.found for a in Finder(made)(text)]
    assert [f.attribution[0].text for f in found if f.attribution] == ["Nora Abate"]
    (own,) = (f for f in found if not f.attribution)
    assert (own.pattern, [q.low for q in own.quantities]) == ("publisher-figure", ["40"])


def test_the_same_lessons_give_the_same_file(learned: learn.Learned) -> None:
    assert learn.learn(WORLD).data == learned.data


def test_every_span_is_of_the_text(small: model.Model) -> None:
    for lesson in WORLD:
        for aid in Finder(small)(lesson.text):
            assert lesson.text[aid.found.start : aid.found.end] == aid.found.exact
            for hop in aid.found.attribution:
                assert hop.start is None or lesson.text[hop.start : hop.end] == hop.text


@settings(deadline=None, max_examples=60)
@given(
    st.lists(
        st.sampled_from([*WHO, *VERBS, *WHAT, "that", ",", ".", "“", "”", '"', "\n", "’", "☂", "7", "(", ")"]),
        max_size=40,
    )
)
def test_any_text_gives_verbatim_suggestions(pieces: list[str]) -> None:
    text = " ".join(pieces)
    made = _small()
    for aid in tagging.improved(text, [Aided(f) for f in suggest.find(text)], made):
        assert text[aid.found.start : aid.found.end] == aid.found.exact != ""
        for start, end in aid.found.content:
            assert 0 <= start < end <= len(text)


def _small(kept: list[model.Model] = []) -> model.Model:  # noqa: B006  one for all examples
    if not kept:
        kept.append(model.unpacked(learn.learn(WORLD).data))
    return kept[0]


def test_calls_are_linear_in_the_text(small: model.Model) -> None:
    text = "\n".join(lesson.text for lesson in WORLD[:9])
    finder = Finder(small)

    def calls(times: int) -> int:
        with cProfile.Profile() as counted:
            finder("\n".join([text] * times))
        return sum(entry.callcount for entry in counted.getstats())

    assert calls(8) < 4 * 1.2 * calls(2)


@pytest.mark.parametrize("few", [[], WORLD[:1], [Lesson("x", "Nothing.", None, ())] * 30])
def test_too_little_is_refused(few: list[Lesson]) -> None:
    with pytest.raises(Refused, match="too little"):
        learn.learn(few)


# --- the file -----------------------------------------------------------------------------------------------------


def test_a_damaged_model_is_never_loaded(learned: learn.Learned, tmp_path: Path) -> None:
    data = learned.data
    path = tmp_path / "m"
    for bad in (
        b"",
        b"hello",
        data[:-1],
        data[:-9] + bytes([data[-9] ^ 1]) + data[-8:],
        data.replace(b'"features": 1', b'"features": 9'),
        data[:40],
    ):
        path.write_bytes(bad)
        with pytest.raises(BadInput):
            model.load(path)
    with pytest.raises(NotFound):
        model.load(tmp_path / "none")


# --- folders ------------------------------------------------------------------------------------------------------


def write_folder(root: Path) -> Path:
    for name in ("text", "attributions"):
        (root / name).mkdir(parents=True)
    for lesson in WORLD:
        (root / "text" / f"{lesson.name}.txt").write_text(lesson.text, "utf-8")
        lines = []
        for n, said in enumerate(lesson.said):
            for k, role in enumerate(("Source", "Cue", "Content")):
                spans = (said.source, said.cue, said.content)[k]
                body = ";".join(f"{a} {b}" for a, b in spans)
                lines.append(f"T{3 * n + k}\t{role} {body}\t{' '.join(lesson.text[a:b] for a, b in spans)}")
            lines.append(f"E{n}\tAttribution:T{3 * n + 1} Source:T{3 * n} Cue:T{3 * n + 1} Content:T{3 * n + 2}")
        (root / "attributions" / f"{lesson.name}_ann1.ann").write_text("\n".join(lines), "utf-8")
    return root


def test_a_folder_of_annotated_texts_is_read(tmp_path: Path) -> None:
    root = write_folder(tmp_path / "data" / "train")
    for folder in (root, tmp_path / "data", tmp_path):
        found = lessons.of_folder(folder)
        assert {one.name: one.said for one in found} == {one.name: one.said for one in WORLD}


@pytest.mark.parametrize("line", ["T1\tContent 0 9999", "T1\tContent 9 3", "T1\tContent a b", "T1\tContent"])
def test_an_annotation_that_does_not_fit_its_text_is_refused(tmp_path: Path, line: str) -> None:
    for name in ("text", "attributions"):
        (tmp_path / name).mkdir()
    (tmp_path / "text" / "a.txt").write_text("The pier is shut.")
    (tmp_path / "attributions" / "a_x.ann").write_text(line)
    with pytest.raises(BadInput, match=r"a_x\.ann marks what its text does not have"):
        lessons.of_folder(tmp_path)


# --- the command --------------------------------------------------------------------------------------------------


def test_learn_from_a_folder_and_suggest_with_it(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    write_folder(claims.folder / "train")
    told = claims("learn", "train", "-o", "our.model", "--json").json
    assert (told["texts"], told["statements"]) == (18, 72)
    assert float(told["learned"]) > float(told["rules"])
    claims.file("new.txt", UNSEEN)
    assert not any(row["attribution"] for row in claims("suggest", "new.txt", "--json").lines)
    rows = claims("suggest", "new.txt", "--json", "--model", "our.model").lines
    assert [row["attribution"][0]["text"] for row in rows if row["attribution"]] == ["A lighthouse keeper"]
    monkeypatch.setenv("CLAIMS_MODEL", "our.model")
    assert claims("suggest", "new.txt", "--json").lines == rows


def test_what_the_model_suggested_says_so_in_the_log(claims: Claims) -> None:
    write_folder(claims.folder / "train")
    digest = claims("learn", "train", "-o", "our.model", "--json").json["sha256"]
    claims.file("new.txt", UNSEEN)
    claims("capture", "new.txt", "--publisher", "Island Daily", "--published", "2026-05-03")
    claims("suggest", "A1", "--model", "our.model", "--accept", "all")
    bodies = [e["body"] for e in claims("log", "--json").lines if e["kind"] == "suggestion"]
    made = {(json.loads(b) if isinstance(b, str) else b)["made_by"] for b in bodies}
    assert f"suggest/1 learn/1 model:{digest}" in made


def test_a_ledger_teaches_what_was_accepted_and_that_the_rejected_is_none(claims: Claims) -> None:
    for n in range(3):
        claims.file(f"a{n}.txt", WORLD[n].text)
        claims("capture", f"a{n}.txt", "--publisher", "Island Daily", "--published", f"2026-05-0{n + 1}")
    claims("suggest", "A1", "--accept", "all")
    reject(claims, "A2", 1)
    with open_ledger(claims) as ledger:
        first, second = lessons.of_ledger(ledger)
    cues = [first.text[slice(*s.cue[0])] for s in first.said]
    assert cues
    assert all(cue.startswith(("said", "declared")) for cue in cues)
    assert first.known is not None
    assert len(first.known) >= len(first.said)
    assert second.said == ()
    assert second.known is not None
    assert len(second.known) == 1
    assert "too little to learn from" in claims("learn", code=1).err


def test_a_ledger_with_enough_judgements_gives_a_model_and_nothing_worse_than_the_rules(claims: Claims) -> None:
    for n in range(12):
        claims.file(f"a{n}.txt", WORLD[n].text)
        claims("capture", f"a{n}.txt", "--publisher", "Island Daily", "--published", f"2026-05-{n + 1:02}")
        claims("suggest", f"A{n + 1}", "--accept", "all")
    told = claims("learn", "--json").json
    assert told["statements"] >= 24
    assert float(told["learned"]) >= float(told["rules"]) > 0.9
    claims.file("new.txt", WORLD[13].text)
    assert claims("suggest", "new.txt", "--model", told["model"], "--json").code == 0


def open_ledger(claims: Claims):
    from ledger.store import Open
    from ledger.store import open_ledger as opened

    return opened(claims.ledger, Open.READ)


def reject(claims: Claims, name: str, number: int) -> None:
    from ledger import claims as parts
    from ledger import suggestions, verbs
    from ledger.store import Open, open_ledger, read

    with open_ledger(claims.ledger, Open.WRITE) as ledger:
        page = parts.page(ledger, read.article(ledger, name))
        offered = [o for o in suggestions.of_article(ledger, page) if o.found.attribution]
        chosen = (verbs.Chosen(article=name, offered=offered[number]),)
        verbs.reject_found(ledger, verbs.RejectFound(chosen=chosen), actor="tester")


@pytest.mark.parametrize(
    ("args", "code"),
    [
        (("learn", "nowhere"), 3),
        (("learn", "."), 2),
        (("learn", "train", "-o", "notes.txt"), 1),
        (("learn", "train", "-o", "no/such/folder/m"), 2),
        (("suggest", "notes.txt", "--model", "notes.txt"), 2),
        (("suggest", "notes.txt", "--model", "none.model"), 3),
    ],
)
def test_what_cannot_be_done_is_said_with_its_exit_code(claims: Claims, args: tuple[str, ...], code: int) -> None:
    write_folder(claims.folder / "train" / "sub")
    kept = claims.file("notes.txt", UNSEEN).read_bytes()
    ran = claims(*args, code=code)
    assert ran.err.startswith("claims: ") or "\nclaims: " in ran.err
    assert (claims.folder / "notes.txt").read_bytes() == kept


def test_suggesting_without_a_model_never_loads_the_library() -> None:
    code = (
        "import sys, cli.suggesting, ledger.assist.finder; print('pycrfsuite' in sys.modules, 'httpx' in sys.modules)"
    )
    ran = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, cwd=Path(__file__).parents[1], check=True
    )
    assert ran.stdout.split() == ["False", "False"]
