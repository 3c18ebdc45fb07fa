"""The card at a terminal: a fragment grows to its clause and is logged with two keys; driven through a real terminal."""

from __future__ import annotations

import contextlib
import json
import os
import pty
import re
import select
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from conftest import Claims, begins
from warm import warm

TEXT = """\
Marsh Relief counts the damage. The lower town lost at least 300 houses in the flood, said Marsh Relief, a charity.

According to the water ministry, its engineers opened more than 12 sluices from Friday to Sunday, sparing 158 farms.

A farmer said the water rose twice. A miller said the water rose twice.
"""


LOADED = ("import:cli.card", "import:cli.commands", "demo .", "add 'Government troops walked' --article A1 --no-input")
"""What a process has done before it begins the commands of these tests."""


class Terminal:
    """A command at a terminal of its own: what it shows, what is typed."""

    def __init__(self, env: dict[str, str], folder: Path, *args: str) -> None:
        self.seen = ""
        self.raw = b""
        self.typed = 0
        self.master, slave = pty.openpty()
        self.process = subprocess.Popen(
            [*warm(*LOADED), *args], env=env | {"TERM": "xterm", "COLUMNS": "100", "LINES": "40"},
            cwd=folder, stdin=slave, stdout=slave, stderr=slave, start_new_session=True,
        )  # fmt: skip
        os.close(slave)

    def wait_for(self, text: str) -> str:
        """What was shown since the last wait, up to and with the text."""
        return self._read(lambda: text in self.seen, text)

    def type(self, keys: str) -> None:
        self.typed += len(keys)
        os.write(self.master, keys.encode())

    def interrupt(self) -> None:
        """Ctrl-C, and again where it came in the moment before the prompt waits, in which Python's input() misses it."""
        for _ in range(8):
            self.type("\x03")
            with contextlib.suppress(subprocess.TimeoutExpired):
                self.process.wait(2)
                return

    def end(self) -> tuple[int, str]:
        """The exit code and what was still shown."""
        shown = self._read(lambda: False, None)
        return self.process.wait(20), shown

    def _read(self, done: Callable[[], bool], wanted: str | None) -> str:
        until = time.monotonic() + 20
        while not done():
            assert time.monotonic() < until, f"never showed {wanted!r}:\n{self.seen}"
            ready, _, _ = select.select([self.master], [], [], 0.2)
            if not ready:
                continue
            try:
                data = os.read(self.master, 65536)
            except OSError:  # the other side has gone
                data = b""
            if not data:
                assert wanted is None, f"ended before it showed {wanted!r}:\n{self.seen}"
                break
            self.raw += data
            self.seen += re.sub(r"\x1b\[[0-9;?]*[A-Za-z]", "", data.decode(errors="replace")).replace("\r", "")
        at = len(self.seen) if wanted is None else self.seen.index(wanted) + len(wanted)
        shown, self.seen = self.seen[:at], self.seen[at:]
        return shown

    def close(self) -> None:
        if self.process.poll() is None:
            self.process.kill()
            self.process.wait()
        os.close(self.master)


Start = Callable[..., Terminal]


@begins
def flood(claims: Claims) -> Claims:
    claims.file("flood.txt", TEXT)
    claims("capture", "flood.txt", "--title", "Flood", "--publisher", "Example Daily", "--published", "2024-05-12")
    return claims


@pytest.fixture
def terminal(flood: Claims, environment: dict[str, str]) -> Iterator[Start]:
    """Starts a command at a terminal; it is closed at the end."""
    opened: list[Terminal] = []

    def start(*args: str, **env: str) -> Terminal:
        opened.append(Terminal(environment | env, flood.folder, *args))
        return opened[-1]

    yield start
    for one in opened:
        one.close()


PROMPT = "q drops it:"


def test_a_fragment_is_enough_and_two_keys_log_it(flood: Claims, terminal: Start) -> None:
    t = terminal("add", "at least 300")
    card = t.wait_for(PROMPT)
    assert "“The lower town lost at least 300 houses in the flood”" in card
    assert re.search(r"according to +Marsh Relief \(said\)", card)
    assert re.search(r"figure +at least 300 houses", card)
    t.type("\n")
    code, shown = t.end()
    assert code == 0
    assert "C1" in shown
    claim = flood("show", "C1", "--json").json
    assert claim["exact"] == "The lower town lost at least 300 houses in the flood"
    assert [(h["source"], h["cue"], h["text"]) for h in claim["attribution"]] == [
        ("Marsh Relief", "said", "Marsh Relief")
    ]
    assert len('claims add "at least 300"\n') + t.typed < 60


def test_the_other_figures_of_the_sentence_are_offered(flood: Claims, terminal: Start) -> None:
    t = terminal("add", "more than 12")
    t.wait_for(PROMPT)
    t.type("\n")
    assert "158 farms" in t.wait_for("Enter: none):")
    t.type("1\n")
    assert t.end()[0] == 0
    logged = flood("list", "--json").lines
    assert [c["quantities"][0]["low"] for c in logged] == ["12", "158"]
    assert {c["attribution"][0]["source"] for c in logged} == {"the water ministry"}


def test_q_drops_it_and_nothing_is_logged(flood: Claims, terminal: Start) -> None:
    before = flood("log", "--json").out
    t = terminal("add", "at least 300")
    t.wait_for(PROMPT)
    t.type("q\n")
    code, shown = t.end()
    assert (code, "nothing was logged" in shown) == (0, True)
    assert flood("log", "--json").out == before


def test_control_c_at_the_card_logs_nothing_and_after_it_keeps_what_was_accepted(
    flood: Claims, terminal: Start
) -> None:
    t = terminal("add", "more than 12")
    t.wait_for(PROMPT)
    t.interrupt()
    code, shown = t.end()
    assert (code, "interrupted" in shown) == (130, True)
    assert flood("list", "--json").out == ""
    t = terminal("add", "more than 12")
    t.wait_for(PROMPT)
    t.type("\n")
    t.wait_for("Enter: none):")
    t.interrupt()
    code, shown = t.end()
    assert (code, "nothing was logged but what you had accepted" in shown) == (130, True)
    assert len(flood("list", "--json").lines) == 1


def test_e_changes_fields_by_number_and_a_mistake_there_loses_nothing(flood: Claims, terminal: Start) -> None:
    t = terminal("add", "at least 300")
    t.wait_for(PROMPT)
    t.type("e\n")
    assert "at least 300" in t.wait_for("which field?")
    for field, typed in (
        ("7", "The flood destroyed 300 houses or more"),
        ("6", "shouts"),
        ("2", "-"),
        ("4", "Marsh Relief"),
    ):
        t.type(f"{field}\n")
        t.wait_for("takes it away")
        t.type(f"{typed}\n")
        t.wait_for("which field?")
    t.type("77\n")
    assert "there is no field 77" in t.wait_for("which field?")
    t.type("\n")
    assert "The flood destroyed 300 houses or more" in t.wait_for(PROMPT)
    t.type("\n")
    assert t.end()[0] == 0
    claim = flood("show", "C1", "--json").json
    assert (claim["says"], claim["stance"]) == ("The flood destroyed 300 houses or more", "asserts")
    assert [h["source"] for h in claim["attribution"]] == ["Marsh Relief"]


def test_a_key_that_is_none_is_asked_again_and_logs_nothing(flood: Claims, terminal: Start) -> None:
    t = terminal("add", "at least 300")
    t.wait_for(PROMPT)
    for key in ("x", "?", "no", "y"):
        t.type(f"{key}\n")
        assert f"{key!r} is no key here" in t.wait_for(PROMPT)
    t.type("r\n")
    assert "nothing was logged" in t.end()[1]
    assert flood("list", "--json").out == ""


def test_the_card_asks_for_the_fields_of_a_template(flood: Claims, terminal: Start) -> None:
    flood("field", "add", "depth in metres", "--type", "number")
    flood("template", "add", "water", "--field", "depth in metres", "--tag", "water")
    t = terminal("add", "at least 300", "--template", "water")
    t.wait_for(PROMPT)
    t.type("\n")
    t.wait_for("Enter: not known)")
    t.type("deep\n")
    t.wait_for("not a number")
    t.wait_for("Enter: not known)")
    t.type("2.50\n")
    assert t.end()[0] == 0
    shown = flood("show", "C1", "--json").json
    assert (shown["fields"], shown["tags"]) == ({"depth in metres": "2.5"}, ["water"])


# --- triage -------------------------------------------------------------------------------------------------------

ASKED = "? help"


def test_a_triage_has_a_screen_of_its_own_and_a_key_each(flood: Claims, terminal: Start) -> None:
    t = terminal("triage")
    assert re.search(r"according to +Marsh Relief", t.wait_for(ASKED))
    t.type("r")
    shown = t.wait_for(ASKED)
    assert re.search(r"figure +▸1 at least 300 houses", shown)
    assert "question     new: Houses lost" in shown
    for key in ("x", "\x1b[A", "\x1bOP", "é", "\x7f"):
        t.type(key)
        t.wait_for("is no key here; nothing was done")
        t.wait_for(ASKED)
    t.type("\r")
    assert "logged C1, filed under Q1" in t.wait_for(ASKED)
    t.type("2fn")
    t.wait_for("its words: ")
    t.type("\x15Farms that were spared\r")
    t.wait_for("new: Farms that were spared")
    t.type("a")
    t.wait_for("logged C2, filed under Q2")
    t.type("u")
    t.wait_for("taken back")
    t.wait_for(ASKED)
    t.type("q")
    code, shown = t.end()
    assert (code, "1 accepted, 1 rejected, 3 left" in shown) == (0, True)
    assert t.raw.index(b"\x1b[?1049h") < t.raw.index(b"\x1b[?1049l")
    assert [c["id"] for c in flood("list", "--json").lines] == ["C1"]


def test_control_c_ends_a_triage_and_gives_the_terminal_back(flood: Claims, terminal: Start) -> None:
    t = terminal("triage")
    t.wait_for(ASKED)
    t.type("a")
    t.wait_for("not sure: who says it")
    t.type("a")
    t.wait_for("logged C1")
    t.interrupt()
    code, shown = t.end()
    assert (code, "1 accepted" in shown, "nothing was logged but what you had accepted" in shown) == (130, True, True)
    assert t.raw.rindex(b"\x1b[?1049l") > t.raw.rindex(b"\x1b[?1049h")


@pytest.mark.parametrize("args", [("triage",), ("triage", "--plain")])
def test_nothing_of_a_hostile_passage_reaches_the_terminal_raw(
    claims: Claims, environment: dict[str, str], args: tuple[str, ...]
) -> None:
    bad = "\x1b]0;owned\x07\x1b[31mred\x9b2J\u202eflow\u2066\ufdd3"
    claims.file("a.txt", f"The {bad} town lost 40 boats, said Marsh{bad} Relief.\n")
    claims(
        "capture", "a.txt", "--title", f"T{bad}", "--publisher", f"P{bad}", "--published", "2024-05-12", "--no-input"
    )
    t = Terminal(environment | {"NO_COLOR": ""}, claims.folder, *args)
    try:
        t.wait_for(ASKED)
        t.type("q\n")
        t.end()
    finally:
        t.close()
    seen = t.raw.decode()
    assert "40 boats" in re.sub(r"\x1b\[[0-9;]*m", "", seen)
    assert not {"\x07", "\x9b", "\u202e", "\u2066", "\ufdd3"} & set(seen)
    assert set(re.findall(r"\x1b.{2,8}?[a-zA-Z]", seen)) <= {
        "\x1b[?1049h", "\x1b[?1049l", "\x1b[?25l", "\x1b[?25h", "\x1b[H\x1b[2J", "\x1b[1m", "\x1b[2m", "\x1b[0m", "\x1b[33m",
        "\x1b[1;32m", "\x1b[1;36m",
    }  # fmt: skip


def test_words_that_stand_twice_are_asked_for(flood: Claims, terminal: Start) -> None:
    t = terminal("add", "the water rose twice")
    asked = t.wait_for("[1]:")
    assert asked.index("farmer") < asked.index("miller")
    t.type("2\n")
    assert "miller" in t.wait_for(PROMPT)
    t.type("\n")
    assert t.end()[0] == 0
    claim = flood("show", "C1", "--json").json
    assert claim["start"] == TEXT.rindex("the water rose twice")


def test_what_a_page_does_not_say_is_asked_once_and_unknown_is_an_answer(flood: Claims, terminal: Start) -> None:
    flood.file("plain.txt", "The mayor said 40 boats left.\n")
    t = terminal("capture", "plain.txt")
    t.wait_for("Title")
    t.type("Boats\n")
    t.wait_for("Publisher")
    t.type("\n")
    t.wait_for("Published")
    t.type("2024-05-13\n")
    code, shown = t.end()
    assert (code, "saved A2" in shown) == (0, True)
    article = json.loads(flood("show", "A2", "--json").out)
    assert (article["title"], article["publisher"], article["published_at"]) == ("Boats", None, "2024-05-13")


def test_of_many_files_only_what_is_not_known_is_asked_and_a_wrong_answer_is_asked_again(
    flood: Claims, terminal: Start
) -> None:
    (flood.folder / "day").mkdir()
    flood.file("day/01-exampledaily.txt", "Dam breaks\n2 May 2021\n\nForty boats left.\n")
    flood.file("day/02-echo.txt", "Houses lost\n\nForty houses were lost.\n")
    t = terminal("capture", "day")
    t.wait_for("Publisher (Enter: Example Daily, as its name says; - unknown):")
    t.type("\n")
    t.wait_for("saved A2  Dam breaks (Example Daily, 2021-05-02)")
    t.wait_for("Publisher (Enter: echo, as its name says; - unknown):")
    t.type("Coast Echo\n")
    for answer in ("soon", "yesterday", "31/31/2021"):
        t.wait_for("Published")
        t.type(f"{answer}\n")
        t.wait_for("not a time")
    t.wait_for("Published")
    t.type("3/4/2021\n")
    asked = t.wait_for("a number:")
    assert asked.index("1  3 April 2021") < asked.index("2  4 March 2021")
    t.type("2\n")
    code, shown = t.end()
    assert (code, "saved A3  Houses lost (Coast Echo, 2021-03-04)" in shown, "2 of 2 saved" in shown) == (0, True, True)


def test_a_hostile_file_name_reaches_no_prompt_raw(flood: Claims, terminal: Start) -> None:
    flood.file("01-\x1b[31mred\u202e.txt", "Dam breaks\x1b[31m\n2 May 2021\n\nForty boats left.\n")
    t = terminal("capture", "01-\x1b[31mred\u202e.txt")
    asked = t.wait_for("- unknown):")
    assert "red\\u202e, as its name says" in asked
    t.type("\n")
    assert "saved A2" in t.end()[1]
    assert b"\x1b[31m" not in t.raw
    assert "\u202e" not in t.raw.decode()


DOUBTFUL = "They said that 40 boats left the port on 3/4/2024, after a night of storm and of rain without any end.\n"


@pytest.mark.parametrize(
    ("keys", "left"), [("\n\n", ["attribution", "times"]), ("y\ny\n", []), ("n\ny\n", ["attribution"])]
)
def test_what_is_not_sure_is_asked_about_and_enter_leaves_it_so(
    claims: Claims, environment: dict[str, str], keys: str, left: list[str]
) -> None:
    claims.file("a.txt", DOUBTFUL)
    claims("capture", "a.txt", "--title", "Boats", "--publisher", "Example Daily", "--published", "2024-05-12")
    t = Terminal(environment, claims.folder, "add", "40 boats")
    try:
        card = t.wait_for(PROMPT)
        assert "to check" in card
        t.type("\n")
        t.wait_for("who says it (whom the pronoun stands for). Did you check it, and is it right?")
        t.type(keys[: keys.index("\n") + 1])
        t.wait_for("the other way round). Did you check it, and is it right?")
        t.type(keys[keys.index("\n") + 1 :])
        assert t.end()[0] == 0
    finally:
        t.close()
    claim = claims("show", "C1", "--json").json
    assert [u["field"] for u in claim["unsure"]] == left
    assert all(time["sure"] for time in claim["times"]) == ("times" not in left)
