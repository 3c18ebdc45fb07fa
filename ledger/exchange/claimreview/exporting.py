"""ClaimReview nodes of what people rated, and imported reviews handed on as theirs.

The claim's author is its original source, never the outlet that carried it; where it appeared are the articles that carry the
same statement of that source. A claim that nobody rated is not exported: a ClaimReview is a review.
"""

from __future__ import annotations

from collections.abc import Iterator
from itertools import chain, islice
from typing import NamedTuple

from ledger import grading
from ledger import records as r
from ledger.crossref.origins import Standing, chain_of, trace
from ledger.crossref.study import Study, study
from ledger.errors import ClaimsError, Refused
from ledger.exchange import Selection
from ledger.exchange.claimreview.importing import NOT_STATED
from ledger.exchange.claimreview.linting import ISO, Severity, flaws
from ledger.exchange.claimreview.mending import CONTEXT, iso, theirs
from ledger.exchange.claimreview.shapes import Node, address
from ledger.store import Ledger, beside, read
from ledger.vocabulary import Agreement, EntryKind, Relation, SourceKind
from ledger.work import passed

PERSONS = frozenset({SourceKind.PERSON, SourceKind.WITNESS, SourceKind.ANONYMOUS, SourceKind.SOCIAL_ACCOUNT})


class _Left(NamedTuple):
    """The reason why a claim has no node."""

    why: str
    hint: str

    def mend(self, claim: str) -> str:
        """The hint for a claim by id."""
        return self.hint.replace("{id}", claim)


UNRATED = _Left("nobody rated it, and a ClaimReview is a review", "claims rate {id} VALUE --because ...")
DISPUTED = _Left(
    "its raters disagree, and a ClaimReview is one verdict", "agree, and rate it again: claims rate {id} VALUE"
)
NO_ADDRESS = _Left("it is not known where the review is published", "claims publish {id} --to URL, or --base-url URL")


def documents(ledger: Ledger, selection: Selection) -> Iterator[bytes]:
    """One JSON-LD document, a node a line; a node by itself where there is only one."""
    found = _Nodes(ledger, selection).each()
    first = list(islice(found, 2))
    if len(first) == 1:
        yield script_safe({"@context": CONTEXT} | first[0]) + b"\n"
        return
    yield b'{"@context": "https://schema.org", "@graph": [\n'
    for n, node in enumerate(chain(first, found)):
        yield (b",\n" if n else b"") + script_safe(node)
    yield b"\n]}\n" if first else b"]}\n"


SAFE = {ord("<"): "\\u003c", ord(">"): "\\u003e", ord("&"): "\\u0026"}
"""Characters that could end the script element around the JSON, or begin an entity there, with their JSON escapes."""


def script_safe(node: Node) -> bytes:
    """The node as JSON that stands in a script element of a page as it is."""
    return r.json_text(node).translate(SAFE).encode("utf-8", "backslashreplace")


class _Nodes:
    """The nodes of a selection, with what was left out and why."""

    def __init__(self, ledger: Ledger, selection: Selection) -> None:
        self.ledger = ledger
        self.selection = selection
        self.left: dict[_Left, list[str]] = {}
        self._published = {p.about: p.url for p in beside.publications(ledger) if p.url}
        self._studies: dict[str, Study] = {}

    def each(self) -> Iterator[Node]:
        chosen = self.selection.claims
        for claim in read.claims_by_uid(self.ledger, chosen) if chosen else self._claims():
            made = [n for n in (self._theirs(claim), self._ours(claim)) if n is not None]
            yield from (n for n in made if not isinstance(n, _Left))
            reasons = [n for n in made if isinstance(n, _Left)]
            if reasons and chosen and len(reasons) == len(made):
                raise Refused(f"no ClaimReview of {claim.id}: {reasons[0].why}", hint=reasons[0].mend(claim.id))
            for left in reasons:
                self.left.setdefault(left, []).append(claim.id)
        self._tell()

    def _claims(self) -> Iterator[r.Claim]:
        return read.claims(self.ledger, question=self.selection.question)

    def _tell(self) -> None:
        for left, ids in self.left.items():
            shown = ", ".join(ids[:5]) + (f" and {len(ids) - 5:,} more" if len(ids) > 5 else "")
            if self.selection.tell is not None:
                self.selection.tell(f"left out: {shown}: {left.why} ({left.mend(ids[0])})")

    # --- theirs ---------------------------------------------------------------------------------------------------

    def _theirs(self, claim: r.Claim) -> Node | _Left | None:
        """An imported review, mended; None where the claim comes from no review."""
        node = theirs(claim)
        if node is None:
            return None
        wrong = [f for f in flaws({"@context": CONTEXT} | node) if f.severity is Severity.ERROR]
        return (
            _Left(f"the review that it comes from cannot be mended: {wrong[0].message}", wrong[0].hint)
            if wrong
            else node
        )

    # --- ours -----------------------------------------------------------------------------------------------------

    def _ours(self, claim: r.Claim) -> Node | _Left | None:
        """The node of a claim that somebody here rated; None where an imported review speaks for itself."""
        if claim.rating is None:
            return None if "claimreview" in (claim.extra or {}) else UNRATED
        held = [j for j in read.judgements(self.ledger, claim.uid, EntryKind.RATING) if not j.superseded]
        if len({j.value for j in held if j.scale == claim.rating.scale}) > 1:
            return DISPUTED
        embargo = beside.work_on(self.ledger, claim.uid).embargo
        if embargo and not passed(embargo):
            return _Left(f"it must not go out before {embargo[:16]}", "claims state {id} shows it")
        url = self._url(claim)
        if url is None:
            return NO_ADDRESS
        return {
            "@type": "ClaimReview",
            "url": url,
            "claimReviewed": claim.told,
            "datePublished": f"{claim.rating.at[:19]}Z",
            "author": self._reviewer(claim.rating),
            "reviewRating": self._rating(claim.rating),
            "itemReviewed": self._item(claim),
        }

    def _url(self, claim: r.Claim) -> str | None:
        """Where the review is: published by itself, with its question or article, else under the address given."""
        if url := self._published.get(claim.id):
            return url
        around = (self._published[i] for i in (*claim.questions, claim.article) if i in self._published)
        base = next(around, None) or self.selection.base_url
        return f"{base.partition('#')[0]}#{claim.id}" if base else None

    def _reviewer(self, rating: r.Judgement) -> Node:
        """The organisation that was named, else the handle of whoever rated it."""
        if self.selection.reviewer is None:
            return {"@type": "Person", "name": rating.by}
        url = self.selection.reviewer_url
        return {"@type": "Organization", "name": self.selection.reviewer} | ({"url": url} if url else {})

    def _rating(self, rating: r.Judgement) -> Node:
        """The verdict in words; numbers only where the scale gives its grades numbers."""
        label, numbers = rating.value, {}
        try:
            scale = grading.scale(rating.scale or "", self.ledger)
            grade = scale.grade(rating.value)
            label = grade.means if grade.value.isdecimal() else grade.value
            known = [g.number for g in scale.grades if g.number is not None]
            if grade.number is not None:
                numbers = {"ratingValue": grade.number, "bestRating": max(known), "worstRating": min(known)}
        except ClaimsError:
            pass  # a scale that this program does not have: the verdict stands as it was given
        why = {"ratingExplanation": rating.because} if rating.because else {}
        return {"@type": "Rating", "alternateName": label} | numbers | why

    # --- what was reviewed ----------------------------------------------------------------------------------------

    def _item(self, claim: r.Claim) -> Node:
        works = self._works(claim)
        dated = sorted((w for w in works if "datePublished" in w), key=lambda w: str(w["datePublished"]))
        item: Node = {"@type": "Claim"}
        if author := self._author(claim):
            item["author"] = author
        if dated:
            item["datePublished"] = dated[0]["datePublished"]
            item["firstAppearance"] = dated[0]
        if works:
            item["appearance"] = works
        return item

    def _author(self, claim: r.Claim) -> Node | None:
        """The original source; None where nobody knows it, or its name is protected."""
        origin = trace([chain_of(claim)]).origins[claim.id]
        if origin.standing is Standing.UNKNOWN or origin.source is None or origin.name == NOT_STATED:
            return None
        if not origin.source.startswith("S"):  # an article whose publisher nobody named
            return None
        source = read.source(self.ledger, origin.source)
        if source.protected:
            return None
        return {"@type": "Person" if source.kind in PERSONS else "Organization", "name": origin.name}

    def _works(self, claim: r.Claim) -> list[Node]:
        """The articles that carry this statement of this source; for an imported claim, what its review names."""
        extra = claim.extra or {}
        if "claimreview" in extra:
            named = [extra.get("first_appearance"), *(extra.get("appearances") or [])]
            known = dict.fromkeys(u for u in named if isinstance(u, str) and address(u))
            return [{"@type": "CreativeWork", "url": u} for u in known]
        articles = dict.fromkeys([claim.article, *(c.article for c in self._alike(claim))])
        found = (_work(read.article(self.ledger, a)) for a in articles)
        return [w for w in found if w is not None]

    def _alike(self, claim: r.Claim) -> Iterator[r.Claim]:
        """Other claims of its questions that say the same by the same source, or that a person called repeats."""
        for name in claim.questions:
            found = self._study(name)
            said = {frozenset((k.a, k.b)) for k in found.links if k.relation == Relation.REPEATS}
            for other in found.claims:
                if other.id != claim.id and (frozenset((claim.id, other.id)) in said or _same(found, claim, other)):
                    yield other

    def _study(self, name: str) -> Study:
        if name not in self._studies:
            if len(self._studies) > 7:
                self._studies.clear()
            self._studies[name] = study(self.ledger, name)
        return self._studies[name]


def _same(found: Study, claim: r.Claim, other: r.Claim) -> bool:
    if not found.traced.one_family(claim.id, other.id):
        return False
    a, b = sorted((claim.id, other.id), key=r.order)
    return found.compared(a, b).agreement is Agreement.AGREE


def _work(article: r.Article) -> Node | None:
    """An article as a work that the claim appeared in; None for one that nothing would lead to."""
    if not (article.url or article.title):
        return None
    published = iso(article.published_at) if article.published_at else None
    told: Node = {
        "url": article.url, "headline": article.title,
        "datePublished": published if published and ISO.fullmatch(published) else None,
        "publisher": {"@type": "Organization", "name": article.publisher} if article.publisher else None,
    }  # fmt: skip
    return {"@type": "CreativeWork"} | {k: v for k, v in told.items() if v is not None}
