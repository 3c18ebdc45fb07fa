"""Hooks for campaigns/described.py, run by schemathesis: writes see the log as it is, most requests are about what is there.

Of four requests two are what a person would send, one is that over what was made up, one is as it was made up.
"""

from __future__ import annotations

import json
import os
import random
import re
from collections.abc import Callable
from contextlib import suppress
from pathlib import Path
from typing import Any
from urllib.error import HTTPError
from urllib.parse import urlencode, urlsplit
from urllib.request import Request, urlopen

import schemathesis

DRAW = random.Random(19)
Given = dict[str, Any]


def _got(name: str, **query: str) -> Any:
    """A read of the page's API."""
    address = f"{os.environ['DESCRIBED_PAGE']}/api/{name}?{urlencode(query)}"
    return _answer(Request(address))


def _answer(asked: Request) -> Any:
    asked.add_header("Cookie", os.environ["DESCRIBED_COOKIE"])
    with urlopen(asked, timeout=60) as found:
        return json.load(found)


def _write(name: str, given: Given) -> None:
    """A write as the page makes it; nothing where it is refused."""
    page = urlsplit(os.environ["DESCRIBED_PAGE"])
    heads = {"Origin": f"{page.scheme}://{page.netloc}", "Content-Type": "application/json"}
    heads |= {"Log-Size": str(_got("head")["size"]), "Sec-Fetch-Site": "same-origin"}
    with suppress(HTTPError):
        _answer(Request(f"{page.geturl()}/api/{name}", json.dumps(given).encode(), heads))


def _one(name: str, **query: str) -> Any:
    """Any of what a read gives; {} where it gives nothing."""
    return DRAW.choice(_got(name, **query) or [{}])


def _id(name: str) -> str:
    found: str = _one(name)["id"]
    return found


def _selected() -> Given:
    article = _id("articles")
    saved = _got("text", id=article)
    word = DRAW.choice([*re.finditer(r"\w+", saved["text"])])
    place = {"start": word.start(), "end": word.end(), "grow": DRAW.random() < 0.5}
    question = {"given": {"exact": "", "question": _id("questions")}} if DRAW.random() < 0.3 else {}
    return {"article": article, "text_sha256": saved["text_sha256"]} | place | question


def _finds() -> list[Given]:
    return [find for article in _got("articles") for find in _got("finds", id=article["id"])]


def _judged() -> Given:
    if not (found := _finds()):
        _write("capture", _taken())
        found = _finds()
    find = DRAW.choice(found)
    return {"key": find["key"], "exact": find["exact"], "sure": True}


def _taken() -> Given:
    number = DRAW.randrange(10_000)
    told = f"The harbour office said on Monday that {number} boats sank.\n\nThe union of pilots counted at least {number + 9}."
    return {"text": told, "title": f"Boats {number}", "publisher": "Reed Post", "published": "2031-05-09"}


def _finding() -> Given:
    return {"question": "Q1", "finding": _one("why", id="Q1")["id"], "holds": True}


def _filed() -> Given:
    claim = _one("claims")
    under = claim["questions"]
    out = bool(under) and DRAW.random() < 0.5
    return {"claims": [claim["id"]], "question": under[0] if out else _id("questions"), "out": out}


def _undone() -> Given:
    """Something is undone, so that it can be done again; {}."""
    _write("undo", {})
    return {}


REAL: dict[str, Callable[[], Given]] = {
    "draft": _selected, "add": _selected, "accept": _judged, "reject": _judged, "capture": _taken,
    "settle": lambda: _undone() | {"id": "M1", "holds": False},
    "finding": _finding, "file": _filed, "undo": dict, "redo": _undone,
    "ask": lambda: {"text": f"How many boats, count {DRAW.randrange(10_000)}?"},
    "side": lambda: {"source": _one("sources")["name"], "side": "the port", "because": "it owns the boats"},
    "alias": lambda: {"source": _one("sources")["name"], "name": f"Office {DRAW.randrange(10_000)}"},
    "todo": dict, "question": lambda: {"id": _id("questions")}, "why": lambda: {"id": _id("questions")},
    "claim": lambda: {"id": _id("claims")}, "claims": lambda: {"question": _id("questions")},
    "text": lambda: {"id": _id("articles")}, "finds": lambda: {"id": _id("articles")},
    "search": lambda: {"words": "ferry"}, "passages": lambda: {"words": "ferry"},
    "side_by_side": lambda: {"a": _id("articles"), "b": _id("articles")},
}  # fmt: skip
"""What a person would send to an operation, about what is in the ledger."""


def _mixed(name: str, made_up: Any) -> Any:
    if name not in REAL or (way := DRAW.randrange(4)) == 0:
        return made_up
    return (made_up if way == 1 and isinstance(made_up, dict) else {}) | REAL[name]()


@schemathesis.hook
def before_call(_context: Any, case: Any, _given: Given) -> None:
    name = case.operation.path.rpartition("/")[2]
    if case.method.upper() == "GET":
        case.query = _mixed(name, case.query)
        return
    case.body = _mixed(name, case.body)
    if case.headers and "log-size" in case.headers:
        case.headers["log-size"] = str(_got("head")["size"])


@schemathesis.hook
def after_call(_context: Any, case: Any, response: Any) -> None:
    with Path(os.environ["DESCRIBED_TALLY"]).open("a", encoding="utf-8") as tally:
        tally.write(f"{case.operation.path.rpartition('/')[2]} {response.status_code}\n")
