"""Feeds and sitemaps: new items only, one that fails does not stop the others, stopped and gone on with."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from contextlib import contextmanager

import pytest
from conftest import Claims
from test_web import Server, Talk, answer, serving

XML = "Content-Type: application/xml"
HTML = "Content-Type: text/html"
SITE: dict[str, bytes] = {}


def page(n: int) -> bytes:
    return answer(
        f"<html><p>The ferry stopped {n} times on its way to the island, it was said.</p></html>".encode(), HTML
    )


def rss(*places: str) -> bytes:
    items = "".join(
        f"<item><title>Ferry {p}</title><link>{{url}}{p}</link><pubDate>Mon, 02 Mar 2026 10:00:00 GMT</pubDate></item>"
        for p in places
    )
    return f"<rss><channel><title>Vell Courier</title>{items}</channel></rss>".encode()


def sitemap(*places: str, kind: str = "url") -> bytes:
    rows = "".join(
        f"<{kind}><loc>{{url}}{p}</loc><lastmod>2026-03-0{n}</lastmod></{kind}>" for n, p in enumerate(places, 1)
    )
    root = "urlset" if kind == "url" else "sitemapindex"
    return f'<{root} xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">{rows}</{root}>'.encode()


@contextmanager
def site(pages: dict[str, bytes]) -> Iterator[Server]:
    """Pages by their paths; a feed names them by the address of the server."""
    address: list[bytes] = []

    def talk(connection: socket.socket, request: bytes) -> None:
        place = request.split()[1].decode()
        body = pages.get(place)
        if body is None:
            connection.sendall(answer(b"", status="404 Not Found"))
        elif body.startswith(b"HTTP"):
            connection.sendall(body)
        else:
            connection.sendall(answer(body.replace(b"{url}", address[0]), XML))

    told: Talk = talk
    with serving(told) as server:
        address.append(server.url.encode())
        yield server


def asked(server: Server) -> list[str]:
    return [a.split()[1].decode() for a in server.asked]


def test_only_what_is_new_in_a_feed_is_asked_for_and_saved(claims: Claims) -> None:
    with site({"/feed": rss("/1", "/2"), "/1": page(1), "/2": page(2), "/3": page(3)}) as server:
        ran = claims("capture", "--feed", f"{server.url}/feed", "--allow-private", "--json")
        assert [line["article"]["title"] for line in ran.lines] == ["Ferry /1", "Ferry /2"]
        assert ran.lines[0]["article"]["published_at"] == "2026-03-02T10:00+00:00"
        assert "2 listed, 2 new" in ran.err
        assert "2 of 2:" in ran.err
        server.asked.clear()
        assert "2 listed, 0 new" in claims("capture", "--feed", f"{server.url}/feed", "--allow-private").err
        assert asked(server) == ["/feed"]
    with site({"/feed": rss("/3"), "/3": page(3)}) as server:
        assert claims("capture", "--feed", f"{server.url}/feed", "--allow-private", "--json").json["id"] == "A3"


def test_item_that_fails_does_not_stop_the_others_and_is_tried_again(claims: Claims) -> None:
    pages = {"/feed": rss("/gone", "/1"), "/1": page(1)}
    with site(pages) as server:
        ran = claims("capture", "--feed", f"{server.url}/feed", "--allow-private", code=4)
        assert "/gone: " in ran.err
        assert "1 of 2 saved" in ran.err
        pages["/gone"] = page(9)
        assert "saved A2" in claims("capture", "--feed", f"{server.url}/feed", "--allow-private").out


def test_run_that_was_stopped_goes_on_where_it_was(claims: Claims) -> None:
    with site({"/feed": rss("/1", "/2", "/3"), **{f"/{n}": page(n) for n in (1, 2, 3)}}) as server:
        command = ("capture", "--feed", f"{server.url}/feed", "--allow-private", "--limit", "2")
        assert "3 listed, 3 new; 2 of them now" in claims(*command).err
        assert "3 listed, 1 new" in claims(*command).err
    assert [a["id"] for a in claims("list", "articles", "--json").lines] == ["A1", "A2", "A3"]


def test_links_without_a_host_are_those_of_the_feed_and_no_file_is_read(claims: Claims) -> None:
    links = ("/1", "2?a", "//[", "file:///etc/hosts", "mailto:desk@courier.example", "")
    feed = "".join(f"<item><title>Ferry</title><link>{link}</link></item>" for link in links)
    with site({"/news/feed": f"<rss>{feed}</rss>".encode(), "/1": page(1), "/news/2?a": page(2)}) as server:
        assert "2 listed, 2 new" in claims("capture", "--feed", f"{server.url}/news/feed", "--allow-private").err
        assert asked(server) == ["/news/feed", "/1", "/news/2?a"]


def test_item_with_a_day_that_is_none_or_a_title_that_never_ends_is_saved(claims: Claims) -> None:
    days = ("2026-13-45", "2026-03-04T25:61Z", "2026-03-04")
    items = "".join(
        f"<entry><title>{'Ferry ' * 9000}</title><link href='/{n}'/><published>{day}</published></entry>"
        for n, day in enumerate(days)
    )
    pages = {f"/{n}": page(n) for n in range(3)}
    with site({"/feed": f"<feed>{items}</feed>".encode(), **pages}) as server:
        told = claims("capture", "--feed", f"{server.url}/feed", "--allow-private", "--json").lines
    assert [one["article"]["published_at"] for one in told] == [None, "2026-03-04", "2026-03-04"]


def test_item_whose_address_leads_elsewhere_is_known_again(claims: Claims) -> None:
    moved = answer(b"", "Location: /1", status="301 Moved")
    with site({"/feed": rss("/go?n=1"), "/go?n=1": moved, "/1": page(1)}) as server:
        claims("capture", "--feed", f"{server.url}/feed", "--allow-private")
        server.asked.clear()
        assert "1 listed, 0 new" in claims("capture", "--feed", f"{server.url}/feed", "--allow-private").err
        assert asked(server) == ["/feed"]
        claims("undo")
        assert "1 listed, 1 new" in claims("capture", "--feed", f"{server.url}/feed", "--allow-private").err


def test_sitemaps_of_an_index_are_gone_through_the_newest_first(claims: Claims) -> None:
    pages = {
        "/index.xml": sitemap("/old.xml", "/broken.xml", "/new.xml", kind="sitemap"), "/old.xml": sitemap("/1"),
        "/new.xml": sitemap("/2", "/1"), "/broken.xml": b"no XML at all", "/1": page(1), "/2": page(2),
    }  # fmt: skip
    with site(pages) as server:
        assert "--sitemap" in claims("capture", "--feed", f"{server.url}/index.xml", "--allow-private", code=2).err
        claims("capture", "--sitemap", f"{server.url}/index.xml", "--allow-private")
        assert asked(server)[1:] == ["/index.xml", "/new.xml", "/broken.xml", "/old.xml", "/2", "/1"]


@pytest.mark.parametrize(
    ("feed", "code"),
    [
        (b"<html><p>No feed.</p></html>", 2),
        (b"not even markup", 2),
        (answer(b"", status="500 Internal Server Error"), 4),
        (b"<!DOCTYPE a [<!ENTITY b 'x'>" + b"<!ENTITY c '&b;&b;'>" * 50 + b"]><rss><channel>&c;</channel></rss>", 0),
        (b"<rss><channel>" + b"<item><link>x:y</link>" * 50_000, 0),
        (b"<rss>" * 100_000, 0),
    ],
)
def test_what_is_no_feed_is_refused_and_starts_no_ledger(feed: bytes, code: int, claims: Claims) -> None:
    with site({"/feed": feed}) as server:
        ran = claims("capture", "--feed", f"{server.url}/feed", "--allow-private", code=code)
    assert not ran.out
    assert not claims.ledger.exists()
