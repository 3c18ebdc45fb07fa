"""Mutations: of bytes, of words, of JSON, of markup. Each takes its chance from the generator that is given."""

from __future__ import annotations

import copy
import json
import random
from typing import Any

import hostile

CHARACTERS = (
    "\t\n\r\x01\x1b\x7f\x85\u00a0\u00ad\u0300\u061c\u200b\u200e\u2028\u202e"
    "\u2066\ufeff\ufffd\udcff\U0001f600٣½Ⅷ'\"\\/%{}[]<>&;,.:-=+*?#@~|$`"
)
"""Characters that programs trip over: controls, marks of direction, odd figures, half a surrogate pair, punctuation."""

NAUGHTY = (
    *hostile.SCRIPTS, "", " ", "-", "--", "--help", "-1", "0", "00", "1e9", "9" * 40, "NaN", "None", "null", "%s%n", "{0}",
    "' OR 1=1 --", "\"; DROP TABLE entry; --", "AND", "NEAR(", "*", "a* OR", "(((", "^", "ß", "İ", "ﬁ", "\u202eabc",
    "\x1b[31mred\x07", "a\nb", "a\r\nb", "\ufeff", "\udcff\udcfe", "../up", "~", "$HOME", "CON", ".", "..", "=1+1", "@sum",
    "word " * 400, "(" * 300, "at least " * 200 + "4", "1,000," * 300, "“" * 200, "said " * 300, "x" * 20_000,
)  # fmt: skip

VALUES: tuple[Any, ...] = (
    None, True, False, 0, -1, 1, 3, 2**31, 2**53, 2**64, 1.5, -0.0, 1e308, "", " ", "x", "2016-02-30", "2016-03", "9999999",
    "Infinity", "NaN", "at least 40", "none", "C1", "Q1", "\u202ex", "a\nb", "\x00", "\ud800", "x" * 20_000, [], {}, [[]],
    [None], {"": {}}, {"x": None}, ["a"] * 50, {"name": "Marsala"}, {"exact": 1}, {"source": "x", "role": "origin"},
)  # fmt: skip


def text(chance: random.Random, given: str) -> str:
    """The text with one to four small changes."""
    for _ in range(chance.randrange(1, 5)):
        at = chance.randrange(len(given) + 1)
        end = min(len(given), at + chance.randrange(8))
        piece = chance.choice(
            [
                "",
                chance.choice(CHARACTERS),
                chance.choice(CHARACTERS) * chance.randrange(1, 60),
                given[at:end] * chance.randrange(1, 5),
                chance.choice(NAUGHTY),
                str(chance.randrange(-2, 10**7)),
            ]
        )
        given = given[:at] + piece + given[end if chance.random() < 0.5 else at :]
    return given


def data(chance: random.Random, given: bytes) -> bytes:
    """The bytes with one to four changes: flipped, cut, repeated, moved, or others put in."""
    for _ in range(chance.randrange(1, 5)):
        a, b = sorted(chance.randrange(len(given) + 1) for _ in "ab")
        b = min(b, a + chance.choice([1, 4, 60, 4000]))
        piece = chance.choice(
            [
                b"",
                chance.randbytes(chance.randrange(1, 9)),
                given[a:b] * 2,
                given[a:b][::-1],
                given[a:b].swapcase(),
                chance.choice(CHARACTERS).encode("utf-8", "surrogatepass"),
                bytes([chance.choice(b'\n\n"{}[],:=+ 09Az\x00\xff\xc3')]),
            ]
        )
        given = given[:a] + piece + given[b if chance.random() < 0.7 else a :]
    return given[:1] if chance.random() < 0.002 else given


def lines(chance: random.Random, given: bytes) -> bytes:
    """The lines with one of them left out, doubled, moved, or changed inside."""
    rows = given.split(b"\n")
    at, to = chance.randrange(len(rows)), chance.randrange(len(rows))
    match chance.randrange(5):
        case 0:
            del rows[at]
        case 1:
            rows.insert(to, rows[at])
        case 2:
            rows[at], rows[to] = rows[to], rows[at]
        case 3:
            del rows[at:]
        case _:
            rows[at] = data(chance, rows[at])
    return b"\n".join(rows)


def json_value(chance: random.Random, given: Any) -> Any:
    """The JSON value with one to three of its parts changed, left out, added or swapped."""
    made = copy.deepcopy(given)
    for _ in range(chance.randrange(1, 4)):
        spots = list(_spots(made))
        if not spots:
            return _value(chance)
        holder, key = chance.choice(spots)
        _change(chance, holder, key)
    return made


def _change(chance: random.Random, holder: Any, key: Any) -> None:
    old = holder[key]
    match chance.randrange(8):
        case 0:
            del holder[key]
        case 1 if isinstance(holder, dict):
            holder[chance.choice(["extra", "x", "", "start", "exact", "é", "\ud800", "a" * 300])] = _value(chance)
        case 2 if isinstance(old, str):
            holder[key] = text(chance, old)
        case 3 if isinstance(holder, dict):
            other = chance.choice(list(holder))
            holder[key], holder[other] = holder[other], holder[key]
        case 4 if isinstance(old, int):
            holder[key] = old + chance.choice([-1, 1, 10**6])
        case 5:
            holder[key] = [old] if not isinstance(old, list) else old * 3
        case 6:
            holder[key] = json.loads("[" * 120 + "]" * 120) if chance.random() < 0.2 else {"a": old}
        case _:
            holder[key] = _value(chance)


def _value(chance: random.Random) -> Any:
    return copy.deepcopy(chance.choice(VALUES))  # it may be changed again where it stands


def _spots(value: Any) -> Any:
    """Every place in the value that holds another, as its holder and key."""
    pairs = value.items() if isinstance(value, dict) else enumerate(value) if isinstance(value, list) else ()
    for key, inner in list(pairs):
        yield value, key
        yield from _spots(inner)


def written(chance: random.Random, value: Any) -> bytes:
    """The value as JSON, in one of several spellings."""
    spelt = json.dumps(value, ensure_ascii=chance.random() < 0.5, indent=None)
    return spelt.encode("utf-8", "surrogatepass")


TAGS = (
    "<p>", "</p>", "<div>", "</div>", "<table><tr><td>", "<script>", "</script>", "<!--", "-->", "<![CDATA[", "]]>", "<title>",
    "<meta charset=utf-16>", "<meta charset=x>", '<meta property="og:title" content="', '<base href="//x">', "<svg><title>",
    '<script type="application/ld+json">{"@type":"NewsArticle","headline":', "<time datetime=0000-00-00>", "&#0;", "&#x110000;",
    "&nbsp;", "&amp;amp;", "<a href='javascript:x'>", "<b" + " x" * 200 + ">", "<div>" * 300, "<p" , "<", ">", "\x00", "&",
    '<link rel=canonical href="http://[::1">', "<html lang='\"'>", "<noscript>", "<template>", "<frameset>", "<plaintext>",
)  # fmt: skip


def markup(chance: random.Random, given: bytes) -> bytes:
    """The page with tags put in, left out and repeated, its JSON-LD changed, or its bytes."""
    page = given
    for _ in range(chance.randrange(1, 6)):
        at = chance.randrange(len(page) + 1)
        near = page.find(b"<", at)
        at = near if near >= 0 and chance.random() < 0.6 else at
        end = page.find(b">", at) + 1
        match chance.randrange(5):
            case 0 if end > at:
                page = page[:at] + page[end:]
            case 1 if end > at:
                page = page[:at] + page[at:end] * chance.randrange(2, 40) + page[end:]
            case 2:
                page = data(chance, page)
            case 3:
                page = page[:at] + chance.choice(NAUGHTY).encode("utf-8", "surrogatepass") + page[at:]
            case _:
                page = page[:at] + chance.choice(TAGS).encode() + page[at:]
    wide = chance.random()
    return page.decode("utf-8", "replace").encode("utf-16") if wide < 0.02 else page
