"""Learning from judged statements: two taggers, with thresholds found by cross-validation.

The rules stay. The first tagger says how likely each word is a cue, given what the rules say of it; the second finds source
and statement for a cue that no rule found. The thresholds for adding a find and for dropping one of the rules' are those with
the best joint F1 on texts held out of training; where nothing beats the rules, the model changes nothing.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path

from msgspec import Struct

from ledger import suggest
from ledger.assist import features, tagging
from ledger.assist.features import Features, Rows, Said, Span, rows, said_by_rule
from ledger.assist.lessons import Lesson
from ledger.assist.model import Model, crfsuite, packed, unpacked
from ledger.errors import Refused

Example = tuple[list[Features], list[str]]

FOLDS = 3
FEWEST = 20
"""The fewest statements that anything is learned from."""
SETTINGS = {"c1": 0.5, "c2": 5.0, "max_iterations": 60, "feature.minfreq": 2}
LEAST = 0.3
NEVER = 2.0
"""A threshold that no probability reaches."""
ACCEPT = (0.3, 0.4, 0.5, 0.6, 0.7, 0.8, NEVER)
KEEP = (0.0, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4, 0.5)


class Learned(Struct, frozen=True):
    """A model's file, with its score on texts that it had not seen and that of the rules alone."""

    data: bytes
    texts: int
    statements: int
    rules: float
    """Joint F1 of the rules alone: at least half of the statement matched, and the source."""
    model: float
    accept: float
    keep: float


class _Studied(Struct):
    """A lesson with its tokens, and its examples for the two taggers."""

    lesson: Lesson
    rows: Rows
    cues: list[Example]
    spans: list[Example]


def learn(lessons: Sequence[Lesson], tell: Callable[[str], None] = lambda _: None) -> Learned:
    """A model of the lessons, the same for the same lessons; Refused where they are too few."""
    crfsuite()
    statements = sum(bool(said.cue and said.content) for lesson in lessons for said in lesson.said)
    if len(lessons) < 2 or statements < FEWEST:
        raise Refused(
            f"too little to learn from: {statements} attributed statements in {len(lessons)} texts",
            hint=f"{FEWEST} in two texts are the least, some hundreds are better: claims triage",
        )
    studied = [_study(lesson) for lesson in lessons]
    tell(f"learning from {statements:,} statements in {len(lessons):,} texts")
    held_out = _held_out(studied, tell)
    rules = _joint(studied, held_out, NEVER, 0.0)
    best, accept, keep = _demands(lambda accept, keep: _joint(studied, held_out, accept, keep))
    if best <= rules:
        accept, keep = NEVER, 0.0
    about = {"accept": accept, "keep": keep, "texts": len(lessons), "statements": statements}
    return Learned(packed(*_trained(studied), about), len(lessons), statements, rules, max(best, rules), accept, keep)


# --- examples -----------------------------------------------------------------------------------------------------


def _study(lesson: Lesson) -> _Studied:
    made = rows(lesson.text, suggest.find(lesson.text, lesson.published))
    seen = features.words(made)
    labels = ["O"] * len(made.tokens)
    spans: list[Example] = []
    for said in lesson.said:
        runs = features.runs(made.within(said.cue))
        if not runs or not said.content:
            continue
        cue = max(runs, key=len)
        for at in cue:
            labels[at] = "B" if at == cue.start else "I"
        spans.append(_span_example(made, seen, cue, said))
    cues = [
        (features.cue_features(made, seen, n), [labels[at] for at in made.sentence(n)])
        for n, sentence in enumerate(made.sentences)
        if _known(lesson, (sentence.start, sentence.end))
    ]
    return _Studied(lesson, made, cues, spans)


def _known(lesson: Lesson, span: Span) -> bool:
    return lesson.known is None or any(a < span[1] and span[0] < b for a, b in lesson.known)


def _span_example(made: Rows, seen: list[str], cue: range, said: Said) -> Example:
    """An example for a cue; the rules' own find of it is hidden, since the tagger is used where there is none."""
    own = {n for n, mark in enumerate(made.marked) if not mark.cue.isdisjoint(cue)}
    source, content = made.within(said.source), made.within(said.content)
    window = features.window(made, made.of[cue.start])
    labels = ["S" if at in source else "C" if at in content else "O" for at in window]
    return features.span_features(made, seen, cue, own), labels


# --- training -----------------------------------------------------------------------------------------------------


def _trained(studied: Sequence[_Studied]) -> tuple[bytes, bytes]:
    """The weights of both taggers."""
    return _weights(e for s in studied for e in s.cues), _weights(e for s in studied for e in s.spans)


def _weights(examples: Iterable[Example]) -> bytes:
    trainer = crfsuite().Trainer(verbose=False)
    trainer.select("lbfgs")
    trainer.set_params(SETTINGS)
    for items, labels in examples:
        trainer.append(items, labels)
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "weights"
        trainer.train(str(path))
        return path.read_bytes()


def _held_out(studied: Sequence[_Studied], tell: Callable[[str], None]) -> list[list[tagging.Candidate]]:
    """For each text, what a model that has not seen it finds there."""
    found: list[list[tagging.Candidate]] = [[] for _ in studied]
    folds = min(FOLDS, len(studied))
    for fold in range(folds):
        tell(f"holding out part {fold + 1} of {folds}")
        model = _model([s for n, s in enumerate(studied) if n % folds != fold])
        for n, one in enumerate(studied):
            if n % folds == fold:
                found[n] = list(tagging.candidates(one.rows, model, least=LEAST)) if model else _by_rules(one)
    return found


def _model(studied: Sequence[_Studied]) -> Model | None:
    if not any(s.spans for s in studied) or not any(s.cues for s in studied):
        return None
    return unpacked(packed(*_trained(studied), {"accept": LEAST, "keep": 0.0}))


def _by_rules(one: _Studied) -> list[tagging.Candidate]:
    return [tagging.Candidate(1.0, n, said_by_rule(mark.found)) for n, mark in enumerate(one.rows.marked) if mark.cue]


# --- worth --------------------------------------------------------------------------------------------------------


def _demands(worth: Callable[[float, float], float]) -> tuple[float, float, float]:
    """The best score, and the thresholds that reach it: of equally good ones, those in the middle."""
    accept = _middle([(worth(a, 0.0), a) for a in ACCEPT])
    keep = _middle([(worth(accept, k), k) for k in KEEP])
    return worth(accept, keep), accept, keep


def _middle(tried: Sequence[tuple[float, float]]) -> float:
    best = [value for worth, value in tried if worth == max(tried)[0]]
    return best[len(best) // 2]


def _joint(
    studied: Sequence[_Studied], held_out: Sequence[Sequence[tagging.Candidate]], accept: float, keep: float
) -> float:
    """F1 with these thresholds; a statement counts if half of it is matched, and its source."""
    met = offered = wanted = 0
    for one, found in zip(studied, held_out, strict=True):
        gold = _in_known(one.lesson, (s for s in one.lesson.said if s.content))
        sure = (c.said for c in found if c.said and c.sure >= (accept if c.rule is None else keep))
        said = _in_known(one.lesson, sure)
        met += _met(said, gold)
        offered += len(said)
        wanted += len(gold)
    return 2 * met / (offered + wanted) if met else 0.0


def _in_known(lesson: Lesson, said: Iterable[Said]) -> list[Said]:
    return [s for s in said if _known(lesson, s.cue[0] if s.cue else s.content[0])]


def _met(said: Sequence[Said], gold: Sequence[Said]) -> int:
    """Pairs of one find and one settled statement each, the best overlaps first."""
    pairs = sorted(
        (
            (-share, i, j)
            for i, s in enumerate(said)
            for j, g in enumerate(gold)
            if s.content[0][0] < g.content[-1][1]
            and g.content[0][0] < s.content[-1][1]
            and (share := _shared(s.content, g.content)) >= 0.5
        ),
    )
    mine: set[int] = set()
    theirs: set[int] = set()
    met = 0
    for _, i, j in pairs:
        if i not in mine and j not in theirs:
            mine.add(i)
            theirs.add(j)
            met += bool(_shared(said[i].source, gold[j].source)) or not (said[i].source or gold[j].source)
    return met


def _shared(a: Sequence[Span], b: Sequence[Span]) -> float:
    """The characters in both, as a share of those in at least one."""
    both = sum(max(0, min(x[1], y[1]) - max(x[0], y[0])) for x in a for y in b)
    either = sum(y - x for x, y in a) + sum(y - x for x, y in b) - both
    return both / either if either > 0 else 0.0
