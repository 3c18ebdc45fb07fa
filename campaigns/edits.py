"""Pages that change after they were saved, on invented pages and, where they are beside the checkout, on real ones.

Each page holds a sentence of our own with a claim in it; ten edits of each are made and asked for again. Counted is how many
are told for what they are, and whether a claim's anchor moved.
"""

from __future__ import annotations

import http.server
import json
import os
import random
import re
import tarfile
import threading
from collections import Counter
from collections.abc import Iterator
from contextlib import contextmanager
from html import escape
from pathlib import Path
from typing import Any

from campaigns.ground import ROOT, SEED, folder
from ledger import capture, extract, rechecking, store, verbs, web
from ledger.errors import ClaimsError
from ledger.rechecking import Outcome, Rechecked
from ledger.store import read
from ledger.verbs import capturing

TOWNS = (
    "Vell",
    "Marn",
    "Orsk Harbour",
    "Lower Lorn",
    "Tamsin",
    "Ebrin",
    "Quay Hill",
    "Sarno",
    "Ust",
    "Kalden",
    "Pell",
    "Ruan",
)
THINGS = (
    "boats were lost",
    "houses were flooded",
    "sheep drowned",
    "people were taken ashore",
    "trees fell",
    "wells were spoilt",
)
BODIES = ("harbour board", "dyke board", "fire brigade", "county office", "union of millers", "rescue service")
SAID = "The {body} of {town} said on Friday that at least {n} {thing}."
AROUND = (
    "The mayor spoke with the crews in the morning and thanked them for what they did in the night before.",
    "Schools stay closed until Wednesday, and the market hall takes in whoever cannot go home, the town said.",
    "Nobody knows yet what it will cost; an inspector comes on Tuesday to look at the wall by the mill.",
    "The storm came from the west and was gone within the hour, a pilot who was at sea then remembers.",
)
CORRECTION = "Correction: an earlier version of this article named the wrong day of the storm."


def _invented(chance: random.Random) -> tuple[str, str]:
    """A page, and its headline."""
    title = f"Storm over {chance.choice(TOWNS)}: what is known on day {chance.randrange(2, 9)}"
    lines = [f"<p>{line}</p>" for line in chance.sample(AROUND, 4)]
    lines.insert(chance.randrange(1, 4), "<p>{SENTENCE}</p>")
    head = f"<title>{title}</title>" + chance.choice(("", f'<meta property="og:title" content="{title}">'))
    box = chance.choice(("article", "main", 'div class="story-body"'))
    inside = f"<{box}><h1>{title}</h1>{''.join(lines)}</{box.split()[0]}>"
    beside = '<nav><a href="/">Home</a> <a href="/w">Weather</a></nav>'
    return (
        f'<!doctype html><html lang="en"><head>{head}</head><body>{beside}{inside}<footer>{{FOOT}}</footer></body></html>',
        title,
    )


def _real(place: Path) -> Iterator[tuple[str, str]]:
    """Real pages in which one paragraph of the article is made ours."""
    if not (place / "pages.tar.xz").exists():
        return
    known = {row["file"]: row for row in map(json.loads, (place / "manifest.jsonl").read_text("utf-8").splitlines())}
    with tarfile.open(place / "pages.tar.xz") as pages:
        for one in pages:
            row, file = known.get(one.name.removeprefix("./")), pages.extractfile(one)
            if row is None or file is None:
                continue
            with_ours = _made_ours(file.read().decode("utf-8", "replace"), row.get("paragraphs", []))
            if with_ours:
                yield with_ours


def _made_ours(html: str, paragraphs: list[str]) -> tuple[str, str] | None:
    try:
        title = extract.html(html, name="a").meta.title
    except ClaimsError:
        return None
    if title is None or escape(title.value, quote=False) not in html or "</body>" not in html:
        return None
    for words in paragraphs[1:]:
        if len(words) > 80 and html.count(f">{words}</p>") == 1 and html.count(words) == 1:
            ours = html.replace(f">{words}</p>", ">{SENTENCE}</p>").replace("</body>", "<footer>{FOOT}</footer></body>")
            found = extract.html(_titled(ours, title.value), name="a").meta.title
            return (
                (ours, title.value) if found and found.value == OTHER else None
            )  # some name it a third time, otherwise
    return None


OTHER = "Crews are out again, and what came of it"


def _titled(page: str, title: str) -> str:
    """The page under another headline."""
    return page.replace(escape(title, quote=False), OTHER).replace(title, OTHER)


Answer = tuple[int, str]


def _edits(page: str, title: str, sentence: str, n: int) -> dict[str, Answer]:
    """What the page is later, by what was done to it."""

    def shown(html: str, words: str = sentence, foot: str = "Read 3 times") -> Answer:
        return 200, html.replace("{SENTENCE}", words).replace("{FOOT}", foot)

    after = page.replace("{SENTENCE}</p>", "{SENTENCE}</p><p>" + CORRECTION + "</p>")
    silent = page.replace(
        "{SENTENCE}</p>", "{SENTENCE}</p><p>The ferry to the islands does not run before Monday, its office said.</p>"
    )
    titled = _titled(page, title)
    return {
        "figure changed": shown(page, sentence.replace(str(n), str(n + 50))),
        "hedge dropped": shown(page, sentence.replace("at least ", "")),
        "passage gone": shown(re.sub(r"<p[^<>]*>\{SENTENCE\}</p>", "", page)),
        "headline changed": shown(titled), "correction": shown(after), "silent edit": shown(silent),
        "furniture": shown(page, foot=f"Read {n} times, 14 comments. Related: the harvest in the hills"),
        "gone 404": (404, "not here"), "gone 410": (410, ""), "unreachable": (503, ""),
    }  # fmt: skip


def _told(found: Rechecked) -> str:
    """What a recheck says that became of the page, in the words of `_edits`."""
    if found.outcome is not Outcome.CHANGED:
        return {Outcome.GONE: "gone", Outcome.UNKNOWN: "unreachable", Outcome.UNCHANGED: "furniture"}[found.outcome]
    if found.touched:
        return "; ".join(one.change for one in found.touched)
    if found.corrections:
        return "correction"
    if found.headline and not found.came and not found.left:
        return "headline changed"
    return "silent edit" if found.silent and not found.headline else "something else"


@contextmanager
def _site() -> Iterator[tuple[str, dict[str, Answer]]]:
    """A server, and what it answers."""
    answers: dict[str, Answer] = {}

    class Page(http.server.BaseHTTPRequestHandler):
        def do_GET(self) -> None:
            status, body = answers[self.path]
            data = body.encode()
            self.send_response(status)
            self.send_header("Content-Type", "text/html; charset=utf-8")
            self.send_header("Content-Length", str(len(data)))
            self.end_headers()
            self.wfile.write(data)

        def log_message(self, *args: object) -> None:
            pass

    with http.server.ThreadingHTTPServer(("127.0.0.1", 0), Page) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://127.0.0.1:{server.server_port}", answers
        server.shutdown()


def edits(invented: int = 12, real: int = 12) -> bool:
    """At least 95 of 100 edits are told for what they are, and no anchor moves."""
    chance, right, wrong = random.Random(SEED), Counter[str](), Counter[str]()
    shared = Path(os.environ.get("CLAIMS_SHARED") or ROOT.parent / "shared") / "pages"
    pages = [_invented(chance) for _ in range(invented)] + chance.sample(
        found := list(_real(shared)), min(real, len(found))
    )
    moved = 0
    with folder() as here, _site() as (url, answers), store.create(here / "l.db", actor="ann") as ledger:
        for number, (page, title) in enumerate(pages):
            n = chance.randrange(60, 900)
            parts = {"body": chance.choice(BODIES), "town": chance.choice(TOWNS), "thing": chance.choice(THINGS)}
            sentence = SAID.format(n=n, **parts)
            for kind, later in _edits(page, title, sentence, n).items():
                path = f"/{number}/{kind.replace(' ', '-')}"
                answers[path] = (200, page.replace("{SENTENCE}", sentence).replace("{FOOT}", "Read 3 times"))
                saved = _saved(ledger, url + path, sentence)
                if saved is None:
                    wrong[f"{kind}: the sentence was not kept"] += 1
                    continue
                answers[path] = later
                got = _told(_looked(ledger, saved[0]))
                (right if got == kind or kind.startswith(f"{got} ") else wrong)[f"{kind}: told as {got}"] += 1
                moved += read.claim(ledger, saved[1].id) != saved[1]
    total = right.total() + wrong.total()
    said = f"{right.total()} of {total} on {len(pages)} pages told for what they are, {moved} anchors moved"
    print(f"edits: {said}; {dict(wrong) or 'none wrong'}")
    return right.total() >= 0.95 * total and total >= 10 * invented and not moved


HERE = web.Limits(allow_private=True, tries=1)


def _saved(ledger: store.Ledger, url: str, sentence: str) -> Any:
    """The article and its claim; None where its text does not hold the sentence."""
    article = capture.save(ledger, capture.fetch(url, limits=HERE), actor="ann").article
    words = sentence.partition(" that ")[2].rstrip(".")
    try:
        done = verbs.add(
            ledger, verbs.Add(exact=words, article=article.id, by=sentence.partition(" of ")[0]), actor="ann"
        )
    except ClaimsError:
        return None
    return article, read.claim(ledger, done.claim.id)


def _looked(ledger: store.Ledger, article: Any) -> Rechecked:
    seen = rechecking.look(ledger, article, HERE)
    return capturing.recheck(ledger, capturing.Recheck(article=article.uid, seen=seen), actor="ann")
