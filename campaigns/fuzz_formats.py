"""Files of other programs, bent: spreadsheets, ClaimReview, Web Annotations, AVeriTeC, Meedan Check, auto-archiver."""

# ruff: noqa: E501  files of other programs have long lines

from __future__ import annotations

import io
import json
import random
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from campaigns import fuzz_mutations as mutate
from campaigns.fuzz_ground import ARTICLE, Ground, Outcome

QUOTE = "at least 40 boats left Marsala on Monday"
PAGE = "https://daily.example/boats"
SHEETS = (
    "Quote,Said by,Via,Link,Headline,Outlet,Published,How many,Question,Notes\r\n"
    f'"{QUOTE}",harbour office,State television,{PAGE},Boats leave,Example Daily,13/05/2024,at least 40,Boats that left,"a, b"\r\n'
    f"nearly 60,a fisherman,,{PAGE},Boats leave,Example Daily,2024-05-13,60,Boats that left,\r\n",
    f"exact;article_url;title;publisher;published_at;source\n{QUOTE};{PAGE};Boats leave;Example Daily;2024-05-13;mayor\n",
    f"Claim\tURL\tOrganization\tTitle\tSummary\tDate published on Check\n{QUOTE}\t{PAGE}\tDesk\tBoats\tNo\t2024-05-13\n",
    f'Claim,Item page URL,Status,Created by\n"{QUOTE}",https://check.example/1,False,Ann\n',
    "Link,Archive status,Archive location,Archive date,Upload title,Text content,Hash\n"
    f'{PAGE},success,https://archive.example/1,2024-05-13T10:00:00Z,Boats,"{QUOTE}",SHA256:{"ab" * 32}\n',
)
REVIEW: dict[str, Any] = {
    "@context": "https://schema.org", "@type": "ClaimReview", "url": "https://desk.example/1", "datePublished": "2024-05-14",
    "claimReviewed": QUOTE, "author": {"@type": "Organization", "name": "Desk", "url": "https://desk.example"},
    "itemReviewed": {"@type": "Claim", "author": {"@type": "Person", "name": "harbour office"}, "datePublished": "2024-05-13",
                     "appearance": {"@type": "CreativeWork", "url": PAGE}},
    "reviewRating": {"@type": "Rating", "ratingValue": 2, "bestRating": 5, "worstRating": 1, "alternateName": "Mostly false"},
}  # fmt: skip
NOTE: dict[str, Any] = {
    "@context": "http://www.w3.org/ns/anno.jsonld", "id": "https://h.example/1", "type": "Annotation",
    "body": [{"type": "TextualBody", "value": "Who counted?", "purpose": "commenting"}], "created": "2024-05-13T10:00:00Z",
    "target": {"source": PAGE, "selector": [
        {"type": "TextQuoteSelector", "exact": QUOTE, "prefix": "office said ", "suffix": "."},
        {"type": "TextPositionSelector", "start": 41, "end": 41 + len(QUOTE)},
    ]},
}  # fmt: skip
HYPOTHESIS = {"total": 1, "rows": [{"id": "x", "uri": PAGE, "text": "t", "tags": ["a"], "user": "acct:a@h.example", "target": [NOTE["target"]]}]}  # fmt: skip
AVERITEC = [
    {
        "claim": QUOTE, "label": "Refuted", "justification": "38 were counted.", "claim_date": "13-5-2024", "speaker": "mayor",
        "original_claim_url": PAGE, "fact_checking_article": "https://desk.example/1", "reporting_source": "Example Daily",
        "questions": [{"question": "How many?", "answers": [{"answer": "38", "answer_type": "Extractive", "source_url": PAGE}]}],
    },
]  # fmt: skip
DOCUMENTS: dict[str, tuple[Any, ...]] = {
    "review.jsonld": (
        REVIEW,
        [REVIEW, REVIEW],
        {"@graph": [REVIEW]},
        {"claims": [{"text": QUOTE, "claimReview": [REVIEW]}]},
    ),
    "notes.json": (NOTE, [NOTE], HYPOTHESIS, {"@context": NOTE["@context"], "type": "AnnotationPage", "items": [NOTE]}),
    "dev.json": (AVERITEC, AVERITEC * 3),
}
CELLS = (
    "".join(f'<c t="inlineStr"><is><t>{cell}</t></is></c>' for cell in ("Quote", "Source", "Link", "Published")),
    f'<c t="inlineStr"><is><t>{QUOTE}</t></is></c><c t="s"><v>0</v></c><c t="str"><f>A1</f><v>{PAGE}</v></c><c><v>45425</v></c>',
)
MAIN = 'xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"'
OFFICE = "http://schemas.openxmlformats.org/officeDocument/2006/relationships"
PACKAGE = "http://schemas.openxmlformats.org/package/2006"
KINDS = "application/vnd.openxmlformats-officedocument.spreadsheetml"
WORKBOOK = {
    "[Content_Types].xml": f'<Types xmlns="{PACKAGE}/content-types"><Default Extension="rels" '
    f'ContentType="application/vnd.openxmlformats-package.relationships+xml"/><Override PartName="/xl/workbook.xml" '
    f'ContentType="{KINDS}.sheet.main+xml"/><Override PartName="/xl/worksheets/sheet1.xml" ContentType="{KINDS}.worksheet+xml"/>'
    f'<Override PartName="/xl/sharedStrings.xml" ContentType="{KINDS}.sharedStrings+xml"/>'
    "</Types>",
    "_rels/.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" Type="{OFFICE}/officeDocument" '
    'Target="xl/workbook.xml"/></Relationships>',
    "xl/workbook.xml": f'<workbook {MAIN} xmlns:r="{OFFICE}"><workbookPr date1904="0"/><sheets><sheet name="Claims" sheetId="1" '
    'r:id="r1"/></sheets></workbook>',
    "xl/_rels/workbook.xml.rels": f'<Relationships xmlns="{PACKAGE}/relationships"><Relationship Id="r1" '
    f'Type="{OFFICE}/worksheet" Target="worksheets/sheet1.xml"/><Relationship Id="r2" Type="{OFFICE}/sharedStrings" '
    'Target="sharedStrings.xml"/></Relationships>',
    "xl/sharedStrings.xml": f"<sst {MAIN}><si><t>harbour office</t></si></sst>",
    "xl/worksheets/sheet1.xml": f"<worksheet {MAIN}><sheetData><row>{CELLS[0]}</row><row>{CELLS[1]}</row></sheetData></worksheet>",
}

Made = tuple[str, bytes]
"""A file's name and what is in it."""


def formats(chance: random.Random, ground: Ground) -> Outcome:
    """A file of another program, bent, through import or lint."""
    name, content = chance.choice(MAKERS)(chance)
    Path(name).write_bytes(content)
    more = list(chance.choice([[], [], [], ["--dry-run"], ["--strict"], ["--json"], ["--map", "auto"]]))
    if chance.random() < 0.1:
        more += [
            "--format",
            chance.choice(["csv", "xlsx", "claimreview", "annotations", "averitec", "check", "jsonl", "auto-archiver"]),
        ]
    if chance.random() < 0.1:
        more += chance.choice(
            [["--sheet", "Claims"], ["--sheet", "x"], ["--map", mutate.text(chance, "Quote=exact, Link=article.url")]]
        )
    verb = "lint" if name.startswith("review") and chance.random() < 0.3 else "import"
    args = [verb, name, *(more if verb == "import" else [])]
    ran = ground.run([*args, "--no-input"], case=f"{args}: {content[:2500]!r}")
    Path(name).unlink()
    return ran


def _sheet(chance: random.Random) -> Made:
    said = chance.choice(SHEETS)
    bent = mutate.text(chance, said) if chance.random() < 0.5 else said
    content = bent.encode(chance.choice(["utf-8", "utf-8", "utf-8-sig", "utf-16", "cp1252"]), "replace")
    if chance.random() < 0.5:
        content = chance.choice([mutate.lines, mutate.data])(chance, content)
    return chance.choice(["sheet.csv", "sheet.csv", "sheet.tsv", "sheet.txt"]), content


def _workbook(chance: random.Random) -> Made:
    parts = {name: text.encode() for name, text in WORKBOOK.items()}
    for _ in range(chance.randrange(3)):
        name = chance.choice([*parts, "xl/worksheets/sheet1.xml"])
        bend = chance.choice([mutate.markup, mutate.data])
        parts[name] = bend(chance, parts.get(name, b"<x/>")) if chance.random() < 0.9 else b""
    if chance.random() < 0.2:
        del parts[chance.choice(list(parts))]
    held = io.BytesIO()
    with zipfile.ZipFile(held, "w", chance.choice([zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED])) as archive:
        for name, data in parts.items():
            archive.writestr(name, data)
    content = held.getvalue()
    return "book.xlsx", mutate.data(chance, content) if chance.random() < 0.25 else content


def _document(chance: random.Random) -> Made:
    name = chance.choice(list(DOCUMENTS))
    given = chance.choice(DOCUMENTS[name])
    content = mutate.written(chance, mutate.json_value(chance, given) if chance.random() < 0.8 else given)
    if chance.random() < 0.3:
        content = mutate.data(chance, content)
    return name, content


def _page(chance: random.Random) -> Made:
    inside = json.dumps(mutate.json_value(chance, REVIEW) if chance.random() < 0.6 else REVIEW)
    script = f'<script type="application/ld+json">{inside}</script>'
    page = f"<!doctype html><html><head><title>x</title>{script}</head><body><p>{ARTICLE}</p></body></html>"
    return "review.html", mutate.markup(chance, page.encode("utf-8", "replace"))


MAKERS: tuple[Callable[[random.Random], Made], ...] = (_sheet, _sheet, _workbook, _document, _document, _page)
