"""Compiled patterns that are kept between two starts: those that Python makes, and of the program's words alone."""

from __future__ import annotations

import re
import subprocess
import sys
from collections.abc import Callable
from functools import cache, lru_cache
from pathlib import Path

import pytest
from conftest import Claims

from cli import patterns

SAID = "at least 40 zeppelins left Żmudź"
PEOPLES = re.compile("zepp|mud|quill|feather|ann ", re.IGNORECASE)
COUNTED = """import sys, re._parser; parsed = []; parse = re._parser.parse
re._parser.parse = lambda *given: parsed.append(given) or parse(*given)
from cli.entry import run
try: run()
finally: print(len(parsed), file=sys.stderr)"""
Counted = Callable[[], int]


@pytest.fixture
def compiled(claims: Claims, environment: dict[str, str]) -> Counted:
    """How many patterns a process of its own compiles to log a claim."""
    page = claims.file("page.txt", f"The mayor of Żmudź, Ann Quillfeather, said {SAID}.\n")
    claims("capture", page, "--no-input")
    line = "add", SAID, "--by", "Ann Quillfeather", "--article", "A1", "--question", "How many zeppelins?", "--no-input"

    def run() -> int:
        command = [sys.executable, "-c", COUNTED, *line]
        return int(
            subprocess.run(command, env=environment, capture_output=True, text=True, check=True).stderr.split()[-1]
        )

    return run


@pytest.fixture
def kept(claims: Claims) -> Path:
    """Where they are kept."""
    return claims.folder / "cache" / "patterns" / f"add-{sys.hexversion:x}"


def test_patterns_are_compiled_once_as_python_does_and_hold_no_words_of_people(compiled: Counted, kept: Path) -> None:
    assert compiled() > 60
    assert compiled() < 12
    held = patterns.Patterns(kept, patterns._Inner())
    assert len(held._known) > 60
    for pattern, flags in held._known:
        re.purge()
        mine, pythons = held.compile(pattern, flags), re.compile(pattern, flags)
        assert mine == pythons
        assert (mine.groups, mine.groupindex) == (pythons.groups, pythons.groupindex)
        assert not PEOPLES.search(str(pattern)), pattern
    assert not held.new
    assert [place.name for place in kept.parent.iterdir()] == [kept.name]
    assert sys.platform == "win32" or kept.parent.stat().st_mode & 0o077 == 0


@pytest.mark.parametrize("damaged", [b"", b"no file of this program", b"\xe9\x01\x00\x00\x00"])
def test_where_no_patterns_can_be_read_they_are_compiled(compiled: Counted, kept: Path, damaged: bytes) -> None:
    kept.parent.mkdir(parents=True)
    kept.write_bytes(damaged)
    assert compiled() > 60
    assert compiled() < 12


@cache
def _forever(words: str) -> re.Pattern[str]:
    return re.compile(f"{words} one")


@lru_cache(maxsize=4)
def _for_a_while(words: str) -> re.Pattern[str]:
    return re.compile(f"{words} two")


def test_what_is_made_of_somebodys_words_is_not_kept(claims: Claims) -> None:
    with patterns.kept(["show"]):
        re.purge()
        assert _forever("program's").search("program's one")
        assert _for_a_while("Ann Quillfeather").search("Ann Quillfeather two")
        assert any(re.search(f"{name} three", f"{name} three") for name in ("Ann Quillfeather",))
        assert re.search("written [a-z]+", "written here")
        assert [x for x in "ab" if re.search("[b]", x)] == ["b"]
    (place,) = (claims.folder / "cache" / "patterns").iterdir()
    held = patterns.Patterns(place, patterns._Inner())
    assert {pattern for pattern, _ in held._known} == {"program's one", "written [a-z]+", "[b]"}


def test_only_a_verb_names_a_file(claims: Claims) -> None:
    with patterns.kept(["../Ann Quillfeather"]):
        re.purge()
        re.search("written [a-z]+", "")
    assert not (claims.folder / "cache").exists()
