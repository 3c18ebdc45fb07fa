"""Pictures as SVG that we write ourselves: ranges by original source, and the graph from outlets to origins.

Text stays text, the page's style sheet gives the colours (each has a fallback in the file itself), every picture has a title
and a description in words. Positions along a plot's width are percentages, so that it grows while letters keep their size.
"""

from __future__ import annotations

from collections.abc import Sequence
from decimal import Decimal
from html import escape

from ledger.report.shape import Axis, Edge, Graph, Mark, Node
from ledger.text import visible

INK, EDGE, PAPER = "#0b5d8a", "#66707a", "#ffffff"
ROW, FOOT = 62, 34
LEFT, RIGHT = Decimal(3), Decimal(94)
"""The part of the width that the scale takes, in percent; the arrow of an open end takes the rest."""

Scale = tuple[Decimal, Decimal]


def element(name: str, *inside: str, text: str = "", **attributes: object) -> str:
    """An element with its attributes and text escaped; `inside` is markup made here. `font_size` is written font-size."""
    named = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    written = "".join(f' {key}="{safe(str(value))}"' for key, value in named)
    body = safe(text) + "".join(inside)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def safe(text: str) -> str:
    """Text as it may stand in an element or attribute; characters that XML forbids are left out."""
    return escape(
        "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\x7f\ufffe\uffff" and not _half(c)))
    )


def _half(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def _named(key: str, title: str, described: str) -> dict[str, str]:
    """The title and description of a picture, as its first children."""
    return {
        "title": element("title", text=title, id=f"{key}-t"),
        "desc": element("desc", text=described, id=f"{key}-d"),
    }


# --- ranges -------------------------------------------------------------------------------------------------------


def ranges(axis: Axis, *, key: str, width: str = "100%") -> str:
    """A plot of one axis: a row for each source with a dot, a bar, an arrow where the end is open."""
    scale = _scale(axis.marks)
    height = ROW * len(axis.marks) + FOOT
    names = _named(
        key, f"Figures by original source: {axis.title}", "; ".join(f"{m.label}: {m.words}" for m in axis.marks)
    )
    rows = [_row(mark, i * ROW, scale) for i, mark in enumerate(axis.marks)]
    return element(
        "svg", *names.values(), _ticks(scale, height - FOOT + 4), *rows,
        class_="ranges", role="img", width=width, height=height,
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=14,
    )  # fmt: skip


def _scale(marks: Sequence[Mark]) -> Scale:
    """From below the lowest to above the highest number, with room on both sides; from nought where that is near."""
    numbers = [Decimal(v) for m in marks for v in (m.low, m.high) if v is not None] or [Decimal(0)]
    low, high = min(numbers), max(numbers)
    room = (high - low) / 6 or abs(high) / 5 or Decimal(1)
    near = low >= 0 and (low < room or low < (high - low) / 4)
    return (Decimal(0) if near else low - room), high + room


def _at(value: str | Decimal, scale: Scale) -> Decimal:
    """Where a number stands, in percent of the width."""
    return LEFT + (Decimal(value) - scale[0]) / (scale[1] - scale[0]) * (RIGHT - LEFT)


def _p(value: Decimal) -> str:
    return f"{value:.2f}%"


def _ticks(scale: Scale, base: int) -> str:
    parts = [_line("axis", (LEFT, RIGHT), base, stroke="currentColor", opacity=".45")]
    for value in ticks(scale):
        x = _p(_at(value, scale))
        parts.append(element("line", class_="grid", x1=x, x2=x, y1=0, y2=base, stroke="currentColor", opacity=".13"))
        label = f"{value:,f}"
        parts.append(
            element(
                "text",
                text=label,
                class_="tick",
                x=x,
                y=base + 18,
                text_anchor="middle",
                font_size=12,
                fill="currentColor",
            )
        )
    return "".join(parts)


def ticks(scale: Scale) -> list[Decimal]:
    """Two to seven round numbers inside the scale."""
    span = scale[1] - scale[0]
    unit = Decimal(10) ** span.adjusted()
    step = next(unit * s for s in map(Decimal, ("0.2", "0.25", "0.5", "1", "2", "5", "10")) if span / (unit * s) <= 5)
    first = int((scale[0] / step).to_integral_value(rounding="ROUND_CEILING"))
    last = int((scale[1] / step).to_integral_value(rounding="ROUND_FLOOR"))
    return [Decimal(f"{(n * step).normalize():f}") for n in range(first, last + 1)]


def _row(mark: Mark, top: int, scale: Scale) -> str:
    times = element("tspan", text=f" ×{mark.outlets}", class_="times", font_weight=400) if mark.outlets > 1 else ""
    party = element("tspan", text=" · party", class_="party", font_weight=400) if mark.party else ""
    name = element("tspan", text=_short(mark.label, 48))
    return element(
        "g",
        element("title", text=f"{mark.label}: {mark.words}"),
        element("text", name, times, party, x=0, y=top + 17, font_weight=600, fill="currentColor"),
        element(
            "text", text=_short(mark.words, 52), class_="words", x=0, y=top + 34, font_size=13, fill="currentColor"
        ),
        _bar(mark, top + 48, scale),
        class_="mark",
    )


def _bar(mark: Mark, y: int, scale: Scale) -> str:
    """A dot for a number, a bar for a range, an arrow for an open end; soft where the figure is approximate."""
    low, high = (None if v is None else _at(v, scale) for v in (mark.low, mark.high))
    if low is None and high is None:
        return ""
    start, end = (LEFT - 1 if low is None else low), (RIGHT + 2 if high is None else high)
    parts = [_soft(mark, y, scale)] if mark.soft else []
    if start != end:
        dashes = {"stroke_dasharray": "3 4"} if mark.vague else {}
        parts.append(_line("bar", (start, end), y, stroke=INK, stroke_width="4", **dashes))
    if high is None:
        parts.append(_arrow(end, y, "M0 -7 L11 0 L0 7 Z"))
    if low is None:
        parts.append(_arrow(start, y, "M0 -7 L-11 0 L0 7 Z"))
    dots = dict.fromkeys(v for v in (low, high) if v is not None)
    parts += [element("circle", class_="dot", cx=_p(at), cy=y, r=6, fill=INK) for at in dots]
    return "".join(parts)


def _line(name: str, span: tuple[Decimal, Decimal], y: int, **attributes: str) -> str:
    return element("line", class_=name, x1=_p(span[0]), x2=_p(span[1]), y1=y, y2=y, **attributes)


def _soft(mark: Mark, y: int, scale: Scale) -> str:
    """A wide pale band of a tenth around an approximate number: what "about" is taken to mean for comparing."""
    value = Decimal(mark.low if mark.low is not None else mark.high or "0")
    a, b = (max(LEFT, min(RIGHT, _at(value + d * abs(value) / 10, scale))) for d in (-1, 1))
    return _line("soft", (a, b), y, stroke=INK, stroke_width="16", stroke_linecap="round", opacity=".22")


def _arrow(at: Decimal, y: int, path: str) -> str:
    return element("svg", element("path", class_="open", d=path, fill=INK), x=_p(at), y=y, overflow="visible")


def _short(text: str, most: int) -> str:
    """One line of at most so many characters, with nothing in it that turns the writing direction unseen."""
    line = visible(" ".join(text.split()))
    return line if len(line) <= most else line[: most - 1] + "…"


# --- the graph ----------------------------------------------------------------------------------------------------

BOX, GAP, STEP, TOP = 262, 52, 40, 34
Places = dict[str, tuple[int, float]]


def origins(graph: Graph, *, key: str) -> str:
    """The graph as columns: outlets on the left, relays, original sources on the right; a line's width counts claims."""
    columns = [[n for n in graph.nodes if n.column == i] for i in range(graph.columns)]
    height = TOP + STEP * max((len(c) for c in columns), default=1) + 6
    width = graph.columns * BOX + (graph.columns - 1) * GAP
    place = {n.key: (i * (BOX + GAP), _y(j, len(c), height)) for i, c in enumerate(columns) for j, n in enumerate(c)}
    label = {n.key: n.label for n in graph.nodes}
    told = "; ".join(f"{label[e.start]} from {label[e.end]}" for e in graph.edges)
    return element(
        "svg", *_named(key, "Who published, via whom, and where it comes from", told).values(), _heads(graph.columns),
        *(_edge(e, place) for e in graph.edges), *(_node(n, place[n.key]) for n in graph.nodes),
        class_="graph", role="img", width=width, height=height, viewBox=f"-2 0 {width + 4} {height}",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=13,
    )  # fmt: skip


def _heads(columns: int) -> str:
    heads = ["Published by", *["via"] * (columns - 2), "Original source"]
    return "".join(
        element("text", text=head, class_="head", x=i * (BOX + GAP) + 4, y=16, font_size=12, fill="currentColor")
        for i, head in enumerate(heads)
    )


def _y(row: int, rows: int, height: int) -> float:
    """The middle of a row, the rows of a short column spread over the height."""
    return round(TOP + (height - TOP - 6) * (2 * row + 1) / (2 * rows), 1)


def _edge(edge: Edge, place: Places) -> str:
    (x1, y1), (x2, y2) = place[edge.start], place[edge.end]
    middle = (x1 + BOX + x2) // 2
    path = f"M{x1 + BOX} {y1:g} C{middle} {y1:g} {middle} {y2:g} {x2} {y2:g}"
    width = f"{min(1.5 + edge.claims, 7):g}"
    return element("path", class_="edge", d=path, fill="none", stroke="currentColor", stroke_width=width, opacity=".35")


def _node(node: Node, at: tuple[int, float]) -> str:
    x, y = at
    return element(
        "g",
        element("title", text=node.label),
        element("rect", x=x, y=f"{y - 14:g}", width=BOX, height=28, rx=6, fill=PAPER, stroke=EDGE, stroke_width="1.5"),
        element("text", text=_short(node.label, 33), x=x + 10, y=f"{y + 4.5:g}", fill="currentColor"),
        class_=f"node {node.kind}",
    )
