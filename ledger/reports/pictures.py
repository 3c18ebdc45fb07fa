"""Pictures as SVG that we write ourselves: ranges by original source, and the graph from outlets to origins.

Text stays text, the page's style sheet gives the colours (each has a fallback in the file itself), every picture has a title
and a description in words. Positions along a plot's width are percentages, so that it grows while letters keep their size.
"""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from collections.abc import Mapping, Sequence
from decimal import Decimal
from html import escape
from itertools import accumulate, pairwise
from typing import Any, NamedTuple

from ledger.catalogue import END, ENGLISH_TEXT, THEIRS, number, unmarked
from ledger.quantity.intervals import TENTH
from ledger.reports.report import Axis, Graph, Mark, Node, Past
from ledger.reports.words import ENGLISH, Words
from ledger.text import visible

INK, EDGE, OLD, PAPER = "#0b5d8a", "#66707a", "#9aa3ab", "#ffffff"
LINE, BAR, FOOT = 17, 28, 34
"""Heights of a line of text, of a bar with the room around it, and of the scale at the foot."""
NAME_WIDTH, WORDS_WIDTH, MOST_LINES = 42, 48, 4
"""Letters on a line, few enough for a phone; a wide letter counts twice. A name longer than four lines is cut."""
LETTER = Decimal("2.1")
"""The width of a digit in percent of a phone's width, so that numbers neither overlap nor are cut."""
LEFT, RIGHT = Decimal(3), Decimal(94)
"""The part of the width that the scale takes, in percent; the rest is for the arrow of an open end."""


class Scale(NamedTuple):
    """From where to where a scale runs; `log` where each step is ten times the one before."""

    low: Decimal
    high: Decimal
    log: bool = False
    zero: bool = False
    """True where the left end of such a scale stands for zero."""


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


RLI, FSI, PDI = "\u2067", "\u2068", "\u2069"


def kept(text: str, words: Words = ENGLISH) -> str:
    """Foreign text, isolated in its writing direction where that could differ from the text around it."""
    mixed = words.rtl or any(unicodedata.bidirectional(c) in ("R", "AL", "AN") for c in text)
    return f"{FSI}{safe(text)}{PDI}" if mixed else safe(text)


def written(text: str, words: Words) -> str:
    """A line of a composed text: what others said or are called is isolated, and named as theirs."""
    pieces = re.split(f"([{THEIRS}{ENGLISH_TEXT}][^{END}]*{END}?)", text)
    if len(pieces) == 1:
        return safe(text) if words.rtl else kept(text)
    given = {THEIRS: {"class_": "theirs"}, ENGLISH_TEXT: {"lang": "en"}}
    parts = (element("tspan", kept(unmarked(p), words), **given[p[0]]) if p[:1] in given else safe(p) for p in pieces)
    return "".join(parts)


def wrapped(text: str, width: int, most: int = MOST_LINES) -> list[str]:
    """The text in lines of limited width, cut with an ellipsis after the last line allowed."""
    return _closed(_broken(text, width, most))


def _closed(lines: list[str]) -> list[str]:
    """What is marked over several lines is marked in each."""
    mark = ""
    for i, line in enumerate(lines):
        lines[i] = mark + line
        last = next((c for c in reversed(lines[i]) if c in (THEIRS, ENGLISH_TEXT, END)), END)
        mark = "" if last == END else last
        lines[i] += END if mark else ""
    return lines


def _broken(text: str, width: int, most: int) -> list[str]:
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
    return 0 if c in (THEIRS, ENGLISH_TEXT, END) else 2 if unicodedata.east_asian_width(c) in "WF" else 1


# --- ranges -------------------------------------------------------------------------------------------------------


def ranges(axis: Axis, *, key: str, width: str = "100%", words: Words = ENGLISH, beside: bool = False) -> str:
    """A plot of one axis: a row for each source with a dot, a bar, an arrow where the end is open.

    Its description has each figure, but where they are listed `beside` it, with who is named for them and when.
    """
    scale = _scale(axis)
    lines = [_lines(m, words, beside=beside) for m in axis.marks]
    begins = _begins(axis)
    rooms = (DAY * new + LINE * sum(map(len, texts)) + BAR for new, texts in zip(begins, lines, strict=True))
    tops = list(accumulate(rooms, initial=0))
    told = (
        words("{figures}; the list follows", figures=_reach(axis, words))
        if beside
        else words.strung(f"{m.label}: {m.words}" for m in axis.marks)
    )
    rows = [_row(m, lines[i], tops[i] + DAY * begins[i], scale, words) for i, m in enumerate(axis.marks)]
    days = [_day(m.day, tops[i], words) for i, m in enumerate(axis.marks) if begins[i]]
    return element(
        "svg", *named(key, words("Figures by source"), told),
        _ticks(scale, tops[-1] + 4, " %" if axis.unit == "percent" else ""), *days, *rows,
        class_="ranges", role="img", width=width, height=tops[-1] + FOOT, direction="ltr",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=14,
    )  # fmt: skip


DAY = 24
"""The room of a day that stands above the figures that are of it."""


def _begins(axis: Axis) -> list[bool]:
    """Whether a day begins with a mark, for each."""
    days = ["", *(m.day for m in axis.marks)]
    return [now != before for before, now in pairwise(days)]


def _day(at: str, top: int, words: Words) -> str:
    """A day, above the first figure that is of it."""
    return label(safe(words.day(at)), words=words, y=top + LINE, class_="head", font_size=13, fill="currentColor")


def _reach(axis: Axis, words: Words) -> str:
    """How many figures a plot has, from the lowest to the highest number."""
    ends = [Decimal(v) for m in axis.marks for v in (m.low, m.high) if v is not None]
    low, high = (number(end) for end in (min(ends), max(ends)))
    if low == high:
        return words.count("{n} figure: {low}", "{n} figures, all at {low}", len(axis.marks), low=low)
    return words.count(
        "{n} figure, {low} to {high}", "{n} figures, {low} to {high}", len(axis.marks), low=low, high=high
    )


def compares(axis: Axis) -> bool:
    """True where there is more than one figure to see: a dot alone on a scale says nothing."""
    return len(axis.marks) + sum(len(m.earlier) for m in axis.marks) > 1


def _lines(mark: Mark, words: Words, *, beside: bool = False) -> tuple[list[str], list[str], list[str]]:
    """The lines above a bar: who, what it says and of which day, what its earlier figures were."""
    nobody, dated = words("in its own words") if mark.bare and not beside else "", mark.dated
    told = "" if mark.day or (beside and not mark.earlier) else dated  # its day stands above
    said = " · ".join(filter(None, (mark.words, nobody, told)))
    past = words("Earlier: {words}.", words=words.past(mark.earlier[MOST_PAST - 1 :: -1])) if mark.earlier else ""
    if rest := len(mark.earlier[MOST_PAST:]):
        past = f"{past} {words.count('{n} earlier figure not listed.', '{n} earlier figures not listed.', rest)}"
    lines = 2 * MOST_LINES
    names = wrapped(mark.label, NAME_WIDTH)
    short = beside and len(names) == 1 and _width(f"{mark.label} {said}") + 10 * mark.party <= NAME_WIDTH
    return (
        names,
        [] if short else wrapped(said, WORDS_WIDTH),
        wrapped(past, WORDS_WIDTH, lines) if past else [],
    )


ABOUT = f"{(TENTH * 100).normalize():f}"
"""How many percent "about" is taken to mean."""
MOST_PAST = 4
"""Overtaken figures of a source that are written out above its bar."""
SEEN = Decimal("0.05")
"""The share of the highest number by which figures have to differ to be seen apart on a scale that begins at zero."""
TENFOLD = 100
"""How many times the lowest the highest number is where a scale goes up in tenfold steps."""


def scale_of(stated: Sequence[str | Decimal | None]) -> Scale:
    """From below the lowest to above the highest number, with room on both sides; never below zero for what is not."""
    numbers = [Decimal(v) for v in stated if v is not None] or [Decimal(0)]
    low, high = min(numbers), max(numbers)
    least = min((n for n in numbers if n > 0), default=high)
    if low >= 0 and least > 0 and high / least >= TENFOLD:
        first = least.adjusted() - (low == 0)
        return Scale(Decimal(10) ** first, Decimal(10) ** (high.adjusted() + 1), log=True, zero=low == 0)
    room = (high - low) / 6 or abs(high) / 5 or Decimal(1)
    near = low >= 0 and (low < room or high - low > high * SEEN)  # else the scale would make little look like much
    return _labelled(Scale(Decimal(0) if near else low - room, high + room), high)


def _labelled(scale: Scale, highest: Decimal) -> Scale:
    """The scale, up to one more round number where its last one is below the highest figure."""
    found = ticks(scale)
    if len(found) < 2:
        return scale
    more = Scale(scale.low, 2 * found[-1] - found[-2])
    return more if found[-1] < highest <= ticks(more)[-1] else scale


def _scale(axis: Axis) -> Scale:
    """Wide enough for every figure, for those overtaken and for what "about" is taken to mean."""
    now, before = axis.marks, [p for m in axis.marks for p in m.earlier]
    ends = [*(v for m in now for v in (m.low, m.high)), *(v for p in before for v in (p.low, p.high))]
    return scale_of([*ends, *(v for m in axis.marks if m.soft for v in _around(m))])


def _around(mark: Mark) -> tuple[Decimal, Decimal]:
    """What "about" or "nearly" is taken to mean."""
    value = Decimal(mark.low if mark.low is not None else mark.high or "0")
    room = abs(value) * TENTH
    return value - room, value if mark.nearly else value + room


def share(value: str | Decimal, scale: Scale) -> Decimal:
    """The position of a number on its scale, from 0 to 1."""
    number, low, high = Decimal(value), scale.low, scale.high
    if scale.log:
        number, low, high = (max(n, scale.low).log10() for n in (number, low, high))
    return (number - low) / (high - low)


def _at(value: str | Decimal, scale: Scale) -> Decimal:
    """The position of a number in percent of the width."""
    return LEFT + share(value, scale) * (RIGHT - LEFT)


def percent(value: Decimal | float) -> str:
    return f"{value:.2f}%"


def _ticks(scale: Scale, base: int, unit: str) -> str:
    """The scale at the foot."""
    parts = [_line("axis", (LEFT, RIGHT), base, stroke="currentColor", opacity=".45")]
    if cut(scale):
        stroke = element("path", class_="cut", d="M6 6 L10 -6 M11 6 L15 -6", stroke="currentColor", stroke_width="1.5")
        parts.append(element("svg", stroke, x=percent(LEFT), y=base, overflow="visible"))
    for value in ticks(scale):
        at, said = _at(value, scale), tick(value, scale, unit)
        half = LETTER * len(said) / 2  # so that none is cut at the edge
        anchor, x = ("start", "0") if at < half else ("end", "100%") if at + half > 100 else ("middle", percent(at))
        foot = {"x": x, "y": base + 18, "text_anchor": anchor, "font_size": 12, "fill": "currentColor"}
        parts += [_grid(percent(at), base - 5, base), element("text", text=said, class_="tick", **foot)]
    return "".join(parts)


def cut(scale: Scale) -> bool:
    """True where a scale of numbers above zero begins above zero."""
    return scale.low > 0 and not scale.log


def tick(value: Decimal, scale: Scale, unit: str = "") -> str:
    """The number at a line of a scale."""
    return f"{number(Decimal(0) if scale.zero and value == scale.low else value)}{unit}"


def _grid(x: str, top: int, bottom: int) -> str:
    return element("line", class_="grid", x1=x, x2=x, y1=top, y2=bottom, stroke="currentColor", opacity=".2")


def ticks(scale: Scale) -> list[Decimal]:
    """Two to seven round numbers inside the scale; of one that goes up tenfold, the powers of ten."""
    if scale.log:
        powers = range(scale.low.adjusted(), scale.high.adjusted() + 1)
        return [Decimal(10) ** n for n in powers if (n - powers[0]) % ((len(powers) - 1) // 7 + 1) == 0]
    span = scale.high - scale.low
    unit = Decimal(10) ** span.adjusted()
    step = next(unit * s for s in map(Decimal, ("0.2", "0.5", "1", "2", "5", "10")) if span / (unit * s) <= 5)
    first = int((scale.low / step).to_integral_value(rounding="ROUND_CEILING"))
    last = int((scale.high / step).to_integral_value(rounding="ROUND_FLOOR"))
    return [Decimal(f"{(n * step).normalize():f}") for n in range(first, last + 1)]


def few_ticks(scale: Scale) -> list[Decimal]:
    """Two or three numbers of a scale that has little room."""
    every = ticks(scale)
    return every[:: (len(every) - 1) // 2 or 1]


def _row(mark: Mark, lines: tuple[list[str], ...], top: int, scale: Scale, words: Words) -> str:
    names, said, past = lines
    y = top + LINE
    parts = [element("title", text=f"{mark.label}: {mark.words}")]
    for i, line in enumerate(names):
        more = _counted(mark, words, alone=not said) if i == len(names) - 1 else ""
        name = element("tspan", written(line, words))
        parts.append(label(name, more, words=words, y=y, font_weight=600, fill="currentColor"))
        y += LINE
    for line in (*said, *past):
        told = written(line, words)
        parts.append(label(told, words=words, y=y, class_="words", font_size=13, fill="currentColor"))
        y += LINE
    return element("g", *parts, _bar(mark, y - 3, scale), class_="mark")


def _counted(mark: Mark, words: Words, *, alone: bool) -> str:
    """A mark behind the name of a party; its figure, where that stands on no line of its own."""
    party = element("tspan", text=f" · {words('party')}", class_="party", font_weight=400)
    figure = element("tspan", " · ", written(mark.words, words), class_="words", font_size=13, font_weight=400)
    return (party if mark.party else "") + (figure if alone else "")


def _bar(mark: Mark, y: int, scale: Scale) -> str:
    """A dot for a number, a bar for a range, an arrow for an open end; soft where the figure is approximate.

    A ring stands where the number itself is not meant.
    """
    lines = "".join(_grid(percent(_at(value, scale)), y - 9, y + 9) for value in ticks(scale))
    lines += "".join(_old(p, y, scale) for p in mark.earlier)
    if mark.low is None and mark.high is None:
        return lines
    low, high = (None if v is None else _at(v, scale) for v in (mark.low, mark.high))
    parts = [lines, _soft(mark, y, scale) if mark.soft else ""]
    past = " past" if mark.past else ""
    if low is None and scale.low == 0 and not mark.nearly:
        low = LEFT  # nothing that is counted is below zero
    if low is None or high is None:
        parts += [] if mark.nearly else _open(low, high, y, past)
    elif low != high:
        dashes = {"stroke_dasharray": "3 4"} if mark.vague else {}
        parts.append(_line(f"bar{past}", (low, high), y, stroke=_ink(past), stroke_width="4", **dashes))
    if not mark.vague:
        dots = dict.fromkeys(_at(v, scale) for v in (mark.low, mark.high) if v is not None)
        parts += [_dot(at, y, past, ring=mark.beyond or mark.nearly) for at in dots]
    return "".join(parts)


STUB = Decimal(5)
"""How far an open end is drawn, in percent of the width: an arrow says where it goes, its length nothing."""


def _open(low: Decimal | None, high: Decimal | None, y: int, past: str, stub: Decimal = STUB) -> list[str]:
    """A thin arrow of a fixed length up from the lowest number, or down from the highest one."""
    start, way = (high or LEFT, -1) if low is None else (low, 1)
    end, path = start + way * stub, f"M0 -6 L{9 * way} 0 L0 6 Z"
    line = _line(f"bar{past}", (min(start, end), max(start, end)), y, stroke=_ink(past), stroke_width="2")
    return [line, arrow(end, y, path, past)]


def _old(past: Past, y: int, scale: Scale) -> str:
    """A figure that the source's own later one has overtaken, open where that was."""
    low, high = (None if v is None else _at(v, scale) for v in (past.low, past.high))
    ends = dict.fromkeys(at for at in (low, high) if at is not None)
    parts = _open(low, high, y, " past", STUB / 2) if len(ends) == 1 and None in (low, high) else []
    for at in ends:
        place: dict[str, Any] = {"cx": percent(at), "cy": y, "r": 4.5}
        ring = element("circle", class_="ring past", fill=PAPER, stroke=OLD, stroke_width=2, **place)
        parts.append(ring if past.beyond else element("circle", class_="old", fill=OLD, **place))
    return "".join(parts)


def _ink(past: str) -> str:
    return OLD if past else INK


def _dot(at: Decimal, y: int, past: str, *, ring: bool) -> str:
    place: dict[str, Any] = {"class_": f"{'ring' if ring else 'dot'}{past}", "cx": percent(at), "cy": y}
    if ring:
        return element("circle", r=5, fill=PAPER, stroke=_ink(past), stroke_width=2.5, **place)
    return element("circle", r=6, fill=_ink(past), **place)


def keys(axes: Sequence[Axis], words: Words) -> list[str]:
    """What the marks of these plots mean: each that occurs, with what it is taken for."""
    marks = [m for axis in axes for m in axis.marks]
    before = [p for m in marks for p in m.earlier if p.low is not None or p.high is not None]
    said = {
        words("dot: a figure as stated"): any(not (m.vague or m.beyond or m.nearly) for m in marks),
        words("arrow: open that way, “at least” or “at most”; its length says nothing"): any(
            _points(m, a) for a in axes for m in a.marks
        )
        or any(p.low is None or p.high is None for p in before),
        words("ring: above or below that number, not the number itself"): any(m.beyond and not m.nearly for m in marks)
        or any(p.beyond for p in before),
        words("pale band: “about” or a fraction such as “half”, taken as {n} % either way", n=ABOUT): any(
            m.soft and not m.nearly for m in marks
        ),
        words("pale band up to a ring: “nearly”, taken as up to {n} % less", n=ABOUT): any(m.nearly for m in marks),
        words("grey: an earlier figure, since replaced"): any(m.earlier or m.past for m in marks),
        words("two strokes: the scale does not begin at zero"): any(cut(_scale(axis)) for axis in axes),
    }
    found = [text for text, occurs in said.items() if occurs]
    vague = {m.words: [number(Decimal(v)) for v in (m.low or "0", m.high) if v is not None] for m in marks if m.vague}
    for text, (low, *high) in vague.items():
        told = words("{low} to {high}", low=low, high=high[0]) if high else words("{low} or more", low=low)
        found.append(words("dashes: “{words}”, taken as {range}", words=text, range=told))
    if any(_scale(axis).log for axis in axes):
        found.append(words("the scale goes up tenfold from line to line"))
    if any(_scale(axis).zero for axis in axes):
        found.append(words("the left end of that scale is zero"))
    return found


def _points(mark: Mark, axis: Axis) -> bool:
    """True where an arrow is drawn."""
    return mark.high is None or (mark.low is None and not mark.nearly and _scale(axis).low != 0)


def _line(name: str, span: tuple[Decimal, Decimal], y: int, **attributes: str) -> str:
    return element("line", class_=name, x1=percent(span[0]), x2=percent(span[1]), y1=y, y2=y, **attributes)


def _soft(mark: Mark, y: int, scale: Scale) -> str:
    """A wide pale band: the interval that comparing takes "about" or "nearly" to mean."""
    a, b = (_at(value, scale) for value in _around(mark))
    return _line("soft", (a, b), y, stroke=INK, stroke_width="16", stroke_linecap="butt", opacity=".22")


def arrow(at: Decimal | float, y: float, path: str, past: str = "") -> str:
    head = element("path", class_=f"open{past}", d=path, fill=_ink(past))
    return element("svg", head, x=percent(at), y=y, overflow="visible")


# --- the graph ----------------------------------------------------------------------------------------------------

BOX, GAP, TOP = 262, 52, 34
BOX_WIDTH, BOX_LINES = 34, 2
STEPS = {1: 34, 2: 50}
"""The room of a box, by the lines that it holds."""
LANE = 14
"""The room of a lane, in which lines pass a column without touching a box."""
Places = dict[str, tuple[int, float]]


def origins(graph: Graph, *, key: str, words: Words = ENGLISH) -> str:
    """The graph as columns from outlets over relays to original sources; a line's width counts claims."""
    columns = [[n for n in graph.nodes if n.column == i] for i in range(graph.columns)]
    names = {n.key: _named(n, words) for n in graph.nodes if n.kind != "lane"}
    lines = {k: wrapped(name, BOX_WIDTH, BOX_LINES) for k, name in names.items()}
    rooms = {n.key: STEPS[len(lines[n.key])] if n.key in lines else LANE for n in graph.nodes}
    height = TOP + max((sum(rooms[n.key] for n in c) for c in columns), default=STEPS[1]) + 6
    width = graph.columns * BOX + (graph.columns - 1) * GAP
    place = {k: (_x(i, graph.columns, words), y) for i, c in enumerate(columns) for k, y in _heights(c, rooms, height)}
    joined: dict[str, list[str]] = {}
    for e in graph.edges:
        joined.setdefault(e.end, []).append(names[e.start])
    bare = joined.pop("nobody", [])
    told = [words("From {source}: {outlets}", source=names[k], outlets=words.listed(of)) for k, of in joined.items()]
    told += [words("No source named in the sentence: {outlets}", outlets=words.listed(bare))] if bare else []
    return element(
        "svg", *named(key, words("Who published, via whom, and where it comes from"), words.strung(told)),
        _heads(graph.columns, words), *_edges(graph, place, words),
        *(_node(n, names[n.key], lines[n.key], place[n.key], words) for n in graph.nodes if n.kind != "lane"),
        class_="graph", role="img", width=width, height=height, viewBox=f"-2 0 {width + 4} {height}", direction="ltr",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=13,
    )  # fmt: skip


def shares(graph: Graph) -> bool:
    """True where a picture of origins shows what a list does not: several of three or more outlets lead to one box."""
    stand = {n.key: bool(n.label) + n.more for n in graph.nodes}
    led = Counter[str]()
    for e in graph.edges:
        led[e.end] += stand[e.start]
    outlets = sum(stand[n.key] for n in graph.nodes if n.kind == "outlet")
    return outlets > 2 and any(n > 1 for end, n in led.items() if end != "nobody")


def shared(graph: Graph, words: Words) -> list[str]:
    """What a reader has to know of boxes in which several stand."""
    grouped = any(n.label and n.more for n in graph.nodes)
    said = [words("Outlets whose lines lead to the same boxes share one.")] if grouped else []
    if any(e.end == "nobody" for e in graph.edges):
        said.append(words("Empty ring: in the outlet’s own words."))
    if rest := [_named(n, words) for n in graph.nodes if n.more and not n.label]:
        said.append(words("In one box each: {rest}.", rest=words.listed(rest)))
    if len({*_steps(graph).values()}) > 1:
        said.append(words("A thicker line stands for more statements."))
    joins, parts = Counter(e.end for e in graph.edges), Counter(e.start for e in graph.edges)
    if any(joins[n.key] > 1 and parts[n.key] > 1 for n in graph.nodes if n.kind == "relay"):
        said.append(words("Behind a relay the picture does not show which outlet has which source; the list does."))
    return said


def _named(node: Node, words: Words) -> str:
    """Who stands in a box: one name, some names with how many more, or only how many."""
    if not node.more:
        return node.label
    if node.kind == "outlet":
        more = words.count("{n} more outlet", "{n} more outlets", node.more)
    elif node.kind == "relay":
        more = words.count("{n} more relay", "{n} more relays", node.more)
    else:
        more = words.count("{n} more source", "{n} more sources", node.more)
    return words.listed([node.label, more]) if node.label else more


def _x(column: int, columns: int, words: Words) -> int:
    """The left side of a column; the first one is on the side where the language begins."""
    return (columns - 1 - column if words.rtl else column) * (BOX + GAP)


def _inside(x: int, words: Words) -> int:
    """Where text begins in a box."""
    return x + BOX - 10 if words.rtl else x + 10


def _heads(columns: int, words: Words) -> str:
    heads = [words("Published by"), *[words("via")] * (columns - 2), words("Source given")]
    return "".join(
        label(
            safe(head), words=words, class_="head", x=_inside(_x(i, columns, words), words) - 6, y=16,
            font_size=12, fill="currentColor",
        )
        for i, head in enumerate(heads)
    )  # fmt: skip


def _heights(column: Sequence[Node], room_of: Mapping[str, int], height: int) -> list[tuple[str, float]]:
    """The middle of each box and lane, the rows of a short column spread over the height."""
    rooms = [room_of[n.key] for n in column]
    spare = (height - TOP - 6 - sum(rooms)) / max(1, len(column))
    tops = accumulate((room + spare for room in rooms), initial=float(TOP))
    return [(n.key, round(top + (room + spare) / 2, 1)) for n, room, top in zip(column, rooms, tops, strict=False)]


def _edges(graph: Graph, place: Places, words: Words) -> list[str]:
    """The lines between boxes and lanes, and those that run along a lane."""
    open_ends = [_open_end(place[e.start], words) for e in graph.edges if e.end == "nobody"]
    return [*(_edge(place[a], place[b], claims) for (a, b), claims in _steps(graph).items()), *open_ends]


def _steps(graph: Graph) -> Counter[tuple[str, str]]:
    """How many claims each stretch of a line stands for, from box to lane to box."""
    steps: Counter[tuple[str, str]] = Counter()
    for e in graph.edges:
        if e.end == "nobody":
            continue
        for pair in pairwise((e.start, *e.lanes, e.end)):
            steps[pair] += e.claims
        for lane in e.lanes:
            steps[lane, lane] += e.claims
    return steps


def _open_end(at: tuple[int, float], words: Words) -> str:
    """Where an outlet names no source: a short line of its own that ends in an empty ring."""
    x, y, way = (at[0], at[1], -1) if words.rtl else (at[0] + BOX, at[1], 1)
    line = element(
        "path", class_="edge", d=f"M{x} {y + 9:g} h{18 * way}", fill="none", stroke="currentColor", stroke_width="1.5",
        stroke_dasharray="3 3", opacity=".6",
    )  # fmt: skip
    ring: dict[str, Any] = {
        "cx": x + 23 * way,
        "cy": f"{y + 9:g}",
        "r": 4.5,
        "stroke": "currentColor",
        "stroke_width": "1.5",
    }
    return element("g", line, element("circle", fill=PAPER, **ring), class_="nobody")


def _edge(a: tuple[int, float], b: tuple[int, float], claims: int) -> str:
    (x1, y1), (x2, y2) = a, b
    if a == b:
        path = f"M{x1} {y1:g} H{x1 + BOX}"
    else:
        x1, x2 = (x1 + BOX, x2) if x1 < x2 else (x1, x2 + BOX)
        middle = (x1 + x2) // 2
        path = f"M{x1} {y1:g} C{middle} {y1:g} {middle} {y2:g} {x2} {y2:g}"
    width = f"{min(1.5 + claims, 7):g}"
    return element("path", class_="edge", d=path, fill="none", stroke="currentColor", stroke_width=width, opacity=".35")


def _node(node: Node, name: str, lines: list[str], at: tuple[int, float], words: Words) -> str:
    x, y = at
    height = 12 + 16 * len(lines)
    first = y + 4.5 - 8 * (len(lines) - 1)
    return element(
        "g",
        element("title", text=name),
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
            label(written(line, words), words=words, x=_inside(x, words), y=f"{first + 16 * i:g}", fill="currentColor")
            for i, line in enumerate(lines)
        ),
        class_=f"node {node.kind}",
    )
