"""The pictures of a question as files: SVG with its style inside, light and dark, or PNG through the extra "pdf"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ledger.catalogue import speaking
from ledger.errors import BadInput, Refused
from ledger.reports import Look, captions, over_time, pictures
from ledger.reports.pictures import element, label, wrapped
from ledger.reports.report import QuestionSection, Report
from ledger.reports.words import Words, words_of

KINDS = ("ranges", "origins", "time")
ENDINGS = ("svg", "png")
WIDTH, MARGIN, LINE = 720, 24, 20
TITLE_WIDTH, TEXT_WIDTH = 70, 98
FONT = "system-ui,-apple-system,'Segoe UI',Roboto,'Noto Sans',sans-serif"
STYLE = (
    "svg{color:#1a1f24}.paper,.ground{fill:#fff}.quiet,.words,.head,.times{fill:#56616b}.bar,.soft{stroke:#0b5d8a}"
    ".dot,.open{fill:#0b5d8a}.ring{stroke:#0b5d8a;fill:#fff}.party{fill:#8a3f00}.over{stroke:#fff}.old,.dot.past,.open.past{fill:#9aa3ab}"
    ".bar.past,.ring.past{stroke:#9aa3ab}.cut{fill:none}"
    ".node rect,.nobody circle{fill:#fff;stroke:#56616b}"
    ".node.origin rect{stroke:#0b5d8a;stroke-width:2.5}.node.relay rect{stroke-dasharray:5 3}"
    "@media (prefers-color-scheme:dark){svg{color:#e9edf0}.paper,.ground{fill:#12161a}.quiet,.words,.head,.times{fill:#a8b3bd}"
    ".bar,.soft{stroke:#7fc6f0}.dot,.open{fill:#7fc6f0}.ring{stroke:#7fc6f0;fill:#12161a}"
    ".party{fill:#ffb86b}.over{stroke:#12161a}.old,.dot.past,.open.past{fill:#6b757e}.bar.past,.ring.past{stroke:#6b757e}"
    ".node rect,.nobody circle{fill:#12161a;stroke:#a8b3bd}"
    ".node.origin rect{stroke:#7fc6f0}}"
)


def plot(report: Report, kind: str, ending: str, look: Look) -> bytes:
    """A picture of the report's question; Refused where it has nothing to draw, BadInput where a PNG needs the extra."""
    if kind not in KINDS:
        raise BadInput(f"no kind of plot {kind!r}", hint="there are: " + ", ".join(KINDS))
    if ending not in ENDINGS:
        raise BadInput(
            f"a plot is no {ending!r}", hint="name a file that ends in " + " or ".join(f".{e}" for e in ENDINGS)
        )
    section, words = report.questions[0], words_of(report.lang)
    with speaking(words):
        drawn = list(_drawn(section, kind, words))
        if not drawn:
            why = NOTHING[kind if section.axes or kind == "origins" else "ranges"]
            raise Refused(f"{section.page.id} has nothing to draw here", hint=why)
        # a PNG is light, since dots cannot follow the choice of a reader; "inherit" is the font of the extra
        made = svg(report, drawn, words, kind=kind, font=FONT if ending == "svg" else "inherit")
    if ending == "svg":
        return f"{made}\n".encode()
    from ledger.reports import blocks, pdf

    return pdf.png(blocks.Block("picture", data=made), look)


NOTHING = {
    "ranges": "none of its claims has a figure",
    "origins": "no claim is filed under it yet",
    "time": "all its figures are of one day, or the same every day; try --kind ranges",
}


def _drawn(section: QuestionSection, kind: str, words: Words) -> Iterator[tuple[str, str]]:
    """What stands above each picture, and the picture."""
    key = f"{section.page.id}-{kind}"
    if kind == "origins" and section.graph.nodes:
        yield "", pictures.origins(section.graph, key=key, words=words)
    if kind == "origins":
        return
    draw = pictures.ranges if kind == "ranges" else over_time.courses
    for i, axis in enumerate(section.axes):
        if kind == "ranges" or axis.courses:
            why = words("A scale of its own, because {reason}:", reason=axis.why) if axis.why else ""
            caption = f"{why} {captions.caption(axis, words)}".strip()
            yield caption, draw(axis, key=f"{key}-{i}", width=str(WIDTH - 2 * MARGIN), words=words)


def svg(report: Report, drawn: list[tuple[str, str]], words: Words, *, kind: str, font: str = FONT) -> str:
    """The pictures under each other with the question above them, as a document that stands alone."""
    section = report.questions[0]
    y, parts = MARGIN, []
    width = max(WIDTH, *(_size(picture)[0] + 2 * MARGIN for _, picture in drawn))
    for text, size, weight in _texts(report, section, words):
        y += LINE
        parts.append(_line(text, y, words, width, font_size=size, font_weight=weight, fill="currentColor"))
    for caption, picture in drawn:
        y += LINE // 2
        for text in wrapped(caption, TEXT_WIDTH) if caption else []:
            y += LINE
            parts.append(_line(text, y, words, width, class_="quiet", font_size=13, fill="currentColor"))
        y += LINE // 2
        parts.append(element("g", picture, transform=f"translate({MARGIN} {y})"))
        y += _size(picture)[1]
    for text in wrapped(_key(section, kind, words), TEXT_WIDTH):
        y += LINE
        parts.append(_line(text, y, words, width, class_="quiet", font_size=12, fill="currentColor"))
    height = y + MARGIN
    return element(
        "svg", *pictures.named("plot", section.page.question, section.page.summary), element("style", STYLE),
        element("rect", class_="paper", width=width, height=height, fill=pictures.PAPER), *parts,
        xmlns="http://www.w3.org/2000/svg", version="1.1", width=width, height=height, viewBox=f"0 0 {width} {height}",
        role="img", aria_labelledby="plot-t plot-d", direction="ltr", font_family=font, color="#1a1f24",
        **{"xml:lang": words.lang},
    )  # fmt: skip


def _texts(report: Report, section: QuestionSection, words: Words) -> Iterator[tuple[str, int, int]]:
    """What stands on top, with its size and weight: the question, how many sources, the day."""
    yield from ((line, 17, 700) for line in wrapped(section.page.question, TITLE_WIDTH))
    day = words("as of {day}", day=words.day(report.generated_at))
    yield f"{section.traced} · {section.page.id}, {day}", 13, 400


def _line(text: str, y: int, words: Words, width: int, **attributes: object) -> str:
    return label(
        pictures.written(text, words), words=words, x=width - MARGIN if words.rtl else MARGIN, y=y, **attributes
    )


def _key(section: QuestionSection, kind: str, words: Words) -> str:
    """What the marks mean."""
    by_day = (line for axis in section.axes if axis.courses for line in over_time.keys(axis, words))
    said: dict[str, Sequence[str]] = {
        "ranges": pictures.keys(section.axes, words),
        "time": list(dict.fromkeys(by_day)),
        "origins": (words("Each outlet joined to whom it quotes."), *pictures.shared(section.graph, words)),
    }  # fmt: skip
    return (words("; ") if kind == "ranges" else " ").join(said[kind])


def _size(picture: str) -> tuple[int, int]:
    """A picture's width and height in pixels."""
    opening = picture.partition(">")[0]
    found = (re.search(rf' {side}="([0-9]+)"', opening) for side in ("width", "height"))
    width, height = (int(m[1]) if m else 0 for m in found)
    return width, height
