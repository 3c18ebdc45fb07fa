"""A WACZ 1.1.1: the pages that were captured from the web, to be opened in replayweb.page.

Only copies whose WARC record was kept, and all of whose words may be shown: what was redacted or blotted out stays here.
"""

from __future__ import annotations

import gzip
import hashlib
import json
import re
import zipfile
from collections.abc import Iterator
from pathlib import Path
from typing import Any
from urllib.parse import parse_qsl, urlencode, urlsplit

from ledger import records as r
from ledger.errors import NotFound
from ledger.exchange import Selection
from ledger.store import Ledger, beside, blob, read, texts
from ledger.web import warc

VERSION = "1.1.1"
OLDEST = (1980, 1, 1, 0, 0, 0)
DATA = "data.warc.gz"


def export_file(ledger: Ledger, selection: Selection, path: Path) -> None:
    """Writes the archive where nothing is; NotFound where no copy can be in it."""
    pages: list[r.Json] = [{"format": "json-pages-1.0", "id": "pages", "title": "All pages"}]
    index: list[str] = []
    digest, offset = hashlib.sha256(), 0
    with zipfile.ZipFile(path, "x") as archive:
        with _member(archive, f"archive/{DATA}") as out:
            for article, copy, records in _copies(ledger, selection):
                for n, record in enumerate(records):
                    packed = gzip.compress(record, mtime=0)
                    out.write(packed)
                    digest.update(packed)
                    if n:  # the answer; the request stands before it
                        at = re.findall(rb"WARC-Date: (\S+)", record)[0].decode()
                        index.append(_line(copy, record, at, offset, len(packed)))
                        title = article.title or copy.url
                        pages.append({"id": copy.uid, "url": copy.url, "ts": at, "title": title})
                    offset += len(packed)
        if not index:
            raise NotFound("no page captured from the web can go into a WACZ", hint="claims capture https://...")
        resources = [_resource(f"archive/{DATA}", digest.hexdigest(), offset)]
        for name, lines in (("indexes/index.cdxj", sorted(index)), ("pages/pages.jsonl", map(json.dumps, pages))):
            resources.append(_written(archive, name, "".join(f"{line}\n" for line in lines).encode()))
        about = {
            "profile": "data-package", "wacz_version": VERSION, "software": "claim-ledger",
            "title": selection.title or "Pages captured from the web", "created": beside.last_entry_time(ledger),
            "resources": resources,
        }  # fmt: skip
        whole = _written(archive, "datapackage.json", json.dumps(about, indent=1).encode())
        _written(
            archive, "datapackage-digest.json", json.dumps({"path": whole["path"], "hash": whole["hash"]}).encode()
        )


def _copies(ledger: Ledger, selection: Selection) -> Iterator[tuple[r.Article, r.Capture, tuple[bytes, bytes]]]:
    """The copies that may be in it, each with its records."""
    wanted = None
    if selection.question is not None:
        wanted = {c.article for c in read.claims(ledger, question=selection.question)}
    for article in read.articles(ledger):
        if wanted is not None and article.id not in wanted:
            continue
        copies = [copy for copy in read.captures(ledger, article.uid) if copy.record]
        if copies and texts.withheld(ledger, article.uid):
            _left_out(selection, f"{article.id} was left out: words of it were redacted")
            continue
        for copy in copies:
            head, raw = blob(ledger, copy.record or ""), blob(ledger, copy.raw)
            if head is None or raw is None:
                _left_out(selection, f"a copy of {article.id} was left out: it was redacted")
            else:
                yield article, copy, warc.parts(head, raw)


def _left_out(selection: Selection, said: str) -> None:
    if selection.tell:
        selection.tell(said)


def _line(copy: r.Capture, record: bytes, at: str, offset: int, length: int) -> str:
    """A line of the index: the address turned round, the moment, and where the record is."""
    digest = re.search(rb"WARC-Payload-Digest: (\S+)", record)
    entry = {
        "url": copy.url, "mime": copy.media_type or "unk", "status": str(copy.status), "length": str(length),
        "digest": digest[1].decode() if digest else "", "offset": str(offset), "filename": DATA,
    }  # fmt: skip
    stamp = "".join(c for c in at if c.isdigit())
    return f"{_turned(copy.url or '')} {stamp} {json.dumps(entry)}"


def _turned(url: str) -> str:
    """The address as indexes sort it: desk.example/A?b=1 is example,desk)/a?b=1."""
    parts = urlsplit(url.lower())
    host = re.sub(r"^www\d*\.", "", parts.hostname or "")
    port = f":{parts.port}" if parts.port not in (None, 80, 443) else ""
    query = urlencode(sorted(parse_qsl(parts.query, keep_blank_values=True)))
    turned = ",".join(reversed(host.split(".")))
    return f"{turned}{port})" + (parts.path.rstrip("/") or "/") + (f"?{query}" if query else "")


def _resource(path: str, digest: str, size: int) -> r.Json:
    return {"name": path.rpartition("/")[2], "path": path, "hash": f"sha256:{digest}", "bytes": size}


def _written(archive: zipfile.ZipFile, path: str, data: bytes) -> r.Json:
    with _member(archive, path) as out:
        out.write(data)
    return _resource(path, hashlib.sha256(data).hexdigest(), len(data))


def _member(archive: zipfile.ZipFile, name: str) -> Any:
    """Not packed: what replays it reads records out of the middle."""
    info = zipfile.ZipInfo(name, OLDEST)
    info.external_attr = 0o644 << 16
    return archive.open(info, "w", force_zip64=True)
