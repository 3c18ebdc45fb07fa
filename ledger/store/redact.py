"""Redaction in the store: what names a thing is found, blanked, and its bytes taken out of the file for good."""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, field

from ledger import merkle
from ledger.errors import Locked
from ledger.records import Entry, RedactDraft, Stretch, replace
from ledger.store import arriving, texts
from ledger.store.blobs import blob
from ledger.store.connection import Ledger
from ledger.store.log import Writer, entries, write
from ledger.store.rebuilding import references_at_the_end, replay
from ledger.vocabulary import EntryKind

UID = re.compile(r"[0-9a-f]{32}")
DIGEST = re.compile(r"[0-9a-f]{64}")
KEPT = frozenset({EntryKind.GENESIS.value, EntryKind.REDACT.value})
"""Entries that hold nobody's words and are never blanked."""

NOT_A_NAMING = ("salt", "after")
"""Fields that hold a uid but say nothing of the thing: an amendment's place in the order, and chance."""


USES_NOBODY = frozenset({
    EntryKind.SOURCE.value, EntryKind.ALIAS.value, EntryKind.RELATE.value, EntryKind.PARTY.value, EntryKind.MERGE.value,
    EntryKind.RETRACT.value, EntryKind.RESTORE.value,
})  # fmt: skip
"""Entries about sources alone: a source that only these name is used by nobody."""

ATTACHED = "attached to "
"""What evidence shows that came inside a letter."""
TELLING = 12
"""Characters from which on words are looked for in what was published and suggested; shorter ones stand everywhere."""


class Reach(Struct):
    """What a redaction blanks: entries in order, and the hashes of kept bytes that nothing else names."""

    entries: list[Entry] = field(default_factory=list)
    blobs: list[str] = field(default_factory=list)
    withheld: dict[str, tuple[Stretch, ...]] = field(default_factory=dict)
    """By the uid of a claim: where its words still stand in a saved copy, to be shown nowhere from now on."""
    beside: list[str] = field(default_factory=list)
    """Uids of claims that stay, whose surroundings are left out for it."""
    elsewhere: dict[str, list[str]] = field(default_factory=dict)
    """By the uid of a thing that stays: the kinds of its entries that hold a claim's words."""


def reach(ledger: Ledger, uid: str) -> Reach:
    """Every entry that names the uid or is about it, those that name what vanishes with them, and those with its words.

    These are claims that overlap it, suggestions and published pages that hold its words, and sources that nobody else uses.
    """
    gone = _with_what_names_it(ledger, {uid, *(other for other, here in arriving.same(ledger).items() if here == uid)})
    claims = [e for e in entries(ledger) if e.uid in gone and e.kind == EntryKind.CLAIM and e.body is not None]
    found = Reach(withheld={e.uid: places for e in claims if (places := _places(ledger, e))})
    overlapping = {near for near, inside in _near(ledger, _quotes(found)).items() if inside}
    gone = _with_what_names_it(
        ledger, gone | overlapping | _holding(ledger, [_body(e).get("exact", "") for e in claims])
    )
    gone = _with_what_names_it(ledger, gone | _unused_sources(ledger, gone))
    found.entries = [e for e in entries(ledger) if e.uid in gone and e.body is not None and e.kind not in KEPT]
    found.blobs = _only_theirs(ledger, gone)
    found.beside = [near for near in _near(ledger, found.withheld) if near not in gone]
    found.elsewhere = _elsewhere(
        ledger, gone | {p.capture for places in found.withheld.values() for p in places}, claims
    )
    for body in (_body(e) for e in found.entries if e.kind == EntryKind.EVIDENCE):
        if body["target"] not in gone and body["shows"].startswith(ATTACHED):
            found.elsewhere.setdefault(body["target"], []).append("the file that it came in")
    return found


def _elsewhere(ledger: Ledger, known: set[str], claims: Sequence[Entry]) -> dict[str, list[str]]:
    """The things that stay and hold the words of these claims in entries that are not known yet, or in what is kept of them."""
    quotes = (_body(claim).get("exact", "") for claim in claims)
    told = [match for quote in quotes if len(quote) >= TELLING and (match := texts.worded(quote))]
    found: dict[str, list[str]] = {}
    for entry in entries(ledger) if told else ():
        if (
            entry.uid not in known
            and entry.kind not in KEPT
            and any(match.search(_held(ledger, entry)) for match in told)
        ):
            kinds = found.setdefault(entry.about, [])
            kinds += [entry.kind] if entry.kind not in kinds else []
    return found


def _held(ledger: Ledger, entry: Entry) -> str:
    """All words of an entry, those of the texts that it names too."""
    body = _body(entry)
    if entry.kind == EntryKind.CAPTURE:
        body.pop("raw", None)  # its text is enough
    words = list(_texts(body))
    named = (digest for text in words for digest in DIGEST.findall(text) if holds(ledger, digest))
    return "\n".join([*words, *((blob(ledger, digest) or b"").decode("utf-8", "replace") for digest in named)])


def _quotes(found: Reach) -> dict[str, tuple[Stretch, ...]]:
    """The stretches of the quotes alone: a neighbour may name the same source."""
    return {
        uid: (places[0], *(p for p in places if p.capture != places[0].capture))
        for uid, places in found.withheld.items()
    }


def _with_what_names_it(ledger: Ledger, gone: set[str]) -> set[str]:
    gone, before = set(gone), 0
    while len(gone) > before:  # a second pass, for the rare entry that names a later one
        before = len(gone)
        for entry in entries(ledger):
            _spread(ledger, entry, gone)
    return gone


def _body(entry: Entry) -> dict[str, Any]:
    body: dict[str, Any] = merkle.loads(entry.body) if entry.body is not None else {}
    return body


def _places(ledger: Ledger, claim: Entry) -> tuple[Stretch, ...]:
    """Where a claim's words, and the mentions of who said them, stand in its saved copy; its words in other copies too."""
    body = _body(claim)
    if not body.get("anchored", True) or body.get("capture") is None:
        return ()
    mentions = [(hop["start"], hop["end"]) for hop in body.get("attribution", ()) if hop.get("end") is not None]
    spans = dict.fromkeys([(body["start"], body["end"]), *mentions])
    own = tuple(Stretch(body["capture"], start, end) for start, end in spans)
    return (*own, *_in_other_copies(ledger, own))


NEARBY = 60
"""Characters by which who said it may stand elsewhere beside the words in another copy."""


def _in_other_copies(ledger: Ledger, places: Sequence[Stretch]) -> Iterator[Stretch]:
    """Where the same words stand in the other copies of the article, and beside them who said them."""
    of = "SELECT c.uid, c.article, b.bytes FROM capture c JOIN blob b ON b.sha256 = c.text WHERE b.bytes IS NOT NULL AND "
    own = ledger.one(f"{of} c.uid = ?", (places[0].capture,))
    if own is None:
        return
    text = bytes(own["bytes"]).decode("utf-8", "replace")
    told = [(place, texts.worded(text[place.start : place.end])) for place in places]
    for copy in ledger.rows(f"{of} c.uid <> ? AND c.article = ?", (own["uid"], own["article"])):
        other = bytes(copy["bytes"]).decode("utf-8", "replace")
        yield from (Stretch(copy["uid"], *span) for span in _told_again(other, told))


def _told_again(text: str, told: Sequence[tuple[Stretch, re.Pattern[str] | None]]) -> Iterator[tuple[int, int]]:
    (quote, said), *mentions = told
    for m in said.finditer(text) if said else ():
        yield m.span()
        for place, named in mentions:
            start, end = (m.start() + at - quote.start for at in (place.start, place.end))
            near = named.finditer(text, max(0, start - NEARBY), max(0, end + NEARBY)) if named else ()
            yield from (n.span() for n in near)


def _near(ledger: Ledger, withheld: Mapping[str, Iterable[Stretch]]) -> dict[str, bool]:
    """Claims whose words or surroundings overlap with these stretches, and whether it is their own words."""
    found: dict[str, bool] = {}
    for uid, place in ((uid, place) for uid, places in withheld.items() for place in places):
        rows = ledger.rows(
            "SELECT uid, start_at < ? AND end_at > ? AS inside FROM claim WHERE capture = ? AND anchored <> 0 AND uid <> ? "
            "AND start_at - length(prefix) < ? AND end_at + length(suffix) > ?",
            (place.end, place.start, place.capture, uid, place.end, place.start),
        )
        for row in rows:
            found[row["uid"]] = found.get(row["uid"], False) or bool(row["inside"])
    return found


def _holding(ledger: Ledger, quotes: list[str]) -> set[str]:
    """Suggestions and publications that hold one of the quotes."""
    wanted = [" ".join(quote.split()) for quote in quotes if len(quote) >= TELLING]
    found = set()
    for entry in entries(ledger) if wanted else ():
        if entry.kind == EntryKind.SUGGESTION:
            held = " ".join(str(text) for text in _texts(merkle.loads(_body(entry).get("proposal", "{}"), floats=True)))
        elif entry.kind == EntryKind.PUBLICATION and (digest := _body(entry).get("blob")) is not None:
            held = html.unescape(re.sub(r"<[^>]*>", "", (blob(ledger, digest) or b"").decode("utf-8", "replace")))
        else:
            continue
        words = " ".join(held.split())
        if any(quote in words for quote in wanted):
            found.add(entry.uid)
    return found


def _unused_sources(ledger: Ledger, gone: set[str]) -> set[str]:
    """Sources that only entries which vanish have used."""
    used: dict[bool, set[str]] = {True: set(), False: set()}
    sources = set()
    for entry in entries(ledger):
        if entry.kind == EntryKind.SOURCE:
            sources.add(entry.uid)
        if entry.kind not in USES_NOBODY and entry.kind not in KEPT:
            used[entry.uid in gone] |= {entry.about, *names(entry)}
    return (used[True] - used[False]) & sources


def _spread(ledger: Ledger, entry: Entry, gone: set[str]) -> None:
    if entry.uid in gone or entry.kind in KEPT:
        return
    if entry.about in gone or not gone.isdisjoint(names(entry)) or not gone.isdisjoint(_listed(ledger, entry)):
        gone.add(entry.uid)
        if entry.kind == EntryKind.JUDGEMENT:  # an accepted suggestion holds the very words of what it became
            gone.add(entry.about)


def names(entry: Entry) -> Iterator[str]:
    """The uids that stand anywhere in a body, also inside JSON kept as text."""
    if entry.body is None:
        return
    body = merkle.loads(entry.body)
    for key in NOT_A_NAMING:
        body.pop(key, None)
    for text in _texts(body):
        if len(text) >= 32:
            yield from UID.findall(text)


def _listed(ledger: Ledger, entry: Entry) -> Iterator[str]:
    """The uids in the list of its own that a publication keeps where it shows more than fit an entry."""
    if entry.kind == EntryKind.PUBLICATION and entry.body is not None:
        digest = merkle.loads(entry.body).get("manifest")
        if digest is not None and (data := blob(ledger, digest)) is not None:
            yield from UID.findall(data.decode())


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, dict):
        for item in value.values():
            yield from _texts(item)
    elif isinstance(value, list):
        for item in value:
            yield from _texts(item)


def _only_theirs(ledger: Ledger, gone: set[str]) -> list[str]:
    """Kept bytes named by entries that vanish and by no other, in the order they were named."""
    theirs: dict[str, None] = {}
    others: set[str] = set()
    for entry in entries(ledger):
        if entry.body is None or entry.kind in KEPT:
            continue
        found = {d for text in _texts(merkle.loads(entry.body)) for d in DIGEST.findall(text)}
        if entry.uid in gone:
            theirs |= dict.fromkeys(sorted(found))
        else:
            others |= found
    held = "SELECT 1 FROM blob WHERE sha256 = ? AND bytes IS NOT NULL"
    return [d for d in theirs if d not in others and ledger.one(held, (d,)) is not None]


def stands_beside_redacted(ledger: Ledger, entry: Entry) -> bool:
    """True for a claim whose body holds, as its surroundings, words of a claim that was redacted."""
    row = ledger.one("SELECT prefix, suffix FROM claim WHERE uid = ?", (entry.uid,))
    if entry.kind != EntryKind.CLAIM or entry.body is None or row is None:
        return False
    body = _body(entry)
    return (row["prefix"], row["suffix"]) != (body.get("prefix", ""), body.get("suffix", ""))


def blank(ledger: Ledger, actor: str, find: Callable[[], Reach], *, because: str, thing: str | None) -> Reach:
    """Says in the log what is blanked and why, blanks it, and derives everything anew; gives what was blanked.

    What to blank is found inside the transaction, so that nothing written meanwhile escapes. The bytes are still in the
    file afterwards: `erase` takes them out.
    """
    if ledger.engine.in_file:
        ledger.rows("PRAGMA secure_delete = ON")
    with references_at_the_end(ledger), write(ledger, actor) as writer:
        found = find()
        for about in (*(e.uid for e in found.entries), *found.blobs):
            draft = RedactDraft(because=because, thing=thing)
            if (places := found.withheld.get(about)) is not None:
                draft = replace(draft, withholds=places, beside=tuple(_near(ledger, {about: places})))
            writer.append(EntryKind.REDACT, draft, about=about)
        if found.entries or found.blobs:
            _blank_rows(writer, (e.uid for e in found.entries), found.blobs)
            replay(ledger)
    return found


def blank_too(writer: Writer, abouts: Iterable[str]) -> list[str]:
    """Blanks here what another log has redacted, once its words on that came over; gives what was blanked.

    Inside `references_at_the_end`. `erase` takes the bytes out of the file afterwards.
    """
    found = [about for about in abouts if _is_there(writer.ledger, about)]
    if found:
        if writer.ledger.engine.in_file:
            writer.ledger.rows("PRAGMA secure_delete = ON")
        _blank_rows(writer, (f for f in found if UID.fullmatch(f)), (f for f in found if DIGEST.fullmatch(f)))
        replay(writer.ledger)
    return found


def _is_there(ledger: Ledger, about: str) -> bool:
    blobs = "SELECT 1 FROM blob WHERE sha256 = ? AND bytes IS NOT NULL"
    sql = blobs if DIGEST.fullmatch(about) else "SELECT 1 FROM entry WHERE uid = ? AND body IS NOT NULL"
    return ledger.one(sql, (about,)) is not None


def _blank_rows(writer: Writer, uids: Iterable[str], digests: Iterable[str]) -> None:
    writer.index_new()
    db = writer.ledger.db
    db.executemany("UPDATE entry SET body = NULL WHERE uid = ?", [(uid,) for uid in uids])
    db.executemany("UPDATE blob SET bytes = NULL WHERE sha256 = ?", [(digest,) for digest in digests])


def holds(ledger: Ledger, digest: str) -> bool | None:
    """True where bytes with this hash are kept, False where they were redacted, None where there never were any."""
    row = ledger.one("SELECT bytes IS NOT NULL AS held FROM blob WHERE sha256 = ?", (digest,))
    return bool(row["held"]) if row else None


def copy_of(ledger: Ledger, claim: str) -> tuple[str | None, str | None]:
    """The hash of the saved text that a claim (by uid) stands in, and the id of its article."""
    row = ledger.one(
        "SELECT p.text, v.article_id FROM claim_view v LEFT JOIN capture p ON p.uid = v.capture WHERE v.uid = ?",
        (claim,),
    )
    return (row["text"], row["article_id"]) if row else (None, None)


def erase(ledger: Ledger) -> None:
    """Writes the file anew without what was blanked; Locked while another process keeps the old bytes in use."""
    ledger.rows(ledger.engine.vacuum)
    if not ledger.engine.in_file:
        return
    row = ledger.one("PRAGMA wal_checkpoint(TRUNCATE)")
    if row is None or row["busy"]:
        raise Locked(ledger.place)
