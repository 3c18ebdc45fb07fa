"""Bytes to text: by byte order mark, as UTF-8, by label, else guessed; what is not text is refused."""

from __future__ import annotations

import codecs

from msgspec import Struct

from ledger.errors import BadInput

BYTE_ORDER_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
NOT_FOR_PAGES = frozenset(
    {"idna", "punycode", "unicode_escape", "raw_unicode_escape", "undefined", "utf_7", "mbcs", "oem"}
    | {f"utf_{bits}{order}" for bits in (16, 32) for order in ("", "_le", "_be")}
)
"""Codecs of Python that no document is written in, that hide text, or that a label alone does not prove."""

WEB_NAMES = {"iso8859-1": "cp1252", "ascii": "cp1252", "iso8859-9": "cp1254", "gb2312": "gb18030", "gbk": "gb18030"}
"""Labels of pages whose bytes use a wider set (WHATWG Encoding, "names and labels")."""

USUAL = "cp1252"
GUESSES = (
    "cp1250", "cp1251", "cp1252", "cp1253", "cp1254", "cp1255", "cp1256", "cp1257", "cp1258", "cp874", "iso8859_2", "iso8859_5",
    "iso8859_6", "iso8859_7", "iso8859_8", "koi8_r", "koi8_u", "shift_jis", "cp932", "euc_jp", "gb18030", "big5", "euc_kr",
    "cp949",
)  # fmt: skip
"""The encodings to guess from: those still used on the web (WHATWG Encoding), not those of old Macintoshes and DOS."""

SAMPLE = 256 * 1024
"""Bytes from which an encoding is guessed; all bytes must then be valid in it."""

OTHER_THINGS = (
    (b"PK\x03\x04", "a zip archive", "name a file out of it; DOCX, ODT and WACZ are read as they are"),
    (b"\x1f\x8b", "a gzip archive", "unpack it first: gunzip FILE"),
    (b"\x89PNG", "a picture", "log it with: claims evidence add FILE"),
    (b"\xff\xd8\xff", "a picture", "log it with: claims evidence add FILE"),
    (b"GIF8", "a picture", "log it with: claims evidence add FILE"),
    (b"SQLite format 3\x00", "a database", "name an article's file; a ledger is given with --ledger"),
)


class Decoded(Struct, frozen=True):
    text: str
    encoding: str
    guessed: bool


def decode(data: bytes, *, name: str, declared: str | None = None) -> Decoded:
    """The text of the bytes: by its byte order mark, as UTF-8, as declared, else guessed; BadInput where it is not text."""
    for mark, encoding in BYTE_ORDER_MARKS:
        if data.startswith(mark):
            return _whole(Decoded(_strictly(data[len(mark) :], encoding, name), encoding, guessed=False), name)
    _refuse_other_things(data, name)
    label = _codec(declared) or "utf-8"
    # bytes that happen to be UTF-8 are UTF-8, whatever a label says; seven-bit encodings such as ISO-2022-JP need theirs
    for encoding in (label, "utf-8") if data.isascii() else ("utf-8", label):
        try:
            return _whole(Decoded(data.decode(encoding), encoding, guessed=False), name)
        except UnicodeDecodeError:
            continue
    return _whole(_guess(data, name), name)


def _refuse_other_things(data: bytes, name: str) -> None:
    for magic, what, hint in OTHER_THINGS:
        if data.startswith(magic):
            raise BadInput(f"{name} is {what}, not text", hint=hint)
    if b"\x00" in data:
        raise BadInput(f"{name} is binary, not text", hint="capture takes text and HTML")


def _codec(label: str | None) -> str | None:
    """Python's name of the encoding that a label means; None where no document uses it."""
    try:
        name = codecs.lookup((label or "").strip().strip("\"'")).name
    except (LookupError, ValueError):
        return None
    name = WEB_NAMES.get(name, name)
    try:
        "".encode(name)
    except (LookupError, UnicodeError):
        return None
    return None if name.replace("-", "_") in NOT_FOR_PAGES else name


def _strictly(data: bytes, encoding: str, name: str) -> str:
    try:
        return data.decode(encoding)
    except UnicodeDecodeError as e:
        raise BadInput(
            f"{name} says it is {encoding} but is not, at byte {e.start}", hint="save it again as UTF-8"
        ) from None


def _guess(data: bytes, name: str) -> Decoded:
    import charset_normalizer

    matches = charset_normalizer.from_bytes(_telling(data), cp_isolation=list(GUESSES))
    best = matches.best()
    if best is None or _codec(best.encoding) is None:
        raise BadInput(f"{name} is in no encoding we can tell", hint="save it again as UTF-8")
    # where others are as likely, it is the one that western texts are in
    usual = any(
        USUAL in match.could_be_from_charset and (match.chaos, -match.coherence) <= (best.chaos, -best.coherence)
        for match in matches
    )
    encoding = USUAL if usual else best.encoding
    return Decoded(_strictly(data, encoding, name), encoding.replace("_", "-"), guessed=True)


def _telling(data: bytes) -> bytes:
    """The lines with bytes beyond ASCII, each once; everything where there are none."""
    lines = dict.fromkeys(line for line in data.splitlines(keepends=True) if not line.isascii())
    return b"".join(lines)[:SAMPLE] or data


def _whole(decoded: Decoded, name: str) -> Decoded:
    """The same; BadInput where the text is empty or holds what a ledger cannot keep."""
    text = decoded.text
    if "\x00" in text:
        raise BadInput(f"{name} holds the character U+0000", hint="it is not text, or damaged; save it again as text")
    controls = sum(map(text.count, _CONTROLS))
    if controls * 50 > len(text):
        raise BadInput(f"{name} is binary, not text", hint="capture takes text and HTML")
    if not text.strip():
        raise BadInput(f"{name} is empty", hint="an article needs at least one word")
    return decoded


_CONTROLS = tuple(chr(n) for n in range(1, 32) if chr(n) not in "\t\n\v\f\r\x1b")
