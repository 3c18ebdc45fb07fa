"""The metadata of an image, and a thumbnail of it; the file may be hostile.

Only the header is read for the metadata; a picture is only unpacked if it is no larger than those of cameras. An error in the
decoder means that the image cannot be read, and never that a command fails.
"""

from __future__ import annotations

import io
import math
import warnings
from collections.abc import Iterator
from contextlib import contextmanager
from typing import IO, Any

from ledger.records import Json

FORMATS = ("JPEG", "PNG", "GIF", "WEBP", "TIFF", "BMP")
"""The only decoders that are used."""
PIXELS = 60_000_000
"""Pixels of the largest picture that is unpacked."""
SIDE = 900
"""Pixels of a thumbnail, at its longer side."""
TEXT = 200
"""Characters of one field that are kept."""

TAGS = {
    0x010E: "description", 0x010F: "maker", 0x0110: "camera", 0x0131: "software", 0x0132: "changed", 0x013B: "artist",
    0x8298: "copyright",
}  # fmt: skip
EXIF_TAGS = {0x9003: "taken", 0x9011: "taken_offset", 0xA434: "lens"}
EXIF_IFD, GPS_IFD = 0x8769, 0x8825


class Unreadable(Exception):
    """The image cannot be decoded; the message says why."""


def metadata(file: IO[bytes]) -> Json:
    """What the file says of itself; {"unreadable": why} where it cannot be read as an image."""
    try:
        with _opened(file) as image:
            found: Json = {"format": str(image.format), "width": image.width, "height": image.height}
            exif = image.getexif()
            found |= _fields(exif, TAGS)
            found |= _fields(exif.get_ifd(EXIF_IFD), EXIF_TAGS)
            if place := _position(exif.get_ifd(GPS_IFD)):
                found["position"] = place
            return found
    except Unreadable as e:
        return {"unreadable": str(e)}


def thumbnail(data: bytes) -> bytes | None:
    """A small JPEG of the picture without any of its metadata; None where it cannot be made."""
    try:
        with _opened(io.BytesIO(data)) as image:
            if image.width * image.height > PIXELS:
                return None
            image.draft("RGB", (SIDE * 2, SIDE * 2))  # a JPEG is then unpacked at a fraction of its size
            image.thumbnail((SIDE, SIDE))
            made = io.BytesIO()
            image.convert("RGB").save(made, "JPEG", quality=80)
            return made.getvalue()
    except Unreadable:
        return None


@contextmanager
def _opened(file: IO[bytes]) -> Iterator[Any]:
    from PIL import Image, UnidentifiedImageError

    try:
        with warnings.catch_warnings():
            warnings.simplefilter("ignore")
            with Image.open(file, formats=FORMATS) as image:
                yield image
    except UnidentifiedImageError:
        raise Unreadable("it is not an image of a kind that we read") from None
    except Image.DecompressionBombError:
        raise Unreadable("it would unpack to more pixels than any camera makes") from None
    except Exception as e:  # a hostile file can make a decoder raise anything
        raise Unreadable(f"the image is damaged ({type(e).__name__})") from None


def _fields(values: Any, names: dict[int, str]) -> Json:
    found = {name: _shown(values.get(tag)) for tag, name in names.items() if values.get(tag) is not None}
    return {name: value for name, value in found.items() if value}


def _shown(value: Any) -> str:
    """A field as one short printable line."""
    text = value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
    line = " ".join("".join(c if c.isprintable() else " " for c in text[: TEXT * 4]).split())
    return line if len(line) <= TEXT else line[: TEXT - 1] + "…"


def _position(gps: Any) -> str | None:
    """Latitude and longitude in decimal degrees."""
    try:
        lat, lon = (_degrees(gps[value], gps[ref]) for ref, value in ((1, 2), (3, 4)))
    except (KeyError, TypeError, ValueError, ZeroDivisionError, OverflowError):
        return None
    return f"{lat:.5f}, {lon:.5f}" if abs(lat) <= 90 and abs(lon) <= 180 else None


def _degrees(parts: Any, side: Any) -> float:
    degrees, minutes, seconds = (float(p) for p in parts)
    value = degrees + minutes / 60 + seconds / 3600
    if not math.isfinite(value):
        raise ValueError(value)
    return -value if str(side).strip().upper()[:1] in ("S", "W") else value
