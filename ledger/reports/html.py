"""A report as one HTML file: no script, no network, light and dark, on paper and on a phone.

Every name, quote and title is hostile input: the templates escape everything, addresses are links only where they are http or
https, and each stretch of foreign text keeps its writing direction to itself.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, contextmanager, nullcontext, suppress
from contextvars import ContextVar
from functools import cache, partial
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import quote, urlsplit

from jinja2 import BytecodeCache, Environment, FileSystemLoader, StrictUndefined
from markupsafe import Markup, escape

from ledger import catalogue, language
from ledger.catalogue import fill, speaking
from ledger.records import Evidence
from ledger.reports import Look, answer_rows, captions, maps, method, over_time, pictures
from ledger.reports.counting import each_stand
from ledger.reports.custody import is_person
from ledger.reports.report import (
    Axis,
    Chain,
    ClaimCard,
    Graph,
    Method,
    Piece,
    QuestionSection,
    Report,
    Row,
    Said,
    Telling,
    split,
)
from ledger.reports.sentences import OURS, article_name, capital, in_quotes, spoken, with_part
from ledger.reports.words import Words, words_of
from ledger.text import visible
from ledger.vocabulary import Relation

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def write(report: Report, look: Look) -> bytes:
    """The report as a self-contained page; BadInput where a newsroom's own template does not work."""
    with mistakes_named(look), quoting(report.tongues):
        page = rendered(environment(look, report.lang), "report.html", report)
    return page.encode("utf-8", "xmlcharrefreplace")


def mistakes_named(look: Look) -> AbstractContextManager[None]:
    """Turns what goes wrong in a newsroom's templates, where the look has them, into BadInput that names the line."""
    if look.template is None:
        return nullcontext()
    from ledger.reports import house

    return house.mistakes_named(look.template)


def rendered(made: Environment, template: str, report: Report) -> str:
    """The report rendered with one of the templates."""
    page = made.get_template(template).render(
        report=report,
        policy=POLICY,
        cards={c.claim.id: c for c in report.claims},
        shown={q.page.id for q in report.questions},
        articles={a.article.id: a.article for a in report.articles},
        entries={a.article.id: a for a in report.articles},
        answering=_answering(report),
        told_in=_told_in(report),
        photos=dict(report.pictures),
        wall=Wall(_evidence(report)),
        **({"at": lambda _: ""} if report.short else {}),
    )
    return clean(page)


CONTROLS = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ufffe\uffff]")


def clean(page: str) -> str:
    """The page with control characters written out, which a saved text may hold and HTML may not."""
    return CONTROLS.sub(lambda m: visible(m[0]), page)


class Wall:
    """Where on a page each passage and each piece of evidence stands: once, and one picture for one file."""

    def __init__(self, evidence: Iterable[Evidence]) -> None:
        self.ids = frozenset(e.id for e in evidence)
        self._pictures: dict[str, str] = {}
        self._named: dict[str, None] = {}
        self._told: set[str] = set()
        self._last = ""
        self._passages: set[str] = set()

    def tell(self, claim: str) -> None:
        """Notes that the passage of a claim stands on the page."""
        self._told.add(claim)

    def repeats(self, exact: str) -> bool:
        """True for the words that stood last among the answers, but for case and spacing; notes them."""
        words = " ".join(exact.split()).casefold()
        again, self._last = words == self._last, words
        return again

    def passed(self, passage: Iterable[Piece]) -> bool:
        """True for a passage that stands on the page already, whatever is marked in it; notes it."""
        words = "".join(p.text for p in passage)
        again = words in self._passages
        self._passages.add(words)
        return again

    def tells(self, claim: str) -> bool:
        """True where the passage of a claim stands on the page already."""
        return claim in self._told

    def id_of(self, e: Evidence) -> str:
        """Under which id its picture stands; empty where it stands nowhere yet."""
        return self._pictures.get(e.sha256 or e.uid, "")

    def hang(self, e: Evidence) -> Markup:
        """Its attribute as the place of the picture."""
        self._pictures[e.sha256 or e.uid] = e.id
        return self.name(e)

    def name(self, e: Evidence) -> Markup:
        """Its attribute where it stands for the first time."""
        if e.id in self._named:
            return Markup("")
        self._named[e.id] = None
        return Markup(f' id="{e.id}"')  # noqa: S704  a letter and a number

    def shown(self, items: Iterable[Evidence]) -> bool:
        """True where all of these stand on the page already."""
        return all(e.id in self._named for e in items)


def _evidence(report: Report) -> Iterator[Evidence]:
    for c in report.claims:
        yield from c.evidence
    for s in report.questions:
        yield from s.evidence


def evidence_of(section: QuestionSection, cards: Mapping[str, ClaimCard]) -> list[Evidence]:
    """The evidence for a question, then that for its claims."""
    own = [e for c in section.page.claims if c.id in cards for e in cards[c.id].evidence]
    return [*section.evidence, *own]


def _answering(report: Report) -> dict[str, list[str]]:
    """The questions in which each claim stands among the answers, so that a passage leads back to them."""
    found: dict[str, list[str]] = {}
    for section in report.questions:
        for name in dict.fromkeys(t.claim for row in section.rows for t in row.tellings):
            found.setdefault(name, []).append(section.page.id)
    return found


def _told_in(report: Report) -> dict[str, list[str]]:
    """The claims shown of each article, so that a saved copy leads to what was taken from it."""
    found: dict[str, list[str]] = {a.article.id: [] for a in report.articles}
    for card in report.claims:
        found.setdefault(card.claim.article, []).append(card.claim.id)
    return found


def environment(look: Look, lang: str) -> Environment:
    """Our templates, or a newsroom's in front of them, with the functions that they call."""
    if look.template is None:
        return _ours(words_of(lang).lang)
    from ledger.reports import house

    made = house.environment(look.template)
    made.bytecode_cache = Compiled("sandboxed-")
    _furnish(made, words_of(lang))
    return made


@cache
def _ours(lang: str) -> Environment:
    """Our templates in a language; everything that is not marked up here is escaped."""
    made = Environment(
        loader=FileSystemLoader(Path(__file__).with_name("templates")),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=Compiled(),
    )
    _furnish(made, words_of(lang))
    return made


def _furnish(made: Environment, words: Words) -> None:
    """Gives the templates their filters and functions in a language."""
    made.filters |= {
        "day": words.day,
        "link": link,
        "host": host,
        "number": words.number,
        "listed": words.listed,
        "shown": shown,
        "placed": partial(_placed, words),
        "flat": flat,
        "called": article_name,
        "in_quotes": in_quotes,
        "bare": lambda text: text[1:-1] if OURS.fullmatch(text) else text,
        "capital": capital,
        "closed": lambda sentence: re.sub(r"\s*[:：]$", ".", sentence),
        "read": lambda text: words("{words} (our reading)", words=text[1:-1]) if OURS.fullmatch(text) else text,
        "unasked": lambda question: question.rstrip("?.: "),
        "unstopped": lambda text: text.rstrip().removesuffix("."),
    }
    made.tests |= {"telling": over_time.tells, "plotted": pictures.compares, "person": is_person}
    made.globals |= {
        "words": words,
        "t": partial(_told, words),
        "said": said,
        "bdi": _isolated,
        "code": lambda text: Markup(f'<code dir="ltr">{escape(text)}</code>'),  # noqa: S704
        "spoken": _spoken,
        "count": partial(_counted, words),
        "sheet": partial(_sheet, made),
        "ranges": partial(_ranges, words),
        "over_time": partial(_over_time, words),
        "keys_by_day": lambda axis: over_time.keys(axis, words),
        "undrawn": lambda axes: captions.undrawn(axes, words),
        "graph": partial(_graph, words),
        "caption_of": lambda axis: marked(captions.caption(axis, words)),
        "answers_of": answer_rows.link,
        "file_of": answer_rows.file_name,
        "columns": answer_rows.dictionary(),
        "position_words": lambda p: captions.position_words(p, words),
        "stale": lambda c, answer: captions.stale(c, answer, words),
        "kinds_of": lambda sources: captions.kinds_of(sources, words),
        "bearing": lambda e: captions.bearing(e, words),
        "request_words": lambda r: captions.request_words(r, words),
        "grey": lambda s: bool(maps.beside(s.spots, s.near)),
        "map_of": lambda s, key: Markup(maps.draw(s.spots, s.near, key=key, words=words)),  # noqa: S704  made by us
        "coordinates": maps.coordinates,
        "shares": pictures.shares,
        "shared": lambda graph: pictures.shared(graph, words),
        "keys": lambda axes: pictures.keys(axes, words),
        "method_parts": partial(_method, words),
    } | _unspoken()


def _unspoken() -> dict[str, Any]:
    """What templates call that says nothing in a language."""
    return {
        "glance": glance,
        "beyond": beyond,
        "in_words": in_words,
        "evidence_of": evidence_of,
        "split": split,
        "passage": passage,
        "own_words": spoken,
        "told_whole": _told_whole,
        "told_in_event": lambda words, event: (
            catalogue.unmarked(words).casefold() in catalogue.unmarked(event).casefold()
        ),
        "at": anchor,
    }


def _placed(words: Words, row: Row) -> str:
    """What a source says, with the part that it is of, and whether it is an earlier figure."""
    with speaking(words):
        said = with_part(row.words, row.part) if row.part else row.words
    return words("{words}, mentioned as an earlier figure", words=said) if row.mentioned else said


def _told(words: Words, text: str, /, **given: object) -> Markup:
    """An interface text in the page's language; what is filled in is escaped."""
    return _filled(words.pattern(text), given)


def _counted(words: Words, one: str, many: str, n: int, /, **given: object) -> Markup:
    """An interface text about a number, in the form that the language wants for it."""
    return _filled(words.pattern(one, many, n), given | {"n": words.number(n)})


def _filled(pattern: str, given: Mapping[str, object]) -> Markup:
    return Markup(fill(str(marked(pattern)), {name: marked(value) for name, value in given.items()}))  # noqa: S704


MARKS = frozenset({catalogue.THEIRS, catalogue.ENGLISH_TEXT, catalogue.END})


def marked(text: object) -> Markup:
    """Text escaped, with elements for what is marked as not of the page's language; what is markup stays as it is."""
    if isinstance(text, Markup):
        return text
    if MARKS.isdisjoint(str(text)):
        return escape(text)
    made: list[str] = []
    ends: list[str] = []
    pieces = re.split(f"([{''.join(MARKS)}])", str(text))
    for i, piece in enumerate(pieces):
        if piece == catalogue.THEIRS:
            made.append(f"<bdi{_tongue(pieces[i + 1])}>")
            ends.append("</bdi>")
        elif piece == catalogue.ENGLISH_TEXT:
            made.append('<span lang="en" dir="ltr">')
            ends.append("</span>")
        else:
            made.append((ends.pop() if ends else "") if piece == catalogue.END else str(escape(piece)))
    return Markup("".join([*made, *reversed(ends)]))  # noqa: S704


_tongues: ContextVar[Mapping[str, str]] = ContextVar("tongues", default={})  # noqa: B039  never changed


@contextmanager
def quoting(tongues: Mapping[str, str]) -> Iterator[None]:
    """Inside, what others said in a script is in the language that is given for it."""
    own = catalogue.spoken().lang
    token = _tongues.set({script: tongue for script, tongue in tongues.items() if tongue.casefold() != own})
    try:
        yield
    finally:
        _tongues.reset(token)


def _tongue(text: str) -> str:
    """The attribute that names the language of somebody's words or name, as far as it is known and not the page's."""
    found = _tongues.get()
    tongue = found.get(language.script(text), "") if found else ""
    return _lang(tongue) if LANGUAGE.fullmatch(tongue) else ""


LANGUAGE = re.compile(r"[A-Za-z]{2,3}(-[A-Za-z0-9]{1,8})*")


def _lang(tongue: str) -> str:
    return "" if tongue.casefold() == catalogue.spoken().lang else f' lang="{tongue}"'


def said(text: object) -> Markup:
    """A sentence composed by the program in the page's language, on one line."""
    return marked(text if isinstance(text, Markup) else shown(text).replace(" %", "\u00a0%"))


def flat(text: object) -> str:
    """Text for an attribute or a title, where no element can stand."""
    return catalogue.unmarked(text.striptags() if isinstance(text, Markup) else shown(text))


def _isolated(text: object, tongue: str | None = None) -> Markup:
    """Foreign text on one line, isolated in its writing direction; markup stays as it is."""
    if isinstance(text, Markup):
        return text
    made = marked(shown(text))
    if MARKS & set(str(text)):
        return made
    said_in = _spoken(tongue) if tongue else _tongue(str(text))
    return Markup(f"<bdi{said_in}>{made}</bdi>")  # noqa: S704


def _method(words: Words, found: Method) -> list[dict[str, Any]]:
    made = method.parts(found, words)
    return [
        {"title": marked(p.title), "lines": map(marked, p.lines), "rows": [(marked(a), marked(b)) for a, b in p.rows]}
        for p in made
    ]


def _told_whole(chain: Chain, told: Telling, who: str) -> bool:
    """True where the name of its source and who passed it on say all that its chain says."""
    said = catalogue.unmarked(f"{who} {told.via}")
    return all(catalogue.unmarked(name) in said for name, _ in chain.hops)


def _spoken(tongue: str | None) -> Markup:
    """The attribute that names a passage's language where it differs from the page's; an unknown one is marked as unknown."""
    said = (tongue or "").strip().replace("_", "-")
    if LANGUAGE.fullmatch(said):
        return Markup(_lang(said))  # noqa: S704  letters and hyphens
    return Markup("" if catalogue.spoken().lang == "en" else ' lang=""')  # noqa: S704


def _sheet(made: Environment, name: str) -> Markup:
    """A style sheet, escaped so that nothing in it can end its element."""
    assert made.loader is not None  # noqa: S101  each environment is made with one
    source = made.loader.get_source(made, name)[0]
    return Markup(source.replace("</", "<\\/"))  # noqa: S704


class Compiled(BytecodeCache):
    """Keeps our templates compiled, beside Python's modules and under the same rules; does nothing where it cannot write."""

    folder = Path(__file__).with_name("__pycache__")

    def __init__(self, kind: str = "") -> None:
        self._kind = kind
        """A sandbox compiles otherwise."""

    def get_cache_key(self, name: str, filename: str | None = None) -> str:
        ours = Path(filename or "").is_relative_to(self.folder.with_name("templates"))
        return self._kind + super().get_cache_key(name, filename) if ours else ""

    def load_bytecode(self, bucket: Bucket) -> None:
        if not bucket.key:
            return
        with suppress(OSError), self._path(bucket).open("rb") as f:
            bucket.load_bytecode(f)  # another version's, or an older template's, is left unused

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode or not bucket.key:
            return
        with suppress(OSError):
            part = self._path(bucket).with_suffix(f".{os.getpid()}")
            part.parent.mkdir(exist_ok=True)
            part.write_bytes(bucket.bytecode_to_string())
            part.replace(self._path(bucket))

    def _path(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.jinja"


def anchor(name: str) -> str:
    """The link to a claim or article on the same page; a site gives links to its other pages."""
    return f"#{name}" if name[:1] in ("A", "C") else ""


def _ranges(words: Words, axis: Axis, key: str) -> Markup:
    return Markup(pictures.ranges(axis, key=key, words=words, beside=True))  # noqa: S704  made by us, its texts escaped


def _over_time(words: Words, axis: Axis, key: str) -> Markup:
    return Markup(over_time.courses(axis, key=key, words=words))  # noqa: S704  made by us, its texts escaped


def _graph(words: Words, graph: Graph, key: str) -> Markup:
    return Markup(pictures.origins(graph, key=key, words=words))  # noqa: S704  made by us, its texts escaped


def shown(text: Any) -> str:
    """Text on one line, with invisible characters and those that turn the writing direction written out."""
    return visible(" ".join(str(text).split()))


def link(url: str | None) -> str | None:
    """The address, if it may be a link: http or https with a host; else None."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return (url or "").strip() if parts.scheme in ("http", "https") and parts.netloc else None


ENDS = 5
"""Words at either end of a long passage by which a link to the very words names it."""


def passage(url: str | None, words: str) -> str | None:
    """The address of the words within a page (Text Fragments, WICG), if the page's may be a link."""
    address = link(url)
    said = words.split()
    if address is None or not said:
        return address
    parts = [said] if len(said) <= 2 * ENDS else [said[:ENDS], said[-ENDS:]]
    text = ",".join(quote(" ".join(part), safe="").replace("-", "%2D") for part in parts)
    return f"{address}{'' if '#' in address else '#'}:~:text={text}"


def host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


FEW = 3
"""Sources named on the first screen; the rest is counted."""


def _tells(row: Row, said: Said) -> bool:
    """True for a row with the ways in which its source is reported that the finding is of."""
    return {*said.claims} <= {told.claim for told in row.tellings}


def _with_both_sides(rows: Sequence[Row], disputed: Sequence[Said], few: int) -> list[Row]:
    """The first rows, and before others those whose claims contradict each other: no side of a dispute is left out."""
    heard = {c for s in disputed for c in s.claims}
    sides = [r for r in rows if heard & {told.claim for told in r.tellings}][:few]
    chosen = [*sides, *(r for r in rows if r not in sides)][:few]
    return [r for r in rows if r in chosen]


def _said_above(row: Row, rows: Sequence[Row]) -> bool:
    """True where a row that may be of the same source has the same words."""
    return bool(row.along) and any(r.words == row.words and r is not row and not r.along for r in rows)


def _stand_of(row: Row) -> str:
    return row.stand


def in_words(section: QuestionSection) -> list[str]:
    """The answers that stand beside each other, and those in words that have to be read."""
    return list(dict.fromkeys(r.words for r in section.rows if r.off is None or r.in_words))


def beyond(section: QuestionSection) -> list[Said]:
    """The findings that do not stand under what is disputed already."""
    seen = glance(section)
    told = [*seen["disputed"], *(seen["between"] if section.page.camps else [])]
    return [s for s in section.said if not any(s is one for one in told)]


def glance(section: QuestionSection, few: int = FEW) -> dict[str, Any]:
    """Answers to what a new reader asks first, two or three lines each; sentences are English, rows are records."""
    on_scale = [r for r in section.rows if r.off is None] or [r for r in section.rows if r.in_words]
    if section.in_parts:
        on_scale = [r for r in section.rows if r.off is None or r.part]
    on_scale += [r for r in section.rows if r.in_words and r not in on_scale]
    conflicts = [s for s in section.said if s.kind == Relation.CONFLICTS]
    told_twice, between = ([s for s in conflicts if s.one_source is one] for one in (True, False))
    disputed = ([s for s in between if s.current] or between)[:2]
    apart = [r for r in section.rows if r.off is not None and r not in on_scale]
    again = [r for r in on_scale if _said_above(r, on_scale)]
    on_scale = each_stand([*(r for r in on_scale if r not in again), *again], _stand_of)
    few = max(few, len({r.stand for r in on_scale}))
    claimed = each_stand(_with_both_sides(on_scale, [*told_twice[:1], *disputed[:1]], few), _stand_of)
    return {
        "claimed": claimed,
        "dated": len({r.dated for r in claimed if r.dated}) > 1,
        "disputed": [
            *([section.page.camps] if section.page.camps else disputed),
            *told_twice[:2],
        ],
        "told_above": [d for d in told_twice if any(r.ways and _tells(r, d) for r in claimed[:3])],
        "between": between,
        "apart": apart,
        "replied": section.requests,
        "more": max(0, len(on_scale) - few),
    }
