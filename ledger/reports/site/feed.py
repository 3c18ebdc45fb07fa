"""The feed: what went out, was answered, rated and put right, newest first (Atom, RFC 4287).

Ids are the log's own: `urn:uuid:` of the log and of each entry, so that they stay the same wherever the site
is published. Addresses are relative to the feed's own, unless it is said where the site will stand.
"""

from __future__ import annotations

import uuid
from collections.abc import Callable
from xml.etree import ElementTree as ET

from ledger.catalogue import Table, t, theirs, unmarked
from ledger.reports import html
from ledger.reports.sentences import headline
from ledger.store import Ledger, overview, read
from ledger.store.overview import Happening
from ledger.vocabulary import Letter

ATOM = "http://www.w3.org/2005/Atom"
MOST = 100
SAID: Table = {
    "publication": "Published",
    "answer": "Answered",
    "rating": "Rated",
    "correction": "Corrected",
    "clarification": "Clarified",
    "update": "Updated",
    "retraction": "Retracted",
}


def feed(ledger: Ledger, log: str, *, updated: str, at: Callable[[str], str], url: str = "") -> str:
    """The feed's text; `updated` is for one without entries, `at` says where a question or claim stands."""
    ET.register_namespace("", ATOM)
    root = ET.Element(f"{{{ATOM}}}feed")
    found = overview.happenings(ledger, most=MOST)
    _add(root, "title", t("What was claimed, by whom, and what other sources say: news"))
    _add(root, "id", _urn(log))
    _add(root, "updated", found[0].at if found else updated)
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "self", "type": "application/atom+xml", "href": f"{url}feed.atom"})
    ET.SubElement(root, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": f"{url}index.html"})
    for happening in found:
        claim = read.claim(ledger, happening.about) if happening.about.startswith(Letter.CLAIM) else None
        _entry(root, happening, headline(claim) if claim else happening.title, f"{url}{at(happening.about)}")
    ET.indent(root, " ")
    return '<?xml version="1.0" encoding="utf-8"?>\n' + ET.tostring(root, encoding="unicode") + "\n"


def _entry(root: ET.Element, found: Happening, title: str, href: str) -> None:
    entry = ET.SubElement(root, f"{{{ATOM}}}entry")
    _add(entry, "title", t("{event}: {title}", event=t(SAID[found.kind]), title=title))
    _add(entry, "id", _urn(found.uid))
    _add(entry, "updated", found.at)
    _add(ET.SubElement(entry, f"{{{ATOM}}}author"), "name", found.by)
    ET.SubElement(entry, f"{{{ATOM}}}link", {"rel": "alternate", "type": "text/html", "href": href})
    ET.SubElement(entry, f"{{{ATOM}}}category", {"term": found.kind})
    said = [found.what, t("Because: {reason}", reason=theirs(found.because)) if found.because else ""]
    _add(entry, "summary", " ".join(s for s in said if s) or t(SAID[found.kind]))


def _add(parent: ET.Element, name: str, text: str) -> None:
    """Adds an element with text, without the characters that XML cannot hold."""
    shown = "".join(c if c.isprintable() or c == " " else "\ufffd" for c in unmarked(html.shown(text)))
    ET.SubElement(parent, f"{{{ATOM}}}{name}").text = shown


def _urn(uid: str) -> str:
    return uuid.UUID(uid).urn
