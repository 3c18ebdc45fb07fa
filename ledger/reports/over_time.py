"""Figures over time as SVG: a panel for each source, days from left to right, a dot for each figure, no line between."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from decimal import Decimal
from itertools import accumulate
from typing import Any

from ledger.catalogue import number, t, unmarked
from ledger.reports.pictures import (
    FOOT,
    INK,
    LETTER,
    LINE,
    NAME_WIDTH,
    OLD,
    PAPER,
    Scale,
    arrow,
    element,
    kept,
    label,
    named,
    percent,
    scale_of,
    share,
    wrapped,
    written,
)
from ledger.reports.report import Axis, Course, Point
from ledger.reports.words import ENGLISH, Words

PANEL, ROOM, STILL = 54, 42, 28
"""Heights of the panel of a changing figure, of the room above it for numbers, and of a row for a constant figure."""
LEFT, RIGHT = 2.5, 90.0
"""The part of the width that the days take, in percent."""
VAGUE_WIDTH = 24
Span = tuple[datetime, datetime]
"""From the first figure to the last."""
OVER: dict[str, Any] = {
    "class_": "over", "fill": "currentColor", "stroke": PAPER, "stroke_width": 4, "paint_order": "stroke",
}  # fmt: skip
"""Text that stands over lines, with a rim of paper around its letters."""


def courses(axis: Axis, *, key: str, width: str = "100%", words: Words = ENGLISH) -> str:
    """A panel for each source, those whose figure changed first; all on the same two axes."""
    shown = sorted(axis.courses, key=lambda c: (not _moves(c), _when(c.points[0].day)))
    days = sorted({p.day for c in shown for p in c.points}, key=_when)
    axes = (
        (_when(days[0]), _when(days[-1])),
        scale_of([v for c in shown if _moves(c) for p in c.points for v in (p.low, p.high)]),
    )
    names = [wrapped(c.label, NAME_WIDTH) for c in shown]
    room = [LINE * len(n) + (ROOM + PANEL if _moves(c) else STILL) for n, c in zip(names, shown, strict=True)]
    tops = list(accumulate(room, initial=0))
    panels = [_course(c, names[i], (tops[i], tops[i + 1]), axes, words) for i, c in enumerate(shown)]
    return element(
        "svg", *named(key, words("Figures by day"), words("The list below says the same in words")),
        _days(days, axes[0], tops[-1] + 4, words), *panels,
        class_="courses", role="img", width=width, height=tops[-1] + FOOT, direction="ltr",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=14,
    )  # fmt: skip


def tells(axis: Axis) -> bool:
    """True where a plot over time shows more than a list: a source on several days or hours, or three of these in all."""
    points = [c.points for c in axis.courses]
    return any(len(p) > 1 for p in points) or len({p.day for of in points for p in of}) > 2


def at_noon(axis: Axis) -> bool:
    """True where the hour of some figures is known and of others is not."""
    return len({"T" in p.day for c in axis.courses for p in c.points}) > 1


def _when(day: str) -> datetime:
    """The moment at which a figure stands: its hour, else noon."""
    return datetime.fromisoformat(day if "T" in day else f"{day}T12:00")


def _moves(course: Course) -> bool:
    return len({(p.low, p.high) for p in course.points}) > 1


# --- places -------------------------------------------------------------------------------------------------------


def _x(day: str, span: Span) -> float:
    """The position of a day or an hour in percent of the width; the middle where there is only one."""
    length = span[1] - span[0]
    return LEFT + (RIGHT - LEFT) * ((_when(day) - span[0]) / length if length else 0.5)


def _told(day: str, words: Words) -> str:
    return words("{day}, {hour}", day=words.day(day), hour=day[11:]) if "T" in day else words.day(day)


def _height(value: str, scale: Scale, base: int) -> float:
    """The height of a figure above the foot of its panel."""
    return round(base - 12 - float(share(value, scale)) * PANEL, 1)


def _days(days: list[str], span: Span, base: int, words: Words) -> str:
    """The first and the last day, and one near the middle where there is room for it."""
    middle = min(days, key=lambda d: abs(_x(d, span) - (LEFT + RIGHT) / 2))
    ends = days[0], days[-1]
    shown = [(ends[0], "start"), (ends[1], "end")]
    written_out = sum(len(unmarked(_told(d, words))) for d in (*ends, middle))
    if abs(_x(middle, span) - (LEFT + RIGHT) / 2) < 12 and middle not in ends and LETTER * written_out < 90:
        shown.insert(1, (middle, "middle"))
    lines = [
        element(
            "line", class_="grid", x1=percent(x), x2=percent(x), y1=0, y2=base, stroke="currentColor", opacity=".13"
        )
        for x in (_x(d, span) for d in days)
    ]
    marks = [
        element(
            "text", kept(_told(d, words), words), class_="tick", y=base + 18, text_anchor=anchor, font_size=12,
            x={"start": "0", "end": "100%"}.get(anchor, percent(_x(d, span))), fill="currentColor",
        )
        for d, anchor in shown
    ]  # fmt: skip
    foot = element("line", class_="axis", x1="0", x2="100%", y1=base, y2=base, stroke="currentColor", opacity=".45")
    return "".join([foot, *lines, *marks])


# --- panels -------------------------------------------------------------------------------------------------------


def _course(course: Course, name: list[str], rows: tuple[int, int], axes: tuple[Span, Scale], words: Words) -> str:
    """A source's name, and its figures from day to day: at their heights where they changed, else in a row."""
    (top, base), (span, scale) = rows, axes
    heading = course.label
    told = words.strung(f"{_told(p.day, words)}, {words.listed(p.words)}" for p in course.points)
    parts = [element("title", text=f"{heading}: {told}")]
    for i, line in enumerate(name):
        more = element("tspan", text=f" · {words('party')}", class_="party", font_weight=400)
        said = element("tspan", written(line, words)) + (more if course.party and i == len(name) - 1 else "")
        parts.append(label(said, words=words, y=top + LINE * (i + 1), font_weight=600, **OVER))
    stands = [_stand(p, span, scale, base, moves=_moves(course)) for p in course.points]
    parts += [mark for stand in stands for mark in _marks(stand, old=stand is not stands[-1] and _moves(course))]
    return element("g", *parts, *_numbers(stands, words, moves=_moves(course)), class_="course")


@dataclass(frozen=True, slots=True)
class _Stand:
    """One day's figure in its panel: percent across, pixels down to its lowest and highest."""

    point: Point
    x: float
    low: float
    high: float
    several: tuple[float, ...] = ()

    @property
    def number(self) -> str:
        if self.point.vague:
            return wrapped(self.point.words[0], VAGUE_WIDTH, 1)[0]
        if self.point.several:
            return t(", ").join(number(Decimal(v)) for v in self.point.several)
        low, high = (number(Decimal(v)) for v in (self.point.low or "0", self.point.high or "0"))
        return low if low == high else f"{low}–{high}"


def _stand(point: Point, span: Span, scale: Scale, base: int, *, moves: bool) -> _Stand:
    x = _x(point.day, span)
    low, high = (_height(v or "0", scale, base) if moves else base - 11 for v in (point.low, point.high))
    return _Stand(point, x, low, high, tuple(_height(v, scale, base) for v in point.several) if moves else ())


def _marks(stand: _Stand, *, old: bool) -> list[str]:
    """A dot for each figure of the day, a bar for a range, an arrow where they are open; grey where it was overtaken."""
    x, parts = stand.x, []
    if stand.low != stand.high and not stand.several:
        ends: dict[str, Any] = {"x1": percent(x), "x2": percent(x), "y1": stand.low, "y2": stand.high}
        parts.append(element("line", class_="bar", stroke=INK, stroke_width="4", **ends))
    look = {"class_": "dot old", "fill": OLD} if old else {"class_": "dot", "fill": INK}
    heights = dict.fromkeys(stand.several or (stand.low, stand.high))
    parts += [element("circle", cx=percent(x), cy=y, r=4, **look) for y in heights]
    if stand.point.open in ("up", "both"):
        parts.append(arrow(x, stand.high, "M-5 -5 L0 -13 L5 -5 Z"))
    if stand.point.open in ("down", "both"):
        parts.append(arrow(x, stand.low, "M-5 5 L0 13 L5 5 Z"))
    return parts


def _numbers(stands: list[_Stand], words: Words, *, moves: bool) -> list[str]:
    """The figures above or beside their dots, the last one first; those without room appear only in the list."""
    parts: list[str] = []
    free = 100.0
    for stand in reversed(stands):
        wide = float(LETTER) * len(unmarked(stand.number))
        start = _begins(stand.x, wide, moves=moves)
        if start >= 0 and start + wide <= free:
            y = stand.high - 18 if moves else stand.high + 4
            said = written(stand.number, words)
            parts.append(element("text", said, x=percent(start), y=y, font_size=13, **{**OVER, "class_": "words over"}))
            free = start - 1
    return parts


def _begins(x: float, wide: float, *, moves: bool) -> float:
    """Where a number begins: over the middle of its dot, else to its right, or to its left at the edge."""
    if moves:
        return min(max(0.0, x - wide / 2), 100 - wide)
    return x + 2.5 if x + 2.5 + wide <= 100 else x - 2.5 - wide
