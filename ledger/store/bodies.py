"""Reading and writing a body fast: straight into a record, where its bytes are those that our own writer spells.

A body decoded into the very shape that a kind has, and encoded from it again, gives the same bytes only where these are the
canonical spelling: keys in order, each once and known, no blank, no needless escape, no field that is null. Any other body is
read the general way (`derive.read_body`), which says what is wrong with it.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from enum import StrEnum
from functools import cache
from types import UnionType
from typing import Annotated, Any, Literal, Union, get_args, get_origin

import msgspec
from msgspec import Meta, Struct

from ledger import records as r
from ledger.merkle.jcs import SAFE_INTEGER

Integer = Annotated[int, Meta(ge=-SAFE_INTEGER, le=SAFE_INTEGER)]


def spell(draft: Any, salt: str, login: str | None = None) -> tuple[Any, bytes] | None:
    """A draft in the shape that `read_spelt` gives, with its canonical bytes; None for what is spelt the general way."""
    record: Any = type(draft)
    way = _way(record)
    if way is None:
        return None
    try:
        made = msgspec.convert(draft, way.shape, from_attributes=True)
        msgspec.structs.force_setattr(made, "salt", salt)
        if login is not None:
            msgspec.structs.force_setattr(made, "login", login)
        body = way.encode(made)
    except (ValueError, RecursionError):
        return None
    return None if b"\\u0000" in body else (made, body)


def read_spelt(kind: str, body: bytes) -> Any:
    """The fields of a body, with its salt, its words as plain text; None where it must be read the general way."""
    way = _way(RECORDS[kind])
    if way is None or b"\\u0000" in body:
        return None
    try:
        made = way.decode(body)
        return made if way.encode(made) == body else None
    except (ValueError, RecursionError):  # msgspec's errors are ValueErrors
        return None


RECORDS: dict[str, type] = {kind.value: record for kind, record in r.BODIES.items()}


class _Way(Struct, frozen=True):
    shape: Any
    decode: Callable[[bytes], Any]
    encode: Callable[[Any], bytes]


@cache
def _way(record: Any) -> _Way | None:
    """How the bodies of a record are read and written; None where not all their fields are known beforehand."""
    shape = _shape(record, salted=True)
    return shape and _Way(shape, msgspec.json.Decoder(shape).decode, msgspec.json.Encoder().encode)


@cache
def _shape(record: type[Struct], *, salted: bool = False) -> Any:
    """The record with its fields in the order of their names, and none that is null written."""
    fields: list[tuple[str, Any] | tuple[str, Any, Any]] = [("salt", str, ""), ("login", str, None)] if salted else []
    for field in msgspec.structs.fields(record):
        kind, optional = _kind(field.type)
        if kind is None:
            return None
        # what is never null is always written, also where it is the default
        missing = optional and field.default is None
        fields.append((field.name, kind, None) if missing else (field.name, kind))
    return msgspec.defstruct(
        record.__name__, sorted(fields, key=lambda f: f[0]), kw_only=True, omit_defaults=True, forbid_unknown_fields=True,
        frozen=True, gc=False,
    )  # fmt: skip


def _kind(hint: Any) -> tuple[Any, bool]:
    """The type as it is read, None where it holds anything, and whether it may be null."""
    if get_origin(hint) in (Union, UnionType):
        inner = [arg for arg in get_args(hint) if arg is not type(None)]
        kind, _ = _kind(inner[0]) if len(inner) == 1 else (None, False)
        return (None, True) if kind is None else (operator.or_(kind, None), True)
    if get_origin(hint) is tuple:
        kind, _ = _kind(get_args(hint)[0])
        return (None, False) if kind is None else (tuple.__class_getitem__((kind, ...)), False)
    if hint is int:
        return Integer, False
    if isinstance(hint, type) and issubclass(hint, Struct):
        return _shape(hint), False
    if isinstance(hint, type) and issubclass(hint, StrEnum):
        return Literal[tuple(word.value for word in hint)], False
    return (hint, False) if isinstance(hint, type) and hint is not dict else (None, False)
