"""The tutorial is run as it stands: every command of its console blocks prints what the page says."""

from __future__ import annotations

import re
import shlex
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from conftest import ROOT, Claims
from PIL import Image, ImageDraw

PAGE = ROOT / "docs" / "tutorial.md"


def steps() -> Iterator[tuple[str, list[str]]]:
    """Each command of the page with the lines that its output must have."""
    for block in re.findall(r"```console\n(.*?)```", PAGE.read_text(encoding="utf-8"), re.DOTALL):
        for step in re.split(r"^\$ ", block, flags=re.MULTILINE)[1:]:
            command, *expected = step.strip().splitlines()
            yield command, expected


def photo(path: Path) -> None:
    """A picture of a gate, with a line that no camera has written."""
    image = Image.new("RGB", (1200, 800), (196, 172, 130))
    ImageDraw.Draw(image).rectangle((400, 250, 800, 800), fill=(90, 70, 50))
    exif = Image.Exif()
    exif[0x0110] = "no camera: drawn for a test"
    image.save(path, exif=exif)


@pytest.fixture
def desk(claims: Claims, monkeypatch: pytest.MonkeyPatch) -> Claims:
    monkeypatch.setenv("COLUMNS", "200")
    for example in (ROOT / "docs" / "tutorial").iterdir():
        shutil.copy(example, claims.folder)
    photo(claims.folder / "gate.jpg")
    return claims


def run(desk: Claims, command: str) -> str:
    """What a command of the page prints, on either stream."""
    program, *args = shlex.split(command)
    if program == "python":
        ran = subprocess.run([sys.executable, *args], cwd=desk.folder, stdout=-1, stderr=-2, text=True, timeout=60)
        assert ran.returncode == 0, ran.stdout
        return ran.stdout
    assert program == "claims"
    result = desk(*args, code=None)
    assert (result.code != 0) == result.err.startswith("claims: "), result.err
    return result.out + result.err


def test_the_two_days_of_the_tutorial(desk: Claims) -> None:
    shown = list(steps())
    assert len(shown) > 40
    for command, expected in shown:
        printed = run(desk, command)
        flat = " ".join(printed.split())
        for line in expected:
            assert " ".join(line.split()) in flat, f"{command}\n\nshould print: {line}\n\nprinted:\n{printed}"
        assert printed.startswith("claims: ") == any(line.startswith("claims: ") for line in expected), printed
    first = (desk.folder / "palmyra-1.html").read_bytes()
    assert (desk.folder / "as-first-published.html").read_bytes() == first
    second = (desk.folder / "palmyra-2.html").read_text(encoding="utf-8")
    assert second.index("Corrected on") < second.index("At least 400, by one monitor")
    for words in (
        "Vorian Defence Ministry",
        "no reply so far",
        "nothing found",
        "data:image/jpeg;base64,",
        "Earlier versions",
    ):
        assert words in second, words
    assert "drawn for a test" in second
    for internal in ("is the army's figure in a second source", "C5 has it too"):
        assert internal not in second
