"""Figures over time as SVG: a panel for each source, days from left to right, a dot for each figure, no line between."""

from __future__ import annotations

from datetime import datetime
from itertools import accumulate
from typing import Any

from msgspec import Struct

from ledger.catalogue import unmarked
from ledger.records import replace
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
    cut,
    element,
    few_ticks,
    kept,
    label,
    named,
    percent,
    scale_of,
    share,
    tick,
    wrapped,
    written,
)
from ledger.reports.report import Axis, Course, Point
from ledger.reports.words import ENGLISH, Words

PANEL, ROOM, STILL = 84, 30, 28
"""Heights of the panel of a changing figure, of the room above it for numbers, and of a row for a constant figure."""
LEFT, RIGHT = 2.5, 90.0
"""The part of the width that the days take, in percent."""
WORDS_WIDTH = 24
MINUTE = len("2016-03-27T15:20")
OVER: dict[str, Any] = {
    "class_": "over", "fill": "currentColor", "stroke": PAPER, "stroke_width": 4, "paint_order": "stroke",
}  # fmt: skip
"""Text that stands over lines, with a rim of paper around its letters."""


class _Frame(Struct, frozen=True):
    """What the panels share: from the first figure to the last, the scale, where the days begin in percent of the width."""

    span: tuple[datetime, datetime]
    scale: Scale
    left: float
    hollow: bool
    """True where only some hours are known, so that a figure without one is hollow."""


def courses(axis: Axis, *, key: str, width: str = "100%", words: Words = ENGLISH) -> str:
    """A panel for each source, those whose figure changed first; all on the same two axes."""
    shown = sorted(axis.courses, key=lambda c: (not _moves(c), _when(c.points[0].day)))
    days = sorted({p.day for c in shown for p in c.points}, key=_when)
    scale = scale_of([v for c in shown if _moves(c) for p in c.points for v in (p.low, p.high)])
    numbers = few_ticks(scale) if any(map(_moves, shown)) else []
    left = LEFT + max((float(LETTER) * len(tick(n, scale)) for n in numbers), default=0)
    frame = _Frame((_when(days[0]), _when(days[-1])), scale, left, hollow=at_noon(axis))
    names = [wrapped(_heading(c, words), NAME_WIDTH) for c in shown]
    room = [LINE * len(n) + (ROOM + PANEL if _moves(c) else STILL) for n, c in zip(names, shown, strict=True)]
    tops = list(accumulate(room, initial=0))
    panels = [_course(c, names[i], (tops[i], tops[i + 1]), frame, words) for i, c in enumerate(shown)]
    ends = words("{first} to {last}", first=words.day(days[0][:10]), last=words.day(days[-1][:10]))
    told = words("Figures from {days}; the list follows", days=ends)
    return element(
        "svg", *named(key, words("Figures by day"), told), _days(days, frame, tops[-1] + 4, words), *panels,
        class_="courses", role="img", width=width, height=tops[-1] + FOOT, direction="ltr",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=14,
    )  # fmt: skip


def tells(axis: Axis) -> bool:
    """True where a plot over time shows more than a list: a source whose figure changed between two days or hours."""
    return any(_moves(c) and len({p.day for p in c.points}) > 1 for c in axis.courses)


def stays(axis: Axis) -> bool:
    """True where a source has one figure, and so no scale."""
    return not all(map(_moves, axis.courses))


def arrows(axis: Axis) -> bool:
    """True where an arrow is drawn."""
    return any(p.open for c in axis.courses if _moves(c) for p in c.points)


def rings(axis: Axis) -> bool:
    """True where a ring stands for a number that is not itself meant, and not for noon."""
    return not at_noon(axis) and any(p.beyond and not p.vague for c in axis.courses for p in c.points)


def cut_off(axis: Axis) -> bool:
    """True where the scale does not begin at zero."""
    moving = [c for c in axis.courses if _moves(c)]
    return bool(moving) and cut(scale_of([v for c in moving for p in c.points for v in (p.low, p.high)]))


def at_noon(axis: Axis) -> bool:
    """True where the hour of some figures is known and of others is not."""
    return len({"T" in p.day for c in axis.courses for p in c.points}) > 1


def _when(day: str) -> datetime:
    """The moment at which a figure stands: its hour, else noon."""
    return datetime.fromisoformat(day[:MINUTE] if "T" in day else f"{day}T12:00")


def _moves(course: Course) -> bool:
    return len({(p.low, p.high) for p in course.points}) > 1


# --- places -------------------------------------------------------------------------------------------------------


def _x(day: str, frame: _Frame) -> float:
    """The position of a day or an hour in percent of the width; the middle where there is only one."""
    first, last = frame.span
    return frame.left + (RIGHT - frame.left) * ((_when(day) - first) / (last - first) if last != first else 0.5)


def _told(day: str, words: Words) -> str:
    return words("{day}, {hour}", day=words.day(day), hour=day[11:]) if "T" in day else words.day(day)


def _height(value: str, scale: Scale, base: int) -> float:
    """The height of a figure above the foot of its panel."""
    return round(base - 12 - float(share(value, scale)) * PANEL, 1)


def _days(days: list[str], frame: _Frame, base: int, words: Words) -> str:
    """The first and the last day, and one near the middle where there is room for it."""
    centre = (frame.left + RIGHT) / 2
    middle = min(days, key=lambda d: abs(_x(d, frame) - centre))
    ends = days[0], days[-1]
    shown = [(ends[0], "start"), (ends[1], "end")]
    written_out = sum(len(unmarked(_told(d, words))) for d in (*ends, middle))
    if abs(_x(middle, frame) - centre) < 12 and middle not in ends and LETTER * written_out < 90:
        shown.insert(1, (middle, "middle"))
    lines = [
        element(
            "line", class_="grid", x1=percent(x), x2=percent(x), y1=0, y2=base, stroke="currentColor", opacity=".13"
        )
        for x in (_x(d, frame) for d in days)
    ]
    marks = [
        element(
            "text", kept(_told(d, words), words), class_="tick", y=base + 18, text_anchor=anchor, font_size=12,
            x={"start": "0", "end": "100%"}.get(anchor, percent(_x(d, frame))), fill="currentColor",
        )
        for d, anchor in shown
    ]  # fmt: skip
    foot = element("line", class_="axis", x1="0", x2="100%", y1=base, y2=base, stroke="currentColor", opacity=".45")
    return "".join([foot, *lines, *marks])


# --- panels -------------------------------------------------------------------------------------------------------


def _heading(course: Course, words: Words) -> str:
    """The source, and whether it is a party; its figure as it was worded on several days, where it never changed."""
    worded = (
        () if _moves(course) or len(course.points) < 2 else dict.fromkeys(w for p in course.points for w in p.words)
    )
    return " · ".join(
        filter(None, (course.label, words("party") if course.party else "", words.strung(worded) if worded else ""))
    )


def _course(course: Course, name: list[str], rows: tuple[int, int], frame: _Frame, words: Words) -> str:
    """A source's name, and its figures from day to day: at their heights where they changed, else in a row."""
    top, base = rows
    moves = _moves(course)
    told = words.strung(f"{_told(p.day, words)}, {words.listed(p.words)}" for p in course.points)
    parts = [element("title", text=f"{course.label}: {told}")]
    parts += [
        label(element("tspan", written(line, words)), words=words, y=top + LINE * (i + 1), font_weight=600, **OVER)
        for i, line in enumerate(name)
    ]
    stands = [_stand(p, frame, base, moves=moves) for p in course.points]
    last = stands[-1].point.day
    parts += _heights(frame, base) if moves else []
    if not moves:
        level = [replace(s, point=replace(s.point, open="")) for s in stands]
        return element(
            "g",
            *parts,
            *(m for s in level for m in _marks(s, frame, old=False)),
            *(_numbers(stands, words, ALONE) if len(stands) == 1 else []),
            class_="course",
        )
    parts += [mark for s in stands for mark in _marks(s, frame, old=s.point.day != last)]
    return element("g", *parts, *_numbers(stands, words), class_="course")


def _heights(frame: _Frame, base: int) -> list[str]:
    """The scale of a panel: a line and its number."""
    parts = []
    for value in few_ticks(frame.scale):
        y = _height(str(value), frame.scale, base)
        ends: dict[str, Any] = {"x1": percent(frame.left - 1.5), "x2": "100%", "y1": y, "y2": y}
        parts.append(element("line", class_="grid", stroke="currentColor", opacity=".13", **ends))
        foot: dict[str, Any] = {"x": "0", "y": y + 4, "font_size": 12, "fill": "currentColor"}
        parts.append(element("text", text=tick(value, frame.scale), class_="tick", **foot))
    return parts


class _Stand(Struct, frozen=True):
    """One figure in its panel: percent across, pixels down to its lowest and highest."""

    point: Point
    x: float
    low: float
    high: float


def _stand(point: Point, frame: _Frame, base: int, *, moves: bool) -> _Stand:
    low, high = (_height(v or "0", frame.scale, base) if moves else base - 11 for v in (point.low, point.high))
    return _Stand(point, _x(point.day, frame), low, high)


def _marks(stand: _Stand, frame: _Frame, *, old: bool) -> list[str]:
    """A dot, a bar for a range, an arrow at an open end; grey where it was overtaken, hollow where the hour is not known."""
    x, parts = stand.x, []
    if stand.low != stand.high:
        ends: dict[str, Any] = {"x1": percent(x), "x2": percent(x), "y1": stand.low, "y2": stand.high}
        dashes = {"stroke_dasharray": "3 4"} if stand.point.vague else {}
        parts.append(element("line", class_="bar", stroke=INK, stroke_width="4", **ends, **dashes))
    if stand.point.vague and stand.low != stand.high:
        return parts  # its bounds are ours
    look: dict[str, Any] = {"class_": "dot old", "fill": OLD} if old else {"class_": "dot", "fill": INK}
    if "T" not in stand.point.day if frame.hollow else stand.point.beyond:
        look = {"class_": "ring past" if old else "ring", "fill": PAPER, "stroke": INK, "stroke_width": 2}
    parts += [element("circle", cx=percent(x), cy=y, r=4, **look) for y in dict.fromkeys((stand.low, stand.high))]
    if stand.point.open in ("up", "both"):
        parts.append(arrow(x, stand.high, "M-5 -5 L0 -13 L5 -5 Z"))
    if stand.point.open in ("down", "both"):
        parts.append(arrow(x, stand.low, "M-5 5 L0 13 L5 5 Z"))
    return parts


ALONE = 36
"""Letters of a figure that stands alone in its row."""


def _numbers(stands: list[_Stand], words: Words, width: int = WORDS_WIDTH) -> list[str]:
    """The figures in words beside their dots, the last one first; for those without room there are the scale and the list."""
    parts: list[str] = []
    taken = [(s.x - 1.5, s.x + 1.5, s.high) for s in stands]
    for stand in reversed(stands):
        said = wrapped(stand.point.words[0], width, 1)[0]
        wide = float(LETTER) * len(unmarked(said))
        for anchor, at in (("start", stand.x + 2.5), ("end", stand.x - 2.5)):
            start = at if anchor == "start" else at - wide
            if start < 0 or start + wide > 100 or any(_meet((start, start + wide, stand.high), t) for t in taken):
                continue
            place: dict[str, Any] = {"x": percent(at), "y": stand.high + 4, "font_size": 13, "text_anchor": anchor}
            parts.append(element("text", written(said, words), **place, **{**OVER, "class_": "words over"}))
            taken.append((start, start + wide, stand.high))
            break
    return parts


def _meet(a: tuple[float, float, float], b: tuple[float, float, float]) -> bool:
    """True where two stretches of lines run into each other."""
    return a[0] < b[1] and b[0] < a[1] and abs(a[2] - b[2]) < LINE - 3
