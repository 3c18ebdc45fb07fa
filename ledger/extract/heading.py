"""What a plain text says of itself above its first paragraph: title, day, outlet, address; and what a file's name says.

"Title: ...", "Published: ..." and the like are taken as they say; else the first short line is the title, and a line that is
little more than a date is the day. What a name says is a guess for a person to see: nothing is taken from it unasked.
"""

from __future__ import annotations

import re
from functools import cache

from ledger import dates, lexicon
from ledger.extract.extracted import Meta, Stated
from ledger.language import detect
from ledger.text import folding

LINES = 6
"""A heading is above them."""
TITLE = 200
BESIDE_A_DATE = 30
"""So many characters beside a date leave the line one: a weekday, "Updated", a place, an agency."""

CHANGED = re.compile(
    r"updat|modif|revis|changed|edited|actuali[sz]|mise? à jour|aktualisiert|geändert|zuletzt|bijgewerkt|gewijzigd"
    r"|aggiornat|atualiza|обновл|изменен|оновл|змінен|تحديث",
    re.IGNORECASE,
)
"""Words beside a day, and names around it, by which it is that of a change."""
FIELDS = ("title", "publisher", "published_at", "byline", "url")


def of_text(text: str) -> Meta:
    """What the lines above the first paragraph say."""
    lines = [line.strip() for line in text.lstrip("\ufeff").splitlines() if line.strip()]
    found: dict[str, str] = {}
    word = lines[0] if len(lines) > 1 and re.fullmatch(r"[^\W\d_]{3,}[!?]?", lines[0]) else None
    code = detect(text) or "en"
    for n, line in enumerate(lines[:LINES]):
        if labelled := _labelled(line, code):
            found.setdefault(*labelled)
        elif day := day_of(line, code):
            found.setdefault("published_at", day)
            found.setdefault("modified_at" if CHANGED.search(line) else "printed_at", day)
        elif _is_title(line, alone=n + 1 == len(lines)):
            found.setdefault("title", line)
        elif n or not word:
            break
    if word and "published_at" in found:
        found.setdefault("title", word)
    return Meta(**{name: Stated(value, "text") for name, value in found.items()})


def of_name(name: str) -> dict[str, str]:
    """The day and the outlet that a file's name may give: "2031-05-02 Vell Courier - Dam breaks.txt", "07-vellcourier.txt"."""
    stem = name.rpartition(".")[0] or name
    found = {}
    if day := re.search(r"(?<!\d)((?:19|20)\d\d)[-_.]?(0[1-9]|1[0-2])[-_.]?(0[1-9]|[12]\d|3[01])(?!\d)", stem):
        found["published"] = "-".join(day.groups())
        stem = stem.replace(day[0], " ")
    elif not re.match(r"\d+[-_. ]+\D", stem) and " - " not in stem:
        return {}
    parts = [p for part in re.split(r"\s+-\s+|_", re.sub(r"^[\s\d._-]+", "", stem)) if (p := part.strip(" -_."))]
    if parts and len(parts[0].split()) <= 4:
        found["publisher"] = parts[0]
    return found


def is_label(text: str, at: int) -> bool:
    """True where the line at this place only says what the article is: "Outlet: Vell Courier"."""
    start, end = text.rfind("\n", 0, at) + 1, text.find("\n", at)
    return _labelled(text[start : end if end >= 0 else len(text)].strip()) is not None


def _labelled(line: str, code: str = "en") -> tuple[str, str] | None:
    """A field and its value, of a line such as "Published: 2 May 2031"."""
    label, colon, value = line.partition(":")
    named = folding.name(label)
    field = next((f for f in FIELDS if named in _labels(f)), None) if colon else None
    if field is None or not value.strip() or len(line) > TITLE:
        return None
    if field == "published_at":
        return (field, day) if (day := day_of(value, code)) else None
    return field, value.strip()


@cache
def _labels(field: str) -> frozenset[str]:
    return frozenset(map(folding.name, lexicon.table("headers", "fields")[f"article.{field}"]))


def day_of(line: str, code: str) -> str | None:
    """The day of a line that is little more than one, in the language of the text or English; of a doubtful one none."""
    if len(line) > TITLE:
        return None
    read = (dates.find(line, language=language) for language in dict.fromkeys((code, "en")))
    found = next(filter(None, ([t for t in r if len(t.earliest or "") >= len("2031-05-02")] for r in read)), [])
    days = {str(t.earliest)[:10] for t in found} | {str(s.earliest)[:10] for t in found for s in t.alternatives}
    rest = len(line) - sum(len(t.text) for t in found)
    return days.pop() if len(days) == 1 and rest <= BESIDE_A_DATE else None


def _is_title(line: str, *, alone: bool) -> bool:
    """A line on top of others that is no sentence of its own."""
    words = re.findall(r"[^\W\d_]{2,}", line)
    return not alone and len(line) <= TITLE and len(words) > 1 and not line.endswith((".", ":", ";", ",", "…", "-"))
