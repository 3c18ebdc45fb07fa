"""A small map as SVG: places that people gave coordinates for, on a plain grid of degrees, without a request to anybody."""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import NamedTuple

from ledger.reports.pictures import INK, OLD, PAPER, element, kept, named, wrapped
from ledger.reports.report import Spot
from ledger.reports.words import Words

WIDTH, HEIGHT, EDGE = 480, 320, 30
LETTERS, LINE = 20, 17
"""Of a name; its letters can be read on a phone, where the map is three quarters as wide."""
LEAST = 0.2
"""Degrees that a map shows at least, some 20 km."""
STEPS = (0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60)
"""Round distances between two lines of the grid, in degrees."""
LINES = 6
"""Lines of the grid that a side has at most."""


class Frame(NamedTuple):
    """What a map shows: the middle of it, and pixels for a degree of longitude and of latitude."""

    east: float
    north: float
    x: float
    y: float

    def at(self, latitude: float, longitude: float) -> tuple[float, float]:
        return WIDTH / 2 + (longitude - self.east) * self.x, HEIGHT / 2 - (latitude - self.north) * self.y

    def holds(self, spot: Spot) -> bool:
        x, y = self.at(*degrees(spot, self.east))
        return EDGE <= x <= WIDTH - EDGE and EDGE <= y <= HEIGHT - EDGE


def degrees(spot: Spot, east: float = 0.0) -> tuple[float, float]:
    """Latitude and longitude, the latter as near to a meridian as it goes round the globe."""
    longitude = float(spot.longitude)
    return float(spot.latitude), longitude + 360 * round((east - longitude) / 360)


def draw(spots: Sequence[Spot], near: Iterable[Spot], *, key: str, words: Words) -> str:
    """The spots, and of those near by what lies in the frame around them."""
    frame = _frame(spots)
    told = "; ".join(f"{s.name}: {coordinates(s)}" for s in spots)
    return element(
        "svg", *named(key, words("Where this is said to have been"), told), *_grid(frame),
        *_marks([*((s, True) for s in spots), *((s, False) for s in beside(spots, near))], frame, words),
        class_="map", role="img", width=WIDTH, height=HEIGHT, viewBox=f"0 0 {WIDTH} {HEIGHT}", direction="ltr",
        aria_labelledby=f"{key}-t {key}-d", xmlns="http://www.w3.org/2000/svg", font_family="inherit", font_size=15,
    )  # fmt: skip


def beside(spots: Sequence[Spot], near: Iterable[Spot]) -> list[Spot]:
    """Other places that lie in the frame around those spots; they are drawn grey."""
    frame = _frame(spots)
    return [s for s in near if frame.holds(s)]


def coordinates(spot: Spot) -> str:
    """As charts have it: "34.556° N, 38.272° E"."""
    lat, lon = spot.latitude, spot.longitude
    return f"{lat.lstrip('-')}° {'S' if lat[0] == '-' else 'N'}, {lon.lstrip('-')}° {'W' if lon[0] == '-' else 'E'}"


def _frame(spots: Sequence[Spot]) -> Frame:
    """Around all the spots, with room on every side and degrees of the length that they have there."""
    east = float(spots[0].longitude)
    points = [degrees(s, east) for s in spots]
    south, north = min(p[0] for p in points), max(p[0] for p in points)
    west, east = min(p[1] for p in points), max(p[1] for p in points)
    shrink = max(0.05, math.cos(math.radians((south + north) / 2)))
    high, wide = max(north - south, LEAST), max(east - west, LEAST / shrink)
    y = min((HEIGHT - 4 * EDGE) / high, (WIDTH - 4 * EDGE) / (wide * shrink))
    return Frame((west + east) / 2, (south + north) / 2, y * shrink, y)


def step(frame: Frame) -> float:
    """How far the lines of the grid lie apart, in degrees."""
    return next((s for s in STEPS if WIDTH / (s * frame.x) <= LINES), STEPS[-1])


def _grid(frame: Frame) -> list[str]:
    parts = [
        element("rect", class_="sea", width=WIDTH, height=HEIGHT, fill="none", stroke="currentColor", opacity=".4")
    ]
    apart = step(frame)
    for along, middle, scale, size in ((True, frame.east, frame.x, WIDTH), (False, frame.north, frame.y, HEIGHT)):
        half = size / 2 / scale
        for n in range(math.ceil((middle - half) / apart), math.floor((middle + half) / apart) + 1):
            at = round(n * apart, 6)
            place = size / 2 + (at - middle) * scale * (1 if along else -1)
            parts += _line(place, at, along=along)[: 2 if EDGE / 2 < place < size - EDGE / 2 else 1]  # no half words
    return parts


def _line(place: float, at: float, *, along: bool) -> list[str]:
    """A meridian or a parallel with its degree at the edge."""
    look = {"class_": "grid", "stroke": "currentColor", "opacity": ".2"}
    text = {"class_": "tick", "font_size": 13, "fill": "currentColor"}
    where = f"{place:.1f}"
    if along:
        turned = (at + 180) % 360 - 180
        side = f"{abs(turned):g}° {'W' if turned < 0 else 'E'}"
        return [
            element("line", x1=where, x2=where, y1=0, y2=HEIGHT, **look),
            element("text", text=side, x=where, y=HEIGHT - 6, text_anchor="middle", **text),
        ]
    side = f"{abs(at):g}° {'S' if at < 0 else 'N'}"
    return [
        element("line", x1=0, x2=WIDTH, y1=where, y2=where, **look),
        element("text", text=side, x=6, y=f"{place - 3:.1f}", **text),
    ]


def _marks(spots: Iterable[tuple[Spot, bool]], frame: Frame, words: Words) -> list[str]:
    """Dots with names; a name that would stand on another one moves down."""
    parts: list[str] = []
    taken: list[tuple[float, float]] = []
    for spot, own in spots:
        x, y = frame.at(*degrees(spot, frame.east))
        dot = ("dot", 6, INK) if own else ("old", 4, OLD)
        parts.append(element("circle", class_=dot[0], cx=f"{x:.1f}", cy=f"{y:.1f}", r=dot[1], fill=dot[2]))
        at = y + 4
        while any(abs(at - b) < LINE and abs(x - a) < WIDTH / 3 for a, b in taken):
            at += LINE
        taken.append((x, at))
        parts.append(_name(spot.name, x, at, words, own=own))
    return parts


def _name(name: str, x: float, y: float, words: Words, *, own: bool) -> str:
    """A name beside its dot, on the side that has room."""
    right = x < WIDTH * 0.66
    (line,) = wrapped(name, LETTERS, 1)
    return element(
        "text", kept(line, words), class_="over" if own else "over quiet", x=f"{x + (11 if right else -11):.1f}",
        y=f"{y:.1f}", text_anchor="start" if right else "end", font_weight=600 if own else 400, fill="currentColor",
        stroke=PAPER, stroke_width=4, paint_order="stroke",
    )  # fmt: skip
