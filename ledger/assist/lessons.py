"""Lessons to learn from: texts whose statements people settled, in a ledger or in a folder of annotated texts."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

from msgspec import Struct

from ledger import capture, suggest
from ledger import records as r
from ledger.assist.features import Said, Span, said_by_rule
from ledger.errors import BadInput, NotFound
from ledger.store import Ledger, read
from ledger.suggest import paragraphs
from ledger.vocabulary import Role, SuggestionKind, SuggestionState

LARGEST = 5 * 1024 * 1024


class Lesson(Struct, frozen=True):
    """A text with its statements; `known` are the stretches in which all of them are known, None the whole text."""

    name: str
    text: str
    published: str | None
    said: tuple[Said, ...]
    known: tuple[Span, ...] | None = None


def of_folder(folder: Path) -> list[Lesson]:
    """The annotated texts of a folder that holds `text` and `attributions`, or of each such folder below it.

    A text is NAME.txt, its annotation NAME_ANNOTATOR.ann in brat's standoff format; of several annotators, the first by name.
    """
    if not folder.is_dir():
        raise NotFound(f"no such folder: {folder}")
    places = [p for p in (folder, *sorted(folder.glob("*")), *sorted(folder.glob("data/*"))) if (p / "text").is_dir()]
    lessons = [lesson for place in places for lesson in _lessons(place)]
    if not lessons:
        raise BadInput(
            f"{folder} holds no annotated texts", hint="it needs text/NAME.txt and attributions/NAME_ANNOTATOR.ann"
        )
    return lessons


def _lessons(folder: Path) -> Iterator[Lesson]:
    notes: dict[str, Path] = {}
    for path in sorted((folder / "attributions").glob("*.ann")):
        notes.setdefault(path.stem.rpartition("_")[0], path)
    for path in sorted((folder / "text").glob("*.txt")):
        if path.stem in notes:
            text = _read(path)
            yield Lesson(path.stem, text, None, tuple(_said(text, notes[path.stem])))


def _read(path: Path) -> str:
    try:
        if path.stat().st_size > LARGEST:
            raise BadInput(f"{path} is larger than {LARGEST // 2**20} MB")
        return path.read_bytes().decode("utf-8")
    except OSError as e:
        raise BadInput(f"cannot read {path}: {e.strerror}") from None
    except UnicodeDecodeError:
        raise BadInput(f"{path} is not UTF-8 text") from None


def _said(text: str, path: Path) -> Iterator[Said]:
    """The statements of a brat file: T lines hold spans, E lines join them as Source, Cue and Content."""
    spans: dict[str, list[Span]] = {}
    for line in _read(path).split("\n"):
        key, tab, rest = line.partition("\t")
        if not tab:
            continue
        if key.startswith("T"):
            spans[key] = _spans(text, rest.partition("\t")[0], path)
        elif key.startswith("E"):
            parts = defaultdict[str, set[Span]](set)
            for role, _, name in (a.partition(":") for a in rest.split()):
                parts[re.sub(r"\d+$", "", role).casefold()].update(spans.get(name, ()))
            yield Said(*(tuple(sorted(parts[role])) for role in ("source", "cue", "content")))


def _spans(text: str, body: str, path: Path) -> list[Span]:
    """The fragments of "Content 12 40;45 60"."""
    made = []
    for part in body.partition(" ")[2].split(";"):
        if not (m := re.fullmatch(r"(\d{1,9}) (\d{1,9})", part)) or not int(m[1]) < int(m[2]) <= len(text):
            raise BadInput(f"{path} marks what its text does not have: {body[:80]}")
        made.append((int(m[1]), int(m[2])))
    return made


# --- a ledger -----------------------------------------------------------------------------------------------------


def of_ledger(ledger: Ledger) -> list[Lesson]:
    """The articles with judged suggestions: accepted ones as they were logged, rejected ones as no statement.

    A sentence counts if everything that the rules find in it was judged: in others, nobody has said what is missing.
    """
    judged: dict[str, list[r.Suggestion]] = {}
    for one in read.suggestions(ledger):
        if one.kind == SuggestionKind.CLAIM and one.target and one.state in JUDGED:
            judged.setdefault(one.target, []).append(one)
    found = (_lesson(ledger, article, rows) for article, rows in judged.items())
    return [lesson for lesson in found if lesson]


JUDGED = (SuggestionState.ACCEPTED, SuggestionState.REJECTED)


def _lesson(ledger: Ledger, name: str, judged: list[r.Suggestion]) -> Lesson | None:
    article = read.article(ledger, name)
    copies = read.captures(ledger, article.uid)
    if article.retracted or not copies:
        return None
    try:
        text = capture.text_of(ledger, copies[-1])
    except NotFound:  # redacted
        return None
    settled: list[Said] = []
    places: set[tuple[Span, ...]] = set()
    for one in judged:
        found = r.parse(r.Found, one.proposal.get("found", one.proposal))
        if text[found.start : found.end] == found.exact:  # another saved copy has other places
            places.add(found.content)
            if one.state == SuggestionState.ACCEPTED and (said := _as_logged(ledger, one, found)):
                settled.append(said)
    return Lesson(name, text, article.published_at, tuple(settled), _settled(text, article.published_at, places))


def _as_logged(ledger: Ledger, one: r.Suggestion, found: r.Found) -> Said | None:
    """An accepted find with the changes that a person made; None where nobody is cited, or where it was taken back."""
    said = said_by_rule(found)
    if not one.made or not said.cue:
        return None
    claim = read.claim(ledger, one.made)
    if claim.retracted or claim.redacted or claim.start is None or claim.end is None or not claim.attribution:
        return None
    content = said.content if (claim.start, claim.end) == (found.start, found.end) else ((claim.start, claim.end),)
    origin = next((h for h in claim.attribution if h.role is Role.ORIGIN), None)
    named = origin and origin.start is not None and origin.end is not None
    source = ((origin.start, origin.end),) if origin and named else said.source
    return Said(tuple((a, b) for a, b in source if a is not None and b is not None), said.cue, content)


def _settled(text: str, published: str | None, places: set[tuple[Span, ...]]) -> tuple[Span, ...]:
    """The sentences that have judged statements and no others."""
    found = [f for f in suggest.find(text, published) if f.attribution]
    judged = [span for parts in places for span in parts]
    waiting = [said_by_rule(f) for f in found if f.content not in places]
    left = [span for said in waiting for span in (*said.cue, *said.content)]
    rows = [(s.start, s.end) for s in paragraphs.split(text)]
    return tuple(row for row in rows if _meets(row, judged) and not _meets(row, left))


def _meets(row: Span, spans: list[Span]) -> bool:
    return any(a < row[1] and row[0] < b for a, b in spans)
