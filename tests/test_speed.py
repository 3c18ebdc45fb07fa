"""What keeps the program fast, as counts: statements of an import, pairs of a question, modules of a verb; and that it changes
no result.
"""

from __future__ import annotations

import itertools
import json
import subprocess
import sys
from collections import Counter
from difflib import SequenceMatcher
from pathlib import Path
from typing import Any

import pytest
from conftest import Claims
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from cli import render
from ledger import quantity, store
from ledger.crossref import bitsets, candidates, containment, nearer, wire_copy
from ledger.crossref.comparison import compare
from ledger.crossref.origins import Chain, Known, Link, Traced, trace
from ledger.crossref.study import Study
from ledger.crossref.wording import Version
from ledger.crossref.wording_pairs import survey
from ledger.records import Quantity, Statement
from ledger.store import log, operations, read, rules
from ledger.verbs import importing
from ledger.vocabulary import Kind

SPEAKERS = ("the harbour office", "Reed Sound Radio", "the union of pilots")


def words(n: int) -> str:
    return f"at least {n + 12} ferries were held up at Reed Sound"


def report(n: int, **more: Any) -> dict[str, Any]:
    """One line of an import: every fifth begins an article, and every seventh article has its text."""
    first = n - n % 5
    text = " ".join(f"The pilots say that {words(m)}." for m in range(first, first + 5))
    article = {"url": f"https://reed.example/{first}", "publisher": f"Reed Post {first % 4}"}
    return {
        "key": f"k{n}", "exact": words(n), "attribution": [{"source": SPEAKERS[n % 3]}], "question": f"How many, day {n % 9}?",
        "article": article if first % 7 else article | {"text": text},
    } | more  # fmt: skip


MIXED = [
    *(report(n) for n in range(1, 20)),
    report(3),
    report(4, exact="what the same key had otherwise"),
    report(50, question="  ", attribution=[{"source": "a source of a bad line alone"}]),
    report(
        51,
        attribution=[{"source": "a source of a bad line alone", "kind": "company"}],
        question="Who, after a bad line?",
    ),
    report(52, article={}),
    report(53, question="Who, after a bad line?", tags=["late", "late"]),
    report(54, attribution=[{"source": "Reed Post 1", "kind": "wire_agency"}]),
]


def imported(place: Path, lines: list[dict[str, Any]]) -> tuple[bytes, list[str]]:
    """The root of a new ledger with these lines, and its rows."""
    file = place.with_suffix(".jsonl")
    file.write_text("".join(json.dumps(line) + "\n" for line in lines))
    with store.create(place, actor="desk") as ledger:
        importing.import_files(ledger, importing.ImportFiles(files=(str(file),)), actor="desk")
        return store.root(ledger), [*ledger.db.iterdump()]


def no_chance(patch: pytest.MonkeyPatch) -> None:
    """The clock stands still, and what is random counts up."""
    numbers = itertools.count()
    patch.setattr(log.secrets, "token_hex", lambda size: f"{next(numbers):0{2 * size}x}")
    patch.setattr(log, "_now", lambda: "2026-03-01T00:00:00.000000Z")
    patch.setattr("ledger.capture.utc_now", lambda: "2026-03-01T00:00:00Z")


def test_an_import_in_lots_gives_the_root_and_the_rows_of_one_by_one(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    with monkeypatch.context() as patch:
        no_chance(patch)
        together = imported(tmp_path / "together.db", MIXED)
    no_chance(monkeypatch)
    monkeypatch.setattr(operations, "LOT", 1)
    monkeypatch.setattr("ledger.exchange.claim_lines.LOT", 1)
    assert imported(tmp_path / "alone.db", MIXED) == together


class Counted:
    """A connection that counts the statements which it is asked to run."""

    def __init__(self, db: Any) -> None:
        self._db, self.count = db, 0

    def __getattr__(self, name: str) -> Any:
        if name in ("execute", "executemany"):
            self.count += 1
        return getattr(self._db, name)


def test_an_imported_claim_takes_few_statements(tmp_path: Path) -> None:
    file = tmp_path / "lines.jsonl"
    with store.create(tmp_path / "l.db", actor="desk") as ledger:
        counted = ledger._db = Counted(ledger._db)  # type: ignore[assignment]
        spent = []
        for first in (0, 100):
            file.write_text("".join(json.dumps(report(n)) + "\n" for n in range(first, first + 100)))
            counted.count = 0
            importing.import_files(ledger, importing.ImportFiles(files=(str(file),)), actor="desk")
            spent.append(counted.count / 100)
        assert max(spent) < 1.5, spent  # it was 21
        assert spent[1] < 1.1 * spent[0]


@pytest.mark.parametrize(
    ("asked", "told", "rest"),
    [
        (["list"], ["C1", "C2", "C3"], "9 more: --all shows them\n"),
        (["list", "--all"], [f"C{n}" for n in range(1, 13)], ""),
        (["list", "--question", "Q2"], ["C2", "C11"], ""),
        (["list", "--source", "S3"], ["C2", "C5", "C8"], "1 more: --all shows them\n"),
        (["list", "--tag", "none"], [], "no claims yet\n"),
        (["list", "questions"], ["Q1", "Q2", "Q3"], "6 more: --all shows them\n"),
    ],
)
def test_a_terminal_shows_the_first_screen_of_a_list_and_how_much_more_there_is(
    claims: Claims, monkeypatch: pytest.MonkeyPatch, asked: list[str], told: list[str], rest: str
) -> None:
    claims.file("lines.jsonl", "".join(json.dumps(report(n)) + "\n" for n in range(12)))
    claims("import", "lines.jsonl", "--quiet")
    monkeypatch.setattr(render, "screen", lambda: 3)
    shown = claims(*asked)
    assert [line.split()[0] for line in shown.out.splitlines()[1:]] == told
    assert shown.err == rest


# --- questions ----------------------------------------------------------------------------------------------------

links = st.builds(
    Link, st.sampled_from(("s1", "s2", "s3")), st.sampled_from(("the mayor", "officials", "Reed Radio", "Reed Post"))
)
chains = st.builds(
    Chain, st.just(""), st.sampled_from(("a", "b")), st.just("p"), st.sampled_from(("Reed Post", "Reed Radio")),
    st.lists(links, max_size=2).map(tuple), figure=st.sampled_from((None, "5", "7")), read=st.booleans(),
)  # fmt: skip
pairs = st.tuples(st.integers(0, 4), st.integers(5, 9)).map(lambda p: (str(p[0]), str(p[1])))


CHAINS = st.lists(chains, min_size=10, max_size=10).map(lambda g: [replace(c, claim=str(n)) for n, c in enumerate(g)])
PAIRS = st.lists(pairs, max_size=2)


@given(CHAINS, PAIRS, PAIRS)
def test_what_claims_have_in_common_tells_how_they_rest_on_one_source(
    named: list[Chain], copies: list[tuple[str, str]], retold: list[tuple[str, str]]
) -> None:
    traced = trace(named, Known(copies=tuple(copies), retold=tuple(retold)))
    ties, known = traced.ties(), {}
    for a, b in itertools.permutations(named, 2):
        x, y = a.claim, b.claim
        if a.article == b.article or not set(ties.pairs[x]).isdisjoint(ties.pairs[y]):
            continue
        if ties.family[x] == ties.family[y]:
            assert known.setdefault((ties.kin[x], ties.kin[y]), traced.basis(x, y)) is traced.basis(x, y)
        elif set(ties.gives[x]).isdisjoint(ties.takes[y]) and set(ties.takes[x]).isdisjoint(ties.gives[y]):
            assert traced.basis(x, y) is None


SAYINGS = st.sampled_from(
    ("at least 5 boats were lost", "more than 5 boats were lost near Lorn", "7 boats were lost", "the boats were not lost",
     "some of the boats were likely lost at 5pm", "the boats were lost", "5 boats and a barge were lost",
     "boats took Marta Lindsay, 43, to Lorn", "Martha Lindsay, 43, was lost", "no boat but this one was lost")
)  # fmt: skip


@given(CHAINS, PAIRS, PAIRS, st.lists(SAYINGS, min_size=10, max_size=10))
def test_whole_groups_of_claims_differ_in_what_their_pairs_differ(
    named: list[Chain], copies: list[tuple[str, str]], retold: list[tuple[str, str]], said: list[str]
) -> None:
    traced = trace(named, Known(copies=tuple(copies), retold=tuple(retold)))
    versions = versions_of(named, said)
    assert survey(versions, traced.basis, traced.ties()) == survey(versions, traced.basis)


def versions_of(named: list[Chain], said: list[str]) -> list[Version]:
    figures = [next(iter(quantity.find(words)), None) for words in said]
    return [
        Version(
            claim=c.claim, article=c.article, exact=words, statement=Statement(quantity=figure, kind=Kind.COUNT),
            links=c.links, publisher=c.publisher_name, sentence=f"{words}.", text=f"{words}.",
        )
        for c, words, figure in zip(named, said, figures, strict=True)
    ]  # fmt: skip


@given(CHAINS, st.lists(SAYINGS, min_size=10, max_size=10))
def test_claims_whose_words_are_not_held_against_each_other_do_not_differ_in_them(
    named: list[Chain], said: list[str]
) -> None:
    basis = trace(named, Known()).basis
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nearer, "may_differ", lambda _: True)
        every = survey(versions_of(named, said), basis)
    assert survey(versions_of(named, said), basis) == every


@given(st.lists(st.frozensets(st.integers(0, 70)), max_size=9), st.integers(0, 9))
def test_a_tally_counts_in_how_many_sets_each_thing_is(sets: list[frozenset[int]], least: int) -> None:
    count = Counter(itertools.chain.from_iterable(sets))
    told = list(bitsets.levels((1 << 71) - 1, bitsets.tally(sum(1 << n for n in own) for own in sets), least))
    assert {n: set(bitsets.places(members)) for n, members in told} == {
        n: {x for x in range(71) if count[x] == n} for n in {count[x] for x in range(71)} if n >= least
    }
    assert [n for n, _ in told] == sorted((n for n, _ in told), reverse=True)


def _sharing(texts: dict[str, tuple[str, tuple[str, ...]]], length: int) -> dict[tuple[str, str], int]:
    """Pairs of texts that share runs of words, one by one."""
    holders: dict[tuple[str, ...], list[str]] = {}
    shared: dict[tuple[str, str], int] = {}
    for name, (article, words) in texts.items():
        found: dict[str, int] = {}
        for run in dict.fromkeys(words[i : i + length] for i in range(len(words) - length + 1)):
            for other in holders.setdefault(run, [])[-wire_copy.MOST_HOLDERS :]:
                found[other] = found.get(other, 0) + 1
            holders[run].append(name)
        shared |= {(other, name): n for other, n in found.items() if texts[other][0] != article}
    return shared


SHORT = st.lists(st.sampled_from("abc"), max_size=14).map(tuple)


@given(st.lists(st.tuples(st.sampled_from("xyz"), SHORT), max_size=12), st.integers(1, 3))
def test_texts_of_the_same_words_are_found_as_if_pair_by_pair(
    given_: list[tuple[str, tuple[str, ...]]], most: int
) -> None:
    texts = {str(n): text for n, text in enumerate(given_)}
    sizes = {name: len({words[i : i + 5] for i in range(len(words) - 4)}) for name, (_, words) in texts.items()}
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire_copy, "MOST_HOLDERS", most)
        expected = [(a, b) for (a, b), n in _sharing(texts, 5).items() if n * 10 >= min(sizes[a], sizes[b]) * 7]
        assert list(wire_copy._same_words(texts)) == expected


@given(st.lists(st.frozensets(st.integers(0, 9)), max_size=7), st.integers(1, 4))
def test_texts_that_share_enough_runs_are_all_held_against_each_other(texts: list[frozenset[int]], most: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(wire_copy, "MOST_HOLDERS", most)
        patch.setattr(wire_copy, "SHARED_RUNS", 3)
        runs = {str(n): own for n, own in enumerate(texts)}
        near = list(wire_copy._near(runs))
    every = list(itertools.combinations(runs, 2))
    assert near == [pair for pair in every if pair in near]
    assert {(a, b) for a, b in every if len(runs[a] & runs[b]) >= 3} <= set(near)


WORDS = st.sampled_from(
    ("at", "least", "forty", "boats", "were", "lost", "near", "Marsala", "Trapani", "harbour", "storm", "the")
)


@given(st.lists(WORDS, max_size=24), st.lists(WORDS, max_size=24), st.integers(0, 24))
def test_sentences_that_are_not_aligned_are_none_told_again(mine: list[str], its: list[str], shared: int) -> None:
    a, b = (wire_copy._Sentence(" ".join(words)) for words in (mine, mine[:shared] + its))
    shorter = min(len(a.words), len(b.words))
    blocks = SequenceMatcher(None, a.words, b.words, autojunk=False).get_matching_blocks()
    longest = max(blocks, key=lambda block: block.size)
    held = [w for block in blocks for w in a.words[block.a : block.a + block.size]]
    in_a_row = longest.size >= wire_copy.IN_A_ROW and a._telling(a.words[longest.a : longest.a + longest.size])
    whole = a.held <= b.held if len(a.words) <= len(b.words) else b.held <= a.held  # one more word may be missing then
    least = max(shorter * wire_copy.OF_SENTENCE, wire_copy.LEAST_OF_SENTENCE - whole)
    most = len(held) >= least and a._telling(held)
    assert a.retold(b) == ((in_a_row or most) and not a._renamed(b))


DAYS = st.sampled_from((None, "2026-02", "2026-02-03", "2026-02-03T16:00", "2026-02-20", "2026-03-01"))
COUNTED = st.builds(
    lambda low, floor, running, moving: Statement(
        quantity=Quantity(text=low, low=low, high=None if floor else low, unit="boats", counts="boats"), measure="lost",
        running=running, moving=moving, kind=Kind.COUNT,
    ),
    st.sampled_from(("40", "43", "60")), st.booleans(), st.booleans(), st.booleans(),
)  # fmt: skip


@given(COUNTED, COUNTED, DAYS, DAYS, st.booleans())
def test_of_two_dates_only_the_order_tells_in_a_comparison_and_whether_one_is_an_hour_of_the_other(
    a: Statement, b: Statement, first: str | None, last: str | None, one_text: bool
) -> None:
    when = containment.order(first, last)
    same_day = ("2021-01-01", "2021-01-01T05") if containment.hour_unsaid(first, last) else (None, None)
    other = {-1: ("2020", "2021"), 0: same_day, 1: ("2021", "2020")}[when]
    as_dated, as_ordered = (
        compare(replace(a, as_of=x), replace(b, as_of=y), one_question=True, one_text=one_text)
        for x, y in ((first, last), other)
    )
    assert as_dated == as_ordered


def test_a_question_is_not_gone_through_pair_by_pair(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> None:
    asked = {"question": "How many ferries were held up?"}
    told = [report(5 * n, attribution=[{"source": f"the office of pier {n}"}], **asked) for n in range(60)]
    claims.file("lines.jsonl", "".join(json.dumps(line) + "\n" for line in told))
    claims("import", "lines.jsonl", "--quiet")
    looked: list[tuple[str, str]] = []
    basis = Traced.basis
    monkeypatch.setattr(Traced, "basis", lambda self, a, b: looked.append((a, b)) or basis(self, a, b))
    on_one_scale: list[tuple[str, str]] = []
    off = Study.off
    monkeypatch.setattr(Study, "off", lambda self, a, b: on_one_scale.append((a, b)) or off(self, a, b))
    claims("question", "show", "Q1")
    assert len(looked) < 60
    assert len(on_one_scale) < 60 * 59 / 2 + 3 * 60  # each two once to find the axis, then each claim beside it


COUNTS = [
    ("list", 50),
    ("show A1", 65),  # its custody sheet is read from the log
    ("show C1", 51),
    ("search ferries", 55),
    ("question show Q1", 105),
    ("todo", 114),
    ("add ferries --article A1 --cite radio --by somebody --no-input", 124),
]
"""Modules of ours that a verb imports at most."""
SLOW = {
    "dataclasses",
    "email",
    "inspect",
    "logging",
    "lxml",
    "platform",
    "pydantic",
    "ssl",
    "typer",
    "typing_extensions",
}
"""Modules of others that none of them imports, for each takes as long as a tenth of `show`."""


@pytest.mark.parametrize(("verb", "most"), COUNTS)
def test_a_verb_imports_what_it_needs(claims: Claims, environment: dict[str, str], verb: str, most: int) -> None:
    claims.file("lines.jsonl", json.dumps(report(1)) + "\n")
    claims("import", "lines.jsonl", "--quiet")
    code = f"""import sys; from cli.main import invoke; invoke({verb.split()!r})
print(sum(m.split('.')[0] in ('cli', 'ledger') for m in sys.modules), *{SLOW} & {{*sys.modules}}, file=sys.stderr)"""
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, cwd=claims.folder, capture_output=True, text=True
    )
    ours, *slow = ran.stderr.split()
    assert not slow
    assert int(ours) <= most


LOADED = """
import sys
from cli.main import invoke
from ledger.store import connection
begun = []
take = connection.Ledger._refuse_altered
connection.Ledger._refuse_altered = lambda ledger: (begun.append({*sys.modules}), take(ledger))
invoke(["add", "at least 40 boats left", "--cite", "radio", "--by", "the mayor", "--no-input"])
print(*sorted({*sys.modules} - begun[-1]), file=sys.stderr)
"""


def test_an_add_loads_nothing_while_others_wait(claims: Claims, environment: dict[str, str]) -> None:
    claims("init")
    ran = subprocess.run(
        [sys.executable, "-c", LOADED], env=environment, cwd=claims.folder, capture_output=True, text=True
    )
    assert ran.stdout.startswith("C1")
    assert [m for m in ran.stderr.split() if m.startswith(("ledger", "cli"))] == []


def test_the_texts_of_claims_that_may_match_are_read_at_once(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def told(n: int) -> str:
        article = {"url": f"https://reed.example/{n}", "text": f"The pilots say that {words(n)}."}
        return json.dumps(report(n, article=article)) + "\n"

    asked: list[str] = []
    rows = store.Ledger.rows
    with store.create(tmp_path / "l.db", actor="desk") as ledger:
        (tmp_path / "l.jsonl").write_text("".join(map(told, range(20))))
        importing.import_files(ledger, importing.ImportFiles(files=(str(tmp_path / "l.jsonl"),)), actor="desk")
        monkeypatch.setattr(
            store.Ledger, "rows", lambda self, sql, *given: asked.append(sql) or rows(self, sql, *given)
        )
        matcher = candidates.Matcher(ledger)
        assert matcher.claims(read.claim(ledger, read.thing(ledger, "C1").uid))
        assert len(matcher._texts) == 20
        assert [sum(table in sql for sql in asked) for table in ("blob", "withheld")] == [1, 1]


def test_the_rules_of_a_file_are_known_without_making_them_again(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = rules.digest(rules.expected())
    assert made == rules.MADE, f"schema.sql makes {made} now"
    with store.create(tmp_path / "l.db", actor="desk") as ledger:
        with monkeypatch.context() as patch:
            patch.delattr(rules, "expected")
            with store.rehearse(ledger, "desk"):
                pass
        monkeypatch.setattr(rules, "MADE", "what another SQLite makes")
        with store.rehearse(ledger, "desk"):
            pass
