"""What a person says of a sheet: which column is which field, what is the same in every row, how its days are written.

As text, "Quote=exact, Outlet=article.publisher, dates=dmy"; `auto` among it lets the rest be guessed. As a file, TOML or JSON:

    sheet = "Claims"
    header = 3
    dates = "dmy"
    decimal = "comma"
    fill_down = ["Outlet"]

    [columns]
    "Quote" = "exact"

    [constants]
    "article.publisher" = "Example Gazette"
"""

from __future__ import annotations

import csv
import json
from collections.abc import Iterable
from pathlib import Path
from typing import Any

from msgspec import Struct

from ledger.errors import BadInput, NotFound
from ledger.exchange.sheets.days import ORDERS
from ledger.exchange.sheets.fields import NOT_TAKEN, field_of
from ledger.records import convert, replace

DECIMALS = {"comma": ",", "point": ".", ",": ",", ".": "."}
DELIMITERS = {"comma": ",", "semicolon": ";", "tab": "\t", "bar": "|"}
SIZE_LIMIT = 1024 * 1024
"""Bytes of the largest mapping file."""


class Mapping(Struct, frozen=True, forbid_unknown_fields=True):
    """What was said; a column is named by its header."""

    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    fill_down: tuple[str, ...] = ()
    """Columns whose blank cells hold what stands above them."""
    dates: str | None = None
    """dmy or mdy."""
    decimal: str | None = None
    """comma or point."""
    sheet: str | None = None
    header: int | None = None
    """The row of the header, from 1."""
    delimiter: str | None = None
    encoding: str | None = None
    auto: bool = False
    """What is not said is guessed, and the guess is taken."""


def read(text: str | None, *, sheet: str | None = None) -> Mapping:
    """The mapping of a file, or of its text; without any, an empty one."""
    if text is None:
        return Mapping(sheet=sheet)
    given = _from_file(Path(text)) if _is_file(text) else _from_text(text)
    return replace(_checked(given), sheet=sheet or given.sheet)


def _is_file(text: str) -> bool:
    """True where a mapping names a file; one that is not there is an error of its own."""
    if text.strip().casefold().endswith((".toml", ".json")) and "=" not in text:
        return True
    try:
        return "=" not in text and Path(text).is_file()
    except (OSError, ValueError):
        return False


def _from_file(path: Path) -> Mapping:
    import tomllib

    try:
        if path.stat().st_size > SIZE_LIMIT:
            raise BadInput(f"{path} is too large for a mapping")
        text = path.read_text(encoding="utf-8-sig")
        data = json.loads(text) if text.lstrip().startswith("{") else tomllib.loads(text)
    except FileNotFoundError:
        raise NotFound(
            f"no such mapping: {path}", hint="save one: claims import FILE --dry-run --save-map MAP"
        ) from None
    except OSError as e:
        raise BadInput(f"cannot read {path}: {e.strerror}") from None
    except (ValueError, RecursionError) as e:
        raise BadInput(f"{path} is not a mapping: {e}", hint="it is TOML or JSON, see docs/imports.md") from None
    if not isinstance(data, dict):
        raise BadInput(f"{path} is not a mapping", hint="it is TOML or JSON, see docs/imports.md")
    found: Mapping = convert(data, Mapping, str(path))
    return found


SETTINGS = ("dates", "decimal", "sheet", "header", "delimiter", "encoding", "fill_down")


def _from_text(text: str) -> Mapping:
    columns: dict[str, str] = {}
    constants: dict[str, str] = {}
    settings: dict[str, Any] = {}
    for item in _items(text):
        left, sign, right = item.rpartition("=")
        name, value = left.strip(), right.strip()
        if not sign and value.casefold() == "auto":
            settings["auto"] = True
        elif not sign or not name or not value:
            raise BadInput(f"not a part of a mapping: {item!r}", hint='such as "Quote=exact, Outlet=article.publisher"')
        elif name.endswith(":"):
            constants[name[:-1].strip()] = value
        elif name == "fill_down":
            settings[name] = [*settings.get(name, []), value]
        elif name in SETTINGS:
            settings[name] = int(value) if name == "header" and value.isdecimal() else value
        else:
            columns[name] = value
    found: Mapping = convert({"columns": columns, "constants": constants, **settings}, Mapping, "the mapping")
    return found


def _items(text: str) -> Iterable[str]:
    """The parts between commas; one with a comma in it stands between quotation marks."""
    try:
        found = list(csv.reader([",".join(text.splitlines())], skipinitialspace=True))
    except csv.Error as e:
        raise BadInput(f"not a mapping: {e}", hint='such as "Quote=exact, Outlet=article.publisher"') from None
    return (item for row in found for item in row if item.strip())


def _checked(given: Mapping) -> Mapping:
    """With the fields' own names; BadInput says which word is none."""
    _one_of("dates", given.dates, ORDERS)
    _one_of("decimal", given.decimal, DECIMALS)
    constants = {field_of(name): value for name, value in given.constants.items()}
    if wrong := [name for name in constants if name in NOT_TAKEN]:
        raise BadInput(f"{wrong[0]!r} is no field for a constant")
    delimiter = DELIMITERS.get(given.delimiter or "", given.delimiter)
    if delimiter is not None and (len(delimiter) != 1 or delimiter in '"\r\n'):
        raise BadInput(f"not a delimiter: {delimiter!r}", hint="one character, or: " + ", ".join(DELIMITERS))
    columns = {header: field_of(name) for header, name in given.columns.items()}
    return replace(given, columns=columns, constants=constants, delimiter=delimiter)


def _one_of(name: str, value: str | None, allowed: Iterable[str]) -> None:
    if value is not None and value not in allowed:
        raise BadInput(f"{name} cannot be {value!r}", hint="it is one of: " + ", ".join(allowed))


def text_of(mapping: Mapping, path: str) -> str:
    """The mapping as a file of this name holds it: JSON where it ends in .json, else TOML."""
    data = {
        name: value
        for name in Mapping.__struct_fields__
        if (value := getattr(mapping, name)) not in (None, (), {}, False)
    }
    if path.casefold().endswith(".json"):
        return json.dumps(data, ensure_ascii=False, indent=1) + "\n"
    plain = [f"{name} = {_toml(value)}" for name, value in data.items() if not isinstance(value, dict)]
    for name, value in data.items():
        if isinstance(value, dict):
            plain += ["", f"[{name}]", *(f"{_toml(k)} = {_toml(v)}" for k, v in value.items())]
    return "\n".join(plain) + "\n"


def _toml(value: Any) -> str:
    """A string, number, truth value or list of strings; JSON's strings are TOML's too, but for one character."""
    return json.dumps(value, ensure_ascii=False).replace("\x7f", "\\u007f")
