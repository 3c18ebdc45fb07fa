"""Hostile strings through every field and format, for the tests and for campaigns/browser.py."""

from __future__ import annotations

import csv
import io
from dataclasses import dataclass
from pathlib import Path

from ledger import capture, claims, store
from ledger import records as r
from ledger.exchange import Selection, flat, json_lines, ledger_lines
from ledger.records import plain
from ledger.store import Ledger, read, write
from ledger.text.formulas import restored
from ledger.verbs import changing, importing, judging

SCRIPTS = (
    "<script>document.title='owned'</script>",
    "</script><script>document.title='owned'</script>",
    "<img src=x onerror=document.title='owned'>",
    "<svg/onload=document.title='owned'>",
    "\"><svg onload=document.title='owned'>",
    "' onmouseover='document.title=1' x='",
    '" autofocus onfocus="document.title=\'owned\'" x="',
    "javascript:document.title='owned'",
    "<a href=\"javascript:document.title='owned'\">x</a>",
    "<iframe srcdoc=\"<script>parent.document.title='owned'</script>\">",
    "</style><script>document.title='owned'</script>",
    "</title><script>document.title='owned'</script>",
    "<!--<script>document.title='owned'//--></script>",
    "]]><script>document.title='owned'</script>",
    "{{7*7}}${7*7}<%= 7*7 %>",
    "<base href=//example.org><link rel=stylesheet href=//example.org/x.css>",
    '<meta http-equiv=refresh content="0;url=data:text/html,<script>1</script>">',
    "<math><mi xlink:href=\"javascript:document.title='owned'\">x</mi></math>",
    "<template><script>document.title='owned'</script></template>",
    "<form action=//example.org><button>x",
)
"""Ways to break out of text, attributes, styles, comments and SVG; the marker is a changed title."""

WRAPPINGS = (
    "{}",
    "x{}",
    "{}\n",
    "  {}  ",
    "\u202e{}",
    "\ufeff{}",
    "“{}”",
    "=cmd|' /C calc'!A0{}",
    "<<{}>>",
    "\x1b]0;{}\x07",
    "{}\x00"[:-1],
)


def made_up(count: int) -> list[str]:
    """So many different hostile strings: every break-out in every wrapping, nested and repeated until there are enough."""
    found: dict[str, None] = {}
    depth = 0
    while len(found) < count:
        for one in SCRIPTS:
            for wrapping in WRAPPINGS:
                text = wrapping.format(one)
                for _ in range(depth):
                    text = f"<b x='{text}' y=\"{text[:60]}\">{text[:120]}"
                found[text] = None
        depth += 1
    return list(found)[:count]


@dataclass(frozen=True, slots=True)
class Told:
    """One string as it stands in each field that takes free text."""

    exact: str
    says: str
    title: str
    publisher: str
    byline: str
    credit: str
    source: str
    cue: str
    scope: str
    answer: str
    place: str
    extra: str
    note: str
    because: str


def told(ledger: Ledger, claim: r.Claim) -> Told:
    """The fields of a claim that `log` filled, read back."""
    article = read.article(ledger, claim.article)
    hop = claim.attribution[0]
    return Told(
        claim.exact, claim.says or "", article.title or "", article.publisher or "", article.byline or "",
        article.credit_line or "", hop.source, hop.cue or "", claim.scope or "", claim.answer or "",
        claim.place.name if claim.place else "", (claim.extra or {}).get("x", ""),
        read.notes(ledger, claim.uid)[0].text, claim.rating.because if claim.rating else "",
    )  # fmt: skip


def log(ledger: Ledger, text: str, number: int) -> str:
    """Logs a claim with the string in every field; gives its uid."""
    body = f"Before it. {text}\nAfter it."
    page = capture.Page(
        body.encode(), body, "utf-8", encoding_guessed=False, extractor="none", method="import", name=f"{number}.txt"
    )
    name = f"{number} {text}"  # names that differ in case or spacing alone are one source by rule
    saved = capture.save(
        ledger, page, actor="ann", title=text, publisher=name, byline=text, credit=text, published="2020-06-02"
    )
    wanted = r.Claim(
        exact=text, start=page.text.find(text), attribution=(r.Hop(name, cue=text),), says=text, scope=text, answer=text,
        place=r.Place(text), extra={"x": text, text: 1},
    )  # fmt: skip
    with write(ledger, "ann") as writer:
        uid = claims.log(writer, claims.page(ledger, saved.article), wanted).uid
        changing.note.within(writer, changing.Note(id=uid, text=text))
        judging.rate.within(writer, judging.Rate(about=uid, value="unproven", because=text))
        claims.file(writer, uid, claims.question_uid(writer, name))
    return uid


def same_everywhere(text: str, number: int) -> Told:
    """What `told` gives where nothing was changed."""
    names = {"publisher", "source"}
    return Told(*(f"{number} {text}" if field in names else text for field in Told.__slots__))


def through_formats(ledger: Ledger, folder: Path) -> list[str]:
    """Exports every claim in every format and takes it back; gives a sentence for each that came back changed."""
    wrong = []
    found = list(read.claims(ledger))
    (folder / "log.jsonl").write_bytes(b"".join(ledger_lines.export(ledger)))
    ledger_lines.receive_new(str(folder / "log.jsonl"), str(folder / "copy.db"), actor="bob")
    with store.open_ledger(folder / "copy.db") as copy:
        if store.root(copy) != store.root(ledger) or list(read.claims(copy)) != found:
            wrong.append("the ledger's own export")
    rows = csv.DictReader(io.StringIO(b"".join(flat.export(ledger, Selection())).decode(), newline=""))
    for claim, row in zip(found, rows, strict=True):
        cells = {restored(row[name]) for name in ("exact", "says", "title", "scope", "answer")}
        names = {restored(row["publisher"]), flat.restored(row["origin"])}
        if cells != {claim.exact} or names != {claim.publisher}:
            wrong.append(f"CSV: {claim.exact!r} came back otherwise")
    wrong += _lines_back(ledger, found, folder)
    return wrong


def _lines_back(ledger: Ledger, found: list[r.Claim], folder: Path) -> list[str]:
    (folder / "claims.jsonl").write_bytes(b"".join(json_lines.export(ledger, Selection(full_text=True))))
    wrong = []
    with store.create(folder / "other.db", actor="bob") as other:
        outcome = importing.import_files(
            other, importing.ImportFiles(files=(str(folder / "claims.jsonl"),)), actor="bob"
        )
        wrong += [f"JSONL, line {p.line}: {p.message}" for p in outcome.problems if p.fatal]
        for one, two in zip(found, read.claims(other), strict=False):
            changed = ("uid", "capture", "key", "rating")
            a, b = ({k: v for k, v in plain(c).items() if k not in changed} for c in (one, two))
            if a != b:
                wrong.append(f"JSONL: {one.exact!r} came back otherwise")
    return wrong
