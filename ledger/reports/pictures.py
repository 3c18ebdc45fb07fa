"""Pictures as SVG that we write ourselves: ranges by original source, and the graph from outlets to origins.

Text stays text, the page's style sheet gives the colours (each has a fallback in the file itself), every picture has a title
and a description in words. Positions along a plot's width are percentages, so that it grows while letters keep their size.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Sequence
from decimal import Decimal
from html import escape
from itertools import accumulate
from typing import Any, NamedTuple

from ledger.catalogue import unmarked
from ledger.reports.report import Axis, Edge, Graph, Mark, Node
from ledger.reports.words import ENGLISH, Words
from ledger.text import visible

INK, EDGE, PAPER = "#0b5d8a", "#66707a", "#ffffff"
LINE, BAR, FOOT = 17, 28, 34
"""Heights of a line of text, of a bar with the room around it, and of the scale at the foot."""
NAME_WIDTH, WORDS_WIDTH, MOST_LINES = 42, 48, 4
"""Letters on a line, few enough for a phone; a wide letter counts twice. A name longer than four lines is cut."""
LEFT, RIGHT = Decimal(3), Decimal(94)
"""The part of the width that the scale takes, in percent; the rest is for the arrow of an open end."""


class Scale(NamedTuple):
    """From where to where a scale runs; `log` where each step is ten times the one before."""

    low: Decimal
    high: Decimal
    log: bool = False


def element(name: str, *inside: str, text: str = "", **attributes: Any) -> str:
    """An element with its attributes and text escaped; `inside` is markup made here. `font_size` is written font-size."""
    named = ((key.rstrip("_").replace("_", "-"), value) for key, value in attributes.items())
    written = "".join(f' {key}="{safe(str(value))}"' for key, value in named)
    body = safe(text) + "".join(inside)
    return f"<{name}{written}>{body}</{name}>" if body else f"<{name}{written}/>"


def safe(text: str) -> str:
    """Text as it may stand in an element or attribute; characters that XML forbids are left out."""
    text = unmarked(text)
    if text.isprintable():
        return escape(text)
    return escape(
        "".join(c for c in text if c in "\t\n" or (c >= " " and c not in "\x7f\ufffe\uffff" and not _half(c)))
    )


def _half(character: str) -> bool:
    return "\ud800" <= character <= "\udfff"


def named(key: str, title: str, described: str) -> list[str]:
    """The title and description of a picture, as its first children."""
    return [element("title", text=title, id=f"{key}-t"), element("desc", text=described, id=f"{key}-d")]


def label(*parts: str, words: Words, x: object = 0, y: object, **attributes: Any) -> str:
    """A line of text at the side where this language begins; `parts` are markup, already safe."""
    if not words.rtl:
        return element("text", *parts, x=x, y=y, **attributes)
    # isolates rather than style: programs that draw SVG files know the characters, few know the properties
    return element("text", RLI, *parts, PDI, x="100%" if x == 0 else x, y=y, text_anchor="end", **attributes)


LRI, RLI, FSI, PDI = "\u2066", "\u2067", "\u2068", "\u2069"


def kept(text: str, words: Words = ENGLISH) -> str:
    """Foreign text, isolated in its writing direction where that could differ from the text around it."""
    mixed = words.rtl or any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)
    return f"{FSI}{safe(text)}{PDI}" if mixed else safe(text)


def heading(text: str, words: Words) -> str:
    """A line of a source's heading: the name with the interface's words around it."""
    return safe(text) if words.rtl else kept(text)


def english(text: str, words: Words) -> str:
    """An English sentence of the program in a picture whose language runs from right to left."""
    return f"{LRI}{safe(text)}{PDI}" if words.rtl else safe(text)


def wrapped(text: str, width: int, most: int = MOST_LINES) -> list[str]:
    """The text in lines of limited width, cut with an ellipsis after the last line allowed."""
    lines = [""]
    for word in visible(" ".join(text.split())).split(" "):
        if lines[-1] and _width(lines[-1]) + 1 + _width(word) <= width:
            lines[-1] += f" {word}"
            continue
        pieces = _pieces(word, width)
        lines += pieces if lines[-1] else []
        if not lines[-1]:
            lines[-1:] = pieces
    if len(lines) > most:
        lines[most - 1 :] = [lines[most - 1][: width - 1] + "…"]
    return lines


def _pieces(word: str, width: int) -> list[str]:
    """A word cut where it is longer than a line: a script without spaces, or an address."""
    pieces = [""]
    for c in word:
        if _width(pieces[-1]) + _letter(c) > width:
            pieces.append("")
        pieces[-1] += c
    return pieces


def _width(text: str) -> int:
    return sum(map(_letter, text))


def _letter(c: str) -> int:
    return 2 if unicodedata.east_asian_width(c) in "WF" else 1


# --- ranges -------------------------------------------------------------------------------------------------------


def ranges(axis: Axis, *, key: str, width: str = "100%", words: Words = ENGLISH) -> str:
    """A plot of one axis: a row for each source with a dot, a bar, an arrow where the end is open."""
    scale = _scale(axis)
    labels = {m: words.heading(m.name, m.standing, m.label) for m in axis.marks}
    lines = [(wrapped(labels[m], NAME_WIDTH), wrapped(m.words, WORDS_WIDTH)) for m in axis.marks]
    tops = list(accumulate((LINE * (len(a) + len(b)) + BAR for a, b in lines), initial=0))
    told = "; ".join(f"{labels[m]}: {m.words}" for m in axis.marks)
    rows = [_row(m, lines[i], tops[i], scale, words) for i, m in enumerate(axis.marks)]
    return element(
        "svg", *named(key, words("Figures by original source: {what}", what=axis.title), told),
        _ticks(scale, tops[-1] + 4), *rows,
        class_="ranges", role="img", width=width, height=tops[-1] + FOOT, direction="ltr",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=14,
    )  # fmt: skip


TENFOLD = 100
"""How many times the lowest the highest number is where a scale goes up in tenfold steps."""


def scale_of(stated: Sequence[str | None]) -> Scale:
    """From below the lowest to above the highest number, with room on both sides; never below zero for what is not."""
    numbers = [Decimal(v) for v in stated if v is not None] or [Decimal(0)]
    low, high = min(numbers), max(numbers)
    if low > 0 and high / low >= TENFOLD:
        return Scale(Decimal(10) ** low.adjusted(), Decimal(10) ** (high.adjusted() + 1), log=True)
    room = (high - low) / 6 or abs(high) / 5 or Decimal(1)
    near = low >= 0 and (low < room or low < (high - low) / 4)
    return Scale(Decimal(0) if near else low - room, high + room)


def _scale(axis: Axis) -> Scale:
    return scale_of([v for m in axis.marks for v in (m.low, m.high)])


def share(value: str | Decimal, scale: Scale) -> Decimal:
    """The position of a number on its scale, from 0 to 1."""
    number, low, high = Decimal(value), scale.low, scale.high
    if scale.log:
        number, low, high = (max(n, scale.low).log10() for n in (number, low, high))
    return (number - low) / (high - low)


def _at(value: str | Decimal, scale: Scale) -> Decimal:
    """The position of a number in percent of the width."""
    return LEFT + share(value, scale) * (RIGHT - LEFT)


def _p(value: Decimal) -> str:
    return f"{value:.2f}%"


def _ticks(scale: Scale, base: int) -> str:
    """The scale at the foot."""
    parts = [_line("axis", (LEFT, RIGHT), base, stroke="currentColor", opacity=".45")]
    for value in ticks(scale):
        x = _p(_at(value, scale))
        foot = {"x": x, "y": base + 18, "text_anchor": "middle", "font_size": 12, "fill": "currentColor"}
        parts += [_grid(x, base - 5, base), element("text", text=f"{value:,f}", class_="tick", **foot)]
    return "".join(parts)


def _grid(x: str, top: int, bottom: int) -> str:
    return element("line", class_="grid", x1=x, x2=x, y1=top, y2=bottom, stroke="currentColor", opacity=".2")


def ticks(scale: Scale) -> list[Decimal]:
    """Two to seven round numbers inside the scale; of one that goes up tenfold, the powers of ten."""
    if scale.log:
        powers = range(scale.low.adjusted(), scale.high.adjusted() + 1)
        return [Decimal(10) ** n for n in powers if n % ((len(powers) - 1) // 7 + 1) == 0]
    span = scale.high - scale.low
    unit = Decimal(10) ** span.adjusted()
    step = next(unit * s for s in map(Decimal, ("0.2", "0.25", "0.5", "1", "2", "5", "10")) if span / (unit * s) <= 5)
    first = int((scale.low / step).to_integral_value(rounding="ROUND_CEILING"))
    last = int((scale.high / step).to_integral_value(rounding="ROUND_FLOOR"))
    return [Decimal(f"{(n * step).normalize():f}") for n in range(first, last + 1)]


def _row(mark: Mark, lines: tuple[list[str], list[str]], top: int, scale: Scale, words: Words) -> str:
    names, said = lines
    y = top + LINE
    parts = [element("title", text=f"{words.heading(mark.name, mark.standing, mark.label)}: {mark.words}")]
    for i, line in enumerate(names):
        more = _counted(mark, words) if i == len(names) - 1 else ""
        name = element("tspan", heading(line, words))
        parts.append(label(name, more, words=words, y=y, font_weight=600, fill="currentColor"))
        y += LINE
    for line in said:
        told = english(line, words)
        parts.append(label(told, words=words, y=y, class_="words", font_size=13, fill="currentColor"))
        y += LINE
    return element("g", *parts, _bar(mark, y - 3, scale), class_="mark")


def _counted(mark: Mark, words: Words) -> str:
    """How many outlets reported it and, where the source is a party, a mark, behind its name."""
    times = element("tspan", "\u00a0" + english(f"×{mark.outlets}", words), class_="times", font_weight=400)
    party = element("tspan", text=f" · {words('party')}", class_="party", font_weight=400)
    return (times if mark.outlets > 1 else "") + (party if mark.party else "")


def _bar(mark: Mark, y: int, scale: Scale) -> str:
    """A dot for a number, a bar for a range, an arrow for an open end; soft where the figure is approximate.

    A ring stands where the number itself is not meant; what cannot be below zero has no arrow there.
    """
    lines = "".join(_grid(_p(_at(value, scale)), y - 9, y + 9) for value in ticks(scale))
    if mark.low is None and mark.high is None:
        return lines
    low, high = (None if v is None else _at(v, scale) for v in (mark.low, mark.high))
    whole = scale.low == 0
    start = (LEFT if whole else LEFT - 1) if low is None else low
    end = RIGHT + 2 if high is None else high
    parts = [lines, _soft(mark, y, scale) if mark.soft else ""]
    if start != end and not mark.nearly:
        dashes = {"stroke_dasharray": "3 4"} if mark.vague else {}
        parts.append(_line("bar", (start, end), y, stroke=INK, stroke_width="4", **dashes))
    if high is None:
        parts.append(_arrow(end, y, "M0 -7 L11 0 L0 7 Z"))
    if low is None and not whole and not mark.nearly:
        parts.append(_arrow(start, y, "M0 -7 L-11 0 L0 7 Z"))
    if not mark.vague:
        dots = dict.fromkeys(v for v in (low, high) if v is not None)
        parts += [_dot(at, y, ring=mark.beyond or mark.nearly) for at in dots]
    return "".join(parts)


def _dot(at: Decimal, y: int, *, ring: bool) -> str:
    if ring:
        return element("circle", class_="ring", cx=_p(at), cy=y, r=5, fill=PAPER, stroke=INK, stroke_width=2.5)
    return element("circle", class_="dot", cx=_p(at), cy=y, r=6, fill=INK)


def keys(axes: Sequence[Axis], words: Words) -> list[str]:
    """What the marks of these plots mean: each that occurs, with what it is taken for."""
    marks = [m for axis in axes for m in axis.marks]
    said = {
        words("dot: a figure as stated"): any(not (m.vague or m.beyond or m.nearly) for m in marks),
        words("arrow: open that way, “at least” or “at most”"): any(_points(m, a) for a in axes for m in a.marks),
        words("ring: above or below that number, not the number itself"): any(m.beyond and not m.nearly for m in marks),
        words("pale band: “about”, taken as 10 % either way"): any(m.soft and not m.nearly for m in marks),
        words("pale band up to a ring: “nearly”, taken as up to 10 % less"): any(m.nearly for m in marks),
    }
    found = [text for text, occurs in said.items() if occurs]
    vague = {m.words: (m.low or "0", m.high) for m in marks if m.vague}
    for text, (low, high) in vague.items():
        told = words("{low} or more", low=low) if high is None else words("{low} to {high}", low=low, high=high)
        found.append(words("dashes: “{words}”, taken as {range}", words=text, range=told))
    if any(m.outlets > 1 for m in marks):
        found.append(words("×2: carried by two outlets"))
    if any(_scale(axis).log for axis in axes):
        found.append(words("the scale goes up tenfold from line to line"))
    return found


def _points(mark: Mark, axis: Axis) -> bool:
    """True where an arrow is drawn."""
    return mark.high is None or (mark.low is None and not mark.nearly and _scale(axis).low != 0)


def _line(name: str, span: tuple[Decimal, Decimal], y: int, **attributes: str) -> str:
    return element("line", class_=name, x1=_p(span[0]), x2=_p(span[1]), y1=y, y2=y, **attributes)


def _soft(mark: Mark, y: int, scale: Scale) -> str:
    """A wide pale band: the interval that comparing takes "about" or "nearly" to mean."""
    value = Decimal(mark.low if mark.low is not None else mark.high or "0")
    ways = (-1, 0) if mark.nearly else (-1, 1)
    a, b = (max(LEFT, min(RIGHT, _at(value + d * abs(value) / 10, scale))) for d in ways)
    return _line("soft", (a, b), y, stroke=INK, stroke_width="16", stroke_linecap="butt", opacity=".22")


def _arrow(at: Decimal, y: int, path: str) -> str:
    return element("svg", element("path", class_="open", d=path, fill=INK), x=_p(at), y=y, overflow="visible")


# --- the graph ----------------------------------------------------------------------------------------------------

BOX, GAP, TOP = 262, 52, 34
BOX_WIDTH, BOX_LINES = 34, 2
STEPS = {1: 40, 2: 56}
"""The distance from one box to the next, by the most lines that a box holds."""
Places = dict[str, tuple[int, float]]


def origins(graph: Graph, *, key: str, words: Words = ENGLISH) -> str:
    """The graph as columns from outlets over relays to original sources; a line's width counts claims."""
    columns = [[n for n in graph.nodes if n.column == i] for i in range(graph.columns)]
    lines = {n.key: wrapped(n.label, BOX_WIDTH, BOX_LINES) for n in graph.nodes}
    step = STEPS[max((len(found) for found in lines.values()), default=1)]
    height = TOP + step * max((len(c) for c in columns), default=1) + 6
    width = graph.columns * BOX + (graph.columns - 1) * GAP
    place = {
        n.key: (_x(i, graph.columns, words), _y(j, len(c), height))
        for i, c in enumerate(columns)
        for j, n in enumerate(c)
    }
    names = {n.key: n.label for n in graph.nodes}
    told = "; ".join(words("{outlet} from {source}", outlet=names[e.start], source=names[e.end]) for e in graph.edges)
    return element(
        "svg", *named(key, words("Who published, via whom, and where it comes from"), told), _heads(graph.columns, words),
        *(_edge(e, place) for e in graph.edges), *(_node(n, lines[n.key], place[n.key], words) for n in graph.nodes),
        class_="graph", role="img", width=width, height=height, viewBox=f"-2 0 {width + 4} {height}", direction="ltr",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=13,
    )  # fmt: skip


def _x(column: int, columns: int, words: Words) -> int:
    """The left side of a column; the first one is on the side where the language begins."""
    return (columns - 1 - column if words.rtl else column) * (BOX + GAP)


def _inside(x: int, words: Words) -> int:
    """Where text begins in a box."""
    return x + BOX - 10 if words.rtl else x + 10


def _heads(columns: int, words: Words) -> str:
    heads = [words("Published by"), *[words("via")] * (columns - 2), words("Original source")]
    return "".join(
        label(
            safe(head), words=words, class_="head", x=_inside(_x(i, columns, words), words) - 6, y=16,
            font_size=12, fill="currentColor",
        )
        for i, head in enumerate(heads)
    )  # fmt: skip


def _y(row: int, rows: int, height: int) -> float:
    """The middle of a row, the rows of a short column spread over the height."""
    return round(TOP + (height - TOP - 6) * (2 * row + 1) / (2 * rows), 1)


def _edge(edge: Edge, place: Places) -> str:
    (x1, y1), (x2, y2) = place[edge.start], place[edge.end]
    x1, x2 = (x1 + BOX, x2) if x1 < x2 else (x1, x2 + BOX)
    middle = (x1 + x2) // 2
    path = f"M{x1} {y1:g} C{middle} {y1:g} {middle} {y2:g} {x2} {y2:g}"
    width = f"{min(1.5 + edge.claims, 7):g}"
    return element("path", class_="edge", d=path, fill="none", stroke="currentColor", stroke_width=width, opacity=".35")


def _node(node: Node, lines: list[str], at: tuple[int, float], words: Words) -> str:
    x, y = at
    height = 12 + 16 * len(lines)
    first = y + 4.5 - 8 * (len(lines) - 1)
    return element(
        "g",
        element("title", text=node.label),
        element(
            "rect",
            x=x,
            y=f"{y - height / 2:g}",
            width=BOX,
            height=height,
            rx=6,
            fill=PAPER,
            stroke=EDGE,
            stroke_width="1.5",
        ),
        *(
            label(kept(line, words), words=words, x=_inside(x, words), y=f"{first + 16 * i:g}", fill="currentColor")
            for i, line in enumerate(lines)
        ),
        class_=f"node {node.kind}",
    )
