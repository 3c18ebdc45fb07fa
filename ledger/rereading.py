"""Readings age: what of a claim today's readers read otherwise than the log has it.

`found_by` names what the program read and which readers did: "quantity/3f2a dates/3f2a chain/3f2a". What a person gave or
corrected is not named, and never read again. A person accepts the new reading, or declines it: its hash is kept there too,
so that nobody is asked again until the reading changes once more.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress

from msgspec import Struct

from ledger import capture, claims, dates, lexicon, quantity
from ledger import records as r
from ledger.errors import BadInput, NotFound
from ledger.records import replace
from ledger.store import Ledger, Writer, ids, log_id, read
from ledger.suggestions import claim_of, known_as
from ledger.text import doubts, folding
from ledger.vocabulary import Letter

DECLINED = "declined"


class Difference(Struct, frozen=True):
    """One part of a claim that is read otherwise now, in words."""

    part: str
    was: str
    now: str


class Reread(Struct, frozen=True):
    """A claim that is read otherwise now."""

    claim: r.Claim
    differences: tuple[Difference, ...]
    page: claims.Page
    found: r.Found
    """The statement whose chain and stance are meant."""
    digest: str
    """The hash of the reading, by which it is known again."""


def older(ledger: Ledger) -> list[str]:
    """The uids of the claims that another version read, and that this one has not read again on this machine."""
    seen = _Seen(ledger)
    return [uid for uid, by in read.claims_read_by_others(ledger, lexicon.version()) if (uid, by) not in seen.read]


def wanted(ledger: Ledger, names: Sequence[str]) -> list[str]:
    """Those of them that are named; all where none is."""
    named = {thing.uid for thing in ids.several(ledger, names, Letter.CLAIM)} if names else None
    return [uid for uid in older(ledger) if named is None or uid in named]


def differing(ledger: Ledger, uids: Sequence[str]) -> Iterator[Reread]:
    """Those of the claims that are read otherwise now, and whose new reading nobody declined."""
    if not uids:
        return
    seen = _Seen(ledger)
    known = len(seen.read)
    try:
        for claim in read.claims_by_uid(ledger, uids):
            if found := again(ledger, claim):
                yield found
            else:
                seen.read.add((claim.uid, claim.found_by or ""))
    finally:
        if len(seen.read) > known:
            seen.keep()


def taken(writer: Writer, one: Reread) -> r.Json:
    """The fields of a claim as an amendment sets them to what is read now."""
    changed = {claims.PARTS[d.part] for d in one.differences}
    as_found = claim_of(one.found) if "attribution" in changed else r.Claim(exact=one.claim.exact)
    given = replace(
        as_found, exact=one.claim.exact, start=one.claim.start, stance=one.found.stance, unsure=one.found.unsure
    )
    body, _ = claims.draft(writer, one.page, given, claims.Hints(chain=one.found.attribution))
    unsure = [u for u in one.claim.unsure if u.field not in changed] + [u for u in body.unsure if u.field in changed]
    fields = {name: r.plain(getattr(body, name)) for name in changed}
    return fields | {"unsure": r.plain(unsure), "found_by": looked_at(one.claim)}


def kept(one: Reread) -> r.Json:
    """The same for a reading that is kept."""
    return {"found_by": looked_at(one.claim, declined=one.digest)}


class Summary(Struct, frozen=True):
    """A claim that is read otherwise now, as it is listed."""

    id: str
    exact: str
    differences: tuple[Difference, ...]


def summary(one: Reread) -> Summary:
    return Summary(one.claim.id, one.claim.exact, one.differences)


def again(ledger: Ledger, claim: r.Claim) -> Reread | None:
    """The claim as it is read now, where that is otherwise than the log has it and was not declined."""
    page = _page(ledger, claim)
    if page is None:
        return None
    now = claims.read_again(page, claim)
    readings = [(found, tuple(_differences(ledger, claim, now, found))) for found in now.found]
    found, differences = min(readings, key=lambda r: len(r[1]))
    digest = hashlib.sha256(json.dumps([(d.part, d.now) for d in differences]).encode()).hexdigest()[:12]
    if not differences or f"{DECLINED}/{digest}" in (claim.found_by or "").split():
        return None
    return Reread(claim, differences, page, found, digest)


def parts_read(claim: r.Claim) -> list[str]:
    """What of the claim the program read."""
    named = {name.partition("/")[0] for name in (claim.found_by or "").split()}
    return [part for part in claims.PARTS if part in named]


def looked_at(claim: r.Claim, *, besides: Sequence[str] = (), declined: str | None = None) -> str | None:
    """What `found_by` says once a person has looked: these readers, but for the parts given by hand; what was declined."""
    named = claims.found_by(part for part in parts_read(claim) if part not in besides)
    return " ".join(filter(None, [named, declined and f"{DECLINED}/{declined}"])) or None


def _page(ledger: Ledger, claim: r.Claim) -> claims.Page | None:
    copy = read.capture(ledger, claim.capture) if claim.capture and claim.start is not None else None
    if copy is None:
        return None
    try:
        return claims.Page(read.article(ledger, claim.article), copy, capture.text_of(ledger, copy))
    except NotFound:  # the copy was redacted
        return None


def _differences(ledger: Ledger, claim: r.Claim, now: claims.Again, found: r.Found) -> Iterator[Difference]:
    parts = parts_read(claim)
    if "quantity" in parts and _figures(claim.quantities) != _figures(now.quantities):
        yield Difference("quantity", _figure_words(claim.quantities), _figure_words(now.quantities))
    if "dates" in parts and _times(claim.times) != _times(now.times):
        yield Difference("dates", _time_words(claim.times), _time_words(now.times))
    if "stance" in parts and claim.stance is not found.stance:
        yield Difference("stance", claim.stance, found.stance)
    if "chain" in parts and not _same_chain(ledger, claim.attribution, found.attribution):
        yield Difference("chain", _chain_words(claim.attribution), _chain_words(found.attribution))


def _figures(found: Sequence[r.Quantity]) -> list[r.Quantity]:
    """What is compared of figures: all but their places and words."""
    return [replace(q, text="", start=None, end=None, counts=None) for q in found]


def _times(found: Sequence[r.TimeSpan]) -> list[r.TimeSpan]:
    return [replace(t, text="", start=None, end=None, anchor=None) for t in found]


def _same_chain(ledger: Ledger, logged: Sequence[r.Hop], found: Sequence[r.Hop]) -> bool:
    """True where the same sources stand in the same parts; a protected one is nobody's to read again."""
    if any(hop.source.startswith("@") for hop in logged):
        return True
    return len(logged) == len(found) and all(
        a.role is b.role and ((a.start, a.end) == (b.start, b.end) != (None, None) or _same_source(ledger, a, b))
        for a, b in zip(logged, found, strict=True)
    )


def _same_source(ledger: Ledger, logged: r.Hop, found: r.Hop) -> bool:
    uid = read.source_uid_by_folded(ledger, folding.name(known_as(found)))
    return uid is not None and read.source(ledger, uid).id == logged.source_id


def _figure_words(found: Sequence[r.Quantity]) -> str:
    def said(q: r.Quantity) -> str:
        of = " ".join(filter(None, [q.counts or q.unit, q.measure and q.measure.replace("_", " ")]))
        doubt = "" if q.sure else " (not sure)"
        return f"{quantity.interval_words(q)} {of}".strip() + doubt

    return "; ".join(map(said, found)) or "none"


def _time_words(found: Sequence[r.TimeSpan]) -> str:
    return "; ".join(dates.window_words(r.Span(t.earliest, t.latest)) for t in found) or "none"


def _chain_words(found: Sequence[r.Hop]) -> str:
    return ", via ".join(known_as(hop) for hop in reversed(found)) or "the publisher's own voice"


class _Seen:
    """The claims that are read the same by these readers, kept on this machine: uids and versions, no words."""

    def __init__(self, ledger: Ledger) -> None:
        from ledger import folders

        self.path = folders.cache() / "readings" / f"{log_id(ledger)}.json"
        self.read: set[tuple[str, str]] = set()
        with suppress(OSError, ValueError, TypeError, KeyError):
            data = json.loads(self.path.read_text("utf-8"))
            if data["version"] == lexicon.version():
                self.read = {(str(uid), str(by)) for uid, by in data["same"]}

    def keep(self) -> None:
        """Does nothing where the folder cannot be written."""
        with suppress(OSError):
            self.path.parent.mkdir(parents=True, exist_ok=True, mode=0o700)
            self.path.write_text(json.dumps({"version": lexicon.version(), "same": sorted(self.read)}), "utf-8")


# --- by hand ------------------------------------------------------------------------------------------------------


def by_hand(claim: r.Claim, fields: r.Json, *, sure: bool = False) -> r.Json:
    """What else an amendment changes: a field that a person gives is sure, and is not read again by the program."""
    given = {field for field in claims.PARTS.values() if field in fields}
    if not given and not sure:
        return {}
    parts = [part for part, field in claims.PARTS.items() if field in given or sure]
    unsure = [u for u in claim.unsure if u.field not in given] + r.reading_doubts(
        r.convert(fields.get("quantities", []), tuple[r.Quantity, ...], "quantities"), ()
    )
    by_hand: r.Json = {"found_by": looked_at(claim, besides=parts), "unsure": r.plain(unsure)}
    if sure:
        by_hand |= {"unsure": [], **_stood_for(claim, unsure)}
    return {
        name: value for name, value in by_hand.items() if name not in fields and value != r.plain(getattr(claim, name))
    }


def _stood_for(claim: r.Claim, unsure: Iterable[r.Unsure]) -> r.Json:
    """The doubtful fields as they are, now sure; BadInput where one was not read."""
    for doubt in unsure:
        if not r.was_read(claim, doubt.field):
            raise BadInput(f"{claim.id}: {doubts([doubt])[0]}: nobody can stand for it", hint=GIVE_IT[doubt.field])
    return {field: r.plain(claims.stood_for(getattr(claim, field))) for field in ("quantities", "times")}


GIVE_IT = {
    "attribution": "say who says it: --by ...",
    "quantities": "say what the figure is: --figure ...",
    "times": "say when: --when ...",
}
