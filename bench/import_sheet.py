"""How fast a sheet is imported, and in how much memory: CSV and XLSX, read alone and logged.

    python bench/import_sheet.py [ROWS]

The rate of reading is held against the standard library's csv module and against openpyxl alone, in the same run.
"""

from __future__ import annotations

import csv
import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).resolve().parents[1]
HEAD = ["Quote", "Said by", "Outlet", "Link", "Published", "Figure", "Question", "Notes"]

READ = """
from ledger.exchange import rows
n = sum(1 for row in rows.rows(sys.argv[1]))
"""
CSV = """
import csv
n = sum(1 for row in csv.reader(open(sys.argv[1], encoding="utf-8", newline="")))
"""
XLSX = """
import openpyxl
book = openpyxl.load_workbook(sys.argv[1], read_only=True, data_only=True)
n = sum(1 for row in book.active.iter_rows(values_only=True))
"""
LOG = """
from ledger import store
from ledger.exchange import claim_lines
from ledger.verbs import importing
with store.create(sys.argv[1] + ".db", actor="bench") as ledger:
    n = importing.import_files(ledger, importing.ImportFiles(files=(sys.argv[1],)), actor="bench").logged
"""
FRAME = """
import re, sys, time
sys.path.insert(0, {root!r})
began = time.process_time()
{body}
memory = int(re.search(r"VmHWM:\\s+(\\d+)", open("/proc/self/status").read())[1]) / 1024
print(n, time.process_time() - began, memory)
"""


def row(n: int) -> list[str]:
    outlet = n % 40
    return [
        f"At least {n % 900 + 10} boats left the port of Town {n}, and more were seen on the way", f"office {n % 300}",
        f"Paper {outlet}", f"https://paper{outlet}.example/{n // 10}", f"{n % 28 + 1:02d}.{n % 12 + 1:02d}.2020",
        f"{n % 900 + 10}", f"How many boats left {n % 50}?", f"row {n}",
    ]  # fmt: skip


def made(folder: Path, count: int) -> tuple[Path, Path]:
    import openpyxl

    book = openpyxl.Workbook(write_only=True)
    sheet = book.create_sheet("Claims")
    with (folder / "in.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, delimiter=";")
        for cells in (HEAD, *map(row, range(count))):
            out.writerow(cells)
            sheet.append(cells)
    book.save(folder / "in.xlsx")
    return folder / "in.csv", folder / "in.xlsx"


def measured(body: str, path: Path) -> tuple[int, float, float]:
    code = FRAME.format(root=str(ROOT), body=body)
    ran = subprocess.run([sys.executable, "-c", code, str(path)], check=True, stdout=-1, text=True)
    count, seconds, memory = ran.stdout.split()
    return int(count), float(seconds), float(memory)


def main() -> None:
    count = int(sys.argv[1]) if len(sys.argv) > 1 else 100_000
    with tempfile.TemporaryDirectory() as folder:
        table, book = made(Path(folder), count)
        for name, path, alone in (("CSV", table, CSV), ("XLSX", book, XLSX)):
            n, seconds, memory = measured(READ, path)
            _, theirs, their_memory = measured(alone, path)
            print(
                f"{name}: {n:,} rows read at {n / seconds:,.0f} a second in {memory:.0f} MB; the library alone"
                f" {n / theirs:,.0f} a second in {their_memory:.0f} MB ({seconds / theirs:.1f} times its time)"
            )
        n, seconds, memory = measured(LOG, table)
        print(f"CSV: {n:,} claims logged at {n / seconds:,.0f} a second in {memory:.0f} MB")


if __name__ == "__main__":
    main()
