"""The command line itself: bad input in one line with the documented exit code, no slow imports, pipes, interrupts."""

from __future__ import annotations

import fcntl
import json
import os
import pty
import shutil
import signal
import sqlite3
import struct
import subprocess
import sys
import tempfile
import termios
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import invented
import pytest
from conftest import Claims, begins

from cli import render
from cli.table import VERBS
from ledger import errors

TEXT = "The harbour office said at least 40 boats left Marsala on Monday.\n"


@begins
def harbour(claims: Claims) -> Claims:
    """A ledger with one article and one claim."""
    claims.file("article.txt", TEXT)
    claims("capture", "article.txt", "--publisher", "Example Daily", "--published", "2026-03-02")
    claims("add", "at least 40 boats left Marsala", "--article", "A1", "--by", "harbour office", "--no-input")
    return claims


def one_line(err: str) -> None:
    """One line that says what is wrong, and at most one indented line that says how to mend it."""
    lines = [line for line in err.splitlines() if line]
    assert 1 <= len(lines) <= 2, err
    assert lines[0].startswith("claims: ")
    assert all(line.startswith("  ") for line in lines[1:]), err


# --- what is given ------------------------------------------------------------------------------------------------

BAD_FILES: dict[str, bytes] = {
    "empty.txt": b"",
    "blank.txt": b" \n\t\n",
    "picture.jpg": b"\xff\xd8\xff\xe0\x00\x10JFIF\x00" + bytes(range(256)) * 8,
    "program.txt": b"\x7fELF\x02\x01\x01" + bytes(400),
}


@pytest.mark.parametrize("name", BAD_FILES)
@pytest.mark.file
def test_files_that_are_no_articles_are_refused(claims: Claims, name: str) -> None:
    claims.file(name, BAD_FILES[name])
    ran = claims("capture", name, code=2)
    one_line(ran.err)
    assert name in ran.err
    assert ran.out == ""


@pytest.mark.file
def test_a_file_that_is_not_there_is_named_with_one_that_is_like_it(claims: Claims) -> None:
    claims.file("article.txt", TEXT)
    ran = claims("capture", "artcle.txt", code=3)
    one_line(ran.err)
    assert "artcle.txt" in ran.err
    assert "article.txt" in ran.err


HEADED = {
    "01-courier.txt": ("Dam of Vell breaks\nFriday, 2 May 2031\n\nAt least 300 houses were lost.\n", "Dam of Vell breaks",
                       "2031-05-02"),
    "02-echo.md": ("Title: Houses lost\nOutlet: Coast Echo\nPublished: 3 May 2031\nLink: https://echo.example/1\n\nA dam "
                   "broke.\n", "Houses lost", "2031-05-03"),
    "03-post.txt": ("Updated: May 04, 2031 15:50\nMayor speaks\nThe mayor thanked the crews.\n", "Mayor speaks", "2031-05-04"),
    "04-gazette.txt": ("A dam broke. At least 300 houses were lost on 2 May 2031.\n", None, None),
    "05-herald.txt": ("Sluices opened\n3/4/2031\nEngineers opened three sluices.\n", "Sluices opened", None),
    "06-bulletin.txt": ("2031\n\nFour boats left.\n", None, None),
}  # fmt: skip


def test_a_folder_is_captured_with_what_the_texts_say_of_themselves(claims: Claims) -> None:
    (claims.folder / "day").mkdir()
    for name, (text, *_) in HEADED.items():
        claims.file(f"day/{name}", text)
    claims.file("day/picture.png", b"\x89PNG")
    ran = claims("capture", "day")
    articles = claims("list", "articles", "--json").lines
    assert [(a["title"], a["published_at"]) for a in articles] == [tuple(h[1:]) for h in HEADED.values()]
    assert [a["publisher"] for a in articles] == [None, "Coast Echo", None, None, None, None]
    assert articles[1]["url"] == "https://echo.example/1"
    assert ran.out.splitlines()[0] == "saved A1  Dam of Vell breaks (2031-05-02); publisher not known"
    assert ran.out.splitlines()[3] == "saved A4  04-gazette.txt; publisher and day not known"
    assert "6 of 6 saved" in ran.err
    assert claims("capture", "day").out.count("known already") == 6


def test_one_that_cannot_be_saved_does_not_stop_the_others_and_the_exit_code_says_so(claims: Claims) -> None:
    claims.file("a.txt", "Forty boats left.\n")
    claims.file("empty.txt", "")
    claims.file("b.txt", "Fifty boats left.\n")
    claims.file("list.txt", "# of today\n\na.txt\nempty.txt\nnowhere.txt\nb.txt\na.txt\n")
    ran = claims("capture", "@list.txt", "--publisher", "Example Daily", "--published", "2 May 2031", code=3)
    assert [line.split()[:2] for line in ran.out.splitlines()] == [["saved", "A1"], ["saved", "A2"]]
    assert "empty.txt: empty.txt is empty" in ran.err
    assert "nowhere.txt: no such file" in ran.err
    assert {a["published_at"] for a in claims("list", "articles", "--json").lines} == {"2031-05-02"}
    assert claims("capture", "@-", "--publisher", "Other", stdin="a.txt\nb.txt\n").out.count("saved A") == 2


@pytest.mark.parametrize(
    ("args", "code", "said"),
    [
        (("capture", "empty"), 3, "no article there"),
        (("capture", "@nothing.txt"), 3, "no such list"),
        (("capture", "a.txt", "b.txt", "--title", "One"), 2, "those of one article"),
        (("capture", "a.txt", "--published", "3/4/2031"), 2, "may be 2031-04-03 or 2031-03-04"),
        (("capture", "a.txt", "--published", "soon"), 2, "not a time"),
        (("capture", "a.txt", "--published", "2 May 2031 and 3 May 2031"), 2, "not a time"),
    ],
)
def test_a_capture_that_cannot_be_meant_saves_nothing(
    claims: Claims, args: tuple[str, ...], code: int, said: str
) -> None:
    (claims.folder / "empty").mkdir()
    claims.file("a.txt", "Forty boats left.\n")
    claims.file("b.txt", "Fifty boats left.\n")
    assert said in claims(*args, code=code).err
    assert not claims.ledger.exists()


@pytest.mark.parametrize(
    ("typed", "kept"),
    [
        ("27 March 2031", "2031-03-27"), ("March 27, 2031", "2031-03-27"), ("27/3/2031", "2031-03-27"),
        ("27.3.2031", "2031-03-27"), ("Thursday 27 Mar 2031", "2031-03-27"), ("2031-03-27", "2031-03-27"),
        ("March 2031", "2031-03"), ("2031", "2031"),
    ],
)  # fmt: skip
def test_a_day_is_taken_as_people_type_it(claims: Claims, typed: str, kept: str) -> None:
    claims.file("a.txt", "Forty boats left.\n")
    claims("capture", "a.txt", "--published", typed)
    assert claims("show", "A1", "--json").json["published_at"] == kept


@pytest.mark.file
def test_a_file_of_200_megabytes_is_refused_unread(claims: Claims) -> None:
    with claims.file("huge.txt", b"").open("r+b") as f:
        f.truncate(200 * 1024 * 1024)
    began = time.perf_counter()
    ran = claims("capture", "huge.txt", code=2)
    assert time.perf_counter() - began < 2
    one_line(ran.err)
    assert "200" in ran.err


@pytest.mark.parametrize(
    ("encoding", "word"), [("windows-1252", "Müller"), ("utf-16", "Müller"), ("windows-1251", "Площадь")]
)
def test_another_encoding_is_found_out_and_said(claims: Claims, encoding: str, word: str) -> None:
    sentences = {
        "Müller": "Der Bürgermeister Müller sagte am Montag, daß mindestens 40 Boote den großen Hafen verließen.\n",
        "Площадь": "Площадь заполнили не менее сорока человек, сообщили в понедельник городские власти.\n",
    }
    claims.file("article.txt", (sentences[word] * 4).encode(encoding))
    ran = claims("capture", "article.txt")
    assert "encoding" in ran.err or encoding == "utf-16"
    assert word in claims("open", "A1").out


def test_quotes_reach_into_a_text_of_every_script(claims: Claims) -> None:
    text = "قال المرصد إن 40 قاربا غادرت.\n港務局は40隻が出港したと述べた。\n👩‍🚒 said 40 boats left.\n"
    claims.file("article.txt", text)
    claims("capture", "article.txt")
    for quote in ("غادرت", "40隻が出港した", "👩‍🚒 said 40"):
        claim = claims("add", quote, "--article", "A1", "--no-input", "--json").json
        assert text[claim["start"] : claim["end"]] == quote


UNKNOWN: list[tuple[list[str], int, str]] = [
    (["show", "C9"], 3, "C1"),
    (["show", "X1"], 2, ""),
    (["show", "A9"], 3, "A1"),
    (["question", "show", "Q7"], 3, ""),
    (["amend", "C9", "--says", "x"], 3, "C1"),
    (["retract", "C9", "--because", "x"], 3, "C1"),
    (["add", "40", "--article", "A9", "--no-input"], 3, "A1"),
    (["add", "40", "--no-input"], 2, "--article"),
    (["shwo", "C1"], 2, "show"),
    (["list", "clams"], 2, "claims"),
    (["list", "--stat", "new"], 2, "--state"),
    (["rate", "C1", "suported", "--because", "x"], 2, "supported"),
    (["rate", "C1", "supported"], 2, "--because"),
    (["rate", "C1", "supported", "--scale", "hause", "--because", "x"], 3, "house"),
    (["check", "C1", "maybe"], 2, "unclear"),
    (["link", "C1", "C1", "--as", "supports", "--because", "x"], 2, ""),
    (["source", "show", "nobody at all"], 2, "source list"),
    (["add", "40", "--article", "A1", "--when", "yesterday-ish", "--no-input"], 2, ""),
    (["add", "40", "--article", "A1", "--figure", "many", "--no-input"], 2, "--figure"),
    (["add", "40", "--article", "A1", "--read-as", "sailed", "--no-input"], 1, "--because"),
    (["add", "40", "--article", "A1", "--via", "Radio", "--no-input"], 2, "--by"),
    (["import", "nothing.jsonl"], 3, "nothing.jsonl"),
    (["prove", "C1", "--key", "nokey"], 3, ""),
    (["verify", "--against", "nothing.checkpoint"], 3, "nothing.checkpoint"),
    (["init"], 1, ""),
]


@pytest.mark.parametrize(("args", "code", "hint"), UNKNOWN, ids=lambda v: " ".join(v) if isinstance(v, list) else "")
def test_a_mistake_is_told_in_a_line_with_the_way_to_mend_it(
    harbour: Claims, args: list[str], code: int, hint: str
) -> None:
    before = harbour("log", "--json").out
    ran = harbour(*args, code=code)
    one_line(ran.err)
    assert hint in ran.err
    assert ran.out == ""
    assert harbour("log", "--json").out == before


STDIN: list[tuple[bytes, str]] = [
    (b"", "JSON"),
    (b"[1, 2]", "JSON object"),
    (b'{"exact": "40", "articel": "A1"}', "articel"),
    (b'{"exact": 40, "article": "A1"}', "exact"),
    (b'{"exact": "40", "article": "A1", "via": "Radio"}', "via"),
    (b'{"exact": "40", "exact": "41"}', "exact"),
    (b"\xff\xfe", ""),
    (b"[" * 100_000, ""),
]


@pytest.mark.parametrize(("given", "hint"), STDIN, ids=[str(g[:20]) for g, _ in STDIN])
def test_broken_json_on_standard_input_is_told_in_a_line(harbour: Claims, given: bytes, hint: str) -> None:
    ran = harbour("add", "-", "--json", stdin=given, code=2)
    one_line(ran.err)
    assert hint in ran.err


BAD_LINES: list[tuple[str, str]] = [
    ("{", "line 1"),
    ("[]", "line 1"),
    ('{"exact": "40"}', "article"),
    ('{"article": {"file": "a.txt"}}', "exact"),
    ('{"article": {"file": "a.txt", "text": "forty"}, "exact": "fifty"}', "not in the text"),
    ('{"article": {"file": "a.txt"}, "exact": "40", "attribution": [{"name": "x"}]}', "attribution"),
    ('{"article": {"file": "a.txt"}, "exact": "40", "event_time": "soon"}', "soon"),
    ('{"article": {"file": "a.txt"}, "exact": "\\ud800"}', "line 1"),
]


@pytest.mark.parametrize(("line", "hint"), BAD_LINES)
@pytest.mark.file
def test_a_bad_import_line_is_named(claims: Claims, line: str, hint: str) -> None:
    claims.file("bad.jsonl", line + "\n")
    ran = claims("import", "bad.jsonl", code=2)
    one_line(ran.err)
    assert hint in ran.err
    assert not claims.ledger.exists()


@pytest.mark.parametrize("word", ["'", '"', "NEAR(", "a AND", "*", "col:x", "-", "()", "\x00", "۱۲", "%_", "C:\\x", ""])
def test_search_takes_any_text(harbour: Claims, word: str) -> None:
    harbour("search", word, "--json")
    harbour("search", f"boats {word}", "--json")


# --- the ledger ---------------------------------------------------------------------------------------------------


def not_a_ledger(path: Path) -> None:
    path.write_text("these are notes, not a ledger\n" * 200)


def another_database(path: Path) -> None:
    path.unlink()
    with sqlite3.connect(path) as db:
        db.execute("CREATE TABLE recipe (name TEXT)")
    db.close()


def cut_off(path: Path) -> None:
    data = path.read_bytes()
    path.write_bytes(data[: len(data) // 2])


def newer(path: Path) -> None:
    db = sqlite3.connect(path)
    db.execute("UPDATE setting SET value = '999' WHERE name = 'schema'")
    db.commit()
    db.close()


@pytest.mark.parametrize("spoil", [not_a_ledger, another_database, cut_off, newer], ids=lambda f: f.__name__)
@pytest.mark.parametrize("args", [["list"], ["add", "40", "--article", "A1", "--no-input"]], ids=lambda a: a[0])
@pytest.mark.file
def test_a_file_that_is_no_ledger_of_ours_is_told_and_left_alone(
    harbour: Claims, spoil: Callable[[Path], None], args: list[str]
) -> None:
    harbour.damaged = True
    spoil(harbour.ledger)
    before = harbour.ledger.read_bytes()
    ran = harbour(*args, code=5)
    one_line(ran.err)
    assert "ledger.db" in ran.err
    assert harbour.ledger.read_bytes() == before


def test_no_ledger_yet_says_how_to_start_one(claims: Claims) -> None:
    ran = claims("list", code=3)
    one_line(ran.err)
    assert "claims init" in ran.err or "capture" in ran.err


@pytest.mark.file
def test_a_ledger_whose_place_cannot_be_is_told(claims: Claims) -> None:
    nobody = "postgresql://127.0.0.1:1/x"
    for place, code in (("nowhere/deep/l.db", 3), (nobody, 5), (str(claims.folder), 1)):
        one_line(claims("init", "--ledger", place, code=code).err)


@contextmanager
def without_rights_of_root() -> Iterator[None]:
    """Root may write anywhere; inside, this process is nobody."""
    root = os.geteuid() == 0
    if root:
        os.seteuid(65534)
    try:
        yield
    finally:
        if root:
            os.seteuid(0)


@pytest.mark.file
def test_a_read_only_ledger_is_read_and_refuses_to_be_written(harbour: Claims) -> None:
    harbour("note", "C1", "what is imported now need not be found by nobody")
    harbour("list")
    with tempfile.TemporaryDirectory() as folder:
        place = Path(folder) / "ledger.db"
        shutil.copy(harbour.ledger, place)
        place.chmod(0o444)
        place.parent.chmod(0o555)
        with without_rights_of_root():
            shown = harbour("list", "--json", "--ledger", place)
            refused = harbour("note", "C1", "x", "--ledger", place, code=5)
        place.parent.chmod(0o755)
    assert shown.json["id"] == "C1"
    one_line(refused.err)
    assert "cannot be" in refused.err


@pytest.mark.file
def test_a_ledger_that_somebody_else_writes_to_is_told_and_nothing_is_lost(
    harbour: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("ledger.store.connection.WAIT_SECONDS", 0.2)
    db = sqlite3.connect(harbour.ledger, isolation_level=None)
    db.execute("BEGIN IMMEDIATE")
    try:
        ran = harbour("note", "C1", "x", code=5)
        one_line(ran.err)
        assert "writing" in ran.err
        assert harbour("list", "--json").lines[0]["id"] == "C1"
    finally:
        db.execute("ROLLBACK")
        db.close()
    harbour("note", "C1", "x")


# --- processes ----------------------------------------------------------------------------------------------------


SLOW = ("sqlalchemy", "pydantic", "sqlmodel", "httpx", "jinja2", "rich", "psycopg")


@pytest.mark.parametrize(
    "args",
    [
        ["--help"],
        ["add", "at least 40", "--article", "A1", "--no-input"],
        ["list"],
        ["show", "C1"],
        ["search", "boats"],
    ],
    ids=lambda a: a[0],
)
@pytest.mark.file
def test_everyday_verbs_import_nothing_slow(harbour: Claims, environment: dict[str, str], args: list[str]) -> None:
    code = f"""if True:
        import sys
        from cli import main
        ended = main.invoke({args!r})
        slow = [m for m in {SLOW!r} if m in sys.modules]
        sys.exit(f"exit {{ended}}, imported {{slow}}" if ended or slow else 0)
    """
    ran = subprocess.run(
        [sys.executable, "-c", code], env=environment, capture_output=True, text=True, cwd=harbour.folder
    )
    assert ran.returncode == 0, ran.stderr


def test_a_reader_that_goes_away_is_no_error(harbour: Claims, environment: dict[str, str]) -> None:
    harbour.file("long.txt", "The mayor said 40 boats left.\n" * 60_000)
    harbour("capture", "long.txt", "--title", "Long")
    for args in (["open", "A2"], ["log", "--json"], ["export", "--format", "ledger"]):
        process = subprocess.Popen(
            [sys.executable, "-m", "cli.main", *args], env=environment, stdout=subprocess.PIPE, stderr=subprocess.PIPE
        )
        assert process.stdout
        assert process.stderr
        process.stdout.read(10)
        process.stdout.close()
        told = process.stderr.read()
        process.stderr.close()
        assert (process.wait(30), told) == (0, b""), args


def test_a_full_disk_under_the_output_is_told(harbour: Claims, environment: dict[str, str]) -> None:
    if not Path("/dev/full").exists():
        pytest.skip("no /dev/full on this system")
    with Path("/dev/full").open("w") as full:
        ran = subprocess.run(
            [sys.executable, "-m", "cli.main", "list"], env=environment, stdout=full, stderr=subprocess.PIPE, text=True
        )
    assert ran.returncode in (1, 5)
    assert "No space left" in ran.stderr
    one_line(ran.stderr)


@pytest.mark.file
def test_control_c_in_the_middle_of_an_import_leaves_nothing(harbour: Claims, environment: dict[str, str]) -> None:
    line = {"attribution": [{"source": "harbour office"}]}
    with harbour.file("many.jsonl", b"").open("w") as f:
        for n in range(30_000):
            of = {"article": {"file": f"wire{n // 20}.txt"}, "key": str(n), "exact": f"the office said {n} boats left"}
            f.write(json.dumps(line | of) + "\n")
    before = harbour("log", "--json").out
    process = subprocess.Popen(
        [sys.executable, "-m", "cli.main", "import", "many.jsonl"], env=environment, cwd=harbour.folder,
        stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, start_new_session=True,
    )  # fmt: skip
    _wait_until_it_writes(harbour.ledger, process)
    process.send_signal(signal.SIGINT)
    out, err = process.communicate(timeout=60)
    assert process.returncode == 130
    assert out == ""
    one_line(err)
    assert "interrupted" in err
    assert harbour("log", "--json").out == before
    harbour("note", "C1", "the ledger is not locked")


def _wait_until_it_writes(ledger: Path, process: subprocess.Popen[str]) -> None:
    """Waits until another connection is refused the write lock."""
    for _ in range(600):
        assert process.poll() is None, "the import ended before it could be interrupted"
        db = sqlite3.connect(ledger, timeout=0, isolation_level=None)
        try:
            db.execute("BEGIN IMMEDIATE")
            db.execute("ROLLBACK")
        except sqlite3.OperationalError:
            time.sleep(0.3)
            return
        finally:
            db.close()
        time.sleep(0.05)
    raise AssertionError("the import never began to write")


def test_nothing_is_styled_where_no_terminal_is(harbour: Claims) -> None:
    for args in (["show", "C1"], ["list"], ["verify"], ["--help"]):
        ran = harbour(*args)
        assert "\x1b" not in ran.out
        assert not any(0xFDD0 <= ord(c) <= 0xFDEF for c in ran.out)


def test_control_characters_of_an_article_never_reach_the_terminal(claims: Claims) -> None:
    claims.file("article.txt", "The office said \u202e40 boats\x9b31m left\x85, and this goes on for a while.\n")
    claims("capture", "article.txt", "--title", "A\x1b[2Jtitle")
    claims("add", "40 boats", "--article", "A1", "--no-input")
    for args in (["open", "A1"], ["show", "C1"], ["list", "articles"], ["show", "A1"]):
        ran = claims(*args)
        assert not {"\x1b", "\x9b", "\x85", "\u202e"} & set(ran.out + ran.err)


def test_quiet_says_nothing_but_results(harbour: Claims) -> None:
    assert harbour("list", "questions").err
    assert harbour("list", "questions", "--quiet").err == ""


def test_exit_codes_are_those_of_the_errors() -> None:
    codes = {error.__name__: error.exit_code for error in vars(errors).values() if hasattr(error, "exit_code")}
    assert {
        "Refused": 1, "BadInput": 2, "NotInText": 2, "Ambiguous": 2, "NotFound": 3, "Unreachable": 4, "StoreError": 5,
        "Locked": 5, "Tampered": 6,
    }.items() <= codes.items()  # fmt: skip


def test_every_verb_of_the_table_has_its_module() -> None:
    from importlib import import_module

    assert [name for name, verb in VERBS.items() if name not in import_module(verb.module).APPS] == []


def at_terminal(columns: int, *args: str) -> str:
    """What a command prints at a terminal of so many columns."""
    main, side = pty.openpty()
    fcntl.ioctl(side, termios.TIOCSWINSZ, struct.pack("HHHH", 1000, columns, 0, 0))
    env = {**os.environ, "TERM": "xterm", "NO_COLOR": "1", "PAGER": "cat"}
    with subprocess.Popen([sys.executable, "-m", "cli.main", *args], stdin=side, stdout=side, stderr=side, env=env):
        os.close(side)
        said = b""
        while True:
            try:
                said += os.read(main, 65536)
            except OSError:  # the other side is closed
                break
    os.close(main)
    return said.decode().replace("\r", "")


@pytest.mark.file
def test_what_is_looked_at_fits_eighty_columns_and_a_pipe_gets_whole_claims(claims: Claims) -> None:
    invented.build(claims.ledger, hostile=" and all those who came to the quay on the morning after it")
    for command in ("show C2", "trace C2", "origins Q1", "question show Q1", "list"):
        said = at_terminal(80, "--ledger", str(claims.ledger), *command.split())
        assert "Coastal Rescue Watch and all those who came" in " ".join(said.split()), command
        assert max(map(len, said.splitlines())) <= 80, command
    assert "More than 30 people died on the Aurelia" in claims("list").out


def test_a_claim_is_shown_with_what_was_replied_to_its_question(claims: Claims) -> None:
    invented.build(claims.ledger)
    said = " ".join(claims("show", "C4").out.split())
    assert "on Q1: " in said
    assert "We will not say." in said


def test_wide_letters_take_two_columns_of_a_table() -> None:
    shown = render.table(("id", "title"), [("A1", "河桥日报 reports"), ("A2", "Harbour Post")]).splitlines()
    assert {render.columns(line) for line in shown[1:]} <= {4 + len("Harbour Post"), 4 + 16}
    assert render.columns(render.short("河桥日报河桥日报", 9)) <= 9
    assert render.padded("河桥", 6) == "河桥  "
