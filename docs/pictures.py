"""Takes the pictures of docs/images from the demo's report. Needs Chromium: python docs/pictures.py"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
SHOTS = {"report": (1000, 1500), "report-phone": (390, 1100)}
COLOURS = 128


def main() -> int:
    """The exit code: 0 when every picture was taken."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no Chromium here")
    with tempfile.TemporaryDirectory() as folder:
        page = Path(folder) / "question.html"
        claims = [sys.executable, "-m", "cli.main", "--ledger", f"{folder}/demo/ledger.db"]
        subprocess.run([*claims, "demo", f"{folder}/demo", "--quiet"], cwd=HERE.parent, check=True, stdout=-3)
        subprocess.run([*claims, "report", "Q1", "-o", str(page)], cwd=HERE.parent, check=True, stdout=-3)
        for name, size in SHOTS.items():
            shoot(browser, page, HERE / "images" / f"{name}.png", size)
    return 0


def shoot(browser: str, page: Path, out: Path, size: tuple[int, int]) -> None:
    """One picture of the top of a page, in few colours so that it stays small."""
    flags = ["--headless", "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size={},{}".format(*size)]
    subprocess.run([browser, *flags, f"--screenshot={out}", page.as_uri()], check=True, stderr=-3)
    with Image.open(out) as picture:
        few = picture.convert("RGB").quantize(COLOURS, dither=Image.Dither.NONE)
    few.save(out, optimize=True)


if __name__ == "__main__":
    sys.exit(main())
