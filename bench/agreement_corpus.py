"""Agreement, origins and wording differences of the corpus events, from the pure parts of ledger.crossref alone.

usage: python bench/agreement_corpus.py EVENT_DIR... [--seed SEED_DIR] [-v]

Statements are made as the import makes them: figures found in the quote, measure and population guessed from quote and scope;
the gold's interval is only used where the event has no text of the article. Prints rates against the gold's relations.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections import Counter
from pathlib import Path
from typing import Any

from ledger.text import folding

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from ledger import crossref, dates
from ledger.crossref import origins as tracing
from ledger.crossref.wording import Version, current_together
from ledger.crossref.wording_pairs import Difference, survey
from ledger.records import Quantity
from ledger.reports.differing import wording
from ledger.vocabulary import Modifier, SourceKind

Gold = dict[str, Any]

KINDS = {
    "outlet": SourceKind.NEWS_OUTLET,
    "wire": SourceKind.WIRE_AGENCY,
    "official": SourceKind.GOVERNMENT,
    "military": SourceKind.ARMED_FORCES,
    "monitor": SourceKind.MONITORING_GROUP,
    "anonymous": SourceKind.ANONYMOUS,
    "armed group": SourceKind.ARMED_GROUP,
    "ngo": SourceKind.NGO,
    "witness": SourceKind.WITNESS,
}
MODIFIERS = {
    "at_least": Modifier.AT_LEAST,
    "more_than": Modifier.MORE_THAN,
    "up_to": Modifier.AT_MOST,
    "about": Modifier.ABOUT,
    "nearly": Modifier.NEARLY,
    "range": Modifier.BETWEEN,
    "vague": Modifier.EXACT,
    "exact": Modifier.EXACT,
}
FAMILY = {
    "hedge": ("hedge", "bound_flipped", "rounding_up", "range_to_point", "word_strengthened", "denial_strengthened"),
    "unit": ("unit",),
    "scope": ("scope", "precision_lost"),
    "time": ("date", "window", "unit_or_zone"),
    "stale": ("stale", "supersed"),
    "value": ("value", "figure", "number_differs", "origin_retold"),
    "copy": ("wire_copy",),
    "attribution": (
        "attribution", "relay", "origin_multiplied", "splice", "loaded", "misattribution", "one_root",
        "hedge_and_attribution", "source_silence",
    ),
    "quote": ("quote",),
}  # fmt: skip
OF_CODE = {
    "hedge_only": "hedge",
    "bound_flipped": "hedge",
    "unit_differs": "unit",
    "window_differs": "time",
    "stale_figure_same_text": "stale",
}


def family(kind: str) -> set[str]:
    return {f for f, heads in FAMILY.items() if any(h in kind for h in heads)}


def stated(gold: Gold | None) -> Quantity | None:
    """The gold's interval as the words would give it: "more than 400" is (400, ...), "about 40" is 40, approximate."""
    if not gold:
        return None
    modifier, low, high = MODIFIERS[gold["modifier"]], gold["low"], gold["high"]
    if modifier is Modifier.MORE_THAN:
        low -= 1
    elif modifier is Modifier.NEARLY:
        low, high = None, gold["value"]
    elif modifier is Modifier.ABOUT:
        low = high = gold["value"]
    text = {"at_least": "at least", "more_than": "more than", "up_to": "up to"}.get(gold["modifier"], "")
    return Quantity(
        text=f"{text} {gold['value']}".strip(),
        low=None if low is None else str(low),
        high=None if high is None else str(high),
        low_inclusive=None if low is None else modifier is not Modifier.MORE_THAN,
        high_inclusive=None if high is None else modifier is not Modifier.NEARLY,
        unit=gold["unit"],
        modifier=modifier,
        approximate=modifier in (Modifier.ABOUT, Modifier.NEARLY),
        vague=gold["modifier"] == "vague",
    )


class Event:
    """One event's gold with everything the pure parts need."""

    def __init__(self, path: Path) -> None:
        self.name = path.name
        self.gold = json.loads((path / "gold.json").read_text(encoding="utf-8"))
        lines = (path / "meta.jsonl").read_text(encoding="utf-8").splitlines()
        self.meta = {m["file"]: m for m in map(json.loads, lines)}
        self.claims = {c["id"]: c for c in self.gold["claims"]}
        self.texts = {
            f: (path / f).read_text(encoding="utf-8") for f, m in self.meta.items() if m.get("text_available", True)
        }
        self.chains = {i: self.chain(c) for i, c in self.claims.items()}
        self.versions = {i: self.version(c) for i, c in self.claims.items()}

    def words(self, claim: Gold) -> str:
        return str(claim["quote"] or claim["proposition"])

    def statement(self, claim: Gold) -> Any:
        known = {
            "scope": claim["scope"],
            "place": claim["place"],
            "window": dates.window(claim["event_time"]) if claim["event_time"] else None,
            "as_of": claim["as_of"],
            "answer": None if claim["quantity"] else claim["polarity"],
        }
        if claim["file"] not in self.texts:
            known["quantity"] = stated(claim["quantity"])
        if known["answer"]:
            known["quantity"] = None
        return crossref.statement(self.words(claim), **{k: v for k, v in known.items() if v is not None})

    def chain(self, claim: Gold) -> tracing.Chain:
        meta = self.meta[claim["file"]]
        outlet = str(meta["outlet"])
        links = tuple(
            tracing.Link(
                f"s:{folding.name(h['source'])}",
                h["source"],
                KINDS.get(h["kind"], SourceKind.UNKNOWN),
            )
            for h in claim["attribution"][1:]
        )
        return tracing.Chain(
            claim["id"], claim["file"], f"s:{folding.name(outlet)}", outlet, links,
            headline=self.headline(claim), figure=self.figure(claim),
        )  # fmt: skip

    def figure(self, claim: Gold) -> str | None:
        q = self.statement(claim).quantity
        return None if q is None else q.low or q.high

    def headline(self, claim: Gold) -> bool:
        """True where the claim's words are the title's."""
        title, words = (
            set(folding.name(self.meta[claim["file"]]["title"] or "").split()),
            set(folding.name(self.words(claim)).split()),
        )
        return len(title & words) * 5 >= len(words) * 4 and len(words) > 2

    def version(self, claim: Gold) -> Version:
        chain = self.chains[claim["id"]]
        return Version(
            claim["id"], claim["file"], self.words(claim), self.statement(claim), chain.links,
            publisher=chain.publisher_name, published=self.meta[claim["file"]]["published"], headline=chain.headline,
            anchored=claim["file"] in self.texts,
        )  # fmt: skip

    def copies(self, ids: list[str]) -> tuple[tuple[str, str], ...]:
        """Pairs of claims whose sentence stands in both articles: seven in ten of the shorter one's runs of five words."""
        found = []
        for n, a in enumerate(ids):
            for b in ids[:n]:
                one, other = shingles(self.claims[a]["quote"]), shingles(self.claims[b]["quote"])
                small = min(len(one), len(other))
                if small and self.claims[a]["file"] != self.claims[b]["file"] and len(one & other) * 10 >= small * 7:
                    found.append((b, a))
        return tuple(found)

    def traced(self, ids: list[str]) -> tracing.Traced:
        return tracing.trace([self.chains[i] for i in ids], tracing.Known(copies=self.copies(ids)))


def shingles(text: str | None) -> set[tuple[str, ...]]:
    words = folding.name(text or "").split()
    return {tuple(words[i : i + 5]) for i in range(len(words) - 4)}


def score(event: Event, *, verbose: bool) -> Counter[str]:
    """Counts of right and all, printed as rates; each question's pairs as a person filed them."""
    n: Counter[str] = Counter()
    confusion: Counter[tuple[str, str]] = Counter()
    reported: list[Difference] = []
    for group in event.gold["groups"]:
        ids = group["claims"]
        traced = event.traced(ids)
        statements = {i: event.versions[i].statement for i in ids}
        for rel in group["relations"]:
            a, b = rel["a"], rel["b"]
            together = current_together(event.versions[a], event.versions[b])
            got = crossref.compare(statements[a], statements[b], one_question=True, one_text=together)
            right = got.agreement == rel["relation"]
            same = bool(traced.same_origin(a, b)) == rel["same_origin"]
            confusion[rel["relation"], got.agreement.value] += 1
            n.update({"pairs": 1, "agree": right, f"{rel['how']} pairs": 1, f"{rel['how']} agree": right, "same": same})
            if verbose and not right:
                q, r = statements[a].quantity, statements[b].quantity
                print(f"  {group['id']} {a}-{b}: gold {rel['relation']} ({rel['code']}), got {got.agreement} ({got.reason}) "
                      f"{q and q.text!r} {got.measures[0]} / {r and r.text!r} {got.measures[1]}")  # fmt: skip
            if verbose and not same:
                print(f"  {group['id']} {a}-{b}: gold same_origin {rel['same_origin']}, got {traced.same_origin(a, b)}: "
                      f"{traced.origins[a].key} / {traced.origins[b].key}")  # fmt: skip
        named = len(set(group["independent_origins"]))
        if named:
            inside = traced.low <= named <= traced.high
            narrow = traced.high - traced.low <= named + 3
            n.update(
                {
                    "groups": 1,
                    "inside": inside,
                    "narrow": inside and narrow,
                    "high narrow": inside and traced.high <= named + 3,
                }
            )
            if verbose and not (inside and narrow and traced.high <= named + 3):
                print(f"  {group['id']}: gold {named} origins, got [{traced.low}, {traced.high}]")
        reported += survey([event.versions[i] for i in ids], traced.same_origin)
    print(f"{event.name}: agreement {rate(n, 'agree', 'pairs')}, hand {rate(n, 'hand agree', 'hand pairs')}, "
          f"same_origin {rate(n, 'same', 'pairs')}, origins inside {rate(n, 'inside', 'groups')}, "
          f"width <= gold+3 {rate(n, 'narrow', 'groups')}, high <= gold+3 {rate(n, 'high narrow', 'groups')}")  # fmt: skip
    print("  " + ", ".join(f"{g}->{got} {k}" for (g, got), k in sorted(confusion.items())))
    drifts(event, reported, n, verbose=verbose)
    return n


def drifts(event: Event, reported: list[Difference], n: Counter[str], *, verbose: bool) -> None:
    """Gold cases met, and reports that are of no gold family of their pair: by cases alone, and with the pairs' own codes."""
    by_pair: dict[frozenset[str], set[str]] = {}
    for case in event.gold["drift"]:
        for a in case["claims"]:
            for b in case["claims"]:
                by_pair.setdefault(frozenset((a, b)), set()).update(family(case["kind"]))
        if len(case["claims"]) < 2 or family(case["kind"]) == {"copy"}:
            continue
        hit = any(
            {d.origin, d.version} <= set(case["claims"]) and family(d.kind) & family(case["kind"]) for d in reported
        )
        n.update({"cases": 1, "found": hit})
        if verbose and not hit:
            print(f"  drift {case['id']} {case['kind']} {case['claims']}: not reported: {case['what'][:90]}")
    wide = {pair: set(found) for pair, found in by_pair.items()}
    for group in event.gold["groups"]:
        for rel in group["relations"]:
            wide.setdefault(frozenset((rel["a"], rel["b"])), set()).update(
                {OF_CODE[rel["code"]]} if rel["code"] in OF_CODE else ()
            )
    for d in reported:
        pair = frozenset((d.origin, d.version))
        n.update(
            {
                "reports": 1,
                "beside cases": not family(d.kind) & by_pair.get(pair, set()),
                "beside codes": not family(d.kind) & wide.get(pair, set()),
            }
        )
        if verbose:
            mark = (
                " "
                if family(d.kind) & by_pair.get(pair, set())
                else "~"
                if family(d.kind) & wide.get(pair, set())
                else "-"
            )
            print(f"  {mark} {d.origin}->{d.version} {d.kind}: {wording(d.finding)}")
    print(f"  drift: {rate(n, 'found', 'cases')} gold cases; {n['reports']} reports over {n['pairs']} pairs, "
          f"of no gold case of their pair {n['beside cases']}, of no gold case or code {n['beside codes']}")  # fmt: skip


KIND_OF = {"monitoring_group": SourceKind.MONITORING_GROUP, "government_ministry": SourceKind.GOVERNMENT}
SEED_FAMILY = {"hedge_drift": {"hedge"}, "window_mismatch": {"time"}}
PERIOD = re.compile(r"(\d{1,2})-(\d{1,2}) March")


def seed(folder: Path, *, verbose: bool) -> None:
    """The pairs of the seed article with other articles: drift cases met, and reports of no gold family of their pair."""
    claims = {c["id"]: c for c in json.loads((folder / "gold.json").read_text(encoding="utf-8"))}
    n: Counter[str] = Counter()
    for case in json.loads((folder / "crossref_gold.json").read_text(encoding="utf-8")):
        ours, theirs = seed_version(claims[case["seed_claim"]]), other_version(case, claims[case["seed_claim"]])
        one = case["relation_to_seed"] in ("same_origin", "update_by_same_origin", "different_window")
        found = survey([ours, theirs], lambda _a, _b, one=one: one)
        wanted = set().union(*(SEED_FAMILY.get(k) or family(k) for k in case["drift"]), set())
        met = {f for d in found for f in family(d.kind)}
        beside = [d for d in found if not family(d.kind) & wanted]
        n.update(
            {"pairs": 1, "cases": len(wanted), "found": len(wanted & met), "reports": len(found), "beside": len(beside)}
        )
        if verbose:
            said = "; ".join(f"{d.kind} ({wording(d.finding)})" for d in found)
            print(f"  {case['id']}: gold {case['drift']}, missed {sorted(wanted - met)}, got {said or 'nothing'}")
    print(f"seed: drift {rate(n, 'found', 'cases')} gold families; {n['reports']} reports over {n['pairs']} pairs, "
          f"of no gold family of their pair {n['beside']}")  # fmt: skip


def seed_version(claim: Gold) -> Version:
    span = dates.window(f"{claim['time']['start']}/{claim['time']['end']}")
    return version("seed", claim["quote"], claim["attribution"][1:], "source_type", window=span)


def other_version(case: Gold, claim: Gold) -> Version:
    """What the other article says, as far as the gold tells: its figure with its unit, its period where it has days."""
    words = f"{case['figure_phrase']} {case['quantity']['unit']}" if case["quantity"]["unit"] else claim["quote"]
    dated = PERIOD.search(case["window"])
    span = dates.window(f"2016-03-{int(dated[1]):02}/{int(dated[2]):02}") if dated else None
    if "24 hours to" in case["window"]:
        span = dates.window("2016-03-26/27")
    chain = [{"source": s} for s in case["attribution"][1:]]
    return version(case["id"], words, chain, "kind", window=span)


def version(name: str, words: str, chain: list[Gold], kind: str, **known: Any) -> Version:
    links = tuple(
        tracing.Link(folding.name(h["source"]), h["source"], KIND_OF.get(h.get(kind) or "", SourceKind.UNKNOWN))
        for h in chain
    )
    known = {k: v for k, v in known.items() if v is not None}
    return Version(name, name, words, crossref.statement(words, **known), links, anchored=name == "seed")


def rate(n: Counter[str], right: str, of: str) -> str:
    return f"{n[right]}/{n[of]} = {n[right] / max(1, n[of]):.3f}"


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("events", type=Path, nargs="*")
    parser.add_argument("--seed", type=Path, help="a folder with gold.json and crossref_gold.json")
    parser.add_argument("-v", "--verbose", action="store_true")
    given = parser.parse_args()
    for path in given.events:
        score(Event(path), verbose=given.verbose)
    if given.seed:
        seed(given.seed, verbose=given.verbose)


if __name__ == "__main__":
    main()
