"""A small ledger with every part that the log's tests need: two articles, chains, figures, a question, judgements."""

from __future__ import annotations

import hashlib
from pathlib import Path

from ledger import records as r
from ledger import store
from ledger.vocabulary import (
    Checked,
    CorrectionKind,
    EntryKind,
    EvidenceKind,
    EvidenceStance,
    FieldOn,
    FieldType,
    Mode,
    Role,
    SourceKind,
    State,
    SuggestionKind,
    SuggestionState,
)

FIRST = "The harbour office said at least 40 boats left Marsala on Monday.\n\nA fisherman spoke of “nearly 60”.\n"
SECOND = "According to the harbour office, 38 boats had left by noon. The mayor denied it.\n"


class Builder:
    """Writes things through the log alone and remembers their uids by name."""

    def __init__(self, ledger: store.Ledger, writer: store.Writer) -> None:
        self.ledger = ledger
        self.writer = writer

    def source(self, name: str, kind: SourceKind = SourceKind.GOVERNMENT) -> str:
        return self.writer.append(EntryKind.SOURCE, r.SourceDraft(name=name, folded=name.casefold(), kind=kind))

    def article(self, text: str, title: str, publisher: str) -> tuple[str, str]:
        w = self.writer
        url = f"https://news.example/{title.replace(' ', '-')}"
        article = w.append(EntryKind.ARTICLE, r.ArticleDraft(identity=url, url=url, title=title, publisher=publisher))
        raw, digest = w.put_blob(f"<p>{text}</p>".encode()), w.put_blob(text.encode())
        draft = r.CaptureDraft(
            raw=raw, text=digest, raw_bytes=len(f"<p>{text}</p>".encode()), text_chars=len(text),
            captured_at="2026-03-01T09:00:00Z", method="file", encoding="utf-8", extractor="none",
        )  # fmt: skip
        return article, w.append(EntryKind.CAPTURE, draft, about=article)

    def claim(self, text: str, exact: str, article: str, capture: str, source: str) -> str:
        start = text.index(exact)
        draft = r.ClaimDraft(
            article=article, exact=exact, capture=capture, start=start, end=start + len(exact),
            prefix=text[max(0, start - 20) : start], suffix=text[start + len(exact) :][:20], mode=Mode.INDIRECT,
            attribution=(r.Hop(source=source, role=Role.ORIGIN, mode=Mode.INDIRECT),),
            quantities=(r.Quantity(text=exact, low="40", high=None, low_inclusive=True),),
        )  # fmt: skip
        return self.writer.append(EntryKind.CLAIM, draft)


def build(path: Path) -> dict[str, str]:
    """A ledger at the path; gives the uids of its things by name."""
    with store.create(path, actor="desk") as ledger:
        return fill(ledger)


def fill(ledger: store.Ledger) -> dict[str, str]:
    uids: dict[str, str] = {}
    with store.write(ledger, "ana") as w:
        b = Builder(ledger, w)
        uids["paper"] = b.source("The Daily Example", SourceKind.NEWS_OUTLET)
        uids["office"] = b.source("the harbour office")
        uids["a1"], uids["copy1"] = b.article(FIRST, "Boats leave", uids["paper"])
        uids["c1"] = b.claim(FIRST, "at least 40 boats left Marsala", uids["a1"], uids["copy1"], uids["office"])
        uids["c2"] = b.claim(FIRST, "“nearly 60”", uids["a1"], uids["copy1"], uids["office"])
    with store.write(ledger, "ben") as w:
        b = Builder(ledger, w)
        uids["a2"], uids["copy2"] = b.article(SECOND, "Boats by noon", uids["paper"])
        made = r.SuggestionDraft(
            kind=SuggestionKind.CLAIM, proposal='{"exact": "38 boats had left by noon"}', reason="a figure", score="0.9",
            made_by="suggest/1", fingerprint=hashlib.sha256(b"38").hexdigest(), target=uids["a2"],
        )  # fmt: skip
        uids["m1"] = w.append(EntryKind.SUGGESTION, made)
        uids["c3"] = b.claim(SECOND, "38 boats had left by noon", uids["a2"], uids["copy2"], uids["office"])
        judged = r.JudgementDraft(state=SuggestionState.ACCEPTED, made=uids["c3"])
        w.append(EntryKind.JUDGEMENT, judged, about=uids["m1"])
        question = r.QuestionDraft(question="How many boats left?", folded="how many boats left")
        uids["q1"] = w.append(EntryKind.QUESTION, question)
        for claim in ("c1", "c2", "c3"):
            w.append(EntryKind.FILE, r.FileDraft(question=uids["q1"]), about=uids[claim])
    with store.write(ledger, "ana") as w:
        w.append(EntryKind.CHECK, r.CheckDraft(value=Checked.YES), about=uids["c1"])
        rating = r.RatingDraft(scale="house", value="supported", because="two logs agree", on=(uids["c3"],))
        uids["rating"] = w.append(EntryKind.RATING, rating, about=uids["c1"])
        answer = r.AnswerDraft(text="about forty", because="see C1", low="38", on=(uids["c1"], uids["c3"]))
        w.append(EntryKind.ANSWER, answer, about=uids["q1"])
        w.append(EntryKind.NOTE, r.NoteDraft(text="call back on Friday", internal=True), about=uids["c2"])
        w.append(EntryKind.TAG, r.TagDraft(tag="sea"), about=uids["c2"])
        w.append(EntryKind.WORK, r.WorkDraft(state=State.CHECKING), about=uids["c2"])
        amend = r.AmendDraft(kind=EntryKind.CLAIM, set={"says": "Sixty boats left."}, after=uids["c2"])
        uids["amend"] = w.append(EntryKind.AMEND, amend, about=uids["c2"])
    return uids


def desk(w: store.Writer, uids: dict[str, str]) -> None:
    """What stands beside claims and questions: evidence, a request with a reply, a search, a query, what went out,
    a field of one's own."""
    q1, c1 = uids["q1"], uids["c1"]
    uids["field"] = w.append(EntryKind.FIELD, r.FieldDraft("tonnage", "tonnage", FieldOn.CLAIM, FieldType.NUMBER))
    w.append(EntryKind.VALUE, r.ValueDraft(uids["field"], "1200"), about=uids["c2"])
    w.append(EntryKind.TEMPLATE, r.TemplateDraft("boats", "boats", ("sea",), (uids["field"],), q1))
    photo = w.put_blob(b"not really a photo")
    evidence = r.EvidenceDraft(
        target=c1, kind=EvidenceKind.PHOTO, shows="boats at the quay", stance=EvidenceStance.CONTEXT, name="quay.jpg",
        blob=photo, sha256=photo, size=18, taken_at="2026-03-01", media_type="image/jpeg",
        metadata='{"unreadable": "it is not an image"}',
    )  # fmt: skip
    uids["e1"] = w.append(EntryKind.EVIDENCE, evidence)
    request = r.RequestDraft(
        target=q1, source=uids["office"], channel="e-mail", asked_at="2026-03-02", due="2026-03-04"
    )
    uids["r1"] = w.append(EntryKind.REQUEST, request)
    uids["reply"] = w.append(
        EntryKind.REPLY, r.ReplyDraft("we stand by it", received_at="2026-03-03"), about=uids["r1"]
    )
    w.append(EntryKind.SEARCH, r.SearchDraft("a list of boats", ("the registry",), "2026-03-02"), about=q1)
    uids["query"] = w.append(EntryKind.NOTE, r.NoteDraft("which quay?", internal=True, query=True), about=c1)
    w.append(EntryKind.NOTE, r.NoteDraft("the old one", internal=True, settles=(uids["query"],)), about=c1)
    finding = r.FindingDraft(uids["c2"], "conflicts", "disjoint", holds=False, reading="of then", because="two days")
    w.append(EntryKind.FINDING, finding, about=c1)
    w.append(EntryKind.POLICY, r.PolicyDraft("signoffs", "1"))
    w.append(EntryKind.SIGNOFF, r.SignoffDraft("read it all"), about=q1)
    page = w.put_blob(b"<p>at least 40 boats</p>")
    went = r.PublicationDraft(page, "text/html", url="https://desk.example/boats", rests_on=(c1, uids["e1"]))
    uids["publication"] = w.append(EntryKind.PUBLICATION, went, about=q1)
    wrong = r.CorrectionDraft(
        CorrectionKind.CORRECTION, "60", "nearly 60", "the article says so", concerns=(uids["c2"],)
    )
    w.append(EntryKind.CORRECTION, wrong, about=q1)
