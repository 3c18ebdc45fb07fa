"""The law of undo and redo: whatever was done, what is taken back is as it was before, and the log only grows.

In the suite a few long days are tried; `make campaign` tries many more (UNDO_DAYS=500 pytest tests/test_undoing.py).
"""

from __future__ import annotations

import os
from collections.abc import Callable
from typing import Any

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from ledger import audit, capture, store, undoing, verbs
from ledger.errors import ClaimsError
from ledger.evidence import Item
from ledger.store import Ledger, read, resting
from ledger.vocabulary import (
    Checked,
    EvidenceStance,
    FieldOn,
    FieldType,
    Priority,
    Relating,
    Relation,
    Stance,
    State,
    SuggestionState,
)

DAYS = int(os.environ.get("UNDO_DAYS", "3"))
STEPS = 200
LONG = settings(
    max_examples=DAYS, suppress_health_check=list(HealthCheck), deadline=None, phases=(Phase.explicit, Phase.generate)
)
"""A day is too long to be made shorter in reasonable time."""

SENTENCES = (
    "At least {n} boats left the port on Monday, the harbour office said.",
    "The mayor spoke of {n} boats.",
    "More than {n} people were injured, according to the relief fund.",
    "The ferry company denied that {n} cabins were lost.",
)
WORDS = ("harbour", "mayor", "ferry", "relief fund", "port", "cabin")

Deed = Callable[["Day", int, int], object]


class Day:
    """A ledger on which somebody works; things are picked by number among those that stand."""

    def __init__(self, book: Ledger) -> None:
        self.book = book

    def some(self, letter: str, n: int) -> str:
        rows = self.book.rows(
            "SELECT letter, n FROM thing WHERE letter = ? AND retracted = 0 AND merged_into IS NULL ORDER BY n",
            (letter,),
        )
        if not rows:
            raise Nobody
        return f"{letter}{rows[n % len(rows)]['n']}"

    def word(self, n: int) -> str:
        return WORDS[n % len(WORDS)]

    def page(self, n: int) -> capture.Page:
        text = " ".join(sentence.format(n=40 + n) for sentence in SENTENCES)
        return capture.read_bytes(text.encode(), name=f"a{n % 3}.txt", method="file")


class Nobody(Exception):
    """There is nothing of the kind that is needed."""


def save(day: Day, a: int, b: int) -> object:
    request = verbs.Capture(
        page=day.page(a % 9), title=f"Boats {a % 3}", publisher=f"Gazette {b % 2}", published="2031-05-09"
    )
    return verbs.capture(day.book, request)


def add(day: Day, a: int, b: int) -> object:
    article = day.some("A", a)
    page = read.captures(day.book, read.article(day.book, article).uid)[-1]
    text = capture.text_of(day.book, page)
    exact = text.split(". ")[b % 4].rstrip(".")
    question = f"How many of the {day.word(a)}?" if b % 2 else None
    return verbs.add(day.book, verbs.Add(exact=exact, article=article, by=f"the {day.word(b)}", question=question))


def amend(day: Day, a: int, b: int) -> object:
    fields: tuple[tuple[str, dict[str, Any]], ...] = (
        ("C", {"says": f"{a} boats"}), ("C", {"figure": f"about {a} boats"}), ("C", {"by": day.word(a)}),
        ("C", {"stance": list(Stance)[a % 5]}), ("A", {"set": {"title": day.word(a)}}), ("A", {"set": {"byline": None}}),
        ("S", {"set": {"name": f"{day.word(a)} {a}"}}), ("S", {"set": {"name": day.word(a).title()}}),
        ("Q", {"set": {"question": f"What of the {day.word(a)}?"}}), ("Q", {"one_of": "yes,no"}), ("C", {"sure": True}),
    )  # fmt: skip
    letter, changed = fields[b % len(fields)]
    return verbs.amend(day.book, verbs.Amend(id=day.some(letter, a), because="so", **changed))


def retract(day: Day, a: int, b: int) -> object:
    return verbs.retract(day.book, verbs.Retract(id=day.some("ACSQER"[b % 6], a), because="wrong"))


def file(day: Day, a: int, b: int) -> object:
    claims = (day.some("C", a), day.some("C", a + 1))
    return verbs.file(
        day.book, verbs.File(claims=claims, question=day.some("Q", b), out=b % 3 == 0, because=day.word(a))
    )


def judge(day: Day, a: int, b: int) -> object:
    claim, other = day.some("C", a), day.some("C", a + 1)
    match b % 4:
        case 0:
            return verbs.check(
                day.book, verbs.Check(claim=claim, value=list(Checked)[a % 3], because="heard", on=(other,))
            )
        case 1:
            return verbs.rate(day.book, verbs.Rate(about=claim, value=("unproven", "disputed")[a % 2], because="so"))
        case 2:
            wanted = verbs.Answer(question=day.some("Q", a), text=f"{a} boats", low=str(a), because="so", on=(claim,))
            return verbs.answer(day.book, wanted)
        case _:
            return verbs.link(day.book, verbs.Link(a=claim, b=other, relation=list(Relation)[a % 6], because="so"))


def desk(day: Day, a: int, b: int) -> object:
    about = day.some("CQ"[a % 2], b)
    match b % 8:
        case 0:
            return verbs.tag(day.book, verbs.Tag(id=about, tags=(day.word(a), day.word(b)), out=a % 3 == 0))
        case 1:
            states = [s for s in State if s is not State.PUBLISHED]
            return verbs.assign(day.book, verbs.Assign(id=about, state=states[a % len(states)], due="2031-06-01"))
        case 2:
            return verbs.assign(day.book, verbs.Assign(id=about, priority=list(Priority)[a % 3], assignee="none"))
        case 3:
            return verbs.note(day.book, verbs.Note(id=about, text=f"why {day.word(a)}?"))
        case 4:
            return verbs.note(day.book, verbs.Note(id=about, text="because", settles=True))
        case 5:
            return verbs.ask(day.book, verbs.Ask(source=day.some("S", a), about=about, channel="email"))
        case 6:
            return verbs.reply(day.book, verbs.Reply(request=day.some("R", a), text=day.word(b)))
        case _:
            return verbs.note_search(day.book, verbs.NoteSearch(about=about, sought=day.word(a), where=("port",)))


def gather(day: Day, a: int, b: int) -> object:
    about = day.some("CQ"[a % 2], b)
    match b % 4:
        case 0:
            item = Item(url=f"https://port.example/{a}")
            wanted = verbs.AddEvidence(target=about, item=item, shows=day.word(a), stance=list(EvidenceStance)[a % 3])
            return verbs.add_evidence(day.book, wanted)
        case 1:
            return verbs.sign_off(day.book, verbs.SignOff(id=about))
        case 2:
            return verbs.require_signoffs(day.book, verbs.RequireSignoffs(people=a % 4))
        case _:
            return verbs.translate(day.book, verbs.Translate(claim=day.some("C", a), text=day.word(b), machine="mt"))


def who(day: Day, a: int, b: int) -> object:
    one, other = day.some("S", a), day.some("S", b)
    match b % 6:
        case 0:
            return verbs.merge_sources(day.book, verbs.MergeSources(source=one, into=other))
        case 1:
            return verbs.add_alias(day.book, verbs.AddAlias(source=one, name=f"{day.word(a)} {b}"))
        case 2:
            return verbs.relate(
                day.book, verbs.Relate(source=one, relation=list(Relating)[a % 6], other=other, because="x")
            )
        case 3:
            return verbs.take_side(day.book, verbs.TakeSide(source=one, side=day.word(a)))
        case 4:
            return verbs.merge_questions(
                day.book, verbs.MergeQuestions(question=day.some("Q", a), into=day.some("Q", b))
            )
        case _:
            return verbs.count_as(day.book, verbs.CountAs(source=one, how=day.word(a)))


def split(day: Day, a: int, _b: int) -> object:
    merged = [
        row["letter"] + str(row["n"]) for row in day.book.rows("SELECT * FROM thing WHERE merged_into IS NOT NULL")
    ]
    if not merged:
        raise Nobody
    return verbs.split(day.book, verbs.Split(id=merged[a % len(merged)]))


def suggest(day: Day, a: int, b: int) -> object:
    match b % 3:
        case 0:
            return verbs.propose_aliases(day.book, verbs.ProposeAliases())
        case 1:
            return verbs.xref(day.book, verbs.Xref(what=day.some("C", a), limit=3))
        case _:
            states = (SuggestionState.ACCEPTED, SuggestionState.REJECTED, SuggestionState.SNOOZE)
            wanted = verbs.Settle(suggestions=(day.some("M", a),), state=states[a % 3], until="2031-06-01")
            return verbs.settle(day.book, wanted)


def own(day: Day, a: int, b: int) -> object:
    names = [row["name"] for row in day.book.rows("SELECT name FROM field_view ORDER BY seq")]
    one = names[a % len(names)] if names else "mood"
    on = list(FieldOn)[a % 4]
    match b % 8:
        case 0:
            wanted = verbs.AddField(name=f"my {day.word(a)} {a % 3}", on=on, type=list(FieldType)[a % 4])
            return verbs.add_field(day.book, wanted)
        case 1:
            kept = verbs.AmendField(field=one, type=list(FieldType)[a % 4], public=a % 2 == 0)
            return verbs.amend_field(day.book, kept)
        case 2:
            return verbs.amend_field(day.book, verbs.AmendField(field=one, name=f"my {day.word(b)} {a % 3}"))
        case 3:
            return verbs.retract_field(day.book, verbs.RetractField(field=one, because="so", with_values=a % 3 == 0))
        case 4:
            template = verbs.AddTemplate(name=day.word(a), tags=(day.word(b),), fields=tuple(names[:1]))
            return verbs.add_template(day.book, template)
        case 5:
            return verbs.retract_template(day.book, verbs.RetractTemplate(template=day.word(a), because="so"))
        case _:
            about = day.some("CASQ"[a % 4], b)
            return verbs.amend(day.book, verbs.Amend(id=about, fields={one: ("7", "yes", "2031-05", "old", "")[b % 5]}))


DEEDS: tuple[Deed, ...] = (
    own,
    own,
    save,
    add,
    add,
    amend,
    amend,
    retract,
    file,
    judge,
    judge,
    desk,
    desk,
    gather,
    who,
    split,
    suggest,
)
MOVES = st.tuples(st.integers(0, len(DEEDS) + 9), st.integers(0, 23), st.integers(0, 23))
"""Beyond the deeds: six in ten are an undo, the rest a redo."""


BESIDE = {"node", "thing", "undone"}
OF_THING = {
    "alias": "source", "hop": "claim", "quantity": "claim", "time_span": "claim", "filing": "claim", "tag": "about",
    "field_value": "about", "work": "about", "settling": None, "rests_on": None,
}  # fmt: skip
NEW_EACH_TIME = {"seq", "at", "judged_at", "judged_by"}
"""What an entry that restores a state has of its own."""


def state(book: Ledger) -> dict[str, list[tuple[Any, ...]]]:
    """All that stands, table by table."""
    things = book.rows("SELECT uid, merged_into FROM thing WHERE retracted = 0")
    standing = {row["uid"] for row in things}
    found = {"thing": sorted((row["uid"], row["merged_into"] or "") for row in things)}
    for table in set(store.derive.DERIVED) - BESIDE:
        rows = [dict(row) for row in book.rows(f"SELECT * FROM {table}")]
        kept = [row for row in rows if _stands(book, table, row, standing)]
        rows = [{k: v for k, v in row.items() if k not in NEW_EACH_TIME} for row in kept]
        found[table] = sorted((tuple(row.items()) for row in rows), key=repr)
    return found


def _stands(book: Ledger, table: str, row: dict[str, Any], standing: set[str]) -> bool:
    if row.get("retracted"):
        return False
    if table == "work":
        return row["about"] in standing and tuple(row.values())[1:] != ("new", "normal", None, None, None)
    if table == "settling":
        return not resting.is_retracted(book, row["note"])
    if table == "rests_on":
        return not resting.is_retracted(book, row["judgement"])
    if table == "filing":
        return {row["claim"], row["question"]} <= standing
    owner = OF_THING.get(table) or ("uid" if "uid" in row else None)
    uid = row[owner] if owner else None
    is_thing = uid is not None and book.one("SELECT 1 FROM thing WHERE uid = ?", (uid,)) is not None
    return not is_thing or uid in standing


def differing(now: dict[str, list[Any]], was: dict[str, list[Any]]) -> dict[str, list[Any]]:
    """The rows that only one of two states has, by table."""
    return {t: [r for r in now[t] + was[t] if (r in now[t]) != (r in was[t])] for t in now if now[t] != was[t]}


def morning(book: Ledger) -> Day:
    """A day that has begun: articles, claims, a question."""
    day = Day(book)
    if book.engine.in_file:
        book.db.execute("PRAGMA synchronous = OFF")  # thousands of transactions, and nobody pulls the plug
    for n in range(3):
        save(day, n, n)
        add(day, n, n)
    return day


def is_undo(move: int) -> bool:
    return len(DEEDS) <= move < len(DEEDS) + 6


def run(book: Ledger, moves: list[tuple[int, int, int]]) -> None:
    """Does what the moves say and holds every undo and redo against the state that it goes back to."""
    day = morning(book)
    before: list[Any] = [None] * len(list(undoing.steps(book, "ann")))
    after: list[Any] = []
    for move, a, b in moves:
        was, size = state(book), store.head(book)
        try:
            if is_undo(move):
                verbs.undo(book, verbs.Undo())
                assert differing(state(book), before.pop() or state(book)) == {}
                after.append(was)
            elif move >= len(DEEDS):
                verbs.redo(book, verbs.Redo())
                assert differing(state(book), after.pop()) == {}
                before.append(was)
            elif DEEDS[move](day, a, b) and store.head(book) > size:
                before.append(was)
                after.clear()
        except (ClaimsError, Nobody):
            assert differing(state(book), was) == {}
        assert store.head(book) >= size


@LONG
@given(moves=st.lists(MOVES, min_size=STEPS, max_size=STEPS))
def test_after_an_undo_all_is_as_it_was_before(tmp_path_factory: pytest.TempPathFactory, moves: Any) -> None:
    with store.create(tmp_path_factory.mktemp("day") / "l.db", actor="ann") as book:
        book.actor = "ann"
        run(book, moves)
        found = audit.verify(book)
        assert found.ok, found.problems


def of_others(book: Ledger, me: str) -> set[str]:
    """What others logged and nobody took back: entries whose fact stands in a row of its own, about what stands."""
    rows = book.rows("SELECT uid, about FROM entry WHERE actor <> ? AND kind NOT IN ('retract', 'restore')", (me,))
    gone = {row["uid"] for row in rows if any(resting.is_retracted(book, uid) for uid in (row["uid"], row["about"]))}
    turned = {uid for row in book.rows("SELECT entry, by_entry FROM undone") for uid in (row["entry"], row["by_entry"])}
    return {row["uid"] for row in rows} - gone - turned


@LONG
@given(moves=st.lists(st.tuples(MOVES, st.booleans()), min_size=STEPS // 2, max_size=STEPS // 2))
def test_of_two_people_each_takes_back_only_their_own(tmp_path_factory: pytest.TempPathFactory, moves: Any) -> None:
    with store.create(tmp_path_factory.mktemp("two") / "l.db", actor="ann") as book:
        book.actor = "ann"
        day = morning(book)
        for (move, a, b), bob in moves:
            book.actor = "bob" if bob else "ann"
            theirs = of_others(book, book.actor)
            try:
                if is_undo(move):
                    verbs.undo(book, verbs.Undo())
                    assert theirs <= of_others(book, book.actor)
                else:
                    DEEDS[move](day, a, b) if move < len(DEEDS) else verbs.redo(book, verbs.Redo())
            except (ClaimsError, Nobody):
                continue
        found = audit.verify(book)
        assert found.ok, found.problems
