"""A ledger about an event that never was, told by outlets that do not exist: a ferry sinks off Cape Lorn.

`hostile` is put behind every free text (titles, names, reasons, notes), so that tests can look for it in what comes out.
"""

from __future__ import annotations

import hashlib
from copy import deepcopy
from dataclasses import dataclass, field
from pathlib import Path

from ledger import capture, claims, sources, store
from ledger import records as r
from ledger.records import Hop as By
from ledger.store import read
from ledger.vocabulary import (
    Checked,
    CorrectionKind,
    EntryKind,
    EvidenceKind,
    EvidenceStance,
    Relation,
    Role,
    SourceKind,
    SuggestionKind,
)

WATCH = By("Coastal Rescue Watch", kind=SourceKind.MONITORING_GROUP)
MINISTRY = By("Port Ministry of Lorn", kind=SourceKind.GOVERNMENT)
NAVY = By("Lorn Navy", kind=SourceKind.ARMED_FORCES)
OFFICIAL = By("a port official", kind=SourceKind.ANONYMOUS)

TOLD = (
    (
        "Harbour Times", "2031-05-06", (WATCH,),
        "The ferry Aurelia left at dawn. At least 40 people died when it sank off Cape Lorn, the Coastal Rescue Watch said "
        "on Tuesday. The search went on.",
        "At least 40 people died when it sank off Cape Lorn",
    ),
    (
        "Lorn Herald", "2031-05-06", (By("Nordwire", Role.RELAY, kind=SourceKind.WIRE_AGENCY), WATCH),
        "Nordwire cited the Coastal Rescue Watch as saying that at least 40 passengers died off Cape Lorn.",
        "at least 40 passengers died off Cape Lorn",
    ),
    (
        "Daily Anchor", "2031-05-06", (WATCH,),
        "As many as 40 people died in the sinking, according to the Coastal Rescue Watch.",
        "As many as 40 people died in the sinking",
    ),
    (
        "Island Post", "2031-05-07", (MINISTRY,),
        "Harbour masters were silent. The Port Ministry of Lorn said 44 people died on the ferry. It gave no names.",
        "44 people died on the ferry",
    ),
    (
        "Tide News", "2031-05-07", (),
        "More than 30 people died on the Aurelia. Nobody came to the quay.",
        "More than 30 people died on the Aurelia",
    ),
    (
        "Gull Gazette", "2031-05-07", (OFFICIAL,),
        "A port official, who would not be named, said about 50 people died on the ferry.",
        "about 50 people died on the ferry",
    ),
    (
        "Strait Review", "2031-05-08", (NAVY,),
        "The Lorn Navy said 12 sailors were wounded in the rescue.",
        "12 sailors were wounded in the rescue",
    ),
)  # fmt: skip


@dataclass
class Built:
    """Short ids by the words that tests use for them."""

    question: str = ""
    claims: list[str] = field(default_factory=list)
    retracted: str = ""
    loose: str = ""
    secret: str = "call the harbour master at home"


KEPT: dict[str, tuple[bytes, Built]] = {}
"""The ledgers that were built, by what is hostile in them: the next one is a copy."""


def build(path: Path, *, hostile: str = "", another: bool = False) -> Built:
    """The whole story: seven articles, a question, judgements, evidence, replies, and what must never be shown.

    Each time it is the same ledger, unless `another` is wanted.
    """
    if hostile in KEPT and not another:
        pages, built = KEPT[hostile]
        path.write_bytes(pages)
        return deepcopy(built)
    built = _build(path, hostile)
    if path.is_file():  # and no database in its stead
        KEPT[hostile] = path.read_bytes(), deepcopy(built)
    return built


def _build(path: Path, hostile: str) -> Built:
    built = Built()
    with store.create(path, actor="desk") as ledger:
        with store.write(ledger, "ana") as w:
            _articles(w, built, hostile)
        with store.write(ledger, "ben") as w:
            _judge(w, built, hostile)
            _beside(w, built, hostile)
    return built


def short(ledger: store.Ledger, uid: str) -> str:
    return read.short_id(ledger, uid)


def _articles(w: store.Writer, built: Built, hostile: str) -> None:
    question = claims.question_uid(
        w, f"People killed on the ferry Aurelia{hostile}", measure="killed", window="2031-05"
    )
    built.question = short(w.ledger, question)
    for outlet, day, chain, body, exact in TOLD:
        uid = tell(w, outlet + hostile, day, body, exact, chain, hostile=hostile)
        claims.file(w, uid, question)
        built.claims.append(short(w.ledger, uid))
    wrong = tell(
        w,
        "Lorn Herald" + hostile,
        "2031-05-09",
        "RETRACTED-WORDS 99 people died.",
        "RETRACTED-WORDS 99 people died",
        (WATCH,),
    )
    claims.file(w, wrong, question)
    w.append(EntryKind.RETRACT, r.RetractDraft("misread"), about=wrong)
    built.retracted = short(w.ledger, wrong)
    loose = tell(
        w, "Quay Letter", "2031-05-09", "The quay will close for a year.", "The quay will close for a year", ()
    )
    built.loose = short(w.ledger, loose)


def tell(
    w: store.Writer, outlet: str, day: str, body: str, exact: str, chain: tuple[By, ...], *, hostile: str = ""
) -> str:
    """One article with one claim; gives the claim's uid."""
    page = capture.read_bytes(body.encode(), name=f"{outlet[:12]}-{day}-{len(body)}.txt", method="file")
    saved = capture.save_into(
        w, page, title=f"A report of {outlet}{hostile}", publisher=outlet, published=day, byline=f"A Writer{hostile}",
        url=f"https://news.example/{hashlib.sha256(body.encode()).hexdigest()[:8]}", credit=None,
    )  # fmt: skip
    hops = tuple(r.replace(h, source=h.source + hostile) for h in chain)
    claim = r.Claim(
        exact=exact, attribution=hops, times=claims.given_times("2031-05-05", None), place=r.Place(f"Cape Lorn{hostile}"),
        says=f"Our words{hostile}" if hostile else None,
        extra={"note": hostile} if hostile else None,
    )  # fmt: skip
    return claims.log(w, claims.page(w.ledger, saved.article), claim).uid


def _judge(w: store.Writer, built: Built, hostile: str) -> None:
    uids = {name: read.thing(w.ledger, name).uid for name in [*built.claims, built.question]}
    first, ministry = uids[built.claims[0]], uids[built.claims[3]]
    w.append(EntryKind.CHECK, r.CheckDraft(Checked.YES, f"heard it{hostile}"), about=first)
    w.append(EntryKind.RATING, r.RatingDraft("house", "supported", f"first look{hostile}"), about=first)
    w.append(EntryKind.RATING, r.RatingDraft("house", "unproven", f"one source{hostile}", (first,)), about=first)
    answer = r.AnswerDraft(
        f"At least 40, by one count{hostile}", f"all copies lead there{hostile}", low="40", on=(first,)
    )
    w.append(EntryKind.ANSWER, answer, about=uids[built.question])
    link = r.LinkDraft(first, Relation.DOES_NOT_CONTRADICT, f"counted later{hostile}")
    w.append(EntryKind.LINK, link, about=ministry)
    finding = r.FindingDraft(first, "hedge_drop", "hedge_gone", holds=True, reading="of then", because=f"seen{hostile}")
    w.append(EntryKind.FINDING, finding, about=ministry)
    party = sources.source_uid(w, MINISTRY.source + hostile)
    w.append(
        EntryKind.PARTY, r.PartyDraft(True, f"the port{hostile}", uids[built.question], "it ran the ferry"), about=party
    )


def _beside(w: store.Writer, built: Built, hostile: str) -> None:
    question = read.thing(w.ledger, built.question).uid
    first = read.thing(w.ledger, built.claims[0]).uid
    ministry = sources.source_uid(w, MINISTRY.source + hostile)
    w.append(EntryKind.NOTE, r.NoteDraft(f"The list of passengers is missing.{hostile}"), about=question)
    w.append(EntryKind.NOTE, r.NoteDraft(f"{built.secret}{hostile}", internal=True), about=question)
    w.append(EntryKind.NOTE, r.NoteDraft(built.secret, internal=True), about=first)
    photo = r.EvidenceDraft(
        question, EvidenceKind.PHOTO, f"the quay with rescuers{hostile}", EvidenceStance.CONTEXT, name=f"quay.jpg{hostile}",
        url="javascript:alert(1)" if hostile else "https://pictures.example/quay", location=f"Lorn{hostile}",
    )  # fmt: skip
    w.append(EntryKind.EVIDENCE, photo)
    asked = w.append(
        EntryKind.REQUEST, r.RequestDraft(question, ministry, "email", "2031-05-08", text=f"How many?{hostile}")
    )
    w.append(EntryKind.REPLY, r.ReplyDraft(f"We will not say.{hostile}", received_at="2031-05-09"), about=asked)
    w.append(EntryKind.REQUEST, r.RequestDraft(question, ministry, "phone", "2031-05-10"))
    w.append(
        EntryKind.SEARCH,
        r.SearchDraft(f"aurelia passengers{hostile}", ("port register",), "2031-05-10"),
        about=question,
    )
    made = r.SuggestionDraft(
        SuggestionKind.CLAIM, '{"exact": "SUGGESTED-WORDS"}', "SUGGESTED-WORDS", "0.9", "suggest/1", "0" * 64, question
    )
    w.append(EntryKind.SUGGESTION, made)
    fixed = r.CorrectionDraft(
        CorrectionKind.CORRECTION, f"41 died{hostile}", f"at least 40 died{hostile}", f"typing{hostile}"
    )
    w.append(EntryKind.CORRECTION, fixed, about=question)
