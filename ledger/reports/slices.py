"""A plot that is longer than a page, cut between its rows into plots that each have the whole scale."""

from __future__ import annotations

import re
from copy import deepcopy
from xml.etree import ElementTree as ET

from ledger.records import replace
from ledger.reports.blocks import Block

PLOTS = {"ranges", "courses"}
"""Classes of pictures that are rows over a scale."""
TALLEST, CUT = 560, 400
"""How high a plot may be before it is cut, and how high its parts are at most, in CSS pixels."""
SVG = "http://www.w3.org/2000/svg"
AIR = 17
"""Pixels from the top of a row to the baseline of its first words."""
FOOT = 34
"""Pixels that the scale's numbers take below the rows."""


def parts(block: Block) -> list[Block]:
    """A plot that is too long for a page cut into several, marked `part`; anything else unchanged."""
    if not PLOTS & set(block.looks) or size(block.data)[1] <= TALLEST:
        return [block]
    cut = slices(block.data, CUT)
    looks = (*block.looks, "part")
    return [replace(block, looks=looks, data=svg, alt=f"{block.alt} ({i}/{len(cut)})") for i, svg in enumerate(cut, 1)]


def size(svg: str, otherwise: float = 0) -> tuple[float, float]:
    """The width and height that an SVG gives itself, in CSS pixels."""
    found = [re.search(rf' {side}="([0-9.]+)"', svg.partition(">")[0]) for side in ("width", "height")]
    width, height = (float(m[1]) if m else otherwise for m in found)
    return width, height


def slices(svg: str, most: int) -> list[str]:
    """The SVG of a plot cut into plots of at most `most` pixels each, as far as its rows allow."""
    root = ET.fromstring(svg)  # noqa: S314  an SVG of our own making, which is never taken from outside
    rows = [e for e in root if e.tag == f"{{{SVG}}}g"]
    tops = [_top(row) for row in rows] + [_number(root, "height") - FOOT]
    if len(rows) < 2 or None in tops:
        return [svg]
    starts, ends = [0], [t for t in tops if t is not None]
    for i in range(1, len(rows)):
        if ends[i + 1] - ends[starts[-1]] + FOOT > most:
            starts.append(i)
    ET.register_namespace("", SVG)
    return [_slice(root, rows[a:b], (ends[a], ends[b])) for a, b in zip(starts, [*starts[1:], len(rows)], strict=True)]


def _top(row: ET.Element) -> float | None:
    """Where a row begins: above the first words in it."""
    words = row.find(f"{{{SVG}}}text")
    return None if words is None else _number(words, "y") - AIR


def _number(element: ET.Element, name: str) -> float:
    return float(element.get(name, "0"))


def _slice(root: ET.Element, rows: list[ET.Element], span: tuple[float, float]) -> str:
    """Some of the rows moved up to the top, with the scale moved up to their end."""
    height = span[1] - span[0] + FOOT
    made = ET.Element(root.tag, {**root.attrib, "height": f"{height:g}"})
    below = ET.SubElement(made, f"{{{SVG}}}g", transform=f"translate(0 {height - _number(root, 'height'):g})")
    for element in root:
        if element.tag == f"{{{SVG}}}g":
            continue
        kept = deepcopy(element)
        if kept.get("y1") == "0":  # a line of the grid, from the top of the plot to its scale
            kept.set("y2", f"{height - FOOT + 4:g}")
            made.append(kept)
        else:
            below.append(kept)
    moved = ET.SubElement(made, f"{{{SVG}}}g", transform=f"translate(0 {-span[0]:g})")
    moved.extend(rows)
    return ET.tostring(made, encoding="unicode")
