"""Figures over time as SVG: a panel for each source, days from left to right, a dot for each figure, no line between."""

from __future__ import annotations

from datetime import datetime
from itertools import accumulate, product
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

PANEL, ROOM, STILL = 84, 30, 32
"""Heights of the panel of a changing figure, of the room above it for numbers, and of a row for a constant figure."""
BESIDE, NEAR = 3.5, 26
"""How far two marks of one day stand apart, in percent of the width, where less than so many pixels lie between them."""
LEFT, RIGHT = 2.5, 90.0
"""The part of the width that the days take, in percent."""
WORDS_WIDTH, SHORT = 36, 24
"""Letters of a figure beside its mark; the shorter where there is no room for more."""
MINUTE = len("2016-03-27T15:20")
OVER: dict[str, Any] = {
    "class_": "over", "fill": "currentColor", "stroke": PAPER, "stroke_width": 4, "paint_order": "stroke",
}  # fmt: skip
"""Text that stands over lines, with a rim of paper around its letters."""


class _Frame(Struct, frozen=True):
    """What the panels share: from the first figure to the last, the scale, where the days begin in percent of the width."""

    days: tuple[str, ...]
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
    frame = _Frame(tuple(days), scale, left, hollow=at_noon(axis))
    names = [wrapped(_heading(c, words), NAME_WIDTH) for c in shown]
    room = [
        LINE * len(n) + (ROOM + PANEL if _moves(c) else STILL * _rows(c)) for n, c in zip(names, shown, strict=True)
    ]
    tops = list(accumulate(room, initial=0))
    panels = [_course(c, names[i], (tops[i], tops[i + 1]), frame, words) for i, c in enumerate(shown)]
    ends = words("{first} to {last}", first=words.day(days[0][:10]), last=words.day(days[-1][:10]))
    told = words("Figures from {days}; the list follows", days=ends)
    dates = _placed(frame, words)
    foot = FOOT + LINE * any(row for _, _, row, _ in dates)
    return element(
        "svg", *named(key, words("Figures by day"), told), _days(dates, frame, tops[-1] + 4, words), *panels,
        class_="courses", role="img", width=width, height=tops[-1] + foot, direction="ltr",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=14,
    )  # fmt: skip


def tells(axis: Axis) -> bool:
    """True where a plot over time shows more than a list: a source whose figure changed between two days or hours."""
    return any(map(_moves, axis.courses))


def keys(axis: Axis, words: Words) -> list[str]:
    """What the marks of a plot over time mean, a sentence for each that occurs."""
    points = [p for c in axis.courses for p in c.points]
    marked, noon = [p for p in points if not p.vague], at_noon(axis)
    said = {
        words(
            "A source whose figure did not change from day to day has a mark at its day, with the figure beside it, "
            "and no scale."
        ): not all(map(_moves, axis.courses)),
        words("The scales do not begin at zero."): _cut_off(axis),
        words("Dashes are a vague word, such as “dozens”, in the bounds that we take it for."): marked != points,
        words("An arrow up is “at least”, an arrow down “at most”."): any(p.open for p in marked),
        words("A ring is “more than” or “less than” that number."): not noon and any(p.beyond for p in marked),
        words("Grey is an earlier figure, since replaced."): any(p.past for p in marked),
        words("A hollow mark stands at noon: its hour is not known."): noon,
    }
    return [sentence for sentence, occurs in said.items() if occurs]


def _cut_off(axis: Axis) -> bool:
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
    """True where the figure is not the same on all days; two figures of one day are no movement."""
    return len({(p.low, p.high) for p in course.points}) > 1 and len({p.day for p in course.points}) > 1


def _rows(course: Course) -> int:
    """How many rows a figure takes that did not change: one, but for several figures of one day."""
    return len(course.points) if len({p.day for p in course.points}) == 1 else 1


# --- places -------------------------------------------------------------------------------------------------------


def _x(day: str, frame: _Frame) -> float:
    """The position of a day or an hour in percent of the width; the middle where there is only one."""
    first, last = _when(frame.days[0]), _when(frame.days[-1])
    return frame.left + (RIGHT - frame.left) * ((_when(day) - first) / (last - first) if last != first else 0.5)


def _told(day: str, words: Words) -> str:
    return words("{day}, {hour}", day=words.day(day), hour=day[11:]) if "T" in day else words.day(day)


def _height(value: str, scale: Scale, base: int) -> float:
    """The height of a figure above the foot of its panel."""
    return round(base - 12 - float(share(value, scale)) * PANEL, 1)


def _placed(frame: _Frame, words: Words) -> list[tuple[str, str, int, str]]:
    """The days that have room for their date, in two rows: its anchor and place, the row, and the day."""
    placed: dict[str, tuple[str, str, int, str]] = {}
    taken: list[tuple[float, float, int]] = []
    for day in dict.fromkeys((frame.days[0], frame.days[-1], *frame.days)):
        x, half = _x(day, frame), float(LETTER) * len(unmarked(_told(day, words))) / 2
        start = min(max(x - half, 0), 100 - 2 * half)
        anchor, at = ("start", 0.0) if x < half else ("end", 100.0) if x + half > 100 else ("middle", x)
        for row in (0, 1):
            if all(row != r or start >= b or a >= start + 2 * half for a, b, r in taken):
                taken.append((start, start + 2 * half, row))
                placed[day] = (anchor, percent(at), row, day)
                break
    return [placed[day] for day in frame.days if day in placed]


def _days(dates: list[tuple[str, str, int, str]], frame: _Frame, base: int, words: Words) -> str:
    """The days at the foot, each with a line up from it; a line has its date."""
    parts = [element("line", class_="axis", x1="0", x2="100%", y1=base, y2=base, stroke="currentColor", opacity=".45")]
    for anchor, at, row, day in dates:
        x, y = percent(_x(day, frame)), base + 18 + LINE * row
        line: dict[str, Any] = {"x1": x, "x2": x, "y1": 0, "y2": base + 5, "stroke": "currentColor", "opacity": ".13"}
        date: dict[str, Any] = {"x": at, "y": y, "text_anchor": anchor, "font_size": 12, "fill": "currentColor"}
        parts.append(element("line", class_="grid", **line))
        parts.append(element("text", kept(_told(day, words), words), class_="tick", **date))
    return "".join(parts)


# --- panels -------------------------------------------------------------------------------------------------------


def _heading(course: Course, words: Words) -> str:
    """The source, and whether it is a party; its figure as it was worded on several days, where it never changed."""
    worded = (
        ()
        if _moves(course) or len({p.day for p in course.points}) < 2
        else dict.fromkeys(w for p in course.points for w in p.words)
    )
    return " · ".join(
        filter(None, (course.label, words("party") if course.party else "", words.strung(worded) if worded else ""))
    )


def _course(course: Course, name: list[str], rows: tuple[int, int], frame: _Frame, words: Words) -> str:
    """A source's name, and its figures from day to day: at their heights where they changed, else in a row."""
    top, base = rows
    told = words.strung(f"{_told(p.day, words)}, {words.listed(p.words)}" for p in course.points)
    parts = [
        element("title", text=f"{course.label}: {told}"),
        element("rect", class_="ground", y=top, width="100%", height=LINE * len(name) + 5, fill=PAPER),  # over lines
    ]
    parts += [
        label(
            element("tspan", written(line, words)),
            words=words,
            y=top + LINE * (i + 1),
            font_weight=600,
            fill="currentColor",
        )
        for i, line in enumerate(name)
    ]
    moves, alone = _moves(course), len(course.points) == 1 or _rows(course) > 1
    parts += _heights(frame, base) if moves else []
    stands = (
        _apart([_stand(p, frame, base, moves=True) for p in course.points], frame)
        if moves
        else _still(course, frame, base)
    )
    parts += [mark for s in stands for mark in _marks(s, frame)]
    return element("g", *parts, *(_numbers(stands, words, base) if moves or alone else []), class_="course")


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
    """Where a figure stands; one without a scale stands in its row, with room between the ends of a range."""
    ends = point.low or point.high or "0", point.high or point.low or "0"
    row = (base - 11, base - 11) if ends[0] == ends[1] else (base - 6, base - 18)
    low, high = (_height(v, frame.scale, base) for v in ends) if moves else row
    return _Stand(point, _x(point.day, frame), low, high)


def _still(course: Course, frame: _Frame, base: int) -> list[_Stand]:
    """Figures that did not change stand in one row; several of one day in a row each, the highest on top."""
    rows = _rows(course) - 1
    places = ((p, base - STILL * min(i, rows)) for i, p in enumerate(course.points))
    return [_stand(p, frame, at, moves=False) for p, at in places]


def _apart(stands: list[_Stand], frame: _Frame) -> list[_Stand]:
    """The same with room between those of one day that lie close: the higher stands further right, before the next day."""
    moved: list[_Stand] = []
    for stand in stands:
        close = [s for s in moved if s.point.day == stand.point.day and abs(s.low - stand.high) < NEAR]
        later = [_x(d, frame) - stand.x for d in frame.days if _x(d, frame) > stand.x]
        step = min([BESIDE, *(gap / 4 for gap in later)])
        moved.append(replace(stand, x=close[-1].x + step) if close else stand)
    return moved


def _marks(stand: _Stand, frame: _Frame) -> list[str]:
    """A dot, a bar for a range, an arrow at an open end; grey where it was overtaken, hollow where the hour is not known."""
    x, parts = stand.x, []
    past = " past" if stand.point.past else ""
    ink = OLD if past else INK
    if stand.low != stand.high:
        ends: dict[str, Any] = {"x1": percent(x), "x2": percent(x), "y1": stand.low, "y2": stand.high}
        dashes = {"stroke_dasharray": "3 4"} if stand.point.vague else {}
        parts.append(element("line", class_=f"bar{past}", stroke=ink, stroke_width="4", **ends, **dashes))
    if stand.point.vague and stand.low != stand.high:
        return parts  # its bounds are ours
    look: dict[str, Any] = {"class_": f"dot{past}", "fill": ink}
    if "T" not in stand.point.day if frame.hollow else stand.point.beyond:
        look = {"class_": f"ring{past}", "fill": PAPER, "stroke": ink, "stroke_width": 2}
    parts += [element("circle", cx=percent(x), cy=y, r=4, **look) for y in dict.fromkeys((stand.low, stand.high))]
    if stand.point.open in ("up", "both"):
        parts.append(arrow(x, stand.high, "M-5 -5 L0 -13 L5 -5 Z", past))
    if stand.point.open in ("down", "both"):
        parts.append(arrow(x, stand.low, "M-5 5 L0 13 L5 5 Z", past))
    return parts


PUSHED = (0, 15, 30, -15)
"""How far from the height of its mark a figure may stand, in pixels."""


def _numbers(stands: list[_Stand], words: Words, base: int) -> list[str]:
    """The figures in words beside their marks, the last one first; for those without room there are the scale and the list."""
    parts: list[str] = []
    taken = [(s.x - 1.5, s.x + 1.5, y) for s in stands for y in (s.high, s.high - 9 * ("up" in s.point.open))]
    for stand in reversed(stands):
        right = max(s.x for s in stands if s.point.day == stand.point.day and abs(s.high - stand.high) < NEAR + LINE)
        for width, push, anchor in product((WORDS_WIDTH, SHORT), PUSHED, ("start", "end")):
            said = wrapped(stand.point.words[0], width, 1)[0]
            wide, y = float(LETTER) * len(unmarked(said)), stand.high + push
            at = right + 2.5 if anchor == "start" else stand.x - 2.5
            start = at if anchor == "start" else at - wide
            if start < 0 or start + wide > 100 or y > base or any(_meet((start, start + wide, y), t) for t in taken):
                continue
            place: dict[str, Any] = {"x": percent(at), "y": y + 4, "font_size": 13, "text_anchor": anchor}
            parts.append(element("text", written(said, words), **place, **{**OVER, "class_": "words over"}))
            taken.append((start, start + wide, y))
            break
    return parts


def _meet(a: tuple[float, float, float], b: tuple[float, float, float]) -> bool:
    """True where two stretches of lines run into each other."""
    return a[0] < b[1] and b[0] < a[1] and abs(a[2] - b[2]) < LINE - 3
