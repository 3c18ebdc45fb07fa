"""Canonical JSON (RFC 8785) out, strict JSON in: one value has one spelling, and nothing is read two ways.

Entries are narrower than the standard: ASCII keys, no floats, no U+0000. Under these rules an ordinary encoder that
sorts keys already writes the canonical bytes, for code point order is UTF-16 order in ASCII; the tests prove it.
"""

from __future__ import annotations

import json
import math
import re
from collections.abc import Callable
from functools import cache
from itertools import islice
from typing import Annotated, Any, NoReturn

from ledger.errors import BadInput

SAFE_INTEGER = 2**53 - 1
"""The widest integer that every JSON reader gives back exactly."""

DEEPEST = 100
"""Levels of nesting; people write fewer than ten."""

MOST = 100_000
"""Values, names of fields included, in one piece of JSON: each takes many times its bytes in memory."""

_encode = json.JSONEncoder(ensure_ascii=False).encode


def canonical(value: Any, *, floats: bool = False) -> bytes:
    """The one spelling of a value that is hashed; BadInput for what an entry may not hold.

    With `floats` the whole of RFC 8785 is written: numbers as ECMAScript prints them, keys in any script, U+0000.
    """
    try:
        if floats:
            return _spelt_alike(value) or "".join(_pieces(value, 0)).encode()
        _check_entry(value, 0)
        return _entry_encoder()(value)
    except UnicodeEncodeError:
        raise BadInput("a text holds half of a surrogate pair, which no file can store") from None
    except TypeError as e:
        raise BadInput(f"not JSON data: {e}") from None


@cache
def _entry_encoder() -> Callable[[Any], bytes]:
    # nine times as fast as the standard library's, which a million leaves feel
    from msgspec.json import Encoder

    return Encoder(order="deterministic").encode


@cache
def _entry_decoder() -> Callable[[bytes], Any]:
    """Reads what an entry may hold, nested a few levels at most, and refuses fractions and integers beyond 2^53."""
    from msgspec import Meta
    from msgspec.json import Decoder

    scalar = str | bool | None | Annotated[int, Meta(ge=-SAFE_INTEGER, le=SAFE_INTEGER)]
    kind: Any = scalar
    for _ in range(8):
        kind = scalar | list[kind] | dict[str, kind]
    return Decoder(kind).decode


def _spelt_alike(value: Any) -> bytes | None:
    """The bytes of a value without fractions in which code points stand in the order of UTF-16; None for any other."""
    try:
        data = _entry_encoder()(value)
        same = _entry_decoder()(data) == value  # what is no JSON, such as NaN, reads otherwise
    except (ValueError, TypeError, RecursionError):  # the general way finds the words for it
        return None
    # from U+E000 on UTF-16 may put a character behind one from U+10000 on
    return data if same and not _late().search(data) else None


@cache
def _late() -> re.Pattern[bytes]:
    return re.compile(rb"[\xee-\xf4]")


def read_plain(data: bytes) -> Any:
    """The value of an entry's bytes, if they are obviously canonical; else None, and `loads` decides.

    Most entries are, and this check takes a third of the time of reading, checking and writing them.
    """
    try:
        value = _entry_decoder()(data)
        # a key that stands twice, a blank, an escape that need not be: none of them would be written again
        if _entry_encoder()(value) != data or b"\\u0000" in data:
            return None
        if not data.isascii():
            _check_entry(value, 0)  # keys in other scripts
    except (BadInput, ValueError, RecursionError):  # `loads` and `canonical` find the words for it
        return None
    return value


def _check_entry(value: Any, depth: int) -> None:
    """Refuses what an entry may not hold, at any depth."""
    kind = type(value)
    if isinstance(value, str):  # the words of vocabulary.py too
        if "\0" in value:
            raise BadInput("a text holds the character U+0000, which the log does not take")
    elif kind is dict:
        _check_depth(depth)
        _check_keys(value)
        for item in value.values():
            _check_entry(item, depth + 1)
    elif kind is list:
        _check_depth(depth)
        for item in value:
            _check_entry(item, depth + 1)
    elif kind is int:
        _check_integer(value)
    elif kind is float:
        raise BadInput(f"an entry holds no floats; write the figure as text: {value!r}")
    elif value is not None and kind is not bool:
        raise BadInput(f"not JSON data: {kind.__name__}")


def _check_keys(value: dict[Any, Any]) -> None:
    for key in value:
        if type(key) is not str or not key.isascii() or "\0" in key:
            raise BadInput(f"a key must be ASCII text: {key!r}")


def _check_depth(depth: int) -> None:
    if depth >= DEEPEST:
        raise BadInput(f"nested more than {DEEPEST} levels deep")


def _check_integer(value: int) -> None:
    if not -SAFE_INTEGER <= value <= SAFE_INTEGER:
        raise BadInput("an integer beyond 2^53 is not read alike everywhere; write it as text")


def _pieces(value: Any, depth: int) -> list[str]:
    """The pieces of the full standard's spelling, in order."""
    if isinstance(value, dict):
        _check_depth(depth)
        return _object_pieces(value, depth)
    if isinstance(value, list):
        _check_depth(depth)
        pieces = ["["]
        for n, item in enumerate(value):
            pieces += [","] if n else []
            pieces += _pieces(item, depth + 1)
        return [*pieces, "]"]
    return [_scalar(value)]


def _object_pieces(value: dict[Any, Any], depth: int) -> list[str]:
    for key in value:
        if not isinstance(key, str):
            raise BadInput(f"a key must be text: {key!r}")
    pieces = ["{"]
    # section 3.2.3: sorted by UTF-16 code units, which differs from code points above U+FFFF
    for n, key in enumerate(sorted(value, key=lambda k: k.encode("utf-16-be"))):
        pieces += [",", _encode(key), ":"] if n else [_encode(key), ":"]
        pieces += _pieces(value[key], depth + 1)
    return [*pieces, "}"]


def _scalar(value: Any) -> str:
    if value is None or isinstance(value, bool):
        return {None: "null", True: "true", False: "false"}[value]
    if isinstance(value, str):
        return _encode(value)
    if isinstance(value, int):
        _check_integer(value)
        return str(int(value))
    if isinstance(value, float):
        return _number(value)
    raise BadInput(f"not JSON data: {type(value).__name__}")


def _number(value: float) -> str:
    """A float as ECMAScript's Number::toString prints it."""
    if not math.isfinite(value):
        raise BadInput("NaN and infinity are not JSON")
    if value == 0:
        return "0"  # minus zero too
    sign = "-" if value < 0 else ""
    # repr gives the shortest digits that read back as the same double, which is what ECMAScript asks for
    mantissa, _, exponent = repr(abs(value)).partition("e")
    whole, _, fraction = mantissa.partition(".")
    digits = (whole + fraction).lstrip("0")
    point = len(whole) + int(exponent or 0) - (len(whole + fraction) - len(digits))
    digits = digits.rstrip("0")
    return sign + _placed(digits, point)


def _placed(digits: str, point: int) -> str:
    """The digits with the decimal point after `point` of them, in the notation that ECMAScript chooses."""
    if len(digits) <= point <= 21:
        return digits + "0" * (point - len(digits))
    if 0 < point <= 21:
        return f"{digits[:point]}.{digits[point:]}"
    if -6 < point <= 0:
        return f"0.{'0' * -point}{digits}"
    fraction = f".{digits[1:]}" if len(digits) > 1 else ""
    return f"{digits[0]}{fraction}e{point - 1:+d}"


def loads(data: bytes | str, *, floats: bool = False) -> Any:
    """The value of the JSON; BadInput for everything that parsers disagree about.

    Refused: duplicate keys, NaN and infinity, integers beyond 2^53, half surrogate pairs, deep nesting, other encodings
    than UTF-8, and, without `floats`, fractions and exponents.
    """
    try:
        text = data if isinstance(data, str) else data.decode("utf-8")
        _check_number(text)
        value = json.loads(
            text,
            object_pairs_hook=_unique,
            parse_constant=_no_constant,
            parse_int=_integer,
            parse_float=_float if floats else _no_float,
        )
        if isinstance(data, str):
            data.encode()
        if "\\ud" in text or "\\uD" in text:
            _encode(value).encode()
    except BadInput:
        raise
    except RecursionError:
        raise BadInput(f"nested more than {DEEPEST} levels deep") from None
    except UnicodeDecodeError as e:
        raise BadInput(f"not UTF-8 text at byte {e.start}") from None
    except UnicodeEncodeError:
        raise BadInput("a text holds half of a surrogate pair, which no file can store") from None
    except json.JSONDecodeError as e:
        raise BadInput(f"not JSON: {e.msg} at line {e.lineno}, column {e.colno}") from None
    if text.count("[") + text.count("{") > DEEPEST:
        _check_nesting(value)
    return value


def _check_number(text: str) -> None:
    """Refuses more values than one piece of JSON may hold, before any of them is made."""
    if len(text) > MOST and next(islice(_values().finditer(text), MOST, None), None):
        raise BadInput(f"more than {MOST:,} values in one piece of JSON")


@cache
def _values() -> re.Pattern[str]:
    return re.compile(r'"[^"\\]*+(?:\\.[^"\\]*+)*+"?|[,\[{]', re.DOTALL)


def _unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) == len(pairs):
        return made
    seen: set[str] = set()
    for key, _ in pairs:
        if key in seen:
            raise BadInput(f"the key {key!r} stands twice in one object")
        seen.add(key)
    return made


def _no_constant(name: str) -> NoReturn:
    raise BadInput(f"{name} is not JSON")


def _no_float(text: str) -> NoReturn:
    raise BadInput(f"a figure with a fraction or an exponent must be written as text: {text[:40]}")


def _float(text: str) -> float:
    value = float(text)
    if not math.isfinite(value):
        raise BadInput(f"a number too large to be read exactly: {text[:40]}")
    return value


def _integer(text: str) -> int:
    # 2^53 has sixteen digits; longer ones are refused before they cost time
    if len(text) > 17:
        raise BadInput("an integer beyond 2^53 is not read alike everywhere; write it as text")
    value = int(text)
    _check_integer(value)
    return value


def _check_nesting(value: Any) -> None:
    """Refuses nesting beyond the limit, level by level, without recursion."""
    level = [value]
    for _ in range(DEEPEST + 1):
        inner: list[Any] = []
        for item in level:
            if isinstance(item, dict):
                inner += item.values()
            elif isinstance(item, list):
                inner += item
        level = inner
        if not level:
            return
    raise BadInput(f"nested more than {DEEPEST} levels deep")
