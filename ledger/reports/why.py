"""Why a finding stands: its passages, what was checked before they were compared, the rule, and a person's word on it."""

from __future__ import annotations

from collections.abc import Iterator

from ledger import dates
from ledger.crossref.guards import GUARDS, Pair, counted
from ledger.crossref.judged import Finding
from ledger.crossref.statements import figure_words
from ledger.crossref.study import Study
from ledger.records import Checked, Statement, Why
from ledger.reports.sentences import KINDS, REASONS, difference
from ledger.vocabulary import Relation


def why(found: Study) -> tuple[Why, ...]:
    """Every finding of a question, the gravest first."""
    return tuple(_why(found, f) for f in found.findings)


def _why(found: Study, finding: Finding) -> Why:
    return Why(
        id=finding.id,
        kind=finding.kind,
        rule=finding.rule,
        words=_words(found, finding),
        a=finding.a,
        b=finding.b,
        checked=tuple(_checked(found.statements[finding.a], found.statements[finding.b])),
        same_origin=found.traced.same_origin(finding.a, finding.b),
        word=finding.word,
        asked_again=finding.stale,
        shown=not finding.dropped,
    )


def _words(found: Study, finding: Finding) -> str:
    """The finding as a sentence without its full stop."""
    if finding.kind in KINDS:
        pair = next(p for p in found.pairs if (p.a, p.b) == (finding.a, finding.b))
        one, other = (pair.b, pair.a) if pair.supports == "b" else (pair.a, pair.b)
        return f"{one} {KINDS[Relation(finding.kind)]} {other}: {REASONS.get(finding.rule, finding.rule)}"
    told = next(d for d in found.surveyed if (d.kind, d.origin, d.version) == (finding.kind, finding.a, finding.b))
    return f"the wording of {finding.b} differs from {finding.a}: {difference(found, told)}"


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
        case "window":
            return dates.window_words(s.window) if s.window else None
    return figure_words(s)
