"""Files are put in place whole; what is no file (a pipe, an open descriptor) is written into and stays what it was."""

from __future__ import annotations

import os
import stat
import subprocess
import sys
import threading
from pathlib import Path

import pytest
from conftest import Claims

from ledger.errors import StoreError
from ledger.store import files


def read_beside(pipe: Path) -> tuple[threading.Thread, list[bytes]]:
    """A reader at the other end of a pipe."""
    got: list[bytes] = []
    reader = threading.Thread(target=lambda: got.append(pipe.read_bytes()), daemon=True)
    reader.start()
    return reader, got


@pytest.fixture
def pipe(tmp_path: Path) -> Path:
    place = tmp_path / "pipe"
    os.mkfifo(place)
    return place


def test_a_pipe_is_written_into_and_stays_a_pipe(pipe: Path) -> None:
    reader, got = read_beside(pipe)
    files.replace_file(pipe, b"figures" * 20_000)
    reader.join(10)
    assert got == [b"figures" * 20_000]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert [p.name for p in pipe.parent.iterdir()] == ["pipe"]


def test_a_link_to_a_pipe_stays_a_link(pipe: Path) -> None:
    link = pipe.with_name("link")
    link.symlink_to(pipe)
    reader, got = read_beside(pipe)
    with files.whole_file(link) as f:
        f.write(b"one")
    reader.join(10)
    assert got == [b"one"]
    assert link.is_symlink()
    assert stat.S_ISFIFO(pipe.stat().st_mode)


def test_nothing_reaches_a_pipe_when_the_writing_fails(pipe: Path) -> None:
    def half() -> None:
        with files.whole_file(pipe) as f:
            f.write(b"half")
            raise OSError(28, "No space left on device")

    with pytest.raises(StoreError, match="cannot write"):
        half()
    reader, got = read_beside(pipe)
    files.replace_file(pipe, b"whole")
    reader.join(10)
    assert got == [b"whole"]


def test_what_cannot_be_removed_on_the_way_is_told(tmp_path: Path) -> None:
    with files.neighbour(tmp_path / "a.db") as place:
        place.with_name(f"{place.name}-journal").write_bytes(b"words")
    assert list(tmp_path.iterdir()) == []
    with pytest.raises(StoreError, match="could not be removed"), files.neighbour(tmp_path / "a.db") as place:
        place.mkdir()  # what no unlink removes


def test_a_new_file_never_takes_the_place_of_a_pipe(claims: Claims, pipe: Path) -> None:
    claims("init")
    claims("backup", pipe, code=1)
    assert stat.S_ISFIFO(pipe.stat().st_mode)


@pytest.mark.parametrize("verb", [["report", "all"], ["export"], ["export", "--format", "xlsx"]], ids=" ".join)
def test_verbs_write_into_a_pipe(claims: Claims, pipe: Path, verb: list[str]) -> None:
    claims("capture", claims.file("a.txt", "The harbour office said at least 40 boats left."))
    claims("add", "at least 40 boats left", "--article", "A1", "--by", "harbour office", "--no-input")
    reader, got = read_beside(pipe)
    ran = claims(*verb, "-o", pipe)
    reader.join(10)
    assert got[0]
    assert stat.S_ISFIFO(pipe.stat().st_mode)
    assert not ran.out
    assert f"wrote {pipe}" in ran.err


@pytest.mark.parametrize("name", ["/dev/stdout", "/dev/fd/1", "/proc/self/fd/1"])
def test_standard_output_by_name_holds_the_export_alone(
    claims: Claims, environment: dict[str, str], tmp_path: Path, name: str
) -> None:
    claims("capture", claims.file("a.txt", "The harbour office said at least 40 boats left."))
    claims("add", "at least 40 boats left", "--article", "A1", "--by", "harbour office", "--no-input")
    plain, named = tmp_path / "plain", tmp_path / "named"
    for args, place in (["export"], plain), (["export", "-o", name], named):
        with place.open("wb") as out:
            out.write(b"before\n")
            out.flush()
            subprocess.run([sys.executable, "-m", "cli.main", *args], env=environment, stdout=out, check=True)
    assert named.read_bytes() == plain.read_bytes()
    assert named.read_bytes().startswith(b"before\n")


def test_a_reader_that_has_gone_is_no_error(claims: Claims, environment: dict[str, str]) -> None:
    claims("capture", claims.file("a.txt", "The harbour office said at least 40 boats left."))
    claims("add", "at least 40 boats left", "--article", "A1", "--by", "harbour office", "--no-input")
    rest, end = os.pipe()
    os.close(rest)
    ran = subprocess.run(
        [sys.executable, "-m", "cli.main", "export", "-o", f"/dev/fd/{end}"], env=environment, pass_fds=[end], check=False,
        stderr=subprocess.PIPE,
    )  # fmt: skip
    os.close(end)
    assert (ran.returncode, ran.stderr) == (0, b"")


@pytest.mark.parametrize("verb", ["report", "export"])
def test_an_ending_that_names_no_format_is_refused(claims: Claims, verb: str) -> None:
    claims("init")
    ran = claims(verb, "-o", "out.xyz", code=2)
    assert "no format ends in .xyz" in ran.err
    assert not Path("out.xyz").exists()
    claims(verb, "-o", "out.xyz", "--format", {"report": "md"}.get(verb, "csv"))
    claims(verb, "-o", "out")
    assert Path("out.xyz").exists()
    assert Path("out").exists()


def test_a_dash_is_standard_output(claims: Claims) -> None:
    claims("capture", claims.file("a.txt", "The harbour office said at least 40 boats left."))
    claims("add", "at least 40 boats left", "--article", "A1", "--question", "Boats", "--no-input")
    claims("key", "create")
    for verb in (["report", "Q1"], ["export"], ["plot", "Q1"], ["prove", "C1"]):
        assert claims(*verb, "-o", "-").out == claims(*verb).out
    assert not Path("-").exists()


@pytest.mark.skipif(os.name != "posix", reason="no pipes with names")
@pytest.mark.parametrize(
    ("variable", "command"),
    [
        ("CLAIMS_LEDGER", ("list",)),
        ("CLAIMS_KEY", ("checkpoint",)),
        ("CLAIMS_PROTECTED", ("note", "C1", "called back")),
        ("CLAIMS_MODEL", ("suggest", "A1")),
    ],
)
def test_a_pipe_or_a_link_to_nothing_in_place_of_a_file_is_refused_at_once(
    variable: str, command: tuple[str, ...], claims: Claims, monkeypatch: pytest.MonkeyPatch
) -> None:
    (claims.folder / "a.txt").write_text("The mayor said 40 boats sank.\n")
    claims("capture", "a.txt", "--title", "T", "--publisher", "P", "--no-input")
    claims("add", "40 boats sank", "--article", "A1", "--no-input")
    os.mkfifo(claims.folder / "pipe")
    monkeypatch.setenv(variable, str(claims.folder / "pipe"))
    assert "is a pipe or a device, not a file" in claims(*command, code=5).err
    (claims.folder / "link").symlink_to("nowhere")
    monkeypatch.setenv(variable, str(claims.folder / "link"))
    assert claims(*command, code=3 if variable == "CLAIMS_LEDGER" else 5).err
