"""Hostile text through every format of reports and exports: how many claims' words come back equal from each.

usage: python -m campaigns.hostile_formats [STRINGS.json] [--made-up N]     a JSON list of strings

One ledger holds each string in every field of one claim. What can be imported is imported; what can be read is read by another
program's reader, each format's documented escapes undone: the words of exports are compared whole, those of reports are looked
for with the number before them that no other string has, white space and marks of direction aside.
"""

from __future__ import annotations

import argparse
import csv
import html
import io
import json
import re
import shutil
import sqlite3
import subprocess
import tempfile
import time
import zipfile
from collections import Counter
from collections.abc import Callable, Iterable
from contextlib import closing
from pathlib import Path
from typing import Any

import hostile

from ledger import exchange, reports, store
from ledger.errors import ClaimsError
from ledger.exchange import ledger_lines
from ledger.exchange.flat import restored
from ledger.reports import gathering
from ledger.reports.blocks import CANNOT_SHOW
from ledger.reports.html import shown
from ledger.store import Ledger, read
from ledger.verbs import importing

UNSEEN = re.compile("[\u200e\u200f\u202a-\u202e\u2060-\u2069\u00ad\u200b\ufeff\u061c]")
"""Marks that turn or join text and are not seen: a report may write them out, leave them out or add its own."""


def in_order(found: Iterable[str], strings: list[str]) -> int:
    return sum(a == b for a, b in zip(found, strings, strict=False))


def held(found: Iterable[str], strings: list[str]) -> int:
    """How many strings are the whole of a text, each taken once."""
    return (Counter(found) & Counter(strings)).total()


def every_text(value: Any) -> Iterable[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for one in value.values():
            yield from every_text(one)
    elif isinstance(value, list):
        for one in value:
            yield from every_text(one)


# --- exports ------------------------------------------------------------------------------------------------------


def imported(path: Path, strings: list[str]) -> int:
    """Taken into an empty ledger; the words of its claims."""
    place = path.with_suffix(".copy.db")
    if path.name.startswith("ledger"):
        ledger_lines.receive_new(str(path), str(place), actor="bob")
    else:
        with store.create(place, actor="bob") as copy:
            importing.import_files(copy, importing.ImportFiles(files=(str(path),)), actor="bob")
    with store.open_ledger(place) as copy:
        return held((c.exact for c in read.claims(copy)), strings)


def zipped(path: Path, strings: list[str]) -> int:
    with zipfile.ZipFile(path) as archive, archive.open("claims.csv") as file:
        return in_order(
            (restored(row["exact"]) for row in csv.DictReader(io.TextIOWrapper(file, "utf-8", newline=""))), strings
        )


def parquet(path: Path, strings: list[str]) -> int:
    from pyarrow import parquet as pq

    return in_order(pq.read_table(path)["exact"].to_pylist(), strings)


def datasette(path: Path, strings: list[str]) -> int:
    with closing(sqlite3.connect(path)) as db:
        return held((exact for (exact,) in db.execute("select exact from claims")), strings)


def annotated(path: Path, strings: list[str]) -> int:
    items = json.loads(path.read_bytes())["first"]["items"]
    return in_order((a["target"]["selector"][0]["exact"] for a in items), strings)


def reviewed(path: Path, strings: list[str]) -> int:
    """A review's words stand on one line, which is this format's rule."""
    nodes = json.loads(path.read_bytes())["@graph"]
    return in_order((n["claimReviewed"] for n in nodes), [" ".join(s.split()) for s in strings])


def provenance(path: Path, strings: list[str]) -> int:
    return held(set(every_text(json.loads(path.read_bytes()))), strings)


EXPORTS: dict[str, Callable[[Path, list[str]], int]] = {
    "csv": imported, "jsonl": imported, "xlsx": imported, "ledger": imported, "tables": zipped, "datapackage": zipped,
    "parquet": parquet, "datasette": datasette, "annotations": annotated, "claimreview": reviewed, "prov": provenance,
}  # fmt: skip


def exported(ledger: Ledger, name: str, path: Path) -> None:
    selection = exchange.Selection(full_text=True, base_url="https://desk.example/reviews")
    if exchange.EXPORTS[name].file:
        exchange.write_file(ledger, name, selection, path)
    else:
        path.write_bytes(b"".join(exchange.chunks(ledger, name, selection)))


# --- reports ------------------------------------------------------------------------------------------------------


def page(data: bytes) -> str:
    import html5lib

    return "".join(html5lib.parse(data, namespaceHTMLElements=False).itertext())


def markdown(data: bytes) -> str:
    """Its text, with escapes (CommonMark 2.4, 2.5) undone in one go, so that none is made of another."""
    return re.sub(r"\\([!-/:-@\[-`{-~])|(&#?\w+;)", lambda m: m[1] or html.unescape(m[2]), data.decode())


def notes(data: bytes) -> str:
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "\n".join(markdown(archive.read(name)) for name in archive.namelist())


def paper(data: bytes) -> str:
    """By poppler, which keeps the order of the file; text from right to left and stacked marks it may order otherwise."""
    program = shutil.which("pdftotext")
    if program is None:
        return ""
    return subprocess.run(
        [program, "-raw", "-q", "-", "-"], input=data, capture_output=True, check=True
    ).stdout.decode()


def document(data: bytes) -> str:
    import docx

    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(e.text or "" for e in body.iter() if str(e.tag).endswith("}t"))


REPORTS: dict[str, Callable[[bytes], str]] = {
    "html": page, "md": markdown, "text": bytes.decode, "obsidian": notes, "pdf": paper, "docx": document,
}  # fmt: skip


def squeezed(text: str) -> str:
    return "".join(UNSEEN.sub("", text).split())


def missing(text: str, strings: list[str]) -> list[str]:
    """Names in which a string stands after its number that a report does not say."""
    whole = squeezed(text)
    wanted = {s: squeezed(shown(f"{n} {s}")) for n, s in enumerate(strings)}
    return [s for s, w in wanted.items() if w not in whole and CANNOT_SHOW.sub("", w) not in whole]


# --- the table ----------------------------------------------------------------------------------------------------


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("strings", nargs="?", type=Path)
    parser.add_argument("--made-up", type=int, default=0, help="as many of our own beside them")
    given = parser.parse_args()
    told = json.loads(given.strings.read_text(encoding="utf-8")) if given.strings else []
    strings = [s for s in dict.fromkeys([*told, *hostile.made_up(given.made_up)]) if s.strip() and "\0" not in s]
    with tempfile.TemporaryDirectory() as name, store.create(Path(name) / "l.db", actor="ann") as ledger:
        for n, text in enumerate(strings):
            hostile.log(ledger, text, n)
        measured(ledger, strings, Path(name))


def measured(ledger: Ledger, strings: list[str], folder: Path) -> None:
    for name, read_back in EXPORTS.items():
        began = time.process_time()
        path = folder / f"{name}.{(exchange.EXPORTS[name].endings or ('.json',))[0][1:]}"
        try:
            exported(ledger, name, path)
            said = f"{read_back(path, strings)} of {len(strings)} equal"
        except ClaimsError as e:
            said = f"REFUSED: {e.message}"
        print(f"export {name:12} {said}, {time.process_time() - began:.1f} s", flush=True)
    made = gathering.gather(ledger, "all")
    for name, words in REPORTS.items():
        began = time.process_time()
        lost = missing(words(reports.write(made, name)), strings)
        took = time.process_time() - began
        print(f"report {name:12} {len(strings) - len(lost)} of {len(strings)} said, {took:.1f} s", flush=True)
        for one in lost[:6]:
            print(f"         not found: {one[:80]!r}")


if __name__ == "__main__":
    main()
