"""Two runs of the same questions, question by question."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from eval.bootstrap import bootstrap_interval
from eval.runs.outcome import Outcome
from ingest.errors import YinjuError

_RESAMPLES = 2000


@dataclass(frozen=True, slots=True)
class Difference:
    """How much a measure's mean changed, over the questions that have it in both runs.

    `p_value` is the two-sided chance of a difference as large if there were none (paired bootstrap).
    """

    measure: str
    before: float
    after: float
    low: float
    high: float
    p_value: float
    questions: int

    @property
    def change(self) -> float:
        """After minus before."""
        return self.after - self.before


@dataclass(frozen=True, slots=True)
class Comparison:
    """What changed from one run to another; `won` and `lost` are (before, after) outcomes."""

    differences: tuple[Difference, ...]
    won: tuple[tuple[Outcome, Outcome], ...]
    lost: tuple[tuple[Outcome, Outcome], ...]


def compare_outcomes(before: Iterable[Outcome], after: Iterable[Outcome]) -> Comparison:
    """Paired by id; raises YinjuError if the runs share no question, or one asks something else under an id."""
    old = {outcome.id: outcome for outcome in before}
    pairs = [(old[outcome.id], outcome) for outcome in after if outcome.id in old]
    if not pairs:
        raise YinjuError("the runs share no question id: compare runs of the same questions")
    for first, second in pairs:
        if first.question != second.question:
            raise YinjuError(f'the question "{first.id}" is another one in each run: compare runs of the same file')
    return Comparison(
        differences=tuple(_differences(pairs)),
        won=tuple(pair for pair in pairs if pair[0].correct is False and pair[1].correct),
        lost=tuple(pair for pair in pairs if pair[0].correct and pair[1].correct is False),
    )


def _differences(pairs: Sequence[tuple[Outcome, Outcome]]) -> list[Difference]:
    columns: dict[str, list[tuple[float, float]]] = {}
    for first, second in pairs:
        for name in _measures(first).keys() & _measures(second).keys():
            columns.setdefault(name, []).append((_measures(first)[name], _measures(second)[name]))
    return [_difference(name, np.array(columns[name])) for name in sorted(columns)]


def _measures(outcome: Outcome) -> dict[str, float]:
    measures = dict(outcome.measures)
    if outcome.correct is not None:
        measures["correct"] = float(outcome.correct)
    return measures


def _difference(name: str, values: np.ndarray) -> Difference:
    changes = values[:, 1] - values[:, 0]
    interval = bootstrap_interval(changes.tolist(), resamples=_RESAMPLES)
    means = values.mean(axis=0)
    p_value = _p_value(changes)
    return Difference(name, float(means[0]), float(means[1]), interval.low, interval.high, p_value, len(values))


def _p_value(changes: np.ndarray) -> float:
    """How often a resample of the centred changes lies as far from 0 (Efron and Tibshirani, 1993, chapter 16)."""
    observed = abs(changes.mean())
    random = np.random.default_rng(0)
    centred = changes - changes.mean()
    means = (centred[random.integers(len(centred), size=len(centred))].mean() for _ in range(_RESAMPLES))
    # Equal up to rounding counts as equal.
    as_far = sum(abs(mean) >= observed - 1e-12 for mean in means)
    return (as_far + 1) / (_RESAMPLES + 1)
