"""Coordinates as people type them, in degrees, degrees and minutes, or degrees, minutes and seconds, with a name or alone."""

from __future__ import annotations

import re
from decimal import Decimal
from typing import NamedTuple

from ledger.errors import BadInput

NUMBER = r"\d{1,3}(?:\.\d+)?"
MINUTES, SECONDS = r"[′’'m]", r"(?:[″”\"s]|''|′′)"
ANGLE = rf"{NUMBER}\s*(?:[°ºd]\s*(?:{NUMBER}\s*{MINUTES}\s*(?:{NUMBER}\s*{SECONDS}\s*)?)?)?"
LETTERS = (
    rf"(?<![\w.])(?:(?P<ns1>[NS])\s*(?P<lat1>{ANGLE})|(?P<lat2>{ANGLE})\s*(?P<ns2>[NS]))\s*[,;/]?\s*"
    rf"(?:(?P<ew1>[EW])\s*(?P<lon1>{ANGLE})|(?P<lon2>{ANGLE})\s*(?P<ew2>[EW]))(?!\w)"
)
FINE = r"[-+−]?\d{1,3}\.\d{2,}"
SIGNED = rf"(?<![\w.])(?:geo:)?(?P<lat>{FINE})\s*(?:[,;/]\s*|\s+)(?P<lon>{FINE})(?![\w.])"
"""Without letters only decimals of degrees are coordinates: "34.556, 38.272", never "Route 34, 38"."""
ALONE = r"\s*(?P<lat>[-+−]?\d{1,3}(?:\.\d+)?)\s*[,;/]\s*(?P<lon>[-+−]?\d{1,3}\.\d+)\s*"
AROUND = " \t,;:()[]–-@"


class Position(NamedTuple):
    """Where a text says that something is: its name without the coordinates, and these in decimal degrees."""

    name: str
    latitude: str
    longitude: str


def position(text: str) -> Position | None:
    """The first coordinates in a text; None where it has none, BadInput where they lie on no globe."""
    if not _has_digits(text):
        return None
    text = " ".join(text.split())
    if (found := re.search(LETTERS, text, re.IGNORECASE)) is not None and (
        _is_fine(found[0]) or found[0].strip() == text.strip()
    ):
        lat = _decimal(found["lat1"] or found["lat2"], minus=(found["ns1"] or found["ns2"]).upper() == "S")
        lon = _decimal(found["lon1"] or found["lon2"], minus=(found["ew1"] or found["ew2"]).upper() == "W")
    elif (found := re.fullmatch(ALONE, text) or re.search(SIGNED, text)) is not None:
        lat, lon = (Decimal(found[name].replace("−", "-")) for name in ("lat", "lon"))
    else:
        return None
    if abs(lat) > 90 or abs(lon) > 180:
        raise BadInput(
            f"no place on earth: {found[0]}", hint="latitude first, from -90 to 90, then longitude: 34.556, 38.272"
        )
    name = " ".join((text[: found.start()].rstrip(AROUND) + " " + text[found.end() :].strip(AROUND)).split())
    return Position(name, _plain(lat), _plain(lon))


def _is_fine(angles: str) -> bool:
    """True where a degree sign or a fraction shows that these are angles: "300 S 500 W" is an address."""
    return bool(re.search(r"[°º]|\d\.\d|\d\s*d\b", angles))


def is_bare(name: str) -> bool:
    """True where a place is named by nothing but its coordinates: whether it lies in another one is not known."""
    return _has_digits(name) and re.fullmatch(ALONE, name) is not None


def _has_digits(text: str) -> bool:
    """False for the names of most places, for which nothing has to be compiled."""
    return any(map(str.isdecimal, text))


def _decimal(angle: str, *, minus: bool) -> Decimal:
    """Degrees with their minutes and seconds as decimal degrees, to about a metre."""
    parts = [Decimal(n) for n in re.findall(NUMBER, angle)]
    value = sum((part / 60**i for i, part in enumerate(parts)), Decimal(0)).quantize(Decimal("0.00001"))
    return -value if minus else value


def _plain(value: Decimal) -> str:
    return f"{value.normalize() + 0:f}"
