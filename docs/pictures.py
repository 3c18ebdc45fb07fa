"""Takes the pictures of docs/images from what the demo's ledger gives. Needs Chromium: python docs/pictures.py"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

from PIL import Image

HERE = Path(__file__).resolve().parent
SHOTS = {"report": (1000, 1500), "report-phone": (390, 1100), "report-arabic": (1000, 1100)}
"""Pictures of a page with the size of the window; where the name says so, in Arabic."""
PLOTS = ("ranges", "origins", "time")
COLOURS = 128


def main() -> int:
    """The exit code: 0 when every picture was taken."""
    browser = shutil.which("chromium") or shutil.which("google-chrome")
    if browser is None:
        sys.exit("no Chromium here")
    with tempfile.TemporaryDirectory() as folder:
        claims = [sys.executable, "-m", "cli.main", "--ledger", f"{folder}/demo/ledger.db"]
        subprocess.run([*claims, "demo", f"{folder}/demo", "--quiet"], cwd=HERE.parent, check=True, stdout=-3)
        for name, size in SHOTS.items():
            page = Path(folder) / f"{name}.html"
            more = ["--lang", "ar"] if name.endswith("arabic") else []
            subprocess.run([*claims, "report", "Q1", "-o", str(page), *more], cwd=HERE.parent, check=True, stdout=-3)
            shoot(browser, page, HERE / "images" / f"{name}.png", size)
        for kind in PLOTS:
            out = str(HERE / "images" / f"plot-{kind}.svg")
            subprocess.run([*claims, "plot", "Q1", "-o", out, "--kind", kind], cwd=HERE.parent, check=True, stdout=-3)
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
