"""A report as one HTML file: no script, no network, light and dark, on paper and on a phone.

Every name, quote and title is hostile input: the templates escape everything, addresses are links only where they are http or
https, and each stretch of foreign text keeps its writing direction to itself.
"""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from functools import cache
from pathlib import Path
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from jinja2 import BytecodeCache, Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from ledger import dates
from ledger.crossref.summary import count, listed
from ledger.errors import BadInput
from ledger.records import Request, Span
from ledger.report import Report
from ledger.report.shape import Axis, Graph, QuestionSection
from ledger.reports import Look, pictures
from ledger.text import visible

if TYPE_CHECKING:
    from jinja2.bccache import Bucket

POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; base-uri 'none'; form-action 'none'"


def write(report: Report, look: Look) -> bytes:  # noqa: ARG001
    """The report as a self-contained page."""
    page: str = (
        environment()
        .get_template("report.html")
        .render(
            report=report,
            policy=POLICY,
            cards={c.claim.id: c for c in report.claims},
            shown={q.page.id for q in report.questions},
            articles={a.article.id: a.article for a in report.articles},
            photos=dict(report.pictures),
        )
    )
    return page.encode("utf-8", "xmlcharrefreplace")


@cache
def environment() -> Environment:
    """The templates with what they call; everything that is not marked up here is escaped."""
    made = Environment(
        loader=PackageLoader("ledger.reports", "templates"),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        bytecode_cache=_Compiled(),
    )
    made.filters |= {
        "day": day,
        "link": link,
        "host": host,
        "number": lambda n: f"{n:,}",
        "listed": listed,
        "shown": shown,
        "capital": capital,
    }
    made.globals |= {"count": count, "ranges": _ranges, "graph": _graph, "glance": glance, "at": anchor}
    return made


class _Compiled(BytecodeCache):
    """Compiled templates beside Python's own compiled modules, under the same rules; where it cannot write, it does not."""

    folder = Path(__file__).with_name("__pycache__")

    def load_bytecode(self, bucket: Bucket) -> None:
        with suppress(OSError), self._path(bucket).open("rb") as f:
            bucket.load_bytecode(f)  # another version's, or an older template's, is left unused

    def dump_bytecode(self, bucket: Bucket) -> None:
        if sys.dont_write_bytecode:
            return
        with suppress(OSError):
            part = self._path(bucket).with_suffix(f".{os.getpid()}")
            part.parent.mkdir(exist_ok=True)
            part.write_bytes(bucket.bytecode_to_string())
            part.replace(self._path(bucket))

    def _path(self, bucket: Bucket) -> Path:
        return self.folder / f"{bucket.key}.jinja"


def anchor(name: str) -> str:
    """Where a claim or article stands on the same page; a site says where its other pages are."""
    return f"#{name}" if name[:1] in ("A", "C") else ""


def _ranges(axis: Axis, key: str) -> Markup:
    return Markup(pictures.ranges(axis, key=key))  # noqa: S704  made by us, its texts escaped


def _graph(graph: Graph, key: str) -> Markup:
    return Markup(pictures.origins(graph, key=key))  # noqa: S704  made by us, its texts escaped


def shown(text: Any) -> str:
    """Text on one line, with what turns the writing direction or is not seen written out."""
    return visible(" ".join(str(text).split()))


def capital(text: str) -> str:
    return text[:1].upper() + text[1:]


def day(at: str | None) -> str:
    """A time as a date in words: "27 March 2016"; what is no date stays as it is."""
    if not at:
        return "no date"
    try:
        return dates.window_words(Span(at[:10], at[:10]))
    except BadInput:
        return at


def link(url: str | None) -> str | None:
    """The address where it may be a link: http or https with a host, nothing else."""
    try:
        parts = urlsplit((url or "").strip())
    except ValueError:
        return None
    return (url or "").strip() if parts.scheme in ("http", "https") and parts.netloc else None


def host(url: str | None) -> str:
    try:
        return urlsplit(url or "").hostname or ""
    except ValueError:
        return ""


def glance(section: QuestionSection) -> dict[str, list[str]]:
    """The answers to what a new reader asks first, two or three lines each."""
    on_scale = [r for r in section.rows if r.off is None]
    disputed = [s.words for s in section.said if s.kind == "contradicts" and s.current][:2]
    disputed += [f"In {s.differing[1]}, {s.detail}." for s in section.strips[: 2 - len(disputed)]]
    off = [r for r in section.rows if r.off is not None and r.words != "in words only"][:1]
    return {
        "claimed": [_claimed(r.words, r.heading, r.outlets, party=r.party) for r in on_scale[:3]],
        "disputed": disputed,
        "apart": [f"Set apart, since {r.off}: {r.words} ({r.heading})." for r in off],
        "replied": [_replied(r) for r in section.requests],
        "unknown": list(section.unknown[:2]),
        "more": [count(len(on_scale) - 3, "more source")] if len(on_scale) > 3 else [],
    }


def _replied(request: Request) -> str:
    if not request.replied:
        return f"{request.source}, asked on {day(request.asked_at)}: no reply so far."
    return f"{request.source}: “{request.reply}”" if request.reply else f"{request.source} replied with a file."


def _claimed(words: str, heading: str, outlets: int, *, party: bool) -> str:
    said = f"{capital(words)} — {heading}"
    return said + (" (a party)" if party else "") + (f", in {count(outlets, 'outlet')}" if outlets > 1 else "")
