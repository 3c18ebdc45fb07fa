"""Hostile text: naughty strings through every field and format and back, and in the report in a real browser.

usage: python -m campaigns.browser [STRINGS.json]      a JSON list of strings, such as the big list of naughty strings

campaigns.hostile_formats takes them through every format of reports and exports.

Prints how many strings came back equal, how many elements the report has beyond those of a harmless report of the same
shape, and how many scripts ran in Chromium.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import sys
import tempfile
from pathlib import Path

import hostile

from ledger import reports, store
from ledger.errors import ClaimsError
from ledger.reports import gathering
from ledger.store import read

FLAGS = [
    "--headless",
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
    "--virtual-time-budget=2000",
    "--dump-dom",
]


def fields(strings: list[str], folder: Path) -> tuple[int, list[str]]:
    """How many strings were the same in every field and format, and what went wrong with the others."""
    wrong: list[str] = []
    equal = 0
    with store.create(folder / "l.db", actor="ann") as ledger:
        for n, text in enumerate(strings):
            try:
                claim = read.claim(ledger, hostile.log(ledger, text, n))
            except ClaimsError as e:
                wrong.append(f"refused {text!r}: {e.message}")
                continue
            same = hostile.told(ledger, claim) == hostile.same_everywhere(text, n)
            equal += same
            if not same:
                wrong.append(f"changed {text!r}: {hostile.told(ledger, claim)}")
        wrong += hostile.through_formats(ledger, folder)
    return equal, wrong


def in_browser(strings: list[str], folder: Path) -> tuple[int, int]:
    """Elements beyond those of a harmless report, and scripts run, over one report of all these strings."""
    chromium = shutil.which("chromium")
    if chromium is None:
        sys.exit("chromium is not installed")
    counts = []
    for name, texts in (("plain", [f"harmless {n}" for n in range(len(strings))]), ("hostile", strings)):
        with store.create(folder / f"{name}.db", actor="ann") as ledger:
            for n, text in enumerate(texts):
                hostile.log(ledger, text, n)
            page = folder / f"{name}.html"
            page.write_bytes(reports.write(gathering.gather(ledger, "all"), "html"))
        dom = subprocess.run(
            [chromium, *FLAGS, f"--user-data-dir={folder / 'profile'}", page.as_uri()],
            capture_output=True,
            text=True,
            check=True,
        ).stdout
        counts.append((dom, _tags(dom)))
    (_, plain), (dom, found) = counts
    dangerous = sum(
        found.get(t, 0) - plain.get(t, 0) for t in ("script", "iframe", "img", "form", "base", "link", "meta", "object")
    )
    return dangerous + (found.keys() - plain.keys()).__len__(), int("<title>owned" in dom)


def _tags(dom: str) -> dict[str, int]:
    import html5lib

    found: dict[str, int] = {}
    for element in html5lib.parse(dom, namespaceHTMLElements=False).iter():
        if isinstance(element.tag, str):
            found[element.tag] = found.get(element.tag, 0) + 1
    return found


def main() -> None:
    given = json.loads(Path(sys.argv[1]).read_text(encoding="utf-8")) if len(sys.argv) > 1 else []
    naughty = [s for s in dict.fromkeys(given) if s.strip() and "\0" not in s]  # blank texts are refused by rule
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        for title, strings in (("naughty", naughty), ("made up", hostile.made_up(1000))):
            place = folder / title.replace(" ", "-")
            place.mkdir()
            equal, wrong = fields(strings, place)
            print(f"{title}: {equal} of {len(strings)} strings equal in every field; {len(wrong)} things wrong")
            for line in wrong[:20]:
                print("  ", line[:300])
        extra, ran = in_browser(naughty + hostile.made_up(1000), folder)
        print(f"in Chromium: {extra} extra elements, {ran} scripts run")


if __name__ == "__main__":
    main()
