"""The page and its API: addresses to the table of operations, each answer from one state of the log, which it names."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import Callable, Iterator
from contextlib import suppress
from functools import cache, partial
from importlib import resources
from typing import Any, TypeVar, cast

import msgspec
from starlette.applications import Starlette
from starlette.requests import Request
from starlette.responses import Response
from starlette.routing import BaseRoute, Mount, Route

from ledger import records as r
from ledger import store
from ledger.capture import SIZE_LIMIT
from ledger.errors import (
    BadInput,
    ClaimsError,
    Locked,
    MovedOn,
    NotFound,
    Refused,
    StoreError,
    Unreachable,
)
from ledger.serve import screens
from ledger.serve.gate import HOSTS, App, Gate, Pass
from ledger.serve.offers import READS, WRITES, Read, Write
from ledger.serve.openapi import SIZE, described, parsed
from ledger.serve.opening import Desk

Given = TypeVar("Given")

LARGEST = SIZE_LIMIT * 4 // 3 + 65_536
"""Bytes of the largest request: a copy in base64."""
STATUS: dict[type[ClaimsError], int] = {
    MovedOn: 409, BadInput: 400, NotFound: 404, Refused: 422, Unreachable: 502, Locked: 503, StoreError: 500,
}  # fmt: skip
FILES = {
    "page.js": ("ledger.serve", "page", "text/javascript; charset=utf-8"),
    "page.css": ("ledger.serve", "page", "text/css; charset=utf-8"),
    "style.css": ("ledger.reports", "templates", "text/css; charset=utf-8"),
}
"""The page's own script and sheet, and the sheet of the reports."""


def app(desk: Desk, opens: Pass, port: int) -> App:
    """All that is served, behind its guard."""
    sending = f"http://{HOSTS[0]}:{port}{opens.taking}"
    files = [Route(f"/{name}", partial(_file, name)) for name in FILES]
    room = Mount(opens.base, routes=[*_routes(desk, opens, sending), *files])
    taking = [Route(opens.taking, partial(_taking, desk, opens)), Mount(opens.taking, routes=files)]
    return Gate(Starlette(routes=[room, *taking]), opens, port)


def _routes(desk: Desk, opens: Pass, sending: str) -> Iterator[BaseRoute]:
    for name, one in READS.items():
        work = partial(_drafted if one.draft else _asked, desk, one)
        yield Route(f"/api/{name}", work, methods=["POST" if one.draft else "GET"])
    for name, write in WRITES.items():
        yield Route(f"/api/{name}", partial(_done, desk, write), methods=["POST"])
    yield Route("/api/head", partial(_head, desk))
    yield Route("/api", partial(_described, opens))
    for path, made in screens.PAGES.items():
        yield Route(path, partial(_page, desk, opens, sending, made))


# --- answers -------------------------------------------------------------------------------------------------------


ROOM = asyncio.Semaphore(16)
"""So many requests are worked on at once; the others wait."""


async def _apart(work: Callable[[], Given]) -> Given:
    """What the work gives, in a thread that does not outlive the page: what it has not logged by then is not logged."""
    loop = asyncio.get_running_loop()
    done: asyncio.Future[Given] = loop.create_future()

    def settle(value: Given | None, error: BaseException | None) -> None:
        if not done.cancelled():
            done.set_exception(error) if error else done.set_result(cast("Given", value))

    def run() -> None:
        value, error = None, None
        try:
            value = work()
        except BaseException as e:
            error = e
        with suppress(RuntimeError):  # the page has ended meanwhile
            loop.call_soon_threadsafe(settle, value, error)

    async with ROOM:
        threading.Thread(target=run, daemon=True).start()
        return await done


async def _settled(work: Callable[[], tuple[Any, int]]) -> Response:
    """What the work gives, as JSON; what it refuses with its code and its words."""
    try:
        found, size = await _apart(work)
    except ClaimsError as e:
        return _refusal(e)
    return _json(found, 200, {SIZE: str(size)})


def _json(value: Any, code: int = 200, heads: dict[str, str] | None = None) -> Response:
    return Response(r.json_text(value), code, heads, "application/json")


def _refusal(e: ClaimsError) -> Response:
    code = next((code for kind, code in STATUS.items() if isinstance(e, kind)), 500)
    said = {"error": type(e).__name__, "message": e.message, "hint": e.hint}
    return _json(said, code)


async def _head(desk: Desk, _: Request) -> Response:
    def size() -> tuple[Any, int]:
        with desk.reading() as ledger:
            return {"size": (found := store.head(ledger))}, found

    return await _settled(size)


async def _described(opens: Pass, _: Request) -> Response:
    return _json(described(opens.base))


async def _asked(desk: Desk, one: Read, request: Request) -> Response:
    def work() -> tuple[Any, int]:
        given = dict(request.query_params.multi_items())
        return desk.read(one, parsed(one.asks, given, strict=False))

    return await _settled(work)


async def _drafted(desk: Desk, one: Read, request: Request) -> Response:
    body = await _body(request)
    if body is None:
        return _json({"error": "TooLarge", "message": "this is too large", "hint": None}, 413)
    return await _settled(lambda: desk.read(one, _decoded(one.asks, body)))


async def _done(desk: Desk, one: Write[Any], request: Request) -> Response:
    body = await _body(request)
    if body is None:
        return _json({"error": "TooLarge", "message": "this is too large", "hint": None}, 413)

    def work() -> tuple[Any, int]:
        seen = request.headers.get(SIZE, "")
        if not (seen.isascii() and seen.isdecimal() and len(seen) < 19):
            raise BadInput(f"the header {SIZE} says how many entries of the log the page has seen")
        return desk.write(one, _decoded(one.asks, body), int(seen))

    return await _settled(work)


async def _body(request: Request) -> bytes | None:
    """The bytes that were sent; None where there are too many, which are not read to the end."""
    parts, size = [], 0
    async for part in request.stream():
        size += len(part)
        if size > LARGEST:
            return None
        parts.append(part)
    return b"".join(parts)


def _decoded(kind: Any, body: bytes) -> Any:
    try:
        given = msgspec.json.decode(body)
    except (msgspec.DecodeError, UnicodeDecodeError, RecursionError) as e:
        raise BadInput(f"not JSON: {e}") from None
    if not isinstance(given, dict):
        raise BadInput("one JSON object is needed")
    return parsed(kind, given, strict=True)


# --- pages ---------------------------------------------------------------------------------------------------------


@cache
def _bytes_of(name: str) -> bytes:
    package, folder, _ = FILES[name]
    return resources.files(package).joinpath(folder, name).read_bytes()


async def _file(name: str, _: Request) -> Response:
    return Response(_bytes_of(name), media_type=FILES[name][2])


async def _taking(desk: Desk, opens: Pass, _: Request) -> Response:
    page = screens.taking(screens.Around("", 0, opens.taking, "", desk.lang, ""))
    return Response(page.body, 200, page.headers, page.media_type)


async def _page(desk: Desk, opens: Pass, sending: str, made: screens.Made, request: Request) -> Response:
    def work() -> screens.Page:
        with desk.reading() as ledger:
            about = str(request.path_params.get("id", ""))
            return made(ledger, screens.Around(about, store.head(ledger), opens.base, desk.actor, desk.lang, sending))

    try:
        page = await _apart(work)
    except ClaimsError as e:
        page, code = screens.refused(e, opens.base, desk.lang), _refusal(e).status_code
        return Response(page.body, code, page.headers, page.media_type)
    return Response(page.body, 200, page.headers, page.media_type)
