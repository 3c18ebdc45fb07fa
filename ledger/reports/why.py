"""Why a finding stands: its passages, what was checked before they were compared, the rule, and a person's word on it."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from ledger import dates, records
from ledger.catalogue import Table, known, t, theirs
from ledger.crossref.guards import GUARDS, Pair, counted
from ledger.crossref.judged import Finding
from ledger.crossref.origins import Standing
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.crossref.wording_pairs import Difference
from ledger.records import Checked, Statement, Why
from ledger.reports.comparing import CONTRARY, REASONS, of_plan, reason_words
from ledger.reports.differing import difference
from ledger.reports.report import Ground
from ledger.reports.sentences import capital, outlet, quoted
from ledger.vocabulary import Relation

Pairs = Mapping[tuple[str, str], records.Pair]
Told = Mapping[tuple[str, str, str], Difference]


def why(found: Study, only: str | None = None) -> tuple[Why, ...]:
    """Every finding of a question, the gravest first; or the one with this id."""
    wanted = [f for f in found.findings if only is None or f.id.casefold() == only.casefold()]
    pairs = {(p.a, p.b): p for p in found.pairs}
    told = {(d.kind.value, d.origin, d.version): d for d in found.surveyed}
    return tuple(_why(found, f, _words(found, f, pairs, told)) for f in wanted)


def _why(found: Study, finding: Finding, words: str) -> Why:
    return Why(
        id=finding.id,
        kind=finding.kind,
        rule=finding.rule,
        words=words,
        a=finding.a,
        b=finding.b,
        checked=tuple(_checked(found.statements[finding.a], found.statements[finding.b])),
        same_origin=found.traced.same_origin(finding.a, finding.b),
        word=finding.word,
        asked_again=finding.stale,
        shown=not finding.dropped,
    )


def _words(found: Study, finding: Finding, pairs: Pairs, told: Told) -> str:
    """The finding as a sentence without its full stop."""
    if finding.kind in FOUND:
        pair = pairs[finding.a, finding.b]
        turned = pair.supports == "b" or (finding.kind == Relation.UPDATES and _older(found, pair.a, pair.b))
        one, other = (pair.b, pair.a) if turned else (pair.a, pair.b)
        later = finding.kind == Relation.UPDATES and not found.traced.one_family(one, other)
        ahead = of_plan(found, one, other) if finding.kind == Relation.CONFLICTS else None
        apart = ahead or (finding.kind == Relation.CONFLICTS and not pair.set_by and finding.rule not in CONTRARY)
        verb = "later" if later else "apart" if apart else finding.kind
        said = t(
            "{finding}: {reason}",
            finding=t(FOUND[verb], a=one, b=other),
            reason=reason_words(finding.rule) or finding.rule,
        )
        return t("{said}. {who} tells what was planned or expected", said=said, who=capital(ahead)) if ahead else said
    d = told[finding.kind, finding.a, finding.b]
    differs = t("The wording of {b} differs from {a}.", a=finding.a, b=finding.b)
    return t("{said} {basis}", said=differs, basis=difference(found, d)).removesuffix(".")


FOUND: Table = {
    "later": "{a} gives a later count than {b}",
    "apart": "{a} differs from {b}",
    Relation.CONFLICTS: "{a} contradicts {b}",
    Relation.SUPPORTS: "{a} supports {b}",
    Relation.UPDATES: "{a} updates {b}",
}


def _older(found: Study, a: str, b: str) -> bool:
    """True where the first is the one that its text calls earlier, else where it is dated before the other."""
    mine, its = found.statements[a], found.statements[b]
    if mine.superseded != its.superseded:
        return mine.superseded
    days = (s.as_of or found.claim(c).published_at or "" for c, s in ((a, mine), (b, its)))
    return next(days) < next(days)


def _checked(a: Statement, b: Statement) -> Iterator[Checked]:
    """Each guard with what it saw on either side; None where nothing was known."""
    pair = Pair(a, b, (), one_question=True, one_text=False)
    for name, guard in GUARDS:
        mine, its = (_seen(name, s) for s in (a, b))
        yield Checked(name, mine, its, guard(pair).value if mine and its else "not known")


def _seen(name: str, s: Statement) -> str | None:
    """What a guard looks at, as words."""
    match name:
        case "measure":
            return s.measure or counted(s).measure
        case "unit":
            return (s.quantity.unit or s.quantity.counts) if s.quantity else None
        case "population":
            return s.population or counted(s).group
        case "place":
            return s.place
        case "planned":
            return "planned or expected" if s.planned else None
        case "window":
            return dates.window_words(s.window) if s.window else None
    return figure_words(s)


# --- on a page --------------------------------------------------------------------------------------------------------

GUARD_NAMES: Table = {
    "planned": "Planned or done",
    "measure": "What is counted",
    "unit": "Unit",
    "population": "Of whom",
    "place": "Place",
    "window": "Period",
}
ORIGINS: Table = {
    "one": "They are one source.",
    "separate": "They are counted as two sources.",
    "perhaps": "They may be one source, and count once.",
    "unknown": "Whether they are one source or two is not known.",
}


def ground(found: Study, finding: Finding) -> Ground:
    """Why a finding stands, as a page opens it: the rule, what was looked at before, whose words, a person's, the passages."""
    a, b = found.claim(finding.a), found.claim(finding.b)
    lines = [capital(t("{reason}.", reason=reason_words(finding.rule)))] if finding.rule in REASONS else []
    seen = [c for c in _checked(found.statements[a.id], found.statements[b.id]) if c.a or c.b]
    lines += [_guard(c) for c in seen if c.guard != "population" or c.a == c.b != "people"]
    if finding.kind in FOUND:  # of a wording difference its own sentence says on what it rests
        lines.append(t(ORIGINS[_origins(found, a.id, b.id)]))
    if finding.word is not None and finding.word.holds and not finding.stale:
        lines.append(t("Right, says {who}.", who=theirs(finding.word.by)))
    return Ground(tuple(lines), tuple((c.id, outlet(c.publisher), quoted(c)) for c in (a, b)))


def _origins(found: Study, a: str, b: str) -> str:
    """Whether two claims have one origin: who is not named, and an outlet that names nobody, may have it from the other's."""
    if found.traced.same_origin(a, b):
        return "one"
    if any({found.source(a), found.source(b)} <= group for group in found.traced.together):
        return "perhaps"
    named = all(found.family(c).standing is Standing.NAMED for c in (a, b))
    return "separate" if named and found.traced.same_origin(a, b) is False else "unknown"


def _guard(c: Checked) -> str:
    """What was seen of one thing on either side: "Place: Lorn in the first, not known in the second."."""
    ours = c.guard in ("measure", "unit", "planned")
    mine, its = (t("not known") if v is None else known(v) if ours else theirs(v) for v in (c.a, c.b))
    name = t(GUARD_NAMES[c.guard])
    if mine == its:
        return t("{guard}: {a}.", guard=name, a=mine)
    return t("{guard}: {a} in the first, {b} in the second.", guard=name, a=mine, b=its)
