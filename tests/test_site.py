"""A site: what stands on its pages, what never may, and that bringing it up to date gives what making it anew gives."""

from __future__ import annotations

import json
import os
import random
import re
import shutil
import subprocess
from collections.abc import Callable, Iterator
from importlib import resources
from pathlib import Path
from xml.etree import ElementTree as ET

import html5lib
import invented
import pytest
from conftest import Claims
from hypothesis import given, settings
from hypothesis import strategies as st

from ledger import capture, changes, claims, redaction, store, undoing
from ledger import records as r
from ledger.errors import ClaimsError, Refused
from ledger.records import Hop as By
from ledger.reports import site
from ledger.store import read
from ledger.text import folding
from ledger.vocabulary import (
    Checked,
    CorrectionKind,
    EntryKind,
    EvidenceKind,
    EvidenceStance,
    Relating,
    Relation,
    SourceKind,
    State,
)

HTML = "{http://www.w3.org/1999/xhtml}"
ATOM = "{http://www.w3.org/2005/Atom}"
HOSTILE = (
    "\"'><script>alert(1)</script><img src=x onerror=alert(1)></bdi></style><a href=javascript:alert(1)>x</a>"
    "{{7*7}}]]>&lt;b&gt;../../etc/passwd\u202e\u2028</script><!--"
)


def files(folder: Path) -> dict[str, bytes]:
    return {str(f.relative_to(folder)): f.read_bytes() for f in sorted(folder.rglob("*")) if f.is_file()}


def write(ledger: Path, folder: Path) -> site.Written:
    with store.open_ledger(ledger, store.Open.READ) as opened:
        return site.write(opened, folder)


def dead_links(folder: Path) -> list[str]:
    """Links to pages or places in pages that are not there."""
    pages = {f: html5lib.parse(f.read_text("utf-8"), treebuilder="etree") for f in folder.rglob("*.html")}
    places = {f.resolve(): {e.get("id") for e in tree.iter() if e.get("id")} for f, tree in pages.items()}
    found = []
    for file, tree in pages.items():
        for link in tree.iter(f"{HTML}a"):
            href = link.get("href") or ""
            if re.match(r"[a-z]+:", href):
                continue
            path, _, place = href.partition("#")
            target = (file.parent / path).resolve() if path else file.resolve()
            if not target.is_file() or (place and place not in places.get(target, ())):
                found.append(f"{file.relative_to(folder)}: {href}")
    return found


@pytest.fixture(scope="module")
def built(tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, invented.Built, Path]:
    folder = tmp_path_factory.mktemp("site")
    story = invented.build(folder / "ledger.db")
    write(folder / "ledger.db", folder / "site")
    return folder / "ledger.db", story, folder / "site"


def text(page: Path) -> str:
    """What a reader sees, with single spaces."""
    tree = html5lib.parse(page.read_text("utf-8"), treebuilder="etree")
    for parent in list(tree.iter()):
        for child in list(parent):
            if child.tag in (f"{HTML}style", f"{HTML}script"):
                parent.remove(child)
    return " ".join("".join(tree.itertext()).split())


# --- what stands in it --------------------------------------------------------------------------------------------


def test_the_first_page_says_what_is_claimed_how_many_sources_there_are_and_what_is_corrected(
    built: tuple[Path, invented.Built, Path],
) -> None:
    said = text(built[2] / "index.html")
    for words in (
        "1 question, 8 claims from",
        "People killed on the ferry Aurelia",
        "At least 40, by one count (ben,",
        "At least 3 named sources, in 5 of 7 outlets",
        "Disputed:",
        "Newest corrections",
        "41 died → at least 40 died",
    ):
        assert words in said


def test_an_article_shows_its_copies_and_its_claims_with_their_passages(
    built: tuple[Path, invented.Built, Path],
) -> None:
    ledger, _, folder = built
    with store.open_ledger(ledger, store.Open.READ) as opened:
        (copy,) = read.captures(opened, read.article(opened, "A1").uid)
    page = (folder / "articles/A1.html").read_text("utf-8")
    assert copy.raw in page
    assert '<mark class="m-figure">At least 40</mark><mark> people died when it sank off Cape Lorn</mark>' in page
    said = text(folder / "articles/A1.html")
    assert "The ferry Aurelia left at dawn." in said
    assert "Others on this: People killed on the ferry Aurelia" in said


def test_a_source_shows_how_often_it_is_the_origin_and_for_what(built: tuple[Path, invented.Built, Path]) -> None:
    folder = built[2]
    pages = {text(f): f for f in (folder / "sources").glob("*.html")}
    watch = next(said for said in pages if "Coastal Rescue Watch" in said[:200])
    assert "Original source of 3 claims in 3 outlets" in watch
    wire = next(said for said in pages if "Nordwire" in said[:200])
    assert "Named on the way of 1 more claim" in wire
    assert "original source: Coastal Rescue Watch" in wire
    ministry = next(said for said in pages if "Port Ministry of Lorn" in said[:200])
    assert "party to the matter: the port" in ministry


def test_a_kind_that_was_guessed_says_so_wherever_it_stands(built: tuple[Path, invented.Built, Path]) -> None:
    assert "news outlet" in text(built[2] / "sources.html")


def test_every_link_leads_somewhere(built: tuple[Path, invented.Built, Path]) -> None:
    assert dead_links(built[2]) == []


def test_nothing_retracted_suggested_or_internal_is_in_any_file(built: tuple[Path, invented.Built, Path]) -> None:
    _, story, folder = built
    for name, data in files(folder).items():
        for secret in ("RETRACTED-WORDS", "SUGGESTED-WORDS", story.secret):
            assert secret.encode() not in data, name


def test_a_page_asks_for_nothing_and_only_the_first_has_a_script(built: tuple[Path, invented.Built, Path]) -> None:
    for file in built[2].rglob("*.html"):
        tree = html5lib.parse(file.read_text("utf-8"), treebuilder="etree")
        assert not [e for e in tree.iter() if e.get("src", "data:")[:5] != "data:"]
        policy = next(e.get("content") for e in tree.iter(f"{HTML}meta") if e.get("http-equiv"))
        scripts = list(tree.iter(f"{HTML}script"))
        assert len(scripts) == ("script-src" in policy) == (file.name == "index.html")


def test_the_script_is_allowed_by_its_hash(built: tuple[Path, invented.Built, Path]) -> None:
    import base64
    import hashlib

    page = (built[2] / "index.html").read_text("utf-8")
    script = page.split("<script>")[1].split("</script>")[0]
    digest = base64.b64encode(hashlib.sha256(script.encode()).digest()).decode()
    assert f"script-src 'sha256-{digest}' 'strict-dynamic'" in page.replace("&#39;", "'")


def rows(shard: Path) -> list[list[object]]:
    """A part of what is searched, as the script would get it."""
    found = re.fullmatch(r'site\("([a-z]+-\d+)",(.*)\);\n', shard.read_text("utf-8"), re.DOTALL)
    assert found is not None
    assert found[1] == shard.stem
    return json.loads(found[2])


def test_the_search_holds_every_question_claim_article_and_source(built: tuple[Path, invented.Built, Path]) -> None:
    ledger, _, folder = built
    told = rows(folder / "search/articles-1.js")
    with store.open_ledger(ledger, store.Open.READ) as opened:
        assert {f"C{c[0]}" for a in told for c in a[4]} == {c.id for c in read.claims(opened)}
        assert {f"A{a[0]}" for a in told} >= {c.article for c in read.claims(opened)}
    assert {f"S{s[0]}.html" for s in rows(folder / "search/sources-1.js")} == {
        f.name for f in (folder / "sources").iterdir()
    }
    assert [q[1] for q in rows(folder / "search/questions-1.js")] == ["People killed on the ferry Aurelia"]


def test_the_feed_says_where_the_site_stands_if_that_is_given(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("answer", "Q1", "At least 40", "--because", "one count")
    claims("report", "--site", "site", "--url", "https://facts.example/lorn")
    feed = (claims.folder / "site/feed.atom").read_text("utf-8")
    addresses = re.findall(r'href="([^"]*)"', feed)
    assert "https://facts.example/lorn/questions/Q1.html" in addresses
    assert all(a.startswith("https://facts.example/lorn/") for a in addresses)
    for args in (
        ["--site", "other", "--url", "javascript:x"],
        ["Q1", "-o", "q.html", "--url", "https://facts.example"],
    ):
        assert "--url" in claims("report", *args, code=2).err
    assert "--short is for one page" in claims("report", "--short", "--site", "other", code=2).err


FOUND = (
    ("brigde", "bridge"), ("bridges", "bridge"), ("kestrl", "kestrel"), ("delinger", "dellinger"),
    ("observatroy", "observatory"), ("palmira", "palmyra"), ("brid", "bridge"), ("xridge", "bridge"),
)  # fmt: skip
APART = (("bridge", "brigand"), ("palace", "palmyra"), ("kestrel", "castle"))


@pytest.mark.skipif(shutil.which("node") is None, reason="nothing here runs JavaScript")
def test_the_search_forgives_one_typing_error_and_knows_arabic_letters_for_one_another() -> None:
    script = (resources.files("ledger.reports") / "templates/site/search.js").read_text("utf-8")
    own = script[script.index("  const ALIKE") : script.index("  const say =")]
    pairs = json.dumps([*FOUND, *APART]), json.dumps(["هيئه", "هيئة", "علي", "على", "Café", "أمل", "امل"])
    asked = (
        f"{own} console.log(JSON.stringify([{pairs[0]}.map(([a, b]) => near(fold(a), fold(b))), {pairs[1]}.map(fold)]))"
    )
    ran = subprocess.run(["node", "-e", asked], capture_output=True, check=True, text=True)
    near, folded = json.loads(ran.stdout)
    assert near == [True] * len(FOUND) + [False] * len(APART)
    assert (folded[0], folded[2], folded[4], folded[5]) == (folded[1], folded[3], "cafe", folded[6])


def test_the_feed_tells_of_ratings_answers_and_corrections_with_ids_of_the_log(
    built: tuple[Path, invented.Built, Path],
) -> None:
    root = ET.fromstring((built[2] / "feed.atom").read_bytes())
    entries = root.findall(f"{ATOM}entry")
    assert [e.find(f"{ATOM}category").get("term") for e in entries] == ["correction", "answer", "rating", "rating"]
    ids = [e.findtext(f"{ATOM}id") for e in [root, *entries]]
    assert all(re.fullmatch(r"urn:uuid:[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", i or "") for i in ids)
    assert len(set(ids)) == len(ids)
    times = [e.findtext(f"{ATOM}updated") or "" for e in entries]
    assert times == sorted(times, reverse=True)
    assert root.findtext(f"{ATOM}updated") == times[0]
    assert all((built[2] / (e.find(f"{ATOM}link").get("href") or "?").split("#")[0]).is_file() for e in entries)


def test_hostile_words_are_text_everywhere_and_never_part_of_a_file_name(tmp_path: Path) -> None:
    invented.build(tmp_path / "ledger.db", hostile=HOSTILE)
    write(tmp_path / "ledger.db", tmp_path / "site")
    assert all(re.fullmatch(r"[A-Za-z0-9/-]+\.(html|js|atom|json)", name) for name in files(tmp_path / "site"))
    for file in (tmp_path / "site").rglob("*.html"):
        tree = html5lib.parse(file.read_text("utf-8"), treebuilder="etree")
        found = [str(e.tag) for e in tree.iter()]
        assert f"{HTML}img" not in found
        assert found.count(f"{HTML}script") == (file.name == "index.html")
        assert not [n for e in tree.iter() for n in e.attrib if n.startswith("on")]
        led = [
            (e, h.lower()) for e in tree.iter() if (h := e.get("href") or "").lower().startswith(("javascript", "data"))
        ]
        assert all(h.startswith("data:text/csv;") and e.get("download", "").endswith(".csv") for e, h in led)
    assert "alert(1)" in text(tmp_path / "site/index.html")
    assert dead_links(tmp_path / "site") == []
    for shard in (tmp_path / "site/search").iterdir():
        assert rows(shard)
    ET.fromstring((tmp_path / "site/feed.atom").read_bytes())


# --- up to date -----------------------------------------------------------------------------------------------------

OUTLETS = ("Harbour Times", "Lorn Herald", "Daily Anchor", "New Wave")
SPEAKERS = (
    "Coastal Rescue Watch",
    "Port Ministry of Lorn",
    "Lorn Navy",
    "a port official",
    "the mayor of Lorn",
    "Nordwire",
)


class Desk:
    """Does to a ledger what people do, at random."""

    def __init__(self, ledger: store.Ledger, chance: random.Random) -> None:
        self.ledger, self.chance, self.n = ledger, chance, 0

    def step(self) -> str:
        """One thing done; gives what, or why it was refused."""
        does = self.chance.choice(DEEDS)
        try:
            if does is Desk.redact:
                self.redact()
            else:
                with store.write(self.ledger, self.chance.choice(("ana", "ben"))) as writer:
                    self.w = writer
                    does(self)
        except (ClaimsError, IndexError) as e:
            return f"{does.__name__}: {e}"
        return does.__name__

    def some(self, letter: str, *, gone: bool = False) -> str:
        """The uid of a thing of this letter that stands, or stood."""
        sql = "SELECT uid FROM thing WHERE letter = ? AND redacted = 0"
        sql += "" if gone else " AND retracted = 0 AND merged_into IS NULL"
        return self.chance.choice(self.ledger.rows(sql + " ORDER BY n", (letter,)))["uid"]

    def entry(self, *kinds: EntryKind) -> str:
        """The uid of an entry of one of these kinds."""
        marks = ", ".join("?" * len(kinds))
        sql = f"SELECT uid FROM entry WHERE body IS NOT NULL AND kind IN ({marks}) ORDER BY seq"
        return self.chance.choice(self.ledger.rows(sql, [k.value for k in kinds]))["uid"]

    def word(self) -> str:
        self.n += 1
        return f"{self.chance.choice(('quay', 'mast', 'gull', 'مرفأ', '港'))} {self.n}"

    def by(self) -> By:
        return By(self.chance.choice(SPEAKERS))

    # what is logged

    def claim(self) -> None:
        n = self.chance.randint(2, 60)
        body = f"{self.word()}: at least {n} people died on the ferry, it was said. Nobody came to the quay."
        chain = tuple(self.by() for _ in range(self.chance.randint(0, 2)))
        uid = invented.tell(
            self.w, self.chance.choice(OUTLETS), "2031-05-08", body, f"at least {n} people died", chain
        )  # fmt: skip
        if self.chance.random() < 0.7:
            claims.file(self.w, uid, self.some("Q"))

    def another_claim(self) -> None:
        article = read.article(self.ledger, self.some("A"))
        wanted = r.Claim(exact=f"as heard: {self.word()}", attribution=(self.by(),), cite="radio")
        claims.log(self.w, claims.page(self.ledger, article), wanted)

    def copy(self) -> None:
        article = read.article(self.ledger, self.some("A"))
        page = capture.read_bytes(self.word().encode(), name=article.file or "x.txt", method="file")
        digest = self.w.put_blob(page.raw)
        draft = r.CaptureDraft(digest, digest, len(page.raw), 5, "2031-06-01T00:00:00Z", "file", "utf-8", "none")
        self.w.append(EntryKind.CAPTURE, draft, about=article.uid)

    def question(self) -> None:
        uid = claims.question_uid(self.w, f"What of the {self.word()}?")
        claims.file(self.w, self.some("C"), uid)

    def file(self) -> None:
        self.w.append(
            EntryKind.FILE, r.FileDraft(self.some("Q"), out=self.chance.random() < 0.3), about=self.some("C")
        )  # fmt: skip

    def link(self) -> None:
        draft = r.LinkDraft(self.some("C"), self.chance.choice(list(Relation)), self.word())
        self.w.append(EntryKind.LINK, draft, about=self.some("C"))

    def judge(self) -> None:
        claim, other = self.some("C"), self.some("C")
        self.w.append(EntryKind.CHECK, r.CheckDraft(Checked.UNCLEAR, self.word(), (other,)), about=claim)
        rating = r.RatingDraft("house", self.chance.choice(("supported", "disputed")), self.word(), (other,))
        self.w.append(EntryKind.RATING, rating, about=self.chance.choice((claim, self.some("Q"))))

    def answer(self) -> None:
        self.w.append(EntryKind.ANSWER, r.AnswerDraft(self.word(), "so", on=(self.some("C"),)), about=self.some("Q"))

    def note(self) -> None:
        draft = r.NoteDraft(self.word(), internal=self.chance.random() < 0.5)
        self.w.append(EntryKind.NOTE, draft, about=self.some(self.chance.choice("CQAS")))

    def evidence(self) -> None:
        target = self.some(self.chance.choice("CQ"))
        draft = r.EvidenceDraft(target, EvidenceKind.MAP, self.word(), EvidenceStance.SUPPORTS)
        self.w.append(EntryKind.EVIDENCE, draft)

    def ask(self) -> None:
        uid = self.w.append(EntryKind.REQUEST, r.RequestDraft(self.some("Q"), self.some("S"), "email", "2031-05-09"))
        if self.chance.random() < 0.5:
            self.w.append(EntryKind.REPLY, r.ReplyDraft(self.word(), received_at="2031-05-10"), about=uid)

    def search(self) -> None:
        self.w.append(EntryKind.SEARCH, r.SearchDraft(self.word(), ("port",), "2031-05-10"), about=self.some("Q"))

    def correct(self) -> None:
        draft = r.CorrectionDraft(CorrectionKind.UPDATE, self.word(), self.word(), "typing")
        self.w.append(EntryKind.CORRECTION, draft, about=self.some(self.chance.choice("CQ")))

    def publish(self) -> None:
        digest = self.w.put_blob(self.word().encode())
        draft = r.PublicationDraft(digest, "text/html", url="https://desk.example/1")
        self.w.append(EntryKind.PUBLICATION, draft, about=self.some(self.chance.choice("CQ")))

    def state(self) -> None:
        self.w.append(EntryKind.WORK, r.WorkDraft(state=self.chance.choice(list(State))), about=self.some("Q"))

    # who is who

    def relate(self) -> None:
        draft = r.RelateDraft(self.some("S"), self.chance.choice(list(Relating)), because=self.word())
        self.w.append(EntryKind.RELATE, draft, about=self.some("S"))

    def party(self) -> None:
        question = self.some("Q") if self.chance.random() < 0.6 else None
        draft = r.PartyDraft(self.chance.random() < 0.8, self.chance.choice(("port", "navy", None)), question)
        self.w.append(EntryKind.PARTY, draft, about=self.some("S"))

    def alias(self) -> None:
        name = self.word()
        self.w.append(EntryKind.ALIAS, r.AliasDraft(name, folding.name(name)), about=self.some("S"))

    def merge(self) -> None:
        letter = self.chance.choice("SSQ")
        changes.merge(self.w, self.some(letter), self.some(letter))

    # what is changed and taken back

    def amend(self) -> None:
        letter = self.chance.choice("CCASQE")
        kind = changes.KINDS[letter]  # type: ignore[index]
        hop = {"source": self.some("S"), "role": "origin"}
        name = self.word()
        fields = {
            "C": self.chance.choice(({"says": name}, {"attribution": [hop]}, {"attribution": []}, {"scope": name})),
            "A": self.chance.choice(({"title": name}, {"publisher": self.some("S")}, {"published_at": "2031-05-01"})),
            "S": self.chance.choice(({"name": name}, {"kind": SourceKind.NGO.value}, {"counts": name})),
            "Q": {"question": name},
            "E": {"shows": name},
        }
        changes.amend(self.w, self.some(letter), fields[kind.value[0].upper()])

    def retract(self) -> None:
        if self.chance.random() < 0.5:
            changes.retract(self.w, self.some(self.chance.choice("CCAQER")), "wrong")
            return
        uid = self.entry(*RETRACTED_BY_ENTRY)
        self.w.append(EntryKind.RETRACT, r.RetractDraft("wrong"), about=uid)

    def restore(self) -> None:
        uid = self.ledger.rows("SELECT about FROM entry WHERE kind = 'retract' ORDER BY seq")
        self.w.append(EntryKind.RESTORE, r.RestoreDraft("right"), about=self.chance.choice(uid)["about"])

    def undo(self) -> None:
        undoing.undo(self.w)

    def redact(self) -> None:
        if self.chance.random() < 0.2:  # it takes much with it
            redaction.redact(
                self.ledger, self.some(self.chance.choice("CAS"), gone=True), because="a court", actor="ana"
            )


RETRACTED_BY_ENTRY = [
    kind for kind in EntryKind
    if not {kind} & {*r.LETTERS, *undoing.OPPOSITES, EntryKind.GENESIS} and kind.value not in undoing.FINAL
]  # fmt: skip

DEEDS: tuple[Callable[[Desk], None], ...] = (
    *([Desk.claim] * 4), Desk.another_claim, Desk.copy, Desk.question, Desk.file, Desk.file, Desk.link, Desk.judge,
    Desk.answer, Desk.note, Desk.evidence, Desk.ask, Desk.search, Desk.correct, Desk.publish, Desk.state, Desk.relate,
    Desk.relate, Desk.party, Desk.alias, Desk.merge, *([Desk.amend] * 4), *([Desk.retract] * 3), Desk.restore, Desk.undo,
    Desk.redact,
)  # fmt: skip


def differing(folder: Path, anew: Path) -> list[str]:
    mine, fresh = files(folder), files(anew)
    return [name for name in mine.keys() | fresh.keys() if mine.get(name) != fresh.get(name)]


def compare_after(folder: Path, seed: int, rounds: int, steps: int) -> Iterator[tuple[list[str], list[str]]]:
    """What was done in each round, and which files then differ from those made anew."""
    chance = random.Random(seed)
    invented.build(folder / "ledger.db")
    with store.open_ledger(folder / "ledger.db") as ledger:
        desk = Desk(ledger, chance)
        site.write(ledger, folder / "site")
        for n in range(rounds):
            done = [desk.step() for _ in range(chance.randint(1, steps))]
            site.write(ledger, folder / "site")
            site.write(ledger, folder / f"anew-{n}")
            yield done, differing(folder / "site", folder / f"anew-{n}") + dead_links(folder / "site")


@settings(max_examples=3)
@given(seed=st.integers(0, 2**32))
def test_bringing_a_site_up_to_date_gives_what_making_it_anew_gives(
    seed: int, tmp_path_factory: pytest.TempPathFactory
) -> None:
    for done, wrong in compare_after(tmp_path_factory.mktemp("law"), seed, rounds=2, steps=4):
        assert not wrong, (seed, done)


def test_after_one_claim_only_what_it_touches_is_written(tmp_path: Path) -> None:
    place, folder = tmp_path / "ledger.db", tmp_path / "site"
    story = invented.build(place)
    first = write(place, folder)
    again = write(place, folder)
    assert (again.written, again.removed, again.unchanged) == (0, 0, first.written)
    before = files(folder)
    with store.open_ledger(place) as ledger, store.write(ledger, "ana") as w:
        uid = invented.tell(w, "New Wave", "2031-05-09", "Nine people died, the mayor said.", "Nine people died", ())
        claims.file(w, uid, read.thing(ledger, story.question).uid)
    write(place, folder)
    after = files(folder)
    changed = {name for name in after if before.get(name) != after[name]}
    assert changed >= {"questions/Q1.html", "articles/A10.html", "index.html", "articles.html", "site.json"}
    assert not {n for n in changed if n.startswith("articles/") and n != "articles/A10.html"}


@pytest.mark.parametrize("gone", ["retracted", "redacted"])
def test_the_page_of_what_is_gone_goes_too(tmp_path: Path, gone: str) -> None:
    place, folder = tmp_path / "ledger.db", tmp_path / "site"
    story = invented.build(place)
    write(place, folder)
    with store.open_ledger(place) as ledger:
        uid = read.thing(ledger, story.loose).uid
        article = read.claim(ledger, uid).article
        if gone == "retracted":
            with store.write(ledger, "ana") as w:
                changes.retract(w, uid, "wrong")
                changes.retract(w, article, "wrong")
        else:
            redaction.redact(ledger, article, because="a court", actor="ana")
    assert write(place, folder).removed >= 1
    assert not (folder / f"articles/{article}.html").exists()
    assert not [name for name, data in files(folder).items() if b"The quay will close" in data]
    assert dead_links(folder) == []


def test_a_protected_name_is_never_on_the_site(claims: Claims) -> None:
    story = claims.file("a.txt", "At least 12 boats were lost, a harbour pilot said.")
    claims("capture", story, "--title", "Boats", "--publisher", "Quay Post", "--published", "2031-05-06")
    claims("source", "protect", "@pilot", "--name", "Ada Merrowby")
    claims("add", "At least 12 boats were lost", "--article", "A1", "--by", "@pilot", "--question", "Boats lost")
    claims("report", "all", "--site", "out")
    assert "@pilot" in text(claims.folder / "out/index.html")
    assert not [n for n, data in files(claims.folder / "out").items() if b"Merrowby" in data]


# --- the folder -----------------------------------------------------------------------------------------------------


def test_a_folder_with_other_files_is_left_alone(claims: Claims) -> None:
    claims("init")
    (claims.folder / "out").mkdir()
    mine = claims.file("out/thesis.html", "years of work")
    ran = claims("report", "all", "--site", "out", code=1)
    assert "holds other files" in ran.err
    assert [f.name for f in (claims.folder / "out").iterdir()] == ["thesis.html"]
    assert mine.read_text() == "years of work"


def test_other_files_beside_a_site_stay_and_are_not_overwritten(tmp_path: Path) -> None:
    place, folder = tmp_path / "ledger.db", tmp_path / "site"
    invented.build(place)
    write(place, folder)
    (folder / "CNAME").write_text("facts.example")
    (folder / "articles/A10.html").write_text("mine")
    before = files(folder)
    with store.open_ledger(place) as ledger, store.write(ledger, "ana") as w:
        invented.tell(w, "New Wave", "2031-05-09", "Nine people died.", "Nine people died", ())
    with pytest.raises(Refused, match="not a file of ours"):
        write(place, folder)
    assert files(folder) == before
    (folder / "articles/A10.html").unlink()
    write(place, folder)
    assert (folder / "CNAME").read_text() == "facts.example"


def test_a_site_of_another_ledger_or_of_a_longer_log_is_refused(tmp_path: Path) -> None:
    import shutil

    one, other, folder = tmp_path / "one.db", tmp_path / "other.db", tmp_path / "site"
    invented.build(one)
    invented.build(other, another=True)
    shutil.copy(one, tmp_path / "old.db")
    with store.open_ledger(one) as ledger, store.write(ledger, "ana") as w:
        invented.tell(w, "New Wave", "2031-05-09", "Nine people died.", "Nine people died", ())
    write(one, folder)
    before = files(folder)
    with pytest.raises(Refused, match="another ledger"):
        write(other, folder)
    with pytest.raises(Refused, match="longer log"):
        write(tmp_path / "old.db", folder)
    with store.open_ledger(tmp_path / "old.db") as ledger, store.write(ledger, "ben") as w:
        for n in range(9):
            invented.tell(w, "New Wave", "2031-05-09", f"Some {n}0 people died.", f"Some {n}0 people died", ())
    with pytest.raises(Refused, match="does not have"):
        write(tmp_path / "old.db", folder)
    assert files(folder) == before


@pytest.mark.parametrize(
    "manifest",
    [
        "", "{}", "[]", '{"log": 1}', '{"log": "x", "files": {"../../ledger.db": ["", 1]}}',
        '{"log": "x", "files": {"/etc/passwd": ["", 1]}}', '{"log": "x", "format": 2}', "\udcff",
    ],
)  # fmt: skip
def test_a_manifest_that_is_not_ours_is_not_obeyed(tmp_path: Path, manifest: str) -> None:
    place, folder = tmp_path / "ledger.db", tmp_path / "site"
    invented.build(place)
    folder.mkdir()
    (folder / "site.json").write_bytes(manifest.encode("utf-8", "surrogateescape"))
    with pytest.raises(Refused):
        write(place, folder)
    assert files(folder) == {"site.json": manifest.encode("utf-8", "surrogateescape")}
    assert place.exists()


def test_a_site_that_another_version_wrote_is_gone_on_with(tmp_path: Path) -> None:
    place, folder = tmp_path / "ledger.db", tmp_path / "site"
    invented.build(place)
    write(place, folder)
    before = files(folder)
    manifest = json.loads(before["site.json"])
    manifest |= {"made_by": "an older version", "rows": {uid: {"title": "x"} for uid in manifest["rows"]}}
    (folder / "site.json").write_text(json.dumps(manifest))
    (folder / "questions/Q1.html").write_text("as the older version had it")
    write(place, folder)
    assert files(folder) == before


class Struck(Exception):
    pass


@pytest.mark.parametrize("first", [True, False])
def test_a_run_that_ends_midway_is_completed_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, first: bool
) -> None:
    place, folder = tmp_path / "ledger.db", tmp_path / "site"
    story = invented.build(place)
    if not first:
        write(place, folder)
        with store.open_ledger(place) as ledger, store.write(ledger, "ana") as w:
            uid = invented.tell(w, "New Wave", "2031-05-09", "Nine people died.", "Nine people died", ())
            claims.file(w, uid, read.thing(ledger, story.question).uid)
    real = Path.replace
    for files_before in (0, 1, 2, 3):
        left = iter(range(files_before))

        def replace(self: Path, target: Path, left: Iterator[int] = left) -> Path:
            if next(left, None) is None:
                raise Struck
            return real(self, target)

        with monkeypatch.context() as patched:
            patched.setattr(Path, "replace", replace)
            with pytest.raises(Struck):
                write(place, folder)
    write(place, folder)
    write(place, tmp_path / "anew")
    assert differing(folder, tmp_path / "anew") == []


def test_a_page_that_was_lost_or_cut_short_is_written_again(tmp_path: Path) -> None:
    place, folder = tmp_path / "ledger.db", tmp_path / "site"
    invented.build(place)
    write(place, folder)
    before = files(folder)
    (folder / "questions/Q1.html").unlink()
    (folder / "sources/S2.html").write_text("")
    (folder / "search/articles-1.js").unlink()
    assert write(place, folder).written == 3
    assert files(folder) == before


def test_two_runs_do_not_write_one_site_at_once(tmp_path: Path) -> None:
    fcntl = pytest.importorskip("fcntl")
    place, folder = tmp_path / "ledger.db", tmp_path / "site"
    invented.build(place)
    folder.mkdir()
    handle = os.open(folder, os.O_RDONLY)
    fcntl.flock(handle, fcntl.LOCK_EX)
    with pytest.raises(Refused, match="another run"):
        write(place, folder)
    os.close(handle)
    write(place, folder)


# --- the command ----------------------------------------------------------------------------------------------------


def test_the_command_says_what_it_did(claims: Claims) -> None:
    invented.build(claims.ledger)
    made = claims("report", "all", "--site", "out", "--json").json
    assert made.keys() == {"site", "pages", "written", "unchanged", "removed"}
    assert made["pages"] == len(list((claims.folder / "out").rglob("*.html")))
    assert "0 files written" in claims("report", "--site", "out").out


@pytest.mark.parametrize(
    ("args", "said"),
    [
        (("Q1",), "a site shows everything"),
        (("all", "-o", "x.html"), "--site and -o"),
        (("all", "--format", "md"), "--site and --format"),
        (("all", "--full-text"), "--site and --full-text"),
        (("all", "--bundle", "x.zip"), "--site and --bundle"),
    ],
)
def test_what_does_not_go_with_a_site_is_refused(claims: Claims, args: tuple[str, ...], said: str) -> None:
    invented.build(claims.ledger)
    assert said in claims("report", *args, "--site", "out", code=2).err
    assert not (claims.folder / "out").exists()


def test_a_site_in_place_of_a_file_is_refused(claims: Claims) -> None:
    claims("init")
    claims.file("out", "a file")
    assert "not a folder" in claims("report", "all", "--site", "out", code=2).err


def test_an_embargo_is_told_and_a_final_site_is_refused(claims: Claims) -> None:
    invented.build(claims.ledger)
    claims("state", "Q1", "--embargo", "2999-01-01T00:00Z")
    assert "Q1 must not go out before 2999-01-01" in claims("report", "all", "--site", "out").err
    assert "not final yet" in claims("report", "all", "--site", "other", "--final", code=1).err
    assert not (claims.folder / "other").exists()


def test_an_empty_ledger_makes_a_site_too(claims: Claims) -> None:
    claims("init")
    claims("report", "all", "--site", "out")
    assert "No question has been asked yet." in text(claims.folder / "out/index.html")
    assert dead_links(claims.folder / "out") == []


def test_a_site_wears_a_newsrooms_look_and_speaks_its_language(claims: Claims) -> None:
    invented.build(claims.ledger)
    house = claims.folder / "house"
    house.mkdir()
    (house / "masthead.html").write_text('<header class="masthead">The Lorn Ledger</header>')
    claims("report", "all", "--site", "out", "--template", house, "--lang", "ar")
    for page in ("index.html", "questions/Q1.html", "articles/A1.html", "sources/S1.html", "articles.html"):
        said = (claims.folder / "out" / page).read_text("utf-8")
        assert '<html lang="ar" dir="rtl">' in said
        assert "The Lorn Ledger" in said
    assert "0 files written" in claims("report", "--site", "out", "--template", house, "--lang", "ar").out
    (house / "masthead.html").write_text("{{ nothing.at.all }}")
    assert "masthead.html" in claims("report", "--site", "out", "--template", house, code=2).err


def test_compiled_templates_do_not_make_every_page_anew(tmp_path: Path, environment: dict[str, str]) -> None:
    import shutil
    import subprocess
    import sys

    root = Path(__file__).resolve().parents[1]
    copy = tmp_path / "copy"
    for name in ("ledger", "cli"):
        shutil.copytree(root / name, copy / name, ignore=shutil.ignore_patterns("__pycache__"))
    shutil.copy(root / "schema.sql", copy)
    invented.build(tmp_path / "ledger.db")
    environment = {k: v for k, v in environment.items() if k != "PYTHONDONTWRITEBYTECODE"} | {"PYTHONPATH": str(copy)}
    marks = []
    for _ in range(2):
        args = [sys.executable, "-m", "cli.main", "report", "--site", "out"]
        subprocess.run(args, cwd=tmp_path, env=environment, check=True, stdout=-1)
        marks.append(json.loads((tmp_path / "out/site.json").read_bytes())["made_by"])
    assert list((copy / "ledger/reports/__pycache__").glob("*.jinja"))
    assert marks[0] == marks[1]
