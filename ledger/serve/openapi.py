"""The description of the API (OpenAPI 3.1), made of the table of operations and the records that they take and give."""

from __future__ import annotations

import types
from typing import Any

import msgspec

from ledger.errors import BadInput
from ledger.serve.offers import READS, WRITES

ERROR: dict[str, Any] = {
    "type": "object",
    "required": ["error", "message", "hint"],
    "properties": {
        "error": {"type": "string"}, "message": {"type": "string"}, "hint": {"type": ["string", "null"]},
    },
}  # fmt: skip
HEAD = {"description": "How many entries the log had when this was read.", "schema": {"type": "integer"}}
REFUSALS = {
    "400": "What was given cannot be used.",
    "403": "It does not come from the page.",
    "404": "No such thing.",
    "409": "The log moved on since the page looked.",
    "413": "Too large.",
    "422": "The ledger's rules or its state forbid it.",
    "502": "An address gave no answer.",
    "503": "Somebody else is writing.",
}
SIZE = "log-size"
"""The header that says how many entries a page has seen, and how many there are."""


def described(server: str) -> dict[str, Any]:
    """The whole description."""
    kinds: list[Any] = [k for op in READS.values() for k in (op.asks, op.gives)]
    kinds += [k for op in WRITES.values() for k in (op.asks, op.gives)]
    schemas, parts = msgspec.json.schema_components(kinds, ref_template="#/components/schemas/{name}")
    asks, gives = iter(schemas[::2]), iter(schemas[1::2])
    paths: dict[str, Any] = {}
    for name, read in READS.items():
        about: dict[str, Any] = {"operationId": name, "summary": read.about, "responses": _responses(next(gives))}
        schema = next(asks)
        if read.draft:
            paths[f"/api/{name}"] = {"post": about | _body(schema)}
        else:
            fields = parts[schema["$ref"].rpartition("/")[2]]
            paths[f"/api/{name}"] = {"get": about | {"parameters": _parameters(fields)}}
    for name, write in WRITES.items():
        seen = {"name": SIZE, "in": "header", "required": True, "schema": {"type": "integer", "minimum": 0}}
        about = {
            "operationId": name,
            "summary": write.about,
            "parameters": [seen],
            "responses": _responses(next(gives)),
        }
        paths[f"/api/{name}"] = {"post": about | _body(next(asks))}
    return {
        "openapi": "3.1.0",
        "info": {"title": "Claim Ledger, the page's API", "version": "1"},
        "servers": [{"url": server}],
        "paths": paths,
        "components": {"schemas": {"Refusal": ERROR} | {name: _as_printed(part) for name, part in parts.items()}},
    }


def _parameters(fields: dict[str, Any]) -> list[dict[str, Any]]:
    needed = fields.get("required", ())
    return [
        {"name": name, "in": "query", "required": name in needed, "schema": _of_text(schema)}
        for name, schema in fields["properties"].items()
    ]


def _of_text(schema: dict[str, Any]) -> dict[str, Any]:
    """A parameter of an address is left out where there is none; it cannot be null."""
    kinds = [kind for kind in schema.get("anyOf", ()) if kind.get("type") != "null"]
    return {**kinds[0]} if len(kinds) == 1 else {k: v for k, v in schema.items() if k != "default"}


def _body(schema: dict[str, Any]) -> dict[str, Any]:
    return {"requestBody": {"required": True, "content": {"application/json": {"schema": schema}}}}


def _responses(schema: dict[str, Any]) -> dict[str, Any]:
    refusal = {"application/json": {"schema": {"$ref": "#/components/schemas/Refusal"}}}
    done = {
        "description": "Done.",
        "headers": {SIZE: HEAD},
        "content": {"application/json": {"schema": schema}},
    }
    return {"200": done} | {code: {"description": said, "content": refusal} for code, said in REFUSALS.items()}


def _as_printed(part: Any) -> Any:
    """A schema as records are printed: `from_` is written "from"."""
    if isinstance(part, dict):
        return {("from" if key == "from_" else key): _as_printed(value) for key, value in part.items()}
    if isinstance(part, list):
        return ["from" if value == "from_" else _as_printed(value) for value in part]
    return part


def _unknown(kind: Any, given: dict[str, Any]) -> str | None:
    """The first key that a request, or a record inside it, has no field for."""
    fields = {f.name: f.type for f in msgspec.structs.fields(kind)}
    for name, value in given.items():
        if name not in fields:
            return name
        for inner in _records(fields[name]):
            if isinstance(value, dict) and (found := _unknown(inner, value)):
                return f"{name}.{found}"
    return None


def _records(kind: Any) -> list[Any]:
    if isinstance(kind, type) and issubclass(kind, msgspec.Struct):
        return [kind]
    parts = kind.__args__ if isinstance(kind, types.UnionType) else ()
    return [one for part in parts for one in _records(part)]


def parsed(kind: Any, given: dict[str, Any], *, strict: bool) -> Any:
    """The request that was given; BadInput names what does not fit."""
    if name := _unknown(kind, given):
        raise BadInput(f"unknown field {name!r}")
    try:
        return msgspec.convert(given, kind, strict=strict)
    except msgspec.ValidationError as e:
        raise BadInput(str(e)) from None
